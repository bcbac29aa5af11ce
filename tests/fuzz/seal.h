// The checksum line of a stored text (base/store.h), made to fit again after a change, so that a reader looks at the
// rest; without it nearly every change would stop there.
#pragma once
#include "base/sha256.h"
#include "base/str.h"

enum { SEAL_BYTES = 72 };

static inline void seal(Str *s, size_t begin) { // of the last entry, which begins at `begin`
  Sha256 h;
  char hex[65];
  if (s->n < begin + SEAL_BYTES) return;
  s->n -= SEAL_BYTES;
  if (s->n && s->s[s->n - 1] != '\n') str_addc(s, '\n');
  sha256_init(&h);
  sha256_add(&h, s->s + begin, s->n - begin);
  sha256_hex(&h, hex);
  str_addf(s, "sha256 %s\n", hex);
}
