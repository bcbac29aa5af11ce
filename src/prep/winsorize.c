// Winsorising: values beyond two quantiles of the training rows become those quantiles. Rows stay, and so does the
// order of the values; only how far out the outermost ones lie is lost. The column becomes real.
#include "prep/each_int.h"

#include "base/simd.h"

typedef struct WinsorizeOpts {
  Names columns;
  double lower, upper;
} WinsorizeOpts;

typedef struct Ends {
  double low, high;
  int64_t below, above; // training values beyond them
} Ends;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(WinsorizeOpts, columns), .dflt = "",
     .doc = "columns to pull in: names or \"@number\"; none given: every int and real column"},
    {"lower", PARAM_REAL, offsetof(WinsorizeOpts, lower), 0, 1, "0.05",
     .doc = "share of values at which the lower end lies; 0 leaves that side alone"},
    {"upper", PARAM_REAL, offsetof(WinsorizeOpts, upper), 0, 1, "0.95",
     .doc = "share of values at which the upper end lies; 1 leaves that side alone"},
    PARAM_END};

static ErrCode winsorize_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  const WinsorizeOpts *o = opts;
  Ends *e = out;
  if (!(o->lower < o->upper))
    return err_set(err, ERR_ARG, "prep.winsorize: lower must be below upper, %g and %g were given", o->lower, o->upper);
  double p[] = {o->lower, o->upper}, q[2];
  TRY(quantile_f64(job, in->x, in->n, 7, p, 2, q, err));
  *e = (Ends){q[0] + 0.0, q[1] + 0.0, 0, 0};
  for (int64_t i = 0; i < in->n; i++) e->below += in->x[i]<e->low, e->above += in->x[i]> e->high;
  if (o->lower == 0) e->low = -PARAM_INF;
  if (o->upper == 1) e->high = PARAM_INF;
  return OK;
}

CLONES static void pull_in(const double *x, int64_t n, double low, double high, double *z) {
  for (int64_t i = 0; i < n; i++) {
    double v = x[i] < low ? low : x[i];
    z[i] = v > high ? high : v;
  }
}

static void ends_map(const void *ctx, const double *x, int64_t n, double *z) {
  const Ends *e = ctx;
  pull_in(x, n, e->low, e->high, z);
}

static ErrCode winsorize_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                              Column **out, Err *err) {
  (void)opts, (void)name;
  return column_map(job, c, ends_map, learned, out, err);
}

static void store_ends(Store *s, void *learned) {
  Ends *e = learned;
  store_f64(s, "low", &e->low);
  store_f64(s, "high", &e->high);
  store_i64(s, "below", &e->below);
  store_i64(s, "above", &e->above);
}

static const Each EACH = {"winsorize", "@quantity", sizeof(Ends), PARAMS, winsorize_learn, winsorize_turn, store_ends};
EACH_SLOTS(winsorize)

static ErrCode winsorize_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  double *low = arena_array(&a, double, n), *high = arena_array(&a, double, n);
  double *below = arena_array(&a, double, n), *above = arena_array(&a, double, n);
  for (int64_t k = 0; k < n; k++) {
    const Ends *e = each_of(&EACH, st, k);
    low[k] = e->low, high[k] = e->high, below[k] = (double)e->below, above[k] = (double)e->above;
  }
  CardCol col[] = {{"low", low}, {"high", high}, {"below", below}, {"above", above}};
  ErrCode code = each_card(job, st, col, 4, NULL,
                           "values below low become low and values above high become high; below and above: how many "
                           "of the training rows",
                           out, err);
  arena_fini(&a);
  return code;
}

const StepType step_winsorize = {
    .name = "winsorize",
    .summary = "Pulls values beyond two quantiles in to those quantiles",
    .source = "checked against quantile() with pmin and pmax of R 4.2.2; Tukey, Ann. Math. Statist. 33 (1962)",
    .unfit = "columns whose extreme values are the signal (fraud, failures); wrong values, which should be mended",
    .example = "return pipe{prep.winsorize{'price'}}:preview(data 'sacramento_homes')",
    .params = PARAMS,
    .opts_size = sizeof(WinsorizeOpts),
    .fit = winsorize_fit,
    .apply = winsorize_apply,
    .store = winsorize_store,
    .card = winsorize_card,
};
