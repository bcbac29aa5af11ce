// Correlation matrices against cor() of R 4.2.2 on iris, airquality and small columns; the rest by hand.
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "base/pool.h"
#include "base/rng.h"
#include "stats/stats.h"

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

static Frame *corr(Job *job, const Frame *f, CorrOpts opts) {
  Frame *out = NULL;
  Err err = {0};
  if (stats_corr(job, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

static void check_matrix(const Frame *r, const double want[4][4]) {
  assert_int_equal(frame_nrow(r), 4);
  assert_int_equal(frame_ncol(r), 5);
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      assert_true(col_valid(frame_at(r, j + 1), i));
      assert_near(frame_at(r, j + 1)->f[i], want[i][j], 1e-14);
    }
}

TEST(iris_agrees_with_R) {
  static const double want[4][4] = {{1, -0.11756978413300206, 0.8717537758865832, 0.81794112627157578},
                                    {-0.11756978413300206, 1, -0.42844010433053969, -0.3661259325364391},
                                    {0.8717537758865832, -0.42844010433053969, 1, 0.96286543140279601},
                                    {0.81794112627157578, -0.3661259325364391, 0.96286543140279601, 1}};
  Frame *f = load("iris"), *r = corr(NULL, f, (CorrOpts){0});
  check_matrix(r, want);
  assert_string_equal(shown_at(r, "column"), "sepal_length_cm sepal_width_cm petal_length_cm petal_width_cm");
  assert_string_equal(frame_caption(r), "Pearson correlation, n = 150");
  frame_unref(f);
  frame_unref(r);
}

TEST(pairs_use_the_rows_that_have_both) {
  static const double want[4][4] = {{1, 0.34834169299360268, -0.60154652988895019, 0.6983603421509319},
                                    {0.34834169299360268, 1, -0.056791665769846698, 0.27584027134080463},
                                    {-0.60154652988895019, -0.056791665769846698, 1, -0.45798787910483296},
                                    {0.6983603421509319, 0.27584027134080463, -0.45798787910483296, 1}};
  Frame *f = load("airquality"), *r = corr(NULL, f, (CorrOpts){.columns = *NAMES("Ozone", "Solar.R", "Wind", "Temp")});
  check_matrix(r, want);
  assert_string_equal(frame_caption(r), "Pearson correlation, n = 111 to 153");
  frame_unref(f);
  frame_unref(r);
}

TEST(complete_uses_the_rows_that_miss_nothing) {
  static const double want[4][4] = {{1, 0.34834169299360274, -0.61249657631421173, 0.69854140964863909},
                                    {0.34834169299360274, 1, -0.12718345349796045, 0.29408764372451351},
                                    {-0.61249657631421173, -0.12718345349796045, 1, -0.49718971613461899},
                                    {0.69854140964863909, 0.29408764372451351, -0.49718971613461899, 1}};
  Frame *f = load("airquality"),
        *r = corr(NULL, f, (CorrOpts){.columns = *NAMES("Ozone", "Solar.R", "Wind", "Temp"), .missing = CORR_COMPLETE});
  check_matrix(r, want);
  assert_string_equal(frame_caption(r), "Pearson correlation, n = 111; 42 rows with missing values left out");
  frame_unref(f);
  frame_unref(r);
}

TEST(a_constant_side_has_no_correlation) { // 0.1 has no exact mean: its spread must not be taken for data
  Frame *f = make_frame("a:real b:real c:real", "0.1 1 2 0.1 2 1 0.1 NA 5 NA 4 9"), *r = corr(NULL, f, (CorrOpts){0});
  assert_string_equal(shown_at(r, "a"), "NA NA NA");
  assert_true(!col_valid(frame_at(r, 2), 0) && frame_at(r, 2)->f[1] == 1);
  assert_near(frame_at(r, 3)->f[1], 0.90112711377916599, 1e-15);
  frame_unref(f);
  frame_unref(r);
}

TEST(fewer_than_two_rows_have_no_correlation) {
  Frame *f = make_frame("a:int b:int c:int", "1 NA NA NA 2 4 3 NA 1"), *r = corr(NULL, f, (CorrOpts){0});
  assert_string_equal(shown_at(r, "a"), "1 NA NA");
  assert_string_equal(shown_at(r, "b"), "NA NA NA");
  assert_string_equal(shown_at(r, "c"), "NA NA 1");
  assert_string_equal(frame_caption(r), "Pearson correlation, n = 0 to 1");
  frame_unref(f);
  frame_unref(r);
  f = make_frame("a:int b:real", ""), r = corr(NULL, f, (CorrOpts){0});
  assert_string_equal(shown_at(r, "b"), "NA NA");
  frame_unref(f);
  frame_unref(r);
}

TEST(offsets_and_sizes_cost_no_digits) {
  Frame *f = frame_new(50);
  Column *x, *y;
  assert_int_equal(column_new(NULL, COL_F64, 50, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_F64, 50, NULL, &y, NULL), OK);
  for (int i = 1; i <= 50; i++) x->f[i - 1] = 1e9 + i / 7.0, y->f[i - 1] = sin(i) + 1e6;
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  assert_int_equal(frame_add(f, "y", y, NULL), OK);
  Frame *r = corr(NULL, f, (CorrOpts){0});
  assert_near(frame_at(r, 1)->f[1], -0.094793598310418697, 1e-13);
  frame_unref(f);
  frame_unref(r);
  f = make_frame("x:real y:real", "1e200 2e-200 2e200 1e-200 3e200 4e-200 4e200 3e-200 5e200 7e-200");
  r = corr(NULL, f, (CorrOpts){0});
  assert_near(frame_at(r, 1)->f[1], 0.82416338369213415, 1e-15);
  frame_unref(f);
  frame_unref(r);
}

TEST(infinite_values_and_NaN_give_NaN) {
  Frame *f = make_frame("x:real y:real z:real", "1 2 1 2 1 nan 3 5 4");
  frame_at(f, 0)->f[1] = INFINITY;
  Frame *r = corr(NULL, f, (CorrOpts){0});
  assert_string_equal(shown_at(r, "x"), "nan nan nan");
  assert_string_equal(shown_at(r, "y"), "nan 1 nan");
  assert_string_equal(shown_at(r, "z"), "nan nan nan");
  frame_unref(f);
  frame_unref(r);
}

TEST(truth_values_are_numbers_and_a_column_may_be_called_column) {
  Frame *f = make_frame("column:bool t:text x:int", "true a 1 false b 2 true c 1"), *r = corr(NULL, f, (CorrOpts){0});
  assert_string_equal(frame_name(r, 0), "column name");
  assert_string_equal(shown_at(r, "column"), "1 -1");
  frame_unref(f);
  frame_unref(r);
}

static const char *refused(const Frame *f, CorrOpts opts, ErrCode want) {
  static Err err;
  Frame *out = NULL;
  assert_int_equal(stats_corr(NULL, f, &opts, &out, &err), want);
  assert_null(out);
  return err.msg;
}

TEST(what_does_not_fit_is_refused) {
  Frame *f = make_frame("age:int sex:category", "1 m 2 f");
  assert_string_equal(refused(f, (CorrOpts){.columns = *NAMES("age", "sex")}, ERR_TYPE),
                      "corr: column 'sex' is category: correlation needs numbers");
  assert_string_equal(refused(f, (CorrOpts){.columns = *NAMES("agee")}, ERR_NAME), "no column 'agee': did you mean 'age'?");
  assert_has(refused(f, (CorrOpts){.columns = *NAMES("age", "age")}, ERR_NAME), "named twice");
  frame_unref(f);
  f = make_frame("sex:category", "m f");
  assert_string_equal(refused(f, (CorrOpts){0}, ERR_ARG), "corr: the frame has no number column");
  frame_unref(f);
}

static Frame *random_frame(int64_t n, int p) {
  Frame *f = frame_new(n);
  for (int j = 0; j < p; j++) {
    RngKey key = rng_key(7, "corr");
    Column *c;
    assert_int_equal(column_new(NULL, COL_F64, n, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < n; i++) c->f[i] = rng_unit(key, (uint64_t)i, (uint64_t)j) + (double)(i % (j + 2));
    if (j % 2)
      for (int64_t i = j; i < n; i += 11) assert_int_equal(column_set_missing(c, i, NULL), OK);
    char name[16];
    snprintf(name, sizeof name, "x%d", j);
    assert_int_equal(frame_add(f, name, c, NULL), OK);
  }
  return f;
}

TEST(the_bits_do_not_depend_on_threads) {
  Frame *f = random_frame(100000, 4);
  static const int threads[] = {1, 2, 3, 7};
  for (int missing = 0; missing <= CORR_COMPLETE; missing++) {
    char first[65], hex[65];
    for (int k = 0; k < 4; k++) {
      Job job = {.pool = pool_new(threads[k])};
      Frame *r = corr(&job, f, (CorrOpts){.missing = missing});
      frame_hash(r, k ? hex : first);
      if (k) assert_string_equal(hex, first);
      frame_unref(r);
      pool_free(job.pool);
    }
  }
  frame_unref(f);
}

TEST(it_stops_when_told_and_keeps_to_the_budget) {
  Frame *f = random_frame(100000, 4), *out = NULL;
  CorrOpts opts = {0};
  Err err;
  Job job = {.cancel = true}, tight = {.memory = 1};
  assert_int_equal(stats_corr(&job, f, &opts, &out, &err), ERR_CANCELLED);
  opts.method = CORR_SPEARMAN;
  assert_int_equal(stats_corr(&tight, f, &opts, &out, &err), ERR_MEMORY);
  assert_has(err.msg, "corr");
  frame_unref(f);
}

RUN(CASE(iris_agrees_with_R), CASE(pairs_use_the_rows_that_have_both), CASE(complete_uses_the_rows_that_miss_nothing),
    CASE(a_constant_side_has_no_correlation), CASE(fewer_than_two_rows_have_no_correlation),
    CASE(offsets_and_sizes_cost_no_digits), CASE(infinite_values_and_NaN_give_NaN),
    CASE(truth_values_are_numbers_and_a_column_may_be_called_column), CASE(what_does_not_fit_is_refused),
    CASE(the_bits_do_not_depend_on_threads), CASE(it_stops_when_told_and_keeps_to_the_budget))
