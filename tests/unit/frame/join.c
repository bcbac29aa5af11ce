// Joins. Rows and values from pandas 1.5.3 merge(how=, suffixes=("", "_right")), rows put into the documented order;
// what a nan, a whole real and a missing key match from R 4.2.2 merge() and by hand (missing keys: as SQL, not as
// pandas, R's merge or data.table 1.14.8, where they match each other).
#include "frame/shape.h"
#include "unit/frame/make.h"

#include <stdatomic.h>

static Frame *left(void) {
  return make_frame("id:int city:text x:real", "3 Bonn 1.5 1 Rome 2.5 2 Oslo 3.5 1 Bern 4.5 5 Lima 5.5");
}
static Frame *right(void) {
  return make_frame("id:int x:int who:category", "1 10 Ann 2 20 Bob 4 40 Dee 1 11 Eva 3 30 Cid");
}

static Frame *joined(Frame *l, Frame *r, const Names *a, const Names *b, JoinHow how) {
  JoinOpts o = {*a, *b, (int)how, JOIN_MANY_MANY, "_right"};
  Err err = {0};
  Frame *out = NULL;
  if (frame_join(NULL, l, r, &o, &out, &err) != OK) fail_msg("%s", err.msg);
  frame_unref(l);
  frame_unref(r);
  return out;
}

static Frame *on_id(JoinHow how) { return joined(left(), right(), NAMES("id"), NAMES("id"), how); }

#define HAS(f, name, cells) assert_string_equal(shown_at(f, name), cells)

TEST(inner_gives_each_pair_in_left_then_right_order) {
  Frame *f = on_id(JOIN_INNER);
  assert_int_equal(frame_ncol(f), 5);
  HAS(f, "id", "3 1 1 2 1 1");
  HAS(f, "city", "Bonn Rome Rome Oslo Bern Bern");
  HAS(f, "x", "1.5 2.5 2.5 3.5 4.5 4.5");
  HAS(f, "x_right", "30 10 11 20 10 11");
  HAS(f, "who", "Cid Ann Eva Bob Ann Eva");
  assert_string_equal(frame_caption(f),
                      "5 left rows, 4 matched (2 of them more than one right row), 1 without a match");
  frame_unref(f);
}

TEST(left_keeps_rows_without_a_match) {
  Frame *f = on_id(JOIN_LEFT);
  HAS(f, "id", "3 1 1 2 1 1 5");
  HAS(f, "x_right", "30 10 11 20 10 11 NA");
  HAS(f, "who", "Cid Ann Eva Bob Ann Eva NA");
  frame_unref(f);
}

TEST(full_and_right_end_with_right_rows_without_a_match) {
  Frame *f = on_id(JOIN_FULL);
  HAS(f, "id", "3 1 1 2 1 1 5 4");
  HAS(f, "city", "Bonn Rome Rome Oslo Bern Bern Lima NA");
  HAS(f, "x_right", "30 10 11 20 10 11 NA 40");
  assert_string_equal(frame_caption(f), "5 left rows, 4 matched (2 of them more than one right row), 1 without a "
                                        "match; 1 right row without a match");
  frame_unref(f);
  f = on_id(JOIN_RIGHT);
  HAS(f, "id", "3 1 1 2 1 1 4");
  HAS(f, "x", "1.5 2.5 2.5 3.5 4.5 4.5 NA");
  HAS(f, "who", "Cid Ann Eva Bob Ann Eva Dee");
  frame_unref(f);
}

TEST(semi_and_anti_choose_left_rows) {
  Frame *f = on_id(JOIN_SEMI);
  assert_int_equal(frame_ncol(f), 3);
  HAS(f, "city", "Bonn Rome Oslo Bern");
  assert_string_equal(frame_caption(f), "5 left rows, 4 matched, 1 without a match");
  frame_unref(f);
  f = on_id(JOIN_ANTI);
  HAS(f, "city", "Lima");
  frame_unref(f);
}

TEST(several_keys_may_have_other_names_on_the_right) {
  Frame *f = joined(make_frame("y:int m:category a:int", "2001 jan 1 2001 feb 2 2002 jan 3 2003 mar 4"),
                    make_frame("year:int month:text b:int", "2001 feb 7 2002 jan 8 2001 feb 9 2003 apr 10"),
                    NAMES("y", "m"), NAMES("year", "month"), JOIN_LEFT);
  assert_int_equal(frame_ncol(f), 4);
  HAS(f, "a", "1 2 2 3 4");
  HAS(f, "b", "NA 7 9 8 NA");
  frame_unref(f);
}

TEST(missing_keys_match_nothing) {
  Frame *f = joined(make_frame("k:category a:int", "x 1 NA 2 y 3"), make_frame("k:category b:int", "NA 1 x 2 NA 3"),
                    NAMES("k"), NAMES("k"), JOIN_FULL);
  HAS(f, "k", "x NA y NA NA");
  HAS(f, "b", "2 NA NA 1 3");
  frame_unref(f);
}

TEST(an_int_matches_the_real_of_its_value) {
  Frame *f = joined(make_frame("k:int a:int", "1 1 2 2 3 3 9007199254740993 4"),
                    make_frame("k:real b:int", "1 1 2.5 2 3 3 9007199254740992 4 nan 5 inf 6"), NAMES("k"), NAMES("k"),
                    JOIN_LEFT);
  HAS(f, "b", "1 NA 3 NA");
  assert_string_equal(COLTYPES[frame_at(f, 0)->type].name, "int");
  frame_unref(f);
  f = joined(make_frame("k:real a:int", "2.5 1 3 2"), make_frame("k:int b:int", "3 1 4 2"), NAMES("k"), NAMES("k"),
             JOIN_FULL);
  HAS(f, "k", "2.5 3 4");
  HAS(f, "b", "NA 1 2");
  frame_unref(f);
  f = joined(make_frame("k:int a:int", "3 1"), make_frame("k:real b:int", "3 1"), NAMES("k"), NAMES("k"), JOIN_FULL);
  assert_string_equal(COLTYPES[frame_at(f, 0)->type].name, "real"); // whatever the rows are
  frame_unref(f);
}

TEST(nan_matches_nan_and_zero_minus_zero) {
  Frame *f = joined(make_frame("k:real", "0 nan 1"), make_frame("k:real b:int", "-0 1 nan 2 2 3"), NAMES("k"),
                    NAMES("k"), JOIN_INNER);
  HAS(f, "k", "0 nan");
  HAS(f, "b", "1 2");
  frame_unref(f);
}

TEST(dates_times_and_conditions_are_keys) {
  Frame *f = joined(make_frame("d:date t:time c:bool", "2020-01-01 2020-01-01_10:00 true 2020-01-02 2020-01-01_10:00 "
                                                       "false"),
                    make_frame("d:date t:time c:bool n:int",
                               "2020-01-02 2020-01-01_10:00 false 1 2020-01-01 2020-01-01_10:00 false 2"),
                    NAMES("d", "t", "c"), NAMES("d", "t", "c"), JOIN_LEFT);
  HAS(f, "n", "NA 1");
  frame_unref(f);
}

TEST(keys_wider_than_64_bits_together_stay_exact) {
  const char *a = "-9223372036854775808 1e300 1 9223372036854775807 -1e300 2 0 0.5 3 9223372036854775807 1e300 4";
  Frame *f = joined(make_frame("i:int r:real a:int", a), make_frame("i:int r:real b:int", a), NAMES("i", "r"),
                    NAMES("i", "r"), JOIN_INNER);
  HAS(f, "b", "1 2 3 4");
  frame_unref(f);
  f = joined(make_frame("i:int r:real a:int", a), make_frame("i:int r:real b:int", a), NAMES("i", "r", "a"),
             NAMES("i", "r", "b"), JOIN_LEFT);
  HAS(f, "a", "1 2 3 4");
  frame_unref(f);
}

TEST(a_left_join_with_single_right_rows_shares_the_left_columns) {
  Frame *l = left(), *r = make_frame("id:int w:int", "1 7 2 8"), *f;
  JoinOpts o = {*NAMES("id"), *NAMES("id"), JOIN_LEFT, JOIN_MANY_ONE, "_right"};
  assert_int_equal(frame_join(NULL, l, r, &o, &f, NULL), OK);
  for (int j = 0; j < 3; j++) assert_ptr_equal(frame_at(f, j), frame_at(l, j));
  HAS(f, "w", "NA 7 8 7 NA");
  frame_unref(f);
  frame_unref(l);
  frame_unref(r);
}

TEST(a_name_that_is_taken_gets_the_suffix_until_it_is_free) {
  Frame *f = joined(make_frame("k:int x:int x_right:int", "1 2 3"), make_frame("k:int x:int", "1 4"), NAMES("k"),
                    NAMES("k"), JOIN_INNER);
  HAS(f, "x_right_right", "4");
  frame_unref(f);
}

TEST(empty_frames_join) {
  Frame *f = joined(left(), make_frame("id:int w:int", ""), NAMES("id"), NAMES("id"), JOIN_LEFT);
  HAS(f, "w", "NA NA NA NA NA");
  frame_unref(f);
  f = joined(make_frame("id:int w:int", ""), right(), NAMES("id"), NAMES("id"), JOIN_FULL);
  HAS(f, "id", "1 2 4 1 3");
  frame_unref(f);
  f = joined(make_frame("id:int w:text", ""), make_frame("w:category id:int", ""), NAMES("w"), NAMES("w"), JOIN_FULL);
  assert_int_equal(frame_nrow(f), 0);
  frame_unref(f);
}

#define REFUSED(l, r, opts, want_code, want_text)                                                                      \
  do {                                                                                                                 \
    Frame *l_ = l, *r_ = r, *out_;                                                                                     \
    Err err_ = {0};                                                                                                    \
    assert_int_equal(frame_join(NULL, l_, r_, opts, &out_, &err_), want_code);                                         \
    assert_string_equal(err_.msg, want_text);                                                                          \
    frame_unref(l_);                                                                                                   \
    frame_unref(r_);                                                                                                   \
  } while (0)
#define OPTS(a, b, expect)                                                                                             \
  &(JoinOpts) { *NAMES(a), *NAMES(b), JOIN_LEFT, expect, "_right" }

TEST(expect_names_the_first_key_that_repeats) {
  REFUSED(left(), right(), OPTS("id", "id", JOIN_MANY_ONE), ERR_ARG,
          "join: expect=\"m:1\" does not hold: id=1 stands in rows 1 and 4 of the right frame");
  REFUSED(left(), right(), OPTS("id", "id", JOIN_ONE_MANY), ERR_ARG,
          "join: expect=\"1:m\" does not hold: id=1 stands in rows 2 and 4 of the left frame");
}

TEST(expect_leaves_out_missing_keys) {
  JoinOpts o = {*NAMES("k"), *NAMES("k"), JOIN_INNER, JOIN_ONE_ONE, "_right"};
  Frame *l = make_frame("k:int", "NA NA 1"), *r = make_frame("k:int", "NA 1 NA"), *out;
  assert_int_equal(frame_join(NULL, l, r, &o, &out, NULL), OK);
  assert_int_equal(frame_nrow(out), 1);
  frame_unref(out);
  frame_unref(l);
  frame_unref(r);
}

TEST(errors_say_what_to_write) {
  REFUSED(left(), right(), OPTS("idd", "id", 0), ERR_NAME, "join, on the left: no column 'idd': did you mean 'id'?");
  REFUSED(left(), right(), OPTS("id", "whos", 0), ERR_NAME,
          "join, on the right: no column 'whos': did you mean 'who'?");
  REFUSED(left(), right(), OPTS("id", "who", 0), ERR_TYPE,
          "join: 'id' is int on the left, 'who' is category on the right: cast the right one, e:cast{who=\"int\"}, or "
          "the left one, d:cast{id=\"category\"}");
  REFUSED(make_frame("d:date", "2020-01-01"), make_frame("d:int", "1"), OPTS("d", "d", 0), ERR_TYPE,
          "join: 'd' is date on the left, 'd' is int on the right: no cast makes them equal");
  REFUSED(left(), right(), &((JoinOpts){.how = JOIN_LEFT, .suffix = "_right"}), ERR_ARG,
          "join needs the columns to match: on=\"id\", on={\"x\", \"y\"} or on={a=\"b\"}");
  REFUSED(left(), right(), &((JoinOpts){*NAMES("id"), *NAMES("id"), JOIN_LEFT, 0, ""}), ERR_ARG,
          "join: suffix must not be empty");
}

static Frame *ones(int64_t n) {
  Frame *f = frame_new(n);
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) c->i[i] = 1;
  assert_int_equal(frame_add(f, "k", c, NULL), OK);
  return f;
}

TEST(a_join_too_large_for_memory_is_refused_with_its_rows) {
  Frame *f = ones(60000), *out;
  Job job = {.memory = 4ll << 30};
  Err err = {0};
  assert_int_equal(frame_join(&job, f, f, OPTS("k", "k", 0), &out, &err), ERR_MEMORY);
  assert_has(err.msg, "a join of 3,600,000,000 rows (keys repeat on the right: expect=\"m:1\" names the first) needs ");
  frame_unref(f);
}

TEST(cancel_stops_a_join) {
  Frame *f = ones(10), *out;
  Job job = {0};
  Err err = {0};
  atomic_store(&job.cancel, true);
  assert_int_equal(frame_join(&job, f, f, OPTS("k", "k", JOIN_MANY_ONE), &out, &err), ERR_CANCELLED);
  assert_int_equal(frame_join(&job, f, f, OPTS("k", "k", 0), &out, &err), ERR_CANCELLED);
  frame_unref(f);
}

RUN(CASE(inner_gives_each_pair_in_left_then_right_order), CASE(left_keeps_rows_without_a_match),
    CASE(full_and_right_end_with_right_rows_without_a_match), CASE(semi_and_anti_choose_left_rows),
    CASE(several_keys_may_have_other_names_on_the_right), CASE(missing_keys_match_nothing),
    CASE(an_int_matches_the_real_of_its_value), CASE(nan_matches_nan_and_zero_minus_zero),
    CASE(dates_times_and_conditions_are_keys), CASE(keys_wider_than_64_bits_together_stay_exact),
    CASE(a_left_join_with_single_right_rows_shares_the_left_columns),
    CASE(a_name_that_is_taken_gets_the_suffix_until_it_is_free), CASE(empty_frames_join),
    CASE(expect_names_the_first_key_that_repeats), CASE(expect_leaves_out_missing_keys), CASE(errors_say_what_to_write),
    CASE(a_join_too_large_for_memory_is_refused_with_its_rows), CASE(cancel_stops_a_join))
