// Any plot at any size: nothing is written outside the canvas (its cells are a block of their own, so that the address
// sanitizer sees it), no line is wider than the canvas, and what is printed is UTF-8.
#include "base/utf8.h"
#include "check.h"
#include "draw/draw.h"
#include "unit/draw/marks.h"
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
      for (int k = 0; k < 4; k++) draw_random((MarkKind)((number * 4 + (uint64_t)k) % MARK_KINDS), number, w, h);
}

TEST(larger_sizes_can_be_drawn) {
  uint64_t number = 1000;
  for (int w = 8; w <= 200; w += 7)
    for (int h = 3; h <= 60; h += 6, number++)
      for (int k = 0; k < 4; k++) draw_random((MarkKind)((number * 4 + (uint64_t)k) % MARK_KINDS), number, w, h);
}

enum { KNOWN = 8 + MARKS_PLOTS };

static void make_known(Plot *p, int which) {
  switch (which) {
  case 0: plot_histogram(p); break;
  case 1: plot_two_histograms(p); break;
  case 2: plot_curves(p); break;
  case 3: plot_roc(p); break;
  case 4: plot_scatter(p); break;
  case 5: plot_bars(p); break;
  case 6: plot_matrix(p, true); break;
  case 7: plot_matrix(p, false); break;
  default: plot_marks(p, which - 8); break;
  }
}

TEST(known_plots_can_be_drawn_at_every_size) {
  for (int which = 0; which < KNOWN; which++) {
    Plot p;
    make_known(&p, which);
    for (int w = 1 + which % 4; w <= 100; w += 4)
      for (int h = 1; h <= 30; h += 1 + w % 4) draw(&p, (GlyphSet)(w % 3), (ThemeDepth)(h % 4), w, h);
    plot_fini(&p);
  }
}

TEST(the_ascii_set_prints_ascii) {
  for (int which = 0; which < KNOWN; which++) {
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

// Whether `text` is a label that the axis can have, or its name.
static bool is_label(const Axis *a, const char *text) {
  char label[128];
  double tick[40];
  char plain[400];
  size_t used = 0;
  if (a->name && strcmp(a->name, text) == 0) return true;
  for (; *text; text++) {
    bool minus = strncmp(text, "−", strlen("−")) == 0;
    plain[used++] = minus ? '-' : *text;
    if (minus) text += strlen("−") - 1;
  }
  plain[used] = 0;
  for (int most = 1; most <= 40; most++) {
    int n = axis_ticks(a, most, tick);
    for (int i = 0; i < n; i++) {
      axis_label(a, tick[i], n > 1 ? tick[1] - tick[0] : 0, label, sizeof label);
      if (strcmp(label, plain) == 0) return true;
    }
  }
  return false;
}

// Texts of a line with two blanks or more between them.
static void check_labels(const Plot *p, const char *line, size_t n) {
  char text[400];
  size_t used = 0;
  for (size_t i = 0; i <= n; i++) {
    bool end = i == n || (line[i] == ' ' && (i + 1 >= n || line[i + 1] == ' '));
    if (!end && (line[i] != ' ' || used) && used < sizeof text - 1) text[used++] = line[i];
    if (!end || !used) continue;
    text[used] = 0, used = 0;
    if (!is_label(&p->x, text)) fail_msg("'%s' is no label of the x axis: %.*s", text, (int)n, line);
  }
}

TEST(labels_of_the_x_axis_are_whole_and_apart) {
  for (int which = 0; which < KNOWN; which++) {
    Plot p;
    make_known(&p, which);
    for (int w = 8; w <= 130 && !p.npanel && p.x.kind != AXIS_CATEGORY; w += 3) {
      Canvas c;
      Str out = {0};
      DrawStyle style = {.glyphs = GLYPHS_BLOCK};
      canvas_init(&c, w, 6 + w % 7);
      draw_cells(&p, &style, &c);
      canvas_print(&c, &style, &out);
      const char *line = strstr(str_c(&out), "└");
      line = line ? strchr(line, '\n') : NULL;
      if (line && strncmp(line + 1, "reading", 7) != 0) check_labels(&p, line + 1, strcspn(line + 1, "\n"));
      str_fini(&out);
      canvas_fini(&c);
    }
    plot_fini(&p);
  }
}

// The room of a panel is its own: drawn alone on a canvas of a panel's size or among others, nothing leaves it.
TEST(panels_that_do_not_fit_are_counted) {
  Plot p;
  plot_facets(&p);
  for (int h = 8; h < 24; h++) {
    Canvas c;
    Str out = {0};
    DrawStyle style = {0};
    canvas_init(&c, 24, h);
    draw_cells(&p, &style, &c);
    canvas_print(&c, &style, &out);
    int shown = 0, more = 0;
    for (int k = 0; k < p.npanel; k++) shown += strstr(str_c(&out), p.panel[k].title) != NULL;
    const char *at = strstr(str_c(&out), "… ");
    if (at) more = atoi(at + strlen("… "));
    if (shown + more != p.npanel) fail_msg("%d shown, %d more at 24 x %d:\n%s", shown, more, h, str_c(&out));
    str_fini(&out);
    canvas_fini(&c);
  }
  plot_fini(&p);
}

RUN(CASE(every_small_size_can_be_drawn), CASE(larger_sizes_can_be_drawn), CASE(known_plots_can_be_drawn_at_every_size),
    CASE(the_ascii_set_prints_ascii), CASE(a_plot_of_nothing_has_axes_only), CASE(a_single_point_is_drawn),
    CASE(labels_of_the_x_axis_are_whole_and_apart), CASE(panels_that_do_not_fit_are_counted))
