// Encodings, found or given. Expected letters from the Unicode charts and the mapping tables of the Unicode consortium
// (CP1252.TXT, 8859-1.TXT).
#include "unit/io/io_help.h"

static Frame *read_as(const char *encoding, const char *bytes, size_t n) {
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.encoding = encoding;
  return help_read_bytes(NULL, "t.csv", bytes, n, &opts);
}
#define READ_AS(encoding, literal) read_as(encoding, literal, sizeof(literal) - 1)

static const char *note(const Frame *f) { return help_ledger(f, "(file)", "note"); }

TEST(a_given_encoding_is_believed) {
  Frame *f = READ_AS("latin-1", "a,b\ncaf\xe9,\x80 5\n\xc3\xa9,\xff\n");
  assert_cell(f, "a", 0, "caf\xc3\xa9");
  assert_cell(f, "b", 0, "\xc2\x80 5");
  assert_cell(f, "a", 1, "\xc3\x83\xc2\xa9");
  assert_cell(f, "b", 1, "\xc3\xbf");
  assert_has(note(f), "encoding Latin-1, given");
  frame_unref(f);
  f = READ_AS("windows-1252", "a,b\ncaf\xe9,\x80 5\n\xc3\xa9,\x9f\n");
  assert_cell(f, "b", 0, "\xe2\x82\xac 5");
  assert_cell(f, "a", 1, "\xc3\x83\xc2\xa9");
  assert_cell(f, "b", 1, "\xc5\xb8");
  assert_has(note(f), "encoding Windows-1252, given");
  frame_unref(f);
}

TEST(in_given_utf_8_a_broken_byte_becomes_the_replacement_character) {
  Frame *f = READ_AS("utf-8", "\xef\xbb\xbf" "a,b\ncaf\xe9,1\n\xc3\xa9\x80,2\n");
  assert_cell(f, "a", 0, "caf\xef\xbf\xbd");
  assert_cell(f, "a", 1, "\xc3\xa9\xef\xbf\xbd");
  assert_has(note(f), "byte order mark removed; encoding UTF-8 (given): 2 bytes are not, first on line 2, read as U+FFFD");
  frame_unref(f);
}

TEST(given_utf_16_needs_no_mark) {
  Frame *f = READ_AS("utf-16le", "a\0,\0b\0\n\0\x2d\x4e\x87\x65,\0\x31\0\n\0");
  assert_cell(f, "a", 0, "\xe4\xb8\xad\xe6\x96\x87");
  assert_has(note(f), "encoding UTF-16 (little-endian), given");
  frame_unref(f);
  f = READ_AS("utf-16be", "\0a\0,\0b\0\n\x4e\x2d\x65\x87\0,\0\x31\0\n");
  assert_cell(f, "a", 0, "\xe4\xb8\xad\xe6\x96\x87");
  frame_unref(f);
  f = READ_AS("utf-16", "\xfe\xff\0a\0,\0b\0\n\0x\0,\0\x31\0\n");
  assert_cell(f, "a", 0, "x");
  assert_has(note(f), "encoding UTF-16 (big-endian), given");
  frame_unref(f);
}

TEST(utf_32_is_known_by_its_mark) {
  static const char le[] = "\xff\xfe\0\0a\0\0\0,\0\0\0b\0\0\0\n\0\0\0\x0e\xf6\x01\0,\0\0\0\x31\0\0\0\n\0\0\0";
  static const char be[] = "\0\0\xfe\xff\0\0\0a\0\0\0,\0\0\0b\0\0\0\n\0\x01\xf6\x0e\0\0\0,\0\0\0\x31\0\0\0\n";
  for (int k = 0; k < 2; k++) {
    Frame *f = read_as(NULL, k ? be : le, sizeof le - 1);
    assert_cell(f, "a", 0, "\xf0\x9f\x98\x8e");
    assert_has(note(f), k ? "encoding UTF-32 (big-endian), by its byte order mark"
                          : "encoding UTF-32 (little-endian), by its byte order mark");
    frame_unref(f);
  }
}

TEST(text_with_no_letters_of_utf_8_is_said_to_be_windows_1252) {
  Frame *f = help_read("name,n\nM\xfcller,1\nG\xf6" "del,2\n");
  assert_cell(f, "name", 0, "M\xc3\xbcller");
  assert_has(note(f), "encoding Windows-1252: 2 bytes are not UTF-8, first on line 2;");
  assert_null(strstr(note(f), "side by side"));
  frame_unref(f);
}

TEST(what_looks_like_another_encoding_is_said) {
  Frame *f = help_read("name,n\n\xcf\xf0\xe8\xe2\xe5\xf2,1\n"); // Russian in Windows-1251
  assert_has(note(f), "many of these bytes stand side by side: if words look wrong, convert the file first");
  frame_unref(f);
  f = help_read("\x84\x31\x95\x33" "a,b\n1,2\n");
  assert_cell(f, "a", 0, "1");
  assert_has(note(f), "the mark of GB 18030 removed");
  frame_unref(f);
}

TEST(a_large_text_is_decoded_as_given) {
  Str s = {0};
  str_add(&s, "a,b\n");
  for (int i = 0; i < 100000; i++) str_addf(&s, "caf\xe9 %d,%d\n", i % 7, i);
  static const char *const encodings[] = {"latin-1", "windows-1252", NULL, "utf-8"};
  for (size_t k = 0; k < 4; k++) {
    Frame *f = read_as(encodings[k], s.s, s.n);
    assert_int_equal(frame_nrow(f), 100000);
    assert_cell(f, "a", 99999, k < 3 ? "caf\xc3\xa9 4" : "caf\xef\xbf\xbd 4");
    frame_unref(f);
  }
  str_fini(&s);
}

TEST(an_unknown_encoding_is_answered_with_the_nearest) {
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  const char *path = help_file("t.csv", "a\n1\n", 4);
  opts.encoding = "latin1";
  assert_int_equal(io_read(NULL, &HELP_DOOR, path, &opts, &f, &err), ERR_NAME);
  assert_string_equal(err.msg, "encoding: 'latin1' is not known: did you mean 'latin-1'?");
  opts.encoding = "shift-jis";
  assert_int_equal(io_read(NULL, &HELP_DOOR, path, &opts, &f, &err), ERR_NAME);
  assert_has(err.msg, "there are utf-8, utf-16, utf-16le, utf-16be, latin-1, windows-1252");
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(a_given_encoding_is_believed), CASE(in_given_utf_8_a_broken_byte_becomes_the_replacement_character),
    CASE(given_utf_16_needs_no_mark), CASE(utf_32_is_known_by_its_mark),
    CASE(text_with_no_letters_of_utf_8_is_said_to_be_windows_1252), CASE(what_looks_like_another_encoding_is_said),
    CASE(a_large_text_is_decoded_as_given), CASE(an_unknown_encoding_is_answered_with_the_nearest),
    CASE(the_folder_of_the_test_is_removed))
