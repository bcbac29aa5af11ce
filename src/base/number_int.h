// Shared by number.c and its table.
#pragma once
#include <stdint.h>

enum { POW5_FIRST = -342, POW5_LAST = 308 };
extern const uint64_t POW5[POW5_LAST - POW5_FIRST + 1][2];
