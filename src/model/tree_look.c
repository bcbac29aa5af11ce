// A tree to look at: the nodes around one of them, breadth-first, so that a screen can draw them and walk on. Of a
// large tree a window is told, from an ancestor of the node on, that holds the node's children too.
#include "model/tree_tables_int.h"

#include <math.h>

enum { ABOVE = 6 }; // levels over the node, where the tree is too large to be told from its root

typedef struct Window {
  int64_t *list, *at; // nodes breadth-first; of each node its place there, -1 none
  int64_t n;
} Window;

static void spread(Telling *t, int64_t from, int64_t most, int64_t nnode, Window *w) {
  for (int64_t k = 0; k < nnode; k++) w->at[k] = -1;
  w->n = 0;
  w->list[w->n] = from, w->at[from] = w->n++;
  for (int64_t i = 0; i < w->n; i++) {
    const TreeNode *n = node_at(t, w->list[i]);
    if (n->feature == NODE_LEAF || w->n + 2 > most) continue;
    for (int64_t k = n->left; k < n->left + 2; k++) w->list[w->n] = k, w->at[k] = w->n++;
  }
}

static bool holds(Telling *t, const Window *w, int64_t node) {
  const TreeNode *n = node_at(t, node);
  return w->at[node] >= 0 && (n->feature == NODE_LEAF || w->at[n->left] >= 0);
}

// Leaves, and the depth of the whole tree.
static void measure(Telling *t, const int64_t *up, int64_t nnode, TreeLook *out) {
  int64_t *depth = arena_array(&t->arena, int64_t, nnode);
  for (int64_t k = 0; k < nnode; k++) {
    if (k) depth[k] = depth[up[k]] + 1;
    if (depth[k] > out->depth) out->depth = depth[k];
    out->nleaf += node_at(t, k)->feature == NODE_LEAF;
  }
}

// In short: "age < 30 or ·", where rows without a value go this way.
static void add_short(Telling *t, const TreeNode *n, bool left, Str *s) {
  TreeNode bare = *n;
  bool gaps = n->flags & NODE_GAPS && !(n->flags & NODE_MISSING_LEFT) == !left;
  bool valued = n->flags & NODE_WORDS || n->cut < INFINITY;
  if (valued) bare.flags &= ~(uint32_t)NODE_GAPS;
  tell_side(t, &bare, left, s);
  if (valued && gaps) str_add(s, " or ·");
}

static void fill_node(Telling *t, const Window *w, const int64_t *up, int64_t i, Arena *a, TreeLook *out) {
  int64_t k = w->list[i], width = t->t->width;
  const TreeNode *n = node_at(t, k), *above = k ? node_at(t, up[k]) : NULL;
  TreeLookNode *one = &out->item[i];
  Str side = {0};
  *one = (TreeLookNode){.node = k + 1, .up = k && i ? w->at[up[k]] : -1, .cover = n->cover, .gain = (double)n->gain};
  one->leaf = n->feature == NODE_LEAF;
  if (!one->leaf && w->at[n->left] >= 0) one->left = w->at[n->left];
  if (above) add_short(t, above, above->left == k, &side);
  else str_add(&side, "all rows");
  one->side = arena_strdup(a, str_c(&side));
  one->column = one->leaf ? "" : arena_strdup(a, t->f->design.terms.name[n->feature]);
  one->value = arena_array(a, double, width);
  for (int64_t j = 0; j < width; j++) one->value[j] = t->t->value[(t->first + k) * width + j] * t->scale;
  str_fini(&side);
}

static void look(Telling *t, int64_t nnode, int64_t node, int64_t most, Arena *a, TreeLook *out) {
  int64_t *up = tell_parents(t, nnode), from = 0;
  Window w = {.list = arena_array(&t->arena, int64_t, nnode), .at = arena_array(&t->arena, int64_t, nnode)};
  Str rule = {0};
  spread(t, 0, most, nnode, &w);
  if (!holds(t, &w, node)) {
    from = node;
    for (int k = 0; k < ABOVE; k++) from = up[from];
    spread(t, from, most, nnode, &w);
  }
  out->whole = node_at(t, 0)->cover;
  out->n = w.n, out->nnode = nnode, out->at = w.at[node], out->above = from ? up[from] + 1 : 0;
  out->item = arena_array(a, TreeLookNode, w.n);
  measure(t, up, nnode, out);
  for (int64_t i = 0; i < w.n; i++) fill_node(t, &w, up, i, a, out);
  tell_rule(t, up, node, &rule);
  out->rule = arena_strdup(a, str_c(&rule));
  str_fini(&rule);
}

int64_t model_ntree(const Model *m) {
  const ModelType *type = learner_type(m->fit->learner, NULL);
  return type && type->trees ? type->trees(&m->fit->state)->ntree : 0;
}

ErrCode model_look(const Model *m, int64_t tree, int64_t node, int64_t most, Arena *a, TreeLook *out, Err *err) {
  Telling t;
  const ModelType *type = learner_type(m->fit->learner, NULL);
  const Names *levels = &m->fit->levels;
  TRY(tell_open(m, tree, &t, err));
  int64_t nnode = t.t->root[tree] - t.t->root[tree - 1];
  ErrCode code = OK;
  *out = (TreeLook){.ntree = t.t->ntree, .width = t.t->width, .of = -1};
  out->shares = t.t->width > 1 && t.t->width == levels->n;
  out->adds = !out->shares && t.t->ntree > 1 && t.scale == 1;
  out->rows = !type->sums;
  if (t.t->noutput > 1 && t.t->width == 1) out->of = t.t->output[tree - 1];
  if (node >= 1 && node <= nnode) look(&t, nnode, node - 1, most, a, out);
  else code = err_set(err, ERR_ARG, "node must be from 1 to %lld, %lld was given", (long long)nnode, (long long)node);
  arena_fini(&t.arena);
  return code;
}
