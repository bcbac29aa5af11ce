// Columns and their values against OneHotEncoder of scikit-learn 1.2.1, which calls the column of rare levels
// w_infrequent_sklearn: plain, drop="first", drop="if_binary", min_frequency, handle_unknown="ignore".
#include "frame/verbs.h"
#include "unit/prep/prep_help.h"

static Frame *words(ColType type) {
  return HELP_FRAME(7, {"u", COL_I64, {"1", "2", "3", "4", "5", "6", "7"}},
                    {"w", type, {"b", "a", "c", "a", "b", "\xC3\xA9", "a"}},
                    {"v", COL_I64, {"7", "6", "5", "4", "3", "2", "1"}});
}

TEST(each_level_becomes_a_column_in_place) {
  static const ColType types[] = {COL_CAT, COL_TEXT};
  for (int k = 0; k < 2; k++) {
    Frame *x = words(types[k]);
    Step s = help_step("onehot");
    Frame *z = fitted(&s, x);
    assert_columns(z, "u,w_a,w_b,w_c,w_\xC3\xA9,v");
    assert_cells(z, "u", "1,2,3,4,5,6,7");
    assert_cells(z, "w_a", "false,true,false,true,false,false,true");
    assert_cells(z, "w_b", "true,false,false,false,true,false,false");
    assert_cells(z, "w_c", "false,false,true,false,false,false,false");
    assert_cells(z, "w_\xC3\xA9", "false,false,false,false,false,true,false");
    assert_int_equal(help_col(z, "w_a")->type, COL_BOOL);
    frame_unref(z);
    frame_unref(x);
    help_fini(&s);
  }
}

static void assert_encoded(const char *drop, int64_t min_frequency, const char *columns, const char *last) {
  Frame *x = words(COL_CAT);
  Step s = help_step("onehot");
  set_text(&s, "drop", drop);
  set_int(&s, "min_frequency", min_frequency);
  Frame *z = fitted(&s, x);
  assert_columns(z, columns);
  int j = frame_ncol(z) - 2;
  if (last) assert_cells(z, frame_name(z, j), last);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(first_levels_are_dropped_and_rare_ones_put_together) {
  assert_encoded("first", 1, "u,w_b,w_c,w_\xC3\xA9,v",
                 "false,false,false,false,false,true,false");
  assert_encoded("binary", 1, "u,w_a,w_b,w_c,w_\xC3\xA9,v",
                 "false,false,false,false,false,true,false");
  assert_encoded("none", 2, "u,w_a,w_b,w_other,v", "false,false,true,false,false,true,false");
  assert_encoded("first", 2, "u,w_b,w_other,v", "false,false,true,false,false,true,false");
  assert_encoded("binary", 3, "u,w_other,v", "true,false,true,false,true,true,false");
  assert_encoded("none", 9, "u,w_other,v", "true,true,true,true,true,true,true");
  assert_encoded("first", 9, "u,v", NULL);
}

TEST(levels_that_are_numbers_stand_by_value_and_numbers_can_be_encoded) {
  Frame *x = HELP_FRAME(3, {"class", COL_I64, {"10", "9", "10"}}, {"zip", COL_CAT, {"10", "9", "100"}});
  Step s = help_step("onehot");
  Frame *z = fitted(&s, x);
  assert_columns(z, "class,zip_9,zip_10,zip_100");
  frame_unref(z);
  set_columns(&s, "class");
  z = fitted(&s, x);
  assert_columns(z, "class_9,class_10,zip");
  assert_cells(z, "class_10", "true,false,true");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(levels_are_those_of_the_training_rows) {
  Frame *all = words(COL_CAT), *x, *z;
  assert_int_equal(frame_slice(NULL, all, 1, 3, &x, NULL), OK); // a, c, a; the dictionary still knows all
  Step s = help_step("onehot");
  z = fitted(&s, x);
  assert_columns(z, "u,w_a,w_c,v");
  frame_unref(z);
  z = applied(&s, all);
  assert_columns(z, "u,w_a,w_c,v");
  assert_cells(z, "w_a", "false,true,false,true,false,false,true");
  assert_cells(z, "w_c", "false,false,true,false,false,false,false"); // b and é are unknown: zeros, as handle_unknown="ignore"
  frame_unref(z);
  set_text(&s, "unknown", "error");
  assert_int_equal(step_apply(&s, all, &z), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.onehot: column 'w' has level 'b' (first in row 1), which the training rows did "
                                 "not have: unknown=\"zero\" would give it zeros");
  frame_unref(x);
  frame_unref(all);
  help_fini(&s);
}

TEST(missing_values_are_refused_unless_they_are_asked_for) {
  Frame *x = HELP_FRAME(3, {"g", COL_CAT, {"u", NULL, NULL}}), *full = HELP_FRAME(2, {"g", COL_CAT, {"v", "u"}}), *z;
  Step s = help_step("onehot");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.onehot: column 'g' has 2 missing values (first in row 2): put prep.impute{} "
                                 "before prep.onehot, or give missing=true");
  assert_int_equal(step_fit(&s, full), OK);
  assert_int_equal(step_apply(&s, x, &z), ERR_ARG);
  assert_has(s.err.msg, "column 'g' has 2 missing values (first in row 2)");
  set_bool(&s, "missing", true);
  z = fitted(&s, x);
  assert_columns(z, "g_u,g_missing");
  assert_cells(z, "g_u", "true,false,false");
  assert_cells(z, "g_missing", "false,true,true");
  frame_unref(z);
  z = applied(&s, full);
  assert_cells(z, "g_missing", "false,false");
  frame_unref(z);
  frame_unref(full);
  frame_unref(x);
  help_fini(&s);
}

TEST(a_column_without_values_gives_its_indicator_alone) {
  Frame *x = HELP_FRAME(2, {"g", COL_TEXT, {NULL, NULL}}, {"a", COL_I64, {"1", "2"}});
  Step s = help_step("onehot");
  set_bool(&s, "missing", true);
  set_text(&s, "drop", "first");
  Frame *z = fitted(&s, x);
  assert_columns(z, "g_missing,a");
  assert_cells(z, "g_missing", "true,true");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(too_many_levels_are_refused_with_the_count) {
  Frame *x = words(COL_TEXT);
  Step s = help_step("onehot");
  set_int(&s, "max_levels", 3);
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.onehot: column 'w' would give 4 columns, max_levels is 3: leave it out, "
                                 "d:drop{\"w\"}, or raise min_frequency or max_levels");
  set_int(&s, "min_frequency", 2);
  assert_int_equal(step_fit(&s, x), OK);
  frame_unref(x);
  help_fini(&s);
}

TEST(two_columns_of_one_name_are_refused) {
  Frame *x = HELP_FRAME(2, {"a", COL_CAT, {"b_c", "d"}}, {"a_b", COL_CAT, {"c", "c"}}), *z;
  Step s = help_step("onehot");
  assert_int_equal(step_fit(&s, x), OK);
  assert_int_equal(step_apply(&s, x, &z), ERR_NAME);
  assert_string_equal(s.err.msg, "prep.onehot would make two columns 'a_b_c': rename one before, d:rename{...}");
  frame_unref(x);
  help_fini(&s);
}

TEST(a_nul_byte_in_a_level_is_refused) {
  TextBuilder b;
  Column *c;
  textb_init(&b, NULL);
  assert_int_equal(textb_add(&b, (Sv){"a\0b", 3}, NULL), OK);
  assert_int_equal(textb_take(&b, &c, NULL), OK);
  Frame *x = frame_new(1);
  assert_int_equal(frame_add(x, "w", c, NULL), OK);
  Step s = help_step("onehot");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_string_equal(s.err.msg, "prep.onehot: column 'w' has a NUL byte in the value 'a': mend it first");
  frame_unref(x);
  help_fini(&s);
}

TEST(the_card_lists_each_level) {
  Frame *x = words(COL_CAT), *card;
  Step s = help_step("onehot");
  set_text(&s, "drop", "first");
  set_int(&s, "min_frequency", 2);
  assert_int_equal(step_fit(&s, x), OK);
  card = card_of(&s);
  assert_columns(card, "column,level,n,feature");
  assert_cells(card, "column", "w,w,w,w");
  assert_cells(card, "level", "a,b,c,\xC3\xA9");
  assert_cells(card, "n", "3,2,1,1");
  assert_cells(card, "feature", ",w_b,w_other,w_other");
  frame_unref(card);
  frame_unref(x);
  help_fini(&s);
}

RUN(CASE(each_level_becomes_a_column_in_place), CASE(first_levels_are_dropped_and_rare_ones_put_together),
    CASE(levels_that_are_numbers_stand_by_value_and_numbers_can_be_encoded),
    CASE(levels_are_those_of_the_training_rows), CASE(missing_values_are_refused_unless_they_are_asked_for),
    CASE(a_column_without_values_gives_its_indicator_alone), CASE(too_many_levels_are_refused_with_the_count),
    CASE(two_columns_of_one_name_are_refused), CASE(a_nul_byte_in_a_level_is_refused), CASE(the_card_lists_each_level))
