// Pipelines: what fit accepts and refuses, what predict needs, and what the model says about itself. The little
// numbers are worked by hand.
#include "unit/prep/prep_help.h"

#include "frame/verbs.h"
#include "model/model.h"

static const HelpCol AGE = {"age", COL_I64, {"10", "20", "30", "40", "50", "60", "70", "80"}};
static const HelpCol FARE = {"fare", COL_F64, {"1", "5", "2", "8", "4", "6", "3", "9"}};
static const HelpCol SEX = {"sex", COL_CAT, {"f", "m", "f", "f", "m", "m", "f", "m"}};
static const HelpCol ALIVE = {"alive", COL_CAT, {"no", "no", "yes", "no", "yes", "yes", "no", "yes"}};
static const HelpCol BOAT = {"boat", COL_CAT, {"no", NULL, "yes", "no", "yes", NULL, "no", "yes"}};
static const HelpCol GRADE = {"grade", COL_I64, {"2", "10", "2", "10", "2", "10", "2", "10"}};
static const HelpCol HEIGHT = {"height", COL_F64, {"1.5", "2.5", "3.5", "nan", "5.5", "6.5", "7.5", "8.5"}};
static const HelpCol WHEN = {"when", COL_DATE, {"2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05",
                                                 "2024-01-06", "2024-01-07", "2024-01-08"}};

static Frame *ship(void) {
  const HelpCol col[] = {AGE, FARE, SEX, ALIVE};
  return help_frame(8, col, 4);
}

static Frame *of(HelpCol a, HelpCol b, HelpCol c) {
  const HelpCol col[] = {a, b, c};
  return help_frame(8, col, 3);
}

// ---- learners -----------------------------------------------------------------------------------------------------
static Learner *alone(const char *type) { return learner_new(NULL, 0, model_find(sv(type)), NULL); }

// impute, onehot, standard, then the type.
static Learner *pipe_to(const char *type) {
  static const char *const NAME[] = {"impute", "onehot", "standard"};
  StepSpec step[3];
  for (int k = 0; k < 3; k++) step[k] = (StepSpec){prep_find(sv(NAME[k])), NULL};
  return learner_new(step, 3, type ? model_find(sv(type)) : NULL, NULL);
}

typedef struct Try {
  Model *m;
  Err err;
  ErrCode code;
} Try;

static Try fit(Learner *l, const Frame *d, const char *target, const FitOpts *opts) {
  Try t = {0};
  t.code = model_fit(NULL, l, d, target, opts, &t.m, &t.err);
  learner_unref(l);
  return t;
}

static Model *model_of(Learner *l, const Frame *d, const char *target, const FitOpts *opts) {
  Try t = fit(l, d, target, opts);
  if (t.code != OK) fail_msg("%s", t.err.msg);
  return t.m;
}

static void refuse(Learner *l, const Frame *d, const char *target, const FitOpts *opts, ErrCode code,
                   const char *part) {
  Try t = fit(l, d, target, opts);
  if (t.code == OK) fail_msg("\"%s\" was not said", part);
  assert_has(t.err.msg, part);
  assert_int_equal(t.code, code);
}

static Frame *predict(const Model *m, const Frame *d) {
  Frame *f;
  Err err;
  if (model_predict(NULL, m, d, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

TEST(a_learner_prints_as_lua_would_write_it) {
  Arena a = {0};
  const ModelType *logistic = model_find(sv("logistic"));
  void *opts = arena_alloc(&a, logistic->opts_size);
  param_defaults(logistic->params, opts);
  assert_int_equal(param_set_real(param_find(logistic->params, sv("l2")), "", opts, 0.5, NULL), OK);
  StepSpec step = {prep_find(sv("impute")), NULL};
  Learner *l = learner_new(&step, 1, logistic, opts), *bare = learner_new(NULL, 0, logistic, NULL);
  Learner *steps = learner_new(&step, 1, NULL, NULL), *same = learner_ref(l);
  assert_string_equal(learner_print(l, &a), "pipe{prep.impute{}, ml.logistic{l2=0.5}}");
  assert_string_equal(learner_print(bare, &a), "ml.logistic{}");
  assert_string_equal(learner_print(steps, &a), "pipe{prep.impute{}}");
  assert_ptr_equal(same, l);
  learner_unref(same);
  assert_int_equal(learner_nstep(l), 1);
  learner_unref(l);
  learner_unref(bare);
  learner_unref(steps);
  arena_fini(&a);
}

// ---- targets ------------------------------------------------------------------------------------------------------
TEST(a_category_target_makes_classes_and_probabilities) {
  Frame *d = ship();
  Model *m = model_of(pipe_to("logistic"), d, "alive", NULL);
  ModelInfo i = model_info(m);
  assert_int_equal(i.task, TASK_CLASSIFICATION);
  assert_int_equal(i.positive, 1);
  assert_string_equal(i.levels->name[1], "yes");
  assert_int_equal(i.nrow, 8);
  assert_true(i.threshold == 0.5 && i.converged && i.notes->n == 0);
  Frame *p = predict(m, d);
  assert_columns(p, "pred,p_no,p_yes");
  assert_int_equal(help_col(p, "pred")->type, COL_CAT);
  assert_int_equal(help_col(p, "pred")->dict->n, 2);
  for (int64_t r = 0; r < 8; r++) {
    double no = col_f64(help_col(p, "p_no"), r), yes = col_f64(help_col(p, "p_yes"), r);
    assert_near(no + yes, 1, 1e-15);
    assert_true(sv_is(col_text(help_col(p, "pred"), r), yes >= 0.5 ? "yes" : "no"));
  }
  frame_unref(p);
  model_unref(m);
  frame_unref(d);
}

TEST(classes_that_are_numbers_are_sorted_by_value) {
  Frame *d = of(AGE, FARE, GRADE);
  Model *m = model_of(alone("logistic"), d, "grade", NULL);
  const Names *levels = model_info(m).levels;
  assert_int_equal(levels->n, 2);
  assert_string_equal(levels->name[0], "2");
  assert_string_equal(levels->name[1], "10");
  Frame *p = predict(m, d);
  assert_columns(p, "pred,p_2,p_10");
  frame_unref(p);
  model_unref(m);
  frame_unref(d);
}

TEST(the_levels_of_a_bool_are_false_and_true) {
  HelpCol yes = {"yes", COL_BOOL, {"true", "false", "true", "true", "false", "true", "false", "false"}};
  Frame *d = of(AGE, FARE, yes);
  Model *m = model_of(alone("logistic"), d, "yes", NULL);
  assert_string_equal(model_info(m).levels->name[0], "false");
  assert_string_equal(model_info(m).levels->name[1], "true");
  model_unref(m);
  frame_unref(d);
}

TEST(a_number_target_makes_a_regression) {
  Frame *d = of(AGE, FARE, HEIGHT);
  Model *m = model_of(alone("linear"), d, "height", NULL);
  ModelInfo i = model_info(m);
  assert_int_equal(i.task, TASK_REGRESSION);
  assert_int_equal(i.positive, -1);
  assert_int_equal(i.nrow, 7);
  assert_string_equal(i.notes->name[0], "1 row without a target was left out"); // NaN is no value either
  Frame *p = predict(m, d);
  assert_columns(p, "pred");
  assert_near(col_f64(help_col(p, "pred"), 3), 4.5, 1e-12); // height is age / 10 + 0.5
  frame_unref(p);
  model_unref(m);
  frame_unref(d);
}

TEST(rows_without_a_target_are_left_out_and_counted) {
  Frame *d = of(AGE, FARE, BOAT);
  Model *m = model_of(alone("baseline"), d, "boat", NULL);
  assert_int_equal(model_info(m).nrow, 6);
  assert_string_equal(model_info(m).notes->name[0], "2 rows without a target were left out");
  Frame *p = predict(m, d); // all 8
  assert_int_equal(frame_nrow(p), 8);
  assert_near(col_f64(help_col(p, "p_no"), 0), 0.5, 0);
  frame_unref(p);
  model_unref(m);
  frame_unref(d);
}

TEST(a_target_of_the_wrong_kind_says_which_model_fits) {
  Frame *d = ship(), *dates = of(AGE, FARE, WHEN), *h = of(AGE, FARE, HEIGHT);
  refuse(alone("linear"), d, "alive", NULL, ERR_TYPE,
         "target 'alive' is a category with 2 levels: ml.linear needs numbers; use ml.logistic{}");
  refuse(alone("logistic"), h, "height", NULL, ERR_TYPE,
         "target 'height' has fractions: ml.logistic needs classes; use ml.linear{}");
  refuse(alone("linear"), dates, "when", NULL, ERR_TYPE, "target 'when' is a date: models predict numbers and classes");
  frame_unref(d);
  frame_unref(dates);
  frame_unref(h);
}

TEST(a_number_with_many_values_is_no_class) {
  Frame *d = frame_new(30);
  Column *x, *y;
  assert_int_equal(column_new(NULL, COL_I64, 30, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, 30, NULL, &y, NULL), OK);
  for (int i = 0; i < 30; i++) x->i[i] = i % 7, y->i[i] = i;
  assert_int_equal(frame_add(d, "x", x, NULL), OK);
  assert_int_equal(frame_add(d, "y", y, NULL), OK);
  refuse(alone("logistic"), d, "y", NULL, ERR_TYPE, "target 'y' has 30 different values: ml.logistic needs classes");
  frame_unref(d);
}

TEST(one_class_and_no_target_at_all_are_refused) {
  HelpCol same = {"same", COL_CAT, {"x", "x", "x", "x", "x", "x", "x", "x"}}, gone = {"gone", COL_CAT, {NULL}};
  Frame *d = of(AGE, same, gone), *none;
  refuse(alone("logistic"), d, "same", NULL, ERR_ARG, "target 'same' is 'x' in all 8 rows");
  refuse(alone("logistic"), d, "gone", NULL, ERR_ARG, "target 'gone' is missing in all rows");
  refuse(alone("logistic"), d, NULL, NULL, ERR_ARG, "needs the name of its target");
  refuse(alone("logistic"), d, "sane", NULL, ERR_NAME, "target: no column 'sane': did you mean 'same'?");
  assert_int_equal(frame_slice(NULL, d, 0, 0, &none, NULL), OK);
  refuse(alone("logistic"), none, "same", NULL, ERR_ARG, "the frame has no rows to learn from");
  frame_unref(none);
  frame_unref(d);
}

TEST(words_that_nearly_all_differ_are_no_classes) {
  Frame *d = frame_new(24);
  Column *x, *y;
  TextBuilder b;
  textb_init(&b, NULL);
  assert_int_equal(column_new(NULL, COL_I64, 24, NULL, &x, NULL), OK);
  for (int i = 0; i < 24; i++) {
    char word[16];
    snprintf(word, sizeof word, "w%d", i);
    x->i[i] = i;
    assert_int_equal(textb_add(&b, sv(word), NULL), OK);
  }
  assert_int_equal(textb_take(&b, &y, NULL), OK);
  textb_fini(&b);
  assert_int_equal(frame_add(d, "x", x, NULL), OK);
  assert_int_equal(frame_add(d, "name", y, NULL), OK);
  refuse(alone("logistic"), d, "name", NULL, ERR_ARG, "target 'name' has 24 different values in 24 rows");
  frame_unref(d);
}

// ---- features, weights, positive ----------------------------------------------------------------------------------
TEST(features_can_be_chosen) {
  Frame *d = ship();
  const char *two[] = {"fare", "age"}, *wrong[] = {"far"}, *self[] = {"alive"}, *twice[] = {"age", "age"};
  FitOpts o = {.features = {two, 2}};
  Model *m = model_of(alone("logistic"), d, "alive", &o);
  assert_int_equal(model_info(m).features->n, 2);
  assert_string_equal(model_info(m).terms->name[0], "fare");
  model_unref(m);
  o.features = (Names){wrong, 1};
  refuse(alone("logistic"), d, "alive", &o, ERR_NAME, "features: no column 'far': did you mean 'fare'?");
  o.features = (Names){self, 1};
  refuse(alone("logistic"), d, "alive", &o, ERR_ARG, "features: 'alive' is the target");
  o.features = (Names){twice, 2};
  refuse(alone("logistic"), d, "alive", &o, ERR_ARG, "features: 'age' is there twice");
  frame_unref(d);
}

TEST(raw_words_print_the_pipe_that_mends_them) {
  Frame *d = ship();
  refuse(alone("logistic"), d, "alive", NULL, ERR_TYPE, "p = pipe{prep.onehot{}, prep.standard{}, ml.logistic{}}");
  Model *m = model_of(alone("baseline"), d, "alive", NULL); // looks at no feature
  model_unref(m);
  frame_unref(d);
}

TEST(weights_are_left_out_of_the_features_and_checked) {
  HelpCol w = {"w", COL_I64, {"1", "2", "1", "2", "1", "2", "1", "2"}}, zero = w, text = w, hole = w;
  zero.cell[3] = "0", hole.cell[2] = NULL, text.type = COL_CAT;
  HelpCol bad[] = {zero, hole, text};
  const char *part[] = {"weight 'w' is 0 in row 4", "weight 'w' is missing in row 3", "weight 'w' is category"};
  FitOpts o = {.weight = "w"}, none = {.weight = "ww"}, self = {.weight = "alive"};
  Frame *d = of(AGE, w, ALIVE);
  Model *m = model_of(alone("logistic"), d, "alive", &o);
  assert_int_equal(model_info(m).features->n, 1);
  model_unref(m);
  refuse(alone("logistic"), d, "alive", &none, ERR_NAME, "weight: no column 'ww'");
  refuse(alone("logistic"), d, "alive", &self, ERR_ARG, "'alive' cannot be the target and the weight");
  frame_unref(d);
  for (int k = 0; k < 3; k++) {
    d = of(AGE, bad[k], ALIVE);
    refuse(alone("logistic"), d, "alive", &o, k < 2 ? ERR_ARG : ERR_TYPE, part[k]);
    frame_unref(d);
  }
}

TEST(the_positive_class_can_be_named) {
  Frame *d = of(AGE, FARE, ALIVE), *h = of(AGE, FARE, HEIGHT);
  FitOpts o = {.positive = "no"}, wrong = {.positive = "noo"};
  Model *m = model_of(alone("logistic"), d, "alive", &o), *all, *none;
  assert_int_equal(model_info(m).positive, 0);
  assert_int_equal(model_threshold(m, 0, &all, NULL), OK);
  assert_int_equal(model_threshold(m, 1, &none, NULL), OK);
  assert_true(model_info(all).threshold == 0);
  Frame *p = predict(all, d), *q = predict(none, d);
  assert_cells(p, "pred", "no,no,no,no,no,no,no,no"); // p >= 0 always, p >= 1 never
  assert_cells(q, "pred", "yes,yes,yes,yes,yes,yes,yes,yes");
  frame_unref(p);
  frame_unref(q);
  model_unref(none);
  model_unref(all);
  model_unref(m);
  refuse(alone("logistic"), d, "alive", &wrong, ERR_NAME, "target 'alive' has no class 'noo': did you mean 'no'?");
  refuse(alone("linear"), h, "height", &o, ERR_ARG, "positive: target 'height' is a number");
  frame_unref(h);
  frame_unref(d);
}

TEST(a_threshold_needs_two_classes_and_a_share) {
  Frame *d = of(AGE, FARE, ALIVE), *h = of(AGE, FARE, HEIGHT);
  Err err;
  Model *m = model_of(alone("logistic"), d, "alive", NULL), *r = model_of(alone("linear"), h, "height", NULL), *out;
  assert_int_equal(model_threshold(m, 1.5, &out, &err), ERR_ARG);
  assert_has(err.msg, "threshold must be a number from 0 to 1, 1.5 was given");
  assert_int_equal(model_threshold(r, 0.5, &out, &err), ERR_ARG);
  assert_has(err.msg, "a threshold needs two classes; this is a regression");
  model_unref(m);
  model_unref(r);
  frame_unref(h);
  frame_unref(d);
}

// ---- predict ------------------------------------------------------------------------------------------------------
TEST(columns_are_matched_by_name_and_kind) {
  HelpCol years = AGE, dear = FARE, words = AGE, empty = AGE;
  years.type = COL_F64;
  dear.name = "price";
  words.type = COL_CAT;
  for (int i = 0; i < 8; i++) empty.cell[i] = NULL;
  Frame *d = of(AGE, FARE, ALIVE), *turned = of(WHEN, FARE, years), *gone = of(AGE, dear, ALIVE);
  Frame *text = of(words, FARE, ALIVE), *hole = of(empty, FARE, ALIVE), *bare = frame_new(8), *p, *q;
  Err err;
  Model *m = model_of(alone("logistic"), d, "alive", NULL);
  p = predict(m, d), q = predict(m, turned); // another order, a column more, real for int
  assert_same_frame(p, q);
  assert_true(frame_caption(p) == NULL); // the target is known
  assert_string_equal(frame_caption(q), "! 1 column that the model does not know is left out: when");
  frame_unref(p);
  frame_unref(q);
  assert_int_equal(model_predict(NULL, m, gone, &p, &err), ERR_NAME);
  assert_has(err.msg, "the model was fitted on a column 'fare', which these data do not have");
  assert_int_equal(model_predict(NULL, m, bare, &p, &err), ERR_NAME);
  assert_has(err.msg, "the model was fitted on a column 'age', which these data do not have; nor do they have 'fare'");
  assert_int_equal(model_predict(NULL, m, text, &p, &err), ERR_TYPE);
  assert_has(err.msg, "column 'age' was int in training and is category here: cast it first, "
                      "d:cast{[\"age\"]=\"int\"}");
  assert_int_equal(model_predict(NULL, m, hole, &p, &err), ERR_ARG);
  assert_has(err.msg, "column 'age' has 8 missing values");
  model_unref(m);
  Frame *all[] = {d, turned, gone, text, hole, bare};
  for (int k = 0; k < 6; k++) frame_unref(all[k]);
}

TEST(steps_alone_transform_and_do_not_predict) {
  Frame *d = ship(), *z, *p;
  Err err;
  Model *m = model_of(pipe_to(NULL), d, NULL, NULL);
  assert_int_equal(model_transform(NULL, m, d, &z, &err), OK);
  assert_int_equal(frame_find(z, sv("alive")) >= 0 || frame_find(z, sv("alive_yes")) >= 0, true);
  frame_unref(z);
  assert_int_equal(model_predict(NULL, m, d, &p, &err), ERR_ARG);
  assert_has(err.msg, "a pipeline of steps alone predicts nothing");
  model_unref(m);
  m = model_of(pipe_to(NULL), d, "alive", NULL); // with a target, which no step sees as a column
  assert_int_equal(model_transform(NULL, m, d, &z, &err), OK);
  assert_int_equal(frame_find(z, sv("alive_yes")), -1);
  frame_unref(z);
  model_unref(m);
  frame_unref(d);
}

TEST(steps_learn_from_the_training_rows_alone) {
  Frame *d = of(AGE, FARE, HEIGHT), *head, *z;
  Err err;
  Model *m;
  assert_int_equal(frame_slice(NULL, d, 0, 3, &head, NULL), OK);
  m = model_of(pipe_to("linear"), head, "height", NULL);
  assert_int_equal(model_transform(NULL, m, d, &z, &err), OK);
  assert_near(col_f64(help_col(z, "age"), 7), 6 / sqrt(2.0 / 3), 1e-12); // (80 - 20) / 10 sqrt(2/3): of rows 1 to 3
  frame_unref(z);
  frame_unref(head);
  model_unref(m);
  frame_unref(d);
}

TEST(scores_are_values_or_probabilities) {
  Frame *d = of(AGE, FARE, ALIVE);
  double *s;
  Model *m = model_of(alone("logistic"), d, "alive", NULL);
  assert_int_equal(model_scores(NULL, m, d, &s, NULL), OK);
  Frame *p = predict(m, d);
  for (int i = 0; i < 8; i++) assert_true(s[8 + i] == col_f64(help_col(p, "p_yes"), i));
  frame_unref(p);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
}

// ---- card ---------------------------------------------------------------------------------------------------------
TEST(the_card_says_what_was_fitted_on_what) {
  Frame *d = of(AGE, FARE, ALIVE), *b = of(AGE, FARE, BOAT), *card;
  FitOpts o = {.seed = 7};
  char want[200], hash[65];
  Model *m = model_of(alone("logistic"), d, "alive", &o);
  assert_int_equal(model_card(NULL, m, &card, NULL), OK);
  assert_columns(card, "term,estimate");
  assert_cells(card, "term", "(intercept),age,fare");
  frame_hash(d, hash);
  snprintf(want, sizeof want, ", seed 7, data %.6s..%s", hash, hash + 62);
  assert_has(frame_caption(card), "logistic for alive = yes (4 no, 4 yes), 8 rows, 2 terms\nl2=1, converged in ");
  assert_has(frame_caption(card), want);
  assert_null(strchr(frame_caption(card), '!'));
  frame_unref(card);
  model_unref(m);
  m = model_of(alone("logistic"), b, "boat", NULL);
  assert_int_equal(model_card(NULL, m, &card, NULL), OK);
  assert_has(frame_caption(card), "\n! 2 rows without a target were left out");
  frame_unref(card);
  model_unref(m);
  frame_unref(b);
  frame_unref(d);
}

RUN(CASE(a_learner_prints_as_lua_would_write_it), CASE(a_category_target_makes_classes_and_probabilities),
    CASE(classes_that_are_numbers_are_sorted_by_value), CASE(the_levels_of_a_bool_are_false_and_true),
    CASE(a_number_target_makes_a_regression), CASE(rows_without_a_target_are_left_out_and_counted),
    CASE(a_target_of_the_wrong_kind_says_which_model_fits), CASE(a_number_with_many_values_is_no_class),
    CASE(one_class_and_no_target_at_all_are_refused), CASE(words_that_nearly_all_differ_are_no_classes),
    CASE(features_can_be_chosen), CASE(raw_words_print_the_pipe_that_mends_them),
    CASE(weights_are_left_out_of_the_features_and_checked), CASE(the_positive_class_can_be_named),
    CASE(a_threshold_needs_two_classes_and_a_share), CASE(columns_are_matched_by_name_and_kind),
    CASE(steps_alone_transform_and_do_not_predict), CASE(steps_learn_from_the_training_rows_alone),
    CASE(scores_are_values_or_probabilities), CASE(the_card_says_what_was_fitted_on_what))
