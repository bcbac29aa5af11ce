// Expected orders: worked by hand, or the C library's qsort with the row number as the last key.
#include "check.h"

#include "base/pool.h"
#include "base/rng.h"
#include "num/num.h"

#include <stdlib.h>

TEST(keys_rise_with_the_doubles_and_nan_is_last) {
  static const double rising[] = {-INFINITY,          -1e300, -2,      -1, -1e-310, 0, 5e-324, 1e-310, 1,
                                  1.0000000000000002, 1e300,  INFINITY};
  for (size_t i = 1; i < sizeof rising / sizeof *rising; i++)
    assert_true(order_key_f64(rising[i - 1]) < order_key_f64(rising[i]));
  assert_true(order_key_f64(-0.0) == order_key_f64(0.0));
  assert_true(order_key_f64(NAN) > order_key_f64(INFINITY));
  assert_true(order_key_f64(-NAN) == order_key_f64(NAN));
}

TEST(keys_rise_with_the_integers) {
  static const int64_t rising[] = {INT64_MIN, INT64_MIN + 1, -256, -1, 0, 1, 255, 1LL << 40, INT64_MAX};
  for (size_t i = 1; i < sizeof rising / sizeof *rising; i++)
    assert_true(order_key_i64(rising[i - 1]) < order_key_i64(rising[i]));
}

typedef struct Row {
  uint64_t key;
  int64_t row;
} Row;

static int compare_rows(const void *a, const void *b) {
  const Row *x = a, *y = b;
  if (x->key != y->key) return x->key > y->key ? 1 : -1;
  return (x->row > y->row) - (x->row < y->row);
}

static uint64_t key_of_kind(RngKey rng, uint64_t i, int kind) {
  uint64_t bits = rng_u64(rng, i, 0);
  switch (kind) {
  case 0: return bits;
  case 1: return order_key_i64((int64_t)(bits % 1000) - 500);
  case 2: return order_key_f64((double)(bits % 77) / 4 - 9);
  case 3: return bits & 0xFFF0000000000F00u;
  case 4: return 7;
  case 5: return i;
  default: return UINT64_MAX - i / 3;
  }
}

TEST(argsort_is_stable_for_every_size_and_kind_of_key) {
  static const int64_t sizes[] = {0, 1, 2, 39, 40, 41, 300, 4095, 4096, 50000};
  enum { MOST = 50000 };
  static uint64_t key[MOST];
  static int64_t perm[MOST];
  static Row want[MOST];
  for (int kind = 0; kind < 7; kind++)
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
      RngKey rng = rng_key((uint64_t)kind, "keys");
      int64_t n = sizes[s];
      for (int64_t i = 0; i < n; i++) key[i] = key_of_kind(rng, (uint64_t)i, kind), want[i] = (Row){key[i], i};
      qsort(want, (size_t)n, sizeof *want, compare_rows);
      assert_int_equal(order_keys(NULL, key, n, false, perm, NULL), OK);
      for (int64_t i = 0; i < n; i++) assert_int_equal(perm[i], want[i].row);
    }
}

TEST(a_million_rows_sort) {
  enum { N = 1200000 };
  uint64_t *key = mem_new(N * sizeof *key);
  int64_t *perm = mem_new(N * sizeof *perm);
  RngKey rng = rng_key(1, "million");
  for (uint64_t i = 0; i < N; i++) key[i] = rng_u64(rng, i, 0) % 100000;
  assert_int_equal(order_keys(NULL, key, N, false, perm, NULL), OK);
  for (int64_t i = 1; i < N; i++) {
    assert_true(key[perm[i - 1]] <= key[perm[i]]);
    if (key[perm[i - 1]] == key[perm[i]]) assert_true(perm[i - 1] < perm[i]);
  }
  mem_free(key);
  mem_free(perm);
}

// Long ranges: more rows than one thread sorts alone; buckets that are long themselves; keys far apart.
static uint64_t long_key(RngKey rng, uint64_t i, int kind) {
  uint64_t bits = rng_u64(rng, i, 0);
  switch (kind) {
  case 0: return bits;
  case 1: return order_key_f64(ldexp(rng_unit(rng, i, 0) - 0.5, (int)(bits % 64)));
  case 2: return bits % 10 ? 1u << 20 : bits % 5000000;
  case 3: return i == 5 ? UINT64_MAX : i == 9 ? 0 : ((uint64_t)1 << 62) + bits % 3;
  case 4: return bits % 700;
  case 5: return ~i;
  default: return i / 1000 == 77 ? bits : i;
  }
}

TEST(long_ranges_sort_stably_on_any_number_of_threads) {
  enum { N = 400000 };
  static const int threads[] = {1, 2, 3, 7};
  uint64_t *key = mem_new(N * sizeof *key);
  int64_t *perm = mem_new(N * sizeof *perm);
  for (int kind = 0; kind < 7; kind++) {
    RngKey rng = rng_key((uint64_t)kind, "long");
    for (uint64_t i = 0; i < N; i++) key[i] = long_key(rng, i, kind);
    for (int t = 0; t < 4; t++) {
      Job job = {.pool = pool_new(threads[t])};
      assert_int_equal(order_keys(&job, key, N, false, perm, NULL), OK);
      for (int64_t i = 1; i < N; i++) {
        uint64_t a = key[perm[i - 1]], b = key[perm[i]];
        if (a > b || (a == b && perm[i - 1] >= perm[i])) fail_msg("kind %d, row %lld", kind, (long long)i);
      }
      pool_free(job.pool);
    }
  }
  mem_free(key);
  mem_free(perm);
}

TEST(long_columns_of_doubles_keep_their_values) {
  enum { N = 300000 };
  double *x = mem_new(N * sizeof *x);
  int64_t sum = 0, after = 0;
  for (int64_t i = 0; i < N; i++) x[i] = (double)(i * 7919 % 100003) - 50000, sum += (int64_t)x[i];
  assert_int_equal(order_sort_f64(NULL, x, N, NULL), OK);
  for (int64_t i = 0; i < N; i++) {
    after += (int64_t)x[i];
    if (i) assert_true(x[i - 1] <= x[i]);
  }
  assert_int_equal(sum, after);
  mem_free(x);
}

TEST(more_rows_than_32_bits_can_number_are_refused) {
  KeyRows r = {.n = (int64_t)1 << 32};
  Err err;
  assert_int_equal(order_rows(NULL, &r, &err), ERR_SHAPE);
  assert_string_equal(err.msg, "sorting: 4294967296 rows, at most 4294967295 can be put in order: take fewer");
}

TEST(sorts_by_several_keys_start_with_the_last_one) {
  static const uint64_t first[] = {2, 1, 2, 1, 2}, last[] = {9, 5, 3, 5, 9};
  int64_t perm[5];
  assert_int_equal(order_keys(NULL, last, 5, false, perm, NULL), OK);
  assert_int_equal(order_keys(NULL, first, 5, true, perm, NULL), OK);
  static const int64_t want[] = {1, 3, 2, 0, 4};
  assert_memory_equal(perm, want, sizeof want);
}

TEST(doubles_sort_in_place_with_nan_last_and_bits_kept) {
  double x[] = {3, -NAN, -INFINITY, 0.0, -0.0, 1e-320, NAN, -7.5, INFINITY, 3};
  static const double want[] = {-INFINITY, -7.5, -0.0, 0.0, 1e-320, 3, 3, INFINITY};
  assert_int_equal(order_sort_f64(NULL, x, 10, NULL), OK);
  assert_memory_equal(x, want, sizeof want);
  assert_true(isnan(x[8]) && isnan(x[9]));
  assert_int_equal(order_sort_f64(NULL, x, 0, NULL), OK);
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

TEST(long_columns_of_doubles_sort) {
  enum { N = 30000 };
  static double x[N], want[N];
  RngKey rng = rng_key(1, "doubles");
  for (uint64_t i = 0; i < N; i++) x[i] = want[i] = ldexp(rng_unit(rng, i, 0) - 0.5, (int)rng_below(rng, i, 1, 99));
  qsort(want, N, sizeof *want, compare_doubles);
  assert_int_equal(order_sort_f64(NULL, x, N, NULL), OK);
  assert_memory_equal(x, want, sizeof want);
}

TEST(a_cancelled_job_stops_it) {
  static uint64_t key[100];
  static double x[100];
  int64_t perm[100];
  for (int i = 0; i < 100; i++) key[i] = (uint64_t)(i * 37 % 100), x[i] = (double)key[i];
  Job job = {.cancel = true};
  Err err;
  assert_int_equal(order_keys(&job, key, 100, false, perm, &err), ERR_CANCELLED);
  assert_int_equal(order_sort_f64(&job, x, 100, &err), ERR_CANCELLED);
  for (int i = 0; i < 100; i++) assert_true(x[i] == (double)key[i]); // untouched
}

TEST(a_sort_over_the_budget_says_so) {
  enum { N = 100000 };
  static uint64_t key[N];
  static int64_t perm[N];
  static double x[N];
  Job job = {.memory = 1};
  Err err;
  assert_int_equal(order_keys(&job, key, N, false, perm, &err), ERR_MEMORY);
  assert_has(err.msg, "sorting needs 2.3 MB");
  assert_int_equal(order_sort_f64(&job, x, N, &err), ERR_MEMORY);
}

RUN(CASE(keys_rise_with_the_doubles_and_nan_is_last), CASE(keys_rise_with_the_integers),
    CASE(argsort_is_stable_for_every_size_and_kind_of_key), CASE(a_million_rows_sort),
    CASE(long_ranges_sort_stably_on_any_number_of_threads), CASE(long_columns_of_doubles_keep_their_values),
    CASE(more_rows_than_32_bits_can_number_are_refused), CASE(sorts_by_several_keys_start_with_the_last_one),
    CASE(doubles_sort_in_place_with_nan_last_and_bits_kept), CASE(long_columns_of_doubles_sort),
    CASE(a_cancelled_job_stops_it), CASE(a_sort_over_the_budget_says_so))
