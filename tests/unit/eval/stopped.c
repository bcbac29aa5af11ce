// What is kept of a computation that is stopped by hand. A second thread stops it later each time, until it comes too
// late, so that on any machine some try falls between its first step and its last.
#include "check.h"

#include "base/str.h"
#include "eval/folds.h"
#include "frame/verbs.h"
#include "model/model.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 20000, COLUMNS = 12, SCANS = 30 };

typedef struct Stop {
  Job job;
  int64_t wait; // microseconds
} Stop;

static void *stop_soon(void *arg) {
  Stop *s = arg;
  usleep((useconds_t)s->wait);
  atomic_store(&s->job.cancel, true);
  return NULL;
}

static Frame *waves(void) {
  Frame *d = frame_new(ROWS);
  double *sum = calloc(ROWS, sizeof *sum);
  for (int j = 0; j < COLUMNS; j++) {
    char name[16];
    Column *c;
    snprintf(name, sizeof name, "x%d", j);
    assert_int_equal(column_new(NULL, COL_F64, ROWS, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < ROWS; i++) sum[i] += c->f[i] = sin((double)(i * (j + 3) % 10007) * (1 + j));
    assert_int_equal(frame_add(d, name, c, NULL), OK);
  }
  Column *y;
  assert_int_equal(column_new(NULL, COL_BOOL, ROWS, NULL, &y, NULL), OK);
  for (int64_t i = 0; i < ROWS; i++) y->b[i] = sum[i] + 3 * sin((double)(i * 7919)) > 0;
  assert_int_equal(frame_add(d, "y", y, NULL), OK);
  free(sum);
  return d;
}

static Learner *logistic(void) {
  const ModelType *t = model_find(sv("logistic"));
  Arena a = {0};
  void *opts = arena_alloc(&a, t->opts_size);
  param_defaults(t->params, opts);
  assert_int_equal(param_set_text(param_find(t->params, sv("solver")), "test", opts, "lbfgs", NULL), OK);
  Learner *l = learner_new(NULL, 0, t, opts);
  arena_fini(&a);
  return l;
}

typedef ErrCode (*Work)(Job *job, const Learner *l, const Frame *d, bool *cut);

static ErrCode fit(Job *job, const Learner *l, const Frame *d, bool *cut) {
  Model *m;
  TRY(model_fit(job, l, d, "y", &(FitOpts){0}, &m, NULL));
  const Names *notes = model_info(m).notes;
  *cut = notes->n && strstr(notes->name[0], "stopped by hand after");
  if (*cut) assert_false(model_info(m).converged);
  model_unref(m);
  return OK;
}

static ErrCode validate(Job *job, const Learner *l, const Frame *d, bool *cut) {
  Frame *scores;
  CvOpts o = {.folds = {.folds = 10, .repeats = 1}};
  TRY(eval_cv(job, l, d, "y", &o, &scores, NULL));
  *cut = frame_nrow(scores) < 10;
  assert_int_equal(*cut, strstr(frame_caption(scores), "stopped by hand after") != NULL);
  const Column *auc = frame_at(scores, frame_find(scores, sv("auc")));
  for (int64_t i = 0; i < auc->n; i++) assert_true(auc->f[i] > 0.5 && auc->f[i] <= 1);
  frame_unref(scores);
  return OK;
}

// One try; whether it ran to its end.
static bool stopped_after(int64_t wait, Work work, bool partial, const Learner *l, const Frame *d, bool *cut) {
  Stop s = {.job = {.partial = partial}, .wait = wait};
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, stop_soon, &s), 0);
  ErrCode code = work(&s.job, l, d, cut);
  assert_true(code == OK || code == ERR_CANCELLED);
  if (*cut) assert_true(code == OK && s.job.kept);
  assert_int_equal(pthread_join(thread, NULL), 0);
  return code == OK && !*cut;
}

static bool cut_at_some_moment(Work work, bool partial) {
  Frame *d = waves();
  Learner *l = logistic();
  bool cut = false;
  for (int scan = 0; scan < SCANS && !cut; scan++) {
    bool whole = false;
    for (int64_t wait = 200; !whole && !cut; wait += wait / 5) whole = stopped_after(wait, work, partial, l, d, &cut);
  }
  learner_unref(l);
  frame_unref(d);
  return cut;
}

TEST(a_fit_that_is_stopped_keeps_its_coefficients) { assert_true(cut_at_some_moment(fit, true)); }
TEST(a_cross_validation_that_is_stopped_keeps_its_whole_folds) { assert_true(cut_at_some_moment(validate, true)); }

TEST(nobody_is_given_a_part_who_did_not_ask_for_it) {
  Frame *d = waves();
  Learner *l = logistic();
  bool cut = false, whole = false;
  for (int64_t wait = 200; !whole; wait += wait / 5) whole = stopped_after(wait, fit, false, l, d, &cut);
  assert_false(cut);
  learner_unref(l);
  frame_unref(d);
}

RUN(CASE(a_fit_that_is_stopped_keeps_its_coefficients),
    CASE(a_cross_validation_that_is_stopped_keeps_its_whole_folds),
    CASE(nobody_is_given_a_part_who_did_not_ask_for_it))
