// Expected bits: the documented order of additions, spelled out here in scalar code for the base instruction set.
// Exact sums: worked by hand.
#include "check.h"

#include "base/pool.h"
#include "base/rng.h"
#include "num/num.h"

static double *random_values(int64_t n, const char *stage) {
  RngKey key = rng_key(1, stage);
  double *x = mem_new((size_t)n * sizeof *x);
  assert_non_null(x);
  for (int64_t i = 0; i < n; i++)
    x[i] = ldexp(rng_unit(key, (uint64_t)i, 0) - 0.4, (int)rng_below(key, (uint64_t)i, 1, 60) - 30);
  return x;
}

static double lanes(const double *x, const double *y, int64_t n) {
  double a[8] = {0};
  for (int64_t i = 0; i < n; i++) a[i % 8] += y ? x[i] * y[i] : x[i];
  return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

static double plain(const double *x, const double *y, int64_t n) {
  static double part[1024];
  int64_t m = 0;
  for (int64_t i = 0; i < n; i += NUM_BLOCK, m++)
    part[m] = lanes(x + i, y ? y + i : NULL, n - i < NUM_BLOCK ? n - i : NUM_BLOCK);
  sum_tree(part, m, 1);
  return m ? part[0] : 0;
}

static const int64_t SIZES[] = {0,
                                1,
                                7,
                                8,
                                9,
                                100,
                                NUM_BLOCK - 1,
                                NUM_BLOCK,
                                NUM_BLOCK + 1,
                                5 * NUM_BLOCK + 13,
                                256 * NUM_BLOCK,
                                259 * NUM_BLOCK + 5};

TEST(vector_code_adds_in_the_documented_order) {
  double *x = random_values(260 * NUM_BLOCK, "x"), *y = random_values(260 * NUM_BLOCK, "y");
  for (size_t k = 0; k < sizeof SIZES / sizeof *SIZES; k++)
    for (int shift = 0; shift < 3; shift++) { // off the 64-byte border too
      assert_true(sum_f64(NULL, x + shift, SIZES[k]) == plain(x + shift, NULL, SIZES[k]));
      assert_true(sum_dot(NULL, x + shift, y, SIZES[k]) == plain(x + shift, y, SIZES[k]));
    }
  mem_free(x);
  mem_free(y);
}

TEST(sums_have_the_same_bits_for_any_number_of_threads) {
  static const int threads[] = {1, 2, 3, 7};
  int64_t n = 259 * NUM_BLOCK + 5;
  double *x = random_values(n, "x"), *y = random_values(n, "y");
  double sum = sum_f64(NULL, x, n), dot = sum_dot(NULL, x, y, n);
  for (int k = 0; k < 4; k++) {
    Job job = {.pool = pool_new(threads[k])};
    assert_true(sum_f64(&job, x, n) == sum);
    assert_true(sum_dot(&job, x, y, n) == dot);
    pool_free(job.pool);
  }
  mem_free(x);
  mem_free(y);
}

TEST(whole_numbers_add_exactly) {
  enum { N = 100000 };
  static double x[N], y[N];
  for (int i = 0; i < N; i++) x[i] = i + 1, y[i] = i % 2 ? 1 : -1;
  assert_true(sum_f64(NULL, x, N) == 5000050000.0);
  assert_true(sum_dot(NULL, x, y, N) == 50000.0);
  assert_true(sum_f64(NULL, NULL, 0) == 0);
  assert_true(sum_dot(NULL, NULL, NULL, 0) == 0);
}

TEST(nan_and_infinity_propagate_from_any_lane) {
  double x[21];
  for (int at = 0; at < 21; at++) {
    for (int i = 0; i < 21; i++) x[i] = i;
    x[at] = NAN;
    assert_true(isnan(sum_f64(NULL, x, 21)));
    assert_true(isnan(sum_dot(NULL, x, x, 21)));
    x[at] = -INFINITY;
    assert_true(sum_f64(NULL, x, 21) == -INFINITY);
  }
}

TEST(tree_pairs_neighbours_and_keeps_columns_apart) {
  // 1e16 + 1 rounds to 1e16: only ((a + b) + (c + d)) + e gives this result.
  double part[] = {1e16, 1, 1, 2, -1e16, 4, 1, 8, 3, 16};
  sum_tree(part, 5, 2);
  assert_true(part[0] == ((1e16 + 1) + (-1e16 + 1)) + 3);
  assert_true(part[1] == 31);
  double one[] = {5, 6};
  sum_tree(one, 1, 2);
  assert_true(one[0] == 5 && one[1] == 6);
}

TEST(one_value_that_is_not_finite_is_seen_wherever_it_stands) {
  enum { N = NUM_BLOCK + 37 };
  static double x[N];
  for (int64_t i = 0; i < N; i++) x[i] = i % 2 ? 1.7976931348623157e308 : -4.9e-324;
  assert_true(sum_is_finite(x, N)), assert_true(sum_is_finite(x, 0));
  static const double odd[] = {NAN, -NAN, INFINITY, -INFINITY};
  for (int64_t i = 0; i < N; i += i < 40 || i > N - 40 ? 1 : 977)
    for (int k = 0; k < 4; k++) {
      double was = x[i];
      x[i] = odd[k];
      assert_false(sum_is_finite(x, N));
      x[i] = was;
    }
}

RUN(CASE(one_value_that_is_not_finite_is_seen_wherever_it_stands), CASE(vector_code_adds_in_the_documented_order),
    CASE(sums_have_the_same_bits_for_any_number_of_threads), CASE(whole_numbers_add_exactly),
    CASE(nan_and_infinity_propagate_from_any_lane), CASE(tree_pairs_neighbours_and_keeps_columns_apart))
