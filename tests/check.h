// What every test program includes: cmocka behind one door, and checks that say what differs.
#pragma once
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TEST(name) static void name(void **state __attribute__((unused)))
#define CASE(name) cmocka_unit_test(name)
#define RUN(...)                                                                                   \
  int main(void) {                                                                                 \
    const struct CMUnitTest tests[] = {__VA_ARGS__};                                               \
    return cmocka_run_group_tests(tests, NULL, NULL);                                              \
  }

// Holds when |got - want| <= tol * max(1, |want|), or both are NaN.
#define assert_near(got, want, tol)                                                                \
  do {                                                                                             \
    double near_got_ = (got), near_want_ = (want), near_tol_ = (tol);                              \
    double near_scale_ = fabs(near_want_) > 1 ? fabs(near_want_) : 1;                              \
    if (!(isnan(near_got_) && isnan(near_want_)) && near_got_ != near_want_ &&                     \
        !(fabs(near_got_ - near_want_) <= near_tol_ * near_scale_))                                \
      fail_msg("%s is %.17g, expected %.17g within %g", #got, near_got_, near_want_, near_tol_);   \
  } while (0)

// Holds when `text` contains `part`.
#define assert_has(text, part)                                                                     \
  do {                                                                                             \
    if (!strstr((text), (part))) fail_msg("\"%s\" does not contain \"%s\"", (text), (part));       \
  } while (0)
