// Where a text stands in another: plain, letters of ASCII in either case while the text that is looked for has no
// capital.
#include "ui/search_int.h"

#include "base/utf8.h"

void search_fini(Search *s) {
  str_fini(&s->text);
  str_fini(&s->with);
}

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }

static bool is_exact(const Search *s) {
  for (size_t k = 0; k < s->text.n; k++)
    if (s->text.s[k] >= 'A' && s->text.s[k] <= 'Z') return true;
  return false;
}

static bool fits(const Search *s, const char *at, bool exact) {
  if (exact) return memcmp(at, s->text.s, s->text.n) == 0;
  for (size_t k = 0; k < s->text.n; k++)
    if (small(at[k]) != s->text.s[k]) return false;
  return true;
}

bool search_find(const Search *s, Sv text, size_t from, bool backward, size_t *at) {
  bool exact = is_exact(s);
  if (!s->text.n || s->text.n > text.n) return false;
  size_t last = text.n - s->text.n;
  if (!backward) {
    for (size_t i = from; i <= last; i++)
      if (fits(s, text.s + i, exact)) return *at = i, true;
    return false;
  }
  for (size_t i = from < last + 1 ? from : last + 1; i > 0; i--)
    if (fits(s, text.s + i - 1, exact)) return *at = i - 1, true;
  return false;
}

int64_t search_count(const Search *s, Sv text) {
  int64_t n = 0;
  for (size_t at = 0; search_find(s, text, at, false, &at); at += s->text.n) n++;
  return n;
}

void search_mark(const Search *s, const Paint *p, int x, int y, int w, Sv line, int skip, int64_t id, size_t begin) {
  if (!s->marks) return;
  for (size_t at = 0; search_find(s, line, at, false, &at); at += s->text.n) {
    int from = utf8_width((Sv){line.s, at}) - skip, to = from + utf8_width((Sv){line.s + at, s->text.n});
    bool present = s->cell == id && s->at == begin + at;
    for (int k = from < 0 ? 0 : from; k < to && k < w; k++)
      if (y >= 0 && y < p->c->h && x + k < p->c->w)
        p->c->cell[y * p->c->w + x + k].style = present ? STYLE_CURSOR : STYLE_HIT;
  }
}
