// Steps that turn each chosen column of numbers into another one by itself.
#pragma once
#include "prep/transform.h"
#include "prep/prep_int.h"

typedef struct EachIn { // one column to learn from, borrowed
  const char *name;
  const Column *c;
  double *x; // its n values that are not missing, all finite; may be changed
  int64_t n; // at least 1
  Arena *arena;
} EachIn;

typedef struct Each {
  const char *step, *columns; // its name, and the columns that it takes by default
  size_t size;                // of what is learned of a column
  const Param *params;        // the first is `columns`
  ErrCode (*learn)(Job *job, const void *opts, const EachIn *in, void *out, Err *err);
  // `name` is the column's. Errors name the step and the column.
  ErrCode (*turn)(Job *job, const void *opts, const void *learned, const char *name, const Column *c, Column **out,
                  Err *err);
  void (*store)(Store *s, void *learned);
} Each;

// The state of such a step.
typedef struct EachState {
  Learned in;
  char *of; // of each learned column `size` bytes
} EachState;

// As StepType asks. fit: ERR_TYPE a column that is no number, ERR_ARG one without values or with infinite ones.
NODISCARD ErrCode each_fit(Job *job, const Each *e, const void *opts, const StepIn *in, StepState *state, Err *err);
NODISCARD ErrCode each_apply(Job *job, const Each *e, const void *opts, const StepState *state, const Frame *x,
                             Frame **out, Err *err);
void each_store(Store *s, const Each *e, StepState *state);
static inline void *each_of(const Each *e, const EachState *st, int64_t k) { return st->of + (size_t)k * e->size; }

// z[0..n) of x[0..n), which may be the same; NaN must give NaN.
typedef void (*MapFn)(const void *ctx, const double *x, int64_t n, double *z);
// The column of what `fn` makes of c's values, missing where c is; all missing when c is no number.
NODISCARD ErrCode column_map(Job *job, const Column *c, MapFn fn, const void *ctx, Column **out, Err *err);
// The cells [begin, end) of a column of numbers, into z[0 .. end - begin).
void column_doubles(const Column *c, int64_t begin, int64_t end, double *z);
// ERR_TYPE a column of a step over several columns that is no number; ERR_ARG missing or infinite values.
NODISCARD ErrCode check_full(const char *step, const char *name, const Column *c, Err *err);
// (x - centre) / scale.
typedef struct Affine {
  double centre, scale;
} Affine;
void affine_map(const void *affine, const double *x, int64_t n, double *z);
// x: n values, none NaN, sorted: the quantile at p in [0, 1] as numpy's "linear" does (R's type 7 without its fuzz).
double linear_quantile(const double *x, int64_t n, double p);
// A spread below 10 eps counts as none, and then nothing is divided.
double scale_or_one(double spread);
// The error for values outside of what a step takes, their number and first rows: "prep.log: column 'fare' has 17
// values of 0 or below (first in rows 3, 8 and 12): " and `advice`. OK when there are none.
typedef bool (*TakesFn)(const void *ctx, double v);
NODISCARD ErrCode check_domain(Job *job, const char *step, const char *name, const Column *c, TakesFn takes,
                               const void *ctx, const char *outside, const char *advice, Err *err);
// A card with the column `column` and one column of reals for each name; v[k] has one number a learned column.
typedef struct CardCol {
  const char *name;
  const double *v;
} CardCol;
NODISCARD ErrCode each_card(Job *job, const EachState *st, const CardCol *col, int ncol, const char *const *note,
                            const char *caption, Frame **out, Err *err);
// Of the steps that learn a Transform a column: their map, their store, and a card of the extent of the training
// values.
void transform_map(const void *transform, const double *x, int64_t n, double *z);
void store_transform(Store *s, void *transform);
NODISCARD ErrCode transform_card(Job *job, const Each *e, const StepState *state, const char *caption, Frame **out,
                                 Err *err);
// The slots fit, apply and store of a step that has its `Each` as EACH.
#define EACH_SLOTS(name)                                                                                               \
  static ErrCode name##_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {                \
    return each_fit(job, &EACH, opts, in, state, err);                                                                 \
  }                                                                                                                    \
  static ErrCode name##_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,         \
                              Err *err) {                                                                              \
    return each_apply(job, &EACH, opts, state, x, out, err);                                                           \
  }                                                                                                                    \
  static void name##_store(Store *s, StepState *state) { each_store(s, &EACH, state); }
