// Cholesky factors of small symmetric matrices (p up to a few thousand), column by column: column j is finished by
// subtracting multiples of the columns before it, a loop along contiguous memory with a fixed order of operations.
// p^3 / 3 multiply-adds. Reference: Golub and Van Loan, Matrix Computations, 4th ed., 4.2.
#include "num/num_int.h"

#include <math.h>
#include <string.h>

// c -= v[0] x0 + ... + v[3] x3 over n elements, in that order.
NUM_CLONES static void subtract4(double *restrict c, const double *restrict x, int64_t step, const double v[4],
                                 int64_t n) {
  const double *x0 = x, *x1 = x + step, *x2 = x + 2 * step, *x3 = x + 3 * step;
  for (int64_t i = 0; i < n; i++) c[i] = c[i] - v[0] * x0[i] - v[1] * x1[i] - v[2] * x2[i] - v[3] * x3[i];
}

NUM_CLONES static void subtract1(double *restrict c, const double *restrict x, double v, int64_t n) {
  for (int64_t i = 0; i < n; i++) c[i] -= v * x[i];
}

static void column_update(double *a, int64_t p, int64_t j) {
  double *c = a + j * p + j;
  int64_t k = 0, n = p - j;
  for (; k + 4 <= j; k += 4) {
    const double *row = a + k * p + j, v[4] = {row[0], row[p], row[2 * p], row[3 * p]};
    subtract4(c, row, p, v, n);
  }
  for (; k < j; k++) subtract1(c, a + k * p + j, a[k * p + j], n);
}

ErrCode chol_factor(double *a, int64_t p, double tol, int64_t *rank, Err *err) {
  for (int64_t j = 0; j < p; j++) {
    double *c = a + j * p, before = c[j];
    column_update(a, p, j);
    if (!(c[j] > tol * before && c[j] > 0)) {
      *rank = j;
      return err_set(err, ERR_NUMERIC,
                     "column %lld is a combination of the columns before it (pivot %.3g, of %.3g): drop it or add a "
                     "penalty",
                     (long long)j + 1, c[j], before);
    }
    double root = sqrt(c[j]);
    c[j] = root;
    for (int64_t i = j + 1; i < p; i++) c[i] /= root;
  }
  *rank = p;
  return OK;
}

void chol_solve(const double *l, int64_t p, double *b) {
  for (int64_t j = 0; j < p; j++) {
    b[j] /= l[j * p + j];
    subtract1(b + j + 1, l + j * p + j + 1, b[j], p - j - 1);
  }
  for (int64_t j = p - 1; j >= 0; j--)
    b[j] = (b[j] - sum_dot(NULL, l + j * p + j + 1, b + j + 1, p - j - 1)) / l[j * p + j];
}

// Column j of the inverse solves L L' x = e_j; its first j entries are known by symmetry.
void chol_inverse(const double *l, int64_t p, double *inv) {
  memset(inv, 0, (size_t)(p * p) * sizeof *inv);
  for (int64_t j = 0; j < p; j++) {
    inv[j * p + j] = 1;
    double *x = inv + j * p;
    for (int64_t k = j; k < p; k++) {
      x[k] /= l[k * p + k];
      subtract1(x + k + 1, l + k * p + k + 1, x[k], p - k - 1);
    }
    for (int64_t k = p - 1; k >= j; k--)
      x[k] = (x[k] - sum_dot(NULL, l + k * p + k + 1, x + k + 1, p - k - 1)) / l[k * p + k];
  }
  for (int64_t j = 0; j < p; j++)
    for (int64_t i = 0; i < j; i++) inv[j * p + i] = inv[i * p + j];
}
