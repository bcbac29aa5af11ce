// Where Newton's method starts when there are many rows: at a rough fit of an eighth of them, runs of 64 rows out of
// every 512. Its error is of the order of 1 / sqrt(n), so that two or three passes over all rows replace six. The
// solution does not depend on it, and the search drops a start that is worse than zero.
#include "model/logistic_int.h"

#include <math.h>
#include <string.h>

enum { MANY = 4 * NUM_BLOCK, RUN = 64, EVERY = 512, STEPS = 10 };

static const double ROUGH = 1e-3;

typedef struct Part {
  FitIn in;
  Compact x;
  Mat none, y, weight; // none: n x 0
  Search search;
  Mat w, h;        // coefficients and step; Hessian
} Part;

static void part_fini(Part *p) {
  compact_close(&p->x);
  mat_free(&p->y);
  mat_free(&p->weight);
  mat_free(&p->w);
  mat_free(&p->h);
}

static void copy_runs(double *to, const double *from, int64_t n) {
  for (int64_t i = 0; i + RUN <= n; i += EVERY, to += RUN) memcpy(to, from + i, RUN * sizeof *to);
}

// Every eighth run.
static ErrCode part_open(Job *job, const Logit *l, Part *p, Err *err) {
  static const char what[] = "the start of logistic regression";
  TRY(compact_part(job, l->in->compact, RUN, EVERY, &p->x, err));
  int64_t n = p->x.n;
  TRY(mat_new(job, n, 1, what, &p->y, err));
  if (l->in->weight) TRY(mat_new(job, n, 1, what, &p->weight, err));
  TRY(mat_new(job, l->size, 2, what, &p->w, err));
  TRY(mat_new(job, l->size, l->size, what, &p->h, err));
  copy_runs(p->y.x, l->in->y, l->n);
  if (l->in->weight) copy_runs(p->weight.x, l->in->weight, l->n);
  p->in = *l->in;
  p->none.n = n;
  p->in.x = &p->none, p->in.compact = &p->x, p->in.y = p->y.x, p->in.weight = p->weight.x;
  p->search = (Search){.tol = ROUGH, .max_iter = STEPS, .h = p->h.x, .step = p->w.x + l->size};
  return OK;
}

// From coefficients of the part's standard columns to those of all rows' standard columns.
static void restandardise(const Logit *part, const double *v, const Logit *l, double *w) {
  for (int64_t a = 0; a < l->sets; a++, v += l->m, w += l->m) {
    double shift = 0;
    for (int64_t j = 0; j < l->p; j++) {
      double b = v[l->first + j] / part->scale[j];
      w[l->first + j] = b * l->scale[j];
      shift += b * (l->mean[j] - part->mean[j]);
    }
    if (l->first) w[0] = v[0] + shift;
  }
}

static ErrCode fit_part(Job *job, const Logit *l, Part *p, double *w, Err *err) {
  Logit part;
  double share = (double)p->x.n / (double)l->n;
  TRY(logit_open(job, &p->in, l->col, l->p, l->first, l->l2 * share, true, &part, err));
  ErrCode code = logit_newton(job, &part, p->w.x, &p->search, err);
  if (code == OK && p->search.converged) restandardise(&part, p->w.x, l, w);
  logit_close(&part);
  return code;
}

ErrCode logit_start(Job *job, const Logit *l, double *w, Err *err) {
  Part p = {0};
  if (l->n < MANY || l->size == 0) return OK;
  ErrCode code = part_open(job, l, &p, err);
  if (code == OK) code = fit_part(job, l, &p, w, err);
  part_fini(&p);
  return code;
}
