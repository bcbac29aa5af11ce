// Histograms: sums of gradients by bin. The rows of a node lie together in each block, their pairs beside them in the
// same order, so one pass reads both in order and looks up one byte a row in a column of the block, which stays in the
// first caches while every node of the level takes its rows from it. The larger child is the parent less the smaller:
// exact, the sums being whole numbers.
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

static void add_one_table(const uint8_t *code, const uint16_t *row, const Pair *gh, int64_t n, Pair *hist) {
  if (row) add_rows(code, row, gh, n, hist, 0, false);
  else add_rows(code, row, gh, n, hist, 0, true);
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
static void add_node(const Grow *g, int64_t j, int64_t block, int32_t node, bool root) {
  const BinColumn *c = &g->bins->column[j];
  const Segment *s = grow_segment(g, node, block);
  int64_t at = block * g->bins->block + s->begin;
  const uint8_t *code = bins_codes(g->bins, block, j);
  const uint16_t *row = root ? NULL : g->row + at;
  Pair *hist = grow_hist(g, j, g->node[node].slot);
  if (c->skewed && s->n >= MANY) add_tables(code, row, g->gh + at, s->n, hist, c->nbin);
  else add_one_table(code, row, g->gh + at, s->n, hist);
}

void hist_build(const Grow *g, int64_t j, const HistPair *pair, int64_t n) {
  int32_t nbin = g->bins->column[j].nbin;
  for (int64_t k = 0; k < n; k++) memset(grow_hist(g, j, g->node[pair[k].small].slot), 0, (size_t)nbin * sizeof(Pair));
  for (int64_t block = 0; block < g->bins->nblock; block++)
    for (int64_t k = 0; k < n; k++) add_node(g, j, block, pair[k].small, pair[k].large < 0);
  for (int64_t k = 0; k < n; k++) {
    if (pair[k].large < 0) continue;
    const Pair *small = grow_hist(g, j, g->node[pair[k].small].slot);
    Pair *large = grow_hist(g, j, g->node[pair[k].large].slot); // the parent's until now
    for (int32_t b = 0; b < nbin; b++) large[b] -= small[b];
  }
}
