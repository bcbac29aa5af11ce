#include "prep/terms_int.h"

typedef struct PolynomialOpts {
  Names columns;
  int64_t degree;
} PolynomialOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(PolynomialOpts, columns), .dflt = "",
     .doc = "columns to multiply: names or \"@number\"; none given: every number column"},
    {"degree", PARAM_INT, offsetof(PolynomialOpts, degree), 1, 16, "2", .doc = "most factors that a product has"},
    PARAM_END};

static ErrCode polynomial_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const PolynomialOpts *o = opts;
  return terms_fit(job, "polynomial", &o->columns, o->degree, false, in, state, err);
}

static ErrCode polynomial_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                                Err *err) {
  (void)opts;
  return terms_apply(job, "polynomial", state, x, out, err);
}

static ErrCode polynomial_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  return terms_card(job, state, out, err);
}

const StepType step_polynomial = {
    .name = "polynomial",
    .summary = "Adds powers and products of number columns",
    .source = "checked against scikit-learn 1.2.1, PolynomialFeatures without the constant",
    .unfit = "many columns, whose products run into the thousands; trees, which find interactions by themselves",
    .example = "return pipe{prep.polynomial{'Temp', degree=3}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(PolynomialOpts),
    .fit = polynomial_fit,
    .apply = polynomial_apply,
    .store = terms_store,
    .card = polynomial_card,
};
