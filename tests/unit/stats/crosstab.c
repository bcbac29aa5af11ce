// Tables of two categories against chisq.test (expected, residuals, stdres) and mantelhaen.test of R 4.2.2; Simpson's
// paradox of the admissions to Berkeley as told by Bickel, Hammel and O'Connell 1975; the rest by hand.
#include "unit/stats/golden_help.h"

#include "stats/assoc.h"

static Frame *cross(const Frame *f, CrosstabOpts o) {
  Frame *r = NULL;
  Err err = {0};
  if (!o.conf) o.conf = 0.95;
  if (stats_crosstab(NULL, f, &o, &r, &err) != OK) fail_msg("%s", err.msg);
  return r;
}

static void check_column(const Frame *r, const char *column, const double *want, int64_t n) {
  assert_int_equal(frame_nrow(r), n);
  for (int64_t i = 0; i < n; i++) assert_near(stats_cell(r, column, i), want[i], 1e-12);
}

TEST(counts_and_shares_have_totals) {
  Frame *f = golden_data("ucb_admissions");
  CrosstabOpts o = {.rows = "Admit", .columns = "Gender", .count = "Freq"};
  Frame *r = cross(f, o);
  assert_string_equal(shown_at(r, "Admit"), "Admitted Rejected total");
  assert_string_equal(shown_at(r, "Female"), "557 1278 1835");
  assert_string_equal(shown_at(r, "Male"), "1198 1493 2691");
  assert_string_equal(shown_at(r, "total"), "1755 2771 4526");
  frame_unref(r);
  o.show = SHOW_ROW;
  r = cross(f, o);
  check_column(r, "Female", (double[]){557 / 1755.0, 1278 / 2771.0, 1835 / 4526.0}, 3);
  check_column(r, "total", (double[]){1, 1, 1}, 3);
  frame_unref(r);
  o.show = SHOW_COLUMN;
  r = cross(f, o);
  check_column(r, "Male", (double[]){1198 / 2691.0, 1493 / 2691.0, 1}, 3);
  check_column(r, "total", (double[]){1755 / 4526.0, 2771 / 4526.0, 1}, 3);
  frame_unref(r);
  o.show = SHOW_ALL;
  r = cross(f, o);
  check_column(r, "Male", (double[]){1198 / 4526.0, 1493 / 4526.0, 2691 / 4526.0}, 3);
  frame_unref(r);
  frame_unref(f);
}

TEST(expected_counts_and_residuals_agree_with_R) {
  Frame *f = golden_data("ucb_admissions");
  CrosstabOpts o = {.rows = "Admit", .columns = "Gender", .count = "Freq", .show = SHOW_EXPECTED};
  Frame *r = cross(f, o);
  check_column(r, "Female", (double[]){711.53888643393725, 1123.46111356606275}, 2);
  frame_unref(r);
  o.show = SHOW_PEARSON;
  r = cross(f, o);
  check_column(r, "Female", (double[]){-5.7934659473272765, 4.6106139094415948}, 2);
  check_column(r, "Male", (double[]){4.7840933364283771, -3.8073249211345495}, 2);
  frame_unref(r);
  frame_unref(f);
  f = golden_data("titanic");
  r = cross(f, (CrosstabOpts){.rows = "survived", .columns = "passengerClass", .show = SHOW_ADJUSTED});
  check_column(r, "1st", (double[]){-10.110480006084835, 10.110480006084835}, 2);
  check_column(r, "3rd", (double[]){10.254441919759198, -10.254441919759198}, 2);
  frame_unref(r);
  frame_unref(f);
}

TEST(a_department_turns_the_admissions_around) {
  Frame *f = golden_data("ucb_admissions");
  Frame *r = cross(f, (CrosstabOpts){.rows = "Admit", .columns = "Gender", .count = "Freq"});
  const char *say = frame_caption(r);
  assert_has(say, "Simpson's paradox: the odds ratio is 0.5432 in all, but 1.105 within the levels of Dept");
  assert_has(say, "4 of 6 turn around");
  assert_has(say, "Chi-squared 91.61 (Yates), df 1, p < 0.001");
  assert_has(say, "Odds ratio 0.5432 (0.4792 to 0.6156)");
  frame_unref(r);
  r = cross(f, (CrosstabOpts){.rows = "Admit", .columns = "Gender", .count = "Freq", .by = "Dept"});
  assert_has(frame_caption(r), "Simpson's paradox");
  assert_string_equal(shown_at(r, "Dept"), "A A A B B B C C C D D D E E E F F F");
  assert_int_equal((int)stats_cell(r, "Female", 0), 89);
  assert_int_equal((int)stats_cell(r, "total", 17), 714);
  frame_unref(r);
  frame_unref(f);
}

TEST(no_paradox_is_said_where_there_is_none) {
  Frame *f = golden_data("titanic"), *r = cross(f, (CrosstabOpts){.rows = "survived", .columns = "sex"});
  assert_null(strstr(frame_caption(r), "Simpson"));
  frame_unref(r);
  r = cross(f, (CrosstabOpts){.rows = "survived", .columns = "sex", .by = "passengerClass"});
  assert_null(strstr(frame_caption(r), "Simpson"));
  assert_has(frame_caption(r), "Within the levels of passengerClass the odds ratio is");
  frame_unref(r);
  frame_unref(f);
}

TEST(names_that_are_taken_are_changed) {
  Frame *f = make_frame("a:category b:category", "x a x total y a y NA"), *r;
  r = cross(f, (CrosstabOpts){.rows = "a", .columns = "b"});
  assert_string_equal(frame_name(r, 1), "b = a");
  assert_string_equal(frame_name(r, 2), "total");
  assert_string_equal(frame_name(r, 3), "all = total");
  assert_has(frame_caption(r), "1 row with missing values left out");
  assert_has(frame_caption(r), "4 of 4 expected counts are below 5 (least 0.3333): take stats.fisher");
  frame_unref(r);
  frame_unref(f);
}

static void refuse(Job *job, const Frame *f, CrosstabOpts o, ErrCode want, const char *part) {
  Frame *r = NULL;
  Err err = {0};
  o.conf = 0.95;
  assert_int_equal(stats_crosstab(job, f, &o, &r, &err), want);
  assert_has(err.msg, part);
}

TEST(what_makes_no_table_is_refused) {
  Frame *f = make_frame("a:category x:real n:int m:int t:text", "p 1.5 -1 2 u q 2.5 3 1 v");
  refuse(NULL, f, (CrosstabOpts){.rows = "a", .columns = "b"}, ERR_NAME, "b");
  refuse(NULL, f, (CrosstabOpts){.rows = "a", .columns = "a"}, ERR_ARG, "'a' was given twice");
  refuse(NULL, f, (CrosstabOpts){.rows = "a", .columns = "m", .count = "n"}, ERR_ARG, "must hold counts");
  refuse(NULL, f, (CrosstabOpts){.rows = "a", .columns = "m", .count = "t"}, ERR_TYPE, "must hold counts");
  refuse(NULL, f, (CrosstabOpts){.rows = "a", .columns = "m", .count = "k"}, ERR_NAME, "k");
  Job job = {.cancel = true};
  refuse(&job, f, (CrosstabOpts){.rows = "a", .columns = "m"}, ERR_CANCELLED, "");
  frame_unref(f);
  f = stats_data("iris");
  refuse(NULL, f, (CrosstabOpts){.rows = "class", .columns = "petal_length_cm"}, ERR_TYPE,
         "groups come from a category");
  frame_unref(f);
}

RUN(CASE(counts_and_shares_have_totals), CASE(expected_counts_and_residuals_agree_with_R),
    CASE(a_department_turns_the_admissions_around), CASE(no_paradox_is_said_where_there_is_none),
    CASE(names_that_are_taken_are_changed), CASE(what_makes_no_table_is_refused))
