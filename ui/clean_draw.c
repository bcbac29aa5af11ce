// The list of steps as it looks: two lines each, the Lua with its rows and the reason; below them the chosen step's Lua
// in full and what is added; on wide screens the first column that it changes, before and after.
#include "ui/clean_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 72, WIDEST = 160, NARROW = 60, PICTURES = 120, SIDE = 40, LUA_LINES = 3 };

typedef struct Place {
  Rect r;
  int x, w; // of the list, inside
  int side; // columns of the pictures, 0 = none
  int lua;  // lines for the chosen Lua; 0 = no foot but the last line
  bool roomy;
} Place;

static int lua_lines(const WireStep *s, int w, int most) {
  int n = s && w > 0 ? (utf8_width(sv(s->lua)) + w - 1) / w : 0;
  return n > most ? most : n;
}

static const WireStep *chosen(const Clean *c) {
  const MsgSteps *s = clean_steps(c);
  return s && c->at < s->n ? &s->item[c->at] : NULL;
}

static Place place_of(const App *a, const Clean *c) {
  const MsgSteps *s = clean_steps(c);
  int w = a->w < NARROW ? a->w : a->w - 4, top = a->h >= 20 ? 2 : 0, room = a->h - 1 - top;
  if (w > WIDEST) w = WIDEST;
  Place l = {.r = {(a->w - w) / 2, top, w, 0}};
  l.side = a->w >= PICTURES ? SIDE : 0;
  l.x = l.r.x + 3, l.w = w - 5 - (l.side ? l.side + 2 : 0);
  l.roomy = room >= 14;
  l.lua = room >= 10 ? LUA_LINES : room >= 7 ? 1 : 0;
  int fixed = 2 + 2 * l.roomy + l.lua + 1, h = fixed + 2 * (s ? (int)(s->n < 50 ? s->n : 50) : 1);
  if (l.side && h < 18) h = 18;
  l.r.h = h < room ? h : room;
  return l;
}

// ---- the list ------------------------------------------------------------------------------------------------------
static void draw_mark(const Paint *p, int x, int y, const WireStep *s, bool use) {
  if (!is_step(s)) paint_text(p, x, y, 1, "!", STYLE_WARN);
  else paint_text(p, x, y, 1, use ? glyph(p, G_SELECTED) : "", STYLE_ACCENT);
}

static void draw_step(const Clean *c, const Paint *p, const Place *l, int64_t k, int y) {
  const WireStep *s = &clean_steps(c)->item[k];
  char n[32], rows[64];
  fmt_i64(n, sizeof n, s->rows, true);
  snprintf(rows, sizeof rows, l->w < 50 ? "%s" : "%s rows", n);
  int used = paint_right(p, l->x, y, l->w, rows, STYLE_DIM), w = l->w - 2 - used - 2;
  draw_mark(p, l->x, y, s, c->use[k]);
  Style style = c->use[k] ? STYLE_FG : STYLE_DIM;
  if (is_step(s)) paint_lua(p, l->x + 2, y, w, sv(s->lua), 0, 0, style);
  else paint_text(p, l->x + 2, y, w, s->rule, STYLE_STRONG);
  paint_text(p, l->x + 4, y + 1, l->w - 4, s->reason, STYLE_DIM);
  if (k != c->at) return;
  paint_text(p, l->x - 2, y, 1, glyph(p, G_CURSOR_ROW), STYLE_FOCUS);
  for (int i = 0; i < 2; i++) canvas_shade(p->c, l->r.x + 1, y + i, l->x + l->w - l->r.x - 1, EXTRA_ROW);
}

static void draw_list(Clean *c, const Paint *p, const Place *l, int y, int foot) {
  int64_t n = clean_steps(c)->n;
  c->lines = (foot - y) / 2;
  if (c->lines < 1) c->lines = 1;
  c->list = (Rect){l->x, y, l->w, 2 * c->lines};
  if (c->at < c->top) c->top = c->at;
  if (c->at >= c->top + c->lines) c->top = c->at - c->lines + 1;
  if (c->top + c->lines > n) c->top = n > c->lines ? n - c->lines : 0;
  for (int64_t k = c->top; k < n && k < c->top + c->lines; k++) draw_step(c, p, l, k, y + 2 * (int)(k - c->top));
}

// ---- the foot ------------------------------------------------------------------------------------------------------
// Text over some lines, broken at blanks.
static void draw_words(const Paint *p, int x, int y, int w, int lines, const char *text) {
  for (int i = 0; i < lines && *text; i++) {
    Sv all = sv(text);
    size_t fit = utf8_fit(all, w), end = fit;
    while (fit < all.n && i + 1 < lines && end > 0 && text[end] != ' ') end--;
    if (!end) end = fit;
    char *line = strndup(text, i + 1 < lines ? end : all.n);
    paint_text(p, x, y + i, w, line, STYLE_DIM);
    free(line);
    text += end;
    while (*text == ' ') text++;
  }
}

// The chosen step in full, and behind "a adds" what is written around the marked ones.
static void draw_foot(const App *a, const Clean *c, const Paint *p, const Place *l, int y) {
  const WireStep *s = chosen(c);
  int last = l->r.y + l->r.h - 2, lines = lua_lines(s, l->w, l->lua);
  for (int i = 0; i < lines; i++) paint_lua(p, l->x, y + i, l->w, sv(s->lua), 0, i * l->w, STYLE_FG);
  bool cut = s && utf8_width(sv(s->reason)) > l->w - 4;
  if (cut && lines < l->lua) draw_words(p, l->x, y + lines, l->w, l->lua - lines, s->reason);
  Str cell = {0};
  clean_print(a, c, &cell);
  const char *tail = cell.n ? strrchr(str_c(&cell), '\n') : NULL;
  if (!tail) paint_text(p, l->x, last, l->w, "no step is marked: Space marks one", STYLE_DIM);
  else {
    char n[64];
    int64_t marked = clean_marked(c);
    snprintf(n, sizeof n, "a adds %lld step%s", (long long)marked, marked == 1 ? "" : "s");
    int x = l->x + paint_text(p, l->x, last, l->w, n, STYLE_DIM) + 2;
    if (x < l->x + l->w - 8) paint_lua(p, x, last, l->x + l->w - x, sv(tail + 1), 0, 0, STYLE_FG);
  }
  str_fini(&cell);
}

// ---- before and after ----------------------------------------------------------------------------------------------
static int draw_side(const Paint *p, Rect r, const char *name, const char *words, const double *share, int64_t n,
                     Style style) {
  int x = r.x + paint_text(p, r.x, r.y, r.w, name, STYLE_FG) + 2;
  paint_text(p, x, r.y, r.x + r.w - x, words, STYLE_DIM);
  if (n) paint_bars(p, (Rect){r.x, r.y + 1, r.w, r.h - 2}, share, n, style);
  for (int i = 0; i < r.w && n; i++) paint_text(p, r.x + i, r.y + r.h - 1, 1, glyph(p, G_RULE), STYLE_FAINT);
  return r.h + 1;
}

static void draw_pictures(const Clean *c, const Paint *p, const Place *l, int y) {
  const WireStep *s = chosen(c);
  int x = l->x + l->w + 3, bottom = l->r.y + l->r.h - 2, h = (bottom - y - 3) / 2;
  if (!l->side || !s || !*s->shape) return;
  if (h > 8) h = 8;
  if (h < 4) return;
  paint_text(p, x, y, l->side - 2, s->shape, STYLE_STRONG);
  y += 2;
  y += draw_side(p, (Rect){x, y, l->side - 2, h}, "before", s->was, s->before, s->nbefore, STYLE_GROUP4);
  draw_side(p, (Rect){x, y, l->side - 2, h}, "after", s->is, s->after, s->nafter, STYLE_GROUP0);
}

// ---- all of it -----------------------------------------------------------------------------------------------------
void clean_draw(App *a, Clean *c, const Paint *p) {
  const MsgSteps *s = clean_steps(c);
  Place l = place_of(a, c);
  Str what = {0};
  if (s) str_addf(&what, "%lld steps for %s, %lld marked", (long long)s->n, c->table, (long long)clean_marked(c));
  else str_addf(&what, "%s is looked at", c->table);
  paint_overlay(p, l.r, "clean", str_c(&what), l.r.w >= NARROW ? "nothing runs before a" : "");
  str_fini(&what);
  int y = l.r.y + 1 + l.roomy, foot = l.r.y + l.r.h - 2 - l.lua;
  if (!s) {
    paint_text(p, l.x, y, l.w, "the kernel looks for steps that the values ask for: Esc leaves", STYLE_DIM);
    return;
  }
  draw_list(c, p, &l, y, foot - l.roomy);
  draw_foot(a, c, p, &l, foot);
  draw_pictures(c, p, &l, y);
}
