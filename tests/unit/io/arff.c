// ARFF. ARFF_TEXT is read as SciPy 1.10.1's loadarff does (tests/golden/make/formats.py); the text with strings and
// quotes as R 4.2.2's foreign 0.8.84 does (read.arff); sparse rows by Weka's description of the format, by hand.
#include "unit/io/io_help.h"

#include "golden/formats.h"

static Err err;

static Frame *read_arff(const char *text) { return help_read_bytes(NULL, "t.arff", text, strlen(text), NULL); }
static void assert_refused(const char *text, const char *message) {
  ReadOpts opts;
  Frame *f = NULL;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, help_file("t.arff", text, strlen(text)), &opts, &f, &err), ERR_PARSE);
  assert_has(err.msg, message);
}

TEST(a_file_is_read_as_scipy_reads_it) {
  Frame *f = read_arff(ARFF_TEXT);
  const Column *temp = frame_at(f, frame_find(f, sv("temp C"))), *humidity = frame_at(f, frame_find(f, sv("humidity")));
  const Column *day = frame_at(f, frame_find(f, sv("day"))), *at = frame_at(f, frame_find(f, sv("at")));
  assert_int_equal(frame_nrow(f), 3);
  for (int64_t i = 0; i < 3; i++) {
    assert_cell(f, "outlook", i, ARFF_OUTLOOK[i]);
    assert_near(col_f64(temp, i), ARFF_TEMP[i], 0);
    assert_near(col_f64(humidity, i), ARFF_HUMIDITY[i], 0);
    assert_int_equal(day->i[i], ARFF_DAY[i]);
    assert_int_equal(at->i[i], ARFF_AT[i] * 1000000);
  }
  assert_string_equal(help_type(f, "outlook"), "category");
  assert_string_equal(help_type(f, "temp C"), "real");
  assert_string_equal(help_type(f, "humidity"), "int");
  assert_string_equal(help_type(f, "day"), "date");
  assert_string_equal(help_type(f, "at"), "time");
  assert_string_equal(help_type(f, "windy"), "bool");
  assert_cell(f, "windy", 1, "true");
  assert_cell(f, "windy", 2, "<missing>");
  frame_unref(f);
}

TEST(strings_and_missing_are_read_as_r_reads_them) {
  Frame *f = read_arff("@relation r\n@attribute a {x,y,z}\n@attribute b numeric\n@attribute c string\n"
                       "@attribute d date yyyy-MM-dd\n@data\nx,1,hello,2024-01-31\n?,?,\"b c\",?\nz,-2.5,?,1969-12-31\n");
  assert_cell(f, "a", 1, "<missing>");
  assert_cell(f, "b", 2, "-2.5");
  assert_cell(f, "c", 1, "b c");
  assert_cell(f, "c", 2, "<missing>");
  assert_cell(f, "d", 0, "2024-01-31");
  assert_string_equal(help_type(f, "c"), "text");
  frame_unref(f);
}

TEST(all_declared_levels_are_kept_sorted) {
  Frame *f = read_arff("@relation r\n@attribute a {z, 'm n', a}\n@data\nz\nz\n");
  const Column *c = frame_at(f, 0);
  assert_int_equal(c->dict->n, 3);
  assert_true(sv_is(c->dict->word[0], "a") && sv_is(c->dict->word[1], "m n") && sv_is(c->dict->word[2], "z"));
  assert_cell(f, "a", 1, "z");
  frame_unref(f);
}

TEST(quotes_and_backslashes) {
  Frame *f = read_arff("@relation 'a b'\n@attribute 'it\\'s' string % why\n@attribute \"two words\" {'x,y',\"}\"}\n@data\n"
                       "'a\\'b\\\\c\\n', 'x,y'\n\"?\",'}'\n'%', ?\n");
  assert_cell(f, "it's", 0, "a'b\\c\n");
  assert_cell(f, "it's", 1, "?");
  assert_cell(f, "two words", 1, "}");
  assert_cell(f, "it's", 2, "%");
  frame_unref(f);
}

TEST(sparse_rows_leave_out_zeros_and_first_levels) {
  Frame *f = read_arff("@relation r\n@attribute x numeric\n@attribute g {p,q}\n@attribute y real\n@attribute s string\n"
                       "@data\n{0 3, 2 1.5, 3 'a b'}\n{1 q}\n{ }\n{0 ?}, {2}\n");
  static const char *const want[4][4] = {{"3", "p", "1.5", "a b"}, {"0", "q", "0", "<missing>"},
                                         {"0", "p", "0", "<missing>"}, {"<missing>", "p", "0", "<missing>"}};
  static const char *const name[] = {"x", "g", "y", "s"};
  for (int64_t i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) assert_cell(f, name[j], i, want[i][j]);
  assert_has(help_ledger(f, "(file)", "note"), "1 row has a weight, which is not used");
  frame_unref(f);
}

TEST(a_line_against_its_declaration_goes_to_the_quarantine) {
  Frame *f = read_arff("@relation r\n@attribute x numeric\n@attribute g {p,q}\n@attribute d date yyyy-MM-dd\n@data\n"
                       "1,p,2024-01-01\nz,p,2024-01-01\n2,r,2024-01-01\n3,p,2024-02-30\n4,p\n5,p,2024-01-01,6\n"
                       "6,'p,2024-01-01\n{7 1}\n{0 1, 0 2}\n7,,2024-01-01\n8,q,?,{3}\n");
  assert_int_equal(frame_nrow(f), 2);
  assert_quarantine(f, 0, "7", "no number: 'z'", "z,p,2024-01-01");
  assert_quarantine(f, 1, "8", "column 'g' has no level 'r'", "2,r,2024-01-01");
  assert_quarantine(f, 2, "9", "no date of the declared pattern: '2024-02-30'", "3,p,2024-02-30");
  assert_quarantine(f, 3, "10", "2 values, 3 expected", "4,p");
  assert_quarantine(f, 4, "11", "4 values, 3 expected", "5,p,2024-01-01,6");
  assert_quarantine(f, 5, "12", "a quote is not closed: ''p,2024-01-01'", "6,'p,2024-01-01");
  assert_quarantine(f, 6, "13", "no column has the number '7'", "{7 1}");
  assert_quarantine(f, 7, "14", "a column comes twice: 'x'", "{0 1, 0 2}");
  assert_quarantine(f, 8, "15", "an empty value; missing is ? in column 'g'", "7,,2024-01-01");
  assert_cell(f, "x", 1, "8");
  frame_unref(f);
}

TEST(a_fault_in_the_header_is_told_with_its_line) {
  assert_refused("@relation r\n@attribute x numbers\n@data\n", "t.arff', line 2: numeric, real, integer, string, date or "
                                                                "{levels} expected, found 'numbers'");
  assert_refused("@relation r\n@attribute x {a,b\n@data\n", "line 2: ',' or '}' expected behind the level 'b'");
  assert_refused("@relation r\n@attribute x {a,a}\n@data\n", "line 2: a level is listed twice: 'a'");
  assert_refused("@relation r\n@attribute x date 'yyyy-QQ'\n@data\n", "not the pattern 'yyyy-QQ'");
  assert_refused("@relation r\n@attribute x relational\n", "found 'relational'");
  assert_refused("@relation r\n\nx,y\n", "line 3: @relation, @attribute, @data or a % comment expected, found 'x,y'");
  assert_refused("@relation r\n@data\n1\n", "line 2: @data comes before any @attribute");
  assert_refused("@relation r\n@attribute x real\n", "t.arff' has no line @data: it ends after line 2 within its header");
}

TEST(dates_follow_their_pattern) {
  Frame *f = read_arff("@relation r\n@attribute a date \"dd/MM/yy\"\n@attribute b date \"yyyyMMdd'T'HHmmss.SSSX\"\n"
                       "@attribute c date 'h:mm a, d.M.yyyy'\n@attribute e date\n@data\n"
                       "31/12/69,20240229T235959.250+0130,'12:05 AM, 1.2.2024',2024-01-01T00:00:00\n");
  assert_cell(f, "a", 0, "2069-12-31");
  assert_cell(f, "b", 0, "2024-02-29 22:29:59.250000Z");
  assert_cell(f, "c", 0, "2024-02-01 00:05:00");
  assert_cell(f, "e", 0, "2024-01-01 00:00:00");
  frame_unref(f);
}

TEST(writing_declares_what_it_writes) {
  Frame *f = help_read("i,r,b,d,w,s\n1,1.0,true,2024-01-31,2024-01-31 10:20:30.5,it's\n,,,,,\n");
  Str got = {0};
  if (io_write(NULL, &HELP_DOOR, f, help_path("w.arff"), &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(io_read_bytes(&HELP_DOOR, help_path("w.arff"), &got, &err), OK);
  assert_string_equal(str_c(&got), "@relation w\n\n@attribute i integer\n@attribute r real\n@attribute b {false,true}\n"
                                   "@attribute d date yyyy-MM-dd\n@attribute w date \"yyyy-MM-dd'T'HH:mm:ss.SSS\"\n"
                                   "@attribute s {'it\\'s'}\n\n@data\n"
                                   "1,1,true,2024-01-31,2024-01-31T10:20:30.500,'it\\'s'\n?,?,?,?,?,?\n");
  str_fini(&got);
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(a_file_is_read_as_scipy_reads_it), CASE(strings_and_missing_are_read_as_r_reads_them),
    CASE(all_declared_levels_are_kept_sorted), CASE(quotes_and_backslashes),
    CASE(sparse_rows_leave_out_zeros_and_first_levels), CASE(a_line_against_its_declaration_goes_to_the_quarantine),
    CASE(a_fault_in_the_header_is_told_with_its_line), CASE(dates_follow_their_pattern),
    CASE(writing_declares_what_it_writes), CASE(the_folder_of_the_test_is_removed))
