// Every pair of columns at a glance, as a table of panels: below the diagonal each two columns against each other, on
// it the histogram of a column, above it the correlation coefficient of the pair, of all rows and of each group. Each
// pair uses the rows that have both. Above the number of points that the panels can hold in all, a panel holds counts
// on a grid.
#include "chart/points_int.h"

#include <math.h>

enum { MOST_COLUMNS = 8, HIST_BINS = 15 };

typedef struct PairsOpts {
  ChartLabels labels;
  Names columns;
  const char *color;
} PairsOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(PairsOpts, columns), 0, 0, "", NULL,
     "number columns, at most 8; the first number columns when none is given"},
    {"color", PARAM_TEXT, offsetof(PairsOpts, color), 0, 0, "", NULL, "column whose levels are coloured, at most 6"},
    CHART_LABELS(PairsOpts),
    PARAM_END};

typedef struct Pairs {
  Pile pile;
  const PairsOpts *o;
  Plot *p;
  const Frame *d;
  Use use[MOST_COLUMNS];
  int ncolumn, nmore;
  const char *name[MOST_COLUMNS];
  Levels by;
  bool groups;
  int64_t nrow, *row;      // rows with a level
  double *v[MOST_COLUMNS]; // nrow; NaN where there is no value
  double lo[MOST_COLUMNS], hi[MOST_COLUMNS];
  double *x, *y;        // of one pair
  int64_t *from;        // the row of each point
  double first, second; // strongest correlations
  int at[4];            // their columns; -1 = none
} Pairs;

// ---- loading ------------------------------------------------------------------------------------------------------
static ErrCode find_columns(Pairs *s, Err *err) {
  static const char advice[] = "pairs need numbers";
  const Names *names = &s->o->columns;
  if (names->n > MOST_COLUMNS)
    return err_set(err, ERR_ARG, "pairs: %lld columns are too many, at most %d fit", (long long)names->n, MOST_COLUMNS);
  for (int64_t k = 0; k < names->n; k++)
    TRY(use_find(s->d, "pairs", names->name[k], false, advice, &s->use[s->ncolumn++], err));
  for (int j = 0; j < frame_ncol(s->d) && names->n == 0; j++) {
    ColType type = frame_at(s->d, j)->type;
    if ((type != COL_F64 && type != COL_I64) || (s->o->color && strcmp(s->o->color, frame_name(s->d, j)) == 0))
      continue;
    if (s->ncolumn == MOST_COLUMNS) s->nmore++;
    else s->use[s->ncolumn++] = (Use){.col = frame_at(s->d, j), .name = frame_name(s->d, j)};
  }
  if (s->ncolumn >= 2) return OK;
  return err_set(err, ERR_ARG, "pairs: %d number column%s, at least 2 are needed", s->ncolumn,
                 s->ncolumn == 1 ? "" : "s");
}

static ErrCode load_column(Pairs *s, int k, Err *err) {
  Use *u = &s->use[k];
  int64_t m = 0;
  TRY(pile_new(&s->pile, s->nrow * 8, &s->v[k], err));
  for (int64_t i = 0; i < s->nrow; i++) {
    double v = col_f64(u->col, s->row[i]);
    bool valid = col_valid(u->col, s->row[i]);
    u->missing += !valid, u->not_finite += valid && !isfinite(v);
    s->v[k][i] = isfinite(v) ? v : NAN;
    if (isfinite(v)) s->x[m++] = v;
  }
  if (m == 0) return err_set(err, ERR_ARG, "pairs: '%s' has no value that can be shown", u->name);
  points_range(s->pile.job, s->x, m, &s->lo[k], &s->hi[k]);
  s->name[k] = words_copy(s->p, sv(u->name), CHART_NAME_COLUMNS);
  return job_tick(s->pile.job, k, s->ncolumn, err);
}

static ErrCode load(Pairs *s, Err *err) {
  static const char levels[] = "keep fewer with d:where, or leave color out";
  TRY(find_columns(s, err));
  s->groups = s->o->color != NULL;
  if (s->groups) TRY(levels_load(&s->pile, s->d, s->o->color, CHART_MOST_GROUPS, levels, s->p, &s->by, err));
  TRY(rows_pick(&s->pile, NULL, 0, s->groups ? &s->by : NULL, frame_nrow(s->d), &s->row, &s->nrow, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &s->x, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &s->y, err));
  TRY(pile_new(&s->pile, s->nrow * 8, &s->from, err));
  for (int k = 0; k < s->ncolumn; k++) TRY(load_column(s, k, err));
  return OK;
}

// The points of a pair, of one level or (-1) of all.
static int64_t take_pair(Pairs *s, int j, int i, int64_t level) {
  int64_t n = 0;
  for (int64_t k = 0; k < s->nrow; k++) {
    double x = s->v[j][k], y = s->v[i][k];
    if (isnan(x) || isnan(y) || (level >= 0 && s->by.of[s->row[k]] != level)) continue;
    s->x[n] = x, s->y[n] = y, s->from[n++] = s->row[k];
  }
  return n;
}

// ---- panels -------------------------------------------------------------------------------------------------------
static void set_axis(const Pairs *s, Axis *a, int k) { axis_over(a, AXIS_NUMBER, s->lo[k], s->hi[k], false); }

static void add_hist(Pairs *s, Plot *panel, int k) {
  int64_t count[HIST_BINS] = {0}, most = 0, n = 0;
  set_axis(s, &panel->x, k);
  panel->x.of = (Behind){arena_strdup(&panel->arena, s->name[k]), VALUES_NUMBER};
  double lo = panel->x.lo, hi = panel->x.hi, scale = HIST_BINS / (hi - lo);
  if (!isfinite(scale)) scale = 0;
  for (int64_t i = 0; i < s->nrow; i++) {
    if (isnan(s->v[k][i])) continue;
    int b = (int)((s->v[k][i] - lo) * scale);
    count[b >= HIST_BINS ? HIST_BINS - 1 : b]++, n++;
  }
  Series *bars = plot_add(panel, MARK_BAR, HIST_BINS);
  bars->x2 = plot_array(panel, HIST_BINS), bars->rows = arena_array(&panel->arena, int64_t, HIST_BINS);
  for (int b = 0; b < HIST_BINS; b++) {
    bars->x[b] = b ? bars->x2[b - 1] : lo, bars->rows[b] = b, bars->y[b] = (double)count[b];
    bars->x2[b] = b == HIST_BINS - 1 ? hi : lo + (hi / HIST_BINS - lo / HIST_BINS) * (b + 1);
    most = count[b] > most ? count[b] : most;
  }
  axis_from_zero(&panel->y, 0, (double)most);
  panel->title = arena_strdup(&panel->arena, s->name[k]);
  panel->reading = arena_printf(&panel->arena, "%s from %s to %s", panel->title, words_number(panel, s->lo[k]),
                                words_number(panel, s->hi[k]));
  panel->n = n;
}

static void add_level(Pairs *s, Plot *panel, int64_t n, int64_t level) {
  if (!n) return;
  Series *mark = plot_add(panel, MARK_POINT, n);
  mark->rows = arena_array(&panel->arena, int64_t, n), mark->group = level < 0 ? 0 : (int)level;
  for (int64_t k = 0; k < n; k++) mark->x[k] = s->x[k], mark->y[k] = s->y[k], mark->rows[k] = s->from[k];
}

// A pair without a common row still needs its panel.
static void add_words(Plot *panel, const char *text, int group, ColourRole role, double y) {
  Series *t = plot_add(panel, MARK_TEXT, 1);
  t->label = arena_array(&panel->arena, const char *, 1);
  t->x[0] = 0.5, t->y[0] = y, t->label[0] = text, t->group = group, t->role = role;
}

// More points than a plot may have: counts on a grid, one of each level, so that they keep their colours.
static ErrCode add_crowd(Pairs *s, Plot *panel, int i, int j, Err *err) {
  ChartWhole whole = {.npanel = s->ncolumn * s->ncolumn * (s->groups ? (int)s->by.n : 1)};
  ChartLabels labels = {.whole = &whole};
  for (int64_t k = 0; k < (s->groups ? s->by.n : 1); k++) {
    int64_t n = take_pair(s, j, i, s->groups ? k : -1);
    if (!n) continue;
    TRY(points_grid(&s->pile, panel, &labels, s->x, s->y, n, err));
    if (s->groups) panel->series[panel->nseries - 1].group = (int)k;
    if (s->groups) panel->series[panel->nseries - 1].role = ROLE_GROUP;
  }
  return OK;
}

static ErrCode add_scatter(Pairs *s, Plot *panel, int i, int j, Err *err) {
  int64_t n = take_pair(s, j, i, -1);
  set_axis(s, &panel->x, j);
  set_axis(s, &panel->y, i);
  panel->x.of = (Behind){arena_strdup(&panel->arena, s->name[j]), VALUES_NUMBER};
  panel->y.of = (Behind){arena_strdup(&panel->arena, s->name[i]), VALUES_NUMBER};
  if (j == 0) panel->y.name = arena_strdup(&panel->arena, s->name[i]);
  if (i == s->ncolumn - 1) panel->x.name = arena_strdup(&panel->arena, s->name[j]);
  panel->title = "", panel->n = n;
  panel->reading = arena_printf(&panel->arena, "%s against %s", s->name[i], s->name[j]);
  if (n > PLOT_MOST_MARKS / (s->ncolumn * (s->ncolumn - 1) / 2)) return add_crowd(s, panel, i, j, err);
  if (!s->groups) add_level(s, panel, n, -1);
  for (int64_t k = 0; s->groups && k < s->by.n; k++) add_level(s, panel, take_pair(s, j, i, k), k);
  if (panel->nseries) return OK;
  panel->x = panel->y = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1};
  add_words(panel, "no row has both", 0, ROLE_FAINT, 0.5);
  return OK;
}

static void remember(Pairs *s, double r, int i, int j) {
  if (s->at[0] < 0 || fabs(r) > fabs(s->first)) {
    s->second = s->first, s->at[2] = s->at[0], s->at[3] = s->at[1];
    s->first = r, s->at[0] = i, s->at[1] = j;
  } else if (s->at[2] < 0 || fabs(r) > fabs(s->second)) {
    s->second = r, s->at[2] = i, s->at[3] = j;
  }
}

// The coefficient of columns i and j, of all and of each group.
static void add_coefficient(Pairs *s, Plot *panel, int i, int j) {
  int64_t lines = s->groups ? s->by.n + 1 : 1;
  panel->x = panel->y = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1};
  panel->title = "";
  for (int64_t k = -1; k < lines - 1; k++) {
    double r, at = 1 - ((double)k + 1.5) / (double)lines;
    int64_t n = take_pair(s, j, i, k);
    bool defined = false;
    if (n > 1) {
      PairSums sums = pairs_sum(s->pile.job, s->x, s->y, n);
      defined = pairs_correlation(&sums, &r);
    }
    const char *text = defined ? words_unit(panel, r, 2, true) : "no r";
    if (k < 0)
      panel->n = n, panel->reading = arena_printf(&panel->arena, "r of %s and %s: %s", s->name[i], s->name[j], text);
    if (k < 0 && defined) remember(s, r, i, j);
    if (k >= 0) text = arena_printf(&panel->arena, "%s %s", s->by.name[k], text);
    add_words(panel, text, k < 0 ? 0 : (int)k, k < 0 ? ROLE_FAINT : ROLE_GROUP, at);
  }
}

static ErrCode add_panels(Pairs *s, Err *err) {
  int n = s->ncolumn;
  plot_panels(s->p, n * n, n);
  s->at[0] = s->at[2] = -1;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) {
      Plot *panel = &s->p->panel[i * n + j];
      TRY(job_tick(s->pile.job, i * n + j, n * n, err));
      if (i == j) add_hist(s, panel, i);
      else if (i > j) TRY(add_scatter(s, panel, i, j, err));
      else add_coefficient(s, panel, i, j);
    }
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
static const char *pair_words(Pairs *s, int k, double r) {
  return arena_printf(&s->p->arena, "%s and %s %s", s->name[s->at[k]], s->name[s->at[k + 1]],
                      words_unit(s->p, r, 2, true));
}

static void describe(Pairs *s) {
  Plot *p = s->p;
  p->n = s->nrow;
  p->note = rows_note(s->use, s->ncolumn, s->groups ? &s->by : NULL, p);
  if (s->nmore) words_add_note(p, arena_printf(&p->arena, "%d more number columns are not shown", s->nmore));
  if (s->groups) p->groups = words_copy(p, sv(s->by.column), CHART_NAME_COLUMNS);
  words_labels(p, &s->o->labels, NULL, NULL);
  p->reading = "no pair of columns has a correlation";
  if (s->at[0] < 0) return;
  const char *then = s->at[2] < 0 ? "" : arena_printf(&p->arena, ", then %s", pair_words(s, 2, s->second));
  p->reading =
      arena_printf(&p->arena, "strongest pair: %s%s, n %s", pair_words(s, 0, s->first), then, words_count(p, s->nrow));
}

static ErrCode fill(Pairs *s, Err *err) {
  TRY(load(s, err));
  TRY(add_panels(s, err));
  describe(s);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  Pairs s = {.pile = {.job = job, .chart = "pairs"}, .o = opts, .d = d, .p = out};
  ErrCode code = fill(&s, err);
  pile_free(&s.pile);
  return code;
}

const ChartType chart_pairs = {
    .name = "pairs",
    .signature = "d:pairs{{\"a\", \"b\", \"c\"}, color=\"g\"}",
    .summary = "every pair of columns: scatters, histograms and correlations",
    .example =
        "return data('cars'):tail(85):pairs{{'Horsepower', 'Miles_per_Gallon', 'Acceleration'}, color='Origin'}",
    .params = PARAMS,
    .opts_size = sizeof(PairsOpts),
    .npos = 1,
    .make = make};
