// What the cursor stands on, in words: names of columns with their values, then how many.
#include "ui/look_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>

void look_value(const Axis *a, double v, Str *out) {
  char text[128] = "";
  if (a->kind == AXIS_TIME) { // the day and the time of the day
    Axis day = {.kind = AXIS_DATE, .lo = 0, .hi = 1};
    double days = floor(v / 86400e6);
    axis_label(&day, days, 1, text, sizeof text);
    str_addf(out, "%s ", text);
    axis_label(a, v, 1e6, text, sizeof text);
  } else if (a->kind == AXIS_DATE) {
    axis_label(a, v, 1, text, sizeof text);
  } else if (a->kind == AXIS_CATEGORY) {
    axis_label(a, v, 0, text, sizeof text);
  } else {
    fmt_sensible(text, sizeof text, v, 4);
    char *zero = a->unit && fabs(v) < 1 ? strstr(text, "0.") : NULL;
    if (zero && (zero == text || zero[-1] == '-')) memmove(zero, zero + 1, strlen(zero));
  }
  str_add(out, text);
}

static void gap(Str *out) {
  if (out->n) str_add(out, "   ");
}

static void add_value(Str *out, const Axis *a, const char *fallback, double v) {
  gap(out);
  str_addf(out, "%s ", a->name && *a->name ? a->name : a->of.column ? a->of.column : fallback);
  look_value(a, v, out);
}

static void add_range(Str *out, const Axis *a, const char *fallback, double lo, double hi) {
  double mid = lo / 2 + hi / 2;
  if (a->kind == AXIS_NUMBER && hi - lo == 1 && mid == floor(mid)) { // a bin of one whole number
    add_value(out, a, fallback, mid);
    return;
  }
  add_value(out, a, fallback, lo);
  str_add(out, " to ");
  look_value(a, hi, out);
}

static void add_count(Str *out, const char *name, double n, double all) {
  char text[NUMFMT_MAX];
  fmt_sensible(text, sizeof text, n, 5);
  gap(out);
  str_addf(out, "%s %s", name, text);
  if (all > 0 && n >= 0) str_addf(out, "   %.1f%%", 100 * n / all);
}

static void say_bar(const Plot *p, const Series *s, int64_t i, Str *out) {
  bool names = p->x.kind == AXIS_CATEGORY, counts = p->y.name && strcmp(p->y.name, "count") == 0;
  double v = s->value ? s->value[i] : s->y[i];
  if (names) add_value(out, &p->x, "x", s->x[i]);
  else add_range(out, &p->x, "x", s->x[i], s->x2[i]);
  add_count(out, p->y.name && *p->y.name ? p->y.name : "count", v, counts ? (double)p->n : 0);
}

static void say_box(const Plot *p, const Series *s, int64_t i, Str *out) {
  static const char *const NAME[] = {"low", "q1", "median", "q3", "high"};
  if (p->y.kind == AXIS_CATEGORY && p->y.ncategory) add_value(out, &p->y, "y", s->y[i] / 2 + s->y2[i] / 2);
  for (int k = 0; k < 5; k++) {
    gap(out);
    str_addf(out, "%s ", NAME[k]);
    look_value(&p->x, s->five[5 * i + k], out);
  }
}

static void say_cell(const Plot *p, const Series *s, int64_t i, Str *out) {
  if (p->y.kind == AXIS_CATEGORY) add_value(out, &p->y, "row", s->y[i] / 2 + s->y2[i] / 2);
  if (p->x.kind == AXIS_CATEGORY) add_value(out, &p->x, "column", s->x[i] / 2 + s->x2[i] / 2);
  gap(out);
  if (s->label && s->label[i]) str_add(out, s->label[i]);
  if (!s->value || !isfinite(s->value[i])) return;
  char text[NUMFMT_MAX];
  fmt_sensible(text, sizeof text, s->value[i], 4);
  const char *name = p->colour.present && p->colour.name ? p->colour.name : "value";
  if (!s->label || !s->label[i] || strcmp(text, s->label[i]) != 0)
    str_addf(out, "%s%s %s", s->label && s->label[i] ? "   " : "", name, text);
}

// Counts of a grid under one cell of the canvas.
static void say_grid(const LookView *v, const MarkSpot *at, const Series *s, Str *out) {
  const Plot *p = look_panel(v, at->panel);
  const SpotArea *area = look_area(v, at->panel);
  double x0, x1, y0, y1, n = 0;
  if (!area) return;
  look_column_range(area, &p->x, at->x, &x0, &x1);
  look_row_range(area, &p->y, at->y, &y0, &y1);
  for (int64_t k = 0; k < s->n; k++) {
    double cx = ((double)(k % s->ncol) + 0.5) / s->ncol, cy = ((double)(k / s->ncol) + 0.5) / s->nrow;
    int column = (int)(cx * area->w), row = area->h - 1 - (int)(cy * area->h);
    if (column == at->x - area->x && row == at->y - area->y) n += s->value[k];
  }
  add_range(out, &p->x, "x", x0, x1);
  add_range(out, &p->y, "y", y0, y1);
  add_count(out, "points", n, 0);
}

static int64_t count_here(const LookView *v, const MarkSpot *at) {
  int64_t n = 0;
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    n += s->panel == at->panel && s->x == at->x && s->y == at->y && s->w == 1 && s->h == 1;
  }
  return n;
}

static void say_point(const LookView *v, const MarkSpot *at, const Plot *p, const Series *s, Str *out) {
  int64_t i = at->mark, here = count_here(v, at);
  if (p->x.kind != AXIS_NONE) add_value(out, &p->x, "x", s->x[i]);
  if (p->y.kind != AXIS_NONE && (p->y.kind != AXIS_CATEGORY || p->y.ncategory)) add_value(out, &p->y, "y", s->y[i]);
  char text[NUMFMT_MAX];
  if (s->value && isfinite(s->value[i])) {
    fmt_sensible(text, sizeof text, s->value[i], 5);
    gap(out);
    str_addf(out, "%s %s", p->colour.name ? p->colour.name : "value", text);
  }
  if (s->size && v->whole->size.present) {
    fmt_sensible(text, sizeof text, s->size[i] * v->whole->size.most, 5);
    gap(out);
    str_addf(out, "%s %s", v->whole->size.name ? v->whole->size.name : "size", text);
  }
  if (s->label && s->label[i]) gap(out), str_add(out, s->label[i]);
  if (s->kind == MARK_POINT && here > 1) gap(out), str_addf(out, "%lld marks here", (long long)here);
}

// What bars of counts under the brush add up to; -1: there are none.
static double brushed_count(const LookView *v, const Look *look, const Rect *r) {
  const Plot *p = look_panel(v, look->panel);
  double sum = 0;
  if (!look->by_marks || !p->y.name || strcmp(p->y.name, "count") != 0) return -1;
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    const Series *of = &p->series[s->series];
    bool in = s->x < r->x + r->w && s->x + s->w > r->x && s->y < r->y + r->h && s->y + s->h > r->y;
    if (s->panel == look->panel && in && of->kind == MARK_BAR) sum += of->value ? of->value[s->mark] : of->y[s->mark];
  }
  return sum;
}

static void say_brush(const LookView *v, const Look *look, Str *out) {
  const Plot *p = look_panel(v, look->panel);
  const SpotArea *area = look_area(v, look->panel);
  Rect r;
  double lo, hi, none;
  if (!look_brush(v, look, &r)) return;
  int64_t n = look_brushed(v, look);
  str_addf(out, "brush: %lld mark%s", (long long)n, n == 1 ? "" : "s");
  if (!look->by_marks && area) {
    look_column_range(area, &p->x, r.x, &lo, &none);
    look_column_range(area, &p->x, r.x + r.w - 1, &none, &hi);
    add_range(out, &p->x, "x", lo, hi);
    look_row_range(area, &p->y, r.y + r.h - 1, &lo, &none);
    look_row_range(area, &p->y, r.y, &none, &hi);
    if (p->y.of.column) add_range(out, &p->y, "y", lo, hi);
  }
  double sum = brushed_count(v, look, &r);
  if (sum >= 0) add_count(out, p->y.name, sum, (double)p->n);
}

void look_say(const LookView *v, const Look *look, Str *out) {
  const MarkSpot *at = look_spot(v, look);
  if (look->brushing) {
    say_brush(v, look, out);
    return;
  }
  if (!at) return;
  const Plot *p = look_panel(v, at->panel);
  const Series *s = &p->series[at->series];
  if (v->plot.npanel && p->title && *p->title) str_add(out, p->title);
  switch (s->kind) {
  case MARK_BAR: say_bar(p, s, at->mark, out); break;
  case MARK_BOX: say_box(p, s, at->mark, out); break;
  case MARK_CELL: say_cell(p, s, at->mark, out); break;
  case MARK_GRID: say_grid(v, at, s, out); break;
  default: say_point(v, at, p, s, out); break;
  }
  if (s->name && *s->name) gap(out), str_add(out, s->name);
}
