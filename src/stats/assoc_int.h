// Shared by the measures between columns of any type.
#pragma once
#include "stats/corr_int.h"

// A column as levels 0 .. levels - 1.
typedef struct Coded {
  uint32_t *code; // n; NO_CODE where missing
  int64_t levels;
} Coded;
static const uint32_t NO_CODE = UINT32_MAX;

// The two-way table of two coded columns, over the rows that have both.
typedef struct TwoWay {
  int64_t n, rows, columns, cells; // levels that occur; cells that have any
  double chi2, mutual;             // mutual information in nats
  double entropy_x, entropy_y;
} TwoWay;
NODISCARD ErrCode two_way(Job *job, const Coded *x, const Coded *y, int64_t n, TwoWay *out, Err *err);
double two_way_df(const TwoWay *t);
double two_way_cramer(const TwoWay *t, bool corrected); // NAN when a side has one level
double two_way_phi2(const TwoWay *t);

// Sums of squares of a number between and within levels: eta^2 = between / total.
typedef struct Levels {
  int64_t n, levels; // levels that occur
  double between, total;
} Levels;
NODISCARD ErrCode levels_spread(Job *job, const Column *x, const Coded *g, Levels *out, Err *err);

// assoc_code.c. Categories and bools by their words; numbers (NaN counts as missing) into `bins` intervals of equal
// counts, or their values when those are not more.
NODISCARD ErrCode coded_column(Job *job, const Column *c, int64_t bins, Coded *out, Err *err); // coded_free
void coded_free(Coded *c);
int64_t coded_bins(int64_t n); // the rule: cube root of n, from 2 to 20
