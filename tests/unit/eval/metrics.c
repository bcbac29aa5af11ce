// Expected values: scikit-learn 1.2.1 (tests/golden/eval_metrics.h), R 4.2.2 (tests/golden/eval_intervals.h), and small
// tables worked by hand.
#include "unit/eval/samples.h"

#include "golden/eval_intervals.h"
#include "golden/eval_metrics.h"

static void check_golden(const Golden *want, Sample a) {
  for (; want->name; want++) {
    double got = metric_of(want->name, &a).value;
    if (!(fabs(got - want->value) <= 1e-12 * fmax(1, fabs(want->value))))
      fail_msg("%s is %.17g, expected %.17g", want->name, got, want->value);
  }
  sample_free(&a);
}

TEST(two_classes_equal_scikit_learn) { check_golden(GOLDEN_TWO, sample_two(200, 1009)); }
TEST(ties_equal_scikit_learn) { check_golden(GOLDEN_TIES, sample_two(90, 7)); }
TEST(three_classes_equal_scikit_learn) { check_golden(GOLDEN_THREE, sample_three(150)); }
TEST(values_equal_scikit_learn) { check_golden(GOLDEN_VALUES, sample_values(120)); }

static void check_delong(const double *want, int64_t n, int64_t ties) {
  Sample a = sample_two(n, ties);
  Estimate e = metric_of("auc", &a);
  assert_near(e.value, want[0], 1e-14);
  assert_near(e.lower, want[1], 1e-12);
  assert_near(e.upper, want[2], 1e-12);
  sample_free(&a);
}

TEST(intervals_of_auc_equal_delong_by_definition) {
  check_delong(DELONG_TWO, 200, 1009);
  check_delong(DELONG_TIES, 90, 7);
  check_delong(DELONG_SMALL, 9, 5);
  check_delong(DELONG_LONG, 3000, 97);
}

// tp, fp, fn, tn rows of two classes, the second positive.
static Sample table_of(int64_t tp, int64_t fp, int64_t fn, int64_t tn) {
  Sample a = sample_new(tp + fp + fn + tn, 2);
  for (int64_t i = 0; i < a.s.n; i++) {
    a.y[i] = i < tp || (i >= tp + fp && i < tp + fp + fn);
    a.score[a.s.n + i] = i < tp + fp ? 0.75 : 0.25;
    a.score[i] = 1 - a.score[a.s.n + i];
  }
  sample_judge(&a);
  return a;
}

static void check_wilson(const char *name, Sample a, const double want[2]) {
  Estimate e = metric_of(name, &a);
  assert_near(e.lower, want[0], 1e-14);
  assert_near(e.upper, want[1], 1e-14);
  sample_free(&a);
}

TEST(intervals_of_shares_equal_wilson_in_r) {
  check_wilson("accuracy", table_of(10, 2, 3, 5), WILSON_15_OF_20);
  check_wilson("precision", table_of(15, 5, 8, 9), WILSON_15_OF_20);
  check_wilson("recall", table_of(15, 7, 5, 9), WILSON_15_OF_20);
  check_wilson("specificity", table_of(8, 5, 3, 15), WILSON_15_OF_20);
  check_wilson("precision", table_of(0, 12, 8, 9), WILSON_0_OF_12);
  check_wilson("recall", table_of(12, 1, 0, 9), WILSON_12_OF_12);
  check_wilson("accuracy", table_of(400, 60, 40, 500), WILSON_900_OF_1000);
}

TEST(a_table_worked_by_hand) {
  Sample a = table_of(6, 2, 3, 9);
  assert_near(metric_of("accuracy", &a).value, 15 / 20., 1e-15);
  assert_near(metric_of("precision", &a).value, 6 / 8., 1e-15);
  assert_near(metric_of("recall", &a).value, 6 / 9., 1e-15);
  assert_near(metric_of("specificity", &a).value, 9 / 11., 1e-15);
  assert_near(metric_of("f1", &a).value, 12 / 17., 1e-15);
  assert_near(metric_of("total_cost", &a).value, 2 * 2 + 7 * 3, 0);
  assert_near(metric_of("brier", &a).value, (15 * 0.0625 + 5 * 0.5625) / 20, 1e-15);
  assert_near(metric_of("auc", &a).value, (6 * 9 + 0.5 * (6 * 2 + 3 * 9)) / (9 * 11), 1e-15);
  sample_free(&a);
}

static void assert_undefined(const char *name, const Sample *a) {
  Estimate e = metric_of(name, a);
  if (!isnan(e.value) || !isnan(e.lower) || !isnan(e.upper)) fail_msg("%s is %g", name, e.value);
}

TEST(zero_by_zero_is_undefined) {
  Sample never_said = table_of(0, 0, 4, 6), never_was = table_of(0, 4, 0, 6), neither = table_of(0, 0, 0, 6);
  assert_undefined("precision", &never_said);
  assert_true(metric_of("recall", &never_said).value == 0 && metric_of("f1", &never_said).value == 0);
  assert_undefined("mcc", &never_said);
  assert_true(metric_of("kappa", &never_said).value == 0);
  assert_undefined("recall", &never_was);
  assert_undefined("auc", &never_was);
  assert_true(metric_of("precision", &never_was).value == 0);
  assert_undefined("f1", &neither);
  assert_undefined("kappa", &neither);
  assert_true(metric_of("accuracy", &neither).value == 1);
  Sample all_positive = table_of(4, 0, 2, 0);
  assert_undefined("specificity", &all_positive);
  assert_undefined("auc", &all_positive);
  sample_free(&never_said);
  sample_free(&never_was);
  sample_free(&neither);
  sample_free(&all_positive);
}

TEST(no_rows_leave_everything_undefined) {
  Sample two = sample_new(0, 2), three = sample_new(0, 3), values = sample_new(0, 0);
  for (const Metric *m = METRICS; m->name; m++) {
    assert_undefined(m->name, m->tasks & TASK_REGRESSION ? &values : &two);
    if (!(m->tasks & TASK_REGRESSION) && !m->two_classes) assert_undefined(m->name, &three);
  }
  sample_free(&two);
  sample_free(&three);
  sample_free(&values);
}

// Of three classes the last never occurs; what is said changes from claim to claim.
TEST(means_over_classes_leave_out_absent_ones_and_keep_undefined_ones) {
  Sample a = sample_new(8, 3);
  for (int i = 0; i < 8; i++) a.y[i] = i % 2, a.pred[i] = i == 3 ? 0 : i % 2;
  assert_near(metric_of("precision", &a).value, (4 / 5. + 1) / 2, 1e-15);
  assert_near(metric_of("recall", &a).value, (1 + 3 / 4.) / 2, 1e-15);
  assert_near(metric_of("f1", &a).value, (8 / 9. + 6 / 7.) / 2, 1e-15);
  assert_undefined("auc", &a);
  for (int i = 0; i < 8; i++) a.pred[i] = 0;
  assert_undefined("precision", &a);
  assert_near(metric_of("recall", &a).value, 0.5, 1e-15);
  assert_near(metric_of("f1", &a).value, (8 / 12. + 0) / 2, 1e-15);
  for (int i = 0; i < 8; i++) a.pred[i] = 2;
  assert_undefined("recall", &a);
  assert_near(metric_of("balanced_accuracy", &a).value, 0, 0);
  sample_free(&a);
}

TEST(r2_of_a_constant_truth_is_undefined) {
  Sample a = sample_new(6, 0);
  for (int i = 0; i < 6; i++) a.y[i] = 2.5, a.score[i] = i;
  assert_undefined("r2", &a);
  assert_undefined("adjusted_r2", &a);
  sample_free(&a);
}

TEST(adjusted_r2_needs_more_rows_than_terms) {
  Sample a = sample_values(7);
  assert_true(!isnan(metric_of("adjusted_r2", &a).value));
  a.s.nterm = 6;
  assert_undefined("adjusted_r2", &a);
  assert_true(!isnan(metric_of("r2", &a).value));
  sample_free(&a);
}

TEST(log_loss_of_a_certain_error_is_finite) {
  Sample a = table_of(1, 0, 1, 0);
  a.score[2] = 0, a.score[3] = 0, a.score[0] = a.score[1] = 1;
  assert_near(metric_of("log_loss", &a).value, 36.04365338911715, 1e-12); // -log(2.220446049250313e-16)
  sample_free(&a);
}

TEST(names_are_found) {
  assert_string_equal(metric_find(sv("auc"))->name, "auc");
  assert_null(metric_find(sv("auk")));
  assert_null(metric_find(sv("")));
}

RUN(CASE(two_classes_equal_scikit_learn), CASE(ties_equal_scikit_learn), CASE(three_classes_equal_scikit_learn),
    CASE(values_equal_scikit_learn), CASE(intervals_of_auc_equal_delong_by_definition),
    CASE(intervals_of_shares_equal_wilson_in_r), CASE(a_table_worked_by_hand), CASE(zero_by_zero_is_undefined),
    CASE(no_rows_leave_everything_undefined),
    CASE(means_over_classes_leave_out_absent_ones_and_keep_undefined_ones), CASE(r2_of_a_constant_truth_is_undefined),
    CASE(adjusted_r2_needs_more_rows_than_terms), CASE(log_loss_of_a_certain_error_is_finite), CASE(names_are_found))
