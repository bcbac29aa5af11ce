// From margins to losses, residuals and curvatures, a slice of rows at a time, as loops that vectorise.
// Two classes: with q the probability of the wrong class, the loss is -log(1 - q), the residual -+q and the curvature
// q (1 - q). q comes from the sigmoid, accurate where it is small; where it is not, -log(1 - q) = margin - log q.
// More classes: softmax, with the greatest margin taken out first.
#include "model/logistic_int.h"

#include "base/simd.h"

#include <math.h>
#include <string.h>

CLONES static void wrong_margins(const double *restrict eta, const double *restrict y, double *restrict out,
                                 int64_t n) {
  for (int64_t i = 0; i < n; i++) out[i] = y[i] > 0 ? -eta[i] : eta[i];
}

CLONES static void larger_share(const double *restrict q, double *restrict out, int64_t n) {
  for (int64_t i = 0; i < n; i++) out[i] = q[i] > 0.5 ? q[i] : 1 - q[i];
}

// In: wrong margins in eta, q in v, log of the larger share in loss.
CLONES static void finish_two(const double *restrict eta, const double *restrict y, double *restrict loss,
                              double *restrict r, double *restrict v, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    double q = v[i];
    loss[i] = (q > 0.5 ? eta[i] : 0) - loss[i];
    r[i] = y[i] > 0 ? -q : q;
    v[i] = q * (1 - q);
  }
}

CLONES static void multiply(double *restrict x, const double *restrict w, int64_t n) {
  for (int64_t i = 0; i < n; i++) x[i] *= w[i];
}

static void clear_rest(double *x, int64_t rows) {
  memset(x + rows, 0, (size_t)(SLICE - rows) * sizeof *x);
}

void link_two(Link *k) {
  int64_t n = k->rows;
  wrong_margins(k->eta, k->y, k->top, n);
  if (k->edges)
    for (int64_t i = 0; i < n; i++) {
      k->lo = fmin(k->lo, -k->top[i]);
      k->hi = fmax(k->hi, -k->top[i]);
    }
  fmath_sigmoid_n(k->top, k->v, n);
  larger_share(k->v, k->loss, n);
  fmath_log_n(k->loss, k->loss, n);
  finish_two(k->top, k->y, k->loss, k->r, k->v, n);
  if (k->weight) {
    multiply(k->loss, k->weight, n);
    multiply(k->r, k->weight, n);
    multiply(k->v, k->weight, n);
  }
  clear_rest(k->loss, n);
  clear_rest(k->r, n);
  clear_rest(k->v, n);
}

// ---- more classes -------------------------------------------------------------------------------------------------
CLONES static void greatest(double *restrict top, const double *restrict eta, int64_t n) {
  for (int64_t i = 0; i < n; i++) top[i] = eta[i] > top[i] ? eta[i] : top[i];
}

CLONES static void subtract(double *restrict x, const double *restrict v, int64_t n) {
  for (int64_t i = 0; i < n; i++) x[i] -= v[i];
}

CLONES static void add(double *restrict x, const double *restrict v, int64_t n) {
  for (int64_t i = 0; i < n; i++) x[i] += v[i];
}

CLONES static void divide(double *restrict x, const double *restrict v, int64_t n) {
  for (int64_t i = 0; i < n; i++) x[i] /= v[i];
}

CLONES static void residual(double *restrict r, const double *restrict p, const double *restrict y, double k,
                            int64_t n) {
  for (int64_t i = 0; i < n; i++) r[i] = y[i] == k ? p[i] - 1 : p[i];
}

static void margins_of_row(const Link *k, int64_t sets, int64_t offset, int64_t i, double *lo, double *hi) {
  int64_t right = (int64_t)k->y[i] - offset;
  double own = right < 0 ? 0 : k->eta[right * SLICE + i];
  if (offset && right >= 0) *lo = fmin(*lo, own), *hi = fmax(*hi, own);
  for (int64_t a = 0; a < sets; a++) {
    if (a == right) continue;
    *lo = fmin(*lo, own - k->eta[a * SLICE + i]);
    *hi = fmax(*hi, own - k->eta[a * SLICE + i]);
  }
}

// loss = top - margin of the right class, before the logarithm of the sum is added.
static void start_loss(Link *k, int64_t offset) {
  for (int64_t i = 0; i < k->rows; i++) {
    int64_t right = (int64_t)k->y[i] - offset;
    k->loss[i] = k->top[i] - (right < 0 ? 0 : k->eta[right * SLICE + i]);
  }
}

void link_softmax(Link *k, int64_t sets, int64_t offset) {
  int64_t n = k->rows;
  double *sum = k->v;
  for (int64_t i = 0; i < n; i++) k->top[i] = offset ? 0 : k->eta[i];
  for (int64_t a = 0; a < sets; a++) greatest(k->top, k->eta + a * SLICE, n);
  if (k->edges)
    for (int64_t i = 0; i < n; i++) margins_of_row(k, sets, offset, i, &k->lo, &k->hi);
  start_loss(k, offset);
  memset(sum, 0, (size_t)n * sizeof *sum);
  if (offset) subtract(sum, k->top, n), fmath_exp_n(sum, sum, n);
  for (int64_t a = 0; a < sets; a++) {
    double *e = k->eta + a * SLICE;
    subtract(e, k->top, n);
    fmath_exp_n(e, e, n);
    add(sum, e, n);
  }
  for (int64_t a = 0; a < sets; a++) {
    double *p = k->eta + a * SLICE, *r = k->r + a * SLICE;
    divide(p, sum, n);
    residual(r, p, k->y, (double)(a + offset), n);
    if (k->weight) multiply(r, k->weight, n);
    clear_rest(r, n);
  }
  fmath_log_n(sum, sum, n);
  add(k->loss, sum, n);
  if (k->weight) multiply(k->loss, k->weight, n);
  clear_rest(k->loss, n);
}
