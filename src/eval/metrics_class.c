// Metrics of predicted classes. One pass counts, for every class, how often it was, was said, and was said rightly;
// every metric is a function of these integers, rounded once or twice. With two classes precision, recall and F1 are
// those of the positive class; with more they are the mean over the classes that occur or are predicted (macro).
// 0 / 0 is undefined, and so is a mean over classes one of which is undefined; scikit-learn warns and counts it as 0.
// Shares have Wilson's score interval (JASA 22, 1927): R's prop.test without continuity correction.
#include "eval/eval_int.h"

#include "num/num.h"
#include "stats/scores.h"

#include <math.h>

typedef struct Tally {
  Arena arena;
  int nclass, positive; // positive: -1 unless there are two classes
  int64_t n, right;
  int64_t *was, *said, *hit; // nclass each
  double *part;              // nclass, scratch
} Tally;

static ErrCode tally_init(Job *job, const Scored *s, Tally *t, Err *err) {
  *t = (Tally){.nclass = s->nclass, .positive = s->nclass == 2 ? s->positive : -1, .n = s->n};
  arena_init(&t->arena);
  t->was = arena_array(&t->arena, int64_t, s->nclass);
  t->said = arena_array(&t->arena, int64_t, s->nclass);
  t->hit = arena_array(&t->arena, int64_t, s->nclass);
  t->part = arena_array(&t->arena, double, s->nclass);
  for (int64_t i = 0; i < s->n; i++) {
    int was = (int)s->y[i], said = s->pred[i];
    t->was[was]++, t->said[said]++, t->hit[was] += was == said;
    if (i % EVAL_TICK == 0 && job_tick(job, i, s->n, err) != OK) return arena_fini(&t->arena), ERR_CANCELLED;
  }
  for (int k = 0; k < s->nclass; k++) t->right += t->hit[k];
  return OK;
}

typedef Estimate (*TallyFn)(const Tally *t);

static ErrCode by_tally(Job *job, const Scored *s, TallyFn fn, Estimate *out, Err *err) {
  Tally t;
  TRY(tally_init(job, s, &t, err));
  *out = fn(&t);
  arena_fini(&t.arena);
  return OK;
}

// ---- shares -------------------------------------------------------------------------------------------------------
static Estimate only(double value) { return (Estimate){value, NAN, NAN}; }

static Estimate share(int64_t hits, int64_t rows) {
  if (rows == 0) return only(NAN);
  ShareLimits w = stats_wilson((double)hits, (double)rows, EVAL_Z95, 0);
  return (Estimate){(double)hits / (double)rows, w.low, w.high};
}

// Mean over the classes that have rows in `was`, or also in `said`, of top / (was * a + said * b).
static Estimate macro(const Tally *t, int a, int b, bool said_too) {
  int64_t m = 0;
  for (int k = 0; k < t->nclass; k++) {
    if (t->was[k] == 0 && !(said_too && t->said[k])) continue;
    t->part[m++] = (a + b) * (double)t->hit[k] / (double)(a * t->was[k] + b * t->said[k]);
  }
  return only(sum_f64(NULL, t->part, m) / (double)m);
}

static Estimate accuracy(const Tally *t) { return share(t->right, t->n); }
static Estimate balanced_accuracy(const Tally *t) { return macro(t, 1, 0, false); }

static Estimate precision(const Tally *t) {
  return t->positive < 0 ? macro(t, 0, 1, true) : share(t->hit[t->positive], t->said[t->positive]);
}

static Estimate recall(const Tally *t) {
  return t->positive < 0 ? macro(t, 1, 0, true) : share(t->hit[t->positive], t->was[t->positive]);
}

static Estimate specificity(const Tally *t) { return share(t->hit[1 - t->positive], t->was[1 - t->positive]); }

static Estimate f1(const Tally *t) {
  int p = t->positive;
  return p < 0 ? macro(t, 1, 1, true) : only(2 * (double)t->hit[p] / (double)(t->was[p] + t->said[p]));
}

// ---- agreement: right against what the margins alone would give ---------------------------------------------------
static int64_t product(int nclass, const int64_t *a, const int64_t *b) {
  int64_t s = 0;
  for (int k = 0; k < nclass; k++) s += a[k] * b[k];
  return s;
}

static Estimate mcc(const Tally *t) {
  int64_t all = t->n * t->n, cross = product(t->nclass, t->was, t->said);
  double was = (double)(all - product(t->nclass, t->was, t->was));
  double said = (double)(all - product(t->nclass, t->said, t->said));
  return only((double)(t->right * t->n - cross) / (sqrt(was) * sqrt(said)));
}

static Estimate kappa(const Tally *t) {
  int64_t cross = product(t->nclass, t->was, t->said);
  return only((double)(t->right * t->n - cross) / (double)(t->n * t->n - cross));
}

#define TALLY_METRIC(name)                                                                                             \
  ErrCode name##_of(Job *job, const Scored *s, Estimate *out, Err *err) { return by_tally(job, s, name, out, err); }
TALLY_METRIC(accuracy)
TALLY_METRIC(balanced_accuracy)
TALLY_METRIC(precision)
TALLY_METRIC(recall)
TALLY_METRIC(specificity)
TALLY_METRIC(f1)
TALLY_METRIC(mcc)
TALLY_METRIC(kappa)
#undef TALLY_METRIC

ErrCode total_cost_of(Job *job, const Scored *s, Estimate *out, Err *err) {
  Tally t;
  TRY(tally_init(job, s, &t, err));
  int p = s->positive;
  int64_t fp = t.said[p] - t.hit[p], fn = t.was[p] - t.hit[p];
  *out = only(s->n ? s->cost.fp * (double)fp + s->cost.fn * (double)fn : NAN);
  arena_fini(&t.arena);
  return OK;
}
