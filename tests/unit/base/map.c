#include "check.h"

#include "base/map.h"

TEST(a_hundred_thousand_keys_keep_their_order) {
  enum { N = 100000 };
  Map m;
  map_init(&m);
  char text[32];
  for (int i = 0; i < N; i++) {
    bool is_new;
    int n = snprintf(text, sizeof text, "key%d", i);
    assert_int_equal(map_put(&m, (Sv){text, (size_t)n}, &is_new), i);
    assert_true(is_new);
  }
  memset(text, 0, sizeof text); // keys were copied
  assert_int_equal(m.n, N);
  for (int i = 0; i < N; i++) {
    bool is_new;
    int n = snprintf(text, sizeof text, "key%d", i);
    assert_int_equal(map_get(&m, (Sv){text, (size_t)n}), i);
    assert_int_equal(map_put(&m, (Sv){text, (size_t)n}, &is_new), i);
    assert_false(is_new);
    assert_true(sv_eq(m.key[i], (Sv){text, (size_t)n}));
  }
  assert_int_equal(m.n, N);
  assert_int_equal(map_get(&m, sv("key100000")), -1);
  map_fini(&m);
}

TEST(many_keys_at_once_are_as_one_after_the_other) {
  enum { N = 30000 };
  static Sv key[N];
  static char text[N][12];
  static uint32_t index[N];
  Map a, b;
  map_init(&a);
  map_init(&b);
  for (int i = 0; i < N; i++) {
    int size = snprintf(text[i], sizeof text[i], "%d", i * 7919 % 20011);
    key[i] = (Sv){text[i], (size_t)size};
  }
  map_put_all(&a, key, N, index);
  for (int i = 0; i < N; i++) assert_int_equal(map_put(&b, key[i], NULL), index[i]);
  assert_int_equal(a.n, 20011);
  for (int i = 0; i < a.n; i++) assert_true(sv_eq(a.key[i], b.key[i]));
  map_put_all(&a, key, 0, index);
  map_fini(&a);
  map_fini(&b);
}

TEST(long_keys_are_kept_whole) {
  enum { SIZE = 3 << 20 };
  char *text = mem_new(SIZE);
  memset(text, 'x', SIZE);
  Map m;
  map_init(&m);
  assert_int_equal(map_put(&m, (Sv){text, SIZE}, NULL), 0);
  assert_int_equal(map_put(&m, (Sv){text, SIZE - 1}, NULL), 1);
  assert_int_equal(map_put(&m, (Sv){"y", 1}, NULL), 2);
  assert_int_equal(map_get(&m, (Sv){text, SIZE}), 0);
  assert_int_equal(m.key[1].s[SIZE - 1], 0);
  map_fini(&m);
  mem_free(text);
}

TEST(an_empty_map_has_nothing) {
  Map m;
  map_init(&m);
  assert_int_equal(map_get(&m, sv("x")), -1);
  assert_int_equal(map_get(&m, sv("")), -1);
  map_fini(&m);
}

TEST(keys_may_be_empty_or_hold_nul) {
  Map m;
  map_init(&m);
  assert_int_equal(map_put(&m, sv(""), NULL), 0);
  assert_int_equal(map_put(&m, (Sv){"a\0", 2}, NULL), 1);
  assert_int_equal(map_put(&m, (Sv){"a", 1}, NULL), 2);
  assert_int_equal(map_put(&m, (Sv){"\0", 1}, NULL), 3);
  assert_int_equal(map_get(&m, (Sv){"a\0", 2}), 1);
  assert_int_equal(map_get(&m, (Sv){NULL, 0}), 0);
  map_fini(&m);
}

TEST(hashes_spread_over_the_low_bits) {
  int count[256] = {0};
  for (int i = 0; i < 256 * 100; i++) {
    char text[32];
    int n = snprintf(text, sizeof text, "%d", i);
    count[hash_bytes(text, (size_t)n) & 255]++;
  }
  double chisq = 0; // 255 degrees of freedom: mean 255, sd 22.6
  for (int k = 0; k < 256; k++) chisq += (count[k] - 100) * (count[k] - 100) / 100.0;
  assert_true(chisq > 255 - 6 * 22.6 && chisq < 255 + 6 * 22.6);
}

RUN(CASE(a_hundred_thousand_keys_keep_their_order), CASE(many_keys_at_once_are_as_one_after_the_other),
    CASE(long_keys_are_kept_whole), CASE(an_empty_map_has_nothing),
    CASE(keys_may_be_empty_or_hold_nul), CASE(hashes_spread_over_the_low_bits))
