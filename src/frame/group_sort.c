// Rows by group. Dealing rows by the leading bits of their group's number gives parts of neighbouring groups, rows in
// order within each; up to 1024 groups are parts themselves. A counting sort inside each part then finishes the order:
// two passes over the rows in all, the second in the cache.
#include "frame/group_int.h"

#include <stdatomic.h>

enum { MOST_PARTS = 1024, FEW_PARTS = 16, PART_GROUPS = 16384 };

// ---- work in chunks -------------------------------------------------------------------------------------------------
typedef struct Round {
  PoolFn fn;
  void *ctx;
  int64_t first;
} Round;

static void run_round(void *ctx, int64_t begin, int64_t end) {
  const Round *r = ctx;
  r->fn(r->ctx, r->first + begin, r->first + end);
}

ErrCode par_rounds(Job *job, int64_t n, int64_t grain, int64_t round, PoolFn fn, void *ctx, Err *err) {
  int64_t rows = grain * round;
  Round r = {fn, ctx, 0};
  for (; r.first < n; r.first += rows) {
    TRY(job_tick(job, r.first, n, err));
    par_for(job, n - r.first < rows ? n - r.first : rows, grain, run_round, &r);
  }
  return OK;
}

int64_t group_grain(int64_t n) {
  int64_t rows = (n / GROUP_CHUNKS + GROUP_BLOCK) / GROUP_BLOCK * GROUP_BLOCK;
  return rows < GROUP_CHUNK ? GROUP_CHUNK : rows;
}

ErrCode array_new(Job *job, int64_t n, size_t size, const char *what, void *out, Err *err) {
  void *p = NULL;
  ErrCode code = job_need(job, n * (int64_t)size, what, err);
  if (code == OK && !(p = mem_new((size_t)n * size))) code = out_of_memory(what, err);
  memcpy(out, &p, sizeof p);
  return code;
}

// ---- parts ----------------------------------------------------------------------------------------------------------
typedef struct Deal {
  Groups *g;
  int64_t grain;
  uint32_t *count; // chunks x parts: rows, then where they go
} Deal;

static void count_chunk(void *ctx, int64_t begin, int64_t end) {
  const Deal *d = ctx;
  uint32_t *count = d->count + begin / d->grain * d->g->npart;
  memset(count, 0, (size_t)d->g->npart * sizeof *count);
  for (int64_t i = begin; i < end; i++) count[d->g->id[i] >> d->g->shift]++;
}

static void deal_chunk(void *ctx, int64_t begin, int64_t end) {
  const Deal *d = ctx;
  const Groups *g = d->g;
  uint32_t *at = d->count + begin / d->grain * g->npart;
  for (int64_t i = begin; i < end; i++) {
    uint32_t id = g->id[i], to = at[id >> g->shift]++;
    g->part_row[to] = (uint32_t)i;
    g->part_id[to] = id;
  }
}

static void place_chunks(const Deal *d) {
  Groups *g = d->g;
  int64_t chunks = (g->n + d->grain - 1) / d->grain;
  uint32_t before = 0;
  for (int64_t p = 0; p < g->npart; p++) {
    g->part[p] = before;
    for (int64_t c = 0; c < chunks; c++) {
      uint32_t rows = d->count[c * g->npart + p];
      d->count[c * g->npart + p] = before;
      before += rows;
    }
  }
  g->part[g->npart] = g->n;
}

static ErrCode deal_rows(Job *job, Groups *g, Err *err) {
  Deal d = {.g = g, .grain = group_grain(g->n)};
  bool direct = g->ngroup < MOST_PARTS; // fewer parts than that read whole lines of the columns
  while (!direct && g->ngroup >> g->shift > FEW_PARTS && 1 << g->shift < PART_GROUPS) g->shift++;
  while (g->ngroup >> g->shift >= MOST_PARTS) g->shift++;
  g->npart = (g->ngroup >> g->shift) + 1;
  TRY(array_new(job, g->npart + 1, sizeof *g->part, "grouping", &g->part, err));
  TRY(array_new(job, g->n, sizeof *g->part_row, "grouping", &g->part_row, err));
  TRY(array_new(job, g->n, sizeof *g->part_id, "grouping", &g->part_id, err));
  TRY(array_new(job, GROUP_CHUNKS * g->npart, sizeof *d.count, "grouping", &d.count, err));
  ErrCode code = par_rounds(job, g->n, d.grain, 32, count_chunk, &d, err);
  place_chunks(&d);
  if (code == OK) code = par_rounds(job, g->n, d.grain, 32, deal_chunk, &d, err);
  mem_free(d.count);
  return code;
}

static void parts_free(Groups *g) {
  if (g->start != g->part) mem_free(g->start);
  if (g->row != g->part_row) mem_free(g->row);
  mem_free(g->part);
  mem_free(g->part_row);
  mem_free(g->part_id);
  g->part = g->start = NULL, g->part_row = g->part_id = g->row = NULL;
}

ErrCode groups_part(Job *job, Groups *g, Err *err) {
  if (g->part) return OK;
  ErrCode code = deal_rows(job, g, err);
  if (code != OK) parts_free(g);
  return code;
}

// ---- order ----------------------------------------------------------------------------------------------------------
static void sort_part(void *ctx, int64_t begin, int64_t end) {
  const Groups *g = ctx;
  for (int64_t p = begin; p < end; p++) {
    int64_t first = p << g->shift, last = (p + 1) << g->shift, at = g->part[p];
    if (last > g->ngroup) last = g->ngroup;
    int64_t *next = g->start + 1; // of group k at next[k]: rows, then where the next one goes, then the group's end
    for (int64_t k = first; k < last; k++) next[k] = 0;
    for (int64_t i = g->part[p]; i < g->part[p + 1]; i++) next[g->part_id[i]]++;
    for (int64_t k = first; k < last; k++) {
      int64_t rows = next[k];
      next[k] = at;
      at += rows;
    }
    for (int64_t i = g->part[p]; i < g->part[p + 1]; i++) g->row[next[g->part_id[i]]++] = g->part_row[i];
  }
}

ErrCode groups_sort(Job *job, Groups *g, Err *err) {
  if (g->row) return OK;
  TRY(groups_part(job, g, err));
  if (g->shift == 0) {
    g->start = g->part, g->row = g->part_row;
    return OK;
  }
  TRY(array_new(job, g->ngroup + 1, sizeof *g->start, "grouping", &g->start, err));
  g->start[0] = 0;
  ErrCode code = array_new(job, g->n, sizeof *g->row, "grouping", &g->row, err);
  if (code == OK) code = par_rounds(job, g->npart, 4, 64, sort_part, g, err);
  if (code != OK) parts_free(g);
  return code;
}

void groups_fini(Groups *g) {
  parts_free(g);
  mem_free(g->id);
  mem_free(g->first);
  *g = (Groups){0};
}

// ---- pairs ----------------------------------------------------------------------------------------------------------
ErrCode groups_refine(Job *job, const Groups *g, const Column *c, GroupOrder order, Groups *out, Err *err) {
  GroupKeys k;
  *out = (Groups){0};
  TRY(group_keys_init(job, &k, 2, g->n, err));
  group_keys_rank(&k, g->id, (uint64_t)g->ngroup, true);
  ErrCode code = group_keys_add(job, &k, c, order, err);
  if (code == OK) code = group_by_keys(job, &k, order, out, err);
  group_keys_fini(&k);
  return code;
}
