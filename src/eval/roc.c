// The ROC curve and the area under it. The scores of each class are sorted by themselves (values alone: half the
// traffic of sorting rows, and no gathering through a permutation) and merged from the top; each run of equal scores
// makes one point, with the counts of both classes so far. All that follows is integer arithmetic on those counts, so
// the order of rows, ties and threads cannot change a bit. O(n).
//
// AUC = P(score of a positive > score of a negative) + P(equal) / 2, the trapezoid area under the points (Mann-
// Whitney): a run of dp positives and dn negatives after tp positives adds dn * (2 tp + dp) half pairs.
//
// The interval is DeLong, DeLong & Clarke-Pearson (Biometrics 44, 1988), computed from the sorted scores in the manner
// of Sun & Xu (IEEE Signal Processing Letters 21, 2014). Their midranks come down to the same counts: a positive in
// that run beats 2 (N - fp) + dn half negatives of N, a negative loses to 2 tp + dp half positives. var(AUC) is the
// sum of the variances of these placements, each over its number of rows; sums and sums of squares are kept exactly in
// 128 bits (enough for 4e9 rows) and rounded once. As in pROC the interval is AUC -+ 1.96 se, cut at 0 and 1. A
// variance of 0 (perfect order, or all scores equal) and a class with a single row give no interval.
#include "eval/eval_int.h"

#include "num/num.h"

#include <math.h>

__extension__ typedef unsigned __int128 u128;

// ---- points -------------------------------------------------------------------------------------------------------
typedef struct Class { // scores of one class, ascending; the first `left` are not counted yet
  double *score;
  int64_t n, left;
} Class;

static ErrCode part_classes(Job *job, const double *score, const double *y, int64_t n, int class, Class *pos,
                            Class *neg, Err *err) {
  for (int64_t i = 0; i < n; i++) {
    if (i % EVAL_TICK == 0) TRY(job_tick(job, i, n, err));
    bool is = y[i] == class;
    pos->score[pos->n] = neg->score[neg->n] = score[i]; // both, since a guess at `is` would often be wrong
    pos->n += is, neg->n += !is;
  }
  pos->left = pos->n, neg->left = neg->n;
  TRY(order_sort_f64(job, pos->score, pos->n, err));
  return order_sort_f64(job, neg->score, neg->n, err);
}

static bool starts_at_or_above(const Class *c, double v) { return c->left > 0 && c->score[c->left - 1] >= v; }

static double next_score(const Class *a, const Class *b) {
  if (a->left == 0) return b->score[b->left - 1];
  return starts_at_or_above(b, a->score[a->left - 1]) ? b->score[b->left - 1] : a->score[a->left - 1];
}

static void merge_classes(Class *pos, Class *neg, Roc *r) {
  int64_t k = 0;
  r->score[0] = INFINITY, r->tp[0] = r->fp[0] = 0;
  while (pos->left + neg->left > 0) { // -0.0 and 0.0 are one score: v + 0.0 is never -0.0
    double v = next_score(pos, neg);
    while (starts_at_or_above(pos, v)) pos->left--;
    while (starts_at_or_above(neg, v)) neg->left--;
    r->score[++k] = v + 0.0, r->tp[k] = pos->n - pos->left, r->fp[k] = neg->n - neg->left;
  }
  r->n = k + 1, r->npos = pos->n, r->nneg = neg->n;
}

ErrCode roc_new(Job *job, const double *score, const double *y, int64_t n, int class, Roc *out, Err *err) {
  void *points, *scratch;
  TRY(eval_alloc(job, (n + 1) * 24, "a ROC curve", &points, err));
  Roc r = {.score = points, .tp = (int64_t *)points + n + 1, .fp = (int64_t *)points + 2 * (n + 1)};
  ErrCode code = eval_alloc(job, n * 16, "a ROC curve", &scratch, err);
  if (code == OK) {
    Class pos = {.score = scratch}, neg = {.score = (double *)scratch + n};
    code = part_classes(job, score, y, n, class, &pos, &neg, err);
    if (code == OK) merge_classes(&pos, &neg, &r);
    mem_free(scratch);
  }
  if (code == OK) *out = r;
  else roc_free(&r);
  return code;
}

void roc_free(Roc *r) {
  mem_free(r->score);
  *r = (Roc){0};
}

// ---- area ---------------------------------------------------------------------------------------------------------
// Variance over `n` rows of placements a[i] / (2 other), from the sum and the sum of squares of a.
static double placement_var(u128 sum, u128 squares, int64_t n, int64_t other) {
  double scale = 2 * (double)other;
  return (double)((u128)(uint64_t)n * squares - sum * sum) / ((double)n * (double)(n - 1)) / (scale * scale);
}

Estimate roc_auc(const Roc *r) {
  Estimate e = {NAN, NAN, NAN};
  if (r->npos == 0 || r->nneg == 0) return e;
  u128 half_pairs = 0, pos_squares = 0, neg_squares = 0;
  for (int64_t k = 1; k < r->n; k++) {
    uint64_t dp = (uint64_t)(r->tp[k] - r->tp[k - 1]), dn = (uint64_t)(r->fp[k] - r->fp[k - 1]);
    uint64_t wins = 2 * (uint64_t)(r->nneg - r->fp[k]) + dn, losses = 2 * (uint64_t)r->tp[k - 1] + dp;
    half_pairs += (u128)dn * losses;
    pos_squares += (u128)dp * wins * wins;
    neg_squares += (u128)dn * losses * losses;
  }
  e.value = (double)half_pairs / (2 * (double)r->npos * (double)r->nneg);
  if (r->npos < 2 || r->nneg < 2) return e;
  double var = placement_var(half_pairs, pos_squares, r->npos, r->nneg) / (double)r->npos +
               placement_var(half_pairs, neg_squares, r->nneg, r->npos) / (double)r->nneg;
  if (!(var > 0)) return e;
  e.lower = fmax(e.value - EVAL_Z95 * sqrt(var), 0);
  e.upper = fmin(e.value + EVAL_Z95 * sqrt(var), 1);
  return e;
}
