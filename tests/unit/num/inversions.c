// Inversions: known for sorted and reversed sequences, counted pair by pair for shuffled ones.
#include "check.h"

#include "base/rng.h"
#include "num/num.h"

#include <stdlib.h>

static uint64_t count(uint32_t *x, int64_t n) {
  uint32_t *other = malloc((size_t)n * sizeof *other + 1);
  uint64_t found = order_inversions(x, other, n);
  free(other);
  return found;
}

TEST(sorted_has_none_and_reversed_has_all) {
  static uint32_t x[100000];
  static const int64_t sizes[] = {1, 2, 63, 64, 65, 1024, 1025, 100000};
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    int64_t n = sizes[k];
    for (int64_t i = 0; i < n; i++) x[i] = (uint32_t)i;
    assert_int_equal(count(x, n), 0);
    for (int64_t i = 0; i < n; i++) x[i] = (uint32_t)(n - 1 - i);
    assert_int_equal(count(x, n), n * (n - 1) / 2);
  }
  assert_int_equal(count(x, 0), 0);
}

TEST(shuffled_ones_agree_with_a_count_of_pairs) {
  static uint32_t x[6000];
  RngKey key = rng_key(3, "inversions");
  for (int64_t n = 2; n <= 6000; n = n * 2 + 1) {
    for (int64_t i = 0; i < n; i++) x[i] = (uint32_t)i;
    for (int64_t i = n - 1; i > 0; i--) {
      int64_t j = (int64_t)(rng_unit(key, (uint64_t)i, (uint64_t)n) * (double)(i + 1));
      uint32_t v = x[i];
      x[i] = x[j], x[j] = v;
    }
    uint64_t want = 0;
    for (int64_t i = 0; i < n; i++)
      for (int64_t j = i + 1; j < n; j++) want += x[i] > x[j];
    assert_int_equal(count(x, n), want);
  }
}

RUN(CASE(sorted_has_none_and_reversed_has_all), CASE(shuffled_ones_agree_with_a_count_of_pairs))
