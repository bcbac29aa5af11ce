// Min-max: the least value of training becomes `low` and the largest `high`, what lies between keeps its distances. A
// column without spread becomes `low`. Later rows may lie outside, unless clip=true holds them at the ends.
#include "prep/each_int.h"

#include "base/simd.h"

#include <math.h>

typedef struct MinmaxOpts {
  Names columns;
  double low, high;
  bool clip;
} MinmaxOpts;

typedef struct Range {
  double min, max;
} Range;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(MinmaxOpts, columns), .dflt = "",
     .doc = "columns to scale: names or \"*\", \"@number\"; none given: every number column"},
    {"low", PARAM_REAL, offsetof(MinmaxOpts, low), -1e300, 1e300, "0", .doc = "what the least training value becomes"},
    {"high", PARAM_REAL, offsetof(MinmaxOpts, high), -1e300, 1e300, "1",
     .doc = "what the largest training value becomes"},
    {"clip", PARAM_BOOL, offsetof(MinmaxOpts, clip), .dflt = "false",
     .doc = "hold later values that lie outside of the training range at its ends"},
    PARAM_END};

static ErrCode minmax_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  const MinmaxOpts *o = opts;
  if (!(o->low < o->high))
    return err_set(err, ERR_ARG, "prep.minmax: low must be below high, %g and %g were given", o->low, o->high);
  Moments m = moments_f64(job, in->x, in->n);
  *(Range *)out = (Range){m.min + 0.0, m.max + 0.0};
  return OK;
}

typedef struct MinmaxMap {
  double min, factor, low, high;
  bool clip;
} MinmaxMap;

CLONES static void scale_between(const MinmaxMap *m, const double *x, int64_t n, double *z) {
  double min = m->min, factor = m->factor, low = m->low;
  for (int64_t i = 0; i < n; i++) z[i] = (x[i] - min) * factor + low;
}

static void minmax_map(const void *ctx, const double *x, int64_t n, double *z) {
  const MinmaxMap *m = ctx;
  scale_between(m, x, n, z);
  for (int64_t i = 0; i < n && m->clip; i++) z[i] = z[i] < m->low ? m->low : z[i] > m->high ? m->high : z[i];
}

static ErrCode minmax_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                           Column **out, Err *err) {
  (void)name;
  const MinmaxOpts *o = opts;
  const Range *r = learned;
  MinmaxMap m = {r->min, (o->high - o->low) / scale_or_one(r->max - r->min), o->low, o->high, o->clip};
  return column_map(job, c, minmax_map, &m, out, err);
}

static void store_range(Store *s, void *learned) {
  Range *r = learned;
  store_f64(s, "min", &r->min);
  store_f64(s, "max", &r->max);
}

static const Each EACH = {"minmax", "@number", sizeof(Range), PARAMS, minmax_learn, minmax_turn, store_range};
EACH_SLOTS(minmax)

static ErrCode minmax_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const MinmaxOpts *o = opts;
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  double *min = arena_array(&a, double, n), *max = arena_array(&a, double, n);
  const char **note = arena_array(&a, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    const Range *r = each_of(&EACH, st, k);
    min[k] = r->min, max[k] = r->max;
    if (scale_or_one(r->max - r->min) != r->max - r->min) note[k] = "no spread: becomes low";
  }
  const char *caption = arena_printf(&a, "min becomes %g and max %g%s", o->low, o->high,
                                     o->clip ? "; values outside are held at the ends" : "");
  ErrCode code = each_card(job, st, (CardCol[]){{"min", min}, {"max", max}}, 2, note, caption, out, err);
  arena_fini(&a);
  return code;
}

const StepType step_minmax = {
    .name = "minmax",
    .summary = "Stretches number columns so that they lie between two values",
    .source = "checked against scikit-learn 1.2.1, MinMaxScaler, and recipes 1.0.4, step_range, which clips",
    .unfit = "columns with outliers, which press all other values together; trees, which do not need it",
    .example = "return pipe{prep.minmax{'@number', low=-1}}:preview(data 'wine', 'class')",
    .params = PARAMS,
    .opts_size = sizeof(MinmaxOpts),
    .fit = minmax_fit,
    .apply = minmax_apply,
    .store = minmax_store,
    .card = minmax_card,
};
