// A matrix, both axes of categories, is a table: row names at the left, column names above. When only the triangle
// below the diagonal is given and rows and columns have the same names, each column is named on the diagonal instead,
// where it begins: the eye then needs one way only, left and down to the number. Where the numbers do not fit, cells
// show colour alone, or shades where there is no colour; a matrix without numbers that is too high has two rows a line.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>
#include <stdio.h>

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

// Of columns too narrow for more than a letter or two only some are named, from where they begin.
static void name_some(const Pen *pen, int each, int y) {
  const Axis *x = &pen->p->x;
  int n = (int)(x->hi - x->lo), width = widest_name(x), end = pen->area.x + n * each;
  if (width > 12) width = 12;
  int step = (width + each) / each;
  for (int j = 0; j < n; j += step) {
    int at = pen->area.x + j * each, room = step * each - 1;
    pen_text(pen, at, y, at + room > end ? end - at : room, x->category[j], STYLE_DIM);
  }
}

// Column names right-aligned over the right-aligned numbers; cut where their cell is narrower.
static void name_columns(const Pen *pen, int each, int y) {
  const Axis *x = &pen->p->x;
  if (each < 4 && widest_name(x) > each - 1) {
    name_some(pen, each, y);
    return;
  }
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
  bool pairs;      // two rows a line
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
  m.pairs = ny > lines && !label && !m.diagonal && pen_has_halves(pen);
  int most = lines * (m.pairs ? 2 : 1);
  m.shown_y = ny * m.high > most ? widest(most - 1 - m.pairs, 1) : ny;
  return m;
}

// Of two rows a line the upper is named.
static void name_rows(const Pen *pen, const MatrixPlan *m) {
  for (int y = 0; y < pen->area.h; y++) {
    int i = m->pairs ? 2 * y : y / m->high;
    if (!m->pairs && y % m->high != (m->high - 1) / 2) continue;
    pen_text(pen, pen->room.x, pen->area.y + y, m->names, pen->p->y.category[row_of(pen->p, i)], STYLE_FG);
  }
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
  int high = m.pairs ? (m.shown_y + 1) / 2 : m.shown_y * m.high;
  if (m.pairs) part.y.lo = ny - 2 * high;
  pen->area = (Box){pen->room.x + left, pen->room.y + m.head, m.shown_x * m.each, high};
  heat_draw(pen);
  spots_between_axes(pen);
  if (m.diagonal) name_diagonal(pen, m.each, m.high);
  else name_rows(pen, &m), name_columns(pen, m.each, pen->area.y - 1), name_axes(pen, &m);
  int y = pen->area.y + pen->area.h;
  bool hidden = m.shown_x < nx || m.shown_y < ny;
  if (hidden) say_hidden(pen, nx - m.shown_x, ny - m.shown_y, y);
  pen->p = whole;
  return y + hidden - pen->room.y;
}
