// Names of series at their ends, in their colours, and labels of single marks. The names of lines that end at the right
// stand beside them, pushed apart where they would touch; those of humps stand on their tops. What fits nowhere without
// touching another is left out: a picture with two names on one another says less than with one.
#include "draw/gnuplot_int.h"

#include <math.h>

typedef enum { END_NONE, END_RIGHT, END_TOP } EndSide;
typedef struct End {
  const Series *s;
  double x, y, want; // want: height before the others push
} End;
enum { MOST_ENDS = 40 };

static bool is_path(const Series *s) { return s->kind == MARK_LINE || s->kind == MARK_STEP || s->kind == MARK_AREA; }

static double height_at(const View *v, const Series *s, int64_t i) {
  double foot = s->kind == MARK_AREA ? s->y2 ? s->y2[i] : marks_foot(v) : s->y[i];
  return (s->y[i] + foot) / 2;
}

static double height_over_foot(const View *v, const Series *s, int64_t i) {
  const Axis *a = &v->p->y;
  double foot = s->kind == MARK_AREA ? axis_share(a, s->y2 ? s->y2[i] : marks_foot(v)) : 0;
  return fabs(axis_share(a, s->y[i]) - foot);
}

// Where the name of a series stands: beside its last point, or on its highest one when it rises from the axis and comes
// down to it.
static EndSide end_of(const View *v, const Series *s, double *x, double *y) {
  const Axis *a = &v->p->y;
  int64_t first = -1, end = -1, peak = -1;
  if (!s->name || !s->name[0] || key_has(v->page, s)) return END_NONE;
  if (s->kind == MARK_RULE && s->n == 1) return *x = s->x2[0], *y = s->y2[0], END_RIGHT;
  if (!is_path(s)) return END_NONE;
  for (int64_t i = 0; i < s->n; i++) {
    if (!isfinite(axis_share(&v->p->x, s->x[i])) || !isfinite(axis_share(a, s->y[i]))) continue;
    end = i, first = first < 0 ? i : first;
    if (peak < 0 || s->y[i] > s->y[peak]) peak = i;
  }
  if (end < 0) return END_NONE;
  bool hump = height_over_foot(v, s, first) < 0.03 && height_over_foot(v, s, end) < 0.03;
  if (hump && axis_share(a, s->y[peak]) > 0.1) {
    bool flat = s->kind == MARK_STEP && peak < s->n - 1 && isfinite(s->x[peak + 1]);
    return *x = flat ? (s->x[peak] + s->x[peak + 1]) / 2 : s->x[peak], *y = s->y[peak], END_TOP;
  }
  return *x = s->x[end], *y = height_at(v, s, end), END_RIGHT;
}

static double name_width(const View *v, const char *name) { return words_width(name, 12.5 * v->u); }

double ends_width(const View *v) {
  double most = 0, x, y, w = v->area.x1 - v->area.x0;
  for (int i = 0; !v->turned && i < v->p->nseries; i++) {
    const Series *s = &v->p->series[i];
    if (end_of(v, s, &x, &y) != END_RIGHT) continue;
    double share = fmin(axis_share(&v->p->x, x), 1);
    if (isfinite(share)) most = fmax(most, (share - 1) * w + name_width(v, s->name) + 8 * v->u);
  }
  return most;
}

// Pushes names apart: upwards from the lowest, then down again below the top.
static void push_apart(End *e, int n, double apart, double top) {
  for (int i = 1; i < n; i++)
    for (int j = i; j > 0 && e[j].want < e[j - 1].want; j--) {
      End t = e[j];
      e[j] = e[j - 1], e[j - 1] = t;
    }
  for (int i = 1; i < n; i++) e[i].y = fmax(e[i].y, e[i - 1].y + apart);
  double over = n ? e[n - 1].y - top : 0;
  for (int i = n - 1; over > 0 && i >= 0; i--) {
    double limit = i == n - 1 ? top : e[i + 1].y - apart;
    e[i].y = fmin(e[i].y, limit);
  }
}

// Behind a name that stands among the marks.
static void lighten(const View *v, const Rect *r) {
  ink_open(v->ink);
  ink_rect(v->ink, r->x0, r->y0, fmin(r->x1, v->area.x1), r->y1, colour_thin(0xFFFFFF, 0.7));
  ink_close_fills(v->ink);
}

static void name_rights(View *v) {
  End end[MOST_ENDS];
  int n = 0;
  double x, y, u = v->u;
  for (int i = 0; i < v->p->nseries && n < MOST_ENDS; i++) {
    const Series *s = &v->p->series[i];
    if (end_of(v, s, &x, &y) != END_RIGHT || !view_place(v, x, y, &x, &y)) continue;
    x = fmin(fmax(x, v->area.x0), v->area.x1), y = fmin(fmax(y, v->area.y0), v->area.y1);
    end[n++] = (End){s, x, y, y};
  }
  push_apart(end, n, 15 * u, v->area.y1 + 8 * u);
  for (int i = 0; i < n; i++) {
    double at = end[i].x + 6 * u, room = v->area.x1 + 0.35 * (v->area.x1 - v->area.x0) - at;
    const char *name = words_fit(v->ink, end[i].s->name, 12.5 * u, fmax(room, 40 * u));
    Spot spot[] = {{at, end[i].y, 0}, {at, end[i].y + 14 * u, 0}, {at, end[i].y - 14 * u, 0}};
    Colour c = end[i].s->role == ROLE_FAINT ? COLOUR_WORDS : colour_group(end[i].s);
    if (view_name(v, name, spot, 3, c) && at < v->area.x1) lighten(v, &v->placed[v->nplaced - 1]);
  }
}

static void name_tops(View *v) {
  double x, y, u = v->u;
  for (int i = 0; i < v->p->nseries; i++) {
    const Series *s = &v->p->series[i];
    if (end_of(v, s, &x, &y) != END_TOP || !view_place(v, x, y, &x, &y)) continue;
    double up = fmin(y + 10 * u, v->area.y1 + 4 * u);
    Spot spot[] = {{x, up, 0.5}, {x + 6 * u, up, 0}, {x - 6 * u, up, 1}, {x, up + 14 * u, 0.5}, {x, up - 22 * u, 0.5}};
    view_name(v, s->name, spot, 5, colour_group(s));
  }
}

static void keep_free(View *v, double x, double y) {
  double half = 3 * v->u;
  if (v->nplaced < VIEW_NAMES) v->placed[v->nplaced++] = (Rect){x - half, y - half, x + half, y + half};
}

static void label_marks(View *v, const Series *s) {
  double x, y, u = v->u;
  for (int64_t i = 0; i < s->n; i++)
    if (view_place(v, s->x[i], s->y[i], &x, &y) && view_inside(v, x, y)) keep_free(v, x, y);
  for (int64_t i = 0; i < s->n; i++) {
    const char *label = s->label ? s->label[i] : s->name;
    if (!label || !view_place(v, s->x[i], s->y[i], &x, &y) || !view_inside(v, x, y)) continue;
    Spot spot[] = {{x + 7 * u, y - 7 * u, 0}, {x + 7 * u, y + 7 * u, 0}, {x - 7 * u, y + 7 * u, 1},
                   {x - 7 * u, y - 7 * u, 1}, {x, y + 11 * u, 0.5},      {x, y - 11 * u, 0.5},
                   {x + 8 * u, y, 0},         {x - 8 * u, y, 1}};
    view_name(v, label, spot, 8, s->n == 1 ? COLOUR_NAME : COLOUR_TICK);
  }
}

void ends_draw(View *v) {
  if (!v->turned) {
    name_rights(v);
    name_tops(v);
  }
  for (int i = 0; i < v->p->nseries; i++)
    if (points_is_mark(&v->p->series[i])) label_marks(v, &v->p->series[i]);
}
