// Growth policies as selectors: which nodes a tree splits next, and which splits stay.
// By depth: every node that has a split, level by level. Of oblivious trees all nodes of a level have one, or none.
// With max_leaves: the first in the order of the policy, always the highest leaf (by depth) or the leaf whose split
// gains most (by leaf). A node's best split depends on its own rows alone,
// so the leaves that are likely to come next are split together; then the strict order is replayed over what has been
// split, and where it meets a leaf that has not, another batch goes ahead. The tree is the one that leaf after leaf
// gives, for a few barriers in the place of two a leaf.
#include "model/boost_int.h"

#include <string.h>

static bool has_split(const GrowNode *n) { return n->feature >= 0; }

static int64_t select_depth(Grow *g, int32_t *next) {
  int64_t n = 0;
  for (int64_t k = 0; k < g->nnode; k++) {
    g->node[k].kept = has_split(&g->node[k]);
    if (g->node[k].kept && !g->node[k].left) next[n++] = (int32_t)k;
  }
  return n;
}

// ---- by leaf ------------------------------------------------------------------------------------------------------
// Equals: the node that is higher up, then further left, whatever order they grew in.
static bool comes_before(const Grow *g, int32_t one, int32_t other) {
  const GrowNode *a = &g->node[one], *b = &g->node[other];
  if (g->o->grow == GROW_LEAF && a->split.gain != b->split.gain) return a->split.gain > b->split.gain;
  return a->depth != b->depth ? a->depth < b->depth : a->path < b->path;
}

static void heap_add(const Grow *g, int32_t *heap, int64_t n, int32_t node) {
  int64_t k = n;
  for (; k > 0 && comes_before(g, node, heap[(k - 1) / 2]); k = (k - 1) / 2)
    heap[k] = heap[(k - 1) / 2];
  heap[k] = node;
}

static int32_t heap_take(const Grow *g, int32_t *heap, int64_t n) { // n: before it
  int32_t top = heap[0], last = heap[n - 1];
  int64_t k = 0;
  for (int64_t c; (c = 2 * k + 1) < n - 1; k = c) {
    if (c + 1 < n - 1 && comes_before(g, heap[c + 1], heap[c])) c++;
    if (!comes_before(g, heap[c], last)) break;
    heap[k] = heap[c];
  }
  heap[k] = last;
  return top;
}

static int64_t select_leaf(Grow *g, int32_t *next) {
  int64_t nheap = 0, n = 0, left = g->o->max_leaves - 1;
  Arena a = {0};
  int32_t *heap = arena_array(&a, int32_t, g->nnode);
  for (int64_t k = 0; k < g->nnode; k++) g->node[k].kept = false;
  if (has_split(&g->node[0])) heap_add(g, heap, nheap++, 0);
  for (; nheap > 0 && left > 0; left--) {
    GrowNode *node = &g->node[heap_take(g, heap, nheap--)];
    node->kept = true;
    if (!node->left) next[n++] = (int32_t)(node - g->node);
    else for (int32_t c = node->left; c <= node->left + 1; c++)
      if (has_split(&g->node[c])) heap_add(g, heap, nheap++, c);
  }
  arena_fini(&a);
  return n;
}

int64_t grow_select(Grow *g, int32_t *next) {
  return g->o->max_leaves > 0 ? select_leaf(g, next) : select_depth(g, next);
}
