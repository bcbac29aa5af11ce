// The steps of a fitted pipeline one by one. The little numbers are worked by hand.
#include "unit/prep/prep_help.h"

#include "model/model.h"

static Frame *people(void) {
  return HELP_FRAME(4, {"age", COL_F64, {"10", NULL, "30", "20"}}, {"sex", COL_CAT, {"f", "m", "f", "m"}},
                    {"tall", COL_CAT, {"no", "yes", "yes", "no"}});
}

// impute, onehot, standard; without a model.
static Model *fitted_steps(const Frame *d) {
  static const char *const NAME[] = {"impute", "onehot", "standard"};
  StepSpec step[3];
  Model *m;
  Err err;
  for (int k = 0; k < 3; k++) step[k] = (StepSpec){prep_find(sv(NAME[k])), NULL};
  Learner *l = learner_new(step, 3, NULL, NULL);
  if (model_fit(NULL, l, d, "tall", NULL, &m, &err) != OK) fail_msg("%s", err.msg);
  learner_unref(l);
  return m;
}

TEST(the_table_after_every_step_is_a_frame) {
  Frame *d = people(), *after[4], *all;
  Model *m = fitted_steps(d);
  for (int n = 0; n < 4; n++) assert_int_equal(model_transform_to(NULL, m, d, n, &after[n], NULL), OK);
  assert_columns(after[0], "age,sex");
  assert_cells(after[0], "age", "10,,30,20");
  assert_cells(after[1], "age", "10,20,30,20"); // the median
  assert_columns(after[2], "age,sex_f,sex_m");
  assert_cells(after[2], "sex_m", "false,true,false,true");
  assert_near(col_f64(help_col(after[3], "age"), 0), -1.4142135623730951, 1e-15); // -10 / sqrt(50)
  assert_int_equal(model_transform(NULL, m, d, &all, NULL), OK);
  assert_same_frame(after[3], all);
  for (int n = 0; n < 4; n++) frame_unref(after[n]);
  frame_unref(all);
  model_unref(m);
  frame_unref(d);
}

static void place(const char *step, int want) {
  static const char *const NAME[] = {"impute", "onehot", "impute"};
  StepSpec s[3];
  int n = -1;
  for (int k = 0; k < 3; k++) s[k] = (StepSpec){prep_find(sv(NAME[k])), NULL};
  Learner *l = learner_new(s, 3, NULL, NULL);
  assert_int_equal(learner_place(l, sv(step), &n, NULL), OK);
  assert_int_equal(n, want);
  learner_unref(l);
}

static void no_place(int nstep, const char *step, ErrCode code, const char *part) {
  static const char *const NAME[] = {"impute", "onehot", "impute"};
  StepSpec s[3];
  Err err;
  int n;
  for (int k = 0; k < 3; k++) s[k] = (StepSpec){prep_find(sv(NAME[k])), NULL};
  Learner *l = learner_new(s, nstep, model_find(sv("linear")), NULL);
  assert_int_equal(learner_place(l, sv(step), &n, &err), code);
  assert_has(err.msg, part);
  learner_unref(l);
}

TEST(a_step_is_found_by_number_and_by_name) {
  place("0", 0);
  place("3", 3);
  place("onehot", 2);
}

TEST(a_step_that_is_not_there_or_there_twice_is_refused) {
  no_place(3, "4", ERR_ARG, "there is no step 4: the pipeline has 3");
  no_place(3, "-1", ERR_ARG, "there is no step -1");
  no_place(3, "impute", ERR_ARG, "step 1 and step 3 are prep.impute: give the number");
  no_place(3, "log", ERR_NAME, "there is no step 'log': the steps are 1 impute, 2 onehot, 3 impute");
  no_place(0, "log", ERR_ARG, "this pipeline has no steps");
}

RUN(CASE(the_table_after_every_step_is_a_frame), CASE(a_step_is_found_by_number_and_by_name),
    CASE(a_step_that_is_not_there_or_there_twice_is_refused))
