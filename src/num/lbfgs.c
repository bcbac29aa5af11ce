// L-BFGS: the inverse Hessian is the product of the last 10 corrections (s, y) on a scaled identity, applied by the
// two-loop recursion; steps satisfy the strong Wolfe conditions (decrease 1e-4, slope 0.9) by bracketing and cubic
// interpolation.
//
// Near the minimum differences of f drown in its rounding. There a step is judged by slopes alone (the approximate
// Wolfe condition of Hager and Zhang), so that small gtol are reached. When no step helps, the memory is dropped once
// and steepest descent tried; if that fails too the search ends. It counts as converged if max|g| <= gtol or if the
// decrease that the model still promises is below the rounding of f.
// References: Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 3.5, 3.6, 7.4; Hager and Zhang, SIAM J.
// Optim. 16 (2005), section 4.
#include "num/num_int.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { MEMORY = 10, TRIALS = 40 };

static const double DECREASE = 1e-4, SLOPE = 0.9;

typedef struct Search {
  OptFn fn;
  void *ctx;
  int64_t p;
  double *w, *g, *d;     // point, gradient, direction: p each
  double *w_new, *g_new; // trial
  double *s[MEMORY], *y[MEMORY], rho[MEMORY];
  int64_t kept, newest;   // corrections kept, place of the newest
  double f, slope, f_new; // slope = g'd
} Search;

typedef struct Trial {
  double a, f, slope; // step, value, slope along d
} Trial;

static double max_abs(const double *g, int64_t p) {
  double m = 0;
  for (int64_t j = 0; j < p; j++) m = fabs(g[j]) > m || isnan(g[j]) ? fabs(g[j]) : m;
  return m;
}

static void add_to(double *x, const double *v, double t, int64_t p) {
  for (int64_t j = 0; j < p; j++) x[j] += t * v[j];
}

// d = -H g.
static void direction(Search *s) {
  double alpha[MEMORY] = {0};
  for (int64_t j = 0; j < s->p; j++) s->d[j] = -s->g[j];
  for (int64_t k = 0; k < s->kept; k++) {
    int64_t at = (s->newest - k + MEMORY) % MEMORY;
    alpha[at] = s->rho[at] * sum_dot(NULL, s->s[at], s->d, s->p);
    add_to(s->d, s->y[at], -alpha[at], s->p);
  }
  double scale = 1 / fmax(sqrt(sum_dot(NULL, s->g, s->g, s->p)), DBL_MIN);
  if (s->kept) scale = 1 / (s->rho[s->newest] * sum_dot(NULL, s->y[s->newest], s->y[s->newest], s->p));
  else if (scale > 1) scale = 1;
  for (int64_t j = 0; j < s->p; j++) s->d[j] *= scale;
  for (int64_t k = s->kept - 1; k >= 0; k--) {
    int64_t at = (s->newest - k + MEMORY) % MEMORY;
    double beta = s->rho[at] * sum_dot(NULL, s->y[at], s->d, s->p);
    add_to(s->d, s->s[at], alpha[at] - beta, s->p);
  }
  s->slope = sum_dot(NULL, s->g, s->d, s->p);
}

static ErrCode evaluate(Search *s, double a, Trial *t, Err *err) {
  for (int64_t j = 0; j < s->p; j++) s->w_new[j] = s->w[j] + a * s->d[j];
  TRY(s->fn(s->ctx, s->w_new, &s->f_new, s->g_new, err));
  *t = (Trial){a, s->f_new, sum_dot(NULL, s->g_new, s->d, s->p)};
  return OK;
}

static bool accepted(const Search *s, const Trial *t) {
  if (!isfinite(t->f) || !(fabs(t->slope) <= -SLOPE * s->slope)) return false;
  if (t->f <= s->f + DECREASE * t->a * s->slope) return true;
  return t->f <= s->f + DBL_EPSILON * fabs(s->f) && t->slope <= (2 * DECREASE - 1) * s->slope;
}

// Minimum of the cubic through two trials, kept off the ends of their interval.
static double between(const Trial *lo, const Trial *hi) {
  double width = hi->a - lo->a, middle = lo->a + width / 2;
  if (!isfinite(hi->f) || !isfinite(hi->slope)) return lo->a + width / 10;
  double e = lo->slope + hi->slope - 3 * (lo->f - hi->f) / (lo->a - hi->a), disc = e * e - lo->slope * hi->slope;
  if (!(disc >= 0)) return middle;
  double root = copysign(sqrt(disc), width), edge = fabs(width) / 10;
  double a = hi->a - width * ((hi->slope + root - e) / (hi->slope - lo->slope + 2 * root));
  if (!(fabs(a - lo->a) >= edge && fabs(a - hi->a) >= edge && (a - lo->a) * (a - hi->a) < 0)) return middle;
  return a;
}

static bool too_high(const Search *s, const Trial *t, const Trial *lo) {
  double slack = DBL_EPSILON * fabs(s->f);
  return !isfinite(t->f) || t->f > s->f + DECREASE * t->a * s->slope + slack || t->f > lo->f + slack;
}

static ErrCode narrow(Search *s, Trial lo, Trial hi, bool *found, Err *err) {
  for (int t = 0; t < TRIALS && fabs(hi.a - lo.a) > DBL_EPSILON * fabs(lo.a); t++) {
    Trial now;
    TRY(evaluate(s, between(&lo, &hi), &now, err));
    if ((*found = accepted(s, &now))) return OK;
    if (too_high(s, &now, &lo)) {
      hi = now;
      continue;
    }
    if (now.slope * (hi.a - lo.a) >= 0) hi = lo;
    lo = now;
  }
  return OK;
}

// On *found the trial arrays hold an accepted point.
static ErrCode line_search(Search *s, bool *found, Err *err) {
  Trial last = {0, s->f, s->slope}, now;
  double a = 1;
  *found = false;
  for (int t = 0; t < TRIALS; t++, a *= 2) {
    TRY(evaluate(s, a, &now, err));
    if ((*found = accepted(s, &now))) return OK;
    if (too_high(s, &now, &last)) return narrow(s, last, now, found, err);
    if (now.slope >= 0) return narrow(s, now, last, found, err);
    last = now;
  }
  return OK;
}

static void swap(double **a, double **b) {
  double *t = *a;
  *a = *b, *b = t;
}

// Keeps the correction of the accepted step and moves there.
static void advance(Search *s) {
  int64_t at = (s->newest + 1) % MEMORY;
  for (int64_t j = 0; j < s->p; j++) {
    s->s[at][j] = s->w_new[j] - s->w[j];
    s->y[at][j] = s->g_new[j] - s->g[j];
  }
  double sy = sum_dot(NULL, s->s[at], s->y[at], s->p), yy = sum_dot(NULL, s->y[at], s->y[at], s->p);
  if (sy > DBL_EPSILON * yy) {
    s->rho[at] = 1 / sy, s->newest = at;
    if (s->kept < MEMORY) s->kept++;
  }
  swap(&s->w, &s->w_new);
  swap(&s->g, &s->g_new);
  s->f = s->f_new;
}

static ErrCode minimise(Search *s, double gtol, int64_t max_iter, OptResult *out, Job *job, Err *err) {
  TRY(s->fn(s->ctx, s->w, &s->f, s->g, err));
  if (!isfinite(s->f) || !isfinite(max_abs(s->g, s->p)))
    return err_set(err, ERR_NUMERIC, "the objective or its gradient is not finite at the start: scale the columns");
  for (;;) {
    out->f = s->f, out->gmax = max_abs(s->g, s->p);
    out->converged = out->gmax <= gtol;
    if (out->converged || out->iterations >= max_iter) return OK;
    TRY(job_tick(job, out->iterations, max_iter, err));
    direction(s);
    bool found = false;
    if (s->slope < 0) TRY(line_search(s, &found, err));
    if (!found && -s->slope <= 8 * DBL_EPSILON * fabs(s->f)) {
      out->converged = true;
      return OK;
    }
    if (!found && s->kept) { // the curvature in memory may be what misleads
      s->kept = 0;
      continue;
    }
    if (!found) return OK;
    advance(s);
    out->iterations++;
  }
}

ErrCode opt_lbfgs(Job *job, OptFn fn, void *ctx, int64_t p, double *w, double gtol, int64_t max_iter, OptResult *out,
                  Err *err) {
  Mat work;
  *out = (OptResult){0};
  TRY(mat_new(job, p, 5 + 2 * MEMORY, "the memory of L-BFGS", &work, err));
  double *x = work.x;
  Search s = {.fn = fn, .ctx = ctx, .p = p, .w = x, .g = x + p, .d = x + 2 * p, .w_new = x + 3 * p, .g_new = x + 4 * p};
  for (int k = 0; k < MEMORY; k++) s.s[k] = x + (5 + k) * p, s.y[k] = x + (5 + MEMORY + k) * p;
  memcpy(s.w, w, (size_t)p * sizeof *w);
  ErrCode code = minimise(&s, gtol, max_iter, out, job, err);
  memcpy(w, s.w, (size_t)p * sizeof *w);
  mat_free(&work);
  return code;
}
