// What a test takes for granted, looked at and said: Shapiro and Wilk's test for normality within each group, or the
// skewness where there are too many values for it; Levene's test for equal variances.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

typedef struct Doubt {
  double p, skew; // p: NaN = not tested
  bool odd, looked;
} Doubt;

static ErrCode look(Test *t, const double *x, int64_t n, Doubt *d) {
  *d = (Doubt){.p = NAN};
  if (n < 3) return OK;
  Moments m = moments_f64(t->job, x, n);
  if (!(m.max > m.min)) return OK;
  d->looked = true;
  if (n <= SHAPIRO_MOST) {
    TRY(normality_p(t, x, n, &d->p));
    d->odd = d->p < 0.05;
    return OK;
  }
  double size = (double)n, se = sqrt(6 * size * (size - 1) / ((size - 2) * (size + 1) * (size + 3)));
  d->skew = moments_skew(&m);
  d->odd = fabs(d->skew) > 2 * se;
  return OK;
}

static const char *doubt_text(Test *t, const Doubt *d) {
  return isnan(d->p) ? arena_printf(&t->arena, "skewness %s", say_number(t, d->skew)) : say_p(t, d->p);
}

ErrCode assume_normal(Test *t, const Samples *s) {
  enum { NAMED = 3 };
  const char *odd = "";
  int64_t looked = 0, found = 0;
  double least = INFINITY;
  for (int64_t g = 0; g < s->k; g++) {
    Doubt d;
    TRY(look(t, s->x[g], s->n[g], &d));
    looked += d.looked;
    if (d.p < least) least = d.p;
    if (!d.odd || found++ >= NAMED) continue;
    odd = arena_printf(&t->arena, "%s%s%s (%s)", odd, found > 1 ? ", " : "", s->name[g], doubt_text(t, &d));
  }
  if (found)
    result_say(t, "Normality is doubtful: %s%s%s.", odd, found > NAMED ? " and others" : "",
               isfinite(least) ? " by Shapiro-Wilk" : "");
  else if (looked && isfinite(least))
    result_say(t, "Normality: Shapiro-Wilk %s%s.", say_p(t, least), looked > 1 ? " at least" : "");
  else if (looked) result_say(t, "Normality: skewness is within 2 standard errors of 0.");
  else result_say(t, "Normality: too few values to tell.");
  return OK;
}

typedef struct Distances {
  const double *x;
  double centre, *z;
} Distances;

static void run_distances(void *ctx, int64_t begin, int64_t end) {
  const Distances *d = ctx;
  for (int64_t i = begin; i < end; i++) d->z[i] = fabs(d->x[i] - d->centre);
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
    TRY(test_rows(t, s->n[g], run_distances, &(Distances){s->x[g], c, d.x[g]}));
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
