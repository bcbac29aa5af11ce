// From the columns of a formula to samples: groups, pairs and blocks of numbers.
#include "stats/tests_int.h"

#include "base/pool.h"
#include "num/num.h"

#include <math.h>

// ---- groups --------------------------------------------------------------------------------------------------------
static ErrCode check_groups(Test *t, const Factor *g, int64_t least, int64_t most) {
  if (g->k >= least && g->k <= most) return OK;
  Str list = {0};
  for (int64_t l = 0; l < g->k && l < 8; l++) str_addf(&list, "%s%s", l ? ", " : "", g->level[l]);
  const char *need = least == most  ? arena_printf(&t->arena, "exactly %lld", (long long)least)
                     : g->k < least ? arena_printf(&t->arena, "at least %lld", (long long)least)
                                    : arena_printf(&t->arena, "at most %lld", (long long)most);
  ErrCode code = test_fail(t, ERR_ARG, "'%s' must make %s groups, it makes %lld%s%s%s", g->name, need, (long long)g->k,
                           g->k ? " (" : "", str_c(&list),
                           g->k > 8 ? ", ...)"
                           : g->k   ? ")"
                                    : "");
  str_fini(&list);
  return code;
}

static void samples_open(Test *t, int64_t k, Samples *s) {
  s->k = k;
  s->name = arena_array(&t->arena, const char *, k);
  s->x = arena_array(&t->arena, double *, k);
  s->n = arena_array(&t->arena, int64_t, k);
}

typedef struct Scatter {
  const double *y;
  const Factor *g;
  double **x;
  int64_t *at; // chunks x k: where the values of each chunk go
} Scatter;

static void run_scatter(void *ctx, int64_t begin, int64_t end) {
  const Scatter *s = ctx;
  int64_t *at = s->at + begin / test_grain(s->g->n) * s->g->k;
  for (int64_t i = begin; i < end; i++) {
    int32_t l = s->g->code[i];
    s->x[l][at[l]++] = s->y[i];
  }
}

static ErrCode scatter(Test *t, const double *y, const Factor *g, Samples *s) {
  int64_t nchunk = test_chunks(g->n);
  Scatter d = {.y = y, .g = g};
  double *x;
  TRY(test_array(t, g->n * (int64_t)sizeof *x, &x));
  samples_open(t, g->k, s);
  d.x = s->x, d.at = arena_array(&t->arena, int64_t, nchunk * g->k);
  for (int64_t l = 0; l < g->k; l++) {
    s->name[l] = g->level[l], s->x[l] = x;
    for (int64_t c = 0; c < nchunk; c++) d.at[c * g->k + l] = s->n[l], s->n[l] += g->chunk[c * g->k + l];
    x += s->n[l];
  }
  return test_rows(t, g->n, run_scatter, &d);
}

static ErrCode check_sizes(Test *t, const Samples *s, int64_t values) {
  for (int64_t g = 0; g < s->k; g++)
    if (s->n[g] < values)
      return test_fail(t, ERR_ARG, "%s%s%s has %lld value%s, at least %lld are needed", s->by ? "group '" : "'",
                       s->name[g], "'", (long long)s->n[g], s->n[g] == 1 ? "" : "s", (long long)values);
  return OK;
}

ErrCode samples_split(Test *t, int64_t least, int64_t most, int64_t values, Samples *out) {
  const Formula *q = t->q;
  bool one = !q->response != !q->term.n;
  const char *y = q->response ? q->response : q->term.n ? q->term.name[0] : NULL;
  if (!y || q->block || q->term.n > 1 || (one && least > 1) || (!one && most < 2))
    return test_fail(t, ERR_ARG, "the formula must read %s, '%s' was given",
                     most < 2    ? "\"value\""
                     : least > 1 ? "\"value ~ group\""
                                 : "\"value ~ group\" or \"value\"",
                     q->text);
  Rows r;
  TRY(rows_complete(t, &r));
  *out = (Samples){.response = y, .total = r.n, .dropped = r.dropped};
  if (one) {
    samples_open(t, 1, out);
    out->name[0] = y, out->n[0] = r.n;
    TRY(rows_values(t, y, &r, &out->x[0]));
  } else {
    Factor g;
    const double *x;
    TRY(rows_lent(t, y, &r, &x));
    out->by = q->term.name[0];
    TRY(rows_factor(t, out->by, &r, &g));
    TRY(check_groups(t, &g, least > 2 ? least : 2, most));
    TRY(scatter(t, x, &g, out));
  }
  return check_sizes(t, out, values);
}

// ---- blocks --------------------------------------------------------------------------------------------------------
static const Column *block_column(const Test *t) { return frame_at(t->f, frame_find(t->f, sv(t->q->block))); }

// The block of each row: its rank among the distinct values of the column.
static ErrCode block_codes(Test *t, const Rows *r, int64_t **code, int64_t *k) {
  uint64_t *key;
  int64_t *perm;
  const Column *c = block_column(t);
  TRY(test_array(t, c->n * (int64_t)sizeof *key, &key));
  TRY(column_keys(t->job, c, false, key, t->err));
  for (int64_t i = 0; i < r->n; i++) key[i] = key[rows_at(r, i)]; // which is i or after it
  TRY(test_array(t, r->n * (int64_t)sizeof *perm, &perm));
  TRY(test_array(t, r->n * (int64_t)sizeof **code, code));
  TRY(order_keys(t->job, key, r->n, false, perm, t->err));
  *k = 0;
  for (int64_t i = 0; i < r->n; i++) {
    if (i > 0 && key[perm[i]] != key[perm[i - 1]]) ++*k;
    (*code)[perm[i]] = *k;
  }
  *k += r->n > 0;
  return OK;
}

static ErrCode twice(Test *t, const Rows *r, int64_t i, const char *level) {
  return test_fail(t, ERR_ARG, "%s %s has more than one row with '%s': take one value each, with d:agg", t->q->block,
                   number_level(t, block_column(t), rows_at(r, i)), level);
}

ErrCode samples_blocked(Test *t, int64_t least, int64_t most, Samples *out) {
  const Formula *q = t->q;
  if (!q->response || q->term.n != 1 || !q->block)
    return test_fail(t, ERR_ARG, "the formula must read \"value ~ treatment | block\", '%s' was given", q->text);
  Rows r;
  Factor g;
  double *y, *cell;
  int64_t *block, nblock;
  TRY(rows_complete(t, &r));
  TRY(rows_values(t, q->response, &r, &y));
  TRY(rows_factor(t, q->term.name[0], &r, &g));
  TRY(check_groups(t, &g, least, most));
  TRY(block_codes(t, &r, &block, &nblock));
  TRY(test_array(t, nblock * g.k * (int64_t)sizeof *cell, &cell));
  for (int64_t i = 0; i < nblock * g.k; i++) cell[i] = NAN;
  for (int64_t i = 0; i < r.n; i++) {
    double *at = &cell[g.code[i] * nblock + block[i]];
    if (!isnan(*at)) return twice(t, &r, i, g.level[g.code[i]]);
    *at = y[i];
  }
  *out = (Samples){.response = q->response, .by = q->term.name[0], .dropped = r.dropped};
  samples_open(t, g.k, out);
  int64_t n = 0;
  for (int64_t b = 0; b < nblock; b++) {
    bool whole = true;
    for (int64_t l = 0; l < g.k; l++) whole = whole && !isnan(cell[l * nblock + b]);
    for (int64_t l = 0; l < g.k; l++) cell[l * nblock + n] = cell[l * nblock + b];
    n += whole;
  }
  for (int64_t l = 0; l < g.k; l++) out->name[l] = g.level[l], out->x[l] = cell + l * nblock, out->n[l] = n;
  out->total = n * g.k;
  out->dropped += r.n - n * g.k;
  return OK;
}

ErrCode samples_paired(Test *t, Samples *out) {
  const Formula *q = t->q;
  if (q->block) return samples_blocked(t, 2, 2, out);
  if (!q->response || q->term.n != 1)
    return test_fail(t, ERR_ARG,
                     "the formula must read \"after ~ before\" or \"value ~ treatment | subject\", '%s' was "
                     "given",
                     q->text);
  Rows r;
  TRY(rows_complete(t, &r));
  *out = (Samples){.response = q->response, .by = q->term.name[0], .total = 2 * r.n, .dropped = r.dropped};
  samples_open(t, 2, out);
  TRY(rows_values(t, q->response, &r, &out->x[0]));
  TRY(rows_values(t, q->term.name[0], &r, &out->x[1]));
  out->name[0] = q->response, out->name[1] = q->term.name[0];
  out->n[0] = out->n[1] = r.n;
  return OK;
}
