// Residuals, actual - predicted, over what was predicted. A model that has found all there is leaves a level cloud of
// one width about 0: the smooth (lowess) shows where it strays, the rank correlation of the sizes with the predictions
// whether the spread changes. With `qq` their quantiles against those of the normal distribution (qq.c).
// Reference: Cook, Weisberg, "Residuals and influence in regression", Chapman and Hall 1982.
#include "chart/points_int.h"
#include "stats/stats.h"

#include "frame/verbs.h"

#include <math.h>

typedef struct ResidualsOpts {
  AnswerOpts of;
  double span;
  bool qq, smooth;
} ResidualsOpts;

const Param chart_residuals_params[] = {
    {"pred", PARAM_TEXT, offsetof(ResidualsOpts, of.pred), 0, 0, "", NULL, "column of what was predicted"},
    {"actual", PARAM_TEXT, offsetof(ResidualsOpts, of.actual), 0, 0, "", NULL, "column of what was"},
    {"qq", PARAM_BOOL, offsetof(ResidualsOpts, qq), 0, 0, "false", NULL, "quantiles against the normal distribution"},
    {"smooth", PARAM_BOOL, offsetof(ResidualsOpts, smooth), 0, 0, "true", NULL, "draw a lowess line"},
    {"span", PARAM_REAL, offsetof(ResidualsOpts, span), 0.05, 1, "0.6667", NULL,
     "share of the points that each place of the line sees"},
    CHART_LABELS(AnswerOpts),
    PARAM_END};

typedef struct Residuals {
  Pile pile;
  const ResidualsOpts *o;
  Plot *p;
  Use use[2]; // predicted, actual
  Points points;
  int64_t n;
  const double *x;
  double *r; // residuals
  Trend trend;
} Residuals;

static ErrCode load(Residuals *s, const Frame *d, Err *err) {
  static const char advice[] = "residuals are differences of numbers";
  if (!s->o->of.pred || !s->o->of.actual)
    return err_set(err, ERR_ARG, "residuals: name what was predicted and what was: d:residuals{\"pred\", \"actual\"}");
  TRY(use_find(d, "residuals", s->o->of.pred, false, advice, &s->use[0], err));
  TRY(use_find(d, "residuals", s->o->of.actual, false, advice, &s->use[1], err));
  TRY(points_load(&s->pile, s->use, 2, NULL, frame_nrow(d), &s->points, err));
  s->n = s->points.n, s->x = s->points.v[0];
  TRY(pile_new(&s->pile, s->n * 8, &s->r, err));
  for (int64_t i = 0; i < s->n; i++) s->r[i] = s->points.v[1][i] - s->x[i];
  if (sum_is_finite(s->r, s->n)) return OK;
  return err_set(err, ERR_NUMERIC, "residuals: the differences of '%s' and '%s' are more than numbers hold",
                 s->use[1].name, s->use[0].name);
}

// ---- marks --------------------------------------------------------------------------------------------------------
static void set_axes(Residuals *s) {
  double lo, hi;
  points_range(s->pile.job, s->x, s->n, &lo, &hi);
  axis_over(&s->p->x, AXIS_NUMBER, lo, hi, false);
  points_range(s->pile.job, s->r, s->n, &lo, &hi);
  for (int64_t i = 0; i < s->trend.n; i++) lo = fmin(lo, s->trend.y[i]), hi = fmax(hi, s->trend.y[i]);
  axis_over(&s->p->y, AXIS_NUMBER, fmin(lo, 0), fmax(hi, 0), false);
  const ChartWhole *whole = s->o->of.labels.whole;
  if (whole && whole->plot) axis_whole(&s->p->x, &whole->plot->x), axis_whole(&s->p->y, &whole->plot->y);
}

static void add_points(Residuals *s) {
  Series *mark = plot_add(s->p, MARK_POINT, s->n);
  mark->rows = arena_array(&s->p->arena, int64_t, s->n);
  for (int64_t i = 0; i < s->n; i++) {
    mark->x[i] = s->x[i], mark->y[i] = s->r[i];
    mark->rows[i] = row_handle(&s->o->of.labels, points_row(&s->points, i));
  }
}

static void add_zero(Residuals *s) {
  Series *rule = plot_add(s->p, MARK_RULE, 1);
  rule->role = ROLE_FAINT, rule->x2 = plot_array(s->p, 1), rule->y2 = plot_array(s->p, 1);
  rule->x[0] = s->p->x.lo, rule->x2[0] = s->p->x.hi, rule->y[0] = rule->y2[0] = 0;
}

static void add_smooth(Residuals *s) {
  const Axis *y = &s->p->y;
  if (!s->trend.n) return;
  Series *line = plot_add(s->p, MARK_LINE, s->trend.n);
  line->group = 1;
  for (int64_t i = 0; i < s->trend.n; i++) {
    bool shown = s->trend.y[i] >= y->lo && s->trend.y[i] <= y->hi;
    line->x[i] = s->trend.x[i], line->y[i] = shown ? s->trend.y[i] : NAN;
  }
}

static ErrCode add_marks(Residuals *s, Err *err) {
  TrendOpts o = {.kind = TREND_LOWESS, .span = s->o->span};
  if (s->o->smooth) TRY(trend_fit(s->pile.job, s->x, s->r, s->n, &o, &s->trend, err));
  set_axes(s);
  if (s->n > chart_marks(&s->o->of.labels) - 2 * TREND_MARKS)
    TRY(points_grid(&s->pile, s->p, &s->o->of.labels, s->x, s->r, s->n, err));
  else add_points(s);
  add_zero(s);
  add_smooth(s);
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
// "; sizes grow with the prediction (rank r .45 [.2, .6])" where that is sure, from 20,000 rows at most.
static ErrCode spread_words(Residuals *s, const char **out, Err *err) {
  double *v, *rank, r;
  bool sure;
  int64_t m = s->n > PLOT_MOST_MARKS ? PLOT_MOST_MARKS : s->n;
  *out = "";
  if (m < 10) return OK;
  TRY(pile_new(&s->pile, 2 * m * 8, &v, err));
  TRY(pile_new(&s->pile, 2 * m * 8, &rank, err));
  for (int64_t k = 0; k < m; k++) {
    int64_t i = s->n == m ? k : (int64_t)((double)k * ((double)s->n / (double)m));
    v[k] = s->x[i], v[m + k] = fabs(s->r[i]);
  }
  TRY(rank_average(s->pile.job, v, m, rank, err));
  TRY(rank_average(s->pile.job, v + m, m, rank + m, err));
  if (!stats_pearson(s->pile.job, rank, rank + m, m, &r) || isnan(r)) return OK;
  const char *words = words_correlation(s->p, r, m, &sure);
  if (sure)
    *out = arena_printf(&s->p->arena, "; sizes %s with the prediction (rank r %s)", r > 0 ? "grow" : "fall", words);
  return OK;
}

static const char *smooth_words(const Residuals *s) {
  const Trend *t = &s->trend;
  int64_t far = 0;
  if (!t->n) return "";
  for (int64_t i = 1; i < t->n; i++)
    if (fabs(t->y[i]) > fabs(t->y[far])) far = i;
  return arena_printf(&s->p->arena, "; smooth farthest from 0 at %s: %s", words_number(s->p, t->x[far]),
                      words_number(s->p, t->y[far]));
}

static ErrCode describe(Residuals *s, Err *err) {
  Plot *p = s->p;
  const char *spread;
  int64_t far = 0;
  for (int64_t i = 1; i < s->n; i++)
    if (fabs(s->r[i]) > fabs(s->r[far])) far = i;
  double scale = fabs(s->r[far]) > 0 ? fabs(s->r[far]) : 1, *r = s->r;
  for (int64_t i = 0; i < s->n; i++) r[i] /= scale; // squares neither overflow nor vanish
  double rmse = sqrt(sum_dot(s->pile.job, r, r, s->n) / (double)s->n) * scale;
  for (int64_t i = 0; i < s->n; i++) r[i] *= scale;
  TRY(spread_words(s, &spread, err));
  p->n = s->n;
  p->reading = arena_printf(&p->arena, "RMSE %s; largest residual %s at %s%s%s", words_number(p, rmse),
                            words_number(p, s->r[far]), words_number(p, s->x[far]), smooth_words(s), spread);
  words_add_note(p, rows_note(s->use, 2, NULL, p));
  if (s->trend.sampled) words_add_note(p, "the smooth is of 20,000 rows, evenly from all");
  words_labels(p, &s->o->of.labels, "predicted", "residual");
  return OK;
}

// ---- quantiles ----------------------------------------------------------------------------------------------------
// A frame of the residuals, every row in its place, drawn as qq draws it.
static ErrCode residual_frame(Residuals *s, int64_t nrow, Frame *f, Err *err) {
  Column *c;
  TRY(column_new(s->pile.job, COL_F64, nrow, NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0, k = 0; i < nrow && code == OK; i++) {
    bool has = k < s->n && points_row(&s->points, k) == i;
    c->f[i] = has ? s->r[k++] : 0;
    if (!has) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(f, "residual", c, err);
  column_unref(c);
  return code;
}

static ErrCode draw_qq(Residuals *s, int64_t nrow, Err *err) {
  Frame *f = frame_new(nrow);
  ErrCode code = residual_frame(s, nrow, f, err);
  void *opts = arena_alloc(&s->p->arena, chart_qq.opts_size);
  param_defaults(chart_qq.params, opts);
  memcpy(opts, &s->o->of.labels, sizeof s->o->of.labels);
  if (code == OK) code = param_set_text(param_find(chart_qq.params, sv("x")), "residuals", opts, "residual", err);
  if (code == OK) {
    code = chart_qq.make(s->pile.job, f, opts, s->p, err);
    if (code != OK) err_prefix(err, "residuals");
  }
  frame_unref(f);
  return code;
}

static ErrCode fill(Residuals *s, const Frame *d, Err *err) {
  TRY(load(s, d, err));
  if (s->o->qq) return draw_qq(s, frame_nrow(d), err);
  TRY(add_marks(s, err));
  return describe(s, err);
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Residuals s = {.pile = {.job = job, .chart = "residuals", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&s, d, err);
  pile_free(&s.pile);
  return code;
}

const ChartType chart_residuals = {
    .name = "residuals",
    .signature = "d:residuals{\"pred\", \"actual\"}",
    .summary = "residuals over predictions with a smooth, or their normal quantiles",
    .example = "return data('cars'):derive{'mpg = 39.9 - 0.158 * Horsepower'}:residuals{'mpg', 'Miles_per_Gallon'}",
    .params = chart_residuals_params,
    .opts_size = sizeof(ResidualsOpts),
    .npos = 2,
    .make = make};
