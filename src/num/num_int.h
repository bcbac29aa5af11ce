// Shared inside num: reductions over blocks, sums of two doubles, and what the distributions have in common.
#pragma once
#include "num/num.h"

#include "base/simd.h"

#include <string.h>

#define NUM_CLONES CLONES
#define INLINE static inline __attribute__((always_inline))

// Cuts [0, n) into blocks of NUM_BLOCK rows, computes `size` bytes (at most REDUCE_MAX) for each block on all threads
// and merges them (into the first) in a binary tree whose shape depends on n only. out: zeroed for n = 0.
enum { REDUCE_MAX = 64 };
typedef void (*BlockFn)(const void *ctx, int64_t begin, int64_t end, void *part);
typedef void (*MergeFn)(void *into, const void *part);
void reduce_blocks(Job *job, int64_t n, size_t size, BlockFn block, MergeFn merge, const void *ctx, void *out);

// ---- values in order of size (split.c, tally.c, quantile.c); no NaN, -0.0 is 0.0 -----------------------------------
enum { SPLIT_WIDTH = 10, SPLIT_BUCKETS = 1 << SPLIT_WIDTH, SPLIT_SAMPLE = 4096, SPLIT_FEW = 8 };
typedef struct SplitMap { // from a value to its bucket
  bool even, same;        // even in value, else in keys; same: all values are
  double lo, scale;
  uint64_t key;
  int shift;
} SplitMap;
SplitMap split_map(const double *sample, int64_t m);     // sample: sorted, at most SPLIT_SAMPLE
SplitMap split_map_exact(const double *x, int64_t n);    // from the smallest to the largest of them
INLINE uint64_t split_key(double v) { // order_key_f64 of a number, without a branch: adding 0 makes -0.0 a 0.0
  double zero = v + 0.0;
  uint64_t b;
  memcpy(&b, &zero, sizeof b);
  return b ^ ((uint64_t)((int64_t)b >> 63) | (uint64_t)1 << 63);
}

INLINE double split_value(uint64_t key) {
  uint64_t b = key >> 63 ? key ^ (uint64_t)1 << 63 : ~key;
  double v;
  memcpy(&v, &b, sizeof v);
  return v;
}

// ---- whole numbers and decimals (decimals.c) ----------------------------------------------------------------------
INLINE double whole_near(double v) { return (v + 0x1.8p52) - 0x1.8p52; } // for |v| < 2^51
// v, whole and from 0 to 2^52, as an integer: the bits of 2^52 + v. Older processors convert no vectors.
INLINE uint64_t whole_bits(double v) {
  double sum = v + 0x1p52;
  uint64_t b;
  memcpy(&b, &sum, sizeof b);
  return b & (((uint64_t)1 << 52) - 1);
}
// The least power of ten, up to 10^9, that makes all of them whole, and dividing by which gives them back; 0 = none.
double decimals_power(const double *v, int64_t m);
bool decimals_fit(const double *v, int64_t m, double power);
// Distinct values of x by a bit for each number that they may be; false where values are no such decimals or too far
// apart.
bool decimals_distinct(const double *x, int64_t n, double power, int64_t *distinct);

typedef struct Split {
  const double *x;
  SplitMap map;
  int64_t n, grain, nchunk, first;
  int64_t *at; // chunks x buckets
  int64_t count[SPLIT_BUCKETS], start[SPLIT_BUCKETS];
  bool keep[SPLIT_BUCKETS], all, is_few; // which are kept; all of them; so few that `few` lists them
  uint16_t few[SPLIT_FEW];
  double *to;   // the values of the kept buckets; bucket d begins at start[d]
  Room *room, own; // where they lie
} Split;
// room: for the values, which are gone when it is used again; NULL: its own.
NODISCARD ErrCode split_count(Job *job, const double *x, int64_t n, const SplitMap *map, Room *room, Split *s,
                              Err *err);
NODISCARD ErrCode split_scatter(Job *job, Split *s, Err *err); // the buckets in s->keep
void split_fini(Split *s);                                     // whatever came of it

typedef struct Want {
  int64_t place;      // 0-based among all values
  int64_t at, bucket; // the same within the values that are being searched, and where they stand
  double value;
} Want;
// Fills the values of want[0..m), sorted by place, from x[0..n), which changes its order. ERR_CANCELLED.
NODISCARD ErrCode select_values(Job *job, double *x, int64_t n, Want *want, int64_t m, Err *err);

typedef enum { TALLY_NONE, TALLY_DISTINCT, TALLY_MODE } TallyKind; // what to count besides wanted places
typedef struct Tally {
  int64_t distinct, most; // most: occurrences of the most frequent value, known for TALLY_MODE
  uint64_t mode;          // its key, the smallest among equals
} Tally;
// Counts the values of x, which stays, and fills want[0..m) as select_values does. room: may be NULL. ERR_MEMORY,
// ERR_CANCELLED.
NODISCARD ErrCode order_tally(Job *job, const double *x, int64_t n, TallyKind what, Want *want, int64_t m,
                              Room *room, Tally *out, Err *err);

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
double dist_beta_front(double x, double y, double w, double a, double b); // x^a y^b / B(a, b)
double dist_gamma_front(double x, double a);                              // x^a exp(-x) / Gamma(a + 1)
double dist_t_log_density(double t, double df);
// The root u of an increasing `gap` between lo and hi, from u: bracketed Newton, bisection where it leads outside. gap
// sets *slope (0: unknown).
typedef double (*RootFn)(const void *ctx, double u, double *slope);
double dist_root(RootFn gap, const void *ctx, double u, double lo, double hi);
