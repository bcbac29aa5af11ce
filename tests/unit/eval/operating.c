// Operating points. sample_two(200, 1009): scikit-learn 1.2.1 (confusion_matrix, roc_curve, roc_auc_score,
// brier_score_loss) and numpy 1.24 (histogram); the eight rows are worked by hand.
#include "unit/eval/fake_model.h"

static const char *const YES_NO[] = {"no", "yes"};

static Evaluation *evaluation_of(const double *y, const double *p, int64_t n, Model *m, Frame **frame) {
  fake_model(m, 2, YES_NO);
  const char **word = calloc((size_t)n, sizeof *word);
  for (int64_t i = 0; i < n; i++) word[i] = YES_NO[(int)y[i]];
  Frame *f = frame_new(n);
  frame_put(f, "y", column_words(word, n));
  frame_put(f, "p", column_reals(p, n));
  free(word);
  Evaluation *e = evaluate(m, f);
  if (frame) *frame = f;
  else frame_unref(f);
  return e;
}

static const Curve *curve_of(const Evaluation *e) {
  const Curve *c = NULL;
  Err err = {0};
  if (eval_curve(NULL, e, &c, &err) != OK) fail_msg("%s", err.msg);
  return c;
}

static void assert_counts(const Curve *c, double t, Counts want) {
  Counts got = curve_counts(c, t);
  assert_int_equal(got.tp, want.tp);
  assert_int_equal(got.fp, want.fp);
  assert_int_equal(got.tn, want.tn);
  assert_int_equal(got.fn, want.fn);
}

TEST(counts_equal_scikit_learn_at_any_threshold) {
  Model m;
  Sample a = sample_two(200, 1009);
  Evaluation *e = evaluation_of(a.y, a.score + 200, 200, &m, NULL);
  const Curve *c = curve_of(e);
  assert_counts(c, 0, (Counts){79, 121, 0, 0});
  assert_counts(c, .3, (Counts){79, 67, 54, 0});
  assert_counts(c, .5, (Counts){59, 28, 93, 20});
  assert_counts(c, .7, (Counts){37, 0, 121, 42});
  assert_counts(c, .95, (Counts){5, 0, 121, 74});
  assert_counts(c, 1, (Counts){0, 0, 121, 79});
  assert_near(c->auc.value, 0.8769745789308505, 1e-14);
  assert_near(c->brier.value, 0.14718559285121277, 1e-14);
  eval_unref(e);
  sample_free(&a);
}

TEST(best_thresholds_part_the_rows_as_scikit_learns_do) {
  Model m;
  Sample a = sample_two(200, 1009);
  Evaluation *e = evaluation_of(a.y, a.score + 200, 200, &m, NULL);
  const Curve *c = curve_of(e);
  assert_near(curve_best(c, NULL), .544, 0); // argmax TPR - FPR: above 0.54377, up to 0.54410
  assert_near(curve_best(c, &(CostOpts){1, 5}), .333, 0); // least cost 60: above 0.33102, up to 0.33333
  eval_unref(e);
  sample_free(&a);
}

TEST(bins_equal_numpys) {
  static const int64_t negative[CURVE_BINS] = {7, 6, 5, 9, 2, 10, 1, 9, 5, 7, 6, 6, 7, 3, 10, 1, 10, 3, 8, 6},
                       positive[CURVE_BINS] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 3, 6, 0, 7,
                                               2, 8, 0, 6, 2, 4, 5, 2, 7, 0, 9, 1, 7, 1, 5};
  Model m;
  Sample a = sample_two(200, 1009);
  Evaluation *e = evaluation_of(a.y, a.score + 200, 200, &m, NULL);
  const Curve *c = curve_of(e);
  for (int b = 0; b < CURVE_BINS; b++) {
    assert_int_equal(c->bin[0][b], negative[b]);
    assert_int_equal(c->bin[1][b], positive[b]);
  }
  eval_unref(e);
  sample_free(&a);
}

// ---- by hand --------------------------------------------------------------------------------------------------------
static const double Y[8] = {1, 0, 1, 0, 1, 0, 0, 1}, P[8] = {.9, .1, .8, .7, .6, .6, .4, .3};

TEST(the_cheapest_threshold_follows_the_costs) {
  Model m;
  Evaluation *e = evaluation_of(Y, P, 8, &m, NULL);
  const Curve *c = curve_of(e);
  assert_near(curve_best(c, NULL), .8, 0);                 // TPR - FPR 2/4
  assert_near(curve_best(c, &(CostOpts){1, 5}), .3, 0);    // three false alarms: 3
  assert_near(curve_best(c, &(CostOpts){10, 1}), .8, 0);   // two missed: 2
  assert_near(curve_best(c, &(CostOpts){1, 0}), 1, 0);     // nobody
  assert_near(curve_best(c, &(CostOpts){0, 1}), .3, 0);    // all four found
  eval_unref(e);
}

TEST(rows_that_change_side_come_nearest_first) {
  Model m;
  Frame *f, *rows;
  Evaluation *e = evaluation_of(Y, P, 8, &m, &f);
  int64_t right, wrong;
  assert_int_equal(eval_changed(NULL, e, .75, .5, 10, &rows, &right, &wrong, NULL), OK); // .7 no, .6 yes, .6 no
  assert_int_equal(frame_nrow(rows), 3);
  assert_true(right == 2 && wrong == 1);
  assert_near(number_at(rows, "row", 0), 4, 0);
  assert_near(number_at(rows, "score", 0), .7, 0);
  assert_near(number_at(rows, "score", 2), .6, 0);
  assert_int_equal(frame_ncol(rows), 4); // row, score, actual, p: the target is `actual`
  frame_unref(rows);
  assert_int_equal(eval_changed(NULL, e, .3, .65, 2, &rows, &right, &wrong, NULL), OK); // .3 yes, .4 no, .6 yes, .6 no
  assert_int_equal(frame_nrow(rows), 2);
  assert_true(right == 2 && wrong == 2);
  assert_near(number_at(rows, "row", 0), 8, 0);
  frame_unref(rows);
  assert_int_equal(eval_changed(NULL, e, .5, .5, 2, &rows, &right, &wrong, NULL), OK);
  assert_true(frame_nrow(rows) == 0 && right == 0 && wrong == 0);
  frame_unref(rows);
  eval_unref(e);
  frame_unref(f);
}

TEST(points_for_drawing_run_from_corner_to_corner) {
  Model m;
  Evaluation *e = evaluation_of(Y, P, 8, &m, NULL);
  const Curve *c = curve_of(e);
  assert_int_equal(c->nroc, 8); // (0, 0) and seven distinct scores
  assert_true(c->fpr[0] == 0 && c->tpr[0] == 0 && c->fpr[7] == 1 && c->tpr[7] == 1);
  assert_near(c->tpr[4], .75, 0); // at .6
  assert_near(c->fpr[4], .5, 0);
  assert_int_equal(c->npr, 7);
  assert_true(c->recall[0] == .25 && c->precision[0] == 1 && c->recall[6] == 1 && c->precision[6] == .5);
  eval_unref(e);
}

TEST(a_long_curve_is_thinned) {
  Model m;
  int64_t n = 20011;
  Sample a = sample_two(n, n);
  Evaluation *e = evaluation_of(a.y, a.score + n, n, &m, NULL);
  const Curve *c = curve_of(e);
  assert_true(c->nroc > 200 && c->nroc <= CURVE_MOST && c->npr > 200 && c->npr <= CURVE_MOST);
  for (int64_t k = 1; k < c->nroc; k++) assert_true(c->fpr[k] >= c->fpr[k - 1] && c->tpr[k] >= c->tpr[k - 1]);
  assert_true(c->fpr[c->nroc - 1] == 1 && c->recall[c->npr - 1] == 1);
  eval_unref(e);
  sample_free(&a);
}

TEST(evaluations_of_the_same_rows_share_a_curve) {
  Model m;
  Evaluation *e = evaluation_of(Y, P, 8, &m, NULL), *other = NULL;
  const Curve *c = curve_of(e);
  assert_int_equal(eval_threshold(e, .3, &other, NULL), OK);
  eval_unref(e);
  assert_ptr_equal(curve_of(other), c);
  eval_unref(other);
}

TEST(what_has_no_curve_says_why) {
  static const double ones[2] = {1, 1}, p[2] = {.2, .7};
  Model m;
  Err err = {0};
  const Curve *c;
  Evaluation *e = evaluation_of(ones, p, 2, &m, NULL);
  assert_int_equal(eval_curve(NULL, e, &c, &err), ERR_ARG);
  assert_has(err.msg, "the test rows hold only class 'yes'");
  Frame *rows;
  assert_int_equal(eval_worst(NULL, e, 3, &rows, &err), ERR_ARG);
  assert_has(err.msg, "is for regressions");
  eval_unref(e);
  e = evaluation_of(Y, P, 8, &m, NULL);
  Job stopped = {.cancel = true};
  assert_int_equal(eval_curve(&stopped, e, &c, &err), ERR_CANCELLED);
  eval_unref(e);
}

TEST(the_worst_rows_of_a_regression_come_first) {
  static const double y[4] = {1, 2, 3, 4}, z[4] = {1.5, 2, 1, 4.25};
  Model m;
  fake_model(&m, 0, NULL);
  Frame *f = frame_new(4), *rows;
  frame_put(f, "y", column_reals(y, 4));
  frame_put(f, "z", column_reals(z, 4));
  Evaluation *e = evaluate(&m, f);
  assert_int_equal(eval_worst(NULL, e, 2, &rows, NULL), OK);
  assert_int_equal(frame_nrow(rows), 2);
  assert_near(number_at(rows, "row", 0), 3, 0);
  assert_near(number_at(rows, "residual", 0), 2, 0);
  assert_near(number_at(rows, "residual", 1), -.5, 0);
  frame_unref(rows);
  eval_unref(e);
  frame_unref(f);
}

RUN(CASE(counts_equal_scikit_learn_at_any_threshold), CASE(best_thresholds_part_the_rows_as_scikit_learns_do),
    CASE(bins_equal_numpys), CASE(the_cheapest_threshold_follows_the_costs),
    CASE(rows_that_change_side_come_nearest_first), CASE(points_for_drawing_run_from_corner_to_corner),
    CASE(a_long_curve_is_thinned), CASE(evaluations_of_the_same_rows_share_a_curve), CASE(what_has_no_curve_says_why),
    CASE(the_worst_rows_of_a_regression_come_first))
