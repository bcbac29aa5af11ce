// Trend lines. Lines and bands: predict(lm, interval = "confidence") of R 4.2.2; curves: lowess() of R 4.2.2; on
// bundled data and by hand.
#include "unit/chart/chart_help.h"

#include "base/rng.h"
#include "chart/points_int.h"

static double *numbers(const Frame *f, const char *name) { return frame_at(f, frame_find(f, sv(name)))->f; }

static Trend fit(Frame *f, const char *x, const char *y, TrendOpts o) {
  Trend t;
  int64_t n = frame_nrow(f), k = 0;
  double *v = mem_new((size_t)n * 16 + 16), *w = v + n;
  const Column *a = frame_at(f, frame_find(f, sv(x))), *b = frame_at(f, frame_find(f, sv(y)));
  for (int64_t i = 0; i < n; i++)
    if (col_valid(a, i) && col_valid(b, i)) v[k] = col_f64(a, i), w[k++] = col_f64(b, i);
  assert_int_equal(trend_fit(NULL, v, w, k, &o, &t, NULL), OK);
  mem_free(v);
  return t;
}

TEST(a_line_and_its_band_are_those_of_lm) {
  Frame *f = chart_data("faithful");
  Trend t = fit(f, "eruptions", "waiting", (TrendOpts){.kind = TREND_LINEAR});
  assert_int_equal(t.n, TREND_MARKS);
  assert_near(t.intercept, 33.474397022753514, 1e-11);
  assert_near(t.slope, 10.729641395133504, 1e-12);
  assert_near(t.r2, 0.81146076097330933, 1e-13);
  static const int at[] = {0, 49, 99};
  static const double want[][3] = {{50.641823254967122, 49.275472874562766, 52.008173635371477},
                                   {69.229030318253947, 68.516500795937205, 69.941559840570690},
                                   {88.195568137934373, 86.972234336416392, 89.418901939452354}};
  for (int k = 0; k < 3; k++) {
    assert_near(t.y[at[k]], want[k][0], 1e-11);
    assert_near(t.lo[at[k]], want[k][1], 1e-11);
    assert_near(t.hi[at[k]], want[k][2], 1e-11);
  }
  frame_unref(f);
}

TEST(on_log_axes_logarithms_are_fitted) {
  Frame *f = chart_data("airquality");
  Trend t = fit(f, "Wind", "Ozone", (TrendOpts){.kind = TREND_LINEAR, .logx = true, .logy = true});
  assert_near(t.y[0], 174.348641445063009, 1e-10);
  assert_near(t.lo[0], 108.2377426239675202, 1e-10);
  assert_near(t.hi[0], 280.839640931388999, 1e-10);
  assert_near(t.y[99], 10.973558847593571, 1e-11);
  assert_near(t.hi[99], 14.800933303421656, 1e-11);
  frame_unref(f);
}

static void check_lowess(const double *x, const double *y, int64_t n, double span, int steps, double delta,
                         const double *want) {
  double out[16], work[32];
  lowess_fit(x, y, n, span, steps, delta, out, work);
  for (int64_t i = 0; i < n; i++) assert_near(out[i], want[i], 1e-13 * (1 + fabs(want[i])));
}

TEST(small_curves_are_those_of_lowess) {
  static const double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, y[] = {2, 4, 3, 6, 8, 5, 11, 10, 40, 12};
  static const double robust[] = {2.0953916418574057,  3.2111473218095137, 4.4413673169825030, 5.5256627527712814,
                                  6.6882739984921038,  8.1063112295565620, 9.1688491472349565, 10.3907376085502428,
                                  11.2204404206123751, 12.0059528301195488};
  static const double plain[] = {2.2917927706870431,  3.1671842902989851, 4.1452420701168613, 5.7136894824707856,
                                 6.5684474123539234,  7.5767946577629388, 8.9958263772954918, 18.8756260434056742,
                                 20.8575266394986905, 21.8683626077983675};
  check_lowess(x, y, 10, 2.0 / 3, 3, 0.09, robust);
  check_lowess(x, y, 10, 0.5, 0, 0, plain);
  static const double tied[] = {1, 1, 1, 2, 5, 9}, at_ties[] = {3, 4, 5, 2, 8, 1},
                      want[] = {4, 4, 4, 2, 8.0000000000000018, 1.3227165492478168};
  check_lowess(tied, at_ties, 6, 2.0 / 3, 3, 0.08, want);
}

typedef struct Pair {
  double x, y;
} Pair;

static int by_x(const void *a, const void *b) {
  const Pair *p = a, *q = b;
  return p->x < q->x ? -1 : p->x > q->x ? 1 : (p > q) - (p < q);
}

TEST(curves_over_real_data_are_those_of_lowess) {
  Frame *f = chart_data("faithful");
  enum { N = 272 };
  Pair p[N];
  double x[N], y[N], out[N], work[2 * N];
  const Column *waiting = frame_at(f, frame_find(f, sv("waiting")));
  for (int i = 0; i < N; i++) p[i] = (Pair){numbers(f, "eruptions")[i], col_f64(waiting, i)};
  qsort(p, N, sizeof *p, by_x);
  for (int i = 0; i < N; i++) x[i] = p[i].x, y[i] = p[i].y;
  double delta = 0.01 * (x[N - 1] - x[0]);
  static const int at[] = {0, 9, 135, 199, 271};
  static const double wide[] = {49.549603552980052, 51.287282609967846, 78.052002273233342, 80.553115036437518,
                                84.081433519760637},
                      narrow[] = {56.432660177226381, 54.100932605499324, 78.226200659830411, 81.206413546634849,
                                  86.377269101192283};
  lowess_fit(x, y, N, 2.0 / 3, 3, delta, out, work);
  for (int k = 0; k < 5; k++) assert_near(out[at[k]], wide[k], 1e-10);
  lowess_fit(x, y, N, 0.2, 3, delta, out, work);
  for (int k = 0; k < 5; k++) assert_near(out[at[k]], narrow[k], 1e-10);
  frame_unref(f);
}

TEST(a_curve_ends_where_lowess_ends) {
  Frame *f = chart_data("cars");
  Trend t = fit(f, "Horsepower", "Miles_per_Gallon", (TrendOpts){.kind = TREND_LOESS, .span = 2.0 / 3});
  assert_true(t.x[0] == 46 && t.x[t.n - 1] == 230 && !t.banded);
  assert_near(t.y[0], 39.925388323362100, 1e-10);
  assert_near(t.y[t.n - 1], 11.076604520507811, 1e-10);
  frame_unref(f);
}

TEST(no_line_goes_through_too_little) {
  static const char *const bodies[] = {"1 2 3 4", "1 2 1 3 1 9"};
  for (int k = 0; k < 2; k++)
    for (int kind = TREND_LINEAR; kind <= TREND_LOWESS; kind++) {
      Frame *f = make_frame("x:real y:real", bodies[k]);
      assert_int_equal(fit(f, "x", "y", (TrendOpts){.kind = kind, .span = 0.5}).n, 0);
      frame_unref(f);
    }
  Frame *f = make_frame("x:real y:real", "1 7 2 7 3 7");
  Trend t = fit(f, "x", "y", (TrendOpts){.kind = TREND_LINEAR});
  assert_true(t.y[0] == 7 && t.lo[50] == 7 && t.r2 == 0);
  frame_unref(f);
}

TEST(the_plot_has_the_line_in_its_range_and_its_equation) {
  Frame *f = chart_data("faithful");
  Plot p = chart_make("scatter", f, "x=eruptions y=waiting trend=linear");
  assert_int_equal(p.nseries, 3);
  assert_true(p.series[0].kind == MARK_AREA && p.series[1].kind == MARK_POINT && p.series[2].kind == MARK_LINE);
  assert_has(p.reading, "; waiting = 33.47 + 10.73 eruptions, R2 .811");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = chart_data("iris");
  p = chart_make("scatter", f, "x=petal_length_cm y=petal_width_cm color=class trend=linear");
  assert_int_equal(p.nseries, 9);
  assert_has(p.reading, "; slopes: setosa 0.2012, versicolor 0.3311, virginica 0.1603");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(few_points_of_a_group_are_said_to_have_no_line) {
  Frame *f = make_frame("x:real y:real g:text", "1 2 a 2 3 a 4 4 a 1 1 b 2 2 b");
  Plot p = chart_make("scatter", f, "x=x y=y color=g trend=linear");
  assert_string_equal(p.note, "1 of 2 groups have too few points for a line");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(a_line_and_its_band_are_those_of_lm), CASE(on_log_axes_logarithms_are_fitted),
    CASE(small_curves_are_those_of_lowess), CASE(curves_over_real_data_are_those_of_lowess),
    CASE(a_curve_ends_where_lowess_ends), CASE(no_line_goes_through_too_little),
    CASE(the_plot_has_the_line_in_its_range_and_its_equation), CASE(few_points_of_a_group_are_said_to_have_no_line))
