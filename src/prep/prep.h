// From a raw frame to numbers: steps that learn from training rows and are applied to any rows, and the design that
// turns the last frame into a matrix. Steps see features only; the target never passes through them.
#pragma once
#include "base/store.h"
#include "frame/frame.h"
#include "num/num.h"

// ---- steps ---------------------------------------------------------------------------------------------------------
// What a step learned; owned by `arena`, laid out by the step itself.
typedef struct StepState {
  Arena arena;
  void *data;
} StepState;

// What a step learns from, all borrowed: the training rows as the steps before left them.
typedef struct StepIn {
  const Frame *x;
  const double *y;      // of each row the target: its value, or the number of its class; NULL without a target
  const Names *levels;  // names of the classes; NULL for a regression
  const double *weight; // positive case weights, or NULL
  uint64_t seed;        // differs from step to step
} StepIn;

// What training goes on with: other columns, and where a step adds or leaves out rows, other rows.
typedef struct StepRows {
  Frame *x;
  int64_t *source; // of each row the row of StepIn whose target and weight it has; NULL: the same rows. mem_free
} StepRows;

typedef struct StepType {
  const char *name;      // "impute": prep.impute{...}
  const char *summary;   // one line
  const char *source;    // book, paper, or the program that it is checked against
  const char *unfit;     // what it is not good for
  const char *example;   // Lua that runs, on bundled data
  const char *unseen;    // what becomes of a level that training did not have; NULL: it looks at no levels
  const Param *params;
  size_t opts_size;
  bool across;   // the rows beside a row have a say in what it becomes
  bool positive; // with its defaults it takes positive numbers only
  bool rows;     // it changes no column, only which rows training has
  // Learns; sets state->data.
  ErrCode (*fit)(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err);
  // The same rows with other columns. ERR_NAME when a column that fit saw is gone; ERR_TYPE when its kind changed: int
  // and real are one, category and text are one, and a column without any value fits all. Messages name the step.
  ErrCode (*apply)(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err);
  // What the training rows become where that is not what apply makes of them: rows drawn or left out, values learned
  // from the other folds. Called once, after fit, on what fit saw. NULL: apply. Rows to predict never pass here.
  ErrCode (*train)(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out, Err *err);
  // Visits everything in state->data; when reading it also creates it, in state->arena and s->arena.
  void (*store)(Store *s, StepState *state);
  // What was learned, one row a column or level.
  ErrCode (*card)(Job *job, const void *opts, const StepState *state, Frame **out, Err *err);
} StepType;

// The list: one line here and one file NAME.c ending in `const StepType step_NAME` make a step.
#define PREP_STEPS(X) \
  X(bin)              \
  X(cbrt)             \
  X(cross)            \
  X(dates)            \
  X(drop)             \
  X(drop_missing)     \
  X(fill)             \
  X(frequency)        \
  X(hash)             \
  X(impute)           \
  X(impute_knn)       \
  X(indicator)        \
  X(interactions)     \
  X(lags)             \
  X(log)              \
  X(maxabs)           \
  X(merge)            \
  X(minmax)           \
  X(normalize)        \
  X(onehot)           \
  X(ordinal)          \
  X(outliers)         \
  X(oversample)       \
  X(pca)              \
  X(polynomial)       \
  X(power)            \
  X(quantile)         \
  X(replace)          \
  X(retype)           \
  X(robust)           \
  X(rolling)          \
  X(select)           \
  X(smote)            \
  X(sqrt)             \
  X(standard)         \
  X(target)           \
  X(undersample)      \
  X(units)            \
  X(winsorize)
#define PREP_DECLARE(name) extern const StepType step_##name;
PREP_STEPS(PREP_DECLARE)
#undef PREP_DECLARE
const StepType *const *prep_steps(void); // ended by NULL
const StepType *prep_find(Sv name);      // NULL when there is none

// The training rows after the step: its train, or else its apply.
NODISCARD ErrCode step_train(Job *job, const StepType *t, const void *opts, const StepState *state, const StepIn *in,
                             StepRows *out, Err *err);

// A step with its options, before it learns. Options are owned by the arena of whoever made it.
typedef struct StepSpec {
  const StepType *type;
  void *opts;
} StepSpec;

// Columns that a selector names: names as they stand; patterns with * and ?; "@number", "@quantity" (numbers but
// bools), "@text", "@category", "@date", "@bool" by type, "@missing" those with missing values, "@constant" those of
// which nothing can be learned (no value, or the same one in all rows); a minus before any of them takes columns away.
// An empty list means the default that the step states, one that only takes away begins with it. Order of the frame.
// ERR_NAME with the nearest name.
NODISCARD ErrCode prep_select(const Frame *x, const Names *selector, const char *dflt, Arena *a, int **col, int *n,
                              Err *err);

// ---- the design: frame -> matrix -----------------------------------------------------------------------------------
typedef struct Design {
  Names terms;   // column names in the order of the matrix; owned by the arena given to design_fit
  Names *levels; // of each term its words, none for a number; NULL: a matrix of numbers (see features.h)
} Design;
// All columns must be numbers without missing values. ERR_TYPE and ERR_ARG name the columns and print the pipe{...}
// line that mends it, ending in `learner` ("ml.logistic{}").
NODISCARD ErrCode design_fit(const Frame *x, const char *learner, Arena *a, Design *out, Err *err);
// X (n x p) of the terms by name; mat_free. Bools are 0 and 1. ERR_NAME a term is gone; ERR_ARG a value is missing
// (names the column and the first row).
NODISCARD ErrCode design_mat(Job *job, const Design *d, const Frame *x, Mat *out, Err *err);
void design_store(Store *s, Design *d);
