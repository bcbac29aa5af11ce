// What every model type promises, checked over the list of types for each task that it does: nothing here names one.
// job.c is replaced by counters, so that a run can be stopped, or refused memory, at its first, second, third ...
// question until it completes.
#include "unit/prep/prep_help.h"

#include "model/model.h"

#include "base/pool.h"
#include "base/rng.h"
#include "frame/verbs.h"

#include <stdlib.h>

enum { SMALL = 60, BIG = 40000 };

static int64_t ticks_left = INT64_MAX, needs_left = INT64_MAX;

ErrCode job_tick(Job *job, int64_t done, int64_t total, Err *err) {
  (void)job, (void)done, (void)total;
  return ticks_left-- > 0 ? OK : err_set(err, ERR_CANCELLED, "stopped");
}

bool job_keep(Job *job) { return job && job->partial; }

ErrCode job_need(Job *job, int64_t bytes, const char *what, Err *err) {
  (void)job, (void)bytes;
  return needs_left-- > 0 ? OK : err_set(err, ERR_MEMORY, "%s", what);
}

static void never_stop(void) { ticks_left = needs_left = INT64_MAX; }

// ---- data ---------------------------------------------------------------------------------------------------------
static Column *column(ColType type, int64_t n) {
  Column *c;
  assert_int_equal(column_new(NULL, type, n, NULL, &c, NULL), OK);
  return c;
}

static Column *words(const double *k, int64_t n) {
  static const char *const WORD[] = {"lo", "mid", "top"};
  TextBuilder b;
  Column *text, *cat;
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++) assert_int_equal(textb_add(&b, sv(WORD[(int)k[i]]), NULL), OK);
  assert_int_equal(textb_take(&b, &text, NULL), OK);
  textb_fini(&b);
  assert_int_equal(column_to_cat(NULL, text, -1, &cat, NULL), OK);
  column_unref(text);
  return cat;
}

static void add(Frame *f, const char *name, Column *c) { assert_int_equal(frame_add(f, name, c, NULL), OK); }

// Features a (real), b (int), c (bool); targets value, two, three; weights w of 1 to 3. Classes overlap.
static Frame *sample(int64_t n) {
  Frame *f = frame_new(n);
  Column *a = column(COL_F64, n), *b = column(COL_I64, n), *c = column(COL_BOOL, n), *y = column(COL_F64, n);
  Column *w = column(COL_I64, n);
  double *two = malloc((size_t)n * sizeof *two), *three = malloc((size_t)n * sizeof *three);
  RngKey key = rng_key(3, "conform");
  never_stop();
  for (int64_t i = 0; i < n; i++) {
    uint64_t row = (uint64_t)i;
    a->f[i] = 4 * rng_unit(key, row, 0) - 2, b->i[i] = rng_below(key, row, 1, 50);
    c->b[i] = rng_unit(key, row, 2) < 0.3;
    w->i[i] = 1 + rng_below(key, row, 3, 3);
    double noise = 3 * (rng_unit(key, row, 4) + rng_unit(key, row, 5) - 1);
    double v = a->f[i] + 0.05 * (double)(b->i[i] - 25) - c->b[i] + noise;
    y->f[i] = 10 + 2 * v, two[i] = v > 0, three[i] = (v > -1) + (v > 1);
  }
  add(f, "a", a), add(f, "b", b), add(f, "c", c), add(f, "value", y), add(f, "two", words(two, n));
  add(f, "three", words(three, n)), add(f, "w", w);
  free(two);
  free(three);
  return f;
}

static const char *const FEATURES[] = {"a", "b", "c"};

// ---- one type with one target -------------------------------------------------------------------------------------
typedef struct Case {
  const ModelType *type;
  const char *target;
  void *opts;
  FitOpts fit;
  Arena arena;
  Err err;
} Case;

// The defaults; of a forest fewer trees, which keep the same promises.
static Case case_new(const ModelType *type, const char *target) {
  Case c = {.type = type, .target = target};
  const Param *trees = param_find(type->params, sv("n_estimators"));
  c.opts = arena_alloc(&c.arena, type->opts_size);
  param_defaults(type->params, c.opts);
  if (trees) assert_int_equal(param_set_int(trees, "test", c.opts, 5, NULL), OK);
  c.fit = (FitOpts){.features = {(const char **)(uintptr_t)FEATURES, 3}, .seed = 5};
  return c;
}

static ErrCode try_fit(Case *c, Job *job, const Frame *d, Model **m) {
  Learner *l = learner_new(NULL, 0, c->type, c->opts);
  c->err = (Err){0};
  ErrCode code = model_fit(job, l, d, c->target, &c->fit, m, &c->err);
  learner_unref(l);
  return code;
}

static Model *fit_case(Case *c, Job *job, const Frame *d) {
  Model *m;
  if (try_fit(c, job, d, &m) != OK) fail_msg("ml.%s for %s: %s", c->type->name, c->target, c->err.msg);
  return m;
}

static Frame *predict(const Model *m, Job *job, const Frame *d) {
  Frame *f;
  Err err;
  if (model_predict(job, m, d, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static Frame *model_table(const Model *m) {
  Frame *f;
  Err err;
  if (model_card(NULL, m, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

typedef void (*CaseFn)(Case *c, const Frame *d);

// Calls fn for every type and every target that it can have.
static void each_case(CaseFn fn, const Frame *d) {
  static const char *const TARGET[] = {"value", "two", "three"};
  for (const ModelType *const *t = model_types(); *t; t++)
    for (int k = 0; k < 3; k++) {
      if (!((*t)->tasks & (k ? TASK_CLASSIFICATION : TASK_REGRESSION))) continue;
      Case c = case_new(*t, TARGET[k]);
      fn(&c, d);
      arena_fini(&c.arena);
    }
}

static void each_on(CaseFn fn, int64_t n) {
  Frame *d = sample(n);
  each_case(fn, d);
  frame_unref(d);
}

// Same types and texts, numbers within tol of each other.
static void assert_close(const Frame *a, const Frame *b, double tol) {
  assert_int_equal(frame_ncol(a), frame_ncol(b));
  for (int j = 0; j < frame_ncol(a); j++) {
    const Column *c = frame_at(a, j), *e = help_col(b, frame_name(a, j));
    for (int64_t i = 0; i < c->n && !col_is_text(c); i++) assert_near(col_f64(c, i), col_f64(e, i), tol);
  }
}

// ---- the descriptor -----------------------------------------------------------------------------------------------
static bool is_sentence(const char *s) { return s && strlen(s) > 10 && s[strlen(s) - 1] != '.'; }

TEST(every_type_and_option_is_documented) {
  for (const ModelType *const *t = model_types(); *t; t++) {
    assert_ptr_equal(model_find(sv((*t)->name)), *t);
    assert_true(is_sentence((*t)->summary) && is_sentence((*t)->source) && is_sentence((*t)->unfit));
    assert_true((*t)->tasks & (TASK_REGRESSION | TASK_CLASSIFICATION | TASK_ANOMALY));
    for (const Param *p = (*t)->params; p->name; p++) {
      if (!is_sentence(p->doc)) fail_msg("%s.%s has no doc", (*t)->name, p->name);
      assert_non_null(p->dflt);
      assert_true(p->offset < (*t)->opts_size);
    }
  }
  assert_null(model_find(sv("logistik")));
}

// ---- predictions --------------------------------------------------------------------------------------------------
static void check_shapes(Case *c, const Frame *d) {
  double *s;
  Model *m = fit_case(c, NULL, d);
  int64_t n = frame_nrow(d), k = model_info(m).levels->n;
  assert_int_equal(model_scores(NULL, m, d, &s, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    double sum = 0;
    for (int64_t j = 0; j < (k ? k : 1); j++) {
      assert_true(isfinite(s[j * n + i]) && (!k || (s[j * n + i] >= 0 && s[j * n + i] <= 1)));
      sum += s[j * n + i];
    }
    if (k) assert_near(sum, 1, 1e-14);
  }
  Frame *p = predict(m, NULL, d), *card = model_table(m);
  assert_int_equal(frame_nrow(p), n);
  assert_int_equal(frame_ncol(p), 1 + k);
  assert_string_equal(frame_name(p, 0), "pred");
  assert_true(frame_find(card, sv("estimate")) >= 0 || frame_find(card, sv("importance")) >= 0);
  assert_has(frame_caption(card), c->type->name);
  frame_unref(card);
  frame_unref(p);
  mem_free(s);
  model_unref(m);
}
TEST(predictions_have_their_shape_and_probabilities_sum_to_one) { each_on(check_shapes, SMALL); }

// A row's prediction depends on that row alone.
static void check_rows(Case *c, const Frame *d) {
  Model *m = fit_case(c, NULL, d);
  Frame *all = predict(m, NULL, d);
  for (int64_t i = 0; i < frame_nrow(d); i += 7) {
    Frame *row, *want;
    assert_int_equal(frame_slice(NULL, d, i, 1, &row, NULL), OK);
    assert_int_equal(frame_slice(NULL, all, i, 1, &want, NULL), OK);
    Frame *got = predict(m, NULL, row);
    assert_same_frame(got, want);
    frame_unref(got);
    frame_unref(want);
    frame_unref(row);
  }
  frame_unref(all);
  model_unref(m);
}
TEST(rows_are_predicted_one_by_one) { each_on(check_rows, SMALL); }

static void check_threads(Case *c, const Frame *d) {
  Job job = {.pool = pool_new(8)};
  Model *m = fit_case(c, NULL, d), *m8 = fit_case(c, &job, d);
  Frame *p = predict(m, NULL, d), *p8 = predict(m8, &job, d), *card = model_table(m), *card8 = model_table(m8);
  assert_same_frame(p, p8);
  assert_same_frame(card, card8);
  assert_string_equal(frame_caption(card), frame_caption(card8));
  pool_free(job.pool);
  frame_unref(p);
  frame_unref(p8);
  frame_unref(card);
  frame_unref(card8);
  model_unref(m);
  model_unref(m8);
}
TEST(one_and_eight_threads_give_the_same_bits) { each_on(check_threads, BIG); }

static void check_store(Case *c, const Frame *d) {
  Model *m = fit_case(c, NULL, d), *b;
  Str text = {0};
  assert_int_equal(model_save(m, &text, NULL), OK);
  assert_int_equal(model_load((Sv){text.s, text.n}, &b, &c->err), OK);
  Frame *p = predict(m, NULL, d), *q = predict(b, NULL, d), *card = model_table(m), *card2 = model_table(b);
  assert_same_frame(p, q);
  assert_same_frame(card, card2);
  assert_string_equal(frame_caption(card), frame_caption(card2));
  frame_unref(p);
  frame_unref(q);
  frame_unref(card);
  frame_unref(card2);
  str_fini(&text);
  model_unref(b);
  model_unref(m);
}
TEST(a_model_that_was_saved_and_loaded_gives_the_same_bits) { each_on(check_store, SMALL); }

// ---- training rows ------------------------------------------------------------------------------------------------
// Rows that are drawn are others in another order: such types are held to it without drawing.
static void draw_no_rows(Case *c) {
  const Param *p = param_find(c->type->params, sv("bootstrap"));
  if (p) assert_int_equal(param_set_bool(p, "test", c->opts, false, NULL), OK);
}

static void check_order(Case *c, const Frame *d) {
  draw_no_rows(c);
  int64_t n = frame_nrow(d), *row = malloc((size_t)n * sizeof *row);
  Frame *turned;
  for (int64_t i = 0; i < n; i++) row[i] = i;
  rng_shuffle(rng_key(2, "conform"), row, n);
  assert_int_equal(frame_gather(NULL, d, row, n, &turned, NULL), OK);
  Model *m = fit_case(c, NULL, d), *t = fit_case(c, NULL, turned);
  Frame *card = model_table(m), *card2 = model_table(t), *p = predict(m, NULL, d), *q = predict(t, NULL, d);
  assert_close(card, card2, 1e-10);
  assert_close(p, q, 1e-10);
  frame_unref(p);
  frame_unref(q);
  frame_unref(card);
  frame_unref(card2);
  model_unref(m);
  model_unref(t);
  frame_unref(turned);
  free(row);
}
TEST(the_order_of_the_training_rows_does_not_matter) { each_on(check_order, BIG); }

// Every row w times in the place of a weight of w.
static void check_weights(Case *c, const Frame *d) {
  draw_no_rows(c);
  int64_t n = 0, *row = malloc((size_t)(3 * frame_nrow(d)) * sizeof *row);
  Frame *written;
  for (int64_t i = 0; i < frame_nrow(d); i++)
    for (int64_t k = 0; k < help_col(d, "w")->i[i]; k++) row[n++] = i;
  assert_int_equal(frame_gather(NULL, d, row, n, &written, NULL), OK);
  Model *t = fit_case(c, NULL, written);
  c->fit.weight = "w";
  Model *m = fit_case(c, NULL, d);
  Frame *p = predict(m, NULL, d), *q = predict(t, NULL, d);
  assert_close(p, q, 1e-9);
  frame_unref(p);
  frame_unref(q);
  model_unref(m);
  model_unref(t);
  frame_unref(written);
  free(row);
}
TEST(a_weight_of_two_is_a_row_twice) { each_on(check_weights, SMALL); }

// ---- odd data -----------------------------------------------------------------------------------------------------
// d with feature `name` replaced by c.
static Frame *with(const Frame *d, const char *name, Column *c) {
  Frame *f = frame_new(frame_nrow(d));
  for (int j = 0; j < frame_ncol(d); j++)
    add(f, frame_name(d, j), sv_is(sv(name), frame_name(d, j)) ? c : column_ref(frame_at(d, j)));
  return f;
}

static void check_constant(Case *c, const Frame *d) {
  Column *same = column(COL_F64, frame_nrow(d));
  for (int64_t i = 0; i < same->n; i++) same->f[i] = 0.1;
  Frame *flat = with(d, "b", same), *p;
  Model *m = fit_case(c, NULL, flat);
  p = predict(m, NULL, flat);
  for (int j = 1; j < frame_ncol(p); j++)
    for (int64_t i = 0; i < frame_nrow(p); i++) assert_true(isfinite(col_f64(frame_at(p, j), i)));
  frame_unref(p);
  model_unref(m);
  frame_unref(flat);
}
TEST(a_constant_column_does_no_harm) { each_on(check_constant, SMALL); }

static void check_one_row(Case *c, const Frame *d) {
  Frame *one, *p;
  Model *m;
  assert_int_equal(frame_slice(NULL, d, 0, 1, &one, NULL), OK);
  if (strcmp(c->target, "value") != 0) {
    assert_int_equal(try_fit(c, NULL, one, &m), ERR_ARG);
    assert_has(c->err.msg, "a model needs at least two classes");
  } else {
    m = fit_case(c, NULL, one);
    p = predict(m, NULL, one);
    assert_near(col_f64(frame_at(p, 0), 0), col_f64(help_col(d, "value"), 0), 1e-9);
    frame_unref(p);
    model_unref(m);
  }
  frame_unref(one);
}
TEST(one_row_is_a_value_but_no_two_classes) { each_on(check_one_row, SMALL); }

static void check_no_rows(Case *c, const Frame *d) {
  Frame *none;
  Model *m = fit_case(c, NULL, d);
  assert_int_equal(frame_slice(NULL, d, 0, 0, &none, NULL), OK);
  Frame *p = predict(m, NULL, none);
  assert_int_equal(frame_nrow(p), 0);
  frame_unref(p);
  frame_unref(none);
  model_unref(m);
}
TEST(no_rows_have_no_predictions) { each_on(check_no_rows, SMALL); }

// Missing values and words are predicted from like any others.
static void check_columns(Case *c, const Frame *gaps) {
  static const char *const MIXED[] = {"a", "three"};
  static const char *const WORDS[] = {"three"};
  for (int k = 0; k < 2; k++) {
    c->fit.features = (Names){(const char **)(uintptr_t)(k ? WORDS : MIXED), k ? 1 : 2};
    if (strcmp(c->target, "three") == 0) c->fit.features = (Names){(const char **)(uintptr_t)FEATURES, 3};
    Model *m = fit_case(c, NULL, gaps);
    Frame *p = predict(m, NULL, gaps);
    for (int j = 1; j < frame_ncol(p); j++)
      for (int64_t i = 0; i < frame_nrow(p); i++) assert_true(isfinite(col_f64(frame_at(p, j), i)));
    frame_unref(p);
    model_unref(m);
  }
  c->fit.features = (Names){(const char **)(uintptr_t)FEATURES, 3};
}

static void check_nan(Case *c, const Frame *d) {
  if (c->type->blind) return;
  Column *a = column(COL_F64, frame_nrow(d)), *b = column(COL_F64, frame_nrow(d));
  for (int64_t i = 0; i < a->n; i++) a->f[i] = i == 3 ? NAN : 1, b->f[i] = i == 3 ? INFINITY : 1;
  Frame *nan = with(d, "a", a), *inf = with(d, "a", b);
  Model *m;
  if (c->type->predict_columns) {
    check_columns(c, nan);
  } else {
    assert_int_equal(try_fit(c, NULL, nan, &m), ERR_ARG);
    assert_has(c->err.msg, "column 'a' has 1 missing value (first in row 4)");
  }
  assert_int_equal(try_fit(c, NULL, inf, &m), ERR_ARG);
  assert_has(c->err.msg, "column 'a' is infinite in row 4");
  frame_unref(nan);
  frame_unref(inf);
}
TEST(values_that_a_type_does_not_take_are_refused_before_the_fit) { each_on(check_nan, SMALL); }

// ---- options ------------------------------------------------------------------------------------------------------
static void set_choice(Case *c, const Param *p, int k) {
  char word[64];
  const char *s = p->choices;
  for (; k > 0 && strchr(s, '|'); k--) s = strchr(s, '|') + 1;
  snprintf(word, sizeof word, "%.*s", (int)strcspn(s, "|"), s);
  assert_int_equal(param_set_text(p, "test", c->opts, word, NULL), OK);
}

static void set_bound(Case *c, const Param *p, int k) {
  double v = k & 1 ? p->hi : p->lo;
  if (p->type == PARAM_BOOL) assert_int_equal(param_set_bool(p, "test", c->opts, k & 1, NULL), OK);
  if (p->type == PARAM_INT) assert_int_equal(param_set_real(p, "test", c->opts, v < 1e3 ? v : 1e3, NULL), OK);
  if (p->type == PARAM_REAL) assert_int_equal(param_set_real(p, "test", c->opts, v, NULL), OK);
  if (p->type == PARAM_CHOICE) set_choice(c, p, k);
}

static void check_bounds(Case *c, const Frame *d) {
  for (const Param *p = c->type->params; p->name; p++)
    for (int k = 0; k < 6; k++) {
      Model *m;
      param_defaults(c->type->params, c->opts);
      set_bound(c, p, k);
      ErrCode code = try_fit(c, NULL, d, &m);
      if (code != OK) {
        assert_int_equal(code, ERR_ARG);
        assert_has(c->err.msg, c->type->name); // an error must at least say whose it is
        continue;
      }
      Frame *q = predict(m, NULL, d), *card = model_table(m);
      for (int j = 1; j < frame_ncol(q); j++)
        for (int64_t i = 0; i < frame_nrow(q); i++)
          if (!isfinite(col_f64(frame_at(q, j), i))) fail_msg("%s.%s at bound %d", c->type->name, p->name, k);
      frame_unref(card);
      frame_unref(q);
      model_unref(m);
    }
}
TEST(every_option_at_its_bounds_fits_or_says_why_not) { each_on(check_bounds, SMALL); }

// ---- stopping -----------------------------------------------------------------------------------------------------
// Fit, predict and card, with *left set to 0, 1, 2 ... until all three complete; every earlier end has the code `want`.
static void stop_everywhere(Case *c, const Frame *d, int64_t *left, ErrCode want) {
  int64_t stops = 0;
  for (int64_t k = 0;; k++, stops++) {
    Model *m = NULL;
    Frame *p = NULL, *card = NULL;
    *left = k;
    ErrCode code = try_fit(c, NULL, d, &m);
    if (code == OK) code = model_predict(NULL, m, d, &p, NULL);
    if (code == OK) code = model_card(NULL, m, &card, NULL);
    never_stop();
    frame_unref(p);
    frame_unref(card);
    model_unref(m);
    if (code == OK || code == ERR_ARG) break; // an option may have no place here
    assert_int_equal(code, want);
  }
  assert_true(stops > 0);
}

// With the defaults and with each option at its lower bound, which opens other ways through the code.
static void stop_with_options(Case *c, const Frame *d, int64_t *left, ErrCode want) {
  stop_everywhere(c, d, left, want);
  for (const Param *p = c->type->params; p->name; p++) {
    param_defaults(c->type->params, c->opts);
    set_bound(c, p, 0);
    stop_everywhere(c, d, left, want);
  }
}

static void check_cancel(Case *c, const Frame *d) { stop_with_options(c, d, &ticks_left, ERR_CANCELLED); }
TEST(stopping_at_any_tick_leaves_nothing_behind) { each_on(check_cancel, SMALL); }

static void check_memory(Case *c, const Frame *d) { stop_with_options(c, d, &needs_left, ERR_MEMORY); }
TEST(a_refusal_of_memory_at_any_place_leaves_nothing_behind) { each_on(check_memory, SMALL); }

RUN(CASE(every_type_and_option_is_documented), CASE(predictions_have_their_shape_and_probabilities_sum_to_one),
    CASE(rows_are_predicted_one_by_one), CASE(one_and_eight_threads_give_the_same_bits),
    CASE(a_model_that_was_saved_and_loaded_gives_the_same_bits), CASE(the_order_of_the_training_rows_does_not_matter),
    CASE(a_weight_of_two_is_a_row_twice), CASE(a_constant_column_does_no_harm),
    CASE(one_row_is_a_value_but_no_two_classes), CASE(no_rows_have_no_predictions),
    CASE(values_that_a_type_does_not_take_are_refused_before_the_fit),
    CASE(every_option_at_its_bounds_fits_or_says_why_not), CASE(stopping_at_any_tick_leaves_nothing_behind),
    CASE(a_refusal_of_memory_at_any_place_leaves_nothing_behind))
