#include "base/numfmt.h"

#include "base/str.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

// The next word of a name: letters of one kind, a capital beginning another.
static Sv next_word(const char **at) {
  const char *s = *at;
  while (*s && !isalpha((unsigned char)*s)) s++;
  const char *begin = s;
  while (isalpha((unsigned char)*s) && !(s > begin && isupper((unsigned char)*s) && islower((unsigned char)s[-1]))) s++;
  *at = s;
  return (Sv){begin, (size_t)(s - begin)};
}

static bool is_among(Sv word, const char *const *words) {
  for (; *words; words++)
    if (word.n == strlen(*words) && strncasecmp(word.s, *words, word.n) == 0) return true;
  return false;
}

bool fmt_is_year(const char *name, double lo, double hi) {
  static const char *const years[] = {"year", "yr", "yyyy", NULL}, *const counts[] = {"n", "count", "rows", NULL};
  bool called = false, counted = false;
  for (const char *at = name ? name : ""; *at;) {
    Sv word = next_word(&at);
    called = called || is_among(word, years), counted = counted || is_among(word, counts);
  }
  return !counted && (called ? lo >= 0 && hi <= 9999 : lo >= 1500 && hi <= 2100);
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether d,ddd stands at s and is all of the number but for decimals.
static bool is_thousands(const char *text, const char *s) {
  bool first = s == text || !(is_digit(s[-1]) || s[-1] == ',' || s[-1] == '.');
  return first && is_digit(s[0]) && s[1] == ',' && is_digit(s[2]) && is_digit(s[3]) && is_digit(s[4]) &&
         !is_digit(s[5]) && !(s[5] == ',' && is_digit(s[6]));
}

void fmt_drop_commas(char *text, int lo, int hi) {
  char *to = text;
  for (const char *s = text; *s; s++) {
    bool here = is_thousands(text, s);
    int v = here ? (s[0] - '0') * 1000 + (s[2] - '0') * 100 + (s[3] - '0') * 10 + s[4] - '0' : 0;
    *to++ = *s;
    if (here && v >= lo && v <= hi) s++;
  }
  *to = 0;
}

int fmt_bytes(char *buf, size_t size, int64_t bytes) {
  static const char *unit[] = {"B", "kB", "MB", "GB", "TB", "PB"};
  double v = (double)bytes;
  int u = 0;
  while (fabs(v) >= 1024 && u < 5) v /= 1024, u++;
  return snprintf(buf, size, u && v < 99.95 ? "%.1f %s" : "%.0f %s", v, unit[u]);
}
