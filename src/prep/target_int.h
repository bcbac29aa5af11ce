// Target encoding: sums of the target by level and fold, and what training goes on with.
#pragma once
#include "prep/levels_int.h"

enum { METHOD_FOLDS, METHOD_ORDERED };

// What is averaged: the value of a regression, the share of the last of two classes, or the share of each class.
typedef struct Goal {
  const double *y, *weight; // weight: NULL = 1 each
  int64_t n, nclass;        // classes: 0 = regression
  int64_t nout;             // numbers a level: 1, or one a class where there are more than two
  double centre;            // of a regression: its mean, left out of the sums
  int64_t first;            // class of the first number
} Goal;

// Sums over some rows: of weights, of weight times (y - centre), and of weighted squares around their own mean.
typedef struct Part {
  double n, sum, m2;
} Part;
Part part_add(Part a, Part b);
double part_mean(const Goal *g, Part p);

// How a mean is drawn to the prior: by `m` rows of the prior, or NaN for the spread within and between levels.
double target_blend(const Goal *g, Part prior, Part level, double m);

// part[((code + 1) * folds + fold) * nout + o]: codes from -1, which stands for missing values.
typedef struct Sums {
  Part *part;
  int64_t slots, folds; // slots: codes and the missing one
  Arena arena;
} Sums;
// fold: of each row, NULL = one. `spread`: m2 is asked for. O(n), in chunks whose number depends on n and the codes
// alone. ERR_MEMORY. sums_fini.
NODISCARD ErrCode sums_init(Job *job, const Goal *g, const Codes *k, const uint8_t *fold, int64_t folds, bool spread,
                            Sums *out, Err *err);
void sums_fini(Sums *s);
// Over all folds but `leave` (-1: none), of one slot, and of all of them.
Part sums_level(const Sums *s, const Goal *g, int64_t slot, int64_t o, int64_t leave);
Part sums_all(const Sums *s, const Goal *g, int64_t o, int64_t leave);

// out[o][i]: the number of row i by the sums of the rows before it in each of so many random orders, averaged; or in
// the order `given` alone. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode target_ordered(Job *job, const Goal *g, const Codes *k, const Part *prior, double m,
                                 const int64_t *given, int64_t permutations, uint64_t seed, double *const *out,
                                 Err *err);
// Chunks of rows for sums over so many doubles, whatever the number of threads is.
int64_t target_grain(int64_t n, int64_t width);
