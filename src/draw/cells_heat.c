// Heat between two axes: cells coloured by value, with the number written in them where there is one, since colour is
// the second reading; cells without numbers, and hexagons, as a raster.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>

static bool is_tile(const Pen *pen) { return pen->p->x.kind != AXIS_CATEGORY; }

// What has no colour in a table, the middle of a diverging map, is a grey tile between number axes.
static bool is_painted(const Pen *pen, Style style) {
  return pen->style->depth >= THEME_16 && (is_tile(pen) || style != STYLE_DIV0 + 4);
}

// The box of cell i of s: its colour over the whole, its text in the middle line; in a table right-aligned before a
// blank, on a tile in the middle, with a blank on either side where the tile is shaded.
static void draw_cell(const Pen *pen, const Series *s, int64_t i, const Scale *scale, Box b) {
  double v = s->value ? s->value[i] : NAN;
  const char *text = s->label && s->label[i] ? pen_minus(pen, s->label[i]) : "";
  int width = utf8_width(sv(text)), y = b.y + (b.h - 1) / 2;
  bool tile = is_tile(pen), fits = *text && width < b.w;
  Style style = isfinite(v) ? scale_style(scale, v) : STYLE_FAINT;
  bool shaded = (tile || !fits) && isfinite(v) && pen->style->depth < THEME_16;
  for (int k = 0; shaded && k < b.w * b.h; k++)
    canvas_put(pen->c, b.x + k % b.w, b.y + k / b.w, scale_shade(pen, scale, v), STYLE_FG);
  int x = b.x + (tile ? (b.w - width) / 2 : b.w - width - 1);
  if (fits && shaded) canvas_blank(pen->c, (Box){x - (x > b.x), y, width + 1 + (x > b.x), 1});
  if (fits) canvas_text(pen->c, x, y, text, style);
  for (int k = 0; is_painted(pen, style) && isfinite(v) && k < b.h; k++) canvas_paint(pen->c, b.x, b.y + k, b.w, style);
}

// Cell borders of a share interval among n cells.
static void borders(double a, double b, int n, int *from, int *to) {
  a = fmin(fmax(a, 0), 1), b = fmin(fmax(b, 0), 1);
  *from = (int)lround(fmin(a, b) * n), *to = (int)lround(fmax(a, b) * n);
}

bool heat_box_of(const Pen *pen, const Series *s, int64_t i, Box *b) {
  const Box *a = &pen->area;
  double x = pen_share_x(pen, s->x[i]), x2 = pen_share_x(pen, s->x2[i]);
  double y = pen_share_y(pen, s->y[i]), y2 = pen_share_y(pen, s->y2[i]);
  if (!isfinite(x + x2 + y + y2) || x >= 1 || x2 <= 0 || y >= 1 || y2 <= 0) return false;
  int left, right, low, high;
  borders(x, x2, a->w, &left, &right);
  borders(y, y2, a->h, &low, &high);
  if (is_tile(pen)) right -= x2 < 1 && right - left > 2, low += y > 0 && high - low > 2; // gaps between tiles
  if (!s->label && right == left) left -= left == a->w, right = left + 1; // of a raster several share a cell
  if (!s->label && high == low) low -= low == a->h, high = low + 1;
  *b = (Box){a->x + left, a->y + a->h - high, right - left, high - low};
  return right > left && high > low;
}

static void draw_labelled(const Pen *pen, const Series *s) {
  Scale scale = scale_of(pen, s);
  Box b;
  for (int64_t i = 0; i < s->n; i++)
    if (heat_box_of(pen, s, i, &b)) draw_cell(pen, s, i, &scale, b);
}

static void draw_raster(const Pen *pen, const Series *s) {
  bool group = s->role == ROLE_GROUP || s->role == ROLE_FAINT || !s->value;
  Raster r;
  raster_init(&r, pen);
  for (int64_t i = 0; i < s->n; i++) {
    double x = pen_share_x(pen, s->x[i]), y = pen_share_y(pen, s->y[i]), value = group ? 1 : s->value[i];
    if (s->kind == MARK_CELL) raster_add(&r, x, pen_share_x(pen, s->x2[i]), y, pen_share_y(pen, s->y2[i]), value);
    else
      raster_hexagon(&r, x, y, fabs(pen_share_x(pen, s->x[i] + s->x2[i]) - x),
                     fabs(pen_share_y(pen, s->y[i] + s->y2[i]) - y), value);
  }
  Scale scale = scale_of(pen, s);
  if (group) raster_flush_group(&r, pen, s);
  else raster_flush(&r, pen, &scale);
}

void heat_draw(Pen *pen) {
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    if (s->kind == MARK_HEX || (s->kind == MARK_CELL && !s->label)) draw_raster(pen, s);
    else if (s->kind == MARK_CELL) draw_labelled(pen, s);
  }
}
