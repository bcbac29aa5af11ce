// Shared inside the room: the session behind the roles.
#pragma once
#include "base/job.h"
#include "base/mem.h"
#include "base/str.h"
#include "bind/host.h"
#include "kernel/kernel.h"
#include "note/note.h"
#include "show/show.h"

// ---- paths (paths.c): what may be read and written ----------------------------------------------------------------
typedef struct Paths {
  Arena arena;
  const char *data;    // folder of the bundled tables; NULL when not found
  const char *recipes; // folder of the bundled recipes
  const char *root;    // relative paths start here
  const char *out;     // writes start here
  bool any_read;       // typed code may read what the user can
  bool trust;
  const char **granted; // resolved paths (files, or folders with what is below them)
  int ngranted;
  const char **readable; // files that may be read only
  int nreadable;
  Str denied; // the resolved path that was refused last
} Paths;
// `root`: folder of the recipe, "." for typed code.
void paths_init(Paths *p, const KernelOpts *opts, const char *root, bool typed);
void paths_fini(Paths *p);
void paths_grant(Paths *p, const char *path); // also one that is not there yet
void paths_grant_read(Paths *p, const char *real); // to be read only; as it stands
bool paths_is_bundled(const Paths *p, const char *real);
// The Door's resolve: ctx is the Paths.
ErrCode paths_resolve(void *ctx, const char *path, bool write, Str *real, Err *err);
// Files and folders that the n bytes at `typed` may become (paths_complete.c), bundled tables first; returns where in
// them the word begins that a candidate replaces. Any thread.
size_t paths_complete(const Paths *p, const char *typed, size_t n, HostCandidateFn each, void *ctx);
// Names and sizes of the bundled tables.
NODISCARD ErrCode paths_datasets(const Paths *p, Job *job, Frame **out, Err *err);

// ---- pages (page.c) -----------------------------------------------------------------------------------------------
// A value ready to be printed: exact digits, all rows; or, when `pretty`, sensible digits and the first `most` rows of
// a table that has more than half as many again.
void shown_from_value(const HostValue *v, bool pretty, int64_t most, Shown *out);
// A plot drawn in the style's glyphs and colours, as wide as its screen within limits.
enum { PLOT_WIDTH = 80, PLOT_WIDEST = 100, PLOT_LINES = 20 };
void plot_text(const Plot *p, const ShowStyle *style, Str *out);
void page_from_frame(const Frame *f, int64_t first, int64_t shown, bool pretty, Page *out);

// ---- results (results.c): what each cell gave, kept beside the recipe ---------------------------------------------
typedef struct Result {
  int cell;
  bool failed;
  uint64_t seed;
  char code[65], hash[65]; // SHA-256 of the cell's text and of its value
  Str inputs;              // lines "file NAME HASH" and "global NAME CELL"
  Str value;               // exact text of its values, or the message of a failed cell
} Result;
typedef struct Results {
  Str build;
  Result *item;
  int n, cap;
} Results;
void results_fini(Results *r);
Result *results_add(Results *r); // borrowed until the next one
void result_end(Result *r);      // hashes the value
void results_print(const Results *r, Str *out);
// ERR_PARSE: the line that cannot be read.
NODISCARD ErrCode results_parse(Sv text, Results *out, Err *err);
// 0 when two exact value texts agree, else the first line (1-based) that differs. With `near`, numbers agree when they
// do to nine significant digits.
int value_differs(Sv a, Sv b, bool near);
Sv text_line(Sv text, int line); // line 1.. without its end; "" past the last
void build_id(Str *out);         // what the last bits of a result may depend on

// ---- pictures (plotter.c) -------------------------------------------------------------------------------------------
typedef struct Plotter {
  int pid, fd; // pid 0: not started yet
} Plotter;
// HostOps.render: ctx is the Plotter.
ErrCode plotter_render(void *ctx, const Plot *plot, ExportFormat format, int width, int height, Str *picture, Err *err);
void plotter_close(Plotter *p);

// ---- the session (session.c) --------------------------------------------------------------------------------------
typedef struct Session Session;
// Where values go: standard output, or the screen.
typedef struct Sink {
  void (*value)(Session *s, const HostValue *v);
  void (*early)(Session *s, const HostValue *v); // a first answer (HostOps.preview); NULL = nobody looks
  void (*print)(Session *s, Sv text);
  void (*accepted)(Session *s, const char *text);
} Sink;
extern const Sink SINK_STDOUT;
// Replays a recipe into a sink; `ends` is told of each cell, code or not, and of how it failed (NULL: it did not). The
// exit status of kernel_run. (run.c)
typedef void ReplayEndFn(void *ctx, const Cell *cell, int number, const CellError *e);
int replay_into(const KernelOpts *opts, const char *recipe, const Sink *sink, void *ctx, ReplayEndFn *ends);
struct Session {
  const KernelOpts *opts;
  const Sink *sink;
  void *sink_ctx;
  Job job;
  LuaHost *host;
  Paths paths;
  Plotter plotter;
  ShowStyle style;
  bool quiet;     // verify prints no values
  bool wrote;      // something stands on standard output: a table is parted from it by a blank line
  Result *record; // where the running cell's values and inputs go, or NULL
  Str opened;     // files that the running cell read, a line each, absolute; bundled ones left out
};
// ERR_ARG for a bad --format. `root` and `typed` as paths_init.
NODISCARD ErrCode session_open(Session *s, const KernelOpts *opts, const char *root, bool typed, Err *err);
void session_close(Session *s);
const char *user_codeset(char *buf, size_t size); // "UTF-8", "ANSI_X3.4-1968" ...
// Ctrl-C stops the running cell; a second one while it is still stopping ends the process (cancel.c).
void cancel_watch(LuaHost *h, int signal_number); // NULL: no longer; the handler of SIGINT works once
void session_print_error(const char *where, Sv source, const CellError *e);
