// Going on with a model: the scores of the rows by the trees that there are, added in their order, so that the rounds
// that follow are those of a fit that never stopped. Where rows are watched, the curve begins with the first round.
#include "model/boost_int.h"

static ErrCode add_tree(Boosting *b, int64_t k, int32_t *leaf, Err *err) {
  const Trees *t = b->trees;
  const double *value = t->value + t->root[k];
  double *score = b->score.x + t->output[k] * b->data.n;
  TRY(trees_leaves(b->job, t, k, b->in->columns, leaf, err));
  for (int64_t i = 0; i < b->data.n; i++) score[i] += value[leaf[i]];
  return OK;
}

static ErrCode follow_rounds(Boosting *b, int64_t rounds, int32_t *leaf, Err *err) {
  ErrCode code = OK;
  bool stop;
  while (code == OK && b->round < rounds) {
    for (int64_t k = 0; k < b->data.noutput && code == OK; k++)
      code = add_tree(b, b->round * b->data.noutput + k, leaf, err);
    b->round++;
    if (code == OK) code = boost_watch(b, &stop, err);
  }
  return code;
}

ErrCode boost_resume(Boosting *b, Err *err) {
  int64_t rounds = b->trees->ntree / b->data.noutput;
  Mat leaf; // of int32_t
  if (!b->curve->metric) {
    b->round = rounds;
    return trees_predict(b->job, b->trees, b->in->columns, 0, b->trees->ntree, b->score.x, err);
  }
  TRY(mat_new(b->job, (b->data.n + 1) / 2, 1, "the leaves of the rows", &leaf, err));
  if (b->job) b->job->inner++;
  ErrCode code = follow_rounds(b, rounds, (int32_t *)(void *)leaf.x, err);
  if (b->job) b->job->inner--;
  mat_free(&leaf);
  return code;
}
