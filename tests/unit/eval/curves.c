// Tables behind the charts of an evaluation. average_precision, precision_recall_curve and calibration_curve are those of
// scikit-learn 1.2.1 on sample_two(60, 23) and sample_three(60); gain and lift by hand.
#include "unit/eval/fake_model.h"

#include <math.h>

#define YES_NO ((const char *const[]){"no", "yes"})
#define ABC ((const char *const[]){"a", "b", "c"})

// The sample as a frame that the fake model reads.
static Frame *frame_of(const Sample *a, const char *const *level) {
  static const char *const three[] = {"p0", "p1", "p2"};
  const char **word = calloc((size_t)a->s.n, sizeof *word);
  for (int64_t i = 0; i < a->s.n; i++) word[i] = level[(int)a->y[i]];
  Frame *f = frame_new(a->s.n);
  frame_put(f, "y", column_words(word, a->s.n));
  if (a->s.nclass == 2) frame_put(f, "p", column_reals(a->score + a->s.n, a->s.n));
  for (int k = 0; k < 3 && a->s.nclass == 3; k++) frame_put(f, three[k], column_reals(a->score + k * a->s.n, a->s.n));
  free(word);
  return f;
}

static Evaluation *judge(Sample *a, Model *m, int nclass) {
  const char *const *level = nclass == 2 ? YES_NO : ABC;
  fake_model(m, nclass, level);
  Frame *f = frame_of(a, level);
  Evaluation *e = evaluate(m, f);
  frame_unref(f);
  sample_free(a);
  return e;
}

static Evaluation *two(Model *m) {
  Sample a = sample_two(60, 23);
  return judge(&a, m, 2);
}

static Evaluation *three(Model *m) {
  Sample a = sample_three(60);
  return judge(&a, m, 3);
}

static Frame *points(const Evaluation *e, CurveKind kind) {
  Frame *f = NULL;
  assert_int_equal(eval_points(NULL, e, kind, &f, NULL), OK);
  return f;
}

static double average_precision(const Frame *f, int64_t begin, int64_t end) {
  double sum = 0;
  for (int64_t i = begin + 1; i < end; i++)
    sum += (number_at(f, "recall", i) - number_at(f, "recall", i - 1)) * number_at(f, "precision", i);
  return sum;
}

TEST(precision_and_recall_are_those_of_scikit_learn) {
  Model m;
  Evaluation *e = two(&m);
  Frame *f = points(e, CURVE_PR);
  assert_int_equal(frame_nrow(f), 45); // 44 thresholds and the corner
  assert_near(average_precision(f, 0, 45), 0.8704430763039556, 1e-14);
  assert_cell(f, "precision", 0, "");
  int64_t best = 1;
  for (int64_t i = 1; i < 45; i++)
    if (number_at(f, "f1", i) > number_at(f, "f1", best)) best = i;
  assert_near(number_at(f, "f1", best), 0.7777777777777777, 1e-15);
  assert_near(number_at(f, "threshold", best), 0.4492753623188406, 1e-15);
  frame_unref(f);
  eval_unref(e);
}

TEST(of_three_classes_each_stands_against_the_others) {
  static const double ap[] = {0.8842104242635551, 1, 0.9052674545754131};
  Model m;
  Evaluation *e = three(&m);
  Frame *f = points(e, CURVE_PR);
  int64_t begin = 0;
  for (int k = 0; k < 3; k++) {
    int64_t end = begin + 1;
    while (end < frame_nrow(f) && isfinite(number_at(f, "threshold", end))) end++;
    assert_cell(f, "class", begin, ABC[k]);
    assert_near(average_precision(f, begin, end), ap[k], 1e-14);
    begin = end;
  }
  assert_int_equal(begin, frame_nrow(f));
  frame_unref(f);
  eval_unref(e);
}

TEST(gain_and_lift_end_at_all_rows) {
  Model m;
  Evaluation *e = two(&m);
  Frame *f = points(e, CURVE_GAIN);
  int64_t last = frame_nrow(f) - 1;
  assert_true(number_at(f, "rows", last) == 60 && number_at(f, "share", last) == 1);
  assert_true(number_at(f, "gain", last) == 1 && number_at(f, "lift", last) == 1);
  for (int64_t i = 1; i <= last; i++)
    assert_near(number_at(f, "lift", i), number_at(f, "gain", i) / number_at(f, "share", i), 1e-14);
  frame_unref(f);
  eval_unref(e);
}

TEST(calibration_bins_are_those_of_scikit_learn) {
  static const double share[] = {0.0, 0.21428571428571427, 0.4375, 0.6, 1.0};
  static const int n[] = {12, 14, 16, 10, 8};
  Model m;
  Evaluation *e = two(&m);
  Frame *f = NULL;
  assert_int_equal(eval_calibration(NULL, e, &(ReliabilityOpts){5, false}, &f, NULL), OK);
  assert_int_equal(frame_nrow(f), 5);
  for (int b = 0; b < 5; b++) {
    assert_near(number_at(f, "share", b), share[b], 1e-15);
    assert_true(number_at(f, "n", b) == n[b] && number_at(f, "bin", b) == b + 1);
    assert_true(number_at(f, "low", b) <= share[b] && number_at(f, "high", b) >= share[b]);
  }
  frame_unref(f);
  eval_unref(e);
  e = three(&m);
  assert_int_equal(eval_calibration(NULL, e, &(ReliabilityOpts){5, true}, &f, NULL), OK);
  static const double each[] = {0, 0.2, 0.5, 0.6, 1, 0, 0.8235294117647058, 1, 0, 0, 1. / 3, 1. / 6, 1};
  assert_int_equal(frame_nrow(f), 13); // of b two of the five edges are one
  for (int b = 0; b < 13; b++) assert_near(number_at(f, "share", b), each[b], 1e-15);
  assert_cell(f, "class", 12, "c");
  frame_unref(f);
  eval_unref(e);
}

TEST(answers_are_what_charts_take) {
  Model m;
  Evaluation *e = two(&m);
  Frame *f = NULL;
  assert_int_equal(eval_answers(NULL, e, &f, NULL), OK);
  assert_int_equal(frame_ncol(f), 3);
  assert_cell(f, "actual", 0, "yes");
  assert_near(number_at(f, "score", 0), 11.5 / 34.5, 1e-15);
  frame_unref(f);
  eval_unref(e);
  e = three(&m);
  assert_int_equal(eval_answers(NULL, e, &f, NULL), OK);
  assert_string_equal(frame_name(f, 4), "p_c");
  frame_unref(f);
  eval_unref(e);
}

TEST(what_has_no_curve_is_refused) {
  static const double z[] = {1, 2, 3};
  Model m;
  Frame *f = frame_new(3), *out = NULL;
  Err err;
  frame_put(f, "y", column_reals(z, 3));
  frame_put(f, "z", column_reals(z, 3));
  fake_model(&m, 0, NULL);
  Evaluation *e = evaluate(&m, f);
  assert_int_equal(eval_points(NULL, e, CURVE_PR, &out, &err), ERR_ARG);
  assert_string_equal(err.msg, "a precision curve is for classifiers, this model of 'y' is a regression");
  assert_int_equal(eval_calibration(NULL, e, &(ReliabilityOpts){5, false}, &out, &err), ERR_ARG);
  eval_unref(e);
  frame_unref(f);
  e = two(&m);
  Job job = {.cancel = true};
  assert_int_equal(eval_points(&job, e, CURVE_GAIN, &out, &err), ERR_CANCELLED);
  assert_int_equal(eval_calibration(&job, e, &(ReliabilityOpts){5, false}, &out, &err), ERR_CANCELLED);
  assert_null(out);
  eval_unref(e);
}

RUN(CASE(precision_and_recall_are_those_of_scikit_learn), CASE(of_three_classes_each_stands_against_the_others),
    CASE(gain_and_lift_end_at_all_rows), CASE(calibration_bins_are_those_of_scikit_learn),
    CASE(answers_are_what_charts_take), CASE(what_has_no_curve_is_refused))
