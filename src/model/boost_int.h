// Gradient boosting from inside: what its files share. The way of a round: objective (gradients) -> grow (a tree over
// bins: hist, split, selectors of growth) -> leaves -> scores.
#pragma once
#include "base/rounds.h"
#include "model/bins_int.h"
#include "model/link_int.h"
#include "model/split_int.h"

typedef struct Objective Objective;

// ---- growing a tree (grow.c) --------------------------------------------------------------------------------------
typedef struct Segment { // rows of a node in one block
  int32_t begin, n;
} Segment;

typedef struct GrowNode {
  Pair sum;
  int64_t n;            // rows
  uint64_t path;        // 1, and a bit for each turn: the same whatever order nodes grow in
  int32_t left;         // child; 0 none yet; right is left + 1
  int32_t depth, slot;  // slot: of its histograms; -1 none
  int32_t feature;      // of its best split; -1 none
  bool kept;            // the split belongs to the tree
  bool light;           // of oblivious trees: too light for a value of its own
  Bounds bounds;
  Found split;
  uint8_t code[BINS_MOST / 8]; // bits: codes that go left
} GrowNode;

typedef struct Grow { // freed by grow_free; used for tree after tree
  Job *job;
  const Bins *bins;
  const BoostOpts *o;
  Units unit;
  uint16_t *row, *row2;  // nblock x block: rows of a block, node by node
  Pair *gh, *gh2;        // in the order of row
  Pair *hist;            // of column j: nslot x nbin from offset x nslot on
  int64_t nslot, nfree;
  int32_t *free_slot;
  GrowNode *node;
  Segment *segment;      // of each node: nblock
  int64_t nnode, room;
  Found *found;          // of each node of a batch: p
  uint8_t *allowed;      // of each node of a batch: p; columns that it may take
  uint8_t *used;         // p: columns of this tree; column: their numbers
  int32_t *column;
  int64_t ncolumn;
  int64_t batch;         // nodes that found and allowed hold
  uint64_t tree;         // number of the tree, for random choices
  const int8_t *sense;   // p: of monotone columns 1 or -1; NULL: there are none
  const double *h;       // by row, 0 of rows that this tree leaves out; for counts
  void *block;           // one allocation of row, gh and their seconds
} Grow;
NODISCARD ErrCode grow_new(Job *job, const Bins *bins, const BoostOpts *o, Grow *out, Err *err);
void grow_free(Grow *g);
// Grows over the rows whose pairs stand in gh (row by row). The nodes afterwards: kept splits make the tree.
NODISCARD ErrCode grow_tree(Grow *g, Err *err);
static inline Segment *grow_segment(const Grow *g, int64_t node, int64_t block) {
  return &g->segment[node * g->bins->nblock + block];
}
// Histograms of some columns: of the small child of each node of a batch by its rows, of the large one by subtraction.
typedef struct HistPair {
  int32_t small, large;  // nodes; large -1: a root
} HistPair;
void hist_build(const Grow *g, const int32_t *column, int64_t ncolumn, const HistPair *pair, int64_t n);
static inline Pair *grow_hist(const Grow *g, int64_t j, int32_t slot) {
  const BinColumn *c = &g->bins->column[j];
  return g->hist + c->offset * g->nslot + (int64_t)slot * c->nbin;
}
// A column and a node as a search for a split sees them, without counts of rows.
SplitIn grow_split_in(const Grow *g, int64_t j, const GrowNode *n);
// Rows of a node that have derivatives, by the code of a column.
void grow_count_rows(const Grow *g, int64_t j, int64_t node, int32_t rows[BINS_MOST + 1]);
void grow_keep_codes(GrowNode *n, const uint8_t left[BINS_MOST]);

// ---- all nodes of a level alike (grow_level.c) --------------------------------------------------------------------
enum { LEVEL_DEPTH = 16 }; // at most
// The cut of a column that gains most over the nodes of a level that look for one.
Found grow_level_find(const Grow *g, int64_t j, const int32_t *node, int64_t n);
// Of what was found for each column the best becomes the split of every node of the level.
void grow_level_take(Grow *g, const int32_t *node, int64_t n);
void grow_level_mark(Grow *g, GrowNode *parent); // which of its children, whose rows are parted, are light
// Values of light nodes, from those of the others. Node k of the tree is from[k] of the growth, left[k] its child.
void grow_level_values(const Grow *g, const int32_t *from, const int32_t *left, int64_t n, double *value);

// ---- growth policies (grow_select.c): which nodes to split next ---------------------------------------------------
// Fills `next` with nodes that have a split; 0: the tree is done and `kept` is set.
int64_t grow_select(Grow *g, int32_t *next);

// ---- objectives (objective.c) -------------------------------------------------------------------------------------
typedef struct BoostData {
  const double *y, *weight; // n; weight NULL: 1
  int64_t n;
  int noutput;
  double *score;            // n x noutput
  double *total;            // n: of softmax, the log of the sum of exp of a row's scores
  double positive;          // weight of the rows of class 1
  double quantile;
} BoostData;

struct Objective {
  const char *name;
  // g and h (end - begin) of the loss of each row by score k, without the row's weight.
  void (*gradient)(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h);
  double (*base)(double mean); // the score that predicts a mean; NULL: the loss is of a quantile, and so is the base
};
#define OBJECTIVES                                                                                                     \
  "auto|reg:squarederror|reg:pseudohubererror|count:poisson|binary:logistic|binary:logitraw|binary:hinge|"             \
  "multi:softprob|multi:softmax|reg:absoluteerror|reg:quantileerror"
// And what its name says. ERR_ARG: the objective does not fit the target.
NODISCARD ErrCode objective_find(const BoostOpts *o, Task task, int nclass, const Objective **out,
                                 const ObjectiveName **name, Err *err);
void objective_total(const BoostData *d, int64_t begin, int64_t end); // fills total

// ---- rows held out (boost_valid.c) --------------------------------------------------------------------------------
#define BOOST_METRICS "auto|rmse|mae|logloss|error|auc"
typedef struct Boosting Boosting;
typedef struct BoostCurve { // of the metric, after each round; owned by the model's arena
  const char *metric;
  double *train, *valid;
  int64_t n, ntrain, best;  // ntrain: n; best: the round, from 0, that is best on the rows held out
  RoundSeen *seen;          // of the first nseen rounds, where there are two classes and the fit was of this session
  int64_t nseen, room, nvalid; // nvalid: rows held out, 0 not known
} BoostCurve;
typedef struct BoostWatch { // rows of FitIn.valid: their values, read once, and what stands on them after each round
  BoostData data;
  Mat x, score, work;       // n x p; n x noutput; n x 2
  int64_t ntree;            // that score has
} BoostWatch;
NODISCARD ErrCode boost_hold_out(Boosting *b, Err *err); // chooses the rows and the metric
bool boost_larger(const char *metric); // is better
// After a round: adds to the curve; *stop when nothing has become better for `early` rounds.
NODISCARD ErrCode boost_watch(Boosting *b, bool *stop, Err *err);

// ---- rounds (boost_round.c) ---------------------------------------------------------------------------------------
struct Boosting { // freed by boost_close
  Job *job;
  const FitIn *in;
  BoostOpts o;
  const Objective *objective;
  const ObjectiveName *name;
  BoostData data;
  Bins bins;
  Grow grow;
  Trees *trees;
  Mat score, total, g, h;  // h and g of a row, without its weight
  double *part;            // of each block: what boost_units sums
  double fine_g, fine_h;   // units of the sums of leaves
  int64_t round;
  int8_t *sense;           // p: of monotone columns; NULL: none
  double work;             // since the last tick
  uint8_t *held;           // n: rows held out; NULL: none
  BoostWatch watch;        // of valid rows that were given
  BoostCurve *curve;
  Arena *arena;            // of the model
};
NODISCARD ErrCode boost_open(Job *job, const BoostOpts *o, const FitIn *in, Trees *trees, BoostCurve *curve,
                             Boosting *out, Err *err);
void boost_close(Boosting *b);
NODISCARD ErrCode boost_round(Boosting *b, Err *err); // one more tree a sum
// The scores by the trees that there are, and the curve of their rounds.
NODISCARD ErrCode boost_resume(Boosting *b, Err *err);
// The quantile of v[0..n) with weights w (NULL: 1) as XGBoost takes it: between neighbours at q (n + 1), by weight the
// first value up to which their share of the total is q. 0 for n = 0.
double boost_quantile(const double *v, const double *w, int64_t n, double q);
// Sums, values and covers of the leaves of the tree that has grown; adds it to the trees and its leaves to the scores.
NODISCARD ErrCode boost_leaves(Boosting *b, int output, Err *err);
