// Copies of plots are equal to the byte and stand alone; plots meet on axes of the same kind.
#include "check.h"
#include "make.h"

TEST(a_copy_prints_the_same_bytes_when_the_first_is_gone) {
  for (int round = 0; round < 300; round++) {
    Plot a, b;
    Str one = {0}, two = {0};
    plot_init(&a);
    plot_init(&b);
    make_plot(&a, (MarkKind)(round % MARK_KINDS), (uint64_t)round);
    plot_print(&a, &one);
    plot_copy(&a, &b);
    plot_fini(&a);
    plot_print(&b, &two);
    assert_int_equal(one.n, two.n);
    assert_memory_equal(str_c(&one), str_c(&two), one.n);
    plot_fini(&b);
    str_fini(&one);
    str_fini(&two);
  }
}

static void points(Plot *p, double lo, double hi, int group) {
  plot_init(p);
  p->x.lo = lo, p->x.hi = hi;
  Series *s = plot_add(p, MARK_POINT, 2);
  s->x[0] = lo, s->x[1] = hi, s->y[0] = 0.25, s->y[1] = 0.75, s->group = group;
}

TEST(layers_share_axes_that_hold_both_and_take_the_next_colours) {
  Plot a, b;
  points(&a, 0, 4, 1);
  points(&b, -2, 3, 0);
  assert_true(plot_layer(&a, &b));
  plot_fini(&b);
  assert_true(a.x.lo == -2 && a.x.hi == 4);
  assert_int_equal(a.nseries, 2);
  assert_int_equal(a.series[1].group, 2);
  assert_true(a.series[1].x[0] == -2 && a.series[1].y[1] == 0.75);
  plot_fini(&a);
}

TEST(axes_that_differ_do_not_meet) {
  static const char *one[] = {"a", "b"}, *other[] = {"a", "c"};
  Plot a, b;
  points(&a, 1, 4, 0);
  points(&b, 1, 4, 0);
  b.y.scale = SCALE_LOG;
  assert_false(plot_layer(&a, &b));
  b.y.scale = SCALE_LINEAR, b.x.kind = AXIS_DATE;
  assert_false(plot_layer(&a, &b));
  a.x.kind = b.x.kind = AXIS_CATEGORY, a.x.category = one, b.x.category = other, a.x.ncategory = b.x.ncategory = 2;
  assert_false(plot_layer(&a, &b));
  b.x.category = one;
  assert_true(plot_layer(&a, &b));
  plot_panels(&b, 2, 2);
  assert_false(plot_layer(&a, &b));
  assert_int_equal(a.nseries, 2);
  plot_fini(&a);
  plot_fini(&b);
}

RUN(CASE(a_copy_prints_the_same_bytes_when_the_first_is_gone),
    CASE(layers_share_axes_that_hold_both_and_take_the_next_colours), CASE(axes_that_differ_do_not_meet))
