// Tables of counts from rows or from a column that holds counts. Small tables are counted by chunk on all threads.
#include "stats/cells_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>

enum { SMALL = 4096, FEW = 16, PIECE = 512 }; // cells of a table; rows of a piece

static ErrCode count_column(Test *t, const char *count, const Column **out) {
  *out = NULL;
  if (!count) return OK;
  int j;
  Err why;
  if (frame_col(t->f, sv(count), &j, &why) != OK) return test_fail(t, ERR_NAME, "%s", why.msg);
  *out = frame_at(t->f, j);
  ColType type = (*out)->type;
  if (type == COL_I64 || type == COL_F64 || type == COL_BOOL) return OK;
  return test_fail(t, ERR_TYPE, "'%s' must hold counts, it is %s", count, COLTYPES[type].name);
}

static ErrCode case_count(Test *t, const Column *c, const char *name, int64_t row, int64_t *out) {
  double v = col_f64(c, row);
  if (v >= 0 && v <= 0x1p53 && v == floor(v)) return *out = (int64_t)v, OK;
  return test_fail(t, ERR_ARG, "'%s' must hold counts (0, 1, 2, ...), row %lld has %s", name, (long long)row + 1,
                   say_number(t, v));
}

ErrCode cells_cases(Test *t, const char *count, const Rows *r, int64_t **cases) {
  const Column *by;
  *cases = NULL;
  TRY(count_column(t, count, &by));
  if (!by) return OK;
  TRY(test_array(t, r->n * (int64_t)sizeof **cases, cases));
  for (int64_t i = 0; i < r->n; i++) {
    (*cases)[i] = -1;
    if (col_valid(by, rows_at(r, i)) && !isnan(col_f64(by, rows_at(r, i))))
      TRY(case_count(t, by, count, rows_at(r, i), &(*cases)[i]));
  }
  return OK;
}

static void cells_open(Test *t, const Factor *a, const Factor *b, Cells *out) {
  *out = (Cells){.row_name = a->name, .col_name = b ? b->name : NULL, .r = a->k, .c = b ? b->k : 1};
  out->n = arena_array(&t->arena, int64_t, out->r * out->c);
  out->row_sum = arena_array(&t->arena, int64_t, out->r);
  out->col_sum = arena_array(&t->arena, int64_t, out->c);
  out->row = arena_array(&t->arena, const char *, out->r);
  out->col = arena_array(&t->arena, const char *, out->c);
  for (int64_t i = 0; i < out->r; i++) out->row[i] = a->level[i];
  for (int64_t j = 0; j < out->c && b; j++) out->col[j] = b->level[j];
}

typedef struct Counting {
  const Factor *a, *b;
  int64_t c, size, *count; // columns and cells of a table; chunks x cells
} Counting;

CLONES static int64_t count_one(const int32_t *a, const int32_t *b, int64_t n, int32_t i, int32_t j) {
  int32_t sum = 0;
  for (int64_t k = 0; k < n; k++) sum += (a[k] == i) & (b[k] == j);
  return sum;
}

// A few cells are counted one after the other: many rows fall into each, and a count would wait for its last store.
static void run_counts(void *ctx, int64_t begin, int64_t end) {
  const Counting *d = ctx;
  int64_t *count = d->count + begin / test_grain(d->a->n) * d->size;
  const int32_t *a = d->a->code, *b = d->b ? d->b->code : NULL;
  if (!b || d->size > FEW) {
    for (int64_t i = begin; i < end; i++) count[a[i] * d->c + (b ? b[i] : 0)]++;
    return;
  }
  for (int64_t i = begin; i < end; i += PIECE)
    for (int32_t k = 0; k < d->size; k++)
      count[k] += count_one(a + i, b + i, end - i < PIECE ? end - i : PIECE, k / (int32_t)d->c, k % (int32_t)d->c);
}

static ErrCode count_rows(Test *t, const Factor *a, const Factor *b, Cells *out) {
  int64_t nchunk = test_chunks(a->n);
  Counting d = {.a = a, .b = b, .c = out->c, .size = out->r * out->c};
  d.count = arena_array(&t->arena, int64_t, nchunk * d.size);
  TRY(test_rows(t, a->n, run_counts, &d));
  for (int64_t k = 0; k < nchunk * d.size; k++) out->n[k % d.size] += d.count[k];
  return OK;
}

ErrCode cells_count(Test *t, const int64_t *cases, const Factor *a, const Factor *b, Cells *out) {
  cells_open(t, a, b, out);
  if (!cases && out->r * out->c <= SMALL && out->r > 0 && out->c > 0) return count_rows(t, a, b, out);
  for (int64_t i = 0; i < a->n; i++) {
    if (cases && cases[i] < 0) out->dropped++;
    else out->n[a->code[i] * out->c + (b ? b->code[i] : 0)] += cases ? cases[i] : 1;
  }
  return OK;
}

void cells_sum(Cells *c) {
  c->total = 0;
  for (int64_t i = 0; i < c->r; i++) c->row_sum[i] = 0;
  for (int64_t j = 0; j < c->c; j++) c->col_sum[j] = 0;
  for (int64_t k = 0; k < c->r * c->c; k++) {
    c->row_sum[k / c->c] += c->n[k];
    c->col_sum[k % c->c] += c->n[k];
    c->total += c->n[k];
  }
}

void cells_close(Cells *c) {
  cells_sum(c);
  int64_t r = 0, k = 0, cols = 0;
  for (int64_t i = 0; i < c->r; i++)
    for (int64_t j = 0; j < c->c; j++)
      if (c->row_sum[i] && c->col_sum[j]) c->n[k++] = c->n[i * c->c + j];
  for (int64_t i = 0; i < c->r; i++)
    if (c->row_sum[i]) c->row[r++] = c->row[i];
  for (int64_t j = 0; j < c->c; j++)
    if (c->col_sum[j]) c->col[cols++] = c->col[j];
  c->r = r, c->c = cols;
  cells_sum(c);
}

ErrCode cells_read(Test *t, const char *count, bool both, Cells *out) {
  const Formula *q = t->q;
  bool two = q->response ? q->term.n == 1 : q->term.n == 2, one = q->response ? q->term.n == 0 : q->term.n == 1;
  if (q->block || (both ? !two : !one))
    return test_fail(t, ERR_ARG, "the formula must read \"%s\", '%s' was given", both ? "a ~ b" : "a", q->text);
  const char *a = q->response ? q->response : q->term.name[0];
  const char *b = !both ? NULL : q->term.name[q->response ? 0 : 1];
  Rows r;
  Factor fa, fb;
  int64_t *cases;
  TRY(rows_complete(t, &r));
  TRY(rows_factor(t, a, &r, &fa));
  if (b) TRY(rows_factor(t, b, &r, &fb));
  TRY(cells_cases(t, count, &r, &cases));
  TRY(cells_count(t, cases, &fa, b ? &fb : NULL, out));
  cells_close(out);
  out->dropped += r.dropped;
  if (out->r >= 2 && (!both || out->c >= 2)) return OK;
  return test_fail(t, ERR_ARG, "'%s' must take at least 2 values, it takes %lld", out->r < 2 ? a : b,
                   (long long)(out->r < 2 ? out->r : out->c));
}

double cells_expected(const Cells *c, int64_t i, int64_t j) {
  return (double)c->row_sum[i] * (double)c->col_sum[j] / (double)c->total;
}

double cells_chisq(const Cells *c, bool yates) {
  double sum = 0, less = 0;
  if (yates) less = fmin(0.5, fabs((double)c->n[0] - cells_expected(c, 0, 0)));
  for (int64_t i = 0; i < c->r; i++)
    for (int64_t j = 0; j < c->c; j++) {
      double e = cells_expected(c, i, j), d = fabs((double)c->n[i * c->c + j] - e) - less;
      sum += d * d / e;
    }
  return sum;
}

void cells_say_expected(Test *t, const Cells *c) {
  int64_t below = 0;
  double least = INFINITY;
  for (int64_t i = 0; i < c->r; i++)
    for (int64_t j = 0; j < c->c; j++) {
      double e = cells_expected(c, i, j);
      below += e < 5;
      least = fmin(least, e);
    }
  int64_t all = c->r * c->c;
  if (!below) return result_say(t, "Expected counts are %s or more.", say_number(t, least));
  bool many = below * 5 > all || least < 1;
  result_say(t, "%lld of %lld expected counts %s below 5 (least %s)%s.", (long long)below, (long long)all,
             below == 1 ? "is" : "are", say_number(t, least), many ? ": take stats.fisher" : "");
}
