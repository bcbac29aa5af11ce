// Verbs that choose columns or rows. Columns are shared, rows are gathered.
#include "frame/frame_int.h"

#include "base/map.h"
#include "base/near.h"
#include "frame/verbs.h"

#include <stdlib.h>

static ErrCode add_shared(Frame *out, const Frame *f, int j, const char *name, Err *err) {
  return frame_add(out, name, column_ref(frame_at(f, j)), err);
}

static ErrCode finish(ErrCode code, Frame *made, Frame **out) {
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

ErrCode frame_select(const Frame *f, const Names *names, Frame **out, Err *err) {
  Frame *made = frame_new(frame_nrow(f));
  ErrCode code = OK;
  for (int64_t k = 0; k < names->n && code == OK; k++) {
    int j;
    code = frame_col(f, sv(names->name[k]), &j, err);
    if (code == OK && frame_find(made, sv(names->name[k])) >= 0)
      code = err_set(err, ERR_NAME, "column '%s' is named twice", names->name[k]);
    if (code == OK) code = add_shared(made, f, j, names->name[k], err);
  }
  frame_share_asked(made, f);
  return finish(code, made, out);
}

ErrCode frame_drop(const Frame *f, const Names *names, Frame **out, Err *err) {
  bool *gone = calloc((size_t)frame_ncol(f) + 1, 1);
  if (!gone) abort();
  ErrCode code = OK;
  for (int64_t k = 0; k < names->n && code == OK; k++) {
    int j;
    code = frame_col(f, sv(names->name[k]), &j, err);
    if (code == OK) gone[j] = true;
  }
  Frame *made = frame_new(frame_nrow(f));
  for (int j = 0; j < frame_ncol(f) && code == OK; j++)
    if (!gone[j]) code = add_shared(made, f, j, frame_name(f, j), err);
  free(gone);
  frame_share_asked(made, f);
  return finish(code, made, out);
}

// rename{new="old"}: when the old name is unknown but the new one exists, the two were written the other way round.
static ErrCode check_rename(const Frame *f, const char *from, const char *to, Err *err) {
  int j;
  if (frame_find(f, sv(from)) < 0 && frame_find(f, sv(to)) >= 0)
    return err_set(err, ERR_NAME, "no column '%s', but there is '%s': write rename{%s=\"%s\"} (new name = old name)",
                   from, to, from, to);
  return frame_col(f, sv(from), &j, err);
}

ErrCode frame_rename(const Frame *f, const Names *from, const Names *to, Frame **out, Err *err) {
  for (int64_t k = 0; k < from->n; k++) TRY(check_rename(f, from->name[k], to->name[k], err));
  Frame *made = frame_new(frame_nrow(f));
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(f) && code == OK; j++) {
    const char *name = frame_name(f, j);
    for (int64_t k = 0; k < from->n; k++)
      if (strcmp(from->name[k], frame_name(f, j)) == 0) name = to->name[k];
    code = add_shared(made, f, j, name, err);
  }
  return finish(code, made, out);
}

ErrCode frame_take(Job *job, const Frame *f, const Rows *rows, Frame **out, Err *err) {
  int m = frame_ncol(f);
  const Column **from = calloc((size_t)m + 1, sizeof *from);
  Column **to = calloc((size_t)m + 1, sizeof *to);
  if (!from || !to) abort();
  for (int j = 0; j < m; j++) from[j] = frame_at(f, j);
  ErrCode code = columns_take(job, from, m, rows, to, err), added = OK;
  Frame *made = frame_new(rows->n);
  for (int j = 0; j < m && code == OK; j++) { // the names and lengths fit, so nothing is refused
    ErrCode one = frame_add(made, frame_name(f, j), to[j], err);
    if (added == OK) added = one;
  }
  free(from);
  free(to);
  frame_share_asked(made, f);
  return finish(code == OK ? added : code, made, out);
}

ErrCode frame_gather(Job *job, const Frame *f, const int64_t *row, int64_t n, Frame **out, Err *err) {
  Rows rows = rows_wide(job, row, n);
  return frame_take(job, f, &rows, out, err);
}

NODISCARD static ErrCode rows_new(Job *job, int64_t n, int64_t **row, Err *err) {
  TRY(job_need(job, n * (int64_t)sizeof **row, "a list of rows", err));
  *row = mem_new((size_t)n * sizeof **row);
  return *row ? OK : out_of_memory("a list of rows", err);
}

// All rows are the same columns.
static ErrCode share_columns(const Frame *f, Frame **out, Err *err) {
  Frame *made = frame_new(frame_nrow(f));
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(f) && code == OK; j++) code = add_shared(made, f, j, frame_name(f, j), err);
  frame_share_asked(made, f);
  return finish(code, made, out);
}

ErrCode frame_slice(Job *job, const Frame *f, int64_t first, int64_t n, Frame **out, Err *err) {
  int64_t nrow = frame_nrow(f);
  if (first < 0) first = 0;
  if (first > nrow) first = nrow;
  if (n > nrow - first) n = nrow - first;
  if (n < 0) n = 0;
  TRY(job_tick(job, 0, 1, err));
  if (n == nrow) return share_columns(f, out, err);
  return frame_take(job, f, &(Rows){.first = first, .n = n}, out, err);
}

ErrCode frame_unique(Job *job, const Frame *f, const Names *names, Frame **out, Err *err) {
  int m = names->n ? (int)names->n : frame_ncol(f), *col = calloc((size_t)m + 1, sizeof *col);
  if (!col) abort();
  ErrCode code = OK;
  for (int k = 0; k < m && code == OK; k++) {
    if (names->n) code = frame_col(f, sv(names->name[k]), &col[k], err);
    else col[k] = k;
  }
  int64_t *group = NULL, ngroup = 0, kept = 0, n = frame_nrow(f);
  if (code == OK) code = rows_new(job, n, &group, err);
  if (code == OK) code = frame_groups(job, f, col, m, group, &ngroup, err);
  if (code == OK) { // groups are numbered by first appearance, so each new maximum is a first row
    for (int64_t i = 0; i < n; i++)
      if (group[i] == kept) group[kept++] = i;
    code = frame_gather(job, f, group, kept, out, err);
  }
  mem_free(group);
  free(col);
  return code;
}
