// Painting inside a pane's rectangle: places count from its upper left corner, and nothing gets outside.
#pragma once
#include "ui/paint_int.h"

// Text from column x on, at most `w` columns and never past the right edge; returns the columns used.
int rect_text(const Paint *p, Rect r, int x, int y, int w, const char *text, Style style);
// Text that ends in column `end` and begins in column `from` or later (cut). Nothing when `end` is outside.
void rect_right(const Paint *p, Rect r, int from, int end, int y, const char *text, Style style);
// The same, formatted.
int rect_print(const Paint *p, Rect r, int x, int y, Style style, const char *fmt, ...) PRINTF(6, 7);
void rect_put(const Paint *p, Rect r, int x, int y, Glyph g, Style style);
// The line under the cursor of a list: shaded, with its mark at the left edge.
void rect_cursor(const Paint *p, Rect r, int y);
// First line of a list of n that shows, so that the cursor is among the `h` lines from it: as near to `top` as can be.
int64_t list_top(int64_t n, int64_t cursor, int64_t top, int h);
