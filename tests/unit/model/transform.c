// A target that goes through a transform: predictions against TransformedTargetRegressor of scikit-learn 1.2.1 with
// LinearRegression on sacramento_homes (tests/golden/make/prep_shape.py).
#include "golden/sklearn_shape.h"
#include "unit/prep/shape_help.h"

#include "eval/eval.h"
#include "eval/folds.h"
#include "frame/verbs.h"
#include "model/model.h"

static Learner *bent(const char *type, const char *word) {
  TransformKind kind;
  assert_true(transform_find(sv(word), &kind));
  Learner *plain = learner_new(NULL, 0, model_find(sv(type)), NULL), *l = learner_with_target(plain, kind);
  learner_unref(plain);
  return l;
}

static Frame *homes(void) {
  static const char *name[] = {"sqft", "latitude", "longitude", "price"};
  Frame *d = help_data("sacramento_homes"), *used;
  assert_int_equal(frame_select(d, &(Names){name, 4}, &used, NULL), OK);
  frame_unref(d);
  return used;
}

static Model *fit(const char *word, const Frame *d) {
  Learner *l = bent("linear", word);
  Model *m;
  Err err;
  if (model_fit(NULL, l, d, "price", NULL, &m, &err) != OK) fail_msg("%s", err.msg);
  learner_unref(l);
  return m;
}

TEST(predictions_come_back_as_those_of_scikit_learn) {
  Frame *d = homes();
  const int64_t n = frame_nrow(d), row[6] = {0, 1, n / 3, n / 2, n - 2, n - 1};
  for (size_t k = 0; k < sizeof TARGETS / sizeof *TARGETS; k++) {
    Model *m = fit(TARGETS[k].target, d);
    Frame *p;
    assert_int_equal(model_predict(NULL, m, d, &p, NULL), OK);
    for (int i = 0; i < 6; i++) {
      double got = col_f64(help_col(p, "pred"), row[i]), want = TARGETS[k].probe[i];
      if (!(fabs(got - want) <= 1e-9 * fabs(want)))
        fail_msg("%s: row %d is %.17g, expected %.17g", TARGETS[k].target, (int)row[i], got, want);
    }
    frame_unref(p);
    model_unref(m);
  }
  frame_unref(d);
}

// sklearn: mean_squared_error of the predictions for target="log" above, on the scale of the price.
TEST(an_evaluation_judges_on_the_scale_of_the_target) {
  Frame *d = homes(), *p;
  Model *m = fit("log", d);
  Evaluation *e;
  double rmse, sum = 0;
  assert_int_equal(eval_new(NULL, m, d, &e, NULL), OK);
  assert_int_equal(eval_metric(NULL, e, sv("rmse"), &rmse, NULL), OK);
  assert_int_equal(model_predict(NULL, m, d, &p, NULL), OK);
  for (int64_t i = 0; i < frame_nrow(d); i++) {
    double gap = col_f64(help_col(d, "price"), i) - col_f64(help_col(p, "pred"), i);
    sum += gap * gap / (double)frame_nrow(d);
  }
  assert_near(rmse, sqrt(sum), 1e-12);
  assert_near(rmse, HOMES_LOG_RMSE, 1e-9);
  frame_unref(p);
  eval_unref(e);
  model_unref(m);
  frame_unref(d);
}

TEST(card_and_print_tell_the_transform) {
  Frame *d = homes(), *card;
  Model *m = fit("boxcox", d);
  Arena a = {0};
  Learner *l = bent("linear", "boxcox");
  assert_int_equal(model_card(NULL, m, &card, NULL), OK);
  assert_has(frame_caption(card), "linear for boxcox(price), lambda ");
  assert_has(frame_caption(card), "predictions come back as price");
  assert_string_equal(learner_print(l, &a), "pipe{ml.linear{}, target=\"boxcox\"}");
  frame_unref(card);
  learner_unref(l);
  arena_fini(&a);
  model_unref(m);
  frame_unref(d);
}

TEST(a_loaded_model_predicts_the_same_bits) {
  static const char *const word[] = {"log", "yeojohnson", "quantile"};
  Frame *d = homes();
  for (int k = 0; k < 3; k++) {
    Model *m = fit(word[k], d), *again;
    Str text = {0}, twice = {0};
    Frame *p, *q;
    assert_int_equal(model_save(m, &text, NULL), OK);
    assert_int_equal(model_load((Sv){text.s, text.n}, &again, NULL), OK);
    assert_int_equal(model_save(again, &twice, NULL), OK);
    assert_string_equal(text.s, twice.s);
    assert_int_equal(model_predict(NULL, m, d, &p, NULL), OK);
    assert_int_equal(model_predict(NULL, again, d, &q, NULL), OK);
    assert_same_frame(p, q);
    frame_unref(p);
    frame_unref(q);
    str_fini(&text);
    str_fini(&twice);
    model_unref(again);
    model_unref(m);
  }
  frame_unref(d);
}

// Worked by hand: the line through sqrt(y) = 2, 1, 0 of x = 1, 2, 3 is -1 at x = 4; a root below 0 comes back as 0. The
// least of the training values stands where Box-Cox never comes to.
TEST(what_the_inverse_does_not_reach_comes_back_as_the_nearest_value) {
  Frame *d = HELP_FRAME(3, {"x", COL_I64, {"1", "2", "3"}}, {"price", COL_I64, {"4", "1", "0"}});
  Frame *later = HELP_FRAME(2, {"x", COL_I64, {"4", "0"}}), *p;
  Model *m = fit("sqrt", d);
  assert_int_equal(model_predict(NULL, m, later, &p, NULL), OK);
  assert_near(col_f64(help_col(p, "pred"), 0), 0, 1e-14);
  assert_near(col_f64(help_col(p, "pred"), 1), 9, 1e-13);
  frame_unref(p);
  model_unref(m);
  frame_unref(later);
  frame_unref(d);
}

TEST(cross_validation_learns_the_transform_in_each_fold) {
  Frame *d = homes(), *scores;
  Learner *l = bent("linear", "yeojohnson");
  CvOpts opts = {.folds = {.folds = 5, .repeats = 1, .seed = 1}, .fit = {.seed = 1}};
  Err err;
  if (eval_cv(NULL, l, d, "price", &opts, &scores, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(frame_nrow(scores), 5);
  for (int64_t i = 0; i < 5; i++) assert_true(col_f64(help_col(scores, "rmse"), i) > 10000);
  frame_unref(scores);
  learner_unref(l);
  frame_unref(d);
}

static void refuse(const char *word, const Frame *d, const char *target, const char *part) {
  Learner *l = bent("baseline", word);
  Model *m;
  Err err;
  assert_int_equal(model_fit(NULL, l, d, target, NULL, &m, &err), ERR_ARG);
  assert_has(err.msg, part);
  learner_unref(l);
}

TEST(classes_and_values_outside_of_the_domain_are_refused) {
  Frame *d =
      HELP_FRAME(6, {"x", COL_I64, {"1", "2", "3", "4", "5", "6"}}, {"y", COL_F64, {NULL, "0", "2", "-1", "0", "-3"}},
                 {"far", COL_F64, {"1", "2", "inf", "4", "5", "6"}}, {"word", COL_CAT, {"p", "q", "p", "q", "p", "q"}});
  refuse("log", d, "word", "target=\"log\" is for regressions, and target 'word' has classes");
  refuse("log", d, "y",
         "target 'y' has 4 values that are infinite or of 0 or below (rows 2, 4, 5 ...), and "
         "target=\"log\" does not take them: \"log1p\" takes zeros, \"yeojohnson\" any number");
  refuse("sqrt", d, "y", "2 values that are infinite or below 0 (rows 4, 6)");
  refuse("cbrt", d, "far", "target 'far' has 1 value that is infinite (row 3)");
  frame_unref(d);
}

RUN(CASE(predictions_come_back_as_those_of_scikit_learn), CASE(an_evaluation_judges_on_the_scale_of_the_target),
    CASE(card_and_print_tell_the_transform), CASE(a_loaded_model_predicts_the_same_bits),
    CASE(what_the_inverse_does_not_reach_comes_back_as_the_nearest_value),
    CASE(cross_validation_learns_the_transform_in_each_fold),
    CASE(classes_and_values_outside_of_the_domain_are_refused))
