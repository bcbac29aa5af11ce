// Shared by the tests of counts: tables of one or two categories.
#pragma once
#include "stats/exact_int.h"
#include "stats/tests_int.h"

#define CELLS_COUNT(Opts)                                                                                              \
  { "count", PARAM_TEXT, offsetof(Opts, count), 0, 0, "", NULL, "a column that says how many cases a row stands for" }

// Counts of row levels by column levels that occur: cell (i, j) is n[i * c + j]. One variable: c = 1.
typedef struct Cells {
  const char *row_name, *col_name; // col_name NULL: one variable
  const char **row, **col;         // levels
  int64_t r, c, *n, *row_sum, *col_sum, total;
  int64_t dropped;
} Cells;
// The table of "a ~ b" (or "~ a + b"), or of "a" alone when `both` is false. count: NULL, or a column of whole numbers;
// rows where it is missing are left out too. ERR_ARG: the formula, a negative or broken count, fewer than 2 levels;
// ERR_TYPE, ERR_NAME.
NODISCARD ErrCode cells_read(Test *t, const char *count, bool both, Cells *out);
// How many cases each row stands for, -1 where that is missing; NULL for one each.
NODISCARD ErrCode cells_cases(Test *t, const char *count, const Rows *r, int64_t **cases);
// The table of two factors of the same rows (b may be NULL), not yet closed.
NODISCARD ErrCode cells_count(Test *t, const int64_t *cases, const Factor *a, const Factor *b, Cells *out);
void cells_sum(Cells *c);   // fills the sums
void cells_close(Cells *c); // drops levels without a case, and fills the sums

double cells_expected(const Cells *c, int64_t i, int64_t j);
// Pearson's statistic of independence; yates: the continuity correction of a 2 x 2 table, as chisq.test of R.
double cells_chisq(const Cells *c, bool yates);
// Says what was found about expected counts below 5, and points to Fisher's test where it matters.
void cells_say_expected(Test *t, const Cells *c);

// ---- 2 x 2 (odds.c) -------------------------------------------------------------------------------------------------
typedef struct Estimate22 {
  double value, low, high;
} Estimate22;
// Of the cells a b / c d. Woolf's interval; where a cell is 0, 1/2 is added to each for the limit on the other side.
Estimate22 odds_ratio(const int64_t n[4], double conf);
Estimate22 relative_risk(const int64_t n[4], double conf);   // a / (a + b) over c / (c + d); interval of its logarithm
Estimate22 risk_difference(const int64_t n[4], double conf); // Newcombe's interval from Wilson's
// Mantel and Haenszel's common odds ratio of k tables.
double odds_common(const int64_t (*n)[4], int64_t k);

// ---- a third column (simpson.c) -------------------------------------------------------------------------------------
// Says where a third column turns the odds ratio of the 2 x 2 table of a and b around (Simpson's paradox): `by`, or
// every other column of at most NUMBER_LEVELS levels. r: the rows of a and b; pooled: their odds ratio.
NODISCARD ErrCode simpson_say(Test *t, const char *count, const char *by, const Rows *r, const Factor *a,
                              const Factor *b, double pooled);
