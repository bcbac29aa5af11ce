// The one door to Lua: a LuaHost runs cells in a sandbox whose globals are the session. Everything that a cell touches
// outside goes through HostOps, filled in by the kernel.
#pragma once
#include "base/err.h"
#include "base/job.h"
#include "base/str.h"
#include "chart/chart.h"
#include "draw/draw.h"
#include "eval/eval.h"
#include "io/io.h"

typedef enum { VALUE_BOOL, VALUE_INT, VALUE_REAL, VALUE_STRING, VALUE_TABLE, VALUE_FRAME, VALUE_PLOT } ValueKind;

typedef struct HostValue { // borrowed during emit
  ValueKind kind;
  bool b;
  int64_t i;
  double f;
  const char *text;   // STRING: its bytes; TABLE: as Lua would write it (bounded)
  const char *json;   // TABLE: as JSON (bounded)
  const Frame *frame; // FRAME
  const Plot *plot;   // PLOT
  ChartAsked *asked;  // PLOT: what was drawn; NULL = no part of it can be drawn again
  const char *title;  // what the value is, or NULL
} HostValue;

typedef struct HostOps {
  void *ctx;
  void (*emit)(void *ctx, const HostValue *value);  // a value to show: the cell's last expression, or show(x)
  // A first answer, until emit has a better one; value NULL only asks. False: nobody looks. NULL = never anybody.
  bool (*preview)(void *ctx, const HostValue *value);
  void (*print)(void *ctx, Sv text);                // text of print(), with its line end
  void (*accepted)(void *ctx, const char *text);    // accept(true, text)
  Door door;                                        // files
  void (*datasets)(void *ctx, Frame **out);         // the bundled tables: name, bytes
  const char *const *args;                          // "k=v" words of the command line, ended by NULL; may be NULL
  int64_t memory;                                   // bytes that Lua itself may take; 0 = no limit
  // A plot as a picture, width x height points; NULL = this host makes none.
  ErrCode (*render)(void *ctx, const Plot *plot, ExportFormat format, int width, int height, Str *picture, Err *err);
} HostOps;

typedef struct LuaHost LuaHost;

// A host with its globals loaded. `job` and `ops` are borrowed for its life.
NODISCARD ErrCode host_open(Job *job, const HostOps *ops, uint64_t seed, LuaHost **out, Err *err);
void host_close(LuaHost *h);
uint64_t host_seed(const LuaHost *h);

typedef struct CellError {
  int line, column;  // 1-based in the cell, columns in bytes; 0 unknown
  char token[64];    // the token at fault, or ""
  Err err;           // message without place
} CellError;

// Runs one cell: a chunk whose last expression is its value (see language: Cells). `number` names it in errors.
// Values and prints go through HostOps as they come. On failure *error says where; what ran before stays done.
NODISCARD ErrCode host_run_cell(LuaHost *h, int number, Sv text, CellError *error);
// The next cell to run has `k` cells above it with the same text: this keys its random numbers as a replay does. Where
// nobody says so, equal texts are counted as they run.
void host_set_occurrence(LuaHost *h, int64_t k);
// Stops the running cell: sets the job's flag, which long loops look at, and a hook on the running coroutine, which
// ends Lua code at its next instruction and every time a pcall swallows the error. Safe in a signal handler that runs
// on the host's own thread. When no cell runs it stops the next one; a stopped cell clears both.
void host_cancel(LuaHost *h);
bool host_cancelling(const LuaHost *h);
// Makes the running cell wait while the job's flag `pause` is up: Lua code at its next instruction, long loops at their
// next tick. Safe where host_cancel is.
void host_pause(LuaHost *h);
bool host_pausing(const LuaHost *h);
// Makes a global for the command line (d, d2 of `tycho -e`). Takes a reference of its own.
void host_set_frame(LuaHost *h, const char *name, const Frame *f);

// ---- for readers on other threads, and for going back (state.c) ----------------------------------------------------
typedef struct Class Class;
typedef struct HostObject { // an engine object is held by a reference in its field; the others are NULL
  const char *name, *kind;  // "d", "Frame"
  const char *text;         // what a plain value is, in a word: "0.25", "3 items"
  const Class *k;           // NULL for plain Lua values
  Frame *frame;
  Learner *learner;
  Model *model;
  Evaluation *evaluation;
} HostObject;
// The user's globals after a cell, sorted by name; immutable, reference counted, safe on any thread.
typedef struct HostSnapshot {
  atomic_int refs;
  HostObject *item;
  int64_t n;
  Arena arena;
} HostSnapshot;
HostSnapshot *host_snapshot(LuaHost *h);
HostSnapshot *snapshot_ref(HostSnapshot *s); // NULL allowed
void snapshot_unref(HostSnapshot *s);        // NULL allowed
const HostObject *snapshot_find(const HostSnapshot *s, Sv name);

// Keeps the user's globals: engine objects by reference, plain tables as bounded copies. Returns a number for
// host_restore_state, 0 when there was no memory. *whole = false: some value (a function with local variables of its
// surroundings, a large table) could not be kept, so that going back needs a replay.
int64_t host_save_state(LuaHost *h, bool *whole);
// 0 is the empty beginning. ERR_ARG: no such state, or one that was forgotten.
NODISCARD ErrCode host_restore_state(LuaHost *h, int64_t id, Err *err);
// The same, but what has come since then under new names stays: after a stopped cell, whose partial results are new.
NODISCARD ErrCode host_take_back(LuaHost *h, int64_t id, Err *err);
void host_drop_state(LuaHost *h, int64_t id);
// Drops the oldest saved state to make room, never the newest; false when there is none to drop.
bool host_forget_oldest(LuaHost *h);
void host_collect(LuaHost *h); // frees what no global and no state holds any more

// Names that fit at byte `at` of `text` (complete.c); returns where the word that they replace begins. The kind of an
// option is its default, a tab, and what it takes. Any thread.
typedef void (*HostCandidateFn)(void *ctx, const char *text, const char *kind, const char *doc);
size_t host_complete(const HostSnapshot *s, Sv text, size_t at, HostCandidateFn each, void *ctx);
// Whether a path is written there, in a string that begins at byte *from: the host does not know files.
bool host_path_at(const HostSnapshot *s, Sv text, size_t at, size_t *from);
// The help page of a topic, "" for the list; false and the nearest name when there is none (help.c). Any thread.
bool host_help(Sv topic, Str *out);

// A call that a user can write (form.c): its options are the rows of `params`, the first npos of which may be given by
// place. Texts live as long as the program, or in the arena that was given.
typedef struct HostForm {
  const char *owner, *of, *kind;          // "d:hist", "Frame" ("" = called by its own name), "chart"
  const char *signature, *doc, *example;  // example "" = none
  const Param *params;                    // NULL = none
  int npos;
  bool rest, open; // the last of them takes all further values; names outside of params are allowed
} HostForm;
// "d:hist", "hist", "ml.logistic": the first that is so called. Any thread.
bool host_form(Sv topic, Arena *a, HostForm *out);
// The innermost call that byte `at` of `text` stands in, and the row of its params that is written there (-1: none).
// `s` tells what the names in the text are; NULL allowed. Any thread.
bool host_form_at(const HostSnapshot *s, Sv text, size_t at, Arena *a, HostForm *out, int *position);

// All that can be called or read about (catalogue.c), from the tables; data sets are the kernel's. Any thread.
typedef struct HostEntry {
  const char *name, *lua, *kind, *of, *doc, *topic;
  int needs, options; // params that must be given, and all of them
} HostEntry;
typedef void (*HostEntryFn)(void *ctx, const HostEntry *e);
void host_catalogue(HostEntryFn each, void *ctx);

// Globals that the last cell read before it wrote them, and those it wrote; in order of first use. Borrowed until the
// next cell runs.
const Sv *host_reads(const LuaHost *h, int64_t *n);
const Sv *host_writes(const LuaHost *h, int64_t *n);
