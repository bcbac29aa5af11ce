// Models of XGBoost 1.7.4, read and written. Expected predictions are its own (tests/golden/make/xgboost_models.py);
// what it predicts with the files that are written here was compared with the same version by hand, to 2e-7.
#include "unit/model/xgboost_help.h"

static void assert_predicts(const Model *m, const Frame *d, const char *column, const char *of) {
  Frame *p, *want = xgb_table("pred");
  Err err;
  if (model_predict(NULL, m, d, &p, &err) != OK) fail_msg("%s", err.msg);
  for (int64_t i = 0; i < frame_nrow(d); i++) assert_near(xgb_cell(p, column, i), xgb_cell(want, of, i), 1e-6);
  frame_unref(p);
  frame_unref(want);
}

static void check_model(const char *name, const char *column) {
  Frame *d = xgb_table("data");
  Model *m = xgb_model(name, d);
  assert_predicts(m, d, column, name);
  model_unref(m);
  frame_unref(d);
}

TEST(a_logistic_model_predicts_what_xgboost_predicts) { check_model("logistic", "p_1"); }
TEST(a_regression_predicts_what_xgboost_predicts) { check_model("squared", "pred"); }
TEST(counts_come_through_the_exponential) { check_model("poisson", "pred"); }
TEST(trees_that_dart_weighs_are_weighed) { check_model("dart", "p_1"); }
TEST(a_hinge_model_says_zero_or_one) { check_model("hinge", "p_1"); }

TEST(each_class_has_its_sum) {
  Frame *d = xgb_table("data");
  Model *m = xgb_model("softprob", d);
  assert_predicts(m, d, "p_0", "softprob0");
  assert_predicts(m, d, "p_1", "softprob1");
  assert_predicts(m, d, "p_2", "softprob2");
  model_unref(m);
  frame_unref(d);
}

// The words of d.c are w00, w01 ... w39: their numbers stand in the names.
static Frame *with_numbers(const Frame *d) {
  Frame *f = frame_new(frame_nrow(d));
  for (int j = 0; j < frame_ncol(d); j++) {
    const Column *c = frame_at(d, j);
    Column *made = column_ref(c);
    if (col_is_text(c)) {
      column_unref(made);
      assert_int_equal(column_new(NULL, COL_I64, c->n, NULL, &made, NULL), OK);
      for (int64_t i = 0; i < c->n; i++) {
        if (!col_valid(c, i)) assert_int_equal(column_set_missing(made, i, NULL), OK);
        else assert_true(parse_i64(col_text(c, i).s + 1, 2, &made->i[i]));
      }
    }
    assert_int_equal(frame_add(f, frame_name(d, j), made, NULL), OK);
  }
  return f;
}

TEST(without_words_a_column_holds_the_numbers_of_categories) {
  Frame *d = xgb_table("data"), *numbers = with_numbers(d);
  Model *m = xgb_model("logistic", NULL);
  assert_has(model_info(m).notes->name[0], "column 'c' holds the numbers of categories, from 0");
  assert_predicts(m, numbers, "p_1", "logistic");
  model_unref(m);
  frame_unref(numbers);
  frame_unref(d);
}

// XGBoost sends a category that no split names to the left; below 0 it is missing.
TEST(categories_beyond_the_last_go_left) {
  Model *m = xgb_model("logistic", NULL);
  Sums s;
  m->fit->state.data ? (void)learner_type(m->fit->learner, NULL)->sums(&m->fit->state, &s) : fail();
  for (int64_t i = 0; i < s.trees.nnode; i++) {
    const TreeNode *n = &s.trees.node[i];
    if (n->feature == NODE_LEAF || !(n->flags & NODE_WORDS)) continue;
    assert_int_equal(node_next(&s.trees, n, 1000), n->left);
    assert_int_equal(node_next(&s.trees, n, -1), node_next(&s.trees, n, (double)NAN));
  }
  model_unref(m);
}

static void check_again(const char *name, const char *column, const char *of) {
  Frame *d = xgb_table("data");
  Model *m = xgb_model(name, d);
  Str text = {0};
  assert_int_equal(exchange_write(NULL, m, EXCHANGE_XGBOOST, &text, NULL), OK);
  Model *again = xgb_read((Sv){str_c(&text), text.n}, NULL); // the words are in the file
  assert_predicts(again, d, column, of);
  str_fini(&text);
  assert_int_equal(model_save(m, &text, NULL), OK);
  model_unref(again);
  assert_int_equal(model_load((Sv){str_c(&text), text.n}, &again, NULL), OK);
  assert_predicts(again, d, column, of);
  str_fini(&text);
  model_unref(again);
  model_unref(m);
  frame_unref(d);
}

TEST(what_was_read_can_be_written_and_read_again) {
  check_again("logistic", "p_1", "logistic");
  check_again("squared", "pred", "squared");
  check_again("poisson", "pred", "poisson");
  check_again("dart", "p_1", "dart");
  check_again("softprob", "p_2", "softprob2");
}

// ---- what is told -------------------------------------------------------------------------------------------------
TEST(the_model_has_a_task_classes_and_columns) {
  Model *m = xgb_model("softprob", NULL);
  ModelInfo i = model_info(m);
  assert_int_equal(i.task, TASK_CLASSIFICATION);
  assert_int_equal(i.levels->n, 3);
  assert_string_equal(i.levels->name[2], "2");
  assert_string_equal(i.target, "y");
  assert_string_equal(i.features->name[3], "d");
  assert_int_equal(i.iterations, 5);
  Frame *card;
  assert_int_equal(model_card(NULL, m, &card, NULL), OK);
  assert_has(frame_caption(card), "multi:softprob, 15 trees");
  assert_has(frame_caption(card), "XGBoost 1.7.4");
  double total = 0;
  for (int64_t k = 0; k < 4; k++) total += xgb_cell(card, "importance", k);
  assert_near(total, 1, 1e-12);
  frame_unref(card);
  model_unref(m);
}

TEST(classes_and_target_may_be_named) {
  Str text = {0};
  Model *m;
  Err err;
  const char *name[] = {"no", "yes"};
  ExchangeOpts opts = {.target = "sick", .classes = {name, 2}};
  xgb_text("logistic", &text);
  assert_int_equal(exchange_read((Sv){text.s, text.n}, &opts, &m, &err), OK);
  assert_string_equal(model_info(m).target, "sick");
  assert_string_equal(model_info(m).levels->name[1], "yes");
  model_unref(m);
  opts.classes.n = 1;
  assert_int_equal(exchange_read((Sv){text.s, text.n}, &opts, &m, &err), ERR_ARG);
  assert_string_equal(err.msg, "classes: 1 were given, the model has 2");
  name[1] = "no", opts.classes.n = 2;
  assert_int_equal(exchange_read((Sv){text.s, text.n}, &opts, &m, &err), ERR_ARG);
  assert_has(err.msg, "'no' is there twice");
  str_fini(&text);
}

// ---- what is refused ----------------------------------------------------------------------------------------------
static void refused(const char *name, const char *from, const char *to, const char *why) {
  Str text = {0}, changed = {0};
  Model *m;
  Err err = {0};
  xgb_text(name, &text);
  const char *at = strstr(str_c(&text), from);
  assert_non_null(at);
  str_addn(&changed, text.s, (size_t)(at - text.s));
  str_add(&changed, to);
  str_add(&changed, at + strlen(from));
  assert_int_equal(exchange_read((Sv){changed.s, changed.n}, NULL, &m, &err), ERR_PARSE);
  assert_has(err.msg, why);
  str_fini(&text);
  str_fini(&changed);
}

TEST(altered_files_are_refused_with_the_place) {
  refused("squared", "\"left_children\":[1,", "\"left_children\":[0,", "two ways lead to node 0");
  refused("squared", "\"left_children\":[1,", "\"left_children\":[99,", "node 0 has the children 99");
  refused("squared", "\"left_children\":[1,", "\"left_children\":[", "the arrays of a tree have different lengths");
  refused("squared", "\"left_children\"", "\"left_childern\"", "a tree has no 'left_children'");
  refused("squared", "reg:squarederror", "reg:squarederorr", "the objective 'reg:squarederorr' is not known");
  refused("squared", "\"num_feature\":\"4\",\"num_target\"", "\"num_feature\":\"3\",\"num_target\"",
          "4 names and 4 types of 3 columns");
  refused("squared", "\"gbtree\"", "\"gblinear\"", "the booster 'gblinear' has no trees");
  refused("softprob", "\"tree_info\":[0,1", "\"tree_info\":[0,7", "'tree_info' names a class that there is not");
  refused("logistic", "\"categories_sizes\":[", "\"categories_sizes\":[100", "a list of categories that is not there");
  refused("logistic", "\"base_score\":\"3E-1\"", "\"base_score\":\"3\"", "base_score is out of the range");
  refused("logistic", "\"base_score\":\"3E-1\"", "\"base_score\":\"x\"", "line 1, column");
  refused("dart", "{\"learner\"", "{\"lerner\"", "there is no 'learner'");
}

TEST(cut_off_files_are_refused_wherever_they_end) {
  Str text = {0};
  Model *m;
  xgb_text("logistic", &text);
  for (size_t n = 0; n + 1 < text.n; n += 7) {
    Err err = {0};
    assert_int_equal(exchange_read((Sv){text.s, n}, NULL, &m, &err), ERR_PARSE);
    assert_true(strlen(err.msg) > 10);
  }
  str_fini(&text);
}

TEST(models_that_are_no_sums_of_trees_are_not_written) {
  Err err;
  Model *m;
  Str out = {0};
  Learner *l = learner_new(NULL, 0, model_find(sv("baseline")), NULL);
  Frame *d = xgb_table("data");
  assert_int_equal(model_fit(NULL, l, d, "d", NULL, &m, NULL), OK);
  assert_int_equal(exchange_write(NULL, m, EXCHANGE_XGBOOST, &out, &err), ERR_ARG);
  assert_has(err.msg, "this is ml.baseline");
  str_fini(&out);
  model_unref(m);
  learner_unref(l);
  frame_unref(d);
}

RUN(CASE(a_logistic_model_predicts_what_xgboost_predicts), CASE(a_regression_predicts_what_xgboost_predicts),
    CASE(counts_come_through_the_exponential), CASE(trees_that_dart_weighs_are_weighed),
    CASE(a_hinge_model_says_zero_or_one), CASE(each_class_has_its_sum),
    CASE(without_words_a_column_holds_the_numbers_of_categories), CASE(categories_beyond_the_last_go_left),
    CASE(what_was_read_can_be_written_and_read_again), CASE(the_model_has_a_task_classes_and_columns),
    CASE(classes_and_target_may_be_named), CASE(altered_files_are_refused_with_the_place),
    CASE(cut_off_files_are_refused_wherever_they_end), CASE(models_that_are_no_sums_of_trees_are_not_written))
