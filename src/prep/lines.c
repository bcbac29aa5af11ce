// Rows in the order of a column, group by group: sorted by the order's keys, then, stable, by the number of the group.
#include "prep/lines_int.h"

#include "frame/verbs.h"

#include <string.h>

ErrCode line_learn(const char *step, const char *order, const Names *group, const Frame *x, Arena *a, Learned *by,
                   Learned *in, Err *err) {
  const char *names[] = {order};
  int *col;
  if (order && *order) TRY(step_learn(step, x, &(Names){names, 1}, "", a, by, &col, err));
  if (group->n) TRY(step_learn(step, x, group, "", a, in, &col, err));
  if (by->names.n <= 1) return OK;
  return err_set(err, ERR_ARG, "prep.%s: order=\"%s\" names %lld columns, and one puts the rows in order", step, order,
                 (long long)by->names.n);
}

void line_fini(Line *l) {
  mem_free(l->row);
  mem_free(l->group);
  *l = (Line){0};
}

ErrCode step_ints(Job *job, const char *step, int64_t n, int64_t **out, Err *err) {
  TRY(job_need(job, n * (int64_t)sizeof **out, step, err));
  *out = mem_new((size_t)(n + 1) * sizeof **out);
  return *out ? OK : err_set(err, ERR_MEMORY, "prep.%s: no memory for %lld rows", step, (long long)n);
}

static ErrCode sort_by_order(Job *job, const char *step, const char *name, Line *l, uint64_t *key, Err *err) {
  int64_t first;
  if (column_count_missing(l->order, &first))
    return err_set(err, ERR_ARG,
                   "prep.%s: column '%s' puts the rows in order and is missing in row %lld: leave such "
                   "rows out",
                   step, name, (long long)first + 1);
  TRY(column_keys(job, l->order, false, key, err));
  return order_keys(job, key, l->n, true, l->row, err);
}

static ErrCode sort_rows(Job *job, const char *step, const char *order, const Frame *x, const int *group, int ngroup,
                         Line *l, Err *err) {
  int64_t *key, groups;
  TRY(step_ints(job, step, l->n, &key, err));
  ErrCode code = OK;
  if (l->order) code = sort_by_order(job, step, order, l, (uint64_t *)key, err);
  if (code == OK && ngroup) code = step_ints(job, step, l->n, &l->group, err);
  if (code == OK && ngroup) code = frame_groups(job, x, group, ngroup, l->group, &groups, err);
  if (code == OK && ngroup) {
    memcpy(key, l->group, (size_t)l->n * sizeof *key);
    code = order_keys(job, (uint64_t *)key, l->n, true, l->row, err);
  }
  mem_free(key);
  return code;
}

ErrCode line_init(Job *job, const char *step, const Learned *order, const Learned *group, const Frame *x, Arena *a,
                  Line *l, Err *err) {
  int *of, *col = arena_array(a, int, frame_ncol(x)), ngroup = 0;
  *l = (Line){.n = frame_nrow(x)};
  TRY(step_match(step, x, order, a, &of, err));
  for (int j = 0; j < frame_ncol(x); j++)
    if (of[j] >= 0) l->order = frame_at(x, j);
  TRY(step_match(step, x, group, a, &of, err));
  for (int j = 0; j < frame_ncol(x); j++)
    if (of[j] >= 0) col[ngroup++] = j;
  TRY(step_ints(job, step, l->n, &l->row, err));
  for (int64_t i = 0; i < l->n; i++) l->row[i] = i;
  return l->order || ngroup ? sort_rows(job, step, order->names.n ? order->names.name[0] : "", x, col, ngroup, l, err)
                            : OK;
}
