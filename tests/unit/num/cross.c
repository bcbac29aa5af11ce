// Products of columns of small whole numbers, which are exact in any order, against plain loops; the eigenvalues of a
// Hilbert matrix against eigen() of R 4.2.2.
#include "check.h"

#include "base/pool.h"
#include "base/rng.h"
#include "num/num.h"

#include <stdlib.h>

typedef struct Made {
  int64_t p, left, right;
  bool whole;
} Made;

static double value_at(const Made *m, int64_t row, int64_t j) {
  uint64_t mixed = (uint64_t)row * 2654435761u + (uint64_t)j * 40503u;
  double v = (double)(int)(mixed >> 7 & 63) - 30;
  return m->whole ? v : v / 7;
}

static void fill(const void *ctx, int64_t row, int64_t rows, double *left, double *right) {
  const Made *m = ctx;
  int64_t wide = m->left > m->p ? m->left : m->p;
  for (int64_t j = 0; j < wide; j++)
    for (int64_t i = 0; i < rows; i++) left[j * CROSS_ROWS + i] = value_at(m, row + i, j);
  for (int64_t j = 0; j < m->right; j++)
    for (int64_t i = 0; i < rows; i++) right[j * CROSS_ROWS + i] = value_at(m, row + i, 100 + j);
}

static double dot(const Made *m, int64_t n, int64_t a, int64_t b) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += value_at(m, i, a) * value_at(m, i, b);
  return sum;
}

TEST(products_of_whole_numbers_are_exact) {
  static const int64_t rows[] = {0, 1, 255, 256, 257, NUM_BLOCK, NUM_BLOCK + 5, 3 * NUM_BLOCK + 300};
  static const int64_t shape[][3] = {{1, 0, 0}, {3, 0, 0}, {4, 4, 1}, {5, 11, 5}, {9, 9, 3}};
  double gram[81], cross[99];
  for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
    for (size_t s = 0; s < sizeof shape / sizeof *shape; s++) {
      Made m = {shape[s][0], shape[s][1], shape[s][2], true};
      Cross c = {rows[r], m.p, m.left, m.right, fill, &m};
      assert_int_equal(cross_products(NULL, &c, gram, cross, NULL), OK);
      for (int64_t i = 0; i < m.p; i++)
        for (int64_t j = 0; j < m.p; j++) assert_near(gram[i * m.p + j], dot(&m, rows[r], i, j), 0);
      for (int64_t i = 0; i < m.left; i++)
        for (int64_t j = 0; j < m.right; j++) assert_near(cross[i * m.right + j], dot(&m, rows[r], i, 100 + j), 0);
    }
}

TEST(the_bits_do_not_depend_on_threads) {
  static const int threads[] = {1, 2, 3, 7};
  double first[49], gram[49];
  Made m = {7, 0, 0, false};
  for (int k = 0; k < 4; k++) {
    Job job = {.pool = pool_new(threads[k])};
    Cross c = {40 * NUM_BLOCK + 77, 7, 0, 0, fill, &m};
    assert_int_equal(cross_products(&job, &c, k ? gram : first, NULL, NULL), OK);
    if (k) assert_memory_equal(gram, first, sizeof first);
    pool_free(job.pool);
  }
}

TEST(it_stops_when_told_and_keeps_to_the_budget) {
  Made m = {400, 0, 0, true};
  double *gram = malloc(400 * 400 * sizeof *gram);
  Cross c = {100000, 400, 0, 0, fill, &m};
  Job job = {.cancel = true}, tight = {.memory = 1};
  assert_int_equal(cross_products(&job, &c, gram, NULL, NULL), ERR_CANCELLED);
  assert_int_equal(cross_products(&tight, &c, gram, NULL, NULL), ERR_MEMORY);
  free(gram);
}

TEST(eigenvalues_of_a_hilbert_matrix) {
  static const double want[] = {1.5002142800592426, 0.1691412202214494, 0.0067382736057605861, 9.6702304022592756e-05};
  double a[16], keep[16], value[4], v[16];
  for (int i = 0; i < 16; i++) a[i] = keep[i] = 1.0 / (i / 4 + i % 4 + 1);
  eigen_sym(a, 4, value, v);
  for (int k = 0; k < 4; k++) {
    int near = 0;
    for (int w = 0; w < 4; w++) near = fabs(value[k] - want[w]) < fabs(value[k] - want[near]) ? w : near;
    assert_near(value[k] / want[near], 1, 1e-12);
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int j = 0; j < 4; j++) sum += keep[i * 4 + j] * v[j * 4 + k];
      assert_near(sum, value[k] * v[i * 4 + k], 1e-15);
    }
  }
}

RUN(CASE(products_of_whole_numbers_are_exact), CASE(the_bits_do_not_depend_on_threads),
    CASE(it_stops_when_told_and_keeps_to_the_budget), CASE(eigenvalues_of_a_hilbert_matrix))
