// Heatmaps in clustered order, of aggregates and of any numbers; calendars. hclust(method = "average"), tapply() and
// weekdays() of R 4.2.2 on bundled data; the rest by hand.
#include "unit/chart/chart_help.h"

#include "chart/matrix_int.h"
#include "frame/verbs.h"
#include "stats/stats.h"

TEST(correlations_stand_in_the_order_of_hclust) {
  Frame *all = chart_data("breast_cancer"), *f, *r;
  const char *names[10];
  for (int j = 0; j < 10; j++) names[j] = frame_name(all, j);
  assert_int_equal(frame_select(all, &(Names){names, 10}, &f, NULL), OK);
  assert_int_equal(stats_corr(NULL, f, &(CorrOpts){0}, &r, NULL), OK);
  Plot p = chart_make("heatmap", r, "order=cluster");
  static const char *const order[] = {
      "mean_texture",   "mean_area",           "mean_radius",   "mean_perimeter",  "mean_compactness",
      "mean_concavity", "mean_concave_points", "mean_symmetry", "mean_smoothness", "mean_fractal_dimension"};
  for (int k = 0; k < 10; k++) {
    assert_string_equal(p.x.category[k], order[k]);
    assert_string_equal(p.y.category[9 - k], order[k]);
  }
  assert_int_equal(p.series[0].n, 45);
  for (int64_t k = 0; k < 45; k++) // cells keep the numbers of the matrix as given
    if (p.series[0].x[k] == 1 && p.series[0].y[k] == 7) {
      assert_near(p.series[0].value[k], 0.9873571700566125, 1e-13);
      assert_int_equal(p.series[0].rows[k], 0 * 10 + 3);
    }
  chart_check(&p);
  plot_fini(&p);
  frame_unref(r);
  frame_unref(f);
  frame_unref(all);
}

TEST(merges_have_the_heights_of_hclust) {
  Frame *f = chart_data("usarrests");
  enum { N = 12 };
  double d[N * N], height[N - 1];
  int64_t order[N];
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      d[i * N + j] = 0;
      for (int c = 1; c < 5; c++) {
        double x = col_f64(frame_at(f, c), i) - col_f64(frame_at(f, c), j);
        d[i * N + j] += x * x;
      }
      d[i * N + j] = sqrt(d[i * N + j]);
    }
  Pile pile = {.chart = "test"};
  assert_int_equal(cluster_order(&pile, d, N, order, height, NULL), OK);
  static const int want[] = {11, 7, 12, 1, 8, 4, 6, 10, 9, 2, 3, 5};
  static const double heights[] = {16.806248837857900, 23.194180304550535, 25.093026919843691, 25.280427211580108,
                                   31.160494940955740, 40.406005030769357, 45.847352952708604, 60.869920721175141,
                                   72.351896740969821, 82.326999651044929, 160.246934958739644};
  for (int k = 0; k < N; k++) assert_int_equal(order[k] + 1, want[k]);
  for (int k = 0; k < N - 1; k++) assert_near(height[k], heights[k], 1e-12);
  pile_free(&pile);
  Frame *some;
  assert_int_equal(frame_slice(NULL, f, 0, N, &some, NULL), OK);
  Plot p = chart_make("heatmap", some, "matrix=true order=cluster");
  static const char *const columns[] = {"Assault", "UrbanPop", "Murder", "Rape"}; // of dist(t(M))
  for (int k = 0; k < 4; k++) assert_string_equal(p.x.category[k], columns[k]);
  assert_string_equal(p.y.category[N - 1], "Hawaii");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(some);
  frame_unref(f);
}

TEST(a_cell_is_an_aggregate_of_two_categories) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("heatmap", f, "x=passengerClass y=sex value=age");
  static const double want[] = {37.037593984962406, 27.499191262194174, 22.185307236881577,
                                41.029249668913906, 30.815400632873416, 25.962273065885388};
  for (int k = 0; k < 6; k++) assert_near(p.series[0].value[k], want[k], 1e-13);
  assert_string_equal(p.reading, "mean of age: largest sex male, passengerClass 1st: 41; smallest sex female, "
                                 "passengerClass 3rd: 22.2");
  assert_true(p.colour.present && p.n == 1309);
  assert_string_equal(p.y.name, "sex");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("heatmap", f, "x=passengerClass y=sex");
  assert_true(p.series[0].value[0] == 144 && p.series[0].value[5] == 493);
  plot_fini(&p);
  p = chart_make("heatmap", f, "x=passengerClass y=sex value=max(age)-min(age)");
  assert_has(p.reading, "max(age)-min(age): largest");
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("a:text b:text v:real", "u x 1 v y 3 NA x 2 u x NA");
  p = chart_make("heatmap", f, "x=a y=b value=v");
  assert_string_equal(p.note, "1 rows miss a category: not shown; 2 pairs without a value: blank");
  assert_int_equal(p.n, 3);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(signs_say_how_much) {
  Frame *f = make_frame("g:text a:real b:real c:real", "u -10 -5.5 -1 v 2 5 8");
  Plot p = chart_make("heatmap", f, "show=sign");
  static const char *const want[] = {"---", "--", "0", "+", "++", "+++"};
  for (int k = 0; k < 6; k++) assert_string_equal(p.series[0].label[k], want[k]);
  plot_fini(&p);
  frame_unref(f);
}

TEST(numbers_alone_are_a_matrix_when_asked) {
  Frame *f = make_frame("a:real b:int g:text", "1 2 x 3 4 y");
  Plot p = chart_make("heatmap", f, "matrix=true");
  assert_string_equal(p.y.category[1], "x");
  assert_string_equal(p.x.category[1], "b");
  assert_true(p.series[0].value[2] == 3);
  plot_fini(&p);
  assert_has(chart_refusal("heatmap", f, "x=g", ERR_ARG), "heatmap: x and y go together");
  assert_has(chart_refusal("heatmap", f, "x=g y=g", ERR_ARG), "x and y are both 'g'");
  assert_has(chart_refusal("heatmap", f, "x=g y=a", ERR_TYPE), "column 'a' is real");
  assert_has(chart_refusal("heatmap", f, "x=g y=b value=g", ERR_TYPE), "column 'g' is text");
  assert_has(chart_refusal("heatmap", f, "x=g y=b value=sum(q)", ERR_NAME), "q");
  assert_has(chart_refusal("heatmap", f, "x=g y=b matrix=true", ERR_ARG), "not both");
  frame_unref(f);
  f = make_frame("a:real b:int", "1 2 3 4");
  p = chart_make("heatmap", f, "matrix=true");
  assert_string_equal(p.y.category[0], "2");
  plot_fini(&p);
  frame_unref(f);
}

TEST(a_calendar_puts_days_under_their_week) {
  Frame *f = chart_data("seattle_weather");
  Plot p = chart_make("calendar", f, "date=date value=temp_max");
  assert_int_equal(p.npanel, 4);
  assert_string_equal(p.panel[2].title, "2014");
  assert_true(p.panel[2].x.months && p.x.name == NULL);
  assert_int_equal(p.panel[0].series[0].n, 366);
  const Series *s = &p.panel[2].series[0];
  int64_t day = date_from_civil(2014, 8, 11); // a Monday
  for (int64_t k = 0; k < s->n; k++)
    if (s->rows[k] == day) assert_true(s->value[k] == 35.6 && s->x[k] == (double)day && s->y[k] == 6);
  assert_string_equal(p.reading, "mean of temp_max: highest 35.6 on Mon 2014-08-11, lowest -1.6 on Thu 2014-02-06; by "
                                 "weekday from Wed 16.13 to Mon 16.84");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(values_of_a_column_with_backticks_are_averaged) {
  Frame *f = make_frame("t:date v`w:int", "2024-02-29 1 2024-02-29 5");
  Plot p = chart_make("calendar", f, "date=t value=v`w");
  assert_near(p.series[0].value[0], 3, 0);
  plot_fini(&p);
  frame_unref(f);
}

TEST(several_rows_of_a_day_become_one_value) {
  Frame *f = make_frame("t:time v:int", "2024-02-29T10:00:00 1 2024-02-29T23:59:59 5 2024-03-03T00:00:00 7 NA 9");
  Plot p = chart_make("calendar", f, "date=t value=sum(v)");
  assert_string_equal(p.x.name, "2024");
  const Series *s = &p.series[0];
  assert_int_equal(p.npanel, 0);
  assert_true(s->n == 2 && s->value[0] == 6 && s->value[1] == 7);
  assert_true(s->y[0] == 3 && s->y[1] == 0 && s->x[0] == s->x[1]); // Thursday and Sunday of one week
  assert_string_equal(p.note, "1 missing t: not shown");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("calendar", f, "date=t value=v facet=v");
  assert_true(p.npanel == 3 && p.panel[0].x.lo == p.panel[2].x.lo && p.panel[0].x.hi == p.panel[2].x.hi);
  chart_check(&p);
  plot_fini(&p);
  assert_has(chart_refusal("calendar", f, "date=v", ERR_TYPE), "calendar: column 'v' is int: a calendar needs dates");
  frame_unref(f);
  f = make_frame("d:date", "1990-01-01 2020-01-01");
  assert_has(chart_refusal("calendar", f, "date=d", ERR_ARG), "1990 to 2020 are more than 12 years");
  frame_unref(f);
}

RUN(CASE(correlations_stand_in_the_order_of_hclust), CASE(merges_have_the_heights_of_hclust),
    CASE(a_cell_is_an_aggregate_of_two_categories), CASE(signs_say_how_much),
    CASE(numbers_alone_are_a_matrix_when_asked), CASE(a_calendar_puts_days_under_their_week),
    CASE(values_of_a_column_with_backticks_are_averaged), CASE(several_rows_of_a_day_become_one_value))
