// Indicators against MissingIndicator of scikit-learn 1.2.1 on the columns below, features="missing-only" and "all".
#include "unit/prep/prep_help.h"

static Frame *gaps(void) {
  return HELP_FRAME(4, {"a", COL_F64, {"1", NULL, "nan", "4"}}, {"b", COL_TEXT, {"u", NULL, "v", "w"}},
                    {"c", COL_I64, {"1", "2", "3", "4"}});
}

TEST(columns_with_gaps_in_training_get_an_indicator) {
  Step s = help_step("indicator");
  Frame *x = gaps(), *z = fitted(&s, x), *card = card_of(&s);
  assert_columns(z, "a,a_missing,b,b_missing,c");
  assert_cells(z, "a_missing", "false,true,true,false");
  assert_cells(z, "b_missing", "false,true,false,false");
  assert_ptr_equal(help_col(z, "a"), help_col(x, "a"));
  assert_cells(card, "missing", "2,1,0");
  assert_cells(card, "share", "0.5,0.25,0");
  assert_cells(card, "feature", "a_missing,b_missing,");
  frame_unref(card);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(later_rows_get_the_same_columns_whatever_they_lack) {
  Step s = help_step("indicator");
  Frame *x = gaps(), *z = fitted(&s, x);
  Frame *later = HELP_FRAME(2, {"a", COL_F64, {"1", "2"}}, {"b", COL_TEXT, {NULL, NULL}}, {"c", COL_I64, {NULL, "2"}});
  Frame *z2 = applied(&s, later);
  assert_columns(z2, "a,a_missing,b,b_missing,c");
  assert_cells(z2, "a_missing", "false,false");
  assert_cells(z2, "b_missing", "true,true");
  frame_unref(z2);
  set_bool(&s, "all", true);
  frame_unref(fitted(&s, x));
  z2 = applied(&s, later);
  assert_cells(z2, "c_missing", "true,false");
  frame_unref(z2);
  frame_unref(later);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(a_column_of_nothing_and_a_used_name_are_named) {
  Step s = help_step("indicator");
  Frame *none = HELP_FRAME(2, {"a", COL_F64, {NULL, NULL}}), *z;
  assert_int_equal(step_fit(&s, none), ERR_ARG);
  assert_has(s.err.msg, "column 'a' has no value in the training rows");
  Frame *twice = HELP_FRAME(2, {"a", COL_F64, {NULL, "1"}}, {"a_missing", COL_F64, {"1", "1"}});
  assert_int_equal(step_fit(&s, twice), OK);
  assert_int_equal(step_apply(&s, twice, &z), ERR_NAME);
  assert_has(s.err.msg, "prep.indicator would make two columns 'a_missing'");
  frame_unref(twice);
  frame_unref(none);
  help_fini(&s);
}

RUN(CASE(columns_with_gaps_in_training_get_an_indicator), CASE(later_rows_get_the_same_columns_whatever_they_lack),
    CASE(a_column_of_nothing_and_a_used_name_are_named))
