// Cells with something at their ends: blanks that do not count, or quotes.
#include "io/text_int.h"

Sv block_edge(const Block *b, size_t begin, size_t end, CellKind *kind) {
  char delim = b->dialect->delim, quote = b->dialect->quote;
  const char *s = b->text + begin, *last = b->text + end;
  while (s < last && (*s == ' ' || *s == '\t') && *s != delim) s++;
  while (s < last && (last[-1] == ' ' || last[-1] == '\t') && last[-1] != delim) last--;
  *kind = s == last ? CELL_EMPTY : CELL_PLAIN;
  if (s == last || *s != quote) return (Sv){s, (size_t)(last - s)};
  Sv inner = {s + 1, (size_t)(last - s) - 2}; // the marks have shown that it ends in a quote
  if (memchr(inner.s, quote, inner.n)) *kind = CELL_DOUBLED;
  return inner;
}

Sv block_undouble(Sv text, char quote, Arena *a) {
  char *out = arena_alloc(a, text.n + 1 + PAD);
  size_t n = 0;
  for (size_t i = 0; i < text.n; i++) {
    out[n++] = text.s[i];
    if (text.s[i] == quote) i++;
  }
  return (Sv){out, n};
}
