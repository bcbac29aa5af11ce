// From rows to sums of leaves. A piece of rows is read as numbers, row after row, and every tree walks it: the way of
// few rows, and what those of many (trees_sweep.c, trees_deep.c) are held against.
#include "model/trees_int.h"

#include "base/pool.h"

#include <stdatomic.h>
#include <string.h>

// LARGE: nodes of a tree in the mean from which the byte rows of a sweep are too few.
enum { PIECE = 512, FEW = 256, ABREAST = 4, LARGE = 1024 };

typedef struct Walk {
  const Trees *trees;
  const Features *x;
  int64_t first, last;
  double *out;      // n x noutput
  int32_t *leaf;    // of one tree, instead of out
  atomic_bool failed;
} Walk;

static int64_t leaf_of(const Trees *t, int64_t k, const double *row) {
  const TreeNode *tree = t->node + t->root[k];
  int64_t at = 0;
  while (tree[at].feature != NODE_LEAF) at = node_next(t, &tree[at], row[tree[at].feature]);
  return at;
}

// Of ABREAST trees: a step waits for its node, so that several walks together take little longer than one.
static void leaves_of(const Trees *t, int64_t k, const double *row, int64_t *at) {
  const TreeNode *tree[ABREAST];
  for (int j = 0; j < ABREAST; j++) tree[j] = t->node + t->root[k + j], at[j] = 0;
  for (bool going = true; going;) {
    going = false;
    for (int j = 0; j < ABREAST; j++) {
      const TreeNode *n = &tree[j][at[j]];
      if (n->feature == NODE_LEAF) continue;
      at[j] = node_next(t, n, row[n->feature]);
      going = true;
    }
  }
}

static void add_leaf(const Trees *t, int64_t k, int64_t leaf, double *sum) {
  const double *v = t->value + (t->root[k] + leaf) * t->width;
  if (t->width == 1) sum[t->output[k]] += v[0];
  else for (int64_t j = 0; j < t->width; j++) sum[j] += v[j];
}

static void walk_row(const Walk *w, int64_t i, const double *row, double *sum) {
  const Trees *t = w->trees;
  if (w->leaf) {
    w->leaf[i] = (int32_t)leaf_of(t, w->first, row);
    return;
  }
  memcpy(sum, t->base, (size_t)t->noutput * sizeof *sum);
  int64_t k = w->first, leaf[ABREAST];
  for (; k + ABREAST <= w->last; k += ABREAST) {
    leaves_of(t, k, row, leaf);
    for (int j = 0; j < ABREAST; j++) add_leaf(t, k + j, leaf[j], sum);
  }
  for (; k < w->last; k++) add_leaf(t, k, leaf_of(t, k, row), sum);
  for (int64_t j = 0; j < t->noutput; j++) w->out[j * w->x->n + i] = sum[j];
}

static void walk_piece(void *ctx, int64_t begin, int64_t end) {
  Walk *w = ctx;
  int64_t p = w->x->p, m = end - begin;
  double *column = mem_new((size_t)((p + 1) * m + p + w->trees->noutput) * sizeof *column);
  if (!column) {
    w->failed = true;
    return;
  }
  double *row = column + (p + 1) * m, *sum = row + p;
  for (int64_t j = 0; j < p; j++) features_read(w->x, j, begin, end, column + j * m);
  for (int64_t i = begin; i < end; i++) {
    for (int64_t j = 0; j < p; j++) row[j] = column[j * m + i - begin];
    walk_row(w, i, row, sum);
  }
  mem_free(column);
}

static ErrCode walk_all(Job *job, Walk *w, Err *err) {
  TRY(job_tick(job, 0, w->x->n, err));
  par_for(job, w->x->n, PIECE, walk_piece, w);
  return w->failed ? err_set(err, ERR_MEMORY, "no memory for a piece of %lld columns", (long long)w->x->p) : OK;
}

ErrCode trees_walk(Job *job, const Trees *t, const Features *x, int64_t first, int64_t last, double *out, Err *err) {
  return walk_all(job, &(Walk){.trees = t, .x = x, .first = first, .last = last, .out = out}, err);
}

// Making the trees ready pays where rows are more than the nodes of a tree, or an eighth of them for large trees.
ErrCode trees_predict(Job *job, const Trees *t, const Features *x, int64_t first, int64_t last, double *out,
                      Err *err) {
  int64_t size = last > first ? (t->root[last] - t->root[first]) / (last - first) : 0;
  bool large = size >= LARGE, many = size > 0 && x->n >= FEW && x->n >= (large ? size / 8 : size);
  TRY(job_tick(job, 0, x->n, err));
  return (!many ? trees_walk : large ? trees_deep : trees_sweep)(job, t, x, first, last, out, err);
}

ErrCode trees_leaves(Job *job, const Trees *t, int64_t k, const Features *x, int32_t *leaf, Err *err) {
  return walk_all(job, &(Walk){.trees = t, .x = x, .first = k, .leaf = leaf}, err);
}
