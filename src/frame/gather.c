// Rows of columns as new columns. All columns are cut into the same blocks of rows and one list of tasks, column after
// column, so that the threads read one column at a time and it stays in cache. Within a block there is one loop for
// each width of value; rows in no order are asked of memory some steps ahead. A block is a whole number of bitmap
// words, so no two tasks write the same one. Texts take two rounds: lengths, then, from the sums of the blocks, the
// bytes.
#include "frame/frame_int.h"

#include "base/pool.h"

#include <stdlib.h>

enum { BLOCK = 1 << 16, REGION = 64, AHEAD = 24, NEAR = 8 }; // REGION: tasks between two looks at the cancel flag

typedef struct Part { // of one task
  int64_t missing, bytes;
} Part;

typedef struct Gather {
  const Column *const *from;
  Column **to;
  const Rows *rows;
  Part *part;            // columns x blocks
  int64_t nblock, first; // first: task of the region
} Gather;

static inline int64_t row_at(const Rows *r, int64_t i) {
  return r->narrow ? (int64_t)r->narrow[i] : r->wide ? r->wide[i] : r->first + i;
}

// ---- values -------------------------------------------------------------------------------------------------------
#define TAKE(NAME, VALUE, ROW)                                                                                         \
  static void NAME(const void *from, const ROW *row, int64_t n, void *to) {                                            \
    const VALUE *x = from;                                                                                             \
    VALUE *y = to;                                                                                                     \
    int64_t i = 0;                                                                                                     \
    for (; i + AHEAD < n; i++) {                                                                                       \
      __builtin_prefetch(x + row[i + AHEAD]);                                                                          \
      y[i] = x[row[i]];                                                                                                \
    }                                                                                                                  \
    for (; i < n; i++) y[i] = x[row[i]];                                                                               \
  }
#define TAKE_OR_0(NAME, VALUE)                                                                                         \
  static void NAME(const void *from, const int64_t *row, int64_t n, void *to) {                                        \
    const VALUE *x = from;                                                                                             \
    VALUE *y = to;                                                                                                     \
    for (int64_t i = 0; i < n; i++) y[i] = row[i] < 0 ? 0 : x[row[i]];                                                 \
  }
TAKE(take_1, uint8_t, int64_t)
TAKE(take_2, uint16_t, int64_t)
TAKE(take_4, uint32_t, int64_t)
TAKE(take_8, uint64_t, int64_t)
TAKE_OR_0(take_or_0_1, uint8_t)
TAKE_OR_0(take_or_0_2, uint16_t)
TAKE_OR_0(take_or_0_4, uint32_t)
TAKE_OR_0(take_or_0_8, uint64_t)
TAKE(take_narrow_1, uint8_t, uint32_t)
TAKE(take_narrow_2, uint16_t, uint32_t)
TAKE(take_narrow_4, uint32_t, uint32_t)
TAKE(take_narrow_8, uint64_t, uint32_t)

static bool has_hole(const int64_t *row, int64_t n) {
  int64_t any = 0;
  for (int64_t i = 0; i < n; i++) any |= row[i];
  return any < 0;
}

static void take_wide(const void *x, size_t width, const int64_t *row, int64_t n, void *y) {
  bool holes = has_hole(row, n);
  switch (width) {
  case 1: (holes ? take_or_0_1 : take_1)(x, row, n, y); break;
  case 2: (holes ? take_or_0_2 : take_2)(x, row, n, y); break;
  case 4: (holes ? take_or_0_4 : take_4)(x, row, n, y); break;
  default: (holes ? take_or_0_8 : take_8)(x, row, n, y);
  }
}

static void take_narrow(const void *x, size_t width, const uint32_t *row, int64_t n, void *y) {
  switch (width) {
  case 1: take_narrow_1(x, row, n, y); break;
  case 2: take_narrow_2(x, row, n, y); break;
  case 4: take_narrow_4(x, row, n, y); break;
  default: take_narrow_8(x, row, n, y);
  }
}

static void take_values(const Column *c, const Rows *r, int64_t begin, int64_t end, Column *t) {
  size_t width = col_width(c);
  unsigned char *y = t->b + (size_t)begin * width;
  if (r->narrow) take_narrow(c->b, width, r->narrow + begin, end - begin, y);
  else if (r->wide) take_wide(c->b, width, r->wide + begin, end - begin, y);
  else memcpy(y, c->b + (size_t)(r->first + begin) * width, (size_t)(end - begin) * width);
}

// ---- validity -----------------------------------------------------------------------------------------------------
static uint64_t bits_of_rows(const Column *c, const Rows *r, int64_t begin, int64_t n) {
  uint64_t word = 0;
  for (int64_t k = 0; k < n; k++) {
    int64_t row = row_at(r, begin + k);
    uint64_t bit = row >= 0 && (!c->valid || (c->valid[row >> 6] >> (row & 63) & 1));
    word |= bit << k;
  }
  return word;
}

static uint64_t bits_of_narrow(const uint64_t *valid, const uint32_t *row, int64_t n) {
  uint64_t word = 0;
  for (int64_t k = 0; k < n; k++) word |= (valid[row[k] >> 6] >> (row[k] & 63) & 1) << k;
  return word;
}

static uint64_t bits_of_range(const Column *c, int64_t row, int64_t n) {
  int64_t at = row >> 6, shift = row & 63;
  uint64_t word = c->valid[at] >> shift;
  if (shift && at < (c->n - 1) >> 6 && shift + n > 64) word |= c->valid[at + 1] << (64 - shift);
  return word;
}

// How many rows are missing. Bits behind the last row are set, as in every bitmap.
static int64_t take_bits(const Column *c, const Rows *r, int64_t begin, int64_t end, Column *t) {
  int64_t missing = 0;
  for (int64_t i = begin; i < end; i += 64) {
    int64_t n = end - i < 64 ? end - i : 64;
    uint64_t word = r->narrow ? bits_of_narrow(c->valid, r->narrow + i, n)
                    : r->wide ? bits_of_rows(c, r, i, n)
                              : bits_of_range(c, r->first + i, n);
    if (n < 64) word |= ~(uint64_t)0 << n;
    t->valid[i >> 6] = word;
    missing += __builtin_popcountll(~word);
  }
  return missing;
}

// ---- texts --------------------------------------------------------------------------------------------------------
static void near_offset(const Column *c, const Rows *r, int64_t i) {
  int64_t row = row_at(r, i);
  __builtin_prefetch(c->off + (row < 0 ? 0 : row));
}

static int64_t take_lengths(const Column *c, const Rows *r, int64_t begin, int64_t end, Column *t) {
  int64_t bytes = 0;
  for (int64_t i = begin; i < end; i++) {
    if (i + AHEAD < end) near_offset(c, r, i + AHEAD);
    int64_t row = row_at(r, i), n = row < 0 || !col_valid(c, row) ? 0 : c->off[row + 1] - c->off[row];
    t->off[i + 1] = n;
    bytes += n;
  }
  return bytes;
}

static void take_bytes(const Column *c, const Rows *r, int64_t begin, int64_t end, int64_t at, Column *t) {
  for (int64_t i = begin; i < end; i++) {
    if (i + AHEAD < end) near_offset(c, r, i + AHEAD);
    int64_t ahead = i + NEAR < end ? row_at(r, i + NEAR) : -1, n = t->off[i + 1];
    if (ahead >= 0) __builtin_prefetch(c->bytes + c->off[ahead]);
    if (n) memcpy(t->bytes + at, c->bytes + c->off[row_at(r, i)], (size_t)n);
    t->off[i + 1] = at += n;
  }
}

// ---- tasks --------------------------------------------------------------------------------------------------------
static int64_t begin_of(const Gather *g, int64_t k) { return k % g->nblock * BLOCK; }

static int64_t end_of(const Gather *g, int64_t k) {
  int64_t end = begin_of(g, k) + BLOCK;
  return end < g->rows->n ? end : g->rows->n;
}

static void run_values(void *ctx, int64_t first, int64_t last) {
  const Gather *g = ctx;
  for (int64_t k = g->first + first; k < g->first + last; k++) {
    const Column *c = g->from[k / g->nblock];
    Column *t = g->to[k / g->nblock];
    int64_t begin = begin_of(g, k), end = end_of(g, k);
    g->part[k].missing = t->valid ? take_bits(c, g->rows, begin, end, t) : 0;
    if (col_width(c)) take_values(c, g->rows, begin, end, t);
    else g->part[k].bytes = take_lengths(c, g->rows, begin, end, t);
  }
}

static void run_bytes(void *ctx, int64_t first, int64_t last) {
  const Gather *g = ctx;
  for (int64_t k = g->first + first; k < g->first + last; k++)
    take_bytes(g->from[k / g->nblock], g->rows, begin_of(g, k), end_of(g, k), g->part[k].bytes, g->to[k / g->nblock]);
}

static ErrCode run_tasks(Job *job, Gather *g, int64_t first, int64_t n, PoolFn fn, Err *err) {
  for (int64_t k = 0; k < n; k += REGION) {
    TRY(job_tick(job, k, n, err));
    g->first = first + k;
    par_for(job, n - k < REGION ? n - k : REGION, 1, fn, g);
  }
  return OK;
}

// ---- columns ------------------------------------------------------------------------------------------------------
static ErrCode text_shell(Job *job, int64_t n, Column **out, Err *err) {
  TRY(job_need(job, (n + 1) * (int64_t)sizeof *(*out)->off, "a text column", err));
  Column *t = *out = column_shell(COL_TEXT, n);
  t->off = mem_new((size_t)(n + 1) * sizeof *t->off);
  if (!t->off) return out_of_memory("a text column", err);
  t->off[0] = 0;
  return OK;
}

static ErrCode shell_like(Job *job, const Column *c, const Rows *r, Column **out, Err *err) {
  if (col_width(c)) TRY(column_new(job, c->type, r->n, dict_ref(c->dict), out, err));
  else TRY(text_shell(job, r->n, out, err));
  (*out)->zoned = c->zoned, (*out)->volatile_ = c->volatile_;
  return c->valid || r->holes ? bitmap_new(r->n, &(*out)->valid, err) : OK;
}

// The bytes of column j, from the lengths of its texts.
static ErrCode fill_text(Job *job, Gather *g, int64_t j, Err *err) {
  Part *part = g->part + j * g->nblock;
  int64_t size = 0;
  for (int64_t b = 0; b < g->nblock; b++) {
    int64_t bytes = part[b].bytes;
    part[b].bytes = size, size += bytes;
  }
  TRY(job_need(job, size, "a text column", err));
  g->to[j]->bytes = mem_new((size_t)size);
  if (!g->to[j]->bytes) return out_of_memory("a text column", err);
  return run_tasks(job, g, j * g->nblock, g->nblock, run_bytes, err);
}

static void count_missing(const Gather *g, int64_t j) {
  Column *t = g->to[j];
  for (int64_t b = 0; b < g->nblock; b++) t->missing += g->part[j * g->nblock + b].missing;
  if (t->missing) return;
  mem_free(t->valid);
  t->valid = NULL;
}

static ErrCode fill_columns(Job *job, Gather *g, int m, Err *err) {
  for (int j = 0; j < m; j++) TRY(shell_like(job, g->from[j], g->rows, &g->to[j], err));
  TRY(run_tasks(job, g, 0, m * g->nblock, run_values, err));
  for (int j = 0; j < m; j++) {
    count_missing(g, j);
    if (!col_width(g->from[j])) TRY(fill_text(job, g, j, err));
  }
  return OK;
}

static int64_t bytes_of(const Column *const *from, int m, int64_t n) {
  int64_t bytes = 0;
  for (int j = 0; j < m; j++) bytes += n * (int64_t)(col_width(from[j]) ? col_width(from[j]) : sizeof(int64_t));
  return bytes;
}

ErrCode columns_take(Job *job, const Column *const *from, int m, const Rows *rows, Column **out, Err *err) {
  for (int j = 0; j < m; j++) out[j] = NULL;
  TRY(job_tick(job, 0, 1, err));
  TRY(job_need(job, bytes_of(from, m, rows->n), "a choice of rows", err));
  Gather g = {.from = from, .to = out, .rows = rows, .nblock = (rows->n + BLOCK - 1) / BLOCK};
  g.part = calloc((size_t)(m * g.nblock + 1), sizeof *g.part);
  if (!g.part) abort();
  ErrCode code = fill_columns(job, &g, m, err);
  for (int j = 0; j < m && code != OK; j++) column_unref(out[j]);
  free(g.part);
  return code;
}

typedef struct Search {
  const int64_t *row;
  atomic_bool found;
} Search;

static void search_holes(void *ctx, int64_t begin, int64_t end) {
  Search *s = ctx;
  if (has_hole(s->row + begin, end - begin)) atomic_store_explicit(&s->found, true, memory_order_relaxed);
}

Rows rows_wide(Job *job, const int64_t *row, int64_t n) {
  Search s = {.row = row};
  par_for(job, n, BLOCK, search_holes, &s);
  return (Rows){.wide = row, .n = n, .holes = s.found};
}

ErrCode column_gather(Job *job, const Column *c, const int64_t *row, int64_t n, Column **out, Err *err) {
  Rows rows = rows_wide(job, row, n);
  return columns_take(job, &c, 1, &rows, out, err);
}
