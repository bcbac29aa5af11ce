// Expected: DummyRegressor and DummyClassifier of scikit-learn 1.2.1; ties of weighted medians by hand.
#include "unit/model/model_help.h"

static const double Y[6] = {3, -1, 4, 1.5, 9, 2.5}, W[6] = {1, 2, 1, 3, 1, 1};
static const double C[7] = {1, 0, 2, 2, 1, 1, 0}, WC[7] = {1, 2, 1, 3, 1, 1, 0.5};

static void expect_fit(const char *strategy, const double *weight, double want) {
  double out[6];
  Trial t = trial_new("baseline", Y, 6, 0, Y, 0);
  t.in.weight = weight;
  trial_text(&t, "strategy", strategy);
  trial_fit(&t);
  trial_predict(&t, out);
  for (int i = 0; i < 6; i++) assert_near(out[i], want, 1e-15);
  Frame *card = trial_card(&t);
  assert_int_equal(frame_nrow(card), 1);
  assert_near(col_f64(card_col(card, "estimate"), 0), want, 1e-15);
  frame_unref(card);
  trial_fini(&t);
}

TEST(a_number_gets_its_mean_or_median) {
  expect_fit("auto", NULL, 3.1666666666666665);
  expect_fit("mean", W, 2.3333333333333335);
  expect_fit("median", NULL, 2.75);
  expect_fit("median", W, 1.5);
}

// 1 1 2 2: cumulated weight meets one half between 1 and 2, so the median is between, as for the rows written twice.
TEST(a_weight_of_two_is_a_row_twice_in_a_median) {
  double y[2] = {2, 1}, w[2] = {2, 2}, out[2];
  Trial t = trial_new("baseline", y, 2, 0, y, 0);
  t.in.weight = w;
  trial_text(&t, "strategy", "median");
  trial_fit(&t);
  trial_predict(&t, out);
  assert_near(out[0], 1.5, 0);
  trial_fini(&t);
}

static void expect_shares(const char *strategy, const double *weight, const double want[3]) {
  double out[21];
  Trial t = trial_new("baseline", C, 7, 0, C, 3);
  t.in.weight = weight;
  trial_text(&t, "strategy", strategy);
  trial_fit(&t);
  trial_predict(&t, out);
  for (int k = 0; k < 3; k++)
    for (int i = 0; i < 7; i++) assert_near(out[k * 7 + i], want[k], 1e-15);
  Frame *card = trial_card(&t);
  assert_card(card, "estimate", want, 3, 1e-15);
  assert_true(sv_is(col_text(card_col(card, "class"), 2), "zoo"));
  frame_unref(card);
  trial_fini(&t);
}

TEST(classes_get_their_shares_or_a_sure_bet) {
  expect_shares("auto", NULL, (double[]){2.0 / 7, 3.0 / 7, 2.0 / 7});
  expect_shares("prior", WC, (double[]){0.2631578947368421, 0.3157894736842105, 0.42105263157894735});
  expect_shares("most_frequent", NULL, (double[]){0, 1, 0});
  expect_shares("most_frequent", WC, (double[]){0, 0, 1});
}

TEST(a_strategy_of_the_other_task_is_refused) {
  Trial t = trial_new("baseline", Y, 6, 0, Y, 0), u = trial_new("baseline", C, 7, 0, C, 3);
  trial_text(&t, "strategy", "prior");
  assert_int_equal(trial_try(&t), ERR_ARG);
  assert_has(t.err.msg, "the target is a number: strategy must be \"mean\" or \"median\"");
  trial_text(&u, "strategy", "median");
  assert_int_equal(trial_try(&u), ERR_ARG);
  assert_has(u.err.msg, "the target has classes: strategy must be \"prior\" or \"most_frequent\"");
  trial_fini(&t);
  trial_fini(&u);
}

TEST(an_infinite_target_is_refused) {
  double y[2] = {1, INFINITY};
  Trial t = trial_new("baseline", y, 2, 0, y, 0);
  assert_int_equal(trial_try(&t), ERR_NUMERIC);
  trial_fini(&t);
}

RUN(CASE(a_number_gets_its_mean_or_median), CASE(a_weight_of_two_is_a_row_twice_in_a_median),
    CASE(classes_get_their_shares_or_a_sure_bet), CASE(a_strategy_of_the_other_task_is_refused),
    CASE(an_infinite_target_is_refused))
