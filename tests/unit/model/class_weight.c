// Classes that weigh more or less. Expected: LogisticRegression(class_weight=...) of scikit-learn 1.2.1
// (tests/golden/sklearn_logistic.h); weights of the little frame by hand.
#include "unit/prep/prep_help.h"

#include "model/model.h"

#include "golden/sklearn_logistic.h"
#include "golden/toy.h"

static Frame *toy_frame(const Toy *d, const double *target) {
  static const char *const NAME[] = {"a", "b", "c", "y", "w"};
  Frame *f = frame_new(TOY_N);
  for (int j = 0; j < 5; j++) {
    Column *c;
    assert_int_equal(column_new(NULL, j == 3 ? COL_I64 : COL_F64, TOY_N, NULL, &c, NULL), OK);
    for (int i = 0; i < TOY_N; i++) {
      if (j == 3) c->i[i] = (int64_t)target[i];
      else if (j == 4) c->f[i] = d->weight[i];
      else c->f[i] = j == 1 ? (d->x[TOY_N + i] - 2500) / 300 : d->x[j * TOY_N + i];
    }
    assert_int_equal(frame_add(f, NAME[j], c, NULL), OK);
  }
  return f;
}

typedef struct Weights {
  const char *name[8];
  int n;
} Weights;

static ErrCode try_fit(const Frame *d, const char *target, const char *weight, Weights given, StepSpec *step,
                       Model **out, Err *err) {
  Arena a = {0};
  const ModelType *t = model_find(sv("logistic"));
  void *opts = arena_alloc(&a, t->opts_size);
  param_defaults(t->params, opts);
  param_set_names(param_find(t->params, sv("class_weight")), opts, (Names){given.name, given.n});
  Learner *l = learner_new(step, step != NULL, t, opts);
  static const char *const FEATURES[] = {"a", "b", "c"};
  FitOpts o = {.weight = weight, .features = {(const char **)(uintptr_t)FEATURES, 3}, .seed = 1};
  *err = (Err){0};
  ErrCode code = model_fit(NULL, l, d, target, &o, out, err);
  learner_unref(l);
  arena_fini(&a);
  return code;
}

static Model *fitted_with(const Frame *d, const char *weight, Weights given) {
  Model *m;
  Err err;
  if (try_fit(d, "y", weight, given, NULL, &m, &err) != OK) fail_msg("%s", err.msg);
  return m;
}

static void assert_estimates(const Model *m, const double *want, int64_t n) {
  Frame *card;
  assert_int_equal(model_card(NULL, m, &card, NULL), OK);
  const Column *c = help_col(card, "estimate");
  assert_int_equal(c->n, n);
  for (int64_t i = 0; i < n; i++) assert_near(c->f[i], want[i], 1e-8 * fmax(1, fabs(want[i])));
  frame_unref(card);
}

#define EXPECT(m, set) assert_estimates(m, set##_EST, (int64_t)(sizeof(set##_EST) / sizeof *(set##_EST)))

TEST(balanced_classes_give_the_coefficients_of_scikit_learn) {
  Toy d;
  toy_make(&d);
  Frame *two = toy_frame(&d, d.two), *three = toy_frame(&d, d.three);
  Model *m = fitted_with(two, NULL, (Weights){{"balanced"}, 1}),
        *m3 = fitted_with(three, "w", (Weights){{"balanced"}, 1});
  EXPECT(m, SK_TWO_BALANCED);
  EXPECT(m3, SK_THREE_BALANCED);
  model_unref(m);
  model_unref(m3);
  frame_unref(three);
  frame_unref(two);
}

TEST(weights_of_named_classes_multiply_those_of_the_rows) {
  Toy d;
  toy_make(&d);
  Frame *two = toy_frame(&d, d.two);
  Model *m = fitted_with(two, "w", (Weights){{"1", "5.5"}, 2}),
        *same = fitted_with(two, "w", (Weights){{"0", "1", "1", "5.5"}, 4});
  EXPECT(m, SK_TWO_CLASSES);
  EXPECT(same, SK_TWO_CLASSES);
  Frame *p;
  assert_int_equal(model_predict(NULL, m, two, &p, NULL), OK);
  for (int i = 0; i < 4; i++) assert_near(help_col(p, "p_1")->f[i], SK_TWO_CLASSES_P[2 * i + 1], 1e-8);
  frame_unref(p);
  model_unref(m);
  model_unref(same);
  frame_unref(two);
}

static Frame *little(void) {
  return HELP_FRAME(8, {"a", COL_F64, {"1", "2", "3", "4", "5", "6", "7", "80"}},
                    {"b", COL_F64, {"1", "0", "2", "0", "1", "0", "1", "0"}},
                    {"c", COL_F64, {"0", "0", "1", "1", "0", "0", "1", "1"}},
                    {"y", COL_CAT, {"no", "no", "no", "no", "no", "yes", "yes", "yes"}},
                    {"v", COL_F64, {"1", "2", "3", "4", "5", "6", "7", "8"}});
}

static void assert_note(const Model *m, const char *part) {
  const Names *notes = model_info(m).notes;
  for (int64_t k = 0; k < notes->n; k++)
    if (strstr(notes->name[k], part)) return;
  fail_msg("no note says %s", part);
}

TEST(the_card_says_what_each_class_weighs) {
  Frame *d = little();
  Model *m = fitted_with(d, NULL, (Weights){{"balanced"}, 1});
  assert_note(m, "classes weigh no 0.8, yes 1.333: probabilities are shifted by that"); // 8 / (2 * 5), 8 / (2 * 3)
  model_unref(m);
  m = fitted_with(d, NULL, (Weights){{"yes", "2.5"}, 2});
  assert_note(m, "classes weigh no 1, yes 2.5");
  model_unref(m);
  frame_unref(d);
}

// The value 80 lies beyond the limits of its column, and its row is of class yes.
TEST(balance_is_that_of_the_rows_behind_the_steps) {
  Frame *d = little();
  Arena a = {0};
  Model *m;
  Err err;
  StepSpec step = {prep_find(sv("outliers")), NULL};
  step.opts = arena_alloc(&a, step.type->opts_size);
  param_defaults(step.type->params, step.opts);
  assert_int_equal(param_set_text(param_find(step.type->params, sv("as")), "", step.opts, "filter", NULL), OK);
  assert_int_equal(try_fit(d, "y", NULL, (Weights){{"balanced"}, 1}, &step, &m, &err), OK);
  assert_note(m, "classes weigh no 0.7, yes 1.75"); // 7 / (2 * 5), 7 / (2 * 2)
  model_unref(m);
  arena_fini(&a);
  frame_unref(d);
}

TEST(a_saved_model_keeps_its_weights_of_classes) {
  Frame *d = little();
  Model *m = fitted_with(d, NULL, (Weights){{"yes", "2.5"}, 2}), *back;
  Str text = {0};
  Arena a = {0};
  assert_int_equal(model_save(m, &text, NULL), OK);
  assert_int_equal(model_load((Sv){text.s, text.n}, &back, NULL), OK);
  assert_string_equal(learner_print(model_info(back).learner, &a), "ml.logistic{class_weight={yes=2.5}}");
  assert_note(back, "classes weigh no 1, yes 2.5");
  arena_fini(&a);
  str_fini(&text);
  model_unref(back);
  model_unref(m);
  frame_unref(d);
}

static void refuse(const Frame *d, Weights given, ErrCode code, const char *part) {
  Model *m;
  Err err;
  assert_int_equal(try_fit(d, "y", NULL, given, NULL, &m, &err), code);
  assert_has(err.msg, part);
}

TEST(what_weighs_nothing_is_refused) {
  Frame *d = little();
  refuse(d, (Weights){{"yse", "2"}, 2}, ERR_NAME, "class_weight: target 'y' has no class 'yse': did you mean 'yes'?");
  refuse(d, (Weights){{"yes", "0"}, 2}, ERR_ARG, "class_weight: '0' of class 'yes' must be a positive number");
  refuse(d, (Weights){{"yes", "inf"}, 2}, ERR_ARG, "must be a positive number");
  refuse(d, (Weights){{"even"}, 1}, ERR_ARG, "it is \"balanced\", or a table such as {yes=5, no=1}; 'even' was given");
  frame_unref(d);
}

// What prep.target, smooth=0, makes of u and v: 1 of 4 and 3 of 4 rows are yes.
static void assert_encoded(const Frame *d, const char *class_weight, const char *weight, double u, double v) {
  Arena a = {0};
  const ModelType *t = model_find(sv("logistic"));
  StepSpec step = {prep_find(sv("target")), NULL};
  void *opts = arena_alloc(&a, t->opts_size);
  step.opts = arena_alloc(&a, step.type->opts_size);
  param_defaults(t->params, opts);
  param_defaults(step.type->params, step.opts);
  assert_int_equal(param_set_text(param_find(step.type->params, sv("smooth")), "test", step.opts, "0", NULL), OK);
  if (class_weight) param_set_names(param_find(t->params, sv("class_weight")), opts, (Names){&class_weight, 1});
  Learner *l = learner_new(&step, 1, t, opts);
  FitOpts o = {.weight = weight, .seed = 1};
  Model *m;
  Frame *z;
  Err err;
  if (model_fit(NULL, l, d, "y", &o, &m, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(model_transform(NULL, m, d, &z, NULL), OK);
  const Column *g = frame_at(z, 0);
  assert_near(g->f[0], u, 1e-15);
  assert_near(g->f[4], v, 1e-15);
  frame_unref(z);
  model_unref(m);
  learner_unref(l);
  arena_fini(&a);
}

// By hand. Steps learn shares of the rows as they are; a column of weights says how many rows a row stands for.
TEST(steps_heed_the_weights_of_rows_and_not_those_of_classes) {
  Frame *d = HELP_FRAME(8, {"g", COL_CAT, {"u", "u", "u", "u", "v", "v", "v", "v"}},
                        {"y", COL_CAT, {"yes", "no", "no", "no", "yes", "yes", "yes", "no"}});
  Frame *w = HELP_FRAME(8, {"g", COL_CAT, {"u", "u", "u", "u", "v", "v", "v", "v"}},
                        {"y", COL_CAT, {"yes", "no", "no", "no", "yes", "yes", "yes", "no"}},
                        {"w", COL_F64, {"3", "1", "1", "1", "1", "1", "1", "2"}});
  assert_encoded(d, NULL, NULL, 0.25, 0.75);
  assert_encoded(d, "balanced", NULL, 0.25, 0.75);
  assert_encoded(w, NULL, "w", 3.0 / 6, 3.0 / 5);
  assert_encoded(w, "balanced", "w", 3.0 / 6, 3.0 / 5);
  frame_unref(w);
  frame_unref(d);
}

RUN(CASE(balanced_classes_give_the_coefficients_of_scikit_learn),
    CASE(weights_of_named_classes_multiply_those_of_the_rows), CASE(the_card_says_what_each_class_weighs),
    CASE(balance_is_that_of_the_rows_behind_the_steps), CASE(a_saved_model_keeps_its_weights_of_classes),
    CASE(what_weighs_nothing_is_refused), CASE(steps_heed_the_weights_of_rows_and_not_those_of_classes))
