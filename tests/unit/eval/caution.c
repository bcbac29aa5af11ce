// What is said of a split that flatters. Counts and correlations are worked by hand; Spearman's correlation of 1 .. 10
// with 2 1 4 3 6 5 8 7 10 9 is 1 - 6 * 10 / 990 = 0.939.
#include "unit/prep/prep_help.h"

#include "eval/eval.h"
#include "eval/folds.h"

typedef struct Ask {
  const char *target;
  int32_t held;
  bool random;
} Ask;

static void said(const Frame *d, const int32_t *part, Ask a, const char *want) {
  CautionIn in = {.d = d, .target = a.target, .part = part, .held = a.held, .random = a.random};
  Str got = {0};
  assert_int_equal(eval_cautions(NULL, &in, &got, NULL), OK);
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

static const int32_t LAST_HELD[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1};

TEST(rows_of_the_test_part_that_are_in_another_are_counted) {
  Frame *d = HELP_FRAME(12, {"x", COL_F64, {"1", "2", "3", "4", "5", "6", "7", "8", NULL, "1", "9", NULL}},
                        {"g", COL_CAT, {"a", "a", "a", "a", "a", "a", "b", "b", "b", "a", "a", "b"}});
  said(d, LAST_HELD, (Ask){.held = 1},
       "! 2 of 3 test rows are also in another part, cell for cell: scores flatter; keep one of each first, "
       "d = d:unique()\n");
  said(d, LAST_HELD, (Ask){.held = -1},
       "! 4 of 12 rows have a copy in another fold: scores flatter; keep one of each first, d = d:unique()\n");
  frame_unref(d);
}

TEST(copies_inside_a_part_are_no_leak) {
  Frame *d = HELP_FRAME(12, {"x", COL_F64, {"1", "1", "3", "4", "5", "6", "7", "8", "9", "10", "11", "11"}});
  said(d, LAST_HELD, (Ask){.held = 1}, "");
  frame_unref(d);
}

TEST(combinations_of_few_values_are_no_copies) {
  Frame *d = HELP_FRAME(12, {"x", COL_I64, {"1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2"}});
  said(d, LAST_HELD, (Ask){.held = 1}, "");
  frame_unref(d);
}

#define DAYS                                                                                                           \
  {"2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-06",                                 \
   "2024-01-07", "2024-01-08", "2024-01-09", "2024-01-10", "2024-01-11", "2024-01-12"}

TEST(rows_in_order_of_a_date_are_told_where_rows_were_drawn) {
  Frame *d = HELP_FRAME(12, {"day", COL_DATE, DAYS});
  said(d, LAST_HELD, (Ask){.held = 1, .random = true},
       "! rows are in order of 'day': a random split learns from the future; time=\"day\" does not\n");
  said(d, LAST_HELD, (Ask){.held = 1}, "");
  frame_unref(d);
}

TEST(a_target_that_goes_along_with_the_rows_is_told) {
  Frame *d = HELP_FRAME(10, {"y", COL_F64, {"2", "1", "4", "3", "6", "5", "8", "7", "10", "9"}},
                        {"z", COL_F64, {"9", "10", "7", "8", "5", "6", "3", "4", "1", "2"}},
                        {"w", COL_F64, {"1", "9", "2", "8", "3", "7", "4", "6", "5", "0"}});
  Ask ask = {.target = "y", .held = 1, .random = true};
  said(d, LAST_HELD, ask,
       "! 'y' rises along the rows (Spearman 0.94): if their order is time, a random split learns from the future; "
       "time= names its column\n");
  ask.target = "z";
  said(d, LAST_HELD, ask,
       "! 'z' falls along the rows (Spearman -0.94): if their order is time, a random split learns from the future; "
       "time= names its column\n");
  ask.target = "w";
  said(d, LAST_HELD, ask, "");
  frame_unref(d);
}

TEST(rows_sorted_by_class_are_not_in_order_of_time) {
  Frame *d = HELP_FRAME(12, {"y", COL_CAT, {"a", "a", "a", "a", "a", "a", "b", "b", "b", "b", "b", "b"}},
                        {"z", COL_CAT, {"a", "a", "a", "a", "b", "a", "b", "a", "b", "b", "b", "b"}},
                        {"id", COL_I64, {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}});
  Ask ask = {.target = "y", .held = 1, .random = true};
  said(d, LAST_HELD, ask, "");
  ask.target = "z";
  CautionIn in = {.d = d, .target = "z", .part = LAST_HELD, .held = 1, .random = true};
  Str got = {0};
  assert_int_equal(eval_cautions(NULL, &in, &got, NULL), OK);
  assert_has(str_c(&got), "'z' rises along the rows");
  str_fini(&got);
  frame_unref(d);
}

TEST(a_split_says_it_in_the_caption_of_its_test_part) {
  Frame *d = HELP_FRAME(12, {"day", COL_DATE, DAYS}), *train, *test, *valid;
  SplitOpts opts = {.test = 0.25, .seed = 1};
  assert_int_equal(eval_split(NULL, d, &opts, &train, &test, &valid, NULL), OK);
  assert_string_equal(frame_caption(train), "train: 9 of 12 rows (75%)");
  assert_string_equal(frame_caption(test), "test: 3 of 12 rows (25%)\n! rows are in order of 'day': a random split "
                                           "learns from the future; time=\"day\" does not");
  frame_unref(train);
  frame_unref(test);
  opts.time = "day";
  assert_int_equal(eval_split(NULL, d, &opts, &train, &test, &valid, NULL), OK);
  assert_string_equal(frame_caption(test), "test: 3 of 12 rows (25%)");
  frame_unref(train);
  frame_unref(test);
  frame_unref(d);
}

TEST(the_part_of_each_row_is_a_column) {
  Frame *d = HELP_FRAME(12, {"day", COL_DATE, DAYS}, {"part", COL_I64, {"1", "2"}}), *f;
  SplitOpts opts = {.test = 0.25, .valid = 0.25, .time = "day"};
  assert_int_equal(eval_split_parts(NULL, d, &opts, "part", &f, NULL), OK);
  assert_columns(f, "day,part");
  assert_cells(f, "part", "train,train,train,train,train,train,valid,valid,valid,test,test,test");
  assert_string_equal(frame_caption(f),
                      "train: 6 of 12 rows (50%); test: 3 of 12 rows (25%); valid: 3 of 12 rows (25%)");
  frame_unref(f);
  frame_unref(d);
}

RUN(CASE(rows_of_the_test_part_that_are_in_another_are_counted), CASE(copies_inside_a_part_are_no_leak),
    CASE(combinations_of_few_values_are_no_copies), CASE(rows_in_order_of_a_date_are_told_where_rows_were_drawn),
    CASE(a_target_that_goes_along_with_the_rows_is_told), CASE(rows_sorted_by_class_are_not_in_order_of_time),
    CASE(a_split_says_it_in_the_caption_of_its_test_part), CASE(the_part_of_each_row_is_a_column))
