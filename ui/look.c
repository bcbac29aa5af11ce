// The picture as it shows: the kernel's, with other ends of its axes, without some series or categories. A copy of the
// structs only: arrays are shared, but where categories were scrolled past.
#include "ui/app_int.h"
#include "ui/look_int.h"

#include <math.h>

// ---- which picture -----------------------------------------------------------------------------------------------
static const Plot *plot_of(const Doc *d, int64_t i) {
  const Result *r = i >= 0 && i < d->n ? d->cell[i].result : NULL;
  for (int64_t k = r ? r->nout - 1 : -1; k >= 0; k--)
    if (r->out[k].has_plot) return &r->out[k].plot;
  return NULL;
}

int64_t look_cell(const App *a) {
  const Doc *d = &a->doc;
  int64_t chosen = a->plot_cell ? doc_find(d, a->plot_cell) : -1, latest = -1;
  if (plot_of(d, chosen)) return chosen;
  if (plot_of(d, a->cell)) return a->cell;
  for (int64_t i = 0; i < d->n; i++)
    if (plot_of(d, i) && (latest < 0 || d->cell[i].result->run > d->cell[latest].result->run)) latest = i;
  return latest;
}

const Plot *look_plot(const App *a) { return plot_of(&a->doc, look_cell(a)); }

int look_names(const Plot *plot, const char **name, int most) {
  int n = 0;
  for (int i = 0; i < plot->nseries; i++) {
    const char *one = plot->series[i].name;
    bool known = !one || !*one || plot->series[i].kind == MARK_RULE || plot->series[i].kind == MARK_TEXT;
    for (int k = 0; k < n && !known; k++) known = strcmp(name[k], one) == 0;
    if (!known && n < most) name[n++] = one;
  }
  for (int i = 0; i < plot->npanel; i++) {
    const char *own[64];
    int m = look_names(&plot->panel[i], own, 64);
    for (int j = 0; j < m; j++) {
      bool known = false;
      for (int k = 0; k < n && !known; k++) known = strcmp(name[k], own[j]) == 0;
      if (!known && n < most) name[n++] = own[j];
    }
  }
  return n;
}

bool look_is_free(const Plot *plot) {
  const Plot *p = plot->npanel ? &plot->panel[plot->npanel > 1 ? plot->panel_columns % plot->npanel : 0] : plot;
  for (int i = 0; i < p->nseries; i++) {
    MarkKind kind = p->series[i].kind;
    if (kind == MARK_POINT || kind == MARK_GRID || kind == MARK_HEX) return p->y.kind != AXIS_CATEGORY;
  }
  return false;
}

bool look_scrolls(const Plot *plot, int axis) {
  const Axis *a = axis ? &plot->y : &plot->x;
  return !plot->npanel && a->kind == AXIS_CATEGORY && a->ncategory > 1;
}

// ---- what shows --------------------------------------------------------------------------------------------------
static bool is_hidden(const Look *look, const char **name, int n, const Series *s) {
  for (int k = 0; s->name && k < n; k++)
    if (strcmp(name[k], s->name) == 0) return look->one ? k != look->one - 1 : k < 64 && look->hidden >> k & 1;
  return false;
}

static void hide_series(LookView *v, const Look *look, Plot *p, const char **name, int n) {
  Series *series = arena_array(&v->arena, Series, p->nseries + 1);
  for (int i = 0; i < p->nseries; i++) {
    series[i] = p->series[i];
    if (!is_hidden(look, name, n, &series[i])) continue;
    series[i].n = 0, series[i].role = ROLE_FAINT; // the legend still names it
    series[i].ncol = series[i].nrow = 0;
  }
  p->series = series;
}

static void set_range(Axis *axis, const Look *look, int k) {
  if (look->zoomed[k] && axis->kind != AXIS_CATEGORY) axis->lo = look->lo[k], axis->hi = look->hi[k];
}

// Heights on a foot fill the room again when only some of them show.
static void fit_heights(Plot *p) {
  double hi = -INFINITY;
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    bool stands = s->kind == MARK_BAR || s->kind == MARK_LINE || s->kind == MARK_STEP || s->kind == MARK_AREA;
    for (int64_t k = 0; stands && k < s->n; k++) {
      double end = s->x2 ? s->x2[k] : s->x[k];
      if (end >= p->x.lo && s->x[k] <= p->x.hi && isfinite(s->y[k])) hi = fmax(hi, s->y[k]);
    }
  }
  if (hi > p->y.lo && p->y.kind == AXIS_NUMBER) p->y.hi = hi;
}

static double *shifted(LookView *v, const double *from, int64_t n, double by) {
  double *to = arena_array(&v->arena, double, n);
  for (int64_t i = 0; from && i < n; i++) to[i] = from[i] - by;
  return from ? to : NULL;
}

// Categories that were scrolled past are no longer there: of the x axis the first, of the y axis the topmost.
static void scroll(LookView *v, const Look *look, Plot *p) {
  int x = look_scrolls(p, 0) ? look->past[0] : 0, y = look_scrolls(p, 1) ? look->past[1] : 0;
  if (x >= p->x.ncategory) x = p->x.ncategory - 1;
  if (y >= p->y.ncategory) y = p->y.ncategory - 1;
  for (int i = 0; x > 0 && i < p->nseries; i++) {
    Series *s = &p->series[i];
    s->x = shifted(v, s->x, s->n, x), s->x2 = shifted(v, s->x2, s->n, x);
  }
  if (x > 0) p->x.category += x, p->x.ncategory -= x, p->x.hi = p->x.ncategory;
  if (y > 0) p->y.ncategory -= y, p->y.hi = p->y.ncategory;
}

// Cells of a grid lie over whole axes: those of a part of them, each as large as it then is.
static void crop_grid(LookView *v, Series *s, const Axis *x, const Axis *y, const Look *look) {
  Axis part[2] = {*x, *y};
  double *value = arena_array(&v->arena, double, s->n);
  for (int k = 0; k < 2; k++) set_range(&part[k], look, k);
  for (int64_t i = 0; i < s->n; i++) {
    double across = axis_share(x, axis_value(&part[0], ((double)(i % s->ncol) + 0.5) / s->ncol));
    double up = axis_share(y, axis_value(&part[1], ((double)(i / s->ncol) + 0.5) / s->nrow));
    int64_t column = (int64_t)floor(across * s->ncol), row = (int64_t)floor(up * s->nrow);
    bool in = column >= 0 && column < s->ncol && row >= 0 && row < s->nrow;
    value[i] = in ? s->value[row * s->ncol + column] : 0;
  }
  s->value = value;
}

static void crop_grids(LookView *v, const Look *look, Plot *p) {
  bool same = true;
  for (int k = 0; k < 2; k++) {
    const Axis *a = k ? &p->y : &p->x;
    if (look->zoomed[k]) same = same && a->lo == look->lo[k] && a->hi == look->hi[k];
  }
  for (int i = 0; !same && i < p->nseries; i++)
    if (p->series[i].kind == MARK_GRID && p->series[i].n) crop_grid(v, &p->series[i], &p->x, &p->y, look);
}

static void show_part(LookView *v, const Look *look, Plot *p, const char **name, int n) {
  hide_series(v, look, p, name, n);
  crop_grids(v, look, p);
  set_range(&p->x, look, 0);
  set_range(&p->y, look, 1);
  if (look->zoomed[0] && !look_is_free(p)) fit_heights(p);
  if (look->zoomed[0]) p->box.present = p->box.present && p->box.max >= p->x.lo && p->box.min <= p->x.hi;
}

// Trend lines are those of all rows, also over a part.
static void add_lines(LookView *v, Plot *p) {
  const Plot *whole = v->whole;
  if (!look_is_free(whole)) return;
  Series *series = arena_array(&v->arena, Series, p->nseries + whole->nseries + 1);
  if (p->nseries) memcpy(series, p->series, (size_t)p->nseries * sizeof *series);
  for (int i = 0; i < whole->nseries; i++)
    if (whole->series[i].kind == MARK_LINE) series[p->nseries++] = whole->series[i];
  p->series = series;
}

static void show_plot(LookView *v, const Look *look, const Plot *part) {
  const char *name[64];
  int n = look_names(v->whole, name, 64);
  Plot *p = &v->plot;
  v->part = part;
  if (part) *p = *part, add_lines(v, p);
  else *p = look->alone && look->alone <= v->whole->npanel ? v->whole->panel[look->alone - 1] : *v->whole;
  p->title = p->reading = NULL; // they stand on the title line and below
  show_part(v, look, p, name, n);
  scroll(v, look, p);
  if (!p->npanel) return;
  Plot *panel = arena_array(&v->arena, Plot, p->npanel);
  for (int i = 0; i < p->npanel; i++) panel[i] = p->panel[i], show_part(v, look, &panel[i], name, n);
  p->panel = panel;
}

void look_view_init(LookView *v, const App *a, const Plot *plot, Rect r, const DrawStyle *style) {
  *v = (LookView){.whole = plot};
  arena_init(&v->arena);
  spots_init(&v->spots);
  canvas_init(&v->canvas, r.w > 0 ? r.w : 1, r.h > 0 ? r.h : 1);
  show_plot(v, &a->look, look_part(a));
  draw_cells_spots(&v->plot, style, &v->canvas, &v->spots);
  for (int64_t i = 0; a->look.alone && i < v->spots.n; i++) v->spots.spot[i].panel = a->look.alone - 1;
  for (int64_t i = 0; a->look.alone && i < v->spots.narea; i++) v->spots.area[i].panel = a->look.alone - 1;
}

void look_view_fini(LookView *v) {
  canvas_fini(&v->canvas);
  spots_fini(&v->spots);
  arena_fini(&v->arena);
}

const Plot *look_panel(const LookView *v, int panel) {
  return v->plot.npanel && panel >= 0 && panel < v->plot.npanel ? &v->plot.panel[panel] : &v->plot;
}

const SpotArea *look_area(const LookView *v, int panel) {
  for (int64_t i = 0; i < v->spots.narea; i++)
    if (v->spots.area[i].panel == panel) return &v->spots.area[i];
  return NULL;
}

const MarkSpot *look_spot(const LookView *v, const Look *look) {
  for (int64_t i = 0; look->on && i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    if (s->panel == look->panel && s->series == look->series && s->mark == look->mark) return s;
  }
  return NULL;
}

// ---- cells and values --------------------------------------------------------------------------------------------
// As the pen of draw has it: on edges a cell is a part of the length, else dots stand from the first to the last.
static int cell_of(double share, int n, int dots, bool edges) {
  if (isnan(share)) return 0;
  int cell = edges ? (int)floor(share * n) : (int)lround(share * (n * dots - 1)) / dots;
  return cell < 0 ? 0 : cell >= n ? n - 1 : cell;
}

static void range_of(const Axis *axis, int cell, int n, int dots, bool edges, double *lo, double *hi) {
  double from = (double)cell / n, to = (double)(cell + 1) / n, last = n * dots - 1;
  if (!edges && last > 0) from = (cell * dots - 0.5) / last, to = ((cell + 1) * dots - 0.5) / last;
  *lo = axis_value(axis, from), *hi = axis_value(axis, to);
}

int look_column(const SpotArea *a, const Axis *x, double v) {
  return a->x + cell_of(axis_share(x, v), a->w, a->dots_x, a->edges);
}

int look_row(const SpotArea *a, const Axis *y, double v) {
  return a->y + cell_of(1 - axis_share(y, v), a->h, a->dots_y, a->edges);
}

void look_column_range(const SpotArea *a, const Axis *x, int column, double *lo, double *hi) {
  range_of(x, column - a->x, a->w, a->dots_x, a->edges, lo, hi);
}

void look_row_range(const SpotArea *a, const Axis *y, int row, double *lo, double *hi) {
  range_of(y, a->h - 1 - (row - a->y), a->h, a->dots_y, a->edges, lo, hi);
}

// ---- the brush ---------------------------------------------------------------------------------------------------
static Rect around(Rect a, Rect b) {
  int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
  int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w, foot = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
  return (Rect){x, y, right - x, foot - y};
}

static const MarkSpot *spot_of(const LookView *v, int panel, int series, int64_t mark) {
  Look at = {.on = true, .panel = panel, .series = series, .mark = mark};
  return look_spot(v, &at);
}

bool look_brush(const LookView *v, const Look *look, Rect *r) {
  if (!look->brushing) return false;
  if (look->by_marks) {
    const MarkSpot *a = spot_of(v, look->panel, look->from_series, look->from_mark), *b = look_spot(v, look);
    if (!a) a = b;
    if (!b) return false;
    *r = around((Rect){a->x, a->y, a->w, a->h}, (Rect){b->x, b->y, b->w, b->h});
    return true;
  }
  const SpotArea *area = look_area(v, look->panel);
  const Plot *p = look_panel(v, look->panel);
  if (!area) return false;
  *r = around((Rect){look_column(area, &p->x, look->from.x), look_row(area, &p->y, look->from.y), 1, 1},
              (Rect){look_column(area, &p->x, look->to.x), look_row(area, &p->y, look->to.y), 1, 1});
  return true;
}

int64_t look_brushed(const LookView *v, const Look *look) {
  Rect r;
  int64_t n = 0;
  if (!look_brush(v, look, &r)) return 0;
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    bool across = s->x < r.x + r.w && s->x + s->w > r.x, along = s->y < r.y + r.h && s->y + s->h > r.y;
    const Series *of = &look_panel(v, s->panel)->series[s->series];
    if (s->panel == look->panel && across && along && of->kind != MARK_GRID) n++;
  }
  return n;
}
