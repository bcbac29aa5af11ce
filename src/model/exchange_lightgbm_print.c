// Trees as LightGBM's text (see exchange_lightgbm.c). Sums begin at 0 there: what they begin at here goes into the
// leaves of their first tree. x < cut becomes x <= the number below it, also where floats are compared, so that every
// double goes the same way. Missing categories go right there: a split that sends them left has its sides exchanged.
#include "model/exchange_int.h"
#include "model/exchange_lightgbm_int.h"

#include <math.h>
#include <string.h>

typedef struct Print {
  const Foreign *f;
  const Trees *t;
  const TreeNode *node;
  const double *value;
  int64_t n;            // nodes
  double extra;         // on every leaf
  int32_t *number;      // of each node: among those that split, or among the leaves
  Str *out;
} Print;

// The largest double of which (float)x < c.
static double below_float(float c) {
  uint32_t bits;
  memcpy(&bits, &c, sizeof bits);
  double mid = ((double)nextafterf(c, -INFINITY) + (double)c) / 2; // halves go to the even one of the two
  return bits & 1 ? mid : nextafter(mid, -INFINITY);
}

static double threshold_of(const Print *p, const TreeNode *n) {
  return p->t->single ? below_float((float)n->cut) : nextafter(n->cut, -INFINITY);
}

static bool is_words(const TreeNode *n) { return n->feature != NODE_LEAF && n->flags & NODE_WORDS; }
static bool turned(const TreeNode *n) { return is_words(n) && n->flags & NODE_MISSING_LEFT; }

typedef void (*CellFn)(const Print *p, int64_t i, int64_t nwords);

static int32_t child_of(const Print *p, int64_t child) {
  return p->node[child].feature == NODE_LEAF ? -p->number[child] - 1 : p->number[child];
}
static void cell_feature(const Print *p, int64_t i, int64_t w) { (void)w, str_addf(p->out, "%d", p->node[i].feature); }
static void cell_gain(const Print *p, int64_t i, int64_t w) {
  (void)w, str_addf(p->out, "%.9g", (double)p->node[i].gain);
}
static void cell_threshold(const Print *p, int64_t i, int64_t w) {
  if (is_words(&p->node[i])) str_addf(p->out, "%lld", (long long)w);
  else str_addf(p->out, "%.17g", threshold_of(p, &p->node[i]));
}
static void cell_decision(const Print *p, int64_t i, int64_t w) {
  const TreeNode *n = &p->node[i];
  (void)w, str_addf(p->out, "%d", is_words(n) ? 9 : 8 + (n->flags & NODE_MISSING_LEFT ? 2 : 0));
}
static void cell_left(const Print *p, int64_t i, int64_t w) {
  (void)w, str_addf(p->out, "%d", child_of(p, p->node[i].left + turned(&p->node[i])));
}
static void cell_right(const Print *p, int64_t i, int64_t w) {
  (void)w, str_addf(p->out, "%d", child_of(p, p->node[i].left + !turned(&p->node[i])));
}
static void cell_value(const Print *p, int64_t i, int64_t w) {
  (void)w, str_addf(p->out, "%.17g", p->value[i] + p->extra);
}
static void cell_cover(const Print *p, int64_t i, int64_t w) { (void)w, str_addf(p->out, "%.9g", p->node[i].cover); }
static void cell_count(const Print *p, int64_t i, int64_t w) {
  (void)w, str_addf(p->out, "%.0f", fmax(p->node[i].cover, 1));
}

static void add_cells(const Print *p, const char *name, bool leaves, CellFn cell) {
  int64_t shown = 0, words = 0;
  str_addf(p->out, "%s=", name);
  for (int64_t i = 0; i < p->n; i++) {
    if ((p->node[i].feature == NODE_LEAF) != leaves) continue;
    if (shown++) str_addc(p->out, ' ');
    cell(p, i, words);
    words += is_words(&p->node[i]);
  }
  str_addc(p->out, '\n');
}

static void add_sets(const Print *p) {
  Str bits = {0};
  int64_t total = 0;
  str_add(p->out, "cat_boundaries=0");
  for (int64_t i = 0; i < p->n; i++) {
    const TreeNode *n = &p->node[i];
    if (!is_words(n)) continue;
    int64_t levels = foreign_words(p->f, n->feature);
    for (int64_t k = 0; k < levels; k += 32) {
      uint32_t half = 0;
      for (int64_t w = k; w < levels && w < k + 32; w++)
        half |= (uint32_t)(foreign_left(p->f, n, w) != turned(n)) << (w - k);
      str_addf(&bits, "%s%u", total++ ? " " : "", half);
    }
    str_addf(p->out, " %lld", (long long)total);
  }
  str_addf(p->out, "\ncat_threshold=%s\n", str_c(&bits));
  str_fini(&bits);
}

static void add_tree(Print *p, int64_t k) {
  int64_t inner = 0, leaves = 0, words = 0;
  for (int64_t i = 0; i < p->n; i++) {
    bool leaf = p->node[i].feature == NODE_LEAF;
    p->number[i] = (int32_t)(leaf ? leaves++ : inner++);
    words += is_words(&p->node[i]);
  }
  str_addf(p->out, "Tree=%lld\nnum_leaves=%lld\nnum_cat=%lld\n", (long long)k, (long long)leaves, (long long)words);
  add_cells(p, "split_feature", false, cell_feature);
  add_cells(p, "split_gain", false, cell_gain);
  add_cells(p, "threshold", false, cell_threshold);
  add_cells(p, "decision_type", false, cell_decision);
  add_cells(p, "left_child", false, cell_left);
  add_cells(p, "right_child", false, cell_right);
  add_cells(p, "leaf_value", true, cell_value);
  add_cells(p, "leaf_weight", true, cell_cover);
  add_cells(p, "leaf_count", true, cell_count);
  add_cells(p, "internal_value", false, cell_value);
  add_cells(p, "internal_weight", false, cell_cover);
  add_cells(p, "internal_count", false, cell_count);
  if (words) add_sets(p);
  str_add(p->out, "is_linear=0\nshrinkage=1\n\n\n");
}

// ---- around the trees ---------------------------------------------------------------------------------------------
// Names are parted by blanks and stand in JSON elsewhere: what cannot becomes _.
static void add_names(const Names *names, Str *out) {
  str_add(out, "feature_names=");
  for (int64_t j = 0; j < names->n; j++) {
    if (j) str_addc(out, ' ');
    for (const char *c = names->name[j]; *c; c++)
      str_addc(out, (unsigned char)*c <= ' ' || strchr("\",:[]{}=", *c) ? '_' : *c);
  }
}

static void add_infos(const Foreign *f, Str *out) {
  str_add(out, "\nfeature_infos=");
  for (int64_t j = 0; j < f->terms.n; j++) {
    int64_t levels = f->words[j] ? foreign_words(f, j) : 0;
    if (j) str_addc(out, ' ');
    if (!levels) str_add(out, "[-1e308:1e308]");
    for (int64_t k = 0; k < levels; k++) str_addf(out, "%s%lld", k ? ":" : "", (long long)k);
  }
}

static void add_words(const Foreign *f, Str *out) {
  int64_t shown = 0;
  str_add(out, "\npandas_categorical:");
  if (!f->levels) {
    str_add(out, "null\n");
    return;
  }
  str_addc(out, '[');
  for (int64_t j = 0; j < f->terms.n; j++) {
    if (!f->words[j]) continue;
    if (shown++) str_add(out, ", ");
    exchange_print_texts(&f->levels[j], out);
  }
  str_add(out, "]\n");
}

// Trees in rounds of one for each sum, whatever order they are in; *nround of them.
static int64_t *in_rounds(const Trees *t, Arena *a, int64_t *nround) {
  int64_t *count = arena_array(a, int64_t, t->noutput);
  *nround = 0;
  for (int64_t k = 0; k < t->ntree; k++)
    if (++count[t->output[k]] > *nround) *nround = count[t->output[k]];
  if (*nround == 0) *nround = 1;
  int64_t *order = arena_array(a, int64_t, *nround * t->noutput);
  for (int64_t i = 0; i < *nround * t->noutput; i++) order[i] = -1;
  memset(count, 0, (size_t)t->noutput * sizeof *count);
  for (int64_t k = 0; k < t->ntree; k++) order[count[t->output[k]]++ * t->noutput + t->output[k]] = k;
  return order;
}

static void add_trees(const Foreign *f, Arena *a, Str *sizes, Str *out) {
  static const TreeNode NONE = {.feature = NODE_LEAF, .cover = 1};
  const Trees *t = &f->sums.trees;
  int64_t nround, most = 1, *order = in_rounds(t, a, &nround);
  for (int64_t k = 0; k < t->ntree; k++)
    if (t->root[k + 1] - t->root[k] > most) most = t->root[k + 1] - t->root[k];
  Print p = {.f = f, .t = t, .number = arena_array(a, int32_t, most), .out = out};
  for (int64_t i = 0; i < nround * t->noutput; i++) {
    int64_t k = order[i], o = i % t->noutput;
    size_t before = out->n;
    p.node = k < 0 ? &NONE : t->node + t->root[k], p.value = k < 0 ? &(double){0} : t->value + t->root[k];
    p.n = k < 0 ? 1 : t->root[k + 1] - t->root[k], p.extra = i < t->noutput ? t->base[o] : 0;
    add_tree(&p, i);
    str_addf(sizes, "%s%zu", i ? " " : "", out->n - before);
  }
}

ErrCode exchange_print_lightgbm(const Foreign *f, Str *out, Err *err) {
  const Sums *s = &f->sums;
  const LightObjective *o = LIGHT_OBJECTIVES;
  const char *name = sv_is(sv(s->objective), "multi:softmax")     ? "multi:softprob"
                     : sv_is(sv(s->objective), "binary:logitraw") ? "binary:logistic"
                                                                  : s->objective;
  while (o->light && !sv_is(sv(name), o->xgboost)) o++;
  if (!o->light) return err_set(err, ERR_ARG, "LightGBM has no objective like '%s'", s->objective);
  Arena a = {0};
  Str trees = {0}, sizes = {0};
  bool many = s->link == LINK_SOFTMAX;
  add_trees(f, &a, &sizes, &trees);
  str_addf(out, "tree\nversion=v4\nnum_class=%lld\nnum_tree_per_iteration=%lld\nlabel_index=0\nmax_feature_idx=%lld\n",
           (long long)(many ? s->nclass : 1), (long long)s->trees.noutput, (long long)f->terms.n - 1);
  str_addf(out, "objective=%s", o->light);
  if (many) str_addf(out, " num_class:%lld", (long long)s->nclass);
  if (sv_is(sv(o->light), "binary")) str_add(out, " sigmoid:1");
  str_addc(out, '\n');
  add_names(&f->terms, out);
  add_infos(f, out);
  str_addf(out, "\ntree_sizes=%s\n\n%send of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n",
           str_c(&sizes), str_c(&trees));
  add_words(f, out);
  str_fini(&trees);
  str_fini(&sizes);
  arena_fini(&a);
  return OK;
}
