// Average ranks, and how many values differ. Ranks come from a stable radix argsort: a run of equal keys at places i to
// j - 1 (0-based) shares the rank (i + 1 + j) / 2, exact in double for any n in memory. Distinct values are counted in a
// table of keys with open addressing that grows with the count, so a column of few values needs little memory.
#include "num/num_int.h"

#include <string.h>

enum { TICK = 1 << 20, FIRST_SLOTS = 1024 };

static void share_ranks(const KeyRows *r, double *rank) {
  for (int64_t i = 0, j; i < r->n; i = j) {
    for (j = i + 1; j < r->n && r->key[j] == r->key[i];) j++;
    for (int64_t k = i; k < j; k++) rank[r->row[k]] = (double)(i + 1 + j) / 2;
  }
}

ErrCode rank_average(Job *job, const double *x, int64_t n, double *rank, Err *err) {
  TRY(job_need(job, n * 32, "ranking", err));
  uint64_t *scratch = mem_new((size_t)n * 32), base;
  if (!scratch) return err_set(err, ERR_MEMORY, "ranking: no memory for %lld rows", (long long)n);
  int64_t *rows = (int64_t *)(scratch + 2 * n);
  KeyRows r = {scratch, scratch + n, rows, rows + n, n};
  for (int64_t i = 0; i < n; i++) r.key[i] = order_key_f64(x[i]), r.row[i] = i;
  ErrCode code = order_radix(job, &r, &base, err);
  if (code == OK) share_ranks(&r, rank);
  mem_free(scratch);
  return code;
}

// No double has the key 0, so 0 marks a free slot.
typedef struct KeySet {
  uint64_t *slot;
  int64_t n, nslot;
} KeySet;

static uint64_t scramble(uint64_t key) {
  key = (key ^ key >> 32) * 0x9E3779B97F4A7C15u;
  key = (key ^ key >> 29) * 0xBF58476D1CE4E5B9u;
  return key ^ key >> 32;
}

static void set_put(KeySet *s, uint64_t key) {
  uint64_t mask = (uint64_t)s->nslot - 1, i = scramble(key) & mask;
  while (s->slot[i] && s->slot[i] != key) i = (i + 1) & mask;
  s->n += s->slot[i] == 0;
  s->slot[i] = key;
}

static ErrCode set_grow(Job *job, KeySet *s, Err *err) {
  KeySet wider = {.nslot = s->nslot ? s->nslot * 4 : FIRST_SLOTS};
  size_t bytes = (size_t)wider.nslot * sizeof *wider.slot;
  TRY(job_need(job, (int64_t)bytes, "counting distinct values", err));
  wider.slot = mem_new(bytes);
  if (!wider.slot) return err_set(err, ERR_MEMORY, "no memory to count %lld distinct values", (long long)s->n);
  memset(wider.slot, 0, bytes);
  for (int64_t i = 0; i < s->nslot; i++)
    if (s->slot[i]) set_put(&wider, s->slot[i]);
  mem_free(s->slot);
  *s = wider;
  return OK;
}

static ErrCode count_distinct(Job *job, const double *x, int64_t n, KeySet *s, Err *err) {
  for (int64_t i = 0; i < n; i++) {
    if (i % TICK == 0) TRY(job_tick(job, i, n, err));
    if (s->n * 2 >= s->nslot) TRY(set_grow(job, s, err));
    set_put(s, order_key_f64(x[i]));
  }
  return OK;
}

ErrCode order_distinct_f64(Job *job, const double *x, int64_t n, int64_t *distinct, Err *err) {
  KeySet set = {0};
  ErrCode code = count_distinct(job, x, n, &set, err);
  if (code == OK) *distinct = set.n;
  mem_free(set.slot);
  return code;
}
