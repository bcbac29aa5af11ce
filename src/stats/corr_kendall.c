// Kendall's correlations: what kendall.c counts on the orders of the columns, which all pairs of a column share.
#include "stats/corr_rank.h"
#include "stats/rank_corr_int.h"

#include <math.h>
#include <stdlib.h>

enum { PARTS = 6 };

typedef struct Kendall {
  const CorrIn *s;
  RankedIn in;
  CorrPair *pair;
} Kendall;

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

static CorrPair tau_b(const KendallCounts *c) {
  CorrPair out = {.n = c->n, .r = kendall_tau(c), .p = NAN};
  out.defined = !isnan(out.r);
  if (out.defined) out.p = kendall_test(c).p[TWO_SIDED];
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
  KendallCounts c = i == j ? kendall_self(order, x, n, ties, scratch) : kendall_count(order, x, y, n, ties, scratch);
  CorrPair out = tau_b(&c);
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
