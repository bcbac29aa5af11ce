// Columns: one array of values, a bitmap of the present ones that exists only when something is missing, and for
// categories a shared dictionary. A column is written by its maker alone and never again once it is shared.
#include "frame/frame.h"

#include "frame/frame_int.h"

#include "base/pool.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static uint8_t code_width(const Dict *d) { return d->n <= 1 << 8 ? 1 : d->n <= 1 << 16 ? 2 : 4; }

size_t col_width(const Column *c) {
  if (c->dict) return c->width;
  return c->type == COL_BOOL ? 1 : c->type == COL_TEXT ? 0 : sizeof(int64_t);
}

static size_t bitmap_bytes(int64_t n) { return (size_t)((n + 63) / 64) * sizeof(uint64_t); }

ErrCode out_of_memory(const char *what, Err *err) {
  return err_set(err, ERR_MEMORY, "the system has no memory left for %s: take fewer rows or columns", what);
}

Column *column_shell(ColType type, int64_t n) {
  Column *c = calloc(1, sizeof *c);
  if (!c) abort();
  atomic_init(&c->refs, 1);
  c->type = type, c->n = n;
  return c;
}

ErrCode column_new(Job *job, ColType type, int64_t n, Dict *dict, Column **out, Err *err) {
  Column shape = {.type = type, .dict = dict, .width = dict ? code_width(dict) : 0};
  size_t bytes = col_width(&shape) * (size_t)n;
  assert(col_width(&shape));
  ErrCode code = job_need(job, (int64_t)bytes, "a column", err);
  void *data = code == OK ? mem_new(bytes) : NULL;
  if (code == OK && !data) code = out_of_memory("a column", err);
  if (code != OK) {
    dict_unref(dict);
    return code;
  }
  Column *c = column_shell(type, n);
  c->i = data, c->dict = dict, c->width = shape.width;
  *out = c;
  return OK;
}

Column *column_take(ColType type, int64_t n, Dict *dict, void *data, uint64_t *valid, int64_t missing) {
  Column *c = column_shell(type, n);
  c->i = data, c->dict = dict, c->width = dict ? code_width(dict) : 0;
  c->valid = valid, c->missing = missing;
  return c;
}

ErrCode bitmap_new(int64_t n, uint64_t **out, Err *err) {
  *out = mem_new(bitmap_bytes(n));
  if (!*out) return out_of_memory("a column", err);
  memset(*out, 0xFF, bitmap_bytes(n));
  return OK;
}

ErrCode column_set_missing(Column *c, int64_t i, Err *err) {
  if (!c->valid) TRY(bitmap_new(c->n, &c->valid, err));
  uint64_t bit = 1ull << (i & 63);
  c->missing += (c->valid[i >> 6] & bit) != 0;
  c->valid[i >> 6] &= ~bit;
  if (c->type == COL_BOOL) c->b[i] = 0;
  else if (c->dict) col_set_code(c, i, 0);
  else if (c->type != COL_TEXT) c->i[i] = 0;
  return OK;
}

Column *column_ref(const Column *c) {
  Column *shared = (Column *)(uintptr_t)c;
  atomic_fetch_add_explicit(&shared->refs, 1, memory_order_relaxed);
  return shared;
}

void column_unref(Column *c) {
  if (!c || atomic_fetch_sub_explicit(&c->refs, 1, memory_order_acq_rel) != 1) return;
  mem_free(c->i);
  mem_free(c->valid);
  mem_free(c->bytes);
  dict_unref(c->dict);
  free(c);
}

double col_f64(const Column *c, int64_t i) {
  if (!col_valid(c, i)) return NAN;
  if (c->type == COL_F64) return c->f[i];
  return c->type == COL_BOOL ? (double)c->b[i] : (double)c->i[i];
}

Sv col_text(const Column *c, int64_t i) {
  if (!col_valid(c, i)) return (Sv){"", 0};
  if (c->dict) return c->dict->word[col_code(c, i)];
  return (Sv){c->bytes + c->off[i], (size_t)(c->off[i + 1] - c->off[i])};
}

bool col_is_number(const Column *c) { return COLTYPES[c->type].is_number; }
bool col_is_text(const Column *c) { return c->type == COL_CAT || c->type == COL_TEXT; }

// ---- present values as doubles ------------------------------------------------------------------------------------
enum { PRESENT_BLOCK = 1 << 15 };

typedef struct Present {
  const Column *c;
  double *x;
  int64_t *at; // where a block's values begin
} Present;

static void fill_f64(const Column *c, int64_t first, int64_t n, double *x) {
  if (c->type == COL_F64) memcpy(x, c->f + first, (size_t)n * sizeof *x);
  else if (c->type == COL_BOOL)
    for (int64_t k = 0; k < n; k++) x[k] = (double)c->b[first + k];
  else
    for (int64_t k = 0; k < n; k++) x[k] = (double)c->i[first + k];
}

static int64_t close_gaps(const double *x, uint64_t present, int64_t n, double *out) {
  double kept[64];
  int64_t m = 0;
  for (int64_t k = 0; k < n; k++) kept[m] = x[k], m += (int64_t)(present >> k & 1);
  memcpy(out, kept, (size_t)m * sizeof *out);
  return m;
}

static void run_present(void *ctx, int64_t begin, int64_t end) {
  const Present *p = ctx;
  const Column *c = p->c;
  double *x = p->x + (p->at ? p->at[begin / PRESENT_BLOCK] : begin), piece[64];
  for (int64_t i = begin; i < end; i += 64) {
    int64_t n = end - i < 64 ? end - i : 64;
    uint64_t all = n < 64 ? ((uint64_t)1 << n) - 1 : ~(uint64_t)0, present = c->valid ? c->valid[i >> 6] & all : all;
    if (present == all) {
      fill_f64(c, i, n, x);
      x += n;
    } else {
      fill_f64(c, i, n, piece);
      x += close_gaps(piece, present, n, x);
    }
  }
}

static int64_t place_blocks(const Column *c, int64_t *at) {
  int64_t before = 0;
  for (int64_t i = 0; i < c->n; i += 64) {
    int64_t n = c->n - i < 64 ? c->n - i : 64;
    if (i % PRESENT_BLOCK == 0) at[i / PRESENT_BLOCK] = before;
    before += __builtin_popcountll(n < 64 ? c->valid[i >> 6] & (((uint64_t)1 << n) - 1) : c->valid[i >> 6]);
  }
  return before;
}

int64_t column_present_f64(Job *job, const Column *c, double *x) {
  Present p = {.c = c, .x = x};
  int64_t m = c->n;
  if (c->valid) {
    p.at = calloc((size_t)c->n / PRESENT_BLOCK + 1, sizeof *p.at);
    if (!p.at) abort();
    m = place_blocks(c, p.at);
  }
  par_for(job, c->n, PRESENT_BLOCK, run_present, &p);
  free(p.at);
  return m;
}

int64_t col_present_f64(const Column *c, double *x) { return column_present_f64(NULL, c, x); }
