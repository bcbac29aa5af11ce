// Going on with a boosted model: against a fit of all rounds at once, which is another way to the same trees, and the
// refusals of data and models that do not fit. Messages are worked by hand.
#include "unit/model/boost_help.h"

#include "model/exchange.h"
#include "model/training.h"

static Str saved(const Model *m) {
  Str s = {0};
  assert_int_equal(model_save(m, &s, NULL), OK);
  return s;
}

static Model *go_on(const Model *m, Job *job, const Frame *d, int64_t rounds, const Frame *valid) {
  Model *out;
  Err err;
  if (model_continue(job, m, d, rounds, valid, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

static Frame *titanic(void) {
  Frame *all = help_data("titanic"), *d;
  const char *gone = "name";
  Names names = {&gone, 1};
  assert_int_equal(frame_drop(all, &names, &d, NULL), OK);
  frame_unref(all);
  return d;
}

// The saved text holds recipe, trees, curve, notes and the hash of the data: all of it is the same.
static void check_halves(Run *r, const Frame *d, const char *target, const Frame *valid) {
  r->fit.valid = valid;
  put(r, "rounds", 50);
  Model *half = fit(r, d, target), *whole = go_on(half, r->job, d, 50, valid);
  put(r, "rounds", 100);
  Model *once = fit(r, d, target);
  Str a = saved(whole), b = saved(once);
  assert_string_equal(str_c(&a), str_c(&b));
  assert_int_equal(model_info(half).iterations, 50);
  str_fini(&a), str_fini(&b);
  model_unref(half), model_unref(whole), model_unref(once);
  arena_fini(&r->arena);
}

TEST(fifty_rounds_and_fifty_equal_a_hundred) {
  static const char *const GROW[] = {"depth", "leaf", "oblivious"};
  Frame *d = titanic();
  for (int k = 0; k < 3; k++) {
    Run r = run_new();
    put_text(&r, "grow", GROW[k]), put(&r, "max_depth", 4);
    put(&r, "subsample", 0.7), put(&r, "colsample_bynode", 0.5), put(&r, "seed", 3);
    check_halves(&r, d, "survived", NULL);
  }
  frame_unref(d);
}

TEST(classes_and_weights_go_on_as_they_were) {
  Frame *iris = help_data("iris"), *homes = help_data("sacramento_homes");
  Run r = run_new(), q = run_new();
  put(&r, "max_depth", 3), put(&r, "valid", 0.2);
  check_halves(&r, iris, "class", NULL);
  put(&q, "max_depth", 3);
  q.fit.weight = "beds";
  check_halves(&q, homes, "price", NULL);
  frame_unref(iris), frame_unref(homes);
}

TEST(the_curve_of_rows_to_watch_begins_with_the_first_round) {
  Frame *d = noise(400, true), *valid = noise(50, false), *curve;
  Run r = run_new(), q = run_new();
  check_halves(&r, d, "y", valid);
  put(&q, "rounds", 20);
  Model *m = fit(&q, d, "y"), *more = go_on(m, NULL, d, 10, valid);
  assert_int_equal(model_rounds(more, &curve, NULL), OK);
  assert_int_equal(frame_nrow(curve), 30);
  model_unref(m), model_unref(more);
  frame_unref(curve), frame_unref(d), frame_unref(valid);
  arena_fini(&q.arena);
}

TEST(steps_stay_as_they_were_learned) {
  Frame *d = noise(400, false), *part;
  StepSpec step = {prep_find(sv("standard")), NULL};
  Run r = run_new();
  Model *half, *once;
  put(&r, "rounds", 20);
  Learner *l = learner_new(&step, 1, r.type, r.opts);
  assert_int_equal(model_fit(NULL, l, d, "y", NULL, &half, NULL), OK);
  learner_unref(l);
  put(&r, "rounds", 30);
  l = learner_new(&step, 1, r.type, r.opts);
  assert_int_equal(model_fit(NULL, l, d, "y", NULL, &once, NULL), OK);
  learner_unref(l);
  Model *whole = go_on(half, NULL, d, 10, NULL);
  check_same(whole, once, d);
  assert_int_equal(frame_slice(NULL, d, 0, 100, &part, NULL), OK);
  Model *other = go_on(half, NULL, part, 10, NULL);
  Frame *a, *b;
  assert_int_equal(model_transform(NULL, half, d, &a, NULL), OK);
  assert_int_equal(model_transform(NULL, other, d, &b, NULL), OK);
  assert_memory_equal(help_col(a, "x")->f, help_col(b, "x")->f, 400 * sizeof(double));
  assert_int_equal(model_info(other).nrow, 100);
  model_unref(half), model_unref(once), model_unref(whole), model_unref(other);
  frame_unref(a), frame_unref(b), frame_unref(part), frame_unref(d);
  arena_fini(&r.arena);
}

TEST(a_saved_model_goes_on_as_the_one_that_was_saved) {
  Frame *d = noise(300, true);
  Run r = run_new();
  put(&r, "rounds", 10);
  Model *m = fit(&r, d, "y"), *loaded;
  Str text = saved(m);
  assert_int_equal(model_load((Sv){text.s, text.n}, &loaded, NULL), OK);
  Model *a = go_on(m, NULL, d, 5, NULL), *b = go_on(loaded, NULL, d, 5, NULL);
  check_same(a, b, d);
  str_fini(&text);
  model_unref(m), model_unref(loaded), model_unref(a), model_unref(b);
  frame_unref(d);
  arena_fini(&r.arena);
}

TEST(a_threshold_stays) {
  Frame *d = titanic();
  Run r = run_new();
  Model *half, *m;
  put(&r, "rounds", 3);
  m = fit(&r, d, "survived");
  assert_int_equal(model_threshold(m, 0.25, &half, NULL), OK);
  Model *more = go_on(half, NULL, d, 2, NULL);
  assert_near(model_info(more).threshold, 0.25, 0);
  model_unref(m), model_unref(half), model_unref(more);
  frame_unref(d);
  arena_fini(&r.arena);
}

// ---- refusals -----------------------------------------------------------------------------------------------------
static void refuse(const Model *m, const Frame *d, ErrCode code, const char *why) {
  Model *out;
  Err err = {0};
  assert_int_equal(model_continue(NULL, m, d, 5, NULL, &out, &err), code);
  assert_has(err.msg, why);
}

TEST(data_of_another_kind_are_refused) {
  static const double X[] = {1, 2, 3, 4}, WORD[] = {0, 1, 2, 2};
  Frame *d = noise(40, false), *other = frame_new(4), *words = frame_new(4), *values = frame_new(4);
  Run r = run_new();
  put(&r, "rounds", 2);
  Model *m = fit(&r, d, "y");
  add_reals(other, "z", X), add_reals(other, "y", X);
  refuse(m, other, ERR_NAME, "continue: the model was fitted on a column 'x', which these data do not have");
  add_words(words, "x", WORD), add_reals(words, "y", X);
  refuse(m, words, ERR_TYPE, "continue: column 'x' was real in training and is category here");
  add_reals(values, "x", X), add_words(values, "y", WORD);
  refuse(m, values, ERR_TYPE, "continue: target 'y' is category here and a number in training");
  model_unref(m);
  frame_unref(d), frame_unref(other), frame_unref(words), frame_unref(values);
  arena_fini(&r.arena);
}

TEST(another_target_and_other_classes_are_refused) {
  static const double X[] = {1, 2, 3, 4}, TWO[] = {0, 1, 0, 1}, THREE[] = {0, 1, 2, 2}, W[] = {1, 1, 0, 1};
  Frame *d = frame_new(4), *bare = frame_new(4), *more = frame_new(4), *light = frame_new(4);
  Run r = run_new();
  put(&r, "rounds", 2);
  r.fit.weight = "w";
  add_reals(d, "x", X), add_words(d, "y", TWO), add_reals(d, "w", X);
  Model *m = fit(&r, d, "y");
  add_reals(bare, "x", X), add_words(bare, "z", TWO);
  refuse(m, bare, ERR_NAME, "continue: no column 'y'");
  add_reals(more, "x", X), add_words(more, "y", THREE);
  refuse(m, more, ERR_NAME, "continue: target 'y' has no class 'w002'");
  add_reals(light, "x", X), add_words(light, "y", TWO);
  refuse(m, light, ERR_NAME, "weight: no column 'w'");
  add_reals(light, "w", W);
  refuse(m, light, ERR_ARG, "weight 'w' is 0 in row 3: weights are positive numbers; leave such rows out");
  model_unref(m);
  frame_unref(d), frame_unref(bare), frame_unref(more), frame_unref(light);
  arena_fini(&r.arena);
}

TEST(models_that_do_not_learn_in_rounds_are_refused) {
  Frame *d = noise(40, false);
  Run r = run_new(), q = run_of("tree");
  put(&r, "rounds", 2);
  Model *m = fit(&r, d, "y"), *tree = fit(&q, d, "y"), *other, *steps;
  Str json = {0};
  refuse(tree, d, ERR_ARG, "continue: ml.tree does not learn in rounds; ml.boost{} does");
  assert_int_equal(exchange_write(NULL, m, EXCHANGE_XGBOOST, &json, NULL), OK);
  assert_int_equal(exchange_read((Sv){json.s, json.n}, &(ExchangeOpts){0}, &other, NULL), OK);
  refuse(other, d, ERR_ARG, "continue: trees of another program do not say how they were grown");
  StepSpec step = {prep_find(sv("drop_missing")), NULL};
  Learner *l = learner_new(&step, 1, r.type, r.opts);
  assert_int_equal(model_fit(NULL, l, d, "y", NULL, &steps, NULL), OK);
  refuse(steps, d, ERR_ARG, "continue: prep.drop_missing makes other rows or values in training than afterwards");
  learner_unref(l);
  str_fini(&json);
  model_unref(m), model_unref(tree), model_unref(other), model_unref(steps);
  frame_unref(d);
  arena_fini(&r.arena), arena_fini(&q.arena);
}

TEST(a_cancel_leaves_the_model_that_there_was) {
  Frame *d = noise(40, false);
  Job job = {.cancel = true};
  Run r = run_new();
  Model *out;
  put(&r, "rounds", 2);
  Model *m = fit(&r, d, "y");
  assert_int_equal(model_continue(&job, m, d, 5, NULL, &out, NULL), ERR_CANCELLED);
  assert_int_equal(model_info(m).iterations, 2);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}

RUN(CASE(fifty_rounds_and_fifty_equal_a_hundred), CASE(classes_and_weights_go_on_as_they_were),
    CASE(the_curve_of_rows_to_watch_begins_with_the_first_round), CASE(steps_stay_as_they_were_learned),
    CASE(a_saved_model_goes_on_as_the_one_that_was_saved), CASE(a_threshold_stays),
    CASE(data_of_another_kind_are_refused), CASE(another_target_and_other_classes_are_refused),
    CASE(models_that_do_not_learn_in_rounds_are_refused), CASE(a_cancel_leaves_the_model_that_there_was))
