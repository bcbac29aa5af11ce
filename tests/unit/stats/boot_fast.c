// Bootstrap of many rows by counts and order statistics. Laws worked out by hand: counts of rows are binomial, the mean
// of zeros and ones has a standard error of (p (1 - p) / n)^1/2, sd of a normal sample one of about sd / (2 n)^1/2, the
// median of 0 .. n - 1 has P(median rank <= r) of a beta distribution. Limits are five standard errors of what
// the number of resamples leaves.
#include "unit/stats/test_help.h"

#include "base/pool.h"
#include "num/num.h"
#include "stats/boot_int.h"

enum { ROWS = 30001, TIMES = 2000 };

static void counts_of(int64_t from, int64_t rows, double *out) {
  double *x = calloc(ROWS, sizeof *x);
  for (int64_t i = from; i < from + rows; i++) x[i] = 1;
  CountSums s = {NULL, rng_key(5, "test"), x, ROWS, 1};
  Err err = {0};
  for (int64_t r = 0; r < TIMES; r += 50) assert_int_equal(count_sums(&s, r, 50, out + r, &err), OK);
  free(x);
}

TEST(all_draws_fall_on_rows) {
  double out[TIMES];
  counts_of(0, ROWS, out);
  for (int r = 0; r < TIMES; r++) assert_true(out[r] == ROWS);
}

// Counts of `rows` rows among ROWS draws: mean and variance of the binomial distribution, and its tails.
static void check_binomial(int64_t from, int64_t rows) {
  double out[TIMES], p = (double)rows / ROWS, mean = ROWS * p, var = mean * (1 - p), below = 0;
  counts_of(from, rows, out);
  Moments m = moments_f64(NULL, out, TIMES);
  for (int r = 0; r < TIMES; r++) below += out[r] <= mean - sqrt(var);
  double kurtosis = 3 + (1 - 6 * p * (1 - p)) / var, tail = below / TIMES;
  double want = dist_beta(1 - p, ROWS - floor(mean - sqrt(var)), floor(mean - sqrt(var)) + 1, DIST_LOWER);
  assert_near(m.mean, mean, 5 * sqrt(var / TIMES));
  assert_near(moments_var(&m), var, 5 * var * sqrt((kurtosis - 1) / TIMES));
  assert_near(tail, want, 5 * sqrt(want * (1 - want) / TIMES));
}

TEST(counts_are_binomial) {
  check_binomial(0, 4096);             // a block
  check_binomial(1000, 17000);         // across blocks
  check_binomial(28672, ROWS - 28672); // the block that is not full
  check_binomial(30000, 1);
  check_binomial(5, 3);
}

TEST(a_binomial_number_has_its_law) {
  RngKey key = rng_key(9, "test");
  double x[TIMES], p = 1.0 / 3;
  for (int r = 0; r < TIMES; r++) x[r] = (double)count_binomial(key, (uint64_t)r, 900, 300, 900);
  Moments m = moments_f64(NULL, x, TIMES);
  assert_near(m.mean, 300, 5 * sqrt(900 * p * (1 - p) / TIMES));
  assert_near(moments_var(&m), 200, 5 * 200 * sqrt(2.0 / TIMES));
  assert_true(count_binomial(key, 0, 17, 4, 4) == 17 && count_binomial(key, 0, 17, 0, 4) == 0);
}

// x: 0 .. n - 1 in a scrambled order; b: one in five true; u: as x with every fourth missing; g: two halves.
static Frame *many(void) {
  Frame *f = frame_new(ROWS);
  Column *x, *b, *u;
  assert_int_equal(column_new(NULL, COL_F64, ROWS, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, ROWS, NULL, &b, NULL), OK);
  assert_int_equal(column_new(NULL, COL_F64, ROWS, NULL, &u, NULL), OK);
  for (int64_t i = 0; i < ROWS; i++) {
    x->f[i] = (double)(i * 7919 % ROWS);
    b->i[i] = i % 5 == 0;
    u->f[i] = x->f[i] * 2 + (double)(i % 11);
    if (i % 4 == 0) assert_int_equal(column_set_missing(u, i, NULL), OK);
  }
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  assert_int_equal(frame_add(f, "b", b, NULL), OK);
  assert_int_equal(frame_add(f, "u", u, NULL), OK);
  return f;
}

static Frame *boot(Job *job, const Frame *f, const char *expr, int method) {
  Frame *r = NULL;
  Err err = {0};
  if (stats_bootstrap(job, f, &(BootstrapOpts){*NAMES(expr), {0}, TIMES, 3, 0.95, method}, &r, &err) != OK)
    fail_msg("%s: %s", expr, err.msg);
  return r;
}

static void check_se(const Frame *f, const char *expr, double want) {
  Frame *r = boot(NULL, f, expr, BOOTSTRAP_PERCENTILE);
  assert_has(frame_caption(r), "the same law as drawing rows");
  double se = stats_cell(r, "se", 0), low = stats_cell(r, "low", 0), high = stats_cell(r, "high", 0);
  assert_near(se / want, 1, 5 * sqrt(0.5 / TIMES));
  assert_near((high - low) / (2 * 1.96 * want), 1, 0.15);
  assert_near(stats_cell(r, "bias", 0) / want, 0, 5 / sqrt(TIMES));
  frame_unref(r);
}

TEST(standard_errors_are_those_of_theory) {
  Frame *f = many();
  double n = ROWS, sd = sqrt((n * n - 1) / 12); // kurtosis of a uniform variable: 1.8
  check_se(f, "mean(b)", sqrt(0.16 / n));
  check_se(f, "sum(b)", sqrt(0.16 * n));
  check_se(f, "mean(x)", sd / sqrt(n));
  check_se(f, "sd(x)", sd * sqrt(0.8 / (4 * n)));
  check_se(f, "d = 2 * mean(x) - 10", 2 * sd / sqrt(n));
  check_se(f, "median(x)", sqrt(n / 4)); // the density is 1 / n
  check_se(f, "quantile(x, 0.9)", sqrt(0.09 * n));
  check_se(f, "n(u)", sqrt(n * 0.1875)); // a quarter is missing
  check_se(f, "mean(u)", 2 * sd / sqrt(0.75 * n));
  check_se(f, "median(u)", 2 * n / (2 * sqrt(0.75 * n)));
  frame_unref(f);
}

TEST(the_median_has_the_law_of_an_order_statistic) {
  Frame *f = many(), *r = boot(NULL, f, "median(x)", BOOTSTRAP_PERCENTILE);
  double half = (ROWS + 1) / 2.0;
  for (int k = 0; k < 2; k++) { // a limit has the rank of a beta variate, up to the resamples
    double limit = stats_cell(r, k ? "high" : "low", 0), want = k ? 0.975 : 0.025;
    assert_near(dist_beta((limit + 1) / ROWS, half, half, DIST_LOWER), want, 5 * sqrt(0.025 * 0.975 / TIMES));
  }
  frame_unref(r);
  frame_unref(f);
}

TEST(other_statistics_are_drawn_row_by_row) {
  static const char *const exprs[] = {"max(b)", "mean(x) - median(x)", "skew(b)"};
  Frame *f = many();
  for (int k = 0; k < 3; k++) {
    Frame *r = NULL;
    Err err = {0};
    BootstrapOpts o = {*NAMES(exprs[k]), {0}, 20, 3, 0.95, 0};
    if (stats_bootstrap(NULL, f, &o, &r, &err) != OK) fail_msg("%s", err.msg);
    assert_null(strstr(frame_caption(r), "law"));
    frame_unref(r);
  }
  frame_unref(f);
}

TEST(threads_do_not_matter) {
  static const char *const exprs[] = {"sd(x) / mean(u)", "quantile(u, 0.3)", "corr(x, u)"};
  Frame *f = many();
  for (int k = 0; k < 3; k++) {
    char want[65], got[65];
    Frame *r = boot(NULL, f, exprs[k], BOOTSTRAP_PERCENTILE);
    frame_hash(r, want);
    frame_unref(r);
    for (int threads = 2; threads < 8; threads += 5) {
      Job job = {.pool = pool_new(threads)};
      r = boot(&job, f, exprs[k], BOOTSTRAP_PERCENTILE);
      frame_hash(r, got);
      assert_string_equal(got, want);
      frame_unref(r);
      pool_free(job.pool);
    }
  }
  frame_unref(f);
}

TEST(a_cancelled_bootstrap_stops) {
  Frame *f = many(), *r = NULL;
  Job job = {.cancel = true};
  Err err = {0};
  BootstrapOpts o = {*NAMES("mean(x)"), {0}, 200, 3, 0.95, 0};
  assert_int_equal(stats_bootstrap(&job, f, &o, &r, &err), ERR_CANCELLED);
  frame_unref(f);
}

// numpy 1.24.2 on the same resamples, see golden/make/stats_bootstrap.py.
TEST(a_correlation_agrees_with_numpy) {
  static const char *const column[] = {"estimate", "bias", "se", "low", "high"};
  static const double want[] = {0.87175377588658309, -0.00032384846515531862, 0.017301343321715686, 0.83438008080043835,
                                0.90070970932775618};
  Frame *f = stats_data("iris"), *r = NULL;
  BootstrapOpts o = {*NAMES("corr(sepal_length_cm, petal_length_cm)"), {0}, 200, 7, 0.95, 0};
  assert_int_equal(stats_bootstrap(NULL, f, &o, &r, NULL), OK);
  for (int k = 0; k < 5; k++) assert_near(stats_cell(r, column[k], 0), want[k], 1e-12);
  assert_string_equal(shown_at(r, "statistic"), "corr_sepal_length_cm_petal_length_cm");
  frame_unref(r);
  frame_unref(f);
}

TEST(a_correlation_needs_two_number_columns) {
  Frame *f = stats_data("iris"), *r = NULL;
  Err err = {0};
  BootstrapOpts o = {*NAMES("corr(sepal_length_cm)"), {0}, 20, 7, 0.95, 0};
  assert_int_equal(stats_bootstrap(NULL, f, &o, &r, &err), ERR_PARSE);
  assert_has(err.msg, "corr(x, y)");
  o.exprs = *NAMES("corr(sepal_length_cm, class)");
  assert_int_equal(stats_bootstrap(NULL, f, &o, &r, &err), ERR_TYPE);
  o.exprs = *NAMES("corr(sepal_length_cm, petals)");
  assert_int_equal(stats_bootstrap(NULL, f, &o, &r, &err), ERR_NAME);
  frame_unref(f);
}

RUN(CASE(all_draws_fall_on_rows), CASE(counts_are_binomial), CASE(a_binomial_number_has_its_law),
    CASE(standard_errors_are_those_of_theory), CASE(the_median_has_the_law_of_an_order_statistic),
    CASE(other_statistics_are_drawn_row_by_row), CASE(threads_do_not_matter), CASE(a_cancelled_bootstrap_stops),
    CASE(a_correlation_agrees_with_numpy), CASE(a_correlation_needs_two_number_columns))
