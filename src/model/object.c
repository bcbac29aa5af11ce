#include "model/model_int.h"

#include <math.h>
#include <stdlib.h>

Fitted *fitted_new(void) {
  Fitted *f = calloc(1, sizeof *f);
  if (!f) abort();
  atomic_init(&f->refs, 1);
  return f;
}

void fitted_unref(Fitted *f) {
  if (!f || atomic_fetch_sub_explicit(&f->refs, 1, memory_order_acq_rel) != 1) return;
  for (int k = 0; k < f->nstep; k++) arena_fini(&f->step[k].arena);
  arena_fini(&f->state.arena);
  learner_unref(f->learner);
  arena_fini(&f->arena);
  free(f);
}

Model *model_new(Fitted *f, double threshold) {
  Model *m = calloc(1, sizeof *m);
  if (!m) abort();
  atomic_init(&m->refs, 1);
  m->fit = f, m->threshold = threshold;
  return m;
}

Model *model_ref(const Model *m) {
  Model *shared = (Model *)(uintptr_t)m;
  atomic_fetch_add_explicit(&shared->refs, 1, memory_order_relaxed);
  return shared;
}

void model_unref(Model *m) {
  if (!m || atomic_fetch_sub_explicit(&m->refs, 1, memory_order_acq_rel) != 1) return;
  fitted_unref(m->fit);
  free(m);
}

bool model_same_fit(const Model *a, const Model *b) { return a->fit == b->fit; }

ErrCode model_threshold(const Model *m, double t, Model **out, Err *err) {
  int64_t n = m->fit->levels.n;
  if (n != 2)
    return err_set(err, ERR_ARG, "a threshold needs two classes; this %s", n ? "model has more" : "is a regression");
  if (!(t >= 0 && t <= 1)) return err_set(err, ERR_ARG, "threshold must be a number from 0 to 1, %g was given", t);
  atomic_fetch_add_explicit(&m->fit->refs, 1, memory_order_relaxed);
  *out = model_new(m->fit, t);
  return OK;
}

ModelInfo model_info(const Model *m) {
  const Fitted *f = m->fit;
  return (ModelInfo){
      .type = learner_type(f->learner, NULL),
      .learner = f->learner,
      .task = f->task,
      .target = f->target,
      .transform = &f->transform,
      .levels = &f->levels,
      .terms = &f->design.terms,
      .features = &f->features,
      .notes = &f->notes,
      .positive = f->positive,
      .threshold = m->threshold,
      .nrow = f->nrow,
      .iterations = f->state.iterations,
      .converged = f->state.converged,
      .seed = f->seed,
      .seconds = f->seconds,
      .data_hash = f->data_hash,
  };
}
