// The leaves of a tree that has grown: their values from the derivatives in full, and its way into the model.
// A leaf's sums are those of its rows as whole numbers of a unit far below the pairs' (about 2^-61 of the largest
// possible sum): the same whatever the order of the rows. LeafSum of the nodes above follow from their children's.
#include "model/boost_int.h"

#include "base/pool.h"

#include <float.h>
#include <math.h>
#include <string.h>

typedef struct LeafSum {
  int64_t g, h;
} LeafSum;

typedef struct Leaving {
  Boosting *b;
  int output;
  int64_t n;          // nodes of the tree
  int32_t *from;      // n: nodes of the growth, parents first, children adjacent
  int32_t *left;      // n: child on the left; 0: a leaf
  LeafSum *sum;          // n
  LeafSum *part;         // nblock x n: of leaves
  double *value;      // n
  Arena arena;
} Leaving;

static void list_nodes(Leaving *l) {
  const Grow *g = &l->b->grow;
  l->from = arena_array(&l->arena, int32_t, g->nnode), l->left = arena_array(&l->arena, int32_t, g->nnode);
  l->n = 1;
  for (int64_t k = 0; k < l->n; k++) {
    const GrowNode *node = &g->node[l->from[k]];
    if (!node->kept) continue;
    l->left[k] = (int32_t)l->n;
    l->from[l->n++] = node->left, l->from[l->n++] = node->left + 1;
  }
}

// ---- sums ---------------------------------------------------------------------------------------------------------
static void sum_block(void *ctx, int64_t begin, int64_t end) {
  const Leaving *l = ctx;
  const Boosting *b = l->b;
  double unit_g = 1 / b->fine_g, unit_h = 1 / b->fine_h;
  for (int64_t block = begin; block < end; block++)
    for (int64_t k = 0; k < l->n; k++) {
      const Segment *s = grow_segment(&b->grow, l->from[k], block);
      int64_t first = block * b->bins.block;
      const uint16_t *row = b->grow.row + first + s->begin;
      const double *g = b->g.x + first, *h = b->h.x + first, *w = b->data.weight ? b->data.weight + first : NULL;
      LeafSum sum = {0};
      for (int32_t i = 0; i < s->n && !l->left[k]; i++) {
        double each = w ? w[row[i]] : 1;
        sum.g += (int64_t)(each * g[row[i]] * unit_g), sum.h += (int64_t)(each * h[row[i]] * unit_h);
      }
      l->part[block * l->n + k] = sum;
    }
}

static double in_bounds(const Leaving *l, int64_t k, double w) {
  const Bounds *b = &l->b->grow.node[l->from[k]].bounds;
  return fmin(fmax(w, b->lo), b->hi);
}

static void sum_nodes(Leaving *l) {
  const Boosting *b = l->b;
  for (int64_t k = l->n - 1; k >= 0; k--) {
    for (int64_t block = 0; block < b->bins.nblock && !l->left[k]; block++)
      l->sum[k].g += l->part[block * l->n + k].g, l->sum[k].h += l->part[block * l->n + k].h;
    if (l->left[k])
      for (int32_t c = l->left[k]; c <= l->left[k] + 1; c++) l->sum[k].g += l->sum[c].g, l->sum[k].h += l->sum[c].h;
    double w = split_weight(&b->o, (double)l->sum[k].g * b->fine_g, (double)l->sum[k].h * b->fine_h);
    l->value[k] = b->o.eta * in_bounds(l, k, w);
  }
}

// Leaves of a quantile's loss: the quantile of what the scores leave of their rows.
static void refit_leaves(void *ctx, int64_t begin, int64_t end) {
  const Leaving *l = ctx;
  const Boosting *b = l->b;
  for (int64_t k = begin; k < end; k++) {
    Arena a = {0};
    int64_t room = b->grow.node[l->from[k]].n, n = 0;
    if (l->left[k]) continue;
    double *rest = arena_array(&a, double, room), *weight = arena_array(&a, double, room);
    for (int64_t block = 0; block < b->bins.nblock; block++) {
      const Segment *s = grow_segment(&b->grow, l->from[k], block);
      int64_t first = block * b->bins.block;
      for (int32_t i = 0; i < s->n; i++) {
        int64_t row = first + b->grow.row[first + s->begin + i];
        if (!(b->h.x[row] > 0)) continue;
        rest[n] = b->data.y[row] - b->data.score[row], weight[n++] = b->data.weight ? b->data.weight[row] : 1;
      }
    }
    double w = n ? boost_quantile(rest, b->data.weight ? weight : NULL, n, b->data.quantile) : 0;
    l->value[k] = b->o.eta * in_bounds(l, k, w);
    arena_fini(&a);
  }
}

static void refit(Leaving *l) {
  par_for(l->b->job, l->n, 1, refit_leaves, l);
  for (int64_t k = l->n - 1; k >= 0; k--) {
    int32_t c = l->left[k];
    if (!c) continue;
    double one = (double)l->sum[c].h, other = (double)l->sum[c + 1].h;
    l->value[k] = one + other > 0 ? (one * l->value[c] + other * l->value[c + 1]) / (one + other) : 0;
  }
}

// ---- scores -------------------------------------------------------------------------------------------------------
static void score_block(void *ctx, int64_t begin, int64_t end) {
  const Leaving *l = ctx;
  const Boosting *b = l->b;
  for (int64_t block = begin; block < end; block++)
    for (int64_t k = 0; k < l->n; k++) {
      const Segment *s = grow_segment(&b->grow, l->from[k], block);
      int64_t first = block * b->bins.block;
      const uint16_t *row = b->grow.row + first + s->begin;
      double *score = b->score.x + l->output * b->data.n + first;
      for (int32_t i = 0; i < s->n && !l->left[k]; i++) score[row[i]] += l->value[k];
    }
}

// ---- the tree -----------------------------------------------------------------------------------------------------
// Bits of the words whose codes go left.
static int64_t add_words(const GrowNode *node, const BinColumn *c, uint64_t *set) {
  for (int64_t k = 0; k < c->nlevel; k++) {
    uint8_t code = c->level[k];
    set[k >> 6] |= (uint64_t)(node->code[code >> 3] >> (code & 7) & 1) << (k & 63);
  }
  return (c->nlevel + 63) / 64;
}

// The last cut parts what is there from what is missing.
static double cut_of(const BinColumn *c, int32_t bin) { return bin < c->nvalue - 1 ? c->cut[bin] : (double)FLT_MAX; }

static void add_tree(Leaving *l) {
  const Boosting *b = l->b;
  int64_t words = 0, nset = 0;
  for (int64_t k = 0; k < l->n; k++)
    if (l->left[k]) words += (b->bins.column[b->grow.node[l->from[k]].feature].nlevel + 63) / 64;
  uint64_t *set = arena_array(&l->arena, uint64_t, words);
  TreeNode *out = arena_array(&l->arena, TreeNode, l->n);
  for (int64_t k = 0; k < l->n; k++) {
    const GrowNode *node = &b->grow.node[l->from[k]];
    out[k] = (TreeNode){.feature = NODE_LEAF, .cover = (double)l->sum[k].h * b->fine_h};
    if (!l->left[k]) continue;
    const BinColumn *c = &b->bins.column[node->feature];
    out[k].feature = node->feature, out[k].left = l->left[k], out[k].gain = (float)node->split.gain;
    out[k].flags = (node->split.missing_left ? NODE_MISSING_LEFT : 0) | (c->words ? NODE_WORDS : 0);
    if (!c->words) out[k].cut = cut_of(c, node->split.bin);
    else out[k].set = nset, nset += add_words(node, c, set + nset);
  }
  trees_add(b->trees, out, l->value, l->n, l->output, set, nset);
}

ErrCode boost_leaves(Boosting *b, int output, Err *err) {
  Leaving l = {.b = b, .output = output};
  list_nodes(&l);
  int64_t bytes = b->bins.nblock * l.n * (int64_t)sizeof *l.part;
  ErrCode code = job_need(b->job, bytes, "sums of the leaves", err);
  if (code == OK) {
    l.sum = arena_array(&l.arena, LeafSum, l.n), l.value = arena_array(&l.arena, double, l.n);
    l.part = arena_alloc_n(&l.arena, (size_t)(b->bins.nblock * l.n), sizeof *l.part);
    par_for(b->job, b->bins.nblock, 1, sum_block, &l);
    sum_nodes(&l);
    if (!b->objective->base) refit(&l);
    if (b->o.grow == GROW_OBLIVIOUS) grow_level_values(&b->grow, l.from, l.left, l.n, l.value);
    par_for(b->job, b->bins.nblock, 1, score_block, &l);
    add_tree(&l);
  }
  arena_fini(&l.arena);
  return code;
}
