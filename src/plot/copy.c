// Copies of plots, and several plots on the same axes.
#include "plot/plot.h"

#include <math.h>

static void *copy_bytes(Arena *a, const void *from, int64_t n, size_t size) {
  if (!from) return NULL;
  void *to = arena_alloc(a, (size_t)(n ? n : 1) * size);
  memcpy(to, from, (size_t)n * size);
  return to;
}

static const char *copy_text(Arena *a, const char *s) { return s ? arena_strdup(a, s) : NULL; }

static const char **copy_texts(Arena *a, const char **from, int64_t n) {
  const char **to = copy_bytes(a, from, n, sizeof *from);
  for (int64_t i = 0; to && i < n; i++) to[i] = copy_text(a, to[i]);
  return to;
}

static Series copy_series(Arena *a, const Series *s) {
  Series c = *s;
  double **array[] = {&c.x, &c.y, &c.x2, &c.y2, &c.value, &c.size};
  for (size_t k = 0; k < sizeof array / sizeof *array; k++) *array[k] = copy_bytes(a, *array[k], s->n, sizeof(double));
  c.five = copy_bytes(a, s->five, 5 * s->n, sizeof *s->five);
  c.rows = copy_bytes(a, s->rows, s->n, sizeof *s->rows);
  c.name = copy_text(a, s->name);
  c.label = copy_texts(a, s->label, s->n);
  return c;
}

static void copy_axis(Arena *a, Axis *x) {
  x->of.column = copy_text(a, x->of.column);
  x->name = copy_text(a, x->name);
  x->category = copy_texts(a, x->category, x->ncategory);
}

void plot_copy(const Plot *from, Plot *to) {
  Arena arena = to->arena;
  *to = *from;
  to->arena = arena;
  Arena *a = &to->arena;
  to->title = copy_text(a, from->title), to->reading = copy_text(a, from->reading), to->note = copy_text(a, from->note);
  to->colour.name = copy_text(a, from->colour.name), to->groups = copy_text(a, from->groups);
  to->size.name = copy_text(a, from->size.name), to->chart = copy_text(a, from->chart);
  to->group_of.column = copy_text(a, from->group_of.column), to->panel_of.column = copy_text(a, from->panel_of.column);
  copy_axis(a, &to->x);
  copy_axis(a, &to->y);
  to->series = NULL, to->nseries = 0;
  for (int i = 0; i < from->nseries; i++) *plot_add(to, from->series[i].kind, 0) = copy_series(a, &from->series[i]);
  to->panel = NULL, to->npanel = 0;
  if (from->npanel) plot_panels(to, from->npanel, from->panel_columns);
  for (int i = 0; i < from->npanel; i++) plot_copy(&from->panel[i], &to->panel[i]);
}

static bool same_categories(const Axis *a, const Axis *b) {
  if (a->ncategory != b->ncategory) return false;
  for (int32_t i = 0; i < a->ncategory; i++)
    if (strcmp(a->category[i], b->category[i]) != 0) return false;
  return true;
}

static bool axes_meet(const Axis *a, const Axis *b) {
  return a->kind == b->kind && a->scale == b->scale && (a->kind != AXIS_CATEGORY || same_categories(a, b));
}

static void axis_unite(Axis *a, const Axis *b) {
  a->lo = fmin(a->lo, b->lo), a->hi = fmax(a->hi, b->hi);
  a->linear = fmax(a->linear, b->linear), a->unit &= b->unit;
}

static int groups_of(const Plot *p) {
  int n = 0;
  for (int i = 0; i < p->nseries; i++)
    if (p->series[i].role == ROLE_GROUP && p->series[i].group >= n) n = p->series[i].group + 1;
  return n;
}

bool plot_layer(Plot *p, const Plot *over) {
  if (p->npanel || over->npanel || !axes_meet(&p->x, &over->x) || !axes_meet(&p->y, &over->y)) return false;
  int first = groups_of(p);
  axis_unite(&p->x, &over->x);
  axis_unite(&p->y, &over->y);
  for (int i = 0; i < over->nseries; i++) {
    Series s = copy_series(&p->arena, &over->series[i]);
    if (s.role == ROLE_GROUP) s.group += first;
    *plot_add(p, s.kind, 0) = s;
  }
  return true;
}
