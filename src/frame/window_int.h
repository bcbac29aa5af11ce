// Shared by the window functions.
#pragma once
#include "frame/group_int.h"
#include "num/num.h"

#include <math.h>
#include <stdatomic.h>

typedef struct Window {
  Job *job;
  const int64_t *start; // of the groups; the rows stand in their order
  int64_t n, ngroup;
  WindowKind kind;
  const Column *x;
  uint64_t *key; // n: the order of the values, where the function needs it
  int64_t k, min;
  int64_t *from;                 // n: the row whose value a row takes, -1 for missing
  Column *out;                   // or its values are computed
  uint8_t *ok;                   // n: 1 where present
  _Atomic bool overflow, failed; // of an int; no memory for a worker
} Window;

// The value in a row as a double.
static inline double window_real(const Column *c, int64_t row) {
  return c->type == COL_F64 ? c->f[row] : c->type == COL_BOOL ? (double)c->b[row] : (double)c->i[row];
}
static inline void window_put(const Window *w, int64_t row, double value) {
  w->out->f[row] = value;
  w->ok[row] = 1;
}

// fn for rows begin..end of a group, all of it.
typedef void (*WindowFn)(Window *w, int64_t begin, int64_t end);
NODISCARD ErrCode window_groups(Window *w, WindowFn fn, Err *err);
// fn for each block of `width` rows of a group that begins at `first`: the block is begin..end.
typedef void (*BlockFn)(Window *w, int64_t first, int64_t begin, int64_t end, void *room);
// `size` bytes of room for a block; fn sees the blocks of a group in order, but may begin anywhere.
NODISCARD ErrCode window_blocks(Window *w, int64_t width, size_t size, BlockFn fn, Err *err);

void window_shift(Window *w, int64_t begin, int64_t end); // fill `from`
void window_ends(Window *w, int64_t begin, int64_t end);
void window_fill(Window *w, int64_t begin, int64_t end);
void window_extreme(Window *w, int64_t begin, int64_t end);
void window_cumsum(Window *w, int64_t begin, int64_t end); // fill `out`
void window_cumprod(Window *w, int64_t begin, int64_t end);
void window_cumcount(Window *w, int64_t begin, int64_t end);
// The part, from 1, of place `at` of n when they are cut as evenly as possible, the larger parts first.
int64_t window_part(int64_t at, int64_t n, int64_t parts);
void window_ntile(Window *w, int64_t begin, int64_t end);
void window_rank(Window *w, int64_t begin, int64_t end);
NODISCARD ErrCode window_rank_all(Window *w, Err *err); // of one group, on all threads
NODISCARD ErrCode window_roll(Window *w, Err *err);
void window_median_block(Window *w, int64_t first, int64_t begin, int64_t end, void *room);
size_t window_median_room(int64_t width);
