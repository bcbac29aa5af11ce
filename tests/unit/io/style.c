// Which style a column of cells shows, and what is said about it. By hand, from the rules at the top of style_number.c
// and style_moment.c; that the month is first in 01/02/2012 is the rule of pandas 1.5.3's to_datetime.
#include "check.h"

#include "io/value_int.h"

// Cells in one text, split at '|'; the style found is printed with what was said.
typedef struct Found {
  ValueStyle style;
  int64_t misfits;
  char said[600];
} Found;

static Found find_forced(ColType type, const char *cells, bool comma_free, const StyleOpts *forced) {
  Sv cell[1200];
  int64_t n = 0;
  for (const char *s = cells; *s; n++) {
    size_t size = strcspn(s, "|");
    cell[n] = (Sv){s, size};
    s += size + (s[size] == '|');
  }
  Found f;
  Str said = {0};
  f.misfits = value_style(type, cell, n, comma_free, forced, &f.style, &said);
  snprintf(f.said, sizeof f.said, "%s", str_c(&said));
  str_fini(&said);
  return f;
}
static Found find(ColType type, const char *cells) { return find_forced(type, cells, true, NULL); }

#define assert_plain(found, misfits_, said_)                                                                           \
  do {                                                                                                                 \
    Found plain_ = (found);                                                                                            \
    assert_true(value_is_plain(&plain_.style));                                                                        \
    assert_int_equal(plain_.misfits, misfits_);                                                                        \
    assert_string_equal(plain_.said, said_);                                                                           \
  } while (0)
#define assert_style(found, decimal_, group_, currency_, misfits_, said_)                                              \
  do {                                                                                                                 \
    Found style_ = (found);                                                                                            \
    assert_string_equal(style_.said, said_);                                                                           \
    assert_int_equal(style_.style.decimal, decimal_);                                                                  \
    assert_string_equal(style_.style.group, group_);                                                                   \
    assert_string_equal(style_.style.currency, currency_);                                                             \
    assert_int_equal(style_.misfits, misfits_);                                                                        \
  } while (0)

TEST(plain_numbers_never_change_their_meaning) {
  assert_plain(find(COL_F64, "1.5|2|3e5"), 0, "");
  assert_plain(find(COL_F64, "1.234|5.678"), 0, "");
  assert_plain(find(COL_I64, "1.234|5.678"), 2, "");
  assert_plain(find(COL_I64, "1|2|x"), 1, "");
  assert_plain(find(COL_F64, "red|green"), 2, "");
  assert_plain(find(COL_F64, "007|008"), 2, ""); // codes
  assert_plain(find(COL_F64, "1/2|3-4"), 2, "");
  assert_plain(find(COL_DATE, "1/2|3-4"), 2, "");
  assert_plain(find(COL_F64, ""), 0, "");
}

TEST(one_odd_cell_in_hundreds_does_not_change_what_the_others_mean) {
  Str s = {0};
  for (int k = 0; k < 300; k++) str_addf(&s, "%d.%03d|", 1 + k % 9, k);
  str_add(&s, "1.234.567");
  assert_plain(find(COL_F64, str_c(&s)), 1, "");
  for (int k = 0; k < 9; k++) str_addf(&s, "|%d.234.567", k + 1);
  assert_style(find(COL_F64, str_c(&s)), ',', ".", "", 0, "thousands marked by '.': '1.234.567'");
  str_fini(&s);
}

TEST(a_decimal_comma_needs_a_cell_that_shows_it) {
  assert_style(find(COL_F64, "12,5|3"), ',', "", "", 0, "decimal comma: '12,5'");
  assert_style(find(COL_F64, "1,234|1,5"), ',', "", "", 0, "decimal comma: '1,5'");
  assert_style(find(COL_F64, "1,234|0,123"), ',', "", "", 0, "decimal comma: '0,123'");
  assert_style(find(COL_F64, "1,234|1234,567"), ',', "", "", 0, "decimal comma: '1234,567'");
  assert_style(find(COL_F64, "12,5|x|7"), ',', "", "", 1, "decimal comma: '12,5'");
  const char *undecided =
      "no cell decides whether ',' marks decimals or thousands: '1,234'; decimal=\",\" or thousands=\",\" says it";
  assert_plain(find(COL_F64, "1,234|5,678"), 2, undecided);
  assert_plain(find(COL_F64, "1,234|999"), 1, undecided);
  assert_plain(find(COL_I64, "1,234|999"), 1, undecided);
  assert_plain(find_forced(COL_F64, "12,5|3", false, NULL), 1, ""); // the comma divides the cells
}

TEST(thousands_are_marked_by_five_kinds_of_marks) {
  assert_style(find(COL_F64, "1.234,56|7"), ',', ".", "", 0,
               "decimal comma: '1.234,56'; thousands marked by '.': '1.234,56'");
  assert_style(find(COL_I64, "1.234.567|7"), ',', ".", "", 0, "thousands marked by '.': '1.234.567'");
  assert_style(find(COL_F64, "1,234|1,234.5"), '.', ",", "", 0, "thousands marked by ',': '1,234.5'");
  assert_style(find(COL_I64, "1,234|1,234,567"), '.', ",", "", 0, "thousands marked by ',': '1,234,567'");
  assert_style(find(COL_F64, "12,5|1.234"), ',', ".", "", 0, "decimal comma: '12,5'; thousands marked by '.': '1.234'");
  assert_style(find(COL_I64, "1 234|5"), '.', " ", "", 0, "thousands marked by a blank: '1 234'");
  assert_style(find(COL_F64, "1\u202F234,5|5"), ',', " ", "", 0,
               "decimal comma: '1\u202F234,5'; thousands marked by a blank: '1\u202F234,5'");
  assert_style(find(COL_I64, "1'234|5"), '.', "'", "", 0, "thousands marked by an apostrophe: '1'234'");
  assert_style(find_forced(COL_I64, "1,234|999", false, NULL), '.', ",", "", 0, "thousands marked by ',': '1,234'");
  assert_plain(find(COL_F64, "12,34,567|1,23,456"), 2, "");
}

TEST(full_groups_in_every_cell_may_be_codes) {
  assert_plain(
      find(COL_I64, "601 123 456|602 345 678"), 2,
      "'601 123 456' may be a code, as every cell has 3 groups of three digits; thousands=\" \" makes them numbers");
  assert_plain(find_forced(COL_I64, "101,102|205,310", false, NULL), 2,
               "'101,102' may be a code, as every cell has 2 groups of three digits; thousands=\",\" makes them numbers");
  assert_style(find(COL_I64, "601 123 456|5"), '.', " ", "", 0, "thousands marked by a blank: '601 123 456'");
  StyleOpts blank = {.group = "\u00A0"};
  assert_style(find_forced(COL_I64, "601 123 456|602 345 678", true, &blank), '.', " ", "", 0,
               "thousands marked by a blank: '601 123 456'");
}

TEST(currencies_percent_and_parentheses_are_taken_off) {
  assert_style(find(COL_F64, "$1,234.50|$7"), '.', ",", "$", 0,
               "thousands marked by ',': '$1,234.50'; currency '$' taken off: '$1,234.50'");
  assert_style(find(COL_I64, "$5|$7"), '.', "", "$", 0, "currency '$' taken off: '$5'");
  assert_style(find(COL_F64, "1.234,5 EUR|12 EUR|7 USD"), ',', ".", "EUR", 1,
               "decimal comma: '1.234,5 EUR'; thousands marked by '.': '1.234,5 EUR'; "
               "currency 'EUR' taken off: '1.234,5 EUR'");
  assert_plain(
      find(COL_F64, "1.234 EUR|5.678 EUR"), 2,
      "no cell decides whether '.' marks decimals or thousands: '1.234 EUR'; decimal=\".\" or thousands=\".\" says it");
  Found f = find(COL_F64, "12 %|12.5%");
  assert_string_equal(f.said, "percent: '12 %' is 0.12");
  assert_true(f.style.percent && !f.style.percent_bare && f.misfits == 0);
  f = find(COL_F64, "12,5 %|7 %");
  assert_string_equal(f.said, "decimal comma: '12,5 %'; percent: '12,5 %' is 0.125");
  f = find(COL_F64, "1.125%|2.375%");
  assert_string_equal(f.said, "percent: '1.125%' is 0.01125");
  assert_plain(find(COL_I64, "12%|13%"), 2, "");
  assert_plain(find(COL_F64, "12|13|14%"), 1, "");
  f = find(COL_I64, "(1234)|5");
  assert_string_equal(f.said, "parentheses for minus: '(1234)'");
  assert_true(f.style.accounting && f.misfits == 0);
  assert_plain(find(COL_I64, "(1)|(2)"), 2, ""); // all of them: footnotes, lists
  assert_plain(find(COL_F64, "12 kg|13 kg"), 2, "");
}

TEST(what_the_user_says_about_numbers_holds) {
  StyleOpts comma = {.decimal = ','}, points = {.group = "."}, commas = {.group = ","}, none = {.group = ""};
  assert_style(find_forced(COL_F64, "1,234|5,678", true, &comma), ',', "", "", 0, "decimal comma: '1,234'");
  assert_style(find_forced(COL_F64, "12,5", false, &comma), ',', "", "", 0, "decimal comma: '12,5'");
  assert_style(find_forced(COL_F64, "1.5|2.25", true, &comma), ',', "", "", 2, "");
  assert_style(find_forced(COL_I64, "1.234|5", true, &points), ',', ".", "", 0, "thousands marked by '.': '1.234'");
  assert_style(find_forced(COL_I64, "1,234|5", true, &commas), '.', ",", "", 0, "thousands marked by ',': '1,234'");
  assert_plain(find_forced(COL_F64, "1.5|2", true, &commas), 0, "");
  assert_plain(find_forced(COL_I64, "1 234|5", true, &none), 1, "");
  StyleOpts francs = {.currency = "Fr."};
  assert_style(find_forced(COL_F64, "Fr. 12.50|7", true, &francs), '.', "", "Fr.", 0,
               "currency 'Fr.' taken off: 'Fr. 12.50'");
  StyleOpts percent = {.percent = true};
  Found f = find_forced(COL_F64, "12|13|14%", true, &percent);
  assert_true(f.style.percent && f.style.percent_bare && f.misfits == 0);
  assert_string_equal(f.said, "percent: '14%' is 0.14");
  assert_plain(find_forced(COL_F64, "12|13", true, &percent), 0, "");
}

// ---- dates --------------------------------------------------------------------------------------------------------
#define assert_order(found, order_, named_, misfits_, said_)                                                           \
  do {                                                                                                                 \
    Found order_found_ = (found);                                                                                      \
    assert_string_equal(order_found_.said, said_);                                                                     \
    assert_int_equal(order_found_.style.order, order_);                                                                \
    assert_int_equal(order_found_.style.named_month, named_);                                                          \
    assert_int_equal(order_found_.misfits, misfits_);                                                                  \
  } while (0)

TEST(a_number_above_twelve_decides_between_day_and_month) {
  assert_order(find(COL_DATE, "01/02/2012|31/03/2012"), ORDER_DMY, 0, 0, "day before month: '31/03/2012'");
  assert_order(find(COL_DATE, "01/02/2012|3/31/2012"), ORDER_MDY, 0, 0, "month before day: '3/31/2012'");
  assert_order(find(COL_TIME, "01/02/2012 10:20|31/03/2012 9:05"), ORDER_DMY, 0, 0,
               "day before month: '31/03/2012 9:05'");
  assert_order(find(COL_DATE, "31/03/2012|3/31/2012|13/1/2012"), ORDER_DMY, 0, 1, "day before month: '31/03/2012'");
}

TEST(without_one_the_month_is_first_as_in_pandas_and_that_is_said) {
  assert_order(
      find(COL_DATE, "05/05/2012|01/02/2012"), ORDER_MDY, 0, 0,
      "day or month first is not decided by any cell: month first taken for '01/02/2012'; dates=\"dmy\" changes it");
  assert_order(find(COL_DATE, "01.02.2012|03.04.2012"), ORDER_DMY, 0, 0,
               "day before month, as between points: '01.02.2012'");
}

TEST(other_orders_are_told_by_their_year_or_name) {
  assert_order(find(COL_DATE, "2012/3/31|2012/4/1"), ORDER_YMD, 0, 0, "year, month, day: '2012/3/31'");
  assert_order(find(COL_DATE, "2012.03.31"), ORDER_YMD, 0, 0, "year, month, day: '2012.03.31'");
  assert_order(find(COL_DATE, "31 Mar 2012|Apr 1, 2012"), ORDER_ISO, 1, 0, "month by its name: '31 Mar 2012'");
  assert_order(find(COL_TIME, "Sat, 31 Mar 2012 10:20:30 GMT"), ORDER_ISO, 1, 0,
               "month by its name: 'Sat, 31 Mar 2012 10:20:30 GMT'");
  assert_order(find(COL_TIME, "2012-03-31 10:20 PM"), ORDER_YMD, 0, 0, "year, month, day: '2012-03-31 10:20 PM'");
  assert_plain(find(COL_DATE, "2012-03-31|2012/03/31"), 0, "");
  assert_plain(find(COL_DATE, "red|green"), 2, "");
}

TEST(short_years_need_the_users_word) {
  assert_plain(find(COL_DATE, "31/03/12|01/04/12"), 2,
               "'31/03/12' may be a date with a short year: dates=\"dmy\", \"mdy\" or \"ymd\" says its order");
  assert_plain(find(COL_DATE, "1.2.3|4.5.6"), 2, "");
  StyleOpts dmy = {.dates = ORDER_DMY}, ymd = {.dates = ORDER_YMD};
  assert_order(find_forced(COL_DATE, "31/03/12|01/04/2012", true, &dmy), ORDER_DMY, 0, 0,
               "day before month, as asked: '31/03/12'");
  assert_order(find_forced(COL_DATE, "12/03/31|12/04/01", true, &ymd), ORDER_YMD, 0, 0, "year, month, day: '12/03/31'");
}

TEST(the_order_that_the_user_gives_holds_for_dates_in_numbers_alone) {
  StyleOpts dmy = {.dates = ORDER_DMY};
  assert_order(find_forced(COL_DATE, "01/02/2012|03/04/2012", true, &dmy), ORDER_DMY, 0, 0,
               "day before month, as asked: '01/02/2012'");
  assert_order(find_forced(COL_DATE, "3/31/2012|4/15/2012", true, &dmy), ORDER_ISO, 0, 2, "");
  assert_plain(find_forced(COL_DATE, "2012-03-31", true, &dmy), 0, "");
  assert_order(find_forced(COL_DATE, "31 Mar 2012", true, &dmy), ORDER_ISO, 1, 0, "month by its name: '31 Mar 2012'");
}

TEST(long_cells_are_cut_between_characters) {
  Str s = {0}, want = {0};
  str_add(&s, "12");
  for (int k = 0; k < 10; k++) str_add(&s, "\u2009234"); // the 40th byte is the last of a blank
  str_add(&want, "decimal comma: '");
  str_addn(&want, str_c(&s), 38);
  str_add(&want, "\u2026'; thousands marked by a blank: '");
  str_addn(&want, str_c(&s), 38);
  str_add(&want, "\u2026'");
  str_add(&s, ",5");
  assert_style(find(COL_F64, str_c(&s)), ',', " ", "", 0, str_c(&want));
  str_fini(&s);
  str_fini(&want);
}

RUN(CASE(plain_numbers_never_change_their_meaning), CASE(one_odd_cell_in_hundreds_does_not_change_what_the_others_mean),
    CASE(a_decimal_comma_needs_a_cell_that_shows_it), CASE(thousands_are_marked_by_five_kinds_of_marks),
    CASE(full_groups_in_every_cell_may_be_codes), CASE(currencies_percent_and_parentheses_are_taken_off),
    CASE(what_the_user_says_about_numbers_holds), CASE(a_number_above_twelve_decides_between_day_and_month),
    CASE(without_one_the_month_is_first_as_in_pandas_and_that_is_said),
    CASE(other_orders_are_told_by_their_year_or_name), CASE(short_years_need_the_users_word),
    CASE(the_order_that_the_user_gives_holds_for_dates_in_numbers_alone), CASE(long_cells_are_cut_between_characters))
