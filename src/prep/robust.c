// Robust scaling: (x - median) / (upper - lower quantile), by default the interquartile range, so that a few wild
// values set neither centre nor scale. Quantiles interpolate linearly between the sorted values (type 7 of R).
#include "prep/each_int.h"

typedef struct RobustOpts {
  Names columns;
  bool median, range;
  double lower, upper;
} RobustOpts;

typedef struct Spread {
  double median, lower, upper;
} Spread;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(RobustOpts, columns), .dflt = "",
     .doc = "columns to scale: names or \"@number\"; none given: every int and real column"},
    {"median", PARAM_BOOL, offsetof(RobustOpts, median), .dflt = "true", .doc = "subtract the median"},
    {"range", PARAM_BOOL, offsetof(RobustOpts, range), .dflt = "true",
     .doc = "divide by the distance from the lower to the upper quantile"},
    {"lower", PARAM_REAL, offsetof(RobustOpts, lower), 0, 1, "0.25", .doc = "share of values below the lower quantile"},
    {"upper", PARAM_REAL, offsetof(RobustOpts, upper), 0, 1, "0.75", .doc = "share of values below the upper quantile"},
    PARAM_END};

static ErrCode robust_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  const RobustOpts *o = opts;
  if (!(o->lower < o->upper))
    return err_set(err, ERR_ARG, "prep.robust: lower must be below upper, %g and %g were given", o->lower, o->upper);
  double p[] = {0.5, o->lower, o->upper}, q[3];
  TRY(quantile_f64(job, in->x, in->n, 7, p, 3, q, err));
  *(Spread *)out = (Spread){q[0] + 0.0, q[1] + 0.0, q[2] + 0.0};
  return OK;
}

static ErrCode robust_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                           Column **out, Err *err) {
  (void)name;
  const RobustOpts *o = opts;
  const Spread *s = learned;
  Affine a = {o->median ? s->median : 0, o->range ? scale_or_one(s->upper - s->lower) : 1};
  return column_map(job, c, affine_map, &a, out, err);
}

static void store_spread(Store *s, void *learned) {
  Spread *v = learned;
  store_f64(s, "median", &v->median);
  store_f64(s, "lower", &v->lower);
  store_f64(s, "upper", &v->upper);
}

static const Each EACH = {"robust", "@quantity", sizeof(Spread), PARAMS, robust_learn, robust_turn, store_spread};
EACH_SLOTS(robust)

static ErrCode robust_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const RobustOpts *o = opts;
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  double *median = arena_array(&a, double, n), *lower = arena_array(&a, double, n);
  double *upper = arena_array(&a, double, n);
  const char **note = arena_array(&a, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    const Spread *s = each_of(&EACH, st, k);
    median[k] = s->median, lower[k] = s->lower, upper[k] = s->upper;
    if (o->range && s->upper - s->lower != scale_or_one(s->upper - s->lower)) note[k] = "no spread: divided by 1";
  }
  const char *caption =
      arena_printf(&a, "%s%s; lower and upper: the quantiles at %g and %g", o->median ? "(x - median)" : "x",
                   o->range ? " / (upper - lower)" : "", o->lower, o->upper);
  CardCol col[] = {{"median", median}, {"lower", lower}, {"upper", upper}};
  ErrCode code = each_card(job, st, col, 3, note, caption, out, err);
  arena_fini(&a);
  return code;
}

const StepType step_robust = {
    .name = "robust",
    .summary = "Centres number columns at their median and divides them by their interquartile range",
    .source = "checked against scikit-learn 1.2.1, RobustScaler",
    .unfit = "columns of which more than half have one value, whose interquartile range is zero",
    .example = "return pipe{prep.robust{'price'}}:preview(data 'sacramento_homes')",
    .params = PARAMS,
    .opts_size = sizeof(RobustOpts),
    .fit = robust_fit,
    .apply = robust_apply,
    .store = robust_store,
    .card = robust_card,
};
