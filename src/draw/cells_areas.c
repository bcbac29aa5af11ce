// Areas. One alone, standing on the axis, is filled as a bar chart is, with eighths of cells at its upper edge; so are
// stacks, where a cell can show two colours. Else areas beside or upon each other (violins) are filled with dots. Where
// areas overlap none may hide another: each has its outline, and the cells that several cover are dealt out among them
// in turn, like the fields of a chequerboard, half of their dots set. A band about a line or points has fewer dots yet
// and no outline, since they are what counts; where groups are letters it would be taken for points, and is not drawn.
#include "draw/draw_int.h"

#include <math.h>

typedef enum { FILL_ALL, FILL_HALF, FILL_QUARTER } Fill;

static const double LEAST = 0.25; // dots; what is thinner is not there

typedef struct Areas {
  const Pen *pen;
  Dots dots;           // of the fillings
  int wide, high;      // in dots
  int *lo, *hi;        // of the area at hand: dots of each column, from below; hi < lo = none
  uint8_t *cover;      // how many areas have dots in a cell
  uint8_t *seen;       // how many of them were drawn
  int64_t once, again; // dots that an area covers, and those inside it that another had before
  int64_t touching;    // dots of edges that another area had before
  Fill fill;
} Areas;

static bool is_area(const Series *s) { return s->kind == MARK_AREA; }

static int count_kind(const Plot *p, MarkKind kind) {
  int n = 0;
  for (int i = 0; i < p->nseries; i++) n += p->series[i].kind == kind;
  return n;
}

static double share_of(const Areas *a, int x) {
  return a->pen->edges ? (x + 0.5) / a->wide : a->wide > 1 ? (double)x / (a->wide - 1) : 0.5;
}

static int row_of(const Areas *a, double share) {
  return a->pen->edges ? (int)floor(fmin(share * a->high, a->high - 1)) : (int)lround(share * (a->high - 1));
}

static double foot_of(const Pen *pen, const Series *s, int64_t i) {
  double foot = pen_share_y(pen, s->y2 ? s->y2[i] : 0);
  return isnan(foot) && !s->y2 ? 0 : foot;
}

static void set_span(Areas *a, int x, double one, double other) {
  double lo = fmin(one, other), hi = fmax(one, other);
  if (isnan(lo + hi) || hi < 0 || lo > 1 || (hi - lo) * a->high < LEAST) return;
  int from = row_of(a, fmax(lo, 0)), to = row_of(a, fmin(hi, 1));
  if (a->hi[x] < a->lo[x]) a->lo[x] = from, a->hi[x] = to;
  if (from < a->lo[x]) a->lo[x] = from;
  if (to > a->hi[x]) a->hi[x] = to;
}

// The columns between points i - 1 and i.
static void span_piece(Areas *a, const Series *s, int64_t i) {
  const Pen *pen = a->pen;
  double x0 = pen_share_x(pen, s->x[i - 1]), x1 = pen_share_x(pen, s->x[i]);
  double y0 = pen_share_y(pen, s->y[i - 1]), y1 = pen_share_y(pen, s->y[i]);
  double z0 = foot_of(pen, s, i - 1), z1 = foot_of(pen, s, i);
  if (!isfinite(x0 + x1 + y0 + y1 + z0 + z1) || x1 < x0 || x1 < 0 || x0 > 1) return;
  int first = (int)floor(fmax(x0, 0) * (a->wide - 1)), last = (int)ceil(fmin(x1, 1) * (a->wide - 1));
  for (int x = first; x <= last && x < a->wide; x++) {
    double share = share_of(a, x), t = x1 > x0 ? (share - x0) / (x1 - x0) : 0;
    if (t < -1e-9 || t > 1 + 1e-9) continue;
    set_span(a, x, y0 + t * (y1 - y0), z0 + t * (z1 - z0));
  }
}

static void spans_of(Areas *a, const Series *s) {
  for (int x = 0; x < a->wide; x++) a->lo[x] = 0, a->hi[x] = -1;
  for (int64_t i = 1; i < s->n; i++) span_piece(a, s, i);
}

static int cell_of(const Areas *a, int x, int row) {
  int sx = a->dots.set->sx, sy = a->dots.set->sy;
  return (a->high - 1 - row) / sy * a->dots.w + x / sx;
}

// Calls for each cell of a column of dots once, from below.
static void count_cover(Areas *a, uint8_t *bits) {
  int sx = a->dots.set->sx, sy = a->dots.set->sy;
  for (int x = 0; x < a->wide; x++) {
    for (int row = a->lo[x]; row <= a->hi[x]; row++) {
      int i = cell_of(a, x, row);
      unsigned bit = 1u << ((a->high - 1 - row) % sy * sx + x % sx);
      bool had = bits[i] & bit;
      bool inside = row > a->lo[x] && row < a->hi[x]; // stacks share their edges
      a->once++, a->again += had && inside, a->touching += had && !inside;
      bits[i] |= (uint8_t)bit;
    }
  }
}

// Adds one to every cell that the area at hand has a dot in.
static void count_cells(const Areas *a, uint8_t *count) {
  int sx = a->dots.set->sx;
  for (int col = 0; col < a->dots.w; col++) {
    int lo = a->high, hi = -1;
    for (int x = col * sx; x < (col + 1) * sx; x++) {
      if (a->hi[x] < a->lo[x]) continue;
      lo = a->lo[x] < lo ? a->lo[x] : lo, hi = a->hi[x] > hi ? a->hi[x] : hi;
    }
    if (hi < lo) continue;
    for (int i = cell_of(a, col * sx, hi); i <= cell_of(a, col * sx, lo); i += a->dots.w)
      if (count[i] < UINT8_MAX) count[i]++;
  }
}

// Whether the area at hand sets a dot that it covers. Where cells have few dots a band has its edges only.
static bool is_set(const Areas *a, int x, int row) {
  bool edge = row == a->lo[x] || row == a->hi[x];
  if (a->fill == FILL_QUARTER && a->dots.set->sy < 4) return edge && x % 3 == 0;
  if (a->fill == FILL_QUARTER) return row % 2 == 0 && (x + row / 2) % 2 == 0;
  return a->fill == FILL_ALL || (x + row) % 2 == 0;
}

static void fill_area(Areas *a, const Series *s) {
  count_cells(a, a->seen);
  for (int x = 0; x < a->wide; x++) {
    for (int row = a->lo[x]; row <= a->hi[x]; row++) {
      int i = cell_of(a, x, row), turn = (i % a->dots.w + i / a->dots.w) % a->cover[i];
      bool mine = a->fill == FILL_ALL || a->seen[i] == turn + 1;
      if (mine && is_set(a, x, row)) dots_set(&a->dots, x, a->high - 1 - row, 1, pen_style(s));
    }
  }
}

static void outline_area(const Areas *a, Dots *d, const Series *s) {
  for (int x = 0; x < a->wide; x++) {
    if (a->hi[x] < a->lo[x]) continue;
    bool before = x > 0 && a->hi[x - 1] >= a->lo[x - 1];
    int was = before ? a->hi[x - 1] : a->hi[x], step = a->hi[x] > was ? 1 : -1;
    for (int row = was; row != a->hi[x]; row += step) // the riser, half of it in each column
      dots_set(d, x - (row - was) * step * 2 < (a->hi[x] - was) * step ? x - before : x, a->high - 1 - row, 1,
               pen_style(s));
    dots_set(d, x, a->high - 1 - a->hi[x], 1, pen_style(s));
  }
}

static bool stands_alone(const Plot *p) {
  int areas = count_kind(p, MARK_AREA);
  bool others = count_kind(p, MARK_LINE) + count_kind(p, MARK_STEP) + count_kind(p, MARK_BAR) > 0;
  if (areas != 1 || others) return false;
  for (int i = 0; i < p->nseries; i++)
    if (is_area(&p->series[i]) && p->series[i].y2) return false;
  return true;
}

// Shares of the area in column x of cells; *i is the point that the search begins at. False when there is nothing.
static bool column_of(const Pen *pen, const Series *s, int x, int64_t *i, double *lo, double *hi) {
  int w = pen->area.w;
  double share = pen->edges || w < 2 ? (x + 0.5) / w : (double)x / (w - 1);
  while (*i < s->n && !(pen_share_x(pen, s->x[*i]) >= share - 1e-9)) (*i)++;
  if (*i < 1 || *i >= s->n) return false;
  int64_t k = *i;
  double x0 = pen_share_x(pen, s->x[k - 1]), x1 = pen_share_x(pen, s->x[k]), t = x1 > x0 ? (share - x0) / (x1 - x0) : 0;
  double y0 = pen_share_y(pen, s->y[k - 1]), y1 = pen_share_y(pen, s->y[k]), y = y0 + t * (y1 - y0);
  double z0 = foot_of(pen, s, k - 1), z1 = foot_of(pen, s, k), z = z0 + t * (z1 - z0);
  *lo = fmin(fmax(fmin(y, z), 0), 1), *hi = fmin(fmax(fmax(y, z), 0), 1);
  return isfinite(y + z) && t > -1e-6 && t < 1 + 1e-6;
}

// The only area, with eighths of cells.
static void draw_alone(const Pen *pen, const Series *s) {
  int64_t i = 1;
  double lo, hi;
  for (int x = 0; x < pen->area.w; x++)
    if (column_of(pen, s, x, &i, &lo, &hi)) bars_fill(pen, x, lo, hi, pen_style(s));
}

// Areas upon each other, where a cell can show two colours: as stacked bars, those further up first.
static void draw_stack(const Pen *pen) {
  for (int k = pen->p->nseries - 1; k >= 0; k--) {
    const Series *s = &pen->p->series[k];
    int64_t i = 1;
    double lo, hi;
    for (int x = 0; is_area(s) && x < pen->area.w; x++)
      if (column_of(pen, s, x, &i, &lo, &hi) && hi > lo) bars_piece(pen, x, lo, hi, s);
  }
}

static Fill fill_of(const Areas *a, const Plot *p) {
  bool lines = count_kind(p, MARK_LINE) > 0, bands = p->y.kind != AXIS_CATEGORY;
  bool marks = lines || count_kind(p, MARK_STEP) > 0 || count_kind(p, MARK_POINT) > 0;
  for (int i = 0; i < p->nseries; i++)
    if (is_area(&p->series[i])) bands = bands && p->series[i].y2;
  if (marks && bands) return FILL_QUARTER;
  return a->again * 50 > a->once || lines ? FILL_HALF : FILL_ALL;
}

static void areas_init(Areas *a, const Pen *pen) {
  *a = (Areas){.pen = pen};
  dots_init(&a->dots, pen);
  int64_t cells = (int64_t)a->dots.w * a->dots.h;
  a->wide = a->dots.w * a->dots.set->sx, a->high = a->dots.h * a->dots.set->sy;
  a->lo = arena_array(pen->arena, int, a->wide), a->hi = arena_array(pen->arena, int, a->wide);
  a->cover = arena_array(pen->arena, uint8_t, cells), a->seen = arena_array(pen->arena, uint8_t, cells);
}

void areas_draw(Pen *pen) {
  const Plot *p = pen->p;
  if (!count_kind(p, MARK_AREA)) return;
  Areas a;
  Dots outlines;
  areas_init(&a, pen);
  dots_init(&outlines, pen);
  uint8_t *bits = arena_array(pen->arena, uint8_t, (int64_t)a.dots.w * a.dots.h);
  bool alone = stands_alone(p);
  for (int i = 0; i < p->nseries; i++) {
    if (!is_area(&p->series[i])) continue;
    if (alone) draw_alone(pen, &p->series[i]);
    spans_of(&a, &p->series[i]);
    count_cover(&a, bits);
    count_cells(&a, a.cover);
  }
  if (alone) return;
  a.fill = fill_of(&a, p);
  if (a.fill == FILL_ALL && a.touching * 2 > a.wide && pen_has_halves(pen)) {
    draw_stack(pen);
    return;
  }
  for (int i = 0; i < p->nseries; i++) {
    if (!is_area(&p->series[i])) continue;
    if (a.fill == FILL_QUARTER && pen->dot != pen->g && p->series[i].role == ROLE_GROUP) continue;
    spans_of(&a, &p->series[i]);
    fill_area(&a, &p->series[i]);
    if (a.fill == FILL_HALF) outline_area(&a, &outlines, &p->series[i]);
  }
  dots_flush(&a.dots, pen);
  dots_flush(&outlines, pen);
}
