#include "kernel/desk_int.h"

#include "frame/verbs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_MS = 100, MOST_ROWS = 1000 };

double clock_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// ---- sending -------------------------------------------------------------------------------------------------------
static void wake(Desk *d) {
  if (write(d->wake[1], "", 1) < 0 && errno != EAGAIN) abort();
}

void desk_send(Desk *d, const Msg *m) {
  Err err;
  pthread_mutex_lock(&d->lock);
  if (msg_write(m, &d->outbox, &err) != OK) {
    Msg refused;
    msg_init(&refused, MSG_REFUSED, m->request);
    refused.Refused.code = err.code, refused.Refused.message = err.msg;
    if (msg_write(&refused, &d->outbox, NULL) != OK) abort();
    msg_fini(&refused);
  }
  pthread_mutex_unlock(&d->lock);
  wake(d);
}

void desk_refuse(Desk *d, uint64_t request, ErrCode code, const char *message) {
  Msg m;
  msg_init(&m, MSG_REFUSED, request);
  m.Refused.code = code, m.Refused.message = message;
  desk_send(d, &m);
  msg_fini(&m);
}

// Sends what the socket takes now; what is left stays. False when the screen is gone.
static bool send_outbox(Desk *d) {
  bool alive = true;
  pthread_mutex_lock(&d->lock);
  while (d->outbox.n) {
    ssize_t n = send(d->fd, d->outbox.s, d->outbox.n, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) alive = errno == EAGAIN || errno == EWOULDBLOCK;
    if (n <= 0) break;
    memmove(d->outbox.s, d->outbox.s + n, d->outbox.n - (size_t)n);
    d->outbox.n -= (size_t)n;
  }
  pthread_mutex_unlock(&d->lock);
  return alive;
}

void desk_send_bytes(Desk *d, Sv bytes) {
  pthread_mutex_lock(&d->lock);
  str_addn(&d->outbox, bytes.s, bytes.n);
  pthread_mutex_unlock(&d->lock);
  wake(d);
}

static double worked_seconds(const Desk *d) {
  double now = clock_seconds();
  return now - d->started - d->rested - (d->resting > 0 ? now - d->resting : 0);
}

static void send_progress(Desk *d) {
  pthread_mutex_lock(&d->lock);
  bool busy = d->busy;
  Msg m;
  msg_init(&m, MSG_PROGRESS, 0);
  m.Progress = (MsgProgress){.cell = d->cell,
                             .done = atomic_load(&d->job->done),
                             .total = atomic_load(&d->job->total),
                             .seconds = worked_seconds(d),
                             .paused = d->resting > 0};
  pthread_mutex_unlock(&d->lock);
  m.Progress.memory = mem_resident();
  if (busy) desk_send(d, &m);
  msg_fini(&m);
}

// ---- reading from the snapshot -------------------------------------------------------------------------------------
static HostSnapshot *get_snapshot(Desk *d) {
  pthread_mutex_lock(&d->lock);
  HostSnapshot *s = snapshot_ref(d->snapshot);
  pthread_mutex_unlock(&d->lock);
  return s;
}

static Frame *chosen_columns(const Frame *f, const Names *columns, Err *err) {
  Frame *part = NULL;
  if (columns->n == 0) return frame_ref(f);
  return frame_select(f, columns, &part, err) == OK ? part : NULL;
}

static void answer_page(Desk *d, const Msg *m) {
  const MsgViewPage *v = &m->ViewPage;
  Found found;
  Err err = {0};
  if (desk_find(d, v->object, true, &found, &err) != OK) {
    desk_refuse(d, m->request, err.code, err.msg);
    return;
  }
  Frame *f = chosen_columns(found.frame, &v->columns, &err);
  if (f) {
    int64_t n = frame_nrow(f), first = v->first > n ? n : v->first, rows = v->rows > MOST_ROWS ? MOST_ROWS : v->rows;
    Msg a;
    msg_init(&a, MSG_PAGE, m->request);
    a.PageAnswer.object = v->object, a.PageAnswer.version = found.version;
    page_from_frame(f, first, rows < n - first ? rows : n - first, !v->exact, &a.PageAnswer.page);
    desk_send(d, &a);
    page_fini(&a.PageAnswer.page);
    msg_fini(&a);
  } else {
    desk_refuse(d, m->request, err.code, err.msg);
  }
  frame_unref(f);
  found_fini(&found);
}

static void send_candidate(void *ctx, const char *text, const char *kind, const char *doc) {
  Msg *a = ctx;
  int64_t n = a->Candidates.n;
  if (n == 200) return;
  WireCandidate c = {arena_strdup(&a->arena, text), arena_strdup(&a->arena, kind), arena_strdup(&a->arena, doc)};
  a->Candidates.item[n] = c;
  a->Candidates.n++;
}

static void answer_completion(Desk *d, const Msg *m) {
  HostSnapshot *s = get_snapshot(d);
  Msg a;
  msg_init(&a, MSG_CANDIDATES, m->request);
  a.Candidates.item = arena_array(&a.arena, WireCandidate, 200);
  Sv text = sv(m->Complete.text);
  size_t at = m->Complete.at < 0 ? 0 : (size_t)m->Complete.at > text.n ? text.n : (size_t)m->Complete.at;
  size_t from;
  if (host_path_at(s, text, at, &from)) from += paths_complete(d->paths, text.s + from, at - from, send_candidate, &a);
  else from = host_complete(s, text, at, send_candidate, &a);
  a.Candidates.from = (int64_t)from;
  desk_send(d, &a);
  msg_fini(&a);
  snapshot_unref(s);
}

static void answer_help(Desk *d, const Msg *m) {
  Msg a;
  Str text = {0};
  msg_init(&a, MSG_TEXT, m->request);
  host_help(sv(m->Help.topic), &text);
  a.TextAnswer.text = str_c(&text);
  desk_send(d, &a);
  msg_fini(&a);
  str_fini(&text);
}

// ---- requests ------------------------------------------------------------------------------------------------------
static void queue(Desk *d, Msg *m) {
  Request *t = calloc(1, sizeof *t);
  if (!t) abort();
  t->msg = *m;
  pthread_mutex_lock(&d->lock);
  if (d->last) d->last->next = t;
  else d->first = t;
  d->last = t;
  pthread_cond_signal(&d->work);
  pthread_mutex_unlock(&d->lock);
}

static void send_dropped(Desk *d, const Msg *m) {
  Msg done;
  msg_init(&done, MSG_DONE, m->request);
  done.Done.cell = m->kind == MSG_EVAL ? m->Eval.cell : 0;
  done.Done.failed = done.Done.cancelled = true;
  done.Done.token = "", done.Done.message = "stopped before it began";
  desk_send(d, &done);
  msg_fini(&done);
}

// Takes the cells that wait out of the queue, and what goes back; DROP and GRANT stay.
static Request *take_waiting(Desk *d) {
  Request *all = d->first, *dropped = NULL, **drop = &dropped, **keep = &d->first;
  d->first = d->last = NULL;
  for (Request *next; all; all = next) {
    next = all->next, all->next = NULL;
    bool stays = all->msg.kind == MSG_DROP || all->msg.kind == MSG_GRANT;
    if (stays) *keep = d->last = all, keep = &all->next;
    else *drop = all, drop = &all->next;
  }
  return dropped;
}

// Stops what runs and drops what waits.
static void cancel(Desk *d) {
  pthread_mutex_lock(&d->lock);
  Request *waiting = take_waiting(d);
  if (d->busy) {
    atomic_store(&d->job->cancel, true);
    pthread_kill(d->main, SIGUSR1);
  }
  pthread_mutex_unlock(&d->lock);
  while (waiting) {
    Request *next = waiting->next;
    send_dropped(d, &waiting->msg);
    request_free(waiting);
    waiting = next;
  }
}

// A hook that a signal sets while Lua turns its own off is lost: the signal comes again until the cell ends.
static void urge(Desk *d) {
  pthread_mutex_lock(&d->lock);
  if (d->busy && atomic_load(&d->job->cancel)) pthread_kill(d->main, SIGUSR1);
  pthread_mutex_unlock(&d->lock);
}

// Makes what runs wait, or go on; nothing where nothing runs.
static void pause_job(Desk *d, bool on) {
  pthread_mutex_lock(&d->lock);
  if (d->busy && on != (d->resting > 0)) {
    double now = clock_seconds();
    if (!on) d->rested += now - d->resting;
    d->resting = on ? now : 0;
    atomic_store(&d->job->pause, on);
    if (on) pthread_kill(d->main, SIGUSR1);
  }
  pthread_mutex_unlock(&d->lock);
  send_progress(d);
}

static void hang_up(Desk *d) {
  cancel(d);
  pthread_mutex_lock(&d->lock);
  d->closed = true;
  pthread_cond_signal(&d->work);
  pthread_mutex_unlock(&d->lock);
}

// Takes the message over. False when the conversation ends.
static bool handle(Desk *d, Msg *m) {
  if (clerk_takes(m->kind)) return clerk_ask(d->clerk, m), true;
  switch (m->kind) {
  case MSG_EVAL:
  case MSG_DROP:
  case MSG_GRANT:
  case MSG_RESTORE: return queue(d, m), true;
  case MSG_CANCEL: cancel(d); break;
  case MSG_PAUSE: pause_job(d, m->Pause.on); break;
  case MSG_VIEW_PAGE: answer_page(d, m); break;
  case MSG_COMPLETE: answer_completion(d, m); break;
  case MSG_HELP: answer_help(d, m); break;
  case MSG_BYE: msg_fini(m); return false;
  case MSG_HELLO:
    if (m->Hello.version == WIRE_VERSION) break;
    desk_refuse(d, m->request, ERR_PARSE, "this kernel speaks another version of the protocol: restart tycho");
    msg_fini(m);
    return false;
  default: desk_refuse(d, m->request, ERR_PARSE, "a kernel does not take this message");
  }
  msg_fini(m);
  return true;
}

// Handles every whole message of the inbox. False when the conversation ends.
static bool handle_inbox(Desk *d, Str *inbox) {
  size_t used = 0, size;
  bool alive = true;
  while (alive) {
    Sv rest = {inbox->s + used, inbox->n - used};
    Err err;
    Msg m;
    if (msg_size(rest, &size, &err) != OK) return desk_refuse(d, 0, err.code, err.msg), false;
    if (size == 0 || size > rest.n) break;
    if (msg_read((Sv){rest.s, size}, &m, &err) == OK) alive = handle(d, &m);
    else desk_refuse(d, m.request, err.code, err.msg);
    used += size;
  }
  if (used) memmove(inbox->s, inbox->s + used, inbox->n - used), inbox->n -= used;
  return alive;
}

static bool receive(Desk *d, Str *inbox) {
  char buf[65536];
  ssize_t n = recv(d->fd, buf, sizeof buf, MSG_DONTWAIT);
  if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  if (n == 0) return false;
  str_addn(inbox, buf, (size_t)n);
  return handle_inbox(d, inbox);
}

// ---- the thread ----------------------------------------------------------------------------------------------------
static void *desk_main(void *arg) {
  Desk *d = arg;
  Str inbox = {0};
  for (bool alive = true; alive;) {
    pthread_mutex_lock(&d->lock);
    bool busy = d->busy, full = d->outbox.n > 0;
    pthread_mutex_unlock(&d->lock);
    struct pollfd p[2] = {{d->fd, (short)(POLLIN | (full ? POLLOUT : 0)), 0}, {d->wake[0], POLLIN, 0}};
    int ready = poll(p, 2, busy ? PROGRESS_MS : -1);
    if (ready == 0 && busy) send_progress(d), desk_tell_training(d, false), urge(d);
    char drained[256];
    if (p[1].revents) alive = read(d->wake[0], drained, sizeof drained) != 0;
    if (p[0].revents & (POLLIN | POLLHUP | POLLERR)) alive = alive && receive(d, &inbox);
    if (alive) alive = send_outbox(d);
  }
  hang_up(d);
  send_outbox(d);
  str_fini(&inbox);
  return NULL;
}

ErrCode desk_open(Desk *d, int fd, Job *job, const Paths *paths, Err *err) {
  *d = (Desk){.fd = fd, .job = job, .paths = paths, .main = pthread_self()};
  pthread_mutex_init(&d->lock, NULL);
  pthread_cond_init(&d->work, NULL);
  rounds_init(&d->rounds);
  job->rounds = &d->rounds;
  if (pipe2(d->wake, O_CLOEXEC | O_NONBLOCK) != 0) return err_set(err, ERR_IO, "no pipe: %s", strerror(errno));
  TRY(clerk_open(d, &d->clerk, err));
  sigset_t all, was;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &was);
  int failed = pthread_create(&d->thread, NULL, desk_main, d);
  pthread_sigmask(SIG_SETMASK, &was, NULL);
  return failed ? err_set(err, ERR_IO, "no thread: %s", strerror(failed)) : OK;
}

void desk_close(Desk *d) {
  shutdown(d->fd, SHUT_RD); // the thread sends what is left and ends
  pthread_join(d->thread, NULL);
  clerk_close(d->clerk);
  for (Request *t = d->first; t;) {
    Request *next = t->next;
    request_free(t);
    t = next;
  }
  desk_free_objects(d);
  str_fini(&d->outbox);
  close(d->wake[0]);
  close(d->wake[1]);
  d->job->rounds = NULL;
  rounds_fini(&d->rounds);
  pthread_cond_destroy(&d->work);
  pthread_mutex_destroy(&d->lock);
}

// Under the same lock that takes the cell out of the queue: a cancel finds it in one of the two.
static void begin(Desk *d, int64_t cell) {
  atomic_store(&d->job->done, 0);
  atomic_store(&d->job->total, 0);
  d->busy = true, d->cell = cell, d->started = clock_seconds();
  d->rested = d->resting = 0;
}

Request *desk_next(Desk *d) {
  pthread_mutex_lock(&d->lock);
  while (!d->first && !d->closed) pthread_cond_wait(&d->work, &d->lock);
  Request *t = d->closed ? NULL : d->first;
  if (t && !(d->first = t->next)) d->last = NULL;
  bool runs = t && t->msg.kind == MSG_EVAL;
  if (runs) begin(d, t->msg.Eval.cell);
  pthread_mutex_unlock(&d->lock);
  if (runs) wake(d);
  return t;
}

void request_free(Request *t) {
  msg_fini(&t->msg);
  free(t);
}

double desk_end(Desk *d) {
  pthread_mutex_lock(&d->lock);
  double seconds = worked_seconds(d);
  d->busy = false;
  atomic_store(&d->job->cancel, false);
  atomic_store(&d->job->pause, false);
  pthread_mutex_unlock(&d->lock);
  return seconds;
}
