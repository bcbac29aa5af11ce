// Trees as XGBoost's JSON, as its version 1.7 writes it. Cuts and leaves become floats; a number that is a float itself
// goes the way it went here, any other may differ where it is within rounding of a cut. base_score holds one number in
// the units of the prediction: what it cannot tell is added to the leaves of the first tree of each sum.
#include "model/exchange_int.h"

#include "num/num.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct Print {
  const Foreign *f;
  const Trees *t;
  Str *out;
  double base;   // the sum that base_score tells
  bool *begun;   // of each sum: its first tree is written
} Print;

// XGBoost takes a number without point or exponent for an integer, of which an array of reals may have none.
static void add_real(Str *out, double v) {
  char text[64];
  if (isnan(v)) {
    str_add(out, "NaN");
    return;
  }
  v = fmin(fmax(v, (double)-FLT_MAX), (double)FLT_MAX);
  snprintf(text, sizeof text, "%.9g", (double)(float)v);
  str_add(out, text);
  if (!strpbrk(text, ".en")) str_add(out, "E0");
}

static void add_comma(Str *out, int64_t k) {
  if (k) str_addc(out, ',');
}

static void add_int(Str *out, int64_t v) { str_addf(out, "%lld", (long long)v); }

// ---- a tree -------------------------------------------------------------------------------------------------------
typedef struct Tree {
  const TreeNode *node;
  const double *value;
  int64_t n;
  double extra; // on every leaf
} Tree;

typedef void (*CellFn)(const Print *p, const Tree *t, int64_t i);

static bool is_leaf(const Tree *t, int64_t i) { return t->node[i].feature == NODE_LEAF; }
static bool is_words(const Tree *t, int64_t i) { return !is_leaf(t, i) && t->node[i].flags & NODE_WORDS; }

static void cell_weight(const Print *p, const Tree *t, int64_t i) { add_real(p->out, t->value[i] + t->extra); }
static void cell_default(const Print *p, const Tree *t, int64_t i) {
  add_int(p->out, !is_leaf(t, i) && t->node[i].flags & NODE_MISSING_LEFT);
}
static void cell_left(const Print *p, const Tree *t, int64_t i) {
  add_int(p->out, is_leaf(t, i) ? -1 : t->node[i].left);
}
static void cell_right(const Print *p, const Tree *t, int64_t i) {
  add_int(p->out, is_leaf(t, i) ? -1 : t->node[i].left + 1);
}
static void cell_gain(const Print *p, const Tree *t, int64_t i) { add_real(p->out, (double)t->node[i].gain); }
static void cell_cut(const Print *p, const Tree *t, int64_t i) {
  add_real(p->out, is_leaf(t, i) ? t->value[i] + t->extra : is_words(t, i) ? (double)NAN : t->node[i].cut);
}
static void cell_feature(const Print *p, const Tree *t, int64_t i) {
  add_int(p->out, is_leaf(t, i) ? 0 : t->node[i].feature);
}
static void cell_type(const Print *p, const Tree *t, int64_t i) { add_int(p->out, is_words(t, i)); }
// XGBoost explains by shares of covers: nodes that no row reached, as oblivious trees have them, get a trace.
static void cell_cover(const Print *p, const Tree *t, int64_t i) { add_real(p->out, fmax(t->node[i].cover, 1e-16)); }

static void add_cells(const Print *p, const Tree *t, const char *name, CellFn cell) {
  str_addf(p->out, "\"%s\":[", name);
  for (int64_t i = 0; i < t->n; i++) {
    add_comma(p->out, i);
    cell(p, t, i);
  }
  str_add(p->out, "],");
}

// The parents of nodes, which are written in the order of the nodes.
static void add_parents(const Print *p, const Tree *t) {
  Arena a = {0};
  int64_t *parent = arena_array(&a, int64_t, t->n);
  parent[0] = INT32_MAX;
  for (int64_t i = 0; i < t->n; i++)
    if (!is_leaf(t, i)) parent[t->node[i].left] = parent[t->node[i].left + 1] = i;
  str_add(p->out, "\"parents\":[");
  for (int64_t i = 0; i < t->n; i++) add_comma(p->out, i), add_int(p->out, parent[i]);
  str_add(p->out, "],");
  arena_fini(&a);
}

static bool goes_right(const Print *p, const TreeNode *n, int64_t k) {
  return !(p->t->set[n->set + k / 64] >> (k & 63) & 1);
}

static void add_categories(const Print *p, const Tree *t) {
  Str node = {0}, first = {0}, size = {0};
  int64_t n = 0, nodes = 0;
  str_add(p->out, "\"categories\":[");
  for (int64_t i = 0; i < t->n; i++) {
    if (!is_words(t, i)) continue;
    int64_t begin = n;
    for (int64_t k = 0; k < p->t->levels[t->node[i].feature]; k++)
      if (goes_right(p, &t->node[i], k)) add_comma(p->out, n++), add_int(p->out, k);
    add_comma(&node, nodes), add_int(&node, i);
    add_comma(&first, nodes), add_int(&first, begin);
    add_comma(&size, nodes++), add_int(&size, n - begin);
  }
  str_addf(p->out, "],\"categories_nodes\":[%s],\"categories_segments\":[%s],\"categories_sizes\":[%s],", str_c(&node),
           str_c(&first), str_c(&size));
  str_fini(&node);
  str_fini(&first);
  str_fini(&size);
}

static void add_tree(Print *p, int64_t k) {
  const Trees *all = p->t;
  int64_t root = all->root[k], output = all->output[k];
  Tree t = {.node = all->node + root, .value = all->value + root, .n = all->root[k + 1] - root,
            .extra = p->begun[output] ? 0 : all->base[output] - p->base};
  p->begun[output] = true;
  str_add(p->out, k ? ",{" : "{");
  add_cells(p, &t, "base_weights", cell_weight);
  add_categories(p, &t);
  add_cells(p, &t, "default_left", cell_default);
  str_addf(p->out, "\"id\":%lld,", (long long)k);
  add_cells(p, &t, "left_children", cell_left);
  add_cells(p, &t, "loss_changes", cell_gain);
  add_parents(p, &t);
  add_cells(p, &t, "right_children", cell_right);
  add_cells(p, &t, "split_conditions", cell_cut);
  add_cells(p, &t, "split_indices", cell_feature);
  add_cells(p, &t, "split_type", cell_type);
  add_cells(p, &t, "sum_hessian", cell_cover);
  str_addf(p->out, "\"tree_param\":{\"num_deleted\":\"0\",\"num_feature\":\"%lld\",\"num_nodes\":\"%lld\","
           "\"size_leaf_vector\":\"0\"}}", (long long)p->f->terms.n, (long long)t.n);
}

// ---- around the trees ---------------------------------------------------------------------------------------------
static void add_model(Print *p) {
  const Trees *t = p->t;
  str_addf(p->out, "\"gradient_booster\":{\"model\":{\"gbtree_model_param\":{\"num_parallel_tree\":\"1\","
           "\"num_trees\":\"%lld\",\"size_leaf_vector\":\"0\"},\"tree_info\":[", (long long)t->ntree);
  for (int64_t k = 0; k < t->ntree; k++) add_comma(p->out, k), add_int(p->out, t->output[k]);
  str_add(p->out, "],\"trees\":[");
  for (int64_t k = 0; k < t->ntree; k++) add_tree(p, k);
  str_add(p->out, "]},\"name\":\"gbtree\"}");
}

static void add_objective(const Print *p) {
  static const char *const PARAM[][2] = {
      {"reg:squarederror", "\"reg_loss_param\":{\"scale_pos_weight\":\"1\"}"},
      {"reg:squaredlogerror", "\"reg_loss_param\":{\"scale_pos_weight\":\"1\"}"},
      {"reg:logistic", "\"reg_loss_param\":{\"scale_pos_weight\":\"1\"}"},
      {"binary:logistic", "\"reg_loss_param\":{\"scale_pos_weight\":\"1\"}"},
      {"binary:logitraw", "\"reg_loss_param\":{\"scale_pos_weight\":\"1\"}"},
      {"reg:pseudohubererror", "\"pseudo_huber_param\":{\"huber_slope\":\"1\"}"},
      {"reg:tweedie", "\"tweedie_regression_param\":{\"tweedie_variance_power\":\"1.5\"}"},
      {"count:poisson", "\"poisson_regression_param\":{\"max_delta_step\":\"0.7\"}"},
  };
  const Sums *b = &p->f->sums;
  str_addf(p->out, ",\"objective\":{\"name\":\"%s\"", b->objective);
  for (size_t k = 0; k < sizeof PARAM / sizeof *PARAM; k++)
    if (sv_is(sv(b->objective), PARAM[k][0])) str_addf(p->out, ",%s", PARAM[k][1]);
  if (b->link == LINK_SOFTMAX)
    str_addf(p->out, ",\"softmax_multiclass_param\":{\"num_class\":\"%lld\"}", (long long)b->nclass);
  str_addc(p->out, '}');
}

// base_score, and p->base: a float in the units of the prediction where that tells the sum exactly enough, or the one
// whose sum is 0.
static double base_score(Print *p, const ObjectiveName *o) {
  double base = p->t->base[0], score = base;
  if (o->probable) {
    score = o->link == LINK_LOG ? fmath_exp(base) : fmath_sigmoid(base);
    double back = link_of(o->link, (double)(float)score);
    if (!(fabs(back - base) <= 1e-7 * fmax(1, fabs(base)))) return p->base = 0, o->link == LINK_LOG ? 1 : 0.5;
  }
  score = (double)(float)score;
  p->base = o->probable ? base : score;
  return score;
}

static void add_learner(Print *p, const ObjectiveName *o) {
  const Foreign *f = p->f;
  double score = base_score(p, o);
  str_add(p->out, "{\"learner\":{\"attributes\":");
  exchange_print_told(f, p->out);
  str_add(p->out, ",\"feature_names\":");
  exchange_print_texts(&f->terms, p->out);
  str_add(p->out, ",\"feature_types\":[");
  for (int64_t j = 0; j < f->terms.n; j++) add_comma(p->out, j), str_add(p->out, f->words[j] ? "\"c\"" : "\"float\"");
  str_add(p->out, "],");
  add_model(p);
  str_add(p->out, ",\"learner_model_param\":{\"base_score\":\"");
  add_real(p->out, score);
  str_addf(p->out, "\",\"boost_from_average\":\"0\",\"num_class\":\"%lld\",\"num_feature\":\"%lld\","
           "\"num_target\":\"1\"}",
           (long long)(f->sums.link == LINK_SOFTMAX ? f->sums.nclass : 0), (long long)f->terms.n);
  add_objective(p);
  str_add(p->out, "},\"version\":[1,7,4]}\n");
}

ErrCode exchange_print_xgboost(const Foreign *f, Str *out, Err *err) {
  const ObjectiveName *o = objective_name(sv(f->sums.objective));
  if (!o) return err_set(err, ERR_ARG, "XGBoost has no objective '%s'", f->sums.objective);
  Print p = {.f = f, .t = &f->sums.trees, .out = out};
  Arena a = {0};
  p.begun = arena_array(&a, bool, f->sums.trees.noutput);
  add_learner(&p, o);
  arena_fini(&a);
  return OK;
}
