// Quantile transform: each value becomes its place among the training values, from 0 to 1, or the normal score of that
// place. Whatever the shape of a column, it comes out even or normal, and outliers are only first and last.
#include "prep/each_int.h"

enum { INTO_UNIFORM, INTO_NORMAL };

typedef struct QuantileOpts {
  Names columns;
  int into;
  int64_t quantiles;
} QuantileOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(QuantileOpts, columns), .dflt = "",
     .doc = "columns to transform: names or \"@number\"; none given: every int and real column"},
    {"into", PARAM_CHOICE, offsetof(QuantileOpts, into), .dflt = "uniform", .choices = "uniform|normal",
     .doc = "evenly from 0 to 1, or normal scores"},
    {"quantiles", PARAM_INT, offsetof(QuantileOpts, quantiles), 2, 1e5, "1000",
     .doc = "how many quantiles are learned, at most one a row; between them it is a straight line"},
    PARAM_END};

static ErrCode quantile_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  const QuantileOpts *o = opts;
  TransformKind kind = o->into == INTO_NORMAL ? TRANSFORM_QUANTILE : TRANSFORM_UNIFORM;
  return transform_fit(job, kind, o->quantiles, in->x, in->n, in->arena, out, err);
}

static ErrCode quantile_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                             Column **out, Err *err) {
  (void)opts, (void)name;
  return column_map(job, c, transform_map, learned, out, err);
}

static const Each EACH = {"quantile",     "@quantity",   sizeof(Transform), PARAMS,
                          quantile_learn, quantile_turn, store_transform};

EACH_SLOTS(quantile)

static ErrCode quantile_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  enum { SHOWN = 5 };
  static const char *const name[SHOWN] = {"min", "q1", "median", "q3", "max"};
  CardCol col[SHOWN];
  for (int j = 0; j < SHOWN; j++) {
    double *v = arena_array(&a, double, n);
    for (int64_t k = 0; k < n; k++) {
      const Transform *c = each_of(&EACH, st, k);
      v[k] = linear_quantile(c->knot, c->nknot, j / 4.0);
    }
    col[j] = (CardCol){name[j], v};
  }
  bool normal = ((const QuantileOpts *)opts)->into == INTO_NORMAL;
  ErrCode code = each_card(job, st, col, SHOWN, NULL,
                           normal ? "normal scores of the place among the training values"
                                  : "the place among the training values, from 0 to 1",
                           out, err);
  arena_fini(&a);
  return code;
}

const StepType step_quantile = {
    .name = "quantile",
    .summary = "Turns number columns into their quantiles, evenly from 0 to 1 or as normal scores",
    .source = "checked against scikit-learn 1.2.1, QuantileTransformer without subsampling",
    .unfit = "linear relations, which it bends; few rows, whose quantiles are rough",
    .example = "return pipe{prep.quantile{'Ozone', into='normal'}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(QuantileOpts),
    .fit = quantile_fit,
    .apply = quantile_apply,
    .store = quantile_store,
    .card = quantile_card,
};
