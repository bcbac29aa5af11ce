// Exact probabilities and intervals of counts, and the noncentral chi-squared distribution.
//
// Binomial tails are incomplete beta functions; the two-sided probability adds all counts that are no more likely than
// the one seen, as binom.test of R does, with its tolerance of 1e-7. Clopper and Pearson's limits are quantiles of the
// beta distribution, found by halving. The noncentral chi-squared distribution is a Poisson mixture of central ones:
// terms are added outwards from the likeliest until they no longer count.
// References: Clopper and Pearson, Biometrika 26 (1934); Johnson, Kotz and Balakrishnan 1995, ch. 29.
#include "stats/exact_int.h"

#include <float.h>
#include <math.h>

double exact_binom(int64_t k, int64_t n, double p, DistTail tail) {
  if (tail == DIST_LOWER) return k < 0 ? 0 : k >= n ? 1 : dist_beta(p, (double)(k + 1), (double)(n - k), DIST_UPPER);
  return k <= 0 ? 1 : k > n ? 0 : dist_beta(p, (double)k, (double)(n - k + 1), DIST_LOWER);
}

static double log_binom(int64_t k, int64_t n, double p) {
  double ways = dist_lgamma((double)n + 1) - dist_lgamma((double)k + 1) - dist_lgamma((double)(n - k) + 1);
  double yes = k ? (double)k * fmath_log(p) : 0, no = n - k ? (double)(n - k) * fmath_log1p(-p) : 0;
  return ways + yes + no;
}

// The last count from the far end towards the mean that is no more likely than `limit`; the far end's neighbour outside
// when there is none. Probabilities rise on the way.
static int64_t far_count(int64_t end, int64_t mean, int64_t n, double p, double limit) {
  int64_t step = end < mean ? 1 : -1, in = end - step, out = mean;
  while ((out - in) * step > 1) {
    int64_t mid = in + (out - in) / 2;
    if (log_binom(mid, n, p) <= limit) in = mid;
    else out = mid;
  }
  return in;
}

double exact_binom_two_sided(int64_t k, int64_t n, double p) {
  if (p <= 0 || p >= 1) return (p <= 0 ? k == 0 : k == n) ? 1 : 0;
  double mean = (double)n * p, limit = log_binom(k, n, p) + fmath_log1p(1e-7);
  if ((double)k == mean) return 1;
  if ((double)k < mean) {
    int64_t far = far_count(n, (int64_t)ceil(mean) - 1, n, p, limit);
    return fmin(1, exact_binom(k, n, p, DIST_LOWER) + exact_binom(far, n, p, DIST_UPPER));
  }
  int64_t far = far_count(0, (int64_t)floor(mean) + 1, n, p, limit);
  return fmin(1, exact_binom(k, n, p, DIST_UPPER) + exact_binom(far, n, p, DIST_LOWER));
}

static double beta_quantile(double q, double a, double b, DistTail tail) { // P below (above) it is q
  double lo = 0, hi = 1;
  for (int t = 0; t < 1100 && lo < hi; t++) {
    double mid = lo + (hi - lo) / 2;
    if (mid == lo || mid == hi) break;
    bool right = tail == DIST_LOWER ? dist_beta(mid, a, b, DIST_LOWER) < q : dist_beta(mid, a, b, DIST_UPPER) > q;
    if (right) lo = mid;
    else hi = mid;
  }
  return hi;
}

void exact_binom_interval(int64_t k, int64_t n, double conf, double *low, double *high) {
  double q = (1 - conf) / 2;
  *low = k == 0 ? 0 : beta_quantile(q, (double)k, (double)(n - k + 1), DIST_LOWER);
  *high = k == n ? 1 : beta_quantile(q, (double)(k + 1), (double)(n - k), DIST_UPPER);
}

// ---- noncentral chi-squared ---------------------------------------------------------------------------------------
double noncentral_chisq(double x, double df, double lambda, DistTail tail) {
  if (!(lambda > 0)) return dist_chisq(x, df, tail);
  double mean = lambda / 2, mode = floor(mean);
  double top = fmath_exp(mode * fmath_log(mean) - mean - dist_lgamma(mode + 1)), sum = 0;
  double w = top;
  for (double j = mode; w > top * 1e-20; j++) {
    sum += w * dist_chisq(x, df + 2 * j, tail);
    w *= mean / (j + 1);
  }
  w = top;
  for (double j = mode; j > 0 && w > top * 1e-20; j--) {
    w *= j / mean;
    sum += w * dist_chisq(x, df + 2 * (j - 1), tail);
  }
  return fmin(sum, 1);
}

// lambda at which P(X > x) is q; it grows with lambda. 0 when it is above q already.
static double lambda_at(double x, double df, double q) {
  if (noncentral_chisq(x, df, 0, DIST_UPPER) >= q) return 0;
  double lo = 0, hi = fmax(1, x);
  while (noncentral_chisq(x, df, hi, DIST_UPPER) < q) lo = hi, hi *= 2;
  for (int t = 0; t < 200; t++) {
    double mid = lo + (hi - lo) / 2;
    if (mid <= lo || mid >= hi || hi - lo < hi * 1e-15) break;
    if (noncentral_chisq(x, df, mid, DIST_UPPER) < q) lo = mid;
    else hi = mid;
  }
  return hi;
}

void noncentral_chisq_interval(double x, double df, double conf, double *low, double *high) {
  double q = (1 - conf) / 2;
  *low = lambda_at(x, df, q);
  *high = lambda_at(x, df, 1 - q);
}
