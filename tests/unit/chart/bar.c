// Bars. Counts, means and sums: table and aggregate of R 4.2.2 on titanic and insect_sprays; the rest by hand.
#include "unit/chart/chart_help.h"

static const char *levels(const Plot *p) {
  static char buf[4][1024];
  static int turn;
  char *out = buf[turn++ & 3];
  size_t n = 0;
  for (int k = 0; k < p->x.ncategory; k++)
    n += (size_t)snprintf(out + n, 1024 - n, "%s%s", k ? " " : "", p->x.category[k]);
  return out;
}

TEST(counts_come_longest_first) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("bar", f, "x=passengerClass");
  assert_string_equal(levels(&p), "3rd 1st 2nd");
  assert_string_equal(chart_heights(&p.series[0]), "709 323 277");
  assert_string_equal(p.reading, "3rd is most frequent: 709 of 1,309 (54%); 2nd has 277");
  const Series *s = &p.series[0];
  assert_true(s->rows[0] == 2 && s->rows[1] == 0 && s->rows[2] == 1);
  assert_true(s->x[2] == 2 && s->x2[2] == 3 && s->y2[2] == 0 && p.y.lo == 0 && p.y.hi == 800);
  assert_string_equal(p.x.name, "passengerClass");
  assert_string_equal(p.y.name, "count");
  assert_int_equal(p.n, 1309);
  assert_null(p.note);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(means_leave_missing_values_out) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("bar", f, "x=passengerClass y=age");
  assert_string_equal(levels(&p), "1st 2nd 3rd");
  assert_near(p.series[0].y[0], 39.15991796, 1e-9);
  assert_near(p.series[0].y[1], 29.50670498, 1e-9);
  assert_near(p.series[0].y[2], 24.81636727, 1e-9);
  assert_string_equal(p.reading, "mean age from 24.82 in 3rd (n 501) to 39.16 in 1st (n 284)");
  assert_string_equal(p.note, "263 missing age: not shown");
  assert_string_equal(p.y.name, "mean age");
  assert_int_equal(p.n, 1046);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(sums_and_counts_of_a_column) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("bar", f, "x=passengerClass y=age stat=sum");
  assert_string_equal(levels(&p), "3rd 1st 2nd");
  assert_near(p.series[0].y[1], 11121.41670001, 1e-9);
  plot_fini(&p);
  p = chart_make("bar", f, "x=passengerClass y=age stat=count sort=level");
  assert_string_equal(levels(&p), "1st 2nd 3rd");
  assert_string_equal(chart_heights(&p.series[0]), "284 261 501");
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_is_beyond_top_is_one_bar_at_the_end) {
  Frame *f = make_frame("g:int v:real", "10 1 9 2 10 3 8 4 9 5 10 6 7 100 6 NA");
  Plot p = chart_make("bar", f, "x=g top=2");
  assert_string_equal(levels(&p), "10 9 other"); // whole numbers in their own order: 6 7 8 9 10
  assert_string_equal(chart_heights(&p.series[0]), "3 2 3");
  assert_true(p.series[0].rows[0] == 4 && p.series[0].rows[1] == 3 && p.series[0].rows[2] == -1);
  assert_string_equal(p.note, "other: 3 more levels, 3 rows");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("bar", f, "x=g y=v top=1 sort=level");
  assert_string_equal(levels(&p), "7 other");
  assert_near(p.series[0].y[1], 21.0 / 6, 1e-15); // the mean of their rows, not of their means
  assert_string_equal(p.note, "other: 3 more levels, 6 rows; 1 missing v: not shown");
  assert_string_equal(p.reading, "mean v of 7 is 100 (n 1)");
  plot_fini(&p);
  frame_unref(f);
}

TEST(bars_go_down_below_zero) {
  Frame *f = make_frame("g:category v:real", "a -3 b 2 c -7");
  Plot p = chart_make("bar", f, "x=g y=v");
  assert_string_equal(levels(&p), "b a c");
  assert_true(p.y.lo <= -7 && p.y.hi >= 2);
  chart_check(&p);
  plot_fini(&p);
  assert_string_equal(chart_refusal("bar", f, "x=g y=v logy=true", ERR_ARG),
                      "bar: a has -3, a log axis shows only values above 0: leave logy out");
  frame_unref(f);
}

TEST(a_log_axis_has_its_feet_above_zero) {
  Frame *f = make_frame("g:bool", "true true true false NA");
  Plot p = chart_make("bar", f, "x=g logy=true");
  assert_true(p.y.scale == SCALE_LOG && p.y.lo == 0.5 && p.series[0].y2[0] == 0.5);
  assert_string_equal(p.note, "1 missing g: not shown");
  assert_string_equal(p.reading, "true is most frequent: 3 of 4 (75%); false has 1");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(equal_bars_stay_in_level_order) {
  Frame *f = make_frame("g:text", "b c a '' b c a ''");
  Plot p = chart_make("bar", f, "x=g");
  assert_string_equal(levels(&p), "\"\" a b c");
  assert_string_equal(p.reading, "4 levels with 2 rows each");
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("g:text", "b b");
  p = chart_make("bar", f, "x=g");
  assert_string_equal(p.reading, "all 2 rows are b");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_does_not_fit_is_refused) {
  Frame *f = chart_data("titanic");
  assert_string_equal(
      chart_refusal("bar", f, "x=name", ERR_ARG),
      "bar: column 'name' has 1,309 levels, at most 60 fit: for numbers write d:hist; for the most frequent "
      "d:count{...}:head(20):bar{..., y=\"n\"}");
  assert_string_equal(chart_refusal("bar", f, "x=age", ERR_TYPE),
                      "bar: column 'age' is real, levels come from a category, text, bool or int: for numbers write "
                      "d:hist; for the most frequent d:count{...}:head(20):bar{..., y=\"n\"}");
  assert_string_equal(chart_refusal("bar", f, "x=sex stat=mean", ERR_ARG),
                      "bar: stat=\"mean\" needs y, a number column: d:bar{\"sex\", y=\"...\", stat=\"mean\"}");
  assert_has(chart_refusal("bar", f, "x=sex y=survived", ERR_TYPE), "bar: column 'survived' is category: a bar counts");
  assert_string_equal(chart_refusal("bar", f, "x=sexx", ERR_NAME), "bar: no column 'sexx': did you mean 'sex'?");
  frame_unref(f);
  f = make_frame("g:category h:category v:real", "a NA 1.7e308 a NA 1.7e308");
  assert_string_equal(chart_refusal("bar", f, "x=g y=v stat=sum", ERR_NUMERIC),
                      "bar: the sum of 'v' for a is beyond what numbers hold");
  assert_string_equal(chart_refusal("bar", f, "x=h", ERR_ARG), "bar: every value of 'h' is missing");
  frame_unref(f);
}

TEST(levels_of_by_stand_side_by_side) { // table(passengerClass, sex), aggregate(age ~ passengerClass + sex) of R 4.2.2
  Frame *f = chart_data("titanic");
  Plot p = chart_make("bar", f, "x=passengerClass by=sex");
  assert_int_equal(p.nseries, 2);
  assert_string_equal(chart_heights(&p.series[0]), "216 144 106");
  assert_string_equal(chart_heights(&p.series[1]), "493 179 171");
  assert_true(p.series[0].x[0] == 0.1 && p.series[0].x2[0] == 0.5 && p.series[1].x[0] == 0.5);
  assert_near(p.series[1].x2[0], 0.9, 1e-15);
  assert_true(p.series[1].rows[0] == 2 * 2 + 1 && p.series[1].group == 1);
  assert_string_equal(p.series[1].name, "male");
  assert_string_equal(p.groups, "sex");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("bar", f, "x=passengerClass y=age color=sex");
  assert_near(p.series[0].y[0], 37.037593984962406, 1e-13);
  assert_near(p.series[1].y[2], 25.962273065885388, 1e-13);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(stacks_and_percents_add_up) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("bar", f, "x=passengerClass by=sex stack=true");
  assert_string_equal(chart_heights(&p.series[1]), "709 323 277");
  assert_true(p.series[1].y2[0] == 216 && p.series[1].value[0] == 493 && p.series[1].x[1] == 1);
  assert_string_equal(p.reading, "male is 70% of 3rd and 55% of 1st");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("bar", f, "x=passengerClass by=sex percent=true");
  assert_near(p.series[0].y[1], 100.0 * 144 / 323, 1e-12);
  assert_true(p.series[1].y[0] == 100 && p.y.hi == 100);
  assert_string_equal(p.y.name, "percent");
  chart_check(&p);
  plot_fini(&p);
  assert_has(chart_refusal("bar", f, "x=passengerClass stack=true", ERR_ARG), "needs by");
  assert_has(chart_refusal("bar", f, "x=passengerClass y=age by=sex stack=true", ERR_ARG), "do not add up");
  assert_has(chart_refusal("bar", f, "x=passengerClass by=sex percent=true logy=true", ERR_ARG), "log axis");
  assert_has(chart_refusal("bar", f, "x=passengerClass by=sex color=sex", ERR_ARG), "mean the same");
  frame_unref(f);
}

TEST(other_bars_are_parted_too) {
  Frame *f = make_frame("g:category h:category", "a p a p a q b p b p c q d p d NA");
  Plot p = chart_make("bar", f, "x=g by=h stack=true top=1");
  assert_string_equal(chart_heights(&p.series[0]), "2 3"); // p: a, other
  assert_string_equal(chart_heights(&p.series[1]), "3 4");
  assert_int_equal(p.series[1].rows[1], -1);
  assert_has(p.note, "1 missing h: not shown");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(counts_come_longest_first), CASE(means_leave_missing_values_out), CASE(sums_and_counts_of_a_column),
    CASE(what_is_beyond_top_is_one_bar_at_the_end), CASE(bars_go_down_below_zero),
    CASE(a_log_axis_has_its_feet_above_zero), CASE(equal_bars_stay_in_level_order), CASE(what_does_not_fit_is_refused),
    CASE(levels_of_by_stand_side_by_side), CASE(stacks_and_percents_add_up), CASE(other_bars_are_parted_too))
