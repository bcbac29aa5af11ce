// Standardising: z = (x - mean) / sd with what the training rows gave. The sd divides by n, as scikit-learn's scaler
// does, so that the numbers agree; n - 1 would differ by the factor sqrt(1 - 1/n). A column without spread is centred
// and divided by 1. Without spread means a variance within the rounding error of its computation: values such as
// 0.1 + 0.2 beside 0.3 count as one (the bound is that of Chan, Golub, LeVeque 1983, for the two-pass algorithm).
#include "base/pool.h"
#include "base/simd.h"
#include "prep/prep_int.h"

#include <float.h>
#include <math.h>

typedef struct StandardOpts {
  Names columns;
  bool mean, sd;
} StandardOpts;

typedef struct Scale {
  int64_t n; // values that were learned from
  double mean, sd;
} Scale;

typedef struct Standard {
  Learned in;
  Scale *scale; // of each learned column
} Standard;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(StandardOpts, columns), .dflt = "",
     .doc = "columns to standardise: names or \"*\", \"@number\"; none given: every number column"},
    {"mean", PARAM_BOOL, offsetof(StandardOpts, mean), .dflt = "true", .doc = "subtract the mean"},
    {"sd", PARAM_BOOL, offsetof(StandardOpts, sd), .dflt = "true", .doc = "divide by the standard deviation"},
    PARAM_END};

static double sd_of(const Moments *m) {
  double n = (double)m->n, var = m->m2 / n, e = n * m->mean * DBL_EPSILON;
  return var <= n * DBL_EPSILON * var + e * e ? 0 : sqrt(var);
}

static Moments moments_of_bools(const Column *c) {
  int64_t n = c->n - c->missing, yes = 0;
  for (int64_t i = 0; i < c->n; i++) yes += c->b[i] && col_valid(c, i);
  double share = (double)yes / (double)n;
  return (Moments){.n = n, .mean = share, .m2 = share * (double)(n - yes)};
}

static ErrCode learn_moments(Job *job, const Column *c, Moments *out, Err *err) {
  double *x;
  int64_t n;
  if (c->type == COL_BOOL) return *out = moments_of_bools(c), OK;
  if (c->type == COL_F64 && !column_count_missing(c, &n)) return *out = moments_f64(job, c->f, c->n), OK;
  TRY(column_present(job, "standard", c, &x, &n, err));
  *out = moments_f64(job, x, n);
  mem_free(x);
  return OK;
}

static ErrCode learn_scale(Job *job, const char *name, const Column *c, Scale *out, Err *err) {
  if (!col_is_number(c))
    return err_set(err, ERR_TYPE, "prep.standard: column '%s' is %s: only numbers have a mean; leave it out of columns",
                   name, COLTYPES[c->type].name);
  Moments m;
  TRY(learn_moments(job, c, &m, err));
  int64_t n = m.n;
  if (n == 0)
    return err_set(err, ERR_ARG, "prep.standard: column '%s' has no value in the training rows: leave it out, "
                   "d:drop{\"%s\"}", name, name);
  *out = (Scale){n, m.mean, sd_of(&m)};
  if (isfinite(out->mean) && isfinite(out->sd)) return OK;
  return err_set(err, ERR_ARG, "prep.standard: column '%s' has infinite or huge values, so it has no mean and sd: "
                 "leave those rows or the column out", name);
}

static ErrCode standard_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const Frame *x = in->x;
  const StandardOpts *o = opts;
  Standard *st = arena_new(&state->arena, Standard);
  int *col;
  TRY(step_learn("standard", x, &o->columns, "@number", &state->arena, &st->in, &col, err));
  int64_t n = st->in.names.n;
  st->scale = arena_array(&state->arena, Scale, n);
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    TRY(learn_scale(job, st->in.names.name[k], frame_at(x, col[k]), &st->scale[k], err));
  }
  state->data = st;
  return OK;
}

typedef struct Scaling {
  const Column *c;
  double mean, sd, *z;
} Scaling;

CLONES static void scale_reals(const double *x, int64_t n, double mean, double sd, double *z) {
  for (int64_t i = 0; i < n; i++) z[i] = (x[i] - mean) / sd;
}

static void scale_bools(const uint8_t *b, int64_t n, double mean, double sd, double *z) {
  const double of[2] = {(0 - mean) / sd, (1 - mean) / sd};
  for (int64_t i = 0; i < n; i++) z[i] = of[b[i] != 0];
}

static void scale_chunk(void *ctx, int64_t begin, int64_t end) {
  const Scaling *s = ctx;
  const Column *c = s->c;
  if (c->type == COL_F64) scale_reals(c->f + begin, end - begin, s->mean, s->sd, s->z + begin);
  else if (c->type == COL_BOOL) scale_bools(c->b + begin, end - begin, s->mean, s->sd, s->z + begin);
  else
    for (int64_t i = begin; i < end; i++) s->z[i] = ((double)c->i[i] - s->mean) / s->sd;
}

static ErrCode scale_column(Job *job, const StandardOpts *o, const Scale *s, const Column *c, Column **out, Err *err) {
  if (!col_is_number(c)) return column_missing(job, COL_F64, c->n, out, err);
  TRY(column_like(job, COL_F64, c, out, err));
  Scaling how = {c, o->mean ? s->mean : 0, o->sd && s->sd > 0 ? s->sd : 1, (*out)->f};
  par_for(job, c->n, STEP_GRAIN, scale_chunk, &how);
  return OK;
}

static ErrCode standard_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                              Err *err) {
  const Standard *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("standard", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    Column *z = NULL;
    code = job_tick(job, j, frame_ncol(x), err);
    if (code == OK && of[j] < 0) z = column_ref(c);
    else if (code == OK) code = scale_column(job, opts, &st->scale[of[j]], c, &z, err);
    if (code == OK) code = frame_add(made, frame_name(x, j), z, err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

static void standard_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Standard);
  Standard *st = state->data;
  step_store(s, &st->in);
  int64_t n = st->in.names.n;
  if (s->reading) st->scale = arena_array(&state->arena, Scale, n);
  for (int64_t k = 0; k < n; k++) {
    store_i64(s, "n", &st->scale[k].n);
    store_f64(s, "mean", &st->scale[k].mean);
    store_f64(s, "sd", &st->scale[k].sd);
  }
}

static const char *formula(const StandardOpts *o) {
  if (o->mean) return o->sd ? "(x - mean) / sd, with the sd that divides by n" : "x - mean";
  return o->sd ? "x / sd, with the sd that divides by n" : "x, as a real number";
}

static ErrCode standard_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const StandardOpts *o = opts;
  const Standard *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  int64_t *values = arena_array(&a, int64_t, n);
  double *mean = arena_array(&a, double, n), *sd = arena_array(&a, double, n);
  const char **note = arena_array(&a, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    const Scale *s = &st->scale[k];
    values[k] = s->n, mean[k] = s->mean, sd[k] = s->sd;
    if (o->sd && s->sd == 0) note[k] = o->mean ? "no spread: centred, divided by 1" : "no spread: divided by 1";
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_ints(job, card, "n", values, err);
  if (code == OK) code = card_reals(job, card, "mean", mean, err);
  if (code == OK) code = card_reals(job, card, "sd", sd, err);
  if (code == OK) code = card_words(job, card, "note", note, err);
  frame_set_caption(card, formula(o));
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_standard = {
    .name = "standard",
    .summary = "Centres number columns and divides them by their standard deviation",
    .source = "checked against scikit-learn 1.2.1, StandardScaler, and recipes 1.0.4, step_normalize, whose sd is with "
              "n - 1 where this one is with n",
    .unfit = "columns with outliers, which set the scale for all; trees, which do not need it",
    .example = "return pipe{prep.standard{}}:preview(data 'iris', 'class')",
    .params = PARAMS,
    .opts_size = sizeof(StandardOpts),
    .fit = standard_fit,
    .apply = standard_apply,
    .store = standard_store,
    .card = standard_card,
};
