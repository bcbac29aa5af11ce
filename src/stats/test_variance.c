// Whether groups have the same variance: Levene's analysis of variance of the distances from the centre of each group
// (the median: Brown and Forsythe), Bartlett's test, and the F test of two variances. Effects: omega squared of the
// distances; the ratio of the largest variance to the smallest.
// References: Levene 1960; Brown and Forsythe 1974; Bartlett 1937; leveneTest of car, bartlett.test and var.test of R.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

// ---- Levene --------------------------------------------------------------------------------------------------------
typedef struct LeveneOpts {
  int centre;
  double conf;
} LeveneOpts;
static const Param LEVENE[] = {{"centre", PARAM_CHOICE, offsetof(LeveneOpts, centre), 0, 0, "median", "median|mean",
                                "distances are taken from it; the median is Brown and Forsythe's choice"},
                               TEST_CONF(LeveneOpts),
                               PARAM_END};

static ErrCode levene_run(Test *t, const void *opts) {
  const LeveneOpts *o = opts;
  Samples s;
  OneWay w;
  TRY(samples_split(t, 2, MOST_GROUPS, 2, &s));
  TRY(levene_statistic(t, &s, (LeveneCentre)o->centre, &w));
  if (!(w.within > 0)) return test_fail(t, ERR_ARG, "the distances from the centres are constant: there is no spread");
  result_row(t);
  result_text(t, "term", s.by);
  result_real(t, "statistic", w.f);
  result_int(t, "df1", (int64_t)w.df1);
  result_int(t, "df2", (int64_t)w.df2);
  result_real(t, "p", w.p);
  effect_omega(t, &w, o->conf);
  result_int(t, "n", s.total);
  result_say(t,
             "Levene's test of the distances of %s from the %s of its group%s. Alternative: the spread differs "
             "between the %lld groups of %s.",
             s.response, o->centre == LEVENE_MEAN ? "mean" : "median",
             o->centre == LEVENE_MEAN ? "" : " (Brown and Forsythe)", (long long)s.k, s.by);
  rows_say(t, s.dropped);
  return OK;
}

// ---- Bartlett ------------------------------------------------------------------------------------------------------
typedef struct BartlettOpts {
  double conf;
} BartlettOpts;
static const Param BARTLETT[] = {TEST_CONF(BartlettOpts), PARAM_END};

// How much larger the largest variance is than the smallest: each pair's ratio has its interval by F, all of them at
// once (Bonferroni), so the largest true ratio lies between the largest of their limits.
// worst: no pair's F quantile is above it, which spares most of them.
static ErrCode add_ratio(Test *t, const Samples *s, const double *var, double conf) {
  double few = (double)s->n[0] - 1, many = few;
  for (int64_t g = 1; g < s->k; g++) few = fmin(few, (double)s->n[g] - 1), many = fmax(many, (double)s->n[g] - 1);
  double alpha = (1 - conf) / (double)(s->k * (s->k - 1)), least = var[0], most = var[0], low = 1,
         high = 1; // of a tail
  double worst = fmax(dist_f_quantile(alpha, few, few, DIST_UPPER), dist_f_quantile(alpha, many, few, DIST_UPPER));
  for (int64_t a = 0; a < s->k; a++) {
    TRY(job_tick(t->job, a, s->k, t->err));
    least = fmin(least, var[a]), most = fmax(most, var[a]);
    for (int64_t b = 0; b < s->k; b++) {
      double df1 = (double)s->n[a] - 1, df2 = (double)s->n[b] - 1, ratio = var[a] / var[b];
      if (a == b) continue;
      if (ratio > low) low = fmax(low, ratio / dist_f_quantile(alpha, df1, df2, DIST_UPPER));
      if (ratio * worst > high) high = fmax(high, ratio * dist_f_quantile(alpha, df2, df1, DIST_UPPER));
    }
  }
  result_effect(t, "variance_ratio", most / least, low, high);
  return OK;
}

static ErrCode bartlett_run(Test *t, const void *opts) {
  const BartlettOpts *o = opts;
  Samples s;
  TRY(samples_split(t, 2, MOST_GROUPS, 2, &s));
  double *part = arena_array(&t->arena, double, 4 * s.k), *logs = part + s.k, *inverse = logs + s.k,
         *var = inverse + s.k;
  double df = (double)(s.total - s.k), k1 = (double)s.k - 1;
  for (int64_t g = 0; g < s.k; g++) {
    Moments m = moments_f64(t->job, s.x[g], s.n[g]);
    if (!(m.m2 > 0)) return test_fail(t, ERR_ARG, "the values of '%s' are constant: its variance is 0", s.name[g]);
    part[g] = m.m2;
    var[g] = moments_var(&m);
    logs[g] = ((double)m.n - 1) * fmath_log(var[g]);
    inverse[g] = 1 / ((double)m.n - 1);
  }
  double pooled = sum_f64(NULL, part, s.k) / df;
  double stat =
      (df * fmath_log(pooled) - sum_f64(NULL, logs, s.k)) / (1 + (sum_f64(NULL, inverse, s.k) - 1 / df) / (3 * k1));
  if (stat < 0) stat = 0; // equal variances, rounded
  result_row(t);
  result_text(t, "term", s.by);
  result_real(t, "statistic", stat);
  result_int(t, "df", s.k - 1);
  result_real(t, "p", dist_chisq(stat, k1, DIST_UPPER));
  TRY(add_ratio(t, &s, var, o->conf));
  result_int(t, "n", s.total);
  result_say(t, "Bartlett's test of %s by %s. Alternative: the variances of the %lld groups are not all equal.",
             s.response, s.by, (long long)s.k);
  rows_say(t, s.dropped);
  return assume_normal(t, &s);
}

// ---- F test of two variances ---------------------------------------------------------------------------------------
typedef struct VarOpts {
  int alternative;
  double ratio, conf;
} VarOpts;
static const Param VAR[] = {TEST_ALTERNATIVE(VarOpts),
                            {"ratio", PARAM_REAL, offsetof(VarOpts, ratio), 1e-300, PARAM_INF, "1", NULL,
                             "the ratio of the variances under the null hypothesis"},
                            TEST_CONF(VarOpts),
                            PARAM_END};

static ErrCode var_run(Test *t, const void *opts) {
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  const VarOpts *o = opts;
  Samples s;
  TRY(samples_split(t, 2, 2, 2, &s));
  Moments a = moments_f64(t->job, s.x[0], s.n[0]), b = moments_f64(t->job, s.x[1], s.n[1]);
  if (!(a.m2 > 0 && b.m2 > 0)) return test_fail(t, ERR_ARG, "the values of a group are constant: its variance is 0");
  double ratio = moments_var(&a) / moments_var(&b), df1 = (double)a.n - 1, df2 = (double)b.n - 1, f = ratio / o->ratio;
  double lower = dist_f(f, df1, df2, DIST_LOWER), upper = dist_f(f, df1, df2, DIST_UPPER);
  double p = 2 * fmin(lower, upper), low = 0, high = INFINITY, tail = 1 - o->conf;
  if (o->alternative == TWO_SIDED) tail /= 2;
  else p = o->alternative == LESS ? lower : upper;
  if (o->alternative != LESS) low = ratio / dist_f_quantile(tail, df1, df2, DIST_UPPER);
  if (o->alternative != GREATER) high = ratio / dist_f_quantile(tail, df1, df2, DIST_LOWER);
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s / %s", s.name[0], s.name[1]));
  result_real(t, "statistic", f);
  result_int(t, "df1", (int64_t)df1);
  result_int(t, "df2", (int64_t)df2);
  result_real(t, "p", fmin(p, 1));
  result_estimate(t, ratio, low, high);
  result_int(t, "n", s.total);
  result_say(t, "F test of two variances of %s by %s. Alternative: the variance of %s over that of %s %s %s.",
             s.response, s.by, s.name[0], s.name[1], words[o->alternative], say_number(t, o->ratio));
  rows_say(t, s.dropped);
  return assume_normal(t, &s);
}

const TestType test_levene = {
    .name = "levene",
    .signature = "stats.levene(d, \"count ~ spray\", {centre=\"median\", conf=0.95})",
    .summary = "whether the spread differs between groups",
    .example = "return stats.levene(data('insect_sprays'), 'count ~ spray')",
    .misleads = "small groups: a large p value is no proof of equal spread",
    .params = LEVENE,
    .opts_size = sizeof(LeveneOpts),
    .run = levene_run,
};

const TestType test_bartlett = {
    .name = "bartlett",
    .signature = "stats.bartlett(d, \"count ~ spray\", {conf=0.95})",
    .summary = "whether the variances of normal groups are equal",
    .example = "return stats.bartlett(data('insect_sprays'), 'count ~ spray')",
    .misleads = "values that are not normal: long tails look like unequal variances; stats.levene is safer",
    .params = BARTLETT,
    .opts_size = sizeof(BartlettOpts),
    .run = bartlett_run,
};

const TestType test_var = {
    .name = "var",
    .signature = "stats.var(d, \"len ~ supp\", {ratio=1, alternative=\"two.sided\"})",
    .summary = "whether two variances of normal samples are equal",
    .example = "return stats.var(data('toothgrowth'), 'len ~ supp')",
    .misleads = "values that are not normal: long tails look like unequal variances; stats.levene is safer",
    .params = VAR,
    .opts_size = sizeof(VarOpts),
    .run = var_run,
};
