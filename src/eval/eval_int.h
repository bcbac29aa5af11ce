// Shared inside eval: what an evaluation holds, columns of answers, counts of classes and of ROC points.
#pragma once
#include "eval/eval.h"

#include <stdatomic.h>

enum { EVAL_TICK = 1 << 20 };           // rows between two looks at the cancel flag
#define EVAL_Z95 1.959963984540054      // normal quantile of 0.975

// ---- evaluation.c -------------------------------------------------------------------------------------------------
// What the model said and what was true; shared by all evaluations of the same rows.
typedef struct Answers {
  atomic_int refs;
  Model *model;
  Frame *test;
  int64_t n, left_out; // rows judged, rows without a target
  int64_t *row;        // n: row of `test`
  double *y, *score;   // as in Scored
  _Atomic(Curve *) curve; // made when first asked for; two classes only
} Answers;

struct Evaluation {
  atomic_int refs;
  Answers *said;
  double threshold;
  CostOpts cost;
  int32_t *pred; // n; NULL for regression
};

Scored eval_scored(const Evaluation *e);
// The evaluation of all rows of `test`, none without a target, from answers that were found otherwise; takes y and
// score over, on failure too.
NODISCARD ErrCode eval_of_scores(Job *job, const Model *m, const Frame *test, double *y, double *score,
                                 Evaluation **out, Err *err);
// "1,114 rows, 3 more without 'y' left out; positive class 'good', threshold 0.5". Arena-owned.
const char *eval_caption(const Evaluation *e, Arena *a);
// ERR_ARG "`what` is for ...: this model ...", unless the task fits (two classes when `two`).
NODISCARD ErrCode eval_expect(const Evaluation *e, const char *what, Task task, bool two, Err *err);

// ---- table.c ------------------------------------------------------------------------------------------------------
// job_need and mem_new in one; mem_free.
NODISCARD ErrCode eval_alloc(Job *job, int64_t bytes, const char *what, void **out, Err *err);
// The frame with its caption when code is OK, else nothing; takes `made` over. Returns code.
ErrCode eval_finish(ErrCode code, Frame *made, const char *caption, Frame **out);
// Columns of frame_nrow(f) values; NaN becomes missing.
NODISCARD ErrCode table_reals(Job *job, Frame *f, const char *name, const double *x, Err *err);
NODISCARD ErrCode table_ints(Job *job, Frame *f, const char *name, const int64_t *x, Err *err);
// A category of the given words: row i holds word[pick[i]], pick = NULL: word[i].
NODISCARD ErrCode table_words(Job *job, Frame *f, const char *name, const Names *words, const int64_t *pick, Err *err);
// `name`, with `suffix` as often as it takes to be no column of f. Arena-owned.
const char *table_free_name(const Frame *f, const char *name, const char *suffix, Arena *a);

// ---- together.c -----------------------------------------------------------------------------------------------------
// Number of the group that each row is in, by the values of a column, in order of first appearance. ERR_NAME; ERR_ARG a
// missing value.
NODISCARD ErrCode rows_together(Job *job, const Frame *d, const char *name, int64_t *group, int64_t *n, Err *err);
// Rows by the time in a column of numbers or dates, equal times in row order. ERR_TYPE text; otherwise as above.
NODISCARD ErrCode rows_in_time(Job *job, const Frame *d, const char *name, int64_t *order, Err *err);

// ---- roc.c --------------------------------------------------------------------------------------------------------
// Rows with a score of at least score[k] by class, k = 0 .. n - 1, scores descending from inf.
typedef struct Roc {
  int64_t n, npos, nneg;
  double *score;
  int64_t *tp, *fp;
} Roc;
// Rows with y == class are positive. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode roc_new(Job *job, const double *score, const double *y, int64_t n, int class, Roc *out, Err *err);
void roc_free(Roc *r);
Estimate roc_auc(const Roc *r);

// ---- rows.c -------------------------------------------------------------------------------------------------------
// row, what was and what was said of the n judged rows at[i] (of two classes row, score, actual when `brief`), then the
// columns of the test frame (without the target when `brief`); scratch: 8 bytes a row. of: class of the brief score.
NODISCARD ErrCode rows_frame(Job *job, const Evaluation *e, const int64_t *at, int64_t n, bool brief, int of,
                             Frame **out, Err *err);

// ---- the families of metrics --------------------------------------------------------------------------------------
#define METRIC_OF(name) ErrCode name##_of(Job *job, const Scored *s, Estimate *out, Err *err);
METRIC_OF(accuracy) METRIC_OF(balanced_accuracy) METRIC_OF(precision) METRIC_OF(recall) METRIC_OF(specificity)
METRIC_OF(f1) METRIC_OF(mcc) METRIC_OF(kappa) METRIC_OF(total_cost)                  // metrics_class.c
METRIC_OF(auc) METRIC_OF(average_precision) METRIC_OF(log_loss) METRIC_OF(brier)     // metrics_score.c
METRIC_OF(rmse) METRIC_OF(mae) METRIC_OF(r2) METRIC_OF(adjusted_r2)                  // metrics_value.c
#undef METRIC_OF
