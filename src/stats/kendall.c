// Kendall's tau-b in O(n log n): with the rows sorted by y, ties by x, and each numbered by its place in the order by
// x, ties by y, the discordant pairs are the inversions of those numbers (Knight 1966; the count is order_inversions').
// Both orders come from the columns' own orders by placing, with no sort a pair. Ties are counted in 128 bits.
//
// p: the normal approximation with the variance under ties (Kendall 1970; as cor.test(exact = FALSE) of R), and for
// fewer than 50 rows with no ties the exact distribution, as cor.test.
#include "stats/rank_corr_int.h"

#include "num/num.h"
#include "stats/corr_int.h"

#include <math.h>
#include <string.h>

enum { EXACT = 50 };

// seen[l]: length of the run that begins at l.
static RankTies ties_of(const uint32_t *seen, int64_t n) {
  RankTies t = {0, 0, 0};
  for (int64_t l = 0; l < n; l++) {
    if (seen[l] < 2) continue;
    RankWhole k = seen[l], two = k * (k - 1);
    t.pairs += two / 2, t.triples += two * (k - 2), t.spread += two * (2 * k + 5);
  }
  return t;
}

static RankWhole tied_in_both(const uint32_t *row, const uint32_t *x, const uint32_t *y, int64_t n) {
  RankWhole sum = 0;
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && x[row[j]] == x[row[i]] && y[row[j]] == y[row[i]];) j++;
    sum += (RankWhole)(j - i) * (j - i - 1) / 2;
  }
  return sum;
}

KendallCounts kendall_self(const uint32_t *order, const uint32_t *x, int64_t n, bool ties, uint32_t *seen) {
  if (!ties) return (KendallCounts){.n = n};
  memset(seen, 0, (size_t)n * sizeof *seen);
  for (int64_t k = 0; k < n; k++) seen[x[order[k]]]++;
  RankTies t = ties_of(seen, n);
  return (KendallCounts){n, t, t, t.pairs, 0};
}

KendallCounts kendall_count(const uint32_t *order, const uint32_t *x, const uint32_t *y, int64_t n, bool ties,
                            uint32_t *room) {
  uint32_t *place = room, *seen = room + n, *by_y = room + 2 * n;
  KendallCounts c = {.n = n};
  for (int64_t k = 0; k < n && !ties; k++) place[k] = y[order[k]];
  if (ties) {
    memset(seen, 0, (size_t)n * sizeof *seen);
    for (int64_t k = 0; k < n; k++) by_y[y[order[k]] + seen[y[order[k]]]++] = order[k];
    c.y = ties_of(seen, n);
    memset(seen, 0, (size_t)n * sizeof *seen);
    for (int64_t k = 0; k < n; k++) place[k] = x[by_y[k]] + seen[x[by_y[k]]]++;
    c.x = ties_of(seen, n);
    c.both = tied_in_both(by_y, x, y, n);
  }
  c.discordant = (RankWhole)order_inversions(place, seen, n);
  return c;
}

double kendall_tau(const KendallCounts *c) {
  RankWhole all = (RankWhole)c->n * (c->n - 1) / 2, x = all - c->x.pairs, y = all - c->y.pairs;
  return x > 0 && y > 0
             ? corr_ratio((double)x, (double)y, (double)(all - c->x.pairs - c->y.pairs + c->both - 2 * c->discordant))
             : NAN;
}

// ---- inference ----------------------------------------------------------------------------------------------------
// Probability of at most k inversions in a random permutation of n < EXACT, 4 k <= n (n - 1).
static double few_inversions(int64_t n, int64_t k) {
  double p[EXACT * EXACT / 4 + 1] = {1}, next[EXACT * EXACT / 4 + 1], sum = 0;
  for (int64_t m = 2; m <= n; m++) {
    for (int64_t i = 0; i <= k; i++) {
      next[i] = 0;
      for (int64_t j = i - m + 1 > 0 ? i - m + 1 : 0; j <= i; j++) next[i] += p[j];
      next[i] /= (double)m;
    }
    memcpy(p, next, (size_t)(k + 1) * sizeof *p);
  }
  for (int64_t i = 0; i <= k; i++) sum += p[i];
  return fmin(1, sum);
}

// P(T <= k) of the inversions, or as many pairs in order: both halves of the distribution mirror each other.
static double at_most(int64_t n, int64_t k) {
  int64_t all = n * (n - 1) / 2;
  if (k < 0) return 0;
  return 2 * k <= all ? few_inversions(n, k) : k >= all ? 1 : 1 - few_inversions(n, all - k - 1);
}

static void fill_sides(RankTest *t, double lower, double upper) {
  t->p[TWO_SIDED] = fmin(1, 2 * fmin(lower, upper)), t->p[LESS] = lower, t->p[GREATER] = upper;
}

RankTest kendall_test(const KendallCounts *c) {
  RankWhole all = (RankWhole)c->n * (c->n - 1) / 2;
  RankTest t = {.method = "exact"};
  if (c->n < EXACT && !c->x.pairs && !c->y.pairs) {
    int64_t against = (int64_t)c->discordant, concordant = (int64_t)all - against;
    t.statistic = (double)concordant;
    fill_sides(&t, at_most(c->n, concordant), at_most(c->n, against));
    return t;
  }
  double n = (double)c->n, score = (double)(all - c->x.pairs - c->y.pairs + c->both - 2 * c->discordant);
  double spread = n * (n - 1) * (2 * n + 5) - (double)c->x.spread - (double)c->y.spread;
  double v1 = 4 * (double)c->x.pairs * (double)c->y.pairs / (2 * n * (n - 1));
  double v2 = (double)c->x.triples * (double)c->y.triples / (9 * n * (n - 1) * (n - 2));
  t.method = "normal", t.statistic = score / sqrt(spread / 18 + v1 + (c->n > 2 ? v2 : 0));
  fill_sides(&t, dist_norm(t.statistic, DIST_LOWER), dist_norm(t.statistic, DIST_UPPER));
  return t;
}
