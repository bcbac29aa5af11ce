// Shapley values of trees from inside.
#pragma once
#include "model/trees_int.h"

enum { SHAP_TABLE = 8 }; // different columns on the way to a leaf for which answers are tabulated

typedef struct ShapTest { // a column on the way to a leaf
  int32_t feature;
  int32_t step, nstep;   // its splits on the way, in ShapTree.step
  double z;              // share of the cover that passes them, of all that come to them
} ShapTest;

typedef struct ShapStep { // a split on the way and the side that leads on
  int32_t node;
  bool left;
} ShapStep;

typedef struct ShapLeaf {
  int32_t node, test, ntest;
  int64_t table;         // of ntest x 2^ntest doubles in ShapTree.table; -1: none
} ShapLeaf;

typedef struct ShapTree { // of one tree, all in `arena`
  Arena arena;
  int64_t nleaf;
  ShapLeaf *leaf;
  ShapTest *test;
  ShapStep *step;
  double *table;
  int64_t most;          // tests of a leaf
  int nquad;             // Gauss-Legendre points on [0, 1]: exact for polynomials of degree most - 1
  double *quad, *weight;
} ShapTree;

void shap_tree_init(const Trees *t, int64_t k, ShapTree *out);
void shap_tree_fini(ShapTree *s);
// The sum over subsets S of W of w(|S|) times the product of z over the others of W, where w(s) = s! (m - s - 1)! / m!:
// at point q its integrand is `product` (over j in W of t + z_j (1 - t)) times this, for |W| = n.
double shap_rest(const ShapTree *s, int q, int64_t m, int64_t n);
