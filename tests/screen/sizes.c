// The same program at any size, in any number of colours, with any glyphs. Colours are those of the design's table of
// styles; pictures of 40x12 and of the plain form are the design's.
#include "screen/workbench.h"

static void open_at(Bench *b, int w, int h, const char *more) {
  const char *args[] = {"titanic.csv", NULL};
  bench_make(b, "titanic.csv");
  bench_start_in(b, w, h, more, args);
}

TEST(a_screen_of_40x12_has_the_table_and_one_line_of_profile) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 40, 12, NULL);
  tty_wait(t, "Allen, Miss");
  tty_keys(t, "l l l");
  tty_wait(t, "79.9%");
  assert_at(t, 0, " 1 table  1,309 × 5 ━");
  assert_at(t, 0, "panes hidden");
  assert_at(t, 8, " 2 column  age  real ─");
  assert_at(t, 9, " median 28 missing 263");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_screen_of_200x60_shows_six_panes_and_the_session) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 200, 60, NULL);
  bench_wait_table(&b);
  assert_at(t, 0, " tycho  titanic.csv › d");
  assert_shows(t, "1 table"), assert_shows(t, "2 column"), assert_shows(t, "3 notes"), assert_shows(t, "4 plot");
  assert_shows(t, "5 notebook"), assert_shows(t, "6 jobs");
  assert_shows(t, "kernel idle"), assert_shows(t, "seed 1"), assert_shows(t, "COMMAND");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(resizing_never_breaks_and_nothing_is_forgotten) {
  static const int sizes[][2] = {{40, 12},  {200, 60}, {1, 1},   {20, 5}, {120, 40},
                                 {300, 10}, {10, 80},  {79, 23}, {80, 24}};
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, NULL);
  bench_wait_table(&b);
  tty_keys(t, "j j j l");
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    tty_resize(t, sizes[k][0], sizes[k][1]);
    tty_keys(t, "j k Tab S-Tab");
  }
  tty_wait_row(t, 23, "! target");
  tty_wait_row(t, 0, "1 table  titanic.csv");
  bench_wait_table(&b);
  tty_wait(t, "›    4 Allison");
  bench_quit(&b);
  bench_remove(&b);
}

static TtyCell header_of_first(Tty *t) { return tty_cell(t, tty_column(t, 1, "name~"), 1); }

TEST(a_light_ground_is_asked_for_and_answered) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, NULL);
  bench_wait_table(&b);
  assert_int_equal(header_of_first(t).fg, 80);
  tty_type(t, "\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
  TTY_UNTIL(t, header_of_first(t).fg == 30, "the header does not take its colour of light grounds");
  tty_type(t, ":theme dark\r");
  TTY_UNTIL(t, header_of_first(t).fg == 80, "the header does not go back");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(sixteen_colours_are_enough) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, "TERM=xterm");
  bench_wait_table(&b);
  assert_int_equal(header_of_first(t).fg, 14);
  bench_quit(&b);
  bench_remove(&b);
}

TEST(without_colour_weight_says_it) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, "NO_COLOR=1");
  bench_wait_table(&b);
  TtyCell head = header_of_first(t), cursor = tty_cell(t, tty_column(t, 3, "Allen"), 3);
  assert_int_equal(head.fg, -1), assert_true(head.bold), assert_true(head.underline);
  assert_true(cursor.reverse);
  bench_quit(&b);
  bench_remove(&b);
}

static void assert_ascii(Tty *t) {
  for (int y = 0; y < t->h; y++)
    for (const char *c = tty_row(t, y); *c; c++)
      if ((unsigned char)*c >= 0x80) tty_fail(t, "row %d is not ASCII", y);
}

TEST(a_locale_without_utf8_and_the_plain_theme_draw_in_ascii) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, "LC_ALL=C");
  bench_wait_table(&b);
  assert_at(t, 0, " 1 table  titanic.csv  1,309 x 5 =");
  assert_ascii(t);
  bench_quit(&b);
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_type(t, ":theme plain\r");
  tty_wait(t, "1,309 x 5 =");
  assert_ascii(t);
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(a_screen_of_40x12_has_the_table_and_one_line_of_profile),
    CASE(a_screen_of_200x60_shows_six_panes_and_the_session), CASE(resizing_never_breaks_and_nothing_is_forgotten),
    CASE(a_light_ground_is_asked_for_and_answered), CASE(sixteen_colours_are_enough),
    CASE(without_colour_weight_says_it), CASE(a_locale_without_utf8_and_the_plain_theme_draw_in_ascii))
