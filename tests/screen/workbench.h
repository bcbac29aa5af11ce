// The workbench in a terminal of its own, in an empty folder with a home of its own and copies of bundled tables.
#pragma once
#include "screen/tty.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

typedef struct Bench {
  Tty tty;
  char folder[64], home[96], config[96];
} Bench;

// Where the tests were started; a failed one may have left the program elsewhere.
static inline const char *bench_repository(void) {
  static char path[PATH_MAX];
  if (!*path && !getcwd(path, sizeof path)) fail_msg("no working folder");
  return path;
}

static inline void bench_shell(const char *command) {
  if (system(command) != 0) fail_msg("failed: %s", command);
}

// Nobody's first run: no hint.
static inline void bench_welcome(void) { bench_shell("mkdir -p .state/tycho && touch .state/tycho/welcomed"); }

// Makes the folder and goes there; `table`: a bundled table to copy into it, or NULL.
static inline void bench_make(Bench *b, const char *table) {
  char command[PATH_MAX + 128];
  *b = (Bench){0};
  if (chdir(bench_repository()) != 0) fail_msg("cannot go back");
  snprintf(b->folder, sizeof b->folder, "/tmp/tycho-screen-XXXXXX");
  if (!mkdtemp(b->folder)) fail_msg("no folder");
  snprintf(b->home, sizeof b->home, "XDG_STATE_HOME=%s/.state", b->folder);
  snprintf(b->config, sizeof b->config, "XDG_CONFIG_HOME=%s/.config", b->folder);
  snprintf(command, sizeof command, "cp datasets/%s %s/", table ? table : "", b->folder);
  if (table) bench_shell(command);
  if (chdir(b->folder) != 0) fail_msg("cannot go to %s", b->folder);
  bench_welcome();
}

static inline void bench_remove(Bench *b) {
  char command[160];
  if (chdir(bench_repository()) != 0) fail_msg("cannot go back");
  snprintf(command, sizeof command, "chmod -R u+w %s; rm -rf %s", b->folder, b->folder);
  bench_shell(command);
}

// Starts tycho; words of `args` end with NULL. `more`: further environment, or NULL.
static inline void bench_start_in(Bench *b, int w, int h, const char *more, const char *const *args) {
  const char *env[] = {b->home, b->config, "TERM=xterm-256color", "LC_ALL=C.UTF-8", "COLORFGBG", "NO_COLOR",
                       more,    NULL};
  tty_open(&b->tty, w, h, env, args);
}
static inline void bench_start(Bench *b, int w, int h, const char *file) {
  const char *args[] = {file, NULL};
  bench_start_in(b, w, h, NULL, args);
}

// The table is there and all that is said of it: nothing more will move by itself.
static inline void bench_wait_table(Bench *b) { tty_wait(&b->tty, "complete"); }

// The kernel is the one child of the screen whose command line says so.
static inline pid_t bench_kernel(pid_t screen) {
  char path[64], line[256];
  DIR *proc = opendir("/proc");
  pid_t found = 0;
  for (struct dirent *e; (e = readdir(proc));) {
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%.20s/stat", e->d_name);
    FILE *f = fopen(path, "r");
    if (!f) continue;
    if (fgets(line, sizeof line, f) && strrchr(line, ')')) sscanf(strrchr(line, ')') + 2, "%*c %d", &parent);
    fclose(f);
    if (parent != screen) continue;
    snprintf(path, sizeof path, "/proc/%.20s/cmdline", e->d_name);
    f = fopen(path, "r");
    size_t n = f ? fread(line, 1, sizeof line - 1, f) : 0;
    line[n] = 0;
    if (f) fclose(f);
    if (memmem(line, n, "--kernel", 8)) found = atoi(e->d_name);
  }
  closedir(proc);
  return found;
}

static inline void bench_quit(Bench *b) {
  tty_keys(&b->tty, "Q");
  assert_int_equal(tty_wait_end(&b->tty), 0);
  assert_true(tty_is_sane(&b->tty));
  tty_close(&b->tty);
}

// What a file in the folder holds, "" when there is none; the caller frees it.
static inline char *bench_read(const char *name) {
  char *text = NULL;
  size_t n = 0;
  FILE *f = fopen(name, "r");
  if (f && getdelim(&text, &n, EOF, f) < 0 && text) text[0] = 0;
  if (f) fclose(f);
  return text ? text : strdup("");
}

// A frame may come in several reads: what is claimed of it is waited for.
static inline void assert_row(Tty *t, int y, const char *want) {
  TTY_UNTIL(t, strcmp(tty_row(t, y), want) == 0, "row %d is not\n# %2d|%s", y, y, want);
}
static inline void assert_at(Tty *t, int y, const char *text) { // somewhere in row y and in none above
  TTY_UNTIL(t, tty_find(t, text) == y, "row %d does not hold \"%s\"", y, text);
}
static inline void assert_shows(Tty *t, const char *text) { tty_wait(t, text); }
