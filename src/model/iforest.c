// ml.iforest: how few random cuts set a row apart (Liu, Ting, Zhou 2008). Each tree draws some rows without
// replacement, then a column and a cut between its smallest and largest value, until rows are alone or the depth of a
// balanced tree is reached. What is unlike the rest is alone soon. With E the mean depth of a row's leaves, a leaf of m
// rows standing for c(m) more, its score is 2^(-E / c(rows of a tree)), scikit-learn's score_samples with the sign
// turned: near 1 an outlier, 0.5 and less not. Words are cut into two drawn halves; a missing value goes with the
// larger side.
#include "model/cart_split_int.h"

#include "base/numfmt.h"
#include "base/pool.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 64 };

typedef struct Opts {
  int64_t n_estimators;
  double max_samples;
  const char *contamination;
} Opts;

static const Param PARAMS[] = {
    {"n_estimators", PARAM_INT, offsetof(Opts, n_estimators), 1, 100000, .dflt = "100", .doc = "how many trees"},
    {"max_samples", PARAM_REAL, offsetof(Opts, max_samples), 0, PARAM_INF, .dflt = "256",
     .doc = "rows of a tree; up to 1 a share of all rows"},
    {"contamination", PARAM_TEXT, offsetof(Opts, contamination), .dflt = "auto",
     .doc = "share of the training rows to be called outliers, at most 0.5; auto: scores above 0.5"},
    PARAM_END};

typedef struct Isolation { // state->data
  Trees trees;
  int64_t rows;            // of a tree
} Isolation;

// Mean depth at which a row is alone in a random tree over n rows.
static double mean_depth(int64_t n) {
  if (n <= 1) return 0;
  if (n == 2) return 1;
  double m = (double)n;
  return 2 * (fmath_log(m - 1) + 0.57721566490153286) - 2 * (m - 1) / m;
}

// ---- one tree -----------------------------------------------------------------------------------------------------
typedef struct Sprout {
  const Features *x;
  RngKey key;
  uint64_t tree, draws;
  const double *value;    // p x m: the drawn rows, column by column
  int64_t m, p, depth_max, total;
  int32_t *row, *spare;   // numbers among the drawn rows
  int32_t *order;
  CartTree *out;
  uint64_t *set;
  bool failed;
} Sprout;

static double unit(Sprout *s) { return rng_unit(s->key, s->tree, s->draws++); }

typedef struct Range {
  double lo, hi;
} Range;

static Range range_of(const Sprout *s, int64_t j, int64_t begin, int64_t end) {
  Range r = {INFINITY, -INFINITY};
  for (int64_t i = begin; i < end; i++) {
    double v = s->value[j * s->m + s->row[i]];
    if (v < r.lo) r.lo = v;
    if (v > r.hi) r.hi = v;
  }
  return r;
}

// A column that varies, in drawn order; -1 when none does.
static int32_t draw_column(Sprout *s, int64_t begin, int64_t end, Range *r) {
  for (int64_t k = 0; k < s->p; k++) s->order[k] = (int32_t)k;
  for (int64_t k = 0; k < s->p; k++) {
    int64_t pick = k + (int64_t)(unit(s) * (double)(s->p - k));
    int32_t j = s->order[pick];
    s->order[pick] = s->order[k];
    *r = range_of(s, j, begin, end);
    if (r->hi > r->lo) return j;
  }
  return -1;
}

// Words get a side each; the smallest and the largest code that occur go apart.
static void draw_split(Sprout *s, int32_t j, Range r, TreeNode *node) {
  int64_t levels = features_levels(s->x, j), words = (levels + 63) / 64;
  node->feature = j;
  if (!levels) {
    double cut = r.hi - unit(s) * (r.hi - r.lo);
    node->cut = cut > r.lo && cut <= r.hi ? cut : r.hi;
    return;
  }
  int64_t lo = (int64_t)r.lo, hi = (int64_t)r.hi;
  for (int64_t k = 0; k < words; k++) s->set[k] = rng_u64(s->key, s->tree, s->draws++);
  bool left = s->set[lo >> 6] >> (lo & 63) & 1;
  if (left) s->set[hi >> 6] &= ~(1ull << (hi & 63));
  else s->set[hi >> 6] |= 1ull << (hi & 63);
  node->flags |= NODE_WORDS;
  s->failed = s->failed || !cart_tree_add_set(s->out, s->set, words, &node->set);
}

static bool goes_left(const Sprout *s, const TreeNode *n, double v) {
  if (!(n->flags & NODE_WORDS)) return v < n->cut;
  return s->out->set[n->set + ((int64_t)v >> 6)] >> ((int64_t)v & 63) & 1;
}

// Rows of the left side first; rows without a value join the larger one. Returns how many are on the left.
static int64_t part(Sprout *s, TreeNode *n, int64_t begin, int64_t end) {
  int64_t left = 0, right = 0, gone = 0;
  int32_t *other = s->spare, *missing = s->spare + s->m;
  for (int64_t i = begin; i < end; i++) {
    double v = s->value[n->feature * s->m + s->row[i]];
    if (isnan(v)) missing[gone++] = s->row[i];
    else if (goes_left(s, n, v)) s->row[begin + left++] = s->row[i];
    else other[right++] = s->row[i];
  }
  bool to_left = left >= right;
  if (to_left) n->flags |= NODE_MISSING_LEFT;
  if (gone) n->flags |= NODE_GAPS;
  int32_t *at = s->row + begin + left;
  if (to_left) memcpy(at, missing, (size_t)gone * sizeof *at), at += gone, left += gone;
  memcpy(at, other, (size_t)right * sizeof *at);
  if (!to_left) memcpy(at + right, missing, (size_t)gone * sizeof *at);
  return left;
}

static void sprout(Sprout *s, int64_t at, int64_t begin, int64_t end, int64_t depth) {
  int64_t m = end - begin;
  Range r;
  s->out->node[at] = (TreeNode){.feature = NODE_LEAF, .cover = (double)m};
  s->out->value[at] = ((double)depth + mean_depth(m)) / (double)s->total;
  int32_t j = depth < s->depth_max && m > 1 ? draw_column(s, begin, end, &r) : -1;
  if (j < 0 || s->failed || !cart_tree_reserve(s->out)) {
    s->failed = s->failed || j >= 0;
    return;
  }
  TreeNode node = {.cover = (double)m, .gain = 1, .left = (int32_t)s->out->n};
  draw_split(s, j, r, &node);
  if (s->failed) return;
  int64_t left = part(s, &node, begin, end), child = s->out->n;
  s->out->node[at] = node;
  s->out->n += 2;
  sprout(s, child, begin, begin + left, depth + 1);
  sprout(s, child + 1, begin + left, end, depth + 1);
}

// ---- all trees ----------------------------------------------------------------------------------------------------
typedef struct Wood {
  const Features *x;
  uint64_t seed;
  int64_t rows, total, first, count, words; // words: of the largest set
  CartTree tree[BATCH];
} Wood;

// m of n rows without replacement (Floyd), in a fixed order. taken: n bits.
static void draw_rows(RngKey key, uint64_t tree, int64_t n, int64_t m, uint64_t *taken, int64_t *row) {
  memset(taken, 0, (size_t)((n + 63) / 64) * sizeof *taken);
  for (int64_t k = 0, top = n - m; k < m; k++, top++) {
    int64_t pick = rng_below(key, tree, (uint64_t)k, top + 1);
    if (taken[pick >> 6] >> (pick & 63) & 1) pick = top;
    taken[pick >> 6] |= 1ull << (pick & 63);
    row[k] = pick;
  }
}

static void read_rows(const Features *x, const int64_t *row, int64_t m, double *out) {
  for (int64_t j = 0; j < x->p; j++)
    for (int64_t i = 0; i < m; i++) features_read(x, j, row[i], row[i] + 1, &out[j * m + i]);
}

static bool raise_tree(const Wood *w, uint64_t tree, CartTree *out) {
  int64_t m = w->rows, p = w->x->p;
  int64_t bits = (w->x->n + 63) / 64;
  size_t bytes = (size_t)(p * m + m + w->words + bits) * 8 + (size_t)(3 * m + p) * sizeof(int32_t);
  double *value = mem_new(bytes);
  if (!value) return false;
  int64_t *row = (int64_t *)(void *)(value + p * m);
  uint64_t *set = (uint64_t *)(void *)(row + m);
  uint64_t *taken = set + w->words;
  int32_t *number = (int32_t *)(void *)(taken + bits);
  Sprout s = {.x = w->x, .key = rng_key(w->seed, "iforest.tree"), .tree = tree, .value = value, .m = m, .p = p,
              .total = w->total, .row = number, .spare = number + m, .order = number + 3 * m, .out = out, .set = set};
  while ((int64_t)1 << s.depth_max < m) s.depth_max++;
  draw_rows(rng_key(w->seed, "iforest.rows"), tree, w->x->n, m, taken, row);
  read_rows(w->x, row, m, value);
  for (int64_t i = 0; i < m; i++) number[i] = (int32_t)i;
  out->width = 1;
  s.failed = !cart_tree_reserve(out);
  out->n = 1;
  if (!s.failed) sprout(&s, 0, 0, m, 0);
  for (int64_t i = 0; i < out->n && !s.failed; i++) out->risk[i] = 0;
  mem_free(value);
  return !s.failed;
}

static void task_tree(void *ctx, int64_t begin, int64_t end) {
  Wood *w = ctx;
  for (int64_t k = begin; k < end; k++) w->tree[k].failed = !raise_tree(w, (uint64_t)(w->first + k), &w->tree[k]);
}

static ErrCode raise_batch(Job *job, Wood *w, Trees *out, Err *err) {
  TRY(job_tick(job, w->first, w->total, err));
  par_for(job, w->count, 1, task_tree, w);
  for (int64_t k = 0; k < w->count; k++)
    if (w->tree[k].failed)
      return err_set(err, ERR_MEMORY, "iforest: no memory for a tree of %lld rows", (long long)w->rows);
  for (int64_t k = 0; k < w->count; k++) cart_tree_add(&w->tree[k], out);
  return OK;
}

static ErrCode raise_all(Job *job, Wood *w, Trees *out, Err *err) {
  for (int64_t j = 0; j < w->x->p; j++) {
    int64_t words = (features_levels(w->x, j) + 63) / 64;
    if (words > w->words) w->words = words;
  }
  TRY(job_need(job, w->total * w->rows * 2 * (int64_t)(sizeof *out->node + 8), "the trees of a forest", err));
  for (; w->first < w->total; w->first += w->count) {
    w->count = w->total - w->first < BATCH ? w->total - w->first : BATCH;
    ErrCode code = raise_batch(job, w, out, err);
    for (int64_t k = 0; k < BATCH; k++) cart_tree_fini(&w->tree[k]);
    TRY(code);
  }
  return OK;
}

// ---- scores -------------------------------------------------------------------------------------------------------
static ErrCode iforest_predict(Job *job, const void *opts, const ModelState *state, const Features *x, double *out,
                               Err *err) {
  const Isolation *f = state->data;
  double usual = mean_depth(f->rows);
  (void)opts;
  TRY(trees_predict(job, &f->trees, x, 0, f->trees.ntree, out, err));
  for (int64_t i = 0; i < x->n; i++) out[i] = usual > 0 ? fmath_exp(-out[i] / usual * M_LN2) : 0.5;
  return OK;
}

// The score that so many of the training rows pass, as scikit-learn's percentile.
static ErrCode find_threshold(Job *job, const Features *x, ModelState *state, double share, Err *err) {
  Mat score;
  double p = 1 - share;
  TRY(mat_new(job, x->n, 1, "scores", &score, err));
  ErrCode code = iforest_predict(job, NULL, state, x, score.x, err);
  if (code == OK) code = quantile_f64(job, score.x, x->n, 7, &p, 1, &state->threshold, err);
  mat_free(&score);
  return code;
}

static ErrCode read_contamination(const char *text, double *share, Err *err) {
  *share = 0;
  if (!text || sv_is(sv(text), "auto")) return OK;
  if (!parse_f64(text, strlen(text), share) || !(*share > 0 && *share <= 0.5))
    return err_set(err, ERR_ARG, "iforest: contamination must be \"auto\" or a number above 0 and at most 0.5, '%s' "
                   "was given", text);
  return OK;
}

static ErrCode iforest_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  const Opts *o = opts;
  const Features *x = in->columns;
  double share, rows = o->max_samples <= 1 ? o->max_samples * (double)x->n : o->max_samples;
  TRY(read_contamination(o->contamination, &share, err));
  Isolation *f = state->data = arena_new(&state->arena, Isolation);
  f->rows = rows < 1 ? 1 : rows > (double)x->n ? x->n : (int64_t)rows;
  trees_init(&f->trees, &state->arena, 1, 1);
  trees_set_levels(&f->trees, x);
  Wood *w = calloc(1, sizeof *w);
  if (!w) abort();
  *w = (Wood){.x = x, .seed = in->seed, .rows = f->rows, .total = o->n_estimators};
  ErrCode code = raise_all(job, w, &f->trees, err);
  free(w);
  state->converged = true, state->threshold = 0.5;
  if (in->weight) state_note(state, "weights are not used: trees draw rows evenly");
  if (code == OK && share > 0) code = find_threshold(job, x, state, share, err);
  return code;
}

// ---- card, store --------------------------------------------------------------------------------------------------
static ErrCode iforest_card(Job *job, const void *opts, const ModelState *state, const Names *terms,
                            const Names *levels, Frame **out, Err *err) {
  const Isolation *f = state->data;
  Str s = {0};
  (void)opts, (void)levels;
  TRY(cart_card(job, &f->trees, terms, out, err));
  str_addf(&s, "%lld trees of %lld rows, importance: share of the splits", (long long)f->trees.ntree,
           (long long)f->rows);
  frame_set_caption(*out, str_c(&s));
  str_fini(&s);
  return OK;
}

static void iforest_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state) {
  (void)opts;
  if (s->reading) state->data = arena_new(&state->arena, Isolation);
  Isolation *f = state->data;
  trees_store(s, &f->trees, nterm);
  store_i64(s, "sample", &f->rows);
  if (f->rows < 1 || f->trees.ntree < 1 || f->trees.noutput != 1 || nclass) store_fail(s, "no forest of isolation");
}

static const Trees *iforest_trees(const ModelState *state) { return &((const Isolation *)state->data)->trees; }

const ModelType model_iforest = {
    .name = "iforest",
    .summary = "Scores rows by how few random cuts set them apart from the others",
    .source = "Liu, Ting, Zhou, Isolation Forest, ICDM 2008; checked against scikit-learn 1.2.1",
    .unfit = "outliers that are only unlike their neighbours, or only in a combination of columns",
    .tasks = TASK_ANOMALY,
    .example = "return ml.iforest{n_estimators=50}:fit(data 'wine'):predict(data 'wine'):sort{'-score'}:head(5)",
    .params = PARAMS,
    .opts_size = sizeof(Opts),
    .fit = iforest_fit,
    .predict_columns = iforest_predict,
    .card = iforest_card,
    .store = iforest_store,
    .trees = iforest_trees,
    .mean = true,
};
