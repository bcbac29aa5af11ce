// Expected values: R 4.2.2, quantile(); random data against a full sort.
#include "check.h"

#include "base/pool.h"
#include "base/rng.h"
#include "golden/r_quantile.h"
#include "num/num.h"

#include <stdlib.h>

static const double P[] = {0, 0.05, 0.1, 0.25, 0.3, 1.0 / 3, 0.5, 0.57, 0.6, 0.7, 0.9, 0.95, 1};
// n * p of these is a hair beside a whole number for n = 10, 100, 1000.
static const double NEAR[] = {0.07, 0.14, 0.28, 0.29, 0.55, 0.56, 0.57, 0.58, 1 - 0.1, 0.1 + 0.2};
enum { NP = sizeof P / sizeof *P, NNEAR = sizeof NEAR / sizeof *NEAR };

static void expect(const char *name, const double *sample, int64_t n, const double *p, int64_t m, const double *want) {
  double x[1000], q[16];
  for (int type = 1; type <= 9; type++, want += m) {
    memcpy(x, sample, (size_t)n * sizeof *x);
    assert_int_equal(quantile_f64(NULL, x, n, type, p, m, q, NULL), OK);
    for (int64_t j = 0; j < m; j++)
      if (q[j] != want[j]) fail_msg("%s type %d p %g: %.17g, R has %.17g", name, type, p[j], q[j], want[j]);
  }
}

TEST(all_nine_types_equal_r_to_the_last_bit) {
  double tens[10], squares[20];
  for (int i = 0; i < 10; i++) tens[i] = (10 - i) * 10;
  for (int i = 0; i < 20; i++) squares[i] = (i + 1) * (i + 1) / 7.0;
  expect("pair", (double[]){9, 2}, 2, P, NP, *R_PAIR);
  expect("ties", (double[]){5, 1, 4, 4, 2, 8, 4}, 7, P, NP, *R_TIES);
  expect("tens", tens, 10, P, NP, *R_TENS);
  expect("squares", squares, 20, P, NP, *R_SQUARES);
}

TEST(places_beside_whole_numbers_are_rounded_as_in_r) {
  double x[1000];
  for (int i = 0; i < 1000; i++) x[i] = i + 1;
  expect("1:10", x, 10, NEAR, NNEAR, *R_NEAR_10);
  expect("1:100", x, 100, NEAR, NNEAR, *R_NEAR_100);
  expect("1:1000", x, 1000, NEAR, NNEAR, *R_NEAR_1000);
}

TEST(one_value_is_every_quantile_and_no_value_has_none) {
  double x[] = {3.5}, q[2];
  for (int type = 1; type <= 9; type++) {
    assert_int_equal(quantile_f64(NULL, x, 1, type, (double[]){0, 0.9}, 2, q, NULL), OK);
    assert_true(q[0] == 3.5 && q[1] == 3.5);
    assert_int_equal(quantile_f64(NULL, NULL, 0, type, (double[]){0, 0.9}, 2, q, NULL), OK);
    assert_true(isnan(q[0]) && isnan(q[1]));
  }
  assert_int_equal(quantile_f64(NULL, x, 1, 7, NULL, 0, NULL, NULL), OK);
}

TEST(infinities_are_values) {
  double x[] = {2, -INFINITY, INFINITY, 1}, q[5];
  assert_int_equal(quantile_f64(NULL, x, 4, 7, (double[]){0, 0.25, 0.5, 0.9, 1}, 5, q, NULL), OK);
  assert_true(q[0] == -INFINITY && q[1] == -INFINITY && q[2] == 1.5 && q[3] == INFINITY && q[4] == INFINITY);
}

TEST(long_columns_with_ties_equal_r) {
  enum { N = 100000 };
  static double x[N];
  for (int64_t i = 0; i < N; i++) x[i] = (double)(i * 7919 % 10007) / 64, x[i] *= x[i];
  static const double want[] = {2.44140625, 1527.099853515625, 6110.842041015625, 19801.7666015625, 24394.540037353538};
  double q[5];
  assert_int_equal(quantile_f64(NULL, x, N, 7, (double[]){0.01, .25, .5, .9, .999}, 5, q, NULL), OK);
  for (int j = 0; j < 5; j++) assert_true(q[j] == want[j]);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// kind: how hard the values are to tell apart by their leading bits.
static double awkward(RngKey key, uint64_t i, int kind) {
  double u = rng_unit(key, i, 0);
  switch (kind) {
  case 0: return u - 0.5;
  case 1: return 1e9 + u * 1e-3;
  case 2: return floor(u * 4);
  case 3: return i == 7 ? 1e300 : i == 9 ? -1e-300 : 1 + u * 0x1p-40;
  case 4: return ldexp(u - 0.5, (int)rng_below(key, i, 1, 2000) - 1000);
  default: return 42;
  }
}

TEST(any_order_statistic_equals_that_of_a_full_sort) {
  enum { N = 20001, M = 40 };
  static double x[N], sorted[N], p[M], q[M];
  for (int kind = 0; kind < 6; kind++) {
    RngKey key = rng_key((uint64_t)kind, "awkward");
    for (uint64_t i = 0; i < N; i++) x[i] = sorted[i] = awkward(key, i, kind);
    qsort(sorted, N, sizeof *sorted, compare);
    for (int j = 0; j < M; j++) p[j] = rng_unit(key, (uint64_t)j, 9);
    assert_int_equal(quantile_f64(NULL, x, N, 1, p, M, q, NULL), OK);
    for (int j = 0; j < M; j++) assert_true(q[j] == sorted[(int)ceil(N * p[j]) - 1]);
  }
}

// kind: as awkward, then values of which one is most, and such that outnumber the tables of the few.
static double many(RngKey key, uint64_t i, int kind) {
  uint64_t bits = rng_u64(key, i, 3);
  if (kind < 6) return awkward(key, i, kind);
  if (kind == 6) return bits % 10 ? -0.0 : rng_unit(key, i, 0) - 0.5;
  if (kind == 7) return (double)(bits % 30000) / 64;
  if (kind == 8) return bits % 3 ? 1e300 : (double)(bits % 90000) * 1e-300;
  return bits % 5 ? (double)(int64_t)(bits % 7) : i % 50 ? INFINITY : -INFINITY;
}

static void read_sorted(const double *sorted, int64_t n, Values *v) {
  *v = (Values){0};
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i; j < n && sorted[j] == sorted[i];) j++;
    v->distinct++;
    if (j - i > v->most) v->most = j - i, v->mode = sorted[i];
  }
}

TEST(long_columns_are_counted_as_a_full_sort_counts_them_on_any_number_of_threads) {
  enum { N = 250000, M = 7 };
  static const double p[M] = {0, 0.01, 0.25, 0.5, 0.75, 0.999, 1};
  static const int threads[] = {1, 2, 3, 7};
  double *x = mem_new(N * sizeof *x), *sorted = mem_new(N * sizeof *sorted), q[M];
  for (int kind = 0; kind < 10; kind++) {
    RngKey key = rng_key((uint64_t)kind, "many");
    Values want, v;
    for (uint64_t i = 0; i < N; i++) x[i] = sorted[i] = many(key, i, kind);
    qsort(sorted, N, sizeof *sorted, compare);
    read_sorted(sorted, N, &want);
    for (int t = 0; t < 4; t++) {
      Job job = {.pool = pool_new(threads[t])};
      Room room = {0};
      for (int mode = 0; mode < 2; mode++) {
        assert_int_equal(quantile_values(&job, x, N, 1, p, M, q, mode, mode ? &room : NULL, &v, NULL), OK);
        for (int j = 0; j < M; j++) assert_true(q[j] == sorted[j ? (int)ceil(N * p[j]) - 1 : 0]);
        assert_int_equal(v.distinct, want.distinct);
        if (mode) assert_true(v.most == want.most && v.mode == want.mode);
      }
      assert_int_equal(quantile_f64(&job, x, N, 1, p, M, q, NULL), OK);
      for (int j = 0; j < M; j++) assert_true(q[j] == sorted[j ? (int)ceil(N * p[j]) - 1 : 0]);
      room_fini(&room);
      pool_free(job.pool);
    }
  }
  mem_free(x);
  mem_free(sorted);
}

TEST(counts_of_few_values_are_exact) {
  Values v;
  double q[1];
  assert_int_equal(quantile_values(NULL, (double[]){3, -0.0, 3, 0, 7}, 5, 7, (double[]){1}, 1, q, true, NULL, &v, NULL),
                   OK);
  assert_true(v.distinct == 3 && v.most == 2 && v.mode == 0 && q[0] == 7);
  assert_int_equal(quantile_values(NULL, NULL, 0, 7, (double[]){1}, 1, q, true, NULL, &v, NULL), OK);
  assert_true(v.distinct == 0 && v.most == 0 && isnan(v.mode) && isnan(q[0]));
}

TEST(a_long_column_over_the_budget_is_refused) {
  enum { N = 300000 };
  double *x = mem_new(N * sizeof *x), q;
  for (int64_t i = 0; i < N; i++) x[i] = (double)(i * 7919 % N);
  Job job = {.memory = 1};
  Values v;
  Err err;
  assert_int_equal(quantile_values(&job, x, N, 7, (double[]){.5}, 1, &q, false, NULL, &v, &err), ERR_MEMORY);
  assert_has(err.msg, "ordering values needs 2.3 MB");
  mem_free(x);
}

TEST(a_cancelled_job_stops_it) {
  static double x[100];
  for (int i = 0; i < 100; i++) x[i] = i;
  Job job = {.cancel = true};
  Err err;
  double q;
  assert_int_equal(quantile_f64(&job, x, 100, 7, (double[]){0.5}, 1, &q, &err), ERR_CANCELLED);
  assert_true(isnan(q));
}

RUN(CASE(all_nine_types_equal_r_to_the_last_bit), CASE(places_beside_whole_numbers_are_rounded_as_in_r),
    CASE(one_value_is_every_quantile_and_no_value_has_none), CASE(infinities_are_values),
    CASE(long_columns_with_ties_equal_r), CASE(any_order_statistic_equals_that_of_a_full_sort),
    CASE(long_columns_are_counted_as_a_full_sort_counts_them_on_any_number_of_threads),
    CASE(counts_of_few_values_are_exact), CASE(a_long_column_over_the_budget_is_refused),
    CASE(a_cancelled_job_stops_it))
