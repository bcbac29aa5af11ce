// The square root of columns, for counts and areas. Negative values have none: the error names them.
#include "prep/each_int.h"

typedef struct SqrtOpts {
  Names columns;
} SqrtOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(SqrtOpts, columns), .dflt = "",
     .doc = "columns to take the square root of: names or \"@number\"; none given: every int and real column"},
    PARAM_END};

static bool sqrt_takes(const void *ctx, double v) { return (void)ctx, v >= 0; }

static ErrCode check_column(Job *job, const char *name, const Column *c, Err *err) {
  return check_domain(job, "sqrt", name, c, sqrt_takes, NULL, "below 0",
                      "prep.cbrt{} and prep.power{} take any number; or leave the column out", err);
}

static ErrCode sqrt_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  (void)opts;
  TRY(check_column(job, in->name, in->c, err));
  return transform_fit(job, TRANSFORM_SQRT, 0, in->x, in->n, in->arena, out, err);
}

static ErrCode sqrt_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                         Column **out, Err *err) {
  (void)opts;
  TRY(check_column(job, name, c, err));
  return column_map(job, c, transform_map, learned, out, err);
}

static const Each EACH = {"sqrt", "@quantity", sizeof(Transform), PARAMS, sqrt_learn, sqrt_turn, store_transform};

EACH_SLOTS(sqrt)

static ErrCode sqrt_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  return transform_card(job, &EACH, state, "sqrt(x)", out, err);
}

const StepType step_sqrt = {
    .name = "sqrt",
    .summary = "Takes the square root of number columns",
    .source = "checked against numpy 1.24.2, sqrt, and recipes 1.0.4, step_sqrt; Bartlett, Biometrics 3 (1947)",
    .unfit = "columns with negative values; columns that are not skewed",
    .example = "return pipe{prep.sqrt{'Ozone'}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(SqrtOpts),
    .fit = sqrt_fit,
    .apply = sqrt_apply,
    .store = sqrt_store,
    .card = sqrt_card,
    .positive = true,
};
