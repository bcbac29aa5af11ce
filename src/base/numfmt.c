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
