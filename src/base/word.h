// Eight characters at once: a word that holds them, the first in its lowest byte.
#pragma once
#include <stdint.h>
#include <string.h>

static const uint64_t WORD_ONES = 0x0101010101010101, WORD_TOPS = 0x8080808080808080; // the low, the top bit of each
static const uint64_t WORD_ZEROS = 0x3030303030303030;                                // "00000000"

static inline uint64_t word_load(const char *s) {
  uint64_t w;
  memcpy(&w, s, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  w = __builtin_bswap64(w);
#endif
  return w;
}

// Of a word in which '0' was taken off every byte (word_load(s) ^ WORD_ZEROS): not 0 when some byte is no digit.
static inline uint64_t word_odd(uint64_t digits) { return (digits | (digits + 0x76 * WORD_ONES)) & WORD_TOPS; }

// Digits 0 to 9 in each byte as a number; the first byte weighs most.
static inline uint64_t word_value(uint64_t digits) {
  digits = digits * (10 << 8 | 1) >> 8 & 0x00FF00FF00FF00FF;
  digits = digits * (100 << 16 | 1) >> 16 & 0x0000FFFF0000FFFF;
  return digits * (10000ull << 32 | 1) >> 32;
}
