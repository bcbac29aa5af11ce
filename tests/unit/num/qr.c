// Expected values: NIST StRD certified values (golden/nist_linear.h); lm.fit and chol2inv(qr.R) of R 4.2.2.
#include "check.h"

#include "base/pool.h"
#include "base/rng.h"
#include "golden/nist_linear.h"
#include "num/num.h"

#include <stdlib.h>

static Mat mat_of(int64_t n, int64_t p) {
  Mat m;
  assert_int_equal(mat_new(NULL, n, p, "test", &m, NULL), OK);
  return m;
}

// Digits in which `got` agrees with `want`.
static double digits(double got, double want) { return got == want ? 15 : -log10(fabs(got - want) / fabs(want)); }

static double worst_digits(const double *got, const double *want, int p) {
  double worst = 15;
  for (int j = 0; j < p; j++) {
    double d = digits(got[j], want[j]);
    if (!(d >= worst)) worst = d;
  }
  return worst;
}

TEST(longley_is_solved_to_nine_certified_digits) {
  Mat x = mat_of(LONGLEY_N, LONGLEY_P);
  double y[LONGLEY_N], b[LONGLEY_P], inv[LONGLEY_P * LONGLEY_P], sd[LONGLEY_P];
  for (int i = 0; i < LONGLEY_N; i++) {
    y[i] = longley[i][0];
    x.x[i] = 1;
    for (int j = 1; j < LONGLEY_P; j++) x.x[j * LONGLEY_N + i] = longley[i][j];
  }
  Qr q;
  assert_int_equal(qr_factor(NULL, &x, 1e-7, &q, NULL), OK);
  assert_int_equal(q.rank, LONGLEY_P);
  qr_tmul(NULL, &q, y);
  qr_solve(&q, y, b);
  double rss = sum_dot(NULL, y + LONGLEY_P, y + LONGLEY_P, LONGLEY_N - LONGLEY_P);
  assert_int_equal(qr_xtx_inverse(&q, inv, NULL), OK);
  for (int j = 0; j < LONGLEY_P; j++) sd[j] = sqrt(rss / (LONGLEY_N - LONGLEY_P) * inv[j * LONGLEY_P + j]);
  assert_true(worst_digits(b, longley_coef, LONGLEY_P) >= 9);
  assert_true(worst_digits(sd, longley_sd, LONGLEY_P) >= 9);
  assert_true(digits(rss, longley_rss) >= 9);
  qr_free(&q);
  mat_free(&x);
}

static Qr filip_factor(double tol, double *y) {
  Mat x = mat_of(FILIP_N, FILIP_P);
  for (int i = 0; i < FILIP_N; i++) {
    double power = 1;
    y[i] = filip[i][0];
    for (int j = 0; j < FILIP_P; j++, power *= filip[i][1]) x.x[j * FILIP_N + i] = power;
  }
  Qr q;
  assert_int_equal(qr_factor(NULL, &x, tol, &q, NULL), OK);
  mat_free(&x);
  return q;
}

TEST(filip_reaches_seven_digits_with_a_small_tolerance) {
  double y[FILIP_N], b[FILIP_P];
  Qr q = filip_factor(1e-10, y);
  assert_int_equal(q.rank, FILIP_P);
  qr_tmul(NULL, &q, y);
  qr_solve(&q, y, b);
  double worst = worst_digits(b, filip_coef, FILIP_P);
  if (!(worst >= 7)) fail_msg("only %.2f digits", worst);
  qr_free(&q);
}

TEST(filip_loses_its_last_power_at_the_tolerance_of_lm) {
  double y[FILIP_N], b[FILIP_P];
  Qr q = filip_factor(1e-7, y);
  assert_int_equal(q.rank, FILIP_P - 1); // R: coef(lm(y ~ poly(x, 10, raw = TRUE))) is NA for the tenth
  qr_tmul(NULL, &q, y);
  qr_solve(&q, y, b);
  for (int j = 0; j < FILIP_P; j++) assert_true(isnan(b[j]) == (j == FILIP_P - 1));
  qr_free(&q);
}

enum { N = 12, P = 11 };

// 1, x, 2x - 3, x^2, three dummies, x + 1e-9 e, x + 1e-5 e, x^2 + dummy, 0.
static Mat collinear(void) {
  static const double e[N] = {3, -1, 4, -1, 5, -9, 2, 6, -5, 3, 5, -8};
  Mat m = mat_of(N, P);
  for (int i = 0; i < N; i++) {
    double x = i + 1, first = i % 3 == 0;
    double row[P] = {1, x, 2 * x - 3, x * x, first, i % 3 == 1, i % 3 == 2, x + 1e-9 * e[i], x + 1e-5 * e[i],
                     x * x + first, 0};
    for (int j = 0; j < P; j++) m.x[j * N + i] = row[j];
  }
  return m;
}

TEST(the_columns_aliased_are_those_that_lm_reports_as_na) {
  static const int64_t pivot[P] = {0, 1, 3, 4, 5, 8, 2, 6, 7, 9, 10}; // R's qr$pivot less one
  static const double coef[P] = {1.8815370720761686,   -1710.2272367363801, NAN, 0.053126612764424951,
                                 -0.59480526928439847, -0.26946759875548859, NAN, NAN, 1711.0551586095078, NAN, NAN};
  double y[N] = {2.5, 3.1, 4.7, 5.2, 7.9, 8.8, 9.1, 12.4, 13, 15.5, 16.2, 19.9}, b[P];
  Mat x = collinear();
  Qr q;
  assert_int_equal(qr_factor(NULL, &x, 1e-7, &q, NULL), OK);
  assert_int_equal(q.rank, 6);
  assert_memory_equal(q.pivot, pivot, sizeof pivot);
  qr_tmul(NULL, &q, y);
  qr_solve(&q, y, b);
  for (int j = 0; j < P; j++) assert_near(b[j], coef[j], 1e-9); // x and x + 1e-5 e cost five digits
  qr_free(&q);
  mat_free(&x);
}

TEST(the_inverse_of_xtx_agrees_with_r_and_is_nan_where_aliased) {
  static const int kept[6] = {0, 1, 3, 4, 5, 8};
  static const double diagonal[6] = {1.4773782900080852,  69437135.291460454,  0.00075501271097157122,
                                     0.78192218069988328, 0.96532232700225973, 69436842.187608182};
  static const double first_row[6] = {1.4773782900080852,   -3062.4569925906808,  0.023281151441910768,
                                      -0.54568782611812305, -0.53149549856592859, 3062.1021844021411};
  Mat x = collinear();
  Qr q;
  double inv[P * P];
  int given = 0;
  assert_int_equal(qr_factor(NULL, &x, 1e-7, &q, NULL), OK);
  assert_int_equal(qr_xtx_inverse(&q, inv, NULL), OK);
  for (int k = 0; k < 6; k++) {
    assert_near(inv[kept[k] * P + kept[k]] / diagonal[k], 1.0, 1e-9);
    assert_near(inv[kept[k]] / first_row[k], 1.0, 1e-9);
    assert_near(inv[kept[k] * P] / first_row[k], 1.0, 1e-9);
  }
  for (int i = 0; i < P * P; i++) given += !isnan(inv[i]);
  assert_int_equal(given, 36);
  qr_free(&q);
  mat_free(&x);
}

TEST(more_columns_than_rows_gives_the_columns_that_r_keeps) {
  static const double rows[3][5] = {{1, 2, 3, 4, 5}, {2, 4, 1, 0, 1}, {0, 0, 1, 1, 7}}, want[5] = {-3, NAN, 8, -5, NAN};
  Mat x = mat_of(3, 5);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 5; j++) x.x[j * 3 + i] = rows[i][j];
  double y[3] = {1, 2, 3}, b[5];
  Qr q;
  assert_int_equal(qr_factor(NULL, &x, 1e-7, &q, NULL), OK);
  assert_int_equal(q.rank, 3);
  qr_tmul(NULL, &q, y);
  qr_solve(&q, y, b);
  for (int j = 0; j < 5; j++) assert_near(b[j], want[j], 1e-13);
  qr_free(&q);
  mat_free(&x);
}

TEST(one_row_and_nothing_but_zeros_are_served) {
  Mat one = mat_of(1, 2), zero = mat_of(4, 2);
  one.x[0] = 2, one.x[1] = 5;
  double y[4] = {6, 0, 0, 0}, b[2], inv[4];
  Qr q;
  assert_int_equal(qr_factor(NULL, &one, 1e-7, &q, NULL), OK);
  qr_tmul(NULL, &q, y);
  qr_solve(&q, y, b);
  assert_true(q.rank == 1 && b[0] == 3 && isnan(b[1]));
  qr_free(&q);
  assert_int_equal(qr_factor(NULL, &zero, 1e-7, &q, NULL), OK);
  qr_solve(&q, y, b);
  assert_int_equal(qr_xtx_inverse(&q, inv, NULL), OK);
  assert_true(q.rank == 0 && isnan(b[0]) && isnan(b[1]) && isnan(inv[0]));
  qr_free(&q);
  mat_free(&one);
  mat_free(&zero);
}

static Mat tall(int64_t n, int64_t p) {
  Mat m = mat_of(n, p);
  RngKey key = rng_key(5, "qr");
  for (int64_t i = 0; i < n * p; i++) m.x[i] = rng_unit(key, (uint64_t)i, 0) - 0.4;
  for (int64_t i = 0; i < n; i++) m.x[3 * n + i] = m.x[n + i] - 2 * m.x[2 * n + i]; // one aliased in the middle
  return m;
}

TEST(any_number_of_threads_gives_the_same_bits) {
  enum { ROWS = 70001, COLS = 8 };
  static const int threads[] = {1, 2, 3, 7};
  Mat x = tall(ROWS, COLS);
  Qr first = {0};
  double *y[4];
  for (int k = 0; k < 4; k++) {
    Job job = {.pool = pool_new(threads[k])};
    Qr q;
    y[k] = malloc(ROWS * sizeof **y);
    for (int i = 0; i < ROWS; i++) y[k][i] = sin(i);
    assert_int_equal(qr_factor(&job, &x, 1e-7, &q, NULL), OK);
    qr_tmul(&job, &q, y[k]);
    pool_free(job.pool);
    assert_int_equal(q.rank, COLS - 1);
    assert_int_equal(q.pivot[COLS - 1], 3);
    assert_memory_equal(y[k], y[0], ROWS * sizeof **y);
    if (k == 0) {
      first = q;
      continue;
    }
    assert_memory_equal(q.qr.x, first.qr.x, (size_t)(ROWS * COLS) * sizeof(double));
    assert_memory_equal(q.tau, first.tau, COLS * sizeof(double));
    qr_free(&q);
  }
  for (int k = 0; k < 4; k++) free(y[k]);
  qr_free(&first);
  mat_free(&x);
}

TEST(many_rows_give_an_exact_model_back) {
  enum { ROWS = 50000, COLS = 6 };
  Mat x = tall(ROWS, COLS);
  double *y = malloc(ROWS * sizeof *y), b[COLS];
  static const double truth[COLS] = {1, -2, 0.5, 0, 3, 7};
  mat_mul_vec(NULL, &x, truth, y);
  Qr q;
  assert_int_equal(qr_factor(NULL, &x, 1e-7, &q, NULL), OK);
  qr_tmul(NULL, &q, y);
  qr_solve(&q, y, b);
  for (int j = 0; j < COLS; j++) assert_near(b[j], j == 3 ? NAN : truth[j], 1e-13);
  assert_true(sqrt(sum_dot(NULL, y + q.rank, y + q.rank, ROWS - q.rank)) < 1e-10);
  free(y);
  qr_free(&q);
  mat_free(&x);
}

TEST(a_cancelled_or_too_large_factorisation_leaves_nothing) {
  Mat x = tall(200000, 6);
  Job cancelled = {.cancel = true}, poor = {.memory = 1 << 20};
  Err err;
  Qr q;
  assert_int_equal(qr_factor(&cancelled, &x, 1e-7, &q, &err), ERR_CANCELLED);
  assert_null(q.qr.x);
  assert_int_equal(qr_factor(&poor, &x, 1e-7, &q, &err), ERR_MEMORY);
  assert_has(err.msg, "the QR factors");
  assert_null(q.qr.x);
  mat_free(&x);
}

RUN(CASE(longley_is_solved_to_nine_certified_digits), CASE(filip_reaches_seven_digits_with_a_small_tolerance),
    CASE(filip_loses_its_last_power_at_the_tolerance_of_lm), CASE(the_columns_aliased_are_those_that_lm_reports_as_na),
    CASE(the_inverse_of_xtx_agrees_with_r_and_is_nan_where_aliased),
    CASE(more_columns_than_rows_gives_the_columns_that_r_keeps), CASE(one_row_and_nothing_but_zeros_are_served),
    CASE(any_number_of_threads_gives_the_same_bits), CASE(many_rows_give_an_exact_model_back),
    CASE(a_cancelled_or_too_large_factorisation_leaves_nothing))
