// Histograms: sums of gradients by bin. The rows of a node lie together in each block, their pairs beside them in the
// same order, so one pass reads both in order and looks up one byte a row in each of two columns of the block, which
// stay in the first caches while every node of the level takes its rows from them. The larger child is the parent less
// the smaller: exact, the sums being whole numbers.
// Where many rows fall into one bin, each addition waits for the one before it; four tables in turn take that away.
#include "model/boost_int.h"

#include <string.h>

enum { COPIES = 4, MANY = 4096 };

#define ALWAYS static inline __attribute__((always_inline))

ALWAYS void add_rows(const uint8_t *restrict code, const uint16_t *restrict row, const Pair *restrict gh, int64_t n,
                     Pair *restrict hist, int64_t step, bool dense) {
  int64_t i = 0;
  for (; i + 4 <= n; i += 4) {
    int64_t a = code[dense ? i : row[i]], b = code[dense ? i + 1 : row[i + 1]];
    int64_t c = code[dense ? i + 2 : row[i + 2]], d = code[dense ? i + 3 : row[i + 3]];
    hist[a] += gh[i];
    hist[b + step] += gh[i + 1];
    hist[c + 2 * step] += gh[i + 2];
    hist[d + 3 * step] += gh[i + 3];
  }
  for (; i < n; i++) hist[code[dense ? i : row[i]]] += gh[i];
}

// Two columns at once: what is read of a row serves both.
ALWAYS void add_rows_twice(const uint8_t *restrict a, const uint8_t *restrict b, const uint16_t *restrict row,
                           const Pair *restrict gh, int64_t n, Pair *restrict hist_a, Pair *restrict hist_b,
                           bool dense) {
  int64_t i = 0;
  for (; i + 2 <= n; i += 2) {
    int64_t r = dense ? i : row[i], s = dense ? i + 1 : row[i + 1];
    int64_t ar = a[r], br = b[r], as = a[s], bs = b[s];
    Pair v = gh[i], w = gh[i + 1];
    hist_a[ar] += v, hist_b[br] += v;
    hist_a[as] += w, hist_b[bs] += w;
  }
  for (; i < n; i++) hist_a[a[dense ? i : row[i]]] += gh[i], hist_b[b[dense ? i : row[i]]] += gh[i];
}

static void add_tables(const uint8_t *code, const uint16_t *row, const Pair *gh, int64_t n, Pair *hist, int32_t nbin) {
  Pair copy[COPIES * BINS_MOST];
  memset(copy, 0, sizeof copy);
  if (row) add_rows(code, row, gh, n, copy, BINS_MOST, false);
  else add_rows(code, row, gh, n, copy, BINS_MOST, true);
  for (int32_t k = 0; k < nbin; k++)
    hist[k] += copy[k] + copy[k + BINS_MOST] + copy[k + 2 * BINS_MOST] + copy[k + 3 * BINS_MOST];
}

// Rows of a root lie in their own order.
static void add_node(const Grow *g, const int32_t *column, int64_t n, int64_t block, int32_t node, bool root) {
  const Segment *s = grow_segment(g, node, block);
  int64_t at = block * g->bins->block + s->begin;
  const uint16_t *row = root ? NULL : g->row + at;
  const Pair *gh = g->gh + at;
  for (int64_t k = 0; k < n; k++) {
    int32_t j = column[k];
    const BinColumn *c = &g->bins->column[j];
    const uint8_t *code = bins_codes(g->bins, block, j);
    Pair *hist = grow_hist(g, j, g->node[node].slot);
    if (c->skewed && s->n >= MANY) {
      add_tables(code, row, gh, s->n, hist, c->nbin);
    } else if (k + 1 < n && !g->bins->column[column[k + 1]].skewed) {
      int32_t l = column[++k];
      const uint8_t *other = bins_codes(g->bins, block, l);
      Pair *hist2 = grow_hist(g, l, g->node[node].slot);
      if (row) add_rows_twice(code, other, row, gh, s->n, hist, hist2, false);
      else add_rows_twice(code, other, row, gh, s->n, hist, hist2, true);
    } else if (row) {
      add_rows(code, row, gh, s->n, hist, 0, false);
    } else {
      add_rows(code, row, gh, s->n, hist, 0, true);
    }
  }
}

static void subtract(const Grow *g, int32_t j, const HistPair *pair) {
  const Pair *small = grow_hist(g, j, g->node[pair->small].slot);
  Pair *large = grow_hist(g, j, g->node[pair->large].slot); // the parent's until now
  for (int32_t b = 0; b < g->bins->column[j].nbin; b++) large[b] -= small[b];
}

void hist_build(const Grow *g, const int32_t *column, int64_t ncolumn, const HistPair *pair, int64_t n) {
  for (int64_t c = 0; c < ncolumn; c++)
    for (int64_t k = 0; k < n; k++)
      memset(grow_hist(g, column[c], g->node[pair[k].small].slot), 0,
             (size_t)g->bins->column[column[c]].nbin * sizeof(Pair));
  for (int64_t block = 0; block < g->bins->nblock; block++)
    for (int64_t k = 0; k < n; k++) add_node(g, column, ncolumn, block, pair[k].small, pair[k].large < 0);
  for (int64_t c = 0; c < ncolumn; c++)
    for (int64_t k = 0; k < n; k++)
      if (pair[k].large >= 0) subtract(g, column[c], &pair[k]);
}
