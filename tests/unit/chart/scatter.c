// Scatter plots. Correlations and intervals: cor.test and cor(method = "spearman") of R 4.2.2 on iris, faithful and
// airquality; the rest by hand.
#include "unit/chart/chart_help.h"

#include "base/rng.h"

TEST(points_are_the_rows_that_have_both) {
  Frame *f = make_frame("x:real y:int", "1 5 NA 6 2.5 NA 3 7 nan 1 4 2");
  Plot p = chart_make("scatter", f, "x=x y=y");
  const Series *s = &p.series[0];
  assert_int_equal(s->kind, MARK_POINT);
  assert_int_equal(s->n, 3);
  assert_true(s->x[1] == 3 && s->y[1] == 7 && s->rows[0] == 0 && s->rows[1] == 3 && s->rows[2] == 5);
  assert_string_equal(p.note, "1 missing x, 1 not finite x, 1 missing y: not shown");
  assert_true(p.x.lo == 1 && p.x.hi == 4 && p.y.lo == 2 && p.y.hi == 7); // no longer than the data
  assert_string_equal(p.x.name, "x");
  assert_int_equal(p.n, 3);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

static void check_reading(const char *data, const char *words, const char *want) {
  Frame *f = chart_data(data);
  Plot p = chart_make("scatter", f, words);
  assert_string_equal(p.reading, want);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(the_sentence_has_r_with_its_interval) {
  check_reading("iris", "x=petal_length_cm y=petal_width_cm",
                "petal_width_cm rises with petal_length_cm: r .963 [.949, .973], n 150");
  check_reading("faithful", "x=eruptions y=waiting",
                "waiting rises with eruptions: r .901 [.876, .921], by rank .778, n 272");
  check_reading("airquality", "x=Wind y=Ozone", "Ozone falls with Wind: r -.602 [-.706, -.471], n 116");
}

TEST(ranks_are_told_where_they_differ) { // spearman of these: 1
  Frame *f = make_frame("x:real y:real", "1 1 2 2 3 4 4 8 5 16 6 32 7 64 8 1000");
  Plot p = chart_make("scatter", f, "x=x y=y");
  assert_has(p.reading, ", by rank 1.000, n 8");
  plot_fini(&p);
  p = chart_make("scatter", f, "x=x y=y logy=true");
  assert_has(p.reading, "r of logs ");
  assert_true(!strstr(p.reading, "by rank"));
  assert_true(p.y.scale == SCALE_LOG && p.y.lo == 1 && p.y.hi == 1000);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

static void check_small(const char *body, const char *want) {
  Frame *f = make_frame("x:real y:real", body);
  Plot p = chart_make("scatter", f, "x=x y=y");
  assert_string_equal(p.reading, want);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(little_or_even_data_is_not_over_read) {
  check_small("1 2", "one point");
  check_small("1 2 1 3 1 9", "x is the same in all 3 rows");
  check_small("1 0.1 2 0.1 3 0.1", "y is the same in all 3 rows");
  check_small("1 2 2 3 3 1", "y shows no sure straight-line relation with x: r -.500, n 3");
  check_small("1 2 2 4 3 6 4 8", "y rises with x: r 1.000 [1.000, 1.000], n 4");
}

TEST(colours_part_the_points_by_level) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("scatter", f, "x=petal_length_cm y=petal_width_cm color=class");
  assert_int_equal(p.nseries, 3);
  for (int k = 0; k < 3; k++) assert_true(p.series[k].n == 50 && p.series[k].group == k);
  assert_string_equal(p.series[2].name, "virginica");
  assert_int_equal(p.series[2].rows[0], 100);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(dates_are_positions) {
  Frame *f = chart_data("seattle_weather");
  Plot p = chart_make("scatter", f, "x=date y=temp_max");
  assert_int_equal(p.x.kind, AXIS_DATE);
  assert_int_equal((int64_t)p.x.lo, date_from_civil(2012, 1, 1));
  assert_int_equal((int64_t)p.x.hi, date_from_civil(2015, 12, 31));
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

static Frame *many(int64_t n) {
  Frame *f = frame_new(n);
  Column *x, *y, *g;
  RngKey key = rng_key(3, "scatter");
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &y, NULL), OK);
  assert_int_equal(column_new(NULL, COL_BOOL, n, NULL, &g, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    x->f[i] = rng_unit(key, (uint64_t)i, 0), y->f[i] = x->f[i] + rng_unit(key, (uint64_t)i, 1);
    g->b[i] = (uint8_t)(i % 2);
  }
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  assert_int_equal(frame_add(f, "y", y, NULL), OK);
  assert_int_equal(frame_add(f, "g", g, NULL), OK);
  return f;
}

TEST(very_many_points_become_counts_on_a_grid_for_each_colour) {
  Frame *f = many(PLOT_MOST_MARKS + 1);
  Plot p = chart_make("scatter", f, "x=x y=y color=g");
  const Series *s = &p.series[0];
  assert_int_equal(p.nseries, 2);
  assert_true(s[0].kind == MARK_GRID && s[1].kind == MARK_GRID);
  assert_true(s->ncol == PLOT_GRID / 2 && s->nrow == PLOT_GRID / 2);
  assert_true(s[0].group == 0 && s[1].group == 1 && s[1].role == ROLE_GROUP);
  double sum = 0, low = 0;
  for (int64_t k = 0; k < s->n; k++) sum += s[0].value[k] + s[1].value[k];
  for (int64_t k = 0; k < s->ncol / 2; k++)
    low += s[0].value[k] + s[1].value[k]; // y least: x small, so the row 0 is the bottom one
  assert_true(sum == PLOT_MOST_MARKS + 1 && low > 0);
  for (int64_t k = s->ncol / 2; k < s->ncol; k++) assert_true(s[0].value[k] == 0 && s[1].value[k] == 0);
  assert_null(p.note);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = many(PLOT_MOST_MARKS);
  p = chart_make("scatter", f, "x=x y=y color=g");
  assert_int_equal(p.series[0].kind, MARK_POINT);
  assert_int_equal(p.series[0].n + p.series[1].n, PLOT_MOST_MARKS);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_does_not_fit_is_refused) {
  Frame *f = chart_data("titanic");
  assert_string_equal(chart_refusal("scatter", f, "x=age y=sex", ERR_TYPE),
                      "scatter: column 'sex' is category: a scatter plot needs numbers or dates on both axes");
  assert_string_equal(chart_refusal("scatter", f, "x=agee y=sex", ERR_NAME),
                      "scatter: no column 'agee': did you mean 'age'?");
  assert_string_equal(
      chart_refusal("scatter", f, "x=age y=age color=name", ERR_ARG),
      "scatter: column 'name' has 1,309 levels, at most 6 fit: keep fewer with d:where, or leave color out");
  frame_unref(f);
  f = make_frame("x:real y:real", "1 NA NA 2");
  assert_string_equal(chart_refusal("scatter", f, "x=x y=y", ERR_ARG),
                      "scatter: none of the 2 rows has values in all columns that can be shown");
  frame_unref(f);
}

RUN(CASE(points_are_the_rows_that_have_both), CASE(the_sentence_has_r_with_its_interval),
    CASE(ranks_are_told_where_they_differ), CASE(little_or_even_data_is_not_over_read),
    CASE(colours_part_the_points_by_level), CASE(dates_are_positions),
    CASE(very_many_points_become_counts_on_a_grid_for_each_colour), CASE(what_does_not_fit_is_refused))
