#include "check.h"

#include "base/mem.h"

static void expect_aligned(const void *p, uintptr_t to) { assert_int_equal((uintptr_t)p % to, 0); }

TEST(arrays_are_aligned_for_vectors_at_every_size) {
  static const size_t sizes[] = {0, 1, 63, 64, 65, 100000};
  for (int i = 0; i < 6; i++) {
    char *p = mem_new(sizes[i]);
    assert_non_null(p);
    expect_aligned(p, 64);
    memset(p, 1, sizes[i]);
    mem_free(p);
  }
  mem_free(NULL);
}

TEST(a_size_no_system_has_is_refused) {
  assert_null(mem_new(SIZE_MAX));
  char *p = mem_new(8);
  memcpy(p, "abcdefg", 8);
  assert_null(mem_resize(p, 8, SIZE_MAX - 1));
  assert_string_equal(p, "abcdefg"); // the old block stays
  mem_free(p);
}

TEST(resizing_keeps_what_fits) {
  char *p = mem_resize(NULL, 0, 4);
  memcpy(p, "abc", 4);
  p = mem_resize(p, 4, 1000);
  expect_aligned(p, 64);
  assert_string_equal(p, "abc");
  p = mem_resize(p, 1000, 2);
  assert_memory_equal(p, "ab", 2);
  mem_free(p);
}

TEST(a_room_is_kept_while_it_is_large_enough) {
  Room r = {0};
  char *p = room_get(&r, 1000);
  expect_aligned(p, 64);
  memset(p, 1, 1000);
  assert_ptr_equal(room_get(&r, 10), p);
  assert_ptr_equal(room_get(&r, 1000), p);
  p = room_get(&r, 100000);
  memset(p, 1, 100000);
  assert_null(room_get(&r, SIZE_MAX));
  assert_non_null(room_get(&r, 0));
  room_fini(&r);
}

TEST(resident_memory_grows_with_use) {
  enum { BYTES = 32 << 20 };
  int64_t before = mem_resident();
  assert_true(before > 0);
  char *p = mem_new(BYTES);
  memset(p, 1, BYTES);
  assert_true(mem_resident() >= before + BYTES / 2);
  mem_free(p);
}

TEST(arena_pieces_are_zeroed_aligned_and_apart) {
  Arena a;
  arena_init(&a);
  unsigned char *piece[500];
  for (size_t i = 0; i < 500; i++) {
    piece[i] = arena_alloc(&a, i);
    expect_aligned(piece[i], 16);
    for (size_t k = 0; k < i; k++) assert_int_equal(piece[i][k], 0);
    memset(piece[i], (int)(i % 255) + 1, i);
  }
  for (size_t i = 0; i < 500; i++)
    for (size_t k = 0; k < i; k++) assert_int_equal(piece[i][k], i % 255 + 1);
  arena_fini(&a);
}

TEST(large_pieces_leave_the_small_ones_in_place) {
  Arena a;
  arena_init(&a);
  char *first = arena_alloc(&a, 100000); // the very first piece is large
  char *small = arena_strdup(&a, "small");
  char *large = arena_alloc(&a, 1 << 20);
  char *next = arena_strdup(&a, "next");
  expect_aligned(large, 16);
  assert_true(next - small == 16); // the block being filled goes on
  for (int i = 0; i < 1 << 20; i++) assert_int_equal(large[i], 0);
  memset(large, 'x', 1 << 20);
  memset(first, 'y', 100000);
  assert_string_equal(small, "small");
  assert_string_equal(next, "next");
  arena_fini(&a);
  assert_null(a.head);
}

TEST(arena_text_is_copied_and_ended) {
  Arena a;
  arena_init(&a);
  assert_string_equal(arena_strndup(&a, "abcdef", 3), "abc");
  assert_string_equal(arena_strndup(&a, NULL, 0), "");
  assert_memory_equal(arena_strndup(&a, "a\0b", 3), "a\0b", 4);
  assert_string_equal(arena_printf(&a, "%s = %d", "n", 42), "n = 42");
  const char *wide = arena_printf(&a, "%*d", 9000, 1);
  assert_int_equal(strlen(wide), 9000);
  double *x = arena_array(&a, double, 3);
  assert_true(x[0] == 0 && x[2] == 0);
  int *one = arena_new(&a, int);
  assert_int_equal(*one, 0);
  arena_fini(&a);
}

RUN(CASE(arrays_are_aligned_for_vectors_at_every_size), CASE(a_size_no_system_has_is_refused),
    CASE(resizing_keeps_what_fits), CASE(a_room_is_kept_while_it_is_large_enough), CASE(resident_memory_grows_with_use),
    CASE(arena_pieces_are_zeroed_aligned_and_apart), CASE(large_pieces_leave_the_small_ones_in_place),
    CASE(arena_text_is_copied_and_ended))
