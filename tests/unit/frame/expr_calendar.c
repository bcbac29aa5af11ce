// Dates and times: parts, rounding and moving by pandas 1.5.3, formats by Python 3.11's strftime and strptime, parts of
// random moments by the C library's gmtime.
#include "unit/frame/make.h"

#include "base/rng.h"
#include "frame/expr.h"

#include <time.h>

static Frame *days(void) {
  return make_frame("d:date", "2012-02-29 2009-12-31 2010-01-03 2010-01-04 2008-12-29 1969-12-28 2000-02-28 2024-12-30 "
                              "NA");
}

static Frame *moments(void) {
  return make_frame("t:time", "2012-02-29_23:59:59.500001 2012-03-01_00:00:00 1969-12-31_13:07:09.25 NA");
}

TEST(parts_are_those_of_pandas) {
  Frame *f = days();
  assert_value(f, "quarter(d)", "int: 1 4 1 1 4 4 1 4 NA");
  assert_value(f, "week(d)", "int: 9 53 53 1 1 52 9 1 NA");
  assert_value(f, "week_year(d)", "int: 2012 2009 2009 2010 2009 1969 2000 2025 NA");
  assert_value(f, "yearday(d)", "int: 60 365 3 4 364 362 59 365 NA");
  assert_value(f, "days_in_month(d)", "int: 29 31 31 31 31 31 29 31 NA");
  assert_value(f, "is_weekend(d)", "bool: false false true false false true false false NA");
  frame_unref(f);
  f = moments();
  assert_value(f, "yearday(t)", "int: 60 61 365 NA");
  frame_unref(f);
}

// Blocks of moments of this century and of some 60,000 years to either side.
static Frame *random_moments(int64_t n) {
  RngKey key = rng_key(1, "calendar");
  Column *day, *time;
  assert_int_equal(column_new(NULL, COL_DATE, n, NULL, &day, NULL), OK);
  assert_int_equal(column_new(NULL, COL_TIME, n, NULL, &time, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    int64_t reach = i / 1024 % 2 ? 20000000 : 30000;
    day->i[i] = rng_below(key, (uint64_t)i, 0, 2 * reach) - reach;
    time->i[i] = day->i[i] * 86400000000 + rng_below(key, (uint64_t)i, 1, 86400000000);
  }
  Frame *f = frame_new(n);
  assert_int_equal(frame_add(f, "d", day, NULL), OK);
  assert_int_equal(frame_add(f, "t", time, NULL), OK);
  return f;
}

static int64_t part_of(const struct tm *t, int k) {
  const int64_t part[] = {t->tm_year + 1900ll, t->tm_mon + 1, t->tm_mday, (t->tm_wday + 6) % 7 + 1,
                          t->tm_hour,          t->tm_min,     t->tm_sec,  t->tm_yday + 1};
  return part[k];
}

TEST(parts_are_those_of_the_c_library_near_and_far) {
  static const char *const text[] = {"year(d)", "month(d)",  "day(t)",    "weekday(d)",
                                     "hour(t)", "minute(t)", "second(t)", "yearday(t)"};
  Frame *f = random_moments(6000);
  for (int k = 0; k < 8; k++) {
    Column *c;
    assert_int_equal(expr_eval(NULL, f, sv(text[k]), NULL, 0, &c, NULL), OK);
    for (int64_t i = 0; i < c->n; i++) {
      int64_t us = frame_at(f, 1)->i[i], rest = us % 1000000;
      time_t seconds = (us - (rest < 0 ? rest + 1000000 : rest)) / 1000000;
      struct tm t;
      assert_non_null(gmtime_r(&seconds, &t));
      if (c->i[i] != part_of(&t, k)) fail_msg("%s in row %d: %lld", text[k], (int)i, (long long)c->i[i]);
    }
    column_unref(c);
  }
  frame_unref(f);
}

TEST(dates_round_down_to_every_unit) {
  Frame *f = days();
  assert_value(f, "floor_date(d, 'year')", "date: 2012-01-01 2009-01-01 2010-01-01 2010-01-01 2008-01-01 1969-01-01 "
                                           "2000-01-01 2024-01-01 NA");
  assert_value(f, "floor_date(d, 'quarter')", "date: 2012-01-01 2009-10-01 2010-01-01 2010-01-01 2008-10-01 1969-10-01 "
                                              "2000-01-01 2024-10-01 NA");
  assert_value(f, "floor_date(d, 'month')", "date: 2012-02-01 2009-12-01 2010-01-01 2010-01-01 2008-12-01 1969-12-01 "
                                            "2000-02-01 2024-12-01 NA");
  assert_value(f, "floor_date(d, 'week')", "date: 2012-02-27 2009-12-28 2009-12-28 2010-01-04 2008-12-29 1969-12-22 "
                                           "2000-02-28 2024-12-30 NA");
  assert_value(f, "floor_date(d, 'hour') == d", "bool: true true true true true true true true NA");
  frame_unref(f);
  f = moments();
  assert_value(f, "floor_date(t, 'second')", "time: 2012-02-29 23:59:59 2012-03-01 00:00:00 1969-12-31 13:07:09 NA");
  assert_value(f, "floor_date(t, 'minute')", "time: 2012-02-29 23:59:00 2012-03-01 00:00:00 1969-12-31 13:07:00 NA");
  assert_value(f, "floor_date(t, 'hour')", "time: 2012-02-29 23:00:00 2012-03-01 00:00:00 1969-12-31 13:00:00 NA");
  assert_value(f, "floor_date(t, 'day')", "time: 2012-02-29 00:00:00 2012-03-01 00:00:00 1969-12-31 00:00:00 NA");
  assert_value(f, "floor_date(t, 'quarter')", "time: 2012-01-01 00:00:00 2012-01-01 00:00:00 1969-10-01 00:00:00 NA");
  assert_has(value_of(f, "floor_date(t, 'fortnight')"),
             "the units are year, quarter, month, week, day, hour, minute and second\n"
             "  floor_date(t, 'fortnight')\n                ^^^^^^^^^^^");
  frame_unref(f);
}

TEST(months_end_where_they_end) {
  Frame *f = days();
  assert_value(f, "add_months(d, 1)", "date: 2012-03-29 2010-01-31 2010-02-03 2010-02-04 2009-01-29 1970-01-28 "
                                      "2000-03-28 2025-01-30 NA");
  assert_value(f, "add_months(d, -13)", "date: 2011-01-29 2008-11-30 2008-12-03 2008-12-04 2007-11-29 1968-11-28 "
                                        "1999-01-28 2023-11-30 NA");
  assert_value(f, "add_months(d, 9223372036854775807)", "date: NA NA NA NA NA NA NA NA NA");
  frame_unref(f);
  f = moments();
  assert_value(f, "add_months(t, 12)", "time: 2013-02-28 23:59:59.500001 2013-03-01 00:00:00 1970-12-31 13:07:09.250000 "
                                       "NA");
  frame_unref(f);
}

TEST(dates_and_times_are_made_of_numbers) {
  Frame *f = make_frame("y:int m:int d:int", "2012 2 29 2011 2 29 2012 13 1 2012 0 1 NA 1 1 1969 12 31");
  assert_value(f, "date(y, m, d)", "date: 2012-02-29 NA NA NA NA 1969-12-31");
  assert_value(f, "time(y, m, d)", "time: 2012-02-29 00:00:00 NA NA NA NA 1969-12-31 00:00:00");
  assert_value(f, "time(y, m, d, 23, 59, 59.5)", "time: 2012-02-29 23:59:59.500000 NA NA NA NA "
                                                 "1969-12-31 23:59:59.500000");
  assert_value(f, "time(y, m, d, 24)", "time: NA NA NA NA NA NA");
  assert_value(f, "time(date(y, m, d)) == time(y, m, d, 0, 0)", "bool: true NA NA NA NA true");
  assert_value(f, "date(y * 1000, m, d)", "date: NA NA NA NA NA NA");
  frame_unref(f);
  f = make_frame("s:text", "2012-03-31_14:05 2012-03-31 x");
  assert_value(f, "time(s)", "time: 2012-03-31 14:05:00 2012-03-31 00:00:00 NA");
  frame_unref(f);
}

TEST(formats_write_what_python_writes) {
  Frame *f = moments();
  assert_value(f, "format_date(t, '%Y|%m|%d|%y|%j|%H|%I|%M|%S|%f|%p|%a|%A|%b|%B|%u|%V|%G|%%|%F|%T')",
               "category: 2012|02|29|12|060|23|11|59|59|500001|PM|Wed|Wednesday|Feb|February|3|09|2012|%|2012-02-29|23:59:59 "
               "2012|03|01|12|061|00|12|00|00|000000|AM|Thu|Thursday|Mar|March|4|09|2012|%|2012-03-01|00:00:00 "
               "1969|12|31|69|365|13|01|07|09|250000|PM|Wed|Wednesday|Dec|December|3|01|1970|%|1969-12-31|13:07:09 NA");
  assert_value(f, "format_date(t, 'Q%q')", "category: Q1 Q1 Q4 NA");
  assert_value(f, "format_date(t, 'at %Qx')", "a format has letters behind %: %Y %m %d %y %j %H %I %M %S %f %p %a %A %b "
                                              "%B %u %V %G %q %F %T %%\n  format_date(t, 'at %Qx')\n"
                                              "                     ^");
  assert_has(value_of(f, "format_date(t, '%')"), "  format_date(t, '%')\n                  ^");
  frame_unref(f);
  f = days();
  assert_value(f, "format_date(d, '%d.%m.%Y %H:%M')",
               "category: 29.02.2012 00:00 31.12.2009 00:00 03.01.2010 00:00 04.01.2010 00:00 29.12.2008 00:00 "
               "28.12.1969 00:00 28.02.2000 00:00 30.12.2024 00:00 NA");
  frame_unref(f);
}

TEST(formats_read_what_python_reads) {
  static const struct {
    const char *text, *format, *want;
  } r[] = {{"31/03/2012", "%d/%m/%Y", "2012-03-31"}, {"3/4/2012", "%d/%m/%Y", "2012-04-03"},
           {"Mar 5, 69", "%b %d, %y", "1969-03-05"}, {"5 march 68", "%d %B %y", "2068-03-05"},
           {"2012-060", "%Y-%j", "2012-02-29"},      {"29.02.2011", "%d.%m.%Y", "NA"},
           {"2012-12-31x", "%Y-%m-%d", "NA"},        {"20120331", "%Y%m%d", "2012-03-31"},
           {"Sat 31-Mar-12", "%a %d-%b-%y", "2012-03-31"}, {"99/12/2012", "%d/%m/%Y", "NA"},
           {" 7/8/2012 ", "%d/%m/%Y", "2012-08-07"}, {"100%2012", "100%%%Y", "2012-01-01"}, {"", "%Y", "NA"}};
  Frame *f = make_frame("x:int", "1");
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) {
    char text[200], want[64];
    snprintf(text, sizeof text, "parse_date('%s', '%s')", r[k].text, r[k].format);
    snprintf(want, sizeof want, "date: %s", r[k].want);
    assert_value(f, text, want);
  }
  assert_value(f, "parse_time('31/03/2012 12:05 AM', '%d/%m/%Y %I:%M %p')", "time: 2012-03-31 00:05:00");
  assert_value(f, "parse_time('31/03/2012 12:05 pm', '%d/%m/%Y %I:%M %p')", "time: 2012-03-31 12:05:00");
  assert_value(f, "parse_time('2012-03-31T14:05:06.5', '%FT%T.%f')", "time: 2012-03-31 14:05:06.500000");
  assert_value(f, "parse_time('2012-03-31 24:00', '%Y-%m-%d %H:%M')", "time: NA");
  assert_value(f, "parse_time('2012-03-31   7:5', '%Y-%m-%d %H:%M')", "time: 2012-03-31 07:05:00");
  assert_value(f, "parse_date('12/31', '%m/%d')", "the format has no year: write %Y for 2012, %y for 12\n"
                                                  "  parse_date('12/31', '%m/%d')\n                      ^^^^^^^");
  assert_value(f, "parse_date('2011-366', '%Y-%j')", "date: NA"); // Python rolls over to 2012-01-01
  frame_unref(f);
}

RUN(CASE(parts_are_those_of_pandas), CASE(parts_are_those_of_the_c_library_near_and_far), CASE(dates_round_down_to_every_unit),
    CASE(months_end_where_they_end),    CASE(dates_and_times_are_made_of_numbers), CASE(formats_write_what_python_writes),
    CASE(formats_read_what_python_reads))
