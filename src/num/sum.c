// Sums whose bits do not depend on threads or instruction set: element i of a block goes to lane i mod 8, lanes meet
// in one order, and block sums meet in a fixed binary tree. Besides being reproducible this is pairwise summation:
// the error grows with NUM_BLOCK / 8 + log2(n), not with n.
#include "num/num_int.h"

typedef struct Rows {
  const double *x, *y;
} Rows;

NUM_CLONES static double block_sum(const double *x, int64_t n) {
  Lanes a = {0};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) a += *(const Lanes *)(x + i);
  double lane[LANES];
  *(Lanes *)lane = a;
  for (int64_t l = 0; i + l < n; l++) lane[l] += x[i + l];
  return lanes_sum(lane);
}

NUM_CLONES static double block_dot(const double *x, const double *y, int64_t n) {
  Lanes a = {0};
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) a += *(const Lanes *)(x + i) * *(const Lanes *)(y + i);
  double lane[LANES];
  *(Lanes *)lane = a;
  for (int64_t l = 0; i + l < n; l++) lane[l] += x[i + l] * y[i + l];
  return lanes_sum(lane);
}

static void part_sum(const void *ctx, int64_t begin, int64_t end, void *part) {
  const Rows *r = ctx;
  *(double *)part = block_sum(r->x + begin, end - begin);
}

static void part_dot(const void *ctx, int64_t begin, int64_t end, void *part) {
  const Rows *r = ctx;
  *(double *)part = block_dot(r->x + begin, r->y + begin, end - begin);
}

static void merge_sum(void *into, const void *part) { *(double *)into += *(const double *)part; }

double sum_f64(Job *job, const double *x, int64_t n) {
  double s;
  reduce_blocks(job, n, sizeof s, part_sum, merge_sum, &(Rows){x, NULL}, &s);
  return s;
}

double sum_dot(Job *job, const double *x, const double *y, int64_t n) {
  double s;
  reduce_blocks(job, n, sizeof s, part_dot, merge_sum, &(Rows){x, y}, &s);
  return s;
}

void sum_tree(double *part, int64_t m, int64_t width) {
  for (int64_t stride = 1; stride < m; stride *= 2)
    for (int64_t i = 0; i + stride < m; i += 2 * stride)
      for (int64_t j = 0; j < width; j++) part[i * width + j] += part[(i + stride) * width + j];
}

// How many exponents are all ones; without a way out, so that it is done in vectors.
NUM_CLONES static uint64_t count_non_finite(const uint64_t *bits, int64_t n) {
  const uint64_t ones = 0x7FF0000000000000;
  uint64_t found = 0;
  for (int64_t i = 0; i < n; i++) found += (bits[i] & ones) == ones;
  return found;
}

bool sum_is_finite(const double *x, int64_t n) {
  for (int64_t i = 0; i < n; i += NUM_BLOCK)
    if (count_non_finite((const uint64_t *)(x + i), n - i < NUM_BLOCK ? n - i : NUM_BLOCK)) return false;
  return true;
}
