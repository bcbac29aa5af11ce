// Whether scores are probabilities: what they promise against what came true.
#pragma once
#include "base/job.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct ReliabilityOpts {
  int64_t bins;
  bool quantile; // bins of about equal many rows; else of equal width from 0 to 1
} ReliabilityOpts;
typedef struct ReliabilityBin {
  double lower, upper; // scores in (lower, upper], of the first bin in [lower, upper]
  int64_t n, hits;
  double score, share; // mean of the scores; hits / n
  double low, high;    // of share, 95 % by Wilson
} ReliabilityBin;
// Bins without rows are left out. score: n values from 0 to 1, ascending; hit: which of them came true; out: room for
// o->bins. Returns how many bins. Equal to calibration_curve of scikit-learn 1.2.1. O(n).
int64_t stats_reliability(Job *job, const double *score, const uint8_t *hit, int64_t n, const ReliabilityOpts *o,
                          ReliabilityBin *out);
// The mean distance of shares from scores, weighted by rows: the expected calibration error.
double stats_calibration_error(const ReliabilityBin *bin, int64_t nbin);
// Wilson's interval of the share hits / n, n > 0, z the normal quantile of its level; `yates` (0 to 1/2) moves the
// count outwards first, as prop.test of R corrects for continuity. JASA 22 (1927).
typedef struct ShareLimits {
  double low, high; // 0 to 1
} ShareLimits;
ShareLimits stats_wilson(double hits, double n, double z, double yates);
