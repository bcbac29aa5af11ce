// Counts by two or three columns of categories: what mosaics and tiles are made of. A row counts once, or as often as a
// column of counts says.
#include "chart/matrix_int.h"

#include <math.h>

static ErrCode find_counts(Pile *p, const Frame *d, const char *name, Use *u, Err *err) {
  static const char advice[] = "counts are whole numbers";
  TRY(use_find(d, p->chart, name, false, advice, u, err));
  if (u->col->type != COL_F64) return OK;
  for (int64_t i = 0; i < u->col->n; i++)
    if (col_valid(u->col, i) && isfinite(u->col->f[i]) && u->col->f[i] != floor(u->col->f[i]))
      return err_set(err, ERR_TYPE, "%s: column '%s' has %g: %s", p->chart, name, u->col->f[i], advice);
  return OK;
}

static ErrCode add_counts(Pile *p, CrossTab *c, const int64_t *row, int64_t nrow, const Use *counts, Err *err) {
  for (int64_t i = 0; i < nrow; i++) {
    int64_t cell = 0, r = row[i];
    if (i % CHART_TICK == 0) TRY(job_tick(p->job, i, nrow, err));
    for (int k = 0; k < c->nvar; k++) cell = cell * c->by[k].n + c->by[k].of[r];
    double more = counts->col ? col_f64(counts->col, r) : 1;
    if (more < 0)
      return err_set(err, ERR_ARG, "%s: '%s' has %g in row %lld, counts are not below 0", p->chart, counts->name, more,
                     (long long)r + 1);
    c->count[cell] += more, c->n += more; // whole numbers: exact
  }
  if (c->n < 9e15) return OK;
  return err_set(err, ERR_NUMERIC, "%s: the counts of '%s' add up to more than 9e15", p->chart, counts->name);
}

ErrCode cross_load(Pile *p, const Frame *d, const char *const *name, int nvar, const char *counts, int64_t most,
                   Plot *plot, CrossTab *out, Err *err) {
  static const char advice[] = "keep fewer with d:where";
  Use use = {0};
  int64_t *row, nrow;
  *out = (CrossTab){.nvar = nvar, .ncell = 1};
  for (int k = 0; k < nvar; k++) {
    for (int j = 0; j < k; j++)
      if (strcmp(name[j], name[k]) == 0)
        return err_set(err, ERR_ARG, "%s: column '%s' is named twice", p->chart, name[k]);
    TRY(levels_load(p, d, name[k], most, advice, plot, &out->by[k], err));
    if (k) out->by[k - 1].also = &out->by[k];
    out->ncell *= out->by[k].n;
  }
  if (counts) TRY(find_counts(p, d, counts, &use, err));
  TRY(rows_pick(p, &use, counts ? 1 : 0, &out->by[0], frame_nrow(d), &row, &nrow, err));
  out->count = plot_array(plot, out->ncell), out->expected = plot_array(plot, out->ncell);
  TRY(add_counts(p, out, row, nrow, &use, err));
  if (out->n == 0) return err_set(err, ERR_ARG, "%s: all counts of '%s' are 0", p->chart, counts ? counts : "rows");
  cross_expect(out, plot);
  plot->n = (int64_t)out->n;
  words_add_note(plot, rows_note(&use, counts ? 1 : 0, &out->by[0], plot));
  return OK;
}

int64_t cross_level(const CrossTab *c, int64_t cell, int var) {
  for (int k = c->nvar - 1; k > var; k--) cell /= c->by[k].n;
  return cell % c->by[var].n;
}

// Under independence of all columns: n times the product of the shares of the levels.
void cross_expect(CrossTab *c, Plot *plot) {
  double *margin[CROSS_MOST];
  int64_t levels = 0, used = 1;
  for (int k = 0; k < c->nvar; k++) {
    margin[k] = plot_array(plot, c->by[k].n);
    for (int64_t cell = 0; cell < c->ncell; cell++) margin[k][cross_level(c, cell, k)] += c->count[cell];
    int64_t n = 0;
    for (int64_t l = 0; l < c->by[k].n; l++) n += margin[k][l] > 0;
    levels += n - 1, used *= n;
  }
  c->df = used - 1 - levels, c->chisq = 0;
  for (int64_t cell = 0; cell < c->ncell; cell++) {
    double e = c->n;
    for (int k = 0; k < c->nvar; k++) e *= margin[k][cross_level(c, cell, k)] / c->n;
    c->expected[cell] = e;
    c->chisq += e > 0 ? (c->count[cell] - e) / e * (c->count[cell] - e) : 0; // in the order of the cells
  }
  for (int k = 0; k < c->nvar; k++) c->margin[k] = margin[k];
}

double cross_residual(const CrossTab *c, int64_t cell) {
  double e = c->expected[cell];
  return e > 0 ? (c->count[cell] - e) / sqrt(e) : 0;
}

// "female and yes"
const char *cross_name(const CrossTab *c, int64_t cell, const char *between, Plot *plot) {
  const char *text = c->by[0].name[cross_level(c, cell, 0)];
  for (int k = 1; k < c->nvar; k++)
    text = arena_printf(&plot->arena, "%s%s%s", text, between, c->by[k].name[cross_level(c, cell, k)]);
  return text;
}

// "chi-square 365.9, df 1, p <.001, V .529"; NULL where there is only one cell.
const char *cross_test(const CrossTab *c, Plot *p) {
  if (c->df < 1) return NULL;
  double tail = dist_chisq(c->chisq, (double)c->df, DIST_UPPER);
  const char *text = arena_printf(&p->arena, "chi-square %s, df %s, %s", words_number(p, c->chisq),
                                  words_count(p, c->df), words_p(p, tail));
  if (c->nvar != 2) return text;
  int64_t least = INT64_MAX;
  for (int k = 0; k < 2; k++) {
    int64_t n = 0;
    for (int64_t l = 0; l < c->by[k].n; l++) n += c->margin[k][l] > 0;
    least = n < least ? n : least;
  }
  double v = sqrt(c->chisq / (c->n * (double)(least - 1)));
  return arena_printf(&p->arena, "%s, V %s", text, words_unit(p, fmin(v, 1), 3, false));
}
