// The identity of a frame: SHA-256 over names, types and values. A column gives its name and type, the bitmap of its
// present rows when some are missing, and its values as they lie in memory (little endian), the filler under missing
// rows left out, so that equal tables have equal hashes however they came about.
#include "frame/frame_int.h"

#include "base/sha256.h"

enum { PIECE = 512 }; // values gathered before they are hashed

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

static void hash_one_by_one(Sha256 *s, const Column *c) {
  int64_t piece[PIECE], n = 0;
  for (int64_t i = 0; i < c->n; i++) {
    if (!col_valid(c, i)) continue;
    piece[n++] = value_bits(c, i);
    if (n < PIECE) continue;
    sha256_add(s, piece, sizeof piece);
    n = 0;
  }
  sha256_add(s, piece, (size_t)n * sizeof *piece);
}

static void hash_column(Sha256 *s, const Column *c) {
  hash_sv(s, sv(COLTYPES[c->type].name));
  hash_bitmap(s, c);
  if (col_is_text(c)) {
    for (int64_t i = 0; i < c->n; i++)
      if (col_valid(c, i)) hash_sv(s, col_text(c, i));
  } else if (c->type == COL_BOOL || c->missing || has_nan(c)) {
    hash_one_by_one(s, c);
  } else {
    sha256_add(s, c->i, (size_t)c->n * sizeof *c->i);
  }
}

void hash_values(const Frame *f, char hex[65]) {
  Sha256 s;
  sha256_init(&s);
  hash_i64(&s, frame_nrow(f));
  for (int j = 0; j < frame_ncol(f); j++) {
    if (frame_at(f, j)->volatile_) continue;
    hash_sv(&s, sv(frame_name(f, j)));
    hash_column(&s, frame_at(f, j));
  }
  sha256_hex(&s, hex);
}
