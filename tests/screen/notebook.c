// The notebook on the screen: what a cell gave, help while typing, and the keys of its table.
#include "screen/workbench.h"

static void write_file(const char *name, const char *text) {
  FILE *f = fopen(name, "w");
  if (!f || fputs(text, f) < 0 || fclose(f) != 0) fail_msg("cannot write %s", name);
}

// A notebook of that text in a fresh folder, on its first cell.
static void open_notebook(Bench *b, int w, int h, const char *text) {
  bench_make(b, "titanic.csv");
  write_file("book.lua", text);
  bench_start(b, w, h, "book.lua");
  tty_wait(&b->tty, "book.lua");
}

static void leave_cell(Bench *b) {
  tty_keys(&b->tty, "Esc");
  tty_wait(&b->tty, "COMMAND");
}

static void close_notebook(Bench *b) {
  bench_quit(b);
  bench_remove(b);
}

TEST(text_cells_show_what_their_markdown_means) {
  Bench b;
  open_notebook(
      &b, 80, 24,
      "-- %% [markdown]\n-- # Title\n-- - [x] done\n--\n-- | a | n |\n-- |---|---|\n-- | 日本 | 1 |\n-- | x | 22 |\n");
  tty_wait(&b.tty, "┃ Title");
  assert_shows(&b.tty, "┃ [x] done");
  assert_shows(&b.tty, "┃ a       n");
  assert_shows(&b.tty, "┃ 日本    1");
  assert_shows(&b.tty, "┃ x      22");
  close_notebook(&b);
}

TEST(a_long_output_scrolls_in_its_window_and_opens_in_a_pane) {
  Bench b;
  open_notebook(&b, 80, 24, "-- %%\nfor i = 1, 200 do print(\"row \" .. i) end\n-- %%\ndata \"titanic\"\n");
  tty_keys(&b.tty, "F5");
  tty_wait(&b.tty, "lines 190 to 200 of 200"); // of what was printed the end
  tty_keys(&b.tty, "{");
  tty_wait(&b.tty, "lines 1 to 11 of 200");
  tty_keys(&b.tty, ")");
  tty_wait(&b.tty, "lines 10 to 20 of 200");
  assert_shows(&b.tty, "row 20");
  tty_keys(&b.tty, "}");
  tty_wait(&b.tty, "lines 190 to 200 of 200");
  tty_keys(&b.tty, "{ (");
  tty_wait(&b.tty, "this is where its output begins");
  tty_mouse(&b.tty, 65, 10, 5);
  tty_wait(&b.tty, "lines 4 to 14 of 200");
  tty_keys(&b.tty, "w");
  tty_wait(&b.tty, "200 lines folded");
  tty_keys(&b.tty, "W");
  tty_wait(&b.tty, "row 20");
  tty_keys(&b.tty, "W j F5");
  tty_wait(&b.tty, "rows 1 to 10 of 1,309");
  tty_keys(&b.tty, "t");
  tty_wait(&b.tty, "data \"titanic\"  1,309 × 5");
  tty_keys(&b.tty, "q");
  tty_wait(&b.tty, "rows 1 to 10 of 1,309");
  close_notebook(&b);
}

TEST(tab_offers_what_fits_and_a_call_shows_its_signature) {
  Bench b;
  open_notebook(&b, 80, 24, "-- %%\nd = data \"titanic\"\n-- %%\n");
  tty_keys(&b.tty, "F5");
  tty_wait(&b.tty, "= 1");
  tty_keys(&b.tty, "j Enter");
  tty_wait(&b.tty, "EDIT");
  tty_type(&b.tty, "ml.logistic{l2=3, m");
  tty_wait_row(&b.tty, 22, "ml.logistic{l2=1, C=0, solver=auto, max_iter=100");
  tty_keys(&b.tty, "Tab");
  tty_wait(&b.tty, "› max_iter  100  int 1..");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "{l2=3, max_iter");
  tty_type(&b.tty, "=5} d:count(\"pass");
  tty_keys(&b.tty, "Tab");
  tty_wait(&b.tty, "d:count(\"passengerClass");
  tty_type(&b.tty, "\", \"");
  tty_keys(&b.tty, "Tab");
  tty_wait(&b.tty, "› name ");
  tty_keys(&b.tty, "Down");
  tty_wait(&b.tty, "› survived ");
  tty_type(&b.tty, "a");
  tty_wait(&b.tty, "1 of 1");
  tty_keys(&b.tty, "Esc");
  tty_wait_gone(&b.tty, "1 of 1");
  assert_shows(&b.tty, "EDIT"); // Esc closed the popup alone
  leave_cell(&b);
  close_notebook(&b);
}

TEST(tab_in_a_path_offers_files_and_bundled_tables) {
  Bench b;
  open_notebook(&b, 80, 24, "-- %%\n");
  bench_shell("mkdir -p deep/er && cp titanic.csv deep/one.csv && cp titanic.csv deep/two.csv");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "EDIT");
  tty_type(&b.tty, "data \"titani");
  tty_keys(&b.tty, "Tab");
  tty_wait(&b.tty, "bundled");
  assert_shows(&b.tty, "  titanic.csv");
  tty_keys(&b.tty, "Esc");
  tty_wait_gone(&b.tty, "bundled");
  tty_keys(&b.tty, "^W");
  tty_type(&b.tty, "\"dee");
  tty_keys(&b.tty, "Tab");
  tty_wait(&b.tty, "\"deep/");
  tty_wait(&b.tty, "› er/ ");
  assert_shows(&b.tty, "two.csv");
  tty_keys(&b.tty, "Down Enter");
  tty_wait(&b.tty, "\"deep/one.csv");
  leave_cell(&b);
  close_notebook(&b);
}

static const char AGES[] = "-- %% [markdown]\n-- of *ages*\n-- %%\nage = 1\nx = age + Age\n-- %%\nprint(age)\n";

TEST(a_search_goes_through_the_cells_and_marks_its_hits) {
  Bench b;
  open_notebook(&b, 80, 24, AGES);
  tty_keys(&b.tty, "/");
  tty_wait(&b.tty, "search:");
  tty_type(&b.tty, "age");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "'age': 1 of 5");
  assert_shows(&b.tty, "of *ages*"); // as it is written
  tty_keys(&b.tty, "n");
  tty_wait(&b.tty, "'age': 2 of 5");
  tty_wait(&b.tty, "┃ age = 1");
  int y = tty_find(&b.tty, "age = 1");
  TTY_UNTIL(&b.tty, tty_cell(&b.tty, 7, y).bg == 80 && tty_cell(&b.tty, 11, y + 1).underline, "no marks");
  tty_keys(&b.tty, "N N");
  tty_wait(&b.tty, "'age': 5 of 5");
  tty_keys(&b.tty, "Esc");
  TTY_UNTIL(&b.tty, !tty_cell(&b.tty, 11, y + 1).underline, "still marked");
  tty_keys(&b.tty, "n Enter");
  tty_wait(&b.tty, "EDIT");
  leave_cell(&b);
  close_notebook(&b);
}

TEST(replacing_asks_for_each_and_is_one_step_of_undo) {
  Bench b;
  open_notebook(&b, 80, 24, AGES);
  tty_keys(&b.tty, "F8");
  tty_wait(&b.tty, "replace:");
  tty_type(&b.tty, "age");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "with:");
  tty_type(&b.tty, "years");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "here? cell 1, 1 of 5");
  tty_keys(&b.tty, "n");
  tty_wait(&b.tty, "here? cell 2, 2 of 5");
  tty_keys(&b.tty, "y");
  tty_wait(&b.tty, "years = 1");
  tty_keys(&b.tty, "a");
  tty_wait(&b.tty, "replaced 4 of 'age'");
  assert_shows(&b.tty, "x = years + years");
  assert_shows(&b.tty, "print(years)");
  tty_keys(&b.tty, "u");
  tty_wait(&b.tty, "x = age + Age");
  assert_shows(&b.tty, "age = 1");
  close_notebook(&b);
}

TEST(in_a_cell_both_stay_in_the_cell) {
  Bench b;
  open_notebook(&b, 80, 24, AGES);
  tty_keys(&b.tty, "j Enter");
  tty_wait(&b.tty, "EDIT");
  tty_keys(&b.tty, "^R");
  tty_wait(&b.tty, "search:");
  tty_type(&b.tty, "age");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "'age': 1 of 3");
  tty_keys(&b.tty, "^R");
  tty_wait(&b.tty, "the same again");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "'age': 2 of 3");
  tty_keys(&b.tty, "F8");
  tty_wait(&b.tty, "replace: age");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "with:");
  tty_type(&b.tty, "a");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "1 of 3");
  tty_keys(&b.tty, "a");
  tty_wait(&b.tty, "x = a + a");
  assert_shows(&b.tty, "print(age)");
  tty_keys(&b.tty, "^_");
  tty_wait(&b.tty, "x = age + Age");
  assert_shows(&b.tty, "┃ age = 1");
  leave_cell(&b);
  close_notebook(&b);
}

TEST(a_file_that_somebody_else_writes_is_noticed_and_offered) {
  Bench b;
  open_notebook(&b, 80, 24, AGES);
  tty_keys(&b.tty, "j F5");
  tty_wait(&b.tty, "! 2");
  write_file("book.lua", "-- %% [markdown]\n-- of *ages*\n-- %%\nage = 1\nx = age + Age\n-- %%\nprint(age, 2)\n");
  tty_wait(&b.tty, "! book.lua changed on disk   gr take it");
  assert_shows(&b.tty, "print(age)");
  tty_keys(&b.tty, "gl");
  tty_wait(&b.tty, "- print(age, 2)");
  assert_shows(&b.tty, "+ print(age)");
  tty_keys(&b.tty, "q gr");
  tty_wait(&b.tty, "1 cell differs; u takes it back");
  assert_shows(&b.tty, "print(age, 2)");
  assert_shows(&b.tty, "! 2"); // what ran has run
  tty_keys(&b.tty, "u");
  tty_wait_gone(&b.tty, "print(age, 2)");
  tty_keys(&b.tty, "^R");
  tty_wait(&b.tty, "print(age, 2)");
  write_file("book.lua", "-- %%\nother = 1\n");
  tty_wait(&b.tty, "! book.lua changed on disk");
  tty_keys(&b.tty, ":");
  tty_wait(&b.tty, "Esc close");
  tty_type(&b.tty, "w");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, ":w! overwrites it"); // never without being asked
  tty_keys(&b.tty, "gk");
  tty_wait(&b.tty, "yours stays: :w writes it");
  tty_keys(&b.tty, ":");
  tty_wait(&b.tty, "Esc close");
  tty_type(&b.tty, "w");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "saved book.lua");
  char *text = bench_read("book.lua");
  assert_has(text, "print(age, 2)");
  free(text);
  close_notebook(&b);
}

TEST(a_slip_is_put_right_by_a_key) {
  Bench b;
  open_notebook(&b, 80, 24, "-- %%\nb = ml.logistc{}\n");
  tty_keys(&b.tty, "F5");
  tty_wait(&b.tty, "did you mean 'logistic'?   p put it right");
  tty_keys(&b.tty, "p");
  tty_wait(&b.tty, "logistc is now logistic: F5 runs it");
  tty_keys(&b.tty, "F5");
  tty_wait(&b.tty, "= 1 ┃ b = ml.logistic{}");
  close_notebook(&b);
}

TEST(a_cell_parts_where_it_was_edited_and_changes_its_kind) {
  Bench b;
  open_notebook(&b, 80, 24, "-- %%\na = 1\nb = 2\n-- %%\nc = 3\n");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "EDIT");
  tty_keys(&b.tty, "^A");
  leave_cell(&b);
  tty_keys(&b.tty, "S");
  tty_wait(&b.tty, "3 cells");
  assert_shows(&b.tty, "2 │ b = 2");
  tty_keys(&b.tty, "M");
  tty_wait(&b.tty, "2 cells");
  tty_keys(&b.tty, "m m");
  tty_wait_row(&b.tty, 1, "raw");
  tty_keys(&b.tty, "G F8");
  tty_wait(&b.tty, "replace:");
  tty_keys(&b.tty, "Esc");
  tty_wait_gone(&b.tty, "replace:");
  tty_keys(&b.tty, "A");
  tty_wait(&b.tty, "no code above this cell");
  tty_keys(&b.tty, ":");
  tty_wait(&b.tty, "Esc close");
  tty_type(&b.tty, "w");
  tty_keys(&b.tty, "Enter");
  tty_wait(&b.tty, "saved");
  char *text = bench_read("book.lua");
  assert_string_equal(text, "-- %% [raw]\n-- a = 1\n-- b = 2\n-- %%\nc = 3\n");
  free(text);
  close_notebook(&b);
}

TEST(what_reads_a_changed_value_is_stale_and_r_runs_it) {
  Bench b;
  open_notebook(&b, 80, 24, "-- %%\nx = 1\n-- %%\nx = x + 1\n-- %%\nprint(\"x is \" .. x)\n");
  tty_keys(&b.tty, "F9");
  tty_wait(&b.tty, "x is 2");
  tty_keys(&b.tty, "j Enter");
  tty_wait(&b.tty, "EDIT");
  tty_type(&b.tty, "0");
  leave_cell(&b);
  tty_wait(&b.tty, "stale edited");
  assert_shows(&b.tty, "stale cell 2 is stale");
  tty_keys(&b.tty, "r");
  tty_wait(&b.tty, "x is 11"); // cell 1 ran before: its x had been written over
  tty_wait(&b.tty, "all current");
  close_notebook(&b);
}

RUN(CASE(text_cells_show_what_their_markdown_means), CASE(a_long_output_scrolls_in_its_window_and_opens_in_a_pane),
    CASE(tab_offers_what_fits_and_a_call_shows_its_signature), CASE(tab_in_a_path_offers_files_and_bundled_tables),
    CASE(a_search_goes_through_the_cells_and_marks_its_hits), CASE(replacing_asks_for_each_and_is_one_step_of_undo),
    CASE(in_a_cell_both_stay_in_the_cell), CASE(a_file_that_somebody_else_writes_is_noticed_and_offered),
    CASE(a_slip_is_put_right_by_a_key), CASE(a_cell_parts_where_it_was_edited_and_changes_its_kind),
    CASE(what_reads_a_changed_value_is_stale_and_r_runs_it))
