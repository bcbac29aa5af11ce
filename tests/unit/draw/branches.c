// A tree as indented lines. The pictures are laid out by hand.
#include "check.h"
#include "draw/draw.h"

static void cells(Plot *p, const double (*at)[2], const char *const *label, int64_t n, bool above) {
  Series *s = plot_add(p, MARK_CELL, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n);
  s->label = arena_array(&p->arena, const char *, n);
  for (int64_t i = 0; i < n; i++) {
    s->x[i] = at[i][0] + 0.1, s->x2[i] = at[i][0] + 0.9;
    s->y[i] = above ? at[i][1] : at[i][1] - 0.4, s->y2[i] = above ? at[i][1] + 0.4 : at[i][1];
    s->label[i] = label[i];
  }
}

static void drawn(int w, int h, const char *want) {
  static const double at[][2] = {{0, 1.25}, {1, 2.0}, {2, 2.5}, {2, 1.5}, {1, 0.5}}, yes[][2] = {{2, 2.5}, {0, 1.25}},
                      no[][2] = {{1, 0.5}, {2, 1.5}, {1, 2.0}};
  static const char *const side[] = {"all rows", "age < 30", "fare < 7", "fare >= 7", "age >= 30"},
                           *const says[] = {"yes 0.9, 10 rows", "yes 0.5, 40 rows"},
                           *const denies[] = {"no 0.7, 20 rows", "no 1, 10 rows", "no 0.6, 20 rows"};
  const DrawStyle style = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_PLAIN};
  Plot p;
  Canvas c;
  Str out = {0};
  plot_init(&p);
  p.chart = "tree";
  p.x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 3}, p.y = p.x;
  cells(&p, at, side, 5, true), cells(&p, yes, says, 2, false), cells(&p, no, denies, 3, false);
  canvas_init(&c, w, h);
  draw_cells(&p, &style, &c);
  canvas_print(&c, &style, &out);
  while (out.n > 1 && out.s[out.n - 2] == '\n') out.s[--out.n] = 0; // what is left over below
  assert_string_equal(str_c(&out), want);
  str_fini(&out);
  canvas_fini(&c);
  plot_fini(&p);
}

TEST(every_node_is_a_line_with_what_it_predicts) {
  drawn(40, 6,
        "all rows       yes 0.5, 40 rows\n"
        "  age < 30     no 0.6, 20 rows\n"
        "    fare < 7   yes 0.9, 10 rows\n"
        "    fare >= 7  no 1, 10 rows\n"
        "  age >= 30    no 0.7, 20 rows\n");
}

TEST(what_has_no_room_is_counted) {
  drawn(40, 3,
        "all rows    yes 0.5, 40 rows\n"
        "  age < 30  no 0.6, 20 rows\n"
        "3 more\n");
}

RUN(CASE(every_node_is_a_line_with_what_it_predicts), CASE(what_has_no_room_is_counted))
