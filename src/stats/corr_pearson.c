// Pearson's correlations and covariances of all pairs from one product of the columns with themselves. Each column is
// centred about a provisional mean of 64 short runs spread over its rows, missing values become zeros, and slices of
// rows go through cross_products: a pair costs one multiplication and addition a row, and nothing is stored. Where
// pairs have rows of their own, the products of the columns and of their squares with the bitmaps give what each pair
// lacks: its sums and its sums of squares; its rows are counted in the bitmaps.
//
// A provisional mean d away from the true one costs n d^2 / (sum of squares about the mean) in relative error. Where
// that is more than some bits, and where squares overflow, underflow or are no numbers, the pair is done again from the
// values (corr_exact.c). So is a column that may be constant. O(n p^2 / 2), with gaps in k columns O(n p k) more.
#include "stats/corr_int.h"

#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 64, RUN = 8 };
static const double WORST = 1.0 / 64; // of the sum of squares that must remain about the mean

typedef struct Products {
  const CorrIn *s;
  int64_t p, right; // right: columns with gaps of their own
  double *centre;   // p
  int64_t *gap;     // p: which of the right columns; -1 = none
  double *gram;     // (p + 1)^2; the last column is one
  double *cross;    // (2 p + 1) x right: of columns, one, squares
  double *u, *v;    // room for the rows of a pair; NULL until needed
  Mat room;
} Products;

// ---- slices -------------------------------------------------------------------------------------------------------
CLONES static void copy_reals(const double *x, int64_t n, double centre, double *out) {
  for (int64_t i = 0; i < n; i++) out[i] = x[i] - centre;
}

CLONES static void copy_wholes(const int64_t *x, int64_t n, double centre, double *out) {
  for (int64_t i = 0; i < n; i++) out[i] = (double)x[i] - centre;
}

CLONES static void keep_bits(uint64_t bits, double *out) {
  for (int i = 0; i < 64; i++) out[i] = bits >> i & 1 ? out[i] : 0;
}

CLONES static void put_bits(uint64_t bits, double *out) {
  for (int i = 0; i < 64; i++) out[i] = (double)(bits >> i & 1);
}

CLONES static void put_squares(const double *x, int64_t n, double *out) {
  for (int64_t i = 0; i < n; i++) out[i] = x[i] * x[i];
}

static void fill_column(const Column *c, const uint64_t *valid, int64_t row, int64_t rows, double centre, double *out) {
  if (c->type == COL_F64) copy_reals(c->f + row, rows, centre, out);
  else if (col_width(c) == sizeof(int64_t)) copy_wholes(c->i + row, rows, centre, out);
  else
    for (int64_t i = 0; i < rows; i++) out[i] = col_f64(c, row + i) - centre;
  for (int64_t i = 0; valid && i < rows; i += 64)
    if (valid[(row + i) >> 6] != ~(uint64_t)0) keep_bits(valid[(row + i) >> 6], out + i);
}

static void fill_slice(const void *ctx, int64_t row, int64_t rows, double *left, double *right) {
  const Products *q = ctx;
  for (int64_t j = 0; j < q->p; j++) {
    double *out = left + j * CROSS_ROWS;
    fill_column(frame_at(q->s->f, (int)j), q->s->valid[j], row, rows, q->centre[j], out);
    if (!q->right) continue;
    put_squares(out, rows, left + (q->p + 1 + j) * CROSS_ROWS);
    for (int64_t i = 0; q->gap[j] >= 0 && i < rows; i += 64)
      put_bits(q->s->valid[j][(row + i) >> 6], right + q->gap[j] * CROSS_ROWS + i);
  }
  for (int64_t i = 0; i < rows; i++) left[q->p * CROSS_ROWS + i] = 1;
}

// The mean of the finite values among RUNS runs of RUN rows; 0 when there are none.
static double provisional_mean(const Column *c, const uint64_t *valid) {
  double sum = 0;
  int64_t k = 0, step = c->n / RUNS < RUN ? RUN : c->n / RUNS;
  for (int64_t first = 0; first < c->n; first += step)
    for (int64_t i = first; i < first + RUN && i < c->n; i++) {
      double v = corr_has(valid, i) ? col_f64(c, i) : NAN;
      if (isfinite(v)) sum += v / (RUNS * RUN), k++;
    }
  double mean = k ? sum * ((double)(RUNS * RUN) / (double)k) : 0;
  return isfinite(mean) ? mean : 0;
}

static ErrCode products(Products *q, Err *err) {
  const CorrIn *s = q->s;
  for (int64_t j = 0; j < q->p; j++) {
    q->centre[j] = provisional_mean(frame_at(s->f, (int)j), s->valid[j]);
    q->gap[j] = s->valid[j] && !s->complete ? q->right++ : -1;
  }
  q->cross = calloc((size_t)((2 * q->p + 1) * q->right) + 1, sizeof *q->cross);
  if (!q->cross) abort();
  Cross c = {s->n, q->p + 1, q->right ? 2 * q->p + 1 : 0, q->right, fill_slice, q};
  return cross_products(s->job, &c, q->gram, q->cross, err);
}

// ---- pairs --------------------------------------------------------------------------------------------------------
// Sum and sum of squares of column i over the rows that j has too.
static void sums_of(const Products *q, int64_t i, int64_t j, double *sum, double *squares) {
  int64_t wide = q->p + 1, g = q->gap[j];
  *sum = g >= 0 ? q->cross[i * q->right + g] : q->gram[i * wide + q->p];
  *squares = g >= 0 ? q->cross[(wide + i) * q->right + g] : q->gram[i * wide + i];
}

// False when the products say too little.
static bool moments_from_products(const Products *q, int64_t i, int64_t j, int64_t n, Moments2 *m) {
  double sx, sy, xx, yy, d = (double)n;
  sums_of(q, i, j, &sx, &xx);
  sums_of(q, j, i, &sy, &yy);
  *m = (Moments2){.xx = xx - sx * sx / d, .yy = yy - sy * sy / d, .xy = q->gram[i * (q->p + 1) + j] - sx * sy / d};
  bool sized = xx > 1e-280 && yy > 1e-280 && xx < 1e300 && yy < 1e300;
  return n >= 2 && sized && m->xx >= WORST * xx && m->yy >= WORST * yy && isfinite(m->xy);
}

static ErrCode moments_from_values(Products *q, int64_t i, int64_t j, int64_t n, Moments2 *m, Err *err) {
  if (!q->u) {
    TRY(mat_new(q->s->job, q->s->n + 1, 2, q->s->owner, &q->room, err));
    q->u = q->room.x, q->v = q->room.x + q->s->n + 1;
  }
  TRY(job_tick(q->s->job, 0, 0, err));
  corr_close_up(q->s, i, j, q->u, q->v);
  *m = corr_moments(q->s->job, q->u, i == j ? q->u : q->v, n);
  return OK;
}

static void put_pair(const Moments2 *m, bool covariance, bool same, CorrPair *out) {
  if (covariance) {
    bool flat = m->x_constant || m->y_constant;
    out->defined = out->n >= 2;
    if (out->defined) out->r = flat && isfinite(m->xy) ? 0 : ldexp(m->xy / (double)(out->n - 1), m->ex + m->ey);
    return;
  }
  out->defined = out->n >= 2 && !m->x_constant && !m->y_constant;
  if (out->defined) out->r = same ? (isfinite(m->xx) ? 1 : NAN) : corr_of(m);
}

// What a column alone says about all its pairs.
typedef enum { COLUMN_PLAIN, COLUMN_CONSTANT, COLUMN_NOT_FINITE } ColumnState;

static ColumnState state_of(const Moments2 *m) {
  return m->x_constant ? COLUMN_CONSTANT : isfinite(m->xx) ? COLUMN_PLAIN : COLUMN_NOT_FINITE;
}

// True when the columns settle the pair with no look at the rows.
static bool settled(const Products *q, int64_t i, int64_t j, const ColumnState *state, bool covariance, Moments2 *m) {
  if (i == j) return false;
  bool constant = state[i] == COLUMN_CONSTANT || state[j] == COLUMN_CONSTANT;
  bool not_finite = state[i] == COLUMN_NOT_FINITE || state[j] == COLUMN_NOT_FINITE;
  bool same_rows = q->gap[i] < 0 && q->gap[j] < 0;
  if (constant && !covariance) return m->x_constant = true;
  if (!not_finite || !same_rows) return false;
  return m->xy = NAN, true;
}

static ErrCode fill_pair(Products *q, int64_t i, int64_t j, ColumnState *state, bool covariance, CorrPair *out,
                         Err *err) {
  const CorrIn *s = q->s;
  Moments2 m = {0};
  out->n = corr_count(s->valid[i], s->valid[j], s->n);
  bool known = moments_from_products(q, i, j, out->n, &m) || settled(q, i, j, state, covariance, &m);
  if (!known) TRY(moments_from_values(q, i, j, out->n, &m, err));
  if (i == j) state[i] = state_of(&m);
  put_pair(&m, covariance, i == j, out);
  return OK;
}

static ErrCode fill_pairs(Products *q, bool covariance, CorrPair *pair, Err *err) {
  ColumnState *state = calloc((size_t)q->p, sizeof *state);
  if (!state) abort();
  ErrCode code = OK;
  for (int64_t i = 0; i < q->p && code == OK; i++)
    code = fill_pair(q, i, i, state, covariance, &pair[i * q->p + i], err);
  for (int64_t i = 0; i < q->p && code == OK; i++)
    for (int64_t j = 0; j < i && code == OK; j++) {
      code = fill_pair(q, i, j, state, covariance, &pair[i * q->p + j], err);
      pair[j * q->p + i] = pair[i * q->p + j];
    }
  free(state);
  return code;
}

ErrCode corr_pearson(const CorrIn *s, bool covariance, CorrPair *pair, Err *err) {
  size_t p = (size_t)s->p;
  Products q = {.s = s, .p = s->p};
  q.centre = calloc(p, sizeof *q.centre), q.gap = calloc(p, sizeof *q.gap);
  q.gram = calloc((p + 1) * (p + 1), sizeof *q.gram);
  if (!q.centre || !q.gap || !q.gram) abort();
  ErrCode code = products(&q, err);
  if (code == OK) code = fill_pairs(&q, covariance, pair, err);
  free(q.centre);
  free(q.gap);
  free(q.gram);
  free(q.cross);
  mat_free(&q.room);
  return code;
}
