// Ranks of many values against a stable sort of the same values by the C library, for values that each of the ways is
// made for and for those that lead it astray; the few by hand.
#include "check.h"
#include "num/num.h"

#include "base/mem.h"
#include "base/rng.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Item {
  double v;
  uint32_t row;
} Item;

static int by_value(const void *a, const void *b) {
  const Item *x = a, *y = b;
  bool xn = isnan(x->v), yn = isnan(y->v);
  if (xn != yn) return xn ? 1 : -1;
  if (!xn && x->v != y->v) return x->v < y->v ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static bool is_equal(double a, double b) { return a == b || (isnan(a) && isnan(b)); }

static void check(const double *x, int64_t n) {
  Item *item = mem_new((size_t)n * sizeof *item);
  uint64_t *key = mem_new((size_t)n * 8), *scratch = mem_new((size_t)n * 20 + 8);
  uint32_t *order = mem_new((size_t)n * 4), *rank = mem_new((size_t)n * 4), *low = mem_new((size_t)n * 4);
  bool ties = false;
  for (int64_t i = 0; i < n; i++) item[i] = (Item){x[i], (uint32_t)i}, key[i] = order_key_f64(x[i]);
  qsort(item, (size_t)n, sizeof *item, by_value);
  RankIn r = {.key = key, .n = n, .real = true, .doubled = true, .scratch = scratch, .order = order, .rank = rank};
  assert_int_equal(order_ranks(&r, NULL), OK);
  RankIn s = {.key = key, .n = n, .real = true, .scratch = scratch, .rank = low};
  assert_int_equal(order_ranks(&s, NULL), OK);
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && is_equal(item[i].v, item[j].v);) j++;
    ties = ties || j > i + 1;
    for (int64_t k = i; k < j; k++) {
      assert_int_equal(order[k], item[k].row);
      assert_int_equal(rank[item[k].row], i + 1 + j);
      assert_int_equal(low[item[k].row], i);
    }
  }
  assert_true(r.ties == ties && s.ties == ties);
  mem_free(item), mem_free(key), mem_free(scratch), mem_free(order), mem_free(rank), mem_free(low);
}

enum { N = 60000 };
static double X[N];

static double uniform(int64_t i, int what) { return rng_unit(rng_key(7, "values"), (uint64_t)i, (uint64_t)what); }

TEST(few_values_by_hand) {
  double x[] = {3, 1, -0.0, 1, 0.0, 7};
  uint64_t key[6], scratch[16];
  uint32_t order[6], rank[6];
  for (int i = 0; i < 6; i++) key[i] = order_key_f64(x[i]);
  uint32_t row[] = {10, 11, 12, 13, 14, 15}, by_row[16];
  RankIn r = {.key = key, .n = 6, .real = true, .doubled = true, .scratch = scratch, .order = order, .rank = rank};
  assert_int_equal(order_ranks(&r, NULL), OK);
  assert_memory_equal(order, ((uint32_t[]){2, 4, 1, 3, 0, 5}), sizeof order);
  assert_memory_equal(rank, ((uint32_t[]){10, 7, 3, 7, 3, 12}), sizeof rank);
  r.row = row, r.rank = by_row;
  assert_int_equal(order_ranks(&r, NULL), OK);
  assert_memory_equal(order, ((uint32_t[]){12, 14, 11, 13, 10, 15}), sizeof order);
  assert_memory_equal(by_row + 10, ((uint32_t[]){10, 7, 3, 7, 3, 12}), sizeof rank);
  r.n = 0;
  assert_int_equal(order_ranks(&r, NULL), OK);
  assert_false(r.ties);
}

TEST(decimals_and_whole_numbers_are_ranked) {
  for (int64_t i = 0; i < N; i++) X[i] = round(uniform(i, 0) * 2e5 - 1e5) / 100;
  check(X, N);
  check(X, 3000);
  for (int64_t i = 0; i < N; i++) X[i] = floor(uniform(i, 1) * 3);
  check(X, N);
  for (int64_t i = 0; i < N; i++) X[i] = round(uniform(i, 2) * 1e15) / 1e3; // more bits than two passes order
  check(X, N);
}

TEST(a_value_that_is_no_decimal_spoils_nothing) {
  for (int64_t i = 0; i < N; i++) X[i] = round(uniform(i, 3) * 1e6) / 1e3;
  X[N - 2] = 1.0 / 3, X[N - 3] = nextafter(X[5], 2e3), X[17] = -0.0, X[18] = 0;
  check(X, N);
}

TEST(reals_are_ranked) {
  for (int64_t i = 0; i < N; i++) X[i] = uniform(i, 4) - uniform(i, 5);
  check(X, N);
  for (int64_t i = 0; i < N; i += 2) X[i + 1] = nextafter(X[i], i % 4 ? 9 : -9); // nearer than the words tell
  check(X, N);
  for (int64_t i = 0; i < N; i++) X[i] = 1e9 + X[i] * 1e-6;
  check(X, N);
}

TEST(values_of_many_magnitudes_are_ranked) {
  for (int64_t i = 0; i < N; i++) X[i] = exp(600 * (uniform(i, 6) - 0.5)) * (i % 3 ? 1 : -1);
  check(X, N);
  for (int64_t i = 0; i < N; i++) X[i] = uniform(i, 7);
  X[100] = 1e300; // takes all the room of an even scale
  check(X, N);
  X[100] = INFINITY, X[101] = -INFINITY, X[5] = X[6] = NAN, X[7] = 1e-320;
  check(X, N);
  for (int64_t i = 0; i < N; i++) X[i] = i % 2 ? DBL_MAX : -DBL_MAX;
  check(X, N);
}

TEST(long_runs_nearer_than_the_words_tell_are_ranked) {
  for (int64_t i = 0; i < N; i++) X[i] = 1 + (double)(i * 7919 % 3000) * 0x1p-52;
  for (int64_t i = 0; i < N; i += 3) X[i] = 3 + uniform(i, 8) * 1e6;
  check(X, N);
}

TEST(equal_values_are_ranked) {
  for (int64_t i = 0; i < N; i++) X[i] = 4.2;
  check(X, N);
  check(X, 1);
}

TEST(whole_keys_beyond_the_words_are_ranked) {
  enum { M = 5000 };
  static uint64_t key[M], scratch[5 * M / 2 + 1];
  static uint32_t order[M], rank[M];
  for (int64_t i = 0; i < M; i++) key[i] = order_key_i64(i % 2 ? INT64_MAX - i : INT64_MIN + i);
  RankIn r = {.key = key, .n = M, .scratch = scratch, .order = order, .rank = rank};
  assert_int_equal(order_ranks(&r, NULL), OK);
  for (int64_t i = 0; i < M; i++) assert_int_equal(rank[i], i % 2 ? M - 1 - i / 2 : i / 2);
  assert_false(r.ties);
}

RUN(CASE(few_values_by_hand), CASE(decimals_and_whole_numbers_are_ranked),
    CASE(a_value_that_is_no_decimal_spoils_nothing), CASE(reals_are_ranked), CASE(values_of_many_magnitudes_are_ranked),
    CASE(long_runs_nearer_than_the_words_tell_are_ranked), CASE(equal_values_are_ranked),
    CASE(whole_keys_beyond_the_words_are_ranked))
