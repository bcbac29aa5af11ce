// The ways of many rows against the walk of each: the same bits, whatever the trees look like. The walk itself is held
// against XGBoost's predictions in exchange.c.
#include "unit/model/trees_help.h"

#include "base/pool.h"

static void assert_same(Forest *f, const Table *x) {
  int64_t n = x->f.n * f->trees.noutput;
  double *walk = calloc((size_t)n, sizeof *walk), *sweep = calloc((size_t)n, sizeof *sweep);
  ErrCode (*const way[])(Job *, const Trees *, const Features *, int64_t, int64_t, double *, Err *) = {trees_sweep,
                                                                                                        trees_deep};
  Job job = {.pool = pool_new(3)};
  for (int k = 0; k < 4; k++) {
    f->trees.single = k & 1;
    assert_int_equal(trees_walk(NULL, &f->trees, &x->f, 0, f->trees.ntree, walk, NULL), OK);
    assert_int_equal(way[k >> 1](&job, &f->trees, &x->f, 0, f->trees.ntree, sweep, NULL), OK);
    assert_memory_equal(walk, sweep, (size_t)n * sizeof *walk);
    assert_int_equal(trees_walk(NULL, &f->trees, &x->f, 1, 2, walk, NULL), OK);
    assert_int_equal(way[k >> 1](NULL, &f->trees, &x->f, 1, 2, sweep, NULL), OK);
    assert_memory_equal(walk, sweep, (size_t)n * sizeof *walk);
  }
  pool_free(job.pool);
  free(walk);
  free(sweep);
}

static void check(int64_t rows, int64_t cuts, int64_t depth, int64_t width) {
  Table x = table_new(rows, 7, 4);
  Forest f = forest_wide(9, 7, cuts, depth, width, (uint64_t)(cuts + depth));
  assert_same(&f, &x);
  forest_free(&f);
  table_free(&x);
}

TEST(small_trees_are_swept_whole) { check(1000, 40, 6, 1); }
TEST(a_column_of_many_cuts_has_several_planes) { check(1000, 1000, 7, 1); }

// About 17,000 different ones a column.
TEST(a_column_of_more_cuts_than_a_grid_begins_with_is_searched) {
  Table x = table_new(600, 7, 4);
  Forest f = forest_wide(60, 7, 1 << 30, 60, 1, 5);
  assert_same(&f, &x);
  forest_free(&f);
  table_free(&x);
}
TEST(trees_of_more_leaves_than_a_byte_numbers_are_walked_on) { check(700, 500, 20, 1); }
TEST(leaves_may_have_a_value_a_class) { check(513, 40, 12, 3); }
TEST(one_row_and_one_more_than_a_block) { check(1, 40, 6, 1), check(513, 40, 6, 1), check(64, 9, 2, 1); }

TEST(a_tree_may_be_one_leaf) { check(300, 40, 0, 1); }

// Every level asks one question, as CatBoost's trees do.
TEST(a_tree_of_one_question_a_level_is_a_byte_of_bits) {
  enum { DEPTH = 5, N = (2 << DEPTH) - 1 };
  Table x = table_new(800, 7, 8);
  Forest f = forest_wide(0, 7, 10, 1, 1, 1);
  RngKey key = rng_key(1, "oblivious");
  for (uint64_t k = 0; k < 4; k++) {
    TreeNode node[N] = {0};
    double value[N];
    for (int i = 0; i < N; i++) {
      int d = 31 - __builtin_clz((unsigned)i + 1);
      value[i] = rng_unit(key, k, (uint64_t)i);
      node[i] = (TreeNode){.feature = NODE_LEAF};
      if (d < DEPTH)
        node[i] = (TreeNode){.feature = (int32_t[]){0, 1, 3, 4, 6}[d], .left = 2 * i + 1,
                             .cut = rng_unit(key, k, (uint64_t)(100 + d)), .flags = d % 2 ? NODE_MISSING_LEFT : 0};
    }
    forest_add(&f, node, value, N);
  }
  assert_same(&f, &x);
  forest_free(&f);
  table_free(&x);
}

// Cuts that crowd into one cell of any grid: 1, 1 + 1e-9, ... and one far away.
TEST(cuts_that_no_grid_parts_are_searched) {
  Table x = table_new(600, 2, 9);
  Forest f = forest_wide(0, 2, 10, 1, 1, 1);
  for (int k = 0; k < 60; k++) {
    TreeNode node[3] = {
        {.left = 1, .cut = k == 59 ? 1e300 : 0.5 + 1e-13 * k}, {.feature = NODE_LEAF}, {.feature = NODE_LEAF}};
    forest_add(&f, node, (double[]){0, k, -k}, 3);
  }
  assert_same(&f, &x);
  forest_free(&f);
  table_free(&x);
}

RUN(CASE(small_trees_are_swept_whole), CASE(a_column_of_many_cuts_has_several_planes),
    CASE(a_column_of_more_cuts_than_a_grid_begins_with_is_searched),
    CASE(trees_of_more_leaves_than_a_byte_numbers_are_walked_on), CASE(leaves_may_have_a_value_a_class),
    CASE(one_row_and_one_more_than_a_block), CASE(a_tree_may_be_one_leaf),
    CASE(a_tree_of_one_question_a_level_is_a_byte_of_bits), CASE(cuts_that_no_grid_parts_are_searched))
