// Judging models: splits, metrics, and the evaluation of a model on rows that it has not seen. Answers are Frames.
#pragma once
#include "model/model.h"

// ---- splitting ----------------------------------------------------------------------------------------------------
typedef struct SplitOpts {
  double test, valid;    // shares of the rows
  const char *stratify;  // column whose distribution is kept; NULL none
  uint64_t seed;
} SplitOpts;
// Rows drawn by keyed shuffle (within each stratum), kept in row order: train, test and, when valid > 0, valid (else
// NULL). Sizes are rounded to the nearest row in all, largest remainders first. ERR_ARG shares out of (0, 1) or a part
// without rows; ERR_NAME stratify.
NODISCARD ErrCode eval_split(Job *job, const Frame *d, const SplitOpts *opts, Frame **train, Frame **test,
                             Frame **valid, Err *err);

// ---- evaluation ---------------------------------------------------------------------------------------------------
typedef struct Evaluation Evaluation; // immutable, reference counted
typedef struct CostOpts {
  double fp, fn;
} CostOpts;
// Predicts the rows of `test` and keeps truth and scores. Rows without a target are left out (counted in the caption).
// ERR_NAME no target column; ERR_ARG a class that the model never saw, no rows.
NODISCARD ErrCode eval_new(Job *job, const Model *m, const Frame *test, Evaluation **out, Err *err);
Evaluation *eval_ref(const Evaluation *e);
void eval_unref(Evaluation *e);
const Model *eval_model(const Evaluation *e);
double eval_get_threshold(const Evaluation *e);
// The same scores judged at another threshold, or with costs. ERR_ARG unless there are two classes.
NODISCARD ErrCode eval_threshold(const Evaluation *e, double t, Evaluation **out, Err *err);
NODISCARD ErrCode eval_cost(const Evaluation *e, const CostOpts *cost, Evaluation **out, Err *err);

// ---- metrics (metrics.c): one row each in METRICS -----------------------------------------------------------------
typedef struct Scored { // what a metric sees; borrowed
  int64_t n;
  int nclass;            // 0 for regression
  int positive;
  const double *y;       // truth: values or class numbers
  const double *score;   // values, or n x nclass probabilities
  const int32_t *pred;   // predicted class numbers; NULL for regression
  int64_t nterm;         // terms of the model, for adjusted R2
  CostOpts cost;
} Scored;
typedef struct Metric {
  const char *name;      // "auc"
  int tasks;             // TASK_ bits
  bool two_classes;      // defined for two classes only
  int better;            // +1 greater is better, -1 less
  const char *summary;   // one line with the formula
  const char *source;
  ErrCode (*of)(Job *job, const Scored *s, double *value, double *lower, double *upper, Err *err); // NaN: undefined
} Metric;
extern const Metric METRICS[]; // ended by a NULL name
const Metric *metric_find(Sv name);
// accuracy precision recall specificity f1 log_loss brier auc cost (classification), rmse mae r2 adjusted_r2
// (regression). Precision, recall and F1 of more than two classes are the mean over the classes (macro).
// ERR_NAME unknown (nearest name); ERR_ARG not defined for this task.
NODISCARD ErrCode eval_metric(Job *job, const Evaluation *e, Sv name, double *value, Err *err);
// metric, value, lower, upper (95 % where there is an interval: DeLong for auc, Wilson for shares).
NODISCARD ErrCode eval_metrics(Job *job, const Evaluation *e, Frame **out, Err *err);
// One row an actual class, one column a predicted class, counts; first column `actual`.
NODISCARD ErrCode eval_confusion(Job *job, const Evaluation *e, Frame **out, Err *err);
// threshold, tpr, fpr, precision, tp, fp, tn, fn: one row for each distinct score, descending, from (0, 0) at inf.
NODISCARD ErrCode eval_roc(Job *job, const Evaluation *e, Frame **out, Err *err);
// The rows of the test frame with actual, pred and score (p of the positive class, or the value and the residual);
// filtered by class names where given (NULL = any).
NODISCARD ErrCode eval_rows(Job *job, const Evaluation *e, const char *actual, const char *pred, Frame **out, Err *err);
// actual, pred, residual of a regression.
NODISCARD ErrCode eval_residuals(Job *job, const Evaluation *e, Frame **out, Err *err);
