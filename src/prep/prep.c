// The list of steps, and what all of them do alike: find their columns, check them on later rows, fill their cards.
#include "prep/prep_int.h"

#include "base/simd.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const StepType *const *prep_steps(void) {
#define PREP_ENTRY(name) &step_##name,
  static const StepType *const steps[] = {PREP_STEPS(PREP_ENTRY) NULL};
#undef PREP_ENTRY
  return steps;
}

const StepType *prep_find(Sv name) {
  for (const StepType *const *t = prep_steps(); *t; t++)
    if (sv_is(name, (*t)->name)) return *t;
  return NULL;
}

ErrCode step_train(Job *job, const StepType *t, const void *opts, const StepState *state, const StepIn *in,
                   StepRows *out, Err *err) {
  *out = (StepRows){0};
  return t->train ? t->train(job, opts, state, in, out, err) : t->apply(job, opts, state, in->x, &out->x, err);
}

// ---- columns of a step ---------------------------------------------------------------------------------------------
static ErrCode owned_by(const char *step, ErrCode code, Err *err) {
  if (code != OK) err_prefix(err, "prep.%s", step);
  return code;
}

ErrCode step_learn(const char *step, const Frame *x, const Names *selector, const char *dflt, Arena *a, Learned *out,
                   int **col, Err *err) {
  if (frame_nrow(x) == 0) return err_set(err, ERR_ARG, "prep.%s: the training frame has no rows to learn from", step);
  int n;
  TRY(owned_by(step, prep_select(x, selector, dflt, a, col, &n, err), err));
  *out = (Learned){{arena_array(a, const char *, n), n}, arena_array(a, ColType, n)};
  for (int k = 0; k < n; k++) {
    out->names.name[k] = arena_strdup(a, frame_name(x, (*col)[k]));
    out->type[k] = frame_at(x, (*col)[k])->type;
  }
  return OK;
}

bool types_alike(ColType a, ColType b) {
  bool text = (a == COL_CAT || a == COL_TEXT) && (b == COL_CAT || b == COL_TEXT);
  bool number = (a == COL_I64 || a == COL_F64) && (b == COL_I64 || b == COL_F64);
  return a == b || text || number;
}

static ErrCode check_type(const char *step, const char *name, ColType learned, const Column *c, Err *err) {
  if (c->missing == c->n || types_alike(learned, c->type)) return OK;
  const char *was = COLTYPES[learned].name, *is = COLTYPES[c->type].name;
  return err_set(err, ERR_TYPE, "prep.%s: column '%s' was %s in training and is %s here: cast it first, "
                 "d:cast{[\"%s\"]=\"%s\"}, or fit again on data of this kind", step, name, was, is, name, was);
}

ErrCode step_match(const char *step, const Frame *x, const Learned *in, Arena *a, int **of, Err *err) {
  *of = arena_array(a, int, frame_ncol(x));
  for (int j = 0; j < frame_ncol(x); j++) (*of)[j] = -1;
  for (int64_t k = 0; k < in->names.n; k++) {
    const char *name = in->names.name[k];
    int j;
    ErrCode code = frame_col(x, sv(name), &j, err);
    if (code != OK) {
      err_prefix(err, "prep.%s learned from a column that these data do not have", step);
      return code;
    }
    TRY(check_type(step, name, in->type[k], frame_at(x, j), err));
    (*of)[j] = (int)k;
  }
  return OK;
}

void type_store(Store *s, const char *name, ColType *type) {
  const char *word = s->reading ? NULL : COLTYPES[*type].name;
  store_text(s, name, &word);
  if (!s->reading) return;
  *type = COL_BOOL;
  if (!word || !coltype_parse_name(sv(word), type)) store_fail(s, "'%s' must be the type of a column", name);
}

void step_store(Store *s, Learned *in) {
  store_names(s, "columns", &in->names);
  if (s->reading) in->type = arena_array(s->arena, ColType, in->names.n);
  for (int64_t k = 0; k < in->names.n; k++) type_store(s, "type", &in->type[k]);
  if (s->err.code != OK) in->names.n = 0;
}

// ---- cells ---------------------------------------------------------------------------------------------------------
bool cell_missing(const Column *c, int64_t i) { return !col_valid(c, i) || (c->type == COL_F64 && isnan(c->f[i])); }

CLONES static int64_t count_nan(const double *x, int64_t n) {
  int64_t nan = 0;
  for (int64_t i = 0; i < n; i++) nan += x[i] != x[i];
  return nan;
}

CLONES static int64_t count_valid_nan(const double *x, const uint64_t *valid, int64_t n) {
  int64_t nan = 0;
  for (int64_t i = 0; i < n; i += 64) {
    int64_t end = n - i < 64 ? n - i : 64;
    uint64_t word = valid[i >> 6];
    for (int64_t k = 0; k < end; k++) nan += (int64_t)(word >> k & 1) & (x[i + k] != x[i + k]);
  }
  return nan;
}

int64_t column_count_missing(const Column *c, int64_t *first) {
  int64_t n = c->missing;
  *first = -1;
  if (c->type == COL_F64 && !c->missing) n = count_nan(c->f, c->n);
  if (c->type == COL_F64 && c->missing) n += count_valid_nan(c->f, c->valid, c->n);
  if (n == 0) return 0;
  while (!cell_missing(c, ++*first)) {}
  return n;
}

ErrCode column_present(Job *job, const char *step, const Column *c, double **out, int64_t *m, Err *err) {
  char what[64];
  snprintf(what, sizeof what, "prep.%s", step);
  TRY(job_need(job, c->n * (int64_t)sizeof(double), what, err));
  double *x = mem_new((size_t)c->n * sizeof *x);
  if (!x) return err_set(err, ERR_MEMORY, "prep.%s: no memory for %lld values", step, (long long)c->n);
  int64_t all = column_present_f64(job, c, x), n = c->type == COL_F64 ? 0 : all;
  for (int64_t k = 0; k < all && c->type == COL_F64; k++) {
    x[n] = x[k];
    n += !isnan(x[k]);
  }
  *out = x, *m = n;
  return OK;
}

static size_t valid_bytes(int64_t n) { return (size_t)((n + 63) / 64) * sizeof(uint64_t); }

ErrCode column_like(Job *job, ColType type, const Column *c, Column **out, Err *err) {
  TRY(column_new(job, type, c->n, NULL, out, err));
  if (!c->missing) return OK;
  (*out)->valid = mem_new(valid_bytes(c->n));
  if (!(*out)->valid) return column_unref(*out), err_set(err, ERR_MEMORY, "no memory for a column");
  memcpy((*out)->valid, c->valid, valid_bytes(c->n));
  (*out)->missing = c->missing;
  return OK;
}

ErrCode column_missing(Job *job, ColType type, int64_t n, Column **out, Err *err) {
  TRY(column_new(job, type, n, NULL, out, err));
  (*out)->valid = mem_new(valid_bytes(n));
  if (!(*out)->valid) return column_unref(*out), err_set(err, ERR_MEMORY, "no memory for a column");
  memset((*out)->valid, 0, valid_bytes(n));
  memset((*out)->b, 0, (size_t)n * col_width(*out));
  (*out)->missing = n;
  return OK;
}

ErrCode step_word(const char *step, const char *column, Sv word, Arena *a, const char **out, Err *err) {
  if (memchr(word.s, 0, word.n))
    return err_set(err, ERR_ARG, "prep.%s: column '%s' has a NUL byte in the value '%s': mend it first", step, column,
                   word.s);
  *out = arena_strndup(a, word.s, word.n);
  return OK;
}

// ---- frames that a step makes --------------------------------------------------------------------------------------
ErrCode frame_give(ErrCode code, Frame *made, Frame **out) {
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

ErrCode step_add(const char *step, Frame *f, const char *name, Column *c, Err *err) {
  if (frame_find(f, sv(name)) < 0) return frame_add(f, name, c, err);
  column_unref(c);
  return err_set(err, ERR_NAME, "prep.%s would make two columns '%s': rename one before, d:rename{...}", step, name);
}

ErrCode card_words(Job *job, Frame *card, const char *name, const char *const *v, Err *err) {
  TextBuilder b;
  Column *c = NULL;
  ErrCode code = OK;
  textb_init(&b, job);
  for (int64_t i = 0; i < frame_nrow(card) && code == OK; i++)
    code = v[i] ? textb_add(&b, sv(v[i]), err) : textb_add_missing(&b, err);
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(card, name, c, err) : code;
}

ErrCode card_ints(Job *job, Frame *card, const char *name, const int64_t *v, Err *err) {
  Column *c;
  TRY(column_new(job, COL_I64, frame_nrow(card), NULL, &c, err));
  for (int64_t i = 0; i < c->n; i++) c->i[i] = v[i];
  return frame_add(card, name, c, err);
}

ErrCode card_reals(Job *job, Frame *card, const char *name, const double *v, Err *err) {
  Column *c;
  TRY(column_new(job, COL_F64, frame_nrow(card), NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    c->f[i] = v[i];
    if (isnan(v[i])) code = column_set_missing(c, i, err);
  }
  if (code != OK) return column_unref(c), code;
  return frame_add(card, name, c, err);
}
