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

TEST(moved_keys_work_show_in_bar_and_help_and_mistakes_are_said) {
  Bench b;
  Tty *t = &b.tty;
  const char *args[] = {"titanic.csv", NULL};
  bench_make(&b, "titanic.csv");
  bench_shell("mkdir -p .config/tycho; printf 'table.describe = ^X\\ntable.nothing = x\\n' >.config/tycho/keys");
  bench_start_in(&b, 80, 24, NULL, args);
  bench_wait_table(&b);
  tty_wait(t, "! keys, line 2: no action 'table.nothing'");
  tty_wait_row(t, 23, "^X describe");
  tty_keys(t, "?");
  tty_wait(t, "^X      describe");
  tty_keys(t, "q");
  tty_wait_gone(t, "┌? help");
  tty_keys(t, "^X");
  tty_wait(t, "5 × 15");
  tty_keys(t, "F2 e");
  tty_wait(t, "read again");
  bench_quit(&b);
  bench_shell("rm .config/tycho/keys");
  bench_start_in(&b, 80, 24, NULL, args);
  bench_wait_table(&b);
  tty_keys(t, "F2 e");
  tty_wait(t, "all keys stand in");
  bench_quit(&b);
  char *keys = bench_read(".config/tycho/keys");
  assert_has(keys, "#table.describe = I\n");
  free(keys);
  bench_remove(&b);
}

// ---- files ----------------------------------------------------------------------------------------------------------
static void make_files(Bench *b) {
  bench_make(b, "titanic.csv");
  bench_shell(
      "mkdir sub; printf 'a;b\\n1,5;x\\n2,5;y\\n' >sub/comma.csv; printf '\\211PNG\\r\\n\\032\\n\\000' >pic.png;"
      "printf -- '-- %%%% [markdown]\\n-- # Plan\\n\\n-- %%%%\\nx = 1\\n' >plan.lua");
  bench_start(b, 80, 24, "titanic.csv");
  bench_wait_table(b);
}

TEST(the_browser_shows_what_is_in_a_file_before_it_is_opened) {
  Bench b;
  Tty *t = &b.tty;
  make_files(&b);
  tty_keys(t, "^O");
  tty_wait(t, "› sub/");
  tty_keys(t, "Right");
  tty_wait(t, "› comma.csv");
  tty_wait(t, "comma.csv  csv  2 × 2");
  tty_wait(t, "delimiter ';'");
  tty_wait(t, "1.5   x");
  tty_keys(t, "Enter");
  tty_wait_row(t, 0, "1 table  comma.csv  2 × 2");
  tty_wait(t, "data \"sub/comma.csv\"");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(typing_finds_folders_bundled_tables_and_says_why_a_file_is_none) {
  Bench b;
  Tty *t = &b.tty;
  make_files(&b);
  tty_keys(t, "^O");
  tty_wait(t, "› sub/");
  tty_type(t, "png");
  tty_wait(t, "› pic.png");
  tty_wait(t, "'pic.png' is no text but");
  tty_keys(t, "Backspace Backspace Backspace");
  tty_type(t, "sub/");
  tty_wait(t, "› comma.csv");
  tty_type(t, "../");
  tty_wait(t, "sub/");
  tty_type(t, "irs insect");
  tty_wait(t, "no name holds that");
  tty_keys(t, "Esc");
  tty_wait(t, "type to find");
  tty_type(t, "spr ins");
  tty_wait(t, "› insect_sprays");
  tty_wait(t, "insect_sprays  csv  72 × 2");
  tty_keys(t, "Enter");
  tty_wait(t, "data \"insect_sprays\"");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_recipe_never_takes_the_place_of_a_notebook_that_is_not_saved) {
  Bench b;
  Tty *t = &b.tty;
  make_files(&b);
  tty_type(t, ":y = 42\r");
  tty_wait(t, "y is set");
  tty_keys(t, "^O");
  tty_wait(t, "› sub/");
  tty_type(t, "plan");
  tty_wait(t, "recipe");
  tty_keys(t, "Enter");
  tty_wait(t, "plan.lua takes the place of this notebook: save that as titanic.lua first?");
  tty_keys(t, "Enter");
  tty_wait(t, "titanic.lua is saved; this is plan.lua");
  tty_wait(t, "Plan");
  char *kept = bench_read("titanic.lua");
  assert_has(kept, "y = 42");
  free(kept);
  bench_quit(&b);
  bench_remove(&b);
}

TEST(files_opened_before_are_listed_in_the_next_session) {
  Bench b;
  Tty *t = &b.tty;
  const char *args[] = {".", NULL};
  make_files(&b);
  bench_quit(&b);
  bench_shell(
      "mkdir elsewhere; mv titanic.csv elsewhere; mv .state/tycho/recent r; sed s,/titanic,/elsewhere/titanic, r "
      ">.state/tycho/recent");
  bench_start_in(&b, 80, 24, NULL, args);
  tty_wait_row(t, 0, "1 files");
  tty_wait(t, "opened before");
  tty_type(t, "titanic.csv");
  tty_wait(t, "› titanic.csv");
  tty_keys(t, "Enter");
  tty_wait(t, "data \"elsewhere/titanic.csv\"");
  bench_quit(&b);
  bench_remove(&b);
}

// ---- mouse and shell ------------------------------------------------------------------------------------------------
static void click(Tty *t, const char *text, int dx) {
  int y = tty_find(t, text);
  if (y < 0) tty_fail(t, "nowhere \"%s\"", text);
  tty_mouse(t, 0, tty_column(t, y, text) + dx, y);
}

TEST(words_of_the_key_bar_and_titles_can_be_pressed) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, NULL);
  click(t, "I describe", 4);
  tty_wait(t, "5 × 15");
  tty_keys(t, "q");
  tty_wait(t, "1,309 × 5");
  click(t, "2 column", 3); // the focus, then the whole screen, and back
  tty_wait(t, "2 column  name  text, 1 of 5 ━");
  click(t, "2 column", 3);
  tty_wait_gone(t, "1 table");
  click(t, "2 column", 3);
  tty_wait(t, "1 table");
  click(t, "? help", 2);
  tty_wait(t, "┌? help");
  click(t, "q close", 2);
  tty_wait_gone(t, "┌? help");
  tty_type(t, ":");
  tty_wait(t, "Esc close");
  click(t, "Esc close", 5);
  tty_wait(t, "F frequencies");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(it_waits_in_the_shell_and_comes_back) {
  Bench b;
  Tty *t = &b.tty;
  char command[PATH_MAX + 64];
  bench_make(&b, "titanic.csv");
  const char *env[] = {b.home,   b.config, "TERM=xterm-256color", "LC_ALL=C.UTF-8", "COLORFGBG", "NO_COLOR",
                       "PS1=$ ", NULL};
  snprintf(command, sizeof command, "%s titanic.csv\r", getenv("TYCHO"));
  if (tty_fork(t, 80, 24, env) == 0) {
    execl("/bin/bash", "bash", "--norc", "--noprofile", "-i", (char *)NULL);
    _exit(127);
  }
  tty_wait(t, "$");
  tty_type(t, command);
  bench_wait_table(&b);
  tty_keys(t, "j j");
  tty_wait(t, "›    3");
  tty_type(t, ":x");
  tty_wait(t, ":x");
  tty_keys(t, "^Z");
  tty_wait(t, "Stopped");
  tty_type(t, "echo in-the-$((1+1))nd-shell\r");
  tty_wait(t, "in-the-2nd-shell");
  tty_type(t, "fg\r");
  tty_wait(t, "›    3");
  tty_wait(t, ":x");
  tty_keys(t, "Esc");
  tty_wait_gone(t, ":x");
  tty_keys(t, "Q");
  tty_wait(t, "$");
  tty_type(t, "exit\r");
  tty_wait_end(t);
  tty_close(t);
  bench_remove(&b);
}

// ---- jobs -----------------------------------------------------------------------------------------------------------
TEST(a_job_is_paused_goes_on_and_one_that_waits_is_taken_out) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, NULL);
  tty_type(t, ":while true do end\r");
  tty_wait(t, "cell 2 runs");
  tty_type(t, ":y = 1\r");
  tty_keys(t, "^T");
  tty_wait(t, "1 runs, 1 waits");
  tty_keys(t, "p");
  tty_wait(t, "1 is paused");
  tty_keys(t, "p");
  tty_wait(t, "it goes on");
  tty_wait(t, "1 runs, 1 waits");
  tty_keys(t, "j x");
  tty_wait(t, "cell 3 does not run");
  tty_keys(t, "k p");
  tty_wait(t, "1 is paused");
  tty_keys(t, "^C");
  tty_wait(t, "stopped cell 2");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_title_of_the_window_says_what_is_open) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, NULL);
  TTY_UNTIL(t, tty_got(t, "\x1b]2;titanic.csv - tycho\a"), "no title");
  assert_true(tty_got(t, "\x1b[22;2t"));
  tty_type(t, ":while true do end\r");
  TTY_UNTIL(t, tty_got(t, "\x1b]2;runs - titanic.csv - tycho\a"), "the title does not say that something runs");
  tty_keys(t, "^C");
  tty_wait(t, "stopped cell 2");
  tty_keys(t, "Q");
  tty_wait_end(t);
  assert_true(tty_got(t, "\x1b[23;2t"));
  tty_close(t);
  bench_remove(&b);
}

// ---- small screens --------------------------------------------------------------------------------------------------
TEST(a_zoom_is_remembered_for_its_size_and_over_sessions) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, NULL);
  tty_keys(t, "Z");
  tty_wait_gone(t, "2 column");
  tty_resize(t, 120, 40);
  tty_wait(t, "2 column");
  tty_resize(t, 80, 24);
  tty_wait_gone(t, "2 column");
  tty_keys(t, "D");
  tty_wait(t, "1 notebook");
  tty_keys(t, "q");
  tty_wait(t, "1 table");
  tty_wait_gone(t, "2 column");
  bench_quit(&b);
  bench_start(&b, 80, 24, "titanic.csv");
  tty_wait(t, "Astor, Mrs.");
  assert_true(tty_find(t, "2 column") < 0);
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_lowest_screen_shows_rows_and_what_is_typed_in_their_place) {
  Bench b;
  Tty *t = &b.tty;
  open_at(&b, 80, 24, NULL);
  tty_resize(t, 30, 3);
  tty_wait_row(t, 2, "›   1 Allen");
  tty_type(t, ":x = 1");
  tty_wait_row(t, 2, ":x = 1");
  tty_keys(t, "Enter");
  tty_wait_row(t, 2, "x is set");
  tty_keys(t, "j");
  tty_wait_row(t, 2, "›   2 Allison");
  tty_resize(t, 30, 5);
  tty_wait_row(t, 4, "desc");
  tty_wait_row(t, 2, "›   2 Allison");
  tty_resize(t, 80, 24);
  bench_wait_table(&b);
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(a_theme_chosen_shows_at_once_and_holds_in_the_next_session),
    CASE(a_mistake_in_the_file_is_said_and_the_rest_holds), CASE(tables_show_every_digit_when_asked_to),
    CASE(moved_keys_work_show_in_bar_and_help_and_mistakes_are_said),
    CASE(the_browser_shows_what_is_in_a_file_before_it_is_opened),
    CASE(typing_finds_folders_bundled_tables_and_says_why_a_file_is_none),
    CASE(a_recipe_never_takes_the_place_of_a_notebook_that_is_not_saved),
    CASE(files_opened_before_are_listed_in_the_next_session),
    CASE(a_zoom_is_remembered_for_its_size_and_over_sessions),
    CASE(the_lowest_screen_shows_rows_and_what_is_typed_in_their_place),
    CASE(words_of_the_key_bar_and_titles_can_be_pressed), CASE(it_waits_in_the_shell_and_comes_back),
    CASE(a_job_is_paused_goes_on_and_one_that_waits_is_taken_out), CASE(the_title_of_the_window_says_what_is_open))
