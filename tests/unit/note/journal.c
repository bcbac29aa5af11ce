// Entries cut, damaged and written over at every byte; sessions that live, end and are killed, as processes of their
// own. What must be found is worked by hand: the newest entry that was written whole.
#include "check.h"

#include "base/file.h"
#include "note/note.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

static int make_folder(void **state) {
  (void)state;
  const char *tmp = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/tycho-journal-XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
  return mkdtemp(folder) ? 0 : -1;
}

static const char *at(const char *name) {
  static char path[4][400];
  static int turn;
  char *p = path[turn++ % 4];
  snprintf(p, 400, "%s/%s", folder, name);
  return p;
}

// Names in a folder, hidden ones left out; `last` gets one of them.
static int count_files(const char *path, char last[400]) {
  int n = 0;
  DIR *d = opendir(path);
  for (struct dirent *e; d && (e = readdir(d));) {
    if (e->d_name[0] == '.') continue;
    n++;
    if (last) snprintf(last, 400, "%s/%.300s", path, e->d_name);
  }
  if (d) closedir(d);
  return n;
}

static int empty_folder(void **state) {
  (void)state;
  char path[400];
  while (count_files(folder, path)) {
    if (unlink(path) != 0 && rmdir(path) != 0) return -1;
  }
  return 0;
}

static int remove_folder(void **state) { return empty_folder(state) == 0 ? rmdir(folder) : -1; }

static JournalEntry entry(const char *text) {
  static const char *ran[] = {"9f86d081", "60303ae2"};
  return (JournalEntry){"a \"b\".lua", "churn.csv", text, 3, 7, {ran, 2}, 1700000000, "e3b0c442"};
}

static void write_entry(Journal *j, const char *text) {
  Err err;
  JournalEntry e = entry(text);
  assert_int_equal(journal_write(j, &e, &err), OK);
}

static void expect_newest(const char *path, const char *text) {
  Arena a = {0};
  JournalEntry e;
  Err err;
  ErrCode code = journal_read(path, &e, &a, &err);
  assert_int_equal(code, text ? OK : ERR_PARSE);
  if (text) assert_string_equal(e.text, text);
  else assert_has(err.msg, "holds no whole entry");
  arena_fini(&a);
}

static void put_file(const char *path, const char *bytes, size_t n) {
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, n, f), n);
  assert_int_equal(fclose(f), 0);
}

static Str get_file(const char *path) {
  Str text = {0};
  assert_int_equal(file_read(path, &text, NULL), OK);
  return text;
}

TEST(an_entry_comes_back_with_all_its_fields) {
  static const char text[] = "-- %%\nx = \"a\\n\"\r\n\ttycho journal 1\nsha256 0\n\xFF\xC3\xA9\x7F\x01 end";
  Journal *j;
  Err err;
  Arena a = {0};
  char path[400];
  assert_int_equal(journal_open(folder, &j, &err), OK);
  write_entry(j, "first");
  write_entry(j, text);
  assert_int_equal(count_files(folder, path), 1);
  JournalEntry e;
  assert_int_equal(journal_read(path, &e, &a, &err), OK);
  assert_string_equal(e.name, "a \"b\".lua");
  assert_string_equal(e.opened, "churn.csv");
  assert_string_equal(e.text, text);
  assert_string_equal(e.saved, "e3b0c442");
  assert_int_equal(e.cell, 3);
  assert_int_equal(e.cursor, 7);
  assert_int_equal(e.seconds, 1700000000);
  assert_int_equal(e.ran.n, 2);
  assert_string_equal(e.ran.name[1], "60303ae2");
  arena_fini(&a);
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 07777, 0600);
  journal_close(j, false);
  assert_int_equal(count_files(folder, NULL), 0);
  journal_close(NULL, false);
}

// Two entries as a session left them; the length of the first.
static Str two_entries(size_t *first) {
  Journal *j;
  char path[400];
  assert_int_equal(journal_open(folder, &j, NULL), OK);
  count_files(folder, path);
  write_entry(j, "x = 1\n");
  Str text = get_file(path);
  *first = text.n;
  str_fini(&text);
  write_entry(j, "x = 2\n");
  journal_close(j, true);
  text = get_file(path);
  unlink(path);
  return text;
}

TEST(a_file_torn_at_any_byte_gives_the_newest_whole_entry) {
  size_t first;
  Str text = two_entries(&first);
  for (size_t n = 0; n <= text.n; n++) {
    const char *want = n < first ? NULL : n < text.n ? "x = 1\n" : "x = 2\n";
    put_file(at("torn"), text.s, n);
    expect_newest(at("torn"), want);
    Str rest = {0};
    str_addn(&rest, text.s, n);
    for (int k = 0; k < 600; k++) str_addc(&rest, '\0'); // blocks that were never written
    put_file(at("torn"), rest.s, rest.n);
    expect_newest(at("torn"), want);
    str_fini(&rest);
  }
  str_fini(&text);
}

TEST(an_entry_with_any_byte_changed_does_not_count) {
  size_t first;
  Str text = two_entries(&first);
  for (size_t n = 0; n < text.n; n++) {
    text.s[n] ^= 0x11;
    put_file(at("damaged"), text.s, text.n);
    expect_newest(at("damaged"), n < first ? "x = 2\n" : "x = 1\n");
    text.s[n] ^= 0x11;
  }
  str_fini(&text);
}

TEST(a_file_that_is_no_journal_is_refused) {
  Arena a = {0};
  JournalEntry e;
  Err err;
  put_file(at("other"), "tycho model 1\n", 14);
  expect_newest(at("other"), NULL);
  assert_int_equal(journal_read(at("missing"), &e, &a, &err), ERR_IO);
  assert_has(err.msg, "No such file");
  arena_fini(&a);
}

static char *long_text(int k, size_t n) {
  char *text = malloc(n + 1);
  snprintf(text, n + 1, "-- entry %d\n", k);
  for (size_t i = strlen(text); i < n; i++) text[i] = (char)('a' + (i * 7 + (size_t)k) % 26);
  text[n] = 0;
  return text;
}

TEST(a_long_session_stays_in_its_space_and_keeps_the_newest) {
  Journal *j;
  char path[400];
  struct stat st;
  assert_int_equal(journal_open(folder, &j, NULL), OK);
  count_files(folder, path);
  for (int k = 0; k < 130; k++) { // 3 MB
    char *text = long_text(k, 20000 + (size_t)(k % 7) * 1500);
    write_entry(j, text);
    if (k % 40 == 0 || k > 125) expect_newest(path, text);
    free(text);
  }
  assert_int_equal(stat(path, &st), 0);
  assert_true(st.st_size <= 1024 * 1024);
  for (int k = 0; k < 8; k++) { // larger than half of the space
    char *text = long_text(k, 700 * 1000);
    write_entry(j, text);
    expect_newest(path, text);
    free(text);
  }
  assert_int_equal(stat(path, &st), 0);
  assert_true(st.st_size <= 1024 * 1024 + 3 * 701 * 1000);
  journal_close(j, false);
}

TEST(a_write_at_the_beginning_that_is_torn_leaves_the_newest) {
  Journal *j;
  char path[400];
  assert_int_equal(journal_open(folder, &j, NULL), OK);
  count_files(folder, path);
  Str before = {0}, after = {0};
  char *was = NULL, *text = NULL;
  for (int k = 0; !text || memcmp(before.s, after.s, 200) == 0; k++) { // until the first bytes are written over
    free(was);
    was = text, text = long_text(k, 100 * 1000);
    str_fini(&before);
    before = after;
    write_entry(j, text);
    after = get_file(path);
    if (!was) before = get_file(path);
  }
  static const char end[] = "\nsha256 ";
  size_t n = (size_t)(strstr(after.s, end) - after.s) + strlen(end) + 64 + 1;
  assert_memory_equal(before.s + n, after.s + n, before.n - n);
  for (size_t k = 0; k < n; k += k < 400 ? 17 : 9973) {
    memcpy(before.s, after.s, k);
    put_file(at("torn"), before.s, before.n);
    expect_newest(at("torn"), was);
  }
  expect_newest(path, text);
  free(was), free(text);
  str_fini(&before);
  str_fini(&after);
  journal_close(j, false);
}

// ---- a full disk ---------------------------------------------------------------------------------------------------
static bool newest_is(const char *path, const char *text) {
  Arena a = {0};
  JournalEntry e;
  bool same = journal_read(path, &e, &a, NULL) == OK && strcmp(e.text, text) == 0;
  arena_fini(&a);
  return same;
}

// In a process of its own, since the limit counts for every file. Returns the number of the step that went wrong.
static int write_with_no_room(const char *path, Journal *j) {
  struct rlimit limit, none;
  struct stat st;
  Err err;
  JournalEntry one = entry("x = 1"), two = entry("x = 2, which is longer and so does not fit before the first");
  signal(SIGXFSZ, SIG_IGN);
  if (journal_write(j, &one, &err) != OK) return 1;
  if (stat(path, &st) != 0 || getrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
  none = limit, none.rlim_cur = (rlim_t)st.st_size + 40;
  if (setrlimit(RLIMIT_FSIZE, &none) != 0) return 3;
  for (int k = 0; k < 3; k++) {
    if (journal_write(j, &two, &err) != ERR_IO) return 4;
    if (!strstr(err.msg, "the last changes are not kept") || !strstr(err.msg, path)) return 5;
    if (!newest_is(path, one.text)) return 6;
  }
  if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 7;
  if (journal_write(j, &two, &err) != OK) return 8;
  return newest_is(path, two.text) ? 0 : 9;
}

static int run_child(int (*fn)(const char *path, Journal *j), const char *path, Journal *j) {
  fflush(NULL);
  pid_t pid = fork();
  if (pid == 0) _exit(fn(path, j));
  int status;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(a_full_disk_is_said_keeps_what_was_there_and_may_be_tried_again) {
  Journal *j;
  char path[400];
  assert_int_equal(journal_open(folder, &j, NULL), OK);
  count_files(folder, path);
  assert_int_equal(run_child(write_with_no_room, path, j), 0);
  journal_close(j, false);
}

static int write_over_the_oldest(const char *path, Journal *j) {
  struct rlimit none;
  struct stat st;
  JournalEntry e = entry("x = 1");
  signal(SIGXFSZ, SIG_IGN);
  for (int k = 0; k < 3; k++)
    if (journal_write(j, &e, NULL) != OK) return 1;
  if (stat(path, &st) != 0 || getrlimit(RLIMIT_FSIZE, &none) != 0) return 2;
  none.rlim_cur = (rlim_t)st.st_size;
  if (setrlimit(RLIMIT_FSIZE, &none) != 0) return 3;
  char text[16];
  for (int k = 0; k < 50; k++) {
    snprintf(text, sizeof text, "x = %d", k % 10);
    e = entry(text);
    if (journal_write(j, &e, NULL) != OK) return 4;
    if (!newest_is(path, text)) return 5;
  }
  return 0;
}

TEST(when_the_file_cannot_grow_the_oldest_entries_make_room) {
  Journal *j;
  char path[400];
  assert_int_equal(journal_open(folder, &j, NULL), OK);
  count_files(folder, path);
  assert_int_equal(run_child(write_over_the_oldest, path, j), 0);
  journal_close(j, false);
}

TEST(space_is_taken_ahead_where_the_file_system_can) {
  Journal *j;
  char path[400];
  struct stat st;
  assert_int_equal(journal_open(folder, &j, NULL), OK);
  count_files(folder, path);
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_size, 0);
  if (st.st_blocks) assert_true(st.st_blocks * 512 >= 1024 * 1024);
  else print_message("# this file system takes no space ahead\n");
  journal_close(j, false);
}

// ---- living and dead sessions --------------------------------------------------------------------------------------
// A process that holds a journal with one entry and waits to be killed.
static pid_t start_session(const char *where, const char *text) {
  int pipes[2];
  char ready;
  assert_int_equal(pipe(pipes), 0);
  fflush(NULL);
  pid_t pid = fork();
  if (pid == 0) {
    Journal *j;
    JournalEntry e = entry(text);
    bool good = journal_open(where, &j, NULL) == OK && journal_write(j, &e, NULL) == OK;
    if (write(pipes[1], good ? "y" : "n", 1) != 1) _exit(1);
    for (;;) pause();
  }
  close(pipes[1]);
  assert_int_equal(read(pipes[0], &ready, 1), 1);
  assert_int_equal(ready, 'y');
  close(pipes[0]);
  return pid;
}

static void end_session(pid_t pid) {
  kill(pid, SIGKILL);
  waitpid(pid, NULL, 0);
}

TEST(the_journal_of_a_living_session_is_no_orphan_and_stays_until_it_is_killed) {
  Arena a = {0};
  char path[400];
  pid_t pid = start_session(folder, "alive");
  assert_int_equal(count_files(folder, path), 1);
  assert_int_equal(journal_orphans(folder, &a).n, 0);
  journal_remove(path);
  assert_int_equal(count_files(folder, NULL), 1);
  end_session(pid);
  Names found = journal_orphans(folder, &a);
  assert_int_equal(found.n, 1);
  assert_string_equal(found.name[0], path);
  expect_newest(found.name[0], "alive");
  journal_remove(found.name[0]);
  assert_int_equal(count_files(folder, NULL), 0);
  arena_fini(&a);
}

TEST(two_sessions_in_one_folder_have_a_file_each) {
  Arena a = {0};
  pid_t one = start_session(folder, "one"), two = start_session(folder, "two");
  assert_int_equal(count_files(folder, NULL), 2);
  end_session(one);
  Names found = journal_orphans(folder, &a);
  assert_int_equal(found.n, 1);
  expect_newest(found.name[0], "one");
  end_session(two);
  assert_int_equal(journal_orphans(folder, &a).n, 2);
  arena_fini(&a);
}

TEST(orphans_come_newest_first_and_other_files_do_not_count) {
  Arena a = {0};
  char path[3][400];
  for (int k = 0; k < 3; k++) {
    Journal *j;
    assert_int_equal(journal_open(folder, &j, NULL), OK);
    write_entry(j, "x");
    journal_close(j, true);
    Names found = journal_orphans(folder, &a);
    assert_int_equal(found.n, k + 1);
    for (int64_t i = 0; i < found.n; i++) {
      bool known = false;
      for (int m = 0; m < k; m++) known |= strcmp(found.name[i], path[m]) == 0;
      if (!known) snprintf(path[k], 400, "%s", found.name[i]);
    }
    struct timespec times[2] = {{1000 + k % 2, k}, {1000 + k % 2, k}}; // the second is the newest
    assert_int_equal(utimensat(AT_FDCWD, path[k], times, 0), 0);
  }
  put_file(at("session-.txt"), "x", 1);
  put_file(at("history-lua"), "x", 1);
  assert_int_equal(mkdir(at("session-x.journal"), 0700), 0);
  Names found = journal_orphans(folder, &a);
  assert_int_equal(found.n, 3);
  assert_string_equal(found.name[0], path[1]);
  assert_string_equal(found.name[1], path[2]);
  assert_string_equal(found.name[2], path[0]);
  assert_int_equal(journal_orphans(at("missing"), &a).n, 0);
  arena_fini(&a);
}

TEST(a_session_that_kept_nothing_leaves_nothing) {
  Journal *j;
  assert_int_equal(journal_open(folder, &j, NULL), OK);
  journal_close(j, true);
  assert_int_equal(count_files(folder, NULL), 0);
}

// ---- folders -------------------------------------------------------------------------------------------------------
TEST(a_folder_that_is_missing_is_made_for_the_user_alone) {
  Journal *j;
  struct stat st;
  assert_int_equal(journal_open(at("state/tycho//sessions"), &j, NULL), OK);
  assert_int_equal(stat(at("state"), &st), 0);
  assert_int_equal(st.st_mode & 07777, 0700);
  assert_int_equal(stat(at("state/tycho/sessions"), &st), 0);
  assert_int_equal(st.st_mode & 07777, 0700);
  journal_close(j, false);
  assert_int_equal(rmdir(at("state/tycho/sessions")), 0);
  assert_int_equal(rmdir(at("state/tycho")), 0);
}

TEST(a_folder_that_cannot_be_written_is_said) {
  Journal *j;
  Err err;
  uid_t user = geteuid();
  assert_int_equal(mkdir(at("locked"), 0755), 0);
  assert_int_equal(chmod(folder, 0755), 0);
  if (user == 0) assert_int_equal(seteuid(65534), 0); // root may write anywhere
  else assert_int_equal(chmod(at("locked"), 0555), 0);
  ErrCode there = journal_open(at("locked"), &j, &err);
  char first[1024];
  snprintf(first, sizeof first, "%s", err.msg);
  ErrCode below = journal_open(at("locked/sessions"), &j, &err);
  assert_int_equal(seteuid(user), 0);
  assert_int_equal(there, ERR_IO);
  assert_has(first, "cannot make a journal in ");
  assert_has(first, "locked: Permission denied");
  assert_int_equal(below, ERR_IO);
  assert_has(err.msg, "cannot make the folder ");
  assert_has(err.msg, "locked/sessions for the journal: Permission denied");
  put_file(at("file"), "x", 1);
  assert_int_equal(journal_open(at("file"), &j, &err), ERR_IO);
  assert_has(err.msg, "Not a directory");
}

#define CLEAN(name) cmocka_unit_test_teardown(name, empty_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      CLEAN(an_entry_comes_back_with_all_its_fields),
      CLEAN(a_file_torn_at_any_byte_gives_the_newest_whole_entry),
      CLEAN(an_entry_with_any_byte_changed_does_not_count),
      CLEAN(a_file_that_is_no_journal_is_refused),
      CLEAN(a_long_session_stays_in_its_space_and_keeps_the_newest),
      CLEAN(a_write_at_the_beginning_that_is_torn_leaves_the_newest),
      CLEAN(a_full_disk_is_said_keeps_what_was_there_and_may_be_tried_again),
      CLEAN(when_the_file_cannot_grow_the_oldest_entries_make_room),
      CLEAN(space_is_taken_ahead_where_the_file_system_can),
      CLEAN(the_journal_of_a_living_session_is_no_orphan_and_stays_until_it_is_killed),
      CLEAN(two_sessions_in_one_folder_have_a_file_each),
      CLEAN(orphans_come_newest_first_and_other_files_do_not_count),
      CLEAN(a_session_that_kept_nothing_leaves_nothing),
      CLEAN(a_folder_that_is_missing_is_made_for_the_user_alone),
      CLEAN(a_folder_that_cannot_be_written_is_said),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
