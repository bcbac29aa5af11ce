// The studentised range: the range of k standard normal values over an independent estimate s of their sd.
//
// P(range < w) = k times the integral over z of phi(z) (Phi(z) - Phi(z - w))^(k - 1). Above, with r = Phi(z - w) /
// Phi(z), the integrand is phi Phi^(k - 1) (1 - (1 - r)^(k - 1)), so that either tail is a sum of positive terms. This
// integral and the one over v = log s are both smooth and fall off fast: the trapezoidal rule converges geometrically.
// R's ptukey (AS 190 with Legendre panels) is good to about 1e-10; this is checked to 1e-12 against sums of 40 digits.
// References: Copenhaver and Holland 1988; Trefethen and Weideman 2014. Sums run in one fixed order.
#include "num/num_int.h"

#include <math.h>

enum { MOST_POINTS = 4096 };

typedef struct Range {
  double k, h, z0;
  int n;
  double weight[MOST_POINTS]; // h k phi(z)
  double phi[MOST_POINTS];    // Phi(z)
  double df, log_scale, q;
  DistTail tail;
} Range;

static void open_points(Range *r, double k) {
  r->k = k, r->z0 = -9;
  double h = 0.7 / sqrt(k), span = 9 + 11 + sqrt(2 * fmath_log(k));
  r->n = (int)(span / h) + 1;
  if (r->n > MOST_POINTS) r->n = MOST_POINTS, h = span / MOST_POINTS;
  r->h = h;
  for (int i = 0; i < r->n; i++) {
    double z = r->z0 + i * h;
    r->weight[i] = h * k * dist_norm_density(z);
    r->phi[i] = dist_norm(z, DIST_LOWER);
  }
}

// Phi(z) - Phi(z - w) from the side where both are small.
static double between(double z, double w, double phi) {
  if (z - w > 0) return dist_norm(z - w, DIST_UPPER) - dist_norm(z, DIST_UPPER);
  return phi - dist_norm(z - w, DIST_LOWER);
}

static double range_tail(const Range *r, double w) {
  double sum = 0;
  for (int i = 0; i < r->n; i++) {
    double z = r->z0 + i * r->h;
    if (r->weight[i] == 0) continue;
    if (r->tail == DIST_LOWER) {
      sum += r->weight[i] * fmath_pow(between(z, w, r->phi[i]), r->k - 1);
    } else {
      double lost = dist_norm(z - w, DIST_LOWER) / r->phi[i];
      double part = lost < 1 ? -fmath_expm1((r->k - 1) * fmath_log1p(-lost)) : 1;
      sum += r->weight[i] * fmath_pow(r->phi[i], r->k - 1) * part;
    }
  }
  return sum;
}

static double over_sd(const Range *r, double v) {
  double density = fmath_exp(r->log_scale - r->df / 2 * (fmath_expm1(2 * v) - 2 * v));
  return density > 0 ? density * range_tail(r, r->q * fmath_exp(v)) : 0;
}

static double walk(const Range *r, double v, double h) {
  double sum = 0, most = 0;
  for (int i = 0; i < 20000; i++, v += h) {
    double f = over_sd(r, v);
    sum += f;
    most = f > most ? f : most;
    if (f < most * 1e-16 && f <= sum * 1e-16) break;
  }
  return sum;
}

double dist_range(double q, double means, double df, DistTail tail) {
  if (isnan(q) || !(means >= 2 && means <= 10000) || !(df >= 1)) return NAN;
  if (q <= 0) return tail == DIST_UPPER;
  if (isinf(q)) return tail == DIST_LOWER;
  Range r;
  open_points(&r, means);
  r.tail = tail, r.df = df, r.q = q;
  if (isinf(df)) return fmin(range_tail(&r, q), 1);
  double a = df / 2, width = 1 / sqrt(2 * df), h = width * 0.35, peak = 0, best = -1;
  r.log_scale = fmath_log(2 * sqrt(a) * 0x1.9884533d43651p-2) - dist_stirling(a);
  for (int k = -40; k <= 12; k++) {
    double f = over_sd(&r, k * width / 4);
    if (f > best) best = f, peak = k * width / 4;
  }
  if (h > 0.12) h = 0.12;
  return fmin(h * (walk(&r, peak, h) + walk(&r, peak - h, -h)), 1);
}

typedef struct Wanted {
  double means, df, log_p;
  DistTail tail;
} Wanted;

static double gap(const void *ctx, double u, double *slope) {
  const Wanted *w = ctx;
  *slope = 0;
  double g = fmath_log(dist_range(fmath_exp(u), w->means, w->df, w->tail)) - w->log_p;
  return w->tail == DIST_LOWER ? g : -g;
}

double dist_range_quantile(double p, double means, double df, DistTail tail) {
  if (!(p >= 0 && p <= 1) || !(means >= 2 && means <= 10000) || !(df >= 1)) return NAN;
  if (p == 0 || p == 1) return (p == 0) == (tail == DIST_LOWER) ? 0 : INFINITY;
  if (p > 0.5) p = 1 - p, tail = tail == DIST_LOWER ? DIST_UPPER : DIST_LOWER;
  Wanted w = {means, df, fmath_log(p), tail};
  return fmath_exp(dist_root(gap, &w, 1.2, -20, 30));
}
