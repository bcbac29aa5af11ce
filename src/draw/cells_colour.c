// Values as colours. A sequential scale has ten even steps from its low to its high end, on a logarithm when it is one;
// a diverging scale has steps at .2 .4 .6 .8 of the longer side on both sides of its middle, and correlations, or what
// lies within -1 .. 1 like them, have the scale of correlations. Where there is no
// colour the same steps are shades, and strokes below the middle of a diverging scale.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>

static Scale own_scale(const Series *s) {
  Scale c = {.diverging = s->role == ROLE_DIVERGING, .lo = INFINITY, .hi = -INFINITY};
  double most = 0;
  for (int64_t i = 0; s->value && i < s->n; i++) {
    if (!isfinite(s->value[i])) continue;
    c.lo = fmin(c.lo, s->value[i]), c.hi = fmax(c.hi, s->value[i]);
    most = fmax(most, fabs(s->value[i]));
  }
  if (c.diverging) c.hi = most <= 1 ? 1 : most, c.lo = -c.hi;
  return c;
}

Scale scale_of(const Pen *pen, const Series *s) {
  const ColourScale *given = pen->colour;
  if (!given || !given->present || !(given->lo < given->hi)) return own_scale(s);
  bool middle = given->mid >= given->lo && given->mid <= given->hi;
  double mid = middle ? given->mid : given->lo / 2 + given->hi / 2;
  return (Scale){s->role == ROLE_DIVERGING, given->log && given->lo > 0, given->lo, mid, given->hi};
}

double scale_share(const Scale *c, double v) {
  if (isnan(v)) return 0;
  if (c->diverging) {
    double longer = fmax(c->hi / 2 - c->mid / 2, c->mid / 2 - c->lo / 2), share = (v / 2 - c->mid / 2) / longer;
    return longer > 0 && isfinite(share) ? fmin(fmax(share, -1), 1) : 0;
  }
  double share = c->hi > c->lo ? (v / 2 - c->lo / 2) / (c->hi / 2 - c->lo / 2) : 0;
  if (c->log) share = v > 0 ? log(v / c->lo) / log(c->hi / c->lo) : 0;
  return isnan(share) ? 0 : fmin(fmax(share, 0), 1);
}

static int diverging_step(const Scale *c, double v) {
  int step = (int)(fabs(scale_share(c, v)) * 5 + 1e-9);
  return step > 4 ? 4 : step;
}

Style scale_style(const Scale *c, double v) {
  if (c->diverging) return (Style)(STYLE_DIV0 + 4 + (v < c->mid ? -diverging_step(c, v) : diverging_step(c, v)));
  int step = (int)(scale_share(c, v) * 10);
  return (Style)(STYLE_SEQ0 + (step > 9 ? 9 : step));
}

Style scale_ink(const Scale *c, double v) {
  if (!c->diverging) return pen_sequential(c->hi > c->lo ? scale_share(c, v) : 0.5);
  Style style = scale_style(c, v);
  return style == STYLE_DIV0 + 4 ? STYLE_DIM : style;
}

uint32_t scale_shade(const Pen *pen, const Scale *c, double v) {
  int step = c->diverging ? diverging_step(c, v) : (int)(scale_style(c, v) - STYLE_SEQ0) / 2;
  if (c->diverging && step == 0 && pen->p->x.kind != AXIS_CATEGORY) step = 1; // a tile is there, whatever its value
  bool below = c->diverging && v < c->mid;                                    // strokes, so that the sign can be read
  return below ? pen->g->below[step] : pen->g->shade[step];
}

// ---- the legend -----------------------------------------------------------------------------------------------------

static bool is_valued(const Series *s) {
  bool kind = s->kind == MARK_POINT || s->kind == MARK_CELL || s->kind == MARK_HEX; // counts have a scale of their own
  return kind && s->value && (s->role == ROLE_SEQUENTIAL || s->role == ROLE_DIVERGING);
}

static const Series *valued_series(const Plot *p) {
  for (int i = 0; i < p->nseries; i++)
    if (is_valued(&p->series[i])) return &p->series[i];
  for (int i = 0; i < p->npanel; i++) {
    const Series *s = valued_series(&p->panel[i]);
    if (s) return s;
  }
  return NULL;
}

// With `ink` in the colours of points, else of cells.
static void draw_bar(const Pen *pen, const Scale *c, bool ink, int x, int y, int w) {
  for (int i = 0; i < w; i++) {
    double share = (i + 0.5) / w, v = c->lo + share * (c->hi - c->lo);
    if (c->log) v = c->lo * pow(c->hi / c->lo, share);
    if (ink) canvas_ink(pen->c, x + i, y, pen->g->up[8], scale_ink(c, v));
    else if (pen->style->depth < THEME_16) canvas_put(pen->c, x + i, y, scale_shade(pen, c, v), STYLE_FG);
    else if (pen_has_halves(pen)) canvas_halves(pen->c, x + i, y, (int)scale_style(c, v), (int)scale_style(c, v));
    else canvas_put(pen->c, x + i, y, ' ', STYLE_FG), canvas_paint(pen->c, x + i, y, 1, scale_style(c, v));
  }
}

int scale_legend(const Pen *pen, int x, int y) {
  static const int widths[] = {20, 10, 5};
  const ColourScale *given = pen->colour;
  const Series *s = valued_series(pen->p);
  if (!given->present || !given->name || !(given->lo < given->hi) || !s) return 0;
  if (s->kind == MARK_POINT && pen->style->depth < THEME_16) return 0;
  Scale c = scale_of(pen, s);
  const Axis plain = {0};
  const char *lo = pen_value(pen, &plain, c.lo), *hi = pen_value(pen, &plain, c.hi);
  int name = utf8_width(sv(given->name)), low = utf8_width(sv(lo)), high = utf8_width(sv(hi));
  int end = pen->room.x + pen->room.w;
  for (int k = 0; k < 3; k++) {
    int w = widths[k], used = name + (name > 0) + low + 1 + w + 1 + high, at = end - used;
    if (at < x || (k == 0 && used > pen->room.w / 2)) continue;
    if (name) at += canvas_text(pen->c, at, y, given->name, STYLE_DIM) + 1;
    at += canvas_text(pen->c, at, y, lo, STYLE_FG) + 1;
    draw_bar(pen, &c, s->kind == MARK_POINT, at, y, w);
    canvas_text(pen->c, at + w + 1, y, hi, STYLE_FG);
    return used;
  }
  return 0;
}
