// Replaying a recipe with no screen: cell after cell, values on standard output, messages on standard error; what each
// cell gave can be recorded beside the recipe or compared with an earlier record.
#include "kernel/kernel_int.h"

#include "base/file.h"
#include "base/map.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

const char *kernel_version(void) { return "0.1.0"; }

typedef struct Replay {
  Session session;
  const char *path; // "-" is standard input
  Str text;
  Note note;
  Results results;
  Map writers; // global name ...
  int *writer; // ... and the cell that wrote it last
  int64_t nwriter;
} Replay;

static int refuse(const char *what, const Err *err) {
  fprintf(stderr, "tycho: %s%s\n", what, err->msg);
  return 2;
}

static ErrCode read_stdin(Str *out, Err *err) {
  char buf[65536];
  for (size_t n; (n = fread(buf, 1, sizeof buf, stdin)) > 0;) str_addn(out, buf, n);
  return ferror(stdin) ? err_set(err, ERR_IO, "cannot read standard input") : OK;
}

static char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
}

// Files that the recipe's user opened at the keyboard in the session that saved it.
static void grant_remembered(Paths *p, const char *recipe) {
  Str folder = {0};
  Arena scratch;
  char real[PATH_MAX];
  arena_init(&scratch);
  if (file_state_folder(&folder) && realpath(recipe, real)) {
    Names granted = grants_read(str_c(&folder), real, &scratch);
    for (int64_t k = 0; k < granted.n; k++) paths_grant_read(p, granted.name[k]);
  }
  arena_fini(&scratch);
  str_fini(&folder);
}

static ErrCode replay_open(Replay *r, const KernelOpts *opts, const char *path, Err *err) {
  *r = (Replay){.path = path};
  TRY(strcmp(path, "-") == 0 ? read_stdin(&r->text, err) : file_read(path, &r->text, err));
  ErrCode code = note_parse((Sv){str_c(&r->text), r->text.n}, &r->note, err);
  char *folder = folder_of(path);
  if (code == OK) {
    code = session_open(&r->session, opts, folder, false, err);
    if (code == OK) grant_remembered(&r->session.paths, path);
    if (code != OK) note_fini(&r->note);
  }
  free(folder);
  if (code != OK) str_fini(&r->text);
  return code;
}

static void replay_close(Replay *r) {
  session_close(&r->session);
  results_fini(&r->results);
  note_fini(&r->note);
  map_fini(&r->writers);
  free(r->writer);
  str_fini(&r->text);
}

// ---- one cell -----------------------------------------------------------------------------------------------------
static void note_writer(Replay *r, Sv name, int cell) {
  int64_t i = map_put(&r->writers, name, NULL);
  if (i >= r->nwriter) {
    r->nwriter = i * 2 + 16;
    r->writer = realloc(r->writer, (size_t)r->nwriter * sizeof *r->writer);
    if (!r->writer) abort();
  }
  r->writer[i] = cell;
}

static void record_globals(Replay *r, int cell, Result *x) {
  int64_t n;
  const Sv *name = host_reads(r->session.host, &n);
  for (int64_t k = 0; k < n && x; k++) {
    int64_t i = map_get(&r->writers, name[k]);
    if (i >= 0) str_addf(&x->inputs, "global " SV_FMT " cell %d\n", SV_ARG(name[k]), r->writer[i]);
  }
  name = host_writes(r->session.host, &n);
  for (int64_t k = 0; k < n; k++) note_writer(r, name[k], cell);
}

static void narrate(const Session *s, const Cell *cell, int number) {
  if (!s->opts->narrate || s->style.format != FORMAT_TEXT) return;
  Sv text = {str_c(&cell->text), cell->text.n};
  const char *edge = s->style.utf8 ? "│" : "|", *dim = s->style.colour ? "\x1b[38;5;246m" : "",
             *plain = s->style.colour ? "\x1b[0m" : "";
  putchar('\n');
  for (int k = 1; text.n && k <= 10000; k++) {
    Sv line = text_line((Sv){str_c(&cell->text), cell->text.n}, k);
    if (cell->kind == NOTE_CODE) {
      if (k == 1) printf("%s%3d %s " SV_FMT "%s\n", dim, number, edge, SV_ARG(line), plain);
      else printf("%s    %s " SV_FMT "%s\n", dim, edge, SV_ARG(line), plain);
    } else {
      printf(" " SV_FMT "\n", SV_ARG(line));
    }
    size_t used = (size_t)(line.s - text.s) + line.n;
    if (used >= cell->text.n || line.s + line.n >= str_c(&cell->text) + cell->text.n) break;
  }
}

static void print_failure(const Replay *r, const Cell *cell, int number, CellError *e) {
  char where[200];
  int line = e->line > 0 ? (int)cell->line + e->line - 1 : 0;
  if (line) snprintf(where, sizeof where, "%.120s:%d, cell %d", r->path, line, number);
  else snprintf(where, sizeof where, "%.120s, cell %d", r->path, number);
  session_print_error(where, (Sv){str_c(&cell->text), cell->text.n}, e);
}

static ErrCode run_cell(Replay *r, const Cell *cell, int number, bool record) {
  Session *s = &r->session;
  Result *x = record ? results_add(&r->results) : NULL;
  s->record = x;
  CellError e;
  ErrCode code = host_run_cell(s->host, number, (Sv){str_c(&cell->text), cell->text.n}, &e);
  s->record = NULL;
  fflush(stdout); // who reads along sees each cell when it ends
  record_globals(r, number, x);
  if (code != OK) print_failure(r, cell, number, &e);
  if (!x) return code;
  x->cell = number, x->seed = host_seed(s->host), x->failed = code != OK;
  note_cell_hash(cell, x->code);
  if (x->failed) str_addf(&x->value, "%s\n", e.err.msg);
  result_end(x);
  return code;
}

// Runs the code cells in order and stops at the first that fails.
static ErrCode run_cells(Replay *r, bool record) {
  if (record) build_id(&r->results.build);
  int number = 0;
  for (int64_t k = 0; k < r->note.n; k++) {
    const Cell *cell = &r->note.cell[k];
    if (cell->kind == NOTE_CODE) number++;
    narrate(&r->session, cell, number);
    if (cell->kind != NOTE_CODE) continue;
    ErrCode code = run_cell(r, cell, number, record);
    if (code != OK) return code;
  }
  return OK;
}

// ---- run ----------------------------------------------------------------------------------------------------------
static ErrCode save_results(const Replay *r, Err *err) {
  Str path = {0}, text = {0};
  str_addf(&path, "%s.results", r->path);
  results_print(&r->results, &text);
  ErrCode code = file_replace(str_c(&path), (Sv){str_c(&text), text.n}, err);
  str_fini(&path);
  str_fini(&text);
  return code;
}

int kernel_run(const KernelOpts *opts, const char *recipe) {
  Replay r;
  Err err;
  if (opts->record && strcmp(recipe, "-") == 0) {
    fprintf(stderr, "tycho: --record needs a recipe in a file, not standard input\n");
    return 2;
  }
  if (replay_open(&r, opts, recipe, &err) != OK) return refuse("", &err);
  int status = run_cells(&r, opts->record) == OK ? 0 : 1;
  if (opts->record && save_results(&r, &err) != OK) status = refuse("", &err);
  replay_close(&r);
  return status;
}

int replay_into(const KernelOpts *opts, const char *recipe, const Sink *sink, void *ctx, ReplayEndFn *ends) {
  Replay r;
  Err err;
  if (replay_open(&r, opts, recipe, &err) != OK) return refuse("", &err);
  r.session.sink = sink, r.session.sink_ctx = ctx;
  ErrCode code = OK;
  int number = 0;
  for (int64_t k = 0; k < r.note.n; k++) {
    const Cell *cell = &r.note.cell[k];
    CellError e;
    bool runs = cell->kind == NOTE_CODE && code == OK;
    if (cell->kind == NOTE_CODE) number++;
    if (runs) code = host_run_cell(r.session.host, number, (Sv){str_c(&cell->text), cell->text.n}, &e);
    if (runs && code != OK) print_failure(&r, cell, number, &e);
    ends(ctx, cell, runs ? number : 0, runs && code != OK ? &e : NULL);
  }
  replay_close(&r);
  return code == OK ? 0 : 1;
}

bool kernel_tour_path(Str *out) {
  Paths paths;
  KernelOpts none = {.format = "text"};
  paths_init(&paths, &none, ".", true);
  if (paths.recipes) str_addf(out, "%s/tour.lua", paths.recipes);
  paths_fini(&paths);
  return out->n > 0;
}

int kernel_tour(const KernelOpts *opts) {
  Str tour = {0};
  KernelOpts narrated = *opts;
  narrated.narrate = true;
  int status = 2;
  if (kernel_tour_path(&tour)) status = kernel_run(&narrated, str_c(&tour));
  else fprintf(stderr, "tycho: the bundled recipes are not beside the program\n");
  str_fini(&tour);
  return status;
}

// ---- verify -------------------------------------------------------------------------------------------------------
// The input line that stands in one record and not in the other, for the message.
static Sv changed_input(Sv was, Sv now) {
  int line = value_differs(was, now, false);
  Sv a = text_line(was, line), b = text_line(now, line);
  return a.n ? a : b;
}

static bool compare(const Result *was, const Result *now, bool same_build) {
  Sv a = {str_c(&was->value), was->value.n}, b = {str_c(&now->value), now->value.n};
  if (strcmp(was->code, now->code) != 0)
    return printf("DIFF  cell %d: the code is not what was recorded\n", now->cell), false;
  if (strcmp(was->hash, now->hash) == 0) return printf("SAME  cell %d\n", now->cell), true;
  int line = value_differs(a, b, !same_build);
  if (!line && !same_build) return printf("SAME  cell %d (9 digits, other libraries)\n", now->cell), true;
  Sv old = text_line(a, line), new = text_line(b, line);
  printf("DIFF  cell %d, line %d: was \"" SV_FMT "\", is \"" SV_FMT "\"\n", now->cell, line, SV_ARG(old), SV_ARG(new));
  Sv was_in = {str_c(&was->inputs), was->inputs.n}, now_in = {str_c(&now->inputs), now->inputs.n};
  if (!sv_eq(was_in, now_in)) printf("      its input changed: " SV_FMT "\n", SV_ARG(changed_input(was_in, now_in)));
  return false;
}

static int compare_all(const Results *was, const Results *now) {
  bool same_build = strcmp(str_c(&was->build), str_c(&now->build)) == 0;
  int differ = 0, n = was->n > now->n ? was->n : now->n;
  for (int k = 0; k < n; k++) {
    if (k >= was->n) printf("DIFF  cell %d: not in the record\n", now->item[k].cell), differ++;
    else if (k >= now->n) printf("DIFF  cell %d: recorded, but not reached now\n", was->item[k].cell), differ++;
    else differ += !compare(&was->item[k], &now->item[k], same_build);
  }
  if (!same_build) printf("recorded with %s, replayed with %s\n", str_c(&was->build), str_c(&now->build));
  printf("%d of %d cells are the same\n", n - differ, n);
  return differ ? 1 : 0;
}

int kernel_verify(const KernelOpts *opts, const char *recipe) {
  Str path = {0}, text = {0};
  Results was;
  Err err;
  str_addf(&path, "%s.results", recipe);
  ErrCode code = file_read(str_c(&path), &text, &err);
  if (code != OK)
    err_set(&err, code, "no %s to compare with: make it with tycho run --record %s", str_c(&path), recipe);
  else if ((code = results_parse((Sv){str_c(&text), text.n}, &was, &err)) != OK) err_prefix(&err, "%s", str_c(&path));
  str_fini(&path);
  str_fini(&text);
  if (code != OK) return refuse("", &err);
  Replay r;
  int status = 2;
  if (replay_open(&r, opts, recipe, &err) == OK) {
    r.session.quiet = true;
    (void)run_cells(&r, true);
    status = compare_all(&was, &r.results);
    replay_close(&r);
  } else {
    refuse("", &err);
  }
  results_fini(&was);
  return status;
}
