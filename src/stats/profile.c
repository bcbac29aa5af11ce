// What one column of numbers or dates holds, from one pass of moments and one sort of its present values; everything
// else is read off the sorted values. O(n).
#include "stats/stats.h"

#include "num/num.h"

#include <math.h>

static int64_t without_nan(double *x, int64_t n) {
  int64_t k = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(x[i])) x[k++] = x[i];
  return k;
}

// Distinct values and the most frequent one, the smallest among equals; NaN when no value comes twice.
static void read_runs(const double *x, int64_t n, Profile *p) {
  int64_t most = 1, run = 0;
  for (int64_t i = 0; i < n; i++) {
    bool first = i == 0 || x[i] != x[i - 1];
    run = first ? 1 : run + 1;
    p->distinct += first;
    if (run > most) most = run, p->mode = x[i];
  }
}

static void count_kinds(const double *x, int64_t n, Profile *p) {
  double iqr = p->q[3] - p->q[1], lo = p->q[1] - 1.5 * iqr, hi = p->q[3] + 1.5 * iqr;
  for (int64_t i = 0; i < n; i++) {
    p->outliers += x[i] < lo || x[i] > hi;
    p->parts += isfinite(x[i]) && x[i] != floor(x[i]);
    p->zeros += x[i] == 0;
  }
}

static ErrCode profile_values(Job *job, double *x, int64_t n, Profile *p, Err *err) {
  static const double probability[5] = {0, 0.25, 0.5, 0.75, 1};
  Moments m = moments_f64(job, x, n);
  p->mean = n ? m.mean : NAN, p->sd = sqrt(moments_var(&m)), p->se = p->sd / sqrt((double)n);
  p->skew = moments_skew(&m);
  TRY(quantile_f64(job, x, n, 7, probability, 5, p->q, err));
  TRY(order_sort_f64(job, x, n, err));
  read_runs(x, n, p);
  count_kinds(x, n, p);
  return OK;
}

ErrCode stats_profile(Job *job, const Column *c, Profile *out, Err *err) {
  *out = (Profile){.n = c->n - c->missing, .missing = c->missing, .mode = NAN};
  TRY(job_tick(job, 0, 1, err));
  TRY(job_need(job, c->n * 8, "a profile", err));
  double *x = mem_new((size_t)c->n * sizeof *x);
  if (!x) return err_set(err, ERR_MEMORY, "a profile: the system has no memory left: take fewer rows");
  int64_t n = col_present_f64(c, x), real = without_nan(x, n);
  out->nan = n - real;
  ErrCode code = profile_values(job, x, real, out, err);
  mem_free(x);
  return code;
}
