// How much a column says about the target.
#pragma once
#include "prep/each_int.h"

enum { BY_F, BY_CHI2, BY_MUTUAL, BY_VARIANCE, BY_CORRELATION };

// A target as the scores need it, borrowed.
typedef struct Goal {
  const double *y;       // n
  int64_t n, nclass;     // nclass 0: a regression
  int64_t *order;        // rows by class, in each by row
  int64_t *start;        // nclass + 1: where each class begins in `order`
  double mean, *centred; // of a regression; n
} Goal;

typedef struct Score {
  double score, p; // p NaN where there is none
} Score;

// F test: one-way analysis of variance for classes, linear regression for values. Without spread: F 0, p 1.
Score score_f(Job *job, const Goal *g, double *x, double *room);
// Chi-square of the sums of x, which counts something, in each class.
Score score_chi2(Job *job, const Goal *g, const double *x, double *room);
// Mutual information in nats; `discrete`: the values of x are classes. x is changed. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode score_mutual(Job *job, const Goal *g, double *x, bool discrete, uint64_t seed, double *out, Err *err);
