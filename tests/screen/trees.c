// Walking through the trees of a model, at three sizes; the rows of a node and the way back. That the rules are right is
// tested beside the kernel (tests/unit/ui/tree.c); 843 of the 1,309 passengers are male (pandas 1.5.3).
#include "screen/workbench.h"

static void open_tree(Bench *b, int w, int h, const char *learner) {
  Tty *t = &b->tty;
  char line[160];
  bench_make(b, "titanic.csv");
  bench_start(b, w, h, "titanic.csv");
  bench_wait_table(b);
  snprintf(line, sizeof line, ":m = %s:fit(d, \"survived ~ sex + age + passengerClass\")\r", learner);
  tty_type(t, line);
  tty_wait(t, "m is set");
  tty_type(t, ":tree\r");
  tty_wait(t, "all rows");
}

TEST(a_tree_is_walked_with_the_arrows) {
  Bench b;
  Tty *t = &b.tty;
  open_tree(&b, 80, 24, "ml.tree{max_depth=4}");
  tty_wait(t, "1 tree");
  tty_wait(t, "sex == 'female'");
  tty_keys(t, "Down");
  tty_wait(t, "843 rows");
  tty_wait(t, "where sex == 'male'");
  tty_keys(t, "Right");
  tty_wait(t, "466 rows");
  tty_keys(t, "Down Down Down");
  tty_wait(t, "and (age >= 8");
  tty_keys(t, "Up Up Up Up");
  tty_wait(t, "all rows: no condition yet");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_node_shows_its_rows_and_q_comes_back) {
  Bench b;
  Tty *t = &b.tty;
  open_tree(&b, 120, 40, "ml.tree{max_depth=4}");
  tty_keys(t, "Down");
  tty_wait(t, "843 rows");
  tty_keys(t, "Enter");
  tty_wait(t, "d:where \"sex == 'male'\"");
  tty_wait(t, "843 × ");
  tty_keys(t, "q");
  tty_wait(t, "node  2 of");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(the_trees_of_a_forest_come_in_turn) {
  Bench b;
  Tty *t = &b.tty;
  open_tree(&b, 120, 40, "ml.forest{n_estimators=3}");
  tty_wait(t, "tree 1 of 3");
  tty_keys(t, "] ]");
  tty_wait(t, "tree 3 of 3");
  tty_keys(t, "[");
  tty_wait(t, "tree 2 of 3");
  tty_resize(t, 40, 12);
  tty_wait(t, "node  1 of");
  tty_keys(t, "Down");
  tty_wait(t, "where ");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(an_evaluation_leads_to_the_trees_of_its_model) {
  Bench b;
  Tty *t = &b.tty;
  open_tree(&b, 80, 24, "ml.boost{rounds=4}");
  tty_wait(t, "tree 1 of 4");
  tty_keys(t, "q");
  tty_type(t, ":e = m:evaluate(d)\r");
  tty_wait(t, "AUC");
  tty_keys(t, "t");
  tty_wait(t, "tree 1 of 4");
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(a_tree_is_walked_with_the_arrows), CASE(a_node_shows_its_rows_and_q_comes_back),
    CASE(the_trees_of_a_forest_come_in_turn), CASE(an_evaluation_leads_to_the_trees_of_its_model))
