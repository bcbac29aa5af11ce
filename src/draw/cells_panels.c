// Small multiples. Panels have areas of one size, so that they can be compared; where they have the same scale, only
// the outer ones have labels: those of the first column at the left, the lowest of each column below. A matrix of
// pairs (as many rows as columns, the x axis of a column and the y axis of a row the same) needs no titles: each
// variable is named on the diagonal. Facets flow into as many columns as fit; what does not fit is counted.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <stdio.h>

enum { LEAST_WIDTH = 10, LEAST_HEIGHT = 3, NAMES_FROM = 12 };

typedef struct Grid {
  const Plot *p;
  bool matrix, share_x, share_y, titled;
  int columns, rows, shown; // of panels that are drawn
  int left, foot;           // columns and lines of shared labels
  int gap, w, h;            // of a panel with neither; its title is one of the h
  int head;                 // 1 = a line above names the y axis
} Grid;

static bool is_shown(const Axis *a) { return a->kind != AXIS_NONE; }

static bool same_axis(const Axis *a, const Axis *b) {
  bool named = a->name && b->name && strcmp(a->name, b->name) != 0;
  return a->kind == b->kind && a->lo == b->lo && a->hi == b->hi && a->scale == b->scale && !named;
}

// Whether the panels of each column that have an x axis have the same one.
static bool columns_agree(const Plot *p) {
  int n = p->panel_columns;
  for (int j = 0; j < n; j++) {
    const Axis *first = NULL;
    for (int i = j; i < p->npanel; i += n) {
      const Axis *x = &p->panel[i].x;
      if (first && is_shown(x) && !same_axis(first, x)) return false;
      if (!first && is_shown(x)) first = x;
    }
  }
  return true;
}

// Whether those of each row have the same y axis; histograms on the diagonal have their own.
static bool rows_agree(const Plot *p) {
  int n = p->panel_columns;
  for (int i = 0; i * n < p->npanel; i++) {
    const Axis *first = NULL;
    for (int j = 0; j < n && i * n + j < p->npanel; j++) {
      const Axis *y = &p->panel[i * n + j].y;
      if (i == j || !is_shown(y)) continue;
      if (first && !same_axis(first, y)) return false;
      first = y;
    }
  }
  return true;
}

static bool is_titled(const Plot *p) {
  for (int i = 0; i < p->npanel; i++)
    if (p->panel[i].title && *p->panel[i].title) return true;
  return false;
}

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

static Pen panel_pen(const Pen *pen, const Grid *g, int i) {
  Pen q = *pen;
  int row = g->matrix ? i / g->columns : 0, at = g->matrix ? row * g->p->panel_columns + i % g->columns : i;
  q.p = &g->p->panel[at];
  q.panel = true, q.unnamed = g->matrix, q.at = at;
  q.dot = pen_dots(q.p, pen->style, pen->g);
  if (q.p->colour.present) q.colour = &q.p->colour;
  return q;
}

// Columns that the labels of the first column take.
static int labels_width(const Pen *pen, const Grid *g) {
  int width = 0;
  for (int i = 0; i < g->shown; i += g->columns) {
    Pen q = panel_pen(pen, g, i);
    q.room = (Box){pen->room.x, pen->room.y, g->w, g->h};
    if (!g->matrix || i > 0) width = most(width, xy_labels(&q));
  }
  return least(width, pen->room.w / 4);
}

// Lines that a panel needs; those with names at the left as many as it takes to show all, where there is the room.
static int least_height(const Pen *pen, const Grid *g, int h) {
  int named = 0, frame = g->titled + (g->share_x ? 0 : 2);
  for (int i = 0; i < g->p->npanel; i++) named = most(named, xy_lines(pen, &g->p->panel[i]));
  return LEAST_HEIGHT + frame < named + 1 + frame && named + 1 + frame <= h ? named + 1 + frame : LEAST_HEIGHT + frame;
}

// Columns and rows of panels on h lines.
static void flow(const Pen *pen, Grid *g, int w, int h) {
  int n = g->p->npanel, high = least_height(pen, g, h);
  int fit = most((w - g->left + g->gap) / (LEAST_WIDTH + g->gap), 1), tall = most(h / high, 1);
  g->columns = least(g->p->panel_columns, fit);
  if (g->matrix) {
    g->columns = g->rows = least(g->columns, tall);
  } else {
    while (g->columns < fit && (n + g->columns - 1) / g->columns > tall) g->columns++;
    g->rows = least((n + g->columns - 1) / g->columns, tall);
  }
  g->shown = least(g->columns * g->rows, n);
}

// The panels that fit, with a line that counts the others; false when there is no room for even one.
static bool plan(const Pen *pen, Grid *g) {
  int w = pen->room.w, h = pen->room.h - g->head - g->foot;
  flow(pen, g, w, h);
  if (g->shown < g->p->npanel) flow(pen, g, w, --h);
  g->w = (w - g->left - g->gap * (g->columns - 1)) / g->columns;
  g->h = least(h / g->rows, most(least_height(pen, g, h), most(8, g->w / 2 + 2)));
  return g->w >= 1 && g->h >= 1;
}

// The box of a panel with its labels.
static Box box_of(const Pen *pen, const Grid *g, int i) {
  int column = i % g->columns, row = i / g->columns;
  bool first = column == 0, last = i + g->columns >= g->shown;
  Box b = {pen->room.x + g->left + column * (g->w + g->gap), pen->room.y + g->head + row * g->h, g->w, g->h};
  if (first) b.x -= g->left, b.w += g->left;
  if (last) b.h += g->foot;
  return b;
}

static void draw_panel(const Pen *pen, const Grid *g, int i) {
  Pen q = panel_pen(pen, g, i);
  bool diagonal = g->matrix && i / g->columns == i % g->columns, first = i % g->columns == 0;
  const char *title = q.p->title && *q.p->title ? q.p->title : diagonal ? q.p->x.name : NULL;
  q.room = box_of(pen, g, i);
  int shift = first ? g->left : 0;
  q.bare_x = g->share_x && i + g->columns < g->shown;
  q.bare_y = g->share_y && (!first || diagonal);
  q.left = g->share_y ? shift : -1, q.untold = diagonal;
  if (q.room.y + q.room.h > pen->room.y + pen->room.h) q.room.h = pen->room.y + pen->room.h - q.room.y;
  if (title && (g->titled || diagonal) && q.room.h > 2)
    pen_text(&q, q.room.x + shift, q.room.y, q.room.w - shift, title, STYLE_STRONG);
  if ((g->titled || diagonal) && q.room.h > 2) q.room.y++, q.room.h--;
  cells_picture(&q);
}

static void name_axes(const Pen *pen, const Grid *g, int y) {
  const Box *room = &pen->room;
  const char *x_name = g->p->x.name, *y_name = g->p->y.name;
  if (g->head && y_name) pen_text(pen, room->x, room->y, room->w, y_name, STYLE_DIM);
  if (!g->foot || !x_name || y >= room->y + room->h) return;
  int width = utf8_width(sv(x_name)), end = room->x + g->left + g->columns * (g->w + g->gap) - g->gap;
  int x = most(end - width, room->x);
  pen_text(pen, x, y, end - x, x_name, STYLE_DIM);
}

int panels_draw(Pen *pen) {
  const Plot *p = pen->p;
  Grid g = {.p = p, .gap = pen->room.w >= 40 ? 2 : 1, .titled = is_titled(p)};
  int columns = p->panel_columns;
  bool square = columns > 1 && p->npanel == columns * columns, agree = columns_agree(p);
  g.matrix = square && !p->share_x && agree && rows_agree(p);
  g.share_x = p->share_x || (p->npanel > columns && agree && g.matrix);
  g.share_y = p->share_y || g.matrix;
  if (g.matrix) g.titled = false;
  bool named = pen->room.h >= NAMES_FROM && !g.matrix;
  g.head = named && p->y.name && *p->y.name;
  g.foot = g.share_x;
  bool below = named && p->x.name && *p->x.name;
  pen->room.h -= below;
  if (!plan(pen, &g)) return 0;
  if (g.share_y) g.left = labels_width(pen, &g), plan(pen, &g);
  for (int i = 0; i < g.shown; i++) draw_panel(pen, &g, i);
  pen->room.h += below;
  int y = pen->room.y + g.head + g.rows * g.h + g.foot, hidden = p->npanel - g.shown;
  if (below || g.head) name_axes(pen, &g, y);
  if (below) y++;
  if (hidden && y < pen->room.y + pen->room.h + 1) pen_more(pen, pen->room.x, below ? y - 1 : y, hidden), y += !below;
  return y - pen->room.y;
}
