// From standardised columns back to the columns as they are, standard errors, and the diagnosis of separation.
//
// The covariance of the coefficients is the inverse of the Hessian (the observed, and for these models also the
// expected information). Without a penalty the likelihood has no maximum when some direction d of the coefficients
// gives no row a smaller margin and some a greater one (Albert and Anderson 1984): complete separation when all
// margins can be positive, quasi-complete otherwise. The search runs away along such a direction, so its last step is
// tested for being one.
#include "model/logistic_int.h"

#include <math.h>

static const double STILL_MOVING = 1e-4, ZERO = 1e-6, LEADING = 0.3;
enum { NAMED = 3 };

static int64_t width(const Logit *l) { return l->first + l->in->compact->p; }

void logit_unscale(const Logit *l, const double *w, double *b) {
  for (int64_t k = 0; k < l->sets * width(l); k++) b[k] = NAN;
  for (int64_t a = 0; a < l->sets; a++, w += l->m, b += width(l)) {
    double shift = 0;
    for (int64_t j = 0; j < l->p; j++) {
      double v = w[l->first + j] / l->scale[j];
      b[l->first + l->col[j]] = v;
      shift += v * l->mean[j];
    }
    if (l->first) b[0] = w[0] - shift;
  }
}

// Variance of w_0 - sum of w_j mean_j / scale_j from the covariance c of one set; v: m.
static double intercept_variance(const Logit *l, const double *c, double *v) {
  double sum = 0;
  for (int64_t j = 0; j < l->m; j++) v[j] = j ? -l->mean[j - 1] / l->scale[j - 1] : 1;
  for (int64_t i = 0; i < l->m; i++) sum += v[i] * sum_dot(NULL, v, c + i * l->size, l->m);
  return sum;
}

static void errors_of_set(const Logit *l, const double *c, double *work, double *se) {
  for (int64_t j = 0; j < l->p; j++) {
    int64_t k = l->first + j;
    se[l->first + l->col[j]] = sqrt(c[k * l->size + k]) / l->scale[j];
  }
  if (l->first) se[0] = sqrt(intercept_variance(l, c, work));
}

ErrCode logit_errors(Job *job, const Logit *l, double *h, double *se, bool *ok, Err *err) {
  int64_t rank;
  Mat inv;
  for (int64_t k = 0; k < l->sets * width(l); k++) se[k] = NAN;
  *ok = chol_factor(h, l->size, 0, &rank, NULL) == OK;
  if (!*ok) return OK;
  TRY(mat_new(job, l->size, l->size + 1, "the covariance of the coefficients", &inv, err));
  chol_inverse(h, l->size, inv.x);
  for (int64_t a = 0; a < l->sets; a++)
    errors_of_set(l, inv.x + a * l->m * (l->size + 1), inv.x + l->size * l->size, se + a * width(l));
  mat_free(&inv);
  return OK;
}

// ---- separation --------------------------------------------------------------------------------------------------
// Greatest |coefficient| of column j over the sets.
static double reach(const Logit *l, const double *d, int64_t j) {
  double most = 0;
  for (int64_t a = 0; a < l->sets; a++) most = fmax(most, fabs(d[a * l->m + l->first + j]));
  return most;
}

static void name_columns(const Logit *l, const double *d, Str *out) {
  double most = 0;
  for (int64_t j = 0; j < l->p; j++) most = fmax(most, reach(l, d, j));
  double limit = LEADING * most, below = INFINITY;
  for (int k = 0; k < NAMED; k++) { // in order of reach
    int64_t best = -1;
    for (int64_t j = 0; j < l->p; j++) {
      double r = reach(l, d, j);
      if (r < below && r >= limit && (best < 0 || r > reach(l, d, best))) best = j;
    }
    if (best < 0) return;
    below = reach(l, d, best);
    str_addf(out, "%s'%s'", k ? ", " : "", l->in->terms->name[l->col[best]]);
  }
}

static ErrCode edges_at(Job *job, const Logit *l, const double *w, double *lo, double *hi, Err *err) {
  Mat g;
  TRY(mat_new(job, l->size, 1, "logistic regression", &g, err));
  Sweep s = {.g = g.x};
  ErrCode code = logit_sweep(job, l, w, &s, err);
  *lo = s.lo, *hi = s.hi;
  mat_free(&g);
  return code;
}

static void add_note(const Logit *l, const double *d, bool complete, ModelState *state) {
  Str names = {0};
  name_columns(l, d, &names);
  if (complete)
    state_note(state, "complete separation: the columns tell the classes of all rows apart, so the best coefficients "
               "are infinite and these are where the search stopped (farthest: %s): use l2 > 0", str_c(&names));
  else
    state_note(state, "quasi-complete separation: for some rows the columns leave no doubt about the class, so the "
               "best coefficients of %s are infinite and these are where the search stopped: use l2 > 0",
               str_c(&names));
  str_fini(&names);
}

ErrCode logit_separation(Job *job, const Logit *l, const double *w, const double *step, ModelState *state, bool *found,
                         Err *err) {
  double lo, hi, most = 0;
  *found = false;
  for (int64_t k = 0; step && k < l->size; k++) most = fmax(most, fabs(step[k]));
  if (l->size == 0 || (step && most < STILL_MOVING)) return OK;
  TRY(edges_at(job, l, w, &lo, &hi, err));
  bool complete = lo > 0;
  if (!complete && !step) return OK;
  if (!complete) TRY(edges_at(job, l, step, &lo, &hi, err));
  *found = complete || (hi > 0 && lo >= -ZERO * hi);
  if (*found) add_note(l, step ? step : w, complete, state);
  return OK;
}
