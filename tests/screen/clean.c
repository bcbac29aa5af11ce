// The steps that a table asks for: Space, "clean", Enter. The ages that titanic misses (263 of 1,309) are those of pandas
// 1.5.3; one heading of each size is looked for where the overlay stands.
#include "screen/workbench.h"

static Tty *begin(Bench *b, int w, int h) {
  bench_make(b, "titanic.csv");
  bench_start(b, w, h, "titanic.csv");
  tty_wait(&b->tty, "Allen, Miss");
  if (w >= 80) bench_wait_table(b);
  tty_keys(&b->tty, "Space");
  tty_wait(&b->tty, "palette");
  tty_type(&b->tty, "clean");
  tty_wait(&b->tty, ":clean");
  tty_keys(&b->tty, "Enter");
  tty_wait(&b->tty, "steps for d");
  return &b->tty;
}

static void end(Bench *b) {
  bench_quit(b);
  bench_remove(b);
}

TEST(steps_have_their_lua_and_reason_and_nothing_runs_before_a) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_wait(t, "prep.impute{\"age\"}");
  tty_wait(t, "263 rows");
  tty_wait(t, "263 values of age missing: the median");
  tty_wait(t, "prep.drop{\"name\"}");
  tty_wait(t, "a accept marked");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "steps for d");
  tty_keys(t, "D");
  tty_wait(t, "1 notebook");
  tty_wait(t, "1 cell");
  assert_true(tty_find(t, "prep.") < 0);
  end(&b);
}

TEST(marked_steps_become_one_cell_and_the_table_shows) {
  Bench b;
  Tty *t = begin(&b, 120, 40);
  tty_wait(t, "before");
  tty_wait(t, "after");
  tty_wait(t, "4 marked");
  tty_keys(t, "Space"); // the first step is left out
  tty_wait(t, "3 marked");
  tty_keys(t, "j Enter");
  tty_wait(t, "2 marked");
  tty_keys(t, "Enter");
  tty_wait(t, "3 marked");
  tty_wait(t, "a adds 3 steps");
  tty_keys(t, "a");
  tty_wait_gone(t, "marked");
  tty_wait(t, "clean  1,309");
  tty_keys(t, "D");
  tty_wait(t, "clean = p:fit(d):transform(d)");
  tty_wait(t, "prep.impute{\"age\"},");
  assert_true(tty_find(t, "prep.drop") < 0);
  tty_keys(t, "u");
  tty_wait_gone(t, "clean = p:fit");
  end(&b);
}

TEST(without_a_mark_nothing_is_written) {
  Bench b;
  Tty *t = begin(&b, 80, 24);
  tty_keys(t, "Space j Space j Space j Space a");
  tty_wait(t, "no step is marked: Space marks one");
  tty_keys(t, "Esc");
  tty_wait_gone(t, "steps for d");
  end(&b);
}

TEST(small_and_large_screens_hold_the_list) {
  static const struct {
    int w, h;
    const char *last;
  } size[] = {{40, 12, "a adds 4 steps"}, {80, 24, "clean = p:fit(d)"}, {120, 40, "before"}, {200, 60, "before"}};
  for (size_t k = 0; k < sizeof size / sizeof *size; k++) {
    Bench b;
    Tty *t = begin(&b, size[k].w, size[k].h);
    tty_wait(t, size[k].last);
    tty_keys(t, "End");
    tty_wait(t, "prep.onehot{");
    tty_keys(t, "Esc");
    tty_wait_gone(t, "steps for d");
    end(&b);
  }
}

TEST(line_by_line_the_steps_have_numbers_and_some_of_them_or_all_are_added) {
  Bench b;
  Tty *t = &b.tty;
  const char *args[] = {"--plain", "titanic.csv", NULL};
  bench_make(&b, "titanic.csv");
  bench_start_in(&b, 80, 40, NULL, args);
  tty_wait(t, "2>");
  tty_type(t, ":clean\r");
  tty_wait(t, "  3  prep.impute{\"age\"}");
  tty_wait(t, "which? their numbers");
  tty_type(t, "2,3\r");
  tty_wait(t, "clean = p:fit(d):transform(d)");
  tty_wait(t, "3>");
  tty_type(t, ":clean d 9\r");
  tty_wait(t, "! '9' is no step");
  tty_type(t, "#clean:names()\r");
  tty_wait(t, "4>");
  tty_keys(t, "^D");
  assert_int_equal(tty_wait_end(t), 0);
  tty_close(t);
  bench_remove(&b);
}

RUN(CASE(steps_have_their_lua_and_reason_and_nothing_runs_before_a),
    CASE(marked_steps_become_one_cell_and_the_table_shows), CASE(without_a_mark_nothing_is_written),
    CASE(small_and_large_screens_hold_the_list),
    CASE(line_by_line_the_steps_have_numbers_and_some_of_them_or_all_are_added))
