// Mosaics, tiles and maps of missing values: chisq.test(), prop.table() and loglin() of R 4.2.2 on titanic and
// ucb_admissions; the rest by hand.
#include "unit/chart/chart_help.h"

#include "chart/matrix_int.h"

TEST(residuals_are_those_of_chisq_test) {
  Frame *f = chart_data("titanic");
  Plot p = chart_make("mosaic", f, "x=passengerClass y=survived");
  const Series *s = &p.series[0];
  static const double want[] = {-5.4231995863176916, 6.8983439818852794, -1.0084015755601072,
                                1.2826931462450499,  4.2907480168668393, -5.4578584632244889};
  assert_true(s->n == 6 && s->kind == MARK_CELL && s->role == ROLE_DIVERGING);
  for (int k = 0; k < 6; k++) {
    assert_near(s->value[k], want[k], 1e-13);
    assert_int_equal(s->rows[k], k);
  }
  assert_string_equal(p.reading,
                      "furthest from independence: 1st and yes, 200 where 123.4 are expected, residual +6.9; "
                      "chi-square 127.9, df 2, p <.001, V .313"); // 127.859, .31253
  assert_string_equal(s->label[5], "3rd yes 181");
  assert_near(s->x2[0], 323.0 / 1309, 1e-15); // strips as wide as their counts
  assert_near(s->y[0], 200.0 / 323, 1e-15);   // the first level on top
  assert_true(s->x[0] == 0 && s->y2[0] == 1 && s->y[1] == 0 && s->x2[5] == 1);
  assert_true(p.colour.lo == -p.colour.hi && p.colour.hi > 6.89);
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(three_columns_are_held_against_mutual_independence) {
  Frame *f = chart_data("ucb_admissions");
  Plot p = chart_make("mosaic", f, "x=Gender y=Admit z=Dept n=Freq");
  const Series *s = &p.series[0];
  assert_int_equal(s->n, 24);
  assert_int_equal(p.n, 4526);
  for (int64_t k = 0; k < s->n; k++) {
    if (s->rows[k] == 0) assert_near(s->value[k], -4.76243700376504275, 1e-12);  // Female Admitted A
    if (s->rows[k] == 12) assert_near(s->value[k], 20.24353611805705455, 1e-12); // Male Admitted A
    if (s->rows[k] == 23) assert_near(s->value[k], 5.65029935518467941, 1e-12);  // Male Rejected F
  }
  assert_has(p.reading, "furthest from independence: Male and Admitted and A, 512 where 215.1 are expected");
  assert_has(p.reading, "chi-square 2,000, df 16, p <.001"); // 2000.328
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(areas_are_counts) {
  Frame *f = make_frame("a:text b:text n:int", "u x 3 u y 1 v x 0 v y 4 w x NA w NA 2");
  Plot p = chart_make("mosaic", f, "x=a y=b n=n");
  const Series *s = &p.series[0];
  assert_int_equal(s->n, 3);
  for (int k = 0; k < 3; k++)
    assert_near((s->x2[k] - s->x[k]) * (s->y2[k] - s->y[k]), (k == 0 ? 3 : k == 1 ? 1 : 4) / 8.0, 1e-15);
  assert_string_equal(p.note, "1 missing n, 1 missing b: not shown");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(tiles_show_shares_of_all_rows_or_columns) {
  Frame *f = chart_data("titanic");
  static const char *const shares[] = {"all", "row", "column"};
  static const double want[3][6] = {{0.093964858670741030, 0.152788388082505722, 0.120702826585179529,
                                     0.090909090909090912, 0.403361344537815136, 0.138273491214667699},
                                    {0.38080495356037153, 0.61919504643962853, 0.57039711191335740, 0.42960288808664260,
                                     0.74471086036671363, 0.25528913963328631},
                                    {0.15203955500618047, 0.40000000000000002, 0.19530284301606923, 0.23799999999999999,
                                     0.65265760197775036, 0.36199999999999999}};
  for (int i = 0; i < 3; i++) {
    char words[64];
    snprintf(words, sizeof words, "x=survived y=passengerClass share=%s", shares[i]);
    Plot p = chart_make("tile", f, words);
    for (int k = 0; k < 6; k++) assert_near(p.series[0].value[k], want[i][k], 1e-15);
    if (i == 1) assert_string_equal(p.series[0].label[1], "200 62%");
    if (i == 1)
      assert_has(p.reading,
                 "largest share: survived no, 74% of passengerClass 3rd (528 of 709); chi-square 127.9, df 2");
    assert_true(p.series[0].y[0] == 2 && p.series[0].x[1] == 1); // the first level on top
    chart_check(&p);
    plot_fini(&p);
  }
  frame_unref(f);
}

TEST(what_cannot_be_counted_is_refused) {
  Frame *f = make_frame("a:text b:text n:real m:int z:int", "u x 1.5 -1 0 v y 2 3 0");
  assert_string_equal(chart_refusal("mosaic", f, "x=a y=a", ERR_ARG), "mosaic: column 'a' is named twice");
  assert_string_equal(chart_refusal("mosaic", f, "x=a y=b n=n", ERR_TYPE),
                      "mosaic: column 'n' has 1.5: counts are whole numbers");
  assert_has(chart_refusal("tile", f, "x=a y=b n=m", ERR_ARG), "'m' has -1 in row 1, counts are not below 0");
  assert_string_equal(chart_refusal("tile", f, "x=a y=b n=z", ERR_ARG), "tile: all counts of 'z' are 0");
  assert_has(chart_refusal("tile", f, "x=n y=b", ERR_TYPE), "column 'n' is real");
  assert_has(chart_refusal("mosaic", f, "x=c y=b", ERR_NAME), "mosaic: no column 'c'");
  frame_unref(f);
}

TEST(one_level_depends_on_nothing) {
  Frame *f = make_frame("a:text b:text", "u x u y");
  Plot p = chart_make("mosaic", f, "x=a y=b");
  assert_string_equal(p.reading, "one level only: nothing can depend on it");
  chart_check(&p);
  plot_fini(&p);
  frame_unref(f);
}

TEST(missing_values_are_counted_by_block_of_rows) {
  Frame *f = chart_data("airquality"); // by is.na() over rows 1-39, 40-77, 78-115, 116-153
  Plot p = chart_make("missing", f, "blocks=4");
  const Series *s = &p.series[0];
  static const double ozone[] = {12 / 39.0, 17 / 38.0, 6 / 38.0, 2 / 38.0}, solar[] = {4 / 39.0, 0, 3 / 38.0, 0};
  assert_int_equal(s->n, 24);
  assert_string_equal(p.x.category[0], "Ozone");
  assert_string_equal(p.x.category[1], "Solar.R");
  assert_string_equal(p.y.category[3], "1 to 39");
  for (int b = 0; b < 4; b++) {
    assert_near(s->value[6 * b], ozone[b], 1e-15);
    assert_near(s->value[6 * b + 1], solar[b], 1e-15);
  }
  assert_true(s->y[0] == 3 && s->rows[6] == 39);
  assert_string_equal(p.reading, "42 of 153 rows (27%) miss something in 2 of 6 columns: Ozone 24%, then Solar.R 5%");
  chart_check(&p);
  plot_fini(&p);
  p = chart_make("missing", f, "columns=Wind,Temp");
  assert_string_equal(p.reading, "nothing is missing in 153 rows of 2 columns");
  plot_fini(&p);
  assert_has(chart_refusal("missing", f, "columns=Windy", ERR_NAME), "missing: no column 'Windy'");
  assert_has(chart_refusal("missing", f, "facet=Month", ERR_ARG), "leave facet out: sort by that column");
  frame_unref(f);
}

RUN(CASE(residuals_are_those_of_chisq_test), CASE(three_columns_are_held_against_mutual_independence),
    CASE(areas_are_counts), CASE(tiles_show_shares_of_all_rows_or_columns), CASE(what_cannot_be_counted_is_refused),
    CASE(one_level_depends_on_nothing), CASE(missing_values_are_counted_by_block_of_rows))
