// Operators. Integer results are checked; one that does not fit is reported and computed again in reals. Kleene's logic
// is read from two facts for each side, "true" and "false", where missing is neither.
#include "frame/expr_int.h"

#include "base/simd.h"

#include <math.h>

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

// ---- arithmetic -----------------------------------------------------------------------------------------------------
// The result never overlaps an argument.
#define REAL(name, value)                                                                                              \
  CLONES static void name(Call *c) {                                                                                   \
    const double *restrict x = c->arg[0].f, *restrict y = c->arg[1].f;                                                 \
    double *restrict out = c->out.f;                                                                                   \
    for (int i = 0, m = c->m; i < m; i++) {                                                                            \
      double a = x[i], b = y[i];                                                                                       \
      out[i] = value;                                                                                                  \
    }                                                                                                                  \
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

static void mod_real(Call *c) { ROWS(c) c->out.f[i] = floor_mod(c->arg[0].f[i], c->arg[1].f[i]); }

CLONES static void square(const double *restrict x, double *restrict out, int m) {
  for (int i = 0; i < m; i++) out[i] = x[i] * x[i];
}

static void pow_real(Call *c) {
  const Op *power = c->op->arg[1];
  if (power->kind == OP_LITERAL && power->cell.f == 2) square(c->arg[0].f, c->out.f, c->m);
  else
    ROWS(c) c->out.f[i] = pow(c->arg[0].f[i], c->arg[1].f[i]);
}

// The whole block at once in arithmetic that wraps, and whether a row of it overflowed; that is rare, and then the rows
// are looked at one by one.
#define WRAPPING(name, op, overflows)                                                                                  \
  CLONES static bool name(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict out, int m) {        \
    int64_t over = 0;                                                                                                  \
    for (int i = 0; i < m; i++) {                                                                                      \
      int64_t a = x[i], b = y[i], r = (int64_t)((uint64_t)a op(uint64_t) b);                                           \
      out[i] = r;                                                                                                      \
      over |= overflows;                                                                                               \
    }                                                                                                                  \
    return over < 0;                                                                                                   \
  }
WRAPPING(wrap_add, +, (a ^ r) & (b ^ r))
WRAPPING(wrap_sub, -, (a ^ b) & (a ^ r))
// Below 2^31 no product overflows.
WRAPPING(wrap_mul, *, -(int64_t)((((uint64_t)a + (1u << 31)) | ((uint64_t)b + (1u << 31))) >> 32 != 0))

#define CHECKED(name, wrap, builtin)                                                                                   \
  static void name(Call *c) {                                                                                          \
    const int64_t *x = c->arg[0].i, *y = c->arg[1].i;                                                                  \
    if (!wrap(x, y, c->out.i, c->m)) return;                                                                           \
    ROWS(c) if (builtin(x[i], y[i], &c->out.i[i])) call_overflow(c, i);                                                \
  }
CHECKED(add_int, wrap_add, __builtin_add_overflow)
CHECKED(sub_int, wrap_sub, __builtin_sub_overflow)
CHECKED(mul_int, wrap_mul, __builtin_mul_overflow)

// Up to 2^52 the quotient of two ints is rounded to the next double less than their distance from the next int, so that
// rounding down in doubles is exact. False when a row is larger or divides by 0.
CLONES static bool floor_quotients(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict out, int m) {
  uint64_t large = 0, zero = 0;
  for (int i = 0; i < m; i++) {
    large |= ((uint64_t)x[i] + (1ull << 52)) | ((uint64_t)y[i] + (1ull << 52));
    zero |= y[i] == 0;
  }
  if (large >> 53 || zero) return false;
  for (int i = 0; i < m; i++) out[i] = (int64_t)floor((double)x[i] / (double)y[i]);
  return true;
}

static void idiv_int(Call *c) {
  const int64_t *x = c->arg[0].i, *y = c->arg[1].i;
  if (floor_quotients(x, y, c->out.i, c->m)) return;
  ROWS(c) {
    c->out.i[i] = 0;
    if (y[i] == 0) call_ok(c)[i] = 0;
    else if (y[i] == -1 && __builtin_sub_overflow(0, x[i], &c->out.i[i])) call_overflow(c, i);
    else if (y[i] != -1) c->out.i[i] = x[i] / y[i] - (x[i] % y[i] != 0 && (x[i] ^ y[i]) < 0);
  }
}

CLONES static void rests(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict out, int m) {
  for (int i = 0; i < m; i++) out[i] = x[i] - out[i] * y[i];
}

static void mod_int(Call *c) {
  const int64_t *x = c->arg[0].i, *y = c->arg[1].i;
  if (floor_quotients(x, y, c->out.i, c->m)) {
    rests(x, y, c->out.i, c->m);
    return;
  }
  ROWS(c) {
    c->out.i[i] = 0;
    if (y[i] == 0) call_ok(c)[i] = 0;
    else if (y[i] != -1) c->out.i[i] = x[i] % y[i] + (x[i] % y[i] != 0 && (x[i] ^ y[i]) < 0 ? y[i] : 0);
  }
}

CLONES static void neg_real(Call *c) {
  const double *restrict x = c->arg[0].f;
  double *restrict out = c->out.f;
  for (int i = 0, m = c->m; i < m; i++) out[i] = -x[i];
}

static void neg_int(Call *c) {
  const int64_t *x = c->arg[0].i;
  ROWS(c) if (__builtin_sub_overflow(0, x[i], &c->out.i[i])) call_overflow(c, i);
}

CLONES static void to_real(const int64_t *restrict x, double *restrict out, int m) {
  for (int i = 0; i < m; i++) out[i] = (double)x[i];
}
void expr_to_real(Call *c) { to_real(c->arg[0].i, c->out.f, c->m); }

// ---- comparisons ----------------------------------------------------------------------------------------------------
#define COMPARE_AS(name, T, field, op)                                                                                 \
  CLONES static void name(Call *c) {                                                                                   \
    const T *restrict x = c->arg[0].field, *restrict y = c->arg[1].field;                                              \
    uint8_t *restrict out = c->out.b;                                                                                  \
    for (int i = 0, m = c->m; i < m; i++) out[i] = x[i] op y[i];                                                       \
  }
#define COMPARE(name, op)                                                                                              \
  COMPARE_AS(name##_int, int64_t, i, op)                                                                               \
  COMPARE_AS(name##_real, double, f, op)                                                                               \
  static void name##_text(Call *c) {                                                                                   \
    const Sv *x = c->arg[0].t, *y = c->arg[1].t;                                                                       \
    ROWS(c) c->out.b[i] = sv_cmp(x[i], y[i]) op 0;                                                                     \
  }

COMPARE(lt, <)
COMPARE(gt, >)
COMPARE(le, <=)
COMPARE(ge, >=)
COMPARE_AS(eq_int, int64_t, i, ==)
COMPARE_AS(eq_real, double, f, ==)
COMPARE_AS(eq_bool, uint8_t, b, ==)
COMPARE_AS(ne_int, int64_t, i, !=)
COMPARE_AS(ne_real, double, f, !=)
COMPARE_AS(ne_bool, uint8_t, b, !=)

static void eq_text(Call *c) { ROWS(c) c->out.b[i] = sv_eq(c->arg[0].t[i], c->arg[1].t[i]); }
static void ne_text(Call *c) { ROWS(c) c->out.b[i] = !sv_eq(c->arg[0].t[i], c->arg[1].t[i]); }

// ---- logic ----------------------------------------------------------------------------------------------------------
// Where the presence of a side is not known it is all there.
static const uint8_t *ok_of(const Vec *v, uint8_t *room, int m) { return v->ok ? v->ok : memset(room, 1, (size_t)m); }

#define LOGIC(name, op, known, is_true)                                                                                \
  CLONES static void name##_known(const Vec *x, const Vec *y, uint8_t *restrict out, int m) {                          \
    const uint8_t *restrict a = x->b, *restrict b = y->b;                                                              \
    for (int i = 0; i < m; i++) out[i] = a[i] op b[i];                                                                 \
  }                                                                                                                    \
  CLONES static void name##_kleene(const Vec *x, const Vec *y, const uint8_t *here_x, const uint8_t *here_y,           \
                                   uint8_t *restrict out, uint8_t *restrict ok, int m) {                               \
    for (int i = 0; i < m; i++) {                                                                                      \
      uint8_t hx = here_x[i], hy = here_y[i], a = x->b[i], b = y->b[i], t = (uint8_t)(is_true);                        \
      ok[i] = (uint8_t)(known);                                                                                        \
      out[i] = t;                                                                                                      \
    }                                                                                                                  \
  }                                                                                                                    \
  void expr_##name(Call *c) {                                                                                          \
    const Vec *x = &c->arg[0], *y = &c->arg[1];                                                                        \
    uint8_t room[EXPR_BLOCK];                                                                                          \
    if (!x->ok && !y->ok) name##_known(x, y, c->out.b, c->m);                                                          \
    else name##_kleene(x, y, ok_of(x, room, c->m), ok_of(y, room, c->m), c->out.b, call_ok(c), c->m);                  \
  }

LOGIC(and, &, t | (hx & !a) | (hy & !b), hx & hy & a & b)
LOGIC(or, |, t | (hx & hy), (hx & a) | (hy & b))

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
    [TOK_OR] = {"or", "'or'", "bb:b", .lax = true, .any = expr_or, .doc = "either; true or missing is true"},
    [TOK_AND] = {"and", "'and'", "bb:b", .lax = true, .any = expr_and, .doc = "both; false and missing is false"},
    [TOK_NOT] = {"not", "'not'", "b:b", .any = not_bool, .doc = "the contrary"},
    [TOK_LT] = {"<", "'<'", "oo:b", ORDERED(lt), .doc = "less; texts byte by byte, a quoted date with dates"},
    [TOK_GT] = {">", "'>'", "oo:b", ORDERED(gt), .doc = "greater"},
    [TOK_LE] = {"<=", "'<='", "oo:b", ORDERED(le), .doc = "less or equal"},
    [TOK_GE] = {">=", "'>='", "oo:b", ORDERED(ge), .doc = "greater or equal"},
    [TOK_EQ] = {"==", "'=='", "uu:b", EQUAL(eq), .doc = "equal; nan equals nothing"},
    [TOK_NE] = {"~=", "'~='", "uu:b", EQUAL(ne), .doc = "not equal"},
    [TOK_JOIN] = {"..", "'..'", "cc:s", .any = join_text, .doc = "joined text; numbers with all their digits"},
    [TOK_ADD] = {"+", "'+'", "nn:=", NUMBERS(add_int, add_real),
                 .doc = "sum; all real where ints leave 64 bits in some row; date + int of days, time + seconds"},
    [TOK_SUB] = {"-", "'-'", "nn:=", NUMBERS(sub_int, sub_real),
                 .doc = "difference, as +; date - date is an int of days, time - time a number of seconds"},
    [TOK_MUL] = {"*", "'*'", "nn:=", NUMBERS(mul_int, mul_real), .doc = "product, as +"},
    [TOK_DIV] = {"/", "'/'", "rr:r", .any = div_real, .doc = "quotient, always real; x / 0 is inf or -inf, 0 / 0 nan"},
    [TOK_IDIV] = {"//", "'//'", "nn:=", NUMBERS(idiv_int, idiv_real),
                  .doc = "quotient rounded down; of ints an int, missing for x // 0; of reals as x / 0"},
    [TOK_MOD] = {"%", "'%'", "nn:=", NUMBERS(mod_int, mod_real),
                 .doc = "what // leaves, with the sign of the divisor; x % 0 is missing for ints, nan for reals"},
    [TOK_POW] = {"^", "'^'", "rr:r", .any = pow_real, .doc = "power, always real"},
    [TOK_NEG] = {"-", "'-'", "n:=", NUMBERS(neg_int, neg_real), .doc = "-x; as +"},
};
