// Autocorrelation: how a series goes with itself 1, 2, 3 ... rows later, as bars, between the lines within which 95 %
// of the bars of a series without memory fall, +-1.96 / sqrt(n). r(k) = c(k) / c(0), c(k) = sum of (x(t) - mean)
// (x(t + k) - mean) over n, always over all n, so that no bar passes 1; where values are missing, over the pairs there
// are and k more. Equal to acf() of R 4.2.2, with missing values to acf(na.action = na.pass). O(n lags).
// Reference: Box, Jenkins, "Time series analysis" (1976), ch. 2.
#include "chart/points_int.h"

#include <math.h>

typedef struct CorrelogramOpts {
  ChartLabels labels;
  const char *x;
  int64_t lags;
} CorrelogramOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(CorrelogramOpts, x), 0, 0, NULL, NULL, "number column, in the order of the rows"},
    {"lags", PARAM_INT, offsetof(CorrelogramOpts, lags), 0, 1000, "0", NULL,
     "most rows apart; 0 for 10 times log10 of n"},
    CHART_LABELS(CorrelogramOpts),
    PARAM_END};

typedef struct Correlogram {
  Pile pile;
  const CorrelogramOpts *o;
  Plot *p;
  Use x;
  int64_t nrow, n, lags; // rows; values
  double *v, *product;   // less the mean, NaN where there is none
  double *r;             // of lags 0 .. lags
} Correlogram;

static ErrCode load(Correlogram *s, const Frame *d, Err *err) {
  static const char numbers[] = "autocorrelation needs numbers";
  TRY(use_find(d, "correlogram", s->o->x, false, numbers, &s->x, err));
  int64_t *row;
  s->nrow = frame_nrow(d);
  TRY(rows_pick(&s->pile, &s->x, 1, NULL, s->nrow, &row, &s->n, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &s->v, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &s->product, err));
  for (int64_t k = 0; k < s->n; k++) s->product[k] = col_f64(s->x.col, row[k]);
  double lo, hi, mean = sum_f64(s->pile.job, s->product, s->n) / (double)s->n;
  points_range(s->pile.job, s->product, s->n, &lo, &hi);
  if (s->n < 3 || lo == hi)
    return err_set(err, ERR_ARG, "correlogram: '%s' has %s", s->x.name,
                   s->n < 3 ? "fewer than 3 values" : "the same value in all rows");
  double scale = fmax(fabs(lo - mean), fabs(hi - mean)); // squares of it must not overflow
  for (int64_t i = 0; i < s->nrow; i++) s->v[i] = NAN;
  for (int64_t k = 0; k < s->n; k++) s->v[row[k]] = (s->product[k] - mean) / scale;
  s->lags = s->o->lags ? s->o->lags : (int64_t)floor(10 * (fmath_log((double)s->nrow) / 2.302585092994045684));
  if (s->lags > s->nrow - 1) s->lags = s->nrow - 1;
  return OK;
}

static ErrCode covariances(Correlogram *s, Err *err) {
  bool whole = s->n == s->nrow;
  TRY(pile_new(&s->pile, (s->lags + 1) * 8, &s->r, err));
  for (int64_t k = 0; k <= s->lags; k++) {
    int64_t m = 0;
    TRY(job_tick(s->pile.job, k, s->lags, err));
    if (whole) {
      s->r[k] = sum_dot(s->pile.job, s->v, s->v + k, s->n - k) / (double)s->n;
    } else {
      for (int64_t i = 0; i + k < s->nrow; i++) {
        double product = s->v[i] * s->v[i + k];
        if (!isnan(product)) s->product[m++] = product;
      }
      s->r[k] = m ? sum_f64(s->pile.job, s->product, m) / (double)(m + k) : NAN;
    }
    if (k > 0) s->r[k] /= s->r[0];
  }
  return OK;
}

static void add_rule(Plot *p, double at, const char *name) {
  Series *rule = plot_add(p, MARK_RULE, 1);
  rule->role = ROLE_FAINT, rule->dashed = true, rule->name = name;
  rule->x2 = plot_array(p, 1), rule->y2 = plot_array(p, 1);
  rule->x[0] = p->x.lo, rule->x2[0] = p->x.hi, rule->y[0] = rule->y2[0] = at;
}

static ErrCode add_marks(Correlogram *s, double limit, Err *err) {
  Plot *p = s->p;
  int64_t n = 0;
  double lo = -limit, hi = limit;
  for (int64_t k = 1; k <= s->lags; k++) {
    if (isnan(s->r[k])) continue;
    n++, lo = fmin(lo, s->r[k]), hi = fmax(hi, s->r[k]);
  }
  if (n == 0) return err_set(err, ERR_ARG, "correlogram: no two values of '%s' are near enough", s->x.name);
  axis_from_zero(&p->y, lo, hi);
  p->x = (Axis){.lo = 0.5, .hi = (double)s->lags + 0.5}, p->y.unit = true;
  Series *bars = plot_add(p, MARK_BAR, n);
  bars->x2 = plot_array(p, n), bars->rows = arena_array(&p->arena, int64_t, n);
  for (int64_t k = 1, i = 0; k <= s->lags; k++) {
    if (isnan(s->r[k])) continue;
    bars->x[i] = (double)k - 0.4, bars->x2[i] = (double)k + 0.4, bars->y[i] = s->r[k], bars->rows[i++] = k;
  }
  add_rule(p, limit, "95 %");
  add_rule(p, -limit, NULL);
  return OK;
}

static void describe(Correlogram *s, double limit) {
  Plot *p = s->p;
  int64_t best = 1, beyond = 0, lags = 0;
  for (int64_t k = 1; k <= s->lags; k++) {
    if (isnan(s->r[k])) continue;
    if (isnan(s->r[best]) || fabs(s->r[k]) > fabs(s->r[best])) best = k;
    lags++, beyond += fabs(s->r[k]) > limit;
  }
  p->n = s->n;
  p->note = rows_note(&s->x, 1, NULL, p);
  const char *within = words_unit(p, limit, 3, false);
  const char *strongest =
      arena_printf(&p->arena, "strongest %s at lag %s", words_unit(p, s->r[best], 3, true), words_count(p, best));
  p->reading =
      beyond ? arena_printf(&p->arena, "%s of %s lags lie beyond the 95%% limits, -%s and +%s; %s",
                            words_count(p, beyond), words_count(p, lags), within, within, strongest)
             : arena_printf(&p->arena, "no sign of memory: all %s lags lie within the 95%% limits, -%s and +%s; %s",
                            words_count(p, lags), within, within, strongest);
  words_labels(p, &s->o->labels, "lag",
               arena_printf(&p->arena, "autocorrelation of %s", words_copy(p, sv(s->x.name), CHART_NAME_COLUMNS)));
}

static ErrCode fill(Correlogram *s, const Frame *d, Err *err) {
  TRY(load(s, d, err));
  TRY(covariances(s, err));
  double limit = dist_norm_quantile(0.975) / sqrt((double)s->n);
  TRY(add_marks(s, limit, err));
  describe(s, limit);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Correlogram s = {.pile = {.job = job, .chart = "correlogram", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&s, d, err);
  pile_free(&s.pile);
  return code;
}

const ChartType chart_correlogram = {.name = "correlogram",
                                     .signature = "d:correlogram{\"x\", lags=24}",
                                     .summary = "autocorrelation of a series by lag, with its 95 % limits",
                                     .example = "return data('airpassengers'):correlogram{'passengers', lags=36}",
                                     .params = PARAMS,
                                     .opts_size = sizeof(CorrelogramOpts),
                                     .npos = 1,
                                     .make = make};
