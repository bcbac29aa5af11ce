// Expressions over the columns of a frame: Lua 5.4's expression syntax, typed, run over blocks of rows. The way of
// one: text -> nodes (expr_parse.c) -> typed ops (expr_type.c) -> fewer ops (expr_plan.c) -> a column (expr_run.c) or
// the rows that it keeps (expr_rows.c). Types are known before the first row is read, with one exception: integer
// arithmetic is exact, and when a row of it overflows 64 bits, that op is typed as real and the program starts again;
// each start makes at least one more op real, so it ends. Missing values: an argument that is missing makes the result
// missing; and, or, one_of and between follow Kleene's logic (false and missing = false, true or missing = true).
// Arithmetic of dates: date - date is an int of days, date + int a date; time - time is a real number of seconds.
// Division: / and ^ give reals; // and % round down as in Lua, and for ints a zero divisor gives missing. ^ and the
// logarithms to base 2 and 10 are the C library's: the last bit may differ between systems.
#include "frame/expr_int.h"

#include "frame/expr.h"
#include "frame/verbs.h"

static void program_fini(Program *p) {
  for (Owned *o = p->owned; o; o = o->next) column_unref(o->col);
  arena_fini(&p->arena);
}

typedef struct Goal { // a column, or the rows where a condition is true
  bool rows;
  Column *col;
  int64_t *row, n;
} Goal;

static void goal_drop(Goal *g) {
  column_unref(g->col);
  mem_free(g->row);
  *g = (Goal){.rows = g->rows};
}

static ErrCode no_condition(const Program *p, const Op *op, Err *err) {
  bool text = op->type == COL_TEXT, column = op->kind == OP_COLUMN;
  return expr_error(p->text, 0, (int)p->text.n, ERR_TYPE, err,
                    "where needs a condition (true or false), this is %s: compare it%s",
                    COLTYPES[column ? op->col->type : op->type].name, text ? " with ==" : ", as in x > 0");
}

static ErrCode run_once(Program *p, Node *root, Goal *g, Err *err) {
  Op *op;
  TRY(expr_type(p, root, &op, err));
  TRY(expr_lift(p, &op, err));
  if (p->again) return OK;
  if (!g->rows) return expr_column(p, op, &g->col, err);
  return op->type == COL_BOOL ? expr_rows(p, op, &g->row, &g->n, err) : no_condition(p, op, err);
}

// What overflowed is missing until it is computed again in reals, so that an error of values may be due to that.
static ErrCode compute(Program *p, Node *root, Goal *g, Err *err) {
  ErrCode code;
  do {
    p->again = false;
    goal_drop(g);
    code = run_once(p, root, g, err);
  } while (p->again && (code == OK || code == ERR_ARG || code == ERR_TYPE));
  if (code != OK) goal_drop(g);
  return code;
}

static ErrCode evaluate(Program *p, Goal *g, Err *err) {
  Node *root;
  ErrCode code = expr_parse(p->text, &p->arena, &root, err);
  if (code == OK) code = compute(p, root, g, err);
  program_fini(p);
  return code;
}

static Column *take_column(const Program *p, const Goal *g) {
  bool made = atomic_load(&g->col->refs) == 1; // not a column of the frame
  if (made) g->col->volatile_ = p->volatile_;
  return g->col;
}

ErrCode expr_eval(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Column **out, Err *err) {
  Program p = {.job = job, .frame = f, .text = text, .arg = arg, .narg = narg};
  Goal g = {0};
  TRY(evaluate(&p, &g, err));
  *out = take_column(&p, &g);
  return OK;
}

ErrCode expr_tree(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Node *root, Column **out,
                  Err *err) {
  Program p = {.job = job, .frame = f, .text = text, .arg = arg, .narg = narg};
  Goal g = {0};
  ErrCode code = compute(&p, root, &g, err);
  program_fini(&p);
  if (code == OK) *out = take_column(&p, &g);
  return code;
}

// ---- verbs ----------------------------------------------------------------------------------------------------------
// The same rows and columns, without what came with the file.
static ErrCode share_columns(const Frame *f, Frame **out, Err *err) {
  Frame *g = frame_new(frame_nrow(f));
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(f) && code == OK; j++)
    code = frame_add(g, frame_name(f, j), column_ref(frame_at(f, j)), err);
  if (code == OK) *out = g;
  else frame_unref(g);
  return code;
}

ErrCode frame_where(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Frame **out, Err *err) {
  Program p = {.job = job, .frame = f, .text = text, .arg = arg, .narg = narg};
  Goal g = {.rows = true};
  TRY(evaluate(&p, &g, err));
  ErrCode code = g.n == frame_nrow(f) ? share_columns(f, out, err) : frame_gather(job, f, g.row, g.n, out, err);
  goal_drop(&g);
  return code;
}

ErrCode frame_derive(Job *job, const Frame *f, const char *name, Sv text, const ExprArg *arg, int narg, Frame **out,
                     Err *err) {
  Column *made;
  TRY(expr_eval(job, f, text, arg, narg, &made, err));
  Frame *g = frame_new(frame_nrow(f));
  int place = frame_find(f, sv(name));
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(f) && code == OK; j++)
    code = frame_add(g, frame_name(f, j), column_ref(j == place ? made : frame_at(f, j)), err);
  if (code == OK && place < 0) code = frame_add(g, name, column_ref(made), err);
  column_unref(made);
  bool judged = strcmp(name, "verdict") == 0; // the column of outliers that is left to the user
  if (place < 0 || judged) frame_share_asked(g, f);
  if (code == OK) *out = g;
  else frame_unref(g);
  return code;
}

static ErrCode no_assignment(Sv text, int at, Err *err) {
  return expr_error(text, at, at < (int)text.n ? at + 1 : at, ERR_PARSE, err,
                    "a new column is written name = expression, as in ratio = price / sqft");
}

ErrCode expr_split(Sv text, Sv *name, Sv *expr, Err *err) {
  if (text.n > EXPR_LENGTH) return err_set(err, ERR_PARSE, "the expression is longer than %d bytes", EXPR_LENGTH);
  Arena scratch;
  arena_init(&scratch);
  Token t;
  ErrCode code = expr_lex(text, 0, &scratch, &t, err);
  arena_fini(&scratch);
  TRY(code);
  if (t.kind != TOK_NAME && t.kind != TOK_QUOTED) return no_assignment(text, t.begin, err);
  Sv rest = sv_trim((Sv){text.s + t.end, text.n - (size_t)t.end});
  int at = (int)(rest.s - text.s);
  if (!rest.n || rest.s[0] != '=' || (rest.n > 1 && rest.s[1] == '=')) return no_assignment(text, at, err);
  *name = t.name;
  *expr = sv_trim((Sv){rest.s + 1, rest.n - 1});
  if (expr->n) return OK;
  return expr_error(text, at, at + 1, ERR_PARSE, err, "an expression is missing behind =");
}
