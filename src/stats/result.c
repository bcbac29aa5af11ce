// The frame that a test answers with, put together value by value.
#include "stats/tests_int.h"

#include "base/numfmt.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

typedef enum { CELL_INT, CELL_REAL, CELL_TEXT } CellKind;
typedef struct ResultCell {
  int column;
  int64_t row;
  CellKind kind;
  int64_t i;
  double f;
  const char *text;
} ResultCell;

static int column_of(Result *r, const char *name) {
  for (int j = 0; j < r->ncol; j++)
    if (strcmp(r->column[j], name) == 0) return j;
  assert(r->ncol < (int)(sizeof r->column / sizeof *r->column));
  r->column[r->ncol] = arena_strdup(r->a, name);
  return r->ncol++;
}

static ResultCell *add(Test *t, const char *column, CellKind kind) {
  Result *r = &t->out;
  if (r->n == r->cap) {
    ResultCell *more = arena_array(r->a, ResultCell, r->cap = r->cap ? 2 * r->cap : 64);
    if (r->n) memcpy(more, r->cell, (size_t)r->n * sizeof *more);
    r->cell = more;
  }
  assert(r->nrow > 0);
  ResultCell *c = &r->cell[r->n++];
  *c = (ResultCell){.column = column_of(r, column), .row = r->nrow - 1, .kind = kind};
  return c;
}

void result_row(Test *t) { t->out.nrow++; }
void result_text(Test *t, const char *column, const char *v) {
  add(t, column, CELL_TEXT)->text = arena_strdup(&t->arena, v);
}
void result_int(Test *t, const char *column, int64_t v) { add(t, column, CELL_INT)->i = v; }
void result_real(Test *t, const char *column, double v) { add(t, column, CELL_REAL)->f = v; }

void result_estimate(Test *t, double estimate, double low, double high) {
  result_real(t, "estimate", estimate);
  result_real(t, "low", low);
  result_real(t, "high", high);
}

void result_effect(Test *t, const char *name, double effect, double low, double high) {
  result_real(t, name, effect);
  result_real(t, "effect_low", low);
  result_real(t, "effect_high", high);
}

// ---- words ---------------------------------------------------------------------------------------------------------
void result_say(Test *t, const char *fmt, ...) {
  char raw[600];
  va_list args;
  va_start(args, fmt);
  vsnprintf(raw, sizeof raw, fmt, args);
  va_end(args);
  if (t->out.caption.n) str_addc(&t->out.caption, ' ');
  str_add(&t->out.caption, raw);
}

const char *say_number(Test *t, double v) {
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, 4);
  return arena_strdup(&t->arena, buf);
}

const char *say_p(Test *t, double p) {
  if (p < 0.001) return "p < 0.001";
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, p, 2);
  return arena_printf(&t->arena, "p = %s", buf);
}

// ---- the frame -----------------------------------------------------------------------------------------------------
static CellKind kind_of(const Result *r, int j) {
  CellKind kind = CELL_INT;
  for (int64_t k = 0; k < r->n; k++)
    if (r->cell[k].column == j && r->cell[k].kind > kind) kind = r->cell[k].kind;
  return kind;
}

static ErrCode fill_texts(Test *t, const ResultCell **at, Column **out) {
  TextBuilder b;
  textb_init(&b, t->job);
  ErrCode code = OK;
  for (int64_t i = 0; i < t->out.nrow && code == OK; i++)
    code = at[i] && at[i]->text ? textb_add(&b, sv(at[i]->text), t->err) : textb_add_missing(&b, t->err);
  if (code == OK) code = textb_take(&b, out, t->err);
  textb_fini(&b);
  return code;
}

static ErrCode fill_numbers(Test *t, const ResultCell **at, CellKind kind, Column **out) {
  Column *c;
  TRY(column_new(t->job, kind == CELL_INT ? COL_I64 : COL_F64, t->out.nrow, NULL, &c, t->err));
  ErrCode code = OK;
  for (int64_t i = 0; i < t->out.nrow && code == OK; i++) {
    double v = !at[i] ? NAN : at[i]->kind == CELL_INT ? (double)at[i]->i : at[i]->f;
    if (kind == CELL_INT) c->i[i] = at[i] ? at[i]->i : 0;
    else c->f[i] = v;
    if (isnan(v)) code = column_set_missing(c, i, t->err);
  }
  if (code == OK) *out = c;
  else column_unref(c);
  return code;
}

ErrCode result_frame(Test *t, Frame **out) {
  Result *r = &t->out;
  Frame *f = frame_new(r->nrow);
  ErrCode code = OK;
  for (int j = 0; j < r->ncol && code == OK; j++) {
    const ResultCell **at = arena_array(r->a, const ResultCell *, r->nrow);
    for (int64_t k = 0; k < r->n; k++)
      if (r->cell[k].column == j) at[r->cell[k].row] = &r->cell[k];
    CellKind kind = kind_of(r, j);
    Column *c = NULL;
    code = kind == CELL_TEXT ? fill_texts(t, at, &c) : fill_numbers(t, at, kind, &c);
    if (code == OK) code = frame_add(f, r->column[j], c, t->err);
  }
  if (code != OK) return frame_unref(f), code;
  frame_set_caption(f, str_c(&r->caption));
  *out = f;
  return OK;
}
