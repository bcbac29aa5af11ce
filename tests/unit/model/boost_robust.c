// Odd data for boosting in every way of growing: what a model must be is worked by hand (constants, means, the same
// rows twice), and a fit that is stopped is held against a fit of as many rounds. job.c is replaced, so that a fit can
// be stopped at any of its questions.
#include "unit/model/boost_help.h"

static int64_t ticks_left = INT64_MAX;

ErrCode job_tick(Job *job, int64_t done, int64_t total, Err *err) {
  (void)job, (void)done, (void)total;
  return ticks_left-- > 0 ? OK : err_set(err, ERR_CANCELLED, "stopped");
}

bool job_keep(Job *job) {
  ticks_left = INT64_MAX;
  return job && job->partial;
}

ErrCode job_need(Job *job, int64_t bytes, const char *what, Err *err) {
  (void)job, (void)bytes, (void)what, (void)err;
  return OK;
}

static const char *const GROW[] = {"depth", "leaf", "oblivious"};

static Run run_grow(int k, double rounds) {
  Run r = run_new();
  put_text(&r, "grow", GROW[k]), put(&r, "rounds", rounds);
  return r;
}

// ---- few rows, columns without news -------------------------------------------------------------------------------
// Every row is predicted as the mean of y.
static void check_mean(const double *x, const double *y, int64_t n, double mean) {
  Frame *d = table(x, y, n);
  for (int k = 0; k < 3; k++) {
    Run r = run_grow(k, 5);
    Model *m = fit(&r, d, "y");
    double *s = scores(m, d);
    for (int64_t i = 0; i < n; i++) assert_near(s[i], mean, 1e-12);
    assert_int_equal(trees_of(m)->nnode, 5);
    mem_free(s);
    model_unref(m);
    arena_fini(&r.arena);
  }
  frame_unref(d);
}
TEST(columns_that_tell_nothing_leave_the_mean) {
  const double gone[] = {NAN, NAN, NAN, NAN}, same[] = {7, 7, 7, 7}, y[] = {1, 2, 3, 6};
  check_mean(same, y, 1, 1);
  check_mean(gone, y, 4, 3);
  check_mean(same, y, 4, 3);
}

// One split of y = 0 0 8 8 at lambda = 0 and eta = 1 is exact.
TEST(one_column_is_enough) {
  const double x[] = {1, 2, 3, 4}, y[] = {0, 0, 8, 8};
  Frame *d = table(x, y, 4);
  for (int k = 0; k < 3; k++) {
    Run r = run_grow(k, 1);
    put(&r, "eta", 1), put(&r, "lambda", 0), put(&r, "max_depth", 2);
    Model *m = fit(&r, d, "y");
    double *s = scores(m, d);
    for (int i = 0; i < 4; i++) assert_near(s[i], y[i], 1e-12);
    mem_free(s);
    model_unref(m);
    arena_fini(&r.arena);
  }
  frame_unref(d);
}

// A column without any value beside one with some changes nothing.
TEST(a_column_of_missing_values_changes_nothing) {
  Frame *d = noise(200, true), *e = frame_new(200);
  double gone[200];
  for (int i = 0; i < 200; i++) gone[i] = NAN;
  add_reals(e, "gone", gone), add_reals(e, "x", help_col(d, "x")->f), add_reals(e, "y", help_col(d, "y")->f);
  for (int k = 0; k < 3; k++) {
    Run r = run_grow(k, 5);
    Model *a = fit(&r, d, "y"), *b = fit(&r, e, "y");
    double *s = scores(a, e), *t = scores(b, e);
    assert_memory_equal(s, t, 200 * sizeof *s);
    mem_free(s), mem_free(t);
    model_unref(a), model_unref(b);
    arena_fini(&r.arena);
  }
  frame_unref(d), frame_unref(e);
}

// Every row twice, with all sums of second derivatives asked for twice as well.
TEST(rows_written_twice_are_one_model_with_penalties_twice) {
  Frame *d = noise(150, true), *twice;
  int64_t row[300];
  for (int i = 0; i < 300; i++) row[i] = i % 150;
  assert_int_equal(frame_gather(NULL, d, row, 300, &twice, NULL), OK);
  for (int k = 0; k < 3; k++) {
    Run r = run_grow(k, 5), q = run_grow(k, 5);
    put(&q, "lambda", 2), put(&q, "min_child_weight", 2);
    Model *a = fit(&r, d, "y"), *b = fit(&q, twice, "y");
    double *s = scores(a, d), *t = scores(b, d);
    for (int i = 0; i < 150; i++) assert_near(s[i], t[i], 1e-9);
    mem_free(s), mem_free(t);
    model_unref(a), model_unref(b);
    arena_fini(&r.arena), arena_fini(&q.arena);
  }
  frame_unref(d), frame_unref(twice);
}

// ---- many columns, many classes -----------------------------------------------------------------------------------
// 9,999 columns of noise and one, in the middle, that is the target.
TEST(one_column_among_ten_thousand_is_found) {
  enum { N = 200, P = 10000 };
  Frame *d = frame_new(N);
  RngKey key = rng_key(8, "wide");
  double x[N], y[N];
  char name[16];
  for (int i = 0; i < N; i++) y[i] = i % 2 ? 5 : -5;
  for (int j = 0; j < P; j++) {
    for (int i = 0; i < N; i++) x[i] = j == P / 2 ? y[i] : (double)rng_below(key, (uint64_t)i, (uint64_t)j, 4);
    snprintf(name, sizeof name, "x%d", j);
    add_reals(d, name, x);
  }
  add_reals(d, "y", y);
  for (int k = 0; k < 3; k++) {
    Run r = run_grow(k, 1);
    put(&r, "max_depth", 2);
    Model *m = fit(&r, d, "y");
    assert_int_equal(trees_of(m)->node[0].feature, P / 2);
    model_unref(m);
    arena_fini(&r.arena);
  }
  frame_unref(d);
}

// Class k is x = k: the most likely class of every row is its own, and shares add up to 1.
TEST(a_thousand_classes_are_told_apart) {
  enum { N = 2000, K = 1000 };
  static double x[N];
  Frame *d = frame_new(N);
  for (int i = 0; i < N; i++) x[i] = i % K;
  add_reals(d, "x", x), add_words(d, "y", x);
  Run r = run_grow(0, 1);
  put(&r, "min_child_weight", 0), put(&r, "max_bin", 256), put(&r, "max_depth", 2);
  Model *m = fit(&r, d, "y");
  assert_int_equal(trees_of(m)->ntree, K);
  double *s = scores(m, d);
  for (int i = 0; i < N; i += 97) {
    double sum = 0, most = 0;
    for (int k = 0; k < K; k++) sum += s[k * N + i], most = fmax(most, s[k * N + i]);
    assert_near(sum, 1, 1e-12);
    assert_near(s[i % K * N + i], most, 1e-15);
  }
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}

// ---- values that are refused --------------------------------------------------------------------------------------
static void refuse(const char *type, const Frame *d, const char *weight, const char *why) {
  Run r = run_of(type);
  Model *m;
  Err err = {0};
  r.fit.weight = weight;
  assert_int_equal(try_fit(&r, d, strcmp(type, "iforest") == 0 ? NULL : "y", &m, &err), ERR_ARG);
  assert_has(err.msg, why);
  arena_fini(&r.arena);
}
TEST(infinite_values_and_weights_of_zero_are_refused_by_column_and_row) {
  static const char *const TYPE[] = {"boost", "tree", "forest", "extratrees", "iforest"};
  const double x[] = {1, 2, -INFINITY, 4}, fine[] = {1, 2, 3, 4}, w[] = {1, 1, 1, 0};
  Frame *d = table(x, fine, 4), *e = table(fine, fine, 4);
  add_reals(e, "w", w);
  for (int k = 0; k < 5; k++) {
    refuse(TYPE[k], d, NULL, "column 'x' is infinite in row 3");
    refuse(TYPE[k], e, "w", "weight 'w' is 0 in row 4: weights are positive numbers; leave such rows out");
  }
  frame_unref(d), frame_unref(e);
}

// ---- stopping -----------------------------------------------------------------------------------------------------
typedef ErrCode (*GrowFn)(void *ctx, Job *job, Model **out);

// Stopped at each of its last questions, back to the one that leaves nothing: what is kept is what `want` makes of as
// many rounds.
static void stop_backwards(GrowFn grow, void *ctx, Run *want, const char *target, const Frame *d) {
  enum { MANY = 1 << 20 };
  int parts = 0;
  Model *m;
  ticks_left = MANY;
  assert_int_equal(grow(ctx, NULL, &m), OK);
  int64_t used = MANY - ticks_left;
  assert_int_equal(model_info(m).iterations, 6);
  model_unref(m);
  for (int64_t k = used - 1; k >= 0; k--) {
    Job job = {.partial = true};
    ticks_left = k;
    ErrCode code = grow(ctx, &job, &m);
    ticks_left = INT64_MAX;
    if (code == ERR_CANCELLED) break;
    assert_int_equal(code, OK);
    int64_t kept = model_info(m).iterations;
    assert_true(kept >= 1 && kept < 6);
    assert_int_equal(trees_of(m)->ntree, kept * trees_of(m)->noutput);
    assert_has(model_info(m).notes->name[0], "of 6 rounds");
    put(want, "rounds", (double)kept);
    Model *as = fit(want, d, target);
    check_same(m, as, d);
    model_unref(m), model_unref(as);
    parts++;
  }
  assert_true(parts >= 4);
}

typedef struct Stop {
  Run run;
  const Frame *d;
  const char *target;
  Model *from;
} Stop;

static ErrCode fit_again(void *ctx, Job *job, Model **out) {
  Stop *s = ctx;
  s->run.job = job;
  return try_fit(&s->run, s->d, s->target, out, NULL);
}

static ErrCode continue_again(void *ctx, Job *job, Model **out) {
  Stop *s = ctx;
  return model_continue(job, s->from, s->d, 4, NULL, out, NULL);
}

static void check_stopped(int grow, const char *target, const Frame *d) {
  Stop s = {.run = run_grow(grow, 6), .d = d, .target = target};
  Run want = run_grow(grow, 6);
  put(&s.run, "max_depth", 2), put(&want, "max_depth", 2);
  put(&s.run, "subsample", 0.8), put(&want, "subsample", 0.8);
  stop_backwards(fit_again, &s, &want, target, d);
  arena_fini(&s.run.arena), arena_fini(&want.arena);
}

static void check_continued(const Frame *d) {
  Run want = run_grow(0, 2);
  put(&want, "max_depth", 2);
  Stop s = {.d = d, .from = fit(&want, d, "y")};
  stop_backwards(continue_again, &s, &want, "y", d);
  model_unref(s.from);
  arena_fini(&want.arena);
}
TEST(a_fit_that_is_stopped_keeps_exactly_the_rounds_that_are_done) {
  enum { N = 20000, P = 53 }; // so many that every round asks
  static double x[N], y[N];
  Frame *d = frame_new(N);
  char name[16];
  RngKey key = rng_key(2, "stop");
  for (int j = 0; j < P; j++) {
    for (int i = 0; i < N; i++) x[i] = j < 5 ? rng_unit(key, (uint64_t)i, (uint64_t)j) : 1;
    for (int i = 0; i < N && j < 2; i++) y[i] = (j ? y[i] : 0) + x[i];
    snprintf(name, sizeof name, "x%d", j);
    add_reals(d, name, x);
  }
  add_reals(d, "y", y);
  for (int i = 0; i < N; i++) x[i] = (double)(int)(1.49 * y[i]);
  add_words(d, "class", x);
  for (int k = 0; k < 3; k++) check_stopped(k, "y", d);
  check_stopped(0, "class", d);
  check_continued(d);
  frame_unref(d);
}

// ---- files --------------------------------------------------------------------------------------------------------
TEST(a_file_that_is_cut_off_or_altered_is_refused) {
  Frame *d = noise(60, true);
  for (int k = 0; k < 3; k++) {
    Run r = run_grow(k, 2);
    Model *m = fit(&r, d, "y"), *back;
    Str text = {0};
    Err err;
    assert_int_equal(model_save(m, &text, NULL), OK);
    for (size_t n = 0; n < text.n; n += 1 + text.n / 97)
      assert_int_equal(model_load((Sv){text.s, n}, &back, &err), ERR_PARSE);
    for (size_t at = 30; at < text.n; at += 1 + text.n / 97) {
      char was = text.s[at];
      text.s[at] = was == '1' ? '2' : '1';
      assert_int_equal(model_load((Sv){text.s, text.n}, &back, &err), ERR_PARSE);
      text.s[at] = was;
    }
    assert_int_equal(model_load((Sv){text.s, text.n}, &back, &err), OK);
    check_same(m, back, d);
    str_fini(&text);
    model_unref(m), model_unref(back);
    arena_fini(&r.arena);
  }
  frame_unref(d);
}

RUN(CASE(columns_that_tell_nothing_leave_the_mean), CASE(one_column_is_enough),
    CASE(a_column_of_missing_values_changes_nothing), CASE(rows_written_twice_are_one_model_with_penalties_twice),
    CASE(one_column_among_ten_thousand_is_found), CASE(a_thousand_classes_are_told_apart),
    CASE(infinite_values_and_weights_of_zero_are_refused_by_column_and_row),
    CASE(a_fit_that_is_stopped_keeps_exactly_the_rounds_that_are_done),
    CASE(a_file_that_is_cut_off_or_altered_is_refused))
