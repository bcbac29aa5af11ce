// Trend lines through points. LINEAR is least squares with the 95 % confidence interval of the mean of y: at x it is
// fit -+ t(.975, n - 2) s sqrt(1 / n + (x - mean)^2 / Sxx), as predict(lm, interval = "confidence") of R gives.
// LOWESS fits a straight line around each point to the nearest share of all points, weighted by the tricube of their
// distance, and again with points far from the curve weighted down by the bisquare of their residual (three times).
// Between points less than a hundredth of the range apart the curve is drawn straight, which bounds the cost to about a
// hundred fits a pass: O(100 n). On logarithmic axes the logarithms are fitted.
#include "chart/points_int.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LOWESS = 10000, ROBUST_STEPS = 3 };

// ---- least squares ------------------------------------------------------------------------------------------------
typedef struct Line {
  double slope, x_mean, y_mean, s, sxx, r2;
  int64_t n;
} Line;

// False where no line is defined, or no spread around it.
static bool line_fit(Job *job, const double *x, const double *y, int64_t n, double *residual, Line *out) {
  PairSums p = pairs_sum(job, x, y, n);
  if (n < 3 || !(p.uu > 0)) return false;
  double b = p.uv / p.uu, v_half = p.y_half > 0 ? p.y_half : 1;
  *out = (Line){.n = n, .slope = b * (p.y_half / p.x_half), .sxx = p.uu * p.x_half * p.x_half};
  out->x_mean = p.x_mid + p.u * p.x_half, out->y_mean = p.y_mid + p.v * p.y_half;
  for (int64_t i = 0; i < n; i++)
    residual[i] = (y[i] - out->y_mean) / v_half - b * (x[i] - out->x_mean) / p.x_half * (p.y_half > 0);
  double rss = sum_dot(job, residual, residual, n);
  out->s = sqrt(rss / (double)(n - 2)) * v_half;
  out->r2 = p.vv > 0 ? 1 - rss / p.vv : 0;
  return isfinite(out->slope) && isfinite(out->s);
}

static void line_draw(const Line *l, double lo, double hi, Trend *t) {
  double quantile = dist_t_quantile(0.975, (double)(l->n - 2)), n = (double)l->n;
  t->n = TREND_MARKS, t->banded = true;
  t->slope = l->slope, t->intercept = l->y_mean - l->slope * l->x_mean, t->r2 = l->r2;
  for (int k = 0; k < TREND_MARKS; k++) {
    double share = (double)k / (TREND_MARKS - 1), x = k == TREND_MARKS - 1 ? hi : lo + share * (hi - lo);
    double d = x - l->x_mean, half = quantile * l->s * sqrt(1 / n + d / l->sxx * d);
    t->x[k] = x, t->y[k] = l->y_mean + l->slope * d, t->lo[k] = t->y[k] - half, t->hi[k] = t->y[k] + half;
  }
}

// ---- lowess -------------------------------------------------------------------------------------------------------
typedef struct Local {
  const double *x, *y, *robust; // robust NULL: all weigh the same
  int64_t n, left, right;       // the nearest points: [left, right]
} Local;

static double tricube(double share) {
  double cube = share * share * share, rest = 1 - cube;
  return rest * rest * rest;
}

// The weight of a point at a distance, of a window h wide: flat at its middle, nothing at its rim.
static double weight_at(double distance, double h) {
  if (distance > 0.999 * h) return 0;
  return distance > 0.001 * h ? tricube(distance / h) : 1;
}

// The local line at `at`; false when no point has weight. Points that tie with the last one of the window take part.
static bool fit_at(const Local *l, double at, double *w, double *fit) {
  double h = fmax(at - l->x[l->left], l->x[l->right] - at), total = 0, mean = 0, spread = 0;
  double range = l->x[l->n - 1] - l->x[0];
  int64_t end = l->left;
  for (int64_t i = l->left; i < l->n; i++, end++) {
    double distance = fabs(l->x[i] - at);
    w[i] = weight_at(distance, h) * (l->robust ? l->robust[i] : 1);
    if (distance > 0.999 * h && l->x[i] > at) break;
    total += w[i];
  }
  if (!(total > 0)) return false;
  for (int64_t i = l->left; i < end; i++) w[i] /= total;
  if (h > 0) {
    for (int64_t i = l->left; i < end; i++) mean += w[i] * l->x[i];
    for (int64_t i = l->left; i < end; i++) spread += w[i] * (l->x[i] - mean) * (l->x[i] - mean);
    if (sqrt(spread) > 0.001 * range) { // points spread enough for a slope
      double slope = (at - mean) / spread;
      for (int64_t i = l->left; i < end; i++) w[i] *= slope * (l->x[i] - mean) + 1;
    }
  }
  *fit = 0;
  for (int64_t i = l->left; i < end; i++) *fit += w[i] * l->y[i];
  return true;
}

static void draw_between(const double *x, double *fit, int64_t a, int64_t b) {
  for (int64_t j = a + 1; j < b; j++) {
    double share = (x[j] - x[a]) / (x[b] - x[a]);
    fit[j] = share * fit[b] + (1 - share) * fit[a];
  }
}

// One pass along x.
static void pass(Local *l, int64_t near, double delta, double *fit, double *w) {
  int64_t last = -1, i = 0;
  l->left = 0, l->right = near - 1;
  for (;;) {
    while (l->right < l->n - 1 && l->x[i] - l->x[l->left] > l->x[l->right + 1] - l->x[i]) l->left++, l->right++;
    if (!fit_at(l, l->x[i], w, &fit[i])) fit[i] = l->y[i];
    if (last >= 0 && last < i - 1) draw_between(l->x, fit, last, i);
    last = i;
    double cut = l->x[last] + delta;
    for (i = last + 1; i < l->n && l->x[i] <= cut; i++)
      if (l->x[i] == l->x[last]) fit[i] = fit[last], last = i;
    if (i - 1 > last + 1) i = i - 1;
    else i = last + 1;
    if (last >= l->n - 1) return;
  }
}

static int by_number(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// Bisquare weights of the residuals, against six times their median size. False when all are next to nothing.
static bool weigh(const double *y, const double *fit, int64_t n, double *robust, double *sorted) {
  double mean = 0;
  for (int64_t i = 0; i < n; i++) robust[i] = fabs(y[i] - fit[i]);
  for (int64_t i = 0; i < n; i++) mean += robust[i];
  mean /= (double)n;
  memcpy(sorted, robust, (size_t)n * sizeof *sorted);
  qsort(sorted, (size_t)n, sizeof *sorted, by_number);
  double wide = 3 * (sorted[n / 2] + sorted[n - n / 2 - 1]);
  if (wide < 1e-7 * mean) return false;
  for (int64_t i = 0; i < n; i++) {
    double share = robust[i] / wide, rest = 1 - share * share;
    robust[i] = robust[i] <= 0.001 * wide ? 1 : robust[i] <= 0.999 * wide ? rest * rest : 0;
  }
  return true;
}

void lowess_fit(const double *x, const double *y, int64_t n, double span, int steps, double delta, double *fit,
                double *work) {
  int64_t near = (int64_t)(span * (double)n + 1e-7);
  double *w = work, *robust = work + n;
  if (n < 2) {
    if (n) fit[0] = y[0];
    return;
  }
  near = near < 2 ? 2 : near > n ? n : near;
  Local l = {.x = x, .y = y, .n = n};
  for (int k = 0; k <= steps; k++) {
    pass(&l, near, delta, fit, w);
    if (k == steps || !weigh(y, fit, n, robust, w)) return;
    l.robust = robust;
  }
}

// The curve at TREND_MARKS even places, or at all distinct x where they are not more.
static void curve_draw(const double *x, const double *fit, int64_t n, Trend *t) {
  int64_t m = 0;
  for (int64_t i = 0; i < n; i++) m += i == 0 || x[i] != x[i - 1];
  if (m <= TREND_MARKS) {
    for (int64_t i = 0; i < n; i++)
      if (i == 0 || x[i] != x[i - 1]) t->x[t->n] = x[i], t->y[t->n++] = fit[i];
    return;
  }
  for (int64_t i = 0; t->n < TREND_MARKS; t->n++) {
    double share = (double)t->n / (TREND_MARKS - 1),
           at = t->n == TREND_MARKS - 1 ? x[n - 1] : x[0] + share * (x[n - 1] - x[0]);
    while (i < n - 2 && x[i + 1] < at) i++;
    double part = x[i + 1] > x[i] ? (at - x[i]) / (x[i + 1] - x[i]) : 0;
    t->x[t->n] = at, t->y[t->n] = fit[i] + part * (fit[i + 1] - fit[i]);
  }
}

// x and y in the order of x; of very many, rows evenly spread.
static ErrCode sort_points(Pile *p, const double *x, const double *y, int64_t n, double *by_x, double *its_y,
                           Err *err) {
  uint64_t *key;
  int64_t *order;
  TRY(pile_new(p, n * 8, &key, err));
  TRY(pile_new(p, n * 8, &order, err));
  for (int64_t i = 0; i < n; i++) key[i] = order_key_f64(x[i]);
  TRY(order_keys(p->job, key, n, false, order, err));
  for (int64_t i = 0; i < n; i++) by_x[i] = x[order[i]], its_y[i] = y[order[i]];
  return OK;
}

static ErrCode curve_fit(Pile *p, const double *x, const double *y, int64_t n, double span, Trend *t, Err *err) {
  double *part, *sorted, *fit;
  int64_t m = n > MOST_LOWESS ? MOST_LOWESS : n;
  TRY(pile_new(p, 2 * m * 8, &part, err));
  TRY(pile_new(p, 2 * m * 8, &sorted, err));
  TRY(pile_new(p, 3 * m * 8, &fit, err));
  for (int64_t k = 0; k < m; k++) {
    int64_t i = n == m ? k : (int64_t)((double)k * ((double)n / (double)m));
    part[k] = x[i], part[m + k] = y[i];
  }
  t->sampled = n > m;
  TRY(sort_points(p, part, part + m, m, sorted, sorted + m, err));
  double delta = 0.01 * (sorted[m - 1] - sorted[0]);
  if (!(delta > 0) || !isfinite(delta)) return OK;
  lowess_fit(sorted, sorted + m, m, span, ROBUST_STEPS, delta, fit, fit + m);
  curve_draw(sorted, fit, m, t);
  return OK;
}

// ---- either -------------------------------------------------------------------------------------------------------
static void unlog(double *v, int64_t n, bool log) {
  if (log) fmath_exp_n(v, v, n);
}

static ErrCode fit(Pile *p, const double *x, const double *y, int64_t n, const TrendOpts *o, Trend *out, Err *err) {
  double lo, hi, *residual;
  Line line;
  TRY(points_scaled(p, x, n, o->logx, &x, err));
  TRY(points_scaled(p, y, n, o->logy, &y, err));
  TRY(job_tick(p->job, 0, n, err));
  if (o->kind != TREND_LINEAR) {
    TRY(curve_fit(p, x, y, n, o->span, out, err));
  } else {
    TRY(pile_new(p, n * 8, &residual, err));
    points_range(p->job, x, n, &lo, &hi);
    if (line_fit(p->job, x, y, n, residual, &line) && isfinite(hi - lo)) line_draw(&line, lo, hi, out);
  }
  unlog(out->x, out->n, o->logx);
  unlog(out->y, out->n, o->logy);
  unlog(out->lo, out->n, o->logy);
  unlog(out->hi, out->n, o->logy);
  for (int64_t k = 0; k < out->n; k++)
    if (!isfinite(out->x[k]) || !isfinite(out->y[k])) return out->n = 0, OK;
  return OK;
}

ErrCode trend_fit(Job *job, const double *x, const double *y, int64_t n, const TrendOpts *o, Trend *out, Err *err) {
  Pile pile = {.job = job, .chart = "trend"};
  *out = (Trend){0};
  if (n < 3) return OK;
  ErrCode code = fit(&pile, x, y, n, o, out, err);
  pile_free(&pile);
  return code;
}
