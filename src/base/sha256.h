// SHA-256 (FIPS 180-4), for the identity of inputs, code and results.
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct Sha256 {
  uint32_t h[8];
  uint64_t bytes;
  unsigned char block[64];
} Sha256;

void sha256_init(Sha256 *s);
void sha256_add(Sha256 *s, const void *data, size_t n);
void sha256_end(Sha256 *s, unsigned char digest[32]);
// Ends and prints 64 hexadecimal digits and a NUL.
void sha256_hex(Sha256 *s, char hex[65]);
