// The report against pandas 1.5.3 (duplicated, skew, nunique, quantile), scikit-learn 1.2.1 (roc_auc_score; of iris the
// mean over classes of max(a, 1 - a)) and SciPy 1.10.1 (chi2_contingency, spearmanr, t) on credit, titanic, iris and
// sacramento_homes; Wilson's intervals by their formula in NumPy. Small tables are worked by hand.
#include "unit/stats/report_help.h"

#include "frame/expr.h"
#include "frame/verbs.h"

TEST(facts_of_credit_are_those_of_pandas) {
  Frame *f = stats_data("credit");
  Report *r = report_of(f, (ReportOpts){.target = "Status"});
  const Frame *all = r->section[REPORT_OVERVIEW], *c = r->section[REPORT_COLUMNS];
  assert_near(report_number(all, "rows", "value"), 4454, 0);
  assert_near(report_number(all, "missing cells", "value"), 455, 0);
  assert_near(report_number(all, "complete rows", "value"), 4039, 0);
  assert_near(report_number(all, "repeated rows", "value"), 2, 0);
  assert_string_equal(report_text(all, "columns", "text"), "14: 9 int, 5 category");
  assert_near(report_number(c, "Assets", "skew"), 10.220198822742763, 1e-12);
  assert_near(report_number(c, "Time", "skew"), -0.7684526414103766, 1e-12);
  assert_near(report_number(c, "Income", "distinct"), 351, 0);
  assert_near(report_number(c, "Income", "missing"), 381, 0);
  assert_near(report_number(c, "Debt", "zeros"), 0.8270964833183048, 1e-15);
  assert_near(report_number(c, "Seniority", "median"), 5, 0);
  assert_string_equal(report_text(c, "Records", "top"), "no 83%, yes 17%");
  report_free(r);
  frame_unref(f);
}

TEST(power_is_the_area_under_the_roc_curve) {
  static const struct {
    const char *column;
    double auc;
  } want[] = {{"Seniority", 0.696664548444976}, {"Income", 0.6357414021138812}, {"Assets", 0.6327999975481946},
              {"Amount", 0.5945980362838915},   {"Age", 0.55804076953748},      {"Debt", 0.506595342490974},
              {"Price", 0.5002217902711323}};
  Frame *f = stats_data("credit");
  Report *r = report_of(f, (ReportOpts){.target = "Status"});
  const Frame *c = r->section[REPORT_COLUMNS];
  for (size_t k = 0; k < sizeof want / sizeof *want; k++)
    assert_near(report_number(c, want[k].column, "power"), want[k].auc, 1e-14);
  assert_string_equal(report_text_at(c, 0, "column"), "Status");
  assert_string_equal(report_text_at(c, 1, "column"), "Seniority");
  assert_string_equal(report_text_at(c, 13, "column"), "Price");
  report_free(r);
  frame_unref(f);
}

TEST(power_over_classes_and_numbers) {
  Frame *f = stats_data("iris"), *g = stats_data("sacramento_homes");
  Report *r = report_of(f, (ReportOpts){.target = "class"}), *s = report_of(g, (ReportOpts){.target = "price"});
  assert_near(report_number(r->section[REPORT_COLUMNS], "sepal_length_cm", "power"), 0.8057333333333334, 1e-14);
  assert_near(report_number(r->section[REPORT_COLUMNS], "sepal_width_cm", "power"), 0.7530666666666667, 1e-14);
  assert_near(report_number(s->section[REPORT_COLUMNS], "sqft", "power"), 0.767341958508633, 1e-14);
  assert_string_equal(report_text(s->section[REPORT_COLUMNS], "sqft", "measure"), "spearman");
  const Frame *t = s->section[REPORT_TARGET];
  assert_near(stats_cell(t, "mean", 0), 135289.1443298969, 1e-14);
  assert_near(stats_cell(t, "low", 0), 127164.72144118683, 1e-12);
  assert_near(stats_cell(t, "high", 0), 143413.56721860697, 1e-12);
  assert_near(stats_cell(t, "mean", 4), 409910.17647058825, 1e-14);
  report_free(r), report_free(s);
  frame_unref(f), frame_unref(g);
}

TEST(shares_of_the_target_have_wilsons_intervals) {
  Frame *f = stats_data("credit");
  Report *r = report_of(f, (ReportOpts){.target = "Status"});
  const Frame *t = r->section[REPORT_TARGET];
  static const double want[3][4] = {{1045, 0.48995215311004786, 0.4597354430174839, 0.5202424651559666},
                                    {790, 0.3392405063291139, 0.30707431641845057, 0.37296255092111325},
                                    {980, 0.24285714285714285, 0.2170476048600415, 0.2706747354811228}};
  for (int i = 0; i < 3; i++) { // Seniority, the strongest number, comes first
    assert_string_equal(report_text_at(t, i, "column"), "Seniority");
    assert_string_equal(report_text_at(t, i, "class"), "bad");
    assert_near(stats_cell(t, "n", i), want[i][0], 0);
    assert_near(stats_cell(t, "share", i), want[i][1], 1e-15);
    assert_near(stats_cell(t, "low", i), want[i][2], 1e-14);
    assert_near(stats_cell(t, "high", i), want[i][3], 1e-14);
  }
  assert_string_equal(report_text_at(t, 1, "group"), "1 to 3");
  assert_near(report_number(t, "owner", "share"), 0.18509729473184622, 1e-15);
  assert_near(report_number(t, "owner", "high"), 0.20224840407600406, 1e-14);
  report_free(r);
  frame_unref(f);
}

TEST(alerts_of_credit) {
  Frame *f = stats_data("credit");
  Report *r = report_of(f, (ReportOpts){.target = "Status"});
  assert_string_equal(report_alert(r, "unbalanced", "Status"), "unbalanced: 28.2% bad; accuracy .718 is free");
  assert_string_equal(report_alert(r, "missing_target", "Income"), "381 missing; bad 57% there, 25% elsewhere");
  assert_string_equal(report_alert(r, "skewed", "Assets"), "skew 10.2; the top 1% hold 17%");
  assert_string_equal(report_alert(r, "zeros", "Debt"), "83% are 0; median of the rest 1,500");
  assert_string_equal(report_alert(r, "blank", "Home"), "'ignore' 20, 'other' 319: is one a missing?");
  assert_string_equal(report_alert(r, "strongest", "Amount, Price"), "r .725: the strongest pair");
  assert_string_equal(report_alert(r, "clean", ""), "nothing found that leaks Status");
  static const char *const order[] = {"Income", "Debt", "Assets", "Price", "Debt", "Status"}; // by tier, kind and size
  for (int k = 0; k < 6; k++) assert_string_equal(report_text_at(r->section[REPORT_ALERTS], k, "column"), order[k]);
  assert_string_equal(frame_caption(r->section[REPORT_ALERTS]), "alerts  5 warnings, 9 remarks, worst first");
  assert_null(r->shown[REPORT_LEAKS]);
  report_free(r);
  r = report_of(f, (ReportOpts){.target = "Status", .positive = "good"});
  assert_string_equal(report_alert(r, "missing_target", "Income"), "381 missing; good 43% there, 75% elsewhere");
  report_free(r);
  frame_unref(f);
}

TEST(correlations_go_by_values_and_by_ranks) {
  Frame *f = stats_data("credit");
  Report *r = report_of(f, (ReportOpts){0});
  const Frame *c = r->section[REPORT_CORRELATIONS];
  assert_int_equal(frame_nrow(c), 36);
  assert_string_equal(report_text_at(c, 0, "with"), "Price");
  assert_near(stats_cell(c, "pearson", 0), 0.7250062502073105, 1e-13);
  assert_near(stats_cell(c, "spearman", 0), 0.6856703917328522, 1e-14);
  assert_near(stats_cell(c, "n", 0), 4454, 0);
  assert_null(r->section[REPORT_TARGET]);
  assert_null(r->section[REPORT_LEAKS]);
  report_free(r);
  frame_unref(f);
}

TEST(duplicates_of_credit_are_those_of_pandas) { // and one pair of customers with another Status
  Frame *f = stats_data("credit");
  Report *r = report_of(f, (ReportOpts){.target = "Status"});
  const Frame *d = r->section[REPORT_DUPLICATES];
  assert_near(report_number(d, "exact", "rows"), 2, 0);
  assert_near(report_number(d, "other target", "sets"), 1, 0);
  assert_string_equal(report_text(d, "exact", "first"), "rows 1,022 and 1,023");
  report_free(r);
  frame_unref(f);
}

// ---- small tables --------------------------------------------------------------------------------------------------
// 60 rows: id; leak says y; g has spellings and a blank; k is always 7; w numbers as words; s with -999 as a code;
// heavy is skewed.
static Frame *odd_frame(void) {
  Str body = {0};
  for (int i = 0; i < 60; i++) {
    const char *g = i % 10 == 0 ? "Oslo" : i % 10 == 1 ? "oslo" : i % 10 == 2 ? "?" : i % 2 ? "Bergen" : "Turku";
    str_addf(&body, "%d %d %d %s 7 %s %d %d %s ", 500 + 3 * i, i % 3 == 0, (i % 3 == 0) * 10 + i % 7, g,
             i % 20 == 5 ? "n.k."
             : i % 2     ? "1.5"
             : i % 3     ? "22"
                         : "3",
             i % 15 == 4 ? -999 : 30 + i * 7 % 23, i == 17 ? 90000 : 1 + i * 5 % 13, i % 4 ? "1.25" : "NA");
  }
  Frame *f = make_frame("id:int y:int leak:int g:category k:int w:text s:int heavy:int m:real", str_c(&body));
  str_fini(&body);
  return f;
}

TEST(odd_columns_are_told) {
  Frame *f = odd_frame();
  Report *r = report_of(f, (ReportOpts){.target = "y"});
  assert_string_equal(report_alert(r, "constant", "k"), "always 7 (60 values)");
  assert_string_equal(report_alert(r, "unique", "id"), "a different number in each of 60 rows: an id?");
  assert_string_equal(report_alert(r, "code", "s"),
                      "-999 stands 4 times, the rest lies in 30 to 52: a code for missing?");
  assert_string_equal(report_alert(r, "leak", "leak"), "alone tells y with AUC 1.000: was it known before?");
  assert_string_equal(report_alert(r, "spellings", "g"), "1 spelling of another word: 'Oslo', 'oslo'");
  assert_string_equal(report_alert(r, "numbers", "w"), "95% of the values are numbers, the column is text: d:cast it");
  assert_string_equal(report_alert(r, "blank", "g"), "'?' 6: a missing?");
  const Frame *leaks = r->section[REPORT_LEAKS];
  assert_int_equal(frame_nrow(leaks), 1);
  assert_string_equal(report_text_at(leaks, 0, "leak"), "alone");
  assert_near(stats_cell(leaks, "power", 0), 1, 0);
  report_free(r);
  frame_unref(f);
}

TEST(steps_are_lines_of_lua_in_their_order) {
  Frame *f = odd_frame();
  Report *r = report_of(f, (ReportOpts){.target = "y"});
  assert_string_equal(
      shown_at(r->section[REPORT_STEPS], "lua"),
      "d = d:drop{\"id\"} d = d:drop{\"leak\"} d = d:drop{\"k\"} "
      "d = d:derive{\"g = if_else(one_of(g, 'oslo'), 'Oslo', g)\"} d = d:derive{\"g = missing_if(g, '?')\"} "
      "d = d:cast{w=\"real\", unfit=\"missing\"} d = d:derive{\"s = missing_if(s, -999)\"} "
      "d = d:derive{\"heavy = log(heavy)\"} d = d:derive{\"m = coalesce(m, 1.25)\"}");
  assert_string_equal(shown_at(r->section[REPORT_STEPS], "step"),
                      "drop drop drop merge missing_if cast missing_if log impute");
  report_free(r);
  frame_unref(f);
}

TEST(names_that_are_no_identifiers_are_quoted) {
  Frame *f = make_frame("a:int", "1 2 NA 4"), *g;
  assert_int_equal(frame_rename(f, NAMES("a"), NAMES("odd \"one\""), &g, NULL), OK);
  Report *r = report_of(g, (ReportOpts){0});
  assert_string_equal(shown_at(r->section[REPORT_STEPS], "lua"),
                      "d = d:derive{\"`odd \\\"one\\\"` = coalesce(`odd \\\"one\\\"`, 2)\"}");
  report_free(r);
  frame_unref(f), frame_unref(g);
}

TEST(missing_values_have_a_map) { // 4 blocks of 1 row each
  Frame *f = make_frame("a:int b:int", "1 2  NA 3  3 4  NA NA");
  Report *r = report_of(f, (ReportOpts){0});
  const Frame *m = r->section[REPORT_MISSING];
  assert_string_equal(shown_at(m, "column"), "a b");
  assert_string_equal(shown_at(m, "missing"), "2 1");
  assert_string_equal(shown_at(m, "map"), "·█·█ ···█");
  assert_string_equal(shown_at(r->section[REPORT_PATTERNS], "rows"), "2 1 1");
  report_free(r);
  frame_unref(f);
}

TEST(histograms_of_whole_numbers_have_a_bar_for_each) { // 0 0 0 0 1 1 3
  Frame *f = make_frame("a:int", "0 0 1 3 0 1 0");
  Report *r = report_of(f, (ReportOpts){0});
  assert_string_equal(report_text_at(r->section[REPORT_COLUMNS], 0, "shape"), "0 █▄ ▂ 3");
  report_free(r);
  frame_unref(f);
}

TEST(sorted_rows_and_copies_are_leaks) {
  Frame *f = stats_data("titanic"), *twice;
  Report *r = report_of(f, (ReportOpts){.target = "survived"});
  const Frame *leaks = r->section[REPORT_LEAKS];
  assert_string_equal(report_text_at(leaks, 0, "leak"), "order");
  assert_near(stats_cell(leaks, "power", 0), 1 - 0.32549072929542644, 1e-14);
  assert_string_equal(report_alert(r, "missing_target", "age"), "263 missing; yes 28% there, 41% elsewhere");
  report_free(r);
  int64_t row[240];
  Frame *d = stats_data("wine");
  for (int i = 0; i < 240; i++) row[i] = i % 178;
  assert_int_equal(frame_gather(NULL, d, row, 240, &twice, NULL), OK);
  r = report_of(twice, (ReportOpts){.target = frame_name(twice, 0)});
  assert_string_equal(report_text(r->section[REPORT_LEAKS], "copies", "text"),
                      "62 rows repeat an earlier one: a split puts some on both sides");
  report_free(r);
  frame_unref(f), frame_unref(d), frame_unref(twice);
}

TEST(a_time_that_tells_and_blanks_that_tell) { // y is 1 from row 30 on; b is missing there but once
  Str body = {0};
  for (int i = 0; i < 60; i++)
    str_addf(&body, "%d 2024-%02d-%02d %s %d ", i * 7 % 60 >= 30, 1 + i * 7 % 60 / 28, 1 + i * 7 % 60 % 28,
             i * 7 % 60 >= 31 ? "NA" : "2", i * 11 % 17);
  Frame *f = make_frame("y:int day:date b:int x:int", str_c(&body));
  Report *r = report_of(f, (ReportOpts){.target = "y"});
  const Frame *l = r->section[REPORT_LEAKS];
  assert_string_equal(shown_at(l, "column"), "day b");
  assert_string_equal(shown_at(l, "leak"), "alone blanks");
  assert_near(report_number(l, "blanks", "power"), .5 + (29.0 / 30) / 2, 1e-15);
  report_free(r);
  frame_unref(f);
  str_fini(&body);
}

TEST(tables_of_nothing_have_a_report) {
  Frame *none = frame_new(0), *empty = make_frame("a:int b:category", ""),
        *blank = make_frame("a:int b:text", "NA NA  NA NA");
  for (int k = 0; k < 3; k++) {
    Report *r = report_of(k == 0 ? none : k == 1 ? empty : blank, (ReportOpts){.sample = 1 - k % 2});
    for (int s = 0; s < REPORT_NSECTIONS; s++)
      if (s != REPORT_TARGET && s != REPORT_LEAKS) assert_non_null(r->section[s]);
    report_free(r);
  }
  frame_unref(none), frame_unref(empty), frame_unref(blank);
}

TEST(nan_and_infinity_do_no_harm) {
  Frame *f = make_frame("a:real b:real y:bool", "nan 1 true  1 2 false  2 3 true  inf 4 false  3 5 true"), *g;
  Err err;
  if (frame_derive(NULL, f, "c", sv("1 / (b - 1)"), NULL, 0, &g, &err) != OK) fail_msg("%s", err.msg);
  Report *r = report_of(g, (ReportOpts){.target = "y"});
  assert_string_equal(report_alert(r, "nan", "a"), "1 value is nan: no number, and not missing either");
  report_free(r);
  frame_unref(f), frame_unref(g);
}

TEST(every_section_has_a_word_of_its_own) {
  const char *name, *doc;
  int k = 0;
  for (; report_section_doc(k, &name, &doc); k++) assert_true(*name && *doc && strcmp(name, REPORT_NAMES[k]) == 0);
  assert_int_equal(k, REPORT_NSECTIONS);
}

// ---- errors, threads -----------------------------------------------------------------------------------------------
TEST(what_is_wrong_is_said) {
  Frame *f = stats_data("titanic"), *few = make_frame("y:category x:int d:date", "a 1 2024-01-01  a 2 2024-01-02");
  report_try(NULL, f, (ReportOpts){.target = "agee"}, ERR_NAME, "did you mean 'age'");
  report_try(NULL, f, (ReportOpts){.target = "name"}, ERR_TYPE, "target 'name' is text");
  report_try(NULL, few, (ReportOpts){.target = "d"}, ERR_TYPE, "target 'd' is a date");
  report_try(NULL, few, (ReportOpts){.target = "y"}, ERR_ARG, "target 'y' has one value only");
  report_try(NULL, f, (ReportOpts){.target = "survived", .positive = "yess"}, ERR_ARG,
             "no class 'yess': did you mean 'yes'");
  report_try(NULL, f, (ReportOpts){.positive = "yes"}, ERR_ARG, "no target= is given");
  report_try(NULL, f, (ReportOpts){.target = "age", .positive = "1"}, ERR_ARG, "is a number and has no classes");
  Frame *g = stats_data("flights_5k");
  report_try(NULL, g, (ReportOpts){.target = "origin"}, ERR_ARG, "has 180 classes, at most 50");
  Job stopped = {.cancel = true}, small = {.memory = 1};
  report_try(&stopped, f, (ReportOpts){0}, ERR_CANCELLED, NULL);
  Frame *many;
  int64_t *row = calloc(200000, sizeof *row);
  assert_int_equal(frame_gather(NULL, f, row, 200000, &many, NULL), OK);
  report_try(&small, many, (ReportOpts){0}, ERR_MEMORY, NULL);
  free(row);
  frame_unref(f), frame_unref(few), frame_unref(g), frame_unref(many);
}

TEST(the_bits_do_not_depend_on_the_threads) {
  static const int threads[] = {1, 2, 3, 7};
  Frame *d = stats_data("credit"), *f;
  int64_t *row = calloc(60000, sizeof *row);
  for (int i = 0; i < 60000; i++) row[i] = (int64_t)i * 7919 % 4454;
  assert_int_equal(frame_gather(NULL, d, row, 60000, &f, NULL), OK);
  char first[4096] = "", now[4096];
  for (int k = 0; k < 4; k++)
    for (int part = 0; part < 2; part++) {
      Job job = {.pool = pool_new(threads[k])};
      Report *r = report_try(&job, part ? d : f, (ReportOpts){.target = "Status", .sample = part ? 2000 : 0}, OK, NULL);
      report_hash(r, now, sizeof now);
      if (part == 0 && k == 0) strcpy(first, now);
      if (part == 0) assert_string_equal(now, first);
      static char sampled[4096];
      if (part == 1 && k == 0) strcpy(sampled, now);
      if (part == 1) assert_string_equal(now, sampled);
      report_free(r);
      pool_free(job.pool);
    }
  free(row);
  frame_unref(d), frame_unref(f);
}

RUN(CASE(facts_of_credit_are_those_of_pandas), CASE(power_is_the_area_under_the_roc_curve),
    CASE(power_over_classes_and_numbers), CASE(shares_of_the_target_have_wilsons_intervals), CASE(alerts_of_credit),
    CASE(correlations_go_by_values_and_by_ranks), CASE(duplicates_of_credit_are_those_of_pandas),
    CASE(odd_columns_are_told), CASE(steps_are_lines_of_lua_in_their_order),
    CASE(names_that_are_no_identifiers_are_quoted), CASE(missing_values_have_a_map),
    CASE(histograms_of_whole_numbers_have_a_bar_for_each), CASE(sorted_rows_and_copies_are_leaks),
    CASE(a_time_that_tells_and_blanks_that_tell), CASE(tables_of_nothing_have_a_report),
    CASE(nan_and_infinity_do_no_harm), CASE(every_section_has_a_word_of_its_own), CASE(what_is_wrong_is_said),
    CASE(the_bits_do_not_depend_on_the_threads))
