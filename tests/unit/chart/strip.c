// Strips and swarms: properties, and small cases by hand.
#include "unit/chart/chart_help.h"

#include "plot/plot.h"

TEST(every_value_is_a_point_on_the_line_of_its_level) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("strip", f, "x=petal_width_cm by=class");
  assert_int_equal(p.nseries, 3);
  for (int k = 0; k < 3; k++) {
    const Series *s = &p.series[k];
    assert_int_equal(s->n, 50);
    for (int i = 0; i < 50; i++) {
      assert_true(s->y[i] >= k + 0.15 && s->y[i] <= k + 0.85);
      assert_true(s->rows[i] / 50 == 2 - k); // rows of the file are in the order of the classes
      assert_true(s->x[i] == col_f64(frame_at(f, frame_find(f, sv("petal_width_cm"))), s->rows[i]));
    }
  }
  assert_true(p.series[0].y[0] == 0.5); // 0, -1/4, 1/4 of the spread, ...
  assert_near(p.series[0].y[1], 0.5 - 0.175, 1e-15);
  assert_near(p.series[0].y[2], 0.5 + 0.175, 1e-15);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(points_of_a_swarm_do_not_overlap) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("swarm", f, "x=petal_width_cm by=class");
  for (int k = 0; k < 3; k++) {
    const Series *s = &p.series[k];
    for (int i = 0; i < 50; i++)
      for (int j = 0; j < i; j++) {
        bool apart = fabs(axis_share(&p.x, s->x[i]) - axis_share(&p.x, s->x[j])) > 1.0 / 111;
        assert_true(apart || fabs(s->y[i] - s->y[j]) > 0.01);
      }
  }
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(a_swarm_begins_in_the_middle_and_takes_sides_in_turn) {
  Frame *f = make_frame("x:real", "5 5 5 5 1 9");
  Plot p = chart_make("swarm", f, "x=x");
  const Series *s = &p.series[0];
  static const double y[] = {0.5, 0.5, 0.56, 0.44, 0.62, 0.5};
  for (int i = 0; i < 6; i++) assert_near(s->y[i], y[i], 1e-15);
  static const int64_t rows[] = {4, 0, 1, 2, 3, 5};
  for (int i = 0; i < 6; i++) assert_int_equal(s->rows[i], rows[i]);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(crowds_are_counted) {
  enum { N = 30000 };
  Frame *f = frame_new(N);
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &c, NULL), OK);
  for (int i = 0; i < N; i++) c->f[i] = i < N / 2 ? 1 : i;
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  for (int k = 0; k < 2; k++) {
    Plot p = chart_make(k ? "swarm" : "strip", f, "x=x");
    const Series *s = &p.series[0];
    double total = 0;
    for (int64_t i = 0; i < s->n; i++) total += s->value[i];
    assert_true(total == N && s->n <= 256 && s->size[0] == 1 && s->value[0] == N / 2);
    assert_true(s->x[0] == 1 && s->rows == NULL);
    assert_has(p.note, "area of a point");
    chart_check(&p);
    plot_fini(&p);
  }
  frame_unref(f);
}

RUN(CASE(every_value_is_a_point_on_the_line_of_its_level), CASE(points_of_a_swarm_do_not_overlap),
    CASE(a_swarm_begins_in_the_middle_and_takes_sides_in_turn), CASE(crowds_are_counted))
