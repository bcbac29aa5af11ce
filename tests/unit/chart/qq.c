// Quantiles against quantiles. Expected values: qqnorm, ppoints, qexp, qqplot and the line of qqline by R 4.2.2; the
// band by slope / dnorm(z) * sqrt(p (1 - p) / n) * 1.96 in R.
#include "unit/chart/chart_help.h"

#include "frame/verbs.h"

static const Series *find(const Plot *p, MarkKind kind) {
  for (int k = 0; k < p->nseries; k++)
    if (p->series[k].kind == kind) return &p->series[k];
  fail_msg("no series of kind %d", kind);
  return NULL;
}

TEST(points_line_and_band_are_those_of_R) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("qq", f, "x=sepal_width_cm");
  const Series *s = find(&p, MARK_POINT), *line = find(&p, MARK_RULE), *band = find(&p, MARK_AREA);
  static const int at[] = {0, 1, 74, 149};
  static const double x[] = {-2.7130518884727173, -2.3263478740408408, -0.00835552480429347, 2.7130518884727204};
  assert_int_equal(s->n, 150);
  for (int k = 0; k < 4; k++) assert_near(s->x[at[k]], x[k], 1e-12);
  assert_true(s->y[0] == 2 && s->y[149] == 4.4 && s->rows[149] == 15);
  double slope = (line->y2[0] - line->y[0]) / (line->x2[0] - line->x[0]);
  assert_near(slope, 0.37065055462640051, 1e-12);
  assert_near(line->y[0] - slope * line->x[0], 3.05, 1e-12);
  assert_near(band->y[0], 1.7045330609650571, 1e-10);
  assert_near(band->y2[0], 2.3842785646497107, 1e-10);
  assert_near(band->y2[band->n - 1], 4.3954669390349448, 1e-10);
  assert_has(p.reading, "25 of 150 values (17%) lie outside");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(ten_values_and_fewer_have_other_places) { // ppoints(5)
  Frame *f = make_frame("x:real", "1 2 3 4 6");
  Plot p = chart_make("qq", f, "x=x");
  const Series *s = find(&p, MARK_POINT);
  assert_near(s->x[0], -1.1797611176118603, 1e-13);
  assert_near(s->x[1], -0.49720057068155399, 1e-13);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(other_distributions_have_their_quantiles) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("qq", f, "x=sepal_width_cm dist=exponential");
  const Series *s = find(&p, MARK_POINT), *line = find(&p, MARK_RULE);
  assert_near(s->x[0], 0.0033389012655146329, 1e-15);
  assert_near(s->x[149], 5.7037824746562116, 1e-12);
  double slope = (line->y2[0] - line->y[0]) / (line->x2[0] - line->x[0]);
  assert_near(slope, 0.45511961331341877, 1e-12);
  assert_near(line->y[0] - slope * line->x[0], 2.6690702464285425, 1e-12);
  assert_string_equal(p.x.name, "exponential quantiles");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("qq", f, "x=sepal_width_cm dist=uniform");
  assert_near(find(&p, MARK_POINT)->x[0], 0.5 / 150, 1e-15);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("qq", f, "x=sepal_width_cm dist=lognormal");
  assert_true(p.y.scale == SCALE_LOG && find(&p, MARK_POINT)->y[0] == 2);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(two_columns_are_spread_over_each_other) { // qqplot(petal_length_cm, petal_width_cm[1:20])
  Frame *f = chart_data("iris"), *g;
  Column *c = NULL;
  assert_int_equal(frame_select(f, NAMES("petal_length_cm"), &g, NULL), OK);
  int64_t row[150];
  for (int i = 0; i < 150; i++) row[i] = i < 20 ? i : -1;
  assert_int_equal(column_gather(NULL, frame_at(f, frame_find(f, sv("petal_width_cm"))), row, 150, &c, NULL), OK);
  assert_int_equal(frame_add(g, "w", c, NULL), OK);
  Plot p = chart_make("qq", g, "x=petal_length_cm y=w");
  const Series *s = find(&p, MARK_POINT);
  static const int at[] = {0, 1, 9, 19};
  static const double x[] = {1, 1.3, 4.2, 6.9}, y[] = {0.1, 0.1, 0.2, 0.4};
  assert_int_equal(s->n, 20);
  for (int k = 0; k < 4; k++) {
    assert_near(s->x[at[k]], x[k], 1e-14);
    assert_near(s->y[at[k]], y[k], 1e-14);
  }
  assert_has(p.note, "130 missing w");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  frame_unref(g);
}

TEST(of_many_values_the_tails_are_kept) {
  enum { N = 50000 };
  Frame *f = frame_new(N);
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &c, NULL), OK);
  for (int i = 0; i < N; i++) c->f[i] = i;
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  Plot p = chart_make("qq", f, "x=x dist=uniform");
  const Series *s = find(&p, MARK_POINT);
  assert_true(s->n <= 2400 && s->y[0] == 0 && s->y[199] == 199 && s->y[s->n - 1] == N - 1 &&
              s->y[s->n - 200] == N - 200);
  assert_has(p.note, "of 50,000 points are drawn");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(too_few_or_equal_values_are_refused) {
  Frame *f = make_frame("x:real y:real", "1 2 1 2 1 2"), *g = make_frame("x:real", "1 2");
  assert_has(chart_refusal("qq", f, "x=x", ERR_ARG), "all values of 'x' are the same");
  assert_has(chart_refusal("qq", g, "x=x", ERR_ARG), "three values at least");
  frame_unref(f);
  frame_unref(g);
}

RUN(CASE(points_line_and_band_are_those_of_R), CASE(ten_values_and_fewer_have_other_places),
    CASE(other_distributions_have_their_quantiles), CASE(two_columns_are_spread_over_each_other),
    CASE(of_many_values_the_tails_are_kept), CASE(too_few_or_equal_values_are_refused))
