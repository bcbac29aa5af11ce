// Aggregates by name, their arguments, and the names of their columns.
#include "frame/agg_int.h"

#include "base/near.h"

static const AggFunc *func_at(int k) {
  static const AggFunc *const tables[] = {AGG_SUMS, AGG_MOMENTS, AGG_PICKS, AGG_ORDER};
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
    for (const AggFunc *f = tables[t]; f->name; f++)
      if (k-- == 0) return f;
  return NULL;
}

const AggFunc *agg_find(Sv name) {
  const AggFunc *f;
  for (int k = 0; (f = func_at(k)); k++)
    if (sv_is(name, f->name)) return f;
  return NULL;
}

bool agg_function(int k, const char **signature, const char **doc) {
  const AggFunc *f = k < 0 ? NULL : func_at(k);
  if (!f) return false;
  *signature = f->signature, *doc = f->doc;
  return true;
}

// ---- names that are none --------------------------------------------------------------------------------------------
enum { MOST_NAMES = 512 };

static int add_names(FuncList list, Sv *name, int n) {
  const char *signature, *doc;
  for (int k = 0; list && n < MOST_NAMES && list(k, &signature, &doc); k++)
    name[n++] = (Sv){signature, strcspn(signature, "(")};
  return n;
}

ErrCode agg_check_name(const Frame *f, Sv text, const Node *n, FuncList more, Err *err) {
  if (expr_func_find(n->name, -1)) return OK;
  char hint[300];
  expr_func_hint(hint, sizeof hint, n->name); // what other languages call it
  if (strncmp(hint, ": write", 7) != 0) {
    Sv name[MOST_NAMES];
    int count = add_names(expr_function, name, add_names(more, name, add_names(agg_function, name, 0)));
    near_hint(hint, sizeof hint, n->name, name, count);
  }
  bool column = frame_find(f, n->name) >= 0;
  return expr_error(text, n->at, n->at_end, ERR_NAME, err, "no function '" SV_FMT "'%s", SV_ARG(n->name),
                    column ? ", the column of that name takes no ( )" : hint);
}

ErrCode agg_check_rows(Sv text, const Node *n, Err *err) {
  const Func *f = n->kind == NODE_CALL ? expr_func_find(n->name, n->narg) : NULL;
  if (!f || (!f->whole && !f->series) || sv_is(n->name, "cut")) return OK; // the borders of a cut are given
  return expr_error(text, n->at, n->at_end, ERR_TYPE, err,
                    "%s sees all rows, not those of a group: derive it first, or write it with window functions",
                    f->signature);
}

// ---- arguments ------------------------------------------------------------------------------------------------------
ErrCode agg_check_arity(Sv text, const Node *n, const AggFunc *f, Err *err) {
  bool second = strchr(f->takes, 'p') != NULL;
  int most = *f->takes ? 1 + second : 0, least = strchr(f->takes, '?') ? 0 : most;
  if (n->narg >= least && n->narg <= most) return OK;
  return expr_error(text, n->begin, n->end, ERR_ARG, err, "%s takes %s, got %d", f->signature,
                    most == 2   ? "2 values"
                    : most == 0 ? "no value"
                    : least     ? "1 value"
                                : "1 value or none",
                    n->narg);
}

static bool takes(char letter, ColType t) {
  bool number = t == COL_BOOL || t == COL_I64 || t == COL_F64;
  switch (letter) {
  case 'b': return t == COL_BOOL;
  case 'a': return number;
  case 'm': return number || t == COL_DATE || t == COL_TIME;
  default: return true;
  }
}

static ErrCode wrong_type(Sv text, const Node *arg, const AggFunc *f, const Column *c, Err *err) {
  const char *fits = *f->takes == 'b'   ? "a condition (true or false)"
                     : *f->takes == 'a' ? "numbers or a condition"
                                        : "numbers, a condition or dates";
  Sv t = {text.s + arg->begin, (size_t)(arg->end - arg->begin)};
  bool words = col_is_text(c), compare = *f->takes == 'b';
  const char *hint = compare && words              ? ": compare it, as in x == 'word'"
                     : compare                     ? ": compare it, as in x > 0"
                     : words                       ? ": words have n, distinct, mode, min, max, first, last"
                     : strcmp(f->name, "sum") == 0 ? ": dates have mean, median, min, max"
                                                   : ": dates have mean, median, min, max, and max(x) - min(x)";
  return expr_error(text, arg->begin, arg->end, ERR_TYPE, err, "%s takes %s, got " SV_FMT " (%s)%s", f->signature, fits,
                    SV_ARG(t), COLTYPES[c->type].name, hint);
}

static bool has_column(const Node *n) {
  bool found = n->kind == NODE_COLUMN;
  for (int k = 0; k < n->narg && !found; k++) found = has_column(n->arg[k]);
  return found;
}

ErrCode agg_constant(AggRun *r, Sv text, Node *n, double *value, Err *err) {
  *value = __builtin_nan("");
  if (has_column(n)) return OK;
  Frame *one = frame_new(1);
  Column *c = NULL;
  ErrCode code = expr_tree(r->job, one, text, NULL, 0, n, &c, err);
  if (code == OK && (c->type == COL_F64 || c->type == COL_I64)) *value = col_f64(c, 0);
  column_unref(c);
  frame_unref(one);
  return code;
}

static ErrCode read_probability(AggRun *r, Sv text, Node *n, const AggFunc *f, double *p, Err *err) {
  TRY(agg_constant(r, text, n, p, err));
  if (*p >= 0 && *p <= 1) return OK;
  return expr_error(text, n->begin, n->end, ERR_ARG, err, "%s: p is a number from 0 to 1, the same for all rows",
                    f->signature);
}

ErrCode agg_call(AggRun *r, const Frame *over, Sv text, const Node *n, const AggFunc *f, Column **out, Err *err) {
  AggCall c = {.run = r};
  TRY(agg_check_arity(text, n, f, err));
  if (n->narg > 1) TRY(read_probability(r, text, n->arg[1], f, &c.p, err));
  if (n->narg > 0) TRY(expr_tree(r->job, over, text, NULL, 0, n->arg[0], &c.x, err));
  ErrCode code = OK;
  if (c.x && !takes(*f->takes, c.x->type)) code = wrong_type(text, n->arg[0], f, c.x, err);
  *out = NULL;
  if (code == OK) code = f->apply(&c, out, err);
  if (code == OK && c.x) (*out)->volatile_ = c.x->volatile_;
  if (code != OK) column_unref(*out);
  column_unref(c.x);
  return code;
}

ErrCode agg_stand_in(AggRun *r, Node *n, Frame *f, Column *c, Err *err) {
  const char *name;
  do name = arena_printf(&r->arena, "\x01%d", r->nhidden++);
  while (frame_find(f, sv(name)) >= 0);
  n->kind = NODE_COLUMN, n->name = sv(name), n->narg = 0;
  n->at = n->begin, n->at_end = n->end;
  return frame_add(f, name, c, err);
}

ErrCode agg_column(const AggCall *c, ColType type, Column **out, Err *err) {
  TRY(column_new(c->run->job, type, c->run->g.ngroup, NULL, out, err));
  (*out)->zoned = type == COL_TIME && c->x->zoned;
  return OK;
}

void agg_run_fini(AggRun *r) {
  for (AggSums *s = r->sums; s; s = s->next) {
    column_unref(s->col);
    mem_free(s->real);
    mem_free(s->exact);
  }
  groups_fini(&r->g);
  arena_fini(&r->arena);
}

// ---- names ----------------------------------------------------------------------------------------------------------
// mean(fare) is mean_fare: what a name cannot hold becomes one _ between its parts.
static const char *clean_name(Arena *a, Sv expr) {
  char *name = arena_strndup(a, expr.s, expr.n);
  size_t n = 0;
  for (size_t i = 0; i < expr.n; i++) {
    bool fits = expr_is_name_byte(expr.s[i], n == 0);
    if (fits) name[n++] = expr.s[i];
    else if (n && name[n - 1] != '_') name[n++] = '_';
  }
  while (n && name[n - 1] == '_') n--;
  name[n] = 0;
  return n ? name : "value";
}

ErrCode agg_split(AggRun *r, Sv text, const char **name, Sv *expr, Err *err) {
  Token t;
  *expr = text;
  if (text.n <= EXPR_LENGTH && expr_lex(text, 0, &r->arena, &t, NULL) == OK &&
      (t.kind == TOK_NAME || t.kind == TOK_QUOTED)) {
    Sv rest = sv_trim((Sv){text.s + t.end, text.n - (size_t)t.end});
    if (rest.n && rest.s[0] == '=' && !(rest.n > 1 && rest.s[1] == '=')) {
      Sv given;
      TRY(expr_split(text, &given, expr, err));
      *name = arena_strndup(&r->arena, given.s, given.n);
      return OK;
    }
  }
  *name = clean_name(&r->arena, text);
  return OK;
}
