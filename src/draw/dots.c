// A bitmap finer than cells. Lines are Bresenham's on dots, after clipping in shares of the area (Liang and Barsky
// 1984), so that a curve which leaves the area is cut at its edge and not bent along it. A cell has one colour only:
// that of most of its dots.
#include "draw/draw_int.h"

#include <math.h>
#include <stdlib.h>

void dots_init(Dots *d, const Pen *pen) {
  int w = pen->area.w, h = pen->area.h;
  int64_t n = (int64_t)w * h;
  *d = (Dots){.set = pen->dot, .w = w, .h = h};
  d->bits = arena_array(pen->arena, uint8_t, n);
  d->style = arena_array(pen->arena, uint8_t, n);
  d->vote = arena_array(pen->arena, int32_t, n);
  d->weight = arena_array(pen->arena, double, n);
  d->upper = arena_array(pen->arena, double, n);
}

void dots_set(Dots *d, int x, int y, double weight, Style style) {
  int sx = d->set->sx, sy = d->set->sy;
  if (x < 0 || y < 0 || x >= d->w * sx || y >= d->h * sy) return;
  int i = y / sy * d->w + x / sx;
  d->bits[i] |= (uint8_t)(1u << (y % sy * sx + x % sx));
  if (d->vote[i] == 0) d->style[i] = (uint8_t)style;
  d->vote[i] += d->style[i] == style ? 1 : -1;
  d->weight[i] += weight;
  if (y % sy < sy / 2) d->upper[i] += weight;
}

// One edge of the clip: keeps the part of [t0, t1] where from + t * step >= 0.
static bool clip_edge(double from, double step, double *t0, double *t1) {
  if (step == 0) return from >= 0;
  double t = -from / step;
  if (step > 0) *t0 = fmax(*t0, t);
  else *t1 = fmin(*t1, t);
  return *t0 <= *t1;
}

static bool clip(double *x0, double *y0, double *x1, double *y1) {
  double t0 = 0, t1 = 1, dx = *x1 - *x0, dy = *y1 - *y0, x = *x0, y = *y0;
  if (!clip_edge(x, dx, &t0, &t1) || !clip_edge(1 - x, -dx, &t0, &t1)) return false;
  if (!clip_edge(y, dy, &t0, &t1) || !clip_edge(1 - y, -dy, &t0, &t1)) return false;
  *x0 = x + t0 * dx, *y0 = y + t0 * dy;
  *x1 = x + t1 * dx, *y1 = y + t1 * dy;
  return true;
}

void dots_line(Dots *d, double x0, double y0, double x1, double y1, Dash *dash, Style style) {
  if (isnan(x0 + y0 + x1 + y1) || !clip(&x0, &y0, &x1, &y1)) return;
  int wide = d->w * d->set->sx - 1, high = d->h * d->set->sy - 1;
  int x = (int)lround(x0 * wide), y = (int)lround((1 - y0) * high);
  int xe = (int)lround(x1 * wide), ye = (int)lround((1 - y1) * high);
  int dx = abs(xe - x), dy = -abs(ye - y), step_x = x < xe ? 1 : -1, step_y = y < ye ? 1 : -1, error = dx + dy;
  for (;; dash->at++) {
    if (dash->at % (dash->on + dash->off) < dash->on) dots_set(d, x, y, 1, style);
    if (x == xe && y == ye) return;
    int twice = 2 * error;
    if (twice >= dy) error += dy, x += step_x;
    if (twice <= dx) error += dx, y += step_y;
  }
}

void dots_flush(const Dots *d, const Pen *pen) {
  for (int i = 0; i < d->w * d->h; i++) {
    if (!d->bits[i]) continue;
    int group = d->style[i] == STYLE_FAINT ? -1 : d->style[i] < STYLE_SEQ0 ? d->style[i] - (int)STYLE_GROUP0 : 0;
    uint32_t cp = d->set->dots(d->bits[i], group);
    int x = pen->area.x + i % d->w, y = pen->area.y + i / d->w;
    if (d->style[i] == STYLE_FAINT && !canvas_is_blank(pen->c, x, y, 1)) continue; // it stays behind
    if (d->style[i] >= STYLE_DIV0) canvas_ink(pen->c, x, y, cp, (Style)d->style[i]);
    else canvas_over_bar(pen->c, x, y, cp, (Style)d->style[i]);
  }
}
