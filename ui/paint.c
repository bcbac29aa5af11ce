// What every line of the screen is written with: text that is cut and cannot drive the terminal, titles on their rules,
// key bars, small graphics in a line, and overlays. A glyph has one column in both of its forms, so nothing moves when
// the screen is one of ASCII: the same text is painted and its glyphs are exchanged one by one.
#include "ui/paint_int.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

static bool is_ascii(const Paint *p) { return p->style->glyphs == GLYPHS_ASCII; }

#define GLYPH_UTF8(NAME, utf8, ascii) utf8,
#define GLYPH_ASCII(NAME, utf8, ascii) ascii,
static const char *const UTF8[G_COUNT] = {GLYPHS(GLYPH_UTF8)};
static const char *const ASCII[G_COUNT] = {GLYPHS(GLYPH_ASCII)};

const char *glyph(const Paint *p, Glyph g) { return is_ascii(p) ? ASCII[g] : UTF8[g]; }

// ---- text ---------------------------------------------------------------------------------------------------------
static size_t len_of(Sv text) {
  int len;
  utf8_decode(text.s, text.n, &len);
  return (size_t)len;
}

void paint_to_ascii(Str *text) {
  Str out = {0};
  for (size_t i = 0, len = 0; i < text->n; i += len) {
    Sv rest = {text->s + i, text->n - i};
    len = len_of(rest);
    int g = 0;
    while (len > 1 && g < G_COUNT && !sv_is((Sv){rest.s, len}, UTF8[g])) g++;
    if (len > 1 && g < G_COUNT) str_add(&out, ASCII[g]);
    else str_addn(&out, rest.s, len);
  }
  str_fini(text);
  *text = out;
}

// Puts into `out` what of `text` shows in w columns; returns its columns.
static int fit(const Paint *p, int w, const char *text, Str *out) {
  Str whole = {0};
  escape_add(&whole, sv(text), false);
  if (is_ascii(p)) paint_to_ascii(&whole);
  Sv all = {str_c(&whole), whole.n};
  int width = utf8_width(all);
  if (width <= w) {
    *out = whole;
    return width;
  }
  Sv head = {all.s, w > 0 ? utf8_fit(all, w - 1) : 0};
  while (head.n && strchr(" ,.", head.s[head.n - 1])) head.n--;
  str_addn(out, head.s, head.n);
  if (w > 0) str_add(out, glyph(p, G_CUT));
  str_fini(&whole);
  return utf8_width((Sv){str_c(out), out->n});
}

int paint_text(const Paint *p, int x, int y, int w, const char *text, Style style) {
  Str shown = {0};
  fit(p, w, text, &shown);
  int used = canvas_text(p->c, x, y, str_c(&shown), style);
  str_fini(&shown);
  return used;
}

int paint_right(const Paint *p, int x, int y, int w, const char *text, Style style) {
  Str shown = {0};
  int width = fit(p, w, text, &shown);
  canvas_text(p->c, x + w - width, y, str_c(&shown), style);
  str_fini(&shown);
  return width;
}

static void repeat(const Paint *p, int x, int y, int w, Glyph g, Style style) {
  for (int i = 0; i < w; i++) canvas_text(p->c, x + i, y, glyph(p, g), style);
}

// ---- titles and key bars ------------------------------------------------------------------------------------------
static int width_of(const char *text) { return text && *text ? utf8_width(sv(text)) : 0; }

void paint_title(const Paint *p, Rect r, int number, const char *name, const char *what, const char *state,
                 bool focused, const Badge *badge) {
  if (r.h < 1 || r.w < 3) return;
  char digits[16] = "";
  if (number > 0) snprintf(digits, sizeof digits, "%d ", number);
  int room = r.w - 2, head = width_of(digits) + width_of(name);
  int tail_badge = badge && *badge->text ? width_of(badge->text) + 1 : 0;
  if (head + 2 + tail_badge > room) tail_badge = 0;
  int tail_state = width_of(state) ? width_of(state) + 1 + (tail_badge > 0) : 0; // a blank, and two before a badge
  if (head + 2 + tail_state + tail_badge > room) tail_state = 0;
  int what_room = room - head - 2 - 2 - tail_state - tail_badge; // two blanks before, blank and stroke behind
  int x = r.x + 1, end = r.x + 1 + room;
  x += paint_text(p, x, r.y, room, digits, focused ? STYLE_FOCUS : STYLE_DIM);
  x += paint_text(p, x, r.y, end - x, name, focused ? STYLE_FOCUS : STYLE_STRONG);
  if (width_of(what) && what_room > 0) x += 2 + paint_text(p, x + 2, r.y, what_room, what, STYLE_FG);
  x++;
  int rule = end - x - tail_state - tail_badge;
  repeat(p, x, r.y, rule, focused ? G_FOCUS_RULE : G_RULE, focused ? STYLE_ACCENT : STYLE_FAINT);
  if (tail_state) paint_text(p, x + rule + 1, r.y, tail_state, state, STYLE_DIM);
  if (tail_badge) paint_right(p, r.x, r.y, r.w - 1, badge->text, badge->style);
}

enum { WORD_LEAST = 4, KEY_GAP = 6 };

// Columns that the pairs need with words of the given lengths, without gaps.
static int keys_width(const KeyWord *pair, const int *word, int n) {
  int total = 0;
  for (int i = 0; i < n; i++) total += width_of(pair[i].key) + (word[i] ? 1 + word[i] : 0);
  return total;
}

// Where the words do not fit with two blanks between the pairs, the last word (help) goes, then the longest words give
// letters; then the gaps give a blank.
static int shorten_words(const KeyWord *pair, int *word, int n, int room) {
  int need = room - 2 * (n - 1);
  if (n > 1 && keys_width(pair, word, n) > need) word[n - 1] = 0;
  while (keys_width(pair, word, n) > need) {
    int longest = 0;
    for (int i = 1; i < n; i++)
      if (word[i] > word[longest]) longest = i;
    if (word[longest] <= WORD_LEAST) break;
    word[longest]--;
  }
  int gap = n > 1 ? (room - keys_width(pair, word, n)) / (n - 1) : 0;
  return gap > KEY_GAP ? KEY_GAP : gap < 1 ? 1 : gap;
}

typedef struct BarPlan {
  int n, word[KEYS_MOST], gap;
  KeyWord pair[KEYS_MOST]; // that show, and the place of the last among all
  int last;
} BarPlan;

static BarPlan plan_bar(Rect r, const KeyWord *pair, int n) {
  BarPlan plan = {.n = n < KEYS_MOST ? n : KEYS_MOST};
  plan.last = plan.n - 1;
  memcpy(plan.pair, pair, (size_t)plan.n * sizeof *pair);
  while (true) {
    for (int i = 0; i < plan.n; i++) plan.word[i] = width_of(plan.pair[i].word);
    plan.gap = shorten_words(plan.pair, plan.word, plan.n, r.w - 2);
    if (plan.n < 2 || keys_width(plan.pair, plan.word, plan.n) + plan.gap * (plan.n - 1) <= r.w - 2) return plan;
    plan.pair[plan.n - 2] = plan.pair[plan.n - 1]; // the last key, which leads to all others, stays
    plan.n--;
  }
}

void paint_key_bar(const Paint *p, Rect r, const KeyWord *pair, int n) {
  BarPlan plan = plan_bar(r, pair, n);
  int x = r.x + 1, end = r.x + r.w;
  for (int i = 0; i < plan.n && r.h > 0; i++) {
    int key = width_of(plan.pair[i].key), word = plan.word[i];
    if (x + key > end) return;
    x += paint_text(p, x, r.y, key, plan.pair[i].key, STYLE_FOCUS);
    if (word && x + 1 + word <= end) {
      size_t bytes = utf8_fit(sv(plan.pair[i].word), word);
      char part[64];
      snprintf(part, sizeof part, "%.*s", (int)bytes, plan.pair[i].word);
      x += 1 + paint_text(p, x + 1, r.y, word, part, STYLE_DIM);
    }
    x += plan.gap;
  }
}

int key_bar_at(Rect r, const KeyWord *pair, int n, int x) {
  BarPlan plan = plan_bar(r, pair, n);
  int at = r.x + 1;
  for (int i = 0; i < plan.n; i++) {
    int w = width_of(plan.pair[i].key) + (plan.word[i] ? 1 + plan.word[i] : 0);
    if (x >= at && x < at + w) return i == plan.n - 1 ? plan.last : i;
    at += w + plan.gap;
  }
  return -1;
}

// ---- small graphics -----------------------------------------------------------------------------------------------
void paint_spark(const Paint *p, int x, int y, const double *share, int n, Style style) {
  static const uint32_t EIGHTH[8] = {0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588};
  for (int i = 0; i < n; i++) {
    double v = share[i] > 0 ? fmin(share[i], 1) : 0; // NaN counts as nothing
    uint32_t cp = is_ascii(p) ? '0' + (uint32_t)lround(9 * v) : v > 0 ? EIGHTH[(int)fmin(7, 8 * v)] : ' ';
    canvas_put(p->c, x + i, y, cp, style);
  }
}

void paint_shares(const Paint *p, int x, int y, int w, const WireHead *head) {
  static const Style LEVEL[] = {STYLE_GROUP0, STYLE_GROUP4, STYLE_REST};
  bool letters = is_ascii(p) || p->style->depth <= THEME_MONO;
  Sv text = sv(head->text ? head->text : "");
  double share = 0;
  int used = 0;
  for (int64_t k = 0; k < head->n; k++) {
    int len = 1;
    uint32_t letter = text.n ? utf8_decode(text.s, text.n, &len) : '#';
    if (text.n) text = (Sv){text.s + len, text.n - (size_t)len};
    share += head->value[k];
    int to = (int)lround(w * fmin(fmax(share, 0), 1));
    for (; used < to; used++) canvas_put(p->c, x + used, y, letters ? letter : 0x2584, LEVEL[k < 2 ? k : 2]);
  }
}

void paint_progress(const Paint *p, int x, int y, int w, double share) {
  int done = (int)lround(w * fmin(fmax(share, 0), 1));
  repeat(p, x, y, done, G_FOCUS_RULE, STYLE_ACCENT);
  repeat(p, x + done, y, w - done, G_RULE, STYLE_FAINT);
}

void paint_plot(const Paint *p, Rect r, const Plot *plot) {
  if (r.w < 1 || r.h < 1) return;
  Canvas picture;
  canvas_init(&picture, r.w, r.h);
  draw_cells(plot, p->style, &picture);
  canvas_blit(p->c, r.x, r.y, &picture);
  canvas_fini(&picture);
}

// ---- overlays -----------------------------------------------------------------------------------------------------
void paint_overlay(const Paint *p, Rect r, const char *name, const char *what, const char *keys) {
  canvas_back(p->c);
  for (int y = r.y; y < r.y + r.h; y++)
    for (int x = r.x; x < r.x + r.w; x++) canvas_put(p->c, x, y, ' ', STYLE_FG);
  if (r.w < 2 || r.h < 2) return;
  int right = r.x + r.w - 1, foot = r.y + r.h - 1;
  paint_title(p, r, 0, name, what, keys, true, NULL);
  for (int y = r.y + 1; y < foot; y++) {
    repeat(p, r.x, y, 1, G_DIVIDER, STYLE_FAINT);
    repeat(p, right, y, 1, G_DIVIDER, STYLE_FAINT);
  }
  repeat(p, r.x, foot, r.w, G_RULE, STYLE_FAINT);
  repeat(p, r.x, foot, 1, G_CORNER, STYLE_FAINT);
  repeat(p, right, foot, 1, G_CORNER_RIGHT, STYLE_FAINT);
  repeat(p, r.x, r.y, 1, G_TOP_LEFT, STYLE_ACCENT);
  repeat(p, right, r.y, 1, G_TOP_RIGHT, STYLE_ACCENT);
}
