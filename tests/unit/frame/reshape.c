// melt and pivot. Values from pandas 1.5.3 melt and pivot_table, which sorts the rows (here they keep the order of
// first appearance) and fills counts of absent cells with NaN (here 0). The column for missing levels as dcast of
// data.table 1.14.8 has it, but last.
#include "frame/shape.h"
#include "unit/frame/make.h"

#define HAS(f, name, cells) assert_string_equal(shown_at(f, name), cells)

static Frame *wide(void) { return make_frame("id:text x:int y:real z:int", "a 1 0.5 3 b 2 NA 4"); }

static Frame *melted(Frame *d, const Names *id, const Names *values) {
  MeltOpts o = {id ? *id : (Names){0}, values ? *values : (Names){0}, "variable", "value"};
  Frame *f = NULL;
  Err err = {0};
  if (frame_melt(NULL, d, &o, &f, &err) != OK) fail_msg("%s", err.msg);
  frame_unref(d);
  return f;
}

TEST(melt_puts_the_value_columns_below_each_other) {
  Frame *f = melted(wide(), NAMES("id"), NULL);
  HAS(f, "id", "a b a b a b");
  HAS(f, "variable", "x x y y z z");
  HAS(f, "value", "1 2 0.5 NA 3 4");
  frame_unref(f);
  f = melted(wide(), NULL, NAMES("z", "x"));
  assert_int_equal(frame_ncol(f), 4);
  HAS(f, "y", "0.5 NA 0.5 NA");
  HAS(f, "variable", "z z x x");
  HAS(f, "value", "3 4 1 2");
  frame_unref(f);
  f = melted(make_frame("x:int y:int", "1 2"), NULL, NULL);
  assert_int_equal(frame_ncol(f), 2);
  HAS(f, "value", "1 2");
  frame_unref(f);
}

#define MELT_REFUSED(opts, want_code, want_text)                                                                       \
  do {                                                                                                                 \
    Frame *d_ = wide(), *out_;                                                                                         \
    Err err_ = {0};                                                                                                    \
    assert_int_equal(frame_melt(NULL, d_, &(MeltOpts)opts, &out_, &err_), want_code);                                  \
    assert_string_equal(err_.msg, want_text);                                                                          \
    frame_unref(d_);                                                                                                   \
  } while (0)
#define OPTS(...)                                                                                                      \
  { __VA_ARGS__ }

TEST(melt_says_what_does_not_fit) {
  MELT_REFUSED(OPTS(*NAMES("x"), .names = "n", .to = "v"), ERR_TYPE,
               "melt: 'id' is text and 'y' is real, which do not fit into one column: choose values=, or write "
               "d:cast{y=\"text\"} first");
  MELT_REFUSED(OPTS(*NAMES("x", "y", "z", "id"), .names = "n", .to = "v"), ERR_ARG,
               "melt: all columns are in id=, none is left for the values");
  MELT_REFUSED(OPTS(*NAMES("id"), .names = "id", .to = "v"), ERR_NAME, "melt: names: there is a column 'id' already");
  MELT_REFUSED(OPTS(*NAMES("id"), .names = "n", .to = "id"), ERR_NAME, "melt: to: there is a column 'id' already");
  MELT_REFUSED(OPTS(*NAMES("ids"), .names = "n", .to = "v"), ERR_NAME, "no column 'ids': did you mean 'id'?");
}

// ---- pivot --------------------------------------------------------------------------------------------------------
static Frame *sales(void) {
  return make_frame("shop:category q:int v:real k:int",
                    "N 2 1.5 1 S 1 2 2 N 1 4 3 S 2 NA 4 N 2 0.25 5 E 10 7 6 N 1 3 7");
}

static Frame *pivoted(Frame *d, const Names *rows, const Names *columns, const Names *values, PivotAgg agg) {
  PivotOpts o = {rows ? *rows : (Names){0}, *columns, values ? *values : (Names){0}, (int)agg};
  Frame *f = NULL;
  Err err = {0};
  if (frame_pivot(NULL, d, &o, &f, &err) != OK) fail_msg("%s", err.msg);
  frame_unref(d);
  return f;
}

static void check_sales(PivotAgg agg, const char *one, const char *two, const char *ten) {
  Frame *f = pivoted(sales(), NAMES("shop"), NAMES("q"), NAMES("v"), agg);
  assert_int_equal(frame_ncol(f), 4);
  assert_string_equal(frame_name(f, 1), "1");
  assert_string_equal(frame_name(f, 2), "2");
  assert_string_equal(frame_name(f, 3), "10");
  HAS(f, "shop", "N S E");
  HAS(f, "1", one);
  HAS(f, "2", two);
  HAS(f, "10", ten);
  frame_unref(f);
}

TEST(pivot_aggregates_cells) {
  check_sales(PIVOT_SUM, "7 2 NA", "1.75 0 NA", "NA NA 7");
  check_sales(PIVOT_MEAN, "3.5 2 NA", "0.875 NA NA", "NA NA 7");
  check_sales(PIVOT_MIN, "3 2 NA", "0.25 NA NA", "NA NA 7");
  check_sales(PIVOT_MAX, "4 2 NA", "1.5 NA NA", "NA NA 7");
  check_sales(PIVOT_COUNT, "2 1 0", "2 0 0", "0 0 1");
  check_sales(PIVOT_FIRST, "4 2 NA", "1.5 NA NA", "NA NA 7");
  check_sales(PIVOT_LAST, "3 2 NA", "0.25 NA NA", "NA NA 7");
}

TEST(pivot_names_columns_by_value_and_level_when_there_are_several_values) {
  Frame *f = pivoted(sales(), NAMES("shop"), NAMES("q"), NAMES("v", "k"), PIVOT_SUM);
  assert_string_equal(frame_name(f, 1), "v_1");
  HAS(f, "v_2", "1.75 0 NA");
  HAS(f, "k_1", "10 2 NA");
  HAS(f, "k_2", "6 4 NA");
  HAS(f, "k_10", "NA NA 6");
  assert_string_equal(COLTYPES[frame_at(f, frame_find(f, sv("k_1")))->type].name, "int");
  frame_unref(f);
}

TEST(pivot_counts_rows_without_values_and_takes_several_columns) {
  Frame *f = pivoted(sales(), NULL, NAMES("shop", "q"), NULL, PIVOT_COUNT);
  assert_int_equal(frame_ncol(f), 5);
  assert_string_equal(frame_name(f, 0), "E_10");
  HAS(f, "N_1", "2");
  HAS(f, "N_2", "2");
  HAS(f, "S_1", "1");
  HAS(f, "S_2", "1");
  frame_unref(f);
}

TEST(pivot_puts_missing_levels_last_and_keeps_missing_rows) {
  Frame *f = pivoted(make_frame("s:text q:real v:text", "N 2.5 a S 1 b N NA c NA 1 d"), NAMES("s"), NAMES("q"),
                     NAMES("v"), PIVOT_UNIQUE);
  assert_string_equal(frame_name(f, 1), "1");
  assert_string_equal(frame_name(f, 2), "2.5");
  assert_string_equal(frame_name(f, 3), "missing");
  HAS(f, "s", "N S NA");
  HAS(f, "1", "NA b d");
  HAS(f, "2.5", "a NA NA");
  HAS(f, "missing", "c NA NA");
  frame_unref(f);
}

TEST(pivot_finds_a_free_name) {
  Frame *f = pivoted(make_frame("s:text q:text v:int", "a s 1 b missing 2 a NA 3"), NAMES("s"), NAMES("q"), NAMES("v"),
                     PIVOT_UNIQUE);
  HAS(f, "s_2", "1 NA");
  HAS(f, "missing", "NA 2");
  HAS(f, "missing_2", "3 NA");
  frame_unref(f);
}

TEST(pivot_keeps_the_type_of_what_it_picks) {
  Frame *f = pivoted(make_frame("g:text q:text d:date c:category", "a x 2020-01-05 lo a x 2020-01-02 hi a x NA NA"),
                     NAMES("g"), NAMES("q"), NAMES("d", "c"), PIVOT_MIN);
  HAS(f, "d_x", "2020-01-02");
  HAS(f, "c_x", "hi");
  frame_unref(f);
  f = pivoted(make_frame("g:text q:text v:real", "a x 1 a x nan a x 3 b x inf b x 1"), NAMES("g"), NAMES("q"),
              NAMES("v"), PIVOT_MAX);
  HAS(f, "x", "nan inf");
  frame_unref(f);
}

// Exact sums by hand: 1 + 1e100 - 1e100 is 1, and ints that overflow become reals.
TEST(pivot_sums_lose_no_digits) {
  Frame *f = pivoted(make_frame("q:text v:real", "x 1 x 1e100 x 1 x -1e100 y inf y 1"), NULL, NAMES("q"), NAMES("v"),
                     PIVOT_SUM);
  HAS(f, "x", "2");
  HAS(f, "y", "inf");
  frame_unref(f);
  f = pivoted(make_frame("q:text v:int b:bool", "x 9223372036854775807 true x 1 true"), NULL, NAMES("q"),
              NAMES("v", "b"), PIVOT_SUM);
  HAS(f, "v_x", "9.223372036854776e+18");
  HAS(f, "b_x", "2");
  frame_unref(f);
}

#define PIVOT_REFUSED(opts, want_code, want_text)                                                                      \
  do {                                                                                                                 \
    Frame *d_ = sales(), *out_;                                                                                        \
    Err err_ = {0};                                                                                                    \
    assert_int_equal(frame_pivot(NULL, d_, &(PivotOpts)opts, &out_, &err_), want_code);                                \
    assert_string_equal(err_.msg, want_text);                                                                          \
    frame_unref(d_);                                                                                                   \
  } while (0)

TEST(pivot_says_what_to_write) {
  PIVOT_REFUSED(OPTS(*NAMES("shop"), *NAMES("q"), *NAMES("v"), PIVOT_UNIQUE), ERR_ARG,
                "pivot: the cell shop='N', q=2 has more than one row (1 and 5): say what becomes of them, agg=\"sum\", "
                "\"mean\", \"count\", \"min\", \"max\", \"first\" or \"last\"");
  PIVOT_REFUSED(OPTS(*NAMES("q"), *NAMES("q"), *NAMES("shop"), PIVOT_SUM), ERR_TYPE,
                "pivot: column 'shop' is category, agg=\"sum\" needs numbers: first, last, min, max and count take any "
                "type");
  PIVOT_REFUSED(OPTS(*NAMES("q"), *NAMES("shop"), .agg = PIVOT_SUM), ERR_ARG,
                "pivot needs values=, the column to fill the cells with; agg=\"count\" counts rows");
  PIVOT_REFUSED(OPTS(*NAMES("q"), .agg = PIVOT_COUNT), ERR_ARG,
                "pivot needs columns=, whose values become the columns");
  PIVOT_REFUSED(OPTS(*NAMES("shops"), *NAMES("q"), *NAMES("v"), PIVOT_SUM), ERR_NAME,
                "no column 'shops': did you mean 'shop'?");
}

TEST(pivot_refuses_a_column_for_every_row) {
  Frame *f = frame_new(PIVOT_MOST + 1), *out;
  Column *c;
  assert_int_equal(column_new(NULL, COL_I64, PIVOT_MOST + 1, NULL, &c, NULL), OK);
  for (int64_t i = 0; i <= PIVOT_MOST; i++) c->i[i] = i;
  assert_int_equal(frame_add(f, "id", c, NULL), OK);
  Err err = {0};
  assert_int_equal(frame_pivot(NULL, f, &(PivotOpts){.columns = *NAMES("id"), .agg = PIVOT_COUNT}, &out, &err),
                   ERR_ARG);
  assert_string_equal(err.msg, "pivot: 'id' has 10,001 different values, at most 10,000 can become columns");
  frame_unref(f);
}

TEST(empty_frames_change_shape) {
  Frame *f = melted(make_frame("id:text x:int", ""), NAMES("id"), NULL);
  assert_int_equal(frame_nrow(f), 0);
  assert_int_equal(frame_ncol(f), 3);
  frame_unref(f);
  f = pivoted(make_frame("id:text q:int v:int", ""), NAMES("id"), NAMES("q"), NAMES("v"), PIVOT_UNIQUE);
  assert_int_equal(frame_nrow(f), 0);
  assert_int_equal(frame_ncol(f), 1);
  frame_unref(f);
}

TEST(cancel_stops_melt_and_pivot) {
  Frame *f = wide(), *g = sales(), *out;
  Job job = {0};
  atomic_store(&job.cancel, true);
  MeltOpts melt = {.id = *NAMES("id"), .names = "n", .to = "v"};
  PivotOpts pivot = {*NAMES("shop"), *NAMES("q"), *NAMES("v"), PIVOT_SUM};
  assert_int_equal(frame_melt(&job, f, &melt, &out, NULL), ERR_CANCELLED);
  assert_int_equal(frame_pivot(&job, g, &pivot, &out, NULL), ERR_CANCELLED);
  frame_unref(f);
  frame_unref(g);
}

RUN(CASE(melt_puts_the_value_columns_below_each_other), CASE(melt_says_what_does_not_fit), CASE(pivot_aggregates_cells),
    CASE(pivot_names_columns_by_value_and_level_when_there_are_several_values),
    CASE(pivot_counts_rows_without_values_and_takes_several_columns),
    CASE(pivot_puts_missing_levels_last_and_keeps_missing_rows), CASE(pivot_finds_a_free_name),
    CASE(pivot_keeps_the_type_of_what_it_picks), CASE(pivot_sums_lose_no_digits), CASE(pivot_says_what_to_write),
    CASE(pivot_refuses_a_column_for_every_row), CASE(empty_frames_change_shape), CASE(cancel_stops_melt_and_pivot))
