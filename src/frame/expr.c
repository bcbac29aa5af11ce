// Expressions over the columns of a frame: Lua 5.4's expression syntax, typed, run over blocks of rows.
// The way of one: text -> nodes (expr_parse.c) -> typed ops (expr_type.c) -> fewer ops (expr_plan.c) -> a column
// (expr_eval.c). Types are known before the first row is read, with one exception: integer arithmetic is exact, and
// when a row of it overflows 64 bits, that op is typed as real and the program starts again; each start makes at least
// one more op real, so it ends. Missing values: an argument that is missing makes the result missing; and, or, one_of
// and between follow Kleene's logic (false and missing = false, true or missing = true).
// Arithmetic of dates: date - date is an int of days, date + int a date; time - time is a real number of seconds.
// Division: / and ^ give reals; // and % round down as in Lua, and for ints a zero divisor gives missing.
// ^ and the logarithms to base 2 and 10 are the C library's: the last bit may differ between systems.
#include "frame/expr_int.h"

#include "frame/verbs.h"
#include "frame/expr.h"

#include <stdlib.h>

static void program_fini(Program *p) {
  for (Owned *o = p->owned; o; o = o->next) column_unref(o->col);
  arena_fini(&p->arena);
}

// Up to this many words a text made of categories is a category itself.
static int64_t most_words(int64_t n) {
  int64_t most = n / 20 > 50 ? n / 20 : 50;
  return most < 65535 ? most : 65535;
}

static ErrCode lookup_codes(Program *p, const Op *op, const Column *table, Column **out, Err *err) {
  const Column *codes = op->col;
  Column *c;
  TRY(column_new(p->job, COL_CAT, codes->n, dict_ref(table->dict), &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    int64_t row = col_valid(codes, i) ? col_code(codes, i) : table->n - 1;
    if (col_valid(table, row)) col_set_code(c, i, col_code(table, row));
    else code = column_set_missing(c, i, err);
  }
  if (code != OK) return column_unref(c), code;
  *out = c;
  return OK;
}

static ErrCode text_result(Program *p, Op *op, Column **out, Err *err) {
  if (op->kind == OP_LOOKUP) {
    Column *table;
    TRY(column_to_cat(p->job, op->table, -1, &table, err));
    return lookup_codes(p, op, expr_own(p, table), out, err);
  }
  TRY(expr_run(p, op, frame_nrow(p->frame), NULL, NULL, out, err));
  if (!op->wordy) return OK;
  Column *cat;
  ErrCode code = column_to_cat(p->job, *out, most_words((*out)->n), &cat, err);
  if (code == OK && !cat) return OK;
  column_unref(*out);
  *out = cat;
  return code;
}

static ErrCode compute(Program *p, Node *root, Column **out, Err *err) {
  do {
    Op *op;
    p->again = false;
    *out = NULL;
    TRY(expr_type(p, root, &op, err));
    TRY(expr_lift(p, &op, err));
    if (p->again) continue;
    if (op->kind == OP_COLUMN) return *out = column_ref(op->col), OK;
    if (op->type == COL_TEXT) TRY(text_result(p, op, out, err));
    else TRY(expr_run(p, op, frame_nrow(p->frame), NULL, NULL, out, err));
    if (p->again) column_unref(*out);
  } while (p->again);
  (*out)->volatile_ = p->volatile_;
  return OK;
}

ErrCode expr_eval(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Column **out, Err *err) {
  Program p = {.job = job, .frame = f, .text = text, .arg = arg, .narg = narg};
  Node *root;
  ErrCode code = expr_parse(text, &p.arena, &root, err);
  if (code == OK) code = compute(&p, root, out, err);
  program_fini(&p);
  return code;
}

ErrCode expr_tree(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Node *root, Column **out,
                  Err *err) {
  Program p = {.job = job, .frame = f, .text = text, .arg = arg, .narg = narg};
  ErrCode code = compute(&p, root, out, err);
  program_fini(&p);
  return code;
}

// ---- verbs ----------------------------------------------------------------------------------------------------------
static ErrCode true_rows(Job *job, const Column *cond, int64_t **row, int64_t *n, Err *err) {
  *n = 0;
  for (int64_t i = 0; i < cond->n; i++) *n += cond->b[i] && col_valid(cond, i);
  TRY(job_need(job, *n * (int64_t)sizeof **row, "a list of rows", err));
  *row = mem_new((size_t)*n * sizeof **row);
  if (!*row) return out_of_memory("a list of rows", err);
  int64_t k = 0;
  for (int64_t i = 0; i < cond->n; i++)
    if (cond->b[i] && col_valid(cond, i)) (*row)[k++] = i;
  return OK;
}

ErrCode frame_where(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Frame **out, Err *err) {
  Column *cond;
  TRY(expr_eval(job, f, text, arg, narg, &cond, err));
  int64_t *row = NULL, n;
  ErrCode code = OK;
  if (cond->type != COL_BOOL)
    code = expr_error(text, 0, (int)text.n, ERR_TYPE, err,
                      "where needs a condition (true or false), this is %s: compare it%s", COLTYPES[cond->type].name,
                      col_is_text(cond) ? " with ==" : ", as in x > 0");
  if (code == OK) code = true_rows(job, cond, &row, &n, err);
  if (code == OK) code = frame_gather(job, f, row, n, out, err);
  mem_free(row);
  column_unref(cond);
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
