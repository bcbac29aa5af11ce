// The first minute: a file, its columns, a target, a model, a threshold, the recipe. Numbers of the table are those of
// R 4.2.2 (summary, quantile type 7, e1071::skewness type 2) on datasets/titanic.csv; layout and words those of the
// pictures in the design.
#include "screen/workbench.h"

TEST(a_file_opens_as_a_table_with_its_columns_at_a_glance) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_wait(t, "259 values end");
  assert_at(t, 0, " 1 table  titanic.csv  1,309 × 5 ━");
  assert_row(t, 1, "        name~                      survived~  sex~       age%  passengerClass~");
  assert_row(t, 4, "      2 Allison, Master. Hudson…   yes        male     0.9167  1st");
  assert_at(t, 19, " 3 notes  2 warnings");
  assert_row(t, 20, " ! age   263 missing, not at random: 3rd class 29%, 1st 12%, 2nd 6%");
  assert_row(t, 21, " ! name  259 values end at exactly 31 characters: cut off in the file");
  assert_row(t, 23, " ! target     I describe     F frequencies     . plot     T train     ? help");
  assert_shows(t, "d = data \"titanic.csv\"");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_profile_follows_the_cursor) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "l Right l");
  tty_wait(t, "complete 79.9%");
  assert_at(t, 13, " 2 column  age  real, 4 of 5 ─");
  assert_at(t, 14, " n          1,046   mean   29.88   min     0.1667");
  assert_at(t, 15, " missing      263   se      0.45   q1     21");
  assert_at(t, 16, " distinct      98   sd     14.41   median 28");
  assert_at(t, 17, " outliers       9   skew    0.41   q3     39");
  TtyCell head = tty_cell(t, tty_column(t, 1, "age%"), 1), cursor = tty_cell(t, tty_column(t, 3, "29"), 3);
  assert_int_equal(head.fg, 80), assert_true(head.bold);
  assert_int_equal(cursor.bg, 80);
  bench_quit(&b);
  bench_remove(&b);
}

// From a target to a threshold that moves; numbers are compared with what a replay of the saved recipe prints.
TEST(a_minute_ends_with_a_recipe_that_replays) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "l !");
  tty_wait(t, "target: survived, 2 classes, yes 38.2%");
  tty_keys(t, "T");
  tty_wait(t, "1 evaluate");
  tty_wait(t, "now .50");
  for (int k = 0; k < 13; k++) tty_keys(t, "Right");
  tty_wait(t, "now .37");
  tty_wait(t, "was .50");
  tty_wait(t, "now right");
  tty_wait(t, "not kept yet");
  tty_keys(t, "Enter");
  tty_wait_gone(t, "not kept yet");
  tty_keys(t, "q D");
  tty_wait(t, "m = m:threshold(0.37)");
  tty_keys(t, "q q");
  assert_int_equal(tty_wait_end(t), 0);
  assert_shows(t, "saved titanic.lua: replay with tycho run titanic.lua");
  tty_close(t);
  char *recipe = bench_read("titanic.lua"), command[PATH_MAX];
  assert_non_null(strstr(recipe, "d = data \"titanic.csv\""));
  assert_non_null(strstr(recipe, "ml.logistic{l2=1}"));
  assert_non_null(strstr(recipe, "m = m:threshold(0.37)"));
  free(recipe);
  snprintf(command, sizeof command, "%s run --record titanic.lua > /dev/null && %s verify titanic.lua > verified",
           getenv("TYCHO"), getenv("TYCHO"));
  bench_shell(command);
  bench_remove(&b);
}

TEST(no_file_is_titanic_with_the_tour_beside_it) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, NULL);
  bench_start(&b, 80, 24, NULL);
  bench_wait_table(&b);
  tty_wait(t, "Allen, Miss.");
  tty_keys(t, "D");
  tty_wait(t, "Who survived the Titanic?");
  tty_keys(t, "F9 G");
  tty_wait(t, "accepted a lower threshold finds more survivors");
  bench_quit(&b);
  char *made = bench_read("titanic.lua"); // only looked at: nothing to save
  assert_string_equal(made, "");
  free(made);
  bench_remove(&b);
}

TEST(view_verbs_in_a_row_are_one_cell) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "l l l ]");
  tty_wait(t, "Barkworth");
  tty_keys(t, "&");
  tty_wait(t, "rows where");
  tty_type(t, "sex == 'female'\r");
  tty_wait(t, "FILTER 466/1,309");
  tty_keys(t, "D");
  tty_wait(t, "v = d:sort{\"-age\"}:where \"sex == 'female'\"");
  tty_keys(t, "q u");
  tty_wait(t, "Barkworth");
  tty_keys(t, "u");
  tty_wait(t, "Allen, Miss.");
  tty_keys(t, "^R");
  tty_wait(t, "Barkworth");
  bench_quit(&b);
  bench_remove(&b);
}

// A table from another folder, opened at the keyboard: the recipe may read it wherever it is run from, a copy may not.
TEST(what_was_opened_at_the_keyboard_may_be_replayed) {
  Bench b;
  Tty *t = &b.tty;
  char command[PATH_MAX];
  bench_make(&b, "iris.csv");
  bench_shell("mkdir elsewhere");
  if (chdir("elsewhere") != 0) fail_msg("no folder");
  bench_start(&b, 80, 24, "../iris.csv");
  bench_wait_table(&b);
  tty_type(t, ":d.nrow + 1\r");
  tty_wait(t, "151");
  bench_quit(&b);
  snprintf(command, sizeof command, "%s %s run iris.lua | grep -qx 151", b.home, getenv("TYCHO"));
  bench_shell(command);
  snprintf(command, sizeof command,
           "cp iris.lua copy.lua; ! %s %s run copy.lua 2> why; grep -q 'outside the recipe' why", b.home,
           getenv("TYCHO"));
  bench_shell(command);
  bench_remove(&b);
}

TEST(without_two_classes_no_threshold_is_promised) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "sacramento_homes.csv");
  bench_start(&b, 80, 24, "sacramento_homes.csv");
  bench_wait_table(&b);
  tty_keys(t, "End");
  tty_wait(t, "−121.0"); // on the axis of the profile
  tty_keys(t, "h h !");
  tty_wait(t, "target: price");
  tty_keys(t, "T");
  tty_wait(t, "RMSE");
  tty_wait_gone(t, "threshold");
  tty_wait_gone(t, "changed side");
  tty_keys(t, "K");
  tty_wait(t, "no threshold: the target does not have two classes");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_new_column_is_where_the_cursor_is) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "=");
  tty_wait(t, "new column");
  tty_type(t, "half = age / 2\r");
  tty_wait(t, "2 column  half  real, 6 of 6");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(keys_typed_before_the_table_is_there_wait_for_it) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "penguins.csv");
  bench_start(&b, 80, 24, "penguins.csv");
  tty_wait(t, "1 table");
  tty_keys(t, "! T");
  tty_wait(t, "1 evaluate");
  tty_keys(t, "D");
  tty_wait(t, "m:evaluate(test)");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_slip_is_answered_and_nothing_changes) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "&");
  tty_wait(t, "rows where");
  tty_type(t, "agee > 30\r");
  tty_wait(t, "did you mean 'age'?");
  assert_false(tty_find(t, "\\n") >= 0);
  assert_shows(t, "1,309 × 5");
  tty_type(t, ":open titanc.csv\r");
  tty_wait(t, "no file 'titanc.csv'");
  tty_type(t, ":opne iris.csv\r");
  tty_wait(t, "no command 'opne': did you mean 'open'?");
  tty_type(t, ":predict sex\r");
  tty_wait(t, "no command 'predict', and no Lua");
  tty_type(t, ":d:cuont{\"sex\"}\r");
  tty_wait(t, "did you mean 'count'?");
  tty_type(t, ":x = 1; error 'halt'\r");
  tty_wait(t, "! halt");
  tty_type(t, ":x\r");
  tty_wait(t, "no name 'x' here");
  tty_keys(t, "D");
  tty_wait(t, "1 cell ");
  tty_keys(t, "q u");
  tty_wait(t, "undone: open");
  tty_keys(t, "^R");
  bench_wait_table(&b);
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(a_file_opens_as_a_table_with_its_columns_at_a_glance), CASE(the_profile_follows_the_cursor),
    CASE(a_minute_ends_with_a_recipe_that_replays), CASE(no_file_is_titanic_with_the_tour_beside_it),
    CASE(view_verbs_in_a_row_are_one_cell), CASE(what_was_opened_at_the_keyboard_may_be_replayed),
    CASE(without_two_classes_no_threshold_is_promised), CASE(a_new_column_is_where_the_cursor_is),
    CASE(keys_typed_before_the_table_is_there_wait_for_it), CASE(a_slip_is_answered_and_nothing_changes))
