// Boosting beside XGBoost 1.7.4 at equal options on bundled tables (tests/golden/xgboost_fits.h, rows and scores as its
// maker says), and small trees that are worked by hand.
#include "golden/xgboost_fits.h"
#include "unit/model/boost_help.h"

#include "frame/shape.h"
#include "frame/verbs.h"
#include "model/boost_int.h"
#include "model/training.h"

static void put_base(Run *r, const char *v) { put_list(r, "base_score", v); }

// ---- beside XGBoost -----------------------------------------------------------------------------------------------
static Frame *rows_of(const Frame *d, const char *target, bool test) {
  int64_t *row = malloc((size_t)frame_nrow(d) * sizeof *row), n = 0, at = 0;
  const Column *y = help_col(d, target);
  Frame *out;
  for (int64_t i = 0; i < y->n; i++)
    if (col_valid(y, i) && (at++ % 4 == 0) == test) row[n++] = i;
  assert_int_equal(frame_gather(NULL, d, row, n, &out, NULL), OK);
  free(row);
  return out;
}

static Names numbers_of(const Frame *d, const char *target, Arena *a) {
  Names out = {arena_array(a, const char *, frame_ncol(d)), 0};
  for (int j = 0; j < frame_ncol(d); j++)
    if (col_is_number(frame_at(d, j)) && strcmp(frame_name(d, j), target) != 0) out.name[out.n++] = frame_name(d, j);
  return out;
}

// Ten digits are classes.
static Frame *as_classes(Frame *d, const char *target) {
  Frame *out;
  if (strcmp(target, "digit") != 0) return d;
  Names name = {&target, 1};
  ColType to = COL_CAT;
  assert_int_equal(frame_cast(NULL, d, &name, &to, 0, &out, NULL), OK);
  frame_unref(d);
  return out;
}

// RMSE or log loss.
static double loss_of(const Model *m, const Frame *d, const char *target) {
  const Names *levels = model_info(m).levels;
  const Column *y = help_col(d, target);
  double *s = scores(m, d), sum = 0;
  for (int64_t i = 0; i < y->n; i++) {
    if (!levels->n) {
      sum += (s[i] - col_f64(y, i)) * (s[i] - col_f64(y, i));
      continue;
    }
    int64_t k = 0;
    while (!sv_is(col_text(y, i), levels->name[k])) k++;
    sum -= log(s[k * y->n + i]);
  }
  mem_free(s);
  return levels->n ? sum / (double)y->n : sqrt(sum / (double)y->n);
}

static Run run_as(const XgboostFit *x) {
  Run r = run_new();
  put(&r, "rounds", 50), put(&r, "eta", 0.1), put_base(&r, "0.5");
  if (strcmp(x->way, "15 leaves") == 0) {
    put(&r, "max_depth", 0), put(&r, "max_leaves", 15);
    put_text(&r, "grow", "leaf");
  }
  if (strcmp(x->way, "depth 3, penalties") != 0) return r;
  put(&r, "max_depth", 3), put(&r, "alpha", 0.5), put(&r, "lambda", 2), put(&r, "gamma", 0.2);
  put(&r, "min_child_weight", 3);
  return r;
}

// Training losses agree as closely as ties and bins of more than 256 values allow; unseen rows fall between cuts that
// both programs may place anywhere between two values, so there the sets as a whole are compared.
TEST(losses_are_those_of_xgboost_at_equal_options) {
  double ours = 0, theirs = 0;
  int n = (int)(sizeof XGBOOST_FITS / sizeof *XGBOOST_FITS);
  for (int k = 0; k < n; k++) {
    const XgboostFit *x = &XGBOOST_FITS[k];
    Run r = run_as(x);
    Frame *d = as_classes(help_data(x->table), x->target);
    Frame *train = rows_of(d, x->target, false), *test = rows_of(d, x->target, true);
    r.fit.features = numbers_of(d, x->target, &r.arena);
    Model *m = fit(&r, train, x->target);
    double a = loss_of(m, train, x->target), b = loss_of(m, test, x->target);
    double unit = model_info(m).levels->n ? 1 : x->test;
    if (a > x->train + 0.04 * x->train + 0.0005) fail_msg("%s, %s: %g, not %g", x->table, x->way, a, x->train);
    ours += b / unit, theirs += x->test / unit;
    model_unref(m);
    frame_unref(test), frame_unref(train), frame_unref(d);
    arena_fini(&r.arena);
  }
  if (ours > theirs + 0.0005 * n) fail_msg("%g, not %g", ours / n, theirs / n);
}

// ---- by hand ------------------------------------------------------------------------------------------------------
// y = 1 1 4 4: base 2.5, g = 1.5 1.5 -1.5 -1.5, h = 1; the cut midway at 3, weights -3 / (2 + 1) = -1 and 1, gain
// 9 / 3 + 9 / 3 - 0 = 6.
TEST(a_stump_is_what_newtons_step_gives) {
  const double x[] = {1, 2, 4, 5}, y[] = {1, 1, 4, 4};
  Frame *d = table(x, y, 4);
  Run r = run_new();
  put(&r, "rounds", 1), put(&r, "eta", 0.5), put(&r, "max_depth", 1);
  Model *m = fit(&r, d, "y");
  double *s = scores(m, d);
  for (int i = 0; i < 4; i++) assert_near(s[i], i < 2 ? 2 : 3, 1e-15);
  const Frame *card;
  assert_int_equal(model_card(NULL, m, (Frame **)(uintptr_t)&card, NULL), OK);
  assert_near(col_f64(help_col(card, "gain"), 0), 6, 1e-6);
  assert_near(col_f64(help_col(card, "cover"), 0), 4, 0);
  frame_unref((Frame *)(uintptr_t)card);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}

TEST(missing_values_go_where_they_gain_more) {
  const double x[] = {1, 2, NAN, 4, 5, NAN}, y[] = {0, 0, 9, 9, 9, 9};
  Frame *d = table(x, y, 6);
  Run r = run_new();
  put(&r, "rounds", 1), put(&r, "eta", 1), put(&r, "max_depth", 1), put(&r, "lambda", 0);
  Model *m = fit(&r, d, "y");
  double *s = scores(m, d);
  for (int i = 0; i < 6; i++) assert_near(s[i], y[i], 1e-12);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}

// ---- the same bits ------------------------------------------------------------------------------------------------
static void check_threads(const char *grow, double subsample) {
  Frame *d = noise(100000, true);
  double *first = NULL;
  for (int threads = 1; threads <= 16; threads = threads == 3 ? 7 : threads == 7 ? 16 : threads + 1) {
    Job job = {.pool = pool_new(threads)};
    Run r = run_new();
    r.job = &job;
    put(&r, "rounds", 5), put(&r, "subsample", subsample), put_text(&r, "grow", grow);
    Model *m = fit(&r, d, "y");
    double *s = scores(m, d);
    if (first) assert_memory_equal(s, first, 100000 * sizeof *s);
    if (first) mem_free(s);
    else first = s;
    model_unref(m);
    arena_fini(&r.arena);
    pool_free(job.pool);
  }
  mem_free(first);
  frame_unref(d);
}
TEST(any_number_of_threads_gives_the_same_bits) {
  check_threads("depth", 1);
  check_threads("leaf", 0.5);
}

// ---- bins ---------------------------------------------------------------------------------------------------------
// Every value's code is the number of cuts that are not above it; cuts ascend; bins hold equal shares of the rows.
static void check_bins(Frame *d, int64_t most) {
  Arena a = {0};
  Design design;
  Features x;
  Bins b;
  assert_int_equal(design_fit_columns(NULL, d, "test", &a, &design, NULL), OK);
  assert_int_equal(features_open(NULL, &design, d, &x, NULL), OK);
  assert_int_equal(bins_new(NULL, &x, NULL, most, &b, NULL), OK);
  const Column *c = help_col(d, "x");
  const BinColumn *col = &b.column[0];
  int64_t count[BINS_MOST] = {0};
  for (int64_t i = 0; i < c->n; i++) {
    int32_t code = bins_codes(&b, i / b.block, 0)[i % b.block], want = 0;
    while (want < col->nvalue - 1 && col->cut[want] <= c->f[i]) want++;
    assert_int_equal(code, isnan(c->f[i]) ? col->nvalue : want);
    count[code]++;
  }
  for (int32_t k = 1; k < col->nvalue - 1; k++) assert_true(col->cut[k] > col->cut[k - 1]);
  for (int32_t k = 0; k < col->nvalue; k++)
    assert_true(llabs(count[k] - (c->n - c->missing) / col->nvalue) <= 2 + (c->n - c->missing) / 1000);
  bins_free(&b);
  features_close(&x);
  arena_fini(&a);
}
TEST(codes_follow_the_cuts_and_cuts_the_quantiles) {
  Frame *d = noise(70000, false), *e = noise(200, false);
  check_bins(d, 256), check_bins(d, 10), check_bins(e, 256);
  frame_unref(d), frame_unref(e);
}

// 500 zeros and 1 .. 500 in 11 bins: zero has one, and the 499 rows between it and the largest value have their cuts at
// the ranks 500 + floor(499 k / 10), k = 0 .. 9, of which rank r (from 0) is the value r - 499.
TEST(a_frequent_least_value_has_a_bin_of_its_own) {
  enum { N = 1000 };
  double v[N];
  Arena a = {0};
  Design design;
  Features x;
  Bins b;
  for (int i = 0; i < N; i++) v[i * 7 % N] = i < 500 ? 0 : i - 499;
  Frame *d = table(v, v, N), *only;
  const char *name = "x";
  assert_int_equal(frame_select(d, &(Names){&name, 1}, &only, NULL), OK);
  assert_int_equal(design_fit_columns(NULL, only, "test", &a, &design, NULL), OK);
  assert_int_equal(features_open(NULL, &design, only, &x, NULL), OK);
  assert_int_equal(bins_new(NULL, &x, NULL, 11, &b, NULL), OK);
  assert_int_equal(b.column[0].nvalue, 11);
  for (int k = 0; k < 10; k++) assert_true(b.column[0].cut[k] == 0.5 + 499 * k / 10);
  bins_free(&b);
  features_close(&x);
  frame_unref(only), frame_unref(d);
  arena_fini(&a);
}

// ---- rows held out ------------------------------------------------------------------------------------------------
TEST(early_stopping_keeps_the_best_round_of_the_curve) {
  Frame *d = noise(400, false), *curve;
  Run r = run_new();
  put(&r, "rounds", 500), put(&r, "valid", 0.3), put(&r, "early_stopping_rounds", 7);
  Model *m = fit(&r, d, "y");
  assert_int_equal(model_rounds(m, &curve, NULL), OK);
  const Column *valid = help_col(curve, "valid"), *train = help_col(curve, "train");
  int64_t n = frame_nrow(curve), best = 0;
  for (int64_t k = 1; k < n; k++) best = valid->f[k] < valid->f[best] ? k : best;
  assert_true(n < 500 && n == best + 8);
  assert_true(train->f[n - 1] < train->f[0]);
  assert_int_equal(model_info(m).iterations, best + 1);
  assert_has(model_info(m).notes->name[0], "rounds are kept: rmse of the rows held out was best then");
  frame_unref(curve), frame_unref(d);
  model_unref(m);
  arena_fini(&r.arena);
}

static Frame *every_fourth(const Frame *d, bool test) {
  Frame *out;
  Err err;
  int64_t row[600], n = 0;
  for (int64_t i = 0; i < frame_nrow(d); i++)
    if ((i % 4 == 0) == test) row[n++] = i;
  assert_int_equal(frame_gather(NULL, d, row, n, &out, &err), OK);
  return out;
}
TEST(rows_that_are_given_are_watched_and_not_learned_from) {
  Frame *d = noise(400, true), *curve, *train = every_fourth(d, false), *test = every_fourth(d, true);
  Run r = run_new();
  put(&r, "rounds", 30);
  Model *plain = fit(&r, train, "y");
  r.fit.valid = test;
  Model *m = fit(&r, train, "y");
  double *a = scores(plain, test), *b = scores(m, test);
  assert_memory_equal(a, b, 100 * sizeof *a);
  assert_int_equal(model_rounds(m, &curve, NULL), OK);
  assert_int_equal(frame_nrow(curve), 30);
  assert_near(help_col(curve, "valid")->f[29], loss_of(m, test, "y"), 1e-12);
  assert_near(help_col(curve, "train")->f[29], loss_of(m, train, "y"), 1e-12);
  mem_free(a), mem_free(b);
  model_unref(m), model_unref(plain);
  frame_unref(curve);
  put(&r, "rounds", 500), put(&r, "early_stopping_rounds", 7);
  m = fit(&r, train, "y");
  assert_int_equal(model_rounds(m, &curve, NULL), OK);
  assert_int_equal(frame_nrow(curve), model_info(m).iterations + 7);
  assert_near(help_col(curve, "valid")->f[model_info(m).iterations - 1], loss_of(m, test, "y"), 1e-12);
  model_unref(m);
  frame_unref(curve), frame_unref(train), frame_unref(test), frame_unref(d);
  arena_fini(&r.arena);
}

// Steps, words as classes, and an error that names the class.
TEST(rows_to_watch_go_through_the_steps) {
  Frame *d = help_data("iris"), *curve, *test = every_fourth(d, true), *two = NULL;
  StepSpec step = {prep_find(sv("standard")), NULL};
  Run r = run_new();
  Err err;
  put(&r, "rounds", 20);
  r.fit.valid = test;
  Learner *l = learner_new(&step, 1, r.type, r.opts);
  Model *m;
  assert_int_equal(model_fit(NULL, l, d, "class", &r.fit, &m, &err), OK);
  assert_int_equal(model_rounds(m, &curve, NULL), OK);
  assert_near(help_col(curve, "valid")->f[19], loss_of(m, test, "class"), 1e-12);
  model_unref(m);
  int64_t row[100];
  for (int i = 0; i < 100; i++) row[i] = i;
  assert_int_equal(frame_gather(NULL, d, row, 100, &two, NULL), OK);
  assert_int_equal(model_fit(NULL, l, two, "class", &r.fit, &m, &err), ERR_NAME);
  assert_has(err.msg, "valid: target 'class' has no class 'virginica'");
  learner_unref(l);
  l = learner_new(NULL, 0, model_find(sv("logistic")), NULL);
  assert_int_equal(model_fit(NULL, l, d, "class", &r.fit, &m, &err), ERR_ARG);
  assert_has(err.msg, "valid is for models that learn in rounds");
  learner_unref(l);
  frame_unref(curve), frame_unref(test), frame_unref(two), frame_unref(d);
  arena_fini(&r.arena);
}

static void check_refused(Run *r, const Frame *d, const char *why) {
  Learner *l = learner_new(NULL, 0, r->type, r->opts);
  Model *m;
  Err err;
  assert_int_equal(model_fit(NULL, l, d, "y", NULL, &m, &err), ERR_ARG);
  assert_has(err.msg, why);
  learner_unref(l);
}
TEST(rows_to_watch_are_asked_for) {
  Frame *d = noise(20, false);
  Run r = run_new();
  put(&r, "early_stopping_rounds", 5);
  check_refused(&r, d, "boost: early_stopping_rounds needs rows to look at: give valid=0.2");
  put(&r, "valid", 1e-9);
  check_refused(&r, d, "boost: valid=1e-09 holds out 0 of 20 rows");
  put(&r, "num_class", 3);
  check_refused(&r, d, "boost: num_class is 3, and the target has 0 classes");
  put(&r, "num_class", 0), put(&r, "valid", 0.5), put_text(&r, "eval_metric", "auc");
  check_refused(&r, d, "boost: eval_metric \"auc\" does not fit the target");
  frame_unref(d);
  arena_fini(&r.arena);
}

// ---- constraints and quantiles beside XGBoost ---------------------------------------------------------------------
// xgb.train of XGBoost 1.7.4 with max_depth, eta, alpha as given, base_score=3, min_child_weight=0, tree_method="hist",
// three rounds, on x1 = 0 .. 7, x2 = 0 7 6 5 4 3 2 1, y below.
static Frame *eight(void) {
  const double y[] = {1, 2, 10, 3, 8, 4, 9, 20}, x[] = {0, 1, 2, 3, 4, 5, 6, 7};
  Frame *f = table(x, y, 8);
  Column *b;
  assert_int_equal(column_new(NULL, COL_F64, 8, NULL, &b, NULL), OK);
  for (int i = 0; i < 8; i++) b->f[i] = i * 7 % 8;
  assert_int_equal(frame_add(f, "x2", b, NULL), OK);
  return f;
}

static Run run_eight(double depth, double eta, double alpha) {
  Run r = run_new();
  put(&r, "rounds", 3), put(&r, "max_depth", depth), put(&r, "eta", eta), put(&r, "alpha", alpha);
  put(&r, "min_child_weight", 0), put_base(&r, "3");
  return r;
}

static void check_eight(Run *r, const double want[8]) {
  Frame *d = eight();
  Model *m = fit(r, d, "y");
  double *s = scores(m, d);
  for (int i = 0; i < 8; i++) assert_near(s[i], want[i], 1e-5);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r->arena);
}
TEST(monotone_columns_are_those_of_xgboost) {
  Run down = run_eight(2, 0.5, 0), both = run_eight(3, 0.5, 0.5);
  put_list(&down, "decreasing", "x");
  check_eight(&down, (double[]){1.84375, 3.96031737, 6.1984129, 5.55952406, 5.55952406, 5.55952406, 8.3928566,
                                11.4285717});
  put_list(&both, "increasing", "x"), put_list(&both, "decreasing", "x2");
  check_eight(&both, (double[]){2.12037039, 2.12037039, 5.53645849, 5.53645849, 5.53645849, 5.53645849, 8.03645802,
                                12.328125});
}
TEST(leaves_of_absolute_errors_are_medians) {
  Run r = run_eight(2, 1, 0), q = run_eight(2, 1, 0);
  put_text(&r, "objective", "reg:absoluteerror");
  check_eight(&r, (double[]){2.75, 2.5, 9.5, 6.0, 6.0, 2.25, 10.75, 18.25});
  put_text(&q, "objective", "reg:quantileerror");
  check_eight(&q, (double[]){2.75, 2.5, 9.5, 6.0, 6.0, 2.25, 10.75, 18.25});
}

TEST(quantiles_leave_their_share_below) {
  Frame *d = noise(2000, true);
  Run r = run_new();
  put_text(&r, "objective", "reg:quantileerror"), put(&r, "quantile_alpha", 0.9), put(&r, "min_data_in_leaf", 50);
  Model *m = fit(&r, d, "y");
  double *s = scores(m, d);
  int below = 0;
  for (int i = 0; i < 2000; i++) below += help_col(d, "y")->f[i] <= s[i];
  assert_near(below / 2000.0, 0.9, 0.02);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}

TEST(predictions_never_fall_with_an_increasing_column) {
  Frame *d = noise(2000, false);
  Run r = run_new();
  put_list(&r, "increasing", "x");
  Model *m = fit(&r, d, "y");
  double *s = scores(m, d);
  const Column *x = help_col(d, "x");
  for (int i = 0; i < 2000; i++)
    for (int k = 0; k < i; k++) assert_true((x->f[i] - x->f[k]) * (s[i] - s[k]) >= 0);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}

// The best cut leaves one row; with three rows asked for it is 1 2 3 | 4 5 6 7, also by derivatives that are no counts.
static void check_least(const double *y, const char *objective) {
  const double x[] = {1, 2, 3, 4, 5, 6, 7};
  Frame *d = table(x, y, 7);
  Run r = run_new();
  put(&r, "rounds", 1), put(&r, "max_depth", 1), put(&r, "min_child_weight", 0), put(&r, "min_data_in_leaf", 3);
  put_text(&r, "objective", objective);
  Model *m = fit(&r, d, "y");
  double *s = scores(m, d);
  assert_true(s[0] == s[2] && s[2] < s[3] && s[3] == s[6]);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}
TEST(children_have_the_rows_that_are_asked_for) {
  check_least((double[]){0, 9, 9, 9, 9, 9, 9}, "reg:squarederror");
  check_least((double[]){0, 9, 9, 9, 9, 9, 9}, "count:poisson");
}

TEST(wrong_constraints_are_refused) {
  Run r = run_new();
  Frame *d = eight();
  put_list(&r, "increasing", "x"), put_list(&r, "decreasing", "x");
  check_refused(&r, d, "boost: 'x' cannot be increasing and decreasing");
  frame_unref(d);
  arena_fini(&r.arena);
}

// ---- odd data -----------------------------------------------------------------------------------------------------
static void check_odd(const double *x, const double *y, int64_t n, double want, double tol) {
  Frame *d = table(x, y, n);
  Run r = run_new();
  Model *m = fit(&r, d, "y");
  double *s = scores(m, d);
  assert_near(s[0], want, tol);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}
TEST(odd_columns_do_no_harm) {
  const double gone[] = {NAN, NAN, NAN, NAN}, same[] = {7, 7, 7, 7}, y[] = {1, 2, 3, 6};
  const double huge[] = {-1e308, -1e300, 1e300, 1e308};
  check_odd(gone, y, 4, 3, 1e-12);
  check_odd(same, y, 4, 3, 1e-12);
  check_odd(huge, y, 4, 1, 0.01);
  check_odd(same, y, 1, 1, 1e-12);
}

TEST(a_wrong_objective_is_refused) {
  const double x[] = {1, 2, 3, 4}, y[] = {1, 2, 3, 6};
  Frame *d = table(x, y, 4);
  Run r = run_new();
  put_text(&r, "objective", "binary:logistic");
  check_refused(&r, d, "boost: objective \"binary:logistic\" is for classes, and the target is a number");
  frame_unref(d);
  arena_fini(&r.arena);
}

RUN(CASE(losses_are_those_of_xgboost_at_equal_options), CASE(a_stump_is_what_newtons_step_gives),
    CASE(missing_values_go_where_they_gain_more), CASE(any_number_of_threads_gives_the_same_bits),
    CASE(early_stopping_keeps_the_best_round_of_the_curve), CASE(rows_to_watch_are_asked_for),
    CASE(rows_that_are_given_are_watched_and_not_learned_from), CASE(rows_to_watch_go_through_the_steps),
    CASE(codes_follow_the_cuts_and_cuts_the_quantiles),
    CASE(a_frequent_least_value_has_a_bin_of_its_own), CASE(odd_columns_do_no_harm),
    CASE(a_wrong_objective_is_refused), CASE(monotone_columns_are_those_of_xgboost),
    CASE(leaves_of_absolute_errors_are_medians), CASE(quantiles_leave_their_share_below),
    CASE(predictions_never_fall_with_an_increasing_column), CASE(children_have_the_rows_that_are_asked_for),
    CASE(wrong_constraints_are_refused))
