// Points: scikit-learn 1.2.1 (tests/golden/eval_metrics.h) and by hand. Large samples: worked by hand from their
// pattern.
#include "unit/eval/fake_model.h"

#include "golden/eval_metrics.h"

static const char *const YES_NO[] = {"no", "yes"};

static Frame *frame_of(const Sample *a) {
  const char **word = calloc((size_t)a->s.n, sizeof *word);
  for (int64_t i = 0; i < a->s.n; i++) word[i] = YES_NO[(int)a->y[i]];
  Frame *f = frame_new(a->s.n);
  frame_put(f, "y", column_words(word, a->s.n));
  frame_put(f, "p", column_reals(a->score + a->s.n, a->s.n));
  free(word);
  return f;
}

static Frame *roc_of(const Sample *a, Model *m) {
  fake_model(m, 2, YES_NO);
  Frame *f = frame_of(a), *roc = NULL;
  Evaluation *e = evaluate(m, f);
  assert_int_equal(eval_points(NULL, e, CURVE_ROC, &roc, NULL), OK);
  eval_unref(e);
  frame_unref(f);
  return roc;
}

TEST(points_equal_scikit_learn) {
  Model m;
  Sample a = sample_two(90, 7);
  Frame *roc = roc_of(&a, &m);
  assert_int_equal(frame_nrow(roc), GOLDEN_NPOINT);
  for (int k = 0; k < GOLDEN_NPOINT; k++) {
    assert_near(number_at(roc, "threshold", k), GOLDEN_THRESHOLD[k], 1e-15);
    assert_near(number_at(roc, "tpr", k), GOLDEN_TPR[k], 1e-15);
    assert_near(number_at(roc, "fpr", k), GOLDEN_FPR[k], 1e-15);
  }
  assert_string_equal(frame_caption(roc), "90 rows; positive class 'yes', threshold 0.5");
  frame_unref(roc);
  sample_free(&a);
}

TEST(counts_add_up_and_precision_is_missing_where_nothing_is_said) {
  Model m;
  Sample a = sample_two(200, 1009);
  Frame *roc = roc_of(&a, &m);
  int64_t last = frame_nrow(roc) - 1;
  for (int64_t k = 0; k <= last; k++) {
    double tp = number_at(roc, "tp", k), fp = number_at(roc, "fp", k);
    assert_true(tp + number_at(roc, "fn", k) == 79 && fp + number_at(roc, "tn", k) == 121);
    if (k) assert_near(number_at(roc, "precision", k), tp / (tp + fp), 1e-15);
  }
  assert_false(col_valid(col_of(roc, "precision"), 0));
  assert_near(number_at(roc, "tpr", last), 1, 0);
  assert_near(number_at(roc, "fpr", last), 1, 0);
  assert_int_equal(frame_ncol(roc), 8);
  frame_unref(roc);
  sample_free(&a);
}

TEST(the_trapezoid_area_under_the_points_is_the_auc) {
  for (int64_t ties = 1; ties < 60; ties += 7) {
    Model m;
    Sample a = sample_two(150, ties);
    Frame *roc = roc_of(&a, &m);
    double area = 0;
    for (int64_t k = 1; k < frame_nrow(roc); k++)
      area += (number_at(roc, "fpr", k) - number_at(roc, "fpr", k - 1)) *
              (number_at(roc, "tpr", k) + number_at(roc, "tpr", k - 1)) / 2;
    assert_near(metric_of("auc", &a).value, area, 1e-14);
    frame_unref(roc);
    sample_free(&a);
  }
}

TEST(one_score_for_all_makes_two_points_and_an_area_of_half_without_interval) {
  Model m;
  Sample a = sample_two(40, 7);
  for (int i = 0; i < 40; i++) a.score[40 + i] = i % 3 ? 0.0 : -0.0; // one value, two zeros
  Frame *roc = roc_of(&a, &m);
  assert_int_equal(frame_nrow(roc), 2);
  Estimate e = metric_of("auc", &a);
  assert_true(e.value == 0.5 && isnan(e.lower) && isnan(e.upper));
  frame_unref(roc);
  sample_free(&a);
}

TEST(a_curve_needs_both_classes_and_two_of_them) {
  Model m;
  fake_model(&m, 2, YES_NO);
  Sample a = sample_two(5, 7);
  for (int i = 0; i < 5; i++) a.y[i] = 0;
  Frame *f = frame_of(&a), *roc = NULL;
  Evaluation *e = evaluate(&m, f);
  Err err;
  assert_int_equal(eval_points(NULL, e, CURVE_ROC, &roc, &err), ERR_ARG);
  assert_string_equal(err.msg, "the test rows hold only class 'no': a ROC curve needs both");
  double v = 0;
  assert_int_equal(eval_metric(NULL, e, sv("auc"), &v, &err), OK);
  assert_true(isnan(v));
  eval_unref(e);
  fake_model(&m, 0, NULL);
  static const double z[5] = {1, 2, 3, 4, 5};
  Frame *values = frame_new(5);
  frame_put(values, "y", column_reals(z, 5));
  frame_put(values, "z", column_reals(z, 5));
  e = evaluate(&m, values);
  assert_int_equal(eval_points(NULL, e, CURVE_ROC, &roc, &err), ERR_ARG);
  assert_string_equal(err.msg, "a ROC curve is for classifiers, this model of 'y' is a regression");
  assert_null(roc);
  eval_unref(e);
  frame_unref(values);
  frame_unref(f);
  sample_free(&a);
}

// Scores i mod 1000, odd ones positive: the positive 2k + 1 beats k + 1 of 500 negatives. Placements are 1/500 .. 1 in
// both classes, each a thousand times, of variance (500^2 - 1) / 12 / 500^2 * N / (N - 1) with N = 500,000.
TEST(a_million_rows_overflow_nothing) {
  enum { N = 1000000 };
  Sample a = sample_new(N, 2);
  for (int64_t i = 0; i < N; i++) a.score[N + i] = (double)(i * 7919 % 1000), a.y[i] = (double)(i * 7919 % 2);
  Estimate e = metric_of("auc", &a);
  double half = 1.959963984540054 * sqrt(2 * (249999 / 12. / 250000 * 500000 / 499999) / 500000);
  assert_true(e.value == 0.501);
  assert_near(e.lower, 0.501 - half, 1e-14);
  assert_near(e.upper, 0.501 + half, 1e-14);
  sample_free(&a);
}

TEST(perfect_order_and_single_rows_have_no_interval) {
  Sample a = sample_two(30, 7);
  for (int i = 0; i < 30; i++) a.score[30 + i] = a.y[i] + i / 100.;
  Estimate e = metric_of("auc", &a);
  assert_true(e.value == 1 && isnan(e.lower) && isnan(e.upper));
  for (int i = 0; i < 30; i++) a.y[i] = i == 7, a.score[30 + i] = i % 10;
  e = metric_of("auc", &a);
  assert_near(e.value, (21 + 0.5 * 2) / 29, 1e-15);
  assert_true(isnan(e.lower) && isnan(e.upper));
  sample_free(&a);
}

RUN(CASE(points_equal_scikit_learn), CASE(counts_add_up_and_precision_is_missing_where_nothing_is_said),
    CASE(the_trapezoid_area_under_the_points_is_the_auc),
    CASE(one_score_for_all_makes_two_points_and_an_area_of_half_without_interval),
    CASE(a_curve_needs_both_classes_and_two_of_them), CASE(a_million_rows_overflow_nothing),
    CASE(perfect_order_and_single_rows_have_no_interval))
