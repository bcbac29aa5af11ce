// Kolmogorov and Smirnov's tests: the largest distance between two distribution functions, or one and a given one.
// Exact p as in ks.test of R 4.2: two samples of fewer than 10,000 pairs, ties included; one sample below 100 values
// without ties; else the limit distribution. The statistic is the effect, its interval that of effects.c. Reference:
// Kolmogorov 1933; Smirnov 1939.
#include "stats/exact_int.h"
#include "stats/tests_int.h"

#include <math.h>

typedef struct KsOpts {
  int dist;
  double mean, sd, min, max, rate, conf;
} KsOpts;
typedef enum { KS_NORMAL, KS_LOGNORMAL, KS_UNIFORM, KS_EXPONENTIAL } KsDist;
#define KS_DISTS "normal|lognormal|uniform|exponential"
#define KS_PARAM(name, lo, doc)                                                                                        \
  { #name, PARAM_REAL, offsetof(KsOpts, name), lo, PARAM_INF, "nan", NULL, doc }
static const Param PARAMS[] = {
    {"dist", PARAM_CHOICE, offsetof(KsOpts, dist), 0, 0, "normal", KS_DISTS, "one sample: the distribution"},
    KS_PARAM(mean, -PARAM_INF, "of the normal, or of the logarithms; from the values when not given"),
    KS_PARAM(sd, 0, "of the normal, or of the logarithms; from the values when not given"),
    KS_PARAM(min, -PARAM_INF, "of the uniform; from the values when not given"),
    KS_PARAM(max, -PARAM_INF, "of the uniform; from the values when not given"),
    KS_PARAM(rate, 0, "of the exponential; from the values when not given"),
    TEST_CONF(KsOpts),
    PARAM_END};
enum { EXACT_PAIRS = 10000, EXACT_VALUES = 100 };

// ---- two samples --------------------------------------------------------------------------------------------------
typedef struct Distance {
  double d, at;
  int64_t tied;
} Distance;

// x, y sorted; end[i]: the i-th pooled value is the last of its run.
static Distance largest_distance(const Samples *s, double *const x[2], bool *end) {
  Distance out = {0};
  int64_t at[2] = {0};
  while (at[0] < s->n[0] || at[1] < s->n[1]) {
    double v = at[0] == s->n[0] ? x[1][at[1]] : at[1] == s->n[1] ? x[0][at[0]] : fmin(x[0][at[0]], x[1][at[1]]);
    int64_t before = at[0] + at[1];
    for (int g = 0; g < 2; g++)
      while (at[g] < s->n[g] && x[g][at[g]] == v) at[g]++;
    int64_t after = at[0] + at[1];
    for (int64_t k = before; k < after; k++) end[k] = k == after - 1;
    out.tied += after - before > 1 ? after - before : 0;
    double d = fabs((double)at[0] / (double)s->n[0] - (double)at[1] / (double)s->n[1]);
    if (d > out.d) out.d = d, out.at = v;
  }
  return out;
}

static ErrCode two_samples(Test *t, const KsOpts *o) {
  Samples s;
  TRY(samples_split(t, 2, 2, 1, &s));
  bool *end;
  TRY(test_array(t, s.total, &end));
  for (int g = 0; g < 2; g++) TRY(order_sort_f64(t->job, s.x[g], s.n[g], t->err));
  Distance d = largest_distance(&s, (double *const[]){s.x[0], s.x[1]}, end);
  double m = (double)s.n[0], n = (double)s.n[1];
  bool exact = m * n < EXACT_PAIRS;
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s, %s", s.name[0], s.name[1]));
  result_real(t, "statistic", d.d);
  result_real(t, "p", exact ? exact_smirnov(d.d, s.n[0], s.n[1], end) : kolmogorov_limit(sqrt(m * n / (m + n)) * d.d));
  effect_distance(t, d.d, m, n, o->conf);
  result_real(t, "at", d.at);
  result_int(t, "n", s.total);
  result_say(t, "Kolmogorov-Smirnov test that %s has one distribution in both groups of %s, %s.", s.response, s.by,
             exact ? "exact" : "limit distribution");
  if (d.tied)
    result_say(t, "%lld values are tied%s.", (long long)d.tied,
               exact ? ", which is taken into account" : ": the p value is somewhat large");
  result_say(t, "The functions are furthest apart at %s. %s", say_number(t, d.at), DISTANCE_SAID);
  rows_say(t, s.dropped);
  return OK;
}

// ---- one sample ---------------------------------------------------------------------------------------------------
static double given(double option, double estimate, bool *estimated) {
  *estimated = *estimated || isnan(option);
  return isnan(option) ? estimate : option;
}

// The distribution's two parameters: mean and sd, min and max, or rate.
static ErrCode fill_params(Test *t, const KsOpts *o, double *x, int64_t n, double par[2], bool *estimated) {
  double least = x[0];
  if (o->dist == KS_LOGNORMAL) {
    if (least <= 0)
      return test_fail(t, ERR_ARG, "a lognormal variable is positive, %s was found", say_number(t, least));
    fmath_log_n(x, x, n);
  }
  if (o->dist == KS_NORMAL || o->dist == KS_LOGNORMAL) {
    Moments m = moments_f64(t->job, x, n);
    par[0] = given(o->mean, m.mean, estimated), par[1] = given(o->sd, sqrt(moments_var(&m)), estimated);
    if (!(par[1] > 0)) return test_fail(t, ERR_ARG, "sd must be positive, it is %s", say_number(t, par[1]));
  } else if (o->dist == KS_UNIFORM) {
    par[0] = given(o->min, least, estimated), par[1] = given(o->max, x[n - 1], estimated);
    if (!(par[1] > par[0])) return test_fail(t, ERR_ARG, "max must be above min");
  } else {
    par[0] = given(o->rate, (double)n / sum_f64(t->job, x, n), estimated);
    if (least < 0)
      return test_fail(t, ERR_ARG, "an exponential variable is not negative, %s was found", say_number(t, least));
    if (!(par[0] > 0)) return test_fail(t, ERR_ARG, "rate must be positive, it is %s", say_number(t, par[0]));
  }
  return OK;
}

static double lower(const KsOpts *o, const double par[2], double x) {
  if (o->dist == KS_EXPONENTIAL) return x <= 0 ? 0 : -fmath_expm1(-par[0] * x);
  if (o->dist == KS_UNIFORM) return fmin(1, fmax(0, (x - par[0]) / (par[1] - par[0])));
  return dist_norm((x - par[0]) / par[1], DIST_LOWER);
}

static const char *par_words(Test *t, const KsOpts *o, const double par[2]) {
  if (o->dist == KS_EXPONENTIAL) return arena_printf(&t->arena, "rate %s", say_number(t, par[0]));
  const char *a = say_number(t, par[0]), *b = say_number(t, par[1]);
  if (o->dist == KS_UNIFORM) return arena_printf(&t->arena, "from %s to %s", a, b);
  return arena_printf(&t->arena, "mean %s, sd %s%s", a, b, o->dist == KS_LOGNORMAL ? " of the logarithms" : "");
}

static ErrCode one_sample(Test *t, const KsOpts *o) {
  static const char *const names[] = {"normal", "lognormal", "uniform", "exponential"};
  Samples s;
  TRY(samples_split(t, 1, 1, 1, &s));
  int64_t n = s.n[0], tied = 0;
  double *x = s.x[0], par[2] = {0}, d = 0, size = (double)n;
  bool estimated = false;
  TRY(order_sort_f64(t->job, x, n, t->err));
  TRY(fill_params(t, o, x, n, par, &estimated));
  for (int64_t i = 0; i < n; i++) {
    double p = lower(o, par, x[i]) - (double)i / size;
    d = fmax(d, fmax(p, 1 / size - p));
    tied += i > 0 && x[i] == x[i - 1];
  }
  bool exact = n < EXACT_VALUES && !tied;
  result_row(t);
  result_text(t, "groups", s.response);
  result_real(t, "statistic", d);
  result_real(t, "p", exact ? exact_kolmogorov(d, n) : kolmogorov_limit(sqrt(size) * d));
  effect_distance(t, d, size, INFINITY, o->conf);
  result_int(t, "n", n);
  result_say(t, "Kolmogorov-Smirnov test that %s is %s, %s; %s.", s.response, names[o->dist], par_words(t, o, par),
             exact ? "exact" : "limit distribution");
  if (estimated)
    result_say(t, "Parameters come from the same values, so the true p is smaller%s.",
               o->dist == KS_NORMAL ? ": take stats.shapiro" : "");
  if (tied) result_say(t, "%lld values equal another one: the p value is approximate.", (long long)tied);
  result_say(t, DISTANCE_SAID);
  rows_say(t, s.dropped);
  return OK;
}

static ErrCode ks_run(Test *t, const void *opts) {
  bool one = !t->q->response != !t->q->term.n;
  return one ? one_sample(t, opts) : two_samples(t, opts);
}

const TestType test_ks = {
    .name = "ks",
    .signature = "stats.ks(d, \"age ~ sex\") or stats.ks(d, \"age\", {dist=\"normal\", mean=, sd=})",
    .summary = "do two samples have one distribution, or one sample a given one",
    .example = "return stats.ks(data('penguins'), 'body_mass_g ~ sex')",
    .misleads = "parameters taken from the same values: the p value is then too large",
    .params = PARAMS,
    .opts_size = sizeof(KsOpts),
    .run = ks_run,
};
