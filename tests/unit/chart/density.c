// Densities and violins. Expected values: R 4.2.2, density(x) with bw.nrd0, bw.nrd, bw.SJ(x, tol = 1e-12), from and to
// as the case says; Silverman's rule by (4/3)^.2 sd(x) n^-.2.
#include "unit/chart/chart_help.h"

// The bandwidth that the note names is rounded: curves that differ by bandwidth differ by more than 1e-6.
TEST(curves_are_those_of_R) {
  Frame *f = chart_data("faithful");
  Plot p = chart_make("density", f, "x=eruptions");
  const Series *s = &p.series[0];
  static const int at[] = {0, 99, 255, 399, 511};
  static const double x[] = {0.59566889660817024, 1.6629048231670398, 3.344609919562834, 4.8969530854666434,
                             6.1043311033918295};
  static const double y[] = {0.0003406783312343226, 0.24706044913359643, 0.11149299532978012, 0.27781387529084994,
                             0.0002261507385284937};
  assert_true(s->kind == MARK_AREA && s->n == 512);
  for (int k = 0; k < 5; k++) {
    assert_near(s->x[at[k]], x[k], 1e-12);
    assert_near(s->y[at[k]], y[k], 1e-13);
  }
  assert_has(p.note, "bandwidth 0.3348 (nrd0)");
  assert_true(p.box.present && p.n == 272);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(sheather_and_jones_equal_R) {
  Frame *f = chart_data("faithful");
  Plot p = chart_make("density", f, "x=eruptions bw=sj adjust=0.5 cut=0");
  const Series *s = &p.series[0];
  static const int at[] = {0, 99, 255, 399, 511};
  static const double y[] = {0.061957131357384884, 0.29020536956828885, 0.10435729289503964, 0.57991462830297669,
                             0.065195018553674045};
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

TEST(on_a_log_axis_logarithms_are_estimated) { // density(log(age))
  Frame *f = chart_data("titanic");
  Plot p = chart_make("density", f, "x=age logx=true");
  const Series *s = &p.series[0];
  assert_near(s->x[255], exp(1.2885852548922911), 1e-11);
  assert_near(s->y[0], 4.2755814014142814e-05, 1e-13);
  assert_near(s->y[255], 0.028600327683144425, 1e-13);
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

TEST(violins_are_mirrored_densities_of_one_area) { // density(x, from = 1, to = 1.9, n = 256)
  Frame *f = chart_data("iris");
  Plot p = chart_make("violin", f, "x=petal_length_cm by=class");
  assert_int_equal(p.nseries, 4);
  assert_true(p.y.kind == AXIS_CATEGORY && p.y.ncategory == 3);
  assert_string_equal(p.y.category[2], "setosa"); // the first level is at the top
  const Series *s = &p.series[2], *box = &p.series[3];
  static const int at[] = {0, 99, 255};
  static const double y[] = {0.17506729347214522, 1.9666268748217979, 0.29731669202227268}, top = 2.5486662489603829;
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

RUN(CASE(curves_are_those_of_R), CASE(sheather_and_jones_equal_R), CASE(bandwidths_are_those_of_R),
    CASE(on_a_log_axis_logarithms_are_estimated), CASE(one_value_and_sparse_values_are_said),
    CASE(violins_are_mirrored_densities_of_one_area))
