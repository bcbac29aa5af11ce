// From the distribution of a rank statistic to p values and intervals.
//
// A statistic that counts pairs (differences or averages) above a shift falls by one as the shift passes each sorted
// pair. So an interval of the shift ends at the pairs where the count passes a quantile of the distribution, exact or
// normal; with continuity correction the quantile lies half a pair further out, as in wilcox.test of R.
#include "stats/ranks_int.h"

#include <math.h>

double rank_exact_p(const double *below, int64_t last, int64_t statistic, int alternative) {
  double less = below[statistic], greater = below[last - statistic];
  if (alternative == TWO_SIDED) return fmin(1, 2 * fmin(less, greater));
  return alternative == LESS ? less : greater;
}

double rank_normal_p(double z, int alternative, double correction, double sigma) {
  double side = alternative == TWO_SIDED ? (z > 0) - (z < 0) : alternative == GREATER ? 1 : -1;
  z = (z - side * correction) / sigma;
  if (alternative == TWO_SIDED) return fmin(1, 2 * fmin(dist_norm(z, DIST_LOWER), dist_norm(z, DIST_UPPER)));
  return dist_norm(z, alternative == LESS ? DIST_LOWER : DIST_UPPER);
}

PlaceRange rank_exact_range(const double *below, int64_t last, double level) {
  int64_t k = exact_quantile(below, last, level);
  if (k == 0) k = 1;
  return (PlaceRange){k - 1, last - k};
}

// Where the count passes all / 2 + reach.
static int64_t crossing(double all, double reach) {
  double k = ceil(all / 2 - reach);
  return k < 1 ? 0 : k > all ? (int64_t)all - 1 : (int64_t)k - 1;
}

PlaceRange rank_normal_range(double all, double level, double correction, double sigma) {
  double reach = correction - dist_norm_quantile(level) * sigma;
  return (PlaceRange){crossing(all, reach), crossing(all, -reach)};
}

void rank_biserial(Test *t, double r, double se, double conf) {
  double z = -dist_norm_quantile((1 - conf) / 2) * se;
  double at = (fmath_log1p(r) - fmath_log1p(-r)) / 2; // the inverse of tanh
  result_effect(t, "rank_biserial", r, fmath_tanh(at - z), fmath_tanh(at + z));
}

double rank_ties(const double *x, int64_t n, int64_t *tied) {
  double sum = 0;
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && x[j] == x[i];) j++;
    double run = (double)(j - i);
    sum += run * run * run - run;
    if (tied && j - i > 1) *tied += j - i;
  }
  return sum;
}
