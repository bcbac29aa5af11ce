// Resampling many rows without drawing each of them: which expressions allow it (boot_fast.c), and the counts of the
// rows of a resample with the sums over them (boot_counts.c).
#pragma once
#include "stats/tests.h"

#include "base/rng.h"

enum { FAST_ROWS = 20000 }; // below, rows are drawn one by one

// corr(x, y) stands for what aggregates can say: it is rewritten over columns added to the frame. *out: f itself, with
// one more reference, when nothing was rewritten; names are arena-owned. ERR_NAME, ERR_TYPE.
NODISCARD ErrCode boot_correlations(Job *job, const Frame *f, const Names *exprs, Arena *a, Names *rewritten,
                                    Frame **out, Err *err);

typedef struct FastPlan FastPlan;
// *out: NULL when one of the expressions does not allow it. fast_free. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode fast_plan(Job *job, const Frame *f, const BootstrapOpts *o, FastPlan **out, Err *err);
// Replicate r of expression k over these rows into rep[k n + r], n = o->n.
NODISCARD ErrCode fast_replicates(FastPlan *p, const int64_t *row, int64_t rows, double *rep, Err *err);
bool fast_is_ordered(const FastPlan *p); // some come from order statistics
void fast_free(FastPlan *p);

// Sums of m columns (n long each, below one another in x) over resamples first .. first + batch - 1: out[r m + c].
typedef struct CountSums {
  Job *job;
  RngKey key;
  const double *x;
  int64_t n, m;
} CountSums;
NODISCARD ErrCode count_sums(const CountSums *s, int64_t first, int64_t batch, double *out, Err *err);
// How many of n fall where the chance is part / whole, exactly; draws of `row` are its own stream.
int64_t count_binomial(RngKey key, uint64_t row, int64_t n, int64_t part, int64_t whole);
