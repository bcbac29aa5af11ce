// Text inside a rectangle of the screen, and lists that scroll.
#include "ui/rect_int.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

static bool has_line(Rect r, int y) { return y >= 0 && y < r.h; }

int rect_text(const Paint *p, Rect r, int x, int y, int w, const char *text, Style style) {
  if (!has_line(r, y) || x < 0 || x >= r.w) return 0;
  int room = w < r.w - x ? w : r.w - x;
  return room > 0 ? paint_text(p, r.x + x, r.y + y, room, text, style) : 0;
}

void rect_right(const Paint *p, Rect r, int from, int end, int y, const char *text, Style style) {
  if (from < 0) from = 0;
  if (has_line(r, y) && end < r.w && from <= end) paint_right(p, r.x + from, r.y + y, end - from + 1, text, style);
}

int rect_print(const Paint *p, Rect r, int x, int y, Style style, const char *fmt, ...) {
  char text[512];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(text, sizeof text, fmt, ap);
  va_end(ap);
  return rect_text(p, r, x, y, r.w, text, style);
}

void rect_put(const Paint *p, Rect r, int x, int y, Glyph g, Style style) {
  rect_text(p, r, x, y, 1, glyph(p, g), style);
}

void rect_cursor(const Paint *p, Rect r, int y) {
  if (!has_line(r, y)) return;
  rect_put(p, r, 0, y, G_CURSOR_ROW, STYLE_FOCUS);
  canvas_shade(p->c, r.x, r.y + y, r.w, EXTRA_ROW);
}

int64_t list_top(int64_t n, int64_t cursor, int64_t top, int h) {
  if (h < 1) return cursor > 0 ? cursor : 0;
  if (top > n - h) top = n - h;
  if (cursor >= top + h) top = cursor - h + 1;
  if (cursor < top) top = cursor;
  return top > 0 ? top : 0;
}
