// Simpson's paradox: two categories are associated one way in all rows and the other way within the levels of a third.
// Within is Mantel and Haenszel's common odds ratio; the paradox is said when it lies on the other side of 1 than the
// odds ratio of all rows. Reference: Simpson 1951; Bickel, Hammel and O'Connell 1975.
#include "stats/cells_int.h"

#include <math.h>

enum { MOST_SAID = 3 };

typedef struct Third {
  const char *name;
  int64_t k, turned; // levels; those whose own odds ratio is turned around
  double common;
} Third;

// Columns that make a few levels without a long look.
static bool is_small(const Test *t, int j, const char *count) {
  const Column *c = frame_at(t->f, j);
  const char *name = frame_name(t->f, j);
  const Formula *q = t->q;
  bool used = (q->response && strcmp(name, q->response) == 0) || (count && strcmp(name, count) == 0);
  for (int64_t k = 0; k < q->term.n; k++) used = used || strcmp(name, q->term.name[k]) == 0;
  if (used) return false;
  return c->type == COL_CAT ? c->dict->n <= NUMBER_LEVELS : col_is_number(c);
}

static bool is_turned(double pooled, double within) { return (pooled > 1 && within < 1) || (pooled < 1 && within > 1); }

// The tables of a and b at each level of g; codes of a and b by the rows that have one. table: k x 4.
static void split_table(const Factor *g, const int64_t *at, const int64_t *cases, const Factor *a, const Factor *b,
                        int64_t (*table)[4]) {
  for (int64_t i = 0; i < g->n; i++) {
    int64_t row = at[i];
    if (cases && cases[row] < 0) continue;
    table[g->code[i]][a->code[row] * 2 + b->code[row]] += cases ? cases[row] : 1;
  }
}

static ErrCode look_at(Test *t, const char *name, const int64_t *cases, const Rows *r, const Factor *a, const Factor *b,
                       double pooled, Third *out) {
  int j = frame_find(t->f, sv(name));
  const Column *c = frame_at(t->f, j);
  Rows there = {0};
  int64_t *at;
  TRY(test_array(t, r->n * (int64_t)sizeof *there.row, &there.row));
  TRY(test_array(t, r->n * (int64_t)sizeof *at, &at));
  for (int64_t i = 0; i < r->n; i++)
    if (col_valid(c, rows_at(r, i)) && !(c->type == COL_F64 && isnan(c->f[rows_at(r, i)])))
      at[there.n] = i, there.row[there.n++] = rows_at(r, i);
  Factor g;
  TRY(rows_factor(t, name, &there, &g));
  int64_t(*table)[4] = arena_alloc_n(&t->arena, (size_t)g.k + 1, sizeof *table);
  split_table(&g, at, cases, a, b, table);
  *out = (Third){name, g.k, 0, odds_common((const int64_t(*)[4])table, g.k)};
  for (int64_t l = 0; l < g.k; l++) {
    double odds = (double)table[l][0] * (double)table[l][3] / ((double)table[l][1] * (double)table[l][2]);
    out->turned += is_turned(pooled, odds);
  }
  return OK;
}

// A column that cannot make levels is no third column; only what stops the whole computation is an error.
static ErrCode try_column(Test *t, const char *name, const int64_t *cases, const Rows *r, const Factor *a,
                          const Factor *b, double pooled, Third *out) {
  Err *kept = t->err, why = {0};
  int first = t->nblock;
  t->err = &why;
  ErrCode code = look_at(t, name, cases, r, a, b, pooled, out);
  t->err = kept;
  while (t->nblock > first) mem_free(t->block[--t->nblock]);
  if (code == ERR_MEMORY || code == ERR_CANCELLED) return err_set(t->err, code, "%s", why.msg);
  if (code != OK) out->common = NAN;
  return OK;
}

static void say_third(Test *t, const Third *x, double pooled) {
  result_say(t,
             "Simpson's paradox: the odds ratio is %s in all, but %s within the levels of %s (Mantel-Haenszel; "
             "%lld of %lld turn around).",
             say_number(t, pooled), say_number(t, x->common), x->name, (long long)x->turned, (long long)x->k);
}

ErrCode simpson_say(Test *t, const char *count, const char *by, const Rows *r, const Factor *a, const Factor *b,
                    double pooled) {
  int64_t *cases;
  int said = 0;
  TRY(cells_cases(t, count, r, &cases));
  for (int j = 0; j < frame_ncol(t->f); j++) {
    const char *name = frame_name(t->f, j);
    if (by ? strcmp(by, name) != 0 : !is_small(t, j, count)) continue;
    Third third;
    TRY(job_tick(t->job, j, frame_ncol(t->f), t->err));
    TRY(try_column(t, name, cases, r, a, b, pooled, &third));
    if (third.k > 1 && is_turned(pooled, third.common) && said++ < MOST_SAID) say_third(t, &third, pooled);
    else if (by && !isnan(third.common))
      result_say(t, "Within the levels of %s the odds ratio is %s (Mantel-Haenszel), in all %s.", by,
                 say_number(t, third.common), say_number(t, pooled));
  }
  if (said > MOST_SAID) result_say(t, "%d more columns turn it around.", said - MOST_SAID);
  return OK;
}
