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

TEST(every_step_has_a_line_with_its_columns_and_what_it_learned) {
  Frame *d = people(), *t;
  Model *m = fitted_steps(d);
  assert_int_equal(model_steps(NULL, m, &t, NULL), OK);
  assert_columns(t, "step,name,columns,then,learned");
  assert_cells(t, "name", "impute,onehot,standard");
  assert_cells(t, "columns", "2,2,3");
  assert_cells(t, "then", "2,3,3");
  assert_cells(t, "learned", "age 20, sex f,sex: f, m,age mean 20 sd 7.071, sex_f mean 0.5 sd 0.5, 1 more");
  assert_string_equal(frame_caption(t),
                      "pipe{prep.impute{}, prep.onehot{}, prep.standard{}}, fitted on 4 rows");
  frame_unref(t);
  assert_int_equal(model_card(NULL, m, &t, NULL), OK); // without a model the same
  assert_columns(t, "step,name,columns,then,learned");
  frame_unref(t);
  model_unref(m);
  frame_unref(d);
}

TEST(the_card_of_a_step_is_what_it_learned) {
  Frame *d = people(), *t;
  Model *m = fitted_steps(d);
  assert_int_equal(model_step_card(NULL, m, 0, &t, NULL), OK);
  assert_cells(t, "fill", "20,f");
  assert_has(frame_caption(t), "step 1 of 3, prep.impute: Fills missing values");
  frame_unref(t);
  model_unref(m);
  frame_unref(d);
}

TEST(the_card_of_a_model_has_a_line_for_each_step) {
  Frame *d = people(), *t;
  StepSpec step[] = {{prep_find(sv("impute")), NULL}, {prep_find(sv("onehot")), NULL}};
  Learner *l = learner_new(step, 2, model_find(sv("logistic")), NULL);
  Model *m;
  Err err;
  if (model_fit(NULL, l, d, "tall", NULL, &m, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(model_card(NULL, m, &t, NULL), OK);
  assert_has(frame_caption(t),
             "\n1 prep.impute, 2 columns: age 20, sex f\n2 prep.onehot, 2 columns to 3: sex: f, m");
  frame_unref(t);
  model_unref(m);
  learner_unref(l);
  frame_unref(d);
}

TEST(the_card_of_a_recipe_says_what_each_part_does) {
  StepSpec step = {prep_find(sv("impute")), NULL};
  Learner *l = learner_new(&step, 1, model_find(sv("linear")), NULL);
  Frame *t;
  assert_int_equal(learner_card(l, &t, NULL), OK);
  assert_columns(t, "part,call,what");
  assert_cells(t, "call", "prep.impute{},ml.linear{}");
  assert_string_equal(frame_caption(t), "1 step and a model; nothing is learned before p:fit(d, \"y\")");
  frame_unref(t);
  learner_unref(l);
}

// Of every step, whatever it learns, on numbers without gaps.
TEST(every_step_of_the_list_has_its_line) {
  Frame *d = HELP_FRAME(8, {"a", COL_F64, {"1", "2", "3", "4", "5", "6", "7", "9"}},
                        {"b", COL_I64, {"2", "1", "4", "3", "6", "5", "8", "7"}},
                        {"g", COL_CAT, {"x", "y", "x", "y", "x", "y", "x", "y"}},
                        {"y", COL_CAT, {"no", "yes", "no", "no", "yes", "yes", "no", "yes"}});
  for (const StepType *const *t = prep_steps(); *t; t++) {
    StepSpec step = {*t, NULL};
    Learner *l = learner_new(&step, 1, NULL, NULL);
    Frame *lines, *all;
    Model *m;
    Err err;
    if (model_fit(NULL, l, d, "y", NULL, &m, &err) == OK) {
      if (model_steps(NULL, m, &lines, &err) != OK) fail_msg("%s: %s", (*t)->name, err.msg);
      assert_int_equal(model_transform(NULL, m, d, &all, NULL), OK);
      assert_near(col_f64(help_col(lines, "then"), 0), frame_ncol(all), 0);
      frame_unref(all);
      frame_unref(lines);
      model_unref(m);
    }
    learner_unref(l);
  }
  frame_unref(d);
}

RUN(CASE(the_table_after_every_step_is_a_frame), CASE(a_step_is_found_by_number_and_by_name),
    CASE(a_step_that_is_not_there_or_there_twice_is_refused),
    CASE(every_step_has_a_line_with_its_columns_and_what_it_learned), CASE(the_card_of_a_step_is_what_it_learned),
    CASE(the_card_of_a_model_has_a_line_for_each_step), CASE(the_card_of_a_recipe_says_what_each_part_does),
    CASE(every_step_of_the_list_has_its_line))
