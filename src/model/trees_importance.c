// What the splits of trees say about columns: how often each was split by, what that gained, and over how much cover.
#include "model/trees_int.h"

#include <math.h>

void trees_importance(const Trees *t, double *gain, double *cover, double *count) {
  for (int64_t i = 0; i < t->nnode; i++) {
    const TreeNode *n = &t->node[i];
    if (n->feature == NODE_LEAF) continue;
    gain[n->feature] += (double)n->gain;
    cover[n->feature] += n->cover;
    count[n->feature]++;
  }
}

static ErrCode fill_card(Job *job, const Names *terms, double *value[4], Frame *f, Err *err) {
  static const char *const NAME[] = {"importance", "gain", "cover", "splits"};
  (void)job;
  TRY(card_add_texts(f, "term", terms->name, err));
  for (int k = 0; k < 4; k++) TRY(card_add_reals(f, NAME[k], value[k], err));
  return OK;
}

ErrCode trees_card(Job *job, const Trees *t, const Names *terms, Frame **out, Err *err) {
  Arena a = {0};
  double *value[4], total = 0;
  for (int k = 0; k < 4; k++) value[k] = arena_array(&a, double, terms->n);
  trees_importance(t, value[1], value[2], value[3]);
  total = sum_f64(job, value[1], terms->n);
  for (int64_t j = 0; j < terms->n; j++) {
    double n = value[3][j];
    value[0][j] = total > 0 ? value[1][j] / total : 0;
    value[1][j] = n > 0 ? value[1][j] / n : 0;
    value[2][j] = n > 0 ? value[2][j] / n : 0;
  }
  Frame *f = frame_new(terms->n);
  ErrCode code = fill_card(job, terms, value, f, err);
  arena_fini(&a);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}
