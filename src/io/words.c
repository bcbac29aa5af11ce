// Distinct words under construction: an open table whose slots hold words of up to 16 bytes themselves, so that a
// look-up of one costs one place in memory. Words are numbered as they come.
#include "io/csv_int.h"

#include <stdlib.h>

void words_fini(Words *w) {
  mem_free(w->slot);
  free(w->word);
  arena_fini(&w->arena);
  *w = (Words){0};
}

static uint64_t mix(uint64_t a, uint64_t b) {
  __extension__ typedef unsigned __int128 u128;
  u128 r = (u128)a * b;
  return (uint64_t)r ^ (uint64_t)(r >> 64);
}

static uint64_t load8(const char *s) {
  uint64_t v;
  memcpy(&v, s, sizeof v);
  return v;
}

uint64_t words_hash(Sv text, WordSlot *key) {
  *key = (WordSlot){.len = (uint32_t)text.n};
  if (text.n <= 16) { // the bytes behind the text are there, and masked away
    if (text.n) key->a = load8(text.s) & (text.n < 8 ? (1ull << 8 * text.n) - 1 : UINT64_MAX);
    if (text.n > 8) key->b = load8(text.s + 8) & (text.n < 16 ? (1ull << 8 * (text.n - 8)) - 1 : UINT64_MAX);
    return mix(key->a ^ 0x9E3779B97F4A7C15u ^ text.n, key->b ^ 0xD6E8FEB86659FD93u);
  }
  uint64_t h = 0xA0761D6478BD642Fu ^ text.n;
  size_t i = 0;
  for (; i + 8 < text.n; i += 8) h = mix(h ^ load8(text.s + i), 0xD6E8FEB86659FD93u);
  h = mix(h ^ load8(text.s + text.n - 8), 0xE7037ED1A0B428DBu);
  key->a = h;
  return h;
}

static WordSlot *slot_of(const Words *w, uint64_t hash, const WordSlot *key, Sv text) {
  uint64_t mask = (uint64_t)w->nslot - 1;
  for (uint64_t s = hash & mask;; s = (s + 1) & mask) {
    WordSlot *at = &w->slot[s];
    if (!at->id) return at;
    if (at->a != key->a || at->len != key->len) continue;
    if (key->len <= 16 ? at->b == key->b : memcmp((const char *)(uintptr_t)at->b, text.s, text.n) == 0) return at;
  }
}

int64_t words_find(const Words *w, uint64_t hash, const WordSlot *key, Sv text) {
  return w->nslot ? (int64_t)slot_of(w, hash, key, text)->id - 1 : -1;
}

static void put_again(Words *w, const WordSlot *slot) {
  Sv text = w->word[slot->id - 1];
  WordSlot key; // a word in the arena has PAD bytes behind it
  uint64_t hash = words_hash(text, &key);
  *slot_of(w, hash, slot, text) = *slot;
}

static void grow(Words *w) {
  WordSlot *old = w->slot;
  int64_t n = w->nslot;
  w->nslot = n ? n * 2 : 64;
  w->slot = mem_new((size_t)w->nslot * sizeof *w->slot);
  if (!w->slot) abort();
  memset(w->slot, 0, (size_t)w->nslot * sizeof *w->slot);
  for (int64_t s = 0; s < n; s++)
    if (old[s].id) put_again(w, &old[s]);
  mem_free(old);
}

int64_t words_put(Words *w, uint64_t hash, const WordSlot *key, Sv text) {
  if (2 * (w->n + 1) > w->nslot) grow(w);
  WordSlot *at = slot_of(w, hash, key, text);
  if (at->id) return at->id - 1;
  if (w->n == w->cap) {
    w->cap = w->cap ? w->cap * 2 : 64;
    w->word = realloc(w->word, (size_t)w->cap * sizeof *w->word);
    if (!w->word) abort();
  }
  char *copy = arena_alloc(&w->arena, text.n + 16);
  if (text.n) memcpy(copy, text.s, text.n);
  w->word[w->n] = (Sv){copy, text.n};
  *at = *key;
  if (key->len > 16) at->b = (uint64_t)(uintptr_t)copy;
  at->id = (uint32_t)++w->n;
  return w->n - 1;
}
