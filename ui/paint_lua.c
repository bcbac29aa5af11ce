// Lua text with its tokens coloured, line by line: strings, comments and keywords have a style, names and numbers stay
// plain. What Lua itself would refuse is a warning. The text is read once from its beginning, so that a long string or
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

void lua_text_init(LuaText *t, Sv text) {
  *t = (LuaText){.text = text};
  lexer_init(&t->lexer, text);
}

static size_t token_end(const Token *t) { return t->offset + t->length; }

void paint_lua_line(LuaText *t, const Paint *p, int x, int y, int w, size_t begin, int skip, Style style) {
  LineBrush b = {.p = p, .x = x, .y = y, .w = w, .skip = skip};
  const char *newline = begin < t->text.n ? memchr(t->text.s + begin, '\n', t->text.n - begin) : NULL;
  size_t end = newline ? (size_t)(newline - t->text.s) : t->text.n, at = begin;
  while (at < end) {
    while (token_end(&t->token) <= at && lexer_next(&t->lexer, &t->token)) continue;
    size_t to = token_end(&t->token) < end ? token_end(&t->token) : end;
    brush(&b, (Sv){t->text.s + at, to - at}, style == STYLE_FG ? style_of(&t->token) : style);
    at = to;
  }
  if (b.column - skip > w && w > 0) canvas_text(p->c, x + w - 1, y, glyph(p, G_CUT), STYLE_FAINT);
}

void paint_lua(const Paint *p, int x, int y, int w, Sv text, int line, int skip, Style style) {
  LuaText t;
  size_t begin = 0;
  for (const char *end; line > 0 && (end = memchr(text.s + begin, '\n', text.n - begin)); line--)
    begin = (size_t)(end - text.s) + 1;
  lua_text_init(&t, text);
  paint_lua_line(&t, p, x, y, w, line > 0 ? text.n : begin, skip, style);
}
