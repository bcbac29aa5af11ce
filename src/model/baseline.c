// The model that looks at no feature: what any other must beat. For numbers the mean or the median of the target, for
// classes their shares or a sure bet on the most frequent one (the first in order among equals).
// The median of weighted rows is the value at which the cumulated weight passes one half, the midpoint of two values
// when it meets one half exactly, so that a weight of 2 is a row written twice.
#include "model/model_int.h"

#include <math.h>
#include <string.h>

enum { AUTO, MEAN, MEDIAN, PRIOR, MOST_FREQUENT };

typedef struct Opts {
  int strategy;
} Opts;

static const Param PARAMS[] = {
    {"strategy", PARAM_CHOICE, offsetof(Opts, strategy), .dflt = "auto",
     .choices = "auto|mean|median|prior|most_frequent",
     .doc = "mean or median of a number; shares (prior) or the most frequent of classes; auto: mean, prior"},
    PARAM_END};

typedef struct Baseline {
  double *out;    // the value, or a probability per class
  int64_t n;      // how many
  int64_t rule;   // strategy, resolved
} Baseline;

static ErrCode check_strategy(const Opts *o, const FitIn *in, int *rule, Err *err) {
  bool classes = in->task == TASK_CLASSIFICATION;
  *rule = o->strategy == AUTO ? (classes ? PRIOR : MEAN) : o->strategy;
  if (classes && *rule < PRIOR)
    return err_set(err, ERR_ARG, "baseline: the target has classes: strategy must be \"prior\" or \"most_frequent\"");
  if (!classes && *rule >= PRIOR)
    return err_set(err, ERR_ARG, "baseline: the target is a number: strategy must be \"mean\" or \"median\"");
  return OK;
}

static double mean_of(Job *job, const FitIn *in) {
  int64_t n = in->x->n;
  if (in->weight) return sum_dot(job, in->weight, in->y, n) / fit_total(job, in);
  return sum_f64(job, in->y, n) / (double)n;
}

static double weighted_median(const FitIn *in, const int64_t *order, double total) {
  double below = 0;
  for (int64_t k = 0; k < in->x->n; k++) {
    int64_t i = order[k];
    below += in->weight[i];
    if (2 * below > total || k + 1 == in->x->n) return in->y[i];
    if (2 * below == total) return in->y[i] + (in->y[order[k + 1]] - in->y[i]) / 2;
  }
  return NAN;
}

// work: 2 n words.
static ErrCode median_of(Job *job, const FitIn *in, double *work, double *out, Err *err) {
  const double half = 0.5;
  int64_t n = in->x->n, *order = (int64_t *)(void *)(work + n);
  if (!in->weight) {
    memcpy(work, in->y, (size_t)n * sizeof *work);
    return quantile_f64(job, work, n, 7, &half, 1, out, err);
  }
  uint64_t *key = (uint64_t *)(void *)work;
  for (int64_t i = 0; i < n; i++) key[i] = order_key_f64(in->y[i]);
  TRY(order_keys(job, key, n, false, order, err));
  *out = weighted_median(in, order, fit_total(job, in));
  return OK;
}

static ErrCode fit_median(Job *job, const FitIn *in, double *out, Err *err) {
  Mat work;
  TRY(mat_new(job, in->x->n, 2, "the median of the target", &work, err));
  ErrCode code = median_of(job, in, work.x, out, err);
  mat_free(&work);
  return code;
}

// work: n.
static void sum_classes(Job *job, const FitIn *in, double *work, double *sum) {
  for (int k = 0; k < in->nclass; k++) {
    for (int64_t i = 0; i < in->x->n; i++) work[i] = in->y[i] != k ? 0 : in->weight ? in->weight[i] : 1;
    sum[k] = sum_f64(job, work, in->x->n);
  }
}

static ErrCode fit_shares(Job *job, const FitIn *in, bool sure, double *share, Err *err) {
  Mat work;
  TRY(mat_new(job, in->x->n, 1, "the shares of the classes", &work, err));
  sum_classes(job, in, work.x, share);
  mat_free(&work);
  int best = 0;
  for (int k = 1; k < in->nclass; k++)
    if (share[k] > share[best]) best = k;
  double total = sum_f64(NULL, share, in->nclass);
  for (int k = 0; k < in->nclass; k++) share[k] = sure ? k == best : share[k] / total;
  return OK;
}

static ErrCode baseline_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  int rule;
  TRY(check_strategy(opts, in, &rule, err));
  Baseline *b = state->data = arena_new(&state->arena, Baseline);
  b->rule = rule, b->n = in->task == TASK_CLASSIFICATION ? in->nclass : 1;
  b->out = arena_array(&state->arena, double, b->n);
  state->converged = true;
  TRY(job_tick(job, 0, 1, err));
  if (in->task == TASK_CLASSIFICATION) TRY(fit_shares(job, in, rule == MOST_FREQUENT, b->out, err));
  else if (rule == MEAN) b->out[0] = mean_of(job, in);
  else TRY(fit_median(job, in, b->out, err));
  if (isfinite(b->out[0])) return OK;
  return err_set(err, ERR_NUMERIC, "baseline: the target has infinite or huge values: drop those rows");
}

static ErrCode baseline_predict(Job *job, const void *opts, const ModelState *state, const Mat *x, double *out,
                                Err *err) {
  (void)opts;
  const Baseline *b = state->data;
  TRY(job_tick(job, 0, x->n, err));
  for (int64_t k = 0; k < b->n; k++)
    for (int64_t i = 0; i < x->n; i++) out[k * x->n + i] = b->out[k];
  return OK;
}

static ErrCode fill_card(const Baseline *b, const Names *levels, Frame *f, Err *err) {
  static const char *const WORD[] = {"auto", "mean", "median", "prior", "most_frequent"};
  if (b->rule >= PRIOR) TRY(card_add_texts(f, "class", levels->name, err));
  else TRY(card_add_texts(f, "term", &WORD[b->rule], err));
  return card_add_reals(f, "estimate", b->out, err);
}

static ErrCode baseline_card(Job *job, const void *opts, const ModelState *state, const Names *terms,
                             const Names *levels, Frame **out, Err *err) {
  (void)job, (void)opts, (void)terms;
  const Baseline *b = state->data;
  Frame *f = frame_new(b->n);
  ErrCode code = fill_card(b, levels, f, err);
  if (code != OK) {
    frame_unref(f);
    return code;
  }
  *out = f;
  return OK;
}

static void baseline_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state) {
  (void)opts, (void)nterm;
  if (s->reading) state->data = arena_new(&state->arena, Baseline);
  Baseline *b = state->data;
  store_i64(s, "rule", &b->rule);
  store_f64s(s, "out", &b->out, &b->n);
  bool fits = nclass ? b->rule >= PRIOR && b->rule <= MOST_FREQUENT : b->rule == MEAN || b->rule == MEDIAN;
  if (!fits || b->n != (nclass ? nclass : 1)) store_fail(s, "a baseline that does not fit its target");
}

const ModelType model_baseline = {
    .name = "baseline",
    .summary = "Predicts the mean or median of the target, or the shares of its classes, whatever the features",
    .source = "scikit-learn 1.2.1, DummyRegressor and DummyClassifier",
    .unfit = "anything but comparison: a model that does not beat it has learned nothing",
    .tasks = TASK_REGRESSION | TASK_CLASSIFICATION,
    .example = "return cv(ml.baseline{}, data 'iris', 'class')",
    .params = PARAMS,
    .opts_size = sizeof(Opts),
    .fit = baseline_fit,
    .predict = baseline_predict,
    .card = baseline_card,
    .store = baseline_store,
    .blind = true,
};
