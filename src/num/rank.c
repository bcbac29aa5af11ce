// Average ranks from a stable radix argsort: a run of equal keys at places i to j - 1 (0-based) shares the rank
// (i + 1 + j) / 2, exact in double for any n in memory.
#include "num/num_int.h"

#include "base/pool.h"

#include <string.h>

enum { GRAIN = 1 << 16 };

typedef struct Reading {
  const double *x;
  KeyRows *r;
} Reading;

static void run_keys(void *ctx, int64_t begin, int64_t end) {
  const Reading *d = ctx;
  for (int64_t i = begin; i < end; i++) d->r->key[i] = order_key_f64(d->x[i]), d->r->row[i] = (uint32_t)i;
}

static void share_ranks(const KeyRows *r, double *rank) {
  for (int64_t i = 0, j; i < r->n; i = j) {
    for (j = i + 1; j < r->n && r->key[j] == r->key[i];) j++;
    for (int64_t k = i; k < j; k++) rank[r->row[k]] = (double)(i + 1 + j) / 2;
  }
}

ErrCode rank_average(Job *job, const double *x, int64_t n, double *rank, Err *err) {
  TRY(job_need(job, n * 24, "ranking", err));
  uint64_t *scratch = mem_new((size_t)n * 24);
  if (!scratch) return err_set(err, ERR_MEMORY, "ranking: no memory for %lld rows", (long long)n);
  uint32_t *rows = (uint32_t *)(scratch + 2 * n);
  KeyRows r = {scratch, scratch + n, rows, rows + n, n};
  par_for(job, n, GRAIN, run_keys, &(Reading){x, &r});
  ErrCode code = order_rows(job, &r, err);
  if (code == OK) share_ranks(&r, rank);
  mem_free(scratch);
  return code;
}

ErrCode order_distinct_f64(Job *job, const double *x, int64_t n, int64_t *distinct, Err *err) {
  Tally tally;
  TRY(order_tally(job, x, n, TALLY_DISTINCT, NULL, 0, NULL, &tally, err));
  *distinct = tally.distinct;
  return OK;
}
