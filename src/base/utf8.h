// UTF-8 and columns of a terminal, the same in every locale.
#pragma once
#include "base/str.h"

// Decodes one code point at s[0..n), n >= 1; *len gets the bytes used. A malformed byte gives 0xFFFD and length 1.
uint32_t utf8_decode(const char *s, size_t n, int *len);
int utf8_encode(uint32_t cp, char out[4]);
bool utf8_valid(const char *s, size_t n);
// Columns of one code point: 0 combining and control, 2 East Asian wide and emoji, else 1.
int utf8_cp_width(uint32_t cp);
int utf8_width(Sv text);
// Bytes of the longest prefix of `text` that is at most `columns` wide.
size_t utf8_fit(Sv text, int columns);
