// Fuzzy matching for lists that are narrowed down by typing.
#pragma once
#include "base/str.h"

enum { FUZZY_MOST = 128, FUZZY_FIELDS = 4 }; // bytes of a text whose hits are marked
typedef struct FuzzyHits {
  bool byte[FUZZY_MOST];
} FuzzyHits;
typedef struct FuzzyField {
  const char *text;
  bool name; // a name, in which letters may be left out
} FuzzyField;

// How well the fields, the most telling first, hold all words of the query: 0 not at all. hits[k] are the bytes of
// field k that matched. An empty query matches everything alike.
int fuzzy_match(Sv query, const FuzzyField *field, int n, FuzzyHits *hits);
