// Outliers of number columns, by limits learned from the training rows: quartiles and k times their distance (Tukey
// 1977), mean and k standard deviations (n - 1), or median and k times 1.4826 times the median absolute deviation
// (Iglewicz and Hoaglin 1993); the same limits as d:outliers. `filter` leaves rows with a value beyond them out of
// training; rows to predict always stay. `cap` moves values to the limit, `flag` adds <column>_outlier. A column
// whose scale is 0 (half of its values the same) has no limits that say anything, so it is left alone, and the card
// says so.
#include "prep/prep_int.h"

#include "base/pool.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { BY_IQR, BY_Z, BY_MAD };
enum { AS_CAP, AS_FLAG, AS_FILTER };
static const double MAD_SCALE = 1.4826; // as R: the mad then estimates the sd where values are normal

typedef struct OutliersOpts {
  Names columns;
  int method, as;
  double k;
} OutliersOpts;

typedef struct Limits {
  double low, high;
  int64_t below, above; // values beyond them in training
} Limits;

typedef struct Outliers {
  Learned in;
  Limits *limits;
  int64_t rows, gone; // of training, and those with a value beyond
} Outliers;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(OutliersOpts, columns), .dflt = "",
     .doc = "columns to look at: names or \"@number\"; none given: every int and real column"},
    {"method", PARAM_CHOICE, offsetof(OutliersOpts, method), .dflt = "iqr", .choices = "iqr|z|mad",
     .doc = "limits from the quartiles, from mean and standard deviation, or from the median"},
    {"k", PARAM_REAL, offsetof(OutliersOpts, k), 0, 1e6, "0",
     .doc = "how many of them a value may lie away; 0: 1.5 of iqr, 3 of z, 3.5 of mad"},
    {"as", PARAM_CHOICE, offsetof(OutliersOpts, as), .dflt = "cap", .choices = "cap|flag|filter",
     .doc = "move values to the limit, add <column>_outlier, or leave such rows out of training"},
    PARAM_END};

// ---- fit -----------------------------------------------------------------------------------------------------------
static double reach(const OutliersOpts *o) {
  static const double usual[] = {1.5, 3, 3.5};
  return o->k > 0 ? o->k : usual[o->method];
}

static ErrCode limits_mad(Job *job, double *x, int64_t n, double k, Limits *out, Err *err) {
  double half = 0.5, mid, mad;
  TRY(quantile_f64(job, x, n, 7, &half, 1, &mid, err));
  for (int64_t i = 0; i < n; i++) x[i] = fabs(x[i] - mid);
  TRY(quantile_f64(job, x, n, 7, &half, 1, &mad, err));
  out->low = mid - k * MAD_SCALE * mad, out->high = mid + k * MAD_SCALE * mad;
  return OK;
}

static ErrCode limits_of(Job *job, const OutliersOpts *o, double *x, int64_t n, Limits *out, Err *err) {
  double k = reach(o);
  if (o->method == BY_MAD) return limits_mad(job, x, n, k, out, err);
  if (o->method == BY_Z) {
    Moments m = moments_f64(job, x, n);
    double sd = n > 1 ? sqrt(moments_var(&m)) : 0;
    out->low = m.mean - k * sd, out->high = m.mean + k * sd;
    return OK;
  }
  const double at[2] = {0.25, 0.75};
  double q[2];
  TRY(quantile_f64(job, x, n, 7, at, 2, q, err));
  out->low = q[0] - k * (q[1] - q[0]), out->high = q[1] + k * (q[1] - q[0]);
  return OK;
}

typedef struct Beyond {
  const Column *c;
  const Limits *limits;
  _Atomic int64_t below, above;
} Beyond;

static void count_chunk(void *ctx, int64_t begin, int64_t end) {
  Beyond *t = ctx;
  int64_t below = 0, above = 0;
  for (int64_t i = begin; i < end; i++) {
    double v = col_f64(t->c, i);
    below += v < t->limits->low, above += v > t->limits->high;
  }
  atomic_fetch_add(&t->below, below);
  atomic_fetch_add(&t->above, above);
}

static void count_beyond(Job *job, const Column *c, Limits *out) {
  Beyond t = {.c = c, .limits = out};
  par_for(job, c->n, STEP_GRAIN, count_chunk, &t);
  out->below = t.below, out->above = t.above;
}

static ErrCode learn_limits(Job *job, const OutliersOpts *o, const char *name, const Column *c, Limits *out, Err *err) {
  double *x;
  int64_t n;
  if (!col_is_number(c))
    return err_set(err, ERR_TYPE, "prep.outliers: column '%s' is %s: only numbers lie far out; leave it out of columns",
                   name, COLTYPES[c->type].name);
  *out = (Limits){-INFINITY, INFINITY, 0, 0};
  if (c->type == COL_BOOL) return OK;
  TRY(column_present(job, "outliers", c, &x, &n, err));
  ErrCode code = OK;
  if (n == 0)
    code = err_set(err, ERR_ARG,
                   "prep.outliers: column '%s' has no value in the training rows: leave it out, "
                   "d:drop{\"%s\"}",
                   name, name);
  else if (!sum_is_finite(x, n))
    code = err_set(err, ERR_ARG,
                   "prep.outliers: column '%s' has infinite or huge values, which have no limits: leave "
                   "those rows or the column out",
                   name);
  if (code == OK) code = limits_of(job, o, x, n, out, err);
  mem_free(x);
  if (code != OK) return code;
  if (!(out->low < out->high)) out->low = -INFINITY, out->high = INFINITY;
  count_beyond(job, c, out);
  return OK;
}

static bool beyond(const Limits *l, double v) { return v < l->low || v > l->high; }

static bool row_beyond(const Outliers *st, const Frame *x, const int *col, int64_t i) {
  for (int64_t k = 0; k < st->in.names.n; k++)
    if (beyond(&st->limits[k], col_f64(frame_at(x, col[k]), i))) return true;
  return false;
}

typedef struct Marking {
  const Outliers *st;
  const Frame *x;
  const int *col;
  uint8_t *beyond; // of each row; NULL: they are counted only
  _Atomic int64_t gone;
} Marking;

static void mark_chunk(void *ctx, int64_t begin, int64_t end) {
  Marking *t = ctx;
  int64_t gone = 0;
  for (int64_t i = begin; i < end; i++) {
    bool beyond = row_beyond(t->st, t->x, t->col, i);
    gone += beyond;
    if (t->beyond) t->beyond[i] = beyond;
  }
  atomic_fetch_add(&t->gone, gone);
}

static ErrCode outliers_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const OutliersOpts *o = opts;
  Outliers *st = arena_new(&state->arena, Outliers);
  int *col;
  TRY(step_learn("outliers", in->x, &o->columns, "@number", &state->arena, &st->in, &col, err));
  int64_t n = st->in.names.n;
  st->limits = arena_array(&state->arena, Limits, n);
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    TRY(learn_limits(job, o, st->in.names.name[k], frame_at(in->x, col[k]), &st->limits[k], err));
  }
  st->rows = frame_nrow(in->x);
  Marking t = {.st = st, .x = in->x, .col = col};
  par_for(job, st->rows, STEP_GRAIN, mark_chunk, &t);
  st->gone = t.gone;
  state->data = st;
  return OK;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
typedef struct Moving { // of a column's values
  const Column *c;
  const Limits *limits;
  Column *out;
} Moving;

static void flag_chunk(void *ctx, int64_t begin, int64_t end) {
  const Moving *t = ctx;
  for (int64_t i = begin; i < end; i++) t->out->b[i] = beyond(t->limits, col_f64(t->c, i));
}

static ErrCode flag_column(Job *job, const Limits *l, const Column *c, Column **out, Err *err) {
  TRY(column_new(job, COL_BOOL, c->n, NULL, out, err));
  par_for(job, c->n, STEP_GRAIN, flag_chunk, &(Moving){c, l, *out});
  return OK;
}

static double within(const Limits *l, double v) { return v < l->low ? l->low : v > l->high ? l->high : v; }

static void cap_chunk(void *ctx, int64_t begin, int64_t end) {
  const Moving *t = ctx;
  const Column *c = t->c;
  const Limits *l = t->limits;
  for (int64_t i = begin; i < end; i++) {
    if (t->out->type == COL_F64) t->out->f[i] = col_valid(c, i) ? within(l, col_f64(c, i)) : 0;
    else if (!col_valid(c, i)) t->out->i[i] = 0;
    else if ((double)c->i[i] < l->low) t->out->i[i] = (int64_t)ceil(fmax(l->low, -0x1p62));
    else t->out->i[i] = (double)c->i[i] > l->high ? (int64_t)floor(fmin(l->high, 0x1p62)) : c->i[i];
  }
}

// An int column that had values beyond in training becomes real, for a limit is rarely whole; another one stays int.
static ErrCode cap_column(Job *job, const Limits *l, ColType was, const Column *c, Column **out, Err *err) {
  bool real = c->type == COL_F64 || (was == COL_I64 && l->below + l->above);
  bool any = real && c->type != COL_F64;
  if (!col_is_number(c) || c->type == COL_BOOL) return *out = column_ref(c), OK;
  Limits now = *l;
  if (!any) count_beyond(job, c, &now);
  if (!any && now.below + now.above == 0) return *out = column_ref(c), OK;
  TRY(column_like(job, real ? COL_F64 : COL_I64, c, out, err));
  par_for(job, c->n, STEP_GRAIN, cap_chunk, &(Moving){c, l, *out});
  return OK;
}

static ErrCode apply_column(Job *job, const OutliersOpts *o, const Outliers *st, int k, const Column *c,
                            const char *name, Arena *a, Frame *made, Err *err) {
  Column *t;
  if (o->as == AS_CAP) {
    TRY(cap_column(job, &st->limits[k], st->in.type[k], c, &t, err));
    return step_add("outliers", made, name, t, err);
  }
  TRY(step_add("outliers", made, name, column_ref(c), err));
  if (o->as == AS_FILTER || st->in.type[k] == COL_BOOL) return OK;
  TRY(flag_column(job, &st->limits[k], c, &t, err));
  return step_add("outliers", made, arena_printf(a, "%s_outlier", name), t, err);
}

static ErrCode outliers_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                              Err *err) {
  const Outliers *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("outliers", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    const char *name = frame_name(x, j);
    code = job_tick(job, j, frame_ncol(x), err);
    if (code == OK && of[j] >= 0) code = apply_column(job, opts, st, of[j], c, name, &a, made, err);
    else if (code == OK) code = step_add("outliers", made, name, column_ref(c), err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

static ErrCode filter_rows(Job *job, const Outliers *st, const Frame *x, StepRows *out, Err *err) {
  int64_t n = frame_nrow(x), m = 0;
  Arena a;
  arena_init(&a);
  int *of, *col = arena_array(&a, int, st->in.names.n);
  ErrCode code = step_match("outliers", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++)
    if (of[j] >= 0) col[of[j]] = j;
  if (code == OK) code = job_need(job, n * 8, "prep.outliers", err);
  if (code == OK) out->source = mem_new((size_t)n * sizeof *out->source);
  if (code == OK && !out->source) code = err_set(err, ERR_MEMORY, "prep.outliers: no memory for rows");
  Marking t = {.st = st, .x = x, .col = col};
  if (code == OK) t.beyond = mem_new((size_t)n);
  if (code == OK && !t.beyond) code = err_set(err, ERR_MEMORY, "prep.outliers: no memory for rows");
  if (code == OK) par_for(job, n, STEP_GRAIN, mark_chunk, &t);
  for (int64_t i = 0; i < n && code == OK; i++)
    if (!t.beyond[i]) out->source[m++] = i;
  mem_free(t.beyond);
  if (code == OK && m == 0)
    code = err_set(err, ERR_ARG,
                   "prep.outliers: every training row has a value beyond the limits: raise k, or use "
                   "as=\"cap\"");
  if (code == OK) code = frame_gather(job, x, out->source, m, &out->x, err);
  if (code != OK) mem_free(out->source), out->source = NULL;
  arena_fini(&a);
  return code;
}

static ErrCode outliers_train(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out,
                              Err *err) {
  const OutliersOpts *o = opts;
  const Outliers *st = state->data;
  if (o->as == AS_FILTER && st->gone) return filter_rows(job, st, in->x, out, err);
  return outliers_apply(job, opts, state, in->x, &out->x, err);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void outliers_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Outliers);
  Outliers *st = state->data;
  step_store(s, &st->in);
  store_i64(s, "rows", &st->rows);
  store_i64(s, "gone", &st->gone);
  int64_t n = st->in.names.n;
  if (s->reading) st->limits = arena_array(&state->arena, Limits, n);
  for (int64_t k = 0; k < n; k++) {
    Limits *l = &st->limits[k];
    store_f64(s, "low", &l->low);
    store_f64(s, "high", &l->high);
    store_i64(s, "below", &l->below);
    store_i64(s, "above", &l->above);
    if (!(l->low < l->high) || l->below < 0 || l->above < 0) store_fail(s, "limits that are not in order");
  }
}

static ErrCode outliers_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  static const char *const as[] = {"values beyond are moved to the limit", "values beyond are flagged",
                                   "these rows are left out of training"};
  const OutliersOpts *o = opts;
  const Outliers *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  double *low = arena_array(&a, double, n), *high = arena_array(&a, double, n);
  int64_t *below = arena_array(&a, int64_t, n), *above = arena_array(&a, int64_t, n);
  const char **note = arena_array(&a, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    const Limits *l = &st->limits[k];
    bool none = isinf(l->low);
    low[k] = none ? NAN : l->low, high[k] = none ? NAN : l->high, below[k] = l->below, above[k] = l->above;
    if (none) note[k] = st->in.type[k] == COL_BOOL ? "true and false have no outliers" : "no spread: left alone";
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_reals(job, card, "low", low, err);
  if (code == OK) code = card_reals(job, card, "high", high, err);
  if (code == OK) code = card_ints(job, card, "below", below, err);
  if (code == OK) code = card_ints(job, card, "above", above, err);
  if (code == OK) code = card_words(job, card, "note", note, err);
  frame_set_caption(card, arena_printf(&a, "%lld of %lld training rows have a value beyond the limits: %s",
                                       (long long)st->gone, (long long)st->rows, as[o->as]));
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_outliers = {
    .name = "outliers",
    .summary = "Caps, flags or (in training) leaves out values far from the rest of their column",
    .source = "checked against numpy 1.24.2 and R 4.2.2 (quantile, sd, mad); Tukey 1977; Iglewicz and Hoaglin 1993",
    .unfit = "skewed columns, whose long tail is no error: take the logarithm first; rare events that matter",
    .example = "return pipe{prep.outliers{'Wind', method='mad', as='flag'}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(OutliersOpts),
    .fit = outliers_fit,
    .apply = outliers_apply,
    .train = outliers_train,
    .store = outliers_store,
    .card = outliers_card,
};
