// Sorting by 64-bit keys: radix from the leading bits down, stable, O(n). A range of rows is scattered into buckets by
// the leading bits of key - smallest key, which takes it out of memory's way into cache; each bucket is then narrowed
// the same way, from its own smallest and largest key, until insertion takes over. So bits that all keys of a range
// share cost nothing, equal keys are done at once, and keys of b bits need about b / 9 scatters at most, whatever
// stands in their lower bits.
// Long ranges are scattered by all threads: fixed chunks of rows count their keys, each chunk then knows its places in
// every bucket. Buckets that are still long are sorted one after the other the same way, the others as tasks. The
// order is the only stable one, so it does not depend on threads. A range in order already costs one read.
#include "num/num_int.h"

#include "base/pool.h"

#include <stdlib.h>
#include <string.h>

enum {
  FIRST = 10,       // bits of the scatter of a long range
  NARROW = 8,       // and of the ones in cache
  FEW = 24,         // rows for insertion
  LONG = 1 << 17,   // rows worth all threads
  CHUNK = 1 << 16,  // rows of a chunk, more in very long ranges
  CHUNKS = 256,     // most chunks
  REGION = 1 << 21, // rows between two looks at the cancel flag
};

static const uint64_t SIGN = (uint64_t)1 << 63;

static uint64_t bits_of(double v) {
  uint64_t b;
  memcpy(&b, &v, sizeof b);
  return b;
}

static uint64_t order_of_bits(uint64_t b) { return b & SIGN ? ~b : b | SIGN; }

uint64_t order_key_f64(double v) {
  if (v != v) return UINT64_MAX;
  return v == 0 ? SIGN : order_of_bits(bits_of(v));
}

uint64_t order_key_i64(int64_t v) { return (uint64_t)v ^ SIGN; }

// ---- a range in cache ---------------------------------------------------------------------------------------------
// Two places for the same rows; row and row2 are NULL for keys alone.
static KeyRows part_of(const KeyRows *r, int64_t first, int64_t n) {
  bool rows = r->row;
  return (KeyRows){r->key + first, r->key2 + first, rows ? r->row + first : NULL, rows ? r->row2 + first : NULL, n};
}

static KeyRows turned(const KeyRows *r) { return (KeyRows){r->key2, r->key, r->row2, r->row, r->n}; }

static void copy_over(const KeyRows *r) {
  memcpy(r->key2, r->key, (size_t)r->n * sizeof *r->key);
  if (r->row) memcpy(r->row2, r->row, (size_t)r->n * sizeof *r->row);
}

static void insert_keys(uint64_t *key, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    uint64_t v = key[i];
    int64_t j = i;
    for (; j > 0 && key[j - 1] > v; j--) key[j] = key[j - 1];
    key[j] = v;
  }
}

static void insert_rows(uint64_t *key, uint32_t *row, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    uint64_t v = key[i];
    uint32_t at = row[i];
    int64_t j = i;
    for (; j > 0 && key[j - 1] > v; j--) key[j] = key[j - 1], row[j] = row[j - 1];
    key[j] = v, row[j] = at;
  }
}

typedef struct Span {
  uint64_t min, max;
  bool sorted;
} Span;

NUM_CLONES static Span span_of(const uint64_t *key, int64_t n) {
  Span s = {UINT64_MAX, 0, true};
  int64_t falls = 0;
  for (int64_t i = 0; i < n; i++) {
    s.min = key[i] < s.min ? key[i] : s.min;
    s.max = key[i] > s.max ? key[i] : s.max;
  }
  for (int64_t i = 1; i < n; i++) falls += key[i - 1] > key[i];
  s.sorted = falls == 0;
  return s;
}

static int shift_of(const Span *s, int width) {
  int bits = s->max > s->min ? 64 - __builtin_clzll(s->max - s->min) : 0;
  return bits > width ? bits - width : 0;
}

// Counts the keys of each bucket. Four at a time: read together, keys do not wait for the counts just written.
static void count_keys(const uint64_t *key, int64_t n, uint64_t min, int shift, uint32_t *at) {
  int64_t i = 0;
  for (; i + 4 <= n; i += 4) {
    uint64_t a = (key[i] - min) >> shift, b = (key[i + 1] - min) >> shift;
    uint64_t c = (key[i + 2] - min) >> shift, d = (key[i + 3] - min) >> shift;
    at[a]++, at[b]++, at[c]++, at[d]++;
  }
  for (; i < n; i++) at[(key[i] - min) >> shift]++;
}

// Row i goes to at[bucket]++ of the other place.
static void scatter(const KeyRows *r, uint64_t min, int shift, uint32_t *at) {
  if (!r->row) {
    for (int64_t i = 0; i < r->n; i++) r->key2[at[(r->key[i] - min) >> shift]++] = r->key[i];
    return;
  }
  for (int64_t i = 0; i < r->n; i++) {
    uint32_t to = at[(r->key[i] - min) >> shift]++;
    r->key2[to] = r->key[i];
    r->row2[to] = r->row[i];
  }
}

// Sorts; the rows come to lie in the other place when `over`.
static void sort_part(KeyRows r, bool over) {
  if (r.n <= FEW) {
    if (over) copy_over(&r), r = turned(&r);
    if (r.row) insert_rows(r.key, r.row, r.n);
    else insert_keys(r.key, r.n);
    return;
  }
  Span s = span_of(r.key, r.n);
  if (s.sorted) {
    if (over) copy_over(&r);
    return;
  }
  int log = 63 - __builtin_clzll((uint64_t)r.n), width = log - 2 < NARROW ? log - 2 : NARROW;
  int shift = shift_of(&s, width);
  uint32_t at[1 << NARROW] = {0}, before = 0;
  count_keys(r.key, r.n, s.min, shift, at);
  for (int d = 0; d < 1 << width; d++) {
    uint32_t count = at[d];
    at[d] = before, before += count;
  }
  scatter(&r, s.min, shift, at);
  r = turned(&r);
  if (!shift) { // every bucket is one key
    if (!over) copy_over(&r);
    return;
  }
  for (int64_t d = 0, first = 0; d < 1 << width; first = at[d++])
    if (at[d] > first) sort_part(part_of(&r, first, at[d] - first), !over);
}

// ---- a long range -------------------------------------------------------------------------------------------------
typedef struct Long {
  KeyRows r;
  Span span, chunk[CHUNKS];     // of the whole, of each chunk
  int64_t grain, nchunk, first; // first: row where the region begins
  int shift;
  bool over;
  uint32_t *at;                                     // chunks x buckets: counts, then places
  int64_t ntask, end[1 << FIRST], task[1 << FIRST]; // where bucket d and task k end
} Long;

// fn over the chunks of all rows, with a look at the cancel flag now and then.
static ErrCode in_regions(Job *job, Long *l, PoolFn fn, Err *err) {
  int64_t rows = l->grain < REGION ? REGION / l->grain * l->grain : l->grain;
  for (l->first = 0; l->first < l->r.n; l->first += rows) {
    TRY(job_tick(job, l->first, l->r.n, err));
    par_for(job, l->r.n - l->first < rows ? l->r.n - l->first : rows, l->grain, fn, l);
  }
  return OK;
}

static KeyRows chunk_of(const Long *l, int64_t begin, int64_t end, int64_t *c) {
  *c = (l->first + begin) / l->grain;
  KeyRows r = l->r;
  r.key += l->first + begin, r.n = end - begin;
  if (r.row) r.row += l->first + begin;
  return r;
}

static void run_span(void *ctx, int64_t begin, int64_t end) {
  Long *l = ctx;
  int64_t c;
  KeyRows r = chunk_of(l, begin, end, &c);
  l->chunk[c] = span_of(r.key, r.n);
}

static void run_count(void *ctx, int64_t begin, int64_t end) {
  Long *l = ctx;
  int64_t c;
  KeyRows r = chunk_of(l, begin, end, &c);
  uint32_t *count = l->at + (c << FIRST);
  memset(count, 0, sizeof *count << FIRST);
  count_keys(r.key, r.n, l->span.min, l->shift, count);
}

static void run_scatter(void *ctx, int64_t begin, int64_t end) {
  Long *l = ctx;
  int64_t c;
  KeyRows r = chunk_of(l, begin, end, &c);
  scatter(&r, l->span.min, l->shift, l->at + (c << FIRST));
}

static ErrCode find_span(Job *job, Long *l, Err *err) {
  TRY(in_regions(job, l, run_span, err));
  l->span = l->chunk[0];
  for (int64_t c = 1; c < l->nchunk; c++) {
    const Span *s = &l->chunk[c];
    if (s->min < l->span.min) l->span.min = s->min;
    if (s->max > l->span.max) l->span.max = s->max;
    l->span.sorted &= s->sorted && l->r.key[c * l->grain - 1] <= l->r.key[c * l->grain];
  }
  l->shift = shift_of(&l->span, FIRST);
  return OK;
}

static void place_chunks(Long *l) {
  uint32_t before = 0;
  for (int64_t d = 0; d < 1 << FIRST; d++) {
    for (int64_t c = 0; c < l->nchunk; c++) {
      uint32_t *at = &l->at[(c << FIRST) + d], count = *at;
      *at = before, before += count;
    }
    l->end[d] = before;
  }
}

static void run_tasks(void *ctx, int64_t begin, int64_t end) {
  const Long *l = ctx;
  for (int64_t k = begin; k < end; k++) {
    int64_t d = k ? l->task[k - 1] : l->first;
    for (; d < l->task[k]; d++) {
      int64_t first = d ? l->end[d - 1] : 0;
      if (l->end[d] > first) sort_part(part_of(&l->r, first, l->end[d] - first), l->over);
    }
  }
}

static ErrCode sort_long(Job *job, KeyRows r, bool over, Err *err);

// From l->first on, tasks of about a chunk of rows each, up to the first long bucket or a region of rows; returns the
// bucket behind them.
static int64_t cut_tasks(Long *l) {
  int64_t d = l->first, begin = d ? l->end[d - 1] : 0, last = begin;
  for (l->ntask = 0; d < 1 << FIRST && l->end[d] - begin < REGION; d++) {
    int64_t before = d ? l->end[d - 1] : 0;
    if (l->end[d] - before > LONG) break;
    if (l->end[d] - last < FEW << NARROW) continue;
    l->task[l->ntask++] = d + 1, last = l->end[d];
  }
  if (d > l->first && (!l->ntask || l->task[l->ntask - 1] < d)) l->task[l->ntask++] = d;
  return d;
}

static ErrCode sort_buckets(Job *job, Long *l, Err *err) {
  for (l->first = 0; l->first < 1 << FIRST;) {
    int64_t next = cut_tasks(l), before = next ? l->end[next - 1] : 0;
    TRY(job_tick(job, before, l->r.n, err));
    par_for(job, l->ntask, 1, run_tasks, l);
    if (next < 1 << FIRST && l->end[next] - before > LONG) {
      TRY(sort_long(job, part_of(&l->r, before, l->end[next] - before), l->over, err));
      next++;
    }
    l->first = next;
  }
  return OK;
}

static ErrCode sort_scattered(Job *job, Long *l, Err *err) {
  TRY(in_regions(job, l, run_count, err));
  place_chunks(l);
  TRY(in_regions(job, l, run_scatter, err));
  l->r = turned(&l->r), l->over = !l->over;
  if (l->shift) return sort_buckets(job, l, err);
  if (l->over) copy_over(&l->r); // every bucket is one key
  return OK;
}

static ErrCode sort_long(Job *job, KeyRows r, bool over, Err *err) {
  int64_t grain = (r.n + CHUNKS - 1) / CHUNKS < CHUNK ? CHUNK : (r.n + CHUNKS - 1) / CHUNKS;
  Long *l = calloc(1, sizeof *l);
  if (!l) abort();
  l->r = r, l->over = over, l->grain = grain, l->nchunk = (r.n + grain - 1) / grain;
  l->at = mem_new((size_t)l->nchunk * sizeof *l->at << FIRST);
  ErrCode code =
      l->at ? find_span(job, l, err) : err_set(err, ERR_MEMORY, "sorting: no memory for %lld rows", (long long)r.n);
  if (code == OK && !l->span.sorted) code = sort_scattered(job, l, err);
  else if (code == OK && over) copy_over(&r);
  mem_free(l->at);
  free(l);
  return code;
}

ErrCode order_rows(Job *job, KeyRows *r, Err *err) {
  TRY(job_tick(job, 0, r->n, err));
  if (r->n > UINT32_MAX)
    return err_set(err, ERR_SHAPE, "sorting: %lld rows, at most %lld can be put in order: take fewer", (long long)r->n,
                   (long long)UINT32_MAX);
  if (r->n > LONG) return sort_long(job, *r, false, err);
  sort_part(*r, false);
  return OK;
}

// ---- for the others -----------------------------------------------------------------------------------------------
typedef struct Wide {
  const uint64_t *key;
  int64_t *perm;
  KeyRows *r;
  bool keep;
} Wide;

static void run_read(void *ctx, int64_t begin, int64_t end) {
  const Wide *w = ctx;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = w->keep ? w->perm[i] : i;
    w->r->key[i] = w->key[row], w->r->row[i] = (uint32_t)row;
  }
}

static void run_write(void *ctx, int64_t begin, int64_t end) {
  const Wide *w = ctx;
  for (int64_t i = begin; i < end; i++) w->perm[i] = w->r->row[i];
}

ErrCode order_keys(Job *job, const uint64_t *key, int64_t n, bool keep, int64_t *perm, Err *err) {
  TRY(job_need(job, n * 24, "sorting", err));
  uint64_t *scratch = mem_new((size_t)n * 24);
  if (!scratch) return err_set(err, ERR_MEMORY, "sorting: no memory for %lld rows", (long long)n);
  uint32_t *row = (uint32_t *)(scratch + 2 * n);
  KeyRows r = {scratch, scratch + n, row, row + n, n};
  Wide w = {key, perm, &r, keep};
  par_for(job, n, CHUNK, run_read, &w);
  ErrCode code = order_rows(job, &r, err);
  if (code == OK) par_for(job, n, CHUNK, run_write, &w);
  mem_free(scratch);
  return code;
}

// Here -0.0 sorts below 0.0, so that every value but NaN comes back with the bits it had.
static uint64_t exact_key(double v) { return v != v ? UINT64_MAX : order_of_bits(bits_of(v)); }

static double exact_value(uint64_t key) {
  uint64_t b = key & SIGN ? key & ~SIGN : ~key;
  double v;
  memcpy(&v, &b, sizeof v);
  return v;
}

typedef struct Doubles {
  double *x;
  KeyRows *r;
} Doubles;

static void run_keys(void *ctx, int64_t begin, int64_t end) {
  const Doubles *d = ctx;
  for (int64_t i = begin; i < end; i++) d->r->key[i] = exact_key(d->x[i]);
}

static void run_values(void *ctx, int64_t begin, int64_t end) {
  const Doubles *d = ctx;
  for (int64_t i = begin; i < end; i++) d->x[i] = exact_value(d->r->key[i]);
}

ErrCode order_sort_f64(Job *job, double *x, int64_t n, Err *err) {
  TRY(job_need(job, n * 16, "sorting", err));
  uint64_t *scratch = mem_new((size_t)n * 16);
  if (!scratch) return err_set(err, ERR_MEMORY, "sorting: no memory for %lld values", (long long)n);
  KeyRows r = {.key = scratch, .key2 = scratch + n, .n = n};
  Doubles d = {x, &r};
  par_for(job, n, CHUNK, run_keys, &d);
  ErrCode code = order_rows(job, &r, err);
  if (code == OK) par_for(job, n, CHUNK, run_values, &d);
  mem_free(scratch);
  return code;
}
