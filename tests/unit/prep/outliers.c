// Limits of airquality's Ozone as R 4.2.2 gives them: quantile() with 1.5 interquartile ranges, mean() and 3 sd(),
// median() and 3.5 mad(). The rest is worked by hand.
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

static Frame *air(void) {
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, "datasets/airquality.csv", &opts, &d, NULL), OK);
  return d;
}

TEST(limits_are_those_of_r) {
  static const struct {
    const char *method;
    double low, high;
    int64_t above;
  } rows[] = {{"iqr", -49.875, 131.125, 2},
              {"z", -56.834343198474272, 141.09296388812945, 1},
              {"mad", -59.309249999999992, 122.30924999999999, 2}};
  Frame *d = air();
  for (int k = 0; k < 3; k++) {
    Step s = help_step("outliers");
    set_text(&s, "method", rows[k].method);
    set_columns(&s, "Ozone");
    Frame *z = fitted(&s, d), *card = card_of(&s);
    assert_near(help_col(card, "low")->f[0], rows[k].low, 1e-12);
    assert_near(help_col(card, "high")->f[0], rows[k].high, 1e-12);
    assert_int_equal(help_col(card, "below")->i[0], 0);
    assert_int_equal(help_col(card, "above")->i[0], rows[k].above);
    assert_near(help_col(z, "Ozone")->f[116], rows[k].high, 1e-12); // 168, the largest
    assert_near(help_col(z, "Ozone")->f[0], 41, 0);
    assert_int_equal(help_col(z, "Ozone")->missing, 37);
    frame_unref(card);
    frame_unref(z);
    help_fini(&s);
  }
  frame_unref(d);
}

static Frame *values(void) {
  return HELP_FRAME(6, {"v", COL_F64, {"1", "2", "3", NULL, "4", "100"}},
                    {"w", COL_I64, {"1", "2", "3", "2", "2", "3"}}, {"same", COL_F64, {"7", "7", "7", "7", "7", "9"}});
}

TEST(flags_stand_beside_the_values_and_a_missing_one_is_no_outlier) {
  Step s = help_step("outliers");
  set_text(&s, "as", "flag");
  Frame *x = values(), *z = fitted(&s, x), *card = card_of(&s);
  assert_columns(z, "v,v_outlier,w,w_outlier,same,same_outlier");
  assert_cells(z, "v", "1,2,3,,4,100");
  assert_cells(z, "v_outlier", "false,false,false,false,false,true");
  assert_cells(z, "same_outlier", "false,false,false,false,false,false");
  assert_cells(card, "note", ",,no spread: left alone");
  assert_ptr_equal(help_col(z, "v"), help_col(x, "v"));
  frame_unref(card);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(a_filter_leaves_rows_out_of_training_alone) {
  Step s = help_step("outliers");
  set_text(&s, "as", "filter");
  Frame *x = values(), *z = fitted(&s, x);
  StepIn in = help_in(&s, x);
  StepRows rows;
  assert_same_frame(z, x);
  assert_int_equal(step_train(NULL, s.type, s.opts, &s.state, &in, &rows, NULL), OK);
  assert_cells(rows.x, "v", "1,2,3,,4");
  for (int64_t i = 0; i < 5; i++) assert_int_equal(rows.source[i], i);
  mem_free(rows.source);
  frame_unref(rows.x);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(whole_columns_stay_whole_where_training_had_nothing_to_cap) {
  Step s = help_step("outliers");
  set_columns(&s, "w");
  Frame *x = values(), *z = fitted(&s, x); // quartiles 2 and 2.75: limits 0.875 and 3.875
  Frame *later = HELP_FRAME(3, {"w", COL_I64, {"50", "-50", NULL}}), *z2 = applied(&s, later);
  assert_ptr_equal(help_col(z, "w"), help_col(x, "w"));
  assert_cells(z2, "w", "3,1,");
  frame_unref(z2);
  frame_unref(later);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(what_has_no_limits_is_named) {
  Step s = help_step("outliers");
  Frame *x = HELP_FRAME(2, {"a", COL_F64, {"1", "inf"}}, {"b", COL_CAT, {"u", "v"}}, {"c", COL_F64, {NULL, NULL}},
                        {"d", COL_F64, {"0", "1"}});
  set_columns(&s, "a");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_has(s.err.msg, "column 'a' has infinite or huge values");
  set_columns(&s, "b");
  assert_int_equal(step_fit(&s, x), ERR_TYPE);
  assert_has(s.err.msg, "column 'b' is category: only numbers lie far out");
  set_columns(&s, "c");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_has(s.err.msg, "column 'c' has no value in the training rows");
  frame_unref(x);
  help_fini(&s);
}

TEST(a_filter_that_would_leave_nothing_says_so) {
  Step s = help_step("outliers");
  set_text(&s, "as", "filter");
  set_text(&s, "method", "iqr");
  assert_int_equal(param_set_real(help_param(&s, "k"), "test", s.opts, 0.001, NULL), OK);
  Frame *x = HELP_FRAME(4, {"a", COL_F64, {"-9", "1", "2", "3"}}, {"b", COL_F64, {"1", "-9", "9", "2"}},
                        {"c", COL_F64, {"0", "0.1", "0", "9"}});
  assert_int_equal(step_fit(&s, x), OK);
  StepIn in = help_in(&s, x);
  StepRows rows;
  assert_int_equal(step_train(NULL, s.type, s.opts, &s.state, &in, &rows, &s.err), ERR_ARG);
  assert_has(s.err.msg, "every training row has a value beyond the limits");
  frame_unref(x);
  help_fini(&s);
}

RUN(CASE(limits_are_those_of_r), CASE(flags_stand_beside_the_values_and_a_missing_one_is_no_outlier),
    CASE(a_filter_leaves_rows_out_of_training_alone), CASE(whole_columns_stay_whole_where_training_had_nothing_to_cap),
    CASE(what_has_no_limits_is_named), CASE(a_filter_that_would_leave_nothing_says_so))
