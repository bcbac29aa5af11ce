// Aggregation: d:agg({"range = max(x) - min(x)"}, {by="g"}). An expression is parsed as everywhere; each aggregate in
// it is computed, its argument for all rows with the expression machinery and then one value a group, and a column of a
// small frame, a row for each group, stands in its place; the rest is an expression over that frame. An aggregate that
// was written twice is computed once. Outside the aggregates only the columns of `by` have one value a group.
#include "frame/agg_int.h"

#include "frame/verbs.h"

typedef struct Written { // an aggregate as it was written, in any of the expressions, and its column
  Sv text;
  Node *node;
  struct Written *next;
} Written;

typedef struct Agg {
  AggRun run;
  const Frame *f;
  const Names *by;
  Sv text;      // the present expression
  Frame *small; // `by`, then the aggregates
  Written *written;
} Agg;

// ---- aggregates -----------------------------------------------------------------------------------------------------
static Sv text_of(const Agg *a, const Node *n) { return (Sv){a->text.s + n->begin, (size_t)(n->end - n->begin)}; }

// min(x) is an aggregate, min(a, b) the smaller of two values in each row.
static const AggFunc *called(const Node *n) {
  if (n->kind != NODE_CALL) return NULL;
  bool either = sv_is(n->name, "min") || sv_is(n->name, "max");
  return either && n->narg > 1 ? NULL : agg_find(n->name);
}

static const Node *find_call(const Node *n) {
  if (called(n)) return n;
  for (int k = 0; k < n->narg; k++) {
    const Node *found = find_call(n->arg[k]);
    if (found) return found;
  }
  return NULL;
}

static ErrCode check_values(const Agg *a, const Node *n, Err *err) {
  TRY(agg_check_rows(a->text, n, err));
  for (int k = 0; k < n->narg; k++) TRY(check_values(a, n->arg[k], err));
  return OK;
}

static ErrCode no_nesting(const Agg *a, const Node *call, Err *err) {
  for (int k = 0; k < call->narg; k++) {
    const Node *inner = find_call(call->arg[k]);
    if (!inner) {
      TRY(check_values(a, call->arg[k], err));
      continue;
    }
    return expr_error(a->text, inner->begin, inner->end, ERR_TYPE, err,
                      SV_FMT " inside " SV_FMT
                             ": a value of each group comes first with window{...}, then aggregate it",
                      SV_ARG(inner->name), SV_ARG(call->name));
  }
  return OK;
}

static ErrCode compute(Agg *a, Node *n, const AggFunc *f, Err *err) {
  Sv text = text_of(a, n);
  Column *c;
  for (const Written *w = a->written; w; w = w->next)
    if (sv_eq(w->text, text)) return n->kind = NODE_COLUMN, n->name = w->node->name, n->narg = 0, OK;
  TRY(no_nesting(a, n, err));
  TRY(agg_call(&a->run, a->f, a->text, n, f, &c, err));
  Written *w = arena_new(&a->run.arena, Written);
  *w = (Written){text, n, a->written};
  a->written = w;
  return agg_stand_in(&a->run, n, a->small, c, err);
}

// ---- columns --------------------------------------------------------------------------------------------------------
static ErrCode check_column(const Agg *a, const Node *n, Err *err) {
  for (int64_t k = 0; k < a->by->n; k++)
    if (sv_is(n->name, a->by->name[k])) return OK;
  int j = frame_find(a->f, n->name);
  if (j < 0) { // says so as everywhere
    Column *c;
    Node alone = *n;
    ErrCode code = expr_tree(a->run.job, a->f, a->text, NULL, 0, &alone, &c, err);
    if (code == OK) column_unref(c);
    return code;
  }
  const char *wrap = col_is_number(frame_at(a->f, j)) ? "mean" : "first";
  return expr_error(a->text, n->begin, n->end, ERR_TYPE, err,
                    "'" SV_FMT "' has many values in a group: write %s(" SV_FMT ") or another aggregate%s",
                    SV_ARG(n->name), wrap, SV_ARG(text_of(a, n)), a->by->n ? ", or add it to by" : "");
}

static ErrCode replace(Agg *a, Node *n, Err *err) {
  const AggFunc *f = called(n);
  if (f) return compute(a, n, f, err);
  if (n->kind == NODE_COLUMN) return check_column(a, n, err);
  if (n->kind == NODE_CALL) TRY(agg_check_name(a->f, a->text, n, NULL, err));
  for (int k = 0; k < n->narg; k++) TRY(replace(a, n->arg[k], err));
  return OK;
}

// ---- the verb -------------------------------------------------------------------------------------------------------
static ErrCode evaluate(Agg *a, const char *written, Frame *out, Err *err) {
  Node *root;
  Column *c;
  const char *name;
  TRY(agg_split(&a->run, sv(written), &name, &a->text, err));
  TRY(expr_parse(a->text, &a->run.arena, &root, err));
  TRY(replace(a, root, err));
  TRY(expr_tree(a->run.job, a->small, a->text, NULL, 0, root, &c, err));
  bool named = a->text.s != written;
  for (int k = 2; !named && frame_find(out, sv(name)) >= 0; k++) {
    char *again = arena_printf(&a->run.arena, "%s_%d", name, k);
    if (frame_find(out, sv(again)) < 0) name = again;
  }
  return frame_add(out, name, c, err);
}

// The columns of `by` at the first row of each group.
static ErrCode key_columns(Agg *a, const Frame *chosen, Frame **out, Err *err) {
  const Groups *g = &a->run.g;
  int64_t *row;
  if (!frame_ncol(chosen)) return *out = frame_new(g->ngroup), OK;
  TRY(array_new(a->run.job, g->ngroup, sizeof *row, "groups", &row, err));
  for (int64_t k = 0; k < g->ngroup; k++) row[k] = g->first[k];
  ErrCode code = frame_gather(a->run.job, chosen, row, g->ngroup, out, err);
  mem_free(row);
  return code;
}

static ErrCode make_groups(Agg *a, const Frame *chosen, Err *err) {
  int m = frame_ncol(chosen);
  const Column **c = arena_array(&a->run.arena, const Column *, m);
  for (int k = 0; k < m; k++) c[k] = frame_at(chosen, k);
  TRY(groups_init(a->run.job, c, m, frame_nrow(a->f), GROUP_KEY, &a->run.g, err));
  if (!m) a->run.g.ngroup = 1; // of no rows too
  return OK;
}

static ErrCode aggregate(Agg *a, const Names *exprs, Frame **out, Err *err) {
  Frame *chosen = NULL, *made = NULL;
  TRY(frame_select(a->f, a->by, &chosen, err));
  ErrCode code = make_groups(a, chosen, err);
  if (code == OK) code = key_columns(a, chosen, &a->small, err);
  if (code == OK) made = frame_new(a->run.g.ngroup);
  for (int j = 0; j < frame_ncol(chosen) && code == OK; j++)
    code = frame_add(made, frame_name(chosen, j), column_ref(frame_at(a->small, j)), err);
  for (int64_t k = 0; k < exprs->n && code == OK; k++) code = evaluate(a, exprs->name[k], made, err);
  frame_unref(chosen);
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

ErrCode frame_agg(Job *job, const Frame *f, const Names *exprs, const Names *by, Frame **out, Err *err) {
  Agg a = {.run = {.job = job}, .f = f, .by = by};
  ErrCode code = aggregate(&a, exprs, out, err);
  frame_unref(a.small);
  agg_run_fini(&a.run);
  return code;
}
