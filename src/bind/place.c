// Where in a cell an error is: the token that carets go under.
#include "bind/bind_int.h"
#include "note/note.h"

#include <stdio.h>
#include <stdlib.h>

static void set_place(Sv text, size_t at, CellError *e) {
  e->line = 1, e->column = 1;
  for (size_t i = 0; i < at; i++) {
    e->column = text.s[i] == '\n' ? 1 : e->column + 1;
    e->line += text.s[i] == '\n';
  }
}

// ---- syntax --------------------------------------------------------------------------------------------------------
// Whether the first `n` bytes already hold the mistake: they do not compile, and more text would not help.
static bool is_wrong(lua_State *L, Sv text, size_t n) {
  if (luaL_loadbufferx(L, text.s, n, "=", "t") == LUA_OK) return lua_pop(L, 1), false;
  const char *message = lua_tostring(L, -1), *eof = strstr(message, "<eof>");
  bool wrong = !eof || eof[5] != 0;
  lua_pop(L, 1);
  return wrong;
}

// The token at which Lua gave up is the last of the shortest wrong run of tokens; found by halving.
void place_syntax(lua_State *L, Sv text, CellError *e) {
  enum { MOST = 4096 };
  Token *token = malloc(MOST * sizeof *token);
  if (!token) abort();
  int n = 0, lo = 0;
  Lexer lexer;
  lexer_init(&lexer, text);
  for (Token t; n < MOST && lexer_next(&lexer, &t);)
    if (t.kind != TOKEN_SPACE && t.kind != TOKEN_COMMENT) token[n++] = t;
  for (int hi = n - 1; lo < hi;) {
    int mid = (lo + hi) / 2;
    if (is_wrong(L, text, token[mid].offset + token[mid].length)) hi = mid;
    else lo = mid + 1;
  }
  if (n && is_wrong(L, text, token[lo].offset + token[lo].length)) {
    size_t start = token[lo].offset;
    snprintf(e->token, sizeof e->token, "%.*s", (int)token[lo].length, text.s + start);
    set_place(text, start, e);
  }
  free(token);
}

// ---- names ---------------------------------------------------------------------------------------------------------
static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (unsigned char)c >= 0x80;
}

// Offset of `word` standing alone in s from `from` on, or s.n.
static size_t find_word(Sv s, Sv word, size_t from) {
  for (size_t i = from; i + word.n <= s.n; i++) {
    bool alone = (i == 0 || !is_word(s.s[i - 1])) && (i + word.n == s.n || !is_word(s.s[i + word.n]));
    if (alone && memcmp(s.s + i, word.s, word.n) == 0) return i;
  }
  return s.n;
}

static size_t line_start(Sv text, int line) {
  size_t i = 0;
  for (; line > 1 && i < text.n; i++) line -= text.s[i] == '\n';
  return i;
}

void place_name(Sv text, CellError *e) {
  const char *open = strchr(e->err.msg, '\''), *close = open ? strchr(open + 1, '\'') : NULL;
  if (!close || close - open < 2 || (size_t)(close - open) > sizeof e->token || !e->line) return;
  Sv word = {open + 1, (size_t)(close - open) - 1};
  size_t begin = line_start(text, e->line), at = find_word(text, word, begin);
  bool once = at < text.n && find_word(text, word, at + 1) == text.n;
  if (!once || memchr(text.s + begin, '\n', at - begin)) return;
  snprintf(e->token, sizeof e->token, SV_FMT, SV_ARG(word));
  set_place(text, at, e);
}
