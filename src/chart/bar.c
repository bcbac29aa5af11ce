// Bars: how many rows each level has, or the mean or sum of a number column over them. The longest bars come first, so
// the eye compares neighbours; what is beyond `top` bars is put together in one bar at the end and counted in the note.
#include "chart/chart_int.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LEVELS = 60 };
enum { STAT_AUTO, STAT_COUNT, STAT_MEAN, STAT_SUM };
enum { SORT_VALUE, SORT_LEVEL };

typedef struct BarOpts {
  ChartLabels labels;
  const char *x, *y;
  int stat, sort;
  int64_t top;
} BarOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(BarOpts, x), 0, 0, NULL, NULL, "column of levels, at most 60"},
    {"y", PARAM_TEXT, offsetof(BarOpts, y), 0, 0, "", NULL, "number column; rows are counted when none is given"},
    {"stat", PARAM_CHOICE, offsetof(BarOpts, stat), 0, 0, "auto", "auto|count|mean|sum",
     "what a bar shows; auto is mean where y is given, else count"},
    {"sort", PARAM_CHOICE, offsetof(BarOpts, sort), 0, 0, "value", "value|level", "longest first, or in level order"},
    {"top", PARAM_INT, offsetof(BarOpts, top), 1, MOST_LEVELS, "30", NULL, "bars shown; the others are put together"},
    CHART_LABELS(BarOpts),
    CHART_LOGY(BarOpts),
    PARAM_END};

typedef struct Level {
  int64_t place, n; // in the order of the column, -1 for the others; rows
  double sum, value;
} Level;

typedef struct Bars {
  Pile pile;
  const BarOpts *o;
  int stat;
  Plot *p;
  Use y;
  Levels x;
  int64_t n, *row;
  Level *level;         // x.n + 1
  int64_t nbar, nother; // bars; levels in the last one when it is `other`
} Bars;

static const char *const STATS[] = {"", "count", "mean", "sum"};

static ErrCode load(Bars *b, const Frame *d, Err *err) {
  b->stat = b->o->stat != STAT_AUTO ? b->o->stat : b->o->y ? STAT_MEAN : STAT_COUNT;
  if (!b->o->y && b->stat != STAT_COUNT)
    return err_set(err, ERR_ARG, "bar: stat=\"%s\" needs y, a number column: d:bar{\"%s\", y=\"...\", stat=\"%s\"}",
                   STATS[b->stat], b->o->x, STATS[b->stat]);
  static const char advice[] =
      "for numbers write d:hist; for the most frequent d:count{...}:head(20):bar{..., y=\"n\"}";
  TRY(levels_load(&b->pile, d, b->o->x, MOST_LEVELS, advice, b->p, &b->x, err));
  static const char numbers[] = "a bar counts rows (leave y out) or takes the mean or sum of a number column";
  if (b->o->y) TRY(use_find(d, "bar", b->o->y, false, numbers, &b->y, err));
  return rows_pick(&b->pile, &b->y, b->o->y ? 1 : 0, &b->x, frame_nrow(d), &b->row, &b->n, err);
}

// Rows and sums of each level, the values of a level side by side so that their sum has num's fixed order.
static ErrCode sum_levels(Bars *b, Err *err) {
  int64_t *end, first = 0;
  double *v;
  TRY(pile_new(&b->pile, (b->x.n + 1) * (int64_t)sizeof *b->level, &b->level, err));
  TRY(pile_new(&b->pile, b->x.n * 8, &end, err));
  TRY(pile_new(&b->pile, b->n * 8, &v, err));
  for (int64_t k = 0; k < b->x.n; k++) b->level[k] = (Level){.place = k};
  for (int64_t i = 0; i < b->n; i++) b->level[b->x.of[b->row[i]]].n++;
  for (int64_t k = 0; k < b->x.n; k++) end[k] = first, first += b->level[k].n;
  for (int64_t i = 0; b->o->y && i < b->n; i++) v[end[b->x.of[b->row[i]]]++] = col_f64(b->y.col, b->row[i]);
  for (int64_t k = 0; b->o->y && k < b->x.n; k++)
    b->level[k].sum = sum_f64(b->pile.job, v + end[k] - b->level[k].n, b->level[k].n);
  return OK;
}

static double value_of(const Bars *b, const Level *l) {
  return b->stat == STAT_COUNT ? (double)l->n : b->stat == STAT_SUM ? l->sum : l->sum / (double)l->n;
}

static int by_value(const void *a, const void *c) {
  const Level *x = a, *y = c;
  if (x->value != y->value) return x->value > y->value ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static int by_place(const void *a, const void *c) {
  const Level *x = a, *y = c;
  return (x->place > y->place) - (x->place < y->place);
}

// The bars in their order, levels without rows dropped, those beyond `top` in one more bar.
static void order_bars(Bars *b) {
  int64_t n = 0;
  for (int64_t k = 0; k < b->x.n; k++)
    if (b->level[k].n) b->level[n++] = b->level[k];
  for (int64_t k = 0; k < n; k++) b->level[k].value = value_of(b, &b->level[k]);
  qsort(b->level, (size_t)n, sizeof *b->level, by_value);
  int64_t shown = n <= b->o->top ? n : b->o->top;
  Level other = {.place = -1};
  for (int64_t k = shown; k < n; k++) other.n += b->level[k].n, other.sum += b->level[k].sum;
  if (b->o->sort == SORT_LEVEL) qsort(b->level, (size_t)shown, sizeof *b->level, by_place);
  other.value = n > shown ? value_of(b, &other) : 0;
  b->level[shown] = other;
  b->nbar = shown + (n > shown), b->nother = n - shown;
}

static const char *name_of(const Bars *b, const Level *l) { return l->place < 0 ? "other" : b->x.name[l->place]; }

static void add_marks(Bars *b) {
  Plot *p = b->p;
  int64_t n = b->nbar;
  Series *s = plot_add(p, MARK_BAR, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->rows = arena_array(&p->arena, int64_t, n);
  p->x = (Axis){.kind = AXIS_CATEGORY, .lo = 0, .hi = (double)n, .ncategory = (int32_t)n};
  p->x.category = arena_array(&p->arena, const char *, n);
  double lo = INFINITY, hi = -INFINITY;
  for (int64_t k = 0; k < n; k++) {
    s->x[k] = (double)k, s->x2[k] = (double)k + 1, s->y[k] = b->level[k].value, s->rows[k] = b->level[k].place;
    p->x.category[k] = name_of(b, &b->level[k]);
    lo = fmin(lo, s->y[k]), hi = fmax(hi, s->y[k]);
  }
  if (b->o->labels.logy) axis_over(&p->y, AXIS_NUMBER, lo / 2, hi, true);
  else axis_from_zero(&p->y, lo, hi);
  for (int64_t k = 0; k < n && b->o->labels.logy; k++) s->y2[k] = p->y.lo;
}

static ErrCode check_values(const Bars *b, Err *err) {
  for (int64_t k = 0; k < b->nbar; k++) {
    const Level *l = &b->level[k];
    if (!isfinite(l->value))
      return err_set(err, ERR_NUMERIC, "bar: the %s of '%s' for %s is beyond what numbers hold", STATS[b->stat],
                     b->y.name, name_of(b, l));
    if (b->o->labels.logy && l->value <= 0)
      return err_set(err, ERR_ARG, "bar: %s has %g, a log axis shows only values above 0: leave logy out",
                     name_of(b, l), l->value);
  }
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
static void extremes(const Bars *b, const Level **most, const Level **least, int64_t *n) {
  *most = *least = &b->level[0], *n = 0;
  for (int64_t k = 0; k < b->nbar; k++) {
    const Level *l = &b->level[k];
    if (l->place < 0) continue;
    ++*n;
    if (l->value > (*most)->value) *most = l;
    if (l->value < (*least)->value) *least = l;
  }
}

static const char *count_words(const Bars *b, const Level *most, const Level *least, int64_t n) {
  Plot *p = b->p;
  const char *all = words_count(p, b->n);
  if (n == 1) return arena_printf(&p->arena, "all %s rows are %s", all, name_of(b, most));
  if (most->n == least->n)
    return arena_printf(&p->arena, "%s levels with %s rows each", words_count(p, n), words_count(p, most->n));
  return arena_printf(&p->arena, "%s is most frequent: %s of %s (%s); %s has %s", name_of(b, most),
                      words_count(p, most->n), all, words_share(p, (double)most->n, (double)b->n), name_of(b, least),
                      words_count(p, least->n));
}

static const char *value_words(const Bars *b, const Level *most, const Level *least, int64_t n) {
  Plot *p = b->p;
  const char *y = words_copy(p, sv(b->y.name), CHART_NAME_COLUMNS), *stat = STATS[b->stat];
  const char *high = words_number(p, most->value), *all = words_count(p, most->n);
  if (n == 1) return arena_printf(&p->arena, "%s %s of %s is %s (n %s)", stat, y, name_of(b, most), high, all);
  return arena_printf(&p->arena, "%s %s from %s in %s (n %s) to %s in %s (n %s)", stat, y,
                      words_number(p, least->value), name_of(b, least), words_count(p, least->n), high,
                      name_of(b, most), all);
}

static void describe(Bars *b) {
  Plot *p = b->p;
  const Level *most, *least, *other = &b->level[b->nbar - 1];
  int64_t n;
  extremes(b, &most, &least, &n);
  p->reading = b->stat == STAT_COUNT ? count_words(b, most, least, n) : value_words(b, most, least, n);
  p->note = rows_note(&b->y, b->o->y ? 1 : 0, &b->x, p);
  if (other->place < 0)
    p->note = arena_printf(&p->arena, "other: %s more levels, %s rows%s%s", words_count(p, b->nother),
                           words_count(p, other->n), p->note ? "; " : "", p->note ? p->note : "");
  p->n = b->n;
  const char *y = b->stat == STAT_COUNT ? "count" : arena_printf(&p->arena, "%s %s", STATS[b->stat], b->y.name);
  words_labels(p, &b->o->labels, b->x.column, y);
}

static ErrCode fill(Bars *b, const Frame *d, Err *err) {
  TRY(load(b, d, err));
  TRY(sum_levels(b, err));
  order_bars(b);
  TRY(check_values(b, err));
  add_marks(b);
  describe(b);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Bars b = {.pile = {.job = job, .chart = "bar", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&b, d, err);
  pile_free(&b.pile);
  return code;
}

const ChartType chart_bar = {.name = "bar",
                             .signature = "d:bar{\"class\", y=\"fare\", stat=\"mean\"}",
                             .summary = "counts, means or sums of the levels of a column",
                             .example = "return data('titanic'):bar{'passengerClass', y='age', stat='mean'}",
                             .params = PARAMS,
                             .opts_size = sizeof(BarOpts),
                             .npos = 2,
                             .make = make};
