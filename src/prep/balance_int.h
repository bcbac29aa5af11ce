// Shared by the steps that change how many training rows the classes have: oversample, undersample, smote.
#pragma once
#include "prep/prep_int.h"

// The state of such a step.
typedef struct Balance {
  Learned in;
  Names level;           // classes
  int64_t *rows, *after; // of each in training, before and after
  int64_t *near;         // neighbours of each that a row is made with; 0: none are made
} Balance;

// Counts the classes and sets `after` to `rows`, `near` to 0. ERR_ARG no rows, a target without classes.
NODISCARD ErrCode balance_fit(const char *step, const StepIn *in, Arena *a, Balance **out, Err *err);
void balance_raise(Balance *b, double ratio); // smaller classes to this share of the largest
void balance_cut(Balance *b, double ratio);   // larger classes until the smallest has this share of them
// The rows of each class, in their order: class k has row[first[k] .. first[k + 1]). Owned by `a`.
NODISCARD ErrCode balance_rows(Job *job, const char *step, const StepIn *in, const Balance *b, Arena *a,
                               int64_t **first, int64_t **row, Err *err);
int64_t balance_total(const Balance *b); // rows after
NODISCARD ErrCode balance_source(Job *job, const char *step, int64_t n, StepRows *out, Err *err); // room for n
// The slots apply and store. Rows to predict stay as they are.
NODISCARD ErrCode balance_apply(Job *job, const char *step, const StepState *state, const Frame *x, Frame **out,
                                Err *err);
void balance_store(Store *s, StepState *state);
// One row a class; `how`: what became of the rows ("drawn again"); note (NULL: none) of each class.
NODISCARD ErrCode balance_card(Job *job, const StepState *state, const char *how, const char *const *note, Frame **out,
                               Err *err);
// The option that all have, of a field `double ratio`.
#define BALANCE_RATIO(T)                                                                                               \
  {                                                                                                                    \
    "ratio", PARAM_REAL, offsetof(T, ratio), 0.001, 1, "1",                                                            \
        .doc = "rows of the smallest class as a share of the largest's, in training; 1: all classes equal"             \
  }
// The slots apply and store of a step.
#define BALANCE_SLOTS(name)                                                                                            \
  static ErrCode name##_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,         \
                              Err *err) {                                                                              \
    (void)opts;                                                                                                        \
    return balance_apply(job, #name, state, x, out, err);                                                              \
  }
