// A design without a matrix: which columns become codes, and that every reading of it gives the values of the frame.
// Expected values are those that the frames are made of, and sums worked by hand.
#include "check.h"

#include "base/pool.h"
#include "prep/features.h"

static const char *const NAMES[] = {"a", "b", "c", "d", "e", "f"};

static Column *bools(const int *v, int64_t n) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_BOOL, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) c->b[i] = (uint8_t)v[i];
  return c;
}

static Column *reals(double first, int64_t n) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) c->f[i] = first + (double)i;
  return c;
}

static Column *ints(int64_t first, int64_t n) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) c->i[i] = first + i;
  return c;
}

static void add(Frame *f, Column *c) { assert_int_equal(frame_add(f, NAMES[frame_ncol(f)], c, NULL), OK); }

static Design design_of(const Frame *f) { return (Design){.terms = {(const char **)(uintptr_t)NAMES, frame_ncol(f)}}; }

static void assert_reads(const Frame *f, const Compact *c) {
  for (int64_t j = 0; j < c->p; j++)
    for (int64_t i = 0; i < c->n; i++) {
      double v;
      compact_read(c, j, i, i + 1, &v);
      assert_true(v == col_f64(frame_at(f, (int)j), i));
    }
}

// A number, a word of three levels, a bool that goes with the second, an int; row 3 has none of the levels.
static Frame *small(void) {
  Frame *f = frame_new(4);
  add(f, reals(0.5, 4));
  add(f, bools((int[]){1, 0, 0, 0}, 4));
  add(f, bools((int[]){0, 1, 0, 0}, 4));
  add(f, bools((int[]){0, 0, 1, 0}, 4));
  add(f, bools((int[]){0, 1, 0, 1}, 4));
  add(f, ints(7, 4));
  return f;
}

TEST(bools_that_exclude_each_other_become_one_code_a_row) {
  Frame *f = small();
  Design d = design_of(f);
  Compact c;
  Err err = {0};
  assert_int_equal(compact_open(NULL, &d, f, &c, &err), OK);
  assert_int_equal(c.nrun, 1);
  assert_int_equal(c.run[0].first, 1);
  assert_int_equal(c.run[0].n, 3);
  for (int i = 0; i < 4; i++) assert_int_equal(c.run[0].code[i], i);
  for (int l = 0; l < 3; l++) assert_int_equal(c.run[0].count[l], 1);
  assert_ptr_equal(c.col[0], frame_at(f, 0)->f); // not copied
  assert_null(c.col[2]);
  assert_reads(f, &c);
  compact_close(&c);
  frame_unref(f);
}

TEST(a_product_with_a_vector_is_that_of_the_matrix) {
  Frame *f = small();
  Design d = design_of(f);
  Compact c;
  double v[] = {2, 10, 20, 30, 100, 1000}, out[4];
  assert_int_equal(compact_open(NULL, &d, f, &c, NULL), OK);
  compact_mul_vec(NULL, &c, v, out);
  assert_true(out[0] == 1 + 10 + 7000);
  assert_true(out[1] == 3 + 20 + 100 + 8000);
  assert_true(out[2] == 5 + 30 + 9000);
  assert_true(out[3] == 7 + 100 + 10000);
  compact_close(&c);
  frame_unref(f);
}

TEST(some_of_the_rows_have_codes_and_counts_of_their_own) {
  Frame *f = small();
  Design d = design_of(f);
  Compact c, part;
  double v;
  assert_int_equal(compact_open(NULL, &d, f, &c, NULL), OK);
  assert_int_equal(compact_part(NULL, &c, 1, 2, &part, NULL), OK); // rows 0 and 2
  assert_int_equal(part.n, 2);
  assert_int_equal(part.run[0].code[1], 2);
  assert_int_equal(part.run[0].count[0] + part.run[0].count[2], 2);
  assert_int_equal(part.run[0].count[1], 0);
  compact_read(&part, 5, 1, 2, &v);
  assert_true(v == 9);
  compact_close(&part);
  compact_close(&c);
  frame_unref(f);
}

// 30,000 rows of which a look at a sample misses the one that contradicts.
TEST(one_row_with_two_levels_makes_no_code_and_the_same_on_any_number_of_threads) {
  enum { N = 30000 };
  static int v[2][N];
  for (int twice = 0; twice < 2; twice++)
    for (int threads = 1; threads <= 4; threads += 3) {
      Job job = {.pool = pool_new(threads)};
      Frame *f = frame_new(N);
      Compact c;
      for (int i = 0; i < N; i++) v[0][i] = i % 3 == 0, v[1][i] = i % 3 == 1 || (twice && i == 29997);
      add(f, bools(v[0], N));
      add(f, bools(v[1], N));
      Design d = design_of(f);
      assert_int_equal(compact_open(&job, &d, f, &c, NULL), OK);
      assert_int_equal(c.nrun, !twice);
      if (!twice) assert_int_equal(c.run[0].count[1], N / 3);
      assert_reads(f, &c);
      compact_close(&c);
      frame_unref(f);
      pool_free(job.pool);
    }
}

TEST(a_value_that_is_missing_or_a_term_that_is_gone_is_refused_as_by_the_matrix) {
  Frame *f = small(), *less;
  Design d = design_of(f);
  Compact c;
  Err err = {0};
  Names two = {d.terms.name, 2};
  assert_int_equal(frame_ncol(f), 6);
  less = frame_new(4);
  add(less, reals(1, 4));
  assert_int_equal(compact_open(NULL, &(Design){.terms = two}, less, &c, &err), ERR_NAME);
  Column *hole = bools((int[]){1, 0, 0, 0}, 4);
  assert_int_equal(column_set_missing(hole, 2, &err), OK);
  add(less, hole);
  assert_int_equal(compact_open(NULL, &(Design){.terms = two}, less, &c, &err), ERR_ARG);
  assert_non_null(strstr(err.msg, "column 'b' has 1 missing value (first in row 3)"));
  frame_unref(less);
  frame_unref(f);
}

RUN(CASE(bools_that_exclude_each_other_become_one_code_a_row), CASE(a_product_with_a_vector_is_that_of_the_matrix),
    CASE(some_of_the_rows_have_codes_and_counts_of_their_own),
    CASE(one_row_with_two_levels_makes_no_code_and_the_same_on_any_number_of_threads),
    CASE(a_value_that_is_missing_or_a_term_that_is_gone_is_refused_as_by_the_matrix))
