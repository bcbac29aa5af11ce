// How often values occur. Few distinct values are counted in tables that stay in cache, one for each of a fixed number
// of slices, and the places wanted are then read off their running sums. Many are cut into buckets first (split.c), so
// that a bucket's table stays in cache; a bucket that is still long is a smaller problem of the same kind. Which of the
// two it is a sample tells, and a table that fills up. Wanted places are searched in their buckets alone, and when
// nothing but they are wanted, only their buckets are kept.
#include "num/num_int.h"

#include "base/pool.h"

#include <stdlib.h>
#include <string.h>

enum {
  SHORT = 1 << 16, // values of one bucket
  SLICES = 8,      // tables that fill side by side
  SLICE = 1 << 18, // values of a slice between two looks at the cancel flag
  FEW = 1 << 14,   // distinct values of a slice's table
  VERY_FEW = 1 << 8,
  STACK = 1 << 13,  // values whose table is on the stack
  REGION = 1 << 21, // values in tasks between two looks at the cancel flag
  TASK = 1 << 14,   // values of a task
  PIECE = 256,
};

static void tally_add(Tally *t, const Tally *more) { // more: of greater values
  t->distinct += more->distinct;
  if (more->most > t->most) t->most = more->most, t->mode = more->mode;
}

static ErrCode no_memory(int64_t n, Err *err) {
  return err_set(err, ERR_MEMORY, "no memory to count %lld values", (long long)n);
}

// ---- tables -------------------------------------------------------------------------------------------------------
// No number has the key 0, so 0 marks a free slot.
typedef struct Table {
  uint64_t *key, mask;
  int shift;
  int64_t *count; // NULL: values are not counted
  Tally tally;
} Table;

static int64_t slots_for(int64_t n) {
  int64_t slots = 16;
  while (slots < 2 * n) slots *= 2;
  return slots;
}

static void table_init(Table *t, uint64_t *key, int64_t *count, int64_t slots) {
  *t = (Table){.key = key, .mask = (uint64_t)slots - 1, .shift = 1 + __builtin_clzll((uint64_t)slots), .count = count};
  memset(key, 0, (size_t)slots * sizeof *key);
}

INLINE uint64_t slot_of(const Table *t, uint64_t key) {
  uint64_t i = key * 0x9E3779B97F4A7C15u >> t->shift; // the leading bits of the product depend on all of the key
  while (t->key[i] != key && t->key[i]) i = (i + 1) & t->mask;
  return i;
}

static void put_distinct(Table *t, const double *x, int64_t n) {
  for (int64_t k = 0; k < n; k++) {
    uint64_t key = split_key(x[k]), i = slot_of(t, key);
    t->tally.distinct += t->key[i] == 0;
    t->key[i] = key;
  }
}

static void put_counted(Table *t, const double *x, int64_t n) {
  Tally *s = &t->tally;
  for (int64_t k = 0; k < n; k++) {
    uint64_t key = split_key(x[k]), i = slot_of(t, key);
    if (!t->key[i]) t->key[i] = key, t->count[i] = 0, s->distinct++;
    int64_t count = ++t->count[i];
    if (count > s->most || (count == s->most && key < s->mode)) s->most = count, s->mode = key;
  }
}

static Tally tally_in(const double *x, int64_t n, TallyKind what, uint64_t *key, int64_t *count) {
  Table t;
  table_init(&t, key, count, slots_for(n));
  if (what == TALLY_MODE) put_counted(&t, x, n);
  else put_distinct(&t, x, n);
  return t.tally;
}

// False where memory is refused.
static bool tally_values(const double *x, int64_t n, TallyKind what, Tally *out) {
  if (n <= STACK) {
    uint64_t key[2 * STACK];
    int64_t count[2 * STACK];
    *out = tally_in(x, n, what, key, count);
    return true;
  }
  int64_t slots = slots_for(n);
  uint64_t *key = mem_new((size_t)slots * 2 * sizeof *key);
  if (key) *out = tally_in(x, n, what, key, (int64_t *)key + slots);
  mem_free(key);
  return key;
}

// ---- few distinct values ------------------------------------------------------------------------------------------
typedef struct Slices {
  const double *x;
  int64_t first, grain, most; // most: distinct values of a table
  Table table[SLICES];
  atomic_bool full;
} Slices;

static void run_slice(void *ctx, int64_t begin, int64_t end) {
  Slices *s = ctx;
  Table *t = &s->table[begin / s->grain];
  for (int64_t i = begin; i < end && t->tally.distinct <= s->most; i += PIECE)
    put_counted(t, s->x + s->first + i, end - i < PIECE ? end - i : PIECE);
  if (t->tally.distinct > s->most) atomic_store_explicit(&s->full, true, memory_order_relaxed);
}

static ErrCode fill_slices(Job *job, Slices *s, int64_t n, Err *err) {
  s->grain = (n + SLICES - 1) / SLICES < SLICE ? (n + SLICES - 1) / SLICES : SLICE;
  int64_t rows = s->grain * SLICES;
  for (s->first = 0; s->first < n && !s->full; s->first += rows) {
    TRY(job_tick(job, s->first, n, err));
    par_for(job, n - s->first < rows ? n - s->first : rows, s->grain, run_slice, s);
  }
  return OK;
}

// The keys of all tables in order, with their counts in `count` by r->row.
static ErrCode list_slices(Job *job, const Slices *s, int64_t slots, KeyRows *r, int64_t *count, Err *err) {
  for (int k = 0; k < SLICES; k++)
    for (int64_t i = 0; i < slots; i++) {
      if (!s->table[k].key[i]) continue;
      r->key[r->n] = s->table[k].key[i], r->row[r->n] = (uint32_t)r->n;
      count[r->n++] = s->table[k].count[i];
    }
  return order_rows(job, r, err);
}

static void read_runs(const KeyRows *r, const int64_t *count, Want *want, int64_t m, Tally *out) {
  int64_t before = 0, q = 0;
  *out = (Tally){0};
  for (int64_t i = 0, j; i < r->n; i = j) {
    int64_t rows = 0;
    for (j = i; j < r->n && r->key[j] == r->key[i]; j++) rows += count[r->row[j]];
    tally_add(out, &(Tally){1, rows, r->key[i]});
    before += rows;
    for (; q < m && want[q].at < before; q++) want[q].value = split_value(r->key[i]);
  }
}

static ErrCode read_slices(Job *job, const Slices *s, int64_t slots, Want *want, int64_t m, Tally *out, Err *err) {
  int64_t n = 0;
  for (int k = 0; k < SLICES; k++) n += s->table[k].tally.distinct;
  uint64_t *scratch = mem_new((size_t)n * 32);
  if (!scratch) return no_memory(n, err);
  uint32_t *row = (uint32_t *)(scratch + 2 * n);
  int64_t *count = (int64_t *)(scratch + 3 * n);
  KeyRows r = {scratch, scratch + n, row, row + n, 0};
  ErrCode code = list_slices(job, s, slots, &r, count, err);
  if (code == OK) read_runs(&r, count, want, m, out);
  mem_free(scratch);
  return code;
}

// *done: there were few enough.
static ErrCode tally_few(Job *job, const double *x, int64_t n, int64_t most, Want *want, int64_t m, Tally *out,
                         bool *done, Err *err) {
  Slices s = {.x = x, .most = most};
  int64_t slots = slots_for(most + PIECE);
  uint64_t *key = mem_new((size_t)slots * 2 * SLICES * sizeof *key);
  if (!key) return no_memory(n, err);
  for (int k = 0; k < SLICES; k++)
    table_init(&s.table[k], key + 2 * k * slots, (int64_t *)(key + (2 * k + 1) * slots), slots);
  ErrCode code = fill_slices(job, &s, n, err);
  *done = code == OK && !s.full;
  if (*done) code = read_slices(job, &s, slots, want, m, out, err);
  mem_free(key);
  return code;
}

// ---- many ---------------------------------------------------------------------------------------------------------
typedef struct Buckets {
  Split split;
  TallyKind what;
  double power; // of decimals; 0
  Room *room;
  int64_t before[SPLIT_BUCKETS];             // values in the buckets below
  int64_t ntask, first, task[SPLIT_BUCKETS]; // task k ends before bucket task[k]; the first begins at `first`
  Tally tally[SPLIT_BUCKETS];
  atomic_bool refused;
} Buckets;

// False where memory is refused.
static bool tally_bucket(Buckets *b, int64_t d) {
  const double *x = b->split.to + b->split.start[d];
  int64_t n = b->split.count[d];
  if (b->power > 0 && decimals_distinct(x, n, b->power, &b->tally[d].distinct)) return true;
  return tally_values(x, n, b->what, &b->tally[d]);
}

static void run_tasks(void *ctx, int64_t begin, int64_t end) {
  Buckets *b = ctx;
  const Split *s = &b->split;
  for (int64_t k = begin; k < end; k++)
    for (int64_t d = k ? b->task[k - 1] : b->first; d < b->task[k]; d++)
      if (s->count[d] && s->count[d] <= SHORT && !tally_bucket(b, d))
        atomic_store_explicit(&b->refused, true, memory_order_relaxed);
}

static ErrCode tally_buckets(Job *job, Buckets *b, Err *err) {
  const Split *s = &b->split;
  for (int64_t d = 0; d < SPLIT_BUCKETS;) {
    int64_t rows = 0, last = 0;
    for (b->first = d, b->ntask = 0; d < SPLIT_BUCKETS && rows < REGION; d++) {
      rows += s->count[d] <= SHORT ? s->count[d] : 0;
      if (rows - last >= TASK) b->task[b->ntask++] = d + 1, last = rows;
    }
    if (!b->ntask || b->task[b->ntask - 1] < d) b->task[b->ntask++] = d;
    TRY(job_tick(job, b->before[d - 1], s->n, err));
    par_for(job, b->ntask, 1, run_tasks, b);
  }
  return b->refused ? no_memory(s->n, err) : OK;
}

// Which buckets are kept, and how many values lie below each. The wants count within their bucket from here on.
static void mark_buckets(Buckets *b, Want *want, int64_t m) {
  int64_t before = 0, q = 0;
  for (int64_t d = 0; d < SPLIT_BUCKETS; d++) {
    int64_t first = q;
    for (; q < m && want[q].at < before + b->split.count[d]; q++) want[q].at -= before, want[q].bucket = d;
    b->split.keep[d] = b->what != TALLY_NONE || q > first;
    b->before[d] = before, before += b->split.count[d];
  }
}

static ErrCode tally_range(Job *job, const double *x, int64_t n, bool first, TallyKind what, Want *want, int64_t m,
                           Room *room, Tally *out, Err *err);

// The wanted places and what is too long for a task.
static ErrCode finish_buckets(Job *job, Buckets *b, Want *want, int64_t m, Err *err) {
  const Split *s = &b->split;
  for (int64_t d = 0, q = 0, next; d < SPLIT_BUCKETS; d++, q = next) {
    for (next = q; next < m && want[next].bucket == d;) next++;
    double *x = s->to + s->start[d];
    if (!s->keep[d] || !s->count[d]) continue;
    if (s->count[d] > SHORT)
      TRY(tally_range(job, x, s->count[d], false, b->what, want + q, next - q, NULL, &b->tally[d], err));
    else if (next > q) TRY(select_values(job, x, s->count[d], want + q, next - q, err));
  }
  return OK;
}

static ErrCode split_and_tally(Job *job, const double *x, int64_t n, const SplitMap *map, Buckets *b, Want *want,
                               int64_t m, Err *err) {
  TRY(split_count(job, x, n, map, b->room, &b->split, err));
  mark_buckets(b, want, m);
  TRY(split_scatter(job, &b->split, err));
  if (b->what != TALLY_NONE) TRY(tally_buckets(job, b, err));
  return finish_buckets(job, b, want, m, err);
}

static ErrCode tally_many(Job *job, const double *x, int64_t n, const SplitMap *map, double power, TallyKind what,
                          Want *want, int64_t m, Room *room, Tally *out, Err *err) {
  Buckets *b = calloc(1, sizeof *b);
  if (!b) abort();
  b->what = what, b->room = room, b->power = power;
  ErrCode code = split_and_tally(job, x, n, map, b, want, m, err);
  *out = (Tally){0};
  for (int64_t d = 0; d < SPLIT_BUCKETS; d++) tally_add(out, &b->tally[d]);
  split_fini(&b->split);
  free(b);
  return code;
}

// ---- which way ----------------------------------------------------------------------------------------------------
static uint64_t scramble(uint64_t i) { return (i ^ i >> 7) * 0x9E3779B97F4A7C15u >> 20; }

// A sorted sample, one value from each stretch; returns how many differ.
static ErrCode take_sample(const double *x, int64_t n, double *sample, int64_t *distinct, Err *err) {
  int64_t stretch = n / SPLIT_SAMPLE;
  for (int64_t k = 0; k < SPLIT_SAMPLE; k++)
    sample[k] = x[k * stretch + (int64_t)(scramble((uint64_t)k) % (uint64_t)stretch)];
  TRY(order_sort_f64(NULL, sample, SPLIT_SAMPLE, err));
  *distinct = 1;
  for (int64_t k = 1; k < SPLIT_SAMPLE; k++) *distinct += sample[k] != sample[k - 1];
  return OK;
}

static void all_same(double v, int64_t n, Want *want, int64_t m, Tally *out) {
  for (int64_t q = 0; q < m; q++) want[q].value = v;
  *out = (Tally){1, n, split_key(v)};
}

// first: not yet inside a bucket. There the map comes from all values, so that each level takes bits off.
static ErrCode tally_range(Job *job, const double *x, int64_t n, bool first, TallyKind what, Want *want, int64_t m,
                           Room *room, Tally *out, Err *err) {
  double sample[SPLIT_SAMPLE];
  int64_t distinct;
  bool done = false;
  TRY(take_sample(x, n, sample, &distinct, err));
  int64_t most = distinct <= VERY_FEW / 2 ? VERY_FEW : FEW;
  if (distinct <= VERY_FEW / 2 || (what != TALLY_NONE && distinct <= SPLIT_SAMPLE / 2))
    TRY(tally_few(job, x, n, most, want, m, out, &done, err));
  if (done) return OK;
  SplitMap map = first ? split_map(sample, SPLIT_SAMPLE) : split_map_exact(x, n);
  double power = what == TALLY_DISTINCT ? decimals_power(sample, SPLIT_SAMPLE) : 0;
  if (!map.same) return tally_many(job, x, n, &map, power, what, want, m, room, out, err);
  all_same(x[0], n, want, m, out);
  return OK;
}

ErrCode order_tally(Job *job, const double *x, int64_t n, TallyKind what, Want *want, int64_t m, Room *room, Tally *out,
                    Err *err) {
  *out = (Tally){0};
  TRY(job_tick(job, 0, n, err));
  if (n > SHORT) return tally_range(job, x, n, true, what, want, m, room, out, err);
  if (what != TALLY_NONE && !tally_values(x, n, what, out)) return no_memory(n, err);
  if (!m) return OK;
  double *copy = mem_new((size_t)n * sizeof *copy);
  if (!copy) return no_memory(n, err);
  memcpy(copy, x, (size_t)n * sizeof *copy);
  ErrCode code = select_values(job, copy, n, want, m, err);
  mem_free(copy);
  return code;
}
