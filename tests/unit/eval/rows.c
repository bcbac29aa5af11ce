// The confusion matrix and the judged rows of a model whose answers are written in the test frame; by hand.
#include "unit/eval/fake_model.h"

static const char *const YES_NO[] = {"no", "yes"}, *const ABC[] = {"a", "b", "c"}, *const ODD[] = {"actual", "other"};
enum { N = 7 };

static Frame *two_frame(void) {
  static const char *const y[N] = {"yes", "no", NULL, "yes", "no", "yes", "no"};
  static const double p[N] = {0.9, 0.2, 0.7, 0.5, 0.6, 0.3, 0.1};
  static const int64_t score[N] = {10, 20, 30, 40, 50, 60, 70};
  Frame *f = frame_new(N);
  frame_put(f, "score", column_ints(score, N)); // the name of one of our columns
  frame_put(f, "y", column_words(y, N));
  frame_put(f, "p", column_reals(p, N));
  return f;
}

TEST(rows_of_the_matrix_are_what_was_and_columns_what_was_said) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f);
  assert_int_equal(eval_confusion(NULL, e, &t, NULL), OK);
  assert_int_equal(frame_nrow(t), 2);
  assert_int_equal(frame_ncol(t), 3);
  assert_string_equal(frame_name(t, 0), "actual");
  assert_cell(t, "actual", 0, "no");
  assert_cell(t, "actual", 1, "yes");
  assert_cell(t, "no", 0, "2");
  assert_cell(t, "no", 1, "1");
  assert_cell(t, "yes", 0, "1");
  assert_cell(t, "yes", 1, "2");
  assert_string_equal(frame_caption(t), "rows are what was, columns what was said; 6 rows, 1 more without 'y' left "
                                        "out; positive class 'yes', threshold 0.5");
  frame_unref(t);
  eval_unref(e);
  frame_unref(f);
}

TEST(the_matrix_of_three_classes_has_classes_that_never_were) {
  Model m;
  fake_model(&m, 3, ABC);
  static const char *const y[] = {"a", "c", "c"};
  static const double p[3][3] = {{0.5, 0.1, 0.2}, {0.3, 0.2, 0.5}, {0.2, 0.7, 0.3}};
  Frame *f = frame_new(3), *t = NULL;
  frame_put(f, "y", column_words(y, 3));
  frame_put(f, "p0", column_reals(p[0], 3));
  frame_put(f, "p1", column_reals(p[1], 3));
  frame_put(f, "p2", column_reals(p[2], 3));
  Evaluation *e = evaluate(&m, f);
  assert_int_equal(eval_confusion(NULL, e, &t, NULL), OK);
  static const int want[3][3] = {{1, 0, 0}, {0, 0, 0}, {0, 1, 1}};
  for (int i = 0; i < 3; i++)
    for (int k = 0; k < 3; k++) assert_true(number_at(t, ABC[k], i) == want[i][k]);
  frame_unref(t);
  assert_int_equal(eval_rows(NULL, e, NULL, NULL, &t, NULL), OK); // the score is that of the predicted class
  assert_near(number_at(t, "score", 2), 0.5, 0);
  assert_near(number_at(t, "score", 1), 0.7, 0);
  frame_unref(t);
  eval_unref(e);
  frame_unref(f);
}

TEST(a_class_may_have_the_name_of_our_column) {
  Model m;
  fake_model(&m, 2, ODD);
  static const char *const y[] = {"actual", "other", "other"};
  static const double p[] = {0.1, 0.2, 0.9};
  Frame *f = frame_new(3), *t = NULL;
  frame_put(f, "y", column_words(y, 3));
  frame_put(f, "p", column_reals(p, 3));
  Evaluation *e = evaluate(&m, f);
  assert_int_equal(eval_confusion(NULL, e, &t, NULL), OK);
  assert_cell(t, "actual", 0, "actual");
  assert_cell(t, "actual_class", 1, "1");
  frame_unref(t);
  eval_unref(e);
  frame_unref(f);
}

TEST(rows_keep_the_test_order_and_carry_all_columns) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f);
  assert_int_equal(eval_rows(NULL, e, NULL, NULL, &t, NULL), OK);
  static const char *const names[] = {"row", "actual", "pred", "score", "score_test", "y", "p"};
  static const int row[] = {1, 2, 4, 5, 6, 7};
  static const double p[] = {0.9, 0.2, 0.5, 0.6, 0.3, 0.1};
  assert_int_equal(frame_ncol(t), 7);
  for (int j = 0; j < 7; j++) assert_string_equal(frame_name(t, j), names[j]);
  assert_int_equal(frame_nrow(t), 6);
  for (int i = 0; i < 6; i++) {
    assert_true(number_at(t, "row", i) == row[i] && number_at(t, "score_test", i) == 10 * row[i]);
    assert_near(number_at(t, "score", i), p[i], 0);
    assert_cell(t, "pred", i, p[i] >= 0.5 ? "yes" : "no");
    assert_true(sv_eq(col_text(col_of(t, "actual"), i), col_text(col_of(t, "y"), i)));
  }
  assert_string_equal(frame_caption(t), "6 rows, 1 more without 'y' left out; positive class 'yes', threshold 0.5");
  frame_unref(t);
  eval_unref(e);
  frame_unref(f);
}

static void check_rows(const Evaluation *e, const char *actual, const char *pred, int n, int first) {
  Frame *t = NULL;
  assert_int_equal(eval_rows(NULL, e, actual, pred, &t, NULL), OK);
  assert_int_equal(frame_nrow(t), n);
  if (n) assert_true(number_at(t, "row", 0) == first);
  if (actual && pred) assert_has(frame_caption(t), "was 'yes', said 'no': 1 of 6 rows, 1 more without 'y' left out");
  frame_unref(t);
}

TEST(rows_are_chosen_by_what_was_and_what_was_said) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f), *all = NULL;
  check_rows(e, "yes", "no", 1, 6);
  check_rows(e, "no", NULL, 3, 2);
  check_rows(e, NULL, "yes", 3, 1);
  assert_int_equal(eval_threshold(e, 0, &all, NULL), OK);
  check_rows(all, NULL, "no", 0, 0);
  Err err;
  assert_int_equal(eval_rows(NULL, e, "yess", NULL, &t, &err), ERR_NAME);
  assert_string_equal(err.msg, "rows: no class 'yess': did you mean 'yes'?");
  assert_int_equal(eval_rows(NULL, e, NULL, "x", &t, &err), ERR_NAME);
  assert_string_equal(err.msg, "rows: no class 'x': there are no, yes");
  assert_int_equal(eval_residuals(NULL, e, &t, &err), ERR_ARG);
  assert_string_equal(err.msg, "the table of residuals is for regressions, this model of 'y' is a classifier");
  assert_null(t);
  eval_unref(e);
  eval_unref(all);
  frame_unref(f);
}

TEST(residuals_are_actual_less_predicted) {
  Model m;
  fake_model(&m, 0, NULL);
  static const double y[] = {1, NAN, 3, 4}, z[] = {1.5, 0, 2, 4};
  Frame *f = frame_new(4), *t = NULL;
  frame_put(f, "y", column_reals(y, 4));
  frame_put(f, "z", column_reals(z, 4));
  Evaluation *e = evaluate(&m, f);
  static const char *const names[] = {"row", "actual", "pred", "residual", "y", "z"};
  static const double residual[] = {-0.5, 1, 0};
  for (int all = 0; all < 2; all++) {
    assert_int_equal(all ? eval_rows(NULL, e, NULL, NULL, &t, NULL) : eval_residuals(NULL, e, &t, NULL), OK);
    assert_int_equal(frame_ncol(t), all ? 6 : 4);
    for (int j = 0; j < frame_ncol(t); j++) assert_string_equal(frame_name(t, j), names[j]);
    for (int i = 0; i < 3; i++) assert_near(number_at(t, "residual", i), residual[i], 0);
    assert_true(number_at(t, "row", 1) == 3);
    frame_unref(t);
  }
  t = NULL;
  Err err;
  assert_int_equal(eval_rows(NULL, e, "yes", NULL, &t, &err), ERR_ARG);
  assert_has(err.msg, "rows: choosing by class is for classifiers");
  assert_int_equal(eval_confusion(NULL, e, &t, &err), ERR_ARG);
  assert_string_equal(err.msg, "a confusion matrix is for classifiers, this model of 'y' is a regression");
  assert_null(t);
  eval_unref(e);
  frame_unref(f);
}

TEST(tables_can_be_stopped) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Frame *f = two_frame(), *t = NULL;
  Evaluation *e = evaluate(&m, f);
  Job job = {.cancel = true};
  double v;
  assert_int_equal(eval_confusion(&job, e, &t, NULL), ERR_CANCELLED);
  assert_int_equal(eval_rows(&job, e, NULL, NULL, &t, NULL), ERR_CANCELLED);
  assert_int_equal(eval_points(&job, e, CURVE_ROC, &t, NULL), ERR_CANCELLED);
  assert_int_equal(eval_metrics(&job, e, &t, NULL), ERR_CANCELLED);
  assert_int_equal(eval_metric(&job, e, sv("brier"), &v, NULL), ERR_CANCELLED);
  assert_null(t);
  eval_unref(e);
  frame_unref(f);
}

RUN(CASE(rows_of_the_matrix_are_what_was_and_columns_what_was_said),
    CASE(the_matrix_of_three_classes_has_classes_that_never_were), CASE(a_class_may_have_the_name_of_our_column),
    CASE(rows_keep_the_test_order_and_carry_all_columns), CASE(rows_are_chosen_by_what_was_and_what_was_said),
    CASE(residuals_are_actual_less_predicted), CASE(tables_can_be_stopped))
