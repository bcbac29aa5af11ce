// Expected: NIST StRD (tests/golden/nist_lls.h), lm() of R 4.2.2 (r_linear.h), Ridge of scikit-learn 1.2.1
// (sklearn_logistic.h). LRE = -log10(relative error), the digits that agree.
#include "unit/model/model_help.h"

#include "golden/nist_lls.h"
#include "golden/r_linear.h"
#include "golden/sklearn_logistic.h"
#include "golden/toy.h"

#include <stdlib.h>

static double lre(double got, double want) {
  double e = want != 0 ? fabs(got - want) / fabs(want) : fabs(got);
  return e < 1e-15 ? 15 : -log10(e);
}

// Columns x, x^2 ... or, from several columns, as they are.
static void nist_columns(const double *data, int n, int cols, int p, double *x, double *y) {
  for (int i = 0; i < n; i++) {
    y[i] = data[i * cols];
    for (int j = 0; j < p; j++) x[j * n + i] = cols > 2 ? data[i * cols + 1 + j] : pow(data[i * cols + 1], j + 1);
  }
}

typedef struct Nist {
  const char *name;
  const double *data;
  int n, cols, p;
  const double *est, *se, *fit;
  double tol, est_gate, se_gate;
} Nist;

#define NIST(set, tol, est, se) {#set, set, set##_N, set##_COLS, set##_P, set##_EST, set##_SE, set##_FIT, tol, est, se}

static void expect_nist(const Nist *d) {
  double x[1100], y[100];
  bool intercept = d->name[0] != 'N' || d->name[2] != 'I'; // NoInt1, NoInt2
  nist_columns(d->data, d->n, d->cols, d->p - intercept, x, y);
  Trial t = trial_new("linear", x, d->n, d->p - intercept, y, 0);
  trial_bool(&t, "intercept", intercept);
  trial_real(&t, "tol", d->tol);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  for (int j = 0; j < d->p; j++) {
    double est = lre(col_f64(card_col(card, "estimate"), j), d->est[j]);
    double se = lre(col_f64(card_col(card, "se"), j), d->se[j]);
    if (est < d->est_gate) fail_msg("%s: B%d has LRE %.1f", d->name, j, est);
    if (se < d->se_gate) fail_msg("%s: the standard error of B%d has LRE %.1f", d->name, j, se);
  }
  frame_unref(card);
  trial_fini(&t);
}

// Wampler1 and 2 fit exactly: their standard errors are 0, and ours below 1e-9.
TEST(nist_sets_agree_to_nine_digits_and_more) {
  static const Nist SETS[] = {
      NIST(NORRIS, 1e-7, 11, 13),    NIST(PONTIUS, 1e-7, 12, 13),   NIST(NOINT1, 1e-7, 14, 14),
      NIST(NOINT2, 1e-7, 14, 14),    NIST(LONGLEY, 1e-7, 13, 13),   NIST(WAMPLER1, 1e-7, 15, 9),
      NIST(WAMPLER2, 1e-7, 13, 13),  NIST(WAMPLER3, 1e-7, 15, 13),  NIST(WAMPLER4, 1e-7, 15, 13),
      NIST(WAMPLER5, 1e-7, 15, 13)};
  for (size_t k = 0; k < sizeof SETS / sizeof *SETS; k++) expect_nist(&SETS[k]);
}

// The powers of Filip's x, rounded to doubles, determine the certified values to about 7.5 digits and no more.
TEST(filip_agrees_to_seven_digits_with_a_small_tolerance) {
  static const Nist FILIP_SET = NIST(FILIP, 1e-11, 7, 7);
  expect_nist(&FILIP_SET);
}

TEST(filip_drops_a_power_at_the_tolerance_of_lm) {
  double x[1100], y[100];
  nist_columns(FILIP, FILIP_N, 2, 10, x, y);
  Trial t = trial_new("linear", x, FILIP_N, 10, y, 0);
  trial_fit(&t);
  assert_note(&t, "'j' is a combination of the columns before it"); // lm() of R drops x^10 too
  trial_fini(&t);
}

// ---- R -----------------------------------------------------------------------------------------------------------
#define EXPECT_R(card, set, tol)                                                                   \
  do {                                                                                             \
    int64_t n_ = (int64_t)(sizeof set##_EST / sizeof *set##_EST);                                  \
    assert_card(card, "estimate", set##_EST, n_, tol);                                             \
    assert_card(card, "se", set##_SE, n_, tol);                                                    \
    assert_card(card, "p", set##_P, n_, tol);                                                      \
    assert_card(card, "lower", set##_LOWER, n_, tol);                                              \
    assert_card(card, "upper", set##_UPPER, n_, tol);                                              \
  } while (0)

TEST(plain_fit_is_that_of_lm) {
  Toy d;
  toy_make(&d);
  Trial t = trial_new("linear", d.x, TOY_N, TOY_P, d.real, 0);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  EXPECT_R(card, LM_PLAIN, 1e-10);
  assert_string_equal(frame_caption(card), "R2 0.8811, adjusted R2 0.8788, residual se 2.15 on 156 df, "
                                           "F 385.2 on 3 and 156 df, p 7.041e-72");
  frame_unref(card);
  trial_fini(&t);
}

TEST(weights_are_precisions_as_in_lm) {
  Toy d;
  toy_make(&d);
  Trial t = trial_new("linear", d.x, TOY_N, TOY_P, d.real, 0);
  t.in.weight = d.weight;
  trial_fit(&t);
  Frame *card = trial_card(&t);
  EXPECT_R(card, LM_WEIGHTED, 1e-10);
  assert_has(frame_caption(card), "R2 0.8734, adjusted R2 0.871, residual se 3.055 on 156 df, F 358.9");
  frame_unref(card);
  trial_fini(&t);
}

TEST(a_fit_through_the_origin_is_that_of_lm) {
  Toy d;
  toy_make(&d);
  Trial t = trial_new("linear", d.x, TOY_N, TOY_P, d.real, 0);
  trial_bool(&t, "intercept", false);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  EXPECT_R(card, LM_ORIGIN, 1e-10);
  assert_has(frame_caption(card), "R2 0.989, adjusted R2 0.9888, residual se 2.154 on 157 df, F 4,724 on 3 and 157 df");
  frame_unref(card);
  trial_fini(&t);
}

// Columns a, b, a + 2 b, c, 7: as in tests/golden/make/linear.R.
static void with_aliased(const Toy *d, double *x) {
  memcpy(x, d->x, 2 * TOY_N * sizeof *x);
  memcpy(x + 3 * TOY_N, d->x + 2 * TOY_N, TOY_N * sizeof *x);
  for (int i = 0; i < TOY_N; i++) x[2 * TOY_N + i] = d->x[i] + 2 * d->x[TOY_N + i], x[4 * TOY_N + i] = 7;
}

TEST(aliased_columns_are_those_of_lm_and_named) {
  Toy d;
  double x[5 * TOY_N], fitted[TOY_N];
  toy_make(&d);
  with_aliased(&d, x);
  Trial t = trial_new("linear", x, TOY_N, 5, d.real, 0);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  EXPECT_R(card, LM_ALIASED, 1e-10);
  assert_note(&t, "'c' and 'e' are combinations of the columns before them");
  trial_predict(&t, fitted);
  for (int i = 0; i < 5; i++) assert_near(fitted[i], LM_ALIASED_FITTED[i], 1e-11);
  frame_unref(card);
  trial_fini(&t);
}

// ---- ridge -------------------------------------------------------------------------------------------------------
static void expect_ridge(const double *weight, const double *want, double r2) {
  Toy d;
  char fact[64];
  toy_make(&d);
  for (int i = 0; i < TOY_N; i++) d.x[TOY_N + i] = (d.x[TOY_N + i] - 2500) / 300;
  Trial t = trial_new("linear", d.x, TOY_N, TOY_P, d.real, 0);
  t.in.weight = weight ? d.weight : NULL;
  trial_real(&t, "l2", 2);
  trial_fit(&t);
  Frame *card = trial_card(&t);
  assert_card(card, "estimate", want, 4, 1e-11);
  assert_int_equal(frame_find(card, sv("se")), -1);
  snprintf(fact, sizeof fact, "l2=2, R2 %.4f", r2);
  assert_string_equal(frame_caption(card), fact);
  frame_unref(card);
  trial_fini(&t);
}

TEST(a_penalty_gives_ridge_of_scikit_learn) {
  Toy d;
  toy_make(&d);
  expect_ridge(NULL, SK_RIDGE, SK_RIDGE_R2[0]);
  expect_ridge(d.weight, SK_RIDGE_WEIGHTED, SK_RIDGE_WEIGHTED_R2[0]);
}

// ---- edges -------------------------------------------------------------------------------------------------------
TEST(no_column_leaves_the_mean) {
  double y[4] = {1, 2, 3, 6}, out[4];
  Trial t = trial_new("linear", y, 4, 0, y, 0);
  trial_fit(&t);
  trial_predict(&t, out);
  for (int i = 0; i < 4; i++) assert_near(out[i], 3, 1e-15);
  trial_bool(&t, "intercept", false);
  trial_fit(&t);
  trial_predict(&t, out);
  assert_near(out[0], 0, 0);
  trial_fini(&t);
}

TEST(as_many_rows_as_coefficients_say_that_no_error_is_left) {
  double x[2] = {1, 2}, y[2] = {3, 5}, out[2];
  Trial t = trial_new("linear", x, 2, 1, y, 0);
  trial_fit(&t);
  assert_note(&t, "no degree of freedom is left");
  trial_predict(&t, out);
  assert_near(out[0], 3, 1e-14);
  assert_near(out[1], 5, 1e-14);
  Frame *card = trial_card(&t);
  assert_false(col_valid(card_col(card, "p"), 0));
  frame_unref(card);
  trial_fini(&t);
}

TEST(fewer_rows_than_columns_drop_the_last_ones) {
  double x[6] = {1, 2, 3, 1, 0, 2}, y[2] = {3, 5};
  Trial t = trial_new("linear", x, 2, 3, y, 0);
  trial_fit(&t);
  assert_note(&t, "'b' and 'c' are combinations");
  trial_real(&t, "l2", 1);
  trial_fit(&t); // a penalty makes any number of columns determined
  assert_int_equal(t.state.notes.n, 0);
  trial_fini(&t);
}

TEST(infinite_and_huge_values_are_refused_by_name) {
  double x[6] = {1, 2, 3, 4, INFINITY, 5}, y[3] = {1, 2, 4};
  Trial t = trial_new("linear", x, 3, 2, y, 0);
  assert_int_equal(trial_try(&t), ERR_NUMERIC);
  assert_has(t.err.msg, "linear: column 'b' has infinite or huge values");
  x[4] = 1, y[1] = INFINITY;
  assert_int_equal(trial_try(&t), ERR_NUMERIC);
  assert_has(t.err.msg, "the target has infinite or huge values");
  trial_fini(&t);
}

RUN(CASE(nist_sets_agree_to_nine_digits_and_more), CASE(filip_agrees_to_seven_digits_with_a_small_tolerance),
    CASE(filip_drops_a_power_at_the_tolerance_of_lm), CASE(plain_fit_is_that_of_lm),
    CASE(weights_are_precisions_as_in_lm), CASE(a_fit_through_the_origin_is_that_of_lm),
    CASE(aliased_columns_are_those_of_lm_and_named), CASE(a_penalty_gives_ridge_of_scikit_learn),
    CASE(no_column_leaves_the_mean), CASE(as_many_rows_as_coefficients_say_that_no_error_is_left),
    CASE(fewer_rows_than_columns_drop_the_last_ones), CASE(infinite_and_huge_values_are_refused_by_name))
