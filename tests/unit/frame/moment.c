// The forms of ISO 8601 and RFC 3339 beyond the usual, and times of day. Expected microseconds: datetime.fromisoformat
// of Python 3.11.2; for UTC, GMT and zones behind a blank pandas 1.5.3's to_datetime; lower-case letters by RFC 3339.
#include "unit/frame/make.h"

typedef struct Want {
  const char *text;
  int64_t us;
  bool zoned;
} Want;

TEST(times_have_the_forms_of_iso_8601_and_rfc_3339) {
  static const Want r[] = {
      {"20120331T102030Z", 1333189230000000, true},
      {"20120331T102030", 1333189230000000, false},
      {"20120331T1020", 1333189200000000, false},
      {"20120331T102030,5+0530", 1333169430500000, true},
      {"2012-03-31T102030Z", 1333189230000000, true},
      {"2012-03-31 10:20:30,25", 1333189230250000, false},
      {"2012-03-31T10:20:30.5-08", 1333218030500000, true},
      {"2012-03-31T10:20:30-00:00", 1333189230000000, true},
      {"2012-03-31 10:20:30.123456789+01:00", 1333185630123456, true},
      {"1600-02-29T23:59:59.000001+14:00", -11670962400999999, true},
      {"2012-03-31 10:20:30+00", 1333189230000000, true},
      {"2012-03-31 10:20:30 UTC", 1333189230000000, true},
      {"2012-03-31 10:20:30 +0200", 1333182030000000, true},
      {"2012-03-31 10:20:30 GMT", 1333189230000000, true},
      {"2012-03-31t10:20:30z", 1333189230000000, true},
      {"20120331t102030z", 1333189230000000, true},
      {"2012/03/31T10:20Z", 1333189200000000, true},
  };
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) {
    int64_t i = 0;
    bool zoned = !r[k].zoned;
    if (!COLTYPES[COL_TIME].parse(sv(r[k].text), &i, NULL, &zoned)) fail_msg("not read: %s", r[k].text);
    if (i != r[k].us || zoned != r[k].zoned) fail_msg("%s is %lld", r[k].text, (long long)i);
  }
}

TEST(what_is_no_moment_is_refused) {
  static const char *const no[] = {"20120331",
                                   "20120331 102030",
                                   "20120331T10",
                                   "2012-03-31T10",
                                   "2012-03-31 1020",
                                   "20120331T2420",
                                   "20120331T1060",
                                   "20120331T102060",
                                   "20120230T1020",
                                   "2012-03-31T10:20:30ZZ",
                                   "2012-03-31T10:20:30 ",
                                   "2012-03-31T10:20:30  Z",
                                   "2012-03-31 9:05",
                                   "2012-03-31 09:05 PM",
                                   "2012-03-31T10:20:30,",
                                   "2012-03-31T10:20:30,Z",
                                   "2012-03-31T10:20:3",
                                   "2012-03-31T1:20:30",
                                   "2012-03/31T10:20:30",
                                   "2012-03-31 10:20:30.12345x",
                                   "2012-03-31x10:20:30",
                                   "2012-03-31 10-20-30",
                                   "2012-03-31 10:20:30UT",
                                   "2012-03-31 10:20:30 +2"};
  for (size_t k = 0; k < sizeof no / sizeof *no; k++) {
    int64_t i;
    bool zoned;
    char *own = malloc(strlen(no[k])); // no byte more, for the sanitizer
    Sv text = {memcpy(own, no[k], strlen(no[k])), strlen(no[k])};
    if (COLTYPES[COL_TIME].parse(text, &i, NULL, &zoned) || COLTYPES[COL_DATE].parse(text, &i, NULL, &zoned))
      fail_msg("read as a date or time: %s", no[k]);
    free(own);
  }
  int64_t v;
  assert_true(COLTYPES[COL_I64].parse(sv("20120331"), &v, NULL, NULL) && v == 20120331);
}

TEST(every_byte_of_a_date_and_a_time_counts) {
  static const char good[] = "2012-03-31 10:20:30.123456";
  for (size_t at = 0; at + 1 < sizeof good; at++) {
    for (int c = 0; c < 256; c++) {
      char text[sizeof good];
      memcpy(text, good, sizeof good);
      text[at] = (char)c;
      bool digit = c >= '0' && c <= '9', mark = !(good[at] >= '0' && good[at] <= '9'), zoned;
      int64_t i;
      bool read = COLTYPES[COL_TIME].parse((Sv){text, sizeof good - 1}, &i, NULL, &zoned);
      bool date = at > 9 || COLTYPES[COL_DATE].parse((Sv){text, 10}, &i, NULL, &zoned);
      if (c == good[at]) assert_true(read && date);
      else if (mark && !(at == 10 && (c == 'T' || c == 't')) && !(at == 19 && c == ',')) assert_false(read);
      else if (!mark && !digit && !(at > 20 && (c == 'Z' || c == 'z' || c == '+' || c == '-'))) assert_false(read);
      if (at < 10 && (mark ? c != good[at] : !digit)) assert_false(date);
    }
  }
}

TEST(days_of_the_calendar_are_counted_from_their_parts) {
  int64_t days;
  for (int64_t k = -719528; k < 2932897; k += 13) { // 0000-01-01 to 9999-12-31
    int64_t y;
    int m, d;
    date_to_civil(k, &y, &m, &d);
    assert_true(date_from_parts((int)y, m, d, &days));
    assert_int_equal(days, k);
  }
  assert_false(date_from_parts(2011, 2, 29, &days));
  assert_false(date_from_parts(2100, 2, 29, &days));
  assert_true(date_from_parts(0, 2, 29, &days)); // a leap year of the proleptic calendar
  assert_false(date_from_parts(2012, 0, 1, &days));
  assert_false(date_from_parts(2012, 13, 1, &days));
  assert_false(date_from_parts(2012, 6, 31, &days));
  assert_false(date_from_parts(2012, 6, 0, &days));
}

TEST(loose_clocks_have_twelve_hours) {
  static const struct {
    const char *text;
    int hour, minute; // -1: refused
  } r[] = {{"9:05 PM", 21, 5}, {"12:00 AM", 0, 0},  {"12:30pm", 12, 30}, {"9 a.m.", 9, 0},   {"11:59 p.m.", 23, 59},
           {"9:05", 9, 5},     {"13:00 PM", -1, 0}, {"0:30 AM", -1, 0},  {"9", -1, 0},       {"9:5", -1, 0},
           {"9:05 XM", -1, 0}, {"9:05 P.M", -1, 0}, {"25:00", -1, 0},    {"9:05 PMx", -1, 0}};
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) {
    int64_t us = 0;
    bool zoned;
    bool read = clock_parse(sv(r[k].text), true, &us, &zoned);
    if (read != (r[k].hour >= 0)) fail_msg("%s is%s a time of day", r[k].text, read ? "" : " not");
    if (read) assert_int_equal(us / 60000000, r[k].hour * 60 + r[k].minute);
  }
  int64_t us;
  bool zoned;
  assert_false(clock_parse(sv("9:05"), false, &us, &zoned));
  assert_true(clock_parse(sv("00:30 +02:00"), false, &us, &zoned));
  assert_true(zoned && us == -90 * 60000000ll);
}

RUN(CASE(times_have_the_forms_of_iso_8601_and_rfc_3339), CASE(what_is_no_moment_is_refused),
    CASE(every_byte_of_a_date_and_a_time_counts), CASE(days_of_the_calendar_are_counted_from_their_parts),
    CASE(loose_clocks_have_twelve_hours))
