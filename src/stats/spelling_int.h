// Shared by the files that look at spellings: keys under which texts meet, and the formats of a column's words.
#pragma once
#include "stats/quality_int.h"

// ---- keys (fold.c) -------------------------------------------------------------------------------------------------
// What two texts must be forgiven to be equal.
typedef enum {
  FOLD_SPACES, // around the text, and how many within it
  FOLD_CASE,
  FOLD_PUNCTUATION,
  FOLD_ACCENTS,
  FOLD_WORD_ORDER, // and words that come twice
  FOLD_BLANKS,     // any but those between digits, not the order of words
  FOLD_LETTERS,    // texts of the same pairs of neighbouring letters
  FOLD_LEVELS
} FoldLevel;
extern const char *const FOLD_NAMES[FOLD_LEVELS]; // "spaces", "case" ...
// Appends the key of `text` to `out`: texts are equal at a level when their keys are. FOLD_LETTERS: nothing is appended
// for texts that are too short for it. Signs that carry a meaning stay: between digits, + and - behind a letter, # % $.
void fold_text(Sv text, FoldLevel level, Str *out);

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
