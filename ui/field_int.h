// One line of text that is typed in place: what is looked for, the value of an option. Knows no terminal.
#pragma once
#include "ui/keys_int.h"
#include "ui/paint_int.h"

typedef struct Field {
  Str text;
  size_t at;  // byte of the cursor
  int scroll; // columns that are off at the left
} Field;

void field_fini(Field *f);
void field_set(Field *f, const char *text); // the cursor behind it
static inline const char *field_text(const Field *f) { return str_c(&f->text); }
// Text, pasted text, and readline's plain keys: ^A ^E ^B ^F ^D ^H ^K ^U ^W, arrows, Home, End. False: not a key of it,
// or nothing that it could do.
bool field_key(Field *f, const Key *key);
// Draws it in w columns with its cursor cell when `focused`.
void field_draw(Field *f, const Paint *p, int x, int y, int w, Style style, bool focused);
