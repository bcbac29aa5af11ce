// Bins by hand, labels and the edges of bins, worked by hand; counts of titanic's ages from pandas 1.5.3, cut with
// right=False. Crossed columns against groupby().size() of pandas 1.5.3.
#include "unit/prep/shape_help.h"

static Frame *ages(void) {
  return HELP_FRAME(7, {"age", COL_F64, {"17.9", "18", "65.5", "-3", NULL, "nan", "1e9"}},
                    {"n", COL_I64, {"1", "2", "3", "4", "5", "6", NULL}});
}

// ---- bins ----------------------------------------------------------------------------------------------------------
TEST(edges_hold_the_values_from_them_on_and_the_outermost_bins_are_open) {
  Frame *x = ages();
  Step s = help_step("bin");
  set_columns(&s, "age");
  SET_NAMES(&s, "edges", "18", "65.5");
  Frame *z = fitted(&s, x), *card = card_of(&s);
  assert_cells(z, "age", "(-inf, 18),[18, 65.5),[65.5, inf),(-inf, 18),,,[65.5, inf)");
  assert_int_equal(help_col(z, "age")->type, COL_CAT);
  assert_int_equal(help_col(z, "age")->missing, 2);
  assert_cells(z, "n", "1,2,3,4,5,6,");
  assert_cells(card, "bin", "(-inf, 18),[18, 65.5),[65.5, inf)");
  assert_cells(card, "n", "2,1,2");
  frame_unref(card);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(labels_name_the_bins_and_numbers_count_them) {
  Frame *x = ages();
  Step s = help_step("bin");
  set_columns(&s, "age");
  SET_NAMES(&s, "edges", "18", "65.5");
  SET_NAMES(&s, "labels", "child", "adult", "old");
  Frame *z = fitted(&s, x);
  assert_cells(z, "age", "child,adult,old,child,,,old");
  frame_unref(z);
  set_text(&s, "into", "number");
  z = fitted(&s, x);
  assert_cells(z, "age", "0,1,2,0,,,2");
  assert_int_equal(help_col(z, "age")->type, COL_I64);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(ages_of_titanic_are_cut_as_pandas_does) {
  Frame *d = help_data("titanic");
  Step s = help_step("bin");
  set_columns(&s, "age");
  SET_NAMES(&s, "edges", "18", "65.5");
  Frame *z = fitted(&s, d), *card = card_of(&s);
  assert_cells(card, "n", "154,882,10");
  assert_int_equal(help_col(z, "age")->missing, 263);
  frame_unref(card);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}

TEST(a_column_of_one_value_has_one_bin_and_bins_of_equal_edges_are_joined) {
  Frame *x = HELP_FRAME(6, {"same", COL_I64, {"4", "4", "4", "4", "4", "4"}},
                        {"most", COL_I64, {"0", "0", "0", "0", "0", "9"}});
  Step s = help_step("bin");
  set_text(&s, "method", "frequency");
  Frame *z = fitted(&s, x);
  assert_cells(z, "same", "(-inf, inf),(-inf, inf),(-inf, inf),(-inf, inf),(-inf, inf),(-inf, inf)");
  assert_cells(z, "most", "(-inf, inf),(-inf, inf),(-inf, inf),(-inf, inf),(-inf, inf),(-inf, inf)");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(wrong_edges_and_labels_are_named) {
  Frame *x = ages();
  Step s = help_step("bin");
  set_columns(&s, "age");
  SET_NAMES(&s, "edges", "18", "18");
  assert_refused(&s, x, ERR_ARG, "prep.bin: edges must rise, 18 comes after 18");
  SET_NAMES(&s, "edges", "eighteen");
  assert_refused(&s, x, ERR_ARG, "edges must be numbers, 'eighteen' was given");
  SET_NAMES(&s, "edges", "18");
  SET_NAMES(&s, "labels", "young", "old", "older");
  assert_refused(&s, x, ERR_ARG, "3 labels were given, and column 'age' has 2 bins");
  SET_NAMES(&s, "labels", "young", "young");
  assert_refused(&s, x, ERR_ARG, "label 'young' is there twice");
  frame_unref(x);
  help_fini(&s);
}

// ---- crossed columns -----------------------------------------------------------------------------------------------
TEST(crossed_levels_have_the_counts_of_their_combinations) {
  Frame *d = help_data("titanic");
  Step s = help_step("cross");
  SET_NAMES(&s, "columns", "sex", "passengerClass", "survived");
  Frame *z = fitted(&s, d), *card = card_of(&s);
  assert_columns(z, "name,survived,sex,age,passengerClass,survived:sex,survived:passengerClass,sex:passengerClass");
  assert_cells(card, "level",
               "no:female,no:male,yes:female,yes:male,no:1st,no:2nd,no:3rd,yes:1st,yes:2nd,yes:3rd,"
               "female:1st,female:2nd,female:3rd,male:1st,male:2nd,male:3rd");
  assert_cells(card, "n", "127,682,339,161,123,158,528,200,119,181,144,106,216,179,171,493");
  frame_unref(card);
  frame_unref(z);
  set_int(&s, "degree", 3);
  set_int(&s, "min_count", 10);
  z = fitted(&s, d), card = card_of(&s);
  assert_columns(z, "name,survived,sex,age,passengerClass,survived:sex:passengerClass");
  assert_cells(card, "n", "12,110,118,146,418,139,94,106,61,25,75,5"); // no:female:1st has 5 rows
  frame_unref(card);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}

TEST(rare_and_new_combinations_become_other_and_a_missing_part_misses_all) {
  Frame *x =
      HELP_FRAME(6, {"a", COL_CAT, {"u", "u", "u", "v", "v", NULL}}, {"b", COL_TEXT, {"p", "p", "q", "q", "q", "p"}});
  Frame *later = HELP_FRAME(4, {"a", COL_TEXT, {"v", "u", "u", "w"}}, {"b", COL_CAT, {"p", "p", NULL, "p"}});
  Step s = help_step("cross");
  set_int(&s, "min_count", 2);
  Frame *z = fitted(&s, x), *z2 = applied(&s, later), *card = card_of(&s);
  assert_cells(z, "a:b", "u:p,u:p,other,v:q,v:q,");
  assert_cells(z2, "a:b", "other,u:p,,other");
  assert_cells(card, "level", "u:p,v:q,other");
  assert_cells(card, "n", "2,2,1");
  assert_cells(card, "note", ",,1 combination of fewer than 2 rows");
  frame_unref(card);
  frame_unref(z2);
  frame_unref(z);
  frame_unref(later);
  frame_unref(x);
  help_fini(&s);
}

TEST(columns_that_cannot_be_crossed_are_named) {
  Frame *d = help_data("titanic");
  Step s = help_step("cross");
  SET_NAMES(&s, "columns", "sex", "age");
  assert_refused(&s, d, ERR_TYPE, "column 'age' is real, and nearly every row would be a level: put prep.bin{\"age\"}");
  SET_NAMES(&s, "columns", "sex", "name");
  assert_refused(&s, d, ERR_ARG, "'name:sex' would have 1309 levels, max_levels is 1000");
  frame_unref(d);
  help_fini(&s);
}

RUN(CASE(edges_hold_the_values_from_them_on_and_the_outermost_bins_are_open),
    CASE(labels_name_the_bins_and_numbers_count_them), CASE(ages_of_titanic_are_cut_as_pandas_does),
    CASE(a_column_of_one_value_has_one_bin_and_bins_of_equal_edges_are_joined), CASE(wrong_edges_and_labels_are_named),
    CASE(crossed_levels_have_the_counts_of_their_combinations),
    CASE(rare_and_new_combinations_become_other_and_a_missing_part_misses_all),
    CASE(columns_that_cannot_be_crossed_are_named))
