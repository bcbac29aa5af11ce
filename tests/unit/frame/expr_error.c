// Messages of expressions that cannot be read or typed, whole and with their carets. Worked by hand.
#include "frame/expr.h"
#include "unit/frame/make.h"

static Frame *people(void) {
  return make_frame("age:int fare:real sex:category name:text alive:bool born:date seen:time",
                    "20 1.5 F Ann true 2012-02-27 2012-02-28_23:59:59 30 2 M Bob false 2012-02-28 2012-02-29_00:00");
}

#define REFUSED(f, text, want_code, want)                                                                              \
  do {                                                                                                                 \
    Err err = {0};                                                                                                     \
    Column *out;                                                                                                       \
    assert_int_equal(expr_eval(NULL, f, sv(text), NULL, 0, &out, &err), want_code);                                    \
    assert_string_equal(err.msg, want);                                                                                \
  } while (0)

TEST(an_unknown_column_names_the_nearest) {
  Frame *f = people();
  REFUSED(f, "agee > 30 and sex == 'F'", ERR_NAME,
          "no column 'agee': did you mean 'age'?\n  agee > 30 and sex == 'F'\n  ^^^^");
  REFUSED(f, "sex == F", ERR_NAME,
          "no column 'F': there are age, fare, sex, name, alive, born, seen; as text write 'F'\n  sex == F\n         "
                "^");
  REFUSED(f, "mean > 3", ERR_NAME, "no column 'mean': the function is mean(x)\n  mean > 3\n  ^^^^");
  REFUSED(f, "True", ERR_NAME, "no column 'True': write true\n  True\n  ^^^^");
  REFUSED(f, "age == None", ERR_NAME, "no column 'None': write is_missing(x)\n  age == None\n         ^^^^");
  frame_unref(f);
}

TEST(an_unknown_function_names_the_nearest) {
  Frame *f = people();
  REFUSED(f, "meen(age)", ERR_NAME, "no function 'meen': did you mean 'mean'?\n  meen(age)\n  ^^^^");
  REFUSED(f, "avg(age)", ERR_NAME, "no function 'avg': write mean(x)\n  avg(age)\n  ^^^");
  REFUSED(f, "age(3)", ERR_NAME, "no function 'age', the column of that name takes no ( )\n  age(3)\n  ^^^");
  frame_unref(f);
}

TEST(a_wrong_number_of_values_shows_the_signature) {
  Frame *f = people();
  REFUSED(f, "1 + len()", ERR_ARG, "len takes 1 value, got 0: len(s)\n  1 + len()\n      ^^^^^");
  REFUSED(f, "round(1,2,3)", ERR_ARG, "round takes 1 or 2 values, got 3: round(x, digits)\n  round(1,2,3)\n  "
        "^^^^^^^^^^^^");
  REFUSED(f, "one_of(age)", ERR_ARG, "one_of takes 2 or more values, got 1: one_of(x, a, b, ...)\n  one_of(age)\n  "
        "^^^^^^^^^^^");
  REFUSED(f, "split('a', 'b')", ERR_ARG, "split takes 3 values, got 2: split(s, sep, k)\n  split('a', 'b')\n  "
        "^^^^^^^^^^^^^^^");
  REFUSED(f, "time(1, 2)", ERR_ARG, "time does not take 2 values: time(x) or time(y, m, d, h, min, s)\n  time(1, 2)\n"
        "  ^^^^^^^^^^");
  REFUSED(f, "min()", ERR_ARG, "min does not take 0 values: min(a, b, ...) or min(x)\n  min()\n  ^^^^^");
  frame_unref(f);
}

TEST(a_missing_parameter_says_how_to_give_it) {
  Frame *f = people();
  REFUSED(f, "age > $lo", ERR_NAME, "no value for $lo: give {lo = value} behind the expression\n  age > $lo\n        "
        "^^^");
  Err err;
  Column *out;
  ExprArg arg = {.name = "low", .kind = EXPR_ARG_INT, .i = 25};
  assert_int_equal(expr_eval(NULL, f, sv("age > $lo"), &arg, 1, &out, &err), ERR_NAME);
  assert_has(err.msg, "no value for $lo: did you mean 'low'?");
  frame_unref(f);
}

TEST(operators_of_other_languages_are_answered) {
  static const struct {
    const char *text, *want;
  } r[] = {
      {"age = 30", "'=' is not an operator here: write ==\n  age = 30\n      ^"},
      {"age != 30", "'!=' is not an operator here: write ~=\n  age != 30\n      ^^"},
      {"alive && alive", "'&&' is not an operator here: write and\n  alive && alive\n        ^^"},
      {"alive || alive", "'||' is not an operator here: write or\n  alive || alive\n        ^^"},
      {"!alive", "'!' is not an operator here: write not\n  !alive\n  ^"},
      {"age ** 2", "'**' is not an operator here: write ^\n  age ** 2\n      ^^"},
      {"sex in ('F')", "an operator is missing before 'in': write one_of(x, a, b)\n  sex in ('F')\n      ^^"},
      {"sex %in% 'F'", "'%in%' is not an operator here: write one_of(x, a, b)\n  sex %in% 'F'\n      ^^^^"},
      {"age is 3", "an operator is missing before 'is': write is_missing(x) or ==\n  age is 3\n      ^^"},
      {"alive AND alive", "an operator is missing before 'AND': write and\n  alive AND alive\n        ^^^"},
      {"NOT alive", "an operator is missing before 'alive': write not\n  NOT alive\n      ^^^^^"},
      {"age \xE2\x89\xA5 30", "'\xE2\x89\xA5' is not an operator here: write >=\n  age \xE2\x89\xA5 30\n      ^"},
      {"sex == \xE2\x80\x9C" "F\xE2\x80\x9D",
       "'\xE2\x80\x9C' is not an operator here: write text in straight quotes, as in 'text'\n"
       "  sex == \xE2\x80\x9C" "F\xE2\x80\x9D\n         ^"},
      {"if age then 1", "'if' has no meaning here: write if_else(condition, a, b)\n  if age then 1\n  ^^"},
      {"Solar.R > 5", "a name with a dot stands in backticks: write `Solar.R`\n  Solar.R > 5\n  ^^^^^^^"},
      {"end > 3", "'end' is a word of Lua: for the column write `end`\n  end > 3\n  ^^^"},
      {"age -- comment", "'--' is not an operator here: write - (-x), since -- starts a comment in Lua\n"
                         "  age -- comment\n      ^^"},
  };
  Frame *f = people();
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) REFUSED(f, r[k].text, ERR_PARSE, r[k].want);
  frame_unref(f);
}

TEST(broken_expressions_point_at_the_place) {
  static const struct {
    const char *text, *want;
  } r[] = {
      {"", "the expression is empty\n  \n  ^"},
      {"age +", "the expression ends where a value should stand\n  age +\n       ^"},
      {"age * * 3", "a value is missing before '*'\n  age * * 3\n        ^"},
      {"(age", "this ( is not closed\n  (age\n  ^"},
      {"age)", "this ) closes nothing\n  age)\n     ^"},
      {"max(age, 3", "this ( is not closed\n  max(age, 3\n  ^^^^"},
      {"max(age, )", "a value is missing before ')'\n  max(age, )\n           ^"},
      {"age, fare", "a comma stands only between the values of a function\n  age, fare\n     ^"},
      {"age fare", "an operator is missing before 'fare'\n  age fare\n      ^^^^"},
      {"'open", "the text is not closed: ' is missing at its end\n  'open\n  ^"},
      {"`open", "the name is not closed: ` is missing\n  `open\n  ^"},
      {"`` + 1", "the name between the backticks is empty\n  `` + 1\n  ^^"},
      {"'a\\q'", "unknown escape: write \\\\ for a backslash, \\n for a new line\n  'a\\q'\n    ^^"},
      {"'\\300'", "unknown escape: write \\\\ for a backslash, \\n for a new line\n  '\\300'\n   ^^"},
      {"3x + 1", "malformed number '3x'\n  3x + 1\n  ^^"},
      {"1..2", "malformed number '1..2': spaces around .. tell it from a decimal point\n  1..2\n  ^^^^"},
      {"0xfffffffffffffffff", "malformed number '0xfffffffffffffffff'\n  0xfffffffffffffffff\n  ^^^^^^^^^^^^^^^^^^^"},
      {"$ > 1", "$ stands before the name of a value that is given: write $name\n  $ > 1\n  ^"},
      {"age @ 3", "'@' has no meaning here\n  age @ 3\n      ^"},
  };
  Frame *f = people();
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) REFUSED(f, r[k].text, ERR_PARSE, r[k].want);
  frame_unref(f);
}

TEST(types_that_do_not_meet_are_shown_with_what_fits) {
  static const struct {
    const char *text, *want;
  } r[] = {
      {"age > 1 and sex > 3", "cannot compare sex (category) with 3 (int): write '3' in quotes, or real(x) for the "
            "text\n"
                              "  age > 1 and sex > 3\n              ^^^^^^^"},
      {"age > '30'", "cannot compare age (int) with '30' (text): write 30 without quotes\n  age > '30'\n  ^^^^^^^^^^"},
      {"age > 'fare'",
       "cannot compare age (int) with 'fare' (text): without quotes fare is the column\n  age > 'fare'\n  "
             "^^^^^^^^^^^^"},
      {"age == name", "cannot compare age (int) with name (text): write real(name)\n  age == name\n  ^^^^^^^^^^^"},
      {"alive == 1", "cannot compare alive (bool) with 1 (int): write int(alive), or == true\n  alive == 1\n  "
            "^^^^^^^^^^"},
      {"born > 2012-01-01", "cannot compare born (date) with 2012-01-01 (int): write a date in quotes, as in "
            "'2012-03-31'\n"
                            "  born > 2012-01-01\n  ^^^^^^^^^^^^^^^^^"},
      {"alive < true", "'<' takes numbers, dates or text, got alive (bool)\n  alive < true\n  ^^^^^"},
      {"not sex == 'F'", "'not' takes a condition (true or false), got sex (category): write not (sex == 'word')\n"
                         "  not sex == 'F'\n      ^^^"},
      {"alive and age", "'and' takes a condition (true or false), got age (int): write age > 0\n"
                        "  alive and age\n            ^^^"},
      {"name + 1", "'+' takes a number, got name (text): write real(name), and .. joins text\n  name + 1\n  ^^^^"},
      {"1 - alive", "'-' takes a number, got alive (bool): write int(alive)\n  1 - alive\n      ^^^^^"},
      {"lower(age)", "lower(s) takes text, got age (int): write text(age)\n  lower(age)\n        ^^^"},
      {"hour(born)", "hour(t) takes a time, got born (date): a date has no time of day\n  hour(born)\n       ^^^^"},
      {"sub(name, fare)", "sub(s, i, j) takes an int, got fare (real): write int(fare)\n  sub(name, fare)\n           "
            " ^^^^"},
      {"if_else(alive, age, sex)",
       "if_else(c, a, b) takes values of one type, got age (int) and sex (category): write real(sex)\n"
       "  if_else(alive, age, sex)\n  ^^^^^^^^^^^^^^^^^^^^^^^^"},
      {"born + born", "cannot add born (date) and born (date): two dates have a difference (-), a date and an int of "
            "days "
                      "a sum\n  born + born\n  ^^^^^^^^^^^"},
      {"born - 0.5", "cannot subtract born (date) and 0.5 (real): a date takes an int of days\n  born - 0.5\n  "
            "^^^^^^^^^^"},
      {"1 - born", "cannot subtract 1 (int) and born (date): two dates have a difference (-), a date and an int of "
            "days a "
                   "sum\n  1 - born\n  ^^^^^^^^"},
      {"1 < age < 30", "comparisons do not chain: write 1 < age and age < 30\n  1 < age < 30\n  ^^^^^^^^^^^^"},
      {"age == nil", "nothing compares with nil: write is_missing(age)\n  age == nil\n  ^^^^^^^^^^"},
      {"nil ~= age + 1", "nothing compares with nil: write not is_missing(age + 1)\n  nil ~= age + 1\n  "
            "^^^^^^^^^^^^^^"},
      {"coalesce(age, nil)", "nil has no place here: is_missing(x) asks for missing values, coalesce(x, y) fills them\n"
                             "  coalesce(age, nil)\n                ^^^"},
  };
  Frame *f = people();
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) REFUSED(f, r[k].text, ERR_TYPE, r[k].want);
  frame_unref(f);
}

TEST(a_text_that_is_no_date_is_pointed_at) {
  Frame *f = people();
  REFUSED(f, "born >= '2012-02-30'", ERR_PARSE,
          "'2012-02-30' is no date: write it as '2012-03-31' or '2012-03-31 14:05:00'\n"
          "  born >= '2012-02-30'\n          ^^^^^^^^^^^^");
  REFUSED(f, "one_of(seen, '2012-03-01', 'x')", ERR_PARSE,
          "'x' is no date: write it as '2012-03-31' or '2012-03-31 14:05:00'\n"
          "  one_of(seen, '2012-03-01', 'x')\n                             ^^^");
  frame_unref(f);
}

TEST(carets_stand_under_wide_characters_and_control_characters_show_as_spaces) {
  Frame *f = people();
  REFUSED(f, "name == '\xE6\x97\xA5\xE6\x9C\xAC' and agee > 1", ERR_NAME,
          "no column 'agee': did you mean 'age'?\n  name == '\xE6\x97\xA5\xE6\x9C\xAC' and agee > 1\n"
          "                     ^^^^");
  REFUSED(f, "\tage\n  > agee", ERR_NAME, "no column 'agee': did you mean 'age'?\n   age   > agee\n           ^^^^");
  REFUSED(f, "ag\xFF + 1", ERR_NAME, "no column 'ag?': did you mean 'age'?\n  ag? + 1\n  ^^^");
  frame_unref(f);
}

TEST(long_expressions_are_cut_around_the_place) {
  Frame *f = people();
  Str text = {0};
  for (int k = 0; k < 40; k++) str_add(&text, "age > 30 and ");
  str_add(&text, "agee > 3");
  for (int k = 0; k < 40; k++) str_add(&text, " and age > 30");
  REFUSED(f, str_c(&text), ERR_NAME,
          "no column 'agee': did you mean 'age'?\n"
          "  \xE2\x80\xA6" "and age > 30 and age > 30 and agee > 3 and age > 30 and age > 30 and age\xE2\x80\xA6\n"
          "                                 ^^^^");
  str_fini(&text);
  frame_unref(f);
}

TEST(long_broken_text_is_cut_around_the_place_too) {
  Frame *f = people();
  Str text = {0};
  str_add(&text, "name == \"");
  str_pad(&text, '\x97', 120);
  str_add(&text, "\" 7");
  const char *got = value_of(f, str_c(&text)), *caret = strrchr(got, '\n');
  assert_has(got, "an operator is missing before '7'");
  assert_int_equal(strspn(caret + 1, " "), 2 + 1 + 30); // the margin, an ellipsis, what stands before
  str_fini(&text);
  frame_unref(f);
}

TEST(depth_and_length_are_limited) {
  Frame *f = people();
  Str text = {0};
  for (int k = 0; k < 300; k++) str_addc(&text, '(');
  str_add(&text, "age");
  assert_has(value_of(f, str_c(&text)), "nested more than 200 deep: derive a part of it first");
  str_clear(&text);
  for (int k = 0; k < 300; k++) str_add(&text, "2 ^ ");
  str_add(&text, "1");
  assert_has(value_of(f, str_c(&text)), "nested more than 200 deep");
  str_clear(&text);
  for (int k = 0; k < 900; k++) str_add(&text, "age + ");
  str_add(&text, "1");
  assert_value(f, str_c(&text), "int: 18001 27001");
  for (int k = 0; k < 200; k++) str_add(&text, " + 1");
  assert_has(value_of(f, str_c(&text)), "more than 1000 operators in a row: derive a part of it first");
  str_clear(&text);
  str_add(&text, "min(");
  for (int k = 0; k < 255; k++) str_add(&text, "age, ");
  str_add(&text, "1)");
  assert_has(value_of(f, str_c(&text)), "min takes 255 values at most");
  str_clear(&text);
  str_pad(&text, ' ', (1 << 20) + 1);
  assert_has(value_of(f, str_c(&text)), "longer than 1048576 bytes");
  str_fini(&text);
  frame_unref(f);
}

RUN(CASE(an_unknown_column_names_the_nearest), CASE(an_unknown_function_names_the_nearest),
    CASE(a_wrong_number_of_values_shows_the_signature), CASE(a_missing_parameter_says_how_to_give_it),
    CASE(operators_of_other_languages_are_answered), CASE(broken_expressions_point_at_the_place),
    CASE(types_that_do_not_meet_are_shown_with_what_fits), CASE(a_text_that_is_no_date_is_pointed_at),
    CASE(carets_stand_under_wide_characters_and_control_characters_show_as_spaces),
    CASE(long_expressions_are_cut_around_the_place), CASE(long_broken_text_is_cut_around_the_place_too),
    CASE(depth_and_length_are_limited))
