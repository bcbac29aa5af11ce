// Parts of charts drawn again. Counts on titanic: pandas 1.5.3, ((age >= lo) & (age < hi)).sum(); the rest by hand.
#include "unit/chart/chart_help.h"

static void *options_of(const ChartType *t, const char *x, const char *y, Arena *a) {
  char *opts = arena_alloc(a, t->opts_size);
  memset(opts, 0, t->opts_size);
  for (const Param *p = t->params; p->name; p++) {
    const char *text = strcmp(p->name, "x") == 0 ? x : y;
    if (p->type == PARAM_TEXT && (strcmp(p->name, "x") == 0 || (y && strcmp(p->name, "y") == 0)))
      memcpy(opts + p->offset, &text, sizeof text);
    if (p->type == PARAM_NAMES && y) {
      Names names = {arena_array(a, const char *, 1), 1};
      names.name[0] = y;
      memcpy(opts + p->offset, &names, sizeof names);
    }
    int64_t bins = 25;
    if (strcmp(t->name, "hexbin") == 0 && strcmp(p->name, "bins") == 0) memcpy(opts + p->offset, &bins, sizeof bins);
    double one = 1, three = 3;
    if (p->type == PARAM_REAL && strcmp(p->name, "adjust") == 0) memcpy(opts + p->offset, &one, sizeof one);
    if (p->type == PARAM_REAL && strcmp(p->name, "cut") == 0) memcpy(opts + p->offset, &three, sizeof three);
  }
  return opts;
}

static ErrCode again(const char *chart, const Frame *f, const char *x, const char *y, const ChartRange *r, Plot *out,
                     Err *err) {
  Job job = {0};
  Arena a;
  arena_init(&a);
  const ChartType *t = chart_find(sv(chart));
  ChartAsked *asked = chart_asked_new(t, f, options_of(t, x, y, &a)), *held = chart_asked_ref(asked);
  arena_fini(&a); // what was asked has texts of its own
  chart_asked_unref(asked);
  plot_init(out);
  ErrCode code = chart_again(&job, held, r, out, err);
  chart_asked_unref(held);
  return code;
}

TEST(a_part_of_a_histogram_has_bins_of_its_own_that_are_whole) {
  Frame *f = chart_data("titanic");
  Plot p;
  Err err;
  ChartRange r = {{true, false}, {30, 0}, {50, 200}};
  assert_int_equal(again("hist", f, "age", NULL, &r, &p, &err), OK);
  assert_true(p.n == 367 && p.series[0].x[0] == 30 && p.series[0].x2[0] == 32 && p.series[0].y[0] == 65);
  plot_fini(&p);
  frame_unref(f);
}

TEST(a_part_of_a_line_comes_from_the_point_before_it_and_keeps_handles) {
  Frame *f = make_frame("x:real y:real", "5 9  1 1  2 4  3 9  4 1");
  Plot p;
  Err err;
  ChartRange r = {{true, false}, {1.5, 0}, {3.5, 9}};
  assert_int_equal(again("line", f, "x", "y", &r, &p, &err), OK);
  const Series *s = &p.series[0];
  assert_true(s->n == 4 && s->x[0] == 1 && s->x[3] == 4);
  assert_true(s->rows[0] == 1 && s->rows[3] == 4);
  plot_fini(&p);
  frame_unref(f);
}

TEST(a_part_of_a_density_is_the_same_curve) {
  Frame *f = chart_data("titanic");
  Plot p, whole = chart_make("density", f, "x=age");
  Err err;
  ChartRange r = {{true, false}, {20, 0}, {40, 1}};
  assert_int_equal(again("density", f, "age", NULL, &r, &p, &err), OK);
  const Series *part = &p.series[0], *all = &whole.series[0];
  assert_true(part->x[0] == 20 && part->x[part->n - 1] == 40 && p.n == 1046);
  double top = 0, there = 0;
  for (int64_t i = 0; i < part->n; i++) top = part->y[i] > top ? part->y[i] : top;
  for (int64_t i = 0; i < all->n; i++) there = all->y[i] > there ? all->y[i] : there; // its top lies in the part
  assert_true(top >= there && top < there * 1.001);
  plot_fini(&p), plot_fini(&whole);
  frame_unref(f);
}

TEST(hexagons_of_a_part_are_of_its_rows) {
  Frame *f = chart_data("iris");
  Plot p;
  Err err;
  ChartRange r = {{true, true}, {4.9, 1}, {7.1, 2}};
  assert_int_equal(again("hexbin", f, "sepal_length_cm", "petal_length_cm", &r, &p, &err), OK);
  double sum = 0;
  for (int64_t i = 0; i < p.series[0].n; i++) sum += p.series[0].value[i];
  assert_true(sum == (double)p.n && p.n > 0 && p.n < 50);
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_has_no_finer_picture_is_refused) {
  Frame *f = chart_data("iris");
  Plot p;
  Err err;
  ChartRange r = {{true, true}, {4.9, 1}, {7.1, 2}}, none = {{true, false}, {100, 1}, {200, 2}},
             wrong = {{true, false}, {2, 1}, {1, 2}};
  assert_int_equal(again("scatter", f, "sepal_length_cm", "petal_length_cm", &r, &p, &err), ERR_ARG);
  assert_has(err.msg, "its points are all there");
  plot_fini(&p);
  assert_int_equal(again("ecdf", f, "sepal_length_cm", NULL, &r, &p, &err), ERR_ARG);
  plot_fini(&p);
  assert_int_equal(again("hist", f, "sepal_length_cm", NULL, &none, &p, &err), ERR_ARG);
  assert_has(err.msg, "no value of 'sepal_length_cm' lies there");
  plot_fini(&p);
  assert_int_equal(again("hist", f, "sepal_length_cm", NULL, &wrong, &p, &err), ERR_ARG);
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(a_part_of_a_histogram_has_bins_of_its_own_that_are_whole),
    CASE(a_part_of_a_line_comes_from_the_point_before_it_and_keeps_handles),
    CASE(a_part_of_a_density_is_the_same_curve), CASE(hexagons_of_a_part_are_of_its_rows),
    CASE(what_has_no_finer_picture_is_refused))
