// Shared by inconsistent.c and formats.c: the formats of a column's words.
#pragma once
#include "stats/quality_int.h"

enum { SHAPE_EXAMPLES = 3 };

typedef struct Shape {
  Sv text; // "9'99", "999 cm"
  int64_t rows, words;
  bool number;                    // begins with a number
  Sv example[SHAPE_EXAMPLES];     // the most frequent words, the first among equals
  int64_t example_n[SHAPE_EXAMPLES];
} Shape;

typedef struct Shapes {
  Arena arena;
  Shape *item; // most frequent first, the first among equals
  int64_t n, rows;
} Shapes;

void shapes_init(Shapes *s, const WordCounts *w);
void shapes_fini(Shapes *s);
// Several formats of what is one kind of value: at least half of the rows have a format that begins with a number, and
// the formats are few beside the words.
bool shapes_are_mixed(const Shapes *s, const WordCounts *w);
