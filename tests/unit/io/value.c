// Cells in styles that are not plain. Days and microseconds: pandas 1.5.3's to_datetime (dayfirst where the day is
// first, format= for 31MAR2012:10:20:30 and 31/Mar/2012:10:20:30); years of two digits: R 4.2.2's as.Date("%y");
// numbers by hand, percentages as Python 3.11.2's float("12.3e-2").
#include "check.h"

#include "io/value_int.h"

#include <stdlib.h>

static const ValueStyle PLAIN = {.decimal = '.'};

static double number(const ValueStyle *s, const char *cell) {
  int64_t i;
  double f = NAN;
  bool zoned;
  if (!value_parse(s, COL_F64, sv(cell), &i, &f, &zoned)) return NAN;
  return f;
}
#define refuses(s, cell) assert_true(isnan(number(s, cell)))

TEST(plain_styles_read_as_the_type_does) {
  ValueStyle zero = {0};
  assert_true(value_is_plain(&zero) && value_is_plain(&PLAIN));
  assert_near(number(&zero, "1234.5"), 1234.5, 0);
  refuses(&zero, "1,234.5");
  refuses(&zero, "12 %");
  refuses(&zero, "(12)");
  refuses(&zero, "$12");
  int64_t i;
  bool zoned;
  assert_true(value_parse(&zero, COL_DATE, sv("2012-03-31"), &i, NULL, &zoned) && i == 15430);
  assert_true(value_parse(&zero, COL_BOOL, sv("TRUE"), &i, NULL, &zoned) && i == 1);
  assert_false(value_parse(&zero, COL_DATE, sv("31/03/2012"), &i, NULL, &zoned));
}

TEST(marks_of_decimals_and_thousands_are_read) {
  static const struct {
    char decimal;
    const char *group, *cell;
    double want; // NAN: refused
  } r[] = {
      {',', "", "12,5", 12.5},
      {',', "", "-0,125", -0.125},
      {',', "", "7", 7},
      {',', "", ",5", 0.5},
      {',', "", "1,5e3", 1500},
      {',', "", "12.5", NAN},
      {',', "", "1,2,3", NAN},
      {',', "", "007,5", NAN},
      {',', ".", "1.234,56", 1234.56},
      {',', ".", "1.234.567", 1234567},
      {',', ".", "1234567,5", 1234567.5}, // groups need not be marked
      {',', ".", "12.34,5", NAN},
      {',', ".", "1234.567", NAN},
      {',', ".", "1.2345", NAN},
      {',', ".", "0.123", NAN}, // no thousand begins with 0
      {',', ".", ".123", NAN},
      {'.', ",", "1,234.56", 1234.56},
      {'.', ",", "-12,345,678.9", -12345678.9},
      {'.', ",", "1,234,56", NAN},
      {'.', ",", "1,234,", NAN},
      {'.', ",", "12,34,567", NAN},
      {'.', ",", "1,,234", NAN},
      {'.', " ", "1 234.5", 1234.5},
      {',', " ", "1\u00A0234\u202F567,25", 1234567.25},
      {',', " ", "1\u2009234", 1234},
      {',', " ", "1  234", NAN},
      {'.', "'", "1'234'567.5", 1234567.5},
      {'.', "'", "1\u2019234", 1234},
      {'.', "_", "1_234", 1234},
      {',', ".", "-Inf", -INFINITY},
      {',', ".", "half", NAN},
      {',', ".", "", NAN},
      {',', ".", "-", NAN},
      {',', ".", "1-2", NAN},
      {',', ".", "1/2", NAN},
      {',', ".", "3-4", NAN},
      {',', ".", "12 kg", NAN},
  };
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) {
    ValueStyle s = {.decimal = r[k].decimal};
    strcpy(s.group, r[k].group);
    double got = number(&s, r[k].cell);
    if (got != r[k].want && !(isnan(got) && isnan(r[k].want))) fail_msg("'%s' reads as %.17g", r[k].cell, got);
  }
}

TEST(integers_keep_their_groups_and_refuse_decimals) {
  ValueStyle s = {.decimal = ',', .group = "."};
  int64_t i;
  assert_true(value_parse(&s, COL_I64, sv("1.234.567"), &i, NULL, NULL) && i == 1234567);
  assert_true(value_parse(&s, COL_I64, sv("-9.223.372.036.854.775.808"), &i, NULL, NULL) && i == INT64_MIN);
  assert_false(value_parse(&s, COL_I64, sv("9.223.372.036.854.775.808"), &i, NULL, NULL));
  refuses(&s, "9.223.372.036.854.775.808"); // nothing holds it exactly
  assert_false(value_parse(&s, COL_I64, sv("1,0"), &i, NULL, NULL));
}

TEST(currencies_are_taken_off_before_and_behind) {
  ValueStyle s = {.decimal = '.', .group = ",", .currency = "$"};
  assert_near(number(&s, "$1,234.50"), 1234.5, 0);
  assert_near(number(&s, "-$5"), -5, 0);
  assert_near(number(&s, "$-5"), -5, 0);
  assert_near(number(&s, "$ 5"), 5, 0);
  assert_near(number(&s, "5 $"), 5, 0);
  assert_near(number(&s, "5"), 5, 0);
  refuses(&s, "\u20AC5");
  refuses(&s, "$$5");
  refuses(&s, "$5$");
  refuses(&s, "$");
  refuses(&s, "$-");
  refuses(&s, "-$-5");
  s = (ValueStyle){.decimal = ',', .group = ".", .currency = "EUR"};
  assert_near(number(&s, "1.234,5 EUR"), 1234.5, 0);
  assert_near(number(&s, "EUR\u00A012"), 12, 0);
  assert_near(number(&s, "12EUR"), 12, 0);
  s = (ValueStyle){.currency = "\u20AC"};
  assert_near(number(&s, "\u20AC 12"), 12, 0);
  s = (ValueStyle){.currency = "Fr."}; // not among the known ones: given by the user
  assert_near(number(&s, "Fr. 12.50"), 12.5, 0);
  assert_near(number(&s, "12 Fr."), 12, 0);
}

TEST(parentheses_are_minus_in_accounts) {
  ValueStyle s = {.decimal = '.', .group = ",", .currency = "$", .accounting = true};
  assert_near(number(&s, "(1,234)"), -1234, 0);
  assert_near(number(&s, "($5.25)"), -5.25, 0);
  assert_near(number(&s, "$(5)"), -5, 0);
  assert_near(number(&s, "( 5 )"), -5, 0);
  refuses(&s, "(-5)");
  refuses(&s, "(5");
  refuses(&s, "5)");
  refuses(&s, "((5))");
  refuses(&s, "()");
}

TEST(percentages_are_the_nearest_double) {
  ValueStyle s = {.percent = true};
  assert_near(number(&s, "12 %"), 0.12, 0);
  assert_near(number(&s, "12.3%"), 0.123, 0); // 12.3 / 100 is not
  assert_near(number(&s, "0.7%"), 0.007, 0);
  assert_near(number(&s, "-99.9\u202F%"), -0.999, 0);
  assert_near(number(&s, "0"), 0, 0);
  refuses(&s, "12");
  refuses(&s, "1e3%");
  refuses(&s, "%");
  refuses(&s, "12%%");
  refuses(&s, "$12%");
  int64_t i;
  assert_false(value_parse(&s, COL_I64, sv("12%"), &i, NULL, NULL));
  s = (ValueStyle){.decimal = ',', .percent = true, .percent_bare = true};
  assert_near(number(&s, "33,3"), 0.333, 0);
}

TEST(numbers_longer_than_any_number_are_refused) {
  char cell[300];
  memset(cell, '1', sizeof cell);
  memcpy(cell + 298, "%", 2);
  ValueStyle s = {.percent = true};
  refuses(&s, cell);
}

// ---- dates --------------------------------------------------------------------------------------------------------
static int64_t day(const ValueStyle *s, const char *cell) {
  int64_t i = 0;
  bool zoned;
  return value_parse(s, COL_DATE, sv(cell), &i, NULL, &zoned) ? i : INT64_MIN;
}

static const ValueStyle DMY = {.order = ORDER_DMY}, MDY = {.order = ORDER_MDY}, YMD = {.order = ORDER_YMD},
                        NAMED = {.named_month = true}, DMY_SHORT = {.order = ORDER_DMY, .short_year = true};

TEST(dates_in_numbers_have_the_order_of_the_style) {
  assert_int_equal(day(&DMY, "31/03/2012"), 15430);
  assert_int_equal(day(&MDY, "3/31/2012"), 15430);
  assert_int_equal(day(&DMY, "31.03.2012"), 15430);
  assert_int_equal(day(&DMY, "31-03-2012"), 15430);
  assert_int_equal(day(&DMY, "1.2.2012"), 15371);
  assert_int_equal(day(&DMY, "29/02/2000"), 11016);
  assert_int_equal(day(&YMD, "2012/3/31"), 15430);
  assert_int_equal(day(&YMD, "2012.03.31"), 15430);
  assert_int_equal(day(&YMD, "2012-3-1"), 15400);
  static const char *const no[] = {"1/2",         "3-4",         "31/03",      "31/03/12",        "31/13/2012",
                                   "29/02/2011",  "31/03-2012",  "31 03 2012", "031/03/2012",     "31/003/2012",
                                   "31/03/02012", "31/03/2012x", "31//2012",   "/03/2012",        "",
                                   "1.2.3",       "10.20.30.40", "2012/3/31",  "31/03/2012 10:20"};
  for (size_t k = 0; k < sizeof no / sizeof *no; k++)
    if (day(&DMY, no[k]) != INT64_MIN) fail_msg("read as a date: %s", no[k]);
}

TEST(years_of_two_digits_are_of_1969_to_2068) {
  assert_int_equal(day(&DMY_SHORT, "31/03/68"), 35884);
  assert_int_equal(day(&DMY_SHORT, "31/03/69"), -276);
  assert_int_equal(day(&DMY_SHORT, "31/03/12"), 15430);
  assert_int_equal(day(&(ValueStyle){.order = ORDER_YMD, .short_year = true}, "12/3/31"), 15430);
  assert_int_equal(day(&(ValueStyle){.order = ORDER_MDY, .short_year = true}, "03/31/99"), 10681);
  assert_int_equal(day(&NAMED, "31-Mar-12"), 15430);
  assert_int_equal(day(&NAMED, "31-Mar-69"), -276);
}

TEST(months_have_their_english_names) {
  static const char *const same[] = {"Mar 31, 2012",
                                     "31 Mar 2012",
                                     "31-Mar-2012",
                                     "March 31 2012",
                                     "MARCH 31, 2012",
                                     "31MAR2012",
                                     "31/mar/2012",
                                     "2012-Mar-31",
                                     "31st March 2012",
                                     "Mar. 31, 2012",
                                     "Saturday, 31 March 2012",
                                     "Sat 31 Mar 2012",
                                     "Sat, Mar 31, 2012",
                                     "31. March 2012",
                                     "Mar-31-2012"};
  for (size_t k = 0; k < sizeof same / sizeof *same; k++)
    if (day(&NAMED, same[k]) != 15430) fail_msg("not read: %s", same[k]);
  assert_int_equal(day(&NAMED, "SEPT 5, 1999"), 10839);
  assert_int_equal(day(&NAMED, "sep. 5, 1999"), 10839);
  assert_int_equal(day(&NAMED, "March 3rd, 2012"), 15402);
  assert_int_equal(day(&NAMED, "Mar 2012"), 15400);
  static const char *const no[] = {"Mar",          "Mar 31",        "31 Mar",       "Mar 12",        "2012",
                                   "Marc 31 2012", "Mar 32, 2012",  "Feb 29, 2011", "Mrz 31, 2012",  "31 2012 Mar",
                                   "Sat",          "Sat 31 2012",   "Mar 31 201",   "Mar 31, 20120", "31 Mar 2012 x",
                                   "312 Mar 2012", "March31,2012x", "Mar 31 2012,"};
  for (size_t k = 0; k < sizeof no / sizeof *no; k++)
    if (day(&NAMED, no[k]) != INT64_MIN) fail_msg("read as a date: %s", no[k]);
}

TEST(times_follow_dates_of_every_order) {
  static const struct {
    const ValueStyle *s;
    const char *cell;
    int64_t us;
    bool zoned;
  } r[] = {
      {&DMY, "31/03/2012 9:05", 1333184700000000, false},
      {&MDY, "3/31/2012 9:05 PM", 1333227900000000, false},
      {&MDY, "3/31/2012 12:00 AM", 1333152000000000, false},
      {&MDY, "3/31/2012 12:30:15 pm", 1333197015000000, false},
      {&DMY, "31.03.2012 10:20:30.25", 1333189230250000, false},
      {&NAMED, "31 Mar 2012 10:20:30 +0200", 1333182030000000, true},
      {&NAMED, "Sat, 31 Mar 2012 10:20:30 GMT", 1333189230000000, true},
      {&NAMED, "31MAR2012:10:20:30", 1333189230000000, false},
      {&NAMED, "31/Mar/2012:10:20:30 +0200", 1333182030000000, true},
      {&NAMED, "Sat Mar 31 10:20:30 2012", 1333189230000000, false},
      {&NAMED, "Sat Mar 31 10:20:30 +0000 2012", 1333189230000000, true},
      {&NAMED, "Thu Mar  1 10:20:30 2012 +0200", 1330590030000000, true},
      {&NAMED, "Mar 31, 2012 9 AM", 1333184400000000, false},
      {&NAMED, "Mar 31, 2012, 09:05:07 p.m.", 1333227907000000, false},
      {&YMD, "2012-03-31 10:20 PM", 1333232400000000, false},
      {&YMD, "2012/3/1T10:20:30Z", 1330597230000000, true},
  };
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) {
    int64_t i = 0;
    bool zoned = !r[k].zoned;
    if (!value_parse(r[k].s, COL_TIME, sv(r[k].cell), &i, NULL, &zoned)) fail_msg("not read: %s", r[k].cell);
    if (i != r[k].us || zoned != r[k].zoned) fail_msg("%s reads as %lld", r[k].cell, (long long)i);
  }
  static const char *const no[] = {"Mar 31 10:20:30",     "31 Mar 10:20:30",     "Mar 2012 10:20",
                                   "31 Mar 2012",         "Mar 31 2012 25:00",   "Mar 31 10:20:30 20123",
                                   "Sat Mar 31 10:20:30", "31 Mar 2012 10:20 XM"};
  for (size_t k = 0; k < sizeof no / sizeof *no; k++) {
    int64_t i;
    bool zoned;
    if (value_parse(&NAMED, COL_TIME, sv(no[k]), &i, NULL, &zoned)) fail_msg("read as a time: %s", no[k]);
  }
}

TEST(no_cell_is_read_past_its_end) {
  static const char *const cells[] = {"31 Mar 2012 10:20:30 +0200", "Sat Mar 31 10:20:30 2012", "($1,234.50)", "12.3 %",
                                      "2012/3/31 9:05 PM",          "1\u202F234,5 \u20AC"};
  ValueStyle money = {.decimal = '.', .group = ",", .currency = "$", .accounting = true};
  const ValueStyle *styles[] = {&NAMED, &DMY, &MDY, &YMD, &money};
  for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
    for (size_t n = 0; n <= strlen(cells[k]); n++) {
      char *own = malloc(n ? n : 1); // a sanitizer sees a byte read too many
      memcpy(own, cells[k], n);
      for (int s = 0; s < 5; s++) {
        int64_t i;
        double f;
        bool zoned;
        for (int type = COL_I64; type <= COL_TIME; type++)
          value_parse(styles[s], (ColType)type, (Sv){own, n}, &i, &f, &zoned);
      }
      free(own);
    }
  }
}

RUN(CASE(plain_styles_read_as_the_type_does), CASE(marks_of_decimals_and_thousands_are_read),
    CASE(integers_keep_their_groups_and_refuse_decimals), CASE(currencies_are_taken_off_before_and_behind),
    CASE(parentheses_are_minus_in_accounts), CASE(percentages_are_the_nearest_double),
    CASE(numbers_longer_than_any_number_are_refused), CASE(dates_in_numbers_have_the_order_of_the_style),
    CASE(years_of_two_digits_are_of_1969_to_2068), CASE(months_have_their_english_names),
    CASE(times_follow_dates_of_every_order), CASE(no_cell_is_read_past_its_end))
