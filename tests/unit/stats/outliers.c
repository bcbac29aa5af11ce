// Cards of outlying values. airquality: quantile, mean, sd, median and mad of R 4.2.2, by Month and as a whole. The
// small frames are worked by hand.
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "stats/quality.h"

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

static Frame *outliers(const Frame *f, OutlierOpts opts) {
  Frame *out = NULL;
  Err err = {0};
  if (stats_outliers(NULL, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

static double real(const Frame *d, const char *name, int64_t row) {
  int j = frame_find(d, sv(name));
  assert_true(j >= 0 && col_valid(frame_at(d, j), row));
  return frame_at(d, j)->f[row];
}

TEST(each_group_has_its_own_limits) {
  Frame *f = load("airquality");
  Frame *d = outliers(f, (OutlierOpts){.columns = *NAMES("Ozone"), .by = *NAMES("Month")});
  assert_string_equal(shown_at(d, "row"), "30 124 127 125 40 126 117"); // farthest first
  assert_string_equal(shown_at(d, "Month"), "5 9 9 9 6 9 8");
  assert_string_equal(shown_at(d, "value"), "115 96 91 78 71 73 168");
  assert_near(real(d, "low", 0), -19.75, 0);
  assert_near(real(d, "high", 0), 62.25, 0);
  assert_near(real(d, "z", 0), 4.1118955745036709, 1e-13);
  assert_near(real(d, "mad", 0), 6.5425603669229737, 1e-13);
  assert_near(real(d, "iqr", 0), (115 - 31.5) / 20.5, 1e-13); // 31.5 = 62.25 - 1.5 (62.25 + 19.75) / 4
  assert_near(real(d, "below", 1), 91, 0);
  assert_false(col_valid(frame_at(d, frame_find(d, sv("above"))), 1));
  assert_near(real(d, "z", 6), 2.7226604318709278, 1e-13);
  assert_string_equal(shown_at(d, "verdict"), "NA NA NA NA NA NA NA");
  assert_int_equal(frame_at(d, frame_find(d, sv("verdict")))->type, COL_TEXT);
  assert_has(frame_caption(d), "7 of 116 values more than 1.5 IQR beyond the quartiles");
  frame_unref(d);
  frame_unref(f);
}

TEST(limits_by_mean_and_by_median) {
  Frame *f = load("airquality");
  Frame *d = outliers(f, (OutlierOpts){.columns = *NAMES("Wind", "Temp"), .method = OUTLIER_BY_Z});
  assert_string_equal(shown_at(d, "column"), "Wind");
  assert_string_equal(shown_at(d, "row"), "48");
  assert_near(real(d, "z", 0), 3.049241991742063, 1e-13);
  assert_near(real(d, "low", 0), -0.61148771676850799, 1e-12);
  assert_near(real(d, "high", 0), 20.52652039650707, 1e-12);
  assert_near(real(d, "below", 0), 20.1, 0);
  assert_has(frame_caption(d), "more than 3 sd from the mean");
  frame_unref(d);
  d = outliers(f, (OutlierOpts){.columns = *NAMES("Ozone"), .method = OUTLIER_BY_MAD, .k = 5});
  assert_string_equal(shown_at(d, "value"), "168");
  assert_near(real(d, "high", 0), 31.5 + 5 * 25.94550, 1e-13);
  assert_has(frame_caption(d), "more than 5 MAD from the median");
  frame_unref(d);
  frame_unref(f);
}

TEST(neighbours_are_the_nearest_other_values) {
  Frame *f = make_frame("x:int", "1 2 2 3 3 3 4 4 5 50 50 90 -40");
  Frame *d = outliers(f, (OutlierOpts){.k = 3});
  assert_string_equal(shown_at(d, "value"), "90 50 50 -40");
  assert_string_equal(shown_at(d, "row"), "12 10 11 13");
  assert_string_equal(shown_at(d, "below"), "50 5 5 NA");
  assert_string_equal(shown_at(d, "above"), "NA 90 90 1");
  frame_unref(d);
  frame_unref(f);
}

TEST(without_spread_there_are_no_limits) {
  Frame *f = make_frame("x:int b:bool", "0 true 0 true 0 true 0 false 9 true");
  Frame *d = outliers(f, (OutlierOpts){.method = OUTLIER_BY_MAD});
  assert_int_equal(frame_nrow(d), 0);
  assert_string_equal(frame_caption(d),
                      "0 of 5 values more than 3.5 MAD from the median; no limits where there is no spread (1)");
  frame_unref(d);
  frame_unref(f);
}

TEST(missing_and_nan_are_left_out) {
  Frame *f = make_frame("x:real", "1 2 nan 3 4 NA 100");
  Frame *d = outliers(f, (OutlierOpts){0});
  assert_string_equal(shown_at(d, "row"), "7");
  assert_string_equal(shown_at(d, "value"), "100");
  frame_unref(d);
  frame_unref(f);
}

TEST(infinite_values_are_outliers_by_quartiles) {
  Frame *f = make_frame("x:real", "1 2 3 4 5 6 7 8");
  frame_at(f, 0)->f[7] = INFINITY;
  Frame *d = outliers(f, (OutlierOpts){0});
  assert_string_equal(shown_at(d, "value"), "inf");
  assert_string_equal(shown_at(d, "z"), "NA");
  frame_unref(d);
  frame_unref(f);
}

TEST(mistakes_are_told) {
  Frame *f = make_frame("value:category x:int", "a 1 b 2"), *d = NULL;
  Err err;
  assert_int_equal(stats_outliers(NULL, f, &(OutlierOpts){.columns = *NAMES("value")}, &d, &err), ERR_TYPE);
  assert_string_equal(err.msg, "outliers: column 'value' is category: it needs numbers");
  assert_int_equal(stats_outliers(NULL, f, &(OutlierOpts){.columns = *NAMES("y")}, &d, &err), ERR_NAME);
  assert_int_equal(stats_outliers(NULL, f, &(OutlierOpts){.by = *NAMES("y")}, &d, &err), ERR_NAME);
  assert_int_equal(stats_outliers(NULL, f, &(OutlierOpts){.by = *NAMES("value")}, &d, &err), ERR_NAME);
  assert_has(err.msg, "by=\"value\": the answer has a column of that name: d:rename it first");
  frame_unref(f);
  f = make_frame("g:category", "a b");
  assert_int_equal(stats_outliers(NULL, f, &(OutlierOpts){0}, &d, &err), ERR_ARG);
  assert_has(err.msg, "the frame has no number column");
  frame_unref(f);
  f = make_frame("x:int", "1 2");
  Job stopped = {.cancel = true};
  assert_int_equal(stats_outliers(&stopped, f, &(OutlierOpts){0}, &d, NULL), ERR_CANCELLED);
  frame_unref(f);
}

RUN(CASE(each_group_has_its_own_limits), CASE(limits_by_mean_and_by_median),
    CASE(neighbours_are_the_nearest_other_values), CASE(without_spread_there_are_no_limits),
    CASE(missing_and_nan_are_left_out), CASE(infinite_values_are_outliers_by_quartiles), CASE(mistakes_are_told))
