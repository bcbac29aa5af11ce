// Ops and how their types meet: literals, calls, conversions, the common type of several values, and the advice for
// those that have none.
#include "frame/expr_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

const Store EXPR_STORE[COL_NTYPES] = {
    [COL_BOOL] = STORE_B, [COL_I64] = STORE_I, [COL_F64] = STORE_F, [COL_DATE] = STORE_I,
    [COL_TIME] = STORE_I, [COL_CAT] = STORE_T, [COL_TEXT] = STORE_T};
const size_t EXPR_WIDTH[NSTORE] = {
    [STORE_B] = sizeof(uint8_t), [STORE_I] = sizeof(int64_t), [STORE_F] = sizeof(double), [STORE_T] = sizeof(Sv)};

#define AT_NODE(p, n) (p)->text, (n)->begin, (n)->end

// ---- ops ------------------------------------------------------------------------------------------------------------
static void fill_block(Vec *v, const Cell *c) {
  Store store = EXPR_STORE[c->type];
  for (int i = 0; i < EXPR_BLOCK; i++) {
    if (v->ok) v->ok[i] = 0;
    if (store == STORE_B) v->b[i] = c->b;
    else if (store == STORE_I) v->i[i] = c->i;
    else if (store == STORE_F) v->f[i] = c->f;
    else v->t[i] = c->t;
  }
}

Op *op_literal(Program *p, Node *node, Cell cell) {
  Op *op = arena_new(&p->arena, Op);
  if (cell.missing && cell.type == COL_TEXT) cell.t = (Sv){"", 0};
  op->kind = OP_LITERAL, op->type = cell.type, op->node = node, op->cell = cell;
  op->slots = 1, op->wordy = true;
  op->full.p = arena_alloc_n(&p->arena, EXPR_BLOCK, EXPR_WIDTH[EXPR_STORE[cell.type]]);
  if (cell.missing) op->full.ok = arena_array(&p->arena, uint8_t, EXPR_BLOCK);
  fill_block(&op->full, &cell);
  return op;
}

// What a call depends on, from its arguments.
static void add_dependence(Op *op, const Op *arg) {
  op->by_row = op->by_row || arg->by_row;
  op->many = op->many || arg->many || (op->col && arg->col && op->col != arg->col);
  if (arg->col) op->col = arg->col;
  op->zoned = op->zoned || (op->type == COL_TIME && arg->zoned);
}

Op *op_call(Program *p, Node *node, Kernel kernel, ColType type, Op **arg, int narg) {
  Op *op = arena_new(&p->arena, Op);
  op->kind = OP_CALL, op->type = type, op->node = node, op->kernel = kernel;
  op->arg = arena_array(&p->arena, Op *, narg);
  op->narg = narg, op->slots = narg + 1;
  int texts = 0, wordy = 0;
  for (int k = 0; k < narg; k++) {
    op->arg[k] = arg[k];
    texts += arg[k]->type == COL_TEXT, wordy += arg[k]->type == COL_TEXT && arg[k]->wordy;
    if (arg[k]->slots + k > op->slots) op->slots = arg[k]->slots + k;
    add_dependence(op, arg[k]);
  }
  op->wordy = texts > 0 && wordy == texts;
  return op;
}

bool op_is_text_literal(const Op *op) { return op->kind == OP_LITERAL && op->type == COL_TEXT && !op->cell.missing; }

static const char *type_name(const Op *op) { return COLTYPES[op->kind == OP_COLUMN ? op->col->type : op->type].name; }

const char *op_shown(Program *p, const Op *op) {
  Sv text = node_text(p, op->node), cut = {text.s, utf8_fit(text, 40)};
  return arena_printf(&p->arena, SV_FMT "%s (%s)", SV_ARG(cut), cut.n < text.n ? "\xE2\x80\xA6" : "", type_name(op));
}

// ---- conversions ----------------------------------------------------------------------------------------------------
Op *op_convert(Program *p, Op *op, ColType type) {
  if (op->type == type) return op;
  bool to_real = type == COL_F64;
  if (op->kind == OP_LITERAL && to_real)
    return op_literal(p, op->node, (Cell){.type = type, .missing = op->cell.missing, .f = (double)op->cell.i});
  return op_call(p, op->node, to_real ? expr_to_real : expr_to_time, type, &op, 1);
}

ErrCode op_parse_date(Program *p, ColType type, Op **op, Err *err) {
  Sv text = sv_trim((*op)->cell.t);
  Cell cell = {.type = COL_DATE};
  bool zoned = false;
  double f;
  if (!COLTYPES[COL_DATE].parse(text, &cell.i, &f, &zoned)) {
    cell.type = COL_TIME;
    if (!COLTYPES[COL_TIME].parse(text, &cell.i, &f, &zoned))
      return expr_error(AT_NODE(p, (*op)->node), ERR_PARSE, err,
                        "'" SV_FMT "' is no date: write it as '2012-03-31' or '2012-03-31 14:05:00'", SV_ARG(text));
  }
  *op = op_convert(p, op_literal(p, (*op)->node, cell), cell.type == COL_TIME ? COL_TIME : type);
  return OK;
}

static bool join_types(ColType a, ColType b, ColType *out) {
  bool numbers = (a == COL_I64 || a == COL_F64) && (b == COL_I64 || b == COL_F64);
  bool moments = (a == COL_DATE || a == COL_TIME) && (b == COL_DATE || b == COL_TIME);
  *out = a == b ? a : numbers ? COL_F64 : COL_TIME;
  return a == b || numbers || moments;
}

static bool any_moment(Op *const *arg, int n) {
  for (int k = 0; k < n; k++)
    if (arg[k]->type == COL_DATE || arg[k]->type == COL_TIME) return true;
  return false;
}

ErrCode op_unify(Program *p, Op **arg, int n, ColType *type, int *clash, Err *err) {
  bool moments = any_moment(arg, n);
  for (int k = 0; k < n && moments; k++)
    if (op_is_text_literal(arg[k])) TRY(op_parse_date(p, COL_DATE, &arg[k], err));
  *type = arg[0]->type;
  *clash = -1;
  for (int k = 1; k < n; k++)
    if (!join_types(*type, arg[k]->type, type)) return *clash = k, OK;
  return OK;
}

// ---- dates in sums --------------------------------------------------------------------------------------------------
static bool is_moment(const Op *op) { return op->type == COL_DATE || op->type == COL_TIME; }

static ErrCode date_error(Program *p, const Node *n, const Op *a, const Op *b, const char *fits, Err *err) {
  if (b->node->begin < a->node->begin) return date_error(p, n, b, a, fits, err);
  return expr_error(AT_NODE(p, n), ERR_TYPE, err, "cannot %s %s and %s: %s", n->op == TOK_ADD ? "add" : "subtract",
                    op_shown(p, a), op_shown(p, b), fits);
}

static ErrCode type_shift(Program *p, Node *n, Op *moment, Op *amount, Op **out, Err *err) {
  bool days = moment->type == COL_DATE, add = n->op == TOK_ADD;
  if (days && amount->type == COL_I64) {
    Op *arg[] = {moment, amount};
    *out = op_call(p, n, add ? expr_date_add : expr_date_sub, COL_DATE, arg, 2);
    return OK;
  }
  if (!days && (amount->type == COL_I64 || amount->type == COL_F64)) {
    Op *arg[] = {moment, op_convert(p, amount, COL_F64)};
    *out = op_call(p, n, add ? expr_time_add : expr_time_sub, COL_TIME, arg, 2);
    return OK;
  }
  const char *fits = days ? "a date takes an int of days" : "a time takes a number of seconds";
  return date_error(p, n, moment, amount, fits, err);
}

ErrCode expr_type_date(Program *p, Node *n, Op *a, Op *b, Op **out, Err *err) {
  if (op_is_text_literal(a)) TRY(op_parse_date(p, b->type, &a, err));
  if (op_is_text_literal(b)) TRY(op_parse_date(p, a->type, &b, err));
  if (!is_moment(b)) return type_shift(p, n, a, b, out, err);
  if (!is_moment(a) && n->op == TOK_ADD) return type_shift(p, n, b, a, out, err);
  if (!is_moment(a) || n->op == TOK_ADD)
    return date_error(p, n, a, b, "two dates have a difference (-), a date and an int of days a sum", err);
  Op *arg[] = {a, b};
  ColType type;
  int clash;
  TRY(op_unify(p, arg, 2, &type, &clash, err));
  for (int k = 0; k < 2; k++) arg[k] = op_convert(p, arg[k], type);
  bool days = type == COL_DATE;
  *out = op_call(p, n, days ? expr_date_diff : expr_time_diff, days ? COL_I64 : COL_F64, arg, 2);
  return OK;
}

// ---- advice ---------------------------------------------------------------------------------------------------------
static bool is_number(ColType t) { return t == COL_I64 || t == COL_F64; }

static const char *advice(Program *p, const char *before, const Op *op, const char *after) {
  Sv t = node_text(p, op->node);
  return arena_printf(&p->arena, ": write %s" SV_FMT "%s", before, SV_ARG(t), after);
}

// The text of a literal without its quotes, when that is what was meant.
static const char *unquoted(Program *p, const Op *text, const Op *other) {
  if (!op_is_text_literal(text)) return NULL;
  Sv t = text->cell.t;
  double v;
  if (frame_find(p->frame, t) >= 0)
    return arena_printf(&p->arena, ": without quotes " SV_FMT " is the column", SV_ARG(t));
  bool fits = (is_number(other->type) && parse_f64(t.s, t.n, &v)) ||
              (other->type == COL_BOOL && (sv_is(t, "true") || sv_is(t, "false")));
  return fits ? arena_printf(&p->arena, ": write " SV_FMT " without quotes", SV_ARG(t)) : NULL;
}

static const char *text_hint(Program *p, const Op *text, const Op *other) {
  const char *bare = unquoted(p, text, other);
  if (bare) return bare;
  if (other->type == COL_BOOL) return "";
  if (!is_number(other->type)) return ": a text column becomes a date with cast";
  if (other->kind == OP_LITERAL) return advice(p, "'", other, "' in quotes, or real(x) for the text");
  return op_is_text_literal(text) ? advice(p, "text(", other, ")") : advice(p, "real(", text, ")");
}

const char *op_pair_hint(Program *p, const Op *a, const Op *b) {
  if (a->type == COL_TEXT) return text_hint(p, a, b);
  if (b->type == COL_TEXT) return text_hint(p, b, a);
  if (a->type == COL_BOOL && is_number(b->type)) return advice(p, "int(", a, "), or == true");
  if (b->type == COL_BOOL && is_number(a->type)) return advice(p, "int(", b, "), or == true");
  if (is_moment(a) || is_moment(b)) return ": write a date in quotes, as in '2012-03-31'";
  return "";
}

const char *op_letter_hint(Program *p, char letter, const Op *op, bool negated) {
  ColType t = op->type;
  bool wants_number = letter == 'n' || letter == 'r' || letter == 'a';
  if (op_is_text_literal(op)) {
    Op number = {.type = wants_number ? COL_F64 : COL_TEXT};
    const char *bare = unquoted(p, op, &number);
    if (bare) return bare;
  }
  if (wants_number && t == COL_TEXT) return advice(p, "real(", op, "), and .. joins text");
  if ((wants_number || letter == 'i') && t == COL_BOOL) return advice(p, "int(", op, ")");
  if (letter == 'i' && t == COL_F64) return advice(p, "int(", op, ")");
  if (letter == 's') return advice(p, "text(", op, ")");
  const char *open = negated ? "not (" : "";
  if (letter == 'b' && is_number(t)) return advice(p, open, op, negated ? " > 0)" : " > 0");
  if (letter == 'b' && t == COL_TEXT) return advice(p, open, op, negated ? " == 'word')" : " == 'word'");
  if (letter == 't' && t == COL_DATE) return ": a date has no time of day";
  return "";
}
