// Bars: how many rows each level has, or the mean or sum of a number column over them. The longest bars come first, so
// the eye compares neighbours; what is beyond `top` bars is put together in one bar at the end and counted in the note.
// With a second column the bars of its levels stand side by side within each level of the first, or with `stack` on top
// of each other, where counts and sums add up to the whole bar; `percent` stretches every stack to 100.
#include "chart/chart_int.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LEVELS = 60 };
enum { STAT_AUTO, STAT_COUNT, STAT_MEAN, STAT_SUM };
enum { SORT_VALUE, SORT_LEVEL };

typedef struct BarOpts {
  ChartLabels labels;
  const char *x, *y, *by, *color;
  int stat, sort;
  int64_t top;
  bool stack, percent;
} BarOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(BarOpts, x), 0, 0, NULL, NULL, "column of levels, at most 60"},
    {"y", PARAM_TEXT, offsetof(BarOpts, y), 0, 0, "", NULL, "number column; rows are counted when none is given"},
    {"by", PARAM_TEXT, offsetof(BarOpts, by), 0, 0, "", NULL, "column whose levels part every bar, at most 6"},
    {"color", PARAM_TEXT, offsetof(BarOpts, color), 0, 0, "", NULL, "another name of by"},
    {"stack", PARAM_BOOL, offsetof(BarOpts, stack), 0, 0, "false", NULL, "levels of by on top of each other"},
    {"percent", PARAM_BOOL, offsetof(BarOpts, percent), 0, 0, "false", NULL, "stacked shares of each bar"},
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
  struct Cell *cell; // by level of `by`: nby of them
} Level;

typedef struct Cell {
  int64_t n;
  double sum;
} Cell;

typedef struct Bars {
  Pile pile;
  const BarOpts *o;
  int stat;
  Plot *p;
  Use y;
  Levels x, by;
  const char *split; // the column of by, or NULL
  bool stack;
  int64_t nby, n, *row; // nby 1 without by
  Level *level;         // x.n + 1
  int64_t nbar, nother; // bars; levels in the last one when it is `other`
} Bars;

static const char *const STATS[] = {"", "count", "mean", "sum"};

static ErrCode check(Bars *b, Err *err) {
  const BarOpts *o = b->o;
  b->stat = o->stat != STAT_AUTO ? o->stat : o->y ? STAT_MEAN : STAT_COUNT;
  b->split = o->by ? o->by : o->color, b->stack = o->stack || o->percent;
  if (!o->y && b->stat != STAT_COUNT)
    return err_set(err, ERR_ARG, "bar: stat=\"%s\" needs y, a number column: d:bar{\"%s\", y=\"...\", stat=\"%s\"}",
                   STATS[b->stat], o->x, STATS[b->stat]);
  if (o->by && o->color) return err_set(err, ERR_ARG, "bar: by and color mean the same: give one of them");
  if (b->stack && !b->split)
    return err_set(err, ERR_ARG, "bar: %s needs by, the column whose levels are stacked",
                   o->stack ? "stack" : "percent");
  if (b->stack && b->stat == STAT_MEAN)
    return err_set(err, ERR_ARG,
                   "bar: means do not add up to a bar: take stat=\"sum\" or \"count\", or leave stack out");
  if (b->stack && o->labels.logy)
    return err_set(err, ERR_ARG, "bar: stacked bars have no lengths to compare on a log axis: leave logy or stack out");
  return OK;
}

// Rows without a level of `by` fall out last.
static ErrCode drop_unsplit(Bars *b, Err *err) {
  int64_t kept = 0;
  for (int64_t i = 0; i < b->n; i++)
    if (b->by.of[b->row[i]] < 0) b->by.missing++;
    else b->row[kept++] = b->row[i];
  b->n = kept;
  return kept ? OK : err_set(err, ERR_ARG, "bar: every value of '%s' is missing", b->by.column);
}

static ErrCode load(Bars *b, const Frame *d, Err *err) {
  TRY(check(b, err));
  static const char advice[] =
      "for numbers write d:hist; for the most frequent d:count{...}:head(20):bar{..., y=\"n\"}";
  TRY(levels_load(&b->pile, d, b->o->x, MOST_LEVELS, advice, b->p, &b->x, err));
  static const char few[] = "keep fewer with d:where, or leave it out";
  b->nby = 1;
  if (b->split) TRY(levels_load(&b->pile, d, b->split, CHART_MOST_GROUPS, few, b->p, &b->by, err));
  if (b->split) b->nby = b->by.n;
  static const char numbers[] = "a bar counts rows (leave y out) or takes the mean or sum of a number column";
  if (b->o->y) TRY(use_find(d, "bar", b->o->y, false, numbers, &b->y, err));
  TRY(rows_pick(&b->pile, &b->y, b->o->y ? 1 : 0, &b->x, frame_nrow(d), &b->row, &b->n, err));
  return b->split ? drop_unsplit(b, err) : OK;
}

static int64_t cell_of(const Bars *b, int64_t row) { return b->x.of[row] * b->nby + (b->split ? b->by.of[row] : 0); }

// Rows and sums of each cell, the values of a cell side by side so that their sum has num's fixed order.
static ErrCode sum_levels(Bars *b, Err *err) {
  int64_t *end, first = 0, ncell = b->x.n * b->nby;
  double *v;
  Cell *cell;
  TRY(pile_new(&b->pile, (b->x.n + 1) * (int64_t)sizeof *b->level, &b->level, err));
  TRY(pile_new(&b->pile, (ncell + b->nby) * (int64_t)sizeof *cell, &cell, err));
  TRY(pile_new(&b->pile, ncell * 8, &end, err));
  TRY(pile_new(&b->pile, b->n * 8, &v, err));
  memset(cell, 0, (size_t)(ncell + b->nby) * sizeof *cell);
  for (int64_t i = 0; i < b->n; i++) cell[cell_of(b, b->row[i])].n++;
  for (int64_t c = 0; c < ncell; c++) end[c] = first, first += cell[c].n;
  for (int64_t i = 0; b->o->y && i < b->n; i++) v[end[cell_of(b, b->row[i])]++] = col_f64(b->y.col, b->row[i]);
  for (int64_t k = 0; k < b->x.n; k++) {
    Level *l = &b->level[k];
    *l = (Level){.place = k, .cell = cell + k * b->nby};
    for (int64_t g = 0; g < b->nby; g++) {
      int64_t c = k * b->nby + g;
      if (b->o->y) cell[c].sum = sum_f64(b->pile.job, v + end[c] - cell[c].n, cell[c].n);
      l->n += cell[c].n, l->sum += cell[c].sum;
    }
  }
  b->level[b->x.n] = (Level){.place = -1, .cell = cell + ncell};
  return OK;
}

static double value_of(const Bars *b, int64_t n, double sum) {
  return b->stat == STAT_COUNT ? (double)n : b->stat == STAT_SUM ? sum : sum / (double)n;
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
  Level other = b->level[b->x.n];
  for (int64_t k = 0; k < b->x.n; k++)
    if (b->level[k].n) b->level[n++] = b->level[k];
  for (int64_t k = 0; k < n; k++) b->level[k].value = value_of(b, b->level[k].n, b->level[k].sum);
  qsort(b->level, (size_t)n, sizeof *b->level, by_value);
  int64_t shown = n <= b->o->top ? n : b->o->top;
  for (int64_t k = shown; k < n; k++) {
    other.n += b->level[k].n, other.sum += b->level[k].sum;
    for (int64_t g = 0; g < b->nby; g++)
      other.cell[g].n += b->level[k].cell[g].n, other.cell[g].sum += b->level[k].cell[g].sum;
  }
  if (b->o->sort == SORT_LEVEL) qsort(b->level, (size_t)shown, sizeof *b->level, by_place);
  other.value = n > shown ? value_of(b, other.n, other.sum) : 0;
  b->level[shown] = other;
  b->nbar = shown + (n > shown), b->nother = n - shown;
}

static const char *name_of(const Bars *b, const Level *l) { return l->place < 0 ? "other" : b->x.name[l->place]; }

static int64_t handle(const Bars *b, int64_t k, int64_t g) {
  int64_t place = b->level[k].place;
  return place < 0 ? -1 : b->split ? place * b->nby + g : place;
}

// How far a bar reaches and where it stands: `base` is where the stack has come to, NULL without stack.
static void add_bar(Bars *b, Series *s, int64_t k, int64_t g, double *base) {
  enum { GAP = 10 }; // percent of the row, on both sides
  const Cell *c = &b->level[k].cell[g];
  int64_t i = s->n++;
  double v = value_of(b, c->n, c->sum), whole = b->level[k].value, room = (100 - 2 * GAP) / 100.0;
  if (b->o->percent) v = whole > 0 ? 100 * v / whole : 0;
  bool wide = base || b->nby == 1;
  s->x[i] = wide ? (double)k : (double)k + GAP / 100.0 + room * (double)g / (double)b->nby;
  s->x2[i] = wide ? (double)k + 1 : (double)k + GAP / 100.0 + room * (double)(g + 1) / (double)b->nby;
  s->y2[i] = base ? base[k] : 0, s->y[i] = s->y2[i] + v, s->rows[i] = handle(b, k, g);
  if (b->o->percent) s->y[i] = fmin(s->y[i], 100);
  if (base) base[k] = s->y[i], s->value[i] = v;
}

static void add_series(Bars *b, int64_t g, double *base) {
  Plot *p = b->p;
  int64_t n = 0;
  for (int64_t k = 0; k < b->nbar; k++) n += b->level[k].cell[g].n > 0;
  if (!n) return;
  Series *s = plot_add(p, MARK_BAR, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->rows = arena_array(&p->arena, int64_t, n);
  if (base) s->value = plot_array(p, n);
  s->group = (int)g, s->name = b->split ? b->by.name[g] : NULL, s->n = 0;
  for (int64_t k = 0; k < b->nbar; k++)
    if (b->level[k].cell[g].n) add_bar(b, s, k, g, base);
}

static void set_axes(Bars *b) {
  Plot *p = b->p;
  double lo = INFINITY, hi = -INFINITY;
  int64_t n = b->nbar;
  bool log = b->o->labels.logy;
  p->x = (Axis){.kind = AXIS_CATEGORY, .lo = 0, .hi = (double)n, .ncategory = (int32_t)n};
  p->x.category = arena_array(&p->arena, const char *, n);
  for (int64_t k = 0; k < n; k++) p->x.category[k] = name_of(b, &b->level[k]);
  for (int j = 0; j < p->nseries; j++)
    for (int64_t i = 0; i < p->series[j].n; i++) lo = fmin(lo, p->series[j].y[i]), hi = fmax(hi, p->series[j].y[i]);
  if (log) axis_over(&p->y, AXIS_NUMBER, lo / 2, hi, true);
  else axis_from_zero(&p->y, lo, hi);
  if (b->o->labels.yscale == SCALE_SYMLOG) axis_symlog(&p->y, (double[]){lo, hi}, 2);
  for (int j = 0; j < p->nseries && log; j++)
    for (int64_t i = 0; i < p->series[j].n; i++) p->series[j].y2[i] = p->y.lo;
}

static void add_marks(Bars *b) {
  double *base = b->stack ? plot_array(b->p, b->nbar) : NULL;
  for (int64_t g = 0; g < b->nby; g++) add_series(b, g, base);
  set_axes(b);
}

static ErrCode check_cells(const Bars *b, const Level *l, Err *err) {
  for (int64_t g = 0; g < b->nby; g++) {
    double v = l->cell[g].n ? value_of(b, l->cell[g].n, l->cell[g].sum) : 1;
    if (!isfinite(v))
      return err_set(err, ERR_NUMERIC, "bar: the %s of '%s' for %s is beyond what numbers hold", STATS[b->stat],
                     b->y.name, name_of(b, l));
    if (b->stack && v < 0)
      return err_set(err, ERR_ARG, "bar: %s has a sum of %g: stacks need values of 0 or more, leave stack out",
                     name_of(b, l), v);
    if (b->o->labels.logy && v <= 0)
      return err_set(err, ERR_ARG, "bar: %s has %g, a log axis shows only values above 0: leave logy out",
                     name_of(b, l), v);
  }
  return OK;
}

static ErrCode check_values(const Bars *b, Err *err) {
  for (int64_t k = 0; k < b->nbar; k++) {
    const Level *l = &b->level[k];
    if (!isfinite(l->value))
      return err_set(err, ERR_NUMERIC, "bar: the %s of '%s' for %s is beyond what numbers hold", STATS[b->stat],
                     b->y.name, name_of(b, l));
    TRY(check_cells(b, l, err));
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

// Which level of `by` has the greatest share of a bar, and in which bar: "female: 466 of 1,309, most in 1st (44%)".
static const char *shares_words(const Bars *b) {
  Plot *p = b->p;
  const Level *best = NULL, *least = NULL;
  int64_t group = 0;
  double most = -1, low = 2;
  for (int64_t k = 0; k < b->nbar; k++)
    for (int64_t g = 0; g < b->nby; g++) {
      const Level *l = &b->level[k];
      double share = value_of(b, l->cell[g].n, l->cell[g].sum) / l->value;
      if (l->place >= 0 && l->cell[g].n && share > most) most = share, best = l, group = g;
    }
  if (!best) return b->p->reading;
  for (int64_t k = 0; k < b->nbar; k++) {
    const Level *l = &b->level[k];
    double share = value_of(b, l->cell[group].n, l->cell[group].sum) / l->value;
    if (!l->cell[group].n) share = 0;
    if (l->place >= 0 && share < low) low = share, least = l;
  }
  if (least == best)
    return arena_printf(&p->arena, "%s is %s of %s", b->by.name[group], words_share(p, most, 1), name_of(b, best));
  return arena_printf(&p->arena, "%s is %s of %s and %s of %s", b->by.name[group], words_share(p, most, 1),
                      name_of(b, best), words_share(p, low, 1), name_of(b, least));
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
  if (b->split && b->by.missing)
    p->note = arena_printf(&p->arena, "%s missing %s: not shown%s%s", words_count(p, b->by.missing), b->by.column,
                           p->note ? "; " : "", p->note ? p->note : "");
  p->groups = b->split ? words_copy(p, sv(b->by.column), CHART_NAME_COLUMNS) : NULL;
  if (b->stack) p->reading = shares_words(b);
  p->n = b->n;
  const char *y = b->o->percent           ? "percent"
                  : b->stat == STAT_COUNT ? "count"
                                          : arena_printf(&p->arena, "%s %s", STATS[b->stat], b->y.name);
  words_labels(p, &b->o->labels, b->x.column, y);
  p->x.of = behind_levels(p, &b->x);
  if (b->split) p->group_of = behind_levels(p, &b->by);
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
