// Lags: what a column was k rows before, in the order of a column and within groups.
#include "prep/back_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <string.h>

enum { LAG_MOST = 100000, LAGS_MOST = 1000 };

typedef struct LagsOpts {
  BackOpts back;
  Names lags;
} LagsOpts;

static const Param PARAMS[] = {
    BACK_PARAMS(LagsOpts, "columns to look back at: names or \"@number\"; none given: every int and real column"),
    {"lags", PARAM_NAMES, offsetof(LagsOpts, lags), .dflt = "", .choices = "numbers",
     .doc = "how many rows back, each its own column; none given: 1"},
    PARAM_END};

static ErrCode read_lags(const LagsOpts *o, Arena *a, int64_t **lag, int64_t *n, int64_t *most, Err *err) {
  *n = o->lags.n ? o->lags.n : 1, *most = 1;
  if (*n > LAGS_MOST) return err_set(err, ERR_ARG, "prep.lags: %lld lags, %d are the most", (long long)*n, LAGS_MOST);
  *lag = arena_array(a, int64_t, *n);
  **lag = 1;
  for (int64_t k = 0; k < o->lags.n; k++) {
    const char *text = o->lags.name[k];
    double v;
    if (!parse_f64(text, strlen(text), &v) || v != floor(v) || v < 1 || v > LAG_MOST)
      return err_set(err, ERR_ARG, "prep.lags: lags must be whole numbers from 1 to %d, '%s' was given", LAG_MOST,
                     text);
    (*lag)[k] = (int64_t)v;
    if ((int64_t)v > *most) *most = (int64_t)v;
    for (int64_t j = 0; j < k; j++)
      if ((*lag)[j] == (*lag)[k]) return err_set(err, ERR_ARG, "prep.lags: lag %s is there twice", text);
  }
  return OK;
}

static ErrCode plan_lags(const LagsOpts *o, const Back *st, Arena *a, BackPlan *out, Err *err) {
  int64_t *lag, n, most, at = 0, p = st->in.names.n;
  TRY(read_lags(o, a, &lag, &n, &most, err));
  *out = (BackPlan){.step = "lags", .opts = &o->back, .of_n = p * n};
  out->expr = arena_array(a, const char *, p * n), out->name = arena_array(a, const char *, p * n);
  out->column = arena_array(a, int64_t, p * n);
  for (int64_t k = 0; k < p; k++)
    for (int64_t j = 0; j < n; j++, at++) {
      out->column[at] = k;
      out->expr[at] = arena_printf(a, "r%lld = lag(c%lld, %lld)", (long long)at, (long long)k, (long long)lag[j]);
      out->name[at] = arena_printf(a, "%s_lag_%lld", st->in.names.name[k], (long long)lag[j]);
    }
  return OK;
}

static ErrCode lags_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const LagsOpts *o = opts;
  Back *st = arena_new(&state->arena, Back);
  int64_t *lag, n, most;
  TRY(read_lags(o, &state->arena, &lag, &n, &most, err));
  TRY(back_fit(job, "lags", &o->back, "@quantity", most, in, &state->arena, st, err));
  state->data = st;
  return OK;
}

static ErrCode look_back(Job *job, const void *opts, const Back *st, bool tail, const Frame *x, Frame **out,
                         Err *err) {
  BackPlan plan;
  Arena a;
  arena_init(&a);
  ErrCode code = plan_lags(opts, st, &a, &plan, err);
  if (code == OK) code = back_apply(job, &plan, st, tail, x, out, err);
  arena_fini(&a);
  return code;
}

static ErrCode lags_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  return look_back(job, opts, state->data, true, x, out, err);
}

static ErrCode lags_train(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out,
                          Err *err) {
  return look_back(job, opts, state->data, false, in->x, &out->x, err);
}

static void lags_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Back);
  back_store(s, state->data);
}

static ErrCode lags_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  BackPlan plan;
  Arena a;
  arena_init(&a);
  ErrCode code = plan_lags(opts, state->data, &a, &plan, err);
  if (code == OK) code = back_card(job, &plan, state->data, out, err);
  arena_fini(&a);
  return code;
}

const StepType step_lags = {
    .name = "lags",
    .summary = "Adds what columns were so many rows before, by order and group",
    .source = "checked against pandas 1.5.3, shift, and recipes 1.0.4, step_lag",
    .unfit = "rows without an order; folds that are not in order of time, where the row before may be held out",
    .example = "return pipe{prep.lags{'temp_max', lags={1, 7}, order='date'}}:preview(data 'seattle_weather')",
    .params = PARAMS,
    .opts_size = sizeof(LagsOpts),
    .across = true,
    .fit = lags_fit,
    .apply = lags_apply,
    .train = lags_train,
    .store = lags_store,
    .card = lags_card,
};
