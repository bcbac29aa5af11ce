// What stays when a table is ordered, filtered or changed: the rows that were selected, what is told of a column.
// Rows of titanic: pandas 1.5.3, sorted by age.
#include "screen/workbench.h"

static void open_titanic(Bench *b, int w, int h) {
  bench_make(b, "titanic.csv");
  bench_start(b, w, h, "titanic.csv");
  bench_wait_table(b);
}

static void end(Bench *b) {
  bench_quit(b);
  bench_remove(b);
}

TEST(a_selection_follows_its_rows) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 80, 24);
  tty_keys(t, "s j s"); // rows 1 and 3, of ages 29 and 2
  tty_wait(t, "2 selected");
  tty_keys(t, "gg l l l ["); // the youngest first
  tty_wait(t, "v = d:sort{\"age\"}");
  TTY_UNTIL(t, strstr(tty_row(t, 3), "›    1 Dean, Miss. Elizabeth"), "not sorted");
  tty_wait(t, "2 selected");
  tty_keys(t, "gg h h h /");
  tty_type(t, "^Allison, Miss\r");
  tty_wait(t, "•   23 Allison, Miss. Helen L");
  tty_keys(t, "\"");
  tty_wait(t, "FILTER 2/1,309");
  assert_shows(t, "Allen, Miss. Elisabeth");
  assert_shows(t, "Allison, Miss. Helen");
  tty_keys(t, "q");
  tty_wait(t, "2 selected");
  tty_keys(t, "&"); // a filter that one of them passes
  tty_wait(t, "rows where");
  tty_type(t, "age > 20\r");
  tty_wait(t, "798 × 5 •1 ");
  tty_keys(t, "gs");
  tty_wait(t, "798 × 5 •798");
  tty_keys(t, "]"); // all of them, whatever their order
  tty_wait(t, "by name ↓");
  tty_wait(t, "798 × 5 •798");
  end(&b);
}

TEST(columns_are_told_of_after_their_neighbours_are_hidden) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 80, 24);
  tty_keys(t, "l -");
  tty_wait(t, "v = d:drop{\"survived\"}");
  tty_wait(t, "2 column  sex");
  tty_keys(t, "-"); // of a table that showed already
  tty_wait(t, "2 column  age");
  tty_wait(t, "2 of 3");
  tty_keys(t, "l -"); // the last one
  tty_wait(t, "1,309 × 2");
  tty_wait(t, "2 column  age");
  tty_wait(t, "29.88");
  assert_true(tty_find(t, "nothing is known") < 0);
  end(&b);
}

TEST(the_table_of_an_evaluation_is_a_table_like_any_other) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 80, 24);
  tty_keys(t, "l !");
  tty_wait(t, "target: ");
  tty_keys(t, "T");
  tty_wait(t, "logistic  327 rows");
  tty_type(t, ":e\r");
  tty_wait(t, "balanced_accuracy");
  tty_wait(t, "metric~");
  tty_keys(t, "l [");
  tty_wait(t, "v = e:metrics():sort{\"value\"}");
  tty_wait(t, "by value ↑");
  tty_keys(t, "q q");
  tty_wait(t, "logistic  327 rows");
  end(&b);
}

// Ages of titanic by sex: 388 of 466 women and 658 of 843 men are known.
TEST(a_row_of_a_table_by_groups_opens_on_the_rows_of_its_group) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 80, 24);
  tty_type(t, ":d:group{\"sex\", \"survived\"}:agg{\"n = count()\", \"age = mean(age)\"}\r");
  tty_wait(t, "4 × 4");
  tty_wait(t, "2 column  sex");
  tty_keys(t, "j Enter"); // women who survived
  tty_wait(t, "FILTER 339/1,309");
  assert_shows(t, "v = d:where \"sex == 'female' and survived == 'yes'\"");
  tty_keys(t, "q");
  tty_wait(t, "4 × 4");
  end(&b);
}

// Medians of age by class: pandas 1.5.3.
TEST(numbers_are_profiled_by_the_category_that_splits_them_most) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 200, 60);
  tty_keys(t, "l l l");
  tty_wait(t, "passenger…");
  int y = tty_find(t, "passenger…"), x = tty_column(t, y, "passenger…");
  assert_non_null(strstr(tty_row_from(t, y, x), " median"));
  assert_memory_equal(tty_row_from(t, y + 1, x), "1st            39 ", 18);
  assert_memory_equal(tty_row_from(t, y + 2, x), "2nd            29 ", 18);
  assert_memory_equal(tty_row_from(t, y + 3, x), "3rd            24 ", 18);
  TTY_UNTIL(t, strstr(tty_row(t, y + 1), "━┃━"), "no box");
  tty_keys(t, "h h"); // not of a category
  tty_wait(t, "2 column  survived");
  tty_wait_gone(t, "passenger…");
  end(&b);
}

RUN(CASE(a_selection_follows_its_rows), CASE(columns_are_told_of_after_their_neighbours_are_hidden),
    CASE(the_table_of_an_evaluation_is_a_table_like_any_other),
    CASE(a_row_of_a_table_by_groups_opens_on_the_rows_of_its_group),
    CASE(numbers_are_profiled_by_the_category_that_splits_them_most))
