// A map from text to a small index: the n-th distinct key gets index n. Open addressing; keys keep their order.
#pragma once
#include "base/mem.h"
#include "base/str.h"

typedef struct Map {
  Arena keys;
  Sv *key;        // key[i] for 0 <= i < n, each with a NUL behind it
  int64_t n, cap; // below 2^31
  uint64_t *slot; // upper half of the hash, then index + 1; 0: free
  int log;        // of the number of slots
  char *text;     // room for more keys
  size_t room, chunk;
} Map;

void map_init(Map *m);
void map_fini(Map *m);
int64_t map_get(const Map *m, Sv key);         // index, or -1
int64_t map_put(Map *m, Sv key, bool *is_new); // index; copies a new key; is_new may be NULL
// index[i] = map_put(key[i]) for 0 <= i < n, with memory asked for ahead: for many keys in a large map.
void map_put_all(Map *m, const Sv *key, int64_t n, uint32_t *index);
uint64_t hash_bytes(const void *p, size_t n); // 64-bit, the same on every machine; not for secrets
