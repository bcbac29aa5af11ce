// Two ways out for a screen that ends without a word.
//
// A fault of its own (SIGSEGV, SIGBUS, SIGFPE, SIGABRT): a handler on a stack of its own gives the terminal back and
// raises the signal anew, for whoever handled it before. It calls async-signal-safe functions only.
//
// A death that runs no code (SIGKILL, no memory): a child waits at the other end of a socket. A socket that closes
// without a goodbye is such a death, and the child gives the terminal back. The child has a session of its own, so that
// no signal of the terminal reaches it, holds the terminal and the socket and nothing else, and ends with the screen;
// a terminal that takes no bytes holds it for two seconds at most. It leaves the modes alone when they are no longer
// raw: then a shell was faster.
#include "ui/term_guard_int.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RESET_MOST = 256, STACK = 64 * 1024, PATIENCE_S = 2 };
enum { GOODBYE = 'q', ARMED = '+', NOT_ARMED = '-' };

static const int FATAL[] = {SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { FATALS = sizeof FATAL / sizeof *FATAL };

struct Guard {
  int tty, line; // line: to the child, -1 when there is none
  pid_t child;
  struct termios shell;
  char reset[RESET_MOST];
  size_t nreset;
  struct sigaction before[FATALS];
  stack_t stack, stack_before;
};

// What a fault gives back; NULL while the terminal is not ours. A signal handler has no other way to it.
static _Atomic(Guard *) rescued;

static void give_back(const Guard *g) {
  struct termios now;
  bool raw = tcgetattr(g->tty, &now) == 0 && !(now.c_lflag & (ICANON | ISIG));
  if (raw) tcsetattr(g->tty, TCSANOW, &g->shell);
  for (size_t done = 0; done < g->nreset;) {
    ssize_t n = write(g->tty, g->reset + done, g->nreset - done);
    if (n < 0 && errno != EINTR) return;
    if (n > 0) done += (size_t)n;
  }
}

static void tell(const Guard *g, char word) {
  if (g->line >= 0) send(g->line, &word, 1, MSG_NOSIGNAL);
}

// ---- faults -------------------------------------------------------------------------------------------------------
static void on_fault(int sig) { // by SA_RESETHAND the next one ends the process
  Guard *g = atomic_exchange(&rescued, NULL);
  if (g) {
    give_back(g);
    tell(g, GOODBYE);
    for (int k = 0; k < FATALS; k++)
      if (FATAL[k] == sig) sigaction(sig, &g->before[k], NULL);
  }
  raise(sig); // delivered on return
}

static void catch_faults(Guard *g) {
  struct sigaction action = {.sa_handler = on_fault, .sa_flags = SA_ONSTACK | (int)SA_RESETHAND};
  g->stack = (stack_t){.ss_sp = malloc(STACK), .ss_size = STACK};
  if (!g->stack.ss_sp) abort();
  sigaltstack(&g->stack, &g->stack_before);
  sigemptyset(&action.sa_mask);
  for (int k = 0; k < FATALS; k++) sigaction(FATAL[k], &action, &g->before[k]);
}

static void leave_faults(Guard *g) {
  for (int k = 0; k < FATALS; k++) sigaction(FATAL[k], &g->before[k], NULL);
  sigaltstack(&g->stack_before, NULL);
  free(g->stack.ss_sp);
}

// ---- the child ----------------------------------------------------------------------------------------------------
static void close_but(int a, int b) {
  unsigned lo = (unsigned)(a < b ? a : b), hi = (unsigned)(a < b ? b : a);
  if (lo > 0) close_range(0, lo - 1, 0);
  if (hi > lo + 1) close_range(lo + 1, hi - 1, 0);
  close_range(hi + 1, ~0u, 0);
}

static _Noreturn void watch(const Guard *g, int line) {
  signal(SIGALRM, SIG_DFL);
  setsid();
  close_but(g->tty, line);
  if (chdir("/") != 0) _exit(1); // keeps no folder busy
  bool armed = true;
  for (char word;;) {
    ssize_t n = read(line, &word, 1);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    if (word == GOODBYE) _exit(0);
    armed = word == ARMED;
  }
  alarm(PATIENCE_S);
  if (armed) give_back(g);
  _exit(0);
}

static void start_child(Guard *g) {
  int pair[2];
  sigset_t all, before;
  g->line = -1;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return;
  sigfillset(&all);
  sigdelset(&all, SIGALRM);
  sigprocmask(SIG_SETMASK, &all, &before); // the child is deaf from its first moment on
  g->child = fork();
  if (g->child == 0) watch(g, pair[1]);
  sigprocmask(SIG_SETMASK, &before, NULL);
  close(pair[1]);
  if (g->child > 0) g->line = pair[0];
  else close(pair[0]);
}

// ---- its owner ----------------------------------------------------------------------------------------------------
Guard *guard_open(int tty, const struct termios *shell, Sv reset) {
  Guard *g = calloc(1, sizeof *g);
  if (!g) abort();
  g->tty = tty, g->shell = *shell;
  g->nreset = reset.n < RESET_MOST ? reset.n : RESET_MOST;
  memcpy(g->reset, reset.s, g->nreset);
  start_child(g);
  catch_faults(g);
  atomic_store(&rescued, g);
  return g;
}

void guard_arm(Guard *g, bool armed) {
  atomic_store(&rescued, armed ? g : NULL);
  tell(g, armed ? ARMED : NOT_ARMED);
}

void guard_close(Guard *g) {
  if (!g) return;
  atomic_store(&rescued, NULL);
  leave_faults(g);
  if (g->line >= 0) {
    tell(g, GOODBYE);
    kill(g->child, SIGKILL); // it may have been stopped
    while (waitpid(g->child, NULL, 0) < 0 && errno == EINTR) continue;
    close(g->line);
  }
  free(g);
}
