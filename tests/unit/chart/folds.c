// Scores fold by fold: a small table, worked by hand.
#include "unit/chart/chart_help.h"

static Frame *table(void) { return make_frame("fold:int train:int test:int auc:real", "1 8 2 0.7 2 8 2 0.9 3 8 2 0.8"); }

TEST(each_fold_is_a_point_on_its_line) {
  Frame *f = table();
  Plot p = chart_make("folds", f, "");
  const Series *dot = &p.series[0], *mean = &p.series[1];
  assert_true(p.npanel == 0 && dot->kind == MARK_POINT && dot->n == 3 && mean->kind == MARK_RULE);
  assert_near(dot->x[1], 0.9, 0);
  assert_near(dot->y[0], 2.5, 0); // the first on top
  assert_near(mean->x[0], 0.8, 1e-15);
  assert_string_equal(p.y.category[2], "1");
  assert_string_equal(p.reading, "auc 0.8 ± 0.1, from 0.7 in fold 1 to 0.9 in fold 2");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(repeats_are_named_before_their_folds) {
  Frame *f = make_frame("repeat:int fold:int auc:real", "1 1 0.7 1 2 0.9 2 1 0.8 2 2 0.6");
  Plot p = chart_make("folds", f, "columns=auc");
  assert_string_equal(p.y.category[3], "1.1");
  assert_string_equal(p.y.category[0], "2.2");
  plot_fini(&p);
  frame_unref(f);
}

TEST(each_metric_has_a_picture) {
  Frame *f = make_frame("fold:int auc:real rmse:real", "1 0.7 12 2 NA 8");
  Plot p = chart_make("folds", f, "");
  assert_int_equal(p.npanel, 2);
  assert_int_equal(p.panel[0].series[0].n, 1); // one is not defined
  assert_string_equal(p.panel[1].title, "rmse");
  assert_string_equal(p.reading, "auc 0.7; rmse 10 ± 2.8, from 8 in fold 2 to 12 in fold 1");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(what_is_no_score_is_refused) {
  Frame *f = make_frame("fold:int g:category", "1 a 2 b");
  assert_has(chart_refusal("folds", f, "", ERR_ARG), "there is no number column of scores");
  assert_has(chart_refusal("folds", f, "columns=g", ERR_TYPE), "scores of folds are numbers");
  frame_unref(f);
}

RUN(CASE(each_fold_is_a_point_on_its_line), CASE(repeats_are_named_before_their_folds),
    CASE(each_metric_has_a_picture), CASE(what_is_no_score_is_refused))
