// Shared inside num: reductions over blocks, sums of two doubles, and what the distributions have in common.
#pragma once
#include "num/num.h"

#include "base/simd.h"

#define NUM_CLONES CLONES
#define INLINE static inline __attribute__((always_inline))

// Cuts [0, n) into blocks of NUM_BLOCK rows, computes `size` bytes (at most REDUCE_MAX) for each block on all threads
// and merges them (into the first) in a binary tree whose shape depends on n only. out: zeroed for n = 0.
enum { REDUCE_MAX = 64 };
typedef void (*BlockFn)(const void *ctx, int64_t begin, int64_t end, void *part);
typedef void (*MergeFn)(void *into, const void *part);
void reduce_blocks(Job *job, int64_t n, size_t size, BlockFn block, MergeFn merge, const void *ctx, void *out);

// ---- sums and products without rounding (Dekker 1971, Knuth) ------------------------------------------------------
typedef struct Pair {
  double hi, lo; // the value is hi + lo, lo below the rounding of hi
} Pair;

INLINE Pair pair_sum_ordered(double a, double b) { // |a| >= |b| or a = 0
  double s = a + b;
  return (Pair){s, (a - s) + b};
}

INLINE Pair pair_sum(double a, double b) {
  double s = a + b, t = s - a;
  return (Pair){s, (a - (s - t)) + (b - t)};
}

INLINE Pair pair_product(double a, double b) { // exact for products between 1e-290 and 1e290
  double ca = a * 0x1.0000002p27, cb = b * 0x1.0000002p27;
  double ah = ca - (ca - a), bh = cb - (cb - b), al = a - ah, bl = b - bh, p = a * b;
  return (Pair){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

// ---- fmath --------------------------------------------------------------------------------------------------------
// exp(x + xl) * (y + yl), rounded to the subnormal range only at the end; |x| <= 1060, xl below the rounding of x.
double fmath_exp_times(double x, double xl, double y, double yl);
// exp(x^2) erfc(x) for 1/2 <= x < 32.
double fmath_erfcx(double x);

// ---- dist ---------------------------------------------------------------------------------------------------------
double dist_log1pmx(double x);  // log(1 + x) - x without cancellation near 0
double dist_stirling(double a); // lgamma(a) - ((a - 1/2) log a - a + log(2 pi) / 2), a > 0
double dist_lgamma1p(double a); // lgamma(1 + a) for 0 <= a <= 1, relative precision at 0
// a log(a / mean) + mean - a for excess = (mean - a) / a.
double dist_deviance(double a, double mean, double excess);
// Both tails of the beta distribution at x = 1 - y, with w = a y - b x given separately, free of cancellation.
double dist_beta_at(double x, double y, double w, double a, double b, DistTail tail);
