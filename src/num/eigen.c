// Eigenvalues and vectors of a small symmetric matrix by Jacobi's rotations, by rows, until nothing is left off the
// diagonal (Golub & Van Loan, 8.5). Slow for large p and accurate for small eigenvalues. O(p^3) a sweep, some 8 sweeps.
#include "num/num_int.h"

#include <math.h>

enum { SWEEPS = 60 };

static void rotate(double *a, double *v, int64_t p, int64_t i, int64_t j) {
  double theta = (a[j * p + j] - a[i * p + i]) / (2 * a[i * p + j]);
  double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1)), c = 1 / sqrt(t * t + 1), s = t * c;
  for (int64_t k = 0; k < p; k++) {
    double x = a[k * p + i], y = a[k * p + j];
    a[k * p + i] = c * x - s * y, a[k * p + j] = s * x + c * y;
  }
  for (int64_t k = 0; k < p; k++) {
    double x = a[i * p + k], y = a[j * p + k];
    a[i * p + k] = c * x - s * y, a[j * p + k] = s * x + c * y;
    x = v[k * p + i], y = v[k * p + j];
    v[k * p + i] = c * x - s * y, v[k * p + j] = s * x + c * y;
  }
  a[i * p + j] = a[j * p + i] = 0;
}

void eigen_sym(double *a, int64_t p, double *value, double *v) {
  for (int64_t k = 0; k < p * p; k++) v[k] = k % (p + 1) == 0;
  for (int sweep = 0, left = 1; left && sweep < SWEEPS; sweep++) {
    left = 0;
    for (int64_t i = 0; i < p; i++)
      for (int64_t j = i + 1; j < p; j++) {
        if (fabs(a[i * p + j]) <= 1e-17 * sqrt(fabs(a[i * p + i])) * sqrt(fabs(a[j * p + j]))) continue;
        rotate(a, v, p, i, j), left = 1;
      }
  }
  for (int64_t k = 0; k < p; k++) value[k] = a[k * p + k];
}
