// Functions of numbers. round goes to the nearest decimal, ties to the even digit as R and Python: x * 10^d decides
// unless it comes so near to a tie that the product's own rounding could; then the exact decimal expansion does.
#include "frame/expr_int.h"

#include "base/numfmt.h"
#include "base/simd.h"
#include "num/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define ROWS(c) for (int i = 0; i < (c)->m; i++)
#define REAL(name, value)                                                                                              \
  CLONES static void name(Call *c) {                                                                                   \
    const double *restrict x = c->arg[0].f;                                                                            \
    double *restrict out = c->out.f;                                                                                   \
    for (int i = 0, m = c->m; i < m; i++) {                                                                            \
      double a = x[i];                                                                                                 \
      out[i] = value;                                                                                                  \
    }                                                                                                                  \
  }
#define REAL_TEST(name, value)                                                                                         \
  CLONES static void name(Call *c) {                                                                                   \
    const double *restrict x = c->arg[0].f;                                                                            \
    uint8_t *restrict out = c->out.b;                                                                                  \
    for (int i = 0, m = c->m; i < m; i++) {                                                                            \
      double a = x[i];                                                                                                 \
      out[i] = value;                                                                                                  \
    }                                                                                                                  \
  }

REAL(sqrt_real, sqrt(a))
REAL(cbrt_real, cbrt(a))
REAL(log1p_real, fmath_log1p(a))
REAL(expm1_real, fmath_expm1(a))
REAL(log10_real, log10(a))
REAL(log2_real, log2(a))
REAL(floor_real, floor(a))
REAL(ceil_real, ceil(a))
REAL(trunc_real, trunc(a))
REAL(abs_real, fabs(a))
REAL(sign_real, a > 0 ? 1 : a < 0 ? -1 : a)
REAL_TEST(is_nan, a != a)
REAL_TEST(is_finite, fabs(a) < INFINITY)

static void exp_real(Call *c) { fmath_exp_n(c->arg[0].f, c->out.f, c->m); }
static void log_real(Call *c) { fmath_log_n(c->arg[0].f, c->out.f, c->m); }

static void same_int(Call *c) { memcpy(c->out.i, c->arg[0].i, (size_t)c->m * sizeof(int64_t)); }
static void same_real(Call *c) { memcpy(c->out.f, c->arg[0].f, (size_t)c->m * sizeof(double)); }

static void abs_int(Call *c) {
  ROWS(c) {
    int64_t a = c->arg[0].i[i];
    if (a == INT64_MIN) call_overflow(c, i);
    c->out.i[i] = a < 0 && a != INT64_MIN ? -a : a;
  }
}

static void sign_int(Call *c) { ROWS(c) c->out.i[i] = (c->arg[0].i[i] > 0) - (c->arg[0].i[i] < 0); }

// ---- rounding -------------------------------------------------------------------------------------------------------
static double power_of_ten(int64_t d) {
  double p = 1;
  for (int64_t k = 0; k < d; k++) p *= 10; // exact up to 10^22
  return p;
}

static double round_real(double x, int64_t digits) {
  if (!isfinite(x) || digits > 300) return x;
  if (digits == 0) return rint(x);
  if (digits < 0) return digits < -22 ? 0 * x : rint(x / power_of_ten(-digits)) * power_of_ten(-digits);
  double p = digits <= 22 ? power_of_ten(digits) : INFINITY, y = x * p;
  if (fabs(y) < 1e9 && fabs(fabs(y - trunc(y)) - 0.5) > 1e-5) return rint(y) / p;
  if (digits <= 22 && fabs(y) >= 0x1p53) return x; // no digits left to cut
  char buf[NUMFMT_MAX + 320];
  snprintf(buf, sizeof buf, "%.*f", (int)digits, x);
  return strtod(buf, NULL);
}

static int64_t digits_at(const Call *c, int i) { return c->op->narg > 1 ? c->arg[1].i[i] : 0; }

REAL(round_whole, rint(a))

static void round_reals(Call *c) {
  if (c->op->narg == 1) round_whole(c);
  else
    ROWS(c) c->out.f[i] = round_real(c->arg[0].f[i], digits_at(c, i));
}

// An int has no digits behind the point; negative digits round to tens, hundreds and so on.
static void round_ints(Call *c) {
  ROWS(c) {
    int64_t a = c->arg[0].i[i], d = digits_at(c, i), unit = 1, rounded;
    c->out.i[i] = a;
    if (d >= 0) continue;
    for (int64_t k = 0; k < -d && k < 18; k++) unit *= 10;
    int64_t down = a / unit - (a % unit < 0), rest = a - down * unit;
    if (rest > unit - rest || (rest == unit - rest && down % 2)) down++;
    if (d < -18) down = 0; // half of 10^19 is more than any int
    if (__builtin_mul_overflow(down, unit, &rounded)) call_overflow(c, i);
    else c->out.i[i] = rounded;
  }
}

#define CLIP(name, T, field)                                                                                           \
  CLONES static void name(Call *c) {                                                                                   \
    const T *restrict x = c->arg[0].field, *restrict lo = c->arg[1].field, *restrict hi = c->arg[2].field;             \
    T *restrict out = c->out.field;                                                                                    \
    for (int i = 0, m = c->m; i < m; i++) {                                                                            \
      T up = x[i] < lo[i] ? lo[i] : x[i];                                                                              \
      out[i] = up > hi[i] ? hi[i] : up;                                                                                \
    }                                                                                                                  \
  }
CLIP(clip_int, int64_t, i)
CLIP(clip_real, double, f)

// ---- conversions ----------------------------------------------------------------------------------------------------
static void bool_to_int(Call *c) { ROWS(c) c->out.i[i] = c->arg[0].b[i]; }
static void bool_to_real(Call *c) { ROWS(c) c->out.f[i] = c->arg[0].b[i]; }

static void real_to_int(Call *c) {
  ROWS(c) {
    double a = c->arg[0].f[i];
    bool fits = a >= -0x1p63 && a < 0x1p63;
    c->out.i[i] = fits ? (int64_t)a : 0;
    if (!fits) call_ok(c)[i] = 0;
  }
}

static void text_to_int(Call *c) {
  ROWS(c) {
    Sv t = sv_trim(c->arg[0].t[i]);
    c->out.i[i] = 0;
    if (!parse_i64(t.s, t.n, &c->out.i[i])) call_ok(c)[i] = 0;
  }
}

static void text_to_real(Call *c) {
  ROWS(c) {
    Sv t = sv_trim(c->arg[0].t[i]);
    c->out.f[i] = 0;
    if (!parse_f64(t.s, t.n, &c->out.f[i])) call_ok(c)[i] = 0;
  }
}

#define NUMBERS(a, b) .by = {[STORE_I] = a, [STORE_F] = b}

const Func EXPR_MATH[] = {
    {"abs", "abs(x)", "n:=", NUMBERS(abs_int, abs_real), .doc = "x without its sign"},
    {"sqrt", "sqrt(x)", "r:r", .any = sqrt_real, .doc = "square root; nan for x < 0"},
    {"cbrt", "cbrt(x)", "r:r", .any = cbrt_real, .doc = "cube root"},
    {"exp", "exp(x)", "r:r", .any = exp_real, .doc = "e to the power x"},
    {"log", "log(x)", "r:r", .any = log_real, .doc = "natural logarithm; -inf for 0, nan below"},
    {"log10", "log10(x)", "r:r", .any = log10_real, .doc = "logarithm to base 10"},
    {"log2", "log2(x)", "r:r", .any = log2_real, .doc = "logarithm to base 2"},
    {"log1p", "log1p(x)", "r:r", .any = log1p_real, .doc = "log(1 + x), exact for small x"},
    {"expm1", "expm1(x)", "r:r", .any = expm1_real, .doc = "exp(x) - 1, exact for small x"},
    {"floor", "floor(x)", "n:=", NUMBERS(same_int, floor_real), .doc = "the whole number at or below x"},
    {"ceil", "ceil(x)", "n:=", NUMBERS(same_int, ceil_real), .doc = "the whole number at or above x"},
    {"trunc", "trunc(x)", "n:=", NUMBERS(same_int, trunc_real), .doc = "x without its decimals"},
    {"round", "round(x, digits)", "ni?:=", NUMBERS(round_ints, round_reals),
     .doc = "x to that many decimals (0), ties to the even digit; negative digits round to tens, hundreds"},
    {"sign", "sign(x)", "n:=", NUMBERS(sign_int, sign_real), .doc = "-1, 0 or 1"},
    {"clip", "clip(x, lo, hi)", "nnn:=", NUMBERS(clip_int, clip_real), .doc = "x, at least lo and at most hi"},
    {"is_nan", "is_nan(x)", "r:b", .any = is_nan, .doc = "is x not a number, as 0/0; missing for missing"},
    {"is_finite", "is_finite(x)", "r:b", .any = is_finite, .doc = "is x neither infinite nor nan"},
    {"int", "int(x)", "q:i", .by = {bool_to_int, same_int, real_to_int, text_to_int},
     .doc = "x as int: cut towards zero; 1 for true; missing when it does not fit or the text is no int"},
    {"real", "real(x)", "q:r", .by = {bool_to_real, expr_to_real, same_real, text_to_real},
     .doc = "x as real; missing when the text is no number"},
    {0},
};
