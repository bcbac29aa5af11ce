// Density estimates with a Gaussian kernel: the mean of normal densities about the values. Up to CELLS values are
// summed as they are; of more, each is first shared between the two nearest of CELLS even places in proportion to how
// near they are (linear binning), which errs by about (place / bandwidth)^2 / 24 of the curvature. What is further than
// 9 bandwidths away adds less than the last digit and is passed over. O(n + points CELLS).
//
// Bandwidths. nrd0: 0.9 min(sd, IQR / 1.34) n^(-1/5), Silverman's rule of thumb; Scott: 1.06 in place of 0.9 (with the
// same guard, as R's bw.nrd); Silverman: (4/3)^(1/5) sd n^(-1/5), the rule for normal data. sj: Sheather and Jones'
// solution of h = (R(K) / (n S(alpha(h))))^(1/5), where S estimates the roughness of the density's second derivative
// from the distances of all pairs, binned to 1000 gaps; found by bisection to the last digits (R stops earlier: give
// its bw.SJ a small tol to compare).
// References: Silverman, Density Estimation (1986), 3.4; Scott, Multivariate Density Estimation (1992); Sheather and
// Jones, JRSS B 53 (1991) 683-690.
#include "chart/chart_int.h"

#include <math.h>

enum { CELLS = 2048, GAPS = 1000, BISECTIONS = 200 };
static const double FAR = 9;
static const double PI = 3.14159265358979323846;

static double power(double x, double p) { return fmath_exp(p * fmath_log(x)); }

// ---- bandwidths -----------------------------------------------------------------------------------------------------
static double sd_of(Job *job, const double *x, int64_t n) {
  Moments m = moments_f64(job, x, n);
  return n > 1 ? sqrt(moments_var(&m)) : 0;
}

// The smaller of sd and the spread that quartiles tell, where that is above 0.
static double spread(Job *job, const double *x, int64_t n, double share) {
  double sd = sd_of(job, x, n), iqr = (sorted_quantile(x, n, 0.75) - sorted_quantile(x, n, 0.25)) / share;
  if (iqr > 0 && iqr < sd) return iqr;
  return sd > 0 ? sd : iqr > 0 ? iqr : 0;
}

typedef struct Pairs { // how many pairs of values are so many cells apart
  double count[GAPS], cell, n;
} Pairs;

static void count_pairs(const double *x, int64_t n, Pairs *out) {
  double cell = (x[n - 1] - x[0]) * 1.01 / GAPS, first = trunc(x[0] / cell);
  double tally[GAPS] = {0};
  *out = (Pairs){.cell = cell, .n = (double)n};
  for (int64_t i = 0; i < n; i++) {
    int64_t k = (int64_t)(trunc(x[i] / cell) - first);
    tally[k < GAPS ? k : GAPS - 1]++;
  }
  for (int a = 0; a < GAPS; a++) {
    if (tally[a] == 0) continue;
    out->count[0] += tally[a] * (tally[a] - 1) / 2;
    for (int b = 0; b < a; b++) out->count[a - b] += tally[a] * tally[b];
  }
}

// The mean over pairs of the 4th (or 6th) derivative of the normal density with sd h.
static double functional(const Pairs *p, double h, bool sixth) {
  double sum = 0, at0 = sixth ? -15 : 3;
  for (int i = 0; i < GAPS; i++) {
    double z = i * p->cell / h, d = z * z;
    if (d >= 1000) break;
    double poly = sixth ? ((d - 15) * d + 45) * d - 15 : (d - 6) * d + 3;
    sum += fmath_exp(-d / 2) * poly * p->count[i];
  }
  double h2 = h * h, scale = h2 * h2 * h * (sixth ? h2 : 1);
  return (2 * sum + p->n * at0) / (p->n * (p->n - 1) * scale * sqrt(2 * PI));
}

typedef struct Equation {
  const Pairs *pairs;
  double c1, alpha;
} Equation;

static double excess(const Equation *e, double h) {
  return power(e->c1 / functional(e->pairs, e->alpha * power(h, 5.0 / 7), false), 0.2) - h;
}

static double solve(const Equation *e, double hmax) {
  double lo = 0.1 * hmax, hi = hmax;
  for (int k = 0; k < 99 && !(excess(e, lo) * excess(e, hi) <= 0); k++) {
    if (k % 2) lo /= 1.2;
    else hi *= 1.2;
  }
  bool rises = excess(e, lo) < 0;
  for (int k = 0; k < BISECTIONS && hi - lo > 1e-14 * hi; k++) {
    double mid = lo + (hi - lo) / 2;
    if ((excess(e, mid) < 0) == rises) lo = mid;
    else hi = mid;
  }
  return lo + (hi - lo) / 2;
}

static ErrCode sheather_jones(Pile *p, const double *x, int64_t n, double *out, Err *err) {
  double nn = (double)n;
  Pairs pairs;
  count_pairs(x, n, &pairs);
  double scale = spread(p->job, x, n, 1.349), a = 1.24 * scale * power(nn, -1.0 / 7),
         b = 1.23 * scale * power(nn, -1.0 / 9), td = -functional(&pairs, b, true);
  double sda = functional(&pairs, a, false), ratio = sda / td;
  Equation e = {&pairs, 1 / (2 * sqrt(PI) * nn), 1.357 * power(ratio, 1.0 / 7)};
  if (!(td > 0) || !(ratio > 0) || !isfinite(e.alpha))
    return err_set(err, ERR_NUMERIC, "%s: values too sparse for bw=\"sj\": take bw=\"nrd0\"", p->chart);
  *out = solve(&e, 1.144 * scale * power(nn, -0.2));
  return OK;
}

ErrCode kde_bandwidth(Pile *p, const double *x, int64_t n, int rule, double *out, Err *err) {
  double fifth = power((double)n, -0.2), lo = spread(p->job, x, n, 1.34);
  if (n == 1 || x[0] == x[n - 1]) return *out = (x[0] != 0 ? fabs(x[0]) : 1) * 0.9 * fifth, OK;
  if (rule == KDE_SJ) return sheather_jones(p, x, n, out, err);
  if (rule == KDE_NRD0) *out = 0.9 * lo * fifth;
  else if (rule == KDE_SCOTT) *out = 1.06 * lo * fifth;
  else *out = power(4.0 / 3, 0.2) * sd_of(p->job, x, n) * fifth;
  return OK;
}

// ---- the estimate ---------------------------------------------------------------------------------------------------
typedef struct Heap { // places, ascending, and their weights, which add up to 1
  double at[CELLS], weight[CELLS];
  int n;
} Heap;

static void share_out(const double *x, int64_t n, Heap *out) {
  double lo = x[0], step = (x[n - 1] - lo) / (CELLS - 1);
  *out = (Heap){.n = CELLS};
  for (int k = 0; k < CELLS; k++) out->at[k] = lo + k * step;
  for (int64_t i = 0; i < n; i++) {
    double place = (x[i] - lo) / step, k = fmin(floor(place), CELLS - 2), part = place - k;
    out->weight[(int)k] += 1 - part, out->weight[(int)k + 1] += part;
  }
  for (int k = 0; k < CELLS; k++) out->weight[k] /= (double)n;
}

static void take_all(const double *x, int64_t n, Heap *out) {
  out->n = (int)n;
  for (int k = 0; k < out->n; k++) out->at[k] = x[k], out->weight[k] = 1 / (double)n;
}

// `first` and `last` follow t, which only grows.
static double density_at(const Heap *h, double t, double bw, int *first, int *last) {
  double z[CELLS], sum = 0;
  while (*first < h->n && h->at[*first] < t - FAR * bw) ++*first;
  while (*last < h->n && h->at[*last] <= t + FAR * bw) ++*last;
  int n = *last - *first;
  for (int k = 0; k < n; k++) {
    double u = (h->at[*first + k] - t) / bw;
    z[k] = -u * u / 2;
  }
  fmath_exp_n(z, z, n);
  for (int k = 0; k < n; k++) sum += z[k] * h->weight[*first + k];
  return sum / (bw * sqrt(2 * PI));
}

ErrCode kde_estimate(Pile *p, const double *x, int64_t n, double bw, double from, double to, double *at, double *y,
                     int64_t m, Err *err) {
  Heap heap;
  int first = 0, last = 0;
  if (!(bw > 0) || !isfinite(to - from) || !isfinite(x[n - 1] - x[0]))
    return err_set(err, ERR_NUMERIC, "%s: a bandwidth of %g cannot be used from %g to %g", p->chart, bw, from, to);
  if (n <= CELLS || x[0] == x[n - 1]) take_all(x, n <= CELLS ? n : 1, &heap);
  else share_out(x, n, &heap);
  for (int64_t i = 0; i < m; i++) {
    if (i % 64 == 0) TRY(job_tick(p->job, i, m, err));
    at[i] = i == m - 1 ? to : from + (to - from) * ((double)i / (double)(m - 1));
    y[i] = density_at(&heap, at[i], bw, &first, &last);
  }
  return OK;
}
