// Shared by the tests that know the distribution of their statistic exactly: ranks, counts, distances of empirical
// distributions, and order statistics of pairs.
#pragma once
#include "base/job.h"
#include "base/mem.h"
#include "num/num.h"

#include <math.h>

// ---- ranks (exact_rank.c); nothing tied -----------------------------------------------------------------------------
// P(U <= u) for u = 0 .. m n of Mann and Whitney's U, P(V <= v) for v = 0 .. n (n + 1) / 2 of Wilcoxon's signed ranks.
// Both are symmetric, so upper tails are lower ones. O(m^2 n^2) and O(n^3).
double *exact_u(Arena *a, int64_t m, int64_t n);
double *exact_v(Arena *a, int64_t n);
// The least place of a cumulative distribution p[0 .. last] whose probability reaches `level`.
int64_t exact_quantile(const double *p, int64_t last, double level);

// ---- pairs (exact_pair.c) -------------------------------------------------------------------------------------------
// The k-th smallest, 0-based, of all x[i] - y[j], and of all (x[i] + x[j]) / 2 with i <= j; x and y are sorted. About
// ten passes of O(m + n) on all threads. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode pair_difference(Job *job, const double *x, int64_t m, const double *y, int64_t n, int64_t k,
                                  double *out, Err *err);
NODISCARD ErrCode pair_average(Job *job, const double *x, int64_t n, int64_t k, double *out, Err *err);
// Medians of the same.
NODISCARD ErrCode pair_difference_median(Job *job, const double *x, int64_t m, const double *y, int64_t n, double *out,
                                         Err *err);
NODISCARD ErrCode pair_average_median(Job *job, const double *x, int64_t n, double *out, Err *err);

// ---- effects --------------------------------------------------------------------------------------------------------
// The interval of the noncentrality that a chi-squared statistic x leaves.
static inline void exact_noncentrality(double x, double df, double conf, double *low, double *high) {
  *low = dist_f_ncp(x / df, df, INFINITY, (1 - conf) / 2, DIST_UPPER);
  *high = dist_f_ncp(x / df, df, INFINITY, (1 - conf) / 2, DIST_LOWER);
}

// ---- 2 x 2 tables with given margins (exact_fisher.c) ---------------------------------------------------------------
// a: first cell; row: sum of the first row, col, other: sums of the columns.
typedef struct Fisher22 {
  double p, odds, low, high; // two-sided; conditional maximum likelihood estimate of the odds ratio
} Fisher22;
Fisher22 exact_fisher22(int64_t a, int64_t row, int64_t col, int64_t other, double conf);
// P of all r x c tables with the margins of `count` (row-major) that are no more likely than it. False when more than
// `most` steps would be needed.
bool exact_fisher(const int64_t *count, int64_t r, int64_t c, int64_t most, double *p);

// ---- empirical distributions (exact_ks.c) ---------------------------------------------------------------------------
// P(D >= d) of Kolmogorov's one-sample distance, n <= some hundreds; of Smirnov's, given which values of the sorted
// pooled sample end a run of ties (`end`, m + n long); and the limit of both at t = d sqrt(n).
double exact_kolmogorov(double d, int64_t n);
double exact_smirnov(double d, int64_t m, int64_t n, const bool *end);
double kolmogorov_limit(double t);

// Anderson and Darling's distance of the sorted x from the normal with their mean and sd (test_normality.c), Stephens's
// p; work: n long; n >= 8, x not constant.
double normality_distance(Job *job, const double *x, int64_t n, double *work, double *p);
