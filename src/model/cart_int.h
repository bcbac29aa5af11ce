// Trees that split exactly, as CART does, and what is built of them: ml.tree, ml.forest, ml.extratrees. Columns are
// ranked once (cart_data.c); a node finds its split by ranks (cart_split.c, cart_sort.c, cart_words.c), or by values
// where cuts are drawn (cart_random.c), and is grown by cart_grow.c. Targets and weights are whole numbers, so that
// sums have no order: any thread, any order of the rows.
#pragma once
#include "model/trees_int.h"

// ---- data ---------------------------------------------------------------------------------------------------------
typedef struct CartColumn {
  uint16_t *r16;    // n dense ranks: of values, or the codes of words; one of the two
  uint32_t *r32;
  double *value;    // of each rank; NULL for words
  double *x;        // in place of ranks: n values or codes, NaN missing
  int64_t distinct; // ranks are below it; it stands for missing
  bool words, gaps; // gaps: something is missing
} CartColumn;

typedef struct CartData {
  int64_t n, p;
  CartColumn *column;
  Arena arena;
} CartData;

// `values`: no ranks, for random cuts. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode cart_data_new(Job *job, const Features *x, bool values, CartData *out, Err *err);
void cart_data_free(CartData *d);
static inline uint32_t cart_rank(const CartColumn *c, int64_t row) { return c->r16 ? c->r16[row] : c->r32[row]; }

// ---- target (cart_target.c) ---------------------------------------------------------------------------------------
// One row as a node adds it up. s: in a regression weight * (y - centre) in units; of two classes the weight of the
// second one; of more the number of the class.
typedef struct CartItem {
  int64_t w, s;
} CartItem;

typedef struct CartTarget {
  int64_t n;
  int nclass;                // 0 for a regression
  CartItem *item;            // n
  double centre, unit;       // y = centre + unit * s / w
  double weight_unit, total; // weight = weight_unit * w; the sum of all weights
} CartTarget;

// ERR_NUMERIC a target that is infinite or huge; ERR_MEMORY.
NODISCARD ErrCode cart_target_new(Job *job, const FitIn *in, const char *owner, CartTarget *out, Err *err);
void cart_target_free(CartTarget *t);

// ---- growing ------------------------------------------------------------------------------------------------------
typedef enum { CART_GINI, CART_ENTROPY, CART_VARIANCE } CartCriterion;

typedef struct CartOpts {
  CartCriterion criterion;
  int64_t max_depth, max_leaf_nodes;  // 0: no limit
  int64_t min_split, min_leaf;        // rows
  double min_decrease;                // of the impurity, weighted by the share of the node
  int64_t max_features;               // that a node looks at
  bool random;                        // one random cut a feature
} CartOpts;

// One tree under construction, as trees_add takes it.
typedef struct CartTree {
  TreeNode *node;
  double *value;  // n x width
  double *risk;   // of a node: weight * impurity
  uint64_t *set;
  int64_t n, nset, width, room, room_set;
  bool failed;    // memory ran out
} CartTree;

typedef struct CartIn {
  const CartData *data;
  const CartTarget *target;
  CartOpts opts;
  double *log_table;   // x log x of 0 .. log_room - 1; with CART_ENTROPY
  int64_t log_room;
  const atomic_bool *cancel; // NULL: nobody can
} CartIn;

// A tree over m of the rows; copies[i] (NULL: once each) says how often rows[i] counts. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode cart_grow(Job *job, const CartIn *in, const uint32_t *rows, const uint8_t *copies, int64_t m,
                            uint64_t seed, CartTree *out, Err *err);
void cart_tree_fini(CartTree *t);
void cart_tree_add(const CartTree *t, Trees *out);
// Borrows data and target.
NODISCARD ErrCode cart_in_new(Job *job, const CartOpts *opts, const CartData *data, const CartTarget *target,
                              CartIn *out, Err *err);
void cart_in_free(CartIn *in);

// ---- pruning (cart_prune.c, cart_cv.c) ----------------------------------------------------------------------------
// The nested trees that cost-complexity pruning leaves, from the whole tree to the root alone.
typedef struct CartPath {
  int64_t n;
  double *alpha, *leaves, *risk; // alpha and risk in weight * impurity
  double *error, *se;            // cross-validated, of a row; NULL without
} CartPath;

// alpha (t->n): from which alpha on a node is a leaf, or has gone with one above it; 0 for leaves.
NODISCARD ErrCode cart_prune_links(Job *job, const CartTree *t, double *alpha, Err *err);
// At most some hundred steps, evenly picked; arena-owned.
void cart_prune_path(const CartTree *t, const double *alpha, Arena *a, CartPath *out);
void cart_prune_at(CartTree *t, const double *alpha, double at); // t->failed: memory ran out
// Fills error and se of the path by cross-validation: squared error, or share of wrong classes.
NODISCARD ErrCode cart_cv(Job *job, const CartIn *in, int64_t folds, uint64_t seed, Arena *a, CartPath *path, Err *err);
// The child into which a row of the training data falls.
static inline int64_t cart_step(const CartData *d, const CartTree *t, int64_t node, int64_t row) {
  const TreeNode *n = &t->node[node];
  const CartColumn *c = &d->column[n->feature];
  uint32_t rank = cart_rank(c, row);
  bool left;
  if (rank == (uint32_t)c->distinct) left = n->flags & NODE_MISSING_LEFT;
  else if (n->flags & NODE_WORDS) left = t->set[n->set + (rank >> 6)] >> (rank & 63) & 1;
  else left = c->value[rank] < n->cut;
  return n->left + !left;
}

// ---- what users ask for (cart_opts.c) ------------------------------------------------------------------------------
typedef struct CartAsked {
  int criterion;
  int64_t max_depth, max_leaf_nodes;
  double min_split, min_leaf, min_decrease;
  const char *max_features;
} CartAsked;

// Rows of the Param table of a type whose options hold a CartAsked `f` and class_weight.
#define CART_PARAMS(T, f, features)                                                                                   \
  {"criterion", PARAM_CHOICE, offsetof(T, f.criterion), .dflt = "auto",                                               \
   .choices = "auto|gini|entropy|log_loss|squared_error",                                                             \
   .doc = "impurity: gini or entropy (log_loss) of classes, squared_error of numbers; auto: gini, squared_error"},    \
      {"max_depth", PARAM_INT, offsetof(T, f.max_depth), 0, PARAM_INF, .dflt = "0",                                   \
       .doc = "splits on a path; 0: no limit"},                                                                       \
      {"min_samples_split", PARAM_REAL, offsetof(T, f.min_split), 0, PARAM_INF, .dflt = "2",                          \
       .doc = "rows that a node must have to be split; below 1 a share of all rows"},                                 \
      {"min_samples_leaf", PARAM_REAL, offsetof(T, f.min_leaf), 0, PARAM_INF, .dflt = "1",                            \
       .doc = "rows that a leaf must have; below 1 a share of all rows"},                                             \
      {"max_leaf_nodes", PARAM_INT, offsetof(T, f.max_leaf_nodes), 0, PARAM_INF, .dflt = "0",                         \
       .doc = "leaves, the nodes that gain most split first; 0: no limit"},                                           \
      {"min_impurity_decrease", PARAM_REAL, offsetof(T, f.min_decrease), 0, PARAM_INF, .dflt = "0",                   \
       .doc = "what a split must gain at least: fall of the impurity times the node's share of the rows"},            \
      {"max_features", PARAM_TEXT, offsetof(T, f.max_features), .dflt = features,                                     \
       .doc = "columns that a node looks at: all, sqrt, log2, third, a number of them, below 1 a share; auto: sqrt "  \
              "for classes, all for numbers"},                                                                        \
      CLASS_WEIGHT(T)

NODISCARD ErrCode cart_opts_read(const CartAsked *asked, const FitIn *in, const char *owner, CartOpts *out, Err *err);
const char *cart_criterion_print(const CartAsked *asked, int nclass); // "gini"
// Importances of a forest: means over the trees of the shares of their gains; and how often a column splits.
NODISCARD ErrCode cart_card(Job *job, const Trees *t, const Names *terms, Frame **out, Err *err);
