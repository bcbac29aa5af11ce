// tycho doctor: what works here and what to do about what does not, one line each.
#include "kernel/kernel_int.h"

#include "base/numfmt.h"
#include "base/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void line(const char *what, bool good, const char *found, const char *advice) {
  printf("%s %-10s %s%s%s\n", good ? "=" : "!", what, found, *advice ? ": " : "", advice);
}

static void check_locale(void) {
  const char *name = getenv("LC_ALL") ? getenv("LC_ALL") : getenv("LC_CTYPE") ? getenv("LC_CTYPE") : getenv("LANG");
  char codeset[64], found[200];
  bool good = strcmp(user_codeset(codeset, sizeof codeset), "UTF-8") == 0;
  snprintf(found, sizeof found, "%s, %s", name ? name : "none is set", codeset);
  line("locale", good, found, good ? "" : "only ASCII is drawn; export LC_ALL=C.UTF-8");
}

static void check_terminal(const Session *s) {
  const char *term = getenv("TERM");
  char found[200];
  bool terminal = isatty(STDOUT_FILENO), dumb = !term || strcmp(term, "dumb") == 0;
  snprintf(found, sizeof found, "TERM=%s, %s, %s", term ? term : "", terminal ? "a terminal" : "no terminal",
           s->style.colour ? "colours" : "no colours");
  line("terminal", !dumb, found, dumb ? "plain text only; export TERM=xterm-256color" : "");
  line("glyphs", s->style.utf8, s->style.utf8 ? "braille ⠋⠙⠹ blocks ▁▃▅█" : "ASCII", "");
}

// The first line that a command prints, without its end; "" when it cannot be run.
static void first_line(const char *command, char *out, int size) {
  FILE *p = popen(command, "re");
  out[0] = 0;
  if (!p) return;
  if (!fgets(out, size, p)) out[0] = 0;
  out[strcspn(out, "\n")] = 0;
  pclose(p);
}

static void check_gnuplot(void) {
  char found[200];
  first_line("gnuplot --version 2>/dev/null", found, sizeof found);
  bool good = *found != 0;
  line("gnuplot", good, good ? found : "not installed", good ? "" : "install gnuplot-nox for svg, png and pdf");
}

static void check_machine(const Session *s) {
  char found[200], memory[32];
  fmt_bytes(memory, sizeof memory, s->job.memory);
  snprintf(found, sizeof found, "%ld processors, %d threads in use", sysconf(_SC_NPROCESSORS_ONLN),
           pool_threads(s->job.pool));
  line("cpu", true, found, "");
  line("memory", true, memory, "the budget; --memory changes it");
}

static void check_paths(const Paths *p) {
  line("datasets", p->data != NULL, p->data ? p->data : "not found",
       p->data ? "" : "bundled tables are missing; run make install, or start the program from its build folder");
  line("recipes", p->recipes != NULL, p->recipes ? p->recipes : "not found", "");
  bool writes = access(".", W_OK) == 0;
  line("folder", writes, p->root, writes ? "" : "nothing can be saved here; start elsewhere or use --out DIR");
}

int kernel_doctor(const KernelOpts *opts) {
  Session s;
  Err err;
  if (session_open(&s, opts, ".", true, &err) != OK) {
    fprintf(stderr, "tycho: %s\n", err.msg);
    return 2;
  }
  Str build = {0};
  build_id(&build);
  line("build", true, str_c(&build), "");
  check_locale();
  check_terminal(&s);
  check_gnuplot();
  check_machine(&s);
  check_paths(&s.paths);
  str_fini(&build);
  session_close(&s);
  return 0;
}
