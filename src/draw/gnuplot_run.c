// Runs of gnuplot: the program goes to its input, the picture comes from its output, complaints from its error output.
// All three ends are watched at once, since gnuplot may write before it has read everything. Its input is a socket: a
// send to a gnuplot that has died is an error here (MSG_NOSIGNAL) and no SIGPIPE for the caller. It runs in a process
// group of its own, with default signals, a bare environment and no user start-up file (-d); what is not done when the
// time is over is killed.
//
// A gnuplot may be kept for the next picture, which then costs its drawing alone: starting it, its libraries and its
// fonts take most of the time of a small one. After the program it is told to finish the picture (to leave the
// terminal, which writes a pdf's end), to print a mark that the program could not know, and to forget everything. The
// picture is what came before the mark. When it drew nothing, after a timeout and after MOST_PICTURES it is not used
// again; what a kept one could not do a new one is asked once more, so that an answer never depends on
// what was drawn before.
#include "draw/draw_int.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PICTURE = 256 << 20, MOST_COMPLAINT = 64 << 10, MOST_PICTURES = 500, MARK_BYTES = 16 };

typedef struct Child {
  pid_t pid;
  int in, out, err; // our ends; -1 = closed
} Child;

struct Gnuplot {
  Child child;
  int pictures; // 0: not running
};

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

// Sends what fits now; closes the end when nobody listens or, unless gnuplot is kept, when all is sent.
static void feed(Child *c, Sv *rest, bool keep) {
  ssize_t n = send(c->in, rest->s, rest->n, MSG_NOSIGNAL);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n > 0) rest->s += n, rest->n -= (size_t)n;
  if (n < 0 || (rest->n == 0 && !keep)) close_end(&c->in);
}

// Takes what is there, up to `most` bytes in all; closes the end at its end.
static void drain(int *fd, Str *into, size_t most) {
  char block[1 << 16];
  ssize_t n = read(*fd, block, sizeof block);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n > 0 && into->n + (size_t)n <= most) str_addn(into, block, (size_t)n);
  if (n <= 0) close_end(fd);
}

static bool ends_in(const Str *s, Sv mark) { return s->n >= mark.n && !memcmp(s->s + s->n - mark.n, mark.s, mark.n); }

// Moves bytes until both outputs have ended, or the picture ends in a mark (n = 0: none); false when the time is over.
static bool converse(Child *c, Sv program, Sv mark, int64_t until, Str *picture, Str *complaint) {
  while ((c->out >= 0 || c->err >= 0) && !(mark.n && ends_in(picture, mark))) {
    struct pollfd p[] = {{program.n ? c->in : -1, POLLOUT, 0}, {c->out, POLLIN, 0}, {c->err, POLLIN, 0}};
    int64_t left = until - now_ms();
    if (left <= 0) return false;
    if (poll(p, 3, (int)left) < 0 && errno != EINTR) return false;
    if (p[0].revents) feed(c, &program, mark.n > 0);
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

// What came of it; *ended: in time.
static ErrCode verdict(bool ended, int timeout_ms, bool drawn, const Str *complaint, Err *err) {
  Sv line = complaint_line(complaint);
  if (!ended)
    return err_set(err, ERR_IO, "gnuplot did not finish within %g s: the plot is too large for it",
                   timeout_ms / 1000.0);
  if (!drawn) return err_set(err, ERR_IO, "gnuplot could not draw the plot: " SV_FMT, SV_ARG(line));
  return OK;
}

ErrCode gnuplot_run(Sv program, int timeout_ms, Str *picture, Err *err) {
  Child c;
  TRY(child_open(&c, err));
  Str complaint = {0};
  size_t start = picture->n;
  int64_t until = now_ms() + timeout_ms;
  bool ended = converse(&c, program, (Sv){0}, until, picture, &complaint);
  int status = child_close(&c, ended ? until : 0);
  bool drawn = WIFEXITED(status) && WEXITSTATUS(status) == 0 && picture->n > start;
  ErrCode code = verdict(ended, timeout_ms, drawn, &complaint, err);
  if (code != OK) picture->n = start;
  str_fini(&complaint);
  return code;
}

// ---- kept ----------------------------------------------------------------------------------------------------------
Gnuplot *gnuplot_new(void) {
  Gnuplot *g = calloc(1, sizeof *g);
  if (!g) abort();
  return g;
}

static void stop(Gnuplot *g, bool at_once) {
  if (g->pictures) child_close(&g->child, at_once ? 0 : now_ms() + 1000);
  g->pictures = 0;
}

void gnuplot_free(Gnuplot *g) {
  if (!g) return;
  stop(g, true);
  free(g);
}

// "MARK\n", of letters that nobody can guess.
static bool mark_new(Str *mark) {
  unsigned char bytes[MARK_BYTES];
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) return false;
  for (int k = 0; k < MARK_BYTES; k++) str_addf(mark, "%02x", bytes[k]);
  str_addc(mark, '\n');
  return true;
}

static ErrCode draw_kept(Gnuplot *g, Sv program, int timeout_ms, Str *picture, Err *err) {
  Str mark = {0}, text = {0}, complaint = {0};
  Str came = {0};
  if (!g->pictures && child_open(&g->child, err) != OK) return ERR_IO;
  g->pictures++;
  bool marked = mark_new(&mark);
  str_addn(&text, program.s, program.n);
  str_addf(&text, "\nset terminal unknown\nset print '-'\nprint '%.*s'\nunset print\n", (int)mark.n - 1, str_c(&mark));
  str_add(&text, "undefine *\nundefine $*\nreset session\n");
  Sv end = {str_c(&mark), mark.n};
  bool ended = marked && converse(&g->child, (Sv){str_c(&text), text.n}, end, now_ms() + timeout_ms, &came, &complaint);
  bool drawn = ended && came.n > mark.n && ends_in(&came, end);
  if (drawn) str_addn(picture, came.s, came.n - mark.n);
  ErrCode code = verdict(ended, timeout_ms, drawn, &complaint, err);
  if (!drawn || g->pictures == MOST_PICTURES) stop(g, !drawn);
  str_fini(&mark), str_fini(&text), str_fini(&complaint), str_fini(&came);
  return code;
}

ErrCode gnuplot_draw(Gnuplot *g, Sv program, int timeout_ms, Str *picture, Err *err) {
  bool used = g->pictures > 0;
  int64_t from = now_ms();
  ErrCode code = draw_kept(g, program, timeout_ms, picture, err);
  if (code == OK || !used || now_ms() - from >= timeout_ms) return code;
  return draw_kept(g, program, timeout_ms, picture, err);
}
