// A form as it looks: options with value, scale and default in columns; below, what is wrong with the chosen one, what
// it means, and the Lua.
#include "ui/form_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROOMY = 15, WIDTH = 74, WIDEST = 100, FIXED = 9, NARROW = 60, NAME = 19, VALUE = 9, END = 7, DOC_LINES = 2 };

typedef struct Place {
  Rect r;
  int x, w, value, range, dflt, name_w, value_w; // columns; range, dflt -1 = no room
} Place;

static Place place_of(const App *a, const Form *f) {
  int64_t n = draft_form(&f->draft)->n;
  int w = a->w < NARROW ? a->w : a->w - 6 < WIDTH ? a->w - 2 : a->w - 6 > WIDEST ? WIDEST : a->w - 6;
  int top = a->h >= 20 ? 1 : 0, room = a->h - 1 - top, h = (int)(n < 100 ? n : 100) + FIXED + (n == 0);
  if (h > room) h = room;
  Place l = {.r = {(a->w - w) / 2, top, w, h}};
  l.x = l.r.x + 3, l.w = w - 5;
  l.name_w = w < NARROW ? l.w / 2 - 2 : NAME, l.value = l.x + l.name_w + 1;
  l.value_w = w < NARROW ? l.w - l.name_w - 1 : VALUE + (w >= WIDTH ? (w - WIDTH) / 3 : 0);
  l.range = w < NARROW ? -1 : l.value + l.value_w + 2;
  l.dflt = w < NARROW ? -1 : l.range + END + 2 + SCALE_WIDTH + END + 2;
  return l;
}

// ---- ranges --------------------------------------------------------------------------------------------------------
static void end_text(double v, char *buf, size_t size) {
  char text[NUMFMT_MAX];
  buf[0] = 0;
  if (!isfinite(v)) return;
  if (fabs(v) >= 1e9) snprintf(text, sizeof text, "1e%d", (int)lround(log10(fabs(v))));
  else if (fabs(v) >= 1e6) snprintf(text, sizeof text, "%.4gM", v / 1e6);
  else if (v == floor(v)) fmt_i64(text, sizeof text, (int64_t)v, true);
  else fmt_shortest(text, sizeof text, v);
  if (strlen(text) > END && v < 1 && v > 0.99) snprintf(text, sizeof text, "below 1");
  snprintf(buf, size, "%s", text);
}

static void draw_scale(const Paint *p, int x, int y, const WireOption *o, const char *value, bool good) {
  char lo[NUMFMT_MAX], hi[NUMFMT_MAX];
  double v = NAN;
  bool number = parse_f64(value, strlen(value), &v);
  end_text(o->lo, lo, sizeof lo), end_text(o->hi, hi, sizeof hi);
  double place = number ? scale_place(o, v) : NAN;
  if (isnan(scale_place(o, 1))) {
    paint_text(p, x + END + 1, y, 2 * END + SCALE_WIDTH, "any number", STYLE_DIM);
    return;
  }
  paint_right(p, x, y, END, lo, STYLE_DIM);
  x += END + 1;
  for (int i = 0; i < SCALE_WIDTH; i++) paint_text(p, x + i, y, 1, glyph(p, G_RULE), STYLE_FAINT);
  int at = isnan(place) ? -1 : (int)lround(place * (SCALE_WIDTH - 1));
  if (!good) paint_text(p, x + (at < 0 ? SCALE_WIDTH - 1 : at), y, 1, "!", STYLE_WARN);
  else if (at >= 0) paint_text(p, x + at, y, 1, glyph(p, G_NOW), STYLE_DIM);
  paint_text(p, x + SCALE_WIDTH + 1, y, END, *hi ? hi : "and up", STYLE_DIM);
}

// The present one strong; those from it on when there is no room for all.
static void draw_choices(const Paint *p, int x, int y, int w, const char *choices, const char *value) {
  int total = utf8_width(sv(choices)), used = 0;
  const char *from = choices;
  for (const char *c = choices; total > w && *c; c += strcspn(c, "|"), c += *c == '|')
    if (sv_is((Sv){c, strcspn(c, "|")}, value)) from = c;
  if (utf8_width(sv(from)) + 2 <= w && from != choices) {
    const char *back = from; // as many before it as fit
    while (back > choices) {
      const char *one = back - 1;
      while (one > choices && one[-1] != '|') one--;
      if (utf8_width(sv(one)) + 2 > w) break;
      back = one;
    }
    from = back;
  }
  if (from != choices) used = paint_text(p, x, y, 1, glyph(p, G_CUT), STYLE_DIM) + 1;
  for (const char *c = from; *c; c += *c == '|') {
    size_t n = strcspn(c, "|");
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)n, c);
    int need = utf8_width(sv(word));
    if (used + need + (c[n] ? 2 : 0) > w) {
      paint_text(p, x + used, y, w - used, glyph(p, G_CUT), STYLE_DIM);
      return;
    }
    used += paint_text(p, x + used, y, need, word, sv_is((Sv){c, n}, value) ? STYLE_STRONG : STYLE_DIM) + 1;
    c += n;
  }
}

static const char *kind_of(const WireOption *o) {
  if (o->type == PARAM_VALUE) return o->choices;
  if (option_is_column(o) && strstr(o->doc, "column")) return o->type == PARAM_NAMES ? "columns" : "a column";
  return o->type == PARAM_NAMES ? "names" : "text";
}

static void draw_range(const Paint *p, const Place *l, int y, const WireOption *o, const char *value, bool good) {
  int w = l->dflt - l->range - 1;
  if (o->type == PARAM_INT || o->type == PARAM_REAL) draw_scale(p, l->range, y, o, value, good);
  else if (o->type == PARAM_BOOL) draw_choices(p, l->range, y, w, "false|true", value);
  else if (o->type == PARAM_CHOICE) draw_choices(p, l->range, y, w, o->choices, value);
  else paint_text(p, l->range, y, w, kind_of(o), STYLE_DIM);
}

// ---- lines ---------------------------------------------------------------------------------------------------------
static void draw_value(Form *f, const Paint *p, const Place *l, int64_t k, int y, bool good) {
  const WireOption *o = &draft_form(&f->draft)->option[k];
  const char *given = f->draft.value[k], *text = given ? given : o->dflt ? o->dflt : "";
  bool words = o->type == PARAM_TEXT || o->type == PARAM_NAMES || o->type == PARAM_VALUE;
  Style style = !good ? STYLE_WARN : given ? STYLE_FOCUS : STYLE_FG;
  if (f->editing && k == f->at) {
    int w = utf8_width(sv(field_text(&f->field))) + 1;
    if (w > l->value_w) w = l->value_w;
    field_draw(&f->field, p, words ? l->value : l->value + l->value_w - w, y, words ? l->value_w : w, style, true);
  } else if (words) paint_text(p, l->value, y, l->value_w, text, style);
  else paint_right(p, l->value, y, l->value_w, text, style);
}

static void draw_option(App *a, Form *f, const Paint *p, const Place *l, int64_t k, int y) {
  const WireOption *o = &draft_form(&f->draft)->option[k];
  const char *given = f->draft.value[k];
  Str why = {0};
  bool good = draft_check(a, &f->draft, k, &why);
  Style style = !good ? STYLE_WARN : given ? STYLE_FOCUS : STYLE_FG;
  paint_text(p, l->x, y, l->name_w, o->name, style);
  draw_value(f, p, l, k, y, good);
  if (l->range >= 0) {
    draw_range(p, l, y, o, given ? given : o->dflt ? o->dflt : "", good);
    int w = l->x + l->w - l->dflt;
    paint_text(p, l->dflt, y, w, !o->dflt ? "must be given" : *o->dflt ? o->dflt : "none", STYLE_DIM);
  }
  if (k == f->at) {
    paint_text(p, l->x - 1, y, 1, glyph(p, G_CURSOR_ROW), STYLE_FOCUS);
    canvas_shade(p->c, l->r.x + 1, y, l->r.w - 2, EXTRA_ROW);
  }
  str_fini(&why);
}

// Words in lines of w columns; how many lines.
static int draw_words(const Paint *p, int x, int y, int w, int most, const char *text) {
  Sv rest = sv(text);
  int line = 0;
  for (; rest.n && line < most; line++) {
    size_t n = utf8_fit(rest, w);
    if (n < rest.n && line + 1 < most) {
      size_t cut = n;
      while (cut > 0 && rest.s[cut] != ' ') cut--;
      if (cut) n = cut;
    } else n = rest.n;
    char *part = strndup(rest.s, n);
    paint_text(p, x, y + line, w, part, STYLE_DIM);
    free(part);
    rest = (Sv){rest.s + n, rest.n - n};
    while (rest.n && *rest.s == ' ') rest.s++, rest.n--;
  }
  return line;
}

static void draw_lua(App *a, const Form *f, const Paint *p, const Place *l, int y) {
  Str lua = {0}, why = {0}, state = {0};
  bool can = draft_print(a, &f->draft, &lua, &why);
  int64_t wrong = draft_wrong(a, &f->draft);
  if (wrong) str_addf(&state, "%lld to mend", (long long)wrong);
  int used = paint_right(p, l->x, y, l->w, str_c(&state), STYLE_WARN), room = l->w - used - (used ? 2 : 0);
  if (can) draft_paint(&f->draft, p, l->x, y, room, str_c(&lua));
  else paint_text(p, l->x, y, room, str_c(&why), STYLE_WARN);
  str_fini(&lua), str_fini(&why), str_fini(&state);
}

// What is wrong with the chosen option, what it means, the Lua; where there is little room what is wrong takes the
// place of what it means.
static void draw_foot(App *a, const Form *f, const Paint *p, const Place *l, int y) {
  const MsgForm *m = draft_form(&f->draft);
  bool roomy = l->r.h >= ROOMY;
  Str why = {0}, text = {0};
  draw_lua(a, f, p, l, roomy ? y + 4 : y + 1);
  if (m->n) {
    const WireOption *o = &m->option[f->at];
    bool good = draft_check(a, &f->draft, f->at, &why);
    if (!good) {
      const char *value = f->draft.value[f->at];
      str_addf(&text, "%s%s%s%s %s", o->name, value ? " " : "", value ? value : "", value ? ":" : "", str_c(&why));
      paint_text(p, l->x, y, 1, "!", STYLE_WARN);
      paint_text(p, l->x + 2, y, l->w - 2, str_c(&text), STYLE_STRONG);
    }
    if (roomy || good) draw_words(p, l->x, y + roomy, l->w, roomy ? DOC_LINES : 1, o->doc);
  }
  str_fini(&why), str_fini(&text);
}

static void title(const App *a, const Form *f, Str *what, Str *state) {
  const MsgForm *m = draft_form(&f->draft);
  int64_t given = draft_given(&f->draft);
  str_addf(what, "%s, %lld option%s", m->doc, (long long)m->n, m->n == 1 ? "" : "s");
  if (given) str_addf(what, ", %lld set", (long long)given);
  if (strcmp(m->kind, "model") == 0 && a->sheet.target) str_addf(state, "target %s", a->sheet.target);
}

static void draw_head(const Paint *p, const Place *l, int y) {
  paint_text(p, l->x, y, l->name_w, "option", STYLE_DIM);
  paint_right(p, l->value, y, l->value_w, "value", STYLE_DIM);
  if (l->range < 0) return;
  paint_text(p, l->range, y, 8, "range", STYLE_DIM);
  paint_text(p, l->dflt, y, l->x + l->w - l->dflt, "default", STYLE_DIM);
}

void form_draw(App *a, Form *f, const Paint *p) {
  const MsgForm *m = draft_form(&f->draft);
  Place l = place_of(a, f);
  Str what = {0}, state = {0};
  title(a, f, &what, &state);
  paint_overlay(p, l.r, m->owner, str_c(&what), l.r.w >= NARROW ? str_c(&state) : "");
  str_fini(&what), str_fini(&state);
  int y = l.r.y + 1, foot = l.r.y + l.r.h - (l.r.h >= ROOMY ? 6 : 3);
  if (l.r.h < 7) foot = l.r.y + l.r.h - 2;
  draw_head(p, &l, y++);
  int room = foot - (l.r.h >= ROOMY) - y;
  f->lines = room > 0 ? room : 1;
  if (f->lines >= (int)m->n && m->n) f->lines = (int)m->n;
  f->scale = l.range + END + 1, f->list = (Rect){l.r.x, y, l.r.w, f->lines};
  if (f->at < f->top) f->top = f->at;
  if (f->at >= f->top + f->lines) f->top = f->at - f->lines + 1;
  for (int64_t k = f->top; k < m->n && k < f->top + f->lines; k++) draw_option(a, f, p, &l, k, y + (int)(k - f->top));
  int64_t below = m->n - f->top - f->lines;
  char more[64];
  snprintf(more, sizeof more, "%lld more below", (long long)below);
  if (below > 0 && y + f->lines < foot) paint_text(p, l.x, y + f->lines, l.w, more, STYLE_DIM);
  if (m->n == 0) paint_text(p, l.x, y, l.w, "it has no options", STYLE_DIM);
  if (l.r.h >= 7) draw_foot(a, f, p, &l, foot);
  else draw_lua(a, f, p, &l, foot);
}
