// A boost model with its options in one object, and small tables to fit it on.
#pragma once
#include "unit/prep/shape_help.h"

#include "base/pool.h"
#include "base/rng.h"
#include "frame/verbs.h"
#include "model/boost_int.h"

typedef struct Run {
  Arena arena;
  const ModelType *type;
  void *opts;
  FitOpts fit;
  Job *job;
} Run;

static inline Run run_of(const char *type) {
  Run r = {.type = model_find(sv(type))};
  r.opts = arena_alloc(&r.arena, r.type->opts_size);
  param_defaults(r.type->params, r.opts);
  return r;
}

static inline Run run_new(void) { return run_of("boost"); }

static inline void put(Run *r, const char *name, double v) {
  assert_int_equal(param_set_real(param_find(r->type->params, sv(name)), "boost", r->opts, v, NULL), OK);
}

static inline void put_text(Run *r, const char *name, const char *v) {
  assert_int_equal(param_set_text(param_find(r->type->params, sv(name)), "boost", r->opts, v, NULL), OK);
}

// A list of one.
static inline void put_list(Run *r, const char *option, const char *v) {
  const char **name = arena_array(&r->arena, const char *, 1);
  name[0] = v;
  param_set_names(param_find(r->type->params, sv(option)), r->opts, (Names){name, 1});
}

static inline ErrCode try_fit(Run *r, const Frame *d, const char *target, Model **out, Err *err) {
  Learner *l = learner_new(NULL, 0, r->type, r->opts);
  ErrCode code = model_fit(r->job, l, d, target, &r->fit, out, err);
  learner_unref(l);
  return code;
}

static inline Model *fit(Run *r, const Frame *d, const char *target) {
  Model *m;
  Err err;
  if (try_fit(r, d, target, &m, &err) != OK) fail_msg("%s", err.msg);
  return m;
}

static inline double *scores(const Model *m, const Frame *d) {
  double *s;
  Err err;
  if (model_scores(NULL, m, d, &s, &err) != OK) fail_msg("%s", err.msg);
  return s;
}

static inline const Trees *trees_of(const Model *m) { return model_info(m).type->trees(&m->fit->state); }

static inline int64_t width_of(const Model *m) { return model_info(m).levels->n ? model_info(m).levels->n : 1; }

// Two models score the rows of d to the same bits.
static inline void check_same(const Model *a, const Model *b, const Frame *d) {
  double *s = scores(a, d), *t = scores(b, d);
  assert_int_equal(width_of(a), width_of(b));
  assert_memory_equal(s, t, (size_t)(frame_nrow(d) * width_of(a)) * sizeof *s);
  mem_free(s), mem_free(t);
}

// ---- tables -------------------------------------------------------------------------------------------------------
static inline void add_reals(Frame *f, const char *name, const double *v) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, frame_nrow(f), NULL, &c, NULL), OK);
  for (int64_t i = 0; i < c->n; i++) c->f[i] = v[i];
  assert_int_equal(frame_add(f, name, c, NULL), OK);
}

// The words w0, w1, ... of numbers from 0; NaN is missing.
static inline void add_words(Frame *f, const char *name, const double *v) {
  TextBuilder b;
  Column *text, *cat;
  char word[24];
  textb_init(&b, NULL);
  for (int64_t i = 0; i < frame_nrow(f); i++) {
    snprintf(word, sizeof word, "w%03.0f", v[i]);
    assert_int_equal(v[i] == v[i] ? textb_add(&b, sv(word), NULL) : textb_add_missing(&b, NULL), OK);
  }
  assert_int_equal(textb_take(&b, &text, NULL), OK);
  textb_fini(&b);
  assert_int_equal(column_to_cat(NULL, text, -1, &cat, NULL), OK);
  column_unref(text);
  assert_int_equal(frame_add(f, name, cat, NULL), OK);
}

static inline Frame *table(const double *x, const double *y, int64_t n) {
  Frame *f = frame_new(n);
  add_reals(f, "x", x), add_reals(f, "y", y);
  return f;
}

// y is a sine of x and noise.
static inline Frame *noise(int64_t n, bool gaps) {
  double *x = malloc((size_t)n * sizeof *x), *y = malloc((size_t)n * sizeof *y);
  RngKey key = rng_key(1, "boost test");
  for (int64_t i = 0; i < n; i++) {
    x[i] = exp(4 * rng_unit(key, (uint64_t)i, 0)) - 1;
    y[i] = sin(x[i]) + rng_unit(key, (uint64_t)i, 1);
    if (gaps && i % 7 == 0) x[i] = NAN;
  }
  Frame *d = table(x, y, n);
  free(x), free(y);
  return d;
}
