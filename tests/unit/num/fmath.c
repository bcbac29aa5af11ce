// Expected values: golden/fmath_points.h (mpmath 1.3.0); over random arguments the C library's functions (glibc 2.36),
// themselves within 1 or 2 units in the last place, hence one or two units of slack there.
#include "check.h"

#include "base/rng.h"
#include "golden/fmath_points.h"
#include "num/num.h"

#include <float.h>
#include <stdlib.h>

enum { RANDOM = 100000 };

typedef double (*Fn)(double);

// Doubles between a and b, counting b.
static double steps(double a, double b) {
  int64_t ia, ib;
  if (isnan(a) || isnan(b)) return isnan(a) && isnan(b) ? 0 : INFINITY;
  memcpy(&ia, &a, sizeof a);
  memcpy(&ib, &b, sizeof b);
  if (ia < 0) ia = INT64_MIN - ia;
  if (ib < 0) ib = INT64_MIN - ib;
  return (double)(ia > ib ? (uint64_t)ia - (uint64_t)ib : (uint64_t)ib - (uint64_t)ia);
}

static void check_points(const char *name, Fn f, const FmathPoint *p, size_t n, double most) {
  for (size_t i = 0; i < n; i++)
    if (!(steps(f(p[i].x), p[i].y) <= most)) fail_msg("%s(%a) is %a, expected %a", name, p[i].x, f(p[i].x), p[i].y);
}
#define POINTS(name, most) \
  check_points(#name, fmath_##name, name##_points, sizeof name##_points / sizeof *name##_points, most)

TEST(hard_arguments_give_the_rounded_value_or_its_neighbour) {
  POINTS(exp, 1);
  POINTS(log, 1);
  POINTS(log1p, 1);
  POINTS(expm1, 1);
  POINTS(tanh, 1);
  POINTS(sigmoid, 2);
  POINTS(softplus, 2);
  POINTS(erf, 2);
  POINTS(erfc, 2);
}

static void check_random(const char *name, Fn ours, Fn theirs, double lo, double hi, double slack) {
  RngKey key = rng_key(1, name);
  for (uint64_t i = 0; i < RANDOM; i++) {
    double x = lo + (hi - lo) * rng_unit(key, i, 0);
    if (i % 3 == 0 && lo <= 0) x *= exp2(-40 * rng_unit(key, i, 1)); // small arguments too
    double a = ours(x), b = theirs(x);
    if (!(steps(a, b) <= slack)) fail_msg("%s(%a) is %a, the C library says %a", name, x, a, b);
  }
}

TEST(random_arguments_agree_with_the_c_library) {
  check_random("exp", fmath_exp, exp, -746, 710, 2);
  check_random("exp near 0", fmath_exp, exp, -2, 2, 2);
  check_random("log", fmath_log, log, 0, 10, 2);
  check_random("log large", fmath_log, log, 1e-300, 1e300, 2);
  check_random("log1p", fmath_log1p, log1p, -1, 5, 2);
  check_random("expm1", fmath_expm1, expm1, -50, 60, 2);
  check_random("expm1 near 0", fmath_expm1, expm1, -1, 1, 2);
  check_random("tanh", fmath_tanh, tanh, -22, 22, 3);
  check_random("tanh near 0", fmath_tanh, tanh, -1, 1, 3);
  check_random("erf", fmath_erf, erf, -6, 6, 2);
  check_random("erfc", fmath_erfc, erfc, -6, 28, 7); // glibc's own error grows to 5 in its tail
  check_random("erfc near 0", fmath_erfc, erfc, -1, 2, 4);
}

TEST(zeros_keep_their_sign_and_infinities_and_nan_pass) {
  static const Fn odd[] = {fmath_log1p, fmath_expm1, fmath_tanh, fmath_erf};
  for (size_t k = 0; k < 4; k++) {
    assert_true(odd[k](0.0) == 0 && !signbit(odd[k](0.0)));
    assert_true(odd[k](-0.0) == 0 && signbit(odd[k](-0.0)));
  }
  static const Fn all[] = {fmath_exp,  fmath_log,     fmath_log1p,   fmath_expm1, fmath_tanh,
                           fmath_sigmoid, fmath_softplus, fmath_erf, fmath_erfc};
  for (size_t k = 0; k < sizeof all / sizeof *all; k++) assert_true(isnan(all[k](NAN)));
  assert_true(fmath_exp(INFINITY) == INFINITY && fmath_exp(-INFINITY) == 0 && fmath_exp(0) == 1);
  assert_true(fmath_log(INFINITY) == INFINITY && fmath_log(0) == -INFINITY && fmath_log(-0.0) == -INFINITY);
  assert_true(isnan(fmath_log(-1)) && isnan(fmath_log(-INFINITY)) && isnan(fmath_log(-5e-324)));
  assert_true(fmath_log(1) == 0 && !signbit(fmath_log(1)));
  assert_true(fmath_log1p(-1) == -INFINITY && isnan(fmath_log1p(-1.5)) && fmath_log1p(INFINITY) == INFINITY);
  assert_true(isnan(fmath_log1p(-INFINITY)));
  assert_true(fmath_expm1(INFINITY) == INFINITY && fmath_expm1(-INFINITY) == -1);
  assert_true(fmath_tanh(INFINITY) == 1 && fmath_tanh(-INFINITY) == -1);
  assert_true(fmath_sigmoid(INFINITY) == 1 && fmath_sigmoid(-INFINITY) == 0 && fmath_sigmoid(0) == 0.5);
  assert_true(fmath_softplus(INFINITY) == INFINITY && fmath_softplus(-INFINITY) == 0);
  assert_true(fmath_erf(INFINITY) == 1 && fmath_erf(-INFINITY) == -1);
  assert_true(fmath_erfc(INFINITY) == 0 && fmath_erfc(-INFINITY) == 2 && fmath_erfc(0) == 1);
}

TEST(overflow_and_underflow_happen_where_they_must) {
  assert_true(isfinite(fmath_exp(0x1.62e42fefa39efp+9)));
  assert_true(fmath_exp(0x1.62e42fefa39fp+9) == INFINITY); // the next double
  assert_true(fmath_exp(-0x1.74910d52d3051p+9) == 5e-324);
  assert_true(fmath_exp(-0x1.74910d52d3052p+9) == 0);
  assert_true(fmath_expm1(710) == INFINITY && fmath_expm1(-800) == -1);
  assert_true(fmath_log(5e-324) == log(5e-324) && fmath_log(DBL_MAX) == log(DBL_MAX));
  assert_true(fmath_erfc(27.3) == 0 && fmath_sigmoid(-750) == 0 && fmath_sigmoid(-745) == 5e-324);
}

static void check_array(const char *name, void (*array)(const double *, double *, int64_t), Fn scalar) {
  enum { N = 40011 };
  double *x = malloc(N * sizeof *x), *y = malloc(N * sizeof *y);
  RngKey key = rng_key(3, name);
  for (int i = 0; i < N; i++) {
    uint64_t bits = rng_u64(key, (uint64_t)i, 0);
    memcpy(&x[i], &bits, sizeof bits); // any double at all
    if (i % 2) x[i] = -800 + 1600 * rng_unit(key, (uint64_t)i, 1);
  }
  static const double edge[] = {0.0, -0.0, INFINITY, -INFINITY, NAN, 5e-324, DBL_MIN, DBL_MAX, 1, -1};
  memcpy(x, edge, sizeof edge);
  array(x, y, N);
  array(x + 3, x + 3, 5); // in place and unaligned
  for (int i = 0; i < N; i++) {
    if (i >= 3 && i < 8) {
      assert_memory_equal(&x[i], &y[i], sizeof *x);
      continue;
    }
    double want = scalar(x[i]);
    if (memcmp(&want, &y[i], sizeof want) != 0 && !(isnan(want) && isnan(y[i])))
      fail_msg("%s: %a in an array, %a alone, at %a", name, y[i], want, x[i]);
  }
  free(x);
  free(y);
}

TEST(arrays_give_the_bits_of_single_calls) {
  check_array("exp", fmath_exp_n, fmath_exp);
  check_array("log", fmath_log_n, fmath_log);
  check_array("sigmoid", fmath_sigmoid_n, fmath_sigmoid);
}

TEST(sigmoid_and_softplus_are_two_sides_of_one_function) {
  RngKey key = rng_key(4, "sides");
  for (uint64_t i = 0; i < RANDOM; i++) {
    double x = -40 + 80 * rng_unit(key, i, 0);
    assert_near(fmath_sigmoid(x) + fmath_sigmoid(-x), 1.0, 2.3e-16);
    assert_near(fmath_softplus(x) - fmath_softplus(-x), x, 2.3e-16);
  }
}

RUN(CASE(hard_arguments_give_the_rounded_value_or_its_neighbour),
    CASE(random_arguments_agree_with_the_c_library), CASE(zeros_keep_their_sign_and_infinities_and_nan_pass),
    CASE(overflow_and_underflow_happen_where_they_must), CASE(arrays_give_the_bits_of_single_calls),
    CASE(sigmoid_and_softplus_are_two_sides_of_one_function))
