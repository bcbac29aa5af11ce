// Windows at their edges: what is no UTF-8 is found wherever it stands, records that no window holds are read, and so are
// tables of very many columns. Expected values follow from how the texts are made.
#include "unit/io/differ.h"

static ErrCode stream(const char *text, size_t n, int64_t width, StreamSizes sizes, bool *encoded) {
  Err err = {0};
  Job job = {0};
  Source from = {.path = "t", .name = "t", .fd = -1, .size = (int64_t)n};
  str_addn(&from.mem, text, n);
  Stream s = {.job = &job, .from = &from, .dialect = {.delim = ',', .quote = '"', .isa = 2}, .sizes = sizes,
              .start_line = 1, .limit = -1, .ncol = (int)width};
  quarantine_init(&s.bad, &job);
  s.col = calloc((size_t)width, sizeof *s.col);
  for (int64_t j = 0; j < width; j++) build_init(&s.col[j], HOLD_WORDS, COL_TEXT);
  ErrCode code = stream_read(&s, &err);
  *encoded = s.encoded;
  stream_fini(&s);
  source_close(&from);
  return code;
}

static void not_utf8(const char *text, size_t first, size_t grain, size_t careful) {
  bool encoded = false;
  StreamSizes sizes = {.first = first, .most = first, .grain = grain, .careful = careful};
  if (stream(text, strlen(text), 2, sizes, &encoded) != ERR_PARSE || !encoded)
    fail_msg("'%s' is taken for UTF-8 in windows of %zu", text, first);
}

TEST(what_is_no_utf_8_is_found_at_every_edge) {
  not_utf8("a,b\n1,\xFF\n3,4\n", 8, 8, 64);       // right before the line feed that ends a window
  not_utf8("a,b\n\x80,2\n3,4\n", 12, 4, 64);      // at the beginning of a chunk behind plain ones
  not_utf8("a,b\nx\"y,2\n1,\xFF\n3,4\n", 8, 8, 64); // where libcsv reads, behind the window
  for (size_t size = 4; size < 30; size++) {
    not_utf8("a,b\n1,\xC3\n3,4\n5,6\n", size, size / 2, 8);
    not_utf8("a,b\n1,\xE2\x82\n3,4\n5,6\n", size, 3, 8);
    not_utf8("a,b\n1,2\n3,4\n5,\xF0\x9F\x98", size, 5, 8);
  }
}

TEST(letters_that_windows_and_chunks_cut_are_whole) {
  const char *text = "a,b\n1,\xC3\xA9\n2,\xE2\x82\xAC\n3,\xF0\x9F\x98\x80\n";
  for (size_t size = 4; size < 40; size++)
    for (size_t grain = 1; grain <= size; grain++) {
      bool encoded = false;
      StreamSizes sizes = {.first = size, .most = 2 * size, .grain = grain, .careful = 8};
      assert_int_equal(stream(text, strlen(text), 2, sizes, &encoded), OK);
    }
}

TEST(twenty_thousand_columns_in_a_large_text) {
  enum { NCOL = 20000, NROW = 12 };
  Str s = {0};
  for (int j = 0; j < NCOL; j++) str_addf(&s, "%smeasurement_%d", j ? "," : "", j);
  for (int i = 0; i < NROW; i++)
    for (int j = 0; j < NCOL; j++) str_addf(&s, "%s%d", j ? "," : "\n", i * j);
  Frame *f = help_read(str_c(&s));
  str_fini(&s);
  assert_int_equal(frame_ncol(f), NCOL);
  assert_int_equal(frame_nrow(f), NROW);
  assert_cell(f, "measurement_19999", 11, "219989");
  assert_has(help_ledger(f, "(file)", "note"), "header on line 1 ");
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(what_is_no_utf_8_is_found_at_every_edge), CASE(letters_that_windows_and_chunks_cut_are_whole),
    CASE(twenty_thousand_columns_in_a_large_text), CASE(the_folder_of_the_test_is_removed))
