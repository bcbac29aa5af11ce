// Rows drawn without replacement: the first n places of a keyed Fisher-Yates shuffle of all row numbers, in row order.
// Draw i swaps places i and j >= i, and place i is never touched again. A large sample shuffles a list of all rows and
// marks what it draws; a small one remembers only the places that a swap has changed, in a hash table, so that ten rows
// of ten million cost ten steps. Both draw the same rows.
#include "frame/frame_int.h"

#include "base/rng.h"
#include "frame/verbs.h"
#include "num/num.h"

enum { SPARSE = 16, DRAWS = 256 }; // a sample of less than 1 / SPARSE of the rows is small

// ---- a large sample -----------------------------------------------------------------------------------------------
// Draws are made some at a time, so that memory can be asked for their places ahead.
static ErrCode draw_dense(Job *job, RngKey key, int64_t n, uint32_t *row, int64_t nrow, uint64_t *drawn, Err *err) {
  int64_t place[DRAWS];
  for (int64_t i = 0; i < n; i += DRAWS) {
    int64_t m = n - i < DRAWS ? n - i : DRAWS;
    TRY(job_tick(job, i, n, err));
    for (int64_t k = 0; k < m; k++) {
      place[k] = i + k + rng_below(key, (uint64_t)(i + k), 0, nrow - i - k);
      __builtin_prefetch(row + place[k], 1);
    }
    for (int64_t k = 0; k < m; k++) {
      uint32_t v = row[place[k]];
      row[place[k]] = row[i + k];
      drawn[v >> 6] |= (uint64_t)1 << (v & 63);
    }
  }
  return OK;
}

static void list_drawn(const uint64_t *drawn, int64_t nrow, uint32_t *row) {
  for (int64_t w = 0; w < (nrow + 63) / 64; w++)
    for (uint64_t bits = drawn[w]; bits; bits &= bits - 1) *row++ = (uint32_t)(w * 64 + __builtin_ctzll(bits));
}

static ErrCode sample_dense(Job *job, const Frame *f, int64_t n, RngKey key, Frame **out, Err *err) {
  int64_t nrow = frame_nrow(f);
  size_t words = (size_t)(nrow + 63) / 64;
  TRY(job_need(job, nrow * 4 + nrow / 8, "a list of rows", err));
  uint32_t *row = mem_new((size_t)nrow * sizeof *row);
  uint64_t *drawn = mem_new(words * sizeof *drawn);
  ErrCode code = row && drawn ? OK : out_of_memory("a list of rows", err);
  if (code == OK) {
    for (int64_t i = 0; i < nrow; i++) row[i] = (uint32_t)i;
    memset(drawn, 0, words * sizeof *drawn);
    code = draw_dense(job, key, n, row, nrow, drawn, err);
  }
  if (code == OK) {
    list_drawn(drawn, nrow, row);
    code = frame_take(job, f, &(Rows){.narrow = row, .n = n}, out, err);
  }
  mem_free(row);
  mem_free(drawn);
  return code;
}

// ---- a small sample -----------------------------------------------------------------------------------------------
typedef struct Moved { // what a swap has put at a place; place -1: a free slot
  int64_t place, row;
} Moved;

static Moved *moved_at(Moved *table, uint64_t mask, int64_t place) {
  uint64_t i = (uint64_t)place * 0x9E3779B97F4A7C15u >> 20 & mask;
  while (table[i].place >= 0 && table[i].place != place) i = (i + 1) & mask;
  return &table[i];
}

static ErrCode draw_sparse(Job *job, RngKey key, int64_t n, int64_t nrow, Moved *table, uint64_t mask, int64_t *row,
                           Err *err) {
  for (int64_t i = 0; i < n; i++) {
    if (i % (1 << 16) == 0) TRY(job_tick(job, i, n, err));
    int64_t j = i + rng_below(key, (uint64_t)i, 0, nrow - i);
    const Moved *here = moved_at(table, mask, i);
    int64_t at_i = here->place < 0 ? i : here->row;
    Moved *there = moved_at(table, mask, j);
    row[i] = there->place < 0 ? j : there->row;
    *there = (Moved){j, at_i};
  }
  return OK;
}

static ErrCode sample_sparse(Job *job, const Frame *f, int64_t n, RngKey key, Frame **out, Err *err) {
  uint64_t slots = 16;
  while (slots < 2 * (uint64_t)n) slots *= 2;
  TRY(job_need(job, n * 16 + (int64_t)(slots * sizeof(Moved)), "a list of rows", err));
  Moved *table = mem_new(slots * sizeof *table);
  int64_t *row = mem_new((size_t)n * 2 * sizeof *row);
  ErrCode code = table && row ? OK : out_of_memory("a list of rows", err);
  KeyRows keys = {.key = (uint64_t *)row, .key2 = (uint64_t *)row + n, .n = n};
  if (code == OK) {
    memset(table, 0xFF, slots * sizeof *table);
    code = draw_sparse(job, key, n, frame_nrow(f), table, slots - 1, row, err);
  }
  if (code == OK) code = order_rows(job, &keys, err);
  if (code == OK) code = frame_gather(job, f, row, n, out, err);
  mem_free(table);
  mem_free(row);
  return code;
}

ErrCode frame_sample(Job *job, const Frame *f, int64_t n, uint64_t seed, Frame **out, Err *err) {
  int64_t nrow = frame_nrow(f);
  if (n < 0 || n > nrow)
    return err_set(err, ERR_ARG, "sample: %lld rows were asked, the frame has %lld", (long long)n, (long long)nrow);
  RngKey key = rng_key(seed, "sample");
  bool dense = n > nrow / SPARSE && nrow <= UINT32_MAX;
  return dense ? sample_dense(job, f, n, key, out, err) : sample_sparse(job, f, n, key, out, err);
}
