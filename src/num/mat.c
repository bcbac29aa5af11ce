// Dense column-major matrices: allocation, products with vectors, weighted Gram matrices.
//
// Gram: blocks of NUM_BLOCK rows go to threads; inside a block, slices of 512 rows stay in the first-level cache
// while all tiles of 4 x 2 column pairs pass over them. A pair sums into 8 lanes over a slice; the lanes meet in one
// order, slices add up in row order, blocks in sum_tree's tree: no bit depends on the tile, the threads or the vector
// width. Only the lower triangle is computed: n p^2 operations. A short last slice is padded with rows of zeros.
#include "num/num_int.h"

#include "base/pool.h"

#include <assert.h>
#include <string.h>

enum { SLICE = 512, TILE_I = 4, TILE_J = 2, ZERO_GRAIN = 4 << 20 };

static void zero_bytes(void *ctx, int64_t begin, int64_t end) {
  memset((char *)ctx + begin, 0, (size_t)(end - begin));
}

ErrCode mat_new(Job *job, int64_t n, int64_t p, const char *what, Mat *out, Err *err) {
  assert(n >= 0 && p >= 0);
  *out = (Mat){0};
  const int64_t most = INT64_MAX / (int64_t)sizeof(double);
  if (p > 0 && n > most / p)
    return err_set(err, ERR_MEMORY, "%s of %lld x %lld numbers is beyond any memory: take fewer rows or columns", what,
                   (long long)n, (long long)p);
  int64_t bytes = n * p * (int64_t)sizeof(double);
  TRY(job_need(job, bytes, what, err));
  double *x = mem_new((size_t)bytes);
  if (!x) return err_set(err, ERR_MEMORY, "the system refused %lld bytes for %s", (long long)bytes, what);
  par_for(job, bytes, ZERO_GRAIN, zero_bytes, x); // the first touch of a page costs more than all that comes later
  *out = (Mat){x, n, p};
  return OK;
}

void mat_free(Mat *m) {
  mem_free(m->x);
  *m = (Mat){0};
}

// ---- A v and A' v -------------------------------------------------------------------------------------------------
typedef struct Product {
  const Mat *a;
  const double *v;
  double *out;
} Product;

NUM_CLONES static void add_scaled(double *restrict out, const double *restrict x, double v, int64_t n) {
  for (int64_t i = 0; i < n; i++) out[i] += x[i] * v;
}

static void mul_block(void *ctx, int64_t begin, int64_t end) {
  const Product *c = ctx;
  for (int64_t i = begin; i < end; i += SLICE) {
    int64_t rows = end - i < SLICE ? end - i : SLICE;
    memset(c->out + i, 0, (size_t)rows * sizeof(double));
    for (int64_t j = 0; j < c->a->p; j++) add_scaled(c->out + i, c->a->x + j * c->a->n + i, c->v[j], rows);
  }
}

void mat_mul_vec(Job *job, const Mat *a, const double *v, double *out) {
  Product c = {a, v, out};
  par_for(job, a->n, NUM_BLOCK, mul_block, &c);
}

void mat_tmul_vec(Job *job, const Mat *a, const double *v, double *out) {
  for (int64_t j = 0; j < a->p; j++) out[j] = sum_dot(job, a->x + j * a->n, v, a->n);
}

// ---- A' diag(w) A -------------------------------------------------------------------------------------------------
typedef struct Gram {
  const Mat *a;
  const double *w;
  double *part; // one lower triangle, packed by rows, per block of the batch
  int64_t first, width;
} Gram;

typedef struct Panel {
  const double *col[TILE_I];
  double buf[TILE_I][SLICE];
} Panel;

// Lane sums of x_i y_j over `rows` (a multiple of LANES) for a tile of column pairs.
NUM_CLONES static void tile_sums(const double *const x[TILE_I], const double *const y[TILE_J], int64_t rows,
                                 double sum[TILE_I][TILE_J]) {
  Lanes acc[TILE_I][TILE_J];
  for (int i = 0; i < TILE_I; i++)
    for (int j = 0; j < TILE_J; j++) acc[i][j] = (Lanes){0};
  for (int64_t r = 0; r < rows; r += LANES) {
    for (int j = 0; j < TILE_J; j++) {
      Lanes b = *(const Lanes *)(y[j] + r);
      for (int i = 0; i < TILE_I; i++) acc[i][j] += *(const Lanes *)(x[i] + r) * b;
    }
  }
  for (int i = 0; i < TILE_I; i++)
    for (int j = 0; j < TILE_J; j++) sum[i][j] = lanes_sum((const double *)&acc[i][j]);
}

// Columns j .. j + count of the slice at `row`, where they lie or copied: times w, with zeros below and beside the
// data.
static void panel_fill(Panel *p, const Mat *a, const double *w, int64_t j, int count, int64_t row, int64_t rows) {
  for (int k = 0; k < count; k++) {
    bool inside = j + k < a->p;
    const double *x = inside ? a->x + (j + k) * a->n + row : NULL;
    bool in_place = inside && !w && rows == SLICE;
    p->col[k] = in_place ? x : p->buf[k];
    if (in_place) continue;
    int64_t used = inside ? rows : 0;
    for (int64_t i = 0; i < used; i++) p->buf[k][i] = w ? w[row + i] * x[i] : x[i];
    memset(p->buf[k] + used, 0, (size_t)(SLICE - used) * sizeof(double));
  }
}

static void gram_slice(const Gram *g, int64_t row, int64_t rows, double *part) {
  int64_t p = g->a->p, padded = (rows + LANES - 1) / LANES * LANES;
  Panel x, y;
  double sum[TILE_I][TILE_J];
  for (int64_t i0 = 0; i0 < p; i0 += TILE_I) {
    panel_fill(&x, g->a, g->w, i0, TILE_I, row, rows);
    for (int64_t j0 = 0; j0 < i0 + TILE_I && j0 < p; j0 += TILE_J) {
      panel_fill(&y, g->a, NULL, j0, TILE_J, row, rows);
      tile_sums(x.col, y.col, padded, sum);
      for (int64_t i = i0; i < i0 + TILE_I && i < p; i++)
        for (int64_t j = j0; j < j0 + TILE_J && j <= i; j++) part[i * (i + 1) / 2 + j] += sum[i - i0][j - j0];
    }
  }
}

static void gram_block(void *ctx, int64_t begin, int64_t end) {
  const Gram *g = ctx;
  double *part = g->part + (g->first + begin) / NUM_BLOCK * g->width;
  for (int64_t i = g->first + begin; i < g->first + end; i += SLICE)
    gram_slice(g, i, g->first + end - i < SLICE ? g->first + end - i : SLICE, part);
}

ErrCode mat_gram(Job *job, const Mat *a, const double *w, double *g, Err *err) {
  int64_t p = a->p, width = p * (p + 1) / 2, blocks = (a->n + NUM_BLOCK - 1) / NUM_BLOCK;
  Mat part;
  TRY(mat_new(job, width, blocks > 0 ? blocks : 1, "the Gram matrix of the columns", &part, err));
  int64_t batch = 1 + (int64_t)1e9 / (NUM_BLOCK * (width + 1)); // blocks between two looks at the cancel flag
  if (job && job->pool && batch < pool_threads(job->pool)) batch = pool_threads(job->pool);
  ErrCode code = OK;
  for (int64_t row = 0; row < a->n && code == OK; row += batch * NUM_BLOCK) {
    int64_t rows = a->n - row < batch * NUM_BLOCK ? a->n - row : batch * NUM_BLOCK;
    par_for(job, rows, NUM_BLOCK, gram_block, &(Gram){a, w, part.x, row, width});
    code = job_tick(job, row + rows, a->n, err);
  }
  sum_tree(part.x, blocks, width);
  for (int64_t i = 0; i < p; i++)
    for (int64_t j = 0; j <= i; j++) g[i * p + j] = g[j * p + i] = part.x[i * (i + 1) / 2 + j];
  mat_free(&part);
  return code;
}
