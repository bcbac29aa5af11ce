// A text of several lines under edit: cursor, kills, undo without limit, bracket match. Knows neither screen nor
// kernel.
#pragma once
#include "base/str.h"
#include "ui/keys_int.h"

enum { KILLS = 16 };
typedef struct EditStep EditStep;
typedef struct Editor {
  Str text;
  size_t at;       // byte of the cursor, at the start of a character
  size_t mark;     // of the region (^Space), (size_t)-1 = none; any change ends it
  int want;        // column that Up and Down aim at, -1 = that of the cursor
  Str kill[KILLS]; // the latest first; what ^Y puts back, and Alt-Y after it; kills in a row add up
  bool killing;
  int yanked;      // which of them was put back just now, -1 = none
  size_t yank_at;  // and where it begins
  uint32_t prefix; // a key that waits for the next: 'x' ^X, ']' and '[' ^] forward and back; 0 = none
  int count;       // of Alt-digits, 0 = none
  bool plain;      // no Lua: Enter keeps the indentation as it is, nothing moves a line by itself
  EditStep *step;  // undo
  int64_t nstep, step_at, step_cap;
  int64_t changes; // grows with every change of the text, undo included
  size_t *begin;   // byte of each line
  int64_t nline, line_cap;
} Editor;

void editor_init(Editor *e, Sv text, size_t at);
void editor_fini(Editor *e);
// readline's default emacs keys and the usual ones: arrows, Home End, ^A ^E ^F ^B ^P ^N, Alt-F Alt-B words (also with
// ^Left ^Right), ^D Delete, ^H Backspace, ^K ^U ^W Alt-D Alt-Backspace kills, ^Y yank, ^T Alt-T transpose, Alt-U Alt-L
// Alt-C case, Alt-\ blanks, ^_ undo (Alt-_ redo), Alt-Y the kill before, Alt-R as it was at first, ^] and Alt-^] to a
// character, ^X^X to the mark, Alt-digits how often, PgUp PgDn, Alt-< Alt->, Alt-; comments lines and back, ^Space sets
// the mark (then ^W kills the region, Alt-W copies it). Enter indents as the line, one level more after then do else
// repeat function { (, one less for end } ) else until typed first on a line. Tab indents by two columns where only
// blanks stand before the cursor, Shift-Tab takes two away. Pasted text goes in as it is. Characters are graphemes as
// far as combining marks go. False: not a key of the editor, and nothing has changed.
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

// ---- what the editor's files share --------------------------------------------------------------------------------
typedef enum {
  EDIT_ONCE,   // a step of its own
  EDIT_TYPED,  // joins what was typed just before, up to the beginning of a word
  EDIT_ERASED, // the same for Backspace and Delete
  EDIT_JOINED, // undone and done again together with the step before
} EditKind;
// Replaces bytes from..to by `text`, as an undoable step; the cursor goes to byte `cursor` of the new text.
void edit_change(Editor *e, size_t from, size_t to, Sv text, size_t cursor, EditKind kind);
void edit_close(Editor *e);          // what is typed from here on is another step
bool edit_undo(Editor *e, int step); // -1 back, +1 forward; false: there is none
// Places (editor_move.c): the character, word and line borders around byte `at`.
size_t edit_next(const Editor *e, size_t at);
size_t edit_prev(const Editor *e, size_t at);
size_t edit_snap(const Editor *e, size_t at); // the nearest border of a character from there on
size_t edit_word_next(const Editor *e, size_t at);
size_t edit_word_prev(const Editor *e, size_t at);
size_t edit_line_begin(const Editor *e, size_t at);
size_t edit_line_end(const Editor *e, size_t at);
size_t edit_blanks_end(const Editor *e, size_t at); // past the spaces and tabs there
bool edit_is_word(char c);
// Lua (editor_lua.c).
void edit_newline(Editor *e);
void edit_reindent(Editor *e, size_t typed); // after `typed` bytes were typed
