// The popup of candidates: three to eight lines, the last one with its own keys.
#include "ui/popup_int.h"

#include "base/utf8.h"

#include <stdio.h>

enum { TEXT_MOST = 32, KIND_MOST = 24, VALUE_MOST = 14, GAP = 2, LEAD = 4 };

static void step(Popup *p, int by) {
  if (by == 1 || by == -1) p->at = (p->at + by + p->n) % p->n;
  else p->at = p->at + by < 0 ? 0 : p->at + by >= p->n ? p->n - 1 : p->at + by;
}

PopupKey popup_key(Popup *p, const Key *key) {
  bool ctrl = key->mods == MOD_CTRL;
  if (!p->n || key->code == K_ESC) return POPUP_CLOSES;
  if (key->code == K_ENTER) return POPUP_TAKES;
  if (key->code == K_TAB) step(p, key->mods & MOD_SHIFT ? -1 : 1);
  else if (key->code == K_DOWN || (ctrl && key->code == 'n')) step(p, 1);
  else if (key->code == K_UP || (ctrl && key->code == 'p')) step(p, -1);
  else if (key->code == K_PGDN) step(p, POPUP_LINES - 1);
  else if (key->code == K_PGUP) step(p, 1 - POPUP_LINES);
  else return POPUP_PASS;
  return POPUP_STAYS;
}

static size_t agree(const char *a, const char *b, size_t most) {
  size_t n = 0;
  while (n < most && a[n] && a[n] == b[n]) n++;
  while (n > 0 && (a[n] & 0xC0) == 0x80) n--;
  return n;
}

size_t popup_common(const Popup *p) {
  size_t n = p->n ? strlen(p->word[0].text) : 0;
  for (int i = 1; i < p->n; i++) n = agree(p->word[0].text, p->word[i].text, n);
  return n;
}

// ---- drawing ------------------------------------------------------------------------------------------------------
typedef struct Columns {
  int text, value, kind, doc, width;
} Columns;

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

// Of an option the kind is its default, a tab, and what it takes.
static Sv value_of(const PromptWord *w) {
  const char *tab = strchr(w->kind, '\t');
  return (Sv){w->kind, tab ? (size_t)(tab - w->kind) : 0};
}

static const char *kind_of(const PromptWord *w) {
  const char *tab = strchr(w->kind, '\t');
  return tab ? tab + 1 : w->kind;
}

static Columns columns_of(const Popup *p, int room) {
  Columns c = {0};
  for (int i = 0; i < p->n; i++) {
    c.text = most(c.text, utf8_width(sv(p->word[i].text)));
    c.value = most(c.value, utf8_width(value_of(&p->word[i])));
    c.kind = most(c.kind, utf8_width(sv(kind_of(&p->word[i]))));
    c.doc = most(c.doc, utf8_width(sv(p->word[i].doc)));
  }
  c.text = least(c.text, TEXT_MOST), c.kind = least(c.kind, KIND_MOST), c.value = least(c.value, VALUE_MOST);
  c.width =
      LEAD + c.text + (c.value ? GAP + c.value : 0) + (c.kind ? GAP + c.kind : 0) + (c.doc ? GAP + c.doc : 0) + GAP;
  c.width = least(most(c.width, 56), room); // the line of keys wants 56
  return c;
}

static void draw_word(const Paint *paint, int x, int y, int right, const Columns *c, const PromptWord *w, Sv typed) {
  size_t hit = agree(w->text, typed.s, typed.n);
  int used = paint_text(paint, x, y, least(c->text, right - x), w->text, STYLE_FG);
  Sv start = {w->text, hit};
  if (hit && utf8_width(start) <= used) {
    char piece[4 * TEXT_MOST + 1];
    snprintf(piece, sizeof piece, "%.*s", (int)hit, w->text);
    paint_text(paint, x, y, utf8_width(start), piece, STYLE_HIT);
  }
  x += c->text + GAP;
  if (c->value && x + c->value <= right) {
    char value[4 * VALUE_MOST + 8];
    Sv whole = value_of(w);
    size_t n = utf8_fit(whole, VALUE_MOST + 1); // one more, so that a cut shows
    snprintf(value, sizeof value, "%.*s", (int)n, whole.s);
    paint_right(paint, x, y, c->value, value, STYLE_FG);
  }
  if (c->value) x += c->value + GAP;
  if (c->kind && x < right) paint_text(paint, x, y, least(c->kind, right - x), kind_of(w), STYLE_DIM);
  if (c->kind) x += c->kind + GAP;
  if (c->doc && x < right) paint_text(paint, x, y, right - x, w->doc, STYLE_DIM);
}

static void draw_keys(const Popup *p, const Paint *paint, int x, int y, int right) {
  bool ascii = paint->style->glyphs == GLYPHS_ASCII;
  const KeyWord keys[] = {{ascii ? "Tab" : "↑↓", "choose"}, {"Enter", "takes"}, {"Esc", "closes"}};
  char place[32];
  int width = snprintf(place, sizeof place, "%d of %d", p->at + 1, p->n);
  for (int i = 0; i < 3; i++) {
    int need = utf8_width(sv(keys[i].key)) + 1 + utf8_width(sv(keys[i].word));
    if (x + need > right) return;
    x += paint_text(paint, x, y, right - x, keys[i].key, STYLE_FOCUS) + 1;
    x += paint_text(paint, x, y, right - x, keys[i].word, STYLE_DIM) + 3;
  }
  if (x + width <= right) paint_right(paint, x, y, right - x, place, STYLE_DIM);
}

static void draw_surface(const Paint *paint, int x, int y, int w) {
  for (int i = 0; i < w; i++) canvas_put(paint->c, x + i, y, ' ', STYLE_FG);
  paint_text(paint, x, y, 1, glyph(paint, G_DIVIDER), STYLE_ACCENT);
}

void popup_draw(Popup *p, const Paint *paint, int x, int y, Sv typed) {
  int lines = least(p->n + 1, POPUP_LINES), below = paint->c->h - 1 - y, room = most(below, y);
  if (!p->n || room < 2) return;
  lines = least(lines, room);
  int rows = lines - 1, first = below >= lines || below >= y ? y + 1 : y - lines;
  p->top = most(least(p->top, p->at), p->at - rows + 1);
  Columns c = columns_of(p, paint->c->w);
  int lead = most(2, least(LEAD, x)), left = most(0, least(x - lead, paint->c->w - c.width));
  int text = left + lead, right = left + c.width - GAP;
  for (int i = 0; i < rows; i++) {
    int k = p->top + i;
    draw_surface(paint, left, first + i, c.width);
    if (k == p->at) paint_text(paint, left + most(1, lead - 2), first + i, 1, glyph(paint, G_CURSOR_ROW), STYLE_FG);
    draw_word(paint, text, first + i, right, &c, &p->word[k], typed);
    canvas_shade(paint->c, left, first + i, c.width, k == p->at ? EXTRA_ROW : EXTRA_POPUP);
  }
  draw_surface(paint, left, first + rows, c.width);
  draw_keys(p, paint, text, first + rows, right);
  canvas_shade(paint->c, left, first + rows, c.width, EXTRA_POPUP);
}
