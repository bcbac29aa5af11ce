#include "check.h"

#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static int make_folder(void **state) {
  (void)state;
  const char *tmp = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/tycho-file-XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
  return mkdtemp(folder) ? 0 : -1;
}

static const char *at(const char *name) {
  static char path[4][128];
  static int turn;
  char *p = path[turn++ % 4];
  snprintf(p, 128, "%s/%s", folder, name);
  return p;
}

static int entries(void) {
  int n = 0;
  DIR *d = opendir(folder);
  while (d && readdir(d)) n++;
  if (d) closedir(d);
  return n - 2;
}

static int remove_folder(void **state) {
  (void)state;
  static const char *names[] = {"a", "link", "big"};
  for (int i = 0; i < 3; i++) unlink(at(names[i]));
  rmdir(at("sub"));
  return rmdir(folder);
}

static void expect_text(const char *path, const char *want) {
  Str text = {0};
  assert_int_equal(file_read(path, &text, NULL), OK);
  assert_string_equal(str_c(&text), want);
  str_fini(&text);
}

TEST(what_is_written_is_read_back) {
  Err err;
  assert_int_equal(file_replace(at("a"), sv("first"), &err), OK);
  expect_text(at("a"), "first");
  assert_int_equal(file_replace(at("a"), sv(""), &err), OK);
  expect_text(at("a"), "");
  Str big = {0}, back = {0};
  for (int i = 0; i < 50000; i++) str_addn(&big, "ab\0cd", 5);
  assert_int_equal(file_replace(at("big"), (Sv){big.s, big.n}, &err), OK);
  str_add(&back, "old text goes");
  assert_int_equal(file_read(at("big"), &back, &err), OK);
  assert_int_equal(back.n, big.n);
  assert_memory_equal(back.s, big.s, big.n);
  str_fini(&big);
  str_fini(&back);
}

TEST(replacing_keeps_the_mode_and_leaves_nothing_beside) {
  assert_int_equal(file_replace(at("a"), sv("one"), NULL), OK);
  assert_int_equal(chmod(at("a"), 0640), 0);
  int before = entries();
  assert_int_equal(file_replace(at("a"), sv("two"), NULL), OK);
  struct stat st;
  assert_int_equal(stat(at("a"), &st), 0);
  assert_int_equal(st.st_mode & 07777, 0640);
  assert_int_equal(entries(), before);
}

TEST(a_missing_file_is_named_with_the_reason) {
  Str text = {0};
  Err err;
  assert_int_equal(file_read(at("missing"), &text, &err), ERR_IO);
  assert_has(err.msg, "cannot open ");
  assert_has(err.msg, "missing: No such file or directory");
  assert_int_equal(file_read(folder, &text, &err), ERR_IO);
  assert_has(err.msg, "Is a directory");
  str_fini(&text);
}

TEST(a_write_that_cannot_be_leaves_the_old_file) {
  Err err;
  assert_int_equal(file_replace(at("a"), sv("old"), &err), OK);
  int before = entries();
  assert_int_equal(file_replace(at("missing/x"), sv("new"), &err), ERR_IO);
  assert_has(err.msg, "its folder does not exist");
  assert_int_equal(file_replace(at("a/x"), sv("new"), &err), ERR_IO); // the parent is a file
  assert_has(err.msg, "Not a directory");
  expect_text(at("a"), "old");
  assert_int_equal(entries(), before);
}

TEST(a_folder_is_not_replaced_and_nothing_stays_beside_it) {
  Err err;
  assert_int_equal(mkdir(at("sub"), 0700), 0);
  int before = entries();
  assert_int_equal(file_replace(at("sub"), sv("new"), &err), ERR_IO);
  assert_has(err.msg, "the file is as it was");
  assert_int_equal(entries(), before);
}

TEST(a_link_stays_a_link_to_the_new_text) {
  assert_int_equal(file_replace(at("a"), sv("old"), NULL), OK);
  assert_int_equal(symlink("a", at("link")), 0);
  assert_int_equal(file_replace(at("link"), sv("new"), NULL), OK);
  struct stat st;
  assert_int_equal(lstat(at("link"), &st), 0);
  assert_true(S_ISLNK(st.st_mode));
  expect_text(at("a"), "new");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(what_is_written_is_read_back),
      CASE(replacing_keeps_the_mode_and_leaves_nothing_beside),
      CASE(a_missing_file_is_named_with_the_reason),
      CASE(a_write_that_cannot_be_leaves_the_old_file),
      CASE(a_folder_is_not_replaced_and_nothing_stays_beside_it),
      CASE(a_link_stays_a_link_to_the_new_text),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
