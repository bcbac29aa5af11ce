// Keys of the table become Lua. Expected lines are what a user of the language would type (docs: language).
#include "check.h"
#include "titanic.h"

static App app;
static WireHead head[5];

static void open_titanic(const char *column) {
  titanic_open(&app, head, 80, 24, GLYPHS_BRAILLE);
  titanic_give(&app, 6, 10);
  app.sheet.col = sheet_find_column(&app.sheet, column);
}

TEST(looking_emits_a_call_on_the_table) {
  open_titanic("sex");
  act_table_describe(&app, 0), assert_string_equal(heard.emitted, "d:describe()");
  act_table_correlations(&app, 0), assert_string_equal(heard.emitted, "d:corr():heatmap()");
  act_table_ledger(&app, 0), assert_string_equal(heard.emitted, "d:ledger()");
  act_table_frequencies(&app, 0), assert_string_equal(heard.emitted, "d:count{\"sex\"}");
  act_table_plot(&app, 0), assert_string_equal(heard.emitted, "d:bar{\"sex\"}");
  sheet_goto(&app, 0, 3);
  act_table_plot(&app, 0), assert_string_equal(heard.emitted, "d:hist{\"age\"}");
  *heard.emitted = 0;
  sheet_goto(&app, 0, 0);
  act_table_plot(&app, 0), assert_string_equal(heard.emitted, "");
  assert_has(heard.said, "1,309 distinct");
  titanic_close(&app);
}

TEST(a_result_without_a_name_is_the_call_that_made_it) {
  open_titanic("sex");
  DocCell cell = {.id = 7};
  app.doc.cell = &cell, app.doc.n = 1;
  str_add(&note_insert(&app.doc.note, 0, NOTE_CODE)->text, "d:count{\"sex\", \"age\"}");
  free(app.sheet.object);
  app.sheet.object = strdup("#7");
  act_table_describe(&app, 0), assert_string_equal(heard.emitted, "d:count{\"sex\", \"age\"}:describe()");
  *heard.emitted = 0;
  str_clear(&app.doc.note.cell[0].text), str_add(&app.doc.note.cell[0].text, "x = 1\nd");
  act_table_describe(&app, 0), assert_string_equal(heard.emitted, "");
  assert_has(heard.said, "no name");
  titanic_close(&app);
}

TEST(a_sort_replaces_the_keys_and_z_adds_one_or_turns_it) {
  static const char *keys[] = {"-age", "sex"};
  open_titanic("age");
  act_table_sort(&app, 1), assert_string_equal(heard.emitted, ":sort{\"age\"}");
  act_table_sort(&app, -1), assert_string_equal(heard.emitted, ":sort{\"-age\"}");
  app.sheet.key = keys, app.sheet.nkey = 2;
  act_table_sort(&app, 2), assert_string_equal(heard.emitted, ":sort{\"age\", \"sex\"}");
  sheet_goto(&app, 0, 0);
  act_table_sort(&app, -2), assert_string_equal(heard.emitted, ":sort{\"-age\", \"sex\", \"-name\"}");
  titanic_close(&app);
}

TEST(names_and_expressions_are_quoted_as_lua_strings) {
  open_titanic("age");
  head[3].name = "a\"b\\c";
  act_table_hide(&app, 0), assert_string_equal(heard.emitted, ":drop{\"a\\\"b\\\\c\"}");
  table_accept(&app, PROMPT_FILTER, " sex == \"male\" ");
  assert_string_equal(heard.emitted, ":where \"sex == \\\"male\\\"\"");
  table_accept(&app, PROMPT_DERIVE, "half = age / 2");
  assert_string_equal(heard.emitted, "d = d:derive{\"half = age / 2\"}");
  titanic_close(&app);
}

TEST(a_new_column_without_a_name_is_refused_with_an_example) {
  open_titanic("age");
  table_accept(&app, PROMPT_DERIVE, "age / 2");
  assert_string_equal(heard.emitted, "");
  assert_has(heard.said, "name = expression");
  table_accept(&app, PROMPT_DERIVE, "age == 2");
  assert_string_equal(heard.emitted, "");
  titanic_close(&app);
}

TEST(a_target_says_what_it_is_like) {
  open_titanic("age");
  act_table_target(&app, 0);
  assert_string_equal(heard.said, "target: age, numbers from 0.1667 to 80, 263 missing");
  act_table_target(&app, 0), assert_string_equal(heard.said, "no target"), assert_null(app.sheet.target);
  sheet_goto(&app, 0, 0);
  act_table_target(&app, 0);
  assert_has(heard.said, "name is text");
  assert_null(app.sheet.target);
  titanic_close(&app);
}

TEST(of_two_classes_the_second_in_sorted_order_is_named) { // 500 of 1,309 survived
  static const char *label[] = {"n", "missing", "distinct"}, *value[] = {"1,309", "0", "2"};
  static const char *level[] = {"no", "yes"};
  open_titanic("survived");
  act_table_target(&app, 0);
  assert_string_equal(heard.said, "target: survived"); // the rest when it is known
  Msg m;
  msg_init(&m, MSG_COLUMN, 5);
  m.Column = (MsgColumn){.object = "d",
                         .target = "",
                         .column = "survived",
                         .kind = "category",
                         .state = "",
                         .version = 1,
                         .label = {label, 3},
                         .value = {value, 3},
                         .has_plot = true};
  plot_init(&m.Column.plot);
  m.Column.plot.x = (Axis){.kind = AXIS_CATEGORY, .hi = 2, .category = level, .ncategory = 2};
  Series *bars = plot_add(&m.Column.plot, MARK_BAR, 2);
  bars->y[0] = 809, bars->y[1] = 500;
  app.sheet.profile_asked = 5;
  assert_true(sheet_take(&app, &m));
  assert_string_equal(heard.said, "target: survived, 2 classes, yes 38.2%");
  for (int i = 0; i < SHEET_PROFILES; i++)
    if (sheet_profile(&app.sheet, "survived") == &app.sheet.profile[i].Column)
      plot_fini(&app.sheet.profile[i].Column.plot);
  titanic_close(&app);
}

TEST(training_leaves_text_out_and_judges_on_rows_kept_apart) {
  open_titanic("survived");
  act_table_train(&app, 0), assert_string_equal(heard.said, "no target yet: ! on a column");
  app.sheet.target = strdup("survived");
  act_table_train(&app, 0);
  assert_string_equal(heard.emitted, "train, test = d:drop{\"name\"}:split{test=0.25, stratify=\"survived\"}\n"
                                     "m = pipe{prep.impute{with=\"median\"}, prep.onehot{}, prep.standard{}, "
                                     "ml.logistic{l2=1}}:fit(train, \"survived\")\n"
                                     "e = m:evaluate(test)");
  free(app.sheet.target);
  app.sheet.target = strdup("age");
  act_table_train(&app, 0);
  assert_has(heard.emitted, "d:drop{\"name\"}:split{test=0.25}\n");
  assert_has(heard.emitted, "ml.linear{}}:fit(train, \"age\")");
  titanic_close(&app);
}

TEST(a_click_selects_a_header_sorts_and_the_wheel_scrolls) {
  open_titanic("age");
  app.sheet.lines = 10;
  Rect body = {0, 1, 80, 12};
  Key key = {.code = K_MOUSE, .button = MOUSE_LEFT};
  pane_table.mouse(&app, &key, 47, 5, body); // third line of rows, column sex
  assert_int_equal(app.sheet.row, 8), assert_int_equal(app.sheet.col, 2);
  pane_table.mouse(&app, &key, 60, 1, body);
  assert_int_equal(app.sheet.col, 3), assert_string_equal(heard.emitted, ":sort{\"age\"}");
  key.button = MOUSE_WHEEL_DOWN;
  pane_table.mouse(&app, &key, 60, 5, body);
  assert_int_equal(app.sheet.top, 9), assert_int_equal(app.sheet.row, 9);
  titanic_close(&app);
}

TEST(types_are_casts_and_amounts_of_money_the_number_in_them) {
  open_titanic("age");
  act_table_type(&app, '#'), assert_string_equal(heard.emitted, "d = d:cast{age=\"int\"}");
  act_table_type(&app, '#'), assert_string_equal(heard.emitted, "d = d:cast{age=\"int\", unfit=\"missing\"}");
  act_table_type(&app, '~'), assert_string_equal(heard.emitted, "d = d:cast{age=\"text\"}");
  act_table_type(&app, '@'), assert_string_equal(heard.emitted, "d = d:cast{age=\"date\"}");
  *heard.emitted = 0;
  act_table_type(&app, '%'), assert_string_equal(heard.said, "age is real already");
  act_table_type(&app, '$'), assert_string_equal(heard.emitted, "");
  sheet_goto(&app, 0, 0);
  act_table_type(&app, '~'), assert_string_equal(heard.emitted, "d = d:cast{name=\"category\"}");
  head[0].name = "a b";
  act_table_type(&app, '%'), assert_string_equal(heard.emitted, "d = d:cast{[\"a b\"]=\"real\"}");
  act_table_type(&app, '$');
  assert_string_equal(heard.emitted, "d = d:derive{\"`a b` = real(replace_re(`a b`, '[^0-9.+-]', ''))\"}");
  free(app.cast_refused);
  titanic_close(&app);
}

TEST(what_does_not_fit_is_said_with_the_key_that_lets_go_of_it) {
  open_titanic("age");
  const char *why =
      "cast: column 'age' (real) to int: 45 values are not whole numbers: row 2 has 0.9, row 174 has 32.5; "
      "round first, d:derive{..}, or let them be missing, d:cast{age=\"int\", unfit=\"missing\"}";
  assert_false(table_cast_failed(&app, why)); // no key asked for it
  act_table_type(&app, '#');
  assert_true(table_cast_failed(&app, why));
  assert_string_equal(heard.said, "! 45 values are not whole numbers: row 2 has 0.9; # again makes them missing");
  assert_false(table_cast_failed(&app, "cast: column 'age' (int) to date: a number is no date"));
  assert_false(table_cast_failed(&app, "where: nothing"));
  free(app.cast_refused);
  titanic_close(&app);
}

TEST(columns_are_kept_by_a_pattern_of_their_names) {
  open_titanic("age");
  table_accept(&app, PROMPT_COLUMNS, "CLASS"), assert_string_equal(heard.emitted, "");
  assert_has(heard.said, "no column matches"); // a capital counts
  table_accept(&app, PROMPT_COLUMNS, "^s|class");
  assert_string_equal(heard.emitted, ":select{\"survived\", \"sex\", \"passengerClass\"}");
  *heard.emitted = 0;
  table_accept(&app, PROMPT_COLUMNS, ".");
  assert_has(heard.said, "all 5 columns match");
  table_accept(&app, PROMPT_COLUMNS, "(a");
  assert_has(heard.said, "! ");
  assert_string_equal(heard.emitted, "");
  titanic_close(&app);
}

TEST(a_pivot_is_one_line) {
  open_titanic("sex");
  table_accept(&app, PROMPT_PIVOT, "sex by survived: mean age");
  assert_string_equal(heard.emitted, "d:pivot{rows=\"sex\", columns=\"survived\", values=\"age\", agg=\"mean\"}");
  table_accept(&app, PROMPT_PIVOT, "sex, passengerClass by survived");
  assert_string_equal(heard.emitted,
                      "d:pivot{rows={\"sex\", \"passengerClass\"}, columns=\"survived\", agg=\"count\"}");
  *heard.emitted = 0;
  table_accept(&app, PROMPT_PIVOT, "sex");
  assert_has(heard.said, "rows by columns");
  assert_string_equal(heard.emitted, "");
  titanic_close(&app);
}

TEST(selected_rows_are_a_condition) {
  open_titanic("age");
  *heard.emitted = 0;
  act_pick_keep(&app, 1);
  assert_has(heard.said, "no row is selected");
  sheet_goto(&app, 6, 3);
  act_pick_toggle(&app, 0), assert_int_equal(app.sheet.row, 7);
  act_pick_range(&app, 0);
  sheet_goto(&app, 9, 3);
  assert_true(sheet_is_picked(&app.sheet, 8));
  act_pick_keep(&app, 1); // ends the range
  assert_string_equal(heard.emitted, ":where \"between(row(), 7, 10)\"");
  act_pick_all(&app, 2), assert_int_equal(app.sheet.picks.rows, 1305);
  act_pick_keep(&app, 0);
  assert_string_equal(heard.emitted, ":where \"not (between(row(), 1, 6) or between(row(), 11, 1309))\"");
  act_pick_all(&app, 0), assert_int_equal(app.sheet.picks.rows, 0);
  titanic_close(&app);
}

RUN(CASE(types_are_casts_and_amounts_of_money_the_number_in_them),
    CASE(what_does_not_fit_is_said_with_the_key_that_lets_go_of_it), CASE(columns_are_kept_by_a_pattern_of_their_names),
    CASE(a_pivot_is_one_line), CASE(selected_rows_are_a_condition), CASE(looking_emits_a_call_on_the_table),
    CASE(a_result_without_a_name_is_the_call_that_made_it), CASE(a_sort_replaces_the_keys_and_z_adds_one_or_turns_it),
    CASE(names_and_expressions_are_quoted_as_lua_strings), CASE(a_new_column_without_a_name_is_refused_with_an_example),
    CASE(a_target_says_what_it_is_like), CASE(of_two_classes_the_second_in_sorted_order_is_named),
    CASE(training_leaves_text_out_and_judges_on_rows_kept_apart),
    CASE(a_click_selects_a_header_sorts_and_the_wheel_scrolls))
