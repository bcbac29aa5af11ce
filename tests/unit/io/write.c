// The writer, byte for byte. Expected texts by RFC 4180 and by hand.
#include "unit/io/io_help.h"

#include "base/file.h"
#include "frame/verbs.h"

static const char *written(const Frame *f, const char *name) {
  static Str text;
  Err err = {0};
  if (io_write(NULL, &HELP_DOOR, f, help_path(name), &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(file_read(help_path(name), &text, &err), OK);
  static char copy[4096];
  snprintf(copy, sizeof copy, "%s", str_c(&text));
  str_fini(&text);
  return copy;
}

TEST(quotes_stand_where_rfc_4180_or_the_reader_need_them) {
  Frame *f = help_read("\"a,b\",c\n\"x,y\",1.5\n\"say \"\"hi\"\"\",2\n\" padded\",\nplain,0.1\n\"\",-1e300\n,3\n");
  assert_string_equal(written(f, "w.csv"),
                      "\"a,b\",c\n\"x,y\",1.5\n\"say \"\"hi\"\"\",2\n\" padded\",\nplain,0.1\n\"\",-1e+300\n,3\n");
  frame_unref(f);
}

TEST(the_ending_tsv_writes_tabs) {
  Frame *f = help_read("a,b\n\"x,y\",1\n\"p\tq\",2\n");
  assert_string_equal(written(f, "w.tsv"), "a\tb\nx,y\t1\n\"p\tq\"\t2\n");
  frame_unref(f);
}

TEST(texts_that_look_like_something_else_are_quoted) {
  Frame *f = help_read("k,s\n1,12\n2,x\n3,true\n4,2020-01-01\n5,007\n");
  assert_string_equal(written(f, "w.csv"), "k,s\n1,\"12\"\n2,x\n3,\"true\"\n4,\"2020-01-01\"\n5,007\n");
  frame_unref(f);
}

TEST(a_missing_cell_of_a_single_column_is_no_blank_line) {
  Frame *f = help_read("x\n1\nNA\n3\n");
  assert_string_equal(written(f, "w.csv"), "x\n1\nNA\n3\n");
  frame_unref(f);
}

TEST(real_columns_of_whole_numbers_stay_real) {
  Frame *f = help_read("a,b\n1.0,1.5\n2.0,2\n,3\n1e20,4\n");
  assert_string_equal(written(f, "w.csv"), "a,b\n1.0,1.5\n2.0,2\n,3\n1e+20,4\n");
  frame_unref(f);
}

TEST(dates_times_and_bools_are_written_in_full) {
  Frame *f = help_read("d,t,b\n2024-02-29,2024-01-01T10:00Z,T\n1950-01-01,2024-01-01T10:00:00.25+02:00,F\n");
  assert_string_equal(written(f, "w.csv"), "d,t,b\n2024-02-29,2024-01-01 10:00:00Z,true\n"
                                           "1950-01-01,2024-01-01 08:00:00.250000Z,false\n");
  frame_unref(f);
}

TEST(a_name_that_begins_as_a_byte_order_mark_is_quoted) {
  Frame *f = help_read("x\n1\n"), *g;
  assert_int_equal(frame_rename(f, &(Names){(const char *[]){"x"}, 1}, &(Names){(const char *[]){"\xEF\xBB\xBFn"}, 1},
                                &g, NULL), OK);
  assert_string_equal(written(g, "w.csv"), "\"\xEF\xBB\xBFn\"\n1\n");
  frame_unref(f), frame_unref(g);
}

TEST(a_frame_without_rows_is_its_header) {
  Frame *f = help_read("a,b\n");
  assert_string_equal(written(f, "w.csv"), "a,b\n");
  frame_unref(f);
}

TEST(ledger_and_quarantine_can_be_written_and_read) {
  Frame *f = help_read("a,b\n1,2\n3\n4,5\n");
  assert_string_equal(written(frame_quarantine(f), "w.csv"), "line,reason,text\n3,\"1 field, 2 expected\",\"3\"\n");
  assert_has(written(frame_ledger(f), "w.csv"), "(file),csv,,0,0,,,\"delimiter ',' (3 of 4 lines split into 2 cells); header on line 1");
  frame_unref(f);
}

TEST(bytes_go_through_the_door_unchanged) {
  Str back = {0};
  Err err = {0};
  assert_int_equal(io_write_bytes(&HELP_DOOR, help_path("x.lua"), (Sv){"a\0b\r\n", 5}, &err), OK);
  assert_int_equal(io_read_bytes(&HELP_DOOR, help_path("x.lua"), &back, &err), OK);
  assert_int_equal(back.n, 5);
  assert_memory_equal(back.s, "a\0b\r\n", 5);
  str_fini(&back);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(quotes_stand_where_rfc_4180_or_the_reader_need_them), CASE(the_ending_tsv_writes_tabs),
    CASE(texts_that_look_like_something_else_are_quoted), CASE(a_missing_cell_of_a_single_column_is_no_blank_line),
    CASE(real_columns_of_whole_numbers_stay_real), CASE(dates_times_and_bools_are_written_in_full),
    CASE(a_name_that_begins_as_a_byte_order_mark_is_quoted),
    CASE(a_frame_without_rows_is_its_header), CASE(ledger_and_quarantine_can_be_written_and_read),
    CASE(bytes_go_through_the_door_unchanged), CASE(the_folder_of_the_test_is_removed))
