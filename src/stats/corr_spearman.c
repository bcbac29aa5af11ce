// Spearman's correlations: Pearson's of average ranks. Twice a rank less n + 1 is a whole number, so columns are
// centred with no rounding at all. Columns that use the same rows share their ranks and go through cross_products. A
// pair with rows of its own is ranked anew by walking the two orders, and its sums are exact in 128 bits.
#include "stats/corr_rank.h"

#include "base/simd.h"

#include <math.h>
#include <stdlib.h>

typedef __int128 Whole;

typedef struct Spearman {
  const CorrIn *s;
  RankedIn in;
  CorrPair *pair;
  double *gram;
} Spearman;

// ---- columns that share their rows --------------------------------------------------------------------------------
CLONES static void centre_ranks(const uint32_t *rank, int64_t n, uint32_t middle, double *out) {
  for (int64_t i = 0; i < n; i++) out[i] = (double)(int32_t)(rank[i] - middle);
}

static void fill_slice(const void *ctx, int64_t row, int64_t rows, double *left, double *right) {
  const Spearman *q = ctx;
  (void)right;
  for (int64_t j = 0; j < q->s->p; j++) {
    double *out = left + j * CROSS_ROWS;
    const Ranked *c = &q->in.col[j];
    centre_ranks(c->rank + row, rows, (uint32_t)(c->m + 1), out);
    for (int64_t i = 0; q->s->valid[j] && i < rows; i++)
      if (!corr_has(q->s->valid[j], row + i)) out[i] = 0;
  }
}

static bool shares_rows(const void *ctx, int64_t i, int64_t j) {
  const Spearman *q = ctx;
  return q->s->complete || i == j || (!q->s->valid[i] && !q->s->valid[j]);
}

static void put(Spearman *q, int64_t i, int64_t j, int64_t n, double xx, double yy, double xy) {
  CorrPair out = {.n = n, .r = NAN, .defined = n >= 2 && xx > 0 && yy > 0};
  if (out.defined) out.r = i == j ? 1 : corr_ratio(xx, yy, xy);
  if (out.defined && ranked_nan(&q->in, i, j)) out.r = NAN;
  q->pair[i * q->s->p + j] = q->pair[j * q->s->p + i] = out;
}

static ErrCode shared_pairs(Spearman *q, Err *err) {
  int64_t p = q->s->p;
  q->gram = calloc((size_t)(p * p), sizeof *q->gram);
  if (!q->gram) abort();
  TRY(cross_products(q->s->job, &(Cross){q->s->n, p, 0, 0, fill_slice, q}, q->gram, NULL, err));
  for (int64_t i = 0; i < p; i++)
    for (int64_t j = 0; j <= i; j++)
      if (shares_rows(q, i, j))
        put(q, i, j, q->in.col[i].m, q->gram[i * p + i], q->gram[j * p + j], q->gram[i * p + j]);
  return OK;
}

// ---- pairs with rows of their own ---------------------------------------------------------------------------------
// The rows of a column's order that the other has too.
static int64_t common(const Ranked *c, const uint64_t *other, uint32_t *row) {
  int64_t k = 0;
  for (int64_t i = 0; i < c->m; i++) {
    row[k] = c->order[i];
    k += corr_has(other, c->order[i]);
  }
  return k;
}

typedef struct RankSums {
  Whole squares, products;
} RankSums;

// Walks the runs of equal values of row[0..n): their doubled ranks less n + 1 go to rank[row] or, with `to` NULL, into
// the products with what stands there.
static RankSums walk(const Ranked *c, const uint32_t *row, int64_t n, int64_t *to, const int64_t *with) {
  RankSums sums = {0, 0};
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && c->rank[row[j]] == c->rank[row[i]];) j++;
    int64_t d = i + j - n, products = 0;
    for (int64_t k = i; k < j; k++) {
      if (to) to[row[k]] = d;
      else products += with[row[k]];
    }
    sums.squares += (Whole)d * d * (j - i);
    sums.products += (Whole)d * products;
  }
  return sums;
}

static void own_pair(void *ctx, int64_t i, int64_t j, uint32_t *scratch) {
  Spearman *q = ctx;
  uint32_t *row = scratch + 2 * q->s->n;
  int64_t *rank = (int64_t *)scratch, n = common(&q->in.col[i], q->s->valid[j], row);
  RankSums x = walk(&q->in.col[i], row, n, rank, NULL);
  common(&q->in.col[j], q->s->valid[i], row);
  RankSums y = walk(&q->in.col[j], row, n, NULL, rank);
  put(q, i, j, n, (double)x.squares, (double)y.squares, (double)y.products);
}

ErrCode corr_spearman(const CorrIn *s, CorrPair *pair, Err *err) {
  Spearman q = {.s = s, .pair = pair};
  bool gaps = false;
  for (int64_t j = 0; j < s->p; j++) gaps = gaps || s->valid[j];
  ErrCode code = ranked_in(s, true, gaps && !s->complete, &q.in, err);
  if (code == OK) code = shared_pairs(&q, err);
  if (code == OK) code = ranked_pairs(s, (s->n * 3 + 4) / 2 * 2, shares_rows, own_pair, &q, err);
  ranked_fini(&q.in);
  free(q.gram);
  return code;
}
