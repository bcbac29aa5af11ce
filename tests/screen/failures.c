// What goes wrong while one works: kernels that die or hang, screens that die, terminals that go away, disks that fill.
#include "screen/workbench.h"

#include <sys/resource.h>

static void start_titanic(Bench *b) {
  bench_make(b, "titanic.csv");
  bench_start(b, 80, 24, "titanic.csv");
  bench_wait_table(b);
}

static void end(Bench *b) {
  bench_quit(b);
  bench_remove(b);
}

TEST(a_table_scrolls_while_a_cell_runs_for_ever_and_ctrl_c_stops_it) {
  Bench b;
  Tty *t = &b.tty;
  start_titanic(&b);
  tty_type(t, ":d = 0 x = 1 while true do x = x + 1 end\r");
  tty_keys(t, "G");
  tty_wait(t, "Zimmerman");
  tty_keys(t, "^C");
  tty_wait(t, "stopped cell 2; what was there before is kept");
  tty_type(t, ":d.ncol + 40\r");
  tty_wait(t, "45");
  tty_type(t, ":x > 1\r"); // what it had found under a new name
  tty_wait(t, "true");
  end(&b);
}

TEST(a_killed_kernel_is_said_and_replayed) {
  Bench b;
  Tty *t = &b.tty;
  start_titanic(&b);
  tty_type(t, ":x = d.nrow + 1\r");
  tty_wait(t, "x is set");
  kill(bench_kernel(t->pid), SIGKILL);
  tty_wait(t, "the kernel is gone; every cell is kept. 2 results must be computed again");
  assert_shows(t, "NO KERNEL");
  tty_keys(t, "Enter");
  tty_wait_gone(t, "NO KERNEL");
  bench_wait_table(&b);
  tty_type(t, ":x\r");
  tty_wait(t, "1,310");
  end(&b);
}

TEST(without_a_kernel_one_can_look_on_and_start_another_later) {
  Bench b;
  Tty *t = &b.tty;
  start_titanic(&b);
  kill(bench_kernel(t->pid), SIGKILL);
  tty_wait(t, "the kernel is gone");
  tty_keys(t, "Esc");
  tty_wait(t, "no kernel: nothing can run; 00 starts another");
  tty_keys(t, "j 00");
  tty_wait(t, "a new kernel");
  tty_keys(t, "F9");
  bench_wait_table(&b);
  end(&b);
}

TEST(a_call_that_does_not_stop_is_ended_by_a_second_ctrl_c) {
  Bench b;
  Tty *t = &b.tty;
  start_titanic(&b);
  tty_type(t, ":x = ('a'):rep(40):find(('a-'):rep(40) .. 'b')\r");
  tty_wait(t, "cell 2 runs");
  tty_keys(t, "^C");
  tty_wait(t, "still stopping");
  tty_keys(t, "^C");
  tty_wait(t, "the kernel is gone");
  tty_keys(t, "Enter");
  tty_wait_gone(t, "NO KERNEL");
  tty_wait(t, "Allen, Miss.");
  end(&b);
}

// What is being typed is in the journal a second later; a wait for the file's text is a wait for that.
static bool journal_has(const char *text) {
  char command[256];
  snprintf(command, sizeof command, "grep -qs '%s' .state/tycho/sessions/*", text);
  return system(command) == 0;
}

TEST(a_killed_screen_is_offered_back_with_its_last_words) {
  Bench b;
  Tty *t = &b.tty;
  start_titanic(&b);
  tty_type(t, ":x = 41 + 1\r");
  tty_wait(t, "x is set");
  tty_keys(t, "D b");
  tty_wait(t, "EDIT");
  tty_type(t, "y = 'half a thou");
  TTY_UNTIL(t, journal_has("half a thou"), "the journal does not have it");
  tty_kill(t, SIGKILL);
  tty_wait_end(t);
  TTY_UNTIL_AFTER(t, tty_is_sane(t) && !t->alternate, "the terminal was not given back");
  tty_close(t);
  bench_start(&b, 80, 24, NULL);
  tty_wait(t, "a session was cut off: titanic.csv");
  tty_keys(t, "Enter");
  tty_wait(t, "the session is back; cells that run again: 1, 2");
  tty_wait(t, "half a thou");
  tty_wait(t, "= 2 │");
  tty_type(t, ":x\r");
  tty_wait(t, "42");
  end(&b);
}

TEST(a_lost_line_keeps_the_session) {
  Bench b;
  Tty *t = &b.tty;
  start_titanic(&b);
  tty_type(t, ":x = 1\r");
  tty_wait(t, "x is set");
  tty_kill(t, SIGHUP);
  tty_wait_end(t);
  tty_close(t);
  bench_start(&b, 80, 24, "titanic.csv");
  tty_wait(t, "a session was cut off: titanic.csv");
  tty_keys(t, "x");
  bench_wait_table(&b);
  bench_quit(&b);
  bench_start(&b, 80, 24, "titanic.csv");
  bench_wait_table(&b);
  assert_int_equal(tty_find(t, "was cut off"), -1);
  end(&b);
}

TEST(two_at_once_in_one_folder_leave_each_other_alone) {
  Bench b, second;
  start_titanic(&b);
  second = b;
  bench_start(&second, 80, 24, "titanic.csv");
  bench_wait_table(&second);
  assert_int_equal(tty_find(&second.tty, "was cut off"), -1);
  tty_type(&b.tty, ":x = 'first'\r");
  tty_wait(&b.tty, "x is set");
  tty_type(&second.tty, ":x = 'second'\r");
  tty_wait(&second.tty, "x is set");
  bench_quit(&second);
  bench_quit(&b);
  char *one = bench_read("titanic.lua"), *two = bench_read("titanic-2.lua");
  assert_non_null(strstr(one, "second")), assert_non_null(strstr(two, "first"));
  free(one), free(two);
  bench_remove(&b);
}

TEST(a_folder_that_cannot_be_written_keeps_the_session_in_the_journal) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, "titanic.csv");
  bench_shell("mkdir -p .state && mkdir locked && cp titanic.csv locked");
  if (geteuid() == 0) { // root writes anywhere but here
    if (chdir("/proc") != 0) fail_msg("no /proc");
  } else {
    bench_shell("chmod 555 locked");
    if (chdir("locked") != 0) fail_msg("no folder");
  }
  bench_start(&b, 80, 24, NULL);
  bench_wait_table(&b);
  tty_type(t, ":x = 1\r");
  tty_wait(t, "x is set");
  tty_keys(t, "Q");
  tty_wait(t, "not saved:");
  tty_keys(t, "Enter");
  assert_int_equal(tty_wait_end(t), 0);
  assert_shows(t, "the session is kept: tycho offers it at the next start");
  tty_close(t);
  bench_remove(&b);
}

TEST(a_full_disk_is_said_and_the_old_file_survives) {
  Bench b;
  Tty *t = &b.tty;
  struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY}, before, full = {0, RLIM_INFINITY};
  bench_make(&b, "titanic.csv");
  bench_shell("printf -- '-- %%%%\\nx = 1\\n' > mine.lua");
  getrlimit(RLIMIT_FSIZE, &before);
  full.rlim_max = before.rlim_max, (void)none;
  setrlimit(RLIMIT_FSIZE, &full); // no file may grow
  bench_start(&b, 80, 24, "mine.lua");
  setrlimit(RLIMIT_FSIZE, &before);
  tty_wait(t, "nothing has run");
  tty_type(t, ":y = 2\r");
  tty_wait(t, "NOT KEPT");
  tty_type(t, ":w\r");
  tty_wait(t, "mine.lua");
  char *file = bench_read("mine.lua");
  assert_string_equal(file, "-- %%\nx = 1\n");
  free(file);
  tty_type(t, ":q!\r");
  tty_wait_end(t);
  assert_true(tty_is_sane(t));
  tty_close(t);
  bench_remove(&b);
}

TEST(a_file_that_another_program_changed_is_not_overwritten) {
  Bench b;
  Tty *t = &b.tty;
  bench_make(&b, NULL);
  bench_shell("printf -- '-- %%%%\\nx = 1\\n' > mine.lua");
  bench_start(&b, 80, 24, "mine.lua");
  tty_wait(t, "nothing has run");
  tty_type(t, ":y = 2\r");
  tty_wait(t, "y is set");
  bench_shell("echo '-- theirs' >> mine.lua");
  tty_type(t, ":w\r");
  tty_wait(t, "changed");
  char *file = bench_read("mine.lua");
  assert_string_equal(file, "-- %%\nx = 1\n-- theirs\n");
  free(file);
  tty_type(t, ":w!\r");
  tty_wait(t, "saved mine.lua");
  end(&b);
}

RUN(CASE(a_table_scrolls_while_a_cell_runs_for_ever_and_ctrl_c_stops_it), CASE(a_killed_kernel_is_said_and_replayed),
    CASE(without_a_kernel_one_can_look_on_and_start_another_later),
    CASE(a_call_that_does_not_stop_is_ended_by_a_second_ctrl_c),
    CASE(a_killed_screen_is_offered_back_with_its_last_words), CASE(a_lost_line_keeps_the_session),
    CASE(two_at_once_in_one_folder_leave_each_other_alone),
    CASE(a_folder_that_cannot_be_written_keeps_the_session_in_the_journal),
    CASE(a_full_disk_is_said_and_the_old_file_survives), CASE(a_file_that_another_program_changed_is_not_overwritten))
