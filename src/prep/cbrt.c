// The cube root of columns: pulls in both tails, and takes every number.
#include "prep/each_int.h"

typedef struct CbrtOpts {
  Names columns;
} CbrtOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(CbrtOpts, columns), .dflt = "",
     .doc = "columns to take the cube root of: names or \"@number\"; none given: every int and real column"},
    PARAM_END};

static ErrCode cbrt_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  (void)opts;
  return transform_fit(job, TRANSFORM_CBRT, 0, in->x, in->n, in->arena, out, err);
}

static ErrCode cbrt_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                         Column **out, Err *err) {
  (void)opts, (void)name;
  return column_map(job, c, transform_map, learned, out, err);
}

static const Each EACH = {"cbrt", "@quantity", sizeof(Transform), PARAMS, cbrt_learn, cbrt_turn, store_transform};

EACH_SLOTS(cbrt)

static ErrCode cbrt_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  return transform_card(job, &EACH, state, "cube root of x", out, err);
}

const StepType step_cbrt = {
    .name = "cbrt",
    .summary = "Takes the cube root of number columns",
    .source = "checked against numpy 1.24.2, cbrt",
    .unfit = "columns that are not skewed; values around 0, which it spreads apart",
    .example = "return pipe{prep.cbrt{'Ozone'}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(CbrtOpts),
    .fit = cbrt_fit,
    .apply = cbrt_apply,
    .store = cbrt_store,
    .card = cbrt_card,
};
