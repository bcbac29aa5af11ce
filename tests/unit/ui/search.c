// Where a text stands in another.
#include "check.h"

#include "ui/search_int.h"

static bool find(const char *what, const char *text, size_t from, bool backward, size_t *at) {
  Search s = {0};
  str_add(&s.text, what);
  bool found = search_find(&s, sv(text), from, backward, at);
  search_fini(&s);
  return found;
}

static void expect(const char *what, const char *text, size_t from, bool backward, size_t want) {
  size_t at = 99;
  assert_true(find(what, text, from, backward, &at));
  assert_int_equal(at, want);
}

TEST(letters_of_either_case_fit_until_a_capital_is_typed) {
  size_t at;
  expect("age", "x Age age", 0, false, 2);
  expect("Age", "age Age", 0, false, 4);
  assert_false(find("AGE", "age Age", 0, false, &at));
}

TEST(a_search_goes_on_from_a_place_in_both_directions) {
  size_t at;
  expect("ab", "ab ab ab", 1, false, 3);
  expect("ab", "ab ab ab", 3, true, 0);
  expect("ab", "ab ab ab", 9, true, 6);
  assert_false(find("ab", "ab ab ab", 7, false, &at));
  assert_false(find("ab", "ab ab ab", 0, true, &at));
  assert_false(find("", "abc", 0, false, &at));
  assert_false(find("long text", "long", 0, false, &at));
}

TEST(hits_are_counted_without_overlap) {
  Search s = {0};
  str_add(&s.text, "aa");
  assert_int_equal(search_count(&s, sv("aaaaa aa")), 3);
  assert_int_equal(search_count(&s, sv("")), 0);
  search_fini(&s);
}

TEST(hits_are_marked_where_they_stand_and_the_present_one_apart) {
  Search s = {.marks = true, .cell = 7, .at = 10};
  DrawStyle style = {0};
  Canvas c;
  canvas_init(&c, 12, 1);
  Paint p = {&c, &style};
  str_add(&s.text, "b");
  search_mark(&s, &p, 2, 0, 10, sv("日b-日b"), 1, 7, 2); // the second b is byte 2 + 8
  for (int x = 0; x < 12; x++) assert_int_equal(c.cell[x].style, x == 3 ? STYLE_HIT : x == 7 ? STYLE_CURSOR : STYLE_FG);
  canvas_fini(&c);
  search_fini(&s);
}

RUN(CASE(letters_of_either_case_fit_until_a_capital_is_typed), CASE(a_search_goes_on_from_a_place_in_both_directions),
    CASE(hits_are_counted_without_overlap), CASE(hits_are_marked_where_they_stand_and_the_present_one_apart))
