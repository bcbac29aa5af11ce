// Histograms. Counts and densities: hist(x, breaks = <the edges in the case>, right = FALSE, plot = FALSE) of R 4.2.2 on
// faithful, iris and titanic; quartiles: quantile(x), medians: median(x). The rest by hand.
#include "unit/chart/chart_help.h"

static void check_edges(const Series *s, double first, double step, int64_t n) {
  assert_int_equal(s->n, n);
  for (int64_t k = 0; k < n; k++) {
    assert_near(s->x[k], first + (double)k * step, 1e-12);
    assert_near(s->x2[k], first + (double)(k + 1) * step, 1e-12);
    assert_int_equal(s->rows[k], k);
    assert_true(s->y2[k] == 0);
  }
}

TEST(counts_are_those_of_R) {
  Frame *f = chart_data("faithful"), *iris = chart_data("iris");
  Plot p = chart_make("hist", f, "x=eruptions");
  check_edges(&p.series[0], 1.5, 0.5, 8);
  assert_string_equal(chart_heights(&p.series[0]), "51 41 5 7 30 73 61 4");
  assert_int_equal(p.series[0].kind, MARK_BAR);
  assert_true(p.y.lo == 0 && p.y.hi == 80);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("hist", f, "x=waiting");
  check_edges(&p.series[0], 40, 5, 12);
  assert_string_equal(chart_heights(&p.series[0]), "1 20 32 24 17 9 23 54 57 23 11 1");
  plot_fini(&p);
  p = chart_make("hist", iris, "x=sepal_width_cm");
  check_edges(&p.series[0], 2, 0.2, 12);
  assert_string_equal(chart_heights(&p.series[0]), "1 7 11 14 24 37 19 18 7 8 2 2");
  plot_fini(&p);
  frame_unref(f);
  frame_unref(iris);
}

TEST(edges_are_the_decimal_numbers_that_people_type) { // 2.6 is not 2 + 3 * 0.2, and values at it belong to its bin
  Frame *f = chart_data("iris");
  Plot p = chart_make("hist", f, "x=sepal_width_cm");
  assert_true(p.series[0].x[3] == 2.6 && p.series[0].x[7] == 3.4 && p.series[0].x2[11] == 4.4);
  plot_fini(&p);
  frame_unref(f);
}

TEST(so_many_bins_as_asked_for_run_from_min_to_max) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("hist", f, "x=sepal_length_cm bins=10");
  check_edges(&p.series[0], 4.3, 0.36, 10);
  assert_string_equal(chart_heights(&p.series[0]), "9 23 14 27 16 26 18 6 5 6");
  assert_true(p.x.lo == 4.3 && p.x.hi == 7.9);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(bins_of_a_given_width_stand_at_its_multiples) { // hist(breaks = seq(4, 8, by = 0.5), right = FALSE) of R 4.2.2
  Frame *f = chart_data("iris");
  Plot p = chart_make("hist", f, "x=sepal_length_cm width=0.5");
  check_edges(&p.series[0], 4, 0.5, 8);
  assert_string_equal(chart_heights(&p.series[0]), "4 18 30 31 32 22 7 6");
  chart_check(&p);
  plot_fini(&p);
  assert_has(chart_refusal("hist", f, "x=sepal_length_cm width=0.5 bins=3", ERR_ARG),
             "neither with bins nor with logx");
  assert_has(chart_refusal("hist", f, "x=sepal_length_cm width=0.0001", ERR_ARG), "more than 1000");
  frame_unref(f);
}

TEST(levels_are_outlines_on_the_same_bins) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("hist", f, "x=age by=sex");
  assert_int_equal(p.nseries, 2);
  const Series *s = &p.series[0], *m = &p.series[1];
  assert_int_equal(s->kind, MARK_STEP);
  assert_string_equal(s->name, "female");
  assert_string_equal(chart_heights(s),
                      "0 24 15 12 52 69 46 45 41 19 27 16 11 10 0 0 1 0"); // up from the foot, down to it
  assert_string_equal(chart_heights(m), "0 27 16 15 64 115 114 87 59 50 39 27 16 17 5 6 1 0");
  assert_true(s->x[0] == 0 && s->x[1] == 0 && s->x[2] == 5 && s->x[16] == 75 && s->x[17] == 80);
  assert_true(s->rows[1] == 0 && s->rows[16] == 15 && m->rows[1] == 16 && m->rows[17] == 31);
  assert_string_equal(p.reading, "median female 27 (n 388), male 28 (n 658)");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(an_outline_ends_where_its_level_ends) {
  Frame *f = chart_data("iris");
  Plot p = chart_make("hist", f, "x=petal_length_cm by=class");
  const Series *s = &p.series[0]; // setosa runs from 1 to 1.9
  assert_true(s->n == 3 && s->x[0] == 1 && s->x[1] == 1 && s->x[2] == 2);
  assert_string_equal(chart_heights(s), "0 50 0");
  assert_int_equal(p.series[2].rows[1], 2 * 6 + 3); // virginica from 4.5: its bins are 4 to 5, 5 to 6, 6 to 7
  assert_true(p.series[2].n == 5 && p.series[2].x[0] == 4);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(densities_have_an_area_of_1) {
  Frame *t = chart_data("titanic"), *f = chart_data("faithful");
  Plot p = chart_make("hist", f, "x=eruptions density=true");
  static const double want[] = {0.375,
                                0.3014705882352941,
                                0.03676470588235294,
                                0.051470588235294115,
                                0.22058823529411764,
                                0.53676470588235292,
                                0.4485294117647059,
                                0.029411764705882353};
  for (int k = 0; k < 8; k++) assert_near(p.series[0].y[k], want[k], 1e-14);
  assert_string_equal(p.y.name, "density");
  plot_fini(&p);
  p = chart_make("hist", t, "x=age by=sex density=true"); // each level has an area of its own
  assert_near(p.series[0].y[1], 0.012371134020618556, 1e-14);
  assert_near(p.series[0].y[16], 0.00051546391752577321, 1e-14);
  plot_fini(&p);
  frame_unref(t);
  frame_unref(f);
}

TEST(the_box_is_the_quartiles_of_R) {
  Frame *f = chart_data("faithful");
  Plot p = chart_make("hist", f, "x=eruptions");
  assert_true(p.box.present && p.box.min == 1.6 && p.box.max == 5.1);
  assert_near(p.box.q1, 2.16275, 1e-15);
  assert_near(p.box.median, 4, 1e-15);
  assert_near(p.box.q3, 4.45425, 1e-15);
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_is_left_out_is_counted) {
  Frame *f = make_frame("x:real g:category", "1 a NA b nan a 4 NA -2 b 5 a 6 b 7 a");
  frame_at(f, 0)->f[7] = INFINITY;
  Plot p = chart_make("hist", f, "x=x by=g");
  assert_string_equal(p.note, "1 missing x, 2 not finite x, 1 missing g: not shown");
  assert_int_equal(p.n, 4);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("hist", f, "x=x logx=true");
  assert_string_equal(p.note, "1 missing x, 2 not finite x, 1 not above 0 in x: not shown");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(names_of_axes_are_the_columns_or_the_users) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("hist", f, "x=age");
  assert_string_equal(p.x.name, "age");
  assert_string_equal(p.y.name, "count");
  assert_null(p.title);
  assert_int_equal(p.n, 1046);
  assert_string_equal(p.note, "263 missing age: not shown");
  plot_fini(&p);
  p = chart_make("hist", f, "x=age title=Ages xlab=years ylab=people");
  assert_string_equal(p.x.name, "years");
  assert_string_equal(p.y.name, "people");
  assert_string_equal(p.title, "Ages");
  plot_fini(&p);
  frame_unref(f);
}

// ---- bins that nobody asked for -----------------------------------------------------------------------------------
static Frame *column_of(const double *x, int64_t n) {
  Frame *f = frame_new(n);
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &c, NULL), OK);
  memcpy(c->f, x, (size_t)n * sizeof *x);
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  return f;
}

static int64_t sum_of(const Series *s) {
  double sum = 0;
  for (int64_t k = 0; k < s->n; k++) sum += s->y[k];
  return (int64_t)sum;
}

static void check_odd(const double *x, int64_t n, int64_t least, int64_t most) {
  Frame *f = column_of(x, n);
  for (int log = 0; log < 2; log++) {
    Plot p = chart_make("hist", f, log ? "x=x logy=true" : "x=x");
    chart_check(&p);
    const Series *s = &p.series[0];
    if (s->n < least || s->n > most) fail_msg("%lld bins from %g", (long long)s->n, x[0]);
    if (!log) assert_int_equal(sum_of(s), n);
    plot_fini(&p);
  }
  frame_unref(f);
}

TEST(automatic_bins_are_sane_on_odd_data) {
  static const double one[] = {3.7}, constant[] = {0.1, 0.1, 0.1}, zero[] = {0, 0}, two[] = {1.5, 2.5},
                      pair[] = {0, 1, 0, 1, 1, 1, 0, 0, 0, 1}, near[] = {1e9, 1e9 + 1e-7, 1e9},
                      huge[] = {1e300, 2e300, 5e300, 3e300, 4e300}, tiny[] = {1e-320, 3e-320, 2e-320},
                      wide[] = {-4e307, 4e307, 0, 1, 2}, far[] = {1e308, 1.79e308}, top[] = {1.7e308, 1.7e308};
  check_odd(one, 1, 1, 1);
  check_odd(constant, 3, 1, 1);
  check_odd(zero, 2, 1, 1);
  check_odd(two, 2, 2, 5);
  check_odd(pair, 10, 5, 10);
  check_odd(near, 3, 1, 10);
  check_odd(huge, 5, 5, 10);
  check_odd(tiny, 3, 1, 10);
  check_odd(wide, 5, 5, 60);
  check_odd(far, 2, 1, 10);
  check_odd(top, 2, 1, 1);
}

TEST(a_heavy_tail_takes_60_bins_at_most) {
  double x[2000];
  for (int i = 0; i < 2000; i++) x[i] = pow(2000.0 / (i + 1), 2);
  check_odd(x, 2000, 5, 60);
}

TEST(whole_numbers_in_a_short_range_have_a_bin_each) {
  Frame *f = make_frame("cyl:int", "4 6 8 4 4 6 8 8 4 3");
  Plot p = chart_make("hist", f, "x=cyl");
  check_edges(&p.series[0], 2.5, 1, 6);
  assert_string_equal(chart_heights(&p.series[0]), "1 4 0 2 0 3");
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("b:bool", "true false true");
  p = chart_make("hist", f, "x=b");
  assert_string_equal(chart_heights(&p.series[0]), "1 2");
  plot_fini(&p);
  frame_unref(f);
}

TEST(bins_of_whole_numbers_hold_equally_many_values) { // 0 .. 99: a closed last bin would hold one value more
  Frame *f = frame_new(100);
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, 100, NULL, &c, NULL), OK);
  for (int i = 0; i < 100; i++) c->i[i] = i + 1;
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  Plot p = chart_make("hist", f, "x=x");
  const Series *s = &p.series[0];
  for (int64_t k = 1; k + 1 < s->n; k++) assert_true(s->y[k] == s->x2[k] - s->x[k]);
  assert_true(p.x.hi > 100);
  plot_fini(&p);
  frame_unref(f);
}

TEST(edges_on_a_log_scale_meet_the_powers_of_ten) {
  double x[900];
  for (int i = 0; i < 900; i++) x[i] = pow(10, i / 300.0);
  Frame *f = column_of(x, 900);
  Plot p = chart_make("hist", f, "x=x logx=true");
  const Series *s = &p.series[0];
  bool ten = false, hundred = false;
  for (int64_t k = 0; k < s->n; k++) ten = ten || s->x[k] == 10, hundred = hundred || s->x[k] == 100;
  assert_true(ten && hundred && p.x.scale == SCALE_LOG && s->x[0] == 1);
  for (int64_t k = 0; k < s->n; k++) assert_near(s->y[k], 900.0 / (double)s->n, 0.05); // log-uniform: even
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

// ---- the sentence -------------------------------------------------------------------------------------------------
static void check_reading(const char *data, const char *words, const char *want) {
  Frame *f = chart_data(data);
  Plot p = chart_make("hist", f, words);
  assert_string_equal(p.reading, want);
  plot_fini(&p);
  frame_unref(f);
}

TEST(the_sentence_says_what_the_picture_shows) { // shares and means from R
  check_reading("titanic", "x=age", "right-skewed: mean 29.88 above median 28; 20 to 25 holds 18% of 1,046");
  check_reading("airquality", "x=Solar.R", "left-skewed: mean 185.9 below median 205; 250 to 300 holds 26% of 146");
  check_reading("iris", "x=sepal_width_cm", "roughly symmetric: mean 3.057, median 3; 3 to 3.2 holds 25% of 150");
  check_reading("faithful", "x=eruptions", "two humps, near 2 and 4.4; 4 to 4.5 holds 27% of 272");
  check_reading("penguins", "x=flipper_length_mm", "two humps, near 190 and 215; 190 to 200 holds 33% of 342");
  check_reading(
      "credit", "x=Assets logx=true",
      "right-skewed on the log scale: geometric mean 5,765 above median 5,000; 3,981 to 5,012 holds 26% of 2,780");
  check_reading("cars", "x=Cylinders", "right-skewed: mean 5.475 above median 4; 4 is 51% of 406");
}

TEST(little_data_is_not_over_read) {
  Frame *f = make_frame("x:real", "5");
  Plot p = chart_make("hist", f, "x=x");
  assert_string_equal(p.reading, "one value: 5");
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("x:real", "5 5 5");
  p = chart_make("hist", f, "x=x");
  assert_string_equal(p.reading, "all 3 values are 5");
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("x:real", "1 1 1 90");
  p = chart_make("hist", f, "x=x");
  assert_has(p.reading, "mean 23.25, median 1; ");
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_does_not_fit_is_refused) {
  Frame *f = make_frame("age:int sex:category x:real day:date g:int none:real",
                        "1 m 1 2020-01-01 1 NA 2 f 2 2020-01-02 2 NA 3 f 3 2020-01-03 3 NA 4 f -1 2020-01-04 4 NA "
                        "5 f 5 2020-01-04 5 NA 6 f 5 2020-01-04 6 NA 7 f 5 2020-01-04 7 NA");
  assert_string_equal(chart_refusal("hist", f, "x=agee", ERR_NAME), "hist: no column 'agee': did you mean 'age'?");
  assert_string_equal(chart_refusal("hist", f, "x=sex", ERR_TYPE),
                      "hist: column 'sex' is category: a histogram needs numbers; for counts of levels write d:bar");
  assert_has(chart_refusal("hist", f, "x=day", ERR_TYPE), "column 'day' is date");
  assert_string_equal(chart_refusal("hist", f, "x=age by=g", ERR_ARG),
                      "hist: column 'g' has 7 levels, at most 6 fit: keep fewer with d:where, or leave by out");
  assert_has(chart_refusal("hist", f, "x=age by=x", ERR_TYPE), "column 'x' is real, levels come from");
  assert_has(chart_refusal("hist", f, "x=age by=se", ERR_NAME), "did you mean 'sex'?");
  assert_string_equal(chart_refusal("hist", f, "x=none", ERR_ARG), "hist: every value of 'none' is missing");
  frame_unref(f);
  f = make_frame("x:real", "-1 -2");
  assert_string_equal(chart_refusal("hist", f, "x=x logx=true", ERR_ARG),
                      "hist: no value of 'x' is above 0, as a log scale needs");
  frame_unref(f);
  f = make_frame("x:real", "-1.7e308 1.7e308");
  assert_has(chart_refusal("hist", f, "x=x", ERR_NUMERIC), "divide the column first");
  frame_unref(f);
  f = make_frame("x:real", "");
  assert_string_equal(chart_refusal("hist", f, "x=x", ERR_ARG), "hist: the frame has no rows");
  frame_unref(f);
}

static void check_rule(const Frame *f, const char *words, double second, const char *heights) {
  Plot p = chart_make("hist", f, words);
  assert_near(p.series[0].x[1], second, 1e-14);
  assert_string_equal(chart_heights(&p.series[0]), heights);
  chart_check(&p);
  plot_fini(&p);
}

TEST(rules_give_the_bins_of_numpy) { // histogram_bin_edges and histogram of NumPy 1.24.2
  Frame *f = chart_data("faithful"), *iris = chart_data("iris");
  check_rule(f, "x=eruptions rule=fd", 2.3, "81 16 16 81 78");
  check_rule(f, "x=eruptions rule=scott", 2.1833333333333336, "71 23 7 29 85 57");
  check_rule(f, "x=eruptions rule=sturges", 1.9500000000000002, "45 36 13 3 4 12 29 52 54 24");
  check_rule(iris, "x=sepal_length_cm rule=fd", 4.75, "11 30 24 24 31 17 7 6");
  check_rule(iris, "x=sepal_length_cm rule=scott", 4.814285714285714, "16 30 34 28 25 10 7");
  check_rule(iris, "x=sepal_length_cm rule=sturges", 4.7, "9 23 20 28 28 14 17 5 6");
  check_rule(iris, "x=petal_length_cm rule=fd", 2.18, "50 3 34 47 16");
  check_rule(iris, "x=petal_length_cm rule=scott", 1.9833333333333334, "50 0 11 43 35 11");
  check_rule(iris, "x=petal_length_cm rule=sturges", 1.6555555555555554, "44 6 0 6 17 31 21 19 6");
  assert_has(chart_refusal("hist", f, "x=eruptions rule=fd bins=3", ERR_ARG), "bins or rule");
  assert_has(chart_refusal("hist", f, "x=eruptions rule=fd width=3", ERR_ARG), "rule");
  frame_unref(f);
  frame_unref(iris);
}

TEST(stacked_levels_add_up) { // counts of R as in levels_are_outlines_on_the_same_bins
  Frame *f = chart_data("titanic");
  Plot p = chart_make("hist", f, "x=age by=sex stack=true"), all = chart_make("hist", f, "x=age");
  const Series *s = &p.series[0], *m = &p.series[1];
  assert_true(s->kind == MARK_BAR && s->y[0] == 24 && m->y2[0] == 24 && m->y[0] == 51 && m->value[0] == 27);
  assert_string_equal(chart_heights(m), chart_heights(&all.series[0]));
  chart_check(&p);
  plot_fini(&p);
  plot_fini(&all);
  assert_has(chart_refusal("hist", f, "x=age stack=true", ERR_ARG), "needs by");
  assert_has(chart_refusal("hist", f, "x=age by=sex stack=true logy=true", ERR_ARG), "log axis");
  frame_unref(f);
}

TEST(curves_and_rugs_lie_over_bars) { // mean(dnorm(3.35, eruptions, bw.nrd0(eruptions))) of R 4.2.2
  Frame *f = chart_data("faithful");
  Plot p = chart_make("hist", f, "x=eruptions rug=true curve=true density=true rule=sturges");
  const Series *line = &p.series[1], *rug = &p.series[2];
  assert_true(line->kind == MARK_LINE && line->n == 200 && line->x[0] == 1.6 && line->x[199] == 5.1);
  double middle = (line->y[99] + line->y[100]) / 2; // 3.35 lies between
  assert_near(middle, 0.112680275361003, 1e-4);
  assert_true(rug->kind == MARK_RULE && rug->role == ROLE_FAINT && rug->n > 100 && rug->n <= 126);
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("hist", f, "x=eruptions curve=true rule=sturges"); // scaled to counts: times n and the width
  assert_near((p.series[1].y[99] + p.series[1].y[100]) / 2, 0.112680275361003 * 272 * 0.35, 1e-2);
  plot_fini(&p);
  assert_has(chart_refusal("hist", f, "x=eruptions curve=true logx=true", ERR_ARG), "d:density");
  frame_unref(f);
}

// Values at edges, one step of a double beside them, and between; the edges are those that the plot tells.
TEST(values_at_edges_fall_into_their_bins) {
  static const char *const words[] = {"x=x bins=7", "x=x bins=1000", "x=x bins=97 logx=true", "x=x"};
  for (int w = 0; w < 4; w++) {
    enum { N = 4004 };
    Frame *f = frame_new(N);
    Column *c;
    assert_int_equal(column_new(NULL, COL_F64, N, NULL, &c, NULL), OK);
    for (int i = 0; i < N; i++) c->f[i] = 0.1 + i * (0.7 / 3);
    assert_int_equal(frame_add(f, "x", c, NULL), OK);
    Plot p = chart_make("hist", f, words[w]);
    int64_t n = p.series[0].n, want[1000] = {0};
    for (int64_t b = 0; b < n && b < 1000; b++) // the range stays: only inner values move
      for (int k = -1; k <= 1 && b; k++)
        c->f[2 + 3 * b + k] = k ? nextafter(p.series[0].x[b], k * 1e9) : p.series[0].x[b];
    for (int i = 0; i < N; i++) {
      int64_t b = 0;
      while (b + 1 < n && c->f[i] >= p.series[0].x[b + 1]) b++;
      want[b]++;
    }
    plot_fini(&p);
    char text[200];
    snprintf(text, sizeof text, "%s%s", words[w], w == 3 ? " bins=0" : "");
    p = chart_make("hist", f, text);
    bool same = p.series[0].n == n;
    for (int64_t b = 0; b < n && same; b++)
      if (p.series[0].y[b] != (double)want[b]) fail_msg("%s bin %d: %g", words[w], (int)b, p.series[0].y[b]);
    assert_true(same || w == 3); // the automatic number of bins may have changed with the values
    plot_fini(&p);
    frame_unref(f);
  }
}

TEST(on_a_symlog_axis_bins_are_even_to_the_eye) { // by hand: linear up to 1, a decade is as long as 0 to 1
  Frame *f = make_frame("x:real", "-1000 -100 -10 -1 0 1 10 100 1000 1000");
  Plot p = chart_make("hist", f, "x=x xscale=symlog bins=8");
  static const double edge[] = {-1000, -100, -10, -1, 0, 1, 10, 100};
  for (int k = 0; k < 8; k++) assert_near(p.series[0].x[k], edge[k], 1e-12);
  assert_true(p.x.scale == SCALE_SYMLOG && p.x.linear == 1 && p.series[0].x2[7] == 1000);
  assert_string_equal(chart_heights(&p.series[0]), "1 1 1 1 1 1 1 3");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(counts_are_those_of_R), CASE(edges_are_the_decimal_numbers_that_people_type),
    CASE(so_many_bins_as_asked_for_run_from_min_to_max), CASE(bins_of_a_given_width_stand_at_its_multiples),
    CASE(levels_are_outlines_on_the_same_bins), CASE(an_outline_ends_where_its_level_ends),
    CASE(densities_have_an_area_of_1), CASE(the_box_is_the_quartiles_of_R), CASE(what_is_left_out_is_counted),
    CASE(names_of_axes_are_the_columns_or_the_users), CASE(automatic_bins_are_sane_on_odd_data),
    CASE(a_heavy_tail_takes_60_bins_at_most), CASE(whole_numbers_in_a_short_range_have_a_bin_each),
    CASE(bins_of_whole_numbers_hold_equally_many_values), CASE(edges_on_a_log_scale_meet_the_powers_of_ten),
    CASE(the_sentence_says_what_the_picture_shows), CASE(little_data_is_not_over_read),
    CASE(what_does_not_fit_is_refused), CASE(rules_give_the_bins_of_numpy), CASE(stacked_levels_add_up),
    CASE(curves_and_rugs_lie_over_bars), CASE(values_at_edges_fall_into_their_bins),
    CASE(on_a_symlog_axis_bins_are_even_to_the_eye))
