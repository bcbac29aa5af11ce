// Shared by the tests of statistical tests: bundled tables, a test from words "mu=3 conf=0.9", and cells of its answer.
#pragma once
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "stats/tests.h"

#include <stdlib.h>

static inline Frame *stats_data(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "datasets/%s.csv", name);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static inline void stats_set(const TestType *t, void *opts, const char *word, Arena *a) {
  const char *eq = strchr(word, '='), *v = arena_strdup(a, eq + 1);
  const Param *p = param_find(t->params, (Sv){word, (size_t)(eq - word)});
  if (!p) fail_msg("%s has no option %s", t->name, word);
  Err err = {0};
  ErrCode code = OK;
  if (p->type == PARAM_BOOL) code = param_set_bool(p, t->name, opts, strcmp(v, "true") == 0, &err);
  else if (p->type == PARAM_INT || p->type == PARAM_REAL)
    code = param_set_real(p, t->name, opts, strtod(v, NULL), &err);
  else code = param_set_text(p, t->name, opts, v, &err);
  if (code != OK) fail_msg("%s", err.msg);
}

static inline ErrCode stats_try(Job *job, const char *name, const Frame *f, const char *formula, const char *words,
                                Frame **out, Err *err) {
  const TestType *t = test_find(sv(name));
  if (!t) fail_msg("no test %s", name);
  Arena a;
  arena_init(&a);
  void *opts = arena_alloc(&a, t->opts_size);
  if (t->params) param_defaults(t->params, opts);
  for (Sv w; (w = make_word(&words)).n;) stats_set(t, opts, arena_strndup(&a, w.s, w.n), &a);
  ErrCode code = test_run(job, t, f, formula, opts, out, err);
  arena_fini(&a);
  return code;
}

static inline Frame *stats_answer(const char *name, const Frame *f, const char *formula, const char *words) {
  Frame *out = NULL;
  Err err = {0};
  if (stats_try(NULL, name, f, formula, words, &out, &err) != OK) fail_msg("%s %s: %s", name, formula, err.msg);
  return out;
}

// The message of a test that must fail with `want`.
static inline const char *stats_refusal(const char *name, const Frame *f, const char *formula, const char *words,
                                        ErrCode want) {
  static Err err;
  Frame *out = NULL;
  err = (Err){0};
  assert_int_equal(stats_try(NULL, name, f, formula, words, &out, &err), want);
  return err.msg;
}

// NaN when missing.
static inline double stats_cell(const Frame *f, const char *column, int64_t row) {
  int j = frame_find(f, sv(column));
  if (j < 0) fail_msg("no column %s", column);
  return col_f64(frame_at(f, j), row);
}
