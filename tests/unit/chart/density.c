// Densities and violins. Expected values: R 4.2.2. Curves: mean(dnorm(at, x, bw)) at every point, with bw.nrd0, bw.nrd,
// bw.SJ(x, tol = 1e-12); density() bins the values on a grid and is off by up to 1/500 of the height, so it is compared
// so far only. Silverman's rule by (4/3)^.2 sd(x) n^-.2.
#include "unit/chart/chart_help.h"

TEST(curves_are_those_of_R) {
  Frame *f = chart_data("faithful");
  Plot p = chart_make("density", f, "x=eruptions");
  const Series *s = &p.series[0];
  static const int at[] = {0, 99, 255, 399, 511};
  static const double x[] = {0.59566889660817024, 1.6629048231670398, 3.344609919562834, 4.8969530854666434,
                             6.1043311033918295};
  static const double y[] = {0.00033478858262560703, 0.24691838899080942, 0.11128595167891328, 0.27753746713601313,
                             0.00022248278535343954};
  static const double binned[] = {0.0003406783312343226, 0.24706044913359643, 0.11149299532978012, 0.27781387529084994,
                                  0.0002261507385284937}; // density(eruptions)$y
  assert_true(s->kind == MARK_AREA && s->n == 512);
  for (int k = 0; k < 5; k++) {
    assert_near(s->x[at[k]], x[k], 1e-12);
    assert_near(s->y[at[k]], y[k], 1e-14);
    assert_near(s->y[at[k]], binned[k], 1e-3);
  }
  assert_has(p.note, "bandwidth 0.3348 (nrd0)");
  assert_true(p.box.present && p.n == 272);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(many_values_are_binned_and_lose_little) {
  enum { N = 10000 };
  Frame *f = frame_new(N);
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &c, NULL), OK);
  for (int i = 0; i < N; i++) c->f[i] = (i / 1e4) * (i / 1e4);
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  Plot p = chart_make("density", f, "x=x");
  static const int at[] = {0, 99, 255, 399, 511};
  static const double y[] = {0.010622779317826431, 1.583364886739606, 0.7100102195348108, 0.5419673427628946,
                             0.00068437456876785526};
  for (int k = 0; k < 5; k++) assert_near(p.series[0].y[at[k]], y[k], 1e-5);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(sheather_and_jones_equal_R) {
  Frame *f = chart_data("faithful");
  Plot p = chart_make("density", f, "x=eruptions bw=sj adjust=0.5 cut=0");
  const Series *s = &p.series[0];
  static const int at[] = {0, 99, 255, 399, 511};
  static const double y[] = {0.061722628233546468, 0.28991189829310382, 0.10440114843522072, 0.57958741367980104,
                             0.065140943615553101};
  for (int k = 0; k < 5; k++) assert_near(s->y[at[k]], y[k], 1e-9);
  assert_true(s->x[0] == 1.6 && s->x[511] == 5.1);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

// With `cut` 3 and 512 points the curve begins 3 bandwidths below the least value: so the bandwidth is read off.
static double bandwidth(const Frame *f, const char *words, double least) {
  Plot p = chart_make("density", f, words);
  double bw = (least - p.series[0].x[0]) / 3;
  plot_fini(&p);
  return bw;
}

TEST(bandwidths_are_those_of_R) {
  Frame *f = chart_data("faithful");
  assert_near(bandwidth(f, "x=eruptions", 1.6), 0.33477703446394325, 1e-13);
  assert_near(bandwidth(f, "x=eruptions bw=scott", 1.6), 0.39429295170197759, 1e-13);
  assert_near(bandwidth(f, "x=eruptions bw=sj", 1.6), 0.13954633957449558, 1e-10);
  assert_near(bandwidth(f, "x=eruptions width=0.25 adjust=2", 1.6), 0.5, 1e-13);
  frame_unref(f);
  f = chart_data("iris");
  Plot p = chart_make("density", f, "x=petal_length_cm by=class bw=sj"),
       q = chart_make("density", f, "x=petal_length_cm by=class bw=silverman");
  static const double least[] = {1, 3, 4.5}, sj[] = {0.073971627004166388, 0.22314237657495836, 0.23742724589829151},
                      silverman[] = {0.084120827760288203, 0.22761943281422586, 0.26733139612541418};
  for (int k = 0; k < 3; k++) {
    assert_near((least[k] - p.series[k].x[0]) / 3, sj[k], 1e-9);
    assert_near((least[k] - q.series[k].x[0]) / 3, silverman[k], 1e-13);
    assert_true(p.series[k].group == k && p.series[k].rows[7] == k);
  }
  assert_string_equal(p.series[1].name, "versicolor");
  chart_check(&p);
  plot_fini(&p);
  plot_fini(&q);
  frame_unref(f);
}

TEST(on_a_log_axis_logarithms_are_estimated) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("density", f, "x=age logx=true");
  const Series *s = &p.series[0];
  assert_near(s->x[255], 3.6276507225497721, 1e-12);
  assert_near(s->y[0], 4.0935837646199907e-05, 1e-16);
  assert_near(s->y[255], 0.02853704167261668, 1e-14);
  assert_true(p.x.scale == SCALE_LOG);
  assert_has(p.note, "of logarithms");
  chart_check(&p);
  plot_fini(&p);
  assert_has(chart_refusal("density", f, "x=age xscale=symlog", ERR_ARG), "symlog");
  assert_has(chart_refusal("density", f, "x=sex", ERR_TYPE), "needs numbers");
  assert_has(chart_refusal("density", f, "x=ages", ERR_NAME), "age");
  frame_unref(f);
}

TEST(one_value_and_sparse_values_are_said) {
  Frame *f = make_frame("x:real", "4 4 4");
  Plot p = chart_make("density", f, "x=x");
  chart_check(&p);
  assert_near(p.series[0].x[0], 4 - 3 * 0.9 * 4 * pow(3, -0.2), 1e-12);
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("x:real", "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1e9");
  Err err = {0};
  ErrCode code = chart_try(NULL, "density", f, "x=x bw=sj", &p, &err);
  assert_true(code == OK || code == ERR_NUMERIC);
  plot_fini(&p);
  frame_unref(f);
}

TEST(violins_are_mirrored_densities_of_one_area) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("violin", f, "x=petal_length_cm by=class");
  assert_int_equal(p.nseries, 4);
  assert_true(p.y.kind == AXIS_CATEGORY && p.y.ncategory == 3);
  assert_string_equal(p.y.category[2], "setosa"); // the first level is at the top
  const Series *s = &p.series[2], *box = &p.series[3];
  static const int at[] = {0, 99, 255};
  static const double y[] = {0.17503494927685301, 1.9646076001619406, 0.29747025444447894}, top = 2.5462888937512282;
  assert_true(s->n == 256 && s->x[0] == 1 && s->x[255] == 1.9 && s->rows[0] == 0);
  for (int k = 0; k < 3; k++) {
    assert_near(s->y2[at[k]] - 2.5, 0.45 * y[k] / top, 1e-12);
    assert_near(s->y[at[k]], 5 - s->y2[at[k]], 1e-12);
  }
  assert_int_equal(box->kind, MARK_BOX);
  assert_near(box->five[12], 1.5, 1e-15);
  assert_has(p.reading, "median setosa 1.5 (n 50), versicolor 4.35 (n 50)");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("violin", f, "x=petal_length_cm logx=true cut=false");
  chart_check(&p);
  plot_fini(&p);
  assert_has(chart_refusal("violin", f, "x=petal_length_cm xscale=symlog", ERR_ARG), "symlog");
  frame_unref(f);
}

RUN(CASE(curves_are_those_of_R), CASE(many_values_are_binned_and_lose_little), CASE(sheather_and_jones_equal_R),
    CASE(bandwidths_are_those_of_R), CASE(on_a_log_axis_logarithms_are_estimated),
    CASE(one_value_and_sparse_values_are_said), CASE(violins_are_mirrored_densities_of_one_area))
