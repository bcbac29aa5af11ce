// What need not be done row by row. A part that no column and no row number enters is computed once and becomes a
// literal. A part that hangs on a single category is computed once a word, and once for missing, and becomes a look-up
// by code: sex == 'F' costs two comparisons and n table reads. The largest such parts are taken, from the root down.
#include "frame/expr_int.h"

Column *expr_own(Program *p, Column *c) {
  Owned *o = arena_new(&p->arena, Owned);
  *o = (Owned){c, p->owned};
  p->owned = o;
  return c;
}

Cell cell_of(const Column *c, int64_t i, Arena *a) {
  Cell cell = {.type = col_is_text(c) ? COL_TEXT : c->type, .missing = !col_valid(c, i)};
  if (cell.missing) return cell;
  switch (EXPR_STORE[c->type]) {
  case STORE_B: cell.b = c->b[i]; break;
  case STORE_I: cell.i = c->i[i]; break;
  case STORE_F: cell.f = c->f[i]; break;
  default: cell.t = (Sv){arena_strndup(a, col_text(c, i).s, col_text(c, i).n), col_text(c, i).n};
  }
  return cell;
}

static ErrCode fold(Program *p, Op **op, Err *err) {
  Column *c;
  TRY(expr_run(p, *op, 1, NULL, NULL, &c, err));
  bool zoned = (*op)->zoned;
  *op = op_literal(p, (*op)->node, cell_of(expr_own(p, c), 0, &p->arena));
  (*op)->zoned = zoned;
  return OK;
}

// The words of a dictionary and one missing cell.
static ErrCode words_column(Program *p, const Dict *d, Column **out, Err *err) {
  TextBuilder b;
  textb_init(&b, p->job);
  ErrCode code = OK;
  for (int32_t i = 0; i < d->n && code == OK; i++) code = textb_add(&b, d->word[i], err);
  if (code == OK) code = textb_add_missing(&b, err);
  if (code == OK) code = textb_take(&b, out, err);
  textb_fini(&b);
  return code;
}

static ErrCode tabulate(Program *p, Op **op, Err *err) {
  Op *call = *op, *look = arena_new(&p->arena, Op);
  Column *words, *table;
  TRY(words_column(p, call->col->dict, &words, err));
  expr_own(p, words);
  TRY(expr_run(p, call, words->n, call->col, words, &table, err));
  *look = (Op){.kind = OP_LOOKUP, .type = call->type, .zoned = call->zoned, .wordy = true, .col = call->col,
               .table = expr_own(p, table), .node = call->node, .slots = 1};
  *op = look;
  return OK;
}

ErrCode expr_lift(Program *p, Op **op, Err *err) {
  Op *call = *op;
  if (call->kind != OP_CALL) return OK;
  if (!call->by_row && !call->many) {
    if (!call->col) return fold(p, op, err);
    if (call->col->dict && call->col->dict->n < frame_nrow(p->frame)) return tabulate(p, op, err);
  }
  for (int k = 0; k < call->narg; k++) TRY(expr_lift(p, &call->arg[k], err));
  return OK;
}
