// Any plot at any size: nothing is written outside the canvas (its cells are a block of their own, so that the address
// sanitizer sees it), no line is wider than the canvas, and what is printed is UTF-8.
#include "base/utf8.h"
#include "check.h"
#include "draw/draw.h"
#include "unit/draw/plots.h"
#include "unit/plot/make.h"

#include <stdlib.h>

static void check_lines(Sv text, int w, int h) {
  int lines = 0;
  assert_true(utf8_valid(text.s, text.n));
  while (text.n) {
    const char *end = memchr(text.s, '\n', text.n);
    assert_non_null(end);
    size_t n = (size_t)(end - text.s);
    assert_true(utf8_width((Sv){text.s, n}) <= w);
    text.s += n + 1, text.n -= n + 1, lines++;
  }
  assert_int_equal(lines, h);
}

static void draw(const Plot *p, GlyphSet glyphs, ThemeDepth depth, int w, int h) {
  size_t n = (size_t)w * (size_t)h;
  Canvas c = {.w = w, .h = h, .cell = calloc(n ? n : 1, sizeof *c.cell)};
  assert_non_null(c.cell);
  DrawStyle style = {.glyphs = glyphs, .depth = depth}, plain = {.glyphs = glyphs};
  Str out = {0};
  draw_cells(p, &style, &c);
  canvas_print(&c, &plain, &out);
  check_lines((Sv){str_c(&out), out.n}, w, h);
  canvas_print(&c, &style, &out);
  str_fini(&out);
  free(c.cell);
}

static void draw_random(MarkKind kind, uint64_t number, int w, int h) {
  Plot p;
  make_plot(&p, kind, number);
  draw(&p, (GlyphSet)(number % 3), (ThemeDepth)(number / 3 % 4), w, h);
  plot_fini(&p);
}

TEST(every_small_size_can_be_drawn) {
  uint64_t number = 0;
  for (int w = 0; w <= 40; w++)
    for (int h = 0; h <= 12; h++, number++)
      for (int kind = 0; kind < 7; kind++) draw_random((MarkKind)kind, number, w, h);
}

TEST(larger_sizes_can_be_drawn) {
  uint64_t number = 1000;
  for (int w = 8; w <= 200; w += 7)
    for (int h = 3; h <= 60; h += 6, number++)
      for (int kind = 0; kind < 7; kind++) draw_random((MarkKind)kind, number, w, h);
}

static void make_known(Plot *p, int which) {
  switch (which) {
  case 0: plot_histogram(p); break;
  case 1: plot_two_histograms(p); break;
  case 2: plot_curves(p); break;
  case 3: plot_roc(p); break;
  case 4: plot_scatter(p); break;
  case 5: plot_bars(p); break;
  case 6: plot_matrix(p, true); break;
  default: plot_matrix(p, false); break;
  }
}

TEST(known_plots_can_be_drawn_at_every_size) {
  for (int which = 0; which < 8; which++) {
    Plot p;
    make_known(&p, which);
    for (int w = 1; w <= 100; w++)
      for (int h = 1; h <= 30; h += 1 + w % 3) draw(&p, (GlyphSet)(w % 3), (ThemeDepth)(h % 4), w, h);
    plot_fini(&p);
  }
}

TEST(the_ascii_set_prints_ascii) {
  for (int which = 0; which < 8; which++) {
    Plot p;
    make_known(&p, which);
    if (which == 5) p.x.category[3] = "none";
    for (int w = 8; w <= 120; w += 8) {
      Canvas c;
      Str out = {0};
      DrawStyle style = {.glyphs = GLYPHS_ASCII};
      canvas_init(&c, w, w / 4 + 1);
      draw_cells(&p, &style, &c);
      canvas_print(&c, &style, &out);
      for (size_t i = 0; i < out.n; i++) assert_true((unsigned char)out.s[i] < 0x80);
      str_fini(&out);
      canvas_fini(&c);
    }
    if (which == 5) p.x.category[3] = "無職";
    plot_fini(&p);
  }
}

TEST(a_plot_of_nothing_has_axes_only) {
  Plot p;
  plot_init(&p);
  draw(&p, GLYPHS_BRAILLE, THEME_256, 30, 8);
  plot_add(&p, MARK_POINT, 0);
  draw(&p, GLYPHS_BRAILLE, THEME_256, 30, 8);
  plot_fini(&p);
}

TEST(a_single_point_is_drawn) {
  Plot p;
  plot_init(&p);
  add_marks(&p, MARK_POINT, 1, (double[]){0.5}, (double[]){0.5});
  Canvas c;
  canvas_init(&c, 20, 6);
  DrawStyle style = {0};
  Str out = {0};
  draw_cells(&p, &style, &c);
  canvas_print(&c, &style, &out);
  assert_has(str_c(&out), "●");
  str_fini(&out);
  canvas_fini(&c);
  plot_fini(&p);
}

RUN(CASE(every_small_size_can_be_drawn), CASE(larger_sizes_can_be_drawn), CASE(known_plots_can_be_drawn_at_every_size),
    CASE(the_ascii_set_prints_ascii), CASE(a_plot_of_nothing_has_axes_only), CASE(a_single_point_is_drawn))
