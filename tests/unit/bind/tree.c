// A tree as a plot: places of nodes and words, worked by hand.
#include "bind/tree_int.h"
#include "check.h"

#include <math.h>

static double P[][2] = {{0.5, 0.5}, {0.25, 0.75}, {1, 0}, {0.9, 0.1}, {0, 1}};
static TreeLookNode ITEM[] = {
    {.node = 1, .up = -1, .left = 1, .side = "all rows", .column = "age", .cover = 1200, .value = P[0]},
    {.node = 2, .up = 0, .left = 3, .side = "age < 30", .column = "fare", .cover = 200, .value = P[1]},
    {.node = 3, .up = 0, .leaf = true, .side = "age >= 30", .column = "", .cover = 1000, .value = P[2]},
    {.node = 4, .up = 1, .leaf = true, .side = "fare < 7", .column = "", .cover = 1, .value = P[3]},
    {.node = 5, .up = 1, .leaf = true, .side = "fare >= 7", .column = "", .cover = 199, .value = P[4]}};

static void plot_of(int64_t depth, bool shares, Plot *p) {
  static const char *const name[] = {"no", "yes"};
  Names levels = {(const char **)(uintptr_t)name, 2};
  TreeLook look = {.ntree = 1, .nnode = 5, .nleaf = 3, .depth = 2, .width = shares ? 2 : 1, .of = -1, .shares = shares,
                   .adds = !shares, .rows = true, .item = ITEM, .whole = 1200, .n = 5};
  ModelInfo info = {.target = "y", .levels = &levels, .nrow = 1200};
  plot_init(p);
  tree_plot(&look, &info, depth, "ml.tree{}", p);
}

TEST(a_node_stands_in_the_middle_of_its_children) {
  Plot p;
  plot_of(3, true, &p);
  const Series *sides = &p.series[4]; // behind four edges
  static const char *const want[] = {"all rows", "age < 30", "fare < 7", "fare >= 7", "age >= 30"};
  static const double y[] = {1.25, 2, 2.5, 1.5, 0.5}, level[] = {0, 1, 2, 2, 1};
  assert_int_equal(p.nseries, 7);
  assert_int_equal(sides->n, 5);
  for (int i = 0; i < 5; i++) {
    assert_string_equal(sides->label[i], want[i]);
    assert_true(fabs(sides->y[i] - y[i]) < 1e-12);
    assert_true(sides->x[i] > level[i] && sides->x2[i] < level[i] + 1);
  }
  assert_true(p.y.hi == 3 && p.x.hi == 3 && !p.note);
  assert_string_equal(p.reading, "the tree splits by age first; it has 3 leaves, 2 levels deep");
  plot_fini(&p);
}

TEST(classes_have_their_colours_and_shares) {
  Plot p;
  plot_of(3, true, &p);
  const Series *no = &p.series[5], *yes = &p.series[6];
  assert_int_equal(no->n, 3);
  assert_string_equal(no->label[0], "no 0.5, 1,200 rows");
  assert_string_equal(no->label[1], "no 0.9, 1 row");
  assert_string_equal(no->label[2], "no 1, 1,000 rows");
  assert_int_equal(yes->group, 1);
  assert_string_equal(yes->label[0], "yes 0.75, 200 rows");
  plot_fini(&p);
}

TEST(what_is_below_the_depth_is_told) {
  Plot p;
  plot_of(1, false, &p);
  assert_int_equal(p.nseries, 4); // two edges, sides, values
  const Series *said = &p.series[3];
  assert_int_equal(said->n, 3);
  assert_string_equal(said->label[0], "+0.5, 1,200 rows");
  assert_string_equal(said->label[1], "+0.25, 200 rows ...");
  assert_true(said->value[2] == 1);
  assert_string_equal(p.note, "3 of 5 nodes are drawn; m:tree{depth=2} draws more");
  plot_fini(&p);
}

RUN(CASE(a_node_stands_in_the_middle_of_its_children),
    CASE(classes_have_their_colours_and_shares),
    CASE(what_is_below_the_depth_is_told))
