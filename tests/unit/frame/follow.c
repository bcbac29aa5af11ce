// Rows that are known again by what they hold. Places are counted by hand in the small tables; in the large one the
// column `row` says where each row came from.
#include "unit/frame/make.h"

#include "frame/shape.h"
#include "frame/verbs.h"

static void assert_follows(const Frame *was, const Frame *now, const RowRun *run, int64_t n, const char *want) {
  RowRun *got = NULL;
  int64_t m;
  Str text = {0};
  assert_int_equal(frame_follow(NULL, was, now, run, n, &got, &m, NULL), OK);
  for (int64_t k = 0; k < m; k++)
    str_addf(&text, "%s%lld-%lld", k ? " " : "", (long long)got[k].from, (long long)got[k].to);
  assert_string_equal(str_c(&text), want);
  str_fini(&text), free(got);
}
#define FOLLOWS(was, now, want, ...)                                                                                   \
  assert_follows(was, now, (RowRun[]){__VA_ARGS__}, sizeof((RowRun[]){__VA_ARGS__}) / sizeof(RowRun), want)

static Frame *people(void) {
  return make_frame("name:text sex:category age:real ok:bool",
                    "ann f 31.5 true bob m NA false cid m 7 true dee f nan NA");
}

static Frame *sorted(const Frame *f, const char *key) {
  Frame *g;
  assert_int_equal(frame_sort(NULL, f, &(Names){&key, 1}, &g, NULL), OK);
  return g;
}

TEST(marked_rows_are_found_in_another_order) {
  Frame *f = people(), *g = sorted(f, "-name"); // dee cid bob ann
  FOLLOWS(f, g, "2-4", {0, 2});
  FOLLOWS(f, g, "0-1 3-4", {0, 1}, {3, 4});
  FOLLOWS(g, f, "3-4", {0, 1});
  FOLLOWS(f, f, "1-3", {1, 3});
  frame_unref(f), frame_unref(g);
}

TEST(what_a_filter_leaves_out_is_left_out) {
  Frame *f = people(), *g, *less;
  assert_int_equal(frame_gather(NULL, f, (int64_t[]){2, 0}, 2, &g, NULL), OK);
  FOLLOWS(f, g, "0-1", {1, 4}); // cid alone
  FOLLOWS(f, g, "", {3, 4});
  assert_int_equal(frame_drop(g, &(Names){(const char *[]){"age"}, 1}, &less, NULL), OK);
  FOLLOWS(f, less, "1-2", {0, 1}); // by the columns that are left
  frame_unref(f), frame_unref(g), frame_unref(less);
}

TEST(of_equal_rows_the_second_stays_the_second) {
  Frame *f = make_frame("a:int b:text", "1 x 2 y 1 x 3 z 1 x"), *g = sorted(f, "-a"); // z y x x x
  FOLLOWS(f, g, "3-4", {2, 3});
  FOLLOWS(f, g, "2-3 4-5", {0, 1}, {4, 5});
  frame_unref(f), frame_unref(g);
}

TEST(a_column_more_moves_nothing) {
  Frame *f = make_frame("a:int", "5 5 5"), *g = frame_new(3);
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, 3, NULL, &c, NULL), OK);
  for (int k = 0; k < 3; k++) c->i[k] = k;
  assert_int_equal(frame_add(g, "b", c, NULL), OK);
  assert_int_equal(frame_add(g, "a", column_ref(frame_at(f, 0)), NULL), OK);
  FOLLOWS(f, g, "1-2", {1, 2});
  frame_unref(f), frame_unref(g);
}

TEST(thousands_of_marks_are_found_among_many_rows) {
  enum { N = 50000 };
  Frame *f = frame_new(N), *g;
  Column *key, *row;
  static RowRun run[N];
  int64_t n = 0, m, at = 0;
  RowRun *got = NULL;
  uint64_t dice = 5;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &key, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, N, NULL, &row, NULL), OK);
  for (int64_t i = 0; i < N; i++) {
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    key->f[i] = (double)(dice >> 40), row->i[i] = i;
    if (i % 7 == 3 && i + 2 < N) run[n++] = (RowRun){i, i + 2};
  }
  assert_int_equal(frame_add(f, "key", key, NULL), OK);
  assert_int_equal(frame_add(f, "row", row, NULL), OK);
  g = sorted(f, "key");
  assert_int_equal(frame_follow(NULL, f, g, run, n, &got, &m, NULL), OK);
  const Column *from = frame_at(g, 1);
  for (int64_t i = 0; i < N; i++) {
    bool marked = (from->i[i] % 7 == 3 && from->i[i] + 2 < N) || (from->i[i] % 7 == 4 && from->i[i] + 1 < N);
    while (at < m && got[at].to <= i) at++;
    assert_int_equal(at < m && got[at].from <= i, marked);
  }
  free(got);
  frame_unref(f), frame_unref(g);
}

TEST(what_cannot_be_followed_says_why) {
  enum { MANY = (1 << 20) + 1 };
  Frame *f = make_frame("a:int", "1 2"), *g = make_frame("b:int", "1 2");
  RowRun *out;
  int64_t m;
  Err err;
  assert_int_equal(frame_follow(NULL, f, g, &(RowRun){0, 1}, 1, &out, &m, &err), ERR_ARG);
  assert_string_equal(err.msg, "the tables have no column in common: nothing tells which row is which");
  assert_int_equal(frame_follow(NULL, f, f, &(RowRun){1, 3}, 1, &out, &m, &err), ERR_ARG);
  assert_int_equal(frame_follow(NULL, f, f, (RowRun[]){{1, 2}, {0, 1}}, 2, &out, &m, &err), ERR_ARG);
  frame_unref(f), frame_unref(g);
  Column *c;
  assert_int_equal(column_new(NULL, COL_BOOL, MANY, NULL, &c, NULL), OK);
  memset(c->b, 0, MANY);
  f = frame_new(MANY);
  assert_int_equal(frame_add(f, "a", c, NULL), OK);
  assert_int_equal(frame_follow(NULL, f, f, &(RowRun){0, MANY}, 1, &out, &m, &err), ERR_SHAPE);
  assert_string_equal(err.msg, "more than 1,048,576 rows cannot be followed");
  Job job = {0};
  atomic_store(&job.cancel, true);
  g = sorted(f, "-a");
  if (frame_at(g, 0) != frame_at(f, 0))
    assert_int_equal(frame_follow(&job, f, g, &(RowRun){5, 6}, 1, &out, &m, &err), ERR_CANCELLED);
  frame_unref(f), frame_unref(g);
}

RUN(CASE(marked_rows_are_found_in_another_order), CASE(what_a_filter_leaves_out_is_left_out),
    CASE(of_equal_rows_the_second_stays_the_second), CASE(a_column_more_moves_nothing),
    CASE(thousands_of_marks_are_found_among_many_rows), CASE(what_cannot_be_followed_says_why))
