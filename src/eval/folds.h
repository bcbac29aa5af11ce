// Folds: which rows are held out when; and cross-validation, which fits the whole pipeline anew for each fold.
#pragma once
#include "model/model.h"

typedef enum { FOLDS_KFOLD, FOLDS_LOO, FOLDS_TIME, FOLDS_GROUP } FoldMethod;
typedef struct FoldOpts {
  int method;           // FoldMethod; a group makes it FOLDS_GROUP, a time FOLDS_TIME
  int64_t folds;        // at least 2
  int64_t repeats;      // k-fold: how often, with other folds each time
  bool stratify;        // k-fold: each class is spread evenly; looked at for classes only
  const char *group;    // rows of a group stay together; NULL = none
  const char *time;     // column that orders the rows; NULL = their order in the frame
  uint64_t seed;
} FoldOpts;

// part[r * n + i] = part of row i in repeat r, from 0. Fold k holds out part k and learns from the others; in order of
// time there is one part more, fold k holds out part k + 1 and learns from those before it.
typedef struct Folds {
  int64_t n, nfold, repeats;
  bool growing;
  int32_t *part;
} Folds;
// `target` (NULL: none) is only looked at to stratify. K-fold: rows are shuffled, keyed by seed and repeat, class by
// class, and dealt in turn, so that parts differ by one row at most, and so do the rows of a class. Groups: the largest
// first, each to the part with the fewest rows. Time: equal parts of the ordered rows, the remainder in the first; rows
// of equal time stay in their order. ERR_ARG fewer rows or groups than folds, repeats of what does not vary, missing
// values in group or time; ERR_NAME a column; ERR_TYPE a time that has no order.
NODISCARD ErrCode folds_new(Job *job, const Frame *d, const char *target, const FoldOpts *opts, Folds *out, Err *err);
void folds_free(Folds *f);
// Rows of one fold in the order of the frame; both arrays have room for n. Returns how many are learned from.
int64_t folds_rows(const Folds *f, int64_t repeat, int64_t fold, int64_t *train, int64_t *test, int64_t *ntest);

typedef struct CvOpts {
  FoldOpts folds;
  FitOpts fit;
  Names metrics; // none: those of the task that are most asked for
} CvOpts;
// One row a fold: repeat, fold, train, test (rows), then a column for each metric; the caption has mean and standard
// deviation. Each fold fits steps and model on its training rows alone. Leave-one-out: one row, the metrics of all
// rows, each judged by the model that did not see it. Rows without a target are left out. Errors as folds_new,
// model_fit and eval_metric, those of a fold with its number.
NODISCARD ErrCode eval_cv(Job *job, const Learner *l, const Frame *d, const char *target, const CvOpts *opts,
                          Frame **out, Err *err);

// What makes a split flatter its model (caution.c).
typedef struct CautionIn {
  const Frame *d;
  const char *target;  // NULL: not known
  const int32_t *part; // of each row
  int32_t held;        // the part that judges; -1: every part in turn
  bool random;         // rows were drawn, not taken in order of time or by group
} CautionIn;
// Adds a line "! ..." for each of: rows of the held part (of any) that another part has too, cell for cell, unless more
// than half of all rows repeat others; where rows were drawn, a date that ascends or descends with them or a target of
// numbers or two classes that goes along with them (|Spearman| >= 0.3). ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode eval_cautions(Job *job, const CautionIn *in, Str *out, Err *err);
