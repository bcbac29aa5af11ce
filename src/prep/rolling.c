// Rolling windows: a statistic of the `window` rows before a row, which itself is left out.
#include "prep/back_int.h"

#include "base/near.h"

#include <string.h>

enum { WINDOW_MOST = 100000 };
static const char *const STATISTICS[] = {"mean", "sum", "min", "max", "sd", "var", "median", "count"};
enum { NSTATISTIC = sizeof STATISTICS / sizeof *STATISTICS };

typedef struct RollingOpts {
  BackOpts back;
  Names with;
  int64_t window, min;
} RollingOpts;

static const Param PARAMS[] = {
    BACK_PARAMS(RollingOpts, "columns to look back at: names or \"@number\"; none given: every int and real column"),
    {"window", PARAM_INT, offsetof(RollingOpts, window), 1, WINDOW_MOST, "3",
     .doc = "how many rows before the row; itself is left out"},
    {"with", PARAM_NAMES, offsetof(RollingOpts, with), .dflt = "",
     .doc = "mean, sum, min, max, sd, var, median or count, each its own column; none given: mean"},
    {"min", PARAM_INT, offsetof(RollingOpts, min), 0, WINDOW_MOST, "0",
     .doc = "values that a window must have; 0: all of its rows"},
    PARAM_END};

static ErrCode check_opts(const RollingOpts *o, Err *err) {
  Sv names[NSTATISTIC];
  char hint[200];
  if (o->min > o->window)
    return err_set(err, ERR_ARG, "prep.rolling: min=%lld is more than the window has rows, %lld", (long long)o->min,
                   (long long)o->window);
  for (int k = 0; k < NSTATISTIC; k++) names[k] = sv(STATISTICS[k]);
  for (int64_t k = 0; k < o->with.n; k++) {
    int s = 0;
    while (s < NSTATISTIC && strcmp(STATISTICS[s], o->with.name[k]) != 0) s++;
    near_hint(hint, sizeof hint, sv(o->with.name[k]), names, NSTATISTIC);
    if (s == NSTATISTIC)
      return err_set(err, ERR_NAME, "prep.rolling: no statistic '%s'%s", o->with.name[k], hint);
    for (int64_t j = 0; j < k; j++)
      if (strcmp(o->with.name[j], o->with.name[k]) == 0)
        return err_set(err, ERR_ARG, "prep.rolling: with: %s is there twice", o->with.name[k]);
  }
  return OK;
}

static void plan_rolling(const RollingOpts *o, const Back *st, Arena *a, BackPlan *out) {
  int64_t n = o->with.n ? o->with.n : 1, at = 0, p = st->in.names.n;
  *out = (BackPlan){.step = "rolling", .opts = &o->back, .of_n = p * n, .min = o->min};
  out->expr = arena_array(a, const char *, p * n), out->name = arena_array(a, const char *, p * n);
  out->column = arena_array(a, int64_t, p * n);
  for (int64_t k = 0; k < p; k++)
    for (int64_t j = 0; j < n; j++, at++) {
      const char *with = o->with.n ? o->with.name[j] : "mean";
      out->column[at] = k;
      out->expr[at] = arena_printf(a, "r%lld = %s(lag(c%lld, 1), %lld)", (long long)at, with, (long long)k,
                                   (long long)o->window);
      out->name[at] = arena_printf(a, "%s_%s_%lld", st->in.names.name[k], with, (long long)o->window);
    }
}

static ErrCode rolling_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const RollingOpts *o = opts;
  Back *st = arena_new(&state->arena, Back);
  TRY(check_opts(o, err));
  TRY(back_fit(job, "rolling", &o->back, "@quantity", o->window, in, &state->arena, st, err));
  for (int64_t k = 0; k < st->in.names.n; k++) {
    ColType t = st->in.type[k];
    if (t != COL_BOOL && t != COL_I64 && t != COL_F64)
      return err_set(err, ERR_TYPE,
                     "prep.rolling: column '%s' is %s, and this step takes numbers: leave it out of columns",
                     st->in.names.name[k], COLTYPES[t].name);
  }
  state->data = st;
  return OK;
}

static ErrCode look_back(Job *job, const void *opts, const Back *st, bool tail, const Frame *x, Frame **out,
                         Err *err) {
  BackPlan plan;
  Arena a;
  arena_init(&a);
  plan_rolling(opts, st, &a, &plan);
  ErrCode code = back_apply(job, &plan, st, tail, x, out, err);
  arena_fini(&a);
  return code;
}

static ErrCode rolling_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                             Err *err) {
  return look_back(job, opts, state->data, true, x, out, err);
}

static ErrCode rolling_train(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out,
                             Err *err) {
  return look_back(job, opts, state->data, false, in->x, &out->x, err);
}

static void rolling_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Back);
  back_store(s, state->data);
}

static ErrCode rolling_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  BackPlan plan;
  Arena a;
  arena_init(&a);
  plan_rolling(opts, state->data, &a, &plan);
  ErrCode code = back_card(job, &plan, state->data, out, err);
  arena_fini(&a);
  return code;
}

const StepType step_rolling = {
    .name = "rolling",
    .summary = "Adds means, sums or other statistics of the rows before, by order and group",
    .source = "checked against pandas 1.5.3, shift and rolling",
    .unfit = "rows without an order; folds that are not in order of time, where the rows before may be held out",
    .example = "return pipe{prep.rolling{'temp_max', window=7, order='date'}}:preview(data 'seattle_weather')",
    .params = PARAMS,
    .opts_size = sizeof(RollingOpts),
    .across = true,
    .fit = rolling_fit,
    .apply = rolling_apply,
    .train = rolling_train,
    .store = rolling_store,
    .card = rolling_card,
};
