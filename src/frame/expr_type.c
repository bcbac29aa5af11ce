// From what was written to typed ops. A function's row describes its arguments by letters; an argument that is not of
// its type is converted where nothing is lost (int to real, date to time, a text literal to a date), else refused.
//   b condition  s text  i int  r real (int fits)  n int or real, all alike  a condition or number
//   u anything, all alike  o numbers, dates or text, all alike  d date (time fits)  t time  m date or time
//   v number, date or time  p date, time or text  q condition, number or text  x anything  c anything, becomes text
// '!' stands before an argument that must be the same in every row: it is computed now, and a function that prepares
// itself (a pattern, a format) does so here. A function of a whole column is computed now too and is from here on a
// literal or a column like any other.
// Result: b s i r d t, or '=' for the type of the arguments that are alike. Integer arithmetic that overflowed in an
// earlier run is typed as real (Node.wide).
#include "frame/expr_int.h"

#include "base/near.h"
#include "frame/expr.h"

#include <assert.h>
#include <stdio.h>

Sv node_text(const Program *p, const Node *n) { return (Sv){p->text.s + n->begin, (size_t)(n->end - n->begin)}; }

#define AT_NODE(p, n) (p)->text, (n)->begin, (n)->end

// ---- leaves ---------------------------------------------------------------------------------------------------------
static ErrCode no_column(Program *p, const Node *n, Err *err) {
  static const struct {
    const char *word, *write;
  } spelled[] = {{"True", "true"},          {"TRUE", "true"},          {"False", "false"},        {"FALSE", "false"},
                 {"None", "is_missing(x)"}, {"null", "is_missing(x)"}, {"NULL", "is_missing(x)"},
                 {"NA", "is_missing(x)"},   {"NaN", "is_nan(x)"},      {"nan", "is_nan(x)"}};
  for (size_t k = 0; k < sizeof spelled / sizeof *spelled; k++)
    if (sv_is(n->name, spelled[k].word))
      return expr_error(AT_NODE(p, n), ERR_NAME, err, "no column '%s': write %s", spelled[k].word, spelled[k].write);
  const Func *func = expr_func_find(n->name, -1);
  if (func)
    return expr_error(AT_NODE(p, n), ERR_NAME, err, "no column '%s': the function is %s", func->name, func->signature);
  Arena *a = &p->arena;
  int ncol = frame_ncol(p->frame);
  Sv *name = arena_array(a, Sv, ncol);
  for (int j = 0; j < ncol; j++) name[j] = sv(frame_name(p->frame, j));
  char hint[300];
  near_hint(hint, sizeof hint, n->name, name, ncol);
  const char *text = n->maybe_text ? arena_printf(a, "; as text write '" SV_FMT "'", SV_ARG(n->name)) : "";
  return expr_error(AT_NODE(p, n), ERR_NAME, err, "no column '" SV_FMT "'%s%s", SV_ARG(n->name), hint, text);
}

static Op *op_column(Program *p, Node *n, const Column *c) {
  Op *op = arena_new(&p->arena, Op);
  op->kind = OP_COLUMN, op->node = n, op->col = c, op->slots = 1;
  op->type = col_is_text(c) ? COL_TEXT : c->type;
  op->zoned = c->zoned, op->wordy = c->type == COL_CAT;
  return op;
}

static ErrCode type_column(Program *p, Node *n, Op **out, Err *err) {
  int j = frame_find(p->frame, n->name);
  if (j < 0) return no_column(p, n, err);
  const Column *c = frame_at(p->frame, j);
  p->volatile_ = p->volatile_ || c->volatile_;
  *out = op_column(p, n, c);
  return OK;
}

static ErrCode no_arg(Program *p, const Node *n, Err *err) {
  Sv *name = arena_array(&p->arena, Sv, p->narg);
  for (int k = 0; k < p->narg; k++) name[k] = sv(p->arg[k].name);
  char hint[300];
  near_hint(hint, sizeof hint, n->name, name, p->narg);
  if (!p->narg) snprintf(hint, sizeof hint, ": give {" SV_FMT " = value} behind the expression", SV_ARG(n->name));
  return expr_error(AT_NODE(p, n), ERR_NAME, err, "no value for $" SV_FMT "%s", SV_ARG(n->name), hint);
}

static ErrCode type_arg(Program *p, Node *n, Op **out, Err *err) {
  for (int k = 0; k < p->narg; k++) {
    const ExprArg *a = &p->arg[k];
    if (!sv_is(n->name, a->name)) continue;
    Cell cell = {0};
    switch (a->kind) {
    case EXPR_ARG_BOOL: cell = (Cell){.type = COL_BOOL, .b = a->b}; break;
    case EXPR_ARG_INT: cell = (Cell){.type = COL_I64, .i = a->i}; break;
    case EXPR_ARG_REAL: cell = (Cell){.type = COL_F64, .f = a->f}; break;
    case EXPR_ARG_TEXT: cell = (Cell){.type = COL_TEXT, .t = a->text}; break;
    }
    *out = op_literal(p, n, cell);
    return OK;
  }
  return no_arg(p, n, err);
}

static ErrCode no_nil(const Program *p, const Node *n, Err *err) {
  return expr_error(AT_NODE(p, n), ERR_TYPE, err,
                    "nil has no place here: is_missing(x) asks for missing values, coalesce(x, y) fills them");
}

// ---- arguments ------------------------------------------------------------------------------------------------------
static const char *letter_words(char letter) {
  switch (letter) {
  case 'b': return "a condition (true or false)";
  case 's': return "text";
  case 'i': return "an int";
  case 'r':
  case 'n': return "a number";
  case 'a': return "a number or a condition";
  case 'd':
  case 'm': return "a date or a time";
  case 'v': return "a number, a date or a time";
  case 't': return "a time";
  case 'o': return "numbers, dates or text";
  case 'p': return "a time or text";
  default: return "a condition, a number or text";
  }
}

static bool letter_fits(char letter, ColType t) {
  bool number = t == COL_I64 || t == COL_F64, moment = t == COL_DATE || t == COL_TIME;
  switch (letter) {
  case 'b': return t == COL_BOOL;
  case 's': return t == COL_TEXT;
  case 'i': return t == COL_I64;
  case 'r':
  case 'n': return number;
  case 'a': return number || t == COL_BOOL;
  case 'o': return t != COL_BOOL;
  case 'd':
  case 'm': return moment;
  case 'v': return number || moment;
  case 't': return t == COL_TIME;
  case 'p': return moment || t == COL_TEXT;
  case 'q': return !moment;
  default: return true;
  }
}

// The letter of argument k, and whether it is the same in every row.
static char letter_of(const Func *func, int k, bool *constant) {
  char letter = 0;
  *constant = false;
  for (const char *s = func->types; *s != ':'; s++) {
    if (*s == '*') return letter;
    if (*s == '?') continue;
    *constant = *s == '!';
    letter = *constant ? *++s : *s;
    if (k-- == 0) return letter;
  }
  return 0;
}

static char letter_at(const Func *func, int k) {
  bool constant;
  return letter_of(func, k, &constant);
}

static bool is_alike(char letter) { return letter == 'n' || letter == 'u' || letter == 'o'; }

static ErrCode check_letters(Program *p, const Func *func, Op **arg, int n, Err *err) {
  for (int k = 0; k < n; k++) {
    char letter = letter_at(func, k);
    if (letter_fits(letter, arg[k]->type)) continue;
    const char *hint = op_letter_hint(p, letter, arg[k], func == &EXPR_OPERATORS[TOK_NOT]);
    return expr_error(AT_NODE(p, arg[k]->node), ERR_TYPE, err, "%s takes %s, got %s%s", func->signature,
                      letter_words(letter), op_shown(p, arg[k]), hint);
  }
  return OK;
}

static ErrCode clash_error(Program *p, const Node *n, const Func *func, const Op *a, const Op *b, Err *err) {
  const char *hint = op_pair_hint(p, a, b);
  if (n->kind == NODE_OP)
    return expr_error(AT_NODE(p, n), ERR_TYPE, err, "cannot compare %s with %s%s", op_shown(p, a), op_shown(p, b),
                      hint);
  return expr_error(AT_NODE(p, n), ERR_TYPE, err, "%s takes values of one type, got %s and %s%s", func->signature,
                    op_shown(p, a), op_shown(p, b), hint);
}

// Converts the arguments in place; *alike gets the type of those that must be alike.
static ErrCode fit_args(Program *p, Node *n, const Func *func, Op **arg, int narg, ColType *alike, Err *err) {
  Op **same = arena_array(&p->arena, Op *, narg);
  int nsame = 0, clash;
  TRY(check_letters(p, func, arg, narg, err));
  for (int k = 0; k < narg; k++)
    if (is_alike(letter_at(func, k))) same[nsame++] = arg[k];
  *alike = narg ? arg[0]->type : COL_I64;
  if (nsame) TRY(op_unify(p, same, nsame, alike, &clash, err));
  if (nsame && clash >= 0) return clash_error(p, n, func, same[0], same[clash], err);
  if (nsame && n->wide && *alike == COL_I64) *alike = COL_F64;
  for (int k = 0, s = 0; k < narg; k++) {
    char letter = letter_at(func, k);
    if (is_alike(letter)) arg[k] = op_convert(p, same[s++], *alike);
    else if (letter == 'r') arg[k] = op_convert(p, arg[k], COL_F64);
    else if (letter == 'd' && arg[k]->type == COL_TIME)
      arg[k] = op_call(p, arg[k]->node, expr_to_date, COL_DATE, &arg[k], 1);
    else if (letter == 'c' && arg[k]->type != COL_TEXT)
      arg[k] = op_call(p, arg[k]->node, expr_to_text, COL_TEXT, &arg[k], 1);
    if (letter == 'r') *alike = COL_F64;
  }
  return OK;
}

static ColType result_type(const Func *func, ColType alike) {
  switch (func->types[strlen(func->types) - 1]) {
  case 'b': return COL_BOOL;
  case 's': return COL_TEXT;
  case 'i': return COL_I64;
  case 'r': return COL_F64;
  case 'd': return COL_DATE;
  case 't': return COL_TIME;
  default: return alike;
  }
}

// Computes the arguments that are the same in every row.
static ErrCode fix_constants(Program *p, const Func *func, Op **arg, int narg, Err *err) {
  for (int k = 0; k < narg; k++) {
    bool constant;
    letter_of(func, k, &constant);
    if (!constant) continue;
    TRY(expr_lift(p, &arg[k], err));
    const char *shown = op_shown(p, arg[k]);
    if (arg[k]->kind != OP_LITERAL)
      return expr_error(AT_NODE(p, arg[k]->node), ERR_TYPE, err, "%s takes one value for all rows here, got %s",
                        func->signature, shown);
    if (arg[k]->cell.missing)
      return expr_error(AT_NODE(p, arg[k]->node), ERR_ARG, err, "%s takes a value here, %s is missing",
                        func->signature, shown);
  }
  return OK;
}

// Points at the byte of a literal text that the function found wrong, where the literal shows it as it is.
static ErrCode prepare_error(const Program *p, const Node *n, const Prepare *q, Err *err) {
  if (!err) return ERR_ARG;
  Err plain = *err;
  const Node *place = q->at >= 0 ? n->arg[q->at] : n;
  int begin = place->begin, end = place->end;
  if (q->at >= 0 && q->byte >= 0) {
    Sv shown = node_text(p, place), text = q->arg[q->at].t;
    const char *found = text.n ? memmem(shown.s, shown.n, text.s, text.n) : NULL;
    if (found) begin = (int)(found - p->text.s) + q->byte, end = begin + 1;
  }
  return expr_error(p->text, begin, end, plain.code, err, "%s", plain.msg);
}

static ErrCode prepare(Program *p, const Node *n, const Func *func, Op *op, Err *err) {
  Cell *cell = arena_array(&p->arena, Cell, op->narg);
  for (int k = 0; k < op->narg; k++) {
    cell[k].missing = true;
    if (op->arg[k]->kind == OP_LITERAL) cell[k] = op->arg[k]->cell;
  }
  Prepare q = {.arg = cell, .narg = op->narg, .arena = &p->arena, .at = -1, .byte = -1};
  ErrCode code = func->prepare(&q, err);
  op->data = q.data;
  return code == OK ? OK : prepare_error(p, n, &q, err);
}

static ErrCode type_func(Program *p, Node *n, const Func *func, Op **arg, int narg, Op **out, Err *err) {
  ColType alike;
  TRY(fit_args(p, n, func, arg, narg, &alike, err));
  TRY(fix_constants(p, func, arg, narg, err));
  Kernel kernel = func->any ? func->any : func->by[EXPR_STORE[alike]];
  assert(kernel);
  *out = op_call(p, n, kernel, result_type(func, alike), arg, narg);
  (*out)->lax = func->lax;
  return func->prepare ? prepare(p, n, func, *out, err) : OK;
}

// ---- calls ----------------------------------------------------------------------------------------------------------
static ErrCode type_args(Program *p, const Node *n, Op **arg, Err *err) {
  for (int k = 0; k < n->narg; k++) TRY(expr_type(p, n->arg[k], &arg[k], err));
  return OK;
}

static ErrCode check_arity(const Program *p, const Node *n, const Func *func, Err *err) {
  int lo, hi;
  func_arity(func, &lo, &hi);
  if (n->narg >= lo && n->narg <= hi) return OK;
  const Func *other;
  for (int k = 0; (other = expr_func_at(k)) && (other == func || strcmp(other->name, func->name) != 0);) k++;
  if (other)
    return expr_error(AT_NODE(p, n), ERR_ARG, err, "%s does not take %d value%s: %s or %s", func->name, n->narg,
                      n->narg == 1 ? "" : "s", func->signature, other->signature);
  char takes[64];
  if (hi >= EXPR_ARGS) snprintf(takes, sizeof takes, "%d or more values", lo);
  else if (lo < hi) snprintf(takes, sizeof takes, "%d %s %d values", lo, lo + 1 < hi ? "to" : "or", hi);
  else snprintf(takes, sizeof takes, "%d value%s", lo, lo == 1 ? "" : "s");
  return expr_error(AT_NODE(p, n), ERR_ARG, err, "%s takes %s, got %d: %s", func->name, takes, n->narg,
                    func->signature);
}

static ErrCode call_whole(Program *p, Node *n, const Func *func, const Whole *w, Op **out, Err *err) {
  Column *made;
  Cell cell = {0};
  ErrCode code = func->whole ? func->whole(w, &cell, err) : func->series(w, &made, err);
  if (code == ERR_ARG) return prepare_error(p, n, &(Prepare){.at = -1}, err);
  TRY(code);
  if (func->whole && cell.type == COL_TEXT && !cell.missing)
    cell.t = (Sv){arena_strndup(&p->arena, cell.t.s, cell.t.n), cell.t.n};
  *out = func->whole ? op_literal(p, n, cell) : op_column(p, n, expr_own(p, made));
  return OK;
}

static ErrCode type_whole(Program *p, Node *n, const Func *func, Op **arg, Op **out, Err *err) {
  Whole w = {.job = p->job, .frame = p->frame, .nopt = n->narg > 0 ? n->narg - 1 : 0};
  bool zoned = false;
  if (n->narg) {
    ColType alike;
    Column *made;
    TRY(fit_args(p, n, func, arg, n->narg, &alike, err));
    TRY(fix_constants(p, func, arg, n->narg, err));
    TRY(expr_lift(p, &arg[0], err));
    zoned = arg[0]->type == COL_TIME && arg[0]->zoned;
    TRY(expr_column(p, arg[0], &made, err));
    w.x = expr_own(p, made);
    Cell *opt = arena_array(&p->arena, Cell, w.nopt);
    for (int k = 0; k < w.nopt; k++) opt[k] = arg[k + 1]->cell;
    w.opt = opt;
  }
  TRY(call_whole(p, n, func, &w, out, err));
  (*out)->zoned = zoned && (*out)->type == COL_TIME;
  return OK;
}

static ErrCode no_func(const Program *p, const Node *n, Err *err) {
  char hint[300];
  expr_func_hint(hint, sizeof hint, n->name);
  bool column = frame_find(p->frame, n->name) >= 0;
  return expr_error(p->text, n->at, n->at_end, ERR_NAME, err, "no function '" SV_FMT "'%s", SV_ARG(n->name),
                    column ? ", the column of that name takes no ( )" : hint);
}

static ErrCode type_call(Program *p, Node *n, Op **out, Err *err) {
  const Func *func = expr_func_find(n->name, n->narg);
  if (!func) return no_func(p, n, err);
  TRY(check_arity(p, n, func, err));
  Op **arg = arena_array(&p->arena, Op *, n->narg);
  TRY(type_args(p, n, arg, err));
  if (func->whole || func->series) return type_whole(p, n, func, arg, out, err);
  TRY(type_func(p, n, func, arg, n->narg, out, err));
  (*out)->by_row = (*out)->by_row || n->narg == 0;
  return OK;
}

// ---- operators ------------------------------------------------------------------------------------------------------
static bool is_comparison(Tok op) { return op >= TOK_LT && op <= TOK_EQ; }

static ErrCode check_nil(const Program *p, const Node *n, Err *err) {
  if (!is_comparison(n->op) || (n->arg[0]->kind != NODE_NIL && n->arg[1]->kind != NODE_NIL)) return OK;
  Sv other = node_text(p, n->arg[n->arg[0]->kind == NODE_NIL]);
  return expr_error(AT_NODE(p, n), ERR_TYPE, err, "nothing compares with nil: write %sis_missing(" SV_FMT ")",
                    n->op == TOK_NE ? "not " : "", SV_ARG(other));
}

static ErrCode check_chain(const Program *p, const Node *n, Err *err) {
  const Node *left = n->arg[0];
  bool chain = is_comparison(n->op) && n->op != TOK_EQ && n->op != TOK_NE && left->kind == NODE_OP &&
               is_comparison(left->op) && !left->paren;
  if (!chain) return OK;
  Sv first = node_text(p, left), middle = node_text(p, left->arg[1]);
  Sv last = {p->text.s + n->at, (size_t)(n->end - n->at)};
  return expr_error(AT_NODE(p, n), ERR_TYPE, err, "comparisons do not chain: write " SV_FMT " and " SV_FMT " " SV_FMT,
                    SV_ARG(first), SV_ARG(middle), SV_ARG(last));
}

static ErrCode type_operator(Program *p, Node *n, Op **out, Err *err) {
  Op **arg = arena_array(&p->arena, Op *, n->narg);
  if (n->narg == 2) TRY(check_nil(p, n, err));
  if (n->narg == 2) TRY(check_chain(p, n, err));
  TRY(type_args(p, n, arg, err));
  if (n->op == TOK_ADD || n->op == TOK_SUB) {
    bool moment = false;
    for (int k = 0; k < 2; k++) moment = moment || arg[k]->type == COL_DATE || arg[k]->type == COL_TIME;
    if (moment) return expr_type_date(p, n, arg[0], arg[1], out, err);
  }
  return type_func(p, n, &EXPR_OPERATORS[n->op], arg, n->narg, out, err);
}

ErrCode expr_type(Program *p, Node *n, Op **out, Err *err) {
  switch (n->kind) {
  case NODE_VALUE: *out = op_literal(p, n, n->value); return OK;
  case NODE_NIL: return no_nil(p, n, err);
  case NODE_COLUMN: return type_column(p, n, out, err);
  case NODE_ARG: return type_arg(p, n, out, err);
  case NODE_CALL: return type_call(p, n, out, err);
  default: return type_operator(p, n, out, err);
  }
}
