// A model type with its options and data in one object, fitted without a pipeline; and frames made from arrays.
#pragma once
#include "check.h"

#include "model/model.h"

typedef struct Trial {
  const ModelType *type;
  Arena arena;
  void *opts;
  Mat x, none; // none: n x 0
  Compact compact;
  Frame *frame; // that it is of, or NULL
  FitIn in;
  ModelState state;
  Job *job;
  Err err;
} Trial;

static const char *const HELP_TERMS[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
static const char *const HELP_LEVELS[] = {"no", "yes", "zoo", "zzz"};
static Names help_terms, help_levels;

// x: n x p, column-major, borrowed; nclass 0 for a regression.
static inline Trial trial_new(const char *type, const double *x, int64_t n, int64_t p, const double *y, int nclass) {
  Trial t = {.type = model_find(sv(type)), .x = {(double *)(uintptr_t)x, n, p}, .none.n = n};
  assert_non_null(t.type);
  if (t.type->predict_compact) compact_of_mat(&t.x, &t.compact);
  help_terms = (Names){(const char **)(uintptr_t)HELP_TERMS, p};
  help_levels = (Names){(const char **)(uintptr_t)HELP_LEVELS, nclass};
  t.opts = arena_alloc(&t.arena, t.type->opts_size);
  param_defaults(t.type->params, t.opts);
  t.in = (FitIn){.terms = &help_terms, .task = nclass ? TASK_CLASSIFICATION : TASK_REGRESSION, .y = y,
                 .nclass = nclass, .levels = &help_levels, .seed = 1};
  return t;
}

static inline void trial_fini(Trial *t) {
  compact_close(&t->compact);
  frame_unref(t->frame);
  arena_fini(&t->state.arena);
  arena_fini(&t->arena);
}

static inline void trial_real(Trial *t, const char *name, double v) {
  if (param_set_real(param_find(t->type->params, sv(name)), t->type->name, t->opts, v, &t->err) != OK)
    fail_msg("%s", t->err.msg);
}

static inline void trial_bool(Trial *t, const char *name, bool v) {
  assert_int_equal(param_set_bool(param_find(t->type->params, sv(name)), t->type->name, t->opts, v, NULL), OK);
}

static inline void trial_text(Trial *t, const char *name, const char *v) {
  assert_int_equal(param_set_text(param_find(t->type->params, sv(name)), t->type->name, t->opts, v, NULL), OK);
}

static inline ErrCode trial_try(Trial *t) {
  arena_fini(&t->state.arena);
  t->state = (ModelState){0};
  t->err = (Err){0};
  bool compact = t->type->predict_compact != NULL;
  t->in.x = compact ? &t->none : &t->x, t->in.compact = compact ? &t->compact : NULL;
  return t->type->fit(t->job, t->opts, &t->in, &t->state, &t->err);
}

static inline void trial_fit(Trial *t) {
  if (trial_try(t) != OK) fail_msg("%s", t->err.msg);
}

// Into out: n values, or n x nclass.
static inline void trial_predict(Trial *t, double *out) {
  ErrCode code = t->type->predict_compact
                     ? t->type->predict_compact(t->job, t->opts, &t->state, &t->compact, out, &t->err)
                     : t->type->predict(t->job, t->opts, &t->state, &t->x, out, &t->err);
  if (code != OK) fail_msg("%s", t->err.msg);
}

static inline Frame *trial_card(Trial *t) {
  Frame *f;
  if (t->type->card(t->job, t->opts, &t->state, &help_terms, &help_levels, &f, &t->err) != OK)
    fail_msg("%s", t->err.msg);
  return f;
}

static inline const Column *card_col(const Frame *f, const char *name) {
  int j = frame_find(f, sv(name));
  if (j < 0) fail_msg("the card has no column '%s'", name);
  return frame_at(f, j);
}

// The column holds want[0..n) within tol (NaN: missing).
static inline void assert_card(const Frame *card, const char *name, const double *want, int64_t n, double tol) {
  const Column *c = card_col(card, name);
  assert_int_equal(c->n, n);
  for (int64_t i = 0; i < n; i++) {
    double got = col_f64(c, i), scale = fabs(want[i]);
    if (isnan(want[i]) ? isnan(got) : fabs(got - want[i]) <= tol * (scale > 1e-3 ? scale : 1e-3)) continue;
    fail_msg("%s[%d] is %.17g, expected %.17g within %g", name, (int)i, got, want[i], tol);
  }
}

static inline void assert_note(const Trial *t, const char *part) {
  for (int64_t i = 0; i < t->state.notes.n; i++)
    if (strstr(t->state.notes.name[i], part)) return;
  fail_msg("no note says \"%s\"%s%s", part, t->state.notes.n ? "; the first says " : "",
           t->state.notes.n ? t->state.notes.name[0] : "");
}
