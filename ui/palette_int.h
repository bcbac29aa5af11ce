// The palette: everything that can be done, found by typing. Rows come from the key table, the commands of the : line
// and the kernel's catalogue, so that nothing is listed twice and nothing is forgotten.
#pragma once
#include "ui/draft_int.h"
#include "ui/field_int.h"
#include "ui/fuzzy_int.h"
#include "ui/recall_int.h"

typedef struct PaletteRow {
  const Action *act;      // what a key does; NULL = no key
  const WireEntry *entry; // of the catalogue; NULL = none
  int command;            // of the : line; -1 = none
  const char *words, *key, *lua, *kind, *doc;
  const char *id; // what the file of recent ones calls it
} PaletteRow;

enum { PALETTE_FIELDS = 4 };
typedef struct PaletteHit {
  int row, score;
  FuzzyHits hits[PALETTE_FIELDS]; // of words, lua, kind, doc
} PaletteHit;

typedef struct Palette {
  bool open, recent_only;
  Field query;
  Msg catalogue; // MSG_CATALOGUE; MSG_NONE = not there yet
  uint64_t catalogue_asked, draft_asked;
  PaletteRow *row;
  int nrow;
  PaletteHit *hit;
  int nhit, at, top, lines;
  Rect list;       // where the hits stood last
  Draft draft;     // of the call that is chosen
  char *draft_for; // its topic; NULL = none
  Recall recent;
  Arena arena; // of rows
  Arena words; // of completions
} Palette;

const MsgCatalogue *palette_catalogue(App *a); // waited for when it is not there yet; NULL = the kernel does not answer
Arena *palette_words(App *a);                  // emptied
// Makes the rows anew: the table, the cursor and the pane may have changed (palette_rows.c).
void palette_rows(App *a, Palette *p);
void palette_match(App *a, Palette *p); // the hits of what is typed, best first
void palette_draw(App *a, Palette *p, const Paint *paint);
// The Lua that the chosen row will add, exact where its options are known. False: `why` says what is missing.
bool palette_lua(const App *a, const Palette *p, Str *lua, Str *why);
const PaletteRow *palette_chosen(const Palette *p); // NULL = nothing matches
