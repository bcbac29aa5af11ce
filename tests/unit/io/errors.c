// What cannot be read or written, and what the user is told. Expected texts are the contract.
#include "unit/io/io_help.h"

static Err err;

static ErrCode try_read(const char *path, const ReadOpts *given) {
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  err = (Err){0};
  ErrCode code = io_read(NULL, &HELP_DOOR, path, given ? given : &opts, &f, &err);
  if (code == OK) frame_unref(f);
  assert_int_equal(code, err.code);
  return code;
}

#define try_text(literal) try_read(help_file("t.csv", literal, sizeof(literal) - 1), NULL)

TEST(a_missing_file_is_answered_with_the_nearest_name) {
  help_file("titanic.csv", "a\n1\n", 4);
  assert_int_equal(try_read(help_path("titanc.csv"), NULL), ERR_IO);
  assert_has(err.msg, "no file '");
  assert_has(err.msg, "titanc.csv': did you mean '");
  assert_has(err.msg, "/titanic.csv'?");
  assert_int_equal(try_read(help_path("nothing_like_it"), NULL), ERR_IO);
  assert_null(strstr(err.msg, "did you mean"));
}

TEST(the_hint_repeats_the_path_as_the_user_wrote_it) {
  assert_int_equal(try_read("datasets/titanc.csv", NULL), ERR_IO);
  assert_string_equal(err.msg, "no file 'datasets/titanc.csv': did you mean 'datasets/titanic.csv'?");
  assert_int_equal(try_read("Makefil", NULL), ERR_IO);
  assert_string_equal(err.msg, "no file 'Makefil': did you mean 'Makefile'?");
}

TEST(a_missing_folder_is_named) {
  assert_int_equal(try_read("nowhere/x.csv", NULL), ERR_IO);
  assert_string_equal(err.msg, "no file 'nowhere/x.csv': there is no folder 'nowhere'");
  assert_int_equal(try_read("Makefile/x.csv", NULL), ERR_IO);
  assert_string_equal(err.msg, "no file 'Makefile/x.csv': a part of the path is a file, not a folder");
}

TEST(a_folder_is_answered_with_a_file_in_it) {
  assert_int_equal(try_read("datasets", NULL), ERR_IO);
  assert_string_equal(err.msg, "'datasets' is a folder: name a file in it, for example 'datasets/airpassengers.csv', or all of a "
                               "kind: 'datasets/*.csv'");
  assert_int_equal(try_read("datasets/", NULL), ERR_IO);
  assert_has(err.msg, "for example 'datasets/airpassengers.csv'");
  assert_int_equal(try_read("tests/unit", NULL), ERR_IO);
  assert_string_equal(err.msg, "'tests/unit' is a folder: name a file");
}

TEST(a_device_is_refused) {
  assert_int_equal(try_read("/dev/zero", NULL), ERR_IO);
  assert_string_equal(err.msg, "'/dev/zero' is a device or socket: name a file");
}

TEST(a_file_without_permission_says_so) {
  const char *path = help_file("secret.csv", "a\n1\n", 4);
  assert_int_equal(chmod(path, 0), 0);
  assert_int_equal(chmod(help_folder, 0755), 0);
  bool root = geteuid() == 0;
  if (root) assert_int_equal(seteuid(65534), 0); // root may read everything
  ErrCode code = try_read(path, NULL);
  if (root) assert_int_equal(seteuid(0), 0);
  assert_int_equal(code, ERR_IO);
  assert_has(err.msg, "no permission to read '");
}

TEST(an_empty_file_is_an_error) {
  assert_int_equal(try_text(""), ERR_PARSE);
  assert_has(err.msg, "t.csv' is empty: it has 0 bytes");
  assert_int_equal(try_text("\n \n\r\n"), ERR_PARSE);
  assert_has(err.msg, "t.csv' is empty: it has only blank lines");
  assert_int_equal(try_text("\xef\xbb\xbf"), ERR_PARSE);
  assert_has(err.msg, "it has only blank lines");
}

TEST(a_binary_file_is_refused_with_the_first_odd_byte) {
  assert_int_equal(try_text("plain start \x01\x02\0\x03\x04 and more"), ERR_PARSE);
  assert_has(err.msg, "t.csv' does not look like text: first odd byte 0x01 at 12; known formats: CSV, TSV, JSON, SQLite, ARFF, "
                      "libsvm");
}

TEST(a_known_binary_file_is_named_with_what_to_do) {
  assert_int_equal(try_text("PAR1\0\x15\x04\x15"), ERR_PARSE);
  assert_has(err.msg, "t.csv' is no text but a Parquet file");
  assert_int_equal(try_text("\x89PNG\r\n\x1a\n\0\0"), ERR_PARSE);
  assert_has(err.msg, "is no text but a PNG image");
}

TEST(a_file_with_no_readable_line_is_an_error_that_says_why) {
  assert_int_equal(try_text("\"never closed\n"), ERR_PARSE);
  assert_has(err.msg, "has no line that can be read; line 1: a quote opens here and is never closed");
}

TEST(an_option_for_a_column_that_is_not_there_is_answered_with_the_nearest) {
  ReadOpts opts;
  io_read_defaults(&opts);
  NamedType type = {"agee", COL_TEXT};
  opts.types = &type, opts.ntypes = 1;
  const char *path = help_file("t.csv", "age,fare\n1,2\n", 13);
  assert_int_equal(try_read(path, &opts), ERR_NAME);
  assert_string_equal(err.msg, "types: no column 'agee': did you mean 'age'?");
  io_read_defaults(&opts);
  const char *columns[] = {"fare", "sex"};
  opts.columns = (Names){columns, 2};
  assert_int_equal(try_read(path, &opts), ERR_NAME);
  assert_string_equal(err.msg, "columns: no column 'sex': there are age, fare");
  columns[1] = "fare";
  assert_int_equal(try_read(path, &opts), ERR_NAME);
  assert_string_equal(err.msg, "columns: 'fare' is named twice");
}

static ErrCode deny(void *ctx, const char *path, bool write, Str *real, Err *e) {
  (void)ctx, (void)real;
  return err_set(e, ERR_DENIED, "'%s' may not be %s: add --allow", path, write ? "written" : "read");
}

TEST(the_door_decides_for_every_way_in_and_out) {
  Door door = {.resolve = deny};
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Str bytes = {0};
  assert_int_equal(io_read(NULL, &door, "a.csv", &opts, &f, &err), ERR_DENIED);
  assert_string_equal(err.msg, "'a.csv' may not be read: add --allow");
  assert_int_equal(io_read_bytes(&door, "a.lua", &bytes, &err), ERR_DENIED);
  assert_int_equal(io_write_bytes(&door, "a.lua", sv("x"), &err), ERR_DENIED);
  f = help_read("a\n1\n");
  assert_int_equal(io_write(NULL, &door, f, "a.csv", &err), ERR_DENIED);
  assert_string_equal(err.msg, "'a.csv' may not be written: add --allow");
  frame_unref(f);
}

static void note_opened(void *ctx, const char *path, const char *real) {
  snprintf(ctx, 200, "%s|%s", path, real);
}
static ErrCode redirect(void *ctx, const char *path, bool write, Str *real, Err *e) {
  (void)ctx, (void)write, (void)e;
  str_addf(real, "datasets/%s.csv", path);
  return OK;
}

TEST(the_door_is_told_of_what_was_opened) {
  char seen[200] = "";
  Door door = {seen, redirect, note_opened};
  Str bytes = {0};
  assert_int_equal(io_read_bytes(&door, "iris", &bytes, &err), OK);
  assert_string_equal(seen, "iris|datasets/iris.csv");
  assert_int_equal(bytes.n, 3726);
  str_fini(&bytes);
}

TEST(an_unknown_ending_is_answered_with_the_known_ones) {
  Frame *f = help_read("a\n1\n");
  assert_int_equal(io_write(NULL, &HELP_DOOR, f, "x.foo", &err), ERR_NAME);
  assert_string_equal(err.msg, "cannot write 'x.foo': no format for '.foo'; known endings are .csv .tsv .tab .txt .json "
                               ".jsonl .ndjson .sqlite .sqlite3 .db .arff .libsvm .svm .svmlight, each also with .gz "
                               ".bz2 .xz .zst");
  assert_int_equal(io_write(NULL, &HELP_DOOR, f, "dir.csv/x", &err), ERR_NAME);
  assert_string_equal(err.msg,
                      "cannot write 'dir.csv/x': its name has no ending; known endings are .csv .tsv .tab .txt .json "
                               ".jsonl .ndjson .sqlite .sqlite3 .db .arff .libsvm .svm .svmlight, each also with .gz "
                               ".bz2 .xz .zst");
  assert_int_equal(io_write(NULL, &HELP_DOOR, f, "nowhere/x.csv", &err), ERR_IO);
  assert_has(err.msg, "cannot write nowhere/x.csv");
  frame_unref(f);
}

TEST(a_frame_without_columns_is_not_written) {
  Frame *f = frame_new(3);
  assert_int_equal(io_write(NULL, &HELP_DOOR, f, help_path("x.csv"), &err), ERR_SHAPE);
  assert_string_equal(err.msg, "a frame without columns cannot be written as CSV");
  frame_unref(f);
}

TEST(reading_stops_when_asked_and_leaves_nothing) {
  Job job = {0};
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  atomic_store(&job.cancel, true);
  assert_int_equal(io_read(&job, &HELP_DOOR, "datasets/iris.csv", &opts, &f, &err), ERR_CANCELLED);
  assert_string_equal(err.msg, "stopped");
  assert_null(f);
  f = help_read("a\n1\n");
  assert_int_equal(io_write(&job, &HELP_DOOR, f, help_path("x.csv"), &err), ERR_CANCELLED);
  frame_unref(f);
}

TEST(a_file_over_the_memory_budget_is_refused_before_it_is_read) {
  Job job = {.memory = 1 << 20};
  ReadOpts opts;
  io_read_defaults(&opts);
  Str big = {0};
  str_add(&big, "a\n");
  while (big.n < 3 << 20) str_add(&big, "12345678\n");
  const char *path = help_file("big.csv", big.s, big.n);
  str_fini(&big);
  Frame *f = NULL;
  assert_int_equal(io_read(&job, &HELP_DOOR, path, &opts, &f, &err), ERR_MEMORY);
  assert_has(err.msg, "the table needs 2.7 MB");
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(a_missing_file_is_answered_with_the_nearest_name), CASE(the_hint_repeats_the_path_as_the_user_wrote_it),
    CASE(a_missing_folder_is_named), CASE(a_folder_is_answered_with_a_file_in_it), CASE(a_device_is_refused),
    CASE(a_file_without_permission_says_so), CASE(an_empty_file_is_an_error),
    CASE(a_binary_file_is_refused_with_the_first_odd_byte), CASE(a_known_binary_file_is_named_with_what_to_do),
    CASE(a_file_with_no_readable_line_is_an_error_that_says_why),
    CASE(an_option_for_a_column_that_is_not_there_is_answered_with_the_nearest),
    CASE(the_door_decides_for_every_way_in_and_out), CASE(the_door_is_told_of_what_was_opened),
    CASE(an_unknown_ending_is_answered_with_the_known_ones), CASE(a_frame_without_columns_is_not_written),
    CASE(reading_stops_when_asked_and_leaves_nothing), CASE(a_file_over_the_memory_budget_is_refused_before_it_is_read),
    CASE(the_folder_of_the_test_is_removed))
