// One run of gnuplot: the program goes to its input, the picture comes from its output, complaints from its error
// output. All three ends are watched at once, since gnuplot may write before it has read everything. Its input is a
// socket: a send to a gnuplot that has died is an error here (MSG_NOSIGNAL) and no SIGPIPE for the caller. It runs in a
// process group of its own, with default signals, a bare environment and no user start-up file (-d); what is not done
// when the time is over is killed.
#include "draw/draw_int.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PICTURE = 256 << 20, MOST_COMPLAINT = 64 << 10 };

typedef struct Child {
  pid_t pid;
  int in, out, err; // our ends; -1 = closed
} Child;

static void close_end(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static int64_t now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// The few variables that gnuplot and its fonts need. Its own (GNUTERM, GNUPLOT_LIB ...) stay out.
static char **environment_new(Arena *a) {
  static const char *const keep[] = {"PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_PATH", "FONTCONFIG_FILE"};
  enum { KEEP = sizeof keep / sizeof *keep };
  char **env = arena_array(a, char *, KEEP + 2);
  int n = 0;
  env[n++] = arena_strdup(a, "LC_ALL=C.UTF-8");
  for (int i = 0; i < KEEP; i++) {
    const char *v = getenv(keep[i]);
    if (v) env[n++] = arena_printf(a, "%s=%s", keep[i], v);
  }
  return env;
}

// Three connected pairs, closed on exec; false leaves nothing open.
static bool pairs_open(int pair[3][2]) {
  for (int i = 0; i < 3; i++) {
    int failed = i == 0 ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair[i]) : pipe2(pair[i], O_CLOEXEC);
    if (!failed) continue;
    while (i-- > 0) close(pair[i][0]), close(pair[i][1]);
    return false;
  }
  return true;
}

static int spawn(pid_t *pid, int in, int out, int err) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attr;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  Arena a;
  arena_init(&a);
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in, 0);
  posix_spawn_file_actions_adddup2(&files, out, 1);
  posix_spawn_file_actions_adddup2(&files, err, 2);
  posix_spawnattr_init(&attr);
  posix_spawnattr_setsigmask(&attr, &none);
  posix_spawnattr_setsigdefault(&attr, &all);
  posix_spawnattr_setpgroup(&attr, 0);
  posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  char name[] = "gnuplot", no_start[] = "-d", from_input[] = "-";
  int code = posix_spawnp(pid, name, &files, &attr, (char *[]){name, no_start, from_input, NULL}, environment_new(&a));
  posix_spawnattr_destroy(&attr);
  posix_spawn_file_actions_destroy(&files);
  arena_fini(&a);
  return code;
}

static ErrCode child_open(Child *c, Err *err) {
  int pair[3][2];
  if (!pairs_open(pair)) return err_set(err, ERR_IO, "gnuplot cannot be started: %s", strerror(errno));
  int code = spawn(&c->pid, pair[0][1], pair[1][1], pair[2][1]);
  c->in = pair[0][0], c->out = pair[1][0], c->err = pair[2][0];
  close(pair[0][1]);
  close(pair[1][1]);
  close(pair[2][1]);
  fcntl(c->in, F_SETFL, O_NONBLOCK);
  fcntl(c->out, F_SETFL, O_NONBLOCK);
  fcntl(c->err, F_SETFL, O_NONBLOCK);
  if (code == 0) return OK;
  close_end(&c->in);
  close_end(&c->out);
  close_end(&c->err);
  if (code == ENOENT)
    return err_set(err, ERR_IO,
                   "gnuplot is not installed: install gnuplot-nox (Debian, Ubuntu) for svg, png and pdf; "
                   ".txt works without");
  return err_set(err, ERR_IO, "gnuplot cannot be started: %s", strerror(code));
}

// Sends what fits now; closes the end when all is sent or nobody listens.
static void feed(Child *c, Sv *rest) {
  ssize_t n = send(c->in, rest->s, rest->n, MSG_NOSIGNAL);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n > 0) rest->s += n, rest->n -= (size_t)n;
  if (n < 0 || rest->n == 0) close_end(&c->in);
}

// Takes what is there, up to `most` bytes in all; closes the end at its end.
static void drain(int *fd, Str *into, size_t most) {
  char block[1 << 16];
  ssize_t n = read(*fd, block, sizeof block);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n > 0 && into->n + (size_t)n <= most) str_addn(into, block, (size_t)n);
  if (n <= 0) close_end(fd);
}

// Moves bytes until both outputs have ended; false when the time is over.
static bool converse(Child *c, Sv program, int64_t until, Str *picture, Str *complaint) {
  while (c->out >= 0 || c->err >= 0) {
    struct pollfd p[] = {{c->in, POLLOUT, 0}, {c->out, POLLIN, 0}, {c->err, POLLIN, 0}};
    int64_t left = until - now_ms();
    if (left <= 0) return false;
    if (poll(p, 3, (int)left) < 0 && errno != EINTR) return false;
    if (c->in >= 0 && p[0].revents) feed(c, &program);
    if (c->out >= 0 && p[1].revents) drain(&c->out, picture, MOST_PICTURE);
    if (c->err >= 0 && p[2].revents) drain(&c->err, complaint, MOST_COMPLAINT);
  }
  return true;
}

// Waits for the end of a child that has closed its outputs, and kills it when the time is over.
static int child_close(Child *c, int64_t until) {
  int status = -1;
  close_end(&c->in);
  close_end(&c->out);
  close_end(&c->err);
  for (;;) {
    pid_t got = waitpid(c->pid, &status, WNOHANG);
    if (got == c->pid || (got < 0 && errno != EINTR)) return got < 0 ? -1 : status;
    if (now_ms() >= until) kill(-c->pid, SIGKILL);
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
  }
}

// The line of a complaint that says what is wrong: gnuplot repeats the command and points at it first.
static Sv complaint_line(const Str *complaint) {
  Sv rest = {str_c(complaint), complaint->n}, best = {"it gave no reason", 17};
  while (rest.n) {
    const char *end = memchr(rest.s, '\n', rest.n);
    size_t n = end ? (size_t)(end - rest.s) : rest.n;
    Sv line = sv_trim((Sv){rest.s, n});
    if (line.n > 1) best = line;
    rest.s += n + (end != NULL), rest.n -= n + (end != NULL);
  }
  if (best.n > 300) best.n = 300;
  return best;
}

ErrCode gnuplot_run(Sv program, int timeout_ms, Str *picture, Err *err) {
  Child c;
  TRY(child_open(&c, err));
  Str complaint = {0};
  size_t start = picture->n;
  int64_t until = now_ms() + timeout_ms;
  bool ended = converse(&c, program, until, picture, &complaint);
  int status = child_close(&c, ended ? until : 0);
  ErrCode code = OK;
  Sv line = complaint_line(&complaint);
  if (!ended) {
    double seconds = timeout_ms / 1000.0;
    code = err_set(err, ERR_IO, "gnuplot did not finish within %g s: the plot is too large for it", seconds);
  } else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || picture->n == start) {
    code = err_set(err, ERR_IO, "gnuplot could not draw the plot: " SV_FMT, SV_ARG(line));
  }
  if (code != OK) picture->n = start;
  str_fini(&complaint);
  return code;
}
