// Expected: glm() and nnet::multinom of R 4.2.2 (tests/golden/r_logistic.h), LogisticRegression of scikit-learn 1.2.1
// (sklearn_logistic.h). multinom stops earlier than glm, hence its wider tolerance.
#include "unit/model/model_help.h"

#include "golden/r_logistic.h"
#include "golden/sklearn_logistic.h"
#include "golden/toy.h"

#include "base/pool.h"
#include "base/rng.h"

#include <stdlib.h>

#define COUNT(a) ((int64_t)(sizeof(a) / sizeof *(a)))

#define EXPECT_R(card, set, tol)                                                                   \
  do {                                                                                             \
    assert_card(card, "estimate", set##_EST, COUNT(set##_EST), tol);                               \
    assert_card(card, "se", set##_SE, COUNT(set##_SE), tol);                                       \
    assert_card(card, "p", set##_P, COUNT(set##_P), tol);                                          \
    assert_card(card, "lower", set##_LOWER, COUNT(set##_LOWER), tol);                              \
    assert_card(card, "upper", set##_UPPER, COUNT(set##_UPPER), tol);                              \
  } while (0)

// "log likelihood V" in the caption, to the six digits that are shown.
static void assert_loglik(const Frame *card, double want) {
  const char *at = strstr(frame_caption(card), "log likelihood ");
  assert_non_null(at);
  assert_near(strtod(at + 15, NULL), want, 1e-5);
}

// ---- two classes without a penalty, R -----------------------------------------------------------------------------
TEST(without_a_penalty_it_is_glm) {
  Toy d;
  double p[2 * TOY_N];
  toy_make(&d);
  Trial t = trial_new("logistic", d.x, TOY_N, TOY_P, d.two, 2);
  trial_real(&t, "l2", 0);
  trial_fit(&t);
  assert_true(t.state.converged && t.state.iterations < 10 && t.state.notes.n == 0);
  Frame *card = trial_card(&t);
  EXPECT_R(card, GLM_PLAIN, 1e-9);
  assert_loglik(card, GLM_PLAIN_LOGLIK[0]);
  assert_has(frame_caption(card), "l2=0, converged in ");
  trial_predict(&t, p);
  for (int i = 0; i < 5; i++) assert_near(p[TOY_N + i], GLM_PLAIN_FITTED[i], 1e-11);
  frame_unref(card);
  trial_fini(&t);
}

TEST(case_weights_are_those_of_glm) {
  Toy d;
  toy_make(&d);
  Trial t = trial_new("logistic", d.x, TOY_N, TOY_P, d.two, 2);
  t.in.weight = d.weight;
  trial_real(&t, "l2", 0);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  EXPECT_R(card, GLM_WEIGHTED, 1e-9);
  assert_loglik(card, GLM_WEIGHTED_LOGLIK[0]);
  frame_unref(card);
  trial_fini(&t);
}

TEST(without_an_intercept_it_is_glm_through_the_origin) {
  Toy d;
  toy_make(&d);
  Trial t = trial_new("logistic", d.x, TOY_N, TOY_P, d.two, 2);
  trial_real(&t, "l2", 0);
  trial_bool(&t, "intercept", false);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  EXPECT_R(card, GLM_ORIGIN, 1e-9);
  assert_loglik(card, GLM_ORIGIN_LOGLIK[0]);
  frame_unref(card);
  trial_fini(&t);
}

// Columns a, b, a + 2 b, c, 7: as in tests/golden/make/logistic.R.
TEST(aliased_columns_are_those_of_glm_and_the_rest_is_fitted) {
  Toy d;
  double x[5 * TOY_N], want[6];
  toy_make(&d);
  memcpy(x, d.x, 2 * TOY_N * sizeof *x);
  memcpy(x + 3 * TOY_N, d.x + 2 * TOY_N, TOY_N * sizeof *x);
  for (int i = 0; i < TOY_N; i++) x[2 * TOY_N + i] = d.x[i] + 2 * d.x[TOY_N + i], x[4 * TOY_N + i] = 7;
  Trial t = trial_new("logistic", x, TOY_N, 5, d.two, 2);
  trial_real(&t, "l2", 0);
  trial_fit(&t);
  assert_note(&t, "'c' and 'e' are combinations of the columns before them");
  for (int j = 0, k = 0; j < 6; j++) want[j] = GLM_ALIASED[j] > 0 ? NAN : GLM_PLAIN_EST[k++];
  Frame *card = trial_card(&t);
  assert_card(card, "estimate", want, 6, 1e-8);
  frame_unref(card);
  trial_fini(&t);
}

// ---- penalties, scikit-learn --------------------------------------------------------------------------------------
typedef struct Case {
  double l2;
  bool weighted, origin;
  int nclass;
  const double *est, *p;
  int64_t nest;
} Case;

static void expect_sklearn(const Case *c, const char *solver, double tol) {
  Toy d;
  double p[3 * TOY_N];
  toy_make(&d);
  for (int i = 0; i < TOY_N; i++) d.x[TOY_N + i] = (d.x[TOY_N + i] - 2500) / 300;
  Trial t = trial_new("logistic", d.x, TOY_N, TOY_P, c->nclass == 2 ? d.two : d.three, c->nclass);
  t.in.weight = c->weighted ? d.weight : NULL;
  trial_real(&t, "l2", c->l2);
  trial_real(&t, "tol", 1e-12);
  trial_bool(&t, "intercept", !c->origin);
  trial_text(&t, "solver", solver);
  trial_fit(&t);
  assert_true(t.state.converged);
  Frame *card = trial_card(&t);
  assert_int_equal(frame_find(card, sv("se")), -1); // no standard errors under a penalty
  assert_int_equal(frame_find(card, sv("class")) >= 0, c->nclass > 2);
  assert_card(card, "estimate", c->est, c->nest, tol);
  trial_predict(&t, p);
  for (int i = 0; i < 4; i++)
    for (int k = 0; k < c->nclass; k++) assert_near(p[k * TOY_N + i], c->p[i * c->nclass + k], tol);
  frame_unref(card);
  trial_fini(&t);
}

#define SK(l2, weighted, origin, k, set) {l2, weighted, origin, k, set##_EST, set##_P, COUNT(set##_EST)}
static const Case CASES[] = {
    SK(1, false, false, 2, SK_TWO_1),         SK(10, false, false, 2, SK_TWO_10),
    SK(0.01, false, false, 2, SK_TWO_SMALL),  SK(1, true, false, 2, SK_TWO_WEIGHTED),
    SK(1, false, true, 2, SK_TWO_ORIGIN),     SK(1, false, false, 3, SK_THREE_1),
    SK(0.01, false, false, 3, SK_THREE_SMALL), SK(2, true, false, 3, SK_THREE_WEIGHTED)};

TEST(with_a_penalty_newton_is_scikit_learn) {
  for (int64_t k = 0; k < COUNT(CASES); k++) expect_sklearn(&CASES[k], "newton", 1e-8);
}

TEST(lbfgs_finds_the_same_coefficients) {
  for (int64_t k = 0; k < COUNT(CASES); k++) expect_sklearn(&CASES[k], "lbfgs", 1e-8);
}

TEST(c_is_one_over_l2) {
  Toy d;
  double p[2 * TOY_N], q[2 * TOY_N];
  toy_make(&d);
  Trial t = trial_new("logistic", d.x, TOY_N, TOY_P, d.two, 2);
  trial_real(&t, "C", 4);
  trial_fit(&t);
  trial_predict(&t, p);
  trial_real(&t, "C", 0);
  trial_real(&t, "l2", 0.25);
  trial_fit(&t);
  trial_predict(&t, q);
  assert_memory_equal(p, q, sizeof p);
  trial_real(&t, "C", 4);
  trial_fit(&t); // both, and they agree
  trial_real(&t, "C", 2);
  assert_int_equal(trial_try(&t), ERR_ARG);
  assert_has(t.err.msg, "l2=0.25 and C=2 contradict each other");
  trial_real(&t, "l2", 1);
  trial_real(&t, "C", 1e-300);
  assert_int_equal(trial_try(&t), ERR_ARG);
  assert_has(t.err.msg, "C must be at least 1e-15");
  trial_fini(&t);
}

// ---- more classes without a penalty -------------------------------------------------------------------------------
TEST(classes_against_the_first_are_those_of_multinom) {
  Toy d;
  toy_make(&d);
  for (int i = 0; i < TOY_N; i++) d.x[TOY_N + i] = (d.x[TOY_N + i] - 2500) / 300;
  Trial t = trial_new("logistic", d.x, TOY_N, TOY_P, d.three, 3);
  trial_real(&t, "l2", 0);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  assert_card(card, "estimate", MULTINOM_EST, 8, 1e-6);
  assert_card(card, "se", MULTINOM_SE, 8, 1e-6);
  assert_loglik(card, MULTINOM_LOGLIK[0]);
  assert_has(frame_caption(card), "classes against no");
  assert_true(sv_is(col_text(card_col(card, "class"), 0), "yes") && sv_is(col_text(card_col(card, "class"), 7), "zoo"));
  assert_true(sv_is(col_text(card_col(card, "term"), 4), "(intercept)"));
  frame_unref(card);
  trial_fini(&t);
}

// ---- separation ---------------------------------------------------------------------------------------------------
static bool all_finite(const Frame *card, const char *name) {
  const Column *c = card_col(card, name);
  for (int64_t i = 0; i < c->n; i++)
    if (!isfinite(col_f64(c, i))) return false;
  return true;
}

TEST(complete_separation_is_said_and_the_result_is_finite) {
  double x[16], y[8], p[16]; // a separates at 4.5, b does not matter
  for (int i = 0; i < 8; i++) x[i] = i + 1, x[8 + i] = i % 3, y[i] = i >= 4;
  Trial t = trial_new("logistic", x, 8, 2, y, 2);
  trial_real(&t, "l2", 0);
  trial_fit(&t);
  assert_false(t.state.converged);
  assert_note(&t, "complete separation: the columns tell the classes of all rows apart");
  assert_note(&t, "(farthest: 'a')");
  Frame *card = trial_card(&t);
  assert_true(all_finite(card, "estimate"));
  assert_has(frame_caption(card), "stopped after ");
  trial_predict(&t, p);
  for (int i = 0; i < 8; i++) assert_true(y[i] > 0 ? p[8 + i] > 0.999 : p[8 + i] < 0.001);
  frame_unref(card);
  trial_real(&t, "l2", 1);
  trial_fit(&t);
  assert_true(t.state.converged && t.state.notes.n == 0);
  trial_fini(&t);
}

TEST(quasi_complete_separation_names_its_column) {
  double x[40], y[20]; // b = 1 only where y = 1; a is ordinary
  for (int i = 0; i < 20; i++) x[i] = (i * 7) % 11, y[i] = (i * 3) % 5 > 2, x[20 + i] = y[i] > 0 && i % 2;
  Trial t = trial_new("logistic", x, 20, 2, y, 2);
  trial_real(&t, "l2", 0);
  trial_fit(&t);
  assert_false(t.state.converged);
  assert_note(&t, "quasi-complete separation");
  assert_note(&t, "best coefficients of 'b' are infinite");
  Frame *card = trial_card(&t);
  assert_true(all_finite(card, "estimate"));
  frame_unref(card);
  trial_fini(&t);
}

TEST(separation_of_three_classes_is_said) {
  double x[9], y[9];
  for (int i = 0; i < 9; i++) x[i] = i, y[i] = i / 3;
  Trial t = trial_new("logistic", x, 9, 1, y, 3);
  trial_real(&t, "l2", 0);
  trial_fit(&t);
  assert_false(t.state.converged);
  assert_note(&t, "complete separation");
  trial_fini(&t);
}

// ---- edges --------------------------------------------------------------------------------------------------------
TEST(too_few_iterations_are_a_note_not_an_error) {
  Toy d;
  toy_make(&d);
  Trial t = trial_new("logistic", d.x, TOY_N, TOY_P, d.two, 2);
  trial_real(&t, "max_iter", 1);
  trial_fit(&t);
  assert_false(t.state.converged);
  assert_int_equal(t.state.iterations, 1);
  assert_note(&t, "no convergence in 1 iterations");
  trial_text(&t, "solver", "lbfgs");
  trial_fit(&t);
  assert_false(t.state.converged);
  trial_fini(&t);
}

// 15 ones of 40: the log odds are log(15 / 25) = -0.5108256237659907, their variance 1/15 + 1/25.
TEST(no_column_leaves_the_log_odds) {
  double y[40], out[80];
  for (int i = 0; i < 40; i++) y[i] = i % 8 < 3;
  Trial t = trial_new("logistic", y, 40, 0, y, 2);
  trial_real(&t, "l2", 0);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  assert_card(card, "estimate", (double[]){-0.5108256237659907}, 1, 1e-9);
  assert_card(card, "se", (double[]){sqrt(1 / 15.0 + 1 / 25.0)}, 1, 1e-8);
  trial_predict(&t, out);
  assert_near(out[40], 0.375, 1e-10);
  frame_unref(card);
  trial_bool(&t, "intercept", false);
  trial_fit(&t);
  trial_predict(&t, out);
  assert_near(out[40], 0.5, 0);
  trial_fini(&t);
}

TEST(a_constant_column_under_a_penalty_has_no_effect) {
  Toy d;
  double x[2 * TOY_N];
  toy_make(&d);
  for (int i = 0; i < TOY_N; i++) x[i] = d.x[i], x[TOY_N + i] = 0.1;
  Trial t = trial_new("logistic", x, TOY_N, 2, d.two, 2);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  assert_true(t.state.converged);
  assert_near(col_f64(card_col(card, "estimate"), 2), 0, 0);
  frame_unref(card);
  trial_fini(&t);
}

TEST(columns_of_very_unlike_scale_do_no_harm) {
  Toy d;
  double x[TOY_P * TOY_N], p[2 * TOY_N], q[2 * TOY_N];
  toy_make(&d);
  for (int i = 0; i < TOY_N; i++) {
    x[i] = d.x[i] * 1e-9, x[TOY_N + i] = d.x[TOY_N + i] * 1e7 + 1e12, x[2 * TOY_N + i] = d.x[2 * TOY_N + i];
  }
  Trial t = trial_new("logistic", d.x, TOY_N, TOY_P, d.two, 2), u = trial_new("logistic", x, TOY_N, TOY_P, d.two, 2);
  trial_real(&t, "l2", 0);
  trial_real(&u, "l2", 0);
  trial_fit(&t);
  trial_fit(&u);
  assert_true(u.state.converged && u.state.notes.n == 0);
  trial_predict(&t, p);
  trial_predict(&u, q);
  for (int i = 0; i < 2 * TOY_N; i++) assert_near(p[i], q[i], 1e-10);
  trial_fini(&u);
  trial_fini(&t);
}

TEST(infinite_values_are_refused_by_name) {
  double x[4] = {1, 2, INFINITY, 4}, y[4] = {0, 1, 0, 1};
  Trial t = trial_new("logistic", x, 4, 1, y, 2);
  assert_int_equal(trial_try(&t), ERR_NUMERIC);
  assert_has(t.err.msg, "logistic: column 'a' has infinite or huge values");
  trial_fini(&t);
}

// ---- the same bits ------------------------------------------------------------------------------------------------
static void large(double *x, double *y, int64_t n, int64_t p, int nclass) {
  RngKey key = rng_key(7, "test");
  for (int64_t i = 0; i < n; i++) {
    double sum = 0;
    for (int64_t j = 0; j < p; j++) sum += x[j * n + i] = rng_unit(key, (uint64_t)i, (uint64_t)j) - 0.5;
    double u = sum + 2 * rng_unit(key, (uint64_t)i, 99) - 1;
    y[i] = (u > 0) + (nclass > 2 && u > 0.7);
  }
}

// The penalised likelihood is greatest where X'(p - y) + l2 b = 0, and sum(p - y) = 0 for the intercept. Rows sorted by
// class, so that the start, which looks at some runs of rows, sees an odd part of them.
TEST(many_rows_solve_the_score_equations) {
  enum { N = 70000, P = 5 };
  const double l2 = 3;
  double *x = malloc(N * P * sizeof *x), *y = malloc(N * sizeof *y), *p = malloc(2 * N * sizeof *p);
  for (int i = 0; i < N; i++) y[i] = i >= N / 3;
  for (int j = 0; j < P; j++)
    for (int i = 0; i < N; i++)
      x[j * N + i] = 10 * rng_unit(rng_key(7, "test"), (uint64_t)i, (uint64_t)j) + (j < 2) * y[i];
  Trial t = trial_new("logistic", x, N, P, y, 2);
  trial_real(&t, "l2", l2);
  trial_fit(&t);
  assert_true(t.state.converged && t.state.iterations < 6);
  Frame *card = trial_card(&t);
  trial_predict(&t, p);
  for (int j = -1; j < P; j++) {
    double score = j < 0 ? 0 : l2 * col_f64(card_col(card, "estimate"), j + 1);
    for (int i = 0; i < N; i++) score += (j < 0 ? 1 : x[j * N + i]) * (p[N + i] - y[i]);
    assert_true(fabs(score) < 1e-6);
  }
  frame_unref(card);
  trial_fini(&t);
  free(x);
  free(y);
  free(p);
}

static void expect_same_bits(int nclass, double l2, const char *solver) {
  enum { N = 70000, P = 5 };
  static const int THREADS[] = {1, 2, 3, 7};
  double *x = malloc(N * P * sizeof *x), *y = malloc(N * sizeof *y), *p = malloc(3 * N * sizeof *p);
  double first[3 * N / 1000];
  large(x, y, N, P, nclass);
  for (int k = 0; k < 4; k++) {
    Job job = {.pool = pool_new(THREADS[k])};
    Trial t = trial_new("logistic", x, N, P, y, nclass);
    t.job = &job;
    trial_real(&t, "l2", l2);
    trial_text(&t, "solver", solver);
    trial_fit(&t);
    trial_predict(&t, p);
    for (int i = 0; i < nclass * N / 1000; i++) {
      if (k == 0) first[i] = p[i * 1000];
      else assert_true(first[i] == p[i * 1000]);
    }
    trial_fini(&t);
    pool_free(job.pool);
  }
  free(x);
  free(y);
  free(p);
}

TEST(one_two_three_and_seven_threads_give_the_same_bits) {
  expect_same_bits(2, 1, "newton");
  expect_same_bits(2, 0, "newton");
  expect_same_bits(3, 1, "newton");
  expect_same_bits(3, 1, "lbfgs");
}

RUN(CASE(without_a_penalty_it_is_glm), CASE(case_weights_are_those_of_glm),
    CASE(without_an_intercept_it_is_glm_through_the_origin),
    CASE(aliased_columns_are_those_of_glm_and_the_rest_is_fitted), CASE(with_a_penalty_newton_is_scikit_learn),
    CASE(lbfgs_finds_the_same_coefficients), CASE(c_is_one_over_l2),
    CASE(classes_against_the_first_are_those_of_multinom), CASE(complete_separation_is_said_and_the_result_is_finite),
    CASE(quasi_complete_separation_names_its_column), CASE(separation_of_three_classes_is_said),
    CASE(too_few_iterations_are_a_note_not_an_error), CASE(no_column_leaves_the_log_odds),
    CASE(a_constant_column_under_a_penalty_has_no_effect), CASE(columns_of_very_unlike_scale_do_no_harm),
    CASE(infinite_values_are_refused_by_name), CASE(many_rows_solve_the_score_equations),
    CASE(one_two_three_and_seven_threads_give_the_same_bits))
