// Shapley values of trees. Expected: pred_contribs of XGBoost 1.7.4 (tests/golden/make/xgboost_models.py), and the
// definition itself, by all subsets of the columns, on random trees.
#include "unit/model/xgboost_help.h"
#include "unit/model/trees_help.h"

static void check_model(const char *name) {
  Frame *d = xgb_table("data"), *want = xgb_table("shap");
  Model *m = xgb_model(name, d);
  Features x;
  assert_int_equal(features_open(NULL, &m->fit->design, d, &x, NULL), OK);
  double *phi = calloc((size_t)(5 * x.n), sizeof *phi);
  assert_int_equal(trees_shap(NULL, sums_trees(&m->fit->state), &x, phi, NULL), OK);
  for (int64_t i = 0; i < x.n; i++)
    for (int j = 0; j < 5; j++) {
      char column[40];
      snprintf(column, sizeof column, "%s_%c", name, "abcd+"[j]);
      assert_near(phi[j * x.n + i], xgb_cell(want, column, i), 1e-6);
    }
  free(phi);
  features_close(&x);
  model_unref(m);
  frame_unref(d);
  frame_unref(want);
}

TEST(a_logistic_model_is_explained_as_xgboost_explains_it) { check_model("logistic"); }
TEST(a_regression_is_explained_as_xgboost_explains_it) { check_model("squared"); }

// What a tree gives when the columns in `known` are: the others go down both sides by cover.
static double expected(const Trees *t, int64_t root, int64_t at, const double *row, unsigned known) {
  const TreeNode *n = &t->node[root + at];
  if (n->feature == NODE_LEAF) return t->value[root + at];
  if (known >> n->feature & 1) return expected(t, root, node_next(t, n, row[n->feature]), row, known);
  double a = t->node[root + n->left].cover, b = t->node[root + n->left + 1].cover;
  return (a * expected(t, root, n->left, row, known) + b * expected(t, root, n->left + 1, row, known)) / (a + b);
}

static double shapley(const Trees *t, int64_t root, const double *row, int p, int j) {
  double total = 0;
  for (unsigned s = 0; s < 1u << p; s++) {
    if (s >> j & 1) continue;
    double weight = 1.0 / p; // 1 / (p (p - 1 over |S|))
    for (int k = 0; k < __builtin_popcount(s); k++) weight *= (k + 1.0) / (p - 1 - k);
    total += weight * (expected(t, root, 0, row, s | 1u << j) - expected(t, root, 0, row, s));
  }
  return total;
}

static void check_definition(int64_t depth, int p, double tol) {
  Forest f = forest_new(3, p, 2, depth, 17);
  Table x = table_new(40, p, 5);
  double *phi = calloc((size_t)((p + 1) * x.f.n), sizeof *phi);
  assert_int_equal(trees_shap(NULL, &f.trees, &x.f, phi, NULL), OK);
  for (int64_t i = 0; i < x.f.n; i += 3)
    for (int j = 0; j < p; j++) {
      double want = 0, row[32];
      for (int k = 0; k < p; k++) features_read(&x.f, k, i, i + 1, &row[k]);
      for (int64_t k = 0; k < f.trees.ntree; k++) want += shapley(&f.trees, f.trees.root[k], row, p, j);
      assert_near(phi[j * x.f.n + i], want, tol);
    }
  free(phi);
  table_free(&x);
  forest_free(&f);
}

TEST(they_are_shapley_values_by_definition) { check_definition(4, 6, 1e-12); }
TEST(ways_of_more_columns_than_a_table_has_are_integrated) { check_definition(14, 12, 1e-12); }

TEST(they_add_up_to_the_sum_of_the_row) {
  Forest f = forest_new(20, 30, 2, 20, 3);
  Table x = table_new(700, 30, 6);
  double *phi = calloc((size_t)(31 * x.f.n), sizeof *phi), *sum = calloc((size_t)x.f.n, sizeof *sum);
  assert_int_equal(trees_shap(NULL, &f.trees, &x.f, phi, NULL), OK);
  assert_int_equal(trees_walk(NULL, &f.trees, &x.f, 0, f.trees.ntree, sum, NULL), OK);
  for (int64_t i = 0; i < x.f.n; i++) {
    double total = 0;
    for (int j = 0; j <= 30; j++) total += phi[j * x.f.n + i];
    assert_near(total, sum[i], 1e-11);
  }
  free(phi);
  free(sum);
  table_free(&x);
  forest_free(&f);
}

// As a forest of classes is: each leaf has a value a class.
TEST(they_add_up_for_each_class_of_a_forest) {
  enum { P = 12, WIDTH = 3 };
  Forest f = forest_wide(20, P, 1000, 20, WIDTH, 8);
  Table x = table_new(200, P, 7);
  int64_t n = x.f.n;
  double *phi = calloc((size_t)(WIDTH * (P + 1) * n), sizeof *phi), *sum = calloc((size_t)(WIDTH * n), sizeof *sum);
  assert_int_equal(trees_shap(NULL, &f.trees, &x.f, phi, NULL), OK);
  assert_int_equal(trees_walk(NULL, &f.trees, &x.f, 0, f.trees.ntree, sum, NULL), OK);
  for (int64_t o = 0; o < WIDTH; o++)
    for (int64_t i = 0; i < n; i++) {
      double total = 0;
      for (int64_t j = 0; j <= P; j++) total += phi[(o * (P + 1) + j) * n + i];
      assert_near(total, sum[o * n + i], 1e-9);
    }
  free(phi);
  free(sum);
  table_free(&x);
  forest_free(&f);
}

RUN(CASE(a_logistic_model_is_explained_as_xgboost_explains_it), CASE(a_regression_is_explained_as_xgboost_explains_it),
    CASE(they_are_shapley_values_by_definition), CASE(ways_of_more_columns_than_a_table_has_are_integrated),
    CASE(they_add_up_to_the_sum_of_the_row), CASE(they_add_up_for_each_class_of_a_forest))
