// How long after a key the screen shows what it does, for any program that shows a table: the same pseudo-terminal, the
// same file, the same keys, and the same condition for "painted".
//   latency make FILE ROWS           writes the table: id,x,y,g with ids from r10000001
//   latency KIND PROGRAM...     KIND: tycho, vd; prints a line for each measurement
// With the cursor on the last row that shows, j and PgDn bring the row with the next id: a key is painted when the
// cells of the terminal hold that id in a whole frame. Keys are 30 ms apart from the paint before. Idle: the program
// uses no processor. Busy: tycho fits a logistic model to the same table; VisiData still reads the file.
#include "screen/tty.h"

#include <stdint.h>
#include <time.h>

enum { W = 120, H = 40, DOWNS = 300, PAGES = 200, GAP_MS = 30, FIRST = 10000001, GUARD_S = 100 };

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// ---- the table --------------------------------------------------------------------------------------------------------
static int make_table(const char *path, long rows) {
  FILE *f = fopen(path, "w");
  uint64_t dice = 1;
  if (!f) return 1;
  fputs("id,x,y,g\n", f);
  for (long i = 0; i < rows; i++) {
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    int x = (int)(dice >> 44), y = (int)(dice >> 34 & 1023);
    fprintf(f, "r%ld,%d.%03d,%d,%c\n", FIRST + i, x % 1000, x / 1049, y, 'a' + (x ^ y) % 5);
  }
  return fclose(f);
}

// ---- what shows -------------------------------------------------------------------------------------------------------
// The greatest id on the screen; 0 = none.
static long last_id(Tty *t) {
  long most = 0;
  for (int y = 0; y < t->h; y++)
    for (const char *s = tty_row(t, y); (s = strchr(s, 'r'));) {
      char *end;
      long n = strtol(++s, &end, 10);
      if (end - s == 8 && n > most) most = n;
    }
  return most;
}

static bool is_blank(Tty *t) {
  for (int y = 0; y < t->h; y++)
    if (*tty_row(t, y)) return false;
  return true;
}

static void rest(Tty *t, int ms) {
  for (double until = now_ms() + ms; now_ms() < until;) tty_pump(t, 1);
}

// Processor time of the program and its children, in ticks of a hundredth of a second.
static long ticks(pid_t pid) {
  char command[128];
  long user = 0, sum = 0, each;
  snprintf(command, sizeof command, "cat /proc/%d/stat $(pgrep -P %d | sed 's|.*|/proc/&/stat|') 2> /dev/null",
           (int)pid, (int)pid);
  FILE *f = popen(command, "r");
  char line[1024];
  while (f && fgets(line, sizeof line, f)) {
    const char *past = strrchr(line, ')');
    if (past && sscanf(past + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &each) == 2)
      sum += user + each;
  }
  if (f) pclose(f);
  return sum;
}

static void await_idle(Tty *t) {
  for (long before = -100, now; (now = ticks(t->pid)) - before > 3; before = now) rest(t, 1000);
}

// ---- measuring --------------------------------------------------------------------------------------------------------
static void measure(Tty *t, const char *what, const char *key, int n) {
  static double ms[DOWNS + PAGES];
  for (int i = 0; i < n; i++) {
    rest(t, GAP_MS);
    long next = last_id(t) + 1;
    double start = now_ms();
    tty_keys(t, key);
    TTY_UNTIL(t, last_id(t) >= next, "%s, key %d: %ld never shows", what, i, next);
    ms[i] = now_ms() - start;
  }
  qsort(ms, (size_t)n, sizeof *ms, by_size);
  printf("  %-34s %8.2f %8.2f %8.2f\n", what, ms[n / 2], ms[n * 99 / 100], ms[n - 1]);
  fflush(stdout);
}

static void measure_both(Tty *t, const char *state) {
  char what[64];
  for (int i = 0; i < H; i++) tty_keys(t, "j"); // the cursor to the last row that shows
  rest(t, 500);
  snprintf(what, sizeof what, "j, %s", state);
  measure(t, what, "j", DOWNS);
  snprintf(what, sizeof what, "PgDn, %s", state);
  measure(t, what, "PgDn", PAGES);
}

static void busy_tycho(Tty *t) {
  tty_type(t, ":for k = 1, 100000 do m = ml.logistic{}:fit(d:drop{'id'}, 'g') end\r");
  tty_wait(t, "cell 2 runs");
  measure_both(t, "a model is being fitted");
  tty_keys(t, "^C");
  tty_wait(t, "stopped");
}

static int run(bool ours, const char *const *args) {
  const char *env[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "COLORFGBG", "NO_COLOR", NULL};
  Tty tty, *t = &tty;
  signal(SIGALRM, tty_on_term);
  alarm(GUARD_S);
  double start = now_ms();
  if (tty_fork(t, W, H, env) == 0) {
    execvp(args[0], (char *const *)(uintptr_t)args);
    _exit(127);
  }
  TTY_UNTIL(t, !is_blank(t), "nothing shows");
  printf("  %-34s %8.1f\n", "start to the first paint, ms", now_ms() - start);
  TTY_UNTIL(t, last_id(t) >= FIRST, "no row shows");
  printf("  %-34s %8.1f\n", "start to the first rows, ms", now_ms() - start);
  if (!ours) measure_both(t, "the file is being read");
  await_idle(t);
  printf("  %-34s %8.1f\n", "start to idle, s", (now_ms() - start) / 1e3 - 1);
  measure_both(t, "idle");
  if (ours) busy_tycho(t);
  tty_kill(t, SIGKILL);
  tty_close(t);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 4 && strcmp(argv[1], "make") == 0) return make_table(argv[2], atol(argv[3]));
  if (argc < 3) return 2;
  return run(strcmp(argv[1], "tycho") == 0, (const char *const *)(uintptr_t)(argv + 2));
}
