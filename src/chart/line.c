// Lines, areas and steps: one or several number columns along a column of numbers, dates or categories, or along the
// rows. The points of a line are in the order of x, whatever the order of the rows. Missing values are gaps. Along
// categories, and where asked for, the values of one place become their mean or sum. Areas may stand on each other;
// they are then summed for each place, and a place that one has no value for counts as 0. More points than a plot
// holds are thinned so that peaks stay (lines.c).
#include "chart/points_int.h"

#include <math.h>

typedef enum { LINE, AREA, STEP } LineKind;
enum { STAT_AUTO, STAT_NONE, STAT_MEAN, STAT_SUM, MOST_CATEGORIES = 200 };

typedef struct LineOpts {
  ChartLabels labels;
  const char *x, *color;
  Names y;
  int stat;
  bool stack;
} LineOpts;

#define LINE_PARAMS                                                                                                    \
  {"x", PARAM_TEXT, offsetof(LineOpts, x), 0, 0, "", NULL, "column along the bottom; the rows when none is given"},    \
      {"y", PARAM_NAMES, offsetof(LineOpts, y), 0, 0, "", NULL, "number columns, at most 6; x alone is taken as y"},   \
      {"color", PARAM_TEXT, offsetof(LineOpts, color), 0, 0, "", NULL, "column with a line a level, at most 6"},       \
      {"stat",                                                                                                         \
       PARAM_CHOICE,                                                                                                   \
       offsetof(LineOpts, stat),                                                                                       \
       0,                                                                                                              \
       0,                                                                                                              \
       "auto",                                                                                                         \
       "auto|none|mean|sum",                                                                                           \
       "of several values at one x: each, mean or sum; auto is mean along categories, else none"},                     \
      CHART_LABELS(LineOpts), CHART_LOGX(LineOpts), CHART_LOGY(LineOpts)

static const Param PARAMS[] = {LINE_PARAMS, PARAM_END};
static const Param AREA_PARAMS[] = {
    LINE_PARAMS,
    {"stack", PARAM_BOOL, offsetof(LineOpts, stack), 0, 0, "false", NULL, "areas stand on each other"},
    PARAM_END};

typedef struct Run { // a line before it is thinned
  int64_t n;
  double *x, *y;
  int64_t *row; // NULL: places stand for several rows
  const char *name;
} Run;

typedef struct Lines {
  Pile pile;
  const LineOpts *o;
  LineKind kind;
  Plot *p;
  const Frame *d;
  Use x, y[CHART_MOST_GROUPS];
  Levels place, by; // of x where it has categories; of color
  bool along_rows, categories, groups;
  int stat, ny, nrun;
  int64_t nrow, *order; // rows in the order of x, those that have an x and a level
  double *at;           // x of each of them
  Run run[CHART_MOST_GROUPS];
  double *below, *total; // of a stack, at each place
} Lines;

// ---- loading ------------------------------------------------------------------------------------------------------
static ErrCode find_y(Lines *s, Err *err) {
  static const char advice[] = "a line is drawn through numbers";
  Names y = s->o->y;
  if (y.n == 0 && s->o->x) y = (Names){(const char **)&s->o->x, 1}, s->along_rows = true;
  if (!s->o->x) s->along_rows = true;
  if (y.n == 0)
    return err_set(err, ERR_ARG, "%s: y names no column: d:%s{x=\"...\", y=\"...\"}", s->pile.chart, s->pile.chart);
  if (y.n > CHART_MOST_GROUPS)
    return err_set(err, ERR_ARG, "%s: %lld columns are too many lines, at most %d can be told apart", s->pile.chart,
                   (long long)y.n, CHART_MOST_GROUPS);
  if (y.n > 1 && s->o->color)
    return err_set(err, ERR_ARG, "%s: color parts one column y, %lld were given: name one, or leave color out",
                   s->pile.chart, (long long)y.n);
  for (s->ny = 0; s->ny < y.n; s->ny++) {
    TRY(use_find(s->d, s->pile.chart, y.name[s->ny], false, advice, &s->y[s->ny], err));
    use_scale(&s->y[s->ny], s->o->labels.yscale);
  }
  return OK;
}

static ErrCode find_x(Lines *s, Err *err) {
  static const char numbers[] = "x is a column of numbers, dates or categories", many[] = "keep fewer with d:where";
  int j;
  if (s->along_rows) {
    s->x = (Use){.name = "row"};
    return OK;
  }
  ErrCode code = frame_col(s->d, sv(s->o->x), &j, err);
  if (code != OK) return err_prefix(err, "%s", s->pile.chart);
  s->categories = col_is_text(frame_at(s->d, j));
  if (s->categories) return levels_load(&s->pile, s->d, s->o->x, MOST_CATEGORIES, many, s->p, &s->place, err);
  TRY(use_find(s->d, s->pile.chart, s->o->x, true, numbers, &s->x, err));
  use_scale(&s->x, s->o->labels.xscale);
  return OK;
}

static double place_of(const Lines *s, int64_t row) {
  if (s->along_rows) return (double)(s->o->labels.range ? row_handle(&s->o->labels, row) : row) + 1;
  return s->categories ? (double)s->place.of[row] + 0.5 : col_f64(s->x.col, row);
}

// Rows with a place and a level, in the order of places; rows of one place keep their order.
static ErrCode order_rows_by_x(Lines *s, Err *err) {
  int64_t *row, *perm;
  uint64_t *key;
  Levels *by = s->categories ? &s->place : s->groups ? &s->by : NULL;
  if (s->categories && s->groups) s->place.also = &s->by;
  bool number = !s->along_rows && !s->categories;
  TRY(rows_pick(&s->pile, &s->x, number ? 1 : 0, by, frame_nrow(s->d), &row, &s->nrow, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &s->at, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &key, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &perm, err));
  bool sorted = true;
  for (int64_t i = 0; i < s->nrow; i++) {
    double x = place_of(s, row[i]);
    key[i] = order_key_f64(x), sorted = sorted && (i == 0 || key[i] >= key[i - 1]);
  }
  s->order = row;
  if (!sorted) {
    TRY(order_keys(s->pile.job, key, s->nrow, false, perm, err));
    for (int64_t i = 0; i < s->nrow; i++) perm[i] = row[perm[i]];
    s->order = perm;
  }
  for (int64_t i = 0; i < s->nrow; i++) s->at[i] = place_of(s, s->order[i]);
  return job_tick(s->pile.job, 0, s->nrow, err);
}

static ErrCode load(Lines *s, Err *err) {
  static const char levels[] = "keep fewer with d:where, or leave color out";
  TRY(find_y(s, err));
  TRY(find_x(s, err));
  s->groups = s->o->color != NULL;
  if (s->groups) TRY(levels_load(&s->pile, s->d, s->o->color, CHART_MOST_GROUPS, levels, s->p, &s->by, err));
  TRY(order_rows_by_x(s, err));
  bool stacked = s->kind == AREA && s->o->stack;
  s->stat = s->o->stat != STAT_AUTO ? s->o->stat : stacked ? STAT_SUM : s->categories ? STAT_MEAN : STAT_NONE;
  if (stacked && s->stat == STAT_NONE) s->stat = STAT_SUM;
  return OK;
}

// ---- one line -----------------------------------------------------------------------------------------------------
// The value of a row, NaN where it is a gap; counts why.
static double value_of(Use *u, int64_t row) {
  if (!col_valid(u->col, row)) return u->missing++, NAN;
  double v = col_f64(u->col, row);
  if (!isfinite(v)) return u->not_finite++, NAN;
  if (u->log && v <= 0) return u->not_positive++, NAN;
  return v;
}

// The values of each place become one; gaps that stand beside values are no gaps then.
static void collapse(Lines *s, Run *r) {
  int64_t m = 0;
  for (int64_t i = 0, end; i < r->n; i = end) {
    int64_t k = 0;
    double x = r->x[i];
    for (end = i; end < r->n && r->x[end] == x; end++)
      if (!isnan(r->y[end])) r->y[i + k++] = r->y[end];
    double sum = sum_f64(s->pile.job, r->y + i, k);
    r->x[m] = x, r->y[m++] = k == 0 ? NAN : s->stat == STAT_SUM ? sum : sum / (double)k;
  }
  r->n = m, r->row = NULL;
}

static ErrCode load_run(Lines *s, Use *y, int64_t level, Run *r, Err *err) {
  TRY(pile_new(&s->pile, s->nrow * 8, &r->x, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &r->y, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &r->row, err));
  for (int64_t i = 0; i < s->nrow; i++) {
    int64_t row = s->order[i];
    if (level >= 0 && s->by.of[row] != level) continue;
    r->x[r->n] = s->at[i], r->y[r->n] = value_of(y, row), r->row[r->n++] = row;
  }
  if (s->stat > STAT_NONE) collapse(s, r);
  return job_tick(s->pile.job, 0, s->nrow, err);
}

static bool has_values(const Run *r) {
  for (int64_t i = 0; i < r->n; i++)
    if (!isnan(r->y[i])) return true;
  return false;
}

static ErrCode load_runs(Lines *s, Err *err) {
  int64_t n = s->groups ? s->by.n : s->ny;
  bool any = false;
  for (int64_t k = 0; k < n; k++) {
    Run *r = &s->run[s->nrun];
    *r = (Run){.name = s->groups ? s->by.name[k] : words_copy(s->p, sv(s->y[k].name), CHART_NAME_COLUMNS)};
    TRY(load_run(s, &s->y[s->groups ? 0 : k], s->groups ? k : -1, r, err));
    s->nrun++;
    any = any || has_values(r);
  }
  if (any) return OK;
  return err_set(err, ERR_ARG, "%s: none of the %lld rows has values in all columns that can be shown", s->pile.chart,
                 (long long)frame_nrow(s->d));
}

// ---- stacks -------------------------------------------------------------------------------------------------------
// All lines get all places; what has no value is 0. Of more places than fit, of each few the one with the least and the
// one with the greatest total stay.
static ErrCode align_runs(Lines *s, Err *err) {
  double *place, *y[CHART_MOST_GROUPS];
  int64_t n = 0, absent = 0, *keep;
  TRY(pile_new(&s->pile, s->nrow * 8, &place, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &s->total, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &keep, err));
  for (int64_t i = 0; i < s->nrow; i++)
    if (i == 0 || s->at[i] != s->at[i - 1]) place[n] = s->at[i], s->total[n++] = 0;
  for (int k = 0; k < s->nrun; k++) {
    TRY(pile_new(&s->pile, n * 8, &y[k], err));
    Run *r = &s->run[k];
    for (int64_t i = 0, j = 0; i < n; i++) {
      while (j < r->n && r->x[j] < place[i]) j++;
      bool has = j < r->n && r->x[j] == place[i] && !isnan(r->y[j]);
      y[k][i] = has ? r->y[j] : 0, absent += !has, s->total[i] += y[k][i];
      if (y[k][i] < 0)
        return err_set(err, ERR_ARG,
                       "area: %s has %g at one place, areas stand on each other only above 0: leave stack out", r->name,
                       y[k][i]);
    }
  }
  int64_t m = lines_thin(place, s->total, n, chart_marks(&s->o->labels) / s->nrun, s->x.log, keep);
  for (int64_t i = 0; i < m; i++) {
    place[i] = place[keep[i]], s->total[i] = s->total[keep[i]];
    for (int k = 0; k < s->nrun; k++) y[k][i] = y[k][keep[i]];
  }
  for (int k = 0; k < s->nrun; k++) s->run[k] = (Run){m, place, y[k], NULL, s->run[k].name};
  if (absent)
    words_add_note(s->p, arena_printf(&s->p->arena, "%s absent values count as 0", words_count(s->p, absent)));
  return OK;
}

// ---- marks --------------------------------------------------------------------------------------------------------
static void add_run(Lines *s, const Run *r, int group, const int64_t *keep, int64_t n, const double *below) {
  static const MarkKind kinds[] = {MARK_LINE, MARK_AREA, MARK_STEP};
  Plot *p = s->p;
  Series *mark = plot_add(p, kinds[s->kind], n);
  mark->group = group, mark->name = s->nrun > 1 ? r->name : NULL;
  if (r->row) mark->rows = arena_array(&p->arena, int64_t, n);
  if (s->kind == AREA) mark->y2 = plot_array(p, n);
  for (int64_t i = 0; i < n; i++) {
    int64_t at = keep ? keep[i] : i;
    mark->x[i] = r->x[at], mark->y[i] = r->y[at] + (below ? below[at] : 0);
    if (mark->y2) mark->y2[i] = below ? below[at] : p->y.lo > 0 ? p->y.lo : 0;
    if (mark->rows) mark->rows[i] = row_handle(&s->o->labels, r->row[at]);
  }
}

static ErrCode add_runs(Lines *s, Err *err) {
  int64_t *keep, most = chart_marks(&s->o->labels) / s->nrun;
  TRY(pile_new(&s->pile, s->nrow * 8, &keep, err));
  for (int k = 0; k < s->nrun; k++) {
    const Run *r = &s->run[k];
    int64_t n = lines_thin(r->x, r->y, r->n, most, s->x.log, keep);
    if (n < r->n && k == 0) words_add_note(s->p, "thinned: of each column the first, least, greatest and last point");
    if (n) add_run(s, r, k, keep, n, NULL);
  }
  return OK;
}

static ErrCode add_stack(Lines *s, Err *err) {
  int64_t n = s->run[0].n;
  TRY(pile_new(&s->pile, n * 8, &s->below, err));
  for (int64_t i = 0; i < n; i++) s->below[i] = 0;
  for (int k = 0; k < s->nrun; k++) {
    add_run(s, &s->run[k], k, NULL, n, s->below);
    for (int64_t i = 0; i < n; i++) s->below[i] += s->run[k].y[i];
  }
  return OK;
}

static void range_of(const Lines *s, const double *v, int64_t n, double *lo, double *hi) {
  (void)s;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(v[i])) *lo = v[i] < *lo ? v[i] : *lo, *hi = v[i] > *hi ? v[i] : *hi;
}

static void set_symlog(Lines *s, Axis *a) {
  const Run *r = &s->run[0];
  for (int k = 1; k < s->nrun; k++)
    if (s->run[k].n > r->n) r = &s->run[k];
  axis_symlog(a, r->y, r->n);
}

static void set_axes(Lines *s, bool stacked) {
  double lo = INFINITY, hi = -INFINITY;
  bool log = s->y[0].log;
  for (int k = 0; k < s->nrun && !stacked; k++) range_of(s, s->run[k].y, s->run[k].n, &lo, &hi);
  if (stacked) range_of(s, s->total, s->run[0].n, &lo, &hi);
  if (s->kind == AREA && !log) axis_from_zero(&s->p->y, lo, hi);
  else axis_over(&s->p->y, AXIS_NUMBER, lo, hi, log);
  if (s->y[0].symlog) set_symlog(s, &s->p->y);
  if (s->categories) s->p->x = axis_of_names(s->p, s->place.name, s->place.n, false);
  else axis_over(&s->p->x, s->along_rows ? AXIS_NUMBER : use_axis(&s->x), s->at[0], s->at[s->nrow - 1], s->x.log);
  if (s->x.symlog) axis_symlog(&s->p->x, s->at, s->nrow);
}

// ---- words --------------------------------------------------------------------------------------------------------
typedef struct Ends { // places of a run; -1 = none
  int64_t first, last, least, most;
} Ends;

static Ends ends_of(const Run *r) {
  Ends e = {-1, -1, -1, -1};
  for (int64_t i = 0; i < r->n; i++) {
    if (isnan(r->y[i])) continue;
    if (e.first < 0) e.first = e.least = e.most = i;
    if (r->y[i] < r->y[e.least]) e.least = i;
    if (r->y[i] > r->y[e.most]) e.most = i;
    e.last = i;
  }
  return e;
}

static const char *value_at(Lines *s, const Run *r, int64_t i) {
  Plot *p = s->p;
  return arena_printf(&p->arena, "%s at %s", words_number(p, r->y[i]), words_at(p, &p->x, r->x[i]));
}

static const char *one_line(Lines *s) {
  const Run *r = &s->run[0];
  Ends e = ends_of(r);
  if (e.first == e.last) return arena_printf(&s->p->arena, "one point: %s %s", r->name, value_at(s, r, e.first));
  const char *ends =
      arena_printf(&s->p->arena, "%s from %s to %s", r->name, value_at(s, r, e.first), value_at(s, r, e.last));
  return arena_printf(&s->p->arena, "%s; highest %s, lowest %s", ends, value_at(s, r, e.most), value_at(s, r, e.least));
}

static const char *several_lines(Lines *s) {
  int most = -1, end = -1;
  Ends e[CHART_MOST_GROUPS];
  for (int k = 0; k < s->nrun; k++) {
    const Run *r = &s->run[k];
    e[k] = ends_of(r);
    if (e[k].first < 0) continue;
    if (most < 0 || r->y[e[k].most] > s->run[most].y[e[most].most]) most = k;
    if (end < 0 || r->y[e[k].last] > s->run[end].y[e[end].last]) end = k;
  }
  return arena_printf(&s->p->arena, "%d lines; highest %s, %s; at the end %s is highest, %s", s->nrun,
                      s->run[most].name, value_at(s, &s->run[most], e[most].most), s->run[end].name,
                      value_at(s, &s->run[end], e[end].last));
}

static const char *stack_words(Lines *s) {
  Plot *p = s->p;
  int best = 0;
  double sums[CHART_MOST_GROUPS], all = 0;
  for (int k = 0; k < s->nrun; k++) {
    sums[k] = sum_f64(s->pile.job, s->run[k].y, s->run[k].n), all += sums[k];
    if (sums[k] > sums[best]) best = k;
  }
  Run total = {s->run[0].n, s->run[0].x, s->total, NULL, "total"};
  Ends e = ends_of(&total);
  return arena_printf(&p->arena, "total highest %s; largest part %s with %s", value_at(s, &total, e.most),
                      s->run[best].name, words_share(p, sums[best], all > 0 ? all : 1));
}

static void describe(Lines *s, bool stacked) {
  Plot *p = s->p;
  static const char *const stats[] = {"", "", "mean", "sum"};
  const char *thinned = p->note;
  p->n = s->nrow, p->note = NULL;
  for (int k = 0; k < s->ny; k++) p->n -= s->ny == 1 ? s->y[k].missing + s->y[k].not_finite + s->y[k].not_positive : 0;
  Levels *by = s->categories ? &s->place : s->groups ? &s->by : NULL;
  words_add_note(p, rows_note(&s->x, s->x.col ? 1 : 0, by, p));
  const char *gaps = rows_note(s->y, s->ny, NULL, p);
  if (gaps && s->stat == STAT_NONE)
    gaps = arena_printf(&p->arena, "%.*s: gaps", (int)strlen(gaps) - (int)strlen(": not shown"), gaps);
  words_add_note(p, gaps);
  words_add_note(p, thinned);
  if (s->stat > STAT_NONE && s->nrow > s->run[0].n)
    words_add_note(p, arena_printf(&p->arena, "a point is the %s of the rows at its place", stats[s->stat]));
  p->reading = stacked ? stack_words(s) : s->nrun == 1 ? one_line(s) : several_lines(s);
  if (s->groups) p->groups = words_copy(p, sv(s->by.column), CHART_NAME_COLUMNS);
  words_labels(p, &s->o->labels, s->categories ? s->place.column : s->x.name, s->ny == 1 ? s->y[0].name : NULL);
  if (s->categories) p->x.of = behind_levels(p, &s->place);
  else if (s->x.col) p->x.of = behind_use(p, &s->x);
  if (s->groups) p->group_of = behind_levels(p, &s->by);
}

static ErrCode fill(Lines *s, Err *err) {
  TRY(load(s, err));
  TRY(load_runs(s, err));
  bool stacked = s->kind == AREA && s->o->stack && s->nrun > 1;
  if (stacked) TRY(align_runs(s, err));
  set_axes(s, stacked);
  TRY(stacked ? add_stack(s, err) : add_runs(s, err));
  describe(s, stacked);
  return OK;
}

static ErrCode make_kind(const char *chart, LineKind kind, Job *job, const Frame *d, const void *opts, Plot *out,
                         Err *err) {
  const ChartLabels *labels = opts;
  Lines s = {.pile = {.job = job, .chart = chart, .whole = labels->whole}, .o = opts, .kind = kind, .p = out, .d = d};
  ErrCode code = fill(&s, err);
  pile_free(&s.pile);
  return code;
}

static ErrCode make_line(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  return make_kind("line", LINE, job, d, opts, out, err);
}
static ErrCode make_area(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  return make_kind("area", AREA, job, d, opts, out, err);
}
static ErrCode make_step(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  return make_kind("step", STEP, job, d, opts, out, err);
}

const ChartType chart_line = {.name = "line",
                              .signature = "d:line{\"date\", \"y\"}",
                              .summary = "number columns as lines along a column or the rows",
                              .example = "return data('airpassengers'):line{'month', 'passengers'}",
                              .params = PARAMS,
                              .opts_size = sizeof(LineOpts),
                              .npos = 2,
                              .again = AGAIN_ABOUT,
                              .make = make_line};

const ChartType chart_area = {.name = "area",
                              .signature = "d:area{\"date\", {\"a\", \"b\"}, stack=true}",
                              .summary = "lines filled down to 0, or standing on each other",
                              .example = "return data('cars'):area{'Year', 'Horsepower', color='Origin', stack=true}",
                              .params = AREA_PARAMS,
                              .opts_size = sizeof(LineOpts),
                              .npos = 2,
                              .again = AGAIN_ABOUT,
                              .make = make_area};

const ChartType chart_step = {.name = "step",
                              .signature = "d:step{\"date\", \"y\"}",
                              .summary = "lines that keep their value until the next point",
                              .example = "return data('airpassengers'):head(24):step{'month', 'passengers'}",
                              .params = PARAMS,
                              .opts_size = sizeof(LineOpts),
                              .npos = 2,
                              .again = AGAIN_ABOUT,
                              .make = make_step};
