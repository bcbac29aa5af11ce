// Wide, long and large files, threads, cancelling, standard input. Expected values follow from how the files are made.
#include "unit/io/io_help.h"

#include "base/pool.h"

#include <fcntl.h>

TEST(ten_thousand_columns) {
  enum { NCOL = 10000 };
  Str s = {0};
  for (int j = 0; j < NCOL; j++) str_addf(&s, "%sv%d", j ? "," : "", j);
  for (int i = 0; i < 3; i++) {
    str_addc(&s, '\n');
    for (int j = 0; j < NCOL; j++) str_addf(&s, "%s%d", j ? "," : "", i * j);
  }
  Frame *f = help_read(str_c(&s));
  str_fini(&s);
  assert_int_equal(frame_ncol(f), NCOL);
  assert_int_equal(frame_nrow(f), 3);
  assert_cell(f, "v9999", 2, "19998");
  assert_int_equal(frame_nrow(frame_ledger(f)), NCOL + 1);
  frame_unref(f);
}

static void add_field(Str *s, size_t n) {
  char block[4096];
  memset(block, 'x', sizeof block);
  block[100] = ',';
  block[sizeof block - 1] = '\n';
  for (size_t k = 0; k < n / sizeof block; k++) str_addn(s, block, sizeof block);
}

TEST(a_field_of_36_mb_on_many_lines_or_50_mb_on_one_is_read) {
  enum { LINES = 9000 };
  Str s = {0};
  str_add(&s, "a,b\n1,\"");
  add_field(&s, (size_t)LINES * 4096);
  str_add(&s, "\"\n2,short\n3\n");
  Frame *f = help_read(str_c(&s));
  assert_int_equal(frame_nrow(f), 2);
  assert_int_equal(col_text(frame_at(f, 1), 0).n, (size_t)LINES * 4096);
  assert_quarantine(f, 0, "9004", "1 field, 2 expected", "3");
  frame_unref(f);
  str_clear(&s);
  str_add(&s, "a,b\n1,");
  for (size_t from = s.n; s.n < from + 50000000;) str_pad(&s, 'y', 1000000);
  str_add(&s, "\n2,short\n3\n");
  f = help_read(str_c(&s));
  str_fini(&s);
  assert_int_equal(frame_nrow(f), 2);
  assert_int_equal(col_text(frame_at(f, 1), 0).n, 50000000);
  assert_quarantine(f, 0, "4", "1 field, 2 expected", "3");
  frame_unref(f);
}

TEST(a_quote_that_swallows_the_file_is_given_up_and_the_rest_is_read) {
  Str s = {0};
  str_add(&s, "a,b\n0,\"open\n");
  for (int i = 1; i <= 30000; i++) str_addf(&s, "%d,%d\n", i, i);
  Frame *f = help_read(str_c(&s));
  assert_int_equal(frame_nrow(f), 30000);
  assert_quarantine(f, 0, "2", "a quote opens here and is not closed within 10,000 lines", "0,\"open");
  frame_unref(f);
  str_clear(&s);
  str_add(&s, "a,b\n0,x\n1,\"");
  for (size_t from = s.n; s.n < from + (70u << 20);) str_pad(&s, 'y', 1 << 20);
  str_add(&s, "\"\n2,3\n");
  f = help_read(str_c(&s));
  str_fini(&s);
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "b", 1, "3");
  assert_cell(frame_quarantine(f), "reason", 0, "a line of more than 64 MB");
  frame_unref(f);
}

TEST(any_number_of_threads_gives_the_same_frame) {
  Str s = {0};
  str_add(&s, "i,r,c,d,t,odd\n");
  for (int i = 0; i < 3000; i++)
    str_addf(&s, "%d,%d.%d,k%d,20%02d-01-02,text %d,%s\n", i, i % 7, i, i % 9, i % 100, i, i == 77 ? "?!" : "5");
  char want[65], hash[65];
  for (int threads = 1; threads <= 7; threads += threads < 3 ? 1 : 4) {
    Job job = {.pool = pool_new(threads)};
    Frame *f = help_read_bytes(&job, "t.csv", s.s, s.n, NULL);
    frame_hash(f, threads == 1 ? want : hash);
    if (threads > 1) assert_string_equal(hash, want);
    frame_hash(frame_ledger(f), hash);
    assert_string_equal(help_ledger(f, "odd", "lines"), "79");
    assert_int_equal(atomic_load(&job.done), 6); // the last progress: columns
    frame_unref(f);
    pool_free(job.pool);
  }
  str_fini(&s);
}

static void cancel(void *ctx, const char *path, const char *real) {
  (void)path, (void)real;
  atomic_store(&((Job *)ctx)->cancel, true);
}

TEST(cancelling_between_reading_and_parsing_leaves_nothing) {
  Job job = {0};
  Door door = {&job, help_resolve, cancel};
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  assert_int_equal(io_read(&job, &door, "datasets/digits.csv", &opts, &f, &err), ERR_CANCELLED);
  assert_null(f);
  assert_int_equal(atomic_load(&job.total), 264974); // bytes, while parsing
}

TEST(a_dash_reads_the_standard_input) {
  int was = dup(STDIN_FILENO), in = open("datasets/iris.csv", O_RDONLY);
  assert_true(in >= 0 && dup2(in, STDIN_FILENO) == STDIN_FILENO);
  close(in);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  assert_int_equal(io_read(NULL, &HELP_DOOR, "-", &opts, &f, NULL), OK);
  if (was >= 0) {
    dup2(was, STDIN_FILENO);
    close(was);
  }
  assert_int_equal(frame_nrow(f), 150);
  assert_string_equal(frame_source(f), "-");
  frame_unref(f);
}

TEST(a_pipe_is_read_like_a_file) {
  const char *path = help_path("pipe");
  assert_int_equal(mkfifo(path, 0600), 0);
  char command[256];
  snprintf(command, sizeof command, "cat datasets/iris.csv > '%s' &", path);
  assert_int_equal(system(command), 0);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  assert_int_equal(io_read(NULL, &HELP_DOOR, path, &opts, &f, NULL), OK);
  assert_int_equal(frame_nrow(f), 150);
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(ten_thousand_columns), CASE(a_field_of_36_mb_on_many_lines_or_50_mb_on_one_is_read),
    CASE(a_quote_that_swallows_the_file_is_given_up_and_the_rest_is_read),
    CASE(any_number_of_threads_gives_the_same_frame), CASE(cancelling_between_reading_and_parsing_leaves_nothing),
    CASE(a_dash_reads_the_standard_input), CASE(a_pipe_is_read_like_a_file), CASE(the_folder_of_the_test_is_removed))
