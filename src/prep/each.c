// What the steps that turn each column of numbers into another one by itself have in common: they find their columns,
// check them, hand the values over, and put the new column in the place of the old one.
#include "prep/each_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <float.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { ROWS_NAMED = 3 };

// ---- learning ------------------------------------------------------------------------------------------------------
static ErrCode check_values(const Each *e, const EachIn *in, Err *err) {
  if (in->n == 0)
    return err_set(err, ERR_ARG,
                   "prep.%s: column '%s' has no value in the training rows: leave it out, "
                   "d:drop{\"%s\"}",
                   e->step, in->name, in->name);
  if (sum_is_finite(in->x, in->n)) return OK;
  int64_t row = 0;
  while (!isinf(col_f64(in->c, row))) row++;
  return err_set(err, ERR_ARG,
                 "prep.%s: column '%s' is infinite in row %lld: leave such rows out, "
                 "d:where \"is_finite(`%s`)\"",
                 e->step, in->name, (long long)row + 1, in->name);
}

static ErrCode learn_column(Job *job, const Each *e, const void *opts, EachIn *in, void *out, Err *err) {
  if (!col_is_number(in->c))
    return err_set(err, ERR_TYPE, "prep.%s: column '%s' is %s, and this step takes numbers: leave it out of columns",
                   e->step, in->name, COLTYPES[in->c->type].name);
  TRY(column_present(job, e->step, in->c, &in->x, &in->n, err));
  ErrCode code = check_values(e, in, err);
  if (code == OK) code = e->learn(job, opts, in, out, err);
  mem_free(in->x);
  return code;
}

ErrCode check_full(const char *step, const char *name, const Column *c, Err *err) {
  int64_t first, n = column_count_missing(c, &first), row = 0;
  if (c->n > 0 && c->missing == c->n)
    return err_set(err, ERR_ARG, "prep.%s: column '%s' has no value: leave it out, d:drop{\"%s\"}", step, name, name);
  if (!col_is_number(c))
    return err_set(err, ERR_TYPE, "prep.%s: column '%s' is %s, and this step takes numbers: leave it out of columns",
                   step, name, COLTYPES[c->type].name);
  if (n)
    return err_set(err, ERR_ARG,
                   "prep.%s: column '%s' has %lld missing value%s (first in row %lld): put "
                   "prep.impute{} before prep.%s",
                   step, name, (long long)n, n == 1 ? "" : "s", (long long)first + 1, step);
  if (c->type != COL_F64 || sum_is_finite(c->f, c->n)) return OK;
  while (!isinf(c->f[row])) row++;
  return err_set(err, ERR_ARG,
                 "prep.%s: column '%s' is infinite in row %lld: leave such rows out, "
                 "d:where \"is_finite(`%s`)\"",
                 step, name, (long long)row + 1, name);
}

static const Names *columns_of(const Each *e, const void *opts) {
  return (const Names *)(const void *)((const char *)opts + e->params[0].offset);
}

ErrCode each_fit(Job *job, const Each *e, const void *opts, const StepIn *in, StepState *state, Err *err) {
  EachState *st = arena_new(&state->arena, EachState);
  int *col;
  TRY(step_learn(e->step, in->x, columns_of(e, opts), e->columns, &state->arena, &st->in, &col, err));
  int64_t n = st->in.names.n;
  st->of = arena_alloc_n(&state->arena, (size_t)n, e->size);
  for (int64_t k = 0; k < n; k++) {
    EachIn one = {st->in.names.name[k], frame_at(in->x, col[k]), NULL, 0, &state->arena};
    TRY(job_tick(job, k, n, err));
    TRY(learn_column(job, e, opts, &one, each_of(e, st, k), err));
  }
  state->data = st;
  return OK;
}

// ---- applying ------------------------------------------------------------------------------------------------------
ErrCode each_apply(Job *job, const Each *e, const void *opts, const StepState *state, const Frame *x, Frame **out,
                   Err *err) {
  const EachState *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match(e->step, x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    Column *z = NULL;
    code = job_tick(job, j, frame_ncol(x), err);
    if (code == OK && of[j] < 0) z = column_ref(c);
    else if (code == OK) code = e->turn(job, opts, each_of(e, st, of[j]), frame_name(x, j), c, &z, err);
    if (code == OK) code = frame_add(made, frame_name(x, j), z, err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

typedef struct Mapping {
  const Column *c;
  MapFn fn;
  const void *ctx;
  double *z;
} Mapping;

void column_doubles(const Column *c, int64_t begin, int64_t end, double *z) {
  if (c->type == COL_F64) memcpy(z, c->f + begin, (size_t)(end - begin) * sizeof *z);
  else if (c->type == COL_BOOL)
    for (int64_t i = begin; i < end; i++) z[i - begin] = c->b[i] != 0;
  else
    for (int64_t i = begin; i < end; i++) z[i - begin] = (double)c->i[i];
}

static void map_chunk(void *ctx, int64_t begin, int64_t end) {
  const Mapping *t = ctx;
  const Column *c = t->c;
  double *z = t->z + begin;
  if (c->type != COL_F64) column_doubles(c, begin, end, z);
  t->fn(t->ctx, c->type == COL_F64 ? c->f + begin : z, end - begin, z);
}

ErrCode column_map(Job *job, const Column *c, MapFn fn, const void *ctx, Column **out, Err *err) {
  if (!col_is_number(c)) return column_missing(job, COL_F64, c->n, out, err);
  TRY(column_like(job, COL_F64, c, out, err));
  par_for(job, c->n, STEP_GRAIN / 8, map_chunk, &(Mapping){c, fn, ctx, (*out)->f});
  return OK;
}

CLONES static void shift_and_scale(const double *x, int64_t n, double centre, double scale, double *z) {
  for (int64_t i = 0; i < n; i++) z[i] = (x[i] - centre) / scale;
}

void affine_map(const void *affine, const double *x, int64_t n, double *z) {
  const Affine *a = affine;
  shift_and_scale(x, n, a->centre, a->scale, z);
}

double scale_or_one(double spread) { return spread < 10 * DBL_EPSILON ? 1 : spread; }

double linear_quantile(const double *x, int64_t n, double p) {
  double at = p * (double)(n - 1);
  int64_t k = (int64_t)at;
  if (k >= n - 1) return x[n - 1];
  double t = at - (double)k, gap = x[k + 1] - x[k];
  return t < 0.5 ? x[k] + gap * t : x[k + 1] - gap * (1 - t);
}

// ---- the domain ----------------------------------------------------------------------------------------------------
typedef struct Domain {
  const Column *c;
  TakesFn takes;
  const void *ctx;
  _Atomic int64_t outside;
} Domain;

static bool is_outside(const Domain *d, int64_t i) {
  return !cell_missing(d->c, i) && !d->takes(d->ctx, col_f64(d->c, i));
}

static void count_outside(void *ctx, int64_t begin, int64_t end) {
  Domain *d = ctx;
  int64_t n = 0;
  for (int64_t i = begin; i < end; i++) n += is_outside(d, i);
  if (n) atomic_fetch_add(&d->outside, n);
}

ErrCode check_domain(Job *job, const char *step, const char *name, const Column *c, TakesFn takes, const void *ctx,
                     const char *outside, const char *advice, Err *err) {
  Domain d = {.c = c, .takes = takes, .ctx = ctx};
  if (!col_is_number(c)) return OK;
  par_for(job, c->n, STEP_GRAIN, count_outside, &d);
  int64_t n = d.outside, shown = 0, last = n < ROWS_NAMED ? n : ROWS_NAMED;
  if (n == 0) return OK;
  Str rows = {0};
  for (int64_t i = 0; shown < last; i++) {
    if (!is_outside(&d, i)) continue;
    str_addf(&rows, "%s%lld", shown == 0 ? "" : shown + 1 == last ? " and " : ", ", (long long)i + 1);
    shown++;
  }
  err_set(err, ERR_ARG, "prep.%s: column '%s' has %lld value%s %s (%s %s): %s", step, name, (long long)n,
          n == 1 ? "" : "s", outside, n == 1 ? "row" : "first in rows", str_c(&rows), advice);
  str_fini(&rows);
  return ERR_ARG;
}

// ---- store and card ------------------------------------------------------------------------------------------------
void each_store(Store *s, const Each *e, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, EachState);
  EachState *st = state->data;
  step_store(s, &st->in);
  int64_t n = st->in.names.n;
  if (s->reading) st->of = arena_alloc_n(&state->arena, (size_t)n, e->size);
  for (int64_t k = 0; k < n; k++) e->store(s, each_of(e, st, k));
}

ErrCode each_card(Job *job, const EachState *st, const CardCol *col, int ncol, const char *const *note,
                  const char *caption, Frame **out, Err *err) {
  Frame *card = frame_new(st->in.names.n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  for (int k = 0; k < ncol && code == OK; k++) code = card_reals(job, card, col[k].name, col[k].v, err);
  if (code == OK && note) code = card_words(job, card, "note", note, err);
  if (caption) frame_set_caption(card, caption);
  return frame_give(code, card, out);
}

void transform_map(const void *transform, const double *x, int64_t n, double *z) {
  transform_apply(transform, x, n, z);
}

void store_transform(Store *s, void *transform) {
  transform_store(s, transform);
  if (((const Transform *)transform)->kind == TRANSFORM_NONE) store_fail(s, "a step without its transform");
}

ErrCode transform_card(Job *job, const Each *e, const StepState *state, const char *caption, Frame **out, Err *err) {
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  double *min = arena_array(&a, double, n), *max = arena_array(&a, double, n);
  for (int64_t k = 0; k < n; k++) {
    const Transform *c = each_of(e, st, k);
    min[k] = c->low, max[k] = c->high;
  }
  ErrCode code = each_card(job, st, (CardCol[]){{"min", min}, {"max", max}}, 2, NULL, caption, out, err);
  arena_fini(&a);
  return code;
}
