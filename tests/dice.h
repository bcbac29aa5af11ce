// Random numbers for tests: the same ones for the same seed and use.
#pragma once
#include "base/rng.h"

#include <stdbool.h>

typedef struct Dice {
  RngKey key;
  uint64_t row, draw;
} Dice;

static inline Dice dice(uint64_t seed, const char *use) { return (Dice){rng_key(seed, use), 0, 0}; }
static inline uint64_t roll(Dice *d) { return rng_u64(d->key, d->row, d->draw++); }
static inline int64_t below(Dice *d, int64_t n) { return rng_below(d->key, d->row, d->draw++, n); }
static inline bool coin(Dice *d) { return below(d, 2); }
