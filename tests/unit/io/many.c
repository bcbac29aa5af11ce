// Several files as one. What comes out is worked out by hand from what goes in.
#include "unit/io/io_help.h"

static Err err;

static const char *put(const char *name, const char *text) { return help_file(name, text, strlen(text)); }

static ErrCode try_files(const char *pattern, const ReadOpts *given, Frame **f) {
  ReadOpts opts;
  io_read_defaults(&opts);
  err = (Err){0};
  *f = NULL;
  return io_read(NULL, &HELP_DOOR, help_path(pattern), given ? given : &opts, f, &err);
}
static Frame *read_files(const char *pattern, const char *source) {
  ReadOpts opts;
  Frame *f;
  io_read_defaults(&opts);
  opts.source = source;
  if (try_files(pattern, &opts, &f) != OK) fail_msg("%s", err.msg);
  return f;
}
static void make_folder(const char *name) { assert_int_equal(mkdir(help_path(name), 0700), 0); }

// The field of the ledger's row of this file and column.
static const char *told(const Frame *f, const char *file, const char *column, const char *field) {
  const Frame *l = frame_ledger(f);
  for (int64_t i = 0; i < frame_nrow(l); i++) {
    const char *has = help_cell(l, "file", i);
    size_t n = strlen(has), m = strlen(file);
    if (n >= m && strcmp(has + n - m, file) == 0 && strcmp(help_cell(l, "column", i), column) == 0)
      return help_cell(l, field, i);
  }
  fail_msg("the ledger has no row %s %s", file, column);
  return "";
}

TEST(files_come_sorted_by_name_and_columns_meet_by_name) {
  make_folder("a");
  put("a/p2.csv", "y,x,z\n20,2,q\n");
  put("a/p10.csv", "x,y\n10,100\n");
  put("a/p1.csv", "x,y\n1,\n");
  put("a/other.csv", "x\n99\n");
  Frame *f = read_files("a/p*.csv", "from");
  assert_int_equal(frame_nrow(f), 3);
  assert_int_equal(frame_ncol(f), 4);
  assert_string_equal(frame_name(f, 0), "from");
  assert_has(help_cell(f, "from", 0), "/a/p1.csv");
  assert_has(help_cell(f, "from", 2), "/a/p2.csv");
  assert_cell(f, "x", 1, "10");
  assert_cell(f, "y", 0, "<missing>");
  assert_cell(f, "y", 2, "20");
  assert_cell(f, "z", 1, "<missing>");
  assert_cell(f, "z", 2, "q");
  assert_string_equal(told(f, "(all)", "(file)", "note"), "3 files, 3 rows");
  assert_has(told(f, "(all)", "z", "note"), "/a/p1.csv: has no such column; ");
  assert_has(told(f, "p2.csv", "(file)", "note"), "delimiter ','");
  assert_has(frame_source(f), "/a/p*.csv");
  frame_unref(f);
}

TEST(types_that_differ_meet_and_texts_keep_their_digits) {
  make_folder("b");
  put("b/1.csv", "zip,x,d,w,n\n01234,1,2024-01-01,a,\n00001,2,2024-01-01,b,\n");
  put("b/2.csv", "zip,x,d,w,n\n56789,2.5,2024-01-02 10:00,c,1\n");
  put("b/3.csv", "zip,x,d,w,n\n1.50,3,2024-01-03,d,2\n");
  Frame *f = read_files("b/*.csv", NULL);
  assert_cell(f, "zip", 0, "01234");
  assert_cell(f, "zip", 2, "56789");
  assert_cell(f, "zip", 3, "1.50");
  assert_true(col_is_text(frame_at(f, 0)));
  assert_string_equal(help_type(f, "x"), "real");
  assert_string_equal(help_type(f, "d"), "time");
  assert_cell(f, "d", 3, "2024-01-03 00:00:00");
  assert_string_equal(help_type(f, "n"), "int");
  assert_cell(f, "n", 0, "<missing>");
  assert_has(told(f, "(all)", "zip", "note"), "/b/2.csv: int; ");
  assert_has(told(f, "(all)", "zip", "note"), "/b/3.csv: real");
  assert_has(told(f, "(all)", "x", "note"), "/b/1.csv: int; ");
  frame_unref(f);
}

TEST(dissenters_and_bad_lines_are_told_with_their_file) {
  Str text = {0};
  make_folder("c");
  str_add(&text, "x\n");
  for (int k = 0; k < 200; k++) str_add(&text, k == 99 ? "oops\n" : "7\n");
  put("c/1.csv", "x,y\n1,2\n3\n");
  put("c/2.csv", text.s);
  str_fini(&text);
  Frame *f = read_files("c/*.csv", NULL);
  const Frame *bad = frame_quarantine(f);
  assert_int_equal(frame_nrow(bad), 1);
  assert_has(help_cell(bad, "file", 0), "/c/1.csv");
  assert_cell(bad, "line", 0, "3");
  assert_string_equal(frame_caption(f), "1 line could not be read and is kept in d:quarantine()");
  assert_string_equal(told(f, "(all)", "x", "dissent"), "1");
  assert_has(told(f, "(all)", "x", "lines"), "/c/2.csv: 101");
  assert_string_equal(told(f, "(all)", "x", "examples"), "oops");
  frame_unref(f);
}

TEST(patterns_reach_into_folders_and_formats_may_differ) {
  make_folder("d1"), make_folder("d2");
  put("d1/x.csv", "a\n1\n");
  put("d2/x.jsonl", "{\"a\":2}\n");
  make_folder("d2/x.folder");
  Frame *f = read_files("d[12]/x.*", "file");
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "a", 1, "2");
  assert_has(help_cell(f, "file", 1), "/d2/x.jsonl");
  frame_unref(f);
}

TEST(a_pattern_without_a_match_is_answered_with_the_nearest_name) {
  Frame *f;
  assert_int_equal(try_files("a/px*.csv", NULL, &f), ERR_IO);
  assert_has(err.msg, "no file matches '");
  assert_has(err.msg, "/a/px*.csv'; the nearest name there is 'p");
  assert_int_equal(try_files("nowhere/*.csv", NULL, &f), ERR_IO);
  assert_has(err.msg, "/nowhere/*.csv': there is no folder '");
}

TEST(a_file_whose_name_has_a_star_is_that_file) {
  put("s*.csv", "a\n1\n");
  put("s2.csv", "a\n2\n");
  Frame *f = read_files("s*.csv", NULL);
  assert_int_equal(frame_nrow(f), 1);
  assert_cell(f, "a", 0, "1");
  frame_unref(f);
}

TEST(a_folder_with_brackets_in_its_name_is_one_when_its_files_are_named) {
  make_folder("o[dd]");
  put("o[dd]/1.csv", "a\n1\n");
  put("o[dd]/2.csv", "a\n2\n");
  const char *name[] = {help_path("o[dd]/1.csv"), help_path("o[dd]/2.csv")};
  Names paths = {name, 2};
  ReadOpts opts;
  Frame *f;
  io_read_defaults(&opts);
  if (io_read_files(NULL, &HELP_DOOR, &paths, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "a", 1, "2");
  frame_unref(f);
}

TEST(rows_are_counted_over_all_files) {
  ReadOpts opts;
  Frame *f;
  io_read_defaults(&opts);
  opts.rows = 2;
  assert_int_equal(try_files("a/p*.csv", &opts, &f), OK);
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "x", 1, "10");
  frame_unref(f);
  opts.rows = 0;
  assert_int_equal(try_files("a/p*.csv", &opts, &f), OK);
  assert_int_equal(frame_nrow(f), 0);
  frame_unref(f);
}

TEST(an_error_names_the_file) {
  put("a/p3.csv", "");
  Frame *f;
  assert_int_equal(try_files("a/p*.csv", NULL, &f), ERR_PARSE);
  assert_has(err.msg, "/a/p3.csv' is empty: it has 0 bytes");
}

TEST(one_file_too_gets_the_column_that_says_which) {
  put("one.csv", "a\n1\n");
  Frame *f = read_files("one.csv", "src");
  assert_has(help_cell(f, "src", 0), "/one.csv");
  frame_unref(f);
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.source = "a";
  assert_int_equal(try_files("one.csv", &opts, &f), ERR_NAME);
  assert_has(err.msg, "'a'");
}

static ErrCode only_some(void *ctx, const char *path, bool write, Str *real, Err *e) {
  if (strstr(path, "secret")) return err_set(e, ERR_DENIED, "'%s' may not be read: add --allow", path);
  return help_resolve(ctx, path, write, real, e);
}

TEST(every_match_passes_the_door) {
  Door door = {.resolve = only_some};
  ReadOpts opts;
  Frame *f = NULL;
  io_read_defaults(&opts);
  make_folder("e");
  put("e/1.csv", "a\n1\n");
  put("e/secret.csv", "a\n2\n");
  assert_int_equal(io_read(NULL, &door, help_path("e/*.csv"), &opts, &f, &err), ERR_DENIED);
  assert_has(err.msg, "/e/secret.csv' may not be read: add --allow");
}

TEST(a_thousand_files_are_one_table_and_stop_when_asked) {
  make_folder("k");
  for (int k = 0; k < 1000; k++) {
    char name[32];
    Str text = {0};
    snprintf(name, sizeof name, "k/part-%04d.csv", k);
    str_add(&text, "id,v,g\n");
    for (int i = 0; i < 100; i++) str_addf(&text, "%d,%d.5,%s\n", k * 100 + i, i, i % 2 ? "odd" : "even");
    put(name, text.s);
    str_fini(&text);
  }
  Frame *f = read_files("k/part-*.csv", NULL);
  assert_int_equal(frame_nrow(f), 100000);
  for (int64_t i = 0; i < 100000; i++) assert_int_equal(frame_at(f, 0)->i[i], i);
  assert_cell(f, "g", 99999, "odd");
  assert_int_equal(frame_nrow(frame_ledger(f)), 1004);
  frame_unref(f);
  Job job = {0};
  ReadOpts opts;
  io_read_defaults(&opts);
  atomic_store(&job.cancel, true);
  assert_int_equal(io_read(&job, &HELP_DOOR, help_path("k/part-*.csv"), &opts, &f, &err), ERR_CANCELLED);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(files_come_sorted_by_name_and_columns_meet_by_name),
    CASE(types_that_differ_meet_and_texts_keep_their_digits), CASE(dissenters_and_bad_lines_are_told_with_their_file),
    CASE(patterns_reach_into_folders_and_formats_may_differ),
    CASE(a_pattern_without_a_match_is_answered_with_the_nearest_name), CASE(a_file_whose_name_has_a_star_is_that_file),
    CASE(a_folder_with_brackets_in_its_name_is_one_when_its_files_are_named), CASE(rows_are_counted_over_all_files),
    CASE(an_error_names_the_file), CASE(one_file_too_gets_the_column_that_says_which),
    CASE(every_match_passes_the_door), CASE(a_thousand_files_are_one_table_and_stop_when_asked),
    CASE(the_folder_of_the_test_is_removed))
