// Scores of one column at a time. Rows are first put in the order of their classes, so that the sums of a class run
// over neighbours and go through the fixed tree.
// Sources: Fisher's analysis of variance; the F test of a correlation; chi-square of class sums against the shares of
// the classes, as scikit-learn 1.2.1 has them (f_classif, f_regression, chi2).
#include "prep/select_int.h"

#include "base/pool.h"

#include <float.h>
#include <math.h>

typedef struct Sorting {
  const int64_t *order;
  const double *x;
  double *out;
} Sorting;

static void sort_chunk(void *ctx, int64_t begin, int64_t end) {
  const Sorting *t = ctx;
  for (int64_t i = begin; i < end; i++) t->out[i] = t->x[t->order[i]];
}

static void by_class(Job *job, const Goal *g, const double *x, double *out) {
  par_for(job, g->n, STEP_GRAIN, sort_chunk, &(Sorting){g->order, x, out});
}

static Score f_of(double between, double df1, double within, double df2) {
  double f = (between / df1) / (within / df2);
  if (!(df1 > 0 && df2 > 0)) return (Score){NAN, NAN};
  return (Score){f, dist_f(f, df1, df2, DIST_UPPER)};
}

static Score f_of_classes(Job *job, const Goal *g, const double *x, double *room) {
  double between = 0, within = 0, n = (double)g->n;
  Moments all = moments_f64(job, x, g->n);
  double e = n * all.mean * DBL_EPSILON;
  if (all.m2 <= n * (n * DBL_EPSILON * all.m2 / n + e * e)) return (Score){0, 1};
  int64_t classes = 0;
  by_class(job, g, x, room);
  for (int64_t k = 0; k < g->nclass; k++) {
    int64_t m = g->start[k + 1] - g->start[k];
    if (m == 0) continue;
    Moments one = moments_f64(job, room + g->start[k], m);
    between += (double)m * (one.mean - all.mean) * (one.mean - all.mean);
    within += one.m2;
    classes++;
  }
  return f_of(between, (double)(classes - 1), within, n - (double)classes);
}

static Score f_of_values(Job *job, const Goal *g, double *x) {
  double n = (double)g->n, mean = sum_f64(job, x, g->n) / n;
  affine_map(&(Affine){mean, 1}, x, g->n, x);
  double xx = sum_dot(job, x, x, g->n), yy = sum_dot(job, g->centred, g->centred, g->n);
  double e = n * mean * DBL_EPSILON, xy = sum_dot(job, x, g->centred, g->n);
  if (xx <= n * e * e || yy == 0) return (Score){0, 1};
  double r2 = xy * xy / (xx * yy);
  return f_of(r2 < 1 ? r2 : 1, 1, r2 < 1 ? 1 - r2 : 0, n - 2);
}

Score score_f(Job *job, const Goal *g, double *x, double *room) {
  return g->nclass ? f_of_classes(job, g, x, room) : f_of_values(job, g, x);
}

Score score_chi2(Job *job, const Goal *g, const double *x, double *room) {
  double total = sum_f64(job, x, g->n), chi2 = 0;
  int64_t classes = 0;
  by_class(job, g, x, room);
  for (int64_t k = 0; k < g->nclass; k++) {
    int64_t m = g->start[k + 1] - g->start[k];
    if (m == 0) continue;
    double expected = total * ((double)m / (double)g->n), gap = sum_f64(job, room + g->start[k], m) - expected;
    chi2 += total > 0 ? gap * gap / expected : 0;
    classes++;
  }
  return (Score){chi2, classes > 1 ? dist_chisq(chi2, (double)(classes - 1), DIST_UPPER) : NAN};
}
