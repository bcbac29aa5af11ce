// An evaluation is the truth of the test rows and what the model said about them, both kept as numbers; every answer is
// computed from these. Evaluations at other thresholds or costs share them and own only the predicted classes.
#include "eval/eval_int.h"

#include "base/map.h"
#include "base/near.h"
#include "base/numfmt.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>

// ---- owners -------------------------------------------------------------------------------------------------------
static void answers_unref(Answers *a) {
  if (!a || atomic_fetch_sub_explicit(&a->refs, 1, memory_order_acq_rel) != 1) return;
  model_unref(a->model);
  frame_unref(a->test);
  mem_free(a->row);
  mem_free(a->y);
  mem_free(a->score);
  curve_free(atomic_load(&a->curve));
  free(a);
}

Evaluation *eval_ref(const Evaluation *e) {
  Evaluation *shared = (Evaluation *)(uintptr_t)e;
  atomic_fetch_add_explicit(&shared->refs, 1, memory_order_relaxed);
  return shared;
}

void eval_unref(Evaluation *e) {
  if (!e || atomic_fetch_sub_explicit(&e->refs, 1, memory_order_acq_rel) != 1) return;
  answers_unref(e->said);
  mem_free(e->pred);
  free(e);
}

const Model *eval_model(const Evaluation *e) { return e->said->model; }
double eval_get_threshold(const Evaluation *e) { return e->threshold; }
CostOpts eval_get_cost(const Evaluation *e) { return e->cost; }
int64_t eval_get_rows(const Evaluation *e) { return e->said->n; }

// ---- truth --------------------------------------------------------------------------------------------------------
typedef struct Truth {
  const Column *col;
  const ModelInfo *info;
  Map class; // level -> its number
  Str cell;  // scratch
} Truth;

static bool has_truth(const Column *c, int64_t i) {
  return col_valid(c, i) && (col_is_text(c) || !isnan(col_f64(c, i)));
}

static ErrCode unseen(const Truth *t, int64_t i, Sv text, Err *err) {
  char hint[300];
  near_hint(hint, sizeof hint, text, t->class.key, t->class.n);
  return err_set(err, ERR_ARG,
                 "evaluate: row %lld of the test rows has %s = '" SV_FMT "', a class that the model never saw%s",
                 (long long)i + 1, t->info->target, SV_ARG(text), hint);
}

// The value, or the number of the class whose name is the text of the cell.
static ErrCode truth_at(Truth *t, int64_t i, double *y, Err *err) {
  if (t->info->task == TASK_REGRESSION) {
    *y = col_f64(t->col, i);
    return OK;
  }
  str_clear(&t->cell);
  if (!col_is_text(t->col)) col_format(t->col, i, CELL_EXACT, &t->cell);
  Sv text = col_is_text(t->col) ? col_text(t->col, i) : (Sv){str_c(&t->cell), t->cell.n};
  int64_t k = map_get(&t->class, text);
  *y = (double)k;
  return k < 0 ? unseen(t, i, text, err) : OK;
}

static ErrCode read_rows(Job *job, Truth *t, Answers *a, Err *err) {
  for (int64_t i = 0; i < t->col->n; i++) {
    if (i % EVAL_TICK == 0) TRY(job_tick(job, i, t->col->n, err));
    if (!has_truth(t->col, i)) continue;
    TRY(truth_at(t, i, &a->y[a->n], err));
    a->row[a->n++] = i;
  }
  a->left_out = t->col->n - a->n;
  return OK;
}

static ErrCode read_truth(Job *job, const Column *c, const ModelInfo *info, Answers *a, Err *err) {
  void *row, *y;
  TRY(eval_alloc(job, c->n * 8, "evaluate", &row, err));
  a->row = row;
  TRY(eval_alloc(job, c->n * 8, "evaluate", &y, err));
  a->y = y;
  Truth t = {.col = c, .info = info};
  map_init(&t.class);
  for (int64_t k = 0; info->task == TASK_CLASSIFICATION && k < info->levels->n; k++)
    map_put(&t.class, sv(info->levels->name[k]), NULL);
  ErrCode code = read_rows(job, &t, a, err);
  map_fini(&t.class);
  str_fini(&t.cell);
  return code;
}

static ErrCode find_target(const Frame *test, const ModelInfo *info, const Column **out, Err *err) {
  int j;
  if (!info->type)
    return err_set(err, ERR_ARG, "evaluate: this pipeline ends without a model: add one, as in pipe{..., ml.linear{}}");
  ErrCode code = frame_col(test, sv(info->target), &j, err);
  if (code != OK) {
    err_prefix(err, "evaluate: the test rows need the target");
    return code;
  }
  *out = frame_at(test, j);
  if (info->task == TASK_REGRESSION && !col_is_number(*out))
    return err_set(err, ERR_TYPE,
                   "evaluate: the model learned numbers, the target '%s' is a %s column here: cast it, as in "
                   "test:cast{%s=\"real\"}",
                   info->target, COLTYPES[(*out)->type].name, info->target);
  return OK;
}

// ---- what the model says ------------------------------------------------------------------------------------------
static int class_count(const ModelInfo *info) { return info->task == TASK_REGRESSION ? 0 : (int)info->levels->n; }

static ErrCode check_scores(const Answers *a, int64_t width, Err *err) {
  for (int64_t i = 0; i < a->n * width; i++)
    if (!isfinite(a->score[i]))
      return err_set(err, ERR_NUMERIC,
                     "evaluate: the model's answer for row %lld of the test rows is %s: look at that row for values "
                     "far from those it was fitted on",
                     (long long)a->row[i % a->n] + 1, isnan(a->score[i]) ? "not a number" : "infinite");
  return OK;
}

static ErrCode ask_model(Job *job, Answers *a, Err *err) {
  if (!a->left_out) return model_scores(job, a->model, a->test, &a->score, err);
  Frame *kept;
  TRY(frame_gather(job, a->test, a->row, a->n, &kept, err));
  ErrCode code = model_scores(job, a->model, kept, &a->score, err);
  frame_unref(kept);
  return code;
}

static ErrCode fill_answers(Job *job, Answers *a, Err *err) {
  ModelInfo info = model_info(a->model);
  const Column *target = NULL;
  if (info.task == TASK_ANOMALY)
    return err_set(err, ERR_ARG, "evaluate: ml.%s has no target to be judged by: m:predict(d) scores rows",
                   info.type->name);
  TRY(find_target(a->test, &info, &target, err));
  TRY(read_truth(job, target, &info, a, err));
  if (a->n == 0)
    return err_set(err, ERR_ARG, "evaluate: no row of the test rows (%lld in all) has a value in '%s'",
                   (long long)a->left_out, info.target);
  TRY(ask_model(job, a, err));
  return check_scores(a, info.task == TASK_REGRESSION ? 1 : info.levels->n, err);
}

static int32_t largest(const Answers *a, int64_t i, int nclass) {
  int32_t best = 0;
  for (int32_t k = 1; k < nclass; k++)
    if (a->score[k * a->n + i] > a->score[best * a->n + i]) best = k;
  return best;
}

static void judge(const Answers *a, const ModelInfo *info, double threshold, int32_t *pred) {
  int nclass = class_count(info), p = info->positive;
  for (int64_t i = 0; i < a->n; i++) {
    if (nclass == 2) pred[i] = a->score[p * a->n + i] >= threshold ? p : 1 - p;
    else pred[i] = largest(a, i, nclass);
  }
}

// Takes over the reference of `a`, on failure too.
static ErrCode evaluation_new(Job *job, Answers *a, double threshold, CostOpts cost, Evaluation **out, Err *err) {
  ModelInfo info = model_info(a->model);
  void *pred = NULL;
  if (info.task == TASK_CLASSIFICATION && eval_alloc(job, a->n * 4, "evaluate", &pred, err) != OK)
    return answers_unref(a), ERR_MEMORY;
  Evaluation *e = calloc(1, sizeof *e);
  if (!e) abort();
  atomic_init(&e->refs, 1);
  e->said = a, e->threshold = threshold, e->cost = cost, e->pred = pred;
  if (pred) judge(a, &info, threshold, e->pred);
  *out = e;
  return OK;
}

ErrCode eval_new(Job *job, const Model *m, const Frame *test, Evaluation **out, Err *err) {
  Answers *a = calloc(1, sizeof *a);
  if (!a) abort();
  atomic_init(&a->refs, 1);
  a->model = model_ref(m), a->test = frame_ref(test);
  ErrCode code = fill_answers(job, a, err);
  if (code != OK) return answers_unref(a), code;
  return evaluation_new(job, a, model_info(m).threshold, (CostOpts){1, 1}, out, err);
}

ErrCode eval_of_scores(Job *job, const Model *m, const Frame *test, double *y, double *score, Evaluation **out,
                       Err *err) {
  Answers *a = calloc(1, sizeof *a);
  if (!a) abort();
  atomic_init(&a->refs, 1);
  a->model = model_ref(m), a->test = frame_ref(test), a->y = y, a->score = score, a->n = frame_nrow(test);
  void *row;
  ErrCode code = eval_alloc(job, a->n * 8, "evaluate", &row, err);
  if (code != OK) return answers_unref(a), code;
  a->row = row;
  for (int64_t i = 0; i < a->n; i++) a->row[i] = i;
  return evaluation_new(job, a, model_info(m).threshold, (CostOpts){1, 1}, out, err);
}

static Answers *answers_ref(const Evaluation *e) {
  atomic_fetch_add_explicit(&e->said->refs, 1, memory_order_relaxed);
  return e->said;
}

ErrCode eval_threshold(const Evaluation *e, double t, Evaluation **out, Err *err) {
  TRY(eval_expect(e, "a threshold", TASK_CLASSIFICATION, true, err));
  if (!(t >= 0 && t <= 1)) {
    char given[NUMFMT_MAX];
    fmt_shortest(given, sizeof given, t);
    return err_set(err, ERR_ARG, "threshold: t must be a number from 0 to 1, %s was given", given);
  }
  return evaluation_new(NULL, answers_ref(e), t, e->cost, out, err);
}

ErrCode eval_cost(const Evaluation *e, const CostOpts *cost, Evaluation **out, Err *err) {
  TRY(eval_expect(e, "a cost", TASK_CLASSIFICATION, true, err));
  bool good = isfinite(cost->fp) && isfinite(cost->fn) && cost->fp >= 0 && cost->fn >= 0 && cost->fp + cost->fn > 0;
  if (!good)
    return err_set(err, ERR_ARG, "cost: fp and fn must be numbers of at least 0, one above 0, as in {fp=1, fn=5}");
  return evaluation_new(NULL, answers_ref(e), e->threshold, *cost, out, err);
}

// ---- for the rest of the room -------------------------------------------------------------------------------------
Scored eval_scored(const Evaluation *e) {
  ModelInfo info = model_info(e->said->model);
  const Answers *a = e->said;
  return (Scored){.n = a->n,
                  .nclass = class_count(&info),
                  .positive = info.positive,
                  .y = a->y,
                  .score = a->score,
                  .pred = e->pred,
                  .nterm = info.terms ? info.terms->n : 0,
                  .cost = e->cost};
}

const char *eval_caption(const Evaluation *e, Arena *a) {
  ModelInfo info = model_info(e->said->model);
  char rows[32], out[32], t[NUMFMT_MAX];
  fmt_i64(rows, sizeof rows, e->said->n, true);
  fmt_i64(out, sizeof out, e->said->left_out, true);
  fmt_shortest(t, sizeof t, e->threshold);
  const char *text = arena_printf(a, "%s %s", rows, e->said->n == 1 ? "row" : "rows");
  if (e->said->left_out) text = arena_printf(a, "%s, %s more without '%s' left out", text, out, info.target);
  if (class_count(&info) == 2)
    return arena_printf(a, "%s; positive class '%s', threshold %s", text, info.levels->name[info.positive], t);
  if (class_count(&info) > 2)
    return arena_printf(a, "%s; %lld classes, the most probable one is predicted", text, (long long)info.levels->n);
  return text;
}

ErrCode eval_expect(const Evaluation *e, const char *what, Task task, bool two, Err *err) {
  ModelInfo info = model_info(e->said->model);
  if (info.task != task)
    return err_set(err, ERR_ARG, "%s is for %s, this model of '%s' is a %s", what,
                   task == TASK_REGRESSION ? "regressions" : "classifiers", info.target,
                   task == TASK_REGRESSION ? "classifier" : "regression");
  if (two && info.levels->n != 2)
    return err_set(err, ERR_ARG, "%s needs two classes, this model of '%s' has %lld", what, info.target,
                   (long long)info.levels->n);
  return OK;
}
