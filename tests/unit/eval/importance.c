// Permutation importance: what must hold whatever the permutations are, worked by hand. Its values against
// scikit-learn are in tests/golden/importance.lua.
#include "base/pool.h"
#include "eval/eval.h"
#include "unit/prep/prep_help.h"

#include <math.h>

// y = 2 a + 3 b exactly; c never counts. The last row has no target.
static Frame *rows(void) {
  return HELP_FRAME(7, {"a", COL_F64, {"1", "2", "3", "4", "7", "9", "1"}},
                    {"b", COL_I64, {"0", "2", "1", "5", "2", "4", "1"}},
                    {"c", COL_F64, {"5", "5", "5", "5", "5", "5", "5"}},
                    {"y", COL_F64, {"2", "10", "9", "23", "20", "30", NULL}});
}

static Model *model_of(const char *type, const Frame *d) {
  Model *m;
  Learner *l = learner_new(NULL, 0, model_find(sv(type)), NULL);
  assert_int_equal(model_fit(NULL, l, d, "y", NULL, &m, NULL), OK);
  learner_unref(l);
  return m;
}

static Frame *importance(Job *job, const Model *m, const Frame *d, const ImportanceOpts *o) {
  Frame *f = NULL;
  Err err = {0};
  if (eval_importance(job, m, d, o, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

TEST(a_column_that_never_counts_is_exactly_zero) {
  Frame *d = rows();
  Model *m = model_of("tree", d);
  Frame *f = importance(NULL, m, d, &(ImportanceOpts){.repeats = 8, .seed = 3});
  assert_int_equal(frame_nrow(f), 3);
  Str last = {0};
  col_format(help_col(f, "column"), 2, CELL_EXACT, &last);
  assert_string_equal(str_c(&last), "c");
  str_fini(&last);
  assert_true(help_col(f, "importance")->f[2] == 0 && help_col(f, "sd")->f[2] == 0);
  assert_true(help_col(f, "importance")->f[0] >= help_col(f, "importance")->f[1]);
  frame_unref(f);
  model_unref(m);
  frame_unref(d);
}

// RMSE of an exact line is 0; with a shuffled it is the root of the mean of 4 (a' - a)^2, and the sum of (a' - a)^2 is
// an even whole number, at most 4 times the sum of squares around the mean.
TEST(a_line_loses_what_its_slope_makes_of_the_permutation) {
  Frame *d = rows();
  Model *m = model_of("linear", d);
  ImportanceOpts o = {.repeats = 20, .metric = "rmse", .form = IMPORTANCE_LONG};
  Frame *f = importance(NULL, m, d, &o);
  const double a[] = {1, 2, 3, 4, 7, 9};
  double mean = 26 / 6., spread = 0;
  for (int i = 0; i < 6; i++) spread += (a[i] - mean) * (a[i] - mean);
  assert_int_equal(frame_nrow(f), 60);
  for (int k = 0; k < 20; k++) {
    double v = help_col(f, "importance")->f[k], square = v * v / 4 * 6; // sum of (a' - a)^2: an even whole number
    assert_true(v >= -1e-9 && square <= 4 * spread + 1e-6);
    assert_near(square / 2, rint(square / 2), 1e-6);
    assert_near(help_col(f, "importance")->f[40 + k], 0, 1e-9);
  }
  frame_unref(f);
  model_unref(m);
  frame_unref(d);
}

TEST(one_repeat_has_no_interval) {
  Frame *d = rows();
  Model *m = model_of("linear", d);
  Frame *f = importance(NULL, m, d, &(ImportanceOpts){.repeats = 1});
  assert_int_equal(help_col(f, "lower")->missing, 3);
  assert_int_equal(help_col(f, "sd")->missing, 3);
  assert_int_equal(help_col(f, "importance")->missing, 0);
  assert_has(frame_caption(f), "r2 falls by when a column is shuffled among 6 rows; 1 as it stands");
  frame_unref(f);
  model_unref(m);
  frame_unref(d);
}

TEST(the_table_is_the_same_on_any_threads) {
  Frame *d = rows();
  Model *m = model_of("forest", d);
  ImportanceOpts o = {.repeats = 30, .seed = 5};
  char one[65], more[65];
  Frame *f = importance(NULL, m, d, &o);
  frame_hash(f, one);
  frame_unref(f);
  for (int threads = 2; threads <= 7; threads += 5) {
    Job job = {.pool = pool_new(threads)};
    f = importance(&job, m, d, &o);
    frame_hash(f, more);
    assert_string_equal(more, one);
    frame_unref(f);
    pool_free(job.pool);
  }
  model_unref(m);
  frame_unref(d);
}

TEST(what_cannot_be_asked_is_said) {
  Frame *d = rows(), *f;
  Model *m = model_of("linear", d);
  Err err;
  assert_int_equal(eval_importance(NULL, m, d, &(ImportanceOpts){.repeats = 1, .metric = "auc"}, &f, &err), ERR_ARG);
  assert_int_equal(eval_importance(NULL, m, d, &(ImportanceOpts){.repeats = 1, .metric = "rsme"}, &f, &err), ERR_NAME);
  assert_has(err.msg, "rmse");
  Frame *one = HELP_FRAME(1, {"a", COL_F64, {"1"}}, {"b", COL_I64, {"0"}}, {"c", COL_F64, {"5"}}, {"y", COL_F64, {"2"}});
  assert_int_equal(eval_importance(NULL, m, one, &(ImportanceOpts){.repeats = 1}, &f, &err), ERR_ARG);
  assert_has(err.msg, "r2 is undefined for these rows");
  frame_unref(one);
  Job job = {0};
  atomic_store(&job.cancel, true);
  assert_int_equal(eval_importance(&job, m, d, &(ImportanceOpts){.repeats = 1}, &f, &err), ERR_CANCELLED);
  model_unref(m);
  frame_unref(d);
}

RUN(CASE(a_column_that_never_counts_is_exactly_zero), CASE(a_line_loses_what_its_slope_makes_of_the_permutation),
    CASE(one_repeat_has_no_interval), CASE(the_table_is_the_same_on_any_threads), CASE(what_cannot_be_asked_is_said))
