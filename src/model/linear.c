// Least squares with an optional penalty: minimises 1/2 sum w_i (y_i - b_0 - x_i'b)^2 + l2/2 |b|^2, b_0 free.
//
// Method. The rows sqrt(w_i) (1, x_i) and, under a penalty, one row sqrt(l2) e_j for each coefficient make a matrix A
// (n + p rows at most); Householder QR of A with R's limited pivoting gives the coefficients without squaring the
// condition of X. A column whose part that is new falls below `tol` of its norm is aliased: its coefficient is
// missing, as in R's lm. Where columns are nearly dependent the solution is refined (linear_refine.c).
// Sums of squares come from Q'y: the first entry belongs to the intercept, those up to the rank to the model, the
// rest to the residuals. Weights are precisions, as in R: n - rank degrees of freedom whatever their sum.
// 2 n p^2 operations, and twice the memory of X.
// References: Golub and Van Loan 5.3; Bjorck, Numerical Methods for Least Squares Problems, 2.9; R's lm.
#include "model/linear_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct Opts {
  double l2, tol, level;
  bool intercept;
} Opts;

static const Param PARAMS[] = {
    {"l2", PARAM_REAL, offsetof(Opts, l2), 0, 1e15, "0", NULL,
     "penalty l2/2 * |coefficients|^2 beside half the sum of squares; the intercept is free"},
    {"intercept", PARAM_BOOL, offsetof(Opts, intercept), .dflt = "true", .doc = "fit a constant"},
    {"level", PARAM_REAL, offsetof(Opts, level), 0.5, 0.999999, "0.95", NULL, "confidence of the intervals"},
    {"tol", PARAM_REAL, offsetof(Opts, tol), 1e-15, 0.1, "1e-7", NULL,
     "a column with less than this share of its norm left beside the others is dropped"},
    PARAM_END};

typedef struct Linear {
  int64_t p;                    // coefficients, the intercept first when there is one
  double *b, *se;               // p; NaN where aliased; se all NaN under a penalty
  double r2;
  double df_model, df;          // without a penalty
  double sigma, adjusted, f;
} Linear;

// The least squares problem: A = diag(sqrt w) (1 X), penalty rows below; rhs likewise.
typedef struct Problem {
  const FitIn *in;
  const Opts *o;
  int64_t p, first;      // columns of A; column of the first feature
  Mat a, rhs, residual;  // m x p, m, m
} Problem;

static void problem_free(Problem *q) {
  mat_free(&q->a);
  mat_free(&q->rhs);
  mat_free(&q->residual);
}

static void problem_fill(Problem *q) {
  const FitIn *in = q->in;
  int64_t n = in->x->n, m = q->a.n;
  for (int64_t i = 0; i < n; i++) {
    double root = in->weight ? sqrt(in->weight[i]) : 1;
    q->rhs.x[i] = root * in->y[i];
    if (q->first) q->a.x[i] = root;
  }
  for (int64_t j = 0; j < in->x->p; j++) {
    const double *x = in->x->x + j * n;
    double *to = q->a.x + (j + q->first) * m;
    if (in->weight)
      for (int64_t i = 0; i < n; i++) to[i] = sqrt(in->weight[i]) * x[i];
    else memcpy(to, x, (size_t)n * sizeof *to);
    if (m > n) to[n + j] = sqrt(q->o->l2);
  }
}

static ErrCode problem_new(Job *job, const Opts *o, const FitIn *in, Problem *q, Err *err) {
  int64_t first = o->intercept ? 1 : 0, m = in->x->n + (o->l2 > 0 ? in->x->p : 0);
  *q = (Problem){.in = in, .o = o, .p = in->x->p + first, .first = first};
  ErrCode code = mat_new(job, m, q->p, "the columns of a linear model", &q->a, err);
  if (code == OK) code = mat_new(job, m, 1, "the target", &q->rhs, err);
  if (code == OK) code = mat_new(job, m, 1, "the residuals", &q->residual, err);
  if (code == OK) problem_fill(q);
  else problem_free(q);
  return code;
}

// Sums of squares from Q'y: about the mean with an intercept, about zero without one, as in R.
static void fit_quality(Job *job, const Problem *q, const Qr *qr, const double *qty, Linear *s) {
  int64_t n = q->in->x->n, rank = qr->rank;
  double model = sum_dot(job, qty + q->first, qty + q->first, rank - q->first);
  double rest = sum_dot(job, qty + rank, qty + rank, n - rank);
  s->df_model = (double)(rank - q->first), s->df = (double)(n - rank);
  s->sigma = sqrt(rest / s->df);
  s->r2 = model / (model + rest);
  s->adjusted = 1 - (1 - s->r2) * ((double)(n - q->first) / s->df);
  s->f = model / s->df_model / (rest / s->df);
}

// The share of the target's squares that the coefficients leave nothing of; r: residuals, overwritten.
static double r_squared(Job *job, const Problem *q, double *r) {
  int64_t n = q->in->x->n;
  const double *y = q->rhs.x, *root = q->a.x;
  double rest = sum_dot(job, r, r, n), mean = 0;
  if (q->first) mean = sum_dot(job, root, y, n) / sum_dot(job, root, root, n);
  for (int64_t i = 0; i < n; i++) r[i] = q->first ? y[i] - mean * root[i] : y[i];
  return 1 - rest / sum_dot(job, r, r, n);
}

static ErrCode standard_errors(const Qr *qr, Linear *s, Err *err) {
  Mat inv;
  TRY(mat_new(NULL, s->p, s->p, "the covariance of the coefficients", &inv, err));
  ErrCode code = qr_xtx_inverse(qr, inv.x, err);
  for (int64_t j = 0; j < s->p && code == OK; j++) s->se[j] = s->sigma * sqrt(inv.x[j * s->p + j]);
  mat_free(&inv);
  return code;
}

// Coefficients, residuals and what follows from them; qty: work of m.
static ErrCode solve(Job *job, Problem *q, const Qr *qr, double *qty, Linear *s, Err *err) {
  double *r = q->residual.x;
  memcpy(qty, q->rhs.x, (size_t)q->a.n * sizeof *qty);
  qr_tmul(job, qr, qty);
  qr_solve(qr, qty, s->b);
  for (int64_t l = 0; l < qr->rank; l++)
    if (!isfinite(s->b[qr->pivot[l]])) return fit_not_finite(job, q->in, "linear", err);
  if (q->o->l2 == 0) fit_quality(job, q, qr, qty, s);
  TRY(margin_mat(job, &q->a, s->b, false, r, err));
  for (int64_t i = 0; i < q->a.n; i++) r[i] = q->rhs.x[i] - r[i];
  if (qr_is_strained(qr)) TRY(linear_refine(job, qr, &q->a, q->rhs.x, s->b, r, err));
  if (q->o->l2 == 0) return standard_errors(qr, s, err);
  s->r2 = r_squared(job, q, r);
  return OK;
}

static ErrCode solve_problem(Job *job, Problem *q, Linear *s, Err *err) {
  Qr qr;
  Mat work;
  TRY(qr_factor(job, &q->a, q->o->tol, &qr, err));
  ErrCode code = mat_new(job, q->a.n, 1, "the target", &work, err);
  if (code == OK) code = solve(job, q, &qr, work.x, s, err);
  mat_free(&work);
  qr_free(&qr);
  return code;
}

static void add_notes(const Problem *q, const Linear *s, ModelState *state) {
  int64_t naliased = 0, *aliased = arena_array(&state->arena, int64_t, s->p);
  for (int64_t j = q->first; j < s->p; j++)
    if (isnan(s->b[j])) aliased[naliased++] = j - q->first;
  note_aliased(state, q->in->terms, aliased, naliased);
  if (q->o->l2 == 0 && s->df == 0)
    state_note(state, "%lld rows for as many coefficients: no degree of freedom is left for standard errors",
               (long long)q->in->x->n);
}

static ErrCode linear_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  Problem q;
  TRY(problem_new(job, opts, in, &q, err));
  Linear *s = state->data = arena_new(&state->arena, Linear);
  *s = (Linear){.p = q.p, .r2 = NAN, .df_model = NAN, .df = NAN, .sigma = NAN, .adjusted = NAN, .f = NAN};
  s->b = arena_array(&state->arena, double, q.p);
  s->se = arena_array(&state->arena, double, q.p);
  for (int64_t j = 0; j < q.p; j++) s->se[j] = NAN;
  state->converged = true;
  ErrCode code = q.p > 0 ? solve_problem(job, &q, s, err) : OK;
  if (code == OK) add_notes(&q, s, state);
  problem_free(&q);
  return code;
}

static ErrCode linear_predict(Job *job, const void *opts, const ModelState *state, const Mat *x, double *out,
                              Err *err) {
  const Opts *o = opts;
  const Linear *s = state->data;
  TRY(job_tick(job, 0, x->n, err));
  return margin_mat(job, x, s->b, o->intercept, out, err);
}

// ---- card ---------------------------------------------------------------------------------------------------------
static void add_fact(Str *s, const char *name, double v, const char *after) {
  char text[NUMFMT_MAX];
  if (!isfinite(v)) return;
  fmt_sensible(text, sizeof text, v, 4);
  str_addf(s, "%s%s%s%s", s->n ? ", " : "", name, text, after);
}

static void print_facts(const Opts *o, const Linear *s, Str *out) {
  char after[64];
  if (o->l2 > 0) add_fact(out, "l2=", o->l2, "");
  add_fact(out, "R2 ", s->r2, "");
  if (o->l2 > 0) return;
  add_fact(out, "adjusted R2 ", s->adjusted, "");
  snprintf(after, sizeof after, " on %.0f df", s->df);
  add_fact(out, "residual se ", s->sigma, after);
  snprintf(after, sizeof after, " on %.0f and %.0f df", s->df_model, s->df);
  add_fact(out, "F ", s->f, after);
  add_fact(out, "p ", dist_f(s->f, s->df_model, s->df, DIST_UPPER), "");
}

static ErrCode fill_card(const Opts *o, const Linear *s, const Names *terms, Frame *f, Err *err) {
  Arena a;
  arena_init(&a);
  Names names = card_terms(terms, o->intercept, &a);
  ErrCode code = card_add_texts(f, "term", names.name, err);
  arena_fini(&a);
  TRY(code);
  if (o->l2 > 0) return card_add_reals(f, "estimate", s->b, err);
  return card_add_inference(f, "t", s->b, s->se, s->df, o->level, err);
}

static ErrCode linear_card(Job *job, const void *opts, const ModelState *state, const Names *terms, const Names *levels,
                           Frame **out, Err *err) {
  (void)job, (void)levels;
  const Linear *s = state->data;
  Str facts = {0};
  Frame *f = frame_new(s->p);
  ErrCode code = fill_card(opts, s, terms, f, err);
  print_facts(opts, s, &facts);
  frame_set_caption(f, str_c(&facts));
  str_fini(&facts);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

static void linear_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state) {
  const Opts *o = opts;
  (void)nclass;
  if (s->reading) state->data = arena_new(&state->arena, Linear);
  Linear *m = state->data;
  int64_t nse = m->p;
  store_f64s(s, "b", &m->b, &m->p);
  store_f64s(s, "se", &m->se, &nse);
  store_f64(s, "r2", &m->r2);
  store_f64(s, "adjusted", &m->adjusted);
  store_f64(s, "sigma", &m->sigma);
  store_f64(s, "f", &m->f);
  store_f64(s, "df_model", &m->df_model);
  store_f64(s, "df", &m->df);
  if (m->p != nterm + o->intercept || nse != m->p) store_fail(s, "coefficients that do not fit the terms");
}

const ModelType model_linear = {
    .name = "linear",
    .summary = "Least squares, with an optional penalty on the squares of the coefficients",
    .source = "R 4.2.2, lm; scikit-learn 1.2.1, Ridge; Golub and Van Loan, Matrix Computations, 5.3",
    .unfit = "targets with outliers or a spread that grows with the mean; p values after choosing columns by looking",
    .tasks = TASK_REGRESSION,
    .example = "return ml.linear{}:fit(data 'airquality', 'Ozone ~ Wind + Temp')",
    .params = PARAMS,
    .opts_size = sizeof(Opts),
    .fit = linear_fit,
    .predict = linear_predict,
    .card = linear_card,
    .store = linear_store,
};
