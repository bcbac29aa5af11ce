// Undo, redo, and jumps to any state of the session. A state is text and data together: the notebook goes there at once
// and the kernel is told once, whatever lies between.
#include "ui/app_int.h"

#include <stdio.h>

static void go_back_to(App *a, int64_t before) {
  if (a->doc.kernel == before || a->kernel == KERNEL_LOST) return;
  Msg m;
  msg_init(&m, MSG_RESTORE, 0);
  m.Restore.state = a->doc.kernel;
  a->restore_asked = app_ask(a, &m);
}

static void keep_cursors(App *a) {
  if (a->cell >= a->doc.n) a->cell = a->doc.n ? a->doc.n - 1 : 0;
  a->undo_row = a->doc.nundo - 1 - a->doc.at;
}

bool app_take_back(App *a, int64_t id) {
  int64_t before = a->doc.kernel;
  if (a->running || a->nqueue || !doc_take_back(&a->doc, id)) return false;
  keep_cursors(a);
  go_back_to(a, before);
  a->taking_back = a->doc.kernel != before ? before : 0;
  return true;
}

static bool is_busy(App *a) {
  app_settle(a);
  if (!a->running && !a->nqueue) return false;
  app_say(a, STYLE_DIM, "a cell still runs: ^C stops it, then u undoes");
  return true;
}

static void went(App *a, int64_t before) {
  keep_cursors(a);
  go_back_to(a, before);
  bool lossy = a->doc.kernel && a->doc.kernel != before && !a->doc.kernel_whole;
  if (lossy) app_ask_replay(a, "functions with local variables are not kept by undo");
}

void act_undo(App *a, int arg) {
  if (is_busy(a)) return;
  int64_t before = a->doc.kernel;
  const char *label = doc_undo_label(&a->doc, arg);
  char said[80];
  snprintf(said, sizeof said, "%s", label ? label : "");
  chain_forget(&a->chain);
  if (!label || !doc_undo(&a->doc, arg)) {
    app_say(a, STYLE_DIM, arg < 0 ? "nothing to undo" : "nothing to redo");
    return;
  }
  app_say(a, STYLE_FG, "%s: %s", arg < 0 ? "undone" : "done again", said);
  went(a, before);
}

// ---- the list -----------------------------------------------------------------------------------------------------
void act_show_undo(App *a, int arg) {
  (void)arg;
  if (a->focus == PANE_undo) {
    app_back(a);
    return;
  }
  a->undo_row = a->doc.nundo - 1 - a->doc.at;
  app_dive(a, PANE_undo);
}

void app_undo_to(App *a, int64_t to) {
  int64_t at = a->doc.at, before = a->doc.kernel;
  if (is_busy(a)) return;
  chain_forget(&a->chain);
  if (to == at || !doc_go(&a->doc, to)) {
    app_say(a, STYLE_DIM, "the session is there already");
    return;
  }
  const char *label = a->doc.undo[to].label;
  app_say(a, STYLE_FG, "%s %lld of %lld: %s", to < at ? "back to" : "on to", (long long)to + 1, (long long)a->doc.nundo,
          *label ? label : "the beginning");
  went(a, before);
}
