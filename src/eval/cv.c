// Cross-validation. Every fold fits steps and model on its own training rows and is judged on rows that neither has
// seen: nothing that a step learns can leak. The models are dropped one by one; what stays are the scores.
// Leave-one-out keeps each row's answer and judges them together, since one row has no AUC.
#include "eval/folds.h"

#include "base/numfmt.h"
#include "eval/eval_int.h"
#include "frame/verbs.h"

#include <math.h>
#include <string.h>

enum { MOST_METRICS = 32 };

typedef struct Cv {
  Job *job;
  const Learner *learner;
  const Frame *d; // rows with a target
  const char *target;
  const CvOpts *opts;
  Folds folds;
  int64_t *train, *test, ntrain, ntest; // rows of the present fold
  Names metrics;
  int64_t n, asked; // rows of the answer, and before it was stopped
  bool partial;     // folds done so far are better than none
  int64_t *repeat, *fold, *learned, *judged;
  double *value[MOST_METRICS];
  // of leave-one-out: what was said of every row
  Model *last;
  double *y, *score;
  Arena arena;
} Cv;

// ---- one fold -----------------------------------------------------------------------------------------------------
static ErrCode fit_fold(Cv *v, Evaluation **out, Err *err) {
  Frame *train, *test = NULL;
  Model *m = NULL;
  TRY(frame_gather(v->job, v->d, v->train, v->ntrain, &train, err));
  ErrCode code = model_fit(v->job, v->learner, train, v->target, &v->opts->fit, &m, err);
  frame_unref(train);
  if (code == OK) code = frame_gather(v->job, v->d, v->test, v->ntest, &test, err);
  if (code == OK) code = eval_new(v->job, m, test, out, err);
  frame_unref(test);
  model_unref(m);
  return code;
}

static const char *const CLASSES[] = {"accuracy", "auc", "log_loss"}, *const VALUES[] = {"rmse", "mae", "r2"};

static ErrCode choose_metrics(Cv *v, const Scored *s, Err *err) {
  if (v->metrics.n) return OK;
  const Names *asked = &v->opts->metrics;
  int64_t n = asked->n ? asked->n : 3;
  if (n > MOST_METRICS) return err_set(err, ERR_ARG, "cv: at most %d metrics at once", MOST_METRICS);
  v->metrics = (Names){arena_array(&v->arena, const char *, n), n};
  for (int64_t k = 0; k < n; k++) {
    v->metrics.name[k] = asked->n ? asked->name[k] : s->nclass ? CLASSES[k] : VALUES[k];
    v->value[k] = arena_array(&v->arena, double, v->n);
  }
  return OK;
}

static ErrCode score_fold(Cv *v, const Evaluation *e, int64_t at, Err *err) {
  for (int64_t k = 0; k < v->metrics.n; k++)
    TRY(eval_metric(v->job, e, sv(v->metrics.name[k]), &v->value[k][at], err));
  return OK;
}

// The folds are what a job shows of its progress, not the loops inside them.
static ErrCode judge_fold(Cv *v, int64_t at, int64_t n, Evaluation **out, Err *err) {
  TRY(job_tick(v->job, at, n, err));
  if (v->job) v->job->inner++;
  ErrCode code = fit_fold(v, out, err);
  if (v->job) v->job->inner--;
  return code;
}

static ErrCode in_fold(const Cv *v, int64_t repeat, int64_t fold, ErrCode code, Err *err) {
  if (code == OK || code == ERR_CANCELLED || code == ERR_MEMORY || code == ERR_NAME) return code;
  if (v->folds.repeats > 1) err_prefix(err, "cv, repeat %lld, fold %lld", (long long)repeat + 1, (long long)fold + 1);
  else err_prefix(err, "cv, fold %lld", (long long)fold + 1);
  return code;
}

// A fold is whole or left out: only the caller of cv can take less than was asked for.
static bool keep_folds(Cv *v, int64_t done) {
  if (!done || !v->partial) return false;
  v->job->partial = true;
  v->n = done;
  return job_keep(v->job);
}

static ErrCode each_fold(Cv *v, Err *err) {
  for (int64_t at = 0; at < v->n; at++) {
    int64_t r = at / v->folds.nfold, k = at % v->folds.nfold;
    Evaluation *e = NULL;
    v->ntrain = folds_rows(&v->folds, r, k, v->train, v->test, &v->ntest);
    v->repeat[at] = r + 1, v->fold[at] = k + 1, v->learned[at] = v->ntrain, v->judged[at] = v->ntest;
    ErrCode code = in_fold(v, r, k, judge_fold(v, at, v->n, &e, err), err);
    Scored s;
    if (code == OK) s = eval_scored(e), code = choose_metrics(v, &s, err);
    if (code == OK) code = score_fold(v, e, at, err);
    eval_unref(e);
    if (code == ERR_CANCELLED && keep_folds(v, at)) return OK;
    TRY(code);
  }
  return OK;
}

// ---- leave-one-out --------------------------------------------------------------------------------------------------
static ErrCode room_for_answers(Cv *v, const Scored *s, Err *err) {
  void *y, *score;
  if (v->y) return OK;
  TRY(eval_alloc(v->job, v->folds.n * 8, "cv", &y, err));
  v->y = y;
  TRY(eval_alloc(v->job, v->folds.n * 8 * (s->nclass ? s->nclass : 1), "cv", &score, err));
  v->score = score;
  return OK;
}

static ErrCode keep_answer(Cv *v, const Evaluation *e, int64_t i, Err *err) {
  Scored s = eval_scored(e);
  ModelInfo now = model_info(eval_model(e));
  TRY(room_for_answers(v, &s, err));
  if (v->last && s.nclass != model_info(v->last).levels->n)
    return err_set(err, ERR_ARG, "cv: without row %lld '%s' has other classes: leave classes of one row out",
                   (long long)i + 1, now.target);
  v->y[i] = s.y[0];
  for (int64_t k = 0; k < (s.nclass ? s.nclass : 1); k++) v->score[k * v->folds.n + i] = s.score[k];
  model_unref(v->last);
  v->last = model_ref(eval_model(e));
  return OK;
}

static ErrCode score_all(Cv *v, Err *err) {
  Evaluation *e;
  v->repeat[0] = 1, v->fold[0] = 1, v->learned[0] = v->folds.n - 1, v->judged[0] = v->folds.n;
  ErrCode code = eval_of_scores(v->job, v->last, v->d, v->y, v->score, &e, err);
  v->y = v->score = NULL;
  TRY(code);
  Scored s = eval_scored(e);
  code = choose_metrics(v, &s, err);
  if (code == OK) code = score_fold(v, e, 0, err);
  eval_unref(e);
  return code;
}

static ErrCode leave_each_out(Cv *v, Err *err) {
  for (int64_t i = 0; i < v->folds.n; i++) {
    Evaluation *e = NULL;
    v->ntrain = folds_rows(&v->folds, 0, i, v->train, v->test, &v->ntest);
    ErrCode code = in_fold(v, 0, i, judge_fold(v, i, v->folds.n, &e, err), err);
    if (code == OK) code = keep_answer(v, e, i, err);
    eval_unref(e);
    TRY(code);
  }
  return score_all(v, err);
}

// ---- the answer -----------------------------------------------------------------------------------------------------
static void add_summary(const Cv *v, Str *s) {
  for (int64_t k = 0; k < v->metrics.n; k++) {
    double mean = 0, square = 0;
    char m[NUMFMT_MAX], sd[NUMFMT_MAX];
    for (int64_t i = 0; i < v->n; i++) mean += v->value[k][i] / (double)v->n;
    for (int64_t i = 0; i < v->n; i++) square += (v->value[k][i] - mean) * (v->value[k][i] - mean);
    fmt_sensible(m, sizeof m, mean, 4);
    fmt_sensible(sd, sizeof sd, sqrt(square / (double)(v->n - 1)), 2);
    str_addf(s, "%s%s %s", k ? ", " : "", v->metrics.name[k], m);
    if (v->n > 1) str_addf(s, " ± %s", sd);
  }
  if (v->n < v->asked)
    str_addf(s, " (stopped by hand after %lld of %lld folds)", (long long)v->n, (long long)v->asked);
  else if (v->n > 1) str_addf(s, " (mean ± sd of %lld folds)", (long long)v->n);
  else str_addf(s, " (leave one out of %lld rows)", (long long)v->folds.n);
}

static ErrCode add_cautions(const Cv *v, Str *s, Err *err) {
  const FoldOpts *o = &v->opts->folds;
  bool random = !v->folds.growing && !o->group && o->method != FOLDS_GROUP;
  CautionIn in = {.d = v->d, .target = v->target, .part = v->folds.part, .held = -1, .random = random};
  str_addc(s, '\n');
  ErrCode code = eval_cautions(v->job, &in, s, err);
  s->s[--s->n] = 0; // the last line's end
  return code;
}

static ErrCode fill(const Cv *v, Frame *f, Err *err) {
  if (v->folds.repeats > 1) TRY(table_ints(v->job, f, "repeat", v->repeat, err));
  TRY(table_ints(v->job, f, "fold", v->fold, err));
  TRY(table_ints(v->job, f, "train", v->learned, err));
  TRY(table_ints(v->job, f, "test", v->judged, err));
  for (int64_t k = 0; k < v->metrics.n; k++) TRY(table_reals(v->job, f, v->metrics.name[k], v->value[k], err));
  return OK;
}

static ErrCode run(Cv *v, Frame **out, Err *err) {
  void *rows;
  bool loo = v->folds.nfold == v->folds.n;
  v->n = v->asked = loo ? 1 : v->folds.nfold * v->folds.repeats;
  TRY(eval_alloc(v->job, v->folds.n * 16, "cv", &rows, err));
  v->train = rows, v->test = v->train + v->folds.n;
  v->repeat = arena_array(&v->arena, int64_t, v->n), v->fold = arena_array(&v->arena, int64_t, v->n);
  v->learned = arena_array(&v->arena, int64_t, v->n), v->judged = arena_array(&v->arena, int64_t, v->n);
  TRY(loo ? leave_each_out(v, err) : each_fold(v, err));
  Frame *made = frame_new(v->n);
  Str caption = {0};
  add_summary(v, &caption);
  ErrCode code = add_cautions(v, &caption, err);
  if (code == OK) code = fill(v, made, err);
  code = eval_finish(code, made, str_c(&caption), out);
  str_fini(&caption);
  return code;
}

static ErrCode rows_with_target(Job *job, const Frame *d, const char *target, Frame **out, Err *err) {
  int j;
  void *row;
  if (frame_col(d, sv(target), &j, err) != OK) return err_prefix(err, "target");
  const Column *c = frame_at(d, j);
  TRY(eval_alloc(job, c->n * 8, "cv", &row, err));
  int64_t n = 0;
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i) && (col_is_text(c) || !isnan(col_f64(c, i)))) ((int64_t *)row)[n++] = i;
  ErrCode code = OK;
  if (n == c->n) *out = frame_ref(d);
  else code = frame_gather(job, d, row, n, out, err);
  mem_free(row);
  return code;
}

ErrCode eval_cv(Job *job, const Learner *l, const Frame *d, const char *target, const CvOpts *opts, Frame **out,
                Err *err) {
  Frame *kept;
  if (!learner_type(l, NULL))
    return err_set(err, ERR_ARG, "cv: a pipeline of steps alone has no score: end it in a model");
  TRY(rows_with_target(job, d, target, &kept, err));
  CvOpts own = *opts;
  own.fit.passing = true;
  Cv v = {.job = job, .learner = l, .d = kept, .target = target, .opts = &own, .partial = job && job->partial};
  if (job) job->partial = false; // of a fit that is cut short nothing can be said
  arena_init(&v.arena);
  ErrCode code = folds_new(job, kept, target, &opts->folds, &v.folds, err);
  if (code == OK) code = run(&v, out, err);
  folds_free(&v.folds);
  arena_fini(&v.arena);
  model_unref(v.last);
  mem_free(v.train);
  mem_free(v.y);
  mem_free(v.score);
  frame_unref(kept);
  return code;
}
