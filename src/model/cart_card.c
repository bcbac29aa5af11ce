// What columns are worth to trees: the impurity that their splits take away, as a share of each tree's and in the mean
// over the trees (as scikit-learn). Columns with many values have more chances and look better than they are; shuffled
// columns tell it more honestly.
#include "model/cart_int.h"

static void add_tree(const Trees *t, int64_t k, double *share, double *splits, double *own, int64_t p) {
  double total = 0;
  for (int64_t j = 0; j < p; j++) own[j] = 0;
  for (int64_t i = t->root[k]; i < t->root[k + 1]; i++) {
    const TreeNode *n = &t->node[i];
    if (n->feature == NODE_LEAF) continue;
    own[n->feature] += (double)n->gain, splits[n->feature]++;
    total += (double)n->gain;
  }
  for (int64_t j = 0; j < p && total > 0; j++) share[j] += own[j] / total;
}

static ErrCode fill(const Names *terms, const double *share, const double *splits, Frame *f, Err *err) {
  TRY(card_add_texts(f, "term", terms->name, err));
  TRY(card_add_reals(f, "importance", share, err));
  return card_add_reals(f, "splits", splits, err);
}

ErrCode cart_card(Job *job, const Trees *t, const Names *terms, Frame **out, Err *err) {
  Arena a = {0};
  int64_t p = terms->n;
  double *share = arena_array(&a, double, 3 * p), *splits = share + p, *own = splits + p;
  for (int64_t k = 0; k < t->ntree; k++) add_tree(t, k, share, splits, own, p);
  double total = sum_f64(job, share, p);
  for (int64_t j = 0; j < p && total > 0; j++) share[j] /= total;
  Frame *f = frame_new(p);
  ErrCode code = fill(terms, share, splits, f, err);
  arena_fini(&a);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}
