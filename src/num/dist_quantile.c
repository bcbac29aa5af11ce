// Quantiles of the gamma and beta distributions and what follows from them, by a bracketed Newton method on the
// logarithm of whichever tail is smaller: in u = log x for gamma, u = log(x / (1 - x)) for beta. There log P is concave
// and nearly straight, a tail of 1e-300 is as near as any, and its slope is the front factor over P.
#include "num/num_int.h"

#include <float.h>
#include <math.h>

double dist_root(RootFn gap, const void *ctx, double u, double lo, double hi) {
  double before = NAN, gap_before = NAN;
  for (int i = 0; i < 300; i++) {
    double slope = 0, g = gap(ctx, u, &slope);
    if (isnan(g)) return NAN;
    if (g == 0) return u;
    if (g < 0) lo = u;
    else hi = u;
    if (!(slope > 0) && isfinite(gap_before) && isfinite(g)) slope = (g - gap_before) / (u - before);
    double next = u - g / slope;
    bool inside = slope > 0 && next >= lo && next <= hi;
    if (!inside) next = (lo + hi) / 2;
    before = u, gap_before = g;
    double step = fabs(next - u);
    u = next;
    if ((inside && step < 1e-9) || step <= 1e-15 * fabs(u)) return u; // the error squares: this step was the last
  }
  return u;
}

typedef struct Aim {
  double p, log_p, a, b;
  DistTail tail;
} Aim;

// Turns to the tail below one half; false at the ends, which are `lower` or `upper`.
static bool aim(Aim *m, double p, DistTail tail) {
  m->p = p, m->tail = tail;
  if (p > 0.5) m->p = 1 - p, m->tail = tail == DIST_LOWER ? DIST_UPPER : DIST_LOWER;
  m->log_p = fmath_log(m->p);
  return p > 0 && p < 1;
}

static double gap_of(const Aim *m, double p, double front, double *slope) {
  *slope = front / p;
  double gap = fabs(p / m->p - 1) < 0.1 ? fmath_log1p((p - m->p) / m->p) : fmath_log(p) - m->log_p;
  return m->tail == DIST_LOWER ? gap : -gap;
}

// ---- gamma ---------------------------------------------------------------------------------------------------------
static double gamma_gap(const void *ctx, double u, double *slope) {
  const Aim *m = ctx;
  double x = fmath_exp(u);
  return gap_of(m, dist_gamma(x, m->a, m->tail), m->a * dist_gamma_front(x, m->a), slope);
}

double dist_gamma_quantile(double p, double shape, DistTail tail) {
  if (!(p >= 0 && p <= 1) || !(shape > 0 && shape <= DBL_MAX)) return NAN;
  Aim m = {.a = shape};
  if (!aim(&m, p, tail)) return (p == 0) == (tail == DIST_LOWER) ? 0 : INFINITY;
  double z = dist_norm_quantile(m.p), c = 1 / (9 * shape);
  double cube = 1 - c + (m.tail == DIST_LOWER ? z : -z) * sqrt(c); // Wilson and Hilferty
  double u = cube > 0.2 ? fmath_log(shape) + 3 * fmath_log(cube) : fmath_log(shape);
  double power =
      ((m.tail == DIST_LOWER ? m.log_p : fmath_log1p(-m.p)) + dist_lgamma(shape + 1)) / shape; // x^a / Gamma(a + 1)
  if (power < -745) return 0;
  if (power < u && shape < 10) u = power;
  return fmath_exp(dist_root(gamma_gap, &m, u, -746, 709.7));
}

double dist_chisq_quantile(double p, double df, DistTail tail) { return 2 * dist_gamma_quantile(p, df / 2, tail); }

// ---- beta ----------------------------------------------------------------------------------------------------------
static double beta_gap(const void *ctx, double u, double *slope) {
  const Aim *m = ctx;
  double x = fmath_sigmoid(u), y = fmath_sigmoid(-u);
  Pair ay = pair_product(m->a, y), bx = pair_product(m->b, x);
  double w = (ay.hi - bx.hi) + (ay.lo - bx.lo);
  return gap_of(m, dist_beta_at(x, y, w, m->a, m->b, m->tail), dist_beta_front(x, y, w, m->a, m->b), slope);
}

// log(x / (1 - x)) of the quantile, p neither 0 nor 1.
static double beta_logit(const Aim *m) {
  double z = dist_norm_quantile(m->p), spread = sqrt(1 / m->a + 1 / m->b);
  double u = fmath_log(m->a / m->b) + (m->tail == DIST_LOWER ? z : -z) * (spread < 5 ? spread : 5);
  return dist_root(beta_gap, m, u, -745, 745);
}

static bool is_positive(double a) { return a > 0 && a <= DBL_MAX; }

double dist_beta_quantile(double p, double a, double b, DistTail tail) {
  if (!(p >= 0 && p <= 1) || !is_positive(a) || !is_positive(b)) return NAN;
  Aim m = {.a = a, .b = b};
  if (!aim(&m, p, tail)) return (p == 0) == (tail == DIST_LOWER) ? 0 : 1;
  return fmath_sigmoid(beta_logit(&m));
}

double dist_f_quantile(double p, double df1, double df2, DistTail tail) {
  if (!(p >= 0 && p <= 1) || !is_positive(df1) || !(df2 > 0)) return NAN;
  if (isinf(df2)) return dist_chisq_quantile(p, df1, tail) / df1;
  Aim m = {.a = df1 / 2, .b = df2 / 2};
  if (!aim(&m, p, tail)) return (p == 0) == (tail == DIST_LOWER) ? 0 : INFINITY;
  return df2 / df1 * fmath_exp(beta_logit(&m));
}
