// A text of several lines under edit: cursor, kills, undo without limit, bracket match. Knows neither screen nor
// kernel.
#pragma once
#include "base/str.h"
#include "ui/keys_int.h"

typedef struct EditStep EditStep;
typedef struct Editor {
  Str text;
  size_t at;   // byte of the cursor, at the start of a character
  size_t mark; // of the region, (size_t)-1 = none
  int want;    // column that Up and Down aim at, -1 = that of the cursor
  Str kill;    // what ^Y puts back; kills in a row add up
  bool killing;
  EditStep *step; // undo
  int64_t nstep, step_at, step_cap;
  int64_t top; // first line on the screen; the pane's
} Editor;

void editor_init(Editor *e, Sv text, size_t at);
void editor_fini(Editor *e);
// readline's default emacs keys and the usual ones: arrows, Home End, ^A ^E ^F ^B ^P ^N, Alt-F Alt-B words, ^D Delete,
// ^H Backspace, ^K ^U ^W Alt-D Alt-Backspace kills, ^Y yank, ^T transpose, ^_ undo (Alt-_ redo), Enter with the
// indentation of the line (one level more after then do else repeat function { ( , one less for end } ) else until
// typed first on a
// line), Tab at the beginning of a line indents by two columns, PgUp PgDn, Alt-< Alt->, Alt-; comments a line. Pasted
// text goes in as it is.
// Characters are graphemes as far as combining marks go. False: not a key of the editor.
bool editor_key(Editor *e, const Key *key);
void editor_insert(Editor *e, const char *text, size_t n);
// Replaces bytes from..at with text, as completion does.
void editor_replace(Editor *e, size_t from, const char *text);
void editor_place(const Editor *e, int64_t *line, int *column); // 0-based; columns as utf8_width
void editor_put(Editor *e, int64_t line, int column);           // nearest place; for the mouse
int64_t editor_lines(const Editor *e);
Sv editor_line(const Editor *e, int64_t line);
// Byte of the bracket that matches the one under or before the cursor; (size_t)-1 = none. Strings and comments are
// skipped.
size_t editor_match(const Editor *e);
