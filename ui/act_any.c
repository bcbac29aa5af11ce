// Acts that every pane has.
#include "ui/app_int.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

void act_pane_step(App *a, int arg) {
  PaneId ring[PANE_COUNT];
  int n = view_ring(a->view, ring), at = 0;
  for (int k = 0; k < n; k++)
    if (ring[k] == a->focus) at = k;
  app_focus(a, ring[(at + arg + n) % n]);
}

void act_pane_number(App *a, int arg) {
  PaneId ring[PANE_COUNT];
  int n = view_numbers(a->view, a->w, a->h, ring);
  if (arg <= n) app_focus(a, ring[arg - 1]);
  else app_say(a, STYLE_DIM, "the panes here are 1 to %d: Tab goes round", n);
}

void act_command_line(App *a, int arg) {
  (void)arg;
  prompt_open(a->prompt, PROMPT_COMMAND, ":", "");
}

void prompt_accept(void *app, PromptKind kind, const char *line) {
  App *a = app;
  if (kind == PROMPT_COMMAND) command_accept(a, line);
  else if (kind == PROMPT_HUNT) search_accept(a, line);
  else if (kind == PROMPT_REPLACE) replace_accept(a, line);
  else if (kind == PROMPT_WITH) replace_with_accept(a, line);
  else if (kind == PROMPT_HELP) help_find(a, line);
  else if (kind == PROMPT_ANSWER) evaluate_accept(a, line);
  else table_accept(a, kind, line);
  a->dirty = true;
}

void prompt_leave(void *app, PromptKind kind) {
  (void)kind;
  ((App *)app)->dirty = true;
}

// ---- views --------------------------------------------------------------------------------------------------------
void act_show_notebook(App *a, int arg) {
  (void)arg;
  if (a->focus == PANE_notebook && a->view == VIEW_NOTEBOOK) return;
  app_dive(a, PANE_notebook);
  a->view = VIEW_NOTEBOOK;
  app_arrange(a);
}

void act_show_jobs(App *a, int arg) {
  (void)arg;
  app_dive(a, PANE_jobs);
}

void act_back(App *a, int arg) {
  (void)arg;
  if (a->zoomed) a->zoomed = false;
  else if (a->ncrumb) app_back(a);
  else if (dive_is_coming(a)) app_say(a, STYLE_DIM, "the rows are on their way: ^C stops them, Q quits");
  else app_quit(a, true);
}

void act_quit(App *a, int arg) {
  (void)arg;
  app_quit(a, true);
}

// ---- running ------------------------------------------------------------------------------------------------------
static void run_cells(App *a) {
  int64_t n = 0;
  for (int64_t i = 0; i < a->doc.n; i++)
    if (doc_kind(&a->doc, i) == NOTE_CODE) app_run(a, a->doc.cell[i].id), n++;
  if (!n) app_say(a, STYLE_DIM, "no code to run");
}

void act_run_above(App *a, int arg) {
  (void)arg;
  int64_t n = 0;
  for (int64_t i = 0; i < a->cell && i < a->doc.n; i++)
    if (doc_kind(&a->doc, i) == NOTE_CODE) app_run(a, a->doc.cell[i].id), n++;
  if (!n) app_say(a, STYLE_DIM, "no code above this cell");
}

void act_run_all(App *a, int arg) {
  (void)arg;
  if (a->editor) act_edit_leave(a, 0);
  run_cells(a);
}

void act_run_stale(App *a, int arg) {
  (void)arg;
  Arena scratch;
  bool *run;
  arena_init(&scratch);
  int64_t stale = 0, n = doc_plan_stale(&a->doc, &run, &scratch), cells = a->doc.n;
  for (int64_t i = 0; i < cells; i++) stale += run[i] && a->doc.cell[i].state == CELL_STALE;
  if (n > stale)
    app_say(a, STYLE_DIM, "%lld stale, and %lld above whose values they need", (long long)stale,
            (long long)(n - stale));
  if (!n) app_say(a, STYLE_DIM, "nothing is stale");
  for (int64_t i = 0; i < cells; i++)
    if (run[i]) app_run(a, a->doc.cell[i].id);
  arena_fini(&scratch);
}

// ---- the terminal -------------------------------------------------------------------------------------------------
void act_free_mouse(App *a, int arg) {
  (void)arg;
  a->caps.mouse = !a->caps.mouse;
  term_mouse(a->term, a->caps.mouse);
  app_say(a, STYLE_DIM,
          a->caps.mouse ? "the mouse is tycho's" : "the mouse is the terminal's: select and copy; F7 takes it back");
}

void act_redraw(App *a, int arg) {
  (void)arg;
  term_repaint(a->term);
}

void app_suspend(App *a) {
  app_journal(a, true);
  term_suspend(a->term);
  kill(0, SIGTSTP); // with what feeds it; where no shell could take it up again the system lets nothing stop
  term_resume(a->term);
}

// ---- help on a thing ----------------------------------------------------------------------------------------------
static bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The word of a line of Lua around byte `at`, with what it hangs on: "ml.logistic", "where".
static char *word_at(const char *text, size_t at) {
  size_t begin = at, end = at;
  while (begin > 0 && (is_name(text[begin - 1]) || text[begin - 1] == '.')) begin--;
  while (text[end] && is_name(text[end])) end++;
  return strndup(text + begin, end - begin);
}

static const char *topic_of(const App *a) {
  switch (a->focus) {
  case PANE_evaluate:
  case PANE_point:
  case PANE_changed: return "evaluate";
  case PANE_column: return "describe";
  case PANE_table: return "data";
  case PANE_tree: return "rules";
  case PANE_loss:
  case PANE_round: return "rounds";
  default: return "";
  }
}

// The number under the cursor: a cell, the column of the profile, the metrics; false: there is none.
static bool ask_number(App *a) {
  const Sheet *s = &a->sheet;
  const Operate *o = &a->operate;
  bool judged = a->view == VIEW_EVALUATE && o->object;
  bool column = a->focus == PANE_column, table = (column || a->focus == PANE_table) && s->object;
  const char *name = table ? sheet_name(s, s->col) : "";
  if (!name || (!judged && !table)) return false;
  bool binary = judged && o->now.kind == MSG_EVALUATION && o->now.Evaluation.binary;
  Msg m;
  msg_init(&m, MSG_EXPLAIN, 0);
  m.Explain = (MsgExplain){.object = judged ? o->object : s->object,
                           .column = judged ? "" : name,
                           .row = column || judged ? -1 : s->row,
                           .threshold = binary ? operate_threshold(o) : NAN,
                           .topic = topic_of(a)};
  return app_ask(a, &m);
}

void act_explain(App *a, int arg) {
  (void)arg;
  Msg m;
  char *word = NULL;
  if (!a->editor && ask_number(a)) return;
  if (a->editor) word = word_at(str_c(&a->editor->text), a->editor->at);
  msg_init(&m, MSG_HELP, 0);
  m.Help.topic = word && *word ? word : topic_of(a);
  app_ask(a, &m);
  free(word);
}
