// Operators. Integer results are checked; one that does not fit is reported and computed again in reals. Kleene's logic
// is read from two facts for each side, "true" and "false", where missing is neither.
#include "frame/expr_int.h"

#include <math.h>

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

// ---- arithmetic -----------------------------------------------------------------------------------------------------
#define REAL(name, value)                                                                                              \
  static void name(Call *c) {                                                                                          \
    const double *x = c->arg[0].f, *y = c->arg[1].f;                                                                   \
    ROWS(c) {                                                                                                          \
      double a = x[i], b = y[i];                                                                                       \
      c->out.f[i] = value;                                                                                             \
    }                                                                                                                  \
  }
#define CHECKED(name, builtin)                                                                                         \
  static void name(Call *c) {                                                                                          \
    const int64_t *x = c->arg[0].i, *y = c->arg[1].i;                                                                  \
    ROWS(c) if (builtin(x[i], y[i], &c->out.i[i])) call_overflow(c, i);                                                \
  }

// Lua's modulo: the sign of the divisor.
static double floor_mod(double a, double b) {
  double r = fmod(a, b);
  return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

REAL(add_real, a + b)
REAL(sub_real, a - b)
REAL(mul_real, a * b)
REAL(div_real, a / b)
REAL(idiv_real, floor(a / b))
REAL(mod_real, floor_mod(a, b))
REAL(pow_real, pow(a, b))
CHECKED(add_int, __builtin_add_overflow)
CHECKED(sub_int, __builtin_sub_overflow)
CHECKED(mul_int, __builtin_mul_overflow)

static void idiv_int(Call *c) {
  const int64_t *x = c->arg[0].i, *y = c->arg[1].i;
  ROWS(c) {
    c->out.i[i] = 0;
    if (y[i] == 0) call_ok(c)[i] = 0;
    else if (y[i] == -1 && __builtin_sub_overflow(0, x[i], &c->out.i[i])) call_overflow(c, i);
    else if (y[i] != -1) c->out.i[i] = x[i] / y[i] - (x[i] % y[i] != 0 && (x[i] ^ y[i]) < 0);
  }
}

static void mod_int(Call *c) {
  const int64_t *x = c->arg[0].i, *y = c->arg[1].i;
  ROWS(c) {
    c->out.i[i] = 0;
    if (y[i] == 0) call_ok(c)[i] = 0;
    else if (y[i] != -1) c->out.i[i] = x[i] % y[i] + (x[i] % y[i] != 0 && (x[i] ^ y[i]) < 0 ? y[i] : 0);
  }
}

static void neg_real(Call *c) { ROWS(c) c->out.f[i] = -c->arg[0].f[i]; }

static void neg_int(Call *c) {
  const int64_t *x = c->arg[0].i;
  ROWS(c) if (__builtin_sub_overflow(0, x[i], &c->out.i[i])) call_overflow(c, i);
}

void expr_to_real(Call *c) { ROWS(c) c->out.f[i] = (double)c->arg[0].i[i]; }

// ---- comparisons ----------------------------------------------------------------------------------------------------
#define COMPARE(name, op)                                                                                              \
  static void name##_int(Call *c) {                                                                                    \
    const int64_t *x = c->arg[0].i, *y = c->arg[1].i;                                                                  \
    ROWS(c) c->out.b[i] = x[i] op y[i];                                                                                \
  }                                                                                                                    \
  static void name##_real(Call *c) {                                                                                   \
    const double *x = c->arg[0].f, *y = c->arg[1].f;                                                                   \
    ROWS(c) c->out.b[i] = x[i] op y[i];                                                                                \
  }                                                                                                                    \
  static void name##_text(Call *c) {                                                                                   \
    const Sv *x = c->arg[0].t, *y = c->arg[1].t;                                                                       \
    ROWS(c) c->out.b[i] = sv_cmp(x[i], y[i]) op 0;                                                                     \
  }

COMPARE(lt, <)
COMPARE(gt, >)
COMPARE(le, <=)
COMPARE(ge, >=)
COMPARE(eq, ==)
COMPARE(ne, !=)

static void eq_bool(Call *c) { ROWS(c) c->out.b[i] = c->arg[0].b[i] == c->arg[1].b[i]; }
static void ne_bool(Call *c) { ROWS(c) c->out.b[i] = c->arg[0].b[i] != c->arg[1].b[i]; }

// ---- logic ----------------------------------------------------------------------------------------------------------
static void and_bool(Call *c) {
  const Vec *x = &c->arg[0], *y = &c->arg[1];
  ROWS(c) c->out.b[i] = x->b[i] & y->b[i];
  if (!x->ok && !y->ok) return;
  uint8_t *ok = call_ok(c);
  ROWS(c) {
    int here_x = vec_ok(x, i), here_y = vec_ok(y, i), is_true = here_x & here_y & c->out.b[i];
    ok[i] = (uint8_t)(is_true | (here_x & !x->b[i]) | (here_y & !y->b[i]));
    c->out.b[i] = (uint8_t)is_true;
  }
}

static void or_bool(Call *c) {
  const Vec *x = &c->arg[0], *y = &c->arg[1];
  ROWS(c) c->out.b[i] = x->b[i] | y->b[i];
  if (!x->ok && !y->ok) return;
  uint8_t *ok = call_ok(c);
  ROWS(c) {
    int here_x = vec_ok(x, i), here_y = vec_ok(y, i), is_true = (here_x & x->b[i]) | (here_y & y->b[i]);
    ok[i] = (uint8_t)(is_true | (here_x & here_y));
    c->out.b[i] = (uint8_t)is_true;
  }
}

static void not_bool(Call *c) { ROWS(c) c->out.b[i] = !c->arg[0].b[i]; }

// ---- joining --------------------------------------------------------------------------------------------------------
static void join_text(Call *c) {
  const Sv *x = c->arg[0].t, *y = c->arg[1].t;
  ROWS(c) {
    size_t n = x[i].n + y[i].n;
    char *s = arena_alloc(c->text, n);
    if (x[i].n) memcpy(s, x[i].s, x[i].n);
    if (y[i].n) memcpy(s + x[i].n, y[i].s, y[i].n);
    c->out.t[i] = (Sv){s, n};
  }
}

#define NUMBERS(a, b) .by = {[STORE_I] = a, [STORE_F] = b}
#define ORDERED(name) .by = {[STORE_I] = name##_int, [STORE_F] = name##_real, [STORE_T] = name##_text}
#define EQUAL(name)                                                                                                    \
  .by = {[STORE_B] = name##_bool, [STORE_I] = name##_int, [STORE_F] = name##_real, [STORE_T] = name##_text}

const Func EXPR_OPERATORS[TOK_COUNT] = {
    [TOK_OR] = {"or", "'or'", "bb:b", .lax = true, .any = or_bool},
    [TOK_AND] = {"and", "'and'", "bb:b", .lax = true, .any = and_bool},
    [TOK_NOT] = {"not", "'not'", "b:b", .any = not_bool},
    [TOK_LT] = {"<", "'<'", "oo:b", ORDERED(lt)},
    [TOK_GT] = {">", "'>'", "oo:b", ORDERED(gt)},
    [TOK_LE] = {"<=", "'<='", "oo:b", ORDERED(le)},
    [TOK_GE] = {">=", "'>='", "oo:b", ORDERED(ge)},
    [TOK_EQ] = {"==", "'=='", "uu:b", EQUAL(eq)},
    [TOK_NE] = {"~=", "'~='", "uu:b", EQUAL(ne)},
    [TOK_JOIN] = {"..", "'..'", "cc:s", .any = join_text},
    [TOK_ADD] = {"+", "'+'", "nn:=", NUMBERS(add_int, add_real)},
    [TOK_SUB] = {"-", "'-'", "nn:=", NUMBERS(sub_int, sub_real)},
    [TOK_MUL] = {"*", "'*'", "nn:=", NUMBERS(mul_int, mul_real)},
    [TOK_DIV] = {"/", "'/'", "rr:r", .any = div_real},
    [TOK_IDIV] = {"//", "'//'", "nn:=", NUMBERS(idiv_int, idiv_real)},
    [TOK_MOD] = {"%", "'%'", "nn:=", NUMBERS(mod_int, mod_real)},
    [TOK_POW] = {"^", "'^'", "rr:r", .any = pow_real},
    [TOK_NEG] = {"-", "'-'", "n:=", NUMBERS(neg_int, neg_real)},
};
