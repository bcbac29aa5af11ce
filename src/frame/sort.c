// Sorting by several keys: a stable sort by each, the last key first; after each one the rows where that key is missing
// move to the end in their order.
#include "frame/frame_int.h"

#include "frame/verbs.h"
#include "num/num.h"

typedef struct SortRun {
  uint64_t *key;
  int64_t *perm, *spare;
} SortRun;

static void missing_last(const Column *c, SortRun *s) {
  if (!c->valid) return;
  int64_t kept = 0, gone = 0;
  for (int64_t i = 0; i < c->n; i++) {
    if (col_valid(c, s->perm[i])) s->perm[kept++] = s->perm[i];
    else s->spare[gone++] = s->perm[i];
  }
  memcpy(s->perm + kept, s->spare, (size_t)gone * sizeof *s->perm);
}

static ErrCode sort_by(Job *job, const Frame *f, const char *name, SortRun *s, Err *err) {
  bool descending = name[0] == '-' && frame_find(f, sv(name)) < 0;
  int j;
  TRY(frame_col(f, sv(name + descending), &j, err));
  const Column *c = frame_at(f, j);
  TRY(column_keys(job, c, descending, s->key, err));
  TRY(order_keys(job, s->key, c->n, true, s->perm, err));
  missing_last(c, s);
  return OK;
}

ErrCode frame_sort(Job *job, const Frame *f, const Names *keys, Frame **out, Err *err) {
  int64_t n = frame_nrow(f);
  TRY(job_need(job, n * 24, "sorting", err));
  SortRun s = {mem_new((size_t)n * 8), mem_new((size_t)n * 8), mem_new((size_t)n * 8)};
  ErrCode code = s.key && s.perm && s.spare ? OK : out_of_memory("sorting", err);
  for (int64_t i = 0; i < n && code == OK; i++) s.perm[i] = i;
  for (int64_t k = keys->n - 1; k >= 0 && code == OK; k--) code = sort_by(job, f, keys->name[k], &s, err);
  if (code == OK) code = frame_gather(job, f, s.perm, n, out, err);
  mem_free(s.key);
  mem_free(s.perm);
  mem_free(s.spare);
  return code;
}
