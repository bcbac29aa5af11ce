// What a real kernel keeps, lets fall and permits: states, random numbers, paths, memory. The claims are those of
// docs/wire.md.
#include "kernel_help.h"

#include <sys/stat.h>
#include <unistd.h>

static void send_state(Client *c, MsgKind kind, int64_t state) {
  Msg m;
  msg_init(&m, kind, 0);
  if (kind == MSG_RESTORE) m.Restore.state = state;
  else m.Drop.state = state;
  send_kind(c, &m);
}

static void assert_restore_refused(Client *c, int64_t state, const char *why) {
  send_state(c, MSG_RESTORE, state);
  for (;;) {
    Msg m;
    assert_int_equal(client_next(c, 60000, &m), CLIENT_MESSAGE);
    bool refused = m.kind == MSG_REFUSED;
    if (refused) assert_has(m.Refused.message, why);
    msg_fini(&m);
    if (refused) return;
  }
}

static char *value_of(Client *c, int64_t cell, int64_t occurrence, const char *text) {
  Msg m;
  msg_init(&m, MSG_EVAL, 0);
  m.Eval = (MsgEval){.cell = cell, .number = cell, .occurrence = occurrence, .typed = true, .text = text};
  send_kind(c, &m);
  m = await(c, MSG_OUT);
  char *value = strdup(m.Out.shown.text);
  msg_fini(&m);
  await_done(c);
  return value;
}

TEST(a_cell_that_runs_again_gives_the_same_random_numbers) {
  Client *c = open_client();
  static const char text[] = "math.random(1000000000)";
  char *first = value_of(c, 1, 0, text), *other = value_of(c, 2, 1, text), *again = value_of(c, 1, 0, text);
  assert_string_equal(again, first);
  assert_string_not_equal(other, first);
  Err err;
  if (client_restart(c, &err) != OK) fail_msg("%s", err.msg);
  char *replayed = value_of(c, 2, 1, text);
  assert_string_equal(replayed, other);
  free(first), free(other), free(again), free(replayed);
  client_close(c);
}

TEST(messages_call_a_cell_by_its_number) {
  Client *c = open_client();
  Msg m;
  msg_init(&m, MSG_EVAL, 0);
  m.Eval = (MsgEval){.cell = 812, .number = 3, .typed = true, .text = "local hidden = 1"};
  send_kind(c, &m);
  await_done(c);
  eval(c, 4, "hidden");
  m = await(c, MSG_DONE);
  assert_has(m.Done.message, "hidden was local to cell 3");
  msg_fini(&m);
  client_close(c);
}

TEST(state_0_is_the_empty_beginning) {
  Client *c = open_client();
  run(c, 1, "x = 1");
  send_state(c, MSG_RESTORE, 0);
  await_done(c);
  Msg m = await(c, MSG_OBJECTS);
  assert_int_equal(m.Objects.n, 0);
  msg_fini(&m);
  client_close(c);
}

TEST(a_dropped_state_is_gone) {
  Client *c = open_client();
  eval(c, 1, "x = 1");
  int64_t saved = await_done(c);
  run(c, 2, "x = 2");
  send_state(c, MSG_DROP, saved);
  assert_restore_refused(c, saved, "replay the cells");
  client_close(c);
}

TEST(a_state_says_whether_it_is_whole) {
  Client *c = open_client();
  for (int k = 0; k < 2; k++) {
    eval(c, k, k ? "local n = 0 f = function() n = n + 1 end" : "x = {1, 2} g = function() return x end");
    Msg m = await(c, MSG_DONE);
    assert_int_equal(m.Done.whole, k == 0);
    msg_fini(&m);
  }
  client_close(c);
}

TEST(a_cancel_keeps_what_is_to_be_dropped_and_granted) {
  Client *c = open_client();
  eval(c, 1, "x = 1");
  int64_t saved = await_done(c);
  run(c, 2, "x = 2");
  eval(c, 3, "while true do end");
  Msg m = await(c, MSG_PROGRESS);
  msg_fini(&m);
  send_state(c, MSG_DROP, saved);
  eval(c, 4, "x = 3");
  msg_init(&m, MSG_CANCEL, 0);
  send_kind(c, &m);
  for (int k = 0; k < 2; k++) {
    m = await(c, MSG_DONE);
    assert_true(m.Done.cancelled);
    msg_fini(&m);
  }
  assert_restore_refused(c, saved, "replay the cells");
  client_close(c);
}

// ---- memory --------------------------------------------------------------------------------------------------------
TEST(the_oldest_states_fall_out_when_memory_runs_short) {
  static const char *const args[] = {"--memory", "240M", NULL};
  char options[256]; // the address sanitizer would keep what is freed
  snprintf(options, sizeof options, "%s:quarantine_size_mb=1", getenv("ASAN_OPTIONS") ? getenv("ASAN_OPTIONS") : "");
  setenv("ASAN_OPTIONS", options, 1);
  Client *c = open_client_with(args);
  run(c, 1, "d = data 'iris'");
  int64_t first = 0, last = 0;
  for (int k = 0; k < 32; k++) { // 8 MB each: twice the half of the limit
    char text[160];
    snprintf(text, sizeof text, "local t = {} for i = 1, 1000000 do t[i] = i + %d end d = frame{x = t}", k);
    eval(c, 2 + k, text);
    last = await_done(c);
    if (!first) first = last;
  }
  run(c, 90, "d.nrow");
  assert_restore_refused(c, first, "no longer kept, to save memory: replay the cells");
  send_state(c, MSG_RESTORE, last);
  await_done(c);
  client_close(c);
}

// ---- paths ---------------------------------------------------------------------------------------------------------
typedef struct Folders {
  char root[64], recipe[96], inside[128], outside[128];
} Folders;

static void write_file(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs(text, f);
  fclose(f);
}

static void folders_make(Folders *f) {
  strcpy(f->root, "/tmp/tycho_session_XXXXXX");
  assert_non_null(mkdtemp(f->root));
  snprintf(f->recipe, sizeof f->recipe, "%s/recipe", f->root);
  assert_int_equal(mkdir(f->recipe, 0700), 0);
  snprintf(f->inside, sizeof f->inside, "%s/in.csv", f->recipe);
  snprintf(f->outside, sizeof f->outside, "%s/out.csv", f->root);
  write_file(f->inside, "a\n1\n2\n");
  write_file(f->outside, "a\n1\n2\n3\n");
}

static void folders_remove(const Folders *f) {
  unlink(f->inside), unlink(f->outside);
  rmdir(f->recipe), rmdir(f->root);
}

static Msg run_opened(Client *c, const char *text) {
  Msg m;
  msg_init(&m, MSG_EVAL, 0);
  m.Eval = (MsgEval){.cell = 5, .number = 5, .typed = false, .text = text};
  send_kind(c, &m);
  return await(c, MSG_DONE);
}

TEST(a_cell_of_an_opened_recipe_asks_for_what_is_outside_its_folder) {
  Folders f;
  folders_make(&f);
  const char *args[] = {"--root", f.recipe, NULL};
  Client *c = open_client_with(args);
  Msg m = run_opened(c, "d = data 'in.csv' t = data 'titanic'");
  assert_false(m.Done.failed);
  assert_string_equal(m.Done.asks, "");
  msg_fini(&m);
  m = run_opened(c, "d = data '../out.csv'");
  assert_true(m.Done.failed);
  assert_string_equal(m.Done.asks, f.outside);
  Msg grant;
  msg_init(&grant, MSG_GRANT, 0);
  grant.Grant.path = m.Done.asks;
  send_kind(c, &grant);
  msg_fini(&m);
  m = run_opened(c, "d = data '../out.csv'");
  assert_false(m.Done.failed);
  msg_fini(&m);
  m = run_opened(c, "nosuchname");
  assert_true(m.Done.failed);
  assert_string_equal(m.Done.asks, "");
  msg_fini(&m);
  client_close(c);
  folders_remove(&f);
}

TEST(a_typed_cell_reads_what_the_user_can_and_asks_before_it_writes_elsewhere) {
  Folders f;
  folders_make(&f);
  const char *args[] = {"--root", f.recipe, NULL};
  Client *c = open_client_with(args);
  run(c, 1, "d = data '../out.csv'");
  eval(c, 2, "d:save '../new.csv'");
  Msg m = await(c, MSG_DONE), grant;
  char path[160];
  snprintf(path, sizeof path, "%s/new.csv", f.root);
  assert_true(m.Done.failed);
  assert_string_equal(m.Done.asks, path);
  msg_fini(&m);
  msg_init(&grant, MSG_GRANT, 0);
  grant.Grant.path = path;
  send_kind(c, &grant);
  run(c, 3, "d:save '../new.csv'");
  assert_int_equal(access(path, R_OK), 0);
  unlink(path);
  client_close(c);
  folders_remove(&f);
}

RUN(CASE(a_cell_that_runs_again_gives_the_same_random_numbers), CASE(messages_call_a_cell_by_its_number),
    CASE(state_0_is_the_empty_beginning), CASE(a_dropped_state_is_gone), CASE(a_state_says_whether_it_is_whole),
    CASE(a_cancel_keeps_what_is_to_be_dropped_and_granted), CASE(the_oldest_states_fall_out_when_memory_runs_short),
    CASE(a_cell_of_an_opened_recipe_asks_for_what_is_outside_its_folder),
    CASE(a_typed_cell_reads_what_the_user_can_and_asks_before_it_writes_elsewhere))
