// ROC curves. The points are the example of scikit-learn's roc_curve (y = 0 0 1 1, scores .1 .4 .35 .8; AUC .75); larger
// ones by hand.
#include "unit/chart/chart_help.h"

static Frame *small(void) {
  Frame *f = make_frame("threshold:real tpr:real fpr:real precision:real tp:int fp:int tn:int fn:int",
                        "9 0 0 NA 0 0 2 2  0.8 0.5 0 1 1 0 2 1  0.4 0.5 0.5 0.5 1 1 1 1  0.35 1 0.5 0.6667 2 1 1 0  "
                        "0.1 1 1 0.5 2 2 0 0");
  frame_at(f, 0)->f[0] = INFINITY;
  return f;
}

TEST(the_curve_goes_through_all_points) {
  Frame *f = small();
  frame_set_caption(f, "positive is yes");
  Plot p = chart_make("roc", f, "");
  assert_int_equal(p.nseries, 3);
  const Series *curve = &p.series[0], *chance = &p.series[1], *point = &p.series[2];
  assert_int_equal(curve->kind, MARK_LINE);
  assert_int_equal(curve->n, 5);
  assert_string_equal(chart_heights(curve), "0 0.5 0.5 1 1");
  assert_true(curve->x[2] == 0.5 && curve->rows[4] == 4);
  assert_true(chance->kind == MARK_RULE && chance->role == ROLE_FAINT && chance->x2[0] == 1 && chance->y2[0] == 1);
  assert_string_equal(chance->name, "chance");
  assert_true(point->kind == MARK_POINT && point->x[0] == 0 && point->y[0] == 0.5 && point->rows[0] == 1);
  assert_string_equal(point->name, ".50");
  assert_string_equal(p.reading,
                      "AUC .750 over 2 positive and 2 negative rows; at .50 it finds 50% of the positive and "
                      "takes 0% of the negative for them");
  assert_string_equal(p.note, "positive is yes");
  assert_string_equal(p.x.name, "FPR");
  assert_string_equal(p.y.name, "TPR");
  assert_true(p.x.unit && p.y.unit && p.x.lo == 0 && p.x.hi == 1);
  assert_int_equal(p.n, 4);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(the_point_is_what_the_threshold_gives) { // at .38 the row with .4 is positive, the nearer one with .35 is not
  Frame *f = small();
  Plot p = chart_make("roc", f, "at=0.38");
  assert_int_equal(p.series[2].rows[0], 2);
  assert_string_equal(p.series[2].name, ".38");
  plot_fini(&p);
  p = chart_make("roc", f, "at=1");
  assert_int_equal(p.series[2].rows[0], 0); // nothing is at or above 1 but the corner
  plot_fini(&p);
  frame_unref(f);
}

TEST(two_columns_are_enough) {
  Frame *f = make_frame("fpr:real tpr:real", "0 0 0 0.5 0.5 1 1 1");
  Plot p = chart_make("roc", f, "");
  assert_int_equal(p.nseries, 2);
  assert_string_equal(p.reading, "AUC .875");
  assert_int_equal(p.n, 4);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(very_many_points_are_thinned_to_what_a_screen_can_part) {
  int64_t n = 100000;
  Frame *f = frame_new(n);
  Column *x, *y;
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &y, NULL), OK);
  for (int64_t i = 0; i < n; i++) x->f[i] = (double)i / (double)(n - 1), y->f[i] = sqrt(x->f[i]);
  assert_int_equal(frame_add(f, "fpr", x, NULL), OK);
  assert_int_equal(frame_add(f, "tpr", y, NULL), OK);
  Plot p = chart_make("roc", f, "");
  const Series *s = &p.series[0];
  assert_true(s->n > 4000 && s->n < PLOT_MOST_MARKS && s->x[s->n - 1] == 1);
  for (int64_t k = 1; k < s->n; k++) assert_true(s->x[k] - s->x[k - 1] < 1e-3 && s->y[k] - s->y[k - 1] < 5e-3);
  assert_has(p.reading, "AUC .667"); // the integral of the square root
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_is_no_curve_is_refused) {
  Frame *f = make_frame("fpr:real x:real", "0 0 1 1");
  assert_string_equal(chart_refusal("roc", f, "", ERR_NAME),
                      "roc draws scores, d:roc{\"score\", \"actual\"}, or a curve with columns tpr and fpr; this frame "
                      "has no 'tpr'");
  frame_unref(f);
  f = make_frame("fpr:text tpr:real", "a 0 b 1");
  assert_string_equal(chart_refusal("roc", f, "", ERR_TYPE),
                      "roc: column 'fpr' is text, shares from 0 to 1 are needed");
  frame_unref(f);
  f = make_frame("fpr:real tpr:real", "0 0 0.5 2");
  assert_string_equal(chart_refusal("roc", f, "", ERR_ARG), "roc: row 2 of 'tpr' is no share from 0 to 1");
  frame_unref(f);
  f = make_frame("fpr:real tpr:real", "0 0 1 1 0.5 1");
  assert_string_equal(chart_refusal("roc", f, "", ERR_ARG),
                      "roc: 'fpr' falls at row 3: sort by threshold, the highest first");
  frame_unref(f);
  f = make_frame("fpr:real tpr:real", "0 0");
  assert_string_equal(chart_refusal("roc", f, "", ERR_ARG), "roc: a curve needs two points at least, the frame has 1");
  frame_unref(f);
}

RUN(CASE(the_curve_goes_through_all_points), CASE(the_point_is_what_the_threshold_gives), CASE(two_columns_are_enough),
    CASE(very_many_points_are_thinned_to_what_a_screen_can_part), CASE(what_is_no_curve_is_refused))
