// Questions about columns whose answer is a Frame.
#pragma once
#include "frame/frame.h"

// Skewness and kurtosis adjusted, of the moments, over sd: types 2, 1, 3 of R's e1071.
typedef enum { SHAPE_ADJUSTED, SHAPE_MOMENT, SHAPE_SD } ShapeKind;
#define SHAPES "G|g|b"
typedef struct DescribeOpts {
  Names columns; // n = 0: all
  Names stats;   // names of statistics (stats_describe_stat) or "all"; n = 0: the usual ones
  Names by;      // columns that make groups
  const char *weight; // column of weights; NULL: none
  int64_t type;  // R's quantile type
  int shape;     // ShapeKind
  double level;  // of the interval of the mean; 0: 0.95
} DescribeOpts;

// One row a column and group: column, the columns of `by`, n, missing, distinct, then for numbers mean sd min q1 median
// q3 max skew kurtosis and for texts and dates top, freq (most frequent value, ties to the smaller) and first, last
// (dates); or what `stats` names, in its order. Usual columns that no row would fill are left out. sd with n - 1;
// skewness and excess kurtosis adjusted (G1, G2, as pandas); quantiles of R's type 7 by default; weights: see
// describe_weighted.c. The caption names the definitions. ERR_NAME a column or statistic; ERR_TYPE, ERR_ARG weights;
// ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_describe(Job *job, const Frame *f, const DescribeOpts *opts, Frame **out, Err *err);
// The k-th statistic, for help; false past the last.
bool stats_describe_stat(int k, const char **name, const char **doc);

typedef enum { CORR_PAIRWISE, CORR_COMPLETE } CorrMissing;
typedef enum { CORR_PEARSON, CORR_SPEARMAN, CORR_KENDALL, CORR_POLYCHORIC, CORR_METHODS } CorrMethod;
typedef enum { CORR_R, CORR_N, CORR_P, CORR_LOW, CORR_HIGH, CORR_LONG } CorrShow;
typedef struct CorrOpts {
  Names columns; // n = 0: all number columns
  int missing;   // CorrMissing: each pair uses the rows that have both, or all pairs the rows that miss nothing
  int method;    // CorrMethod
  int show;      // CorrShow: the matrix of r, of n, ... or one row a pair
  double level;  // of the intervals, below 1; 0 = .95
} CorrOpts;

// The correlation matrix: first column `column`, then one real column per chosen column; the caption says n. Long: one
// row a pair (column, with, r, n, p, low, high), the largest |r| first. A pair of fewer than two rows, or with a
// constant side, is missing; NaN in the data gives NaN, for Pearson infinities too. p is two-sided: t with n - 2 df,
// for Kendall normal or exact (n < 50, no ties), polychoric Wald. Intervals: Fisher's z, for ranks as Bonett & Wright
// 2000. Equal to cor(use = "pairwise.complete.obs" and "complete.obs") and cor.test(exact = FALSE) of R 4.2.2, which
// take NaN for missing, and to polychor(ML = FALSE) of polycor 0.8. O(n p^2), ranks n log n a pair.
// ERR_NAME; ERR_TYPE a column that is no number; ERR_ARG no number column, too many levels; ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_corr(Job *job, const Frame *f, const CorrOpts *opts, Frame **out, Err *err);
// Pearson's correlation of x and y, both n long and changed. False where it has no meaning, as above; else *r may be
// NaN.
bool stats_pearson(Job *job, double *x, double *y, int64_t n, double *r);

// What a column of numbers or dates holds (profile.c). NaN counts as present and stays out of all else.
typedef struct Profile {
  int64_t n, missing, nan, distinct;
  int64_t outliers;     // further than 1.5 interquartile ranges from the quartiles
  int64_t parts, zeros; // values that are not whole; that are 0
  double mean, se, sd, skew;
  double mode;          // the most frequent value, the smallest among equals; NaN when none comes twice
  double q[5];          // min q1 median q3 max, R's type 7
} Profile;
// BOOL, I64, F64, DATE, TIME only. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_profile(Job *job, const Column *c, Profile *out, Err *err);

// What is odd about a frame, worst first (alerts.c): column ("" for the whole table), alert, rows (how many it is
// about), text, a sentence with the numbers, and where, those rows as a condition ("" = none in particular). alert:
// unread, dissent, all_missing, missing_pattern (missing more often at some levels of a category of at most 20:
// chi-square, p < .001), missing, code (a value that stands for missing), cut_off (texts that end at one length),
// mixed, constant, duplicates (not looked for above 500,000 rows), id.
// ERR_MEMORY, ERR_CANCELLED. O(n p), and O(n p^2) over columns with missing values.
NODISCARD ErrCode stats_alerts(Job *job, const Frame *f, Frame **out, Err *err);
