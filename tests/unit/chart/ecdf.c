// Distribution functions. Expected values: ecdf(), ks.test() of R 4.2.2 on iris and titanic; the band's half width is
// sqrt(log(2 / .05) / (2 n)) by R.
#include "unit/chart/chart_help.h"

TEST(steps_are_those_of_R) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("ecdf", f, "x=sepal_length_cm");
  const Series *s = &p.series[0];
  assert_true(s->kind == MARK_STEP && s->n == 36); // 35 knots, and the foot of the first
  assert_true(s->x[0] == 4.3 && s->y[0] == 0 && s->x[1] == 4.3 && s->x[35] == 7.9 && s->y[35] == 1);
  assert_near(s->y[1], 0.0066666666666666671, 1e-16);
  assert_near(s->y[2], 0.026666666666666668, 1e-16);
  assert_near(s->y[3], 0.033333333333333333, 1e-16);
  assert_int_equal(s->rows[1], 13); // the one flower of 4.3 cm
  assert_string_equal(p.reading, "half of 150 are at most 5.8, nine in ten at most 6.9");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(the_band_is_that_of_dvoretzky_kiefer_and_wolfowitz) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("ecdf", f, "x=sepal_length_cm band=true");
  const Series *s = &p.series[0];
  assert_true(s->kind == MARK_AREA && s->n == 69);
  assert_near(s->y2[0], 0.0066666666666666671 + 0.11088852441549782, 1e-14);
  assert_true(s->y[0] == 0 && s->y2[68] == 1);
  assert_near(s->y[68], 1 - 0.11088852441549782, 1e-14);
  assert_true(s->x[1] == 4.4 && s->y2[1] == s->y2[0] && s->x[2] == 4.4 && s->y2[2] > s->y2[1]); // corners
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(the_greatest_distance_is_that_of_kolmogorov_and_smirnov) { // 0.08463635509040203
  Frame *f = chart_data("titanic");
  Plot p = chart_make("ecdf", f, "x=age by=sex");
  assert_has(p.reading, "female and male are furthest apart at ");
  assert_has(p.reading, "by .08");
  assert_has(p.note, "263 missing age");
  assert_int_equal(p.nseries, 2);
  assert_string_equal(p.groups, "sex");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(of_many_values_no_step_passes_a_512th) {
  enum { N = 100000 };
  Frame *f = frame_new(N);
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &c, NULL), OK);
  for (int i = 0; i < N; i++) c->f[i] = (double)i * i;
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  Plot p = chart_make("ecdf", f, "x=x");
  const Series *s = &p.series[0];
  assert_true(s->n < 1100);
  for (int64_t i = 1; i < s->n; i++) assert_true(s->y[i] - s->y[i - 1] < 1.0 / 512 + 2.0 / N);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("ecdf", f, "x=x xscale=symlog");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(steps_are_those_of_R), CASE(the_band_is_that_of_dvoretzky_kiefer_and_wolfowitz),
    CASE(the_greatest_distance_is_that_of_kolmogorov_and_smirnov), CASE(of_many_values_no_step_passes_a_512th))
