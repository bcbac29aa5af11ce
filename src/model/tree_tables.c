// Trees as tables: the rules that lead to its leaves, in the language of d:where, and its nodes as indented branches.
// A rule joins what the path says of each column: its bounds, or the words that are left. Where rows without a value
// went the same way in training, the rule says so.
#include "model/tree_tables_int.h"

#include "base/numfmt.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

// ---- text ---------------------------------------------------------------------------------------------------------
static void add_name(Str *s, const char *name) {
  bool plain = isalpha((unsigned char)name[0]) || name[0] == '_';
  for (const char *p = name; *p; p++) plain = plain && (isalnum((unsigned char)*p) || *p == '_');
  str_addf(s, plain ? "%s" : "`%s`", name);
}

static void add_number(Str *s, const char *name, const char *op, double v) {
  char text[NUMFMT_MAX];
  fmt_shortest(text, sizeof text, v);
  add_name(s, name);
  str_addf(s, " %s %s", op, text);
}

static bool in_set(const uint64_t *set, int64_t k) { return set[k >> 6] >> (k & 63) & 1; }

// As few words as say it: those that are in, or those that are not.
static void add_words(Str *s, const char *name, const Names *levels, const uint64_t *set) {
  int64_t in = 0, said = 0;
  for (int64_t k = 0; k < levels->n; k++) in += in_set(set, k);
  bool out = 2 * in > levels->n;
  bool many = (out ? levels->n - in : in) > 1 && !out;
  if (many) str_addc(s, '(');
  for (int64_t k = 0; k < levels->n; k++) {
    if (in_set(set, k) == out) continue;
    if (said++) str_add(s, out ? " and " : " or ");
    add_name(s, name);
    str_addf(s, " %s '%s'", out ? "~=" : "==", levels->name[k]);
  }
  if (many) str_addc(s, ')');
}

// ---- what a path says ---------------------------------------------------------------------------------------------
static void narrow_words(Telling *t, Said *said, const TreeNode *n, bool left) {
  int64_t levels = t->t->levels[n->feature], words = (levels + 63) / 64;
  if (!said->set) {
    said->set = arena_array(&t->arena, uint64_t, words);
    for (int64_t k = 0; k < levels; k++) said->set[k >> 6] |= 1ull << (k & 63);
  }
  for (int64_t k = 0; k < words; k++) said->set[k] &= left ? t->t->set[n->set + k] : ~t->t->set[n->set + k];
}

static void say(Telling *t, const TreeNode *n, bool left) {
  Said *said = &t->said[n->feature];
  bool with = !(n->flags & NODE_MISSING_LEFT) == !left, known = false;
  for (int64_t k = 0; k < t->nterm; k++) known = known || t->order[k] == n->feature;
  if (!known) t->order[t->nterm++] = n->feature;
  said->gaps = said->gaps || (n->flags & NODE_GAPS), said->out = said->out || !with;
  if (n->flags & NODE_WORDS) narrow_words(t, said, n, left);
  else if (left) said->hi = fmin(said->hi, n->cut);
  else said->lo = fmax(said->lo, n->cut);
}

static void add_said(const Telling *t, int64_t term, Str *s) {
  const Said *said = &t->said[term];
  const char *name = t->f->design.terms.name[term];
  bool missing = said->gaps && !said->out, both = said->lo > -INFINITY && said->hi < INFINITY;
  if (!said->set && said->lo == INFINITY) { // no value is so large: only missing ones
    str_add(s, "is_missing("), add_name(s, name), str_addc(s, ')');
    return;
  }
  if (missing) str_addc(s, '(');
  if (missing && both) str_addc(s, '(');
  if (said->set) add_words(s, name, &t->f->design.levels[term], said->set);
  if (!said->set && said->lo > -INFINITY) add_number(s, name, ">=", said->lo);
  if (!said->set && both) str_add(s, " and ");
  if (!said->set && said->hi < INFINITY) add_number(s, name, "<", said->hi);
  if (!said->set && said->lo == -INFINITY && said->hi == INFINITY)
    str_add(s, "not is_missing("), add_name(s, name), str_addc(s, ')');
  if (missing && both) str_addc(s, ')');
  if (missing) str_add(s, " or is_missing("), add_name(s, name), str_add(s, "))");
}

// The split of a node as one of its sides: "age < 30".
void tell_side(Telling *t, const TreeNode *n, bool left, Str *s) {
  Said *said = &t->said[n->feature];
  *said = (Said){.lo = -INFINITY, .hi = INFINITY};
  t->nterm = 0;
  say(t, n, left);
  add_said(t, n->feature, s);
}

void tell_rule(Telling *t, const int64_t *up, int64_t node, Str *s) {
  int64_t depth = 0;
  int64_t *way = arena_array(&t->arena, int64_t, node + 1);
  for (int64_t k = node; k; k = up[k]) way[depth++] = k;
  for (int64_t j = 0; j < t->f->design.terms.n; j++) t->said[j] = (Said){.lo = -INFINITY, .hi = INFINITY};
  t->nterm = 0;
  while (depth--) {
    const TreeNode *n = node_at(t, up[way[depth]]);
    say(t, n, way[depth] == n->left);
  }
  for (int64_t k = 0; k < t->nterm; k++) {
    if (k) str_add(s, " and ");
    add_said(t, t->order[k], s);
  }
  if (!t->nterm) str_add(s, "true");
}

// ---- tables -------------------------------------------------------------------------------------------------------
typedef struct Rows {
  int64_t n;
  int64_t *node;
  const char **text;
} Rows;

int64_t *tell_parents(Telling *t, int64_t n) {
  int64_t *up = arena_array(&t->arena, int64_t, n);
  for (int64_t k = 0; k < n; k++) {
    const TreeNode *node = node_at(t, k);
    if (node->feature != NODE_LEAF) up[node->left] = up[node->left + 1] = k;
  }
  return up;
}

// Preorder, children of the left side first; `leaves`: rules of the leaves alone.
static void list_rows(Telling *t, int64_t n, bool leaves, Rows *out) {
  int64_t *up = tell_parents(t, n), top = 1;
  int64_t *stack = arena_array(&t->arena, int64_t, 2 * n + 1), *depth = stack + n + 1;
  Str s = {0};
  *out = (Rows){0, arena_array(&t->arena, int64_t, n), arena_array(&t->arena, const char *, n)};
  while (top) {
    int64_t k = stack[--top];
    const TreeNode *node = node_at(t, k);
    str_clear(&s);
    if (leaves && node->feature == NODE_LEAF) tell_rule(t, up, k, &s);
    if (k) depth[k] = depth[up[k]] + 1;
    for (int64_t d = 1; !leaves && d < depth[k]; d++) str_add(&s, "|  ");
    if (!leaves && k) tell_side(t, node_at(t, up[k]), node_at(t, up[k])->left == k, &s);
    if (!leaves && !k) str_add(&s, "all rows");
    if (!leaves || node->feature == NODE_LEAF)
      out->node[out->n] = k, out->text[out->n++] = arena_strdup(&t->arena, str_c(&s));
    if (node->feature == NODE_LEAF) continue;
    stack[top++] = node->left + 1, stack[top++] = node->left;
  }
  str_fini(&s);
}

static ErrCode add_numbers(Frame *f, const Rows *r, Err *err) {
  Column *c;
  TRY(column_new(NULL, COL_I64, r->n, NULL, &c, err));
  for (int64_t i = 0; i < r->n; i++) c->i[i] = r->node[i] + 1;
  return frame_add(f, "node", c, err);
}

static ErrCode add_covers(Telling *t, const Rows *r, Frame *f, Err *err) {
  double *n = arena_array(&t->arena, double, 2 * r->n), *share = n + r->n;
  for (int64_t i = 0; i < r->n; i++) {
    n[i] = node_at(t, r->node[i])->cover;
    share[i] = n[i] / node_at(t, 0)->cover;
  }
  TRY(card_add_reals(f, "n", n, err));
  return card_add_reals(f, "share", share, err);
}

static ErrCode add_classes(Telling *t, const Rows *r, Frame *f, Err *err) {
  const Names *levels = &t->f->levels;
  const char **pred = arena_array(&t->arena, const char *, r->n);
  double *p = arena_array(&t->arena, double, r->n * levels->n);
  for (int64_t i = 0; i < r->n; i++) {
    const double *v = t->t->value + (t->first + r->node[i]) * t->t->width;
    int64_t best = 0;
    for (int64_t k = 0; k < levels->n; k++) {
      p[k * r->n + i] = v[k] * t->scale;
      if (v[k] > v[best]) best = k;
    }
    pred[i] = levels->name[best];
  }
  TRY(card_add_texts(f, "pred", pred, err));
  for (int64_t k = 0; k < levels->n; k++)
    TRY(card_add_reals(f, arena_printf(&t->arena, "p_%s", levels->name[k]), p + k * r->n, err));
  return OK;
}

static ErrCode add_values(Telling *t, const Rows *r, Frame *f, Err *err) {
  if (t->t->width > 1 && t->t->width == t->f->levels.n) return add_classes(t, r, f, err);
  double *v = arena_array(&t->arena, double, r->n);
  for (int64_t i = 0; i < r->n; i++) v[i] = t->t->value[(t->first + r->node[i]) * t->t->width] * t->scale;
  return card_add_reals(f, t->t->ntree > 1 && t->scale == 1 ? "adds" : "pred", v, err);
}

static ErrCode fill(Telling *t, int64_t n, bool leaves, Frame **out, Err *err) {
  Rows r;
  list_rows(t, n, leaves, &r);
  *out = frame_new(r.n);
  TRY(add_numbers(*out, &r, err));
  TRY(card_add_texts(*out, leaves ? "rule" : "branch", r.text, err));
  TRY(add_covers(t, &r, *out, err));
  return add_values(t, &r, *out, err);
}

ErrCode tell_open(const Model *m, int64_t tree, Telling *out, Err *err) {
  const ModelType *type = learner_type(m->fit->learner, NULL);
  const Trees *t = type && type->trees ? type->trees(&m->fit->state) : NULL;
  int64_t p = m->fit->design.terms.n;
  if (!t) return err_set(err, ERR_ARG, "ml.%s has no trees", type ? type->name : "pipe");
  if (tree < 1 || tree > t->ntree)
    return err_set(err, ERR_ARG, "tree must be from 1 to %lld, %lld was given", (long long)t->ntree, (long long)tree);
  *out = (Telling){.t = t, .f = m->fit, .first = t->root[tree - 1], .scale = type->mean ? (double)t->ntree : 1};
  out->said = arena_array(&out->arena, Said, p), out->order = arena_array(&out->arena, int64_t, p);
  return OK;
}

static ErrCode tell(const Model *m, int64_t tree, bool leaves, Frame **out, Err *err) {
  Telling w;
  TRY(tell_open(m, tree, &w, err));
  *out = NULL;
  ErrCode code = fill(&w, w.t->root[tree] - w.t->root[tree - 1], leaves, out, err);
  arena_fini(&w.arena);
  if (code != OK) frame_unref(*out);
  return code;
}

ErrCode model_rules(const Model *m, int64_t tree, Frame **out, Err *err) { return tell(m, tree, true, out, err); }

ErrCode model_branches(const Model *m, int64_t tree, Frame **out, Err *err) { return tell(m, tree, false, out, err); }

ErrCode model_path(const Model *m, Frame **out, Err *err) {
  const ModelType *type = learner_type(m->fit->learner, NULL);
  if (!type || !type->path)
    return err_set(err, ERR_ARG, "ml.%s keeps no path: ml.tree{} is pruned along one", type ? type->name : "pipe");
  return type->path(&m->fit->state, out, err);
}
