// Heatmaps. Correlations: cor() of R 4.2.2 on iris; the rest by hand.
#include "unit/chart/chart_help.h"

#include "stats/stats.h"

static Frame *corr(const Frame *f) {
  CorrOpts opts = {0};
  Frame *out = NULL;
  assert_int_equal(stats_corr(NULL, f, &opts, &out, NULL), OK);
  return out;
}

TEST(correlations_are_drawn_once_below_the_diagonal) {
  Frame *f = chart_data("iris"), *r = corr(f);
  Plot p = chart_make("heatmap", r, "");
  const Series *s = &p.series[0];
  assert_int_equal(s->kind, MARK_CELL);
  assert_int_equal(s->role, ROLE_DIVERGING);
  assert_int_equal(s->n, 6);
  static const char *const labels[] = {"-.12", "+.87", "-.43", "+.82", "-.37", "+.96"};
  for (int k = 0; k < 6; k++) assert_string_equal(s->label[k], labels[k]);
  assert_near(s->value[5], 0.96286543140279601, 1e-14);
  assert_true(s->x[5] == 2 && s->x2[5] == 3 && s->y[5] == 0 && s->y2[5] == 1); // the last row is the lowest
  assert_int_equal(s->rows[5], 3 * 4 + 2);
  assert_string_equal(p.x.category[0], "sepal_length_cm");
  assert_string_equal(p.y.category[0], "petal_width_cm");
  assert_string_equal(p.reading, "strongest pair: petal_width_cm and petal_length_cm +.96, then petal_length_cm and "
                                 "sepal_length_cm +.87 (Pearson correlation, n = 150)");
  assert_null(p.note);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  frame_unref(r);
}

TEST(an_undefined_correlation_is_a_blank) {
  Frame *f = make_frame("a:int b:int c:int", "1 3 1 2 3 4 3 3 8"), *r = corr(f);
  Plot p = chart_make("heatmap", r, "");
  assert_int_equal(p.series[0].n, 1);
  assert_string_equal(p.series[0].label[0], "+1.00");
  assert_string_equal(p.note, "2 missing: blank");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  frame_unref(r);
  f = make_frame("a:int", "1 3"), r = corr(f);
  p = chart_make("heatmap", r, "");
  assert_string_equal(p.series[0].label[0], "+1.00");
  assert_has(p.reading, "one column, no pair");
  plot_fini(&p);
  frame_unref(f);
  frame_unref(r);
}

TEST(a_confusion_matrix_shows_all_its_counts) {
  Frame *f = make_frame("actual:category no:int yes:int", "no 1565 162 yes 64 0");
  Plot p = chart_make("heatmap", f, "xlab=predicted");
  const Series *s = &p.series[0];
  assert_int_equal(s->role, ROLE_SEQUENTIAL);
  assert_int_equal(s->n, 4);
  assert_string_equal(s->label[0], "1,565");
  assert_string_equal(p.y.name, "actual");
  assert_string_equal(p.x.name, "predicted");
  assert_int_equal(p.n, 1791);
  assert_string_equal(p.reading, "1,565 of 1,791 on the diagonal (87%); largest off it: actual no, column yes: 162");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(any_matrix_is_coloured_by_its_signs) {
  Frame *f = make_frame("city:text jan:real jul:real", "Oslo -4.3 17.25 Rome 7.5 NA");
  Plot p = chart_make("heatmap", f, "");
  assert_int_equal(p.series[0].role, ROLE_DIVERGING);
  assert_string_equal(p.series[0].label[0], "-4.3");
  assert_string_equal(p.series[0].label[1], "17.2"); // 3 digits; 17.25 is a tie and goes to the even one
  assert_string_equal(p.reading, "largest cell: city Oslo, column jul: 17.2");
  assert_string_equal(p.note, "1 missing: blank");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("g:text a:real b:real", "x 0.5 1 y 1 0.25");
  p = chart_make("heatmap", f, ""); // within 0 .. 1, but not the same names both ways
  assert_int_equal(p.series[0].role, ROLE_SEQUENTIAL);
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_is_no_matrix_is_refused_with_the_way_out) {
  Frame *f = chart_data("iris");
  assert_string_equal(chart_refusal("heatmap", f, "", ERR_ARG),
                      "heatmap draws a matrix (names in the first column, then numbers): for correlations write "
                      "d:corr():heatmap(), for the numbers themselves matrix=true");
  frame_unref(f);
  f = make_frame("g:text h:text", "a b");
  assert_string_equal(chart_refusal("heatmap", f, "", ERR_ARG),
                      "heatmap draws a matrix: names in the first column, then number columns; this frame has 0 number "
                      "columns");
  frame_unref(f);
  f = make_frame("g:text x:real", "a NA b nan");
  assert_string_equal(chart_refusal("heatmap", f, "", ERR_ARG), "heatmap: no cell holds a number that can be shown");
  frame_unref(f);
  f = make_frame("g:text x:real", "");
  assert_string_equal(chart_refusal("heatmap", f, "", ERR_ARG), "heatmap: the frame has no rows");
  frame_unref(f);
}

static Frame *matrix(int64_t n, int p) {
  Frame *f = frame_new(n);
  TextBuilder b;
  Column *c;
  textb_init(&b, NULL);
  for (int64_t i = 0; i < n; i++)
    assert_int_equal(textb_add(&b, sv("a name that is as long as many a name is"), NULL), OK);
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  textb_fini(&b);
  assert_int_equal(frame_add(f, "g", c, NULL), OK);
  for (int j = 0; j < p; j++) {
    char name[16];
    snprintf(name, sizeof name, "x%d", j);
    assert_int_equal(column_new(NULL, COL_F64, n, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < n; i++) c->f[i] = sin((double)(i * p + j)) * 1e5;
    assert_int_equal(frame_add(f, name, c, NULL), OK);
  }
  return f;
}

TEST(a_large_matrix_fits_or_is_refused) {
  Frame *f = matrix(100, 100);
  Plot p = chart_make("heatmap", f, "");
  assert_int_equal(p.series[0].n, 10000);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = matrix(101, 100);
  assert_has(chart_refusal("heatmap", f, "", ERR_ARG), "101 rows of 100 numbers are too many cells, at most 10000 fit");
  frame_unref(f);
}

TEST(a_diagonal_that_is_1_but_for_rounding_is_one_of_associations) {
  Frame *f = make_frame("column:text a:real b:real", "a 0.9999999999999999 0.5 b 0.5 1");
  Plot p = chart_make("heatmap", f, "");
  assert_string_equal(p.reading, "strongest pair: b and a +.50");
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(a_diagonal_that_is_1_but_for_rounding_is_one_of_associations),
    CASE(correlations_are_drawn_once_below_the_diagonal), CASE(an_undefined_correlation_is_a_blank),
    CASE(a_confusion_matrix_shows_all_its_counts), CASE(any_matrix_is_coloured_by_its_signs),
    CASE(what_is_no_matrix_is_refused_with_the_way_out), CASE(a_large_matrix_fits_or_is_refused))
