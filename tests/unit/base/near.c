#include "check.h"

#include "base/near.h"
#include "base/utf8.h"

static const Sv TITANIC[] = {{"survived", 8}, {"class", 5}, {"sex", 3}, {"age", 3}, {"fare", 4}, {"embarked", 8}};

static const char *nearest(const char *given) {
  int64_t i = near_find(sv(given), TITANIC, 6);
  return i < 0 ? "none" : TITANIC[i].s;
}

TEST(one_slip_is_understood) {
  assert_string_equal(nearest("agee"), "age");
  assert_string_equal(nearest("survivd"), "survived");
  assert_string_equal(nearest("calss"), "class");
  assert_string_equal(nearest("Fare"), "fare");
  assert_string_equal(nearest("FARES"), "fare");
  assert_string_equal(nearest("embarkd"), "embarked");
}

TEST(a_beginning_is_understood) {
  assert_string_equal(nearest("surv"), "survived");
  assert_string_equal(nearest("emb"), "embarked");
}

TEST(nothing_near_is_nothing) {
  assert_string_equal(nearest("temperature"), "none");
  assert_string_equal(nearest("xyz"), "none");
  assert_string_equal(nearest(""), "none");
  assert_string_equal(nearest("q"), "none");
  assert_int_equal(near_find(sv("age"), NULL, 0), -1);
}

TEST(the_nearest_wins_and_the_first_of_equals) {
  static const Sv names[] = {{"price_a", 7}, {"price_b", 7}, {"prices", 6}};
  assert_int_equal(near_find(sv("price_c"), names, 3), 0);
  assert_int_equal(near_find(sv("prces"), names, 3), 2);
}

TEST(very_long_names_are_passed_over) {
  char text[200];
  memset(text, 'x', sizeof text);
  Sv names[] = {{text, 200}, {"ab", 2}};
  assert_int_equal(near_find((Sv){text, 199}, names, 2), -1);
  assert_int_equal(near_find(sv("abc"), names, 2), 1);
}

TEST(hints_name_the_nearest_or_list_what_there_is) {
  char buf[300];
  near_hint(buf, sizeof buf, sv("agee"), TITANIC, 6);
  assert_string_equal(buf, ": did you mean 'age'?");
  near_hint(buf, sizeof buf, sv("temperature"), TITANIC, 6);
  assert_string_equal(buf, ": there are survived, class, sex, age, fare, embarked");
  near_hint(buf, sizeof buf, sv("temperature"), TITANIC, 1);
  assert_string_equal(buf, ": there is survived");
  near_hint(buf, sizeof buf, sv("x"), NULL, 0);
  assert_string_equal(buf, "");
}

TEST(a_list_that_is_cut_says_so_and_a_whole_one_does_not) {
  char letters[60], buf[300];
  memset(letters, 'k', sizeof letters);
  Sv names[] = {{letters, 60}, {letters, 60}, {letters, 60}, {letters, 25}, {"left_out", 8}};
  near_hint(buf, sizeof buf, sv("zzzz"), names, 5);
  assert_has(buf, "k ...");
  assert_null(strstr(buf, "left_out"));
  near_hint(buf, sizeof buf, sv("zzzz"), names, 4);
  assert_null(strstr(buf, "..."));
}

TEST(a_hint_is_cut_at_a_character_border) {
  char wide[401], buf[301];
  for (int i = 0; i < 400; i += 2) memcpy(wide + i, "\xC3\xA9", 3);
  Sv names[] = {{wide, 400}};
  for (size_t size = 290; size <= 301; size++) {
    near_hint(buf, size, sv("age"), names, 1);
    assert_true(strlen(buf) < size);
    assert_true(utf8_valid(buf, strlen(buf)));
  }
}

RUN(CASE(one_slip_is_understood), CASE(a_beginning_is_understood), CASE(nothing_near_is_nothing),
    CASE(the_nearest_wins_and_the_first_of_equals), CASE(very_long_names_are_passed_over),
    CASE(hints_name_the_nearest_or_list_what_there_is), CASE(a_list_that_is_cut_says_so_and_a_whole_one_does_not),
    CASE(a_hint_is_cut_at_a_character_border))
