// Which columns are combinations of others. The Gram matrix of the standardised columns comes from one sweep of a fit
// of two classes at zero, where every curvature is 1/4; when its Cholesky pivots are far from zero nothing is aliased.
// Only otherwise does QR with R's pivoting decide, with the tolerance of R's glm, on the columns as they are.
#include "model/logistic_int.h"

static const double CLEAR = 1e-8, GLM_TOL = 1e-11;

static ErrCode gram_of(Job *job, const Logit *l, double *h, Err *err) {
  Mat v;
  TRY(mat_new(job, l->size, 2, "the rank of the columns", &v, err));
  Sweep s = {.g = v.x, .h = h};
  ErrCode code = logit_sweep(job, l, v.x + l->size, &s, err);
  mat_free(&v);
  return code;
}

static ErrCode clearly_independent(Job *job, const FitIn *in, bool intercept, const int64_t *col, bool *yes, Err *err) {
  FitIn two = *in;
  Logit l;
  Mat h;
  int64_t rank;
  two.nclass = 2;
  TRY(logit_open(job, &two, col, in->compact->p, intercept, 0, true, &l, err));
  ErrCode code = mat_new(job, l.size, l.size, "the rank of the columns", &h, err);
  if (code == OK) code = gram_of(job, &l, h.x, err);
  if (code == OK) *yes = chol_factor(h.x, l.size, CLEAR, &rank, NULL) == OK;
  mat_free(&h);
  logit_close(&l);
  return code;
}

static ErrCode pivot(Job *job, const FitIn *in, int64_t first, int64_t *col, int64_t *p, Err *err) {
  int64_t n = in->x->n;
  Mat a;
  Qr q;
  TRY(mat_new(job, n, in->compact->p + first, "the columns of logistic regression", &a, err));
  for (int64_t i = 0; i < n && first; i++) a.x[i] = 1;
  for (int64_t j = 0; j < in->compact->p; j++) compact_read(in->compact, j, 0, n, a.x + (first + j) * n);
  ErrCode code = qr_factor(job, &a, GLM_TOL, &q, err);
  mat_free(&a);
  TRY(code);
  for (int64_t l = first; l < q.qr.p; l++) col[l - first] = q.pivot[l] - first;
  *p = q.rank - first;
  qr_free(&q);
  return OK;
}

ErrCode logit_columns(Job *job, const FitIn *in, bool intercept, int64_t *col, int64_t *p, Err *err) {
  bool clear;
  *p = in->compact->p;
  for (int64_t j = 0; j < *p; j++) col[j] = j;
  if (*p == 0) return OK;
  TRY(clearly_independent(job, in, intercept, col, &clear, err));
  return clear ? OK : pivot(job, in, intercept, col, p, err);
}
