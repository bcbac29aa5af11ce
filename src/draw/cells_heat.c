// Heat: cells coloured by value, with the number written in them, since colour is the second reading.
//
// A matrix (both axes of categories) is a table: row names at the left, column names above. When only the triangle
// below the diagonal is given and rows and columns have the same names, each column is named on the diagonal instead,
// where it begins: the eye then needs one way only, left and down to the number. Where the numbers do not fit, cells
// show colour alone, or shades where there is no colour.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>
#include <stdio.h>

typedef struct Scale {
  bool diverging;
  double lo, hi; // diverging: lo = -hi
} Scale;

static Scale scale_of(const Series *s) {
  Scale c = {.diverging = s->role == ROLE_DIVERGING, .lo = INFINITY, .hi = -INFINITY};
  double most = 0;
  for (int64_t i = 0; s->value && i < s->n; i++) {
    if (!isfinite(s->value[i])) continue;
    c.lo = fmin(c.lo, s->value[i]), c.hi = fmax(c.hi, s->value[i]);
    most = fmax(most, fabs(s->value[i]));
  }
  if (c.diverging) c.hi = most <= 1 ? 1 : most, c.lo = -c.hi; // correlations have their own scale
  return c;
}

// Steps at .2 .4 .6 .8 of the scale about zero, or ten even steps from least to most.
static Style style_of(const Scale *c, double v) {
  if (c->diverging) {
    int step = (int)(fabs(v) / c->hi * 5 + 1e-9);
    if (step > 4) step = 4;
    return (Style)(STYLE_DIV0 + 4 + (v < 0 ? -step : step));
  }
  int step = c->hi > c->lo ? (int)((v / 2 - c->lo / 2) / (c->hi / 2 - c->lo / 2) * 10) : 0;
  return (Style)(STYLE_SEQ0 + (step < 0 ? 0 : step > 9 ? 9 : step));
}

static uint32_t shade_of(const Pen *pen, const Scale *c, double v) {
  int steps = c->diverging ? (int)(fabs(v) / c->hi * 5 + 1e-9) : (int)(style_of(c, v) - STYLE_SEQ0) / 2;
  return pen->g->shade[steps > 4 ? 4 : steps];
}

static bool is_painted(const Pen *pen, Style style) { return pen->style->depth >= THEME_16 && style != STYLE_DIV0 + 4; }

// The box of cell i of s: its colour over the whole, its text in the middle line, right-aligned before a blank.
static void draw_cell(const Pen *pen, const Series *s, int64_t i, const Scale *scale, Box b) {
  double v = s->value ? s->value[i] : NAN;
  const char *text = s->label && s->label[i] ? pen_minus(pen, s->label[i]) : "";
  int width = utf8_width(sv(text)), y = b.y + (b.h - 1) / 2;
  bool fits = *text && width < b.w;
  Style style = isfinite(v) ? style_of(scale, v) : STYLE_FAINT;
  bool shaded = !fits && isfinite(v) && pen->style->depth < THEME_16;
  for (int k = 0; shaded && k < b.w * b.h; k++)
    canvas_put(pen->c, b.x + k % b.w, b.y + k / b.w, shade_of(pen, scale, v), STYLE_FG);
  bool middle = pen->p->x.kind != AXIS_CATEGORY;
  if (fits) canvas_text(pen->c, b.x + (middle ? (b.w - width) / 2 : b.w - width - 1), y, text, style);
  for (int k = 0; is_painted(pen, style) && isfinite(v) && k < b.h; k++) canvas_paint(pen->c, b.x, b.y + k, b.w, style);
}

// Cell borders of a share interval among n cells.
static void borders(double a, double b, int n, int *from, int *to) {
  a = fmin(fmax(a, 0), 1), b = fmin(fmax(b, 0), 1);
  *from = (int)lround(fmin(a, b) * n), *to = (int)lround(fmax(a, b) * n);
}

static void draw_series(const Pen *pen, const Series *s) {
  Scale scale = scale_of(s);
  const Box *a = &pen->area;
  for (int64_t i = 0; i < s->n; i++) {
    double x = pen_share_x(pen, s->x[i]), x2 = pen_share_x(pen, s->x2[i]);
    double y = pen_share_y(pen, s->y[i]), y2 = pen_share_y(pen, s->y2[i]);
    if (!isfinite(x + x2 + y + y2) || x >= 1 || x2 <= 0 || y >= 1 || y2 <= 0) continue;
    int left, right, low, high;
    borders(x, x2, a->w, &left, &right);
    borders(y, y2, a->h, &low, &high);
    if (right > left && high > low)
      draw_cell(pen, s, i, &scale, (Box){a->x + left, a->y + a->h - high, right - left, high - low});
  }
}

void heat_draw(Pen *pen) {
  for (int i = 0; i < pen->p->nseries; i++)
    if (pen->p->series[i].kind == MARK_CELL) draw_series(pen, &pen->p->series[i]);
}

// ---- a matrix -------------------------------------------------------------------------------------------------------

static int widest(int a, int b) { return a > b ? a : b; }

static int widest_name(const Axis *a) {
  int w = 0;
  for (int i = 0; i < a->ncategory; i++) w = widest(w, utf8_width(sv(a->category[i])));
  return w;
}

static int widest_label(const Pen *pen) {
  int w = 0;
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    for (int64_t j = 0; s->kind == MARK_CELL && s->label && j < s->n; j++)
      if (s->label[j]) w = widest(w, utf8_width(sv(s->label[j])));
  }
  return w;
}

// Row of the matrix, counted from the top, that category c of the y axis is.
static int row_of(const Plot *p, int c) { return p->y.ncategory - 1 - c; }

// Whether every cell lies strictly below the diagonal of a matrix with the same names both ways.
static bool is_triangle(const Plot *p) {
  int n = p->x.ncategory;
  if (n != p->y.ncategory) return false;
  for (int i = 0; i < n; i++)
    if (strcmp(p->x.category[i], p->y.category[row_of(p, i)]) != 0) return false;
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    for (int64_t j = 0; s->kind == MARK_CELL && j < s->n; j++)
      if (!(floor(s->x[j]) < row_of(p, (int)floor(fmin(fmax(s->y[j], 0), n))))) return false;
  }
  return true;
}

// Column names right-aligned over the right-aligned numbers; cut where their cell is narrower.
static void name_columns(const Pen *pen, int each, int y) {
  const Axis *x = &pen->p->x;
  for (int j = 0; j < (int)(x->hi - x->lo); j++) {
    int width = utf8_width(sv(x->category[j])), room = each - 1;
    int pad = width < room ? room - width : 0;
    pen_text(pen, pen->area.x + j * each + pad, y, room, x->category[j], STYLE_DIM);
  }
}

static void name_diagonal(const Pen *pen, int each, int high) {
  const Axis *x = &pen->p->x;
  int end = pen->room.x + pen->room.w;
  for (int j = 0; j < x->ncategory; j++) {
    int at = pen->area.x + j * each + (j ? 1 : 0);
    pen_text(pen, at, pen->area.y + j * high + (high - 1) / 2, end - at, x->category[j], STYLE_STRONG);
  }
}

static void name_rows(const Pen *pen, int width, int high) {
  for (int i = 0; i * high < pen->area.h; i++) {
    const char *name = pen->p->y.category[row_of(pen->p, i)];
    pen_text(pen, pen->room.x, pen->area.y + i * high + (high - 1) / 2, width, name, STYLE_FG);
  }
}

// Says what the last columns and rows of a matrix are that does not fit.
static void say_hidden(const Pen *pen, int columns, int rows, int y) {
  char text[80] = "";
  int n = 0;
  if (columns) n = snprintf(text, sizeof text, "%d more column%s", columns, columns == 1 ? "" : "s");
  if (rows) snprintf(text + n, sizeof text - (size_t)n, "%s%d more row%s", n ? ", " : "", rows, rows == 1 ? "" : "s");
  pen_text(pen, pen->room.x, y, pen->room.w, text, STYLE_DIM);
}

typedef struct MatrixPlan {
  bool diagonal;
  int names, head; // columns of row names, lines of column names and above them of the axis
  int each, high;  // size of a cell
  int shown_x, shown_y;
} MatrixPlan;

// Columns a cell: with air about names and numbers, at least the numbers, at last colour alone.
static int cell_width(int label, int name, int n, int room) {
  int least = label + 1, each = widest(least + 2, name < 14 ? name + 2 : 16);
  if (each * n > room) each = widest(least, room / n);
  if (each * n > room) each = room / n;
  return widest(each, 1);
}

static MatrixPlan matrix_plan(const Pen *pen) {
  const Axis *x = &pen->p->x, *y = &pen->p->y;
  int nx = x->ncategory, ny = y->ncategory, w = pen->room.w, label = widest_label(pen);
  MatrixPlan m = {.diagonal = is_triangle(pen->p) && ny <= pen->room.h};
  m.head = m.diagonal ? 0 : x->name && pen->room.h > ny + 1 ? 2 : 1;
  m.names = m.diagonal ? 0 : widest(widest_name(y), y->name ? utf8_width(sv(y->name)) : 0);
  if (m.names > w / 3) m.names = w / 3;
  int room = w - (m.diagonal ? 4 : m.names + 1), lines = pen->room.h - m.head;
  m.each = cell_width(label, m.diagonal ? 0 : widest_name(x), nx, room);
  m.shown_x = m.each * nx > room ? widest(room / m.each, 1) : nx;
  m.high = m.each > label && ny <= 6 && lines / ny >= 3 ? 2 : 1;
  m.shown_y = ny * m.high > lines ? widest(lines - 1, 1) : ny;
  return m;
}

// The axis of the columns is named above them, that of the rows in the corner.
static void name_axes(const Pen *pen, const MatrixPlan *m) {
  const Axis *x = &pen->p->x, *y = &pen->p->y;
  int left = pen->area.x + 1, room = pen->room.x + pen->room.w - left;
  if (y->name) pen_text(pen, pen->room.x, pen->area.y - 1, m->names, y->name, STYLE_DIM);
  if (x->name && m->head == 2) pen_text(pen, left, pen->room.y, room, x->name, STYLE_DIM);
}

int matrix_draw(Pen *pen) {
  MatrixPlan m = matrix_plan(pen);
  const Plot *whole = pen->p;
  Plot part = *whole; // the columns and rows that fit
  int nx = part.x.ncategory, ny = part.y.ncategory, left = m.diagonal ? 0 : m.names + 1;
  part.x.lo = 0, part.x.hi = m.shown_x;
  part.y.lo = ny - m.shown_y, part.y.hi = ny;
  pen->p = &part;
  pen->edges = true;
  pen->area = (Box){pen->room.x + left, pen->room.y + m.head, m.shown_x * m.each, m.shown_y * m.high};
  heat_draw(pen);
  if (m.diagonal) name_diagonal(pen, m.each, m.high);
  else name_rows(pen, m.names, m.high), name_columns(pen, m.each, pen->area.y - 1), name_axes(pen, &m);
  int y = pen->area.y + pen->area.h;
  bool hidden = m.shown_x < nx || m.shown_y < ny;
  if (hidden) say_hidden(pen, nx - m.shown_x, ny - m.shown_y, y);
  pen->p = whole;
  return y + hidden - pen->room.y;
}
