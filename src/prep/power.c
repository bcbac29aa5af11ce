// Power transforms that make columns as normal as one lambda can: Yeo-Johnson for any numbers, Box-Cox for positive
// ones. Lambda is that of greatest likelihood (transform_power.c); the result has mean 0 and sd 1 unless
// standardize=false.
#include "prep/each_int.h"

enum { METHOD_YEOJOHNSON, METHOD_BOXCOX };

typedef struct PowerOpts {
  Names columns;
  int method;
  bool standardize;
} PowerOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(PowerOpts, columns), .dflt = "",
     .doc = "columns to transform: names or \"@number\"; none given: every int and real column"},
    {"method", PARAM_CHOICE, offsetof(PowerOpts, method), .dflt = "yeojohnson", .choices = "yeojohnson|boxcox",
     .doc = "Yeo-Johnson takes any numbers, Box-Cox positive ones"},
    {"standardize", PARAM_BOOL, offsetof(PowerOpts, standardize), .dflt = "true",
     .doc = "then subtract the mean and divide by the standard deviation"},
    PARAM_END};

static bool boxcox_takes(const void *ctx, double v) { return (void)ctx, v > 0; }

static ErrCode check_column(Job *job, const PowerOpts *o, const char *name, const Column *c, Err *err) {
  if (o->method != METHOD_BOXCOX) return OK;
  return check_domain(job, "power", name, c, boxcox_takes, NULL, "of 0 or below",
                      "method=\"yeojohnson\" takes any number", err);
}

static ErrCode power_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  const PowerOpts *o = opts;
  Transform *c = out;
  TRY(check_column(job, o, in->name, in->c, err));
  TransformKind kind = o->method == METHOD_BOXCOX ? TRANSFORM_BOXCOX : TRANSFORM_YEOJOHNSON;
  TRY(transform_fit(job, kind, 0, in->x, in->n, in->arena, c, err));
  if (!o->standardize) c->mean = 0, c->sd = 1;
  return OK;
}

static ErrCode power_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                          Column **out, Err *err) {
  TRY(check_column(job, opts, name, c, err));
  return column_map(job, c, transform_map, learned, out, err);
}

static const Each EACH = {"power", "@quantity", sizeof(Transform), PARAMS, power_learn, power_turn, store_transform};

EACH_SLOTS(power)

static ErrCode power_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const PowerOpts *o = opts;
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  double *lambda = arena_array(&a, double, n), *mean = arena_array(&a, double, n), *sd = arena_array(&a, double, n);
  const char **note = arena_array(&a, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    const Transform *c = each_of(&EACH, st, k);
    lambda[k] = c->lambda, mean[k] = c->mean, sd[k] = c->sd, note[k] = c->note;
  }
  CardCol col[] = {{"lambda", lambda}, {"mean", mean}, {"sd", sd}};
  const char *caption = arena_printf(&a, "%s with the lambda of greatest likelihood%s",
                                     o->method == METHOD_BOXCOX ? "Box-Cox" : "Yeo-Johnson",
                                     o->standardize ? ", then (z - mean) / sd" : "");
  ErrCode code = each_card(job, st, col, o->standardize ? 3 : 1, note, caption, out, err);
  arena_fini(&a);
  return code;
}

const StepType step_power = {
    .name = "power",
    .summary = "Makes number columns more normal by a power (Yeo-Johnson, Box-Cox)",
    .source = "Box and Cox, JRSS B 26 (1964); Yeo and Johnson, Biometrika 87 (2000); checked against scikit-learn "
              "1.2.1, PowerTransformer; lambdas within 1e-3 of recipes 1.0.4, whose search ends earlier",
    .unfit = "columns with two humps, which no power makes normal; columns with a few values only",
    .example = "return pipe{prep.power{'Ozone'}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(PowerOpts),
    .fit = power_fit,
    .apply = power_apply,
    .store = power_store,
    .card = power_card,
};
