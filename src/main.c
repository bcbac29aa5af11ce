// The command line.
#include "base/mem.h"
#include "base/near.h"
#include "base/numfmt.h"
#include "base/str.h"
#include "kernel/kernel.h"
#include "ui/ui.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char USAGE[] =
    "tycho: a terminal workbench for data analysis and machine learning\n"
    "\n"
    "  tycho [FILE ...]              the workbench on data or a recipe (.lua); no FILE: the tour. Where there is\n"
    "                                no terminal: a first look at the data, or the recipe replayed\n"
    "  tycho --plain [FILE ...]      the same line by line, for a screen reader or a dumb terminal\n"
    "  tycho run FILE.lua [k=v ..]   replay a recipe; --record keeps its results, --out DIR takes its files\n"
    "  tycho export FILE.lua OUT     replay, and write it with its values: OUT is .html, .md or .ipynb\n"
    "  tycho verify FILE.lua         replay and compare with the recorded results\n"
    "  tycho -e CODE [FILE ...]      evaluate and print the value; FILEs are d, d2, ...\n"
    "  tycho help [TOPIC]            functions, verbs, steps, models; keys\n"
    "  tycho doctor                  what works here, and what to do about what does not\n"
    "  tycho --help   tycho --version\n"
    "\n"
    "  --format text|csv|json|md     how values print          --plain      no colour, ASCII only\n"
    "  --seed N                      of all randomness (1)     --threads N  (all processors)\n"
    "  --memory 8G                   budget (70 % of free)     --allow PATH  a further path for recipes\n"
    "  --trust                       the recipe may touch whatever you may\n"
    "\n"
    "exit status: 0 fine, 1 a cell failed or results differ, 2 wrong usage, 3 the kernel died\n";

typedef struct Cli {
  KernelOpts opts;
  const char *code; // of -e
  int kernel_fd;    // of --kernel, how a screen starts its kernel; -1
  int plotter_fd;   // of --plotter, how a kernel starts its plotter; -1
  bool help, version;
  bool formatted;    // --format was given: values are printed
  const char **word; // what is no option
  int nword;
  const char **allow, **args;
  int nallow, nargs;
} Cli;

static int usage_error(const char *message, const char *what) {
  fprintf(stderr, "tycho: %s%s (tycho --help)\n", message, what);
  return 2;
}

static bool read_bytes(const char *text, int64_t *bytes) {
  char *end;
  double v = strtod(text, &end);
  const char *units = "BKMGT", *unit = *end ? strchr(units, *end >= 'a' ? *end - 32 : *end) : units;
  if (end == text || !unit || !(v > 0)) return false;
  for (; unit > units; unit--) v *= 1024;
  *bytes = (int64_t)v;
  return v < 9e18;
}

static bool read_count(const char *text, int64_t most, int64_t *v) {
  return parse_i64(text, strlen(text), v) && *v >= 0 && *v <= most;
}

// An option with a value; 0 when `name` is none of them, -1 when the value is wrong.
static int set_option(Cli *c, const char *name, const char *value) {
  int64_t v = 0;
  bool good = true;
  if (strcmp(name, "-e") == 0) c->code = value;
  else if (strcmp(name, "--format") == 0) c->opts.format = value, c->formatted = true;
  else if (strcmp(name, "--out") == 0) c->opts.out = value;
  else if (strcmp(name, "--root") == 0) c->opts.root = value;
  else if (strcmp(name, "--allow") == 0) c->allow[c->nallow++] = value;
  else if (strcmp(name, "--seed") == 0) good = read_count(value, INT64_MAX, &v), c->opts.seed = (uint64_t)v;
  else if (strcmp(name, "--threads") == 0) good = read_count(value, 1024, &v), c->opts.threads = (int)v;
  else if (strcmp(name, "--kernel") == 0) good = read_count(value, 1024, &v), c->kernel_fd = (int)v;
  else if (strcmp(name, "--plotter") == 0) good = read_count(value, 1024, &v), c->plotter_fd = (int)v;
  else if (strcmp(name, "--memory") == 0) good = read_bytes(value, &c->opts.memory);
  else return 0;
  return good ? 1 : -1;
}

static bool set_flag(Cli *c, const char *name) {
  if (strcmp(name, "--plain") == 0) return c->opts.plain = true;
  if (strcmp(name, "--trust") == 0) return c->opts.trust = true;
  if (strcmp(name, "--record") == 0) return c->opts.record = true;
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) return c->help = true;
  if (strcmp(name, "--version") == 0) return c->version = true;
  return false;
}

static int read_words(Cli *c, int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    const char *w = argv[i];
    bool option = w[0] == '-' && w[1];
    if (!option) {
      bool pair = c->nword && strcmp(c->word[0], "run") == 0 && c->nword > 1 && strchr(w, '=');
      if (pair) c->args[c->nargs++] = w;
      else c->word[c->nword++] = w;
      continue;
    }
    if (set_flag(c, w)) continue;
    int taken = set_option(c, w, i + 1 < argc ? argv[i + 1] : "");
    if (taken == 0) return usage_error("no option ", w);
    if (i + 1 == argc) return usage_error("a value must follow ", w);
    if (taken < 0) return usage_error("the value cannot be used: ", w);
    i++;
  }
  return 0;
}

static bool is_recipe(const char *path) {
  size_t n = strlen(path);
  return n > 4 && strcmp(path + n - 4, ".lua") == 0;
}

static int one_recipe(const Cli *c, int (*role)(const KernelOpts *, const char *)) {
  if (c->nword == 2) return role(&c->opts, c->word[1]);
  return usage_error(c->nword < 2 ? "a recipe must follow " : "one recipe at a time: ", c->word[0]);
}

// A first word that is neither a file nor a table may be a command with a slip in it.
static bool suggest_command(const char *word) {
  static const Sv commands[] = {{"run", 3}, {"verify", 6}, {"help", 4}, {"doctor", 6}, {"export", 6}};
  if (strpbrk(word, "./") || access(word, F_OK) == 0) return false;
  int64_t k = near_find(sv(word), commands, 5);
  if (k >= 0) fprintf(stderr, "tycho: no command '%s': did you mean 'tycho %s'?\n", word, commands[k].s);
  return k >= 0;
}

// ---- the screen ---------------------------------------------------------------------------------------------------
// Whether somebody sits there to type: at a terminal for both, or with the output going elsewhere when that was asked
// for by --plain or nothing else was.
static bool is_session(const Cli *c) {
  if (c->formatted || !isatty(STDIN_FILENO)) return false;
  return isatty(STDOUT_FILENO) || c->opts.plain || !c->nword;
}

static bool is_dumb(void) {
  const char *term = getenv("TERM");
  return !term || !*term || strcmp(term, "dumb") == 0;
}

static const char **kernel_args(const Cli *c, Arena *a) {
  const KernelOpts *o = &c->opts;
  const char **arg = arena_array(a, const char *, 2 * c->nallow + 10);
  int n = 0;
  arg[n++] = "--seed", arg[n++] = arena_printf(a, "%llu", (unsigned long long)o->seed);
  arg[n++] = "--threads", arg[n++] = arena_printf(a, "%d", o->threads);
  if (o->memory) arg[n++] = "--memory", arg[n++] = arena_printf(a, "%lld", (long long)o->memory);
  for (int k = 0; k < c->nallow; k++) arg[n++] = "--allow", arg[n++] = c->allow[k];
  if (o->trust) arg[n++] = "--trust";
  const char *slash = c->nword && is_recipe(c->word[0]) ? strrchr(c->word[0], '/') : NULL;
  if (slash) arg[n++] = "--root", arg[n++] = arena_strndup(a, c->word[0], (size_t)(slash - c->word[0]) + 1);
  return arg;
}

static int workbench(const Cli *c) {
  Arena a;
  Str tour = {0};
  arena_init(&a);
  bool found = kernel_tour_path(&tour);
  UiOpts ui = {.program = "/proc/self/exe",
               .kernel_args = kernel_args(c, &a),
               .file = c->word,
               .tour = found ? str_c(&tour) : NULL,
               .seed = arena_printf(&a, "%llu", (unsigned long long)c->opts.seed),
               .lines = c->opts.plain || is_dumb() || !isatty(STDOUT_FILENO)};
  int status = ui_run(&ui);
  str_fini(&tour);
  arena_fini(&a);
  return status;
}

// What the keys do is the screen's to say, everything else the kernel's.
static int help(const char *topic) {
  if (!topic || strcmp(topic, "keys") != 0) return kernel_help(topic);
  Str page = {0};
  ui_print_keys(&page);
  fputs(str_c(&page), stdout);
  str_fini(&page);
  return 0;
}

static int export(const Cli *c) {
  if (c->nword == 3) return kernel_export(&c->opts, c->word[1], c->word[2]);
  return usage_error("a recipe and a file must follow ", c->word[0]);
}

static int act(const Cli *c) {
  if (c->help) return fputs(USAGE, stdout), 0;
  if (c->version) return printf("tycho %s\n", kernel_version()), 0;
  if (c->code) return kernel_eval(&c->opts, c->code, c->word, c->nword);
  if (c->plotter_fd >= 0) return kernel_plotter(c->plotter_fd);
  if (c->kernel_fd >= 0) return kernel_serve(&c->opts, c->kernel_fd);
  if (c->nword == 0) return is_session(c) ? workbench(c) : kernel_tour(&c->opts);
  if (strcmp(c->word[0], "doctor") == 0) return kernel_doctor(&c->opts);
  if (strcmp(c->word[0], "help") == 0) return help(c->nword > 1 ? c->word[1] : NULL);
  if (strcmp(c->word[0], "run") == 0) return one_recipe(c, kernel_run);
  if (strcmp(c->word[0], "verify") == 0) return one_recipe(c, kernel_verify);
  if (strcmp(c->word[0], "export") == 0) return export(c);
  if (suggest_command(c->word[0])) return 2;
  if (strcmp(c->word[0], "-") != 0 && is_session(c)) return workbench(c);
  if (c->nword == 1 && is_recipe(c->word[0])) return kernel_run(&c->opts, c->word[0]);
  return kernel_look(&c->opts, c->word, c->nword);
}

int main(int argc, char **argv) {
  setenv("TZ", "UTC", 1);   // dates never depend on the machine's zone
  signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error with a message, not the end
  size_t room = (size_t)argc + 1;
  Cli c = {.kernel_fd = -1,
           .plotter_fd = -1,
           .opts = {.format = "text", .seed = 1},
           .word = calloc(room, sizeof(char *)),
           .allow = calloc(room, sizeof(char *)),
           .args = calloc(room, sizeof(char *))};
  if (!c.word || !c.allow || !c.args) return 3;
  int status = read_words(&c, argc, argv);
  c.opts.allow = c.allow, c.opts.args = c.args;
  if (status == 0) status = act(&c);
  if (fflush(stdout) != 0 && status == 0) {
    perror("tycho: standard output");
    status = 1;
  }
  free(c.word);
  free(c.allow);
  free(c.args);
  return status;
}
