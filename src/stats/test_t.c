// Student's t tests: one sample or two with a common variance, two of any variances (Welch), and pairs.
// Differences are first level minus second, as in R. Cohen's d is the difference in units of the (pooled, for Welch
// the average) standard deviation; its interval comes from the noncentral t distribution of the statistic: for the
// limits of the noncentrality, t has the wanted probability in a tail. Hedges' g is d without its bias. Of three groups
// and more, eta squared is what F and its degrees of freedom make of it, interval as in test_anova.c.
// References: Welch 1947, 1951; Steiger and Fouladi 1997; Hedges 1981; t.test and oneway.test of R.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

typedef struct TOpts {
  int alternative;
  double mu, conf;
} TOpts;
static const Param PARAMS[] = {TEST_ALTERNATIVE(TOpts),
                               {"mu", PARAM_REAL, offsetof(TOpts, mu), -PARAM_INF, PARAM_INF, "0", NULL,
                                "the mean, or difference of means, under the null hypothesis"},
                               TEST_CONF(TOpts),
                               PARAM_END};

// What every t test ends with: an estimate, its standard error and degrees of freedom.
typedef struct Estimate {
  double value, se, df, sd; // sd: the unit of the effect
} Estimate;

// Factor that takes the bias out of d.
static double hedges(double df) {
  return df > 1 ? fmath_exp(dist_lgamma(df / 2) - fmath_log(df / 2) / 2 - dist_lgamma((df - 1) / 2)) : NAN;
}

static void add_effect(Test *t, const TOpts *o, const Estimate *e, double stat) {
  double unit = e->se / e->sd;
  effect_cohen_d(t, stat, unit, e->df, o->conf);
  result_real(t, "hedges_g", stat * unit * hedges(e->df));
}

static void add_estimate(Test *t, const TOpts *o, const Estimate *e) {
  double stat = (e->value - o->mu) / e->se, p, low = -INFINITY, high = INFINITY;
  if (o->alternative == TWO_SIDED) {
    double w = -dist_t_quantile((1 - o->conf) / 2, e->df) * e->se;
    p = 2 * dist_t(fabs(stat), e->df, DIST_UPPER);
    low = e->value - w, high = e->value + w;
  } else {
    double w = -dist_t_quantile(1 - o->conf, e->df) * e->se;
    p = dist_t(stat, e->df, o->alternative == LESS ? DIST_LOWER : DIST_UPPER);
    if (o->alternative == LESS) high = e->value + w;
    else low = e->value - w;
  }
  result_real(t, "statistic", stat);
  result_real(t, "df", e->df);
  result_real(t, "p", p);
  result_estimate(t, e->value, low, high);
  add_effect(t, o, e, stat);
}

static ErrCode check_spread(Test *t, double se, double mean) {
  if (se > 10 * 2.220446049250313e-16 * fabs(mean)) return OK;
  return test_fail(t, ERR_ARG, "the values are constant: there is no spread to compare with");
}

static void say_alternative(Test *t, const TOpts *o, const char *what) {
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  result_say(t, "Alternative: %s %s %s.", what, words[o->alternative], say_number(t, o->mu));
}

// The one group of a single sample.
static Samples single(const char *name, double *x, int64_t n, Test *t) {
  Samples s = {.response = name, .total = n, .k = 1};
  s.name = arena_array(&t->arena, const char *, 1), s.name[0] = name;
  s.x = arena_array(&t->arena, double *, 1), s.x[0] = x;
  s.n = arena_array(&t->arena, int64_t, 1), s.n[0] = n;
  return s;
}

static ErrCode two_samples(Test *t, const TOpts *o, const Samples *s, bool equal) {
  Moments a = moments_f64(t->job, s->x[0], s->n[0]), b = moments_f64(t->job, s->x[1], s->n[1]);
  double va = moments_var(&a), vb = moments_var(&b), na = (double)a.n, nb = (double)b.n;
  double pooled = (a.m2 + b.m2) / (na + nb - 2);
  Estimate e = {a.mean - b.mean, sqrt(va / na + vb / nb), 0, equal ? sqrt(pooled) : sqrt((va + vb) / 2)};
  if (equal) e.se = sqrt(pooled * (1 / na + 1 / nb)), e.df = na + nb - 2;
  else
    e.df =
        (va / na + vb / nb) * (va / na + vb / nb) / (va / na * (va / na) / (na - 1) + vb / nb * (vb / nb) / (nb - 1));
  TRY(check_spread(t, e.se, fmax(fabs(a.mean), fabs(b.mean))));
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s - %s", s->name[0], s->name[1]));
  add_estimate(t, o, &e);
  result_int(t, "n", s->total);
  result_say(t, equal ? "Two-sample t test of %s by %s, variances taken as equal." : "Welch's t test of %s by %s.",
             s->response, s->by);
  say_alternative(t, o, arena_printf(&t->arena, "the mean of %s minus that of %s", s->name[0], s->name[1]));
  rows_say(t, s->dropped);
  TRY(assume_normal(t, s));
  return equal ? assume_equal(t, s, "stats.welch does not need them") : OK;
}

static ErrCode one_sample(Test *t, const TOpts *o, const double *x, int64_t n, const char *name) {
  Moments m = moments_f64(t->job, x, n);
  Estimate e = {m.mean, sqrt(moments_var(&m) / (double)n), (double)n - 1, sqrt(moments_var(&m))};
  TRY(check_spread(t, e.se, m.mean));
  result_row(t);
  result_text(t, "groups", name);
  add_estimate(t, o, &e);
  result_int(t, "n", n);
  return OK;
}

static ErrCode t_run(Test *t, const void *opts) {
  Samples s;
  TRY(samples_split(t, 1, 2, 2, &s));
  if (s.k == 2) return two_samples(t, opts, &s, true);
  TRY(one_sample(t, opts, s.x[0], s.n[0], s.response));
  result_say(t, "One-sample t test of %s.", s.response);
  say_alternative(t, opts, "the mean");
  rows_say(t, s.dropped);
  return assume_normal(t, &s);
}

// Welch's analysis of variance of three groups and more.
static ErrCode many_samples(Test *t, const TOpts *o, const Samples *s) {
  double *w = arena_array(&t->arena, double, 3 * s->k), *mean = w + s->k, *part = mean + s->k, k = (double)s->k;
  if (o->mu != 0 || o->alternative != TWO_SIDED)
    return test_fail(t, ERR_ARG, "mu and alternative are for two groups, '%s' makes %lld", s->by, (long long)s->k);
  for (int64_t g = 0; g < s->k; g++) {
    Moments m = moments_f64(t->job, s->x[g], s->n[g]);
    if (!(m.m2 > 0)) return test_fail(t, ERR_ARG, "the values of '%s' are constant: there is no spread", s->name[g]);
    mean[g] = m.mean, w[g] = (double)m.n / moments_var(&m);
  }
  double sum = sum_f64(NULL, w, s->k), grand = sum_dot(NULL, w, mean, s->k) / sum;
  for (int64_t g = 0; g < s->k; g++) part[g] = (1 - w[g] / sum) * (1 - w[g] / sum) / (double)(s->n[g] - 1);
  double lambda = sum_f64(NULL, part, s->k) / (k * k - 1);
  for (int64_t g = 0; g < s->k; g++) part[g] = w[g] * (mean[g] - grand) * (mean[g] - grand);
  double f = sum_f64(NULL, part, s->k) / ((k - 1) * (1 + 2 * (k - 2) * lambda)), df2 = 1 / (3 * lambda);
  result_row(t);
  result_text(t, "term", s->by);
  result_real(t, "statistic", f);
  result_int(t, "df1", s->k - 1);
  result_real(t, "df2", df2);
  result_real(t, "p", dist_f(f, k - 1, df2, DIST_UPPER));
  EffectLimits share = effect_share_limits(f, k - 1, df2, o->conf);
  result_effect(t, "eta_sq", f * (k - 1) / (f * (k - 1) + df2), share.low, share.high);
  result_int(t, "n", s->total);
  result_say(t, "Welch's analysis of variance of %s by %s. Alternative: the means are not all equal.", s->response,
             s->by);
  rows_say(t, s->dropped);
  return assume_normal(t, s);
}

static ErrCode welch_run(Test *t, const void *opts) {
  Samples s;
  TRY(samples_split(t, 2, MOST_GROUPS, 2, &s));
  return s.k == 2 ? two_samples(t, opts, &s, false) : many_samples(t, opts, &s);
}

static ErrCode paired_t_run(Test *t, const void *opts) {
  Samples s;
  TRY(samples_paired(t, &s));
  int64_t n = s.n[0];
  if (n < 2)
    return test_fail(t, ERR_ARG, "there %s %lld pair%s, at least 2 are needed", n == 1 ? "is" : "are", (long long)n,
                     n == 1 ? "" : "s");
  double *d;
  TRY(test_array(t, n * (int64_t)sizeof *d, &d));
  for (int64_t i = 0; i < n; i++) d[i] = s.x[0][i] - s.x[1][i];
  TRY(one_sample(t, opts, d, n, arena_printf(&t->arena, "%s - %s", s.name[0], s.name[1])));
  result_say(t, "Paired t test: %s against %s.", s.name[0], s.name[1]);
  say_alternative(t, opts, "the mean of the differences");
  rows_say(t, s.dropped);
  s = single("the differences", d, n, t);
  return assume_normal(t, &s);
}

const TestType test_t = {
    .name = "t",
    .signature = "stats.t(d, \"age ~ sex\", {mu=0, alternative=\"two.sided\"})",
    .summary = "whether two means differ, with one variance; or one mean from mu",
    .example = "return stats.t(data('titanic'), 'age ~ sex')",
    .misleads = "unequal variances in groups of different sizes: stats.welch does not mind them",
    .params = PARAMS,
    .opts_size = sizeof(TOpts),
    .run = t_run,
};

const TestType test_welch = {
    .name = "welch",
    .signature = "stats.welch(d, \"age ~ sex\", {mu=0, alternative=\"two.sided\"})",
    .summary = "whether means differ, whatever the variances",
    .example = "return stats.welch(data('titanic'), 'age ~ sex')",
    .misleads = "a few values far out, or small samples of a skewed variable: the means say little then",
    .params = PARAMS,
    .opts_size = sizeof(TOpts),
    .run = welch_run,
};

const TestType test_paired_t = {
    .name = "paired_t",
    .signature = "stats.paired_t(d, \"after ~ before\") or stats.paired_t(d, \"value ~ treatment | subject\")",
    .summary = "whether the mean of differences within pairs is mu",
    .example = "return stats.paired_t(data('iris'), 'sepal_length_cm ~ petal_length_cm', {mu=2})",
    .misleads = "pairs that are not independent of each other, or differences with values far out",
    .params = PARAMS,
    .opts_size = sizeof(TOpts),
    .run = paired_t_run,
};
