// Marks as layers of strokes, fills and dots, in the order of the series. What leaves the area is cut off here. Points
// get smaller and thinner the more there are; bars of several series stand side by side, on each other where they have
// feet of their own (y2), and show through where they overlap on a number axis.
#include "draw/gnuplot_int.h"

#include <math.h>

// ---- strokes --------------------------------------------------------------------------------------------------------

typedef struct Stroke {
  const View *v;
  double x, y; // where the last piece ended
  bool open;
} Stroke;

static void stroke_to(Stroke *t, double x0, double y0, double x1, double y1) {
  double cx0 = x0, cy0 = y0, cx1 = x1, cy1 = y1;
  if (!view_clip(t->v, &cx0, &cy0, &cx1, &cy1)) return;
  if (!t->open || cx0 != t->x || cy0 != t->y) {
    ink_break(t->v->ink);
    ink_place(t->v->ink, cx0, cy0);
  }
  ink_place(t->v->ink, cx1, cy1);
  t->x = cx1, t->y = cy1, t->open = true;
}

static void draw_path(const View *v, const Series *s) {
  Stroke t = {.v = v};
  double px = NAN, py = NAN, x, y;
  int64_t pieces = 1;
  ink_open(v->ink);
  for (int64_t i = 0; i < s->n; i++, px = x, py = y) {
    if (!view_place(v, s->x[i], s->y[i], &x, &y)) x = y = NAN, pieces++;
    if (isnan(px) || isnan(x)) continue;
    bool step = s->kind == MARK_STEP;
    if (step) stroke_to(&t, px, py, v->turned ? px : x, v->turned ? y : py);
    if (step) stroke_to(&t, v->turned ? px : x, v->turned ? y : py, x, y);
    else stroke_to(&t, px, py, x, y);
  }
  double width = pieces > 8 ? 1 : s->role == ROLE_FAINT ? 1 : s->n > 2000 ? 0.9 : s->n > 400 ? 1.3 : 1.8;
  ink_close_strokes(v->ink, width * v->u, colour_thin(colour_group(s), pieces > 8 ? 0.6 : 1), s->dashed);
}

static void draw_rules(const View *v, const Series *s) {
  Stroke t = {.v = v};
  double x0, y0, x1, y1;
  ink_open(v->ink);
  for (int64_t i = 0; i < s->n; i++, t.open = false)
    if (view_place(v, s->x[i], s->y[i], &x0, &y0) && view_place(v, s->x2[i], s->y2[i], &x1, &y1))
      stroke_to(&t, x0, y0, x1, y1);
  double width = s->n > 100 ? 0.7 : s->role == ROLE_FAINT ? 1 : 1.3;
  ink_close_strokes(v->ink, width * v->u, colour_group(s), s->dashed);
}

enum { SIZES = 20 };

// ---- points ---------------------------------------------------------------------------------------------------------

static int64_t count_dots(const Plot *p) {
  int64_t n = 0;
  for (int i = 0; i < p->nseries; i++)
    if (p->series[i].kind == MARK_POINT && !points_is_mark(&p->series[i])) n += p->series[i].n;
  return n;
}

// Widths in units of design; a view of a quarter of the page has room for a quarter of the points.
static void looks_of(const View *v, double *width, double *opaque) {
  static const struct {
    double most, width, opaque;
  } look[] = {{40, 8, 0.95}, {160, 7, 0.8}, {500, 6, 0.65}, {1500, 4.8, 0.5}, {5000, 3.6, 0.4}, {1e300, 3, 0.25}};
  double units = (v->area.x1 - v->area.x0) * (v->area.y1 - v->area.y0) / (v->u * v->u);
  double n = (double)count_dots(v->p) * 280000 / fmax(units, 1000);
  int i = 0;
  while (n > look[i].most) i++;
  *width = look[i].width, *opaque = look[i].opaque;
}

static void draw_points(const View *v, const Series *s) {
  static const int of_group[] = {0, 1, 2};
  bool mark = points_is_mark(s), valued = s->value && s->role != ROLE_GROUP && s->role != ROLE_FAINT;
  int shape = s->shape || !mark ? s->shape : of_group[s->group < 0 ? 0 : s->group % 3];
  double width, opaque, x, y;
  Shades m = colour_shades(v->scale, s);
  looks_of(v, &width, &opaque);
  if (mark && s->n < 40) width = 8.5, opaque = 1;
  if (shape == 1 || shape == 3) opaque = sqrt(opaque);
  opaque = valued ? sqrt(opaque) : s->size ? 0.6 : opaque;
  ink_open(v->ink);
  for (int bucket = s->size ? SIZES : 0; bucket >= 0; bucket--) // the large ones first, so that they hide none
    for (int64_t i = 0; i < s->n; i++) {
      double share = s->size && isfinite(s->size[i]) ? fmin(fmax(s->size[i], 0), 1) : 0;
      if ((int)(share * SIZES) != bucket) continue;
      if (!view_place(v, s->x[i], s->y[i], &x, &y) || !view_inside(v, x, y)) continue;
      double w = s->size ? fmax(2.5, 26 * sqrt(share)) : width;
      Colour c = valued ? colour_at(&m, s->value[i]) : colour_group(s);
      ink_dot(v->ink, x, y, (shape == 2 || shape == 4 ? 1.2 : 1) * w * v->u, colour_thin(c, opaque));
    }
  ink_close_dots(v->ink, shape);
}

// ---- fills ----------------------------------------------------------------------------------------------------------

// A rectangle of data, cut to the area, its sides moved inwards by `inset` pixels as far as it has any; false when
// nothing is left.
static bool rect_of(const View *v, double x0, double y0, double x1, double y1, Rect *r) {
  double ax, ay, bx, by;
  if (!view_place(v, x0, y0, &ax, &ay) || !view_place(v, x1, y1, &bx, &by)) return false;
  *r = (Rect){fmax(fmin(ax, bx), v->area.x0), fmax(fmin(ay, by), v->area.y0), fmin(fmax(ax, bx), v->area.x1),
              fmin(fmax(ay, by), v->area.y1)};
  return r->x0 <= r->x1 && r->y0 <= r->y1;
}

static void inset(Rect *r, double dx, double dy) {
  dx = fmin(dx, 0.12 * (r->x1 - r->x0)), dy = fmin(dy, 0.12 * (r->y1 - r->y0));
  *r = (Rect){r->x0 + dx, r->y0 + dy, r->x1 - dx, r->y1 - dy};
}

static int count_bars(const Plot *p, const Series *before) {
  int n = 0;
  for (const Series *s = p->series; s < before; s++) n += s->kind == MARK_BAR;
  return n;
}

double marks_foot(const View *v) {
  const Axis *y = &v->p->y;
  return y->scale == SCALE_LOG ? y->lo : fmin(fmax(0, y->lo), y->hi);
}

// The outline over bars that show through.
static void draw_skyline(const View *v, const Series *s) {
  Stroke t = {.v = v};
  Rect r, last = {0};
  ink_open(v->ink);
  for (int64_t i = 0; i < s->n; i++) {
    if (!rect_of(v, s->x[i], s->y2 ? s->y2[i] : marks_foot(v), s->x2[i], s->y[i], &r)) continue;
    bool joined = t.open && fabs(last.x1 - r.x0) < 0.5;
    if (!joined && t.open) stroke_to(&t, last.x1, last.y1, last.x1, last.y0);
    stroke_to(&t, r.x0, joined ? last.y1 : r.y0, r.x0, r.y1);
    stroke_to(&t, r.x0, r.y1, r.x1, r.y1);
    last = r, t.open = true;
  }
  if (t.open) stroke_to(&t, last.x1, last.y1, last.x1, last.y0);
  ink_close_strokes(v->ink, 1.3 * v->u, colour_group(s), false);
}

static void draw_bars(const View *v, const Series *s) {
  const Plot *p = v->p;
  bool stacked = bars_are_stacked(p), over = !v->turned && !stacked && count_bars(p, p->series + p->nseries) > 1;
  int bar = stacked ? 0 : count_bars(p, s), bars = stacked ? 1 : count_bars(p, p->series + p->nseries);
  double share = bars > 1 ? 0.8 : 0.72;
  Rect r;
  ink_open(v->ink);
  for (int64_t i = 0; i < s->n; i++) {
    double width = s->x2[i] - s->x[i], x0 = s->x[i], x1 = s->x2[i], gap = v->u * (over ? 0 : 0.5);
    if (v->turned && width < 0.99) x0 += width * 0.06, x1 -= width * 0.06; // side by side already
    else if (v->turned) x0 += width * ((1 - share) / 2 + share * bar / bars), x1 = x0 + width * share / bars;
    if (!isfinite(s->y[i]) || !rect_of(v, x0, s->y2 ? s->y2[i] : marks_foot(v), x1, s->y[i], &r)) continue;
    inset(&r, v->turned && !stacked ? 0 : gap, v->turned && bars > 1 ? gap : 0);
    ink_rect(v->ink, r.x0, r.y0, r.x1, r.y1, colour_thin(colour_group(s), over ? 0.4 : 0.9));
  }
  ink_close_fills(v->ink);
  if (over) draw_skyline(v, s);
}

static void draw_tiles(const View *v, const Series *s) {
  Shades m = colour_shades(v->scale, s);
  bool valued = s->value && (s->role == ROLE_SEQUENTIAL || s->role == ROLE_DIVERGING);
  Rect r;
  ink_open(v->ink);
  for (int64_t i = 0; i < s->n; i++) {
    if (!rect_of(v, s->x[i], s->y[i], s->x2[i], s->y2[i], &r)) continue;
    bool small = fmin(r.x1 - r.x0, r.y1 - r.y0) < 7 * v->u;
    inset(&r, small ? 0 : 0.6 * v->u, small ? 0 : 0.6 * v->u);
    ink_rect(v->ink, r.x0, r.y0, r.x1, r.y1, valued ? colour_at(&m, s->value[i]) : colour_thin(colour_group(s), 0.9));
  }
  ink_close_fills(v->ink);
}

static void label_tiles(const View *v, const Series *s) {
  Shades m = colour_shades(v->scale, s);
  bool valued = s->value && (s->role == ROLE_SEQUENTIAL || s->role == ROLE_DIVERGING);
  Rect r;
  for (int64_t i = 0; s->label && i < s->n; i++) {
    if (!s->label[i] || !rect_of(v, s->x[i], s->y[i], s->x2[i], s->y2[i], &r)) continue;
    double wide = words_width(s->label[i], 1), size = fmin(12.5 * v->u, 0.62 * (r.y1 - r.y0));
    size = fmin(size, 0.94 * (r.x1 - r.x0) / fmax(wide, 0.1));
    if (size < 6.5 * v->u) continue;
    Colour back = valued ? colour_at(&m, s->value[i]) : colour_group(s);
    ink_text(v->ink, s->label[i], (r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2,
             (Type){size, 0.5, colour_is_dark(back) ? 0xFFFFFF : 0x1A1A1A, false, 0});
  }
}

// The grid may be finer than a picture can show: blocks of it are added up, and neighbours of one colour are one
// rectangle.
static void draw_grid(const View *v, const Series *s) {
  double w = (v->area.x1 - v->area.x0) / s->ncol, h = (v->area.y1 - v->area.y0) / s->nrow;
  int kx = (int)fmax(1, round(2.5 * v->u / fmax(w, 1e-3))), ky = (int)fmax(1, round(2.5 * v->u / fmax(h, 1e-3)));
  int ncol = (s->ncol + kx - 1) / kx, nrow = (s->nrow + ky - 1) / ky;
  double *sum = arena_array(&v->ink->arena, double, (int64_t)ncol *nrow);
  for (int64_t i = 0; i < s->n; i++)
    if (s->value[i] > 0 && isfinite(s->value[i])) sum[i / s->ncol / ky * ncol + i % s->ncol / kx] += s->value[i];
  Series t = {.kind = MARK_GRID, .role = ROLE_SEQUENTIAL, .n = (int64_t)ncol * nrow, .value = sum};
  Shades m = colour_shades(NULL, &t);
  for (int i = 0; i < ncol * nrow; i++)
    if (sum[i] > 0) sum[i] = exp2(round(8 * log2(sum[i])) / 8); // few colours, so that neighbours join
  ink_open(v->ink);
  for (int i = 0; i < nrow; i++)
    for (int j = 0, to; j < ncol; j = to) {
      to = j + 1;
      if (!(sum[i * ncol + j] > 0)) continue;
      Colour c = colour_at(&m, sum[i * ncol + j]);
      while (to < ncol && sum[i * ncol + to] > 0 && colour_at(&m, sum[i * ncol + to]) == c) to++;
      ink_rect(v->ink, v->area.x0 + j * kx * w, v->area.y0 + i * ky * h, fmin(v->area.x0 + to * kx * w, v->area.x1),
               fmin(v->area.y0 + (i + 1) * ky * h, v->area.y1), c);
    }
  ink_close_fills(v->ink);
}

static double within(double v, double lo, double hi) { return fmin(fmax(v, lo), hi); }

static void area_corner(const View *v, double px, double py, Colour c) {
  ink_corner(v->ink, within(px, v->area.x0, v->area.x1), within(py, v->area.y0, v->area.y1), c);
}

static bool area_at(const View *v, const Series *s, int64_t i, double *x, double *top, double *y, double *foot) {
  return view_place(v, s->x[i], s->y[i], x, top) && view_place(v, s->x[i], s->y2 ? s->y2[i] : marks_foot(v), y, foot);
}

// The band of a line of its group.
static bool is_band(const View *v, const Series *s) {
  bool line = false;
  for (int i = 0; i < v->p->nseries; i++)
    line |= v->p->series[i].kind == MARK_LINE && v->p->series[i].group == s->group && v->p->series[i].role == s->role;
  return s->role == ROLE_FAINT || (s->y2 && line);
}

// One polygon a run without gaps: along y, and back along y2.
static void draw_area(const View *v, const Series *s) {
  Colour c = colour_thin(colour_group(s), s->role == ROLE_FAINT ? 0.35 : is_band(v, s) ? 0.22 : 0.32);
  double x, top, bx, foot;
  ink_open(v->ink);
  for (int64_t from = 0, to; from < s->n; from = to + 1) {
    for (to = from; to < s->n && area_at(v, s, to, &x, &top, &bx, &foot); to++) area_corner(v, x, top, c);
    for (int64_t i = to - 1; i >= from; i--)
      if (area_at(v, s, i, &x, &top, &bx, &foot)) area_corner(v, bx, foot, c);
    ink_break(v->ink);
  }
  ink_close_fills(v->ink);
}

// The outline of an area, but not of a band; both sides where it has two.
static void outline_area(const View *v, const Series *s) {
  if (is_band(v, s)) return;
  for (int side = 0; side < (s->y2 ? 2 : 1); side++) {
    Stroke t = {.v = v};
    double px = NAN, py = NAN, x, y;
    ink_open(v->ink);
    for (int64_t i = 0; i < s->n; i++, px = x, py = y) {
      if (!view_place(v, s->x[i], side ? s->y2[i] : s->y[i], &x, &y)) x = y = NAN;
      if (!isnan(px) && !isnan(x)) stroke_to(&t, px, py, x, y);
    }
    ink_close_strokes(v->ink, 1.2 * v->u, colour_group(s), false);
  }
}

// ---- boxes and hexagons ---------------------------------------------------------------------------------------------

static void box_strokes(const View *v, const Series *s, double width, bool medians) {
  Stroke t = {.v = v};
  Rect r;
  ink_open(v->ink);
  for (int64_t i = 0; i < s->n; i++, t.open = false) {
    const double *f = s->five + 5 * i;
    double x[5], mid = (view_y(v, s->y[i]) + view_y(v, s->y2[i])) / 2;
    bool whole = rect_of(v, f[1], s->y[i], f[3], s->y2[i], &r);
    for (int j = 0; j < 5; j++) x[j] = view_x(v, f[j]), whole = whole && isfinite(x[j]);
    if (!whole || !isfinite(mid)) continue;
    if (medians) {
      stroke_to(&t, x[2], r.y0, x[2], r.y1);
      continue;
    }
    stroke_to(&t, x[0], mid, x[1], mid);
    stroke_to(&t, x[3], mid, x[4], mid);
    stroke_to(&t, r.x0, r.y0, r.x1, r.y0);
    stroke_to(&t, r.x1, r.y0, r.x1, r.y1);
    stroke_to(&t, r.x1, r.y1, r.x0, r.y1);
    stroke_to(&t, r.x0, r.y1, r.x0, r.y0);
  }
  ink_close_strokes(v->ink, width * v->u, colour_group(s), false);
}

static void draw_boxes(const View *v, const Series *s) {
  Rect r;
  ink_open(v->ink);
  for (int64_t i = 0; i < s->n; i++)
    if (rect_of(v, s->five[5 * i + 1], s->y[i], s->five[5 * i + 3], s->y2[i], &r))
      ink_rect(v->ink, r.x0, r.y0, r.x1, r.y1, 0xFFFFFF),
          ink_rect(v->ink, r.x0, r.y0, r.x1, r.y1, colour_thin(colour_group(s), 0.25));
  ink_close_fills(v->ink);
  box_strokes(v, s, 1.2, false);
  box_strokes(v, s, 2.6, true);
}

static void draw_hexagons(const View *v, const Series *s) {
  static const double dx[6] = {0, 1, 1, 0, -1, -1}, dy[6] = {1, 0.5, -0.5, -1, -0.5, 0.5};
  Shades m = colour_shades(v->scale, s);
  double x, y, rx, ry;
  ink_open(v->ink);
  for (int64_t i = 0; i < s->n; i++) {
    if (!view_place(v, s->x[i], s->y[i], &x, &y) || !view_place(v, s->x[i] + s->x2[i], s->y[i] + s->y2[i], &rx, &ry))
      continue;
    Colour c = s->value && s->role != ROLE_GROUP ? colour_at(&m, s->value[i]) : colour_group(s);
    for (int j = 0; j < 6; j++) area_corner(v, x + dx[j] * (rx - x) * 0.985, y + dy[j] * (ry - y) * 0.985, c);
    ink_break(v->ink);
  }
  ink_close_fills(v->ink);
}

static void draw_texts(View *v, const Series *s) {
  Colour c = s->role == ROLE_GROUP ? colour_group(s) : s->role == ROLE_FAINT ? COLOUR_TICK : COLOUR_NAME;
  double x, y;
  for (int64_t i = 0; s->label && i < s->n; i++)
    if (s->label[i] && view_place(v, s->x[i], s->y[i], &x, &y) && view_inside(v, x, y))
      view_name(v, s->label[i], &(Spot){x, y, 0.5}, 1, c);
}

void marks_draw(View *v) {
  for (int i = 0; i < v->p->nseries; i++) {
    const Series *s = &v->p->series[i];
    switch (s->kind) {
    case MARK_POINT: draw_points(v, s); break;
    case MARK_LINE:
    case MARK_STEP: draw_path(v, s); break;
    case MARK_RULE: draw_rules(v, s); break;
    case MARK_BAR: draw_bars(v, s); break;
    case MARK_CELL: draw_tiles(v, s), label_tiles(v, s); break;
    case MARK_GRID: draw_grid(v, s); break;
    case MARK_AREA: draw_area(v, s), outline_area(v, s); break;
    case MARK_BOX: draw_boxes(v, s); break;
    case MARK_HEX: draw_hexagons(v, s); break;
    case MARK_TEXT: draw_texts(v, s); break;
    }
  }
}
