#include "frame/frame_int.h"

#include "base/map.h"
#include "base/near.h"
#include "base/sha256.h"

#include <stdlib.h>

struct Frame {
  atomic_int refs;
  int64_t n;
  int ncol, cap;
  Column **col;
  Map names; // index = column number
  char *source, *caption;
  Frame *ledger, *quarantine;
};

Frame *frame_new(int64_t n) {
  Frame *f = calloc(1, sizeof *f);
  if (!f) abort();
  atomic_init(&f->refs, 1);
  f->n = n;
  map_init(&f->names);
  return f;
}

ErrCode frame_add(Frame *f, const char *name, Column *c, Err *err) {
  if (c->n != f->n) {
    err_set(err, ERR_SHAPE, "column '%s' has %lld rows, the frame has %lld", name, (long long)c->n, (long long)f->n);
    column_unref(c);
    return ERR_SHAPE;
  }
  if (map_get(&f->names, sv(name)) >= 0) {
    column_unref(c);
    return err_set(err, ERR_NAME, "there is a column '%s' already", name);
  }
  if (f->ncol == f->cap) {
    f->cap = f->cap ? f->cap * 2 : 8;
    f->col = realloc(f->col, (size_t)f->cap * sizeof(Column *));
    if (!f->col) abort();
  }
  map_put(&f->names, sv(name), NULL);
  f->col[f->ncol++] = c;
  return OK;
}

Frame *frame_ref(const Frame *f) {
  Frame *shared = (Frame *)(uintptr_t)f;
  atomic_fetch_add_explicit(&shared->refs, 1, memory_order_relaxed);
  return shared;
}

void frame_unref(Frame *f) {
  if (!f || atomic_fetch_sub_explicit(&f->refs, 1, memory_order_acq_rel) != 1) return;
  for (int j = 0; j < f->ncol; j++) column_unref(f->col[j]);
  free(f->col);
  map_fini(&f->names);
  free(f->source);
  free(f->caption);
  frame_unref(f->ledger);
  frame_unref(f->quarantine);
  free(f);
}

int64_t frame_nrow(const Frame *f) { return f->n; }
int frame_ncol(const Frame *f) { return f->ncol; }
const char *frame_name(const Frame *f, int j) { return f->names.key[j].s; }
const Column *frame_at(const Frame *f, int j) { return f->col[j]; }
int frame_find(const Frame *f, Sv name) { return (int)map_get(&f->names, name); }

ErrCode frame_col(const Frame *f, Sv name, int *j, Err *err) {
  *j = frame_find(f, name);
  if (*j >= 0) return OK;
  char hint[300];
  near_hint(hint, sizeof hint, name, f->names.key, f->ncol);
  return err_set(err, ERR_NAME, "no column '" SV_FMT "'%s", SV_ARG(name), hint);
}

const Frame *frame_ledger(const Frame *f) { return f->ledger; }
const Frame *frame_quarantine(const Frame *f) { return f->quarantine; }
const char *frame_source(const Frame *f) { return f->source; }

void frame_set_origin(Frame *f, const char *source, Frame *ledger, Frame *quarantine) {
  free(f->source);
  frame_unref(f->ledger);
  frame_unref(f->quarantine);
  f->source = source ? strdup(source) : NULL;
  f->ledger = ledger, f->quarantine = quarantine;
}

const char *frame_caption(const Frame *f) { return f->caption; }

void frame_set_caption(Frame *f, const char *text) {
  free(f->caption);
  f->caption = text ? strdup(text) : NULL;
}

// ---- identity -----------------------------------------------------------------------------------------------------
static void hash_i64(Sha256 *s, int64_t v) {
  unsigned char b[8];
  for (int k = 0; k < 8; k++) b[k] = (unsigned char)((uint64_t)v >> (8 * k));
  sha256_add(s, b, sizeof b);
}

static void hash_sv(Sha256 *s, Sv v) {
  hash_i64(s, (int64_t)v.n);
  sha256_add(s, v.s, v.n);
}

// The bits of a NaN depend on how it came about, not on what it says.
static int64_t value_bits(const Column *c, int64_t i) {
  if (c->type == COL_BOOL) return c->b[i];
  return c->type == COL_F64 && c->f[i] != c->f[i] ? -1 : c->i[i];
}

// Values as stored, row by row; missing rows by a mark, so that the filler under them does not count.
static void hash_column(Sha256 *s, const Column *c) {
  hash_sv(s, sv(COLTYPES[c->type].name));
  for (int64_t i = 0; i < c->n; i++) {
    bool present = col_valid(c, i);
    sha256_add(s, present ? "+" : "-", 1);
    if (!present) continue;
    if (col_is_text(c)) hash_sv(s, col_text(c, i));
    else hash_i64(s, value_bits(c, i));
  }
}

void frame_hash(const Frame *f, char hex[65]) {
  Sha256 s;
  sha256_init(&s);
  hash_i64(&s, f->n);
  for (int j = 0; j < f->ncol; j++) {
    if (f->col[j]->volatile_) continue;
    hash_sv(&s, f->names.key[j]);
    hash_column(&s, f->col[j]);
  }
  sha256_hex(&s, hex);
}

int64_t frame_bytes(const Frame *f) {
  int64_t bytes = 0;
  for (int j = 0; j < f->ncol; j++) {
    const Column *c = f->col[j];
    bytes += c->n * (c->type == COL_BOOL ? 1 : c->type == COL_CAT ? 4 : 8) + (c->valid ? c->n / 8 : 0);
    if (c->type == COL_TEXT) bytes += c->off[c->n];
  }
  return bytes;
}
