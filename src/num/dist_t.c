// Student's t. With r = t^2 / df the tail is half the beta distribution at 1 / (1 + r) with a = df / 2, b = 1/2;
// beyond r = 1e17 its first term is the whole of it, taken through logarithms so that t^2 may overflow.
//
// Quantiles: log P(T > t) and log P(|T| < t) are concave functions of log t, so Newton's method on them converges
// from any start, heavy tails included; the first serves p < 1/4, the second keeps relative precision for p near 1/2.
// Reference: DiDonato and Morris, ACM TOMS 18 (1992) for the beta; Abramowitz and Stegun 26.7.5 for the start.
#include "num/num_int.h"

#include <float.h>
#include <math.h>

static const double LOG_PI = 0x1.250d048e7a1bdp+0;

// log of Gamma((df + 1) / 2) / Gamma(df / 2 + 1).
static double log_ratio(double df) {
  double a = df / 2;
  if (a < 10) return dist_lgamma(a + 0.5) - dist_lgamma(a + 1);
  return a * fmath_log1p(-0.5 / (a + 1)) - 0.5 * fmath_log(a + 1) + 0.5 + dist_stirling(a + 0.5) - dist_stirling(a + 1);
}

// log of the leading term C t^-df of P(T > t).
static double log_far_tail(double t, double df) {
  return df * (fmath_log(df) / 2 - fmath_log(t)) + log_ratio(df) - LOG_PI / 2 - 0x1.62e42fefa39efp-1;
}

// P(T > t) for t >= 0, or P(|T| < t) = 1 - 2 P(T > t).
static double t_upper(double t, double df, bool centre) {
  double r = t < 1e100 ? t * t / df : t / df * t;
  if (r > 1e17 && !centre) return fmath_exp(log_far_tail(t, df));
  if (isinf(r)) return 1;
  double w = (t * t - 1) / (2 * (1 + r));
  double p = dist_beta_at(1 / (1 + r), r / (1 + r), w, df / 2, 0.5, centre ? DIST_UPPER : DIST_LOWER);
  return centre ? p : p / 2;
}

double dist_t(double t, double df, DistTail tail) {
  if (isnan(t) || !(df > 0)) return NAN;
  if (isinf(df)) return dist_norm(t, tail);
  double p = isinf(t) ? 0 : t_upper(fabs(t), df, false);
  return (t > 0) == (tail == DIST_UPPER) ? p : 1 - p;
}

double dist_t_log_density(double t, double df) {
  double r = t * t / df, rise = r < 1e17 ? fmath_log1p(r) : 2 * fmath_log(t) - fmath_log(df);
  return log_ratio(df) + 0.5 * fmath_log(df / (4 * 0x1.921fb54442d18p+1)) - (df + 1) / 2 * rise;
}

static double t_start(double q, double df, bool centre) {
  double z = centre ? dist_norm_quantile(0.5 + q / 2) : -dist_norm_quantile(q);
  double z2 = z * z, start = z * (1 + (z2 + 1) / (4 * df) + ((5 * z2 + 16) * z2 + 3) / (96 * df * df));
  if (centre) return start;
  double far = fmath_exp((log_far_tail(1, df) - fmath_log(q)) / df);
  return df < 3 || far < start ? far : start;
}

// t > 0 with P(T > t) = q, or P(|T| < t) = q for `centre`.
static double t_solve(double q, double df, bool centre) {
  double t = t_start(q, df, centre), log_q = fmath_log(q);
  if (!(t < DBL_MAX)) return INFINITY;
  for (int i = 0; i < 100; i++) {
    double p = t_upper(t, df, centre);
    double slope = fmath_exp(dist_t_log_density(t, df) + fmath_log(t) - fmath_log(p)); // of |log p| against log t
    double gap = fabs(p / q - 1) < 0.1 ? fmath_log1p((p - q) / q) : fmath_log(p) - log_q;
    double step = (centre ? -gap : gap) / (centre ? 2 * slope : slope);
    t *= fmath_exp(step);
    if (fabs(step) < 1e-9) break; // the error squares: this step was the last that counts
  }
  return t;
}

double dist_t_quantile(double p, double df) {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return NAN;
  if (p == 0 || p == 1) return p == 0 ? -INFINITY : INFINITY;
  if (isinf(df)) return dist_norm_quantile(p);
  if (p == 0.5) return 0;
  double tail = p < 0.5 ? p : 1 - p;
  double t = tail < 0.25 ? t_solve(tail, df, false) : t_solve(fabs(2 * p - 1), df, true);
  return p < 0.5 ? -t : t;
}
