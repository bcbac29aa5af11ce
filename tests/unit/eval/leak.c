// The proof that nothing leaks: 60 rows, 300 columns of noise and a target that is noise too. Columns that were chosen
// on all rows make a model look good in cross-validation; the same choice inside of the pipeline, made anew in every
// fold, leaves it at chance. The experiment of Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning",
// 2nd edition, 7.10.2.
#include "unit/eval/samples.h"

#include "base/rng.h"
#include "eval/folds.h"
#include "frame/verbs.h"
#include "unit/prep/prep_help.h"

enum { ROWS = 60, NOISE = 300, DRAWS = 8 };

static Frame *noise(uint64_t seed) {
  Frame *d = frame_new(ROWS);
  char name[16];
  for (int j = 0; j <= NOISE; j++) {
    Column *c;
    RngKey key = rng_key(seed, "noise");
    assert_int_equal(column_new(NULL, j < NOISE ? COL_F64 : COL_BOOL, ROWS, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < ROWS; i++) {
      double u = (double)(rng_u64(key, (uint64_t)i, (uint64_t)j) >> 11) * 0x1p-53;
      if (j < NOISE) c->f[i] = u;
      else c->b[i] = u < 0.5;
    }
    snprintf(name, sizeof name, j < NOISE ? "x%d" : "y", j);
    assert_int_equal(frame_add(d, name, c, NULL), OK);
  }
  return d;
}

static Learner *chosen(bool with_model) {
  Step s = help_step("select");
  set_text(&s, "by", "f");
  set_int(&s, "k", 5);
  StepSpec step = {s.type, s.opts};
  Learner *l = learner_new(&step, 1, with_model ? model_find(sv("logistic")) : NULL, NULL);
  help_fini(&s);
  return l;
}

static double auc(const Learner *l, const Frame *d, uint64_t seed) {
  static const char *metric[] = {"auc"};
  CvOpts o = {.folds = {.folds = 5, .repeats = 1, .stratify = true, .seed = seed}, .metrics = {metric, 1}};
  Frame *t;
  Err err;
  if (eval_cv(NULL, l, d, "y", &o, &t, &err) != OK) fail_msg("%s", err.msg);
  double sum = 0;
  for (int64_t i = 0; i < 5; i++) sum += col_f64(help_col(t, "auc"), i);
  frame_unref(t);
  return sum / 5;
}

// The columns that a choice on all rows keeps, with the target.
static Frame *choose_outside(const Frame *d) {
  Learner *l = chosen(false);
  Model *m;
  Frame *x, *out;
  Err err;
  if (model_fit(NULL, l, d, "y", NULL, &m, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(model_transform(NULL, m, d, &x, NULL), OK);
  out = frame_new(ROWS);
  for (int j = 0; j < frame_ncol(x); j++)
    assert_int_equal(frame_add(out, frame_name(x, j), column_ref(frame_at(x, j)), NULL), OK);
  assert_int_equal(frame_add(out, "y", column_ref(help_col(d, "y")), NULL), OK);
  frame_unref(x);
  model_unref(m);
  learner_unref(l);
  return out;
}

TEST(a_choice_on_all_rows_looks_good_and_inside_the_folds_it_is_chance) {
  Learner *inside = chosen(true), *alone = learner_new(NULL, 0, model_find(sv("logistic")), NULL);
  double leaky = 0, honest = 0;
  for (uint64_t seed = 0; seed < DRAWS; seed++) {
    Frame *d = noise(seed), *five = choose_outside(d);
    assert_int_equal(frame_ncol(five), 6);
    leaky += auc(alone, five, seed) / DRAWS;
    honest += auc(inside, d, seed) / DRAWS;
    frame_unref(five);
    frame_unref(d);
  }
  assert_true(leaky > 0.75);
  assert_true(honest > 0.4 && honest < 0.6);
  learner_unref(alone);
  learner_unref(inside);
}

// What a step learned is the same whatever the rows are that it did not see.
TEST(what_is_learned_never_changes_with_test_rows) {
  Frame *d = noise(1), *train, *other;
  int64_t row[ROWS];
  Learner *l = chosen(true);
  Model *a, *b;
  Str text = {0}, again = {0};
  for (int64_t i = 0; i < ROWS; i++) row[i] = i;
  assert_int_equal(frame_gather(NULL, d, row, ROWS / 2, &train, NULL), OK);
  assert_int_equal(model_fit(NULL, l, train, "y", NULL, &a, NULL), OK);
  assert_int_equal(model_predict(NULL, a, d, &other, NULL), OK); // rows beyond training
  assert_int_equal(model_fit(NULL, l, train, "y", NULL, &b, NULL), OK);
  assert_int_equal(model_save(a, &text, NULL), OK);
  assert_int_equal(model_save(b, &again, NULL), OK);
  assert_string_equal(str_c(&text), str_c(&again));
  str_fini(&text);
  str_fini(&again);
  frame_unref(other);
  model_unref(a);
  model_unref(b);
  learner_unref(l);
  frame_unref(train);
  frame_unref(d);
}

RUN(CASE(a_choice_on_all_rows_looks_good_and_inside_the_folds_it_is_chance),
    CASE(what_is_learned_never_changes_with_test_rows))
