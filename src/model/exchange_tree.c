// A tree whose nodes lie as another program left them, renumbered breadth-first with siblings side by side.
#include "model/exchange_int.h"

#include <math.h>
#include <string.h>

typedef struct Order {
  const ForeignNode *from;
  int64_t n, made;
  int64_t *source;  // of each node of ours the one of theirs
  bool *seen;
  TreeNode *node;
  double *value;
  uint64_t *set;
  int64_t nset;
} Order;

static ErrCode check_node(const Trees *t, const Order *o, int64_t i, Err *err) {
  const ForeignNode *f = &o->from[i];
  bool leaf = f->left < 0;
  if (leaf && isfinite(f->value) && isfinite(f->cover)) return OK;
  if (leaf) return err_set(err, ERR_PARSE, "node %lld has a value that is not finite", (long long)i);
  if (f->left >= o->n || f->right < 0 || f->right >= o->n)
    return err_set(err, ERR_PARSE, "node %lld has the children %lld and %lld: there are %lld nodes", (long long)i,
                   (long long)f->left, (long long)f->right, (long long)o->n);
  if (f->feature < 0 || f->feature >= t->nterm)
    return err_set(err, ERR_PARSE, "node %lld splits by column %lld: there are %lld", (long long)i,
                   (long long)f->feature, (long long)t->nterm);
  if (!f->words && isnan(f->cut)) return err_set(err, ERR_PARSE, "node %lld splits by no number", (long long)i);
  if (isfinite(f->cover) && isfinite(f->gain)) return OK;
  return err_set(err, ERR_PARSE, "node %lld has a cover or gain that is not finite", (long long)i);
}

static ErrCode take_child(Order *o, int64_t child, Err *err) {
  if (o->seen[child]) return err_set(err, ERR_PARSE, "two ways lead to node %lld", (long long)child);
  o->seen[child] = true;
  o->source[o->made++] = child;
  return OK;
}

static void place_words(const Trees *t, Order *o, const ForeignNode *f, TreeNode *out) {
  int64_t n = (t->levels[f->feature] + 63) / 64;
  out->flags |= f->beyond_left ? NODE_WORDS | NODE_BEYOND_LEFT : NODE_WORDS;
  out->set = o->nset;
  memcpy(o->set + o->nset, f->set, (size_t)n * sizeof *o->set);
  o->nset += n;
}

static ErrCode place(const Trees *t, Order *o, int64_t k, Err *err) {
  const ForeignNode *f = &o->from[o->source[k]];
  TreeNode *out = &o->node[k];
  TRY(check_node(t, o, o->source[k], err));
  *out = (TreeNode){.feature = NODE_LEAF, .cover = f->cover};
  o->value[k] = f->value;
  if (f->left < 0) return OK;
  *out = (TreeNode){.feature = (int32_t)f->feature, .left = (int32_t)o->made, .cover = f->cover,
                    .gain = (float)f->gain, .flags = f->missing_left ? NODE_MISSING_LEFT : 0};
  if (f->words) place_words(t, o, f, out);
  else out->cut = f->cut;
  TRY(take_child(o, f->left, err));
  return take_child(o, f->right, err);
}

static void fill_means(Order *o) {
  for (int64_t k = o->made - 1; k >= 0; k--) {
    const TreeNode *n = &o->node[k];
    if (n->feature == NODE_LEAF) continue;
    double a = o->node[n->left].cover, b = o->node[n->left + 1].cover, share = a + b > 0 ? a / (a + b) : 0.5;
    o->value[k] = share * o->value[n->left] + (1 - share) * o->value[n->left + 1];
  }
}

static int64_t words_needed(const Trees *t, const ForeignNode *node, int64_t n) {
  int64_t total = 0;
  for (int64_t i = 0; i < n; i++)
    if (node[i].words && node[i].feature >= 0 && node[i].feature < t->nterm)
      total += (t->levels[node[i].feature] + 63) / 64;
  return total;
}

ErrCode exchange_add_tree(Trees *t, const ForeignNode *node, int64_t n, int64_t output, Err *err) {
  if (n < 1) return err_set(err, ERR_PARSE, "a tree without nodes");
  enum { MOST_WORDS = 1 << 25 };
  if (t->nset + words_needed(t, node, n) > MOST_WORDS)
    return err_set(err, ERR_PARSE, "more than %d times 64 categories in all splits", MOST_WORDS);
  if (n > INT32_MAX) return err_set(err, ERR_PARSE, "a tree of %lld nodes", (long long)n);
  Arena a = {0};
  Order o = {.from = node, .n = n, .source = arena_array(&a, int64_t, n), .seen = arena_array(&a, bool, n),
             .node = arena_array(&a, TreeNode, n), .value = arena_array(&a, double, n),
             .set = arena_array(&a, uint64_t, words_needed(t, node, n))};
  ErrCode code = take_child(&o, 0, err);
  for (int64_t k = 0; k < o.made && code == OK; k++) code = place(t, &o, k, err);
  if (code == OK) {
    fill_means(&o);
    trees_add(t, o.node, o.value, o.made, output, o.set, o.nset);
  }
  arena_fini(&a);
  return code;
}
