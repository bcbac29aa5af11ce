// Windows. Expected values: pandas 1.5.3 (groupby with dropna=False: shift, diff, cum*, rank, rolling with min_periods),
// of `bulk` the same over rows that the program draws alike. Where pandas has no answer (ntile, NaN as a value, dates,
// texts, large numbers) the values are worked by hand.
#include "base/pool.h"
#include "frame/group.h"
#include "unit/frame/make.h"

static Frame *people(void) {
  return make_frame("g:category k:int x:real b:bool t:text", "b 3 1.5 true ox   a 1 NA false NA   b NA 2.25 false ant "
                    "NA 3 -4 true cow   a 2 0.5 NA ox   b 3 8 true cow   a 1 2.5 true ox   NA 5 7.5 false ox "
                    "c NA NA NA NA   b 7 1 false ant   a 2 3.5 false bee   b 4 2.25 true cow");
}

// "type: cells" of an expression over windows; by and order may be NULL.
static const char *over(const Frame *f, const char *expr, const char *by, const char *order, int64_t min) {
  static char buf[4][8400];
  static int turn;
  char *to = buf[turn++ & 3];
  Frame *out;
  Err err = {0};
  WindowOpts o = {.exprs = {&expr, 1}, .by = {&by, by != NULL}, .order = {&order, order != NULL}, .min = min};
  if (frame_window(NULL, f, &o, &out, &err) != OK) return snprintf(to, sizeof buf[0], "%s", err.msg), to;
  const Column *c = frame_at(out, frame_ncol(out) - 1);
  snprintf(to, sizeof buf[0], "%s: %s", COLTYPES[c->type].name, shown(c));
  frame_unref(out);
  return to;
}

#define assert_window(expr, want) assert_string_equal(over(f, expr, "g", NULL, 0), want)

static void near_window(const Frame *f, const char *expr, int64_t min, const double *want) {
  Frame *out;
  const char *by = "g";
  WindowOpts o = {.exprs = {&expr, 1}, .by = {&by, 1}, .min = min};
  assert_int_equal(frame_window(NULL, f, &o, &out, NULL), OK);
  const Column *c = frame_at(out, frame_ncol(out) - 1);
  for (int64_t i = 0; i < c->n; i++) {
    if (isnan(want[i])) assert_false(col_valid(c, i));
    else assert_near(col_f64(c, i), want[i], 1e-14);
  }
  frame_unref(out);
}

TEST(values_of_other_rows_of_the_group) {
  Frame *f = people();
  assert_window("lag(x, 1)", "real: NA NA 1.5 NA NA 2.25 0.5 -4 NA 8 2.5 1");
  assert_window("lag(x)", "real: NA NA 1.5 NA NA 2.25 0.5 -4 NA 8 2.5 1");
  assert_window("lead(x, 2)", "real: 8 2.5 1 NA 3.5 2.25 NA NA NA NA NA NA");
  assert_window("lag(x, -2)", "real: 8 2.5 1 NA 3.5 2.25 NA NA NA NA NA NA");
  assert_window("lag(x, 99)", "real: NA NA NA NA NA NA NA NA NA NA NA NA");
  assert_window("lag(t)", "text: NA NA ox NA NA ant ox cow NA cow ox ant");
  assert_window("lag(b)", "bool: NA NA true NA false false NA true NA true true false");
  assert_window("diff(x)", "real: NA NA 0.75 NA NA 5.75 2 11.5 NA -7 1 1.25");
  assert_window("diff(k)", "int: NA NA NA NA 1 NA -1 2 NA 4 1 -3");
  assert_window("fill_forward(x)", "real: 1.5 NA 2.25 -4 0.5 8 2.5 7.5 NA 1 3.5 2.25");
  assert_window("fill_backward(x)", "real: 1.5 0.5 2.25 -4 0.5 8 2.5 7.5 NA 1 3.5 2.25");
  assert_window("fill_backward(t)", "text: ox ox ant cow ox cow ox ox NA ant bee cow");
  assert_window("first(t)", "text: ox ox ox cow ox ox ox cow NA ox ox ox");
  assert_window("last(x)", "real: 2.25 3.5 2.25 7.5 3.5 2.25 3.5 7.5 NA 2.25 3.5 2.25");
  frame_unref(f);
}

TEST(cumulative_functions_pass_over_missing_rows) {
  Frame *f = people();
  assert_window("cumsum(x)", "real: 1.5 NA 3.75 -4 0.5 11.75 3 3.5 NA 12.75 6.5 15");
  assert_window("cumsum(k)", "int: 3 1 NA 3 3 6 4 8 NA 13 6 17");
  assert_window("cumprod(x)", "real: 1.5 NA 3.375 -4 0.5 27 1.25 -30 NA 27 4.375 60.75");
  assert_window("cummin(x)", "real: 1.5 NA 1.5 -4 0.5 1.5 0.5 -4 NA 1 0.5 1");
  assert_window("cummax(x)", "real: 1.5 NA 2.25 -4 0.5 8 2.5 7.5 NA 8 3.5 8");
  assert_window("cummax(t)", "text: ox NA ox cow ox ox ox ox NA ox ox ox");
  assert_window("row_number()", "int: 1 1 2 1 2 3 3 2 1 4 4 5");
  assert_window("cumcount()", "int: 1 1 2 1 2 3 3 2 1 4 4 5");
  assert_window("cumcount(k)", "int: 1 1 1 1 2 2 3 2 0 3 4 4");
  frame_unref(f);
}

TEST(ranks_within_the_group) {
  Frame *f = people();
  assert_window("rank(x)", "real: 2 NA 3.5 1 1 5 2 2 NA 1 3 3.5");
  assert_window("rank(x, 'average')", "real: 2 NA 3.5 1 1 5 2 2 NA 1 3 3.5");
  assert_window("rank(x, 'min')", "int: 2 NA 3 1 1 5 2 2 NA 1 3 3");
  assert_window("rank(x, 'max')", "int: 2 NA 4 1 1 5 2 2 NA 1 3 4");
  assert_window("rank(x, 'dense')", "int: 2 NA 3 1 1 4 2 2 NA 1 3 3");
  assert_window("rank(x, 'first')", "int: 2 NA 3 1 1 5 2 2 NA 1 3 4");
  assert_window("dense_rank(x)", "int: 2 NA 3 1 1 4 2 2 NA 1 3 3");
  assert_window("percent_rank(x)", "real: 0.25 NA 0.5 0 0 1 0.5 1 NA 0 1 0.5");
  assert_window("rank(t, 'dense')", "int: 3 NA 1 1 2 2 2 2 NA 1 1 2");
  assert_window("ntile(2)", "int: 1 1 1 1 1 1 2 2 1 2 2 2");
  assert_window("ntile(x, 2)", "int: 1 NA 1 1 1 2 1 2 NA 1 2 2");
  assert_string_equal(over(f, "percent_rank(k)", "x", NULL, 0), "real: 0 0 NA 0 0 0 0 0 NA 0 0 0");
  frame_unref(f);
}

TEST(rolling_windows_are_missing_until_they_are_full) {
  Frame *f = people();
  assert_window("sum(x, 2)", "real: NA NA 3.75 NA NA 10.25 3 3.5 NA 9 6 3.25");
  assert_window("mean(x, 2)", "real: NA NA 1.875 NA NA 5.125 1.5 1.75 NA 4.5 3 1.625");
  assert_window("min(x, 2)", "real: NA NA 1.5 NA NA 2.25 0.5 -4 NA 1 2.5 1");
  assert_window("max(x, 3)", "real: NA NA NA NA NA 8 NA NA NA 8 3.5 8");
  assert_window("median(x, 3)", "real: NA NA NA NA NA 2.25 NA NA NA 2.25 2.5 2.25");
  assert_window("var(x, 2)", "real: NA NA 0.28125 NA NA 16.53125 2 66.125 NA 24.5 0.5 0.78125");
  assert_window("sum(k, 2)", "int: NA NA NA NA 3 NA 3 8 NA 10 3 11");
  assert_window("min(t, 2)", "text: NA NA ant NA NA ant ox cow NA ant bee ant");
  assert_window("count(x, 2)", "int: 1 0 2 1 1 2 2 2 0 2 2 2");
  const double sd[] = {NAN, NAN, NAN, NAN, NAN, 3.5560980488919784, NAN, NAN, NAN, 3.73329613076702, 1.5275252316519468,
                       3.73329613076702};
  near_window(f, "sd(x, 3)", 0, sd);
  frame_unref(f);
}

TEST(min_lets_shorter_windows_count) {
  Frame *f = people();
  assert_string_equal(over(f, "sum(x, 3)", "g", NULL, 1), "real: 1.5 NA 3.75 -4 0.5 11.75 3 3.5 NA 11.25 6.5 11.25");
  assert_string_equal(over(f, "min(x, 3)", "g", NULL, 1), "real: 1.5 NA 1.5 -4 0.5 1.5 0.5 -4 NA 1 0.5 1");
  assert_string_equal(over(f, "median(x, 2)", "g", NULL, 1),
                      "real: 1.5 NA 1.875 -4 0.5 5.125 1.5 1.75 NA 4.5 3 1.625");
  const double mean[] = {1.5, NAN, 1.875, -4, 0.5, 3.9166666666666665, 1.5, 1.75, NAN, 3.75, 2.1666666666666665, 3.75};
  near_window(f, "mean(x, 3)", 1, mean);
  assert_string_equal(over(f, "sum(x, 3)", NULL, NULL, 2), "real: NA NA 3.75 -1.75 -1.25 4.5 11 18 10 8.5 4.5 6.75");
  assert_string_equal(over(f, "max(x, 3)", NULL, NULL, 2), "real: NA NA 2.25 2.25 2.25 8 8 8 7.5 7.5 3.5 3.5");
  assert_string_equal(over(f, "median(x, 3)", NULL, NULL, 2),
                      "real: NA NA 1.875 -0.875 0.5 0.5 2.5 7.5 5 4.25 2.25 2.25");
  frame_unref(f);
}

TEST(order_decides_what_comes_before) {
  Frame *f = people();
  assert_string_equal(over(f, "lag(x)", "g", "k", 0), "real: NA NA 1 NA 2.5 1.5 NA -4 NA 2.25 0.5 8");
  assert_string_equal(over(f, "cumsum(x)", "g", "k", 0), "real: 1.5 NA 15 -4 3 9.5 2.5 3.5 NA 12.75 6.5 11.75");
  assert_string_equal(over(f, "mean(x, 2)", "g", "k", 0), "real: NA NA 1.625 NA 1.5 4.75 NA 1.75 NA 1.625 2 5.125");
  assert_string_equal(over(f, "row_number()", "g", "k", 0), "int: 1 1 5 1 3 2 2 2 1 4 4 3");
  assert_string_equal(over(f, "row_number()", NULL, "-x", 0), "int: 7 11 5 10 9 1 4 2 12 8 3 6");
  assert_string_equal(over(f, "first(k)", "g", "-x", 0), "int: 3 2 3 5 2 3 2 5 NA 3 2 3");
  frame_unref(f);
}

TEST(aggregates_stand_for_those_of_the_group) {
  Frame *f = people();
  assert_window("count()", "int: 5 4 5 2 4 5 4 2 1 5 4 5");
  assert_window("k - min(k)", "int: 0 0 NA 0 1 0 0 2 NA 4 1 1");
  assert_window("mean(x) > 2", "bool: true true true false true true true false NA true true true");
  assert_window("quantile(k, 0.5)", "real: 3.5 1.5 3.5 4 1.5 3.5 1.5 4 NA 3.5 1.5 3.5");
  assert_window("min(k, 2)", "int: NA NA NA NA 1 NA 1 3 NA 3 1 4");
  assert_window("min(k, x)", "real: 1.5 NA NA -4 0.5 3 1 5 NA 1 2 2.25");
  const double share[] = {0.1, NAN, 0.15, -1.1428571428571428, 0.07692307692307693, 0.5333333333333333,
                          0.38461538461538464, 2.142857142857143, NAN, 0.06666666666666667, 0.5384615384615384, 0.15};
  near_window(f, "x / sum(x)", 0, share);
  assert_window("cumsum(coalesce(x - lag(x), 0))", "real: 0 0 0.75 0 0 6.5 2 11.5 0 -0.5 3 0.75");
  frame_unref(f);
}

TEST(later_columns_use_earlier_ones_and_rows_keep_their_places) {
  Frame *f = people(), *out;
  const char *expr[] = {"p = lag(k)", "q = p * 10", "k = row_number()"}, *by = "g";
  WindowOpts o = {.exprs = {expr, 3}, .by = {&by, 1}};
  assert_int_equal(frame_window(NULL, f, &o, &out, NULL), OK);
  assert_int_equal(frame_ncol(out), 7);
  assert_string_equal(shown_at(out, "q"), "NA NA 30 NA 10 NA 20 30 NA 30 10 70");
  assert_string_equal(shown_at(out, "k"), "1 1 2 1 2 3 3 2 1 4 4 5");
  assert_ptr_equal(frame_at(out, 2), frame_at(f, 2));
  frame_unref(out);
  frame_unref(f);
}

TEST(dates_have_differences) {
  Frame *f = make_frame("d:date s:time", "2020-01-31 2020-01-01T00:00:00 2020-02-29 2020-01-01T00:01:30");
  assert_string_equal(over(f, "diff(d)", NULL, NULL, 0), "int: NA 29");
  assert_string_equal(over(f, "diff(s)", NULL, NULL, 0), "real: NA 90");
  assert_string_equal(over(f, "max(d, 2)", NULL, NULL, 1), "date: 2020-01-31 2020-02-29");
  frame_unref(f);
}

TEST(ints_that_overflow_become_real) {
  Frame *f = make_frame("k:int", "9223372036854775807 1 -5");
  assert_string_equal(over(f, "cumsum(k)", NULL, NULL, 0),
                      "real: 9.223372036854776e+18 9.223372036854776e+18 9.223372036854776e+18");
  assert_string_equal(over(f, "cumprod(k)", NULL, NULL, 0),
                      "real: 9.223372036854776e+18 9.223372036854776e+18 -4.611686018427388e+19");
  assert_string_equal(over(f, "sum(k, 2)", NULL, NULL, 0), "real: NA 9.223372036854776e+18 -4");
  assert_string_equal(over(f, "diff(k)", NULL, NULL, 0), "int: NA -9223372036854775806 -6");
  frame_unref(f);
}

TEST(what_left_the_window_leaves_no_trace) {
  Frame *f = make_frame("x:real", "1 1e20 2 3 4 nan 5 6 7 Inf 8 9 10");
  assert_string_equal(over(f, "sum(x, 3)", NULL, NULL, 0), "real: NA NA 1e+20 1e+20 9 nan nan nan 18 inf inf inf 27");
  assert_string_equal(over(f, "mean(x, 3)", NULL, NULL, 0),
                      "real: NA NA 3.333333333333333e+19 3.333333333333333e+19 3 nan nan nan 6 inf inf inf 9");
  assert_string_equal(over(f, "median(x, 3)", NULL, NULL, 0), "real: NA NA 2 3 3 nan nan nan 6 7 8 9 9");
  assert_string_equal(over(f, "min(x, 3)", NULL, NULL, 0), "real: NA NA 1 2 2 nan nan nan 5 6 7 8 8");
  assert_string_equal(over(f, "cummax(x)", NULL, NULL, 0),
                      "real: 1 1e+20 1e+20 1e+20 1e+20 nan nan nan nan nan nan nan nan");
  const char *var = over(f, "var(x, 3)", NULL, NULL, 0);
  assert_has(var, " 1 nan nan nan 1 nan nan nan 1");
  frame_unref(f);
}

TEST(no_rows_give_no_rows) {
  Frame *f = make_frame("g:category x:real", "");
  assert_string_equal(over(f, "mean(x, 3)", "g", "x", 0), "real: ");
  assert_string_equal(over(f, "median(x, 3)", NULL, NULL, 0), "real: ");
  assert_string_equal(over(f, "x / sum(x)", NULL, NULL, 0), "real: ");
  assert_string_equal(over(f, "rank(x)", NULL, "-x", 0), "real: ");
  assert_string_equal(over(f, "ntile(3)", "g", NULL, 0), "int: ");
  frame_unref(f);
}

// ---- many rows ------------------------------------------------------------------------------------------------------
static Frame *bulk(int64_t n, int groups) {
  Column *g, *x;
  uint64_t s = 12345;
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &g, NULL), OK);
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &x, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    s = s * 48271 % 2147483647;
    g->i[i] = (int64_t)(s % (uint64_t)groups);
    s = s * 48271 % 2147483647;
    x->f[i] = (double)(s % 100000) / 1000 * ((double)(s % 100000) / 1000);
    s = s * 48271 % 2147483647;
    if (s % 33 == 0) assert_int_equal(column_set_missing(x, i, NULL), OK);
  }
  Frame *f = frame_new(n);
  assert_int_equal(frame_add(f, "g", g, NULL), OK);
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  return f;
}

TEST(long_windows_equal_pandas) {
  static const struct {
    const char *expr;
    double at[3]; // rows 60, 10000, 19999
  } want[] = {{"mean(x, 50)", {3425.36999232, 3708.5548609183675, 3648.789028673913}},
              {"sd(x, 50)", {3097.3837425065467, 2928.1731097792385, 3201.5896173321107}},
              {"median(x, 50)", {2795.385424, 4012.082281, 2688.3622179999998}},
              {"min(x, 50)", {0.591361, 28.079401000000004, 21.473956000000005}},
              {"max(x, 50)", {9935.304976000001, 9810.9025, 9957.046225}},
              {"sum(x, 50)", {171268.49961600002, 181719.188185, 167844.295319}}};
  Frame *f = bulk(20000, 97), *out;
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
    const char *expr = want[k].expr;
    WindowOpts o = {.exprs = {&expr, 1}, .min = 40};
    assert_int_equal(frame_window(NULL, f, &o, &out, NULL), OK);
    const int64_t row[] = {60, 10000, 19999};
    for (int j = 0; j < 3; j++) assert_near(col_f64(frame_at(out, 2), row[j]), want[k].at[j], 1e-12);
    frame_unref(out);
  }
  const char *expr = "rank(x)", *by = "g";
  WindowOpts o = {.exprs = {&expr, 1}, .by = {&by, 1}};
  assert_int_equal(frame_window(NULL, f, &o, &out, NULL), OK);
  assert_near(col_f64(frame_at(out, 2), 60), 178, 0);
  assert_near(col_f64(frame_at(out, 2), 19998), 89, 0);
  assert_near(col_f64(frame_at(out, 2), 19999), 165, 0);
  assert_false(col_valid(frame_at(out, 2), 10000));
  frame_unref(out);
  frame_unref(f);
}

// Each window summed anew, as the definition says.
static void check_against_definition(const Frame *f, int64_t width, int64_t row, const Column *mean,
                                     const Column *median) {
  const Column *x = frame_at(f, 1);
  double value[512], sum = 0;
  int n = 0;
  for (int64_t i = row - width + 1; i <= row; i++) {
    if (i < 0 || !col_valid(x, i)) continue;
    int j = n++;
    for (; j > 0 && value[j - 1] > x->f[i]; j--) value[j] = value[j - 1];
    value[j] = x->f[i];
    sum += x->f[i];
  }
  assert_near(col_f64(mean, row), sum / n, 1e-13);
  assert_near(col_f64(median, row), n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2, 1e-15);
}

TEST(every_width_equals_its_definition_over_every_border_of_blocks) {
  static const int widths[] = {1, 2, 7, 33, 100, 500};
  Frame *f = bulk(70000, 3);
  for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
    char mean[32], median[32];
    snprintf(mean, sizeof mean, "m = mean(x, %d)", widths[k]);
    snprintf(median, sizeof median, "d = median(x, %d)", widths[k]);
    const char *expr[] = {mean, median};
    WindowOpts o = {.exprs = {expr, 2}, .min = 1};
    Frame *out;
    assert_int_equal(frame_window(NULL, f, &o, &out, NULL), OK);
    for (int64_t i = 0; i < 70000; i += i < 600 || i > 65000 ? 1 : 37)
      if (col_valid(frame_at(out, 2), i)) check_against_definition(f, widths[k], i, frame_at(out, 2), frame_at(out, 3));
    frame_unref(out);
  }
  frame_unref(f);
}

TEST(any_number_of_threads_gives_the_same_bits) {
  static const int threads[] = {1, 2, 3, 7};
  const char *expr[] = {"a = lag(x, 3)",       "b = cumsum(x)",  "c = mean(x, 20)", "d = sd(x, 20)",   "e = median(x, 9)",
                        "h = rank(x)",         "i = x / sum(x)", "j = min(x, 300)", "k = median(x, 200)",
                        "l = fill_forward(x)", "m = ntile(7)"};
  const char *by = "g", *order = "-x";
  for (int grouped = 0; grouped < 2; grouped++) {
    Frame *f = bulk(150000, 2000);
    char first[65], hex[65];
    for (size_t t = 0; t < 4; t++) {
      Job job = {.pool = pool_new(threads[t])};
      WindowOpts o = {.exprs = {expr, 11}, .by = {&by, grouped}, .order = {&order, grouped}};
      Frame *out;
      assert_int_equal(frame_window(&job, f, &o, &out, NULL), OK);
      frame_hash(out, t ? hex : first);
      if (t) assert_string_equal(hex, first);
      frame_unref(out);
      pool_free(job.pool);
    }
    frame_unref(f);
  }
}

// ---- errors ---------------------------------------------------------------------------------------------------------
TEST(errors_point_at_the_place) {
  Frame *f = people();
  assert_window("lag(x, 1.5)", "lag(x, k): k is a whole number, the same for all rows\n  lag(x, 1.5)\n         ^^^");
  assert_window("mean(x, 0)", "mean(x, w): w is a whole number of at least 1, the same for all rows\n"
                              "  mean(x, 0)\n          ^");
  assert_window("mean(x, k)", "mean(x, w): w is a whole number of at least 1, the same for all rows\n"
                              "  mean(x, k)\n          ^");
  assert_window("ntile(0)", "ntile(n): n is a whole number of at least 1, the same for all rows\n  ntile(0)\n        ^");
  assert_window("cumsum(t)", "cumsum(x) takes numbers or a condition, got t (text): words have lag, first, last, "
                             "cummin, cummax, rank and fill_forward\n  cumsum(t)\n         ^");
  assert_window("diff(t)", "diff(x, k) takes numbers or dates, got t (text): words have lag, first, last, cummin, cummax, "
                           "rank and fill_forward\n  diff(t)\n       ^");
  assert_window("lag()", "lag(x, k) takes 1 or 2 values, got 0\n  lag()\n  ^^^^^");
  assert_window("cumsum(x, 2)", "cumsum(x) takes 1 value, got 2\n  cumsum(x, 2)\n  ^^^^^^^^^^^^");
  assert_window("rank(x, 'low')", "rank(x, ties): ties is 'average', 'min', 'max', 'dense' or 'first', in quotes\n"
                                  "  rank(x, 'low')\n          ^^^^^");
  assert_window("zscore(x)", "zscore(x) sees all rows, not those of a group: derive it first, or write it with window "
                             "functions\n  zscore(x)\n  ^^^^^^");
  assert_window("lagg(x)", "no function 'lagg': did you mean 'lag'?\n  lagg(x)\n  ^^^^");
  assert_window("lag(xx)", "no column 'xx': did you mean 'x'?\n  lag(xx)\n      ^^");
  assert_string_equal(over(f, "lag(x)", "gg", NULL, 0), "no column 'gg': did you mean 'g'?");
  assert_string_equal(over(f, "lag(x)", NULL, "-kk", 0), "no column 'kk': did you mean 'k'?");
  frame_unref(f);
}

TEST(a_stop_stops_and_memory_is_asked_for) {
  Frame *f = bulk(400000, 5), *out;
  const char *expr = "mean(x, 9)", *by = "g";
  WindowOpts o = {.exprs = {&expr, 1}, .by = {&by, 1}};
  Job job = {0}, poor = {.memory = 1};
  Err err = {0};
  atomic_store(&job.cancel, true);
  assert_int_equal(frame_window(&job, f, &o, &out, &err), ERR_CANCELLED);
  assert_int_equal(frame_window(&poor, f, &o, &out, &err), ERR_MEMORY);
  frame_unref(f);
}

TEST(every_window_function_has_a_signature_and_a_line) {
  const char *signature, *doc;
  int n = 0;
  for (; window_function(n, &signature, &doc); n++) assert_true(strchr(signature, '(') && *doc);
  assert_true(n > 20);
  assert_false(window_function(-1, &signature, &doc));
}

RUN(CASE(values_of_other_rows_of_the_group), CASE(cumulative_functions_pass_over_missing_rows),
    CASE(ranks_within_the_group), CASE(rolling_windows_are_missing_until_they_are_full),
    CASE(min_lets_shorter_windows_count), CASE(order_decides_what_comes_before),
    CASE(aggregates_stand_for_those_of_the_group), CASE(later_columns_use_earlier_ones_and_rows_keep_their_places),
    CASE(dates_have_differences), CASE(ints_that_overflow_become_real), CASE(what_left_the_window_leaves_no_trace),
    CASE(no_rows_give_no_rows), CASE(long_windows_equal_pandas),
    CASE(every_width_equals_its_definition_over_every_border_of_blocks),
    CASE(any_number_of_threads_gives_the_same_bits), CASE(errors_point_at_the_place),
    CASE(a_stop_stops_and_memory_is_asked_for), CASE(every_window_function_has_a_signature_and_a_line))
