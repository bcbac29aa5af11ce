// Cleveland's dot plot: one line a level, sorted by what is shown, a point for the mean (median, sum, count) of a
// number column and through it the 95 % interval of the mean by Student's t, where a level has two rows. With `by`,
// points of all its levels lie on the same line, in colours, joined where there are two, so that differences are seen
// as lengths. Unlike bars, points need no zero, so the axis is the range of the data.
// Reference: Cleveland, McGill, "Graphical perception", JASA 79 (1984).
#include "chart/chart_int.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LEVELS = 60 };
enum { DOT_AUTO, DOT_MEAN, DOT_MEDIAN, DOT_SUM, DOT_COUNT };
enum { SORT_VALUE, SORT_LEVEL };

typedef struct DotOpts {
  ChartLabels labels;
  const char *x, *y, *by;
  int stat, sort;
  bool interval;
} DotOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(DotOpts, x), 0, 0, NULL, NULL, "column of levels, at most 60, a line each"},
    {"y", PARAM_TEXT, offsetof(DotOpts, y), 0, 0, "", NULL, "number column; rows are counted when none is given"},
    {"by", PARAM_TEXT, offsetof(DotOpts, by), 0, 0, "", NULL, "column whose levels are compared on a line, at most 6"},
    {"stat", PARAM_CHOICE, offsetof(DotOpts, stat), 0, 0, "auto", "auto|mean|median|sum|count",
     "what a point shows; auto is mean where y is given, else count"},
    {"sort", PARAM_CHOICE, offsetof(DotOpts, sort), 0, 0, "value", "value|level", "greatest on top, or in level order"},
    {"interval", PARAM_BOOL, offsetof(DotOpts, interval), 0, 0, "true", NULL, "95 % intervals of means"},
    CHART_LABELS(DotOpts),
    CHART_LOGX(DotOpts),
    PARAM_END};

typedef struct Spot { // a level of x within one of by
  int64_t n;
  double value, lo, hi; // lo > hi: no interval
} Spot;

typedef struct Line {
  int64_t level;
  double value; // that it is sorted by: of all rows of the level
} Line;

typedef struct Dots {
  Pile pile;
  const DotOpts *o;
  Plot *p;
  Use y;
  Levels x, by;
  int stat;
  int64_t n, *row, nby, nline;
  int64_t *begin, *member; // rows of every (level, by), side by side
  Spot *spot;              // x.n * nby
  Line *line;
} Dots;

static const char *const STATS[] = {"", "mean", "median", "sum", "count"};

static ErrCode load(Dots *d, const Frame *f, Err *err) {
  const DotOpts *o = d->o;
  static const char many[] = "keep fewer with d:where or d:head", few[] = "keep fewer with d:where, or leave by out";
  d->stat = o->stat != DOT_AUTO ? o->stat : o->y ? DOT_MEAN : DOT_COUNT;
  if (!o->y && d->stat != DOT_COUNT)
    return err_set(err, ERR_ARG, "dot: stat=\"%s\" needs y, a number column: d:dot{\"%s\", \"...\"}", STATS[d->stat],
                   o->x);
  TRY(levels_load(&d->pile, f, o->x, MOST_LEVELS, many, d->p, &d->x, err));
  d->nby = 1;
  if (o->by) TRY(levels_load(&d->pile, f, o->by, CHART_MOST_GROUPS, few, d->p, &d->by, err));
  if (o->by) d->nby = d->by.n;
  if (o->y)
    TRY(use_find(f, "dot", o->y, false, "a point counts rows (leave y out) or sums up a number column", &d->y, err));
  use_scale(&d->y, o->labels.xscale);
  TRY(rows_pick(&d->pile, &d->y, o->y ? 1 : 0, &d->x, frame_nrow(f), &d->row, &d->n, err));
  int64_t kept = 0;
  for (int64_t i = 0; i < d->n; i++)
    if (o->by && d->by.of[d->row[i]] < 0) d->by.missing++;
    else d->row[kept++] = d->row[i];
  d->n = kept;
  return kept ? OK : err_set(err, ERR_ARG, "dot: every value of '%s' is missing", o->by);
}

static int64_t cell_of(const Dots *d, int64_t row) { return d->x.of[row] * d->nby + (d->o->by ? d->by.of[row] : 0); }

static double median_of(Dots *d, double *v, int64_t n, Err *err, ErrCode *code) {
  static const double half = 0.5;
  double m = NAN;
  *code = quantile_f64(d->pile.job, v, n, 7, &half, 1, &m, err);
  return m;
}

static ErrCode measure(Dots *d, double *v, int64_t n, Spot *out, Err *err) {
  ErrCode code = OK;
  *out = (Spot){.n = n, .value = (double)n, .lo = 1, .hi = -1};
  if (!n || d->stat == DOT_COUNT) return OK;
  if (d->stat == DOT_MEDIAN) return out->value = median_of(d, v, n, err, &code), code;
  Moments m = moments_f64(d->pile.job, v, n);
  out->value = d->stat == DOT_SUM ? sum_f64(d->pile.job, v, n) : m.mean;
  if (!isfinite(out->value))
    return err_set(err, ERR_NUMERIC, "dot: a %s of '%s' is beyond what numbers hold", STATS[d->stat], d->y.name);
  if (d->stat != DOT_MEAN || !d->o->interval || n < 2) return OK;
  double half = dist_t_quantile(0.975, (double)n - 1) * sqrt(moments_var(&m) / (double)n);
  if (isfinite(half)) out->lo = out->value - half, out->hi = out->value + half;
  if (d->y.log && out->lo <= 0) out->lo = 1, out->hi = -1;
  return OK;
}

// The values of every cell side by side, levels of `by` within levels of x: a level of x is side by side as well.
static ErrCode measure_all(Dots *d, Err *err) {
  int64_t ncell = d->x.n * d->nby, *next;
  double *v;
  TRY(pile_new(&d->pile, (ncell + 1) * 8, &d->begin, err));
  TRY(pile_new(&d->pile, (ncell + 1) * 8, &next, err));
  TRY(pile_new(&d->pile, d->n * 8, &v, err));
  TRY(pile_new(&d->pile, ncell * (int64_t)sizeof *d->spot, &d->spot, err));
  TRY(pile_new(&d->pile, d->x.n * (int64_t)sizeof *d->line, &d->line, err));
  memset(d->begin, 0, (size_t)(ncell + 1) * sizeof *d->begin);
  for (int64_t i = 0; i < d->n; i++) d->begin[cell_of(d, d->row[i]) + 1]++;
  for (int64_t c = 0; c < ncell; c++) d->begin[c + 1] += d->begin[c];
  memcpy(next, d->begin, (size_t)ncell * sizeof *next);
  for (int64_t i = 0; i < d->n; i++) v[next[cell_of(d, d->row[i])]++] = d->o->y ? col_f64(d->y.col, d->row[i]) : 1;
  for (int64_t c = 0; c < ncell; c++) TRY(measure(d, v + d->begin[c], d->begin[c + 1] - d->begin[c], &d->spot[c], err));
  for (int64_t k = 0; k < d->x.n; k++) {
    int64_t from = d->begin[k * d->nby], n = d->begin[(k + 1) * d->nby] - from;
    Spot all;
    TRY(measure(d, v + from, n, &all, err));
    if (n) d->line[d->nline++] = (Line){k, all.value};
  }
  return OK;
}

// The least first: it comes to the bottom.
static int by_value(const void *a, const void *b) {
  const Line *x = a, *y = b;
  if (x->value != y->value) return x->value < y->value ? -1 : 1;
  return (y->level > x->level) - (y->level < x->level);
}

static int by_level(const void *a, const void *b) {
  const Line *x = a, *y = b;
  return (y->level > x->level) - (y->level < x->level);
}

// ---- marks ----------------------------------------------------------------------------------------------------------
static const Spot *spot_at(const Dots *d, int64_t i, int64_t g) { return &d->spot[d->line[i].level * d->nby + g]; }

// Where points of groups lie on a line: apart, where intervals would hide each other.
static double height_of(const Dots *d, int64_t i, int64_t g) {
  if (d->nby == 1 || d->stat != DOT_MEAN || !d->o->interval) return (double)i + 0.5;
  return (double)i + 0.5 + 0.4 * (0.5 - ((double)g + 0.5) / (double)d->nby);
}

static void add_intervals(Dots *d, int64_t g) {
  int64_t n = 0, at = 0;
  for (int64_t i = 0; i < d->nline; i++) n += spot_at(d, i, g)->n && spot_at(d, i, g)->lo <= spot_at(d, i, g)->hi;
  if (!n) return;
  Series *s = plot_add(d->p, MARK_RULE, n);
  s->x2 = plot_array(d->p, n), s->y2 = plot_array(d->p, n), s->group = (int)g;
  for (int64_t i = 0; i < d->nline; i++) {
    const Spot *spot = spot_at(d, i, g);
    if (!spot->n || spot->lo > spot->hi) continue;
    s->x[at] = spot->lo, s->x2[at] = spot->hi, s->y[at] = s->y2[at] = height_of(d, i, g), at++;
  }
}

static bool has_intervals(const Dots *d) {
  for (int64_t i = 0; i < d->nline; i++)
    for (int64_t g = 0; g < d->nby; g++)
      if (spot_at(d, i, g)->n && spot_at(d, i, g)->lo <= spot_at(d, i, g)->hi) return true;
  return false;
}

static void add_points(Dots *d, int64_t g) {
  int64_t n = 0, at = 0;
  for (int64_t i = 0; i < d->nline; i++) n += spot_at(d, i, g)->n > 0;
  if (!n) return;
  Series *s = plot_add(d->p, MARK_POINT, n);
  s->group = (int)g, s->name = d->o->by ? d->by.name[g] : NULL, s->rows = arena_array(&d->p->arena, int64_t, n);
  for (int64_t i = 0; i < d->nline; i++) {
    if (!spot_at(d, i, g)->n) continue;
    s->x[at] = spot_at(d, i, g)->value, s->y[at] = height_of(d, i, g);
    s->rows[at++] = d->line[i].level * d->nby + g;
  }
}

static void add_joints(Dots *d) {
  int64_t n = 0;
  for (int64_t i = 0; i < d->nline; i++) n += spot_at(d, i, 0)->n && spot_at(d, i, 1)->n;
  if (!n) return;
  Series *s = plot_add(d->p, MARK_RULE, n);
  s->x2 = plot_array(d->p, n), s->y2 = plot_array(d->p, n), s->role = ROLE_FAINT;
  for (int64_t i = 0, at = 0; i < d->nline; i++) {
    const Spot *a = spot_at(d, i, 0), *b = spot_at(d, i, 1);
    if (!a->n || !b->n) continue;
    s->x[at] = fmin(a->value, b->value), s->x2[at] = fmax(a->value, b->value), s->y[at] = s->y2[at] = (double)i + 0.5;
    at++;
  }
}

static void set_axes(Dots *d) {
  Plot *p = d->p;
  double lo = INFINITY, hi = -INFINITY;
  for (int k = 0; k < p->nseries; k++) {
    const Series *s = &p->series[k];
    for (int64_t i = 0; i < s->n; i++) lo = fmin(lo, s->x[i]), hi = fmax(hi, s->x2 ? s->x2[i] : s->x[i]);
  }
  if (d->stat == DOT_COUNT && d->o->labels.xscale == SCALE_LINEAR) axis_from_zero(&p->x, 0, hi);
  else axis_over(&p->x, AXIS_NUMBER, lo, hi, d->o->labels.logx);
  if (d->o->labels.xscale == SCALE_SYMLOG) axis_symlog(&p->x, (double[]){lo, hi}, 2);
  p->y = (Axis){.kind = AXIS_CATEGORY, .hi = (double)d->nline, .ncategory = (int32_t)d->nline};
  p->y.category = arena_array(&p->arena, const char *, d->nline);
  for (int64_t i = 0; i < d->nline; i++) p->y.category[i] = d->x.name[d->line[i].level];
}

// ---- words ----------------------------------------------------------------------------------------------------------
static void describe(Dots *d) {
  Plot *p = d->p;
  Line *least = &d->line[0], *most = least;
  for (int64_t i = 1; i < d->nline; i++) {
    if (d->line[i].value < least->value) least = &d->line[i];
    if (d->line[i].value > most->value) most = &d->line[i];
  }
  const char *y = d->o->y ? words_copy(p, sv(d->y.name), CHART_NAME_COLUMNS) : "rows", *stat = STATS[d->stat];
  if (d->nline == 1)
    p->reading =
        arena_printf(&p->arena, "%s %s of %s is %s", stat, y, d->x.name[most->level], words_number(p, most->value));
  else
    p->reading = arena_printf(&p->arena, "%s %s from %s in %s to %s in %s", stat, y, words_number(p, least->value),
                              d->x.name[least->level], words_number(p, most->value), d->x.name[most->level]);
  p->n = d->n;
  p->note = rows_note(&d->y, d->o->y ? 1 : 0, &d->x, p);
  if (d->o->by && d->by.missing)
    p->note = arena_printf(&p->arena, "%s missing %s: not shown%s%s", words_count(p, d->by.missing), d->by.column,
                           p->note ? "; " : "", p->note ? p->note : "");
  if (has_intervals(d))
    p->note = arena_printf(&p->arena, "strokes: 95%% interval of the mean (Student's t)%s%s", p->note ? "; " : "",
                           p->note ? p->note : "");
  p->groups = d->o->by ? words_copy(p, sv(d->by.column), CHART_NAME_COLUMNS) : NULL;
  words_labels(p, &d->o->labels, d->stat == DOT_COUNT ? "count" : arena_printf(&p->arena, "%s %s", stat, d->y.name),
               d->x.column);
  p->y.of = behind_levels(p, &d->x);
  if (d->o->by) p->group_of = behind_levels(p, &d->by);
}

static ErrCode fill(Dots *d, const Frame *f, Err *err) {
  TRY(load(d, f, err));
  TRY(measure_all(d, err));
  qsort(d->line, (size_t)d->nline, sizeof *d->line, d->o->sort == SORT_VALUE ? by_value : by_level);
  if (d->nby == 2 && !(d->stat == DOT_MEAN && d->o->interval)) add_joints(d);
  for (int64_t g = 0; g < d->nby; g++) add_intervals(d, g);
  for (int64_t g = 0; g < d->nby; g++) add_points(d, g);
  if (d->o->labels.logx)
    for (int64_t i = 0; i < d->nline; i++)
      if (d->line[i].value <= 0)
        return err_set(err, ERR_ARG, "dot: %s has %g, a log axis shows only values above 0",
                       d->x.name[d->line[i].level], d->line[i].value);
  set_axes(d);
  describe(d);
  return OK;
}

static ErrCode make(Job *job, const Frame *f, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Dots d = {.pile = {.job = job, .chart = "dot", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&d, f, err);
  pile_free(&d.pile);
  return code;
}

const ChartType chart_dot = {.name = "dot",
                             .signature = "d:dot{\"class\", \"fare\"}",
                             .summary = "means, medians, sums or counts by level as points on lines, sorted",
                             .example = "return data('titanic'):dot{'passengerClass', 'age', by='sex'}",
                             .params = PARAMS,
                             .opts_size = sizeof(DotOpts),
                             .npos = 2,
                             .make = make};
