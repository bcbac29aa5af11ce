// Values cut into 1024 buckets whose order is the order of the values: the first step of counting distinct values and
// of finding places among the sorted ones, both of which then go on inside a bucket, in cache.
// The borders between buckets are even either in value or in the leading bits of the keys, which suits values of many
// magnitudes. A sample of the values tells which of the two spreads them better, over all but the outermost of the
// sample; what lies outside falls into the first and the last bucket. Both maps rise with the value (a difference, a
// product and a truncation each do), so the buckets are in order however the map was chosen.
// Chunks of rows are counted and scattered on all threads; they are fixed, so is the order within a bucket.
#include "num/num_int.h"

#include "base/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  PIECE = 256,
  CHUNK = 1 << 15,
  CHUNKS = 256,
  REGION = 1 << 21,
  OUTER = 200
}; // 1 / OUTER of the sample at each end

static const int LAST = SPLIT_BUCKETS - 1;

// ---- which bucket -------------------------------------------------------------------------------------------------
typedef int64_t Masks __attribute__((vector_size(LANES * sizeof(int64_t))));
typedef int32_t Wholes __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef uint16_t Shorts __attribute__((vector_size(LANES * sizeof(uint16_t)), aligned(sizeof(uint16_t))));

// In vectors by hand: gcc 12 would carry the masks of both comparisons down to the 16-bit numbers.
NUM_CLONES static void buckets_by_value(const double *x, int64_t n, double lo, double scale, uint16_t *out) {
  int64_t i = 0;
  const Lanes most = (Lanes){0} + LAST;
  for (; i + LANES <= n; i += LANES) {
    Lanes t = (*(const Lanes *)(x + i) - lo) * scale;
    t = (Lanes)((Masks)t & (t > 0));
    t = (Lanes)(((Masks)t & (t < most)) | ((Masks)most & ~(t < most)));
    Wholes k = __builtin_convertvector(t, Wholes);
    *(Shorts *)(out + i) = __builtin_convertvector(k, Shorts);
  }
  for (; i < n; i++) {
    double t = (x[i] - lo) * scale;
    t = t > 0 ? t : 0;
    t = t < LAST ? t : LAST;
    out[i] = (uint16_t)(int)t;
  }
}

NUM_CLONES static void buckets_by_key(const double *x, int64_t n, uint64_t lo, int shift, uint16_t *out) {
  for (int64_t i = 0; i < n; i++) {
    uint64_t key = split_key(x[i]), t = (key > lo ? key - lo : 0) >> shift;
    out[i] = (uint16_t)(t < (uint64_t)LAST ? t : (uint64_t)LAST);
  }
}

static void find_buckets(const SplitMap *m, const double *x, int64_t n, uint16_t *out) {
  if (m->even) buckets_by_value(x, n, m->lo, m->scale, out);
  else buckets_by_key(x, n, m->key, m->shift, out);
}

static SplitMap map_of_keys(uint64_t lo, uint64_t hi) {
  int bits = hi > lo ? 64 - __builtin_clzll(hi - lo) : 0;
  return (SplitMap){.key = lo, .shift = bits > SPLIT_WIDTH ? bits - SPLIT_WIDTH : 0};
}

static SplitMap map_of_values(double lo, double hi) {
  double scale = SPLIT_BUCKETS / (hi - lo);
  return (SplitMap){.even = isfinite(hi - lo) && isfinite(scale) && scale > 0, .lo = lo, .scale = scale};
}

// Grows with the rows that share a bucket.
static int64_t crowding(const SplitMap *m, const double *x, int64_t n) {
  uint16_t bucket[SPLIT_SAMPLE];
  int64_t count[SPLIT_BUCKETS] = {0}, sum = 0;
  find_buckets(m, x, n, bucket);
  for (int64_t i = 0; i < n; i++) sum += ++count[bucket[i]];
  return sum;
}

SplitMap split_map(const double *sample, int64_t m) {
  double lo = sample[m / OUTER], hi = sample[m - 1 - m / OUTER];
  SplitMap by_key = map_of_keys(split_key(lo), split_key(hi)), by_value = map_of_values(lo, hi);
  if (!by_value.even) return by_key;
  return crowding(&by_value, sample, m) < crowding(&by_key, sample, m) ? by_value : by_key;
}

SplitMap split_map_exact(const double *x, int64_t n) {
  uint64_t lo = UINT64_MAX, hi = 0;
  for (int64_t i = 0; i < n; i++) {
    uint64_t key = split_key(x[i]);
    lo = key < lo ? key : lo;
    hi = key > hi ? key : hi;
  }
  SplitMap m = map_of_keys(lo, hi);
  m.same = lo == hi;
  return m;
}

// ---- counting and scattering --------------------------------------------------------------------------------------
static ErrCode in_regions(Job *job, Split *s, PoolFn fn, Err *err) {
  int64_t rows = s->grain < REGION ? REGION / s->grain * s->grain : s->grain;
  for (s->first = 0; s->first < s->n; s->first += rows) {
    TRY(job_tick(job, s->first, s->n, err));
    par_for(job, s->n - s->first < rows ? s->n - s->first : rows, s->grain, fn, s);
  }
  return OK;
}

// Four at a time: read together, the numbers of buckets do not wait for the counts that were just written.
static void count_buckets(const uint16_t *bucket, int64_t n, int64_t *count) {
  int64_t k = 0;
  for (; k + 4 <= n; k += 4) {
    uint16_t a = bucket[k], b = bucket[k + 1], c = bucket[k + 2], d = bucket[k + 3];
    count[a]++, count[b]++, count[c]++, count[d]++;
  }
  for (; k < n; k++) count[bucket[k]]++;
}

static void run_count(void *ctx, int64_t begin, int64_t end) {
  Split *s = ctx;
  int64_t *count = s->at + (s->first + begin) / s->grain * SPLIT_BUCKETS;
  uint16_t bucket[PIECE];
  memset(count, 0, SPLIT_BUCKETS * sizeof *count);
  for (int64_t i = s->first + begin; i < s->first + end; i += PIECE) {
    int64_t n = s->first + end - i < PIECE ? s->first + end - i : PIECE;
    find_buckets(&s->map, s->x + i, n, bucket);
    count_buckets(bucket, n, count);
  }
}

// Which are in one of the kept buckets, when those are few.
NUM_CLONES static void mark_few(const uint16_t *bucket, int64_t n, const uint16_t few[SPLIT_FEW], uint8_t *mark) {
  for (int64_t k = 0; k < n; k++) {
    uint16_t b = bucket[k], any = 0;
    for (int j = 0; j < SPLIT_FEW; j++) any |= b == few[j];
    mark[k] = (uint8_t)any;
  }
}

static void keep_some(const Split *s, const uint16_t *bucket, int64_t n, const double *x, int64_t *at) {
  uint8_t mark[PIECE] = {0};
  if (!s->is_few) {
    for (int64_t k = 0; k < n; k++)
      if (s->keep[bucket[k]]) s->to[at[bucket[k]]++] = x[k];
    return;
  }
  mark_few(bucket, n, s->few, mark);
  for (int64_t k = 0; k < n; k += 8) {
    uint64_t eight;
    memcpy(&eight, mark + k, sizeof eight);
    for (int64_t i = k; eight && i < k + 8; i++)
      if (mark[i]) s->to[at[bucket[i]]++] = x[i];
  }
}

static void run_scatter(void *ctx, int64_t begin, int64_t end) {
  Split *s = ctx;
  int64_t *at = s->at + (s->first + begin) / s->grain * SPLIT_BUCKETS;
  uint16_t bucket[PIECE];
  for (int64_t i = s->first + begin; i < s->first + end; i += PIECE) {
    int64_t n = s->first + end - i < PIECE ? s->first + end - i : PIECE;
    find_buckets(&s->map, s->x + i, n, bucket);
    if (s->all)
      for (int64_t k = 0; k < n; k++) s->to[at[bucket[k]]++] = s->x[i + k];
    else keep_some(s, bucket, n, s->x + i, at);
  }
}

ErrCode split_count(Job *job, const double *x, int64_t n, const SplitMap *map, Room *room, Split *s, Err *err) {
  int64_t least = (n + CHUNKS - 1) / CHUNKS;
  *s = (Split){.x = x, .n = n, .map = *map, .grain = least < CHUNK ? CHUNK : least};
  s->room = room ? room : &s->own;
  s->nchunk = (n + s->grain - 1) / s->grain;
  s->at = mem_new((size_t)s->nchunk * SPLIT_BUCKETS * sizeof *s->at);
  if (!s->at) return err_set(err, ERR_MEMORY, "no memory to order %lld values", (long long)n);
  TRY(in_regions(job, s, run_count, err));
  for (int64_t c = 0; c < s->nchunk; c++)
    for (int64_t d = 0; d < SPLIT_BUCKETS; d++) s->count[d] += s->at[c * SPLIT_BUCKETS + d];
  return OK;
}

// The kept buckets as a list, where they are few, filled up with the first.
static void list_few(Split *s) {
  int m = 0;
  for (int64_t d = 0; d < SPLIT_BUCKETS; d++) {
    if (s->keep[d] && m < SPLIT_FEW) s->few[m] = (uint16_t)d;
    m += s->keep[d];
  }
  s->is_few = m && m <= SPLIT_FEW;
  for (; s->is_few && m < SPLIT_FEW; m++) s->few[m] = s->few[0];
}

ErrCode split_scatter(Job *job, Split *s, Err *err) {
  int64_t kept = 0;
  list_few(s);
  s->all = true;
  for (int64_t d = 0; d < SPLIT_BUCKETS; d++) {
    s->start[d] = kept, s->all = s->all && s->keep[d];
    for (int64_t c = 0; c < s->nchunk && s->keep[d]; c++) {
      int64_t *at = &s->at[c * SPLIT_BUCKETS + d], count = *at;
      *at = kept, kept += count;
    }
  }
  int64_t bytes = kept * (int64_t)sizeof *s->to;
  if ((size_t)bytes > s->room->bytes) TRY(job_need(job, bytes, "ordering values", err));
  s->to = room_get(s->room, (size_t)kept * sizeof *s->to);
  if (!s->to) return err_set(err, ERR_MEMORY, "no memory to order %lld values", (long long)kept);
  return in_regions(job, s, run_scatter, err);
}

void split_fini(Split *s) {
  mem_free(s->at);
  room_fini(&s->own);
}
