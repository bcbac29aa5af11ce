// Rows by group. Groups are numbered by first appearance; a sort of one row of each gives their order.
#include "stats/quality_int.h"

#include "frame/verbs.h"

#include <stdio.h>
#include <stdlib.h>

static ErrCode no_memory(Err *err) {
  return err_set(err, ERR_MEMORY, "groups: the system has no memory left: take fewer rows");
}

static ErrCode ints_new(Job *job, int64_t n, int64_t **out, Err *err) {
  TRY(job_need(job, n * 8, "groups", err));
  *out = mem_new((size_t)n * sizeof **out);
  return *out ? OK : no_memory(err);
}

// The keys of row[0..n) as a frame with names of our own, and the number of the row in it.
static ErrCode keys_of(Job *job, const Frame *f, const int *col, int64_t m, const int64_t *row, int64_t n, Frame *keys,
                       Err *err) {
  for (int64_t k = 0; k <= m; k++) {
    char name[32];
    Column *c;
    snprintf(name, sizeof name, "k%lld", (long long)k);
    if (k < m) TRY(column_gather(job, frame_at(f, col[k]), row, n, &c, err));
    else TRY(column_new(job, COL_I64, n, NULL, &c, err));
    for (int64_t i = 0; k == m && i < n; i++) c->i[i] = i;
    TRY(frame_add(keys, name, c, err));
  }
  return OK;
}

// place[g]: where group g stands in the order of the keys.
static ErrCode order_groups(Job *job, const Frame *f, const int *col, int64_t m, const int64_t *first, int64_t n,
                            int64_t *place, Err *err) {
  Frame *keys = frame_new(n), *sorted = NULL;
  ErrCode code = keys_of(job, f, col, m, first, n, keys, err);
  Arena a = {0};
  Names by = {arena_array(&a, const char *, m), m};
  for (int64_t k = 0; k < m; k++) by.name[k] = arena_printf(&a, "k%lld", (long long)k);
  if (code == OK) code = frame_sort(job, keys, &by, &sorted, err);
  for (int64_t i = 0; code == OK && i < n; i++) place[frame_at(sorted, (int)m)->i[i]] = i;
  frame_unref(sorted);
  frame_unref(keys);
  arena_fini(&a);
  return code;
}

// id[i] becomes the place of row i's group.
static ErrCode place_rows(Job *job, const Frame *f, const int *col, int64_t m, By *by, int64_t *id, Err *err) {
  int64_t n = frame_nrow(f), *first, *place;
  TRY(frame_groups(job, f, col, (int)m, id, &by->ngroup, err));
  TRY(ints_new(job, 2 * by->ngroup, &first, err));
  place = first + by->ngroup;
  for (int64_t i = n - 1; i >= 0; i--) first[id[i]] = i;
  ErrCode code = order_groups(job, f, col, m, first, by->ngroup, place, err);
  for (int64_t i = 0; code == OK && i < n; i++) id[i] = place[id[i]];
  mem_free(first);
  return code;
}

static ErrCode list_rows(Job *job, int64_t n, const int64_t *id, By *by, Err *err) {
  TRY(job_tick(job, 1, 2, err));
  TRY(ints_new(job, by->ngroup + 2, &by->start, err));
  TRY(ints_new(job, n, &by->row, err));
  memset(by->start, 0, ((size_t)by->ngroup + 2) * sizeof *by->start);
  for (int64_t i = 0; i < n; i++) by->start[id[i] + 2]++;
  for (int64_t g = 0; g < by->ngroup; g++) by->start[g + 2] += by->start[g + 1];
  for (int64_t i = 0; i < n; i++) by->row[by->start[id[i] + 1]++] = i;
  return OK;
}

static ErrCode fill(Job *job, const Frame *f, const int *col, int64_t m, By *by, Err *err) {
  int64_t *id;
  TRY(ints_new(job, frame_nrow(f), &id, err));
  ErrCode code = place_rows(job, f, col, m, by, id, err);
  if (code == OK) code = list_rows(job, frame_nrow(f), id, by, err);
  mem_free(id);
  return code;
}

ErrCode by_init(Job *job, const Frame *f, const Names *names, By *by, Err *err) {
  *by = (By){0};
  int *col = calloc((size_t)names->n + 1, sizeof *col);
  if (!col) abort();
  ErrCode code = OK;
  for (int64_t k = 0; k < names->n && code == OK; k++) code = frame_col(f, sv(names->name[k]), &col[k], err);
  if (code == OK) code = fill(job, f, col, names->n, by, err);
  free(col);
  if (code != OK) by_fini(by);
  return code;
}

void by_fini(By *by) {
  mem_free(by->start);
  mem_free(by->row);
  *by = (By){0};
}

ErrCode by_columns(Job *job, const Frame *f, const Names *names, const int64_t *row, int64_t n, const char *owner,
                   Frame *out, Err *err) {
  for (int64_t k = 0; k < names->n; k++) {
    Column *c;
    int j;
    TRY(frame_col(f, sv(names->name[k]), &j, err));
    TRY(column_gather(job, frame_at(f, j), row, n, &c, err));
    if (frame_find(out, sv(names->name[k])) >= 0) {
      column_unref(c);
      return err_set(err, ERR_NAME, "%s: by=\"%s\": the answer has a column of that name: d:rename it first", owner,
                     names->name[k]);
    }
    TRY(frame_add(out, names->name[k], c, err));
  }
  return OK;
}
