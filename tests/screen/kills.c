// The workbench, or its kernel, killed at any moment of a save: the file is the old one or the new one, whole, and a
// screen that lost its kernel goes on. The moments differ from run to run; TYCHO_KILLS says how many there are.
#include "screen/workbench.h"

#include "base/rng.h"
#include "note/note.h"

#include <time.h>

static const char OLD[] = "-- %%\nx = 1\n", ADDED[] = "x + 41";

static void write_old(void) {
  FILE *f = fopen("mine.lua", "w");
  assert_non_null(f);
  assert_true(fputs(OLD, f) >= 0);
  assert_int_equal(fclose(f), 0);
}

static bool is_new(const char *text) {
  Note note;
  assert_int_equal(note_parse(sv(text), &note, NULL), OK);
  bool whole = note.n == 2 && sv_is((Sv){str_c(&note.cell[0].text), note.cell[0].text.n}, "x = 1") &&
               sv_is((Sv){str_c(&note.cell[1].text), note.cell[1].text.n}, ADDED);
  note_fini(&note);
  return whole;
}

static bool check_file(void) { // whether it is the new one
  char *text = bench_read("mine.lua");
  bool old = strcmp(text, OLD) == 0;
  if (!old && !is_new(text)) fail_msg("mine.lua is torn:\n%s", text);
  free(text);
  return !old;
}

static void pump_for(Tty *t, int64_t us) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t end = now.tv_sec * 1000000 + now.tv_nsec / 1000 + us;
  do tty_pump(t, 0), clock_gettime(CLOCK_MONOTONIC, &now);
  while (now.tv_sec * 1000000 + now.tv_nsec / 1000 < end);
}

static bool kill_once(Bench *b, RngKey key, uint64_t round) {
  Tty *t = &b->tty;
  bool screen = rng_below(key, round, 0, 2);
  write_old();
  bench_start(b, 80, 24, "mine.lua");
  tty_wait(t, "mine.lua");
  TTY_UNTIL(t, bench_kernel(t->pid), "it has no kernel");
  tty_type(t, ":x + 41\r:w\r");
  pump_for(t, rng_below(key, round, 1, 8000));
  if (screen) tty_kill(t, SIGKILL);
  else kill(bench_kernel(t->pid), SIGKILL);
  if (!screen) {
    tty_wait(t, "kernel is gone");
    tty_kill(t, SIGTERM);
  }
  tty_wait_end(t);
  tty_close(t);
  bool saved = check_file();
  bench_shell("rm -rf .state mine.lua*");
  return saved;
}

TEST(a_kill_never_tears_a_file) {
  const char *times = getenv("TYCHO_KILLS");
  RngKey key = rng_key((uint64_t)time(NULL), "kills");
  Bench b;
  bench_make(&b, NULL);
  int saved = 0, n = times ? atoi(times) : 5;
  for (int round = 0; round < n; round++) saved += kill_once(&b, key, (uint64_t)round);
  print_message("# %d of %d had saved\n", saved, n);
  bench_remove(&b);
}

RUN(CASE(a_kill_never_tears_a_file))
