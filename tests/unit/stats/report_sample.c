// Reports from a sample: error bars by hand (Hanley and McNeil's formula, Wilson's with n / (1 - n/N) rows, bounds of
// distinct values), and whether they hold the numbers of the whole table, which pandas 1.5.3 gives.
#include "stats/report_int.h"
#include "unit/stats/report_help.h"

#include "base/rng.h"
#include "frame/verbs.h"

TEST(bars_are_those_of_their_formulas) {
  Run r = {.part = true, .n = 100, .all = 400}, endless = {.part = true, .n = 100, .all = INT64_MAX};
  Bar a = bar_auc(&endless, .8, 10, 20); // (.16 + 9 (2/3 - .64) + 19 (.64/.9 - .64)) / 200 = .0087556
  assert_near(a.high, .8 + 1.959963984540054 * sqrt(.00875555555555555), 1e-12);
  assert_near(a.low, .8 - 1.959963984540054 * sqrt(.00875555555555555), 1e-12);
  Bar s = bar_share(&r, 25, 100); // as 33.33 of 133.33 rows
  double n = 400.0 / 3, z = 1.959963984540054, c = (.25 + z * z / (2 * n)) / (1 + z * z / n);
  assert_near(s.low + s.high, 2 * c, 1e-14);
  assert_near(s.high - c, z * sqrt(.25 * .75 / n + z * z / (4 * n * n)) / (1 + z * z / n), 1e-14);
  Bar m = bar_mean(&r, 10, 2, 100); // t of 99 df: 1.98421695 (R), 2 / 10 * sqrt(3/4)
  assert_near(m.high - 10, 1.984216951586417 * .2 * sqrt(.75), 1e-12);
  Facts t = {.distinct = 30, .once = 12};
  double estimate;
  Bar d = bar_distinct(&r, &t, &estimate); // 18 + sqrt(4) 12, from 30 to 18 + 48
  assert_near(estimate, 42, 0);
  assert_near(d.low, 30, 0);
  assert_near(d.high, 66, 0);
}

TEST(a_whole_table_has_bars_of_no_width) {
  Run r = {.n = 100, .all = 100};
  Bar s = bar_share(&r, 25, 100), m = bar_mean(&r, 10, 2, 100), a = bar_auc(&r, .8, 10, 20);
  assert_near(s.low, .25, 0);
  assert_near(s.high, .25, 0);
  assert_near(m.low, 10, 0);
  assert_near(a.high, .8, 0);
}

TEST(an_exact_report_has_no_bars) {
  Frame *f = stats_data("credit");
  Report *r = report_of(f, (ReportOpts){.target = "Status"}), *s = report_of(f, (ReportOpts){.sample = 4454});
  assert_int_equal(frame_find(r->section[REPORT_COLUMNS], sv("mean_low")), -1);
  assert_int_equal(frame_find(s->section[REPORT_COLUMNS], sv("mean_low")), -1);
  assert_null(strstr(frame_caption(s->section[REPORT_COLUMNS]), "estimates"));
  report_free(r), report_free(s);
  frame_unref(f);
}

TEST(a_sample_says_so_and_what_is_known_stays_exact) {
  Frame *f = stats_data("credit");
  Report *r = report_of(f, (ReportOpts){.target = "Status", .sample = 1000, .seed = 3});
  const Frame *c = r->section[REPORT_COLUMNS], *a = r->section[REPORT_ALERTS];
  static const ReportSection told[] = {REPORT_ALERTS, REPORT_OVERVIEW, REPORT_COLUMNS, REPORT_TARGET, REPORT_PATTERNS};
  for (size_t k = 0; k < sizeof told / sizeof *told; k++)
    if (!strstr(frame_caption(r->section[told[k]]), "estimates from 1,000 of 4,454 rows"))
      fail_msg("%s: %s", REPORT_NAMES[told[k]], frame_caption(r->section[told[k]]));
  assert_near(report_number(c, "Income", "missing"), 381, 0);
  assert_near(report_number(r->section[REPORT_OVERVIEW], "missing cells", "value"), 455, 0);
  assert_near(report_number(a, "Income", "rows"), 381, 0);
  assert_true(report_number(a, "zeros", "high") > report_number(a, "zeros", "low"));
  assert_true(report_number(c, "Seniority", "power_high") > report_number(c, "Seniority", "power"));
  report_free(r);
  frame_unref(f);
}

TEST(the_seed_draws_the_sample) {
  Frame *f = stats_data("credit");
  char text[3][4096];
  for (int k = 0; k < 3; k++) {
    Report *r = report_of(f, (ReportOpts){.sample = 500, .seed = k / 2});
    report_hash(r, text[k], sizeof text[k]);
    report_free(r);
  }
  assert_string_equal(text[0], text[1]);
  assert_string_not_equal(text[0], text[2]);
  frame_unref(f);
}

// In 100 samples of 400 of 4,454 rows, bars of 95 % miss the whole table's number 5 times on average, and more than 14
// times with a chance below 0.001.
TEST(bars_hold_the_numbers_of_the_whole_table) {
  static const struct {
    const char *column, *low, *high;
    double value;
  } want[] = {{"Amount", "mean_low", "mean_high", 1038.9182757072294},
              {"Amount", "q3_low", "q3_high", 1300},
              {"Age", "skew_low", "skew_high", 0.48091655116510353},
              {"Seniority", "power_low", "power_high", 0.696664548444976},
              {"Seniority", "zeros_low", "zeros_high", 535.0 / 4454},
              {"Seniority", "median_low", "median_high", 5}};
  enum { TIMES = 100, WANT = sizeof want / sizeof *want };
  Frame *all = stats_data("credit"), *f;
  int missed[WANT] = {0};
  assert_int_equal(frame_select(all, NAMES("Status", "Amount", "Age", "Seniority"), &f, NULL), OK);
  for (int k = 0; k < TIMES; k++) {
    Report *r = report_of(f, (ReportOpts){.target = "Status", .sample = 400, .seed = k});
    for (int i = 0; i < WANT; i++) {
      const Frame *c = r->section[REPORT_COLUMNS];
      missed[i] += report_number(c, want[i].column, want[i].low) > want[i].value ||
                   report_number(c, want[i].column, want[i].high) < want[i].value;
    }
    report_free(r);
  }
  for (int i = 0; i < WANT; i++)
    if (missed[i] > 14)
      fail_msg("%s of %s: %d of %d bars miss %g", want[i].low, want[i].column, missed[i], TIMES, want[i].value);
  frame_unref(all), frame_unref(f);
}

RUN(CASE(bars_are_those_of_their_formulas), CASE(a_whole_table_has_bars_of_no_width), CASE(an_exact_report_has_no_bars),
    CASE(a_sample_says_so_and_what_is_known_stays_exact), CASE(the_seed_draws_the_sample),
    CASE(bars_hold_the_numbers_of_the_whole_table))
