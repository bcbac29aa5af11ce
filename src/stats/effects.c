// Effect sizes with intervals that several tests share.
//
// cohen_d    a mean or difference in standard deviations; limits of the noncentrality of t (Steiger and Fouladi 1997)
// omega_sq   share of the spread between groups, less what chance gives; limits of the noncentrality of F, as
//            ncp / (ncp + df1 + df2 + 1) (Steiger 2004)
// cramers_v, cohen_w, cohen_g   roots of chi-squared over its scale; limits of its noncentrality (Smithson 2003)
// cohen_h    difference of the arcsines of shares, whose variance is 1 / n whatever the share (Cohen 1988, ch. 6)
// distance   the largest distance of two distribution functions. By the inequality of Dvoretzky, Kiefer, Wolfowitz and
//            Massart (1990) a sample's function is nowhere further than (log(2 / alpha) / 2 n)^1/2 from the true one,
//            so the true distance from any given function, also from one fitted to the same values, is within that of
//            the one seen; of two samples within the sum, each at (conf)^1/2. Cautious, but for every distribution.
//            W and A of the tests of normality have no interval of their own: resampling makes ties, which pull W down,
//            and W is at its bound when the values are normal. How far the values are from the normal distribution
//            fitted to them is what the user wants to know, and has one.
#include "stats/exact_int.h"
#include "stats/tests_int.h"

#include <math.h>

static double z_of(double conf) { return -dist_norm_quantile((1 - conf) / 2); }

void effect_cohen_d(Test *t, double stat, double unit, double df, double conf) {
  double tail = (1 - conf) / 2;
  double low = dist_t_ncp(stat, df, tail, DIST_UPPER), high = dist_t_ncp(stat, df, tail, DIST_LOWER);
  result_effect(t, "cohen_d", stat * unit, low * unit, high * unit);
}

EffectLimits effect_share_limits(double f, double df1, double df2, double conf) {
  double tail = (1 - conf) / 2, weight = df1 + df2 + 1;
  double low = dist_f_ncp(f, df1, df2, tail, DIST_UPPER), high = dist_f_ncp(f, df1, df2, tail, DIST_LOWER);
  return (EffectLimits){low / (low + weight), high / (high + weight)};
}

void effect_omega(Test *t, const OneWay *w, double conf) {
  EffectLimits e = effect_share_limits(w->f, w->df1, w->df2, conf);
  double mse = w->within / w->df2, omega = (w->between - w->df1 * mse) / (w->between + w->within + mse);
  result_effect(t, "omega_sq", fmax(0, omega), e.low, e.high);
}

void effect_root(Test *t, const char *name, double chisq, double df, double scale, double conf, double most) {
  double low, high;
  exact_noncentrality(chisq, df, conf, &low, &high);
  result_effect(t, name, sqrt(chisq / scale), fmin(most, sqrt(low / scale)), fmin(most, sqrt(high / scale)));
}

// 0 <= x <= 1: the angle halved three times, then its series (libm's differs between machines).
static double arctan(double x) {
  double sum = 0;
  for (int k = 0; k < 3; k++) x /= 1 + sqrt(1 + x * x);
  for (int k = 19; k > 0; k -= 2) sum = 1.0 / k - x * x * sum;
  return 8 * x * sum;
}

// 2 asin(p^1/2); that of 1 - p is its complement.
static double angle(double p) {
  const double pi = 0x1.921fb54442d18p+1;
  return p <= 0.5 ? 2 * arctan(sqrt(p / (1 - p))) : pi - 2 * arctan(sqrt((1 - p) / p));
}

void effect_cohen_h(Test *t, double p1, double n1, double p2, double n2, double conf) {
  double h = angle(p1) - angle(p2), w = z_of(conf) * sqrt(1 / n1 + 1 / n2);
  result_effect(t, "cohen_h", h, h - w, h + w);
}

static double band(double n, double alpha) { return sqrt(fmath_log(2 / alpha) / (2 * n)); }

void effect_distance(Test *t, double d, double n1, double n2, double conf) {
  double w = isinf(n2) ? band(n1, 1 - conf) : band(n1, 1 - sqrt(conf)) + band(n2, 1 - sqrt(conf));
  result_effect(t, "distance", d, fmax(0, d - w), fmin(1, d + w));
}
