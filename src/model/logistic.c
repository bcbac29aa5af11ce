// Logistic regression for two and for more classes (softmax), with an optional penalty: minimises
//     sum w_i loss_i + l2/2 |coefficients|^2, intercepts free,
// loss_i = -log p(class of row i). Two classes have one set of coefficients, for the second against the first. More
// classes have, under a penalty, a set for each class; without one, a set for each class but the first, against it.
//
// Method: columns are standardised inside (the solution is the same), which also makes the stopping rule independent
// of units: max|gradient| <= tol * total weight. Newton's method up to 500 coefficients, else L-BFGS. Parts: a sweep
// over the rows (logistic_sweep.c, logistic_link.c), the search (logistic_newton.c), aliased columns (logistic_rank.c),
// standard errors and separation (logistic_infer.c). With many rows the search starts from the fit of an eighth of them
// (logistic_start.c).
// References: McCullagh and Nelder, Generalized Linear Models; Agresti, Categorical Data Analysis, 3rd ed., ch. 8.
#include "model/logistic_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <string.h>

enum { AUTO, NEWTON, LBFGS };
enum { HESSIAN_MAX = 500 };

typedef struct Opts {
  double l2, c, tol, level;
  int64_t max_iter;
  int solver;
  bool intercept;
  Names class_weight;
} Opts;

static const Param PARAMS[] = {
    {"l2", PARAM_REAL, offsetof(Opts, l2), 0, 1e15, "1", NULL,
     "penalty l2/2 * |coefficients|^2 beside the sum of losses; the intercept is free"},
    {"C", PARAM_REAL, offsetof(Opts, c), 0, PARAM_INF, "0", NULL, "1 / l2, as scikit-learn has it; 0: not given"},
    {"solver", PARAM_CHOICE, offsetof(Opts, solver), .dflt = "auto", .choices = "auto|newton|lbfgs",
     .doc = "auto: newton up to 500 coefficients"},
    {"max_iter", PARAM_INT, offsetof(Opts, max_iter), 1, 1e6, "100", NULL, "steps of the search at most"},
    {"tol", PARAM_REAL, offsetof(Opts, tol), 1e-15, 0.1, "1e-8", NULL,
     "largest gradient, in units of the rows, at which the search ends (columns standardised)"},
    {"intercept", PARAM_BOOL, offsetof(Opts, intercept), .dflt = "true", .doc = "fit a constant"},
    CLASS_WEIGHT(Opts),
    {"level", PARAM_REAL, offsetof(Opts, level), 0.5, 0.999999, "0.95", NULL, "confidence of the intervals"},
    PARAM_END};

typedef struct Logistic {
  int64_t sets, offset; // set a belongs to class a + offset
  int64_t m;            // coefficients of a set, the intercept first when there is one
  double *b, *se;       // sets x m; NaN where aliased
  int64_t nb, nse;      // lengths: sets * m; the same, or 0 where there are no standard errors
  double l2, loglik;
} Logistic;

// ---- fit ----------------------------------------------------------------------------------------------------------
static ErrCode penalty_of(const Opts *o, double *l2, Err *err) {
  *l2 = o->c > 0 ? 1 / o->c : o->l2;
  bool differs = fabs(*l2 - o->l2) > 1e-12 * *l2;
  if (o->c > 0 && o->l2 != 1 && differs)
    return err_set(err, ERR_ARG, "logistic: l2=%g and C=%g contradict each other (C is 1 / l2): give one of them",
                   o->l2, o->c);
  if (*l2 <= 1e15) return OK;
  return err_set(err, ERR_ARG, "logistic: C=%g is too small: C must be at least 1e-15", o->c);
}

static Logistic *new_logistic(const Logit *l, Arena *a) {
  Logistic *s = arena_new(a, Logistic);
  s->sets = l->sets, s->offset = l->offset, s->l2 = l->l2;
  s->m = l->first + l->in->compact->p;
  s->nb = s->sets * s->m;
  s->b = arena_array(a, double, s->nb);
  return s;
}

static double penalty_at(const Logistic *s, int64_t first) {
  double squares = 0;
  for (int64_t k = 0; k < s->nb; k++)
    if (k % s->m >= first && !isnan(s->b[k])) squares += s->b[k] * s->b[k];
  return s->l2 / 2 * squares;
}

static ErrCode add_errors(Job *job, const Logit *l, Search *search, Logistic *s, ModelState *state, Err *err) {
  bool ok;
  s->se = arena_array(&state->arena, double, s->nb);
  s->nse = s->nb;
  TRY(logit_errors(job, l, search->h, s->se, &ok, err));
  if (!ok) state_note(state, "the information matrix is singular: there are no standard errors");
  return OK;
}

static ErrCode describe(Job *job, const Opts *o, const Logit *l, const double *w, Search *search, ModelState *state,
                        Err *err) {
  bool separated = false, whole = l->l2 == 0 && !search->stopped;
  if (whole) TRY(logit_separation(job, l, w, search->h ? search->step : NULL, state, &separated, err));
  state->iterations = search->iterations;
  state->converged = search->converged && !separated;
  if (search->stopped)
    state_note(state, "stopped by hand after %lld iteration%s: coefficients as they were then",
               (long long)search->iterations, search->iterations == 1 ? "" : "s");
  else if (!search->converged && !separated)
    state_note(state, "no convergence in %lld iterations (gradient %.1e, goal %.1e): raise max_iter, or l2",
               (long long)search->iterations, search->gmax / l->total, o->tol);
  Logistic *s = state->data = new_logistic(l, &state->arena);
  logit_unscale(l, w, s->b);
  s->loglik = penalty_at(s, l->first) - search->f;
  if (!whole) return OK;
  if (search->h) return add_errors(job, l, search, s, state, err);
  state_note(state, "standard errors are left out: they need solver=\"newton\"");
  return OK;
}

static ErrCode search(Job *job, const Opts *o, const Logit *l, bool hessian, ModelState *state, Err *err) {
  Search s = {.tol = o->tol, .max_iter = o->max_iter};
  Mat w, h = {0};
  TRY(mat_new(job, l->size, 2, "coefficients", &w, err));
  s.step = w.x + l->size;
  ErrCode code = hessian ? mat_new(job, l->size, l->size, "the Hessian of logistic regression", &h, err) : OK;
  s.h = h.x;
  if (code == OK && hessian) code = logit_start(job, l, w.x, err);
  if (code == OK) code = hessian ? logit_newton(job, l, w.x, &s, err) : logit_lbfgs(job, l, w.x, &s, err);
  if (code == ERR_CANCELLED && s.iterations > 0 && (s.stopped = job_keep(job))) code = OK;
  if (code == OK) code = describe(job, o, l, w.x, &s, state, err);
  mat_free(&w);
  mat_free(&h);
  return code;
}

static ErrCode logistic_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  const Opts *o = opts;
  double l2;
  TRY(penalty_of(o, &l2, err));
  int64_t p = in->compact->p, *col = arena_array(&state->arena, int64_t, p);
  for (int64_t j = 0; j < p; j++) col[j] = j;
  if (l2 == 0) TRY(logit_columns(job, in, o->intercept, col, &p, err));
  int64_t sets = in->nclass == 2 ? 1 : in->nclass - (l2 == 0);
  bool hessian = o->solver == NEWTON || (o->solver == AUTO && (p + o->intercept) * sets <= HESSIAN_MAX);
  Logit l;
  TRY(logit_open(job, in, col, p, o->intercept, l2, hessian, &l, err));
  ErrCode code = search(job, o, &l, hessian, state, err);
  logit_close(&l);
  if (code == OK) note_aliased(state, in->terms, col + p, in->compact->p - p);
  return code;
}

// ---- predict ------------------------------------------------------------------------------------------------------
// Margins in the columns of out become probabilities; work: 2 n.
static void softmax(double *out, int64_t n, int64_t nclass, double *work) {
  double *top = work, *sum = work + n;
  memcpy(top, out, (size_t)n * sizeof *top);
  memset(sum, 0, (size_t)n * sizeof *sum);
  for (int64_t k = 1; k < nclass; k++)
    for (int64_t i = 0; i < n; i++) top[i] = fmax(top[i], out[k * n + i]);
  for (int64_t k = 0; k < nclass; k++) {
    double *p = out + k * n;
    for (int64_t i = 0; i < n; i++) p[i] -= top[i];
    fmath_exp_n(p, p, n);
    for (int64_t i = 0; i < n; i++) sum[i] += p[i];
  }
  for (int64_t k = 0; k < nclass; k++)
    for (int64_t i = 0; i < n; i++) out[k * n + i] /= sum[i];
}

static ErrCode predict_two(Job *job, const Logistic *s, bool intercept, const Compact *x, double *out, Err *err) {
  double *second = out + x->n;
  TRY(margin_compact(job, x, s->b, intercept, second, err));
  for (int64_t i = 0; i < x->n; i++) out[i] = -second[i];
  fmath_sigmoid_n(out, out, x->n);
  fmath_sigmoid_n(second, second, x->n);
  return OK;
}

static ErrCode logistic_predict(Job *job, const void *opts, const ModelState *state, const Compact *x, double *out,
                                Err *err) {
  const Opts *o = opts;
  const Logistic *s = state->data;
  Mat work;
  if (s->sets == 1) return predict_two(job, s, o->intercept, x, out, err);
  if (s->offset) memset(out, 0, (size_t)x->n * sizeof *out);
  for (int64_t a = 0; a < s->sets; a++) {
    TRY(job_tick(job, a, s->sets, err));
    TRY(margin_compact(job, x, s->b + a * s->m, o->intercept, out + (a + s->offset) * x->n, err));
  }
  TRY(mat_new(job, x->n, 2, "probabilities", &work, err));
  softmax(out, x->n, s->sets + s->offset, work.x);
  mat_free(&work);
  return OK;
}

// ---- card ---------------------------------------------------------------------------------------------------------
static ErrCode fill_card(const Opts *o, const Logistic *s, const Names *terms, const Names *levels, Frame *f, Arena *a,
                         Err *err) {
  Names one = card_terms(terms, o->intercept, a);
  const char **class = arena_array(a, const char *, s->nb), **term = arena_array(a, const char *, s->nb);
  for (int64_t k = 0; k < s->nb; k++) {
    class[k] = levels->name[k / s->m + s->offset];
    term[k] = one.name[k % s->m];
  }
  if (s->sets > 1) TRY(card_add_texts(f, "class", class, err));
  TRY(card_add_texts(f, "term", term, err));
  if (!s->nse) return card_add_reals(f, "estimate", s->b, err);
  return card_add_inference(f, "z", s->b, s->se, INFINITY, o->level, err);
}

static void print_facts(const Logistic *s, const ModelState *state, const Names *levels, Str *out) {
  char l2[NUMFMT_MAX], loglik[NUMFMT_MAX];
  fmt_sensible(l2, sizeof l2, s->l2, 4);
  fmt_sensible(loglik, sizeof loglik, s->loglik, 6);
  str_addf(out, "l2=%s, %s %lld iteration%s, log likelihood %s", l2,
           state->converged ? "converged in" : "stopped after", (long long)state->iterations,
           state->iterations == 1 ? "" : "s", loglik);
  if (s->sets > 1 && s->offset) str_addf(out, ", classes against %s", levels->name[0]);
}

static ErrCode logistic_card(Job *job, const void *opts, const ModelState *state, const Names *terms,
                             const Names *levels, Frame **out, Err *err) {
  (void)job;
  const Logistic *s = state->data;
  Arena a;
  Str facts = {0};
  arena_init(&a);
  Frame *f = frame_new(s->nb);
  ErrCode code = fill_card(opts, s, terms, levels, f, &a, err);
  print_facts(s, state, levels, &facts);
  frame_set_caption(f, str_c(&facts));
  str_fini(&facts);
  arena_fini(&a);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

static void logistic_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state) {
  const Opts *o = opts;
  if (s->reading) state->data = arena_new(&state->arena, Logistic);
  Logistic *m = state->data;
  store_i64(s, "sets", &m->sets);
  store_i64(s, "offset", &m->offset);
  store_i64(s, "m", &m->m);
  store_f64(s, "l2", &m->l2);
  store_f64(s, "loglik", &m->loglik);
  store_f64s(s, "b", &m->b, &m->nb);
  store_f64s(s, "se", &m->se, &m->nse);
  bool sets = (m->offset == 0 || m->offset == 1) && m->sets + m->offset == nclass && m->sets >= 1 &&
              (nclass > 2 || m->offset);
  bool lengths = m->m == nterm + o->intercept && m->sets <= nclass && m->nb == m->sets * m->m;
  if (!sets || !lengths || (m->nse && m->nse != m->nb)) store_fail(s, "coefficients that do not fit the terms");
}

const ModelType model_logistic = {
    .name = "logistic",
    .summary = "Logistic regression for two or more classes, with a penalty on the squares of the coefficients",
    .source = "R 4.2.2, glm and nnet::multinom; scikit-learn 1.2.1, LogisticRegression",
    .unfit = "classes that no straight line parts; p values under a penalty or after choosing columns by looking",
    .tasks = TASK_CLASSIFICATION,
    .example = "return pipe{prep.impute{}, prep.onehot{drop='first'}, "
               "ml.logistic{l2=1}}:fit(data('titanic'):drop{'name'}, 'survived')",
    .params = PARAMS,
    .opts_size = sizeof(Opts),
    .fit = logistic_fit,
    .predict_compact = logistic_predict,
    .card = logistic_card,
    .store = logistic_store,
};
