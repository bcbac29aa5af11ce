// The curves of a training, while it runs and afterwards, back and forth through its rounds. That the numbers are right
// is tested beside the model (tests/unit/model/training.c) and the kernel (tests/unit/ui/training.c).
#include "screen/workbench.h"

static void open_titanic(Bench *b, int w, int h) {
  bench_make(b, "titanic.csv");
  bench_start(b, w, h, "titanic.csv");
  bench_wait_table(b);
}

static void fit(Bench *b, const char *learner) {
  char line[160];
  snprintf(line, sizeof line, ":m = %s:fit(d, \"survived ~ sex + age + passengerClass\")\r", learner);
  tty_type(&b->tty, line);
}

TEST(curves_are_there_while_the_fit_runs_and_a_stop_keeps_them) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 120, 40);
  fit(&b, "ml.boost{rounds=900000, valid=.3}");
  tty_wait(t, "a model learns");
  tty_type(t, ":training\r");
  tty_wait(t, "of 900,000");
  tty_wait(t, "live");
  tty_wait(t, "a round");
  tty_keys(t, "b");
  tty_wait(t, "the best");
  tty_keys(t, "^C");
  tty_wait(t, "tree");
  tty_wait(t, "importance");
  tty_wait(t, " rounds, ");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(rounds_are_gone_back_through_to_their_trees) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 80, 24);
  fit(&b, "ml.boost{rounds=30, valid=.3}");
  tty_wait(t, "m is set");
  tty_type(t, ":training m\r");
  tty_wait(t, "30 rounds");
  tty_wait(t, "tree 30:");
  tty_keys(t, "Left Left");
  tty_wait(t, "tree 28:");
  tty_keys(t, "g g");
  tty_wait(t, "tree 1:");
  tty_keys(t, "Enter");
  tty_wait(t, "tree 1 of 30");
  tty_keys(t, "T");
  tty_wait(t, "tree 1:");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_key_adds_a_tree_and_writes_it_into_one_cell) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 120, 40);
  fit(&b, "ml.boost{rounds=30, valid=.3}");
  tty_wait(t, "m is set");
  tty_type(t, ":training\r");
  tty_wait(t, "30 rounds");
  tty_keys(t, "+");
  tty_wait(t, "31 rounds");
  tty_keys(t, "+");
  tty_wait(t, "32 rounds");
  tty_keys(t, "D");
  tty_wait(t, "3 cells");
  tty_wait(t, "rounds=32");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(without_rows_held_out_it_says_how_to_have_curves) {
  Bench b;
  Tty *t = &b.tty;
  open_titanic(&b, 40, 12);
  fit(&b, "ml.boost{rounds=30}");
  tty_wait(t, "m is set");
  tty_type(t, ":training\r");
  tty_wait(t, "no rows were held out");
  tty_wait(t, "round 30 of 30");
  tty_keys(t, "Left");
  tty_wait(t, "round 29 of 30");
  tty_resize(t, 120, 40);
  tty_wait(t, "tree 29:");
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(curves_are_there_while_the_fit_runs_and_a_stop_keeps_them), CASE(rounds_are_gone_back_through_to_their_trees),
    CASE(a_key_adds_a_tree_and_writes_it_into_one_cell), CASE(without_rows_held_out_it_says_how_to_have_curves))
