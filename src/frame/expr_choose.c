// Functions that choose among their arguments, and what missing values are asked.
#include "frame/expr_int.h"

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

static void is_missing(Call *c) { ROWS(c) c->out.b[i] = !vec_ok(&c->arg[0], i); }

// ---- copying --------------------------------------------------------------------------------------------------------
static void zero(Call *c, int i) {
  size_t width = EXPR_WIDTH[EXPR_STORE[c->op->type]];
  memset((char *)c->out.p + (size_t)i * width, 0, width);
  if (c->op->type == COL_TEXT) c->out.t[i] = (Sv){"", 0};
  call_ok(c)[i] = 0;
}

// `pick` gives the argument that row i takes, -1 for missing.
static void choose(Call *c, int (*pick)(const Call *c, int i)) {
  size_t width = EXPR_WIDTH[EXPR_STORE[c->op->type]];
  ROWS(c) {
    int k = pick(c, i);
    if (k < 0 || !vec_ok(&c->arg[k], i)) {
      zero(c, i);
      continue;
    }
    memcpy((char *)c->out.p + (size_t)i * width, (const char *)c->arg[k].p + (size_t)i * width, width);
  }
}

static int first_present(const Call *c, int i) {
  for (int k = 0; k < c->op->narg; k++)
    if (vec_ok(&c->arg[k], i)) return k;
  return -1;
}

static int branch(const Call *c, int i) {
  if (!vec_ok(&c->arg[0], i)) return -1;
  if (c->arg[0].b[i]) return 1;
  return c->op->narg > 2 ? 2 : -1;
}

static void coalesce(Call *c) { choose(c, first_present); }
static void if_else(Call *c) { choose(c, branch); }

// ---- smallest and largest -------------------------------------------------------------------------------------------
// nan, once met, stays.
#define EXTREME(name, field, T, better)                                                                                \
  static void name(Call *c) {                                                                                          \
    ROWS(c) {                                                                                                          \
      T best = c->arg[0].field[i];                                                                                     \
      for (int k = 1; k < c->op->narg; k++) {                                                                          \
        T next = c->arg[k].field[i];                                                                                   \
        if (better) best = next;                                                                                       \
      }                                                                                                                \
      c->out.field[i] = best;                                                                                          \
    }                                                                                                                  \
  }

EXTREME(min_int, i, int64_t, next < best)
EXTREME(max_int, i, int64_t, next > best)
EXTREME(min_real, f, double, next < best || next != next)
EXTREME(max_real, f, double, next > best || next != next)
EXTREME(min_text, t, Sv, sv_cmp(next, best) < 0)
EXTREME(max_text, t, Sv, sv_cmp(next, best) > 0)

// ---- membership -----------------------------------------------------------------------------------------------------
// As x == a or x == b ...: true when one is equal, else missing when anything is missing.
#define MEMBER(name, field, equal)                                                                                     \
  static void name(Call *c) {                                                                                          \
    const Vec *x = &c->arg[0];                                                                                         \
    ROWS(c) {                                                                                                          \
      bool found = false, unknown = !vec_ok(x, i);                                                                     \
      for (int k = 1; k < c->op->narg && !found; k++) {                                                                \
        const Vec *y = &c->arg[k];                                                                                     \
        if (!vec_ok(y, i)) unknown = true;                                                                             \
        else found = vec_ok(x, i) && (equal);                                                                          \
      }                                                                                                                \
      c->out.b[i] = found;                                                                                             \
      if (unknown && !found) call_ok(c)[i] = 0;                                                                        \
    }                                                                                                                  \
  }

MEMBER(one_of_bool, b, x->b[i] == y->b[i])
MEMBER(one_of_int, i, x->i[i] == y->i[i])
MEMBER(one_of_real, f, x->f[i] == y->f[i])
MEMBER(one_of_text, t, sv_eq(x->t[i], y->t[i]))

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
    {"min", "min(a, b, ...)", "ooo*:=", .by = {NULL, min_int, min_real, min_text}, .doc = "the smallest in each row"},
    {"max", "max(a, b, ...)", "ooo*:=", .by = {NULL, max_int, max_real, max_text}, .doc = "the largest in each row"},
    {"one_of", "one_of(x, a, b, ...)", "uuu*:b", .lax = true,
     .by = {one_of_bool, one_of_int, one_of_real, one_of_text}, .doc = "is x equal to one of the others"},
    {"between", "between(x, lo, hi)", "ooo:b", .lax = true, .by = {NULL, between_int, between_real, between_text},
     .doc = "is lo <= x and x <= hi"},
    {0},
};
