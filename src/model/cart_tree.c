// One tree under construction: arrays of nodes that grow, and subtrees that are put in their places.
#include "model/cart_split_int.h"

#include <string.h>

bool cart_tree_reserve(CartTree *t) {
  if (t->n + 2 <= t->room) return true;
  int64_t more = t->room ? 2 * t->room : 64, old = t->room;
  size_t w = (size_t)t->width;
  void *node = mem_resize(t->node, (size_t)old * sizeof *t->node, (size_t)more * sizeof *t->node);
  if (node) t->node = node;
  void *value = mem_resize(t->value, (size_t)old * w * sizeof(double), (size_t)more * w * sizeof(double));
  if (value) t->value = value;
  void *risk = mem_resize(t->risk, (size_t)old * sizeof(double), (size_t)more * sizeof(double));
  if (risk) t->risk = risk;
  if (!node || !value || !risk) return false;
  t->room = more;
  return true;
}

bool cart_tree_add_set(CartTree *t, const uint64_t *set, int64_t n, int64_t *at) {
  if (t->nset + n > t->room_set) {
    int64_t more = 2 * t->room_set > t->nset + n ? 2 * t->room_set : t->nset + n;
    void *p = mem_resize(t->set, (size_t)t->room_set * sizeof *set, (size_t)more * sizeof *set);
    if (!p) return false;
    t->set = p, t->room_set = more;
  }
  memcpy(t->set + t->nset, set, (size_t)n * sizeof *set);
  *at = t->nset, t->nset += n;
  return true;
}

void cart_tree_fini(CartTree *t) {
  mem_free(t->node);
  mem_free(t->value);
  mem_free(t->risk);
  mem_free(t->set);
  *t = (CartTree){0};
}

void cart_tree_add(const CartTree *t, Trees *out) { trees_add(out, t->node, t->value, t->n, 0, t->set, t->nset); }

// Puts a subtree in the place of the leaf that waits for it.
bool cart_tree_splice(CartTree *t, int64_t at, const CartTree *sub) {
  int64_t base = t->n - 1, w = t->width, set = t->nset, none;
  while (t->n + sub->n > t->room) {
    int64_t n = t->n;
    t->n = t->room;
    bool good = cart_tree_reserve(t);
    t->n = n;
    if (!good) return false;
  }
  if (sub->nset && !cart_tree_add_set(t, sub->set, sub->nset, &none)) return false;
  for (int64_t i = 0; i < sub->n; i++) {
    TreeNode *to = &t->node[i ? base + i : at];
    *to = sub->node[i], to->left += to->feature == NODE_LEAF ? 0 : (int32_t)base;
    if (to->flags & NODE_WORDS) to->set += set;
    memcpy(t->value + (to - t->node) * w, sub->value + i * w, (size_t)w * sizeof *t->value);
    t->risk[to - t->node] = sub->risk[i];
  }
  t->n += sub->n - 1;
  return true;
}
