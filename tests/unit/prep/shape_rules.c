// What the steps that shape columns refuse, and what they do where a column has no spread, worked by hand.
#include "unit/prep/shape_help.h"

static Frame *few(void) {
  return HELP_FRAME(5, {"a", COL_F64, {"1", "0", "-4", NULL, "0"}}, {"b", COL_I64, {"3", "3", "3", "3", "3"}},
                    {"t", COL_TEXT, {"p", "q", "p", "q", "p"}});
}

TEST(values_outside_of_the_domain_are_counted_and_their_first_rows_named) {
  Frame *x = few(), *many = HELP_FRAME(6, {"v", COL_I64, {"0", "5", "-1", "-2", "-3", "-4"}});
  Step log = help_step("log"), root = help_step("sqrt"), power = help_step("power");
  assert_refused(&log, x, ERR_ARG,
                 "prep.log: column 'a' has 3 values of 0 or below (first in rows 2, 3 and 5): "
                 "plus=1 takes zeros");
  assert_refused(&log, many, ERR_ARG, "column 'v' has 5 values of 0 or below (first in rows 1, 3 and 4)");
  set_real(&log, "plus", 1);
  assert_refused(&log, x, ERR_ARG, "column 'a' has 1 value of -1 or below (row 3): take a larger plus");
  assert_refused(&root, x, ERR_ARG, "prep.sqrt: column 'a' has 1 value below 0 (row 3): prep.cbrt{}");
  set_text(&power, "method", "boxcox");
  assert_refused(&power, x, ERR_ARG,
                 "prep.power: column 'a' has 3 values of 0 or below (first in rows 2, 3 and 5): "
                 "method=\"yeojohnson\" takes any number");
  frame_unref(many);
  frame_unref(x);
  help_fini(&log);
  help_fini(&root);
  help_fini(&power);
}

TEST(later_rows_outside_of_the_domain_are_named_too) {
  Frame *x = HELP_FRAME(2, {"v", COL_I64, {"1", "2"}}), *later = HELP_FRAME(2, {"v", COL_I64, {"3", "-2"}}), *z;
  Step s = help_step("log");
  frame_unref(fitted(&s, x));
  assert_int_equal(step_apply(&s, later, &z), ERR_ARG);
  assert_has(s.err.msg, "prep.log: column 'v' has 1 value of 0 or below (row 2)");
  frame_unref(later);
  frame_unref(x);
  help_fini(&s);
}

TEST(a_column_without_spread_stays_finite) {
  static const char *const step[] = {"minmax", "maxabs", "robust", "quantile", "power", "winsorize", "pca"};
  static const char *const want[] = {"0,0,0,0,0", "1,1,1,1,1", "0,0,0,0,0", "0,0,0,0,0",
                                     "0,0,0,0,0", "3,3,3,3,3", "0,0,0,0,0"};
  Frame *x = few();
  for (int k = 0; k < 7; k++) {
    Step s = help_step(step[k]);
    set_columns(&s, "b");
    Frame *z = fitted(&s, x);
    assert_cells(z, k == 6 ? "pc1" : "b", want[k]);
    frame_unref(z);
    help_fini(&s);
  }
  frame_unref(x);
}

TEST(clip_holds_later_values_at_the_ends) {
  Frame *x = HELP_FRAME(3, {"v", COL_I64, {"1", "3", "5"}}), *later = HELP_FRAME(3, {"v", COL_F64, {"0", "4", "9"}});
  Step s = help_step("minmax");
  frame_unref(fitted(&s, x));
  Frame *z = applied(&s, later);
  assert_cells(z, "v", "-0.25,0.75,2");
  frame_unref(z);
  set_bool(&s, "clip", true);
  z = applied(&s, later);
  assert_cells(z, "v", "0,0.75,1");
  frame_unref(z);
  frame_unref(later);
  frame_unref(x);
  help_fini(&s);
}

TEST(bounds_that_cross_are_refused) {
  Frame *x = HELP_FRAME(2, {"v", COL_I64, {"1", "2"}});
  Step minmax = help_step("minmax"), robust = help_step("robust"), ends = help_step("winsorize");
  set_opts(&minmax, "low=2;high=1");
  assert_refused(&minmax, x, ERR_ARG, "prep.minmax: low must be below high, 2 and 1 were given");
  set_opts(&robust, "lower=0.5;upper=0.5");
  assert_refused(&robust, x, ERR_ARG, "prep.robust: lower must be below upper");
  set_opts(&ends, "lower=0.9;upper=0.1");
  assert_refused(&ends, x, ERR_ARG, "prep.winsorize: lower must be below upper");
  frame_unref(x);
  help_fini(&minmax);
  help_fini(&robust);
  help_fini(&ends);
}

// The middle of the places of the quantiles that a value has: of 1 2 2 3 the 2 has 1/3 and 2/3.
TEST(equal_values_get_the_middle_of_their_places) {
  Frame *x = HELP_FRAME(4, {"v", COL_I64, {"2", "1", "3", "2"}});
  Step s = help_step("quantile");
  Frame *z = fitted(&s, x);
  assert_cells(z, "v", "0.5,0,1,0.5");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

// Longitudes lie so far from 0 beside their spread that no lambda is best; what comes out is a number all the same.
TEST(a_lambda_without_end_stops_where_doubles_do) {
  Frame *d = help_data("sacramento_homes");
  Step s = help_step("power");
  set_columns(&s, "longitude");
  Frame *z = fitted(&s, d), *card = card_of(&s);
  assert_true(sum_is_finite(help_col(z, "longitude")->f, frame_nrow(z)));
  assert_cells(card, "note", "lambda is as far as doubles go: the spread is small beside the values");
  frame_unref(card);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}

TEST(columns_taken_together_must_be_full_numbers) {
  static const char *const step[] = {"normalize", "pca"};
  Frame *x = few();
  for (int k = 0; k < 2; k++) {
    char want[100];
    Step s = help_step(step[k]);
    snprintf(want, sizeof want, "prep.%s: column 'a' has 1 missing value (first in row 4): put prep.impute{}", step[k]);
    assert_refused(&s, x, ERR_ARG, want);
    set_columns(&s, "t");
    assert_refused(&s, x, ERR_TYPE, "column 't' is text, and this step takes numbers");
    help_fini(&s);
  }
  frame_unref(x);
}

TEST(infinite_values_are_named) {
  Frame *x = HELP_FRAME(2, {"v", COL_F64, {"1", "inf"}});
  Step each = help_step("minmax"), rows = help_step("pca");
  assert_refused(&each, x, ERR_ARG, "prep.minmax: column 'v' is infinite in row 2: leave such rows out");
  assert_refused(&rows, x, ERR_ARG, "prep.pca: column 'v' is infinite in row 2");
  frame_unref(x);
  help_fini(&each);
  help_fini(&rows);
}

TEST(products_are_named_as_in_formulas_and_missing_where_a_factor_is) {
  Frame *x = HELP_FRAME(3, {"a", COL_I64, {"2", NULL, "5"}}, {"b", COL_F64, {"3", "4", "nan"}});
  Step s = help_step("polynomial");
  set_int(&s, "degree", 3);
  Frame *z = fitted(&s, x);
  assert_columns(z, "a,b,a^2,a:b,b^2,a^3,a^2:b,a:b^2,b^3");
  assert_cells(z, "a^2:b", "12,,nan");
  assert_cells(z, "b^3", "27,64,nan");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(too_many_products_are_refused_before_they_are_made) {
  Frame *d = help_data("digits");
  Step s = help_step("polynomial");
  set_int(&s, "degree", 4);
  assert_refused(&s, d, ERR_ARG, "products, 10000 are the most: name fewer columns or lower the degree");
  frame_unref(d);
  help_fini(&s);
}

TEST(the_card_of_components_has_variances_and_loadings) {
  Frame *d = help_data("usarrests");
  Step s = help_step("pca");
  Frame *z = fitted(&s, d), *card = card_of(&s);
  assert_columns(card, "component,variance,share,together,Murder,Assault,UrbanPop,Rape");
  assert_columns(z, "state,pc1,pc2,pc3,pc4");
  assert_near(col_f64(help_col(card, "share"), 0), 0.96553422056688243, 1e-12); // R 4.2.2, prcomp(USArrests)
  assert_near(col_f64(help_col(card, "variance"), 3), 6.1642461841631979, 1e-9);
  assert_near(col_f64(help_col(card, "Assault"), 0), 0.995221281426497018, 1e-12);
  assert_near(col_f64(help_col(card, "together"), 3), 1, 1e-12);
  assert_has(frame_caption(card), "4 of 4 components, 100 % of the variance");
  frame_unref(card);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}

RUN(CASE(values_outside_of_the_domain_are_counted_and_their_first_rows_named),
    CASE(later_rows_outside_of_the_domain_are_named_too), CASE(a_column_without_spread_stays_finite),
    CASE(clip_holds_later_values_at_the_ends), CASE(bounds_that_cross_are_refused),
    CASE(equal_values_get_the_middle_of_their_places), CASE(a_lambda_without_end_stops_where_doubles_do),
    CASE(columns_taken_together_must_be_full_numbers), CASE(infinite_values_are_named),
    CASE(products_are_named_as_in_formulas_and_missing_where_a_factor_is),
    CASE(too_many_products_are_refused_before_they_are_made), CASE(the_card_of_components_has_variances_and_loadings))
