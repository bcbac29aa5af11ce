// What a tree grows by, as the files of boosting share it: options, sums of gradients, splits of a node.
#pragma once
#include "model/bins_int.h"

typedef enum { GROW_DEPTH, GROW_LEAF, GROW_OBLIVIOUS } GrowPolicy;

typedef struct BoostOpts {
  int64_t rounds, max_depth, max_leaves, max_bin, early, num_class, seed, onehot, cat_threshold, min_data, verbosity;
  double eta, alpha, lambda, gamma, min_child_weight, max_delta_step, subsample, by_tree, by_level, by_node;
  double scale_pos_weight, valid, cat_smooth, cat_l2, quantile;
  int objective, grow, metric;
  Names base_score, increasing, decreasing;
} BoostOpts;

// ---- sums of gradients --------------------------------------------------------------------------------------------
// First and second derivatives as whole numbers in one word, g above h: sums are exact whatever their order. The units
// are powers of two, chosen each round so that no sum leaves its half: |sum g| < 2^31, 0 <= sum h < 2^32.
typedef int64_t Pair;
static inline Pair pair_of(int64_t g, int64_t h) { return (Pair)((uint64_t)g << 32) + h; }
static inline double pair_g(Pair s) { return (double)(int32_t)(s >> 32); }
static inline double pair_h(Pair s) { return (double)(uint32_t)s; }

typedef struct Units {
  double g, h;      // value of 1
} Units;

// ---- a split of a node (split.c) ----------------------------------------------------------------------------------
typedef struct Found { // the best of one column
  double gain;      // above that of the node; 0: none
  Pair left;        // sum of the child on the left
  int32_t bin;      // numbers: the last code that goes left; words: how many of their order, or the one of one-hot
  bool missing_left;
} Found;

typedef struct Bounds { // of the weights of leaves, before eta
  double lo, hi;
} Bounds;

typedef struct SplitIn {
  const BoostOpts *o;
  const BinColumn *column;
  const Pair *hist; // nbin
  Pair sum;         // of the node
  Units unit;
  const int32_t *rows; // nbin; NULL: whatever their number
  const Bounds *bounds; // NULL: none
  int sense;            // 1: the weight on the right must not be the smaller one; -1: the larger; 0
} SplitIn;
double split_weight(const BoostOpts *o, double g, double h); // of a leaf, before eta
// The weights of the children of a split inside the node's bounds, and the bounds that keep them in order from here on.
void split_bounds(const BoostOpts *o, const double g[2], const double h[2], int sense, Bounds side[2]);
double split_score(const BoostOpts *o, double l2, double g, double h); // twice what the best weight takes off the loss
Found split_find(const SplitIn *in);
// left[code] = 1 where codes of the column go left.
void split_codes(const SplitIn *in, const Found *f, uint8_t left[BINS_MOST]);
double split_least(const BoostOpts *o); // gain that a split needs

typedef struct SplitWay { // one way through the cuts of a column
  int32_t n, most;        // codes in turn; cuts: the first goes left, the first two ...
  bool backwards, run;    // from the last code on; not run: each code goes left alone
  bool missing_left;
} SplitWay;

typedef struct SplitWays {
  SplitWay way[4];
  int n;
  bool ordered;           // the codes in turn are those of `order`
  uint8_t order[BINS_MOST];
} SplitWays;

void split_ways(const SplitIn *in, SplitWays *out);
int32_t split_bin(const SplitWays *w, const SplitWay *way, int32_t k); // Found.bin of cut k
// gain[k]: the scores of both children at cut k; -INFINITY where one is too light or has too few rows, or their weights
// are in the wrong order. Returns the score of the node itself.
double split_gains(const SplitIn *in, const SplitWays *w, const SplitWay *way, double *gain);
double split_gain(const SplitIn *in, Pair left); // of one cut, over that of the node; 0: there is none
