// Where the marks of a picture stand on the canvas, so that a cursor can go from one to the next. Spots are noted from
// the plan that the marks were drawn with, after they were drawn; what lies outside the area has none.
#include "draw/draw_int.h"

#include <math.h>

void spots_init(Spots *s) {
  *s = (Spots){0};
  arena_init(&s->arena);
}

void spots_fini(Spots *s) {
  arena_fini(&s->arena);
  *s = (Spots){0};
}

// Room for one more of `n` things in the arena: the array doubles.
static void *room_for(Arena *a, void *array, int64_t n, size_t size) {
  if (n & (n - 1)) return array; // not a power of two: there is room
  void *more = arena_alloc_n(a, (size_t)(n ? 2 * n : 1), size);
  if (n) memcpy(more, array, (size_t)n * size);
  return more;
}

void spot_add(const Pen *pen, int series, int64_t mark, Box b) {
  Spots *all = pen->spots;
  if (!all) return;
  int right = b.x + b.w < pen->c->w ? b.x + b.w : pen->c->w, foot = b.y + b.h < pen->c->h ? b.y + b.h : pen->c->h;
  int x = b.x > 0 ? b.x : 0, y = b.y > 0 ? b.y : 0;
  if (right <= x || foot <= y) return;
  all->spot = room_for(&all->arena, all->spot, all->n, sizeof *all->spot);
  all->spot[all->n++] = (MarkSpot){pen->at, series, mark, x, y, right - x, foot - y};
}

void spots_area(const Pen *pen) {
  Spots *all = pen->spots;
  const Box *a = &pen->area;
  if (!all) return;
  all->area = room_for(&all->arena, all->area, all->narea, sizeof *all->area);
  all->area[all->narea++] = (SpotArea){
      pen->at, a->x, a->y, a->w, a->h, pen->edges ? 1 : pen->dot->sx, pen->edges ? 1 : pen->dot->sy, pen->edges};
}

// ---- marks between two axes -----------------------------------------------------------------------------------------
static void add_place(const Pen *pen, int series, int64_t mark, double x, double y) {
  if (isfinite(x) && isfinite(y) && pen_inside(pen, x, y))
    spot_add(pen, series, mark, (Box){pen_col(pen, x), pen_row(pen, y), 1, 1});
}

static void add_box(const Pen *pen, int series, int64_t i) {
  const Series *s = &pen->p->series[series];
  double low = s->five[5 * i], high = s->five[5 * i + 4];
  if (!isfinite(low) || !isfinite(high) || high < pen->p->x.lo || low > pen->p->x.hi) return;
  int left = pen_col(pen, low), right = pen_col(pen, high), y = pen_row(pen, s->y[i] / 2 + s->y2[i] / 2);
  spot_add(pen, series, i, (Box){left, y, right - left + 1, 1});
}

// A grid has a spot for each cell of the canvas that holds some of it: the grid's own cell at its middle.
static void add_grid(const Pen *pen, int series) {
  const Series *s = &pen->p->series[series];
  const Box *a = &pen->area;
  bool *seen = arena_array(pen->arena, bool, (int64_t)a->w * a->h);
  for (int64_t k = 0; k < s->n; k++) {
    if (!(s->value[k] > 0)) continue;
    int64_t row = k / s->ncol, column = k % s->ncol;
    double x = ((double)column + 0.5) / s->ncol, y = ((double)row + 0.5) / s->nrow;
    int cx = (int)(x * a->w), cy = a->h - 1 - (int)(y * a->h);
    if (seen[cy * a->w + cx]) continue;
    seen[cy * a->w + cx] = true;
    spot_add(pen, series, k, (Box){a->x + cx, a->y + cy, 1, 1});
  }
}

static void add_series(const Pen *pen, int series) {
  const Series *s = &pen->p->series[series];
  Box b;
  for (int64_t i = 0; i < s->n; i++) {
    switch (s->kind) {
    case MARK_POINT:
    case MARK_LINE:
    case MARK_STEP:
    case MARK_AREA:
    case MARK_HEX: add_place(pen, series, i, s->x[i], s->y[i]); break;
    case MARK_BAR:
      if (bars_box_of(pen, s, i, &b)) spot_add(pen, series, i, b);
      break;
    case MARK_CELL:
      if (heat_box_of(pen, s, i, &b)) spot_add(pen, series, i, b);
      break;
    case MARK_BOX: add_box(pen, series, i); break;
    default: return;
    }
  }
}

void spots_between_axes(const Pen *pen) {
  if (!pen->spots) return;
  spots_area(pen);
  for (int i = 0; i < pen->p->nseries; i++) {
    if (pen->p->series[i].kind == MARK_GRID) add_grid(pen, i);
    else add_series(pen, i);
  }
}
