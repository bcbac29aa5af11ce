// Products of columns: what prep.polynomial and prep.interactions add.
#pragma once
#include "prep/each_int.h"

typedef struct Terms {
  Learned in;
  int64_t n; // new columns
  int64_t *parent,
      *by; // each is the product of parent (a learned column j < p, or new column parent - p) and column by
  Names name;
} Terms;

// Every product of 2 to `degree` learned columns, in the order of scikit-learn's PolynomialFeatures; `distinct`: no
// column twice. ERR_ARG more than 10,000 products.
NODISCARD ErrCode terms_fit(Job *job, const char *step, const Names *columns, int64_t degree, bool distinct,
                            const StepIn *in, StepState *state, Err *err);
NODISCARD ErrCode terms_apply(Job *job, const char *step, const StepState *state, const Frame *x, Frame **out,
                              Err *err);
void terms_store(Store *s, StepState *state);
NODISCARD ErrCode terms_card(Job *job, const StepState *state, Frame **out, Err *err);
