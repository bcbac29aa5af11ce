// Sums of trees and the way from a sum to a prediction: what boosting learns, and what is read from other programs.
#pragma once
#include "model/trees_int.h"

typedef enum {
  LINK_IDENTITY, // the sum
  LINK_LOG,      // its exponential
  LINK_LOGIT,    // the probability of the second class, or a share
  LINK_STEP,     // the second class where it is above 0
  LINK_SOFTMAX,  // a sum for each class
} Link;

extern const ModelType model_imported; // imported.c

struct Sums { // borrowed by those who ask for it
  Trees trees;           // base holds sums, not probabilities
  const char *objective; // "binary:logistic"
  int64_t link;
  int64_t nclass;        // 0: a regression
};

// ---- link.c -------------------------------------------------------------------------------------------------------
typedef struct ObjectiveName { // an objective as XGBoost names it
  const char *name;
  Link link;
  Task task;
  bool many;      // of any number of classes
  bool probable;  // base_score goes through the link
} ObjectiveName;
const ObjectiveName *objective_name(Sv name); // NULL: there is no such
double link_of(Link link, double value);      // the sum that predicts it: LOG, LOGIT; else the value
// Sums (n x noutput, column-major) to what ModelType.predict gives: values, or n x nclass probabilities. `sum` may be
// `out` where there are as many.
void link_apply(Link link, int nclass, int64_t n, const double *sum, double *out);
void sums_store(Store *s, int64_t nterm, int nclass, Sums *sums);
// The slots predict_columns, trees and sums of a type whose data is, or begins with, a Sums.
NODISCARD ErrCode sums_predict(Job *job, const void *opts, const ModelState *state, const Features *x, double *out,
                                Err *err);
const Trees *sums_trees(const ModelState *state);
void sums_get(const ModelState *state, Sums *out);
