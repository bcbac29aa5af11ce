// Bootstrap intervals against numpy 1.24.2 and scipy 1.10.1 on resamples of an independent Philox, see
// tests/golden/make/stats_bootstrap.py.
#include "unit/stats/test_help.h"

#include "base/pool.h"

static Frame *boot(Job *job, const char *data, BootstrapOpts o) {
  Frame *f = stats_data(data), *out = NULL;
  Err err = {0};
  if (stats_bootstrap(job, f, &o, &out, &err) != OK) fail_msg("%s", err.msg);
  frame_unref(f);
  return out;
}

static void check(const Frame *r, int64_t row, const double want[5]) {
  static const char *const column[] = {"estimate", "bias", "se", "low", "high"};
  for (int k = 0; k < 5; k++) assert_near(stats_cell(r, column[k], row), want[k], 1e-12);
}

TEST(intervals_agree_with_scipy) {
  static const double want[3][5] = {
      {2.4594794318941342, 0.036970422291635607, 0.25129602965941938, 2.111170469644601, 3.1091773378583989},
      {2.4594794318941342, 0.036970422291635607, 0.25129602965941938, 1.8097815259298695, 2.8077883941436674},
      {2.4594794318941342, 0.036970422291635607, 0.25129602965941938, 2.0559466583588026, 2.9556281915022962}};
  for (int method = 0; method < 3; method++) {
    Frame *r = boot(NULL, "toothgrowth", (BootstrapOpts){*NAMES("mean(len) / sd(len)"), {0}, 200, 7, 0.95, method});
    check(r, 0, want[method]);
    frame_unref(r);
  }
}

TEST(a_statistic_of_two_columns_keeps_their_rows_together) {
  static const double want[] = {2.0419999999999994, -0.022779999999999578, 0.10509344670568276, 1.899089366800268,
                                2.2061638596161779};
  const char *expr = "d = median(sepal_length_cm) - mean(petal_length_cm)";
  Frame *r = boot(NULL, "iris", (BootstrapOpts){*NAMES(expr), {0}, 200, 7, 0.9, BOOTSTRAP_BCA});
  check(r, 0, want);
  assert_string_equal(shown_at(r, "statistic"), "d");
  frame_unref(r);
}

TEST(groups_are_resampled_by_themselves) {
  static const double oj[] = {20.663333333333334, 0.018083333333329676, 1.2182145651275882, 18.165749999999999,
                              23.018083333333333};
  static const double vc[] = {16.963333333333331, 0.13133333333333752, 1.5801184853339401, 13.969249999999997,
                              20.287249999999997};
  Frame *r =
      boot(NULL, "toothgrowth", (BootstrapOpts){*NAMES("mean(len)", "max(len)"), *NAMES("supp"), 200, 7, 0.95, 0});
  assert_string_equal(shown_at(r, "supp"), "OJ OJ VC VC");
  assert_string_equal(shown_at(r, "n"), "30 30 30 30");
  check(r, 0, oj);
  check(r, 2, vc);
  frame_unref(r);
}

TEST(threads_do_not_matter) {
  char want[65], got[65];
  BootstrapOpts o = {*NAMES("median(age)", "mean(age)"), *NAMES("sex", "passengerClass"), 50, 3, 0.95, BOOTSTRAP_BCA};
  Frame *r = boot(NULL, "titanic", o);
  frame_hash(r, want);
  frame_unref(r);
  for (int threads = 2; threads < 5; threads++) {
    Job job = {.pool = pool_new(threads)};
    r = boot(&job, "titanic", o);
    frame_hash(r, got);
    assert_string_equal(got, want);
    frame_unref(r);
    pool_free(job.pool);
  }
}

TEST(replicates_without_a_value_are_counted) {
  Frame *f = make_frame("x:real", "1 NA"), *r = NULL;
  BootstrapOpts o = {*NAMES("mean(x)"), {0}, 200, 1, 0.95, 0};
  assert_int_equal(stats_bootstrap(NULL, f, &o, &r, NULL), OK);
  assert_has(frame_caption(r), "replicates had no value");
  assert_true(stats_cell(r, "low", 0) == 1);
  frame_unref(r);
  frame_unref(f);
}

static void refuse(Job *job, Frame *f, BootstrapOpts o, ErrCode want, const char *part) {
  Frame *r = NULL;
  Err err = {0};
  assert_int_equal(stats_bootstrap(job, f, &o, &r, &err), want);
  assert_has(err.msg, part);
}

TEST(what_cannot_be_resampled_is_refused) {
  Frame *f = make_frame("x:real g:category", "1 a 2 b 3 a"), *empty = make_frame("x:real", "");
  refuse(NULL, f, (BootstrapOpts){*NAMES("first(g)"), {0}, 20, 1, 0.95, 0}, ERR_TYPE, "an interval needs a number");
  refuse(NULL, f, (BootstrapOpts){*NAMES("mean(y)"), {0}, 20, 1, 0.95, 0}, ERR_NAME, "y");
  refuse(NULL, f, (BootstrapOpts){*NAMES("mean(x"), {0}, 20, 1, 0.95, 0}, ERR_PARSE, "mean(x");
  refuse(NULL, f, (BootstrapOpts){*NAMES("mean(x)"), *NAMES("h"), 20, 1, 0.95, 0}, ERR_NAME, "h");
  refuse(NULL, empty, (BootstrapOpts){*NAMES("mean(x)"), {0}, 20, 1, 0.95, 0}, ERR_ARG, "no rows");
  Job job = {.cancel = true};
  refuse(&job, f, (BootstrapOpts){*NAMES("mean(x)"), {0}, 20, 1, 0.95, 0}, ERR_CANCELLED, "");
  frame_unref(f);
  frame_unref(empty);
}

RUN(CASE(intervals_agree_with_scipy), CASE(a_statistic_of_two_columns_keeps_their_rows_together),
    CASE(groups_are_resampled_by_themselves), CASE(threads_do_not_matter), CASE(replicates_without_a_value_are_counted),
    CASE(what_cannot_be_resampled_is_refused))
