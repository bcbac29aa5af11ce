// What one column of numbers or dates holds, from one pass of moments, one division of the present values into buckets
// (quartiles, distinct values, the most frequent one) and one more look at each. O(n).
#include "stats/stats.h"

#include "base/pool.h"
#include "num/num.h"

#include <math.h>
#include <stdlib.h>

static int64_t without_nan(double *x, int64_t n) {
  int64_t k = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(x[i])) x[k++] = x[i];
  return k;
}

typedef struct Kinds {
  int64_t outliers, parts, zeros;
} Kinds;

typedef struct KindsRun {
  Kinds *part;
  const double *x;
  double lo, hi;
} KindsRun;

enum { GRAIN = 1 << 15 };

static void run_kinds(void *ctx, int64_t begin, int64_t end) {
  const KindsRun *r = ctx;
  Kinds k = {0};
  for (int64_t i = begin; i < end; i++) {
    double v = r->x[i];
    k.outliers += v < r->lo || v > r->hi;
    k.parts += isfinite(v) && v != floor(v);
    k.zeros += v == 0;
  }
  r->part[begin / GRAIN] = k;
}

static void count_kinds(Job *job, const double *x, int64_t n, Profile *p) {
  double iqr = p->q[3] - p->q[1];
  KindsRun r = {calloc((size_t)n / GRAIN + 1, sizeof *r.part), x, p->q[1] - 1.5 * iqr, p->q[3] + 1.5 * iqr};
  if (!r.part) abort();
  par_for(job, n, GRAIN, run_kinds, &r);
  for (int64_t b = 0; b <= n / GRAIN; b++)
    p->outliers += r.part[b].outliers, p->parts += r.part[b].parts, p->zeros += r.part[b].zeros;
  free(r.part);
}

static ErrCode profile_values(Job *job, const double *x, int64_t n, Profile *p, Err *err) {
  static const double probability[5] = {0, 0.25, 0.5, 0.75, 1};
  Moments m = moments_f64(job, x, n);
  Values v;
  p->mean = n ? m.mean : NAN, p->sd = sqrt(moments_var(&m)), p->se = p->sd / sqrt((double)n);
  p->skew = moments_skew(&m);
  TRY(quantile_values(job, x, n, 7, probability, 5, p->q, true, NULL, &v, err));
  p->distinct = v.distinct;
  if (v.most > 1) p->mode = v.mode;
  count_kinds(job, x, n, p);
  return OK;
}

ErrCode stats_profile(Job *job, const Column *c, Profile *out, Err *err) {
  *out = (Profile){.n = c->n - c->missing, .missing = c->missing, .mode = NAN};
  TRY(job_tick(job, 0, 1, err));
  TRY(job_need(job, c->n * 8, "a profile", err));
  double *x = mem_new((size_t)c->n * sizeof *x);
  if (!x) return err_set(err, ERR_MEMORY, "a profile: the system has no memory left: take fewer rows");
  int64_t n = column_present_f64(job, c, x), real = without_nan(x, n);
  out->nan = n - real;
  ErrCode code = profile_values(job, x, real, out, err);
  mem_free(x);
  return code;
}
