// What panels share. Ranges of number axes become the union of all panels'; categories those of the chart of all rows,
// in its order, and then what only a panel has. Marks on a category axis move with their category: category k covers
// [k, k + 1), and a mark belongs to the one in which it begins. Bars and areas that stand on the end of a logarithmic
// axis are lengthened to the new end.
#include "chart/chart_int.h"

#include <math.h>

typedef struct Categories {
  const char **name;
  int32_t n;
} Categories;

static int32_t find(const Categories *c, const char *name) {
  for (int32_t k = 0; k < c->n; k++)
    if (strcmp(c->name[k], name) == 0) return k;
  return -1;
}

static void join(Plot *p, Categories *c, const Axis *a) {
  for (int32_t k = 0; k < a->ncategory; k++)
    if (find(c, a->category[k]) < 0) c->name[c->n++] = arena_strdup(&p->arena, a->category[k]);
}

// ---- marks ----------------------------------------------------------------------------------------------------------
// Moves v[0..n) (and v2 with it, NULL allowed) with their categories.
static void move(double *v, double *v2, int64_t n, const Axis *from, const Categories *to) {
  for (int64_t i = 0; v && i < n; i++) {
    double begin = v2 ? fmin(v[i], v2[i]) : v[i], at = floor(begin);
    if (isnan(begin)) continue;
    int32_t k = at < 0 ? 0 : at >= from->ncategory ? from->ncategory - 1 : (int32_t)at;
    double by = find(to, from->category[k]) - k;
    v[i] += by;
    if (v2) v2[i] += by;
  }
}

static bool is_size(const Series *s) { return s->kind == MARK_HEX; } // x2 and y2 are no positions

static void move_series(Series *s, const Axis *from, const Categories *to, bool along_x) {
  double *v = along_x ? s->x : s->y, *v2 = along_x ? s->x2 : s->y2;
  move(v, is_size(s) ? NULL : v2, s->n, from, to);
}

static void lengthen(Series *s, double foot, double to) {
  if (s->kind != MARK_BAR && s->kind != MARK_AREA) return;
  for (int64_t i = 0; s->y2 && i < s->n; i++)
    if (s->y2[i] == foot) s->y2[i] = to;
}

// ---- axes -----------------------------------------------------------------------------------------------------------
static Axis *axis_of(Plot *p, bool along_x) { return along_x ? &p->x : &p->y; }

static bool are_alike(Plot *p, bool along_x) {
  const Axis *first = axis_of(&p->panel[0], along_x);
  for (int k = 1; k < p->npanel; k++) {
    const Axis *a = axis_of(&p->panel[k], along_x);
    if (a->kind != first->kind || a->scale != first->scale) return false;
  }
  return true;
}

static void unite_categories(Plot *p, const Plot *whole, bool along_x) {
  Categories c = {0};
  int64_t most = 0;
  const Axis *order = whole ? (along_x ? &whole->x : &whole->y) : NULL;
  if (order && order->kind == AXIS_CATEGORY) most = order->ncategory;
  for (int k = 0; k < p->npanel; k++) most += axis_of(&p->panel[k], along_x)->ncategory;
  c.name = arena_array(&p->arena, const char *, most);
  if (order && order->kind == AXIS_CATEGORY) join(p, &c, order);
  for (int k = 0; k < p->npanel; k++) join(p, &c, axis_of(&p->panel[k], along_x));
  for (int k = 0; k < p->npanel; k++) {
    Plot *panel = &p->panel[k];
    Axis *a = axis_of(panel, along_x);
    for (int j = 0; j < panel->nseries; j++) move_series(&panel->series[j], a, &c, along_x);
    a->category = c.name, a->ncategory = c.n, a->lo = 0, a->hi = c.n;
  }
}

static void unite_ranges(Plot *p, bool along_x) {
  double lo = INFINITY, hi = -INFINITY, linear = INFINITY;
  for (int k = 0; k < p->npanel; k++) {
    const Axis *a = axis_of(&p->panel[k], along_x);
    lo = fmin(lo, a->lo), hi = fmax(hi, a->hi), linear = fmin(linear, a->linear);
  }
  for (int k = 0; k < p->npanel; k++) {
    Plot *panel = &p->panel[k];
    Axis *a = axis_of(panel, along_x);
    for (int j = 0; j < panel->nseries && a->scale == SCALE_LOG && !along_x; j++)
      lengthen(&panel->series[j], a->lo, lo);
    a->lo = lo, a->hi = hi, a->linear = linear;
  }
}

static bool unite(Plot *p, const Plot *whole, bool along_x) {
  if (!are_alike(p, along_x)) return false;
  const char *name = axis_of(p, along_x)->name;
  if (axis_of(&p->panel[0], along_x)->kind == AXIS_CATEGORY) unite_categories(p, whole, along_x);
  else unite_ranges(p, along_x);
  *axis_of(p, along_x) = *axis_of(&p->panel[0], along_x); // its categories live as long as p
  axis_of(p, along_x)->name = name;
  return true;
}

// ---- colours --------------------------------------------------------------------------------------------------------
static bool is_coloured(const Series *s) {
  return s->value && (s->kind == MARK_CELL || s->kind == MARK_HEX || s->kind == MARK_GRID || s->kind == MARK_POINT);
}

static void widen(ColourScale *c, const Plot *panel, bool *diverging) {
  if (panel->colour.present) c->lo = fmin(c->lo, panel->colour.lo), c->hi = fmax(c->hi, panel->colour.hi);
  for (int j = 0; j < panel->nseries; j++) {
    const Series *s = &panel->series[j];
    if (!is_coloured(s)) continue;
    *diverging = *diverging || s->role == ROLE_DIVERGING;
    for (int64_t i = 0; i < s->n && !panel->colour.present; i++)
      if (isfinite(s->value[i])) c->lo = fmin(c->lo, s->value[i]), c->hi = fmax(c->hi, s->value[i]);
  }
}

static void unite_colours(Plot *p) {
  ColourScale c = p->panel[0].colour;
  bool diverging = false;
  c.lo = INFINITY, c.hi = -INFINITY;
  for (int k = 0; k < p->npanel; k++) widen(&c, &p->panel[k], &diverging);
  if (!(c.lo <= c.hi)) return;
  if (!c.present) c.mid = diverging ? 0 : c.lo / 2 + c.hi / 2;
  c.present = true;
  for (int k = 0; k < p->npanel; k++) {
    c.name = p->panel[k].colour.name;
    p->panel[k].colour = c;
  }
  p->colour = c;
}

void panels_unite(Plot *p, const Plot *whole) {
  p->share_x = unite(p, whole, true);
  p->share_y = unite(p, whole, false);
  unite_colours(p);
}
