// Descriptions of columns. iris, titanic and airquality: pandas 1.5.3 (count, nunique, mean, std, quantile, skew, kurt,
// value_counts); quantile types: quantile(airquality$Solar.R, c(.25, .5, .75), type = 1 .. 9) of R 4.2.2. Infinite
// values and NaN: mean, sd, min, max and quantile of R. The small frames are worked by hand.
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "base/pool.h"
#include "stats/stats.h"

static Frame *describe(const Frame *f, int64_t type, const char *const *names, int64_t n) {
  DescribeOpts opts = {.columns = {(const char **)(uintptr_t)names, n}, .type = type};
  Frame *out = NULL;
  Err err = {0};
  if (stats_describe(NULL, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

static Frame *describe_made(const char *head, const char *body) {
  Frame *f = make_frame(head, body), *out = describe(f, 7, NULL, 0);
  frame_unref(f);
  return out;
}

static Frame *load(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "datasets/%s.csv", name);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static const char *const REALS[] = {"mean", "sd", "min", "q1", "median", "q3", "max", "skew", "kurtosis"};

static void check_reals(const Frame *d, int64_t row, const double want[9]) {
  for (int k = 0; k < 9; k++) {
    int j = frame_find(d, sv(REALS[k]));
    assert_true(j >= 0 && col_valid(frame_at(d, j), row));
    double got = col_f64(frame_at(d, j), row);
    if (!(fabs(got - want[k]) <= 1e-12 * fmax(1, fabs(want[k]))))
      fail_msg("row %lld: %s is %.17g, expected %.17g", (long long)row, REALS[k], got, want[k]);
  }
}

TEST(iris_is_described_as_pandas_does) {
  static const double want[4][9] = {
      {5.843333333333334, 0.8280661279778629, 4.3, 5.1, 5.8, 6.4, 7.9, 0.3149109566369728, -0.5520640413156395},
      {3.0573333333333337, 0.435866284936698, 2.0, 2.8, 3.0, 3.3, 4.4, 0.31896566471359966, 0.2282490424681929},
      {3.7580000000000005, 1.7652982332594667, 1.0, 1.6, 4.35, 5.1, 6.9, -0.27488417975101276, -1.4021034155217518},
      {1.1993333333333336, 0.7622376689603465, 0.1, 0.3, 1.3, 1.8, 2.5, -0.10296674764898116, -1.340603996612646}};
  Frame *f = load("iris"), *d = describe(f, 7, NULL, 0);
  assert_int_equal(frame_ncol(d), 15);
  assert_string_equal(shown_at(d, "column"), "sepal_length_cm sepal_width_cm petal_length_cm petal_width_cm class");
  assert_string_equal(shown_at(d, "n"), "150 150 150 150 150");
  assert_string_equal(shown_at(d, "missing"), "0 0 0 0 0");
  assert_string_equal(shown_at(d, "distinct"), "35 23 43 22 3");
  for (int64_t i = 0; i < 4; i++) check_reals(d, i, want[i]);
  assert_string_equal(shown_at(d, "top"), "NA NA NA NA setosa"); // a tie of three: the first in order
  assert_string_equal(shown_at(d, "freq"), "NA NA NA NA 50");
  assert_int_equal(frame_find(d, sv("first")), -1);
  frame_unref(f);
  frame_unref(d);
}

TEST(missing_values_are_left_out_and_counted) {
  static const double age[9] = {29.881134512434034, 14.41349969991172,  0.166700006, 21, 28, 39, 80,
                                0.407671886502696,  0.14694996015933937};
  Frame *f = load("titanic"), *d = describe(f, 7, NULL, 0);
  assert_string_equal(shown_at(d, "n"), "1309 1309 1309 1046 1309");
  assert_string_equal(shown_at(d, "missing"), "0 0 0 263 0");
  assert_string_equal(shown_at(d, "distinct"), "1309 2 2 98 3");
  check_reals(d, 3, age);
  assert_string_equal(shown_at(d, "freq"), "1 809 843 NA 709");
  frame_unref(f);
  frame_unref(d);
}

TEST(quantile_types_are_those_of_R) {
  static const double want[9][3] = {
      {115, 203, 259},     {115, 205, 259},    {112, 203, 259},       {113.5, 203, 258.5},
      {115, 205, 259},     {114.25, 205, 259}, {115.75, 205, 258.75}, {114.75, 204.99999999999994, 259},
      {114.8125, 205, 259}};
  Frame *f = load("airquality");
  for (int type = 1; type <= 9; type++) {
    Frame *d = describe(f, type, (const char *const[]){"Solar.R"}, 1);
    assert_near(frame_at(d, frame_find(d, sv("q1")))->f[0], want[type - 1][0], 1e-15);
    assert_near(frame_at(d, frame_find(d, sv("median")))->f[0], want[type - 1][1], 1e-15);
    assert_near(frame_at(d, frame_find(d, sv("q3")))->f[0], want[type - 1][2], 1e-15);
    frame_unref(d);
  }
  frame_unref(f);
}

TEST(columns_come_in_the_order_asked_for) {
  Frame *f = load("airquality"), *d = describe(f, 7, (const char *const[]){"Temp", "Ozone"}, 2);
  assert_string_equal(shown_at(d, "column"), "Temp Ozone");
  assert_string_equal(shown_at(d, "distinct"), "40 67");
  frame_unref(f);
  frame_unref(d);
}

TEST(dates_have_a_span_and_a_most_frequent_day) {
  Frame *d = describe_made("day:date at:time", "2020-03-01 2020-01-01T06:00:00 2019-12-31 2020-01-01T05:00:00 "
                                               "2020-03-01 NA NA NA");
  assert_string_equal(shown_at(d, "n"), "3 2");
  assert_string_equal(shown_at(d, "distinct"), "2 2");
  assert_string_equal(shown_at(d, "top"), "2020-03-01 2020-01-01 05:00:00");
  assert_string_equal(shown_at(d, "freq"), "2 1");
  assert_string_equal(shown_at(d, "first"), "2019-12-31 2020-01-01 05:00:00");
  assert_string_equal(shown_at(d, "last"), "2020-03-01 2020-01-01 06:00:00");
  assert_int_equal(frame_find(d, sv("mean")), -1);
  frame_unref(d);
}

TEST(truth_values_count_as_0_and_1) { // pandas: the same column as floats
  Frame *d = describe_made("b:bool", "true false true true");
  check_reals(d, 0, (const double[9]){0.75, 0.5, 0, 0.75, 1, 1, 1, -2, 4});
  assert_string_equal(shown_at(d, "distinct"), "2");
  frame_unref(d);
}

TEST(empty_text_can_be_the_most_frequent) {
  Frame *d = describe_made("t:text", "'' a '' NA");
  assert_string_equal(shown_at(d, "top"), "''");
  assert_true(col_valid(frame_at(d, frame_find(d, sv("top"))), 0));
  assert_string_equal(shown_at(d, "freq"), "2");
  assert_string_equal(shown_at(d, "distinct"), "2");
  frame_unref(d);
}

TEST(a_column_without_values_has_no_statistics) {
  Frame *d = describe_made("x:real t:category day:date", "NA NA NA NA NA NA");
  assert_string_equal(shown_at(d, "n"), "0 0 0");
  assert_string_equal(shown_at(d, "missing"), "2 2 2");
  assert_string_equal(shown_at(d, "distinct"), "0 0 0");
  for (int k = 0; k < 9; k++) assert_string_equal(shown_at(d, REALS[k]), "NA NA NA");
  assert_string_equal(shown_at(d, "top"), "NA NA NA");
  assert_string_equal(shown_at(d, "first"), "NA NA NA");
  frame_unref(d);
}

TEST(a_statistic_that_few_values_do_not_define_is_missing) {
  Frame *d = describe_made("one:real two:real three:real same:int", "5 1 1 7 NA 2 2 7 NA NA 6 7 NA NA NA 7");
  assert_string_equal(shown_at(d, "mean"), "5 1.5 3 7");
  assert_string_equal(shown_at(d, "sd"), "NA 0.7071067811865476 2.6457513110645907 0");
  assert_string_equal(shown_at(d, "median"), "5 1.5 2 7");
  const Column *skew = frame_at(d, frame_find(d, sv("skew")));
  assert_near(skew->f[2], 1.457862967321305, 1e-12); // pandas
  assert_int_equal(skew->missing, 3);
  assert_string_equal(shown_at(d, "kurtosis"), "NA NA NA NA");
  frame_unref(d);
}

TEST(NaN_is_a_value_that_spoils_the_numbers) {
  Frame *d = describe_made("x:real", "1 nan 3 nan NA");
  assert_string_equal(shown_at(d, "n"), "4");
  assert_string_equal(shown_at(d, "distinct"), "3");
  for (int k = 0; k < 9; k++) assert_string_equal(shown_at(d, REALS[k]), "nan");
  frame_unref(d);
}

TEST(infinite_values_leave_the_order_statistics) {
  Frame *f = make_frame("up:real both:real", "1 1 2 -1 3 2 4 3");
  frame_at(f, 0)->f[3] = INFINITY;
  frame_at(f, 1)->f[0] = INFINITY, frame_at(f, 1)->f[1] = -INFINITY;
  Frame *d = describe(f, 7, NULL, 0);
  assert_string_equal(shown_at(d, "distinct"), "4 4");
  assert_string_equal(shown_at(d, "mean"), "inf nan");
  assert_string_equal(shown_at(d, "sd"), "nan nan");
  assert_string_equal(shown_at(d, "min"), "1 -inf");
  assert_string_equal(shown_at(d, "median"), "2.5 2.5");
  assert_string_equal(shown_at(d, "max"), "inf inf");
  assert_string_equal(shown_at(d, "skew"), "nan nan");
  frame_unref(f);
  frame_unref(d);
}

TEST(a_frame_without_rows_or_columns_is_described) {
  Frame *none = frame_new(0), *d = describe(none, 7, NULL, 0);
  assert_int_equal(frame_nrow(d), 0);
  assert_string_equal(frame_name(d, 0), "column");
  frame_unref(none);
  frame_unref(d);
  d = describe_made("x:real t:text", "");
  assert_string_equal(shown_at(d, "column"), "x t");
  assert_string_equal(shown_at(d, "n"), "0 0");
  frame_unref(d);
}

TEST(an_unknown_column_is_answered_with_the_nearest) {
  Frame *f = make_frame("age:int", "1 2"), *d = NULL;
  DescribeOpts opts = {.columns = *NAMES("agee"), .type = 7};
  Err err;
  assert_int_equal(stats_describe(NULL, f, &opts, &d, &err), ERR_NAME);
  assert_string_equal(err.msg, "no column 'agee': did you mean 'age'?");
  frame_unref(f);
}

// x = (7919 i mod 100003) / 8, missing where i mod 31 = 5; t = "w<i^2 mod 977>"; day = i^2 mod 5000 days.
static Frame *long_frame(int64_t n, bool coded) {
  Frame *f = frame_new(n);
  Column *x, *day, *text, *cat;
  TextBuilder b;
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_DATE, n, NULL, &day, NULL), OK);
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++) {
    char word[16];
    int size = snprintf(word, sizeof word, "w%lld", (long long)(i * i % 977));
    assert_int_equal(textb_add(&b, (Sv){word, (size_t)size}, NULL), OK);
    x->f[i] = (double)(i * 7919 % 100003) / 8, day->i[i] = i * i % 5000;
    if (i % 31 == 5) assert_int_equal(column_set_missing(x, i, NULL), OK);
  }
  assert_int_equal(textb_take(&b, &text, NULL), OK);
  assert_int_equal(column_to_cat(NULL, text, -1, &cat, NULL), OK);
  column_unref(coded ? text : cat);
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  assert_int_equal(frame_add(f, "t", coded ? cat : text, NULL), OK);
  assert_int_equal(frame_add(f, "day", day, NULL), OK);
  return f;
}

TEST(long_columns_are_described_as_pandas_does_on_any_number_of_threads) {
  static const int threads[] = {1, 2, 3, 7};
  static const double want[9] = {6250.051027393722, 3608.584874454582, 0,        3124.78125,
                                 6250.0,            9375.21875,        12500.25, 1.7243457790785498e-05,
                                 -1.2000126849662005};
  char hash[65], first[65];
  for (int t = 0; t < 4; t++) {
    Frame *f = long_frame(300000, t % 2), *d = NULL;
    Job job = {.pool = pool_new(threads[t])};
    assert_int_equal(stats_describe(&job, f, &(DescribeOpts){.type = 7}, &d, NULL), OK);
    assert_string_equal(shown_at(d, "n"), "290322 300000 300000");
    assert_string_equal(shown_at(d, "distinct"), "100003 489 783");
    check_reals(d, 0, want);
    assert_string_equal(shown_at(d, "top"), "NA w1 1971-09-18");
    assert_string_equal(shown_at(d, "freq"), "NA 615 6000");
    assert_string_equal(shown_at(d, "first"), "NA NA 1970-01-01");
    assert_string_equal(shown_at(d, "last"), "NA NA 1983-09-06");
    frame_hash(d, t ? hash : first);
    if (t) assert_string_equal(hash, first);
    frame_unref(d);
    frame_unref(f);
    pool_free(job.pool);
  }
}

TEST(dates_that_no_double_holds_are_told_apart) {
  Frame *d = describe_made("at:time", "9999-12-31T23:59:59.999999 9999-12-31T23:59:59.999998 NA "
                                      "9999-12-31T23:59:59.999998 0001-01-01T00:00:00.000001");
  assert_string_equal(shown_at(d, "distinct"), "3");
  assert_string_equal(shown_at(d, "top"), "9999-12-31 23:59:59.999998");
  assert_string_equal(shown_at(d, "freq"), "2");
  assert_string_equal(shown_at(d, "first"), "0001-01-01 00:00:00.000001");
  assert_string_equal(shown_at(d, "last"), "9999-12-31 23:59:59.999999");
  frame_unref(d);
}

TEST(memory_beyond_the_budget_is_refused) {
  Frame *f = frame_new(1 << 20), *d = NULL;
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, 1 << 20, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < c->n; i++) c->f[i] = (double)i;
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  Job job = {.memory = 1};
  DescribeOpts opts = {.type = 7};
  Err err;
  assert_int_equal(stats_describe(&job, f, &opts, &d, &err), ERR_MEMORY);
  assert_has(err.msg, "needs 8.0 MB");
  frame_unref(f);
}

RUN(CASE(iris_is_described_as_pandas_does), CASE(missing_values_are_left_out_and_counted),
    CASE(quantile_types_are_those_of_R), CASE(columns_come_in_the_order_asked_for),
    CASE(dates_have_a_span_and_a_most_frequent_day), CASE(truth_values_count_as_0_and_1),
    CASE(empty_text_can_be_the_most_frequent), CASE(a_column_without_values_has_no_statistics),
    CASE(a_statistic_that_few_values_do_not_define_is_missing), CASE(NaN_is_a_value_that_spoils_the_numbers),
    CASE(infinite_values_leave_the_order_statistics), CASE(a_frame_without_rows_or_columns_is_described),
    CASE(an_unknown_column_is_answered_with_the_nearest), CASE(long_columns_are_described_as_pandas_does_on_any_number_of_threads),
    CASE(dates_that_no_double_holds_are_told_apart), CASE(memory_beyond_the_budget_is_refused))
