// Aggregation. Expected values: pandas 1.5.3 (groupby with dropna=False, skew, kurt, quantile, nunique, mode), which
// takes sd with n - 1 and quantiles of R's type 7; of `bulk` the same over rows that the program draws alike. Where
// pandas has no answer (NaN as a value, sums beyond 64 bits, means of dates) the values are worked by hand.
#include "base/pool.h"
#include "frame/group.h"
#include "unit/frame/make.h"

static Frame *people(void) {
  return make_frame("g:category k:int x:real b:bool t:text",
                    "b 3 1.5 true ox   a 1 NA false NA   b NA 2.25 false ant "
                    "NA 3 -4 true cow   a 2 0.5 NA ox   b 3 8 true cow   a 1 2.5 true ox   NA 5 7.5 false ox "
                    "c NA NA NA NA   b 7 1 false ant   a 2 3.5 false bee   b 4 2.25 true cow");
}

static Frame *grouped(const Frame *f, const char *expr, const char *by) {
  Frame *out;
  Err err = {0};
  Names none = {0};
  if (frame_agg(NULL, f, NAMES(expr), by ? NAMES(by) : &none, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

// "type: cells" of an expression by the column.
static const char *agg_by(const Frame *f, const char *expr, const char *by) {
  static char buf[4][8400];
  static int turn;
  char *to = buf[turn++ & 3];
  Frame *out = grouped(f, expr, by);
  const Column *c = frame_at(out, frame_ncol(out) - 1);
  snprintf(to, sizeof buf[0], "%s: %s", COLTYPES[c->type].name, shown(c));
  frame_unref(out);
  return to;
}

#define assert_agg(expr, want) assert_string_equal(agg_by(f, expr, "g"), want)

static void near_agg(const Frame *f, const char *expr, const double *want) {
  Frame *out = grouped(f, expr, "g");
  const Column *c = frame_at(out, frame_ncol(out) - 1);
  for (int64_t i = 0; i < c->n; i++) {
    if (isnan(want[i])) assert_false(col_valid(c, i));
    else assert_near(col_f64(c, i), want[i], 1e-14);
  }
  frame_unref(out);
}

TEST(groups_come_in_the_order_of_their_keys_with_missing_last) {
  Frame *f = people();
  Frame *out = grouped(f, "n = count()", "g");
  assert_string_equal(shown_at(out, "g"), "a b c NA");
  assert_string_equal(shown_at(out, "n"), "4 5 1 2");
  frame_unref(out);
  out = grouped(f, "n = count()", "x");
  assert_string_equal(shown_at(out, "x"), "-4 0.5 1 1.5 2.25 2.5 3.5 7.5 8 NA");
  assert_string_equal(shown_at(out, "n"), "1 1 1 1 2 1 1 1 1 2");
  frame_unref(out);
  out = grouped(f, "n = count()", "t");
  assert_string_equal(shown_at(out, "t"), "ant bee cow ox NA");
  frame_unref(out);
  frame_unref(f);
}

TEST(nan_keys_stand_between_numbers_and_missing) {
  Frame *f = make_frame("x:real", "nan NA 2 -1 nan 0 -0.0"), *out = grouped(f, "n = count()", "x");
  assert_string_equal(shown_at(out, "x"), "-1 0 2 nan NA");
  assert_string_equal(shown_at(out, "n"), "1 2 1 2 1");
  frame_unref(out);
  frame_unref(f);
}

TEST(several_keys_are_ordered_by_the_first_then_the_next) {
  Frame *f = people(), *out;
  assert_int_equal(frame_agg(NULL, f, NAMES("n = count()"), NAMES("b", "g"), &out, NULL), OK);
  assert_string_equal(shown_at(out, "b"), "false false false true true true NA NA");
  assert_string_equal(shown_at(out, "g"), "a b NA a b NA a c");
  assert_string_equal(shown_at(out, "n"), "2 2 1 1 3 1 1 1");
  frame_unref(out);
  frame_unref(f);
}

TEST(counts_and_sums_leave_missing_values_out) {
  Frame *f = people();
  assert_agg("count()", "int: 4 5 1 2");
  assert_agg("nrow()", "int: 4 5 1 2");
  assert_agg("n(x)", "int: 3 5 0 2");
  assert_agg("count(t)", "int: 3 5 0 2");
  assert_agg("missing(x)", "int: 1 0 1 0");
  assert_agg("sum(x)", "real: 6.5 15 0 3.5");
  assert_agg("sum(k)", "int: 6 17 0 8");
  assert_agg("sum(b)", "int: 1 3 0 1");
  assert_agg("mean(k)", "real: 1.5 4.25 NA 4");
  assert_agg("share(b)", "real: 0.3333333333333333 0.6 NA 0.5");
  assert_agg("any(b)", "bool: true true false true");
  assert_agg("all(b)", "bool: false false true false");
  frame_unref(f);
}

TEST(spread_and_shape_equal_pandas) {
  Frame *f = people();
  near_agg(f, "mean(x)", (double[]){2.1666666666666665, 3, NAN, 1.75});
  near_agg(f, "sd(x)", (double[]){1.5275252316519465, 2.8449516691852605, NAN, 8.131727983645296});
  near_agg(f, "var(k)", (double[]){0.3333333333333333, 3.5833333333333335, NAN, 2});
  near_agg(f, "skew(x)", (double[]){-0.9352195295828237, 2.0408025271119206, NAN, NAN});
  near_agg(f, "kurtosis(x)", (double[]){NAN, 4.339857783873228, NAN, NAN});
  near_agg(f, "kurtosis(k)", (double[]){-6, 2.6154678204434845, NAN, NAN});
  near_agg(f, "quantile(x, 0.9)", (double[]){3.3, 5.7, NAN, 6.35});
  near_agg(f, "quantile(k, 0.9)", (double[]){2, 6.1, NAN, 4.8});
  frame_unref(f);
}

TEST(values_of_a_group_keep_their_type) {
  Frame *f = people();
  assert_agg("min(x)", "real: 0.5 1 NA -4");
  assert_agg("max(k)", "int: 2 7 NA 5");
  assert_agg("min(t)", "text: bee ant NA cow");
  assert_agg("max(t)", "text: ox ox NA ox");
  assert_agg("first(x)", "real: 0.5 1.5 NA -4");
  assert_agg("last(x)", "real: 3.5 2.25 NA 7.5");
  assert_agg("first(t)", "text: ox ox NA cow");
  assert_agg("last(t)", "text: bee cow NA ox");
  assert_agg("min(b)", "bool: false false NA false");
  assert_agg("median(x)", "real: 2.5 2.25 NA 1.75");
  assert_agg("median(k)", "real: 1.5 3.5 NA 4");
  assert_agg("distinct(x)", "int: 3 4 0 2");
  assert_agg("distinct(k)", "int: 2 3 0 2");
  assert_agg("distinct(t)", "int: 2 3 0 2");
  assert_agg("mode(x)", "real: 0.5 2.25 NA -4");
  assert_agg("mode(k)", "int: 1 3 NA 3");
  assert_agg("mode(t)", "text: ox ant NA cow");
  assert_string_equal(agg_by(f, "max(g)", "b"), "category: b b c");
  assert_string_equal(agg_by(f, "mode(g)", "b"), "category: a b a");
  frame_unref(f);
}

TEST(dates_and_times_have_means_in_their_own_type) {
  Frame *f = make_frame("g:category d:date s:time",
                        "a 2020-01-01 2020-01-01T00:00:00  a 2020-01-02 2020-01-01T00:00:03 "
                        "a 2020-01-04 NA  b NA 1969-12-31T23:59:59  b 1969-12-30 1969-12-31T23:59:58");
  assert_agg("mean(d)", "date: 2020-01-02 1969-12-30");
  assert_agg("median(d)", "date: 2020-01-02 1969-12-30");
  assert_agg("max(d) - min(d)", "int: 3 0");
  assert_agg("mean(s)", "time: 2020-01-01 00:00:01.500000 1969-12-31 23:59:58.500000");
  assert_agg("max(s) - min(s)", "real: 3 1");
  assert_agg("distinct(d)", "int: 3 1");
  frame_unref(f);
}

TEST(without_by_there_is_one_row_even_of_no_rows) {
  Frame *f = people(), *none = make_frame("x:int t:text", "");
  assert_string_equal(agg_by(f, "mean(k)", NULL), "real: 3.1");
  assert_string_equal(agg_by(none, "count()", NULL), "int: 0");
  assert_string_equal(agg_by(none, "sum(x)", NULL), "int: 0");
  assert_string_equal(agg_by(none, "max(t)", NULL), "text: NA");
  assert_string_equal(agg_by(none, "median(x)", NULL), "real: NA");
  assert_string_equal(agg_by(none, "distinct(t)", NULL), "int: 0");
  assert_string_equal(agg_by(none, "mode(x)", NULL), "int: NA");
  assert_string_equal(agg_by(none, "count()", "x"), "int: ");
  frame_unref(f);
  frame_unref(none);
}

TEST(aggregates_stand_in_any_expression_with_the_keys_beside_them) {
  Frame *f = people();
  assert_agg("max(x) - min(x)", "real: 3 7 NA 11.5");
  assert_agg("sum(k) / count()", "real: 1.5 3.4 0 4");
  assert_agg("sum(if_else(x > 2, 1, 0))", "int: 2 3 0 1");
  assert_agg("mean(k * 2 + 1)", "real: 4 9.5 NA 9");
  assert_agg("coalesce(g, '?') .. ': ' .. text(count())", "text: a: 4 b: 5 c: 1 ?: 2");
  assert_agg("max(min(k), 2)", "int: 2 3 NA 3");
  assert_agg("count() > 1 and any(b)", "bool: true true false true");
  frame_unref(f);
}

TEST(columns_without_a_name_get_a_clean_one) {
  Frame *f = people(), *out;
  Names none = {0};
  assert_int_equal(frame_agg(NULL, f, NAMES("mean(x)", "quantile(x, 0.9)", "mean( x )", "`a b` = n(x)", "2 * sum(x)"),
                             &none, &out, NULL),
                   OK);
  assert_string_equal(frame_name(out, 0), "mean_x");
  assert_string_equal(frame_name(out, 1), "quantile_x_0_9");
  assert_string_equal(frame_name(out, 2), "mean_x_2");
  assert_string_equal(frame_name(out, 3), "a b");
  assert_string_equal(frame_name(out, 4), "sum_x");
  frame_unref(out);
  frame_unref(f);
}

TEST(int_sums_are_exact_and_become_real_beyond_64_bits) {
  Frame *f = make_frame("g:category k:int", "a 9223372036854775807 a -9223372036854775807 a 5 b 9007199254740993 b 2");
  assert_agg("sum(k)", "int: 5 9007199254740995");
  frame_unref(f);
  f = make_frame("g:category k:int", "a 9223372036854775807 a 1 b 3");
  assert_agg("sum(k)", "real: 9.223372036854776e+18 3");
  assert_agg("min(k)", "int: 1 3");
  assert_agg("max(k)", "int: 9223372036854775807 3");
  frame_unref(f);
}

TEST(sums_of_reals_lose_nothing_to_large_terms) {
  Frame *f = make_frame("g:category x:real", "a 1e16 b 0.1 a 1 b 0.2 a -1e16 b 0.3");
  assert_agg("sum(x)", "real: 1 0.6");
  frame_unref(f);
}

TEST(nan_is_a_value_and_infinities_add_up) {
  Frame *f = make_frame("g:category x:real", "a 1 a nan a 2 b Inf b 1 c Inf c -Inf d 3 d NA");
  assert_agg("sum(x)", "real: nan inf nan 3");
  assert_agg("mean(x)", "real: nan inf nan 3");
  assert_agg("min(x)", "real: nan 1 -inf 3");
  assert_agg("max(x)", "real: nan inf inf 3");
  assert_agg("median(x)", "real: nan inf nan 3");
  assert_agg("sd(x)", "real: nan nan nan NA");
  assert_agg("distinct(x)", "int: 3 2 2 1");
  assert_agg("n(x)", "int: 3 2 2 1");
  frame_unref(f);
}

TEST(a_constant_group_has_no_spread) {
  Frame *f = make_frame("g:category x:real", "a 0.1 a 0.1 a 0.1 a 0.1 a 0.1 a 0.1 a 0.1 b 1e9 b 1000000001");
  assert_agg("sd(x)", "real: 0 0.7071067811865476");
  assert_agg("skew(x)", "real: NA NA");
  frame_unref(f);
}

// ---- many rows ------------------------------------------------------------------------------------------------------
static Frame *bulk(int64_t n, int groups) {
  Column *g, *x;
  uint64_t s = 12345;
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &g, NULL), OK);
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &x, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    s = s * 48271 % 2147483647;
    g->i[i] = (int64_t)(s % (uint64_t)groups);
    s = s * 48271 % 2147483647;
    x->f[i] = (double)(s % 100000) / 1000 * ((double)(s % 100000) / 1000);
    s = s * 48271 % 2147483647;
    if (s % 33 == 0) assert_int_equal(column_set_missing(x, i, NULL), OK);
  }
  Frame *f = frame_new(n);
  assert_int_equal(frame_add(f, "g", g, NULL), OK);
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  return f;
}

TEST(large_groups_equal_pandas) {
  static const struct {
    int row;
    double value[9]; // count() n sum mean sd skew kurtosis median quantile
  } want[] = {{0,
               {191, 182, 616715.154904, 3388.544807164835, 2950.7678130783866, 0.6247056735276239, -0.7982090772014185,
                2618.6518165, 7983.8950165000015}},
              {50,
               {238, 231, 775759.3740720002, 3358.265688623377, 2910.1911889755834, 0.7398573019070556,
                -0.5898496589407212, 2537.942884, 7948.792336000001}},
              {96,
               {207, 198, 722699.8020810001, 3649.9990004090914, 3114.7222439535444, 0.5079844538293529,
                -1.0867368879756067, 3032.0991905, 8452.817109000001}}};
  Frame *f = bulk(20000, 97), *out;
  assert_int_equal(frame_agg(NULL, f,
                             NAMES("count()", "n(x)", "sum(x)", "mean(x)", "sd(x)", "skew(x)", "kurtosis(x)",
                                   "median(x)", "quantile(x, 0.9)"),
                             NAMES("g"), &out, NULL),
                   OK);
  for (size_t k = 0; k < 3; k++)
    for (int j = 0; j < 9; j++) assert_near(col_f64(frame_at(out, j + 1), want[k].row), want[k].value[j], 1e-12);
  frame_unref(out);
  frame_unref(f);
}

TEST(any_number_of_threads_gives_the_same_bits) {
  static const int threads[] = {1, 2, 3, 7}, groups[] = {5, 3000, 4500, 40000};
  for (size_t k = 0; k < 4; k++) {
    Frame *f = bulk(150000, groups[k]);
    char first[65], hex[65];
    for (size_t t = 0; t < 4; t++) {
      Job job = {.pool = pool_new(threads[t])};
      Frame *out;
      assert_int_equal(frame_agg(&job, f,
                                 NAMES("count()", "sum(x)", "sd(x)", "kurtosis(x)", "min(x)", "last(x)", "median(x)",
                                       "distinct(x)", "mode(x)", "mean(x * x)"),
                                 NAMES("g"), &out, NULL),
                       OK);
      frame_hash(out, t ? hex : first);
      if (t) assert_string_equal(hex, first);
      frame_unref(out);
      pool_free(job.pool);
    }
    frame_unref(f);
  }
}

// However many groups there are to so many rows, counts and sums are those of a loop.
TEST(sums_by_few_and_many_groups_are_those_of_a_loop) {
  enum { N = 150000 };
  static const int groups[] = {5, 3000, 4500, 40000};
  for (size_t k = 0; k < 4; k++) {
    Frame *f = bulk(N, groups[k]), *out;
    const Column *g = frame_at(f, 0), *x = frame_at(f, 1);
    assert_int_equal(frame_agg(NULL, f, NAMES("n(x)", "sum(x)", "last(x)"), NAMES("g"), &out, NULL), OK);
    for (int64_t r = 0; r < frame_nrow(out); r += 1 + groups[k] / 50) {
      int64_t n = 0, last = -1;
      double sum = 0;
      for (int64_t i = 0; i < N; i++)
        if (g->i[i] == frame_at(out, 0)->i[r] && col_valid(x, i)) n++, sum += x->f[i], last = i;
      assert_int_equal(frame_at(out, 1)->i[r], n);
      assert_near(frame_at(out, 2)->f[r], sum, 1e-12);
      if (n) assert_true(frame_at(out, 3)->f[r] == x->f[last]);
    }
    frame_unref(out);
    frame_unref(f);
  }
}

// Groups of one row each are the rows themselves, whatever way is taken to find them.
TEST(groups_of_one_row_are_the_rows) {
  enum { N = 150000 };
  Frame *f = bulk(N, 7), *out;
  Column *id;
  assert_int_equal(column_new(NULL, COL_I64, N, NULL, &id, NULL), OK);
  for (int64_t i = 0; i < N; i++) id->i[i] = i * 1000003 - 5;
  assert_int_equal(frame_add(f, "id", id, NULL), OK);
  assert_int_equal(frame_agg(NULL, f, NAMES("x = max(x)", "m = median(x)", "n = count()"), NAMES("id"), &out, NULL),
                   OK);
  assert_int_equal(frame_nrow(out), N);
  const Column *x = frame_at(f, 1), *y = frame_at(out, 1), *m = frame_at(out, 2);
  assert_memory_equal(frame_at(out, 0)->i, id->i, N * sizeof *id->i);
  for (int64_t i = 0; i < N; i++) {
    assert_int_equal(col_valid(y, i), col_valid(x, i));
    if (col_valid(x, i)) assert_true(y->f[i] == x->f[i] && m->f[i] == x->f[i]);
    assert_int_equal(frame_at(out, 3)->i[i], 1);
  }
  frame_unref(out);
  frame_unref(f);
}

// ---- errors ---------------------------------------------------------------------------------------------------------
static void refused(const char *expr, ErrCode code, const char *message) {
  Frame *f = people(), *out;
  Err err = {0};
  assert_int_equal(frame_agg(NULL, f, NAMES(expr), NAMES("g"), &out, &err), code);
  assert_string_equal(err.msg, message);
  frame_unref(f);
}

TEST(errors_point_at_the_place) {
  refused("x + 1", ERR_TYPE,
          "'x' has many values in a group: write mean(x) or another aggregate, or add it to by\n"
          "  x + 1\n  ^");
  refused("upper(t) .. max(t)", ERR_TYPE,
          "'t' has many values in a group: write first(t) or another aggregate, or add it to by\n"
          "  upper(t) .. max(t)\n        ^");
  refused("m = mean(t)", ERR_TYPE,
          "mean(x) takes numbers, a condition or dates, got t (text): words have n, distinct, mode, min, max, first, "
          "last\n  mean(t)\n       ^");
  refused("any(x)", ERR_TYPE,
          "any(c) takes a condition (true or false), got x (real): compare it, as in x > 0\n"
          "  any(x)\n      ^");
  refused("mean(sum(x))", ERR_TYPE,
          "sum inside mean: a value of each group comes first with window{...}, then aggregate it\n"
          "  mean(sum(x))\n       ^^^^^^");
  refused("sum(zscore(x))", ERR_TYPE,
          "zscore(x) sees all rows, not those of a group: derive it first, or write it "
          "with window functions\n  sum(zscore(x))\n      ^^^^^^");
  refused("quantile(x)", ERR_ARG, "quantile(x, p) takes 2 values, got 1\n  quantile(x)\n  ^^^^^^^^^^^");
  refused("quantile(x, 2)", ERR_ARG,
          "quantile(x, p): p is a number from 0 to 1, the same for all rows\n  quantile(x, 2)\n              ^");
  refused("quantile(x, k)", ERR_ARG,
          "quantile(x, p): p is a number from 0 to 1, the same for all rows\n  quantile(x, k)\n              ^");
  refused("meen(x)", ERR_NAME, "no function 'meen': did you mean 'mean'?\n  meen(x)\n  ^^^^");
  refused("avg(x)", ERR_NAME, "no function 'avg': write mean(x)\n  avg(x)\n  ^^^");
  refused("mean(xx)", ERR_NAME, "no column 'xx': did you mean 'x'?\n  mean(xx)\n       ^^");
  refused("mean(x) + gg", ERR_NAME, "no column 'gg': did you mean 'g'?\n  mean(x) + gg\n            ^^");
  refused("mean(x", ERR_PARSE, "this ( is not closed\n  mean(x\n  ^^^^^");
  refused("g = count()", ERR_NAME, "there is a column 'g' already");
}

TEST(unknown_keys_name_the_nearest_and_a_stop_stops) {
  Frame *f = people(), *out;
  Err err = {0};
  Job job = {0};
  assert_int_equal(frame_agg(NULL, f, NAMES("count()"), NAMES("gg"), &out, &err), ERR_NAME);
  assert_string_equal(err.msg, "no column 'gg': did you mean 'g'?");
  assert_int_equal(frame_agg(NULL, f, NAMES("count()"), NAMES("g", "g"), &out, &err), ERR_NAME);
  assert_string_equal(err.msg, "column 'g' is named twice");
  atomic_store(&job.cancel, true);
  assert_int_equal(frame_agg(&job, f, NAMES("count()"), NAMES("g"), &out, &err), ERR_CANCELLED);
  Job poor = {.memory = 1};
  Frame *large = bulk(400000, 5);
  assert_int_equal(frame_agg(&poor, large, NAMES("count()"), NAMES("g"), &out, &err), ERR_MEMORY);
  frame_unref(large);
  frame_unref(f);
}

TEST(every_aggregate_has_a_signature_and_a_line) {
  const char *signature, *doc;
  int n = 0;
  for (; agg_function(n, &signature, &doc); n++) assert_true(strchr(signature, '(') && *doc);
  assert_true(n > 20);
  assert_false(agg_function(-1, &signature, &doc));
}

RUN(CASE(groups_come_in_the_order_of_their_keys_with_missing_last), CASE(nan_keys_stand_between_numbers_and_missing),
    CASE(several_keys_are_ordered_by_the_first_then_the_next), CASE(counts_and_sums_leave_missing_values_out),
    CASE(spread_and_shape_equal_pandas), CASE(values_of_a_group_keep_their_type),
    CASE(dates_and_times_have_means_in_their_own_type), CASE(without_by_there_is_one_row_even_of_no_rows),
    CASE(aggregates_stand_in_any_expression_with_the_keys_beside_them), CASE(columns_without_a_name_get_a_clean_one),
    CASE(int_sums_are_exact_and_become_real_beyond_64_bits), CASE(sums_of_reals_lose_nothing_to_large_terms),
    CASE(nan_is_a_value_and_infinities_add_up), CASE(a_constant_group_has_no_spread), CASE(large_groups_equal_pandas),
    CASE(any_number_of_threads_gives_the_same_bits), CASE(sums_by_few_and_many_groups_are_those_of_a_loop),
    CASE(groups_of_one_row_are_the_rows), CASE(errors_point_at_the_place),
    CASE(unknown_keys_name_the_nearest_and_a_stop_stops), CASE(every_aggregate_has_a_signature_and_a_line))
