// Random numbers keyed by (seed, stage, row, draw): any draw can be made at any time by any thread, so results do not
// depend on the number of threads or on the order of the work.
// Source: Philox4x32-10, Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#pragma once
#include <stdint.h>

typedef struct RngKey {
  uint32_t k[2];
} RngKey;

// `stage` names the use ("split", "logistic.start"), so that two uses of one seed are independent.
RngKey rng_key(uint64_t seed, const char *stage);
uint64_t rng_u64(RngKey key, uint64_t row, uint64_t draw);
double rng_unit(RngKey key, uint64_t row, uint64_t draw);               // [0, 1), 53 bits
int64_t rng_below(RngKey key, uint64_t row, uint64_t draw, int64_t n);  // [0, n), n >= 1, bias below n / 2^64
void rng_shuffle(RngKey key, int64_t *x, int64_t n);                    // Fisher-Yates in place
