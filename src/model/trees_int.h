// Binary trees over the columns of a design, and sums of them: what trees, forests and boosting learn, and what is
// predicted with, explained, stored and exchanged with other programs, whoever grew it.
#pragma once
#include "model/model_int.h"

enum { NODE_LEAF = -1 }; // feature of a leaf
// Flags: where missing values go; the column has words; where words beyond the levels go that are no missing values;
// the training had rows here without a value.
enum { NODE_MISSING_LEFT = 1, NODE_WORDS = 2, NODE_BEYOND_LEFT = 4, NODE_GAPS = 8, NODE_FLAGS = 15 };

typedef struct TreeNode {
  int32_t feature;
  int32_t left;    // the child on the left, counted from the tree's first node; the right one is left + 1; of a leaf 0
  union {
    double cut;    // number x goes left when x < cut
    int64_t set;   // word k goes left when bit k of set + set[k / 64] is set; place in Trees.set; levels[feature] bits
  };
  double cover;    // sum of weights, or of second derivatives
  float gain;      // of the split; 0 in a leaf
  uint32_t flags;
} TreeNode;

struct Trees { // owned by `arena`; p terms are the design's
  Arena *arena;
  int64_t ntree, nnode, nset;
  int64_t room_tree, room_node, room_set;
  int64_t width;    // values of a node: 1; of forests of classes: one a class
  int64_t noutput;  // sums of a row: 1, or one a class; width is 1 or noutput
  int64_t *root;    // ntree + 1: tree t has the nodes root[t] .. root[t + 1] - 1, parents before children
  int64_t *output;  // of each tree the sum that it adds to; 0 when width > 1
  TreeNode *node;
  double *value;    // nnode x width, row by row: what a leaf adds; of the others what they would as leaves
  uint64_t *set;    // bits of words
  double *base;     // noutput: where the sums begin
  int64_t nterm;
  int64_t *levels;  // of each term how many words sets are over, 0 for a number
  bool single;      // numbers are compared as floats, as in models that XGBoost wrote
};

void trees_init(Trees *t, Arena *a, int64_t width, int64_t noutput);
void trees_set_levels(Trees *t, const Features *x); // before a tree with words is added
void trees_reserve(Trees *t, int64_t ntree, int64_t nnode); // room for so many more without moving
// Appends a tree of n nodes with n x width values, breadth-first or any order with parents before children. Sets of
// words are numbered from the beginning of `set` (nset words), which is copied.
void trees_add(Trees *t, const TreeNode *node, const double *value, int64_t n, int64_t output, const uint64_t *set,
               int64_t nset);
void trees_cut(Trees *t, int64_t ntree); // keeps the first trees only
// Visits all; reading: store_fail unless every tree is one over nterm terms (children in place, sets, outputs).
void trees_store(Store *s, Trees *t, int64_t nterm);

// The child of a node that is no leaf, of a row whose value of its feature is x (NaN: missing).
static inline int64_t node_next(const Trees *t, const TreeNode *n, double x) {
  bool left, words = n->flags & NODE_WORDS;
  if (x != x || (words && x < 0)) left = n->flags & NODE_MISSING_LEFT;
  else if (words && x >= (double)t->levels[n->feature]) left = n->flags & NODE_BEYOND_LEFT;
  else if (words) left = t->set[n->set + ((int64_t)x >> 6)] >> ((int64_t)x & 63) & 1;
  else left = t->single ? (float)x < (float)n->cut : x < n->cut;
  return n->left + !left;
}

// out[k n + i] = base[k] + the leaves of the trees first .. last - 1, added in the order of the trees; column-major.
// The same bits on any number of threads. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode trees_predict(Job *job, const Trees *t, const Features *x, int64_t first, int64_t last, double *out,
                                Err *err);
// The three ways: for few rows, for many, and for many over large trees.
NODISCARD ErrCode trees_walk(Job *job, const Trees *t, const Features *x, int64_t first, int64_t last, double *out,
                             Err *err);
NODISCARD ErrCode trees_sweep(Job *job, const Trees *t, const Features *x, int64_t first, int64_t last, double *out,
                              Err *err);
NODISCARD ErrCode trees_deep(Job *job, const Trees *t, const Features *x, int64_t first, int64_t last, double *out,
                             Err *err);
// leaf[i] = the node, counted from its root, in which row i of x ends in tree k.
NODISCARD ErrCode trees_leaves(Job *job, const Trees *t, int64_t k, const Features *x, int32_t *leaf, Err *err);

// Adds up by term (p each, zeroed by the caller): the gains and the covers of its splits, and how many they are.
void trees_importance(const Trees *t, double *gain, double *cover, double *count);
// A row a term: term, importance (share of all gains), gain and cover (means of its splits), splits.
NODISCARD ErrCode trees_card(Job *job, const Trees *t, const Names *terms, Frame **out, Err *err);

// Exact Shapley values by cover (shap.c): phi[(o (p + 1) + j) n + i] is what term j adds to sum o of row i, and for
// j = p the sum of a row of which nothing is known; together they are the sum. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode trees_shap(Job *job, const Trees *t, const Features *x, double *phi, Err *err);
