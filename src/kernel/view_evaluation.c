// An evaluation at a threshold: what its points, counts, metrics and changed rows are, as text and as a picture. All of
// it comes from the curve that the evaluation keeps, so that a key costs a search and a few formats.
#include "kernel/evaluation_int.h"

#include "num/num.h"

#include <math.h>
#include <stdio.h>

enum { MOST_METRICS = 24, MOST_ROWS = 1000 };
// ---- what is asked -------------------------------------------------------------------------------------------------
static ErrCode check_share(const char *what, double v, Err *err) {
  if (v >= 0 && v <= 1) return OK;
  return err_set(err, ERR_ARG, "%s must be a number from 0 to 1, %g was given", what, v);
}

static ErrCode read_ask(Scene *s, const MsgViewEvaluation *v, Err *err) {
  CostOpts own = eval_get_cost(s->e);
  double own_threshold = s->info.levels->n == 2 ? eval_get_threshold(s->e) : 0.5;
  s->threshold = isnan(v->threshold) ? own_threshold : v->threshold;
  s->was = isnan(v->was) ? own_threshold : v->was;
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
double counts_precision(const Counts *c) { return ratio(c->tp, c->tp + c->fp); }
double counts_recall(const Counts *c) { return ratio(c->tp, c->tp + c->fn); }
double counts_specificity(const Counts *c) { return ratio(c->tn, c->tn + c->fp); }
static double f1(const Counts *c) { return ratio(2 * c->tp, 2 * c->tp + c->fp + c->fn); }

static const struct {
  const char *name;
  double (*of)(const Counts *c);
  int hits[2], rows[4]; // counts that are added up, -1 = no more; tp fp tn fn are 0 to 3
} SHARES[] = {{"accuracy", accuracy, {0, 2}, {0, 1, 2, 3}},
              {"precision", counts_precision, {0, -1}, {0, 1, -1, -1}},
              {"recall", counts_recall, {0, -1}, {0, 3, -1, -1}},
              {"specificity", counts_specificity, {2, -1}, {2, 1, -1, -1}},
              {"F1", f1, {-1, -1}, {-1, -1, -1, -1}}};

static WireMetric *add_metric(Scene *s, const char *name) {
  WireMetric *w = &s->m->metric[s->m->nmetric++];
  *w = (WireMetric){.name = name, .now = "", .was = "", .change = "", .range = "", .other = ""};
  return w;
}

static WireMetric *add_share(Scene *s, const char *name, double now, double was) {
  WireMetric *w = add_metric(s, name);
  double change = now - was;
  w->now = word_unit(s->a, now, 3, false), w->was = word_unit(s->a, was, 3, false);
  w->change = change == 0 ? "" : word_unit(s->a, change, 3, true);
  w->better = change > 0 ? 1 : change < 0 ? -1 : 0;
  return w;
}

static const char *range_words(Scene *s, double lo, double hi, int decimals) {
  if (isnan(lo) || isnan(hi)) return "";
  return arena_printf(s->a, "[%s, %s]", word_unit(s->a, lo, decimals, false), word_unit(s->a, hi, decimals, false));
}

// Wilson's interval of a share of counts, as e:metrics() has it.
static const char *share_range(Scene *s, size_t k, const Counts *c) {
  const int64_t n[] = {c->tp, c->fp, c->tn, c->fn};
  int64_t hits = 0, rows = 0;
  for (int i = 0; i < 2; i++) hits += SHARES[k].hits[i] >= 0 ? n[SHARES[k].hits[i]] : 0;
  for (int i = 0; i < 4; i++) rows += SHARES[k].rows[i] >= 0 ? n[SHARES[k].rows[i]] : 0;
  if (rows <= 0) return "";
  ShareLimits w = stats_wilson((double)hits, (double)rows, 1.959963984540054, 0);
  return range_words(s, w.low, w.high, 3);
}

double scene_cost(const Scene *s, const Counts *c) { return s->cost.fp * (double)c->fp + s->cost.fn * (double)c->fn; }

static void add_cost(Scene *s) {
  WireMetric *w = add_metric(s, arena_printf(s->a, "cost %s", s->m->cost));
  double now = scene_cost(s, &s->now_counts), was = scene_cost(s, &s->was_counts), change = now - was;
  const char *size = word_sensible(s->a, fabs(change), 6);
  w->now = word_sensible(s->a, now, 6), w->was = word_sensible(s->a, was, 6);
  w->change = change == 0 ? "" : arena_printf(s->a, "%s%s", change > 0 ? "+" : "−", size);
  w->better = change < 0 ? 1 : change > 0 ? -1 : 0;
}

static void fill_metrics(Scene *s) {
  Counts other = {0};
  if (s->other.e) other = curve_counts(s->other.curve, s->threshold);
  for (size_t k = 0; k < sizeof SHARES / sizeof *SHARES; k++) {
    WireMetric *w = add_share(s, SHARES[k].name, SHARES[k].of(&s->now_counts), SHARES[k].of(&s->was_counts));
    w->range = s->main.class == EVAL_POOLED ? "" : share_range(s, k, &s->now_counts);
    if (s->other.e) w->other = word_unit(s->a, SHARES[k].of(&other), 3, false);
  }
  if (s->has_cost) {
    add_cost(s);
    if (s->other.e) s->m->metric[s->m->nmetric - 1].other = word_sensible(s->a, scene_cost(s, &other), 6);
    return;
  }
  double brier = s->main.curve->brier.value;
  WireMetric *w = add_share(s, "Brier", brier, brier);
  if (s->other.e) w->other = word_unit(s->a, s->other.curve->brier.value, 3, false);
}

// ---- strips of scores ----------------------------------------------------------------------------------------------
static double *bins_of(Scene *s, const int64_t *bin) {
  double *v = arena_array(s->a, double, CURVE_BINS), most = 1;
  for (int b = 0; b < CURVE_BINS; b++) most = fmax(most, (double)bin[b]);
  for (int b = 0; b < CURVE_BINS; b++) v[b] = (double)bin[b] / most;
  return v;
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
  const Judged *j = &s->main;
  TRY(eval_changed_of(s->job, s->e, j->curve, j->class, s->threshold, s->was, rows, &changed, &s->m->right,
                      &s->m->wrong, err));
  page_from_frame(changed, 0, frame_nrow(changed), true, &s->m->page);
  const Column *score = frame_at(changed, 1);
  for (int64_t i = 0; i < frame_nrow(changed); i++)
    page_cell(&s->m->page, i, 1, word_unit(s->a, score->f[i], 3, false));
  s->m->page.nrow = s->m->right + s->m->wrong, s->m->page.row_numbers = false;
  frame_unref(changed);
  return OK;
}

// Pooled rows count once for each class: which of them changed side is no list of rows.
static void count_changed(Scene *s) {
  int64_t fewer = s->now_counts.tp + s->now_counts.fp - s->was_counts.tp - s->was_counts.fp;
  int64_t pos = s->now_counts.tp - s->was_counts.tp;
  s->m->right = fewer > 0 ? pos : (s->now_counts.tn - s->was_counts.tn);
  s->m->wrong = fewer > 0 ? fewer - pos : -pos;
  if (s->m->right < 0) s->m->right = 0;
  if (s->m->wrong < 0) s->m->wrong = 0;
  page_init(&s->m->page, 0, 0);
}

static void name_sides(Scene *s) {
  MsgEvaluation *m = s->m;
  const Names *levels = s->info.levels;
  m->binary = true, m->fixed = levels->n != 2;
  if (!m->fixed) {
    m->positive = levels->name[s->info.positive], m->negative = levels->name[1 - s->info.positive];
  } else if (s->main.class == EVAL_POOLED) {
    m->positive = "own class", m->negative = "another";
  } else {
    m->positive = levels->name[s->main.class], m->negative = "others";
  }
}

static const char *difference_words(Scene *s, Err *err) {
  AucDifference d;
  if (s->main.class == EVAL_POOLED || eval_compare_auc(s->job, s->main.e, s->other.e, s->main.class, &d, err) != OK)
    return "";
  const char *by = word_unit(s->a, d.by.value, 3, true);
  if (isnan(d.p)) return arena_printf(s->a, "AUC %s", *by ? by : "0");
  return arena_printf(s->a, "AUC %s [%s, %s], p %s", *by ? by : "0", word_unit(s->a, d.by.lower, 3, true),
                      word_unit(s->a, d.by.upper, 3, true),
                      d.p < 0.001 ? "<.001" : word_unit(s->a, d.p, d.p < 0.1 ? 3 : 2, false));
}

static ErrCode fill_two(Scene *s, const MsgViewEvaluation *v, Err *err) {
  MsgEvaluation *m = s->m;
  const Curve *c = s->main.curve;
  TRY(read_ask(s, v, err));
  s->now_counts = curve_counts(c, s->threshold), s->was_counts = curve_counts(c, s->was);
  name_sides(s);
  m->threshold = s->threshold, m->was = s->was;
  m->best = s->best = curve_best(c, s->has_cost ? &s->cost : NULL);
  m->cost = s->has_cost ? arena_printf(s->a, "%.15g:%.15g", s->cost.fn, s->cost.fp) : "";
  m->score = interval_words(s, "AUC", &c->auc);
  if (s->other.e) m->difference = difference_words(s, err);
  copy_counts(&s->now_counts, m->now_count);
  copy_counts(&s->was_counts, m->was_count);
  fill_metrics(s);
  m->nhist = CURVE_BINS;
  m->hist_negative = bins_of(s, c->bin[0]), m->hist_positive = bins_of(s, c->bin[1]);
  if (s->main.class == EVAL_POOLED) return count_changed(s), OK;
  return fill_page(s, v->rows < MOST_ROWS ? v->rows : MOST_ROWS, err);
}

// ---- several classes, and values ------------------------------------------------------------------------------------
static bool is_share(const char *name) {
  return strcmp(name, "rmse") != 0 && strcmp(name, "mae") != 0 && strcmp(name, "log_loss") != 0;
}

static ErrCode fill_all_metrics(Scene *s, Err *err) {
  Frame *f;
  TRY(eval_metrics(s->job, s->e, &f, err));
  const Column *name = frame_at(f, 0), *value = frame_at(f, 1), *lower = frame_at(f, 2), *upper = frame_at(f, 3);
  for (int64_t i = 0; i < frame_nrow(f) && i < MOST_METRICS; i++) {
    Sv text = col_text(name, i);
    WireMetric *w = add_metric(s, arena_strndup(s->a, text.s, text.n));
    if (!col_valid(value, i)) continue;
    w->now = is_share(w->name) ? word_unit(s->a, value->f[i], 3, false) : word_sensible(s->a, value->f[i], 4);
    if (is_share(w->name) && col_valid(lower, i) && col_valid(upper, i))
      w->range = range_words(s, lower->f[i], upper->f[i], 3);
  }
  frame_unref(f);
  return OK;
}

static ErrCode fill_classes(Scene *s, Err *err) {
  Frame *confusion;
  double v;
  TRY(eval_metric(s->job, s->e, sv("accuracy"), &v, err));
  s->m->score = arena_printf(s->a, "accuracy %s", word_unit(s->a, v, 3, false));
  TRY(eval_confusion(s->job, s->e, &confusion, err));
  page_from_frame(confusion, 0, frame_nrow(confusion), true, &s->m->page);
  s->m->page.row_numbers = false;
  frame_unref(confusion);
  return OK;
}

// How far off the answers are: half of them, nine in ten, all of them within so much.
static ErrCode add_quantiles(Scene *s, const Frame *residuals, Err *err) {
  static const double P[] = {0.5, 0.9, 1};
  static const char *const NAME[] = {"half within", "90% within", "largest miss"};
  const Column *c = frame_at(residuals, frame_ncol(residuals) - 1);
  double *miss = arena_array(s->a, double, c->n + 1), q[3];
  for (int64_t i = 0; i < c->n; i++) miss[i] = fabs(c->f[i]);
  if (c->n == 0) return OK;
  TRY(quantile_f64(s->job, miss, c->n, 7, P, 3, q, err));
  for (int k = 0; k < 3; k++) add_metric(s, NAME[k])->now = word_sensible(s->a, q[k], 4);
  return OK;
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
  TRY(fill_all_metrics(s, err));
  TRY(eval_residuals(s->job, s->e, &all, err));
  ErrCode code = add_quantiles(s, all, err);
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

static const Evaluation *evaluation_of(const Found *found, const char *name) {
  const HostSnapshot *s = found->snapshot;
  for (int64_t k = 0; k < s->n; k++)
    if (strcmp(s->item[k].name, name) == 0) return s->item[k].evaluation;
  return NULL;
}

// The curve of two classes is kept with the evaluation; that of one of several is made each time.
static ErrCode judge(Job *job, Judged *j, bool two, Err *err) {
  if (two) return eval_curve(job, j->e, &j->curve, err);
  TRY(eval_curve_of(job, j->e, j->class, &j->own, err));
  return j->curve = j->own, OK;
}

static ErrCode find_other(Scene *s, const Found *found, const MsgViewEvaluation *v, bool two, Err *err) {
  if (!v->other || !*v->other || !s->main.curve) return OK;
  const Evaluation *e = evaluation_of(found, v->other);
  AucDifference d;
  if (!e) return err_set(err, ERR_NAME, "'%s' is no evaluation to lay over this one", v->other);
  int class = s->main.class == EVAL_POOLED ? 0 : s->main.class;
  TRY(eval_compare_auc(s->job, s->e, e, class, &d, err)); // the same rows and classes
  s->other = (Judged){.e = e, .name = v->other, .class = s->main.class};
  TRY(judge(s->job, &s->other, two, err));
  s->m->other = v->other;
  return OK;
}

static ErrCode draw_all(Scene *s, const MsgViewEvaluation *v, Err *err) {
  bool there;
  TRY(scene_draw(s, (int)v->show, &s->m->plot, &there, err));
  for (int k = 0; k < EVALUATION_PLOTS; k++) {
    if (!(v->more >> k & 1) || k == v->show) continue;
    plot_init(&s->m->more[k]);
    TRY(scene_draw(s, k, &s->m->more[k], &s->m->has_more[k], err));
  }
  return OK;
}

static ErrCode fill(Scene *s, const Found *found, const MsgViewEvaluation *v, Err *err) {
  int64_t rows = v->rows < MOST_ROWS ? v->rows : MOST_ROWS;
  if (s->info.task == TASK_REGRESSION) {
    TRY(fill_values(s, rows, err));
    return draw_all(s, v, err);
  }
  int64_t n = s->info.levels->n;
  bool two = n == 2;
  s->m->classes = *s->info.levels;
  if (v->of > n + 1)
    return err_set(err, ERR_ARG, "there is no class %lld: there are %lld", (long long)v->of, (long long)n);
  s->m->of = two ? 0 : v->of;
  s->main.class = two ? s->info.positive : v->of == n + 1 ? EVAL_POOLED : (int)v->of - 1;
  if (two || v->of) TRY(judge(s->job, &s->main, two, err));
  TRY(find_other(s, found, v, two, err));
  if (s->main.curve) {
    TRY(fill_two(s, v, err));
  } else {
    TRY(fill_classes(s, err));
    TRY(fill_all_metrics(s, err));
  }
  return draw_all(s, v, err);
}

ErrCode view_evaluation(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgViewEvaluation *v = &ask->ViewEvaluation;
  MsgEvaluation *m = &answer->Evaluation;
  const Evaluation *e = found->object ? found->object->evaluation : NULL;
  if (!e) return err_set(err, ERR_TYPE, "'%s' is no evaluation: make one with e = m:evaluate(test)", v->object);
  Scene s = {.job = job, .a = &answer->arena, .e = e, .info = model_info(eval_model(e)), .m = m};
  s.main = (Judged){.e = e, .name = v->object};
  m->object = v->object, m->version = found->version, m->n = eval_get_rows(e);
  m->model = name_of_model(found, eval_model(e)), m->learner = s.info.type ? s.info.type->name : "";
  m->threshold = m->was = m->best = NAN, m->other = m->difference = "";
  m->metric = arena_array(s.a, WireMetric, MOST_METRICS);
  plot_init(&m->plot);
  ErrCode code = fill(&s, found, v, err);
  curve_free(s.main.own);
  curve_free(s.other.own);
  return code;
}
