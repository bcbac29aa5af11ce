// Distributions of the largest distance between distribution functions.
//
// One sample of n: P(D < d) is an entry of the n-th power of a matrix of 2 ceil(n d) - 1 rows (Marsaglia, Tsang, Wang,
// Journal of Statistical Software 8, 2003), scaled by powers of ten as it grows. Where n d^2 >= 4 the two sides cannot
// both be reached to 11 digits, so that twice the one-sided probability (Birnbaum and Tingey 1951) is taken, which
// keeps small values precise.
// Two samples: all ways to interleave them are equally likely. Of the paths from (0, 0) to (i, j) the share i / (i + j)
// comes from (i - 1, j), so P(a path has touched the distance d) obeys a recursion of positive terms; within a run of
// ties nothing is compared (Schroer and Trenkler 1995).
// Limit: Kolmogorov's series, or its other form below t = 1.
#include "stats/exact_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- one sample -----------------------------------------------------------------------------------------------------
typedef struct Scaled { // entries times 1e140^scale
  double *x;
  int scale;
} Scaled;

static void multiply(const double *a, const double *b, double *out, int64_t m) {
  for (int64_t i = 0; i < m; i++)
    for (int64_t j = 0; j < m; j++) {
      double s = 0;
      for (int64_t k = 0; k < m; k++) s += a[i * m + k] * b[k * m + j];
      out[i * m + j] = s;
    }
}

static void tame(Scaled *s, int64_t m) {
  int64_t mid = m / 2 * m + m / 2;
  if (s->x[mid] <= 1e140) return;
  for (int64_t k = 0; k < m * m; k++) s->x[k] *= 1e-140;
  s->scale++;
}

// power = h^n by squaring; h and work are used up.
static void raise(Scaled *h, int64_t n, Scaled *power, double *work, int64_t m) {
  for (int64_t k = 0; k < m * m; k++) power->x[k] = k % (m + 1) == 0;
  for (; n; n >>= 1) {
    if (n & 1) {
      multiply(power->x, h->x, work, m);
      memcpy(power->x, work, (size_t)(m * m) * sizeof *work);
      power->scale += h->scale;
      tame(power, m);
    }
    multiply(h->x, h->x, work, m);
    memcpy(h->x, work, (size_t)(m * m) * sizeof *work);
    h->scale *= 2;
    tame(h, m);
  }
}

static void fill_matrix(double *x, int64_t m, double h) {
  for (int64_t i = 0; i < m; i++)
    for (int64_t j = 0; j < m; j++) x[i * m + j] = i - j + 1 >= 0;
  double power = h; // h^(i + 1)
  for (int64_t i = 0; i < m; i++, power *= h) {
    x[i * m] -= power;
    x[(m - 1) * m + m - 1 - i] -= power;
  }
  double twice = 2 * h - 1, corner = 1;
  for (int64_t i = 0; i < m; i++) corner *= twice;
  if (twice > 0) x[(m - 1) * m] += corner;
  for (int64_t i = 0; i < m; i++)
    for (int64_t j = 0; j <= i && j < m; j++) {
      double fact = 1;
      for (int64_t g = 2; g <= i - j + 1; g++) fact *= (double)g;
      x[i * m + j] /= fact;
    }
}

static double kolmogorov_below(double d, int64_t n) {
  int64_t k = (int64_t)((double)n * d) + 1, m = 2 * k - 1;
  Arena arena = {0};
  Scaled h = {arena_array(&arena, double, m *m), 0}, power = {arena_array(&arena, double, m *m), 0};
  fill_matrix(h.x, m, (double)k - (double)n * d);
  raise(&h, n, &power, arena_array(&arena, double, m *m), m);
  double s = power.x[(k - 1) * m + k - 1];
  int scale = power.scale;
  for (int64_t i = 1; i <= n; i++) {
    s *= (double)i / (double)n;
    if (s < 1e-140) s *= 1e140, scale--;
  }
  arena_fini(&arena);
  for (; scale > 0; scale--) s *= 1e140;
  for (; scale < 0; scale++) s *= 1e-140;
  return s;
}

static double one_sided(double d, int64_t n) { // P(D+ >= d)
  double size = (double)n, sum = 0;
  int64_t last = (int64_t)floor(size * (1 - d));
  double log_ways = 0;
  for (int64_t j = 0; j <= last; j++) {
    double x = (double)j, up = 1 - d - x / size, down = d + x / size;
    if (up > 0) sum += fmath_exp(log_ways + (size - x) * fmath_log(up) + (x - 1) * fmath_log(down));
    else if (j == n) sum += fmath_exp((x - 1) * fmath_log(down));
    log_ways += fmath_log((size - x) / (x + 1));
  }
  return d * sum;
}

double exact_kolmogorov(double d, int64_t n) {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  if ((double)n * d * d >= 4) return fmin(1, 2 * one_sided(d, n));
  return fmin(1, fmax(0, 1 - kolmogorov_below(d, n)));
}

double kolmogorov_limit(double t) {
  if (t <= 0) return 1;
  double sum = 0;
  if (t < 1) {
    double z = -0x1.3bd3cc9be45dep+0 / (t * t); // -pi^2 / 8 / t^2
    for (int k = 1; k < 40; k += 2) sum += fmath_exp(k * k * z);
    return 1 - 0x1.40d931ff62706p+1 / t * sum;
  }
  for (int k = 1; k < 20; k++) sum += (k % 2 ? 2 : -2) * fmath_exp(-2 * k * k * t * t);
  return sum;
}

// ---- two samples ----------------------------------------------------------------------------------------------------
double exact_smirnov(double d, int64_t m, int64_t n, const bool *end) {
  int64_t least = (int64_t)floor(d * (double)m * (double)n - 1e-7) + 1; // of |i n - j m|
  double *p = calloc((size_t)n + 1, sizeof *p);
  if (!p) abort();
  for (int64_t i = 0; i <= m; i++)
    for (int64_t j = 0; j <= n; j++) {
      if (i + j == 0) continue;
      double up = i ? (double)i / (double)(i + j) * p[j] : 0, right = j ? (double)j / (double)(i + j) * p[j - 1] : 0;
      p[j] = end[i + j - 1] && llabs(i * n - j * m) >= least ? 1 : up + right;
    }
  double answer = p[n];
  free(p);
  return answer;
}
