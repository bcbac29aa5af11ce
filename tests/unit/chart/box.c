// Boxes. Expected values: boxplot.stats() of R 4.2.2 on iris and airquality; small ones by hand.
#include "unit/chart/chart_help.h"

static void check_five(const double *five, double a, double b, double c, double d, double e) {
  const double want[] = {a, b, c, d, e};
  for (int k = 0; k < 5; k++) assert_near(five[k], want[k], 1e-15);
}

TEST(boxes_whiskers_and_outliers_are_those_of_R) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("box", f, "x=sepal_width_cm by=class");
  const Series *s = &p.series[0], *out = &p.series[1];
  assert_true(s->kind == MARK_BOX && s->n == 3 && p.y.ncategory == 3);
  assert_string_equal(p.y.category[0], "virginica");
  check_five(s->five, 2.2, 2.8, 3, 3.2, 3.8);
  check_five(s->five + 5, 2, 2.5, 2.8, 3, 3.4);
  check_five(s->five + 10, 2.9, 3.2, 3.4, 3.7, 4.4);
  assert_true(s->rows[0] == 2 && s->rows[2] == 0);
  assert_true(out->kind == MARK_POINT && out->n == 1 && out->x[0] == 2.3 && out->y[0] == 2.5);
  assert_int_equal(out->rows[0], 41); // the flower with that width
  assert_has(p.reading, "1 of 150 lies beyond the whiskers");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = chart_data("airquality");
  p = chart_make("box", f, "x=Ozone");
  check_five(p.series[0].five, 1, 18, 31.5, 63.5, 122);
  assert_true(p.series[1].n == 2 && p.series[1].x[0] == 135 && p.series[1].x[1] == 168);
  assert_has(p.note, "37 missing Ozone");
  assert_int_equal(p.n, 116);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(notches_are_those_of_R) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("box", f, "x=sepal_width_cm by=class notch=true");
  const Series *s = &p.series[1];
  assert_string_equal(s->name, "notch");
  assert_near(s->x[0], 2.9106217028580201, 1e-14);
  assert_near(s->x2[0], 3.0893782971419799, 1e-14);
  assert_near(s->x[2], 3.2882771285725254, 1e-14);
  assert_has(p.note, "1.58 IQR");
  Frame *t;
  assert_int_equal(chart_table(NULL, &p, &t, NULL), OK);
  assert_true(frame_find(t, sv("q1")) > 0 && frame_find(t, sv("high")) > 0 && frame_find(t, sv("x2")) > 0);
  assert_near(frame_at(t, frame_find(t, sv("median")))->f[1], 2.8, 1e-15);
  assert_false(col_valid(frame_at(t, frame_find(t, sv("median"))), 3)); // a notch has no median
  frame_unref(t);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(few_values_have_boxes_too) {
  Frame *f = make_frame("x:real g:category", "1 a 2 a 3 a 10 b");
  Plot p = chart_make("box", f, "x=x by=g");
  check_five(p.series[0].five, 10, 10, 10, 10, 10);
  check_five(p.series[0].five + 5, 1, 1.5, 2, 2.5, 3);
  assert_int_equal(p.nseries, 1);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("box", f, "x=x xscale=symlog");
  assert_true(p.x.scale == SCALE_SYMLOG && p.x.linear == 1);
  assert_string_equal(p.y.category[0], "");
  plot_fini(&p);
  assert_has(chart_refusal("box", f, "x=g", ERR_TYPE), "needs numbers");
  assert_has(chart_refusal("box", f, "x=x by=q", ERR_NAME), "'q'");
  frame_unref(f);
}

TEST(very_many_outliers_become_points_that_can_be_parted) {
  enum { N = 60000 };
  Frame *f = frame_new(N);
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &c, NULL), OK);
  for (int i = 0; i < N; i++) c->f[i] = i % 5 ? 0.001 * (i % 7) : 10 + i * 1e-3;
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  Plot p = chart_make("box", f, "x=x");
  assert_true(p.series[1].n <= 1024);
  assert_has(p.reading, "12,000 of 60,000 lie beyond");
  assert_has(p.note, "too near to part");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(boxes_whiskers_and_outliers_are_those_of_R), CASE(notches_are_those_of_R), CASE(few_values_have_boxes_too),
    CASE(very_many_outliers_become_points_that_can_be_parted))
