// The rows that a condition keeps. No column of conditions is made: each block becomes one bit a row, chunks are
// counted, and each chunk writes its row numbers behind those of the chunks before it. A row is kept when the
// condition is true, so missing counts as false, and `and` and `or` are those of bits: the right side is computed only
// for blocks that the left one leaves open.
#include "frame/expr_int.h"

#include "base/pool.h"

enum { WORDS = EXPR_BLOCK / 64, CHUNK_WORDS = EXPR_CHUNK / 64 };

typedef struct Keep {
  const Job *job;
  Op *cond;
  uint64_t *bits;
  int64_t *count; // kept of each chunk; then where its rows begin
  int64_t *row;
  int64_t first;
  atomic_bool stopped;
} Keep;

static void block_bits(Worker *w, Op *op, int64_t begin, int m, uint64_t *bits);

// Whether a block is true throughout (want) or nowhere (not want).
static bool is_settled(const uint64_t *bits, int m, bool want) {
  uint64_t differ = 0, all = want ? UINT64_MAX : 0;
  for (int k = 0; k < m / 64; k++) differ |= bits[k] ^ all;
  if (m % 64) differ |= (bits[m / 64] ^ all) & ((1ull << (m % 64)) - 1);
  return !differ;
}

static void join_bits(Worker *w, Op *op, int64_t begin, int m, uint64_t *bits) {
  bool either = op->kernel == expr_or;
  uint64_t right[WORDS];
  block_bits(w, op->arg[0], begin, m, bits);
  if (is_settled(bits, m, either)) return;
  block_bits(w, op->arg[1], begin, m, right);
  for (int k = 0; k < (m + 63) / 64; k++) bits[k] = either ? bits[k] | right[k] : bits[k] & right[k];
}

static void block_bits(Worker *w, Op *op, int64_t begin, int m, uint64_t *bits) {
  if (op->kind == OP_CALL && (op->kernel == expr_and || op->kernel == expr_or)) {
    join_bits(w, op, begin, m, bits);
    return;
  }
  Vec v = worker_eval(w, op, begin, m, NULL);
  vec_bits(v.b, m, bits);
  if (!v.ok) return;
  uint64_t here[WORDS];
  vec_bits(v.ok, m, here);
  for (int k = 0; k < (m + 63) / 64; k++) bits[k] &= here[k];
}

static void bits_chunk(void *ctx, int64_t begin, int64_t end) {
  Keep *keep = ctx;
  Worker w;
  worker_init(&w, keep->cond, NULL, NULL);
  int64_t kept = 0, stop = keep->first + end;
  for (int64_t i = keep->first + begin; i < stop; i += EXPR_BLOCK) {
    if (expr_is_stopped(keep->job, &keep->stopped)) break;
    int m = stop - i < EXPR_BLOCK ? (int)(stop - i) : EXPR_BLOCK;
    uint64_t *bits = keep->bits + i / 64;
    block_bits(&w, keep->cond, i, m, bits);
    for (int k = 0; k < (m + 63) / 64; k++) kept += __builtin_popcountll(bits[k]);
    if (w.text.head) arena_fini(&w.text);
  }
  worker_fini(&w);
  keep->count[(keep->first + begin) / EXPR_CHUNK] = kept;
}

static void rows_chunk(void *ctx, int64_t begin, int64_t end) {
  Keep *keep = ctx;
  int64_t *row = keep->row + keep->count[begin / CHUNK_WORDS];
  for (int64_t k = begin; k < end; k++) {
    uint64_t bits = keep->bits[k];
    if (bits == UINT64_MAX)
      for (int i = 0; i < 64; i++) *row++ = k * 64 + i;
    else
      for (; bits; bits &= bits - 1) *row++ = k * 64 + __builtin_ctzll(bits);
  }
}

static ErrCode find_bits(Program *p, Keep *keep, int64_t n, Err *err) {
  for (keep->first = 0; keep->first < n; keep->first += EXPR_ROUND) {
    TRY(job_tick(p->job, keep->first, n, err));
    par_for(p->job, n - keep->first < EXPR_ROUND ? n - keep->first : EXPR_ROUND, EXPR_CHUNK, bits_chunk, keep);
    if (keep->stopped) return err_set(err, ERR_CANCELLED, "stopped");
  }
  return OK;
}

static ErrCode list_rows(Program *p, Keep *keep, int64_t n, int64_t *kept, Err *err) {
  *kept = 0;
  for (int64_t k = 0; k * EXPR_CHUNK < n; k++) {
    int64_t count = keep->count[k];
    keep->count[k] = *kept;
    *kept += count;
  }
  TRY(job_need(p->job, *kept * (int64_t)sizeof *keep->row, "a list of rows", err));
  keep->row = mem_new((size_t)*kept * sizeof *keep->row);
  if (!keep->row) return out_of_memory("a list of rows", err);
  par_for(p->job, (n + 63) / 64, CHUNK_WORDS, rows_chunk, keep);
  return OK;
}

ErrCode expr_rows(Program *p, Op *op, int64_t **row, int64_t *n, Err *err) {
  int64_t nrow = frame_nrow(p->frame), words = (nrow + 63) / 64, chunks = words / CHUNK_WORDS + 1;
  TRY(job_need(p->job, words * (int64_t)sizeof(uint64_t), "a list of rows", err));
  Keep keep = {.job = p->job, .cond = op, .count = arena_array(&p->arena, int64_t, chunks)};
  keep.bits = mem_new((size_t)words * sizeof *keep.bits);
  ErrCode code = keep.bits ? find_bits(p, &keep, nrow, err) : out_of_memory("a list of rows", err);
  if (code == OK) code = list_rows(p, &keep, nrow, n, err);
  if (code == OK) *row = keep.row, expr_note_overflow(p, op);
  mem_free(keep.bits);
  return code;
}
