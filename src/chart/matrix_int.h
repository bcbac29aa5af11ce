// Shared by charts of cells: counts by categories, matrices, their order.
#pragma once
#include "chart/chart_int.h"

// ---- counts by categories (cross.c) -------------------------------------------------------------------------------
enum { CROSS_MOST = 3 };
typedef struct CrossTab {
  int nvar;
  Levels by[CROSS_MOST];
  int64_t ncell, df;
  double n, chisq, *count, *expected; // of each cell, the last column fastest; expected under independence of all
  double *margin[CROSS_MOST];         // counts of the levels of each column
} CrossTab;
// Counts rows, or the whole numbers of column `counts` (NULL: rows), by 2 or 3 columns of at most `most` levels; sets
// n and note of the plot. `out` must stay where it is. ERR_NAME, ERR_TYPE, ERR_ARG as levels_load, and a column twice.
NODISCARD ErrCode cross_load(Pile *p, const Frame *d, const char *const *name, int nvar, const char *counts,
                             int64_t most, Plot *plot, CrossTab *out, Err *err);
void cross_expect(CrossTab *c, Plot *plot); // margin, expected, chisq and df from the counts
int64_t cross_level(const CrossTab *c, int64_t cell, int var);
double cross_residual(const CrossTab *c, int64_t cell); // Pearson's
const char *cross_name(const CrossTab *c, int64_t cell, const char *between, Plot *plot);
const char *cross_test(const CrossTab *c, Plot *p); // chi-square in words; NULL where a column has one level

// ---- like beside like (cluster.c) ---------------------------------------------------------------------------------
// Leaf order of average linkage of n things with distances d (n x n, symmetric, changed), and where height is given the
// n - 1 heights of the merges. O(n^3).
NODISCARD ErrCode cluster_order(Pile *p, double *d, int64_t n, int64_t *order, double *height, Err *err);

// ---- matrices (matrix.c) ------------------------------------------------------------------------------------------
enum { MATRIX_MOST_CELLS = 10000, MATRIX_MOST_ORDERED = 300 };
typedef struct Matrix {
  int64_t nrow, ncol;
  const char **row, **col;    // names
  const char *rows, *columns; // what they are names of; NULL = nothing
  double *v;                  // row-major; NaN where there is no number
  bool *missing;
  int64_t *handle;    // place of each cell before it was moved
  int64_t n, without; // of an aggregate: rows in it, and rows that miss a category
} Matrix;
// A column of names, then numbers; with `any` all number columns, named by the first text column or by row number.
NODISCARD ErrCode matrix_load(const Frame *d, bool any, Plot *p, Matrix *m, Err *err);
// An aggregate (chart_aggregate) for each pair of values of columns x and y.
NODISCARD ErrCode matrix_load_by(Pile *p, const Frame *d, const char *x, const char *y, const char *value, Plot *plot,
                                 Matrix *m, Err *err);
NODISCARD ErrCode matrix_order(Pile *p, Matrix *m, bool correlation, Plot *plot, Err *err); // like beside like
// d:agg by columns: the last column of `out` is the number of rows, the mean of column `value`, or what the expression
// `value` gives. ERR_TYPE when that is no number.
NODISCARD ErrCode chart_aggregate(Pile *p, const Frame *d, const char *value, const Names *by, Plot *plot, Frame **out,
                                  Err *err);
const char *chart_aggregate_name(const Frame *d, const char *value, Plot *plot); // "mean of fare"
