// What a threshold gives: counts, the best threshold, the rows that change side. The scores of the positive class are
// sorted once, with the rows they belong to and the number of positives among the first k; every threshold is then a
// binary search, and the rows between two thresholds are a range. Whoever asks first makes the curve; evaluations of
// the same rows at other thresholds share it through an atomic pointer (a second maker drops his own).
//
// Best thresholds: cost fp FP + fn FN (Elkan, IJCAI 2001), or Youden's TPR - FPR (Cancer 3, 1950), which is compared as
// tp N - fp P, in whole numbers. All thresholds in (s, s'] between neighbouring scores are the same; the shortest
// decimal among them is given, since it is read by people and written into recipes.
#include "eval/eval_int.h"

#include "num/num.h"

#include <math.h>
#include <stdlib.h>

__extension__ typedef __int128 i128;

// ---- making -------------------------------------------------------------------------------------------------------
void curve_free(Curve *c) {
  if (!c) return;
  mem_free(c->score);
  mem_free(c->fpr);
  free(c);
}

static ErrCode curve_alloc(Job *job, int64_t n, Curve *c, Err *err) {
  void *rows, *points;
  TRY(eval_alloc(job, (3 * n + 1) * 8, "the scores in order", &rows, err));
  c->score = rows, c->at = (int64_t *)rows + n, c->pos = (int64_t *)rows + 2 * n;
  TRY(eval_alloc(job, 4 * CURVE_MOST * 8, "the points of a curve", &points, err));
  c->fpr = points, c->tpr = c->fpr + CURVE_MOST, c->recall = c->tpr + CURVE_MOST, c->precision = c->recall + CURVE_MOST;
  return OK;
}

static ErrCode sort_scores(Job *job, const double *score, int64_t n, Curve *c, Err *err) {
  uint64_t *key = (uint64_t *)(void *)c->pos; // filled anew below
  for (int64_t i = 0; i < n; i++) {
    if (i % EVAL_TICK == 0) TRY(job_tick(job, i, n, err));
    key[i] = order_key_f64(score[i]);
  }
  TRY(order_keys(job, key, n, false, c->at, err));
  for (int64_t i = 0; i < n; i++) c->score[i] = score[c->at[i]];
  return OK;
}

// `s->positive` EVAL_POOLED: the scores of all classes below each other, each for its own class.
static void count_classes(const Scored *s, Curve *c) {
  c->pos[0] = 0;
  for (int64_t i = 0; i < c->n; i++) {
    int64_t row = c->at[i] % s->n;
    bool is = s->y[row] == (s->positive == EVAL_POOLED ? (double)(c->at[i] / s->n) : s->positive);
    int b = (int)(c->score[i] * CURVE_BINS);
    c->bin[is][b < 0 ? 0 : b >= CURVE_BINS ? CURVE_BINS - 1 : b]++;
    c->pos[i + 1] = c->pos[i] + is;
  }
  c->npos = c->pos[c->n], c->nneg = c->n - c->npos;
}

static Counts counts_from(const Curve *c, int64_t k) { // the rows from the k-th on are called positive
  Counts a = {.fn = c->pos[k], .tp = c->npos - c->pos[k]};
  a.tn = k - a.fn, a.fp = c->nneg - a.tn;
  return a;
}

static bool is_start(const Curve *c, int64_t k) { return k == 0 || k == c->n || c->score[k] != c->score[k - 1]; }

// A point is kept when it is 1 / APART of an axis from the last one: at most 2 APART of a monotone curve.
static void thin_roc(Curve *c) {
  enum { APART = 500 };
  for (int64_t k = c->n; k >= 0; k--) {
    if (!is_start(c, k)) continue;
    Counts a = counts_from(c, k);
    double fpr = (double)a.fp / (double)c->nneg, tpr = (double)a.tp / (double)c->npos;
    int64_t last = c->nroc - 1;
    if (last >= 0 && k > 0 && (fpr - c->fpr[last]) * APART < 1 && (tpr - c->tpr[last]) * APART < 1) continue;
    c->fpr[c->nroc] = fpr, c->tpr[c->nroc] = tpr, c->nroc++;
  }
}

// Precision is not monotone: as many points as fit, the last one among them.
static void thin_pr(Curve *c) {
  enum { APART = 500 };
  for (int64_t k = c->n - 1; k >= 0; k--) {
    if (!is_start(c, k)) continue;
    Counts a = counts_from(c, k);
    double recall = (double)a.tp / (double)c->npos, precision = (double)a.tp / (double)(a.tp + a.fp);
    int64_t last = c->npr - 1;
    bool near = last >= 0 && fabs(recall - c->recall[last]) * APART < 1 &&
                fabs(precision - c->precision[last]) * APART < 1;
    if (k > 0 && (near || c->npr >= CURVE_MOST - 1)) continue;
    c->recall[c->npr] = recall, c->precision[c->npr] = precision, c->npr++;
  }
}

// Area and Brier score of one class against the others, or of all of them pooled.
static ErrCode measure_class(Job *job, const Scored *s, Curve *c, Err *err) {
  void *block;
  TRY(eval_alloc(job, c->n * 8, "a class against the others", &block, err));
  double *is = block;
  for (int64_t i = 0; i < c->n; i++)
    is[i] = s->y[i % s->n] == (s->positive == EVAL_POOLED ? (double)(i / s->n) : s->positive);
  const double *score = s->positive == EVAL_POOLED ? s->score : s->score + s->positive * s->n;
  Roc roc;
  ErrCode code = roc_new(job, score, is, c->n, 1, &roc, err);
  if (code == OK) {
    c->auc = roc_auc(&roc);
    roc_free(&roc);
    for (int64_t i = 0; i < c->n; i++) is[i] = (score[i] - is[i]) * (score[i] - is[i]);
    c->brier = (Estimate){sum_f64(job, is, c->n) / (double)c->n, NAN, NAN};
  }
  mem_free(block);
  if (s->positive == EVAL_POOLED) c->auc.lower = c->auc.upper = NAN; // rows are not independent
  return code;
}

static ErrCode fill_curve(Job *job, const Evaluation *e, int of, Curve *c, Err *err) {
  Scored s = eval_scored(e);
  ModelInfo info = model_info(e->said->model);
  bool two = s.nclass == 2 && of == s.positive;
  s.positive = of, c->n = of == EVAL_POOLED ? s.n * s.nclass : s.n;
  TRY(curve_alloc(job, c->n, c, err));
  TRY(sort_scores(job, of == EVAL_POOLED ? s.score : s.score + of * s.n, c->n, c, err));
  count_classes(&s, c);
  if ((!c->npos || !c->nneg) && s.nclass == 2)
    return err_set(err, ERR_ARG, "the test rows hold only class '%s': thresholds need both",
                   info.levels->name[c->npos ? info.positive : 1 - info.positive]);
  if (!c->npos || !c->nneg)
    return err_set(err, ERR_ARG, "%s of the test rows %s of class '%s': thresholds need both kinds",
                   c->npos ? "all" : "none", c->npos ? "are" : "is", info.levels->name[of]);
  if (two) {
    TRY(auc_of(job, &s, &c->auc, err));
    TRY(brier_of(job, &s, &c->brier, err));
  } else TRY(measure_class(job, &s, c, err));
  thin_roc(c);
  thin_pr(c);
  return OK;
}

ErrCode eval_curve(Job *job, const Evaluation *e, const Curve **out, Err *err) {
  Curve *made, *there = atomic_load(&e->said->curve);
  if (!there) {
    TRY(eval_expect(e, "a threshold", TASK_CLASSIFICATION, true, err));
    made = calloc(1, sizeof *made);
    if (!made) abort();
    ErrCode code = fill_curve(job, e, model_info(e->said->model).positive, made, err);
    if (code != OK) return curve_free(made), code;
    if (atomic_compare_exchange_strong(&e->said->curve, &there, made)) there = made;
    else curve_free(made);
  }
  *out = there;
  return OK;
}

ErrCode eval_curve_of(Job *job, const Evaluation *e, int of, Curve **out, Err *err) {
  TRY(eval_expect(e, "a curve", TASK_CLASSIFICATION, false, err));
  if (of < EVAL_POOLED || of >= eval_scored(e).nclass) return err_set(err, ERR_ARG, "there is no such class");
  Curve *made = calloc(1, sizeof *made);
  if (!made) abort();
  ErrCode code = fill_curve(job, e, of, made, err);
  if (code != OK) return curve_free(made), code;
  return *out = made, OK;
}

// ---- thresholds ----------------------------------------------------------------------------------------------------
// The first place whose score is at least t.
static int64_t place_of(const Curve *c, double t) {
  int64_t lo = 0, hi = c->n;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (c->score[mid] >= t) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

Counts curve_counts(const Curve *c, double t) { return counts_from(c, place_of(c, t)); }

// The shortest decimal in (lo, hi], 0 <= lo < hi <= 1; the greatest of that length.
static double short_between(double lo, double hi) {
  for (double scale = 1; scale < 1e16; scale *= 10) {
    double t = floor(hi * scale) / scale;
    if (t > lo && t <= hi) return t;
  }
  return hi;
}

static double worth_of(const Curve *c, int64_t k, const CostOpts *cost) {
  Counts a = counts_from(c, k);
  if (cost) return -(cost->fp * (double)a.fp + cost->fn * (double)a.fn);
  return (double)((i128)a.tp * c->nneg - (i128)a.fp * c->npos);
}

double curve_best(const Curve *c, const CostOpts *cost) {
  int64_t best = -1;
  double worth = 0;
  for (int64_t k = c->score[c->n - 1] < 1 ? c->n : c->n - 1; k >= 0; k--) {
    if (!is_start(c, k)) continue;
    double w = worth_of(c, k, cost);
    if (best < 0 || w > worth) best = k, worth = w;
  }
  double hi = best == c->n ? 1 : c->score[best], lo = best > 0 ? c->score[best - 1] : -1;
  return lo < 0 && hi >= 0 ? 0 : short_between(lo, hi);
}

// ---- rows ----------------------------------------------------------------------------------------------------------
ErrCode eval_changed_of(Job *job, const Evaluation *e, const Curve *c, int of, double t, double was, int64_t most,
                        Frame **out, int64_t *right, int64_t *wrong, Err *err) {
  int64_t now = place_of(c, t), before = place_of(c, was);
  int64_t lo = now < before ? now : before, hi = now < before ? before : now;
  int64_t pos = c->pos[hi] - c->pos[lo], neg = hi - lo - pos, n = hi - lo < most ? hi - lo : most;
  *right = now < before ? pos : neg, *wrong = now < before ? neg : pos;
  void *at;
  TRY(eval_alloc(job, n * 8, "the rows that changed side", &at, err));
  for (int64_t i = 0; i < n; i++) ((int64_t *)at)[i] = c->at[now < before ? lo + i : hi - 1 - i];
  ErrCode code = rows_frame(job, e, at, n, true, of, out, err);
  mem_free(at);
  return code;
}

ErrCode eval_changed(Job *job, const Evaluation *e, double t, double was, int64_t most, Frame **out, int64_t *right,
                     int64_t *wrong, Err *err) {
  const Curve *c;
  TRY(eval_curve(job, e, &c, err));
  int of = model_info(e->said->model).positive;
  return eval_changed_of(job, e, c, of, t, was, most, out, right, wrong, err);
}

ErrCode eval_worst(Job *job, const Evaluation *e, int64_t most, Frame **out, Err *err) {
  TRY(eval_expect(e, "the largest residuals", TASK_REGRESSION, false, err));
  Scored s = eval_scored(e);
  void *block;
  TRY(eval_alloc(job, s.n * 16, "the largest residuals", &block, err));
  uint64_t *key = block;
  int64_t *at = (int64_t *)block + s.n;
  for (int64_t i = 0; i < s.n; i++) key[i] = ~order_key_f64(fabs(s.y[i] - s.score[i]));
  ErrCode code = order_keys(job, key, s.n, false, at, err);
  if (code == OK) code = rows_frame(job, e, at, s.n < most ? s.n : most, false, 0, out, err);
  mem_free(block);
  return code;
}
