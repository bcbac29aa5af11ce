// The identity of a frame: SHA-256 over names, types and values. A column gives its name and type, the bitmap of its
// present rows when some are missing, and its values as they lie in memory (little endian), the filler under missing
// rows left out, so that equal tables have equal hashes however they came about.
#include "frame/frame_int.h"

#include "base/sha256.h"

#include <stdlib.h>

static void hash_i64(Sha256 *s, int64_t v) { sha256_add(s, &v, sizeof v); }

static void hash_sv(Sha256 *s, Sv v) {
  hash_i64(s, (int64_t)v.n);
  sha256_add(s, v.s, v.n);
}

static void hash_bitmap(Sha256 *s, const Column *c) {
  hash_i64(s, c->missing);
  if (!c->missing) return;
  int64_t words = c->n / 64, rest = c->n % 64;
  sha256_add(s, c->valid, (size_t)words * sizeof *c->valid);
  if (rest) hash_i64(s, (int64_t)(c->valid[words] & ((1ull << rest) - 1)));
}

// ---- many small pieces --------------------------------------------------------------------------------------------
enum { ROOM = 1 << 16 };

typedef struct Pieces { // gathered before they are hashed
  Sha256 *s;
  size_t n;
  _Alignas(int64_t) unsigned char room[ROOM];
} Pieces;

static void pieces_flush(Pieces *p) {
  sha256_add(p->s, p->room, p->n);
  p->n = 0;
}

static void pieces_add(Pieces *p, const void *data, size_t n) {
  if (n > ROOM - p->n) pieces_flush(p);
  if (n > ROOM) {
    sha256_add(p->s, data, n);
    return;
  }
  if (n) memcpy(p->room + p->n, data, n);
  p->n += n;
}

// ---- values -------------------------------------------------------------------------------------------------------
static bool has_nan(const Column *c) {
  bool nan = false;
  for (int64_t i = 0; i < c->n && c->type == COL_F64; i++) nan |= c->f[i] != c->f[i];
  return nan;
}

// The bits of a NaN depend on how it came about, not on what it says.
static int64_t value_bits(const Column *c, int64_t i) {
  if (c->type == COL_BOOL) return c->b[i];
  return c->type == COL_F64 && c->f[i] != c->f[i] ? -1 : c->i[i];
}

static void hash_one_by_one(Pieces *p, const Column *c) {
  int64_t *piece = (int64_t *)(void *)p->room, n = 0;
  for (int64_t i = 0; i < c->n; i++) {
    piece[n] = value_bits(c, i);
    n += col_valid(c, i);
    if (n < ROOM / 8) continue;
    p->n = ROOM, n = 0;
    pieces_flush(p);
  }
  p->n = (size_t)n * sizeof *piece;
}

static void hash_texts(Pieces *p, const Column *c) {
  for (int64_t i = 0; i < c->n; i++) {
    if (!col_valid(c, i)) continue;
    Sv text = col_text(c, i);
    int64_t n = (int64_t)text.n;
    pieces_add(p, &n, sizeof n);
    pieces_add(p, text.s, text.n);
  }
}

// A word as it is hashed, its length before it; they are written once and copied for every row.
static void hash_codes(Pieces *p, const Column *c) {
  const Dict *d = c->dict;
  size_t *end = calloc((size_t)d->n + 1, sizeof *end), size = 0;
  for (int64_t k = 0; k < d->n; k++) size += sizeof(int64_t) + d->word[k].n;
  unsigned char *record = malloc(size + 1);
  if (!end || !record) abort();
  for (int64_t k = 0; k < d->n; k++) {
    Sv word = d->word[k];
    int64_t n = (int64_t)word.n;
    memcpy(record + end[k], &n, sizeof n);
    if (word.n) memcpy(record + end[k] + sizeof n, word.s, word.n);
    end[k + 1] = end[k] + sizeof n + word.n;
  }
  for (int64_t i = 0; i < c->n; i++) {
    if (!col_valid(c, i)) continue;
    int64_t k = col_code(c, i);
    pieces_add(p, record + end[k], end[k + 1] - end[k]);
  }
  free(end);
  free(record);
}

static void hash_column(Sha256 *s, const Column *c, Pieces *p) {
  hash_sv(s, sv(COLTYPES[c->type].name));
  hash_bitmap(s, c);
  if (c->dict && c->dict->n <= c->n) hash_codes(p, c);
  else if (col_is_text(c)) hash_texts(p, c);
  else if (c->type == COL_BOOL || c->missing || has_nan(c)) hash_one_by_one(p, c);
  else sha256_add(s, c->i, (size_t)c->n * sizeof *c->i);
  pieces_flush(p);
}

void hash_values(const Frame *f, char hex[65]) {
  Sha256 s;
  Pieces *p = malloc(sizeof *p);
  if (!p) abort();
  p->s = &s, p->n = 0;
  sha256_init(&s);
  hash_i64(&s, frame_nrow(f));
  for (int j = 0; j < frame_ncol(f); j++) {
    if (frame_at(f, j)->volatile_) continue;
    hash_sv(&s, sv(frame_name(f, j)));
    hash_column(&s, frame_at(f, j), p);
  }
  free(p);
  sha256_hex(&s, hex);
}
