// Search and replace in the cells of the notebook, and in the cell being edited.
#pragma once
#include "base/str.h"
#include "ui/paint_int.h"

#include <stdint.h>

typedef struct App App;

// A hit begins at byte `at` of cell `cell` (its id). Letters of either case fit, unless the text has a capital.
typedef struct Search {
  Str text, with; // empty = nothing is searched for; what replaces it
  bool marks;     // hits show
  int64_t cell;   // of the present hit, 0 = none
  size_t at;
  int64_t replaced; // so far, while replacing
} Search;
void search_fini(Search *s);
// The first hit in `text` from byte `from` on, or (backward) the last that begins before it.
bool search_find(const Search *s, Sv text, size_t from, bool backward, size_t *at);
int64_t search_count(const Search *s, Sv text);
// Marks the hits in a line, which begins at byte `begin` of cell `id` and stands at (x, y) in w columns from
// its column `skip` on.
void search_mark(const Search *s, const Paint *p, int x, int y, int w, Sv line, int skip, int64_t id, size_t begin);
void search_accept(App *a, const char *line);       // of the prompts: what is searched for,
void replace_accept(App *a, const char *line);      // is to be replaced,
void replace_with_accept(App *a, const char *line); // and by what
void search_forget(App *a);                         // its marks go
