#include "prep/terms_int.h"

typedef struct InteractionsOpts {
  Names columns;
  int64_t degree;
} InteractionsOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(InteractionsOpts, columns), .dflt = "",
     .doc = "columns to multiply: names or \"@number\"; none given: every number column"},
    {"degree", PARAM_INT, offsetof(InteractionsOpts, degree), 2, 16, "2", .doc = "most columns that a product has"},
    PARAM_END};

static ErrCode interactions_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const InteractionsOpts *o = opts;
  return terms_fit(job, "interactions", &o->columns, o->degree, true, in, state, err);
}

static ErrCode interactions_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                                  Err *err) {
  (void)opts;
  return terms_apply(job, "interactions", state, x, out, err);
}

static ErrCode interactions_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  return terms_card(job, state, out, err);
}

const StepType step_interactions = {
    .name = "interactions",
    .summary = "Adds products of different number columns",
    .source = "checked against scikit-learn 1.2.1, PolynomialFeatures(interaction_only=True), and recipes 1.0.4, "
              "step_interact",
    .unfit = "many columns, whose products run into the thousands; trees, which find interactions by themselves",
    .example = "return pipe{prep.interactions{'Wind', 'Temp'}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(InteractionsOpts),
    .fit = interactions_fit,
    .apply = interactions_apply,
    .store = terms_store,
    .card = interactions_card,
};
