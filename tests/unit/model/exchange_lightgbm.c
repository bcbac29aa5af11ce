// LightGBM's text, read and written. No LightGBM was at hand: the file below is written after the documentation of the
// format, and its predictions are worked by hand.
#include "unit/model/xgboost_help.h"
#include "unit/prep/prep_help.h"

// Tree 0: a <= 1.5 (NaN left) ? (c in {0, 33} ? 0.5 : -0.25) : 1; tree 1: b <= -2 (no NaN expected) ? 0.125 : 2.
static const char TEXT[] =
    "tree\nversion=v3\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=2\n"
    "objective=binary sigmoid:1\nfeature_names=a b c\nfeature_infos=[0:9] [-5:5] 0:1:33:34\ntree_sizes=400 300\n\n"
    "Tree=0\nnum_leaves=3\nnum_cat=1\nsplit_feature=0 2\nsplit_gain=10 5\nthreshold=1.5 0\ndecision_type=10 9\n"
    "left_child=1 -1\nright_child=-3 -2\nleaf_value=0.5 -0.25 1\nleaf_weight=1 2 3\nleaf_count=4 8 12\n"
    "internal_value=0 0\ninternal_weight=6 3\ninternal_count=24 12\ncat_boundaries=0 2\ncat_threshold=1 2\n"
    "is_linear=0\nshrinkage=0.1\n\n\n"
    "Tree=1\nnum_leaves=2\nnum_cat=0\nsplit_feature=1\nsplit_gain=3\nthreshold=-2\ndecision_type=0\nleft_child=-1\n"
    "right_child=-2\nleaf_value=0.125 2\nleaf_weight=3 3\nleaf_count=12 12\ninternal_value=0\ninternal_weight=6\n"
    "internal_count=24\nis_linear=0\nshrinkage=0.1\n\n\nend of trees\n\nfeature_importances:\na=1\n\nparameters:\n"
    "[boosting: gbdt]\nend of parameters\n\npandas_categorical:null\n";

enum { ROWS = 7 };
static Frame *rows(void) {
  return HELP_FRAME(ROWS, {"a", COL_F64, {"1.5", "1.6", "0", NULL, "1", "1", "1"}},
                    {"b", COL_F64, {"0", "-2", "-1.9", NULL, "-3", "0", "0"}},
                    {"c", COL_F64, {"0", "0", "33", "1", "64", "500", NULL}});
}

// b missing counts as 0: right. c = 64, 500 and missing are not in the set: right.
static const double SUM[ROWS] = {0.5 + 2, 1 + 0.125, 0.5 + 2, -0.25 + 2, -0.25 + 0.125, -0.25 + 2, -0.25 + 2};

static void assert_sums(const Model *m) {
  Frame *d = rows(), *p;
  Err err;
  if (model_predict(NULL, m, d, &p, &err) != OK) fail_msg("%s", err.msg);
  for (int i = 0; i < ROWS; i++) assert_near(xgb_cell(p, "p_1", i), 1 / (1 + exp(-SUM[i])), 1e-14);
  frame_unref(d);
  frame_unref(p);
}

TEST(a_file_predicts_what_its_trees_say) {
  Model *m = xgb_read(sv(TEXT), NULL);
  assert_sums(m);
  assert_has(model_info(m).notes->name[model_info(m).notes->n - 1], "LightGBM, format v3");
  model_unref(m);
}

TEST(what_was_read_can_be_written_and_read_again) {
  Str text = {0};
  Model *m = xgb_read(sv(TEXT), NULL);
  assert_int_equal(exchange_write(NULL, m, EXCHANGE_LIGHTGBM, &text, NULL), OK);
  Model *again = xgb_read((Sv){text.s, text.n}, NULL);
  assert_sums(again);
  assert_has(str_c(&text), "objective=binary sigmoid:1\nfeature_names=a b c\n");
  str_fini(&text);
  model_unref(again);
  model_unref(m);
}

// Every double goes the same way, although XGBoost compares floats and LightGBM doubles.
TEST(models_of_xgboost_give_the_same_bits_as_text) {
  static const char *const NAME[] = {"logistic", "squared", "poisson", "softprob", "dart"};
  for (int k = 0; k < 5; k++) {
    Frame *d = xgb_table("data");
    Model *m = xgb_model(NAME[k], d);
    Str text = {0};
    assert_int_equal(exchange_write(NULL, m, EXCHANGE_LIGHTGBM, &text, NULL), OK);
    Model *again = xgb_read((Sv){text.s, text.n}, NULL);
    double *a, *b;
    int64_t n = frame_nrow(d) * (model_info(m).levels->n ? model_info(m).levels->n : 1);
    assert_int_equal(model_scores(NULL, m, d, &a, NULL), OK);
    assert_int_equal(model_scores(NULL, again, d, &b, NULL), OK);
    for (int64_t i = 0; i < n; i++) assert_near(b[i], a[i], 1e-14);
    mem_free(a);
    mem_free(b);
    str_fini(&text);
    model_unref(again);
    model_unref(m);
    frame_unref(d);
  }
}

static void refused(const char *from, const char *to, const char *why) {
  Str text = {0};
  Model *m;
  Err err = {0};
  const char *at = strstr(TEXT, from);
  assert_non_null(at);
  str_addn(&text, TEXT, (size_t)(at - TEXT));
  str_add(&text, to);
  str_add(&text, at + strlen(from));
  assert_int_equal(exchange_read((Sv){text.s, text.n}, NULL, &m, &err), ERR_PARSE);
  assert_has(err.msg, why);
  str_fini(&text);
}

TEST(altered_files_are_refused_with_the_line) {
  refused("left_child=1 -1", "left_child=0 -1", "two ways lead to node 0");
  refused("left_child=1 -1", "left_child=1 -9", "node 1 has the children");
  refused("left_child=1 -1", "left_child=1", "another length than num_leaves says: left_child");
  refused("split_feature=0 2", "split_feature=0 7", "categories that are not there");
  refused("leaf_value=0.5 -0.25 1", "leaf_value=0.5 x 1", "line 21: no number: x");
  refused("leaf_value=0.5 -0.25 1", "leaf_value=0.5 nan 1", "not finite");
  refused("objective=binary", "objective=binari", "the objective is not known: binari");
  refused("cat_boundaries=0 2", "cat_boundaries=0 9", "categories that are not there");
  refused("end of trees", "", "there is no 'end of trees'");
  refused("decision_type=0\n", "decision_type=6\n", "zeros as missing values");
  refused("is_linear=0", "is_linear=1", "linear models");
}

TEST(cut_off_files_are_refused_wherever_they_end) {
  for (size_t n = 5; n < (size_t)(strstr(TEXT, "end of trees") - TEXT) + 12; n += 3) {
    Model *m;
    Err err = {0};
    assert_int_equal(exchange_read((Sv){TEXT, n}, NULL, &m, &err), ERR_PARSE);
    assert_true(strlen(err.msg) > 10);
  }
}

RUN(CASE(a_file_predicts_what_its_trees_say), CASE(what_was_read_can_be_written_and_read_again),
    CASE(models_of_xgboost_give_the_same_bits_as_text), CASE(altered_files_are_refused_with_the_line),
    CASE(cut_off_files_are_refused_wherever_they_end))
