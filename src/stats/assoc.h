// How columns go together: matrices of association, columns given others, series with themselves.
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

typedef enum { ASSOC_AUTO, ASSOC_CRAMER, ASSOC_THEIL, ASSOC_MUTUAL } AssocMethod;
typedef enum { ASSOC_VALUE, ASSOC_N, ASSOC_P, ASSOC_LOW, ASSOC_HIGH, ASSOC_LONG } AssocShow;
typedef struct AssocOpts {
  Names columns;      // n = 0: all but texts
  const char *target; // one row for each other column with this one; NULL = all pairs
  int method;         // AssocMethod; auto: Pearson, point-biserial, phi, eta or Cramer's V, by the types of the pair
  int show;           // AssocShow
  bool corrected;     // Cramer's V with Bergsma's correction
  int64_t bins;       // intervals of equal counts for a number among categories; 0: n^(1/3), from 2 to 20
  double level;       // of the intervals, below 1; 0 = .95
} AssocOpts;
// A matrix as stats_corr's, or one row a pair: column, with, measure, value, n, p (t, F or chi-square; for theil and
// mutual the likelihood ratio), low, high, the largest first. Intervals: of correlations Fisher's z; of V, eta, U and
// mutual information from the noncentrality of chi-square, F and the likelihood ratio (Smithson 2003, Steiger 2004),
// entropies taken as known. Each pair uses the rows that have both; for auto a constant side has no value. Texts have
// no association. Checked against R 4.2.2 and scikit-learn 1.2.1. ERR_NAME; ERR_TYPE a text column; ERR_ARG no column;
// ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_assoc(Job *job, const Frame *f, const AssocOpts *opts, Frame **out, Err *err);

typedef struct PartialOpts {
  Names columns, given; // columns: n = 0: all numbers but the given; given: n = 0: all the other columns of each pair
  int method, show;     // CORR_PEARSON or CORR_SPEARMAN; CorrShow
  double level;         // of the intervals, in (0, 1)
} PartialOpts;
// Correlations of pairs given other columns, over the rows that miss nothing; as stats_corr in form, with n - 2 - given
// degrees of freedom. ERR_NUMERIC a column without spread or a combination of others; ERR_NAME, ERR_TYPE, ERR_ARG
// fewer than two columns; ERR_MEMORY, ERR_CANCELLED. O(n p^2 + p^3).
NODISCARD ErrCode stats_partial(Job *job, const Frame *f, const PartialOpts *opts, Frame **out, Err *err);
// One row a column: column, vif = 1 / (1 - r2), r2 of its regression on the others, over the rows that miss nothing;
// infinite for a combination of the others. The caption has the condition number of the correlation matrix. Errors as
// above.
NODISCARD ErrCode stats_vif(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err);

// A row a lag: lag, acf (pacf, ccf), low, high (the band of a series without memory), and for acf ljung_box with its
// p. lags 0: as R, 10 log10(n / series). NaN counts as missing, missing values as na.pass of R 4.2.2. ccf at lag k: x,
// k rows later, with y. A constant series has none. ERR_NAME, ERR_TYPE, ERR_SHAPE fewer than 2 rows, ERR_ARG too many
// lags; ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_acf(Job *job, const Frame *f, const char *column, int64_t lags, Frame **out, Err *err);
NODISCARD ErrCode stats_pacf(Job *job, const Frame *f, const char *column, int64_t lags, Frame **out, Err *err);
NODISCARD ErrCode stats_ccf(Job *job, const Frame *f, const char *x, const char *y, int64_t lags, Frame **out,
                            Err *err);

typedef struct PowerOut {
  const char *measure; // "auc" (.5 to 1) or "spearman" (0 to 1)
  double value;        // NaN where there is none: a target without spread
  int64_t n;
} PowerOut;
// How well column x alone tells column y (assoc_power.c): by order for numbers and dates, by the mean of y at each
// level for a category, learnt on one half of the rows and applied to the other. NaN counts as missing. O(n log n) a
// class of y. ERR_TYPE a text, ERR_ARG more than 50 classes; ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_power(Job *job, const Column *x, const Column *y, PowerOut *out, Err *err);
