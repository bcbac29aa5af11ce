// The desk: the thread of a kernel process that owns the socket. It queues what changes state for the main thread,
// answers short questions from the published snapshot, gives those that need statistics to the clerk, passes cancels
// on, reports progress, and never touches Lua. The clerk is a thread of its own, so that a long look at a large table
// never keeps a cancel waiting.
#pragma once
#include "base/rounds.h"
#include "kernel/kernel_int.h"
#include "wire/wire.h"

#include <pthread.h>

typedef struct Request Request; // for the main thread or for the clerk
struct Request {
  Msg msg;
  Request *next;
};

typedef struct Kept { // a table that a cell showed: object "#cell"
  int64_t cell, version;
  Frame *frame;
} Kept;
typedef struct KeptChart { // what the last plot of a cell was drawn from
  int64_t run;             // request of the EVAL
  ChartAsked *asked;
} KeptChart;
enum { KEPT_MOST = 64, CHARTS_MOST = 16 };

typedef struct Clerk Clerk;
typedef struct Desk {
  int fd, wake[2]; // wake: another thread has put something into the outbox
  pthread_t thread, main;
  pthread_mutex_t lock; // of everything below
  pthread_cond_t work;
  Request *first, *last;
  Str outbox;
  HostSnapshot *snapshot;
  int64_t *version; // of each object of the snapshot
  HostSnapshot *before; // the one before it, for selections that follow their rows
  int64_t *before_version;
  int64_t serial;
  Kept kept[KEPT_MOST]; // oldest first
  int nkept;
  KeptChart chart[CHARTS_MOST]; // oldest first
  int nchart;
  Job *job;
  const Paths *paths;
  Clerk *clerk;
  bool busy, closed;
  int64_t cell; // running
  double started, rested; // rested: seconds in which it was paused
  double resting;         // since when it is paused, 0 = it is not
  Rounds rounds;          // of the fit that runs; under its own lock, with the next three
  int64_t told_fit, told; // which fit, and how many of its rounds, the screen knows
  bool telling;           // that fit has not ended
} Desk;

NODISCARD ErrCode desk_open(Desk *d, int fd, Job *job, const Paths *paths, Err *err);
void desk_close(Desk *d); // waits until everything has been sent
// The next request; blocks. NULL when the screen is gone or said bye. The caller frees it with request_free.
Request *desk_next(Desk *d);
void request_free(Request *r);
// Ends the cell of an EVAL: from desk_next to here a CANCEL or PAUSE reaches the main thread and PROGRESS goes out.
// Returns the seconds in which it was not paused.
double desk_end(Desk *d);
// Sends from any thread. A message that cannot be written is answered by REFUSED.
void desk_send(Desk *d, const Msg *m);
void desk_send_bytes(Desk *d, Sv bytes); // whole messages
void desk_refuse(Desk *d, uint64_t request, ErrCode code, const char *message);
double clock_seconds(void); // monotonic
// TRAINING of the rounds that are new (view_training.c). `ended`: the cell has, what is left of a fit that was told.
void desk_tell_training(Desk *d, bool ended);

// ---- objects (desk_objects.c) ---------------------------------------------------------------------------------------
// Takes over a snapshot: from now on it is what questions are answered from.
void desk_publish(Desk *d, HostSnapshot *taken);
void desk_send_objects(Desk *d); // OBJECTS of the published snapshot
// Keeps the table that a cell shows, in place of the one before; the oldest falls out of KEPT_MOST.
void desk_keep(Desk *d, int64_t cell, const Frame *f);
// Keeps what the newest plot of a run was drawn from, NULL = nothing that can be drawn again.
void desk_keep_chart(Desk *d, int64_t run, ChartAsked *asked);
bool desk_forget_kept(Desk *d); // drops the oldest, never the newest; false when there is none to drop
void desk_free_objects(Desk *d);
// An object by name or "#7". `table`: its frame must be there. ERR_NAME, ERR_TYPE. Holds references until found_fini.
typedef struct Found {
  HostSnapshot *snapshot;
  const HostObject *object; // NULL for "#7"
  Frame *frame;
  int64_t version;
  const Paths *paths; // of the session
  Frame *was;         // the table that a VIEW_FOLLOW names, or NULL
  ChartAsked *asked;  // that a VIEW_PLOT names, or NULL
} Found;
NODISCARD ErrCode desk_find(Desk *d, const char *name, bool table, Found *out, Err *err);
void desk_find_all(Desk *d, Found *out); // the snapshot alone
// A table of a version that is the newest or the one before it. ERR_NAME: that is gone.
NODISCARD ErrCode desk_find_was(Desk *d, const char *name, int64_t version, Found *out, Err *err);
NODISCARD ErrCode desk_find_chart(Desk *d, int64_t run, Found *out, Err *err); // ERR_NAME: that is gone
void found_fini(Found *f);

// ---- the clerk (clerk.c) --------------------------------------------------------------------------------------------
NODISCARD ErrCode clerk_open(Desk *d, Clerk **out, Err *err);
bool clerk_takes(MsgKind kind);
void clerk_ask(Clerk *c, Msg *m); // takes the message over
void clerk_close(Clerk *c);       // stops what it does and drops what waits; NULL allowed
// The views (view_*.c): fill `answer`, whose arena owns its texts.
typedef ErrCode ViewFn(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err);
ViewFn view_heads, view_column, view_notes, view_find, view_evaluation, view_explain, view_rows, view_catalogue,
    view_call, view_preview, view_file, view_follow, view_steps, view_tree, view_plot,
    view_training, view_round;

// The rows that reach a node of a tree: v->label "tree", v->row the node, v->lo the tree (view_tree.c).
NODISCARD ErrCode view_tree_rows(const Found *found, const MsgViewRows *v, Arena *a, MsgRows *m, Err *err);

// The boxes of a profile: of column j, a number, by a category (view_groups.c).
NODISCARD ErrCode view_groups(Job *job, Arena *a, const Frame *f, int j, MsgColumn *m, Err *err);

// ---- words for people (words.c); arena-owned ------------------------------------------------------------------------
const char *word_count(Arena *a, int64_t n);                             // 1,309
const char *word_sensible(Arena *a, double v, int digits);               // 29.88; integer parts in full
const char *word_fixed(Arena *a, double v, int decimals);                // 0.40
const char *word_percent(Arena *a, double share, int decimals);          // 79.9%, <0.1%
const char *word_unit(Arena *a, double v, int decimals, bool sign);      // .832, 1.000, +.271, −.069
const char *word_cell(Arena *a, const Column *c, int64_t row, int most); // as tables show it, cut at `most` columns
// Every k-th row, 100,000 of them, of a table of more than 200,000; else the frame itself. NULL columns = all.
enum { SAMPLE_ABOVE = 200000, SAMPLE_ROWS = 100000 };
NODISCARD ErrCode frame_thinned(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err);
