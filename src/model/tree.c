// ml.tree: one tree by CART (Breiman, Friedman, Olshen, Stone 1984), with columns as they stand: missing values go to
// the side where the split scores best, words are split as sets. Grown to the end it knows its training rows by heart;
// ccp_alpha cuts it back, "cv" to the size that cross-validation prefers.
// Among splits of one score the column that stands first wins, then the smallest cut.
#include "model/cart_int.h"

#include "base/numfmt.h"
#include "base/rng.h"

#include <math.h>
#include <string.h>

enum { RULE_SE, RULE_MIN };

typedef struct Opts {
  CartAsked grow;
  Names class_weight;
  const char *ccp_alpha;
  int64_t cv_folds;
  int cv_rule;
} Opts;

static const Param PARAMS[] = {
    CART_PARAMS(Opts, grow, "all"),
    {"ccp_alpha", PARAM_TEXT, offsetof(Opts, ccp_alpha), .dflt = "0",
     .doc = "price of a leaf in impurity, by which the tree is pruned; cv: found by cross-validation"},
    {"cv_folds", PARAM_INT, offsetof(Opts, cv_folds), 2, 100, .dflt = "10", .doc = "folds of ccp_alpha=\"cv\""},
    {"cv_rule", PARAM_CHOICE, offsetof(Opts, cv_rule), .dflt = "1se", .choices = "1se|min",
     .doc = "the smallest tree within one standard error of the best, or the best"},
    PARAM_END};

typedef struct Tree { // state->data
  Trees trees;
  CartPath path;      // of the unpruned tree; alpha and risk by weight
  int64_t depth, leaves, chosen; // chosen: step of the path that stands, -1 between two
  double alpha;
} Tree;

// ---- fit ----------------------------------------------------------------------------------------------------------
typedef struct Growth {
  Job *job;
  const Opts *opts;
  const FitIn *in;
  CartData data;
  CartTarget target;
  CartIn cart;
  CartTree tree;
  double *links;  // alpha of each node
} Growth;

static void growth_fini(Growth *g) {
  mem_free(g->links);
  cart_tree_fini(&g->tree);
  cart_in_free(&g->cart);
  cart_target_free(&g->target);
  cart_data_free(&g->data);
}

static ErrCode read_alpha(const char *text, double *alpha, Err *err) {
  *alpha = NAN;
  if (text && sv_is(sv(text), "cv")) return OK;
  if (!text || !parse_f64(text, strlen(text), alpha) || !(*alpha >= 0))
    return err_set(err, ERR_ARG, "tree: ccp_alpha must be \"cv\" or a number of at least 0, '%s' was given", text);
  return OK;
}

// The step that cross-validation prefers.
static int64_t choose(const CartPath *p, int rule) {
  int64_t best = p->n - 1;
  for (int64_t k = p->n; k-- > 0;)
    if (p->error[k] < p->error[best]) best = k;
  if (rule == RULE_MIN) return best;
  double most = p->error[best] + p->se[best];
  for (int64_t k = p->n; k-- > best;)
    if (p->error[k] <= most) return k;
  return best;
}

static ErrCode prune(Growth *g, ModelState *state, Tree *t, Err *err) {
  double total = g->target.total * g->target.weight_unit;
  TRY(read_alpha(g->opts->ccp_alpha, &t->alpha, err));
  TRY(job_need(g->job, g->tree.n * (int64_t)sizeof *g->links, "pruning", err));
  g->links = mem_new((size_t)g->tree.n * sizeof *g->links);
  if (!g->links) return err_set(err, ERR_MEMORY, "no memory to prune %lld nodes", (long long)g->tree.n);
  TRY(cart_prune_links(g->job, &g->tree, g->links, err));
  cart_prune_path(&g->tree, g->links, &state->arena, &t->path);
  if (isnan(t->alpha)) {
    TRY(cart_cv(g->job, &g->cart, g->opts->cv_folds, g->in->seed, &state->arena, &t->path, err));
    t->alpha = t->path.alpha[choose(&t->path, g->opts->cv_rule)] / total;
  }
  if (t->alpha > 0) cart_prune_at(&g->tree, g->links, t->alpha * total);
  return g->tree.failed ? err_set(err, ERR_MEMORY, "no memory to prune %lld nodes", (long long)g->tree.n) : OK;
}

static void measure(Tree *t) {
  Arena a = {0};
  int64_t *depth = arena_array(&a, int64_t, t->trees.nnode);
  for (int64_t i = 0; i < t->trees.nnode; i++) {
    const TreeNode *n = &t->trees.node[i];
    if (depth[i] > t->depth) t->depth = depth[i];
    if (n->feature == NODE_LEAF) t->leaves++;
    else depth[n->left] = depth[n->left + 1] = depth[i] + 1;
  }
  arena_fini(&a);
}

static ErrCode grow(Growth *g, ModelState *state, Err *err) {
  Tree *t = state->data = arena_new(&state->arena, Tree);
  CartOpts opts;
  uint32_t *rows;
  int64_t n = g->in->columns->n;
  TRY(cart_opts_read(&g->opts->grow, g->in, "tree", &opts, err));
  TRY(cart_target_new(g->job, g->in, "tree", &g->target, err));
  TRY(cart_data_new(g->job, g->in->columns, false, &g->data, err));
  TRY(cart_in_new(g->job, &opts, &g->data, &g->target, &g->cart, err));
  TRY(job_need(g->job, n * (int64_t)sizeof *rows, "the rows of a tree", err));
  rows = mem_new((size_t)n * sizeof *rows);
  if (!rows) return err_set(err, ERR_MEMORY, "no memory for a tree of %lld rows", (long long)n);
  for (int64_t i = 0; i < n; i++) rows[i] = (uint32_t)i;
  ErrCode code = cart_grow(g->job, &g->cart, rows, NULL, n, g->in->seed, &g->tree, err);
  mem_free(rows);
  if (code == OK) code = prune(g, state, t, err);
  if (code != OK) return code;
  trees_init(&t->trees, &state->arena, g->tree.width, g->tree.width);
  trees_set_levels(&t->trees, g->in->columns);
  cart_tree_add(&g->tree, &t->trees);
  return measure(t), OK;
}

// Alpha and risk of the path to those of a row, as scikit-learn has them.
static void scale_path(Tree *t, double total) {
  t->chosen = -1;
  for (int64_t k = 0; k < t->path.n; k++) {
    t->path.alpha[k] /= total, t->path.risk[k] /= total;
    if ((int64_t)t->path.leaves[k] == t->leaves) t->chosen = k;
  }
}

static ErrCode tree_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  Growth g = {.job = job, .opts = opts, .in = in};
  ErrCode code = grow(&g, state, err);
  if (code == OK) scale_path(state->data, g.target.total * g.target.weight_unit);
  state->converged = true;
  growth_fini(&g);
  return code;
}

// ---- predict, card, store -----------------------------------------------------------------------------------------
static ErrCode tree_predict(Job *job, const void *opts, const ModelState *state, const Features *x, double *out,
                            Err *err) {
  const Tree *t = state->data;
  (void)opts;
  return trees_predict(job, &t->trees, x, 0, t->trees.ntree, out, err);
}

static ErrCode tree_card(Job *job, const void *opts, const ModelState *state, const Names *terms, const Names *levels,
                         Frame **out, Err *err) {
  const Tree *t = state->data;
  const Opts *o = opts;
  Str s = {0};
  TRY(cart_card(job, &t->trees, terms, out, err));
  str_addf(&s, "%s, depth %lld, %lld lea%s", cart_criterion_print(&o->grow, (int)levels->n), (long long)t->depth,
           (long long)t->leaves, t->leaves == 1 ? "f" : "ves");
  if (t->alpha > 0) {
    char alpha[NUMFMT_MAX];
    fmt_shortest(alpha, sizeof alpha, t->alpha);
    str_addf(&s, ", ccp_alpha=%.8s of %.0f leaves", alpha, t->path.leaves[0]);
  }
  frame_set_caption(*out, str_c(&s));
  str_fini(&s);
  return OK;
}

static void tree_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state) {
  (void)opts;
  if (s->reading) state->data = arena_new(&state->arena, Tree);
  Tree *t = state->data;
  CartPath *p = &t->path;
  int64_t n[5] = {p->n, p->n, p->n, p->error ? p->n : 0, p->error ? p->n : 0};
  double **list[5] = {&p->alpha, &p->leaves, &p->risk, &p->error, &p->se};
  trees_store(s, &t->trees, nterm);
  static const char *const NAME[5] = {"alphas", "leaves", "impurities", "errors", "ses"};
  for (int k = 0; k < 5; k++) store_f64s(s, NAME[k], list[k], &n[k]);
  store_f64(s, "alpha", &t->alpha);
  store_i64(s, "chosen", &t->chosen);
  if (!s->reading || s->err.code != OK) return;
  p->n = n[0];
  if (!n[3]) p->error = p->se = NULL;
  bool fits = n[1] == n[0] && n[2] == n[0] && (n[3] == 0 || n[3] == n[0]) && n[4] == n[3] && t->chosen < p->n;
  if (!fits || t->trees.ntree != 1 || t->trees.width != (nclass ? nclass : 1) || t->trees.noutput != t->trees.width)
    store_fail(s, "a tree that does not fit its target");
  else measure(t);
}

static const Trees *tree_trees(const ModelState *state) { return &((const Tree *)state->data)->trees; }

// ---- the path as a frame ------------------------------------------------------------------------------------------
static ErrCode fill_path(const CartPath *p, double *cp, Frame *f, Err *err) {
  double whole = p->risk[p->n - 1];
  for (int64_t k = 0; k < p->n; k++) cp[k] = whole > 0 ? p->alpha[k] / whole : 0;
  TRY(card_add_reals(f, "alpha", p->alpha, err));
  TRY(card_add_reals(f, "cp", cp, err));
  TRY(card_add_reals(f, "leaves", p->leaves, err));
  TRY(card_add_reals(f, "impurity", p->risk, err));
  if (!p->error) return OK;
  TRY(card_add_reals(f, "cv_error", p->error, err));
  return card_add_reals(f, "cv_se", p->se, err);
}

static ErrCode tree_path(const ModelState *state, Frame **out, Err *err) {
  const Tree *t = state->data;
  Arena a = {0};
  Frame *f = frame_new(t->path.n);
  ErrCode code = fill_path(&t->path, arena_array(&a, double, t->path.n), f, err);
  Str s = {0};
  str_addf(&s, "pruning: the trees that a rising price of a leaf (alpha) leaves; cp: alpha / impurity of the root");
  if (t->chosen >= 0) str_addf(&s, "\nstands: row %lld, %lld leaves", (long long)t->chosen + 1, (long long)t->leaves);
  frame_set_caption(f, str_c(&s));
  str_fini(&s);
  arena_fini(&a);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

const ModelType model_tree = {
    .name = "tree",
    .summary = "Splits the rows again and again at the value of a column that makes both sides purest",
    .source = "Breiman, Friedman, Olshen, Stone, Classification and Regression Trees, 1984; checked against "
              "scikit-learn 1.2.1 and rpart 4.1",
    .unfit = "smooth relations and few rows: its steps are coarse, and other rows may give another tree",
    .tasks = TASK_REGRESSION | TASK_CLASSIFICATION,
    .example = "return ml.tree{max_depth=3}:fit(data 'iris', 'class'):rules()",
    .params = PARAMS,
    .opts_size = sizeof(Opts),
    .fit = tree_fit,
    .predict_columns = tree_predict,
    .card = tree_card,
    .store = tree_store,
    .trees = tree_trees,
    .path = tree_path,
};
