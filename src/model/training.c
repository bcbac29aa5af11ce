// The rounds of a boosted model as tables. Trees stand in the order of their rounds, one for each sum.
#include "model/training.h"

#include "model/link_int.h"

#include <math.h>
#include <stdlib.h>

static const Trees *trees_of(const Model *m) { return learner_type(m->fit->learner, NULL)->trees(&m->fit->state); }

bool model_training(const Model *m, ModelRounds *out) {
  const ModelType *type = learner_type(m->fit->learner, NULL);
  if (!type || !type->rounds) return false;
  *out = (ModelRounds){0};
  type->rounds(&m->fit->state, out);
  out->kept = trees_of(m)->ntree / trees_of(m)->noutput;
  return true;
}

static ErrCode training_of(const Model *m, ModelRounds *out, Err *err) {
  if (model_training(m, out)) return OK;
  const ModelType *type = learner_type(m->fit->learner, NULL);
  return err_set(err, ERR_ARG, "rounds are of ml.boost; this is %s%s", type ? "ml." : "a pipeline of steps",
                 type ? type->name : "");
}

typedef struct Size {
  int64_t leaves, depth;
  double gain;
} Size;

// depth is work space for the nodes of a tree.
static void measure_tree(const Trees *t, int64_t tree, int64_t *depth, Size *s) {
  int64_t first = t->root[tree], n = t->root[tree + 1] - first;
  if (n) depth[0] = 0;
  for (int64_t k = 0; k < n; k++) {
    const TreeNode *node = &t->node[first + k];
    if (depth[k] > s->depth) s->depth = depth[k];
    if (node->feature == NODE_LEAF) s->leaves++;
    else depth[node->left] = depth[node->left + 1] = depth[k] + 1, s->gain += (double)node->gain;
  }
}

static int64_t largest_tree(const Trees *t) {
  int64_t most = 1;
  for (int64_t k = 0; k < t->ntree; k++)
    if (t->root[k + 1] - t->root[k] > most) most = t->root[k + 1] - t->root[k];
  return most;
}

static Size measure_round(const Trees *t, int64_t round, int64_t *depth) {
  Size s = {0};
  for (int64_t k = 0; k < t->noutput; k++) measure_tree(t, round * t->noutput + k, depth, &s);
  return s;
}

// ---- all rounds ---------------------------------------------------------------------------------------------------
static ErrCode add_counts(Frame *f, const char *name, const double *v, Err *err) {
  Column *c;
  TRY(column_new(NULL, COL_I64, frame_nrow(f), NULL, &c, err));
  for (int64_t i = 0; i < c->n; i++) {
    bool missing = isnan(v[i]);
    c->i[i] = missing ? 0 : (int64_t)v[i];
    ErrCode code = missing ? column_set_missing(c, i, err) : OK;
    if (code != OK) return column_unref(c), code;
  }
  return frame_add(f, name, c, err);
}

static ErrCode fill_sizes(const Trees *t, const ModelRounds *r, Frame *f, Arena *a, Err *err) {
  int64_t n = frame_nrow(f), *depth = arena_array(a, int64_t, largest_tree(t));
  double *v[3];
  for (int k = 0; k < 3; k++) v[k] = arena_array(a, double, n);
  for (int64_t i = 0; i < n; i++) {
    bool there = i < r->kept;
    Size s = there ? measure_round(t, i, depth) : (Size){0};
    v[0][i] = there ? (double)s.leaves : NAN, v[1][i] = there ? (double)s.depth : NAN;
    v[2][i] = there ? s.gain : NAN;
  }
  TRY(add_counts(f, "leaves", v[0], err));
  TRY(add_counts(f, "depth", v[1], err));
  return card_add_reals(f, "gain", v[2], err);
}

static ErrCode fill_curves(const ModelRounds *r, Frame *f, Arena *a, Err *err) {
  int64_t n = frame_nrow(f);
  const double *from[2] = {r->train, r->valid};
  double *v = arena_array(a, double, n);
  for (int64_t i = 0; i < n; i++) v[i] = (double)i + 1;
  TRY(add_counts(f, "round", v, err));
  for (int k = 0; r->metric && k < 2; k++) {
    for (int64_t i = 0; i < n; i++) v[i] = i < r->n ? from[k][i] : NAN;
    TRY(card_add_reals(f, k ? "valid" : "train", v, err));
  }
  return OK;
}

static void tell(const ModelRounds *r, Frame *f) {
  Str s = {0};
  if (r->metric)
    str_addf(&s, "%s after each round; best on the rows held out: round %lld", r->metric, (long long)r->best + 1);
  else str_add(&s, "no rows were held out: ml.boost{valid=0.2} scores each round");
  frame_set_caption(f, str_c(&s));
  str_fini(&s);
}

ErrCode model_rounds(const Model *m, Frame **out, Err *err) {
  ModelRounds r;
  TRY(training_of(m, &r, err));
  Arena a = {0};
  Frame *f = frame_new(r.n > r.kept ? r.n : r.kept);
  ErrCode code = fill_curves(&r, f, &a, err);
  if (code == OK) code = fill_sizes(trees_of(m), &r, f, &a, err);
  arena_fini(&a);
  tell(&r, f);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

// ---- one round ----------------------------------------------------------------------------------------------------
static int by_share(const void *a, const void *b) {
  double x = ((const RoundTerm *)a)->share, y = ((const RoundTerm *)b)->share;
  const char *s = ((const RoundTerm *)a)->term, *t = ((const RoundTerm *)b)->term;
  return x > y ? -1 : x < y ? 1 : strcmp(s, t);
}

static void add_terms(const Model *m, const Trees *t, int64_t ntree, Arena *a, RoundTrees *out) {
  const Names *terms = &m->fit->design.terms;
  double *gain = arena_array(a, double, terms->n), total = 0;
  for (int64_t k = 0; k < t->root[ntree]; k++)
    if (t->node[k].feature != NODE_LEAF) {
      gain[t->node[k].feature] += (double)t->node[k].gain;
      total += (double)t->node[k].gain;
    }
  out->term = arena_array(a, RoundTerm, terms->n);
  for (int64_t j = 0; j < terms->n; j++)
    if (gain[j] > 0) out->term[out->nterm++] = (RoundTerm){terms->name[j], gain[j] / total};
  qsort(out->term, (size_t)out->nterm, sizeof *out->term, by_share);
}

ErrCode model_round(const Model *m, int64_t round, Arena *a, RoundTrees *out, Err *err) {
  ModelRounds r;
  TRY(training_of(m, &r, err));
  if (round < 1 || round > r.kept)
    return err_set(err, ERR_ARG, "round must be from 1 to %lld, %lld was given", (long long)r.kept, (long long)round);
  const Trees *t = trees_of(m);
  Size s = measure_round(t, round - 1, arena_array(a, int64_t, largest_tree(t)));
  *out = (RoundTrees){.first = (round - 1) * t->noutput + 1, .n = t->noutput, .leaves = s.leaves, .depth = s.depth,
                      .gain = s.gain};
  add_terms(m, t, round * t->noutput, a, out);
  return OK;
}
