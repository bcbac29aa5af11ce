// The rows that a test is about, and the numbers in them. Rows are read in fixed chunks on all threads; a column
// without gaps over all rows is lent, not copied.
#include "stats/tests_int.h"

#include "base/pool.h"
#include "base/simd.h"
#include "num/num.h"

#include <math.h>
#include <stdatomic.h>

enum { PIECE = 1024 };

// ---- which rows ----------------------------------------------------------------------------------------------------
typedef struct Gaps {
  const Column **col; // those that may have gaps
  int m;
  int64_t grain, *count, *row; // count: rows of each chunk, then where they begin; row NULL: they are only counted
} Gaps;

static ErrCode formula_columns(Test *t, Gaps *g) {
  const Formula *q = t->q;
  const char **name = arena_array(&t->arena, const char *, q->term.n + 2);
  int n = 0;
  if (q->response) name[n++] = q->response;
  if (q->block) name[n++] = q->block;
  for (int64_t k = 0; k < q->term.n; k++) name[n++] = q->term.name[k];
  g->col = arena_array(&t->arena, const Column *, n);
  for (int k = 0; k < n; k++) {
    int j;
    TRY(frame_col(t->f, sv(name[k]), &j, t->err));
    const Column *c = frame_at(t->f, j);
    if (c->valid || c->type == COL_F64) g->col[g->m++] = c;
  }
  return OK;
}

CLONES static void drop_nan(const double *x, int64_t n, uint8_t *keep) {
  for (int64_t k = 0; k < n; k++) keep[k] &= x[k] == x[k];
}

static void mark_piece(const Gaps *g, int64_t begin, int64_t n, uint8_t *keep) {
  memset(keep, 1, (size_t)n);
  for (int j = 0; j < g->m; j++) {
    const Column *c = g->col[j];
    if (c->type == COL_F64) drop_nan(c->f + begin, n, keep);
    for (int64_t k = 0; c->valid && k < n; k++) keep[k] &= col_valid(c, begin + k);
  }
}

static void run_gaps(void *ctx, int64_t begin, int64_t end) {
  const Gaps *g = ctx;
  int64_t *count = &g->count[begin / g->grain], at = g->row ? *count : 0;
  uint8_t keep[PIECE];
  for (int64_t i = begin; i < end; i += PIECE) {
    int64_t n = end - i < PIECE ? end - i : PIECE;
    mark_piece(g, i, n, keep);
    for (int64_t k = 0; !g->row && k < n; k++) at += keep[k];
    for (int64_t k = 0; g->row && k < n; k++)
      if (keep[k]) g->row[at++] = i + k;
  }
  if (!g->row) *count = at;
}

ErrCode rows_complete(Test *t, Rows *out) {
  int64_t nrow = frame_nrow(t->f), nchunk = test_chunks(nrow);
  Gaps g = {.grain = test_grain(nrow)};
  *out = (Rows){.n = nrow};
  TRY(formula_columns(t, &g));
  if (!g.m) return OK;
  g.count = arena_array(&t->arena, int64_t, nchunk);
  TRY(test_rows(t, nrow, run_gaps, &g));
  int64_t n = 0;
  for (int64_t c = 0; c < nchunk; c++) {
    int64_t count = g.count[c];
    g.count[c] = n, n += count;
  }
  if (n == nrow) return OK; // all of them: no list is needed
  TRY(test_array(t, n * (int64_t)sizeof *out->row, &out->row));
  out->n = n, out->dropped = nrow - n;
  g.row = out->row;
  return test_rows(t, nrow, run_gaps, &g);
}

void rows_say(Test *t, int64_t dropped) {
  if (dropped) result_say(t, "%lld row%s with missing values left out.", (long long)dropped, dropped == 1 ? "" : "s");
}

// ---- numbers -------------------------------------------------------------------------------------------------------
typedef struct Reading {
  const Column *c;
  const Rows *r;
  double *x; // NULL: only looked at
  atomic_bool infinite;
} Reading;

static void run_read(void *ctx, int64_t begin, int64_t end) {
  Reading *d = ctx;
  const double *x = d->c->f + begin;
  if (d->x) {
    rows_doubles(d->r, d->c, begin, end - begin, d->x + begin);
    x = d->x + begin;
  }
  if (!sum_is_finite(x, end - begin)) atomic_store_explicit(&d->infinite, true, memory_order_relaxed);
}

void rows_doubles(const Rows *r, const Column *c, int64_t first, int64_t n, double *x) {
  if (c->type == COL_F64 && !r->row) memcpy(x, c->f + first, (size_t)n * sizeof *x);
  else if (c->type == COL_F64)
    for (int64_t k = 0; k < n; k++) x[k] = c->f[r->row[first + k]];
  else
    for (int64_t k = 0; k < n; k++) x[k] = col_f64(c, rows_at(r, first + k));
}

static ErrCode read_numbers(Test *t, const char *name, Reading *d) {
  TRY(test_rows(t, d->r->n, run_read, d));
  for (int64_t i = 0; d->infinite && i < d->r->n; i++)
    if (isinf(col_f64(d->c, rows_at(d->r, i))))
      return test_fail(t, ERR_ARG, "'%s' is infinite in row %lld: leave such rows out with d:where", name,
                       (long long)rows_at(d->r, i) + 1);
  return OK;
}

static ErrCode find_number(Test *t, const char *name, const Column **c) {
  int j;
  TRY(frame_col(t->f, sv(name), &j, t->err));
  *c = frame_at(t->f, j);
  if (col_is_number(*c)) return OK;
  return test_fail(t, ERR_TYPE, "'%s' must be numbers, it is %s", name, COLTYPES[(*c)->type].name);
}

ErrCode rows_values(Test *t, const char *name, const Rows *r, double **x) {
  Reading d = {.r = r};
  TRY(find_number(t, name, &d.c));
  TRY(test_array(t, r->n * (int64_t)sizeof **x, x));
  d.x = *x;
  return read_numbers(t, name, &d);
}

ErrCode rows_lent(Test *t, const char *name, const Rows *r, const double **x) {
  Reading d = {.r = r};
  double *own = NULL;
  TRY(find_number(t, name, &d.c));
  *x = d.c->f;
  if (d.c->type == COL_F64 && !r->row) return read_numbers(t, name, &d);
  TRY(rows_values(t, name, r, &own));
  *x = own;
  return OK;
}
