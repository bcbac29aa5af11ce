// What is odd about a table. The chi-square of the made pattern (30 of 40 and 5 of 60 missing): scipy 1.10
// (chi2_contingency, 46.9 with 1 degree of freedom, p 7.5e-12); titanic: pandas 1.5.3 and scipy (age by passengerClass
// 86.0 with 2, p 2.1e-19; by survived 15.2; 259 names of 31 letters, 109 of 30). The rest is worked by hand.
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "stats/stats.h"

static Frame *alerts_of(const Frame *f) {
  Frame *out = NULL;
  Err err = {0};
  if (stats_alerts(NULL, f, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

// `want`: column|alert|rows|text of every alert, a line each.
static void assert_told(Frame *f, const char *want) {
  Frame *a = alerts_of(f);
  Str s = {0};
  for (int64_t i = 0; i < frame_nrow(a); i++) {
    for (int j = 0; j < 4; j++) {
      if (j) str_addc(&s, '|');
      col_format(frame_at(a, j), i, CELL_EXACT, &s);
    }
    str_addc(&s, '\n');
  }
  assert_string_equal(str_c(&s), want);
  str_fini(&s);
  frame_unref(a);
  frame_unref(f);
}

static Frame *read_bundled(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "datasets/%s.csv", name);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

TEST(titanic_has_a_pattern_and_cut_names) {
  assert_told(read_bundled("titanic"),
              "age|missing_pattern|263|263 missing, not at random: 3rd class 29%, 1st 12%, 2nd 6%\n"
              "name|cut_off|259|259 values end at exactly 31 characters: cut off in the file\n");
}

TEST(a_clean_table_has_no_alerts) { assert_told(read_bundled("breast_cancer"), ""); }

// 100 rows: x missing in 30 of 40 rows of g = a and 5 of 60 of b; z missing in every tenth.
static Frame *pattern_frame(void) {
  Str body = {0};
  for (int i = 0; i < 100; i++) {
    bool a = i < 40, miss = a ? i < 30 : i < 45;
    str_addf(&body, "%s %s %s ", miss ? "NA" : i % 2 ? "1.5" : "2.5", a ? "a" : "b", i % 10 ? "3.25" : "NA");
  }
  Frame *f = make_frame("x:real g:category z:real", str_c(&body));
  str_fini(&body);
  return f;
}

TEST(missing_by_level_is_told_with_its_shares) {
  Frame *a, *f = pattern_frame();
  a = alerts_of(f);
  assert_string_equal(shown_at(a, "alert"), "missing_pattern missing constant");
  assert_has(shown_at(a, "text"), "35 missing, not at random: g a 75%, b 8%");
  assert_has(shown_at(a, "text"), "10 missing (10%)");
  assert_has(shown_at(a, "text"), "always 3.25 (90 values)");
  frame_unref(a);
  frame_unref(f);
}

TEST(codes_for_missing_are_told) {
  Frame *f =
      make_frame("x:int y:int z:int", "-200 5 1  12 999 2  -200 6 3  40 7 4  31 999 999  -200 8 5  22 999 6  25 6 7");
  assert_told(f, "x|code|3|-200 stands 3 times, the rest lies in 12 to 40: a code for missing?\n"
                 "y|code|3|999 stands 3 times, the rest lies in 5 to 8: a code for missing?\n");
}

TEST(columns_without_news_are_told) {
  Str body = {0};
  for (int i = 0; i < 30; i++) str_addf(&body, "NA yes %d k%d 7 ", i + 100, i * 7 % 31);
  Frame *f = make_frame("gone:int same:category row:int key:text five:int", str_c(&body));
  str_fini(&body);
  assert_told(f, "gone|all_missing|30|all 30 missing\n"
                 "same|constant|30|always 'yes' (30 values)\n"
                 "five|constant|30|always 7 (30 values)\n"
                 "row|id|30|numbers the rows, 100 to 129: says nothing about them\n"
                 "key|id|30|a different word in each of 30 rows: names them, says nothing about them\n");
}

TEST(copies_of_rows_are_counted) {
  assert_told(make_frame("x:int y:text", "1 a 2 b 1 a 3 c 2 b 4 d"),
              "|duplicates|2|2 rows repeat an earlier one in every column\n");
  assert_told(make_frame("x:int y:text", "1 a 1 a 1 a 1 a 2 b"), ""); // few levels: copies say nothing
}

TEST(codes_of_one_length_are_not_cut_off) {
  Str body = {0};
  for (int i = 0; i < 60; i++) str_addf(&body, "AB-%06d_x ", i % 50 * 7);
  assert_told(make_frame("code:text", str_c(&body)), "");
  str_fini(&body);
}

TEST(what_the_file_lost_comes_first) {
  Str text = {0};
  str_add(&text, "a,b\n");
  for (int i = 0; i < 200; i++) str_addf(&text, "%s,%d\n", i == 7 ? "huh" : i % 2 ? "4" : "9", i * i % 1009);
  str_add(&text, "5\n");
  Frame *f = help_read(str_c(&text)), *a = alerts_of(f);
  str_fini(&text);
  assert_has(shown_at(a, "text"), "1 line could not be read and left out");
  assert_has(shown_at(a, "text"), "1 cell is no int and missing now: huh, line 9");
  assert_has(shown_at(a, "alert"), "unread dissent missing");
  frame_unref(a);
  frame_unref(f);
  help_done();
}

TEST(a_stopped_job_stops_it) {
  Frame *f = make_frame("x:int", "1 2 3"), *out;
  Job stopped = {.cancel = true};
  assert_int_equal(stats_alerts(&stopped, f, &out, NULL), ERR_CANCELLED);
  frame_unref(f);
}

RUN(CASE(titanic_has_a_pattern_and_cut_names), CASE(a_clean_table_has_no_alerts),
    CASE(missing_by_level_is_told_with_its_shares), CASE(codes_for_missing_are_told),
    CASE(columns_without_news_are_told), CASE(copies_of_rows_are_counted), CASE(codes_of_one_length_are_not_cut_off),
    CASE(what_the_file_lost_comes_first), CASE(a_stopped_job_stops_it))
