// Markdown as plain lines of the screen: headings strong, list marks dim, emphasis by style, its signs gone.
#pragma once
#include "ui/paint_int.h"

// Paints `text` at (x, y) in w columns, lines broken at blanks; returns how many lines it takes. p NULL: only counts.
// Lines above row 0 or below the canvas are left out.
int markdown_draw(const Paint *p, int x, int y, int w, Sv text);
