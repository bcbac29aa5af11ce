// Points, lines, steps, reference lines and grids of counts: everything that is drawn on dots.
//
// Where points lie over each other the dots say nothing about how many, so above DENSE points in any cell a cloud takes
// its colours from the sequential map, by the logarithm of the count. A cloud of few points gets dots of 2 x 2, since a
// lone dot of a braille cell is hard to see.
#include "draw/draw_int.h"

#include <math.h>

enum { DENSE = 5, FEW = 60 };

bool points_is_mark(const Series *s) { return s->kind == MARK_POINT && (s->label || s->n == 1); }

static void draw_lines(const Pen *pen, Dots *d, const Series *s) {
  for (int64_t i = 1; i < s->n; i++) {
    double x0 = pen_share_x(pen, s->x[i - 1]), y0 = pen_share_y(pen, s->y[i - 1]);
    double x1 = pen_share_x(pen, s->x[i]), y1 = pen_share_y(pen, s->y[i]);
    if (!isfinite(s->x[i - 1] + s->y[i - 1] + s->x[i] + s->y[i])) continue;
    if (s->kind == MARK_STEP) {
      dots_line(d, x0, y0, x1, y0, 1, pen_style(s));
      x0 = x1;
    }
    dots_line(d, x0, y0, x1, y1, 1, pen_style(s));
  }
}

static void draw_rule(const Pen *pen, Dots *d, const Series *s) {
  for (int64_t i = 0; i < s->n; i++)
    dots_line(d, pen_share_x(pen, s->x[i]), pen_share_y(pen, s->y[i]), pen_share_x(pen, s->x2[i]),
              pen_share_y(pen, s->y2[i]), pen->dot->sx == 1 ? 3 : 5, STYLE_FAINT);
}

// A share of all values between their least and largest.
typedef struct Range {
  double lo, hi;
} Range;

static Range range_of(const double *v, int64_t n) {
  Range r = {INFINITY, -INFINITY};
  for (int64_t i = 0; i < n; i++)
    if (isfinite(v[i])) r.lo = fmin(r.lo, v[i]), r.hi = fmax(r.hi, v[i]);
  return r;
}

static double range_share(Range r, double v) { return r.hi > r.lo ? (v / 2 - r.lo / 2) / (r.hi / 2 - r.lo / 2) : 0.5; }

// Colours every cell of a cloud by its count; leaves sparse clouds alone.
static void colour_by_count(Dots *d, double least) {
  double top = 0;
  for (int i = 0; i < d->w * d->h; i++) top = fmax(top, d->weight[i]);
  if (top <= least) return;
  for (int i = 0; i < d->w * d->h; i++)
    if (d->bits[i]) d->style[i] = (uint8_t)pen_sequential(log1p(d->weight[i]) / log1p(top));
}

static void draw_cloud(const Pen *pen, Dots *d, const Series *s, bool large) {
  int wide = d->w * d->set->sx - 1, high = d->h * d->set->sy - 1;
  Range range = s->value && s->role == ROLE_SEQUENTIAL ? range_of(s->value, s->n) : (Range){0};
  for (int64_t i = 0; i < s->n; i++) {
    if (!pen_inside(pen, s->x[i], s->y[i])) continue;
    int x = (int)lround(pen_share_x(pen, s->x[i]) * wide), y = (int)lround((1 - pen_share_y(pen, s->y[i])) * high);
    Style style = pen_style(s);
    if (s->value && s->role == ROLE_SEQUENTIAL) style = pen_sequential(range_share(range, s->value[i]));
    dots_set(d, x, y, 1, style);
    if (!large) continue;
    int right = x < wide ? x + 1 : x - 1, below = y < high ? y + 1 : y - 1;
    dots_set(d, right, y, 1, style);
    dots_set(d, x, below, 1, style);
    dots_set(d, right, below, 1, style);
  }
}

// Each count is spread over the dots that its rectangle covers, one at least.
static void draw_grid(Dots *d, const Series *s) {
  int wide = d->w * d->set->sx, high = d->h * d->set->sy;
  for (int64_t i = 0; i < s->nrow; i++) {
    int y0 = (int)(i * high / s->nrow), y1 = (int)((i + 1) * high / s->nrow);
    if (y1 == y0) y1++;
    for (int64_t j = 0; j < s->ncol; j++) {
      double count = s->value[i * s->ncol + j];
      int x0 = (int)(j * wide / s->ncol), x1 = (int)((j + 1) * wide / s->ncol);
      if (x1 == x0) x1++;
      if (!(count > 0) || !isfinite(count)) continue;
      for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) dots_set(d, x, high - 1 - y, count / ((x1 - x0) * (y1 - y0)), pen_style(s));
    }
  }
}

static int count_clouds(const Plot *p, int64_t *points) {
  int clouds = 0;
  *points = 0;
  for (int i = 0; i < p->nseries; i++) {
    if (p->series[i].kind != MARK_POINT || points_is_mark(&p->series[i])) continue;
    clouds++, *points += p->series[i].n;
  }
  return clouds;
}

// All clouds on dots of their own, since counts of lines mean nothing.
static void draw_clouds(const Pen *pen) {
  int64_t points;
  int clouds = count_clouds(pen->p, &points);
  bool grid = false, valued = false;
  Dots d;
  dots_init(&d, pen);
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    if (s->kind == MARK_GRID) draw_grid(&d, s), grid = true;
    if (s->kind != MARK_POINT || points_is_mark(s)) continue;
    draw_cloud(pen, &d, s, points <= FEW && pen->dot->sy == 4);
    valued |= s->value && s->role == ROLE_SEQUENTIAL;
  }
  if (grid) colour_by_count(&d, 0);
  else if (clouds == 1 && !valued && points > FEW) colour_by_count(&d, DENSE);
  dots_flush(&d, pen);
}

void points_draw(Pen *pen) {
  Dots faint, lines;
  dots_init(&faint, pen);
  dots_init(&lines, pen);
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    if (s->kind == MARK_RULE) draw_rule(pen, &faint, s);
    if (s->kind == MARK_LINE || s->kind == MARK_STEP) draw_lines(pen, s->role == ROLE_FAINT ? &faint : &lines, s);
  }
  dots_flush(&faint, pen);
  draw_clouds(pen);
  dots_flush(&lines, pen);
}
