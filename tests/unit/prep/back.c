// Lags and rolling windows over the border between training rows and later ones, worked by hand; and on bundled data,
// where the values of the whole table are pandas' (tests/unit/prep/encode.c).
#include "unit/prep/shape_help.h"

#include "frame/verbs.h"

#include <math.h>

static Frame *shops(void) {
  return HELP_FRAME(7, {"shop", COL_CAT, {"a", "b", "a", "b", "a", "b", NULL}},
                    {"day", COL_DATE, {"2024-01-03", "2024-01-01", "2024-01-01", "2024-01-02", "2024-01-02",
                                       "2024-01-03", "2024-01-01"}},
                    {"sold", COL_I64, {"3", "10", "1", "20", "2", NULL, "7"}});
}

static Frame *slice(const Frame *f, int64_t first, int64_t n) {
  Frame *out;
  assert_int_equal(frame_slice(NULL, f, first, n, &out, NULL), OK);
  return out;
}

static Step lags_of(const char *lag) {
  Step s = help_step("lags");
  SET_NAMES(&s, "columns", "sold");
  SET_NAMES(&s, "group", "shop");
  SET_NAMES(&s, "lags", "1", lag);
  set_text(&s, "order", "day");
  return s;
}

TEST(rows_see_the_rows_of_their_group_before_them) {
  Frame *x = shops();
  Step s = lags_of("2");
  Frame *z = fitted(&s, x);
  assert_columns(z, "shop,day,sold,sold_lag_1,sold_lag_2");
  assert_cells(z, "sold_lag_1", "2,,,10,1,20,");
  assert_cells(z, "sold_lag_2", "1,,,,,10,");
  frame_unref(z);
  set_bool(&s, "keep", false);
  z = applied(&s, x);
  assert_columns(z, "shop,day,sold_lag_1,sold_lag_2");
  frame_unref(z);
  help_fini(&s);
  frame_unref(x);
}

TEST(rows_that_follow_see_the_last_training_rows_of_their_group) {
  Frame *x = shops();
  Frame *later = HELP_FRAME(4, {"shop", COL_TEXT, {"c", "b", "a", "b"}},
                            {"day", COL_DATE, {"2024-01-09", "2024-01-09", "2024-01-09", "2024-01-08"}},
                            {"sold", COL_I64, {"1", "2", "3", "4"}});
  Step s = lags_of("2");
  frame_unref(fitted(&s, x));
  Frame *z = applied(&s, later);
  assert_cells(z, "sold_lag_1", ",4,3,");
  assert_cells(z, "sold_lag_2", ",,2,20");
  frame_unref(z);
  help_fini(&s);
  frame_unref(later);
  frame_unref(x);
}

TEST(rows_among_the_training_rows_see_each_other_only) {
  Frame *x = shops();
  Frame *among = HELP_FRAME(3, {"shop", COL_CAT, {"a", "a", "b"}},
                            {"day", COL_DATE, {"2024-01-03", "2024-01-05", "2024-01-04"}},
                            {"sold", COL_I64, {"50", "60", "70"}});
  Step s = lags_of("2");
  frame_unref(fitted(&s, x));
  Frame *z = applied(&s, among);
  assert_cells(z, "sold_lag_1", ",50,"); // of shop b the last training row has no value
  assert_cells(z, "sold_lag_2", ",,20");
  frame_unref(z);
  help_fini(&s);
  frame_unref(among);
  frame_unref(x);
}

TEST(training_goes_on_with_the_training_rows_alone) {
  Frame *x = shops(), *z;
  Step s = lags_of("2");
  StepIn in = help_in(&s, x);
  StepRows rows;
  z = fitted(&s, x);
  assert_int_equal(step_train(NULL, s.type, s.opts, &s.state, &in, &rows, &s.err), OK);
  assert_same_frame(rows.x, z);
  frame_unref(rows.x);
  frame_unref(z);
  help_fini(&s);
  frame_unref(x);
}

static void set_step(Step *s, const char *column, const char *group, const char *opts) {
  SET_NAMES(s, "columns", column);
  if (group) SET_NAMES(s, "group", group);
  set_text(s, "order", "date");
  set_opts(s, opts);
}

// Fitted on the first rows by date, later rows get what they have in the whole table; also after save and load.
static void assert_seamless(const char *data, const char *step, const char *column, const char *group,
                            const char *opts) {
  Frame *d = help_data(data), *sorted;
  const char *by[] = {"date"};
  assert_int_equal(frame_sort(NULL, d, &(Names){by, 1}, &sorted, NULL), OK);
  const Column *date = help_col(sorted, "date");
  int64_t n = frame_nrow(d), cut = n * 3 / 4;
  while (date->i[cut] == date->i[cut - 1]) cut++;
  Frame *first = slice(sorted, 0, cut), *later = slice(sorted, cut, n - cut);
  Step whole = help_step(step), part = help_step(step), loaded = help_step(step);
  set_step(&whole, column, group, opts);
  set_step(&part, column, group, opts);
  set_step(&loaded, column, group, opts);
  Frame *all = fitted(&whole, sorted), *want = slice(all, cut, n - cut), *z;
  frame_unref(fitted(&part, first));
  z = applied(&part, later);
  assert_same_frame(z, want);
  frame_unref(z);
  Str text = {0};
  Store store;
  store_write(&store, "step", 1, &text);
  part.type->store(&store, &part.state);
  store_write_end(&store);
  store_read(&store, "step", 1, (Sv){text.s, text.n}, &loaded.state.arena);
  loaded.type->store(&store, &loaded.state);
  assert_int_equal(store.err.code, OK);
  z = applied(&loaded, later);
  assert_same_frame(z, want);
  str_fini(&text);
  frame_unref(z);
  frame_unref(want);
  frame_unref(all);
  frame_unref(later);
  frame_unref(first);
  frame_unref(sorted);
  frame_unref(d);
  help_fini(&whole);
  help_fini(&part);
  help_fini(&loaded);
}

TEST(there_is_no_seam_between_training_rows_and_those_that_follow) {
  assert_seamless("seattle_weather", "lags", "temp_max", NULL, "");
  assert_seamless("seattle_weather", "lags", "weather", NULL, "");
  assert_seamless("seattle_weather", "rolling", "wind", NULL, "window=28;min=1");
  assert_seamless("flights_5k", "lags", "delay", "origin", "");
  assert_seamless("flights_5k", "rolling", "delay", "origin", "window=5");
}

TEST(options_that_do_not_fit_say_what_does) {
  Frame *x = shops();
  Frame *gap = HELP_FRAME(2, {"day", COL_DATE, {"2024-01-01", NULL}}, {"sold", COL_I64, {"1", "2"}});
  Step s = help_step("lags");
  SET_NAMES(&s, "lags", "0");
  assert_refused(&s, x, ERR_ARG, "lags must be whole numbers from 1 to 100000, '0' was given");
  SET_NAMES(&s, "lags", "2", "2");
  assert_refused(&s, x, ERR_ARG, "lag 2 is there twice");
  SET_NAMES(&s, "lags", "1");
  set_text(&s, "order", "day");
  assert_refused(&s, gap, ERR_ARG, "column 'day' puts the rows in order and is missing in row 2");
  set_text(&s, "order", "dya");
  assert_refused(&s, x, ERR_NAME, "did you mean 'day'?");
  help_fini(&s);
  s = help_step("rolling");
  SET_NAMES(&s, "with", "average");
  assert_refused(&s, x, ERR_NAME, "prep.rolling: no statistic 'average'");
  SET_NAMES(&s, "with", "mean");
  set_int(&s, "min", 4);
  assert_refused(&s, x, ERR_ARG, "min=4 is more than the window has rows, 3");
  set_int(&s, "min", 0);
  set_columns(&s, "shop");
  assert_refused(&s, x, ERR_TYPE, "column 'shop' is category, and this step takes numbers");
  help_fini(&s);
  frame_unref(gap);
  frame_unref(x);
}

RUN(CASE(rows_see_the_rows_of_their_group_before_them),
    CASE(rows_that_follow_see_the_last_training_rows_of_their_group),
    CASE(rows_among_the_training_rows_see_each_other_only), CASE(training_goes_on_with_the_training_rows_alone),
    CASE(there_is_no_seam_between_training_rows_and_those_that_follow), CASE(options_that_do_not_fit_say_what_does))
