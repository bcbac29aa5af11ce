// The palette, forms of calls, and expressions that show what they give while they are typed. Numbers of the table are
// those of pandas 1.5.3 on datasets/titanic.csv (rows with age > 40: 227; ages of the first rows).
#include "screen/workbench.h"

static Tty *begin(Bench *b, int w, int h) {
  bench_make(b, "titanic.csv");
  bench_start(b, w, h, "titanic.csv");
  tty_wait(&b->tty, "Allen, Miss");
  if (w >= 80) bench_wait_table(b);
  return &b->tty;
}

static void end(Bench *b) {
  bench_quit(b);
  bench_remove(b);
}

TEST(the_palette_finds_a_chart_and_runs_it_on_the_column_here) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "l l l Space");
  tty_wait(t, "palette");
  tty_wait(t, "commands");
  tty_type(t, "hist");
  tty_wait(t, "match");
  tty_wait(t, "how the values of a number c");
  tty_wait(t, "adds  d:hist{\"age\"}");
  tty_keys(t, "Enter");
  tty_wait(t, "plot  n 1,046");
  tty_keys(t, "q D");
  tty_wait(t, "d:hist{\"age\"}");
  end(&b);
}

TEST(the_palette_shows_what_it_adds_and_tab_takes_it_to_the_prompt) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "Space");
  tty_type(t, "describe");
  tty_wait(t, "adds  d:describe()");
  tty_keys(t, "Tab");
  tty_wait(t, ":d:describe()");
  tty_keys(t, "Enter");
  tty_wait(t, "5 × 15");
  tty_keys(t, "q Space ^R");
  tty_wait(t, "1 recent");
  tty_wait(t, "d:describe()");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "recent");
  end(&b);
}

TEST(keys_and_commands_are_in_the_palette_too) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "Space");
  tty_type(t, "session as lua");
  tty_wait(t, "key  D");
  tty_keys(t, "Enter");
  tty_wait(t, "1 notebook");
  tty_keys(t, "q Space");
  tty_type(t, ":theme");
  tty_wait(t, "runs  :theme");
  tty_keys(t, "Enter");
  tty_type(t, "mono\r");
  tty_wait_gone(t, ":theme");
  end(&b);
}

TEST(f1_in_the_palette_is_the_page_of_what_is_chosen) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "Space");
  tty_type(t, "welch");
  tty_wait(t, "adds  stats.welch(d, \"name\")");
  tty_keys(t, "F1");
  tty_wait(t, "misleads:");
  tty_keys(t, "q");
  tty_wait_gone(t, "misleads:");
  tty_wait(t, "palette");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "palette");
  end(&b);
}

TEST(a_page_of_help_gives_its_example_as_a_cell) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_type(t, ":help head\r");
  tty_wait(t, "Enter inserts the example as a cell");
  tty_type(t, "/rows\r");
  tty_wait(t, "the first n rows");
  tty_keys(t, "Enter");
  tty_wait(t, "inserted as cell 2: F5 runs it");
  tty_keys(t, "F5");
  tty_wait(t, "5.1");
  tty_type(t, ":help hsit\r");
  tty_wait(t, "did you mean 'hist'?");
  tty_keys(t, "q");
  tty_wait_gone(t, "did you mean");
  end(&b);
}

TEST(a_form_warns_at_once_and_enter_runs_its_line) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "l !");
  tty_wait(t, "target: survived");
  tty_keys(t, "Space");
  tty_type(t, "logistic");
  tty_wait(t, "model");
  tty_keys(t, "Enter");
  tty_wait(t, "ml.logistic  ");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "ml.logistic  ");
  tty_keys(t, "zT"); // what T would train
  tty_wait(t, "ml.logistic  ");
  tty_wait(t, "target survived");
  tty_keys(t, "Right Right");
  tty_wait(t, "ml.logistic{l2=5}}:fit(train, \"survived\")");
  tty_keys(t, "r");
  tty_wait(t, "ml.logistic{}}:fit(train");
  tty_type(t, "-3");
  tty_wait(t, "l2 -3: must be a number from 0");
  tty_wait(t, "1 to mend");
  tty_keys(t, "Enter");
  tty_wait(t, "1 to mend");
  tty_keys(t, "Backspace Backspace 2");
  tty_wait_gone(t, "to mend");
  tty_wait(t, "ml.logistic{l2=2}}:fit(train");
  tty_keys(t, "Enter");
  tty_wait(t, "1 evaluate");
  tty_wait(t, "now .50");
  end(&b);
}

TEST(a_form_asks_for_what_must_be_given) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "Space");
  tty_type(t, "d:join");
  tty_wait(t, "1 to fill in");
  tty_keys(t, "Enter");
  tty_wait(t, "d:join  ");
  tty_wait(t, "must be given");
  tty_wait(t, "to mend");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "to mend");
  end(&b);
}

TEST(a_new_column_shows_its_values_while_it_is_typed) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "l l l =");
  tty_type(t, "half = age / 2");
  tty_wait(t, "half: real");
  tty_wait(t, "0.4584");
  tty_type(t, "x");
  tty_wait(t, "malformed number");
  assert_at(t, 21, "                                              ┌ malformed number '2x'");
  tty_keys(t, "Backspace");
  tty_wait(t, "0.4584");
  tty_keys(t, "Enter");
  tty_wait(t, "1,309 × 6");
  tty_wait_gone(t, "half: real");
  end(&b);
}

TEST(a_filter_counts_the_rows_that_hold_while_it_is_typed) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "&");
  tty_type(t, "agee > 40");
  tty_wait(t, "no column 'agee': did you mean 'age'?");
  assert_at(t, 21, "            ┌ no column 'agee'");
  for (int k = 0; k < 6; k++) tty_keys(t, "Left");
  tty_keys(t, "Backspace");
  tty_wait(t, "227 of 1,309 rows hold, 17.3%");
  tty_keys(t, "Enter");
  tty_wait(t, "FILTER 227/1,309");
  end(&b);
}

TEST(a_preview_comes_while_a_cell_runs) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_type(t, ":while true do end\r");
  tty_wait(t, "runs");
  tty_keys(t, "&");
  tty_type(t, "age > 40");
  tty_wait(t, "227 of 1,309 rows hold");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "rows hold");
  tty_keys(t, "Space");
  tty_type(t, "missing");
  tty_wait(t, "adds  d:missing");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "palette");
  tty_keys(t, "^C");
  tty_wait(t, "stopped cell");
  end(&b);
}

TEST(a_small_screen_has_palette_form_and_preview) {
  Bench b;
  Tty *t = begin(&b, 40, 12);
  tty_keys(t, "l l l Space");
  tty_type(t, "hist");
  tty_wait(t, "adds  d:hist{\"age\"}");
  tty_keys(t, "^O");
  tty_wait(t, "d:hist  ");
  tty_wait(t, "bins");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "bins");
  tty_keys(t, "&");
  tty_type(t, "age > 40");
  tty_wait(t, "227 of 1,309 rows hold");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "rows hold");
  end(&b);
}

TEST(arguments_of_commands_are_completed_and_what_shows_is_exported) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_type(t, ":help d:his");
  tty_keys(t, "Tab");
  tty_wait(t, ":help d:hist");
  tty_keys(t, "Enter");
  tty_wait(t, "how the values of a number column");
  tty_keys(t, "q");
  tty_wait_gone(t, "how the values");
  tty_type(t, ":open tit");
  tty_keys(t, "Tab");
  tty_wait(t, ":open titanic");
  tty_keys(t, "^U");
  tty_type(t, "export out.csv\r");
  tty_wait(t, "d:save \"out.csv\"");
  TTY_UNTIL(t, access("out.csv", F_OK) == 0, "never wrote out.csv");
  tty_type(t, ":export out.csv\r");
  tty_wait(t, "out.csv is there already");
  tty_keys(t, "l l l .");
  tty_wait(t, "plot  n 1,046");
  tty_type(t, ":export age.svg\r");
  tty_wait(t, "d:hist{\"age\"}:save \"age.svg\"");
  tty_type(t, ":export a.html\r");
  tty_wait(t, "wrote a.html: ");
  tty_type(t, ":export a.html\r");
  tty_wait(t, "a.html is there already");
  tty_type(t, ":export a.c\r");
  tty_wait(t, "there is no .c yet");
  tty_type(t, ":hlep x\r");
  tty_wait(t, "did you mean 'help'?");
  tty_type(t, ":12\r");
  bench_quit(&b);
  char *csv = bench_read("out.csv");
  assert_non_null(strstr(csv, "name,survived,sex,age,passengerClass"));
  free(csv);
  char *html = bench_read("a.html");
  assert_non_null(strstr(html, "d:hist{&quot;age&quot;}"));
  assert_non_null(strstr(html, "</html>"));
  free(html);
  bench_remove(&b);
}

TEST(the_first_run_shows_a_hint_of_three_lines_until_a_key_comes) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_shell("rm .state/tycho/welcomed");
  bench_start(&b, 80, 24, "titanic.csv");
  tty_wait(t, "Space finds everything");
  tty_wait(t, "! what to predict");
  tty_wait(t, "nothing is lost");
  bench_wait_table(&b);
  tty_keys(t, "j");
  tty_wait_gone(t, "finds everything");
  tty_wait(t, "259 values end");
  bench_quit(&b);
  bench_start(&b, 80, 24, "titanic.csv");
  tty_wait(t, "259 values end");
  assert_int_equal(tty_find(t, "finds everything"), -1);
  end(&b);
}

TEST(the_mouse_chooses_and_runs) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "Space");
  tty_type(t, "missing");
  tty_wait(t, "adds  ");
  int y = tty_find(t, "where values are missing");
  assert_true(y > 0);
  tty_mouse(t, 0, 20, y);
  tty_wait(t, "adds  d:missing()");
  tty_mouse(t, 0, 20, y);
  tty_wait(t, "cell 2");
  end(&b);
}

RUN(CASE(the_palette_finds_a_chart_and_runs_it_on_the_column_here),
    CASE(the_palette_shows_what_it_adds_and_tab_takes_it_to_the_prompt), CASE(keys_and_commands_are_in_the_palette_too),
    CASE(f1_in_the_palette_is_the_page_of_what_is_chosen), CASE(a_page_of_help_gives_its_example_as_a_cell),
    CASE(a_form_warns_at_once_and_enter_runs_its_line), CASE(a_form_asks_for_what_must_be_given),
    CASE(a_new_column_shows_its_values_while_it_is_typed), CASE(a_filter_counts_the_rows_that_hold_while_it_is_typed),
    CASE(a_preview_comes_while_a_cell_runs), CASE(a_small_screen_has_palette_form_and_preview),
    CASE(arguments_of_commands_are_completed_and_what_shows_is_exported),
    CASE(the_first_run_shows_a_hint_of_three_lines_until_a_key_comes), CASE(the_mouse_chooses_and_runs))
