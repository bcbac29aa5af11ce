// Arrays of numbers and the algorithms on them. Every floating sum here has one fixed order: the same bits for any
// number of threads and on every instruction set. Arguments are borrowed; `job` may be NULL (one thread, no budget).
#pragma once
#include "base/err.h"
#include "base/job.h"
#include "base/mem.h"
#include "num/dist.h"

#include <stdbool.h>
#include <stdint.h>

// ---- sums (sum.c): 8 virtual lanes inside fixed blocks of rows, block partials in a fixed binary tree -------------
enum { NUM_BLOCK = 16384 }; // rows of one block; the grain of par_for in every reduction

double sum_f64(Job *job, const double *x, int64_t n);                   // 0 for n = 0; NaN propagates
double sum_dot(Job *job, const double *x, const double *y, int64_t n);  // sum of x[i] * y[i]
bool sum_is_finite(const double *x, int64_t n); // no NaN and no infinity
// Combines m partial results of `width` doubles (part: m x width, destroyed) in a fixed tree into part[0 .. width).
void sum_tree(double *part, int64_t m, int64_t width);

// Moments of the finite-or-not values x[0..n): two passes per block about a provisional centre, merged pairwise
// (Chan, Golub, LeVeque 1983; Pebay 2008). m2, m3, m4 are sums of powers of deviations from the mean. NaN anywhere
// makes every field but n NaN; an infinity makes the mean infinite (NaN for both signs) and m2, m3, m4 NaN.
typedef struct Moments {
  int64_t n;
  double mean, m2, m3, m4, min, max; // min = inf, max = -inf for n = 0
} Moments;
Moments moments_f64(Job *job, const double *x, int64_t n);
double moments_var(const Moments *m);      // m2 / (n - 1); NaN for n < 2
double moments_skew(const Moments *m);     // adjusted G1, as pandas and SAS; NaN for n < 3 or no spread
double moments_kurtosis(const Moments *m); // adjusted excess G2; NaN for n < 4 or no spread

// ---- order (order.c, rank.c, quantile.c) --------------------------------------------------------------------------
uint64_t order_key_f64(double v); // its unsigned order is that of doubles: -inf < ... < inf < NaN; -0.0 equals 0.0
uint64_t order_key_i64(int64_t v);
// Keys with a row each (row NULL: keys alone) and places of the same size to sort through.
typedef struct KeyRows {
  uint64_t *key, *key2;
  uint32_t *row, *row2;
  int64_t n;
} KeyRows;
// Sorts by key, stable, on all threads: radix, O(n). Afterwards key2 and row2 hold anything. ERR_SHAPE n above 2^32 -
// 1; ERR_MEMORY, ERR_CANCELLED leave the rows in any order.
NODISCARD ErrCode order_rows(Job *job, KeyRows *r, Err *err);
// Stable argsort: perm[0..n) becomes the row numbers in ascending key order, equal keys in their order in `perm` before
// the call when `keep` (sorts by several keys, last key first), in row order otherwise. O(n). Errors as order_rows.
NODISCARD ErrCode order_keys(Job *job, const uint64_t *key, int64_t n, bool keep, int64_t *perm, Err *err);
// x ascending in place; -0.0 before 0.0, NaN last. ERR_MEMORY, ERR_CANCELLED leave x as it was.
NODISCARD ErrCode order_sort_f64(Job *job, double *x, int64_t n, Err *err);
// Average ranks (1-based, ties share the mean rank) of x[0..n) without NaN. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode rank_average(Job *job, const double *x, int64_t n, double *rank, Err *err);
// Ranks of fewer than 2^31 numbers by their keys (order_key_f64 where `real`), on one thread: by row where its run of
// equal keys begins or, doubled, twice its average rank from 1. `order`: rows in order, ties as they came.
typedef struct RankIn {
  const uint64_t *key;
  const uint32_t *row; // the rows of the keys; NULL: k
  int64_t n;
  bool real, doubled, ties; // ties: filled
  uint64_t *scratch;        // 5 n / 2 + 1
  uint32_t *order, *rank;   // order: NULL when not asked for
} RankIn;
NODISCARD ErrCode order_ranks(RankIn *r, Err *err); // ERR_MEMORY
// m quantiles q[j] of x (n values, no NaN) at p[j] in [0, 1] by R's types 1..9 (7 is the default everywhere). NaN for
// n = 0. ERR_MEMORY, ERR_CANCELLED. O(n). Hyndman & Fan 1996; equal to quantile() of R 4.2.2, fuzz included.
NODISCARD ErrCode quantile_f64(Job *job, const double *x, int64_t n, int type, const double *p, int64_t m, double *q,
                               Err *err);
// And how many values differ and, with `mode`, which is the most frequent, the smallest among equals (NaN for n = 0),
// and how often it occurs. room: NULL, or what one call leaves to the next.
typedef struct Values {
  int64_t distinct, most;
  double mode;
} Values;
NODISCARD ErrCode quantile_values(Job *job, const double *x, int64_t n, int type, const double *p, int64_t m, double *q,
                                  bool mode, Room *room, Values *out, Err *err);
// Pairs i < j with x[i] > x[j] of x, a permutation of 0 .. n - 1 that is lost; other: room for n. O(n log n).
uint64_t order_inversions(uint32_t *x, uint32_t *other, int64_t n);
// Distinct values of x (no NaN). ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode order_distinct_f64(Job *job, const double *x, int64_t n, int64_t *distinct, Err *err);

// ---- elementary functions (fmath.c): own, within 1 ulp (2 from sigmoid on), the same bits everywhere --------------
double fmath_exp(double x);
double fmath_log(double x);
double fmath_log1p(double x);
double fmath_expm1(double x);
double fmath_pow(double x, double y); // x >= 0
double fmath_tanh(double x);
double fmath_sigmoid(double x);  // 1 / (1 + exp(-x)), accurate in both tails
double fmath_softplus(double x); // log(1 + exp(x)) without overflow
double fmath_erf(double x);
double fmath_erfc(double x);
// The same over arrays; y may be x.
void fmath_exp_n(const double *x, double *y, int64_t n);
void fmath_sigmoid_n(const double *x, double *y, int64_t n);
void fmath_log_n(const double *x, double *y, int64_t n);

// ---- matrices (mat.c, chol.c, qr.c) -------------------------------------------------------------------------------
// Column-major n x p doubles: element (i, j) is x[j * n + i].
typedef struct Mat {
  double *x;
  int64_t n, p;
} Mat;
NODISCARD ErrCode mat_new(Job *job, int64_t n, int64_t p, const char *what, Mat *out, Err *err); // zeroed; mat_free
void mat_free(Mat *m);
void mat_mul_vec(Job *job, const Mat *a, const double *v, double *out);   // out (n) = A v
void mat_tmul_vec(Job *job, const Mat *a, const double *v, double *out);  // out (p) = A' v
// g (p x p, full) = A' diag(w) A; w NULL = ones. Blocks of rows, fixed tree. ERR_MEMORY, ERR_CANCELLED (g is then of
// no use).
NODISCARD ErrCode mat_gram(Job *job, const Mat *a, const double *w, double *g, Err *err);
// Products of columns that `fill` makes slice by slice (cross.c): gram (p x p, full) of the first p left columns, and
// cross (left x right, row-major) of the `left` left columns with the right ones. fill, on many threads, gets at most
// CROSS_ROWS rows and writes column j to left and right + j * CROSS_ROWS. ERR_MEMORY, ERR_CANCELLED.
enum { CROSS_ROWS = 256 };
typedef struct Cross {
  int64_t n, p, left, right; // left = 0 for no second product, else at least p
  void (*fill)(const void *ctx, int64_t row, int64_t rows, double *left, double *right);
  const void *ctx;
} Cross;
NODISCARD ErrCode cross_products(Job *job, const Cross *c, double *gram, double *cross, Err *err);
// Cholesky of the symmetric positive definite a (p x p, lower triangle used and overwritten by L). ERR_NUMERIC when a
// pivot falls to `tol` times its diagonal or below; *rank gets the number of good pivots.
NODISCARD ErrCode chol_factor(double *a, int64_t p, double tol, int64_t *rank, Err *err);
void chol_solve(const double *l, int64_t p, double *b);         // b (p) becomes the solution
void chol_inverse(const double *l, int64_t p, double *inv);     // inv: p x p, full
// Eigenvalues of the symmetric a (p x p, full, destroyed), in no order, and vectors: column k of v (p x p, row-major)
// belongs to value[k]. Jacobi, O(p^3) (eigen.c).
void eigen_sym(double *a, int64_t p, double *value, double *v);
// Householder QR of A (n x p, n >= 1) with R's limited column pivoting: a column whose remaining norm falls below
// tol (R's lm uses 1e-7) of its original one moves to the end and is aliased, the others keep their order.
// ERR_MEMORY, ERR_CANCELLED (out is then empty).
typedef struct Qr {
  Mat qr;          // Householder vectors below, R on and above the diagonal
  double *tau;     // p
  int64_t *pivot;  // p: column of A at each place
  int64_t rank;
} Qr;
NODISCARD ErrCode qr_factor(Job *job, const Mat *a, double tol, Qr *out, Err *err); // copies A; qr_free
void qr_free(Qr *q);
void qr_tmul(Job *job, const Qr *q, double *y);                 // y (n) becomes Q' y
void qr_solve(const Qr *q, const double *qty, double *b);       // b (p) in A's column order; NaN where aliased
NODISCARD ErrCode qr_xtx_inverse(const Qr *q, double *inv, Err *err); // (A'A)^-1, p x p in A's order; NaN where aliased

// ---- optimisation (lbfgs.c) ---------------------------------------------------------------------------------------
// Value of f at w (p) and its gradient g; an error stops the search.
typedef ErrCode (*OptFn)(void *ctx, const double *w, double *f, double *g, Err *err);
typedef struct OptResult {
  int64_t iterations;
  double f, gmax; // value and largest |gradient| at the end
  bool converged; // max|g| <= gtol, or f is minimal to its last digits
} OptResult;
// L-BFGS (memory 10, strong Wolfe line search; Nocedal & Wright ch. 7) from w, in place, until max|g| <= gtol or double
// precision gives no more. An error leaves the best point so far in w: fn's, ERR_CANCELLED, ERR_MEMORY, ERR_NUMERIC (f
// or g not finite at the start).
NODISCARD ErrCode opt_lbfgs(Job *job, OptFn fn, void *ctx, int64_t p, double *w, double gtol, int64_t max_iter,
                            OptResult *out, Err *err);
