// Sorting by 64-bit keys: LSD radix, stable, O(n). The smallest key is taken off all keys first and the bits that are
// set in any of them are gathered; passes start at the lowest such bit and skip the ones where no key has any, so
// small integers of either sign, and doubles that hold integers, need one or two passes instead of six. A column that
// is in order already costs one read.
#include "num/num_int.h"

#include <string.h>

enum { NARROW = 8, WIDE = 11, FEW = 40, TICK = 1 << 20 };

static const uint64_t SIGN = (uint64_t)1 << 63;

static uint64_t bits_of(double v) {
  uint64_t b;
  memcpy(&b, &v, sizeof b);
  return b;
}

static uint64_t order_of_bits(uint64_t b) { return b & SIGN ? ~b : b | SIGN; }

uint64_t order_key_f64(double v) {
  if (v != v) return UINT64_MAX;
  return v == 0 ? SIGN : order_of_bits(bits_of(v));
}

uint64_t order_key_i64(int64_t v) { return (uint64_t)v ^ SIGN; }

static void insertion_sort(KeyRows *r) {
  for (int64_t i = 1; i < r->n; i++) {
    uint64_t key = r->key[i];
    int64_t row = r->row ? r->row[i] : 0, j = i;
    for (; j > 0 && r->key[j - 1] > key; j--) {
      r->key[j] = r->key[j - 1];
      if (r->row) r->row[j] = r->row[j - 1];
    }
    r->key[j] = key;
    if (r->row) r->row[j] = row;
  }
}

static void scatter(const KeyRows *r, int64_t begin, int64_t end, int shift, uint64_t mask, int64_t *at) {
  if (!r->row) {
    for (int64_t i = begin; i < end; i++) r->key2[at[r->key[i] >> shift & mask]++] = r->key[i];
    return;
  }
  for (int64_t i = begin; i < end; i++) {
    int64_t to = at[r->key[i] >> shift & mask]++;
    r->key2[to] = r->key[i];
    r->row2[to] = r->row[i];
  }
}

static ErrCode sort_digit(Job *job, KeyRows *r, int shift, int width, Err *err) {
  int64_t at[1 << WIDE], before = 0;
  uint64_t mask = ((uint64_t)1 << width) - 1;
  memset(at, 0, (mask + 1) * sizeof *at);
  for (int64_t i = 0; i < r->n; i++) at[r->key[i] >> shift & mask]++;
  for (uint64_t d = 0; d <= mask; d++) {
    int64_t count = at[d];
    at[d] = before, before += count;
  }
  for (int64_t begin = 0; begin < r->n; begin += TICK) {
    TRY(job_tick(job, begin, r->n, err));
    scatter(r, begin, begin + TICK < r->n ? begin + TICK : r->n, shift, mask, at);
  }
  uint64_t *key = r->key;
  int64_t *row = r->row;
  r->key = r->key2, r->key2 = key;
  r->row = r->row2, r->row2 = row;
  return OK;
}

ErrCode order_radix(Job *job, KeyRows *r, uint64_t *base, Err *err) {
  uint64_t min = UINT64_MAX, bits = 0;
  bool sorted = true;
  for (int64_t i = 0; i < r->n; i++) {
    if (r->key[i] < min) min = r->key[i];
    sorted &= i == 0 || r->key[i - 1] <= r->key[i];
  }
  *base = min;
  for (int64_t i = 0; i < r->n; i++) bits |= r->key[i] -= min;
  if (sorted) return OK;
  if (r->n <= FEW) {
    insertion_sort(r);
    return OK;
  }
  // 2048 write streams pay while the data are in cache and outnumber the counters; 256 otherwise.
  int width = r->n >= 4096 && r->n < 1000000 ? WIDE : NARROW;
  for (int shift = 0; shift < 64 && bits >> shift; shift += width) {
    shift += __builtin_ctzll(bits >> shift);
    TRY(sort_digit(job, r, shift, width, err));
  }
  return OK;
}

ErrCode order_keys(Job *job, const uint64_t *key, int64_t n, bool keep, int64_t *perm, Err *err) {
  if (!keep)
    for (int64_t i = 0; i < n; i++) perm[i] = i;
  TRY(job_need(job, n * 24, "sorting", err));
  uint64_t *scratch = mem_new((size_t)n * 24), base;
  if (!scratch) return err_set(err, ERR_MEMORY, "sorting: no memory for %lld rows", (long long)n);
  KeyRows r = {scratch, scratch + n, perm, (int64_t *)(scratch + 2 * n), n};
  for (int64_t i = 0; i < n; i++) r.key[i] = key[perm[i]];
  ErrCode code = order_radix(job, &r, &base, err);
  if (r.row != perm) memcpy(perm, r.row, (size_t)n * sizeof *perm);
  mem_free(scratch);
  return code;
}

// Here -0.0 sorts below 0.0, so that every value but NaN comes back with the bits it had.
static uint64_t exact_key(double v) { return v != v ? UINT64_MAX : order_of_bits(bits_of(v)); }

static double exact_value(uint64_t key) {
  uint64_t b = key & SIGN ? key & ~SIGN : ~key;
  double v;
  memcpy(&v, &b, sizeof v);
  return v;
}

ErrCode order_sort_f64(Job *job, double *x, int64_t n, Err *err) {
  TRY(job_need(job, n * 16, "sorting", err));
  uint64_t *scratch = mem_new((size_t)n * 16), base;
  if (!scratch) return err_set(err, ERR_MEMORY, "sorting: no memory for %lld values", (long long)n);
  KeyRows r = {.key = scratch, .key2 = scratch + n, .n = n};
  for (int64_t i = 0; i < n; i++) r.key[i] = exact_key(x[i]);
  ErrCode code = order_radix(job, &r, &base, err);
  if (code == OK)
    for (int64_t i = 0; i < n; i++) x[i] = exact_value(r.key[i] + base);
  mem_free(scratch);
  return code;
}
