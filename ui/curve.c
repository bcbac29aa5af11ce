// The curve of an evaluation with the points now, before and best. The plot comes from the kernel and the axes from
// draw; the words in it are put here, so that they stand in the same place whatever the threshold: on a low picture a
// key of two lines below the diagonal, on a high one beside the marks.
#include "base/utf8.h"
#include "ui/evaluate_int.h"

#include <stdlib.h>

enum { HIGH = 16, KEY_WIDTH = 10 };

typedef struct Curve {
  const MsgEvaluation *e;
  const Plot *from;
  Canvas pic;
  Plot plot;      // the kernel's, without words of its own
  int axis, foot; // column of the y axis and line of the x axis on the picture; -1 = not drawn
  bool high, key;
} Curve;

static bool is_point(const Series *s) { return s->kind == MARK_POINT && s->n == 1; }
static bool moved(const MsgEvaluation *e) { return e->threshold != e->was; }

static const char *point_name(const MsgEvaluation *e, int group, Arena *a) {
  char buf[32];
  const char *best = *e->cost ? "cheapest" : "knee";
  double at = group == 0 ? e->threshold : group == 1 ? e->was : e->best;
  return arena_printf(a, "%s %s", group == 0 ? "now" : group == 1 ? "was" : best, unit_print(at, buf));
}

// A copy that shares the kernel's numbers. What stands on the same place as the point now is left out.
static void copy_plot(Curve *c, Arena *a) {
  const Plot *from = c->from;
  c->plot = *from;
  c->plot.title = c->plot.reading = c->plot.note = c->plot.x.name = c->plot.y.name = NULL;
  c->plot.series = arena_array(a, Series, from->nseries + 1);
  c->plot.nseries = 0;
  for (int i = 0; i < from->nseries; i++) {
    Series s = from->series[i];
    bool point = is_point(&s);
    if (point && s.group == 1 && !moved(c->e)) continue;
    if (point && s.group == 2 && !c->high && c->key) continue;
    s.label = point ? NULL : s.label;
    s.name = point && c->high ? point_name(c->e, s.group, a) : s.kind == MARK_LINE || c->high ? s.name : NULL;
    c->plot.series[c->plot.nseries++] = s;
  }
}

static const CanvasCell *cell_at(const Canvas *c, int x, int y) {
  return x >= 0 && y >= 0 && x < c->w && y < c->h ? &c->cell[(size_t)y * (size_t)c->w + (size_t)x] : NULL;
}
static bool is_blank(const Canvas *c, int x, int y, int w) {
  for (int i = x; i < x + w; i++)
    if (!cell_at(c, i, y) || cell_at(c, i, y)->cp != ' ') return false;
  return true;
}
static bool is_axis(const Canvas *c, int x, int y) {
  const CanvasCell *cell = cell_at(c, x, y);
  return cell && cell->cp != ' ' && cell->style == STYLE_FAINT;
}

static void find_axes(Curve *c) {
  int x = 0, y = c->pic.h - 1;
  while (x < c->pic.w / 2 && !is_axis(&c->pic, x, 0)) x++;
  c->axis = x < c->pic.w / 2 ? x : -1;
  while (c->axis >= 0 && y > 0 && !is_axis(&c->pic, c->axis, y)) y--;
  c->foot = y;
}

static void put_names(const Paint *p, const Curve *c) {
  const char *left = c->from->y.name, *right = c->from->x.name;
  int w = left ? utf8_width(sv(left)) : 0, x = c->axis + 1 + c->high;
  while (w && x < c->pic.w / 2 && !is_blank(&c->pic, x - (x > c->axis + 1), 0, w + 2)) x++; // past the curve
  if (w && x < c->pic.w / 2) paint_text(p, x, 0, w, left, STYLE_DIM);
  w = right ? utf8_width(sv(right)) : 0, x = c->pic.w - 1 - w;
  if (w && x > c->axis + 1 && is_blank(&c->pic, x - 1, c->foot - 1, w + 1))
    paint_text(p, x, c->foot - 1, w, right, STYLE_DIM);
}

static void put_line(const Paint *p, int x, int y, Glyph g, const char *word, double at, Style style) {
  char buf[32];
  paint_text(p, x, y, 1, glyph(p, g), style);
  paint_text(p, x + 2, y, 4, word, STYLE_FG);
  paint_text(p, x + 6, y, KEY_WIDTH - 6, unit_print(at, buf), style);
}

// Right of the diagonal where ROC curves leave room, else the lowest and rightmost place that is blank.
static bool find_place(const Curve *c, int lines, int *x, int *y) {
  const Canvas *pic = &c->pic;
  int w = pic->w - c->axis - 1, row = 7 * c->foot / 11;
  *y = row, *x = c->axis + 2 + (int)(w * (1 - (row + 0.5) / c->foot));
  bool blank = true;
  for (int k = 0; k < lines; k++) blank = blank && row + k < c->foot && is_blank(pic, *x, row + k, KEY_WIDTH);
  if (blank) return true;
  for (*y = c->foot - lines; *y >= 0; --*y)
    for (*x = pic->w - KEY_WIDTH; *x > c->axis + 1; --*x) {
      blank = true;
      for (int k = 0; k < lines; k++) blank = blank && is_blank(pic, *x - 1, *y + k, KEY_WIDTH + 1);
      if (blank) return true;
    }
  return false;
}

static bool put_key(const Paint *p, const Curve *c) {
  int x, y, lines = 1 + moved(c->e);
  if (!find_place(c, lines, &x, &y)) return false;
  put_line(p, x, y, G_NOW, "now", c->e->threshold, STYLE_FOCUS);
  if (lines > 1) put_line(p, x, y + 1, G_WAS, "was", c->e->was, STYLE_STRONG);
  return true;
}

bool curve_paint(const Paint *p, Rect r, const MsgEvaluation *e, const Plot *plot, bool key) {
  if (r.w < 8 || r.h < 4) return false;
  Arena a;
  arena_init(&a);
  Curve c = {.e = e, .from = plot, .key = key, .high = r.h >= HIGH && r.w >= 50};
  Paint q = {&c.pic, p->style};
  bool said = false;
  copy_plot(&c, &a);
  canvas_init(&c.pic, r.w, r.h);
  draw_cells(&c.plot, p->style, &c.pic);
  find_axes(&c);
  if (c.axis >= 0) {
    put_names(&q, &c);
    said = c.high || (key && put_key(&q, &c));
  }
  canvas_blit(p->c, r.x, r.y, &c.pic);
  canvas_fini(&c.pic);
  arena_fini(&a);
  return said;
}
