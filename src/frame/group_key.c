// Rows as numbers. A column of few values is a digit: a category or coded text by its code, a condition, an int or a
// date by its distance from the smallest; missing is the last digit. Several columns make one number in a mixed radix,
// the first column most significant, so that numbers have the order of the keys. A column of unknown values (reals,
// plain texts, ints of a wide range that do not fit beside others) is numbered on its own first, and its digit is that
// number. When the product leaves 64 bits, what stands so far is numbered, and goes on as one digit.
#include "frame/group_int.h"

#include "base/map.h"
#include "base/simd.h"
#include "num/num.h"

#include <assert.h>

// ---- digits ---------------------------------------------------------------------------------------------------------
#define DIGITS(name, T, value)                                                                                         \
  CLONES static void name(const T *x, int m, uint64_t base, uint64_t *restrict d) {                                    \
    (void)base;                                                                                                        \
    for (int i = 0; i < m; i++) d[i] = value;                                                                          \
  }

DIGITS(digits_u8, uint8_t, x[i])
DIGITS(digits_u16, uint16_t, x[i])
DIGITS(digits_u32, uint32_t, x[i])
DIGITS(digits_i64, int64_t, (uint64_t)x[i] - base)

CLONES static void add_digits(const uint64_t *d, int m, uint64_t radix, uint64_t *restrict key) {
  for (int i = 0; i < m; i++) key[i] = key[i] * radix + d[i];
}

static void missing_digits(const Column *c, int64_t begin, int m, uint64_t digit, uint64_t *d) {
  const uint64_t *word = c->valid + begin / 64; // blocks begin at whole words
  for (int k = 0; k < m; k += 64) {
    uint64_t rows = m - k < 64 ? (1ull << (m - k)) - 1 : UINT64_MAX;
    for (uint64_t gone = ~word[k / 64] & rows; gone; gone &= gone - 1) d[k + __builtin_ctzll(gone)] = digit;
  }
}

static void part_digits(const GroupKey *p, int64_t begin, int m, uint64_t *d) {
  const Column *c = p->col;
  if (!c) digits_u32(p->rank + begin, m, 0, d);
  else if (c->dict && c->width == 4) digits_u32(c->code4 + begin, m, 0, d);
  else if (c->dict && c->width == 2) digits_u16(c->code2 + begin, m, 0, d);
  else if (c->dict || c->type == COL_BOOL) digits_u8(c->b + begin, m, 0, d);
  else digits_i64(c->i + begin, m, (uint64_t)p->base, d);
  if (c && c->valid) missing_digits(c, begin, m, p->radix - 1, d);
}

void group_keys_block(const GroupKeys *k, int64_t begin, int m, uint64_t *key) {
  uint64_t d[GROUP_BLOCK];
  if (!k->npart) memset(key, 0, (size_t)m * sizeof *key);
  for (int j = 0; j < k->npart; j++) {
    part_digits(&k->part[j], begin, m, j ? d : key);
    if (j) add_digits(d, m, k->part[j].radix, key);
  }
}

// ---- the range of ints ----------------------------------------------------------------------------------------------
typedef struct Range {
  int64_t min, max;
} Range;
typedef struct Span {
  const Column *c;
  int64_t grain;
  Range *part;
} Span;

CLONES static void range_plain(const int64_t *x, int64_t n, Range *r) {
  int64_t min = r->min, max = r->max;
  for (int64_t i = 0; i < n; i++) {
    min = x[i] < min ? x[i] : min;
    max = x[i] > max ? x[i] : max;
  }
  *r = (Range){min, max};
}

static void range_chunk(void *ctx, int64_t begin, int64_t end) {
  const Span *s = ctx;
  Range r = {INT64_MAX, INT64_MIN};
  for (int64_t i = begin; i < end; i += 64) {
    int64_t m = end - i < 64 ? end - i : 64;
    uint64_t rows = m < 64 ? (1ull << m) - 1 : UINT64_MAX, here = s->c->valid ? s->c->valid[i / 64] & rows : rows;
    if (here == rows && m == 64 && !s->c->valid) {
      range_plain(s->c->i + i, end - i, &r);
      break;
    }
    if (here == rows) range_plain(s->c->i + i, m, &r);
    else
      for (; here; here &= here - 1) range_plain(s->c->i + i + __builtin_ctzll(here), 1, &r);
  }
  s->part[begin / s->grain] = r;
}

// min > max when nothing is present.
static ErrCode range_of(Job *job, const Column *c, Range *out, Err *err) {
  Range part[GROUP_CHUNKS];
  Span s = {c, group_grain(c->n), part};
  *out = (Range){INT64_MAX, INT64_MIN};
  TRY(par_rounds(job, c->n, s.grain, GROUP_CHUNKS, range_chunk, &s, err));
  for (int64_t k = 0; k * s.grain < c->n; k++) {
    if (part[k].min < out->min) out->min = part[k].min;
    if (part[k].max > out->max) out->max = part[k].max;
  }
  return OK;
}

// ---- columns of unknown values --------------------------------------------------------------------------------------
typedef struct WideKeys {
  const Column *c;
  uint64_t *key;
} WideKeys;

// Reals keep their order: numbers, NaN, missing.
static uint64_t real_key(const Column *c, int64_t i) {
  if (!col_valid(c, i)) return UINT64_MAX;
  return c->f[i] != c->f[i] ? UINT64_MAX - 1 : order_key_f64(c->f[i]);
}

static uint64_t word_key(const Column *c, int64_t i) {
  if (!col_valid(c, i)) return 0;
  if (c->type != COL_TEXT) return hash_bytes(&c->i[i], sizeof c->i[i]);
  Sv t = col_text(c, i);
  return hash_bytes(t.s, t.n);
}

static void wide_chunk(void *ctx, int64_t begin, int64_t end) {
  const WideKeys *w = ctx;
  bool real = w->c->type == COL_F64;
  for (int64_t i = begin; i < end; i++) w->key[i] = real ? real_key(w->c, i) : word_key(w->c, i);
}

static ErrCode group_wide(Job *job, const Column *c, GroupOrder order, Groups *g, Err *err) {
  WideKeys w = {.c = c};
  TRY(array_new(job, c->n, sizeof *w.key, "grouping", &w.key, err));
  ErrCode code = par_rounds(job, c->n, GROUP_CHUNK, 16, wide_chunk, &w, err);
  const Column *words = c->type == COL_F64 ? NULL : c;
  if (code == OK) code = group_by_hash(job, w.key, c->n, words, order, g, err);
  mem_free(w.key);
  return code;
}

// ---- keys -----------------------------------------------------------------------------------------------------------
ErrCode group_keys_init(Job *job, GroupKeys *k, int most, int64_t n, Err *err) {
  *k = (GroupKeys){.n = n, .size = 1};
  return array_new(job, most + 1, sizeof *k->part, "grouping", &k->part, err);
}

static void part_fini(GroupKey *p) {
  if (!p->borrowed) mem_free(p->rank);
}

void group_keys_fini(GroupKeys *k) {
  for (int j = 0; j < k->npart; j++) part_fini(&k->part[j]);
  mem_free(k->part);
  *k = (GroupKeys){0};
}

void group_keys_rank(GroupKeys *k, uint32_t *rank, uint64_t radix, bool borrowed) {
  k->part[k->npart++] = (GroupKey){.rank = rank, .borrowed = borrowed, .radix = radix ? radix : 1};
  bool over = __builtin_mul_overflow(k->size, radix ? radix : 1, &k->size);
  assert(!over);
  (void)over;
}

// The digits of c, or false when its values have to be numbered first.
static ErrCode column_digits(Job *job, const Column *c, GroupKey *p, bool *known, Err *err) {
  uint64_t gone = c->missing > 0;
  *p = (GroupKey){.col = c};
  *known = true;
  if (c->dict || c->type == COL_BOOL) {
    p->radix = (c->dict ? (uint64_t)c->dict->n : 2) + gone;
    if (!p->radix) p->radix = 1;
    return OK;
  }
  *known = col_width(c) > 0 && c->type != COL_F64;
  if (!*known) return OK;
  Range r;
  TRY(range_of(job, c, &r, err));
  if (r.min > r.max) r = (Range){0, 0};
  p->base = r.min;
  uint64_t range = (uint64_t)r.max - (uint64_t)r.min;
  *known = range < UINT64_MAX - gone;
  p->radix = range + 1 + gone;
  return OK;
}

// The rank of a column on its own, as digits.
static ErrCode column_ranks(Job *job, const Column *c, const GroupKey *p, bool known, GroupOrder order, Groups *g,
                            Err *err) {
  if (!known) return group_wide(job, c, order, g, err);
  GroupKeys alone = {.n = c->n, .npart = 1, .part = (GroupKey[]){*p}, .size = p->radix};
  return group_by_keys(job, &alone, order, g, err);
}

static uint32_t *take_id(Groups *g) {
  uint32_t *id = g->id;
  g->id = NULL;
  groups_fini(g);
  return id;
}

// What stands so far becomes one digit.
static ErrCode fold_keys(Job *job, GroupKeys *k, GroupOrder order, Err *err) {
  Groups g;
  TRY(group_by_keys(job, k, order, &g, err));
  for (int j = 0; j < k->npart; j++) part_fini(&k->part[j]);
  k->npart = 0, k->size = 1;
  uint64_t radix = (uint64_t)g.ngroup;
  group_keys_rank(k, take_id(&g), radix, false);
  return OK;
}

ErrCode group_keys_add(Job *job, GroupKeys *k, const Column *c, GroupOrder order, Err *err) {
  GroupKey p;
  bool known;
  uint64_t size;
  TRY(column_digits(job, c, &p, &known, err));
  bool fits = known && !__builtin_mul_overflow(k->size, p.radix, &size);
  if (!fits && known && p.radix <= UINT32_MAX) {
    TRY(fold_keys(job, k, order, err));
    fits = true, size = k->size * p.radix;
  }
  if (fits) {
    k->part[k->npart++] = p, k->size = size;
    return OK;
  }
  Groups g;
  TRY(column_ranks(job, c, &p, known, order, &g, err));
  uint64_t radix = (uint64_t)g.ngroup;
  uint32_t *rank = take_id(&g);
  ErrCode code = OK;
  if (__builtin_mul_overflow(k->size, radix ? radix : 1, &size)) code = fold_keys(job, k, order, err);
  if (code != OK) return mem_free(rank), code;
  group_keys_rank(k, rank, radix, false);
  return OK;
}

typedef struct KeysRun {
  const GroupKeys *keys;
  uint64_t *key;
} KeysRun;

static void keys_chunk(void *ctx, int64_t begin, int64_t end) {
  const KeysRun *r = ctx;
  for (int64_t i = begin; i < end; i += GROUP_BLOCK)
    group_keys_block(r->keys, i, (int)(end - i < GROUP_BLOCK ? end - i : GROUP_BLOCK), r->key + i);
}

ErrCode group_by_keys(Job *job, const GroupKeys *k, GroupOrder order, Groups *g, Err *err) {
  uint64_t most = 2 * (uint64_t)k->n + GROUP_CHUNK;
  if (k->size <= most && k->size < UINT32_MAX) return group_by_table(job, k, order, g, err);
  KeysRun r = {.keys = k};
  *g = (Groups){0};
  TRY(array_new(job, k->n, sizeof *r.key, "grouping", &r.key, err));
  ErrCode code = par_rounds(job, k->n, GROUP_CHUNK, 32, keys_chunk, &r, err);
  if (code == OK) code = group_by_hash(job, r.key, k->n, NULL, order, g, err);
  mem_free(r.key);
  return code;
}

// ---- groups ---------------------------------------------------------------------------------------------------------
static ErrCode check_rows(int64_t n, Err *err) {
  if (n < (int64_t)UINT32_MAX) return OK;
  return err_set(err, ERR_SHAPE, "grouping takes at most 4,294,967,294 rows, the frame has %lld", (long long)n);
}

ErrCode groups_init(Job *job, const Column *const *col, int m, int64_t n, GroupOrder order, Groups *g, Err *err) {
  *g = (Groups){0};
  TRY(check_rows(n, err));
  GroupKeys k;
  TRY(group_keys_init(job, &k, m, n, err));
  ErrCode code = job_tick(job, 0, n, err);
  if (code == OK && m == 1 && (col[0]->type == COL_F64 || !col_width(col[0])))
    code = group_wide(job, col[0], order, g, err);
  else {
    for (int j = 0; j < m && code == OK; j++) code = group_keys_add(job, &k, col[j], order, err);
    if (code == OK) code = group_by_keys(job, &k, order, g, err);
  }
  group_keys_fini(&k);
  return code;
}
