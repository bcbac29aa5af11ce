// JSON. Numbers and strings are what Python 3.11.2's json reads (tests/golden/make/formats.py); shapes, places and texts
// of errors are worked out by hand from the contract.
#include "unit/io/io_help.h"

#include "golden/formats.h"

static Err err;

static ErrCode try_named(const char *name, const char *text, size_t n, const char *table, Frame **f) {
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.table = table;
  err = (Err){0};
  *f = NULL;
  return io_read(NULL, &HELP_DOOR, help_file(name, text, n), &opts, f, &err);
}
static Frame *read_as(const char *name, const char *text) {
  Frame *f;
  if (try_named(name, text, strlen(text), NULL, &f) != OK) fail_msg("%s", err.msg);
  return f;
}
static void assert_refused(const char *text, const char *message) {
  Frame *f;
  assert_int_equal(try_named("t.json", text, strlen(text), NULL, &f), ERR_PARSE);
  assert_has(err.msg, message);
}

static const char *names_of(const Frame *f) {
  static char text[256];
  text[0] = 0;
  for (int j = 0; j < frame_ncol(f); j++) snprintf(text + strlen(text), 64, "%s%s", j ? " " : "", frame_name(f, j));
  return text;
}

TEST(every_shape_is_the_same_table) {
  static const struct {
    const char *name, *text;
  } file[] = {{"t.jsonl", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":null}\n"},
              {"t.json", "[{\"a\":1,\"b\":\"x\"}, {\"a\":2}]"},
              {"t", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2}"},
              {"t.json", "{\n\"a\":1,\n\"b\":\"x\"\n}\n{\n\"a\":2\n}\n"},
              {"t.json", " {\"a\":[1,2],\"b\":[\"x\",null]} "},
              {"t.json", "{\"n\":2,\"records\":[{\"a\":1,\"b\":\"x\"},{\"a\":2}],\"other\":[{\"c\":1}]}"},
              {"t.json", "\xef\xbb\xbf{\"rows\" : [{\"a\":1,\"b\":\"x\"},{\"a\":2}]}"}};
  for (size_t k = 0; k < sizeof file / sizeof *file; k++) {
    Frame *f = read_as(file[k].name, file[k].text);
    assert_string_equal(names_of(f), "a b");
    assert_int_equal(frame_nrow(f), 2);
    assert_string_equal(help_type(f, "a"), "int");
    assert_cell(f, "a", 1, "2");
    assert_cell(f, "b", 0, "x");
    assert_cell(f, "b", 1, "<missing>");
    assert_string_equal(help_ledger(f, "(file)", "type"), "json");
    frame_unref(f);
  }
}

TEST(numbers_are_those_of_python) {
  size_t n = sizeof JSON_NUMBERS / sizeof *JSON_NUMBERS;
  Str text = {0};
  str_add(&text, "[");
  for (size_t k = 0; k < n; k++) str_addf(&text, "%s{\"x\":%s}", k ? "," : "", JSON_NUMBERS[k].text);
  str_add(&text, "]");
  Frame *f = read_as("t.json", text.s);
  const Column *c = frame_at(f, 0);
  assert_int_equal(c->type, COL_F64);
  for (size_t k = 0; k < n; k++) assert_memory_equal(&c->f[k], &JSON_NUMBERS[k].value, sizeof(double));
  frame_unref(f);
  str_fini(&text);
}

TEST(strings_are_those_of_python) {
  size_t n = sizeof JSON_STRINGS / sizeof *JSON_STRINGS;
  Str text = {0};
  for (size_t k = 0; k < n; k++) str_addf(&text, "{\"x\":%s}\n", JSON_STRINGS[k].text);
  Frame *f = read_as("t.jsonl", text.s);
  for (size_t k = 0; k < n; k++) {
    Sv cell = col_text(frame_at(f, 0), (int64_t)k);
    assert_int_equal(cell.n, JSON_STRINGS[k].n);
    assert_memory_equal(cell.s, JSON_STRINGS[k].value, cell.n);
  }
  frame_unref(f);
  str_fini(&text);
}

TEST(integers_stay_whole_up_to_64_bits_and_are_text_beyond) {
  Frame *f = read_as("t.json", "[{\"a\":9223372036854775807,\"b\":9223372036854775808},"
                               "{\"a\":-9223372036854775808,\"b\":1}]");
  assert_string_equal(help_type(f, "a"), "int");
  assert_cell(f, "a", 0, "9223372036854775807");
  assert_cell(f, "a", 1, "-9223372036854775808");
  assert_cell(f, "b", 0, "9223372036854775808");
  assert_cell(f, "b", 1, "1");
  assert_string_equal(help_ledger(f, "b", "note"), "1 text and 1 other values: all taken as text");
  frame_unref(f);
}

TEST(a_text_is_no_number_and_no_mark_for_missing_but_may_be_a_date) {
  Frame *f = read_as("t.json", "[{\"z\":\"007\",\"m\":\"NA\",\"d\":\"2024-02-29\",\"t\":\"2024-02-29T10:00:00Z\"},"
                               "{\"z\":\"12\",\"m\":\"\",\"d\":\"1969-12-31\",\"t\":\"2024-02-29T10:00:00.5+01:00\"}]");
  assert_string_equal(help_type(f, "z"), "category");
  assert_cell(f, "z", 0, "007");
  assert_cell(f, "m", 0, "NA");
  assert_cell(f, "m", 1, "");
  assert_string_equal(help_type(f, "d"), "date");
  assert_cell(f, "d", 1, "1969-12-31");
  assert_string_equal(help_type(f, "t"), "time");
  assert_cell(f, "t", 1, "2024-02-29 09:00:00.500000Z");
  frame_unref(f);
}

TEST(objects_are_flattened_arrays_stay_as_text) {
  Frame *f = read_as("t.jsonl", "{\"a\":{\"b\":1,\"c\":{\"d\":\"x\"}},\"l\":[1, {\"k\" : [ ]},\"a b\"]}\n"
                                "{\"a\":null,\"e\":{}}\n{\"new\":true,\"a\":{\"b\":2}}\n");
  assert_string_equal(names_of(f), "a.b a.c.d l new");
  assert_cell(f, "a.b", 2, "2");
  assert_cell(f, "a.c.d", 0, "x");
  assert_cell(f, "l", 0, "[1,{\"k\":[]},\"a b\"]");
  assert_cell(f, "l", 1, "<missing>");
  assert_cell(f, "new", 0, "<missing>");
  assert_cell(f, "new", 2, "true");
  frame_unref(f);
}

TEST(a_name_twice_in_a_row_counts_last_and_is_told) {
  Frame *f = read_as("t.jsonl", "{\"a\":1}\n{\"a\":2,\"a\":\"z\",\"a\":3}\n");
  assert_string_equal(help_type(f, "a"), "int");
  assert_cell(f, "a", 1, "3");
  assert_has(help_ledger(f, "(file)", "note"), "2 names come twice in a row (first: line 2): the last counts");
  frame_unref(f);
}

TEST(bad_lines_go_to_the_quarantine_and_leave_no_trace) {
  Frame *f = read_as("t.jsonl", "{\"a\":1}\n{\"a\":2,\"trap\":3,}\n\n  \n[1]\n{\"a\":4} x\n{\"a\":5}\r\n{\"a\":6,\"b\":\"open");
  assert_string_equal(names_of(f), "a");
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "a", 1, "5");
  assert_quarantine(f, 0, "2", "column 17: a name in quotes expected, '}' found", "{\"a\":2,\"trap\":3,}");
  assert_quarantine(f, 1, "5", "column 1: an object '{' for each row expected, '[' found", "[1]");
  assert_quarantine(f, 2, "6", "column 9: the end of the line expected, 'x' found", "{\"a\":4} x");
  assert_quarantine(f, 3, "8", "column 12: the text that begins here is not closed: the file ends within this line",
                    "{\"a\":6,\"b\":\"open");
  assert_string_equal(frame_caption(f), "4 lines could not be read and are kept in d:quarantine()");
  frame_unref(f);
}

TEST(a_name_that_a_bad_line_had_first_is_a_column_when_it_comes_again) {
  Frame *f = read_as("t.jsonl", "{\"b\":1,\n{\"a\":1}\n{\"b\":2}\n");
  assert_int_equal(frame_ncol(f), 2);
  assert_cell(f, "b", 1, "2");
  assert_cell(f, "b", 0, "<missing>");
  frame_unref(f);
}

TEST(a_fault_is_told_with_its_line_its_column_and_what_was_expected) {
  assert_refused("[\n{\"a\":1},\n{\"\xc3\xa9\":1 \"b\":2}]", "t.json', line 3, column 8: ',' or '}' expected, a text found; "
                                                         "1 row before it could be read");
  assert_refused("[{\"a\":01}]", "line 1, column 7: a number may not begin with 01");
  assert_refused("[{\"a\":1.}]", "column 9: a digit expected, '}' found");
  assert_refused("[{\"a\":tru}]", "column 7: a value expected, 't' found");
  assert_refused("[{\"a\":\"\\x\"}]", "one of \" \\ / b f n r t u behind the backslash expected, 'x' found");
  assert_refused("[{\"a\":\"\\u12g4\"}]", "four hexadecimal digits expected behind \\u");
  assert_refused("[{\"a\":\"x\ny\"}]", "a closing quote or \\n, \\t, \\u.... expected, the end of the line found");
  assert_refused("[{\"a\" 1}]", "':' behind the name expected, '1' found");
  assert_refused("[{\"a\":1}", "column 9: ',' or ']' behind a row expected, the end found; 1 row before it could be read");
  assert_refused("[{\"a\":1}] []", "nothing more behind the array expected, '[' found");
  assert_refused("[1,2]", "an object '{' for each row expected, '1' found");
  assert_refused("{\"a\":[1,2],\"b\":[1]}", "the columns have different lengths: 'a' has 2 values, 'b' 1;");
  assert_refused("[]", "t.json' holds no table: there is no column in it");
  assert_refused(" \n ", "is empty: it has only blank lines");
  assert_refused("nonsense", "'[' or '{' expected, 'n' found");
}

TEST(a_file_without_a_good_line_is_an_error) {
  Frame *f;
  assert_int_equal(try_named("t.jsonl", "x\ny\n", 4, NULL, &f), ERR_PARSE);
  assert_has(err.msg, "t.jsonl' has no line that can be read; line 1, column 1: an object '{' for each row expected, 'x' found");
}

TEST(deep_nesting_is_refused_not_followed) {
  Str text = {0};
  for (int k = 0; k < 100000; k++) str_add(&text, "{\"a\":");
  assert_refused(text.s, "values may be nested 256 deep");
  str_clear(&text);
  str_add(&text, "[{\"a\":");
  str_pad(&text, '[', 100000);
  assert_refused(text.s, "values may be nested 256 deep");
  str_fini(&text);
}

TEST(of_several_arrays_of_rows_one_is_chosen) {
  static const char text[] = "{\"left\":[{\"a\":1}],\"right\":[{\"b\":2}]}";
  Frame *f;
  assert_int_equal(try_named("t.json", text, strlen(text), NULL, &f), ERR_NAME);
  assert_has(err.msg, "t.json' holds 2 arrays of rows: choose one with table=\"left\"; there are left, right");
  assert_int_equal(try_named("t.json", text, strlen(text), "right", &f), OK);
  assert_cell(f, "b", 0, "2");
  frame_unref(f);
  assert_int_equal(try_named("t.json", text, strlen(text), "middle", &f), ERR_NAME);
  assert_has(err.msg, "has no array of rows 'middle': there are left, right");
}

TEST(options_choose_columns_types_rows_and_marks) {
  static const char text[] = "[{\"a\":1,\"b\":-999,\"c\":\"x\"},{\"a\":2,\"b\":5,\"c\":\"none\"},{\"a\":3,\"b\":6,\"c\":\"y\"}]";
  const char *columns[] = {"c", "a", "b"}, *na[] = {"-999", "none"};
  NamedType type = {"a", COL_TEXT};
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.columns = (Names){columns, 3}, opts.na = (Names){na, 2}, opts.rows = 2, opts.types = &type, opts.ntypes = 1;
  Frame *f = help_read_bytes(NULL, "t.json", text, strlen(text), &opts);
  assert_string_equal(names_of(f), "c a b");
  assert_int_equal(frame_nrow(f), 2);
  assert_string_equal(help_type(f, "a"), "text");
  assert_cell(f, "a", 1, "2");
  assert_cell(f, "b", 0, "<missing>");
  assert_cell(f, "c", 1, "<missing>");
  frame_unref(f);
  columns[0] = "cc";
  Frame *g = NULL;
  assert_int_equal(io_read(NULL, &HELP_DOOR, help_file("t.json", text, strlen(text)), &opts, &g, &err), ERR_NAME);
  assert_has(err.msg, "columns: no column 'cc'");
}

TEST(few_dissenters_become_missing_and_are_listed) {
  Str text = {0};
  for (int k = 1; k <= 200; k++) str_addf(&text, k == 150 ? "{\"x\":\"n/a\"}\n" : "{\"x\":%d}\n", k);
  Frame *f = read_as("t.jsonl", text.s);
  assert_string_equal(help_type(f, "x"), "int");
  assert_cell(f, "x", 149, "<missing>");
  assert_string_equal(help_ledger(f, "x", "dissent"), "1");
  assert_string_equal(help_ledger(f, "x", "lines"), "150");
  assert_string_equal(help_ledger(f, "x", "examples"), "n/a");
  frame_unref(f);
  str_fini(&text);
}

TEST(an_option_of_another_format_is_refused) {
  ReadOpts opts;
  Frame *f = NULL;
  io_read_defaults(&opts);
  opts.delim = ';';
  assert_int_equal(io_read(NULL, &HELP_DOOR, help_file("t.json", "[{\"a\":1}]", 9), &opts, &f, &err), ERR_ARG);
  assert_has(err.msg, "t.json' is read as json, which has no use for delim: leave that out");
}

static void assert_written(const Frame *f, const char *name, const char *want) {
  Str got = {0};
  if (io_write(NULL, &HELP_DOOR, f, help_path(name), &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(io_read_bytes(&HELP_DOOR, help_path(name), &got, &err), OK);
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

TEST(writing_keeps_types_digits_and_missing) {
  Frame *f = help_read("i,r,s,b,d\n1,1.0,\"q\"\"\n\",true,2024-01-31\n,0.1,,,\n");
  assert_written(f, "w.json", "[\n{\"i\": 1, \"r\": 1.0, \"s\": \"q\\\"\\n\", \"b\": true, \"d\": \"2024-01-31\"},\n"
                              "{\"i\": null, \"r\": 0.1, \"s\": null, \"b\": null, \"d\": null}\n]\n");
  assert_written(f, "w.jsonl", "{\"i\":1,\"r\":1.0,\"s\":\"q\\\"\\n\",\"b\":true,\"d\":\"2024-01-31\"}\n"
                               "{\"i\":null,\"r\":0.1,\"s\":null,\"b\":null,\"d\":null}\n");
  frame_unref(f);
  f = help_read("x,y\n");
  assert_written(f, "w.json", "{\"x\": [], \"y\": []}\n");
  assert_int_equal(io_write(NULL, &HELP_DOOR, f, help_path("w.jsonl"), &err), ERR_SHAPE);
  assert_string_equal(err.msg, "JSON Lines cannot hold a table without rows: write .json or .csv");
  frame_unref(f);
}

TEST(infinities_and_not_a_number_survive_or_become_missing) {
  Frame *f = read_as("t.json", "[{\"x\":Infinity},{\"x\":-Infinity},{\"x\":NaN},{\"x\":-0.0},{\"x\":1e999}]"), *g;
  ReadOpts opts;
  io_read_defaults(&opts);
  assert_cell(f, "x", 2, "nan");
  assert_written(f, "w.json", "[\n{\"x\": 1e999},\n{\"x\": -1e999},\n{\"x\": null},\n{\"x\": -0.0},\n{\"x\": 1e999}\n]\n");
  assert_int_equal(io_read(NULL, &HELP_DOOR, help_path("w.json"), &opts, &g, &err), OK);
  assert_cell(g, "x", 1, "-inf");
  assert_cell(g, "x", 2, "<missing>");
  frame_unref(f);
  frame_unref(g);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(every_shape_is_the_same_table), CASE(numbers_are_those_of_python), CASE(strings_are_those_of_python),
    CASE(integers_stay_whole_up_to_64_bits_and_are_text_beyond),
    CASE(a_text_is_no_number_and_no_mark_for_missing_but_may_be_a_date), CASE(objects_are_flattened_arrays_stay_as_text),
    CASE(a_name_twice_in_a_row_counts_last_and_is_told), CASE(bad_lines_go_to_the_quarantine_and_leave_no_trace),
    CASE(a_name_that_a_bad_line_had_first_is_a_column_when_it_comes_again),
    CASE(a_fault_is_told_with_its_line_its_column_and_what_was_expected), CASE(a_file_without_a_good_line_is_an_error),
    CASE(deep_nesting_is_refused_not_followed), CASE(of_several_arrays_of_rows_one_is_chosen),
    CASE(options_choose_columns_types_rows_and_marks), CASE(few_dissenters_become_missing_and_are_listed),
    CASE(an_option_of_another_format_is_refused), CASE(writing_keeps_types_digits_and_missing),
    CASE(infinities_and_not_a_number_survive_or_become_missing), CASE(the_folder_of_the_test_is_removed))
