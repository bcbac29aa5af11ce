// Charts for crowds of rows and of columns: hexagons, parallel coordinates, pairs. Hexagons: the fullest by
// hexbin() of matplotlib 3.6.3 on diamonds_1in8, all of them by NumPy 1.24 without the margin of 1e-9 that hexbin() adds
// (at bins=25 values lie on edges to the last bit); eta squared: anova(lm()) of R 4.2.2, correlations: cor() of R 4.2.2; the rest by hand.
#include "unit/chart/chart_help.h"

#include "base/pool.h"
#include "base/rng.h"

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x < y) - (x > y);
}

static void check_hexagons(const char *words, int64_t n, double squares, const double most[5]) {
  Frame *f = chart_data("diamonds_1in8");
  Plot p = chart_make("hexbin", f, words);
  Series *s = &p.series[0];
  double sum = 0, sum2 = 0;
  assert_int_equal(s->kind, MARK_HEX);
  assert_int_equal(s->n, n);
  for (int64_t k = 0; k < n; k++) sum += s->value[k], sum2 += s->value[k] * s->value[k];
  assert_true(sum == 6743 && (squares == 0 || sum2 == squares));
  chart_check(&p);
  qsort(s->value, (size_t)n, sizeof *s->value, by_size);
  for (int k = 0; k < (squares == 0 ? 3 : 5); k++) assert_true(s->value[k] == most[k]);
  plot_fini(&p);
  frame_unref(f);
}

TEST(hexagons_are_those_of_matplotlib) {
  check_hexagons("x=carat y=price", 240, 0, (double[]){836, 640, 545, 288, 279});
  check_hexagons("x=carat y=price bins=10", 54, 5047767, (double[]){1410, 1098, 841, 693, 503});
  Frame *f = chart_data("diamonds_1in8");
  Plot p = chart_make("hexbin", f, "x=carat y=price");
  assert_has(p.reading,
             "the fullest hexagon, at carat 0.398 and price 985.7, holds 836 of 6,743 rows; r .927"); // 985.679
  assert_true(p.colour.lo == 1 && p.colour.hi == 836);
  const Series *s = &p.series[0];
  assert_near(s->x2[0], (p.x.hi - p.x.lo) / 26 / 2, 1e-12); // 25 steps and half a hexagon on both sides
  plot_fini(&p);
  frame_unref(f);
}

TEST(hexagons_of_points_at_one_place) {
  Frame *f = make_frame("x:real y:real", "2 2 2 2 NA 1");
  Plot p = chart_make("hexbin", f, "x=x y=y");
  assert_true(p.series[0].n == 1 && p.series[0].value[0] == 2);
  assert_string_equal(p.note, "1 missing x: not shown");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("x:real y:real", "-1e308 1 1e308 2");
  assert_has(chart_refusal("hexbin", f, "x=x y=y", ERR_NUMERIC), "span more than numbers hold");
  frame_unref(f);
}

TEST(axes_run_from_least_to_greatest) {
  Frame *f = make_frame("a:real b:int c:real g:text", "0 10 5 u 4 20 5 v 1 12 5 u NA 1 1 u");
  Plot p = chart_make("parallel", f, "color=g");
  const Series *s = &p.series[0];
  assert_int_equal(p.nseries, 3);
  assert_true(s->kind == MARK_LINE && s->n == 7 && isnan(s->y[3])); // two rows of three columns, and a break
  static const double want[] = {0, 0, 0.5, 0, 0.25, 0.2, 0.5};
  for (int k = 0; k < 7; k++)
    if (k != 3) assert_near(s->y[k], want[k], 1e-15);
  assert_true(s->x[0] == 0.5 && s->x[2] == 2.5 && s->rows[4] == 2);
  assert_int_equal(p.series[2].kind, MARK_TEXT);
  assert_string_equal(p.series[2].label[0], "0");
  assert_string_equal(p.series[2].label[3], "20");
  assert_string_equal(p.note, "1 missing a: not shown");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(the_column_that_parts_groups_best_is_named) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("parallel", f, "color=class");
  assert_string_equal(p.reading, "petal_length_cm parts the levels of class best: 94% of its spread lies between them, "
                                 "n 150"); // .94137, then petal_width_cm .92888
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("parallel", f, "");
  assert_string_equal(p.reading, "of neighbours petal_length_cm and petal_width_cm go together most: r +.963, n 150");
  plot_fini(&p);
  p = chart_make("parallel", f, "lines=40");
  assert_int_equal(p.series[0].n, 40 * 5 - 1);
  for (int k = 0; k < 40; k++) { // one of each stretch of rows
    int64_t row = p.series[0].rows[5 * k];
    assert_true(row >= k * 150 / 40 && row < (k + 1) * 150 / 40);
  }
  assert_string_equal(p.note, "40 of 150 rows drawn, spread evenly (seed 1)");
  chart_check(&p);
  plot_fini(&p);
  assert_has(chart_refusal("parallel", f, "columns=class,sepal_width_cm", ERR_TYPE), "column 'class' is category");
  assert_has(chart_refusal("parallel", f, "columns=sepal_width_cm", ERR_ARG), "1 number column, at least 2");
  frame_unref(f);
}

// The table of pairs names every pair.
static void check_panels(const Plot *p) {
  static const char *const want[] = {"sepal_length_cm", "r of sepal_length_cm and sepal_width_cm: -.12",
                                     "petal_width_cm against petal_length_cm"};
  int seen[3] = {0};
  Frame *t;
  assert_int_equal(chart_table(NULL, p, &t, NULL), OK);
  const Column *panel = frame_at(t, 0);
  for (int64_t i = 0; i < frame_nrow(t); i++)
    for (int k = 0; k < 3; k++) seen[k] += sv_eq(col_text(panel, i), sv(want[k]));
  assert_true(seen[0] > 1 && seen[1] == 4 && seen[2] == 150);
  frame_unref(t);
}

TEST(pairs_have_points_below_bars_on_and_coefficients_above_the_diagonal) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("pairs", f, "color=class");
  assert_true(p.npanel == 16 && p.panel_columns == 4);
  const Plot *points = &p.panel[3 * 4 + 2], *bars = &p.panel[5], *words = &p.panel[2 * 4 + 3];
  assert_true(points->nseries == 3 && points->series[0].kind == MARK_POINT && points->series[2].n == 50);
  assert_true(points->x.lo == 1 && points->x.hi == 6.9 && points->y.lo == 0.1 && points->y.hi == 2.5);
  assert_string_equal(points->x.name, "petal_length_cm");
  assert_null(points->y.name);
  assert_int_equal(points->series[1].rows[0], 50);
  assert_true(bars->series[0].kind == MARK_BAR);
  assert_string_equal(bars->title, "sepal_width_cm");
  double n = 0;
  for (int64_t k = 0; k < bars->series[0].n; k++) n += bars->series[0].y[k];
  assert_true(n == 150);
  assert_int_equal(words->nseries, 4);
  assert_string_equal(words->series[0].label[0], "+.96");
  assert_string_equal(words->series[1].label[0], "setosa +.33"); // cor: .33163
  assert_string_equal(p.reading, "strongest pair: petal_length_cm and petal_width_cm +.96, then sepal_length_cm and "
                                 "petal_length_cm +.87, n 150");
  chart_check(&p);
  check_panels(&p);
  plot_fini(&p);
  assert_has(chart_refusal("pairs", f, "facet=class", ERR_TYPE), "leave facet out");
  frame_unref(f);
}

TEST(each_pair_uses_the_rows_that_have_both) {
  Frame *f = chart_data("airquality");
  Plot p = chart_make("pairs", f, "columns=Ozone,Solar.R,Wind");
  assert_int_equal(p.panel[3].n, 111);
  assert_int_equal(p.panel[6].n, 116);
  assert_string_equal(p.panel[1].series[0].label[0], "+.35"); // .34834
  assert_string_equal(p.note, "37 missing Ozone, 7 missing Solar.R: not shown");
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("a:real b:real", "1 NA NA 2 3 NA");
  p = chart_make("pairs", f, "");
  assert_string_equal(p.panel[2].series[0].label[0], "no row has both");
  assert_string_equal(p.reading, "no pair of columns has a correlation");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(crowds_in_pairs_are_counted_and_fit_the_protocol) {
  enum { ROWS = 30000, COLUMNS = 8 };
  Frame *f = frame_new(ROWS);
  RngKey key = rng_key(5, "pairs");
  for (int j = 0; j < COLUMNS; j++) {
    Column *c;
    char name[] = {(char)('a' + j), 0};
    assert_int_equal(column_new(NULL, COL_F64, ROWS, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < ROWS; i++) c->f[i] = rng_unit(key, (uint64_t)i, (uint64_t)j);
    assert_int_equal(frame_add(f, name, c, NULL), OK);
  }
  Plot p = chart_make("pairs", f, "");
  const Series *s = &p.panel[COLUMNS].series[0];
  double sum = 0;
  assert_int_equal(s->kind, MARK_GRID);
  for (int64_t k = 0; k < s->n; k++) sum += s->value[k];
  assert_true(sum == ROWS);
  chart_check(&p); // the size as well
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(hexagons_are_those_of_matplotlib), CASE(hexagons_of_points_at_one_place),
    CASE(axes_run_from_least_to_greatest), CASE(the_column_that_parts_groups_best_is_named),
    CASE(pairs_have_points_below_bars_on_and_coefficients_above_the_diagonal),
    CASE(each_pair_uses_the_rows_that_have_both), CASE(crowds_in_pairs_are_counted_and_fit_the_protocol))
