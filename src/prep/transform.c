// Transforms with an inverse, in one direction and back.
#include "prep/transform_int.h"

#include "base/simd.h"
#include "prep/each_int.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const char *const WORDS[] = {"none",   "log",        "log1p",    "sqrt",     "cbrt",
                                    "boxcox", "yeojohnson", "standard", "quantile", "uniform"};
enum { NTRANSFORM = sizeof WORDS / sizeof *WORDS };

const char *transform_word(TransformKind kind) { return WORDS[kind]; }

bool transform_find(Sv word, TransformKind *kind) {
  for (int k = 0; k < NTRANSFORM; k++)
    if (sv_is(word, WORDS[k])) return *kind = (TransformKind)k, true;
  return false;
}

// ---- domains -------------------------------------------------------------------------------------------------------
bool transform_takes(TransformKind kind, double v) {
  switch (kind) {
  case TRANSFORM_LOG:
  case TRANSFORM_BOXCOX: return v > 0;
  case TRANSFORM_LOG1P: return v > -1;
  case TRANSFORM_SQRT: return v >= 0;
  default: return v == v;
  }
}

const char *transform_outside(TransformKind kind) {
  return kind == TRANSFORM_LOG1P ? "of -1 or below" : kind == TRANSFORM_SQRT ? "below 0" : "of 0 or below";
}

// ---- one value -----------------------------------------------------------------------------------------------------
// Newton's method from a line that lies within a seventh of the root: six steps, good to 1 ulp.
static double cube_root(double v) {
  int exponent;
  if (v == 0 || !isfinite(v)) return v;
  double m = frexp(fabs(v), &exponent); // m in [1/2, 1)
  int third = (exponent + 3072) / 3 - 1024 + ((exponent + 3072) % 3 != 0);
  m = ldexp(m, exponent - 3 * third); // in [1/8, 1)
  double x = 0.35 + 0.65 * m;
  for (int k = 0; k < 6; k++) x -= (x - m / (x * x)) / 3;
  return copysign(ldexp(x, third), v);
}

static double value_of(const Transform *c, double x) {
  switch (c->kind) {
  case TRANSFORM_LOG1P: return x > -1 ? fmath_log1p(x) : NAN;
  case TRANSFORM_CBRT: return cube_root(x);
  case TRANSFORM_BOXCOX: return (boxcox_value(x, c->lambda) - c->mean) / c->sd;
  case TRANSFORM_YEOJOHNSON: return (yeojohnson_value(x, c->lambda) - c->mean) / c->sd;
  default: return x;
  }
}

static double inverse_of(const Transform *c, double z) {
  double x = z;
  switch (c->kind) {
  case TRANSFORM_LOG: x = fmath_exp(z); break;
  case TRANSFORM_LOG1P: x = fmath_expm1(z); break;
  case TRANSFORM_SQRT: x = z < 0 ? 0 : z * z; break;
  case TRANSFORM_CBRT: x = z * z * z; break;
  case TRANSFORM_BOXCOX: x = boxcox_inverse(z * c->sd + c->mean, c->lambda); break;
  case TRANSFORM_YEOJOHNSON: x = yeojohnson_inverse(z * c->sd + c->mean, c->lambda); break;
  case TRANSFORM_STANDARD: x = z * c->sd + c->mean; break;
  case TRANSFORM_QUANTILE: x = knots_inverse(c, z, true); break;
  case TRANSFORM_UNIFORM: x = knots_inverse(c, z, false); break;
  case TRANSFORM_NONE: break;
  }
  return isinf(x) ? (x > 0 ? c->high : c->low) : x;
}

CLONES static void roots(const double *x, int64_t n, double *z) {
  for (int64_t i = 0; i < n; i++) z[i] = sqrt(x[i]);
}

void transform_apply(const Transform *c, const double *x, int64_t n, double *z) {
  if (c->kind == TRANSFORM_LOG) fmath_log_n(x, z, n);
  else if (c->kind == TRANSFORM_SQRT) roots(x, n, z);
  else if (c->kind == TRANSFORM_STANDARD) affine_map(&(Affine){c->mean, c->sd}, x, n, z);
  else if (c->kind == TRANSFORM_QUANTILE || c->kind == TRANSFORM_UNIFORM)
    knots_apply(c, x, n, c->kind == TRANSFORM_QUANTILE, z);
  else
    for (int64_t i = 0; i < n; i++) z[i] = value_of(c, x[i]);
}

void transform_invert(const Transform *c, const double *z, int64_t n, double *x) {
  for (int64_t i = 0; i < n; i++) x[i] = inverse_of(c, z[i]);
}

// ---- learning ------------------------------------------------------------------------------------------------------
// Mean 0 and sd 1 of what the transform makes of x, which becomes it. No spread up to rounding: centred only.
static void standardise(Job *job, Transform *c, double *x, int64_t n) {
  transform_apply(c, x, n, x);
  Moments m = moments_f64(job, x, n);
  double var = m.m2 / (double)n, e = (double)n * m.mean * DBL_EPSILON;
  c->mean = m.mean;
  c->sd = var <= (double)n * DBL_EPSILON * var + e * e ? 1 : sqrt(var);
}

static ErrCode fit_power(Job *job, Transform *c, double *x, int64_t n, Err *err) {
  Mat copy;
  TRY(mat_new(job, n, 1, "the values of a power", &copy, err));
  memcpy(copy.x, x, (size_t)n * sizeof *x);
  ErrCode code = lambda_fit(job, c->kind == TRANSFORM_BOXCOX, copy.x, n, &c->lambda, &c->note, err);
  mat_free(&copy);
  if (code == OK) standardise(job, c, x, n);
  return code;
}

ErrCode transform_fit(Job *job, TransformKind kind, int64_t knots, double *x, int64_t n, Arena *a, Transform *out,
                      Err *err) {
  Moments m = moments_f64(job, x, n);
  *out = (Transform){.kind = kind, .lambda = 1, .sd = 1, .low = m.min + 0.0, .high = m.max + 0.0};
  if (kind == TRANSFORM_BOXCOX || kind == TRANSFORM_YEOJOHNSON) return fit_power(job, out, x, n, err);
  if (kind == TRANSFORM_QUANTILE || kind == TRANSFORM_UNIFORM) return knots_fit(job, x, n, knots, a, out, err);
  if (kind == TRANSFORM_STANDARD) {
    standardise(job, out, x, n); // with mean 0 and sd 1 so far the transform is x itself
  }
  return OK;
}

// ---- store and print -----------------------------------------------------------------------------------------------
void transform_store(Store *s, Transform *c) {
  const char *word = s->reading ? NULL : WORDS[c->kind];
  store_text(s, "transform", &word);
  if (s->reading) {
    *c = (Transform){.kind = TRANSFORM_NONE};
    if (!word || !transform_find(sv(word), &c->kind)) store_fail(s, "no transform '%s'", word ? word : "");
  }
  if (c->kind == TRANSFORM_NONE) return;
  store_f64(s, "lambda", &c->lambda);
  store_f64(s, "mean", &c->mean);
  store_f64(s, "sd", &c->sd);
  store_f64(s, "low", &c->low);
  store_f64(s, "high", &c->high);
  store_f64s(s, "knots", &c->knot, &c->nknot);
  store_text(s, "note", &c->note);
  bool knots = c->kind == TRANSFORM_QUANTILE || c->kind == TRANSFORM_UNIFORM;
  for (int64_t k = 0; k < c->nknot; k++)
    if (!isfinite(c->knot[k]) || (k > 0 && c->knot[k] < c->knot[k - 1])) c->nknot = -1;
  if (knots != (c->nknot > 0)) store_fail(s, "a transform whose knots do not fit its kind");
  if (s->err.code != OK) c->kind = TRANSFORM_NONE;
}

const char *transform_print(const Transform *c, const char *name, Arena *a) {
  const char *word = WORDS[c->kind];
  if (c->kind == TRANSFORM_NONE) return name;
  if (c->kind == TRANSFORM_BOXCOX || c->kind == TRANSFORM_YEOJOHNSON)
    return arena_printf(a, "%s(%s), lambda %.4g", word, name, c->lambda);
  return arena_printf(a, "%s(%s)", word, name);
}
