// One operating point in every picture, at three sizes; the rows of a cell; classes one by one; a model laid over. What
// is expected of the kernel's numbers is tested beside it (tests/unit/eval, tests/unit/ui/views.c); here they only have
// to move together.
#include "screen/workbench.h"

static void open_model(Bench *b, int w, int h) {
  Tty *t = &b->tty;
  bench_make(b, "titanic.csv");
  bench_start(b, w, h, "titanic.csv");
  bench_wait_table(b);
  tty_keys(t, "l !");
  tty_wait(t, "target: survived");
  tty_keys(t, "T");
  tty_wait(t, "accuracy");
}

TEST(every_picture_of_the_point_has_a_place_at_120x40) {
  static const char *const NAME[] = {"1 ROC", "2 point", "3 errors", "4 scores", "5 calibration", "6 changed side"};
  Bench b;
  Tty *t = &b.tty;
  open_model(&b, 120, 40);
  for (size_t k = 0; k < sizeof NAME / sizeof *NAME; k++) tty_wait(t, NAME[k]);
  tty_keys(t, "Right Right");
  tty_wait(t, "score ≥ .48");
  tty_wait(t, "now right");
  tty_keys(t, "c");
  tty_wait(t, "costs fp fn");
  tty_type(t, "1 5\r");
  tty_wait(t, "3 cost");
  assert_shows(t, "false alarm 1, miss 5");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(at_200x60_all_of_them_show) {
  static const char *const NAME[] = {"1 ROC",         "2 PR",     "3 point",        "4 scores",
                                     "5 calibration", "6 errors", "7 changed side", "8 gain"};
  Bench b;
  Tty *t = &b.tty;
  open_model(&b, 200, 60);
  for (size_t k = 0; k < sizeof NAME / sizeof *NAME; k++) tty_wait(t, NAME[k]);
  assert_shows(t, "95% interval");
  tty_resize(t, 80, 24); // and come back
  tty_wait(t, "1 evaluate");
  tty_resize(t, 200, 60);
  tty_wait(t, "8 gain");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_cell_of_the_counts_shows_its_rows_and_q_comes_back) {
  Bench b;
  Tty *t = &b.tty;
  open_model(&b, 120, 40);
  tty_keys(t, "2 j");
  tty_wait(t, "is yes, said no: 34 rows");
  tty_keys(t, "Enter");
  tty_wait(t, "e:rows{actual=\"yes\", pred=\"no\"}");
  tty_wait(t, "34 × ");
  tty_keys(t, "q");
  tty_wait(t, "is yes, said no: 34 rows");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(p_goes_through_the_curves_where_one_has_room) {
  static const char *const SAYS[] = {"is precision and recall", "is the gain", "is the cost", "is the calibration"};
  Bench b;
  Tty *t = &b.tty;
  open_model(&b, 80, 24);
  for (size_t k = 0; k < sizeof SAYS / sizeof *SAYS; k++) {
    tty_keys(t, "p");
    tty_wait(t, SAYS[k]);
  }
  tty_wait(t, "came true");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(another_model_is_laid_over_with_the_difference) {
  Bench b;
  Tty *t = &b.tty;
  open_model(&b, 120, 40);
  tty_keys(t, "o");
  tty_wait(t, "no other evaluation yet");
  tty_type(t, ":f = ml.baseline{}:fit(train, \"survived\"):evaluate(test)\r");
  tty_wait(t, "f = ml.baseline");
  tty_wait(t, "kernel idle");
  tty_wait(t, "AUC .500");
  tty_keys(t, "o");
  tty_wait(t, "vs e: AUC −");
  tty_wait(t, "e AUC .852");
  tty_keys(t, "o");
  tty_wait_gone(t, "vs e");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(classes_are_judged_one_against_the_others) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "iris.csv");
  bench_start(&b, 120, 40, "iris.csv");
  bench_wait_table(&b);
  tty_type(t, ":e = ml.logistic{}:fit(d, \"class\"):evaluate(d)\r");
  tty_wait(t, "accuracy .97");
  tty_wait(t, "is versicolor");
  tty_keys(t, "] ]");
  tty_wait(t, "versicolor if score ≥ .50");
  tty_keys(t, "Right Right");
  tty_wait(t, "versicolor if score ≥ .48");
  tty_keys(t, "] ]");
  tty_wait(t, "own class if score");
  tty_keys(t, "]");
  tty_wait(t, "accuracy .97");
  bench_quit(&b);
  bench_remove(&b);
}

TEST(a_regression_has_residuals_and_error_quantiles) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "longley.csv");
  bench_start(&b, 120, 40, "longley.csv");
  bench_wait_table(&b);
  tty_type(t, ":r = ml.linear{}:fit(d, \"Employed\"):evaluate(d)\r");
  tty_wait(t, "1 predicted");
  tty_wait(t, "90% within");
  tty_wait(t, "residuals");
  tty_wait(t, "normal quantiles");
  tty_wait(t, "6 largest misses");
  bench_quit(&b);
  bench_remove(&b);
}

RUN(CASE(every_picture_of_the_point_has_a_place_at_120x40), CASE(at_200x60_all_of_them_show),
    CASE(a_cell_of_the_counts_shows_its_rows_and_q_comes_back), CASE(p_goes_through_the_curves_where_one_has_room),
    CASE(another_model_is_laid_over_with_the_difference), CASE(classes_are_judged_one_against_the_others),
    CASE(a_regression_has_residuals_and_error_quantiles))
