// The logarithm of columns, natural or of base 2 or 10, of x + plus; plus=1 goes through log1p, which keeps the digits
// of small x. Values at or below -plus have none, in training and later: the error names them.
#include "prep/each_int.h"

#include <stdio.h>

enum { BASE_E, BASE_2, BASE_10 };

typedef struct LogOpts {
  Names columns;
  double plus;
  int base;
} LogOpts;

typedef struct Extent { // of the training values
  double min, max;
} Extent;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(LogOpts, columns), .dflt = "",
     .doc = "columns to take the logarithm of: names or \"@number\"; none given: every int and real column"},
    {"plus", PARAM_REAL, offsetof(LogOpts, plus), 0, 1e300, "0",
     .doc = "added to each value first; 1 is log1p, which takes zeros"},
    {"base", PARAM_CHOICE, offsetof(LogOpts, base), .dflt = "e", .choices = "e|2|10", .doc = "base of the logarithm"},
    PARAM_END};

static bool log_takes(const void *ctx, double v) { return v + *(const double *)ctx > 0; }

static ErrCode check_column(Job *job, const LogOpts *o, const char *name, const Column *c, Err *err) {
  char outside[64] = "of 0 or below";
  if (o->plus > 0) snprintf(outside, sizeof outside, "of %g or below", -o->plus);
  return check_domain(job, "log", name, c, log_takes, &o->plus, outside,
                      o->plus > 0 ? "take a larger plus, prep.cbrt{} or prep.power{}, or leave the column out"
                                  : "plus=1 takes zeros, prep.cbrt{} and prep.power{} take any number",
                      err);
}

static ErrCode log_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  TRY(check_column(job, opts, in->name, in->c, err));
  Moments m = moments_f64(job, in->x, in->n);
  *(Extent *)out = (Extent){m.min + 0.0, m.max + 0.0};
  return OK;
}

static void log_map(const void *opts, const double *x, int64_t n, double *z) {
  static const double of_base[] = {1, 0.69314718055994530942, 2.30258509299404568402};
  const LogOpts *o = opts;
  if (o->plus == 1)
    for (int64_t i = 0; i < n; i++) z[i] = fmath_log1p(x[i]);
  else
    for (int64_t i = 0; i < n; i++) z[i] = x[i] + o->plus;
  if (o->plus != 1) fmath_log_n(z, z, n);
  if (o->base != BASE_E) affine_map(&(Affine){0, of_base[o->base]}, z, n, z);
}

static ErrCode log_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                        Column **out, Err *err) {
  (void)learned;
  TRY(check_column(job, opts, name, c, err));
  return column_map(job, c, log_map, opts, out, err);
}

static void store_extent(Store *s, void *learned) {
  Extent *e = learned;
  store_f64(s, "min", &e->min);
  store_f64(s, "max", &e->max);
}

static const Each EACH = {"log", "@quantity", sizeof(Extent), PARAMS, log_learn, log_turn, store_extent};

EACH_SLOTS(log)

static ErrCode log_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  static const char *const name[] = {"log", "log2", "log10"};
  const LogOpts *o = opts;
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  double *min = arena_array(&a, double, n), *max = arena_array(&a, double, n);
  for (int64_t k = 0; k < n; k++) {
    const Extent *e = each_of(&EACH, st, k);
    min[k] = e->min, max[k] = e->max;
  }
  const char *caption =
      o->plus > 0 ? arena_printf(&a, "%s(x + %g)", name[o->base], o->plus) : arena_printf(&a, "%s(x)", name[o->base]);
  ErrCode code = each_card(job, st, (CardCol[]){{"min", min}, {"max", max}}, 2, NULL, caption, out, err);
  arena_fini(&a);
  return code;
}

const StepType step_log = {
    .name = "log",
    .summary = "Takes the logarithm of number columns, or of the values plus a constant",
    .source = "checked against numpy 1.24.2, log, log1p, log2 and log10, and recipes 1.0.4, step_log",
    .unfit = "columns with zeros or negative values; columns that are not skewed",
    .example = "return pipe{prep.log{'price', 'sqft'}}:preview(data 'sacramento_homes')",
    .params = PARAMS,
    .opts_size = sizeof(LogOpts),
    .fit = log_fit,
    .apply = log_apply,
    .store = log_store,
    .card = log_card,
    .positive = true,
};
