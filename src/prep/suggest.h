// Steps that the values of a frame ask for: a proposal to read, of which nothing is applied.
#pragma once
#include "prep/preview.h"

typedef struct Suggestion {
  const char *rule;           // of suggest_rules
  const char *lua;            // prep.merge{"sex"}; NULL: a remark, for which there is no step
  Names columns;              // those that it is about
  int64_t rows;               // rows that it changes; all where columns come or go; of remarks, those that it is about
  const char *reason;         // a sentence with its numbers
  const PreviewColumn *shape; // bars of the first column that changes, before and after; NULL: none does
} Suggestion;

typedef struct Suggestions {
  Suggestion *item;
  int64_t n;
  Arena arena;
} Suggestions;

// In the order in which steps make sense: types are mended first, then columns without use, variants and missing
// values, then shapes. Each is judged on the frame as those before it leave it. `target` (NULL: none) is no feature: no
// step names it, and columns that leak it and classes out of balance are told too. *out is to be freed, after an error
// too. ERR_NAME no such target, ERR_MEMORY, ERR_CANCELLED. O(n p log n); with a target as stats_report on a sample.
NODISCARD ErrCode prep_suggest(Job *job, const Frame *f, const char *target, Suggestions *out, Err *err);
void suggestions_free(Suggestions *s);
// step (Lua, or missing), columns, rows, reason, rule; the caption counts them.
NODISCARD ErrCode suggestions_table(Job *job, const Suggestions *s, Frame **out, Err *err);
// "p = pipe{...}" of the items that `use` marks (NULL: all that have a step). Appends nothing where there are none.
void suggestions_print(const Suggestions *s, const bool *use, Str *out);
// Name and doc of rule k; false past the last.
bool suggest_rules(int k, const char **name, const char **doc);
