// Saving over files that changed, into folders that refuse, on a disk that is full; names worked by hand. The hash of
// "x = 1\n" is from sha256sum (GNU coreutils 9.1).
#include "check.h"

#include "base/file.h"
#include "ui/save_int.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64], home[1024];

static int make_folder(void **state) {
  (void)state;
  const char *tmp = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/tycho-save-XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
  return getcwd(home, sizeof home) && mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int count_files(char last[300]) {
  int n = 0;
  DIR *d = opendir(".");
  for (struct dirent *e; d && (e = readdir(d));) {
    if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
    n++;
    if (last) snprintf(last, 300, "%s", e->d_name);
  }
  if (d) closedir(d);
  return n;
}

static int empty_folder(void **state) {
  (void)state;
  char name[300];
  while (count_files(name))
    if (unlink(name) != 0 && rmdir(name) != 0) return -1;
  return 0;
}

static int remove_folder(void **state) { return empty_folder(state) == 0 && chdir(home) == 0 ? rmdir(folder) : -1; }

static void put(const char *path, const char *text) { assert_int_equal(file_replace(path, sv(text), NULL), OK); }

static void expect_file(const char *path, const char *want) {
  Str text = {0};
  assert_int_equal(file_read(path, &text, NULL), OK);
  assert_string_equal(str_c(&text), want);
  str_fini(&text);
}

// A notebook as it is after its file was opened.
static void open_doc(Doc *d, const char *path) {
  Str text = {0};
  doc_init(d);
  assert_int_equal(file_read(path, &text, NULL), OK);
  assert_int_equal(doc_read(d, (Sv){str_c(&text), text.n}, NULL), OK);
  d->path = strdup(path);
  doc_saved(d);
  str_fini(&text);
}

static void expect_refused(Doc *d, const char *path, const char *why) {
  Err err;
  assert_int_equal(save_doc(d, path, false, &err), ERR_DENIED);
  assert_has(err.msg, why);
  assert_has(err.msg, ":w! ");
  assert_has(err.msg, ":w OTHER.lua");
}

TEST(a_notebook_goes_to_its_file_and_knows_what_is_there) {
  Doc d;
  Err err;
  put("a.lua", "x = 1\n");
  open_doc(&d, "a.lua");
  assert_string_equal(d.saved, "9e26bf369911c45c243c684147b23fc9e1dcfcf257d299a1c632016a6fcd33f4");
  doc_set_text(&d, 0, "x = 2");
  assert_int_equal(save_doc(&d, NULL, false, &err), OK);
  expect_file("a.lua", "x = 2\n");
  doc_set_text(&d, 0, "x = 3");
  assert_int_equal(save_doc(&d, "./a.lua", false, &err), OK); // the same file by another name
  expect_file("a.lua", "x = 3\n");
  assert_int_equal(count_files(NULL), 1);
  doc_fini(&d);
}

TEST(a_file_that_changed_is_kept_unless_forced) {
  Doc d;
  Err err;
  put("a.lua", "x = 1\n");
  open_doc(&d, "a.lua");
  doc_set_text(&d, 0, "mine = 1");
  put("a.lua", "theirs = 1\n");
  expect_refused(&d, NULL, "a.lua changed on disk");
  expect_file("a.lua", "theirs = 1\n");
  assert_int_equal(save_doc(&d, "b.lua", false, &err), OK); // one way out
  assert_string_equal(d.path, "b.lua");
  expect_file("b.lua", "mine = 1\n");
  doc_set_text(&d, 0, "mine = 2");
  put("b.lua", "theirs = 2\n");
  assert_int_equal(save_doc(&d, NULL, true, &err), OK); // and the other
  expect_file("b.lua", "mine = 2\n");
  expect_file("a.lua", "theirs = 1\n");
  doc_fini(&d);
}

TEST(a_file_with_the_same_text_or_none_is_no_conflict) {
  Doc d;
  Err err;
  put("a.lua", "x = 1\n");
  open_doc(&d, "a.lua");
  doc_set_text(&d, 0, "x = 2");
  put("a.lua", "x = 2\n");
  assert_int_equal(save_doc(&d, NULL, false, &err), OK);
  doc_set_text(&d, 0, "x = 3");
  assert_int_equal(unlink("a.lua"), 0);
  assert_int_equal(save_doc(&d, NULL, false, &err), OK);
  expect_file("a.lua", "x = 3\n");
  doc_fini(&d);
}

TEST(another_file_is_kept_unless_forced) {
  Doc d;
  Err err;
  put("other.lua", "y = 1\n");
  doc_init(&d);
  doc_insert(&d, 0, NOTE_CODE, "x = 1");
  assert_int_equal(save_doc(&d, NULL, false, &err), ERR_ARG);
  assert_has(err.msg, "no name yet: :w NAME.lua");
  expect_refused(&d, "other.lua", "other.lua exists already: :w! other.lua overwrites it");
  assert_null(d.path);
  expect_file("other.lua", "y = 1\n");
  assert_int_equal(save_doc(&d, "other.lua", true, &err), OK);
  expect_file("other.lua", "-- %%\nx = 1\n");
  doc_fini(&d);
}

// Runs `fn` as a user whom permissions bind.
static void as_user(ErrCode (*fn)(Doc *d, Err *err), Doc *d, ErrCode *code, Err *err) {
  uid_t user = geteuid();
  if (user == 0) assert_int_equal(seteuid(65534), 0);
  *code = fn(d, err);
  assert_int_equal(seteuid(user), 0);
}

static ErrCode save(Doc *d, Err *err) { return save_doc(d, NULL, false, err); }

TEST(a_read_only_folder_and_file_leave_the_old_file) {
  Doc d;
  Err err;
  ErrCode code;
  put("a.lua", "x = 1\n");
  open_doc(&d, "a.lua");
  doc_set_text(&d, 0, "x = 2");
  assert_int_equal(chmod("a.lua", 0666), 0);
  assert_int_equal(chmod(".", 0555), 0);
  as_user(save, &d, &code, &err);
  assert_int_equal(chmod(".", 0777), 0);
  assert_int_equal(code, ERR_IO);
  assert_has(err.msg, "cannot write ");
  assert_has(err.msg, "a.lua: Permission denied");
  assert_int_equal(chmod("a.lua", 0444), 0);
  as_user(save, &d, &code, &err);
  assert_int_equal(code, ERR_DENIED);
  assert_has(err.msg, "a.lua is read-only: :w! overwrites it, :w OTHER.lua");
  assert_int_equal(chmod(".", 0700), 0);
  expect_file("a.lua", "x = 1\n");
  assert_int_equal(count_files(NULL), 1);
  doc_fini(&d);
}

TEST(a_folder_is_no_file) {
  Doc d;
  Err err;
  doc_init(&d);
  doc_insert(&d, 0, NOTE_CODE, "x = 1");
  assert_int_equal(mkdir("sub", 0700), 0);
  assert_int_equal(save_doc(&d, "sub", false, &err), ERR_IO);
  assert_has(err.msg, "Is a directory");
  assert_int_equal(save_doc(&d, "missing/a.lua", false, &err), ERR_IO);
  assert_has(err.msg, "its folder does not exist: make that first");
  doc_fini(&d);
}

// In a process of its own, since the limit counts for every file.
static int save_with_no_room(Doc *d) {
  struct rlimit limit;
  Err err;
  signal(SIGXFSZ, SIG_IGN);
  if (getrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
  limit.rlim_cur = 100;
  if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
  if (save_doc(d, NULL, false, &err) != ERR_IO) return 3;
  return strstr(err.msg, "the file is as it was") ? 0 : 4;
}

TEST(a_full_disk_leaves_the_old_file_and_nothing_beside_it) {
  Doc d;
  char text[300];
  put("a.lua", "x = 1\n");
  open_doc(&d, "a.lua");
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = 0;
  doc_set_text(&d, 0, text);
  fflush(NULL);
  pid_t pid = fork();
  if (pid == 0) _exit(save_with_no_room(&d));
  int status;
  waitpid(pid, &status, 0);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
  expect_file("a.lua", "x = 1\n");
  assert_int_equal(count_files(NULL), 1);
  doc_fini(&d);
}

static void expect_name(const char *opened, const char *want) {
  char *name = save_new_name(opened);
  assert_string_equal(name, want);
  free(name);
}

TEST(names_come_from_what_was_opened) {
  expect_name("churn.csv", "churn.lua");
  expect_name("/data/a.b/churn.csv", "churn.lua");
  expect_name("sales.2024.csv.gz", "sales.2024.lua");
  expect_name("titanic", "titanic.lua");
  expect_name("part-*.csv", "part.lua");
  expect_name("my  data (1).csv", "my-data-1.lua");
  expect_name("caf\xC3\xA9.csv", "caf\xC3\xA9.lua");
  expect_name("-", "session.lua");
  expect_name("", "session.lua");
  expect_name(".hidden", "hidden.lua");
  expect_name("--help.csv", "help.lua");
  expect_name("$(rm -r).csv", "rm-r.lua");
}

TEST(names_that_are_taken_get_a_number) {
  put("churn.lua", "x");
  expect_name("churn.csv", "churn-2.lua");
  assert_int_equal(symlink("nowhere", "churn-2.lua"), 0);
  expect_name("churn.csv", "churn-3.lua");
  put("churn-4.lua", "x");
  expect_name("churn.csv", "churn-3.lua");
}

#define CLEAN(name) cmocka_unit_test_teardown(name, empty_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      CLEAN(a_notebook_goes_to_its_file_and_knows_what_is_there),
      CLEAN(a_file_that_changed_is_kept_unless_forced),
      CLEAN(a_file_with_the_same_text_or_none_is_no_conflict),
      CLEAN(another_file_is_kept_unless_forced),
      CLEAN(a_read_only_folder_and_file_leave_the_old_file),
      CLEAN(a_folder_is_no_file),
      CLEAN(a_full_disk_leaves_the_old_file_and_nothing_beside_it),
      CLEAN(names_come_from_what_was_opened),
      CLEAN(names_that_are_taken_get_a_number),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
