// Profiles of columns. The fifteen numbers: pandas 1.5.3 (describe, skew, sem, mode, nunique) and Tukey's fences by its
// quantiles; titanic$age: pandas 1.5.3; the rest is worked by hand.
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "stats/stats.h"

static Profile profile_of(const char *head, const char *body) {
  Frame *f = make_frame(head, body);
  Profile p;
  Err err = {0};
  if (stats_profile(NULL, frame_at(f, 0), &p, &err) != OK) fail_msg("%s", err.msg);
  frame_unref(f);
  return p;
}

TEST(statistics_equal_pandas) {
  Profile p = profile_of("x:real", "3 1 4 1 5 9 2 6 5 3.5 5 8 97 9 3");
  assert_true(p.n == 15 && p.missing == 0 && p.nan == 0 && p.distinct == 10);
  assert_near(p.mean, 10.766666666666667, 1e-14);
  assert_near(p.sd, 23.993203402709895, 1e-14);
  assert_near(p.se, 6.195018480057503, 1e-14);
  assert_near(p.skew, 3.7971758617532783, 1e-13);
  assert_near(p.mode, 5, 0);
  static const double q[5] = {1, 3, 5, 7, 97};
  for (int k = 0; k < 5; k++) assert_near(p.q[k], q[k], 0);
  assert_true(p.outliers == 1 && p.parts == 1 && p.zeros == 0);
}

TEST(long_columns_equal_pandas) { // (i^2 mod 1009) / 2 - 100
  enum { N = 300000 };
  Column *c;
  Profile p;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < N; i++) c->f[i] = (double)(i * i % 1009) / 2 - 100;
  assert_int_equal(stats_profile(NULL, c, &p, NULL), OK);
  assert_true(p.n == N && p.distinct == 505 && p.outliers == 0 && p.parts == 149852 && p.zeros == 594);
  assert_near(p.mode, -99.5, 0);
  assert_near(p.mean, 151.98995666666667, 1e-14);
  assert_near(p.sd, 149.9208658927176, 1e-12);
  static const double q[5] = {-100, 22.5, 152, 281.5, 404};
  for (int k = 0; k < 5; k++) assert_near(p.q[k], q[k], 0);
  column_unref(c);
}

TEST(ages_of_the_titanic_equal_pandas) {
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Profile p;
  Err err = {0};
  if (io_read(NULL, &HELP_DOOR, "datasets/titanic.csv", &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  assert_has(frame_reading(f), "whole file, ");
  assert_int_equal(stats_profile(NULL, frame_at(f, frame_find(f, sv("age"))), &p, &err), OK);
  assert_true(p.n == 1046 && p.missing == 263 && p.distinct == 98 && p.outliers == 9 && p.parts == 45);
  assert_near(p.mode, 24, 0);
  frame_unref(f);
}

TEST(nan_is_counted_and_stays_out) {
  Profile p = profile_of("x:real", "1 nan 3 NA nan 0");
  assert_true(p.n == 5 && p.missing == 1 && p.nan == 2 && p.distinct == 3 && p.zeros == 1);
  assert_near(p.mean, 4.0 / 3, 1e-15);
  assert_true(isnan(p.mode)); // nothing comes twice
}

TEST(few_values_leave_statistics_undefined) {
  Profile p = profile_of("x:int", "NA NA");
  assert_true(p.n == 0 && p.missing == 2 && p.distinct == 0 && isnan(p.mean) && isnan(p.q[2]) && isnan(p.mode));
  p = profile_of("x:int", "7");
  assert_true(p.n == 1 && p.mean == 7 && isnan(p.sd) && isnan(p.se) && p.q[0] == 7 && p.q[4] == 7);
}

TEST(dates_are_profiled_by_their_days) {
  Profile p = profile_of("x:date", "2012-01-01 2012-01-03 NA 2012-01-02");
  assert_true(p.n == 3 && p.missing == 1 && p.distinct == 3);
  assert_near(p.q[4] - p.q[0], 2, 0);
}

TEST(a_stopped_job_stops_it) {
  Frame *f = make_frame("x:int", "1 2 3");
  Job stopped = {.cancel = true};
  Profile p;
  assert_int_equal(stats_profile(&stopped, frame_at(f, 0), &p, NULL), ERR_CANCELLED);
  frame_unref(f);
}

RUN(CASE(statistics_equal_pandas), CASE(long_columns_equal_pandas), CASE(ages_of_the_titanic_equal_pandas), CASE(nan_is_counted_and_stays_out),
    CASE(few_values_leave_statistics_undefined), CASE(dates_are_profiled_by_their_days), CASE(a_stopped_job_stops_it))
