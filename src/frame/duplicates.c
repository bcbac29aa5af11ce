// Rows that come more than once, and columns in another order.
#include "frame/shape_int.h"

#include "frame/verbs.h"

#include <stdlib.h>

ErrCode frame_order(const Frame *f, const Names *names, Frame **out, Err *err) {
  int *col, m;
  TRY(shape_columns(f, names, false, &col, &m, err));
  Frame *made = frame_new(frame_nrow(f));
  ErrCode code = OK;
  for (int k = 0; k < m && code == OK; k++) {
    if (frame_find(made, sv(names->name[k])) >= 0)
      code = err_set(err, ERR_NAME, "column '%s' is named twice", names->name[k]);
    else code = frame_add(made, frame_name(f, col[k]), column_ref(frame_at(f, col[k])), err);
  }
  for (int j = 0; j < frame_ncol(f) && code == OK; j++)
    if (frame_find(made, sv(frame_name(f, j))) < 0)
      code = frame_add(made, frame_name(f, j), column_ref(frame_at(f, j)), err);
  free(col);
  if (code != OK) return frame_unref(made), code;
  *out = made;
  return OK;
}

// ---- duplicates ---------------------------------------------------------------------------------------------------
typedef struct Repeats {
  const Frame *f;
  const int *col;
  int m;
  int64_t *group, ngroup;
  int64_t *size;  // rows of each group
  int64_t *start; // of each group in `row`
  int64_t *row, n, sets;
} Repeats;

// Rows of the groups of two and more, group by group.
static ErrCode list_rows(Job *job, Repeats *r, Err *err) {
  int64_t nrow = frame_nrow(r->f);
  TRY(shape_new(job, nrow, sizeof *r->group, "a search for duplicates", &r->group, err));
  TRY(frame_groups(job, r->f, r->col, r->m, r->group, &r->ngroup, err));
  TRY(shape_new(job, r->ngroup, sizeof *r->size, "a search for duplicates", &r->size, err));
  TRY(shape_new(job, r->ngroup, sizeof *r->start, "a search for duplicates", &r->start, err));
  memset(r->size, 0, (size_t)r->ngroup * sizeof *r->size);
  for (int64_t i = 0; i < nrow; i++) r->size[r->group[i]]++;
  TRY(job_tick(job, 1, 2, err));
  for (int64_t g = 0; g < r->ngroup; g++) {
    r->start[g] = r->n;
    if (r->size[g] > 1) r->n += r->size[g], r->sets++;
  }
  TRY(shape_new(job, r->n, sizeof *r->row, "a search for duplicates", &r->row, err));
  for (int64_t i = 0; i < nrow; i++)
    if (r->size[r->group[i]] > 1) r->row[r->start[r->group[i]]++] = i;
  return job_tick(job, 2, 2, err);
}

static ErrCode add_columns(Job *job, const Repeats *r, Frame *made, bool named, Err *err) {
  for (int j = 0; j < frame_ncol(r->f); j++) {
    bool key = false;
    for (int k = 0; k < r->m; k++) key = key || r->col[k] == j;
    if (key != named) continue;
    Column *c;
    TRY(column_gather(job, frame_at(r->f, j), r->row, r->n, &c, err));
    TRY(frame_add(made, frame_name(r->f, j), c, err));
  }
  return OK;
}

static ErrCode add_sizes(Job *job, const Repeats *r, Frame *made, Err *err) {
  Column *c;
  TRY(column_new(job, COL_I64, r->n, NULL, &c, err));
  for (int64_t i = 0; i < r->n; i++) c->i[i] = r->size[r->group[r->row[i]]];
  return frame_add(made, frame_find(r->f, sv("n")) < 0 ? "n" : "n_rows", c, err);
}

static ErrCode assemble(Job *job, const Repeats *r, Frame *made, Err *err) {
  TRY(add_columns(job, r, made, true, err));
  TRY(add_sizes(job, r, made, err));
  TRY(add_columns(job, r, made, false, err));
  Str s = {0};
  if (!r->n) str_addf(&s, "no duplicates: all %s rows differ", shape_number(frame_nrow(r->f)).s);
  else
    str_addf(&s, "%s of %s rows, in %s set%s of equal ones", shape_number(r->n).s, shape_number(frame_nrow(r->f)).s,
             shape_number(r->sets).s, r->sets == 1 ? "" : "s");
  frame_set_caption(made, str_c(&s));
  str_fini(&s);
  return OK;
}

ErrCode frame_duplicates(Job *job, const Frame *f, const Names *names, Frame **out, Err *err) {
  int *col;
  Repeats r = {.f = f};
  TRY(shape_columns(f, names, true, &col, &r.m, err));
  r.col = col;
  ErrCode code = list_rows(job, &r, err);
  Frame *made = code == OK ? frame_new(r.n) : NULL;
  if (code == OK) code = assemble(job, &r, made, err);
  if (code == OK) *out = made;
  else frame_unref(made);
  mem_free(r.group);
  mem_free(r.size);
  mem_free(r.start);
  mem_free(r.row);
  free(col);
  return code;
}
