// Orders of columns for rank correlations: a radix argsort for each column once, one column a task, so that a matrix of
// p columns costs p sorts and not p^2. A pair whose columns miss different rows walks an order and leaves rows out,
// which needs no sort either.
#include "stats/corr_rank.h"

#include "base/pool.h"
#include "base/simd.h"

#include <stdlib.h>
#include <string.h>

// ---- one column ---------------------------------------------------------------------------------------------------
static uint64_t key_at(const Column *c, int64_t row) {
  return c->type == COL_F64 ? order_key_f64(c->f[row]) : order_key_f64(col_f64(c, row));
}

CLONES static void keys_of_reals(const double *x, int64_t n, uint64_t *key) {
  for (int64_t i = 0; i < n; i++) {
    double v = x[i] + 0.0; // no -0.0
    uint64_t b;
    memcpy(&b, &v, sizeof b);
    b ^= (uint64_t)((int64_t)b >> 63) | (uint64_t)1 << 63;
    key[i] = v != v ? UINT64_MAX : b;
  }
}

// The keys of the rows that are there, and in `row` which ones they are.
static int64_t read_keys(const Column *c, const uint64_t *valid, uint64_t *key, uint32_t *row) {
  int64_t k = 0;
  bool whole = c->type != COL_F64 && col_width(c) == sizeof(int64_t);
  if (c->type == COL_F64 && !valid) {
    keys_of_reals(c->f, c->n, key);
    return c->n;
  }
  for (int64_t i = 0; i < c->n; i++) {
    key[k] = whole ? order_key_i64(c->i[i]) : key_at(c, i), row[k] = (uint32_t)i;
    k += corr_has(valid, i);
  }
  return k;
}

static int64_t count_nan(const uint64_t *key, int64_t n) {
  int64_t k = 0;
  for (int64_t i = 0; i < n; i++) k += key[i] == UINT64_MAX;
  return k;
}

// room: for 32 bytes a row.
static ErrCode rank_column(const RankedIn *in, int64_t j, uint64_t *room) {
  const Column *c = frame_at(in->s->f, (int)j);
  const uint64_t *valid = in->s->valid[j];
  Ranked *out = &in->col[j];
  uint32_t *row = (uint32_t *)(room + c->n);
  RankIn r = {.key = room,
              .row = valid ? row : NULL,
              .real = col_width(c) != sizeof(int64_t) || c->type == COL_F64,
              .doubled = in->doubled,
              .scratch = room + c->n + (c->n + 1) / 2,
              .order = out->order,
              .rank = out->rank};
  r.n = out->m = read_keys(c, valid, room, row);
  out->numbers = c->type == COL_F64 ? r.n - count_nan(room, r.n) : r.n;
  Err err;
  ErrCode code = order_ranks(&r, &err);
  out->ties = r.ties;
  return code;
}

// ---- all columns --------------------------------------------------------------------------------------------------
typedef struct RankTasks {
  const RankedIn *in;
  int64_t first;
  ErrCode *code; // of each task of the batch, and ...
  uint64_t *key; // ... room for its keys
  int64_t room;
} RankTasks;

static void rank_columns(void *ctx, int64_t begin, int64_t end) {
  const RankTasks *t = ctx;
  for (int64_t k = begin; k < end; k++) t->code[k] = rank_column(t->in, t->first + k, t->key + k * t->room);
}

static int threads_of(const Job *job) { return job && job->pool ? pool_threads(job->pool) : 1; }

static ErrCode no_memory(const CorrIn *s, Err *err) {
  return err_set(err, ERR_MEMORY, "%s: the system has no memory for the order of %lld rows", s->owner, (long long)s->n);
}

static ErrCode rank_all(const RankedIn *in, Err *err) {
  const CorrIn *s = in->s;
  int64_t threads = threads_of(s->job), room = 4 * s->n + 16;
  if (threads > s->p) threads = s->p;
  TRY(job_need(s->job, threads * room * 8, s->owner, err));
  uint64_t *key = mem_new((size_t)(threads * room) * 8 + 64);
  if (!key) return no_memory(s, err);
  ErrCode *code = calloc((size_t)threads, sizeof *code);
  if (!code) abort();
  RankTasks t = {in, 0, code, key, room};
  ErrCode all = OK;
  for (; t.first < s->p && all == OK; t.first += threads) {
    all = job_tick(s->job, t.first, s->p, err);
    int64_t tasks = s->p - t.first < threads ? s->p - t.first : threads;
    if (all == OK) par_for(s->job, tasks, 1, rank_columns, &t);
    for (int64_t k = 0; k < tasks && all == OK; k++)
      if (code[k] != OK) all = no_memory(s, err);
  }
  mem_free(key);
  free(code);
  return all;
}

ErrCode ranked_in(const CorrIn *s, bool doubled, bool ordered, RankedIn *out, Err *err) {
  *out = (RankedIn){.s = s, .doubled = doubled, .col = calloc((size_t)s->p, sizeof(Ranked))};
  if (!out->col) abort();
  if (s->n > INT32_MAX)
    return err_set(err, ERR_SHAPE, "%s: %lld rows, at most %d can be put in order: take fewer", s->owner,
                   (long long)s->n, INT32_MAX);
  int64_t parts = ordered ? 2 : 1;
  TRY(job_need(s->job, s->p * s->n * parts * 4, s->owner, err));
  out->room = mem_new((size_t)(s->p * s->n * parts) * 4 + 64);
  if (!out->room) return no_memory(s, err);
  for (int64_t j = 0; j < s->p; j++) {
    out->col[j].rank = out->room + parts * j * s->n;
    out->col[j].order = ordered ? out->col[j].rank + s->n : NULL;
  }
  return rank_all(out, err);
}

void ranked_fini(RankedIn *r) {
  free(r->col);
  mem_free(r->room);
}

bool ranked_nan(const RankedIn *r, int64_t i, int64_t j) {
  for (int side = 0; side < 2; side++) {
    const Ranked *c = &r->col[side ? j : i];
    if (!c->order && c->numbers < c->m) return true; // the two share their rows
    const uint64_t *valid = r->s->valid[side ? i : j];
    for (int64_t k = c->numbers; k < c->m; k++)
      if (corr_has(valid, c->order[k])) return true;
  }
  return false;
}

// ---- pairs --------------------------------------------------------------------------------------------------------
typedef struct PairTasks {
  int64_t (*list)[2];
  int64_t first;
  RankedPair fn;
  void *ctx;
  uint32_t *room;
  int64_t scratch;
} PairTasks;

static void run_pairs(void *ctx, int64_t begin, int64_t end) {
  const PairTasks *t = ctx;
  for (int64_t k = begin; k < end; k++)
    t->fn(t->ctx, t->list[t->first + k][0], t->list[t->first + k][1], t->room + k * t->scratch);
}

ErrCode ranked_pairs(const CorrIn *s, int64_t scratch, bool (*skip)(const void *ctx, int64_t i, int64_t j),
                     RankedPair fn, void *ctx, Err *err) {
  enum { ROWS = 1 << 17 }; // rows of a batch at least, when pairs are short
  int64_t npair = 0, batch = threads_of(s->job);
  if (batch * s->n < ROWS) batch = ROWS / (s->n + 1) + 1;
  if (batch > s->p * (s->p + 1) / 2) batch = s->p * (s->p + 1) / 2;
  TRY(job_need(s->job, batch * scratch * 4, s->owner, err));
  PairTasks t = {calloc((size_t)(s->p * s->p), sizeof *t.list), 0, fn, ctx, NULL, scratch};
  if (!t.list) abort();
  for (int64_t i = 0; i < s->p; i++)
    for (int64_t j = 0; j <= i; j++)
      if (!skip || !skip(ctx, i, j)) t.list[npair][0] = i, t.list[npair++][1] = j;
  ErrCode code = OK;
  if (npair && !(t.room = mem_new((size_t)(batch * scratch) * 4 + 64))) code = no_memory(s, err);
  for (; t.first < npair && code == OK; t.first += batch) {
    code = job_tick(s->job, t.first, npair, err);
    if (code == OK) par_for(s->job, npair - t.first < batch ? npair - t.first : batch, 1, run_pairs, &t);
  }
  mem_free(t.room);
  free(t.list);
  return code;
}
