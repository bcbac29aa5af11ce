// The palette as it looks: the typed text, the hits in columns, a line about the chosen one and the Lua that it adds.
#include "ui/palette_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdio.h>

enum { WIDTH = 72, WIDEST = 110, LINES = 9, FIXED = 8, NARROW = 60, WIDE = 100 };

typedef struct Place {
  Rect r;
  int x, w;                  // inside
  int words, key, lua, kind; // where the columns begin; -1 = no room
  int words_w, key_w, lua_w, kind_w;
} Place;

static Place place_of(const App *a) {
  int w = a->w < NARROW ? a->w : a->w - 8 < WIDTH ? a->w - 4 : a->w * 6 / 10;
  if (w > WIDEST) w = WIDEST;
  if (a->w >= 76 && w < WIDTH) w = WIDTH;
  int top = a->h >= 20 ? 2 : 0, room = a->h - 1 - top, h = LINES + FIXED;
  if (a->h > 30) h = a->h * 2 / 3;
  if (h > room) h = room;
  Place l = {.r = {(a->w - w) / 2, top, w, h}};
  l.x = l.r.x + 3, l.w = w - 5;
  l.kind_w = w >= NARROW ? 8 : 0, l.key_w = 6, l.lua_w = w >= NARROW ? (l.w - l.kind_w - l.key_w) * 9 / 20 : 0;
  l.words_w = l.w - l.kind_w - l.key_w - l.lua_w - 1;
  l.words = l.x, l.key = l.x + l.words_w + 1, l.lua = l.key + l.key_w;
  return l;
}

// A text whose matched letters are marked.
static void draw_marked(const Paint *p, int x, int y, int w, const char *text, const FuzzyHits *hits, Style style) {
  int used = paint_text(p, x, y, w, text, style), column = 0, len;
  Sv all = sv(text);
  for (size_t i = 0; i < all.n && i < FUZZY_MOST; i += (size_t)len) {
    uint32_t cp = utf8_decode(all.s + i, all.n - i, &len);
    int wide = utf8_cp_width(cp);
    bool shows = column + wide < used || (column + wide == used && i + (size_t)len == all.n);
    if (hits->byte[i] && shows && cp >= 0x20) canvas_put(p->c, x + column, y, cp, STYLE_HIT);
    column += wide;
  }
}

// The Lua of a row: of the chosen one as exact as it is known.
static void draw_code(const App *a, const Palette *s, const Paint *p, const Place *l, int k, int y) {
  const PaletteHit *hit = &s->hit[k];
  const PaletteRow *r = &s->row[hit->row];
  Str lua = {0}, why = {0};
  if (k != s->at || !palette_lua(a, s, &lua, &why) || strchr(str_c(&lua), '\n')) str_clear(&lua), str_add(&lua, r->lua);
  bool same = strcmp(str_c(&lua), r->lua) == 0 && utf8_width(sv(r->lua)) < l->lua_w;
  paint_lua(p, l->lua, y, l->lua_w - 1, (Sv){str_c(&lua), lua.n}, 0, 0, r->command >= 0 ? STYLE_DIM : STYLE_FG);
  for (size_t i = 0; same && r->lua[i] && i < FUZZY_MOST; i++)
    if (hit->hits[1].byte[i])
      canvas_put(p->c, l->lua + utf8_width((Sv){r->lua, i}), y, (unsigned char)r->lua[i], STYLE_HIT);
  str_fini(&lua), str_fini(&why);
}

static void draw_hit(const App *a, const Palette *s, const Paint *p, const Place *l, int k, int y) {
  const PaletteHit *hit = &s->hit[k];
  const PaletteRow *r = &s->row[hit->row];
  draw_marked(p, l->words, y, l->words_w, r->words, &hit->hits[0], STYLE_FG);
  paint_text(p, l->key, y, l->key_w - 1, r->key, STYLE_FOCUS);
  if (l->lua_w) draw_code(a, s, p, l, k, y);
  if (l->kind_w) paint_right(p, l->x + l->w - l->kind_w, y, l->kind_w, r->kind, STYLE_DIM);
  if (k != s->at) return;
  paint_text(p, l->x - 2, y, 1, glyph(p, G_CURSOR_ROW), STYLE_FOCUS);
  canvas_shade(p->c, l->r.x + 1, y, l->r.w - 2, EXTRA_ROW);
}

static void draw_head(const Paint *p, const Place *l, int y) {
  paint_text(p, l->words, y, l->words_w, "command", STYLE_DIM);
  paint_text(p, l->key, y, l->key_w, "key", STYLE_DIM);
  if (l->lua_w) paint_text(p, l->lua, y, l->lua_w, "Lua", STYLE_DIM);
  if (l->kind_w) paint_right(p, l->x + l->w - l->kind_w, y, l->kind_w, "kind", STYLE_DIM);
}

// What stands before the last line: what Enter does with it.
static const char *does(const PaletteRow *r, bool can) {
  if (!can) return "needs";
  if (r->command >= 0) return "runs";
  if (!r->entry) return "key";
  return *r->lua == ':' ? "shows" : "adds";
}

static void add_state(const App *a, const Palette *s, bool can, Str *out) {
  const WireEntry *e = palette_chosen(s)->entry;
  if (!e || e->options < 0) return;
  bool exact = s->draft_for && strcmp(s->draft_for, e->topic) == 0;
  int64_t wrong = exact && can ? draft_wrong(a, &s->draft) : 0;
  if (wrong) str_addf(out, "%lld to fill in", (long long)wrong);
  else if (e->options) str_addf(out, "%lld option%s", (long long)e->options, e->options == 1 ? "" : "s");
}

// "adds  d:missing()" and, at the right, how many options it has. Of a cell of several lines the one that fits.
static void draw_lua(const App *a, const Palette *s, const Paint *p, const Place *l, int y) {
  const PaletteRow *r = palette_chosen(s);
  Str lua = {0}, why = {0}, state = {0};
  bool can = palette_lua(a, s, &lua, &why);
  add_state(a, s, can, &state);
  int used = l->w >= 50 ? paint_right(p, l->x, y, l->w, str_c(&state), STYLE_DIM) + 2 : 0;
  int x = l->x + paint_text(p, l->x, y, l->w, does(r, can), STYLE_DIM) + 2, room = l->x + l->w - used - x;
  if (!can) paint_text(p, x, y, room, str_c(&why), STYLE_FG);
  else if (lua.n) draft_paint(&s->draft, p, x, y, room, str_c(&lua));
  else paint_text(p, x, y, room, r->act->keys, STYLE_FOCUS);
  str_fini(&lua), str_fini(&why), str_fini(&state);
}

static void draw_foot(const App *a, const Palette *s, const Paint *p, const Place *l, int y) {
  const PaletteRow *r = palette_chosen(s);
  if (r) {
    paint_text(p, l->x, y, l->w, r->doc, STYLE_FG);
    draw_lua(a, s, p, l, y + 1);
  } else if (s->recent_only) paint_text(p, l->x, y, l->w, "nothing was chosen yet: ^R shows all", STYLE_DIM);
  else if (s->catalogue_asked) paint_text(p, l->x, y, l->w, "the kernel is asked for its commands", STYLE_DIM);
  else paint_text(p, l->x, y, l->w, "nothing matches: fewer letters find more", STYLE_DIM);
}

static void title(const Palette *s, Str *what) {
  char n[32], all[32];
  fmt_i64(n, sizeof n, s->nhit, true);
  fmt_i64(all, sizeof all, s->nrow, true);
  if (s->recent_only) str_addf(what, "%s recent", n);
  else if (s->query.text.n) str_addf(what, "%s of %s match", n, all);
  else str_addf(what, "%s commands", all);
}

void palette_draw(App *a, Palette *s, const Paint *p) {
  Place l = place_of(a);
  Str what = {0};
  title(s, &what);
  paint_overlay(p, l.r, "palette", str_c(&what), l.r.w >= NARROW ? "Enter runs, Tab edits" : "");
  str_fini(&what);
  bool roomy = l.r.h >= 14;
  int y = l.r.y + 1, foot = l.r.y + l.r.h - 3;
  if (l.r.h < 6) foot = l.r.y + l.r.h; // no room for words about it
  paint_text(p, l.x - 2, y, 1, glyph(p, G_CURSOR_ROW), STYLE_FOCUS);
  field_draw(&s->query, p, l.x, y, l.w, STYLE_FG, true);
  y += 1 + roomy;
  if (roomy) draw_head(p, &l, y++);
  s->lines = foot - roomy - y;
  if (s->lines < 1) s->lines = 1;
  s->list = (Rect){l.r.x, y, l.r.w, s->lines};
  if (s->at < s->top) s->top = s->at;
  if (s->at >= s->top + s->lines) s->top = s->at - s->lines + 1;
  for (int k = s->top; k < s->nhit && k < s->top + s->lines; k++) draw_hit(a, s, p, &l, k, y + k - s->top);
  if (foot + 1 < l.r.y + l.r.h) draw_foot(a, s, p, &l, foot);
}
