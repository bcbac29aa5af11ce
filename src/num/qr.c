// Householder QR with R's limited pivoting. H_l = I - tau v v', v_l = 1, zeroes column l below the diagonal. A column
// whose remaining norm has fallen below tol times its original one goes to the end before its turn comes; the others
// keep their order. Norms are brought down by the row that leaves, and taken anew when that would cancel, as LINPACK
// does.
//
// One pass over the rows per column: a block applies reflector l to all columns behind it and, while they are in the
// cache, sums the products of column l + 1 with them, which are what reflector l + 1 needs. If column l + 1 turns out
// to be aliased, its products are thrown away and summed again for the next. Blocks of rows go to threads; their sums
// meet in a fixed tree. 2 n p^2 operations. Columns whose squares leave the range of doubles (1e150) are not served.
// References: Golub and Van Loan 5.2; R's lm and its "qr" help page for the pivoting.
#include "num/num_int.h"

#include "base/pool.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { SLICE = 512 };

typedef struct Work {
  double *x;          // n x p, being factored
  int64_t n, p, l;    // reflector being applied; -1: only products are wanted
  int64_t next;       // column whose products with the columns next .. p are summed over the rows below it
  double v_scale;     // column l times v_scale is v
  double *t;          // p: what v is multiplied by and added to each column
  double *part, *dot; // blocks x p, and their sum: p
  double *norm, *norm_start;
  int64_t rank;
} Work;

NUM_CLONES static void slice_scale(double *x, double s, int64_t n) {
  for (int64_t i = 0; i < n; i++) x[i] *= s;
}

NUM_CLONES static void slice_add(double *restrict x, const double *restrict v, double t, int64_t n) {
  for (int64_t i = 0; i < n; i++) x[i] += t * v[i];
}

NUM_CLONES static double slice_dot(const double *x, const double *y, int64_t n) {
  Lanes acc = {0};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) acc += *(const Lanes *)(x + i) * *(const Lanes *)(y + i);
  double lane[LANES];
  *(Lanes *)lane = acc;
  for (int64_t k = 0; i + k < n; k++) lane[k] += x[i + k] * y[i + k];
  return lanes_sum(lane);
}

static int64_t later(int64_t a, int64_t b) { return a > b ? a : b; }

// Column `next` = l + 1 comes first, so each column is updated and multiplied with it while it is at hand.
static void pass_slice(const Work *w, int64_t begin, int64_t end, double *part) {
  int64_t from = later(begin, w->l + 1), below = later(begin, w->next + 1);
  double *v = w->l >= 0 && from < end ? w->x + w->l * w->n + from : NULL;
  const double *x = w->next < w->p ? w->x + w->next * w->n + below : NULL;
  if (v) slice_scale(v, w->v_scale, end - from);
  for (int64_t j = w->next; j < w->p; j++) {
    double *column = w->x + j * w->n;
    if (v) slice_add(column + from, v, w->t[j], end - from);
    if (below < end) part[j] += slice_dot(x, column + below, end - below);
  }
}

static void pass_block(void *ctx, int64_t begin, int64_t end) {
  const Work *w = ctx;
  double *part = w->part + begin / NUM_BLOCK * w->p;
  memset(part, 0, (size_t)w->p * sizeof *part);
  for (int64_t i = begin; i < end; i += SLICE) pass_slice(w, i, end - i < SLICE ? end : i + SLICE, part);
}

static void pass(Work *w, Job *job) {
  par_for(job, w->n, NUM_BLOCK, pass_block, w);
  sum_tree(w->part, (w->n + NUM_BLOCK - 1) / NUM_BLOCK, w->p);
  memcpy(w->dot, w->part, (size_t)w->p * sizeof *w->dot);
}

static void rotate_doubles(double *v, int64_t n) { // the first becomes the last
  double first = v[0];
  memmove(v, v + 1, (size_t)(n - 1) * sizeof *v);
  v[n - 1] = first;
}

// Moves column l behind all others; a column passes through `hold` (n).
static void move_to_end(Work *w, int64_t *pivot, int64_t l, double *hold) {
  int64_t m = w->p - l, first = pivot[l];
  size_t column = (size_t)w->n * sizeof(double);
  memcpy(hold, w->x + l * w->n, column);
  memmove(w->x + l * w->n, w->x + (l + 1) * w->n, (size_t)(m - 1) * column);
  memcpy(w->x + (w->p - 1) * w->n, hold, column);
  memmove(pivot + l, pivot + l + 1, (size_t)(m - 1) * sizeof *pivot);
  pivot[w->p - 1] = first;
  rotate_doubles(w->norm + l, m);
  rotate_doubles(w->norm_start + l, m);
}

static bool negligible(const Work *w, int64_t l, double tol) {
  return w->norm[l] == 0 || w->norm[l] < tol * w->norm_start[l];
}

// Sets up reflector l from column l and its products, and applies it to row l.
static double reflector(Work *w, int64_t l) {
  double *diag = w->x + l * w->n + l, alpha = *diag, below = w->dot[l];
  double norm = sqrt(alpha * alpha + below), beta = alpha < 0 ? norm : -norm;
  double tau = (beta - alpha) / beta;
  w->v_scale = 1 / (alpha - beta);
  for (int64_t j = l + 1; j < w->p; j++) {
    double *head = w->x + j * w->n + l;
    w->t[j] = -tau * (*head + w->v_scale * w->dot[j]);
    *head += w->t[j];
  }
  *diag = beta;
  return tau;
}

static void norms_update(Work *w, int64_t l, Job *job) {
  for (int64_t j = l + 1; j < w->p; j++) {
    const double *x = w->x + j * w->n;
    if (w->norm[j] == 0) continue;
    double share = fabs(x[l]) / w->norm[j], left = 1 - share * share;
    if (left >= 1e-6) w->norm[j] *= sqrt(left);
    else w->norm[j] = sqrt(sum_dot(job, x + l + 1, x + l + 1, w->n - l - 1));
  }
}

static ErrCode factor(Work *w, Qr *q, double tol, double *hold, Job *job, Err *err) {
  int64_t usable = w->p, summed = -1; // columns from `usable` on are aliased; w->dot belongs to column `summed`
  for (int64_t l = 0; l < w->n && l < usable; l++) {
    TRY(job_tick(job, l, w->p, err));
    while (l < usable && negligible(w, l, tol)) {
      move_to_end(w, q->pivot, l, hold);
      usable--;
      summed = -1;
    }
    if (l == usable) break;
    if (summed != l) {
      w->l = -1, w->next = l;
      pass(w, job);
    }
    w->rank = l + 1;
    if (l == w->n - 1) break; // nothing below to zero: tau stays 0
    q->tau[l] = reflector(w, l);
    w->l = l, w->next = summed = l + 1;
    pass(w, job);
    norms_update(w, l, job);
  }
  return OK;
}

void qr_free(Qr *q) {
  mat_free(&q->qr);
  mem_free(q->tau);
  mem_free(q->pivot);
  *q = (Qr){0};
}

static ErrCode qr_new(Job *job, const Mat *a, Qr *out, Err *err) {
  *out = (Qr){0};
  TRY(mat_new(job, a->n, a->p, "the QR factors of the columns", &out->qr, err));
  out->tau = mem_new((size_t)a->p * sizeof *out->tau);
  out->pivot = mem_new((size_t)a->p * sizeof *out->pivot);
  if (!out->tau || !out->pivot) {
    qr_free(out);
    return err_set(err, ERR_MEMORY, "the system refused memory for QR factors of %lld columns", (long long)a->p);
  }
  memcpy(out->qr.x, a->x, (size_t)(a->n * a->p) * sizeof(double));
  for (int64_t j = 0; j < a->p; j++) out->tau[j] = 0, out->pivot[j] = j;
  return OK;
}

ErrCode qr_factor(Job *job, const Mat *a, double tol, Qr *out, Err *err) {
  assert(a->n >= 1);
  int64_t blocks = (a->n + NUM_BLOCK - 1) / NUM_BLOCK;
  Mat small = {0}, hold = {0}; // small: t, dot, norm, norm_start and a row per block
  TRY(qr_new(job, a, out, err));
  ErrCode code = mat_new(job, a->p, blocks + 4, "QR factors", &small, err);
  if (code == OK) code = mat_new(job, a->n, 1, "QR factors", &hold, err);
  if (code == OK) {
    Work w = {.x = out->qr.x,
              .n = a->n,
              .p = a->p,
              .l = -1,
              .t = small.x,
              .dot = small.x + a->p,
              .norm = small.x + 2 * a->p,
              .norm_start = small.x + 3 * a->p,
              .part = small.x + 4 * a->p};
    for (int64_t j = 0; j < a->p; j++) {
      const double *x = w.x + j * w.n;
      w.norm[j] = w.norm_start[j] = sqrt(sum_dot(job, x, x, w.n));
    }
    code = factor(&w, out, tol, hold.x, job, err);
    out->rank = w.rank;
  }
  mat_free(&small);
  mat_free(&hold);
  if (code != OK) qr_free(out);
  return code;
}

typedef struct Reflect {
  const double *v;
  double *y, t;
} Reflect;

static void reflect_block(void *ctx, int64_t begin, int64_t end) {
  const Reflect *r = ctx;
  slice_add(r->y + begin, r->v + begin, r->t, end - begin);
}

void qr_tmul(Job *job, const Qr *q, double *y) {
  int64_t n = q->qr.n;
  for (int64_t l = 0; l < q->rank && l < n - 1; l++) {
    const double *v = q->qr.x + l * n + l + 1;
    double t = -q->tau[l] * (y[l] + sum_dot(job, v, y + l + 1, n - l - 1));
    y[l] += t;
    par_for(job, n - l - 1, NUM_BLOCK, reflect_block, &(Reflect){v, y + l + 1, t});
  }
}

void qr_solve(const Qr *q, const double *qty, double *b) {
  int64_t n = q->qr.n;
  for (int64_t j = 0; j < q->qr.p; j++) b[q->pivot[j]] = j < q->rank ? qty[j] : NAN;
  for (int64_t j = q->rank - 1; j >= 0; j--) {
    const double *r = q->qr.x + j * n;
    double v = b[q->pivot[j]] / r[j];
    b[q->pivot[j]] = v;
    for (int64_t i = 0; i < j; i++) b[q->pivot[i]] -= r[i] * v;
  }
}

// Column j of the inverse of R (upper triangular, k x k), into z (k).
static void r_inverse_column(const Qr *q, int64_t j, double *z) {
  int64_t n = q->qr.n;
  memset(z, 0, (size_t)q->rank * sizeof *z);
  z[j] = 1;
  for (int64_t c = j; c >= 0; c--) {
    const double *r = q->qr.x + c * n;
    z[c] /= r[c];
    for (int64_t i = 0; i < c; i++) z[i] -= r[i] * z[c];
  }
}

ErrCode qr_xtx_inverse(const Qr *q, double *inv, Err *err) {
  int64_t p = q->qr.p, k = q->rank;
  Mat z; // row by row the inverse of R, so that its products are along memory
  TRY(mat_new(NULL, k, k + 1, "the inverse of X'X", &z, err));
  double *column = z.x + k * k;
  for (int64_t j = 0; j < k; j++) {
    r_inverse_column(q, j, column);
    for (int64_t i = 0; i <= j; i++) z.x[i * k + j] = column[i];
  }
  for (int64_t i = 0; i < p * p; i++) inv[i] = NAN;
  for (int64_t i = 0; i < k; i++)
    for (int64_t j = 0; j <= i; j++) {
      double s = sum_dot(NULL, z.x + i * k + i, z.x + j * k + i, k - i);
      inv[q->pivot[i] * p + q->pivot[j]] = inv[q->pivot[j] * p + q->pivot[i]] = s;
    }
  mat_free(&z);
  return OK;
}
