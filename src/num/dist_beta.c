// The beta distribution and F.
//
// With x = 1 - y and w = a y - b x, the sign of w says on which side of the mean a / (a + b) the point lies; the tail
// on that side is computed directly and the other one as its complement. w, x and y are passed separately, so that F
// and t keep digits that 1 - x would lose.
//   The front factor x^a y^b / B(a, b) is exp(-deviance) by Loader's form: no difference of large logarithms.
//   a < 1, b x <= 1 and x <= 1/2 (or the same with sides exchanged): the power series, which gives both tails with
//     full relative precision for the smallest a.
//   else: the continued fraction of DiDonato and Morris (the even part of Gauss's), O(sqrt(a + b)) steps near the
//     mean.
// References: DiDonato and Morris, Algorithm 708, ACM TOMS 18 (1992); Loader 2000.
#include "num/num_int.h"

#include <float.h>
#include <math.h>

double dist_beta_front(double x, double y, double w, double a, double b) {
  double n = a + b;
  double dev = dist_deviance(a, n * x, -w / a) + dist_deviance(b, n * y, w / b);
  double log_front = dist_stirling(n) - dist_stirling(a) - dist_stirling(b) - dev;
  return log_front < -760 ? 0 : fmath_exp_times(log_front, 0, 0x1.9884533d43651p-2 * sqrt(a / n) * sqrt(b), 0);
}

// I_x(a, b) over the front factor, w >= 0.
static double beta_fraction(double x, double y, double w, double a, double b) {
  double f = w + 1 == 0 ? DBL_MIN : a * (w + 1) / (a + 1), c = f, d = 0;
  for (int n = 1; n < 1000000; n++) {
    double s = a + 2 * n - 1, t = x * n / s;
    double alpha = t * (b - n) * (x * (a + n - 1) / s) * (a + b + n - 1);
    double beta = n + t * (b - n) + (a + n) / (s + 2) * (w + 1 + n * (1 + y));
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    f *= c * d;
    if (fabs(c * d - 1) < DBL_EPSILON) break;
  }
  return 1 / f;
}

// lgamma(b + a) - lgamma(b) for 0 < a <= 1 with relative precision in a.
static double lgamma_step(double b, double a) {
  double shift = 0;
  for (; b < 10; b += 1) shift -= fmath_log1p(a / b);
  double grow = fmath_log1p(a / b);
  return shift + a * fmath_log(b) + ((b + a - 0.5) * grow - a) + (dist_stirling(b + a) - dist_stirling(b));
}

// a < 1 and x such that the series falls fast: I_x = exp(u) (1 + a sum).
static double beta_small(double x, double a, double b, DistTail tail) {
  double u = a * fmath_log(x) + lgamma_step(b, a) - dist_lgamma1p(a), term = 1, sum = 0;
  for (int n = 1; n < 100000 && fabs(term) > fabs(sum) * DBL_EPSILON / 16; n++) {
    term *= (n - b) / n * x;
    sum += term / (a + n);
  }
  if (tail == DIST_LOWER) return fmath_exp(u) * (1 + a * sum);
  return -fmath_expm1(u) - fmath_exp(u) * a * sum;
}

static DistTail other(DistTail tail) { return tail == DIST_LOWER ? DIST_UPPER : DIST_LOWER; }

double dist_beta_at(double x, double y, double w, double a, double b, DistTail tail) {
  bool swap = w < 0;
  if (a < 1 && b < 1) swap = x > y;
  else if (a < 1) swap = b * x > 1 || x > 0.5;
  else if (b < 1) swap = a * y <= 1 && y <= 0.5;
  if (swap) {
    double t = x;
    x = y, y = t, t = a, a = b, b = t, w = -w, tail = other(tail);
  }
  if (a < 1) return beta_small(x, a, b, tail);
  double p = dist_beta_front(x, y, w, a, b) * beta_fraction(x, y, w, a, b);
  return tail == DIST_LOWER ? p : 1 - p;
}

static bool positive(double a) { return a > 0 && a <= DBL_MAX; }

double dist_beta(double x, double a, double b, DistTail tail) {
  if (isnan(x) || !positive(a) || !positive(b)) return NAN;
  if (x <= 0) return tail == DIST_LOWER ? 0 : 1;
  if (x >= 1) return tail == DIST_LOWER ? 1 : 0;
  Pair y = pair_sum(1, -x), ay = pair_product(a, y.hi), bx = pair_product(b, x);
  double w = (ay.hi - bx.hi) + (ay.lo - bx.lo + a * y.lo);
  return dist_beta_at(x, y.hi, w, a, b, tail);
}

double dist_f(double f, double df1, double df2, DistTail tail) {
  if (isnan(f) || !positive(df1) || !(df2 > 0)) return NAN;
  if (f <= 0) return tail == DIST_LOWER ? 0 : 1;
  double r = df1 / df2 * f;
  if (isinf(f) || isinf(r)) return tail == DIST_LOWER ? 1 : 0;
  if (isinf(df2)) return dist_chisq(f * df1, df1, tail);
  return dist_beta_at(r / (1 + r), 1 / (1 + r), df1 / 2 * ((1 - f) / (1 + r)), df1 / 2, df2 / 2, tail);
}
