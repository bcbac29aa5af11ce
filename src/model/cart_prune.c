// Minimal cost-complexity pruning (Breiman et al. 1984, chapter 3). A node t gives way when alpha reaches
//   g(t) = (R(t) - R(T_t)) / (leaves of T_t - 1),
// the loss of purity that each leaf below it saves. The weakest link goes first, and with it the g of its ancestors
// change; a tree of minima finds it in O(log n). What is left for each node is the alpha at which it becomes a leaf,
// which holds the whole nested sequence of pruned trees.
#include "model/cart_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Links {
  const CartTree *t;
  int32_t *up;       // parent of each node
  double *below;     // risk of the leaves below a node
  int64_t *leaves;
  double *weak;      // tree of minima over the nodes: weak[size + i] is g of node i
  int64_t size;
  double *alpha;
} Links;

static double strength(const Links *l, int64_t i) {
  if (l->t->node[i].feature == NODE_LEAF || l->leaves[i] < 2) return INFINITY;
  double g = (l->t->risk[i] - l->below[i]) / (double)(l->leaves[i] - 1);
  return g > 0 ? g : 0;
}

static void set_weak(Links *l, int64_t i, double g) {
  int64_t k = l->size + i;
  l->weak[k] = g;
  for (k >>= 1; k; k >>= 1) l->weak[k] = fmin(l->weak[2 * k], l->weak[2 * k + 1]);
}

static int64_t weakest(const Links *l) {
  int64_t k = 1;
  while (k < l->size) k = l->weak[2 * k] <= l->weak[2 * k + 1] ? 2 * k : 2 * k + 1;
  return k - l->size;
}

static void start(Links *l) {
  const CartTree *t = l->t;
  l->up[0] = -1;
  for (int64_t i = 0; i < t->n; i++)
    if (t->node[i].feature != NODE_LEAF) l->up[t->node[i].left] = l->up[t->node[i].left + 1] = (int32_t)i;
  for (int64_t i = t->n; i-- > 0;) {
    bool leaf = t->node[i].feature == NODE_LEAF;
    int64_t k = t->node[i].left;
    l->leaves[i] = leaf ? 1 : l->leaves[k] + l->leaves[k + 1];
    l->below[i] = leaf ? t->risk[i] : l->below[k] + l->below[k + 1];
    l->alpha[i] = leaf ? 0 : INFINITY;
    l->weak[l->size + i] = strength(l, i);
  }
  for (int64_t i = t->n; i < l->size; i++) l->weak[l->size + i] = INFINITY;
  for (int64_t k = l->size; k-- > 1;) l->weak[k] = fmin(l->weak[2 * k], l->weak[2 * k + 1]);
}

// What still stands below node i goes with it: to the left child while one stands, else on to a sibling.
static void fall_off(Links *l, int64_t i, double alpha) {
  const TreeNode *node = l->t->node;
  for (int64_t k = i;;) {
    bool stands = node[k].feature != NODE_LEAF && l->alpha[k] == INFINITY;
    if (stands) {
      l->alpha[k] = alpha;
      set_weak(l, k, INFINITY);
      k = node[k].left;
      continue;
    }
    while (k != i && k != node[l->up[k]].left) k = l->up[k];
    if (k == i) return;
    k++;
  }
}

// Node i becomes a leaf, and its ancestors change.
static void collapse(Links *l, int64_t i, double alpha) {
  int64_t gone = l->leaves[i] - 1;
  double risk = l->t->risk[i] - l->below[i];
  fall_off(l, i, alpha);
  for (int64_t k = l->up[i]; k >= 0; k = l->up[k]) {
    l->leaves[k] -= gone, l->below[k] += risk;
    set_weak(l, k, strength(l, k));
  }
}

ErrCode cart_prune_links(Job *job, const CartTree *t, double *alpha, Err *err) {
  Links l = {.t = t, .alpha = alpha, .size = 1};
  while (l.size < t->n) l.size *= 2;
  size_t node = sizeof *l.up + sizeof *l.below + sizeof *l.leaves;
  size_t bytes = (size_t)t->n * node + (size_t)l.size * 2 * sizeof(double);
  TRY(job_need(job, (int64_t)bytes, "pruning", err));
  char *p = mem_new(bytes);
  if (!p) return err_set(err, ERR_MEMORY, "no memory to prune a tree of %lld nodes", (long long)t->n);
  l.weak = (double *)(void *)p, l.below = l.weak + 2 * l.size;
  l.leaves = (int64_t *)(void *)(l.below + t->n), l.up = (int32_t *)(void *)(l.leaves + t->n);
  start(&l);
  double last = 0;
  for (int64_t i; l.weak[1] < INFINITY;) {
    i = weakest(&l);
    last = fmax(last, l.weak[1]); // never falls, but for rounding
    collapse(&l, i, last);
  }
  mem_free(p);
  return OK;
}

// ---- the sequence -------------------------------------------------------------------------------------------------
static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static bool same_alpha(double a, double b) { return b - a <= 1e-12 * fabs(b); }

// Leaves and risk of the tree that alpha leaves.
static void measure(const CartTree *t, const double *alpha, double at, double *leaves, double *risk) {
  *leaves = 0, *risk = 0;
  for (int64_t i = 0; i < t->n; i++) {
    bool inner = t->node[i].feature != NODE_LEAF, stands = inner && alpha[i] > at && !same_alpha(at, alpha[i]);
    if (i == 0 && !stands) *leaves = 1, *risk = t->risk[0];
    if (!stands) continue;
    for (int64_t k = t->node[i].left; k <= t->node[i].left + 1; k++) {
      bool leaf = t->node[k].feature == NODE_LEAF || alpha[k] <= at || same_alpha(at, alpha[k]);
      if (leaf) *leaves += 1, *risk += t->risk[k];
    }
  }
}

// The alphas at which something gives way, 0 before them.
static int64_t distinct_alphas(const CartTree *t, const double *alpha, double *out) {
  int64_t n = 0, m = 0;
  out[n++] = 0;
  for (int64_t i = 0; i < t->n; i++)
    if (t->node[i].feature != NODE_LEAF) out[n++] = alpha[i];
  qsort(out, (size_t)n, sizeof *out, by_value);
  for (int64_t i = 0; i < n; i++)
    if (m == 0 || !same_alpha(out[m - 1], out[i])) out[m++] = out[i];
  return m;
}

enum { PATH_MAX_STEPS = 500 };

void cart_prune_path(const CartTree *t, const double *alpha, Arena *a, CartPath *out) {
  double *all = arena_array(a, double, t->n + 1);
  int64_t n = distinct_alphas(t, alpha, all), keep = n < PATH_MAX_STEPS ? n : PATH_MAX_STEPS;
  *out = (CartPath){.n = keep, .alpha = all};
  out->leaves = arena_array(a, double, keep), out->risk = arena_array(a, double, keep);
  for (int64_t k = 0; k < keep; k++) {
    out->alpha[k] = all[keep == 1 ? 0 : k * (n - 1) / (keep - 1)];
    measure(t, alpha, out->alpha[k], &out->leaves[k], &out->risk[k]);
  }
}

// ---- the pruned tree ----------------------------------------------------------------------------------------------
void cart_prune_at(CartTree *t, const double *alpha, double at) {
  int64_t n = 1, w = t->width;
  int32_t *from = mem_new((size_t)t->n * sizeof *from); // old number of each new node
  if (!from) {
    t->failed = true;
    return;
  }
  from[0] = 0;
  for (int64_t i = 0; i < n; i++) {
    TreeNode node = t->node[from[i]];
    if (node.feature == NODE_LEAF || alpha[from[i]] <= at || same_alpha(at, alpha[from[i]])) continue;
    from[n++] = node.left, from[n++] = node.left + 1;
  }
  CartTree out = {.width = w, .set = t->set, .nset = t->nset, .room_set = t->room_set};
  out.node = mem_new((size_t)n * sizeof *out.node), out.value = mem_new((size_t)(n * w) * sizeof *out.value);
  out.risk = mem_new((size_t)n * sizeof *out.risk), out.n = out.room = n;
  bool good = out.node && out.value && out.risk;
  int64_t next = 1;
  for (int64_t i = 0; good && i < n; i++) {
    TreeNode *node = &out.node[i];
    *node = t->node[from[i]];
    memcpy(out.value + i * w, t->value + from[i] * w, (size_t)w * sizeof(double));
    out.risk[i] = t->risk[from[i]];
    bool stands = next < n && node->feature != NODE_LEAF && from[next] == node->left;
    if (stands) node->left = (int32_t)next, next += 2;
    else *node = (TreeNode){.feature = NODE_LEAF, .cover = node->cover};
  }
  mem_free(from);
  if (good) t->set = NULL, cart_tree_fini(t), *t = out;
  else out.set = NULL, cart_tree_fini(&out), t->failed = true;
}
