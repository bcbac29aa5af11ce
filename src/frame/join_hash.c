// A hash table over many keys, made on all threads. Items are cut into parts by the top bits of their mixed key (count
// by chunk, add up, scatter), so that a part's table fits a core's cache and one thread makes it, in item order: what
// comes out does not depend on which thread that was. Tables are open with linear probing, at most two thirds full.
// Lookups run over blocks of keys: all addresses first, asking for the lines, then the probes, so that the misses of
// a block overlap. An index over words compares hashes first, then bytes.
// Reference for the cut: Balkesen, Teubner, Alonso, Ozsu, "Main-memory hash joins on multi-core CPUs", ICDE 2013.
#include "frame/join_int.h"

#include "base/map.h"

enum { PART_ITEMS = 1 << 13, MOST_BITS = 10, PARTS_A_TASK = 4 };

typedef struct Entry {
  uint64_t key;
  uint32_t item, group;
} Entry;

typedef struct Making {
  HashIndex *ix;
  const uint64_t *key;
  const uint8_t *ok;
  int64_t nparts, nchunk;
  int64_t *count;   // nchunk x nparts: items, then where the next one goes
  int64_t *part_at; // nparts + 1
  int64_t *groups;  // nparts
  Entry *entry;
} Making;

static inline uint64_t mix(uint64_t x) { // the finaliser of splitmix64
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

static inline int64_t part_of(const HashIndex *ix, uint64_t mixed) {
  return ix->bits ? (int64_t)(mixed >> (64 - ix->bits)) : 0;
}

static inline Sv item_word(const HashIndex *ix, int64_t i) { return ix->word ? ix->word[i] : col_text(ix->text, i); }

static inline bool is_words(const HashIndex *ix) { return ix->word || ix->text; }

// ---- cutting ------------------------------------------------------------------------------------------------------
static void count_chunk(void *ctx, int64_t begin, int64_t end) {
  Making *b = ctx;
  int64_t *count = b->count + begin / SHAPE_GRAIN * b->nparts;
  memset(count, 0, (size_t)b->nparts * sizeof *count);
  for (int64_t i = begin; i < end; i++)
    if (!b->ok || b->ok[i]) count[part_of(b->ix, mix(b->key[i]))]++;
}

static void add_up(Making *b) {
  int64_t at = 0;
  for (int64_t p = 0; p < b->nparts; p++) {
    b->part_at[p] = at;
    for (int64_t c = 0; c < b->nchunk; c++) {
      int64_t here = b->count[c * b->nparts + p];
      b->count[c * b->nparts + p] = at;
      at += here;
    }
  }
  b->part_at[b->nparts] = at;
}

static void scatter_chunk(void *ctx, int64_t begin, int64_t end) {
  Making *b = ctx;
  int64_t *next = b->count + begin / SHAPE_GRAIN * b->nparts;
  for (int64_t i = begin; i < end; i++) {
    if (b->ok && !b->ok[i]) {
      if (b->ix->number) b->ix->number[i] = JOIN_NONE;
      continue;
    }
    b->entry[next[part_of(b->ix, mix(b->key[i]))]++] = (Entry){b->key[i], (uint32_t)i, 0};
  }
}

// ---- tables -------------------------------------------------------------------------------------------------------
static int64_t slots_for(int64_t items) {
  int64_t n = 2;
  while (n < items + items / 2) n *= 2;
  return n;
}

static HashSlot *place_of(const HashIndex *ix, HashSlot *table, uint64_t mask, const Entry *e) {
  for (uint64_t s = mix(e->key) & mask;; s = (s + 1) & mask) {
    HashSlot *slot = &table[s];
    if (slot->first == JOIN_NONE) return slot;
    if (slot->key != e->key) continue;
    if (!is_words(ix) || sv_eq(item_word(ix, slot->first), item_word(ix, e->item))) return slot;
  }
}

static int64_t fill_table(Making *b, int64_t p) {
  HashIndex *ix = b->ix;
  HashSlot *table = ix->slot + ix->slot_at[p];
  int64_t n = ix->slot_at[p + 1] - ix->slot_at[p], groups = 0;
  for (int64_t s = 0; s < n; s++) table[s] = (HashSlot){0, JOIN_NONE, 0};
  for (int64_t i = b->part_at[p]; i < b->part_at[p + 1]; i++) {
    Entry *e = &b->entry[i];
    HashSlot *slot = place_of(ix, table, (uint64_t)n - 1, e);
    if (slot->first == JOIN_NONE) *slot = (HashSlot){e->key, e->item, (uint32_t)(b->part_at[p] + groups++)};
    e->group = slot->group;
    if (ix->number) ix->number[e->item] = slot->first;
  }
  return groups;
}

// Groups of a part are numbered from its first entry on; counts, then ends, then (entries backwards) starts.
static void list_part(Making *b, int64_t p) {
  HashIndex *ix = b->ix;
  int64_t begin = b->part_at[p], end = b->part_at[p + 1], at = begin;
  for (int64_t i = begin; i < end; i++) ix->start[i] = 0;
  for (int64_t i = begin; i < end; i++) ix->start[b->entry[i].group]++;
  for (int64_t g = begin; g < end; g++) ix->start[g] = (uint32_t)(at += ix->start[g]);
  for (int64_t i = end - 1; i >= begin; i--) ix->list[--ix->start[b->entry[i].group]] = b->entry[i].item;
}

static void make_parts(void *ctx, int64_t begin, int64_t end) {
  Making *b = ctx;
  for (int64_t p = begin; p < end; p++) {
    b->groups[p] = fill_table(b, p);
    if (b->ix->list) list_part(b, p);
  }
}

static ErrCode tables_new(Job *job, Making *b, Err *err) {
  HashIndex *ix = b->ix;
  TRY(shape_new(job, b->nparts + 1, sizeof *ix->slot_at, "a table of keys", &ix->slot_at, err));
  int64_t at = 0;
  for (int64_t p = 0; p <= b->nparts; p++) {
    ix->slot_at[p] = at;
    if (p < b->nparts) at += slots_for(b->part_at[p + 1] - b->part_at[p]);
  }
  return shape_new(job, at, sizeof *ix->slot, "a table of keys", &ix->slot, err);
}

static ErrCode making_new(Job *job, Making *b, int64_t n, int want, Err *err) {
  HashIndex *ix = b->ix;
  b->nchunk = shape_chunks(n);
  while (ix->bits < MOST_BITS && (PART_ITEMS << ix->bits) < n) ix->bits++;
  b->nparts = (int64_t)1 << ix->bits;
  TRY(shape_new(job, b->nchunk * b->nparts, sizeof *b->count, "a table of keys", &b->count, err));
  TRY(shape_new(job, b->nparts + 1, sizeof *b->part_at, "a table of keys", &b->part_at, err));
  TRY(shape_new(job, b->nparts, sizeof *b->groups, "a table of keys", &b->groups, err));
  TRY(shape_new(job, n, sizeof *b->entry, "a table of keys", &b->entry, err));
  if (want & HASH_NUMBERS) TRY(shape_new(job, n, sizeof *ix->number, "a table of keys", &ix->number, err));
  if (!(want & HASH_LISTS)) return OK;
  TRY(shape_new(job, n + 1, sizeof *ix->start, "a table of keys", &ix->start, err));
  return shape_new(job, n, sizeof *ix->list, "a table of keys", &ix->list, err);
}

static ErrCode make(Job *job, Making *b, int64_t n, int want, Err *err) {
  HashIndex *ix = b->ix;
  TRY(making_new(job, b, n, want, err));
  TRY(shape_for(job, n, SHAPE_GRAIN, count_chunk, b, err));
  add_up(b);
  TRY(shape_for(job, n, SHAPE_GRAIN, scatter_chunk, b, err));
  TRY(tables_new(job, b, err));
  TRY(shape_for(job, b->nparts, PARTS_A_TASK, make_parts, b, err));
  int64_t groups = 0, items = b->part_at[b->nparts];
  for (int64_t p = 0; p < b->nparts; p++) groups += b->groups[p];
  ix->unique = groups == items;
  if (ix->start) ix->start[items] = (uint32_t)items;
  return OK;
}

ErrCode hash_index_make(Job *job, HashIndex *ix, const uint64_t *key, const uint8_t *ok, int64_t n, int want,
                        Err *err) {
  Making b = {.ix = ix, .key = key, .ok = ok};
  ix->n = n;
  ErrCode code = make(job, &b, n, want, err);
  mem_free(b.count);
  mem_free(b.part_at);
  mem_free(b.groups);
  mem_free(b.entry);
  return code;
}

// ---- words --------------------------------------------------------------------------------------------------------
typedef struct Hashing {
  const HashIndex *ix;
  uint64_t *key;
  uint8_t *ok;
} Hashing;

static void hash_chunk(void *ctx, int64_t begin, int64_t end) {
  Hashing *h = ctx;
  for (int64_t i = begin; i < end; i++) {
    Sv w = item_word(h->ix, i);
    h->key[i] = hash_bytes(w.s, w.n);
    h->ok[i] = !h->ix->text || col_valid(h->ix->text, i);
  }
}

ErrCode hash_index_words(Job *job, HashIndex *ix, const Sv *word, const Column *text, int64_t n, int want, Err *err) {
  ix->word = word, ix->text = text;
  Hashing h = {.ix = ix};
  ErrCode code = shape_new(job, n, sizeof *h.key, "a table of words", &h.key, err);
  if (code == OK) code = shape_new(job, n, sizeof *h.ok, "a table of words", &h.ok, err);
  if (code == OK) code = shape_for(job, n, SHAPE_GRAIN, hash_chunk, &h, err);
  if (code == OK) code = hash_index_make(job, ix, h.key, h.ok, n, want, err);
  mem_free(h.key);
  mem_free(h.ok);
  return code;
}

void hash_index_free(HashIndex *ix) {
  mem_free(ix->slot_at);
  mem_free(ix->slot);
  mem_free(ix->number);
  mem_free(ix->start);
  mem_free(ix->list);
  *ix = (HashIndex){0};
}

// ---- looking up ---------------------------------------------------------------------------------------------------
static inline const HashSlot *probe(const HashIndex *ix, const HashSlot *table, uint64_t mask, uint64_t s, uint64_t key,
                                    const Sv *word) {
  for (;; s = (s + 1) & mask) {
    if (table[s].first == JOIN_NONE) return NULL;
    if (table[s].key == key && (!word || sv_eq(item_word(ix, table[s].first), *word))) return &table[s];
  }
}

void hash_index_find(const HashIndex *ix, const uint64_t *key, const Sv *word, int m, const HashSlot **slot) {
  uint64_t mixed[JOIN_BLOCK];
  for (int i = 0; i < m; i++) {
    mixed[i] = mix(key[i]);
    int64_t p = part_of(ix, mixed[i]), base = ix->slot_at[p];
    slot[i] = &ix->slot[base + (int64_t)(mixed[i] & (uint64_t)(ix->slot_at[p + 1] - base - 1))];
    __builtin_prefetch(slot[i]);
  }
  for (int i = 0; i < m; i++) {
    int64_t p = part_of(ix, mixed[i]), base = ix->slot_at[p];
    uint64_t mask = (uint64_t)(ix->slot_at[p + 1] - base - 1);
    slot[i] = probe(ix, ix->slot + base, mask, mixed[i] & mask, key[i], word ? &word[i] : NULL);
  }
}

uint32_t hash_index_word(const HashIndex *ix, Sv word) {
  uint64_t key = hash_bytes(word.s, word.n);
  const HashSlot *slot;
  hash_index_find(ix, &key, &word, 1, &slot);
  return slot ? slot->first : JOIN_NONE;
}
