// The description of a frame: one row a column, or a column and a group. The columns go one after the other, each on
// all threads and in the same memory (describe_column.c); groups are gathered in turn.
#include "stats/describe_int.h"

#include <math.h>
#include <stdlib.h>

typedef struct Plan {
  const Frame *f;
  Choice choice;
  By by;
  const Column *weight;
  int *col;
  int64_t ncol, ngroup;
  Row *row; // columns x groups
} Plan;

static bool is_key(const DescribeOpts *o, const char *name) {
  for (int64_t k = 0; k < o->by.n; k++)
    if (!strcmp(o->by.name[k], name)) return true;
  return o->weight && !strcmp(o->weight, name);
}

// The named columns, or all but keys and weights.
static ErrCode choose_columns(const DescribeOpts *o, Plan *p, Err *err) {
  int64_t n = o->columns.n ? o->columns.n : frame_ncol(p->f);
  p->col = calloc((size_t)n + 1, sizeof *p->col);
  if (!p->col) abort();
  for (int64_t k = 0; k < n; k++) {
    int j = (int)k;
    if (o->columns.n) TRY(frame_col(p->f, sv(o->columns.name[k]), &j, err));
    if (o->columns.n || !is_key(o, frame_name(p->f, j))) p->col[p->ncol++] = j;
  }
  return OK;
}

static ErrCode choose_weight(const DescribeOpts *o, Plan *p, Err *err) {
  int j;
  if (!o->weight) return OK;
  TRY(frame_col(p->f, sv(o->weight), &j, err));
  p->weight = frame_at(p->f, j);
  if (!col_is_number(p->weight))
    return err_set(err, ERR_TYPE, "describe: weight=\"%s\" is %s: weights are numbers", o->weight,
                   COLTYPES[p->weight->type].name);
  for (int64_t i = 0; i < p->weight->n; i++) {
    double w = col_f64(p->weight, i);
    if (col_valid(p->weight, i) && !(w >= 0 && w < INFINITY))
      return err_set(err, ERR_ARG, "describe: weight=\"%s\" is %g in row %lld: weights are finite and 0 or more",
                     o->weight, w, (long long)i + 1);
  }
  return OK;
}

static ErrCode choose_groups(Job *job, const DescribeOpts *o, Plan *p, Err *err) {
  p->ngroup = 1;
  if (!o->by.n) return OK;
  for (int64_t k = 0; k < o->by.n; k++)
    if (!strcmp(o->by.name[k], "column") || choice_has(&p->choice, o->by.name[k]))
      return err_set(err, ERR_NAME, "describe: by=\"%s\": the answer has a column of that name: d:rename it first",
                     o->by.name[k]);
  TRY(by_init(job, p->f, &o->by, &p->by, err));
  p->ngroup = p->by.ngroup;
  return OK;
}

static ErrCode describe_group(Describe *d, const Plan *p, const Column *c, int64_t g, Row *r, Err *err) {
  const int64_t *row = p->by.row + p->by.start[g];
  int64_t n = p->by.start[g + 1] - p->by.start[g];
  Column *part, *weight = NULL;
  TRY(column_gather(d->job, c, row, n, &part, err));
  ErrCode code = p->weight ? column_gather(d->job, p->weight, row, n, &weight, err) : OK;
  d->weight = weight;
  if (code == OK) code = describe_column(d, part, r, err);
  column_unref(weight);
  column_unref(part);
  return code;
}

static ErrCode describe_rows(Describe *d, const Plan *p, Err *err) {
  for (int64_t k = 0; k < p->ncol; k++)
    for (int64_t g = 0; g < p->ngroup; g++) {
      Row *r = &p->row[k * p->ngroup + g];
      TRY(job_tick(d->job, k * p->ngroup + g, p->ncol * p->ngroup, err));
      r->name = frame_name(p->f, p->col[k]), r->like = frame_at(p->f, p->col[k]), r->group = g;
      d->weight = p->weight;
      if (p->by.row) TRY(describe_group(d, p, r->like, g, r, err));
      else TRY(describe_column(d, r->like, r, err));
    }
  return OK;
}

// ---- the answer as a frame -----------------------------------------------------------------------------------------
static ErrCode add_names(Describe *d, const Plan *p, Frame *out, Err *err) {
  int64_t n = p->ncol * p->ngroup;
  Arena a = {0};
  Sv *name = arena_array(&a, Sv, n + 1);
  int64_t *row = arena_array(&a, int64_t, n + 1);
  for (int64_t i = 0; i < n; i++) {
    name[i] = sv(p->row[i].name);
    if (p->by.row) row[i] = p->by.row[p->by.start[p->row[i].group]];
  }
  ErrCode code = answer_texts(d->job, out, "column", name, n, err);
  if (code == OK) code = by_columns(d->job, p->f, &d->opts->by, row, n, "describe", out, err);
  arena_fini(&a);
  return code;
}

static ErrCode make_rows(Job *job, Plan *p, Err *err) {
  int64_t n = p->ncol * p->ngroup;
  TRY(job_need(job, n * (int64_t)sizeof *p->row, "describe by group", err));
  p->row = calloc((size_t)n + 1, sizeof *p->row);
  if (!p->row) abort();
  return OK;
}

static ErrCode answer(Describe *d, Plan *p, Frame **out, Err *err) {
  int64_t n = p->ncol * p->ngroup;
  TRY(make_rows(d->job, p, err));
  TRY(describe_rows(d, p, err));
  Frame *made = frame_new(n);
  ErrCode code = add_names(d, p, made, err);
  if (code == OK) code = describe_table(d, &p->choice, p->row, n, made, err);
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

static void plan_fini(Plan *p) {
  for (int64_t i = 0; p->row && i < p->ncol * p->ngroup; i++) {
    Row *r = &p->row[i];
    str_fini(&r->top), str_fini(&r->first), str_fini(&r->last), str_fini(&r->middle);
  }
  free(p->row);
  free(p->col);
  free(p->choice.stat);
  by_fini(&p->by);
}

ErrCode stats_describe(Job *job, const Frame *f, const DescribeOpts *opts, Frame **out, Err *err) {
  Plan p = {.f = f};
  TRY(choice_init(&opts->stats, &p.choice, err));
  Describe d = {.job = job, .opts = opts, .need = p.choice.need};
  ErrCode code = choose_columns(opts, &p, err);
  if (code == OK) code = choose_weight(opts, &p, err);
  if (code == OK) code = choose_groups(job, opts, &p, err);
  if (code == OK) code = answer(&d, &p, out, err);
  room_fini(&d.values);
  room_fini(&d.room);
  room_fini(&d.scratch);
  plan_fini(&p);
  return code;
}
