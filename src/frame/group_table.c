// Groups by direct address: a table with an entry for each possible key holds the first row that has it. Workers pass
// over chunks of rows and lower the entries by compare-and-swap, which ends in the same table whatever the order of the
// workers, and is rare, since most rows find an earlier one there. Present keys are then numbered, in their own order
// or in that of their first rows, and a second pass puts the numbers in place of the keys.
#include "frame/group_int.h"

#include "base/simd.h"

#include <stdatomic.h>

typedef struct TableRun {
  const GroupKeys *keys;
  uint32_t *id;
  _Atomic uint32_t *first; // of each key; UINT32_MAX: absent
  const uint32_t *number;  // of each key
} TableRun;

static void note_first(_Atomic uint32_t *first, uint32_t row) {
  uint32_t seen = atomic_load_explicit(first, memory_order_relaxed);
  while (row < seen &&
         !atomic_compare_exchange_weak_explicit(first, &seen, row, memory_order_relaxed, memory_order_relaxed)) {
  }
}

static void find_chunk(void *ctx, int64_t begin, int64_t end) {
  const TableRun *r = ctx;
  uint64_t key[GROUP_BLOCK];
  for (int64_t i = begin; i < end; i += GROUP_BLOCK) {
    int m = end - i < GROUP_BLOCK ? (int)(end - i) : GROUP_BLOCK;
    group_keys_block(r->keys, i, m, key);
    for (int k = 0; k < m; k++) {
      uint32_t row = (uint32_t)(i + k);
      r->id[row] = (uint32_t)key[k];
      if (row < atomic_load_explicit(&r->first[key[k]], memory_order_relaxed)) note_first(&r->first[key[k]], row);
    }
  }
}

CLONES static void renumber(const uint32_t *number, uint32_t *id, int64_t n) {
  for (int64_t i = 0; i < n; i++) id[i] = number[id[i]];
}

static void number_chunk(void *ctx, int64_t begin, int64_t end) {
  const TableRun *r = ctx;
  renumber(r->number, r->id + begin, end - begin);
}

// Keeps the present entries of first[0..size) in order; returns how many.
static int64_t compact(_Atomic uint32_t *first, int64_t size, uint32_t *number, uint32_t *kept) {
  int64_t n = 0;
  for (int64_t k = 0; k < size; k++) {
    uint32_t row = atomic_load_explicit(&first[k], memory_order_relaxed);
    if (row == UINT32_MAX) continue;
    number[k] = (uint32_t)n;
    kept[n++] = row;
  }
  return n;
}

static int64_t count_present(_Atomic uint32_t *first, int64_t size) {
  int64_t n = 0;
  for (int64_t k = 0; k < size; k++) n += atomic_load_explicit(&first[k], memory_order_relaxed) != UINT32_MAX;
  return n;
}

// Puts the groups in the order of their first rows. number: by key.
static ErrCode order_by_first(Job *job, Groups *g, uint32_t *number, int64_t size, Err *err) {
  uint32_t *rank, *first;
  TRY(array_new(job, 2 * g->ngroup, sizeof *rank, "grouping", &rank, err));
  first = rank + g->ngroup;
  ErrCode code = group_rank_first(job, g->first, g->ngroup, g->n, rank, err);
  for (int64_t k = 0; k < g->ngroup && code == OK; k++) first[rank[k]] = g->first[k];
  if (code == OK) {
    memcpy(g->first, first, (size_t)g->ngroup * sizeof *first);
    for (int64_t k = 0; k < size; k++)
      if (number[k] < g->ngroup) number[k] = rank[number[k]];
  }
  mem_free(rank);
  return code;
}

static ErrCode number_keys(Job *job, TableRun *r, GroupOrder order, Groups *g, Err *err) {
  int64_t size = (int64_t)r->keys->size;
  uint32_t *number = NULL;
  g->ngroup = count_present(r->first, size);
  TRY(array_new(job, g->ngroup, sizeof *g->first, "grouping", &g->first, err));
  TRY(array_new(job, size, sizeof *number, "grouping", &number, err));
  memset(number, 0xFF, (size_t)size * sizeof *number);
  compact(r->first, size, number, g->first);
  r->number = number;
  ErrCode code = order == GROUP_FIRST ? order_by_first(job, g, number, size, err) : OK;
  bool same = order == GROUP_KEY && g->ngroup == size;
  if (code == OK && !same) code = par_rounds(job, g->n, GROUP_CHUNK, 64, number_chunk, r, err);
  mem_free(number);
  return code;
}

ErrCode group_by_table(Job *job, const GroupKeys *k, GroupOrder order, Groups *g, Err *err) {
  TableRun r = {.keys = k};
  *g = (Groups){.n = k->n};
  ErrCode code = array_new(job, k->n, sizeof *g->id, "grouping", &g->id, err);
  if (code == OK) code = array_new(job, (int64_t)k->size, sizeof *r.first, "grouping", &r.first, err);
  if (code == OK) {
    memset((void *)(uintptr_t)r.first, 0xFF, (size_t)k->size * sizeof *r.first);
    r.id = g->id;
    code = par_rounds(job, k->n, GROUP_CHUNK, 32, find_chunk, &r, err);
  }
  if (code == OK) code = number_keys(job, &r, order, g, err);
  mem_free((void *)(uintptr_t)r.first);
  if (code != OK) groups_fini(g);
  return code;
}
