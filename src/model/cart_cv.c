// Cross-validated error of every tree of a pruning path. Each fold's tree is grown on the other folds and pruned at the
// geometric means of neighbouring alphas of the whole tree's path, which stand for the intervals between them (Breiman
// et al. 1984, 3.4.2; as rpart). A row meets its nodes from the root down, and each node speaks for a range of alphas,
// so that one walk adds the errors of all of them.
#include "model/cart_int.h"

#include "base/rng.h"

#include <math.h>
#include <string.h>

typedef struct Cv {
  Job *job;
  const CartIn *in;
  CartPath *path;
  double *beta;      // for each tree of the path: where its interval is entered, in weight * impurity of all rows
  double *sum, *squares; // n + 1 differences of weighted errors
  uint8_t *fold;
  uint32_t *rows;
  double total;
} Cv;

// Rows of each class in turn, shuffled, so that folds are of one size and have the classes' shares.
static void draw_folds(Cv *c, int64_t folds, uint64_t seed, int64_t *order) {
  const CartTarget *t = c->in->target;
  int64_t n = t->n, at = 0;
  for (int64_t i = 0; i < n; i++) order[i] = i;
  rng_shuffle(rng_key(seed, "cart.folds"), order, n);
  for (int k = 0; k < (t->nclass ? t->nclass : 1); k++)
    for (int64_t i = 0; i < n; i++) {
      int64_t s = t->item[order[i]].s, class = t->nclass == 2 ? s > 0 : s;
      if (!t->nclass || class == k) c->fold[order[i]] = (uint8_t)(at++ % folds);
    }
}

static double loss(const Cv *c, const double *v, int64_t row) {
  const CartTarget *t = c->in->target;
  const CartItem *item = &t->item[row];
  if (t->nclass == 0) {
    double d = v[0] - (t->centre + t->unit * (double)item->s / (double)item->w);
    return d * d;
  }
  int64_t best = 0, class = t->nclass == 2 ? item->s > 0 : item->s;
  for (int k = 1; k < t->nclass; k++)
    if (v[k] > v[best]) best = k;
  return best != class;
}

// The first place whose beta is at least alpha.
static int64_t place_of(const Cv *c, double alpha) {
  int64_t lo = 0, hi = c->path->n;
  while (lo < hi) {
    int64_t mid = (lo + hi) / 2;
    if (c->beta[mid] < alpha) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

// `scale` brings the alphas of a fold's tree to those of all rows. Node v speaks from its own alpha up to its parent's.
static void add_row(Cv *c, const CartTree *t, const double *alpha, double scale, int64_t row) {
  int64_t above = c->path->n, node = 0;
  double w = (double)c->in->target->item[row].w;
  for (;;) {
    bool leaf = t->node[node].feature == NODE_LEAF;
    int64_t from = leaf ? 0 : place_of(c, alpha[node] * scale);
    if (from < above) {
      double e = loss(c, t->value + node * t->width, row);
      c->sum[from] += w * e, c->sum[above] -= w * e, c->squares[from] += w * e * e, c->squares[above] -= w * e * e;
      above = from;
    }
    if (leaf || above == 0) return;
    node = cart_step(c->in->data, t, node, row);
  }
}

static ErrCode score_fold(Cv *c, const CartTree *t, int fold, double weight, Err *err) {
  double *alpha = mem_new((size_t)t->n * sizeof *alpha);
  if (!alpha) return err_set(err, ERR_MEMORY, "no memory to prune a tree of %lld nodes", (long long)t->n);
  ErrCode code = cart_prune_links(c->job, t, alpha, err);
  for (int64_t i = 0; code == OK && i < c->in->target->n; i++)
    if (c->fold[i] == fold) add_row(c, t, alpha, c->total / weight, i);
  mem_free(alpha);
  return code;
}

static ErrCode run_fold(Cv *c, int fold, uint64_t seed, Err *err) {
  int64_t m = 0;
  double weight = 0;
  CartTree t;
  for (int64_t i = 0; i < c->in->target->n; i++)
    if (c->fold[i] != fold) c->rows[m++] = (uint32_t)i, weight += (double)c->in->target->item[i].w;
  if (m == 0 || m == c->in->target->n) return OK;
  TRY(cart_grow(c->job, c->in, c->rows, NULL, m, rng_u64(rng_key(seed, "cart.cv"), (uint64_t)fold, 0), &t, err));
  ErrCode code = score_fold(c, &t, fold, weight, err);
  cart_tree_fini(&t);
  return code;
}

static void finish(Cv *c) {
  double sum = 0, squares = 0, total = c->total, n = (double)c->in->target->n;
  for (int64_t k = 0; k < c->path->n; k++) {
    sum += c->sum[k], squares += c->squares[k];
    double mean = sum / total, var = squares / total - mean * mean;
    c->path->error[k] = mean, c->path->se[k] = sqrt(fmax(0, var) / n);
  }
}

ErrCode cart_cv(Job *job, const CartIn *in, int64_t folds, uint64_t seed, Arena *a, CartPath *path, Err *err) {
  int64_t n = in->target->n;
  Cv c = {.job = job, .in = in, .path = path, .total = in->target->total};
  path->error = arena_array(a, double, path->n), path->se = arena_array(a, double, path->n);
  c.beta = arena_array(a, double, path->n);
  c.sum = arena_array(a, double, path->n + 1), c.squares = arena_array(a, double, path->n + 1);
  for (int64_t k = 0; k < path->n; k++)
    c.beta[k] = k + 1 < path->n ? sqrt(path->alpha[k] * path->alpha[k + 1]) : INFINITY;
  TRY(job_need(job, n * 13, "cross-validation", err));
  int64_t *order = mem_new((size_t)n * 13);
  if (!order) return err_set(err, ERR_MEMORY, "no memory for the folds of %lld rows", (long long)n);
  c.rows = (uint32_t *)(void *)(order + n), c.fold = (uint8_t *)(void *)(c.rows + n);
  draw_folds(&c, folds, seed, order);
  ErrCode code = OK;
  for (int k = 0; k < folds && code == OK; k++) code = run_fold(&c, k, seed, err);
  mem_free(order);
  finish(&c);
  return code;
}
