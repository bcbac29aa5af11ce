// Every family by name, parameters in R's order. Discrete tails are those of continuous families: binomial and
// negative binomial of the beta, Poisson of the gamma; the hypergeometric one is a sum from the value outwards.
// Quantiles of counts are the smallest k with P(X <= k) >= p, with R's slack of 64 units in the last place.
#include "num/num_int.h"

#include <float.h>
#include <math.h>

static bool is_positive(double a) { return a > 0 && a <= DBL_MAX; }
static double pick(DistTail tail, double lower, double upper) { return tail == DIST_LOWER ? lower : upper; }
static bool is_whole(double n) { return n >= 0 && n == floor(n) && n <= 0x1p53; }

// ---- norm, lnorm, t, cauchy ----------------------------------------------------------------------------------------
static double norm_quantile(double p, DistTail tail) {
  double z = dist_norm_quantile(p);
  return tail == DIST_LOWER ? z : -z;
}
static double norm_c(double x, const double *a, DistTail t) { return a[1] > 0 ? dist_norm((x - a[0]) / a[1], t) : NAN; }
static double norm_q(double p, const double *a, DistTail t) {
  return a[1] > 0 ? a[0] + a[1] * norm_quantile(p, t) : NAN;
}
static double norm_d(double x, const double *a) { return a[1] > 0 ? dist_norm_density((x - a[0]) / a[1]) / a[1] : NAN; }
static double lnorm_c(double x, const double *a, DistTail t) {
  return x > 0 ? norm_c(fmath_log(x), a, t) : isnan(x) || !(a[1] > 0) ? NAN : pick(t, 0, 1);
}
static double lnorm_q(double p, const double *a, DistTail t) { return fmath_exp(norm_q(p, a, t)); }
static double lnorm_d(double x, const double *a) {
  return x > 0 ? norm_d(fmath_log(x), a) / x : isnan(x) || !(a[1] > 0) ? NAN : 0;
}
static double t_c(double x, const double *a, DistTail t) {
  return a[1] == 0 ? dist_t(x, a[0], t) : dist_t_noncentral(x, a[0], a[1], t);
}
static double t_quantile(double p, double df, DistTail t) {
  double q = dist_t_quantile(p, df);
  return t == DIST_LOWER ? q : -q;
}
static double t_q(double p, const double *a, DistTail t) { return a[1] == 0 ? t_quantile(p, a[0], t) : NAN; }
static double t_d(double x, const double *a) { return a[1] == 0 ? dist_t_density(x, a[0]) : NAN; }
static double cauchy_c(double x, const double *a, DistTail t) {
  return a[1] > 0 ? dist_t((x - a[0]) / a[1], 1, t) : NAN;
}
static double cauchy_q(double p, const double *a, DistTail t) {
  return a[1] > 0 ? a[0] + a[1] * t_quantile(p, 1, t) : NAN;
}
static double cauchy_d(double x, const double *a) {
  double z = (x - a[0]) / a[1];
  return a[1] > 0 ? 1 / (0x1.921fb54442d18p+1 * a[1] * (1 + z * z)) : NAN;
}

// ---- chisq, f, gamma, beta -----------------------------------------------------------------------------------------
static double chisq_c(double x, const double *a, DistTail t) {
  return a[1] == 0 ? dist_chisq(x, a[0], t) : dist_f_noncentral(x / a[0], a[0], INFINITY, a[1], t);
}
static double chisq_q(double p, const double *a, DistTail t) {
  return a[1] == 0 ? dist_chisq_quantile(p, a[0], t) : NAN;
}
static double chisq_d(double x, const double *a) { return a[1] == 0 ? dist_gamma_density(x / 2, a[0] / 2) / 2 : NAN; }
static double f_c(double x, const double *a, DistTail t) {
  return a[2] == 0 ? dist_f(x, a[0], a[1], t) : dist_f_noncentral(x, a[0], a[1], a[2], t);
}
static double f_q(double p, const double *a, DistTail t) { return a[2] == 0 ? dist_f_quantile(p, a[0], a[1], t) : NAN; }
static double f_d(double x, const double *a) { return a[2] == 0 ? dist_f_density(x, a[0], a[1]) : NAN; }
static double gamma_c(double x, const double *a, DistTail t) { return a[1] > 0 ? dist_gamma(x * a[1], a[0], t) : NAN; }
static double gamma_q(double p, const double *a, DistTail t) {
  return a[1] > 0 ? dist_gamma_quantile(p, a[0], t) / a[1] : NAN;
}
static double gamma_d(double x, const double *a) { return a[1] > 0 ? a[1] * dist_gamma_density(x * a[1], a[0]) : NAN; }
static double beta_c(double x, const double *a, DistTail t) { return dist_beta(x, a[0], a[1], t); }
static double beta_q(double p, const double *a, DistTail t) { return dist_beta_quantile(p, a[0], a[1], t); }
static double beta_d(double x, const double *a) { return dist_beta_density(x, a[0], a[1]); }

// ---- exp, weibull, logis, unif -------------------------------------------------------------------------------------
// The tails of exp(-h) for h >= 0, and h for a tail.
static double hazard_tail(double h, DistTail t) { return pick(t, -fmath_expm1(-h), fmath_exp(-h)); }
static double hazard(double p, DistTail t) {
  if (!(p >= 0 && p <= 1)) return NAN;
  return t == DIST_LOWER ? -fmath_log1p(-p) : -fmath_log(p) + 0;
}
static double exp_c(double x, const double *a, DistTail t) {
  return isnan(x) || !(a[0] > 0) ? NAN : hazard_tail(x > 0 ? x * a[0] : 0, t);
}
static double exp_q(double p, const double *a, DistTail t) { return a[0] > 0 ? hazard(p, t) / a[0] : NAN; }
static double exp_d(double x, const double *a) {
  return isnan(x) || !(a[0] > 0) ? NAN : x < 0 ? 0 : a[0] * fmath_exp(-a[0] * x);
}
static double weibull_c(double x, const double *a, DistTail t) {
  if (isnan(x) || !(a[0] > 0) || !(a[1] > 0)) return NAN;
  return hazard_tail(x > 0 ? fmath_pow(x / a[1], a[0]) : 0, t);
}
static double weibull_q(double p, const double *a, DistTail t) {
  return a[0] > 0 && a[1] > 0 ? a[1] * fmath_pow(hazard(p, t), 1 / a[0]) : NAN;
}
static double weibull_d(double x, const double *a) {
  if (isnan(x) || !(a[0] > 0) || !(a[1] > 0)) return NAN;
  if (x < 0 || isinf(x)) return 0;
  if (x == 0) return a[0] < 1 ? INFINITY : a[0] > 1 ? 0 : 1 / a[1];
  double z = x / a[1];
  return a[0] / a[1] * fmath_pow(z, a[0] - 1) * fmath_exp(-fmath_pow(z, a[0]));
}
static double logis_c(double x, const double *a, DistTail t) {
  double z = (x - a[0]) / a[1];
  return a[1] > 0 ? fmath_sigmoid(t == DIST_LOWER ? z : -z) : NAN;
}
static double logis_q(double p, const double *a, DistTail t) {
  if (!(p >= 0 && p <= 1) || !(a[1] > 0)) return NAN;
  double u = fabs(p - 0.5) < 0.25 ? fmath_log1p((2 * p - 1) / (1 - p)) : fmath_log(p) - fmath_log1p(-p);
  return a[0] + a[1] * pick(t, u, -u);
}
static double logis_d(double x, const double *a) {
  double z = fabs((x - a[0]) / a[1]);
  return a[1] > 0 ? fmath_sigmoid(z) * fmath_sigmoid(-z) / a[1] : NAN;
}
static double unif_c(double x, const double *a, DistTail t) {
  if (isnan(x) || !(a[0] < a[1])) return NAN;
  if (x <= a[0] || x >= a[1]) return (x <= a[0]) == (t == DIST_UPPER);
  return pick(t, x - a[0], a[1] - x) / (a[1] - a[0]);
}
static double unif_q(double p, const double *a, DistTail t) {
  if (!(p >= 0 && p <= 1) || !(a[0] < a[1])) return NAN;
  return pick(t, a[0] + p * (a[1] - a[0]), a[1] - p * (a[1] - a[0]));
}
static double unif_d(double x, const double *a) {
  return isnan(x) || !(a[0] < a[1]) ? NAN : x < a[0] || x > a[1] ? 0 : 1 / (a[1] - a[0]);
}

// ---- counts --------------------------------------------------------------------------------------------------------
typedef double (*CountTail)(double k, const double *a, DistTail tail);

static bool reaches(CountTail cdf, double k, const double *a, double p, DistTail tail) {
  const double slack = 64 * DBL_EPSILON;
  return tail == DIST_LOWER ? cdf(k, a, tail) >= p * (1 - slack) : cdf(k, a, tail) <= p * (1 + slack);
}

// Smallest k >= least that reaches p, from about `start`.
static double search(CountTail cdf, const double *a, double p, DistTail tail, double least, double start, double most) {
  if (isnan(cdf(least, a, tail)) || !(p >= 0 && p <= 1)) return NAN;
  if (p == (tail == DIST_LOWER)) return most; // where nothing lies above
  double lo = least - 1, hi = start < least ? least : start > most ? most : floor(start), step = 1;
  if (reaches(cdf, hi, a, p, tail)) {
    for (lo = hi - step; lo >= least && reaches(cdf, lo, a, p, tail); step *= 2) hi = lo, lo -= step;
    if (lo < least) lo = least - 1;
  } else {
    for (lo = hi, hi += step; hi < most && !reaches(cdf, hi, a, p, tail); step *= 2) lo = hi, hi += step;
    if (hi > most) hi = most;
  }
  while (hi - lo > 1) {
    double k = lo + floor((hi - lo) / 2);
    if (reaches(cdf, k, a, p, tail)) hi = k;
    else lo = k;
  }
  return hi;
}

static double fuzzy_floor(double k) { return floor(k + 1e-7); } // as R: a whole number that missed by rounding

static double binom_c(double k, const double *a, DistTail t) {
  if (isnan(k) || !is_whole(a[0]) || !(a[1] >= 0 && a[1] <= 1)) return NAN;
  k = fuzzy_floor(k);
  if (k < 0 || k >= a[0]) return (k < 0) == (t == DIST_UPPER);
  return dist_beta(a[1], k + 1, a[0] - k, t == DIST_LOWER ? DIST_UPPER : DIST_LOWER);
}
static double binom_q(double p, const double *a, DistTail t) {
  double sd = sqrt(a[0] * a[1] * (1 - a[1]));
  return search(binom_c, a, p, t, 0, a[0] * a[1] + sd * fmax(fmin(norm_quantile(p, t), 9), -9), a[0]);
}
static double binom_d(double k, const double *a) { return dist_binom_density(k, a[0], a[1]); }

static double pois_c(double k, const double *a, DistTail t) {
  if (isnan(k) || !(a[0] >= 0 && a[0] <= DBL_MAX)) return NAN;
  k = fuzzy_floor(k);
  if (k < 0) return t == DIST_UPPER;
  if (isinf(k) || a[0] == 0) return t == DIST_LOWER;
  return dist_gamma(a[0], k + 1, t == DIST_LOWER ? DIST_UPPER : DIST_LOWER);
}
static double pois_q(double p, const double *a, DistTail t) {
  return search(pois_c, a, p, t, 0, a[0] + sqrt(a[0]) * fmax(fmin(norm_quantile(p, t), 9), -9), INFINITY);
}
static double pois_d(double k, const double *a) { return dist_pois_density(k, a[0]); }

static double geom_c(double k, const double *a, DistTail t) {
  if (isnan(k) || !(a[0] > 0 && a[0] <= 1)) return NAN;
  k = fuzzy_floor(k);
  if (k < 0) return t == DIST_UPPER;
  return hazard_tail(a[0] == 1 ? INFINITY : -(k + 1) * fmath_log1p(-a[0]), t);
}
static double geom_q(double p, const double *a, DistTail t) {
  return search(geom_c, a, p, t, 0, hazard(p, t) / -fmath_log1p(-a[0]) - 1, INFINITY);
}
static double geom_d(double k, const double *a) {
  if (isnan(k) || !(a[0] > 0 && a[0] <= 1)) return NAN;
  return k < 0 || k != floor(k) ? 0 : a[0] == 1 ? k == 0 : a[0] * fmath_exp(k * fmath_log1p(-a[0]));
}

static double nbinom_c(double k, const double *a, DistTail t) {
  if (isnan(k) || !is_positive(a[0]) || !(a[1] > 0 && a[1] <= 1)) return NAN;
  k = fuzzy_floor(k);
  if (k < 0 || isinf(k)) return (k < 0) == (t == DIST_UPPER);
  return dist_beta(a[1], a[0], k + 1, t);
}
static double nbinom_q(double p, const double *a, DistTail t) {
  return search(nbinom_c, a, p, t, 0, a[0] * (1 - a[1]) / a[1], INFINITY);
}
static double nbinom_d(double k, const double *a) { // density of beta(size, k) at prob, times prob (1 - prob) / k
  if (isnan(k) || !is_positive(a[0]) || !(a[1] > 0 && a[1] <= 1)) return NAN;
  if (k < 0 || k != floor(k) || isinf(k)) return 0;
  if (a[1] == 1) return k == 0;
  if (k == 0) return fmath_pow(a[1], a[0]);
  Pair y = pair_sum(1, -a[1]), ay = pair_product(a[0], y.hi), bx = pair_product(k, a[1]);
  return dist_beta_front(a[1], y.hi, (ay.hi - bx.hi) + (ay.lo - bx.lo + a[0] * y.lo), a[0], k) / k;
}

static bool is_urn(const double *a) {
  return is_whole(a[0]) && is_whole(a[1]) && is_whole(a[2]) && a[2] <= a[0] + a[1];
}
static double hyper_d(double x, const double *a) { // a: white, black, drawn
  if (isnan(x) || !is_urn(a)) return NAN;
  if (x < 0 || x != floor(x) || x > a[0] || x > a[2] || a[2] - x > a[1]) return 0;
  if (a[2] == 0) return x == 0;
  double p = a[2] / (a[0] + a[1]);
  if (p == 1) return 1;
  return dist_binom_density(x, a[0], p) / dist_binom_density(a[2], a[0] + a[1], p) *
         dist_binom_density(a[2] - x, a[1], p);
}
static double hyper_c(double x, const double *a, DistTail t) {
  if (isnan(x) || !is_urn(a)) return NAN;
  x = fuzzy_floor(x);
  double white = a[0], black = a[1], drawn = a[2], least = fmax(0, drawn - black), most = fmin(white, drawn);
  if (x < least || x >= most) return (x < least) == (t == DIST_UPPER);
  bool below = x * (white + black) < white * drawn;
  double at = below ? x : x + 1, term = 1, sum = 1;
  for (double k = at; below ? k > least : k < most; k += below ? -1 : 1) {
    term *= below ? k / (white - k + 1) * ((black - drawn + k) / (drawn - k + 1))
                  : (white - k) / (k + 1) * ((drawn - k) / (black - drawn + k + 1));
    sum += term;
    if (term < sum * 1e-18) break;
  }
  double tail = hyper_d(at, a) * sum;
  return below == (t == DIST_LOWER) ? tail : 1 - tail;
}
static double hyper_q(double p, const double *a, DistTail t) {
  if (!is_urn(a)) return NAN;
  return search(hyper_c, a, p, t, fmax(0, a[2] - a[1]), a[2] * a[0] / (a[0] + a[1]), fmin(a[0], a[2]));
}

static double tukey_c(double q, const double *a, DistTail t) { return dist_range(q, a[0], a[1], t); }
static double tukey_q(double p, const double *a, DistTail t) { return dist_range_quantile(p, a[0], a[1], t); }

#define NEEDED __builtin_nan("")
const DistFamily *dist_families(void) {
  static const DistFamily rows[] = {
      {"norm", {"mean", "sd"}, {0, 1}, false, norm_c, norm_q, norm_d},
      {"t", {"df", "ncp"}, {NEEDED, 0}, false, t_c, t_q, t_d},
      {"chisq", {"df", "ncp"}, {NEEDED, 0}, false, chisq_c, chisq_q, chisq_d},
      {"f", {"df1", "df2", "ncp"}, {NEEDED, NEEDED, 0}, false, f_c, f_q, f_d},
      {"gamma", {"shape", "rate"}, {NEEDED, 1}, false, gamma_c, gamma_q, gamma_d},
      {"beta", {"shape1", "shape2"}, {NEEDED, NEEDED}, false, beta_c, beta_q, beta_d},
      {"exp", {"rate"}, {1}, false, exp_c, exp_q, exp_d},
      {"lnorm", {"meanlog", "sdlog"}, {0, 1}, false, lnorm_c, lnorm_q, lnorm_d},
      {"unif", {"min", "max"}, {0, 1}, false, unif_c, unif_q, unif_d},
      {"weibull", {"shape", "scale"}, {NEEDED, 1}, false, weibull_c, weibull_q, weibull_d},
      {"logis", {"location", "scale"}, {0, 1}, false, logis_c, logis_q, logis_d},
      {"cauchy", {"location", "scale"}, {0, 1}, false, cauchy_c, cauchy_q, cauchy_d},
      {"binom", {"size", "prob"}, {NEEDED, NEEDED}, true, binom_c, binom_q, binom_d},
      {"pois", {"lambda"}, {NEEDED}, true, pois_c, pois_q, pois_d},
      {"geom", {"prob"}, {NEEDED}, true, geom_c, geom_q, geom_d},
      {"nbinom", {"size", "prob"}, {NEEDED, NEEDED}, true, nbinom_c, nbinom_q, nbinom_d},
      {"hyper", {"m", "n", "k"}, {NEEDED, NEEDED, NEEDED}, true, hyper_c, hyper_q, hyper_d},
      {"tukey", {"nmeans", "df"}, {NEEDED, NEEDED}, false, tukey_c, tukey_q, NULL},
      {0}};
  return rows;
}
