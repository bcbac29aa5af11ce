// Markdown as plain lines of the screen: headings strong, list marks dim, emphasis by style, its signs gone.
#pragma once
#include "ui/paint_int.h"

// Paints `text` at (x, y) in w columns, lines broken at blanks; returns how many lines it takes, at least one. p NULL:
// only counts. Lines above row 0 or below the canvas are left out.
int markdown_draw(const Paint *p, int x, int y, int w, Sv text);

// ---- what its files share -----------------------------------------------------------------------------------------
typedef struct Marked { // text with a style for each byte; \n breaks a line
  Str text, style;
} Marked;
void marked_add(Marked *m, const char *s, size_t n, Style style);
void marked_clear(Marked *m);
void marked_fini(Marked *m);
// Bytes of a first line from byte `at` that fit in w columns, broken at a blank; *next: where the next one begins.
size_t marked_break(const Marked *m, size_t at, int w, size_t *next);
void marked_paint(const Paint *p, int x, int y, int w, const Marked *m, size_t from, size_t n);

typedef enum { MARK_LEFT, MARK_CENTER, MARK_RIGHT, MARK_AUTO } MarkAlign; // AUTO: numbers at the right

typedef struct MarkTable { // cells row after row, the first row its header
  Marked *cell;
  MarkAlign *align; // of each column
  int ncol;
  int64_t n, cap;
} MarkTable;
void mark_table_add(MarkTable *t, Marked *cell, MarkAlign align); // takes the cell's text
void mark_table_fini(MarkTable *t);
typedef struct MarkLine { // takes a whole line; knows what stands at its left
  void (*put)(void *ctx, const Marked *m);
  void *ctx;
} MarkLine;
// Line by line: columns as wide as they need, where that is too much the widest ones with their cells broken.
void mark_table_draw(const MarkTable *t, int w, MarkLine out);
