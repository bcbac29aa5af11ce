// Small frames written down as text, and a step in one object: options, state and the last error.
#pragma once
#include "check.h"

#include "prep/prep.h"

enum { HELP_ROWS = 12 };

typedef struct HelpCol {
  const char *name;
  ColType type;
  const char *cell[HELP_ROWS]; // NULL = missing; "nan" in a real column is NaN
} HelpCol;

static inline Column *help_text(const HelpCol *h, int n) {
  TextBuilder b;
  Column *text, *cat;
  textb_init(&b, NULL);
  for (int i = 0; i < n; i++)
    assert_int_equal(h->cell[i] ? textb_add(&b, sv(h->cell[i]), NULL) : textb_add_missing(&b, NULL), OK);
  assert_int_equal(textb_take(&b, &text, NULL), OK);
  if (h->type == COL_TEXT) return text;
  assert_int_equal(column_to_cat(NULL, text, -1, &cat, NULL), OK);
  column_unref(text);
  return cat;
}

static inline Column *help_fixed(const HelpCol *h, int n) {
  Column *c;
  assert_int_equal(column_new(NULL, h->type, n, NULL, &c, NULL), OK);
  for (int i = 0; i < n; i++) {
    int64_t whole = 0;
    double real = NAN;
    bool nan = h->cell[i] && strcmp(h->cell[i], "nan") == 0;
    if (!h->cell[i]) assert_int_equal(column_set_missing(c, i, NULL), OK);
    else if (!nan) assert_true(COLTYPES[h->type].parse(sv(h->cell[i]), &whole, &real, &c->zoned));
    if (!h->cell[i]) continue;
    if (h->type == COL_F64) c->f[i] = real;
    else if (h->type == COL_BOOL) c->b[i] = (uint8_t)whole;
    else c->i[i] = whole;
  }
  return c;
}

static inline Frame *help_frame(int n, const HelpCol *col, int ncol) {
  Frame *f = frame_new(n);
  for (int j = 0; j < ncol; j++) {
    bool text = col[j].type == COL_CAT || col[j].type == COL_TEXT;
    Column *c = text ? help_text(&col[j], n) : help_fixed(&col[j], n);
    assert_int_equal(frame_add(f, col[j].name, c, NULL), OK);
  }
  return f;
}
#define HELP_FRAME(n, ...)                                                                         \
  help_frame((n), (const HelpCol[]){__VA_ARGS__}, (int)(sizeof((const HelpCol[]){__VA_ARGS__}) / sizeof(HelpCol)))

static inline const Column *help_col(const Frame *f, const char *name) {
  int j = frame_find(f, sv(name));
  if (j < 0) fail_msg("no column '%s'", name);
  return frame_at(f, j);
}

// "a,b,c": the columns in their order.
static inline void assert_columns(const Frame *f, const char *want) {
  Str got = {0};
  for (int j = 0; j < frame_ncol(f); j++) str_addf(&got, "%s%s", j ? "," : "", frame_name(f, j));
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

// "1,,x": the cells of one column with all digits, missing ones empty.
static inline void assert_cells(const Frame *f, const char *name, const char *want) {
  const Column *c = help_col(f, name);
  Str got = {0};
  for (int64_t i = 0; i < c->n; i++) {
    if (i) str_addc(&got, ',');
    col_format(c, i, CELL_EXACT, &got);
  }
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

static inline void assert_same_frame(const Frame *a, const Frame *b) {
  char x[65], y[65];
  frame_hash(a, x);
  frame_hash(b, y);
  assert_string_equal(x, y);
}

// ---- a step under test -------------------------------------------------------------------------------------------
typedef struct Step {
  const StepType *type;
  Arena arena; // of the options
  void *opts;
  StepState state;
  Job *job; // NULL unless a test wants one
  Err err;
} Step;

static inline Step help_step(const char *name) {
  Step s = {.type = prep_find(sv(name))};
  assert_non_null(s.type);
  s.opts = arena_alloc(&s.arena, s.type->opts_size);
  param_defaults(s.type->params, s.opts);
  return s;
}

static inline void help_fini(Step *s) {
  arena_fini(&s->state.arena);
  arena_fini(&s->arena);
}

static inline const Param *help_param(const Step *s, const char *name) {
  const Param *p = param_find(s->type->params, sv(name));
  assert_non_null(p);
  return p;
}

static inline void set_text(Step *s, const char *name, const char *v) {
  assert_int_equal(param_set_text(help_param(s, name), "test", s->opts, v, NULL), OK);
}

static inline void set_bool(Step *s, const char *name, bool v) {
  assert_int_equal(param_set_bool(help_param(s, name), "test", s->opts, v, NULL), OK);
}

static inline void set_int(Step *s, const char *name, int64_t v) {
  assert_int_equal(param_set_int(help_param(s, name), "test", s->opts, v, NULL), OK);
}

static inline void set_real(Step *s, const char *name, double v) {
  assert_int_equal(param_set_real(help_param(s, name), "test", s->opts, v, NULL), OK);
}

static inline void set_columns(Step *s, const char *one) {
  const char **name = arena_array(&s->arena, const char *, 1);
  name[0] = one;
  param_set_names(help_param(s, "columns"), s->opts, (Names){name, 1});
}

// The rows with a target of two classes that take turns, for the steps that look at one.
static inline StepIn help_in(Step *s, const Frame *x) {
  static const char *name[] = {"no", "yes"};
  static const Names LEVELS = {name, 2};
  double *y = arena_array(&s->arena, double, frame_nrow(x));
  for (int64_t i = 0; i < frame_nrow(x); i++) y[i] = (double)(i % 2);
  return (StepIn){.x = x, .y = y, .levels = &LEVELS, .seed = 1};
}

static inline ErrCode step_fit(Step *s, const Frame *x) {
  arena_fini(&s->state.arena);
  s->state = (StepState){0};
  s->err = (Err){0};
  StepIn in = help_in(s, x);
  ErrCode code = s->type->fit(s->job, s->opts, &in, &s->state, &s->err);
  assert_int_equal(code, s->err.code);
  return code;
}

static inline ErrCode step_apply(Step *s, const Frame *x, Frame **out) {
  s->err = (Err){0};
  ErrCode code = s->type->apply(s->job, s->opts, &s->state, x, out, &s->err);
  assert_int_equal(code, s->err.code);
  return code;
}

// Applies a step that must fit.
static inline Frame *applied(Step *s, const Frame *x) {
  Frame *out;
  if (step_apply(s, x, &out) != OK) fail_msg("apply: %s", s->err.msg);
  return out;
}

static inline Frame *fitted(Step *s, const Frame *x) {
  if (step_fit(s, x) != OK) fail_msg("fit: %s", s->err.msg);
  return applied(s, x);
}

static inline Frame *card_of(Step *s) {
  Frame *card;
  if (s->type->card(s->job, s->opts, &s->state, &card, &s->err) != OK) fail_msg("card: %s", s->err.msg);
  return card;
}
