// Casts. Values by hand: what a type holds exactly follows from IEEE 754 and ISO 8601.
#include "base/pool.h"
#include "frame/shape.h"
#include "unit/frame/make.h"

static const char *cast_as(const char *type, const char *cells, const char *to, CastUnfit unfit) {
  static char buf[4][1200];
  static int turn;
  char *out = buf[turn++ & 3], head[64];
  snprintf(head, sizeof head, "x:%s", type);
  Frame *f = make_frame(head, cells);
  ColType want;
  Column *c;
  Err err = {0};
  assert_true(coltype_parse_name(sv(to), &want));
  if (column_cast(NULL, frame_at(f, 0), "x", want, unfit, &c, &err) != OK) {
    snprintf(out, sizeof buf[0], "%s", err.msg);
  } else {
    assert_int_equal(c->type, want);
    int64_t missing = 0;
    for (int64_t i = 0; i < c->n; i++) missing += !col_valid(c, i);
    assert_int_equal(missing, c->missing);
    snprintf(out, sizeof buf[0], "%s", shown(c));
    column_unref(c);
  }
  frame_unref(f);
  return out;
}

#define CASTS(type, cells, to, want) assert_string_equal(cast_as(type, cells, to, CAST_ERROR), want)
#define MISSES(type, cells, to, want) assert_string_equal(cast_as(type, cells, to, CAST_MISSING), want)

TEST(conditions_and_numbers_change_into_each_other) {
  CASTS("bool", "true false NA", "int", "1 0 NA");
  CASTS("bool", "true false NA", "real", "1 0 NA");
  CASTS("int", "1 0 NA", "bool", "true false NA");
  CASTS("real", "1 0 -0 NA", "bool", "true false false NA");
  CASTS("int", "1 -7 9007199254740992 NA", "real", "1 -7 9007199254740992 NA");
  CASTS("real", "1 -7 -9223372036854775808 NA", "int", "1 -7 -9223372036854775808 NA");
}

TEST(days_and_moments_change_into_each_other) {
  CASTS("date", "2020-02-29 1969-12-31 NA", "time", "2020-02-29 00:00:00 1969-12-31 00:00:00 NA");
  CASTS("time", "2020-02-29_00:00 1969-12-31_00:00 NA", "date", "2020-02-29 1969-12-31 NA");
}

TEST(texts_are_read_as_the_reader_reads_them) {
  CASTS("text", "12 -3 NA", "int", "12 -3 NA");
  CASTS("category", "12 -3 NA 12", "int", "12 -3 NA 12");
  CASTS("text", "1.5 1e3 NA inf", "real", "1.5 1000 NA inf");
  CASTS("category", "T false NA", "bool", "true false NA");
  CASTS("text", "2020-02-29 _2020-03-01_", "date", "2020-02-29 2020-03-01");
  CASTS("text", "2020-02-29_10:30:00.5 2020-02-29T10:30Z", "time", "2020-02-29 10:30:00.500000Z 2020-02-29 10:30:00Z");
}

TEST(anything_becomes_text_with_all_its_digits) {
  CASTS("real", "0.1 1e300 nan NA 3", "text", "0.1 1e+300 nan NA 3");
  CASTS("int", "1234567 NA", "text", "1234567 NA");
  CASTS("bool", "true NA", "text", "true NA");
  CASTS("date", "2020-02-29 NA", "text", "2020-02-29 NA");
  CASTS("category", "b a NA b", "text", "b a NA b");
  CASTS("text", "b a NA b", "category", "b a NA b");
  CASTS("int", "10 9 NA 10", "category", "10 9 NA 10");
}

TEST(categories_of_numbers_are_in_order_of_their_value) {
  Frame *f = make_frame("x:int", "10 9 10");
  Column *c;
  assert_int_equal(column_cast(NULL, frame_at(f, 0), "x", COL_CAT, CAST_ERROR, &c, NULL), OK);
  assert_true(sv_is(c->dict->word[0], "9"));
  column_unref(c);
  frame_unref(f);
}

TEST(the_same_type_is_shared) {
  Frame *f = make_frame("x:real", "1.5");
  Column *c;
  assert_int_equal(column_cast(NULL, frame_at(f, 0), "x", COL_F64, CAST_ERROR, &c, NULL), OK);
  assert_ptr_equal(c, frame_at(f, 0));
  column_unref(c);
  frame_unref(f);
}

TEST(what_does_not_fit_is_counted_and_shown) {
  CASTS("real", "1 2.5 NA nan 1e30 0.5", "int",
        "cast: column 'x' (real) to int: 4 values are not whole numbers: row 2 has 2.5, row 4 has nan, row 5 has 1e+30 "
        "...; round first, d:derive{\"x = int(round(x))\"}, or let them be missing, d:cast{x=\"int\", "
        "unfit=\"missing\"}");
  CASTS("text", "1 two 3", "int",
        "cast: column 'x' (text) to int: 1 value is not a whole number: row 2 has 'two'; let them be missing, "
        "d:cast{x=\"int\", unfit=\"missing\"}");
  CASTS("text", "7 007", "int",
        "cast: column 'x' (text) to int: 1 value is not a whole number: row 2 has '007'; zeros in front mark a code, "
        "not a number; to lose them, d:derive{\"x = int(x)\"}, or let them be missing, d:cast{x=\"int\", "
        "unfit=\"missing\"}");
  CASTS("category", "1 two 3 two", "real",
        "cast: column 'x' (category) to real: 2 values cannot be read: row 2 has 'two', row 4 has 'two'; let them be "
        "missing, d:cast{x=\"real\", unfit=\"missing\"}");
  CASTS("time", "2020-01-01_00:00 2020-01-01_10:30", "date",
        "cast: column 'x' (time) to date: 1 value is not at midnight: row 2 has 2020-01-01 10:30:00; cut first, "
        "d:derive{\"x = date(x)\"}, or let them be missing, d:cast{x=\"date\", unfit=\"missing\"}");
  CASTS("int", "0 1 2", "bool",
        "cast: column 'x' (int) to bool: 1 value is not 0 or 1: row 3 has 2; write a condition, d:derive{\"x = x > "
        "0\"}, or let them be missing, d:cast{x=\"bool\", unfit=\"missing\"}");
  CASTS(
      "int", "9007199254740993", "real",
      "cast: column 'x' (int) to real: 1 value is not a number that a real holds exactly: row 1 has 9007199254740993; "
      "let them be missing, d:cast{x=\"real\", unfit=\"missing\"}");
}

TEST(what_does_not_fit_becomes_missing_when_asked) {
  MISSES("real", "1 2.5 NA nan 9.3e18", "int", "1 NA NA NA NA");
  MISSES("int", "1 9007199254740993", "real", "1 NA");
  MISSES("text", "007 7 7.0 x NA ''", "int", "NA 7 NA NA NA NA");
  MISSES("category", "2020-02-30 2020-02-29", "date", "NA 2020-02-29");
  MISSES("time", "2020-01-01_10:30 1969-12-31_23:00 1969-12-31_00:00", "date", "NA NA 1969-12-31");
}

TEST(pairs_without_a_meaning_say_what_to_write) {
  CASTS("int", "1", "date",
        "cast: column 'x' is int and cannot become date: a number is no date by itself; if it counts days since 1970, "
        "write d:derive{\"x = date('1970-01-01') + x\"}");
  CASTS("int", "1", "time",
        "cast: column 'x' is int and cannot become time: a number is no time by itself; as text \"2012-03-31 "
        "14:05:00\" it can be read");
  CASTS("date", "2020-01-01", "int",
        "cast: column 'x' is date and cannot become int: for the days since a date, write d:derive{\"days = x - "
        "'1970-01-01'\"}");
  CASTS("bool", "true", "date", "cast: column 'x' is bool and cannot become date");
  CASTS("time", "2020-01-01_10:30", "bool",
        "cast: column 'x' is time and cannot become bool: it can become a date, a time or text, as in "
        "d:cast{x=\"text\"}");
}

// What the messages advise works.
TEST(the_advice_works) {
  Frame *f = make_frame("x:real n:int t:time", "2.5 18262 2020-01-01_10:30 0.5 0 1969-12-31_23:00");
  assert_value(f, "int(round(x))", "int: 2 0");
  assert_value(f, "date('1970-01-01') + n", "date: 2020-01-01 1970-01-01");
  assert_value(f, "date('1970-01-01') + int(x)", "date: 1970-01-03 1970-01-01");
  assert_value(f, "date(t)", "date: 2020-01-01 1969-12-31");
  assert_value(f, "date(t) - '1970-01-01'", "int: 18262 -1");
  assert_value(f, "n > 0", "bool: true false");
  assert_value(f, "int('007')", "int: 7 7");
  frame_unref(f);
}

TEST(a_frame_casts_the_named_columns) {
  Frame *f = make_frame("a:int b:text c:int", "1 2 3"), *g;
  const ColType to[] = {COL_I64, COL_F64};
  assert_int_equal(frame_cast(NULL, f, NAMES("b", "a"), to, CAST_ERROR, &g, NULL), OK);
  assert_int_equal(frame_at(g, 0)->type, COL_F64);
  assert_int_equal(frame_at(g, 1)->type, COL_I64);
  assert_ptr_equal(frame_at(g, 2), frame_at(f, 2));
  frame_unref(g);
  Err err = {0};
  assert_int_equal(frame_cast(NULL, f, NAMES("bb", "a"), to, CAST_ERROR, &g, &err), ERR_NAME);
  assert_string_equal(err.msg, "no column 'bb': did you mean 'b'?");
  frame_unref(f);
}

TEST(cancel_stops_a_cast) {
  Frame *f = make_frame("a:int c:category", "1 2"), *g;
  Job job = {0};
  atomic_store(&job.cancel, true);
  const ColType to = COL_F64;
  assert_int_equal(frame_cast(&job, f, NAMES("a"), &to, CAST_ERROR, &g, NULL), ERR_CANCELLED);
  assert_int_equal(frame_cast(&job, f, NAMES("c"), &to, CAST_ERROR, &g, NULL), ERR_CANCELLED);
  frame_unref(f);
}

TEST(any_number_of_threads_gives_the_same_column) {
  enum { N = 300000 };
  Frame *f = frame_new(N), *g;
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, N, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < N; i++) c->f[i] = (double)(i % 1001) / 4;
  assert_int_equal(frame_add(f, "x", c, NULL), OK);
  static const int threads[] = {1, 2, 3, 7};
  const ColType to = COL_I64;
  char want[65], got[65];
  for (int t = 0; t < 4; t++) {
    Job job = {.pool = pool_new(threads[t])};
    assert_int_equal(frame_cast(&job, f, NAMES("x"), &to, CAST_MISSING, &g, NULL), OK);
    frame_hash(g, t ? got : want);
    if (t) assert_string_equal(got, want);
    frame_unref(g);
    pool_free(job.pool);
  }
  frame_unref(f);
}

RUN(CASE(conditions_and_numbers_change_into_each_other), CASE(days_and_moments_change_into_each_other),
    CASE(texts_are_read_as_the_reader_reads_them), CASE(anything_becomes_text_with_all_its_digits),
    CASE(categories_of_numbers_are_in_order_of_their_value), CASE(the_same_type_is_shared),
    CASE(what_does_not_fit_is_counted_and_shown), CASE(what_does_not_fit_becomes_missing_when_asked),
    CASE(pairs_without_a_meaning_say_what_to_write), CASE(the_advice_works), CASE(a_frame_casts_the_named_columns),
    CASE(cancel_stops_a_cast), CASE(any_number_of_threads_gives_the_same_column))
