// Expected values: R 4.2.2, chol(), solve(A, b) and solve(A) printed with 17 digits; singular matrices by hand.
#include "check.h"

#include "base/rng.h"
#include "num/num.h"

#include <stdlib.h>

static const double spd[16] = {4, 2, -1, 0.5, 2, 5, 1, 0.25, -1, 1, 6, -2, 0.5, 0.25, -2, 3};

TEST(factor_solution_and_inverse_agree_with_r) {
  static const double factor[16] = {2, 1, -0.5, 0.25, 0, 2, 0.75, 0, 0, 0, 2.2776083947860748, -0.82323194992267756,
                                    0, 0, 0, 1.5032595107387501};
  static const double solution[4] = {0.94335221592802387, -1.0409863378873707, 1.1092969010329889, 0.83572142619126955};
  static const double inverse[16] = {
      0.34988337220926358, -0.15861379540153281, 0.089636787737420856, 0.014661779406864377,
      -0.15861379540153284, 0.28523825391536156, -0.093968677107630794, -0.059980006664445182,
      0.08963678773742087, -0.093968677107630794, 0.25058313895368212, 0.1599466844385205,
      0.014661779406864375, -0.059980006664445182, 0.15994668443852048, 0.44251916027990668};
  double a[16], b[4] = {1, -2, 3, 0.5}, inv[16];
  int64_t rank;
  memcpy(a, spd, sizeof a);
  assert_int_equal(chol_factor(a, 4, 1e-12, &rank, NULL), OK);
  assert_int_equal(rank, 4);
  for (int j = 0; j < 4; j++)
    for (int i = j; i < 4; i++) assert_near(a[j * 4 + i], factor[j * 4 + i], 1e-15);
  chol_solve(a, 4, b);
  for (int i = 0; i < 4; i++) assert_near(b[i], solution[i], 1e-15);
  chol_inverse(a, 4, inv);
  for (int i = 0; i < 16; i++) assert_near(inv[i], inverse[i], 1e-15);
}

TEST(dependent_columns_are_reported_with_their_place) {
  double a[9] = {4, 2, 6, 2, 5, 7, 6, 7, 13}; // third = first + second
  int64_t rank = -1;
  Err err;
  assert_int_equal(chol_factor(a, 3, 1e-12, &rank, &err), ERR_NUMERIC);
  assert_int_equal(rank, 2);
  assert_has(err.msg, "column 3 is a combination of the columns before it");
  double negative[4] = {1, 2, 2, 1}, nan[4] = {1, NAN, NAN, 1}, zero[1] = {0};
  assert_int_equal(chol_factor(negative, 2, 0, &rank, NULL), ERR_NUMERIC);
  assert_int_equal(rank, 1);
  assert_int_equal(chol_factor(nan, 2, 0, &rank, NULL), ERR_NUMERIC);
  assert_int_equal(chol_factor(zero, 1, 0, &rank, NULL), ERR_NUMERIC);
  assert_int_equal(rank, 0);
}

TEST(tolerance_decides_what_is_dependent) {
  double a[4] = {1, 1, 1, 1 + 1e-9};
  int64_t rank;
  assert_int_equal(chol_factor(a, 2, 1e-7, &rank, NULL), ERR_NUMERIC);
  double b[4] = {1, 1, 1, 1 + 1e-9};
  assert_int_equal(chol_factor(b, 2, 1e-12, &rank, NULL), OK);
}

TEST(solutions_of_random_systems_give_the_right_side_back) {
  for (int64_t p = 1; p <= 60; p += 7) {
    int64_t n = p + 3, rank;
    Mat x;
    RngKey key = rng_key(1, "chol");
    double *g = malloc((size_t)(p * p) * sizeof *g), *l = malloc((size_t)(p * p) * sizeof *g);
    double *b = malloc((size_t)p * sizeof *b), *inv = malloc((size_t)(p * p) * sizeof *g);
    assert_int_equal(mat_new(NULL, n, p, "x", &x, NULL), OK);
    for (int64_t i = 0; i < n * p; i++) x.x[i] = rng_unit(key, (uint64_t)i, 0) - 0.5;
    assert_int_equal(mat_gram(NULL, &x, NULL, g, NULL), OK);
    for (int64_t j = 0; j < p; j++) g[j * p + j] += 1, b[j] = (double)j;
    memcpy(l, g, (size_t)(p * p) * sizeof *g);
    assert_int_equal(chol_factor(l, p, 1e-12, &rank, NULL), OK);
    chol_solve(l, p, b);
    chol_inverse(l, p, inv);
    for (int64_t i = 0; i < p; i++) {
      double back = 0;
      for (int64_t j = 0; j < p; j++) back += g[i * p + j] * b[j];
      assert_near(back, (double)i, 1e-12);
      for (int64_t k = 0; k < p; k++) {
        double unit = 0;
        for (int64_t j = 0; j < p; j++) unit += g[i * p + j] * inv[j * p + k];
        assert_near(unit, i == k ? 1.0 : 0.0, 1e-12);
        assert_true(inv[i * p + k] == inv[k * p + i]);
      }
    }
    free(g), free(l), free(b), free(inv);
    mat_free(&x);
  }
}

RUN(CASE(factor_solution_and_inverse_agree_with_r), CASE(dependent_columns_are_reported_with_their_place),
    CASE(tolerance_decides_what_is_dependent), CASE(solutions_of_random_systems_give_the_right_side_back))
