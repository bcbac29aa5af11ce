// Columns of features as one byte a value: numbers cut at their quantiles, words by their codes, missing values in a
// bin of their own. What boosting learns from.
#pragma once
#include "model/model_int.h"

enum { BINS_MOST = 256, BINS_BLOCK = 1 << 15 };

typedef struct BinColumn {
  int32_t nbin;     // codes 0 .. nbin - 1
  int32_t nvalue;   // codes of values; the one of missing values, when there are any, is nvalue
  bool words;
  int64_t nlevel;
  uint8_t *level;   // nlevel: the code of each word; rare ones share one when they are too many
  double *cut;      // nvalue - 1, ascending: code k has cut[k - 1] <= x < cut[k]; NULL of words
  int64_t offset;   // of its first bin among those of all columns
  bool skewed;      // one bin has a large share of the rows
} BinColumn;

// Rows in blocks of `block` (the last one may be shorter), columns one behind the other in each block.
typedef struct Bins {
  int64_t n, p, block, nblock, total; // total: bins of all columns
  BinColumn *column;
  uint8_t *code;
  Arena arena;
} Bins;

// Cuts lie midway between neighbouring values that occur: between all of them where they are at most max_bin (2 ..
// 256), else at max_bin - 1 quantiles of the rows (of their weights, NULL: 1) between the least and the largest value,
// which have bins of their own where they are frequent. Independent of the order of rows and of threads. O(n) a column.
// ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode bins_new(Job *job, const Features *x, const double *weight, int64_t max_bin, Bins *out, Err *err);
void bins_free(Bins *b);
static inline const uint8_t *bins_codes(const Bins *b, int64_t block, int64_t j) {
  return b->code + (block * b->p + j) * b->block;
}
static inline int64_t bins_rows(const Bins *b, int64_t block) {
  int64_t left = b->n - block * b->block;
  return left < b->block ? left : b->block;
}

// ---- inside -------------------------------------------------------------------------------------------------------
// A monotone map from numbers lo .. hi to cells 0 .. ncell - 1; missing values fall into cell ncell. Even steps of the
// value or, for columns with long tails, of the bits of the double.
typedef struct BinGrid {
  bool keyed;
  double lo, hi, scale;
  int shift;
  int32_t ncell;
} BinGrid;
void bin_grid_init(BinGrid *g, double lo, double hi, bool keyed, int32_t ncell);
void bin_grid_cells(const BinGrid *g, const double *x, int64_t n, uint16_t *cell);

enum { BIN_PIECE = 4096, BIN_CELLS = 1 << 15 };
typedef struct BinRoom { // one thread's, used for one column after the other
  double x[BIN_PIECE];
  uint64_t count[BIN_CELLS + 1];
  int16_t code[BIN_CELLS + 1];
  uint16_t first[BIN_CELLS + 2];
  uint16_t cell[];         // n
} BinRoom;

typedef struct BinCuts { // the way from a column to its cuts
  const Features *x;
  const uint64_t *weight;  // of rows as whole numbers; NULL: 1
  int64_t j, most;
  BinRoom *room;
  BinGrid grid;
  double lo, hi;
  uint64_t least, largest; // what counts of lo and of hi
  int64_t missing;
  int64_t ndistinct;       // most + 1: more than that
  double distinct[BINS_MOST + 1];
  double cut[BINS_MOST];
  int64_t ncut;
} BinCuts;
// From x, weight, j, most and room: the rest, and every row's cell in room->cell.
NODISCARD ErrCode bin_cuts_find(BinCuts *c, Err *err);
