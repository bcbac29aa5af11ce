// Means, standard deviations and scaled values against StandardScaler of scikit-learn 1.2.1 (numpy 1.24.2), which
// divides by n and takes columns without spread, up to rounding, as they are.
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

// The last column alternates 0.1 + 0.2 and 0.3, which differ in the last bit.
static Frame *numbers(void) {
  return HELP_FRAME(6, {"name", COL_TEXT, {"a", "b", "c", "d", "e", "f"}},
                    {"age", COL_I64, {"29", "2", NULL, "30", "25", "48"}},
                    {"fare", COL_F64, {"nan", "7.5", "7.5", "1.25", NULL, "100"}},
                    {"three", COL_F64, {"3", "3", "3", "3", "3", "3"}},
                    {"tenths", COL_F64, {"0.30000000000000004", "0.3", "0.3", "0.30000000000000004", "0.3", "0.3"}});
}

static void assert_values(const Frame *f, const char *name, const double *want, int n, double tol) {
  const Column *c = help_col(f, name);
  assert_int_equal(c->type, COL_F64);
  for (int i = 0; i < n; i++) assert_near(col_f64(c, i), want[i], tol);
}

TEST(values_are_scaled_as_scikit_learn_does) {
  static const double age[] = {0.1494973723905568, -1.6852431069480953, NAN, 0.21745072347717354,
                               -0.12231603195591019, 1.4406110430362749};
  static const double fare[] = {NAN, -0.5254636480934967, -0.5254636480934967, -0.6777719518887131, NAN,
                                1.7286992480757064};
  static const double zero[6] = {0};
  Frame *x = numbers();
  Step s = help_step("standard");
  Frame *z = fitted(&s, x);
  assert_columns(z, "name,age,fare,three,tenths");
  assert_cells(z, "name", "a,b,c,d,e,f");
  assert_values(z, "age", age, 6, 1e-14);
  assert_values(z, "fare", fare, 6, 1e-14);
  assert_values(z, "three", zero, 6, 0);
  assert_values(z, "tenths", zero, 6, 1e-16);
  assert_int_equal(help_col(z, "age")->missing, 1);
  assert_int_equal(help_col(z, "fare")->missing, 1); // NaN stays NaN, missing stays missing
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(centring_and_scaling_can_be_left_out) {
  static const double scaled[] = {1.9706471815118856, 0.13590670217323347, NAN, 2.0386005325985024, 1.6988337771654185,
                                  3.261760852157604};
  static const double centred[] = {2.1999999999999993, -24.8, NAN, 3.1999999999999993, -1.8000000000000007, 21.2};
  static const double three[] = {3, 3, 3, 3, 3, 3};
  Frame *x = numbers();
  Step s = help_step("standard");
  set_bool(&s, "mean", false);
  Frame *z = fitted(&s, x);
  assert_values(z, "age", scaled, 6, 1e-14);
  assert_values(z, "three", three, 6, 0);
  frame_unref(z);
  set_bool(&s, "mean", true);
  set_bool(&s, "sd", false);
  z = fitted(&s, x);
  assert_values(z, "age", centred, 6, 1e-14);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(titanic_ages_are_scaled_as_scikit_learn_does) {
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, "datasets/titanic.csv", &opts, &d, NULL), OK);
  Step s = help_step("standard"), fill = help_step("impute");
  Frame *z = fitted(&s, d), *card = card_of(&s);
  assert_cells(card, "column", "age");
  assert_cells(card, "n", "1046");
  assert_near(col_f64(help_col(card, "mean"), 0), 29.881134512434034, 1e-14);
  assert_near(col_f64(help_col(card, "sd"), 0), 14.406608234205914, 1e-14);
  assert_near(col_f64(help_col(z, "age"), 1), -2.010496435771965, 1e-14);
  frame_unref(card);
  frame_unref(z);
  Frame *full = fitted(&fill, d);
  z = fitted(&s, full);
  assert_near(col_f64(help_col(z, "age"), 0), -0.039005487897550505, 1e-12);
  assert_near(col_f64(help_col(z, "age"), 1), -2.2159521724655136, 1e-13);
  assert_near(col_f64(help_col(z, "age"), 15), -0.11652296928446258, 1e-13);
  frame_unref(z);
  frame_unref(full);
  frame_unref(d);
  help_fini(&fill);
  help_fini(&s);
}

TEST(later_rows_take_mean_and_sd_of_training) {
  Frame *x = HELP_FRAME(2, {"a", COL_I64, {"1", "3"}}, {"yes", COL_BOOL, {"true", "false"}});
  Frame *later = HELP_FRAME(3, {"yes", COL_BOOL, {"true", NULL, "true"}}, {"a", COL_F64, {"2.5", "102", NULL}});
  Step s = help_step("standard");
  Frame *z = fitted(&s, x), *z2 = applied(&s, later);
  assert_cells(z, "a", "-1,1");
  assert_cells(z, "yes", "1,-1");
  assert_columns(z2, "yes,a");
  assert_cells(z2, "a", "0.5,100,");
  assert_cells(z2, "yes", "1,,1");
  frame_unref(z2);
  frame_unref(z);
  frame_unref(later);
  frame_unref(x);
  help_fini(&s);
}

TEST(a_column_without_spread_is_noted_in_the_card) {
  Frame *x = numbers(), *card;
  Step s = help_step("standard");
  assert_int_equal(step_fit(&s, x), OK);
  card = card_of(&s);
  assert_columns(card, "column,n,mean,sd,note");
  assert_cells(card, "column", "age,fare,three,tenths");
  assert_cells(card, "n", "5,4,6,6");
  assert_cells(card, "note", ",,no spread: centred, divided by 1,no spread: centred, divided by 1");
  frame_unref(card);
  frame_unref(x);
  x = HELP_FRAME(1, {"a", COL_I64, {"7"}}); // one row has no spread
  Frame *z = fitted(&s, x);
  assert_cells(z, "a", "0");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(what_has_no_mean_says_what_to_do) {
  Frame *x = HELP_FRAME(2, {"g", COL_CAT, {"u", "v"}}, {"void", COL_F64, {NULL, NULL}}, {"big", COL_F64, {"1", "inf"}});
  Step s = help_step("standard");
  set_columns(&s, "g");
  assert_int_equal(step_fit(&s, x), ERR_TYPE);
  assert_string_equal(s.err.msg, "prep.standard: column 'g' is category: only numbers have a mean; leave it out of "
                                 "columns");
  set_columns(&s, "void");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.standard: column 'void' has no value in the training rows: leave it out, "
                                 "d:drop{\"void\"}");
  set_columns(&s, "big");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_has(s.err.msg, "column 'big' has infinite or huge values, so it has no mean and sd");
  frame_unref(x);
  help_fini(&s);
}

RUN(CASE(values_are_scaled_as_scikit_learn_does), CASE(centring_and_scaling_can_be_left_out),
    CASE(titanic_ages_are_scaled_as_scikit_learn_does), CASE(later_rows_take_mean_and_sd_of_training),
    CASE(a_column_without_spread_is_noted_in_the_card), CASE(what_has_no_mean_says_what_to_do))
