// Expected ranks: R 4.2.2, rank(). Counts of distinct values: by construction.
#include "check.h"

#include "base/rng.h"
#include "num/num.h"

TEST(ties_share_the_mean_rank_as_in_r) {
  static const double x[] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, -0.0, 0, -2, INFINITY, -INFINITY};
  static const double want[] = {8.5, 5.5, 10, 5.5, 12, 15, 7, 14, 12, 8.5, 12, 3.5, 3.5, 2, 16, 1};
  double rank[16];
  assert_int_equal(rank_average(NULL, x, 16, rank, NULL), OK);
  for (int i = 0; i < 16; i++) assert_true(rank[i] == want[i]);
  assert_int_equal(rank_average(NULL, x, 1, rank, NULL), OK);
  assert_true(rank[0] == 1);
  assert_int_equal(rank_average(NULL, x, 0, rank, NULL), OK);
}

TEST(long_columns_rank_as_in_r) {
  static const double want[] = {41.5, 123.5, 205.5, 287, 368, 449};
  static double x[3000], rank[3000], place[3000];
  for (int i = 0; i < 3000; i++) x[i] = i * 7919 % 37, place[i] = i + 1;
  assert_int_equal(rank_average(NULL, x, 3000, rank, NULL), OK);
  for (int i = 0; i < 6; i++) assert_true(rank[i] == want[i]);
  assert_true(sum_dot(NULL, rank, place, 3000) == 6775985070.5);
  Moments m = moments_f64(NULL, rank, 3000);
  assert_near(moments_var(&m), 749702.03684561525, 1e-14);
}

static int64_t distinct(const double *x, int64_t n) {
  int64_t d = -1;
  assert_int_equal(order_distinct_f64(NULL, x, n, &d, NULL), OK);
  return d;
}

TEST(distinct_values_are_counted_and_zeros_are_one) {
  assert_int_equal(distinct(NULL, 0), 0);
  assert_int_equal(distinct((double[]){5}, 1), 1);
  assert_int_equal(distinct((double[]){0.0, -0.0, 1, INFINITY, -INFINITY, 1}, 6), 4);
}

TEST(few_and_many_distinct_values_are_counted) {
  enum { N = 200000 };
  double *x = mem_new(N * sizeof *x);
  static const int64_t counts[] = {1, 2, 1000, 32766, 32767, 32768, 32769, 65537, 199999, N};
  for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
    for (int64_t i = 0; i < N; i++) x[i] = (double)(i * 7919 % counts[k]) * 0.37 - 1000;
    // 7919 is prime and divides none of the counts, so all remainders occur
    assert_int_equal(distinct(x, N), counts[k]);
  }
  mem_free(x);
}

TEST(errors_come_back) {
  enum { N = 200000 };
  static double x[N], rank[N];
  for (int i = 0; i < N; i++) x[i] = i * 37 % N;
  int64_t d;
  Err err;
  Job cancelled = {.cancel = true}, tight = {.memory = 1};
  assert_int_equal(rank_average(&cancelled, x, N, rank, &err), ERR_CANCELLED);
  assert_int_equal(order_distinct_f64(&cancelled, x, N, &d, &err), ERR_CANCELLED);
  assert_int_equal(rank_average(&tight, x, N, rank, &err), ERR_MEMORY);
  assert_has(err.msg, "ranking needs 4.6 MB");
  assert_int_equal(order_distinct_f64(&tight, x, N, &d, &err), ERR_MEMORY);
  assert_has(err.msg, "ordering values needs 1.5 MB");
}

RUN(CASE(ties_share_the_mean_rank_as_in_r), CASE(long_columns_rank_as_in_r),
    CASE(distinct_values_are_counted_and_zeros_are_one), CASE(few_and_many_distinct_values_are_counted),
    CASE(errors_come_back))
