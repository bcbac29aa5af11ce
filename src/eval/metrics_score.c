// Metrics of the probabilities themselves: whether they order the rows (AUC), and whether they are right (log loss,
// Brier). Sums over rows go through num's fixed trees.
#include "eval/eval_int.h"

#include "num/num.h"

#include <float.h>
#include <math.h>

// Undefined without positive or without other rows, as the area below the ROC curve.
static ErrCode class_precision(Job *job, const Scored *s, int class, double *out, Err *err) {
  Roc r;
  double sum = 0;
  TRY(roc_new(job, s->score + class * s->n, s->y, s->n, class, &r, err));
  for (int64_t k = 1; k < r.n; k++)
    sum += (double)(r.tp[k] - r.tp[k - 1]) * ((double)r.tp[k] / (double)(r.tp[k] + r.fp[k]));
  *out = r.npos && r.nneg ? sum / (double)r.npos : NAN;
  roc_free(&r);
  return OK;
}

ErrCode average_precision_of(Job *job, const Scored *s, Estimate *out, Err *err) {
  double sum = 0, one;
  bool two = s->nclass == 2;
  for (int k = two ? s->positive : 0; k <= (two ? s->positive : s->nclass - 1); k++) {
    TRY(class_precision(job, s, k, &one, err));
    sum += one;
  }
  *out = (Estimate){two ? sum : sum / s->nclass, NAN, NAN};
  return OK;
}

// The area of one class against the others.
static ErrCode class_auc(Job *job, const Scored *s, int class, Estimate *out, Err *err) {
  Roc r;
  TRY(roc_new(job, s->score + class * s->n, s->y, s->n, class, &r, err));
  *out = roc_auc(&r);
  roc_free(&r);
  return OK;
}

static ErrCode class_areas(Job *job, const Scored *s, double *area, Err *err) {
  Estimate one;
  for (int k = 0; k < s->nclass; k++) {
    TRY(class_auc(job, s, k, &one, err));
    area[k] = one.value;
  }
  return OK;
}

ErrCode auc_of(Job *job, const Scored *s, Estimate *out, Err *err) {
  if (s->nclass == 2) return class_auc(job, s, s->positive, out, err);
  Arena a;
  arena_init(&a);
  double *area = arena_array(&a, double, s->nclass);
  ErrCode code = class_areas(job, s, area, err);
  *out = (Estimate){sum_f64(NULL, area, s->nclass) / s->nclass, NAN, NAN};
  arena_fini(&a);
  return code;
}

// Fills x[i] = p of the true class, at least DBL_EPSILON: scikit-learn's clip.
static ErrCode true_class(Job *job, const Scored *s, double *x, Err *err) {
  for (int64_t i = 0; i < s->n; i++) {
    x[i] = fmax(s->score[(int64_t)s->y[i] * s->n + i], DBL_EPSILON);
    if (i % EVAL_TICK == 0) TRY(job_tick(job, i, s->n, err));
  }
  return OK;
}

ErrCode log_loss_of(Job *job, const Scored *s, Estimate *out, Err *err) {
  void *block;
  TRY(eval_alloc(job, s->n * 8, "log loss", &block, err));
  double *x = block;
  ErrCode code = true_class(job, s, x, err);
  if (code == OK) fmath_log_n(x, x, s->n);
  if (code == OK) *out = (Estimate){fabs(sum_f64(job, x, s->n) / (double)s->n), NAN, NAN};
  mem_free(block);
  return code;
}

// Sum over rows of (p of `class` - whether it was)^2.
static double class_distance(Job *job, const Scored *s, int class, double *d) {
  const double *p = s->score + class * s->n;
  for (int64_t i = 0; i < s->n; i++) d[i] = p[i] - (s->y[i] == class);
  return sum_dot(job, d, d, s->n);
}

static ErrCode distances(Job *job, const Scored *s, double *d, double *sum, Err *err) {
  int first = s->nclass == 2 ? s->positive : 0, last = s->nclass == 2 ? s->positive : s->nclass - 1;
  *sum = 0;
  for (int k = first; k <= last; k++) {
    TRY(job_tick(job, k, s->nclass, err));
    *sum += class_distance(job, s, k, d); // few terms, always in class order
  }
  return OK;
}

ErrCode brier_of(Job *job, const Scored *s, Estimate *out, Err *err) {
  void *block;
  double sum;
  TRY(eval_alloc(job, s->n * 8, "the Brier score", &block, err));
  ErrCode code = distances(job, s, block, &sum, err);
  if (code == OK) *out = (Estimate){sum / (double)s->n, NAN, NAN};
  mem_free(block);
  return code;
}
