// Sums over the rows of a resample, by how often each row occurs in it.
//
// How often the n rows occur among n draws with replacement is multinomial. Draws are split between the halves of the
// table, again and again, down to blocks of 4,096 rows: a split is binomial with the share of the rows on the left, and
// is drawn exactly, bit by bit: a fair bit of every draw is compared with the share's bit, and only the draws whose bit
// equals it stay undecided. In a block every draw is 12 bits, its row; the block's counts then multiply every column.
// So a draw costs about one nanosecond, of memory only blocks are touched, and the law of the sums is that of
// resampling the rows one by one.
// Random bits: xoshiro256++ (Blackman and Vigna 2021) in 8 lanes, seeded through Philox by replicate and block. Sums:
// 8 lanes within a block, blocks in sum_tree's tree. Nothing depends on threads.
#include "stats/boot_int.h"

#include "base/pool.h"
#include "base/simd.h"
#include "num/num.h"

#include <string.h>

enum { ROW_BITS = 12, BLOCK = 1 << ROW_BITS, PER_WORD = 64 / ROW_BITS, STORE = 64, DEEPEST = 64 };

// ---- random bits ----------------------------------------------------------------------------------------------------
typedef uint64_t Words __attribute__((vector_size(LANES * sizeof(uint64_t)), aligned(sizeof(uint64_t))));
typedef struct Bits {
  Words s[4];
  uint64_t word[STORE];
  int at;
} Bits;

static uint64_t splitmix(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return z ^ z >> 31;
}

static void bits_init(Bits *b, RngKey key, uint64_t row, uint64_t stream) {
  uint64_t seed = rng_u64(key, row, stream);
  for (int k = 0; k < 4; k++)
    for (int lane = 0; lane < LANES; lane++) b->s[k][lane] = splitmix(&seed);
  b->at = STORE;
}

#define ROTATED(x, k) ((x) << (k) | (x) >> (64 - (k)))

CLONES static void bits_fill(Bits *b) {
  Words s0 = b->s[0], s1 = b->s[1], s2 = b->s[2], s3 = b->s[3];
  for (int i = 0; i < STORE; i += LANES) {
    Words sum = s0 + s3, t = s1 << 17, out = ROTATED(sum, 23) + s0;
    memcpy(b->word + i, &out, sizeof out);
    s2 ^= s0, s3 ^= s1, s1 ^= s2, s0 ^= s3, s2 ^= t;
    s3 = ROTATED(s3, 45);
  }
  b->s[0] = s0, b->s[1] = s1, b->s[2] = s2, b->s[3] = s3;
  b->at = 0;
}

static inline uint64_t bits_word(Bits *b) {
  if (b->at == STORE) bits_fill(b);
  return b->word[b->at++];
}

static int64_t bits_ones(Bits *b, int64_t n) { // among n fair bits
  int64_t ones = 0;
  for (; n >= 64; n -= 64) ones += __builtin_popcountll(bits_word(b));
  return n ? ones + __builtin_popcountll(bits_word(b) >> (64 - n)) : ones;
}

// Draws that are below part / whole, both expanded in binary.
static int64_t binomial(Bits *b, int64_t n, int64_t part, int64_t whole) {
  int64_t hits = 0;
  if (part >= whole) return n;
  while (n > 0 && part > 0) {
    int64_t ones = bits_ones(b, n);
    part *= 2;
    if (part >= whole) hits += n - ones, n = ones, part -= whole;
    else n -= ones;
  }
  return hits;
}

int64_t count_binomial(RngKey key, uint64_t row, int64_t n, int64_t part, int64_t whole) {
  Bits b;
  bits_init(&b, key, row, UINT64_MAX - 1);
  return binomial(&b, n, part, whole);
}

// ---- how many draws each block gets ---------------------------------------------------------------------------------
typedef struct Batch {
  const CountSums *s;
  int64_t first, batch, nblock;
  int64_t *draws; // batch x nblock
  double *part;   // batch x nblock x m
} Batch;

static int64_t rows_of(const Batch *t, int64_t begin, int64_t end) {
  int64_t last = end * BLOCK < t->s->n ? end * BLOCK : t->s->n;
  return last - begin * BLOCK;
}

static void split_draws(void *ctx, int64_t begin, int64_t end) {
  const Batch *t = ctx;
  for (int64_t r = begin; r < end; r++) {
    struct {
      int64_t begin, end, draws;
    } piece[DEEPEST];
    Bits b;
    bits_init(&b, t->s->key, (uint64_t)(t->first + r), UINT64_MAX);
    int n = 0;
    piece[n].begin = 0, piece[n].end = t->nblock, piece[n++].draws = t->s->n;
    while (n > 0) {
      n--;
      int64_t lo = piece[n].begin, hi = piece[n].end, draws = piece[n].draws, mid = lo + (hi - lo + 1) / 2;
      if (hi - lo == 1) {
        t->draws[r * t->nblock + lo] = draws;
        continue;
      }
      int64_t left = binomial(&b, draws, rows_of(t, lo, mid), rows_of(t, lo, hi));
      piece[n].begin = mid, piece[n].end = hi, piece[n++].draws = draws - left;
      piece[n].begin = lo, piece[n].end = mid, piece[n++].draws = left;
    }
  }
}

// ---- within a block -------------------------------------------------------------------------------------------------
static void count_whole(Bits *b, int64_t draws, uint16_t *count) {
  for (; draws >= PER_WORD; draws -= PER_WORD) {
    uint64_t w = bits_word(b);
    for (int k = 0; k < PER_WORD; k++) count[w >> k * ROW_BITS & (BLOCK - 1)]++;
  }
  for (uint64_t w = draws ? bits_word(b) : 0; draws > 0; draws--, w >>= ROW_BITS) count[w & (BLOCK - 1)]++;
}

static void count_partial(Bits *b, int64_t draws, int64_t rows, uint16_t *count) { // a draw behind the end is none
  while (draws > 0) {
    uint64_t w = bits_word(b);
    for (int k = 0; k < PER_WORD && draws > 0; k++, w >>= ROW_BITS) {
      int64_t i = (int64_t)(w & (BLOCK - 1));
      if (i < rows) count[i]++, draws--;
    }
  }
}

CLONES static double weigh(const uint16_t *count, const double *x, int64_t n) {
  typedef uint16_t Few __attribute__((vector_size(LANES * sizeof(uint16_t)), aligned(sizeof(uint16_t))));
  typedef int32_t Ints __attribute__((vector_size(LANES * sizeof(int32_t))));
  Lanes sum = {0};
  double a[LANES];
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    Few few;
    Lanes v;
    memcpy(&few, count + i, sizeof few);
    memcpy(&v, x + i, sizeof v);
    sum += __builtin_convertvector(__builtin_convertvector(few, Ints), Lanes) * v;
  }
  memcpy(a, &sum, sizeof a);
  for (; i < n; i++) a[i % LANES] += (double)count[i] * x[i];
  return lanes_sum(a);
}

static void sum_block(void *ctx, int64_t begin, int64_t end) {
  const Batch *t = ctx;
  const CountSums *s = t->s;
  uint16_t count[BLOCK];
  Bits b;
  for (int64_t block = begin; block < end; block++) {
    int64_t rows = rows_of(t, block, block + 1);
    for (int64_t r = 0; r < t->batch; r++) {
      int64_t at = r * t->nblock + block;
      memset(count, 0, sizeof count);
      bits_init(&b, s->key, (uint64_t)(t->first + r), (uint64_t)block);
      if (rows == BLOCK) count_whole(&b, t->draws[at], count);
      else count_partial(&b, t->draws[at], rows, count);
      for (int64_t c = 0; c < s->m; c++) t->part[at * s->m + c] = weigh(count, s->x + c * s->n + block * BLOCK, rows);
    }
  }
}

ErrCode count_sums(const CountSums *s, int64_t first, int64_t batch, double *out, Err *err) {
  Batch t = {.s = s, .first = first, .batch = batch, .nblock = (s->n + BLOCK - 1) / BLOCK};
  int64_t cells = batch * t.nblock;
  TRY(job_need(s->job, cells * (1 + s->m) * 8, "bootstrap", err));
  t.draws = mem_new((size_t)cells * 8);
  t.part = mem_new((size_t)(cells * s->m) * 8);
  ErrCode code = t.draws && t.part ? OK : err_set(err, ERR_MEMORY, "bootstrap: the system has no memory left");
  if (code == OK) {
    par_for(s->job, batch, 1, split_draws, &t);
    par_for(s->job, t.nblock, 1, sum_block, &t);
    for (int64_t r = 0; r < batch; r++) {
      sum_tree(t.part + r * t.nblock * s->m, t.nblock, s->m);
      memcpy(out + r * s->m, t.part + r * t.nblock * s->m, (size_t)s->m * sizeof *out);
    }
  }
  mem_free(t.draws);
  mem_free(t.part);
  return code;
}
