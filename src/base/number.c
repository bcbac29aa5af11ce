// Numbers from text, the innermost loop of every reader of tables. parse_f64 equals strtod bit for bit.
//
// Up to 24 characters of nothing but a sign, digits and a point take a path whose branches do not depend on where the
// digits lie: the text is moved to the right end of one to three words of 8 bytes, the point is found by the zero byte
// it leaves behind an exclusive or, what stands before it moves one byte up, and each word turns into a number by three
// multiplications. All else (exponents, more digits) is scanned from the left, 8 digits at a time.
//
// The decimal w * 10^q, w < 10^19, becomes a double in one of two ways. When w <= 2^53 and |q| <= 22 both w and 10^|q|
// are exact, so that one multiplication or division rounds correctly (Clinger, "How to read floating point numbers
// accurately", 1990). Else w times the leading 128 bits of 5^q gives the bits of the double and enough more to round
// them (Lemire, "Number parsing at a gigabyte per second", 2021; that the 128 bits always suffice is proved by Mushtak
// and Lemire, "Fast number parsing without fallback", 2023). Of more than 19 digits the first 19 make w: the number
// lies between w and w + 1, and when both give one double that is it. strtod decides the few that are left; it follows
// LC_NUMERIC, which stays C in every process of the program.
#include "base/numfmt.h"

#include "base/number_int.h"
#include "base/word.h"

#include <stdlib.h>

enum { MOST_DIGITS = 19 }; // that always fit 64 bits

// ---- words --------------------------------------------------------------------------------------------------------
static inline uint64_t load4(const char *s) {
  return (uint64_t)(unsigned char)s[0] | (uint64_t)(unsigned char)s[1] << 8 | (uint64_t)(unsigned char)s[2] << 16 |
         (uint64_t)(unsigned char)s[3] << 24;
}

// s[0..n), 1 <= n <= 8, less '0' in the highest bytes; the others are 0.
static inline uint64_t load_right(const char *s, size_t n) {
  unsigned free = 64 - 8 * (unsigned)n;
  const uint64_t zeros = (uint32_t)WORD_ZEROS;
  if (n >= 4) return (load4(s) ^ zeros) << free | (load4(s + n - 4) ^ zeros) << 32; // what both hold is the same
  const unsigned char *c = (const unsigned char *)s;
  uint64_t first = c[0] ^ '0', middle = c[n / 2] ^ '0', last = c[n - 1] ^ '0';
  return first << free | middle << (free + 8 * (unsigned)(n / 2)) | last << 56;
}

// The same, where 8 bytes may be read at s.
static inline uint64_t load_padded(const char *s, size_t n) { return (word_load(s) ^ WORD_ZEROS) << (64 - 8 * n); }

// The top bit of every byte that may be a point: of '0' to '9' and '.', only '.' ^ '0' has the bit 0x10.
static inline uint64_t word_points(uint64_t digits) { return digits << 3 & WORD_TOPS; }
static inline int64_t bytes_before(uint64_t points) { return __builtin_ctzll(points) >> 3; }

// Takes the byte of the first point out, if it is one, and clears *ok else; what stands before it moves up and the last
// byte of `before` moves in.
static inline uint64_t word_close(uint64_t digits, uint64_t points, uint64_t before, bool *ok) {
  uint64_t low = points ^ (points - 1); // up to the point and its byte
  *ok = (unsigned char)(digits >> 8 * bytes_before(points)) == ('.' ^ '0');
  return digits ^ ((digits ^ (digits << 8 | before >> 56)) & low);
}

// ---- short texts --------------------------------------------------------------------------------------------------
// Each reads s[0..n) as *w / 10^*decimals when it is digits with at most one point; false for anything else, valid
// numbers among it.
static inline bool read_8(uint64_t a, size_t n, uint64_t *w, int64_t *decimals) { // 1 <= n <= 8, loaded
  uint64_t points = word_points(a);
  bool ok = true;
  *decimals = 0;
  if (points) {
    *decimals = 7 - bytes_before(points);
    a = word_close(a, points, 0, &ok);
    ok &= n > 1;
  }
  *w = word_value(a);
  return !word_odd(a) && ok;
}

static inline bool read_16(const char *s, size_t n, uint64_t *w, int64_t *decimals) { // 9 <= n <= 16
  uint64_t a = (word_load(s) ^ WORD_ZEROS) << (128 - 8 * n), b = word_load(s + n - 8) ^ WORD_ZEROS;
  uint64_t in_a = word_points(a), in_b = word_points(b);
  bool ok = true;
  *decimals = 0;
  if (in_b && !in_a) {
    *decimals = 7 - bytes_before(in_b);
    b = word_close(b, in_b, a, &ok);
    a <<= 8;
  } else if (in_a) {
    *decimals = 15 - bytes_before(in_a);
    a = word_close(a, in_a, 0, &ok);
  }
  *w = word_value(a) * 100000000 + word_value(b);
  return !(word_odd(a) | word_odd(b)) && ok;
}

static inline bool read_24(const char *s, size_t n, uint64_t *w, int64_t *decimals) { // 17 <= n <= 24
  uint64_t a = (word_load(s) ^ WORD_ZEROS) << (192 - 8 * n), b = word_load(s + n - 16) ^ WORD_ZEROS,
           c = word_load(s + n - 8) ^ WORD_ZEROS;
  uint64_t in_a = word_points(a), in_b = word_points(b), in_c = word_points(c);
  bool ok = true;
  *decimals = 0;
  if (in_a) {
    *decimals = 23 - bytes_before(in_a);
    a = word_close(a, in_a, 0, &ok);
  } else if (in_b) {
    *decimals = 15 - bytes_before(in_b);
    b = word_close(b, in_b, a, &ok);
    a <<= 8;
  } else if (in_c) {
    *decimals = 7 - bytes_before(in_c);
    c = word_close(c, in_c, b, &ok);
    b = b << 8 | a >> 56;
    a <<= 8;
  }
  uint64_t top = word_value(a);
  *w = (top * 100000000 + word_value(b)) * 100000000 + word_value(c);
  return !(word_odd(a) | word_odd(b) | word_odd(c)) && ok && top < 1000; // 19 digits
}

// ---- decimal to double --------------------------------------------------------------------------------------------
static double double_of(uint64_t bits) {
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

// The bits of mantissa * 2^(e - 1075) with two bits of the mantissa to be rounded off; e <= 0.
static uint64_t round_subnormal(uint64_t mantissa, int e) {
  if (e <= -63) return 0;
  mantissa >>= 1 - e;
  return (mantissa + (mantissa & 1)) >> 1; // 2^52 is the smallest normal number, and these are its bits
}

// w * 10^q, w > 0, rounded to nearest, ties to even. The names follow the paper.
static __attribute__((noinline)) double scale(uint64_t w, int64_t q) {
  enum { MANTISSA = 52, BIAS = 1023, INFINITE = 0x7FF };
  const uint64_t infinity = (uint64_t)INFINITE << MANTISSA;
  if (q < POW5_FIRST) return 0;
  if (q > POW5_LAST) return double_of(infinity);
  int l = __builtin_clzll(w);
  w <<= l;
  const uint64_t *power = POW5[q - POW5_FIRST];
  unsigned __int128 z = (unsigned __int128)w * power[0];
  if (((uint64_t)(z >> 64) & 0x1FF) == 0x1FF) z += (uint64_t)((unsigned __int128)w * power[1] >> 64);
  uint64_t high = (uint64_t)(z >> 64), low = (uint64_t)z;
  int u = (int)(high >> 63), shift = u + 64 - MANTISSA - 3;
  uint64_t m = high >> shift;                                      // 54 bits
  int e = (int)(((152170 + 65536) * q) >> 16) + 63 + u - l + BIAS; // floor(log2(10^q))
  if (e <= 0) return double_of(round_subnormal(m, e));
  bool halfway = low <= 1 && (m & 3) == 1 && m << shift == high && q >= -4 && q <= 23;
  if (halfway) m--; // to the even side: down
  m = (m + (m & 1)) >> 1;
  uint64_t bits = ((uint64_t)(e - 1) << MANTISSA) + m; // the leading bit of m, or its carry, adds one to e
  return double_of(bits < infinity ? bits : infinity);
}

static const double POW10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                               1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
static const uint64_t EXACT = 1ull << 53;

static inline double divided(uint64_t w, int64_t decimals) { // w <= EXACT; a signed number converts in one instruction
  return (double)(int64_t)w / POW10[decimals];
}

static double to_double(uint64_t w, int64_t q) {
  if (w > EXACT || q < -22 || q > 22) return w ? scale(w, q) : 0;
  return q < 0 ? divided(w, -q) : (double)(int64_t)w * POW10[q];
}

// ---- long texts ---------------------------------------------------------------------------------------------------
static double slow_f64(const char *s, size_t n) {
  char small[64], *copy = n < sizeof small ? small : malloc(n + 1);
  if (!copy) abort();
  memcpy(copy, s, n);
  copy[n] = 0;
  double v = strtod(copy, NULL);
  if (copy != small) free(copy);
  return v;
}

// Adds the digits at s to w, modulo 2^64; returns where they end.
static const char *scan_digits(const char *s, const char *end, uint64_t *w) {
  for (; end - s >= 8; s += 8) {
    uint64_t digits = word_load(s) ^ WORD_ZEROS;
    if (word_odd(digits)) break;
    *w = *w * 100000000 + word_value(digits);
  }
  for (; s < end && *s >= '0' && *s <= '9'; s++) *w = *w * 10 + (uint64_t)(*s - '0');
  return s;
}

// s is at 'e'; returns s when no exponent follows.
static const char *scan_exponent(const char *s, const char *end, int64_t *q) {
  const char *p = s + 1;
  bool negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (p == end || *p < '0' || *p > '9') return s;
  int64_t e = 0;
  for (; p < end && *p >= '0' && *p <= '9'; p++)
    if (e < 1000000000000000) e = e * 10 + (*p - '0');
  *q += negative ? -e : e;
  return p;
}

// The first 19 digits that count, of more at s.
static uint64_t first_digits(const char *s) {
  uint64_t w = 0;
  while (*s == '0' || *s == '.') s++;
  for (int k = 0; k < MOST_DIGITS; s++)
    if (*s != '.') w = w * 10 + (uint64_t)(*s - '0'), k++;
  return w;
}

// s[0..n) has no sign.
static bool read_long(const char *s, size_t n, double *v) {
  const char *end = s + n, *p, *point;
  uint64_t w = 0;
  int64_t q = 0;
  p = point = scan_digits(s, end, &w);
  int64_t digits = p - s;
  if (p < end && *p == '.') {
    p = scan_digits(p + 1, end, &w);
    q = point + 1 - p;
    digits -= q;
  }
  if (!digits) return false;
  if (p < end && (*p == 'e' || *p == 'E')) p = scan_exponent(p, end, &q);
  if (p < end) return false;
  if (digits > MOST_DIGITS)
    for (const char *z = s; z < end && (*z == '0' || *z == '.'); z++) digits -= *z == '0';
  if (digits <= MOST_DIGITS) return *v = to_double(w, q), true;
  w = first_digits(s);
  q += digits - MOST_DIGITS;
  *v = to_double(w, q);
  if (*v != to_double(w + 1, q)) *v = slow_f64(s, n);
  return true;
}

// ---- doubles --------------------------------------------------------------------------------------------------------
// Signs change from one number to the next: no branch depends on them.
static inline size_t sign_size(char c) { return (size_t)(c == '-') | (size_t)(c == '+'); }

static inline double with_sign(double magnitude, char sign) {
  uint64_t bits;
  memcpy(&bits, &magnitude, sizeof bits);
  return double_of(bits | (uint64_t)(sign == '-') << 63);
}

// s[0..n) without sign and exponent, of up to 24 characters.
static bool read_short(const char *s, size_t n, uint64_t *w, int64_t *decimals) {
  if (n <= 8) return n && read_8(load_right(s, n), n, w, decimals);
  if (n <= 16) return read_16(s, n, w, decimals);
  return n <= 24 && read_24(s, n, w, decimals);
}

// Where "e-05" and the like begin at the end of s[0..n); n where there is none.
static inline bool has_exponent(const char *s, size_t n, size_t size) { return n > size && (s[n - size] | ' ') == 'e'; }

static inline size_t find_exponent(const char *s, size_t n) {
  if (has_exponent(s, n, 4)) return n - 4; // as printf writes them
  for (size_t size = 2; size <= 5; size++)
    if (has_exponent(s, n, size)) return n - size;
  return n;
}

// The three sizes are functions of their own, each the last act of the one before, so that the short has no frame.
static __attribute__((noinline)) bool parse_25(const char *s, size_t n, double *v) {
  const char *p = s + sign_size(*s), *end = s + n;
  size_t all = (size_t)(end - p), digits = find_exponent(p, all);
  uint64_t w;
  int64_t decimals, q = 0;
  if ((digits == all || scan_exponent(p + digits, end, &q) == end) && read_short(p, digits, &w, &decimals))
    *v = to_double(w, q - decimals);
  else if (!read_long(p, all, v)) return false;
  *v = with_sign(*v, *s);
  return true;
}

static __attribute__((noinline)) bool parse_16(const char *s, size_t n, double *v) {
  size_t sign = sign_size(*s), digits = n - sign;
  uint64_t w;
  int64_t decimals;
  if (digits - 9 >= 8 || has_exponent(s, n, 4)) return parse_25(s, n, v);
  if (!read_16(s + sign, digits, &w, &decimals) || w > EXACT) return parse_25(s, n, v);
  *v = with_sign(divided(w, decimals), *s);
  return true;
}

static inline bool parse_8(uint64_t word, const char *s, size_t n, size_t digits, double *v) {
  uint64_t w;
  int64_t decimals;
  if (!read_8(word, digits, &w, &decimals)) return parse_25(s, n, v);
  *v = with_sign(divided(w, decimals), *s);
  return true;
}

bool parse_f64(const char *s, size_t n, double *v) {
  if (!n) return false;
  size_t sign = sign_size(*s), digits = n - sign;
  if (digits - 1 >= 8) return parse_16(s, n, v);
  return parse_8(load_right(s + sign, digits), s, n, digits, v);
}

bool parse_f64_padded(const char *s, size_t n, double *v) {
  if (!n) return false;
  size_t sign = sign_size(*s), digits = n - sign;
  if (digits - 1 >= 8) return parse_16(s, n, v);
  return parse_8(load_padded(s + sign, digits), s, n, digits, v);
}

// ---- integers -----------------------------------------------------------------------------------------------------
static inline bool take_integer(uint64_t u, char sign, int64_t *v) {
  uint64_t negative = sign == '-';
  if (u > (uint64_t)INT64_MAX + negative) return false;
  *v = (int64_t)((u ^ (0 - negative)) + negative);
  return true;
}

// Digits of any number, as there may be zeros before those that count.
static __attribute__((noinline)) bool parse_long_i64(const char *s, size_t n, int64_t *v) {
  const char *end = s + n, *p = s + sign_size(*s);
  uint64_t u = 0;
  if (p == end) return false;
  for (; p < end; p++) {
    uint64_t digit = (uint64_t)(unsigned char)*p - '0';
    if (digit > 9 || u > (UINT64_MAX - digit) / 10) return false;
    u = u * 10 + digit;
  }
  return take_integer(u, *s, v);
}

static __attribute__((noinline)) bool parse_24_i64(const char *s, size_t n, int64_t *v) {
  size_t sign = sign_size(*s), digits = n - sign;
  const char *p = s + sign;
  if (digits < 9 || digits > 24) return parse_long_i64(s, n, v);
  bool long_ = digits > 16;
  uint64_t a = (word_load(p) ^ WORD_ZEROS) << ((long_ ? 192 : 128) - 8 * digits),
           c = word_load(p + digits - 8) ^ WORD_ZEROS;
  uint64_t b = long_ ? word_load(p + digits - 16) ^ WORD_ZEROS : a;
  if (!long_) a = 0;
  uint64_t top = word_value(a);
  if ((word_odd(a) | word_odd(b) | word_odd(c)) || top > 999) return parse_long_i64(s, n, v);
  return take_integer((top * 100000000 + word_value(b)) * 100000000 + word_value(c), *s, v);
}

static inline bool parse_8_i64(uint64_t digits, char sign, int64_t *v) {
  return !word_odd(digits) && take_integer(word_value(digits), sign, v);
}

bool parse_i64(const char *s, size_t n, int64_t *v) {
  if (!n) return false;
  size_t sign = sign_size(*s), digits = n - sign;
  if (digits - 1 >= 8) return parse_24_i64(s, n, v);
  return parse_8_i64(load_right(s + sign, digits), *s, v);
}

bool parse_i64_padded(const char *s, size_t n, int64_t *v) {
  if (!n) return false;
  size_t sign = sign_size(*s), digits = n - sign;
  if (digits - 1 >= 8) return parse_24_i64(s, n, v);
  return parse_8_i64(load_padded(s + sign, digits), *s, v);
}
