// Noncentral t and F.
//
// t: P(T > t) is the mean of P(Z > t s - ncp) over s = sqrt(chi2(df) / df). In v = log s the integrand is smooth,
// positive and falls off fast at both ends, where the trapezoidal rule converges geometrically; either tail keeps its
// relative precision, also where the classical series (AS 243) cancels.
// F: a Poisson mixture of beta tails. A beta tail follows from its neighbour by one addition: downwards for the lower
// tail, upwards for the upper one, so nothing is subtracted.
// Sums run in one fixed order. Cost: for F about 20 standard deviations of the Poisson weights, sqrt(ncp / 2).
// References: Lenth, AS 243, 1989 (definitions); Trefethen and Weideman, SIAM Review 56 (2014), for the rule.
#include "num/num_int.h"

#include <float.h>
#include <math.h>

// ---- t -------------------------------------------------------------------------------------------------------------
typedef struct Mixture {
  double t, df, ncp, log_scale;
  DistTail tail;
} Mixture;

// Density of v = log s: c s^df exp(-df s^2 / 2), its logarithm written about v = 0.
static double log_chi(const Mixture *m, double v) { return m->log_scale - m->df / 2 * (fmath_expm1(2 * v) - 2 * v); }

static double integrand(const Mixture *m, double v) {
  double density = fmath_exp(log_chi(m, v));
  return density > 0 ? density * dist_norm(m->t * fmath_exp(v) - m->ncp, m->tail) : 0;
}

// Where the integrand is largest, on a grid.
static double find_peak(const Mixture *m, double width) {
  double best = -1, at = 0;
  for (int k = -160; k <= 60; k++) {
    double v = (k < 0 ? k * 4 : k) * width / 16, f = integrand(m, v);
    if (f > best) best = f, at = v;
  }
  return at;
}

static double walk(const Mixture *m, double v, double h) {
  double sum = 0, most = 0;
  for (int k = 0; k < 200000; k++, v += h) {
    double f = integrand(m, v);
    sum += f;
    most = f > most ? f : most;
    if (f < most * 1e-18 && (f < 1e-300 || f < sum * 1e-18)) break;
  }
  return sum;
}

double dist_t_noncentral(double t, double df, double ncp, DistTail tail) {
  if (isnan(t) || !(df > 0) || !isfinite(ncp)) return NAN;
  if (ncp == 0) return dist_t(t, df, tail);
  if (isinf(t)) return (t > 0) == (tail == DIST_LOWER);
  if (isinf(df) || t == 0) return dist_norm(t - ncp, tail);
  double a = df / 2, width = 1 / sqrt(2 * df);
  // df^a / (2^(a - 1) Gamma(a)) exp(-a) = 2 sqrt(a / (2 pi)) exp(-stirling)
  Mixture m = {t, df, ncp, fmath_log(2 * sqrt(a) * 0x1.9884533d43651p-2) - dist_stirling(a), tail};
  double peak = find_peak(&m, width), steep = 1 / (fabs(t) * fmath_exp(peak) + fabs(ncp) * 0.1 + 1);
  double h = (width < steep ? width : steep) / 4;
  if (h > 0.1) h = 0.1;
  return h * (walk(&m, peak, h) + walk(&m, peak - h, -h));
}

// ---- F -------------------------------------------------------------------------------------------------------------
typedef struct Betas {
  double x, y, b, gamma_x; // b infinite: gamma tails at gamma_x
} Betas;

static double tail_at(const Betas *q, double a, DistTail tail) {
  if (isinf(q->b)) return dist_gamma(q->gamma_x, a, tail);
  return dist_beta_at(q->x, q->y, a * q->y - q->b * q->x, a, q->b, tail);
}

// What the tail at a has more of below, or less of above, than that at a + 1.
static double step_at(const Betas *q, double a) {
  if (isinf(q->b)) return dist_gamma_front(q->gamma_x, a);
  return dist_beta_front(q->x, q->y, a * q->y - q->b * q->x, a, q->b) / a;
}

static double step_ratio(const Betas *q, double a) { // step_at(a + 1) / step_at(a)
  if (isinf(q->b)) return q->gamma_x / (a + 1);
  return q->x * ((a + q->b) / (a + 1));
}

// Tails grow in the direction of the sum, so what it skips at its start, 10 standard deviations before the mean, is
// below the last digit of the first term; it ends where all that is left is. Weights follow from their neighbours,
// exact anew every ANCHOR terms. *grows: how fast the upper tail grows, and the lower one falls, with the mean, where a
// larger mean moves weights from each tail to its neighbour.
static double mix(const Betas *q, double a, double mean, DistTail tail, double *grows) {
  enum { ANCHOR = 32 };
  bool up = tail == DIST_UPPER;
  double sd = sqrt(mean), far = ceil(40 * sd) + 60, near = ceil(10 * sd) + 60, turn = up ? 1 : -1;
  double j = floor(mean) - turn * near, end = floor(mean) + turn * far;
  if (j < 0) j = 0;
  if (end < 0) end = 0;
  double sum = 0, moved = 0, p = tail_at(q, a + j, tail), step = 0, weight = 0;
  for (int k = 0; up ? j <= end : j >= end; j += turn, k++) {
    if (k % ANCHOR == 0 || weight < 1e-290) weight = dist_pois_density(j, mean);
    sum += weight * p;
    if (!up) moved += weight * step;
    double next = up ? mean / (j + 1) : j / mean, at = up ? a + j : a + j - 1; // p moves by step_at(at)
    if ((next < 1 && weight < 1e-18 * (1 - next) * sum) || !(at > 0)) break;
    if (step < 1e-290) step = step_at(q, at);
    else step = up ? step * step_ratio(q, at - 1) : step / step_ratio(q, at);
    if (up) moved += weight * step;
    weight *= next;
    p += step;
  }
  *grows = moved;
  return sum < 1 ? sum : 1;
}

// *slope: of the upper tail, with ncp.
static double f_tail(double f, double df1, double df2, double ncp, DistTail tail, double *slope) {
  double r = df1 / df2 * f;
  Betas q = {r / (1 + r), 1 / (1 + r), df2 / 2, df1 * f / 2};
  double p = mix(&q, df1 / 2, ncp / 2, tail, slope);
  *slope /= 2;
  return p;
}

double dist_f_noncentral(double f, double df1, double df2, double ncp, DistTail tail) {
  if (isnan(f) || !(df1 > 0 && df1 <= DBL_MAX) || !(df2 > 0) || !(ncp >= 0 && ncp <= DBL_MAX)) return NAN;
  if (ncp == 0) return dist_f(f, df1, df2, tail);
  if (f <= 0) return tail == DIST_UPPER;
  if (isinf(f)) return tail == DIST_LOWER;
  double slope;
  return f_tail(f, df1, df2, ncp, tail, &slope);
}

// ---- the noncentrality that leaves so much in a tail ----------------------------------------------------------------
typedef struct Wanted {
  double x, df1, df2, log_p;
  DistTail tail;
} Wanted;

static double rising(const Wanted *w, double p) { // the upper tail grows with ncp, the lower one falls
  double gap = fmath_log(p) - w->log_p;
  return w->tail == DIST_UPPER ? gap : -gap;
}

static double t_gap(const void *ctx, double ncp, double *slope) {
  const Wanted *w = ctx;
  *slope = 0;
  return rising(w, dist_t_noncentral(w->x, w->df1, ncp, w->tail));
}

static double f_gap(const void *ctx, double ncp, double *slope) {
  const Wanted *w = ctx;
  *slope = 0;
  if (ncp == 0 || w->x == 0) return rising(w, dist_f_noncentral(w->x, w->df1, w->df2, ncp, w->tail));
  double p = f_tail(w->x, w->df1, w->df2, ncp, w->tail, slope);
  *slope /= p;
  return rising(w, p);
}

double dist_t_ncp(double t, double df, double p, DistTail tail) {
  if (!isfinite(t) || !(df > 0) || !(p > 0 && p < 1)) return NAN;
  Wanted w = {t, df, 0, fmath_log(p), tail};
  double reach = 4 * sqrt(1 + t * t / (2 * df)), slope;
  while (t_gap(&w, t - reach, &slope) > 0 && reach < 1e6) reach *= 2;
  while (t_gap(&w, t + reach, &slope) < 0 && reach < 1e6) reach *= 2;
  return dist_root(t_gap, &w, t, t - reach, t + reach);
}

double dist_f_ncp(double f, double df1, double df2, double p, DistTail tail) {
  if (!(f >= 0 && f <= DBL_MAX) || !(p > 0 && p < 1)) return NAN;
  Wanted w = {f, df1, df2, fmath_log(p), tail};
  double slope, x = f * df1, reach = 4 + 4 * sqrt(2 * (df1 + 2 * x) + 2 * x * x / df2); // sd of f df1 at ncp = x
  if (!(f_gap(&w, 0, &slope) < 0)) return 0;
  while (f_gap(&w, x + reach, &slope) < 0 && reach < 1e9) reach *= 2;
  return dist_root(f_gap, &w, x, 0, x + reach);
}
