// parse_f64: digits into a 64-bit mantissa and a decimal exponent; when the mantissa is at most 2^53 and the
// exponent within 22 both are exact doubles and one multiplication or division rounds correctly (Clinger 1990);
// strtod otherwise. strtod and snprintf follow LC_NUMERIC, which stays C in every process of the program.
#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int fmt_shortest(char *buf, size_t size, double v) {
  if (isnan(v)) return snprintf(buf, size, "nan");
  if (isinf(v)) return snprintf(buf, size, v < 0 ? "-inf" : "inf");
  if (v == floor(v) && fabs(v) < 1e15) return snprintf(buf, size, "%.0f", v);
  for (int digits = 15; digits < 17; digits++) {
    int n = snprintf(buf, size, "%.*g", digits, v);
    if (strtod(buf, NULL) == v) return n;
  }
  return snprintf(buf, size, "%.17g", v);
}

static int add_commas(char *buf, size_t size, int n) {
  char out[NUMFMT_MAX];
  int start = buf[0] == '-', end = start;
  while (buf[end] >= '0' && buf[end] <= '9') end++;
  int digits = end - start, m = 0;
  if (digits <= 3 || n + digits / 3 >= (int)size) return n;
  memcpy(out, buf, (size_t)start), m = start;
  for (int i = start; i < end; i++) {
    if (i > start && (end - i) % 3 == 0) out[m++] = ',';
    out[m++] = buf[i];
  }
  memcpy(out + m, buf + end, (size_t)(n - end) + 1);
  m += n - end;
  memcpy(buf, out, (size_t)m + 1);
  return m;
}

int fmt_decimals(double v, int sig) {
  double a = fabs(v);
  if (!isfinite(v) || a == 0) return 0;
  if (a < 1e-4 || a >= 1e9) return a >= 1e9 && a < 1e15 && v == floor(v) ? 0 : -1;
  char e[40];
  snprintf(e, sizeof e, "%.*e", sig - 1, v); // rounding may carry into one more digit: 9.9996 is 10.00
  int exponent = atoi(strchr(e, 'e') + 1);
  int decimals = sig - 1 - exponent;
  return decimals > 0 ? decimals : 0;
}

int fmt_sensible(char *buf, size_t size, double v, int sig) {
  if (!isfinite(v)) return fmt_shortest(buf, size, v);
  int decimals = fmt_decimals(v, sig), n;
  if (decimals < 0) n = snprintf(buf, size, "%.*e", sig - 1, v);
  else n = snprintf(buf, size, "%.*f", decimals, v);
  if (n > 0 && decimals > 0) {
    while (buf[n - 1] == '0') buf[--n] = 0;
    if (buf[n - 1] == '.') buf[--n] = 0;
  }
  if (strcmp(buf, "-0") == 0) n = snprintf(buf, size, "0");
  return decimals < 0 ? n : add_commas(buf, size, n);
}

int fmt_i64(char *buf, size_t size, int64_t v, bool commas) {
  int n = snprintf(buf, size, "%lld", (long long)v);
  return commas ? add_commas(buf, size, n) : n;
}

int fmt_bytes(char *buf, size_t size, int64_t bytes) {
  static const char *unit[] = {"B", "kB", "MB", "GB", "TB", "PB"};
  double v = (double)bytes;
  int u = 0;
  while (fabs(v) >= 1024 && u < 5) v /= 1024, u++;
  return snprintf(buf, size, u && v < 99.95 ? "%.1f %s" : "%.0f %s", v, unit[u]);
}

typedef struct Decimal {
  bool negative, exact, any;
  uint64_t mantissa;
  int exponent;
} Decimal;

static const char *scan_digits(const char *s, const char *end, Decimal *d, bool fraction) {
  for (; s < end && *s >= '0' && *s <= '9'; s++) {
    d->any = true;
    if (d->mantissa < 1000000000000000000u) {
      d->mantissa = d->mantissa * 10 + (uint64_t)(*s - '0');
      d->exponent -= fraction;
    } else {
      if (*s != '0') d->exact = false;
      d->exponent += !fraction;
    }
  }
  return s;
}

static const char *scan_exponent(const char *s, const char *end, Decimal *d) {
  const char *p = s + 1;
  bool negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (p == end || *p < '0' || *p > '9') return s;
  int e = 0;
  for (; p < end && *p >= '0' && *p <= '9'; p++)
    if (e < 100000) e = e * 10 + (*p - '0');
  d->exponent += negative ? -e : e;
  return p;
}

static bool scan(const char *s, size_t n, Decimal *d) {
  const char *end = s + n;
  *d = (Decimal){.exact = true};
  if (s < end && (*s == '-' || *s == '+')) d->negative = *s++ == '-';
  s = scan_digits(s, end, d, false);
  if (s < end && *s == '.') s = scan_digits(s + 1, end, d, true);
  if (d->any && s < end && (*s == 'e' || *s == 'E')) s = scan_exponent(s, end, d);
  return d->any && s == end;
}

static double slow_f64(const char *s, size_t n) {
  char small[64], *copy = n < sizeof small ? small : malloc(n + 1);
  if (!copy) abort();
  memcpy(copy, s, n);
  copy[n] = 0;
  double v = strtod(copy, NULL);
  if (copy != small) free(copy);
  return v;
}

bool parse_f64(const char *s, size_t n, double *v) {
  static const double pow10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  Decimal d;
  if (!scan(s, n, &d)) return false;
  if (d.exact && d.mantissa <= (1ull << 53) && d.exponent >= -22 && d.exponent <= 22) {
    double m = (double)d.mantissa;
    m = d.exponent < 0 ? m / pow10[-d.exponent] : m * pow10[d.exponent];
    *v = d.negative ? -m : m;
  } else {
    *v = slow_f64(s, n);
  }
  return true;
}

bool parse_i64(const char *s, size_t n, int64_t *v) {
  const char *end = s + n;
  bool negative = n && *s == '-';
  if (n && (*s == '-' || *s == '+')) s++;
  if (s == end) return false;
  uint64_t u = 0, limit = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
  for (; s < end; s++) {
    uint64_t digit = (uint64_t)(unsigned char)*s - '0';
    if (digit > 9 || u > (limit - digit) / 10) return false;
    u = u * 10 + digit;
  }
  *v = negative ? (int64_t)(0 - u) : (int64_t)u;
  return true;
}
