// Counts of points in hexagons of one size. The centres are two rectangular lattices, one half a step off the other; a
// point belongs to the nearest centre, which is the nearer one of its two lattices' (Carr). Distances are on the axes'
// ranges, so that hexagons are regular on a square picture. Counts are integers, and rows are cut by their number.
// Reference: Carr, Littlefield, Nicholson, Littlefield, "Scatterplot matrix techniques for large N", JASA 82 (1987).
#include "chart/points_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>

enum { MOST_PARTS = 16, STRIP = 512 };
enum { CROWDED = 50 }; // rows in the fullest hexagon; the thin ones would all look empty beside it
static const double ROOT3 = 1.7320508075688772;

typedef struct HexbinOpts {
  ChartLabels labels;
  const char *x, *y;
  int64_t bins;
} HexbinOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(HexbinOpts, x), 0, 0, NULL, NULL, "number or date column, to the right"},
    {"y", PARAM_TEXT, offsetof(HexbinOpts, y), 0, 0, NULL, NULL, "number or date column, upwards"},
    {"bins", PARAM_INT, offsetof(HexbinOpts, bins), 2, 100, "25", NULL, "hexagons side by side"},
    CHART_LABELS(HexbinOpts),
    PARAM_END};

typedef struct Lattice {
  const double *x, *y;
  double x0, y0, x_scale, y_scale; // to steps of the lattice
  int64_t ncol, nrow, ncell;       // places of each of the two lattices; cells of both
  int64_t grain;
  uint32_t *count; // ncell of each part
} Lattice;

typedef struct Hexbin {
  Pile pile;
  const HexbinOpts *o;
  Plot *p;
  Use use[2];
  Points points;
  Lattice l;
  double range[4], step_x, step_y; // in units of the data
  uint64_t *count;
  int64_t most; // cell
} Hexbin;

static ErrCode load(Hexbin *h, const Frame *d, Err *err) {
  static const char numbers[] = "hexagons need numbers or dates on both axes";
  TRY(use_find(d, "hexbin", h->o->x, true, numbers, &h->use[0], err));
  TRY(use_find(d, "hexbin", h->o->y, true, numbers, &h->use[1], err));
  TRY(points_load(&h->pile, h->use, 2, NULL, frame_nrow(d), &h->points, err));
  for (int k = 0; k < 2; k++) {
    Axis a = {0};
    points_range(h->pile.job, h->points.v[k], h->points.n, &h->range[2 * k], &h->range[2 * k + 1]);
    axis_over(&a, AXIS_NUMBER, h->range[2 * k], h->range[2 * k + 1], false);
    h->range[2 * k] = a.lo, h->range[2 * k + 1] = a.hi;
    if (!isfinite((a.hi - a.lo) * 2))
      return err_set(err, ERR_NUMERIC, "hexbin: values of '%s' from %g to %g span more than numbers hold",
                     h->use[k].name, a.lo, a.hi);
  }
  return OK;
}

// Positions are not below 0: cutting is rounding down.
CLONES static void find_cells(const Lattice *l, const double *x, const double *y, int n, int32_t *cell) {
  int32_t ncol = (int32_t)l->ncol, other = (int32_t)(l->ncol * l->nrow);
  for (int i = 0; i < n; i++) {
    double u = (x[i] - l->x0) * l->x_scale, v = (y[i] - l->y0) * l->y_scale;
    int32_t j1 = (int32_t)(u + 0.5), i1 = (int32_t)(v + 0.5), j2 = (int32_t)u, i2 = (int32_t)v;
    double du = u - j1, dv = v - i1, eu = u - j2 - 0.5, ev = v - i2 - 0.5;
    int32_t first = i1 * ncol + j1, second = other + i2 * ncol + j2;
    cell[i] = du * du + 3 * dv * dv < eu * eu + 3 * ev * ev ? first : second;
  }
}

static void count_part(void *ctx, int64_t begin, int64_t end) {
  const Lattice *l = ctx;
  uint32_t *count = l->count + begin / l->grain * l->ncell;
  int32_t cell[STRIP];
  memset(count, 0, (size_t)l->ncell * sizeof *count);
  for (int64_t i = begin; i < end; i += STRIP) {
    int n = end - i < STRIP ? (int)(end - i) : STRIP;
    find_cells(l, l->x + i, l->y + i, n, cell);
    for (int k = 0; k < n; k++) count[cell[k]]++;
  }
}

static ErrCode count_points(Hexbin *h, Err *err) {
  Lattice *l = &h->l;
  int64_t n = h->points.n, part = (n + MOST_PARTS - 1) / MOST_PARTS, nx = h->o->bins,
          ny = (int64_t)((double)nx / ROOT3);
  ny = ny < 1 ? 1 : ny;
  h->step_x = (h->range[1] - h->range[0]) / (double)nx, h->step_y = (h->range[3] - h->range[2]) / (double)ny;
  *l = (Lattice){h->points.v[0], h->points.v[1], h->range[0], h->range[2], 1 / h->step_x, 1 / h->step_y,
                 nx + 2,         ny + 2,         0,           0,           NULL};
  l->ncell = 2 * l->ncol * l->nrow, l->grain = part < CHART_TICK ? CHART_TICK : part;
  int64_t nparts = (n + l->grain - 1) / l->grain;
  TRY(pile_new(&h->pile, nparts * l->ncell * 4, &l->count, err));
  TRY(pile_new(&h->pile, l->ncell * 8, &h->count, err));
  TRY(job_tick(h->pile.job, 0, n, err));
  par_for(h->pile.job, n, l->grain, count_part, l);
  for (int64_t k = 0; k < l->ncell; k++) {
    h->count[k] = 0;
    for (int64_t i = 0; i < nparts; i++) h->count[k] += l->count[i * l->ncell + k];
    if (h->count[k] > h->count[h->most]) h->most = k;
  }
  return OK;
}

static void centre_of(const Hexbin *h, int64_t cell, double *x, double *y) {
  int64_t one = h->l.ncol * h->l.nrow, at = cell % one;
  double off = cell >= one ? 0.5 : 0;
  *x = h->range[0] + ((double)(at % h->l.ncol) + off) * h->step_x;
  *y = h->range[2] + ((double)(at / h->l.ncol) + off) * h->step_y;
}

// The axes reach half a hexagon further than the data.
static void set_axis(Axis *a, AxisKind kind, const double range[2], double half) {
  *a = (Axis){.kind = kind, .lo = range[0] - half, .hi = range[1] + half};
}

static void add_marks(Hexbin *h) {
  Plot *p = h->p;
  int64_t n = 0, k = 0;
  double half_x = h->step_x / 2, half_y = h->step_y / 3; // from the middle to a side, to a tip
  for (int64_t c = 0; c < h->l.ncell; c++) n += h->count[c] > 0;
  Series *s = plot_add(p, MARK_HEX, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->value = plot_array(p, n), s->role = ROLE_SEQUENTIAL;
  s->rows = arena_array(&p->arena, int64_t, n);
  set_axis(&p->x, use_axis(&h->use[0]), h->range, half_x);
  set_axis(&p->y, use_axis(&h->use[1]), h->range + 2, half_y);
  for (int64_t c = 0; c < h->l.ncell; c++) {
    if (!h->count[c]) continue;
    centre_of(h, c, &s->x[k], &s->y[k]);
    s->x[k] = fmin(s->x[k], h->range[1]), s->y[k] = fmin(s->y[k], h->range[3]); // the last by rounding
    s->x2[k] = half_x, s->y2[k] = half_y, s->value[k] = (double)h->count[c], s->rows[k++] = c;
  }
  p->colour = (ColourScale){.present = true, .name = "rows", .lo = 1, .hi = (double)h->count[h->most]};
  p->colour.mid = (1 + p->colour.hi) / 2, p->colour.log = p->colour.hi > CROWDED;
}

static void describe(Hexbin *h) {
  Plot *p = h->p;
  double x, y, r;
  bool sure;
  p->n = h->points.n;
  p->note = rows_note(h->use, 2, NULL, p);
  words_labels(p, &h->o->labels, h->use[0].name, h->use[1].name);
  p->x.of = behind_use(p, &h->use[0]), p->y.of = behind_use(p, &h->use[1]);
  centre_of(h, h->most, &x, &y);
  const char *densest = arena_printf(&p->arena, "the fullest hexagon, at %s %s and %s %s, holds %s of %s rows",
                                     words_copy(p, sv(h->use[0].name), CHART_NAME_COLUMNS), words_at(p, &p->x, x),
                                     words_copy(p, sv(h->use[1].name), CHART_NAME_COLUMNS), words_at(p, &p->y, y),
                                     words_count(p, (int64_t)h->count[h->most]), words_count(p, p->n));
  PairSums sums = pairs_sum(h->pile.job, h->points.v[0], h->points.v[1], p->n);
  p->reading = densest;
  if (pairs_correlation(&sums, &r))
    p->reading = arena_printf(&p->arena, "%s; r %s", densest, words_correlation(p, r, p->n, &sure));
}

static ErrCode fill(Hexbin *h, const Frame *d, Err *err) {
  TRY(load(h, d, err));
  TRY(count_points(h, err));
  add_marks(h);
  describe(h);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Hexbin h = {.pile = {.job = job, .chart = "hexbin", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&h, d, err);
  pile_free(&h.pile);
  return code;
}

const ChartType chart_hexbin = {.name = "hexbin",
                                .signature = "d:hexbin{\"x\", \"y\", bins=25}",
                                .summary = "counts of two columns in hexagons, for crowded scatters",
                                .example = "return data('diamonds_1in8'):hexbin{'carat', 'price'}",
                                .params = PARAMS,
                                .opts_size = sizeof(HexbinOpts),
                                .npos = 2,
                                .again = AGAIN_INSIDE,
                                .make = make};
