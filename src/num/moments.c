// Moments without cancellation. A block of rows is read twice while it is in cache: for its sum and range, and then
// for sums of powers of d = x - c, where c is the block's rounded mean; s1 is what the rounding of c left and corrects
// the rest. Blocks merge pairwise in the fixed tree of reduce.c. A block without spread has exact zeros, so a constant
// column never shows a tiny variance.
// NaN anywhere makes every field but n NaN. An infinity (or a sum beyond the range of doubles) gives an infinite mean
// and NaN for m2, m3, m4; both infinities give a NaN mean; min and max stay true.
// References: Chan, Golub, LeVeque, "Algorithms for computing the sample variance", Am. Statistician 37 (1983);
// Pebay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments",
// SAND2008-6212.
#include "num/num_int.h"

#include <math.h>

typedef struct Range {
  double sum, min, max;
} Range;

typedef struct Powers {
  double s1, s2, s3, s4;
} Powers;

static inline double lesser(double a, double b) { return b < a ? b : a; }
static inline double greater(double a, double b) { return b > a ? b : a; }

typedef int64_t Masks __attribute__((vector_size(LANES * sizeof(int64_t))));

// a where the mask is set, else b; in so many words, since gcc 12 makes 24 scalar instructions of lesser and greater.
#define CHOSEN(mask, a, b) ((Lanes)(((Masks)(a) & (mask)) | ((Masks)(b) & ~(mask))))

NUM_CLONES static Range block_range(const double *x, int64_t n) {
  Range r = {0, INFINITY, -INFINITY};
  double sum[LANES], min[LANES], max[LANES];
  Lanes s = {0}, lo = s + INFINITY, hi = s - INFINITY;
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    Lanes v = *(const Lanes *)(x + i);
    s += v;
    lo = CHOSEN(v < lo, v, lo);
    hi = CHOSEN(v > hi, v, hi);
  }
  *(Lanes *)sum = s, *(Lanes *)min = lo, *(Lanes *)max = hi;
  for (int64_t l = 0; i + l < n; l++) {
    sum[l] += x[i + l];
    min[l] = lesser(min[l], x[i + l]);
    max[l] = greater(max[l], x[i + l]);
  }
  r.sum = lanes_sum(sum);
  for (int l = 0; l < LANES; l++) r.min = lesser(r.min, min[l]), r.max = greater(r.max, max[l]);
  return r;
}

NUM_CLONES static Powers block_powers(const double *x, int64_t n, double c) {
  Lanes a1 = {0}, a2 = {0}, a3 = {0}, a4 = {0};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    Lanes d = *(const Lanes *)(x + i) - c, d2 = d * d;
    a1 += d, a2 += d2, a3 += d2 * d, a4 += d2 * d2;
  }
  double s[4][LANES];
  *(Lanes *)s[0] = a1, *(Lanes *)s[1] = a2, *(Lanes *)s[2] = a3, *(Lanes *)s[3] = a4;
  for (int64_t l = 0; i + l < n; l++) {
    double d = x[i + l] - c, d2 = d * d;
    s[0][l] += d, s[1][l] += d2, s[2][l] += d2 * d, s[3][l] += d2 * d2;
  }
  return (Powers){lanes_sum(s[0]), lanes_sum(s[1]), lanes_sum(s[2]), lanes_sum(s[3])};
}

static bool has_nan(const double *x, int64_t n) {
  for (int64_t i = 0; i < n; i++)
    if (isnan(x[i])) return true;
  return false;
}

// Moves the centre from c to the mean c + s1 / n.
static Moments about_mean(Powers s, double c, int64_t n) {
  double e = s.s1 / (double)n, e2 = e * e;
  return (Moments){
      .n = n,
      .mean = c + e,
      .m2 = s.s2 - e * s.s1,
      .m3 = s.s3 - 3 * e * s.s2 + 2 * e2 * s.s1,
      .m4 = s.s4 - 4 * e * s.s3 + 6 * e2 * s.s2 - 3 * e2 * e * s.s1,
  };
}

static void block_moments(const void *ctx, int64_t begin, int64_t end, void *part) {
  const double *x = (const double *)ctx + begin;
  int64_t n = end - begin;
  Range r = block_range(x, n);
  Moments m = {.n = n, .mean = r.sum / (double)n, .m2 = NAN, .m3 = NAN, .m4 = NAN};
  if (isnan(r.sum) && has_nan(x, n)) r.min = r.max = NAN;
  else if (r.min == r.max && isfinite(r.min)) m = (Moments){.n = n, .mean = r.min};
  else if (isfinite(r.sum)) m = about_mean(block_powers(x, n, m.mean), m.mean, n);
  m.min = r.min, m.max = r.max;
  *(Moments *)part = m;
}

static void merge_moments(void *into, const void *part) {
  Moments *a = into;
  const Moments *b = part;
  double na = (double)a->n, nb = (double)b->n, n = na + nb;
  double d = b->mean - a->mean, d2 = d * d, q = na * nb / n;
  a->m4 += b->m4 + d2 * d2 * q * (na * na - na * nb + nb * nb) / (n * n) +
           6 * d2 * (na * na * b->m2 + nb * nb * a->m2) / (n * n) + 4 * d * (na * b->m3 - nb * a->m3) / n;
  a->m3 += b->m3 + d2 * d * q * (na - nb) / n + 3 * d * (na * b->m2 - nb * a->m2) / n;
  a->m2 += b->m2 + d2 * q;
  a->mean = isfinite(d) ? a->mean + d * (nb / n) : a->mean + b->mean;
  a->n += b->n;
  bool nan = isnan(a->min) || isnan(b->min);
  a->min = nan ? NAN : lesser(a->min, b->min);
  a->max = nan ? NAN : greater(a->max, b->max);
}

Moments moments_f64(Job *job, const double *x, int64_t n) {
  Moments m;
  reduce_blocks(job, n, sizeof m, block_moments, merge_moments, x, &m);
  if (n == 0) m.min = INFINITY, m.max = -INFINITY;
  return m;
}

double moments_var(const Moments *m) { return m->n < 2 ? NAN : m->m2 / (double)(m->n - 1); }

double moments_skew(const Moments *m) {
  double n = (double)m->n;
  if (m->n < 3 || !(m->m2 > 0)) return NAN;
  return n * sqrt(n - 1) / (n - 2) * (m->m3 / m->m2 / sqrt(m->m2));
}

double moments_kurtosis(const Moments *m) {
  double n = (double)m->n, outer = (n - 2) * (n - 3);
  if (m->n < 4 || !(m->m2 > 0)) return NAN;
  return (n * (n + 1) * (n - 1) * (m->m4 / m->m2 / m->m2) - 3 * (n - 1) * (n - 1)) / outer;
}
