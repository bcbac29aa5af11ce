// A real kernel process behind a client: cells, views while a cell runs, cancel, death and restart. The claims are those
// of docs/wire.md.
#include "kernel_help.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static uint64_t view(Client *c, const char *object, int64_t first, int64_t rows) {
  Msg m;
  msg_init(&m, MSG_VIEW_PAGE, 0);
  m.ViewPage = (MsgViewPage){.object = object, .first = first, .rows = rows};
  return send_kind(c, &m);
}

TEST(a_cell_gives_its_value_its_end_and_the_objects) {
  Client *c = open_client();
  uint64_t request = eval(c, 7, "d = frame{x = {1, 2, 3}}\nd");
  Msg m = await(c, MSG_OUT);
  assert_true(m.request == request && m.Out.cell == 7);
  assert_int_equal(m.Out.shown.kind, SHOWN_PAGE);
  assert_string_equal(page_get(&m.Out.shown.page, 2, 0), "3");
  msg_fini(&m);
  m = await(c, MSG_DONE);
  assert_true(m.request == request && !m.Done.failed && m.Done.state > 0);
  assert_string_equal(m.Done.writes.name[0], "d");
  msg_fini(&m);
  m = await(c, MSG_OBJECTS);
  assert_int_equal(m.Objects.n, 1);
  assert_string_equal(m.Objects.item[0].name, "d");
  assert_int_equal(m.Objects.item[0].nrow, 3);
  msg_fini(&m);
  client_close(c);
}

TEST(an_error_names_line_and_token) {
  Client *c = open_client();
  eval(c, 1, "x = 1\ny = = 2");
  Msg m = await(c, MSG_DONE);
  assert_true(m.Done.failed && !m.Done.cancelled);
  assert_int_equal(m.Done.line, 2);
  assert_string_equal(m.Done.token, "=");
  msg_fini(&m);
  client_close(c);
}

TEST(tables_are_read_while_a_cell_runs_and_cancel_stops_it) {
  Client *c = open_client();
  eval(c, 1, "d = frame{x = {10, 20, 30}}");
  await_done(c);
  eval(c, 2, "kept = 1\nwhile true do end");
  Msg m = await(c, MSG_PROGRESS); // it runs
  assert_int_equal(m.Progress.cell, 2);
  msg_fini(&m);
  uint64_t request = view(c, "d", 1, 1);
  m = await(c, MSG_PAGE);
  assert_true(m.request == request);
  assert_string_equal(page_get(&m.PageAnswer.page, 0, 0), "20");
  msg_fini(&m);
  Msg stop;
  msg_init(&stop, MSG_CANCEL, 0);
  send_kind(c, &stop);
  m = await(c, MSG_DONE);
  assert_true(m.Done.cancelled && m.Done.cell == 2);
  msg_fini(&m);
  eval(c, 3, "kept + d.nrow"); // what was there before is there
  m = await(c, MSG_OUT);
  assert_string_equal(m.Out.shown.text, "4");
  msg_fini(&m);
  client_close(c);
}

TEST(cancel_drops_the_cells_that_wait) {
  Client *c = open_client();
  eval(c, 1, "while true do end");
  eval(c, 2, "x = 1");
  Msg m = await(c, MSG_PROGRESS), stop;
  msg_fini(&m);
  msg_init(&stop, MSG_CANCEL, 0);
  send_kind(c, &stop);
  int seen = 0;
  for (int k = 0; k < 2; k++) {
    m = await(c, MSG_DONE);
    assert_true(m.Done.cancelled);
    seen |= 1 << m.Done.cell;
    msg_fini(&m);
  }
  assert_int_equal(seen, 6);
  eval(c, 3, "return x == nil or x"); // the dropped cell never ran
  m = await(c, MSG_DONE);
  assert_true(m.Done.failed);
  assert_has(m.Done.message, "no name 'x'");
  msg_fini(&m);
  client_close(c);
}

static void cancel(Client *c) {
  Msg m;
  msg_init(&m, MSG_CANCEL, 0);
  send_kind(c, &m);
}

static bool await_cancelled(Client *c) {
  Msg m = await(c, MSG_DONE);
  bool cancelled = m.Done.cancelled;
  msg_fini(&m);
  return cancelled;
}

static void wait_microseconds(long n) {
  struct timespec t = {0, n * 1000};
  nanosleep(&t, NULL);
}

TEST(a_cancel_stops_the_cell_it_was_meant_for_at_any_moment_and_no_other) {
  Client *c = open_client();
  for (int k = 0; k < 300; k++) {
    eval(c, 1, "while true do end");
    wait_microseconds(k % 60);
    cancel(c);
    assert_true(await_cancelled(c));
    eval(c, 2, "for i = 1, 100 do x = i end");
    wait_microseconds(k % 60);
    cancel(c);
    await_cancelled(c); // it may have ended before
    eval(c, 3, "y = 1");
    assert_false(await_cancelled(c));
  }
  client_close(c);
}

static void pause_cell(Client *c, bool on) {
  Msg m;
  msg_init(&m, MSG_PAUSE, 0);
  m.Pause.on = on;
  send_kind(c, &m);
}

static Msg await_paused(Client *c, bool on) {
  Msg m = await(c, MSG_PROGRESS);
  while (m.Progress.paused != on) msg_fini(&m), m = await(c, MSG_PROGRESS);
  return m;
}

// What a loop has counted is the same in two reports of a pause, and its time stands still.
TEST(a_paused_cell_does_nothing_until_it_goes_on) {
  Client *c = open_client();
  eval(c, 1, "n = 0\nwhile true do n = n + 1 end");
  Msg m = await(c, MSG_PROGRESS);
  assert_true(m.Progress.memory > 0 && !m.Progress.paused);
  msg_fini(&m);
  pause_cell(c, true);
  m = await_paused(c, true);
  double seconds = m.Progress.seconds;
  msg_fini(&m);
  for (int k = 0; k < 3; k++) {
    m = await(c, MSG_PROGRESS);
    assert_true(m.Progress.paused && m.Progress.seconds == seconds);
    msg_fini(&m);
  }
  pause_cell(c, false);
  m = await_paused(c, false);
  msg_fini(&m);
  m = await(c, MSG_PROGRESS);
  assert_true(m.Progress.seconds > seconds);
  msg_fini(&m);
  client_close(c);
}

TEST(a_paused_cell_can_be_stopped_and_the_next_one_is_not_paused) {
  Client *c = open_client();
  eval(c, 1, "while true do end");
  Msg m = await(c, MSG_PROGRESS), stop;
  msg_fini(&m);
  pause_cell(c, true);
  m = await_paused(c, true);
  msg_fini(&m);
  msg_init(&stop, MSG_CANCEL, 0);
  send_kind(c, &stop);
  m = await(c, MSG_DONE);
  assert_true(m.Done.cancelled);
  msg_fini(&m);
  pause_cell(c, true); // nothing runs
  eval(c, 2, "1 + 1");
  m = await(c, MSG_DONE);
  assert_true(!m.Done.failed && m.Done.cell == 2);
  msg_fini(&m);
  client_close(c);
}

TEST(a_cancel_when_nothing_runs_does_nothing) {
  Client *c = open_client();
  Msg stop;
  msg_init(&stop, MSG_CANCEL, 0);
  send_kind(c, &stop);
  eval(c, 1, "1 + 1");
  Msg m = await(c, MSG_OUT);
  assert_string_equal(m.Out.shown.text, "2");
  msg_fini(&m);
  client_close(c);
}

TEST(a_killed_kernel_is_lost_and_replay_brings_it_back) {
  static const char cell[] = "d = data('iris'):where 'sepal_length_cm > 7'\nd.nrow";
  Client *c = open_client();
  eval(c, 1, cell);
  Msg m = await(c, MSG_OUT);
  char *first = strdup(m.Out.shown.text);
  msg_fini(&m);
  kill(client_pid(c), SIGKILL);
  ClientEvent e;
  while ((e = client_next(c, 60000, &m)) == CLIENT_MESSAGE) msg_fini(&m);
  assert_int_equal(e, CLIENT_LOST);
  Err err;
  if (client_restart(c, &err) != OK) fail_msg("%s", err.msg);
  eval(c, 1, cell);
  m = await(c, MSG_OUT);
  assert_string_equal(m.Out.shown.text, first);
  free(first);
  msg_fini(&m);
  client_close(c);
}

TEST(a_stuck_kernel_is_replaced) {
  Client *c = open_client();
  eval(c, 1, "local s = ('a'):rep(40) s:find(('a-'):rep(40) .. 'b')"); // a call into C that no hook can stop
  Msg m = await(c, MSG_PROGRESS);
  msg_fini(&m);
  Err err;
  if (client_restart(c, &err) != OK) fail_msg("%s", err.msg);
  eval(c, 1, "6 * 7");
  m = await(c, MSG_OUT);
  assert_string_equal(m.Out.shown.text, "42");
  msg_fini(&m);
  client_close(c);
}

TEST(the_kernel_ends_when_the_screen_does) {
  int ready[2];
  assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
  pid_t screen = fork();
  if (screen == 0) {
    Client *c = open_client();
    eval(c, 1, "while true do end");
    Msg m = await(c, MSG_PROGRESS);
    msg_fini(&m);
    int pid = client_pid(c);
    if (write(ready[1], &pid, sizeof pid) != sizeof pid) _exit(1);
    raise(SIGKILL);
  }
  close(ready[1]); // so that the read ends when the child does
  int kernel = 0;
  assert_int_equal(read(ready[0], &kernel, sizeof kernel), sizeof kernel);
  waitpid(screen, NULL, 0);
  while (kill(kernel, 0) == 0) { // a zombie's parent is gone, so init takes it; a container's init may not
    char path[64], letter = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", kernel);
    FILE *f = fopen(path, "r");
    if (!f) break;
    int got = fscanf(f, "%*d %*s %c", &letter);
    fclose(f);
    if (got == 1 && letter == 'Z') break;
    nanosleep(&(struct timespec){0, 10000000}, NULL);
  }
  close(ready[0]);
}

TEST(going_back_restores_objects) {
  Client *c = open_client();
  eval(c, 1, "x = 1");
  Msg m = await(c, MSG_DONE), back;
  int64_t saved = m.Done.state;
  msg_fini(&m);
  eval(c, 2, "x = 2\ny = 3");
  await_done(c);
  msg_init(&back, MSG_RESTORE, 0);
  back.Restore.state = saved;
  send_kind(c, &back);
  await_done(c);
  m = await(c, MSG_OBJECTS);
  assert_int_equal(m.Objects.n, 1);
  msg_fini(&m);
  msg_init(&back, MSG_RESTORE, 0);
  back.Restore.state = 999;
  send_kind(c, &back);
  m = await(c, MSG_REFUSED);
  assert_has(m.Refused.message, "there is no saved state 999");
  msg_fini(&m);
  client_close(c);
}

TEST(names_are_completed_and_help_is_given_while_a_cell_runs) {
  Client *c = open_client();
  eval(c, 1, "d = frame{age = {1}}");
  await_done(c);
  eval(c, 2, "while true do end");
  Msg m = await(c, MSG_PROGRESS), ask;
  msg_fini(&m);
  msg_init(&ask, MSG_COMPLETE, 0);
  ask.Complete = (MsgComplete){"d:desc", 6};
  send_kind(c, &ask);
  m = await(c, MSG_CANDIDATES);
  assert_int_equal(m.Candidates.from, 2);
  assert_string_equal(m.Candidates.item[0].text, "describe");
  msg_fini(&m);
  msg_init(&ask, MSG_HELP, 0);
  ask.Help.topic = "d:head";
  send_kind(c, &ask);
  m = await(c, MSG_TEXT);
  assert_has(m.TextAnswer.text, "the first n rows");
  msg_fini(&m);
  client_close(c);
}

TEST(printed_floods_keep_their_beginning_and_their_end) {
  Client *c = open_client();
  eval(c, 1, "for i = 1, 200000 do print('line', i) end");
  Str all = {0};
  for (;;) {
    Msg m;
    assert_int_equal(client_next(c, 60000, &m), CLIENT_MESSAGE);
    if (m.kind == MSG_OUT) str_add(&all, m.Out.shown.text);
    bool done = m.kind == MSG_DONE;
    msg_fini(&m);
    if (done) break;
  }
  assert_true(all.n < 200 * 1024);
  assert_has(str_c(&all), "line\t1\n");
  assert_has(str_c(&all), "bytes are left out");
  assert_has(str_c(&all), "line\t200000\n");
  str_fini(&all);
  client_close(c);
}

TEST(what_cannot_be_answered_is_refused) {
  Client *c = open_client();
  uint64_t request = view(c, "nothing", 0, 10);
  Msg m = await(c, MSG_REFUSED);
  assert_true(m.request == request);
  assert_has(m.Refused.message, "there is no table 'nothing'");
  msg_fini(&m);
  Client *none = NULL;
  Err err;
  assert_int_equal(client_open("/nonexistent/tycho", NULL, &none, &err), ERR_IO);
  assert_has(err.msg, "cannot start the kernel");
  client_close(c);
}

TEST(a_plot_comes_as_data) {
  Client *c = open_client();
  eval(c, 1, "data('iris'):hist 'petal_length_cm'");
  Msg m = await(c, MSG_OUT);
  assert_true(m.Out.has_plot);
  assert_int_equal(m.Out.plot.n, 150);
  assert_has(m.Out.plot.x.name, "petal_length_cm");
  msg_fini(&m);
  await_done(c);
  client_close(c);
}

RUN(CASE(a_plot_comes_as_data), CASE(a_cell_gives_its_value_its_end_and_the_objects), CASE(an_error_names_line_and_token),
    CASE(tables_are_read_while_a_cell_runs_and_cancel_stops_it), CASE(cancel_drops_the_cells_that_wait),
    CASE(a_paused_cell_does_nothing_until_it_goes_on),
    CASE(a_paused_cell_can_be_stopped_and_the_next_one_is_not_paused), CASE(a_cancel_when_nothing_runs_does_nothing),
    CASE(a_cancel_stops_the_cell_it_was_meant_for_at_any_moment_and_no_other), CASE(a_killed_kernel_is_lost_and_replay_brings_it_back),
    CASE(a_stuck_kernel_is_replaced), CASE(the_kernel_ends_when_the_screen_does), CASE(going_back_restores_objects),
    CASE(names_are_completed_and_help_is_given_while_a_cell_runs),
    CASE(printed_floods_keep_their_beginning_and_their_end), CASE(what_cannot_be_answered_is_refused))
