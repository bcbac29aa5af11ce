// Rank and polychoric correlations, p values and intervals. airquality: cor and cor.test(exact = FALSE) of R 4.2.2; the
// exact p of Kendall: cor.test. Polychoric: root of the score with pmvnorm of mvtnorm 1.1-3, whose maximum polychor of
// polycor 0.8-1 finds to five digits. Intervals of rank correlations: Bonett & Wright's formulas by R.
#include "unit/stats/assoc_help.h"

#include "base/rng.h"

static Frame *corr(Job *job, const Frame *f, CorrOpts opts) {
  Frame *out = NULL;
  Err err = {0};
  if (stats_corr(job, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

static const char *const V[] = {"Ozone", "Solar.R", "Wind", "Temp"};

static void check_lower(int method, int missing, const double want[6]) {
  Frame *f = load("airquality");
  Frame *r =
      corr(NULL, f, (CorrOpts){.columns = {(const char **)(uintptr_t)V, 4}, .method = method, .missing = missing});
  int k = 0;
  for (int j = 0; j < 4; j++)
    for (int i = j; i < 4; i++) {
      double expected = i == j ? 1 : want[k++];
      assert_near(cell(r, V[i], NULL, V[j]), expected, 1e-15);
      assert_near(cell(r, V[j], NULL, V[i]), expected, 1e-15);
    }
  frame_unref(f);
  frame_unref(r);
}

TEST(spearman_agrees_with_R) {
  check_lower(CORR_SPEARMAN, CORR_PAIRWISE,
              (double[]){0.34818646995676311, -0.59015512406701121, 0.77404295546130131, -0.00097733254288354088,
                         0.20742751596057607, -0.44654077729650232});
  check_lower(CORR_SPEARMAN, CORR_COMPLETE,
              (double[]){0.34818646995676311, -0.60513642358074549, 0.77293193306895835, -0.061696361481293559,
                         0.20953691845054118, -0.49932278415202602});
}

TEST(kendall_agrees_with_R) {
  check_lower(CORR_KENDALL, CORR_PAIRWISE,
              (double[]){0.24031942144921251, -0.42836029153778138, 0.58629882152644086, 0.00067855957622663663,
                         0.14423367189226702, -0.32224175143776301});
  check_lower(CORR_KENDALL, CORR_COMPLETE,
              (double[]){0.24031942144921251, -0.44045943835130724, 0.58614712498344734, -0.043013471902551906,
                         0.14290233935777344, -0.36238725203260519});
}

TEST(p_values_and_intervals_agree_with_R) {
  static const struct {
    int method;
    const char *with;
    double p, low, high; // NAN: not checked
  } want[] = {{CORR_PEARSON, "Solar.R", 0.00017931085716488537, 0.17319400114712591, 0.50213196272281102},
              {CORR_PEARSON, "Wind", 9.2719739039380942e-13, -0.70639179044186529, -0.47087128274284346},
              {CORR_PEARSON, "Temp", 2.9318965924778777e-18, 0.59133396618094392, 0.78121105675917146},
              {CORR_SPEARMAN, "Wind", 3.1346142776562536e-12, NAN, NAN},
              {CORR_SPEARMAN, "Temp", 2.2476605698635818e-24, 0.67515001136481945, 0.84560503819514365},
              {CORR_KENDALL, "Wind", 3.3036196345642302e-11, NAN, NAN},
              {CORR_KENDALL, "Temp", 5.1968387212126537e-20, 0.50020514386216286, 0.66091421551448615}};
  Frame *f = load("airquality");
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
    Frame *r = corr(NULL, f, (CorrOpts){.method = want[k].method, .show = CORR_LONG});
    assert_near(pair_cell(r, "Ozone", want[k].with, "p") / want[k].p, 1, 1e-11);
    if (!isnan(want[k].low)) {
      assert_near(pair_cell(r, "Ozone", want[k].with, "low"), want[k].low, 1e-14);
      assert_near(pair_cell(r, "Ozone", want[k].with, "high"), want[k].high, 1e-14);
    }
    frame_unref(r);
  }
  Frame *low = corr(NULL, f, (CorrOpts){.show = CORR_LOW, .level = .99});
  Frame *high = corr(NULL, f, (CorrOpts){.show = CORR_HIGH, .level = .99}),
        *n = corr(NULL, f, (CorrOpts){.show = CORR_N});
  assert_near(cell(low, "Ozone", NULL, "Temp"), 0.5523655141530851, 1e-14);
  assert_near(cell(high, "Temp", NULL, "Ozone"), 0.80278842211716206, 1e-14);
  assert_string_equal(shown_at(n, "Ozone"), "116 111 116 116 116 116");
  assert_has(frame_caption(low), "lower ends of 99% intervals");
  frame_unref(low);
  frame_unref(high);
  frame_unref(n);
  frame_unref(f);
}

TEST(kendall_is_exact_for_few_rows_without_ties) {
  Frame *f = make_frame("x:real y:real", "3 2 1 7 4 1 1.5 8 9 2.8 2.6 1.8 5 2.84 3.5 5 8 9 9.7 0.4");
  Frame *r = corr(NULL, f, (CorrOpts){.method = CORR_KENDALL, .show = CORR_LONG});
  assert_near(pair_cell(r, "x", "y", "r"), -0.24444444444444444, 1e-16);
  assert_near(pair_cell(r, "x", "y", "p"), 0.38071979717813054, 1e-14);
  frame_unref(f);
  frame_unref(r);
}

TEST(the_largest_correlation_comes_first) {
  Frame *f = make_frame("a:int b:int c:int d:int", "1 4 2 7 2 3 1 7 3 2 4 7 4 1 3 7");
  Frame *r = corr(NULL, f, (CorrOpts){.method = CORR_SPEARMAN, .show = CORR_LONG});
  assert_string_equal(shown_at(r, "column"), "a a b a b c");
  assert_string_equal(shown_at(r, "with"), "b c c d d d");
  assert_string_equal(shown_at(r, "r"), "-1 0.6 -0.6 NA NA NA");
  assert_string_equal(shown_at(r, "n"), "4 4 4 4 4 4");
  frame_unref(f);
  frame_unref(r);
}

TEST(constant_short_and_odd_columns_are_as_documented) {
  for (int method = CORR_SPEARMAN; method <= CORR_POLYCHORIC; method++) {
    Frame *f = make_frame("a:int b:int c:real d:real", "1 5 1 NA 1 5 2 NA 2 5 3 1 3 5 4 NA");
    Frame *r = corr(NULL, f, (CorrOpts){.method = method});
    assert_string_equal(shown_at(r, "b"), "NA NA NA NA");
    assert_string_equal(shown_at(r, "d"), "NA NA NA NA");
    assert_near(cell(r, "a", NULL, "a"), 1, 0);
    frame_unref(r);
    frame_unref(f);
    f = make_frame("a:real b:real", ""), r = corr(NULL, f, (CorrOpts){.method = method});
    assert_string_equal(shown_at(r, "b"), "NA NA");
    frame_unref(r);
    frame_unref(f);
  }
  for (int method = CORR_SPEARMAN; method <= CORR_KENDALL; method++) { // infinities have a rank, NaN has none
    Frame *f = make_frame("a:real b:real c:real", "1 1 nan 2 2 2 3 4 1 4 3 5");
    frame_at(f, 0)->f[3] = INFINITY;
    Frame *r = corr(NULL, f, (CorrOpts){.method = method});
    assert_near(cell(r, "a", NULL, "b"), method == CORR_SPEARMAN ? .8 : 2.0 / 3, 1e-15);
    assert_true(isnan(cell(r, "a", NULL, "c")) && col_valid(frame_at(r, 3), 0));
    frame_unref(r);
    frame_unref(f);
  }
}

TEST(polychoric_agrees_with_the_root_of_the_score) {
  static const struct {
    const char *a, *b;
    double n, r, se;
  } want[] = {{"A1", "A2", 2757, -0.40739479319094768, 0.017556146465903966},
              {"A2", "A3", 2751, 0.55555627671924412, 0.014141853302378249},
              {"A4", "E5", 2763, 0.19070731156834408, 0.020834375183770813}};
  Frame *f = load("personality_bfi"), *r = NULL;
  r = corr(NULL, f, (CorrOpts){*NAMES("A1", "A2", "A3", "A4", "E5"), 0, CORR_POLYCHORIC, CORR_LONG, 0});
  for (int k = 0; k < 3; k++) {
    double v = pair_cell(r, want[k].a, want[k].b, "r"), high = pair_cell(r, want[k].a, want[k].b, "high");
    assert_near(v, want[k].r, 1e-10);
    assert_near((high - v) / 1.959963984540054, want[k].se, 1e-8);
    assert_near(pair_cell(r, want[k].a, want[k].b, "n"), want[k].n, 0);
  }
  frame_unref(f);
  frame_unref(r);
  f = load("titanic");
  r = corr(NULL, f, (CorrOpts){*NAMES("sex", "survived"), 0, CORR_POLYCHORIC, CORR_R, 0});
  assert_near(cell(r, "sex", NULL, "survived"), -0.74529750822296092, 1e-10);
  frame_unref(f);
  frame_unref(r);
}

TEST(a_table_of_one_diagonal_gets_the_bound) {
  Frame *f = make_frame("a:int b:int", "1 1 1 1 2 2 2 2 3 3 3 3");
  Frame *r = corr(NULL, f, (CorrOpts){.method = CORR_POLYCHORIC, .show = CORR_LONG});
  assert_near(pair_cell(r, "a", "b", "r"), .9999, 0);
  assert_string_equal(shown_at(r, "p"), "NA");
  frame_unref(f);
  frame_unref(r);
}

TEST(polychoric_needs_few_levels) {
  Frame *f = load("airquality"), *out = NULL;
  CorrOpts opts = {.method = CORR_POLYCHORIC};
  Err err;
  assert_int_equal(stats_corr(NULL, f, &opts, &out, &err), ERR_ARG);
  assert_has(err.msg, "column 'Ozone' has more than 30 levels");
  frame_unref(f);
}

TEST(covariances_agree_with_R) {
  static const double want[] = {1088.2005247376312,  1056.5834561834563,  -70.938530734632693, 218.52121439280359,
                                8110.51941426547,    -17.945970713273503, 229.15975436939064,  12.41153852769178,
                                -15.272136222910218, 89.591331269349851};
  Frame *f = load("airquality"), *v = NULL;
  assert_int_equal(stats_cov(NULL, f, NAMES("Ozone", "Solar.R", "Wind", "Temp"), CORR_PAIRWISE, &v, NULL), OK);
  for (int j = 0, k = 0; j < 4; j++)
    for (int i = j; i < 4; i++) assert_near(cell(v, V[i], NULL, V[j]) / want[k++], 1, 1e-14);
  assert_string_equal(frame_caption(v), "Covariance, n = 111 to 153");
  frame_unref(v);
  frame_unref(f);
  f = make_frame("a:int b:real c:int", "1 2 NA 2 2 NA 4 2 3");
  assert_int_equal(stats_cov(NULL, f, &(Names){NULL, 0}, CORR_PAIRWISE, &v, NULL), OK);
  assert_near(cell(v, "a", NULL, "a"), 7.0 / 3, 1e-15);
  assert_near(cell(v, "a", NULL, "b"), 0, 0);
  assert_string_equal(shown_at(v, "c"), "NA NA NA");
  frame_unref(v);
  frame_unref(f);
}

static Frame *random_frame(int64_t n, int p) {
  Frame *f = frame_new(n);
  for (int j = 0; j < p; j++) {
    RngKey key = rng_key(7, "ranks");
    Column *c;
    assert_int_equal(column_new(NULL, COL_F64, n, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < n; i++) {
      double v = rng_unit(key, (uint64_t)i, (uint64_t)j) + (double)(i % (j + 2));
      c->f[i] = j == 2 ? floor(v * 3) : v;
    }
    if (j % 2)
      for (int64_t i = j; i < n; i += 11) assert_int_equal(column_set_missing(c, i, NULL), OK);
    char name[16];
    snprintf(name, sizeof name, "x%d", j);
    assert_int_equal(frame_add(f, name, c, NULL), OK);
  }
  return f;
}

TEST(the_bits_do_not_depend_on_threads) {
  Frame *f = random_frame(40000, 5);
  static const int threads[] = {1, 2, 3, 7};
  for (int method = CORR_SPEARMAN; method <= CORR_KENDALL; method++)
    for (int missing = 0; missing <= CORR_COMPLETE; missing++) {
      char first[65], hex[65];
      for (int k = 0; k < 4; k++) {
        Job job = {.pool = pool_new(threads[k])};
        Frame *r = corr(&job, f, (CorrOpts){.missing = missing, .method = method, .show = CORR_LONG});
        frame_hash(r, k ? hex : first);
        if (k) assert_string_equal(hex, first);
        frame_unref(r);
        pool_free(job.pool);
      }
    }
  frame_unref(f);
}

// A pair with gaps is ranked by walking: the same as leaving the rows out first.
TEST(gaps_and_complete_rows_agree) {
  Frame *f = random_frame(3000, 4), *two = NULL;
  assert_int_equal(frame_select(f, NAMES("x1", "x3"), &two, NULL), OK);
  for (int method = CORR_PEARSON; method <= CORR_KENDALL; method++) {
    Frame *a = corr(NULL, two, (CorrOpts){.method = method}),
          *b = corr(NULL, two, (CorrOpts){.method = method, .missing = 1});
    assert_near(cell(a, "x1", NULL, "x3"), cell(b, "x1", NULL, "x3"), 1e-14);
    frame_unref(a);
    frame_unref(b);
  }
  frame_unref(two);
  frame_unref(f);
}

TEST(they_stop_when_told_and_keep_to_the_budget) {
  Frame *f = random_frame(100000, 4), *out = NULL;
  Err err;
  Job job = {.cancel = true}, tight = {.memory = 1};
  for (int method = CORR_SPEARMAN; method <= CORR_KENDALL; method++) {
    CorrOpts opts = {.method = method};
    assert_int_equal(stats_corr(&job, f, &opts, &out, &err), ERR_CANCELLED);
    assert_int_equal(stats_corr(&tight, f, &opts, &out, &err), ERR_MEMORY);
    assert_has(err.msg, "corr");
  }
  frame_unref(f);
}

RUN(CASE(spearman_agrees_with_R), CASE(kendall_agrees_with_R), CASE(p_values_and_intervals_agree_with_R),
    CASE(kendall_is_exact_for_few_rows_without_ties), CASE(the_largest_correlation_comes_first),
    CASE(constant_short_and_odd_columns_are_as_documented), CASE(polychoric_agrees_with_the_root_of_the_score),
    CASE(a_table_of_one_diagonal_gets_the_bound), CASE(polychoric_needs_few_levels), CASE(covariances_agree_with_R),
    CASE(the_bits_do_not_depend_on_threads), CASE(gaps_and_complete_rows_agree),
    CASE(they_stop_when_told_and_keep_to_the_budget))
