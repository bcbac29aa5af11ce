// F1 on a number: the formula with its numbers, over what shows. Numbers of titanic are those of pandas 1.5.3 (sum,
// count, mean); counts of the threshold are those that the evaluation's table shows.
#include "screen/workbench.h"

TEST(a_cell_of_describe_says_how_it_was_computed) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "I");
  tty_wait(t, "5 × 15");
  tty_wait(t, "29.88");
  tty_keys(t, "j j j l l l l F1");
  tty_wait(t, "mean of age");
  assert_shows(t, "formula    mean = Σx / n");
  assert_shows(t, "numbers    mean = 31,255.7 / 1,046 = 29.88");
  assert_shows(t, "d:where \"not is_missing(age)\"");
  assert_shows(t, "instead    d:describe{\"age\", stats={\"median\", \"iqr\"}}");
  tty_keys(t, "q");
  tty_wait_gone(t, "formula");
  tty_keys(t, "l F1");
  tty_wait(t, "sd of age");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "formula");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_profile_explains_all_its_statistics_and_scrolls) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "l l l Tab F1");
  tty_wait(t, "mean of age");
  assert_shows(t, "se = 14.41 / √1,046 = 0.4457");
  assert_shows(t, "lines 1 to 20 of ");
  for (int k = 0; k < 8; k++) tty_keys(t, "PgDn");
  tty_wait(t, "missing = 263 of 1,309 rows, 20.1%");
  tty_keys(t, "q");
  tty_wait_gone(t, "missing = 263");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_small_screen_shows_it_too) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 40, 12, "titanic.csv");
  tty_wait(t, "Allen, Miss");
  tty_keys(t, "I");
  tty_wait(t, "5 × 15");
  tty_keys(t, "j j j l l l l F1");
  tty_wait(t, "mean of age");
  assert_shows(t, "numbers    mean = 31,255.7 / 1,046 =");
  assert_shows(t, "           29.88");
  tty_keys(t, "q");
  tty_wait_gone(t, "mean of age");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_evaluation_works_its_metrics_out_at_the_threshold_that_shows) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "l !");
  tty_wait(t, "target: survived");
  tty_keys(t, "T");
  tty_wait(t, "now .50");
  tty_keys(t, "Right Right");
  tty_wait(t, "now .48");
  tty_wait(t, "now right");
  tty_keys(t, "F1");
  tty_wait(t, "327 rows, 'yes' if score ≥ 0.48");
  assert_shows(t, "precision = 93 / (93 + 39) = 0.7045");
  assert_shows(t, "rows       e:rows{actual=\"no\", pred=\"yes\"}");
  tty_keys(t, "q");
  tty_wait_gone(t, "formula");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(where_there_is_no_statistic_f1_is_the_help_of_the_pane) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  tty_keys(t, "F1");
  tty_wait(t, "data: reads a table");
  tty_keys(t, "q");
  tty_wait_gone(t, "data: reads a table");
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(a_cell_of_describe_says_how_it_was_computed), CASE(the_profile_explains_all_its_statistics_and_scrolls),
    CASE(a_small_screen_shows_it_too), CASE(the_evaluation_works_its_metrics_out_at_the_threshold_that_shows),
    CASE(where_there_is_no_statistic_f1_is_the_help_of_the_pane))
