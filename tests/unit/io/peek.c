// A first look at files: the first rows, from the first bytes alone. Row counts and bytes are worked by hand.
#include "check.h"
#include "io/io.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/tycho-peek-XXXXXX";

static ErrCode resolve(void *ctx, const char *path, bool write, Str *real, Err *err) {
  (void)ctx, (void)write, (void)err;
  str_clear(real);
  str_addf(real, "%s/%s", folder, path);
  return OK;
}
static const Door DOOR = {NULL, resolve, NULL};

static void write_file(const char *name, const char *text, size_t n) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  assert_int_equal(fwrite(text, 1, n, f), n);
  fclose(f);
}

static void shell(const char *command) {
  char line[256];
  snprintf(line, sizeof line, "cd %s && %s", folder, command);
  if (system(line) != 0) fail_msg("failed: %s", line);
}

static Frame *look_at(const char *name, FirstLook *look) {
  Frame *f = NULL;
  Err err = {0};
  if (io_peek(NULL, &DOOR, name, look, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static void refuses(const char *name, ErrCode code, const char *why) {
  FirstLook look;
  Frame *f;
  Err err = {0};
  assert_int_equal(io_peek(NULL, &DOOR, name, &look, &f, &err), code);
  assert_has(err.msg, why);
}

TEST(a_small_table_is_seen_whole) {
  static const char text[] = "a;b\n1,5;x\n2,5;y\n";
  FirstLook look;
  write_file("small.csv", text, sizeof text - 1);
  Frame *f = look_at("small.csv", &look);
  assert_int_equal(frame_nrow(f), 2), assert_int_equal(frame_ncol(f), 2);
  assert_string_equal(look.format, "csv");
  assert_true(look.rows == 2 && !look.about && look.bytes == 16);
  assert_int_equal(frame_at(f, 0)->type, COL_F64);
  frame_unref(f);
}

// 16 bytes a line after the header: 65,536 rows a megabyte.
static void write_large(const char *name) {
  Str text = {0};
  str_add(&text, "number,letters\n\n");
  for (int i = 0; i < 200000; i++) str_addf(&text, "%06d,abcdefgh\n", 100000 + i);
  write_file(name, text.s, text.n);
  str_fini(&text);
}

TEST(of_a_large_table_the_first_rows_are_read_and_the_rest_is_estimated) {
  FirstLook look;
  write_large("large.csv");
  Frame *f = look_at("large.csv", &look);
  assert_true(frame_nrow(f) > 10000 && frame_nrow(f) < 20000);
  assert_true(look.about && look.rows > 198000 && look.rows < 202000);
  frame_unref(f);
  shell("gzip -k large.csv");
  f = look_at("large.csv.gz", &look);
  assert_true(frame_nrow(f) > 10000 && look.rows < 0);
  frame_unref(f);
}

TEST(what_cannot_be_read_says_why) {
  write_file("picture.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  write_file("empty.csv", "", 0);
  refuses("picture.png", ERR_PARSE, "'picture.png' is no text but");
  refuses("empty.csv", ERR_PARSE, "is empty");
  refuses("none.csv", ERR_IO, "no file 'none.csv'");
  shell("mkdir -p below");
  refuses("below", ERR_IO, "below");
}

TEST(a_pipe_keeps_nobody_waiting) {
  shell("mkfifo pipe.csv");
  refuses("pipe.csv", ERR_IO, "no regular file");
}

TEST(a_large_value_that_has_no_lines_is_left_for_the_opening) {
  char *text = malloc(5 << 20);
  memset(text, ' ', 5 << 20);
  text[0] = '[', text[(5 << 20) - 1] = ']';
  write_file("large.json", text, 5 << 20);
  refuses("large.json", ERR_SHAPE, "open it to see it");
  memset(text, 'x', 5 << 20);
  write_file("line.txt", text, 5 << 20);
  refuses("line.txt", ERR_SHAPE, "no line end");
  free(text);
}

static int open_folder(void **state) {
  (void)state;
  return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  char command[96];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  return system(command);
}

int main(void) {
  const struct CMUnitTest tests[] = {CASE(a_small_table_is_seen_whole),
                                     CASE(of_a_large_table_the_first_rows_are_read_and_the_rest_is_estimated),
                                     CASE(what_cannot_be_read_says_why), CASE(a_pipe_keeps_nobody_waiting),
                                     CASE(a_large_value_that_has_no_lines_is_left_for_the_opening)};
  return cmocka_run_group_tests(tests, open_folder, remove_folder);
}
