// Two columns against each other, with up to three more as colour, size and shape, and a trend line. A column of
// categories gives each level a colour, one of numbers a scale of colours. Above PLOT_MOST_MARKS points the plot holds
// counts on a grid, which is what a screen could show of them anyway; colours, sizes and shapes are then left out. The
// sentence gives Pearson's r with Fisher's 95 % interval, tanh(atanh r -+ 1.96 / sqrt(n - 3)), and Spearman's rank
// correlation where the two differ by more than .1 (of very many points, of 20,000 of them evenly spread); on a
// logarithmic axis the logarithms are correlated.
// Reference: Fisher, "On the probable error of a coefficient of correlation", Metron 1 (1921).
#include "chart/points_int.h"

#include "stats/stats.h"

#include <math.h>

typedef struct ScatterOpts {
  ChartLabels labels;
  const char *x, *y, *color, *size, *shape;
  int trend;
  double span;
} ScatterOpts;

#define SCATTER_PARAMS(SIZE_DEFAULT)                                                                                   \
  {"x", PARAM_TEXT, offsetof(ScatterOpts, x), 0, 0, NULL, NULL, "number or date column, to the right"},                \
      {"y", PARAM_TEXT, offsetof(ScatterOpts, y), 0, 0, NULL, NULL, "number or date column, upwards"},                 \
      {"size",                                                                                                         \
       PARAM_TEXT,                                                                                                     \
       offsetof(ScatterOpts, size),                                                                                    \
       0,                                                                                                              \
       0,                                                                                                              \
       SIZE_DEFAULT,                                                                                                   \
       NULL,                                                                                                           \
       "number column that is the area of a point; values above 0"},                                                   \
      {"color",                                                                                                        \
       PARAM_TEXT,                                                                                                     \
       offsetof(ScatterOpts, color),                                                                                   \
       0,                                                                                                              \
       0,                                                                                                              \
       "",                                                                                                             \
       NULL,                                                                                                           \
       "column of categories, at most 6 levels, or of numbers"},                                                       \
      {"shape", PARAM_TEXT, offsetof(ScatterOpts, shape), 0, 0, "", NULL, "column of categories, at most 6 levels"},   \
      {"trend",                                                                                                        \
       PARAM_CHOICE,                                                                                                   \
       offsetof(ScatterOpts, trend),                                                                                   \
       0,                                                                                                              \
       0,                                                                                                              \
       "none",                                                                                                         \
       "none|linear|lowess|loess",                                                                                     \
       "least squares with its 95 % band, or a robust local curve; a line for each colour"},                           \
      {"span",                                                                                                         \
       PARAM_REAL,                                                                                                     \
       offsetof(ScatterOpts, span),                                                                                    \
       0.01,                                                                                                           \
       1,                                                                                                              \
       "0.6666666666666666",                                                                                           \
       NULL,                                                                                                           \
       "of lowess: share of the points that each fit sees"},                                                           \
      CHART_LABELS(ScatterOpts), CHART_LOGX(ScatterOpts), CHART_LOGY(ScatterOpts), PARAM_END

static const Param PARAMS[] = {SCATTER_PARAMS("")};
static const Param BUBBLE_PARAMS[] = {SCATTER_PARAMS(NULL)};

typedef struct Scatter {
  Pile pile;
  const ScatterOpts *o;
  Plot *p;
  Use use[POINTS_USES];   // x, y, then colour and size where they are numbers
  int nuse, colour, size; // places in use; -1 = none
  Levels by, shape;
  bool groups, shapes;
  int64_t n;
  Points points;
  const double *x, *y; // n
  double lo[2], hi[2];
  Trend *trend; // of each level with a line
  int ntrend;
  bool grid;
} Scatter;

// ---- loading ------------------------------------------------------------------------------------------------------
static bool has_few_values(const Column *c) {
  int64_t seen[CHART_MOST_GROUPS], n = 0;
  for (int64_t i = 0; i < c->n; i++) {
    int64_t k = 0, v = col_valid(c, i) ? c->i[i] : 0;
    if (!col_valid(c, i)) continue;
    while (k < n && seen[k] != v) k++;
    if (k < n) continue;
    if (n == CHART_MOST_GROUPS) return false;
    seen[n++] = v;
  }
  return true;
}

// Numbers give a scale of colours, but whole ones with few values and all else give groups.
static bool is_scale(const Frame *d, const char *name) {
  int j = frame_find(d, sv(name));
  if (j < 0) return false;
  const Column *c = frame_at(d, j);
  if (c->type == COL_I64) return !has_few_values(c);
  return c->type == COL_F64 || c->type == COL_DATE || c->type == COL_TIME;
}

static ErrCode load_looks(Scatter *s, const Frame *d, Err *err) {
  static const char levels[] = "keep fewer with d:where, or leave color out",
                    shapes[] = "keep fewer with d:where, or leave shape out", sizes[] = "a size needs numbers";
  const ScatterOpts *o = s->o;
  s->colour = s->size = -1;
  if (o->color && is_scale(d, o->color)) {
    s->colour = s->nuse++;
    TRY(use_find(d, s->pile.chart, o->color, true, "", &s->use[s->colour], err));
  } else if (o->color) {
    s->groups = true;
    TRY(levels_load(&s->pile, d, o->color, CHART_MOST_GROUPS, levels, s->p, &s->by, err));
  }
  if (o->size) {
    s->size = s->nuse++;
    TRY(use_find(d, s->pile.chart, o->size, false, sizes, &s->use[s->size], err));
    s->use[s->size].positive = true;
  }
  if (!o->shape) return OK;
  s->shapes = true;
  TRY(levels_load(&s->pile, d, o->shape, CHART_MOST_GROUPS, shapes, s->p, &s->shape, err));
  if (s->groups) s->by.also = &s->shape;
  return OK;
}

static ErrCode load(Scatter *s, const Frame *d, Err *err) {
  static const char numbers[] = "a scatter plot needs numbers or dates on both axes";
  s->nuse = 2;
  if (s->o->labels.range && frame_nrow(s->o->labels.whole->d) <= PLOT_MOST_MARKS)
    return err_set(err, ERR_ARG, "%s: its points are all there", s->pile.chart);
  TRY(use_find(d, s->pile.chart, s->o->x, true, numbers, &s->use[0], err));
  TRY(use_find(d, s->pile.chart, s->o->y, true, numbers, &s->use[1], err));
  use_scale(&s->use[0], s->o->labels.xscale);
  use_scale(&s->use[1], s->o->labels.yscale);
  TRY(load_looks(s, d, err));
  Levels *by = s->groups ? &s->by : s->shapes ? &s->shape : NULL;
  TRY(points_load(&s->pile, s->use, s->nuse, by, frame_nrow(d), &s->points, err));
  s->n = s->points.n, s->x = s->points.v[0], s->y = s->points.v[1];
  return OK;
}

// ---- trend lines --------------------------------------------------------------------------------------------------
static int64_t level_of(const Scatter *s, int64_t i) { return s->by.of[points_row(&s->points, i)]; }
static int64_t shape_of(const Scatter *s, int64_t i) { return s->shape.of[points_row(&s->points, i)]; }

static ErrCode fit_level(Scatter *s, int64_t level, double *room, const TrendOpts *o, Err *err) {
  int64_t n = 0;
  double *x = room, *y = room + s->n;
  for (int64_t i = 0; i < s->n; i++)
    if (level_of(s, i) == level) x[n] = s->x[i], y[n++] = s->y[i];
  return trend_fit(s->pile.job, x, y, n, o, &s->trend[level], err);
}

static ErrCode fit_trends(Scatter *s, Err *err) {
  TrendOpts o = {s->o->trend, s->o->span, s->use[0].log, s->use[1].log};
  double *room;
  if (o.kind == TREND_NONE || s->o->labels.range) return OK; // of all rows, or of none
  s->ntrend = s->groups ? (int)s->by.n : 1;
  s->trend = arena_array(&s->p->arena, Trend, s->ntrend);
  if (!s->groups) return trend_fit(s->pile.job, s->x, s->y, s->n, &o, s->trend, err);
  TRY(pile_new(&s->pile, 2 * s->n * 8, &room, err));
  for (int k = 0; k < s->ntrend; k++) TRY(fit_level(s, k, room, &o, err));
  return OK;
}

// The vertical axis covers points and lines; a band is cut where it would leave it.
static void set_axes(Scatter *s) {
  points_range(s->pile.job, s->x, s->n, &s->lo[0], &s->hi[0]);
  points_range(s->pile.job, s->y, s->n, &s->lo[1], &s->hi[1]);
  for (int k = 0; k < s->ntrend; k++)
    for (int64_t i = 0; i < s->trend[k].n; i++) {
      double y = s->trend[k].y[i];
      s->lo[1] = y < s->lo[1] ? y : s->lo[1], s->hi[1] = y > s->hi[1] ? y : s->hi[1];
    }
  axis_over(&s->p->x, use_axis(&s->use[0]), s->lo[0], s->hi[0], s->use[0].log);
  axis_over(&s->p->y, use_axis(&s->use[1]), s->lo[1], s->hi[1], s->use[1].log);
  if (s->use[0].symlog) axis_symlog(&s->p->x, s->x, s->n);
  if (s->use[1].symlog) axis_symlog(&s->p->y, s->y, s->n);
  const ChartWhole *whole = s->o->labels.whole;
  if (whole && whole->plot) axis_whole(&s->p->x, &whole->plot->x), axis_whole(&s->p->y, &whole->plot->y);
}

static double inside(double v, const Axis *a) { return v < a->lo ? a->lo : v > a->hi ? a->hi : v; }

static void add_band(Scatter *s, const Trend *t, int group) {
  Series *band = plot_add(s->p, MARK_AREA, t->n);
  band->group = group, band->y2 = plot_array(s->p, t->n), band->role = s->groups ? ROLE_GROUP : ROLE_FAINT;
  for (int64_t i = 0; i < t->n; i++) {
    band->x[i] = inside(t->x[i], &s->p->x);
    band->y[i] = inside(t->hi[i], &s->p->y), band->y2[i] = inside(t->lo[i], &s->p->y);
  }
}

static void add_line(Scatter *s, const Trend *t, int group) {
  Series *line = plot_add(s->p, MARK_LINE, t->n);
  line->group = s->groups ? group : 1; // beside the points in the first colour
  for (int64_t i = 0; i < t->n; i++) {
    bool shown = t->y[i] >= s->p->y.lo && t->y[i] <= s->p->y.hi; // panels share an axis that their lines may leave
    line->x[i] = inside(t->x[i], &s->p->x), line->y[i] = shown ? t->y[i] : NAN;
  }
}

static void add_trends(Scatter *s, bool bands) {
  for (int k = 0; k < s->ntrend; k++) {
    const Trend *t = &s->trend[k];
    if (t->n > 0 && bands && t->banded) add_band(s, t, k);
    if (t->n > 0 && !bands) add_line(s, t, k);
  }
}

// ---- marks --------------------------------------------------------------------------------------------------------
static const char *series_name(const Scatter *s, int64_t level, int64_t shape) {
  if (!s->groups) return s->shapes ? s->shape.name[shape] : NULL;
  if (!s->shapes || s->shape.column == s->by.column) return s->by.name[level];
  return arena_printf(&s->p->arena, "%s, %s", s->by.name[level], s->shape.name[shape]);
}

static void fill_looks(const Scatter *s, Series *mark, int64_t k, int64_t i) {
  if (mark->value) mark->value[k] = s->points.v[s->colour][i];
  if (mark->size) mark->size[k] = s->points.v[s->size][i];
}

static bool is_one_of(const Scatter *s, int64_t i, int64_t level, int64_t shape) {
  return (!s->groups || level_of(s, i) == level) && (!s->shapes || shape_of(s, i) == shape);
}

static void add_points(Scatter *s, int64_t level, int64_t shape) {
  Plot *p = s->p;
  int64_t n = 0;
  for (int64_t i = 0; i < s->n; i++) n += is_one_of(s, i, level, shape);
  if (!n) return;
  Series *mark = plot_add(p, MARK_POINT, n);
  mark->rows = arena_array(&p->arena, int64_t, n), mark->group = (int)level, mark->shape = (int)shape;
  mark->name = series_name(s, level, shape);
  if (s->colour >= 0) mark->role = ROLE_SEQUENTIAL, mark->value = plot_array(p, n);
  if (s->size >= 0) mark->size = plot_array(p, n);
  for (int64_t i = 0, k = 0; i < s->n; i++) {
    if (!is_one_of(s, i, level, shape)) continue;
    mark->x[k] = s->x[i], mark->y[k] = s->y[i], mark->rows[k] = row_handle(&s->o->labels, points_row(&s->points, i));
    fill_looks(s, mark, k++, i);
  }
}

// Areas as shares of the largest of all series.
static void scale_sizes(Scatter *s) {
  double lo, hi;
  points_range(s->pile.job, s->points.v[s->size], s->n, &lo, &hi);
  for (int k = 0; k < s->p->nseries; k++)
    for (int64_t i = 0; s->p->series[k].size && i < s->p->series[k].n; i++) s->p->series[k].size[i] /= hi;
  s->p->size = (SizeScale){true, words_copy(s->p, sv(s->use[s->size].name), CHART_NAME_COLUMNS), hi};
}

static void set_colours(Scatter *s) {
  double lo, hi;
  points_range(s->pile.job, s->points.v[s->colour], s->n, &lo, &hi);
  const char *name = words_copy(s->p, sv(s->use[s->colour].name), CHART_NAME_COLUMNS);
  s->p->colour = (ColourScale){.present = true, .name = name, .lo = lo, .mid = lo / 2 + hi / 2, .hi = hi};
}

// More points than a plot may have: counts on a grid, one of each level, so that they keep their colours.
static ErrCode add_crowd(Scatter *s, Err *err) {
  const ChartLabels *labels = &s->o->labels;
  if (!s->groups) return points_grid(&s->pile, s->p, labels, s->x, s->y, s->n, err);
  double *x, *y;
  ChartWhole whole = {.npanel = (int)s->by.n * (labels->whole ? labels->whole->npanel : 1)};
  ChartLabels finer = {.whole = &whole};
  TRY(pile_new(&s->pile, s->n * 8, &x, err));
  TRY(pile_new(&s->pile, s->n * 8, &y, err));
  for (int64_t k = 0; k < s->by.n; k++) {
    int64_t n = 0;
    for (int64_t i = 0; i < s->n; i++)
      if (level_of(s, i) == k) x[n] = s->x[i], y[n++] = s->y[i];
    if (!n) continue;
    TRY(points_grid(&s->pile, s->p, &finer, x, y, n, err));
    Series *grid = &s->p->series[s->p->nseries - 1];
    grid->role = ROLE_GROUP, grid->group = (int)k, grid->name = s->by.name[k];
  }
  return OK;
}

static ErrCode add_marks(Scatter *s, Err *err) {
  TRY(fit_trends(s, err));
  s->grid = s->n > chart_marks(&s->o->labels) - 2 * TREND_MARKS * s->ntrend;
  set_axes(s);
  add_trends(s, true);
  if (s->grid) TRY(add_crowd(s, err));
  for (int64_t k = 0; !s->grid && k < (s->groups ? s->by.n : 1); k++)
    for (int64_t shape = 0; shape < (s->shapes ? s->shape.n : 1); shape++) add_points(s, k, shape);
  add_trends(s, false);
  if (!s->grid && s->size >= 0) scale_sizes(s);
  if (!s->grid && s->colour >= 0) set_colours(s);
  if (s->groups) s->p->groups = words_copy(s->p, sv(s->by.column), CHART_NAME_COLUMNS);
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
static ErrCode rank_correlation(Scatter *s, bool *defined, double *r, Err *err) {
  double *v, *rank;
  int64_t m = s->n > PLOT_MOST_MARKS ? PLOT_MOST_MARKS : s->n;
  TRY(pile_new(&s->pile, 2 * m * 8, &v, err));
  TRY(pile_new(&s->pile, 2 * m * 8, &rank, err));
  for (int64_t k = 0; k < m; k++) {
    int64_t i = s->n == m ? k : (int64_t)((double)k * ((double)s->n / (double)m));
    v[k] = s->x[i], v[m + k] = s->y[i];
  }
  TRY(rank_average(s->pile.job, v, m, rank, err));
  TRY(rank_average(s->pile.job, v + m, m, rank + m, err));
  *defined = stats_pearson(s->pile.job, rank, rank + m, m, r);
  return OK;
}

static ErrCode correlation(Scatter *s, bool *defined, double *r, Err *err) {
  const double *x, *y;
  TRY(points_scaled(&s->pile, s->x, s->n, s->use[0].log, &x, err));
  TRY(points_scaled(&s->pile, s->y, s->n, s->use[1].log, &y, err));
  PairSums sums = pairs_sum(s->pile.job, x, y, s->n);
  *defined = pairs_correlation(&sums, r);
  return OK;
}

static bool is_constant(const double *v, int64_t n) {
  for (int64_t i = 1; i < n; i++)
    if (v[i] != v[0]) return false;
  return true;
}

static const char *axis_word(Scatter *s, int k) {
  const char *name = words_copy(s->p, sv(s->use[k].name), CHART_NAME_COLUMNS);
  return s->use[k].log ? arena_printf(&s->p->arena, "log %s", name) : name;
}

// "; waiting = 33.47 + 10.73 eruptions, R2 .811", or the slope of each level.
static const char *trend_words(Scatter *s) {
  Plot *p = s->p;
  if (s->o->trend != TREND_LINEAR || s->ntrend == 0) return "";
  const Trend *t = s->trend;
  if (!s->groups && t->n > 0)
    return arena_printf(&p->arena, "; %s = %s %c %s %s, R2 %s", axis_word(s, 1), words_number(p, t->intercept),
                        t->slope < 0 ? '-' : '+', words_number(p, fabs(t->slope)), axis_word(s, 0),
                        words_unit(p, t->r2, 3, false));
  const char *text = "";
  for (int k = 0; k < s->ntrend && s->groups; k++)
    if (t[k].n > 0)
      text = arena_printf(&p->arena, "%s%s %s %s", text, *text ? "," : "; slopes:", s->by.name[k],
                          words_number(p, t[k].slope));
  return text;
}

static ErrCode read_points(Scatter *s, Err *err) {
  Plot *p = s->p;
  double r, rank = 0;
  bool ranked, defined, sure, logs = s->use[0].log || s->use[1].log;
  const char *x = words_copy(p, sv(s->use[0].name), CHART_NAME_COLUMNS),
             *y = words_copy(p, sv(s->use[1].name), CHART_NAME_COLUMNS), *n = words_count(p, s->n), *by_rank = "";
  TRY(rank_correlation(s, &ranked, &rank, err));
  TRY(correlation(s, &defined, &r, err));
  if (!defined) {
    const char *same = is_constant(s->x, s->n) ? x : y;
    p->reading = s->n == 1 ? "one point" : arena_printf(&p->arena, "%s is the same in all %s rows", same, n);
    return OK;
  }
  const char *range = words_correlation(p, r, s->n, &sure);
  const char *verb = !sure ? "shows no sure straight-line relation with" : r > 0 ? "rises with" : "falls with";
  if (ranked && fabs(rank - r) > 0.1) by_rank = arena_printf(&p->arena, ", by rank %s", words_unit(p, rank, 3, false));
  p->reading = arena_printf(&p->arena, "%s %s %s: r%s %s%s, n %s%s", y, verb, x, logs ? " of logs" : "", range, by_rank,
                            n, trend_words(s));
  return OK;
}

static void note_grid(Scatter *s) {
  Plot *p = s->p;
  const char *what[] = {s->o->color && !s->groups ? "colours" : NULL, s->o->size ? "sizes" : NULL,
                        s->o->shape ? "shapes" : NULL};
  const char *all = NULL;
  for (int k = 0; k < 3; k++)
    if (what[k]) all = all ? arena_printf(&p->arena, "%s, %s", all, what[k]) : what[k];
  if (all)
    words_add_note(p,
                   arena_printf(&p->arena, "no %s above %s points", all, words_count(p, chart_marks(&s->o->labels))));
}

static void note_trends(Scatter *s) {
  int none = 0, sampled = 0;
  for (int k = 0; k < s->ntrend; k++) none += s->trend[k].n == 0, sampled += s->trend[k].sampled;
  if (none && !s->groups) words_add_note(s->p, "no trend line: it needs 3 points at different places");
  if (none && s->groups)
    words_add_note(s->p, arena_printf(&s->p->arena, "%d of %d groups have too few points for a line", none, s->ntrend));
  if (sampled) words_add_note(s->p, "the curve follows 10,000 rows, evenly spread");
}

static ErrCode describe(Scatter *s, Err *err) {
  Plot *p = s->p;
  p->n = s->n;
  p->note = rows_note(s->use, s->nuse, s->groups ? &s->by : s->shapes ? &s->shape : NULL, p);
  if (s->grid) note_grid(s);
  note_trends(s);
  words_labels(p, &s->o->labels, s->use[0].name, s->use[1].name);
  p->x.of = behind_use(p, &s->use[0]), p->y.of = behind_use(p, &s->use[1]);
  if (s->groups) p->group_of = behind_levels(p, &s->by);
  return read_points(s, err);
}

static ErrCode fill(Scatter *s, const Frame *d, Err *err) {
  TRY(load(s, d, err));
  TRY(add_marks(s, err));
  return describe(s, err);
}

static ErrCode make_named(const char *chart, Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Scatter s = {.pile = {.job = job, .chart = chart, .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&s, d, err);
  pile_free(&s.pile);
  return code;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  return make_named("scatter", job, d, opts, out, err);
}

static ErrCode make_bubble(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  return make_named("bubble", job, d, opts, out, err);
}

const ChartType chart_scatter = {.name = "scatter",
                                 .signature = "d:scatter{\"x\", \"y\", color=\"g\", trend=\"linear\"}",
                                 .summary = "two columns against each other, a point a row, with a trend line",
                                 .example = "return data('iris'):scatter{'petal_length_cm', 'petal_width_cm', "
                                            "color='class', trend='linear'}",
                                 .params = PARAMS,
                                 .opts_size = sizeof(ScatterOpts),
                                 .npos = 2,
                                 .again = AGAIN_INSIDE,
                                 .make = make};

const ChartType chart_bubble = {.name = "bubble",
                                .signature = "d:bubble{\"x\", \"y\", \"size\", color=\"g\"}",
                                .summary = "points of two columns whose area is a third one",
                                .example = "return data('cars'):bubble{'Horsepower', 'Miles_per_Gallon', "
                                           "'Weight_in_lbs', color='Origin'}",
                                .params = BUBBLE_PARAMS,
                                .opts_size = sizeof(ScatterOpts),
                                .npos = 3,
                                .again = AGAIN_INSIDE,
                                .make = make_bubble};
