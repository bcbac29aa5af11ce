// Numbers: by R 4.2.2 (angles, hyperbolic functions, plogis, qlogis, expm1, trunc); arithmetic of random blocks of ints
// by 128-bit integers, of reals by IEEE 754 in C, logic by its table; conditions by every row.
#include "unit/frame/make.h"

#include "base/pool.h"
#include "base/rng.h"
#include "frame/expr.h"
#include "frame/verbs.h"

static void is_near(const Frame *f, const char *text, const double *want) {
  Column *c;
  Err err;
  if (expr_eval(NULL, f, sv(text), NULL, 0, &c, &err) != OK) fail_msg("%s", err.msg);
  for (int64_t i = 0; i < c->n; i++) assert_near(col_f64(c, i), want[i], 1e-14);
  column_unref(c);
}

TEST(angles_and_curves_are_those_of_r) {
  static const struct {
    const char *text;
    double want[4];
  } r[] = {
      {"sin(o)", {0.099833416646828155, -0.598472144103956549, 0.681638760023334123, 0.141120008059867214}},
      {"cos(o)", {0.99500416527802582, -0.80114361554693370, 0.73168886887382090, -0.98999249660044542}},
      {"tan(o)", {0.10033467208545055, 0.74702229723866032, 0.93159645994407247, -0.14254654307427780}},
      {"asin(p)", {0.10016742116155980, -0.52359877559829893, 0.84806207898148100, NAN}},
      {"acos(p)", {1.47062890563333681, 2.09439510239319571, 0.72273424781341566, NAN}},
      {"atan(o)", {0.099668652491162038, -1.190289949682531656, 0.643501108793284371, 1.249045772398254428}},
      {"atan2(o, q)", {3.04192400109863126, -0.89605538457134393, 2.89661399046292889, 1.57079632679489656}},
      {"sinh(o)", {0.10016675001984403, -6.05020448103978747, 0.82231673193582999, 10.01787492740990260}},
      {"cosh(o)", {1.0050041680558035, 6.1322894796636858, 1.2946832846768448, 10.0676619957777653}},
      {"tanh(o)", {0.099667994624955819, -0.986614298151430313, 0.635148952387287302, 0.995054753686730464}},
      {"sigmoid(o)", {0.524979187478940013, 0.075858180021243546, 0.679178699175392975, 0.952574126822433365}},
      {"logit(s)", {-2.1972245773362191, 0, 6.9067547786485530, INFINITY}},
      {"expm1(e)", {1.0000000000500000e-10, 1.7182818284590451, 0, -1}},
      {"trunc(o)", {0, -2, 0, 3}},
      {"hypot(q * 3e200, q * 4e200) / 1e200", {5, 10, 15, 0}},
      {"pi() - 3", {0.14159265358979312, 0.14159265358979312, 0.14159265358979312, 0.14159265358979312}},
  };
  Frame *f = make_frame("o:real p:real q:real s:real e:real", "0.1 0.1 -1 0.1 1e-10 -2.5 -0.5 2 0.5 1 0.75 0.75 -3 0.999 0 "
                                                              "3 2 0 1 -1e300");
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) is_near(f, r[k].text, r[k].want);
  frame_unref(f);
}

TEST(clip_keeps_within_its_ends) {
  Frame *f = make_frame("x:real i:int", "-5 -5 0.5 0 9 9 nan 3 NA NA");
  assert_value(f, "clip(x, 0, 1)", "real: 0 0.5 1 nan NA");
  assert_value(f, "clip(i, -1, 4)", "int: -1 0 4 3 NA");
  assert_value(f, "clip(i, -0.5, 4)", "real: -0.5 0 4 3 NA");
  frame_unref(f);
}

// ---- random blocks --------------------------------------------------------------------------------------------------
enum { N = 70000 };

// Every 64th block of 1024 rows has the largest ints, the others small ones; some rows are missing or zero.
static int64_t some_int(RngKey key, int64_t i, uint64_t draw) {
  int64_t r = rng_below(key, (uint64_t)i, draw, 1000);
  if (r < 20) return 0;
  if (i / 1024 % 3 == 0) return r - 500;
  if (i / 1024 % 3 == 1) return (r - 500) * 4000000000ll;
  return r < 40 ? INT64_MIN + r - 20 : r < 60 ? INT64_MAX - r + 40 : r < 80 ? -1 : (r - 500) * 9000000000000000ll;
}

static Frame *random_frame(void) {
  RngKey key = rng_key(1, "expr");
  Frame *f = frame_new(N);
  static const char *const name[] = {"a", "b", "x", "y", "p", "q"};
  for (int k = 0; k < 6; k++) {
    Column *c;
    ColType type = k < 2 ? COL_I64 : k < 4 ? COL_F64 : COL_BOOL;
    assert_int_equal(column_new(NULL, type, N, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < N; i++) {
      uint64_t draw = (uint64_t)(10 * k);
      if (type == COL_I64) c->i[i] = some_int(key, i, draw);
      else if (type == COL_F64) c->f[i] = (double)(rng_below(key, (uint64_t)i, draw, 41) - 20) / 4;
      else c->b[i] = i / 1024 % 5 == 0 ? 0 : i / 1024 % 5 == 1 ? 1 : (uint8_t)rng_below(key, (uint64_t)i, draw, 2);
      bool gone = i / 1024 % 2 && rng_below(key, (uint64_t)i, draw + 1, 30) == 0;
      if (gone) assert_int_equal(column_set_missing(c, i, NULL), OK);
    }
    assert_int_equal(frame_add(f, name[k], c, NULL), OK);
  }
  return f;
}

typedef __int128 Wide;
static Wide floor_quotient(Wide a, Wide b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }
static Wide wide_of(char op, Wide a, Wide b) {
  switch (op) {
  case '+': return a + b;
  case '-': return a - b;
  case '*': return a * b;
  case '/': return floor_quotient(a, b);
  default: return a - floor_quotient(a, b) * b;
  }
}

// Rows up to `n` in the frame's order; `n` decides whether one of them overflows.
static void check_ints(const Frame *f, const char *text, char op, int64_t n) {
  Column *c;
  assert_int_equal(expr_eval(NULL, f, sv(text), NULL, 0, &c, NULL), OK);
  const Column *a = frame_at(f, 0), *b = frame_at(f, 1);
  bool overflows = false;
  for (int64_t i = 0; i < n; i++) {
    bool zero = (op == '/' || op == '%') && b->i[i] == 0, here = col_valid(a, i) && col_valid(b, i);
    if (!here || zero) continue;
    Wide want = wide_of(op, a->i[i], b->i[i]);
    overflows = overflows || want > INT64_MAX || want < INT64_MIN;
  }
  assert_int_equal(c->type, overflows ? COL_F64 : COL_I64);
  for (int64_t i = 0; i < n; i++) {
    bool zero = (op == '/' || op == '%') && b->i[i] == 0, here = col_valid(a, i) && col_valid(b, i);
    if (c->type == COL_I64) assert_int_equal(col_valid(c, i), here && !zero);
    else assert_int_equal(col_valid(c, i), here);
    if (!here || zero) continue;
    Wide want = wide_of(op, a->i[i], b->i[i]);
    if (c->type == COL_I64 && c->i[i] != (int64_t)want) fail_msg("%s in row %d: %lld", text, (int)i, (long long)c->i[i]);
    double size = fabs((double)a->i[i]) + fabs((double)b->i[i]) + fabs((double)want); // each is rounded to a double
    if (c->type == COL_F64 && op != '%' && fabs(c->f[i] - (double)want) > 1 + size * 0x1p-52)
      fail_msg("%s in row %d: %.17g", text, (int)i, c->f[i]);
  }
  column_unref(c);
}

TEST(ints_are_exact_or_real_in_every_block) {
  static const struct {
    const char *text;
    char op;
  } r[] = {{"a + b", '+'}, {"a - b", '-'}, {"a * b", '*'}, {"a // b", '/'}, {"a % b", '%'}};
  Frame *f = random_frame();
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) {
    check_ints(f, r[k].text, r[k].op, N);
    for (int64_t n = 1024; n <= 4096; n += 1023) { // without the largest ints, and with a few
      int64_t row[4096];
      Frame *part;
      for (int64_t i = 0; i < n; i++) row[i] = i;
      assert_int_equal(frame_gather(NULL, f, row, n, &part, NULL), OK);
      check_ints(part, r[k].text, r[k].op, n);
      frame_unref(part);
    }
  }
  frame_unref(f);
}

TEST(a_zero_divisor_is_missing_for_ints_in_every_block_and_ieee_for_reals) {
  Frame *f = random_frame();
  Column *c;
  const Column *x = frame_at(f, 2), *y = frame_at(f, 3);
  assert_int_equal(expr_eval(NULL, f, sv("x / y"), NULL, 0, &c, NULL), OK);
  for (int64_t i = 0; i < N; i++) {
    bool here = col_valid(x, i) && col_valid(y, i);
    assert_int_equal(col_valid(c, i), here);
    if (here) assert_true(c->f[i] == x->f[i] / y->f[i] || (x->f[i] == 0 && y->f[i] == 0 && c->f[i] != c->f[i]));
  }
  column_unref(c);
  frame_unref(f);
  f = make_frame("x:real i:int", "1 1 -1 -1 0 0");
  assert_value(f, "x // 0", "real: inf -inf nan");
  assert_value(f, "x % 0", "real: nan nan nan");
  assert_value(f, "i / 0", "real: inf -inf nan");
  assert_value(f, "i // 0", "int: NA NA NA");
  assert_value(f, "i % (i - i)", "int: NA NA NA");
  frame_unref(f);
}

// ---- conditions -----------------------------------------------------------------------------------------------------
static int known(const Column *c, int64_t i) { return !col_valid(c, i) ? -1 : c->b[i]; } // -1: missing
static int kleene(bool both, int a, int b) {
  int decides = both ? 0 : 1;
  if (a == decides || b == decides) return decides;
  return a < 0 || b < 0 ? -1 : !decides;
}

// What stands in a column of the condition is what where keeps, whatever blocks are left out on the way.
TEST(where_keeps_the_rows_of_the_condition) {
  static const char *const cond[] = {"p and q", "p or q", "p and q and x > y", "(p or q) and not (x > 1)",
                                     "x > 2 or p and y < 0 or q", "not p and (q or x ~= y)", "p", "false and p", "true or p",
                                     "is_missing(p) or q", "x > 100 and y > 0", "x <= 100 or y > 0"};
  Frame *f = random_frame();
  Pool *pool = pool_new(2);
  for (size_t k = 0; k < sizeof cond / sizeof *cond; k++) {
    Column *c, *at;
    Frame *numbered, *g;
    Job job = {.pool = pool};
    assert_int_equal(frame_derive(NULL, f, "row", sv("row() - 1"), NULL, 0, &numbered, NULL), OK);
    assert_int_equal(expr_eval(NULL, f, sv(cond[k]), NULL, 0, &c, NULL), OK);
    assert_int_equal(frame_where(&job, numbered, sv(cond[k]), NULL, 0, &g, NULL), OK);
    at = column_ref(frame_at(g, 6));
    int64_t kept = 0;
    for (int64_t i = 0; i < N; i++)
      if (known(c, i) == 1) {
        if (kept >= at->n || at->i[kept] != i) fail_msg("%s: row %d", cond[k], (int)i);
        kept++;
      }
    assert_int_equal(kept, at->n);
    column_unref(at);
    column_unref(c);
    frame_unref(g);
    frame_unref(numbered);
  }
  pool_free(pool);
  frame_unref(f);
}

TEST(logic_is_kleenes_in_every_block) {
  Frame *f = random_frame();
  const Column *p = frame_at(f, 4), *q = frame_at(f, 5);
  for (int both = 0; both < 2; both++) {
    Column *c;
    assert_int_equal(expr_eval(NULL, f, sv(both ? "p and q" : "p or q"), NULL, 0, &c, NULL), OK);
    for (int64_t i = 0; i < N; i++) assert_int_equal(known(c, i), kleene(both, known(p, i), known(q, i)));
    column_unref(c);
  }
  frame_unref(f);
}

TEST(where_shares_the_columns_when_it_keeps_all) {
  Frame *f = random_frame(), *g;
  assert_int_equal(frame_where(NULL, f, sv("row() > 0"), NULL, 0, &g, NULL), OK);
  assert_ptr_equal(frame_at(g, 3), frame_at(f, 3));
  frame_unref(g);
  frame_unref(f);
}

RUN(CASE(angles_and_curves_are_those_of_r), CASE(clip_keeps_within_its_ends), CASE(ints_are_exact_or_real_in_every_block),
    CASE(a_zero_divisor_is_missing_for_ints_in_every_block_and_ieee_for_reals),
    CASE(where_keeps_the_rows_of_the_condition), CASE(logic_is_kleenes_in_every_block),
    CASE(where_shares_the_columns_when_it_keeps_all))
