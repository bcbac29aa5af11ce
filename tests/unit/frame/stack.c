// Rows below each other. Values by hand; columns that one side lacks as rbindlist(fill=TRUE, idcol=) of data.table
// 1.14.8 gives them.
#include "base/pool.h"
#include "frame/shape.h"
#include "unit/frame/make.h"

#define HAS(f, name, cells) assert_string_equal(shown_at(f, name), cells)
#define TYPE(f, column, want) assert_string_equal(COLTYPES[frame_at(f, frame_find(f, sv(column)))->type].name, want)

static Frame *stacked(Frame *a, Frame *b, const StackSource *source) {
  const Frame *both[] = {a, b};
  Frame *out = NULL;
  Err err = {0};
  if (frame_stack(NULL, both, 2, source, &out, &err) != OK) fail_msg("%s", err.msg);
  frame_unref(a);
  frame_unref(b);
  return out;
}

TEST(columns_meet_by_name_and_are_missing_where_a_frame_has_none) {
  static const char *const label[] = {"x.csv", "y.csv"};
  Frame *f = stacked(make_frame("a:int b:text", "1 x 2 NA"), make_frame("b:text c:real", "y 2.5"),
                     &(StackSource){"src", label});
  assert_int_equal(frame_ncol(f), 4);
  assert_string_equal(frame_name(f, 0), "src");
  HAS(f, "src", "x.csv x.csv y.csv");
  HAS(f, "a", "1 2 NA");
  HAS(f, "b", "x NA y");
  HAS(f, "c", "NA NA 2.5");
  assert_string_equal(frame_caption(f), "not in all 2 frames: a, c");
  frame_unref(f);
  f = stacked(make_frame("a:int", "1"), make_frame("a:int", "2"), &(StackSource){"src", NULL});
  HAS(f, "src", "1 2");
  assert_null(frame_caption(f));
  frame_unref(f);
}

TEST(types_meet) {
  Frame *f = stacked(make_frame("n:int d:date c:category t:category b:bool", "1 2020-01-02 x p true 2 NA y q NA"),
                     make_frame("n:real d:time c:category t:text b:bool", "2.5 2020-01-03_10:00 a r false"), NULL);
  TYPE(f, "n", "real");
  HAS(f, "n", "1 2 2.5");
  TYPE(f, "d", "time");
  HAS(f, "d", "2020-01-02 00:00:00 NA 2020-01-03 10:00:00");
  TYPE(f, "c", "category");
  HAS(f, "c", "x y a");
  assert_int_equal(frame_at(f, 2)->dict->n, 3);
  TYPE(f, "t", "text");
  HAS(f, "t", "p q r");
  HAS(f, "b", "true NA false");
  frame_unref(f);
}

TEST(a_column_without_values_fits_any) {
  Frame *f = stacked(make_frame("n:text k:int", "NA 1"), make_frame("n:int k:int", "5 2"), NULL);
  TYPE(f, "n", "int");
  HAS(f, "n", "NA 5");
  frame_unref(f);
}

TEST(words_stored_by_codes_stay_codes) {
  Frame *a = make_frame("c:category", "x y x"), *b = make_frame("c:category", "z x NA"), *f, *coded[2];
  const ColType text = COL_TEXT;
  assert_int_equal(frame_cast(NULL, a, NAMES("c"), &text, CAST_ERROR, &coded[0], NULL), OK);
  assert_int_equal(frame_cast(NULL, b, NAMES("c"), &text, CAST_ERROR, &coded[1], NULL), OK);
  frame_unref(a);
  frame_unref(b);
  f = stacked(coded[0], coded[1], NULL);
  TYPE(f, "c", "text");
  assert_non_null(frame_at(f, 0)->dict);
  HAS(f, "c", "x y x z x NA");
  frame_unref(f);
}

// Missing rows at odd places: parts of 1 to 130 rows, so that bitmaps are joined at every offset in a word.
TEST(missing_rows_keep_their_places_at_any_offset) {
  for (int64_t n = 1; n <= 130; n += 3) {
    Column *c;
    assert_int_equal(column_new(NULL, COL_I64, n, NULL, &c, NULL), OK);
    for (int64_t i = 0; i < n; i++) c->i[i] = i;
    for (int64_t i = 0; i < n; i += 3) assert_int_equal(column_set_missing(c, i, NULL), OK);
    Frame *f = frame_new(n), *g = make_frame("y:int", "1 2 3"), *out;
    assert_int_equal(frame_add(f, "x", c, NULL), OK);
    const Frame *parts[] = {f, f, g, f};
    assert_int_equal(frame_stack(NULL, parts, 4, NULL, &out, NULL), OK);
    const Column *x = frame_at(out, 0);
    for (int64_t i = 0; i < 3 * n + 3; i++) {
      bool gap = i >= 2 * n && i < 2 * n + 3;
      int64_t row = i < 2 * n ? i % n : i - 2 * n - 3;
      assert_int_equal(col_valid(x, i), !gap && row % 3 != 0);
      if (col_valid(x, i)) assert_int_equal(x->i[i], row);
    }
    assert_int_equal(x->missing, 3 * ((n + 2) / 3) + 3);
    frame_unref(out);
    const ColType text = COL_TEXT;
    Frame *t;
    assert_int_equal(frame_cast(NULL, f, NAMES("x"), &text, CAST_ERROR, &t, NULL), OK);
    parts[0] = parts[1] = parts[3] = t;
    assert_int_equal(frame_stack(NULL, parts, 4, NULL, &out, NULL), OK);
    for (int64_t i = 0; i < 3 * n + 3; i++) {
      int64_t row = i < 2 * n ? i % n : i - 2 * n - 3;
      bool gap = i >= 2 * n && i < 2 * n + 3;
      char want[32] = "";
      if (!gap && row % 3 != 0) snprintf(want, sizeof want, "%lld", (long long)row);
      assert_int_equal(col_valid(frame_at(out, 0), i), *want != 0);
      assert_true(sv_is(col_text(frame_at(out, 0), i), want));
    }
    frame_unref(t);
    frame_unref(out);
    frame_unref(f);
    frame_unref(g);
  }
}

#define REFUSED(a, b, source, want_code, want_text)                                                                    \
  do {                                                                                                                 \
    Frame *a_ = a, *b_ = b, *out_;                                                                                     \
    const Frame *both_[] = {a_, b_};                                                                                   \
    Err err_ = {0};                                                                                                    \
    assert_int_equal(frame_stack(NULL, both_, 2, source, &out_, &err_), want_code);                                    \
    assert_string_equal(err_.msg, want_text);                                                                          \
    frame_unref(a_);                                                                                                   \
    frame_unref(b_);                                                                                                   \
  } while (0)

TEST(types_that_do_not_meet_are_named_with_the_cast) {
  REFUSED(make_frame("Solar.R:int", "1"), make_frame("Solar.R:text", "x"), NULL, ERR_TYPE,
          "stack: column 'Solar.R' is int in frame 1 and text in frame 2: bring them to one type first, as in "
          "d:cast{[\"Solar.R\"]=\"int\"}");
  REFUSED(make_frame("b:bool", "true"), make_frame("b:int", "1"), NULL, ERR_TYPE,
          "stack: column 'b' is bool in frame 1 and int in frame 2: bring them to one type first, as in "
          "d:cast{b=\"int\"}");
  REFUSED(make_frame("d:date", "2020-01-01"), make_frame("d:int", "1"), NULL, ERR_TYPE,
          "stack: column 'd' is date in frame 1 and int in frame 2: bring them to one type first, as in "
          "d:cast{d=\"text\"}");
  REFUSED(make_frame("a:int", "1"), make_frame("b:int", "1"), &((StackSource){"b", NULL}), ERR_NAME,
          "stack: there is a column 'b' already: give source= another name");
}

TEST(cancel_stops_a_stack) {
  Frame *f = make_frame("a:int c:category t:text", "1 x hello"), *out;
  const Frame *both[] = {f, f};
  Job job = {0};
  atomic_store(&job.cancel, true);
  assert_int_equal(frame_stack(&job, both, 2, NULL, &out, NULL), ERR_CANCELLED);
  frame_unref(f);
}

TEST(any_number_of_threads_gives_the_same_rows) {
  enum { N = 100000 };
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, N, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < N; i++) c->i[i] = i * 7919 % 1000;
  for (int64_t i = 0; i < N; i += 5) assert_int_equal(column_set_missing(c, i, NULL), OK);
  Frame *f = frame_new(N), *g, *out;
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  const ColType real = COL_F64;
  assert_int_equal(frame_cast(NULL, f, NAMES("x"), &real, CAST_ERROR, &g, NULL), OK);
  const Frame *parts[] = {f, g, f};
  char want[65], got[65];
  static const int threads[] = {1, 2, 3, 7};
  for (int t = 0; t < 4; t++) {
    Job job = {.pool = pool_new(threads[t])};
    assert_int_equal(frame_stack(&job, parts, 3, NULL, &out, NULL), OK);
    frame_hash(out, t ? got : want);
    if (t) assert_string_equal(got, want);
    frame_unref(out);
    pool_free(job.pool);
  }
  frame_unref(f);
  frame_unref(g);
}

RUN(CASE(columns_meet_by_name_and_are_missing_where_a_frame_has_none), CASE(types_meet),
    CASE(a_column_without_values_fits_any), CASE(words_stored_by_codes_stay_codes),
    CASE(missing_rows_keep_their_places_at_any_offset), CASE(types_that_do_not_meet_are_named_with_the_cast),
    CASE(cancel_stops_a_stack), CASE(any_number_of_threads_gives_the_same_rows))
