// A map from text to a small index: the n-th distinct key gets index n. Open addressing; keys keep their order.
#pragma once
#include "base/mem.h"
#include "base/str.h"

typedef struct Map {
  Arena keys;
  Sv *key;      // key[i] for 0 <= i < n
  int64_t n, cap;
  int32_t *slot; // index + 1, or 0
  uint64_t *hash;
  int64_t nslot;
} Map;

void map_init(Map *m);
void map_fini(Map *m);
int64_t map_get(const Map *m, Sv key);          // index, or -1
int64_t map_put(Map *m, Sv key, bool *is_new);  // index; copies a new key; is_new may be NULL
uint64_t hash_bytes(const void *p, size_t n);   // 64-bit, the same on every machine; not for secrets
