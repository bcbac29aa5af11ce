// From rows to leaves of large trees, of more nodes than a cache holds as they are stored: a copy has a quarter of the
// bytes, eight rows walk abreast, since each step waits for its node, and a block of rows goes through a tree after
// the other. A leaf asks what sends every row back to it, so a step has no branch; the walk ends when all eight stay.
// Leaves add up in the order of the trees, as in the plain walk (trees_predict.c): the same bits.
#include "model/trees_deep_int.h"

#include "base/pool.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

// Many rows find the nodes of a tree that others brought near; theirs must fit beside it.
enum { ABREAST = 8, BLOCK = 8192, BLOCK_MIN = 64, BLOCK_BYTES = 1 << 21 };
#define ASKS_MISSING_LEFT (1u << 31)
#define ASKS_WORDS (1u << 30)
#define ASKS_BEYOND_LEFT (1u << 29)
#define ASKS_FEATURE (ASKS_BEYOND_LEFT - 1)

void deep_fill(const TreeNode *node, int64_t n, bool single, DeepNode *out, bool *words) {
  *words = false;
  for (int64_t i = 0; i < n; i++) {
    const TreeNode *t = &node[i];
    if (t->feature == NODE_LEAF) {
      out[i] = (DeepNode){.cut = NAN, .left = (int32_t)i, .asks = ASKS_MISSING_LEFT};
      continue;
    }
    out[i] = (DeepNode){.cut = single ? (double)(float)t->cut : t->cut, .left = t->left, .asks = (uint32_t)t->feature};
    if (t->flags & NODE_MISSING_LEFT) out[i].asks |= ASKS_MISSING_LEFT;
    if (!(t->flags & NODE_WORDS)) continue;
    out[i].set = t->set, out[i].asks |= ASKS_WORDS, *words = true;
    if (t->flags & NODE_BEYOND_LEFT) out[i].asks |= ASKS_BEYOND_LEFT;
  }
}

int64_t deep_block(int64_t p) {
  int64_t n = BLOCK_BYTES / (8 * (p + 1));
  return n < BLOCK_MIN ? BLOCK_MIN : n < BLOCK ? n : BLOCK;
}

void deep_read(const Features *x, int64_t begin, int64_t n, bool single, double *row, double *scratch) {
  for (int64_t j = 0; j < x->p; j++) {
    features_read(x, j, begin, begin + n, scratch);
    for (int64_t i = 0; i < n; i++) row[i * x->p + j] = single ? (double)(float)scratch[i] : scratch[i];
  }
}

// ---- steps --------------------------------------------------------------------------------------------------------
static int32_t step_word(const DeepTree *t, const DeepNode *n, double x) {
  uint32_t left;
  if (x != x || x < 0) left = n->asks & ASKS_MISSING_LEFT;
  else if (x >= (double)t->levels[n->asks & ASKS_FEATURE]) left = n->asks & ASKS_BEYOND_LEFT;
  else left = t->set[n->set + ((int64_t)x >> 6)] >> ((int64_t)x & 63) & 1;
  return n->left + !left;
}

static inline int32_t step(const DeepNode *n, double x) {
  return n->left + (int32_t)((x >= n->cut) | ((x != x) & !(n->asks >> 31)));
}

static inline void walk_numbers(const DeepNode *node, const double *const *row, int32_t *at) {
  for (int32_t moved = 1; moved;) {
    moved = 0;
    for (int k = 0; k < ABREAST; k++) {
      const DeepNode *n = &node[at[k]];
      int32_t next = step(n, row[k][n->asks & ASKS_FEATURE]);
      moved |= next ^ at[k], at[k] = next;
    }
  }
}

static void walk_words(const DeepTree *t, const double *const *row, int32_t *at) {
  for (int32_t moved = 1; moved;) {
    moved = 0;
    for (int k = 0; k < ABREAST; k++) {
      const DeepNode *n = &t->node[at[k]];
      double x = row[k][n->asks & ASKS_FEATURE];
      int32_t next = n->asks & ASKS_WORDS ? step_word(t, n, x) : step(n, x);
      moved |= next ^ at[k], at[k] = next;
    }
  }
}

void deep_leaves(const DeepTree *t, const double *row, int64_t p, const int32_t *which, int64_t n, int32_t *leaf) {
  for (int64_t i = 0; i < n; i += ABREAST) {
    const double *of[ABREAST];
    int32_t at[ABREAST] = {0};
    for (int64_t k = 0; k < ABREAST; k++) { // what is lacking in the end walks with the last
      int64_t q = i + k < n ? i + k : n - 1;
      of[k] = row + (which ? which[q] : q) * p;
    }
    if (t->words) walk_words(t, of, at);
    else walk_numbers(t->node, of, at);
    memcpy(leaf + i, at, (size_t)(n - i < ABREAST ? n - i : ABREAST) * sizeof *leaf);
  }
}

// ---- all trees ----------------------------------------------------------------------------------------------------
typedef struct Deep {
  const Trees *trees;
  const Features *x;
  int64_t first, last;
  DeepNode *node;
  DeepTree *tree;
  double *out;      // n x noutput
  atomic_bool failed;
} Deep;

typedef struct Desk { // of a thread
  int64_t rows;                // of a block
  double *row, *scratch, *sum; // rows x p, rows, noutput x rows
  int32_t *leaf;
} Desk;

static void add_leaves(const Trees *t, int64_t k, const Desk *desk, int64_t n) {
  const double *value = t->value + t->root[k] * t->width;
  for (int64_t j = 0; j < t->width; j++) {
    double *sum = desk->sum + (t->output[k] + j) * desk->rows;
    for (int64_t i = 0; i < n; i++) sum[i] += value[desk->leaf[i] * t->width + j];
  }
}

static void run_block(const Deep *d, int64_t begin, int64_t n, const Desk *desk) {
  const Trees *t = d->trees;
  deep_read(d->x, begin, n, t->single, desk->row, desk->scratch);
  for (int64_t j = 0; j < t->noutput; j++)
    for (int64_t i = 0; i < n; i++) desk->sum[j * desk->rows + i] = t->base[j];
  for (int64_t k = d->first; k < d->last; k++) {
    deep_leaves(&d->tree[k - d->first], desk->row, d->x->p, NULL, n, desk->leaf);
    add_leaves(t, k, desk, n);
  }
  for (int64_t j = 0; j < t->noutput; j++)
    memcpy(d->out + j * d->x->n + begin, desk->sum + j * desk->rows, (size_t)n * sizeof *desk->sum);
}

static void run_piece(void *ctx, int64_t begin, int64_t end) {
  Deep *d = ctx;
  int64_t p = d->x->p, rows = deep_block(p);
  double *block = mem_new((size_t)((p + 2 + d->trees->noutput) * rows) * sizeof *block);
  if (!block) {
    d->failed = true;
    return;
  }
  Desk desk = {.rows = rows, .row = block, .scratch = block + p * rows, .sum = block + (p + 1) * rows};
  desk.leaf = (int32_t *)(void *)(desk.sum + d->trees->noutput * rows);
  for (int64_t at = begin; at < end; at += rows) run_block(d, at, end - at < rows ? end - at : rows, &desk);
  mem_free(block);
}

static void fill_trees(void *ctx, int64_t begin, int64_t end) {
  Deep *d = ctx;
  const Trees *t = d->trees;
  for (int64_t k = begin; k < end; k++) {
    int64_t at = t->root[d->first + k], n = t->root[d->first + k + 1] - at;
    DeepNode *node = d->node + at - t->root[d->first];
    d->tree[k] = (DeepTree){.node = node, .set = t->set, .levels = t->levels};
    deep_fill(t->node + at, n, t->single, node, &d->tree[k].words);
  }
}

ErrCode trees_deep(Job *job, const Trees *t, const Features *x, int64_t first, int64_t last, double *out, Err *err) {
  Deep d = {.trees = t, .x = x, .first = first, .last = last, .out = out};
  int64_t nodes = t->root[last] - t->root[first];
  size_t size = (size_t)nodes * sizeof *d.node + (size_t)(last - first) * sizeof *d.tree;
  TRY(job_need(job, (int64_t)size, "trees made ready for many rows", err));
  d.node = mem_new(size);
  if (!d.node) return err_set(err, ERR_MEMORY, "no memory for %lld nodes made ready", (long long)nodes);
  d.tree = (DeepTree *)(void *)(d.node + nodes);
  par_for(job, last - first, 1, fill_trees, &d);
  par_for(job, x->n, deep_block(x->p), run_piece, &d);
  mem_free(d.node);
  return d.failed ? err_set(err, ERR_MEMORY, "no memory for a piece of %lld columns", (long long)x->p) : OK;
}
