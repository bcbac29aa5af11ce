// A slot holds the upper 32 bits of a key's hash, the leading ones of which also say where the search begins, beside
// the index of the key. So a search compares keys only where hashes agree, and a table grows without them. At most half
// of the slots are taken. The bytes of the keys lie side by side in pieces of growing size.
#include "base/map.h"

#include <stdlib.h>

enum { FIRST_LOG = 4, FIRST_CHUNK = 256, LARGEST_CHUNK = 1 << 20, BATCH = 32 };

static uint64_t mix(uint64_t a, uint64_t b) {
  __extension__ typedef unsigned __int128 u128;
  u128 r = (u128)a * b;
  return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static uint64_t load_4(const unsigned char *p) {
  return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24;
}

static uint64_t load_8(const unsigned char *p) { return load_4(p) | load_4(p + 4) << 32; } // one load where bytes fit

// The last n < 8 bytes as one number.
static uint64_t load_rest(const unsigned char *p, size_t n) {
  if (n >= 4) return load_4(p) | load_4(p + n - 4) << 8 * (n - 4);
  return n ? (uint64_t)p[0] | (uint64_t)p[n / 2] << 8 * (n / 2) | (uint64_t)p[n - 1] << 8 * (n - 1) : 0;
}

uint64_t hash_bytes(const void *data, size_t n) {
  const unsigned char *p = data;
  uint64_t h = 0x9E3779B97F4A7C15u ^ n;
  for (; n >= 8; p += 8, n -= 8) h = mix(h ^ load_8(p), 0xD6E8FEB86659FD93u);
  h = mix(h ^ load_rest(p, n), 0xA0761D6478BD642Fu);
  return mix(h, 0xE7037ED1A0B428DBu);
}

void map_init(Map *m) { *m = (Map){0}; }

void map_fini(Map *m) {
  arena_fini(&m->keys);
  free(m->key);
  free(m->slot);
  *m = (Map){0};
}

static uint64_t first_slot(const Map *m, uint64_t h) { return h >> (64 - m->log); }

// The index of the key, or -1; *at gets its slot, or the free one where it belongs.
static int64_t find(const Map *m, Sv key, uint64_t h, uint64_t *at) {
  uint64_t mask = ((uint64_t)1 << m->log) - 1, s = first_slot(m, h);
  for (;; s = (s + 1) & mask) {
    uint64_t v = m->slot[s];
    *at = s;
    if (v == 0) return -1;
    if (v >> 32 == h >> 32 && sv_eq(m->key[(uint32_t)v - 1], key)) return (int64_t)(uint32_t)v - 1;
  }
}

int64_t map_get(const Map *m, Sv key) {
  uint64_t at;
  return m->slot ? find(m, key, hash_bytes(key.s, key.n), &at) : -1;
}

static void *resize_or_abort(void *p, size_t bytes) {
  void *q = realloc(p, bytes);
  if (!q) abort();
  return q;
}

// Slots in order of the hash stay nearly so in the larger table: each goes near twice its place.
static void grow(Map *m) {
  uint64_t *was = m->slot, slots = was ? (uint64_t)1 << m->log : 0;
  m->log = was ? m->log + 1 : FIRST_LOG;
  m->cap = (int64_t)1 << (m->log - 1);
  m->key = resize_or_abort(m->key, (size_t)m->cap * sizeof *m->key);
  m->slot = calloc((size_t)1 << m->log, sizeof *m->slot);
  if (!m->slot) abort();
  uint64_t mask = ((uint64_t)1 << m->log) - 1;
  for (uint64_t i = 0; i < slots; i++) {
    uint64_t s = first_slot(m, was[i]);
    if (!was[i]) continue;
    while (m->slot[s]) s = (s + 1) & mask;
    m->slot[s] = was[i];
  }
  free(was);
}

static const char *keep_text(Map *m, Sv key) {
  if (key.n + 1 > m->room) {
    m->chunk = m->chunk == 0 ? FIRST_CHUNK : m->chunk < LARGEST_CHUNK ? 2 * m->chunk : m->chunk;
    m->room = key.n + 1 > m->chunk ? key.n + 1 : m->chunk;
    m->text = arena_alloc(&m->keys, m->room);
  }
  char *text = m->text;
  if (key.n) memcpy(text, key.s, key.n);
  text[key.n] = 0;
  m->text += key.n + 1, m->room -= key.n + 1;
  return text;
}

static int64_t put(Map *m, Sv key, uint64_t h, bool *is_new) {
  uint64_t at;
  if (m->n == m->cap) grow(m);
  int64_t i = find(m, key, h, &at);
  if (is_new) *is_new = i < 0;
  if (i >= 0) return i;
  m->key[m->n] = (Sv){keep_text(m, key), key.n};
  m->slot[at] = (h >> 32 << 32) | (uint64_t)++m->n;
  return m->n - 1;
}

int64_t map_put(Map *m, Sv key, bool *is_new) { return put(m, key, hash_bytes(key.s, key.n), is_new); }

static void put_batch(Map *m, const Sv *key, int64_t n, uint32_t *index) {
  uint64_t h[BATCH];
  if (!m->slot) grow(m);
  for (int64_t i = 0; i < n; i++) {
    h[i] = hash_bytes(key[i].s, key[i].n);
    __builtin_prefetch(m->slot + first_slot(m, h[i]));
  }
  for (int64_t i = 0; i < n; i++) {
    uint32_t v = (uint32_t)m->slot[first_slot(m, h[i])];
    if (v) __builtin_prefetch(m->key + v - 1);
  }
  for (int64_t i = 0; i < n; i++) {
    uint32_t v = (uint32_t)m->slot[first_slot(m, h[i])];
    if (v) __builtin_prefetch(m->key[v - 1].s);
  }
  for (int64_t i = 0; i < n; i++) index[i] = (uint32_t)put(m, key[i], h[i], NULL);
}

void map_put_all(Map *m, const Sv *key, int64_t n, uint32_t *index) {
  for (int64_t i = 0; i < n; i += BATCH) put_batch(m, key + i, n - i < BATCH ? n - i : BATCH, index + i);
}
