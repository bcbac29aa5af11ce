// Functions that choose among their arguments, and what missing values are asked.
#include "frame/expr_int.h"

#include "base/simd.h"

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

static void is_missing(Call *c) { ROWS(c) c->out.b[i] = !vec_ok(&c->arg[0], i); }

// ---- copying --------------------------------------------------------------------------------------------------------
// A missing cell holds zero, a missing text "".
static void clear(Call *c, int i) {
  size_t width = EXPR_WIDTH[EXPR_STORE[c->op->type]];
  memset((char *)c->out.p + (size_t)i * width, 0, width);
  if (c->op->type == COL_TEXT) c->out.t[i] = (Sv){"", 0};
}

static void copy(Call *c, const Vec *from) {
  memcpy(c->out.p, from->p, (size_t)c->m * EXPR_WIDTH[EXPR_STORE[c->op->type]]);
  if (from->ok) memcpy(call_ok(c), from->ok, (size_t)c->m);
}

static void coalesce(Call *c) {
  size_t width = EXPR_WIDTH[EXPR_STORE[c->op->type]];
  copy(c, &c->arg[0]);
  uint8_t *ok = c->out.ok;
  if (!ok) return;
  for (int k = 1; k < c->op->narg; k++)
    ROWS(c) {
      if (ok[i] || !vec_ok(&c->arg[k], i)) continue;
      memcpy((char *)c->out.p + (size_t)i * width, (const char *)c->arg[k].p + (size_t)i * width, width);
      ok[i] = 1;
    }
  ROWS(c) if (!ok[i]) clear(c, i);
}

#define PICK(name, T)                                                                                                  \
  CLONES static void name(const uint8_t *restrict cond, const T *restrict x, const T *restrict y, T *restrict out,     \
                          int m) {                                                                                     \
    for (int i = 0; i < m; i++) out[i] = cond[i] ? x[i] : y[i];                                                        \
  }
PICK(pick_bytes, uint8_t)
PICK(pick_words, int64_t) // ints and the bits of reals
PICK(pick_texts, Sv)

static void pick(Call *c, const Vec *x, const Vec *y) {
  const uint8_t *cond = c->arg[0].b;
  Store store = EXPR_STORE[c->op->type];
  if (store == STORE_B) pick_bytes(cond, x->b, y->b, c->out.b, c->m);
  else if (store == STORE_T) pick_texts(cond, x->t, y->t, c->out.t, c->m);
  else pick_words(cond, x->i, y->i, c->out.i, c->m);
}

static void if_else(Call *c) {
  const Vec *cond = &c->arg[0], *x = &c->arg[1], *y = c->op->narg > 2 ? &c->arg[2] : NULL;
  pick(c, x, y ? y : x);
  if (y && !cond->ok && !x->ok && !y->ok) return;
  uint8_t *ok = call_ok(c);
  ROWS(c) {
    bool here = cond->b[i] ? vec_ok(x, i) : y && vec_ok(y, i);
    ok[i] = vec_ok(cond, i) && here;
    if (!ok[i]) clear(c, i);
  }
}

// ---- smallest and largest -------------------------------------------------------------------------------------------
// nan, once met, stays.
#define EXTREME(name, field, T, better)                                                                                \
  CLONES static void name##_2(const T *restrict x, T *restrict out, int m) {                                           \
    for (int i = 0; i < m; i++) {                                                                                      \
      T best = out[i], next = x[i];                                                                                    \
      out[i] = (better) ? next : best;                                                                                 \
    }                                                                                                                  \
  }                                                                                                                    \
  static void name(Call *c) {                                                                                          \
    memcpy(c->out.field, c->arg[0].field, (size_t)c->m * sizeof(T));                                                   \
    for (int k = 1; k < c->op->narg; k++) name##_2(c->arg[k].field, c->out.field, c->m);                               \
  }

EXTREME(min_int, i, int64_t, next < best)
EXTREME(max_int, i, int64_t, next > best)
EXTREME(min_real, f, double, next < best || next != next)
EXTREME(max_real, f, double, next > best || next != next)
EXTREME(min_text, t, Sv, sv_cmp(next, best) < 0)
EXTREME(max_text, t, Sv, sv_cmp(next, best) > 0)

// ---- membership -----------------------------------------------------------------------------------------------------
#define EQUAL(name, T, field, equal)                                                                                   \
  CLONES static void name(const Vec *x, const Vec *y, uint8_t *restrict out, int m) {                                  \
    const T *restrict a = x->field, *restrict b = y->field;                                                            \
    for (int i = 0; i < m; i++) out[i] = equal;                                                                        \
  }
EQUAL(equal_bool, uint8_t, b, a[i] == b[i])
EQUAL(equal_int, int64_t, i, a[i] == b[i])
EQUAL(equal_real, double, f, a[i] == b[i])
EQUAL(equal_text, Sv, t, sv_eq(a[i], b[i]))
typedef void (*EqualFn)(const Vec *x, const Vec *y, uint8_t *out, int m);
static EqualFn const EQUALS[NSTORE] = {equal_bool, equal_int, equal_real, equal_text};

// Where the first argument is present and equals a present one of the others; *unknown where anything is missing.
static void find_equal(const Call *c, uint8_t *found, uint8_t *unknown) {
  const Vec *x = &c->arg[0];
  uint8_t equal[EXPR_BLOCK];
  memset(found, 0, (size_t)c->m);
  ROWS(c) unknown[i] = !vec_ok(x, i);
  for (int k = 1; k < c->op->narg; k++) {
    const Vec *y = &c->arg[k];
    EQUALS[EXPR_STORE[c->op->arg[0]->type]](x, y, equal, c->m);
    if (x->ok || y->ok)
      ROWS(c) equal[i] &= (uint8_t)(vec_ok(x, i) && vec_ok(y, i)), unknown[i] |= !vec_ok(y, i);
    ROWS(c) found[i] |= equal[i];
  }
}

// As x == a or x == b ...: true when one is equal, else missing when anything is missing.
static void one_of(Call *c) {
  uint8_t unknown[EXPR_BLOCK], any = 0;
  find_equal(c, c->out.b, unknown);
  ROWS(c) any |= unknown[i];
  if (!any) return;
  uint8_t *ok = call_ok(c);
  ROWS(c) ok[i] = c->out.b[i] | !unknown[i];
}

static void missing_if(Call *c) {
  uint8_t found[EXPR_BLOCK], unknown[EXPR_BLOCK];
  find_equal(c, found, unknown);
  copy(c, &c->arg[0]);
  uint8_t *ok = call_ok(c);
  ROWS(c) {
    ok[i] &= !found[i];
    if (!ok[i]) clear(c, i);
  }
}

// As lo <= x and x <= hi: false when one known side fails, else missing when anything is missing.
#define BETWEEN(name, above, below)                                                                                    \
  static void name(Call *c) {                                                                                          \
    const Vec *x = &c->arg[0], *lo = &c->arg[1], *hi = &c->arg[2];                                                     \
    ROWS(c) {                                                                                                          \
      bool low = vec_ok(x, i) && vec_ok(lo, i), high = vec_ok(x, i) && vec_ok(hi, i);                                  \
      bool fails = (low && !(above)) || (high && !(below));                                                            \
      c->out.b[i] = low && high && !fails;                                                                             \
      if (!fails && !(low && high)) call_ok(c)[i] = 0;                                                                 \
    }                                                                                                                  \
  }

BETWEEN(between_int, x->i[i] >= lo->i[i], x->i[i] <= hi->i[i])
BETWEEN(between_real, x->f[i] >= lo->f[i], x->f[i] <= hi->f[i])
BETWEEN(between_text, sv_cmp(x->t[i], lo->t[i]) >= 0, sv_cmp(x->t[i], hi->t[i]) <= 0)

const Func EXPR_CHOOSE[] = {
    {"is_missing", "is_missing(x)", "x:b", .lax = true, .any = is_missing, .doc = "is x missing"},
    {"coalesce", "coalesce(x, y, ...)", "uuu*:=", .lax = true, .any = coalesce, .doc = "the first that is not missing"},
    {"if_else", "if_else(c, a, b)", "buu?:=", .lax = true, .any = if_else,
     .doc = "a where c is true, else b (missing when b is not given); missing where c is"},
    {"missing_if", "missing_if(x, a, ...)", "uuu*:=", .lax = true, .any = missing_if,
     .doc = "x, missing where it equals one of the others"},
    {"min", "min(a, b, ...)", "ooo*:=", .by = {NULL, min_int, min_real, min_text}, .doc = "the smallest in each row"},
    {"max", "max(a, b, ...)", "ooo*:=", .by = {NULL, max_int, max_real, max_text}, .doc = "the largest in each row"},
    {"one_of", "one_of(x, a, b, ...)", "uuu*:b", .lax = true, .any = one_of, .doc = "is x equal to one of the others"},
    {"between", "between(x, lo, hi)", "ooo:b", .lax = true, .by = {NULL, between_int, between_real, between_text},
     .doc = "is lo <= x and x <= hi"},
    {0},
};
