// Axes: a thin line on the left and below, ticks outwards, labels, names. Ticks are those of the screen (axis_ticks);
// of these as many as have room. A histogram's axis is its box plot: thin from min to max, thick between the quartiles,
// a stroke at the median.
#include "draw/gnuplot_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_LABEL = 256 };

// "-1.5e-9" as it is printed in books: a true minus sign, powers of ten. `four`: no number has
// more than four digits, so that these need no mark (they may be years).
static const char *typeset(Ink *k, const char *text, bool four) {
  static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  char out[MOST_LABEL] = "";
  const char *e = strchr(text, 'e');
  size_t n = e ? (size_t)(e - text) : strlen(text);
  bool minus = text[0] == '-', one = e && n == (size_t)minus + 1 && text[minus] == '1';
  if (n > 40) return arena_strdup(&k->arena, text);
  int used = snprintf(out, sizeof out, "%s", minus ? "−" : "");
  if (four && !e && n - minus == 5 && text[minus + 1] == ',')
    used += snprintf(out + used, sizeof out - (size_t)used, "%c%s", text[minus], text + minus + 2);
  else if (!one)
    used += snprintf(out + used, sizeof out - (size_t)used, "%.*s%s", (int)n - minus, text + minus, e ? "×" : "");
  if (!e) return arena_strdup(&k->arena, out);
  used += snprintf(out + used, sizeof out - (size_t)used, "10%s", e[1] == '-' ? "⁻" : "");
  for (const char *c = e + 1; *c; c++)
    if (*c >= '0' && *c <= '9') used += snprintf(out + used, sizeof out - (size_t)used, "%s", raised[*c - '0']);
  return arena_strdup(&k->arena, out);
}

static const char *label_of(const View *v, const Axis *a, double tick, double step, double size, double room) {
  char text[MOST_LABEL];
  if (a->kind == AXIS_CATEGORY) {
    bool named = tick >= 0 && tick < a->ncategory;
    return named ? words_fit(v->ink, a->category[(int)tick], size, room) : "";
  }
  axis_label(a, tick, step, text, sizeof text);
  bool four = fmax(fabs(a->lo), fabs(a->hi)) < 1e4;
  return a->kind == AXIS_NUMBER ? typeset(v->ink, text, four) : arena_strdup(&v->ink->arena, text);
}

static bool touch(const View *v, char axis, const Ticks *t) {
  for (int i = 1; i < t->n; i++) {
    double apart = axis == 'x' ? view_x(v, t->at[i]) - view_x(v, t->at[i - 1])
                               : fabs(view_y(v, t->at[i]) - view_y(v, t->at[i - 1]));
    double need = 1.1 * t->size;
    if (axis == 'x' && !v->slant)
      need = (words_width(t->text[i], t->size) + words_width(t->text[i - 1], t->size)) / 2 + 0.55 * t->size;
    if (apart < need) return true;
  }
  return false;
}

// Letters get smaller before names of categories are left out.
static double letters_of(const View *v, const Axis *a, double length) {
  double each = length / (a->hi - a->lo) / 1.12;
  return a->kind == AXIS_CATEGORY ? fmax(7.5 * v->u, fmin(12.5 * v->u, each)) : 12.5 * v->u;
}

void axis_fit(const View *v, char axis, int most, Ticks *t) {
  const Axis *a = axis == 'x' ? v->x : v->y;
  double w = v->area.x1 - v->area.x0;
  double room = axis == 'y' ? fmax(0.35 * w, 60 * v->u) : v->slant ? 130 * v->u : w;
  bool upright = axis == 'x' && !v->slant;
  t->size = upright ? 12.5 * v->u : letters_of(v, a, axis == 'x' ? w : v->area.y1 - v->area.y0);
  most = most > TICKS_MOST ? TICKS_MOST : most < 2 ? 2 : most;
  for (int wanted = most; wanted > 0; wanted--) {
    t->n = axis_ticks(a, wanted, t->at), t->widest = 0;
    double step = t->n > 1 ? t->at[1] - t->at[0] : 0;
    for (int i = 0; i < t->n; i++) {
      t->text[i] = label_of(v, a, t->at[i], step, t->size, room);
      t->widest = fmax(t->widest, words_width(t->text[i], t->size));
    }
    if (t->n < 2 || !touch(v, axis, t)) return;
  }
}

// ---- strokes --------------------------------------------------------------------------------------------------------

static void x_tick(const View *v, double px, double length) {
  double foot = v->area.y0 - v->gap_y;
  ink_place(v->ink, px, foot);
  ink_place(v->ink, px, foot - length);
  ink_break(v->ink);
}

static void y_tick(const View *v, double py, double length) {
  double side = v->area.x0 - v->gap_x;
  ink_place(v->ink, side, py);
  ink_place(v->ink, side - length, py);
  ink_break(v->ink);
}

// Short ticks at 2 to 9 times the powers of ten, while they can be told apart.
static void minor_ticks(const View *v, char axis) {
  const Axis *a = axis == 'x' ? v->x : v->y;
  if (a->kind != AXIS_NUMBER || a->scale != SCALE_LOG || !(a->lo > 0) || a->hi / a->lo > 1e6) return;
  for (int e = (int)floor(log10(a->lo)); e <= (int)floor(log10(a->hi)); e++)
    for (int m = 2; m < 10; m++) {
      double at = m * pow(10, e);
      if (at < a->lo || at > a->hi) continue;
      if (axis == 'x') x_tick(v, view_x(v, at), 2.5 * v->u);
      else y_tick(v, view_y(v, at), 2.5 * v->u);
    }
}

static void draw_strokes(const View *v) {
  Ink *k = v->ink;
  double side = v->area.x0 - v->gap_x, foot = v->area.y0 - v->gap_y, u = v->u;
  bool x = v->x->kind != AXIS_CATEGORY && v->x->kind != AXIS_NONE;
  bool y = v->y->kind != AXIS_CATEGORY && v->y->kind != AXIS_NONE;
  ink_open(k);
  if (x && !(v->p->box.present && !v->turned)) {
    ink_place(k, v->gap_x > 0 ? v->area.x0 : side, foot);
    ink_place(k, v->area.x1, foot);
    ink_break(k);
  }
  if (y) {
    ink_place(k, side, v->gap_y > 0 ? v->area.y0 : foot);
    ink_place(k, side, v->area.y1);
    ink_break(k);
  }
  for (int i = 0; x && i < v->tx.n; i++) x_tick(v, view_x(v, v->tx.at[i]), 4.5 * u);
  for (int i = 0; y && i < v->ty.n; i++) y_tick(v, view_y(v, v->ty.at[i]), 4.5 * u);
  if (x) minor_ticks(v, 'x');
  if (y) minor_ticks(v, 'y');
  ink_close_strokes(k, 0.9 * u, COLOUR_AXIS, false);
}

static void draw_box(const View *v) {
  const BoxStats *b = &v->p->box;
  double y = v->area.y0 - v->gap_y, u = v->u, median = view_x(v, b->median);
  double end[4] = {view_x(v, b->min), view_x(v, b->q1), view_x(v, b->q3), view_x(v, b->max)};
  for (int i = 0; i < 4; i++)
    if (!isfinite(end[i])) return;
  for (int i = 0; i < 4; i++) end[i] = fmin(fmax(end[i], v->area.x0), v->area.x1);
  ink_line(v->ink, end[0], y, end[3], y, 0.9 * u, COLOUR_AXIS);
  ink_open(v->ink);
  ink_rect(v->ink, end[1], y - 2.5 * u, end[2], y + 2.5 * u, COLOUR_AXIS);
  if (view_inside(v, median, v->area.y0)) {
    ink_rect(v->ink, median - 1.6 * u, y - 4 * u, median + 1.6 * u, y + 4 * u, 0xFFFFFF);
    ink_rect(v->ink, median - 0.8 * u, y - 5 * u, median + 0.8 * u, y + 5 * u, 0);
  }
  ink_close_fills(v->ink);
}

// Where bars stand when the axis is not their foot, and that of bars of categories.
static void draw_foot(const View *v) {
  double px0, py0, px1, py1, foot = marks_foot(v);
  const Plot *p = v->p;
  bool bars = false;
  for (int i = 0; i < p->nseries; i++) bars |= p->series[i].kind == MARK_BAR;
  if (!bars || (!v->turned && v->gap_y == 0) || (p->box.present && foot <= p->y.lo)) return;
  if (!view_place(v, p->x.lo, foot, &px0, &py0) || !view_place(v, p->x.hi, foot, &px1, &py1)) return;
  ink_line(v->ink, px0, py0, px1, py1, 0.9 * v->u, COLOUR_AXIS);
}

// ---- words ----------------------------------------------------------------------------------------------------------

static void draw_labels(const View *v) {
  double u = v->u, foot = v->area.y0 - v->gap_y, side = v->area.x0 - v->gap_x;
  double below = foot - (v->x->kind == AXIS_CATEGORY ? 11 : 14) * u,
         left = side - (v->y->kind == AXIS_CATEGORY ? 6 : 9) * u;
  for (int i = 0; v->x_labels && i < v->tx.n; i++) {
    double x = view_x(v, v->tx.at[i]);
    if (v->slant)
      ink_text(v->ink, v->tx.text[i], x + 3 * u, foot - 9 * u, (Type){v->tx.size, 1, COLOUR_TICK, false, 40});
    else ink_text(v->ink, v->tx.text[i], x, below, (Type){v->tx.size, 0.5, COLOUR_TICK, false, 0});
  }
  for (int i = 0; v->y_labels && i < v->ty.n; i++)
    ink_text(v->ink, v->ty.text[i], left, view_y(v, v->ty.at[i]), (Type){v->ty.size, 1, COLOUR_TICK, false, 0});
}

static void draw_names(const View *v, double bottom, double left) {
  double u = v->u, size = 13.5 * u, w = v->area.x1 - v->area.x0, h = v->area.y1 - v->area.y0;
  if (v->x_name)
    ink_text(v->ink, words_fit(v->ink, v->x_name, size, w + 80 * u), v->area.x0 + w / 2, bottom,
             (Type){size, 0.5, COLOUR_NAME, false, 0});
  if (v->y_name)
    ink_text(v->ink, words_fit(v->ink, v->y_name, size, h + 60 * u), left, v->area.y0 + h / 2,
             (Type){size, 0.5, COLOUR_NAME, false, 90});
}

void axis_draw(View *v) {
  double u = v->u, foot = v->area.y0 - v->gap_y, side = v->area.x0 - v->gap_x;
  bool x = v->x->kind != AXIS_NONE, y = v->y->kind != AXIS_NONE;
  double labels = x && v->x_labels ? v->slant ? 0.65 * v->tx.widest + 19 * u : 22 * u : 5 * u;
  draw_strokes(v);
  draw_foot(v);
  if (v->p->box.present && !v->turned) draw_box(v);
  draw_labels(v);
  draw_names(v, foot - labels - 10 * u, side - (y && v->y_labels ? v->ty.widest + 10 * u : 5 * u) - 12 * u);
}
