// What the files of the app and the acts call of each other, and the table of acts. Part of app_int.h.
#pragma once
#include "ui/app_int.h"

// ---- inside the app -----------------------------------------------------------------------------------------------
void app_draw(App *a); // app_draw.c
bool app_owes_hash(const App *a); // its time has come
// What a pane without a table says: how to come to one, or that a cell is at it; nothing at first, so that no word
// flashes by (pane_table.c). `whole`: with an example.
const char *app_no_table(const App *a, bool whole);
void app_arrange(App *a);             // panes to their places
void app_key(App *a, const Key *key); // app_keys.c
void app_key_name(App *a, const char *name); // of a sequence: "gg"
void app_mouse(App *a, const Key *key);      // mouse.c
int app_key_bar(const App *a, KeyWord pair[KEYS_MOST], Arena *scratch); // what it shows now
void app_act(App *a, const Action *row);
// Called by an act that needs the columns of the table before they are known: true = it runs again when they are, and
// the keys that come meanwhile after it.
bool app_hold_for_columns(App *a);
bool held_takes(App *a, const Key *key);
void app_go_on(App *a); // runs what waits, when it can
void held_clear(Held *h);
void app_take(App *a, Msg *m);                // app_kernel.c: a message of the kernel; ends it
void app_set_title(App *a); // of the terminal (title.c)
void app_job_ended(App *a, int64_t i, double seconds);
int zoom_kind(int w, int h); // the kind of screen: 0 small .. SCREEN_COUNT - 1 (zoom.c)
void zoom_read(App *a);      // what was zoomed in sessions before
void zoom_follow(App *a);    // as this view on such a screen was left last
void settings_open(App *a);  // reads the user's files (settings.c)
void settings_apply(App *a); // what they say to the screen
void settings_tell(App *a);  // what is wrong in them
void app_pump(App *a);                        // sends the next waiting cell
void app_lost(App *a);                        // the kernel is gone
void app_replay(App *a);                      // a new kernel, and every cell that had a result
void app_ask_replay(App *a, const char *why); // first
void app_forget_queue(App *a);
// A line that failed leaves the notebook and the kernel as they were before it; ^R brings it back. false: other acts
// came between, and it stays.
bool app_take_back(App *a, int64_t id);
void app_undo_to(App *a, int64_t to); // a state of the undo stack
void app_settle(App *a); // waits a moment for a cell that is about to end, so that one may type ahead
bool app_await(App *a, uint64_t request, Msg *answer, int ms); // handles what else comes meanwhile; end with msg_fini
void app_ask_user(App *a, void (*answer)(App *, int), const KeyWord *choice, int n, const char *fmt, ...) PRINTF(5, 6);
void app_followed(App *a, int64_t id); // emit.c: the followed cell ended
bool crumb_stash(App *a, Sheet *from); // crumbs.c: the last crumb takes over the table that it remembers
void crumb_drop(App *a);               // the last one
void crumbs_forget_tables(App *a);     // another kernel: what was told does not hold
void trail_print(const App *a, Str *out);           // trail.c: "titanic.csv › d › d:count{"age"}"
void trail_object(const App *a, const char *object, Str *out); // "d", of a table without a name what made it
void trail_tail(const App *a, int width, Str *out); // the end of it, in about so many columns
bool dive_is_coming(const App *a); // held.c
// Dives (dive.c). Asks what is behind a cell, a statistic or a bar, and shows it when the answer comes.
void dive_ask(App *a, const MsgViewRows *what, bool card);
bool dive_take(App *a, Msg *m); // true = taken over
// Shows the rows of `base` (NULL: of the table that shows) for which the condition holds, with a way back.
void dive_where(App *a, const char *base, const char *where, const char *column);
void dive_fini(Dive *d);
// The cell of a look: `base` (NULL: the table that shows) and a view verb, under a new name, or that of the look before
// where nothing was made of it. False, and it was said: not now.
bool app_emit_look(App *a, const char *base, const char *verb, const char *label);
void join_command(App *a, const char *rest, bool force); // act_shape.c
bool join_goes_on(App *a, int64_t cell);                  // the other table is there; false: it is no such cell
void join_fini(App *a);
bool table_cast_failed(App *a, const char *message); // act_columns.c: says it in short; false: it is no cast
const char *app_kind_of(const App *a, const char *name); // of a global: "Frame"; "" = there is none (act_table.c)
// What gives the table that an evaluation or a model shows as: ":metrics()"; "" for any other expression.
const char *app_table_verb(const App *a, const char *expression);
void app_emit_chain(App *a, const char *base, const char *verbs, const char *label); // in place of the chain at hand
void chain_forget(Chain *c);
void chain_failed(App *a);
void command_accept(App *a, const char *line); // command.c
void clean_command(App *a, const char *rest, bool force); // clean.c
void table_accept(App *a, PromptKind kind, const char *line);
void evaluate_accept(App *a, const char *line); // act_evaluate.c: the answer to "costs fp fn: "
int app_complete(void *app, PromptKind kind, const char *line, size_t at, size_t *from, PromptWord *word, int most);
NODISCARD ErrCode app_open_file(App *a, const char *path, Err *err); // open.c
void app_open_tour(App *a);
bool app_is_worth_saving(const App *a); // the notebook is neither its file nor a table that was merely opened
void app_offer_recovery(App *a); // recover.c
void app_journal(App *a, bool now);
void app_cut_off(App *a); // the terminal is gone or the system ends: keep all, ask nothing
void app_quit(App *a, bool save);
void app_suspend(App *a);
void lua_quote(Str *out, const char *text); // as a Lua string
void notebook_scroll(App *a, int pages);
bool notebook_scroll_output(App *a, int64_t cell, int pages, int lines); // false: it stands at that end
bool notebook_cursor(const App *a, int *x, int *y);
void card_draw(App *a, const Paint *p);
void card_key(App *a, const char *name);
void prompt_accept(void *app, PromptKind kind, const char *line);
void prompt_leave(void *app, PromptKind kind);
int app_where(const App *a); // whose keys count now: a PaneId, IN_EDIT, IN_HELP

// ---- what acts call -----------------------------------------------------------------------------------------------
void app_say(App *a, Style style, const char *fmt, ...) PRINTF(3, 4); // on the recipe line until the next key
uint64_t app_ask(App *a, Msg *m);                                     // sends; 0 = the kernel is lost
// Adds a code cell at the end and runs it; returns its id. `label` is what undo calls it.
int64_t app_emit(App *a, const char *lua, const char *label);
// The same for a view verb on a table (`verb`: ":sort{\"-age\"}"): consecutive ones edit one pending cell as a chain.
void app_emit_view(App *a, const char *verb, const char *label);
void app_rerun(App *a, int64_t id, const char *label); // a cell of an act whose text has changed
void app_run(App *a, int64_t id); // queues a cell
void app_focus(App *a, PaneId pane);
void app_dive(App *a, PaneId pane); // focus with a way back
void app_back(App *a);
void app_commit(App *a, const char *label); // doc_commit, journal, repaint

// Appends the cell that splits the table, fits `learner` (NULL: the plain one for the target) and judges it. False:
// `why` says what is missing, with "! " before what is wrong (act_target.c).
bool training_lua(const App *a, const char *learner, Str *lua, Str *why);
const char *command_name(int k, const char **help); // the k-th command of the : line; NULL past the last (command.c)

void help_show(App *a, const char *text); // a page of text over the screen (help.c)
void help_find(App *a, const char *text); // help_text.c: the answer to / in the help

// ---- overlays: over everything until they are closed ---------------------------------------------------------------
// An overlay takes the keys, the mouse and the key bar while it is open.
bool overlay_key(App *a, const Key *key); // false: none is open
bool overlay_mouse(App *a, const Key *key);
bool overlay_draw(App *a, const Paint *p);
int overlay_bar(const App *a, const KeyWord **pair); // how many; 0: none is open
bool overlay_take(App *a, Msg *m);                   // an answer that one of them waits for; true = taken over
void overlay_fini(App *a);

// ---- acts: the key table ------------------------------------------------------------------------------------------
typedef enum { IN_ANY = PANE_COUNT, IN_EDIT, IN_HELP, IN_COUNT } Where; // or a PaneId
struct Action {
  int where;         // PaneId or Where
  const char *keys;  // "j Down": any of them
  int bar;           // place in the key bar, 1..6; 0 = not in it
  const char *word;  // in the key bar and the help: "describe"
  const char *group; // of the help: "move"
  const char *help;  // one line
  void (*act)(App *a, int arg);
  int arg;
};
extern const Action ACTIONS[]; // ended by a NULL act (actions.c, from the rows of actions.h)
#define ACTION_DECLARE(where, keys, bar, word, group, help, act, arg) void act(App *a, int arg_);
ACTIONS_ALL(ACTION_DECLARE)
#undef ACTION_DECLARE
