// Verbs on frames. Expected values by hand; the orders are those of R 4.2.2's order() with decreasing keys negated.
#include "frame/verbs.h"
#include "unit/frame/make.h"

static Frame *people(void) {
  return make_frame("name:text age:int sex:category fare:real",
                    "Ann 30 F 7.25 Bob NA M 8 Cid 22 NA nan Dee 30 F NA Eva 41 F -1 Bob 22 M 8");
}

#define REFUSED(call, want_code, want_text)                                                                            \
  do {                                                                                                                 \
    Err err = {0};                                                                                                     \
    Frame *out;                                                                                                        \
    assert_int_equal(call, want_code);                                                                                 \
    assert_string_equal(err.msg, want_text);                                                                           \
  } while (0)

TEST(add_refuses_a_used_name_and_another_length) {
  Frame *f = people(), *g = make_frame("x:int", "1 2");
  Err err;
  assert_int_equal(frame_add(f, "age", column_ref(frame_at(f, 0)), &err), ERR_NAME);
  assert_string_equal(err.msg, "there is a column 'age' already");
  assert_int_equal(frame_add(f, "x", column_ref(frame_at(g, 0)), &err), ERR_SHAPE);
  assert_string_equal(err.msg, "column 'x' has 2 rows, the frame has 6");
  assert_int_equal(frame_ncol(f), 4);
  frame_unref(f);
  frame_unref(g);
}

TEST(select_keeps_the_written_order_and_shares_columns) {
  Frame *f = people(), *g;
  assert_int_equal(frame_select(f, NAMES("fare", "name"), &g, NULL), OK);
  assert_int_equal(frame_ncol(g), 2);
  assert_string_equal(frame_name(g, 0), "fare");
  assert_ptr_equal(frame_at(g, 1), frame_at(f, 0));
  frame_unref(g);
  REFUSED(frame_select(f, NAMES("age", "agee"), &out, &err), ERR_NAME, "no column 'agee': did you mean 'age'?");
  REFUSED(frame_select(f, NAMES("age", "age"), &out, &err), ERR_NAME, "column 'age' is named twice");
  frame_unref(f);
}

TEST(drop_leaves_the_others) {
  Frame *f = people(), *g;
  assert_int_equal(frame_drop(f, NAMES("age", "name"), &g, NULL), OK);
  assert_int_equal(frame_ncol(g), 2);
  assert_string_equal(frame_name(g, 0), "sex");
  frame_unref(g);
  REFUSED(frame_drop(f, NAMES("zzz"), &out, &err), ERR_NAME, "no column 'zzz': there are name, age, sex, fare");
  frame_unref(f);
}

TEST(rename_notices_swapped_names) {
  Frame *f = people(), *g;
  assert_int_equal(frame_rename(f, NAMES("age", "sex"), NAMES("sex", "age"), &g, NULL), OK);
  assert_string_equal(frame_name(g, 1), "sex");
  assert_string_equal(frame_name(g, 2), "age");
  frame_unref(g);
  REFUSED(frame_rename(f, NAMES("years"), NAMES("age"), &out, &err), ERR_NAME,
          "no column 'years', but there is 'age': write rename{years=\"age\"} (new name = old name)");
  REFUSED(frame_rename(f, NAMES("agee"), NAMES("years"), &out, &err), ERR_NAME,
        "no column 'agee': did you mean 'age'?");
  REFUSED(frame_rename(f, NAMES("age"), NAMES("sex"), &out, &err), ERR_NAME, "there is a column 'sex' already");
  frame_unref(f);
}

TEST(slice_stays_inside_the_frame) {
  Frame *f = people(), *g;
  assert_int_equal(frame_slice(NULL, f, 4, 10, &g, NULL), OK);
  assert_string_equal(shown_at(g, "name"), "Eva Bob");
  frame_unref(g);
  assert_int_equal(frame_slice(NULL, f, 9, 2, &g, NULL), OK);
  assert_int_equal(frame_nrow(g), 0);
  frame_unref(g);
  frame_unref(f);
}

static const char *sorted(const Names *keys, const char *show) {
  static char buf[256];
  Frame *f = people(), *g;
  assert_int_equal(frame_sort(NULL, f, keys, &g, NULL), OK);
  snprintf(buf, sizeof buf, "%s", shown_at(g, show));
  frame_unref(g);
  frame_unref(f);
  return buf;
}

TEST(sort_is_stable_with_missing_last_either_way) {
  assert_string_equal(sorted(NAMES("age"), "name"), "Cid Bob Ann Dee Eva Bob");
  assert_string_equal(sorted(NAMES("-age"), "name"), "Eva Ann Dee Cid Bob Bob");
  assert_string_equal(sorted(NAMES("sex", "-age"), "name"), "Eva Ann Dee Bob Bob Cid");
  assert_string_equal(sorted(NAMES("-sex", "age"), "name"), "Bob Bob Ann Dee Eva Cid");
  assert_string_equal(sorted(NAMES("-name", "age"), "name"), "Eva Dee Cid Bob Bob Ann");
  assert_string_equal(sorted(NAMES("-name", "age"), "age"), "41 30 22 22 NA 30");
}

TEST(nan_sorts_behind_the_numbers_either_way) {
  assert_string_equal(sorted(NAMES("fare"), "fare"), "-1 7.25 8 8 nan NA");
  assert_string_equal(sorted(NAMES("-fare"), "fare"), "8 8 7.25 -1 nan NA");
}

TEST(sort_by_an_unknown_column_names_the_nearest) {
  Frame *f = people();
  REFUSED(frame_sort(NULL, f, NAMES("-agee"), &out, &err), ERR_NAME, "no column 'agee': did you mean 'age'?");
  frame_unref(f);
}

TEST(sort_of_text_that_is_numbers_goes_by_value) {
  Frame *f = make_frame("t:text", "10 9 NA 100 9"), *g;
  assert_int_equal(frame_sort(NULL, f, NAMES("t"), &g, NULL), OK);
  assert_string_equal(shown_at(g, "t"), "9 9 10 100 NA");
  frame_unref(g);
  frame_unref(f);
}

TEST(count_puts_the_most_frequent_first_and_ties_in_key_order) {
  Frame *f = people(), *g;
  assert_int_equal(frame_count(NULL, f, NAMES("sex"), &g, NULL), OK);
  assert_string_equal(shown_at(g, "sex"), "F M NA");
  assert_string_equal(shown_at(g, "n"), "3 2 1");
  frame_unref(g);
  assert_int_equal(frame_count(NULL, f, NAMES("age", "sex"), &g, NULL), OK);
  assert_string_equal(shown_at(g, "age"), "30 22 22 41 NA");
  assert_string_equal(shown_at(g, "sex"), "F M NA F M");
  assert_string_equal(shown_at(g, "n"), "2 1 1 1 1");
  frame_unref(g);
  frame_unref(f);
}

TEST(count_by_a_column_named_n_gives_its_counts_another_name) {
  Frame *f = make_frame("n:int", "1 1 2"), *g;
  assert_int_equal(frame_count(NULL, f, NAMES("n"), &g, NULL), OK);
  assert_string_equal(shown_at(g, "n_rows"), "2 1");
  frame_unref(g);
  frame_unref(f);
}

TEST(unique_keeps_first_rows_in_order) {
  Frame *f = people(), *g;
  assert_int_equal(frame_unique(NULL, f, NAMES("sex"), &g, NULL), OK);
  assert_string_equal(shown_at(g, "name"), "Ann Bob Cid");
  frame_unref(g);
  Names none = {0};
  assert_int_equal(frame_unique(NULL, f, &none, &g, NULL), OK);
  assert_int_equal(frame_nrow(g), 6);
  frame_unref(g);
  frame_unref(f);
}

TEST(groups_are_numbered_by_first_appearance_and_missing_is_one) {
  Frame *f = make_frame("x:real k:category", "0 a -0.0 a NA b nan NA NA b 0 NA");
  int col[] = {0, 1};
  int64_t group[6], n;
  assert_int_equal(frame_groups(NULL, f, col, 1, group, &n, NULL), OK);
  const int64_t one[] = {0, 0, 1, 2, 1, 0}, two[] = {0, 0, 1, 2, 1, 3};
  assert_memory_equal(group, one, sizeof one);
  assert_int_equal(n, 3);
  assert_int_equal(frame_groups(NULL, f, col, 2, group, &n, NULL), OK);
  assert_memory_equal(group, two, sizeof two);
  assert_int_equal(n, 4);
  frame_unref(f);
}

TEST(all_nans_are_one_group_and_one_hash) {
  Frame *f = make_frame("x:real", "nan nan"), *g = make_frame("x:real", "nan nan");
  frame_at(f, 0)->f[1] = -NAN;
  int col = 0;
  int64_t group[2], n;
  assert_int_equal(frame_groups(NULL, f, &col, 1, group, &n, NULL), OK);
  assert_int_equal(n, 1);
  char a[65], b[65];
  frame_hash(f, a);
  frame_hash(g, b);
  assert_string_equal(a, b);
  frame_unref(f);
  frame_unref(g);
}

TEST(sample_draws_each_row_once_and_depends_on_the_seed_alone) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, 1000, NULL, &c, NULL), OK);
  for (int i = 0; i < 1000; i++) c->i[i] = i;
  Frame *f = frame_new(1000), *a, *b, *d;
  assert_int_equal(frame_add(f, "i", c, NULL), OK);
  assert_int_equal(frame_sample(NULL, f, 300, 7, &a, NULL), OK);
  assert_int_equal(frame_sample(NULL, f, 300, 7, &b, NULL), OK);
  assert_int_equal(frame_sample(NULL, f, 300, 8, &d, NULL), OK);
  const int64_t *x = frame_at(a, 0)->i;
  for (int i = 1; i < 300; i++) assert_true(x[i - 1] < x[i]);
  assert_memory_equal(x, frame_at(b, 0)->i, 300 * sizeof *x);
  assert_memory_not_equal(x, frame_at(d, 0)->i, 300 * sizeof *x);
  frame_unref(a);
  frame_unref(b);
  frame_unref(d);
  assert_int_equal(frame_sample(NULL, f, 1000, 7, &a, NULL), OK);
  assert_memory_equal(frame_at(a, 0)->i, c->i, 1000 * sizeof *x);
  frame_unref(a);
  REFUSED(frame_sample(NULL, f, 1001, 7, &out, &err), ERR_ARG, "sample: 1001 rows were asked, the frame has 1000");
  REFUSED(frame_sample(NULL, f, -1, 7, &out, &err), ERR_ARG, "sample: -1 rows were asked, the frame has 1000");
  frame_unref(f);
}

// A frame keeps its hash; this one is of a new frame with the same columns.
static void hash_anew(const Frame *f, char hex[65]) {
  Frame *same;
  assert_int_equal(frame_slice(NULL, f, 0, frame_nrow(f), &same, NULL), OK);
  frame_hash(same, hex);
  frame_unref(same);
}

TEST(hash_sees_names_types_and_values_but_no_filler_and_nothing_volatile) {
  Frame *f = people(), *g = people(), *h;
  char a[65], b[65];
  hash_anew(f, a);
  hash_anew(g, b);
  assert_string_equal(a, b);
  frame_at(g, 1)->i[1] = 12345; // under a missing row
  hash_anew(g, b);
  assert_string_equal(a, b);
  frame_at(g, 1)->i[0] = 31;
  hash_anew(g, b);
  assert_string_not_equal(a, b);
  ((Column *)(uintptr_t)frame_at(g, 1))->volatile_ = true;
  assert_int_equal(frame_drop(f, NAMES("age"), &h, NULL), OK);
  hash_anew(g, a);
  hash_anew(h, b);
  assert_string_equal(a, b);
  frame_unref(f);
  frame_unref(g);
  frame_unref(h);
}

TEST(cancel_stops_a_verb) {
  Frame *f = people();
  Job job = {0};
  atomic_store(&job.cancel, true);
  REFUSED(frame_slice(&job, f, 0, 2, &out, &err), ERR_CANCELLED, "stopped");
  REFUSED(frame_count(&job, f, NAMES("sex"), &out, &err), ERR_CANCELLED, "stopped");
  frame_unref(f);
}

RUN(CASE(add_refuses_a_used_name_and_another_length), CASE(select_keeps_the_written_order_and_shares_columns),
    CASE(drop_leaves_the_others), CASE(rename_notices_swapped_names), CASE(slice_stays_inside_the_frame),
    CASE(sort_is_stable_with_missing_last_either_way), CASE(nan_sorts_behind_the_numbers_either_way),
    CASE(sort_by_an_unknown_column_names_the_nearest), CASE(sort_of_text_that_is_numbers_goes_by_value),
    CASE(count_puts_the_most_frequent_first_and_ties_in_key_order),
    CASE(count_by_a_column_named_n_gives_its_counts_another_name), CASE(unique_keeps_first_rows_in_order),
    CASE(groups_are_numbered_by_first_appearance_and_missing_is_one), CASE(all_nans_are_one_group_and_one_hash),
    CASE(sample_draws_each_row_once_and_depends_on_the_seed_alone),
    CASE(hash_sees_names_types_and_values_but_no_filler_and_nothing_volatile), CASE(cancel_stops_a_verb))
