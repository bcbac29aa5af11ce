// Iterative refinement of a least squares solution. Residuals r and coefficients b together solve
//     r + A b = y,   A'r = 0,
// and refining both with residuals of this system in doubled precision gains digits at the rate eps * cond(A), also
// where large residuals make the error of plain QR grow with cond(A)^2. Steps are taken while they at least halve.
// Doubled precision: sums and products without rounding error (Knuth; Dekker's split), each in a fixed order.
// Reference: Bjorck, Numerical Methods for Least Squares Problems, 2.9.3.
#include "model/linear_int.h"

#include "base/pool.h"

#include <math.h>

enum { STEPS = 5 };

static const double STRAINED = 1e-2;

typedef struct Refine {
  const Qr *q;
  const Mat *a;
  const double *y, *b, *r;
  double *f, *g;    // y - r - A b (n), -A'r (p, in the order of the pivots)
} Refine;

static inline double sum_error(double a, double b, double s) {
  double t = s - a;
  return (a - (s - t)) + (b - t);
}

static inline double product_error(double a, double b, double p) {
  double ca = a * 0x1.0000002p27, cb = b * 0x1.0000002p27;
  double ah = ca - (ca - a), bh = cb - (cb - b), al = a - ah, bl = b - bh;
  return ((ah * bh - p) + ah * bl + al * bh) + al * bl;
}

static void add_product(double *hi, double *lo, double a, double b) {
  double p = a * b, s = *hi + p;
  *lo += sum_error(*hi, p, s) + product_error(a, b, p);
  *hi = s;
}

static void row_residuals(void *ctx, int64_t begin, int64_t end) {
  const Refine *c = ctx;
  for (int64_t i = begin; i < end; i++) {
    double hi = c->y[i] - c->r[i], lo = sum_error(c->y[i], -c->r[i], hi);
    for (int64_t l = 0; l < c->q->rank; l++) {
      int64_t j = c->q->pivot[l];
      add_product(&hi, &lo, c->a->x[j * c->a->n + i], -c->b[j]);
    }
    c->f[i] = hi + lo;
  }
}

static void column_residuals(void *ctx, int64_t begin, int64_t end) {
  const Refine *c = ctx;
  for (int64_t l = begin; l < end; l++) {
    const double *x = c->a->x + c->q->pivot[l] * c->a->n;
    double hi = 0, lo = 0;
    for (int64_t i = 0; i < c->a->n; i++) add_product(&hi, &lo, x[i], -c->r[i]);
    c->g[l] = hi + lo;
  }
}

// z: R'z = g in place of g.
static void solve_transposed(const Qr *q, double *g) {
  for (int64_t l = 0; l < q->rank; l++) {
    const double *r = q->qr.x + l * q->qr.n;
    for (int64_t i = 0; i < l; i++) g[l] -= r[i] * g[i];
    g[l] /= r[l];
  }
}

static void apply_q(Job *job, const Qr *q, double *y) { // y becomes Q y
  int64_t n = q->qr.n;
  for (int64_t l = q->rank - 1; l >= 0; l--) {
    const double *v = q->qr.x + l * n;
    double t = q->tau[l] * (y[l] + sum_dot(job, v + l + 1, y + l + 1, n - l - 1));
    y[l] -= t;
    for (int64_t i = l + 1; i < n; i++) y[i] -= t * v[i];
  }
}

// Solves for the corrections: db (p, in A's order) and dr in place of f.
static void solve(Job *job, const Refine *c, double *db) {
  const Qr *q = c->q;
  solve_transposed(q, c->g);
  qr_tmul(job, q, c->f);
  for (int64_t l = 0; l < q->rank; l++) {
    double d = c->f[l];
    c->f[l] = d - c->g[l];
    c->g[l] = -c->g[l];
  }
  qr_solve(q, c->f, db);
  for (int64_t l = 0; l < q->rank; l++) c->f[l] = -c->g[l];
  apply_q(job, q, c->f);
}

bool qr_is_strained(const Qr *q) {
  for (int64_t l = 1; l < q->rank; l++) {
    const double *r = q->qr.x + l * q->qr.n;
    if (fabs(r[l]) < STRAINED * sqrt(sum_dot(NULL, r, r, l + 1))) return true;
  }
  return false;
}

// Greatest change of a coefficient beside its size.
static double step_size(const Qr *q, const double *b, const double *db) {
  double most = 0;
  for (int64_t l = 0; l < q->rank; l++) {
    int64_t j = q->pivot[l];
    double size = fabs(db[j]) / (fabs(b[j]) + fabs(db[j]));
    if (db[j] != 0 && !(size <= most)) most = size;
  }
  return most;
}

static ErrCode refine(Job *job, Refine *c, double *b, double *r, double *db, Err *err) {
  double before = INFINITY;
  for (int t = 0; t < STEPS && before > 0x1p-52; t++) {
    TRY(job_tick(job, t, STEPS, err));
    par_for(job, c->a->n, NUM_BLOCK, row_residuals, c);
    par_for(job, c->q->rank, 1, column_residuals, c);
    solve(job, c, db);
    double size = step_size(c->q, b, db);
    if (!(size <= before / 2)) return OK;
    for (int64_t j = 0; j < c->a->p; j++) b[j] += db[j];
    for (int64_t i = 0; i < c->a->n; i++) r[i] += c->f[i];
    before = size;
  }
  return OK;
}

ErrCode linear_refine(Job *job, const Qr *q, const Mat *a, const double *y, double *b, double *r, Err *err) {
  Mat wide, narrow;
  TRY(mat_new(job, a->n, 1, "the refinement of a linear model", &wide, err));
  ErrCode code = mat_new(job, a->p, 2, "the refinement of a linear model", &narrow, err);
  if (code == OK) {
    Refine c = {q, a, y, b, r, wide.x, narrow.x};
    code = refine(job, &c, b, r, narrow.x + a->p, err);
  }
  mat_free(&wide);
  mat_free(&narrow);
  return code;
}
