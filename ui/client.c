// One kernel process and the socket to it. The socket is the only tie: when either side dies the other sees its end.
#include "ui/client_int.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KERNEL_FD = 3, HELLO_MS = 10000, BYE_MS = 2000 };

struct Client {
  char **argv; // program, --kernel, 3, args..., NULL
  int fd;
  pid_t pid;
  uint64_t request;
  int64_t threads, memory; // of the kernel, as its HELLO says
  Str inbox;
  bool lost;
};

// ---- starting -----------------------------------------------------------------------------------------------------
static char **make_argv(const char *program, const char *const *args) {
  size_t n = 0;
  while (args && args[n]) n++;
  char **argv = calloc(n + 4, sizeof *argv);
  if (!argv) abort();
  argv[0] = strdup(program), argv[1] = strdup("--kernel"), argv[2] = strdup("3");
  for (size_t k = 0; k < n; k++) argv[k + 3] = strdup(args[k]);
  return argv;
}

// The child gets its end of the socket as KERNEL_FD, a session of its own (so that the terminal's signals reach the
// screen alone) and default signal handling.
static int spawn(Client *c, int theirs) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attr;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, theirs, KERNEL_FD);
  posix_spawnattr_init(&attr);
  posix_spawnattr_setsigmask(&attr, &none);
  posix_spawnattr_setsigdefault(&attr, &all);
  posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  extern char **environ;
  int failed = posix_spawn(&c->pid, c->argv[0], &files, &attr, c->argv, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attr);
  return failed;
}

static ErrCode start(Client *c, Err *err) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return err_set(err, ERR_IO, "no socket for the kernel: %s", strerror(errno));
  if (pair[1] == KERNEL_FD) { // dup2 onto itself would keep close-on-exec
    int moved = fcntl(pair[1], F_DUPFD_CLOEXEC, KERNEL_FD + 1);
    close(pair[1]);
    pair[1] = moved;
  }
  int failed = spawn(c, pair[1]);
  close(pair[1]);
  if (failed) {
    close(pair[0]);
    return err_set(err, ERR_IO, "cannot start the kernel %s: %s", c->argv[0], strerror(failed));
  }
  c->fd = pair[0], c->lost = false;
  str_clear(&c->inbox);
  return OK;
}

static ErrCode greet(Client *c, Err *err) {
  Msg m;
  uint64_t request;
  msg_init(&m, MSG_HELLO, 0);
  m.Hello.version = WIRE_VERSION, m.Hello.build = "screen", m.Hello.pid = getpid();
  ErrCode code = client_send(c, &m, &request, err);
  msg_fini(&m);
  if (code != OK) return code;
  if (client_next(c, HELLO_MS, &m) != CLIENT_MESSAGE)
    return err_set(err, ERR_IO, "the kernel ended before it could answer: run tycho -e 1 to see why");
  if (m.kind != MSG_HELLO || m.Hello.version != WIRE_VERSION)
    code = err_set(err, ERR_PARSE, "the kernel speaks another version of the protocol: reinstall tycho");
  else c->threads = m.Hello.threads, c->memory = m.Hello.memory;
  msg_fini(&m);
  return code;
}

ErrCode client_open(const char *program, const char *const *args, Client **out, Err *err) {
  Client *c = calloc(1, sizeof *c);
  if (!c) abort();
  c->fd = -1;
  c->argv = make_argv(program, args);
  ErrCode code = start(c, err);
  if (code == OK) code = greet(c, err);
  if (code == OK) *out = c;
  else client_close(c);
  return code;
}

// ---- ending -------------------------------------------------------------------------------------------------------
static void sleep_ms(int ms) {
  struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
  nanosleep(&t, NULL);
}

// Closes the socket, on whose end the kernel stops, and waits; what does not end by then is killed.
static void end_kernel(Client *c, int patience_ms) {
  if (c->fd >= 0) close(c->fd);
  c->fd = -1;
  for (int waited = 0; c->pid > 0 && waited < patience_ms; waited += 5) {
    if (waitpid(c->pid, NULL, WNOHANG) != 0) c->pid = 0;
    else sleep_ms(5);
  }
  if (c->pid <= 0) return;
  kill(c->pid, SIGKILL);
  waitpid(c->pid, NULL, 0);
  c->pid = 0;
}

void client_close(Client *c) {
  if (!c) return;
  end_kernel(c, BYE_MS);
  for (char **a = c->argv; *a; a++) free(*a);
  free(c->argv);
  str_fini(&c->inbox);
  free(c);
}

ErrCode client_restart(Client *c, Err *err) {
  end_kernel(c, 0);
  TRY(start(c, err));
  return greet(c, err);
}

int client_pid(const Client *c) { return (int)c->pid; }
int client_fd(const Client *c) { return c->fd; }
int64_t client_threads(const Client *c) { return c->threads; }
int64_t client_memory(const Client *c) { return c->memory; }

// ---- talking ------------------------------------------------------------------------------------------------------
ErrCode client_send(Client *c, Msg *m, uint64_t *request, Err *err) {
  Str bytes = {0};
  m->request = *request = ++c->request;
  ErrCode code = msg_write(m, &bytes, err);
  size_t sent = 0;
  while (code == OK && !c->lost && sent < bytes.n) {
    ssize_t n = send(c->fd, bytes.s + sent, bytes.n - sent, MSG_NOSIGNAL);
    if (n > 0) sent += (size_t)n;
    else if (errno != EINTR) c->lost = true;
  }
  str_fini(&bytes);
  return code;
}

// One whole message out of the inbox; false while there is none.
static bool take_message(Client *c, Msg *out) {
  size_t size;
  Err err;
  while (c->inbox.n) {
    Sv bytes = {c->inbox.s, c->inbox.n};
    if (msg_size(bytes, &size, &err) != OK) return c->lost = true, str_clear(&c->inbox), false;
    if (size == 0 || size > bytes.n) return false;
    ErrCode code = msg_read((Sv){bytes.s, size}, out, &err);
    memmove(c->inbox.s, c->inbox.s + size, c->inbox.n - size);
    c->inbox.n -= size;
    if (code == OK) return true;
  }
  return false;
}

ClientEvent client_next(Client *c, int ms, Msg *out) {
  char buf[65536];
  for (;;) {
    if (take_message(c, out)) return CLIENT_MESSAGE;
    if (c->lost || c->fd < 0) return CLIENT_LOST;
    struct pollfd p = {c->fd, POLLIN, 0};
    int ready = poll(&p, 1, ms);
    if (ready < 0 && errno == EINTR) return CLIENT_NOTHING;
    if (ready == 0) return CLIENT_NOTHING;
    ssize_t n = recv(c->fd, buf, sizeof buf, MSG_DONTWAIT);
    if (n > 0) str_addn(&c->inbox, buf, (size_t)n);
    else if (n == 0 || (errno != EAGAIN && errno != EINTR)) c->lost = true;
  }
}
