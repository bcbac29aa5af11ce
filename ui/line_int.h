// One line of input as cells: a text whose control characters show, scrolled about its cursor.
#pragma once
#include "ui/paint_int.h"

typedef struct Line {
  const char *label; // stands before the text, in focus
  Sv text;
  size_t at; // byte of the cursor
  bool lua;  // colours its tokens
} Line;

// Draws into r's first line and gives the column of the cursor and that of byte `from` of the text. `scroll`: columns
// of the text that are off at the left; changed only as far as the cursor needs it.
void line_draw(const Line *line, const Paint *paint, Rect r, size_t from, int *scroll, int *cursor_x, int *from_x);
