// What the kernel says the rows behind a number are. Conditions by hand, as a user would write them; titanic: counts
// and extremes from pandas 1.5.3, outliers (below 21 - 27, above 39 + 27) from numpy's quartiles 21 and 39.
#include "kernel_help.h"

static const char *const TABLES =
    "d = data 'titanic' k = frame{{'g', {\"O'Brien\", 'a \"b\"', 'x', 'x'}}, {'v v', {1, 2.5, 3, 1e300}}} "
    "n = d:count{'sex', 'age'} o = d:outliers{'age'} c = d:crosstab('sex', 'survived') r = d:corr() "
    "p = d:pivot{rows='passengerClass', columns='sex', agg='count'} q = k:count{'g'} s = d:describe() "
    "w = data 'seattle_weather' j = o:derive{\"verdict = if_else(row == 15, 'natural', verdict)\"}:sort{'row'} "
    "z = d:alerts() lost = data('iris'):count{'class'}";

static Client *open_tables(void) {
  Client *c = open_client();
  run(c, 1, TABLES);
  return c;
}

static void assert_rows(Client *c, MsgViewRows ask, const char *of, const char *where) {
  Msg m;
  msg_init(&m, MSG_VIEW_ROWS, 0);
  m.ViewRows = ask;
  send_kind(c, &m);
  m = await(c, MSG_ROWS);
  assert_string_equal(m.Rows.of, of);
  assert_string_equal(*m.Rows.lua ? m.Rows.lua : m.Rows.where, where);
  msg_fini(&m);
}

static void assert_refused(Client *c, MsgViewRows ask, const char *why) {
  Msg m;
  msg_init(&m, MSG_VIEW_ROWS, 0);
  m.ViewRows = ask;
  uint64_t request = send_kind(c, &m);
  for (;;) {
    assert_int_equal(client_next(c, 60000, &m), CLIENT_MESSAGE);
    if (m.kind == MSG_REFUSED && m.request == request) break;
    msg_fini(&m);
  }
  assert_has(m.Refused.message, why);
  msg_fini(&m);
}

#define CELL(object, column, row) ((MsgViewRows){object, column, "", row, 0, 0, false})
#define STATISTIC(object, column, label) ((MsgViewRows){object, column, label, -1, 0, 0, false})

TEST(a_level_stands_for_the_rows_that_have_it) {
  Client *c = open_tables();
  assert_rows(c, CELL("n", "n", 0), "d", "sex == 'male' and is_missing(age)"); // the most frequent pair
  assert_rows(c, CELL("n", "sex", 1), "d", "sex == 'female' and is_missing(age)");
  assert_rows(c, CELL("q", "g", 0), "k", "g == 'x'");
  assert_rows(c, CELL("q", "n", 1), "k", "g == 'O\\'Brien'");
  assert_rows(c, CELL("q", "n", 2), "k", "g == 'a \\\"b\\\"'");
  client_close(c);
}

TEST(suspects_alerts_and_cells_of_tables_stand_for_rows) {
  Client *c = open_tables();
  assert_rows(c, CELL("o", "value", 0), "d", "row() == 15");
  assert_rows(c, CELL("j", "value", 0), "d", "row() == 10"); // sorted, and judged
  assert_rows(c, CELL("c", "yes", 0), "d", "sex == 'female' and survived == 'yes'");
  assert_rows(c, CELL("p", "male", 0), "d", "passengerClass == '1st' and sex == 'male'");
  assert_rows(c, CELL("s", "missing", 3), "d", "is_missing(age)");
  assert_rows(c, CELL("s", "max", 3), "d", "age == 80");
  assert_rows(c, CELL("z", "text", 1), "d", "len(name) == 31");
  assert_refused(c, CELL("s", "column", 3), "is no statistic");
  client_close(c);
}

TEST(a_pair_is_a_picture) {
  Client *c = open_client();
  run(c, 1, "d = data 'iris' r = d:corr()");
  assert_rows(c, CELL("r", "petal_length_cm", 0), "d", ":scatter{\"sepal_length_cm\", \"petal_length_cm\"}");
  client_close(c);
}

TEST(a_statistic_of_a_column_stands_for_its_rows) {
  Client *c = open_tables();
  assert_rows(c, STATISTIC("d", "age", "missing"), "", "is_missing(age)");
  assert_rows(c, STATISTIC("d", "age", "outliers"), "", "age < -6 or age > 66");
  assert_rows(c, STATISTIC("d", "age", "min"), "", "age == 0.166700006");
  assert_rows(c, STATISTIC("d", "age", "max"), "", "age == 80");
  assert_rows(c, STATISTIC("d", "age", "mode"), "", "age == 24");
  assert_rows(c, STATISTIC("d", "age", "not int"), "", "age ~= floor(age)");
  assert_rows(c, STATISTIC("d", "age", "5%"), "", "age <= quantile(age, 0.05)");
  assert_rows(c, STATISTIC("d", "age", "99%"), "", "age >= quantile(age, 0.99)");
  assert_rows(c, STATISTIC("d", "sex", "female"), "", "sex == 'female'");
  assert_rows(c, STATISTIC("d", "name", "longest"), "", "len(name) == 31");
  assert_rows(c, STATISTIC("k", "v v", "max"), "", "`v v` == 1e+300");
  assert_rows(c, STATISTIC("w", "date", "first"), "", "date == date('2012-01-01')");
  assert_refused(c, STATISTIC("d", "name", "once"), "no rows in particular");
  assert_refused(c, STATISTIC("d", "agee", "min"), "did you mean 'age'?");
  client_close(c);
}

TEST(a_bar_has_its_edges_and_the_last_one_its_end_too) {
  Client *c = open_tables();
  assert_rows(c, (MsgViewRows){"d", "age", "", -1, 9, 12, false}, "", "age >= 9 and age < 12");
  assert_rows(c, (MsgViewRows){"d", "age", "", -1, 78, 81, true}, "", "age >= 78 and age <= 81");
  assert_rows(c, (MsgViewRows){"w", "date", "", -1, 15340, 15371, false}, "",
              "date >= date('2012-01-01') and date < date('2012-02-01')"); // 15,340 days after 1970
  client_close(c);
}

TEST(what_no_table_stands_behind_is_said) {
  Client *c = open_tables();
  assert_refused(c, CELL("d", "age", 0), "no answer");
  assert_refused(c, CELL("lost", "n", 0), "has no name now");
  assert_refused(c, CELL("n", "n", 5000), "no such row");
  assert_refused(c, CELL("none", "n", 0), "no table 'none'");
  client_close(c);
}

RUN(CASE(a_level_stands_for_the_rows_that_have_it), CASE(suspects_alerts_and_cells_of_tables_stand_for_rows),
    CASE(a_pair_is_a_picture), CASE(a_statistic_of_a_column_stands_for_its_rows),
    CASE(a_bar_has_its_edges_and_the_last_one_its_end_too), CASE(what_no_table_stands_behind_is_said))
