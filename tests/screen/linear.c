// The program line by line: --plain, a dumb terminal. A line is typed when the prompt stands; what was printed is read
// from the bytes that came, since nothing is ever painted over.
#include "screen/workbench.h"

static void open_lines(Bench *b, const char *more, const char *file) {
  const char *args[] = {"--plain", file, NULL};
  bench_make(b, "titanic.csv");
  bench_start_in(b, 80, 24, more, args);
}

// The last line that came is the prompt "N> ", and it came after byte `from`.
static void wait_prompt_from(Tty *t, int n, size_t from) {
  char prompt[16];
  int x, y;
  snprintf(prompt, sizeof prompt, "%d> ", n);
  TTY_UNTIL(t,
            (tty_cursor(t, &x, &y), strncmp(tty_row(t, y), prompt, strlen(prompt) - 1) == 0) && t->nlog > from &&
                memmem(t->log + from, t->nlog - from, prompt, strlen(prompt)),
            "no prompt %s", prompt);
}
static void wait_prompt(Tty *t, int n) { wait_prompt_from(t, n, 0); }

static void type_line(Tty *t, const char *line, int next) {
  tty_type(t, line);
  size_t from = t->nlog;
  tty_type(t, "\r");
  wait_prompt_from(t, next, from);
}

static void give_up(Tty *t, int next) {
  size_t from = t->nlog;
  tty_keys(t, "^C");
  wait_prompt_from(t, next, from);
}

// ^D at the prompt.
static void end(Bench *b) {
  tty_keys(&b->tty, "^D");
  assert_int_equal(tty_wait_end(&b->tty), 0);
  assert_true(tty_is_sane(&b->tty));
  tty_close(&b->tty);
}

static bool addresses_cursor(const Tty *t) { // CSI row ; column H, or the other screen
  for (size_t i = 0; i + 2 < t->nlog; i++) {
    if (t->log[i] != 27 || t->log[i + 1] != '[') continue;
    size_t k = i + 2;
    while (k < t->nlog && (t->log[k] == ';' || t->log[k] == '?' || (t->log[k] >= '0' && t->log[k] <= '9'))) k++;
    if (k < t->nlog && strchr("HfJ", t->log[k])) return true;
  }
  return tty_got(t, "\x1b[?1049h");
}

TEST(values_tables_and_plots_are_lines_of_text) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  assert_shows(t, "1,309 x 5");
  type_line(t, "d:count{\"sex\"}", 3);
  assert_shows(t, "2  female  466");
  type_line(t, "d:bar\"sex\"", 4);
  assert_shows(t, "####");
  assert_shows(t, "reading: male is most frequent: 843 of 1,309 (64%)");
  type_line(t, "d:head(30)", 5);
  assert_shows(t, "10 more rows");
  type_line(t, "d:describe()", 6);
  assert_shows(t, "columns not shown");
  for (int y = 0; y < t->h; y++)
    for (const char *c = tty_row(t, y); *c; c++) assert_true((unsigned char)*c < 0x80);
  assert_false(addresses_cursor(t));
  end(&b);
  bench_remove(&b);
}

TEST(tables_are_as_wide_as_COLUMNS_says) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, "COLUMNS=36", "titanic.csv");
  wait_prompt(t, 2);
  type_line(t, "d:head(2)", 3);
  for (int y = 0; y < t->h; y++)
    if (strlen(tty_row(t, y)) > 36) tty_fail(t, "row %d is too wide", y);
  assert_shows(t, "columns not shown");
  end(&b);
  bench_remove(&b);
}

TEST(a_cell_goes_on_while_it_is_open) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  tty_type(t, "for i = 1, 2 do\r");
  tty_wait_row(t, 3, "2.");
  tty_type(t, "print('row ' .. i)\r");
  type_line(t, "end", 3);
  assert_shows(t, "row 2");
  tty_type(t, "x = {1,\r");
  type_line(t, "2, 3}; #x", 4);
  tty_type(t, "s = [[one\r");
  type_line(t, "two]]; s", 5);
  assert_shows(t, "two");
  tty_type(t, "if true then\r");
  tty_wait(t, "5.");
  give_up(t, 5); // the lines so far
  type_line(t, "40 + 2", 6);
  assert_shows(t, "42");
  end(&b);
  char *recipe = bench_read("titanic.lua");
  assert_non_null(strstr(recipe, "for i = 1, 2 do\nprint('row ' .. i)\nend"));
  assert_null(strstr(recipe, "if true"));
  free(recipe);
  bench_remove(&b);
}

TEST(an_error_has_its_line_and_its_caret_and_changes_nothing) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  type_line(t, "x = 1 + dd.nrow", 2);
  assert_shows(t, "          ^^");
  assert_shows(t, "! no name 'dd' here: did you mean 'd'?");
  type_line(t, "d:where\"agee > 3\"", 2);
  assert_shows(t, "did you mean 'age'?");
  type_line(t, "d:cuont{\"sex\"}", 2);
  assert_shows(t, "did you mean 'count'?");
  end(&b);
  bench_remove(&b);
}

TEST(tab_completes_and_says_what_fits) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  tty_type(t, "d:cou\t");
  tty_wait(t, "2> d:count");
  tty_type(t, "{\"se\t");
  tty_wait(t, "2> d:count{\"sex");
  type_line(t, "\"}", 3);
  tty_type(t, "d:he\t");
  tty_wait(t, "heatmap  chart: ");
  assert_shows(t, "head     verb: the first n rows");
  give_up(t, 3);
  tty_type(t, ":un\t");
  tty_wait(t, "3> :undo");
  give_up(t, 3);
  bench_shell("cp titanic.csv zebra.csv");
  tty_type(t, "e = data \"zeb\t"); // a file
  tty_wait(t, "zebra.csv");
  give_up(t, 3);
  end(&b);
  bench_remove(&b);
}

TEST(help_is_asked_for_by_a_question_mark) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  type_line(t, "?where", 2);
  assert_shows(t, "the rows for which the condition is true");
  type_line(t, "ml.baseline?", 2);
  assert_shows(t, "ml.baseline: ");
  type_line(t, "d?", 2);
  assert_shows(t, "d: Frame, 1,309 x 5");
  type_line(t, ":help", 2);
  assert_shows(t, ":undo");
  type_line(t, ":opne x", 2);
  assert_shows(t, "did you mean 'open'?");
  end(&b);
  bench_remove(&b);
}

TEST(lines_are_remembered_across_sessions) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  type_line(t, "6 * 111", 3);
  end(&b);
  const char *args[] = {"--plain", "titanic.csv", NULL};
  bench_start_in(&b, 80, 24, NULL, args);
  wait_prompt(t, 2);
  tty_keys(t, "Up");
  tty_wait(t, "2> 6 * 111");
  tty_keys(t, "Enter");
  tty_wait(t, "666");
  wait_prompt(t, 3);
  end(&b);
  bench_remove(&b);
}

TEST(ctrl_c_stops_the_cell_and_keeps_the_session) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  tty_type(t, "x = 7 print('go') while true do end\r");
  tty_wait(t, "go");
  tty_keys(t, "^C");
  tty_wait(t, "stopped cell 2; what was there before is kept");
  wait_prompt(t, 3);
  type_line(t, "d.nrow", 4);
  assert_shows(t, "1,309");
  end(&b);
  bench_remove(&b);
}

TEST(undo_redo_and_a_killed_kernel) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  type_line(t, "x = 12", 3);
  type_line(t, "x = 13", 4);
  type_line(t, ":undo", 3);
  assert_shows(t, "undone: x = 13");
  type_line(t, "x * 1000", 4);
  assert_shows(t, "12,000");
  kill(bench_kernel(t->pid), SIGKILL);
  tty_wait(t, "the kernel is gone");
  tty_wait(t, "Enter: restart, replay");
  tty_keys(t, "Enter");
  wait_prompt(t, 4);
  type_line(t, "x + 1", 5);
  assert_shows(t, "13");
  type_line(t, ":list", 5);
  assert_shows(t, "cell 4, current");
  end(&b);
  bench_remove(&b);
}

TEST(the_session_is_a_recipe_that_replays) {
  Bench b;
  Tty *t = &b.tty;
  char command[PATH_MAX];
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  type_line(t, "d:count{\"sex\"}", 3);
  type_line(t, ":w mine.lua", 3);
  assert_shows(t, "saved mine.lua: replay with tycho run mine.lua");
  type_line(t, "d.nrow + 1", 4);
  end(&b);
  snprintf(command, sizeof command, "%s run mine.lua | grep -qx '1,310\\|1310'", getenv("TYCHO"));
  bench_shell(command);
  const char *args[] = {"--plain", "mine.lua", NULL};
  bench_start_in(&b, 80, 24, NULL, args);
  wait_prompt(t, 4);
  assert_shows(t, "mine.lua: 3 cells");
  type_line(t, ":run", 4);
  assert_shows(t, "466");
  end(&b);
  bench_remove(&b);
}

TEST(a_session_that_was_cut_off_is_offered) {
  Bench b;
  Tty *t = &b.tty;
  open_lines(&b, NULL, "titanic.csv");
  wait_prompt(t, 2);
  type_line(t, "x = 41", 3);
  tty_kill(t, SIGKILL);
  tty_wait_end(t);
  tty_close(t);
  const char *args[] = {"--plain", NULL};
  bench_start_in(&b, 80, 24, NULL, args);
  tty_wait(t, "a session was cut off: titanic.csv");
  tty_keys(t, "Enter");
  tty_wait(t, "the session is back; cells that run again: 1, 2");
  wait_prompt(t, 3);
  type_line(t, "x + 1", 4);
  assert_shows(t, "42");
  end(&b);
  bench_remove(&b);
}

TEST(a_dumb_terminal_gets_lines_by_itself) {
  Bench b;
  Tty *t = &b.tty;
  const char *args[] = {"titanic.csv", NULL};
  bench_make(&b, "titanic.csv");
  bench_start_in(&b, 80, 24, "TERM=dumb", args);
  wait_prompt(t, 2);
  type_line(t, "d.ncol + 37", 3);
  assert_shows(t, "42");
  tty_type(t, "d:he\t\t");
  tty_wait(t, "heatmap");
  give_up(t, 3);
  end(&b);
  assert_false(tty_got(t, "\x1b["));
  bench_remove(&b);
}

RUN(CASE(values_tables_and_plots_are_lines_of_text), CASE(tables_are_as_wide_as_COLUMNS_says),
    CASE(a_cell_goes_on_while_it_is_open), CASE(an_error_has_its_line_and_its_caret_and_changes_nothing),
    CASE(tab_completes_and_says_what_fits), CASE(help_is_asked_for_by_a_question_mark),
    CASE(lines_are_remembered_across_sessions), CASE(ctrl_c_stops_the_cell_and_keeps_the_session),
    CASE(undo_redo_and_a_killed_kernel), CASE(the_session_is_a_recipe_that_replays),
    CASE(a_session_that_was_cut_off_is_offered), CASE(a_dumb_terminal_gets_lines_by_itself))
