// Lua text with its tokens coloured, line by line: strings, comments and keywords have a style, names and numbers stay
// plain. What Lua itself would refuse is a warning. The whole text is read for each line, so that a long string or
// comment is known from any of its lines.
#include "ui/paint_int.h"

#include "base/utf8.h"
#include "note/note.h"

typedef struct LineBrush {
  const Paint *p;
  int x, y, w;
  int column, skip; // of the text; those before `skip` do not show
} LineBrush;

static Style style_of(const Token *t) {
  switch (t->kind) {
  case TOKEN_KEYWORD: return STYLE_KEYWORD;
  case TOKEN_STRING: return STYLE_STRING;
  case TOKEN_COMMENT: return STYLE_NOTE;
  case TOKEN_ERROR: return STYLE_WARN;
  default: return STYLE_FG;
  }
}

// Characters that begin left of the first column or end right of the last are left out whole.
static void brush(LineBrush *b, Sv part, Style style) {
  int len;
  for (size_t i = 0; i < part.n; i += (size_t)len) {
    uint32_t cp = utf8_decode(part.s + i, part.n - i, &len);
    int width = utf8_cp_width(cp), at = b->column - b->skip;
    if (at >= 0 && at + width <= b->w) canvas_put(b->p->c, b->x + at, b->y, cp, style);
    b->column += width;
  }
}

void paint_lua(const Paint *p, int x, int y, int w, Sv text, int line, int skip, Style style) {
  LineBrush b = {.p = p, .x = x, .y = y, .w = w, .skip = skip};
  Lexer lexer;
  Token t;
  int now = 0;
  lexer_init(&lexer, text);
  while (now <= line && lexer_next(&lexer, &t)) {
    Sv rest = {text.s + t.offset, t.length};
    while (rest.n && now <= line) {
      const char *end = memchr(rest.s, '\n', rest.n);
      size_t n = end ? (size_t)(end - rest.s) : rest.n;
      if (now == line) brush(&b, (Sv){rest.s, n}, style == STYLE_FG ? style_of(&t) : style);
      if (end) now++, n++;
      rest = (Sv){rest.s + n, rest.n - n};
    }
  }
  if (b.column - skip > w && w > 0) canvas_text(p->c, x + w - 1, y, glyph(p, G_CUT), STYLE_FAINT);
}
