// How well a model of two classes orders rows that it has not seen; the class is the last column.
#pragma once
#include "bench/bench.h"
#include "model/model.h"
#include "num/num.h"

static inline double auc_of(const Model *m, const Frame *d, double *seconds) {
  int64_t n = frame_nrow(d);
  double *score, sum = 0, ones = 0;
  Err err = {0};
  double start = now();
  must(model_scores(&JOB, m, d, &score, &err), &err);
  *seconds = now() - start;
  Mat rank = {0};
  must(mat_new(&JOB, n, 1, "ranks", &rank, &err), &err);
  must(rank_average(&JOB, score + n, n, rank.x, &err), &err);
  const Column *y = frame_at(d, frame_ncol(d) - 1);
  for (int64_t i = 0; i < n; i++) sum += y->b[i] ? rank.x[i] : 0, ones += y->b[i];
  mat_free(&rank);
  mem_free(score);
  return (sum - ones * (ones + 1) / 2) / (ones * ((double)n - ones));
}
