// Spread and shape: two passes. The first gives the means, the second sums powers of d = x - mean; the sum of d itself,
// which is what the rounding of the mean left, corrects the others, as in num's moments. A spread below half a unit in
// the last place of the mean is rounding, not spread: it is taken for none, so that a constant group has none.
#include "frame/agg_int.h"

#include "num/num.h"

#include <math.h>

typedef struct Powers {
  double s1, s2, s3, s4;
  int64_t n;
} Powers;

static void add_squares(const void *ctx, const Piece *p, void *state) {
  const double *mean = ctx;
  Powers *t = state;
  for (int i = 0; i < p->m; i++) {
    Powers *a = &t[p->id[i]];
    double d = p->f[i] - mean[p->id[i]];
    a->s1 += d, a->s2 += d * d, a->n++;
  }
}

static void add_powers(const void *ctx, const Piece *p, void *state) {
  const double *mean = ctx;
  Powers *t = state;
  for (int i = 0; i < p->m; i++) {
    Powers *a = &t[p->id[i]];
    double d = p->f[i] - mean[p->id[i]], d2 = d * d;
    a->s1 += d, a->s2 += d2, a->s3 += d2 * d, a->s4 += d2 * d2, a->n++;
  }
}

static void merge_powers(const void *ctx, void *into, const void *part, int64_t n) {
  (void)ctx;
  Powers *a = into;
  const Powers *b = part;
  for (int64_t k = 0; k < n; k++)
    a[k].s1 += b[k].s1, a[k].s2 += b[k].s2, a[k].s3 += b[k].s3, a[k].s4 += b[k].s4, a[k].n += b[k].n;
}

static const Reduction SQUARES = {sizeof(Powers), VALUE_REAL, false, add_squares, merge_powers},
                       POWERS = {sizeof(Powers), VALUE_REAL, false, add_powers, merge_powers};

static Moments moments_of(const Powers *s, double center) {
  double n = (double)s->n, e = s->s1 / n, e2 = e * e, least = fabs(center) * 0x1p-54;
  Moments m = {.n = s->n,
               .mean = center + e,
               .m2 = s->s2 - e * s->s1,
               .m3 = s->s3 - 3 * e * s->s2 + 2 * e2 * s->s1,
               .m4 = s->s4 - 4 * e * s->s3 + 6 * e2 * s->s2 - 3 * e2 * e * s->s1};
  if (m.m2 <= least * least) m.m2 = m.m3 = m.m4 = 0;
  return m;
}

static ErrCode means(const AggCall *c, double *mean, Err *err) {
  const AggSums *s;
  TRY(agg_sums(c, &s, err));
  for (int64_t k = 0; k < c->run->g.ngroup; k++) mean[k] = sums_mean(s, k);
  return OK;
}

// A column of `value`, missing where there are fewer than `least` values or, when `spread`, where all are equal.
static ErrCode of_moments(const AggCall *c, const Reduction *r, double (*value)(const Moments *), int64_t least,
                          bool spread, Column **out, Err *err) {
  Job *job = c->run->job;
  double *mean;
  Powers *state = NULL;
  TRY(array_new(job, c->run->g.ngroup, sizeof *mean, "moments by groups", &mean, err));
  ErrCode code = means(c, mean, err);
  if (code == OK) code = array_new(job, c->run->g.ngroup, sizeof *state, "moments by groups", &state, err);
  if (code == OK) code = groups_reduce(job, &c->run->g, c->x, r, mean, state, err);
  if (code == OK) code = agg_column(c, COL_F64, out, err);
  for (int64_t k = 0; k < c->run->g.ngroup && code == OK; k++) {
    Moments m = moments_of(&state[k], mean[k]);
    if (m.n < least || (spread && m.m2 == 0)) code = column_set_missing(*out, k, err);
    else (*out)->f[k] = value(&m);
  }
  mem_free(mean);
  mem_free(state);
  return code;
}

static double sd_of(const Moments *m) { return sqrt(moments_var(m)); }

static ErrCode var(const AggCall *c, Column **out, Err *err) {
  return of_moments(c, &SQUARES, moments_var, 2, false, out, err);
}
static ErrCode sd(const AggCall *c, Column **out, Err *err) {
  return of_moments(c, &SQUARES, sd_of, 2, false, out, err);
}
static ErrCode skew(const AggCall *c, Column **out, Err *err) {
  return of_moments(c, &POWERS, moments_skew, 3, true, out, err);
}
static ErrCode kurtosis(const AggCall *c, Column **out, Err *err) {
  return of_moments(c, &POWERS, moments_kurtosis, 4, true, out, err);
}

const AggFunc AGG_MOMENTS[] = {
    {"sd", "sd(x)", "a", sd, "standard deviation, divisor n - 1; missing for fewer than 2 values"},
    {"var", "var(x)", "a", var, "variance, divisor n - 1; missing for fewer than 2 values"},
    {"skew", "skew(x)", "a", skew, "adjusted skewness; missing for fewer than 3 values or equal ones"},
    {"kurtosis", "kurtosis(x)", "a", kurtosis,
     "adjusted excess kurtosis; missing for fewer than 4 values or equal ones"},
    {0},
};
