// Charts of scores and predictions. Areas, average precisions, the best F1 and the points of the small sample are those
// of scikit-learn 1.2.1 (roc_auc_score, average_precision_score, precision_recall_curve, calibration_curve) on the
// samples of tests/unit/eval/samples.h; the rest is worked by hand.
#include "unit/chart/chart_help.h"

// y = 0 0 1 1, scores .1 .4 .35 .8: the example of scikit-learn's roc_curve.
static Frame *small(void) { return make_frame("s:real y:text", "0.1 n 0.4 n 0.35 y 0.8 y"); }

static void put_reals(Frame *f, const char *name, const double *x) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, frame_nrow(f), NULL, &c, NULL), OK);
  memcpy(c->f, x, (size_t)c->n * 8);
  assert_int_equal(frame_add(f, name, c, NULL), OK);
}

static void put_ints(Frame *f, const char *name, const int64_t *x) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, frame_nrow(f), NULL, &c, NULL), OK);
  memcpy(c->i, x, (size_t)c->n * 8);
  assert_int_equal(frame_add(f, name, c, NULL), OK);
}

enum { N = 60 };
static Frame *sample_two(void) {
  double s[N];
  int64_t y[N];
  for (int i = 0; i < N; i++) y[i] = i * 37 % 101 < 40, s[i] = ((double)(i * 7919 % 23) + 11.5 * (double)y[i]) / 34.5;
  Frame *f = frame_new(N);
  put_reals(f, "s", s);
  put_ints(f, "y", y);
  return f;
}

static Frame *sample_three(void) {
  static const char *const name[] = {"p_0", "p_1", "p_2"};
  double s[3][N];
  int64_t y[N];
  for (int i = 0; i < N; i++) {
    double raw[3], sum = 0;
    y[i] = i * 31 % 7 % 3;
    for (int k = 0; k < 3; k++) raw[k] = 1 + (double)(i * (11 + 2 * k) % 13) + 6 * (y[i] == k), sum += raw[k];
    for (int k = 0; k < 3; k++) s[k][i] = raw[k] / sum;
  }
  Frame *f = frame_new(N);
  put_ints(f, "y", y);
  for (int k = 0; k < 3; k++) put_reals(f, name[k], s[k]);
  return f;
}

static Plot draw(const char *chart, Frame *f, const char *words) {
  Plot p = chart_make(chart, f, words);
  chart_check(&p);
  frame_unref(f);
  return p;
}

static void says(const char *chart, Frame *f, const char *words, const char *reading) {
  Plot p = draw(chart, f, words);
  assert_string_equal(p.reading, reading);
  plot_fini(&p);
}

TEST(a_roc_curve_of_scores_goes_through_every_threshold) {
  Plot p = draw("roc", small(), "score=s actual=y");
  assert_string_equal(chart_heights(&p.series[0]), "0 0.5 0.5 1 1");
  assert_true(p.series[0].x[2] == 0.5 && p.series[0].rows[1] == 3 && p.series[0].rows[3] == 2);
  assert_string_equal(p.reading, "AUC .750 of 'y', 2 rows against 2; at .50 it finds 50% and takes 0% of the others for "
                                 "them; farthest above chance, 50% against 0%, at .8");
  assert_true(p.series[2].kind == MARK_POINT && p.series[2].x[0] == 0 && p.series[2].y[0] == 0.5);
  plot_fini(&p);
  p = draw("roc", sample_two(), "score=s actual=y");
  assert_has(p.reading, "AUC .894 of '1', 24 rows against 36"); // 0.8935185185185185
  plot_fini(&p);
}

TEST(precision_stands_in_steps_between_thresholds) { // precisions 1 .5 .667 .5 at recalls .5 .5 1 1
  Plot p = draw("pr", small(), "score=s actual=y");
  const Series *s = &p.series[0];
  assert_int_equal(s->n, 6);
  static const double x[] = {0, 0.5, 0.5, 0.5, 1, 1}, y[] = {1, 1, 0.5, 2. / 3, 2. / 3, 0.5};
  for (int k = 0; k < 6; k++) assert_true(s->x[k] == x[k] && s->y[k] == y[k]);
  assert_true(p.series[1].kind == MARK_RULE && p.series[1].y[0] == 0.5 && p.series[1].y2[0] == 0.5);
  assert_string_equal(p.reading, "average precision .833 of 'y'; base rate .500 (2 of 4 rows); best F1 .80 at "
                                 "threshold .3");
  plot_fini(&p);
  says("pr", sample_two(), "score=s actual=y",
       "average precision .870 of '1'; base rate .400 (24 of 60 rows); best F1 .78 at threshold .44");
}

TEST(several_scores_are_each_class_against_the_others) { // areas .9068 1 .9425, precisions .8842 1 .9053
  Plot p = draw("roc", sample_three(), "score=p_0,p_1,p_2 actual=y");
  assert_string_equal(p.reading, "mean AUC .950 over 3 classes, each against the others; least 0 .907");
  assert_string_equal(p.series[1].name, "1");
  assert_true(p.series[1].group == 1 && p.nseries == 4);
  assert_string_equal(p.groups, "y");
  plot_fini(&p);
  says("pr", sample_three(), "score=p_0,p_1,p_2 actual=y",
       "mean average precision .930 over 3 classes, each against the others; least 0 .884");
}

TEST(a_class_without_rows_is_named_in_the_note) {
  Frame *f = make_frame("p_a:real p_b:real p_c:real y:text", ".7 .2 .1 a .2 .7 .1 b .6 .3 .1 a");
  Plot p = draw("roc", f, "score=p_a,p_b,p_c actual=y");
  assert_string_equal(p.note, "1 class without rows of both kinds: not shown");
  assert_int_equal(p.nseries, 3);
  plot_fini(&p);
}

TEST(gain_counts_the_class_among_the_highest_scores) {
  Plot p = draw("gain", small(), "score=s actual=y");
  assert_string_equal(chart_heights(&p.series[0]), "0 0.5 0.5 1 1");
  assert_true(p.series[0].x[1] == 0.25 && p.series[0].x[4] == 1);
  assert_string_equal(p.reading, "the top 10% of 4 rows hold 20% of the 2 of 'y', the top 20% 40%, the top half 50%");
  plot_fini(&p);
}

TEST(lift_is_precision_over_the_base_rate) {
  Plot p = draw("lift", small(), "score=s actual=y");
  const Series *s = &p.series[0];
  assert_true(s->n == 4 && s->y[0] == 2 && s->y[1] == 1 && s->y[3] == 1);
  assert_near(s->y[2], 4. / 3, 1e-15);
  assert_string_equal(p.reading, "the top 10% of 4 rows have 2 times the base rate of 'y' (50%), the top 20% 2 times");
  plot_fini(&p);
}

TEST(one_score_for_all_is_chance) {
  const char *rows = "0.3 n 0.3 y 0.3 y 0.3 n";
  says("roc", make_frame("s:real y:text", rows), "score=s actual=y at=0.2",
       "AUC .500 of 'y', 2 rows against 2; at .20 it finds 100% and takes 100% of the others for them");
  says("lift", make_frame("s:real y:text", rows), "score=s actual=y",
       "the top 10% of 4 rows have 1 times the base rate of 'y' (50%), the top 20% 1 times");
}

TEST(calibration_stands_over_mean_scores_with_counts) {
  Plot p = draw("calibration", sample_two(), "score=s actual=y bins=5");
  const Series *points = &p.series[3];
  static const double share[] = {0.0, 0.21428571428571427, 0.4375, 0.6, 1.0};
  assert_int_equal(points->n, 5);
  for (int b = 0; b < 5; b++) assert_near(points->y[b], share[b], 1e-15);
  assert_near(points->x[4], 0.8876811594202899, 1e-15);
  assert_string_equal(points->label[2], "16");
  assert_true(p.series[1].kind == MARK_AREA && p.series[1].y2[0] == 0);
  assert_string_equal(p.reading, "calibration error of '1' .082; every band holds the diagonal");
  plot_fini(&p);
  p = draw("calibration", sample_two(), "score=s actual=y bins=5 quantile=true");
  assert_near(p.series[3].y[1], 0.15384615384615385, 1e-15);
  plot_fini(&p);
}

TEST(scores_of_both_classes_share_their_bins) {
  Plot p = draw("scores", small(), "score=s actual=y bins=2");
  assert_string_equal(p.series[0].name, "n");
  assert_string_equal(chart_heights(&p.series[0]), "0 1 0");
  assert_string_equal(chart_heights(&p.series[1]), "0 0.5 0.5 0");
  assert_string_equal(p.reading, "median score 0.25 of n, 0.57 of y; below .50 are 2 of 2 n, from it on 1 of 2 y");
  plot_fini(&p);
  p = draw("scores", sample_three(), "score=p_0,p_1,p_2 actual=y count=true");
  double rows = 0;
  for (int64_t k = 0; k < p.series[1].n; k++) rows += p.series[1].y[k];
  assert_true(rows == 16);
  plot_fini(&p);
}

TEST(residuals_are_actual_less_predicted) {
  const char *rows = "1 2 2 1 3 4 4 0 NA 1";
  Plot p = draw("residuals", make_frame("p:real y:real", rows), "pred=p actual=y smooth=false");
  assert_string_equal(chart_heights(&p.series[0]), "1 -1 1 -4");
  assert_string_equal(p.reading, "RMSE 2.179; largest residual -4 at 4"); // sqrt(19 / 4)
  assert_string_equal(p.note, "1 missing p: not shown");
  plot_fini(&p);
  p = draw("residuals", make_frame("p:real y:real", rows), "pred=p actual=y qq=true");
  assert_string_equal(p.y.name, "residual");
  assert_string_equal(p.x.name, "normal quantiles");
  plot_fini(&p);
}

TEST(a_confusion_shows_counts_and_the_share_of_what_was) {
  const char *rows = "a a a a a b b b b a a a b c NA a";
  Plot p = draw("confusion", make_frame("y:text q:text", rows), "actual=y pred=q");
  const Series *s = &p.series[0];
  assert_int_equal(s->n, 9);
  assert_string_equal(s->label[0], "3 (75%)");
  assert_string_equal(s->label[5], "1 (33%)");
  assert_string_equal(s->label[6], "0"); // c was only predicted
  assert_string_equal(p.reading, "4 of 7 rows right (57%); recall a 75%, b 33%; most frequent error: actual a, "
                                 "predicted b: 1");
  assert_string_equal(p.note, "1 missing y: not shown");
  plot_fini(&p);
  says("confusion", make_frame("actual:text a:int b:int", "a 3 1 b 1 1"), "",
       "4 of 6 rows right (67%); recall a 75%, b 50%; most frequent error: actual a, predicted b: 1");
}

static void refuses(const char *chart, Frame *f, const char *words, ErrCode code, const char *message) {
  assert_string_equal(chart_refusal(chart, f, words, code), message);
  frame_unref(f);
}

TEST(what_cannot_be_drawn_is_said) {
  refuses("pr", small(), "", ERR_ARG, "pr: name the scores and what was: d:pr{\"score\", \"actual\"}");
  refuses("pr", small(), "score=s actual=y positive=yes", ERR_NAME, "pr: no row has y = 'yes': did you mean 'y'?");
  refuses("gain", small(), "score=y actual=y", ERR_TYPE, "gain: column 'y' is text: scores are numbers");
  refuses("lift", make_frame("s:real y:text", "0.1 n 0.2 n"), "score=s actual=y", ERR_ARG,
          "lift: every row has y = 'n', rows of both kinds are needed");
  refuses("roc", make_frame("s:real y:text", "0.1 a 0.2 b 0.3 c"), "score=s actual=y", ERR_ARG,
          "roc: 'y' has 3 classes: say which one the score speaks for, positive=\"...\", or give a score column for each");
  refuses("roc", make_frame("s:real t:real y:text", "0.1 0.1 a 0.2 0.2 b"), "score=s,t actual=y", ERR_NAME,
          "roc: column 's' names no class of 'y': name score columns p_CLASS, as m:predict does");
  refuses("calibration", make_frame("s:real y:text", "0.1 a 2 b"), "score=s actual=y", ERR_ARG,
          "calibration: row 2 of 's' is 2, probabilities from 0 to 1 are needed");
  refuses("residuals", small(), "", ERR_ARG,
          "residuals: name what was predicted and what was: d:residuals{\"pred\", \"actual\"}");
  refuses("confusion", small(), "actual=y", ERR_ARG,
          "confusion: name what was and what was predicted: d:confusion{\"actual\", \"pred\"}");
  refuses("confusion", small(), "", ERR_ARG,
          "confusion draws two columns, d:confusion{\"actual\", \"pred\"}, or a matrix of counts with the same names "
          "both ways");
}

TEST(very_many_scores_are_thinned) {
  int64_t n = 100000;
  Frame *f = frame_new(n);
  Column *s, *y;
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &s, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &y, NULL), OK);
  for (int64_t i = 0; i < n; i++) s->f[i] = (double)(i * 7919 % n) / (double)n, y->i[i] = i * 31 % 7 < 3;
  assert_int_equal(frame_add(f, "s", s, NULL), OK);
  assert_int_equal(frame_add(f, "y", y, NULL), OK);
  static const char *const charts[] = {"roc", "pr", "gain", "lift", "calibration", "scores"};
  for (int k = 0; k < 6; k++) {
    Plot p = chart_make(charts[k], f, "score=s actual=y");
    chart_check(&p);
    for (int j = 0; j < p.nseries; j++) assert_true(p.series[j].n <= PLOT_MOST_MARKS / 2);
    plot_fini(&p);
  }
  frame_unref(f);
}

RUN(CASE(a_roc_curve_of_scores_goes_through_every_threshold), CASE(precision_stands_in_steps_between_thresholds),
    CASE(several_scores_are_each_class_against_the_others), CASE(a_class_without_rows_is_named_in_the_note),
    CASE(gain_counts_the_class_among_the_highest_scores), CASE(lift_is_precision_over_the_base_rate),
    CASE(one_score_for_all_is_chance), CASE(calibration_stands_over_mean_scores_with_counts),
    CASE(scores_of_both_classes_share_their_bins), CASE(residuals_are_actual_less_predicted),
    CASE(a_confusion_shows_counts_and_the_share_of_what_was), CASE(what_cannot_be_drawn_is_said),
    CASE(very_many_scores_are_thinned))
