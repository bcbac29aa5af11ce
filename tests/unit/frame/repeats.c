// Rows that miss something or come more than once, and columns in another order. Rows from pandas 1.5.3 dropna(subset=,
// thresh=) and duplicated(keep=False), put into the documented order.
#include "base/pool.h"
#include "frame/shape.h"
#include "unit/frame/make.h"

#define HAS(f, name, cells) assert_string_equal(shown_at(f, name), cells)

static Frame *gaps(void) { return make_frame("a:real b:text c:int", "1 NA 1 NA NA 2 3 x 3 NA y 4"); }

TEST(rows_that_miss_something_go) {
  Frame *f = gaps(), *g;
  assert_int_equal(frame_drop_missing(NULL, f, &(Names){0}, -1, &g, NULL), OK);
  HAS(g, "c", "3");
  assert_string_equal(frame_caption(g), "1 of 4 rows kept; most often missing: a, 2 times");
  frame_unref(g);
  assert_int_equal(frame_drop_missing(NULL, f, NAMES("a"), -1, &g, NULL), OK);
  HAS(g, "c", "1 3");
  frame_unref(g);
  assert_int_equal(frame_drop_missing(NULL, f, &(Names){0}, 2, &g, NULL), OK);
  HAS(g, "c", "1 3 4");
  frame_unref(g);
  assert_int_equal(frame_drop_missing(NULL, f, NAMES("a", "b"), 1, &g, NULL), OK);
  HAS(g, "c", "1 3 4");
  frame_unref(g);
  frame_unref(f);
}

TEST(nothing_missing_shares_the_columns_and_nan_is_a_value) {
  Frame *f = make_frame("a:real", "1 nan"), *g;
  assert_int_equal(frame_drop_missing(NULL, f, &(Names){0}, -1, &g, NULL), OK);
  assert_ptr_equal(frame_at(g, 0), frame_at(f, 0));
  assert_string_equal(frame_caption(g), "2 of 2 rows kept");
  frame_unref(g);
  frame_unref(f);
}

TEST(dropna_refuses_what_cannot_be) {
  Frame *f = gaps(), *g;
  Err err = {0};
  assert_int_equal(frame_drop_missing(NULL, f, NAMES("a", "b"), 3, &g, &err), ERR_ARG);
  assert_string_equal(err.msg, "dropna: min=3, but only 2 columns are looked at");
  assert_int_equal(frame_drop_missing(NULL, f, NAMES("d"), -1, &g, &err), ERR_NAME);
  frame_unref(f);
}

static Frame *twice(void) {
  return make_frame("c:int a:int b:text", "0 1 x 1 2 y 2 1 x 3 NA z 4 2 w 5 3 y 6 NA z 7 1 y");
}

TEST(rows_that_come_twice_stand_together) {
  Frame *f = twice(), *g;
  assert_int_equal(frame_duplicates(NULL, f, NAMES("a", "b"), &g, NULL), OK);
  assert_string_equal(frame_name(g, 0), "a");
  assert_string_equal(frame_name(g, 2), "n");
  HAS(g, "a", "1 1 NA NA");
  HAS(g, "n", "2 2 2 2");
  HAS(g, "c", "0 2 3 6");
  assert_string_equal(frame_caption(g), "4 of 8 rows, in 2 sets of equal ones");
  frame_unref(g);
  assert_int_equal(frame_duplicates(NULL, f, NAMES("a"), &g, NULL), OK);
  HAS(g, "c", "0 2 7 1 4 3 6");
  HAS(g, "n", "3 3 3 2 2 2 2");
  frame_unref(g);
  assert_int_equal(frame_duplicates(NULL, f, &(Names){0}, &g, NULL), OK);
  assert_int_equal(frame_nrow(g), 0);
  assert_string_equal(frame_caption(g), "no duplicates: all 8 rows differ");
  frame_unref(g);
  Err err = {0};
  assert_int_equal(frame_duplicates(NULL, f, NAMES("aa"), &g, &err), ERR_NAME);
  frame_unref(f);
}

TEST(a_column_n_stays) {
  Frame *f = make_frame("n:int", "1 1"), *g;
  assert_int_equal(frame_duplicates(NULL, f, NAMES("n"), &g, NULL), OK);
  HAS(g, "n", "1 1");
  HAS(g, "n_rows", "2 2");
  frame_unref(g);
  frame_unref(f);
}

TEST(named_columns_come_first) {
  Frame *f = twice(), *g;
  assert_int_equal(frame_order(f, NAMES("b", "c"), &g, NULL), OK);
  assert_string_equal(frame_name(g, 0), "b");
  assert_string_equal(frame_name(g, 1), "c");
  assert_string_equal(frame_name(g, 2), "a");
  assert_ptr_equal(frame_at(g, 2), frame_at(f, 1));
  frame_unref(g);
  Err err = {0};
  assert_int_equal(frame_order(f, NAMES("b", "b"), &g, &err), ERR_NAME);
  assert_string_equal(err.msg, "column 'b' is named twice");
  assert_int_equal(frame_order(f, NAMES("bb"), &g, &err), ERR_NAME);
  frame_unref(f);
}

TEST(cancel_stops_them) {
  Frame *f = twice(), *g;
  Job job = {0};
  atomic_store(&job.cancel, true);
  assert_int_equal(frame_drop_missing(&job, f, &(Names){0}, -1, &g, NULL), ERR_CANCELLED);
  assert_int_equal(frame_duplicates(&job, f, NAMES("a"), &g, NULL), ERR_CANCELLED);
  frame_unref(f);
}

TEST(any_number_of_threads_gives_the_same_rows) {
  enum { N = 300000 };
  Frame *f = frame_new(N), *g;
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, N, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < N; i++) c->i[i] = i * 7919 % 200000;
  for (int64_t i = 0; i < N; i += 7) assert_int_equal(column_set_missing(c, i, NULL), OK);
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  static const int threads[] = {1, 2, 3, 7};
  char want[2][65], got[65];
  for (int t = 0; t < 4; t++)
    for (int verb = 0; verb < 2; verb++) {
      Job job = {.pool = pool_new(threads[t])};
      if (verb) assert_int_equal(frame_duplicates(&job, f, &(Names){0}, &g, NULL), OK);
      else assert_int_equal(frame_drop_missing(&job, f, &(Names){0}, -1, &g, NULL), OK);
      frame_hash(g, t ? got : want[verb]);
      if (t) assert_string_equal(got, want[verb]);
      frame_unref(g);
      pool_free(job.pool);
    }
  frame_unref(f);
}

RUN(CASE(rows_that_miss_something_go), CASE(nothing_missing_shares_the_columns_and_nan_is_a_value),
    CASE(dropna_refuses_what_cannot_be), CASE(rows_that_come_twice_stand_together), CASE(a_column_n_stays),
    CASE(named_columns_come_first), CASE(cancel_stops_them), CASE(any_number_of_threads_gives_the_same_rows))
