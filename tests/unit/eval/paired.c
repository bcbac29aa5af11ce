// Several classes one at a time, and two models on the same rows. Areas and Brier scores: scikit-learn 1.2.1
// (roc_auc_score, average="micro" for the pooled one); the difference of two areas: roc.test(paired=TRUE,
// method="delong") of pROC 1.18.0 in R 4.2.2.
#include "unit/eval/fake_model.h"

static const char *const YES_NO[] = {"no", "yes"}, *const ABC[] = {"a", "b", "c"};

static Evaluation *two(const double *p, int64_t n, Model *m) {
  static const double y[] = {0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0};
  const char *word[12];
  fake_model(m, 2, YES_NO);
  for (int64_t i = 0; i < n; i++) word[i] = YES_NO[(int)y[i]];
  Frame *f = frame_new(n);
  frame_put(f, "y", column_words(word, n));
  frame_put(f, "p", column_reals(p, n));
  Evaluation *e = evaluate(m, f);
  frame_unref(f);
  return e;
}

static const double A[] = {.1, .3, .35, .4, .4, .8, .2, .9, .5, .7, .6, .55};
static const double B[] = {.2, .5, .3, .4, .45, .5, .6, .85, .1, .4, .9, .35};

TEST(the_difference_of_two_areas_is_that_of_pROC) {
  Model m, o;
  Err err = {0};
  AucDifference d;
  Evaluation *a = two(A, 12, &m), *b = two(B, 12, &o);
  assert_int_equal(eval_compare_auc(NULL, a, b, 0, &d, &err), OK);
  assert_near(d.by.value, 0.125, 1e-14);
  assert_near(d.by.lower, -0.2340791750231906, 1e-12);
  assert_near(d.by.upper, 0.4840791750231906, 1e-12);
  assert_near(d.p, 0.495056708199651, 1e-12);
  assert_int_equal(eval_compare_auc(NULL, a, a, 0, &d, &err), OK);
  assert_true(d.by.value == 0 && isnan(d.p));
  eval_unref(a), eval_unref(b);
}

TEST(other_rows_do_not_compare) {
  Model m, o;
  Err err = {0};
  AucDifference d;
  Evaluation *a = two(A, 12, &m), *b = two(B, 11, &o);
  assert_int_equal(eval_compare_auc(NULL, a, b, 0, &d, &err), ERR_ARG);
  assert_has(err.msg, "judge other rows");
  eval_unref(a), eval_unref(b);
}

static Evaluation *three(Model *m) {
  static const int y[] = {0, 1, 2, 0, 1, 2, 0, 2};
  static const double p[3][8] = {
      {.7, .3, .1, .4, .2, .5, .6, .2}, {.2, .5, .3, .5, .4, .2, .3, .2}, {.1, .2, .6, .1, .4, .3, .1, .6}};
  const char *word[8];
  fake_model(m, 3, ABC);
  for (int i = 0; i < 8; i++) word[i] = ABC[y[i]];
  Frame *f = frame_new(8);
  frame_put(f, "y", column_words(word, 8));
  frame_put(f, "p0", column_reals(p[0], 8));
  frame_put(f, "p1", column_reals(p[1], 8));
  frame_put(f, "p2", column_reals(p[2], 8));
  Evaluation *e = evaluate(m, f);
  frame_unref(f);
  return e;
}

static Curve *curve(const Evaluation *e, int of) {
  Curve *c = NULL;
  Err err = {0};
  if (eval_curve_of(NULL, e, of, &c, &err) != OK) fail_msg("%s", err.msg);
  return c;
}

TEST(each_class_has_a_curve_against_the_others) {
  static const double area[] = {0.9333333333333333, 0.875, 0.9333333333333333}, brier[] = {0.13, 0.145, 0.13};
  Model m;
  Evaluation *e = three(&m);
  for (int k = 0; k < 3; k++) {
    Curve *c = curve(e, k);
    assert_near(c->auc.value, area[k], 1e-14);
    assert_near(c->brier.value, brier[k], 1e-14);
    assert_int_equal(c->n, 8);
    curve_free(c);
  }
  Curve *c = curve(e, 1);
  Counts n = curve_counts(c, .4);
  assert_true(n.tp == 2 && n.fp == 1 && n.tp + n.fn == 2 && n.fp + n.tn == 6);
  curve_free(c);
  eval_unref(e);
}

TEST(pooled_is_the_micro_average) {
  Model m;
  Evaluation *e = three(&m);
  Curve *c = curve(e, EVAL_POOLED);
  assert_near(c->auc.value, 0.91796875, 1e-14);
  assert_true(c->n == 24 && c->npos == 8);
  Counts n = curve_counts(c, .4);
  assert_true(n.tp == 7 && n.fp == 3);
  curve_free(c);
  eval_unref(e);
}

TEST(rows_of_a_class_change_side_with_its_own_score) {
  Model m;
  Err err = {0};
  Frame *f;
  int64_t right, wrong;
  Evaluation *e = three(&m);
  Curve *c = curve(e, 2); // scores .1 .1 .1 .2 .3 .4 .6 .6; from .5 to .25 those of rows 5 (b) and 6 (c) change
  assert_int_equal(eval_changed_of(NULL, e, c, 2, .25, .5, 10, &f, &right, &wrong, &err), OK);
  assert_true(right == 1 && wrong == 1 && frame_nrow(f) == 2);
  assert_near(number_at(f, "score", 0), .3, 0);
  assert_near(number_at(f, "row", 0), 6, 0);
  frame_unref(f);
  curve_free(c);
  eval_unref(e);
}

TEST(what_has_no_such_curve_says_why) {
  Model m;
  Err err = {0};
  Curve *c;
  Evaluation *e = three(&m);
  assert_int_equal(eval_curve_of(NULL, e, 3, &c, &err), ERR_ARG);
  eval_unref(e);
  fake_model(&m, 0, NULL);
}

RUN(CASE(the_difference_of_two_areas_is_that_of_pROC), CASE(other_rows_do_not_compare),
    CASE(each_class_has_a_curve_against_the_others), CASE(pooled_is_the_micro_average),
    CASE(rows_of_a_class_change_side_with_its_own_score), CASE(what_has_no_such_curve_says_why))
