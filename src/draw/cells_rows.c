// Bars of categories: one line a bar, its name at the left, its value behind it. Names of any length can be read, and
// the value makes an axis superfluous. Several series give several lines a category and are named behind the values of
// the first category that has the room.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>
#include <stdio.h>

typedef struct Rows {
  int bars;       // series
  int shown;      // categories that fit
  int step;       // lines from one category to the next
  int head;       // 1 = a first line names the axes
  int name, tail; // columns of names, and of what stands behind the longest bar
  int cells;      // columns of bars
  const Series **series;
  const double **value; // of each series by category; NULL = no bar
} Rows;

static const double *value_of(const Rows *r, const Pen *pen, int k, int c) {
  return r->value[k * pen->p->x.ncategory + c];
}

static const char *text_of(const Rows *r, const Pen *pen, int k, int c) {
  const double *v = value_of(r, pen, k, c);
  return v && !isnan(*v) ? pen_value(pen, &pen->p->y, *v) : "";
}

static int text_width(const char *s) { return utf8_width(sv(s)); }
static int widest(int a, int b) { return a > b ? a : b; }

static void collect(const Pen *pen, Rows *r) {
  const Plot *p = pen->p;
  int n = p->x.ncategory;
  r->series = arena_array(pen->arena, const Series *, p->nseries);
  r->value = arena_array(pen->arena, const double *, (int64_t)n * p->nseries);
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    if (s->kind != MARK_BAR) continue;
    for (int64_t j = 0; j < s->n; j++)
      if (s->x[j] >= 0 && s->x[j] < n) r->value[r->bars * n + (int)s->x[j]] = &s->y[j];
    r->series[r->bars++] = s;
  }
}

// How many categories fit, with a line for the axes' names and blanks between groups where there is room.
static void plan_lines(const Pen *pen, Rows *r) {
  int n = pen->p->x.ncategory, h = pen->room.h, need = n * r->bars;
  bool named = pen->p->x.name || pen->p->y.name;
  r->step = r->bars > 1 && need + n - 1 <= h ? r->bars + 1 : r->bars;
  r->head = named && h > n * r->step - (r->step > r->bars);
  r->shown = need + r->head <= h ? n : (h - 1) / r->bars;
}

static void plan_columns(const Pen *pen, Rows *r) {
  int value = 0, w = pen->room.w;
  r->name = 0;
  for (int c = 0; c < r->shown; c++) {
    r->name = widest(r->name, text_width(pen->p->x.category[c]));
    for (int k = 0; k < r->bars; k++) value = widest(value, text_width(text_of(r, pen, k, c)));
  }
  if (r->name > w / 3) r->name = w / 3;
  r->tail = value + 1 + r->tail;
  r->cells = w - r->name - 1 - r->tail;
  if (r->cells < 1) r->cells = widest(1, w - r->name - 1), r->tail = 0;
}

typedef struct Span {
  int from, to; // eighths of a column
} Span;

// A bar from the zero of the axis to v on `cells` columns. Its foot stands on a border between cells.
static Span bar_span(const Pen *pen, int cells, double v) {
  double zero = pen_share_y(pen, 0), end = pen_share_y(pen, v);
  zero = isnan(zero) ? 0 : fmin(fmax(zero, 0), 1);
  end = isnan(end) ? zero : fmin(fmax(end, 0), 1);
  int foot = (int)lround(zero * cells) * 8, tip = (int)lround(end * cells * 8);
  if (tip == foot && v > 0 && tip < cells * 8) tip++;
  return tip < foot ? (Span){tip, foot} : (Span){foot, tip};
}

// The cells of a bar, one at least.
static Box bar_box(const Pen *pen, int x, int y, int cells, double v) {
  Span s = bar_span(pen, cells, v);
  int from = s.from / 8, to = (s.to + 7) / 8;
  if (to <= from) to = from + 1;
  return (Box){x + from, y, to - from, 1};
}

// Draws the bar and returns the column behind it.
static int draw_bar(const Pen *pen, int x, int y, int cells, double v, Style style) {
  Span s = bar_span(pen, cells, v);
  for (int i = s.from / 8; i < cells && i * 8 < s.to; i++) {
    int begin = s.from - 8 * i, stop = s.to - 8 * i;
    uint32_t glyph = pen->g->right[stop > 8 ? 8 : stop];
    if (begin > 2) glyph = begin <= 6 ? pen->g->left_half : ' ';
    canvas_put(pen->c, x + i, y, glyph, style);
  }
  return x + (s.to + 7) / 8;
}

// Column behind value and bar of (k, c).
static int end_of(const Rows *r, const Pen *pen, int k, int c) {
  const double *v = value_of(r, pen, k, c);
  int bar = v ? (bar_span(pen, r->cells, *v).to + 7) / 8 : 0;
  return r->name + 1 + bar + 1 + text_width(text_of(r, pen, k, c));
}

static bool names_fit(const Rows *r, const Pen *pen, int c) {
  for (int k = 0; k < r->bars; k++) {
    const char *name = r->series[k]->name;
    if (name && end_of(r, pen, k, c) + 1 + text_width(name) > pen->room.w) return false;
  }
  return true;
}

// The first category behind whose values the series can be named; makes room behind the first when there is none.
static int naming_row(Rows *r, const Pen *pen) {
  if (r->bars < 2) return -1;
  for (int c = 0; c < r->shown; c++)
    if (names_fit(r, pen, c)) return c;
  int most = 0;
  for (int k = 0; k < r->bars; k++)
    if (r->series[k]->name) most = widest(most, text_width(r->series[k]->name) + 1);
  if (most > pen->room.w / 4) return -1;
  r->tail = most;
  plan_columns(pen, r);
  return 0;
}

static void draw_row(const Rows *r, const Pen *pen, int c, int y, bool named) {
  const Box *room = &pen->room;
  int x = room->x + r->name + 1;
  pen_text(pen, room->x, y, r->name, pen->p->x.category[c], STYLE_FG);
  for (int k = 0; k < r->bars; k++) {
    const double *v = value_of(r, pen, k, c);
    Style style = pen_style(r->series[k]);
    if (!v || isnan(*v)) continue;
    int end = draw_bar(pen, x, y + k, r->cells, *v, style) + 1;
    spot_add(pen, (int)(r->series[k] - pen->p->series), v - r->series[k]->y, bar_box(pen, x, y + k, r->cells, *v));
    if (!r->tail) continue;
    end += pen_text(pen, end, y + k, room->x + room->w - end, text_of(r, pen, k, c), STYLE_FG) + 1;
    if (named && r->series[k]->name) pen_text(pen, end, y + k, room->x + room->w - end, r->series[k]->name, style);
  }
}

void rows_head(const Pen *pen, int name) {
  const Plot *p = pen->p;
  int x = pen->room.x, bars = x + name + 1;
  int used = p->x.name ? pen_text(pen, x, pen->room.y, pen->room.w / 2, p->x.name, STYLE_DIM) : 0;
  if (x + used + 1 > bars) bars = x + used + 2;
  if (p->y.name) pen_text(pen, bars, pen->room.y, x + pen->room.w - bars, p->y.name, STYLE_DIM);
}

int rows_draw(Pen *pen) {
  Rows r = {0};
  collect(pen, &r);
  plan_lines(pen, &r);
  plan_columns(pen, &r);
  int named = naming_row(&r, pen), y = pen->room.y + r.head;
  if (r.head) rows_head(pen, r.name);
  for (int c = 0; c < r.shown; c++, y += r.step) draw_row(&r, pen, c, y, c == named);
  if (r.step > r.bars) y--;
  int hidden = pen->p->x.ncategory - r.shown;
  char more[40];
  if (pen->p->note && *pen->p->note) snprintf(more, sizeof more, "more"); // of those that it leaves out, too
  else snprintf(more, sizeof more, "%d more", hidden);
  if (hidden) pen_text(pen, pen->room.x, y++, pen->room.w, more, STYLE_DIM);
  return y - pen->room.y;
}
