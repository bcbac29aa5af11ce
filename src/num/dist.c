// The normal distribution and the logarithm of the gamma function.
//
// lgamma: Stirling's series from 10 on; below, the argument is moved to [3/2, 5/2), where lgamma(2 + s) = s P(s)
// keeps its relative precision around its zero at 2; near 1 the move is one log1p, so the zero at 1 keeps it too.
// Stirling's remainder below 10: delta(a) = delta(a + 1) + (a + 1/2) log(1 + 1/a) - 1, a sum of positive terms.
// normal: Phi(-z) = exp(-z^2/2) erfcx(z / sqrt 2) / 2 with z^2 taken as two doubles. Quantiles: Newton's method on
// log Phi in the tails (the iteration never sees an underflow), Halley's on erf in the middle, exact about p = 1/2.
// References: Abramowitz and Stegun 6.1.41, 26.2.22 (start of the iteration); Loader, Fast and accurate computation
// of binomial probabilities, 2000 (deviance and Stirling's remainder).
#include "num/num_int.h"

#include <math.h>

static const double HALF_LOG_2PI = 0x1.d67f1c864beb5p-1, SQRT_HALF = 0x1.6a09e667f3bcdp-1;
static const double SQRT_2PI = 0x1.40d931ff62706p+1, INV_SQRT_2PI = 0x1.9884533d43651p-2;

// sum of z^k / (2 k + 3): atanh(s) = s + s^3 times this at z = s^2 <= 0.16.
static double atanh_rest(double z) {
  double p = 0;
  for (int k = 20; k >= 0; k--) p = p * z + 1.0 / (2 * k + 3);
  return p;
}

double dist_log1pmx(double x) {
  double s = x / (2 + x), z = s * s;
  if (z <= 0.16) return s * (2 * z * atanh_rest(z) - x);
  return fmath_log1p(x) - x;
}

double dist_deviance(double a, double mean, double excess) {
  if (excess > -0.5) return -a * dist_log1pmx(excess);
  return a * (excess - fmath_log(mean / a)); // 1 + excess has lost digits
}

static double stirling_series(double a) {
  static const double c[] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                             1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
  double z = 1 / (a * a), p = 0;
  for (int k = 7; k >= 0; k--) p = p * z + c[k];
  return p / a;
}

double dist_stirling(double a) {
  double sum = 0;
  for (; a < 0.75; a += 1) sum += (a + 0.5) * fmath_log1p(1 / a) - 1;
  for (; a < 10; a += 1) {
    double s = 1 / (2 * a + 1), z = s * s;
    sum += z * atanh_rest(z);
  }
  return sum + stirling_series(a);
}

// lgamma(2 + s) for |s| <= 1/2.
static double lgamma_near2(double s) {
  static const double c[] = {
      0x1.b0ee6072093cep-2,   0x1.4a34cc4a60fa6p-2,  -0x1.13e001a55760ap-4,  0x1.51322ac7d848ap-6,
      -0x1.e404fc218dbaep-8,  0x1.7add6eadb5317p-9,  -0x1.38ac5c2d48207p-10, 0x1.0b36af8779cap-11,
      -0x1.d3fd4b679c1c4p-13, 0x1.a127afee53e7dp-14, -0x1.78de9ab752b81p-15, 0x1.580e0afa5585p-16,
      -0x1.3cb3be36ad88bp-17, 0x1.258f3057730fap-18, -0x1.1276ebd557fbp-19,  0x1.012012be39p-20,
      -0x1.ce17528bcf46p-22,  0x1.b40adb09a1e12p-23, -0x1.2009c1a550d0dp-23, 0x1.11fa5e7c86f7bp-24};
  double p = 0;
  for (int k = 19; k >= 0; k--) p = p * s + c[k];
  return s * p;
}

double dist_lgamma1p(double a) { return a <= 0.5 ? lgamma_near2(a) - fmath_log1p(a) : lgamma_near2(a - 1); }

double dist_lgamma(double x) {
  if (!(x >= 0)) return NAN;
  if (x == 0 || isinf(x)) return INFINITY;
  if (x < 0.5) return lgamma_near2(x) - fmath_log1p(x) - fmath_log(x);
  if (x < 1.5) return lgamma_near2(x - 1) - fmath_log1p(x - 1);
  if (x >= 10) return (x - 0.5) * (fmath_log(x) - 1) + (HALF_LOG_2PI - 0.5 + stirling_series(x));
  double factor = 1;
  while (x >= 2.5) factor *= x -= 1;
  return fmath_log(factor) + lgamma_near2(x - 2);
}

static double norm_tail(double z) { // P(Z > z), z >= 1
  if (z > 39) return 0;
  Pair square = pair_product(z, z);
  return fmath_exp_times(-square.hi / 2, -square.lo / 2, fmath_erfcx(z * SQRT_HALF) / 2, 0);
}

double dist_norm(double z, DistTail tail) {
  if (isnan(z)) return NAN;
  double up = tail == DIST_UPPER ? z : -z; // the wanted tail is P(Z > up)
  if (up >= 1) return norm_tail(up);
  if (up <= -1) return 1 - norm_tail(-up);
  return fmath_erfc(up * SQRT_HALF) / 2;
}

// z > 0 with P(Z > z) = p, p < 1/5.
static double tail_quantile(double p) {
  double log_p = fmath_log(p), r = sqrt(-2 * log_p);
  double z = r - (2.30753 + 0.27061 * r) / (1 + 0.99229 * r + 0.04481 * r * r);
  for (int t = 0; t < 4; t++) { // the start is within 0.003, each step squares the error
    double mills = SQRT_2PI / 2 * fmath_erfcx(z * SQRT_HALF);
    z += (fmath_log(mills * INV_SQRT_2PI) - z * z / 2 - log_p) * mills;
  }
  return z;
}

// z with P(0 < Z < z) = d, |d| <= 3/10.
static double middle_quantile(double d) {
  double z = SQRT_2PI * d;
  for (int t = 0; t < 4; t++) {
    double u = (fmath_erf(z * SQRT_HALF) / 2 - d) * SQRT_2PI * fmath_exp(z * z / 2);
    z -= u / (1 + u * z / 2);
  }
  return z;
}

double dist_norm_quantile(double p) {
  if (!(p >= 0 && p <= 1)) return NAN;
  if (p == 0 || p == 1) return p == 0 ? -INFINITY : INFINITY;
  if (p < 0.2) return -tail_quantile(p);
  if (p > 0.8) return tail_quantile(1 - p);
  return middle_quantile(p - 0.5);
}
