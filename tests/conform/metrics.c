// What must hold for every metric, present and future. Nothing here is a measured value.
#include "unit/eval/samples.h"

#include "base/rng.h"

enum { ROWS = 300 };

// Samples that a metric is defined for: two classes, three, or values.
static const int CLASSES[] = {2, 3, 0};

static bool fits(const Metric *m, int nclass) {
  return (m->tasks & (nclass ? TASK_CLASSIFICATION : TASK_REGRESSION)) && !(m->two_classes && nclass != 2);
}

static Sample sample_of(int nclass, int64_t n) {
  return nclass == 2 ? sample_two(n, 61) : nclass == 3 ? sample_three(n) : sample_values(n);
}

// Answers that are right but for the first `wrong` rows, which are as wrong as can be.
static Sample spoilt(int nclass, int64_t wrong) {
  Sample a = sample_of(nclass, ROWS);
  for (int64_t i = 0; i < ROWS; i++) {
    if (nclass == 0) a.score[i] = a.y[i] + (i < wrong ? 2 : 0);
    for (int k = 0; k < nclass; k++) a.score[k * ROWS + i] = k == ((int)a.y[i] + (i < wrong)) % nclass;
  }
  if (nclass) sample_judge(&a);
  return a;
}

TEST(each_has_a_name_of_its_own_a_summary_a_source_and_a_direction) {
  for (const Metric *m = METRICS; m->name; m++) {
    assert_ptr_equal(metric_find(sv(m->name)), m);
    assert_true(m->summary && strlen(m->summary) > 10 && strlen(m->summary) <= 120);
    assert_true(m->source && strlen(m->source) > 10);
    assert_true(m->better == 1 || m->better == -1);
    assert_true(m->tasks == TASK_CLASSIFICATION || m->tasks == TASK_REGRESSION);
    assert_non_null(m->of);
  }
}

TEST(perfect_answers_have_the_best_value) {
  for (const Metric *m = METRICS; m->name; m++)
    for (int c = 0; c < 3; c++) {
      if (!fits(m, CLASSES[c])) continue;
      Sample a = spoilt(CLASSES[c], 0);
      double v = metric_of(m->name, &a).value;
      if (v != (m->better > 0 ? 1 : 0)) fail_msg("%s is %.17g", m->name, v);
      sample_free(&a);
    }
}

TEST(worse_answers_have_worse_values) {
  static const int64_t wrong[] = {0, 20, 70, 140};
  for (const Metric *m = METRICS; m->name; m++)
    for (int c = 0; c < 3; c++) {
      double before = 0;
      for (int k = 0; k < 4 && fits(m, CLASSES[c]); k++) {
        Sample a = spoilt(CLASSES[c], wrong[k]);
        double v = metric_of(m->name, &a).value;
        if (k && !(m->better * (before - v) > 0)) fail_msg("%s went from %g to %g", m->name, before, v);
        before = v;
        sample_free(&a);
      }
    }
}

static Sample permuted(const Sample *a) {
  static int64_t row[ROWS];
  Sample b = sample_new(a->s.n, a->s.nclass);
  for (int64_t i = 0; i < a->s.n; i++) row[i] = i;
  rng_shuffle(rng_key(5, "permuted"), row, a->s.n);
  for (int64_t i = 0; i < a->s.n; i++) {
    b.y[i] = a->y[row[i]];
    for (int k = 0; k < (a->s.nclass ? a->s.nclass : 1); k++) b.score[k * a->s.n + i] = a->score[k * a->s.n + row[i]];
    if (a->pred) b.pred[i] = a->pred[row[i]];
  }
  return b;
}

TEST(the_order_of_the_rows_does_not_matter) {
  for (const Metric *m = METRICS; m->name; m++)
    for (int c = 0; c < 3; c++) {
      if (!fits(m, CLASSES[c])) continue;
      Sample a = sample_of(CLASSES[c], ROWS), b = permuted(&a);
      Estimate x = metric_of(m->name, &a), y = metric_of(m->name, &b);
      assert_near(y.value, x.value, 1e-13);
      assert_near(y.lower, x.lower, 1e-13);
      assert_near(y.upper, x.upper, 1e-13);
      sample_free(&a);
      sample_free(&b);
    }
}

TEST(intervals_hold_their_value_and_stay_in_range) {
  for (const Metric *m = METRICS; m->name; m++)
    for (int64_t n = 20; n < 400; n += 41)
      for (int c = 0; c < 3; c++) {
        if (!fits(m, CLASSES[c])) continue;
        Sample a = sample_of(CLASSES[c], n);
        Estimate e = metric_of(m->name, &a);
        assert_true(isnan(e.lower) == 0 ? !isnan(e.upper) : isnan(e.upper) != 0);
        if (!isnan(e.lower)) assert_true(0 <= e.lower && e.lower <= e.value && e.value <= e.upper && e.upper <= 1);
        sample_free(&a);
      }
}

TEST(no_rows_are_undefined) {
  for (const Metric *m = METRICS; m->name; m++)
    for (int c = 0; c < 3; c++) {
      if (!fits(m, CLASSES[c])) continue;
      Sample a = sample_new(0, CLASSES[c]);
      Estimate e = metric_of(m->name, &a);
      assert_true(isnan(e.value) && isnan(e.lower) && isnan(e.upper));
      sample_free(&a);
    }
}

TEST(one_row_is_a_value_or_undefined) {
  for (const Metric *m = METRICS; m->name; m++)
    for (int c = 0; c < 3; c++) {
      if (!fits(m, CLASSES[c])) continue;
      Sample a = sample_of(CLASSES[c], 1);
      double v = metric_of(m->name, &a).value;
      assert_true(isnan(v) || isfinite(v));
      sample_free(&a);
    }
}

TEST(threads_do_not_change_a_bit) {
  enum { LONG = 100003 }; // several blocks and a rest
  static const int threads[] = {1, 2, 3, 7};
  for (int c = 0; c < 3; c++) {
    Sample a = sample_of(CLASSES[c], LONG);
    for (const Metric *m = METRICS; m->name; m++) {
      if (!fits(m, CLASSES[c])) continue;
      Estimate alone = metric_of(m->name, &a);
      for (int t = 0; t < 4; t++) {
        Job job = {.pool = pool_new(threads[t])};
        Estimate e;
        assert_int_equal(m->of(&job, &a.s, &e, NULL), OK);
        assert_memory_equal(&e, &alone, sizeof e);
        pool_free(job.pool);
      }
    }
    sample_free(&a);
  }
}

TEST(each_can_be_stopped_and_asks_for_memory) {
  enum { LONG = 200000 };
  for (int c = 0; c < 3; c++) {
    Sample a = sample_of(CLASSES[c], LONG);
    for (const Metric *m = METRICS; m->name; m++) {
      if (!fits(m, CLASSES[c])) continue;
      Job stopped = {.cancel = true}, tight = {.memory = 1};
      Estimate e;
      Err err = {0};
      assert_int_equal(m->of(&stopped, &a.s, &e, &err), ERR_CANCELLED);
      ErrCode code = m->of(&tight, &a.s, &e, &err);
      assert_true(code == OK || code == ERR_MEMORY);
      if (code != OK) assert_has(err.msg, "raise --memory");
    }
    sample_free(&a);
  }
}

RUN(CASE(each_has_a_name_of_its_own_a_summary_a_source_and_a_direction), CASE(perfect_answers_have_the_best_value),
    CASE(worse_answers_have_worse_values), CASE(the_order_of_the_rows_does_not_matter),
    CASE(intervals_hold_their_value_and_stay_in_range), CASE(no_rows_are_undefined),
    CASE(one_row_is_a_value_or_undefined), CASE(threads_do_not_change_a_bit),
    CASE(each_can_be_stopped_and_asks_for_memory))
