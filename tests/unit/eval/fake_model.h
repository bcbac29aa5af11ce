// A model whose answers stand in the test frame, so that every expected value can be worked by hand: column p holds the
// probability of the second of two classes, p0 p1 p2 those of three, z the value of a regression.
#pragma once
#include "unit/eval/samples.h"

struct Model {
  int refs;
  ModelInfo info;
  Names levels, terms;
  const char *level[4], *term[2];
};

static const ModelType FAKE_TYPE = {.name = "fake"};

Model *model_ref(const Model *m) {
  Model *shared = (Model *)(uintptr_t)m;
  shared->refs++;
  return shared;
}

void model_unref(Model *m) {
  if (m) m->refs--;
}

ModelInfo model_info(const Model *m) { return m->info; }

static void fake_column(const Frame *d, const char *name, double *x) {
  for (int64_t i = 0; i < frame_nrow(d); i++) x[i] = number_at(d, name, i);
}

ErrCode model_scores(Job *job, const Model *m, const Frame *d, double **out, Err *err) {
  static const char *const column[] = {"p0", "p1", "p2"};
  int64_t n = frame_nrow(d), k = m->info.task == TASK_REGRESSION ? 1 : m->levels.n;
  TRY(job_tick(job, 0, 1, err));
  double *x = mem_new((size_t)(n * k) * sizeof *x);
  if (k == 1) fake_column(d, "z", x);
  if (k == 2) fake_column(d, "p", x + n);
  for (int64_t i = 0; i < n && k == 2; i++) x[i] = 1 - x[n + i];
  for (int64_t j = 0; j < k && k == 3; j++) fake_column(d, column[j], x + j * n);
  *out = x;
  return OK;
}

// Of the target "y"; nlevel = 0: a regression.
static inline void fake_model(Model *m, int nlevel, const char *const *level) {
  *m = (Model){.refs = 1, .term = {"a", "b"}};
  for (int k = 0; k < nlevel; k++) m->level[k] = level[k];
  m->levels = (Names){m->level, nlevel};
  m->terms = (Names){m->term, 2};
  m->info = (ModelInfo){.type = &FAKE_TYPE, .task = nlevel ? TASK_CLASSIFICATION : TASK_REGRESSION, .target = "y",
                        .levels = &m->levels, .terms = &m->terms, .positive = nlevel ? 1 : -1, .threshold = 0.5};
}

static inline Evaluation *evaluate(const Model *m, const Frame *f) {
  Evaluation *e = NULL;
  Err err = {0};
  if (eval_new(NULL, m, f, &e, &err) != OK) fail_msg("%s", err.msg);
  return e;
}

static inline double metric_value(const Evaluation *e, const char *name) {
  double v = -1;
  assert_int_equal(eval_metric(NULL, e, sv(name), &v, NULL), OK);
  return v;
}
