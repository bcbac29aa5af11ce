// A small text, which is read record by record, and a large one, which is read in windows from a sample on, give the same
// types, values, ledger and quarantine: csv_stream on the bundled tables and on every way to write a value.
#include "unit/io/io_help.h"

#include "io/csv_int.h"

#include <glob.h>

// ---- whole tables ---------------------------------------------------------------------------------------------------
static Frame *read_small(const char *path) {
  ReadOpts opts;
  Frame *f = NULL;
  Err err = {0};
  io_read_defaults(&opts);
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s: %s", path, err.msg);
  return f;
}

static Frame *read_large(const char *path) {
  ReadOpts opts;
  Source from;
  Frame *f = NULL;
  Str notes = {0};
  bool encoded = false;
  int64_t begin = 0;
  Err err = {0};
  io_read_defaults(&opts);
  if (source_open(NULL, &HELP_DOOR, path, &from, &err) != OK) fail_msg("%s", err.msg);
  assert_true(decode_is_plain(from.head, NULL, &begin));
  if (begin) note_add(&notes, "byte order mark removed");
  if (csv_stream(NULL, &from, begin, &opts, &notes, &encoded, &f, &err) != OK) fail_msg("%s: %s", path, err.msg);
  str_fini(&notes);
  source_close(&from);
  return f;
}

static void same_frame(const Frame *a, const Frame *b, const char *path, const char *part) {
  char ha[65], hb[65];
  frame_hash(a, ha);
  frame_hash(b, hb);
  if (!strcmp(ha, hb)) return;
  for (int j = 0; j < frame_ncol(a) && j < frame_ncol(b); j++)
    for (int64_t i = 0; i < frame_nrow(a) && i < frame_nrow(b); i++) {
      Str x = {0}, y = {0};
      col_format(frame_at(a, j), i, CELL_EXACT, &x);
      col_format(frame_at(b, j), i, CELL_EXACT, &y);
      if (strcmp(str_c(&x), str_c(&y)))
        fail_msg("%s, %s: column %s, row %lld: '%s' in windows, else '%s'", path, part, frame_name(a, j), (long long)i,
                 str_c(&y), str_c(&x));
      str_fini(&x);
      str_fini(&y);
    }
  fail_msg("%s, %s: not the same", path, part);
}

static void same_table(const char *path) {
  Frame *a = read_small(path), *b = read_large(path);
  same_frame(a, b, path, "rows");
  same_frame(frame_ledger(a), frame_ledger(b), path, "ledger");
  same_frame(frame_quarantine(a), frame_quarantine(b), path, "quarantine");
  frame_unref(a);
  frame_unref(b);
}

TEST(the_bundled_tables_have_the_same_types_values_and_ledger) {
  glob_t found;
  assert_int_equal(glob("datasets/*.csv", 0, NULL, &found), 0);
  assert_true(found.gl_pathc > 20);
  for (size_t k = 0; k < found.gl_pathc; k++) same_table(found.gl_pathv[k]);
  globfree(&found);
}

TEST(every_way_to_write_a_value_gives_the_same) {
  Str s = {0};
  str_add(&s, "int;real;both;minus;comma;money;share;day;us;named;time;zone;word;code;odd;late;none;flag\n");
  for (int i = 0; i < 3000; i++) {
    int m = i % 12 + 1, d = i % 28 + 1;
    str_addf(&s, "%d;%d.%d;%d%s;%s;%d,%d;\"$%d,%03d.50\";%d.5 %%;%d/%d/2012;%d/%d/2012;", i - 50, i, i % 7, i,
             i == 2900 ? ".5" : "", i == 2000 ? "-0" : "7", i, i % 10, i % 90 + 1, i % 1000, i % 100, d, m, m, d);
    str_addf(&s, "%d Mar 2012;2012-%02d-%02d %02d:30:00;2012-01-01T00:00:%02d+02:00;w%d;%05d;%s;%s;%s;%s\n", d, m, d,
             i % 24, i % 60, i % 40, i, i % 500 ? "3" : "n/a?", i < 2500 ? "" : "2012-05-06", i % 3 ? "NA" : "",
             i % 2 ? "T" : "false");
  }
  const char *path = help_file("values.csv", s.s, s.n);
  same_table(path);
  Frame *f = read_large(path);
  static const char *const want[][2] = {
      {"int", "int"},       {"real", "real"}, {"both", "real"}, {"minus", "int"},  {"comma", "real"}, {"money", "real"},
      {"share", "real"},    {"day", "date"},  {"us", "date"},   {"named", "date"}, {"time", "time"},  {"zone", "time"},
      {"word", "category"}, {"odd", "int"},   {"late", "date"}, {"none", "real"},  {"flag", "bool"}};
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) assert_string_equal(help_type(f, want[k][0]), want[k][1]);
  assert_cell(f, "both", 2900, "2900.5");
  assert_cell(f, "comma", 1, "1.1");
  assert_cell(f, "money", 1, "2001.5");
  assert_cell(f, "share", 1, "0.015");
  assert_cell(f, "day", 12, "2012-01-13");
  assert_cell(f, "us", 12, "2012-01-13");
  assert_string_equal(help_ledger(f, "odd", "dissent"), "6");
  frame_unref(f);
  str_fini(&s);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(the_bundled_tables_have_the_same_types_values_and_ledger),
    CASE(every_way_to_write_a_value_gives_the_same), CASE(the_folder_of_the_test_is_removed))
