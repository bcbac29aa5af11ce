// Unit norm by row: the chosen cells of each row divided by their length, so that rows are compared by their direction.
// Nothing is learned but which columns there are. A row of zeros stays as it is. Rows are taken in slices that fit the
// cache: the norms of a slice first, then its cells. O(n p).
#include "prep/each_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>

enum { NORM_L2, NORM_L1, NORM_MAX, SLICE = 1 << 12 };

typedef struct NormalizeOpts {
  Names columns;
  int norm;
} NormalizeOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(NormalizeOpts, columns), .dflt = "",
     .doc = "columns that make up a row: names or \"*\", \"@number\"; none given: every number column"},
    {"norm", PARAM_CHOICE, offsetof(NormalizeOpts, norm), .dflt = "l2", .choices = "l2|l1|max",
     .doc = "what becomes 1: the Euclidean length, the sum of absolute values, or the largest of them"},
    PARAM_END};

static ErrCode normalize_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const NormalizeOpts *o = opts;
  Learned *st = arena_new(&state->arena, Learned);
  int *col;
  TRY(step_learn("normalize", in->x, &o->columns, "@number", &state->arena, st, &col, err));
  for (int64_t k = 0; k < st->names.n; k++) {
    TRY(job_tick(job, k, st->names.n, err));
    TRY(check_full("normalize", st->names.name[k], frame_at(in->x, col[k]), err));
  }
  state->data = st;
  return OK;
}

typedef struct Rows { // the chosen columns on their way
  int norm, p;
  const Column **c;
  double **z;
} Rows;

CLONES static void add_norm(int norm, const double *x, int64_t n, double *sum) {
  if (norm == NORM_L2)
    for (int64_t i = 0; i < n; i++) sum[i] += x[i] * x[i];
  else if (norm == NORM_L1)
    for (int64_t i = 0; i < n; i++) sum[i] += fabs(x[i]);
  else
    for (int64_t i = 0; i < n; i++) sum[i] = fabs(x[i]) > sum[i] ? fabs(x[i]) : sum[i];
}

CLONES static void divide(double *z, int64_t n, const double *norm) {
  for (int64_t i = 0; i < n; i++) z[i] /= norm[i];
}

static void slice_rows(void *ctx, int64_t begin, int64_t end) {
  const Rows *t = ctx;
  double norm[SLICE] = {0};
  int64_t n = end - begin;
  for (int k = 0; k < t->p; k++) {
    column_doubles(t->c[k], begin, end, t->z[k] + begin);
    add_norm(t->norm, t->z[k] + begin, n, norm);
  }
  for (int64_t i = 0; i < n; i++) norm[i] = scale_or_one(t->norm == NORM_L2 ? sqrt(norm[i]) : norm[i]);
  for (int k = 0; k < t->p; k++) divide(t->z[k] + begin, n, norm);
}

static ErrCode add_column(Job *job, Rows *t, int of, const char *name, const Column *c, Frame *made, Err *err) {
  Column *z;
  if (of < 0) return frame_add(made, name, column_ref(c), err);
  TRY(check_full("normalize", name, c, err));
  TRY(column_new(job, COL_F64, c->n, NULL, &z, err));
  t->c[t->p] = c, t->z[t->p++] = z->f;
  return frame_add(made, name, z, err);
}

static ErrCode normalize_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                               Err *err) {
  Arena a;
  arena_init(&a);
  int *of, p = frame_ncol(x);
  Rows t = {((const NormalizeOpts *)opts)->norm, 0, arena_array(&a, const Column *, p), arena_array(&a, double *, p)};
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("normalize", x, state->data, &a, &of, err);
  for (int j = 0; j < p && code == OK; j++) {
    code = job_tick(job, j, p, err);
    if (code == OK) code = add_column(job, &t, of[j], frame_name(x, j), frame_at(x, j), made, err);
  }
  if (code == OK) par_for(job, frame_nrow(x), SLICE, slice_rows, &t);
  arena_fini(&a);
  return frame_give(code, made, out);
}

static void normalize_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Learned);
  step_store(s, state->data);
}

static ErrCode normalize_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  static const char *const what[] = {"the square root of the sum of squares", "the sum of absolute values",
                                     "the largest absolute value"};
  const Learned *in = state->data;
  Frame *card = frame_new(in->names.n);
  ErrCode code = card_words(job, card, "column", in->names.name, err);
  Str caption = {0};
  str_addf(&caption, "each row divided by %s of these columns", what[((const NormalizeOpts *)opts)->norm]);
  frame_set_caption(card, str_c(&caption));
  str_fini(&caption);
  return frame_give(code, card, out);
}

const StepType step_normalize = {
    .name = "normalize",
    .summary = "Divides each row by its length, so that only its direction counts",
    .source = "checked against scikit-learn 1.2.1, Normalizer, and recipes 1.0.4, step_spatialsign",
    .unfit = "columns of different units, where the largest one decides the length; rows whose size matters",
    .example = "return pipe{prep.normalize{norm='l1'}}:preview(data 'usarrests')",
    .params = PARAMS,
    .opts_size = sizeof(NormalizeOpts),
    .fit = normalize_fit,
    .apply = normalize_apply,
    .store = normalize_store,
    .card = normalize_card,
};
