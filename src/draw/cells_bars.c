// Bars over a number axis: histograms.
//
// Equal bins get equally many columns, or none would be comparable with its neighbour; the area gives up the columns
// that are left over. With more bins than columns a column shows its tallest bin, so that no spike is lost. One series
// is filled. Of two the first is filled and the second an outline over it: both shapes can be read whole, which neither
// thin stripes side by side nor two fills would allow, and they differ without colour. More are outlines all.
// The axis below is the box plot: thin from min to max, thick between the quartiles, a stroke at the median.
#include "draw/draw_int.h"

#include <math.h>

static bool is_bars(const Series *s) { return s->kind == MARK_BAR; }

int bars_width(const Pen *pen, int w) {
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    if (!is_bars(s) || s->n < 1) continue;
    double share = pen_share_x(pen, s->n > 1 ? s->x[1] : s->x2[0]) - pen_share_x(pen, s->x[0]);
    double bins = round(1 / share), each = floor(w / bins);
    bool even = fabs(share * bins - 1) < 1e-6 && each >= 1;
    return even ? (int)(each * bins) : w;
  }
  return w;
}

// A share moved to a border between cells: where bars of both signs begin.
static double snap(const Pen *pen, double share) {
  return share > 0 && share < 1 ? round(share * pen->area.h) / pen->area.h : share;
}

// Ends of bar i as shares from the bottom of the area, low first; false when it has none.
static bool bar_ends(const Pen *pen, const Series *s, int64_t i, double *lo, double *hi) {
  double a = pen_share_y(pen, s->y2 ? s->y2[i] : 0), b = pen_share_y(pen, s->y[i]);
  if (isnan(a)) a = 0; // the foot of a bar on a log axis
  if (!s->y2 || s->y2[i] == 0) a = snap(pen, a);
  if (isnan(b) || !isfinite(s->y[i]) || !isfinite(s->x[i]) || !isfinite(s->x2[i])) return false;
  *lo = fmax(0, fmin(a, b)), *hi = fmin(1, fmax(a, b));
  return *lo <= 1 && *hi >= 0;
}

// Whether bars stand apart: then they are equally wide, with what is left over between them.
static bool are_apart(const Series *s) { return s->n > 1 && s->x2[0] - s->x[0] < 0.95 * (s->x[1] - s->x[0]); }

// Columns [*from, *to) of bar i within the area, one at least; false when it lies outside.
static bool bar_columns(const Pen *pen, const Series *s, int64_t i, bool apart, int *from, int *to) {
  double a = pen_share_x(pen, s->x[i]), b = pen_share_x(pen, s->x2[i]);
  int w = pen->area.w;
  if (isnan(a) || isnan(b) || !(b > 0) || !(a < 1)) return false;
  *from = (int)lround(fmax(a, 0) * w), *to = (int)lround(fmin(b, 1) * w);
  if (apart && a > 0 && b < 1) *to = *from + (int)((b - a) * w + 1e-6);
  if (*to <= *from) *to = *from + 1;
  return *from < w;
}

bool bars_box_of(const Pen *pen, const Series *s, int64_t i, Box *b) {
  double lo, hi;
  int from, to, h = pen->area.h;
  if (!bar_ends(pen, s, i, &lo, &hi) || !bar_columns(pen, s, i, are_apart(s), &from, &to)) return false;
  int foot = (int)floor(lo * h + 1e-6), top = (int)ceil(hi * h - 1e-6);
  if (top <= foot) top = foot + 1; // an empty bar has its place at the foot
  if (to > pen->area.w) to = pen->area.w;
  *b = (Box){pen->area.x + from, pen->area.y + h - top, to - from, top - foot};
  return to > from && b->y >= pen->area.y;
}

typedef struct Column {
  double lo, hi;
  bool any;
} Column;

static Column *columns_of(const Pen *pen, const Series *s) {
  int w = pen->area.w;
  Column *column = arena_array(pen->arena, Column, w);
  bool apart = are_apart(s);
  for (int64_t i = 0; i < s->n; i++) {
    double lo, hi;
    int from, to;
    if (!bar_ends(pen, s, i, &lo, &hi) || !bar_columns(pen, s, i, apart, &from, &to)) continue;
    for (int x = from; x < to && x < w; x++) {
      Column *c = &column[x];
      if (!c->any || hi - lo > c->hi - c->lo) *c = (Column){lo, hi, true};
    }
  }
  return column;
}

void bars_fill(const Pen *pen, int x, double lo, double hi, Style style) {
  lo = fmin(fmax(lo, 0), 1), hi = fmin(fmax(hi, 0), 1);
  int h = pen->area.h, foot = (int)lround(lo * h * 8), top = (int)lround(hi * h * 8);
  if (hi > lo && top == foot) top++;
  for (int r = 0; r < h; r++) {
    int below = foot - 8 * r, above = top - 8 * r, y = pen->area.y + h - 1 - r;
    if (above <= 0 || below >= 8) continue;
    uint32_t glyph = pen->g->up[above > 8 ? 8 : above];
    if (below > 0) glyph = below <= 2 ? pen->g->up[8] : below <= 6 ? pen->g->down_half : ' ';
    if (glyph != ' ') canvas_put(pen->c, pen->area.x + x, y, glyph, style);
  }
}

// A piece of a stack from share lo to hi, on what is above it. Where a cell can show two colours the border between two
// pieces is as fine as the top of a bar; elsewhere it falls between cells.
void bars_piece(const Pen *pen, int x, double lo, double hi, const Series *s) {
  int h = pen->area.h, fine = pen_has_halves(pen) ? 8 : 1, group = s->group < 0 ? 0 : s->group;
  int foot = (int)lround(lo * h * fine), top = (int)lround(hi * h * fine);
  Style style = pen_style(s);
  for (int r = foot / fine; r < h && r * fine < top; r++) {
    int above = top - fine * r, col = pen->area.x + x, y = pen->area.y + h - 1 - r;
    if (fine == 1) canvas_put(pen->c, col, y, pen_filler(pen, group), style);
    else canvas_over_fill(pen->c, col, y, pen->g->up[above > 8 ? 8 : above], style);
  }
}

// The line along the tops, joined by risers where neighbours differ.
static void outline(Dots *d, const Column *column, Style style) {
  int sx = d->set->sx, high = d->h * d->set->sy, was = 0;
  for (int x = 0; x <= d->w; x++) {
    int top = x < d->w && column[x].any ? (int)lround(column[x].hi * high) : 0;
    if (x < d->w && column[x].any && column[x].hi > 0 && top == 0) top = 1;
    int lo = top < was ? top : was, hi = top < was ? was : top;
    int riser = top < was ? x * sx - 1 : x * sx; // the riser belongs to the higher of the two
    for (int k = lo; k < hi; k++) dots_set(d, riser, high - 1 - k, 1, style);
    for (int k = 0; top && k < sx; k++) dots_set(d, x * sx + k, high - top, 1, style);
    was = top;
  }
}

// The pieces further up first, so that each lower one finds what is above it.
static void draw_stacks(const Pen *pen) {
  for (int i = pen->p->nseries - 1; i >= 0; i--) {
    const Series *s = &pen->p->series[i];
    const Column *column = is_bars(s) ? columns_of(pen, s) : NULL;
    for (int x = 0; column && x < pen->area.w; x++)
      if (column[x].any && column[x].hi > column[x].lo) bars_piece(pen, x, column[x].lo, column[x].hi, s);
  }
}

void bars_draw(Pen *pen) {
  int bars = 0, done = 0;
  if (bars_are_stacked(pen->p)) {
    draw_stacks(pen);
    return;
  }
  for (int i = 0; i < pen->p->nseries; i++) bars += is_bars(&pen->p->series[i]);
  if (!bars) return;
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    if (!is_bars(s)) continue;
    Column *column = columns_of(pen, s);
    if (bars <= 2 && done++ == 0) {
      for (int x = 0; x < pen->area.w; x++)
        if (column[x].any) bars_fill(pen, x, column[x].lo, column[x].hi, pen_style(s));
      continue;
    }
    Dots d;
    dots_init(&d, pen);
    outline(&d, column, pen_style(s));
    dots_flush(&d, pen);
  }
}

void bars_box(const Pen *pen, int y) {
  const BoxStats *b = &pen->p->box;
  double lo = pen->p->x.lo, hi = pen->p->x.hi;
  if (!(b->max >= lo && b->min <= hi)) return;
  int from = pen_col(pen, b->min), to = pen_col(pen, b->max);
  for (int x = from; x <= to; x++) canvas_put(pen->c, x, y, pen->g->thin, STYLE_FAINT);
  if (!(b->q3 >= lo && b->q1 <= hi)) return;
  from = pen_col(pen, b->q1), to = pen_col(pen, b->q3);
  for (int x = from; x <= to; x++) canvas_put(pen->c, x, y, pen->g->thick, STYLE_DIM);
  if (b->median >= lo && b->median <= hi) canvas_put(pen->c, pen_col(pen, b->median), y, pen->g->median, STYLE_STRONG);
}
