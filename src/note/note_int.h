// What the files of this room share.
#pragma once
#include "note/note.h"

typedef struct Marker {
  int depth; // extra percent signs
  NoteKind kind;
  Sv title, meta; // borrowed from the line
} Marker;

// Takes a marker line apart; false when `line` (without its line end) is none.
bool marker_parse(Sv line, Marker *m);
void marker_print(const Marker *m, Str *out); // with a line end
// The strings of tags=["a", "b"] in metadata; none when it is malformed.
Names marker_tags(Sv meta, Arena *a);
