// Expected values: exact integer arithmetic on small whole numbers, worked in the test with int64_t.
#include "check.h"

#include "base/pool.h"
#include "base/rng.h"
#include "num/num.h"

#include <stdlib.h>

static Mat whole_numbers(int64_t n, int64_t p) {
  Mat m;
  RngKey key = rng_key(1, "mat");
  assert_int_equal(mat_new(NULL, n, p, "test", &m, NULL), OK);
  for (int64_t i = 0; i < n * p; i++) m.x[i] = (double)(rng_below(key, (uint64_t)i, 0, 19) - 9);
  return m;
}

static Mat random_numbers(int64_t n, int64_t p) {
  Mat m;
  RngKey key = rng_key(2, "mat");
  assert_int_equal(mat_new(NULL, n, p, "test", &m, NULL), OK);
  for (int64_t i = 0; i < n * p; i++) m.x[i] = rng_unit(key, (uint64_t)i, 0) - 0.3;
  return m;
}

static void check_gram(int64_t n, int64_t p, bool weighted) {
  Mat a = whole_numbers(n, p), w = whole_numbers(n, 1);
  double *g = malloc((size_t)(p * p) * sizeof *g);
  assert_int_equal(mat_gram(NULL, &a, weighted ? w.x : NULL, g, NULL), OK);
  for (int64_t j = 0; j < p; j++)
    for (int64_t k = 0; k < p; k++) {
      int64_t sum = 0;
      for (int64_t i = 0; i < n; i++)
        sum += (int64_t)a.x[j * n + i] * (int64_t)a.x[k * n + i] * (weighted ? (int64_t)w.x[i] : 1);
      if (g[j * p + k] != (double)sum)
        fail_msg("n %d, p %d: (%d, %d) is %g", (int)n, (int)p, (int)j, (int)k, g[j * p + k]);
    }
  free(g);
  mat_free(&a);
  mat_free(&w);
}

TEST(gram_of_whole_numbers_is_exact_for_any_shape) {
  static const int64_t rows[] = {0, 1, 7, 8, 9, 511, 512, 513, 16384, 16385, 40001};
  for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
    for (int64_t p = 1; p <= 11; p += rows[r] > 1000 ? 4 : 1) {
      check_gram(rows[r], p, false);
      check_gram(rows[r], p, true);
    }
}

TEST(products_with_vectors_of_whole_numbers_are_exact) {
  enum { N = 16390, P = 5 };
  Mat a = whole_numbers(N, P), v = whole_numbers(N, 1);
  double *out = malloc(N * sizeof *out);
  mat_mul_vec(NULL, &a, v.x, out);
  for (int i = 0; i < N; i++) {
    double want = 0;
    for (int j = 0; j < P; j++) want += a.x[j * N + i] * v.x[j];
    assert_true(out[i] == want);
  }
  mat_tmul_vec(NULL, &a, v.x, out);
  for (int j = 0; j < P; j++) {
    int64_t want = 0;
    for (int i = 0; i < N; i++) want += (int64_t)a.x[j * N + i] * (int64_t)v.x[i];
    assert_true(out[j] == (double)want);
  }
  free(out);
  mat_free(&a);
  mat_free(&v);
}

TEST(any_number_of_threads_gives_the_same_bits) {
  enum { N = 100003, P = 13 };
  static const int threads[] = {1, 2, 3, 7};
  Mat a = random_numbers(N, P), w = random_numbers(N, 1);
  double g[4][P * P], t[4][P], *v[4];
  for (int k = 0; k < 4; k++) {
    Job job = {.pool = pool_new(threads[k])};
    v[k] = malloc(N * sizeof **v);
    assert_int_equal(mat_gram(&job, &a, w.x, g[k], NULL), OK);
    mat_mul_vec(&job, &a, w.x, v[k]);
    mat_tmul_vec(&job, &a, w.x, t[k]);
    pool_free(job.pool);
    assert_memory_equal(g[k], g[0], sizeof g[0]);
    assert_memory_equal(t[k], t[0], sizeof t[0]);
    assert_memory_equal(v[k], v[0], N * sizeof **v);
  }
  for (int k = 0; k < 4; k++) free(v[k]);
  mat_free(&a);
  mat_free(&w);
}

TEST(nan_in_one_column_stays_in_its_row_and_column_of_the_gram) {
  Mat a = random_numbers(1000, 6);
  double g[36];
  a.x[2 * 1000 + 997] = NAN;
  assert_int_equal(mat_gram(NULL, &a, NULL, g, NULL), OK);
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) assert_true(isnan(g[i * 6 + j]) == (i == 2 || j == 2));
  mat_free(&a);
}

TEST(too_large_a_matrix_is_refused_with_its_name) {
  Err err;
  Mat m;
  assert_int_equal(mat_new(NULL, INT64_MAX / 8, 9, "the design", &m, &err), ERR_MEMORY);
  assert_has(err.msg, "the design of");
  Job job = {.memory = 1 << 20};
  assert_int_equal(mat_new(&job, 1 << 20, 4, "the design", &m, &err), ERR_MEMORY);
  assert_has(err.msg, "the design needs");
  assert_null(m.x);
}

TEST(gram_stops_when_cancelled_and_when_over_budget) {
  Err err;
  Mat a = random_numbers(50000, 600);
  double *g = malloc(600 * 600 * sizeof *g);
  Job cancelled = {.cancel = true}, poor = {.memory = 1 << 20};
  assert_int_equal(mat_gram(&cancelled, &a, NULL, g, &err), ERR_CANCELLED);
  assert_int_equal(mat_gram(&poor, &a, NULL, g, &err), ERR_MEMORY);
  assert_has(err.msg, "Gram");
  free(g);
  mat_free(&a);
}

TEST(freed_twice_does_no_harm) {
  Mat a = random_numbers(3, 2);
  mat_free(&a);
  mat_free(&a);
  assert_null(a.x);
}

RUN(CASE(gram_of_whole_numbers_is_exact_for_any_shape), CASE(products_with_vectors_of_whole_numbers_are_exact),
    CASE(any_number_of_threads_gives_the_same_bits), CASE(nan_in_one_column_stays_in_its_row_and_column_of_the_gram),
    CASE(too_large_a_matrix_is_refused_with_its_name), CASE(gram_stops_when_cancelled_and_when_over_budget),
    CASE(freed_twice_does_no_harm))
