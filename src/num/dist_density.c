// Densities and probabilities of single values: the factors of Loader's saddle-point forms, which the tails share.
// A density may be representable where its front factor is not: the quotient is then taken of logarithms.
// Reference: Loader, Fast and accurate computation of binomial probabilities, 2000.
#include "num/num_int.h"

#include <float.h>
#include <math.h>

static const double INV_SQRT_2PI = 0x1.9884533d43651p-2;

static bool is_positive(double a) { return a > 0 && a <= DBL_MAX; }

double dist_norm_density(double z) {
  if (isnan(z)) return NAN;
  if (fabs(z) > 39) return 0;
  Pair square = pair_product(z, z);
  return fmath_exp_times(-square.hi / 2, -square.lo / 2, INV_SQRT_2PI, 0);
}

double dist_t_density(double t, double df) {
  if (isnan(t) || !(df > 0)) return NAN;
  if (isinf(df)) return dist_norm_density(t);
  if (isinf(t)) return 0;
  return fmath_exp(dist_t_log_density(fabs(t), df));
}

// Of x^power near 0: infinite, `at_one` for power 0, or 0.
static double at_edge(double power, double at_zero) { return power < 0 ? INFINITY : power > 0 ? 0 : at_zero; }

double dist_beta_density(double x, double a, double b) {
  if (isnan(x) || !is_positive(a) || !is_positive(b)) return NAN;
  if (x < 0 || x > 1) return 0;
  if (x == 0) return at_edge(a - 1, b);
  if (x == 1) return at_edge(b - 1, a);
  Pair y = pair_sum(1, -x), ay = pair_product(a, y.hi), bx = pair_product(b, x);
  double w = (ay.hi - bx.hi) + (ay.lo - bx.lo + a * y.lo), front = dist_beta_front(x, y.hi, w, a, b);
  if (front > 1e-280) return front / x / y.hi;
  double n = a + b, dev = dist_deviance(a, n * x, -w / a) + dist_deviance(b, n * y.hi, w / b);
  double log_front = dist_stirling(n) - dist_stirling(a) - dist_stirling(b) - dev;
  return INV_SQRT_2PI * sqrt(a / n) * sqrt(b) * fmath_exp(log_front - fmath_log(x) - fmath_log(y.hi));
}

double dist_gamma_density(double x, double shape) {
  if (isnan(x) || !is_positive(shape)) return NAN;
  if (x < 0 || isinf(x)) return 0;
  if (x == 0) return at_edge(shape - 1, 1);
  if (shape < 1) return shape * fmath_exp((shape - 1) * fmath_log(x) - x - dist_lgamma1p(shape));
  double front = dist_gamma_front(x, shape);
  if (front > 1e-280) return front * shape / x;
  double log_front = -dist_deviance(shape, x, (x - shape) / shape) - dist_stirling(shape);
  return INV_SQRT_2PI * sqrt(shape) * fmath_exp(log_front - fmath_log(x));
}

double dist_f_density(double f, double df1, double df2) {
  if (isnan(f) || !is_positive(df1) || !(df2 > 0)) return NAN;
  if (f < 0 || isinf(f)) return 0;
  if (f == 0) return at_edge(df1 - 2, 1);
  if (isinf(df2)) return dist_gamma_density(f * df1 / 2, df1 / 2) * df1 / 2;
  double r = df1 / df2 * f, x = r / (1 + r), y = 1 / (1 + r), a = df1 / 2, b = df2 / 2;
  double front = dist_beta_front(x, y, a * ((1 - f) / (1 + r)), a, b);
  if (front > 1e-280) return front / f;
  return dist_beta_density(x, a, b) * x / f * y;
}

double dist_binom_density(double k, double n, double p) {
  if (isnan(k) || !(n >= 0) || n != floor(n) || !(p >= 0 && p <= 1)) return NAN;
  if (k < 0 || k > n || k != floor(k)) return 0;
  if (p == 0 || p == 1) return k == (p == 0 ? 0 : n);
  if (k == 0) return fmath_exp(n * fmath_log1p(-p));
  if (k == n) return fmath_pow(p, n);
  Pair q = pair_sum(1, -p), ky = pair_product(k, q.hi), nx = pair_product(n - k, p);
  double w = (ky.hi - nx.hi) + (ky.lo - nx.lo + k * q.lo); // k - n p
  double dev = dist_deviance(k, n * p, -w / k) + dist_deviance(n - k, n * q.hi, w / (n - k));
  double log_front = dist_stirling(n) - dist_stirling(k) - dist_stirling(n - k) - dev;
  return log_front < -760 ? 0 : fmath_exp_times(log_front, 0, INV_SQRT_2PI * sqrt(n / k / (n - k)), 0);
}

double dist_pois_density(double k, double mean) {
  if (isnan(k) || !(mean >= 0)) return NAN;
  if (k < 0 || k != floor(k) || isinf(k)) return 0;
  if (mean == 0) return k == 0;
  if (k == 0) return fmath_exp(-mean);
  double log_front = -dist_deviance(k, mean, (mean - k) / k) - dist_stirling(k);
  return log_front < -760 ? 0 : fmath_exp_times(log_front, 0, INV_SQRT_2PI / sqrt(k), 0);
}
