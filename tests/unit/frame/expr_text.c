// Text: patterns by Python 3.11's re, pieces and case by Python's str methods, the rest by hand.
#include "unit/frame/make.h"

#include "frame/expr.h"

static Frame *words(void) {
  return make_frame("s:text c:category", "a1b22 x-1 zz y NA NA '' x-1 D4_d5 '' H\xC3\xA9llo y");
}

TEST(patterns_are_found_counted_taken_and_replaced) {
  Frame *f = words();
  assert_value(f, "matches(s, '[0-9]')", "bool: true false NA false true false");
  assert_value(f, "matches(s, '^.{5}$')", "bool: true false NA false true true");
  assert_value(f, "matches(c, [[-\\d]])", "bool: true false NA true false false");
  assert_value(f, "count_matches(s, '[0-9]')", "int: 3 0 NA 0 2 0");
  assert_value(f, "count_matches(s, '')", "int: 6 3 NA 1 6 6");
  assert_value(f, "extract(s, '[0-9]+')", "text: 1 NA NA NA 4 NA");
  assert_value(f, "extract(s, '([a-z])([0-9]+)')", "text: a NA NA NA d NA");
  assert_value(f, "extract(s, '([a-z])([0-9]+)', 2)", "text: 1 NA NA NA 5 NA");
  assert_value(f, "extract(s, '([a-z])([0-9]+)', 0)", "text: a1 NA NA NA d5 NA");
  assert_value(f, "extract(s, '(x)?l+')", "text: NA NA NA NA NA NA");
  assert_value(f, "replace_re(s, '([a-z])([0-9])', '%2%1%%%0')", "text: 1a%a12b%b22 zz NA '' D4 5d%d5 H\xC3\xA9llo");
  assert_value(f, "replace_re(s, 'l*', '-')", "text: -a-1-b-2-2- -z-z- NA - -D-4- -d-5- -H-\xC3\xA9--o-");
  assert_value(f, "replace_re(s, '[0-9]', c)", "text: ax-1bx-1x-1 zz NA '' D d H\xC3\xA9llo");
  assert_value(f, "replace_re(s, '(?i)D', '%9')", "text: a1b22 zz NA '' 4 5 H\xC3\xA9llo");
  frame_unref(f);
}

TEST(a_wrong_pattern_is_pointed_at) {
  Frame *f = words();
  assert_value(f, "matches(s, 'a(b')", "this ( is not closed\n  matches(s, 'a(b')\n               ^");
  assert_value(f, "1 + count_matches(s, [[\\d++]])",
               "one repeat follows another: put ( ) around the first\n  1 + count_matches(s, [[\\d++]])\n"
               "                            ^");
  assert_value(f, "matches(s, 'a\\x28b')", "this ( is not closed\n  matches(s, 'a\\x28b')\n             ^^^^^^^^");
  assert_value(f, "extract(s, 'a(b)', 2)", "the pattern has 1 group, and 0 is the whole match\n  extract(s, 'a(b)', 2)\n"
                                           "                     ^");
  assert_value(f, "matches(s, c)",
               "matches(s, re) takes one value for all rows here, got c (category)\n  matches(s, c)\n             ^");
  Column *out;
  const ExprArg arg = {.name = "re", .kind = EXPR_ARG_TEXT, .text = {"^z", 2}};
  assert_int_equal(expr_eval(NULL, f, sv("matches(s, $re)"), &arg, 1, &out, NULL), OK);
  assert_string_equal(shown(out), "false true NA false false false");
  column_unref(out);
  frame_unref(f);
}

TEST(text_in_long_brackets_stands_as_it_is) {
  Frame *f = make_frame("x:int", "1");
  assert_value(f, "[[a\\n'b\"]] .. [==[]]]=]==]", "category: a\\n'b\"]]]=");
  assert_value(f, "[[\nab]]", "category: ab");
  assert_value(f, "len([[]])", "int: 0");
  assert_value(f, "'x' .. [[ab]", "the text is not closed: ]] is missing at its end\n  'x' .. [[ab]\n         ^^");
  assert_value(f, "[=x", "'[' is not an operator here: write one_of(x, a, b) for a list, a column's name in backticks\n"
                         "  [=x\n  ^");
  frame_unref(f);
}

TEST(pieces_are_counted_from_both_ends) {
  Frame *f = make_frame("s:text k:int", "a,b,c 1 a,b,c 3 a,b,c 4 a,b,c -1 a,b,c -3 a,b,c -4 ,x 1 '' 1 NA 1 a,b 0");
  assert_value(f, "split(s, ',', k)", "text: a c NA c a NA '' '' NA NA");
  assert_value(f, "split(s, ',b,', 2)", "text: c c c c c c NA NA NA NA");
  assert_value(f, "split(s, '', 1) == s", "bool: true true true true true true true true NA true");
  frame_unref(f);
}

TEST(text_is_padded_and_repeated_within_bounds) {
  Frame *f = make_frame("s:text n:int", "ab 5 ab 1 H\xC3\xA9 4 NA 3 '' 2 ab 9223372036854775807 ab -3");
  assert_value(f, "pad_left(s, n)", "text:    ab ab   H\xC3\xA9 NA    NA ab");
  assert_value(f, "pad_right(s, n, '*')", "text: ab*** ab H\xC3\xA9** NA ** NA ab");
  assert_value(f, "pad_left(s, 4, '\xC3\xA9x')", "text: \xC3\xA9\xC3\xA9" "ab \xC3\xA9\xC3\xA9" "ab \xC3\xA9\xC3\xA9H\xC3\xA9 "
                                                 "NA \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xC3\xA9\xC3\xA9" "ab \xC3\xA9\xC3\xA9" "ab");
  assert_value(f, "rep(s, n)", "text: ababababab ab H\xC3\xA9H\xC3\xA9H\xC3\xA9H\xC3\xA9 NA '' NA ''");
  assert_value(f, "len(rep('ab', 32768))", "int: 65536 65536 65536 65536 65536 65536 65536");
  assert_value(f, "is_missing(rep('ab', 32769)) and is_missing(pad_left('a', 65537))",
               "bool: true true true true true true true");
  frame_unref(f);
}

TEST(case_and_ends_are_those_of_python) {
  Frame *f = make_frame("s:text", "hello_wOrld it's_a_dOG-day x1y '' NA");
  assert_value(f, "title(s)", "text: Hello World It'S A Dog-Day X1Y '' NA");
  frame_unref(f);
  f = make_frame("s:text", "__a_b__ __ ab NA");
  assert_value(f, "trim_left(s) .. '|'", "text: a b  | | ab| NA");
  assert_value(f, "trim_right(s) .. '|'", "text:   a b| | ab| NA");
  frame_unref(f);
}

TEST(places_are_counted_in_characters) {
  Frame *f = words();
  assert_value(f, "find(s, 'l')", "int: 0 0 NA 0 0 3");
  assert_value(f, "find(s, '')", "int: 1 1 NA 1 1 1");
  assert_value(f, "missing_if(c, 'x-1')", "category: NA y NA NA '' y");
  frame_unref(f);
}

// Longer than a chunk of rows, so that parts are joined.
TEST(long_columns_of_text_are_joined_in_order) {
  enum { N = 140000 };
  Column *c, *x;
  assert_int_equal(column_new(NULL, COL_I64, N, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < N; i++) c->i[i] = i;
  for (int64_t i = 0; i < N; i += 997) assert_int_equal(column_set_missing(c, i, NULL), OK);
  Frame *f = frame_new(N);
  assert_int_equal(frame_add(f, "i", c, NULL), OK);
  assert_int_equal(expr_eval(NULL, f, sv("text(i) .. 'x'"), NULL, 0, &x, NULL), OK);
  assert_int_equal(x->missing, c->missing);
  for (int64_t i = 0; i < N; i++) {
    char want[24];
    snprintf(want, sizeof want, "%dx", (int)i);
    if (i % 997 == 0) assert_false(col_valid(x, i));
    else if (!sv_is(col_text(x, i), want)) fail_msg("row %d is " SV_FMT, (int)i, SV_ARG(col_text(x, i)));
  }
  column_unref(x);
  frame_unref(f);
}

RUN(CASE(patterns_are_found_counted_taken_and_replaced), CASE(a_wrong_pattern_is_pointed_at),
    CASE(text_in_long_brackets_stands_as_it_is), CASE(pieces_are_counted_from_both_ends),
    CASE(text_is_padded_and_repeated_within_bounds), CASE(case_and_ends_are_those_of_python),
    CASE(places_are_counted_in_characters), CASE(long_columns_of_text_are_joined_in_order))
