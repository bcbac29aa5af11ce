// The screen's loop: keys, messages and signals come in, the models take them, and the screen is painted once for all
// that came. It never waits for the kernel, but for a completion (a tenth of a second at most).
#include "base/file.h"
#include "ui/app_int.h"
#include "ui/hint_int.h"
#include "ui/linear_int.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 100, IDLE_MS = 1000, PAGE_PATIENCE_MS = 8, SETTLE_MS = 100 };

double app_clock(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// ---- what is said -------------------------------------------------------------------------------------------------
void app_say(App *a, Style style, const char *fmt, ...) {
  char text[1200];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  free(a->message);
  text[strcspn(text, "\n")] = 0; // there is one line; carets under an expression stand in the notebook
  a->message = strdup(text);
  a->message_style = style;
  a->dirty = true;
}

void app_ask_user(App *a, void (*answer)(App *, int), const KeyWord *choice, int n, const char *fmt, ...) {
  Question *q = &a->question;
  va_list args;
  va_start(args, fmt);
  vsnprintf(q->text, sizeof q->text, fmt, args);
  va_end(args);
  memcpy(q->choice, choice, (size_t)n * sizeof *choice);
  q->n = n, q->answer = answer;
  a->dirty = true;
}

// ---- where one is -------------------------------------------------------------------------------------------------
// Where no threshold moves, no row changes side: the evaluation has the screen to itself.
void app_arrange(App *a) {
  bool alone =
      a->view == VIEW_EVALUATE && a->focus == PANE_evaluate && !operate_moves(&a->operate) && !view_parts(a->w, a->h);
  layout_make(a->view, a->focus, a->zoomed || alone, a->w, a->h, &a->layout);
}

static bool shows(const App *a, PaneId pane) {
  for (int i = 0; i < a->layout.n; i++)
    if (a->layout.slot[i].pane == pane) return true;
  return false;
}

void app_focus(App *a, PaneId pane) {
  ViewId before = a->view;
  if (!shows(a, pane) || a->zoomed) a->view = view_of(pane, a->view);
  if (a->view != before) zoom_follow(a);
  a->focus = pane;
  a->dirty = true;
  app_arrange(a);
}

static void drop_state(void *ctx, int64_t state) {
  Msg m;
  msg_init(&m, MSG_DROP, 0);
  m.Drop.state = state;
  app_ask(ctx, &m);
}

void app_commit(App *a, const char *label) {
  doc_commit(&a->doc, label, drop_state, a);
  a->dirty = true;
}

// ---- the loop -----------------------------------------------------------------------------------------------------
static void resize(App *a) {
  int w, h;
  term_size(a->term, &w, &h);
  if (w == a->w && h == a->h && a->canvas.cell) return;
  canvas_fini(&a->canvas);
  canvas_init(&a->canvas, w, h);
  bool same = a->w > 0 && zoom_kind(w, h) == zoom_kind(a->w, a->h);
  a->w = w, a->h = h, a->dirty = true;
  if (!same) zoom_follow(a);
  app_arrange(a);
}

static void take_signals(App *a) {
  struct signalfd_siginfo info;
  while (read(a->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
    if (info.ssi_signo == SIGWINCH || info.ssi_signo == SIGCONT) resize(a), act_redraw(a, 0), a->dirty = true;
    else if (info.ssi_signo == SIGINT) act_stop(a, 0);
    else if (info.ssi_signo == SIGHUP || info.ssi_signo == SIGTERM) app_cut_off(a);
  }
}

static void take_keys(App *a) {
  Str bytes = {0};
  if (!term_read(a->term, &bytes)) app_cut_off(a);
  if (bytes.n) keys_feed(&a->keys, bytes.s, bytes.n);
  str_fini(&bytes);
  for (Key key; !a->quit && keys_next(&a->keys, false, &key);) app_key(a, &key);
}

static void take_messages(App *a, int ms) {
  for (Msg m; a->client && a->kernel != KERNEL_LOST && !a->quit; ms = 0) {
    ClientEvent event = client_next(a->client, ms, &m);
    if (event == CLIENT_LOST) app_lost(a);
    if (event != CLIENT_MESSAGE) return;
    app_take(a, &m);
  }
}

// A cell runs, or has ended and what it made is not on the screen yet.
bool app_is_coming(const App *a) {
  return a->running || a->nqueue || (a->follow && doc_find(&a->doc, a->follow) >= 0);
}

void app_settle(App *a) {
  double until = app_clock() + SETTLE_MS * 1e-3;
  while (app_is_coming(a) && a->kernel != KERNEL_LOST && app_clock() < until) {
    take_messages(a, SETTLE_MS / 10);
    app_pump(a);
  }
}

bool app_await(App *a, uint64_t request, Msg *answer, int ms) {
  double until = app_clock() + ms * 1e-3;
  while (request && a->kernel != KERNEL_LOST) {
    int left = (int)((until - app_clock()) * 1e3);
    ClientEvent event = client_next(a->client, left > 0 ? left : 0, answer);
    if (event == CLIENT_LOST) app_lost(a);
    if (event == CLIENT_NOTHING && left <= 0) return false;
    if (event != CLIENT_MESSAGE) continue;
    if (answer->request == request) return true;
    app_take(a, answer);
  }
  return false;
}

// A table or threshold that moved is painted with what the kernel says of it when that comes at once: nothing flickers.
static void paint(App *a) {
  app_draw(a);
  if (a->sheet.page_asked || a->operate.asked) take_messages(a, PAGE_PATIENCE_MS);
  if (a->dirty) app_draw(a);
  term_paint(a->term, &a->canvas, &a->caps.style, a->cursor_x, a->cursor_y);
  app_set_title(a);
  a->dirty = false;
}

static int patience(const App *a) {
  if (keys_waiting(&a->keys)) return a->caps.esc_ms;
  return a->running || a->nqueue ? TICK_MS : IDLE_MS;
}

static void turn(App *a) {
  struct pollfd p[3] = {{term_fd(a->term), POLLIN, 0}, {a->signal_fd, POLLIN, 0}, {-1, POLLIN, 0}};
  if (a->client && a->kernel != KERNEL_LOST) p[2].fd = client_fd(a->client);
  int ready = poll(p, 3, patience(a));
  a->clock = app_clock();
  if (ready == 0 && keys_waiting(&a->keys))
    for (Key key; keys_next(&a->keys, true, &key);) app_key(a, &key);
  if (p[1].revents) take_signals(a);
  if (p[0].revents) take_keys(a);
  take_messages(a, 0);
  app_go_on(a);
  app_pump(a);
  assist_follow(a);
  watch_look(a);
  peek_follow(a);
  if (app_owes_hash(a)) a->dirty = true;
  if (a->running) a->dirty = true; // the time that a computation takes
}

static void loop(App *a) {
  while (!a->quit) {
    if (a->dirty) paint(a);
    app_journal(a, false);
    turn(a);
  }
}

// ---- beginning and end --------------------------------------------------------------------------------------------
int app_signals(bool stop) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGWINCH), sigaddset(&set, SIGCONT);
  sigaddset(&set, SIGINT), sigaddset(&set, SIGHUP), sigaddset(&set, SIGTERM);
  if (stop) sigaddset(&set, SIGTSTP);
  sigprocmask(SIG_BLOCK, &set, NULL);
  signal(SIGPIPE, SIG_IGN);
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void app_init(App *a, const UiOpts *opts) {
  *a = (App){.opts = opts, .focus = PANE_table, .signal_fd = -1};
  keys_init(&a->keys);
  sheet_init(&a->sheet);
  doc_init(&a->doc);
  a->operate.threshold = a->operate.was = NAN;
  Str folder = {0};
  if (file_state_folder(&folder)) a->state_folder = str_take(&folder);
}

static void app_fini(App *a) {
  client_close(a->client);
  term_close(a->term);
  journal_close(a->journal, true);
  msg_fini(&a->candidates);
  assist_fini(a);
  search_fini(&a->search);
  for (int k = 0; k < KILLS; k++) str_fini(&a->kill[k]);
  overlay_fini(a);
  prompt_free(a->prompt);
  keys_fini(&a->keys);
  look_part_fini(&a->part);
  sheet_fini(&a->sheet);
  operate_fini(&a->operate);
  tree_fini(&a->tree);
  training_fini(&a->training);
  doc_fini(&a->doc);
  msg_fini(&a->objects);
  canvas_fini(&a->canvas);
  if (a->editor) editor_fini(a->editor), free(a->editor);
  while (a->ncrumb) crumb_drop(a);
  chain_forget(&a->chain);
  dive_fini(&a->dive);
  free(a->cast_refused);
  join_fini(a);
  peek_fini(&a->peek);
  held_clear(&a->held);
  str_fini(&a->help_text), str_fini(&a->clip);
  free(a->crumb), free(a->queue), free(a->message), free(a->state_folder), free(a->opened), free(a->goodbye);
  free(a->asked_path), free(a->opening), free(a->label), free(a->long_job);
  free(a->help_find);
  config_fini(&a->config);
  keymap_fini(&a->keymap);
  files_fini(&a->files);
  if (a->signal_fd >= 0) close(a->signal_fd);
}

ErrCode app_begin(App *a, Err *err) {
  TRY(client_open(a->opts->program, a->opts->kernel_args, &a->client, err));
  a->kernel = KERNEL_READY, a->threads = client_threads(a->client), a->memory_most = client_memory(a->client);
  const char *const *file = a->opts->file;
  if (!*file) app_open_tour(a);
  for (; *file; file++) TRY(app_open_file(a, *file, err));
  a->begun = true;
  settings_tell(a);
  a->hint = hint_wanted(a->state_folder);
  app_offer_recovery(a);
  return OK;
}

static ErrCode begin(App *a, Err *err) {
  PromptOps ops = {a, prompt_accept, prompt_leave, app_complete};
  a->prompt = prompt_new(&ops, a->state_folder);
  TRY(term_open(&a->caps, &a->term, err));
  a->signal_fd = app_signals(false);
  a->clock = app_clock();
  zoom_read(a);
  resize(a);
  paint(a);
  return app_begin(a, err);
}

static int run_panes(App *a) {
  Err err = {0};
  ErrCode code = begin(a, &err);
  if (code == OK) loop(a);
  int status = code == OK ? 0 : a->term && !a->client ? 3 : 2;
  term_close(a->term);
  a->term = NULL;
  if (code != OK) fprintf(stderr, "tycho: %s\n", err.msg);
  return status;
}

int ui_run(const UiOpts *opts) {
  App app, *a = &app;
  app_init(a, opts);
  term_caps(&a->found);
  settings_open(a);
  int status = opts->lines ? linear_run(a) : run_panes(a);
  char *goodbye = a->goodbye;
  a->goodbye = NULL;
  app_fini(a);
  if (goodbye) fprintf(stdout, "%s\n", goodbye);
  free(goodbye);
  return status;
}
