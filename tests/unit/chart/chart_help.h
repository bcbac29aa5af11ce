// Shared by the tests of charts: bundled tables, a chart from words "x=age by=sex bins=30", and what every plot must keep.
#pragma once
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "chart/chart.h"

static inline Frame *chart_data(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "datasets/%s.csv", name);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static inline const ChartType *chart_type(const char *name) {
  for (const ChartType *const *t = chart_types(); *t; t++)
    if (strcmp((*t)->name, name) == 0) return *t;
  fail_msg("no chart %s", name);
  return NULL;
}

// "a,b,c"
static inline Names chart_names(const char *text, Arena *a) {
  Names names = {arena_array(a, const char *, strlen(text) + 1), 0};
  for (size_t n; *text; text += n + (text[n] == ',')) {
    n = strcspn(text, ",");
    names.name[names.n++] = arena_strndup(a, text, n);
  }
  return names;
}

// Sets "name=value" in the options by the type of the Param.
static inline void chart_set(const ChartType *t, void *opts, const char *word, Arena *a) {
  const char *eq = strchr(word, '='), *v = arena_strdup(a, eq + 1);
  const Param *p = param_find(t->params, (Sv){word, (size_t)(eq - word)});
  if (!p) fail_msg("%s has no option %s", t->name, word);
  Err err = {0};
  ErrCode code = OK;
  if (p->type == PARAM_BOOL) code = param_set_bool(p, t->name, opts, strcmp(v, "true") == 0, &err);
  else if (p->type == PARAM_INT || p->type == PARAM_REAL)
    code = param_set_real(p, t->name, opts, strtod(v, NULL), &err);
  else if (p->type == PARAM_NAMES) param_set_names(p, opts, chart_names(v, a));
  else code = param_set_text(p, t->name, opts, v, &err);
  if (code != OK) fail_msg("%s", err.msg);
}

// Fills `out`; words are parted by blanks.
static inline ErrCode chart_try(Job *job, const char *name, const Frame *d, const char *words, Plot *out, Err *err) {
  const ChartType *t = chart_type(name);
  Arena a;
  arena_init(&a);
  void *opts = arena_alloc(&a, t->opts_size);
  param_defaults(t->params, opts);
  for (Sv w; (w = make_word(&words)).n;) chart_set(t, opts, arena_strndup(&a, w.s, w.n), &a);
  plot_init(out);
  ErrCode code = chart_plot(job, t, d, opts, out, err);
  arena_fini(&a);
  return code;
}

static inline Plot chart_make(const char *name, const Frame *d, const char *words) {
  Plot p;
  Err err = {0};
  if (chart_try(NULL, name, d, words, &p, &err) != OK) fail_msg("%s %s: %s", name, words, err.msg);
  return p;
}

// The message of a chart that must fail with `want`.
static inline const char *chart_refusal(const char *name, const Frame *d, const char *words, ErrCode want) {
  static Err err;
  Plot p;
  err = (Err){0};
  assert_int_equal(chart_try(NULL, name, d, words, &p, &err), want);
  plot_fini(&p);
  return err.msg;
}

static inline void chart_check_axis(const Axis *a) {
  assert_true(isfinite(a->lo) && isfinite(a->hi) && a->lo < a->hi);
  assert_true(a->scale != SCALE_LOG || a->lo > 0);
  if (a->kind == AXIS_CATEGORY) assert_int_equal(a->hi, a->ncategory);
  for (int k = 0; a->kind == AXIS_CATEGORY && k < a->ncategory; k++) assert_non_null(a->category[k]);
}

static inline bool chart_inside(const Axis *a, double v) { return isnan(v) || (v >= a->lo && v <= a->hi); }

// NaN breaks lines, steps and areas, and stands nowhere else.
static inline void chart_check_marks(const Plot *p, const Series *s) {
  bool grid = s->kind == MARK_GRID, broken = s->kind == MARK_LINE || s->kind == MARK_STEP || s->kind == MARK_AREA;
  bool sized = s->kind == MARK_HEX;
  if (grid) assert_int_equal(s->n, (int64_t)s->ncol * s->nrow);
  else assert_true(s->n >= 1 && s->n <= PLOT_MOST_MARKS && s->x && s->y);
  for (int64_t i = 0; i < s->n && !grid; i++) {
    assert_true(broken || (!isnan(s->x[i]) && !isnan(s->y[i])));
    assert_true(chart_inside(&p->x, s->x[i]) && chart_inside(&p->y, s->y[i]));
    if (s->x2 && !sized) assert_true(s->x2[i] >= s->x[i] && s->x2[i] <= p->x.hi);
    if (s->x2 && s->kind == MARK_BAR) assert_true(s->x2[i] > s->x[i]);
    if (s->y2 && !sized) assert_true(chart_inside(&p->y, s->y2[i]));
    if (s->size) assert_true(s->size[i] >= 0 && s->size[i] <= 1);
    if (s->kind == MARK_CELL) assert_true(s->y2[i] <= p->y.hi && isfinite(s->value[i]));
    if (s->kind == MARK_CELL && s->label) assert_true(s->label[i] && *s->label[i]);
    for (int k = 0; s->kind == MARK_BOX && k < 5; k++) {
      assert_true(isfinite(s->five[5 * i + k]) && chart_inside(&p->x, s->five[5 * i + k]));
      if (k) assert_true(s->five[5 * i + k] >= s->five[5 * i + k - 1]);
    }
  }
}

static inline void chart_check_one(const Plot *p) {
  chart_check_axis(&p->x);
  chart_check_axis(&p->y);
  assert_true(p->nseries >= 1);
  for (int k = 0; k < p->nseries; k++) chart_check_marks(p, &p->series[k]);
  assert_non_null(p->reading);
  assert_true(*p->reading && !strchr(p->reading, '\n'));
  const BoxStats *b = &p->box;
  if (b->present) assert_true(b->min <= b->q1 && b->q1 <= b->median && b->median <= b->q3 && b->q3 <= b->max);
}

// What devices rely on: finite ranges, marks inside them, arrays of the right length (ASan watches), words, and a size
// that fits the protocol.
static inline void chart_check(const Plot *p) {
  if (!p->npanel) chart_check_one(p);
  for (int k = 0; k < p->npanel; k++) {
    chart_check_one(&p->panel[k]);
    assert_non_null(p->panel[k].title);
  }
  assert_true(p->reading && *p->reading && !strchr(p->reading, '\n'));
  Str bytes = {0};
  plot_print(p, &bytes);
  assert_true(bytes.n <= PLOT_MOST_BYTES);
  str_fini(&bytes);
}

// "51 41 5": the heights of a series.
static inline const char *chart_heights(const Series *s) {
  static char buf[4][2048];
  static int turn;
  char *out = buf[turn++ & 3];
  size_t n = 0;
  out[0] = 0;
  for (int64_t i = 0; i < s->n && n < 2000; i++)
    n += (size_t)snprintf(out + n, 2048 - n, "%s%.15g", i ? " " : "", s->y[i]);
  return out;
}
