// Judging models: splits, metrics, and the evaluation of a model on rows that it has not seen. Answers are Frames.
#pragma once
#include "model/model.h"
#include "stats/scores.h"
#include "stats/explain.h"

// ---- splitting (split.c) ------------------------------------------------------------------------------------------
typedef struct SplitOpts {
  double test, valid;    // shares of the rows; valid = 0 makes no third part
  const char *stratify;  // column whose distribution is kept; NULL none
  uint64_t seed;
  const char *group;     // column whose equal values stay in one part; NULL none
  const char *time;      // column that orders the rows: the latest are the test part; NULL none
  const char *target;    // column to predict, looked at for cautions alone; NULL: that of stratify
} SplitOpts;
// Rows drawn by keyed shuffle (within each stratum), kept in row order: train, test and, when valid > 0, valid (else
// NULL). test and valid hold round(share * n) rows, train the rest; each stratum has its share of the test rows within
// one row, of the others within two. Missing values are a stratum. ERR_ARG shares out of range, a part without rows,
// or more than 20 distinct numbers or dates to stratify by, or more than one of stratify, group and time; ERR_NAME.
// Their captions say how many rows they are, that of test with a line "! ..." for each of eval_cautions (folds.h).
// With a group whole groups are drawn until a part is as near to its share as they allow. With a time nothing is drawn:
// test are the last rows, valid those before; rows of equal time stay together.
NODISCARD ErrCode eval_split(Job *job, const Frame *d, const SplitOpts *opts, Frame **train, Frame **test,
                             Frame **valid, Err *err);
// d with a column of the part of each row, `name` (train, test, valid), in the place of one that is so called, and the
// captions of eval_split. Errors as eval_split.
NODISCARD ErrCode eval_split_parts(Job *job, const Frame *d, const SplitOpts *opts, const char *name, Frame **out,
                                   Err *err);

// ---- evaluation (evaluation.c) ------------------------------------------------------------------------------------
typedef struct Evaluation Evaluation; // immutable, reference counted
typedef struct CostOpts {
  double fp, fn; // of one false positive, of one false negative
} CostOpts;
// Predicts the rows of `test` and keeps truth and scores. Rows without a target are left out (counted in the captions).
// Classes are matched by their text. Costs are 1 and 1 until they are set. ERR_NAME no target column; ERR_TYPE a text
// target for a regression; ERR_ARG a class that the model never saw, no rows, a pipeline without a model; ERR_NUMERIC
// a score that is not finite.
NODISCARD ErrCode eval_new(Job *job, const Model *m, const Frame *test, Evaluation **out, Err *err);
Evaluation *eval_ref(const Evaluation *e);
void eval_unref(Evaluation *e); // NULL allowed
const Model *eval_model(const Evaluation *e);
double eval_get_threshold(const Evaluation *e);
CostOpts eval_get_cost(const Evaluation *e); // 1 and 1: not set
int64_t eval_get_rows(const Evaluation *e);  // judged
// The same scores judged at another threshold in [0, 1], or with other costs (finite, not negative, not both 0). A row
// is called positive where its score >= t. ERR_ARG also unless there are two classes.
NODISCARD ErrCode eval_threshold(const Evaluation *e, double t, Evaluation **out, Err *err);
NODISCARD ErrCode eval_cost(const Evaluation *e, const CostOpts *cost, Evaluation **out, Err *err);

// ---- metrics (metrics.c): one row each in METRICS -----------------------------------------------------------------
typedef struct Scored { // what a metric sees; borrowed
  int64_t n;
  int nclass;            // 0 for regression
  int positive;
  const double *y;       // truth: values or class numbers
  const double *score;   // values, or n x nclass probabilities, column-major
  const int32_t *pred;   // predicted class numbers; NULL for regression
  int64_t nterm;         // terms of the model, for adjusted R2
  CostOpts cost;
} Scored;
typedef struct Estimate { // NaN: undefined; bounds of a 95 % interval, NaN where there is none
  double value, lower, upper;
} Estimate;
typedef struct Metric {
  const char *name;      // "auc"
  int tasks;             // TASK_ bits
  bool two_classes;      // defined for two classes only
  int better;            // +1 greater is better, -1 less
  const char *summary;   // one line with the formula and when it is undefined
  const char *source;
  ErrCode (*of)(Job *job, const Scored *s, Estimate *out, Err *err); // ERR_MEMORY, ERR_CANCELLED
} Metric;
// accuracy balanced_accuracy precision recall specificity f1 mcc kappa auc average_precision log_loss brier total_cost
// (classification), rmse mae r2 adjusted_r2 (regression). With more than two classes precision, recall, F1, AUC and
// average precision are means over the classes. Values equal scikit-learn 1.2.1, but a division by zero is undefined
// (NaN), not 0.
extern const Metric METRICS[]; // ended by a NULL name
const Metric *metric_find(Sv name); // NULL when there is none
// ERR_NAME unknown (nearest name); ERR_ARG not defined for this task or number of classes.
NODISCARD ErrCode eval_metric(Job *job, const Evaluation *e, Sv name, double *value, Err *err);
// metric, value, lower, upper (95 % where there is an interval: DeLong for auc, Wilson for shares), better (up, down).
NODISCARD ErrCode eval_metrics(Job *job, const Evaluation *e, Frame **out, Err *err);

// A metric, or all of them (NULL), with the counts of this evaluation (explain.c). Errors as eval_metric; ERR_MEMORY.
NODISCARD ErrCode eval_explain(Job *job, const Evaluation *e, const char *metric, Explained *out, Err *err);

// ---- answers row by row (confusion.c, curves.c, rows.c); the column names below win over those of the test frame --
// One row an actual class, one column a predicted class, counts; first column `actual`. ERR_ARG for a regression.
NODISCARD ErrCode eval_confusion(Job *job, const Evaluation *e, Frame **out, Err *err);
// What every threshold gives: one row for each distinct score, descending, from (0, 0) at inf. ROC: threshold, tpr,
// fpr, precision, tp, fp, tn, fn. PR: threshold, recall, precision, f1, tp, fp, fn. GAIN, of gain and lift: threshold,
// rows, share (of the rows), gain (share of the positives among them), lift. With more than two classes each against
// the others, first column `class`; those without rows of both kinds are left out. ERR_ARG a regression, or no class
// has rows of both kinds.
typedef enum { CURVE_ROC, CURVE_PR, CURVE_GAIN } CurveKind;
NODISCARD ErrCode eval_points(Job *job, const Evaluation *e, CurveKind kind, Frame **out, Err *err);
// bin, lower, upper, n, hits, score (mean), share (that came true), low, high (95 % by Wilson); `class` as above.
// ERR_ARG a regression.
NODISCARD ErrCode eval_calibration(Job *job, const Evaluation *e, const ReliabilityOpts *opts, Frame **out, Err *err);
// The judged rows as charts take them: actual, pred, then score (of the positive class), of more than two classes
// p_CLASS of each; of a regression actual and pred alone.
NODISCARD ErrCode eval_answers(Job *job, const Evaluation *e, Frame **out, Err *err);
// row (1-based row of the test frame), actual, pred, score (p of the positive class; of the predicted one for more than
// two classes; for a regression residual stands in its place), then the columns of the test frame, in its order, those
// with one of these names under a name with _test; filtered by class names where given (NULL = any). ERR_NAME no such
// class; ERR_ARG class names for a regression.
NODISCARD ErrCode eval_rows(Job *job, const Evaluation *e, const char *actual, const char *pred, Frame **out, Err *err);
// row, actual, pred, residual (actual - pred) of a regression. ERR_ARG for a classifier.
NODISCARD ErrCode eval_residuals(Job *job, const Evaluation *e, Frame **out, Err *err);

// ---- operating points (operating.c): what follows from a threshold, for two classes --------------------------------
enum { CURVE_BINS = 30, CURVE_MOST = 2048 };
// The scores in order and what they give at every threshold. Read only; shared by the evaluations of the same rows,
// made once in O(n log n), lives as long as they do.
typedef struct Curve {
  int64_t n, npos, nneg;
  double *score;      // n, ascending
  int64_t *at;        // n: the judged row that has it
  int64_t *pos;       // n + 1: positives among the first k
  Estimate auc, brier;
  int64_t bin[2][CURVE_BINS]; // scores of negatives and positives in equal bins from 0 to 1
  // Points for drawing, from (0, 0) on, close ones left out: share of positives found, of negatives taken for them; and
  // of the precision at recall. At most CURVE_MOST each.
  int64_t nroc, npr;
  double *fpr, *tpr, *recall, *precision;
} Curve;
typedef struct Counts {
  int64_t tp, fp, tn, fn;
} Counts;
// ERR_ARG unless there are two classes and both occur; ERR_MEMORY, ERR_CANCELLED. Safe on several threads at once.
NODISCARD ErrCode eval_curve(Job *job, const Evaluation *e, const Curve **out, Err *err);
// The same of class `of` of several against all others, made anew: curve_free. EVAL_POOLED: every row once for each
// class, positive where it is of it (the micro average); `at` then counts class * rows + row. ERR_ARG as eval_curve.
enum { EVAL_POOLED = -1 };
NODISCARD ErrCode eval_curve_of(Job *job, const Evaluation *e, int of, Curve **out, Err *err);
void curve_free(Curve *c); // NULL allowed
// A row is called positive where its score >= t. O(log n).
Counts curve_counts(const Curve *c, double t);
// The threshold of least cost, or with cost = NULL that of the largest TPR - FPR; the greatest among equals, as the
// shortest decimal that parts the same rows. O(n).
double curve_best(const Curve *c, const CostOpts *cost);
// The rows that another threshold calls otherwise, nearest to `t` first, at most `most` of them: row, score, actual,
// then the columns of the test frame but its target. *right, *wrong: how many of all are right at t, and wrong.
// O(most + log n).
NODISCARD ErrCode eval_changed(Job *job, const Evaluation *e, double t, double was, int64_t most, Frame **out,
                               int64_t *right, int64_t *wrong, Err *err);
// As eval_changed for a curve of eval_curve_of: the score is that of class `of`.
NODISCARD ErrCode eval_changed_of(Job *job, const Evaluation *e, const Curve *c, int of, double t, double was,
                                  int64_t most, Frame **out, int64_t *right, int64_t *wrong, Err *err);
// How much larger the area under the ROC curve of `a` is than that of `b`, judged on the same rows; of class `of`, of
// two classes the positive one. A 95 % interval and a two-sided p by DeLong, DeLong & Clarke-Pearson (1988), as
// roc.test() of pROC 1.18.0; NaN where all differences are equal. ERR_ARG other rows or classes, rows of one kind.
typedef struct AucDifference {
  Estimate by;
  double p;
} AucDifference;
NODISCARD ErrCode eval_compare_auc(Job *job, const Evaluation *a, const Evaluation *b, int of, AucDifference *out,
                                   Err *err);
// The rows of a regression that it missed by most, worst first: as eval_rows. O(n log n).
NODISCARD ErrCode eval_worst(Job *job, const Evaluation *e, int64_t most, Frame **out, Err *err);

// ---- permutation importance (importance.c) ------------------------------------------------------------------------
typedef enum { IMPORTANCE_MEANS, IMPORTANCE_LONG } ImportanceForm;
typedef struct ImportanceOpts {
  int64_t repeats;    // at least 1
  const char *metric; // NULL or "": auc for two classes, accuracy for more, r2 for values
  uint64_t seed;
  ImportanceForm form;
} ImportanceOpts;
// How much worse the metric gets when one column of the test rows is shuffled, steps and model as they are; exactly 0
// for a column that never counts. MEANS: column, importance (mean over the repeats), sd, lower, upper (95 % of the mean
// by Student's t; missing with one repeat), largest first. LONG: column, repeat, importance, in the order of the model.
// Errors as eval_new and eval_metric; ERR_ARG a metric that is undefined for these rows, a model that looks at no
// column.
NODISCARD ErrCode eval_importance(Job *job, const Model *m, const Frame *test, const ImportanceOpts *opts, Frame **out,
                                  Err *err);
