#include "check.h"

#include "base/numfmt.h"
#include "base/rng.h"

#include <stdlib.h>

static const char *sensible(double v) {
  static char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, 4);
  return buf;
}

TEST(sensible_numbers_have_four_digits_and_no_trailing_zeros) {
  assert_string_equal(sensible(29.881134), "29.88");
  assert_string_equal(sensible(0.166700006), "0.1667");
  assert_string_equal(sensible(21), "21");
  assert_string_equal(sensible(1309), "1,309");
  assert_string_equal(sensible(1234567.89), "1,234,568");
  assert_string_equal(sensible(-1234.5), "-1,234");
  assert_string_equal(sensible(9.9996), "10");
  assert_string_equal(sensible(0), "0");
  assert_string_equal(sensible(-0.0), "0");
  assert_string_equal(sensible(1e9), "1,000,000,000");
  assert_string_equal(sensible(0.00005), "5.000e-05");
  assert_string_equal(sensible(NAN), "nan");
  assert_string_equal(sensible(-INFINITY), "-inf");
}

TEST(shortest_text_reads_back_as_the_same_double) {
  RngKey key = rng_key(1, "shortest");
  for (uint64_t i = 0; i < 200000; i++) {
    uint64_t bits = rng_u64(key, i, 0);
    double v, back;
    memcpy(&v, &bits, sizeof v);
    if (!isfinite(v)) continue;
    char buf[NUMFMT_MAX];
    int n = fmt_shortest(buf, sizeof buf, v);
    assert_true(parse_f64(buf, (size_t)n, &back));
    assert_true(back == v);
  }
}

TEST(parsed_numbers_equal_strtod) {
  RngKey key = rng_key(1, "parse");
  for (uint64_t i = 0; i < 300000; i++) {
    char buf[64];
    int digits = 1 + (int)rng_below(key, i, 0, 20), n = 0;
    if (rng_below(key, i, 1, 2)) buf[n++] = '-';
    int point = (int)rng_below(key, i, 2, digits + 1);
    for (int k = 0; k < digits; k++) {
      if (k == point) buf[n++] = '.';
      buf[n++] = (char)('0' + rng_below(key, i, 10 + (uint64_t)k, 10));
    }
    if (rng_below(key, i, 3, 3) == 0) n += snprintf(buf + n, 8, "e%d", (int)rng_below(key, i, 4, 80) - 40);
    buf[n] = 0;
    double v;
    assert_true(parse_f64(buf, (size_t)n, &v));
    if (v != strtod(buf, NULL)) fail_msg("%s reads as %.17g", buf, v);
  }
}

TEST(only_whole_decimal_numbers_are_numbers) {
  double v;
  static const char *bad[] = {"", "-", ".", "1e", "0x10", "nan", "inf", "1 ", " 1", "1,5", "--1", "1e+", "e5"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (parse_f64(bad[i], strlen(bad[i]), &v)) fail_msg("'%s' was read as a number", bad[i]);
  assert_true(parse_f64("+.5", 3, &v) && v == 0.5);
  assert_true(parse_f64("5.", 2, &v) && v == 5);
}

TEST(integers_stop_at_64_bits) {
  int64_t v;
  assert_true(parse_i64("9223372036854775807", 19, &v) && v == INT64_MAX);
  assert_true(parse_i64("-9223372036854775808", 20, &v) && v == INT64_MIN);
  assert_false(parse_i64("9223372036854775808", 19, &v));
  assert_false(parse_i64("-9223372036854775809", 20, &v));
  assert_false(parse_i64("1.0", 3, &v));
  assert_false(parse_i64("", 0, &v));
}

TEST(bytes_read_like_sizes) {
  char buf[32];
  fmt_bytes(buf, sizeof buf, 512);
  assert_string_equal(buf, "512 B");
  fmt_bytes(buf, sizeof buf, 3328599654);
  assert_string_equal(buf, "3.1 GB");
}

TEST(years_are_told_by_their_name_or_where_they_lie) {
  assert_true(fmt_is_year("year", 2007, 2009)), assert_true(fmt_is_year("birth_year", 0, 9999));
  assert_true(fmt_is_year("YrSold", 1200, 2010)), assert_true(fmt_is_year("Year.built", 800, 2010));
  assert_true(fmt_is_year("x", 1500, 2100)), assert_true(fmt_is_year(NULL, 1947, 1962));
  assert_false(fmt_is_year("x", 1499, 2000)), assert_false(fmt_is_year("x", 1900, 2101));
  assert_false(fmt_is_year("yearly_income", 1000, 9000)), assert_false(fmt_is_year("year", 1, 10000));
  assert_false(fmt_is_year("n", 1600, 1700)), assert_false(fmt_is_year("count", 1600, 1700));
}

TEST(commas_go_from_years_alone) {
  char text[] = "2,007, 12,007 and 2,007,000; 1,499 of 1,500.5, 2,100";
  fmt_drop_commas(text, 1500, 2100);
  assert_string_equal(text, "2007, 12,007 and 2,007,000; 1,499 of 1500.5, 2100");
}

RUN(CASE(years_are_told_by_their_name_or_where_they_lie), CASE(commas_go_from_years_alone), CASE(sensible_numbers_have_four_digits_and_no_trailing_zeros), CASE(shortest_text_reads_back_as_the_same_double),
    CASE(parsed_numbers_equal_strtod), CASE(only_whole_decimal_numbers_are_numbers),
    CASE(integers_stop_at_64_bits), CASE(bytes_read_like_sizes))
