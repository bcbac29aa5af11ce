// The rounds of boosting. What they are compared with is what the model itself predicts for the rows held out, counted
// here, and the trees as model_look tells them.
#include "unit/prep/shape_help.h"

#include "frame/verbs.h"
#include "model/training.h"

#include <math.h>
#include <stdlib.h>

typedef struct Fit {
  Arena arena;
  Model *m;
  Frame *train, *test;
  Rounds live;
  Job job;
} Fit;

static void split(Fit *f, const char *data) {
  Frame *d = help_data(data);
  int64_t n = frame_nrow(d), nrow[2] = {0}, *row[2];
  for (int k = 0; k < 2; k++) row[k] = arena_array(&f->arena, int64_t, n);
  for (int64_t i = 0; i < n; i++) row[i % 4 == 0][nrow[i % 4 == 0]++] = i;
  assert_int_equal(frame_gather(NULL, d, row[0], nrow[0], &f->train, NULL), OK);
  assert_int_equal(frame_gather(NULL, d, row[1], nrow[1], &f->test, NULL), OK);
  frame_unref(d);
}

static void set(const ModelType *t, void *opts, const char *name, double v) {
  assert_int_equal(param_set_real(param_find(t->params, sv(name)), "boost", opts, v, NULL), OK);
}

// Rows 0, 4, 8 ... are held out where there are rows to watch.
static void fit_open(Fit *f, const char *data, const char *target, int64_t nround, bool watch) {
  *f = (Fit){.m = NULL};
  const ModelType *t = model_find(sv("boost"));
  void *opts = arena_alloc(&f->arena, t->opts_size);
  param_defaults(t->params, opts);
  set(t, opts, "rounds", (double)nround);
  if (watch && nround > 100) set(t, opts, "early_stopping_rounds", 5);
  split(f, data);
  rounds_init(&f->live);
  f->job.rounds = &f->live;
  Learner *l = learner_new(NULL, 0, t, opts);
  FitOpts o = {.seed = 1, .valid = watch ? f->test : NULL};
  Err err;
  ErrCode code = model_fit(&f->job, l, f->train, target, &o, &f->m, &err);
  if (code != OK) fail_msg("%s", err.msg);
  learner_unref(l);
}

static void fit_close(Fit *f) {
  model_unref(f->m);
  frame_unref(f->train), frame_unref(f->test);
  rounds_fini(&f->live);
  arena_fini(&f->arena);
}

TEST(what_is_seen_of_a_round_is_what_the_model_then_predicts) {
  Fit f;
  ModelRounds r;
  double *p;
  fit_open(&f, "breast_cancer", "class", 20, true);
  assert_true(model_training(f.m, &r));
  assert_int_equal(r.n, 20);
  assert_int_equal(r.nseen, 20);
  assert_int_equal(r.kept, 20);
  assert_int_equal(model_scores(NULL, f.m, f.test, &p, NULL), OK);
  int64_t n = frame_nrow(f.test);
  RoundSeen want = {0};
  const Names *levels = model_info(f.m).levels;
  for (int64_t i = 0; i < n; i++) {
    Str word = {0};
    col_format(help_col(f.test, "class"), i, CELL_EXACT, &word);
    bool one = strcmp(str_c(&word), levels->name[1]) == 0, called = p[n + i] > 0.5;
    want.bin[one][(int)(p[n + i] * SEEN_BINS)]++;
    *(one ? called ? &want.tp : &want.fn : called ? &want.fp : &want.tn) += 1;
    str_fini(&word);
  }
  assert_memory_equal(&r.seen[19], &want, sizeof want);
  mem_free(p);
  fit_close(&f);
}

TEST(a_fit_that_runs_tells_each_round_to_who_looks_on) {
  Fit f;
  ModelRounds r;
  fit_open(&f, "breast_cancer", "class", 500, true);
  assert_true(model_training(f.m, &r));
  assert_int_equal(f.live.fit, 1);
  assert_int_equal(f.live.plan.total, 500);
  assert_string_equal(f.live.plan.metric, "logloss");
  assert_false(f.live.plan.larger);
  assert_int_equal(f.live.n, r.n);
  assert_int_equal(r.n, r.best + 6); // five rounds were no better
  assert_int_equal(r.kept, r.best + 1);
  for (int64_t k = 0; k < r.n; k++) {
    assert_true(f.live.round[k].train == r.train[k] && f.live.round[k].valid == r.valid[k]);
    assert_true(r.valid[k] >= r.valid[r.best]);
  }
  assert_true(f.live.has_seen);
  assert_memory_equal(&f.live.seen[0], &r.seen[r.n - 1], sizeof f.live.seen[0]);
  assert_memory_equal(&f.live.seen[1], &r.seen[r.best], sizeof f.live.seen[1]);
  assert_int_equal(f.live.best, r.best);
  assert_int_equal(f.live.plan.nvalid, frame_nrow(f.test));
  assert_int_equal(f.live.plan.ntrain, frame_nrow(f.train));
  fit_close(&f);
}

TEST(without_rows_held_out_rounds_are_only_counted) {
  Fit f;
  ModelRounds r;
  Frame *table;
  fit_open(&f, "breast_cancer", "class", 8, false);
  assert_true(model_training(f.m, &r));
  assert_true(r.metric == NULL && r.n == 0 && r.kept == 8);
  assert_int_equal(f.live.n, 8);
  assert_string_equal(f.live.plan.metric, "");
  assert_int_equal(model_rounds(f.m, &table, NULL), OK);
  assert_int_equal(frame_nrow(table), 8);
  assert_int_equal(frame_find(table, sv("valid")), -1);
  assert_string_equal(frame_caption(table), "no rows were held out: ml.boost{valid=0.2} scores each round");
  frame_unref(table);
  fit_close(&f);
}

TEST(a_loop_that_reports_its_own_progress_hides_the_fits_inside_it) {
  Rounds live;
  rounds_init(&live);
  Job job = {.rounds = &live, .inner = 1};
  rounds_begin(&job, &(RoundsPlan){.metric = "rmse", .total = 10});
  rounds_add(&job, &(Round){1, 2}, NULL);
  rounds_begin(NULL, &(RoundsPlan){.metric = "rmse", .total = 10});
  assert_int_equal(live.fit, 0);
  assert_int_equal(live.n, 0);
  rounds_fini(&live);
}

// By model_look: leaves, depth and gains of the trees of a round.
static void check_round(const Model *m, const Frame *table, int64_t round, int64_t noutput) {
  Arena a = {0};
  RoundTrees t;
  int64_t leaves = 0, depth = 0;
  double gain = 0;
  assert_int_equal(model_round(m, round, &a, &t, NULL), OK);
  assert_int_equal(t.first, (round - 1) * noutput + 1);
  assert_int_equal(t.n, noutput);
  for (int64_t k = 0; k < noutput; k++) {
    TreeLook look;
    assert_int_equal(model_look(m, t.first + k, 1, 1000, &a, &look, NULL), OK);
    leaves += look.nleaf, depth = look.depth > depth ? look.depth : depth;
    for (int64_t i = 0; i < look.n; i++) gain += look.item[i].gain;
  }
  assert_int_equal(t.leaves, leaves);
  assert_int_equal(t.depth, depth);
  assert_near(t.gain, gain, 1e-9 * gain);
  assert_int_equal(help_col(table, "leaves")->i[round - 1], leaves);
  assert_int_equal(help_col(table, "depth")->i[round - 1], depth);
  assert_near(help_col(table, "gain")->f[round - 1], gain, 1e-9 * gain);
  double share = 0;
  for (int64_t k = 0; k < t.nterm; k++) {
    share += t.term[k].share;
    assert_true(k == 0 || t.term[k].share <= t.term[k - 1].share);
  }
  assert_near(share, 1, 1e-12);
  arena_fini(&a);
}

TEST(the_trees_of_a_round_are_those_that_are_looked_at) {
  Fit f;
  Frame *table;
  fit_open(&f, "iris", "class", 6, true);
  assert_int_equal(model_rounds(f.m, &table, NULL), OK);
  for (int64_t round = 1; round <= 6; round++) check_round(f.m, table, round, 3);
  assert_int_equal(help_col(table, "round")->i[5], 6);
  frame_unref(table);
  fit_close(&f);
}

TEST(rounds_that_early_stopping_dropped_have_scores_and_no_trees) {
  Fit f;
  ModelRounds r;
  Frame *table;
  fit_open(&f, "breast_cancer", "class", 500, true);
  assert_true(model_training(f.m, &r));
  assert_int_equal(model_rounds(f.m, &table, NULL), OK);
  assert_int_equal(frame_nrow(table), r.n);
  assert_true(col_valid(help_col(table, "leaves"), r.kept - 1));
  assert_false(col_valid(help_col(table, "leaves"), r.kept));
  assert_true(help_col(table, "valid")->f[r.n - 1] == r.valid[r.n - 1]);
  frame_unref(table);
  fit_close(&f);
}

TEST(what_is_not_there_is_refused) {
  Fit f;
  RoundTrees t;
  Frame *table;
  Err err;
  fit_open(&f, "iris", "class", 3, false);
  assert_int_equal(model_round(f.m, 4, &f.arena, &t, &err), ERR_ARG);
  assert_string_equal(err.msg, "round must be from 1 to 3, 4 was given");
  const ModelType *type = model_find(sv("tree"));
  void *opts = arena_alloc(&f.arena, type->opts_size);
  param_defaults(type->params, opts);
  Learner *l = learner_new(NULL, 0, type, opts);
  Model *tree;
  ModelRounds r;
  assert_int_equal(model_fit(NULL, l, f.train, "class", &(FitOpts){.seed = 1}, &tree, NULL), OK);
  assert_false(model_training(tree, &r));
  assert_int_equal(model_rounds(tree, &table, &err), ERR_ARG);
  assert_string_equal(err.msg, "rounds are of ml.boost; this is ml.tree");
  model_unref(tree);
  learner_unref(l);
  fit_close(&f);
}

RUN(CASE(what_is_seen_of_a_round_is_what_the_model_then_predicts),
    CASE(a_fit_that_runs_tells_each_round_to_who_looks_on),
    CASE(without_rows_held_out_rounds_are_only_counted),
    CASE(a_loop_that_reports_its_own_progress_hides_the_fits_inside_it),
    CASE(the_trees_of_a_round_are_those_that_are_looked_at),
    CASE(rounds_that_early_stopping_dropped_have_scores_and_no_trees), CASE(what_is_not_there_is_refused))
