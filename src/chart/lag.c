// A series against itself, some rows later: points on a slanted line say that a value tells the one that follows, a
// cloud that it does not. Rows are taken in their order.
#include "chart/points_int.h"

#include <math.h>

typedef struct LagOpts {
  ChartLabels labels;
  const char *x;
  int64_t lag;
} LagOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(LagOpts, x), 0, 0, NULL, NULL, "number column, in the order of the rows"},
    {"lag", PARAM_INT, offsetof(LagOpts, lag), 1, 1e9, "1", NULL, "how many rows later"},
    CHART_LABELS(LagOpts),
    CHART_LOGX(LagOpts),
    CHART_LOGY(LagOpts),
    PARAM_END};

typedef struct Lag {
  Pile pile;
  const LagOpts *o;
  Plot *p;
  Use x;
  int64_t n, apart, *row; // pairs; rows without a pair
  double *before, *after;
} Lag;

static bool can_show(const Lag *s, double v) { return isfinite(v) && !(s->x.log && v <= 0); }

static ErrCode load(Lag *s, const Frame *d, Err *err) {
  static const char numbers[] = "a lag plot needs numbers";
  int64_t nrow = frame_nrow(d);
  TRY(use_find(d, "lag", s->o->x, false, numbers, &s->x, err));
  s->x.log = s->o->labels.xscale == SCALE_LOG || s->o->labels.yscale == SCALE_LOG;
  s->x.symlog = s->o->labels.xscale == SCALE_SYMLOG || s->o->labels.yscale == SCALE_SYMLOG;
  if (nrow <= s->o->lag)
    return err_set(err, ERR_ARG, "lag: %lld rows have no two that are %lld apart", (long long)nrow,
                   (long long)s->o->lag);
  TRY(pile_new(&s->pile, nrow * 8, &s->before, err));
  TRY(pile_new(&s->pile, nrow * 8, &s->after, err));
  TRY(pile_new(&s->pile, nrow * 8, &s->row, err));
  for (int64_t i = s->o->lag; i < nrow; i++) {
    if (i % CHART_TICK == s->o->lag % CHART_TICK) TRY(job_tick(s->pile.job, i, nrow, err));
    double before = col_f64(s->x.col, i - s->o->lag), after = col_f64(s->x.col, i);
    if (!can_show(s, before) || !can_show(s, after)) continue;
    s->before[s->n] = before, s->after[s->n] = after, s->row[s->n++] = i;
  }
  s->apart = nrow - s->o->lag - s->n;
  if (s->n) return OK;
  return err_set(err, ERR_ARG, "lag: no two rows %lld apart have values of '%s' that can be shown",
                 (long long)s->o->lag, s->x.name);
}

static void set_axis(Lag *s, Axis *a, double lo, double hi) {
  axis_over(a, AXIS_NUMBER, lo, hi, s->x.log);
  if (s->x.symlog) axis_symlog(a, s->before, s->n);
}

static ErrCode add_marks(Lag *s, Err *err) {
  Plot *p = s->p;
  double lo, hi, lo2, hi2;
  points_range(s->pile.job, s->before, s->n, &lo, &hi);
  points_range(s->pile.job, s->after, s->n, &lo2, &hi2);
  lo = fmin(lo, lo2), hi = fmax(hi, hi2);
  set_axis(s, &p->x, lo, hi); // one scale both ways
  p->y = p->x;
  const ChartWhole *whole = s->o->labels.whole;
  if (whole && whole->plot) axis_whole(&p->x, &whole->plot->x), axis_whole(&p->y, &whole->plot->y);
  if (s->n > chart_marks(&s->o->labels)) return points_grid(&s->pile, p, &s->o->labels, s->before, s->after, s->n, err);
  Series *mark = plot_add(p, MARK_POINT, s->n);
  mark->rows = arena_array(&p->arena, int64_t, s->n);
  for (int64_t i = 0; i < s->n; i++)
    mark->x[i] = s->before[i], mark->y[i] = s->after[i], mark->rows[i] = row_handle(&s->o->labels, s->row[i]);
  return OK;
}

static ErrCode describe(Lag *s, Err *err) {
  Plot *p = s->p;
  const double *x, *y;
  double r;
  bool sure;
  p->n = s->n;
  TRY(points_scaled(&s->pile, s->before, s->n, s->x.log, &x, err));
  TRY(points_scaled(&s->pile, s->after, s->n, s->x.log, &y, err));
  PairSums sums = pairs_sum(s->pile.job, x, y, s->n);
  const char *name = words_copy(p, sv(s->x.name), CHART_NAME_COLUMNS), *k = words_count(p, s->o->lag),
             *n = words_count(p, s->n);
  const char *later = arena_printf(&p->arena, "%s row%s later", k, s->o->lag == 1 ? "" : "s");
  words_labels(p, &s->o->labels, name, arena_printf(&p->arena, "%s %s", name, later));
  if (s->apart)
    p->note = arena_printf(&p->arena, "%s pairs with a missing or odd %s: not shown", words_count(p, s->apart), name);
  if (!pairs_correlation(&sums, &r)) {
    p->reading = arena_printf(&p->arena, "%s and itself %s: no spread in %s pairs", name, later, n);
    return OK;
  }
  const char *range = words_correlation(p, r, s->n, &sure);
  const char *verb = !sure ? "tells nothing sure about" : r > 0 ? "goes with" : "goes against";
  p->reading =
      arena_printf(&p->arena, "%s %s itself %s: r%s %s, n %s", name, verb, later, s->x.log ? " of logs" : "", range, n);
  return OK;
}

static ErrCode fill(Lag *s, const Frame *d, Err *err) {
  TRY(load(s, d, err));
  TRY(add_marks(s, err));
  return describe(s, err);
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Lag s = {.pile = {.job = job, .chart = "lag", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&s, d, err);
  pile_free(&s.pile);
  return code;
}

const ChartType chart_lag = {.name = "lag",
                             .signature = "d:lag{\"x\", lag=1}",
                             .summary = "a series against itself some rows later",
                             .example = "return data('airpassengers'):lag{'passengers', lag=12}",
                             .params = PARAMS,
                             .opts_size = sizeof(LagOpts),
                             .npos = 1,
                             .make = make};
