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

// Ratios of polynomials of degree 7 that are within 1e-16 of the quantile: of the middle, |p - 1/2| <= 0.425, in
// 0.425^2 - (p - 1/2)^2; of the tails in sqrt(-log p), near and far (Wichura, algorithm AS 241, Applied Statistics 37,
// 1988). A step of Newton's or Halley's method behind them leaves only the error of the distribution itself.
enum { DEGREE = 7 };
static const double MIDDLE[2][DEGREE + 1] = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
    {1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
     3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3}};
static const double TAIL[2][DEGREE + 1] = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
static const double FAR_TAIL[2][DEGREE + 1] = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};

static double ratio(const double c[2][DEGREE + 1], double r) {
  double up = c[0][DEGREE], down = c[1][DEGREE];
  for (int k = DEGREE - 1; k >= 0; k--) up = up * r + c[0][k], down = down * r + c[1][k];
  return up / down;
}

static double middle_start(double d) { return d * ratio(MIDDLE, 0.180625 - d * d); }

// z > 0 with P(Z > z) = p, p < 1/5.
static double tail_quantile(double p) {
  double log_p = fmath_log(p), r = sqrt(-log_p);
  double z = p >= 0.075 ? middle_start(0.5 - p) : r <= 5 ? ratio(TAIL, r - 1.6) : ratio(FAR_TAIL, r - 5);
  double mills = SQRT_2PI / 2 * fmath_erfcx(z * SQRT_HALF);
  return z + (fmath_log(mills * INV_SQRT_2PI) - z * z / 2 - log_p) * mills;
}

// z with P(0 < Z < z) = d, |d| <= 3/10.
static double middle_quantile(double d) {
  double z = middle_start(d), u = (fmath_erf(z * SQRT_HALF) / 2 - d) * SQRT_2PI * fmath_exp(z * z / 2);
  return z - u / (1 + u * z / 2);
}

double dist_norm_quantile(double p) {
  if (!(p >= 0 && p <= 1)) return NAN;
  if (p == 0 || p == 1) return p == 0 ? -INFINITY : INFINITY;
  if (p < 0.2) return -tail_quantile(p);
  if (p > 0.8) return tail_quantile(1 - p);
  return middle_quantile(p - 0.5);
}
