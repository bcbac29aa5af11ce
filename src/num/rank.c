// Average ranks, and how many values differ. Ranks come from a stable radix argsort: a run of equal keys at places i
// to j - 1 (0-based) shares the rank (i + 1 + j) / 2, exact in double for any n in memory. Distinct values are counted
// in a table of keys that stays in cache; when more than half of it fills up, sorting is faster than a larger table.
#include "num/num_int.h"

#include <string.h>

enum { TICK = 1 << 20, FEWEST_SLOTS = 64, MOST_SLOTS = 1 << 16 };

static void share_ranks(const KeyRows *r, double *rank) {
  for (int64_t i = 0, j; i < r->n; i = j) {
    for (j = i + 1; j < r->n && r->key[j] == r->key[i];) j++;
    for (int64_t k = i; k < j; k++) rank[r->row[k]] = (double)(i + 1 + j) / 2;
  }
}

ErrCode rank_average(Job *job, const double *x, int64_t n, double *rank, Err *err) {
  TRY(job_need(job, n * 24, "ranking", err));
  uint64_t *scratch = mem_new((size_t)n * 24);
  if (!scratch) return err_set(err, ERR_MEMORY, "ranking: no memory for %lld rows", (long long)n);
  uint32_t *rows = (uint32_t *)(scratch + 2 * n);
  KeyRows r = {scratch, scratch + n, rows, rows + n, n};
  for (int64_t i = 0; i < n; i++) r.key[i] = order_key_f64(x[i]), r.row[i] = (uint32_t)i;
  ErrCode code = order_rows(job, &r, err);
  if (code == OK) share_ranks(&r, rank);
  mem_free(scratch);
  return code;
}

// No double has the key 0, so 0 marks a free slot.
typedef struct KeySet {
  uint64_t *slot, mask;
  int64_t n;
} KeySet;

static uint64_t scramble(uint64_t key) {
  key = (key ^ key >> 32) * 0x9E3779B97F4A7C15u;
  key = (key ^ key >> 29) * 0xBF58476D1CE4E5B9u;
  return key ^ key >> 32;
}

static void set_put(KeySet *s, uint64_t key) {
  uint64_t i = scramble(key) & s->mask;
  while (s->slot[i] && s->slot[i] != key) i = (i + 1) & s->mask;
  s->n += s->slot[i] == 0;
  s->slot[i] = key;
}

// Puts values until half the table is full; *done: there was room for all.
static ErrCode fill_set(Job *job, const double *x, int64_t n, KeySet *s, bool *done, Err *err) {
  int64_t half = (int64_t)(s->mask / 2), i = 0;
  for (; i < n && s->n <= half; i++) {
    if (i % TICK == 0) TRY(job_tick(job, i, n, err));
    set_put(s, order_key_f64(x[i]));
  }
  *done = i == n;
  return OK;
}

static ErrCode distinct_by_sort(Job *job, const double *x, int64_t n, int64_t *distinct, Err *err) {
  TRY(job_need(job, n * 16, "counting distinct values", err));
  uint64_t *scratch = mem_new((size_t)n * 16);
  if (!scratch) return err_set(err, ERR_MEMORY, "counting distinct values: no memory for %lld", (long long)n);
  KeyRows r = {.key = scratch, .key2 = scratch + n, .n = n};
  for (int64_t i = 0; i < n; i++) r.key[i] = order_key_f64(x[i]);
  ErrCode code = order_rows(job, &r, err);
  if (code == OK) {
    *distinct = n > 0;
    for (int64_t i = 1; i < n; i++) *distinct += r.key[i] != r.key[i - 1];
  }
  mem_free(scratch);
  return code;
}

ErrCode order_distinct_f64(Job *job, const double *x, int64_t n, int64_t *distinct, Err *err) {
  KeySet set = {.mask = FEWEST_SLOTS - 1};
  while ((int64_t)set.mask < 2 * n && set.mask < MOST_SLOTS - 1) set.mask = set.mask * 2 + 1;
  set.slot = mem_new((set.mask + 1) * sizeof *set.slot);
  if (!set.slot) return err_set(err, ERR_MEMORY, "counting distinct values: no memory");
  memset(set.slot, 0, (set.mask + 1) * sizeof *set.slot);
  bool done;
  ErrCode code = fill_set(job, x, n, &set, &done, err);
  mem_free(set.slot);
  if (code != OK || !done) return code != OK ? code : distinct_by_sort(job, x, n, distinct, err);
  *distinct = set.n;
  return OK;
}
