// A tree as Shapley values see it: the ways to its leaves, each a set of columns with the share z of the cover that
// passes what the way asks of the column.
//
// A leaf of value v whose way asks m columns gives column i, of a row that passes the columns U and fails the others,
//     v (1 - z_i) G F(U - i)   if i is in U,    - v G F(U)   otherwise,    G = product of z_j over the failed j,
//     F(W) = sum over S in W of |S|! (m - |S| - 1)! / m!  product of z_j over j in W - S,
// the Shapley value of the game "columns in S are known, at the others the row goes down both sides by cover"
// (Lundberg, Erion, Lee 2018, path-dependent). Since s! (m - s - 1)! / m! is the integral of t^s (1 - t)^(m - s - 1),
// F(W) is the integral over [0, 1] of (1 - t)^(m - 1 - |W|) times the product over W of t + z_j (1 - t): a polynomial,
// which ceil(m / 2) Gauss points integrate exactly, of positive terms only, so that nothing cancels.
// U is all that the row adds: for m <= 8 the answers of all 2^m sets are tabulated, once for all rows.
#include "model/shap_int.h"

#include <math.h>
#include <string.h>

enum { TABLE_MOST = 1 << 23 }; // doubles of a tree's tables

// ---- Gauss-Legendre points ----------------------------------------------------------------------------------------
// The root of the Legendre polynomial of degree n near x, by Newton's method; *slope its derivative there.
static double legendre_root(int n, double x, double *slope) {
  *slope = 1;
  for (int round = 0; round < 100; round++) {
    double a = 1, b = x;
    for (int k = 2; k <= n; k++) {
      double c = ((2 * k - 1) * x * b - (k - 1) * a) / k;
      a = b, b = c;
    }
    *slope = n * (x * b - a) / (x * x - 1);
    double step = b / *slope;
    x -= step;
    if (fabs(step) < 1e-16) break;
  }
  return x;
}

static void make_points(ShapTree *s) {
  int n = s->nquad = (int)(s->most + 1) / 2;
  s->quad = arena_array(&s->arena, double, n), s->weight = arena_array(&s->arena, double, n);
  for (int k = 0; k < (n + 1) / 2; k++) {
    double turn = 3.14159265358979323846 * (k + 0.75) / (n + 0.5), u = turn * turn, slope;
    double x = legendre_root(n, 1 - u / 2 * (1 - u / 12 * (1 - u / 30)), &slope); // near the cosine
    s->quad[k] = (1 - x) / 2, s->quad[n - 1 - k] = (1 + x) / 2;
    s->weight[k] = s->weight[n - 1 - k] = 1 / ((1 - x * x) * slope * slope);
  }
}

double shap_rest(const ShapTree *s, int q, int64_t m, int64_t n) {
  double rest = s->weight[q];
  for (int64_t k = n + 1; k < m; k++) rest *= 1 - s->quad[q];
  return rest;
}

// ---- ways to leaves -----------------------------------------------------------------------------------------------
typedef struct Ways {
  const Trees *t;
  const TreeNode *tree;
  ShapTree *out;
  int32_t *parent;
  int64_t ntest, nstep;
} Ways;

static double share_of(const TreeNode *tree, int32_t child, int32_t parent) {
  int32_t left = tree[parent].left;
  double all = tree[left].cover + tree[left + 1].cover;
  return all > 0 ? tree[child].cover / all : 0.5;
}

static ShapTest *test_of(Ways *w, ShapLeaf *leaf, int32_t feature) {
  ShapTest *first = w->out->test + leaf->test;
  for (int32_t k = 0; k < leaf->ntest; k++)
    if (first[k].feature == feature) return &first[k];
  ShapTest *made = &first[leaf->ntest++];
  *made = (ShapTest){.feature = feature, .z = 1};
  return made;
}

// From the leaf up, once to count the splits of each column and once to put them side by side.
static void add_way(Ways *w, int32_t node) {
  ShapLeaf *leaf = &w->out->leaf[w->out->nleaf++];
  *leaf = (ShapLeaf){.node = node, .test = (int32_t)w->ntest, .table = -1};
  for (int32_t c = node; c; c = w->parent[c]) {
    ShapTest *t = test_of(w, leaf, w->tree[w->parent[c]].feature);
    t->nstep++, t->z *= share_of(w->tree, c, w->parent[c]);
  }
  for (int32_t k = 0; k < leaf->ntest; k++) {
    ShapTest *t = &w->out->test[leaf->test + k];
    t->step = (int32_t)w->nstep, w->nstep += t->nstep, t->nstep = 0;
  }
  for (int32_t c = node; c; c = w->parent[c]) {
    int32_t p = w->parent[c];
    ShapTest *t = test_of(w, leaf, w->tree[p].feature);
    w->out->step[t->step + t->nstep++] = (ShapStep){p, c == w->tree[p].left};
  }
  w->ntest += leaf->ntest;
  if (leaf->ntest > w->out->most) w->out->most = leaf->ntest;
}

static int64_t total_depth(const TreeNode *tree, int64_t size, int32_t *depth) {
  int64_t total = 0;
  depth[0] = 0;
  for (int64_t i = 0; i < size; i++) {
    if (tree[i].feature == NODE_LEAF) total += depth[i];
    else depth[tree[i].left] = depth[tree[i].left + 1] = depth[i] + 1;
  }
  return total;
}

static void find_ways(const Trees *t, int64_t k, ShapTree *out) {
  const TreeNode *tree = t->node + t->root[k];
  int64_t size = t->root[k + 1] - t->root[k];
  Arena scratch = {0};
  Ways w = {.t = t, .tree = tree, .out = out, .parent = arena_array(&scratch, int32_t, size)};
  int64_t total = total_depth(tree, size, w.parent);
  out->leaf = arena_array(&out->arena, ShapLeaf, (size + 1) / 2);
  out->test = arena_array(&out->arena, ShapTest, total + 1);
  out->step = arena_array(&out->arena, ShapStep, total + 1);
  for (int64_t i = 0; i < size; i++)
    if (tree[i].feature != NODE_LEAF) w.parent[tree[i].left] = w.parent[tree[i].left + 1] = (int32_t)i;
  for (int64_t i = 0; i < size; i++)
    if (tree[i].feature == NODE_LEAF) add_way(&w, (int32_t)i);
  arena_fini(&scratch);
}

// ---- tables -------------------------------------------------------------------------------------------------------
// f[W] of all sets W of m columns.
static void fill_sums(const ShapTree *s, const ShapTest *test, int m, double *f) {
  double product[1 << SHAP_TABLE], rest[SHAP_TABLE + 1];
  memset(f, 0, sizeof(double) << m);
  for (int q = 0; q < s->nquad; q++) {
    double t = s->quad[q];
    for (int n = 0; n <= m; n++) rest[n] = n < m ? shap_rest(s, q, m, n) : 0;
    product[0] = 1;
    f[0] += rest[0];
    for (unsigned w = 1; w < 1u << m; w++) {
      int j = __builtin_ctz(w);
      product[w] = product[w & (w - 1)] * (t + test[j].z * (1 - t));
      f[w] += product[w] * rest[__builtin_popcount(w)];
    }
  }
}

// table[i << m | U]: what a leaf of value 1 gives the column of test i.
static void fill_table(const ShapTree *s, const ShapTest *test, int m, double *table) {
  double f[1 << SHAP_TABLE], gone[1 << SHAP_TABLE]; // gone: product of z over a set
  unsigned all = (1u << m) - 1;
  fill_sums(s, test, m, f);
  gone[0] = 1;
  for (unsigned w = 1; w <= all; w++) gone[w] = gone[w & (w - 1)] * test[__builtin_ctz(w)].z;
  for (int i = 0; i < m; i++)
    for (unsigned u = 0; u <= all; u++) {
      double g = gone[all ^ u];
      table[(unsigned)i << m | u] = u >> i & 1 ? (1 - test[i].z) * g * f[u ^ 1u << i] : -g * f[u];
    }
}

static void make_tables(ShapTree *s) {
  int64_t room = 0;
  for (int64_t k = 0; k < s->nleaf; k++) {
    int64_t m = s->leaf[k].ntest, need = m << m;
    if (m < 1 || m > SHAP_TABLE || room + need > TABLE_MOST) continue;
    s->leaf[k].table = room;
    room += need;
  }
  s->table = arena_array(&s->arena, double, room);
  for (int64_t k = 0; k < s->nleaf; k++)
    if (s->leaf[k].table >= 0)
      fill_table(s, s->test + s->leaf[k].test, s->leaf[k].ntest, s->table + s->leaf[k].table);
}

void shap_tree_init(const Trees *t, int64_t k, ShapTree *out) {
  *out = (ShapTree){0};
  find_ways(t, k, out);
  make_points(out);
  make_tables(out);
}

void shap_tree_fini(ShapTree *s) { arena_fini(&s->arena); }
