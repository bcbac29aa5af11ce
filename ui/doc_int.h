// The notebook in memory: cells with names of their own that stay, what each gave, and one stack of undo for texts and
// kernel states alike. Knows no terminal and no kernel: the app feeds it messages and asks it what to send.
#pragma once
#include "note/note.h"
#include "ui/origins_int.h"
#include "wire/wire.h"

typedef enum { CELL_NEVER, CELL_WAITING, CELL_RUNNING, CELL_CURRENT, CELL_STALE, CELL_FAILED } CellState;

typedef struct Output { // one value or piece of print
  const char *title;
  Shown shown;
  bool has_plot;
  Plot plot;
  bool early; // until one comes that is not
} Output;

// What one run of a cell gave (result.c). Shared by reference between the present and the undo stack; written only
// while it runs, when no undo state has it yet.
typedef struct Result {
  int refs;
  Output *out;
  int64_t nout, cap;
  bool done, failed, cancelled;
  double seconds;
  int64_t request, kernel; // that its outputs came with, and the process they came from; 0 = not known
  int64_t run;          // serial number of the run in this session, in the order in which cells ran
  char hash[65];        // of the cell's text as it ran (note_cell_hash)
  int64_t line, column; // of the error
  const char *token, *message;
  Names reads, writes;
  int64_t *input; // of each name that it read: the run that had written it, 0 = not known
  Names opened; // files that it read, absolute
  int64_t progress, total; // while it runs, of the loop that it is in
  double elapsed, since;   // seconds; since: when that loop began
  int64_t memory;          // most bytes in use by the kernel while it ran, 0 = not known
  bool paused;
  Arena arena; // texts above
} Result;
Result *result_new(void); // one reference
Result *result_ref(Result *r);
void result_unref(Result *r); // NULL allowed
// Takes over the message's shown and plot.
void result_take_out(Result *r, MsgOut *m);
void result_set_done(Result *r, const MsgDone *m);
void result_set_progress(Result *r, const MsgProgress *m);
double result_share(const Result *r); // done of the loop that it is in; -1 = not known
double result_eta(const Result *r);   // seconds until that loop ends; -1 = not known

typedef struct KeptText KeptText; // undo.c

typedef struct DocCell {
  int64_t id;   // stays through edits, moves, undo
  bool typed;   // written in this session (not read from a file and left alone)
  bool folded;  // its output
  bool whole;   // its output shows all its lines, however many
  bool pending; // a chain of view verbs that the next one edits; set by the app, ends with a change of another cell
  int64_t out_top; // first line of its output that shows, where these are too many; -1: nobody moved it yet
  CellState state;
  const char *why; // of STALE: "cell 2 ran later", "edited"; else ""
  Result *result;  // NULL = never ran
  Result *before;  // of WAITING and RUNNING: what it had
  KeptText *kept;  // its text as undo keeps it, if it still is that; NULL = not kept yet
  int64_t judged;  // run of the result whose text was held against the cell's, 0 = none; and what was found
  bool edited;
} DocCell;

enum { UNDO_BLOCK = 32 };
typedef struct UndoBlock { // cells in a row, shared by the states that have them alike
  int refs, n;
  DocCell cell[UNDO_BLOCK]; // with `kept`, without `before`
} UndoBlock;

typedef struct UndoState {
  UndoBlock **block;
  int64_t nblock, n; // n: cells in them
  bool bom, crlf;    // of the file, with what stands above its cells
  Str head;
  int64_t kernel; // state id; 0 = nothing has run
  Origins *origins;
  bool whole;     // the kernel can go there without a replay
  char label[64]; // "run cell 2", "edit cell 7", "sort by age"
  int64_t focus;  // index of the cell that it was about
  int64_t seconds; // when, since 1970; 0 = not known
} UndoState;

typedef struct Doc {
  Note note; // texts, kinds, titles; note.cell[i] and cell[i] belong together
  DocCell *cell;
  int64_t n, cap;
  int64_t last_id, last_run;
  int64_t gone_run; // runs up to this one were of a kernel that is gone
  int64_t touched;  // index of the cell that changed last
  int64_t kernel;   // present state id
  Origins *origins; // and who wrote what is there
  bool kernel_whole;
  UndoState *undo; // oldest first; undo[at] is the present
  int64_t nundo, at, undo_cap;
  int64_t *known; // ids of kernel states that the kernel still keeps
  int64_t nknown, known_cap;
  char *path;      // NULL = not named yet
  char saved[65];  // SHA-256 of the file as it was read or written last; "" never
  int64_t changes; // grows with every change of the text; the journal looks at it
  Arena arena;
} Doc;

void doc_init(Doc *d);
void doc_fini(Doc *d);
// Replaces everything by the file's cells; not an undoable act, and the undo stack starts anew. `path` and `saved` are
// the caller's (doc_saved). ERR_PARSE as note_parse, and then nothing has changed.
NODISCARD ErrCode doc_read(Doc *d, Sv text, Err *err);
// Takes another text of the file (doc_reload.c) while nothing runs: cells that stayed keep their names and results,
// those that changed are edited ones, not typed. Not committed. *differ: how many cells do. ERR_PARSE as
// doc_read.
NODISCARD ErrCode doc_reload(Doc *d, Sv text, int64_t *differ, Err *err);
void doc_print(const Doc *d, Str *out);
void doc_saved(Doc *d);               // the text as it is now is what the file holds
void doc_hash(Sv text, char hex[65]); // of a whole file, as in `saved`

// ---- cells: what changes them marks what is stale -----------------------------------------------------------------
int64_t doc_find(const Doc *d, int64_t id);    // index, -1 = gone
const char *doc_text(const Doc *d, int64_t i); // borrowed
NoteKind doc_kind(const Doc *d, int64_t i);
// Changes one cell's text; CR LF becomes LF and blank lines at the end go. A line in the text of a code cell that is a
// marker parts it, as it would in the file; returns how many cells it became. Nothing moves when the text is the same.
int64_t doc_set_text(Doc *d, int64_t i, const char *text);
int64_t doc_insert(Doc *d, int64_t at, NoteKind kind, const char *text); // returns its id, the first when parted
void doc_remove(Doc *d, int64_t i);
void doc_move(Doc *d, int64_t i, int64_t to); // `to`: its index afterwards
void doc_set_kind(Doc *d, int64_t i, NoteKind kind);
// With the one below, which goes; Markdown below code becomes comments. Nothing for the last cell.
void doc_merge(Doc *d, int64_t i);
void doc_split(Doc *d, int64_t i, size_t at); // before byte `at` of its text

// ---- runs (doc_runs.c) --------------------------------------------------------------------------------------------
void doc_begin(Doc *d, int64_t id);   // WAITING, with an empty result of its own
void doc_started(Doc *d, int64_t id); // RUNNING
bool doc_busy(const Doc *d);          // a cell waits or runs
// OUT, PROGRESS and DONE of a cell; outputs of one that is gone or no longer waited for are ignored. OUT's shown and
// plot are taken over. DONE says in any case where the kernel is now (so does the DONE that answers a RESTORE).
void doc_take_out(Doc *d, MsgOut *m);
void doc_take_progress(Doc *d, const MsgProgress *m);
void doc_take_done(Doc *d, const MsgDone *m);
bool doc_forget(Doc *d, int64_t id); // one cell that waits; false when it does not
void doc_forget_waiting(Doc *d); // after a cancel or a lost kernel: WAITING and RUNNING as before
// Marks what is stale: a cell whose text changed since it ran; one that reads a name whose nearest writer above ran
// later, is stale itself, or is not the one whose value it read (that one moved, went, or stands below).
void doc_mark_stale(Doc *d);
// What has to run so that nothing is stale, from the top: the stale cells, and those above whose values they read and
// that others have written over. Flags for each cell, in the arena; returns how many there are.
int64_t doc_plan_stale(const Doc *d, bool **run, Arena *a);
// Every result is that of a kernel that is gone: all CURRENT cells become STALE ("kernel restarted"), here and in the
// undo states, whose kernel states are gone too.
void doc_kernel_gone(Doc *d);
// Unused global name: "v", then "v2", ... Lives in `a`.
const char *doc_new_name(const Doc *d, const char *base, Arena *a);

// ---- undo (undo.c) ------------------------------------------------------------------------------------------------
// Keeps the present as a state, after an act; states that could be redone are lost. No new state when nothing but folds
// changed. A cell that waits or runs is kept as it was before. Ids of kernel states that nobody needs any more are
// given to `drop` (NULL: later), each once. No state ever falls out: each holds what changed since the one before.
void doc_commit(Doc *d, const char *label, void (*drop)(void *ctx, int64_t kernel_state), void *ctx);
// Goes one state back (-1) or forward (+1). False: there is none, or doc_busy. What was not committed is kept as a
// state ("edit") first. The texts, results and `kernel` are those of then, folds stay; the caller sends RESTORE when
// `kernel` differs from before.
bool doc_undo(Doc *d, int step);
bool doc_go(Doc *d, int64_t to); // the same to any state; false also when it is the present
// What a state has that the one before it has not: "p, m", "2 cells more"; nothing when it cannot be said shortly.
void doc_undo_change(const Doc *d, int64_t k, Str *out);
// Undoes the present when all that it changed is its last cell, `id`. What that cell did to the kernel stays where the
// state before could not be kept whole.
bool doc_take_back(Doc *d, int64_t id);
void doc_stay(Doc *d, int64_t kernel); // the present goes with this state of the kernel: that before is gone
const char *doc_undo_label(const Doc *d, int step); // what it would undo or redo; NULL = none
void doc_undo_reset(Doc *d);                        // the present becomes the only state
void doc_undo_fini(Doc *d);
KeptText *doc_kept_ref(KeptText *t); // NULL allowed, here and below
void doc_kept_unref(KeptText *t);
void doc_know_kernel(Doc *d, int64_t id); // the kernel keeps this state
