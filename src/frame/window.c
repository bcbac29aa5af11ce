// Windows: d:window({"ma = mean(x, 7)"}, {by=, order=}). Each window function in an expression is computed along the
// rows of its group, innermost first, and becomes a column of a working frame; what stands around it is an expression
// over that frame. An aggregate (sum(x) without a width) stands for its value of the row's group. Groups and order are
// those of the frame before the first expression.
#include "frame/window_call.h"

#include "frame/verbs.h"

// ---- the run --------------------------------------------------------------------------------------------------------
typedef struct Windows {
  AggRun run;
  const WindowOpts *opts;
  WindowRows rows;
  uint32_t *row, *place; // of `rows`, where they are owned
  int64_t *start;
  Frame *now;  // the columns so far
  Frame *work; // and those that stand for window functions, under names that cannot be typed
  Sv text;
} Windows;

static ErrCode tree(Windows *v, Node *n, Column **out, Err *err) {
  return expr_tree(v->run.job, v->work, v->text, NULL, 0, n, out, err);
}

// diff(x, k) is x - lag(x, k), of whatever type that is.
static Node *as_difference(Windows *v, Node *n) {
  Node *lag = arena_new(&v->run.arena, Node), **arg = arena_array(&v->run.arena, Node *, 2);
  *lag = *n;
  lag->name = sv("lag");
  arg[0] = n->arg[0], arg[1] = lag;
  n->kind = NODE_OP, n->op = TOK_SUB, n->arg = arg, n->narg = 2;
  return lag;
}

static ErrCode replace(Windows *v, Node *n, Err *err);

static ErrCode compute(Windows *v, Node *n, const WindowFunc *f, Err *err) {
  TRY(window_check_arity(v->text, n, f, err));
  bool value = *f->takes && strchr("xad", *f->takes), number = n->narg > value;
  int64_t k = 1;
  WindowKind kind = f->kind;
  if (number && kind == WINDOW_RANK) TRY(window_ties(v->text, n->arg[1], f, &kind, err));
  else if (number) TRY(window_number(&v->run, v->text, n->arg[value ? 1 : 0], f, &k, err));
  if (value && n->narg) TRY(replace(v, n->arg[0], err));
  Column *x = NULL, *c = NULL;
  if (value && n->narg) TRY(tree(v, n->arg[0], &x, err));
  ErrCode code = x ? window_check_type(v->text, n->arg[0], f, x, err) : OK;
  if (*f->takes == 'd') {
    column_unref(x);
    TRY(code);
    Node *lag = as_difference(v, n);
    return compute(v, lag, window_called(lag), err);
  }
  int64_t min = v->opts->min ? v->opts->min : k;
  if (code == OK)
    code =
        window_kernel(v->run.job, &v->rows, kind, x, f->sign < 0 ? -k : k, f->kind == WINDOW_COUNT ? 0 : min, &c, err);
  column_unref(x);
  return code == OK ? agg_stand_in(&v->run, n, v->work, c, err) : code;
}

// The value of each row's group.
static ErrCode compute_group(Windows *v, Node *n, const AggFunc *f, Err *err) {
  const Groups *g = &v->run.g;
  Column *value, *c = NULL;
  for (int k = 0; k < n->narg; k++) TRY(replace(v, n->arg[k], err));
  TRY(agg_call(&v->run, v->work, v->text, n, f, &value, err));
  const Column *from = value;
  ErrCode code = columns_take(v->run.job, &from, 1, &(Rows){.narrow = g->id, .n = g->n}, &c, err);
  column_unref(value);
  return code == OK ? agg_stand_in(&v->run, n, v->work, c, err) : code;
}

static ErrCode replace(Windows *v, Node *n, Err *err) {
  const WindowFunc *f = window_called(n);
  if (f) return compute(v, n, f, err);
  bool either = sv_is(n->name, "min") || sv_is(n->name, "max");
  const AggFunc *agg = n->kind == NODE_CALL && !(either && n->narg > 1) ? agg_find(n->name) : NULL;
  if (agg) return compute_group(v, n, agg, err);
  if (n->kind == NODE_CALL) TRY(agg_check_name(v->work, v->text, n, window_function, err));
  TRY(agg_check_rows(v->text, n, err));
  for (int k = 0; k < n->narg; k++) TRY(replace(v, n->arg[k], err));
  return OK;
}

// ---- groups and order -----------------------------------------------------------------------------------------------
// The rows in the order of the keys: row numbers are sorted along with them.
static ErrCode sorted_rows(AggRun *r, const Frame *f, const Names *keys, uint32_t *row, Err *err) {
  Job *job = r->job;
  Frame *some = frame_new(frame_nrow(f)), *sorted = NULL;
  Column *numbers = NULL;
  ErrCode code = column_new(job, COL_I64, frame_nrow(f), NULL, &numbers, err);
  for (int64_t i = 0; i < frame_nrow(f) && code == OK; i++) numbers->i[i] = i;
  for (int64_t k = 0; k < keys->n && code == OK; k++) {
    const char *name = keys->name[k];
    int j = frame_find(f, sv(name));
    if (j < 0) code = frame_col(f, sv(name + (name[0] == '-')), &j, err);
    if (code == OK && frame_find(some, sv(frame_name(f, j))) < 0)
      code = frame_add(some, frame_name(f, j), column_ref(frame_at(f, j)), err);
  }
  Node at = {0};
  if (code == OK) code = agg_stand_in(r, &at, some, numbers, err);
  else column_unref(numbers);
  if (code == OK) code = frame_sort(job, some, keys, &sorted, err);
  for (int64_t i = 0; i < frame_nrow(f) && code == OK; i++)
    row[i] = (uint32_t)frame_at(sorted, frame_find(sorted, at.name))->i[i];
  frame_unref(some);
  frame_unref(sorted);
  return code;
}

// Deals the rows v->row, which stand in their order, into their groups.
static ErrCode deal_ordered(Windows *v, Err *err) {
  Job *job = v->run.job;
  const Groups *g = &v->run.g;
  Groups dealt = {.n = g->n, .ngroup = g->ngroup};
  uint32_t *row;
  TRY(array_new(job, g->n, sizeof *row, "a window", &row, err));
  ErrCode code = array_new(job, g->n, sizeof *dealt.id, "a window", &dealt.id, err);
  for (int64_t i = 0; i < g->n && code == OK; i++) dealt.id[i] = g->id[v->row[i]];
  if (code == OK) code = groups_sort(job, &dealt, err);
  if (code == OK) code = array_new(job, g->ngroup + 1, sizeof *v->start, "a window", &v->start, err);
  if (code == OK) {
    memcpy(v->start, dealt.start, (size_t)(g->ngroup + 1) * sizeof *v->start);
    for (int64_t i = 0; i < g->n; i++) row[i] = v->row[dealt.row[i]];
    mem_free(v->row);
    v->row = row, row = NULL;
    v->rows = (WindowRows){v->row, NULL, v->start, g->n, g->ngroup};
  }
  mem_free(row);
  groups_fini(&dealt);
  return code;
}

static ErrCode make_groups(Windows *v, const Frame *f, Err *err) {
  const Names *by = &v->opts->by;
  const Column **c = arena_array(&v->run.arena, const Column *, by->n);
  for (int64_t k = 0; k < by->n; k++) {
    int j;
    TRY(frame_col(f, sv(by->name[k]), &j, err));
    c[k] = frame_at(f, j);
  }
  return groups_init(v->run.job, c, (int)by->n, frame_nrow(f), GROUP_FIRST, &v->run.g, err);
}

static ErrCode find_order(Windows *v, const Frame *f, Err *err) {
  int64_t n = frame_nrow(f);
  Groups *g = &v->run.g;
  TRY(make_groups(v, f, err));
  if (v->opts->order.n) {
    TRY(array_new(v->run.job, n, sizeof *v->row, "a window", &v->row, err));
    TRY(sorted_rows(&v->run, f, &v->opts->order, v->row, err));
    return deal_ordered(v, err);
  }
  if (v->opts->by.n) {
    TRY(groups_sort(v->run.job, g, err));
    v->rows = (WindowRows){g->row, NULL, g->start, n, g->ngroup};
    return OK;
  }
  TRY(array_new(v->run.job, 2, sizeof *v->start, "a window", &v->start, err));
  v->start[0] = 0, v->start[1] = n;
  v->rows = (WindowRows){NULL, NULL, v->start, n, g->ngroup};
  return OK;
}

static void invert_chunk(void *ctx, int64_t begin, int64_t end) {
  const Windows *v = ctx;
  for (int64_t i = begin; i < end; i++) v->place[v->rows.row[i]] = (uint32_t)i;
}

static ErrCode place_rows(Windows *v, const Frame *f, Err *err) {
  TRY(find_order(v, f, err));
  if (!v->rows.row) return OK;
  TRY(array_new(v->run.job, v->rows.n, sizeof *v->place, "a window", &v->place, err));
  v->rows.place = v->place;
  return par_rounds(v->run.job, v->rows.n, GROUP_CHUNK, 32, invert_chunk, v, err);
}

// ---- the verb -------------------------------------------------------------------------------------------------------
static ErrCode same_columns(const Frame *f, Frame **out, Err *err) {
  Frame *made = frame_new(frame_nrow(f));
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(f) && code == OK; j++)
    code = frame_add(made, frame_name(f, j), column_ref(frame_at(f, j)), err);
  *out = made;
  return code;
}

// The frame with the column c, which it takes over, under that name.
static ErrCode put_column(const Frame *f, const char *name, Column *c, Frame **out, Err *err) {
  Frame *made = frame_new(frame_nrow(f));
  int place = frame_find(f, sv(name));
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(f) && code == OK; j++)
    code = frame_add(made, frame_name(f, j), column_ref(j == place ? c : frame_at(f, j)), err);
  if (code == OK && place < 0) code = frame_add(made, name, column_ref(c), err);
  column_unref(c);
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

static ErrCode evaluate(Windows *v, const char *written, Err *err) {
  Node *root;
  Column *c;
  const char *name;
  Frame *next;
  frame_unref(v->work);
  v->work = NULL;
  TRY(agg_split(&v->run, sv(written), &name, &v->text, err));
  TRY(expr_parse(v->text, &v->run.arena, &root, err));
  TRY(same_columns(v->now, &v->work, err));
  TRY(replace(v, root, err));
  TRY(tree(v, root, &c, err));
  TRY(put_column(v->now, name, c, &next, err));
  frame_unref(v->now);
  v->now = next;
  return OK;
}

ErrCode frame_window(Job *job, const Frame *f, const WindowOpts *opts, Frame **out, Err *err) {
  Windows v = {.run = {.job = job}, .opts = opts, .now = frame_ref(f)};
  ErrCode code = place_rows(&v, f, err);
  for (int64_t k = 0; k < opts->exprs.n && code == OK; k++) code = evaluate(&v, opts->exprs.name[k], err);
  if (code == OK) *out = frame_ref(v.now);
  frame_unref(v.now);
  frame_unref(v.work);
  mem_free(v.row);
  mem_free(v.place);
  mem_free(v.start);
  agg_run_fini(&v.run);
  return code;
}
