// Known answers: kat_vectors of Random123 1.14 for philox4x32-10 (first two of the four words, which are rng_u64).
// Uniformity and independence: chi-square and correlation within six standard deviations.
#include "check.h"

#include "base/rng.h"

TEST(philox_gives_its_known_answers) {
  assert_true(rng_u64((RngKey){{0, 0}}, 0, 0) == 0xe169c58d6627e8d5u);
  assert_true(rng_u64((RngKey){{0xffffffffu, 0xffffffffu}}, UINT64_MAX, UINT64_MAX) == 0x41c83b0e408f276du);
  assert_true(rng_u64((RngKey){{0xa4093822u, 0x299f31d0u}}, 0x85a308d3243f6a88u, 0x0370734413198a2eu) ==
              0x94fdccebd16cfe09u);
}

TEST(a_draw_never_changes) {
  RngKey key = rng_key(1, "split");
  uint64_t first = rng_u64(key, 5, 7);
  for (uint64_t i = 0; i < 100; i++) rng_u64(key, i, 0);
  assert_true(rng_u64(rng_key(1, "split"), 5, 7) == first);
}

TEST(seed_stage_row_and_draw_all_matter) {
  uint64_t v[] = {rng_u64(rng_key(1, "a"), 0, 0), rng_u64(rng_key(2, "a"), 0, 0),
                  rng_u64(rng_key(1ull << 32, "a"), 0, 0), rng_u64(rng_key(1, "b"), 0, 0),
                  rng_u64(rng_key(1, ""), 0, 0), rng_u64(rng_key(1, "a"), 1, 0), rng_u64(rng_key(1, "a"), 0, 1),
                  rng_u64(rng_key(1, "a"), 1ull << 32, 0), rng_u64(rng_key(1, "a"), 0, 1ull << 32)};
  for (size_t i = 0; i < sizeof v / sizeof *v; i++)
    for (size_t j = 0; j < i; j++) assert_true(v[i] != v[j]);
}

static void expect_uniform(const int64_t *count, int k, double n) {
  double chisq = 0, each = n / k;
  for (int i = 0; i < k; i++) chisq += ((double)count[i] - each) * ((double)count[i] - each) / each;
  assert_true(fabs(chisq - (k - 1)) < 6 * sqrt(2.0 * (k - 1)));
}

TEST(units_are_uniform_along_rows_and_along_draws) {
  enum { N = 200000, K = 100 };
  RngKey key = rng_key(3, "uniform");
  int64_t row[K] = {0}, draw[K] = {0};
  for (uint64_t i = 0; i < N; i++) {
    double u = rng_unit(key, i, 0), v = rng_unit(key, 0, i);
    assert_true(u >= 0 && u < 1 && v >= 0 && v < 1);
    row[(int)(u * K)]++, draw[(int)(v * K)]++;
  }
  expect_uniform(row, K, N);
  expect_uniform(draw, K, N);
}

TEST(neighbouring_draws_seeds_and_stages_are_uncorrelated) {
  enum { N = 200000 };
  RngKey a = rng_key(1, "x"), b = rng_key(2, "x"), c = rng_key(1, "y");
  double sum[4] = {0};
  for (uint64_t i = 0; i < N; i++) {
    double u = rng_unit(a, i, 0) - 0.5;
    sum[0] += u * (rng_unit(a, i + 1, 0) - 0.5);
    sum[1] += u * (rng_unit(a, i, 1) - 0.5);
    sum[2] += u * (rng_unit(b, i, 0) - 0.5);
    sum[3] += u * (rng_unit(c, i, 0) - 0.5);
  }
  for (int k = 0; k < 4; k++) assert_true(fabs(sum[k] * 12 / sqrt(N)) < 6);
}

TEST(numbers_below_n_are_uniform) {
  enum { N = 70000 };
  RngKey key = rng_key(4, "below");
  int64_t count[7] = {0};
  for (uint64_t i = 0; i < N; i++) {
    int64_t v = rng_below(key, i, 0, 7);
    assert_in_range(v, 0, 6);
    count[v]++;
    assert_int_equal(rng_below(key, i, 1, 1), 0);
  }
  expect_uniform(count, 7, N);
}

TEST(shuffles_are_permutations_and_all_orders_come_alike) {
  int64_t order[6] = {0}, x[1000], sum = 0;
  for (uint64_t i = 0; i < 60000; i++) {
    int64_t y[] = {0, 1, 2};
    rng_shuffle(rng_key(i, "shuffle"), y, 3);
    order[y[0] * 2 + (y[1] > y[2])]++;
  }
  expect_uniform(order, 6, 60000);
  for (int i = 0; i < 1000; i++) x[i] = i;
  rng_shuffle(rng_key(1, "long"), x, 1000);
  char seen[1000] = {0};
  for (int i = 0; i < 1000; i++) seen[x[i]]++, sum += x[i] == i;
  for (int i = 0; i < 1000; i++) assert_int_equal(seen[i], 1);
  assert_true(sum < 10); // about one stays in place
  rng_shuffle(rng_key(1, "none"), x, 0);
}

RUN(CASE(philox_gives_its_known_answers), CASE(a_draw_never_changes), CASE(seed_stage_row_and_draw_all_matter),
    CASE(units_are_uniform_along_rows_and_along_draws), CASE(neighbouring_draws_seeds_and_stages_are_uncorrelated),
    CASE(numbers_below_n_are_uniform), CASE(shuffles_are_permutations_and_all_orders_come_alike))
