// How columns go together: matrices of association, tables of two categories, series with themselves.
#pragma once
#include "stats/stats.h"

// Covariances with n - 1, as stats_corr in all else; a constant column has covariance 0.
NODISCARD ErrCode stats_cov(Job *job, const Frame *f, const Names *columns, int missing, Frame **out, Err *err);

#define CROSSTAB_SHOWS "count|row|column|all|expected|pearson|adjusted"
typedef enum {
  SHOW_COUNT,
  SHOW_ROW,    // shares of the row's sum
  SHOW_COLUMN, // of the column's
  SHOW_ALL,    // of all cases
  SHOW_EXPECTED,
  SHOW_PEARSON, // (count - expected) / sqrt(expected)
  SHOW_ADJUSTED // standardised: about normal when the categories are independent
} CrosstabShow;
typedef struct CrosstabOpts {
  const char *rows, *columns, *by, *count; // by, count: NULL = none
  int show;
  double conf;
} CrosstabOpts;
// The table of two categories: first the levels of `rows`, then a column for each level of `columns`, at most 50, and
// totals for counts and shares; with `by` a table for each of its levels, below each other. The caption has chi-square,
// Cramer's V, for 2 x 2 Fisher's p, odds ratio and relative risk with intervals; and Simpson's paradox, where a third
// column (`by`, or every other of at most 20 levels) turns the odds ratio around. ERR_NAME, ERR_TYPE, ERR_ARG,
// ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_crosstab(Job *job, const Frame *f, const CrosstabOpts *opts, Frame **out, Err *err);
