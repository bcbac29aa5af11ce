// How the screen looks and where it shows: settings and their file, themes, the terminal's title and bell, jobs that
// wait, and the mouse everywhere. Colours are those of the theme's table of styles.
#include "screen/workbench.h"

static void open_at(Bench *b, int w, int h, const char *more) {
  const char *args[] = {"titanic.csv", NULL};
  bench_make(b, "titanic.csv");
  bench_start_in(b, w, h, more, args);
  bench_wait_table(b);
}

static TtyCell cell_of(Tty *t, const char *text) {
  int y = tty_find(t, text);
  return tty_cell(t, y < 0 ? 0 : tty_column(t, y, text), y < 0 ? 0 : y);
}

// ---- settings -------------------------------------------------------------------------------------------------------
TEST(a_theme_chosen_shows_at_once_and_holds_in_the_next_session) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, NULL);
  tty_keys(t, "F2");
  tty_wait_row(t, 0, "1 settings");
  assert_int_equal(cell_of(t, "1 settings").fg, 80);
  tty_keys(t, "Right Right Right");
  tty_wait(t, "theme = contrast is kept");
  TTY_UNTIL(t, cell_of(t, "1 settings").fg == 123, "the theme does not show");
  tty_keys(t, "F2");
  bench_wait_table(&b);
  bench_quit(&b);
  char *kept = bench_read(".config/tycho/config");
  assert_has(kept, "theme = contrast\n");
  free(kept);
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  TTY_UNTIL(t, cell_of(t, "name~").fg == 123, "the theme is forgotten");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_mistake_in_the_file_is_said_and_the_rest_holds) {
  Bench b;
  Tty *t = &b.tty;
  const char *args[] = {"titanic.csv", NULL};
  bench_make(&b, "titanic.csv");
  bench_shell("mkdir -p .config/tycho; printf 'theme = light\\nmuose = off\\n' >.config/tycho/config");
  bench_start_in(&b, 80, 24, NULL, args);
  bench_wait_table(&b);
  tty_wait(t, "! settings, line 2: no setting 'muose': did you mean 'mouse'?");
  assert_int_equal(cell_of(t, "name~").fg, 30);
  bench_quit(&b);
  bench_remove(&b);
}

TEST(tables_show_every_digit_when_asked_to) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, NULL);
  bench_shell("printf 'x\\n1.23456789\\n2.5\\n' >x.csv");
  bench_start(&b, 80, 24, "x.csv");
  tty_wait(t, "1.235");
  tty_keys(t, "F2 j j j Right");
  tty_wait(t, "numbers = exact is kept");
  tty_keys(t, "q");
  tty_wait(t, "1.23456789");
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(a_theme_chosen_shows_at_once_and_holds_in_the_next_session),
    CASE(a_mistake_in_the_file_is_said_and_the_rest_holds), CASE(tables_show_every_digit_when_asked_to))
