// Verbs over groups of rows: aggregation to one row a group, and windows that give every row a value from its group.
#pragma once
#include "frame/frame.h"

// One row for each combination of the columns `by` (none: one row), in the order of their values: numbers and dates by
// value, NaN behind them, words in dictionary order, missing last. Columns: `by`, then each of `exprs`:
// "name = expression" or "expression" over aggregates ("range = max(x) - min(x)") and the columns of `by`. Missing
// values are left out; NaN is a value. Sums have one order of additions for any number of threads. ERR_NAME, ERR_TYPE,
// ERR_PARSE, ERR_ARG show the expression with a caret under the place.
NODISCARD ErrCode frame_agg(Job *job, const Frame *f, const Names *exprs, const Names *by, Frame **out, Err *err);
// The k-th aggregate, for help and completion; false past the last.
bool agg_function(int k, const char **signature, const char **doc);

typedef struct WindowOpts {
  Names exprs, by, order; // keys of `order` as in frame_sort; none: the order of the rows
  int64_t min;            // present values that a rolling window needs; 0: its whole width
} WindowOpts;
// New or replaced columns, in order, later ones may use earlier: expressions over the rows in which a window function
// sees the rows of its group along `order`. Rows keep their places. Aggregates stand for those of the group.
NODISCARD ErrCode frame_window(Job *job, const Frame *f, const WindowOpts *opts, Frame **out, Err *err);
bool window_function(int k, const char **signature, const char **doc);
