// Max-abs: each column divided by the largest absolute value of training. Zeros stay zeros.
#include "prep/each_int.h"

#include <math.h>

typedef struct MaxabsOpts {
  Names columns;
} MaxabsOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(MaxabsOpts, columns), .dflt = "",
     .doc = "columns to scale: names or \"*\", \"@number\"; none given: every number column"},
    PARAM_END};

static ErrCode maxabs_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  (void)opts, (void)err;
  Moments m = moments_f64(job, in->x, in->n);
  *(double *)out = fmax(fabs(m.min), fabs(m.max));
  return OK;
}

static ErrCode maxabs_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                           Column **out, Err *err) {
  (void)opts, (void)name;
  Affine a = {0, scale_or_one(*(const double *)learned)};
  return column_map(job, c, affine_map, &a, out, err);
}

static void store_largest(Store *s, void *learned) { store_f64(s, "max_abs", learned); }

static const Each EACH = {"maxabs", "@number", sizeof(double), PARAMS, maxabs_learn, maxabs_turn, store_largest};
EACH_SLOTS(maxabs)

static ErrCode maxabs_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const EachState *st = state->data;
  const double *largest = (const double *)(const void *)st->of;
  return each_card(job, st, &(CardCol){"max_abs", largest}, 1, NULL, "x / max_abs", out, err);
}

const StepType step_maxabs = {
    .name = "maxabs",
    .summary = "Divides number columns by their largest absolute value",
    .source = "checked against scikit-learn 1.2.1, MaxAbsScaler",
    .unfit = "columns with outliers, which press all other values together; columns far from zero, which keep "
             "little spread",
    .example = "return pipe{prep.maxabs{'Wind', 'Temp'}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(MaxabsOpts),
    .fit = maxabs_fit,
    .apply = maxabs_apply,
    .store = maxabs_store,
    .card = maxabs_card,
};
