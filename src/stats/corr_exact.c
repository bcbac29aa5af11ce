// The careful moments of one pair: both sides are scaled by a power of two (so that no square overflows) and centred
// about their means; what rounding left of the sums of the centred values is taken out of the products (Chan, Golub,
// LeVeque 1983), so a large offset costs no digits. All sums are num's, so the bits do not depend on threads.
#include "stats/corr_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>

enum { GRAIN = 1 << 15, CHUNKS = 256 };

static bool is_constant(const double *x, int64_t n) {
  for (int64_t i = 1; i < n; i++)
    if (!(x[i] == x[0])) return false;
  return true;
}

typedef struct Centring {
  double *x, by, most[CHUNKS];
  int64_t grain;
} Centring;

CLONES static double greatest(const double *x, int64_t n) {
  double most[LANES] = {0};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) most[l] = fabs(x[i + l]) > most[l] ? fabs(x[i + l]) : most[l];
  for (; i < n; i++) most[0] = fabs(x[i]) > most[0] ? fabs(x[i]) : most[0];
  for (int l = 1; l < LANES; l++) most[0] = most[l] > most[0] ? most[l] : most[0];
  return most[0];
}

static void run_greatest(void *ctx, int64_t begin, int64_t end) {
  Centring *c = ctx;
  c->most[begin / c->grain] = greatest(c->x + begin, end - begin);
}

static void run_scale(void *ctx, int64_t begin, int64_t end) {
  const Centring *c = ctx;
  for (int64_t i = begin; i < end; i++) c->x[i] *= c->by;
}

static void run_shift(void *ctx, int64_t begin, int64_t end) {
  const Centring *c = ctx;
  for (int64_t i = begin; i < end; i++) c->x[i] -= c->by;
}

static int exponent_of(Job *job, Centring *c, int64_t n) {
  double most = 0;
  int exponent;
  par_for(job, n, c->grain, run_greatest, c);
  for (int64_t k = 0; k * c->grain < n; k++) most = c->most[k] > most ? c->most[k] : most;
  if (most == 0 || !isfinite(most)) return 0;
  frexp(most, &exponent);
  return exponent < -1000 ? -1000 : exponent;
}

// Scales and centres x; returns what is left of its sum.
static double centre(Job *job, double *x, int64_t n, int *exponent) {
  Centring c = {.x = x, .grain = n / CHUNKS < GRAIN ? GRAIN : n / CHUNKS + 1};
  *exponent = exponent_of(job, &c, n);
  c.by = ldexp(1, -*exponent);
  par_for(job, n, c.grain, run_scale, &c);
  c.by = sum_f64(job, x, n) / (double)n;
  par_for(job, n, c.grain, run_shift, &c);
  return sum_f64(job, x, n);
}

Moments2 corr_moments(Job *job, double *x, double *y, int64_t n) {
  Moments2 m = {.x_constant = is_constant(x, n), .y_constant = is_constant(y, n)};
  double left_x = centre(job, x, n, &m.ex), left_y = left_x;
  m.ey = m.ex;
  if (y != x) left_y = centre(job, y, n, &m.ey);
  m.xx = sum_dot(job, x, x, n) - left_x * left_x / (double)n;
  m.yy = sum_dot(job, y, y, n) - left_y * left_y / (double)n;
  m.xy = sum_dot(job, x, y, n) - left_x * left_y / (double)n;
  return m;
}

double corr_ratio(double xx, double yy, double xy) {
  bool small = xx > 1e-140 && xx < 1e140 && yy > 1e-140 && yy < 1e140; // one root rounds less than two
  double r = xy / (small ? sqrt(xx * yy) : sqrt(xx) * sqrt(yy));
  return r > 1 ? 1 : r < -1 ? -1 : r;
}

double corr_of(const Moments2 *m) { return corr_ratio(m->xx, m->yy, m->xy); }

bool stats_pearson(Job *job, double *x, double *y, int64_t n, double *r) {
  Moments2 m = corr_moments(job, x, y, n);
  if (n < 2 || m.x_constant || m.y_constant) return false;
  *r = corr_of(&m);
  return true;
}
