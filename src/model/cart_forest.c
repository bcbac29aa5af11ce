// Trees on drawn rows that vote by the shares of their leaves (Breiman 2001). A tree is a task: it draws its rows as
// how often each counts, and grows alone; trees come in batches, between which the rows that a tree did not draw are
// predicted from it. Random numbers are keyed by (seed, tree), draws inside a tree by the path, and votes add up in the
// order of the trees: the same forest on any number of threads.
#include "model/cart_forest.h"
#include "model/trees_deep_int.h"

#include "base/pool.h"
#include "base/rng.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 32 };

typedef struct Forest { // state->data
  Trees trees;
  double score;       // out of bag: accuracy or R squared; NaN without
  double *oob;        // n x width, NaN where every tree drew the row; NULL without
  int64_t n;
} Forest;

typedef struct Raising {
  Job *job;
  const ForestOpts *o;
  const FitIn *in;
  const char *owner;
  CartData data;
  CartTarget target;
  CartIn cart;
  Forest *forest;
  uint8_t *copies;    // BATCH x n
  double *sum;        // n x width
  int32_t *votes;     // n: trees that did not draw the row
  CartTree tree[BATCH];
  int64_t first, count, draws; // trees of the batch; rows of a tree
} Raising;

// ---- one tree -----------------------------------------------------------------------------------------------------
static void draw_rows(const Raising *r, int64_t tree, uint8_t *copies) {
  RngKey key = rng_key(r->in->seed, "forest.rows");
  int64_t n = r->data.n;
  memset(copies, r->o->bootstrap ? 0 : 1, (size_t)n);
  for (int64_t i = 0; r->o->bootstrap && i < r->draws; i++) {
    uint8_t *c = &copies[rng_below(key, (uint64_t)tree, (uint64_t)i, n)];
    if (*c < UINT8_MAX) ++*c;
  }
}

static ErrCode raise_tree(Raising *r, int64_t k, Err *err) {
  int64_t n = r->data.n, m = 0;
  uint8_t *copies = r->copies + k * n;
  uint32_t *rows = mem_new((size_t)n * (sizeof *rows + 1));
  if (!rows) return err_set(err, ERR_MEMORY, "no memory for the rows of a tree");
  uint8_t *times = (uint8_t *)(rows + n);
  draw_rows(r, r->first + k, copies);
  for (int64_t i = 0; i < n; i++) {
    rows[m] = (uint32_t)i, times[m] = copies[i];
    m += copies[i] > 0;
  }
  uint64_t seed = rng_u64(rng_key(r->in->seed, "forest.tree"), (uint64_t)(r->first + k), 0);
  ErrCode code = cart_grow(NULL, &r->cart, rows, times, m, seed, &r->tree[k], err);
  mem_free(rows);
  return code;
}

static void task_tree(void *ctx, int64_t begin, int64_t end) {
  Raising *r = ctx;
  for (int64_t k = begin; k < end; k++)
    if (raise_tree(r, k, NULL) != OK) r->tree[k].failed = true;
}

// ---- rows out of the bag ------------------------------------------------------------------------------------------
typedef struct Votes { // of a batch
  Raising *r;
  DeepNode *node;       // of all its trees
  DeepTree tree[BATCH];
  atomic_bool failed;
} Votes;

// Rows begin .. begin + n of the block of values.
static void vote_block(const Votes *v, int64_t begin, int64_t n, const double *row, int32_t *which, int32_t *leaf) {
  Raising *r = v->r;
  int64_t w = r->forest->trees.width;
  for (int64_t k = 0; k < r->count; k++) {
    const uint8_t *copies = r->copies + k * r->data.n + begin;
    int64_t m = 0;
    for (int64_t i = 0; i < n; i++) which[m] = (int32_t)i, m += !copies[i];
    deep_leaves(&v->tree[k], row, r->data.p, which, m, leaf);
    for (int64_t q = 0; q < m; q++) {
      const double *value = r->tree[k].value + leaf[q] * w;
      for (int64_t j = 0; j < w; j++) r->sum[(begin + which[q]) * w + j] += value[j];
      r->votes[begin + which[q]]++;
    }
  }
}

static void task_votes(void *ctx, int64_t begin, int64_t end) {
  Votes *v = ctx;
  int64_t p = v->r->data.p, rows = deep_block(p);
  double *row = mem_new((size_t)((p + 1) * rows) * sizeof *row);
  if (!row) {
    v->failed = true;
    return;
  }
  int32_t *which = mem_new((size_t)(2 * rows + 1) * sizeof *which);
  for (int64_t at = begin; which && at < end; at += rows) {
    int64_t n = end - at < rows ? end - at : rows;
    deep_read(v->r->in->columns, at, n, false, row, row + p * rows);
    vote_block(v, at, n, row, which, which + rows + 1);
  }
  if (!which) v->failed = true;
  mem_free(which);
  mem_free(row);
}

// Of all rows, from each tree of the batch that did not draw them.
static ErrCode vote(Raising *r, Err *err) {
  Votes v = {.r = r};
  int64_t nodes = 0;
  for (int64_t k = 0; k < r->count; k++) nodes += r->tree[k].n;
  TRY(job_need(r->job, nodes * (int64_t)sizeof *v.node, "the votes of a forest", err));
  v.node = mem_new((size_t)nodes * sizeof *v.node);
  if (!v.node) return err_set(err, ERR_MEMORY, "%s: no memory for the votes", r->owner);
  DeepNode *node = v.node;
  for (int64_t k = 0; k < r->count; node += r->tree[k++].n) {
    v.tree[k] = (DeepTree){.node = node, .set = r->tree[k].set, .levels = r->forest->trees.levels};
    deep_fill(r->tree[k].node, r->tree[k].n, false, node, &v.tree[k].words);
  }
  par_for(r->job, r->data.n, deep_block(r->data.p), task_votes, &v);
  mem_free(v.node);
  return v.failed ? err_set(err, ERR_MEMORY, "%s: no memory for the votes", r->owner) : OK;
}

// R squared of the rows that have votes, or the share of right classes.
static double judge(const Raising *r) {
  const Forest *f = r->forest;
  int64_t k = r->in->nclass, rows = 0, right = 0;
  double mean = 0, wrong = 0, total = 0;
  for (int64_t i = 0; i < f->n; i++) {
    if (isnan(f->oob[i])) continue;
    int64_t best = 0;
    for (int64_t j = 1; j < k; j++)
      if (f->oob[j * f->n + i] > f->oob[best * f->n + i]) best = j;
    right += k && best == (int64_t)r->in->y[i];
    rows++, mean += r->in->y[i];
  }
  if (k || !rows) return rows ? (double)right / (double)rows : NAN;
  mean /= (double)rows;
  for (int64_t i = 0; i < f->n; i++) {
    if (isnan(f->oob[i])) continue;
    double e = r->in->y[i] - f->oob[i], d = r->in->y[i] - mean;
    wrong += e * e, total += d * d;
  }
  return total > 0 ? 1 - wrong / total : NAN;
}

static void finish_votes(Raising *r, ModelState *state) {
  Forest *f = r->forest;
  int64_t n = r->data.n, w = f->trees.width, none = 0;
  if (!r->votes) return;
  f->n = n, f->oob = arena_array(&state->arena, double, n * w);
  for (int64_t i = 0; i < n; i++) {
    none += !r->votes[i];
    for (int64_t j = 0; j < w; j++) f->oob[j * n + i] = r->votes[i] ? r->sum[i * w + j] / r->votes[i] : NAN;
  }
  f->score = judge(r);
  if (none)
    state_note(state, "%lld row%s drawn by every tree: the score out of the bag leaves %s out", (long long)none,
               none == 1 ? " was" : "s were", none == 1 ? "it" : "them");
}

// ---- all trees ----------------------------------------------------------------------------------------------------
static void free_batch(Raising *r) {
  for (int64_t k = 0; k < BATCH; k++) cart_tree_fini(&r->tree[k]);
}

// Each tree adds its share of the mean.
static void keep_batch(Raising *r) {
  double total = (double)r->o->n_estimators;
  for (int64_t k = 0; k < r->count; k++) {
    CartTree *t = &r->tree[k];
    for (int64_t i = 0; i < t->n * t->width; i++) t->value[i] /= total;
    cart_tree_add(t, &r->forest->trees);
  }
}

// Room for as many nodes as the trees so far let expect.
static ErrCode expect(Raising *r, Err *err) {
  Trees *t = &r->forest->trees;
  int64_t nodes = 0, left = r->o->n_estimators - r->first;
  for (int64_t k = 0; k < r->count; k++) nodes += r->tree[k].n;
  if (r->first > 0) return OK;
  double all = (double)nodes / (double)r->count * (double)left * 1.05 + 64;
  size_t size = sizeof *t->node + (size_t)t->width * sizeof *t->value;
  if (!(all * (double)size < 0x1p60))
    return err_set(err, ERR_MEMORY, "%s: %.3g nodes: grow fewer trees", r->owner, all);
  TRY(job_need(r->job, (int64_t)all * (int64_t)size, "the trees of a forest", err));
  return trees_reserve(t, left, (int64_t)all), OK;
}

static ErrCode raise_batch(Raising *r, Err *err) {
  int64_t left = r->o->n_estimators - r->first;
  r->count = left < BATCH ? left : BATCH;
  TRY(job_tick(r->job, r->first, r->o->n_estimators, err));
  par_for(r->job, r->count, 1, task_tree, r);
  for (int64_t k = 0; k < r->count; k++) {
    if (!r->tree[k].failed) continue;
    TRY(job_tick(r->job, r->first, r->o->n_estimators, err)); // it may have been stopped
    return err_set(err, ERR_MEMORY, "%s: no memory for tree %lld", r->owner, (long long)(r->first + k + 1));
  }
  TRY(expect(r, err));
  if (r->votes) TRY(vote(r, err));
  keep_batch(r);
  return OK;
}

static ErrCode raise_all(Raising *r, ModelState *state, Err *err) {
  int64_t n = r->data.n, w = r->forest->trees.width;
  bool judged = r->o->bootstrap && r->o->oob_score;
  TRY(job_need(r->job, n * (BATCH + (judged ? 8 * w + 4 : 0)), "the rows of a forest", err));
  r->copies = mem_new((size_t)n * BATCH);
  if (judged) r->sum = mem_new((size_t)(n * w) * sizeof *r->sum), r->votes = mem_new((size_t)n * sizeof *r->votes);
  if (!r->copies || (judged && (!r->sum || !r->votes))) return err_set(err, ERR_MEMORY, "%s: no memory", r->owner);
  if (judged) memset(r->sum, 0, (size_t)(n * w) * sizeof *r->sum), memset(r->votes, 0, (size_t)n * sizeof *r->votes);
  for (; r->first < r->o->n_estimators; r->first += r->count) {
    ErrCode code = raise_batch(r, err);
    free_batch(r);
    TRY(code);
  }
  return finish_votes(r, state), OK;
}

static int64_t count_draws(const ForestOpts *o, int64_t n) {
  double v = o->max_samples, rows = v == 0 ? (double)n : v <= 1 ? rint(v * (double)n) : v;
  return rows < 1 ? 1 : rows > (double)n ? n : (int64_t)rows;
}

static ErrCode prepare(Raising *r, bool random, ModelState *state, Err *err) {
  CartOpts opts;
  const FitIn *in = r->in;
  int64_t width = in->nclass ? in->nclass : 1;
  TRY(cart_opts_read(&r->o->grow, in, r->owner, &opts, err));
  opts.random = random;
  TRY(cart_target_new(r->job, in, r->owner, &r->target, err));
  TRY(cart_data_new(r->job, in->columns, random, &r->data, err));
  TRY(cart_in_new(r->job, &opts, &r->data, &r->target, &r->cart, err));
  r->draws = count_draws(r->o, r->data.n);
  r->forest->score = NAN;
  trees_init(&r->forest->trees, &state->arena, width, width);
  trees_set_levels(&r->forest->trees, in->columns);
  return raise_all(r, state, err);
}

ErrCode forest_fit_with(Job *job, const ForestOpts *o, const FitIn *in, const char *owner, bool random,
                        ModelState *state, Err *err) {
  Raising *r = calloc(1, sizeof *r);
  if (!r) abort();
  *r = (Raising){.job = job, .o = o, .in = in, .owner = owner};
  r->forest = state->data = arena_new(&state->arena, Forest);
  ErrCode code = prepare(r, random, state, err);
  state->converged = true;
  mem_free(r->copies);
  mem_free(r->sum);
  mem_free(r->votes);
  cart_in_free(&r->cart);
  cart_target_free(&r->target);
  cart_data_free(&r->data);
  free(r);
  return code;
}

// ---- the fitted forest --------------------------------------------------------------------------------------------
ErrCode forest_predict(Job *job, const void *opts, const ModelState *state, const Features *x, double *out, Err *err) {
  const Forest *f = state->data;
  (void)opts;
  TRY(trees_predict(job, &f->trees, x, 0, f->trees.ntree, out, err));
  for (int64_t i = 0; f->trees.width > 1 && i < x->n * f->trees.width; i++)
    if (out[i] > 1) out[i] = 1; // a sum of shares, rounded up
  return OK;
}

ErrCode forest_card(Job *job, const void *opts, const ModelState *state, const Names *terms, const Names *levels,
                    Frame **out, Err *err) {
  const Forest *f = state->data;
  const ForestOpts *o = opts;
  Str s = {0};
  TRY(cart_card(job, &f->trees, terms, out, err));
  str_addf(&s, "%s, %lld trees of %.0f leaves", cart_criterion_print(&o->grow, (int)levels->n),
           (long long)f->trees.ntree, ((double)f->trees.nnode / (double)f->trees.ntree + 1) / 2);
  if (!isnan(f->score)) str_addf(&s, ", out of bag %s %.4f", levels->n ? "accuracy" : "R2", f->score);
  frame_set_caption(*out, str_c(&s));
  str_fini(&s);
  return OK;
}

void forest_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state) {
  (void)opts;
  if (s->reading) state->data = arena_new(&state->arena, Forest);
  Forest *f = state->data;
  int64_t width = nclass ? nclass : 1;
  trees_store(s, &f->trees, nterm);
  store_f64(s, "oob", &f->score);
  if (f->trees.ntree < 1 || f->trees.width != width || f->trees.noutput != width)
    store_fail(s, "a forest that does not fit its target");
}

const Trees *forest_trees(const ModelState *state) { return &((const Forest *)state->data)->trees; }

const double *forest_oob(const ModelState *state, int64_t *n) {
  const Forest *f = state->data;
  *n = f->n;
  return f->oob;
}
