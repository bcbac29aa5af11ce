// Expected values: pandas 1.5.3, Series.mean(), .var(), .skew(), .kurt(); sums of powers of the long column by rational
// arithmetic (Python 3.11, fractions).
#include "check.h"

#include "base/pool.h"
#include "num/num.h"

#define COUNT(a) ((int64_t)(sizeof(a) / sizeof *(a)))

static void expect(const double *x, int64_t n, double mean, double var, double skew, double kurtosis) {
  Moments m = moments_f64(NULL, x, n);
  assert_int_equal(m.n, n);
  assert_near(m.mean, mean, 1e-15);
  assert_near(moments_var(&m), var, 1e-12);
  assert_near(moments_skew(&m), skew, 1e-12);
  assert_near(moments_kurtosis(&m), kurtosis, 1e-12);
}

TEST(skew_and_kurtosis_equal_pandas) {
  static const double wind[] = {7.4, 8,    12.6, 11.5, 14.3, 14.9, 8.6, 13.8, 20.1, 8.6,
                                6.9, 9.7,  9.2,  10.9, 13.2, 11.5, 12,  18.4, 11.5, 9.7};
  static const double far[] = {1000000.25, 1000000.5, 1000001.75, 1000003, 999997.5, 1000008, 1000000.125, 999999};
  expect((double[]){2, 8, 0, 4, 1, 9, 9, 0}, 8, 4.125, 15.839285714285714, 0.3305821804079747, -2.098602258096087);
  expect(wind, COUNT(wind), 11.639999999999999, 12.07305263157895, 0.9284400930519552, 0.7432315593755838);
  expect(far, COUNT(far), 1000001.265625, 10.118024553571429, 1.436611756151812, 2.7907898950623817);
  expect((double[]){1, 2, 3, 10}, 4, 4, 16.666666666666668, 1.763632614803888, 3.2280000000000015);
}

enum { LONG = 50000 };

static const double *long_column(void) {
  static double x[LONG];
  for (int64_t i = 0; i < LONG; i++) x[i] = (double)(i * 7919 % 10007) / 64, x[i] *= x[i];
  return x;
}

TEST(blocks_merge_into_the_moments_of_the_whole) {
  const double *x = long_column();
  expect(x, LONG, 8148.730725810547, 53124799.728401914, 0.6388946561165956, -0.8571133144049607);
  Moments m = moments_f64(NULL, x, LONG);
  assert_near(m.m2, 2656186861620.367, 1e-14);
  assert_near(m.m3, 1.2368560581507302e+16, 1e-13);
  assert_near(m.m4, 3.023705579113412e+20, 1e-13);
  assert_true(m.min == 0 && m.max == 10006.0 * 10006 / 4096);
}

TEST(moments_have_the_same_bits_for_any_number_of_threads) {
  static const int threads[] = {1, 2, 3, 7};
  const double *x = long_column();
  Moments want = moments_f64(NULL, x, LONG);
  for (int k = 0; k < 4; k++) {
    Job job = {.pool = pool_new(threads[k])};
    Moments got = moments_f64(&job, x, LONG);
    assert_memory_equal(&got, &want, sizeof want);
    pool_free(job.pool);
  }
}

// The documented method in scalar code for the base instruction set: lane i mod 8, one rounded centre.
TEST(vector_code_computes_the_documented_sums) {
  enum { N = 1003 };
  const double *x = long_column();
  double a[5][8] = {{0}}, s[5];
  for (int i = 0; i < N; i++) a[0][i % 8] += x[i];
  for (int k = 0; k < 5; k++) {
    const double *l = a[k];
    s[k] = ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
    for (int i = 0; k == 0 && i < N; i++) {
      double d = x[i] - s[0] / N, d2 = d * d;
      a[1][i % 8] += d, a[2][i % 8] += d2, a[3][i % 8] += d2 * d, a[4][i % 8] += d2 * d2;
    }
  }
  double e = s[1] / N, e2 = e * e;
  Moments m = moments_f64(NULL, x, N);
  assert_true(m.mean == s[0] / N + e);
  assert_true(m.m2 == s[2] - e * s[1]);
  assert_true(m.m3 == s[3] - 3 * e * s[2] + 2 * e2 * s[1]);
  assert_true(m.m4 == s[4] - 4 * e * s[3] + 6 * e2 * s[2] - 3 * e2 * e * s[1]);
}

TEST(a_constant_column_has_no_spread_at_all) {
  static double x[40000];
  for (int i = 0; i < 40000; i++) x[i] = 0.1;
  Moments m = moments_f64(NULL, x, 40000);
  assert_true(m.mean == 0.1 && m.m2 == 0 && m.m3 == 0 && m.m4 == 0 && m.min == 0.1 && m.max == 0.1);
  assert_true(moments_var(&m) == 0);
  assert_true(isnan(moments_skew(&m)) && isnan(moments_kurtosis(&m)));
}

TEST(too_few_values_give_nan) {
  Moments m = moments_f64(NULL, NULL, 0);
  assert_true(m.n == 0 && m.min == INFINITY && m.max == -INFINITY && m.m2 == 0);
  assert_true(isnan(moments_var(&m)));
  double x[] = {1, 5, 7};
  m = moments_f64(NULL, x, 1);
  assert_true(m.mean == 1 && isnan(moments_var(&m)));
  m = moments_f64(NULL, x, 2);
  assert_true(moments_var(&m) == 8 && isnan(moments_skew(&m)));
  m = moments_f64(NULL, x, 3);
  assert_true(!isnan(moments_skew(&m)) && isnan(moments_kurtosis(&m)));
}

TEST(nan_reaches_every_field) {
  static double x[40000];
  for (int at = 0; at < 40000; at += 13001) {
    for (int i = 0; i < 40000; i++) x[i] = i % 100;
    x[at] = NAN;
    Moments m = moments_f64(NULL, x, 40000);
    assert_true(m.n == 40000 && isnan(m.mean) && isnan(m.m2) && isnan(m.m3) && isnan(m.m4));
    assert_true(isnan(m.min) && isnan(m.max));
  }
}

TEST(infinity_gives_an_infinite_mean_and_no_spread) {
  static double x[40000];
  for (int i = 0; i < 40000; i++) x[i] = i % 100;
  x[20000] = INFINITY;
  Moments m = moments_f64(NULL, x, 40000);
  assert_true(m.mean == INFINITY && isnan(m.m2) && isnan(m.m3) && isnan(m.m4) && m.min == 0 && m.max == INFINITY);
  x[39999] = -INFINITY;
  m = moments_f64(NULL, x, 40000);
  assert_true(isnan(m.mean) && isnan(m.m2) && m.min == -INFINITY && m.max == INFINITY);
  x[20000] = 0;
  m = moments_f64(NULL, x, 40000);
  assert_true(m.mean == -INFINITY && m.min == -INFINITY && m.max == 99);
  for (int i = 0; i < 9; i++) x[i] = INFINITY;
  m = moments_f64(NULL, x, 9);
  assert_true(m.mean == INFINITY && isnan(m.m2));
}

RUN(CASE(skew_and_kurtosis_equal_pandas), CASE(blocks_merge_into_the_moments_of_the_whole),
    CASE(moments_have_the_same_bits_for_any_number_of_threads), CASE(vector_code_computes_the_documented_sums),
    CASE(a_constant_column_has_no_spread_at_all), CASE(too_few_values_give_nan), CASE(nan_reaches_every_field),
    CASE(infinity_gives_an_infinite_mean_and_no_spread))
