// Where the last expression of a cell may begin. Lua has no marks between statements, so the rule is to try: the
// shortest tail for which the head alone and head "return " tail both compile. This file proposes the places, the
// caller compiles. Places inside strings, comments, brackets or blocks cannot work and are left out; so are tails
// that would turn into a call, an index or an operand of the line before if the head ended in an expression.
#include "note/note.h"

// Walks the tokens that mean something.
typedef struct Walk {
  Lexer lexer;
  Token token;
  char first;    // character of the token
  bool fresh;    // first on its line, or after a `;`
  int64_t depth; // of brackets and blocks before the token
  int64_t after; // and after it
  bool was_semicolon;
} Walk;

static Sv word_of(const Walk *w) { return (Sv){w->lexer.text.s + w->token.offset, w->token.length}; }

static int64_t change_of_depth(const Walk *w) {
  static const char *const opens[] = {"function", "do", "if", "repeat"}, *const ends[] = {"end", "until"};
  if (w->token.kind == TOKEN_OP && w->token.length == 1)
    return strchr("([{", w->first) ? 1 : strchr(")]}", w->first) ? -1 : 0;
  if (w->token.kind != TOKEN_KEYWORD) return 0;
  for (size_t k = 0; k < sizeof opens / sizeof *opens; k++)
    if (sv_is(word_of(w), opens[k])) return 1;
  for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
    if (sv_is(word_of(w), ends[k])) return -1;
  return 0;
}

static bool has_line_end(Sv space) { return memchr(space.s, '\n', space.n) || memchr(space.s, '\r', space.n); }

static void walk_init(Walk *w, Sv cell) {
  *w = (Walk){0};
  lexer_init(&w->lexer, cell);
}

static bool walk_next(Walk *w) {
  w->fresh = w->lexer.at == 0 || w->was_semicolon;
  while (lexer_next(&w->lexer, &w->token)) {
    if (w->token.kind == TOKEN_SPACE && has_line_end(word_of(w))) w->fresh = true;
    if (w->token.kind == TOKEN_SPACE || w->token.kind == TOKEN_COMMENT) continue;
    w->first = w->lexer.text.s[w->token.offset];
    w->depth = w->after;
    w->after += change_of_depth(w);
    if (w->after < 0) w->after = 0;
    w->was_semicolon = w->token.kind == TOKEN_OP && w->first == ';';
    return true;
  }
  return false;
}

static bool may_begin(const Walk *w) { return w->fresh && w->depth == 0 && !strchr("({[\"'-~:.;", w->first); }

static int64_t count(Sv cell) {
  int64_t n = 0;
  Walk w;
  walk_init(&w, cell);
  while (walk_next(&w)) n += may_begin(&w);
  return n;
}

int64_t note_tail_candidates(Sv cell, size_t *offset, int64_t max) {
  int64_t n = count(cell), place = n;
  Walk w;
  walk_init(&w, cell);
  while (walk_next(&w)) {
    if (!may_begin(&w)) continue;
    if (--place < max) offset[place] = w.token.offset;
  }
  return n < max ? n : max;
}

bool note_is_silent(Sv cell) {
  Walk w;
  walk_init(&w, cell);
  while (walk_next(&w)) continue;
  return w.was_semicolon;
}
