// Numbers of groups for the verbs outside, and counts of rows.
#include "frame/group_int.h"

#include "frame/verbs.h"
#include "num/num.h"

#include <stdlib.h>

static const Column **columns_at(const Frame *f, const int *col, int m) {
  const Column **c = calloc((size_t)m + 1, sizeof *c);
  if (!c) abort();
  for (int k = 0; k < m; k++) c[k] = frame_at(f, col ? col[k] : k);
  return c;
}

typedef struct Widen {
  const uint32_t *id;
  int64_t *group;
} Widen;

static void widen_chunk(void *ctx, int64_t begin, int64_t end) {
  const Widen *w = ctx;
  for (int64_t i = begin; i < end; i++) w->group[i] = w->id[i];
}

ErrCode frame_groups(Job *job, const Frame *f, const int *col, int m, int64_t *group, int64_t *ngroup, Err *err) {
  const Column **c = columns_at(f, col, m);
  Groups g;
  ErrCode code = groups_init(job, c, m, frame_nrow(f), GROUP_FIRST, &g, err);
  free(c);
  *ngroup = 0;
  TRY(code);
  Widen w = {g.id, group};
  code = par_rounds(job, g.n, GROUP_CHUNK, 64, widen_chunk, &w, err);
  if (code == OK) *ngroup = g.ngroup;
  groups_fini(&g);
  return code;
}

// ---- counting ------------------------------------------------------------------------------------------------------
static const char *free_name(const Frame *f) { return frame_find(f, sv("n")) < 0 ? "n" : "n_rows"; }

// Groups in descending order of their counts, equal ones in theirs; row: their first rows.
static ErrCode by_count(Job *job, const Groups *g, const Column *count, int64_t *row, Column **sorted, Err *err) {
  int64_t n = g->ngroup, *perm;
  uint64_t *key;
  TRY(array_new(job, 2 * n, sizeof *perm, "counting", &perm, err));
  key = (uint64_t *)perm + n;
  for (int64_t k = 0; k < n; k++) key[k] = (uint64_t)(INT64_MAX - count->i[k]);
  ErrCode code = order_keys(job, key, n, false, perm, err);
  if (code == OK) code = column_new(job, COL_I64, n, NULL, sorted, err);
  for (int64_t k = 0; k < n && code == OK; k++) (*sorted)->i[k] = count->i[perm[k]], row[k] = g->first[perm[k]];
  mem_free(perm);
  return code;
}

static ErrCode count_frame(Job *job, const Frame *chosen, Groups *g, Frame **out, Err *err) {
  int64_t *row;
  Column *count = NULL, *sorted = NULL;
  Frame *made = NULL;
  TRY(array_new(job, g->ngroup, sizeof *row, "counting", &row, err));
  ErrCode code = column_new(job, COL_I64, g->ngroup, NULL, &count, err);
  if (code == OK) code = groups_count(job, g, NULL, count->i, err);
  if (code == OK) code = by_count(job, g, count, row, &sorted, err);
  if (code == OK) code = frame_gather(job, chosen, row, g->ngroup, &made, err);
  if (code == OK) code = frame_add(made, free_name(chosen), sorted, err);
  else column_unref(sorted);
  column_unref(count);
  mem_free(row);
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

ErrCode frame_count(Job *job, const Frame *f, const Names *names, Frame **out, Err *err) {
  Frame *chosen = NULL;
  Groups g;
  TRY(frame_select(f, names, &chosen, err));
  const Column **c = columns_at(chosen, NULL, frame_ncol(chosen));
  ErrCode code = groups_init(job, c, frame_ncol(chosen), frame_nrow(f), GROUP_KEY, &g, err);
  if (code == OK) code = count_frame(job, chosen, &g, out, err);
  if (code == OK) groups_fini(&g);
  frame_unref(chosen);
  free(c);
  return code;
}
