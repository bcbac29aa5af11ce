// Numbers whose rows count by weights that say how reliable they are, not how often they came: multiplying all weights
// by one number changes nothing. With V1 the sum of the weights and V2 that of their squares,
//   mean = sum w x / V1,  var = sum w (x - mean)^2 / (V1 - V2 / V1),  effective rows = V1^2 / V2,
// which are the unweighted ones for equal weights (R's cov.wt gives the same). There is no adjusted skewness or
// kurtosis for such weights: they are g1 and g2 of the weighted moments. A quantile is the smallest value at which the
// running weight reaches p V1, the middle between it and the next one where it meets p V1 exactly (to 1e-12 of V1):
// R's type 2 for equal weights. Rows without a value, without a weight or of weight 0 stay out.
// Sums are those of num; running weights add up in the order of the values.
#include "stats/describe_int.h"

#include <math.h>

typedef struct Weighted {
  int64_t n;
  double *x, *w, *t; // t: scratch
  KeyRows order;
  double v1, last; // sum of weights by the tree, and as a running sum
} Weighted;

static ErrCode load(Describe *d, const Column *c, Weighted *s, Err *err) {
  int64_t n = c->n;
  size_t bytes = (size_t)n * 6 * sizeof(double);
  if (bytes > d->values.bytes) TRY(job_need(d->job, (int64_t)bytes, "describe with weights", err));
  double *p = room_get(&d->values, bytes);
  if (!p) return err_set(err, ERR_MEMORY, "describe: the system has no memory left: take fewer rows");
  *s = (Weighted){.x = p, .w = p + n, .t = p + 2 * n};
  s->order = (KeyRows){(uint64_t *)(p + 3 * n), (uint64_t *)(p + 4 * n), (uint32_t *)(p + 5 * n), NULL, 0};
  s->order.row2 = s->order.row + n;
  for (int64_t i = 0; i < n; i++) {
    double w = col_valid(c, i) && col_valid(d->weight, i) ? col_f64(d->weight, i) : 0;
    if (w > 0) s->x[s->n] = col_f64(c, i), s->w[s->n++] = w;
  }
  return OK;
}

// Sorts the places of v by value.
static ErrCode sort_places(Job *job, Weighted *s, const double *v, Err *err) {
  s->order.n = s->n;
  for (int64_t i = 0; i < s->n; i++) s->order.key[i] = order_key_f64(v[i]), s->order.row[i] = (uint32_t)i;
  TRY(order_rows(job, &s->order, err));
  s->last = 0;
  for (int64_t i = 0; i < s->n; i++) s->last += s->w[s->order.row[i]];
  return OK;
}

static double quantile(const Weighted *s, const double *v, double p) {
  double target = p * s->last, fuzz = 1e-12 * s->last, run = 0;
  for (int64_t i = 0; i < s->n; i++) {
    double at = v[s->order.row[i]];
    run += s->w[s->order.row[i]];
    if (run < target - fuzz) continue;
    return run > target + fuzz || i + 1 == s->n ? at : (at + v[s->order.row[i + 1]]) / 2;
  }
  return NAN;
}

// t = w (x - mean)^power, as a sum.
static double power_sum(Job *job, const Weighted *s, double mean, int power) {
  for (int64_t i = 0; i < s->n; i++) {
    double d = s->x[i] - mean, d2 = d * d;
    s->t[i] = s->w[i] * (power == 1 ? d : power == 2 ? d2 : power == 3 ? d2 * d : d2 * d2);
  }
  return sum_f64(job, s->t, s->n);
}

static void find_moments(Job *job, Weighted *s, Row *r) {
  double v2 = sum_dot(job, s->w, s->w, s->n), mean = sum_dot(job, s->w, s->x, s->n);
  s->v1 = sum_f64(job, s->w, s->n);
  mean /= s->v1;
  if (isfinite(mean)) mean += power_sum(job, s, mean, 1) / s->v1; // what rounding left
  double m2 = power_sum(job, s, mean, 2) / s->v1;
  r->mean = mean, r->rows = s->v1 * s->v1 / v2;
  r->var = m2 * s->v1 / (s->v1 - v2 / s->v1);
  r->skew = m2 > 0 ? power_sum(job, s, mean, 3) / s->v1 / (m2 * sqrt(m2)) : NAN;
  r->kurtosis = m2 > 0 ? power_sum(job, s, mean, 4) / s->v1 / (m2 * m2) - 3 : NAN;
  if (r->min == r->max) r->mean = r->min, r->var = 0; // no spread has no rounding
}

// Runs of equal values: how many, the heaviest, and their weights in t.
static void find_runs(Weighted *s, Row *r) {
  double most = 0;
  int64_t runs = 0;
  for (int64_t i = 0, j; i < s->n; i = j) {
    double v = s->x[s->order.row[i]], weight = 0;
    for (j = i; j < s->n && s->x[s->order.row[j]] == v; j++) weight += s->w[s->order.row[j]];
    if (weight > most) most = weight, r->mode = v, r->mode_n = j - i;
    s->t[runs++] = weight;
  }
  r->distinct = runs, r->has_mode = runs < s->n;
}

static ErrCode find_order(Describe *d, Weighted *s, Row *r, Err *err) {
  TRY(sort_places(d->job, s, s->x, err));
  for (int k = 0; k < 3; k++) r->q[k] = quantile(s, s->x, 0.25 * (k + 1));
  find_runs(s, r);
  if (d->need & NEED_ENTROPY) r->entropy = entropy_bits(d->job, s->t, r->distinct, s->v1);
  if (!(d->need & (NEED_MAD | NEED_OUTLIERS))) return OK;
  for (int64_t i = 0; i < s->n; i++) s->t[i] = fabs(s->x[i] - r->q[1]);
  TRY(sort_places(d->job, s, s->t, err));
  r->mad = MAD_SCALE * quantile(s, s->t, 0.5);
  if (d->need & NEED_OUTLIERS) row_outliers(s->x, s->n, r->q[1], r);
  return OK;
}

ErrCode describe_weighted(Describe *d, const Column *c, Row *r, Err *err) {
  Weighted s;
  TRY(load(d, c, &s, err));
  r->n = r->used = s.n, r->min = INFINITY, r->max = -INFINITY;
  r->mad = r->entropy = r->q[0] = r->q[1] = r->q[2] = NAN;
  bool nan = false;
  for (int64_t i = 0; i < s.n; i++) {
    nan = nan || isnan(s.x[i]);
    r->min = s.x[i] < r->min ? s.x[i] : r->min, r->max = s.x[i] > r->max ? s.x[i] : r->max;
  }
  if (s.n == 0) return OK;
  find_moments(d->job, &s, r);
  if (!nan) return find_order(d, &s, r, err);
  r->mean = r->var = r->skew = r->kurtosis = r->min = r->max = NAN;
  int64_t real = 0;
  for (int64_t i = 0; i < s.n; i++)
    if (!isnan(s.x[i])) s.x[real++] = s.x[i];
  TRY(order_distinct_f64(d->job, s.x, real, &r->distinct, err));
  r->distinct++; // every NaN is the same value
  return OK;
}
