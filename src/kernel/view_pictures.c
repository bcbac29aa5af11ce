// The pictures of an evaluation. All of two classes share the operating point: now, before, and the best one stand
// on every curve. They come from the curve that the evaluation keeps; those of a regression are the charts of
// e:residuals().
#include "kernel/evaluation_int.h"

#include "chart/chart.h"

#include <math.h>

enum { STEPS = 200, MOST_CURVES = 6, MOST_POINTS = 400 };

typedef struct Picture {
  Scene *s;
  Plot *p;
} Picture;

// ---- marks -------------------------------------------------------------------------------------------------------
static Series *add_line(Plot *p, const double *x, const double *y, int64_t n, int group, const char *name) {
  Series *s = plot_add(p, MARK_LINE, n);
  memcpy(s->x, x, (size_t)n * sizeof *x);
  memcpy(s->y, y, (size_t)n * sizeof *y);
  s->group = group, s->name = name;
  return s;
}

static Series *add_rule(Plot *p, double x1, double y1, double x2, double y2) {
  Series *s = plot_add(p, MARK_RULE, 1);
  s->role = ROLE_FAINT, s->x2 = plot_array(p, 1), s->y2 = plot_array(p, 1);
  s->x[0] = x1, s->y[0] = y1, s->x2[0] = x2, s->y2[0] = y2;
  return s;
}

static void unit_axes(Plot *p, const char *x, const char *y) {
  p->x = p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  p->x.name = x, p->y.name = y;
}

static void add_point(const Picture *q, int group, const char *name, double t, double x, double y) {
  if (isnan(x) || isnan(y)) return;
  Series *one = plot_add(q->p, MARK_POINT, 1);
  one->group = group, one->x[0] = x, one->y[0] = y;
  one->name = arena_printf(&q->p->arena, "%s %s", name, word_unit(q->s->a, t, 2, false));
}

typedef void PlaceFn(const Scene *s, double t, double *x, double *y);

// The three thresholds on a curve, now last, so that it lies on top.
static void add_points(const Picture *q, PlaceFn *place) {
  const Scene *s = q->s;
  double x, y;
  if (s->best != s->threshold && s->best != s->was) {
    place(s, s->best, &x, &y);
    add_point(q, 2, s->has_cost ? "cheapest" : "knee", s->best, x, y);
  }
  if (s->was != s->threshold) {
    place(s, s->was, &x, &y);
    add_point(q, 1, "was", s->was, x, y);
  }
  place(s, s->threshold, &x, &y);
  add_point(q, 0, "now", s->threshold, x, y);
}

static const char *name_of(const Picture *q, const Judged *j, const char *what, double v) {
  if (!q->s->other.e) return NULL;
  return arena_printf(&q->p->arena, "%s %s %s", j->name, what, word_unit(q->s->a, v, 3, false));
}

// Both evaluations, this one last.
typedef void CurveFn(const Picture *q, const Judged *j, int group);
static void add_curves(const Picture *q, CurveFn *add) {
  if (q->s->other.e) add(q, &q->s->other, 1);
  add(q, &q->s->main, 0);
}

// ---- two classes -------------------------------------------------------------------------------------------------
static void place_roc(const Scene *s, double t, double *x, double *y) {
  Counts c = curve_counts(s->main.curve, t);
  *x = 1 - counts_specificity(&c), *y = counts_recall(&c);
}
static void place_pr(const Scene *s, double t, double *x, double *y) {
  Counts c = curve_counts(s->main.curve, t);
  *x = counts_recall(&c), *y = counts_precision(&c);
}
static void place_gain(const Scene *s, double t, double *x, double *y) {
  Counts c = curve_counts(s->main.curve, t);
  *x = (double)(c.tp + c.fp) / (double)s->main.curve->n, *y = counts_recall(&c);
}
static void place_cost(const Scene *s, double t, double *x, double *y) {
  Counts c = curve_counts(s->main.curve, t);
  *x = t, *y = scene_cost(s, &c);
}

static void curve_roc(const Picture *q, const Judged *j, int group) {
  const Curve *c = j->curve;
  add_line(q->p, c->fpr, c->tpr, c->nroc, group, name_of(q, j, "AUC", c->auc.value));
}

static double average_precision(const Curve *c) {
  double sum = 0, last = 0;
  for (int64_t i = 0; i < c->npr; i++) sum += (c->recall[i] - last) * c->precision[i], last = c->recall[i];
  return sum;
}

static void curve_pr(const Picture *q, const Judged *j, int group) {
  const Curve *c = j->curve;
  add_line(q->p, c->recall, c->precision, c->npr, group, name_of(q, j, "AP", average_precision(c)));
}

static void curve_gain(const Picture *q, const Judged *j, int group) {
  const Curve *c = j->curve;
  double x[MOST_POINTS + 1], y[MOST_POINTS + 1];
  int64_t n = c->n < MOST_POINTS ? c->n : MOST_POINTS;
  for (int64_t i = 0; i <= n; i++) {
    int64_t said = (int64_t)llround((double)i * (double)c->n / (double)n);
    x[i] = (double)said / (double)c->n, y[i] = (double)(c->npos - c->pos[c->n - said]) / (double)c->npos;
  }
  add_line(q->p, x, y, n + 1, group, q->s->other.e ? j->name : NULL);
}

static void curve_cost(const Picture *q, const Judged *j, int group) {
  double x[STEPS + 1], y[STEPS + 1];
  for (int i = 0; i <= STEPS; i++) {
    Counts c = curve_counts(j->curve, (double)i / STEPS);
    x[i] = (double)i / STEPS, y[i] = scene_cost(q->s, &c);
    q->p->y.hi = fmax(q->p->y.hi, y[i]);
  }
  add_line(q->p, x, y, STEPS + 1, group, q->s->other.e ? j->name : NULL);
}

static void say_point(const Picture *q) {
  const Scene *s = q->s;
  q->p->reading =
      arena_printf(&q->p->arena, "at %s it finds %s of the %s and takes %s of the %s for them",
                   word_unit(s->a, s->threshold, 2, false), word_percent(s->a, counts_recall(&s->now_counts), 0),
                   s->m->positive, word_percent(s->a, 1 - counts_specificity(&s->now_counts), 0), s->m->negative);
}

static void draw_roc(const Picture *q) {
  q->p->title = "ROC";
  unit_axes(q->p, "FPR", "TPR");
  add_rule(q->p, 0, 0, 1, 1)->name = "chance";
  add_curves(q, curve_roc);
  add_points(q, place_roc);
}

static void draw_pr(const Picture *q) {
  const Curve *c = q->s->main.curve;
  double base = (double)c->npos / (double)c->n;
  q->p->title = "PR";
  unit_axes(q->p, "recall", "precision");
  add_rule(q->p, 0, base, 1, base);
  add_curves(q, curve_pr);
  add_points(q, place_pr);
}

static void draw_gain(const Picture *q) {
  q->p->title = "gain";
  unit_axes(q->p, "share of rows", "found");
  add_rule(q->p, 0, 0, 1, 1);
  add_curves(q, curve_gain);
  add_points(q, place_gain);
}

// The end of an axis from 0 that holds v: a few even steps of 1, 2 or 5.
static double round_top(double v) {
  static const double STEP[] = {1, 2, 5, 10};
  if (!(v > 0) || !isfinite(v)) return 1;
  double ten = pow(10, floor(log10(v / 3)));
  for (int k = 0; k < 4; k++)
    if (v / (STEP[k] * ten) <= 4) return ceil(v / (STEP[k] * ten)) * STEP[k] * ten;
  return v;
}

// As the screen writes thresholds: two digits where they say it all.
static const char *threshold_words(Arena *a, double t) {
  return word_unit(a, t, fabs(t * 100 - round(t * 100)) < 1e-6 ? 2 : 3, false);
}

static void draw_cost(const Picture *q) {
  const Scene *s = q->s;
  Plot *p = q->p;
  double best = s->best, x, y;
  p->title = s->has_cost ? "cost" : "errors";
  p->x = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true, .name = "threshold"};
  p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1};
  add_curves(q, curve_cost);
  p->y.hi = round_top(p->y.hi);
  add_points(q, place_cost);
  CostOpts cost = s->cost;
  best = curve_best(s->main.curve, &cost);
  place_cost(s, best, &x, &y);
  p->note = arena_printf(&p->arena, "%s %s at %s", s->has_cost ? "cheapest" : "fewest", word_sensible(s->a, y, 6),
                         threshold_words(s->a, best));
}

// ---- calibration -------------------------------------------------------------------------------------------------
static ErrCode add_bins(const Picture *q, const Judged *j, int group, const char *name, bool intervals, Err *err) {
  Scene *s = q->s;
  const Curve *c = j->curve;
  void *block = mem_new((size_t)c->n + 1);
  if (!block) return err_set(err, ERR_MEMORY, "a calibration: the system has no memory left");
  uint8_t *hit = block;
  ReliabilityBin bin[10];
  for (int64_t i = 0; i < c->n; i++) hit[i] = c->pos[i + 1] > c->pos[i];
  int64_t n = stats_reliability(s->job, c->score, hit, c->n, &(ReliabilityOpts){10, true}, bin);
  mem_free(block);
  for (int64_t i = 0; i < n && intervals; i++) {
    Series *r = add_rule(q->p, bin[i].score, bin[i].low, bin[i].score, bin[i].high);
    r->role = ROLE_GROUP, r->group = group ? 5 : 4;
  }
  Series *marks = plot_add(q->p, intervals ? MARK_POINT : MARK_LINE, n);
  marks->group = group, marks->name = name;
  for (int64_t i = 0; i < n; i++) marks->x[i] = bin[i].score, marks->y[i] = bin[i].share;
  q->p->note = arena_printf(&q->p->arena, "error %s", word_unit(s->a, stats_calibration_error(bin, n), 3, false));
  return OK;
}

static ErrCode draw_calibration(const Picture *q, Err *err) {
  Scene *s = q->s;
  q->p->title = "calibration";
  unit_axes(q->p, "score", "came true");
  add_rule(q->p, 0, 0, 1, 1)->name = "ideal";
  add_rule(q->p, s->threshold, 0, s->threshold, 1);
  if (s->other.e) TRY(add_bins(q, &s->other, 1, s->other.name, true, err));
  return add_bins(q, &s->main, 0, s->other.e ? s->main.name : NULL, true, err);
}

static ErrCode draw_two(const Picture *q, int which, Err *err) {
  switch (which) {
  case EVALUATION_ROC: draw_roc(q); break;
  case EVALUATION_PR: draw_pr(q); break;
  case EVALUATION_GAIN: draw_gain(q); break;
  case EVALUATION_COST: draw_cost(q); break;
  default: TRY(draw_calibration(q, err)); break;
  }
  q->p->n = q->s->main.curve->n;
  say_point(q);
  return OK;
}

// ---- all classes -------------------------------------------------------------------------------------------------
static ErrCode draw_chart(Scene *s, const char *chart, const Frame *f, const char *const *option, Plot *p, Err *err) {
  const ChartType *t = chart_find(sv(chart));
  void *opts = arena_alloc(s->a, t->opts_size);
  param_defaults(t->params, opts);
  for (; option && *option; option += 2)
    TRY(param_set_text(param_find(t->params, sv(option[0])), chart, opts, option[1], err));
  return chart_plot(s->job, t, f, opts, p, err);
}

// The mean of the classes' shares found, at each share of the others taken for them.
static void add_mean_roc(const Picture *q, double *sum, int n) {
  double x[STEPS + 1];
  for (int i = 0; i <= STEPS; i++) x[i] = (double)i / STEPS, sum[i] /= n;
  add_line(q->p, x, sum, STEPS + 1, 0, "mean")->role = ROLE_FAINT;
}

static void add_to_mean(const Curve *c, double *sum) {
  int64_t k = 0;
  for (int i = 0; i <= STEPS; i++) {
    double x = (double)i / STEPS;
    while (k + 1 < c->nroc && c->fpr[k + 1] <= x) k++;
    double y = c->tpr[k];
    if (k + 1 < c->nroc && c->fpr[k + 1] > c->fpr[k])
      y += (x - c->fpr[k]) / (c->fpr[k + 1] - c->fpr[k]) * (c->tpr[k + 1] - c->tpr[k]);
    sum[i] += y;
  }
}

static ErrCode add_class(const Picture *q, int which, int k, int group, double *mean, Err *err) {
  Scene *s = q->s;
  Judged j = {.e = s->e, .name = s->info.levels->name[k], .class = k};
  ErrCode code = eval_curve_of(s->job, s->e, k, &j.own, err);
  if (code == ERR_ARG) return OK; // the test rows have no row of it, or no other
  if (code != OK) return code;
  j.curve = j.own;
  const char *name = arena_strdup(&q->p->arena, j.name);
  add_to_mean(j.curve, mean);
  if (which == EVALUATION_ROC) curve_roc(q, &j, group);
  if (which == EVALUATION_PR) curve_pr(q, &j, group);
  if (which == EVALUATION_GAIN) curve_gain(q, &j, group);
  if (which == EVALUATION_CALIBRATION) code = add_bins(q, &j, group, name, false, err);
  if (q->p->nseries) q->p->series[q->p->nseries - 1].name = name;
  curve_free(j.own);
  return code;
}

static ErrCode draw_classes(const Picture *q, int which, Err *err) {
  static const char *const TITLE[] = {"ROC", "PR", "gain", "", "calibration"};
  static const char *const X[] = {"FPR", "recall", "share of rows", "", "score"};
  static const char *const Y[] = {"TPR", "precision", "found", "", "came true"};
  Scene *s = q->s;
  double mean[STEPS + 1] = {0};
  int n = (int)s->info.levels->n, shown = n < MOST_CURVES ? n : MOST_CURVES;
  q->p->title = TITLE[which], q->p->groups = s->info.target, q->p->n = s->m->n;
  unit_axes(q->p, X[which], Y[which]);
  if (which != EVALUATION_PR) add_rule(q->p, 0, 0, 1, 1);
  for (int k = 0; k < shown; k++) TRY(add_class(q, which, k, k, mean, err));
  if (which == EVALUATION_ROC && shown == n) add_mean_roc(q, mean, n);
  q->p->reading = arena_printf(&q->p->arena, "each class against the others%s",
                               shown < n ? arena_printf(s->a, ", the first %d of %d", shown, n) : "");
  q->p->note = NULL;
  return OK;
}

static ErrCode draw_confusion(const Picture *q, Err *err) {
  static const char *const OPTION[] = {"actual", "actual", "pred", "pred", NULL};
  Frame *f;
  TRY(eval_answers(q->s->job, q->s->e, &f, err));
  ErrCode code = draw_chart(q->s, "confusion", f, OPTION, q->p, err);
  frame_unref(f);
  q->p->title = "confusion";
  return code;
}

// ---- values ------------------------------------------------------------------------------------------------------
// A line where predicted is actual, over what both axes share.
static void add_ideal(Plot *p) {
  double lo = fmax(p->x.lo, p->y.lo), hi = fmin(p->x.hi, p->y.hi);
  if (lo < hi) add_rule(p, lo, lo, hi, hi);
}

static ErrCode draw_quantiles(const Picture *q, const Frame *f, Err *err) {
  Scene *s = q->s;
  const Column *c = frame_at(f, frame_ncol(f) - 1);
  double *miss = arena_array(s->a, double, c->n + 1), p[101], v[101];
  if (c->n == 0) return OK;
  for (int64_t i = 0; i < c->n; i++) miss[i] = fabs(c->f[i]);
  for (int i = 0; i <= 100; i++) p[i] = i / 100.0;
  TRY(quantile_f64(s->job, miss, c->n, 7, p, 101, v, err));
  q->p->title = "error quantiles", q->p->n = c->n;
  q->p->x = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true, .name = "share of rows"};
  q->p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = v[100] > 0 ? v[100] : 1, .name = "off by at most"};
  add_line(q->p, p, v, 101, 0, NULL);
  q->p->reading = arena_printf(&q->p->arena, "half are off by at most %s, nine in ten by %s",
                               word_sensible(s->a, v[50], 4), word_sensible(s->a, v[90], 4));
  return OK;
}

static ErrCode draw_values(const Picture *q, int which, Err *err) {
  static const char *const XY[] = {"x", "actual", "y", "pred", NULL},
                           *const OFF[] = {"x", "pred", "y", "residual", NULL}, *const ONE[] = {"x", "residual", NULL};
  Frame *f;
  ErrCode code = OK;
  Plot *p = q->p;
  TRY(eval_residuals(q->s->job, q->s->e, &f, err));
  switch (which) {
  case EVALUATION_ROC:
    code = draw_chart(q->s, "scatter", f, XY, p, err);
    p->title = "predicted";
    if (code == OK) add_ideal(p);
    break;
  case EVALUATION_PR:
    code = draw_chart(q->s, "scatter", f, OFF, p, err);
    p->title = "residuals";
    if (code == OK && p->y.lo < 0 && p->y.hi > 0) add_rule(p, p->x.lo, 0, p->x.hi, 0);
    break;
  case EVALUATION_GAIN: code = draw_quantiles(q, f, err); break;
  case EVALUATION_COST:
    code = draw_chart(q->s, "hist", f, ONE, p, err);
    p->title = "residuals";
    break;
  default:
    code = draw_chart(q->s, "qq", f, ONE, p, err);
    p->title = "normal quantiles";
    break;
  }
  frame_unref(f);
  return code;
}

ErrCode scene_draw(Scene *s, int which, Plot *p, bool *there, Err *err) {
  Picture q = {s, p};
  *there = true;
  if (s->main.curve) return draw_two(&q, which, err);
  if (s->info.task == TASK_REGRESSION) return draw_values(&q, which, err);
  return which == EVALUATION_COST ? draw_confusion(&q, err) : draw_classes(&q, which, err);
}
