// Stacked bars of categories: one line a category, the series behind each other in the order of the legend, each with
// its number inside where there is a ground to write on and room; the total stands behind, unless all are the same.
// Borders between series fall between cells; only the end of a bar is finer.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>
#include <stdio.h>

typedef struct Stacks {
  int n, shown, head; // categories, those that fit, 1 = a first line names the axes
  int name, tail;     // columns of names and of what stands behind the longest bar
  int cells;          // columns of bars
  double *lo, *hi;    // ends of each bar
} Stacks;

bool bars_are_stacked(const Plot *p) {
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    for (int64_t j = 0; s->kind == MARK_BAR && s->y2 && j < s->n; j++)
      if (isfinite(s->y2[j]) && s->y2[j] != 0) return true;
  }
  return false;
}

static int widest(int a, int b) { return a > b ? a : b; }
static int text_width(const char *s) { return utf8_width(sv(s)); }

static bool piece_of(const Series *s, int64_t j, int n, int *category, double *from, double *to) {
  if (s->kind != MARK_BAR || !(s->x[j] >= 0 && s->x[j] < n)) return false;
  *category = (int)s->x[j], *from = s->y2 ? s->y2[j] : 0, *to = s->y[j];
  return isfinite(*from) && isfinite(*to);
}

static void collect(const Pen *pen, Stacks *t) {
  t->n = pen->p->x.ncategory;
  t->lo = arena_array(pen->arena, double, t->n), t->hi = arena_array(pen->arena, double, t->n);
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    int c;
    double a, b;
    for (int64_t j = 0; j < s->n; j++) {
      if (s->kind != MARK_BAR || !piece_of(s, j, t->n, &c, &a, &b)) continue;
      t->lo[c] = fmin(t->lo[c], fmin(a, b)), t->hi[c] = fmax(t->hi[c], fmax(a, b));
    }
  }
}

static const char *total_of(const Stacks *t, const Pen *pen, int c) {
  return pen_value(pen, &pen->p->y, t->lo[c] < 0 && t->hi[c] <= 0 ? t->lo[c] : t->hi[c]);
}

static bool totals_differ(const Stacks *t) {
  for (int c = 1; c < t->n; c++)
    if (fabs(t->hi[c] - t->hi[0]) > 1e-9 * fabs(t->hi[0])) return true;
  return t->n > 0 && t->hi[0] != 1 && t->hi[0] != 100;
}

static void plan(const Pen *pen, Stacks *t) {
  const Plot *p = pen->p;
  int h = pen->room.h, w = pen->room.w, value = -1;
  t->head = (p->x.name || p->y.name) && h > t->n;
  t->shown = t->n + t->head <= h ? t->n : h - 1;
  for (int c = 0; c < t->shown; c++) {
    t->name = widest(t->name, text_width(p->x.category[c]));
    if (totals_differ(t)) value = widest(value, text_width(total_of(t, pen, c)));
  }
  if (t->name > w / 3) t->name = w / 3;
  t->tail = value + 1, t->cells = w - t->name - 1 - t->tail;
  if (t->cells < 1) t->cells = widest(1, w - t->name - 1), t->tail = 0;
}

static int column_of(const Pen *pen, const Stacks *t, double v, int parts) {
  double share = pen_share_y(pen, v);
  return (int)lround(fmin(fmax(isnan(share) ? 0 : share, 0), 1) * t->cells * parts);
}

static void draw_piece(const Pen *pen, const Stacks *t, const Series *s, double from, double to, int x, int y,
                       bool end) {
  int a = column_of(pen, t, from, 1), b = column_of(pen, t, to, 1), group = s->group < 0 ? 0 : s->group;
  int left = a < b ? a : b, right = a < b ? b : a, tip = column_of(pen, t, to, 8);
  Style style = pen_style(s);
  const char *text = pen_value(pen, &pen->p->y, to - from);
  int width = text_width(text), cut = end && to > from && tip / 8 >= left ? tip / 8 : right;
  for (int i = left; i < right && i < cut; i++) canvas_put(pen->c, x + i, y, pen_filler(pen, group), style);
  if (cut < t->cells && end && tip % 8 && cut >= left && to > from) {
    bool whole = pen->style->depth < THEME_16;
    if (!whole) canvas_put(pen->c, x + cut, y, pen->g->right[tip % 8], style);
    else if (tip % 8 >= 4) canvas_put(pen->c, x + cut, y, pen_filler(pen, group), style);
  }
  right = cut < right ? cut : right;
  if (pen->style->depth < THEME_16 || !hue_known(style) || width + 2 > right - left || to == from) return;
  for (int i = left; i < right; i++) canvas_put(pen->c, x + i, y, ' ', style);
  canvas_paint(pen->c, x + left, y, right - left, style);
  canvas_label(pen->c, x + left + (right - left - width) / 2, y, text, style);
}

static Box piece_box(const Pen *pen, const Stacks *t, double from, double to, int x, int y) {
  int a = column_of(pen, t, from, 1), b = column_of(pen, t, to, 1), left = a < b ? a : b, right = a < b ? b : a;
  return (Box){x + left, y, right > left ? right - left : 1, 1};
}

static void draw_line(const Pen *pen, const Stacks *t, int c, int y) {
  int x = pen->room.x + t->name + 1, k;
  double a, b;
  pen_text(pen, pen->room.x, y, t->name, pen->p->x.category[c], STYLE_FG);
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    for (int64_t j = 0; s->kind == MARK_BAR && j < s->n; j++)
      if (piece_of(s, j, t->n, &k, &a, &b) && k == c) {
        draw_piece(pen, t, s, a, b, x, y, b >= t->hi[c]);
        spot_add(pen, i, j, piece_box(pen, t, a, b, x, y));
      }
  }
  if (t->tail <= 1 || (t->hi[c] == 0 && t->lo[c] == 0)) return;
  bool whole = pen->style->depth < THEME_16;
  int end = x + (column_of(pen, t, t->hi[c], 8) + (whole ? 4 : 7)) / 8 + 1;
  pen_text(pen, end, y, pen->room.x + pen->room.w - end, total_of(t, pen, c), STYLE_FG);
}

int stacks_draw(Pen *pen) {
  Stacks t = {0};
  collect(pen, &t);
  plan(pen, &t);
  int y = pen->room.y;
  if (t.head) rows_head(pen, t.name), y++;
  for (int c = 0; c < t.shown; c++) draw_line(pen, &t, c, y++);
  if (t.shown < t.n) pen_more(pen, pen->room.x, y++, t.n - t.shown);
  return y - pen->room.y;
}
