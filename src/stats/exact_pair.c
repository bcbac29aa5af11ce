// Order statistics of all differences between two samples and of all averages within one.
//
// Rounded differences and averages are monotone in either value, so how many of them are at most d is counted by two
// fingers on the sorted samples; the k-th smallest is found by halving the range of the doubles themselves, taken as
// 64-bit keys in their order: at most 64 counts, whatever the values are. With d = value of a key the answer is exact,
// one of the rounded differences.
#include "stats/exact_int.h"

#include <math.h>
#include <string.h>

typedef struct Pairs {
  const double *x, *y; // y NULL: averages within x
  int64_t m, n;
} Pairs;

static int64_t differences_below(const Pairs *p, double d) { // x[i] - y[j] <= d
  int64_t count = 0;
  for (int64_t i = 0, j = 0; i < p->m; i++) { // y[j..n) are large enough; fewer of them as x grows
    while (j < p->n && !(p->x[i] - p->y[j] <= d)) j++;
    count += p->n - j;
  }
  return count;
}

static int64_t averages_below(const Pairs *p, double d) { // (x[i] + x[j]) / 2 <= d, i <= j
  int64_t count = 0;
  for (int64_t i = 0, j = p->m; i < p->m && j > i; i++) {
    while (j > i && !((p->x[i] + p->x[j - 1]) / 2 <= d)) j--;
    count += j - i;
  }
  return count;
}

static double key_value(uint64_t key) {
  uint64_t bits = key >> 63 ? key ^ (uint64_t)1 << 63 : ~key;
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

static double kth(const Pairs *p, double low, double high, int64_t k) {
  uint64_t lo = order_key_f64(low), hi = order_key_f64(high);
  while (lo < hi) {
    uint64_t mid = lo + (hi - lo) / 2;
    double d = key_value(mid);
    if ((p->y ? differences_below(p, d) : averages_below(p, d)) > k) hi = mid;
    else lo = mid + 1;
  }
  return key_value(lo) + 0.0;
}

double pair_difference(const double *x, int64_t m, const double *y, int64_t n, int64_t k) {
  Pairs p = {x, y, m, n};
  return kth(&p, x[0] - y[n - 1], x[m - 1] - y[0], k);
}

double pair_average(const double *x, int64_t n, int64_t k) {
  Pairs p = {x, NULL, n, 0};
  return kth(&p, x[0], x[n - 1], k);
}

double pair_difference_median(const double *x, int64_t m, const double *y, int64_t n) {
  int64_t all = m * n;
  double high = pair_difference(x, m, y, n, all / 2);
  return all % 2 ? high : (pair_difference(x, m, y, n, all / 2 - 1) + high) / 2;
}

double pair_average_median(const double *x, int64_t n) {
  int64_t all = n * (n + 1) / 2;
  double high = pair_average(x, n, all / 2);
  return all % 2 ? high : (pair_average(x, n, all / 2 - 1) + high) / 2;
}
