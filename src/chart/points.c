// Many points, quickly. Values of a column of reals without gaps are used where they lie. Ranges, sums and counts go
// over blocks of rows on all threads. Sums are about the middle of the range in units of half of it, which costs no
// digits and cannot overflow, and blocks are added in num's fixed tree. Counts on a grid are integers: a point's cell
// is one multiplication and a cut, and each part of the rows counts into a grid of its own, so the order of work does
// not matter. Rows are cut by their number alone, never by threads. About 3 ns a point for all together.
#include "chart/points_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>

// ---- loading ------------------------------------------------------------------------------------------------------
typedef struct Convert {
  const Column *c;
  const int64_t *row; // NULL = all
  double *out;
} Convert;

static void convert_part(void *ctx, int64_t begin, int64_t end) {
  const Convert *k = ctx;
  if (k->row)
    for (int64_t i = begin; i < end; i++) k->out[i] = col_f64(k->c, k->row[i]);
  else if (k->c->type == COL_BOOL)
    for (int64_t i = begin; i < end; i++) k->out[i] = k->c->b[i];
  else
    for (int64_t i = begin; i < end; i++) k->out[i] = (double)k->c->i[i];
}

static ErrCode load_values(Pile *p, const Column *c, const int64_t *row, int64_t n, const double **out, Err *err) {
  if (!row && c->type == COL_F64) return *out = c->f, OK;
  double *v;
  TRY(pile_new(p, n * 8, &v, err));
  Convert k = {c, row, v};
  par_for(p->job, n, CHART_TICK, convert_part, &k);
  *out = v;
  return OK;
}

static bool is_clean(Pile *p, const Use *u, const double *v, int64_t n) {
  if (u->col->missing || (u->col->type == COL_F64 && !sum_is_finite(v, n))) return false;
  if (!u->log && !u->positive) return true;
  double lo, hi;
  points_range(p->job, v, n, &lo, &hi);
  return lo > 0;
}

static bool all_have_levels(const Levels *by, int64_t n) {
  int32_t any = 0;
  for (; by; by = by->also)
    for (int64_t i = 0; i < n; i++) any |= by->of[i];
  return any >= 0;
}

ErrCode points_load(Pile *p, Use *use, int nuse, Levels *by, int64_t nrow, Points *out, Err *err) {
  *out = (Points){.n = nrow};
  bool clean = nrow > 0 && all_have_levels(by, nrow);
  TRY(job_tick(p->job, 0, nrow, err));
  for (int k = 0; k < nuse && clean; k++) clean = use[k].col->missing == 0;
  for (int k = 0; k < nuse && clean; k++) {
    TRY(load_values(p, use[k].col, NULL, nrow, &out->v[k], err));
    TRY(job_tick(p->job, 0, nrow, err));
    clean = is_clean(p, &use[k], out->v[k], nrow);
  }
  if (clean) return OK;
  TRY(rows_pick(p, use, nuse, by, nrow, &out->row, &out->n, err));
  for (int k = 0; k < nuse; k++) TRY(load_values(p, use[k].col, out->row, out->n, &out->v[k], err));
  return OK;
}

// ---- range --------------------------------------------------------------------------------------------------------
typedef struct Range {
  const double *v;
  double *lo, *hi; // of each block
} Range;

CLONES static void range_of(const double *v, int64_t n, double *lo, double *hi) {
  double least[LANES], most[LANES];
  for (int k = 0; k < LANES; k++) least[k] = most[k] = v[0];
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int k = 0; k < LANES; k++) {
      least[k] = v[i + k] < least[k] ? v[i + k] : least[k];
      most[k] = v[i + k] > most[k] ? v[i + k] : most[k];
    }
  for (; i < n; i++) {
    least[0] = v[i] < least[0] ? v[i] : least[0];
    most[0] = v[i] > most[0] ? v[i] : most[0];
  }
  *lo = least[0], *hi = most[0];
  for (int k = 1; k < LANES; k++) {
    *lo = least[k] < *lo ? least[k] : *lo;
    *hi = most[k] > *hi ? most[k] : *hi;
  }
}

static void range_part(void *ctx, int64_t begin, int64_t end) {
  const Range *r = ctx;
  range_of(r->v + begin, end - begin, &r->lo[begin / NUM_BLOCK], &r->hi[begin / NUM_BLOCK]);
}

enum { BLOCKS_AT_ONCE = 256 };

void points_range(Job *job, const double *v, int64_t n, double *lo, double *hi) {
  double least[BLOCKS_AT_ONCE], most[BLOCKS_AT_ONCE];
  *lo = *hi = v[0];
  for (int64_t first = 0; first < n; first += (int64_t)BLOCKS_AT_ONCE * NUM_BLOCK) {
    int64_t left = n - first < (int64_t)BLOCKS_AT_ONCE * NUM_BLOCK ? n - first : (int64_t)BLOCKS_AT_ONCE * NUM_BLOCK;
    Range r = {v + first, least, most};
    par_for(job, left, NUM_BLOCK, range_part, &r);
    for (int64_t b = 0; b * NUM_BLOCK < left; b++) {
      *lo = least[b] < *lo ? least[b] : *lo;
      *hi = most[b] > *hi ? most[b] : *hi;
    }
  }
}

typedef struct Log {
  const double *v;
  double *out;
} Log;

static void log_part(void *ctx, int64_t begin, int64_t end) {
  const Log *l = ctx;
  fmath_log_n(l->v + begin, l->out + begin, end - begin);
}

ErrCode points_scaled(Pile *p, const double *v, int64_t n, bool log, const double **out, Err *err) {
  *out = v;
  if (!log) return OK;
  double *logs;
  TRY(pile_new(p, n * 8, &logs, err));
  Log l = {v, logs};
  par_for(p->job, n, NUM_BLOCK, log_part, &l);
  *out = logs;
  return OK;
}

// ---- sums ---------------------------------------------------------------------------------------------------------
enum { SUMS = 5 };
typedef struct Summing {
  const double *x, *y;
  double x_mid, x_scale, y_mid, y_scale;
  double *part; // SUMS a block
} Summing;

CLONES static void sum_block(const Summing *s, int64_t begin, int64_t end, double *out) {
  Lanes u = {0}, v = {0}, uu = {0}, vv = {0}, uv = {0};
  int64_t i = begin;
  for (; i + LANES <= end; i += LANES) {
    Lanes a = (*(const Lanes *)(s->x + i) - s->x_mid) * s->x_scale;
    Lanes b = (*(const Lanes *)(s->y + i) - s->y_mid) * s->y_scale;
    u += a, v += b, uu += a * a, vv += b * b, uv += a * b;
  }
  for (; i < end; i++) {
    double a = (s->x[i] - s->x_mid) * s->x_scale, b = (s->y[i] - s->y_mid) * s->y_scale;
    u[0] += a, v[0] += b, uu[0] += a * a, vv[0] += b * b, uv[0] += a * b;
  }
  out[0] = lanes_sum((const double *)&u), out[1] = lanes_sum((const double *)&v);
  out[2] = lanes_sum((const double *)&uu), out[3] = lanes_sum((const double *)&vv);
  out[4] = lanes_sum((const double *)&uv);
}

static void sum_part(void *ctx, int64_t begin, int64_t end) {
  const Summing *s = ctx;
  sum_block(s, begin, end, s->part + begin / NUM_BLOCK * SUMS);
}

// Halves first: a range may be longer than a double can say.
static void middle(double lo, double hi, double *mid, double *half) {
  *mid = lo / 2 + hi / 2, *half = hi / 2 - lo / 2;
  if (!(*half > 0) || !isfinite(1 / *half)) *half = 0;
}

PairSums pairs_sum(Job *job, const double *x, const double *y, int64_t n) {
  PairSums s = {.n = n};
  double lo, hi, n_ = (double)n;
  points_range(job, x, n, &lo, &hi);
  middle(lo, hi, &s.x_mid, &s.x_half);
  points_range(job, y, n, &lo, &hi);
  middle(lo, hi, &s.y_mid, &s.y_half);
  double scale_x = s.x_half > 0 ? 1 / s.x_half : 0, scale_y = s.y_half > 0 ? 1 / s.y_half : 0;
  double part[BLOCKS_AT_ONCE * SUMS], total[SUMS] = {0};
  for (int64_t first = 0; first < n; first += (int64_t)BLOCKS_AT_ONCE * NUM_BLOCK) {
    int64_t left = n - first < (int64_t)BLOCKS_AT_ONCE * NUM_BLOCK ? n - first : (int64_t)BLOCKS_AT_ONCE * NUM_BLOCK;
    Summing k = {x + first, y + first, s.x_mid, scale_x, s.y_mid, scale_y, part};
    par_for(job, left, NUM_BLOCK, sum_part, &k);
    sum_tree(part, (left + NUM_BLOCK - 1) / NUM_BLOCK, SUMS);
    for (int j = 0; j < SUMS; j++) total[j] += part[j];
  }
  s.u = total[0] / n_, s.v = total[1] / n_;
  s.uu = fmax(0, total[2] - total[0] * s.u), s.vv = fmax(0, total[3] - total[1] * s.v);
  s.uv = total[4] - total[0] * s.v;
  return s;
}

bool pairs_correlation(const PairSums *s, double *r) {
  if (s->n < 2 || !(s->uu > 0) || !(s->vv > 0)) return false;
  *r = fmax(-1, fmin(1, s->uv / (sqrt(s->uu) * sqrt(s->vv))));
  return true;
}

// ---- grid ---------------------------------------------------------------------------------------------------------
enum { MOST_PARTS = 4, STRIP = 512 };
typedef struct Grid {
  const double *x, *y;
  double x0, y0, x_scale, y_scale;
  int32_t ncol, nrow;
  int64_t grain;
  uint32_t *count; // ncol x nrow of each part
} Grid;

CLONES static void find_cells(const Grid *g, const double *x, const double *y, int n, int32_t *cell) {
  int32_t ncol = g->ncol, nrow = g->nrow;
  for (int i = 0; i < n; i++) {
    int32_t j = (int32_t)((x[i] - g->x0) * g->x_scale), k = (int32_t)((y[i] - g->y0) * g->y_scale);
    j = j < 0 ? 0 : j >= ncol ? ncol - 1 : j;
    k = k < 0 ? 0 : k >= nrow ? nrow - 1 : k;
    cell[i] = k * ncol + j;
  }
}

static void count_part(void *ctx, int64_t begin, int64_t end) {
  const Grid *g = ctx;
  size_t ncell = (size_t)g->ncol * (size_t)g->nrow;
  uint32_t *count = g->count + (size_t)(begin / g->grain) * ncell;
  int32_t cell[STRIP];
  memset(count, 0, ncell * sizeof *count);
  for (int64_t i = begin; i < end; i += STRIP) {
    int n = end - i < STRIP ? (int)(end - i) : STRIP;
    find_cells(g, g->x + i, g->y + i, n, cell);
    for (int k = 0; k < n; k++) count[cell[k]]++;
  }
}

typedef struct Share {
  const Axis *a;
  const double *v;
  double *out;
} Share;

static void share_part(void *ctx, int64_t begin, int64_t end) {
  const Share *s = ctx;
  for (int64_t i = begin; i < end; i++) s->out[i] = axis_share(s->a, s->v[i]);
}

// Values, and the range that they are counted over: on a symlog axis shares of its length.
static ErrCode on_axis(Pile *p, const Axis *a, const double *v, int64_t n, const double **out, double *lo, double *hi,
                       Err *err) {
  *lo = a->lo, *hi = a->hi;
  if (a->scale == SCALE_LOG) *lo = fmath_log(a->lo), *hi = fmath_log(a->hi);
  if (a->scale != SCALE_SYMLOG && isfinite(*hi - *lo)) return points_scaled(p, v, n, a->scale == SCALE_LOG, out, err);
  double *share;
  TRY(pile_new(p, n * 8, &share, err));
  Share s = {a, v, share};
  par_for(p->job, n, NUM_BLOCK, share_part, &s);
  *out = share, *lo = 0, *hi = 1;
  return OK;
}

// How often a point falls into each cell, row 0 at the bottom.
static ErrCode count_points(Pile *p, Grid *g, int64_t n, double *count, Err *err) {
  int64_t quarter = (n + MOST_PARTS - 1) / MOST_PARTS, ncell = (int64_t)g->ncol * g->nrow;
  g->grain = quarter < CHART_TICK ? CHART_TICK : quarter;
  int64_t nparts = (n + g->grain - 1) / g->grain;
  TRY(pile_new(p, nparts * ncell * (int64_t)sizeof *g->count, &g->count, err));
  TRY(job_tick(p->job, 0, n, err));
  par_for(p->job, n, g->grain, count_part, g);
  for (int64_t k = 0; k < ncell; k++) {
    uint64_t sum = 0;
    for (int64_t part = 0; part < nparts; part++) sum += g->count[part * ncell + k];
    count[k] = (double)sum;
  }
  return job_tick(p->job, n, n, err);
}

ErrCode points_grid(Pile *p, Plot *plot, const ChartLabels *labels, const double *x, const double *y, int64_t n,
                    Err *err) {
  Series *mark = plot_add(plot, MARK_GRID, 0);
  int32_t side = chart_grid(labels);
  int parts = p->n;
  double x1, y1;
  mark->role = ROLE_SEQUENTIAL, mark->ncol = mark->nrow = side, mark->n = (int64_t)side * side;
  mark->x = mark->y = NULL, mark->value = plot_array(plot, mark->n);
  Grid g = {.ncol = side, .nrow = side};
  TRY(on_axis(p, &plot->x, x, n, &g.x, &g.x0, &x1, err));
  TRY(on_axis(p, &plot->y, y, n, &g.y, &g.y0, &y1, err));
  g.x_scale = side / (x1 - g.x0), g.y_scale = side / (y1 - g.y0);
  if (!isfinite(g.x_scale)) g.x_scale = 0; // a range of almost nothing
  if (!isfinite(g.y_scale)) g.y_scale = 0;
  ErrCode code = count_points(p, &g, n, mark->value, err);
  while (p->n > parts) mem_free(p->part[--p->n]); // a plot may have many grids
  return code;
}
