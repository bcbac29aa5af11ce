// The second face of the app: no panes and no cursor that moves about, lines in and lines out, for a screen reader or a
// terminal that can only print. Client, notebook, journal and files are the app's own; only reading and printing are
// here (linear_*.c).
#pragma once
#include "ui/app_int.h"
#include "ui/recall_int.h"

typedef struct Linear {
  App *a;
  Str chunk;   // lines of a cell that is not whole yet
  Recall past; // shared with the command line of the panes
  bool words;  // pictures by their sentence alone
  double next; // seconds at which the running cell says again how far it is
} Linear;

int linear_run(App *a); // the whole program; an exit status

// ---- what both loops need (app.c) ---------------------------------------------------------------------------------
double app_clock(void);                        // seconds, monotonic
int app_signals(bool stop);                    // a descriptor for those that count; `stop`: that of ^Z too
NODISCARD ErrCode app_begin(App *a, Err *err); // the kernel, the files, what was left behind
bool app_is_coming(const App *a);              // a cell runs, or what it made is still to be told

// ---- reading (linear_line.c) --------------------------------------------------------------------------------------
typedef enum { LINEAR_LINE, LINEAR_END, LINEAR_BREAK, LINEAR_AWAY } LinearEvent;
void linear_line_init(Linear *l);
void linear_line_fini(void);
void linear_line_suspend(void); // the terminal as it was
void linear_line_resume(void);
// Reads a line with readline: history, Tab, and whatever the inputrc says. LINE: *line is the caller's. END: ^D or the
// terminal is gone. BREAK: ^C. AWAY: the app wants something else first (a question, the end).
LinearEvent linear_read(Linear *l, const char *prompt, char **line);
void linear_remember(Linear *l, const char *text);

// ---- printing (linear_show.c) -------------------------------------------------------------------------------------
int linear_width(void);                             // COLUMNS, else the terminal's, else 80
void linear_put(const char *text);                  // lines, in ASCII but for data
void linear_say(const char *fmt, ...) PRINTF(1, 2); // a sentence, broken at blanks to fit the width
void linear_show(Linear *l, const Msg *m);          // what a message of the kernel says, before the app takes it
void linear_list(const Linear *l);                  // the cells
void linear_names(const Linear *l);                 // the objects

// ---- what is typed (linear_command.c, linear_chunk.c) -------------------------------------------------------------
void linear_command(Linear *l, const char *text); // without its colon
void linear_help(Linear *l, Sv topic);
void linear_clean(Linear *l, Sv rest); // linear_clean.c; rest: "1,3", "all", or "" to ask
int linear_commands(const char *word, size_t n, PromptWord *out, int most); // those that begin so
// Whether Lua's grammar wants more lines: an open bracket, block or long string, an operator at the end.
bool linear_is_open(Sv chunk);

// ---- linear.c -----------------------------------------------------------------------------------------------------
void linear_settle(Linear *l); // until nothing runs and everything was said
void linear_messages(Linear *l);
void linear_suspend(Linear *l); // ^Z
