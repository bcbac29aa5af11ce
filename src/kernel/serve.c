// The role of a kernel process: the main thread runs the cells that the desk hands it, one at a time, and sends what
// they give. The process ends when the screen does.
#include "kernel/desk_int.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { PRINT_PIECE = 4096, PRINT_MOST = 64 * 1024, PRINT_TAIL = 16 * 1024, PAGE_ROWS = 50 };
static const double PRINT_SECONDS = 0.1; // that what is printed slowly may wait for more

typedef struct Serve {
  Session session;
  Desk desk;
  int64_t cell;
  uint64_t request;
  Str piece, tail; // printed and not sent yet; the end of what was printed past PRINT_MOST
  int64_t sent, cut;
  double flushed; // clock, when something that was printed was sent last
  int64_t state; // that the last cell or RESTORE left, and whether all of it is kept
  bool whole;
} Serve;

// ---- what a cell gives ---------------------------------------------------------------------------------------------
// `plot`: NULL, or what the screen draws at its own size; `shown` is then its text for other readers.
static void send_shown(Serve *v, Shown shown, const char *title, const Plot *plot, bool early) {
  Msg m;
  msg_init(&m, MSG_OUT, v->request);
  m.Out = (MsgOut){.cell = v->cell, .early = early, .title = title ? title : "", .shown = shown, .has_plot = plot};
  if (plot) m.Out.plot = *plot;
  desk_send(&v->desk, &m);
  msg_fini(&m);
}

static void send_text(Serve *v, const char *text) {
  Shown shown;
  shown_text(&shown, SHOWN_TEXT, text, NULL);
  send_shown(v, shown, "", NULL, false);
  shown_fini(&shown);
}

static double now_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void flush_print(Serve *v) {
  if (!v->piece.n) return;
  v->flushed = now_seconds();
  send_text(v, str_c(&v->piece));
  v->sent += (int64_t)v->piece.n;
  str_clear(&v->piece);
}

// Long output keeps its beginning and its end.
static void keep_tail(Serve *v, Sv text) {
  str_addn(&v->tail, text.s, text.n);
  if (v->tail.n < 2 * PRINT_TAIL) return;
  size_t drop = v->tail.n - PRINT_TAIL;
  memmove(v->tail.s, v->tail.s + drop, PRINT_TAIL);
  v->tail.n = PRINT_TAIL;
  v->cut += (int64_t)drop;
}

// A piece ends with a line, so that no line is shown as two, but for one that is longer than a piece.
static void serve_print(Session *s, Sv text) {
  Serve *v = s->sink_ctx;
  if (v->sent >= PRINT_MOST) {
    keep_tail(v, text);
    return;
  }
  str_addn(&v->piece, text.s, text.n);
  if (v->piece.n < PRINT_PIECE && now_seconds() - v->flushed <= PRINT_SECONDS) return;
  const char *end = memrchr(v->piece.s, '\n', v->piece.n);
  Str rest = {0};
  size_t n = end ? (size_t)(end - v->piece.s) + 1 : v->piece.n;
  str_addn(&rest, v->piece.s + n, v->piece.n - n);
  v->piece.n = n, v->piece.s[n] = 0;
  flush_print(v);
  str_fini(&v->piece);
  v->piece = rest;
}

static void end_print(Serve *v) {
  flush_print(v);
  if (v->cut) {
    char line[64];
    snprintf(line, sizeof line, "... %lld bytes are left out ...\n", (long long)v->cut);
    send_text(v, line);
  }
  if (v->tail.n) {
    v->tail.s[v->tail.n] = 0;
    send_text(v, str_c(&v->tail));
  }
  str_clear(&v->tail);
  v->sent = v->cut = 0;
}

static void send_value(Serve *v, const HostValue *value, bool early) {
  flush_print(v);
  Shown shown;
  shown_from_value(value, true, PAGE_ROWS, &shown);
  send_shown(v, shown, value->title, value->kind == VALUE_PLOT ? value->plot : NULL, early);
  shown_fini(&shown);
}

static void serve_value(Session *s, const HostValue *value) {
  Serve *v = s->sink_ctx;
  if (value->kind == VALUE_PLOT) desk_keep_chart(&v->desk, (int64_t)v->request, value->asked);
  if (value->kind == VALUE_FRAME) desk_keep(&v->desk, v->cell, value->frame);
  send_value(v, value, false);
}

static void serve_early(Session *s, const HostValue *value) { send_value(s->sink_ctx, value, true); }

static void serve_accepted(Session *s, const char *text) {
  Str line = {0};
  str_addf(&line, "accepted %s\n", text);
  serve_print(s, (Sv){line.s, line.n});
  str_fini(&line);
}

static const Sink SINK_SCREEN = {serve_value, serve_early, serve_print, serve_accepted};

// ---- requests ------------------------------------------------------------------------------------------------------
static Names names_of(const Sv *key, int64_t n, Arena *a) {
  Names names = {arena_array(a, const char *, n), n};
  for (int64_t k = 0; k < n; k++) names.name[k] = key[k].s;
  return names;
}

static Names lines_of(const Str *text, Arena *a) {
  Names names = {0};
  for (size_t i = 0; i < text->n; i++) names.n += text->s[i] == '\n';
  names.name = arena_array(a, const char *, names.n);
  const char *at = str_c(text);
  for (int64_t k = 0; k < names.n; k++) {
    size_t n = strcspn(at, "\n");
    names.name[k] = arena_strndup(a, at, n);
    at += n + 1;
  }
  return names;
}

static void send_done(Serve *v, ErrCode code, const CellError *e, double seconds, bool undone) {
  LuaHost *h = v->session.host;
  const Str *denied = &v->session.paths.denied;
  int64_t nread, nwrite;
  const Sv *reads = host_reads(h, &nread), *writes = host_writes(h, &nwrite);
  Msg m;
  msg_init(&m, MSG_DONE, v->request);
  m.Done = (MsgDone){.cell = v->cell,
                     .failed = code != OK,
                     .cancelled = code == ERR_CANCELLED,
                     .seconds = seconds,
                     .line = e->line,
                     .column = e->column,
                     .token = e->token,
                     .message = code == OK ? "" : e->err.msg,
                     .reads = names_of(reads, nread, &m.arena),
                     .writes = names_of(writes, undone ? 0 : nwrite, &m.arena),
                     .opened = lines_of(&v->session.opened, &m.arena),
                     .asks = code == OK ? "" : str_c(denied)};
  v->state = m.Done.state = host_save_state(h, &v->whole);
  m.Done.whole = v->whole;
  desk_publish(&v->desk, host_snapshot(h)); // before the screen knows of it and asks
  desk_send(&v->desk, &m);
  msg_fini(&m);
}

// Over half of the budget: what nobody holds goes, then the oldest states that could be gone back to, then the oldest
// tables that cells showed.
static void make_room(Serve *v) {
  LuaHost *h = v->session.host;
  int64_t half = v->session.job.memory / 2;
  if (!half || mem_resident() <= half) return;
  bool gone;
  do {
    host_collect(h);
    mem_trim();
    gone = mem_resident() > half && (host_forget_oldest(h) || desk_forget_kept(&v->desk));
  } while (gone);
}

// What a stopped cell had written over is taken back where the state before it could be kept whole; new names stay.
static bool take_back(Serve *v, ErrCode code) {
  Err err;
  return code == ERR_CANCELLED && v->whole && host_take_back(v->session.host, v->state, &err) == OK;
}

static void run_eval(Serve *v, const MsgEval *cell) {
  Session *s = &v->session;
  CellError e;
  v->cell = cell->cell;
  s->paths.any_read = cell->typed || s->paths.trust;
  str_clear(&s->paths.denied);
  str_clear(&s->opened);
  host_set_occurrence(s->host, cell->occurrence);
  ErrCode code = host_run_cell(s->host, (int)cell->number, sv(cell->text), &e);
  double seconds = desk_end(&v->desk);
  desk_tell_training(&v->desk, true);
  end_print(v);
  bool undone = take_back(v, code);
  send_done(v, code, &e, seconds, undone);
  desk_send_objects(&v->desk);
  make_room(v);
}

static void run_restore(Serve *v, int64_t state) {
  Msg m;
  Err err;
  ErrCode code = host_restore_state(v->session.host, state, &err);
  msg_init(&m, code == OK ? MSG_DONE : MSG_REFUSED, v->request);
  if (code == OK) v->state = state, v->whole = true;
  if (code == OK) m.Done = (MsgDone){.state = state, .whole = true};
  else m.Refused.code = code, m.Refused.message = err.msg;
  if (code == OK) desk_publish(&v->desk, host_snapshot(v->session.host));
  desk_send(&v->desk, &m);
  msg_fini(&m);
  if (code == OK) desk_send_objects(&v->desk);
}

static void run_request(Serve *v, const Msg *m) {
  v->request = m->request;
  switch (m->kind) {
  case MSG_EVAL: run_eval(v, &m->Eval); break;
  case MSG_RESTORE: run_restore(v, m->Restore.state); break;
  case MSG_DROP: host_drop_state(v->session.host, m->Drop.state); break;
  default: paths_grant(&v->session.paths, m->Grant.path); break;
  }
}

static void send_hello(Serve *v) {
  Msg m;
  Str build = {0};
  build_id(&build);
  msg_init(&m, MSG_HELLO, 0);
  m.Hello = (MsgHello){
      WIRE_VERSION,         str_c(&build), getpid(), (int64_t)v->session.opts->seed, v->session.opts->threads,
      v->session.job.memory};
  desk_send(&v->desk, &m);
  msg_fini(&m);
  str_fini(&build);
}

int kernel_serve(const KernelOpts *opts, int fd) {
  Serve v = {.whole = true};
  Err err;
  signal(SIGINT, SIG_IGN); // the terminal's interrupt is the screen's
  signal(SIGPIPE, SIG_IGN);
  const char *root = opts->root ? opts->root : ".";
  Session *s = &v.session;
  if (session_open(s, opts, root, true, &err) != OK || desk_open(&v.desk, fd, &s->job, &s->paths, &err) != OK) {
    fprintf(stderr, "tycho: %s\n", err.msg);
    return 3;
  }
  signal(SIGINT, SIG_IGN);
  cancel_watch(v.session.host, SIGUSR1);
  v.session.sink = &SINK_SCREEN, v.session.sink_ctx = &v;
  send_hello(&v);
  for (Request *r; (r = desk_next(&v.desk)); request_free(r)) run_request(&v, &r->msg);
  cancel_watch(NULL, SIGUSR1);
  desk_close(&v.desk);
  session_close(&v.session);
  str_fini(&v.piece);
  str_fini(&v.tail);
  return 0;
}
