// Values that are multiples of 1, 0.1, 0.01, ...: most columns that come from a file. t, the value times a power of ten
// and rounded, stands for the value where t / power gives it back, bit for bit; then equal t are equal values. Of
// values near to each other a bit for each t says which there are.
#include "num/num_int.h"

#include <math.h>

enum { MOST_POWER = 9, PIECE = 256, WORDS = 2048 };

bool decimals_fit(const double *v, int64_t m, double power) {
  for (int64_t k = 0; k < m; k++)
    if (!(fabs(v[k] * power) < 0x1p50) || whole_near(v[k] * power) / power != v[k]) return false;
  return true;
}

double decimals_power(const double *v, int64_t m) {
  double power = 1;
  for (int k = 0; k <= MOST_POWER; k++, power *= 10)
    if (decimals_fit(v, m, power)) return power;
  return 0;
}

typedef struct Ends {
  double min, max;
} Ends;

NUM_CLONES static Ends ends_of(const double *x, int64_t n) {
  Ends e = {x[0], x[0]};
  for (int64_t i = 1; i < n; i++) {
    e.min = x[i] < e.min ? x[i] : e.min;
    e.max = x[i] > e.max ? x[i] : e.max;
  }
  return e;
}

// t - min of each value; false when one is no decimal.
NUM_CLONES static bool find_places(const double *x, int64_t n, double power, double min, uint64_t *place) {
  uint64_t bad = 0;
  for (int64_t i = 0; i < n; i++) {
    double whole = whole_near(x[i] * power);
    bad |= (uint64_t)(whole / power != x[i]);
    place[i] = whole_bits(whole - min);
  }
  return !bad;
}

NUM_CLONES static int64_t count_bits(const uint64_t *bit, int64_t words) {
  int64_t n = 0;
  for (int64_t w = 0; w < words; w++) n += __builtin_popcountll(bit[w]);
  return n;
}

bool decimals_distinct(const double *x, int64_t n, double power, int64_t *distinct) {
  uint64_t bit[WORDS], place[PIECE];
  Ends e = ends_of(x, n);
  double min = whole_near(e.min * power), span = whole_near(e.max * power) - min;
  if (!(span < 64 * WORDS) || !decimals_fit(&e.min, 1, power) || !decimals_fit(&e.max, 1, power)) return false;
  int64_t words = (int64_t)span / 64 + 1;
  memset(bit, 0, (size_t)words * sizeof *bit);
  for (int64_t i = 0; i < n; i += PIECE) {
    int64_t m = n - i < PIECE ? n - i : PIECE;
    if (!find_places(x + i, m, power, min, place)) return false;
    for (int64_t k = 0; k < m; k++) bit[place[k] >> 6] |= (uint64_t)1 << (place[k] & 63);
  }
  *distinct = count_bits(bit, words);
  return true;
}
