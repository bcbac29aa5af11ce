// The screen's side of the conversation with the kernel: cells are sent one at a time, answers find who asked.
#include "ui/app_int.h"

#include <stdio.h>
#include <stdlib.h>

// What shows asks for itself; where that is gone meanwhile, a refusal is of no interest.
static bool is_view(MsgKind kind) {
  return kind == MSG_VIEW_PAGE || kind == MSG_VIEW_HEADS || kind == MSG_VIEW_COLUMN || kind == MSG_VIEW_NOTES ||
         kind == MSG_VIEW_EVALUATION || kind == MSG_VIEW_FILE || kind == MSG_VIEW_FOLLOW ||
         kind == MSG_VIEW_TREE || kind == MSG_VIEW_PLOT || kind == MSG_VIEW_TRAINING || kind == MSG_VIEW_ROUND;
}

static bool is_look(const App *a, uint64_t request) { return request && a->asked[request % LOOKS] == request; }

uint64_t app_ask(App *a, Msg *m) {
  uint64_t request = 0;
  Err err;
  bool view = is_view(m->kind);
  if (!a->client || a->kernel == KERNEL_LOST) return 0;
  if (client_send(a->client, m, &request, &err) != OK) app_say(a, STYLE_WARN, "%s", err.msg), request = 0;
  msg_fini(m);
  if (view) a->asked[request % LOOKS] = request;
  return request;
}

// ---- running ------------------------------------------------------------------------------------------------------
void app_forget_queue(App *a) {
  a->nqueue = 0;
  doc_forget_waiting(&a->doc);
}

void app_run(App *a, int64_t id) {
  int64_t i = doc_find(&a->doc, id);
  if (i < 0 || doc_kind(&a->doc, i) != NOTE_CODE) return;
  if (a->kernel == KERNEL_LOST) {
    app_lost(a);
    return;
  }
  for (int64_t k = 0; k < a->nqueue; k++)
    if (a->queue[k] == id) return;
  if (id == a->running) {
    app_say(a, STYLE_DIM, "it runs already: ^C stops it");
    return;
  }
  doc_begin(&a->doc, id);
  a->queue = realloc(a->queue, (size_t)(a->nqueue + 1) * sizeof *a->queue);
  if (!a->queue) abort();
  a->queue[a->nqueue++] = id;
  a->dirty = true;
  app_pump(a);
}

// How many code cells above have the same text: random numbers of equal cells differ, of one cell run twice not.
static int64_t occurrence(const Doc *d, int64_t i) {
  int64_t k = 0;
  for (int64_t above = 0; above < i; above++)
    k += doc_kind(d, above) == NOTE_CODE && strcmp(doc_text(d, above), doc_text(d, i)) == 0;
  return k;
}

static void send_cell(App *a, int64_t i) {
  Msg m;
  msg_init(&m, MSG_EVAL, 0);
  m.Eval = (MsgEval){.cell = a->doc.cell[i].id,
                     .number = i + 1,
                     .occurrence = occurrence(&a->doc, i),
                     .typed = a->doc.cell[i].typed,
                     .text = doc_text(&a->doc, i)};
  a->running = a->doc.cell[i].id;
  a->kernel = KERNEL_BUSY;
  a->dirty = true;
  doc_started(&a->doc, a->running);
  if (!app_ask(a, &m)) a->running = 0, a->kernel = a->kernel == KERNEL_BUSY ? KERNEL_READY : a->kernel;
}

void app_pump(App *a) {
  while (!a->running && a->nqueue && a->kernel == KERNEL_READY) {
    int64_t i = doc_find(&a->doc, a->queue[0]);
    a->nqueue--;
    memmove(a->queue, a->queue + 1, (size_t)a->nqueue * sizeof *a->queue);
    if (i >= 0) send_cell(a, i);
  }
}

// ---- a cell that ended --------------------------------------------------------------------------------------------
static void grant(App *a, int chosen) {
  if (chosen != 0 || !a->asked_path) return;
  Msg m;
  msg_init(&m, MSG_GRANT, 0);
  m.Grant.path = a->asked_path;
  app_ask(a, &m);
  if (a->cell < a->doc.n) app_run(a, a->doc.cell[a->cell].id);
}

static void failed(App *a, int64_t i, const MsgDone *d) {
  app_forget_queue(a);
  if (d->asks && *d->asks) {
    static const KeyWord choice[] = {{"Enter", "allow and run"}, {"Esc", "leave it"}};
    free(a->asked_path);
    a->asked_path = strdup(d->asks), a->cell = i;
    app_ask_user(a, grant, choice, 2, "may this notebook use %s?", d->asks);
  } else if (d->cancelled) {
    const char *left = d->writes.n ? "what it wrote so far stays" : "what was there before is kept";
    app_say(a, STYLE_DIM, "stopped cell %lld; %s", (long long)i + 1, left);
  } else if (!table_cast_failed(a, d->message)) {
    app_say(a, STYLE_WARN, "! %s", d->message);
  }
}

// A line typed or an act that failed, and not for want of a permission that is being asked for.
static bool is_slip(const App *a, const MsgDone *d) {
  return d->failed && !d->cancelled && d->cell == a->follow && !a->question.n && !a->editor;
}

// A plot is asked about again under the request that it came with.
static void take_out(App *a, Msg *m) {
  doc_take_out(&a->doc, &m->Out);
  int64_t i = doc_find(&a->doc, m->Out.cell);
  Result *r = i >= 0 ? a->doc.cell[i].result : NULL;
  if (r && a->client) r->request = (int64_t)m->request, r->kernel = client_pid(a->client);
}

static void take_done(App *a, const MsgDone *d) {
  int64_t i = doc_find(&a->doc, d->cell);
  char label[64];
  snprintf(label, sizeof label, "run cell %lld", (long long)i + 1);
  if (a->label && a->label_cell == d->cell) {
    snprintf(label, sizeof label, "%s", a->label);
    free(a->label);
    a->label = NULL;
  }
  if (a->running == d->cell) a->running = 0, a->kernel = KERNEL_READY, a->stop_asked = 0, a->paused = false;
  doc_take_done(&a->doc, d);
  doc_mark_stale(&a->doc);
  if (i >= 0) {
    app_commit(a, label);
    app_job_ended(a, i, d->seconds);
    if (d->failed) failed(a, i, d);
    if (d->failed && d->cell == a->chain.cell) chain_failed(a);
    else if (is_slip(a, d)) app_take_back(a, d->cell);
  }
  if (d->failed && d->cell == a->follow) a->follow = 0;
}

// What has to run again in a new kernel.
static bool had_value(const DocCell *c) { return c->result && c->result->done && !c->result->failed; }

static int64_t count_values(const App *a) {
  int64_t n = 0;
  for (int64_t i = 0; i < a->doc.n; i++) n += had_value(&a->doc.cell[i]);
  return n;
}

static void replay_answer(App *a, int chosen) {
  if (chosen == 0) app_replay(a);
}

void app_ask_replay(App *a, const char *why) {
  static const KeyWord choice[] = {{"Enter", "run again"}, {"Esc", "leave it"}};
  app_ask_user(a, replay_answer, choice, 2, "%s: run %lld cells again?", why, (long long)count_values(a));
}

static void take_refused(App *a, const Msg *m) {
  bool restore = m->request && m->request == a->restore_asked;
  if (restore && a->taking_back) doc_stay(&a->doc, a->taking_back), a->taking_back = 0;
  else if (restore) app_ask_replay(a, "the data of then are not kept");
  else if (!is_look(a, m->request)) app_say(a, STYLE_WARN, "! %s", m->Refused.message);
}

static bool exists(const App *a, const char *object) {
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++)
    if (strcmp(a->objects.Objects.item[k].name, object) == 0) return true;
  return false;
}

static bool is_frame(const App *a, const char *object) {
  for (int64_t k = 0; k < a->objects.Objects.n; k++)
    if (strcmp(a->objects.Objects.item[k].name, object) == 0)
      return strcmp(a->objects.Objects.item[k].kind, "Frame") == 0;
  return false;
}

static const char *any_frame(const App *a) {
  const char *found = NULL;
  for (int64_t k = 0; k < a->objects.Objects.n; k++)
    if (strcmp(a->objects.Objects.item[k].kind, "Frame") == 0) found = a->objects.Objects.item[k].name;
  return found;
}

// A table without a name is there as long as its cell has a result.
static bool is_there(const App *a, const char *object) {
  if (*object != '#') return exists(a, object);
  int64_t i = doc_find(&a->doc, atoll(object + 1));
  return i >= 0 && a->doc.cell[i].result && a->doc.cell[i].result->done && !a->doc.cell[i].result->failed;
}

// The table that shows is gone (undone, or of another kernel): the one before it that is still there, or any. The focus
// stays: the crumb may be of another way here.
static void leave_gone_table(App *a) {
  PaneId focus = a->focus;
  while (a->ncrumb && a->view == VIEW_TABLE) {
    Crumb *c = &a->crumb[a->ncrumb - 1];
    if (c->object && is_there(a, c->object)) {
      app_back(a);
      if (focus == PANE_table) app_focus(a, focus);
      return;
    }
    crumb_drop(a);
  }
  sheet_open(a, any_frame(a));
}

// After undo and redo: the table that the act of the present state made.
static void show_state(App *a) {
  int64_t i = a->doc.at < a->doc.nundo ? a->doc.undo[a->doc.at].focus : -1;
  const Result *r = i >= 0 && i < a->doc.n ? a->doc.cell[i].result : NULL;
  for (int64_t k = r ? r->writes.n - 1 : -1; k >= 0; k--) {
    const char *name = r->writes.name[k];
    if (!is_frame(a, name) || (a->sheet.object && strcmp(a->sheet.object, name) == 0)) continue;
    sheet_open(a, name);
    return;
  }
}

// The followed cell, when it has ended.
static int64_t ended_follow(App *a) {
  int64_t follow = a->follow, i = follow ? doc_find(&a->doc, follow) : -1;
  bool ended = i >= 0 && a->doc.cell[i].result && a->doc.cell[i].result->done;
  if (ended) a->follow = 0;
  return ended ? follow : 0;
}

static void show_objects(App *a) {
  const char *shown = a->sheet.object;
  if (shown && *shown != '#' && !exists(a, shown)) leave_gone_table(a);
  if (a->restored && a->view == VIEW_TABLE) show_state(a);
  if (!a->sheet.object && !a->follow) sheet_open(a, any_frame(a));
  sheet_changed(a);
  operate_changed(a);
  tree_changed(a);
  training_changed(a);
}

static void take_objects(App *a, Msg *m) {
  a->objects_due = false;
  msg_fini(&a->objects);
  a->objects = *m;
  msg_init(m, MSG_NONE, 0);
  a->memory = a->objects.Objects.memory;
  if (!a->lines) show_objects(a);
  a->restored = false;
  int64_t follow = ended_follow(a);
  if (follow && !a->lines) app_followed(a, follow);
}

static void take_progress(App *a, const MsgProgress *p) {
  doc_take_progress(&a->doc, p);
  a->memory = p->memory;
  if (p->cell == a->running) a->paused = p->paused;
}

void app_take(App *a, Msg *m) {
  a->dirty = true;
  if (overlay_take(a, m)) {
    msg_fini(m);
    return;
  }
  switch (m->kind) {
  case MSG_OUT: take_out(a, m); break;
  case MSG_PROGRESS: take_progress(a, &m->Progress); break;
  case MSG_DONE:
    a->objects_due = true;
    if (m->Done.cell) take_done(a, &m->Done);
    else a->restored = !a->taking_back, a->taking_back = 0;
    break;
  case MSG_OBJECTS: take_objects(a, m); break;
  case MSG_TEXT:
    help_show(a, m->TextAnswer.text);
    break;
  default:
    if (assist_take(a, m) || files_take(a, m) || peek_take(a, m) || sheet_take(a, m)) break;
    if (look_part_take(a, m)) break;
    if (operate_take(a, m) || tree_take(a, m) || training_take(a, m) || dive_take(a, m)) break;
    if (m->kind == MSG_REFUSED) take_refused(a, m);
  }
  msg_fini(m);
}

// ---- a kernel that is gone ----------------------------------------------------------------------------------------
static void lost_answer(App *a, int chosen) {
  if (chosen == 0) app_replay(a);
  else app_say(a, STYLE_ALARM, "no kernel: nothing can run; 00 starts another");
}

void app_lost(App *a) {
  static const KeyWord choice[] = {{"Enter", "restart, replay"}, {"Esc", "look only"}};
  a->objects_due = false;
  a->kernel = KERNEL_LOST, a->running = 0, a->restore_asked = 0, a->taking_back = 0, a->paused = false;
  operate_lost(&a->operate);
  tree_lost(&a->tree);
  training_lost(&a->training);
  sheet_lost(&a->sheet);
  assist_lost(a);
  a->dive.asked = 0;
  app_forget_queue(a);
  app_ask_user(a, lost_answer, choice, 2, "the kernel is gone; every cell is kept. %lld results must be computed again",
               (long long)count_values(a));
}

static bool restart(App *a) {
  Err err;
  app_forget_queue(a);
  a->running = 0, a->stop_asked = 0, a->paused = false;
  operate_lost(&a->operate);
  tree_lost(&a->tree);
  training_lost(&a->training);
  sheet_lost(&a->sheet);
  assist_lost(a);
  crumbs_forget_tables(a);
  sheet_open(a, NULL);
  if (client_restart(a->client, &err) != OK) {
    a->kernel = KERNEL_LOST;
    app_say(a, STYLE_ALARM, "%s", err.msg);
    return false;
  }
  a->kernel = KERNEL_READY;
  doc_kernel_gone(&a->doc);
  return true;
}

void app_replay(App *a) {
  char *shown = a->sheet.object ? strdup(a->sheet.object) : NULL;
  if (restart(a)) {
    for (int64_t i = 0; i < a->doc.n; i++)
      if (had_value(&a->doc.cell[i])) app_run(a, a->doc.cell[i].id);
    if (shown) sheet_open(a, shown);
  }
  free(shown);
}

void act_restart(App *a, int arg) {
  (void)arg;
  char *shown = a->sheet.object ? strdup(a->sheet.object) : NULL;
  if (restart(a)) app_say(a, STYLE_DIM, "a new kernel: F9 runs all cells, r in the notebook the stale ones");
  if (shown) sheet_open(a, shown);
  free(shown);
}

void act_stop(App *a, int arg) {
  (void)arg;
  if (!a->running) {
    app_say(a, STYLE_DIM, "nothing runs; q goes back, Q quits");
    return;
  }
  if (a->kernel == KERNEL_STOPPING) {
    app_lost(a);
    return;
  }
  Msg m;
  msg_init(&m, MSG_CANCEL, 0);
  app_ask(a, &m);
  a->kernel = KERNEL_STOPPING, a->stop_asked = a->clock;
  a->nqueue = 0;
}
