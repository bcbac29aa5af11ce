// Error bars of estimates from a sample without replacement. Variances shrink by 1 - n/N, the share of the table that
// was not seen (Cochran, Sampling Techniques, 3rd ed., 2.6): where all rows were, bars have no width. Shares by
// Wilson's score with as many rows as have that variance; distinct values by the bounds of Charikar, Chaudhuri, Motwani
// and Narasayya (Towards estimation error guarantees for distinct values, PODS 2000): at least those seen, at most N/n
// for each value that was seen once, and their geometric mean as the estimate; quartiles by binomial places in the
// order; skewness by its influence function; areas by Hanley and McNeil (Radiology 143, 1982), of several classes as if
// all were as rare as one of k.
#include "stats/report_int.h"

#include <math.h>

#define Z95 1.959963984540054

static double unseen(const Run *r) { return r->part ? 1 - (double)r->n / (double)r->all : 0; }

Bar bar_wilson(double k, double n) {
  if (!(n > 0)) return (Bar){NAN, NAN};
  if (isinf(n)) return (Bar){k, k};
  double p = k / n, zz = Z95 * Z95, centre = (p + zz / (2 * n)) / (1 + zz / n);
  double half = Z95 * sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n);
  return (Bar){k <= 0 ? 0 : fmax(0, centre - half), k >= n ? 1 : fmin(1, centre + half)};
}

Bar bar_share(const Run *r, int64_t k, int64_t n) {
  if (n == 0) return (Bar){NAN, NAN};
  double p = (double)k / (double)n, rest = unseen(r);
  if (!(rest > 0)) return (Bar){p, p};
  double rows = (double)n / rest;
  return bar_wilson(p * rows, rows);
}

Bar bar_mean(const Run *r, double mean, double sd, int64_t n) {
  if (n < 2 || !isfinite(sd)) return (Bar){NAN, NAN};
  double half = dist_t_quantile(0.975, (double)n - 1) * sd * sqrt(unseen(r) / (double)n);
  return (Bar){mean - half, mean + half};
}

Bar bar_distinct(const Run *r, const Facts *t, double *estimate) {
  double seen = (double)t->distinct, once = (double)t->once, scale = r->n ? (double)r->all / (double)r->n : 1;
  *estimate = floor(seen - once + sqrt(scale) * once + 0.5);
  return (Bar){seen, floor(seen - once + scale * once + 0.5)};
}

Bar bar_auc(const Run *r, double a, double yes, double no) {
  if (!(yes > 0 && no > 0)) return (Bar){NAN, NAN};
  double both = a / (2 - a), twice = 2 * a * a / (1 + a);
  double var = (a * (1 - a) + (yes - 1) * (both - a * a) + (no - 1) * (twice - a * a)) / (yes * no);
  double half = Z95 * sqrt(fmax(0, var) * unseen(r));
  return (Bar){fmax(.5, a - half), fmin(1, a + half)};
}

Bar bar_ranks(const Run *r, double rho, int64_t n) {
  if (n < 4 || fabs(rho) >= 1) return (Bar){rho, rho};
  double se = sqrt((1 + rho * rho / 2) / ((double)n - 3) * unseen(r)), z = .5 * fmath_log((1 + rho) / (1 - rho));
  return (Bar){fmath_tanh(z - Z95 * se), fmath_tanh(z + Z95 * se)};
}

Bar bar_power(const Run *r, const PowerOut *power) {
  const Goal *g = &r->goal;
  double n = (double)power->n;
  if (isnan(power->value)) return (Bar){NAN, NAN};
  if (g->kind == GOAL_NUMBER) {
    Bar b = bar_ranks(r, power->value, power->n);
    return (Bar){fmax(0, b.low), b.high};
  }
  double yes = g->k == 2 ? n * (double)g->count[g->told] / (double)g->n : n / (double)g->k;
  return bar_auc(r, power->value, yes, n - yes);
}

// The influence of z on G: z^3 - 3 z - G - 3/2 G (z^2 - 1).
Bar bar_skew(const Run *r, const double *x, int64_t n, const Facts *t, double *room) {
  if (!(t->sd > 0) || !isfinite(t->skew)) return (Bar){NAN, NAN};
  for (int64_t i = 0; i < n; i++) {
    double z = (x[i] - t->mean) / t->sd, v = z * z * z - 3 * z - t->skew - 1.5 * t->skew * (z * z - 1);
    room[i] = v * v;
  }
  double half = Z95 * sqrt(sum_f64(r->job, room, n) * unseen(r)) / (double)n;
  return (Bar){t->skew - half, t->skew + half};
}

void bar_quartiles(const Run *r, const double *x, int64_t n, Bar out[3]) {
  for (int k = 0; k < 3; k++) {
    double p = (k + 1) / 4.0, at = p * (double)(n - 1), half = Z95 * sqrt(p * (1 - p) * (double)n * unseen(r));
    double low = fmax(0, floor(at - half)), high = fmin((double)(n - 1), ceil(at + half));
    out[k] = n ? (Bar){x[(int64_t)low], x[(int64_t)high]} : (Bar){NAN, NAN};
  }
}
