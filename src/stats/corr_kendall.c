// Kendall's tau-b in O(n log n): with the rows sorted by y, ties by x, and each numbered by its place in the order by
// x, ties by y, the discordant pairs are the inversions of those numbers (Knight 1966; the count is order_inversions').
// Both orders come from the columns' own orders by placing, with no sort a pair. Ties are counted in 128 bits.
//
// p: the normal approximation with the variance under ties (Kendall 1970; as cor.test(exact = FALSE) of R), and for
// fewer than 50 rows with no ties the exact distribution, as cor.test.
#include "stats/corr_rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef __int128 Whole;
enum { EXACT = 50, PARTS = 6 };

typedef struct Kendall {
  const CorrIn *s;
  RankedIn in;
  CorrPair *pair;
} Kendall;

typedef struct Ties { // sums over runs of t equal values
  Whole pairs;        // t (t - 1) / 2
  Whole triples;      // t (t - 1) (t - 2)
  Whole spread;       // t (t - 1) (2 t + 5)
} Ties;

typedef struct Counts {
  int64_t n;
  Ties x, y;
  Whole both, discordant; // pairs tied in both; pairs in opposite order
} Counts;

static bool shares_rows(const CorrIn *s, int64_t i, int64_t j) {
  return s->complete || i == j || (!s->valid[i] && !s->valid[j]);
}

// The rows of c that `other` has too, in order, and where their runs begin; says how many rows.
static int64_t subset(const Ranked *c, const uint64_t *other, uint32_t *row, uint32_t *low) {
  int64_t k = 0, first = 0;
  for (int64_t i = 0; i < c->m; i++) {
    uint32_t at = c->order[i];
    if (!corr_has(other, at)) continue;
    if (k && c->rank[row[k - 1]] != c->rank[at]) first = k;
    row[k++] = at, low[at] = (uint32_t)first;
  }
  return k;
}

// seen[l]: length of the run that begins at l.
static Ties ties_of(const uint32_t *seen, int64_t n) {
  Ties t = {0, 0, 0};
  for (int64_t l = 0; l < n; l++) {
    if (seen[l] < 2) continue;
    Whole k = seen[l], two = k * (k - 1);
    t.pairs += two / 2, t.triples += two * (k - 2), t.spread += two * (2 * k + 5);
  }
  return t;
}

static Whole tied_in_both(const uint32_t *row, const uint32_t *x, const uint32_t *y, int64_t n) {
  Whole sum = 0;
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && x[row[j]] == x[row[i]] && y[row[j]] == y[row[i]];) j++;
    sum += (Whole)(j - i) * (j - i - 1) / 2;
  }
  return sum;
}

// A column with itself: x by row, where its run begins.
static Counts count_self(const uint32_t *order, const uint32_t *x, int64_t n, bool ties, uint32_t *seen) {
  if (!ties) return (Counts){.n = n};
  memset(seen, 0, (size_t)n * sizeof *seen);
  for (int64_t k = 0; k < n; k++) seen[x[order[k]]]++;
  Ties t = ties_of(seen, n);
  return (Counts){n, t, t, t.pairs, 0};
}

// Rows in the order of x; x and y: by row, where its run begins. room: 3 n.
static Counts count(const uint32_t *order, const uint32_t *x, const uint32_t *y, int64_t n, bool ties, uint32_t *room) {
  uint32_t *place = room, *seen = room + n, *by_y = room + 2 * n;
  Counts c = {.n = n};
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
  c.discordant = (Whole)order_inversions(place, seen, n);
  return c;
}

// ---- inference ----------------------------------------------------------------------------------------------------
// Probability of at most k inversions in a random permutation of n < EXACT, 4 k <= n (n - 1).
static double at_most(int64_t n, int64_t k) {
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
  return sum;
}

static double p_value(const Counts *c, Whole score, bool ties) {
  Whole all = (Whole)c->n * (c->n - 1) / 2;
  if (c->n < EXACT && !ties) {
    Whole fewer = c->discordant < all - c->discordant ? c->discordant : all - c->discordant;
    return fmin(1, 2 * at_most(c->n, (int64_t)fewer));
  }
  double n = (double)c->n;
  double spread = n * (n - 1) * (2 * n + 5) - (double)c->x.spread - (double)c->y.spread;
  double v1 = 4 * (double)c->x.pairs * (double)c->y.pairs / (2 * n * (n - 1));
  double v2 = (double)c->x.triples * (double)c->y.triples / (9 * n * (n - 1) * (n - 2));
  double var = spread / 18 + v1 + (c->n > 2 ? v2 : 0);
  return 2 * dist_norm(fabs((double)score) / sqrt(var), DIST_UPPER);
}

static CorrPair tau_b(const Counts *c, bool ties) {
  Whole all = (Whole)c->n * (c->n - 1) / 2, x = all - c->x.pairs, y = all - c->y.pairs;
  Whole score = all - c->x.pairs - c->y.pairs + c->both - 2 * c->discordant;
  CorrPair out = {.n = c->n, .r = NAN, .p = NAN, .defined = x > 0 && y > 0};
  if (!out.defined) return out;
  out.r = corr_ratio((double)x, (double)y, (double)score);
  out.p = p_value(c, score, ties);
  return out;
}

// ---- pairs --------------------------------------------------------------------------------------------------------
static void run_pair(void *ctx, int64_t i, int64_t j, uint32_t *scratch) {
  Kendall *q = ctx;
  const CorrIn *s = q->s;
  const Ranked *a = &q->in.col[i], *b = &q->in.col[j];
  const uint32_t *order = a->order, *x = a->rank, *y = b->rank;
  int64_t n = a->m;
  bool ties = a->ties || b->ties;
  if (!shares_rows(s, i, j)) {
    uint32_t *own_x = scratch + 3 * s->n, *own_y = own_x + s->n, *row = own_y + s->n;
    subset(b, s->valid[i], row, own_y);
    n = subset(a, s->valid[j], row, own_x);
    order = row, x = own_x, y = own_y;
    ties = false;
    for (int64_t k = 1; k < n && !ties; k++) ties = x[row[k]] == x[row[k - 1]];
    ties = ties || b->ties;
  }
  Counts c = i == j ? count_self(order, x, n, ties, scratch) : count(order, x, y, n, ties, scratch);
  CorrPair out = tau_b(&c, c.x.pairs || c.y.pairs);
  if (i == j && out.defined) out.r = 1;
  if (out.defined && ranked_nan(&q->in, i, j)) out.r = out.p = NAN;
  q->pair[i * s->p + j] = q->pair[j * s->p + i] = out;
}

ErrCode corr_kendall(const CorrIn *s, CorrPair *pair, Err *err) {
  Kendall q = {.s = s, .pair = pair};
  ErrCode code = ranked_in(s, false, true, &q.in, err);
  if (code == OK) code = ranked_pairs(s, PARTS * s->n, NULL, run_pair, &q, err);
  ranked_fini(&q.in);
  return code;
}
