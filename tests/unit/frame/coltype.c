// What each type reads and prints. Day numbers are R 4.2.2's as.integer(as.Date(...)); times by hand.
#include "unit/frame/make.h"

static bool reads(ColType type, const char *text) {
  int64_t i;
  double f;
  bool zoned;
  return COLTYPES[type].parse(sv(text), &i, &f, &zoned);
}

static int64_t value(ColType type, const char *text) {
  int64_t i = INT64_MIN;
  double f;
  bool zoned;
  assert_true(COLTYPES[type].parse(sv(text), &i, &f, &zoned));
  return i;
}

TEST(leading_zeros_mark_a_code_not_a_number) {
  assert_false(reads(COL_I64, "007"));
  assert_false(reads(COL_F64, "007"));
  assert_false(reads(COL_I64, "-01"));
  assert_false(reads(COL_F64, "00.5"));
  assert_true(reads(COL_I64, "0"));
  assert_true(reads(COL_I64, "-0"));
  assert_true(reads(COL_F64, "0.5"));
  assert_true(reads(COL_I64, "+7"));
}

TEST(integers_that_nothing_holds_exactly_stay_text) {
  assert_int_equal(value(COL_I64, "9223372036854775807"), INT64_MAX);
  assert_int_equal(value(COL_I64, "-9223372036854775808"), INT64_MIN);
  assert_false(reads(COL_I64, "9223372036854775808"));
  assert_false(reads(COL_F64, "9223372036854775808"));
  assert_false(reads(COL_F64, "12345678901234567890123"));
  assert_true(reads(COL_F64, "12345678901234567890.5"));
  assert_true(reads(COL_F64, "1e30"));
}

TEST(reals_and_infinities_are_read) {
  double f;
  assert_true(COLTYPES[COL_F64].parse(sv("-Inf"), NULL, &f, NULL));
  assert_true(isinf(f) && f < 0);
  assert_true(COLTYPES[COL_F64].parse(sv("+Infinity"), NULL, &f, NULL));
  assert_true(isinf(f) && f > 0);
  assert_true(COLTYPES[COL_F64].parse(sv("1.25e-3"), NULL, &f, NULL));
  assert_near(f, 0.00125, 0);
  const char *no[] = {"", "1,5", "0x10", "1e", "nan", "1 ", "half", "-", ".", "e5"};
  for (size_t k = 0; k < sizeof no / sizeof *no; k++) assert_false(reads(COL_F64, no[k]));
}

TEST(truth_has_four_spellings_and_yes_is_a_word) {
  const char *yes[] = {"true", "True", "TRUE", "T"}, *no[] = {"false", "False", "FALSE", "F"};
  for (int k = 0; k < 4; k++) {
    assert_int_equal(value(COL_BOOL, yes[k]), 1);
    assert_int_equal(value(COL_BOOL, no[k]), 0);
  }
  assert_false(reads(COL_BOOL, "yes"));
  assert_false(reads(COL_BOOL, "1"));
}

TEST(dates_are_the_days_R_counts) {
  static const struct {
    const char *text;
    int64_t days;
  } r[] = {{"1600-02-29", -135081}, {"1582-10-15", -141427}, {"1900-03-01", -25508}, {"1969-12-31", -1},
           {"1970-01-01", 0},       {"2000-02-29", 11016},   {"2012-02-29", 15399},  {"2100-03-01", 47541},
           {"2370-01-01", 146097},  {"1570-01-01", -146097}, {"2400-12-31", 157419}, {"0001-01-01", -719162},
           {"9999-12-31", 2932896}};
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) assert_int_equal(value(COL_DATE, r[k].text), r[k].days);
  assert_int_equal(value(COL_DATE, "2012/02/29"), 15399);
  assert_int_equal(value(COL_DATE, "2100-03"), 47541); // a month is its first day
}

TEST(civil_dates_turn_round_over_eight_hundred_years) {
  int64_t y0 = 0;
  int m0 = 0, d0 = 0;
  for (int64_t days = -146097; days <= 146097; days++) {
    int64_t y;
    int m, d;
    date_to_civil(days, &y, &m, &d);
    assert_int_equal(date_from_civil(y, m, d), days);
    bool next_day = y == y0 && m == m0 && d == d0 + 1, next_month = d == 1 && d0 >= 28 && (m == m0 + 1 || m0 == 12);
    assert_true(days == -146097 || next_day || next_month);
    y0 = y, m0 = m, d0 = d;
  }
}

TEST(impossible_dates_are_refused) {
  const char *no[] = {"2011-02-29", "1900-02-29", "2012-02-30", "2012-04-31", "2012-13-01", "2012-00-10", "2012-01-00",
                      "2012-1-1",   "12-01-01",   "2012-01/01", "2012/01",    "2012-01-01x", "20120101",  ""};
  for (size_t k = 0; k < sizeof no / sizeof *no; k++) assert_false(reads(COL_DATE, no[k]));
}

TEST(times_have_fractions_and_zones) {
  int64_t noon = 1333202709000000; // R: as.numeric(as.POSIXct("2012-03-31 14:05:09", tz = "UTC")) * 1e6
  assert_int_equal(value(COL_TIME, "2012-03-31 14:05:09"), noon);
  assert_int_equal(value(COL_TIME, "2012-03-31T14:05:09Z"), noon);
  assert_int_equal(value(COL_TIME, "2012-03-31T16:05:09+02:00"), noon);
  assert_int_equal(value(COL_TIME, "2012-03-31T08:35:09-0530"), noon);
  assert_int_equal(value(COL_TIME, "2012-03-31T16:05:09+02"), noon);
  assert_int_equal(value(COL_TIME, "2012-03-31 14:05:09.5"), noon + 500000);
  assert_int_equal(value(COL_TIME, "2012-03-31 14:05:09.123456789"), noon + 123456);
  assert_int_equal(value(COL_TIME, "2012-03-31 14:05"), noon - 9000000);
  assert_int_equal(value(COL_TIME, "1969-12-31 23:59:59.999999"), -1);
}

TEST(impossible_times_are_refused) {
  const char *no[] = {"2012-03-31 24:00",     "2012-03-31 14:60",       "2012-03-31 14:05:60",     "2012-03-31",
                      "2012-03-31 14",        "2012-03-31 14:05:09.",   "2012-03-31 14:05:09.Z",   "2012-03-31 14:05 x",
                      "2012-03-31T14:05+5",   "2012-03-31T14:05+05:",   "2012-03-31T14:05+24:00",
                            "2012-03-31T14:05+05:60",
                      "2012-02-30 14:05",     "2012-03 14:05"};
  for (size_t k = 0; k < sizeof no / sizeof *no; k++)
    if (reads(COL_TIME, no[k])) fail_msg("read as a time: %s", no[k]);
}

TEST(cells_print_as_they_are_read) {
  Frame *f = make_frame("d:date t:time z:time b:bool x:real",
                        "0001-01-01 1969-12-31_23:59:59.000001 2020-02-29T01:00+01:00 true 0.1 "
                        "NA NA NA NA NA");
  assert_string_equal(shown_at(f, "d"), "0001-01-01 NA");
  assert_string_equal(shown_at(f, "t"), "1969-12-31 23:59:59.000001 NA");
  assert_string_equal(shown_at(f, "z"), "2020-02-29 00:00:00Z NA");
  assert_string_equal(shown_at(f, "b"), "true NA");
  assert_string_equal(shown_at(f, "x"), "0.1 NA");
  frame_unref(f);
}

TEST(type_names_have_synonyms) {
  ColType t;
  assert_true(coltype_parse_name(sv("int64"), &t) && t == COL_I64);
  assert_true(coltype_parse_name(sv("datetime"), &t) && t == COL_TIME);
  assert_true(coltype_parse_name(sv("category"), &t) && t == COL_CAT);
  assert_true(coltype_parse_name(sv("factor"), &t) && t == COL_CAT);
  assert_false(coltype_parse_name(sv("blob"), &t));
}

static CellStyle style_of(const char *name, const int64_t *v, int n) {
  Column *c;
  if (column_new(NULL, COL_I64, n, NULL, &c, NULL) != OK) fail_msg("no column");
  for (int i = 0; i < n; i++) c->i[i] = v[i];
  CellStyle style = col_style(c, name), again = col_style(c, name);
  assert_int_equal(style, again);
  column_unref(c);
  return style;
}

TEST(columns_of_years_have_no_commas) {
  assert_int_equal(style_of("x", (int64_t[]){1947, 1962, 2100}, 3), CELL_EXACT);
  assert_int_equal(style_of("x", (int64_t[]){1947, 2101}, 2), CELL_PRETTY);
  assert_int_equal(style_of("year", (int64_t[]){44, 1066}, 2), CELL_EXACT);
  assert_int_equal(style_of("year", (int64_t[]){44, -1066}, 2), CELL_PRETTY);
  assert_int_equal(style_of("x", (int64_t[]){44, 1066}, 2), CELL_PRETTY);
  assert_int_equal(style_of("n", (int64_t[]){1947}, 1), CELL_PRETTY);
  assert_int_equal(style_of("x", NULL, 0), CELL_PRETTY);
}

RUN(CASE(columns_of_years_have_no_commas), CASE(leading_zeros_mark_a_code_not_a_number), CASE(integers_that_nothing_holds_exactly_stay_text),
    CASE(reals_and_infinities_are_read), CASE(truth_has_four_spellings_and_yes_is_a_word),
    CASE(dates_are_the_days_R_counts), CASE(civil_dates_turn_round_over_eight_hundred_years),
    CASE(impossible_dates_are_refused), CASE(times_have_fractions_and_zones), CASE(impossible_times_are_refused),
    CASE(cells_print_as_they_are_read), CASE(type_names_have_synonyms))
