// When a cell that is typed line by line goes on. What is whole and what is not was tried with lua 5.4's own prompt, but
// for the operators at the end of a line, which it does not wait for where the line before them is a statement.
#include "check.h"

#include "ui/linear_int.h"

static void assert_open(const char *text) {
  if (!linear_is_open(sv(text))) fail_msg("whole: %s", text);
}
static void assert_whole(const char *text) {
  if (linear_is_open(sv(text))) fail_msg("open: %s", text);
}

TEST(an_open_bracket_block_or_long_string_goes_on) {
  assert_open("x = {");
  assert_open("f(1,");
  assert_open("for i = 1, 2 do");
  assert_open("for i = 1, 2");
  assert_open("while true");
  assert_open("while true do if x then end");
  assert_open("function f(x)");
  assert_open("repeat x = x + 1");
  assert_open("if x then y() else");
  assert_open("s = [[one");
  assert_open("s = [==[one]]");
  assert_open("--[[ a comment");
}

TEST(an_operator_at_the_end_goes_on) {
  assert_open("x =");
  assert_open("x = 1 +");
  assert_open("a and");
  assert_open("d:");
  assert_open("repeat until");
}

TEST(what_is_whole_or_wrong_does_not) {
  assert_whole("");
  assert_whole("d:where 'x'");
  assert_whole("for i = 1, 2 do print(i) end");
  assert_whole("for i = 1, 2\ndo end");
  assert_whole("while true do end");
  assert_whole("repeat local x = f() until x");
  assert_whole("f = function(x) return x end");
  assert_whole("s = 'an open quote");
  assert_whole("x = 'for i do {'");
  assert_whole("-- for i do {");
  assert_whole("s = [[one]]");
  assert_whole("end");
  assert_whole("x = 1 }");
  assert_whole("x, y = 1, 2;");
  assert_whole("#x");
  assert_whole("x = -1");
}

RUN(CASE(an_open_bracket_block_or_long_string_goes_on), CASE(an_operator_at_the_end_goes_on),
    CASE(what_is_whole_or_wrong_does_not))
