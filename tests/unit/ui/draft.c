// The Lua of a call whose options were chosen, and what is wrong with them. Expected lines are what a user of the
// language would type (docs: language).
#include "check.h"
#include "titanic.h"

#include "ui/draft_int.h"

static App app;
static WireHead head[5];
static WireOption option[8];
static Draft draft;

static void begin(const char *owner, const char *of, const char *kind, int64_t n, int64_t npos, bool rest) {
  Msg m;
  msg_init(&m, MSG_FORM, 0);
  m.Form = (MsgForm){.owner = owner, .of = of, .kind = kind, .signature = "", .doc = "", .example = "", .position = -1};
  m.Form.npos = npos, m.Form.rest = rest, m.Form.option = option, m.Form.n = n;
  draft_take(&draft, &m);
}

static void give(int64_t k, const char *name, ParamType type, const char *dflt, const char *choices) {
  bool number = type == PARAM_INT || type == PARAM_REAL;
  bool column = type == PARAM_NAMES || type == PARAM_TEXT;
  option[k] = (WireOption){name, type, number ? 0 : 0, number ? PARAM_INF : 0, dflt, choices, column ? "a column" : ""};
}

static void assert_lua(const char *want) {
  Str lua = {0}, why = {0};
  if (!draft_print(&app, &draft, &lua, &why)) str_add(&lua, str_c(&why));
  if (strcmp(str_c(&lua), want) != 0) fail_msg("\"%s\" is not \"%s\"", str_c(&lua), want);
  str_fini(&lua), str_fini(&why);
}

static void open_titanic(const char *column) {
  titanic_open(&app, head, 80, 24, GLYPHS_BRAILLE);
  titanic_give(&app, 6, 10);
  app.sheet.col = sheet_find_column(&app.sheet, column);
}

static void close_titanic(void) {
  draft_fini(&draft);
  titanic_close(&app);
}

TEST(a_chart_takes_the_column_under_the_cursor_and_names_its_options) {
  open_titanic("age");
  give(0, "x", PARAM_TEXT, NULL, ""), give(1, "by", PARAM_TEXT, "", ""), give(2, "bins", PARAM_INT, "0", "");
  begin("d:hist", "Frame", "chart", 3, 2, false);
  assert_lua("d:hist()");
  draft_guess(&app, &draft);
  assert_lua("d:hist{\"age\"}");
  draft_set(&draft, 2, "30"), assert_lua("d:hist{\"age\", bins=30}");
  draft_set(&draft, 1, "sex"), assert_lua("d:hist{\"age\", by=\"sex\", bins=30}");
  assert_int_equal(draft_given(&draft), 3);
  close_titanic();
}

TEST(lists_of_names_stand_flat_where_they_come_last) {
  open_titanic("age");
  give(0, "names", PARAM_NAMES, NULL, "");
  begin("d:drop", "Frame", "verb", 1, 1, true);
  draft_set(&draft, 0, "age,sex"), assert_lua("d:drop{\"age\", \"sex\"}");
  draft_fini(&draft);
  give(0, "columns", PARAM_NAMES, "", ""), give(1, "method", PARAM_CHOICE, "pearson", "pearson|spearman");
  begin("d:corr", "Frame", "verb", 2, 1, false);
  assert_lua("d:corr()");
  draft_set(&draft, 0, "age"), draft_set(&draft, 1, "spearman");
  assert_lua("d:corr{columns=\"age\", method=\"spearman\"}");
  close_titanic();
}

TEST(values_of_other_verbs_stand_in_parentheses) {
  open_titanic("age");
  give(0, "n", PARAM_INT, NULL, "");
  begin("d:head", "Frame", "verb", 1, 1, false);
  draft_set(&draft, 0, "7"), assert_lua("d:head(7)");
  draft_fini(&draft);
  give(0, "test", PARAM_REAL, "0.25", ""), give(1, "stratify", PARAM_TEXT, "", "");
  begin("d:split", "Frame", "verb", 2, 0, false);
  draft_set(&draft, 1, "sex"), assert_lua("d:split{stratify=\"sex\"}");
  close_titanic();
}

TEST(a_test_asks_about_the_column_by_the_target) {
  open_titanic("age");
  app.sheet.target = strdup("survived");
  give(0, "d", PARAM_VALUE, NULL, "frame"), give(1, "formula", PARAM_TEXT, NULL, "");
  give(2, "alternative", PARAM_CHOICE, "two.sided", "two.sided|less|greater");
  begin("stats.welch", "", "test", 3, 2, false);
  draft_guess(&app, &draft);
  assert_lua("stats.welch(d, \"age ~ survived\")");
  draft_set(&draft, 2, "less"), assert_lua("stats.welch(d, \"age ~ survived\", {alternative=\"less\"})");
  close_titanic();
}

TEST(a_model_is_trained_as_T_does_and_needs_a_target) {
  open_titanic("age");
  give(0, "l2", PARAM_REAL, "1", "");
  begin("ml.logistic", "", "model", 1, 0, false);
  assert_lua("no target yet: ! on a column");
  app.sheet.target = strdup("survived");
  draft_set(&draft, 0, "0.5");
  assert_lua("train, test = d:drop{\"name\"}:split{test=0.25, stratify=\"survived\"}\n"
             "m = pipe{prep.impute{with=\"median\"}, prep.onehot{}, prep.standard{}, ml.logistic{l2=0.5}}"
             ":fit(train, \"survived\")\ne = m:evaluate(test)");
  close_titanic();
}

TEST(a_verb_of_an_object_that_there_is_not_says_how_to_come_to_one) {
  open_titanic("age");
  begin("e:roc", "Evaluation", "verb", 0, 0, false);
  assert_lua("no evaluation yet: ! on a column, then T");
  draft_fini(&draft);
  begin("c:mean", "Column", "verb", 0, 0, false);
  assert_lua("d.age:mean()");
  close_titanic();
}

static void assert_wrong(int64_t k, const char *value, const char *want) {
  Str why = {0};
  draft_set(&draft, k, value);
  assert_int_equal(draft_check(&app, &draft, k, &why), !want);
  if (want) assert_has(str_c(&why), want);
  str_fini(&why);
}

TEST(what_will_not_do_says_what_would) {
  open_titanic("age");
  give(0, "x", PARAM_TEXT, NULL, ""), give(1, "bins", PARAM_INT, "0", ""), give(2, "density", PARAM_BOOL, "false", "");
  give(3, "rule", PARAM_CHOICE, "auto", "auto|fd");
  begin("d:hist", "Frame", "chart", 4, 1, false);
  assert_wrong(0, NULL, "must be given");
  assert_wrong(0, "agee", "is no column: did you mean 'age'?");
  assert_wrong(0, "age", NULL);
  assert_wrong(1, "-1", "must be a whole number of at least 0");
  assert_wrong(1, "2.5", "must be a whole number");
  assert_wrong(1, "x", "must be a whole number");
  assert_wrong(1, "12", NULL);
  assert_wrong(2, "yes", "true or false");
  assert_wrong(3, "none", "\"auto\" or \"fd\"");
  assert_wrong(3, "fd", NULL);
  assert_int_equal(draft_wrong(&app, &draft), 1);
  close_titanic();
}

RUN(CASE(a_chart_takes_the_column_under_the_cursor_and_names_its_options),
    CASE(lists_of_names_stand_flat_where_they_come_last), CASE(values_of_other_verbs_stand_in_parentheses),
    CASE(a_test_asks_about_the_column_by_the_target), CASE(a_model_is_trained_as_T_does_and_needs_a_target),
    CASE(a_verb_of_an_object_that_there_is_not_says_how_to_come_to_one), CASE(what_will_not_do_says_what_would))
