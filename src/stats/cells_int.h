// Shared by the tests of counts: tables of one or two categories.
#pragma once
#include "stats/exact_int.h"
#include "stats/tests_int.h"

#define CELLS_COUNT(Opts)                                                                                              \
  {"count", PARAM_TEXT, offsetof(Opts, count), 0, 0, "", NULL, "a column that says how many cases a row stands for"}

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
// The table of the rows chosen[0 .. m) of r alone, levels that do not occur among them included.
NODISCARD ErrCode cells_count(Test *t, const char *count, const Rows *r, const Factor *a, const Factor *b, Cells *out);
void cells_close(Cells *c); // drops levels without a case, and sums up

double cells_expected(const Cells *c, int64_t i, int64_t j);
// Pearson's statistic of independence; yates: the continuity correction of a 2 x 2 table, as chisq.test of R.
double cells_chisq(const Cells *c, bool yates);
// Says what was found about expected counts below 5, and points to Fisher's test where it matters.
void cells_say_expected(Test *t, const Cells *c);
