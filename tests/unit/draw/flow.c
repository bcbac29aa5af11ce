// Boxes with arrows: side by side, above each other, as lines. The pictures are laid out by hand.
#include "check.h"
#include "draw/draw.h"

static Series *texts(Plot *p, const char *const *label, int64_t n) {
  Series *s = plot_add(p, MARK_TEXT, n);
  s->label = arena_array(&p->arena, const char *, n);
  for (int64_t i = 0; i < n; i++) s->x[i] = s->y[i] = 0, s->label[i] = label[i];
  return s;
}

static void drawn(int w, int h, GlyphSet glyphs, const char *want) {
  static const char *const name[] = {"fill", "scale"}, *const text[] = {"age 28, fare 14", "to mean 0 and sd 1"},
                           *const edge[] = {"3 in", "3", "3 out"};
  const DrawStyle style = {.glyphs = glyphs, .depth = THEME_PLAIN};
  Plot p;
  Canvas c;
  Str out = {0};
  plot_init(&p);
  p.chart = "flow";
  p.x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1}, p.y = p.x;
  texts(&p, name, 2), texts(&p, text, 2), texts(&p, edge, 3);
  canvas_init(&c, w, h);
  draw_cells(&p, &style, &c);
  canvas_print(&c, &style, &out);
  while (out.n > 1 && out.s[out.n - 2] == '\n') out.s[--out.n] = 0; // what is left over below
  assert_string_equal(str_c(&out), want);
  str_fini(&out);
  canvas_fini(&c);
  plot_fini(&p);
}

TEST(where_there_is_the_width_boxes_stand_side_by_side) {
  drawn(50, 6, GLYPHS_BRAILLE,
        " 3 in  ┌───────────┐ 3   ┌───────────┐ 3 out\n"
        "─────→ │ fill      │───→ │ scale     │──────→\n"
        "       └───────────┘     └───────────┘\n"
        "       age 28, fare 14   to mean 0 and sd 1\n");
}

TEST(on_narrow_screens_they_stand_above_each_other) {
  drawn(30, 11, GLYPHS_BRAILLE,
        "    ↓ 3 in\n"
        "┌───────┐\n"
        "│ fill  │  age 28, fare 14\n"
        "└───────┘\n"
        "    ↓ 3\n"
        "┌───────┐\n"
        "│ scale │  to mean 0 and sd 1\n"
        "└───────┘\n"
        "    ↓ 3 out\n");
}

TEST(without_utf8_the_strokes_are_ascii) {
  drawn(30, 11, GLYPHS_ASCII,
        "    v 3 in\n"
        "+-------+\n"
        "| fill  |  age 28, fare 14\n"
        "+-------+\n"
        "    v 3\n"
        "+-------+\n"
        "| scale |  to mean 0 and sd 1\n"
        "+-------+\n"
        "    v 3 out\n");
}

TEST(where_boxes_do_not_fit_each_is_a_line) {
  drawn(24, 5, GLYPHS_BRAILLE, "↓ 3 in\nfill   age 28, fare 14\n↓ 3\nscale  to mean 0 and sd…\n↓ 3 out\n");
  drawn(24, 3, GLYPHS_ASCII, "fill   age 28, fare 14\nscale  to mean 0 and sd~\n");
}

TEST(no_size_is_too_small) {
  for (int w = 1; w < 50; w++)
    for (int h = 1; h < 14; h++) {
      const DrawStyle style = {.glyphs = GLYPHS_ASCII, .depth = THEME_PLAIN};
      static const char *const word[] = {"a longer name", "b", "c"};
      Plot p;
      Canvas c;
      plot_init(&p);
      p.chart = "flow", p.title = "title", p.reading = "a reading of some length";
      p.x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1}, p.y = p.x;
      texts(&p, word, 2), texts(&p, word, 2), texts(&p, word, 3);
      canvas_init(&c, w, h);
      draw_cells(&p, &style, &c);
      canvas_fini(&c);
      plot_fini(&p);
    }
}

RUN(CASE(where_there_is_the_width_boxes_stand_side_by_side), CASE(on_narrow_screens_they_stand_above_each_other),
    CASE(without_utf8_the_strokes_are_ascii), CASE(where_boxes_do_not_fit_each_is_a_line), CASE(no_size_is_too_small))
