// What a test takes for granted, looked at and said: skewness for normality, Levene's test for equal variances.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

static double skewness_se(double n) { return sqrt(6 * n * (n - 1) / ((n - 2) * (n + 1) * (n + 3))); }

void assume_normal(Test *t, const Samples *s) {
  Str odd = {0};
  int64_t looked = 0, found = 0;
  for (int64_t g = 0; g < s->k; g++) {
    if (s->n[g] < 8) continue;
    Moments m = moments_f64(t->job, s->x[g], s->n[g]);
    double skew = moments_skew(&m);
    looked++;
    if (!(fabs(skew) > 2 * skewness_se((double)s->n[g]))) continue;
    if (found++ < 3) str_addf(&odd, "%s%s %s", odd.n ? ", " : "", s->name[g], say_number(t, skew));
  }
  if (found) result_say(t, "Normality is doubtful: skewness %s%s.", str_c(&odd), found > 3 ? " and others" : "");
  else if (looked) result_say(t, "Normality: skewness is within 2 standard errors of 0.");
  else result_say(t, "Normality: too few values to tell.");
  str_fini(&odd);
}

// F of a one-way analysis of the distances from each group's centre.
ErrCode levene_statistic(Test *t, const Samples *s, LeveneCentre centre, OneWay *out) {
  Samples d = *s;
  double *z;
  int64_t at = 0;
  TRY(test_array(t, s->total * (int64_t)sizeof *z, &z));
  d.x = arena_array(&t->arena, double *, s->k);
  for (int64_t g = 0; g < s->k; g++) {
    static const double half = 0.5;
    double c;
    if (centre == LEVENE_MEAN) c = sum_f64(t->job, s->x[g], s->n[g]) / (double)s->n[g];
    else TRY(quantile_f64(t->job, s->x[g], s->n[g], 7, &half, 1, &c, t->err));
    d.x[g] = z + at;
    for (int64_t i = 0; i < s->n[g]; i++) d.x[g][i] = fabs(s->x[g][i] - c);
    at += s->n[g];
  }
  one_way(t, &d, out);
  return OK;
}

ErrCode assume_equal(Test *t, const Samples *s, const char *otherwise) {
  OneWay w;
  TRY(levene_statistic(t, s, LEVENE_MEDIAN, &w));
  if (!(w.within > 0) || isnan(w.p)) return OK;
  if (w.p < 0.05) result_say(t, "Equal variances are doubtful: Levene %s; %s.", say_p(t, w.p), otherwise);
  else result_say(t, "Equal variances: Levene %s.", say_p(t, w.p));
  return OK;
}

// Between and within about the mean of all, two passes each.
void one_way(Test *t, const Samples *s, OneWay *out) {
  double *part = arena_array(&t->arena, double, 3 * s->k), *mean = part + s->k, *within = mean + s->k;
  double total = 0;
  for (int64_t g = 0; g < s->k; g++) {
    Moments m = moments_f64(t->job, s->x[g], s->n[g]);
    mean[g] = m.mean, within[g] = m.m2;
    part[g] = m.mean * (double)s->n[g];
    total += (double)s->n[g]; // whole numbers: exact
  }
  double grand = sum_f64(NULL, part, s->k) / total;
  for (int64_t g = 0; g < s->k; g++) part[g] = (double)s->n[g] * (mean[g] - grand);
  grand += sum_f64(NULL, part, s->k) / total; // what rounding left
  for (int64_t g = 0; g < s->k; g++) part[g] = (double)s->n[g] * (mean[g] - grand) * (mean[g] - grand);
  *out = (OneWay){.between = sum_f64(NULL, part, s->k), .within = sum_f64(NULL, within, s->k)};
  out->df1 = (double)s->k - 1, out->df2 = total - (double)s->k;
  out->f = out->between / out->df1 / (out->within / out->df2);
  out->p = dist_f(out->f, out->df1, out->df2, DIST_UPPER);
}
