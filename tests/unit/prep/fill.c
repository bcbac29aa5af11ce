// Ozone of airquality against pandas 1.5.3: ffill, bfill and interpolate, also by month (tests/golden/make/fill.py).
// The rest is worked by hand.
#include "golden/fill.h"

#include "frame/verbs.h"
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

#include "base/rng.h"

static Frame *air(void) {
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, "datasets/airquality.csv", &opts, &d, NULL), OK);
  return d;
}

static void set_group(Step *s, const char *name) {
  const char **one = arena_array(&s->arena, const char *, 1);
  one[0] = name;
  param_set_names(help_param(s, "group"), s->opts, (Names){one, 1});
}

static void assert_ozone(Step *s, const Frame *d, const int64_t *row, const double *want) {
  set_columns(s, "Ozone");
  Frame *z = fitted(s, d), *card = card_of(s);
  const Column *c = help_col(z, "Ozone");
  int64_t left = 0;
  for (int64_t i = 0; i < GOLDEN_FILL; i++) {
    double v = want[row ? row[i] : i];
    assert_int_equal(col_valid(c, i), !isnan(v));
    if (!isnan(v)) assert_near(col_f64(c, i), v, 1e-12);
    left += isnan(v);
  }
  assert_int_equal(help_col(card, "missing")->i[0], 37);
  assert_int_equal(help_col(card, "left")->i[0], left);
  frame_unref(card);
  frame_unref(z);
}

TEST(gaps_are_filled_as_pandas_does) {
  static const struct {
    const char *with, *group;
    int64_t limit;
    const double *want;
  } rows[] = {{"forward", "Month", 0, FORWARD_BY_MONTH},
              {"backward", NULL, 2, BACKWARD_2},
              {"linear", NULL, 0, LINEAR},
              {"linear", "Month", 0, LINEAR_BY_MONTH}};
  Frame *d = air();
  for (int k = 0; k < 4; k++) {
    Step s = help_step("fill");
    set_text(&s, "with", rows[k].with);
    set_int(&s, "limit", rows[k].limit);
    if (rows[k].group) set_group(&s, rows[k].group);
    assert_ozone(&s, d, NULL, rows[k].want);
    help_fini(&s);
  }
  frame_unref(d);
}

TEST(an_order_makes_the_order_of_the_rows_meaningless) {
  Frame *d = air(), *turned;
  int64_t row[GOLDEN_FILL];
  for (int64_t i = 0; i < GOLDEN_FILL; i++) row[i] = i;
  rng_shuffle(rng_key(3, "fill"), row, GOLDEN_FILL);
  assert_int_equal(frame_gather(NULL, d, row, GOLDEN_FILL, &turned, NULL), OK);
  for (int k = 0; k < 2; k++) {
    Step s = help_step("fill");
    set_text(&s, "with", k ? "linear" : "forward");
    set_text(&s, "order", "Day");
    set_group(&s, "Month");
    assert_ozone(&s, turned, row, k ? LINEAR_BY_MONTH : FORWARD_BY_MONTH);
    help_fini(&s);
  }
  frame_unref(turned);
  frame_unref(d);
}

static Frame *series(void) {
  return HELP_FRAME(5, {"day", COL_DATE, {"2024-01-01", "2024-01-05", "2024-01-02", "2024-01-11", "2024-01-12"}},
                    {"n", COL_I64, {"10", NULL, NULL, "20", NULL}}, {"word", COL_CAT, {"a", NULL, "b", NULL, NULL}},
                    {"m", COL_I64, {"1", "2", "3", "4", "5"}});
}

TEST(a_line_is_drawn_over_the_values_of_the_order) {
  Step s = help_step("fill");
  set_text(&s, "with", "linear");
  set_text(&s, "order", "day");
  Frame *x = series(), *z = fitted(&s, x);
  assert_cells(z, "n", "10,14,11,20,");
  assert_int_equal(help_col(z, "n")->type, COL_F64);
  assert_ptr_equal(help_col(z, "m"), help_col(x, "m"));
  Frame *later = HELP_FRAME(3, {"day", COL_DATE, {"2024-01-01", "2024-01-02", "2024-01-04"}},
                            {"n", COL_I64, {"1", "2", "3"}}, {"m", COL_I64, {"1", NULL, "8"}});
  Frame *z2 = applied(&s, later);
  assert_cells(z2, "m", "1,3,8"); // 3.33 is no whole number, and training had no gap
  assert_int_equal(help_col(z2, "n")->type, COL_F64);
  frame_unref(z2);
  frame_unref(later);
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(words_are_carried_too) {
  Step s = help_step("fill");
  set_text(&s, "order", "day");
  Frame *x = series(), *z = fitted(&s, x);
  assert_cells(z, "word", "a,b,b,b,b");
  assert_cells(z, "n", "10,10,10,20,20");
  frame_unref(z);
  set_text(&s, "with", "backward");
  z = fitted(&s, x);
  assert_cells(z, "word", "a,,b,,");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(what_cannot_be_filled_or_ordered_is_named) {
  Step s = help_step("fill");
  Frame *x = series(), *none = HELP_FRAME(2, {"a", COL_F64, {NULL, NULL}});
  set_text(&s, "order", "n");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_has(s.err.msg, "column 'n' puts the rows in order and is missing in row 2");
  set_text(&s, "order", "dya");
  assert_int_equal(step_fit(&s, x), ERR_NAME);
  assert_has(s.err.msg, "did you mean 'day'");
  set_text(&s, "order", "*");
  assert_int_equal(step_fit(&s, x), ERR_ARG);
  assert_has(s.err.msg, "order=\"*\" names 4 columns");
  set_text(&s, "order", "day");
  set_text(&s, "with", "linear");
  set_columns(&s, "word");
  assert_int_equal(step_fit(&s, x), ERR_TYPE);
  assert_has(s.err.msg, "column 'word' is category, and with=\"linear\" is for numbers");
  set_columns(&s, "m");
  set_text(&s, "order", "word");
  assert_int_equal(step_fit(&s, x), ERR_TYPE);
  assert_has(s.err.msg, "order column 'word' is category");
  Step s2 = help_step("fill");
  assert_int_equal(step_fit(&s2, none), ERR_ARG);
  assert_has(s2.err.msg, "column 'a' has no value in the training rows");
  frame_unref(none);
  frame_unref(x);
  help_fini(&s2);
  help_fini(&s);
}

// ---- long lines ----------------------------------------------------------------------------------------------------
enum { LONG = 200000, GROUP = 90000 };

static bool has_value(int64_t i) {
  int64_t near = i % 32768; // long gaps where the line is cut for the threads
  return i % GROUP != 0 && i % 7 != 3 && (near > 700 && near < 32068);
}

// Row i has the value i, or none.
static Frame *long_line(void) {
  Frame *x = frame_new(LONG);
  Column *v, *g;
  assert_int_equal(column_new(NULL, COL_F64, LONG, NULL, &v, NULL), OK);
  assert_int_equal(column_new(NULL, COL_I64, LONG, NULL, &g, NULL), OK);
  for (int64_t i = 0; i < LONG; i++) {
    v->f[i] = (double)i, g->i[i] = i / GROUP;
    if (!has_value(i)) assert_int_equal(column_set_missing(v, i, NULL), OK);
  }
  assert_int_equal(frame_add(x, "v", v, NULL), OK);
  assert_int_equal(frame_add(x, "g", g, NULL), OK);
  return x;
}

static double neighbour(int64_t i, int64_t step) {
  int64_t k = i;
  while (k >= 0 && k < LONG && k / GROUP == i / GROUP && !has_value(k)) k += step;
  return k >= 0 && k < LONG && k / GROUP == i / GROUP ? (double)k : NAN;
}

static double wanted(const char *with, int64_t limit, int64_t i) {
  double before = neighbour(i, -1), after = neighbour(i, 1);
  if (with[0] == 'l') return isnan(before) || isnan(after) ? NAN : (double)i;
  double v = with[0] == 'f' ? before : after;
  return limit && fabs(v - (double)i) > (double)limit ? NAN : v;
}

TEST(gaps_are_filled_across_the_pieces_of_a_long_line) {
  Frame *x = long_line();
  const char *with[] = {"forward", "backward", "linear"};
  for (int k = 0; k < 6; k++) {
    Step s = help_step("fill");
    const char **name = arena_array(&s.arena, const char *, 1);
    name[0] = "g";
    set_columns(&s, "v");
    set_text(&s, "with", with[k % 3]);
    set_int(&s, "limit", k < 3 ? 0 : 600);
    param_set_names(help_param(&s, "group"), s.opts, (Names){name, 1});
    Frame *z = fitted(&s, x);
    const Column *c = help_col(z, "v");
    for (int64_t i = 0; i < LONG; i++) {
      double want = wanted(with[k % 3], k < 3 ? 0 : 600, i), got = col_f64(c, i);
      if (isnan(want) != isnan(got) || fabs(want - got) > 1e-9)
        fail_msg("%s: row %d is %g, expected %g", with[k % 3], (int)i, got, want);
    }
    frame_unref(z);
    help_fini(&s);
  }
  frame_unref(x);
}

RUN(CASE(gaps_are_filled_as_pandas_does), CASE(an_order_makes_the_order_of_the_rows_meaningless),
    CASE(a_line_is_drawn_over_the_values_of_the_order), CASE(words_are_carried_too),
    CASE(what_cannot_be_filled_or_ordered_is_named),
    CASE(gaps_are_filled_across_the_pieces_of_a_long_line))
