// The profile of one column: statistics in groups of five, and its distribution as a plot. Long columns are profiled
// from an even sample, and say so.
#include "kernel/desk_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "chart/chart.h"
#include "frame/verbs.h"
#include "num/num.h"
#include "stats/stats.h"

#include <math.h>

enum { GROUP = 5, MOST = 40, LEVELS = 10, LEVEL_COLUMNS = 20 };

typedef struct Sheet { // the answer under construction
  Job *job;
  Arena *a;
  MsgColumn *m;
  const Column *c; // perhaps a sample ...
  bool part;
  const char *name;
} Sheet;

static void add(Sheet *s, const char *label, const char *value) {
  s->m->label.name[s->m->label.n++] = label;
  s->m->value.name[s->m->value.n++] = value;
}

static void end_group(Sheet *s) {
  while (s->m->label.n % GROUP) add(s, "", "");
}

static const char *distinct_words(const Sheet *s, int64_t n) {
  return arena_printf(s->a, "%s%s", s->part ? "≥" : "", word_count(s->a, n));
}

static void add_counts(Sheet *s, int64_t distinct) {
  add(s, "n", word_count(s->a, s->c->n - s->c->missing));
  add(s, "missing", word_count(s->a, s->c->missing));
  add(s, "distinct", distinct_words(s, distinct));
}

// ---- plots ---------------------------------------------------------------------------------------------------------
// A chart of one column under its name; false when it shows nothing (no values, one that is not finite ...).
static bool draw_binned(Sheet *s, const char *chart, const char *name, Column *column, Column *n, double width) {
  const ChartType *t = chart_find(sv(chart));
  Arena scratch;
  Err err;
  arena_init(&scratch);
  void *opts = arena_alloc(&scratch, t->opts_size);
  param_defaults(t->params, opts);
  Frame *f = frame_new(column->n);
  bool good = param_set_text(param_find(t->params, sv("x")), chart, opts, name, &err) == OK;
  good = frame_add(f, name, column, &err) == OK && good;
  if (width > 0) good = param_set_real(param_find(t->params, sv("width")), chart, opts, width, &err) == OK && good;
  if (n) good = frame_add(f, "rows", n, &err) == OK && good;
  if (n) good = param_set_text(param_find(t->params, sv("y")), chart, opts, "rows", &err) == OK && good;
  if (n) good = param_set_text(param_find(t->params, sv("stat")), chart, opts, "sum", &err) == OK && good;
  plot_init(&s->m->plot);
  if (good) good = chart_plot(s->job, t, f, opts, &s->m->plot, &err) == OK;
  if (!good) plot_fini(&s->m->plot), plot_init(&s->m->plot);
  s->m->has_plot = good;
  frame_unref(f);
  arena_fini(&scratch);
  return good;
}

static bool draw(Sheet *s, const char *chart, const char *name, Column *column, Column *n) {
  return draw_binned(s, chart, name, column, n, 0);
}

// The least step of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is at least `v`.
static double step_above(double v) {
  static const double steps[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
  double power = pow(10, floor(log10(v)));
  for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
    if (steps[k] * power >= v) return steps[k] * power;
  return 10 * power;
}

// About as many bins as a small pane has columns. Whole numbers keep the bins of the chart, unless each holds many of
// them: otherwise some would hold one value more than others and the picture would be full of teeth.
static void draw_numbers(Sheet *s, double range, double distinct) {
  enum { FINE = 27, VALUES = 20 };
  bool whole = s->c->type != COL_F64;
  bool fine = isfinite(range) && range > 0 && distinct > FINE && (!whole || range > FINE * VALUES);
  (void)draw_binned(s, "hist", s->name, column_ref(s->c), NULL, fine ? step_above(range / FINE) : 0);
}

// ---- numbers -------------------------------------------------------------------------------------------------------
static const char *sensible(const Sheet *s, double v) {
  if (isnan(v)) return "";
  char *word = arena_strdup(s->a, word_sensible(s->a, v, 4));
  if (col_style(s->c, s->name) == CELL_EXACT) fmt_drop_commas(word, 0, 9999);
  return word;
}

static const char *error_words(const Sheet *s, const Profile *p) { // with the decimals of the mean, two digits at least
  if (!isfinite(p->se)) return "";
  int decimals = fmt_decimals(p->mean, 4), own = fmt_decimals(p->se, 2);
  return decimals < 0 || own < 0 ? sensible(s, p->se) : word_fixed(s->a, p->se, own > decimals ? own : decimals);
}

// The outer percentiles, of the values that are no NaN.
static ErrCode add_percentiles(Sheet *s, Err *err) {
  static const char *const label[GROUP] = {"1%", "5%", "10%", "90%", "99%"};
  static const double p[GROUP] = {.01, .05, .1, .9, .99};
  double *x = mem_new((size_t)s->c->n * sizeof *x + 8), q[GROUP];
  if (!x) return err_set(err, ERR_MEMORY, "percentiles: the system has no memory left: take fewer rows");
  int64_t n = col_present_f64(s->c, x), real = 0;
  for (int64_t i = 0; i < n; i++)
    if (!isnan(x[i])) x[real++] = x[i];
  ErrCode code = real ? quantile_f64(s->job, x, real, 7, p, GROUP, q, err) : OK;
  for (int k = 0; k < GROUP && real && code == OK; k++) add(s, label[k], sensible(s, q[k]));
  mem_free(x);
  return code;
}

static ErrCode fill_numbers(Sheet *s, Err *err) {
  static const char *const ends[GROUP] = {"min", "q1", "median", "q3", "max"};
  Profile p;
  TRY(stats_profile(s->job, s->c, &p, err));
  add_counts(s, p.distinct + (p.nan > 0));
  add(s, "outliers", word_count(s->a, p.outliers));
  if (p.nan) add(s, "nan", word_count(s->a, p.nan));
  else if (s->c->type == COL_F64) add(s, "not int", word_count(s->a, p.parts));
  else add(s, "zeros", word_count(s->a, p.zeros));
  add(s, "mean", sensible(s, p.mean));
  add(s, "se", error_words(s, &p));
  add(s, "sd", sensible(s, p.sd));
  add(s, "skew", isnan(p.skew) ? "" : word_fixed(s->a, p.skew, 2));
  add(s, "mode", isnan(p.mode) ? "none" : sensible(s, p.mode));
  for (int k = 0; k < GROUP; k++) add(s, ends[k], sensible(s, p.q[k]));
  TRY(add_percentiles(s, err));
  draw_numbers(s, p.q[GROUP - 1] - p.q[0], (double)p.distinct);
  return OK;
}

// ---- dates ---------------------------------------------------------------------------------------------------------
static const char *date_words(Sheet *s, double v, Column *one) {
  one->i[0] = (int64_t)v;
  return word_cell(s->a, one, 0, MOST);
}

static const char *span_words(const Sheet *s, double length) {
  double days = s->c->type == COL_DATE ? length : length / 86400e6;
  if (days < 2 && s->c->type == COL_TIME) return arena_printf(s->a, "%s hours", word_sensible(s->a, days * 24, 4));
  if (days < 730) return arena_printf(s->a, "%s %s", word_sensible(s->a, days, 4), days == 1 ? "day" : "days");
  return arena_printf(s->a, "%s years", word_sensible(s->a, days / 365.2425, 3));
}

// A histogram of the numbers that dates are, on an axis of dates.
static ErrCode draw_dates(Sheet *s, Err *err) {
  Column *x;
  TRY(column_new(s->job, COL_I64, s->c->n, NULL, &x, err));
  memcpy(x->i, s->c->i, (size_t)x->n * sizeof *x->i);
  ErrCode code = OK;
  for (int64_t i = 0; i < x->n && s->c->missing && code == OK; i++)
    if (!col_valid(s->c, i)) code = column_set_missing(x, i, err);
  if (code != OK) return column_unref(x), code;
  if (!draw(s, "hist", s->name, x, NULL)) return OK;
  s->m->plot.x.kind = s->c->type == COL_DATE ? AXIS_DATE : AXIS_TIME;
  s->m->plot.reading = NULL; // its numbers are days
  return OK;
}

static ErrCode fill_dates(Sheet *s, Err *err) {
  Profile p;
  Column *one;
  TRY(stats_profile(s->job, s->c, &p, err));
  add_counts(s, p.distinct);
  if (!p.n) return OK;
  TRY(column_new(s->job, s->c->type, 1, NULL, &one, err));
  add(s, "first", date_words(s, p.q[0], one));
  add(s, "last", date_words(s, p.q[4], one));
  add(s, "span", span_words(s, p.q[4] - p.q[0]));
  add(s, "median", date_words(s, floor(p.q[2]), one));
  column_unref(one);
  return draw_dates(s, err);
}

// ---- levels --------------------------------------------------------------------------------------------------------
static int64_t longest(const Column *c) {
  int64_t most = 0;
  for (int64_t i = 0; i < c->n; i++) {
    Sv text = col_text(c, i);
    int64_t n = 0;
    for (size_t k = 0; k < text.n; k++) n += ((unsigned char)text.s[k] & 0xC0) != 0x80;
    if (n > most) most = n;
  }
  return most;
}

// The levels of `counted` (level, n; most frequent first) without the row of the missing ones.
static ErrCode present_levels(Job *job, const Frame *counted, Frame **out, Err *err) {
  int64_t n = frame_nrow(counted), m = 0, *row = mem_new((size_t)n * sizeof *row + 8);
  if (!row) return err_set(err, ERR_MEMORY, "counting levels: the system has no memory left: take fewer rows");
  for (int64_t i = 0; i < n; i++)
    if (col_valid(frame_at(counted, 0), i)) row[m++] = i;
  ErrCode code = frame_gather(job, counted, row, m, out, err);
  mem_free(row);
  return code;
}

static void add_levels(Sheet *s, const Frame *levels) {
  const Column *level = frame_at(levels, 0), *n = frame_at(levels, 1);
  int64_t once = 0, all = s->c->n - s->c->missing;
  for (int64_t i = 0; i < n->n; i++) once += n->i[i] == 1;
  add_counts(s, n->n);
  add(s, "once", word_count(s->a, once));
  if (col_is_text(s->c)) add(s, "longest", word_count(s->a, longest(s->c)));
  end_group(s);
  for (int64_t i = 0; i < n->n && i < LEVELS && n->i[0] > 1; i++)
    add(s, word_cell(s->a, level, i, LEVEL_COLUMNS),
        arena_printf(s->a, "%s  %s", word_count(s->a, n->i[i]), word_percent(s->a, (double)n->i[i] / (double)all, 1)));
}

static ErrCode draw_levels(Sheet *s, const Frame *levels, Err *err) {
  Frame *top;
  int64_t n = frame_nrow(levels);
  if (n == 0 || frame_at(levels, 1)->i[0] == 1) return OK; // all different: nothing to compare
  TRY(frame_slice(s->job, levels, 0, n < LEVELS ? n : LEVELS, &top, err));
  const char *name = strcmp(s->name, "rows") == 0 ? "level" : s->name;
  if (draw(s, "bar", name, column_ref(frame_at(top, 0)), column_ref(frame_at(top, 1)))) {
    Plot *p = &s->m->plot;
    p->n = s->c->n - s->c->missing;
    p->y.name = "rows";
    p->reading = NULL;
    if (n > LEVELS) p->note = arena_printf(&p->arena, "%s more levels are not shown", word_count(s->a, n - LEVELS));
  }
  frame_unref(top);
  return OK;
}

static ErrCode fill_levels(Sheet *s, const Frame *f, Err *err) {
  Names one = {&s->name, 1};
  Frame *counted, *levels = NULL;
  TRY(frame_count(s->job, f, &one, &counted, err));
  ErrCode code = present_levels(s->job, counted, &levels, err);
  if (code == OK) add_levels(s, levels);
  if (code == OK) code = draw_levels(s, levels, err);
  frame_unref(levels);
  frame_unref(counted);
  return code;
}

// ---- the answer ----------------------------------------------------------------------------------------------------
static const char *state_words(Arena *a, const Column *c, bool part) {
  double share = c->n ? (double)(c->n - c->missing) / (double)c->n : 1;
  const char *complete = c->missing ? arena_printf(a, "complete %s", word_percent(a, share, 1)) : "complete";
  return part ? arena_printf(a, "sample of %s rows, %s", word_count(a, SAMPLE_ROWS), complete) : complete;
}

static ErrCode fill(Sheet *s, const Frame *f, Err *err) {
  if (s->c->type == COL_DATE || s->c->type == COL_TIME) return fill_dates(s, err);
  return col_is_text(s->c) || s->c->type == COL_BOOL ? fill_levels(s, f, err) : fill_numbers(s, err);
}

ErrCode view_column(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  MsgColumn *m = &answer->Column;
  Arena *a = &answer->arena;
  const Frame *f = found->frame;
  const char *name = ask->ViewColumn.column;
  int j;
  TRY(frame_col(f, sv(name), &j, err));
  m->object = ask->ViewColumn.object, m->column = name, m->target = ask->ViewColumn.target, m->version = found->version;
  m->kind = COLTYPES[frame_at(f, j)->type].name, m->place = j + 1, m->ncol = frame_ncol(f);
  m->label.name = arena_array(a, const char *, MOST), m->value.name = arena_array(a, const char *, MOST);
  Frame *part;
  TRY(frame_thinned(job, f, &(Names){&name, 1}, &part, err));
  bool thin = frame_nrow(part) < frame_nrow(f);
  m->state = state_words(a, frame_at(f, j), thin);
  Sheet s = {job, a, m, frame_at(part, 0), thin, name};
  ErrCode code = fill(&s, part, err);
  if (code == OK && col_is_number(s.c) && s.c->type != COL_BOOL) code = view_groups(job, a, f, j, m, err);
  frame_unref(part);
  return code;
}
