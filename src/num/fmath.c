// exp, log and their relatives in plain IEEE arithmetic: additions, multiplications and divisions in a written order,
// no calls of libm and no fused multiply-add, so that every machine and compiler gives the same bits.
//
// Method. exp: x = k ln 2 + r with |r| <= ln(2)/2 (Cody and Waite: ln 2 as 41 exact bits and a rest), exp(r) - 1 - r
// by a polynomial, and the result kept as a sum of two doubles until the last addition. log: x = 2^k m with m in
// [sqrt(1/2), sqrt(2)), s = f / (2 + f) for f = m - 1, log m = f - f^2/2 + s (f^2/2 + R(s^2)); f^2/2 is split so that
// f - f^2/2 is exact to the rounding of its smaller part. The others are built from these pairs. Polynomials are
// Chebyshev interpolants computed with 60 digits; their errors are below 2^-60.
// The kernels have no branches, so that loops over them vectorise; each array function gives the bits of its scalar.
// Reference: Muller, Elementary Functions, 3rd ed., ch. 5 and 11; Cody and Waite 1980.
#include "num/num_int.h"

#include <float.h>
#include <math.h>
#include <string.h>

#if defined __GNUC__ && !defined __clang__
#define IVDEP _Pragma("GCC ivdep")
#else
#define IVDEP
#endif

static const double LN2_HI = 0x1.62e42fefa3p-1; // 41 bits: k * LN2_HI is exact
static const double LN2_LO = 0x1.3de6af278ece6p-42;
static const double LOG2E = 0x1.71547652b82fep+0;
static const double ROUND = 0x1.8p52; // adding and subtracting it rounds to an integer
static const double BIAS = 1023;

INLINE uint64_t bits_of(double x) {
  uint64_t u;
  memcpy(&u, &x, sizeof u);
  return u;
}

INLINE double double_of(uint64_t u) {
  double x;
  memcpy(&x, &u, sizeof x);
  return x;
}

// exp(x + xl) = 2^k (1 + result), |x| < 1100, xl below the rounding of x.
INLINE Pair exp_parts(double x, double xl, double *k) {
  double kd = (x * LOG2E + ROUND) - ROUND;
  double t = x - kd * LN2_HI, w = kd * LN2_LO - xl;
  double r = t - w, rest = (t - r) - w, z = r * r;
  double odd = 0x1.5555555555557p-3 +
               z * (0x1.11111111100cep-7 +
                    z * (0x1.a01a01abef415p-13 + z * (0x1.71de021a90822p-19 + z * 0x1.af4e196027428p-26)));
  double even = 0x1.5555555555556p-5 +
                z * (0x1.6c16c16c162ccp-10 +
                     z * (0x1.a01a01a6dcaffp-16 + z * (0x1.27e4db57442fbp-22 + z * 0x1.1f731ea5352cap-29)));
  *k = kd;
  return (Pair){r, z * (0.5 + (r * odd + z * even)) + (rest + rest * r)};
}

INLINE Pair exp_pair(double x, double xl, double *k) {
  Pair p = exp_parts(x, xl, k), s = pair_sum_ordered(1, p.hi);
  return pair_sum_ordered(s.hi, s.lo + p.lo);
}

// y 2^k for |k| < 2040 with one rounding: the first factor never leaves the normal range.
INLINE double scale(double y, double k) {
  double half = k * 0.5 + ROUND, rest = k - (half - ROUND);
  double a = double_of(bits_of(half + BIAS) << 52), b = double_of(bits_of(rest + (ROUND + BIAS)) << 52);
  return y * a * b;
}

INLINE double clamp(double x, double lo, double hi) { // NaN passes
  double y = x < lo ? lo : x;
  return y > hi ? hi : y;
}

INLINE double exp_one(double x) {
  double k;
  Pair p = exp_pair(clamp(x, -746, 710), 0, &k);
  return scale(p.hi, k);
}

// log(u 2^k0) + c for a normal u > 0.
INLINE Pair log_pair(double u, double k0, double c) {
  const uint64_t root_half = 0x3fe6a09e667f3bcdu, one = 0x3ff0000000000000u;
  uint64_t b = bits_of(u) + (one - root_half);
  double m = double_of((b & 0x000fffffffffffffu) + root_half);
  double k = double_of(b >> 52 | 0x4330000000000000u) - (0x1p52 + BIAS) + k0;
  double f = m - 1, fh = (f + 0x1.8p32) - 0x1.8p32; // a multiple of 2^-20
  double half_hi = 0.5 * fh * fh, half_lo = 0.5 * (f - fh) * (f + fh), s = f / (2 + f), z = s * s, zz = z * z;
  double odd =
      0x1.9999999999a39p-2 + zz * (0x1.c71c7201a55d7p-3 + zz * (0x1.3b1c3c1c81c8fp-3 + zz * 0x1.0c0aff044a97p-3));
  double even =
      0x1.5555555555555p-1 + zz * (0x1.2492492476a1ap-2 + zz * (0x1.745cf8e4bba1bp-3 + zz * 0x1.0fbde0f4ad17bp-3));
  double w = s * ((half_hi + half_lo) + z * (even + z * odd));
  Pair p = pair_sum_ordered(k * LN2_HI, f - half_hi);
  return (Pair){p.hi, p.lo + ((w - half_lo) + (k * LN2_LO + c))};
}

INLINE double log_one(double x) {
  double big = x * 0x1p54, u = x < DBL_MIN ? big : x, k = x < DBL_MIN ? -54.0 : 0.0;
  Pair p = log_pair(u, k, 0);
  double y = p.hi + p.lo, edge = x == 0 ? -INFINITY : NAN;
  y = x > DBL_MAX ? INFINITY : y;
  return x > 0 ? y : edge;
}

// 1 / (1 + e) or e / (1 + e) for e = exp(-|x|); the quotient is corrected for the parts that were rounded away.
INLINE double sigmoid_one(double x) {
  double k;
  Pair e = exp_pair(clamp(-fabs(x), -746, 0), 0, &k);
  double hi = scale(e.hi, k), lo = scale(e.lo, k);
  Pair d = pair_sum_ordered(1, hi);
  double top = x < 0 ? hi : 1.0, top_lo = x < 0 ? lo : 0.0;
  double q = top / d.hi, other = 1 - q, inverse = x < 0 ? other : q;
  return q + (top_lo - q * (d.lo + lo)) * inverse;
}

double fmath_exp(double x) { return exp_one(x); }
double fmath_log(double x) { return log_one(x); }
double fmath_sigmoid(double x) { return sigmoid_one(x); }

NUM_CLONES void fmath_exp_n(const double *x, double *y, int64_t n) {
  IVDEP
  for (int64_t i = 0; i < n; i++) y[i] = exp_one(x[i]);
}

NUM_CLONES void fmath_log_n(const double *x, double *y, int64_t n) {
  IVDEP
  for (int64_t i = 0; i < n; i++) y[i] = log_one(x[i]);
}

NUM_CLONES void fmath_sigmoid_n(const double *x, double *y, int64_t n) {
  IVDEP
  for (int64_t i = 0; i < n; i++) y[i] = sigmoid_one(x[i]);
}

double fmath_exp_times(double x, double xl, double y, double yl) {
  double k;
  Pair e = exp_pair(clamp(x, -1060, 1060), xl, &k);
  return scale(e.hi * y + (e.hi * yl + e.lo * y), k);
}

double fmath_pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (!(x > 0 && x <= DBL_MAX && fabs(y) < 1e280)) return pow(x, y); // 0, infinity or NaN
  Pair l = x < DBL_MIN ? log_pair(x * 0x1p54, -54, 0) : log_pair(x, 0, 0), p = pair_product(y, l.hi);
  if (!(fabs(p.hi) < 800)) return p.hi > 0 ? INFINITY : 0;
  return fmath_exp_times(p.hi, p.lo + y * l.lo, 1, 0);
}

double fmath_log1p(double x) {
  if (x == 0 || x > DBL_MAX) return x;
  if (!(x > -1)) return x == -1 ? -INFINITY : NAN;
  Pair u = pair_sum(1, x), p = log_pair(u.hi, 0, u.lo / u.hi);
  return p.hi + p.lo;
}

// exp(x) - 1 for -40 <= x <= 50.
static Pair expm1_pair(double x) {
  double k;
  Pair p = exp_parts(x, 0, &k);
  double two_k = scale(1, k);
  Pair t = pair_sum(two_k, -1), s = pair_sum_ordered(t.hi, two_k * p.hi);
  return pair_sum_ordered(s.hi, s.lo + (two_k * p.lo + t.lo));
}

double fmath_expm1(double x) {
  if (x == 0) return x;
  if (x > 50) return exp_one(x); // 1 is below half a unit in the last place
  if (x < -40) return -1;
  return expm1_pair(x).hi;
}

double fmath_tanh(double x) {
  double a = fabs(x);
  if (a < 0x1p-28) return x;
  if (a > 20) return copysign(1, x);
  Pair e = expm1_pair(2 * a), d = pair_sum(2, e.hi);
  double q = e.hi / d.hi;
  Pair qd = pair_product(q, d.hi);
  double left = ((e.hi - qd.hi) - qd.lo) + (e.lo - q * (d.lo + e.lo));
  return copysign(q + left / d.hi, x);
}

double fmath_softplus(double x) {
  double k;
  Pair e = exp_pair(clamp(-fabs(x), -746, 0), 0, &k);
  double hi = scale(e.hi, k), lo = scale(e.lo, k);
  Pair u = pair_sum_ordered(1, hi), p = log_pair(u.hi, 0, (u.lo + lo) / u.hi);
  if (!(x > 0)) return p.hi + p.lo;
  if (x > DBL_MAX) return x;
  Pair s = pair_sum(x, p.hi);
  return s.hi + (s.lo + p.lo);
}
