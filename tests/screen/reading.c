// A large file shows before it is read, and nothing that is typed meanwhile is lost.
#include "screen/workbench.h"

#include "base/str.h"

enum { LINES = 400000, TIMES = 16 };

// A table of 130 MB, each line of which says its number.
static void write_large(const char *name) {
  Str text = {0};
  for (int i = 0; i < LINES; i++) str_addf(&text, "%d,word%d,%d.25\n", 1000000 + i, i % 7, i % 1000);
  FILE *f = fopen(name, "w");
  assert_non_null(f);
  fputs("number,word,value\n", f);
  for (int k = 0; k < TIMES; k++) assert_int_equal(fwrite(text.s, 1, text.n, f), text.n);
  assert_int_equal(fclose(f), 0);
  str_fini(&text);
}

TEST(the_first_rows_show_while_the_rest_is_read) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, NULL);
  write_large("large.csv");
  bench_start(&b, 80, 24, "large.csv");
  tty_wait(t, "1,000,001  word1 ");
  tty_keys(t, "j j j l F"); // one can move about in them; what needs all of the table waits for it
  tty_wait(t, "d:count{\"word\"}  7 × 2");
  tty_keys(t, "q");
  tty_wait(t, "6,400,000 × 3");
  TTY_UNTIL(t, strstr(tty_row(t, 6), "›") && strstr(tty_row(t, 6), "4 1,000,003  word3"), "the cursor is elsewhere");
  tty_wait(t, "2 column  word");
  assert_true(tty_got(t, "first 60 of about "));
  assert_true(tty_got(t, "known when all of it is read"));
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(the_first_rows_show_while_the_rest_is_read))
