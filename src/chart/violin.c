// Violins: the density of each level, mirrored about its line, with a small box plot inside. All violins have the same
// area, so that shapes compare and not sizes; the widest part of the densest one fills its row.
// Reference: Hintze, Nelson, "Violin plots: a box plot-density trace synergism", The American Statistician 52 (1998).
#include "chart/chart_int.h"

#include <math.h>

enum { MOST_LEVELS = 12 };
static const double HALF = 0.45; // of the widest, in rows

typedef struct ViolinOpts {
  ChartLabels labels;
  const char *x, *by;
  int bw;
  double adjust;
  bool cut;
} ViolinOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(ViolinOpts, x), 0, 0, NULL, NULL, "number column"},
    {"by", PARAM_TEXT, offsetof(ViolinOpts, by), 0, 0, "", NULL, "column whose levels have a violin each, at most 12"},
    {"bw", PARAM_CHOICE, offsetof(ViolinOpts, bw), 0, 0, "nrd0", KDE_RULES, "rule of the bandwidth"},
    {"adjust", PARAM_REAL, offsetof(ViolinOpts, adjust), 1e-3, 1e3, "1", NULL, "times the bandwidth"},
    {"cut", PARAM_BOOL, offsetof(ViolinOpts, cut), 0, 0, "true", NULL, "end at the least and greatest value"},
    CHART_LABELS(ViolinOpts),
    CHART_LOGX(ViolinOpts),
    PARAM_END};

typedef struct Violins {
  Pile pile;
  const ViolinOpts *o;
  Plot *p;
  Parts parts;
  double *v; // values, or their logarithms on a log axis
  double lo, hi, top;
} Violins;

// The curve of level k on row i: its density in y, its middle in y2; add_violins scales all to the highest of them.
static ErrCode add_violin(Violins *w, int64_t k, int64_t i, Err *err) {
  const Parts *q = &w->parts;
  const double *x = w->v + q->begin[k];
  int64_t n = q->begin[k + 1] - q->begin[k], m = chart_grid(&w->o->labels) / 2;
  double bw;
  TRY(kde_bandwidth(&w->pile, x, n, w->o->bw, &bw, err));
  bw *= w->o->adjust;
  double out = w->o->cut && x[0] < x[n - 1] ? 0 : 3 * bw, lo = x[0] - out, hi = x[n - 1] + out;
  Series *s = plot_add(w->p, MARK_AREA, m);
  s->y2 = plot_array(w->p, m), s->group = 0, s->rows = arena_array(&w->p->arena, int64_t, m);
  TRY(kde_estimate(&w->pile, x, n, bw, lo, hi, s->x, s->y, m, err));
  for (int64_t j = 0; j < m; j++) {
    w->top = fmax(w->top, s->y[j]), s->rows[j] = k, s->y2[j] = (double)i + 0.5;
    if (q->use.log) s->x[j] = fmath_exp(s->x[j]);
  }
  w->lo = fmin(w->lo, q->use.log ? fmath_exp(lo) : lo), w->hi = fmax(w->hi, q->use.log ? fmath_exp(hi) : hi);
  return OK;
}

static ErrCode add_violins(Violins *w, Err *err) {
  const Parts *q = &w->parts;
  int64_t i = 0;
  for (int64_t k = q->nlevel - 1; k >= 0; k--)
    if (q->begin[k] < q->begin[k + 1]) TRY(add_violin(w, k, i++, err));
  if (!isfinite(w->lo) || !isfinite(w->hi) || !(w->top > 0) || !isfinite(w->top))
    return err_set(err, ERR_NUMERIC, "violin: the values of '%s' lie too far apart for a density", q->use.name);
  axis_over(&w->p->x, AXIS_NUMBER, w->lo, w->hi, q->use.log);
  for (int j = 1; j < w->p->nseries; j++) {
    Series *s = &w->p->series[j];
    for (int64_t a = 0; a < s->n; a++) {
      double half = s->y[a] / w->top * HALF, middle = s->y2[a];
      s->x[a] = fmin(fmax(s->x[a], w->p->x.lo), w->p->x.hi);
      s->y[a] = middle - half, s->y2[a] = middle + half;
    }
  }
  return OK;
}

// The boxes are made first, since levels without rows get none, and drawn last.
static void boxes_last(Plot *p) {
  Series box = p->series[0];
  memmove(p->series, p->series + 1, (size_t)(p->nseries - 1) * sizeof box);
  p->series[p->nseries - 1] = box;
}

static ErrCode fill(Violins *w, const Frame *d, Err *err) {
  const ViolinOpts *o = w->o;
  Parts *q = &w->parts;
  PartsOpts part = {o->x, o->by, "a violin needs numbers; for levels write d:bar", MOST_LEVELS, o->labels.xscale};
  if (o->labels.xscale == SCALE_SYMLOG)
    return err_set(err, ERR_ARG, "violin: areas have no meaning on a symlog axis: take \"linear\" or \"log\"");
  TRY(parts_load(&w->pile, d, &part, w->p, q, err));
  TRY(pile_new(&w->pile, q->n * 8, &w->v, err));
  if (q->use.log) fmath_log_n(q->x, w->v, q->n);
  else memcpy(w->v, q->x, (size_t)q->n * sizeof *w->v);
  w->lo = q->min, w->hi = q->max;
  axis_parts(w->p, &w->p->y, q, false);
  box_add(w->p, q, 0.12);
  TRY(add_violins(w, err));
  boxes_last(w->p);
  box_describe(q, 0, 0, w->p);
  words_labels(w->p, &o->labels, q->use.name, q->split ? q->by.column : NULL);
  behind_parts(w->p, q, true);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Violins w = {.pile = {.job = job, .chart = "violin", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&w, d, err);
  pile_free(&w.pile);
  return code;
}

const ChartType chart_violin = {.name = "violin",
                                .signature = "d:violin{\"fare\", by=\"class\"}",
                                .summary = "the density of a number column by level, mirrored, with a box inside",
                                .example = "return data('iris'):violin{'petal_length_cm', by='class'}",
                                .params = PARAMS,
                                .opts_size = sizeof(ViolinOpts),
                                .npos = 1,
                                .make = make};
