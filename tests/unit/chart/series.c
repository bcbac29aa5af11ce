// Lines, areas, steps, lag plots and autocorrelation. acf() and cor() of R 4.2.2 on airpassengers and airquality; the
// rest by hand.
#include "unit/chart/chart_help.h"

#include "base/rng.h"

TEST(a_line_runs_in_the_order_of_x) {
  Frame *f = make_frame("x:real y:int", "3 30 1 10 2 20 NA 5 2 25");
  Plot p = chart_make("line", f, "x=x y=y");
  const Series *s = &p.series[0];
  assert_int_equal(s->kind, MARK_LINE);
  assert_int_equal(s->n, 4);
  static const double x[] = {1, 2, 2, 3}, y[] = {10, 20, 25, 30};
  static const int64_t rows[] = {1, 2, 4, 0};
  for (int k = 0; k < 4; k++) assert_true(s->x[k] == x[k] && s->y[k] == y[k] && s->rows[k] == rows[k]);
  assert_string_equal(p.reading, "y from 10 at 1 to 30 at 3; highest 30 at 3, lowest 10 at 1");
  assert_string_equal(p.note, "1 missing x: not shown");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(missing_values_are_gaps) {
  Frame *f = make_frame("y:real z:real", "1 5 NA 6 nan 7 4 8");
  Plot p = chart_make("line", f, "x=y");
  const Series *s = &p.series[0];
  assert_true(s->n == 4 && isnan(s->y[1]) && isnan(s->y[2]) && s->x[0] == 1 && s->x[3] == 4);
  assert_string_equal(p.note, "1 missing y, 1 not finite y: gaps");
  assert_int_equal(p.n, 2);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("step", f, "y=y,z");
  assert_int_equal(p.nseries, 2);
  assert_int_equal(p.series[1].kind, MARK_STEP);
  assert_string_equal(p.series[1].name, "z");
  assert_string_equal(p.reading, "2 lines; highest z, 8 at 4; at the end z is highest, 8 at 4");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(along_categories_a_point_is_the_mean_of_its_rows) {
  Frame *f = make_frame("g:text h:text y:real", "b u 4 a u 1 b u 8 a v 5 a u NA b v 2");
  Plot p = chart_make("line", f, "x=g y=y color=h");
  assert_int_equal(p.nseries, 2);
  assert_true(p.series[0].n == 2 && p.series[0].y[0] == 1 && p.series[0].y[1] == 6 && p.series[0].x[0] == 0.5);
  assert_true(p.series[1].y[0] == 5 && p.series[1].y[1] == 2 && !p.series[0].rows);
  assert_int_equal(p.x.kind, AXIS_CATEGORY);
  assert_has(p.note, "a point is the mean of the rows at its place");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(areas_stand_on_zero_or_on_each_other) {
  Frame *f = make_frame("x:int a:real b:real", "1 1 2 2 3 4 3 NA 6");
  Plot p = chart_make("area", f, "x=x y=a,b");
  assert_true(p.series[0].kind == MARK_AREA && p.series[1].y[2] == 6 && p.series[1].y2[2] == 0);
  assert_true(p.y.lo == 0);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("area", f, "x=x y=a,b stack=true");
  static const double top[] = {3, 7, 6}, foot[] = {1, 3, 0};
  for (int k = 0; k < 3; k++) assert_true(p.series[1].y[k] == top[k] && p.series[1].y2[k] == foot[k]);
  assert_string_equal(p.reading, "total highest 7 at 2; largest part b with 75%");
  assert_has(p.note, "1 absent values count as 0");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("x:int a:real b:real", "1 1 -2");
  assert_has(chart_refusal("area", f, "x=x y=a,b stack=true", ERR_ARG), "areas stand on each other only above 0");
  frame_unref(f);
}

TEST(a_long_line_keeps_its_peaks_and_its_gap) {
  int64_t n = 400000;
  Frame *f = frame_new(n);
  Column *y;
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &y, NULL), OK);
  for (int64_t i = 0; i < n; i++) y->f[i] = sin((double)i / 5000);
  y->f[123457] = 9, y->f[300001] = -9, y->f[200000] = NAN;
  assert_int_equal(frame_add(f, "y", y, NULL), OK);
  Plot p = chart_make("line", f, "x=y");
  const Series *s = &p.series[0];
  bool peak = false, dip = false, gap = false;
  assert_true(s->n <= PLOT_MOST_MARKS && s->n > 7000);
  for (int64_t k = 0; k < s->n; k++) {
    peak = peak || (s->y[k] == 9 && s->x[k] == 123458 && s->rows[k] == 123457);
    dip = dip || s->y[k] == -9, gap = gap || isnan(s->y[k]);
    if (k) assert_true(s->x[k] > s->x[k - 1]);
  }
  assert_true(peak && dip && gap && s->x[0] == 1 && s->x[s->n - 1] == (double)n);
  assert_has(p.note, "thinned");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_makes_no_line_is_refused) {
  Frame *f = make_frame("x:real g:text", "1 a 2 b");
  assert_has(chart_refusal("line", f, "", ERR_ARG), "line: y names no column");
  assert_string_equal(chart_refusal("line", f, "x=x y=g", ERR_TYPE),
                      "line: column 'g' is text: a line is drawn through numbers");
  assert_has(chart_refusal("line", f, "x=g y=x,x color=g", ERR_ARG), "color parts one column y, 2 were given");
  assert_has(chart_refusal("step", f, "x=z y=x", ERR_NAME), "step: no column 'z'");
  assert_has(chart_refusal("line", f, "y=x,x,x,x,x,x,x", ERR_ARG), "7 columns are too many lines");
  frame_unref(f);
  f = make_frame("x:real y:real", "1 NA NA 2");
  assert_string_equal(chart_refusal("line", f, "x=x y=y", ERR_ARG),
                      "line: none of the 2 rows has values in all columns that can be shown");
  frame_unref(f);
}

TEST(autocorrelations_are_those_of_acf) {
  Frame *f = chart_data("airpassengers");
  Plot p = chart_make("correlogram", f, "x=passengers lags=36");
  const Series *s = &p.series[0];
  assert_true(s->kind == MARK_BAR && s->n == 36);
  assert_near(s->y[0], 0.94804734075249186, 1e-14);
  assert_near(s->y[1], 0.87557483512535028, 1e-14);
  assert_near(s->y[11], 0.76039504226255583, 1e-14);
  assert_near(s->y[35], 0.33702359902053580, 1e-14);
  assert_near(p.series[1].y[0], 0.16333033204500447, 1e-14);
  assert_near(p.series[2].y[0], -0.16333033204500447, 1e-14);
  assert_string_equal(p.reading, "36 of 36 lags lie beyond the 95% limits, -.163 and +.163; strongest +.948 at lag 1");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("correlogram", f, "x=passengers");
  assert_int_equal(p.series[0].n, 21);
  plot_fini(&p);
  frame_unref(f);
  f = chart_data("airquality"); // with missing values
  p = chart_make("correlogram", f, "x=Ozone");
  static const double want[] = {0.56152898309023791, 0.38442245625664845, 0.39022118654766602, 0.28007134138842849,
                                0.28232623214276303};
  for (int k = 0; k < 5; k++) assert_near(p.series[0].y[k], want[k], 1e-14);
  assert_int_equal(p.series[0].n, 21);
  assert_string_equal(p.note, "37 missing Ozone: not shown");
  plot_fini(&p);
  frame_unref(f);
}

TEST(a_series_without_spread_has_no_autocorrelation) {
  Frame *f = make_frame("x:real", "1 1 1 1");
  assert_string_equal(chart_refusal("correlogram", f, "x=x", ERR_ARG),
                      "correlogram: 'x' has the same value in all rows");
  frame_unref(f);
  f = make_frame("x:real", "1 2");
  assert_string_equal(chart_refusal("correlogram", f, "x=x", ERR_ARG), "correlogram: 'x' has fewer than 3 values");
  frame_unref(f);
}

TEST(a_lag_plot_pairs_rows_that_far_apart) {
  Frame *f = chart_data("airpassengers");
  Plot p = chart_make("lag", f, "x=passengers lag=12");
  assert_true(p.series[0].n == 132 && p.series[0].x[0] == 112 && p.series[0].y[0] == 115 && p.series[0].rows[0] == 12);
  assert_true(p.x.lo == p.y.lo && p.x.hi == p.y.hi);
  assert_has(p.reading, "passengers goes with itself 12 rows later: r .991 ["); // .99053
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("x:real", "1 NA 3 5 2");
  p = chart_make("lag", f, "x=x");
  assert_int_equal(p.n, 2);
  assert_string_equal(p.note, "2 pairs with a missing or odd x: not shown");
  plot_fini(&p);
  assert_has(chart_refusal("lag", f, "x=x lag=5", ERR_ARG), "5 rows have no two that are 5 apart");
  frame_unref(f);
}

RUN(CASE(a_line_runs_in_the_order_of_x), CASE(missing_values_are_gaps),
    CASE(along_categories_a_point_is_the_mean_of_its_rows), CASE(areas_stand_on_zero_or_on_each_other),
    CASE(a_long_line_keeps_its_peaks_and_its_gap), CASE(what_makes_no_line_is_refused),
    CASE(autocorrelations_are_those_of_acf), CASE(a_series_without_spread_has_no_autocorrelation),
    CASE(a_lag_plot_pairs_rows_that_far_apart))
