// One pass over the rows: loss, gradient and, when wanted, Hessian of logistic regression at given coefficients.
//
// Rows are cut into blocks, which go to threads, and blocks into slices of 256 rows. A slice of the columns in use is
// copied once, standardised, and everything is done while it is in the cache: margins, probabilities, products with
// the residuals and the weighted products of all pairs of columns. Each product sums into 8 lanes that belong to the
// block; blocks meet in a fixed tree (sum_tree), batches of blocks in order, lanes at the very end. Blocks and
// batches depend on the shape of the problem alone, so the bits do not depend on threads or instruction set.
// The products go in tiles of 4 x 2 columns. n (p + 1)^2 / 2 multiply-adds for each pair of sets.
#include "model/logistic_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>
#include <string.h>

enum { TILE_I = 4, TILE_J = 2, SMALL_BLOCK = 2048 };

static int64_t triangle(int64_t m) { return m * (m + 1) / 2; }
static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

// Columns of a slice: the intercept and those in no group of one-hot columns.
static int64_t dense(const Logit *l) { return l->first + l->nd; }

// Lane sums of a block: the loss, the gradient, then a packed lower triangle for each pair of sets.
static int64_t width_of(const Logit *l, bool hessian) {
  int64_t m = dense(l);
  return 1 + m * l->sets + (hessian ? triangle(l->sets) * triangle(m) : 0);
}

// Numbers of a block: those, and behind them the sums of the groups.
static int64_t numbers_of(const Logit *l, bool hessian) {
  return width_of(l, hessian) * LANES + (hot_size(l, hessian) + LANES - 1) / LANES * LANES;
}

// ---- a slice -----------------------------------------------------------------------------------------------------
typedef struct Tile {
  const double *x[TILE_I], *y[TILE_J];
  double *to[TILE_I][TILE_J]; // 8 lanes each; NULL: not wanted
} Tile;

CLONES static void tile_add(const Tile *t) {
  const double *x[TILE_I], *y[TILE_J];
  for (int i = 0; i < TILE_I; i++) x[i] = t->x[i];
  for (int j = 0; j < TILE_J; j++) y[j] = t->y[j];
  Lanes acc[TILE_I][TILE_J];
  for (int i = 0; i < TILE_I; i++)
    for (int j = 0; j < TILE_J; j++) acc[i][j] = (Lanes){0};
  for (int64_t r = 0; r < SLICE; r += LANES) {
    Lanes a[TILE_I];
    for (int i = 0; i < TILE_I; i++) a[i] = *(const Lanes *)(x[i] + r);
    for (int j = 0; j < TILE_J; j++) {
      Lanes b = *(const Lanes *)(y[j] + r);
      for (int i = 0; i < TILE_I; i++) acc[i][j] += a[i] * b;
    }
  }
  for (int i = 0; i < TILE_I; i++)
    for (int j = 0; j < TILE_J; j++)
      if (t->to[i][j]) *(Lanes *)t->to[i][j] += acc[i][j];
}

CLONES static void lanes_add(double *to, const double *x) {
  Lanes acc = *(const Lanes *)to;
  for (int64_t i = 0; i < SLICE; i += LANES) acc += *(const Lanes *)(x + i);
  *(Lanes *)to = acc;
}

CLONES static void standardise(double *restrict z, const double *restrict x, double mean, double scale, int64_t rows) {
  for (int64_t i = 0; i < rows; i++) z[i] = (x[i] - mean) * scale;
}

CLONES static void add_scaled(double *restrict out, const double *restrict x, double v) {
  for (int64_t i = 0; i < SLICE; i++) out[i] += x[i] * v;
}

CLONES static void product(double *restrict out, const double *restrict x, const double *restrict y) {
  for (int64_t i = 0; i < SLICE; i++) out[i] = x[i] * y[i];
}

// v = w p_a ([a = b] - p_b)
CLONES static void curvature(double *restrict v, const double *pa, const double *pb, double same, int64_t rows) {
  for (int64_t i = 0; i < rows; i++) v[i] = pa[i] * (same - pb[i]);
}

// Where a slice lives: columns of SLICE doubles.
typedef struct Work {
  double *z, *eta, *r, *loss, *v, *top, *scaled, *zero, *vz;
} Work;

static int64_t work_columns(const Logit *l) { return dense(l) + 2 * l->sets + 3 + TILE_I + 1 + l->hot.wide; }

static Work work_at(const Logit *l, int64_t place) {
  double *z = l->slice.x + place * work_columns(l) * SLICE, *eta = z + dense(l) * SLICE, *r = eta + l->sets * SLICE;
  double *loss = r + l->sets * SLICE;
  return (Work){z, eta, r, loss, loss + SLICE, loss + 2 * SLICE, loss + 3 * SLICE, loss + (3 + TILE_I) * SLICE,
                loss + (4 + TILE_I) * SLICE};
}

static void fill(const Logit *l, Work *k, int64_t row, int64_t rows) {
  for (int64_t i = 0; i < SLICE && l->first; i++) k->z[i] = i < rows;
  for (int64_t d = 0; d < l->nd; d++) {
    double *z = k->z + (l->first + d) * SLICE;
    int64_t j = l->at[d];
    const double *x = l->in->compact->col[l->col[j]];
    if (!x) compact_read(l->in->compact, l->col[j], row, row + rows, k->loss); // which is free until later
    standardise(z, x ? x + row : k->loss, l->mean[j], 1 / l->scale[j], rows);
    memset(z + rows, 0, (size_t)(SLICE - rows) * sizeof *z);
  }
}

// Asks for the rows that the next slice will read, while this one is computed on. (Not inlined, gcc sees a function
// without effects and drops the call.)
__attribute__((always_inline)) static inline void fetch_next(const Logit *l, int64_t j, int64_t row) {
  const double *x = l->in->compact->col[l->col[j]];
  int64_t end = least(row + SLICE, l->n);
  for (int64_t i = row; x && i < end; i += 64 / (int64_t)sizeof *x) __builtin_prefetch(x + i, 0, 2);
}

// The coefficient of a column of the slice.
static int64_t place_of(const Logit *l, int64_t d) { return d < l->first ? 0 : l->first + l->at[d - l->first]; }

static void margins(const Logit *l, Work *k, const double *w, int64_t next) {
  memset(k->eta, 0, (size_t)(l->sets * SLICE) * sizeof *k->eta);
  for (int64_t d = 0; d < dense(l); d++) {
    int64_t j = place_of(l, d);
    for (int64_t a = 0; a < l->sets; a++) add_scaled(k->eta + a * SLICE, k->z + d * SLICE, w[a * l->m + j]);
    if (d >= l->first) fetch_next(l, j - l->first, next);
  }
}

// Columns j .. j + count of the sets or features, a column of zeros behind the last.
static void point_at(const double **to, int count, const double *x, int64_t j, int64_t n, const double *zero) {
  for (int c = 0; c < count; c++) to[c] = j + c < n ? x + (j + c) * SLICE : zero;
}

static void add_gradient(const Logit *l, const Work *k, double *part) {
  int64_t m = dense(l);
  for (int64_t j0 = 0; j0 < m; j0 += TILE_I)
    for (int64_t a0 = 0; a0 < l->sets; a0 += TILE_J) {
      Tile t = {0};
      point_at(t.x, TILE_I, k->z, j0, m, k->zero);
      point_at(t.y, TILE_J, k->r, a0, l->sets, k->zero);
      for (int64_t j = j0; j < m && j < j0 + TILE_I; j++)
        for (int64_t a = a0; a < l->sets && a < a0 + TILE_J; a++)
          t.to[j - j0][a - a0] = part + (1 + a * m + j) * LANES;
      tile_add(&t);
    }
}

// The pair of sets whose curvature stands in v. The tile that is not full comes first, where the triangle is narrow.
static void add_pair(const Logit *l, const Work *k, double *part) {
  int64_t m = dense(l), over = m % TILE_I;
  for (int64_t i0 = 0, end = over ? over : TILE_I; i0 < m; i0 = end, end += TILE_I) {
    Tile t;
    for (int64_t i = i0; i < end; i++) product(k->scaled + (i - i0) * SLICE, k->z + i * SLICE, k->v);
    point_at(t.x, TILE_I, k->scaled, 0, end - i0, k->zero);
    for (int64_t j0 = 0; j0 < end; j0 += TILE_J) {
      point_at(t.y, TILE_J, k->z, j0, m, k->zero);
      for (int64_t i = i0; i < i0 + TILE_I; i++)
        for (int64_t j = j0; j < j0 + TILE_J; j++)
          t.to[i - i0][j - j0] = i < end && j <= i ? part + (triangle(i) + j) * LANES : NULL;
      tile_add(&t);
    }
  }
}

static void add_hessian(const Logit *l, const Work *k, const double *weight, int64_t rows, double *part) {
  for (int64_t a = 0; a < l->sets; a++)
    for (int64_t b = 0; b <= a; b++) {
      if (l->in->nclass > 2) {
        curvature(k->v, k->eta + a * SLICE, k->eta + b * SLICE, a == b, rows);
        for (int64_t i = 0; weight && i < rows; i++) k->v[i] *= weight[i];
        memset(k->v + rows, 0, (size_t)(SLICE - rows) * sizeof *k->v);
      }
      add_pair(l, k, part + (triangle(a) + b) * triangle(dense(l)) * LANES);
    }
}

typedef struct Pass {
  const Logit *l;
  const double *w;
  bool hessian;
  int64_t row;    // first of the batch
  int64_t width;  // numbers of a block
} Pass;

static void sweep_slice(const Pass *s, int64_t place, int64_t row, int64_t rows) {
  const Logit *l = s->l;
  Work k = work_at(l, place);
  double *part = l->part.x + place * s->width, *edge = l->edge.x + place * 2;
  Link link = {.y = l->in->y + row, .weight = l->in->weight ? l->in->weight + row : NULL, .rows = rows, .eta = k.eta,
               .r = k.r, .loss = k.loss, .v = k.v, .top = k.top, .lo = edge[0], .hi = edge[1], .edges = l->l2 == 0};
  fill(l, &k, row, rows);
  margins(l, &k, s->w, row + rows);
  hot_margins(l, row, rows, k.eta);
  if (l->in->nclass == 2) link_two(&link);
  else link_softmax(&link, l->sets, l->offset);
  edge[0] = link.lo, edge[1] = link.hi;
  lanes_add(part, k.loss);
  add_gradient(l, &k, part);
  if (s->hessian) add_hessian(l, &k, link.weight, rows, part + (1 + dense(l) * l->sets) * LANES);
  HotSlice hot = {.row = row, .rows = rows, .r = k.r, .v = k.v, .z = k.z, .zero = k.zero, .vz = k.vz};
  hot_add(l, &hot, s->hessian, part + width_of(l, s->hessian) * LANES);
}

static void sweep_block(void *ctx, int64_t begin, int64_t end) {
  const Pass *s = ctx;
  int64_t place = begin / s->l->block;
  s->l->edge.x[place * 2] = INFINITY, s->l->edge.x[place * 2 + 1] = -INFINITY;
  memset(s->l->part.x + place * s->width, 0, (size_t)s->width * sizeof(double));
  for (int64_t i = begin; i < end; i += SLICE) sweep_slice(s, place, s->row + i, least(SLICE, end - i));
}

// ---- the pass ----------------------------------------------------------------------------------------------------
// All batches; the sums end in the place behind the batch.
static ErrCode pass(Job *job, Pass *s, Sweep *out, Err *err) {
  const Logit *l = s->l;
  double *total = l->part.x + l->batch * s->width;
  memset(total, 0, (size_t)s->width * sizeof *total);
  out->lo = INFINITY, out->hi = -INFINITY;
  for (s->row = 0; s->row < l->n; s->row += l->batch * l->block) {
    int64_t rows = least(l->batch * l->block, l->n - s->row), blocks = (rows + l->block - 1) / l->block;
    TRY(job_tick(job, s->row, l->n, err));
    par_for(job, rows, l->block, sweep_block, s);
    sum_tree(l->part.x, blocks, s->width);
    for (int64_t k = 0; k < s->width; k++) total[k] += l->part.x[k];
    for (int64_t b = 0; b < blocks; b++) {
      out->lo = fmin(out->lo, l->edge.x[2 * b]);
      out->hi = fmax(out->hi, l->edge.x[2 * b + 1]);
    }
  }
  return OK;
}

static void spread_hessian(const Logit *l, const double *part, double *h) {
  for (int64_t a = 0; a < l->sets; a++)
    for (int64_t b = 0; b <= a; b++)
      for (int64_t i = 0; i < dense(l); i++)
        for (int64_t j = 0; j <= i; j++, part += LANES) {
          double v = lanes_sum(part);
          int64_t pi = place_of(l, i), pj = place_of(l, j);
          int64_t ai = a * l->m + pi, aj = a * l->m + pj, bi = b * l->m + pi, bj = b * l->m + pj;
          h[ai * l->size + bj] = h[aj * l->size + bi] = h[bj * l->size + ai] = h[bi * l->size + aj] = v;
        }
}

static void spread_gradient(const Logit *l, const double *part, double *g) {
  for (int64_t a = 0; a < l->sets; a++)
    for (int64_t d = 0; d < dense(l); d++, part += LANES) g[a * l->m + place_of(l, d)] = lanes_sum(part);
}

static void add_penalty(const Logit *l, const double *w, Sweep *s) {
  double squares = 0;
  for (int64_t k = 0; k < l->size; k++) {
    int64_t j = k % l->m - l->first;
    if (j < 0) continue;
    double weight = l->l2 / (l->scale[j] * l->scale[j]);
    squares += weight * w[k] * w[k];
    s->g[k] += weight * w[k];
    if (s->h) s->h[k * l->size + k] += weight;
  }
  s->f += squares / 2;
}

ErrCode logit_sweep(Job *job, const Logit *l, const double *w, Sweep *s, Err *err) {
  Pass p = {.l = l, .w = w, .hessian = s->h != NULL, .width = numbers_of(l, s->h != NULL)};
  hot_start(l, w);
  TRY(pass(job, &p, s, err));
  const double *total = l->part.x + l->batch * p.width;
  s->f = lanes_sum(total);
  const double *hot = total + width_of(l, s->h != NULL) * LANES;
  spread_gradient(l, total + LANES, s->g);
  hot_gradient(l, hot, s->g);
  if (s->h) spread_hessian(l, total + (1 + dense(l) * l->sets) * LANES, s->h);
  if (s->h) hot_hessian(l, hot, s->h);
  if (l->l2 > 0) add_penalty(l, w, s);
  return OK;
}

// ---- set-up ------------------------------------------------------------------------------------------------------
static void choose_blocks(Logit *l, bool hessian) {
  int64_t width = numbers_of(l, hessian) / LANES;
  l->block = width > NUM_BLOCK ? SMALL_BLOCK : NUM_BLOCK;
  l->batch = (int64_t)1e9 / (l->block * (width + l->m * l->sets));
  l->batch = least(l->batch < 4 ? 4 : l->batch, 64);
  l->batch = least(l->batch, (l->n + l->block - 1) / l->block);
}

static Moments moments_of(Job *job, const Compact *c, int64_t j) {
  if (c->col[j]) return moments_f64(job, c->col[j], c->n);
  const CodedRun *r = &c->run[c->of[j]];
  int64_t ones = r->count[j - r->first];
  double share = (double)ones / (double)c->n;
  return (Moments){.n = c->n, .mean = share, .m2 = share * (double)(c->n - ones), .min = ones == c->n, .max = ones > 0};
}

// Mean and scale of the columns; without an intercept they stay where they are. A constant column has scale 1.
static ErrCode standard_columns(Job *job, Logit *l, Err *err) {
  for (int64_t j = 0; j < l->p; j++) {
    TRY(job_tick(job, j, l->p, err));
    Moments c = moments_of(job, l->in->compact, l->col[j]);
    double sd = sqrt(c.m2 / (double)l->n);
    if (!isfinite(sd)) return fit_not_finite(job, l->in, "logistic", err);
    l->mean[j] = l->first ? c.mean : 0;
    l->scale[j] = l->first ? sd : sqrt(c.m2 / (double)l->n + c.mean * c.mean);
    if (c.min == c.max && l->first) l->mean[j] = c.min, l->scale[j] = 1;
    if (!(l->scale[j] > 0)) l->scale[j] = 1;
  }
  return OK;
}

static ErrCode open_work(Job *job, Logit *l, bool hessian, Err *err) {
  static const char what[] = "logistic regression";
  hot_open(l);
  choose_blocks(l, hessian);
  TRY(mat_new(job, l->p, 2, what, &l->standard, err));
  TRY(mat_new(job, work_columns(l) * SLICE, l->batch, what, &l->slice, err));
  TRY(mat_new(job, numbers_of(l, hessian), l->batch + 1, what, &l->part, err));
  TRY(mat_new(job, 2, l->batch, what, &l->edge, err));
  l->mean = l->standard.x, l->scale = l->standard.x + l->p;
  return standard_columns(job, l, err);
}

ErrCode logit_open(Job *job, const FitIn *in, const int64_t *col, int64_t p, bool intercept, double l2, bool hessian,
                   Logit *l, Err *err) {
  bool reference = in->nclass == 2 || l2 == 0;
  *l = (Logit){.in = in, .n = in->x->n, .p = p, .col = col, .first = intercept, .m = p + intercept, .l2 = l2};
  l->offset = reference, l->sets = in->nclass == 2 ? 1 : in->nclass - reference;
  l->size = l->m * l->sets;
  l->total = fit_total(job, in);
  ErrCode code = open_work(job, l, hessian, err);
  if (code != OK) logit_close(l);
  return code;
}

void logit_close(Logit *l) {
  hot_close(l);
  mat_free(&l->standard);
  mat_free(&l->slice);
  mat_free(&l->part);
  mat_free(&l->edge);
}
