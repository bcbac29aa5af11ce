// Ordered target statistics: the rows are put in a random order, and each is encoded by the rows of its level before it
// alone, so that no row's target has a say in its own number. Orders are keyed by the seed. Sums run over chunks of the
// order at once: each chunk's own sums first, then what stands before each chunk, then the rows of each chunk. O(n) an
// order beside the sort.
// Reference: Prokhorenkova et al., CatBoost: unbiased boosting with categorical features, NeurIPS 2018.
#include "prep/target_int.h"

#include "base/pool.h"
#include "base/rng.h"

#include <stdio.h>
#include <string.h>

typedef struct Running {
  const Goal *g;
  const Codes *codes;
  const Part *prior;
  double m, share; // share: of one order
  const int64_t *row;
  int64_t width, size, grain;
  double *sum; // chunk x slot x width: the weights, then a sum for each number
  uint64_t *key;
  RngKey rng;
  double *const *out;
} Running;

static void make_keys(void *ctx, int64_t begin, int64_t end) {
  const Running *t = ctx;
  for (int64_t i = begin; i < end; i++) t->key[i] = rng_u64(t->rng, (uint64_t)i, 0);
}

static void add_row(const Running *t, int64_t i, double *at) {
  const Goal *g = t->g;
  double w = g->weight ? g->weight[i] : 1;
  at[0] += w;
  if (!g->nclass) at[1] += w * (g->y[i] - g->centre);
  else if ((int64_t)g->y[i] >= g->first) at[1 + (int64_t)g->y[i] - g->first] += w;
}

static void sum_chunk(void *ctx, int64_t begin, int64_t end) {
  const Running *t = ctx;
  double *own = t->sum + begin / t->grain * t->size;
  for (int64_t k = begin; k < end; k++) {
    int64_t i = t->row[k];
    add_row(t, i, own + (codes_at(t->codes, i) + 1) * t->width);
  }
}

// Each chunk's sums become those of the chunks before it.
static void before_chunks(const Running *t, int64_t chunks) {
  for (int64_t s = 0; s < t->size; s++) {
    double before = 0;
    for (int64_t c = 0; c < chunks; c++) {
      double own = t->sum[c * t->size + s];
      t->sum[c * t->size + s] = before;
      before += own;
    }
  }
}

static void encode_chunk(void *ctx, int64_t begin, int64_t end) {
  const Running *t = ctx;
  double *own = t->sum + begin / t->grain * t->size;
  for (int64_t k = begin; k < end; k++) {
    int64_t i = t->row[k];
    double *at = own + (codes_at(t->codes, i) + 1) * t->width;
    for (int64_t o = 0; o < t->g->nout; o++)
      t->out[o][i] += t->share * target_blend(t->g, t->prior[o], (Part){at[0], at[1 + o], 0}, t->m);
    add_row(t, i, at);
  }
}

static void one_order(Job *job, Running *t) {
  int64_t n = t->g->n, chunks = (n + t->grain - 1) / t->grain;
  memset(t->sum, 0, (size_t)(chunks * t->size) * sizeof *t->sum);
  par_for(job, n, t->grain, sum_chunk, t);
  before_chunks(t, chunks);
  par_for(job, n, t->grain, encode_chunk, t);
}

static ErrCode all_orders(Job *job, Running *t, int64_t *row, int64_t permutations, uint64_t seed, Err *err) {
  for (int64_t p = 0; p < permutations; p++) {
    char stage[40];
    snprintf(stage, sizeof stage, "target.order.%lld", (long long)p);
    t->rng = rng_key(seed, stage);
    TRY(job_tick(job, p, permutations, err));
    par_for(job, t->g->n, STEP_GRAIN, make_keys, t);
    TRY(order_keys(job, t->key, t->g->n, false, row, err));
    one_order(job, t);
  }
  return OK;
}

ErrCode target_ordered(Job *job, const Goal *g, const Codes *k, const Part *prior, double m, const int64_t *given,
                       int64_t permutations, uint64_t seed, double *const *out, Err *err) {
  if (given) permutations = 1;
  Running t = {.g = g, .codes = k, .prior = prior, .m = m, .share = 1 / (double)permutations, .width = 1 + g->nout};
  t.size = (k->n + 1) * t.width, t.grain = target_grain(g->n, t.size), t.out = out;
  int64_t chunks = (g->n + t.grain - 1) / t.grain, sums = chunks * t.size * (int64_t)sizeof *t.sum;
  TRY(job_need(job, g->n * 16 + sums, "prep.target", err));
  int64_t *row = mem_new((size_t)g->n * sizeof *row);
  t.row = given ? given : row, t.sum = mem_new((size_t)sums), t.key = mem_new((size_t)g->n * sizeof *t.key);
  bool got = row && t.sum && t.key;
  ErrCode code = got ? OK : err_set(err, ERR_MEMORY, "prep.target: no memory for %lld rows", (long long)g->n);
  for (int64_t o = 0; o < g->nout && got; o++) memset(out[o], 0, (size_t)g->n * sizeof **out);
  if (code == OK && given) one_order(job, &t);
  else if (code == OK) code = all_orders(job, &t, row, permutations, seed, err);
  mem_free(row);
  mem_free(t.sum);
  mem_free(t.key);
  return code;
}
