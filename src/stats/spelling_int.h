// Shared by the files that look at spellings: the formats of a column's words.
#pragma once
#include "stats/quality.h"
#include "stats/quality_int.h"

// ---- formats (formats.c) -------------------------------------------------------------------------------------------
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
// Several formats of what is one kind of value: at least half of the rows have a format that begins with a number, the
// formats are few beside the words, and the words are not the few levels of a category.
bool shapes_are_mixed(const Shapes *s, const WordCounts *w);
