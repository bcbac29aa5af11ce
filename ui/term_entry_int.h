// What terminfo knows of a terminal.
#pragma once
#include "draw/draw.h"

typedef struct TermEntry {
  char name[80];    // of the entry to use, which may be a richer one than TERM's
  ThemeDepth depth; // the most that it can
  bool cursor;      // can be placed
  char leave[128];  // what leaves the alternate screen; empty: there is none
} TermEntry;
// The entry for TERM's value and the colours wanted. false: not known.
bool term_entry_find(const char *term, ThemeDepth want, TermEntry *out);
