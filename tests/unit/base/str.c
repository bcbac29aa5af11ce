#include "check.h"

#include "base/str.h"

#include <stdlib.h>

TEST(views_compare_bytewise_with_the_shorter_first) {
  assert_true(sv_cmp(sv("a"), sv("b")) < 0);
  assert_true(sv_cmp(sv("b"), sv("a")) > 0);
  assert_true(sv_cmp(sv("a"), sv("ab")) < 0);
  assert_true(sv_cmp(sv(""), sv("")) == 0);
  assert_true(sv_cmp((Sv){NULL, 0}, sv("x")) < 0);
  assert_true(sv_cmp(sv("z"), sv("\xC3\xA9")) < 0); // bytes are unsigned
  assert_true(sv_cmp((Sv){"a\0b", 3}, (Sv){"a\0c", 3}) < 0);
}

TEST(equal_views_have_equal_bytes_and_length) {
  assert_true(sv_eq(sv("abc"), sv("abc")));
  assert_false(sv_eq(sv("abc"), sv("abd")));
  assert_false(sv_eq(sv("abc"), sv("ab")));
  assert_true(sv_eq((Sv){NULL, 0}, sv("")));
  assert_true(sv_is((Sv){"name=1", 4}, "name"));
}

TEST(trimming_takes_ascii_white_space_off_both_ends) {
  assert_true(sv_is(sv_trim(sv(" \t\r\n a b \v\f")), "a b"));
  assert_int_equal(sv_trim(sv(" \n ")).n, 0);
  assert_int_equal(sv_trim(sv("")).n, 0);
  assert_true(sv_is(sv_trim(sv("\xC2\xA0x")), "\xC2\xA0x"));
}

TEST(a_buffer_grows_and_always_ends_in_nul) {
  Str b = {0};
  assert_string_equal(str_c(&b), "");
  for (int i = 0; i < 10000; i++) str_addf(&b, "%d,", i % 10);
  assert_int_equal(b.n, 20000);
  assert_int_equal(b.s[b.n], 0);
  assert_memory_equal(b.s, "0,1,2,3,4,", 10);
  str_clear(&b);
  assert_string_equal(str_c(&b), "");
  str_add(&b, "ab");
  str_addc(&b, 'c');
  str_addn(&b, "d\0e", 3);
  str_addn(&b, NULL, 0);
  assert_int_equal(b.n, 6);
  assert_memory_equal(b.s, "abcd\0e", 7);
  str_fini(&b);
  assert_null(b.s);
}

TEST(padding_by_nothing_or_less_adds_nothing) {
  Str b = {0};
  str_pad(&b, ' ', 0);
  str_pad(&b, ' ', -5);
  assert_int_equal(b.n, 0);
  str_pad(&b, '-', 200);
  assert_int_equal(strspn(str_c(&b), "-"), 200);
  str_fini(&b);
}

TEST(taken_text_belongs_to_the_caller) {
  Str b = {0};
  str_add(&b, "mine");
  char *text = str_take(&b);
  assert_string_equal(text, "mine");
  assert_true(b.s == NULL && b.n == 0 && b.cap == 0);
  free(text);
  text = str_take(&b);
  assert_string_equal(text, "");
  free(text);
}

RUN(CASE(views_compare_bytewise_with_the_shorter_first), CASE(equal_views_have_equal_bytes_and_length),
    CASE(trimming_takes_ascii_white_space_off_both_ends), CASE(a_buffer_grows_and_always_ends_in_nul),
    CASE(padding_by_nothing_or_less_adds_nothing), CASE(taken_text_belongs_to_the_caller))
