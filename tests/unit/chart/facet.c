// Panels. Counts: hist(breaks = seq(0, 80, 5), right = FALSE) of R 4.2.2 on titanic by class; the rest by hand.
#include "unit/chart/chart_help.h"

TEST(panels_have_the_bins_and_ranges_of_all) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("hist", f, "x=age facet=passengerClass");
  static const char *const want[] = {"3 1 3 19 27 25 29 43 21 41 26 20 18 3 3 2",
                                     "15 7 5 24 43 47 44 20 21 10 12 5 6 1 1 0",
                                     "33 23 19 73 114 88 59 37 27 15 5 2 3 1 2 0"};
  assert_true(p.npanel == 3 && p.panel_columns == 3 && p.nseries == 0 && p.share_x && p.share_y);
  for (int k = 0; k < 3; k++) {
    assert_string_equal(chart_heights(&p.panel[k].series[0]), want[k]);
    assert_true(p.panel[k].x.lo == 0 && p.panel[k].x.hi == 80 && p.panel[k].y.hi == 150);
  }
  assert_string_equal(p.panel[0].title, "1st");
  assert_has(p.reading, "of 1,046");
  assert_has(p.note, "263 missing age");
  assert_true(p.n == 1046 && p.panel[2].n == 501);
  assert_string_equal(p.x.name, "age");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(colours_and_handles_mean_the_same_in_all_panels) {
  Frame *f = make_frame("x:real y:real g:category h:category", "1 1 a p  2 2 b p  3 3 b q  4 4 c q  5 5 a NA");
  Plot p = chart_make("scatter", f, "x=x y=y color=g facet=h");
  assert_int_equal(p.npanel, 2);
  const Plot *one = &p.panel[0], *two = &p.panel[1];
  assert_true(one->series[0].group == 0 && one->series[1].group == 1);
  assert_true(two->series[0].group == 1 && two->series[1].group == 2);
  assert_int_equal(two->series[0].rows[0], 2);
  assert_int_equal(two->series[1].rows[0], 3);
  assert_has(p.note, "1 missing h: not shown");
  assert_true(one->x.lo == 1 && one->x.hi == 4 && two->y.hi == 4);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(categories_have_the_order_of_the_chart_of_all_rows) {
  Frame *f = make_frame("g:category h:category", "b p b p b p a q a q c q");
  Plot p = chart_make("bar", f, "x=g facet=h");
  for (int k = 0; k < 2; k++) {
    const Axis *x = &p.panel[k].x;
    assert_int_equal(x->ncategory, 3);
    assert_string_equal(x->category[0], "b");
    assert_string_equal(x->category[1], "a");
    assert_string_equal(x->category[2], "c");
  }
  const Series *s = &p.panel[1].series[0];
  assert_true(s->n == 2 && s->x[0] == 1 && s->x2[0] == 2 && s->y[0] == 2 && s->x[1] == 2);
  assert_true(p.panel[0].series[0].x[0] == 0);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(categories_of_the_vertical_axis_move_too) {
  Frame *f = make_frame("x:real g:category h:category", "1 a p 2 a p 3 b q 4 b q 5 c q 7 c q");
  Plot p = chart_make("box", f, "x=x by=g facet=h");
  assert_int_equal(p.panel[0].y.ncategory, 3);
  assert_true(p.panel[0].series[0].y[0] == 2.25 && p.panel[0].series[0].y2[0] == 2.75); // a is on top
  assert_true(p.panel[1].series[0].y[0] == 0.25 && p.panel[1].series[0].y[1] == 1.25);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(levels_with_nothing_to_show_are_named) {
  Frame *f = make_frame("x:real h:category", "1 p 2 p NA q 4 r");
  Plot p = chart_make("hist", f, "x=x facet=h");
  assert_int_equal(p.npanel, 2);
  assert_string_equal(p.panel[1].title, "r");
  assert_has(p.note, "nothing to show for q");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("x:real h:category", "NA p NA q");
  assert_has(chart_refusal("hist", f, "x=x facet=h", ERR_ARG), "missing");
  frame_unref(f);
}

TEST(charts_that_need_all_columns_do_not_see_the_one_of_the_panels) { // two ROC curves, one under the other
  Frame *f = make_frame("model:category fpr:real tpr:real", "a 0 0 a 0.5 1 a 1 1 b 0 0 b 0.5 0.5 b 1 1");
  Plot p = chart_make("roc", f, "facet=model");
  assert_int_equal(p.npanel, 2);
  assert_has(p.reading, "a: AUC .750; b: AUC .500");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
  f = make_frame("h:category g:category x:int y:int", "p a 1 2 p b 3 4 q a 5 6 q b 7 8");
  p = chart_make("heatmap", f, "facet=h");
  assert_int_equal(p.npanel, 2);
  assert_true(p.panel[0].colour.present && p.panel[0].colour.lo == 1 && p.panel[1].colour.hi == 8);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(the_table_of_panels_names_them) {
  Frame *f = make_frame("x:real y:real h:category", "1 1 p 2 2 q 3 3 q"), *t;
  Plot p = chart_make("scatter", f, "x=x y=y facet=h");
  assert_int_equal(chart_table(NULL, &p, &t, NULL), OK);
  assert_int_equal(frame_nrow(t), 3);
  assert_string_equal(frame_name(t, 0), "panel");
  assert_true(sv_is(col_text(frame_at(t, 0), 2), "q"));
  assert_true(frame_at(t, frame_find(t, sv("x")))->f[2] == 3);
  frame_unref(t);
  plot_fini(&p);
  frame_unref(f);
}

TEST(too_many_panels_and_bad_columns_are_refused) {
  Frame *f = make_frame("x:real k:int", "1 1 2 2 3 3 4 4 5 5 6 6 7 7 8 8 9 9 10 10 11 11 12 12 13 13");
  assert_has(chart_refusal("hist", f, "x=x facet=k", ERR_ARG), "at most 12");
  assert_has(chart_refusal("hist", f, "x=x facet=x", ERR_TYPE), "is real");
  assert_has(chart_refusal("hist", f, "x=x facet=kk", ERR_NAME), "'k'");
  frame_unref(f);
}

TEST(crowded_panels_share_the_room_of_one_plot) {
  enum { N = 60000 };
  Frame *f = frame_new(N);
  Column *x, *k;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &x, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, N, NULL, &k, NULL), OK);
  for (int i = 0; i < N; i++) x->f[i] = i % 997 + (i % 6) * 1000, k->i[i] = i % 6;
  assert_int_equal(frame_add(f, "x", x, NULL), OK);
  assert_int_equal(frame_add(f, "k", k, NULL), OK);
  Plot p = chart_make("scatter", f, "x=x y=x facet=k");
  assert_int_equal(p.npanel, 6);
  assert_true(p.panel[0].series[0].kind == MARK_GRID && p.panel[0].series[0].ncol == 128);
  double in_row[2] = {0}; // the grid covers the range of all panels: the first holds its lowest sixth
  for (int i = 0; i < 128 * 128; i++) in_row[i / 128 > 24] += p.panel[0].series[0].value[i];
  assert_true(in_row[0] == 10000 && in_row[1] == 0);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

RUN(CASE(panels_have_the_bins_and_ranges_of_all), CASE(colours_and_handles_mean_the_same_in_all_panels),
    CASE(categories_have_the_order_of_the_chart_of_all_rows), CASE(categories_of_the_vertical_axis_move_too),
    CASE(levels_with_nothing_to_show_are_named), CASE(charts_that_need_all_columns_do_not_see_the_one_of_the_panels),
    CASE(the_table_of_panels_names_them), CASE(too_many_panels_and_bad_columns_are_refused),
    CASE(crowded_panels_share_the_room_of_one_plot))
