// Text with a style for each of its bytes: breaking it at blanks, and painting a line of it.
#include "ui/markdown_int.h"

#include "base/utf8.h"

void marked_add(Marked *m, const char *s, size_t n, Style style) {
  str_addn(&m->text, s, n);
  str_pad(&m->style, (char)style, (int)n);
}

void marked_clear(Marked *m) {
  str_clear(&m->text);
  str_clear(&m->style);
}

void marked_fini(Marked *m) {
  str_fini(&m->text);
  str_fini(&m->style);
}

size_t marked_break(const Marked *m, size_t at, int w, size_t *next) {
  Sv rest = {str_c(&m->text) + at, m->text.n - at};
  const char *end = memchr(rest.s, '\n', rest.n);
  size_t whole = end ? (size_t)(end - rest.s) : rest.n, fit = utf8_fit((Sv){rest.s, whole}, w > 0 ? w : 1), cut = fit;
  *next = at + whole + (end != NULL);
  if (fit == whole) return whole;
  while (cut > 0 && rest.s[cut] != ' ') cut--;
  if (cut == 0) cut = fit ? fit : 1;
  *next = at + cut + (rest.s[cut] == ' ');
  return cut;
}

void marked_paint(const Paint *p, int x, int y, int w, const Marked *m, size_t from, size_t n) {
  Str run = {0};
  int end = x + w;
  for (size_t i = from; i < from + n && x < end;) {
    size_t k = i;
    while (k < from + n && m->style.s[k] == m->style.s[i]) k++;
    str_clear(&run);
    str_addn(&run, m->text.s + i, k - i);
    x += paint_text(p, x, y, end - x, str_c(&run), (Style)m->style.s[i]);
    i = k;
  }
  str_fini(&run);
}
