// Where the bins of a column end.
#pragma once
#include "prep/each_int.h"

enum { BIN_WIDTH, BIN_FREQUENCY, BIN_KMEANS };
// The points between the bins of x[0..n), which is sorted by it: at most bins - 1, rising, owned by `a`.
NODISCARD ErrCode bin_cuts(Job *job, int method, int64_t bins, double *x, int64_t n, Arena *a, double **cut,
                           int64_t *ncut, Err *err);
