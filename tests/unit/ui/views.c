// What a real kernel answers about tables and evaluations, also while a cell runs. titanic: pandas 1.5.3 (statistics,
// shares, counts) and scipy; evaluations of eight rows by hand: a logistic regression without a penalty on one 0/1
// column gives the share of each side as its score, 3/4 and 1/4.
#include "kernel_help.h"

// Keeps a cell running until the end of the test.
static void keep_busy(Client *c) {
  eval(c, 99, "while true do end");
  Msg m = await(c, MSG_PROGRESS);
  msg_fini(&m);
}

static Msg ask_heads(Client *c, const char *object) {
  Msg m;
  msg_init(&m, MSG_VIEW_HEADS, 0);
  m.ViewHeads.object = object;
  uint64_t request = send_kind(c, &m);
  m = await(c, MSG_HEADS);
  assert_true(m.request == request);
  return m;
}

static Msg ask_column(Client *c, const char *object, const char *column) {
  Msg m;
  msg_init(&m, MSG_VIEW_COLUMN, 0);
  m.ViewColumn = (MsgViewColumn){.object = object, .column = column, .target = ""};
  uint64_t request = send_kind(c, &m);
  m = await(c, MSG_COLUMN);
  assert_true(m.request == request);
  return m;
}

static const char *value_of(const MsgColumn *m, const char *label) {
  for (int64_t k = 0; k < m->label.n; k++)
    if (strcmp(m->label.name[k], label) == 0) return m->value.name[k];
  fail_msg("no '%s'", label);
  return "";
}

static void assert_refused(Client *c, Msg *ask, const char *why) {
  send_kind(c, ask);
  for (;;) {
    Msg m;
    assert_int_equal(client_next(c, 60000, &m), CLIENT_MESSAGE);
    bool refused = m.kind == MSG_REFUSED;
    if (refused) assert_has(m.Refused.message, why);
    msg_fini(&m);
    if (refused) return;
  }
}

// ---- tables --------------------------------------------------------------------------------------------------------
TEST(columns_are_seen_at_a_glance_while_a_cell_runs) {
  Client *c = open_client();
  run(c, 1, "d = data 'titanic'");
  keep_busy(c);
  Msg m = ask_heads(c, "d");
  const WireHead *h = m.Heads.item;
  assert_true(m.Heads.n == 5 && m.Heads.nrow == 1309);
  assert_string_equal(m.Heads.source, "titanic");
  assert_has(m.Heads.state, "whole file, ");
  assert_true(h[0].strip == STRIP_TEXT && h[0].sign == '~');
  assert_string_equal(h[0].text, "1,309 distinct");
  assert_true(h[1].strip == STRIP_SHARES && h[1].n == 2);
  assert_string_equal(h[1].text, "ny");
  assert_near(h[1].value[1], 500.0 / 1309, 1e-15);
  assert_true(h[3].strip == STRIP_SPARK && h[3].n == 8 && h[3].sign == '%');
  assert_string_equal(h[3].kind, "real");
  assert_near(h[3].value[2], 1, 0); // 20 to 30: the most
  assert_near(h[3].value[7], 6.0 / 361, 1e-15);
  msg_fini(&m);
  client_close(c);
}

TEST(a_column_of_numbers_is_profiled) {
  static const char *const want[][2] = {{"n", "1,046"},     {"missing", "263"}, {"distinct", "98"}, {"outliers", "9"},
                                        {"not int", "45"},  {"mean", "29.88"},  {"se", "0.45"},     {"sd", "14.41"},
                                        {"skew", "0.41"},   {"mode", "24"},     {"min", "0.1667"},  {"q1", "21"},
                                        {"median", "28"},   {"q3", "39"},       {"max", "80"},      {"1%", "0.9167"},
                                        {"5%", "5"},        {"10%", "14"},      {"90%", "50"},      {"99%", "65"}};
  Client *c = open_client();
  run(c, 1, "d = data 'titanic'");
  keep_busy(c);
  Msg m = ask_column(c, "d", "age");
  assert_true(m.Column.place == 4 && m.Column.ncol == 5 && m.Column.label.n == 20);
  assert_string_equal(m.Column.kind, "real");
  assert_string_equal(m.Column.state, "complete 79.9%");
  for (int k = 0; k < 20; k++) {
    assert_string_equal(m.Column.label.name[k], want[k][0]);
    assert_string_equal(m.Column.value.name[k], want[k][1]);
  }
  assert_true(m.Column.has_plot && m.Column.plot.n == 1046 && m.Column.plot.box.present);
  msg_fini(&m);
  client_close(c);
}

TEST(levels_come_with_their_shares) {
  Client *c = open_client();
  run(c, 1, "d = data 'titanic'");
  Msg m = ask_column(c, "d", "passengerClass");
  assert_string_equal(m.Column.state, "complete");
  assert_string_equal(value_of(&m.Column, "distinct"), "3");
  assert_string_equal(m.Column.label.name[5], "3rd");
  assert_string_equal(m.Column.value.name[5], "709  54.2%");
  assert_string_equal(value_of(&m.Column, "2nd"), "277  21.2%");
  assert_true(m.Column.has_plot && m.Column.plot.x.ncategory == 3);
  msg_fini(&m);
  m = ask_column(c, "d", "name");
  assert_string_equal(value_of(&m.Column, "longest"), "31");
  assert_int_equal(m.Column.label.n, 5);
  assert_false(m.Column.has_plot);
  msg_fini(&m);
  client_close(c);
}

TEST(dates_bools_and_empty_columns_are_profiled) {
  Client *c = open_client();
  run(c, 1, "d = data 'seattle_weather' f = d:derive{'wet = precipitation > 0'} g = f:where 'wind > 1000'");
  Msg m = ask_column(c, "f", "date");
  assert_string_equal(value_of(&m.Column, "first"), "2012-01-01");
  assert_string_equal(value_of(&m.Column, "last"), "2015-12-31");
  assert_string_equal(value_of(&m.Column, "span"), "4 years");
  assert_true(m.Column.has_plot && m.Column.plot.x.kind == AXIS_DATE);
  msg_fini(&m);
  m = ask_column(c, "f", "wet");
  assert_string_equal(value_of(&m.Column, "true"), "623  42.6%");
  msg_fini(&m);
  for (int k = 0; k < 2; k++) {
    m = ask_column(c, "g", k ? "wind" : "date");
    assert_string_equal(value_of(&m.Column, "n"), "0");
    assert_false(m.Column.has_plot);
    msg_fini(&m);
  }
  m = ask_heads(c, "g");
  assert_true(m.Heads.nrow == 0 && m.Heads.item[0].strip == STRIP_NONE);
  msg_fini(&m);
  client_close(c);
}

TEST(a_long_column_is_profiled_from_a_sample) {
  Client *c = open_client();
  run(c, 1, "x = {} for i = 1, 200001 do x[i] = i % 7 end d = frame{x = x}");
  Msg m = ask_column(c, "d", "x");
  assert_string_equal(m.Column.state, "sample of 100,000 rows, complete");
  assert_string_equal(value_of(&m.Column, "n"), "100,000");
  assert_string_equal(value_of(&m.Column, "distinct"), "≥7");
  msg_fini(&m);
  client_close(c);
}

TEST(what_is_odd_is_told_while_a_cell_runs) {
  Client *c = open_client();
  run(c, 1, "d = data 'titanic'");
  keep_busy(c);
  for (int k = 0; k < 2; k++) { // the second time from what was kept
    Msg m;
    msg_init(&m, MSG_VIEW_NOTES, 0);
    m.ViewNotes.object = "d";
    uint64_t request = send_kind(c, &m);
    m = await(c, MSG_NOTES);
    assert_true(m.request == request && m.Notes.text.n == 2);
    assert_string_equal(m.Notes.column.name[0], "age");
    assert_string_equal(m.Notes.text.name[0], "263 missing, not at random: 3rd class 29%, 1st 12%, 2nd 6%");
    assert_string_equal(m.Notes.text.name[1], "259 values end at exactly 31 characters: cut off in the file");
    msg_fini(&m);
  }
  client_close(c);
}

static void assert_found(Client *c, MsgFind what, int64_t row, const char *column) {
  Msg m;
  msg_init(&m, MSG_FIND, 0);
  m.Find = what;
  send_kind(c, &m);
  m = await(c, MSG_FOUND);
  assert_int_equal(m.Found.row, row);
  assert_string_equal(m.Found.column, column);
  msg_fini(&m);
}

TEST(texts_are_found_in_both_directions_whatever_their_case) {
  Client *c = open_client();
  run(c, 1, "d = frame{{'n', {1309, 2, 3.5, 4}}, {'t', {'Über', 'abc', 'xABCx', 'ЖУК'}}}");
  keep_busy(c);
  assert_found(c, (MsgFind){"d", "aBc", "", -1, false, false}, 1, "t");
  assert_found(c, (MsgFind){"d", "abc", "", 1, false, false}, 2, "t");
  assert_found(c, (MsgFind){"d", "abc", "", 2, false, false}, -1, "");
  assert_found(c, (MsgFind){"d", "abc", "", 4, true, false}, 2, "t");
  assert_found(c, (MsgFind){"d", "abc", "n", -1, false, false}, -1, "");
  assert_found(c, (MsgFind){"d", "1,309", "", -1, false, false}, 0, "n");
  assert_found(c, (MsgFind){"d", "1309", "", -1, false, false}, 0, "n");
  assert_found(c, (MsgFind){"d", "üB", "", -1, false, false}, 0, "t");
  assert_found(c, (MsgFind){"d", "жу", "", -1, false, false}, 3, "t");
  assert_found(c, (MsgFind){"d", "^a.c$", "", -1, false, true}, 1, "t");
  assert_found(c, (MsgFind){"d", "^A.c$", "", -1, false, true}, -1, ""); // a capital counts
  assert_found(c, (MsgFind){"d", "bc.", "t", -1, false, true}, 2, "t");
  assert_found(c, (MsgFind){"d", "^[0-9]$", "n", -1, false, true}, 1, "n");
  assert_found(c, (MsgFind){"d", "^1.?309$", "", 3, true, true}, 0, "n");
  Msg m;
  msg_init(&m, MSG_FIND, 0);
  m.Find = (MsgFind){.object = "d", .text = "", false};
  assert_refused(c, &m, "there is no text to look for");
  client_close(c);
}

TEST(the_table_that_a_cell_showed_can_be_asked_about) {
  Client *c = open_client();
  run(c, 7, "d = data 'titanic'\nshow(d:head(2))\nd:count{'sex'}");
  Msg m = ask_heads(c, "#7");
  assert_true(m.Heads.n == 2 && m.Heads.nrow == 2);
  int64_t version = m.Heads.version;
  msg_fini(&m);
  m = ask_column(c, "#7", "n");
  assert_string_equal(value_of(&m.Column, "max"), "843");
  msg_fini(&m);
  run(c, 7, "d:head(5)");
  m = ask_heads(c, "#7");
  assert_true(m.Heads.nrow == 5 && m.Heads.version != version);
  msg_fini(&m);
  for (int k = 100; k < 164; k++) run(c, k, "d:head(1)"); // 64 newer ones
  msg_init(&m, MSG_VIEW_HEADS, 0);
  m.ViewHeads.object = "#7";
  assert_refused(c, &m, "there is no table '#7'");
  client_close(c);
}

TEST(objects_say_what_they_are_and_keep_their_version) {
  Client *c = open_client();
  eval(c, 1, "d = data 'titanic' p = pipe{prep.impute{}, prep.onehot{}, ml.logistic{}}\n"
             "m = p:fit(d:drop{'name'}, 'survived') e = m:evaluate(d) n = 1234.5 t = {1, 2}");
  Msg m = await(c, MSG_OBJECTS);
  static const char *const want[][3] = {{"d", "Frame", "1,309 × 5"},
                                        {"e", "Evaluation", "AUC .8"},
                                        {"m", "Model", "logistic, "},
                                        {"n", "number", "1,234.5"},
                                        {"p", "Pipeline", "3 steps"},
                                        {"t", "table", "2 items"}};
  assert_int_equal(m.Objects.n, 6);
  int64_t version = m.Objects.item[0].version;
  for (int k = 0; k < 6; k++) {
    assert_string_equal(m.Objects.item[k].name, want[k][0]);
    assert_string_equal(m.Objects.item[k].kind, want[k][1]);
    assert_has(m.Objects.item[k].summary, want[k][2]);
  }
  assert_has(m.Objects.item[1].summary, ", threshold .50");
  msg_fini(&m);
  eval(c, 2, "t = 5");
  m = await(c, MSG_OBJECTS);
  assert_int_equal(m.Objects.item[0].version, version);
  assert_true(m.Objects.item[5].version > version);
  msg_fini(&m);
  client_close(c);
}

// ---- evaluations ---------------------------------------------------------------------------------------------------
static Msg ask_evaluation(Client *c, MsgViewEvaluation what) {
  Msg m;
  msg_init(&m, MSG_VIEW_EVALUATION, 0);
  m.ViewEvaluation = what;
  uint64_t request = send_kind(c, &m);
  m = await(c, MSG_EVALUATION);
  assert_true(m.request == request);
  return m;
}

static const WireMetric *metric_of(const MsgEvaluation *e, const char *name) {
  for (int64_t k = 0; k < e->nmetric; k++)
    if (strcmp(e->metric[k].name, name) == 0) return &e->metric[k];
  fail_msg("no metric '%s'", name);
  return NULL;
}

static void assert_metric(const MsgEvaluation *e, const char *name, const char *now, const char *was,
                          const char *change, int better) {
  const WireMetric *w = metric_of(e, name);
  assert_string_equal(w->now, now);
  assert_string_equal(w->was, was);
  assert_string_equal(w->change, change);
  assert_int_equal(w->better, better);
}

static const char EIGHT[] = "d = frame{{'x', {1,1,1,1,0,0,0,0}}, {'y', {'good','good','good','bad','good','bad','bad','bad'}}}\n"
                            "m = ml.logistic{l2=0}:fit(d, 'y', {positive='good'}) e = m:evaluate(d)";

TEST(an_evaluation_moves_with_the_threshold_while_a_cell_runs) {
  Client *c = open_client();
  run(c, 1, EIGHT);
  keep_busy(c);
  Msg m = ask_evaluation(
      c, (MsgViewEvaluation){.object = "e", .threshold = .8, .was = NAN, .rows = 3}); // nobody is good now
  const MsgEvaluation *e = &m.Evaluation;
  static const int64_t now[4] = {0, 0, 4, 4}, was[4] = {3, 1, 3, 1};
  assert_true(e->binary && e->n == 8 && e->threshold == .8 && e->was == .5);
  assert_memory_equal(e->now_count, now, sizeof now);
  assert_memory_equal(e->was_count, was, sizeof was);
  assert_string_equal(e->model, "m");
  assert_string_equal(e->learner, "logistic");
  assert_string_equal(e->positive, "good");
  assert_string_equal(e->negative, "bad");
  assert_has(e->score, "AUC .750 [");
  assert_string_equal(e->cost, "");
  assert_metric(e, "accuracy", ".500", ".750", "−.250", -1);
  assert_metric(e, "recall", ".000", ".750", "−.750", -1);
  assert_metric(e, "specificity", "1.000", ".750", "+.250", 1);
  assert_metric(e, "precision", "", ".750", "", 0);
  assert_metric(e, "Brier", ".188", ".188", "", 0);
  assert_true(e->right == 1 && e->wrong == 3 && e->page.shown == 3 && e->page.nrow == 4);
  assert_string_equal(e->page.col[0].name, "row");
  assert_string_equal(e->page.col[3].name, "x");
  assert_int_equal(e->page.ncol, 4);
  assert_string_equal(page_get(&e->page, 0, 1), ".750");
  assert_true(e->nhist == 30 && e->hist_positive[22] == 1 && e->hist_negative[7] == 1);
  const Series *last = &e->plot.series[e->plot.nseries - 1];
  assert_true(last->kind == MARK_POINT && last->group == 0 && last->x[0] == 0 && last->y[0] == 0);
  assert_string_equal(last->name, "now .80");
  assert_string_equal(last[-1].name, "was .50");
  assert_true(last[-1].group == 1 && last[-1].x[0] == .25 && last[-1].y[0] == .75);
  msg_fini(&m);
  client_close(c);
}

TEST(costs_choose_the_best_threshold_and_the_last_metric) {
  Client *c = open_client();
  run(c, 1, EIGHT);
  Msg m = ask_evaluation(
      c,
      (MsgViewEvaluation){
          .object = "e", .threshold = .2, .was = .5, .fp = 1, .fn = 5, .show = EVALUATION_PR, .rows = 10}); // everybody
  assert_string_equal(m.Evaluation.cost, "5:1");
  assert_metric(&m.Evaluation, "cost 5:1", "4", "6", "−2", 1);
  assert_true(m.Evaluation.best > 0 - 1e-9 && m.Evaluation.best <= .25); // all eight
  assert_string_equal(m.Evaluation.plot.x.name, "recall");
  assert_true(m.Evaluation.right == 1 && m.Evaluation.wrong == 3);
  msg_fini(&m);
  m = ask_evaluation(c, (MsgViewEvaluation){.object = "e", .threshold = NAN, .was = NAN, .rows = 10});
  assert_true(m.Evaluation.best > .25 && m.Evaluation.best <= .75 && m.Evaluation.page.shown == 0);
  msg_fini(&m);
  msg_init(&m, MSG_VIEW_EVALUATION, 0);
  m.ViewEvaluation = (MsgViewEvaluation){.object = "e", .threshold = 1.5};
  assert_refused(c, &m, "the threshold must be a number from 0 to 1, 1.5 was given");
  msg_init(&m, MSG_VIEW_EVALUATION, 0);
  m.ViewEvaluation = (MsgViewEvaluation){.object = "m"};
  assert_refused(c, &m, "'m' is no evaluation");
  client_close(c);
}

// Every picture of every task is there and can be read; classes are judged one at a time and pooled.
TEST(all_pictures_of_all_tasks_come) {
  static const char *const OBJECT[] = {"b", "e", "r"};
  Client *c = open_client();
  run(c, 1, EIGHT);
  run(c, 2,
      "b = e i = data 'iris' e = ml.logistic{}:fit(i, 'class'):evaluate(i)\n"
      "l = data 'longley' m = ml.linear{}:fit(l, 'Employed') r = m:evaluate(l)");
  for (int k = 0; k < 3; k++) {
    Msg m = ask_evaluation(c, (MsgViewEvaluation){.object = OBJECT[k], .threshold = NAN, .was = NAN, .more = 31});
    for (int w = 1; w < EVALUATION_PLOTS; w++) {
      assert_true(m.Evaluation.has_more[w] && m.Evaluation.more[w].nseries > 0);
      assert_true(m.Evaluation.more[w].title && *m.Evaluation.more[w].title);
    }
    assert_false(m.Evaluation.has_more[0]); // it is the plot
    msg_fini(&m);
  }
  for (int of = 1; of <= 4; of++) {
    Msg m = ask_evaluation(c, (MsgViewEvaluation){.object = "e", .threshold = NAN, .was = .9, .of = of, .rows = 50});
    assert_true(m.Evaluation.binary && m.Evaluation.fixed && m.Evaluation.of == of && m.Evaluation.threshold == .5);
    int64_t n = 0;
    for (int k = 0; k < 4; k++) n += m.Evaluation.now_count[k];
    assert_int_equal(n, of == 4 ? 450 : 150);
    if (of < 4) assert_int_equal(m.Evaluation.page.shown, m.Evaluation.right + m.Evaluation.wrong);
    msg_fini(&m);
  }
  Msg m;
  msg_init(&m, MSG_VIEW_EVALUATION, 0);
  m.ViewEvaluation = (MsgViewEvaluation){.object = "e", .threshold = NAN, .was = NAN, .of = 1, .other = "b"};
  assert_refused(c, &m, "judge other rows");
  client_close(c);
}

TEST(several_classes_and_values_are_evaluated_too) {
  Client *c = open_client();
  run(c, 1, "d = data 'iris' e = ml.logistic{}:fit(d, 'class'):evaluate(d)\n"
            "l = data 'longley' m = ml.linear{}:fit(l, 'Employed') r = m:evaluate(l)");
  Msg m = ask_evaluation(
      c, (MsgViewEvaluation){.object = "e", .threshold = NAN, .was = NAN, .show = EVALUATION_COST, .rows = 5});
  assert_true(!m.Evaluation.binary && m.Evaluation.page.shown == 3 && m.Evaluation.plot.series[0].kind == MARK_CELL);
  assert_has(m.Evaluation.score, "accuracy .97");
  assert_string_equal(m.Evaluation.model, "");
  msg_fini(&m);
  m = ask_evaluation(c, (MsgViewEvaluation){.object = "r", .threshold = NAN, .was = NAN, .more = 31, .rows = 5});
  assert_true(!m.Evaluation.binary && m.Evaluation.page.shown == 5 && m.Evaluation.plot.series[0].kind == MARK_POINT);
  assert_string_equal(page_get(&m.Evaluation.page, 0, 0), "10"); // the largest residual of the data, 0.455
  assert_string_equal(metric_of(&m.Evaluation, "r2")->now, ".995");
  assert_string_equal(m.Evaluation.model, "m");
  msg_fini(&m);
  client_close(c);
}

TEST(a_model_at_another_threshold_is_still_the_one_that_is_judged) {
  Client *c = open_client();
  run(c, 1, EIGHT);
  run(c, 2, "m = m:threshold(0.3)");
  Msg m = ask_evaluation(
      c, (MsgViewEvaluation){.object = "e", .threshold = NAN, .was = NAN, .show = EVALUATION_COST, .rows = 5});
  assert_string_equal(m.Evaluation.model, "m");
  msg_fini(&m);
  client_close(c);
}

RUN(CASE(columns_are_seen_at_a_glance_while_a_cell_runs), CASE(a_column_of_numbers_is_profiled),
    CASE(levels_come_with_their_shares), CASE(dates_bools_and_empty_columns_are_profiled),
    CASE(a_long_column_is_profiled_from_a_sample), CASE(what_is_odd_is_told_while_a_cell_runs),
    CASE(texts_are_found_in_both_directions_whatever_their_case), CASE(the_table_that_a_cell_showed_can_be_asked_about),
    CASE(objects_say_what_they_are_and_keep_their_version),
    CASE(an_evaluation_moves_with_the_threshold_while_a_cell_runs),
    CASE(costs_choose_the_best_threshold_and_the_last_metric), CASE(all_pictures_of_all_tasks_come),
    CASE(several_classes_and_values_are_evaluated_too),
    CASE(a_model_at_another_threshold_is_still_the_one_that_is_judged))
