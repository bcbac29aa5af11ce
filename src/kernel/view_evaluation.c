// An evaluation at a threshold: what its points, counts, metrics and changed rows are, as text and as a picture. All of
// it comes from the curve that the evaluation keeps, so that a key costs a search and a few formats.
#include "kernel/desk_int.h"

#include "chart/chart.h"

#include <math.h>
#include <stdio.h>

enum { MOST_METRICS = 20, MOST_ROWS = 1000 };

typedef struct Scene {
  Job *job;
  Arena *a;
  const Evaluation *e;
  ModelInfo info;
  const Curve *curve;
  double threshold, was;
  CostOpts cost;
  bool has_cost;
  Counts now_counts, was_counts;
  MsgEvaluation *m;
} Scene;

// ---- what is asked -------------------------------------------------------------------------------------------------
static ErrCode check_share(const char *what, double v, Err *err) {
  if (v >= 0 && v <= 1) return OK;
  return err_set(err, ERR_ARG, "%s must be a number from 0 to 1, %g was given", what, v);
}

static ErrCode read_ask(Scene *s, const MsgViewEvaluation *v, Err *err) {
  CostOpts own = eval_get_cost(s->e);
  s->threshold = isnan(v->threshold) ? eval_get_threshold(s->e) : v->threshold;
  s->was = isnan(v->was) ? eval_get_threshold(s->e) : v->was;
  TRY(check_share("the threshold", s->threshold, err));
  TRY(check_share("the threshold before", s->was, err));
  if (!(v->fp >= 0 && v->fn >= 0 && isfinite(v->fp + v->fn)))
    return err_set(err, ERR_ARG, "costs must be numbers of at least 0");
  bool asked = v->fp > 0 || v->fn > 0;
  s->cost = asked ? (CostOpts){v->fp, v->fn} : own;
  s->has_cost = asked || own.fp != 1 || own.fn != 1;
  return OK;
}

// ---- metrics -------------------------------------------------------------------------------------------------------
static double ratio(int64_t part, int64_t whole) { return whole ? (double)part / (double)whole : NAN; }
static double accuracy(const Counts *c) { return ratio(c->tp + c->tn, c->tp + c->fp + c->tn + c->fn); }
static double precision(const Counts *c) { return ratio(c->tp, c->tp + c->fp); }
static double recall(const Counts *c) { return ratio(c->tp, c->tp + c->fn); }
static double specificity(const Counts *c) { return ratio(c->tn, c->tn + c->fp); }
static double f1(const Counts *c) { return ratio(2 * c->tp, 2 * c->tp + c->fp + c->fn); }

static const struct {
  const char *name;
  double (*of)(const Counts *c);
} SHARES[] = {
    {"accuracy", accuracy}, {"precision", precision}, {"recall", recall}, {"specificity", specificity}, {"F1", f1}};

static WireMetric *add_metric(Scene *s, const char *name) {
  WireMetric *w = &s->m->metric[s->m->nmetric++];
  *w = (WireMetric){.name = name, .now = "", .was = "", .change = ""};
  return w;
}

static void add_share(Scene *s, const char *name, double now, double was) {
  WireMetric *w = add_metric(s, name);
  double change = now - was;
  w->now = word_unit(s->a, now, 3, false), w->was = word_unit(s->a, was, 3, false);
  w->change = change == 0 ? "" : word_unit(s->a, change, 3, true);
  w->better = change > 0 ? 1 : change < 0 ? -1 : 0;
}

static double cost_of(const Scene *s, const Counts *c) {
  return s->cost.fp * (double)c->fp + s->cost.fn * (double)c->fn;
}

static void add_cost(Scene *s) {
  WireMetric *w = add_metric(s, arena_printf(s->a, "cost %s", s->m->cost));
  double now = cost_of(s, &s->now_counts), was = cost_of(s, &s->was_counts), change = now - was;
  const char *size = word_sensible(s->a, fabs(change), 6);
  w->now = word_sensible(s->a, now, 6), w->was = word_sensible(s->a, was, 6);
  w->change = change == 0 ? "" : arena_printf(s->a, "%s%s", change > 0 ? "+" : "−", size);
  w->better = change < 0 ? 1 : change > 0 ? -1 : 0;
}

static void fill_metrics(Scene *s) {
  for (size_t k = 0; k < sizeof SHARES / sizeof *SHARES; k++)
    add_share(s, SHARES[k].name, SHARES[k].of(&s->now_counts), SHARES[k].of(&s->was_counts));
  if (s->has_cost) add_cost(s);
  else add_share(s, "Brier", s->curve->brier.value, s->curve->brier.value);
}

// ---- strips of scores ----------------------------------------------------------------------------------------------
static double *bins_of(Scene *s, const int64_t *bin) {
  double *v = arena_array(s->a, double, CURVE_BINS), most = 1;
  for (int b = 0; b < CURVE_BINS; b++) most = fmax(most, (double)bin[b]);
  for (int b = 0; b < CURVE_BINS; b++) v[b] = (double)bin[b] / most;
  return v;
}

// ---- the picture ---------------------------------------------------------------------------------------------------
static void add_line(Plot *p, const double *x, const double *y, int64_t n) {
  Series *s = plot_add(p, MARK_LINE, n);
  memcpy(s->x, x, (size_t)n * sizeof *x);
  memcpy(s->y, y, (size_t)n * sizeof *y);
}

static void add_rule(Plot *p, double y1, double y2) {
  Series *s = plot_add(p, MARK_RULE, 1);
  s->role = ROLE_FAINT, s->x2 = plot_array(p, 1), s->y2 = plot_array(p, 1);
  s->x[0] = 0, s->y[0] = y1, s->x2[0] = 1, s->y2[0] = y2;
}

static void add_point(Scene *s, int group, const char *name, double t, const Counts *c, bool pr) {
  double x = pr ? recall(c) : 1 - specificity(c), y = pr ? precision(c) : recall(c);
  if (isnan(x) || isnan(y)) return;
  Plot *p = &s->m->plot;
  Series *one = plot_add(p, MARK_POINT, 1);
  one->group = group, one->x[0] = x, one->y[0] = y;
  one->name = arena_printf(&p->arena, "%s %s", name, word_unit(s->a, t, 2, false));
}

static void draw_curve(Scene *s, bool pr) {
  Plot *p = &s->m->plot;
  const Curve *c = s->curve;
  Arena *a = &p->arena;
  p->n = c->n;
  p->x = p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  p->x.name = pr ? "recall" : "FPR", p->y.name = pr ? "precision" : "TPR";
  double base = ratio(c->npos, c->n);
  add_rule(p, pr ? base : 0, pr ? base : 1);
  if (pr) add_line(p, c->recall, c->precision, c->npr);
  else add_line(p, c->fpr, c->tpr, c->nroc);
  if (s->was != s->threshold) add_point(s, 1, "was", s->was, &s->was_counts, pr);
  add_point(s, 0, "now", s->threshold, &s->now_counts, pr);
  p->reading = arena_printf(a, "at %s it finds %s of the %s and takes %s of the %s for them",
                            word_unit(s->a, s->threshold, 2, false), word_percent(s->a, recall(&s->now_counts), 0),
                            s->m->positive, word_percent(s->a, 1 - specificity(&s->now_counts), 0), s->m->negative);
}

// ---- two classes ---------------------------------------------------------------------------------------------------
static const char *interval_words(Scene *s, const char *name, const Estimate *v) {
  Arena *a = s->a;
  const char *value = word_unit(a, v->value, 3, false);
  if (isnan(v->lower)) return arena_printf(a, "%s %s", name, value);
  return arena_printf(a, "%s %s [%s, %s]", name, value, word_unit(a, v->lower, 3, false),
                      word_unit(a, v->upper, 3, false));
}

static void copy_counts(const Counts *c, int64_t out[4]) {
  out[0] = c->tp, out[1] = c->fp, out[2] = c->tn, out[3] = c->fn;
}

static ErrCode fill_page(Scene *s, int64_t rows, Err *err) {
  Frame *changed;
  TRY(eval_changed(s->job, s->e, s->threshold, s->was, rows, &changed, &s->m->right, &s->m->wrong, err));
  page_from_frame(changed, 0, frame_nrow(changed), true, &s->m->page);
  const Column *score = frame_at(changed, 1);
  for (int64_t i = 0; i < frame_nrow(changed); i++)
    page_cell(&s->m->page, i, 1, word_unit(s->a, score->f[i], 3, false));
  s->m->page.nrow = s->m->right + s->m->wrong, s->m->page.row_numbers = false;
  frame_unref(changed);
  return OK;
}

static ErrCode fill_two(Scene *s, const MsgViewEvaluation *v, Err *err) {
  MsgEvaluation *m = s->m;
  TRY(read_ask(s, v, err));
  TRY(eval_curve(s->job, s->e, &s->curve, err));
  s->now_counts = curve_counts(s->curve, s->threshold), s->was_counts = curve_counts(s->curve, s->was);
  m->binary = true, m->threshold = s->threshold, m->was = s->was;
  m->best = curve_best(s->curve, s->has_cost ? &s->cost : NULL);
  m->positive = s->info.levels->name[s->info.positive], m->negative = s->info.levels->name[1 - s->info.positive];
  m->cost = s->has_cost ? arena_printf(s->a, "%.15g:%.15g", s->cost.fn, s->cost.fp) : "";
  m->score = interval_words(s, "AUC", &s->curve->auc);
  copy_counts(&s->now_counts, m->now_count);
  copy_counts(&s->was_counts, m->was_count);
  fill_metrics(s);
  m->nhist = CURVE_BINS;
  m->hist_negative = bins_of(s, s->curve->bin[0]), m->hist_positive = bins_of(s, s->curve->bin[1]);
  draw_curve(s, v->pr);
  return fill_page(s, v->rows < MOST_ROWS ? v->rows : MOST_ROWS, err);
}

// ---- several classes, and values ------------------------------------------------------------------------------------
static bool is_share(const char *name) {
  return strcmp(name, "rmse") != 0 && strcmp(name, "mae") != 0 && strcmp(name, "log_loss") != 0;
}

static ErrCode fill_all_metrics(Scene *s, Err *err) {
  Frame *f;
  TRY(eval_metrics(s->job, s->e, &f, err));
  const Column *name = frame_at(f, 0), *value = frame_at(f, 1);
  for (int64_t i = 0; i < frame_nrow(f) && i < MOST_METRICS; i++) {
    Sv text = col_text(name, i);
    WireMetric *w = add_metric(s, arena_strndup(s->a, text.s, text.n));
    if (!col_valid(value, i)) continue;
    w->now = is_share(w->name) ? word_unit(s->a, value->f[i], 3, false) : word_sensible(s->a, value->f[i], 4);
  }
  frame_unref(f);
  return OK;
}

static ErrCode draw_chart(Scene *s, const char *chart, const Frame *f, const char *x, const char *y, Err *err) {
  const ChartType *t = chart_find(sv(chart));
  void *opts = arena_alloc(s->a, t->opts_size);
  param_defaults(t->params, opts);
  if (x) TRY(param_set_text(param_find(t->params, sv("x")), chart, opts, x, err));
  if (y) TRY(param_set_text(param_find(t->params, sv("y")), chart, opts, y, err));
  return chart_plot(s->job, t, f, opts, &s->m->plot, err);
}

static ErrCode fill_classes(Scene *s, Err *err) {
  Frame *confusion;
  double v;
  TRY(eval_metric(s->job, s->e, sv("accuracy"), &v, err));
  s->m->score = arena_printf(s->a, "accuracy %s", word_unit(s->a, v, 3, false));
  TRY(eval_confusion(s->job, s->e, &confusion, err));
  page_from_frame(confusion, 0, frame_nrow(confusion), true, &s->m->page);
  s->m->page.row_numbers = false;
  ErrCode code = draw_chart(s, "heatmap", confusion, NULL, NULL, err);
  frame_unref(confusion);
  return code;
}

// A line where predicted is actual, over what both axes share.
static void add_ideal(Plot *p) {
  double lo = fmax(p->x.lo, p->y.lo), hi = fmin(p->x.hi, p->y.hi);
  if (!(lo < hi)) return;
  Series *one = plot_add(p, MARK_RULE, 1);
  one->role = ROLE_FAINT, one->x2 = plot_array(p, 1), one->y2 = plot_array(p, 1);
  one->x[0] = one->y[0] = lo, one->x2[0] = one->y2[0] = hi;
}

static ErrCode fill_values(Scene *s, int64_t rows, Err *err) {
  Frame *worst, *all;
  double v;
  TRY(eval_metric(s->job, s->e, sv("rmse"), &v, err));
  s->m->score = arena_printf(s->a, "RMSE %s", word_sensible(s->a, v, 4));
  TRY(eval_worst(s->job, s->e, rows, &worst, err));
  page_from_frame(worst, 0, frame_nrow(worst), true, &s->m->page);
  s->m->page.nrow = s->m->n, s->m->page.row_numbers = false;
  frame_unref(worst);
  TRY(eval_residuals(s->job, s->e, &all, err));
  ErrCode code = draw_chart(s, "scatter", all, "actual", "pred", err);
  if (code == OK) add_ideal(&s->m->plot);
  frame_unref(all);
  return code;
}

// ---- the answer ----------------------------------------------------------------------------------------------------
// The global that holds the model: the very one, else one of the same fit (another threshold).
static const char *name_of_model(const Found *found, const Model *m) {
  const HostSnapshot *s = found->snapshot;
  const char *same = "";
  for (int64_t k = 0; k < s->n; k++) {
    const HostObject *o = &s->item[k];
    if (o->model == m) return o->name;
    if (o->model && model_same_fit(o->model, m) && !*same) same = o->name;
  }
  return same;
}

ErrCode view_evaluation(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgViewEvaluation *v = &ask->ViewEvaluation;
  MsgEvaluation *m = &answer->Evaluation;
  const Evaluation *e = found->object ? found->object->evaluation : NULL;
  if (!e) return err_set(err, ERR_TYPE, "'%s' is no evaluation: make one with e = m:evaluate(test)", v->object);
  Scene s = {.job = job, .a = &answer->arena, .e = e, .info = model_info(eval_model(e)), .m = m};
  m->object = v->object, m->version = found->version, m->n = eval_get_rows(e);
  m->model = name_of_model(found, eval_model(e)), m->learner = s.info.type ? s.info.type->name : "";
  m->threshold = m->was = m->best = NAN;
  m->metric = arena_array(s.a, WireMetric, MOST_METRICS);
  plot_init(&m->plot);
  if (s.info.task == TASK_REGRESSION) TRY(fill_values(&s, v->rows < MOST_ROWS ? v->rows : MOST_ROWS, err));
  else if (s.info.levels->n != 2) TRY(fill_classes(&s, err));
  else return fill_two(&s, v, err);
  return fill_all_metrics(&s, err);
}
