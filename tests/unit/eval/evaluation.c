// Evaluations of a model whose answers are written in the test frame; expected values by hand.
#include "unit/eval/fake_model.h"

static const char *const YES_NO[] = {"no", "yes"}, *const ABC[] = {"a", "b", "c"}, *const DIGITS[] = {"0", "1"};
enum { N = 8 };
static const char *const TRUTH[N] = {"yes", "no", "yes", NULL, "no", "yes", "no", "no"};
static const double P[N] = {0.9, 0.2, 0.5, 0.7, 0.6, 0.3, 0.1, 0.4};

static Frame *two_frame(void) {
  Frame *f = frame_new(N);
  frame_put(f, "y", column_words(TRUTH, N));
  frame_put(f, "p", column_reals(P, N));
  return f;
}

TEST(rows_without_a_target_are_left_out_and_counted) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f);
  assert_near(metric_value(e, "accuracy"), 5 / 7., 1e-15);
  assert_int_equal(eval_metrics(NULL, e, &t, NULL), OK);
  assert_string_equal(frame_caption(t), "7 rows, 1 more without 'y' left out; positive class 'yes', threshold 0.5");
  frame_unref(t);
  eval_unref(e);
  frame_unref(f);
  assert_int_equal(m.refs, 1);
}

TEST(all_metrics_come_as_a_frame) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f);
  assert_int_equal(eval_metrics(NULL, e, &t, NULL), OK);
  static const char *const names[] = {"accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1",
                                      "mcc", "kappa", "auc", "average_precision", "log_loss", "brier", "total_cost"};
  assert_int_equal(frame_nrow(t), 13);
  for (int k = 0; k < 13; k++) assert_cell(t, "metric", k, names[k]);
  assert_cell(t, "better", 0, "up");
  assert_cell(t, "better", 10, "down");
  assert_near(number_at(t, "value", 2), 2 / 3., 1e-15);
  assert_near(number_at(t, "value", 8), 9 / 12., 1e-15);
  assert_true(number_at(t, "lower", 0) < 5 / 7. && number_at(t, "upper", 0) > 5 / 7.);
  assert_false(col_valid(col_of(t, "lower"), 10));
  assert_int_equal(frame_ncol(t), 5);
  frame_unref(t);
  eval_unref(e);
  frame_unref(f);
}

TEST(a_threshold_judges_the_same_scores_anew) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f), *low = NULL, *edge = NULL;
  assert_int_equal(eval_threshold(e, 0.25, &low, NULL), OK);
  eval_unref(e); // what is shared lives on
  assert_near(eval_get_threshold(low), 0.25, 0);
  assert_near(metric_value(low, "recall"), 1, 0);
  assert_near(metric_value(low, "precision"), 3 / 5., 1e-15);
  assert_near(metric_value(low, "auc"), 9 / 12., 1e-15);
  assert_int_equal(eval_threshold(low, 0.6, &edge, NULL), OK); // a score equal to the threshold is positive
  assert_near(metric_value(edge, "precision"), 1 / 2., 1e-15);
  assert_int_equal(eval_metrics(NULL, edge, &t, NULL), OK);
  assert_has(frame_caption(t), "positive class 'yes', threshold 0.6");
  assert_ptr_equal(eval_model(edge), &m);
  frame_unref(t);
  eval_unref(low);
  eval_unref(edge);
  frame_unref(f);
  assert_int_equal(m.refs, 1);
}

TEST(the_positive_class_may_be_the_first) {
  Model m;
  fake_model(&m, 2, YES_NO);
  m.info.positive = 0;
  Frame *f = two_frame();
  Evaluation *e = evaluate(&m, f);
  // "no" where 1 - p >= 0.5: rows 1, 2, 5, 6, 7 of those with a target; it was "no" in 1, 4, 6, 7
  assert_near(metric_value(e, "precision"), 3 / 5., 1e-15);
  assert_near(metric_value(e, "recall"), 3 / 4., 1e-15);
  assert_near(metric_value(e, "auc"), 9 / 12., 1e-15);
  eval_unref(e);
  frame_unref(f);
}

TEST(costs_are_one_until_they_are_set) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f), *dear = NULL, *lower = NULL;
  assert_near(metric_value(e, "total_cost"), 2, 0);
  assert_int_equal(eval_cost(e, &(CostOpts){1, 5}, &dear, NULL), OK);
  assert_near(metric_value(dear, "total_cost"), 6, 0);
  assert_int_equal(eval_metrics(NULL, dear, &t, NULL), OK);
  assert_has(frame_caption(t), "; costs 1 a false positive, 5 a false negative");
  assert_int_equal(eval_threshold(dear, 0.25, &lower, NULL), OK);
  assert_near(metric_value(lower, "total_cost"), 2, 0); // two false positives, costs kept
  frame_unref(t);
  eval_unref(e);
  eval_unref(dear);
  eval_unref(lower);
  frame_unref(f);
}

TEST(wrong_thresholds_and_costs_are_refused) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame();
  Evaluation *e = evaluate(&m, f), *out = NULL;
  Err err;
  assert_int_equal(eval_threshold(e, 1.5, &out, &err), ERR_ARG);
  assert_string_equal(err.msg, "threshold: t must be a number from 0 to 1, 1.5 was given");
  assert_int_equal(eval_threshold(e, NAN, &out, &err), ERR_ARG);
  assert_int_equal(eval_cost(e, &(CostOpts){-1, 2}, &out, &err), ERR_ARG);
  assert_int_equal(eval_cost(e, &(CostOpts){0, 0}, &out, &err), ERR_ARG);
  assert_int_equal(eval_cost(e, &(CostOpts){1, INFINITY}, &out, &err), ERR_ARG);
  assert_has(err.msg, "fp and fn must be numbers of at least 0");
  assert_null(out);
  eval_unref(e);
  frame_unref(f);
}

static Frame *three_frame(void) {
  static const char *const y[] = {"a", "b", "c", "c", "b"};
  static const double p[3][5] = {{0.5, 0.2, 0.1, 0.4, 0.4}, {0.3, 0.5, 0.2, 0.4, 0.2}, {0.2, 0.3, 0.7, 0.2, 0.4}};
  Frame *f = frame_new(5);
  frame_put(f, "y", column_words(y, 5));
  frame_put(f, "p0", column_reals(p[0], 5));
  frame_put(f, "p1", column_reals(p[1], 5));
  frame_put(f, "p2", column_reals(p[2], 5));
  return f;
}

TEST(three_classes_take_the_most_probable_one_and_the_first_of_equals) {
  Model m;
  fake_model(&m, 3, ABC);
  Frame *f = three_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f), *out = NULL;
  Err err;
  double v;
  assert_near(metric_value(e, "accuracy"), 3 / 5., 1e-15);
  assert_int_equal(eval_metrics(NULL, e, &t, NULL), OK);
  assert_string_equal(frame_caption(t), "5 rows; 3 classes, the most probable one is predicted; precision, recall, f1, "
                                        "auc and average_precision are means over the classes");
  assert_int_equal(frame_nrow(t), 11); // without specificity and total_cost
  assert_int_equal(eval_threshold(e, 0.3, &out, &err), ERR_ARG);
  assert_string_equal(err.msg, "a threshold needs two classes, this model of 'y' has 3");
  assert_int_equal(eval_cost(e, &(CostOpts){1, 2}, &out, &err), ERR_ARG);
  assert_int_equal(eval_metric(NULL, e, sv("specificity"), &v, &err), ERR_ARG);
  assert_string_equal(err.msg, "specificity needs two classes, this model of 'y' has 3");
  frame_unref(t);
  eval_unref(e);
  frame_unref(f);
}

static Frame *value_frame(void) {
  static const double y[] = {1, 2, NAN, 4, 5}, z[] = {1.5, 2, 9, 3, 5};
  Frame *f = frame_new(5);
  frame_put(f, "y", column_reals(y, 5));
  frame_put(f, "z", column_reals(z, 5));
  return f;
}

TEST(a_regression_is_judged_by_its_values_and_nan_is_no_target) {
  Model m;
  fake_model(&m, 0, NULL);
  Frame *f = value_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f), *out = NULL;
  Err err;
  double v;
  assert_near(metric_value(e, "rmse"), sqrt(1.25 / 4), 1e-15);
  assert_near(metric_value(e, "mae"), 1.5 / 4, 1e-15);
  assert_near(metric_value(e, "r2"), 1 - 1.25 / 10, 1e-15);
  assert_near(metric_value(e, "adjusted_r2"), 1 - 0.125 * 3, 1e-15);
  assert_int_equal(eval_metrics(NULL, e, &t, NULL), OK);
  assert_int_equal(frame_nrow(t), 4);
  assert_string_equal(frame_caption(t), "4 rows, 1 more without 'y' left out");
  assert_int_equal(eval_metric(NULL, e, sv("auc"), &v, &err), ERR_ARG);
  assert_string_equal(err.msg, "auc is for classifiers, this model of 'y' is a regression");
  assert_int_equal(eval_threshold(e, 0.5, &out, &err), ERR_ARG);
  frame_unref(t);
  eval_unref(e);
  frame_unref(f);
}

TEST(unknown_metrics_are_answered_with_the_nearest) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame();
  Evaluation *e = evaluate(&m, f);
  Err err;
  double v;
  assert_int_equal(eval_metric(NULL, e, sv("acuracy"), &v, &err), ERR_NAME);
  assert_string_equal(err.msg, "no metric 'acuracy': did you mean 'accuracy'?");
  assert_int_equal(eval_metric(NULL, e, sv("rmse"), &v, &err), ERR_ARG);
  assert_string_equal(err.msg, "rmse is for regressions, this model of 'y' is a classifier");
  eval_unref(e);
  frame_unref(f);
}

TEST(number_targets_are_matched_to_classes_by_their_text) {
  Model m;
  fake_model(&m, 2, DIGITS);
  static const int64_t whole[] = {1, 0, 1};
  static const double real[] = {1, 0, 1}, p[] = {0.9, 0.1, 0.2};
  for (int k = 0; k < 2; k++) {
    Frame *f = frame_new(3);
    frame_put(f, "y", k ? column_reals(real, 3) : column_ints(whole, 3));
    frame_put(f, "p", column_reals(p, 3));
    Evaluation *e = evaluate(&m, f);
    assert_near(metric_value(e, "accuracy"), 2 / 3., 1e-15);
    eval_unref(e);
    frame_unref(f);
  }
}

static ErrCode refuse(const Model *m, Frame *f, Err *err) {
  Evaluation *e = NULL;
  ErrCode code = eval_new(NULL, m, f, &e, err);
  assert_null(e);
  frame_unref(f);
  assert_int_equal(m->refs, 1);
  return code;
}

static Frame *frame_yp(Column *y, Column *p) {
  Frame *f = frame_new(y->n);
  frame_put(f, "y", y);
  frame_put(f, "p", p);
  return f;
}

TEST(what_cannot_be_judged_is_refused) {
  Model m, values;
  fake_model(&m, 2, YES_NO);
  fake_model(&values, 0, NULL);
  static const char *const unseen[] = {"no", "yes", "yess"}, *const none[] = {NULL, NULL, NULL};
  static const double p[] = {0.1, 0.2, 0.3}, broken[] = {0.1, NAN, 0.3};
  Err err;
  assert_int_equal(refuse(&m, frame_yp(column_words(unseen, 3), column_reals(p, 3)), &err), ERR_ARG);
  assert_string_equal(err.msg, "evaluate: row 3 of the test rows has y = 'yess', a class that the model never saw: did "
                               "you mean 'yes'?");
  assert_int_equal(refuse(&m, frame_yp(column_words(none, 3), column_reals(p, 3)), &err), ERR_ARG);
  assert_string_equal(err.msg, "evaluate: no row of the test rows (3 in all) has a value in 'y'");
  assert_int_equal(refuse(&m, frame_yp(column_words(none, 0), column_reals(p, 0)), &err), ERR_ARG);
  assert_int_equal(refuse(&m, frame_yp(column_words(unseen, 2), column_reals(broken, 2)), &err), ERR_NUMERIC);
  assert_has(err.msg, "the model's answer for row 2 of the test rows is not a number");
  assert_int_equal(refuse(&values, frame_yp(column_words(unseen, 3), column_reals(p, 3)), &err), ERR_TYPE);
  assert_has(err.msg, "the target 'y' is a text column here");
  m.info.target = "yy";
  assert_int_equal(refuse(&m, frame_yp(column_words(unseen, 3), column_reals(p, 3)), &err), ERR_NAME);
  assert_has(err.msg, "evaluate: the test rows need the target: no column 'yy'");
  m.info.type = NULL;
  assert_int_equal(refuse(&m, frame_yp(column_words(unseen, 3), column_reals(p, 3)), &err), ERR_ARG);
  assert_has(err.msg, "ends without a model");
}

TEST(an_evaluation_can_be_stopped_and_needs_memory) {
  enum { MANY = 300000 };
  Model m;
  fake_model(&m, 0, NULL);
  double *x = calloc(MANY, 8);
  Frame *f = frame_new(MANY);
  frame_put(f, "y", column_reals(x, MANY));
  frame_put(f, "z", column_reals(x, MANY));
  Job cancelled = {.cancel = true}, tight = {.memory = 1};
  Evaluation *e = NULL;
  Err err;
  assert_int_equal(eval_new(&cancelled, &m, f, &e, &err), ERR_CANCELLED);
  assert_int_equal(eval_new(&tight, &m, f, &e, &err), ERR_MEMORY);
  assert_has(err.msg, "evaluate needs 2.3 MB");
  assert_null(e);
  free(x);
  frame_unref(f);
  assert_int_equal(m.refs, 1);
}

RUN(CASE(rows_without_a_target_are_left_out_and_counted), CASE(all_metrics_come_as_a_frame),
    CASE(a_threshold_judges_the_same_scores_anew), CASE(the_positive_class_may_be_the_first),
    CASE(costs_are_one_until_they_are_set), CASE(wrong_thresholds_and_costs_are_refused),
    CASE(three_classes_take_the_most_probable_one_and_the_first_of_equals),
    CASE(a_regression_is_judged_by_its_values_and_nan_is_no_target),
    CASE(unknown_metrics_are_answered_with_the_nearest), CASE(number_targets_are_matched_to_classes_by_their_text),
    CASE(what_cannot_be_judged_is_refused), CASE(an_evaluation_can_be_stopped_and_needs_memory))
