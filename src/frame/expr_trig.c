// Angles in radians, hyperbolic functions, and the logistic curve. tanh and sigmoid are num's own; the others are the C
// library's: their last bit may differ between systems.
#include "frame/expr_int.h"

#include "num/num.h"

#include <math.h>

#define ROWS(c) for (int i = 0; i < (c)->m; i++)
#define REAL(name, value)                                                                                              \
  static void name(Call *c) {                                                                                          \
    ROWS(c) {                                                                                                          \
      double a = c->arg[0].f[i];                                                                                       \
      c->out.f[i] = value;                                                                                             \
    }                                                                                                                  \
  }
#define REAL2(name, value)                                                                                             \
  static void name(Call *c) {                                                                                          \
    ROWS(c) {                                                                                                          \
      double a = c->arg[0].f[i], b = c->arg[1].f[i];                                                                   \
      c->out.f[i] = value;                                                                                             \
    }                                                                                                                  \
  }

REAL(sin_real, sin(a))
REAL(cos_real, cos(a))
REAL(tan_real, tan(a))
REAL(asin_real, asin(a))
REAL(acos_real, acos(a))
REAL(atan_real, atan(a))
REAL2(atan2_real, atan2(a, b))
REAL(sinh_real, sinh(a))
REAL(cosh_real, cosh(a))
REAL(tanh_real, fmath_tanh(a))
REAL2(hypot_real, hypot(a, b))
REAL(logit_real, fmath_log(a) - fmath_log1p(-a))

static void sigmoid_real(Call *c) { fmath_sigmoid_n(c->arg[0].f, c->out.f, c->m); }

static ErrCode pi(const Whole *w, Cell *out, Err *err) {
  (void)w, (void)err;
  *out = (Cell){.type = COL_F64, .f = M_PI};
  return OK;
}

const Func EXPR_TRIG[] = {
    {"pi", "pi()", ":r", .whole = pi, .doc = "3.141592653589793"},
    {"sin", "sin(x)", "r:r", .any = sin_real, .doc = "sine of x radians"},
    {"cos", "cos(x)", "r:r", .any = cos_real, .doc = "cosine of x radians"},
    {"tan", "tan(x)", "r:r", .any = tan_real, .doc = "tangent of x radians"},
    {"asin", "asin(x)", "r:r", .any = asin_real, .doc = "the angle with sine x; nan beyond -1 and 1"},
    {"acos", "acos(x)", "r:r", .any = acos_real, .doc = "the angle with cosine x; nan beyond -1 and 1"},
    {"atan", "atan(x)", "r:r", .any = atan_real, .doc = "the angle with tangent x"},
    {"atan2", "atan2(y, x)", "rr:r", .any = atan2_real, .doc = "the angle of the point (x, y), -pi to pi"},
    {"sinh", "sinh(x)", "r:r", .any = sinh_real, .doc = "hyperbolic sine"},
    {"cosh", "cosh(x)", "r:r", .any = cosh_real, .doc = "hyperbolic cosine"},
    {"tanh", "tanh(x)", "r:r", .any = tanh_real, .doc = "hyperbolic tangent"},
    {"hypot", "hypot(x, y)", "rr:r", .any = hypot_real, .doc = "square root of x^2 + y^2, without overflow"},
    {"sigmoid", "sigmoid(x)", "r:r", .any = sigmoid_real, .doc = "1 / (1 + exp(-x))"},
    {"logit", "logit(p)", "r:r", .any = logit_real, .doc = "log(p / (1 - p)), the inverse of sigmoid"},
    {0},
};
