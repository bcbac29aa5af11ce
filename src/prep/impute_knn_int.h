// Shared by the files of impute_knn: what it learned, and rows with gaps on their way to values.
#pragma once
#include "prep/prep_int.h"

enum { WEIGHTS_UNIFORM, WEIGHTS_DISTANCE };
enum { K_MAX = 1000 };
enum { METRIC_GOWER, METRIC_EUCLIDEAN };

typedef struct KnnOpts {
  Names columns;
  int64_t k;
  int weights, metric;
  bool draw;
} KnnOpts;

typedef struct KnnColumn {
  ColType becomes;
  double scale;    // a distance is a difference times this
  double fallback; // mean, or most frequent value
  Names word;      // of categories and texts, sorted; values are their numbers
  int64_t missing; // in training
} KnnColumn;

typedef struct Knn {
  Learned in;
  KnnColumn *col;
  int64_t n;
  double *v;    // training rows, column after column
  int64_t seed; // of the draws
} Knn;

static inline bool votes(ColType t) { return t == COL_BOOL || t == COL_CAT || t == COL_TEXT; }

typedef struct Gaps {
  int64_t m;      // rows that have some
  int64_t *row;   // of each its place in the frame
  int64_t *first; // the gaps before each row; m + 1
  double *x;      // the rows: values as in training, NaN = missing; then also scaled
  int64_t *donor; // k of each gap
  double *distance;
  double *value; // of each gap
  void *block[4];
} Gaps;


// Room for m rows of p columns; gaps_fini, after an error too.
NODISCARD ErrCode gaps_init(Job *job, int64_t m, int64_t p, Gaps *g, Err *err);
// The rows of x that miss a learned column; at[j] is the place of learned column j. ERR_ARG an infinite value.
NODISCARD ErrCode gaps_find(Job *job, const Knn *st, const Frame *x, const int *at, Gaps *g, Err *err);
// Donors and values of all gaps of g->x, which it scales.
NODISCARD ErrCode gaps_fill(Job *job, const Knn *st, const KnnOpts *o, Gaps *g, Err *err);
void gaps_fini(Gaps *g);
// The step's card: of each column the first gap in training and who fills it.
NODISCARD ErrCode knn_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err);
