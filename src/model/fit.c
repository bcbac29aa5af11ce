// Fitting a pipeline: the rows that have a target, the target as numbers, each step in turn, the design, the model.
// A step learns from the training rows as the steps before it left them, and never sees the target as a column. A step
// may change which rows there are; the target and the weights follow.
#include "model/model_int.h"

#include "base/rng.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

// Everything on the way from a frame to a Fitted; freed by fitting_fini.
typedef struct Fitting {
  Job *job;
  const Frame *train;    // borrowed
  const FitOpts *opts;
  Fitted *out;
  Frame *rows;           // features, target and weight of the rows that have a target
  Frame *x;              // features as the steps so far left them
  Target target;
  Mat weight, mat, classed; // classed: weights with those of the classes
  Features columns;
  Compact compact;
  Watched watched;
} Fitting;

static void fitting_fini(Fitting *f) {
  frame_unref(f->rows);
  frame_unref(f->x);
  target_fini(&f->target);
  mat_free(&f->weight);
  mat_free(&f->mat);
  mat_free(&f->classed);
  features_close(&f->columns);
  compact_close(&f->compact);
  watched_close(&f->watched);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool is_name(const char *name, const char *other) { return other && sv_is(sv(name), other); }

// ---- columns and rows ---------------------------------------------------------------------------------------------
static ErrCode given_features(Fitting *f, Err *err) {
  const Names *given = &f->opts->features;
  for (int64_t k = 0; k < given->n; k++) {
    int j;
    if (frame_col(f->train, sv(given->name[k]), &j, err) != OK) return err_prefix(err, "features");
    if (is_name(given->name[k], f->out->target))
      return err_set(err, ERR_ARG, "features: '%s' is the target; leave it out", given->name[k]);
    for (int64_t i = 0; i < k; i++)
      if (is_name(given->name[k], given->name[i]))
        return err_set(err, ERR_ARG, "features: '%s' is there twice", given->name[k]);
    f->out->features.name[k] = arena_strdup(&f->out->arena, given->name[k]);
  }
  f->out->features.n = given->n;
  return OK;
}

static ErrCode find_features(Fitting *f, Err *err) {
  Fitted *m = f->out;
  int ncol = frame_ncol(f->train);
  int64_t room = f->opts->features.n > ncol ? f->opts->features.n : ncol;
  m->features = (Names){arena_array(&m->arena, const char *, room), 0};
  if (f->opts->features.n) TRY(given_features(f, err));
  for (int j = 0; j < ncol && !f->opts->features.n; j++) {
    const char *name = frame_name(f->train, j);
    if (is_name(name, m->target) || is_name(name, m->weight)) continue;
    m->features.name[m->features.n++] = arena_strdup(&m->arena, name);
  }
  m->kind = arena_array(&m->arena, ColType, m->features.n);
  for (int64_t k = 0; k < m->features.n; k++)
    m->kind[k] = frame_at(f->train, frame_find(f->train, sv(m->features.name[k])))->type;
  return OK;
}

static ErrCode find_columns(Fitting *f, const char *target, Err *err) {
  int j;
  if (target && frame_col(f->train, sv(target), &j, err) != OK) return err_prefix(err, "target");
  const char *weight = f->opts->weight;
  if (weight && frame_col(f->train, sv(weight), &j, err) != OK) return err_prefix(err, "weight");
  if (target && is_name(target, weight))
    return err_set(err, ERR_ARG, "'%s' cannot be the target and the weight", target);
  f->out->target = target ? arena_strdup(&f->out->arena, target) : NULL;
  f->out->weight = weight ? arena_strdup(&f->out->arena, weight) : NULL;
  return find_features(f, err);
}

static const Column *column_of(const Frame *f, const char *name) { return frame_at(f, frame_find(f, sv(name))); }

// Features, target and weight, as they stand in the frame.
static ErrCode select_used(const Fitting *f, Frame **out, Err *err) {
  const Fitted *m = f->out;
  Arena a = {0};
  Names used = {arena_array(&a, const char *, m->features.n + 2), m->features.n};
  for (int64_t k = 0; k < m->features.n; k++) used.name[k] = m->features.name[k];
  if (m->target) used.name[used.n++] = m->target;
  bool named = false;
  for (int64_t k = 0; k < m->features.n; k++) named = named || is_name(m->features.name[k], m->weight);
  if (m->weight && !named) used.name[used.n++] = m->weight;
  ErrCode code = frame_select(f->train, &used, out, err);
  arena_fini(&a);
  return code;
}

static int64_t rows_with_target(const Column *y, int64_t *row) {
  int64_t n = 0;
  for (int64_t i = 0; i < y->n; i++)
    if (!target_missing(y, i)) row[n++] = i;
  return n;
}

static ErrCode keep_rows(Fitting *f, const Frame *used, int64_t *row, Err *err) {
  const Column *y = column_of(used, f->out->target);
  int64_t n = rows_with_target(y, row), gone = y->n - n;
  if (y->n > 0 && n == 0) return err_set(err, ERR_ARG, "target '%s' is missing in all rows", f->out->target);
  if (!gone) {
    f->rows = frame_ref(used);
    return OK;
  }
  note_no_target(&f->out->state, gone);
  return frame_gather(f->job, used, row, n, &f->rows, err);
}

static ErrCode take_rows(Fitting *f, Err *err) {
  Frame *used;
  if (frame_nrow(f->train) == 0) return err_set(err, ERR_ARG, "the frame has no rows to learn from");
  TRY(select_used(f, &used, err));
  if (!f->out->target) {
    f->rows = used;
    return OK;
  }
  Mat row; // of int64_t
  ErrCode code = mat_new(f->job, frame_nrow(used), 1, "the rows with a target", &row, err);
  if (code == OK) code = keep_rows(f, used, (int64_t *)(void *)row.x, err);
  mat_free(&row);
  frame_unref(used);
  return code;
}

// ---- target and weights -------------------------------------------------------------------------------------------
static ErrCode find_positive(Fitting *f, Err *err) {
  const Names *levels = &f->out->levels;
  const char *positive = f->opts->positive;
  f->out->positive = levels->n ? (levels->n > 1) : -1;
  if (!positive) return OK;
  if (!levels->n)
    return err_set(err, ERR_ARG, "positive: target '%s' is a number, which has no classes", f->out->target);
  return level_find(levels, "positive", f->out->target, positive, &f->out->positive, err);
}

static ErrCode read_target(Fitting *f, Err *err) {
  Fitted *m = f->out;
  if (!m->target) return OK;
  const Column *y = column_of(f->rows, m->target);
  TRY(target_read(f->job, learner_type(m->learner, NULL), m->target, y, &m->arena, &f->target, err));
  m->task = f->target.task, m->levels = f->target.levels, m->count = f->target.count;
  TRY(target_transform(f->job, f->train, y->n, m, &f->target, err));
  return find_positive(f, err);
}

static ErrCode read_weight(Fitting *f, Err *err) {
  const char *name = f->out->weight;
  if (!name) return OK;
  return weights_read(f->job, f->train, f->out->target, name, column_of(f->rows, name), &f->weight, err);
}

// ---- steps, design, model -----------------------------------------------------------------------------------------
// v[i] = v[source[i]] for the n rows that there are now.
static ErrCode follow(Job *job, const int64_t *source, int64_t n, double **v, Err *err) {
  Mat moved; // owned by *v after it
  if (!*v) return OK;
  TRY(mat_new(job, n, 1, "the rows of a step", &moved, err));
  for (int64_t i = 0; i < n; i++) moved.x[i] = (*v)[source[i]];
  mem_free(*v);
  *v = moved.x;
  return OK;
}

static ErrCode go_on_with(Fitting *f, const char *step, StepRows *rows, Err *err) {
  int64_t n = frame_nrow(rows->x);
  ErrCode code = OK;
  frame_unref(f->x);
  f->x = rows->x;
  if (n == 0) code = err_set(err, ERR_ARG, "prep.%s left no rows to learn from", step);
  if (rows->source) {
    if (code == OK) code = follow(f->job, rows->source, n, &f->target.y, err);
    if (code == OK) code = follow(f->job, rows->source, n, &f->weight.x, err);
    f->weight.n = f->weight.x ? n : 0;
  }
  mem_free(rows->source);
  return code;
}

static StepIn step_in(const Fitting *f, int k) {
  const Fitted *m = f->out;
  return (StepIn){.x = f->x, .y = f->target.y, .levels = m->task == TASK_CLASSIFICATION ? &m->levels : NULL,
                  .weight = f->weight.x, .seed = rng_u64(rng_key(m->seed, "pipeline"), (uint64_t)k, 0)};
}

// The first n steps.
static ErrCode fit_steps(Fitting *f, int n, Err *err) {
  Fitted *m = f->out;
  int all = learner_nstep(m->learner);
  m->step = arena_array(&m->arena, StepState, n);
  TRY(frame_select(f->rows, &m->features, &f->x, err));
  for (int k = 0; k < n; k++) {
    const StepSpec *s = learner_step(m->learner, k);
    StepIn in = step_in(f, k);
    StepRows rows;
    m->nstep = k + 1; // its arena is to be freed from here on
    TRY(s->type->fit(f->job, s->opts, &in, &m->step[k], err));
    if (k + 1 == all && !learner_type(m->learner, NULL)) return OK; // nobody learns from what the last one makes
    TRY(step_train(f->job, s->type, s->opts, &m->step[k], &in, &rows, err));
    TRY(go_on_with(f, s->type->name, &rows, err));
  }
  return OK;
}

static ErrCode make_columns(Fitting *f, const char *learner, Err *err) {
  Fitted *m = f->out;
  TRY(design_fit_columns(f->job, f->x, learner, &m->arena, &m->design, err));
  TRY(mat_new(f->job, frame_nrow(f->x), 0, "no features", &f->mat, err));
  return features_open(f->job, &m->design, f->x, &f->columns, err);
}

static ErrCode make_design(Fitting *f, const ModelType *type, Err *err) {
  Fitted *m = f->out;
  char learner[100];
  if (type->blind) return mat_new(f->job, frame_nrow(f->x), 0, "no features", &f->mat, err);
  snprintf(learner, sizeof learner, "ml.%s{}", type->name);
  if (type->predict_columns) return make_columns(f, learner, err);
  TRY(design_fit(f->x, learner, &m->arena, &m->design, err));
  if (type->predict_compact) {
    TRY(mat_new(f->job, frame_nrow(f->x), 0, "no features", &f->mat, err));
    return compact_open(f->job, &m->design, f->x, &f->compact, err);
  }
  return design_mat(f->job, &m->design, f->x, &f->mat, err);
}

static ErrCode fit_type(Fitting *f, Err *err) {
  Fitted *m = f->out;
  const void *opts;
  const ModelType *type = learner_type(m->learner, &opts);
  if (!type) return OK;
  TRY(make_design(f, type, err));
  TRY(watched_open(f->job, m, f->opts->valid, "valid", &f->watched, err));
  const Features *columns = type->predict_columns ? &f->columns : NULL;
  const Compact *compact = type->predict_compact ? &f->compact : NULL;
  FitIn in = {.x = &f->mat, .columns = columns, .compact = compact, .terms = &m->design.terms, .task = m->task,
              .y = f->target.y, .nclass = (int)m->levels.n, .levels = &m->levels,
              .weight = f->weight.x, .seed = m->seed};
  if (f->watched.x) in.valid = &f->watched.columns, in.valid_y = f->watched.y.x;
  Names before = m->state.notes; // of the pipeline; they come after those of the type
  m->state.notes = (Names){0};
  TRY(class_weights(f->job, type, opts, m->target, &in, &m->state, &f->classed, err));
  if (f->classed.n) in.weight = f->classed.x;
  TRY(type->fit(f->job, opts, &in, &m->state, err));
  for (int64_t k = 0; k < before.n; k++) state_note(&m->state, "%s", before.name[k]);
  return OK;
}

static ErrCode read_rows(Fitting *f, const char *target, Err *err) {
  TRY(find_columns(f, target, err));
  TRY(take_rows(f, err));
  TRY(read_target(f, err));
  return read_weight(f, err);
}

// Most types need a target; those that look for anomalies have none.
static ErrCode check_target(Fitted *m, const char *target, Err *err) {
  const ModelType *type = learner_type(m->learner, NULL);
  bool without = type && (type->tasks & TASK_ANOMALY);
  if (without && !target) return m->task = TASK_ANOMALY, OK;
  if (without)
    return err_set(err, ERR_ARG, "ml.%s learns without a target: p:fit(d), and leave '%s' out with d:drop", type->name,
                   target);
  if (!target && type) return err_set(err, ERR_ARG, "a model needs the name of its target: p:fit(d, \"y\")");
  return OK;
}

static ErrCode fit_all(Fitting *f, const char *target, Err *err) {
  Fitted *m = f->out;
  double start = now();
  TRY(check_target(m, target, err));
  TRY(read_rows(f, target, err));
  TRY(fit_steps(f, learner_nstep(m->learner), err));
  TRY(fit_type(f, err));
  m->notes = m->state.notes;
  m->nrow = frame_nrow(f->rows);
  m->seconds = now() - start;
  if (!f->opts->passing) frame_hash(f->train, m->data_hash);
  return OK;
}

ErrCode model_fit(Job *job, const Learner *l, const Frame *train, const char *target, const FitOpts *opts, Model **out,
                  Err *err) {
  static const FitOpts NONE = {0};
  Fitting f = {.job = job, .train = train, .opts = opts ? opts : &NONE, .out = fitted_new()};
  f.out->learner = learner_ref(l);
  f.out->seed = f.opts->seed;
  ErrCode code = fit_all(&f, target, err);
  fitting_fini(&f);
  if (code == OK) *out = model_new(f.out, f.out->state.threshold > 0 ? f.out->state.threshold : 0.5);
  else fitted_unref(f.out);
  return code;
}

static ErrCode preview(Fitting *f, const char *target, int k, StepPreview *out, Err *err) {
  const StepSpec *s = learner_step(f->out->learner, k);
  TRY(read_rows(f, target, err));
  TRY(fit_steps(f, k, err));
  StepIn in = step_in(f, k);
  return step_preview(f->job, s->type, s->opts, &in, out, err);
}

ErrCode model_preview(Job *job, const Learner *l, const Frame *train, const char *target, const FitOpts *opts, int k,
                      StepPreview *out, Err *err) {
  static const FitOpts NONE = {0};
  Fitting f = {.job = job, .train = train, .opts = opts ? opts : &NONE, .out = fitted_new()};
  *out = (StepPreview){0};
  f.out->learner = learner_ref(l);
  f.out->seed = f.opts->seed;
  ErrCode code = preview(&f, target, k, out, err);
  fitting_fini(&f);
  fitted_unref(f.out);
  return code;
}
