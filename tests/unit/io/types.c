// Headers, names, missing marks, types and the ledger. Expected values worked by hand from the rules in io.h and
// infer.c.
#include "unit/io/io_help.h"

TEST(a_header_is_told_from_data) {
  static const struct {
    const char *text, *names;
    int64_t rows;
  } cases[] = {{"x,y\n1,2\n3,4\n", "x y", 2},
               {"1,2\n3,4\n", "c1 c2", 2},
               {"name,born\nAda,1815-12-10\n", "name born", 1},
               {"Ada,1815-12-10\nEmmy,1882-03-23\n", "c1 c2", 2},
               {"city,country\nGraz,Austria\nBern,Switzerland\n", "city country", 2},
               {"ham,first text\nspam,second\nham,third\n", "c1 c2", 3},
               {"a,a\nx,y\n", "c1 c2", 2},
               {",height\nAda,1.6\n", "c1 height", 1},
               {"qux,quux,quuz", "qux quux quuz", 0},
               {"1,2\n", "c1 c2", 1}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    Frame *f = help_read(cases[k].text);
    Str names = {0};
    for (int j = 0; j < frame_ncol(f); j++) str_addf(&names, "%s%s", j ? " " : "", frame_name(f, j));
    assert_string_equal(str_c(&names), cases[k].names);
    assert_int_equal(frame_nrow(f), cases[k].rows);
    str_fini(&names);
    frame_unref(f);
  }
}

TEST(the_header_can_be_given) {
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.header = 0;
  Frame *f = help_read_opts("x,y\n1,2\n", &opts);
  assert_string_equal(frame_name(f, 0), "c1");
  assert_cell(f, "c1", 0, "x");
  assert_has(help_ledger(f, "(file)", "note"), "no header: names are c1, c2, ...");
  frame_unref(f);
  opts.header = 1;
  f = help_read_opts("1999,2000\n1,2\n", &opts);
  assert_cell(f, "2000", 0, "2");
  frame_unref(f);
}

TEST(a_file_with_only_a_header_has_text_columns_and_no_rows) {
  Frame *f = help_read("a,b\n");
  assert_int_equal(frame_nrow(f), 0);
  assert_string_equal(help_type(f, "a"), "text");
  assert_int_equal(frame_nrow(frame_quarantine(f)), 0);
  assert_string_equal(help_ledger(f, "a", "agree"), "<missing>");
  frame_unref(f);
}

TEST(repeated_and_empty_names_are_made_distinct_and_said) {
  Frame *f = help_read("x,x,,x_2,x\n1,2,3,4,5\n");
  static const char *const names[] = {"x", "x_2", "c3", "x_2_2", "x_3"};
  for (int j = 0; j < 5; j++) assert_string_equal(frame_name(f, j), names[j]);
  assert_has(help_ledger(f, "(file)", "note"), "repeated names: x_2, x_2_2, x_3");
  assert_has(help_ledger(f, "(file)", "note"), "columns without a name: c3");
  frame_unref(f);
}

TEST(a_header_of_another_width_than_most_rows_gives_way) {
  Frame *f = help_read("a,b\n1,2,\n3,4,\n5,6\n"); // a delimiter too many at the end of each row
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "a", 1, "3");
  assert_cell(f, "c3", 1, "<missing>");
  assert_has(help_ledger(f, "(file)", "note"), "the header has 2 names for 3 columns: the last have none");
  assert_quarantine(f, 0, "4", "2 fields, 3 expected", "5,6");
  frame_unref(f);
  f = help_read("a,b\nr1,1,2\nr2,3,4\n"); // row names, as write.table of R writes them
  assert_cell(f, "c1", 1, "r2");
  assert_cell(f, "b", 1, "4");
  assert_has(help_ledger(f, "(file)", "note"), "the first column is taken for row names");
  frame_unref(f);
  f = help_read("\"two\nlines\",b\n1,2,3\n4,5,6\n"); // the header itself runs over two lines
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "two lines", 0, "2");
  assert_int_equal(frame_nrow(frame_quarantine(f)), 0);
  frame_unref(f);
  f = help_read("a,b,c,d\n1,2\n3,4\n5,6\n");
  assert_int_equal(frame_ncol(f), 2);
  assert_cell(f, "b", 2, "6");
  assert_has(help_ledger(f, "(file)", "note"), "the header has 4 names for 2 columns: not used: 'c' 'd'");
  frame_unref(f);
}

TEST(each_type_is_found) {
  Frame *f = help_read("b,i,r,d,t,c,x\n"
                       "TRUE,1,1.5,2024-02-29,2024-01-01 10:00,red,007\n"
                       "F,-2,1e3,1999-12-31,2024-01-01T10:00:30Z,blue,008\n"
                       "true,0,4,2000-01-01,2024-01-01 10:00,red,9223372036854775808\n");
  static const char *const want[] = {"bool", "int", "real", "date", "time", "category", "category"};
  for (int j = 0; j < 7; j++) assert_string_equal(help_type(f, frame_name(f, j)), want[j]);
  assert_cell(f, "r", 2, "4");
  assert_cell(f, "x", 0, "007");
  assert_string_equal(help_ledger(f, "r", "type"), "real");
  assert_string_equal(help_ledger(f, "r", "agree"), "1");
  frame_unref(f);
}

TEST(zero_and_one_are_int_and_quoted_numbers_are_numbers) {
  Frame *f = help_read("y,h\n0,\"75\"\n1,\" 70 \"\n");
  assert_string_equal(help_type(f, "y"), "int");
  assert_string_equal(help_type(f, "h"), "int");
  assert_cell(f, "h", 1, "70");
  frame_unref(f);
}

TEST(missing_marks_are_missing_bare_or_quoted) {
  Frame *f = help_read("k,x,s\n1,,a\n2,NA,\"NA\"\n3,N/A,?\n4,NaN,null\n5,nan,NULL\n6,null,\n7,5,.\n8,\"\",\"\"\n");
  assert_string_equal(help_type(f, "x"), "int");
  assert_int_equal(frame_at(f, 1)->missing, 7);
  assert_int_equal(frame_at(f, 2)->missing, 5);
  assert_cell(f, "s", 6, ".");
  assert_cell(f, "s", 7, "");
  assert_string_equal(help_ledger(f, "x", "missing"), "7");
  frame_unref(f);
}

TEST(the_marks_can_be_given) {
  ReadOpts opts;
  io_read_defaults(&opts);
  const char *na[] = {"-9", "unknown"};
  opts.na = (Names){na, 2};
  Frame *f = help_read_opts("k,x,s\n1,-9,NA\n2,,unknown\n3,4,b\n", &opts);
  assert_int_equal(frame_at(f, 1)->missing, 2);
  assert_cell(f, "s", 0, "NA");
  assert_cell(f, "s", 1, "<missing>");
  frame_unref(f);
}

TEST(a_column_without_values_is_real_and_said) {
  Frame *f = help_read("a,b\n1,\n2,NA\n");
  assert_string_equal(help_type(f, "b"), "real");
  assert_int_equal(frame_at(f, 1)->missing, 2);
  assert_string_equal(help_ledger(f, "b", "note"), "all missing");
  assert_string_equal(help_ledger(f, "b", "agree"), "<missing>");
  frame_unref(f);
}

// n rows "i,x"; those of the list hold `odd` instead of the number.
static Frame *read_with_odd(int n, const char *odd, const int *at, int nat, const ReadOpts *opts) {
  Str s = {0};
  str_add(&s, "i,x\n");
  for (int i = 1; i <= n; i++) {
    bool is_odd = false;
    for (int k = 0; k < nat; k++) is_odd = is_odd || at[k] == i;
    if (is_odd) str_addf(&s, "%d,%s\n", i, odd);
    else str_addf(&s, "%d,%d\n", i, 10 * i);
  }
  Frame *f = help_read_opts(str_c(&s), opts);
  str_fini(&s);
  return f;
}

TEST(few_dissenters_of_many_become_missing_and_are_listed) {
  int at[] = {17, 300};
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = read_with_odd(400, "n.b.", at, 2, &opts);
  assert_string_equal(help_type(f, "x"), "int");
  assert_cell(f, "x", 16, "<missing>");
  assert_string_equal(help_ledger(f, "x", "dissent"), "2");
  assert_string_equal(help_ledger(f, "x", "agree"), "0.995");
  assert_string_equal(help_ledger(f, "x", "missing"), "2");
  assert_string_equal(help_ledger(f, "x", "lines"), "18, 301");
  assert_string_equal(help_ledger(f, "x", "examples"), "n.b., n.b.");
  frame_unref(f);
}

TEST(dissenters_beyond_the_tolerance_or_in_a_small_table_keep_the_column_text) {
  int at[] = {1, 2, 3, 4, 5, 6};
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = read_with_odd(400, "n.b.", at, 5, &opts);
  assert_string_equal(help_type(f, "x"), "text");
  assert_string_equal(help_ledger(f, "x", "note"),
                      "98.8 % of its cells read as real, 5 do not (first lines: 2, 3, 4, 5, 6)");
  frame_unref(f);
  f = read_with_odd(99, "n.b.", at, 1, &opts);
  assert_string_equal(help_type(f, "x"), "text");
  frame_unref(f);
  opts.tolerance = 0.02;
  f = read_with_odd(400, "n.b.", at, 6, &opts);
  assert_string_equal(help_type(f, "x"), "int");
  assert_string_equal(help_ledger(f, "x", "dissent"), "6");
  assert_string_equal(help_ledger(f, "x", "lines"), "2, 3, 4, 5, 6");
  frame_unref(f);
}

TEST(an_int_column_with_some_reals_is_real) {
  int at[] = {200};
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = read_with_odd(400, "2.5", at, 1, &opts);
  assert_string_equal(help_type(f, "x"), "real");
  assert_cell(f, "x", 199, "2.5");
  assert_string_equal(help_ledger(f, "x", "dissent"), "0");
  frame_unref(f);
}

TEST(few_words_are_a_category_and_many_or_all_distinct_ones_text) {
  Str s = {0};
  str_add(&s, "few,fifty,many,name\n");
  for (int i = 0; i < 600; i++) str_addf(&s, "%c,w%d,v%d,n%d\n", "abc"[i % 3], i % 50, i % 51, i);
  Frame *f = help_read(str_c(&s));
  assert_string_equal(help_type(f, "few"), "category");
  assert_string_equal(help_type(f, "fifty"), "category");
  assert_string_equal(help_type(f, "many"), "text");
  assert_string_equal(help_type(f, "name"), "text");
  frame_unref(f);
  str_clear(&s);
  str_add(&s, "i,s\n");
  for (int i = 0; i < 20; i++) str_addf(&s, "%d,s%d\n", i, i);
  f = help_read(str_c(&s));
  assert_string_equal(help_type(f, "s"), "category");
  frame_unref(f);
  str_add(&s, "20,s20\n");
  f = help_read(str_c(&s));
  assert_string_equal(help_type(f, "s"), "text");
  frame_unref(f);
  str_fini(&s);
}

TEST(a_given_type_holds_and_what_does_not_fit_is_listed) {
  ReadOpts opts;
  io_read_defaults(&opts);
  NamedType types[] = {{"zip", COL_TEXT}, {"n", COL_I64}, {"g", COL_CAT}};
  opts.types = types, opts.ntypes = 3;
  Frame *f = help_read_opts("zip,n,g\n8010,1,5\n8020,two,6\n,3.5,5\n", &opts);
  assert_string_equal(help_type(f, "zip"), "text");
  assert_cell(f, "zip", 0, "8010");
  assert_cell(f, "zip", 2, "<missing>");
  assert_string_equal(help_type(f, "n"), "int");
  assert_int_equal(frame_at(f, 1)->missing, 2);
  assert_string_equal(help_ledger(f, "n", "lines"), "3, 4");
  assert_string_equal(help_ledger(f, "n", "examples"), "two, 3.5");
  assert_string_equal(help_type(f, "g"), "category");
  frame_unref(f);
}

TEST(columns_and_rows_can_be_chosen) {
  ReadOpts opts;
  io_read_defaults(&opts);
  const char *columns[] = {"c", "a"};
  opts.columns = (Names){columns, 2};
  opts.rows = 2;
  Frame *f = help_read_opts("a,b,c\n1,2,3\n4,5,6\n7,8,9\n", &opts);
  assert_int_equal(frame_nrow(f), 2);
  assert_int_equal(frame_ncol(f), 2);
  assert_string_equal(frame_name(f, 0), "c");
  assert_cell(f, "a", 1, "4");
  frame_unref(f);
  opts.rows = 0;
  f = help_read_opts("a,b,c\n1,2,3\n", &opts);
  assert_int_equal(frame_nrow(f), 0);
  frame_unref(f);
}

TEST(a_code_for_missing_is_suspected_but_not_changed) {
  Str s = {0};
  str_add(&s, "no2,age,income,plain\n");
  for (int i = 0; i < 60; i++)
    str_addf(&s, "%d,%d,%d,%d\n", i % 9 ? 40 + i : -200, i % 20 ? 18 + i : 999, i % 15 ? 1000 + 9 * i : 99999999,
             i % 5);
  Frame *f = help_read(str_c(&s));
  str_fini(&s);
  assert_string_equal(help_ledger(f, "no2", "note"), "-200 stands 7 times, apart from the rest: a code for missing?");
  assert_string_equal(help_ledger(f, "age", "note"), "999 stands 3 times, apart from the rest: a code for missing?");
  assert_string_equal(help_ledger(f, "income", "note"),
                      "99999999 stands 4 times, apart from the rest: a code for missing?");
  assert_string_equal(help_ledger(f, "plain", "note"), "<missing>");
  assert_cell(f, "no2", 0, "-200");
  assert_int_equal(frame_at(f, 0)->missing, 0);
  frame_unref(f);
}

TEST(decimal_commas_are_read_where_the_comma_is_free) {
  Frame *f = help_read("x;y;z\n1,5;1,234;1,5\n2,25;5,678;1.5\n-3;9,012;2\n");
  assert_string_equal(help_type(f, "x"), "real");
  assert_cell(f, "x", 1, "2.25");
  assert_cell(f, "x", 2, "-3");
  assert_string_equal(help_ledger(f, "x", "note"), "decimal comma: '1,5'");
  assert_string_equal(help_type(f, "y"), "category"); // thousands or decimals: cannot be told
  assert_string_equal(help_type(f, "z"), "category");
  frame_unref(f);
}

TEST(the_ledger_has_a_row_for_the_file_and_one_for_each_column) {
  Frame *f = help_read("a,b\n1,x\n2,y\n");
  const Frame *l = frame_ledger(f);
  static const char *const names[] = {"column", "type", "agree", "missing", "dissent", "lines", "examples", "note"};
  assert_int_equal(frame_ncol(l), 8);
  assert_int_equal(frame_nrow(l), 3);
  for (int j = 0; j < 8; j++) assert_string_equal(frame_name(l, j), names[j]);
  assert_cell(l, "column", 0, "(file)");
  assert_cell(l, "type", 0, "csv");
  assert_cell(l, "note", 0, "delimiter ',' (3 of 3 lines split into 2 cells); header on line 1 (words over values)");
  assert_cell(l, "column", 2, "b");
  static const char *const bad[] = {"line", "reason", "text"};
  for (int j = 0; j < 3; j++) assert_string_equal(frame_name(frame_quarantine(f), j), bad[j]);
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(a_header_is_told_from_data), CASE(the_header_can_be_given),
    CASE(a_file_with_only_a_header_has_text_columns_and_no_rows),
    CASE(repeated_and_empty_names_are_made_distinct_and_said), CASE(a_header_of_another_width_than_most_rows_gives_way),
    CASE(each_type_is_found), CASE(zero_and_one_are_int_and_quoted_numbers_are_numbers),
    CASE(missing_marks_are_missing_bare_or_quoted), CASE(the_marks_can_be_given),
    CASE(a_column_without_values_is_real_and_said), CASE(few_dissenters_of_many_become_missing_and_are_listed),
    CASE(dissenters_beyond_the_tolerance_or_in_a_small_table_keep_the_column_text),
    CASE(an_int_column_with_some_reals_is_real), CASE(few_words_are_a_category_and_many_or_all_distinct_ones_text),
    CASE(a_given_type_holds_and_what_does_not_fit_is_listed), CASE(columns_and_rows_can_be_chosen),
    CASE(a_code_for_missing_is_suspected_but_not_changed), CASE(decimal_commas_are_read_where_the_comma_is_free),
    CASE(the_ledger_has_a_row_for_the_file_and_one_for_each_column), CASE(the_folder_of_the_test_is_removed))
