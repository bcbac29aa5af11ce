// Trees in one row of arrays, one tree behind the other. What is read from a file is checked so far that no walk leaves
// its tree or never ends: children lie behind their parents and inside, sets inside the words.
#include "model/trees_int.h"

#include <assert.h>
#include <string.h>

// ---- growing ------------------------------------------------------------------------------------------------------
static void *grown(Arena *a, void *old, int64_t n, int64_t room, size_t size) {
  void *out = arena_alloc_n(a, (size_t)room, size);
  if (n) memcpy(out, old, (size_t)n * size);
  return out;
}

static int64_t more(int64_t room, int64_t need) {
  int64_t twice = room * 2;
  return twice > need ? twice : need;
}

static void room_for_trees(Trees *t, int64_t need) {
  if (need <= t->room_tree) return;
  t->room_tree = more(t->room_tree, need);
  t->root = grown(t->arena, t->root, t->ntree + 1, t->room_tree + 1, sizeof *t->root);
  t->output = grown(t->arena, t->output, t->ntree, t->room_tree, sizeof *t->output);
}

static void room_for_nodes(Trees *t, int64_t need) {
  if (need <= t->room_node) return;
  t->room_node = more(t->room_node, need);
  t->node = grown(t->arena, t->node, t->nnode, t->room_node, sizeof *t->node);
  t->value = grown(t->arena, t->value, t->nnode * t->width, t->room_node * t->width, sizeof *t->value);
}

static void room_for_sets(Trees *t, int64_t need) {
  if (need <= t->room_set) return;
  t->room_set = more(t->room_set, need);
  t->set = grown(t->arena, t->set, t->nset, t->room_set, sizeof *t->set);
}

void trees_init(Trees *t, Arena *a, int64_t width, int64_t noutput) {
  *t = (Trees){.arena = a, .width = width, .noutput = noutput};
  t->base = arena_array(a, double, noutput);
  t->root = arena_array(a, int64_t, 1);
}

void trees_set_levels(Trees *t, const Features *x) {
  t->nterm = x->p;
  t->levels = arena_array(t->arena, int64_t, x->p);
  for (int64_t j = 0; j < x->p; j++) t->levels[j] = features_levels(x, j);
}

void trees_reserve(Trees *t, int64_t ntree, int64_t nnode) {
  room_for_trees(t, t->ntree + ntree);
  room_for_nodes(t, t->nnode + nnode);
}

void trees_add(Trees *t, const TreeNode *node, const double *value, int64_t n, int64_t output, const uint64_t *set,
               int64_t nset) {
  room_for_trees(t, t->ntree + 1);
  room_for_nodes(t, t->nnode + n);
  room_for_sets(t, t->nset + nset);
  memcpy(t->node + t->nnode, node, (size_t)n * sizeof *node);
  memcpy(t->value + t->nnode * t->width, value, (size_t)(n * t->width) * sizeof *value);
  if (nset) memcpy(t->set + t->nset, set, (size_t)nset * sizeof *set);
  for (TreeNode *w = t->node + t->nnode; w < t->node + t->nnode + n; w++)
    if (w->flags & NODE_WORDS) {
      assert(w->feature < t->nterm && t->levels[w->feature] > 0);
      w->set += t->nset;
    }
  t->output[t->ntree++] = output;
  t->nnode += n, t->nset += nset;
  t->root[t->ntree] = t->nnode;
}

void trees_cut(Trees *t, int64_t ntree) {
  if (ntree >= t->ntree) return;
  t->ntree = ntree;
  t->nnode = t->root[ntree];
}

// ---- store --------------------------------------------------------------------------------------------------------
// The nodes as rows of whole numbers and of reals.
enum { WHOLE = 4, REAL = 3 };

static void pack(const Trees *t, int64_t *whole, double *real) {
  for (int64_t i = 0; i < t->nnode; i++) {
    const TreeNode *n = &t->node[i];
    bool words = n->flags & NODE_WORDS;
    memcpy(whole + i * WHOLE, (int64_t[]){n->feature, n->left, n->flags, words ? n->set : 0}, WHOLE * sizeof *whole);
    memcpy(real + i * REAL, (double[]){words ? 0 : n->cut, n->cover, (double)n->gain}, REAL * sizeof *real);
  }
}

static void unpack(Trees *t, const int64_t *whole, const double *real) {
  t->node = arena_array(t->arena, TreeNode, t->nnode);
  for (int64_t i = 0; i < t->nnode; i++, whole += WHOLE, real += REAL) {
    TreeNode *n = &t->node[i];
    bool fits = whole[0] >= NODE_LEAF && whole[0] <= INT32_MAX && whole[1] >= 0 && whole[1] <= INT32_MAX;
    *n = (TreeNode){.feature = fits ? (int32_t)whole[0] : INT32_MAX, .left = fits ? (int32_t)whole[1] : 0,
                    .cover = real[1], .gain = (float)real[2], .flags = (uint32_t)whole[2] & NODE_FLAGS};
    if (n->flags & NODE_WORDS) n->set = whole[3];
    else n->cut = real[0];
  }
}

static bool node_fits(const Trees *t, int64_t i, int64_t size, int64_t place, int64_t nterm) {
  const TreeNode *n = &t->node[i];
  if (n->feature == NODE_LEAF) return true;
  bool inside = n->feature < nterm && n->left > place && n->left + 1 < size;
  if (!inside || !(n->flags & NODE_WORDS)) return inside && n->cut == n->cut;
  if (n->feature >= t->nterm || t->levels[n->feature] <= 0) return false;
  return n->set >= 0 && n->set < t->nset && (t->levels[n->feature] - 1) / 64 < t->nset - n->set;
}

static bool trees_fit(const Trees *t, int64_t nterm) {
  if (t->root[0] != 0 || t->root[t->ntree] != t->nnode) return false;
  for (int64_t k = 0; k < t->ntree; k++) {
    if (t->root[k + 1] <= t->root[k] || t->root[k + 1] > t->nnode) return false;
    if (t->output[k] < 0 || t->output[k] >= t->noutput) return false;
    int64_t size = t->root[k + 1] - t->root[k];
    for (int64_t i = 0; i < size; i++)
      if (!node_fits(t, t->root[k] + i, size, i, nterm)) return false;
  }
  return true;
}

static void store_nodes(Store *s, Trees *t) {
  Arena scratch = {0};
  int64_t nwhole = t->nnode * WHOLE, nreal = t->nnode * REAL;
  int64_t *whole = NULL;
  double *real = NULL;
  if (!s->reading) {
    whole = arena_array(&scratch, int64_t, nwhole), real = arena_array(&scratch, double, nreal);
    pack(t, whole, real);
  }
  store_i64s(s, "nodes", &whole, &nwhole);
  store_f64s(s, "cuts", &real, &nreal);
  t->nnode = nwhole / WHOLE;
  if (s->reading && s->err.code == OK) {
    if (nwhole % WHOLE || nreal != t->nnode * REAL) store_fail(s, "nodes that do not fit each other");
    else unpack(t, whole, real);
  }
  arena_fini(&scratch);
}

static void store_arrays(Store *s, Trees *t) {
  int64_t nroot = t->ntree + 1, nvalue = t->nnode * t->width, nset = t->nset, nbase = t->noutput;
  uint64_t *set = t->set;
  int64_t *bits = (int64_t *)(void *)set;
  store_i64s(s, "roots", &t->root, &nroot);
  store_i64s(s, "outputs", &t->output, &t->ntree);
  store_nodes(s, t);
  store_f64s(s, "values", &t->value, &nvalue);
  store_i64s(s, "sets", &bits, &nset);
  store_i64s(s, "levels", &t->levels, &t->nterm);
  store_f64s(s, "base", &t->base, &nbase);
  t->set = (uint64_t *)(void *)bits, t->nset = nset;
  if (s->err.code != OK) return;
  if (nbase != t->noutput || nroot != t->ntree + 1 || nvalue != t->nnode * t->width)
    store_fail(s, "trees whose lengths do not fit each other");
}

void trees_store(Store *s, Trees *t, int64_t nterm) {
  if (s->reading) *t = (Trees){.arena = s->arena};
  store_i64(s, "width", &t->width);
  store_i64(s, "sums", &t->noutput);
  store_bool(s, "single", &t->single);
  if (s->err.code != OK) return;
  if (t->noutput < 1 || (t->width != 1 && t->width != t->noutput)) {
    store_fail(s, "trees of %lld sums and %lld values", (long long)t->noutput, (long long)t->width);
    return;
  }
  store_arrays(s, t);
  if (s->reading && s->err.code == OK && !trees_fit(t, nterm)) store_fail(s, "a tree that does not fit the columns");
  t->room_tree = t->ntree, t->room_node = t->nnode, t->room_set = t->nset;
}
