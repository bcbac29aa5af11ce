// Groups of rows and their counts. Each column is folded into the group number in turn: the pair (group so far, value)
// gets the next number when it is new.
#include "frame/frame_int.h"

#include "base/map.h"

#include <stdlib.h>

static Sv value_bytes(const Column *c, int64_t i, char buf[8]) {
  if (c->type == COL_TEXT) return col_text(c, i);
  int64_t v = c->type == COL_CAT ? c->code[i] : c->type == COL_BOOL ? c->b[i] : c->i[i];
  if (c->type == COL_F64 && c->f[i] == 0) v = 0;         // -0.0 and 0.0 are one group
  if (c->type == COL_F64 && c->f[i] != c->f[i]) v = -1; // and so are all NaNs
  memcpy(buf, &v, 8);
  return (Sv){buf, 8};
}

static void fold_column(const Column *c, int64_t *group, Map *pairs) {
  Str key = {0};
  for (int64_t i = 0; i < c->n; i++) {
    char buf[8];
    str_clear(&key);
    str_addn(&key, (const char *)&group[i], sizeof group[i]);
    str_addc(&key, col_valid(c, i) ? '+' : '-');
    if (col_valid(c, i)) {
      Sv v = value_bytes(c, i, buf);
      str_addn(&key, v.s, v.n);
    }
    group[i] = map_put(pairs, (Sv){key.s, key.n}, NULL);
  }
  str_fini(&key);
}

ErrCode frame_groups(Job *job, const Frame *f, const int *col, int m, int64_t *group, int64_t *ngroup, Err *err) {
  int64_t n = frame_nrow(f);
  memset(group, 0, (size_t)n * sizeof *group);
  *ngroup = n > 0;
  for (int k = 0; k < m; k++) {
    TRY(job_tick(job, k, m, err));
    Map pairs;
    map_init(&pairs);
    fold_column(frame_at(f, col[k]), group, &pairs);
    *ngroup = pairs.n;
    map_fini(&pairs);
  }
  return OK;
}

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
