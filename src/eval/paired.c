// Two models on the same rows: how sure is it that one area under the ROC curve is larger?
//
// The area is the mean of placements: of a positive the share of negatives below it (equal ones half), of a negative
// the share of positives above it. Each row has one placement for either model, so the variance of the difference of
// the areas is that of the differences of placements, over the positives plus over the negatives (DeLong, DeLong &
// Clarke-Pearson, Biometrics 44, 1988). Placements come from the scores in order: O(n log n).
#include "eval/eval_int.h"

#include "num/dist.h"
#include "num/num.h"

#include <math.h>

// place[i] of every judged row: counted in halves, so that it is a whole number. area: of all pairs.
static ErrCode place(Job *job, const Evaluation *e, int of, double *out, Estimate *area, Err *err) {
  Curve *c;
  TRY(eval_curve_of(job, e, of, &c, err));
  Scored s = eval_scored(e);
  for (int64_t from = 0, to; from < c->n; from = to) {
    for (to = from + 1; to < c->n && c->score[to] == c->score[from];) to++;
    double pos_below = (double)c->pos[from], pos = (double)(c->pos[to] - c->pos[from]);
    double neg_below = (double)from - pos_below, neg = (double)(to - from) - pos;
    double beaten = 2 * neg_below + neg, above = 2 * ((double)c->npos - pos_below - pos) + pos;
    for (int64_t k = from; k < to; k++) {
      bool is = s.y[c->at[k]] == of;
      out[c->at[k]] = is ? beaten / (2 * (double)c->nneg) : above / (2 * (double)c->npos);
    }
  }
  *area = c->auc;
  curve_free(c);
  return OK;
}

static double variance(Job *job, double *d, int64_t n) {
  Moments m = moments_f64(job, d, n);
  return n > 1 ? m.m2 / (double)(n - 1) / (double)n : NAN;
}

static bool same_rows(const Evaluation *a, const Evaluation *b) {
  const Answers *x = a->said, *y = b->said;
  if (x->n != y->n) return false;
  const Names *one = model_info(x->model).levels, *other = model_info(y->model).levels;
  if (one->n != other->n) return false;
  for (int64_t k = 0; k < one->n; k++)
    if (strcmp(one->name[k], other->name[k]) != 0) return false;
  for (int64_t i = 0; i < x->n; i++)
    if (x->y[i] != y->y[i] || x->row[i] != y->row[i]) return false;
  return true;
}

static ErrCode compare(Job *job, const Evaluation *a, const Evaluation *b, int of, double *room, AucDifference *out,
                       Err *err) {
  Scored s = eval_scored(a);
  double *x = room, *y = room + s.n, *d = room + 2 * s.n;
  Estimate one, other;
  int64_t npos = 0, nneg = 0;
  TRY(place(job, a, of, x, &one, err));
  TRY(place(job, b, of, y, &other, err));
  for (int64_t i = 0; i < s.n; i++)
    if (s.y[i] == of) d[npos++] = x[i] - y[i];
  double var = variance(job, d, npos);
  for (int64_t i = 0; i < s.n; i++)
    if (s.y[i] != of) d[nneg++] = x[i] - y[i];
  double se = sqrt(var + variance(job, d, nneg)), by = one.value - other.value;
  *out = (AucDifference){{by, NAN, NAN}, NAN};
  if (!(se > 0)) return OK;
  out->by.lower = by - EVAL_Z95 * se, out->by.upper = by + EVAL_Z95 * se;
  out->p = 2 * dist_norm(fabs(by) / se, DIST_UPPER);
  return OK;
}

ErrCode eval_compare_auc(Job *job, const Evaluation *a, const Evaluation *b, int of, AucDifference *out, Err *err) {
  TRY(eval_expect(a, "a comparison of ROC curves", TASK_CLASSIFICATION, false, err));
  TRY(eval_expect(b, "a comparison of ROC curves", TASK_CLASSIFICATION, false, err));
  if (!same_rows(a, b))
    return err_set(err, ERR_ARG, "the two evaluations judge other rows or classes: evaluate both models on one frame");
  Scored s = eval_scored(a);
  if (s.nclass == 2) of = s.positive;
  void *room;
  TRY(eval_alloc(job, 3 * s.n * 8, "a comparison of ROC curves", &room, err));
  ErrCode code = compare(job, a, b, of, room, out, err);
  mem_free(room);
  return code;
}
