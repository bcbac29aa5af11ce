// Verbs that give frames another shape: join, stack, melt, pivot, cast, and the rows that are missing or come twice.
// As in verbs.h: frames are borrowed, results are new, and no result depends on the number of threads. Captions of the
// results say what became of the rows.
#pragma once
#include "frame/frame.h"

// ---- join (join.c) ------------------------------------------------------------------------------------------------
typedef enum JoinHow { JOIN_INNER, JOIN_LEFT, JOIN_RIGHT, JOIN_FULL, JOIN_SEMI, JOIN_ANTI } JoinHow;
typedef enum JoinExpect { JOIN_MANY_MANY, JOIN_ONE_MANY, JOIN_MANY_ONE, JOIN_ONE_ONE } JoinExpect;
#define JOIN_HOWS "inner|left|right|full|semi|anti"
#define JOIN_EXPECTS "m:m|1:m|m:1|1:1"
typedef struct JoinOpts {
  Names left, right;  // key columns, in pairs
  int how, expect;    // JoinHow, JoinExpect: on which sides keys may repeat; missing ones are not looked at
  const char *suffix; // behind the name of a right column that the result has already
} JoinOpts;
// Left rows in their order and, within one, its right rows in theirs; right rows without a match (right, full) come
// last. A missing key matches nothing, nan matches nan, an int the real of the same value, a category the text of the
// same word. Left columns, then the right ones that are no keys; right and full fill the keys from either side.
// ERR_NAME (no such column), ERR_ARG (no keys, empty suffix, expect= does not hold: names the first key), ERR_TYPE
// (keys that cannot be equal), ERR_MEMORY (before rows are made), ERR_CANCELLED. O(rows in and out).
NODISCARD ErrCode frame_join(Job *job, const Frame *left, const Frame *right, const JoinOpts *opts, Frame **out,
                             Err *err);

// ---- stack (stack.c) ----------------------------------------------------------------------------------------------
typedef struct StackSource { // a category column, in front, that says where a row is from
  const char *column;
  const char *const *label; // one a frame; NULL: "1", "2", ...
} StackSource;
// Rows of frame[0..n) below each other, n >= 1; columns by name, in order of first appearance, missing where a frame
// has none. int + real gives real, date + time a time, category + text a text; a column without a present value fits
// any. `source` may be NULL. ERR_TYPE names both types and the cast, ERR_NAME a source column that is taken.
NODISCARD ErrCode frame_stack(Job *job, const Frame *const *frame, int n, const StackSource *source, Frame **out,
                              Err *err);

// ---- melt, pivot (melt.c, pivot.c) --------------------------------------------------------------------------------
typedef struct MeltOpts {
  Names id, values;       // either may be empty: all other columns
  const char *names, *to; // of the two new columns
} MeltOpts;
// One row for each row and value column, one value column after the other. Types meet as in frame_stack.
// ERR_NAME, ERR_ARG (no value columns), ERR_TYPE.
NODISCARD ErrCode frame_melt(Job *job, const Frame *f, const MeltOpts *opts, Frame **out, Err *err);

#define PIVOT_AGGS "unique|first|last|count|sum|mean|min|max"
typedef enum PivotAgg {
  PIVOT_UNIQUE,
  PIVOT_FIRST,
  PIVOT_LAST,
  PIVOT_COUNT,
  PIVOT_SUM,
  PIVOT_MEAN,
  PIVOT_MIN,
  PIVOT_MAX
} PivotAgg;
typedef struct PivotOpts {
  Names rows, columns, values; // `values` may be empty for PIVOT_COUNT: rows are counted
  int agg;
} PivotOpts;
enum { PIVOT_MOST = 10000 }; // new columns
// A row for each combination of `rows` in order of first appearance, a column for each of `columns` by value, missing
// last and named "missing"; names are level, level_level, or value_level with several values. Missing values are left
// out; a cell without any is missing (a count 0, a sum too where it has rows). UNIQUE refuses a cell that comes twice
// and names it (ERR_ARG). Sums run in row order with Neumaier's correction; ints sum to ints while they fit. ERR_NAME,
// ERR_ARG, ERR_TYPE.
NODISCARD ErrCode frame_pivot(Job *job, const Frame *f, const PivotOpts *opts, Frame **out, Err *err);

// ---- types (cast.c) -----------------------------------------------------------------------------------------------
typedef enum CastUnfit { CAST_ERROR, CAST_MISSING } CastUnfit;
#define CAST_UNFITS "error|missing"
// The column as another type when every value stays what it is: real to int when whole, time to date at midnight, text
// by the reader's parsers. What does not fit is an error with the count, the first rows and what to write (ERR_ARG), or
// becomes missing. ERR_TYPE for a pair that has no one meaning (int to date), with what to write. `name` for messages.
NODISCARD ErrCode column_cast(Job *job, const Column *c, const char *name, ColType to, CastUnfit unfit, Column **out,
                              Err *err);
// names[k] becomes to[k]; the other columns are shared. ERR_NAME, and what column_cast says.
NODISCARD ErrCode frame_cast(Job *job, const Frame *f, const Names *names, const ColType *to, CastUnfit unfit,
                             Frame **out, Err *err);

// ---- rows and columns (missing.c, duplicates.c) -------------------------------------------------------------------
// Rows that miss none of the named columns (all when none is named); min >= 0: rows with at least so many of them
// present. nan is a value. ERR_NAME, ERR_ARG (min above the number of columns).
NODISCARD ErrCode frame_drop_missing(Job *job, const Frame *f, const Names *names, int64_t min, Frame **out, Err *err);
// Rows whose named columns (all when none) come more than once, equal ones together in order of first appearance: the
// named columns, `n` (how often), then the others. Missing equals missing. ERR_NAME.
NODISCARD ErrCode frame_duplicates(Job *job, const Frame *f, const Names *names, Frame **out, Err *err);
typedef struct RowRun {
  int64_t from, to; // rows from..to-1
} RowRun;
// Where the rows of `was` in n runs, ascending and apart, stand in `now`, which was made of it by ordering, filtering
// or other columns: *m runs (free), NULL when none is there. A row is known by the columns that both have; of equal
// rows the k-th stays the k-th. ERR_ARG: no common column, bad runs; ERR_SHAPE: over a million rows. (follow.c)
NODISCARD ErrCode frame_follow(Job *job, const Frame *was, const Frame *now, const RowRun *run, int64_t n, RowRun **out,
                               int64_t *m, Err *err);
// The named columns first, the others behind them in their order. ERR_NAME.
NODISCARD ErrCode frame_order(const Frame *f, const Names *names, Frame **out, Err *err);
