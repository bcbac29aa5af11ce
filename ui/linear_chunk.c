// Whether a cell is still being typed: by the tokens alone, since the screen has no Lua. Whatever is wrong with a text
// that is not open is for the kernel to say.
#include "note/note.h"
#include "ui/linear_int.h"

typedef struct Depth {
  int brackets, blocks, heads; // heads: while and for whose do has not come
  Sv last;                     // word that counts
  bool unfinished;
} Depth;

static bool is_one_of(Sv word, const char *list) {
  for (const char *w = list; *w; w += strlen(w) + 1)
    if (sv_is(word, w)) return true;
  return false;
}

static void count_operator(Depth *d, Sv word) {
  if (is_one_of(word, "(\0{\0[\0")) d->brackets++;
  if (is_one_of(word, ")\0}\0]\0")) d->brackets--;
}

static void count_keyword(Depth *d, Sv word) {
  if (is_one_of(word, "while\0for\0")) d->heads++;
  else if (sv_is(word, "do") && d->heads > 0) d->heads--, d->blocks++;
  else if (is_one_of(word, "do\0if\0function\0repeat\0")) d->blocks++;
  else if (is_one_of(word, "end\0until\0")) d->blocks--;
}

static bool wants_more(Sv last) {
  return is_one_of(last, "=\0,\0+\0-\0*\0/\0//\0%\0^\0..\0==\0~=\0<\0>\0<=\0>=\0and\0or\0not\0until\0:\0.\0");
}

bool linear_is_open(Sv chunk) {
  Depth d = {.last = {"", 0}};
  Lexer x;
  lexer_init(&x, chunk);
  for (Token t; lexer_next(&x, &t);) {
    Sv word = {chunk.s + t.offset, t.length};
    if (t.kind == TOKEN_SPACE) continue;
    bool is_long = word.n > 1 && (word.s[0] == '[' || strncmp(word.s, "--[", 3) == 0);
    if (t.unfinished && is_long) d.unfinished = true;
    if (t.kind == TOKEN_COMMENT) continue;
    if (t.kind == TOKEN_OP) count_operator(&d, word);
    if (t.kind == TOKEN_KEYWORD) count_keyword(&d, word);
    d.last = word;
  }
  if (d.brackets < 0 || d.blocks < 0) return false;
  return d.unfinished || d.brackets > 0 || d.blocks > 0 || d.heads > 0 || wants_more(d.last);
}
