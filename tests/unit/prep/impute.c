// Fills against SimpleImputer of scikit-learn 1.2.1 (numpy 1.24.2): median, mean and most_frequent of the columns in
// `numbers` below, and of titanic's age. The rest is worked by hand.
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

static Frame *numbers(void) {
  return HELP_FRAME(6, {"age", COL_I64, {"29", "2", NULL, "30", "25", "48"}},
                    {"fare", COL_F64, {NULL, "7.5", "7.5", "1.25", NULL, "100"}},
                    {"three", COL_F64, {"3", "3", "3", "3", "3", "3"}});
}

static Frame *mixed(void) {
  return HELP_FRAME(5, {"port", COL_CAT, {"x", NULL, "y", "y", "x"}}, {"word", COL_TEXT, {"b", "b", "a", NULL, "c"}},
                    {"paid", COL_BOOL, {NULL, "true", "false", "true", "false"}},
                    {"day", COL_DATE, {"2024-03-01", "2024-02-29", NULL, "2024-03-01", "2020-01-01"}},
                    {"n", COL_I64, {"4", "1", NULL, "4", "1"}});
}

static void assert_fills(const char *with, const char *age, const char *fare) {
  Step s = help_step("impute");
  set_text(&s, "with", with);
  Frame *x = numbers(), *z = fitted(&s, x);
  assert_columns(z, "age,fare,three");
  assert_cells(z, "age", age);
  assert_cells(z, "fare", fare);
  assert_cells(z, "three", "3,3,3,3,3,3");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(numbers_are_filled_as_scikit_learn_does) {
  assert_fills("median", "29,2,29,30,25,48", "7.5,7.5,7.5,1.25,7.5,100");
  assert_fills("mean", "29,2,26.8,30,25,48", "29.0625,7.5,7.5,1.25,29.0625,100");
  assert_fills("most_frequent", "29,2,2,30,25,48", "7.5,7.5,7.5,1.25,7.5,100");
}

TEST(titanic_ages_are_filled_as_scikit_learn_does) {
  static const struct {
    const char *with;
    double fill;
  } rows[] = {{"median", 28.0}, {"mean", 29.881134512434034}, {"most_frequent", 24.0}};
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, "datasets/titanic.csv", &opts, &d, NULL), OK);
  for (int k = 0; k < 3; k++) {
    Step s = help_step("impute");
    set_text(&s, "with", rows[k].with);
    Frame *z = fitted(&s, d);
    assert_int_equal(help_col(z, "age")->missing, 0);
    assert_near(col_f64(help_col(z, "age"), 15), rows[k].fill, 1e-14);
    assert_near(col_f64(help_col(z, "age"), 37), rows[k].fill, 1e-14);
    assert_near(col_f64(help_col(z, "age"), 2), 2, 0);
    frame_unref(z);
    help_fini(&s);
  }
  frame_unref(d);
}

TEST(other_types_take_the_most_frequent_value_and_ties_the_smaller_one) {
  Step s = help_step("impute");
  Frame *x = mixed(), *z = fitted(&s, x);
  assert_cells(z, "port", "x,x,y,y,x");
  assert_int_equal(help_col(z, "port")->type, COL_CAT);
  assert_cells(z, "word", "b,b,a,b,c");
  assert_int_equal(help_col(z, "word")->type, COL_TEXT);
  assert_cells(z, "paid", "false,true,false,true,false");
  assert_cells(z, "day", "2024-03-01,2024-02-29,2024-03-01,2024-03-01,2020-01-01");
  frame_unref(z);
  set_text(&s, "with", "most_frequent");
  z = fitted(&s, x);
  assert_cells(z, "n", "4,1,1,4,1");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

// A dictionary of numbers sorts 9 before 10; the tie is bytewise nevertheless, so that words of other rows in a shared
// dictionary, which decide its order, have no say.
TEST(ties_of_words_do_not_depend_on_the_dictionary) {
  Frame *x = HELP_FRAME(3, {"code", COL_CAT, {"9", "10", NULL}});
  Step s = help_step("impute");
  Frame *z = fitted(&s, x);
  assert_cells(z, "code", "9,10,10");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(an_int_column_with_a_fill_between_becomes_real_on_all_rows) {
  Frame *x = HELP_FRAME(3, {"n", COL_I64, {"1", "2", NULL}}), *later = HELP_FRAME(2, {"n", COL_I64, {"7", "8"}});
  Step s = help_step("impute");
  Frame *z = fitted(&s, x), *z2 = applied(&s, later);
  assert_cells(z, "n", "1,2,1.5");
  assert_int_equal(help_col(z2, "n")->type, COL_F64);
  assert_cells(z2, "n", "7,8");
  frame_unref(z2);
  frame_unref(z);
  frame_unref(later);
  frame_unref(x);
  help_fini(&s);
}

TEST(later_rows_take_the_values_of_training) {
  Frame *x = numbers();
  Frame *later = HELP_FRAME(2, {"extra", COL_TEXT, {"a", "b"}}, {"three", COL_F64, {NULL, "nan"}},
                            {"fare", COL_I64, {"5", NULL}}, {"age", COL_TEXT, {NULL, NULL}});
  Step s = help_step("impute");
  Frame *z = fitted(&s, x);
  frame_unref(z);
  z = applied(&s, later);
  assert_columns(z, "extra,three,fare,age");
  assert_cells(z, "extra", "a,b");
  assert_cells(z, "three", "3,3"); // had no missing value in training; NaN counts as missing
  assert_cells(z, "fare", "5,7.5");
  assert_cells(z, "age", "29,29"); // a file whose cells are all empty does not know their type
  assert_int_equal(help_col(z, "age")->type, COL_I64);
  frame_unref(z);
  frame_unref(later);
  frame_unref(x);
  help_fini(&s);
}

TEST(a_new_word_may_fill_a_category) {
  Frame *x = mixed(), *z;
  Step s = help_step("impute");
  set_text(&s, "with", "constant");
  set_text(&s, "value", "?");
  set_columns(&s, "@text");
  z = fitted(&s, x);
  assert_cells(z, "port", "x,?,y,y,x");
  assert_int_equal(help_col(z, "port")->type, COL_CAT);
  assert_cells(z, "word", "b,b,a,?,c");
  assert_cells(z, "n", "4,1,,4,1"); // not selected
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(a_constant_is_read_as_the_type_of_the_column) {
  static const struct {
    const char *column, *value, *want;
    ColType type;
  } rows[] = {
      {"n", "-1", "4,1,-1,4,1", COL_I64},
      {"n", "0.5", "4,1,0.5,4,1", COL_F64},
      {"paid", "true", "true,true,false,true,false", COL_BOOL},
      {"day", "1999-12-31", "2024-03-01,2024-02-29,1999-12-31,2024-03-01,2020-01-01", COL_DATE},
      {"word", "", "b,b,a,,c", COL_TEXT},
  };
  Frame *x = mixed();
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
    Step s = help_step("impute");
    set_text(&s, "with", "constant");
    set_text(&s, "value", rows[k].value);
    set_columns(&s, rows[k].column);
    Frame *z = fitted(&s, x);
    assert_cells(z, rows[k].column, rows[k].want);
    assert_int_equal(help_col(z, rows[k].column)->type, rows[k].type);
    assert_int_equal(help_col(z, rows[k].column)->missing, 0);
    frame_unref(z);
    help_fini(&s);
  }
  frame_unref(x);
}

TEST(indicators_stand_behind_columns_with_missing_values_in_training) {
  Frame *x = numbers(), *later = numbers();
  Step s = help_step("impute");
  set_bool(&s, "indicator", true);
  Frame *z = fitted(&s, x);
  assert_columns(z, "age,age_missing,fare,fare_missing,three");
  assert_cells(z, "age_missing", "0,0,1,0,0,0");
  assert_cells(z, "fare_missing", "1,0,0,0,1,0");
  assert_int_equal(help_col(z, "age_missing")->type, COL_I64);
  assert_int_equal(step_fit(&s, z), OK); // fitted on its own answer: nothing is missing, so nothing is added
  Frame *z2 = applied(&s, z);
  assert_same_frame(z, z2);
  frame_unref(z2);
  frame_unref(z);
  frame_unref(later);
  frame_unref(x);
  help_fini(&s);
}

TEST(what_cannot_be_filled_says_what_to_do) {
  Frame *x = HELP_FRAME(2, {"age", COL_I64, {"1", NULL}}, {"gone", COL_F64, {NULL, "nan"}}), *z;
  Step s = help_step("impute");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.impute: column 'gone' has no value in the training rows to fill in with: leave "
                                 "it out, d:drop{\"gone\"}");
  set_columns(&s, "ag");
  assert_int_equal(step_fit(&s, x), ERR_NAME);
  assert_string_equal(s.err.msg, "prep.impute: no column 'ag': did you mean 'age'?");
  set_columns(&s, "age");
  set_text(&s, "value", "3");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.impute: value=\"3\" is for with=\"constant\": give that too");
  set_text(&s, "with", "constant");
  set_text(&s, "value", "three");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.impute: value \"three\" does not fit column 'age', which is int: name the "
                                 "columns it is for, columns={...}");
  set_text(&s, "value", NULL);
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.impute: with=\"constant\" needs a value, such as value=\"0\"");
  set_text(&s, "value", "9");
  set_columns(&s, "gone"); // a constant needs nothing to learn from
  z = fitted(&s, x);
  assert_cells(z, "gone", "9,9");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(infinite_values_have_no_mean) {
  Frame *x = HELP_FRAME(3, {"v", COL_F64, {"1", "inf", NULL}});
  Step s = help_step("impute");
  set_text(&s, "with", "mean");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.impute: column 'v' has infinite values, so its mean is no number: leave those "
                                 "rows or the column out");
  frame_unref(x);
  help_fini(&s);
}

TEST(an_indicator_whose_name_is_taken_is_refused) {
  Frame *x = HELP_FRAME(2, {"a", COL_I64, {"1", NULL}}, {"a_missing", COL_I64, {"0", "1"}}), *z;
  Step s = help_step("impute");
  set_bool(&s, "indicator", true);
  assert_int_equal(step_fit(&s, x), OK);
  assert_int_equal(step_apply(&s, x, &z), ERR_NAME);
  assert_string_equal(s.err.msg, "prep.impute would make two columns 'a_missing': rename one before, d:rename{...}");
  frame_unref(x);
  help_fini(&s);
}

TEST(the_card_shows_each_fill) {
  Frame *x = mixed(), *card;
  Step s = help_step("impute");
  set_text(&s, "with", "mean");
  assert_int_equal(step_fit(&s, x), OK);
  card = card_of(&s);
  assert_columns(card, "column,type,missing,with,fill");
  assert_cells(card, "column", "port,word,paid,day,n");
  assert_cells(card, "type", "category,text,bool,date,real");
  assert_cells(card, "missing", "1,1,1,1,1");
  assert_cells(card, "with", "most_frequent,most_frequent,most_frequent,most_frequent,mean");
  assert_cells(card, "fill", "x,b,false,2024-03-01,2.5");
  frame_unref(card);
  frame_unref(x);
  help_fini(&s);
}

RUN(CASE(numbers_are_filled_as_scikit_learn_does), CASE(titanic_ages_are_filled_as_scikit_learn_does),
    CASE(other_types_take_the_most_frequent_value_and_ties_the_smaller_one),
    CASE(ties_of_words_do_not_depend_on_the_dictionary),
    CASE(an_int_column_with_a_fill_between_becomes_real_on_all_rows),
    CASE(later_rows_take_the_values_of_training), CASE(a_new_word_may_fill_a_category),
    CASE(a_constant_is_read_as_the_type_of_the_column),
    CASE(indicators_stand_behind_columns_with_missing_values_in_training), CASE(what_cannot_be_filled_says_what_to_do),
    CASE(infinite_values_have_no_mean), CASE(an_indicator_whose_name_is_taken_is_refused),
    CASE(the_card_shows_each_fill))
