// One state a group, in two ways that each have one order of additions. Few groups, or many more rows: a chunk of rows
// has a table of its own, in the cache, and tables merge in the order of the chunks. Else the rows are dealt into parts
// of neighbouring groups, and one worker takes all rows of a part in their order. Which way is taken hangs on the
// numbers of rows and groups alone. Values come to the states in pieces without missing rows, so that a state's loop
// knows nothing of them.
#include "frame/group_int.h"

#include "base/simd.h"
#include "num/num.h"

enum {
  FEW_GROUPS = 4096,
  TABLE_BYTES = 8 << 20, // of the states of all groups: a worker's share of the last cache
  LEAST_CHUNKS = 4,
  WORTH_A_TABLE = 8, // rows of a chunk for each group: merging is then a small part of the work
};

typedef struct ReduceRoom { // of a worker
  uint64_t value[GROUP_BLOCK];
  uint32_t id[GROUP_BLOCK], row[GROUP_BLOCK];
  uint8_t ok[GROUP_BLOCK];
} ReduceRoom;

typedef struct ReduceRun {
  Groups *g;
  const Column *c;
  const Reduction *r;
  const void *ctx;
  int64_t grain;
  unsigned char *state; // chunks x groups, or the groups' own
} ReduceRun;

// ---- values ---------------------------------------------------------------------------------------------------------
static inline uint64_t real_key(double v) { // as order_key_f64, without a branch
  const uint64_t sign = 1ull << 63;
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  uint64_t key = bits ^ (bits & sign ? UINT64_MAX : sign);
  key = v == 0 ? sign : key;
  return v != v ? UINT64_MAX : key;
}

#define GATHER(name, From, To, value)                                                                                  \
  CLONES static void name(const From *x, const uint32_t *row, int m, To *restrict out) {                               \
    for (int i = 0; i < m; i++) {                                                                                      \
      From v = x[row[i]];                                                                                              \
      out[i] = value;                                                                                                  \
    }                                                                                                                  \
  }

GATHER(real_of_real, double, double, v)
GATHER(real_of_int, int64_t, double, (double)v)
GATHER(real_of_bool, uint8_t, double, (double)v)
GATHER(int_of_int, int64_t, int64_t, v)
GATHER(int_of_bool, uint8_t, int64_t, v)
GATHER(key_of_real, double, uint64_t, real_key(v))
GATHER(key_of_int, int64_t, uint64_t, order_key_i64(v))
GATHER(key_of_u8, uint8_t, uint64_t, v)
GATHER(key_of_u16, uint16_t, uint64_t, v)
GATHER(key_of_u32, uint32_t, uint64_t, v)

void values_gather(const Column *c, ValueKind kind, const uint32_t *row, int m, uint64_t *key) {
  bool byte = c->type == COL_BOOL || c->width == 1;
  if (kind == VALUE_REAL && c->type == COL_F64) real_of_real(c->f, row, m, (double *)key);
  else if (kind == VALUE_REAL && byte) real_of_bool(c->b, row, m, (double *)key);
  else if (kind == VALUE_REAL) real_of_int(c->i, row, m, (double *)key);
  else if (kind == VALUE_INT && byte) int_of_bool(c->b, row, m, (int64_t *)key);
  else if (kind == VALUE_INT) int_of_int(c->i, row, m, (int64_t *)key);
  else if (byte) key_of_u8(c->b, row, m, key);
  else if (c->width == 2) key_of_u16(c->code2, row, m, key);
  else if (c->width == 4) key_of_u32(c->code4, row, m, key);
  else if (c->type == COL_F64) key_of_real(c->f, row, m, key);
  else key_of_int(c->i, row, m, key);
}

static void read_presence(const Column *c, const uint32_t *row, int64_t begin, int m, uint8_t *ok) {
  if (row)
    for (int i = 0; i < m; i++) ok[i] = (uint8_t)(c->valid[row[i] / 64] >> row[i] % 64 & 1);
  else // pieces of rows in turn begin at whole words
    for (int i = 0; i < m; i++) ok[i] = (uint8_t)(c->valid[(begin + i) / 64] >> i % 64 & 1);
}

// Rows that are missing leave the piece. No branch: which rows are missing is as good as random.
static void drop_missing(const Reduction *r, Piece *p, ReduceRoom *room) {
  int kept = 0;
  const uint8_t *ok = room->ok;
  const uint64_t *value = p->key;
  if (r->kind != VALUE_NONE) {
    for (int i = 0; i < p->m; i++) room->value[kept] = value[i], kept += ok[i];
    p->key = room->value;
  }
  if (r->rows) {
    kept = 0;
    for (int i = 0; i < p->m; i++) room->row[kept] = p->row[i], kept += ok[i];
    p->row = room->row;
  }
  kept = 0;
  for (int i = 0; i < p->m; i++) room->id[kept] = p->id[i], kept += ok[i];
  p->m = kept, p->id = room->id;
}

// row NULL: rows from `begin` on.
static void add_rows(const ReduceRun *r, const uint32_t *row, const uint32_t *id, int64_t begin, int m,
                     ReduceRoom *room, void *state) {
  const Column *c = r->c;
  ValueKind kind = r->r->kind;
  bool as_it_is =
      c && (c->type == COL_F64 ? kind == VALUE_REAL : !c->width && c->type != COL_BOOL && kind == VALUE_INT);
  bool gather = kind != VALUE_NONE && (row || !as_it_is);
  for (int i = 0; i < m && !row && (gather || r->r->rows); i++) room->row[i] = (uint32_t)(begin + i);
  Piece p = {.m = m, .id = id, .row = row ? row : room->row};
  if (kind != VALUE_NONE) p.i = c->i + begin;
  if (gather) {
    values_gather(c, kind, p.row, m, room->value);
    p.key = room->value;
  }
  if (c && c->valid) {
    read_presence(c, row, begin, m, room->ok);
    drop_missing(r->r, &p, room);
  }
  r->r->add(r->ctx, &p, state);
}

// ---- few groups -----------------------------------------------------------------------------------------------------
static void reduce_chunk(void *ctx, int64_t begin, int64_t end) {
  const ReduceRun *r = ctx;
  ReduceRoom room;
  size_t bytes = (size_t)r->g->ngroup * r->r->size;
  unsigned char *state = r->state + (size_t)(begin / r->grain) * bytes;
  memset(state, 0, bytes);
  for (int64_t i = begin; i < end; i += GROUP_BLOCK)
    add_rows(r, NULL, r->g->id + i, i, (int)(end - i < GROUP_BLOCK ? end - i : GROUP_BLOCK), &room, state);
}

typedef struct MergeRun {
  const ReduceRun *run;
  unsigned char *out;
} MergeRun;

static void merge_groups(void *ctx, int64_t begin, int64_t end) {
  const MergeRun *m = ctx;
  const ReduceRun *r = m->run;
  size_t size = r->r->size, at = (size_t)begin * size, bytes = (size_t)r->g->ngroup * size;
  memcpy(m->out + at, r->state + at, (size_t)(end - begin) * size);
  for (int64_t k = 1; k * r->grain < r->g->n; k++)
    r->r->merge(r->ctx, m->out + at, r->state + (size_t)k * bytes + at, end - begin);
}

static ErrCode reduce_chunks(Job *job, ReduceRun *r, void *state, Err *err) {
  int64_t chunks = (r->g->n + r->grain - 1) / r->grain;
  if (chunks <= 1) {
    r->state = state;
    return par_rounds(job, r->g->n, r->grain, 1, reduce_chunk, r, err);
  }
  TRY(array_new(job, chunks * r->g->ngroup, r->r->size, "a result by groups", &r->state, err));
  ErrCode code = par_rounds(job, r->g->n, r->grain, 32, reduce_chunk, r, err);
  MergeRun m = {r, state};
  if (code == OK) par_for(job, r->g->ngroup, 256, merge_groups, &m);
  mem_free(r->state);
  return code;
}

// Rows of a chunk when each can have a table; 0 when there are too many groups for that.
static int64_t table_grain(const Groups *g, size_t size) {
  if (g->ngroup <= FEW_GROUPS || g->n <= GROUP_CHUNK) return group_grain(g->n);
  int64_t chunks = g->n / (WORTH_A_TABLE * g->ngroup);
  if (chunks < LEAST_CHUNKS || (size_t)g->ngroup * size > TABLE_BYTES) return 0;
  if (chunks > GROUP_CHUNKS) chunks = GROUP_CHUNKS;
  return (g->n / chunks + GROUP_BLOCK) / GROUP_BLOCK * GROUP_BLOCK;
}

// ---- many groups ----------------------------------------------------------------------------------------------------
static void reduce_part(void *ctx, int64_t begin, int64_t end) {
  const ReduceRun *r = ctx;
  const Groups *g = r->g;
  ReduceRoom room;
  for (int64_t i = g->part[begin]; i < g->part[end]; i += GROUP_BLOCK) {
    int64_t left = g->part[end] - i;
    add_rows(r, g->part_row + i, g->part_id + i, i, (int)(left < GROUP_BLOCK ? left : GROUP_BLOCK), &room, r->state);
  }
}

ErrCode groups_reduce(Job *job, Groups *g, const Column *c, const Reduction *r, const void *ctx, void *state,
                      Err *err) {
  ReduceRun run = {.g = g, .c = c, .r = r, .ctx = ctx, .grain = table_grain(g, r->size), .state = state};
  memset(state, 0, (size_t)g->ngroup * r->size);
  if (run.grain) return reduce_chunks(job, &run, state, err);
  TRY(groups_part(job, g, err));
  return par_rounds(job, g->npart, 4, 32, reduce_part, &run, err);
}

// ---- rows -----------------------------------------------------------------------------------------------------------
static void count_rows(const void *ctx, const Piece *p, void *state) {
  (void)ctx;
  int64_t *n = state;
  for (int i = 0; i < p->m; i++) n[p->id[i]]++;
}

static void merge_counts(const void *ctx, void *into, const void *part, int64_t n) {
  (void)ctx;
  int64_t *a = into;
  const int64_t *b = part;
  for (int64_t k = 0; k < n; k++) a[k] += b[k];
}

static const Reduction COUNT = {sizeof(int64_t), VALUE_NONE, false, count_rows, merge_counts};

ErrCode groups_count(Job *job, Groups *g, const Column *c, int64_t *count, Err *err) {
  return groups_reduce(job, g, c, &COUNT, NULL, count, err);
}
