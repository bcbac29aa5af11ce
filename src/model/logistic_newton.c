// Newton's method for logistic regression: with the loss, gradient and Hessian of one sweep, the step solves
// H d = -g by Cholesky; it is halved while the loss does not fall. Where H is not positive definite to working
// precision (separated classes), a multiple of its diagonal is added, which leaves a direction of descent.
//
// A set for each class (softmax under a penalty) leaves one direction free: the same constant on all intercepts
// changes no probability. The gradient has no part in it, so a rank one term on the intercepts makes H regular and
// changes no step.
//
// It ends one step after max|gradient| <= tol * total weight, since that step costs one sweep and squares the error.
// Under a penalty, where nobody asks for the Hessian at the end, the last steps go without a new one: once a step made
// the gradient a hundred times smaller and it is small, the Hessian there changes by less than a hundredth from step
// to step, so that with the one before each step still gains that factor and more. A step that gains less has it made
// anew.
// Reference: McCullagh and Nelder, Generalized Linear Models, 2nd ed., 2.5; Boyd and Vandenberghe 9.5.
#include "model/logistic_int.h"

#include <math.h>
#include <string.h>

enum { HALVINGS = 30 };

static const double CHOL_TOL = 1e-13, RIDGE = 1e-10, ENOUGH = 1e-3, NEAR = 1e-4, GAIN = 1e-2;

typedef struct Newton {
  const Logit *l;
  Search *s;
  double *w, *w_new;      // size each
  double *g, *g_new;
  double *h, *h_new, *factor;
  double f;
  bool stale, lean; // h and factor are those of a point before; the next sweep needs no Hessian
} Newton;

static double largest(const double *v, int64_t n) {
  double most = 0;
  for (int64_t k = 0; k < n; k++) most = fabs(v[k]) > most || isnan(v[k]) ? fabs(v[k]) : most;
  return most;
}

static void fix_intercepts(const Logit *l, double *h) {
  if (l->offset || !l->first) return;
  double add = l->total / (double)(l->sets * l->sets);
  for (int64_t a = 0; a < l->sets; a++)
    for (int64_t b = 0; b < l->sets; b++) h[a * l->m * l->size + b * l->m] += add;
}

// The factor of h + ridge * diag(h), with the least ridge that makes it positive definite.
static ErrCode factor(const Newton *t, Err *err) {
  int64_t n = t->l->size, rank;
  for (double ridge = 0; ridge < 1e6; ridge = ridge > 0 ? 100 * ridge : RIDGE) {
    memcpy(t->factor, t->h, (size_t)(n * n) * sizeof(double));
    fix_intercepts(t->l, t->factor);
    for (int64_t k = 0; k < n; k++) t->factor[k * n + k] += ridge * fmax(t->h[k * n + k], 1e-300);
    if (chol_factor(t->factor, n, CHOL_TOL, &rank, NULL) == OK) return OK;
  }
  return fit_not_finite(NULL, t->l->in, "logistic", err);
}

static void swap(double **a, double **b) {
  double *t = *a;
  *a = *b, *b = t;
}

// Moves to the first of w + d, w + d/2, w + d/4 ... whose loss is not above the present one.
static ErrCode move(Job *job, Newton *t, bool *moved, Err *err) {
  double slack = 1e-12 * t->f + 1e-15 * t->l->total, *d = t->s->step;
  Sweep now = {.g = t->g_new, .h = t->lean ? NULL : t->h_new};
  *moved = false;
  for (int k = 0; k < HALVINGS && !*moved; k++) {
    for (int64_t j = 0; j < t->l->size; j++) t->w_new[j] = t->w[j] + d[j];
    TRY(logit_sweep(job, t->l, t->w_new, &now, err));
    *moved = now.f <= t->f + slack;
    for (int64_t j = 0; j < t->l->size && !*moved; j++) d[j] /= 2;
  }
  if (!*moved) return OK;
  t->f = now.f;
  swap(&t->w, &t->w_new);
  swap(&t->g, &t->g_new);
  if (!t->lean) swap(&t->h, &t->h_new);
  t->stale = t->lean;
  return OK;
}

static ErrCode step(Job *job, Newton *t, bool *moved, Err *err) {
  double *d = t->s->step;
  if (t->stale && !t->lean) TRY(logit_sweep(job, t->l, t->w, &(Sweep){.g = t->g, .h = t->h}, err));
  if (!t->stale || !t->lean) TRY(factor(t, err));
  for (int64_t j = 0; j < t->l->size; j++) d[j] = -t->g[j];
  chol_solve(t->factor, t->l->size, d);
  TRY(move(job, t, moved, err));
  t->s->iterations += *moved;
  return OK;
}

// Zero, with a loss of log(classes) a row, takes the place of a start that is worse.
static ErrCode first_sweep(Job *job, Newton *t, Err *err) {
  Sweep s = {.g = t->g, .h = t->h};
  TRY(logit_sweep(job, t->l, t->w, &s, err));
  if (!(s.f <= 1.000001 * t->l->total * fmath_log(t->l->in->nclass))) {
    memset(t->w, 0, (size_t)t->l->size * sizeof *t->w);
    TRY(logit_sweep(job, t->l, t->w, &s, err));
  }
  t->f = s.f;
  return OK;
}

static ErrCode newton(Job *job, Newton *t, Err *err) {
  Search *s = t->s;
  double goal = s->tol * t->l->total;
  TRY(first_sweep(job, t, err));
  double before = INFINITY;
  for (bool moved = true, near = false;; near = s->converged) {
    s->gmax = largest(t->g, t->l->size);
    if (!isfinite(t->f) || !isfinite(s->gmax)) return fit_not_finite(job, t->l->in, "logistic", err);
    s->converged = s->gmax <= goal;
    bool enough = s->gmax <= ENOUGH * goal || (near && s->converged);
    if (!moved || enough || s->iterations == s->max_iter) return OK;
    t->lean = t->l->l2 > 0 && s->gmax <= NEAR * t->l->total && s->gmax <= GAIN * before;
    before = s->gmax;
    TRY(step(job, t, &moved, err));
  }
}

ErrCode logit_newton(Job *job, const Logit *l, double *w, Search *s, Err *err) {
  int64_t n = l->size;
  Mat vectors, squares;
  TRY(mat_new(job, n, 4, "Newton's method", &vectors, err));
  double *v = vectors.x;
  ErrCode code = mat_new(job, n * n, 2, "the Hessian of logistic regression", &squares, err);
  if (code == OK) {
    Newton t = {.l = l, .s = s, .w = v, .w_new = v + n, .g = v + 2 * n, .g_new = v + 3 * n,
                .h = s->h, .h_new = squares.x, .factor = squares.x + n * n};
    memcpy(t.w, w, (size_t)n * sizeof *w);
    s->iterations = 0;
    code = newton(job, &t, err);
    memcpy(w, t.w, (size_t)n * sizeof *w);
    if (t.h != s->h) memcpy(s->h, t.h, (size_t)(n * n) * sizeof *s->h);
    s->f = t.f;
  }
  mat_free(&vectors);
  mat_free(&squares);
  return code;
}

// ---- L-BFGS, for more coefficients than a Hessian is wanted of ----------------------------------------------------
typedef struct Objective {
  Job *job;
  const Logit *l;
} Objective;

static ErrCode objective(void *ctx, const double *w, double *f, double *g, Err *err) {
  const Objective *o = ctx;
  Sweep s = {.g = g};
  TRY(logit_sweep(o->job, o->l, w, &s, err));
  *f = s.f;
  return OK;
}

ErrCode logit_lbfgs(Job *job, const Logit *l, double *w, Search *s, Err *err) {
  OptResult r;
  ErrCode code = opt_lbfgs(job, objective, &(Objective){job, l}, l->size, w, s->tol * l->total, s->max_iter, &r, err);
  s->f = r.f, s->gmax = r.gmax;
  s->iterations = r.iterations, s->converged = r.converged;
  return code;
}
