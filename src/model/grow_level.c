// Oblivious growth: all nodes of a level are split alike, by the cut that gains most over all of them together, so that
// a tree of depth D is D questions and 2^D leaves, whose number the answers spell.
// A node to which a cut would leave a child that is too light (min_child_weight, min_data_in_leaf) adds nothing to its
// gain. It is split all the same; a light node looks for nothing any more and has no value of its own: it takes that of
// the node above it, so that a split that leaves a light child costs nothing. Beside a light child of a column that
// must rise or fall, no bounds are drawn; the light child takes the largest or smallest value beside it, which keeps
// the order. Words are ordered by their sums over the level. Sums over the nodes are in their order, so the tree does
// not depend on the threads.
// References: Kohavi, Bottom-up induction of oblivious read-once decision graphs, ECML 1994; Prokhorenkova et al.,
// CatBoost, NeurIPS 2018.
#include "model/boost_int.h"

#include <math.h>
#include <string.h>

typedef struct Level { // the nodes that look for a split, and a column
  const Grow *g;
  int64_t j;
  const int32_t *node;
  int64_t n;
  int32_t *rows;       // n x (BINS_MOST + 1); NULL: whatever their number
  Pair hist[BINS_MOST]; // over the nodes
} Level;

static void open_level(const Grow *g, int64_t j, const int32_t *node, int64_t n, Level *out) {
  *out = (Level){.g = g, .j = j, .node = node, .n = n};
  for (int64_t i = 0; i < n; i++) {
    const Pair *hist = grow_hist(g, j, g->node[node[i]].slot);
    for (int32_t c = 0; c < g->bins->column[j].nbin; c++) out->hist[c] += hist[c];
  }
}

// The level as one node.
static SplitIn whole_level(const Level *l) {
  SplitIn in = {.o = l->g->o, .column = &l->g->bins->column[l->j], .hist = l->hist, .unit = l->g->unit};
  for (int32_t c = 0; c < in.column->nbin; c++) in.sum += l->hist[c];
  return in;
}

static void count_level(Level *l, Arena *a) {
  if (l->g->o->min_data <= 1) return;
  l->rows = arena_array(a, int32_t, l->n * (BINS_MOST + 1));
  for (int64_t i = 0; i < l->n; i++) grow_count_rows(l->g, l->j, l->node[i], l->rows + i * (BINS_MOST + 1));
}

static void take_way(const Level *l, const SplitWays *w, const SplitWay *way, Found *best) {
  double sum[BINS_MOST] = {0}, gain[BINS_MOST];
  for (int64_t i = 0; i < l->n; i++) {
    SplitIn in = grow_split_in(l->g, l->j, &l->g->node[l->node[i]]);
    if (l->rows) in.rows = l->rows + i * (BINS_MOST + 1);
    double own = split_gains(&in, w, way, gain);
    for (int32_t k = 0; k < way->most; k++) sum[k] += isinf(gain[k]) ? 0 : gain[k] - own;
  }
  for (int32_t k = 0; k < way->most; k++)
    if (sum[k] > best->gain)
      *best = (Found){.gain = sum[k], .bin = split_bin(w, way, k), .missing_left = way->missing_left};
}

// Without missing values in the level they go with the heavier side.
static void place_missing(const SplitIn *in, Found *f) {
  uint8_t left[BINS_MOST];
  int32_t gaps = in->column->nvalue;
  Pair sum = 0;
  if (in->column->nbin > gaps && in->hist[gaps] != 0) return;
  split_codes(in, f, left);
  for (int32_t c = 0; c < gaps; c++) sum += left[c] ? in->hist[c] : 0;
  f->missing_left = 2 * pair_h(sum) >= pair_h(in->sum);
}

Found grow_level_find(const Grow *g, int64_t j, const int32_t *node, int64_t n) {
  Arena a = {0};
  Level l;
  SplitWays w;
  double least = split_least(g->o);
  Found best = {.gain = least};
  open_level(g, j, node, n, &l);
  count_level(&l, &a);
  SplitIn all = whole_level(&l);
  split_ways(&all, &w);
  for (int k = 0; k < w.n; k++) take_way(&l, &w, &w.way[k], &best);
  arena_fini(&a);
  if (!(best.gain > least)) return (Found){0};
  place_missing(&all, &best);
  return best;
}

// ---- the level's split --------------------------------------------------------------------------------------------
static Pair sum_left(const Grow *g, int64_t j, int64_t node, const uint8_t left[BINS_MOST]) {
  Pair sum = 0;
  if (g->node[node].slot >= 0) {
    const Pair *hist = grow_hist(g, j, g->node[node].slot);
    for (int32_t c = 0; c < g->bins->column[j].nbin; c++) sum += left[c] ? hist[c] : 0;
    return sum;
  }
  for (int64_t block = 0; block < g->bins->nblock; block++) {
    const Segment *s = grow_segment(g, node, block);
    const uint8_t *code = bins_codes(g->bins, block, j);
    const uint16_t *row = g->row + block * g->bins->block + s->begin;
    const Pair *gh = g->gh + block * g->bins->block + s->begin;
    for (int32_t i = 0; i < s->n; i++) sum += left[code[row[i]]] ? gh[i] : 0;
  }
  return sum;
}

static void split_node(const Grow *g, int64_t j, const Found *f, const uint8_t left[BINS_MOST], int64_t at) {
  GrowNode *n = &g->node[at];
  n->split = *f, n->feature = (int32_t)j;
  n->split.left = sum_left(g, j, at, left);
  SplitIn in = grow_split_in(g, j, n);
  n->split.gain = split_gain(&in, n->split.left);
  grow_keep_codes(n, left);
}

void grow_level_take(Grow *g, const int32_t *node, int64_t n) {
  uint8_t left[BINS_MOST];
  Found best = {0};
  int64_t j = -1, last = g->nnode - 1;
  for (int64_t c = 0; c < g->ncolumn; c++) {
    const Found *f = &g->found[g->column[c]];
    if (f->gain > best.gain) best = *f, j = g->column[c];
  }
  if (j < 0) {
    for (int64_t i = 0; i < n; i++) g->free_slot[g->nfree++] = g->node[node[i]].slot, g->node[node[i]].slot = -1;
    return;
  }
  Level l;
  open_level(g, j, node, n, &l);
  SplitIn all = whole_level(&l);
  split_codes(&all, &best, left);
  for (int64_t k = last; k >= 0 && g->node[k].depth == g->node[last].depth; k--) split_node(g, j, &best, left, k);
}

static bool is_light(const Grow *g, int64_t node) {
  double h = pair_h(g->node[node].sum) * g->unit.h;
  int64_t least = g->o->min_data, n = 0;
  if (!(h > 0) || h < g->o->min_child_weight) return true;
  for (int64_t block = 0; block < g->bins->nblock && n < least; block++) {
    const Segment *s = grow_segment(g, node, block);
    const uint16_t *row = g->row + block * g->bins->block + s->begin;
    const double *each = g->h + block * g->bins->block;
    for (int32_t i = 0; i < s->n; i++) n += each[row[i]] > 0;
  }
  return n < least;
}

void grow_level_mark(Grow *g, GrowNode *parent) {
  GrowNode *child = &g->node[parent->left];
  for (int k = 0; k < 2; k++) child[k].light = is_light(g, parent->left + k);
  if (child[0].light || child[1].light) parent->split.gain = 0;
}

// ---- values -------------------------------------------------------------------------------------------------------
typedef struct Range {
  double lo, hi;
} Range;

void grow_level_values(const Grow *g, const int32_t *from, const int32_t *left, int64_t n, double *value) {
  Arena a = {0};
  Range *range = arena_array(&a, Range, n); // of the leaves below
  for (int64_t k = n - 1; k >= 0; k--) {
    const GrowNode *node = &g->node[from[k]];
    int32_t c = left[k];
    range[k] = (Range){value[k], value[k]};
    if (!c || node->light) continue;
    int sense = g->sense ? g->sense[node->feature] : 0;
    for (int side = 0; side < 2; side++) {
      int32_t one = c + side, other = c + 1 - side;
      if (!g->node[from[one]].light) continue;
      bool ordered = sense && !g->node[from[other]].light;
      value[one] = !ordered ? value[k] : (sense > 0) == side ? range[other].hi : range[other].lo;
      range[one] = (Range){value[one], value[one]};
    }
    range[k] = (Range){fmin(range[c].lo, range[c + 1].lo), fmax(range[c].hi, range[c + 1].hi)};
  }
  for (int64_t k = 0; k < n; k++)
    if (left[k] && g->node[from[k]].light) value[left[k]] = value[left[k] + 1] = value[k];
  arena_fini(&a);
}
