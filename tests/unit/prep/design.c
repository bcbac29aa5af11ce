// Selectors, the matrix, and what a user is told whose frame no model can take. Titanic's facts (263 missing ages, the
// first in row 16; 1309 distinct names in 1309 rows) are from pandas 1.5.3.
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

static Frame *mixed(void) {
  return HELP_FRAME(2, {"n", COL_I64, {"1", "2"}}, {"g", COL_CAT, {"u", "v"}}, {"ok", COL_BOOL, {"true", "false"}},
                    {"day", COL_DATE, {"2024-01-01", "2024-01-02"}}, {"t", COL_TEXT, {"a b", "c"}},
                    {"v", COL_F64, {"0.5", "-1"}}, {"at", COL_TIME, {"2024-01-01 10:00", "2024-01-01 11:00"}});
}

static void assert_selects(const char *first, const char *second, const char *dflt, const char *want) {
  Frame *x = mixed();
  Arena a = {0};
  const char *names[] = {first, second};
  Names selector = {names, (first != NULL) + (second != NULL)};
  int *col, n;
  Str got = {0};
  assert_int_equal(prep_select(x, &selector, dflt, &a, &col, &n, NULL), OK);
  for (int k = 0; k < n; k++) str_addf(&got, "%s%s", k ? "," : "", frame_name(x, col[k]));
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
  arena_fini(&a);
  frame_unref(x);
}

TEST(selectors_take_names_and_kinds_in_the_order_of_the_frame) {
  assert_selects("*", NULL, "", "n,g,ok,day,t,v,at");
  assert_selects("@number", NULL, "*", "n,ok,v");
  assert_selects("@text", NULL, "*", "g,t");
  assert_selects("@category", NULL, "*", "g");
  assert_selects("@date", NULL, "*", "day,at");
  assert_selects("v", "g", "*", "g,v");
  assert_selects("@category", "g", "*", "g");
  assert_selects(NULL, NULL, "@text", "g,t");
}

TEST(selectors_take_patterns_and_leave_columns_out) {
  assert_selects("?", NULL, "", "n,g,t,v");
  assert_selects("a*", NULL, "", "at");
  assert_selects("*y", "d?y", "", "day");
  assert_selects("@bool", NULL, "", "ok");
  assert_selects("@missing", NULL, "", "");
  assert_selects("@constant", NULL, "", "");
  assert_selects("*", "-day", "", "n,g,ok,t,v,at");
  assert_selects("-@text", NULL, "*", "n,ok,day,v,at");
  assert_selects("-n", "-v", "@number", "ok");
  assert_selects("@date", "-a*", "*", "day");
}

TEST(constant_columns_are_those_without_a_value_or_with_one_in_all_rows) {
  Frame *x = HELP_FRAME(3, {"none", COL_F64, {NULL}}, {"gaps", COL_I64, {"1", NULL, "1"}},
                        {"one", COL_I64, {"1", "1", "1"}}, {"word", COL_CAT, {"a", "a", "a"}}, {"two", COL_BOOL, {"true", "false", "true"}});
  Arena a = {0};
  int *col, n;
  const char *name = "@constant";
  assert_int_equal(prep_select(x, &(Names){&name, 1}, "*", &a, &col, &n, NULL), OK);
  assert_true(n == 3 && col[0] == 0 && col[1] == 2 && col[2] == 3);
  arena_fini(&a);
  frame_unref(x);
}

TEST(unknown_selectors_are_answered_with_the_nearest) {
  Frame *x = mixed(), *odd;
  Arena a = {0};
  Err err;
  int *col, n;
  const char *name = "dya";
  assert_int_equal(prep_select(x, &(Names){&name, 1}, "*", &a, &col, &n, &err), ERR_NAME);
  assert_string_equal(err.msg, "no column 'dya': did you mean 'day'?");
  name = "@numbers";
  assert_int_equal(prep_select(x, &(Names){&name, 1}, "*", &a, &col, &n, &err), ERR_NAME);
  assert_string_equal(err.msg, "no kind of columns '@numbers': did you mean '@number'?");
  odd = HELP_FRAME(1, {"a", COL_I64, {"1"}}, {"@numbers", COL_I64, {"1"}}, {"*", COL_I64, {"2"}});
  assert_int_equal(prep_select(odd, &(Names){&name, 1}, "*", &a, &col, &n, &err), OK);
  assert_true(n == 1 && col[0] == 1); // a column that is really called so
  arena_fini(&a);
  frame_unref(odd);
  frame_unref(x);
}

TEST(numbers_become_the_matrix_by_name) {
  Frame *x = HELP_FRAME(3, {"n", COL_I64, {"1", "2", "-3"}}, {"ok", COL_BOOL, {"true", "false", "true"}},
                        {"v", COL_F64, {"0.5", "-1", "1e10"}});
  Frame *later = HELP_FRAME(2, {"v", COL_I64, {"7", "8"}}, {"more", COL_TEXT, {"a", "b"}},
                            {"ok", COL_BOOL, {"false", "true"}}, {"n", COL_F64, {"0.25", "9"}});
  static const double want[] = {1, 2, -3, 1, 0, 1, 0.5, -1, 1e10}, want2[] = {0.25, 9, 0, 1, 7, 8};
  Arena a = {0}, b = {0};
  Design d, d2;
  Mat m;
  assert_int_equal(design_fit(x, "ml.linear{}", &a, &d, NULL), OK);
  assert_int_equal(d.terms.n, 3);
  assert_int_equal(design_mat(NULL, &d, x, &m, NULL), OK);
  assert_true(m.n == 3 && m.p == 3);
  assert_memory_equal(m.x, want, sizeof want);
  mat_free(&m);
  Str text = {0};
  Store s;
  store_write(&s, "design", 1, &text);
  design_store(&s, &d);
  store_write_end(&s);
  store_read(&s, "design", 1, (Sv){text.s, text.n}, &b);
  design_store(&s, &d2);
  assert_int_equal(s.err.code, OK);
  assert_int_equal(design_mat(NULL, &d2, later, &m, NULL), OK);
  assert_memory_equal(m.x, want2, sizeof want2);
  mat_free(&m);
  str_fini(&text);
  arena_fini(&a);
  arena_fini(&b);
  frame_unref(later);
  frame_unref(x);
}

static void assert_refused(Frame *x, ErrCode code, const char *says) {
  Arena a = {0};
  Design d;
  Err err = {0};
  assert_int_equal(design_fit(x, "ml.logistic{}", &a, &d, &err), code);
  assert_string_equal(err.msg, says);
  arena_fini(&a);
  frame_unref(x);
}

TEST(each_fault_is_answered_with_the_steps_that_mend_it) {
  assert_refused(HELP_FRAME(2, {"a", COL_I64, {"1", "2"}}, {"sex", COL_CAT, {"f", "m"}}), ERR_TYPE,
                 "column 'sex' is a category: models take numbers. Put steps before the model: "
                 "p = pipe{prep.onehot{}, prep.standard{}, ml.logistic{}}");
  assert_refused(HELP_FRAME(3, {"a", COL_I64, {"1", "2", NULL}}), ERR_ARG,
                 "column 'a' has 1 missing value (first in row 3): models take none. Put steps before the model: "
                 "p = pipe{prep.impute{with=\"median\"}, prep.standard{}, ml.logistic{}}");
  assert_refused(HELP_FRAME(3, {"a", COL_I64, {"1", NULL, NULL}}, {"b", COL_F64, {"nan", "1", "2"}}), ERR_ARG,
                 "column 'a' has 2 missing values (first in row 2), 1 more has some: models take none. Put steps "
                 "before the model: p = pipe{prep.impute{with=\"median\"}, prep.standard{}, ml.logistic{}}");
  assert_refused(HELP_FRAME(2, {"g", COL_CAT, {"f", "m"}}, {"t", COL_TEXT, {"f", NULL}}), ERR_TYPE,
                 "columns 'g' and 't' are categories or text, column 't' has 1 missing value (first in row 2): models "
                 "take numbers without missing values. Put steps before the model: "
                 "p = pipe{prep.impute{with=\"median\"}, prep.onehot{}, prep.standard{}, ml.logistic{}}");
  assert_refused(HELP_FRAME(1, {"a", COL_TEXT, {"f"}}, {"b", COL_TEXT, {"f"}}, {"c", COL_TEXT, {"f"}}), ERR_TYPE,
                 "columns 'a', 'b' and 1 more are categories or text: models take numbers. Put steps before the model: "
                 "p = pipe{prep.onehot{}, prep.standard{}, ml.logistic{}}");
  assert_refused(HELP_FRAME(1, {"day", COL_DATE, {"2024-01-01"}}), ERR_TYPE,
                 "column 'day' is a date: models take numbers. Leave out dates: d = d:drop{\"day\"}.");
  assert_refused(HELP_FRAME(2, {"a", COL_I64, {"1", "2"}}, {"v", COL_F64, {"1", "-inf"}}), ERR_ARG,
                 "column 'v' is infinite in row 2: models take finite numbers; leave such rows out, "
                 "d:where \"is_finite(`v`)\"");
}

TEST(titanic_is_told_what_to_paste) {
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, "datasets/titanic.csv", &opts, &d, NULL), OK);
  assert_refused(d, ERR_TYPE,
                 "columns 'name', 'survived' and 2 more are categories or text, column 'age' has 263 missing values "
                 "(first in row 16): models take numbers without missing values. Leave out columns "
                 "whose words nearly all differ: d = d:drop{\"name\"}. Put steps before the model: "
                 "p = pipe{prep.impute{with=\"median\"}, prep.onehot{}, prep.standard{}, ml.logistic{}}");
}

TEST(later_rows_that_do_not_fit_are_refused) {
  Frame *x = HELP_FRAME(2, {"age", COL_I64, {"1", "2"}}, {"v", COL_F64, {"1", "2"}});
  Arena a = {0};
  Design d;
  Mat m;
  Err err;
  assert_int_equal(design_fit(x, "ml.linear{}", &a, &d, NULL), OK);
  static const struct {
    HelpCol age;
    ErrCode code;
    const char *says;
  } rows[] = {
      {{"agee", COL_I64, {"1", "2"}}, ERR_NAME, "no column 'age': did you mean 'agee'?"},
      {{"age", COL_I64, {"1", NULL}}, ERR_ARG,
       "column 'age' has 1 missing value (first in row 2): the model takes none; put prep.impute{} before it and fit "
       "again, or leave the rows out, d:dropna{columns={\"age\"}}"},
      {{"age", COL_F64, {"nan", NULL}}, ERR_ARG, "column 'age' has 2 missing values (first in row 1): the model takes "
       "none; put prep.impute{} before it and fit again, or leave the rows out, d:dropna{columns={\"age\"}}"},
      {{"age", COL_CAT, {"old", "young"}}, ERR_TYPE,
       "column 'age' is category here and was a number in training: cast it, d:cast{[\"age\"]=\"real\"}"},
      {{"age", COL_F64, {"1", "inf"}}, ERR_ARG,
       "column 'age' is infinite in row 2: models take finite numbers; leave such rows out, "
       "d:where \"is_finite(`age`)\""},
  };
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
    Frame *later = HELP_FRAME(2, rows[k].age, {"v", COL_F64, {"1", "2"}});
    assert_int_equal(design_mat(NULL, &d, later, &m, &err), rows[k].code);
    assert_string_equal(err.msg, rows[k].says);
    frame_unref(later);
  }
  arena_fini(&a);
  frame_unref(x);
}

RUN(CASE(selectors_take_names_and_kinds_in_the_order_of_the_frame),
    CASE(selectors_take_patterns_and_leave_columns_out),
    CASE(constant_columns_are_those_without_a_value_or_with_one_in_all_rows),
    CASE(unknown_selectors_are_answered_with_the_nearest), CASE(numbers_become_the_matrix_by_name),
    CASE(each_fault_is_answered_with_the_steps_that_mend_it),
    CASE(titanic_is_told_what_to_paste), CASE(later_rows_that_do_not_fit_are_refused))
