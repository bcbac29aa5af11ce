// A picture and its cursor: bars read out, their rows dived into and left again, zoom, brush, table. Counts are those of
// pandas 1.5.3 on titanic: pd.cut(age, range(0, 90, 5), right=False), value_counts of passengerClass.
#include "screen/workbench.h"

static void open_age(Bench *b, int w, int h) {
  Tty *t = &b->tty;
  bench_make(b, "titanic.csv");
  bench_start(b, w, h, "titanic.csv");
  tty_wait(t, "Allen, Miss");
  tty_keys(t, "l l l .");
  tty_wait(t, "plot");
  tty_wait(t, "reading: right-skewed");
}

TEST(a_bar_says_its_count_and_enter_shows_its_rows_and_q_comes_back) {
  Bench b;
  Tty *t = &b.tty;
  open_age(&b, 80, 24);
  tty_keys(t, "l l l l l");
  tty_wait(t, "age 20 to 25   count 184   17.6%");
  tty_keys(t, "Enter");
  tty_wait(t, "184 × 5");
  assert_shows(t, "d:where \"age >= 20 and age < 25\"");
  tty_keys(t, "q");
  tty_wait(t, "age 20 to 25   count 184   17.6%");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_brush_takes_a_range_of_bars) {
  Bench b;
  Tty *t = &b.tty;
  open_age(&b, 120, 40);
  tty_keys(t, "l s l l");
  tty_wait(t, "brush: 3 marks   count 109");
  tty_keys(t, "Enter");
  tty_wait(t, "109 × 5");
  assert_shows(t, "d:where \"age >= 0 and age < 15\"");
  bench_quit(&b);
  bench_remove(&b);
}

static void button(Tty *t, int code, int x, int y, char end) {
  char bytes[64];
  snprintf(bytes, sizeof bytes, "\x1b[<%d;%d;%d%c", code, x + 1, y + 1, end);
  tty_type(t, bytes);
}

// A press, and the mouse drawn over the screen with the button down.
static void draw_over(Tty *t, int code, int x, int y, int to_x, int to_y) {
  button(t, code, x, y, 'M');
  button(t, code + 32, (x + to_x) / 2, (y + to_y) / 2, 'M');
  button(t, code + 32, to_x, to_y, 'M');
  button(t, code, to_x, to_y, 'm');
}

TEST(the_mouse_brushes_pans_and_presses_names) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "iris.csv");
  bench_start(&b, 120, 40, "iris.csv");
  bench_wait_table(&b);
  tty_type(t, ":d:scatter{'sepal_length_cm', 'petal_length_cm', color='class'}\r");
  tty_wait(t, "virginica");
  tty_wait(t, "petal_length_cm");
  int y = tty_find(t, "setosa");
  button(t, 0, tty_column(t, y, "setosa") + 2, y, 'M'), button(t, 0, tty_column(t, y, "setosa") + 2, y, 'm');
  tty_wait(t, "without setosa");
  assert_shows(t, "not all series");
  button(t, 0, tty_column(t, y, "setosa") + 2, y, 'M'), button(t, 0, tty_column(t, y, "setosa") + 2, y, 'm');
  tty_wait(t, "with setosa again");
  draw_over(t, 0, 20, 16, 60, 8);
  tty_wait(t, "brush: ");
  tty_keys(t, "Enter");
  tty_wait(t, "d:where \"");
  assert_shows(t, "sepal_length_cm >= 4.82 and sepal_length_cm <= 6.1 and petal_length_cm >= 2.3");
  tty_keys(t, "q +");
  tty_wait(t, "zoomed");
  draw_over(t, 2, 60, 12, 30, 12);
  tty_wait(t, "sepal_length_cm");
  tty_keys(t, "_");
  tty_wait_gone(t, "zoomed");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(it_zooms_pans_and_fits_and_is_a_table) {
  Bench b;
  Tty *t = &b.tty;
  open_age(&b, 80, 24);
  tty_keys(t, "+");
  tty_wait(t, "zoomed");
  tty_keys(t, "_");
  tty_wait_gone(t, "zoomed");
  tty_keys(t, "t");
  tty_wait(t, "as a table");
  assert_shows(t, "age to");
  assert_shows(t, "184");
  tty_keys(t, "t");
  tty_wait_gone(t, "as a table");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_part_that_is_zoomed_into_is_drawn_anew_with_bins_of_its_own) {
  Bench b;
  Tty *t = &b.tty;
  open_age(&b, 100, 30);
  tty_keys(t, "+");
  tty_wait(t, "n 781 of 1,046"); // from 20 to below 60
  tty_keys(t, "+");
  tty_wait(t, "n 367 of 1,046"); // from 30 to below 50
  tty_wait(t, "30 to 32 holds 18% of 367");
  tty_keys(t, "l");
  tty_wait(t, "age 30 to 32   count 65");
  tty_keys(t, "Enter");
  tty_wait(t, "65 × 5");
  assert_shows(t, "d:where \"age >= 30 and age < 32\"");
  tty_keys(t, "q _");
  tty_wait_gone(t, "of 1,046 ");
  tty_wait(t, "20 to 25 holds 18% of 1,046");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_cursor_stops_at_the_edge_of_a_picture_of_many_points) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 80, 24, "titanic.csv");
  tty_wait(t, "Allen, Miss");
  tty_type(t, ":x, y = {}, {} for i = 1, 30000 do x[i], y[i] = i % 173, i % 211 end\r");
  tty_wait(t, "is set");
  tty_type(t, ":frame{x = x, y = y}:scatter{'x', 'y'}\r");
  tty_wait(t, "n 30,000");
  for (int k = 0; k < 8; k++) tty_keys(t, "j j j j j j j j");
  tty_wait(t, "points ");
  for (int k = 0; k < 8; k++) tty_keys(t, "k k k k k k k k");
  tty_keys(t, "s l k");
  tty_wait(t, "brush: ");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_target_is_what_parts_the_column) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_start(&b, 200, 60, "titanic.csv");
  tty_wait(t, "Allen, Miss");
  tty_keys(t, "l l l");
  tty_wait(t, "passenger…"); // medians 39, 29 and 24
  tty_keys(t, "h h ! l l");
  tty_wait(t, "survived   median"); // 28 and 28
  tty_wait_gone(t, "passenger…");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_smallest_screen_has_it_all) {
  Bench b;
  Tty *t = &b.tty;
  open_age(&b, 40, 12);
  tty_keys(t, "l l");
  tty_wait(t, "age 5 to 10   count 31");
  tty_keys(t, "Enter");
  tty_wait(t, "31 × 5");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(it_is_drawn_anew_when_the_terminal_changes) {
  Bench b;
  Tty *t = &b.tty;
  open_age(&b, 80, 24);
  tty_keys(t, "l l l l l");
  tty_wait(t, "age 20 to 25");
  tty_resize(t, 120, 40);
  tty_wait(t, "kernel idle");
  assert_shows(t, "age 20 to 25   count 184");
  tty_resize(t, 50, 14);
  tty_wait_gone(t, "kernel idle");
  assert_shows(t, "age 20 to 25   count 184");
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(a_bar_says_its_count_and_enter_shows_its_rows_and_q_comes_back), CASE(a_brush_takes_a_range_of_bars),
    CASE(the_mouse_brushes_pans_and_presses_names),
    CASE(it_zooms_pans_and_fits_and_is_a_table), CASE(the_smallest_screen_has_it_all),
    CASE(a_part_that_is_zoomed_into_is_drawn_anew_with_bins_of_its_own), CASE(the_target_is_what_parts_the_column),
    CASE(the_cursor_stops_at_the_edge_of_a_picture_of_many_points),
    CASE(it_is_drawn_anew_when_the_terminal_changes))
