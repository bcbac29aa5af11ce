// Keys of a join as one number a row. Each key column becomes a 64-bit value: numbers and dates themselves, words their
// place among the words of the right side (its codes, or the first row that has the word). Words of the left are looked
// up once a word, not once a row. Less the least value on the right, with what lies beyond the greatest out of reach,
// columns are digits of one number; where that would pass 64 bits, the values or the key so far are first numbered by
// a hash table. So the key is exact: equal numbers are equal keys, with no comparison afterwards.
#include "frame/join_int.h"

#include "base/map.h"

#include <stdlib.h>

__extension__ typedef unsigned __int128 U128;

// ---- values of one column -----------------------------------------------------------------------------------------
#define SIGN (1ull << 63) // numbers keep their order as unsigned values

static uint64_t real_bits(double v) {
  uint64_t bits;
  if (v != v) return UINT64_MAX;
  if (v == 0) v = 0; // -0.0 as 0.0
  memcpy(&bits, &v, sizeof bits);
  return bits;
}

static void read_reals(const Column *c, bool whole, int64_t begin, int64_t m, uint64_t *x, uint8_t *ok) {
  for (int64_t i = 0; i < m; i++) {
    double v = c->f[begin + i];
    if (!whole) {
      x[i] = real_bits(v);
      continue;
    }
    bool fits = v >= -0x1p63 && v < 0x1p63 && (double)(int64_t)v == v;
    x[i] = fits ? (uint64_t)(int64_t)v ^ SIGN : 0;
    ok[i] = ok[i] && fits;
  }
}

#define READ_CODES(code)                                                                                               \
  for (int64_t i = 0; i < m; i++) x[i] = place ? place[(code)[begin + i]] : (code)[begin + i]

static void read_codes(const Column *c, const uint32_t *place, int64_t begin, int64_t m, uint64_t *x) {
  if (c->width == 1) READ_CODES(c->code1);
  else if (c->width == 2) READ_CODES(c->code2);
  else READ_CODES(c->code4);
}

static void read_words(const KeyCol *k, int side, int64_t begin, int64_t m, uint64_t *x) {
  for (int64_t i = 0; i < m; i++)
    x[i] = side == RIGHT ? k->words.number[begin + i] : hash_index_word(&k->words, col_text(k->side[LEFT], begin + i));
}

static void clear_missing(const Column *c, int64_t begin, int64_t m, uint8_t *ok) {
  for (int64_t i = 0; i < m && c->valid; i++) ok[i] = ok[i] && col_valid(c, begin + i);
}

// Values of rows begin .. begin + m; ok[i] becomes 0 where there is none.
static void read_values(const KeyCol *k, int side, int64_t begin, int64_t m, uint64_t *x, uint8_t *ok) {
  const Column *c = k->side[side], *other = k->side[!side];
  clear_missing(c, begin, m, ok);
  if (c->dict) read_codes(c, side == LEFT ? k->place : NULL, begin, m, x);
  else if (c->type == COL_TEXT) read_words(k, side, begin, m, x);
  else if (c->type == COL_F64) read_reals(c, other->type == COL_I64, begin, m, x, ok);
  else if (c->type == COL_BOOL)
    for (int64_t i = 0; i < m; i++) x[i] = c->b[begin + i];
  else
    for (int64_t i = 0; i < m; i++) x[i] = (uint64_t)c->i[begin + i] ^ SIGN;
}

// ---- words --------------------------------------------------------------------------------------------------------
static void place_chunk(void *ctx, int64_t begin, int64_t end) {
  KeyCol *k = ctx;
  for (int64_t w = begin; w < end; w++) k->place[w] = hash_index_word(&k->words, k->side[LEFT]->dict->word[w]);
}

static ErrCode unify_words(Job *job, KeyCol *k, Err *err) {
  const Dict *left = k->side[LEFT]->dict, *right = k->side[RIGHT]->dict;
  if (left && left == right) return OK;
  k->has_words = true;
  if (right) TRY(hash_index_words(job, &k->words, right->word, NULL, right->n, 0, err));
  else TRY(hash_index_words(job, &k->words, NULL, k->side[RIGHT], k->side[RIGHT]->n, HASH_NUMBERS, err));
  if (!left) return OK;
  TRY(shape_new(job, left->n, sizeof *k->place, "a table of words", &k->place, err));
  return shape_for(job, left->n, SHAPE_GRAIN, place_chunk, k, err);
}

// ---- the right side -----------------------------------------------------------------------------------------------
typedef struct Reading {
  const KeyPlan *plan;
  const KeyCol *k;
  uint64_t *x;
  uint64_t *least, *most; // one a chunk
} Reading;

static void read_chunk(void *ctx, int64_t begin, int64_t end) {
  const Reading *r = ctx;
  uint8_t *ok = r->plan->ok;
  uint64_t least = UINT64_MAX, most = 0;
  read_values(r->k, RIGHT, begin, end - begin, r->x + begin, ok + begin);
  for (int64_t i = begin; i < end; i++) {
    uint64_t v = r->x[i];
    if (ok[i] && v < least) least = v;
    if (ok[i] && v > most) most = v;
  }
  r->least[begin / SHAPE_GRAIN] = least, r->most[begin / SHAPE_GRAIN] = most;
}

static ErrCode read_right(Job *job, KeyPlan *p, KeyCol *k, uint64_t *x, Err *err) {
  int64_t nchunk = shape_chunks(p->n);
  uint64_t *range = calloc((size_t)nchunk * 2 + 1, sizeof *range), most = 0;
  if (!range) abort();
  Reading r = {p, k, x, range, range + nchunk};
  ErrCode code = shape_for(job, p->n, SHAPE_GRAIN, read_chunk, &r, err);
  k->min = UINT64_MAX;
  for (int64_t c = 0; c < nchunk; c++) {
    if (r.least[c] < k->min) k->min = r.least[c];
    if (r.most[c] > most) most = r.most[c];
  }
  if (k->min > most) k->min = most; // no row
  k->span = most - k->min;
  free(range);
  return code;
}

typedef struct Combining {
  const KeyCol *k;
  uint64_t *key;
  const uint64_t *x;
  bool first;
} Combining;

static void combine_chunk(void *ctx, int64_t begin, int64_t end) {
  const Combining *c = ctx;
  const uint32_t *own = c->k->own.number, *acc = c->k->acc.number;
  for (int64_t i = begin; i < end; i++) {
    uint64_t value = own ? own[i] : c->x[i] - c->k->min, key = acc ? acc[i] : c->key[i];
    c->key[i] = c->first ? value : key * c->k->factor + value;
  }
}

static bool overflows(uint64_t span, uint64_t more) { return ((U128)span + 1) * ((U128)more + 1) - 1 > UINT64_MAX; }

static ErrCode number(Job *job, const KeyPlan *p, const uint64_t *key, HashIndex *ix, bool *has, uint64_t *span,
                      Err *err) {
  *has = true;
  *span = p->n ? (uint64_t)p->n - 1 : 0;
  return hash_index_make(job, ix, key, p->ok, p->n, HASH_NUMBERS, err);
}

static ErrCode add_column(Job *job, KeyPlan *p, KeyCol *k, uint64_t *x, bool first, Err *err) {
  if (col_is_text(k->side[RIGHT])) TRY(unify_words(job, k, err));
  TRY(read_right(job, p, k, x, err));
  uint64_t span = k->span;
  if (!first && overflows(p->span, span)) TRY(number(job, p, p->key, &k->acc, &k->has_acc, &p->span, err));
  if (!first && overflows(p->span, span)) TRY(number(job, p, x, &k->own, &k->has_own, &span, err));
  k->factor = span + 1; // unread for the first column, where it may be 0
  p->span = first ? span : (uint64_t)(((U128)p->span + 1) * ((U128)span + 1) - 1);
  Combining c = {k, p->key, x, first};
  return shape_for(job, p->n, SHAPE_GRAIN, combine_chunk, &c, err);
}

ErrCode key_plan_make(Job *job, KeyPlan *p, Err *err) {
  p->n = p->col[0].side[RIGHT]->n;
  TRY(shape_new(job, p->n, sizeof *p->key, "keys", &p->key, err));
  TRY(shape_new(job, p->n, sizeof *p->ok, "keys", &p->ok, err));
  memset(p->ok, 1, (size_t)p->n);
  uint64_t *x;
  TRY(shape_new(job, p->n, sizeof *x, "keys", &x, err));
  ErrCode code = OK;
  for (int k = 0; k < p->m && code == OK; k++) code = add_column(job, p, &p->col[k], x, k == 0, err);
  mem_free(x);
  return code;
}

void key_plan_free(KeyPlan *p) {
  for (int k = 0; k < p->m; k++) {
    KeyCol *c = &p->col[k];
    mem_free(c->place);
    if (c->has_words) hash_index_free(&c->words);
    if (c->has_own) hash_index_free(&c->own);
    if (c->has_acc) hash_index_free(&c->acc);
  }
  free(p->col);
  mem_free(p->key);
  mem_free(p->ok);
}

// ---- the left side ------------------------------------------------------------------------------------------------
static void renumber(const HashIndex *ix, uint64_t *key, uint8_t *ok, int m) {
  const HashSlot *slot[JOIN_BLOCK];
  hash_index_find(ix, key, NULL, m, slot);
  for (int i = 0; i < m; i++) {
    key[i] = slot[i] ? slot[i]->first : 0;
    ok[i] = ok[i] && slot[i];
  }
}

void key_plan_left(const KeyPlan *p, int64_t begin, int m, uint64_t *key, uint8_t *ok) {
  uint64_t value[JOIN_BLOCK];
  memset(ok, 1, (size_t)m);
  for (int j = 0; j < p->m; j++) {
    const KeyCol *k = &p->col[j];
    uint64_t *x = j ? value : key;
    read_values(k, LEFT, begin, m, x, ok);
    for (int i = 0; i < m; i++) ok[i] = ok[i] & (x[i] - k->min <= k->span);
    if (k->has_own) renumber(&k->own, x, ok, m);
    else
      for (int i = 0; i < m; i++) x[i] -= k->min;
    if (j && k->has_acc) renumber(&k->acc, key, ok, m);
    for (int i = 0; j && i < m; i++) key[i] = key[i] * k->factor + x[i];
  }
}
