// Functions of whole columns. By pandas 1.5.3 (cumsum to rank, var, quantile, cut), ntile and intervals by hand.
#include "unit/frame/make.h"

#include "base/pool.h"
#include "frame/expr.h"
#include "frame/verbs.h"

static Frame *numbers(void) {
  return make_frame("x:real i:int c:category t:text d:date m:time b:bool",
                    "3    3  b  bb  2012-02-29 2012-02-29_12:00 true  "
                    "1    1  a  aa  2012-03-01 2012-02-29_12:01 NA    "
                    "NA   NA NA NA  NA         NA               false "
                    "4    4  b  NA  2012-02-28 2012-02-28_00:00 true  "
                    "1    1  c  cc  2012-02-28 2012-02-28_00:00 true  "
                    "5    5  a  aa  2012-03-05 2012-03-05_00:00:00.5 false "
                    "-9   -9 NA dd  1969-12-31 1969-12-31_00:00 true  "
                    "2.5  2  b  bb  2012-01-01 2012-01-01_00:00 true  ");
}

TEST(lag_and_lead_move_any_type) {
  Frame *f = numbers();
  assert_value(f, "lag(x)", "real: NA 3 1 NA 4 1 5 -9");
  assert_value(f, "lead(x, 2)", "real: NA 4 1 5 -9 2.5 NA NA");
  assert_value(f, "lag(i, -2)", "int: NA 4 1 5 -9 2 NA NA");
  assert_value(f, "lag(c, 6)", "category: NA NA NA NA NA NA b a");
  assert_value(f, "lag(t)", "text: NA bb aa NA NA cc aa dd");
  assert_value(f, "lag(b, 7)", "bool: NA NA NA NA NA NA NA true");
  assert_value(f, "lag(d, 3)", "date: NA NA NA 2012-02-29 2012-03-01 NA 2012-02-28 2012-02-28");
  assert_value(f, "lag(i, 0)", "int: 3 1 NA 4 1 5 -9 2");
  assert_value(f, "lag(x, 100)", "real: NA NA NA NA NA NA NA NA");
  assert_value(f, "x - lag(x) == diff(x)", "bool: NA true NA NA true true true true");
  assert_value(f, "lag(i * 2 + 1, 1) > 3", "bool: NA true false NA true false true false");
  assert_value(f, "lag(c) == 'b'", "bool: NA true false NA true false false NA");
  frame_unref(f);
}

TEST(differences_keep_ints_days_and_seconds) {
  Frame *f = numbers();
  assert_value(f, "diff(x)", "real: NA -2 NA NA -3 4 -14 11.5");
  assert_value(f, "diff(i)", "int: NA -2 NA NA -3 4 -14 11");
  assert_value(f, "diff(x, -1)", "real: 2 NA NA 3 -4 14 -11.5 NA");
  assert_value(f, "diff(d)", "int: NA 1 NA NA 0 6 -15405 15341");
  assert_value(f, "diff(m)", "real: NA 60 NA NA 0 518400.5 -1330992000.5 1325462400");
  frame_unref(f);
  f = make_frame("i:int", "9223372036854775807 -2 5");
  assert_value(f, "diff(i)", "real: NA -9.223372036854776e+18 7");
  frame_unref(f);
}

TEST(running_values_pass_over_missing_rows) {
  Frame *f = numbers();
  assert_value(f, "cumsum(x)", "real: 3 4 NA 8 9 14 5 7.5");
  assert_value(f, "cumsum(i)", "int: 3 4 NA 8 9 14 5 7");
  assert_value(f, "cumsum(b)", "int: 1 NA 1 2 3 3 4 5");
  assert_value(f, "cumprod(x)", "real: 3 3 NA 12 12 60 -540 -1350");
  assert_value(f, "cummin(x)", "real: 3 1 NA 1 1 1 -9 -9");
  assert_value(f, "cummax(i)", "int: 3 3 NA 4 4 5 5 5");
  assert_value(f, "cummax(t)", "text: bb bb NA NA cc cc dd dd");
  assert_value(f, "cummin(d)", "date: 2012-02-29 2012-02-29 NA 2012-02-28 2012-02-28 2012-02-28 1969-12-31 1969-12-31");
  assert_value(f, "fill_forward(x)", "real: 3 1 1 4 1 5 -9 2.5");
  assert_value(f, "fill_backward(x)", "real: 3 1 4 4 1 5 -9 2.5");
  assert_value(f, "fill_forward(c)", "category: b a a b c a a b");
  assert_value(f, "fill_backward(t)", "text: bb aa cc cc cc aa dd bb");
  frame_unref(f);
  f = make_frame("x:real", "2 nan 1 NA 5");
  assert_value(f, "cummin(x)", "real: 2 nan nan NA nan");
  assert_value(f, "cummax(x)", "real: 2 nan nan NA nan");
  assert_value(f, "cumsum(x)", "real: 2 nan nan NA nan");
  frame_unref(f);
}

TEST(running_ints_that_overflow_become_reals) {
  Frame *f = make_frame("i:int", "9223372036854775807 NA 1 2");
  assert_value(f, "cumsum(i)", "real: 9.223372036854776e+18 NA 9.223372036854776e+18 9.223372036854776e+18");
  assert_value(f, "cumprod(i)", "real: 9.223372036854776e+18 NA 9.223372036854776e+18 1.8446744073709552e+19");
  frame_unref(f);
}

TEST(ranks_are_those_of_pandas_for_every_way_of_ties) {
  Frame *f = numbers();
  assert_value(f, "rank(x)", "real: 5 2.5 NA 6 2.5 7 1 4");
  assert_value(f, "rank(x, 'min')", "int: 5 2 NA 6 2 7 1 4");
  assert_value(f, "rank(x, 'max')", "int: 5 3 NA 6 3 7 1 4");
  assert_value(f, "rank(x, 'dense')", "int: 4 2 NA 5 2 6 1 3");
  assert_value(f, "rank(x, 'first')", "int: 5 2 NA 6 3 7 1 4");
  assert_value(f, "rank(-x)", "real: 3 5.5 NA 2 5.5 1 7 4");
  assert_value(f, "rank(c)", "real: 4 1.5 NA 4 6 1.5 NA 4");
  assert_value(f, "rank(t, 'min')", "int: 3 1 NA NA 5 1 6 3");
  assert_value(f, "rank(d, 'first')", "int: 5 6 NA 3 4 7 1 2");
  frame_unref(f);
  f = make_frame("x:real", "nan 1 NA nan inf");
  assert_value(f, "rank(x)", "real: 3.5 1 NA 3.5 2");
  frame_unref(f);
}

TEST(parts_differ_by_one_row_at_most) {
  Frame *f = numbers();
  assert_value(f, "ntile(x, 3)", "int: 2 1 NA 3 1 3 1 2");
  assert_value(f, "ntile(x, 1)", "int: 1 1 NA 1 1 1 1 1");
  assert_value(f, "ntile(x, 100)", "int: 5 2 NA 6 3 7 1 4");
  frame_unref(f);
}

TEST(whole_columns_have_one_value) {
  Frame *f = numbers();
  assert_value(f, "min(x) + max(i)", "real: -4 -4 -4 -4 -4 -4 -4 -4");
  assert_value(f, "min(d) == max(d)", "bool: false false false false false false false false");
  assert_value(f, "max(t) .. min(c)", "category: dda dda dda dda dda dda dda dda");
  assert_value(f, "first(i) * 10 + last(i)", "int: 32 32 32 32 32 32 32 32");
  assert_value(f, "row() == 1 and any(b) and not all(b)", "bool: true false false false false false false false");
  assert_value(f, "n_distinct(x) * 10 + n_missing(x)", "int: 61 61 61 61 61 61 61 61");
  assert_value(f, "n_distinct(t) * 1000 + n_distinct(c) * 100 + n_distinct(b) * 10 + n_distinct(d)",
               "int: 4326 4326 4326 4326 4326 4326 4326 4326");
  assert_value(f, "quantile(x, 0.9) == 4.4 and quantile(x, 0) == -9 and quantile(x, 1) == 5 and var(i) > 21",
               "bool: true true true true true true true true");
  assert_value(f, "if_else(x == max(x), last(m), first(m))",
               "time: 2012-02-29 12:00:00 2012-02-29 12:00:00 NA 2012-02-29 12:00:00 2012-02-29 12:00:00 "
               "2012-01-01 00:00:00 2012-02-29 12:00:00 2012-02-29 12:00:00");
  frame_unref(f);
  f = make_frame("x:real s:text b:bool", "NA NA NA NA NA NA");
  assert_value(f, "min(x)", "real: NA NA");
  assert_value(f, "first(s)", "category: NA NA");
  assert_value(f, "any(b)", "bool: false false");
  assert_value(f, "all(b)", "bool: true true");
  assert_value(f, "n_distinct(s)", "int: 0 0");
  assert_value(f, "zscore(x)", "real: NA NA");
  assert_value(f, "var(x)", "real: NA NA");
  frame_unref(f);
}

static void is_near(const Frame *f, const char *text, const double *want) {
  Column *c;
  Err err;
  if (expr_eval(NULL, f, sv(text), NULL, 0, &c, &err) != OK) fail_msg("%s", err.msg);
  for (int64_t i = 0; i < c->n; i++) assert_near(col_f64(c, i), want[i], 1e-14);
  column_unref(c);
}

TEST(zscore_and_variance_are_those_of_pandas) {
  Frame *f = numbers();
  const double z[] = {0.41240202903051704, -0.015274149223352474, NAN, 0.6262401181574518, -0.015274149223352474,
                      0.8400782072843865, -2.1536550404927, 0.30548298446704963};
  is_near(f, "zscore(x)", z);
  is_near(f, "x * 0 + var(x)", (double[]){21.86904761904762, 21.86904761904762, NAN, 21.86904761904762,
                                          21.86904761904762, 21.86904761904762, 21.86904761904762, 21.86904761904762});
  is_near(f, "x * 0 + quantile(x, 0.1)", (double[]){-3, -3, NAN, -3, -3, -3, -3, -3});
  frame_unref(f);
}

TEST(cut_names_the_interval_and_keeps_it_in_order) {
  Frame *f = make_frame("x:real", "-5 0 9.99 10 25 NA nan inf -inf");
  assert_value(f, "cut(x, 0, 10)", "category: (-inf, 0) [0, 10) [0, 10) [10, inf) [10, inf) NA NA [10, inf) (-inf, 0)");
  assert_value(f, "cut(x, 0.5)", "category: (-inf, 0.5) (-inf, 0.5) [0.5, inf) [0.5, inf) [0.5, inf) NA NA [0.5, inf) "
                                 "(-inf, 0.5)");
  frame_unref(f);
  f = make_frame("x:int", "150 7 30 2");
  assert_value(f, "cut(x, 5, 18, 100)", "category: [100, inf) [5, 18) [18, 100) (-inf, 5)");
  assert_value(f, "rank(cut(x, 5, 18, 100), 'min')", "int: 4 2 3 1");
  Frame *g;
  assert_int_equal(frame_derive(NULL, f, "a", sv("cut(x, 5, 18, 100)"), NULL, 0, &g, NULL), OK);
  assert_int_equal(g ? frame_at(g, 1)->dict->n : 0, 4);
  assert_true(sv_is(frame_at(g, 1)->dict->word[1], "[5, 18)"));
  frame_unref(g);
  frame_unref(f);
}

TEST(bins_have_equal_width_and_the_last_is_closed) {
  Frame *f = make_frame("x:real", "0 2.5 4.9999 5 10 NA inf");
  assert_value(f, "bin(x, 4)", "category: [0, 2.5) [2.5, 5) [2.5, 5) [5, 7.5) [7.5, 10] NA NA");
  assert_value(f, "bin(x, 1)", "category: [0, 10] [0, 10] [0, 10] [0, 10] [0, 10] NA NA");
  frame_unref(f);
  f = make_frame("x:real", "1000.001 1000.002 1000.003");
  assert_value(f, "bin(x, 2)", "category: [1000.001, 1000.002) [1000.002, 1000.003] [1000.002, 1000.003]");
  assert_value(f, "bin(x * 0 + 7, 3)", "category: [7, 7] [7, 7] [7, 7]");
  frame_unref(f);
  f = make_frame("x:real", "-1.7e308 1.7e308 0");
  assert_value(f, "bin(x, 2)", "category: [-1.7e+308, 0) [0, 1.7e+308] [0, 1.7e+308]");
  frame_unref(f);
}

TEST(arguments_that_are_the_same_for_all_rows_are_asked_for) {
  static const struct {
    const char *text, *want;
  } r[] = {
      {"lag(x, i)", "lag(x, k) takes one value for all rows here, got i (int)\n  lag(x, i)\n         ^"},
      {"lag(x, 1.5)", "lag(x, k) takes an int, got 1.5 (real): write int(1.5)\n  lag(x, 1.5)\n         ^^^"},
      {"lag(x, int('a'))", "lag(x, k) takes a value here, int('a') (int) is missing\n  lag(x, int('a'))\n"
                           "         ^^^^^^^^"},
      {"1 + rank(x, 'worst')", "ties take the average, min, max, dense or first rank\n  1 + rank(x, 'worst')\n"
                               "      ^^^^^^^^^^^^^^^^"},
      {"quantile(x, 2)", "p is a share from 0 to 1, as 0.9\n  quantile(x, 2)\n  ^^^^^^^^^^^^^^"},
      {"cut(x, 5, 5)", "the edges must rise, 5 does not lie behind 5\n  cut(x, 5, 5)\n  ^^^^^^^^^^^^"},
      {"cut(x, 1/0)", "the edges must rise, inf does not lie behind -inf\n  cut(x, 1/0)\n  ^^^^^^^^^^^"},
      {"bin(x, 0)", "n is a number of intervals, from 1 to 1000\n  bin(x, 0)\n  ^^^^^^^^^"},
      {"ntile(x, 0)", "n is a number of parts, at least 1\n  ntile(x, 0)\n  ^^^^^^^^^^^"},
      {"cumsum(c)", "cumsum(x) takes a number or a condition, got c (category): write real(c), and .. joins text\n"
                    "  cumsum(c)\n         ^"},
  };
  Frame *f = numbers();
  for (size_t k = 0; k < sizeof r / sizeof *r; k++) assert_value(f, r[k].text, r[k].want);
  assert_value(f, "lag(i, 1 + 1)", "int: NA NA 3 1 NA 4 1 5");
  assert_value(f, "cummax(lag(i, nrow() // 4))", "int: NA NA 3 3 NA 4 4 5");
  frame_unref(f);
}

TEST(whole_columns_without_rows_or_with_one) {
  Frame *f = make_frame("x:real t:text", "1 a"), *g;
  assert_value(f, "rank(x)", "real: 1");
  assert_value(f, "ntile(x, 2)", "int: 1");
  assert_value(f, "diff(x)", "real: NA");
  assert_int_equal(frame_slice(NULL, f, 0, 0, &g, NULL), OK);
  assert_value(g, "rank(x)", "real: ");
  assert_value(g, "cumsum(x)", "real: ");
  assert_value(g, "lag(t)", "text: ");
  assert_value(g, "cut(x, 1)", "category: ");
  assert_value(g, "bin(x, 2)", "category: ");
  assert_value(g, "fill_forward(t)", "text: ");
  frame_unref(g);
  frame_unref(f);
}

TEST(series_keep_to_job_and_threads) {
  static const char *const text[] = {"cut(x, 1, 2)", "rank(x)", "cumsum(x)", "zscore(x)", "lag(t .. 'x')",
                                     "fill_forward(x)", "bin(x, 7)", "n_distinct(x)", "max(t)"};
  Frame *small = make_frame("x:real t:text", "0.25 a NA b 3 NA -7.5 d"), *f;
  int64_t n = 150001, *row = malloc((size_t)n * sizeof *row);
  for (int64_t i = 0; i < n; i++) row[i] = (i * 7919 + i / 13) % 4;
  assert_int_equal(frame_gather(NULL, small, row, n, &f, NULL), OK);
  Pool *pool = pool_new(3);
  for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
    char hex[2][65];
    Job job = {.pool = pool}, poor = {.memory = 1};
    for (int many = 0; many < 2; many++) {
      Frame *g;
      assert_int_equal(frame_derive(many ? &job : NULL, f, "y", sv(text[k]), NULL, 0, &g, NULL), OK);
      frame_hash(g, hex[many]);
      frame_unref(g);
    }
    assert_string_equal(hex[0], hex[1]);
    Column *c;
    if (k > 0 && k < 6) assert_int_equal(expr_eval(&poor, f, sv(text[k]), NULL, 0, &c, NULL), ERR_MEMORY);
    atomic_store(&job.cancel, true);
    if (k == 2 || k == 4) assert_int_equal(expr_eval(&job, f, sv(text[k]), NULL, 0, &c, NULL), ERR_CANCELLED);
  }
  pool_free(pool);
  free(row);
  frame_unref(f);
  frame_unref(small);
}

RUN(CASE(lag_and_lead_move_any_type), CASE(differences_keep_ints_days_and_seconds),
    CASE(running_values_pass_over_missing_rows), CASE(running_ints_that_overflow_become_reals),
    CASE(ranks_are_those_of_pandas_for_every_way_of_ties), CASE(parts_differ_by_one_row_at_most),
    CASE(whole_columns_have_one_value), CASE(zscore_and_variance_are_those_of_pandas),
    CASE(cut_names_the_interval_and_keeps_it_in_order), CASE(bins_have_equal_width_and_the_last_is_closed),
    CASE(arguments_that_are_the_same_for_all_rows_are_asked_for), CASE(whole_columns_without_rows_or_with_one),
    CASE(series_keep_to_job_and_threads))
