// The distribution of Spearman's S, the sum of squared differences of two rankings without ties, and rho with it.
//
// Up to 9 rows it is counted: over the sets of ranks that the first i rows can have taken, the ways to reach each S.
// Above, Edgeworth's series in 1 / n about the normal distribution, with the coefficients of Best and Roberts, Applied
// Statistics 24 (1975), algorithm AS 89; S takes even values, so x stands half a step below. Equal to cor.test of R
// 4.2.2, whose two-sided p is twice the tail on the side of S.
#include "stats/rank_corr_int.h"

#include "num/num.h"

#include <math.h>

enum { SETS = 1 << SPEARMAN_EXACT, SUMS = SPEARMAN_EXACT * (SPEARMAN_EXACT * SPEARMAN_EXACT - 1) / 3 + 1 };

// P(S <= s) for n <= SPEARMAN_EXACT.
static double counted(int64_t n, int64_t s) {
  Arena a;
  arena_init(&a);
  double *ways = arena_array(&a, double, SETS *SUMS), below = 0, all = 0;
  ways[0] = 1;
  for (int64_t set = 0; set < (int64_t)1 << n; set++) {
    int64_t i = __builtin_popcountll((unsigned long long)set);
    for (int64_t j = 0; j < n; j++) {
      if (set >> j & 1) continue;
      double *to = ways + (set | (int64_t)1 << j) * SUMS + (i - j) * (i - j), *from = ways + set * SUMS;
      for (int64_t k = 0; k + (i - j) * (i - j) < SUMS; k++) to[k] += from[k];
    }
  }
  const double *of = ways + (((int64_t)1 << n) - 1) * SUMS;
  for (int64_t k = 0; k < SUMS; k++) all += of[k], below += k <= s ? of[k] : 0; // whole numbers: exact
  arena_fini(&a);
  return below / all;
}

// P(S < s) and P(S >= s), s even.
static void series(double n, double s, double *below, double *above) {
  static const double c[] = {0.2274, 0.2531, 0.1745, 0.0758, 0.1033, 0.3932,
                             0.0879, 0.0151, 0.0072, 0.0831, 0.0131, 4.6e-4};
  double b = 1 / n, x = (6 * (s - 1) / (n * (n * n - 1)) - 1) * sqrt(n - 1), y = x * x;
  double inner = c[8] - c[9] * b + y * b * (c[10] - c[11] * y);
  double u =
      x * b *
      (c[0] + b * (c[1] + c[2] * b) + y * (-c[3] + b * (c[4] + c[5] * b) - y * b * (c[6] + c[7] * b - y * inner)));
  u *= fmath_exp(-y / 2);
  *below = fmin(1, fmax(0, dist_norm(x, DIST_LOWER) - u));
  *above = fmin(1, fmax(0, dist_norm(x, DIST_UPPER) + u));
}

RankTest spearman_test(double r, int64_t n) {
  double size = (double)n, most = size * (size * size - 1) / 3, s = 2 * rint(most * (1 - r) / 4), upto, from, other;
  RankTest t = {.method = n <= SPEARMAN_EXACT ? "exact" : "edgeworth", .statistic = s};
  if (n <= SPEARMAN_EXACT) {
    upto = counted(n, (int64_t)s), from = s <= 0 ? 1 : 1 - counted(n, (int64_t)s - 1);
    if (2 * s > most) from = counted(n, (int64_t)(most - s)); // the mirror keeps its digits
  } else {
    series(size, s + 2, &upto, &other);
    series(size, s, &other, &from);
    if (s >= most) upto = 1;
    if (s <= 0) from = 1;
  }
  t.p[GREATER] = upto, t.p[LESS] = from;
  t.p[TWO_SIDED] = fmin(1, 2 * (2 * s > most ? from : upto));
  return t;
}
