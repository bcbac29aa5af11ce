#include "base/rng.h"

typedef struct Block {
  uint32_t w[4];
} Block;

static Block philox(RngKey key, Block c) {
  for (int round = 0; round < 10; round++) {
    uint64_t a = (uint64_t)0xD2511F53u * c.w[0], b = (uint64_t)0xCD9E8D57u * c.w[2];
    c = (Block){{(uint32_t)(b >> 32) ^ c.w[1] ^ key.k[0], (uint32_t)b, (uint32_t)(a >> 32) ^ c.w[3] ^ key.k[1],
                 (uint32_t)a}};
    key.k[0] += 0x9E3779B9u;
    key.k[1] += 0xBB67AE85u;
  }
  return c;
}

RngKey rng_key(uint64_t seed, const char *stage) {
  uint64_t h = 0xCBF29CE484222325u; // FNV-1a of the stage, then one Philox block mixes it with the seed
  for (const char *s = stage; *s; s++) h = (h ^ (unsigned char)*s) * 0x100000001B3u;
  RngKey key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
  Block b = philox(key, (Block){{(uint32_t)h, (uint32_t)(h >> 32), 0, 0}});
  return (RngKey){{b.w[0], b.w[1]}};
}

uint64_t rng_u64(RngKey key, uint64_t row, uint64_t draw) {
  Block b = philox(key, (Block){{(uint32_t)row, (uint32_t)(row >> 32), (uint32_t)draw, (uint32_t)(draw >> 32)}});
  return (uint64_t)b.w[1] << 32 | b.w[0];
}

double rng_unit(RngKey key, uint64_t row, uint64_t draw) {
  return (double)(rng_u64(key, row, draw) >> 11) * 0x1p-53;
}

int64_t rng_below(RngKey key, uint64_t row, uint64_t draw, int64_t n) {
  __extension__ typedef unsigned __int128 u128;
  return (int64_t)((u128)rng_u64(key, row, draw) * (uint64_t)n >> 64);
}

void rng_shuffle(RngKey key, int64_t *x, int64_t n) {
  for (int64_t i = n - 1; i > 0; i--) {
    int64_t j = rng_below(key, (uint64_t)i, 0, i + 1), t = x[i];
    x[i] = x[j], x[j] = t;
  }
}
