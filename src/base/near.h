// The nearest of some names, for "did you mean".
#pragma once
#include "base/str.h"

// Index of the name that is nearest to `given` (case folded; edit distance with swaps, a shared prefix counts as
// near), or -1 when none is near enough to be meant.
int64_t near_find(Sv given, const Sv *names, int64_t n);
// Writes ": did you mean 'x'?" or, when nothing is near and few names exist, ": there are a, b, c" into buf.
void near_hint(char *buf, size_t size, Sv given, const Sv *names, int64_t n);
