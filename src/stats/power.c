// Power of tests before the data are there: any one of n, effect, power and alpha from the other three.
//
// t            power of a noncentral t with effect (n / samples)^1/2 (both tails, where the test has two)
// anova        of a noncentral F with k n f^2, k groups of n
// proportion   of the normal distribution of the difference of arcsines, Cohen's h
// correlation  of Fisher's z with its bias, r / (2 (n - 1))
// Power grows with n, effect and alpha, so the one that is asked for is found by halving its range; n is a real number,
// rounded up in n_needed. References: Cohen 1988; as pwr 1.3 of R.
#include "stats/power.h"

#include "base/numfmt.h"
#include "num/num.h"
#include "stats/tests_int.h"

#include <math.h>
#include <stdlib.h>

enum { STEPS = 400 };

static double arctanh(double r) { return (fmath_log1p(r) - fmath_log1p(-r)) / 2; }

// ---- power ----------------------------------------------------------------------------------------------------------
static double t_power(const PowerOpts *o) {
  double samples = o->samples == POWER_TWO ? 2 : 1, df = (o->n - 1) * samples, ncp = o->effect * sqrt(o->n / samples);
  bool two = o->alternative == TWO_SIDED;
  double q = -dist_t_quantile(two ? o->alpha / 2 : o->alpha, df);
  double up = o->alternative == LESS ? 0 : dist_t_noncentral(q, df, ncp, DIST_UPPER);
  return up + (o->alternative == GREATER ? 0 : dist_t_noncentral(-q, df, ncp, DIST_LOWER));
}

static double anova_power(const PowerOpts *o) {
  double k = (double)o->groups, df2 = (o->n - 1) * k, q = dist_f_quantile(o->alpha, k - 1, df2, DIST_UPPER);
  return dist_f_noncentral(q, k - 1, df2, k * o->n * o->effect * o->effect, DIST_UPPER);
}

static double normal_power(double shift, double alpha, int alternative) {
  double q = -dist_norm_quantile(alternative == TWO_SIDED ? alpha / 2 : alpha);
  double up = alternative == LESS ? 0 : dist_norm(q - shift, DIST_UPPER);
  return up + (alternative == GREATER ? 0 : dist_norm(-q - shift, DIST_LOWER));
}

static double proportion_power(const PowerOpts *o) {
  return normal_power(o->effect * sqrt(o->samples == POWER_TWO ? o->n / 2 : o->n), o->alpha, o->alternative);
}

static double correlation_power(const PowerOpts *o) {
  bool two = o->alternative == TWO_SIDED;
  double r = o->alternative == LESS ? -o->effect : o->effect, df = o->n - 2, root = sqrt(o->n - 3);
  double q = dist_t_quantile(two ? o->alpha / 2 : o->alpha, df), bound = arctanh(sqrt(q * q / (q * q + df)));
  double z = arctanh(r) + r / (2 * (o->n - 1));
  return dist_norm((bound - z) * root, DIST_UPPER) + (two ? dist_norm((bound + z) * root, DIST_UPPER) : 0);
}

static double power_of(const PowerOpts *o) {
  switch ((PowerTest)o->test) {
  case POWER_T: return t_power(o);
  case POWER_ANOVA: return anova_power(o);
  case POWER_PROPORTION: return proportion_power(o);
  case POWER_CORRELATION: return correlation_power(o);
  }
  return NAN;
}

// ---- the other three ------------------------------------------------------------------------------------------------
typedef struct Range {
  double *at, low, high;
} Range;

static double most_effect(const PowerOpts *o) {
  const double pi = 0x1.921fb54442d18p+1;
  return o->test == POWER_CORRELATION ? 1 - 0x1p-53 : o->test == POWER_PROPORTION ? pi : 1e3;
}

// A one-sided test of "less" has power against effects below 0.
static Range range_of(PowerOpts *o) {
  double least_n = o->test == POWER_CORRELATION ? 4 : 2, side = o->alternative == LESS ? -1 : 1;
  if (o->test == POWER_PROPORTION) least_n = 1e-9;
  if (isnan(o->n)) return (Range){&o->n, least_n, 1e9};
  if (isnan(o->effect)) return (Range){&o->effect, 0, side * most_effect(o)};
  return (Range){&o->alpha, 0, 1};
}

static ErrCode solve(PowerOpts *o, Err *err) {
  Range r = range_of(o);
  double goal = o->power, low = r.low, high = r.high;
  *r.at = r.at == &o->alpha ? 1e-300 : low;
  double least = power_of(o);
  *r.at = high;
  double most = power_of(o);
  if (!(goal >= least && goal <= most))
    return err_set(err, ERR_ARG, "power: %g is out of reach: from %g to %g is possible with these values", goal, least,
                   most);
  for (int k = 0; k < STEPS && low != high; k++) {
    double mid = low > 0 && high / low > 4 ? sqrt(low * high) : low + (high - low) / 2;
    if (mid == low || mid == high) break;
    *r.at = mid;
    if (power_of(o) < goal) low = mid;
    else high = mid;
  }
  return *r.at = high, OK;
}

static ErrCode check(const PowerOpts *o, int asked, Err *err) {
  double least = o->test == POWER_CORRELATION ? 4 : o->test == POWER_PROPORTION ? 1 : 2;
  if (asked != 1)
    return err_set(err, ERR_ARG,
                   "power: exactly one of n, effect and power is left out (or alpha, when all three are given), %d are",
                   asked);
  if (o->n < least) return err_set(err, ERR_ARG, "power: n must be at least %g, %g was given", least, o->n);
  if (fabs(o->effect) > most_effect(o))
    return err_set(err, ERR_ARG, "power: the effect lies between %g and %g, %g was given", -most_effect(o),
                   most_effect(o), o->effect);
  if (o->test == POWER_ANOVA && (o->effect < 0 || o->alternative != TWO_SIDED))
    return err_set(err, ERR_ARG, "power: anova has an effect f of 0 or more and no side");
  return OK;
}

// ---- the answer -----------------------------------------------------------------------------------------------------
static ErrCode put(Frame *f, const char *name, double v, Err *err) {
  Column *c;
  TRY(column_new(NULL, COL_F64, 1, NULL, &c, err));
  return c->f[0] = v, frame_add(f, name, c, err);
}

static ErrCode put_count(Frame *f, const char *name, double v, Err *err) {
  Column *c;
  TRY(column_new(NULL, COL_I64, 1, NULL, &c, err));
  return c->i[0] = (int64_t)v, frame_add(f, name, c, err);
}

static ErrCode put_words(Frame *f, const char *name, const char *text, Err *err) {
  TextBuilder b;
  Column *c = NULL;
  textb_init(&b, NULL);
  ErrCode code = textb_add(&b, sv(text), err);
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(f, name, c, err) : code;
}

static ErrCode fill(const PowerOpts *o, const char *solved, Frame *f, Err *err) {
  static const char *const names[] = {"t", "anova", "proportion", "correlation"};
  static const char *const effects[] = {"cohen_d", "cohen_f", "cohen_h", "r"};
  double each = o->test == POWER_ANOVA                                    ? (double)o->groups
                : o->test == POWER_CORRELATION || o->samples != POWER_TWO ? 1
                                                                          : 2;
  double needed = ceil(o->n * (1 - 1e-12));
  TRY(put_words(f, "test", names[o->test], err));
  TRY(put_words(f, "solved", solved, err));
  TRY(put(f, "n", o->n, err));
  TRY(put(f, effects[o->test], o->effect, err));
  TRY(put(f, "power", o->power, err));
  TRY(put(f, "alpha", o->alpha, err));
  TRY(put_count(f, "n_needed", needed, err));
  return put_count(f, "n_all", needed * each, err);
}

static void say(const PowerOpts *o, Frame *f) {
  static const char *const sides[] = {"two-sided", "less", "greater"};
  static const char *const counts[] = {"values in each of two samples", "values", "pairs"};
  char n[NUMFMT_MAX], power[NUMFMT_MAX], alpha[NUMFMT_MAX];
  Str s = {0};
  fmt_sensible(n, sizeof n, ceil(o->n * (1 - 1e-12)), 6);
  fmt_sensible(power, sizeof power, o->power, 4);
  fmt_sensible(alpha, sizeof alpha, o->alpha, 4);
  str_addf(&s, "With %s ", n);
  if (o->test == POWER_ANOVA) str_addf(&s, "values in each of %lld groups", (long long)o->groups);
  else str_add(&s, o->test == POWER_CORRELATION ? counts[2] : counts[o->samples]);
  str_addf(&s, " a test at level %s", alpha);
  if (o->test != POWER_ANOVA) str_addf(&s, " (%s)", sides[o->alternative]);
  str_addf(&s, " finds an effect of this size with probability %s.", power);
  frame_set_caption(f, str_c(&s));
  str_fini(&s);
}

ErrCode stats_power_plan(const PowerOpts *opts, Frame **out, Err *err) {
  PowerOpts o = *opts;
  int asked = isnan(o.n) + isnan(o.effect) + isnan(o.power);
  const char *solved = isnan(o.n) ? "n" : isnan(o.effect) ? "effect" : isnan(o.power) ? "power" : "alpha";
  if (!asked && isnan(o.alpha)) asked = 1;
  else if (isnan(o.alpha)) o.alpha = 0.05;
  if (o.alternative == TWO_SIDED && o.test != POWER_ANOVA) o.effect = fabs(o.effect);
  TRY(check(&o, asked, err));
  if (isnan(o.power)) o.power = power_of(&o);
  else TRY(solve(&o, err));
  Frame *f = frame_new(1);
  ErrCode code = fill(&o, solved, f, err);
  if (code != OK) return frame_unref(f), code;
  say(&o, f);
  return *out = f, OK;
}
