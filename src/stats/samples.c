// From the columns of a formula to samples: rows without missing values, numbers, levels, groups, pairs and blocks.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

// ---- rows ----------------------------------------------------------------------------------------------------------
static ErrCode formula_columns(Test *t, const Column ***out, int *m) {
  const Formula *q = t->q;
  const char **name = arena_array(&t->arena, const char *, q->term.n + 2);
  *m = 0;
  if (q->response) name[(*m)++] = q->response;
  if (q->block) name[(*m)++] = q->block;
  for (int64_t k = 0; k < q->term.n; k++) name[(*m)++] = q->term.name[k];
  *out = arena_array(&t->arena, const Column *, *m);
  for (int k = 0; k < *m; k++) {
    int j;
    TRY(frame_col(t->f, sv(name[k]), &j, t->err));
    (*out)[k] = frame_at(t->f, j);
  }
  return OK;
}

static bool is_present(const Column *c, int64_t i) {
  return col_valid(c, i) && !(c->type == COL_F64 && isnan(c->f[i]));
}

ErrCode rows_complete(Test *t, Rows *out) {
  const Column **col;
  int m;
  int64_t nrow = frame_nrow(t->f), n = 0;
  TRY(formula_columns(t, &col, &m));
  TRY(test_array(t, nrow * (int64_t)sizeof *out->row, &out->row));
  for (int64_t i = 0; i < nrow; i++) {
    if (i % 65536 == 0) TRY(job_tick(t->job, i, nrow, t->err));
    bool keep = true;
    for (int k = 0; k < m && keep; k++) keep = is_present(col[k], i);
    out->row[n] = i;
    n += keep;
  }
  out->n = n, out->dropped = nrow - n;
  return OK;
}

void rows_say(Test *t, int64_t dropped) {
  if (dropped) result_say(t, "%lld row%s with missing values left out.", (long long)dropped, dropped == 1 ? "" : "s");
}

static ErrCode column_named(Test *t, const char *name, const Column **out) {
  int j;
  TRY(frame_col(t->f, sv(name), &j, t->err));
  *out = frame_at(t->f, j);
  return OK;
}

ErrCode rows_values(Test *t, const char *name, const Rows *r, double **x) {
  const Column *c;
  TRY(column_named(t, name, &c));
  if (!col_is_number(c)) return test_fail(t, ERR_TYPE, "'%s' must be numbers, it is %s", name, COLTYPES[c->type].name);
  TRY(test_array(t, r->n * (int64_t)sizeof **x, x));
  for (int64_t i = 0; i < r->n; i++) {
    double v = col_f64(c, r->row[i]);
    if (isinf(v))
      return test_fail(t, ERR_ARG, "'%s' is infinite in row %lld: leave such rows out with d:where", name,
                       (long long)r->row[i] + 1);
    (*x)[i] = v;
  }
  return OK;
}

// ---- levels --------------------------------------------------------------------------------------------------------
// Drops the levels that no row has.
static ErrCode close_levels(Test *t, Factor *f) {
  int32_t *to = arena_array(&t->arena, int32_t, f->k);
  int64_t k = 0;
  for (int64_t i = 0; i < f->n; i++) f->count[f->code[i]]++;
  for (int64_t l = 0; l < f->k; l++) {
    to[l] = (int32_t)k;
    if (!f->count[l]) continue;
    f->level[k] = f->level[l], f->count[k] = f->count[l];
    k++;
  }
  for (int64_t i = 0; i < f->n; i++) f->code[i] = to[f->code[i]];
  f->k = k;
  if (k <= MOST_GROUPS) return OK;
  return test_fail(t, ERR_ARG, "'%s' has %lld levels, at most %d can be compared", f->name, (long long)k, MOST_GROUPS);
}

static ErrCode text_levels(Test *t, const Column *c, const Rows *r, Factor *f) {
  Column *cat = NULL;
  if (!c->dict) TRY(column_to_cat(t->job, c, -1, &cat, t->err));
  const Column *by = cat ? cat : c;
  f->k = by->dict->n;
  f->level = arena_array(&t->arena, const char *, f->k);
  f->count = arena_array(&t->arena, int64_t, f->k);
  for (int64_t l = 0; l < f->k; l++) f->level[l] = arena_strndup(&t->arena, by->dict->word[l].s, by->dict->word[l].n);
  for (int64_t i = 0; i < r->n; i++) f->code[i] = (int32_t)col_code(by, r->row[i]);
  column_unref(cat);
  return close_levels(t, f);
}

static const char *number_text(Test *t, const Column *c, int64_t row) {
  Str text = {0};
  col_format(c, row, CELL_EXACT, &text);
  const char *kept = arena_strdup(&t->arena, str_c(&text));
  str_fini(&text);
  return kept;
}

// How many of the values are less than v: no branch to guess, as levels may come in any order.
static int32_t place_of(const double *value, int64_t k, double v) {
  int32_t at = 0;
  for (int64_t l = 0; l < k; l++) at += value[l] < v;
  return at;
}

// The few distinct values of a column of numbers, ascending.
static ErrCode number_levels(Test *t, const Column *c, const Rows *r, Factor *f) {
  double value[NUMBER_LEVELS];
  f->level = arena_array(&t->arena, const char *, NUMBER_LEVELS);
  f->count = arena_array(&t->arena, int64_t, NUMBER_LEVELS);
  for (int64_t i = 0; i < r->n; i++) {
    double v = col_f64(c, r->row[i]);
    int64_t at = place_of(value, f->k, v);
    if (at < f->k && value[at] == v) continue;
    if (f->k == NUMBER_LEVELS)
      return test_fail(t, ERR_TYPE,
                       "'%s' is %s with more than %d different values: groups come from a category; cut it "
                       "into one with d:derive{\"group = cut(%s, ...)\"}",
                       f->name, COLTYPES[c->type].name, NUMBER_LEVELS, f->name);
    for (int64_t l = f->k; l > at; l--) value[l] = value[l - 1], f->level[l] = f->level[l - 1];
    value[at] = v, f->level[at] = number_text(t, c, r->row[i]);
    f->k++;
  }
  for (int64_t i = 0; i < r->n; i++) f->code[i] = place_of(value, f->k, col_f64(c, r->row[i]));
  return close_levels(t, f);
}

ErrCode rows_factor(Test *t, const char *name, const Rows *r, Factor *out) {
  const Column *c;
  TRY(column_named(t, name, &c));
  *out = (Factor){.name = name, .n = r->n};
  TRY(test_array(t, r->n * (int64_t)sizeof *out->code, &out->code));
  if (col_is_text(c)) return text_levels(t, c, r, out);
  if (col_is_number(c)) return number_levels(t, c, r, out);
  return test_fail(t, ERR_TYPE, "'%s' is %s: groups come from a category", name, COLTYPES[c->type].name);
}

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

static ErrCode scatter(Test *t, const double *y, const Factor *g, Samples *s) {
  double *x;
  TRY(test_array(t, g->n * (int64_t)sizeof *x, &x));
  samples_open(t, g->k, s);
  for (int64_t l = 0; l < g->k; l++) {
    s->name[l] = g->level[l], s->x[l] = x;
    x += g->count[l];
  }
  for (int64_t i = 0; i < g->n; i++) s->x[g->code[i]][s->n[g->code[i]]++] = y[i];
  return OK;
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
  double *x;
  TRY(rows_complete(t, &r));
  TRY(rows_values(t, y, &r, &x));
  *out = (Samples){.response = y, .total = r.n, .dropped = r.dropped};
  if (one) {
    samples_open(t, 1, out);
    out->name[0] = y, out->x[0] = x, out->n[0] = r.n;
  } else {
    Factor g;
    out->by = q->term.name[0];
    TRY(rows_factor(t, out->by, &r, &g));
    TRY(check_groups(t, &g, least > 2 ? least : 2, most));
    TRY(scatter(t, x, &g, out));
  }
  return check_sizes(t, out, values);
}

// ---- blocks --------------------------------------------------------------------------------------------------------
// The block of each row: its rank among the distinct values of the column.
static ErrCode block_codes(Test *t, const Rows *r, int64_t **code, int64_t *k) {
  const Column *c;
  uint64_t *key;
  int64_t *perm;
  TRY(column_named(t, t->q->block, &c));
  TRY(test_array(t, c->n * (int64_t)sizeof *key, &key));
  TRY(column_keys(t->job, c, false, key, t->err));
  for (int64_t i = 0; i < r->n; i++) key[i] = key[r->row[i]]; // row[i] >= i
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
  const Column *c;
  TRY(column_named(t, t->q->block, &c));
  return test_fail(t, ERR_ARG, "%s %s has more than one row with '%s': take one value each, with d:agg", t->q->block,
                   number_text(t, c, r->row[i]), level);
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
