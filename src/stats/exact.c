// Exact tests of a count. The two-sided p adds all values that are no more likely than the one seen (with a slack of
// 1e-7, as R has it); since the probabilities fall on either side of the mean, the other tail's end is found by
// bisection. Limits are quantiles of the beta and gamma distributions: Clopper and Pearson 1934, Garwood 1936.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

typedef struct Law {
  double n, p; // binomial
  double mean; // of both
  bool poisson;
} Law;

static double chance(const Law *l, double k) {
  return l->poisson ? dist_pois_density(k, l->mean) : dist_binom_density(k, l->n, l->p);
}

static double below(const Law *l, double k) { // P(X <= k)
  if (k < 0) return 0;
  if (l->poisson) return l->mean == 0 ? 1 : dist_gamma(l->mean, k + 1, DIST_UPPER);
  return k >= l->n ? 1 : dist_beta(l->p, k + 1, l->n - k, DIST_UPPER);
}

static double above(const Law *l, double k) { // P(X >= k)
  if (k <= 0) return 1;
  if (l->poisson) return dist_gamma(l->mean, k, DIST_LOWER);
  return k > l->n ? 0 : dist_beta(l->p, k, l->n - k + 1, DIST_LOWER);
}

static double two_sided(const Law *l, double x) {
  if (x == l->mean) return 1;
  if (l->mean == 0 || (!l->poisson && l->p == 1)) return 0;
  double d = chance(l, x) * (1 + 1e-7);
  bool low = x < l->mean;
  double lo = low ? ceil(l->mean) - 1 : floor(l->mean) + 1, hi = low ? l->n + 1 : -1;
  if (low && l->poisson)
    for (hi = ceil(2 * l->mean - x) + 1; chance(l, hi) > d;) hi *= 2;
  while (fabs(hi - lo) > 1) { // lo: more likely, or this side of the mean; hi: not
    double k = lo + trunc((hi - lo) / 2);
    if (chance(l, k) <= d) hi = k;
    else lo = k;
  }
  return fmin(1, low ? below(l, x) + above(l, hi) : above(l, x) + below(l, hi));
}

static double p_of(const Law *l, double x, Alternative alternative) {
  if (alternative == TWO_SIDED) return two_sided(l, x);
  return alternative == LESS ? below(l, x) : above(l, x);
}

Exact exact_binomial(double x, double n, double p, Alternative alternative, double conf) {
  Law l = {.n = n, .p = p, .mean = n * p};
  Exact e = {p_of(&l, x, alternative), 0, 1};
  double tail = alternative == TWO_SIDED ? (1 - conf) / 2 : 1 - conf;
  if (alternative != LESS && x > 0) e.low = dist_beta_quantile(tail, x, n - x + 1, DIST_LOWER);
  if (alternative != GREATER && x < n) e.high = dist_beta_quantile(tail, x + 1, n - x, DIST_UPPER);
  return e;
}

Exact exact_poisson(double x, double mean, Alternative alternative, double conf) {
  Law l = {.mean = mean, .poisson = true};
  Exact e = {p_of(&l, x, alternative), 0, INFINITY};
  double tail = alternative == TWO_SIDED ? (1 - conf) / 2 : 1 - conf;
  if (alternative != LESS && x > 0) e.low = dist_gamma_quantile(tail, x, DIST_LOWER);
  if (alternative != GREATER) e.high = dist_gamma_quantile(tail, x + 1, DIST_UPPER);
  return e;
}
