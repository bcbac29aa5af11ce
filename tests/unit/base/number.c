// parse_f64 against strtod of glibc in the C locale, bit for bit; what is no number and integers worked by hand. The
// cases are made at random, most of them where rounding is hard: midpoints between two doubles written out in full,
// subnormal numbers, the ends of the range, more digits than a word holds.
#include "check.h"
#include "dice.h"

#include "base/numfmt.h"

#include <stdlib.h>

enum { LONGEST = 2000 };

typedef struct Text {
  char s[LONGEST + 8]; // 8 bytes more, as the padded variants may read them
  int n;
} Text;

static void add(Text *t, const char *s) {
  int n = (int)strlen(s);
  memcpy(t->s + t->n, s, (size_t)n + 1);
  t->n += n;
}
static void add_digits(Text *t, Dice *d, int n) {
  while (n-- > 0) t->s[t->n++] = (char)('0' + below(d, 10));
  t->s[t->n] = 0;
}
static void add_exponent(Text *t, int e, bool upper, bool plus) {
  t->n += snprintf(t->s + t->n, 16, "%c%s%d", upper ? 'E' : 'e', plus && e >= 0 ? "+" : "", e);
}

static uint64_t bits_of(double v) {
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}
static double of_bits(uint64_t bits) {
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

// The text must be all of its own buffer for the plain variant, so that a sanitizer sees a byte read too many.
static void check(const Text *t) {
  double want = strtod(t->s, NULL), got = -1, padded = -1;
  char *own = malloc((size_t)t->n);
  memcpy(own, t->s, (size_t)t->n);
  bool read = parse_f64(own, (size_t)t->n, &got), read_padded = parse_f64_padded(t->s, (size_t)t->n, &padded);
  free(own);
  if (!read || !read_padded) fail_msg("%s is not read", t->s);
  if (bits_of(got) != bits_of(want)) fail_msg("%s reads as %.17g, strtod gives %.17g", t->s, got, want);
  if (bits_of(padded) != bits_of(want)) fail_msg("padded, %s reads as %.17g", t->s, padded);
}

// ---- a natural number in full -------------------------------------------------------------------------------------
enum { BASE = 1000000000, LIMBS = 120 };
typedef struct Big {
  uint32_t limb[LIMBS]; // the lowest first
  int n;
} Big;

static void big_times(Big *b, uint32_t factor) {
  uint64_t carry = 0;
  for (int i = 0; i < b->n; i++) {
    carry += (uint64_t)b->limb[i] * factor;
    b->limb[i] = (uint32_t)(carry % BASE);
    carry /= BASE;
  }
  if (carry) b->limb[b->n++] = (uint32_t)carry;
}

static void big_print(const Big *b, Text *t) {
  for (int i = b->n - 1; i >= 0; i--)
    t->n += snprintf(t->s + t->n, 12, i == b->n - 1 ? "%u" : "%09u", (unsigned)b->limb[i]);
}

// m * 2^e in full, or with `side` a number just below (-1) or just above it (1).
static void add_binary(Text *t, uint64_t m, int e, int side) {
  Big b = {.n = 3, .limb = {(uint32_t)(m % BASE), (uint32_t)(m / BASE % BASE), (uint32_t)(m / BASE / BASE)}};
  while (b.n > 1 && !b.limb[b.n - 1]) b.n--;
  for (int k = 0; k < abs(e); k++) big_times(&b, e < 0 ? 5 : 2);
  big_times(&b, 10); // one more digit for the side
  b.limb[0] += side > 0;
  big_print(&b, t);
  for (int k = t->n - 1; side < 0 && t->s[k]-- == '0'; k--) t->s[k] = '9';
  add_exponent(t, e < 0 ? e - 1 : -1, false, false);
}

// ---- properties ---------------------------------------------------------------------------------------------------
TEST(numbers_that_printf_writes_equal_strtod) {
  static const char *const format[] = {"%.17g", "%.15g", "%.6f", "%.3e", "%.16e", "%.20g"};
  Dice d = dice(1, "printf");
  for (int i = 0; i < 150000; i++) {
    d.row = (uint64_t)i, d.draw = 0;
    double v = of_bits(roll(&d));
    if (!isfinite(v)) continue;
    int kind = (int)below(&d, 6);
    if (kind == 2 || coin(&d)) v = (double)below(&d, 2000001) / 1e3 - 1e3 + v / 1e308;
    Text t = {.n = 0};
    t.n = snprintf(t.s, LONGEST, format[kind], v);
    check(&t);
  }
}

TEST(decimals_of_every_shape_equal_strtod) {
  Dice d = dice(2, "decimals");
  for (int i = 0; i < 900000; i++) {
    d.row = (uint64_t)i, d.draw = 0;
    Text t = {.n = 0};
    if (below(&d, 3) == 0) add(&t, coin(&d) ? "-" : "+");
    if (below(&d, 8) == 0) add(&t, &"00000000"[below(&d, 8)]);
    int before = (int)below(&d, 13), after = (int)below(&d, 13);
    if (below(&d, 4) == 0) before += (int)below(&d, 10);
    add_digits(&t, &d, before);
    if (before == 0 || coin(&d)) {
      add(&t, ".");
      if (below(&d, 8) == 0) add(&t, &"00000000"[below(&d, 8)]);
      add_digits(&t, &d, after + (before == 0));
    }
    if (below(&d, 3) == 0)
      add_exponent(&t, (int)below(&d, coin(&d) ? 660 : 30) - (coin(&d) ? 345 : 15), coin(&d), coin(&d));
    check(&t);
  }
}

TEST(midpoints_between_doubles_equal_strtod) {
  Dice d = dice(3, "midpoints");
  for (int i = 0; i < 1000; i++) {
    d.row = (uint64_t)i, d.draw = 0;
    uint64_t mantissa = (uint64_t)below(&d, 1ll << 52) | 1ull << 52;
    int e = i % 3 == 0 ? -1075 : (int)below(&d, 2046) - 1075;
    if (i % 3 == 0) mantissa >>= below(&d, 53); // subnormal
    for (int side = -1; side <= 1; side++) {
      Text t = {.n = 0};
      add_binary(&t, 2 * mantissa + 1, e, side);
      check(&t);
    }
  }
}

TEST(midpoints_of_up_to_19_digits_equal_strtod) {
  Dice d = dice(4, "short midpoints");
  for (int i = 0; i < 100000; i++) {
    d.row = (uint64_t)i, d.draw = 0;
    int k = 1 + (int)below(&d, 10), power = (int)below(&d, 28);
    uint64_t m = ((uint64_t)below(&d, 1ll << 52) | 1ull << 52) << k | 1ull << (k - 1);
    Text t = {.n = 0};
    m += (uint64_t)below(&d, 3) - 1;
    t.n = snprintf(t.s, LONGEST, "%llu", (unsigned long long)m);
    if (power) add_exponent(&t, power - 5, false, true);
    check(&t);
  }
}

TEST(long_numbers_equal_strtod) {
  Dice d = dice(5, "long");
  for (int i = 0; i < 20000; i++) {
    d.row = (uint64_t)i, d.draw = 0;
    Text t = {.n = 0};
    int before = (int)below(&d, 320), after = (int)below(&d, coin(&d) ? 30 : 480);
    if (coin(&d)) before = (int)below(&d, 20);
    if (coin(&d)) add(&t, "0.0000000000000000000000000000000000000000000000000000000");
    else add_digits(&t, &d, before + 1), add(&t, ".");
    add_digits(&t, &d, after);
    if (coin(&d)) add_exponent(&t, (int)below(&d, 700) - 350, false, false);
    check(&t);
  }
}

TEST(the_ends_of_the_range_equal_strtod) {
  static const char *const text[] = {
      "0",
      "-0",
      "+0",
      "0.0",
      "-0.000",
      "0e400",
      "-0e-400",
      "00000000000000000000000000000000000000000000000000001",
      "1e308",
      "1e309",
      "-1e309",
      "1e-323",
      "1e-324",
      "1e-400",
      "1e999999999999999999999",
      "1e-999999999999999999999",
      "1.7976931348623157e308",
      "1.7976931348623158e308",
      "1.7976931348623159e308",
      "1.797693134862315807e308",
      "1.797693134862315808e308",
      "179769313486231580793728971405303415079934132710037826936173778980444968292764750",
      "4.9e-324",
      "4.9406564584124654e-324",
      "2.4703282292062327e-324",
      "2.4703282292062328e-324",
      "2.5e-324",
      "2.2250738585072014e-308",
      "2.2250738585072011e-308",
      "2.225073858507201136e-308",
      "2.2250738585072012e-308",
      "9007199254740991",
      "9007199254740992",
      "9007199254740993",
      "9007199254740994",
      "9007199254740995",
      "9007199254740993e0",
      "9007199254740993.00000000000000000000000000000000000000000000000000000000000000000001",
      "9223372036854775807",
      "9223372036854775808",
      "18446744073709551615",
      "18446744073709551616",
      "9999999999999999999",
      "10000000000000000000",
      "99999999999999999999",
      "1e22",
      "1e23",
      "123456789012345e22",
      "8.5e-5",
      "0.1",
      "0.3",
      "1e16",
      "9e15",
      "9007199254740993e22",
      "1.e5",
      ".5e-3",
      "5.",
      "1E+05",
      "123456e0000000005"};
  for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
    Text t = {.n = 0};
    add(&t, text[k]);
    check(&t);
  }
}

TEST(zeros_may_be_many_more_than_an_exponent) {
  static char s[120020];
  memset(s, '0', sizeof s);
  s[1] = '.';
  memcpy(s + 120001, "7e120000", 9);
  double v;
  assert_true(parse_f64(s, 120009, &v) && v == 7);
}

TEST(what_is_no_number_is_refused_wherever_the_fault_lies) {
  static const char *const good[] = {"1.5",
                                     "12345678",
                                     "1234567.8",
                                     "0.12345678901234",
                                     "123456789012345678.5",
                                     "1.5e-05",
                                     "123456789012345678901234567890.5"};
  static const char odd[] = "x,/:-+.eE \t\x80\xB0\xFF\x01\n"; // and the byte 0, its end
  for (size_t k = 0; k < sizeof good / sizeof *good; k++) {
    for (size_t at = 0; at < strlen(good[k]); at++) {
      for (size_t o = 0; o < sizeof odd; o++) {
        Text t = {.n = 0};
        add(&t, good[k]);
        t.s[at] = odd[o];
        char *end;
        double v = 0, want = strtod(t.s, &end);
        bool number = end == t.s + t.n && odd[o] != 'x' && t.s[0] > ' ';
        if (parse_f64(t.s, (size_t)t.n, &v) != number || parse_f64_padded(t.s, (size_t)t.n, &v) != number)
          fail_msg("'%s' is%s a number", t.s, number ? "" : " not");
        if (number) assert_true(v == want);
      }
    }
  }
}

// ---- integers -----------------------------------------------------------------------------------------------------
static void check_integer(const char *s, bool fits, int64_t want) {
  char padded[64] = {0};
  memcpy(padded, s, strlen(s));
  int64_t a = 99, b = 99;
  if (parse_i64(s, strlen(s), &a) != fits || parse_i64_padded(padded, strlen(s), &b) != fits)
    fail_msg("%s is%s an integer", s, fits ? "" : " not");
  if (fits && (a != want || b != want)) fail_msg("%s reads as %lld", s, (long long)a);
}

TEST(integers_of_every_length_read_back) {
  Dice d = dice(6, "integers");
  for (int i = 0; i < 200000; i++) {
    d.row = (uint64_t)i, d.draw = 0;
    int64_t v = (int64_t)roll(&d) >> below(&d, 64);
    char s[40];
    snprintf(s, sizeof s, v >= 0 && coin(&d) ? "+%lld" : "%lld", (long long)v);
    check_integer(s, true, v);
    size_t at = (size_t)below(&d, (int64_t)strlen(s));
    s[at] = ".:/ e\x80"[below(&d, 6)];
    check_integer(s, false, 0);
  }
}

TEST(integers_end_where_64_bits_do) {
  check_integer("9223372036854775807", true, INT64_MAX);
  check_integer("9223372036854775808", false, 0);
  check_integer("-9223372036854775808", true, INT64_MIN);
  check_integer("-9223372036854775809", false, 0);
  check_integer("9999999999999999999", false, 0);
  check_integer("18446744073709551616", false, 0);
  check_integer("99999999999999999999", false, 0);
  check_integer("-99999999999999999999999999999999999", false, 0);
  check_integer("+9223372036854775807", true, INT64_MAX);
  check_integer("00000000000000009223372036854775807", true, INT64_MAX);
  check_integer("-0000000000000009223372036854775808", true, INT64_MIN);
  check_integer("0000000000000000000000000000000000000012", true, 12);
  check_integer("-0", true, 0);
  const char *no[] = {
      "",   "-", "+", "--1", "1-", "1.", ".1", "1e3", "0x1", "12345678x", "1234567890123456x", "123456789012345678x",
      " 1", "1 "};
  for (size_t k = 0; k < sizeof no / sizeof *no; k++) check_integer(no[k], false, 0);
}

RUN(CASE(numbers_that_printf_writes_equal_strtod), CASE(decimals_of_every_shape_equal_strtod),
    CASE(midpoints_between_doubles_equal_strtod), CASE(midpoints_of_up_to_19_digits_equal_strtod),
    CASE(long_numbers_equal_strtod), CASE(the_ends_of_the_range_equal_strtod),
    CASE(zeros_may_be_many_more_than_an_exponent), CASE(what_is_no_number_is_refused_wherever_the_fault_lies),
    CASE(integers_of_every_length_read_back), CASE(integers_end_where_64_bits_do))
