// Metrics of a regression. Deviations are written once and summed by num's fixed trees.
#include "eval/eval_int.h"

#include "num/num.h"

#include <math.h>

static Estimate only(double value) { return (Estimate){value, NAN, NAN}; }

typedef double (*DeviationFn)(Job *job, const Scored *s, const double *d);

// Calls fn with d[i] = |truth - prediction|.
static ErrCode by_deviation(Job *job, const Scored *s, DeviationFn fn, Estimate *out, Err *err) {
  void *block;
  TRY(eval_alloc(job, s->n * 8, "a metric", &block, err));
  double *d = block;
  ErrCode code = OK;
  for (int64_t i = 0; i < s->n && code == OK; i++) {
    d[i] = fabs(s->y[i] - s->score[i]);
    if (i % EVAL_TICK == 0) code = job_tick(job, i, s->n, err);
  }
  if (code == OK) *out = only(fn(job, s, d));
  mem_free(block);
  return code;
}

static double rmse(Job *job, const Scored *s, const double *d) { return sqrt(sum_dot(job, d, d, s->n) / (double)s->n); }

static double mae(Job *job, const Scored *s, const double *d) { return sum_f64(job, d, s->n) / (double)s->n; }

// Undefined for fewer than two rows and for a constant truth.
static double r2(Job *job, const Scored *s, const double *d) {
  Moments m = moments_f64(job, s->y, s->n);
  return s->n < 2 || m.min == m.max ? NAN : 1 - sum_dot(job, d, d, s->n) / m.m2;
}

static double adjusted_r2(Job *job, const Scored *s, const double *d) {
  double df = (double)(s->n - s->nterm - 1);
  return df > 0 ? 1 - (1 - r2(job, s, d)) * (double)(s->n - 1) / df : NAN;
}

#define DEVIATION_METRIC(name)                                                                                         \
  ErrCode name##_of(Job *job, const Scored *s, Estimate *out, Err *err) { return by_deviation(job, s, name, out, err); }
DEVIATION_METRIC(rmse)
DEVIATION_METRIC(mae)
DEVIATION_METRIC(r2)
DEVIATION_METRIC(adjusted_r2)
#undef DEVIATION_METRIC
