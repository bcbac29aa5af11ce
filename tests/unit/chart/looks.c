// Colours, sizes and shapes of points, and what stands behind crowds of them. Expected values by hand; correlations of
// many points against stats_pearson, which is tested against R.
#include "unit/chart/chart_help.h"

#include "base/pool.h"
#include "base/rng.h"
#include "chart/points_int.h"
#include "stats/stats.h"

TEST(numbers_are_a_scale_of_colours_and_few_whole_ones_are_groups) {
  Frame *f = make_frame("x:real y:real v:real k:int m:int", "1 1 0.5 1 1 2 2 1.5 2 2 3 3 4 1 3 4 4 NA 2 4 5 5 2 1 5 "
                                                            "6 6 2 1 6 7 7 2 1 7");
  Plot p = chart_make("scatter", f, "x=x y=y color=v");
  assert_int_equal(p.nseries, 1);
  assert_int_equal(p.series[0].role, ROLE_SEQUENTIAL);
  assert_true(p.series[0].n == 6 && p.series[0].value[2] == 4);
  assert_true(p.colour.present && p.colour.lo == 0.5 && p.colour.hi == 4);
  assert_string_equal(p.colour.name, "v");
  assert_string_equal(p.note, "1 missing v: not shown");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("scatter", f, "x=x y=y color=k");
  assert_int_equal(p.nseries, 2);
  assert_string_equal(p.series[1].name, "2");
  assert_string_equal(p.groups, "k");
  plot_fini(&p);
  p = chart_make("scatter", f, "x=x y=y color=m");
  assert_true(p.nseries == 1 && p.colour.present);
  plot_fini(&p);
  frame_unref(f);
}

TEST(sizes_are_areas_as_shares_of_the_largest) {
  Frame *f = make_frame("x:real y:real s:real", "1 1 2 2 2 8 3 3 0 4 4 -1 5 5 4");
  Plot p = chart_make("bubble", f, "x=x y=y size=s");
  const Series *s = &p.series[0];
  assert_int_equal(s->n, 3);
  assert_true(s->size[0] == 0.25 && s->size[1] == 1 && s->size[2] == 0.5 && s->rows[2] == 4);
  assert_string_equal(p.note, "2 not above 0 in s: not shown");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(shapes_and_colours_part_the_points_together) {
  Frame *f = make_frame("x:real y:real g:text h:text", "1 1 a u 2 2 b u 3 3 a v 4 4 NA v 5 5 b NA 6 6 a u");
  Plot p = chart_make("scatter", f, "x=x y=y color=g shape=h");
  assert_int_equal(p.nseries, 3);
  assert_true(p.series[0].n == 2 && p.series[0].group == 0 && p.series[0].shape == 0);
  assert_true(p.series[1].n == 1 && p.series[1].group == 0 && p.series[1].shape == 1);
  assert_true(p.series[2].n == 1 && p.series[2].group == 1 && p.series[2].shape == 0);
  assert_string_equal(p.series[1].name, "a, v");
  assert_string_equal(p.note, "1 missing g, 1 missing h: not shown");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("scatter", f, "x=x y=y shape=h");
  assert_true(p.nseries == 2 && p.series[1].shape == 1);
  assert_string_equal(p.series[1].name, "v");
  plot_fini(&p);
  p = chart_make("scatter", f, "x=x y=y shape=g color=g");
  assert_string_equal(p.series[1].name, "b");
  assert_int_equal(p.series[1].shape, 1);
  plot_fini(&p);
  frame_unref(f);
}

// x and y of n rows, y correlated; every tenth x missing when `gaps`.
static Frame *many(int64_t n, bool gaps) {
  Frame *f = frame_new(n);
  Column *x, *y;
  RngKey key = rng_key(7, "looks");
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &y, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    x->f[i] = 1 + rng_unit(key, (uint64_t)i, 0), y->f[i] = x->f[i] + rng_unit(key, (uint64_t)i, 1);
    if (gaps && i % 10 == 0) assert_int_equal(column_set_missing(x, i, NULL), OK);
  }
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  assert_int_equal(frame_add(f, "y", y, NULL), OK);
  return f;
}

static int64_t cell_of(const Axis *a, double v) {
  int64_t k = (int64_t)(axis_share(a, v) * PLOT_GRID);
  return k >= PLOT_GRID ? PLOT_GRID - 1 : k;
}

static void check_grid(const Frame *f, const char *words, Job *job) {
  Plot p;
  assert_int_equal(chart_try(job, "scatter", f, words, &p, NULL), OK);
  const Column *x = frame_at(f, 0), *y = frame_at(f, 1);
  double *count = mem_new(sizeof(double) * PLOT_GRID * PLOT_GRID);
  int64_t other = 0, n = 0;
  memset(count, 0, sizeof(double) * PLOT_GRID * PLOT_GRID);
  for (int64_t i = 0; i < frame_nrow(f); i++)
    if (col_valid(x, i)) count[cell_of(&p.y, y->f[i]) * PLOT_GRID + cell_of(&p.x, x->f[i])]++, n++;
  for (int64_t k = 0; k < PLOT_GRID * PLOT_GRID; k++) other += count[k] != p.series[0].value[k];
  assert_int_equal(p.n, n);
  assert_true(other <= n / 10000); // at the edges of cells the two ways of counting round apart
  chart_check(&p);
  plot_fini(&p);
  mem_free(count);
}

TEST(crowds_are_counted_right_on_any_scale) {
  Job job = {.pool = pool_new(3)};
  for (int gaps = 0; gaps < 2; gaps++) {
    Frame *f = many(300000, gaps);
    check_grid(f, "x=x y=y", &job);
    check_grid(f, "x=x y=y logx=true", NULL);
    check_grid(f, "x=x y=y yscale=symlog", &job);
    frame_unref(f);
  }
  pool_free(job.pool);
}

TEST(trend_lines_lie_over_crowds) {
  Frame *f = many(50000, false);
  Plot p = chart_make("scatter", f, "x=x y=y trend=lowess");
  assert_true(p.nseries == 2 && p.series[0].kind == MARK_GRID && p.series[1].kind == MARK_LINE);
  assert_string_equal(p.note, "the curve follows 10,000 rows, evenly spread");
  for (int64_t k = 0; k < p.series[1].n; k++) // y is x and a half on average
    assert_near(p.series[1].y[k], p.series[1].x[k] + 0.5, 0.05);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(crowds_are_the_same_for_any_number_of_threads) {
  static const char *const charts[][2] = {{"scatter", "x=x y=y trend=linear"},
                                          {"hexbin", "x=x y=y"},
                                          {"lag", "x=y"},
                                          {"correlogram", "x=y"},
                                          {"pairs", ""},
                                          {"parallel", ""}};
  Frame *f = many(200000, true);
  Str want = {0}, got = {0};
  for (size_t k = 0; k < sizeof charts / sizeof *charts; k++)
    for (int threads = 1; threads <= 7; threads += 3) {
      Job job = {.pool = pool_new(threads)};
      Plot p;
      assert_int_equal(chart_try(&job, charts[k][0], f, charts[k][1], &p, NULL), OK);
      str_clear(&got);
      plot_print(&p, &got);
      if (threads == 1) str_clear(&want), str_addn(&want, str_c(&got), got.n);
      if (got.n != want.n || memcmp(got.s, want.s, got.n) != 0) fail_msg("%s: other with %d", charts[k][0], threads);
      plot_fini(&p);
      pool_free(job.pool);
    }
  str_fini(&want);
  str_fini(&got);
  frame_unref(f);
}

TEST(sums_of_pairs_give_pearson_and_do_not_depend_on_threads) {
  int64_t n = 100003;
  Frame *f = many(n, false);
  double *x = frame_at(f, 0)->f, *y = frame_at(f, 1)->f, r, want;
  Job job = {.pool = pool_new(3)};
  PairSums a = pairs_sum(NULL, x, y, n), b = pairs_sum(&job, x, y, n);
  assert_memory_equal(&a, &b, sizeof a);
  assert_true(pairs_correlation(&a, &r));
  assert_true(stats_pearson(NULL, x, y, n, &want)); // changes x and y
  assert_near(r, want, 1e-14);
  pool_free(job.pool);
  frame_unref(f);
}

RUN(CASE(numbers_are_a_scale_of_colours_and_few_whole_ones_are_groups), CASE(sizes_are_areas_as_shares_of_the_largest),
    CASE(shapes_and_colours_part_the_points_together), CASE(crowds_are_counted_right_on_any_scale),
    CASE(trend_lines_lie_over_crowds), CASE(crowds_are_the_same_for_any_number_of_threads),
    CASE(sums_of_pairs_give_pearson_and_do_not_depend_on_threads))
