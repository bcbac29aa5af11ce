// Values of expressions. By hand, by Lua 5.4.4 where Lua has the operator, by R 4.2.2 (log1p, sd, median, weekday) and
// by Python 3.11 (round; days far from now through its 400-year cycles).
#include "frame/expr.h"
#include "unit/frame/make.h"

static Frame *one(void) { return make_frame("x:int", "1"); }

static Frame *people(void) {
  return make_frame("age:int fare:real sex:category name:text alive:bool born:date",
                    "20 0    F  Ann true  2012-02-27 "
                    "30 1.25 M  Bob false 2012-02-28 "
                    "40 2.5  F  ''  NA    2012-02-29 "
                    "50 NA   NA NA  true  NA         "
                    "NA nan  M  F   false 1969-12-28 ");
}

static Frame *seen_people(void) {
  return make_frame("day:date at:time",
                    "2012-02-27 2012-02-28_23:59:59.5 2012-03-01 2012-03-01_06:30:15 NA NA 1969-12-28 "
                          "1969-12-31_23:59");
}

TEST(literals_are_those_of_lua) {
  Frame *f = one();
  assert_value(f, "42", "int: 42");
  assert_value(f, "0x1F", "int: 31");
  assert_value(f, "0xffffffffffffffff", "int: -1");
  assert_value(f, "9223372036854775808", "real: 9.223372036854776e+18");
  assert_value(f, "3.", "real: 3");
  assert_value(f, ".5e1", "real: 5");
  assert_value(f, "true", "bool: true");
  assert_value(f, "'a\\tb\\65\\x42\\u{e9}\\z   c\\'' .. \"d'\"", "category: a\tbAB\xC3\xA9" "c'd'");
  frame_unref(f);
}

TEST(integers_divide_and_round_down_as_in_lua) {
  Frame *f = one();
  assert_value(f, "7 // -2", "int: -4");
  assert_value(f, "7 % -2", "int: -1");
  assert_value(f, "-7 % 2", "int: 1");
  assert_value(f, "-7.5 % 2", "real: 0.5");
  assert_value(f, "5.5 % -2", "real: -0.5");
  assert_value(f, "7 / 2", "real: 3.5");
  assert_value(f, "8 / 2", "real: 4");
  assert_value(f, "2 ^ 2", "real: 4");
  assert_value(f, "-2 ^ 2", "real: -4");
  assert_value(f, "2 ^ 3 ^ 2", "real: 512");
  assert_value(f, "1 .. 2 .. 3", "category: 123");
  frame_unref(f);
}

TEST(an_integer_divisor_of_zero_gives_missing_and_a_real_one_what_ieee_says) {
  Frame *f = one();
  assert_value(f, "x // 0", "int: NA");
  assert_value(f, "x % 0", "int: NA");
  assert_value(f, "x / 0", "real: inf");
  assert_value(f, "-x / 0", "real: -inf");
  assert_value(f, "is_nan(0 / 0)", "bool: true");
  frame_unref(f);
}

TEST(integers_that_overflow_become_reals) {
  Frame *f = make_frame("i:int j:int", "9223372036854775807 1 2 3 NA 5 -9223372036854775808 -1");
  assert_value(f, "i + j", "real: 9.223372036854776e+18 5 NA -9.223372036854776e+18");
  assert_value(f, "i - j", "int: 9223372036854775806 -1 NA -9223372036854775807");
  assert_value(f, "i * j * 2", "real: 1.8446744073709552e+19 12 NA 1.8446744073709552e+19");
  assert_value(f, "-i", "real: -9.223372036854776e+18 -2 NA 9.223372036854776e+18");
  assert_value(f, "i // j", "real: 9.223372036854776e+18 0 NA 9.223372036854776e+18");
  assert_value(f, "i % j", "int: 0 2 NA 0");
  assert_value(f, "abs(i)", "real: 9.223372036854776e+18 2 NA 9.223372036854776e+18");
  assert_value(f, "if_else(i + j > 0, i, j)", "int: 9223372036854775807 2 NA -1");
  assert_value(f, "is_finite(mean(i + 1))", "bool: true true true true");
  assert_value(f, "9223372036854775807 + 1", "real: 9.223372036854776e+18 9.223372036854776e+18 "
                                             "9.223372036854776e+18 9.223372036854776e+18");
  frame_unref(f);
}

TEST(missing_makes_arithmetic_and_comparisons_missing) {
  Frame *f = people();
  assert_value(f, "age + 1", "int: 21 31 41 51 NA");
  assert_value(f, "age * fare", "real: 0 37.5 100 NA NA");
  assert_value(f, "age > 30", "bool: false false true true NA");
  assert_value(f, "sex == 'F'", "bool: true false true NA false");
  assert_value(f, "sex == name", "bool: false false false NA false");
  assert_value(f, "fare == fare", "bool: true true true NA false");
  frame_unref(f);
}

TEST(logic_is_kleenes) {
  Frame *f = make_frame("a:bool b:bool", "true true true false true NA false true false false false NA NA true NA "
        "false NA NA");
  assert_value(f, "a and b", "bool: true false NA false false false NA false NA");
  assert_value(f, "a or b", "bool: true true true true false NA true NA NA");
  assert_value(f, "not a", "bool: false false false true true true NA NA NA");
  assert_value(f, "a == b", "bool: true false NA false true NA NA NA NA");
  assert_value(f, "a ~= b", "bool: false true NA true false NA NA NA NA");
  frame_unref(f);
}

TEST(missing_can_be_asked_and_filled) {
  Frame *f = people();
  assert_value(f, "is_missing(age)", "bool: false false false false true");
  assert_value(f, "is_missing(sex) or is_missing(name)", "bool: false false false true false");
  assert_value(f, "coalesce(age, 0)", "int: 20 30 40 50 0");
  assert_value(f, "coalesce(age, fare)", "real: 20 30 40 50 nan");
  assert_value(f, "coalesce(sex, 'none')", "category: F M F none M");
  assert_value(f, "coalesce(born, '2000-01-01')", "date: 2012-02-27 2012-02-28 2012-02-29 2000-01-01 1969-12-28");
  frame_unref(f);
}

TEST(choices_take_one_of_their_values_in_each_row) {
  Frame *f = people();
  assert_value(f, "if_else(age >= 40, 'old', 'young')", "category: young young old old NA");
  assert_value(f, "if_else(age >= 40, age)", "int: NA NA 40 50 NA");
  assert_value(f, "if_else(alive, age, fare)", "real: 20 1.25 NA 50 nan");
  assert_value(f, "min(age, 35)", "int: 20 30 35 35 NA");
  assert_value(f, "max(age, fare, 30.5)", "real: 30.5 30.5 40 NA NA");
  assert_value(f, "max(fare, 1)", "real: 1 1.25 2.5 NA nan");
  assert_value(f, "max(sex, 'G')", "category: G M G NA M");
  assert_value(f, "between(age, 25, 40)", "bool: false true true false NA");
  assert_value(f, "between(40, 25, age)", "bool: false false true true NA");
  assert_value(f, "between(10, age, 15)", "bool: false false false false NA");
  assert_value(f, "between(20, age, 15)", "bool: false false false false false");
  assert_value(f, "between(fare, 0, 2)", "bool: true true false NA false");
  assert_value(f, "between(born, '2012-02-28', '2012-02-29')", "bool: false true true NA false");
  frame_unref(f);
}

TEST(membership_is_a_chain_of_equalities) {
  Frame *f = people();
  assert_value(f, "one_of(age, 20, 50)", "bool: true false false true NA");
  assert_value(f, "one_of(sex, 'F', 'X')", "bool: true false true NA false");
  assert_value(f, "one_of(20, age, 30)", "bool: true false false false NA");
  assert_value(f, "one_of(name, sex, 'Bob')", "bool: false true false NA false");
  assert_value(f, "one_of(born, '2012-02-29', '1969-12-28')", "bool: false false true NA true");
  frame_unref(f);
}

TEST(dates_compare_with_text_that_is_a_date) {
  Frame *f = seen_people();
  assert_value(f, "day >= '2012-03-01'", "bool: false true NA false");
  assert_value(f, "'2012-03-01' > day", "bool: true false NA true");
  assert_value(f, "day < '2012-02-27 00:00:01'", "bool: true false NA true");
  assert_value(f, "at >= '2012-02-28 23:59:59.5'", "bool: true true NA false");
  assert_value(f, "at > '2012-03-01'", "bool: false true NA false");
  assert_value(f, "at > day", "bool: true true NA true");
  frame_unref(f);
}

TEST(dates_add_days_and_times_add_seconds) {
  Frame *f = seen_people();
  assert_value(f, "day + 2", "date: 2012-02-29 2012-03-03 NA 1969-12-30");
  assert_value(f, "2 + day - 1", "date: 2012-02-28 2012-03-02 NA 1969-12-29");
  assert_value(f, "day - '2012-02-27'", "int: 0 3 NA -15401");
  assert_value(f, "at - at", "real: 0 0 NA 0");
  assert_value(f, "at - day", "real: 172799.5 23415 NA 345540");
  assert_value(f, "(at + 0.5) - '2012-02-29'", "real: 0 109815.5 NA -1330473659.5");
  assert_value(f, "day + 9223372036854775807", "date: NA NA NA NA");
  assert_value(f, "day - 999999999", "date: -2735895-02-25 -2735895-02-28 NA NA");
  assert_value(f, "at + 1e13", "time: NA NA NA NA");
  frame_unref(f);
}

TEST(parts_of_dates_are_numbers) {
  Frame *f = seen_people();
  assert_value(f, "year(day) * 100 + month(at)", "int: 201202 201203 NA 196912");
  assert_value(f, "day(at)", "int: 28 1 NA 31");
  assert_value(f, "weekday(day)", "int: 1 4 NA 7");
  assert_value(f, "hour(at) * 10000 + minute(at) * 100 + second(at)", "int: 235959 63015 NA 235900");
  assert_value(f, "date(at)", "date: 2012-02-28 2012-03-01 NA 1969-12-31");
  assert_value(f, "date('2012-02-29') - date('x')", "int: NA NA NA NA");
  frame_unref(f);
}

TEST(text_functions_count_characters) {
  Frame *f = make_frame("s:text", "H\xC3\xA9llo _a_ '' NA abcabc");
  assert_value(f, "len(s)", "int: 5 3 0 NA 6");
  assert_value(f, "upper(s) .. '|'", "text: H\xC3\xA9LLO|  A | | NA ABCABC|");
  assert_value(f, "lower(s) .. '|'", "text: h\xC3\xA9llo|  a | | NA abcabc|");
  assert_value(f, "trim(s)", "text: H\xC3\xA9llo a '' NA abcabc");
  assert_value(f, "contains(s, 'l')", "bool: true false false NA false");
  assert_value(f, "starts_with(s, 'ab')", "bool: false false false NA true");
  assert_value(f, "ends_with(s, 'bc')", "bool: false false false NA true");
  assert_value(f, "replace(s, 'a', 'xy')", "text: H\xC3\xA9llo  xy  '' NA xybcxybc");
  assert_value(f, "replace(s, '', '-') == s", "bool: true true true NA true");
  frame_unref(f);
}

TEST(sub_takes_places_as_lua_does) {
  Frame *f = make_frame("s:text i:int j:int",
        "hello 2 4 hello -3 -1 hello 0 9 hello 4 2 hello -9 2 h\xC3\xA9llo 2 2 hello NA 1");
  assert_value(f, "sub(s, i, j)", "text: ell llo hello '' he \xC3\xA9 NA");
  assert_value(f, "sub(s, 3)", "text: llo llo llo llo llo llo llo");
  frame_unref(f);
}

TEST(conversions_say_missing_when_nothing_fits) {
  Frame *f = make_frame("s:text x:real b:bool", "12 2.9 true _-7_ -2.9 false 3.5 1e300 true x nan NA NA NA true");
  assert_value(f, "int(s)", "int: 12 -7 NA NA NA");
  assert_value(f, "real(s)", "real: 12 -7 3.5 NA NA");
  assert_value(f, "int(x)", "int: 2 -2 NA NA NA");
  assert_value(f, "int(b) + real(b)", "real: 2 0 2 NA 2");
  assert_value(f, "text(x)", "text: 2.9 -2.9 1e+300 nan NA");
  assert_value(f, "text(b) .. s", "text: true12 false -7  true3.5 NA NA");
  frame_unref(f);
}

TEST(rounding_goes_to_the_even_digit_on_ties) {
  Frame *f = make_frame("x:real d:int", "0.5 0 1.5 0 2.5 0 0.15 1 2.675 2 1.005 2 0.285 2 1234.5678 2 1250 -2 1350 -2 "
                                        "5.015 2 0.045 2 1e22 -2");
  assert_value(f, "round(x, d)", "real: 0 2 2 0.1 2.67 1 0.28 1234.57 1200 1400 5.01 0.04 1e+22");
  assert_value(f, "sum(round(x))", value_of(f, "sum(round(x, 0))"));
  frame_unref(f);
  f = make_frame("i:int", "1250 1350 -1250 1249 -1251");
  assert_value(f, "round(i, -2)", "int: 1200 1400 -1200 1200 -1300");
  assert_value(f, "round(i, 2)", "int: 1250 1350 -1250 1249 -1251");
  assert_value(f, "round(i, -30)", "int: 0 0 0 0 0");
  frame_unref(f);
}

TEST(mathematics_is_that_of_r) {
  Frame *f = make_frame("x:real", "0.1 2.5 -3.75 1e6 NA");
  assert_value(f, "sqrt(16) + cbrt(-27) + log10(1000) + log2(8) + exp(0) + log(1)", "real: 8 8 8 8 8");
  assert_value(f, "floor(x)", "real: 0 2 -4 1000000 NA");
  assert_value(f, "ceil(x)", "real: 1 3 -3 1000000 NA");
  assert_value(f, "sign(x) * abs(x) == x", "bool: true true true true NA");
  assert_value(f, "is_finite(x / 0)", "bool: false false false false NA");
  frame_unref(f);
}

TEST(whole_columns_leave_missing_out) {
  Frame *f = make_frame("x:real i:int b:bool e:real",
        "0.1 1 true NA 2.5 NA false NA -3.75 5 NA NA 1e6 9 true NA NA 2 true NA");
  Column *c;
  static const struct {
    const char *text;
    double want;
  } r[] = {{"mean(x)", 249999.71249999999}, {"sd(x)", 500000.19167329388}, {"median(x)", 1.3}, {"mean(b)", 0.75},
           {"log1p(1e-10)", 9.9999999995000007e-11}, {"exp(1)", 2.7182818284590451}, {"log(10)", 2.3025850929940459},
           {"sum(x)", 999998.85}, {"median(i) + nrow()", 8.5}, {"sd(i)", 3.5939764421413041}};
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) {
    assert_int_equal(expr_eval(NULL, f, sv(r[k].text), NULL, 0, &c, NULL), OK);
    assert_int_equal(c->n, 5);
    assert_near(col_f64(c, 0), r[k].want, 1e-14);
    assert_near(col_f64(c, 4), r[k].want, 1e-14);
    column_unref(c);
  }
  assert_value(f, "sum(i)", "int: 17 17 17 17 17");
  assert_value(f, "sum(i > 1)", "int: 3 3 3 3 3");
  assert_value(f, "sum(i * 2 + row()) / nrow()", "real: 9.4 9.4 9.4 9.4 9.4");
  assert_value(f, "mean(e)", "real: NA NA NA NA NA");
  assert_value(f, "sum(e)", "real: 0 0 0 0 0");
  assert_value(f, "i - mean(i)", "real: -3.25 NA 0.75 4.75 -2.25");
  assert_value(f, "row()", "int: 1 2 3 4 5");
  frame_unref(f);
}

TEST(names_may_be_anything_in_backticks) {
  Frame *f = make_frame("Solar.R:int end:int gr\xC3\xB6\xC3\x9F" "e:int", "1 2 3");
  assert_value(f, "`Solar.R` + `end` + gr\xC3\xB6\xC3\x9F" "e", "int: 6");
  assert_value(f, "gr\xC3\xB6\xC3\x9F" "e\xC2\xA0==\xC2\xA0" "3", "bool: true");
  frame_unref(f);
}

RUN(CASE(literals_are_those_of_lua), CASE(integers_divide_and_round_down_as_in_lua),
    CASE(an_integer_divisor_of_zero_gives_missing_and_a_real_one_what_ieee_says),
    CASE(integers_that_overflow_become_reals), CASE(missing_makes_arithmetic_and_comparisons_missing),
    CASE(logic_is_kleenes), CASE(missing_can_be_asked_and_filled), CASE(choices_take_one_of_their_values_in_each_row),
    CASE(membership_is_a_chain_of_equalities), CASE(dates_compare_with_text_that_is_a_date),
    CASE(dates_add_days_and_times_add_seconds), CASE(parts_of_dates_are_numbers),
    CASE(text_functions_count_characters), CASE(sub_takes_places_as_lua_does),
    CASE(conversions_say_missing_when_nothing_fits), CASE(rounding_goes_to_the_even_digit_on_ties),
    CASE(mathematics_is_that_of_r), CASE(whole_columns_leave_missing_out), CASE(names_may_be_anything_in_backticks))
