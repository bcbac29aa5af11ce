// Which items of two lists belong together: a longest common subsequence.
#pragma once
#include "base/mem.h"
#include "base/str.h"

// Of each of the n items of x its partner among the m of y, or -1: equal texts, in both in the same order, as many as
// there can be; where the lists differ in more than some thousand places, fewer. Lives in the arena.
int64_t *match_make(const Sv *x, int64_t n, const Sv *y, int64_t m, Arena *a);
// The lines of `text` without their ends; *n how many. Lives in the arena.
Sv *match_lines(Sv text, int64_t *n, Arena *a);
// What differs, as lines with "- ", "+ " and three lines around each place with "  "; nothing when they are equal.
void match_print(Sv x, Sv y, Str *out);
