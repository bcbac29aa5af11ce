// Where marks stand. Expected cells are worked by hand from the plan of a picture: an axis of w cells from 0 to n has
// the bar from k to k + 1 in the cells from k w / n on, and a point at share s in the cell of dot s (2 w - 1).
#include "check.h"
#include "draw/draw.h"

static const DrawStyle STYLE = {.depth = THEME_256};

static Axis numbers(double lo, double hi) { return (Axis){.kind = AXIS_NUMBER, .lo = lo, .hi = hi}; }

static void spots_of(const Plot *p, int w, int h, Spots *s) {
  Canvas c;
  canvas_init(&c, w, h);
  spots_init(s);
  draw_cells_spots(p, &STYLE, &c, s);
  canvas_fini(&c);
}

static void make_bars(Plot *p) {
  static const double height[] = {4, 0, 2, 1};
  plot_init(p);
  p->x = numbers(0, 4), p->y = numbers(0, 4);
  Series *s = plot_add(p, MARK_BAR, 4);
  s->x2 = plot_array(p, 4);
  for (int i = 0; i < 4; i++) s->x[i] = i, s->x2[i] = i + 1, s->y[i] = height[i];
}

TEST(bars_have_their_cells_and_an_empty_one_its_place_at_the_foot) {
  Plot p;
  Spots s;
  make_bars(&p);
  spots_of(&p, 42, 14, &s);
  assert_int_equal(s.n, 4);
  assert_int_equal(s.narea, 1);
  assert_true(s.area[0].edges);
  const SpotArea *a = &s.area[0];
  for (int i = 0; i < 4; i++) {
    assert_int_equal(s.spot[i].mark, i);
    assert_int_equal(s.spot[i].panel, -1);
    assert_int_equal(s.spot[i].x, a->x + i * a->w / 4);
    assert_int_equal(s.spot[i].w, a->w / 4);
    assert_int_equal(s.spot[i].y + s.spot[i].h, a->y + a->h);
  }
  assert_int_equal(s.spot[0].h, a->h);
  assert_int_equal(s.spot[1].h, 1);
  spots_fini(&s);
  plot_fini(&p);
}

TEST(points_outside_a_zoomed_axis_have_no_spot) {
  Plot p;
  Spots s;
  plot_init(&p);
  p.x = numbers(0, 10), p.y = numbers(0, 10);
  Series *one = plot_add(&p, MARK_POINT, 3);
  for (int i = 0; i < 3; i++) one->x[i] = one->y[i] = 5 * i; // 0, 5, 10
  spots_of(&p, 40, 12, &s);
  assert_int_equal(s.n, 3);
  const SpotArea *a = &s.area[0];
  assert_int_equal(s.spot[0].x, a->x);
  assert_int_equal(s.spot[0].y, a->y + a->h - 1);
  assert_int_equal(s.spot[2].x, a->x + a->w - 1);
  assert_int_equal(s.spot[2].y, a->y);
  spots_fini(&s);
  p.x.lo = 4;
  spots_of(&p, 40, 12, &s);
  assert_int_equal(s.n, 2);
  assert_int_equal(s.spot[0].mark, 1);
  spots_fini(&s);
  plot_fini(&p);
}

TEST(bars_of_categories_have_a_line_each) {
  static const char *name[] = {"first", "second"};
  Plot p;
  Spots s;
  plot_init(&p);
  p.x = (Axis){.kind = AXIS_CATEGORY, .lo = 0, .hi = 2, .category = name, .ncategory = 2};
  p.y = numbers(0, 10);
  Series *one = plot_add(&p, MARK_BAR, 2);
  one->x2 = plot_array(&p, 2);
  for (int i = 0; i < 2; i++) one->x[i] = i, one->x2[i] = i + 1, one->y[i] = 10 - 5 * i;
  spots_of(&p, 30, 6, &s);
  assert_int_equal(s.n, 2);
  assert_int_equal(s.spot[1].y, s.spot[0].y + 1);
  assert_int_equal(s.spot[0].x, 7); // behind "second" and a blank
  assert_true(s.spot[0].w > s.spot[1].w);
  spots_fini(&s);
  plot_fini(&p);
}

TEST(a_grid_has_a_spot_for_each_cell_of_the_canvas_that_holds_some) {
  Plot p;
  Spots s;
  plot_init(&p);
  p.x = numbers(0, 1), p.y = numbers(0, 1);
  Series *g = plot_add(&p, MARK_GRID, 0);
  g->ncol = g->nrow = 4, g->n = 16, g->value = plot_array(&p, 16);
  g->value[0] = 3, g->value[15] = 1;
  spots_of(&p, 40, 12, &s);
  assert_int_equal(s.n, 2);
  assert_int_equal(s.spot[0].mark, 0);
  assert_int_equal(s.spot[1].mark, 15);
  assert_true(s.spot[0].x < s.spot[1].x && s.spot[0].y > s.spot[1].y);
  spots_fini(&s);
  plot_fini(&p);
}

TEST(a_share_of_an_axis_goes_back_to_its_value) {
  const Axis axis[] = {{.kind = AXIS_NUMBER, .lo = -3, .hi = 7},
                       {.kind = AXIS_NUMBER, .lo = 1, .hi = 1000, .scale = SCALE_LOG},
                       {.kind = AXIS_NUMBER, .lo = -50, .hi = 200, .scale = SCALE_SYMLOG, .linear = 2}};
  const double value[] = {-3, -1, 1, 1.5, 7};
  for (int k = 0; k < 3; k++)
    for (int i = k == 1 ? 2 : 0; i < 5; i++)
      assert_near(axis_value(&axis[k], axis_share(&axis[k], value[i])), value[i], 1e-12);
  assert_near(axis_value(&axis[1], 1.0 / 3), 10, 1e-12);
}

RUN(CASE(bars_have_their_cells_and_an_empty_one_its_place_at_the_foot), CASE(points_outside_a_zoomed_axis_have_no_spot),
    CASE(bars_of_categories_have_a_line_each), CASE(a_grid_has_a_spot_for_each_cell_of_the_canvas_that_holds_some),
    CASE(a_share_of_an_axis_goes_back_to_its_value))
