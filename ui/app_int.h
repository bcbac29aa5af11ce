// The one state of the screen, and what panes and acts share. Messages come in, models of the view take them, panes
// draw the models; a key is an act from the table in actions.h; an act that changes anything emits Lua into a cell.
#pragma once
#include "base/mem.h"
#include "ui/actions.h"
#include "ui/assist_int.h"
#include "ui/client_int.h"
#include "ui/config_int.h"
#include "ui/doc_int.h"
#include "ui/editor_int.h"
#include "ui/files_int.h"
#include "ui/keymap_int.h"
#include "ui/keys_int.h"
#include "ui/layout_int.h"
#include "ui/look_int.h"
#include "ui/operate_int.h"
#include "ui/paint_int.h"
#include "ui/peek_int.h"
#include "ui/prompt_int.h"
#include "ui/search_int.h"
#include "ui/sheet_int.h"
#include "ui/term_int.h"
#include "ui/training_int.h"
#include "ui/tree_int.h"
#include "ui/ui.h"
#include "ui/watch_int.h"

typedef struct App App;

typedef struct PaneType {
  const char *name, *help; // "table", "rows of a table"
  // What stands on the title line after the name, and at its right; either may stay empty.
  void (*title)(const App *a, Str *what, Str *state);
  // Everything below the title line, which stands already: its words may get other styles. `r` may be of any size down
  // to 1 x 1 (h may be 0).
  void (*draw)(App *a, const Paint *p, Rect r, bool focused);
  // A mouse press or wheel at (x, y) of the drawn rectangle; NULL = none.
  void (*mouse)(App *a, const Key *key, int x, int y, Rect r);
} PaneType;
#define PANE_DECLARE(name) extern const PaneType pane_##name;
PANES(PANE_DECLARE)
#undef PANE_DECLARE
extern const PaneType *const PANE_TYPES[PANE_COUNT];

// ---- the app ------------------------------------------------------------------------------------------------------
typedef struct Crumb { // where q goes back to
  ViewId view;
  PaneId focus;
  char *object;
  int64_t row, top;
  int col, left;
  Sheet *sheet; // the table as it showed; NULL: it shows still
} Crumb;

typedef enum { KERNEL_STARTING, KERNEL_READY, KERNEL_BUSY, KERNEL_STOPPING, KERNEL_LOST } KernelState;

// One line that wants an answer before anything else; open while n > 0.
typedef struct Question {
  char text[400];
  KeyWord choice[4];
  int n;
  void (*answer)(App *a, int chosen);
} Question;

// The chain of view verbs that the next one goes on with (emit.c).
typedef struct Chain {
  char *base, *name; // "d", "v": name = base .. verbs
  size_t last;       // where the last verb begins
  Str verbs, before; // ":where \"..\":sort{..}"; and without the last change
  int64_t cell;      // pending; 0 = none
} Chain;

// A look at the rows behind something (dive.c).
typedef struct Dive {
  uint64_t asked;    // what is behind the cursor, under way; 0 = nothing
  double since;      // clock when it was asked
  bool card;         // where nothing is, the row card opens
  int64_t cell;      // of the look that was written last
  char *text, *name; // what it says, and the table that it makes
  char *column;      // where its cursor goes
  int statistic;     // cursor in the column's pane: statistics, then bars of its histogram
} Dive;

// A join whose other table is being read (act_shape.c).
typedef struct Join {
  int64_t cell; // that reads it; 0 = none
  char *name, *on, *how;
} Join;

// An act that waits, and the keys that came behind it (held.c).
enum { SCREEN_COUNT = 5, HELD_MOST = 64, LOOKS = 64 };
typedef struct Action Action;
typedef struct Held {
  const Action *act; // NULL = nothing waits
  Key *behind;
  int n;
} Held;

struct App {
  const UiOpts *opts;
  TermCaps caps, found; // found: as the environment and the terminal say, before settings
  Config config;
  UserKeys keymap;
  char *long_job; // that ended while nobody looked, for the terminal's title; until the next key
  Term *term;
  Keys keys;
  Client *client;
  KernelState kernel;
  Canvas canvas;
  int w, h;
  ViewId view;
  PaneId focus;
  bool zoomed, quit;
  bool lines;                           // no panes (linear_int.h)
  bool objects_due;                     // a cell has ended, and what there is now has not been told yet
  bool begun;                           // what the command line names is open
  bool alone[SCREEN_COUNT][VIEW_COUNT]; // views that are zoomed there
  Layout layout;
  Crumb *crumb;
  int ncrumb;
  Msg objects; // the latest MSG_OBJECTS
  Sheet sheet;
  Operate operate;
  TreeWalk tree; Training training;
  Doc doc;
  Files files;
  int64_t cell;               // focused cell of the notebook
  int64_t cell_top, line_top; // first cell that shows, and the first line of it
  int edit_x, edit_y;         // cursor of its editor on the canvas, -1 = not seen (pane_notebook.c)
  Editor *editor;             // of that cell while it is edited; NULL = COMMAND
  int64_t names_row, outline_row, jobs_row, undo_row, settings_row; // cursors of the small panes
  int64_t plot_cell;                                                // whose plot shows
  int64_t *queue;                                                   // ids of cells that wait for the kernel
  int64_t nqueue;
  int64_t running;             // id, 0 = none
  double stop_asked;           // clock of the first ^C, 0 = none
  bool paused;                 // what runs
  int64_t memory, memory_most; // bytes in use by the kernel as it said last; its limit, 0 = none
  Prompt *prompt;
  struct Palette *palette; // NULL until first wanted (these four)
  struct Form *form;
  struct Clean *clean;
  struct Preview *preview;
  uint64_t form_asked; // CALL whose form is to open
  char *message;       // replaces the recipe line until the next key
  Style message_style;
  char pending_keys[16]; // the beginning of a sequence: "g", "z["
  const Action *acting;  // under way
  Held held;
  bool hint; // of the first run, until a key comes
  bool help; // the overlay
  int64_t help_top;
  Str help_text;              // of F1; empty = the keys of this pane
  bool help_rest;             // the keys that count everywhere, where they have a page of their own
  int help_example, help_hit; // the example that Enter takes; the line of the search
  char *help_find;            // what / looked for there
  Journal *journal;
  int64_t journal_changes;    // doc.changes and editor steps as they were written last
  double journal_time, clock, hash_due; // clock: seconds, monotonic, of this turn of the loop
  bool journal_failed;
  bool dirty; // the screen must be painted
  Question question;
  Chain chain; Dive dive; Join join;
  Peek peek;
  char *cast_refused; // the column whose type a key asked for last, and the key: once more lets go of what does not fit
  char cast_sign;
  int64_t follow;         // cell whose value the screen goes to when it ends; 0 = none
  uint64_t asked[LOOKS];  // the last requests of views, which nobody may wait for any more
  uint64_t restore_asked; // RESTORE under way
  bool restored;          // it has been done; its objects come next
  int64_t taking_back;    // it takes back a line that failed and left this state: the screen stays where it is
  Str clip;               // cut or copied cell
  NoteKind clip_kind;
  bool clip_full;
  bool card;          // the row card of the table
  char *state_folder; // journals and histories; NULL = nowhere
  char *opened;       // "churn.csv"
  char *opening;      // a recipe that waits for an answer
  char *goodbye;      // printed when the terminal is given back
  char *asked_path;   // that a cell was denied
  char *label;        // what undo calls the run of label_cell; NULL = "run cell 2"
  int64_t label_cell;
  Msg candidates;  // of the last completion
  Assist assist;   // of the editor
  Search search;   // in the notebook
  Str kill[KILLS]; // of the editor that was left last
  char hash[65]; // of the notebook as it would be written, and the doc.changes that it holds for
  int64_t hash_changes, hash_bytes; // its length; a large one waits for hash_due
  int64_t left_cell; // that was edited last, and where its cursor was
  size_t left_at;
  Watch watch;            // on its file
  int cursor_x, cursor_y; // of the terminal; x < 0 = hidden
  int signal_fd;
  int64_t threads; // of the kernel, 0 = not known
  int plot_glyphs; // how often . asked for another set
  Look look; LookPart part; // at the picture of the plot pane; of it, where it is zoomed
};
#include "ui/act_int.h"
