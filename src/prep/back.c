// Lags and rolling windows as steps. A row sees rows of its group before it, never itself or a later one, so that what
// it gets was known by then. In training these are training rows. Rows to predict see each other, and the last training
// rows of their group too, if there is an order and all of the group's rows come after them: so a test set that follows
// the training rows has no gap at its beginning, and one that lies among them never meets itself.
// The windows are the frame's own: a working frame with the columns under short names goes through frame_window.
#include "prep/back_int.h"

#include "frame/group.h"
#include "frame/shape.h"
#include "frame/verbs.h"

#include <stdio.h>
#include <string.h>

// ---- the working frame ---------------------------------------------------------------------------------------------
// Columns c0, c1 ... are the learned ones, g0 ... the groups, o the order.
static int64_t work_columns(const Back *st) { return st->in.names.n + st->group.names.n + st->order.names.n; }

static const char *work_name(const Back *st, int64_t k, Arena *a) {
  int64_t p = st->in.names.n, g = st->group.names.n;
  if (k < p) return arena_printf(a, "c%lld", (long long)k);
  return k < p + g ? arena_printf(a, "g%lld", (long long)(k - p)) : "o";
}

static const char *work_source(const Back *st, int64_t k, ColType *type) {
  const Learned *l[] = {&st->in, &st->group, &st->order};
  int at = 0;
  while (k >= l[at]->names.n) k -= l[at++]->names.n;
  *type = l[at]->type[k];
  return l[at]->names.name[k];
}

static ErrCode work_frame(const char *step, const Back *st, const Frame *x, Arena *a, Frame **out, Err *err) {
  const Learned *l[] = {&st->in, &st->group, &st->order};
  int *of;
  for (int k = 0; k < 3; k++) TRY(step_match(step, x, l[k], a, &of, err));
  Frame *f = frame_new(frame_nrow(x));
  ErrCode code = OK;
  for (int64_t k = 0; k < work_columns(st) && code == OK; k++) {
    ColType type;
    const Column *c = frame_at(x, frame_find(x, sv(work_source(st, k, &type))));
    code = frame_add(f, work_name(st, k, a), column_ref(c), err);
  }
  return frame_give(code, f, out);
}

// ---- the tail ------------------------------------------------------------------------------------------------------
static ErrCode write_cell(const char *step, const Back *st, const Frame *work, int64_t k, int64_t row, int64_t at,
                          Arena *a, Tail *t, Err *err) {
  const Column *c = frame_at(work, (int)k);
  ColType type;
  Str s = {0};
  t->present[at] = !cell_missing(c, row);
  if (t->present[at]) col_format(c, row, CELL_EXACT, &s);
  ErrCode code = step_word(step, work_source(st, k, &type), (Sv){str_c(&s), s.n}, a, &t->cell.name[at], err);
  str_fini(&s);
  return code;
}

// The last `rows` rows of each group, the line backwards.
static int64_t last_rows(const Line *l, int64_t rows, int64_t *out) {
  int64_t n = 0, run = 0;
  for (int64_t k = l->n - 1; k >= 0; k--) {
    run = k + 1 < l->n && same_group(l, l->row[k], l->row[k + 1]) ? run + 1 : 1;
    if (run <= rows) out[n++] = l->row[k];
  }
  for (int64_t k = 0; k < n / 2; k++) {
    int64_t v = out[k];
    out[k] = out[n - 1 - k], out[n - 1 - k] = v;
  }
  return n;
}

static ErrCode keep_tail(Job *job, const char *step, const Line *l, const Frame *work, int64_t rows, Arena *a, Back *st,
                         Err *err) {
  Tail *t = &st->tail;
  int64_t *last, p = work_columns(st);
  TRY(step_ints(job, step, l->n, &last, err));
  int64_t n = last_rows(l, rows, last);
  ErrCode code = job_need(job, n * p * 24, step, err);
  if (code == OK) *t = (Tail){n, {arena_array(a, const char *, n * p), n * p}, arena_array(a, int64_t, n * p)};
  for (int64_t k = 0; k < p && code == OK; k++)
    for (int64_t i = 0; i < n && code == OK; i++) code = write_cell(step, st, work, k, last[i], k * n + i, a, t, err);
  mem_free(last);
  return code;
}

static ErrCode read_words(Job *job, const Tail *t, int64_t from, Column **out, Err *err) {
  TextBuilder b;
  ErrCode code = OK;
  textb_init(&b, job);
  for (int64_t i = from; i < from + t->n && code == OK; i++)
    code = t->present[i] ? textb_add(&b, sv(t->cell.name[i]), err) : textb_add_missing(&b, err);
  if (code == OK) code = textb_take(&b, out, err);
  textb_fini(&b);
  return code;
}

static ErrCode read_values(Job *job, ColType type, const Tail *t, int64_t from, Column **out, Err *err) {
  TRY(column_new(job, type, t->n, NULL, out, err));
  for (int64_t i = 0; i < t->n; i++) {
    int64_t whole = 0;
    double real = 0;
    bool fits = t->present[from + i] && COLTYPES[type].parse(sv(t->cell.name[from + i]), &whole, &real, &(*out)->zoned);
    if (type == COL_F64) (*out)->f[i] = fits ? real : 0;
    else if (type == COL_BOOL) (*out)->b[i] = fits && whole;
    else (*out)->i[i] = fits ? whole : 0;
    if (!fits && column_set_missing(*out, i, err) != OK) return column_unref(*out), err->code;
  }
  return OK;
}

static ErrCode tail_frame(Job *job, const Back *st, Arena *a, Frame **out, Err *err) {
  Frame *f = frame_new(st->tail.n);
  ErrCode code = OK;
  for (int64_t k = 0; k < work_columns(st) && code == OK; k++) {
    ColType type;
    Column *c;
    work_source(st, k, &type);
    if (type == COL_CAT || type == COL_TEXT) code = read_words(job, &st->tail, k * st->tail.n, &c, err);
    else code = read_values(job, type, &st->tail, k * st->tail.n, &c, err);
    if (code == OK) code = frame_add(f, work_name(st, k, a), c, err);
  }
  return frame_give(code, f, out);
}

typedef struct Meeting { // the tail, m rows, and n rows to predict below it
  const Frame *f;
  int64_t m, n, ngroup, *group;
  uint64_t *key, *last, *first; // of each row; of each group the last of the tail and the first of the rows
} Meeting;

// The rows of the tail whose group goes on behind it, then all others.
static int64_t meeting_rows(const Meeting *t, int64_t *row) {
  int64_t kept = 0;
  for (int64_t g = 0; g < t->ngroup; g++) t->last[g] = 0, t->first[g] = UINT64_MAX;
  for (int64_t i = 0; i < t->m + t->n; i++) {
    int64_t g = t->group[i];
    if (i < t->m && t->key[i] > t->last[g]) t->last[g] = t->key[i];
    if (i >= t->m && t->key[i] < t->first[g]) t->first[g] = t->key[i];
  }
  for (int64_t i = 0; i < t->m; i++)
    if (t->last[t->group[i]] < t->first[t->group[i]]) row[kept++] = i;
  for (int64_t i = 0; i < t->n; i++) row[kept + i] = t->m + i;
  return kept;
}

static ErrCode meet(Job *job, const Back *st, Meeting *t, Arena *a, int64_t *row, Frame **out, int64_t *kept,
                    Err *err) {
  int64_t p = st->in.names.n, g = st->group.names.n;
  int *col = arena_array(a, int, g);
  for (int64_t k = 0; k < g; k++) col[k] = (int)(p + k);
  t->ngroup = 1;
  if (g) TRY(frame_groups(job, t->f, col, (int)g, t->group, &t->ngroup, err));
  else memset(t->group, 0, (size_t)(t->m + t->n) * sizeof *t->group);
  TRY(column_keys(job, frame_at(t->f, (int)(p + g)), false, t->key, err));
  t->last = arena_array(a, uint64_t, t->ngroup), t->first = arena_array(a, uint64_t, t->ngroup);
  *kept = meeting_rows(t, row);
  return frame_gather(job, t->f, row, *kept + t->n, out, err);
}

// The tail's rows that count, `kept` of them, and those of `work` below them.
static ErrCode with_tail(Job *job, const char *step, const Back *st, const Frame *work, Arena *a, Frame **out,
                         int64_t *kept, Err *err) {
  Frame *tail, *both;
  int64_t *room, m = st->tail.n, n = frame_nrow(work);
  TRY(tail_frame(job, st, a, &tail, err));
  ErrCode code = frame_stack(job, (const Frame *const[]){tail, work}, 2, NULL, &both, err);
  frame_unref(tail);
  if (code != OK) return code;
  code = step_ints(job, step, 3 * (m + n), &room, err);
  if (code == OK) {
    Meeting t = {.f = both, .m = m, .n = n, .group = room, .key = (uint64_t *)room + m + n};
    code = meet(job, st, &t, a, room + 2 * (m + n), out, kept, err);
    mem_free(room);
  }
  frame_unref(both);
  return code;
}

// ---- fit -----------------------------------------------------------------------------------------------------------
ErrCode back_fit(Job *job, const char *step, const BackOpts *o, const char *dflt, int64_t rows, const StepIn *in,
                 Arena *a, Back *out, Err *err) {
  int *col;
  Line l;
  Frame *work;
  TRY(step_learn(step, in->x, &o->columns, dflt, a, &out->in, &col, err));
  TRY(line_learn(step, o->order, &o->group, in->x, a, &out->order, &out->group, err));
  for (int64_t k = 0; k < out->in.names.n; k++) {
    int64_t first;
    const char *name = out->in.names.name[k];
    TRY(job_tick(job, k, out->in.names.n, err));
    if (column_count_missing(frame_at(in->x, col[k]), &first) == frame_nrow(in->x))
      return err_set(err, ERR_ARG,
                     "prep.%s: column '%s' has no value in the training rows: leave it out, d:drop{\"%s\"}", step, name,
                     name);
  }
  if (!out->order.names.n) return OK;
  ErrCode code = line_init(job, step, &out->order, &out->group, in->x, a, &l, err);
  if (code == OK) code = work_frame(step, out, in->x, a, &work, err);
  if (code == OK) {
    code = keep_tail(job, step, &l, work, rows, a, out, err);
    frame_unref(work);
  }
  line_fini(&l);
  return code;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
static ErrCode check_order(const char *step, const Back *st, const Frame *work, Err *err) {
  int64_t first;
  if (!st->order.names.n || !column_count_missing(frame_at(work, frame_ncol(work) - 1), &first)) return OK;
  return err_set(err, ERR_ARG,
                 "prep.%s: column '%s' puts the rows in order and is missing in row %lld: leave such rows out", step,
                 st->order.names.name[0], (long long)first + 1);
}

// The new columns of the working frame, behind its own.
static ErrCode run_windows(Job *job, const BackPlan *plan, const Back *st, const Frame *work, Arena *a, Frame **out,
                           Err *err) {
  WindowOpts o = {.min = plan->min};
  const char *order = "o";
  o.exprs = (Names){arena_array(a, const char *, plan->of_n), plan->of_n};
  for (int64_t k = 0; k < plan->of_n; k++) o.exprs.name[k] = plan->expr[k];
  o.by = (Names){arena_array(a, const char *, st->group.names.n), st->group.names.n};
  for (int64_t k = 0; k < o.by.n; k++) o.by.name[k] = work_name(st, st->in.names.n + k, a);
  if (st->order.names.n) o.order = (Names){&order, 1};
  return frame_window(job, work, &o, out, err);
}

static ErrCode new_columns(Job *job, const BackPlan *plan, const Back *st, bool tail, const Frame *x, Arena *a,
                           Frame **out, Err *err) {
  Frame *work, *all = NULL, *done = NULL;
  int64_t kept = 0;
  TRY(work_frame(plan->step, st, x, a, &work, err));
  ErrCode code = check_order(plan->step, st, work, err);
  if (code == OK && tail && st->tail.n) code = with_tail(job, plan->step, st, work, a, &all, &kept, err);
  if (code == OK) code = run_windows(job, plan, st, all ? all : work, a, &done, err);
  if (code == OK && kept) code = frame_slice(job, done, kept, frame_nrow(x), out, err);
  else if (code == OK) *out = frame_ref(done);
  frame_unref(done);
  frame_unref(all);
  frame_unref(work);
  return code;
}

ErrCode back_apply(Job *job, const BackPlan *plan, const Back *st, bool tail, const Frame *x, Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x)), *work = NULL;
  ErrCode code = step_match(plan->step, x, &st->in, &a, &of, err);
  if (code == OK) code = job_tick(job, 0, 1, err);
  if (code == OK && plan->of_n) code = new_columns(job, plan, st, tail, x, &a, &work, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++)
    if (of[j] < 0 || plan->opts->keep) code = frame_add(made, frame_name(x, j), column_ref(frame_at(x, j)), err);
  for (int64_t k = 0; k < plan->of_n && code == OK; k++) {
    const Column *c = frame_at(work, (int)(work_columns(st) + k));
    code = step_add(plan->step, made, plan->name[k], column_ref(c), err);
  }
  frame_unref(work);
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
void back_store(Store *s, Back *st) {
  Tail *t = &st->tail;
  step_store(s, &st->in);
  step_store(s, &st->order);
  step_store(s, &st->group);
  store_i64(s, "tail", &t->n);
  store_names(s, "cells", &t->cell);
  int64_t n = t->cell.n, p = work_columns(st);
  store_i64s(s, "present", &t->present, &n);
  bool fits = t->n >= 0 && t->n <= t->cell.n && n == t->cell.n && t->cell.n == t->n * p && st->order.names.n <= 1;
  if (t->n == 0 || (fits && st->order.names.n == 1)) return;
  store_fail(s, "last rows that do not fit their columns");
  t->n = 0;
}

ErrCode back_card(Job *job, const BackPlan *plan, const Back *st, Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  const char **column = arena_array(&a, const char *, plan->of_n);
  for (int64_t k = 0; k < plan->of_n; k++) column[k] = st->in.names.name[plan->column[k]];
  Frame *card = frame_new(plan->of_n);
  ErrCode code = card_words(job, card, "column", column, err);
  if (code == OK) code = card_words(job, card, "feature", plan->name, err);
  const char *order = st->order.names.n ? arena_printf(&a, "in the order of %s", st->order.names.name[0])
                                        : "in the order in which they stand";
  const char *tail = st->order.names.n ? arena_printf(&a, "; the last %lld training rows are kept for rows that follow "
                                                      "them", (long long)st->tail.n)
                                       : "";
  frame_set_caption(card, arena_printf(&a, "of rows before, %s%s%s", order,
                                       st->group.names.n ? ", within groups" : "", tail));
  arena_fini(&a);
  return frame_give(code, card, out);
}
