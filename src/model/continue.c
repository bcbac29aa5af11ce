// More rounds on top of a model: a copy of it (through its text, which keeps every bit) whose type goes on from what it
// has learned. Steps, design, classes and the target's transform stay as they were learned, so that the trees that are
// there still mean what they meant; the rows pass them as rows to predict do. Steps that give the rows of a training
// something else than rows to predict are refused: what they gave is gone.
#include "model/link_int.h"

#include <time.h>

typedef struct Continuing {
  Job *job;
  const Frame *d, *valid;  // valid NULL: none
  Model *m;                // the copy
  Watched train, watched;
  Mat none, weight, classed;
} Continuing;

static void continuing_fini(Continuing *c) {
  watched_close(&c->train), watched_close(&c->watched);
  mat_free(&c->none), mat_free(&c->weight), mat_free(&c->classed);
}

static ErrCode check_may(const Model *m, Err *err) {
  const Learner *l = m->fit->learner;
  const ModelType *type = learner_type(l, NULL);
  if (type == &model_imported)
    return err_set(err, ERR_ARG, "continue: trees of another program do not say how they were grown: fit ml.boost{} "
                   "on the rows");
  if (!type || !type->extend)
    return err_set(err, ERR_ARG, "continue: %s%s does not learn in rounds; ml.boost{} does", type ? "ml." : "",
                   type ? type->name : "a pipeline without a model");
  for (int k = 0; k < m->fit->nstep; k++)
    if (learner_step(l, k)->type->train)
      return err_set(err, ERR_ARG, "continue: prep.%s makes other rows or values in training than afterwards: fit the "
                     "pipeline again with all rounds", learner_step(l, k)->type->name);
  return OK;
}

// The recipe of all rounds together.
static ErrCode more_rounds(const Model *m, int64_t rounds, Learner **out, Err *err) {
  const void *opts;
  const Learner *l = m->fit->learner;
  const ModelType *type = learner_type(l, &opts);
  Arena a = {0};
  void *more = arena_alloc(&a, type->opts_size);
  param_defaults(type->params, more);
  param_copy(type->params, opts, more, &a);
  ErrCode code = param_set_int(param_find(type->params, sv("rounds")), type->name, more,
                               m->fit->state.iterations + rounds, err);
  if (code == OK) {
    Learner *plain = learner_new(m->fit->nstep ? learner_step(l, 0) : NULL, m->fit->nstep, type, more);
    *out = learner_with_target(plain, learner_target(l));
    learner_unref(plain);
  }
  arena_fini(&a);
  return code;
}

static ErrCode copy_model(const Model *m, Model **out, Err *err) {
  Str text = {0};
  ErrCode code = model_save(m, &text, err);
  if (code == OK) code = model_load((Sv){str_c(&text), text.n}, out, err);
  str_fini(&text);
  return code;
}

// ---- rows ---------------------------------------------------------------------------------------------------------
static ErrCode read_weight(Continuing *c, Err *err) {
  const char *name = c->m->fit->weight;
  int j;
  if (!name) return OK;
  if (frame_col(c->train.rows, sv(name), &j, err) != OK) return err_prefix(err, "weight");
  return weights_read(c->job, c->d, c->m->fit->target, name, frame_at(c->train.rows, j), &c->weight, err);
}

static ErrCode read_rows(Continuing *c, Err *err) {
  Fitted *f = c->m->fit;
  TRY(watched_open(c->job, f, c->d, "continue", &c->train, err));
  TRY(watched_open(c->job, f, c->valid, "valid", &c->watched, err));
  TRY(mat_new(c->job, frame_nrow(c->train.rows), 0, "no features", &c->none, err));
  return read_weight(c, err);
}

// ---- what is told of the training ---------------------------------------------------------------------------------
static void count_classes(const Continuing *c, Fitted *f) {
  for (int64_t k = 0; k < f->levels.n; k++) f->count[k] = 0;
  for (int64_t i = 0; i < c->train.y.n && f->levels.n; i++) f->count[(int64_t)c->train.y.x[i]]++;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static ErrCode go_on(Continuing *c, Err *err) {
  Fitted *f = c->m->fit;
  const void *opts;
  const ModelType *type = learner_type(f->learner, &opts);
  TRY(read_rows(c, err));
  FitIn in = {.x = &c->none, .columns = &c->train.columns, .terms = &f->design.terms, .task = f->task,
              .y = c->train.y.x, .nclass = (int)f->levels.n, .levels = &f->levels, .weight = c->weight.x,
              .seed = f->seed};
  if (c->watched.x) in.valid = &c->watched.columns, in.valid_y = c->watched.y.x;
  f->state.notes = (Names){0};
  TRY(class_weights(c->job, type, opts, f->target, &in, &f->state, &c->classed, err));
  if (c->classed.n) in.weight = c->classed.x;
  TRY(type->extend(c->job, opts, &in, &f->state, err));
  f->nrow = frame_nrow(c->train.rows);
  note_no_target(&f->state, frame_nrow(c->d) - f->nrow);
  f->notes = f->state.notes;
  count_classes(c, f);
  frame_hash(c->d, f->data_hash);
  return OK;
}

ErrCode model_continue(Job *job, const Model *m, const Frame *d, int64_t rounds, const Frame *valid, Model **out,
                       Err *err) {
  Continuing c = {.job = job, .d = d, .valid = valid};
  Learner *learner;
  double start = now();
  TRY(check_may(m, err));
  TRY(more_rounds(m, rounds, &learner, err));
  ErrCode code = copy_model(m, &c.m, err);
  if (code == OK) {
    learner_unref(c.m->fit->learner);
    c.m->fit->learner = learner_ref(learner);
    code = go_on(&c, err);
    continuing_fini(&c);
    c.m->fit->seconds = m->fit->seconds + now() - start;
    if (code == OK) *out = c.m;
    else model_unref(c.m);
  }
  learner_unref(learner);
  return code;
}
