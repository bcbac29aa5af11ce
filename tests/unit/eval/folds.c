// Folds and cross-validation. Parts by groups and by time, and the scores of leave-one-out and of time folds on longley
// are those of scikit-learn 1.2.1 (GroupKFold, TimeSeriesSplit, LeaveOneOut with LinearRegression); the rest are
// properties that hold for any seed.
#include "unit/eval/samples.h"

#include "eval/folds.h"
#include "unit/io/io_help.h"

#include <math.h>

enum { N = 240, MANY = 12 };

static const char *word_of(int64_t i) { return i % 5 == 0 ? "rare" : i % 3 ? "often" : "some"; }

static Frame *sample(int64_t n) {
  Frame *f = frame_new(n);
  int64_t *id = calloc((size_t)n, 8), *day = calloc((size_t)n, 8);
  const char **g = calloc((size_t)n, sizeof *g);
  for (int64_t i = 0; i < n; i++) id[i] = i, day[i] = (i * 7) % n, g[i] = word_of(i);
  frame_put(f, "id", column_ints(id, n));
  frame_put(f, "day", column_ints(day, n));
  frame_put(f, "g", column_words(g, n));
  free(id);
  free(day);
  free(g);
  return f;
}

static Folds folds_of(const Frame *f, const char *target, FoldOpts o) {
  Folds out;
  Err err;
  if (!o.folds) o.folds = 5;
  if (!o.repeats) o.repeats = 1;
  if (folds_new(NULL, f, target, &o, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

TEST(every_row_is_held_out_once_in_each_repeat_and_sizes_differ_by_one) {
  Frame *f = sample(N + 3);
  int64_t train[N + 3], test[N + 3], ntest;
  for (uint64_t seed = 0; seed < MANY; seed++) {
    Folds v = folds_of(f, "g", (FoldOpts){.folds = 7, .repeats = 3, .stratify = seed % 2, .seed = seed});
    for (int64_t r = 0; r < 3; r++) {
      int held[N + 3] = {0};
      for (int64_t k = 0; k < 7; k++) {
        int64_t ntrain = folds_rows(&v, r, k, train, test, &ntest);
        assert_int_equal(ntrain + ntest, N + 3);
        assert_true(ntest == (N + 3) / 7 || ntest == (N + 3) / 7 + 1);
        for (int64_t i = 0; i < ntest; i++) held[test[i]]++;
      }
      for (int64_t i = 0; i < N + 3; i++) assert_int_equal(held[i], 1);
    }
    folds_free(&v);
  }
  frame_unref(f);
}

TEST(a_class_is_spread_within_one_row_and_repeats_differ) {
  Frame *f = sample(N);
  Folds v = folds_of(f, "g", (FoldOpts){.repeats = 2, .stratify = true, .seed = 3});
  const char *words[] = {"rare", "some", "often"};
  for (int w = 0; w < 3; w++) {
    int64_t count[5] = {0}, least = N, most = 0;
    for (int64_t i = 0; i < N; i++) count[v.part[i]] += strcmp(word_of(i), words[w]) == 0;
    for (int k = 0; k < 5; k++) {
      if (count[k] < least) least = count[k];
      if (count[k] > most) most = count[k];
    }
    assert_true(most - least <= 1);
  }
  assert_memory_not_equal(v.part, v.part + N, N * sizeof *v.part);
  folds_free(&v);
  frame_unref(f);
}

TEST(groups_stay_together_as_scikit_learn_parts_them) {
  static const int64_t group[] = {0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 4, 5}, part[] = {1, 1, 1, 2, 2, 2, 0, 0, 0, 0, 1, 2};
  Frame *f = frame_new(12);
  frame_put(f, "g", column_ints(group, 12));
  Folds v = folds_of(f, NULL, (FoldOpts){.folds = 3, .group = "g"});
  for (int i = 0; i < 12; i++) assert_int_equal(v.part[i], part[i]);
  folds_free(&v);
  frame_unref(f);
}

TEST(time_folds_learn_from_what_came_before) {
  Frame *f = sample(11);
  int64_t train[11], test[11], ntest;
  Folds v = folds_of(f, NULL, (FoldOpts){.folds = 3, .time = "day"});
  assert_true(v.growing);
  for (int64_t k = 0; k < 3; k++) {
    int64_t ntrain = folds_rows(&v, 0, k, train, test, &ntest), latest = -1;
    assert_int_equal(ntrain, 5 + 2 * k);
    assert_int_equal(ntest, 2);
    const int64_t *day = col_of(f, "day")->i;
    for (int64_t i = 0; i < ntrain; i++)
      if (day[train[i]] > latest) latest = day[train[i]];
    assert_true(day[test[0]] > latest && day[test[1]] > latest);
  }
  folds_free(&v);
  frame_unref(f);
}

// ---- errors -------------------------------------------------------------------------------------------------------
static void assert_refused(const Frame *f, FoldOpts o, ErrCode code, const char *why) {
  Folds v;
  Err err;
  if (!o.folds) o.folds = 5;
  if (!o.repeats) o.repeats = 1;
  assert_int_equal(folds_new(NULL, f, NULL, &o, &v, &err), code);
  assert_has(err.msg, why);
}

TEST(what_cannot_be_parted_is_said) {
  Frame *f = sample(10);
  assert_refused(f, (FoldOpts){.folds = 11}, ERR_ARG, "10 rows cannot make 11 folds");
  assert_refused(f, (FoldOpts){.folds = 4, .group = "g"}, ERR_ARG, "3 groups cannot make 4 folds");
  assert_refused(f, (FoldOpts){.folds = 10, .time = "id"}, ERR_ARG, "in order of time");
  assert_refused(f, (FoldOpts){.group = "g", .time = "day"}, ERR_ARG, "exclude each other");
  assert_refused(f, (FoldOpts){.folds = 2, .group = "g", .repeats = 2}, ERR_ARG, "leave repeats out");
  assert_refused(f, (FoldOpts){.method = FOLDS_GROUP}, ERR_ARG, "needs the column of the groups");
  assert_refused(f, (FoldOpts){.folds = 2, .time = "g"}, ERR_TYPE, "a date or a number orders rows");
  assert_refused(f, (FoldOpts){.folds = 2, .time = "dai"}, ERR_NAME, "did you mean 'day'?");
  frame_unref(f);
}

// ---- scores -------------------------------------------------------------------------------------------------------
static Frame *longley(void) {
  Frame *f = NULL;
  Err err = {0};
  ReadOpts opts;
  io_read_defaults(&opts);
  if (io_read(NULL, &HELP_DOOR, "datasets/longley.csv", &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static Frame *cv_linear(const Frame *f, FoldOpts folds, const Names *metrics) {
  const ModelType *type = model_find(sv("linear"));
  Arena a = {0};
  void *opts = arena_alloc(&a, type->opts_size);
  Frame *out;
  Err err;
  param_defaults(type->params, opts);
  Learner *l = learner_new(NULL, 0, type, opts);
  if (!folds.folds) folds.folds = 5;
  folds.repeats = 1;
  CvOpts o = {.folds = folds};
  if (metrics) o.metrics = *metrics;
  if (eval_cv(NULL, l, f, "Employed", &o, &out, &err) != OK) fail_msg("%s", err.msg);
  learner_unref(l);
  arena_fini(&a);
  return out;
}

TEST(leave_one_out_judges_every_row_by_a_model_that_did_not_see_it) {
  Frame *d = longley(), *f = cv_linear(d, (FoldOpts){.method = FOLDS_LOO}, NULL);
  assert_int_equal(frame_nrow(f), 1);
  assert_near(col_of(f, "rmse")->f[0], 0.4247714489472661, 1e-9);
  assert_near(col_of(f, "mae")->f[0], 0.33342594669250447, 1e-9);
  assert_near(col_of(f, "r2")->f[0], 0.9843959198927507, 1e-9);
  frame_unref(f);
  frame_unref(d);
}

TEST(time_folds_have_the_scores_of_scikit_learn) {
  const char *rmse[] = {"rmse"};
  Frame *d = longley(), *f = cv_linear(d, (FoldOpts){.method = FOLDS_TIME, .folds = 3}, &(Names){rmse, 1});
  assert_near(col_of(f, "rmse")->f[1], 0.8455013583090052, 1e-9); // the first fold has fewer rows than columns
  assert_near(col_of(f, "rmse")->f[2], 0.8077242178310623, 1e-9);
  frame_unref(f);
  frame_unref(d);
}

RUN(CASE(every_row_is_held_out_once_in_each_repeat_and_sizes_differ_by_one),
    CASE(a_class_is_spread_within_one_row_and_repeats_differ),
    CASE(groups_stay_together_as_scikit_learn_parts_them), CASE(time_folds_learn_from_what_came_before),
    CASE(what_cannot_be_parted_is_said), CASE(leave_one_out_judges_every_row_by_a_model_that_did_not_see_it),
    CASE(time_folds_have_the_scores_of_scikit_learn))
