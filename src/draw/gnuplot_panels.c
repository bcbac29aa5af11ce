// Small multiples. All areas have the same size, so that panels can be compared; what they share is written once: names
// of axes at the sides of the page, labels of ticks at the left-most and lowest panels. A column is as much wider than
// its areas as the widest labels in it need, and a row as much higher.
#include "draw/gnuplot_int.h"

#include <math.h>

typedef struct Panels {
  const Plot *p;
  Ink *ink;
  Rect room;
  double u; // of the page
  int ncol, nrow;
  View *view;
  double *left, *right, *bottom, *top; // of columns and of rows
  const char *x_name, *y_name;         // of all panels, or NULL
} Panels;

static bool is_lowest(const Panels *s, int i) { return i + s->ncol >= s->p->npanel; }

// The name that the page gives, or else the first panel's when all have the same.
static const char *common_name(const Plot *p, bool y) {
  const char *name = y ? p->y.name : p->x.name;
  if (name || !(y ? p->share_y : p->share_x)) return name;
  name = y ? p->panel[0].y.name : p->panel[0].x.name;
  for (int i = 1; name && i < p->npanel; i++) {
    const char *other = y ? p->panel[i].y.name : p->panel[i].x.name;
    if (!other || strcmp(name, other) != 0) return NULL;
  }
  return name;
}

static void init_views(Panels *s) {
  const Plot *p = s->p;
  double smaller = p->npanel > 12 ? 0.75 : p->npanel > 4 ? 0.85 : 0.92;
  for (int i = 0; i < p->npanel; i++) {
    View *v = &s->view[i];
    view_init(v, &p->panel[i], p, s->ink, s->u * smaller);
    v->title = p->panel[i].title;
    bool lowest = is_lowest(s, i), first = i % s->ncol == 0;
    bool x_shared = v->turned ? p->share_y : p->share_x, y_shared = v->turned ? p->share_x : p->share_y;
    v->x_labels = lowest || !x_shared, v->y_labels = first || !y_shared;
    if (s->x_name) v->x_name = NULL;
    if (s->y_name) v->y_name = NULL;
  }
}

static double sum_of(const double *v, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) sum += v[i];
  return sum;
}

// Rooms of columns and rows, for panels of w x h pixels.
static void measure(Panels *s, double w, double h) {
  for (int i = 0; i < s->ncol; i++) s->left[i] = s->right[i] = 0;
  for (int i = 0; i < s->nrow; i++) s->bottom[i] = s->top[i] = 0;
  for (int i = 0; i < s->p->npanel; i++) {
    Edges e = view_edges(&s->view[i], w, h);
    int col = i % s->ncol, row = i / s->ncol;
    s->left[col] = fmax(s->left[col], e.left), s->right[col] = fmax(s->right[col], e.right);
    s->bottom[row] = fmax(s->bottom[row], e.bottom), s->top[row] = fmax(s->top[row], e.top);
  }
}

static void place(Panels *s) {
  double gutter = 8 * s->u, w = s->room.x1 - s->room.x0, h = s->room.y1 - s->room.y0;
  double wide = w - sum_of(s->left, s->ncol) - sum_of(s->right, s->ncol) - gutter * (s->ncol - 1);
  double high = h - sum_of(s->bottom, s->nrow) - sum_of(s->top, s->nrow) - gutter * (s->nrow - 1);
  wide = fmax(wide / s->ncol, 8 * s->u), high = fmax(high / s->nrow, 8 * s->u);
  double y = s->room.y1;
  for (int row = 0; row < s->nrow; row++) {
    double x = s->room.x0;
    y -= s->top[row] + high;
    for (int col = 0; col < s->ncol && row * s->ncol + col < s->p->npanel; col++) {
      x += s->left[col];
      s->view[row * s->ncol + col].area = (Rect){x, y, x + wide, y + high};
      x += wide + s->right[col] + gutter;
    }
    y -= s->bottom[row] + gutter;
  }
}

static void draw_common_names(const Panels *s, Rect page) {
  double size = 13.5 * s->u, u = s->u;
  const View *first = &s->view[0], *last = &s->view[s->p->npanel < s->ncol ? s->p->npanel - 1 : s->ncol - 1];
  const View *low = &s->view[s->p->npanel - 1];
  double w = page.x1 - page.x0, h = page.y1 - page.y0;
  if (s->x_name)
    ink_text(s->ink, words_fit(s->ink, s->x_name, size, w), (first->area.x0 + last->area.x1) / 2, page.y0 + 8 * u,
             (Type){size, 0.5, COLOUR_NAME, false, 0});
  if (s->y_name)
    ink_text(s->ink, words_fit(s->ink, s->y_name, size, h), page.x0 + 8 * u, (first->area.y1 + low->area.y0) / 2,
             (Type){size, 0.5, COLOUR_NAME, false, 90});
}

void multiples_draw(const Plot *p, Ink *k, Rect room, double u) {
  Panels s = {.p = p, .ink = k, .room = room, .u = u, .ncol = p->panel_columns < 1 ? 1 : p->panel_columns};
  if (s.ncol > p->npanel) s.ncol = p->npanel;
  s.nrow = (p->npanel + s.ncol - 1) / s.ncol;
  s.view = arena_array(&k->arena, View, p->npanel);
  s.left = arena_array(&k->arena, double, s.ncol), s.right = arena_array(&k->arena, double, s.ncol);
  s.bottom = arena_array(&k->arena, double, s.nrow), s.top = arena_array(&k->arena, double, s.nrow);
  s.x_name = common_name(p, false), s.y_name = common_name(p, true);
  if (s.x_name) s.room.y0 += 20 * u;
  if (s.y_name) s.room.x0 += 20 * u;
  init_views(&s);
  if (s.view[0].turned) {
    const char *t = s.x_name;
    s.x_name = s.y_name, s.y_name = t;
  }
  measure(&s, (s.room.x1 - s.room.x0) / s.ncol, (s.room.y1 - s.room.y0) / s.nrow);
  place(&s);
  for (int i = 0; i < p->npanel; i++) view_draw(&s.view[i]);
  draw_common_names(&s, room);
}
