// Exact distributions against R 4.2.2 (pwilcox, psignrank, pchisq with ncp and uniroot, fisher.test, psmirnov,
// ks.test); conditional odds ratios and their limits from R's dhyper with uniroot at tol = 1e-14; the far tails and the
// limit of Kolmogorov's distribution from scipy 1.10.1 (kstwo, kolmogorov); pairs by hand,
// and by sorting all of them.
#include "check.h"

#include "stats/exact_int.h"

#include <math.h>
#include <stdlib.h>

TEST(mann_whitney_agrees_with_R) {
  Arena a = {0};
  double *p = exact_u(&a, 7, 9);
  assert_near(p[20], 0.12613636363636366, 1e-15);
  assert_int_equal(exact_quantile(p, 63, 0.025), 13);
  p = exact_u(&a, 40, 45);
  assert_near(p[700], 0.039478475739310362, 1e-14);
  assert_int_equal(exact_quantile(p, 1800, 0.025), 678);
  assert_near(exact_u(&a, 10, 12)[2] / 6.1857646996965881e-06, 1, 1e-13);
  assert_near(exact_u(&a, 49, 49)[1200], 0.49999999999999767, 1e-13);
  arena_fini(&a);
}

TEST(signed_ranks_agree_with_R) {
  Arena a = {0};
  double *p = exact_v(&a, 12);
  assert_near(p[20], 0.075683593750000056, 1e-15);
  assert_int_equal(exact_quantile(p, 78, 0.025), 14);
  p = exact_v(&a, 49);
  assert_near(p[300] / 0.00075176423512957069, 1, 1e-12);
  assert_int_equal(exact_quantile(p, 1225, 0.025), 416);
  assert_near(exact_v(&a, 30)[1] / 1.8626451492309587e-09, 1, 1e-13);
  arena_fini(&a);
}

static double kth_difference(const double *x, int64_t m, const double *y, int64_t n, int64_t k) {
  double v;
  assert_int_equal(pair_difference(NULL, x, m, y, n, k, &v, NULL), OK);
  return v;
}

static double kth_average(const double *x, int64_t n, int64_t k) {
  double v;
  assert_int_equal(pair_average(NULL, x, n, k, &v, NULL), OK);
  return v;
}

TEST(the_kth_pair_is_found_without_the_pairs) {
  const double x[] = {-2, 0, 0, 1.5, 7}, y[] = {-1, 0.25, 3};
  const double d[] = {-5, -3, -3, -2.25, -1.5, -1, -0.25, -0.25, 1, 1, 1.25, 2.5, 4, 6.75, 8};
  double v;
  for (int64_t k = 0; k < 15; k++) assert_true(kth_difference(x, 5, y, 3, k) == d[k]);
  assert_int_equal(pair_difference_median(NULL, x, 5, y, 3, &v, NULL), OK);
  assert_true(v == -0.25);
  const double w[] = {-2, -1, -1, -0.25, 0, 0, 0, 0.75, 0.75, 1.5, 2.5, 3.5, 3.5, 4.25, 7};
  for (int64_t k = 0; k < 15; k++) assert_true(kth_average(x, 5, k) == w[k]);
  assert_int_equal(pair_average_median(NULL, x, 4, &v, NULL), OK);
  assert_true(v == 0);
  assert_int_equal(pair_difference_median(NULL, x, 2, y, 1, &v, NULL), OK);
  assert_true(v == 0);
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// Values of shape s: spread evenly, in heaps, of many magnitudes, or nearly all one.
static void fill(double *x, int64_t n, int shape, uint64_t seed) {
  for (int64_t i = 0; i < n; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    double u = (double)(seed >> 11) * 0x1p-53;
    x[i] = shape == 0 ? u : shape == 1 ? floor(u * 9) : shape == 2 ? exp(40 * u - 20) * (u > 0.3 ? 1 : -1) : u < 0.999;
  }
  qsort(x, (size_t)n, sizeof *x, ascending);
}

// All pairs, sorted, are the reference.
static void check_all(int shape, int64_t m, int64_t n) {
  double *x = malloc((size_t)m * sizeof *x), *y = malloc((size_t)n * sizeof *y);
  double *d = malloc((size_t)(m * n) * sizeof *d), *w = malloc((size_t)(m * (m + 1) / 2) * sizeof *w), v;
  int64_t all = 0;
  assert_true(x && y && d && w);
  fill(x, m, shape, 1), fill(y, n, shape, 2);
  for (int64_t i = 0; i < m; i++)
    for (int64_t j = 0; j < n; j++) d[i * n + j] = x[i] - y[j];
  for (int64_t i = 0; i < m; i++)
    for (int64_t j = i; j < m; j++) w[all++] = (x[i] + x[j]) / 2;
  qsort(d, (size_t)(m * n), sizeof *d, ascending);
  qsort(w, (size_t)all, sizeof *w, ascending);
  for (int64_t k = 0; k < m * n; k += m * n / 13) assert_true(kth_difference(x, m, y, n, k) == d[k]);
  for (int64_t k = 0; k < all; k += all / 13) assert_true(kth_average(x, m, k) == w[k]);
  assert_int_equal(pair_difference_median(NULL, x, m, y, n, &v, NULL), OK);
  assert_true(v == (d[(m * n - 1) / 2] + d[m * n / 2]) / 2);
  assert_int_equal(pair_average_median(NULL, x, m, &v, NULL), OK);
  assert_true(v == (w[(all - 1) / 2] + w[all / 2]) / 2);
  free(x), free(y), free(d), free(w);
}

TEST(the_kth_pair_of_long_samples_is_the_one_that_sorting_finds) {
  for (int shape = 0; shape < 4; shape++) check_all(shape, 1500, 1100), check_all(shape, 37, 1800);
}

TEST(a_pair_is_not_looked_for_once_cancelled) {
  Job job = {.cancel = true};
  static double x[3000];
  Err err = {0};
  double v;
  fill(x, 3000, 0, 3);
  assert_int_equal(pair_average(&job, x, 3000, 7, &v, &err), ERR_CANCELLED);
}

TEST(noncentrality_agrees_with_R) {
  double low, high;
  exact_noncentrality(37.2, 4, 0.95, &low, &high);
  assert_near(low, 14.667743291708312, 1e-9);
  assert_near(high, 61.496935555319503, 1e-9);
  exact_noncentrality(1, 4, 0.95, &low, &high);
  assert_true(low == 0 && high > 0);
}

TEST(two_by_two_tables_agree_with_R) {
  Fisher22 f = exact_fisher22(3, 4, 4, 4, 0.95);
  assert_near(f.p, 0.48571428571428582, 1e-14);
  assert_near(f.odds, 6.4083196581996766, 1e-11);
  assert_near(f.low, 0.21173559544657891, 1e-11);
  assert_near(f.high, 626.24353058881445, 1e-11);
  f = exact_fisher22(12, 19, 17, 36, 0.95);
  assert_near(f.p / 0.00054735682126697417, 1, 1e-12);
  assert_near(f.odds, 9.4033378925929458, 1e-11);
  assert_near(f.low, 2.2296024971241675, 1e-11);
  assert_near(f.high, 47.047471660330729, 1e-11);
  f = exact_fisher22(1198, 1755, 2691, 1835, 0.95);
  assert_near(f.p / 4.835903179337277e-22, 1, 1e-10);
  assert_near(f.odds, 1.8408323042942734, 1e-10);
  assert_near(f.low, 1.6213596688474448, 1e-10);
  assert_near(f.high, 2.0912356570115067, 1e-10);
  f = exact_fisher22(0, 4, 5, 6, 0.95);
  assert_true(f.odds == 0 && f.low == 0 && f.high < 10);
  f = exact_fisher22(0, 0, 5, 6, 0.95);
  assert_true(f.p == 1 && isnan(f.odds));
}

TEST(larger_tables_agree_with_R) {
  double p = 0;
  const int64_t three[] = {3, 1, 2, 0, 5, 6, 2, 4, 1}, four[] = {8, 3, 2, 9, 4, 1, 1, 7};
  const int64_t job[] = {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11};
  assert_true(exact_fisher(three, 3, 3, 1000000, &p));
  assert_near(p, 0.079382136910067222, 1e-12);
  assert_true(exact_fisher(four, 2, 4, 1000000, &p));
  assert_near(p, 0.90011817620600831, 1e-12);
  assert_false(exact_fisher(job, 4, 4, 1000, &p));
}

TEST(kolmogorov_distances_agree_with_R_and_scipy) {
  assert_near(exact_kolmogorov(0.2, 10), 0.74871903999999989, 1e-13);
  assert_near(exact_kolmogorov(0.35, 20), 0.010754963444390753, 1e-13);
  assert_near(exact_kolmogorov(0.1, 99), 0.25777804647268598, 1e-12);
  assert_near(exact_kolmogorov(0.05, 60), 0.99651198528779661, 1e-12);
  assert_near(exact_kolmogorov(0.25, 50), 0.0030657620198719648, 1e-12);
  assert_near(exact_kolmogorov(0.6, 12) / 0.00011635930561193362, 1, 1e-10);
  assert_near(exact_kolmogorov(0.35, 40) / 6.9380844306141213e-05, 1, 1e-10);
  assert_near(exact_kolmogorov(0.5, 99) / 2.065796492794568e-23, 1, 1e-10);
  const double t[] = {0.3, 0.7, 0.99, 1.2, 2.5};
  const double want[] = {0.99999069419866549, 0.71123519502968935, 0.28087383922554893, 0.11224966667072497,
                         7.4533063441573419e-06};
  for (int k = 0; k < 5; k++) assert_near(kolmogorov_limit(t[k]) / want[k], 1, 1e-13);
}

TEST(smirnov_distances_agree_with_R) {
  bool end[100];
  for (int k = 0; k < 100; k++) end[k] = true;
  assert_near(exact_smirnov(0.5, 7, 9, end), 0.16870629370629353, 1e-13);
  assert_near(exact_smirnov(0.3, 40, 60, end), 0.022545775446386696, 1e-13);
  const int tied[] = {1, 4, 5, 9, 12}; // 1 2 2 3 4 4 4 5 6 7 7 8 9 9 10 11
  for (int k = 0; k < 5; k++) end[tied[k]] = false;
  assert_near(exact_smirnov(0.5, 7, 9, end), 0.14414335664335909, 1e-13);
}

RUN(CASE(mann_whitney_agrees_with_R), CASE(signed_ranks_agree_with_R), CASE(the_kth_pair_is_found_without_the_pairs),
    CASE(the_kth_pair_of_long_samples_is_the_one_that_sorting_finds), CASE(a_pair_is_not_looked_for_once_cancelled),
    CASE(noncentrality_agrees_with_R), CASE(two_by_two_tables_agree_with_R), CASE(larger_tables_agree_with_R),
    CASE(kolmogorov_distances_agree_with_R_and_scipy), CASE(smirnov_distances_agree_with_R))
