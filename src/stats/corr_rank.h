// Columns in order of size, shared by the rank correlations.
#pragma once
#include "stats/corr_int.h"

// The present rows of a column in ascending order, ties in row order, and for each row where its run of equal values
// begins (0-based) or, doubled, twice its average rank (1-based). NaN comes last.
typedef struct Ranked {
  uint32_t *order; // m rows; NULL: not asked for
  uint32_t *rank;  // n, by row; anything where the column is missing
  int64_t m;
  int64_t numbers; // rows before the first NaN
  bool ties;
} Ranked;

typedef struct RankedIn {
  const CorrIn *s;
  bool doubled;
  Ranked *col; // p
  uint32_t *room;
} RankedIn;
// Ranks all columns, on all threads; `ordered`: gives their orders too, which pairs with rows of their own need.
// ERR_SHAPE above 2^31 - 1 rows; ERR_MEMORY, ERR_CANCELLED. ranked_fini always.
NODISCARD ErrCode ranked_in(const CorrIn *s, bool doubled, bool ordered, RankedIn *out, Err *err);
void ranked_fini(RankedIn *r);
// Does every pair that `skip` (NULL: none) does not name by fn(ctx, i, j, scratch), i >= j, on all threads; scratch: so
// many numbers of 32 bits for each call.
typedef void (*RankedPair)(void *ctx, int64_t i, int64_t j, uint32_t *scratch);
NODISCARD ErrCode ranked_pairs(const CorrIn *s, int64_t scratch, bool (*skip)(const void *ctx, int64_t i, int64_t j),
                               RankedPair fn, void *ctx, Err *err);
bool ranked_nan(const RankedIn *r, int64_t i, int64_t j); // a row of the pair holds NaN
