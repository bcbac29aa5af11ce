// Values that share many leading digits. A double next to 1,000,000,000,000.4 is 2e-5 away from it, which is much when
// the values differ by tenths. What was meant are the shortest decimals that read back as the same doubles; these less
// their first one are computed in whole numbers, so that only the digits that differ remain.
#include "stats/tests_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_DECIMALS = 15 };

// The shortest decimal as digits times 10^-decimals; false when it has an exponent.
static bool read_digits(double x, int64_t *digits, int *decimals) {
  char buf[NUMFMT_MAX];
  int64_t v = 0;
  *decimals = -1;
  fmt_shortest(buf, sizeof buf, x);
  for (const char *s = buf + (buf[0] == '-'); *s; s++) {
    if (*s == '.' && *decimals < 0) *decimals = 0;
    else if (*s < '0' || *s > '9' || v > 90000000000000000) return false;
    else v = v * 10 + (*s - '0'), *decimals += *decimals >= 0;
  }
  if (*decimals < 0) *decimals = 0;
  *digits = buf[0] == '-' ? -v : v;
  return true;
}

static bool scale_up(int64_t *digits, int times) {
  for (; times > 0; times--)
    if (__builtin_mul_overflow(*digits, 10, digits)) return false;
  return true;
}

bool decimal_centre(double *const *x, const int64_t *n, int64_t k, double *centre) {
  int most = 0, decimals;
  int64_t first, digits;
  for (int64_t g = 0; g < k; g++)
    for (int64_t i = 0; i < n[g]; i++) {
      if (!read_digits(x[g][i], &digits, &decimals)) return false;
      most = decimals > most ? decimals : most;
    }
  if (most > MOST_DECIMALS || !read_digits(x[0][0], &first, &decimals) || !scale_up(&first, most - decimals))
    return false;
  double unit = 1;
  for (int d = 0; d < most; d++) unit *= 10; // exact
  for (int pass = 0; pass < 2; pass++)       // nothing changes unless all of it can
    for (int64_t g = 0; g < k; g++)
      for (int64_t i = 0; i < n[g]; i++) {
        if (pass == 0 && (!read_digits(x[g][i], &digits, &decimals) || !scale_up(&digits, most - decimals)))
          return false;
        if (pass == 0 && (__builtin_sub_overflow(digits, first, &digits) || llabs(digits) > 1LL << 53)) return false;
        if (pass == 0) continue;
        (void)read_digits(x[g][i], &digits, &decimals);
        (void)scale_up(&digits, most - decimals);
        x[g][i] = (double)(digits - first) / unit;
      }
  *centre = (double)first / unit;
  return true;
}
