// Inversions of a permutation by buckets instead of merging: the values are split by their leading four bits, stably;
// for each value, how many of the earlier ones went to a higher bucket is read from 16 running counts that one vector
// addition keeps; then the buckets in turn. The values of a bucket are distinct and known to fill their range, so
// buckets are even whatever the data, and three or four passes leave ranges that all pairs of a few vectors settle.
// O(n log n), exact.
#include "num/num_int.h"

#include <string.h>

enum { WIDTH = 4, BUCKETS = 1 << WIDTH, FEW = 64 };
typedef uint32_t Counts __attribute__((vector_size(BUCKETS * sizeof(uint32_t))));

NUM_CLONES static uint64_t few_inversions(const uint32_t *x, int64_t n) {
  uint32_t found = 0;
  for (int64_t i = 1; i < n; i++) {
    uint32_t v = x[i], above = 0;
    for (int64_t j = 0; j < i; j++) above += x[j] > v;
    found += above;
  }
  return found;
}

// Splits x, a permutation of low .. low + n - 1, into `to`; returns the inversions between buckets.
NUM_CLONES static uint64_t split(const uint32_t *x, uint32_t *to, int64_t n, uint32_t low, int shift) {
  Counts higher = {0}, step[BUCKETS]; // higher[d]: values so far in buckets above d
  uint32_t seen[BUCKETS], at[BUCKETS];
  for (uint32_t d = 0; d < BUCKETS; d++) {
    at[d] = d << shift;
    for (uint32_t k = 0; k < BUCKETS; k++) step[d][k] = k < d;
  }
  uint64_t found = 0;
  for (int64_t i = 0; i < n; i++) {
    uint32_t d = (x[i] - low) >> shift;
    memcpy(seen, &higher, sizeof seen);
    found += seen[d];
    higher += step[d];
    to[at[d]++] = x[i];
  }
  return found;
}

static uint64_t inversions(uint32_t *x, uint32_t *other, int64_t n, uint32_t low) {
  if (n <= FEW) return few_inversions(x, n);
  int bits = 64 - __builtin_clzll((uint64_t)n - 1), shift = bits - WIDTH;
  uint64_t found = split(x, other, n, low, shift);
  for (int64_t first = 0; first < n; first += (int64_t)1 << shift) {
    int64_t size = n - first < (int64_t)1 << shift ? n - first : (int64_t)1 << shift;
    found += inversions(other + first, x + first, size, low + (uint32_t)first);
  }
  return found;
}

uint64_t order_inversions(uint32_t *x, uint32_t *other, int64_t n) { return inversions(x, other, n, 0); }
