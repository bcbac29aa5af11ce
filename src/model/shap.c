// Shapley values of rows: what each column adds to the sum of leaves of a row, over the mean by cover (shap_tree.c).
// A tree after the other; blocks of rows on all threads. Of a block every split is asked once, as a byte a row; the
// bytes of the splits on the way to a leaf make the set U of each row, and a table has the answers.
#include "model/shap_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { ROWS = 256 };

typedef struct Run {
  const Trees *t;
  const Features *x;
  int64_t k;
  const ShapTree *tree;
  double *phi;          // noutput x (p + 1) x n
  atomic_bool failed;
} Run;

typedef struct Desk {
  double *x;            // ROWS
  uint8_t *left;        // of each node ROWS bytes, 1: the row goes left
  uint8_t *pass;        // of each test ROWS bytes
} Desk;

// ---- questions ----------------------------------------------------------------------------------------------------
CLONES static void ask_number(const double *x, int64_t n, double cut, bool missing, uint8_t *left) {
  for (int64_t i = 0; i < n; i++) left[i] = x[i] != x[i] ? missing : x[i] < cut;
}

CLONES static void ask_float(const double *x, int64_t n, float cut, bool missing, uint8_t *left) {
  for (int64_t i = 0; i < n; i++) left[i] = x[i] != x[i] ? missing : (float)x[i] < cut;
}

static void ask(const Run *r, int64_t node, const double *x, int64_t n, uint8_t *left) {
  const TreeNode *w = &r->t->node[r->t->root[r->k] + node];
  bool missing = w->flags & NODE_MISSING_LEFT;
  if (w->flags & NODE_WORDS)
    for (int64_t i = 0; i < n; i++) left[i] = node_next(r->t, w, x[i]) == w->left;
  else if (r->t->single) ask_float(x, n, (float)w->cut, missing, left);
  else ask_number(x, n, w->cut, missing, left);
}

static void ask_all(const Run *r, int64_t begin, int64_t n, Desk *d) {
  const TreeNode *tree = r->t->node + r->t->root[r->k];
  int64_t size = r->t->root[r->k + 1] - r->t->root[r->k];
  for (int64_t i = 0; i < size; i++) {
    if (tree[i].feature == NODE_LEAF) continue;
    features_read(r->x, tree[i].feature, begin, begin + n, d->x);
    ask(r, i, d->x, n, d->left + i * ROWS);
  }
}

// ---- a leaf -------------------------------------------------------------------------------------------------------
CLONES static void keep_side(const uint8_t *left, bool side, int64_t n, uint8_t *pass) {
  for (int64_t i = 0; i < n; i++) pass[i] &= (uint8_t)(left[i] ^ !side);
}

CLONES static void join_bits(const uint8_t *pass, int m, int64_t n, uint8_t *set) {
  memset(set, 0, (size_t)n);
  for (int j = 0; j < m; j++)
    for (int64_t i = 0; i < n; i++) set[i] |= (uint8_t)(pass[j * ROWS + i] << j);
}

static void find_passed(const Run *r, const ShapLeaf *leaf, int64_t n, Desk *d) {
  for (int32_t j = 0; j < leaf->ntest; j++) {
    const ShapTest *t = &r->tree->test[leaf->test + j];
    uint8_t *pass = d->pass + j * ROWS;
    memset(pass, 1, (size_t)n);
    for (int32_t k = 0; k < t->nstep; k++) {
      const ShapStep *s = &r->tree->step[t->step + k];
      keep_side(d->left + (int64_t)s->node * ROWS, s->left, n, pass);
    }
  }
}

CLONES static void add_table(const double *table, double value, const uint8_t *set, int64_t n, double *phi) {
  for (int64_t i = 0; i < n; i++) phi[i] += value * table[set[i]];
}

static double *phi_of(const Run *r, int64_t output, int64_t feature, int64_t row) {
  return r->phi + (output * (r->x->p + 1) + feature) * r->x->n + row;
}

static const double *values_of(const Run *r, const ShapLeaf *leaf) {
  return r->t->value + (r->t->root[r->k] + leaf->node) * r->t->width;
}

static void add_by_table(const Run *r, const ShapLeaf *leaf, int64_t begin, int64_t n, Desk *d) {
  uint8_t set[ROWS];
  const double *value = values_of(r, leaf);
  join_bits(d->pass, leaf->ntest, n, set);
  for (int64_t o = 0; o < r->t->width; o++)
    for (int32_t j = 0; j < leaf->ntest; j++)
      add_table(r->tree->table + leaf->table + ((int64_t)j << leaf->ntest), value[o], set, n,
                phi_of(r, r->t->output[r->k] + o, r->tree->test[leaf->test + j].feature, begin));
}

// One row by the integral itself. share[j]: what a leaf of value 1 gives test j.
static void integrate(const Run *r, const ShapLeaf *leaf, const uint8_t *pass, double *share) {
  const ShapTree *s = r->tree;
  const ShapTest *test = s->test + leaf->test;
  int64_t m = leaf->ntest, in = 0;
  double gone = 1, failed = 0;
  for (int64_t j = 0; j < m; j++) {
    share[j] = 0;
    if (pass[j * ROWS]) in++;
    else gone *= test[j].z;
  }
  for (int q = 0; q < s->nquad; q++) {
    double t = s->quad[q], product = gone;
    for (int64_t j = 0; j < m; j++)
      if (pass[j * ROWS]) product *= t + test[j].z * (1 - t);
    if (in < m) failed += product * shap_rest(s, q, m, in);
    double rest = in ? product * shap_rest(s, q, m, in - 1) : 0;
    for (int64_t j = 0; j < m; j++)
      if (pass[j * ROWS]) share[j] += rest * (1 - test[j].z) / (t + test[j].z * (1 - t));
  }
  for (int64_t j = 0; j < m; j++)
    if (!pass[j * ROWS]) share[j] = -failed;
}

static void add_by_row(const Run *r, const ShapLeaf *leaf, int64_t begin, int64_t n, Desk *d, double *share) {
  const double *value = values_of(r, leaf);
  for (int64_t i = 0; i < n; i++) {
    integrate(r, leaf, d->pass + i, share);
    for (int64_t o = 0; o < r->t->width; o++)
      for (int32_t j = 0; j < leaf->ntest; j++)
        *phi_of(r, r->t->output[r->k] + o, r->tree->test[leaf->test + j].feature, begin + i) += value[o] * share[j];
  }
}

// ---- blocks -------------------------------------------------------------------------------------------------------
static void run_block(void *ctx, int64_t begin, int64_t end) {
  Run *r = ctx;
  int64_t size = r->t->root[r->k + 1] - r->t->root[r->k], most = r->tree->most, n = end - begin;
  double *block = mem_new((size_t)(ROWS + most) * sizeof *block + (size_t)(size + most) * ROWS);
  if (!block) {
    r->failed = true;
    return;
  }
  Desk d = {.x = block, .left = (uint8_t *)(block + ROWS + most)};
  d.pass = d.left + size * ROWS;
  ask_all(r, begin, n, &d);
  for (int64_t k = 0; k < r->tree->nleaf; k++) {
    const ShapLeaf *leaf = &r->tree->leaf[k];
    find_passed(r, leaf, n, &d);
    if (leaf->table >= 0) add_by_table(r, leaf, begin, n, &d);
    else add_by_row(r, leaf, begin, n, &d, block + ROWS);
  }
  mem_free(block);
}

// What the sum is of a row of which nothing is known.
static void add_mean(const Run *r, double *mean) {
  for (int64_t k = 0; k < r->tree->nleaf; k++) {
    const ShapLeaf *leaf = &r->tree->leaf[k];
    double share = 1;
    for (int32_t j = 0; j < leaf->ntest; j++) share *= r->tree->test[leaf->test + j].z;
    for (int64_t o = 0; o < r->t->width; o++) mean[r->t->output[r->k] + o] += share * values_of(r, leaf)[o];
  }
}

static ErrCode run_trees(Job *job, Run *r, double *mean, Err *err) {
  for (r->k = 0; r->k < r->t->ntree; r->k++) {
    ShapTree tree;
    TRY(job_tick(job, r->k, r->t->ntree, err));
    shap_tree_init(r->t, r->k, &tree);
    r->tree = &tree;
    par_for(job, r->x->n, ROWS, run_block, r);
    add_mean(r, mean);
    shap_tree_fini(&tree);
    if (r->failed) return err_set(err, ERR_MEMORY, "no memory for a block of %d rows", ROWS);
  }
  return OK;
}

ErrCode trees_shap(Job *job, const Trees *t, const Features *x, double *phi, Err *err) {
  Run r = {.t = t, .x = x, .phi = phi};
  Arena a = {0};
  double *mean = arena_array(&a, double, t->noutput);
  memset(phi, 0, (size_t)(t->noutput * (x->p + 1) * x->n) * sizeof *phi);
  memcpy(mean, t->base, (size_t)t->noutput * sizeof *mean);
  ErrCode code = run_trees(job, &r, mean, err);
  for (int64_t o = 0; o < t->noutput && code == OK; o++)
    for (int64_t i = 0; i < x->n; i++) *(phi_of(&r, o, x->p, i)) = mean[o];
  arena_fini(&a);
  return code;
}
