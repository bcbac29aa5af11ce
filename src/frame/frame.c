#include "frame/frame_int.h"

#include "base/map.h"
#include "base/near.h"

#include <stdlib.h>

struct Frame {
  atomic_int refs;
  int64_t n;
  int ncol, cap;
  Column **col;
  Map names; // index = column number
  char *source, *reading, *caption;
  Frame *ledger, *quarantine;
  Asked *asked;
  char *_Atomic hash; // of frame_hash, once it was asked for
};

// ---- what an answer was asked of -----------------------------------------------------------------------------------
Asked *asked_new(const char *verb, const char *object, void *of, void (*unref)(void *of), const Param *params,
                 const void *opts, size_t size, const char *text) {
  Asked *a = calloc(1, sizeof *a);
  if (!a) abort();
  atomic_init(&a->refs, 1);
  arena_init(&a->arena);
  a->verb = arena_strdup(&a->arena, verb), a->object = object, a->of = of, a->unref = unref;
  a->text = text ? arena_strdup(&a->arena, text) : NULL;
  void *copy = params ? arena_alloc(&a->arena, size) : NULL;
  if (copy) param_copy(params, opts, copy, &a->arena);
  a->opts = copy;
  return a;
}

static void asked_unref(Asked *a) {
  if (!a || atomic_fetch_sub_explicit(&a->refs, 1, memory_order_acq_rel) != 1) return;
  a->unref((void *)(uintptr_t)a->of);
  arena_fini(&a->arena);
  free(a);
}

// ---- frames --------------------------------------------------------------------------------------------------------
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
  free(atomic_exchange(&f->hash, NULL));
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
  free(f->reading);
  free(f->caption);
  free(atomic_load(&f->hash));
  frame_unref(f->ledger);
  frame_unref(f->quarantine);
  asked_unref(f->asked);
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

const char *frame_reading(const Frame *f) { return f->reading; }

void frame_set_reading(Frame *f, const char *text) {
  free(f->reading);
  f->reading = strdup(text);
}

const char *frame_caption(const Frame *f) { return f->caption; }

void frame_set_caption(Frame *f, const char *text) {
  free(f->caption);
  f->caption = text ? strdup(text) : NULL;
}

void frame_set_asked(Frame *f, Asked *asked) {
  asked_unref(f->asked);
  f->asked = asked;
}

void frame_share_asked(Frame *f, const Frame *from) {
  if (from->asked) atomic_fetch_add_explicit(&from->asked->refs, 1, memory_order_relaxed);
  frame_set_asked(f, from->asked);
}

const Asked *frame_asked(const Frame *f) { return f->asked; }

void frame_hash(const Frame *f, char hex[65]) {
  Frame *shared = (Frame *)(uintptr_t)f;
  char *known = atomic_load(&shared->hash), *none = NULL;
  if (!known) {
    hash_values(f, hex);
    known = strdup(hex);
    if (!atomic_compare_exchange_strong(&shared->hash, &none, known)) free(known); // another thread was first
    return;
  }
  memcpy(hex, known, 65);
}

int64_t frame_bytes(const Frame *f) {
  int64_t bytes = 0;
  for (int j = 0; j < f->ncol; j++) {
    const Column *c = f->col[j];
    bytes += c->n * (int64_t)col_width(c) + (c->valid ? c->n / 8 : 0);
    if (!col_width(c)) bytes += c->n * (int64_t)sizeof *c->off + c->off[c->n];
  }
  return bytes;
}
