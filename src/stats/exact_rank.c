// Exact distributions of rank statistics without ties.
//
// U: the number of ways in which m values among m + n have the statistic u obeys f(m, n, u) = f(m - 1, n, u - n) +
// f(m, n - 1, u), by whether the largest value is one of the m. V: each rank is in or out, f(n, v) = f(n - 1, v) +
// f(n - 1, v - n). Counts are doubles; only positive terms are added, so relative errors stay at about n roundings.
// Reference: Mann and Whitney 1947; Wilcoxon 1945.
#include "stats/exact_int.h"

#include <string.h>

static void accumulate(double *p, int64_t last) {
  double sum = 0;
  for (int64_t i = 0; i <= last; i++) p[i] = sum += p[i];
  for (int64_t i = 0; i <= last; i++) p[i] /= sum;
}

double *exact_u(Arena *a, int64_t m, int64_t n) {
  int64_t last = m * n;
  double *ways = arena_array(a, double, (m + 1) * (last + 1)); // ways[i]: i of the one sample, j of the other
  for (int64_t i = 0; i <= m; i++) ways[i * (last + 1)] = 1;
  for (int64_t j = 1; j <= n; j++)
    for (int64_t i = 1; i <= m; i++) {
      double *to = ways + i * (last + 1);
      const double *from = to - (last + 1);
      for (int64_t u = j; u <= i * j; u++) to[u] += from[u - j];
    }
  double *p = ways + m * (last + 1);
  accumulate(p, last);
  return p;
}

double *exact_v(Arena *a, int64_t n) {
  int64_t last = n * (n + 1) / 2;
  double *p = arena_array(a, double, last + 1);
  p[0] = 1;
  for (int64_t i = 1, top = 1; i <= n; top += ++i)
    for (int64_t v = top; v >= i; v--) p[v] += p[v - i];
  accumulate(p, last);
  return p;
}

int64_t exact_quantile(const double *p, int64_t last, double level) {
  int64_t k = 0;
  double fuzz = level * (1 - 1e-14); // of sums that reach the level but for a rounding
  while (k < last && p[k] < fuzz) k++;
  return k;
}
