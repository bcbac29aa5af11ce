// Shared inside the room.
#pragma once
#include "frame/frame.h"

ErrCode out_of_memory(const char *what, Err *err);
NODISCARD ErrCode bitmap_new(int64_t n, uint64_t **out, Err *err); // all present

Column *column_shell(ColType type, int64_t n);                     // without memory for its values

// key[0..end - begin): keys as those of column_keys, ascending, of rows begin..end, or of row[begin..end).
void col_keys(const Column *c, const uint32_t *row, int64_t begin, int64_t end, uint64_t *key);

// Rows to take: a list of 64-bit numbers (-1 gives missing), or of 32-bit numbers, or n rows from `first` on.
typedef struct Rows {
  const int64_t *wide;
  const uint32_t *narrow;
  int64_t first, n;
  bool holes; // some number is -1
} Rows;
Rows rows_wide(Job *job, const int64_t *row, int64_t n); // borrows `row`, looks for holes
// out[j] becomes those rows of from[j], 0 <= j < m; on failure nothing is left in them. All columns in one run.
NODISCARD ErrCode columns_take(Job *job, const Column *const *from, int m, const Rows *rows, Column **out, Err *err);
NODISCARD ErrCode frame_take(Job *job, const Frame *f, const Rows *rows, Frame **out, Err *err);

// words[0..n) in any order, distinct; copied and sorted. place[i] (may be NULL) gets the new place of words[i].
Dict *dict_new(const Sv *words, int64_t n, uint32_t *place);
Dict *dict_ref(Dict *d); // NULL allowed
void dict_unref(Dict *d);

void hash_values(const Frame *f, char hex[65]); // what frame_hash keeps

// Whole cells as dates and times, for the table of types (moment.c).
bool moment_parse_date(Sv text, int64_t *i, double *f, bool *zoned);
bool moment_parse_time(Sv text, int64_t *i, double *f, bool *zoned);

// ---- window functions (window_kernel.c) -----------------------------------------------------------------------------
// Rows in the order in which a window function sees them, group by group.
typedef struct WindowRows {
  const uint32_t *row;   // n; NULL: 0, 1, 2 ...
  const uint32_t *place; // n: where a row stands in it
  const int64_t *start;  // ngroup + 1: where a group begins in it
  int64_t n, ngroup;
} WindowRows;

typedef enum WindowKind {
  WINDOW_LAG,                         // the value k rows before
  WINDOW_FIRST, WINDOW_LAST,          // of the group
  WINDOW_FILL_FORWARD, WINDOW_FILL_BACKWARD,
  WINDOW_CUMMIN, WINDOW_CUMMAX,
  WINDOW_CUMSUM, WINDOW_CUMPROD,      // an int result that overflows is real
  WINDOW_CUMCOUNT,                    // present values so far; rows without x
  WINDOW_RANK, WINDOW_RANK_MIN, WINDOW_RANK_MAX, WINDOW_RANK_DENSE, WINDOW_RANK_FIRST, WINDOW_RANK_PERCENT,
  WINDOW_NTILE,                       // k parts of the group, by the values of x or, without x, along the rows
  WINDOW_SUM, WINDOW_MEAN, WINDOW_MIN, WINDOW_MAX, WINDOW_SD, WINDOW_VAR, WINDOW_MEDIAN, WINDOW_COUNT // of k rows
} WindowKind;

// A value for every row from x (NULL where the function takes none) along `rows`; missing values of x are left out, a
// missing row of a cumulative function stays missing. Rolling functions see the row and the k - 1 before it, and are
// missing with fewer than `min` present values. x has a type that fits: numbers and conditions for cumsum, cumprod,
// sum, mean, sd, var, median, any for the others. Same bits for any number of threads. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode window_kernel(Job *job, const WindowRows *rows, WindowKind kind, const Column *x, int64_t k,
                                int64_t min, Column **out, Err *err);
