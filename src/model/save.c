// A model as text: the recipe with its options, what describes the training, what each step learned, the design and
// what the type learned. How long the fit took is left out, so that the same fit gives the same text.
#include "model/model_int.h"

#include <stdio.h>

enum { VERSION = 2 };

static void visit_kinds(Store *s, Fitted *f) {
  if (s->reading) f->kind = arena_array(&f->arena, ColType, f->features.n);
  for (int64_t k = 0; k < f->features.n; k++) {
    const char *name = s->reading ? NULL : COLTYPES[f->kind[k]].name;
    store_text(s, "kind", &name);
    if (s->reading && !coltype_parse_name(sv(name ? name : ""), &f->kind[k]))
      store_fail(s, "no column type '%s'", name ? name : "");
  }
}

static void visit_classes(Store *s, Fitted *f) {
  int64_t task = f->task, positive = f->positive, ncount = f->levels.n;
  store_i64(s, "task", &task);
  store_names(s, "levels", &f->levels);
  store_i64s(s, "counts", &f->count, &ncount);
  store_i64(s, "positive", &positive);
  f->task = (Task)task, f->positive = (int)positive;
  bool classes = task == TASK_CLASSIFICATION && f->levels.n >= 1 && positive >= 0 && positive < f->levels.n;
  bool number = (task == TASK_REGRESSION || task == TASK_ANOMALY) && f->levels.n == 0;
  bool none = task == 0 && f->levels.n == 0;
  if ((!classes && !number && !none) || ncount != f->levels.n) store_fail(s, "a task that does not fit its classes");
}

static void visit_about(Store *s, Fitted *f) {
  const char *hash = f->data_hash;
  int64_t seed = (int64_t)f->seed;
  store_text(s, "target", &f->target);
  store_text(s, "weight", &f->weight);
  store_names(s, "features", &f->features);
  visit_kinds(s, f);
  visit_classes(s, f);
  transform_store(s, &f->transform);
  if (f->transform.kind != TRANSFORM_NONE && f->levels.n) store_fail(s, "a target of classes with a transform");
  store_i64(s, "rows", &f->nrow);
  store_i64(s, "seed", &seed);
  store_text(s, "data", &hash);
  f->seed = (uint64_t)seed;
  if (s->reading) snprintf(f->data_hash, sizeof f->data_hash, "%s", hash ? hash : "");
}

static void visit_steps(Store *s, Fitted *f) {
  int n = learner_nstep(f->learner);
  if (s->reading) f->step = arena_array(&f->arena, StepState, n);
  for (int k = 0; k < n && s->err.code == OK; k++) {
    f->nstep = k + 1;
    learner_step(f->learner, k)->type->store(s, &f->step[k]);
  }
}

static void visit_type(Store *s, Fitted *f) {
  const void *opts;
  const ModelType *type = learner_type(f->learner, &opts);
  store_names(s, "notes", &f->state.notes);
  store_i64(s, "iterations", &f->state.iterations);
  store_bool(s, "converged", &f->state.converged);
  if (s->err.code != OK || !type) return;
  if (!type->blind) design_store(s, &f->design);
  if (!(type->tasks & (int)f->task)) store_fail(s, "ml.%s does not do this task", type->name);
  if (s->err.code == OK) type->store(s, opts, f->design.terms.n, (int)f->levels.n, &f->state);
}

// Everything behind the learner.
static void visit(Store *s, Fitted *f, double *threshold) {
  visit_about(s, f);
  store_f64(s, "threshold", threshold);
  if (s->err.code == OK && !(*threshold >= 0 && *threshold <= 1)) store_fail(s, "a threshold out of [0, 1]");
  visit_steps(s, f);
  visit_type(s, f);
}

ErrCode model_save(const Model *m, Str *out, Err *err) {
  Store s;
  double threshold = m->threshold;
  store_write(&s, "model", VERSION, out);
  learner_write(&s, m->fit->learner);
  visit(&s, m->fit, &threshold);
  store_write_end(&s);
  if (s.err.code != OK && err) *err = s.err;
  return s.err.code;
}

ErrCode model_load(Sv text, Model **out, Err *err) {
  Store s;
  double threshold = 0.5;
  Fitted *f = fitted_new();
  store_read(&s, "model", VERSION, text, &f->arena);
  if (s.err.code == OK && s.version < VERSION)
    err_set(&s.err, ERR_PARSE, "a model of format %lld, written by an older tycho; this one reads format %d: fit it "
            "again and save it", (long long)s.version, VERSION);
  if (s.err.code == OK) f->learner = learner_read(&s);
  if (s.err.code == OK) visit(&s, f, &threshold);
  if (s.err.code == OK && s.left.n) store_fail(&s, "more text than a model has");
  f->notes = f->state.notes;
  if (s.err.code == OK) *out = model_new(f, threshold);
  else fitted_unref(f);
  if (s.err.code != OK && err) *err = s.err;
  return s.err.code;
}
