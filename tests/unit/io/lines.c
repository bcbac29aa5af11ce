// Lines, quotes, encodings and the quarantine. Expected values worked by hand from RFC 4180 and the texts themselves.
// The texts marked [1] are those of csv-spectrum (Max Ogden, BSD-2-Clause), with the values that it publishes as JSON.
#include "unit/io/io_help.h"

TEST(rfc_4180_cases) {
  Frame *f = help_read("first,last,address,city,zip\nJohn,Doe,120 any st.,\"Anytown, WW\",08123"); // [1]
  assert_int_equal(frame_nrow(f), 1);
  assert_cell(f, "city", 0, "Anytown, WW");
  assert_cell(f, "zip", 0, "08123");
  frame_unref(f);
  f = help_read("a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n"); // [1]
  assert_cell(f, "b", 0, "ha \n\"ha\" \nha");
  assert_cell(f, "b", 1, "4");
  frame_unref(f);
  f = help_read("key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n"); // [1]
  assert_cell(f, "val", 0, "{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}");
  frame_unref(f);
  f = help_read("a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n"); // [1]
  assert_int_equal(frame_nrow(f), 3);
  assert_cell(f, "a", 1, "Once upon \r\na time");
  assert_cell(f, "c", 2, "9");
  frame_unref(f);
  f = help_read("n,sign,m\n1,\xf0\x9f\x98\x8e,3");
  assert_cell(f, "sign", 0, "\xf0\x9f\x98\x8e");
  frame_unref(f);
}

TEST(every_line_end_reads_the_same) {
  static const char *const texts[] = {"x,y\n1,a\n2,b\n3,c\n", "x,y\r\n1,a\r\n2,b\r\n3,c\r\n", "x,y\r1,a\r2,b\r3,c\r",
                                      "x,y\n1,a\r\n2,b\r3,c",  "\n\nx,y\n\n1,a\n  \n2,b\n\n3,c\n\n"};
  char want[65], hash[65];
  for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
    Frame *f = help_read(texts[k]);
    frame_hash(f, k ? hash : want);
    if (k) assert_string_equal(hash, want);
    assert_cell(f, "y", 2, "c");
    assert_int_equal(frame_nrow(frame_quarantine(f)), 0);
    frame_unref(f);
  }
}

TEST(a_byte_order_mark_is_no_part_of_the_first_name) {
  Frame *f = help_read("\xef\xbb\xbf\"a\",b\n1,2\n");
  assert_string_equal(frame_name(f, 0), "a");
  assert_has(help_ledger(f, "(file)", "note"), "byte order mark removed");
  frame_unref(f);
}

TEST(utf_16_is_converted_either_way_round) {
  static const char le[] = "\xff\xfe" "a\0,\0b\0\n\0" "1\0,\0\xe9\0\n\0" "2\0,\0\x3d\xd8\x0e\xde\n\0";
  static const char be[] = "\xfe\xff\0a\0,\0b\0\n\0" "1\0,\0\xe9\0\n\0" "2\0,\xd8\x3d\xde\x0e\0\n";
  for (int k = 0; k < 2; k++) {
    Frame *f = help_read_bytes(NULL, "t.csv", k ? be : le, sizeof le - 1, NULL);
    assert_cell(f, "a", 1, "2");
    assert_cell(f, "b", 0, "\xc3\xa9");
    assert_cell(f, "b", 1, "\xf0\x9f\x98\x8e");
    assert_has(help_ledger(f, "(file)", "note"), k ? "UTF-16 (big-endian)" : "UTF-16 (little-endian)");
    frame_unref(f);
  }
  static const char unmarked[] = "a\0,\0b\0\n\0" "1\0,\0" "2\0\n\0";
  Frame *f = help_read_bytes(NULL, "t.csv", unmarked, sizeof unmarked - 1, NULL);
  assert_cell(f, "b", 0, "2");
  frame_unref(f);
}

TEST(bytes_that_are_not_utf_8_are_read_as_windows_1252) {
  Frame *f = help_read("name,price\nfran\xe7" "ais,1\n\x80 5 \x96 \x93x\x94,2\ncaf\xc3\xa9,3\n");
  assert_cell(f, "name", 0, "fran\xc3\xa7" "ais");
  assert_cell(f, "name", 1, "\xe2\x82\xac 5 \xe2\x80\x93 \xe2\x80\x9cx\xe2\x80\x9d");
  assert_cell(f, "name", 2, "caf\xc3\xa9");
  assert_has(help_ledger(f, "(file)", "note"), "encoding UTF-8, but 5 bytes are not (first on line 2), read as Windows-1252");
  frame_unref(f);
}

TEST(a_text_with_some_nul_bytes_opens_and_keeps_them) {
  static const char text[] = "abc,def\nx,1\na\0b,2\n";
  Frame *f = help_read_bytes(NULL, "t.csv", text, sizeof text - 1, NULL);
  Sv cell = col_text(frame_at(f, 0), 1);
  assert_int_equal(cell.n, 3);
  assert_memory_equal(cell.s, "a\0b", 3);
  assert_has(help_ledger(f, "(file)", "note"), "1 NUL byte kept (first on line 3)");
  frame_unref(f);
}

TEST(ragged_rows_go_to_the_quarantine_with_line_reason_and_text) {
  Frame *f = help_read("a,b,c\n1,2,3\n4,5\n6,7,8\n\n9\n10,11,12,13\n14,15,16\n17,18,19\n");
  assert_int_equal(frame_nrow(f), 4);
  assert_cell(f, "a", 3, "17");
  assert_int_equal(frame_nrow(frame_quarantine(f)), 3);
  assert_quarantine(f, 0, "3", "2 fields, 3 expected", "4,5");
  assert_quarantine(f, 1, "6", "1 field, 3 expected", "9");
  assert_quarantine(f, 2, "7", "4 fields, 3 expected", "10,11,12,13");
  assert_has(help_ledger(f, "(file)", "note"), "3 lines in quarantine (first: 3)");
  frame_unref(f);
}

TEST(a_long_line_is_cut_in_the_quarantine_at_a_character) {
  Str text = {0};
  str_add(&text, "a,b\n1,2\n3,4\n");
  for (int i = 0; i < 1500; i++) str_add(&text, "\xc3\xa9");
  Frame *f = help_read(str_c(&text));
  str_fini(&text);
  assert_int_equal(col_text(frame_at(frame_quarantine(f), 2), 0).n, 2000);
  frame_unref(f);
}

TEST(an_unterminated_quote_costs_its_line_only) {
  Frame *f = help_read("foo,bar,baz\n1,\"closed, really\",2\n1,\"left open,3\n4,5,6\n7,8,9\n");
  assert_int_equal(frame_nrow(f), 3);
  assert_cell(f, "foo", 1, "4");
  assert_cell(f, "foo", 2, "7");
  assert_int_equal(frame_nrow(frame_quarantine(f)), 1);
  assert_quarantine(f, 0, "3", "a quote opens here and is never closed", "1,\"left open,3");
  frame_unref(f);
}

TEST(a_stray_quote_that_meets_a_later_one_costs_its_line_only) {
  Frame *f = help_read("a,b\n1,\"open\n2,x\n3,\"y\"\n4,z\n");
  assert_int_equal(frame_nrow(f), 3);
  assert_cell(f, "b", 1, "y");
  assert_quarantine(f, 0, "2", "a quote opens here and runs into the quotes of later lines", "1,\"open");
  frame_unref(f);
  f = help_read("a,b\n1,\"open\n2,x\n3,y\",5\n4,z\n5,w\n");
  assert_int_equal(frame_nrow(f), 3);
  assert_quarantine(f, 0, "2", "a quote opens here and closes on a later line, where the number of fields is wrong",
                    "1,\"open");
  assert_quarantine(f, 1, "4", "3 fields, 2 expected", "3,y\",5");
  frame_unref(f);
}

TEST(quotes_inside_a_field_are_kept_as_they_stand) {
  Frame *f = help_read("foo,bar,baz\n1,a \"bare\" word,3\n1,\"one \" alone, inside\",3\n2,5'11\",4\n");
  assert_cell(f, "bar", 0, "a \"bare\" word");
  assert_cell(f, "bar", 1, "one \" alone, inside");
  assert_cell(f, "bar", 2, "5'11\"");
  assert_has(help_ledger(f, "(file)", "note"), "misplaced quotes kept as they stand on 3 lines (first: 2)");
  frame_unref(f);
}

TEST(line_numbers_stay_right_behind_quoted_newlines_blank_lines_and_faults) {
  Frame *f = help_read("\r\na,b\r\n1,\"x\r\n\r\ny\"\r\n\r\n2\r\n3,\"open\r\n4,\"z\nz\"\r\n5,6,7\r\n8,9\r\n10,11\r\n");
  //            line     1   2      3..5            6    7    8         9..10         11       12      13
  assert_int_equal(frame_nrow(f), 4);
  assert_int_equal(frame_nrow(frame_quarantine(f)), 3);
  assert_quarantine(f, 0, "7", "1 field, 2 expected", "2");
  assert_quarantine(f, 1, "8", "a quote opens here and runs into the quotes of later lines", "3,\"open");
  assert_quarantine(f, 2, "11", "3 fields, 2 expected", "5,6,7");
  assert_has(help_ledger(f, "(file)", "note"), "header on line 2");
  frame_unref(f);
}

TEST(tab_separated_text_takes_a_lone_quote_literally) {
  const char *text = "label\ttext\nham\t\"Hello there\nspam\tsay \"yes\" now\nham\t\"fine\"\n";
  Frame *f = help_read_bytes(NULL, "t.tsv", text, strlen(text), NULL);
  assert_int_equal(frame_nrow(f), 3);
  assert_cell(f, "text", 0, "\"Hello there");
  assert_cell(f, "text", 1, "say \"yes\" now");
  assert_cell(f, "text", 2, "fine");
  frame_unref(f);
}

TEST(the_delimiter_is_found) {
  static const struct {
    const char *text, *note, *cell;
  } cases[] = {{"a,b\n1,x\n2,y\n", "delimiter ','", "x"},
               {"a\tb\n1\tx, z\n2\ty\n", "delimiter tab", "x, z"},
               {"a;b\n1,5;x\n2,5;y\n", "delimiter ';'", "x"},
               {"a|b\n1|x;z\n2|y\n", "delimiter '|'", "x;z"},
               {"a;b\n1;\"p,q\"\n2;\"r,s\"\n", "delimiter ';'", "p,q"},
               {"b\nx\ny, z\n", "one column: no delimiter found", "x"}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    Frame *f = help_read_bytes(NULL, "t.txt", cases[k].text, strlen(cases[k].text), NULL);
    assert_has(help_ledger(f, "(file)", "note"), cases[k].note);
    assert_cell(f, "b", 0, cases[k].cell);
    frame_unref(f);
  }
}

TEST(the_delimiter_can_be_given) {
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.delim = ':';
  Frame *f = help_read_opts("a:b\n1:x,y\n", &opts);
  assert_cell(f, "b", 0, "x,y");
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(rfc_4180_cases), CASE(every_line_end_reads_the_same), CASE(a_byte_order_mark_is_no_part_of_the_first_name),
    CASE(utf_16_is_converted_either_way_round), CASE(bytes_that_are_not_utf_8_are_read_as_windows_1252),
    CASE(a_text_with_some_nul_bytes_opens_and_keeps_them),
    CASE(ragged_rows_go_to_the_quarantine_with_line_reason_and_text),
    CASE(a_long_line_is_cut_in_the_quarantine_at_a_character), CASE(an_unterminated_quote_costs_its_line_only),
    CASE(a_stray_quote_that_meets_a_later_one_costs_its_line_only), CASE(quotes_inside_a_field_are_kept_as_they_stand),
    CASE(line_numbers_stay_right_behind_quoted_newlines_blank_lines_and_faults),
    CASE(tab_separated_text_takes_a_lone_quote_literally), CASE(the_delimiter_is_found),
    CASE(the_delimiter_can_be_given), CASE(the_folder_of_the_test_is_removed))
