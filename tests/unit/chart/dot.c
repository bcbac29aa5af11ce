// Dot plots. Expected values: t.test, median, aggregate of R 4.2.2 on titanic.
#include "unit/chart/chart_help.h"

TEST(means_and_intervals_are_those_of_R) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("dot", f, "x=passengerClass y=age");
  const Series *bar = &p.series[0], *s = &p.series[1];
  static const double mean[] = {24.816367265469061, 29.506704980842912, 39.159917957767604},
                      lo[] = {23.766709650912205, 27.844346034480115, 37.46067587490321},
                      hi[] = {25.866024880025922, 31.169063927205706, 40.859160040631991};
  assert_true(bar->kind == MARK_RULE && s->kind == MARK_POINT && s->n == 3);
  for (int k = 0; k < 3; k++) {
    assert_near(s->x[k], mean[k], 1e-13);
    assert_near(bar->x[k], lo[k], 1e-12);
    assert_near(bar->x2[k], hi[k], 1e-12);
  }
  assert_string_equal(p.y.category[2], "1st"); // the greatest on top
  assert_string_equal(p.reading, "mean age from 24.82 in 3rd to 39.16 in 1st");
  assert_int_equal(s->rows[2], 0);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("dot", f, "x=passengerClass y=age stat=median sort=level");
  assert_true(p.nseries == 1 && p.series[0].x[0] == 24 && p.series[0].x[1] == 29 && p.series[0].x[2] == 39);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(levels_of_by_share_a_line) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("dot", f, "x=passengerClass y=age by=sex interval=false");
  assert_int_equal(p.nseries, 3); // joints, female, male
  const Series *s = &p.series[1], *m = &p.series[2];
  assert_near(s->x[2], 37.037593984962406, 1e-13);
  assert_near(m->x[0], 25.962273065885388, 1e-13);
  assert_true(s->y[0] == 0.5 && m->rows[0] == 2 * 2 + 1);
  assert_true(p.series[0].x[0] == s->x[0] && p.series[0].x2[0] == m->x[0]);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("dot", f, "x=passengerClass by=sex");
  assert_string_equal(p.x.name, "count");
  assert_true(p.series[1].x[2] == 216 && p.x.lo == 0); // 2nd, 1st, 3rd
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_a_point_needs_is_said) {
  Frame *f = make_frame("g:category x:real", "a -1 b 2");
  assert_has(chart_refusal("dot", f, "x=g stat=mean", ERR_ARG), "needs y");
  assert_has(chart_refusal("dot", f, "x=x", ERR_TYPE), "is real");
  Plot p = chart_make("dot", f, "x=g y=x logx=true");
  assert_has(p.note, "1 not above 0 in x");
  plot_fini(&p);
  frame_unref(f);
}

TEST(strokes_are_explained_where_there_are_some) {
  Frame *f = make_frame("g:text x:real", "a 1 b 2 c 4");
  Plot p = chart_make("dot", f, "x=g y=x");
  assert_null(p.note);
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(strokes_are_explained_where_there_are_some), CASE(means_and_intervals_are_those_of_R),
    CASE(levels_of_by_share_a_line), CASE(what_a_point_needs_is_said))
