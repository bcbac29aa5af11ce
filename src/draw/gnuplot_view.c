// One pair of axes on a page. Every place is computed here: gnuplot sees pixels, so that logarithms, dates and
// categories need no words of its language, and a picture shows the same ticks as the screen. Sizes are in units of
// design (a page of 800 x 500), so that a picture is the same at every size.
//
// Axes stand a little off the data, and are no longer than these, so that no point lies on a line; bars and areas stand
// on theirs.
#include "draw/gnuplot_int.h"

#include <math.h>

static bool has_kind(const Plot *p, MarkKind kind) {
  for (int i = 0; i < p->nseries; i++)
    if (p->series[i].kind == kind) return true;
  return false;
}

// An area that stands on the axis, and is no band.
static bool has_hill(const Plot *p) {
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    if (s->kind == MARK_AREA && (!s->y2 || (s->n > 0 && s->y2[0] == 0))) return true;
  }
  return false;
}

static void set_gaps(View *v) {
  const Plot *p = v->p;
  bool stands = has_kind(p, MARK_BAR) || has_hill(p) || (has_kind(p, MARK_STEP) && p->y.lo == 0);
  bool foot = stands && (p->y.scale == SCALE_LOG || p->y.lo >= 0) && p->y.kind != AXIS_CATEGORY;
  double off = 7 * v->u;
  v->gap_x = v->x->kind == AXIS_CATEGORY || (foot && v->turned) ? 0 : off;
  v->gap_y = v->y->kind == AXIS_CATEGORY || (foot && !v->turned) ? 0 : off;
  if (v->turned && v->y->kind == AXIS_CATEGORY) v->gap_x = 0, v->gap_y = 4 * v->u;
  if (p->box.present && !v->turned) v->gap_y = 10 * v->u;
}

void view_init(View *v, const Plot *p, const Plot *page, Ink *ink, double u) {
  *v = (View){.p = p, .page = page, .ink = ink, .u = u, .x_labels = true, .y_labels = true};
  v->scale = p->colour.present ? &p->colour : &page->colour;
  v->turned = has_kind(p, MARK_BAR) && p->x.kind == AXIS_CATEGORY;
  v->x = v->turned ? &p->y : &p->x, v->y = v->turned ? &p->x : &p->y;
  v->x_name = v->x->name, v->y_name = v->y->name;
  set_gaps(v);
}

// ---- places ---------------------------------------------------------------------------------------------------------

static double share_of(const Axis *a, double value) {
  double share = axis_share(a, value);
  return isfinite(value) && isfinite(share) ? fmin(fmax(share, -20), 20) : NAN;
}

double view_x(const View *v, double value) { return v->area.x0 + share_of(v->x, value) * (v->area.x1 - v->area.x0); }

double view_y(const View *v, double value) {
  double length = share_of(v->y, value) * (v->area.y1 - v->area.y0);
  return v->turned ? v->area.y1 - length : v->area.y0 + length;
}

bool view_place(const View *v, double x, double y, double *px, double *py) {
  *px = view_x(v, v->turned ? y : x), *py = view_y(v, v->turned ? x : y);
  return isfinite(*px + *py);
}

bool view_inside(const View *v, double px, double py) {
  const Rect *a = &v->area;
  double slack = 0.01;
  return px >= a->x0 - slack && px <= a->x1 + slack && py >= a->y0 - slack && py <= a->y1 + slack;
}

// Liang and Barsky: the part of the stroke with t from t0 to t1 that lies on the inner side of one edge.
static bool clip_edge(double from, double step, double edge, double *t0, double *t1) {
  if (step == 0) return from <= edge;
  double t = (edge - from) / step;
  if (step > 0) *t1 = fmin(*t1, t);
  else *t0 = fmax(*t0, t);
  return *t0 <= *t1;
}

bool view_clip(const View *v, double *x0, double *y0, double *x1, double *y1) {
  double dx = *x1 - *x0, dy = *y1 - *y0, t0 = 0, t1 = 1, slack = 0.01;
  if (!clip_edge(*x0, dx, v->area.x1 + slack, &t0, &t1) || !clip_edge(-*x0, -dx, -v->area.x0 + slack, &t0, &t1) ||
      !clip_edge(*y0, dy, v->area.y1 + slack, &t0, &t1) || !clip_edge(-*y0, -dy, -v->area.y0 + slack, &t0, &t1))
    return false;
  double x = *x0, y = *y0;
  *x0 = x + t0 * dx, *y0 = y + t0 * dy, *x1 = x + t1 * dx, *y1 = y + t1 * dy;
  return true;
}

// ---- room around the area -------------------------------------------------------------------------------------------

// Categories below the area that do not fit side by side are turned.
static bool must_slant(const View *v) {
  double wide = 0, each = (v->area.x1 - v->area.x0) / (v->x->hi - v->x->lo);
  for (int i = 0; v->x->kind == AXIS_CATEGORY && i < v->x->ncategory; i++)
    wide = fmax(wide, words_width(v->x->category[i], 12.5 * v->u));
  return v->x->kind == AXIS_CATEGORY && wide + 6 * v->u > each;
}

static double bottom_of(const View *v) {
  double u = v->u, strokes = v->x->kind == AXIS_CATEGORY ? 2 * u : 5 * u;
  double labels = !v->x_labels || v->x->kind == AXIS_NONE ? 0 : v->slant ? 0.65 * v->tx.widest + 14 * u : 17 * u;
  return v->gap_y + (v->x->kind == AXIS_NONE ? 0 : strokes) + labels + (v->x_name ? 20 * u : 0);
}

static double left_of(const View *v) {
  double u = v->u, strokes = v->y->kind == AXIS_CATEGORY ? 2 * u : 5 * u;
  double labels = v->y_labels && v->y->kind != AXIS_NONE ? v->ty.widest + 5 * u : 0;
  return v->gap_x + (v->y->kind == AXIS_NONE ? 0 : strokes) + labels + (v->y_name ? 23 * u : 0);
}

void view_fit(View *v) {
  double u = v->u, w = v->area.x1 - v->area.x0, h = v->area.y1 - v->area.y0;
  axis_fit(v, 'x', v->x->kind == AXIS_CATEGORY ? (int)(w / (8 * u)) : (int)(w / (80 * u)) + 3, &v->tx);
  axis_fit(v, 'y', v->y->kind == AXIS_CATEGORY ? (int)(h / (8 * u)) : (int)(h / (40 * u)) + 1, &v->ty);
}

Edges view_edges(View *v, double w, double h) {
  double u = v->u;
  Edges e = {.left = 60 * u, .bottom = 44 * u, .right = 8 * u, .top = v->title ? 24 * u : 8 * u};
  for (int round = 0; round < 3; round++) {
    v->area = (Rect){0, 0, fmax(w - e.left - e.right, 20 * u), fmax(h - e.top - e.bottom, 20 * u)};
    v->slant = must_slant(v);
    view_fit(v);
    double last = v->x_labels && v->tx.n && !v->slant ? words_width(v->tx.text[v->tx.n - 1], 12.5 * u) / 2 : 0;
    double over = v->tx.n ? view_x(v, v->tx.at[v->tx.n - 1]) + last - v->area.x1 : 0;
    e.left = fmin(left_of(v), 0.6 * w), e.bottom = fmin(bottom_of(v), 0.6 * h);
    e.right = fmin(fmax(fmax(ends_width(v), over), 8 * u), 0.35 * w);
  }
  return e;
}

// ---- names ----------------------------------------------------------------------------------------------------------

bool view_name(View *v, const char *text, const Spot *spot, int n, Colour colour) {
  double size = 12.5 * v->u, w = words_width(text, size) / 1.05;
  for (int i = 0; i < n; i++) {
    double x0 = spot[i].x - spot[i].align * w;
    Rect r = {x0, spot[i].y - 0.55 * size, x0 + w, spot[i].y + 0.55 * size};
    bool meets = false;
    for (int j = 0; j < v->nplaced; j++) {
      const Rect *o = &v->placed[j];
      meets |= r.x0 < o->x1 && o->x0 < r.x1 && r.y0 < o->y1 && o->y0 < r.y1;
    }
    if (meets || v->nplaced == VIEW_NAMES) continue;
    v->placed[v->nplaced++] = r;
    ink_text(v->ink, text, spot[i].x, spot[i].y, (Type){size, spot[i].align, colour, false, 0});
    return true;
  }
  return false;
}

void view_draw(View *v) {
  view_fit(v);
  if (v->title) {
    double size = 13 * v->u, room = v->area.x1 - v->area.x0 + v->gap_x;
    ink_text(v->ink, words_fit(v->ink, v->title, size, room), v->area.x0 - v->gap_x, v->area.y1 + 14 * v->u,
             (Type){size, 0, COLOUR_NAME, true, 0});
  }
  marks_draw(v);
  axis_draw(v);
  ends_draw(v);
}
