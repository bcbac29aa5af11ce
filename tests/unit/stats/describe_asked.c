// Statistics that are asked for, groups and weights. airquality, titanic, seattle_weather: R 4.2.2 (t.test, var, IQR,
// mad, quantile, table, cov.wt(method = "unbiased"), nchar, mean.Date; skewness and kurtosis of e1071 1.7-13, types 1 to
// 3). Weighted quantiles: quantile(rep(x, w), type = 2) for whole weights and, for Ozone by Wind, the running weight in
// R; weightedMedian(interpolate = FALSE, ties = "mean") of matrixStats gives the same median. The small frames are
// worked by hand.
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "base/pool.h"
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

static Frame *describe(const Frame *f, DescribeOpts opts) {
  Frame *out = NULL;
  Err err = {0};
  if (!opts.type) opts.type = 7;
  if (stats_describe(NULL, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

static Frame *described(const char *name, DescribeOpts opts) {
  Frame *f = load(name), *d = describe(f, opts);
  frame_unref(f);
  return d;
}

static double real(const Frame *d, const char *name, int64_t row) {
  int j = frame_find(d, sv(name));
  if (j < 0) fail_msg("there is no column %s", name);
  assert_true(col_valid(frame_at(d, j), row));
  return col_f64(frame_at(d, j), row);
}

TEST(what_is_asked_for_comes_in_its_order) {
  Frame *d = described("airquality", (DescribeOpts){.columns = *NAMES("Ozone"), .stats = *NAMES("mad", "n", "mean")});
  assert_int_equal(frame_ncol(d), 4);
  assert_string_equal(frame_name(d, 1), "mad");
  assert_string_equal(frame_name(d, 2), "n");
  assert_string_equal(frame_name(d, 3), "mean");
  assert_string_equal(frame_caption(d), "mad x 1.4826");
  frame_unref(d);
}

TEST(spread_and_interval_are_those_of_R) {
  Frame *d = described("airquality", (DescribeOpts){.columns = *NAMES("Solar.R"), .stats = *NAMES("all")});
  assert_near(real(d, "low", 0), 171.20038439907373, 1e-12);
  assert_near(real(d, "high", 0), 200.66262929955641, 1e-12);
  assert_near(real(d, "var", 0), 8110.51941426547, 1e-12);
  assert_near(real(d, "se", 0), 7.4532880554447063, 1e-12);
  assert_near(real(d, "range", 0), 327, 0);
  assert_near(real(d, "iqr", 0), 143, 0);
  assert_near(real(d, "mad", 0), 98.5929, 1e-14);
  assert_near(real(d, "entropy", 0), 6.7496556376026859, 1e-13);
  assert_near(real(d, "mode", 0), 238, 0);
  assert_string_equal(shown_at(d, "mode_n"), "4");
  assert_string_equal(shown_at(d, "distinct"), "117");
  frame_unref(d);
  d = described("airquality",
                (DescribeOpts){.columns = *NAMES("Solar.R"), .stats = *NAMES("low", "high"), .level = .9});
  assert_near(real(d, "low", 0), 173.59310832980191, 1e-12);
  assert_near(real(d, "high", 0), 198.2699053688282, 1e-12);
  assert_string_equal(frame_caption(d), "90% t interval");
  frame_unref(d);
}

TEST(shapes_are_the_three_types_of_e1071) {
  static const double want[3][2] = {{-0.4280445256417747, -0.96846675154897721},
                                    {-0.42363419684119952, -0.97643290395949034},
                                    {-0.41928925198912814, -1.0040580693257781}};
  static const char *const caption[3] = {"skew G1, excess kurtosis G2", "skew g1, excess kurtosis g2",
                                         "skew b1, excess kurtosis b2"};
  for (int shape = SHAPE_ADJUSTED; shape <= SHAPE_SD; shape++) {
    Frame *d =
        described("airquality",
                  (DescribeOpts){.columns = *NAMES("Solar.R"), .shape = shape, .stats = *NAMES("skew", "kurtosis")});
    assert_near(real(d, "skew", 0), want[shape][0], 1e-12);
    assert_near(real(d, "kurtosis", 0), want[shape][1], 1e-12);
    assert_string_equal(frame_caption(d), caption[shape]);
    frame_unref(d);
  }
}

TEST(outliers_are_counted_by_three_rules) {
  Frame *d = described("airquality", (DescribeOpts){.columns = *NAMES("Ozone", "Wind"), .stats = *NAMES("all")});
  assert_string_equal(shown_at(d, "outliers_iqr"), "2 3");
  assert_string_equal(shown_at(d, "outliers_z"), "1 1");
  assert_string_equal(shown_at(d, "outliers_mad"), "2 0");
  frame_unref(d);
  d = described("seattle_weather", (DescribeOpts){.columns = *NAMES("precipitation"), .stats = *NAMES("all")});
  assert_string_equal(shown_at(d, "mad"), "0"); // more than half are 0
  assert_string_equal(shown_at(d, "outliers_mad"), "NA");
  assert_string_equal(shown_at(d, "outliers_iqr"), "206");
  frame_unref(d);
}

TEST(texts_have_lengths_and_dates_a_mean) {
  Frame *d =
      described("titanic", (DescribeOpts){.columns = *NAMES("name", "passengerClass"),
                                          .stats = *NAMES("min_length", "mean_length", "max_length", "entropy")});
  assert_string_equal(shown_at(d, "min_length"), "12 3");
  assert_near(real(d, "mean_length", 0), 24.689075630252102, 1e-14);
  assert_string_equal(shown_at(d, "max_length"), "31 3");
  assert_near(real(d, "entropy", 1), 1.4514123208416656, 1e-13);
  frame_unref(d);
  d = described("seattle_weather", (DescribeOpts){.columns = *NAMES("date", "wind"), .stats = *NAMES("mean_date")});
  assert_string_equal(shown_at(d, "mean_date"), "2013-12-31 NA");
  frame_unref(d);
  Frame *f = make_frame("t:text", "é ab '' NA"); // characters, not bytes
  d = describe(f, (DescribeOpts){.stats = *NAMES("min_length", "max_length", "mean_length")});
  assert_string_equal(shown_at(d, "min_length"), "0");
  assert_string_equal(shown_at(d, "max_length"), "2");
  assert_string_equal(shown_at(d, "mean_length"), "1");
  frame_unref(d);
  frame_unref(f);
}

TEST(groups_come_in_the_order_of_their_keys) {
  static const double want[5][4] = {{23.615384615384617, 22.224449461036237, 18, 14.826},
                                    {29.444444444444443, 18.207904266493102, 23, 14.826},
                                    {59.115384615384613, 31.635836544118032, 60, 31.1346},
                                    {59.96153846153846, 39.68121043439151, 52, 40.7715},
                                    {31.448275862068964, 24.141822346436413, 23, 13.3434}};
  Frame *d = described("airquality", (DescribeOpts){.columns = *NAMES("Ozone"),
                                                    .by = *NAMES("Month"),
                                                    .stats = *NAMES("n", "missing", "mean", "sd", "median", "mad")});
  assert_string_equal(frame_name(d, 1), "Month");
  assert_string_equal(shown_at(d, "Month"), "5 6 7 8 9");
  assert_string_equal(shown_at(d, "n"), "26 9 26 26 29");
  assert_string_equal(shown_at(d, "missing"), "5 21 5 5 1");
  for (int64_t i = 0; i < 5; i++) {
    assert_near(real(d, "mean", i), want[i][0], 1e-13);
    assert_near(real(d, "sd", i), want[i][1], 1e-13);
    assert_near(real(d, "median", i), want[i][2], 1e-13);
    assert_near(real(d, "mad", i), want[i][3], 1e-13);
  }
  frame_unref(d);
}

TEST(a_missing_key_is_the_last_group_and_keys_are_not_described) {
  Frame *f = make_frame("g:category t:text x:int", "b one 1 a two 2 NA two 3 b two 5");
  Frame *d = describe(f, (DescribeOpts){.by = *NAMES("g")});
  assert_string_equal(shown_at(d, "column"), "t t t x x x");
  assert_string_equal(shown_at(d, "g"), "a b NA a b NA");
  assert_string_equal(shown_at(d, "n"), "1 2 1 1 2 1");
  assert_string_equal(shown_at(d, "mean"), "NA NA NA 2 3 3");
  assert_string_equal(shown_at(d, "top"), "two one two NA NA NA");
  assert_string_equal(shown_at(d, "distinct"), "1 2 1 1 2 1");
  frame_unref(d);
  frame_unref(f);
}

TEST(weights_are_of_reliability) {
  Frame *d =
      described("airquality", (DescribeOpts){.columns = *NAMES("Ozone"), .weight = "Wind", .stats = *NAMES("all")});
  assert_string_equal(shown_at(d, "n"), "116");
  assert_near(real(d, "mean", 0), 34.998251748251747, 1e-13);
  assert_near(real(d, "var", 0), 774.32569630057367, 1e-12);
  assert_near(real(d, "se", 0), 2.7467717963117497, 1e-12);
  assert_near(real(d, "low", 0), 29.549805466779301, 1e-12);
  assert_near(real(d, "high", 0), 40.446698029724189, 1e-12);
  assert_near(real(d, "skew", 0), 1.4667383378041903, 1e-12);
  assert_near(real(d, "kurtosis", 0), 2.1374136349041093, 1e-12);
  assert_near(real(d, "q1", 0), 14, 0);
  assert_near(real(d, "median", 0), 24, 0);
  assert_near(real(d, "q3", 0), 45, 0);
  assert_near(real(d, "mad", 0), 19.2738, 1e-14);
  assert_near(real(d, "entropy", 0), 5.6729582260040727, 1e-12);
  assert_has(frame_caption(d), "reliability weights Wind, quartiles of type 2, skew g1, excess kurtosis g2, 95% t "
                               "interval, mad x 1.4826, var over V1 - V2/V1, outliers beyond 1.5 IQR, 3 sd, 3.5 MAD");
  frame_unref(d);
}

TEST(whole_weights_give_the_quantiles_of_repeated_rows) {
  Frame *f = make_frame("x:int w:real", "5 1 1 2 3 3 3 1 8 3 9 0 7 NA NA 4");
  Frame *d = describe(f, (DescribeOpts){.columns = *NAMES("x"),
                                        .weight = "w",
                                        .stats = *NAMES("n", "q1", "median", "q3", "mode", "distinct", "max")});
  assert_string_equal(shown_at(d, "n"), "5"); // without a weight, of weight 0, without a value
  assert_string_equal(shown_at(d, "q1"), "3");
  assert_string_equal(shown_at(d, "median"), "3");
  assert_string_equal(shown_at(d, "q3"), "8");
  assert_string_equal(shown_at(d, "mode"), "3");
  assert_string_equal(shown_at(d, "distinct"), "4");
  assert_string_equal(shown_at(d, "max"), "8");
  frame_unref(d);
  frame_unref(f);
}

TEST(equal_weights_change_nothing_but_the_type_of_quantiles) {
  Frame *f = load("airquality"), *with = NULL;
  Column *w;
  assert_int_equal(column_new(NULL, COL_F64, frame_nrow(f), NULL, &w, NULL), OK);
  for (int64_t i = 0; i < w->n; i++) w->f[i] = 0.1;
  with = frame_new(frame_nrow(f));
  assert_int_equal(frame_add(with, "x", column_ref(frame_at(f, frame_find(f, sv("Solar.R")))), NULL), OK);
  assert_int_equal(frame_add(with, "w", w, NULL), OK);
  Names stats = *NAMES("mean", "var", "low", "high", "q1", "median", "q3");
  Frame *a = describe(with, (DescribeOpts){.columns = *NAMES("x"), .stats = stats, .type = 2});
  Frame *b = describe(with, (DescribeOpts){.stats = stats, .weight = "w"});
  for (int j = 1; j < frame_ncol(a); j++) assert_near(frame_at(b, j)->f[0], frame_at(a, j)->f[0], 1e-12);
  frame_unref(a);
  frame_unref(b);
  frame_unref(with);
  frame_unref(f);
}

TEST(nan_spoils_weighted_numbers_too) {
  Frame *f = make_frame("x:real w:int", "1 1 nan 1 nan 2 3 1");
  Frame *d = describe(f, (DescribeOpts){.columns = *NAMES("x"),
                                        .weight = "w",
                                        .stats = *NAMES("mean", "sd", "median", "max", "distinct")});
  assert_string_equal(shown_at(d, "mean"), "nan");
  assert_string_equal(shown_at(d, "sd"), "nan");
  assert_string_equal(shown_at(d, "median"), "nan");
  assert_string_equal(shown_at(d, "max"), "nan");
  assert_string_equal(shown_at(d, "distinct"), "3");
  frame_unref(d);
  frame_unref(f);
}

TEST(few_values_define_less) {
  Frame *f = make_frame("one:real none:int same:real", "5 NA 2 NA NA 2 NA NA 2");
  Frame *d = describe(f, (DescribeOpts){.stats = *NAMES("all")});
  assert_string_equal(shown_at(d, "mean"), "5 NA 2");
  assert_string_equal(shown_at(d, "low"), "NA NA 2");
  assert_string_equal(shown_at(d, "range"), "0 NA 0");
  assert_string_equal(shown_at(d, "mode"), "NA NA 2");
  assert_string_equal(shown_at(d, "entropy"), "0 NA 0");
  assert_string_equal(shown_at(d, "mad"), "0 NA 0");
  assert_string_equal(shown_at(d, "outliers_iqr"), "NA NA NA");
  frame_unref(d);
  frame_unref(f);
}

static void refuse(const Frame *f, DescribeOpts opts, ErrCode code, const char *text) {
  Frame *d = NULL;
  Err err;
  if (!opts.type) opts.type = 7;
  assert_int_equal(stats_describe(NULL, f, &opts, &d, &err), code);
  assert_has(err.msg, text);
  assert_null(d);
}

TEST(mistakes_are_told) {
  Frame *f = make_frame("n:category x:int w:real bad:real", "a 1 1 -1 b 2 1 0 a 3 1 1");
  refuse(f, (DescribeOpts){.stats = *NAMES("mda")}, ERR_NAME, "describe: no statistic 'mda': did you mean 'mad'?");
  refuse(f, (DescribeOpts){.by = *NAMES("nn")}, ERR_NAME, "no column 'nn'");
  refuse(f, (DescribeOpts){.by = *NAMES("n")}, ERR_NAME, "by=\"n\": the answer has a column of that name");
  refuse(f, (DescribeOpts){.weight = "n"}, ERR_TYPE, "weight=\"n\" is category: weights are numbers");
  refuse(f, (DescribeOpts){.weight = "bad"}, ERR_ARG, "weight=\"bad\" is -1 in row 1");
  refuse(f, (DescribeOpts){.weight = "v"}, ERR_NAME, "no column 'v'");
  frame_unref(f);
}

TEST(a_cancelled_job_stops) {
  Frame *f = load("airquality"), *d = NULL;
  Job stopped = {.cancel = true};
  assert_int_equal(stats_describe(&stopped, f, &(DescribeOpts){.type = 7, .by = *NAMES("Month")}, &d, NULL),
                   ERR_CANCELLED);
  frame_unref(f);
}

TEST(any_number_of_threads_gives_the_same_bits) {
  static const int threads[] = {1, 2, 3, 7};
  char hash[65], first[65];
  Frame *f = frame_new(200000);
  Column *x, *w, *g;
  assert_int_equal(column_new(NULL, COL_F64, 200000, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, 200000, NULL, &w, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, 200000, NULL, &g, NULL), OK);
  for (int64_t i = 0; i < 200000; i++) x->f[i] = (double)(i * 7919 % 100003) / 7, w->i[i] = i % 5, g->i[i] = i % 3;
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  assert_int_equal(frame_add(f, "w", w, NULL), OK);
  assert_int_equal(frame_add(f, "g", g, NULL), OK);
  for (int weighted = 0; weighted < 2; weighted++)
    for (int t = 0; t < 4; t++) {
      Job job = {.pool = pool_new(threads[t])};
      Frame *d = NULL;
      DescribeOpts opts = {.type = 7, .stats = *NAMES("all"), .by = *NAMES("g"), .weight = weighted ? "w" : NULL};
      assert_int_equal(stats_describe(&job, f, &opts, &d, NULL), OK);
      frame_hash(d, t ? hash : first);
      if (t) assert_string_equal(hash, first);
      frame_unref(d);
      pool_free(job.pool);
    }
  frame_unref(f);
}

RUN(CASE(what_is_asked_for_comes_in_its_order), CASE(spread_and_interval_are_those_of_R),
    CASE(shapes_are_the_three_types_of_e1071), CASE(outliers_are_counted_by_three_rules),
    CASE(texts_have_lengths_and_dates_a_mean), CASE(groups_come_in_the_order_of_their_keys),
    CASE(a_missing_key_is_the_last_group_and_keys_are_not_described), CASE(weights_are_of_reliability),
    CASE(whole_weights_give_the_quantiles_of_repeated_rows),
    CASE(equal_weights_change_nothing_but_the_type_of_quantiles), CASE(nan_spoils_weighted_numbers_too),
    CASE(few_values_define_less), CASE(mistakes_are_told), CASE(a_cancelled_job_stops),
    CASE(any_number_of_threads_gives_the_same_bits))
