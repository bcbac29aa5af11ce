// The table from keys: dives to the rows behind a number and the way back, types, choosing columns and rows, searching,
// pivot and join, verdicts. Counts of titanic: pandas 1.5.3.
#include "screen/workbench.h"

static void open_table(Bench *b, const char *name, int w, int h) {
  bench_make(b, name);
  bench_start(b, w, h, name);
  bench_wait_table(b);
}

static void end(Bench *b) {
  bench_quit(b);
  bench_remove(b);
}

TEST(a_level_dives_to_its_rows_and_q_comes_back_to_it) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "titanic.csv", 80, 24);
  tty_keys(t, "l l l F");
  tty_wait(t, "d:count{\"age\"}  99 × 2");
  tty_wait(t, "263"); // missing: the most frequent
  tty_keys(t, "j j Enter");
  tty_wait(t, "FILTER 43/1,309");
  assert_shows(t, "v = d:where \"age == 22\"");
  assert_shows(t, "› d:count{\"age\"} › v");
  assert_shows(t, "2 column  age "); // the cursor is in the column that it is about
  tty_keys(t, "q");
  tty_wait(t, "99 × 2");
  TTY_UNTIL(t, strncmp(tty_row(t, 5), " › 3  22 ", 9) == 0, "the cursor is elsewhere");
  tty_keys(t, "k k Enter"); // another look takes the place of the one that was left
  tty_wait(t, "FILTER 263/1,309");
  assert_shows(t, "3 │ v = d:where \"is_missing(age)\"");
  tty_keys(t, "q q");
  tty_wait(t, "1,309 × 5");
  assert_at(t, 0, " 1 table  titanic.csv  1,309 × 5");
  end(&b);
}

TEST(statistics_bars_and_notes_are_doors) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "titanic.csv", 80, 24);
  tty_keys(t, "l l l 2 j Enter");
  tty_wait(t, "FILTER 263/1,309");
  tty_keys(t, "q");
  tty_wait(t, "1 table  titanic.csv  1,309 × 5");
  tty_keys(t, "j j Enter"); // outliers
  tty_wait(t, "FILTER 9/1,309");
  assert_shows(t, "age < -6 or age > 66");
  tty_keys(t, "q");
  tty_wait(t, "1 table  titanic.csv  1,309 × 5");
  tty_keys(t, "l l l l"); // past the other groups to the bars: the first and its neighbour
  tty_wait(t, "3 to 6: ");
  tty_keys(t, "Enter");
  tty_wait(t, "age >= 3 and age < 6");
  tty_keys(t, "q 3 j Enter");
  tty_wait(t, "FILTER 259/1,309");
  assert_shows(t, "len(name) == 31");
  tty_keys(t, "q");
  tty_wait(t, "1 table  titanic.csv  1,309 × 5");
  end(&b);
}

TEST(a_pair_of_a_matrix_is_a_picture_and_a_cell_of_a_pivot_its_rows) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "iris.csv", 80, 24);
  tty_type(t, ":d:corr()\r");
  tty_wait(t, "d:corr()  4 × 5");
  tty_keys(t, "l l Enter");
  tty_wait(t, "d:scatter{\"sepal_length_cm\", \"sepal_width_cm\"}");
  end(&b);
  open_table(&b, "titanic.csv", 80, 24);
  tty_keys(t, "l l W");
  tty_wait(t, "pivot survived by sex: count");
  tty_keys(t, "Enter");
  tty_wait(t, "682");
  tty_keys(t, "l Enter");
  tty_wait(t, "FILTER 339/1,309");
  assert_shows(t, "survived == 'yes' and sex == 'female'");
  end(&b);
}

TEST(types_come_from_keys_and_what_does_not_fit_is_said) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "titanic.csv", 80, 24);
  tty_keys(t, "l l l #");
  tty_wait(t, "45 values are not whole numbers");
  assert_shows(t, "age%");
  tty_keys(t, "#");
  tty_wait(t, "age#");
  tty_wait(t, "missing      308"); // 263 and the 45
  tty_keys(t, "~");
  tty_wait(t, "age~");
  tty_keys(t, "D");
  tty_wait(t, "d = d:cast{age=\"int\", unfit=\"missing\"}");
  assert_shows(t, "d = d:cast{age=\"text\"}");
  tty_keys(t, "q u u");
  tty_wait(t, "age%");
  end(&b);
}

TEST(columns_are_chosen_hidden_and_come_back) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "titanic.csv", 80, 24);
  tty_keys(t, "*");
  tty_wait(t, "columns matching");
  tty_type(t, "^s|class\r");
  tty_wait(t, "1,309 × 3");
  tty_keys(t, "-");
  tty_wait(t, "1,309 × 2");
  tty_keys(t, "gv");
  tty_wait(t, "1,309 × 5");
  assert_shows(t, "name~");
  tty_keys(t, "*");
  tty_wait(t, "columns matching");
  tty_type(t, "zzz\r");
  tty_wait(t, "no column matches zzz");
  end(&b);
}

TEST(selected_rows_are_kept_or_left_out_by_a_line_of_lua) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "titanic.csv", 120, 30);
  tty_keys(t, "s j v j j v");
  tty_wait(t, "4 selected");
  TTY_UNTIL(t, strstr(tty_row(t, 4), "•    1  Allen"), "no mark");
  tty_keys(t, "\"");
  tty_wait(t, "FILTER 4/1,309");
  assert_shows(t, "between(row(), 3, 5) or one_of(row(), 1)");
  tty_keys(t, "q");
  tty_wait(t, "4 selected");
  tty_keys(t, "gt");
  tty_wait(t, "1,305 selected");
  tty_keys(t, "g\"");
  tty_wait(t, "FILTER 4/1,309");
  tty_keys(t, "D");
  tty_wait(t, "d:where \"not (");
  end(&b);
}

TEST(patterns_are_found_in_a_column_or_in_all) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "titanic.csv", 80, 24);
  tty_keys(t, "/");
  tty_type(t, "^z.*mr[.]\r");
  tty_wait(t, "Zakarian, Mr. Mapriededer");
  tty_keys(t, "l /");
  tty_type(t, "^z\r");
  tty_wait(t, "'^z' is nowhere in survived: g/ looks in all columns");
  tty_keys(t, "gg h g/");
  tty_wait(t, "g/");
  tty_type(t, "^2nd$\r");
  tty_wait(t, "2 column  passengerClass");
  tty_keys(t, "/");
  tty_type(t, "(\r");
  tty_wait(t, "! "); // what is wrong with it
  end(&b);
}

TEST(sort_keys_have_numbers_and_a_header_that_is_clicked_turns_round) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "titanic.csv", 80, 24);
  tty_keys(t, "l l [");
  tty_wait(t, "sex~↑");
  tty_keys(t, "l z]");
  tty_wait(t, "age%↓2");
  assert_shows(t, "sex~↑1");
  tty_mouse(t, 0, tty_column(t, 1, "survived"), 1);
  tty_wait(t, "survived~↑");
  tty_mouse(t, 0, tty_column(t, 1, "survived"), 1);
  tty_wait(t, "survived~↓");
  end(&b);
}

TEST(a_file_is_joined_by_the_key_that_both_have) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_shell("printf 'passengerClass,deck\\n1st,upper\\n2nd,middle\\n3rd,lower\\n' > deck.csv");
  bench_start(&b, 120, 30, "titanic.csv");
  bench_wait_table(&b);
  tty_type(t, ":join deck.csv\r");
  tty_wait(t, "1,309 × 6");
  tty_wait(t, "deck~");
  assert_shows(t, "j = d:join(e, {on=\"passengerClass\", how=\"left\"})");
  tty_type(t, ":join d\r");
  tty_wait(t, "both have name, survived, sex, age, passengerClass: join d on one of them");
  tty_type(t, ":join none.csv on x\r");
  tty_wait(t, "no file 'none.csv'");
  end(&b);
}

TEST(verdicts_on_outliers_are_lua) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "titanic.csv", 120, 30);
  tty_type(t, ":d:outliers()\r");
  tty_wait(t, "verdict~");
  tty_wait(t, "1,236");
  tty_keys(t, "zn");
  tty_wait(t, "natural");
  tty_keys(t, "za");
  tty_wait(t, "artificial");
  TTY_UNTIL(t, strstr(tty_row(t, 4), "natural") && strstr(tty_row(t, 5), "artificial"), "other rows were judged");
  bench_quit(&b);
  char *recipe = bench_read("titanic.lua");
  assert_non_null(strstr(recipe, "if_else(column == 'age' and row == 15, 'natural', verdict)"));
  assert_non_null(strstr(recipe, "if_else(column == 'age' and row == 62, 'artificial', verdict)"));
  free(recipe);
  bench_remove(&b);
}

TEST(years_have_no_commas_and_a_long_cell_shows_whole) {
  Bench b;
  Tty *t = &b.tty;
  open_table(&b, "penguins.csv", 80, 24);
  tty_keys(t, "End");
  tty_wait(t, "min     2007");
  assert_false(tty_find(t, "2,007") >= 0);
  end(&b);
  open_table(&b, "food_reviews.csv", 80, 24);
  tty_keys(t, "j l z Enter");
  tty_wait(t, "review  row 2 of ");
  tty_wait(t, "absolutely LOVE this dried fruit.");
  tty_wait(t, "and sweet and the peaches give a little tang.");
  tty_keys(t, "q");
  end(&b);
}

TEST(at_40x12_everything_still_works) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 40, 12, "titanic.csv");
  tty_wait(t, "missing 0");
  tty_keys(t, "l l l 2 j");
  tty_wait(t, "missing 263");
  tty_keys(t, "Enter");
  tty_wait(t, "FILTER 263/1,309");
  tty_keys(t, "q");
  tty_wait(t, "1,309 × 5");
  end(&b);
}

RUN(CASE(a_level_dives_to_its_rows_and_q_comes_back_to_it), CASE(statistics_bars_and_notes_are_doors),
    CASE(a_pair_of_a_matrix_is_a_picture_and_a_cell_of_a_pivot_its_rows),
    CASE(types_come_from_keys_and_what_does_not_fit_is_said), CASE(columns_are_chosen_hidden_and_come_back),
    CASE(selected_rows_are_kept_or_left_out_by_a_line_of_lua), CASE(patterns_are_found_in_a_column_or_in_all),
    CASE(sort_keys_have_numbers_and_a_header_that_is_clicked_turns_round),
    CASE(a_file_is_joined_by_the_key_that_both_have), CASE(verdicts_on_outliers_are_lua),
    CASE(years_have_no_commas_and_a_long_cell_shows_whole), CASE(at_40x12_everything_still_works))
