// Ticks, their texts and positions. Expected ticks are worked by hand from the rule 1-2-5 and from a calendar (weekdays
// and day numbers checked with the datetime module of Python 3.11).
#include "base/rng.h"
#include "check.h"
#include "plot/plot.h"

#include <stdlib.h>

static void expect(Axis a, int most, const char *want) {
  double tick[64];
  char got[1024] = "", label[64];
  int n = axis_ticks(&a, most, tick);
  assert_true(n <= most);
  for (int i = 0; i < n; i++) {
    axis_label(&a, tick[i], n > 1 ? tick[1] - tick[0] : 0, label, sizeof label);
    snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? " " : "", label);
  }
  assert_string_equal(got, want);
}

static Axis number(double lo, double hi) { return (Axis){.lo = lo, .hi = hi}; }
static Axis logarithm(double lo, double hi) { return (Axis){.lo = lo, .hi = hi, .scale = SCALE_LOG}; }

TEST(number_ticks_are_the_finest_of_1_2_5_that_fit) {
  expect(number(0, 1), 6, "0.0 0.2 0.4 0.6 0.8 1.0");
  expect(number(0, 1), 5, "0.0 0.5 1.0");
  expect(number(0, 1), 11, "0.0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0");
  expect(number(0, 17500), 8, "0 5,000 10,000 15,000");
  expect(number(0, 17500), 9, "0 2,000 4,000 6,000 8,000 10,000 12,000 14,000 16,000");
  expect(number(-3, 14), 4, "0 5 10");
  expect(number(0.13, 0.19), 4, "0.14 0.16 0.18");
  expect(number(998, 1004), 4, "998 1,000 1,002 1,004");
  expect(number(-0.02, 0.02), 5, "-0.02 -0.01 0.00 0.01 0.02");
  expect(number(3, 4), 1, "4");
}

TEST(ends_that_are_sums_of_widths_count_as_inside) {
  expect(number(0.1 + 0.2, 0.7 + 0.1), 7, "0.3 0.4 0.5 0.6 0.7 0.8");
  double tick[8];
  Axis a = number(0, 1);
  assert_int_equal(axis_ticks(&a, 6, tick), 6);
  assert_true(tick[3] == 0.6); // and not 3 * 0.2, which is 0.6000000000000001
}

TEST(large_and_small_numbers_have_exponents) {
  expect(number(0, 3e9), 4, "0 1e9 2e9 3e9");
  expect(number(1.2e12, 1.8e12), 4, "1.2e12 1.4e12 1.6e12 1.8e12");
  expect(number(0, 5e-8), 6, "0 1e-8 2e-8 3e-8 4e-8 5e-8");
  expect(number(1500.25, 1501.75), 4, "1,500.5 1,501.0 1,501.5");
}

TEST(log_ticks_are_1_2_5_then_decades_then_every_other_decade) {
  expect(logarithm(300, 19000), 6, "500 1,000 2,000 5,000 10,000");
  expect(logarithm(300, 19000), 4, "1,000 10,000");
  expect(logarithm(0.2, 4), 9, "0.2 0.5 1 2");
  expect(logarithm(1e-6, 1e6), 5, "1e-6 0.001 1 1,000 1,000,000");
  expect(logarithm(3.1, 3.9), 4, "3.2 3.4 3.6 3.8");
}

static Axis symlog(double lo, double hi, double linear) {
  return (Axis){.lo = lo, .hi = hi, .scale = SCALE_SYMLOG, .linear = linear};
}

TEST(symlog_ticks_are_zero_and_decades_on_both_sides) {
  expect(symlog(-100, 100, 1), 7, "-100 -10 -1 0 1 10 100");
  expect(symlog(-100, 100, 1), 5, "-100 -10 0 10 100");
  expect(symlog(-150, 3000, 10), 7, "-100 -10 0 10 100 1,000");
  expect(symlog(-20, 20, 10), 9, "-20 -10 0 10 20");
  expect(symlog(-1e6, 1e6, 1), 5, "-100,000 -100 0 100 100,000");
  expect(symlog(0, 3000, 2), 4, "0 10 100 1,000");
  expect(symlog(-3000, -1, 2), 4, "-1,000 -100 -10");
  expect(symlog(-1, 2, 5), 4, "-1 0 1 2");          // all linear
  expect(symlog(300, 19000, 1), 4, "1,000 10,000"); // all logarithmic
}

// By hand: with a linear part of 10, 1000 is 1 + 2 decades from zero.
TEST(symlog_shares_are_linear_next_to_zero_and_decades_beyond) {
  Axis a = symlog(-1000, 1000, 10);
  static const double want[][2] = {{-1000, 0},   {-100, 1. / 6}, {-10, 2. / 6}, {-5, 2.5 / 6}, {0, 0.5},
                                   {1, 3.1 / 6}, {10, 4. / 6},   {100, 5. / 6}, {1000, 1},     {1e4, 7. / 6}};
  for (int i = 0; i < 10; i++) assert_near(axis_share(&a, want[i][0]), want[i][1], 1e-12);
  assert_true(isnan(axis_share(&a, NAN)));
}

TEST(categories_are_named_in_their_middle_and_thinned) {
  const char *name[] = {"a", "b", "c", "d", "e"};
  Axis a = {.kind = AXIS_CATEGORY, .hi = 5, .category = name, .ncategory = 5};
  expect(a, 9, "a b c d e");
  expect(a, 3, "a c e");
  expect(a, 2, "a d");
  double tick[9];
  assert_int_equal(axis_ticks(&a, 9, tick), 5);
  assert_true(tick[0] == 0.5 && tick[4] == 4.5);
}

// Days since 1970-01-01: 2000-01-01 is 10957 (30 years and 7 leap days), 2024-02-26, a Monday, is 19779.
TEST(days_step_by_the_calendar) {
  Axis a = {.kind = AXIS_DATE, .lo = 19779, .hi = 19783};
  expect(a, 5, "2024-02-26 2024-02-27 2024-02-28 2024-02-29 2024-03-01");
  a.hi = 19779 + 30;
  expect(a, 5, "2024-02-26 2024-03-04 2024-03-11 2024-03-18 2024-03-25");
  a = (Axis){.kind = AXIS_DATE, .lo = 10957, .hi = 10957 + 366};
  expect(a, 5, "2000-01 2000-04 2000-07 2000-10 2001-01");
  a.months = true;
  expect(a, 5, "Jan Apr Jul Oct Jan");
  a.hi = 10957 + 30;
  expect(a, 5, "2000-01-03 2000-01-10 2000-01-17 2000-01-24 2000-01-31");
  a = (Axis){.kind = AXIS_DATE, .lo = -700000, .hi = 700000}; // 0053-06-19 to 3886-07-17
  expect(a, 5, "1000 2000 3000");
  a = (Axis){.kind = AXIS_DATE, .lo = -25567, .hi = 10957}; // from 1900-01-01
  expect(a, 6, "1900 1920 1940 1960 1980 2000");
}

TEST(times_step_by_the_clock_and_midnight_shows_its_day) {
  double day = 86400e6, at = 19779 * day;
  Axis a = {.kind = AXIS_TIME, .lo = at + 0.5 * day, .hi = at + 1.5 * day};
  expect(a, 5, "12:00 18:00 2024-02-27 06:00 12:00");
  a.lo = at + 3600e6, a.hi = at + 3600e6 + 60e6;
  expect(a, 5, "01:00:00 01:00:15 01:00:30 01:00:45 01:01:00");
  a.hi = a.lo + 1e6;
  expect(a, 3, "01:00:00.0 01:00:00.5 01:00:01.0");
  a.hi = a.lo + 365 * day;
  expect(a, 5, "2024-04 2024-07 2024-10 2025-01");
}

TEST(an_axis_without_a_range_has_no_ticks) {
  expect(number(1, 1), 5, "");
  expect(number(NAN, 1), 5, "");
  expect(number(0, INFINITY), 5, "");
  expect(logarithm(-1, 1), 5, "");
  expect((Axis){.kind = AXIS_NONE, .hi = 1}, 5, "");
  expect(number(0, 1), 0, "");
}

TEST(ticks_are_few_inside_increasing_and_1_2_5_apart) {
  RngKey key = rng_key(1, "ticks");
  for (uint64_t i = 0; i < 20000; i++) {
    double scale = pow(10, floor(rng_unit(key, i, 0) * 24 - 12)), tick[40];
    double lo = (rng_unit(key, i, 1) - 0.5) * scale, hi = lo + (rng_unit(key, i, 2) + 1e-3) * scale;
    int most = 1 + (int)rng_below(key, i, 3, 20);
    Axis a = number(lo, hi);
    int n = axis_ticks(&a, most, tick);
    assert_true(n >= (most > 1) && n <= most);
    for (int j = 0; j < n; j++) assert_true(tick[j] >= lo - 1e-8 * (hi - lo) && tick[j] <= hi + 1e-8 * (hi - lo));
    for (int j = 1; j < n; j++) {
      double step = tick[j] - tick[j - 1], m = step / pow(10, floor(log10(step * 1.0001)));
      assert_true(fabs(m - 1) < 1e-3 || fabs(m - 2) < 1e-3 || fabs(m - 5) < 1e-3);
    }
  }
}

TEST(no_axis_makes_ticks_run_away) {
  RngKey key = rng_key(2, "ticks");
  for (uint64_t i = 0; i < 20000; i++) {
    union {
      uint64_t bits;
      double v;
    } lo = {rng_u64(key, i, 0)}, hi = {rng_u64(key, i, 1)};
    double tick[8];
    char label[32];
    Axis a = {.kind = (AxisKind)(i % 5), .scale = (AxisScale)(i % 3), .lo = lo.v, .hi = hi.v};
    a.linear = i % 7 ? fabs(lo.v) / 1000 : hi.v;
    int n = axis_ticks(&a, 8, tick);
    assert_in_range(n, 0, 8);
    for (int j = 0; j < n; j++) axis_label(&a, tick[j], 0, label, sizeof label);
    axis_label(&a, lo.v, hi.v, label, sizeof label);
    axis_share(&a, hi.v);
  }
}

TEST(neighbouring_doubles_make_no_endless_ticks) {
  double tick[8];
  Axis a = number(1, nextafter(1, 2));
  assert_in_range(axis_ticks(&a, 8, tick), 0, 8);
  a = number(-1e308, 1e308);
  assert_in_range(axis_ticks(&a, 8, tick), 2, 8);
}

TEST(share_is_the_position_along_the_axis) {
  Axis a = number(10, 20), b = logarithm(1, 100), c = number(-1e308, 1e308);
  assert_near(axis_share(&a, 15), 0.5, 1e-12);
  assert_near(axis_share(&a, 25), 1.5, 1e-12);
  assert_near(axis_share(&b, 10), 0.5, 1e-12);
  assert_true(isnan(axis_share(&b, 0)) && isnan(axis_share(&b, -3)) && isnan(axis_share(&a, NAN)));
  assert_near(axis_share(&c, 0), 0.5, 1e-12);
}

TEST(a_label_is_cut_to_its_buffer) {
  char label[4];
  Axis a = number(0, 1e6);
  axis_label(&a, 1e6, 1e6, label, sizeof label);
  assert_int_equal(strlen(label), 3);
  axis_label(&a, 1e6, 1e6, label, 0);
}

RUN(CASE(number_ticks_are_the_finest_of_1_2_5_that_fit), CASE(ends_that_are_sums_of_widths_count_as_inside),
    CASE(large_and_small_numbers_have_exponents), CASE(log_ticks_are_1_2_5_then_decades_then_every_other_decade),
    CASE(symlog_ticks_are_zero_and_decades_on_both_sides),
    CASE(symlog_shares_are_linear_next_to_zero_and_decades_beyond),
    CASE(categories_are_named_in_their_middle_and_thinned), CASE(days_step_by_the_calendar),
    CASE(times_step_by_the_clock_and_midnight_shows_its_day), CASE(an_axis_without_a_range_has_no_ticks),
    CASE(ticks_are_few_inside_increasing_and_1_2_5_apart), CASE(no_axis_makes_ticks_run_away),
    CASE(neighbouring_doubles_make_no_endless_ticks), CASE(share_is_the_position_along_the_axis),
    CASE(a_label_is_cut_to_its_buffer))
