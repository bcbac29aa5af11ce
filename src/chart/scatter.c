// Two columns against each other. Above PLOT_MOST_MARKS points the plot holds counts on a grid, which is what a screen
// could show of them anyway; colours are then left out. The sentence gives Pearson's r with Fisher's 95 % interval,
// tanh(atanh r -+ 1.96 / sqrt(n - 3)), and Spearman's rank correlation where the two differ by more than .1;
// on a logarithmic axis the logarithms are correlated.
// Reference: Fisher, "On the probable error of a coefficient of correlation", Metron 1 (1921).
#include "chart/chart_int.h"

#include "stats/stats.h"

#include <math.h>

typedef struct ScatterOpts {
  ChartLabels labels;
  const char *x, *y, *color;
} ScatterOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(ScatterOpts, x), 0, 0, NULL, NULL, "number or date column, to the right"},
    {"y", PARAM_TEXT, offsetof(ScatterOpts, y), 0, 0, NULL, NULL, "number or date column, upwards"},
    {"color", PARAM_TEXT, offsetof(ScatterOpts, color), 0, 0, "", NULL, "column whose levels are coloured, at most 6"},
    CHART_LABELS(ScatterOpts),
    CHART_LOGX(ScatterOpts),
    CHART_LOGY(ScatterOpts),
    PARAM_END};

typedef struct Scatter {
  Pile pile;
  const ScatterOpts *o;
  Plot *p;
  Use use[2]; // x, y
  Levels by;
  int64_t n, *row;
  double *x, *y; // n
  bool grid;
} Scatter;

static ErrCode load(Scatter *s, const Frame *d, Err *err) {
  static const char numbers[] = "a scatter plot needs numbers or dates on both axes",
                    levels[] = "keep fewer with d:where, or leave color out";
  TRY(use_find(d, "scatter", s->o->x, true, numbers, &s->use[0], err));
  TRY(use_find(d, "scatter", s->o->y, true, numbers, &s->use[1], err));
  use_scale(&s->use[0], s->o->labels.xscale);
  use_scale(&s->use[1], s->o->labels.yscale);
  if (s->o->color) TRY(levels_load(&s->pile, d, s->o->color, CHART_MOST_GROUPS, levels, s->p, &s->by, err));
  TRY(rows_pick(&s->pile, s->use, 2, s->o->color ? &s->by : NULL, frame_nrow(d), &s->row, &s->n, err));
  TRY(pile_new(&s->pile, s->n * 8, &s->x, err));
  TRY(pile_new(&s->pile, s->n * 8, &s->y, err));
  for (int64_t i = 0; i < s->n; i++)
    s->x[i] = col_f64(s->use[0].col, s->row[i]), s->y[i] = col_f64(s->use[1].col, s->row[i]);
  s->grid = s->n > chart_marks(&s->o->labels);
  return OK;
}

// ---- marks --------------------------------------------------------------------------------------------------------
static void add_points(Scatter *s, int64_t level) {
  bool all = !s->o->color;
  int64_t n = 0;
  for (int64_t i = 0; i < s->n; i++) n += all || s->by.of[s->row[i]] == level;
  if (!n) return;
  Series *mark = plot_add(s->p, MARK_POINT, n);
  mark->rows = arena_array(&s->p->arena, int64_t, n), mark->group = (int)level;
  mark->name = all ? NULL : s->by.name[level];
  for (int64_t i = 0, k = 0; i < s->n; i++) {
    if (!all && s->by.of[s->row[i]] != level) continue;
    mark->x[k] = s->x[i], mark->y[k] = s->y[i], mark->rows[k++] = row_handle(&s->o->labels, s->row[i]);
  }
}

static int64_t cell_of(const Axis *a, double v, int64_t n) {
  int64_t k = (int64_t)(axis_share(a, v) * (double)n);
  return k < 0 ? 0 : k >= n ? n - 1 : k;
}

static ErrCode add_grid(Scatter *s, Err *err) {
  Series *mark = plot_add(s->p, MARK_GRID, 0);
  int32_t side = chart_grid(&s->o->labels);
  mark->role = ROLE_SEQUENTIAL, mark->ncol = mark->nrow = side, mark->n = (int64_t)side * side;
  mark->x = mark->y = NULL, mark->value = plot_array(s->p, mark->n);
  for (int64_t i = 0; i < s->n; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(s->pile.job, i, s->n, err));
    mark->value[cell_of(&s->p->y, s->y[i], side) * side + cell_of(&s->p->x, s->x[i], side)]++;
  }
  return OK;
}

static void set_axis(Axis *a, const Use *u, const double *v, int64_t n) {
  double lo = v[0], hi = v[0];
  for (int64_t i = 1; i < n; i++) lo = fmin(lo, v[i]), hi = fmax(hi, v[i]);
  axis_over(a, use_axis(u), lo, hi, u->log);
  if (u->symlog) axis_symlog(a, v, n);
}

static ErrCode add_marks(Scatter *s, Err *err) {
  set_axis(&s->p->x, &s->use[0], s->x, s->n);
  set_axis(&s->p->y, &s->use[1], s->y, s->n);
  const ChartWhole *whole = s->o->labels.whole;
  if (whole && whole->plot) axis_whole(&s->p->x, &whole->plot->x), axis_whole(&s->p->y, &whole->plot->y);
  if (s->grid) return add_grid(s, err);
  for (int64_t k = 0; k < (s->o->color ? s->by.n : 1); k++) add_points(s, k);
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
static double atanh_of(double r) { return 0.5 * (fmath_log1p(r) - fmath_log1p(-r)); }

static const char *interval(Scatter *s, double r, bool *sure) {
  Plot *p = s->p;
  *sure = false;
  if (s->n < 4) return "";
  double z = atanh_of(r), half = dist_norm_quantile(0.975) / sqrt((double)s->n - 3);
  double lo = fabs(r) < 1 ? fmath_tanh(z - half) : r, hi = fabs(r) < 1 ? fmath_tanh(z + half) : r;
  *sure = lo > 0 || hi < 0;
  return arena_printf(&p->arena, " [%s, %s]", words_unit(p, lo, 3, false), words_unit(p, hi, 3, false));
}

static ErrCode rank_correlation(Scatter *s, bool *defined, double *r, Err *err) {
  double *rank_x, *rank_y;
  TRY(pile_new(&s->pile, s->n * 8, &rank_x, err));
  TRY(pile_new(&s->pile, s->n * 8, &rank_y, err));
  TRY(rank_average(s->pile.job, s->x, s->n, rank_x, err));
  TRY(rank_average(s->pile.job, s->y, s->n, rank_y, err));
  *defined = stats_pearson(s->pile.job, rank_x, rank_y, s->n, r);
  return OK;
}

static bool is_constant(const double *v, int64_t n) {
  for (int64_t i = 1; i < n; i++)
    if (v[i] != v[0]) return false;
  return true;
}

// The values are changed: this comes last.
static ErrCode read_points(Scatter *s, Err *err) {
  Plot *p = s->p;
  double r, rank = 0;
  bool ranked, sure;
  const char *x = words_copy(p, sv(s->use[0].name), CHART_NAME_COLUMNS),
             *y = words_copy(p, sv(s->use[1].name), CHART_NAME_COLUMNS), *n = words_count(p, s->n);
  TRY(rank_correlation(s, &ranked, &rank, err));
  bool same_x = is_constant(s->x, s->n), logs = s->use[0].log || s->use[1].log;
  if (s->use[0].log) fmath_log_n(s->x, s->x, s->n);
  if (s->use[1].log) fmath_log_n(s->y, s->y, s->n);
  if (!stats_pearson(s->pile.job, s->x, s->y, s->n, &r)) {
    p->reading = s->n == 1 ? "one point" : arena_printf(&p->arena, "%s is the same in all %s rows", same_x ? x : y, n);
    return OK;
  }
  const char *range = interval(s, r, &sure);
  const char *verb = !sure ? "shows no sure straight-line relation with" : r > 0 ? "rises with" : "falls with";
  const char *by_rank = "";
  if (ranked && fabs(rank - r) > 0.1) by_rank = arena_printf(&p->arena, ", by rank %s", words_unit(p, rank, 3, false));
  p->reading = arena_printf(&p->arena, "%s %s %s: r%s %s%s%s, n %s", y, verb, x, logs ? " of logs" : "",
                            words_unit(p, r, 3, false), range, by_rank, n);
  return OK;
}

static ErrCode describe(Scatter *s, Err *err) {
  Plot *p = s->p;
  p->n = s->n;
  p->note = rows_note(s->use, 2, s->o->color ? &s->by : NULL, p);
  if (s->grid && s->o->color)
    p->note = arena_printf(&p->arena, "%s%sno colours above %s points", p->note ? p->note : "", p->note ? "; " : "",
                           words_count(p, chart_marks(&s->o->labels)));
  words_labels(p, &s->o->labels, s->use[0].name, s->use[1].name);
  return read_points(s, err);
}

static ErrCode fill(Scatter *s, const Frame *d, Err *err) {
  TRY(load(s, d, err));
  TRY(add_marks(s, err));
  return describe(s, err);
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Scatter s = {.pile = {.job = job, .chart = "scatter", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&s, d, err);
  pile_free(&s.pile);
  return code;
}

const ChartType chart_scatter = {.name = "scatter",
                                 .signature = "d:scatter{\"x\", \"y\", color=\"g\"}",
                                 .summary = "two columns against each other, a point a row",
                                 .example = "return data('iris'):scatter{'petal_length_cm', 'petal_width_cm', "
                                            "color='class'}",
                                 .params = PARAMS,
                                 .opts_size = sizeof(ScatterOpts),
                                 .npos = 2,
                                 .make = make};
