// Groups by hashing: rows are dealt by the leading bits of their hash into parts whose table fits in the cache, in row
// order, so that each part can be numbered by one worker and no result depends on which. A part's groups come in order
// of their first rows; all groups are then numbered by first row or by key. Equal numbers of rows in each part are not
// needed; a key that most rows share makes one part long.
// Chunks of rows count their parts first, so that each knows where to write: two reads of the keys, one write.
#include "frame/group_int.h"

#include "num/num.h"

#include <stdatomic.h>

enum { PART_ROWS = 8192, MOST_BITS = 11, SMALLEST = 64 };

typedef struct HashRun {
  const uint64_t *key;
  const Column *words;
  int64_t n, grain;
  int bits; // of the part's number
  int64_t npart;
  uint32_t *count;              // chunks x parts: rows, then where they go
  int64_t *begin;               // npart + 1
  uint64_t *part_key;           // n; then, from the beginning of each part, the keys of its groups
  uint32_t *part_row, *part_id; // n
  uint32_t *first;              // n: from the beginning of each part, the first rows of its groups
  int64_t *ngroup;              // npart, then the number of the part's first group
  const uint32_t *number;
  uint32_t *id;
  _Atomic bool failed; // no memory for a table
} HashRun;

static inline uint64_t mixed(uint64_t key) {
  uint64_t h = (key ^ key >> 32) * 0x9E3779B97F4A7C15u;
  h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9u;
  return h ^ h >> 32;
}

static inline int64_t part_of(const HashRun *r, uint64_t key) {
  return r->bits ? (int64_t)(mixed(key) >> (64 - r->bits)) : 0;
}

// ---- dealing --------------------------------------------------------------------------------------------------------
static void count_chunk(void *ctx, int64_t begin, int64_t end) {
  const HashRun *r = ctx;
  uint32_t *count = r->count + begin / r->grain * r->npart;
  memset(count, 0, (size_t)r->npart * sizeof *count);
  for (int64_t i = begin; i < end; i++) count[part_of(r, r->key[i])]++;
}

static void deal_chunk(void *ctx, int64_t begin, int64_t end) {
  const HashRun *r = ctx;
  uint32_t *at = r->count + begin / r->grain * r->npart;
  for (int64_t i = begin; i < end; i++) {
    uint32_t to = at[part_of(r, r->key[i])]++;
    r->part_key[to] = r->key[i];
    r->part_row[to] = (uint32_t)i;
  }
}

static void place_chunks(HashRun *r) {
  int64_t chunks = (r->n + r->grain - 1) / r->grain;
  uint32_t before = 0;
  for (int64_t p = 0; p < r->npart; p++) {
    r->begin[p] = before;
    for (int64_t c = 0; c < chunks; c++) {
      uint32_t rows = r->count[c * r->npart + p];
      r->count[c * r->npart + p] = before;
      before += rows;
    }
  }
  r->begin[r->npart] = r->n;
}

// ---- the table of a part --------------------------------------------------------------------------------------------
typedef struct Slot {
  uint64_t key;
  uint32_t id, used;
} Slot;

static bool same_value(const Column *c, int64_t a, int64_t b) {
  bool here = col_valid(c, a);
  if (here != col_valid(c, b)) return false;
  if (!here) return true;
  return c->type == COL_TEXT ? sv_eq(col_text(c, a), col_text(c, b)) : c->i[a] == c->i[b];
}

// The part's rows get numbers from 0; returns how many there are.
static int64_t number_rows(const HashRun *r, int64_t begin, int64_t end, Slot *slot, uint64_t mask) {
  int64_t n = 0;
  uint64_t *group_key = r->part_key + begin; // a group's key moves to the front, where rows were read before
  uint32_t *first = r->first + begin;
  for (int64_t i = begin; i < end; i++) {
    uint64_t key = r->part_key[i];
    uint32_t row = r->part_row[i];
    Slot *s = &slot[mixed(key) & mask];
    while (s->used && (s->key != key || (r->words && !same_value(r->words, first[s->id], row))))
      s = s + 1 == slot + mask + 1 ? slot : s + 1;
    if (!s->used) {
      *s = (Slot){key, (uint32_t)n, 1};
      group_key[n] = key, first[n++] = row;
    }
    r->part_id[i] = s->id;
  }
  return n;
}

static void number_part(void *ctx, int64_t begin, int64_t end) {
  HashRun *r = ctx;
  for (int64_t p = begin; p < end; p++) {
    uint64_t size = SMALLEST, rows = (uint64_t)(r->begin[p + 1] - r->begin[p]);
    while (size < 2 * rows) size *= 2;
    Slot *slot = mem_new(size * sizeof *slot);
    if (!slot) {
      atomic_store_explicit(&r->failed, true, memory_order_relaxed);
      return;
    }
    memset(slot, 0, size * sizeof *slot);
    r->ngroup[p] = number_rows(r, r->begin[p], r->begin[p + 1], slot, size - 1);
    mem_free(slot);
  }
}

// ---- numbering ------------------------------------------------------------------------------------------------------
ErrCode group_rank_first(Job *job, const uint32_t *first, int64_t ngroup, int64_t n, uint32_t *number, Err *err) {
  int64_t words = n / 64 + 1;
  uint64_t *seen;
  uint32_t *before, total = 0;
  TRY(array_new(job, words, sizeof *seen + sizeof *before, "grouping", &seen, err));
  before = (uint32_t *)(seen + words);
  memset(seen, 0, (size_t)words * sizeof *seen);
  for (int64_t k = 0; k < ngroup; k++) seen[first[k] / 64] |= 1ull << first[k] % 64;
  for (int64_t w = 0; w < words; w++) {
    before[w] = total;
    total += (uint32_t)__builtin_popcountll(seen[w]);
  }
  for (int64_t k = 0; k < ngroup; k++) {
    uint64_t below = seen[first[k] / 64] & ((1ull << first[k] % 64) - 1);
    number[k] = before[first[k] / 64] + (uint32_t)__builtin_popcountll(below);
  }
  mem_free(seen);
  return OK;
}

// GroupKeys of the groups' values in their order, missing behind them all.
static ErrCode word_keys(Job *job, const Column *words, const uint32_t *first, int64_t ngroup, uint64_t *key,
                         Err *err) {
  int64_t *row;
  Column *c = NULL;
  TRY(array_new(job, ngroup, sizeof *row, "grouping", &row, err));
  for (int64_t k = 0; k < ngroup; k++) row[k] = first[k];
  ErrCode code = column_gather(job, words, row, ngroup, &c, err);
  mem_free(row);
  if (code == OK) code = column_keys(job, c, false, key, err);
  column_unref(c);
  return code;
}

static ErrCode rank_keys(Job *job, const Column *words, const uint32_t *first, uint64_t *key, int64_t ngroup,
                         uint32_t *number, Err *err) {
  int64_t *perm, last = -1, k = 0;
  TRY(array_new(job, ngroup, sizeof *perm, "grouping", &perm, err));
  ErrCode code = words ? word_keys(job, words, first, ngroup, key, err) : OK;
  if (code == OK) code = order_keys(job, key, ngroup, false, perm, err);
  for (int64_t i = 0; i < ngroup && code == OK; i++) { // the group of missing rows goes to the end
    if (words && !col_valid(words, first[perm[i]])) last = perm[i];
    else number[perm[i]] = (uint32_t)k++;
  }
  if (last >= 0) number[last] = (uint32_t)k;
  mem_free(perm);
  return code;
}

static void spread_part(void *ctx, int64_t begin, int64_t end) {
  const HashRun *r = ctx;
  for (int64_t p = begin; p < end; p++)
    for (int64_t i = r->begin[p]; i < r->begin[p + 1]; i++)
      r->id[r->part_row[i]] = r->number[r->ngroup[p] + r->part_id[i]];
}

// Brings first rows and keys of all groups together; ngroup[p] becomes the number of the part's first group.
static int64_t gather_groups(HashRun *r) {
  int64_t n = 0;
  for (int64_t p = 0; p < r->npart; p++) {
    int64_t here = r->ngroup[p];
    memmove(r->first + n, r->first + r->begin[p], (size_t)here * sizeof *r->first);
    memmove(r->part_key + n, r->part_key + r->begin[p], (size_t)here * sizeof *r->part_key);
    r->ngroup[p] = n;
    n += here;
  }
  return n;
}

static ErrCode number_groups(Job *job, HashRun *r, GroupOrder order, Groups *g, Err *err) {
  uint32_t *number;
  g->ngroup = gather_groups(r);
  TRY(array_new(job, g->ngroup, sizeof *g->first, "grouping", &g->first, err));
  TRY(array_new(job, r->n, sizeof *g->id, "grouping", &g->id, err));
  TRY(array_new(job, g->ngroup, sizeof *number, "grouping", &number, err));
  ErrCode code = order == GROUP_FIRST ? group_rank_first(job, r->first, g->ngroup, r->n, number, err)
                                      : rank_keys(job, r->words, r->first, r->part_key, g->ngroup, number, err);
  r->number = number, r->id = g->id;
  for (int64_t k = 0; k < g->ngroup && code == OK; k++) g->first[number[k]] = r->first[k];
  if (code == OK) code = par_rounds(job, r->npart, 8, 32, spread_part, r, err);
  mem_free(number);
  return code;
}

static ErrCode run_new(Job *job, HashRun *r, Err *err) {
  while (r->bits < MOST_BITS && r->n >> r->bits > PART_ROWS) r->bits++;
  r->npart = (int64_t)1 << r->bits, r->grain = group_grain(r->n);
  TRY(array_new(job, GROUP_CHUNKS * r->npart, sizeof *r->count, "grouping", &r->count, err));
  TRY(array_new(job, 2 * r->npart + 1, sizeof *r->begin, "grouping", &r->begin, err));
  r->ngroup = r->begin + r->npart + 1;
  TRY(array_new(job, r->n, sizeof *r->part_key, "grouping", &r->part_key, err));
  TRY(array_new(job, 2 * r->n, sizeof *r->part_row, "grouping", &r->part_row, err));
  r->part_id = r->part_row + r->n;
  return OK;
}

static ErrCode hash_rows(Job *job, HashRun *r, Err *err) {
  TRY(par_rounds(job, r->n, r->grain, 32, count_chunk, r, err));
  place_chunks(r);
  TRY(par_rounds(job, r->n, r->grain, 32, deal_chunk, r, err));
  TRY(par_rounds(job, r->npart, 8, 16, number_part, r, err));
  return atomic_load(&r->failed) ? out_of_memory("grouping", err) : OK;
}

ErrCode group_by_hash(Job *job, uint64_t *key, int64_t n, const Column *words, GroupOrder order, Groups *g, Err *err) {
  HashRun r = {.key = key, .words = words, .n = n};
  *g = (Groups){.n = n};
  ErrCode code = run_new(job, &r, err);
  r.first = (uint32_t *)key; // the keys are dealt before the first rows are written
  if (code == OK) code = hash_rows(job, &r, err);
  if (code == OK) code = number_groups(job, &r, order, g, err);
  mem_free(r.count);
  mem_free(r.begin);
  mem_free(r.part_key);
  mem_free(r.part_row);
  if (code != OK) groups_fini(g);
  return code;
}
