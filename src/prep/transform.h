// Transforms with an inverse: what prep.log, sqrt, cbrt, power and quantile do to a column, and what a regression's
// target goes through on its way to the model and back.
#pragma once
#include "base/store.h"
#include "num/num.h"

typedef enum {
  TRANSFORM_NONE,
  TRANSFORM_LOG,
  TRANSFORM_LOG1P,
  TRANSFORM_SQRT,
  TRANSFORM_CBRT,
  TRANSFORM_BOXCOX,     // lambda by maximum likelihood, then mean 0 and sd 1 (n)
  TRANSFORM_YEOJOHNSON, // the same
  TRANSFORM_STANDARD,
  TRANSFORM_QUANTILE, // normal scores of the quantiles
  TRANSFORM_UNIFORM   // the quantiles, 0 to 1
} TransformKind;
#define TRANSFORMS "none|log|log1p|sqrt|cbrt|boxcox|yeojohnson|standard|quantile"

typedef struct Transform {
  TransformKind kind;
  double lambda;    // of a power
  double mean, sd;  // of what the transform makes of the training values, when it is standardised; else 0 and 1
  double low, high; // the training values lie between them
  double *knot;     // nknot quantiles at equal steps from 0 to 1
  int64_t nknot;
  const char *note; // what is odd about it, or NULL
} Transform;

// Learns from x[0..n), n >= 1, all finite and inside the domain, which is changed. Knots are owned by `a`, at most
// `knots` of them. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode transform_fit(Job *job, TransformKind kind, int64_t knots, double *x, int64_t n, Arena *a,
                                Transform *out, Err *err);
bool transform_takes(TransformKind kind, double v); // false for NaN too
const char *transform_outside(TransformKind kind);  // "of 0 or below"
// z[0..n) of x[0..n), which may be the same. NaN gives NaN, what lies outside of the domain no finite number.
void transform_apply(const Transform *c, const double *x, int64_t n, double *z);
// x with apply(x) = z. Where the transform never comes to z, the end of its domain or, where it has none, of the
// training values.
void transform_invert(const Transform *c, const double *z, int64_t n, double *x);
void transform_store(Store *s, Transform *c); // reading: in s->arena
// "log(fare)", "yeojohnson(fare), lambda 0.27": of a column called `name`. Arena-owned.
const char *transform_print(const Transform *c, const char *name, Arena *a);
const char *transform_word(TransformKind kind); // of TRANSFORMS, or "uniform"
bool transform_find(Sv word, TransformKind *kind);
