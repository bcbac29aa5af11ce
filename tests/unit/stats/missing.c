// Missing values by column, pattern and pair. airquality: md.pattern of mice 3.15.0 and cor(is.na(a), is.na(b)) of R
// 4.2.2; credit: patterns and correlations of is.na in R 4.2.2. The small frames are counted by hand.
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

static Frame *patterns(const Frame *f, bool wide, Names columns) {
  Frame *out = NULL;
  MissingOpts opts = {columns, wide};
  Err err = {0};
  if (stats_missing_patterns(NULL, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

TEST(airquality_has_the_patterns_of_mice) {
  Frame *f = load("airquality"), *d = patterns(f, true, (Names){0});
  assert_string_equal(shown_at(d, "rows"), "111 35 5 2");
  assert_string_equal(shown_at(d, "missing"), "0 1 1 2");
  assert_string_equal(shown_at(d, "columns"), "none Ozone Solar.R Ozone, Solar.R");
  assert_string_equal(shown_at(d, "Ozone"), "1 0 1 0");
  assert_string_equal(shown_at(d, "Solar.R"), "1 1 0 0");
  assert_near(frame_at(d, 1)->f[0], 111.0 / 153, 1e-15);
  assert_string_equal(frame_caption(d), "153 rows, 2 of 6 columns miss values; 1 present, 0 missing");
  frame_unref(d);
  frame_unref(f);
}

TEST(credit_has_eleven_patterns) {
  Frame *f = load("credit"), *d = patterns(f, false, (Names){0});
  assert_string_equal(shown_at(d, "rows"), "4039 366 22 8 7 4 3 2 1 1 1");
  assert_string_equal(shown_at(d, "missing"), "0 1 1 2 2 3 3 4 1 2 5");
  assert_has(shown_at(d, "columns"), "none Income Assets Assets, Debt Income, Assets Income, Assets, Debt");
  frame_unref(d);
  d = patterns(f, false, *NAMES("Home", "Debt", "Age"));
  assert_string_equal(shown_at(d, "rows"), "4436 12 6");
  assert_string_equal(shown_at(d, "columns"), "none Debt Home, Debt");
  frame_unref(d);
  frame_unref(f);
}

TEST(pairs_have_counts_and_phi) {
  Frame *f = load("credit"), *d = NULL;
  assert_int_equal(stats_missing_pairs(NULL, f, NAMES("Assets", "Debt", "Home", "Income"), &d, NULL), OK);
  assert_string_equal(shown_at(d, "a"), "Assets Debt Assets Assets Debt Home");
  assert_string_equal(shown_at(d, "b"), "Debt Home Home Income Income Income");
  assert_string_equal(shown_at(d, "both"), "18 6 6 14 7 3");
  assert_string_equal(shown_at(d, "only_a"), "29 12 41 33 11 3");
  assert_near(frame_at(d, 6)->f[0], 0.61682658034247106, 1e-12);
  assert_near(frame_at(d, 6)->f[1], 0.57657094338666925, 1e-12);
  assert_near(frame_at(d, 6)->f[3], 0.078401044331280478, 1e-12);
  frame_unref(d);
  frame_unref(f);
  f = load("airquality");
  assert_int_equal(stats_missing_pairs(NULL, f, &(Names){0}, &d, NULL), OK);
  assert_near(frame_at(d, 6)->f[0], 0.022441017963884889, 1e-12);
  frame_unref(d);
  frame_unref(f);
}

TEST(a_column_that_misses_all_has_no_phi) {
  Frame *f = make_frame("a:int b:int c:int", "NA NA 1 NA 2 NA NA NA NA"), *d = NULL;
  assert_int_equal(stats_missing_pairs(NULL, f, &(Names){0}, &d, NULL), OK);
  assert_string_equal(shown_at(d, "a"), "b a a");
  assert_string_equal(shown_at(d, "b"), "c b c");
  assert_string_equal(shown_at(d, "both"), "1 2 2");
  assert_string_equal(shown_at(d, "neither"), "0 0 0");
  assert_near(frame_at(d, 6)->f[0], -0.5, 1e-15);
  assert_string_equal(shown_at(d, "phi"), "-0.5 NA NA");
  frame_unref(d);
  frame_unref(f);
}

TEST(columns_come_with_the_most_missing_first) {
  Frame *f = make_frame("a:int b:text c:real", "1 x NA NA NA NA 3 y NA 4 NA nan"), *d = NULL;
  assert_int_equal(stats_missing_columns(NULL, f, &(Names){0}, &d, NULL), OK);
  assert_string_equal(shown_at(d, "column"), "c b a");
  assert_string_equal(shown_at(d, "missing"), "3 2 1");
  assert_string_equal(shown_at(d, "share"), "0.75 0.5 0.25");
  assert_string_equal(shown_at(d, "alone"), "2 1 0");
  assert_string_equal(frame_caption(d), "0 of 4 rows miss nothing");
  frame_unref(d);
  frame_unref(f);
}

TEST(more_than_64_columns_and_rows_are_no_limit) {
  enum { P = 70, N = 130 };
  Frame *f = frame_new(N), *d;
  for (int j = 0; j < P; j++) {
    char name[16];
    Column *c;
    snprintf(name, sizeof name, "c%d", j);
    assert_int_equal(column_new(NULL, COL_I64, N, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < N; i++) {
      c->i[i] = i;
      if (i % P == j) assert_int_equal(column_set_missing(c, i, NULL), OK);
    }
    assert_int_equal(frame_add(f, name, c, NULL), OK);
  }
  d = patterns(f, false, (Names){0});
  assert_int_equal(frame_nrow(d), P); // a row misses column i mod 70: 60 of them twice
  assert_int_equal(frame_at(d, 0)->i[0], 2);
  assert_int_equal(frame_at(d, 0)->i[59], 2);
  assert_int_equal(frame_at(d, 0)->i[60], 1);
  frame_unref(d);
  assert_int_equal(stats_missing_pairs(NULL, f, NAMES("c0", "c1"), &d, NULL), OK);
  assert_string_equal(shown_at(d, "neither"), "126");
  frame_unref(d);
  frame_unref(f);
}

TEST(nothing_missing_is_one_pattern) {
  Frame *f = make_frame("a:int", "1 2"), *d = patterns(f, true, (Names){0});
  assert_string_equal(shown_at(d, "rows"), "2");
  assert_string_equal(shown_at(d, "columns"), "none");
  frame_unref(d);
  frame_unref(f);
  f = make_frame("a:int", ""), d = patterns(f, true, (Names){0});
  assert_int_equal(frame_nrow(d), 0);
  frame_unref(d);
  frame_unref(f);
}

TEST(mistakes_are_told) {
  Frame *f = make_frame("rows:int b:int", "1 NA NA 2"), *d = NULL;
  Err err;
  MissingOpts opts = {.wide = true};
  assert_int_equal(stats_missing_patterns(NULL, f, &opts, &d, &err), ERR_NAME);
  assert_has(err.msg, "the wide answer has a column 'rows': d:rename it first");
  opts = (MissingOpts){.columns = *NAMES("bb")};
  assert_int_equal(stats_missing_patterns(NULL, f, &opts, &d, &err), ERR_NAME);
  assert_int_equal(stats_missing_columns(NULL, f, NAMES("bb"), &d, &err), ERR_NAME);
  assert_int_equal(stats_missing_pairs(NULL, f, NAMES("bb"), &d, &err), ERR_NAME);
  assert_has(err.msg, "no column 'bb'");
  Job stopped = {.cancel = true};
  opts = (MissingOpts){0};
  assert_int_equal(stats_missing_patterns(&stopped, f, &opts, &d, NULL), ERR_CANCELLED);
  assert_int_equal(stats_missing_pairs(&stopped, f, &(Names){0}, &d, NULL), ERR_CANCELLED);
  frame_unref(f);
}

RUN(CASE(airquality_has_the_patterns_of_mice), CASE(credit_has_eleven_patterns), CASE(pairs_have_counts_and_phi),
    CASE(a_column_that_misses_all_has_no_phi), CASE(columns_come_with_the_most_missing_first),
    CASE(more_than_64_columns_and_rows_are_no_limit), CASE(nothing_missing_is_one_pattern), CASE(mistakes_are_told))
