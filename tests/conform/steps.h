// Frames that every step is tried on, and a job.c replaced by counters, so that a run can be stopped, or refused memory,
// at its first, second, third ... question until it completes; without a job nothing is ever stopped.
#pragma once

#include "base/rng.h"
#include "frame/verbs.h"
#include "unit/prep/prep_help.h"

#include <stdlib.h>

enum { BIG = 70000 };

static int64_t ticks_left, needs_left;

ErrCode job_tick(Job *job, int64_t done, int64_t total, Err *err) {
  (void)done, (void)total;
  return !job || ticks_left-- > 0 ? OK : err_set(err, ERR_CANCELLED, "stopped");
}

bool job_keep(Job *job) { return job && job->partial; }

ErrCode job_need(Job *job, int64_t bytes, const char *what, Err *err) {
  (void)bytes;
  return !job || needs_left-- > 0 ? OK : err_set(err, ERR_MEMORY, "%s", what);
}

static inline void never_stop(void) { ticks_left = needs_left = INT64_MAX; }

static inline Frame *mixed(void) {
  never_stop();
  return HELP_FRAME(8, {"n", COL_I64, {"5", "3", "-2", "3", "9", "1", "4", "4"}},
                    {"g", COL_CAT, {"u", "v", "u", "w", "v", "u", "u", "x"}},
                    {"yes", COL_BOOL, {"true", "false", "false", "true", "true", "true", "false", "true"}},
                    {"same", COL_F64, {"2.5", "2.5", "2.5", "2.5", "2.5", "2.5", "2.5", "2.5"}},
                    {"v", COL_F64, {"0.1", "-7.25", "1e3", "12", "0.3", "-0", "3.5", "8"}},
                    {"t", COL_TEXT, {"a", "b c", "", "\"q\"\n", "a", "\xC3\xA9", "7", "a"}},
                    {"day", COL_DATE, {"2024-01-31", "2024-02-01", "2024-02-01", "2020-02-29",
                                       "1969-12-31", "2024-01-31", "2000-01-01", "2024-02-01"}});
}

static inline Frame *with_missing(void) {
  never_stop();
  return HELP_FRAME(4, {"n", COL_I64, {"5", NULL, "2", "3"}}, {"g", COL_CAT, {"u", "v", NULL, "v"}},
                    {"v", COL_F64, {NULL, "0.5", "nan", "4"}}, {"t", COL_TEXT, {NULL, "b", "b", "c"}});
}

// Rows drawn from `mixed`: long enough for several blocks of sums and for ticks inside a column.
static inline Frame *large(void) {
  Frame *small = mixed(), *out;
  int64_t *row = malloc(BIG * sizeof *row);
  assert_non_null(row);
  for (int64_t i = 0; i < BIG; i++) row[i] = rng_below(rng_key(1, "conform"), (uint64_t)i, 0, frame_nrow(small));
  assert_int_equal(frame_gather(NULL, small, row, BIG, &out, NULL), OK);
  free(row);
  frame_unref(small);
  return out;
}

static inline Frame *slice(const Frame *f, int64_t first, int64_t n) {
  Frame *out;
  assert_int_equal(frame_slice(NULL, f, first, n, &out, NULL), OK);
  return out;
}

// The rows as a step takes them: some take positive numbers only.
static inline Frame *suited(const StepType *t, const Frame *x) {
  Frame *f = frame_new(frame_nrow(x));
  for (int j = 0; j < frame_ncol(x); j++) {
    Column *c = column_ref(frame_at(x, j)), *z;
    bool whole = c->type == COL_I64, real = c->type == COL_F64;
    if (t->positive && (whole || real)) {
      assert_int_equal(column_new(NULL, c->type, c->n, NULL, &z, NULL), OK);
      for (int64_t i = 0; i < c->n && whole; i++) z->i[i] = (c->i[i] < 0 ? -c->i[i] : c->i[i]) + 1;
      for (int64_t i = 0; i < c->n && real; i++) z->f[i] = fabs(c->f[i]) + 1;
      column_unref(c);
      c = z;
    }
    assert_int_equal(frame_add(f, frame_name(x, j), c, NULL), OK);
  }
  return f;
}

#define EACH_STEP(t) for (const StepType *const *t = prep_steps(); *t; t++)

// The k-th word, or the last one.
static inline void set_choice(Step *s, const Param *p, int k) {
  char word[64];
  const char *c = p->choices;
  for (; k > 0 && strchr(c, '|'); k--) c = strchr(c, '|') + 1;
  snprintf(word, sizeof word, "%.*s", (int)strcspn(c, "|"), c);
  set_text(s, p->name, word);
}

// Option p at one end of its range (k odd: the lower), or its k-th word.
static inline void set_bound(Step *s, const Param *p, int k) {
  param_defaults(s->type->params, s->opts);
  if (p->type == PARAM_BOOL) set_bool(s, p->name, k & 1);
  if (p->type == PARAM_INT) set_int(s, p->name, k & 1 || p->hi > 0x1p62 ? (int64_t)p->lo : (int64_t)p->hi);
  if (p->type == PARAM_REAL) set_real(s, p->name, k & 1 || p->hi == PARAM_INF ? p->lo : p->hi);
  if (p->type == PARAM_TEXT) set_text(s, p->name, k & 1 ? "" : "x");
  if (p->type == PARAM_CHOICE) set_choice(s, p, k);
}

static inline void try_fit(Step *s, const Frame *x) {
  Frame *z;
  if (step_fit(s, x) == OK && step_apply(s, x, &z) == OK) frame_unref(z);
  else assert_has(s->err.msg, "prep."); // an error must at least say whose it is
}
