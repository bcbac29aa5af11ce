// Sorting by several keys. Each key becomes a number that is as narrow as its column allows: place above the smallest
// value, or below the largest one when it descends, then one place for NaN and the last one for missing. Neighbouring
// keys share 64 bits as long as they fit, the first key in the leading ones; usually all do, and one sort is enough.
// Otherwise each group of keys is a stable sort, the last group first. A column whose values fill all 64 bits leaves no
// place for missing, which then is a key of its own before it.
#include "frame/frame_int.h"

#include "base/pool.h"
#include "frame/verbs.h"
#include "num/num.h"

#include <stdlib.h>

enum { GRAIN = 1 << 16, PIECE = 1 << 10, REGION = 32 * GRAIN };

typedef struct SortKey {
  const Column *c;
  Column *cat;                      // of a text without a dict: owned
  bool descending, nan, is_missing; // is_missing: the key says no more than that
  uint64_t min, max;                // of the present numbers
  int bits;
} SortKey;

typedef struct Span {
  uint64_t min, max;
  bool nan;
} Span;

typedef struct SortRun {
  SortKey *key;
  int nkey, from, to; // key[from..to) are in the present sort
  KeyRows rows;
  const uint32_t *row; // NULL: rows are still in their order
  Span *span;          // of chunks
  int64_t first;       // of the region
} SortRun;

static ErrCode in_regions(Job *job, SortRun *s, PoolFn fn, Err *err) {
  int64_t n = s->rows.n;
  for (s->first = 0; s->first < n; s->first += REGION) {
    TRY(job_tick(job, s->first, n, err));
    par_for(job, n - s->first < REGION ? n - s->first : REGION, GRAIN, fn, s);
  }
  return OK;
}

static uint64_t place_of_nan(const SortKey *k) { return k->max - k->min + 1; }
static uint64_t place_of_missing(const SortKey *k) { return k->is_missing ? 1 : k->max - k->min + 1 + k->nan; }

// ---- the range of a key -------------------------------------------------------------------------------------------
static bool is_nan(const Column *c, uint64_t key) { return c->type == COL_F64 && key == UINT64_MAX; }

static void widen(const Column *c, int64_t at, const uint64_t *key, int64_t n, Span *s) {
  for (int64_t i = 0; i < n; i++) {
    if (!col_valid(c, at + i)) continue;
    if (is_nan(c, key[i])) {
      s->nan = true;
      continue;
    }
    if (key[i] < s->min) s->min = key[i];
    if (key[i] > s->max) s->max = key[i];
  }
}

static void run_span(void *ctx, int64_t begin, int64_t end) {
  SortRun *s = ctx;
  const Column *c = s->key[s->from].c;
  Span span = {UINT64_MAX, 0, false};
  uint64_t key[PIECE];
  for (int64_t i = s->first + begin; i < s->first + end; i += PIECE) {
    int64_t n = s->first + end - i < PIECE ? s->first + end - i : PIECE;
    col_keys(c, NULL, i, i + n, key);
    widen(c, i, key, n, &span);
  }
  s->span[(s->first + begin) / GRAIN] = span;
}

static ErrCode find_span(Job *job, SortRun *s, int k, Err *err) {
  SortKey *key = &s->key[k];
  int64_t chunks = (s->rows.n + GRAIN - 1) / GRAIN;
  s->from = k;
  TRY(in_regions(job, s, run_span, err));
  key->min = UINT64_MAX, key->max = 0;
  for (int64_t c = 0; c < chunks; c++) {
    if (s->span[c].min < key->min) key->min = s->span[c].min;
    if (s->span[c].max > key->max) key->max = s->span[c].max;
    key->nan |= s->span[c].nan;
  }
  if (key->min > key->max) key->min = key->max = 0; // no number at all
  return OK;
}

static int bits_for(uint64_t v) { return v ? 64 - __builtin_clzll(v) : 0; }

// The keys of a column: one, or two where missing needs its own.
static ErrCode add_key(Job *job, const Frame *f, const char *name, SortRun *s, Err *err) {
  bool descending = name[0] == '-' && frame_find(f, sv(name)) < 0;
  int j;
  TRY(frame_col(f, sv(name + descending), &j, err));
  const Column *c = frame_at(f, j);
  SortKey *k = &s->key[s->nkey];
  *k = (SortKey){.c = c, .descending = descending};
  if (!col_width(c)) {
    TRY(column_to_cat(job, c, -1, &k->cat, err));
    k->c = k->cat;
  }
  s->nkey++;
  TRY(find_span(job, s, s->nkey - 1, err));
  if (k->max - k->min > UINT64_MAX - 2 && c->missing) {
    s->key[s->nkey] = *k;
    s->key[s->nkey++].cat = NULL;
    k->is_missing = true, k->bits = 1;
    k = &s->key[s->nkey - 1], k->bits = 64;
  } else {
    k->bits = bits_for(c->missing ? place_of_missing(k) : k->nan ? place_of_nan(k) : k->max - k->min);
  }
  return OK;
}

// ---- the sorts ----------------------------------------------------------------------------------------------------
static void append_key(const SortKey *k, const uint32_t *row, int64_t at, int64_t n, uint64_t *out) {
  uint64_t raw[PIECE], nan = place_of_nan(k), missing = place_of_missing(k);
  const Column *c = k->c;
  col_keys(c, row, at, at + n, raw);
  for (int64_t i = 0; i < n; i++) {
    uint64_t v = k->descending ? k->max - raw[i] : raw[i] - k->min;
    if (k->nan && raw[i] == UINT64_MAX) v = nan;
    if (c->valid && !col_valid(c, row ? row[at + i] : at + i)) v = missing;
    else if (k->is_missing) v = 0;
    out[i] = k->bits < 64 ? out[i] << k->bits | v : v;
  }
}

static void run_keys(void *ctx, int64_t begin, int64_t end) {
  SortRun *s = ctx;
  for (int64_t i = s->first + begin; i < s->first + end; i += PIECE) {
    int64_t n = s->first + end - i < PIECE ? s->first + end - i : PIECE;
    memset(s->rows.key + i, 0, (size_t)n * sizeof *s->rows.key);
    for (int k = s->from; k < s->to; k++) append_key(&s->key[k], s->row, i, n, s->rows.key + i);
    for (int64_t r = i; r < i + n && !s->row; r++) s->rows.row[r] = (uint32_t)r;
  }
}

static ErrCode sort_rows(Job *job, SortRun *s, Err *err) {
  for (s->to = s->nkey; s->to > 0; s->to = s->from) {
    int bits = 0;
    for (s->from = s->to; s->from > 0 && bits + s->key[s->from - 1].bits <= 64; s->from--)
      bits += s->key[s->from - 1].bits;
    TRY(in_regions(job, s, run_keys, err));
    TRY(order_rows(job, &s->rows, err));
    s->row = s->rows.row;
  }
  return OK;
}

static bool is_identity(const uint32_t *row, int64_t n) {
  int64_t i = 0;
  while (i < n && row[i] == i) i++;
  return i == n;
}

static ErrCode run_new(Job *job, int64_t n, int64_t nkey, SortRun *s, Err *err) {
  TRY(job_need(job, n * 24, "sorting", err));
  size_t rows = (size_t)n;
  s->rows = (KeyRows){mem_new(rows * 8), mem_new(rows * 8), mem_new(rows * 4), mem_new(rows * 4), n};
  s->key = calloc((size_t)nkey * 2 + 1, sizeof *s->key);
  s->span = calloc(rows / GRAIN + 1, sizeof *s->span);
  if (!s->key || !s->span) abort();
  const KeyRows *r = &s->rows;
  return r->key && r->key2 && r->row && r->row2 ? OK : out_of_memory("sorting", err);
}

static void run_free(SortRun *s) {
  for (int k = 0; k < s->nkey; k++) column_unref(s->key[k].cat);
  mem_free(s->rows.key);
  mem_free(s->rows.key2);
  mem_free(s->rows.row2);
  free(s->key);
  free(s->span);
}

ErrCode frame_sort(Job *job, const Frame *f, const Names *keys, Frame **out, Err *err) {
  int64_t n = frame_nrow(f);
  SortRun s = {0};
  ErrCode code = run_new(job, n, keys->n, &s, err);
  for (int64_t k = 0; k < keys->n && code == OK; k++) code = add_key(job, f, keys->name[k], &s, err);
  if (code == OK) code = sort_rows(job, &s, err);
  run_free(&s);
  if (code == OK && (!s.row || is_identity(s.row, n))) code = frame_slice(job, f, 0, n, out, err);
  else if (code == OK) code = frame_take(job, f, &(Rows){.narrow = s.row, .n = n}, out, err);
  mem_free(s.rows.row);
  return code;
}
