#include "base/map.h"

#include <stdlib.h>

static uint64_t mix(uint64_t a, uint64_t b) {
  __extension__ typedef unsigned __int128 u128;
  u128 r = (u128)a * b;
  return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static uint64_t load(const unsigned char *p, size_t n) {
  uint64_t v = 0;
  for (size_t i = 0; i < n; i++) v |= (uint64_t)p[i] << (8 * i);
  return v;
}

uint64_t hash_bytes(const void *data, size_t n) {
  const unsigned char *p = data;
  uint64_t h = 0x9E3779B97F4A7C15u ^ n;
  for (; n >= 8; p += 8, n -= 8) h = mix(h ^ load(p, 8), 0xD6E8FEB86659FD93u);
  h = mix(h ^ load(p, n), 0xA0761D6478BD642Fu);
  return mix(h, 0xE7037ED1A0B428DBu);
}

void map_init(Map *m) { *m = (Map){0}; }

void map_fini(Map *m) {
  arena_fini(&m->keys);
  free(m->key);
  free(m->slot);
  free(m->hash);
  *m = (Map){0};
}

static int64_t find(const Map *m, Sv key, uint64_t h, int64_t *at) {
  int64_t mask = m->nslot - 1, s = (int64_t)(h & (uint64_t)mask);
  for (;; s = (s + 1) & mask) {
    int32_t v = m->slot[s];
    *at = s;
    if (v == 0) return -1;
    if (m->hash[v - 1] == h && sv_eq(m->key[v - 1], key)) return v - 1;
  }
}

int64_t map_get(const Map *m, Sv key) {
  int64_t at;
  return m->nslot ? find(m, key, hash_bytes(key.s, key.n), &at) : -1;
}

static void *resize_or_abort(void *p, size_t bytes) {
  void *q = realloc(p, bytes);
  if (!q) abort();
  return q;
}

static void grow(Map *m) {
  m->cap = m->cap ? m->cap * 2 : 8;
  m->nslot = m->cap * 2;
  m->key = resize_or_abort(m->key, (size_t)m->cap * sizeof *m->key);
  m->hash = resize_or_abort(m->hash, (size_t)m->cap * sizeof *m->hash);
  free(m->slot);
  m->slot = calloc((size_t)m->nslot, sizeof *m->slot);
  if (!m->slot) abort();
  for (int64_t i = 0, at; i < m->n; i++) {
    find(m, m->key[i], m->hash[i], &at);
    m->slot[at] = (int32_t)(i + 1);
  }
}

int64_t map_put(Map *m, Sv key, bool *is_new) {
  if (m->n == m->cap) grow(m);
  uint64_t h = hash_bytes(key.s, key.n);
  int64_t at, i = find(m, key, h, &at);
  if (is_new) *is_new = i < 0;
  if (i >= 0) return i;
  m->key[m->n] = (Sv){arena_strndup(&m->keys, key.s, key.n), key.n};
  m->hash[m->n] = h;
  m->slot[at] = (int32_t)++m->n;
  return m->n - 1;
}
