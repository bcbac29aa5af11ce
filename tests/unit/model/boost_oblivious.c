// Oblivious trees. Cuts, leaves and sums are those of a search by brute force in Python 3.11 with numpy 1.24: every cut
// of every column is tried on every node of a level, and its gains, in doubles, are added over the nodes whose children
// are both heavy enough; light nodes take the value above them, or beside them for a monotone column.
#include "unit/model/boost_help.h"

#include "model/exchange.h"
#include "model/training.h"

enum { N = 24 };

// a = 7 i mod 24, b = (5 i^2 + 3 i) mod 11, c = i mod 3, e = (i + i / 4) mod 7, w = 1 + i mod 2.
static Frame *table_of(bool gaps) {
  static const double PART[] = {0, 3, -1, 2, -2, 1, 4};
  double a[N], b[N], c[N], e[N], w[N], y[N], two[N];
  for (int i = 0; i < N; i++) {
    a[i] = 7 * i % 24, b[i] = (5 * i * i + 3 * i) % 11, c[i] = i % 3, e[i] = (i + i / 4) % 7, w[i] = 1 + i % 2;
    y[i] = 0.25 * a[i] + (b[i] > 4) * 3 - (c[i] == 1) * 2 + PART[(int)e[i]];
    two[i] = y[i] > 2.5;
    if (gaps && i % 5 == 0) a[i] = NAN;
    if (gaps && i % 7 == 3) e[i] = NAN;
  }
  Frame *d = frame_new(N);
  add_reals(d, "a", a), add_reals(d, "b", b), add_words(d, "c", c), add_words(d, "e", e), add_reals(d, "w", w);
  add_reals(d, "y", y), add_words(d, "two", two);
  return d;
}

static Run run_with(double rounds, double depth, const char *const *feature, int64_t n) {
  Run r = run_new();
  put_text(&r, "grow", "oblivious");
  put(&r, "rounds", rounds), put(&r, "max_depth", depth), put(&r, "eta", 0.5), put(&r, "cat_smooth", 1);
  put(&r, "cat_l2", 1);
  r.fit.features = (Names){(const char **)(uintptr_t)feature, n};
  return r;
}

static const char *const ALL[] = {"a", "b", "c", "e"};

static void check_sums(Run *r, bool gaps, const char *target, const double want[N]) {
  Frame *d = table_of(gaps);
  Model *m = fit(r, d, target);
  double *s = scores(m, d);
  for (int i = 0; i < N; i++)
    assert_near(width_of(m) == 2 ? log(s[N + i] / s[i]) : s[i], want[i], 1e-8);
  mem_free(s);
  model_unref(m);
  frame_unref(d);
  arena_fini(&r->arena);
}

TEST(a_level_is_split_by_the_cut_that_gains_most_over_all_of_its_nodes) {
  static const int32_t feature[] = {1, 0, 1};
  static const double cut[] = {6, 4.5, 2.5}, gain[] = {129.198784722, 15.286929563, 16.743080357};
  static const double leaf[] = {-1.21875, -1.0625, 0.25, -1.015625, 0.3125, 0.3125, 1.821428571429, 1.821428571429};
  static const double cover[] = {3, 1, 6, 7, 0, 1, 0, 6};
  Run r = run_with(1, 3, ALL, 2);
  Frame *d = table_of(false);
  Model *m = fit(&r, d, "y");
  const Trees *t = trees_of(m);
  assert_int_equal(t->nnode, 15);
  for (int level = 0; level < 3; level++) {
    double sum = 0;
    for (int k = (1 << level) - 1; k < (2 << level) - 1; k++) {
      assert_int_equal(t->node[k].feature, feature[level]);
      assert_near(t->node[k].cut, cut[level], 0);
      assert_int_equal(t->node[k].left, 2 * k + 1);
      sum += (double)t->node[k].gain;
    }
    assert_near(sum, gain[level], 1e-4);
  }
  for (int k = 0; k < 8; k++) {
    assert_near(t->value[7 + k], leaf[k], 1e-9);
    assert_near(t->node[7 + k].cover, cover[k], 1e-9);
  }
  model_unref(m);
  frame_unref(d);
  arena_fini(&r.arena);
}

TEST(missing_values_words_and_weights_are_those_of_brute_force) {
  Run r = run_with(3, 4, ALL, 4);
  put(&r, "min_child_weight", 3);
  r.fit.weight = "w";
  check_sums(&r, true, "y", (double[N]){
      2.23843109292, 5.43271511619, 2.75485749421, 8.408125, 1.7953197338, 8.50394923942, 3.88263888889,
      2.25540030138, 3.39213351897, 2.22807798032, 4.17828786376, 5.0778887273, 7.65122933201, 2.22807798032,
      5.16926025508, 1.2614498939, 8.408125, 5.34131944444, 2.86535400508, 1.87140359761, 2.3981831115,
      1.7953197338, 5.04657920349, 6.94105902778});
}

TEST(rows_that_a_leaf_needs_and_penalties_are_those_of_brute_force) {
  Run r = run_with(3, 4, ALL, 4);
  put(&r, "min_data_in_leaf", 4), put(&r, "lambda", 0.5), put(&r, "alpha", 0.2);
  check_sums(&r, true, "y", (double[N]){
      1.48537300834, 6.59446785106, 3.06656906188, 7.87247063909, 1.50001561282, 7.63958341826, 3.06656906188,
      2.75273766292, 4.44699461923, 3.06656906188, 4.44994046013, 5.25340901695, 7.37419903415, 2.75514381795,
      6.39393901024, 1.48537300834, 7.092739456, 5.31032093694, 4.22477653832, 2.19232330513, 1.48537300834,
      1.81144085675, 4.47367783386, 6.86946364878});
}

TEST(two_classes_are_those_of_brute_force) {
  Run r = run_with(3, 3, ALL, 4);
  put(&r, "min_child_weight", 0.5);
  check_sums(&r, true, "two", (double[N]){
      -0.15880712665, 1.5044217399, -0.604778792321, 1.88658608213, -1.22310050507, 0.556067194876, 1.09901835746,
      0.246596255785, 1.81389267899, -1.14743346904, 0.628760598019, 1.88658608213, 1.88658608213, -1.14743346904,
      1.88658608213, -0.958726043997, 1.88658608213, 1.81389267899, 1.5044217399, -1.14743346904, -0.416071367276,
      -1.22310050507, 1.88658608213, 1.64167303418});
}

TEST(monotone_columns_are_those_of_brute_force) {
  Run r = run_with(3, 4, ALL, 2);
  put(&r, "min_child_weight", 2);
  param_set_names(param_find(r.type->params, sv("increasing")), r.opts, (Names){(const char **)(uintptr_t)ALL, 2});
  check_sums(&r, false, "y", (double[N]){
      1.506, 6.32292394065, 3.05697554977, 7.715, 1.506, 7.715, 3.05697554977, 1.506, 3.05697554977, 3.05697554977,
      4.86574074074, 3.05697554977, 7.715, 3.05697554977, 6.32292394065, 3.05697554977, 7.715, 4.86574074074,
      3.05697554977, 3.05697554977, 3.05697554977, 1.506, 3.05697554977, 7.715});
}

// Also between the rows of the training, where light leaves stand.
TEST(predictions_never_fall_with_an_increasing_column) {
  Frame *d = table_of(false), *grid = frame_new(N * 11);
  double a[N * 11], b[N * 11];
  Run r = run_with(10, 5, ALL, 2);
  put_list(&r, "increasing", "a"), put_list(&r, "decreasing", "b");
  Model *m = fit(&r, d, "y");
  for (int i = 0; i < N * 11; i++) a[i] = i / 11, b[i] = i % 11;
  add_reals(grid, "a", a), add_reals(grid, "b", b);
  double *s = scores(m, grid);
  for (int i = 0; i < N * 11; i++) {
    if (i >= 11) assert_true(s[i] >= s[i - 11]);
    if (i % 11) assert_true(s[i] <= s[i - 1]);
  }
  assert_true(s[N * 11 - 11] > s[10] + 1);
  mem_free(s);
  model_unref(m);
  frame_unref(grid), frame_unref(d);
  arena_fini(&r.arena);
}

// ---- the same model -----------------------------------------------------------------------------------------------
static Frame *big(int64_t n) {
  double *v = malloc((size_t)n * 4 * sizeof *v);
  RngKey key = rng_key(4, "oblivious");
  for (int64_t i = 0; i < n; i++) {
    double *x = v + i, sum = 0;
    for (int j = 0; j < 3; j++) sum += x[j * n] = (double)rng_below(key, (uint64_t)i, (uint64_t)j, j ? 9 : 999);
    x[3 * n] = (double)((int64_t)sum % 7 % 3);
    if (i % 6 == 0) x[0] = x[n] = NAN;
  }
  Frame *d = frame_new(n);
  add_reals(d, "a", v), add_reals(d, "b", v + n), add_words(d, "c", v + 2 * n), add_words(d, "y", v + 3 * n);
  free(v);
  return d;
}

static Run run_big(void) {
  static const char *const SOME[] = {"a", "b", "c"};
  Run r = run_with(3, 6, SOME, 3);
  put(&r, "subsample", 0.7), put(&r, "colsample_bylevel", 0.7), put(&r, "colsample_bynode", 0.7);
  put(&r, "min_data_in_leaf", 5);
  return r;
}

TEST(any_number_of_threads_gives_the_same_bits) {
  static const int THREADS[] = {1, 2, 3, 7, 16};
  Frame *d = big(70000);
  Model *first = NULL;
  for (int k = 0; k < 5; k++) {
    Job job = {.pool = pool_new(THREADS[k])};
    Run r = run_big();
    r.job = &job;
    Model *m = fit(&r, d, "y");
    if (first) check_same(m, first, d), model_unref(m);
    else first = m;
    arena_fini(&r.arena);
    pool_free(job.pool);
  }
  assert_true(trees_of(first)->nnode == 9 * 127);
  model_unref(first);
  frame_unref(d);
}

TEST(what_is_saved_is_what_was_fitted) {
  Frame *d = big(2000);
  Run r = run_big();
  Model *m = fit(&r, d, "y"), *again, *other;
  Str text = {0}, json = {0};
  assert_int_equal(model_save(m, &text, NULL), OK);
  assert_int_equal(model_load((Sv){text.s, text.n}, &again, NULL), OK);
  check_same(m, again, d);
  assert_int_equal(exchange_write(NULL, m, EXCHANGE_XGBOOST, &json, NULL), OK);
  ExchangeOpts like = {.like = d};
  assert_int_equal(exchange_read((Sv){json.s, json.n}, &like, &other, NULL), OK);
  double *s = scores(m, d), *t = scores(other, d);
  for (int i = 0; i < 6000; i++) assert_near(s[i], t[i], 1e-6);
  mem_free(s), mem_free(t);
  str_fini(&text), str_fini(&json);
  model_unref(m), model_unref(again), model_unref(other);
  frame_unref(d);
  arena_fini(&r.arena);
}

TEST(rows_held_out_stop_the_rounds) {
  Frame *d = noise(400, true), *curve;
  static const char *const X[] = {"x"};
  Run r = run_with(500, 4, X, 1);
  put(&r, "valid", 0.3), put(&r, "early_stopping_rounds", 7);
  Model *m = fit(&r, d, "y");
  assert_int_equal(model_rounds(m, &curve, NULL), OK);
  assert_true(frame_nrow(curve) < 500 && frame_nrow(curve) == model_info(m).iterations + 7);
  frame_unref(curve), frame_unref(d);
  model_unref(m);
  arena_fini(&r.arena);
}

// ---- limits -------------------------------------------------------------------------------------------------------
TEST(leaves_limit_the_levels) {
  Frame *d = table_of(true);
  Run levels = run_with(2, 3, ALL, 4), leaves = run_with(2, 0, ALL, 4), one = run_with(2, 3, ALL, 4);
  put(&leaves, "max_leaves", 15), put(&one, "max_leaves", 1);
  Model *a = fit(&levels, d, "y"), *b = fit(&leaves, d, "y"), *c = fit(&one, d, "y");
  check_same(a, b, d);
  assert_int_equal(trees_of(c)->nnode, 2);
  model_unref(a), model_unref(b), model_unref(c);
  frame_unref(d);
  arena_fini(&levels.arena), arena_fini(&leaves.arena), arena_fini(&one.arena);
}

TEST(too_many_levels_are_refused) {
  Frame *d = table_of(true);
  Run r = run_with(1, 17, ALL, 4);
  Model *m;
  Err err;
  assert_int_equal(try_fit(&r, d, "y", &m, &err), ERR_ARG);
  assert_has(err.msg, "doubles the leaves with each level: max_depth is at most 16, 17 was given");
  frame_unref(d);
  arena_fini(&r.arena);
}

RUN(CASE(a_level_is_split_by_the_cut_that_gains_most_over_all_of_its_nodes),
    CASE(missing_values_words_and_weights_are_those_of_brute_force),
    CASE(rows_that_a_leaf_needs_and_penalties_are_those_of_brute_force), CASE(two_classes_are_those_of_brute_force),
    CASE(monotone_columns_are_those_of_brute_force), CASE(predictions_never_fall_with_an_increasing_column),
    CASE(any_number_of_threads_gives_the_same_bits), CASE(what_is_saved_is_what_was_fitted),
    CASE(rows_held_out_stop_the_rounds), CASE(leaves_limit_the_levels), CASE(too_many_levels_are_refused))
