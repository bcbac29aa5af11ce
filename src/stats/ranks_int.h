// Shared by the rank tests: p values and places of interval limits from either distribution, and their effect size.
#pragma once
#include "stats/exact_int.h"
#include "stats/tests_int.h"

typedef struct PlaceRange {
  int64_t low, high; // 0-based, among the sorted pairs
} PlaceRange;
// `below`: cumulative probabilities of a symmetric statistic 0 .. last, the number of pairs.
PlaceRange rank_exact_range(const double *below, int64_t last, double level);
PlaceRange rank_normal_range(double all, double level, double correction, double sigma);
double rank_exact_p(const double *below, int64_t last, int64_t statistic, int alternative);
// z: the statistic minus its mean.
double rank_normal_p(double z, int alternative, double correction, double sigma);
// The columns of a rank-biserial correlation whose Fisher's z has this standard error.
void rank_biserial(Test *t, double r, double se, double conf);
// Sum of run^3 - run over the runs of equal values of sorted x; *tied: values in runs.
double rank_ties(const double *x, int64_t n, int64_t *tied);
