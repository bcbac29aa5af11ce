// The rows of the right side by their key. Keys of a small range stand in a table that is read at the key; others in a
// hash table. When no key comes twice, or nobody asks for the rows behind the first, a match is that row; otherwise it
// is a group with a list of rows.
#include "frame/join_int.h"

enum { TABLE_A_ROW = 4, TABLE_LEAST = 1 << 16, TICK = 1 << 20 };

// ---- the table ----------------------------------------------------------------------------------------------------
static ErrCode fill_first(Job *job, JoinIndex *ix, const KeyPlan *p, Err *err) {
  memset(ix->first, 0xFF, (size_t)ix->ngroup * sizeof *ix->first);
  ix->unique = true;
  for (int64_t i = 0; i < p->n; i++) {
    if (i % TICK == 0) TRY(job_tick(job, i, p->n, err));
    if (!p->ok[i]) continue;
    uint32_t *first = &ix->first[p->key[i]];
    if (*first == JOIN_NONE) *first = (uint32_t)i;
    else ix->unique = false;
  }
  return OK;
}

// Counts, then ends, then (rows backwards) starts.
static ErrCode fill_lists(Job *job, JoinIndex *ix, const KeyPlan *p, Err *err) {
  TRY(shape_new(job, ix->ngroup + 1, sizeof *ix->start, "a table of keys", &ix->start, err));
  TRY(shape_new(job, p->n, sizeof *ix->list, "a table of keys", &ix->list, err));
  memset(ix->start, 0, (size_t)(ix->ngroup + 1) * sizeof *ix->start);
  for (int64_t i = 0; i < p->n; i++)
    if (p->ok[i]) ix->start[p->key[i]]++;
  TRY(job_tick(job, 1, 3, err));
  uint32_t at = 0;
  for (int64_t g = 0; g <= ix->ngroup; g++) ix->start[g] = at += ix->start[g];
  TRY(job_tick(job, 2, 3, err));
  for (int64_t i = p->n - 1; i >= 0; i--)
    if (p->ok[i]) ix->list[--ix->start[p->key[i]]] = (uint32_t)i;
  return OK;
}

static ErrCode make_table(Job *job, JoinIndex *ix, const KeyPlan *p, bool lists, Err *err) {
  ix->ngroup = (int64_t)p->span + 1;
  TRY(shape_new(job, ix->ngroup, sizeof *ix->first, "a table of keys", &ix->first, err));
  TRY(fill_first(job, ix, p, err));
  ix->lists = lists && !ix->unique;
  return ix->lists ? fill_lists(job, ix, p, err) : OK;
}

ErrCode join_index_make(Job *job, JoinIndex *ix, const KeyPlan *p, bool lists, Err *err) {
  ix->span = p->span;
  ix->direct = p->span < (uint64_t)p->n * TABLE_A_ROW + TABLE_LEAST && p->span < JOIN_NONE;
  if (ix->direct) return make_table(job, ix, p, lists, err);
  TRY(hash_index_make(job, &ix->hash, p->key, p->ok, p->n, lists ? HASH_LISTS : 0, err));
  ix->unique = ix->hash.unique;
  ix->lists = lists && !ix->unique;
  ix->start = ix->hash.start, ix->list = ix->hash.list;
  ix->ngroup = p->n;
  return OK;
}

void join_index_free(JoinIndex *ix) {
  if (ix->direct) {
    mem_free(ix->start);
    mem_free(ix->list);
  }
  mem_free(ix->first);
  hash_index_free(&ix->hash);
}

// ---- looking up ---------------------------------------------------------------------------------------------------
static void find_direct(const JoinIndex *ix, const uint64_t *key, const uint8_t *ok, int m, uint32_t *match) {
  for (int i = 0; i < m; i++) {
    uint64_t k = ok[i] ? key[i] : 0;
    uint32_t first = ix->first[k];
    match[i] = !ok[i] || first == JOIN_NONE ? JOIN_NONE : ix->lists ? (uint32_t)k : first;
  }
}

void join_index_find(const JoinIndex *ix, const uint64_t *key, const uint8_t *ok, int m, uint32_t *match) {
  if (ix->direct) {
    find_direct(ix, key, ok, m, match);
    return;
  }
  const HashSlot *slot[JOIN_BLOCK];
  hash_index_find(&ix->hash, key, NULL, m, slot);
  for (int i = 0; i < m; i++) match[i] = !ok[i] || !slot[i] ? JOIN_NONE : ix->lists ? slot[i]->group : slot[i]->first;
}
