// Groups of rows and their counts. The values of each column are numbered by first appearance (categories by a table
// over their codes, others through a map), then the pair (group so far, value) gets the next number when it is new: by
// a table while that is small, else through a map. Linear in the rows.
#include "frame/frame_int.h"

#include "base/map.h"
#include "frame/verbs.h"

#include <stdlib.h>

enum { TABLE_MOST = 1 << 20, TICK = 1 << 15 }; // TABLE_MOST: entries of a table that stands in for a map

static bool is_stopped(Job *job, int64_t i, int64_t n) { return i % TICK == 0 && job_tick(job, i, n, NULL) != OK; }

// ---- numbering -----------------------------------------------------------------------------------------------------
static int64_t *table_new(int64_t n) {
  int64_t *t = malloc(((size_t)n + 1) * sizeof *t);
  if (!t) abort();
  memset(t, 0xFF, (size_t)n * sizeof *t);
  return t;
}

static int64_t number_codes(const Column *c, int64_t *id) {
  int64_t *of = table_new((int64_t)c->dict->n + 1), next = 0;
  for (int64_t i = 0; i < c->n; i++) {
    int64_t *place = &of[col_valid(c, i) ? col_code(c, i) + 1 : 0];
    if (*place < 0) *place = next++;
    id[i] = *place;
  }
  free(of);
  return next;
}

static Sv value_bytes(const Column *c, int64_t i, char buf[8]) {
  if (c->type == COL_TEXT) return col_text(c, i);
  int64_t v = c->type == COL_BOOL ? c->b[i] : c->i[i];
  if (c->type == COL_F64 && c->f[i] == 0) v = 0;        // -0.0 and 0.0 are one group
  if (c->type == COL_F64 && c->f[i] != c->f[i]) v = -1; // and so are all NaNs
  memcpy(buf, &v, 8);
  return (Sv){buf, 8};
}

// The missing rows are a group too; what first appears after them is numbered one higher than in the map. -1: stopped.
static int64_t number_values(Job *job, const Column *c, int64_t *id) {
  Map values;
  map_init(&values);
  int64_t missing = -1;
  bool stopped = false;
  char buf[8];
  for (int64_t i = 0; i < c->n && !(stopped = is_stopped(job, i, c->n)); i++) {
    if (!col_valid(c, i)) {
      if (missing < 0) missing = values.n;
      id[i] = missing;
      continue;
    }
    int64_t k = map_put(&values, value_bytes(c, i, buf), NULL);
    id[i] = k + (missing >= 0 && k >= missing);
  }
  int64_t n = values.n + (missing >= 0);
  map_fini(&values);
  return stopped ? -1 : n;
}

static int64_t number_pairs_by_table(const int64_t *id, int64_t nid, int64_t *group, int64_t ngroup, int64_t n) {
  int64_t *of = table_new(nid * ngroup), next = 0;
  for (int64_t i = 0; i < n; i++) {
    int64_t *place = &of[group[i] * nid + id[i]];
    if (*place < 0) *place = next++;
    group[i] = *place;
  }
  free(of);
  return next;
}

static int64_t number_pairs_by_map(Job *job, const int64_t *id, int64_t *group, int64_t n) {
  Map pairs;
  bool stopped = false;
  map_init(&pairs);
  for (int64_t i = 0; i < n && !(stopped = is_stopped(job, i, n)); i++) {
    int64_t pair[2] = {group[i], id[i]};
    group[i] = map_put(&pairs, (Sv){(const char *)pair, sizeof pair}, NULL);
  }
  int64_t ngroup = pairs.n;
  map_fini(&pairs);
  return stopped ? -1 : ngroup;
}

// How many groups there are now; -1: stopped.
static int64_t fold_column(Job *job, const Column *c, int64_t *id, int64_t *group, int64_t ngroup) {
  int64_t nid = c->dict ? number_codes(c, id) : number_values(job, c, id);
  if (nid < 0) return -1;
  if (ngroup <= 1) { // the first column: its numbers are the groups
    memcpy(group, id, (size_t)c->n * sizeof *id);
    return nid;
  }
  if (nid <= TABLE_MOST / ngroup) return number_pairs_by_table(id, nid, group, ngroup, c->n);
  return number_pairs_by_map(job, id, group, c->n);
}

ErrCode frame_groups(Job *job, const Frame *f, const int *col, int m, int64_t *group, int64_t *ngroup, Err *err) {
  int64_t n = frame_nrow(f);
  TRY(job_need(job, n * 8, "grouping", err));
  int64_t *id = mem_new((size_t)n * sizeof *id);
  if (!id) return out_of_memory("grouping", err);
  memset(group, 0, (size_t)n * sizeof *group);
  *ngroup = n > 0;
  ErrCode code = OK;
  for (int k = 0; k < m && code == OK; k++) {
    code = job_tick(job, k, m, err);
    if (code == OK) *ngroup = fold_column(job, frame_at(f, col[k]), id, group, *ngroup);
    if (*ngroup < 0) *ngroup = 0, code = job_tick(job, k, m, err);
  }
  mem_free(id);
  return code;
}

// ---- counting ------------------------------------------------------------------------------------------------------
// The first row of each group, then the counts as a column.
static ErrCode count_groups(Job *job, const int64_t *group, int64_t n, int64_t ngroup, int64_t *first, Column **count,
                            Err *err) {
  TRY(column_new(job, COL_I64, ngroup, NULL, count, err));
  memset((*count)->i, 0, (size_t)ngroup * sizeof(int64_t));
  for (int64_t i = 0; i < n; i++)
    if ((*count)->i[group[i]]++ == 0) first[group[i]] = i;
  return OK;
}

static const char *free_name(const Frame *f) { return frame_find(f, sv("n")) < 0 ? "n" : "n_rows"; }

static ErrCode sort_counts(Job *job, Frame *counted, const Names *names, const char *n_name, Frame **out, Err *err) {
  const char **key = calloc((size_t)names->n + 1, sizeof *key);
  char descending[16];
  if (!key) abort();
  descending[0] = '-';
  strcpy(descending + 1, n_name);
  key[0] = descending;
  for (int64_t k = 0; k < names->n; k++) key[k + 1] = names->name[k];
  Names keys = {key, names->n + 1};
  ErrCode code = frame_sort(job, counted, &keys, out, err);
  free(key);
  return code;
}

ErrCode frame_count(Job *job, const Frame *f, const Names *names, Frame **out, Err *err) {
  Frame *chosen = NULL, *counted = NULL;
  TRY(frame_select(f, names, &chosen, err));
  int64_t n = frame_nrow(f), ngroup = 0;
  int m = frame_ncol(chosen), *col = calloc((size_t)m + 1, sizeof *col);
  if (!col) abort();
  for (int k = 0; k < m; k++) col[k] = k;
  ErrCode code = job_need(job, n * 16, "counting", err);
  int64_t *group = code == OK ? mem_new((size_t)n * 8) : NULL, *first = code == OK ? mem_new((size_t)n * 8) : NULL;
  if (code == OK && (!group || !first)) code = out_of_memory("counting", err);
  Column *count = NULL;
  if (code == OK) code = frame_groups(job, chosen, col, m, group, &ngroup, err);
  if (code == OK) code = count_groups(job, group, n, ngroup, first, &count, err);
  if (code == OK) code = frame_gather(job, chosen, first, ngroup, &counted, err);
  const char *n_name = free_name(chosen);
  if (code == OK) code = frame_add(counted, n_name, count, err);
  else column_unref(count);
  if (code == OK) code = sort_counts(job, counted, names, n_name, out, err);
  frame_unref(counted);
  frame_unref(chosen);
  mem_free(group);
  mem_free(first);
  free(col);
  return code;
}
