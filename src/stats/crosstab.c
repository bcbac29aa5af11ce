// The table of two categories as a frame, and what there is to say about it. Residuals as in chisq.test of R: adjusted
// ones are divided by their standard error (Haberman 1973; Agresti 2013, 3.3).
#include "stats/assoc.h"
#include "stats/cells_int.h"

#include <math.h>
#include <stdio.h>

enum { MOST_COLUMNS = 50, FISHER_STEPS = 2000000 };

static double cell_value(const Cells *c, int show, int64_t i, int64_t j) {
  double n = (double)c->n[i * c->c + j], e = cells_expected(c, i, j), all = (double)c->total;
  double row = (double)c->row_sum[i], col = (double)c->col_sum[j];
  switch ((CrosstabShow)show) {
  case SHOW_ROW: return n / row;
  case SHOW_COLUMN: return n / col;
  case SHOW_ALL: return n / all;
  case SHOW_EXPECTED: return e;
  case SHOW_PEARSON: return (n - e) / sqrt(e);
  case SHOW_ADJUSTED: return (n - e) / sqrt(e * (1 - row / all) * (1 - col / all));
  case SHOW_COUNT: break;
  }
  return n;
}

// ---- the frame ----------------------------------------------------------------------------------------------------
static void add_value(Test *t, const char *column, int show, double v) {
  if (show == SHOW_COUNT) result_int(t, column, (int64_t)v);
  else result_real(t, column, v);
}

// Names of the columns: the levels, changed where one is taken.
static const char **column_names(Test *t, const Cells *c, const char *by) {
  const char **name = arena_array(&t->arena, const char *, c->c + 1);
  for (int64_t j = 0; j <= c->c; j++) {
    const char *level = j == c->c ? "total" : c->col[j];
    bool taken = strcmp(level, c->row_name) == 0 || (by && strcmp(level, by) == 0) || !*level;
    for (int64_t k = 0; k < j; k++) taken = taken || strcmp(name[k], level) == 0;
    name[j] = taken ? arena_printf(&t->arena, "%s = %s", j == c->c ? "all" : c->col_name, level) : level;
  }
  return name;
}

static void add_total_row(Test *t, const Cells *c, const char *const *name, int show) {
  double all = (double)c->total, over = show == SHOW_COUNT ? 1 : all;
  result_text(t, c->row_name, "total");
  for (int64_t j = 0; j < c->c; j++)
    add_value(t, name[j], show, show == SHOW_COLUMN ? 1 : (double)c->col_sum[j] / over);
  add_value(t, name[c->c], show, all / over);
}

static void add_table(Test *t, const Cells *c, const char *const *name, int show, const char *by, const char *level) {
  bool totals = show <= SHOW_ALL;
  for (int64_t i = 0; i < c->r + totals; i++) {
    result_row(t);
    if (by) result_text(t, by, level);
    if (i == c->r) {
      add_total_row(t, c, name, show);
      continue;
    }
    result_text(t, c->row_name, c->row[i]);
    for (int64_t j = 0; j < c->c; j++) add_value(t, name[j], show, c->total ? cell_value(c, show, i, j) : NAN);
    double over = show == SHOW_COUNT ? 1 : (double)c->total;
    if (totals) add_value(t, name[c->c], show, show == SHOW_ROW ? 1 : (double)c->row_sum[i] / over);
  }
}

// ---- the caption --------------------------------------------------------------------------------------------------
static const char *say_range(Test *t, Estimate22 e) {
  return arena_printf(&t->arena, "%s (%s to %s)", say_number(t, e.value), say_number(t, e.low), say_number(t, e.high));
}

static void say_small(Test *t, const Cells *c, double conf) {
  Fisher22 f = exact_fisher22(c->n[0], c->row_sum[0], c->col_sum[0], c->col_sum[1], conf);
  result_say(t, "Fisher's exact test: %s.", say_p(t, f.p));
  result_say(t, "Odds ratio %s; relative risk of %s for %s against %s %s.", say_range(t, odds_ratio(c->n, conf)),
             c->col[0], c->row[0], c->row[1], say_range(t, relative_risk(c->n, conf)));
}

static void say_table(Test *t, const Cells *c, double conf) {
  bool yates = c->r == 2 && c->c == 2;
  double df = (double)((c->r - 1) * (c->c - 1)), plain = cells_chisq(c, false), x = cells_chisq(c, yates), p;
  double v = sqrt(plain / ((double)c->total * (double)((c->r < c->c ? c->r : c->c) - 1)));
  result_say(t, "Chi-squared %s%s, df %s, %s; Cramer's V %s.", say_number(t, x), yates ? " (Yates)" : "",
             say_number(t, df), say_p(t, dist_chisq(x, df, DIST_UPPER)), say_number(t, v));
  cells_say_expected(t, c);
  if (yates) return say_small(t, c, conf);
  bool rough = false;
  for (int64_t k = 0; k < c->r * c->c; k++) rough = rough || cells_expected(c, k / c->c, k % c->c) < 5;
  if (rough && exact_fisher(c->n, c->r, c->c, FISHER_STEPS, &p)) result_say(t, "Fisher's exact test: %s.", say_p(t, p));
}

static void say_title(Test *t, const Cells *c, int show) {
  static const char *const words[] = {"counts",          "shares of rows",    "shares of columns", "shares of all",
                                      "expected counts", "Pearson residuals", "adjusted residuals"};
  result_say(t, "%s by %s: %s, n = %lld.", c->row_name, c->col_name, words[show], (long long)c->total);
}

// ---- a call -------------------------------------------------------------------------------------------------------
static ErrCode add_levels(Test *t, const CrosstabOpts *o, const Rows *r, const Factor *a, const Factor *b,
                          const int64_t *cases, const char *const *name) {
  Factor g;
  int64_t *part;
  TRY(rows_factor(t, o->by, r, &g));
  TRY(test_array(t, r->n * (int64_t)sizeof *part, &part));
  for (int64_t l = 0; l < g.k; l++) {
    Cells c;
    for (int64_t i = 0; i < r->n; i++) part[i] = g.code[i] != l ? -1 : cases ? cases[i] : 1;
    TRY(cells_count(t, part, a, b, &c));
    cells_sum(&c);
    add_table(t, &c, name, o->show, o->by, g.level[l]);
  }
  return OK;
}

static ErrCode crosstab_run(Test *t, const void *opts) {
  const CrosstabOpts *o = opts;
  Rows r;
  Factor a, b;
  int64_t *cases;
  Cells c;
  TRY(rows_complete(t, &r));
  TRY(rows_factor(t, t->q->response, &r, &a));
  TRY(rows_factor(t, t->q->term.name[0], &r, &b));
  TRY(cells_cases(t, o->count, &r, &cases));
  TRY(cells_count(t, cases, &a, &b, &c));
  int64_t levels = c.c;
  if (!o->by) cells_close(&c);
  else cells_sum(&c);
  if (levels > MOST_COLUMNS)
    return test_fail(t, ERR_ARG, "'%s' has %lld levels, at most %d make columns: put it first", b.name,
                     (long long)levels, MOST_COLUMNS);
  if (!c.total) return test_fail(t, ERR_ARG, "there is no row where both '%s' and '%s' are present", a.name, b.name);
  const char **name = column_names(t, &c, o->by);
  say_title(t, &c, o->show);
  if (o->by) TRY(add_levels(t, o, &r, &a, &b, cases, name));
  else add_table(t, &c, name, o->show, NULL, NULL);
  cells_close(&c);
  if (c.r > 1 && c.c > 1) say_table(t, &c, o->conf);
  if (a.k == 2 && b.k == 2 && c.r == 2 && c.c == 2)
    TRY(simpson_say(t, o->count, o->by, &r, &a, &b, odds_ratio(c.n, o->conf).value));
  rows_say(t, r.dropped + c.dropped);
  return OK;
}

ErrCode stats_crosstab(Job *job, const Frame *f, const CrosstabOpts *opts, Frame **out, Err *err) {
  static const TestType type = {.name = "crosstab", .run = crosstab_run};
  const char *name[] = {opts->rows, opts->columns, opts->by};
  for (int k = 0; k < 3; k++)
    for (int l = 0; l < k; l++)
      if (name[k] && strcmp(name[k], name[l]) == 0)
        return err_set(err, ERR_ARG, "crosstab: '%s' was given twice", name[k]);
  Formula q = {.text = "", .response = opts->rows, .term = {&name[1], 1}, .block = opts->by};
  return test_run_parsed(job, &type, f, &q, opts, out, err);
}
