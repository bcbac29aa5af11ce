#include "ui/line_int.h"

#include "base/utf8.h"
#include "note/note.h"

// What a character shows as: itself, or a line end as an arrow, another control character as ^X.
typedef struct Glimpse {
  char text[8];
  int columns;
  bool control;
} Glimpse;

static Glimpse glimpse(uint32_t cp, bool ascii) {
  Glimpse g = {.control = cp < 0x20 || cp == 0x7F};
  if (cp == '\n' && !ascii) return (Glimpse){"↵", 1, true};
  if (g.control) return (Glimpse){{'^', (char)(cp ^ 0x40)}, 2, true};
  g.columns = utf8_cp_width(cp);
  utf8_encode(cp, g.text);
  return g;
}

// Columns of the text before byte `at`.
static int column_of(Sv text, size_t at, bool ascii) {
  int columns = 0, len;
  for (size_t i = 0; i < at && i < text.n; i += (size_t)len)
    columns += glimpse(utf8_decode(text.s + i, text.n - i, &len), ascii).columns;
  return columns;
}

static Style style_of(TokenKind kind) {
  switch (kind) {
  case TOKEN_KEYWORD: return STYLE_KEYWORD;
  case TOKEN_STRING: return STYLE_STRING;
  case TOKEN_COMMENT: return STYLE_NOTE;
  default: return STYLE_FG;
  }
}

// The cursor has one column to spare behind the last character; at a cut end it stays clear of the mark.
static void scroll_to(int cursor, int total, int w, int *scroll) {
  int right = w - (cursor < total ? 2 : 1);
  if (total < w) *scroll = 0;
  else if (*scroll > total + 1 - w) *scroll = total + 1 - w;
  if (cursor - *scroll > right) *scroll = cursor - right;
  else if (*scroll && cursor - *scroll < 1) *scroll = cursor > 1 ? cursor - 1 : 0;
}

typedef struct Place {
  const Paint *paint;
  int x, y, w, scroll, column;
  bool ascii;
} Place;

// Draws bytes of one style and moves on; what is off at either side is left out.
static void draw_run(Place *at, Sv text, Style style) {
  int len;
  for (size_t i = 0; i < text.n; i += (size_t)len) {
    Glimpse g = glimpse(utf8_decode(text.s + i, text.n - i, &len), at->ascii);
    int column = at->column - at->scroll;
    bool shows = g.columns ? column >= 0 : column > 0; // a combining mark goes with what stands before it
    if (shows && column + g.columns <= at->w)
      canvas_text(at->paint->c, at->x + column, at->y, g.text, g.control ? STYLE_DIM : style);
    at->column += g.columns;
  }
}

static void draw_text(const Line *line, Place *at) {
  if (!line->lua) {
    draw_run(at, line->text, STYLE_FG);
    return;
  }
  Lexer lexer;
  lexer_init(&lexer, line->text);
  for (Token t; lexer_next(&lexer, &t);) draw_run(at, (Sv){line->text.s + t.offset, t.length}, style_of(t.kind));
}

void line_draw(const Line *line, const Paint *paint, Rect r, size_t from, int *scroll, int *cursor_x, int *from_x) {
  bool ascii = paint->style->glyphs == GLYPHS_ASCII;
  for (int i = 0; i < r.w; i++) canvas_put(paint->c, r.x + i, r.y, ' ', STYLE_FG);
  int label = paint_text(paint, r.x + 1, r.y, r.w / 2, line->label, STYLE_FOCUS);
  int x = r.x + 1 + label, w = r.w - label - 2;
  if (w < 1) w = 1;
  int cursor = column_of(line->text, line->at, ascii), total = column_of(line->text, line->text.n, ascii);
  scroll_to(cursor, total, w, scroll);
  Place at = {paint, x, r.y, w, *scroll, 0, ascii};
  draw_text(line, &at);
  if (*scroll) paint_text(paint, x, r.y, 1, glyph(paint, G_CUT), STYLE_DIM);
  if (total - *scroll > w) paint_text(paint, x + w - 1, r.y, 1, glyph(paint, G_CUT), STYLE_DIM);
  *cursor_x = x + cursor - *scroll;
  *from_x = x + column_of(line->text, from, ascii) - *scroll;
}
