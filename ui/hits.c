// What a search found is marked wherever it shows: the characters that matched, of numbers the whole cell.
#include "ui/app_int.h"

#include "base/utf8.h"

void hits_forget(Sheet *s) {
  arena_fini(&s->hit_arena);
  arena_init(&s->hit_arena);
  s->hit = NULL, s->hit_run = NULL;
}

void hits_begin(Sheet *s) {
  Str pattern = {0};
  Err err;
  int at;
  bool capital = false, plain = !strpbrk(s->find, SEARCH_SIGNS);
  for (const char *f = s->find; *f; f++) capital = capital || (*f >= 'A' && *f <= 'Z');
  hits_forget(s);
  str_addf(&pattern, "%s%s", capital && !plain ? "" : "(?i)", s->find);
  if (regex_parse((Sv){str_c(&pattern), pattern.n}, &s->hit_arena, &s->hit, &at, &err) == OK)
    s->hit_run = regex_run_new(s->hit, 0, &s->hit_arena);
  else s->hit = NULL;
  str_fini(&pattern);
}

static void mark(const Paint *p, int x, int y, int w) {
  for (int i = 0; i < w; i++)
    if (x + i >= 0 && x + i < p->c->w && y >= 0 && y < p->c->h) p->c->cell[y * p->c->w + x + i].style = STYLE_HIT;
}

void hits_paint(const Sheet *s, const Paint *p, int col, int x, int y, int w, const char *text) {
  int64_t span[2];
  size_t at = 0, n = strlen(text);
  if (!s->hit || (s->find_column && sheet_find_column(s, s->find_column) != col)) return;
  for (int k = 0; k < 100 && at <= n && regex_find(s->hit, s->hit_run, (Sv){text, n}, at, span); k++) {
    int from = utf8_width((Sv){text, (size_t)span[0]}), to = utf8_width((Sv){text, (size_t)span[1]});
    if (!sheet_is_left(s, col)) {
      mark(p, x, y, w);
      return;
    }
    if (from >= w) return;
    mark(p, x + from, y, (to < w ? to : w) - from);
    at = span[1] > span[0] ? (size_t)span[1] : (size_t)span[1] + 1;
  }
}
