// A plot of any bytes: refused with a reason, or one that any canvas takes and whose bytes read back as themselves.
#include "fuzz/fuzz.h"

#include "draw/draw.h"
#include "unit/plot/make.h"

static void make(void) {
  for (uint64_t i = 0; i < 140; i++) {
    Plot p;
    Str bytes = {0};
    make_plot(&p, (MarkKind)(i % MARK_KINDS), i);
    plot_print(&p, &bytes);
    if (bytes.n < 4000) fuzz_add((Sv){bytes.s, bytes.n});
    str_fini(&bytes);
    plot_fini(&p);
  }
}

static void check_drawn(const Plot *p, Dice *d) {
  static const int size[][2] = {{60, 16}, {8, 3}, {120, 40}, {1, 1}, {3, 30}};
  DrawStyle style = {.glyphs = (GlyphSet)below(d, 3), .depth = (ThemeDepth)below(d, 4)};
  int64_t k = below(d, 5);
  Canvas c;
  canvas_init(&c, size[k][0], size[k][1]);
  draw_cells(p, &style, &c);
  canvas_fini(&c);
}

static void check_again(const Plot *p) {
  Str once = {0}, twice = {0};
  Plot back;
  Err err = {0};
  plot_print(p, &once);
  if (plot_parse((Sv){once.s, once.n}, &back, &err) != OK) fail_msg("%s", err.msg);
  plot_print(&back, &twice);
  assert_true(sv_eq((Sv){once.s, once.n}, (Sv){twice.s, twice.n}));
  plot_fini(&back);
  str_fini(&once), str_fini(&twice);
}

static void check(Sv bytes, Dice *d) {
  Plot p;
  Err err = {0};
  if (plot_parse(bytes, &p, &err) != OK) {
    assert_int_equal(err.code, ERR_PARSE);
    assert_true(err.msg[0]);
    return;
  }
  check_drawn(&p, d);
  check_again(&p);
  plot_fini(&p);
}

TEST(any_bytes_are_refused_or_a_plot_to_draw) {
  fuzz_run(&(Fuzz){.door = "plot", .check = check, .rounds = 20000, .make = make});
}

RUN(FUZZ_CASE(any_bytes_are_refused_or_a_plot_to_draw))
