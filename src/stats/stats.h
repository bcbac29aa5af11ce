// Questions about columns whose answer is a Frame.
#pragma once
#include "frame/frame.h"

typedef struct DescribeOpts {
  Names columns; // n = 0: all
  int64_t type;  // R's quantile type
} DescribeOpts;

// One row a column: column, n, missing, distinct, then for numbers mean sd min q1 median q3 max skew kurtosis and for
// texts and dates top, freq (most frequent value, ties to the smaller) and first, last (dates). Columns that no row
// would fill are left out. sd with n - 1; skewness and excess kurtosis adjusted (G1, G2, as pandas); quantiles of R's
// type 7 by default. ERR_NAME, ERR_MEMORY.
NODISCARD ErrCode stats_describe(Job *job, const Frame *f, const DescribeOpts *opts, Frame **out, Err *err);
