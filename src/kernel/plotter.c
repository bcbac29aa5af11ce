// The plotter: a process of its own (tycho --plotter FD) that takes a serialised plot, a format and a size, has gnuplot
// draw it, one that it keeps for the next, and returns the picture. It never sees scripts or user paths, and the kernel
// never starts gnuplot itself, so a kernel may lose the right to start programs. Started at the first picture, ended by
// the end of its socket.
//
//   request: u32 bytes that follow | u32 format | u32 width | u32 height | plot (plot_print)
//   answer:  u32 bytes that follow | u32 ErrCode | picture or message
#include "kernel/kernel_int.h"

#include "draw/draw.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PLOTTER_FD = 3, MOST_BYTES = 256 << 20 };

static void put_u32(Str *out, uint32_t v) {
  for (int k = 0; k < 4; k++) str_addc(out, (char)(v >> (8 * k)));
}

static uint32_t get_u32(const char *s) {
  uint32_t v = 0;
  for (int k = 3; k >= 0; k--) v = v << 8 | (unsigned char)s[k];
  return v;
}

static bool send_all(int fd, const char *s, size_t n) {
  while (n) {
    ssize_t m = send(fd, s, n, MSG_NOSIGNAL);
    if (m < 0 && errno == EINTR) continue;
    if (m <= 0) return false;
    s += m, n -= (size_t)m;
  }
  return true;
}

static bool receive_all(int fd, char *s, size_t n) {
  while (n) {
    ssize_t m = recv(fd, s, n, 0);
    if (m < 0 && errno == EINTR) continue;
    if (m <= 0) return false;
    s += m, n -= (size_t)m;
  }
  return true;
}

static bool send_frame(int fd, const Str *body) {
  Str head = {0};
  put_u32(&head, (uint32_t)body->n);
  bool sent = send_all(fd, head.s, head.n) && send_all(fd, body->s, body->n);
  str_fini(&head);
  return sent;
}

static bool receive_frame(int fd, Str *body) {
  char head[4];
  str_clear(body);
  if (!receive_all(fd, head, sizeof head)) return false;
  size_t n = get_u32(head);
  if (n > MOST_BYTES) return false;
  str_pad(body, 0, (int)n);
  return receive_all(fd, body->s, n);
}

// ---- the process ---------------------------------------------------------------------------------------------------
static ErrCode render_request(Gnuplot *g, const Str *request, Str *picture, Err *err) {
  if (request->n < 12) return err_set(err, ERR_PARSE, "the plotter was sent half a request");
  Plot plot;
  ExportFormat format = (ExportFormat)get_u32(request->s);
  int width = (int)get_u32(request->s + 4), height = (int)get_u32(request->s + 8);
  TRY(plot_parse((Sv){request->s + 12, request->n - 12}, &plot, err));
  ErrCode code = gnuplot_picture(g, &plot, format, width, height, picture, err);
  plot_fini(&plot);
  return code;
}

int kernel_plotter(int fd) {
  Str request = {0}, picture = {0}, answer = {0};
  Gnuplot *g = gnuplot_new();
  signal(SIGINT, SIG_IGN);
  for (bool alive = true; alive && receive_frame(fd, &request);) {
    Err err = {0};
    str_clear(&picture);
    str_clear(&answer);
    ErrCode code = render_request(g, &request, &picture, &err);
    put_u32(&answer, code);
    if (code == OK) str_addn(&answer, picture.s, picture.n);
    else str_add(&answer, err.msg);
    alive = send_frame(fd, &answer);
  }
  gnuplot_free(g);
  str_fini(&request);
  str_fini(&picture);
  str_fini(&answer);
  return 0;
}

// ---- its client ----------------------------------------------------------------------------------------------------
static ErrCode start(Plotter *p, Err *err) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return err_set(err, ERR_IO, "no socket for the plotter: %s", strerror(errno));
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attr;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, pair[1], PLOTTER_FD);
  posix_spawnattr_init(&attr);
  posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSID);
  char *argv[] = {"tycho", "--plotter", "3", NULL};
  extern char **environ;
  pid_t pid = 0;
  int failed = posix_spawn(&pid, "/proc/self/exe", &files, &attr, argv, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attr);
  close(pair[1]);
  if (failed) {
    close(pair[0]);
    return err_set(err, ERR_IO, "cannot start the plotter: %s", strerror(failed));
  }
  p->pid = pid, p->fd = pair[0];
  return OK;
}

void plotter_close(Plotter *p) {
  if (p->pid <= 0) return;
  close(p->fd);
  waitpid(p->pid, NULL, 0);
  *p = (Plotter){0};
}

ErrCode plotter_render(void *ctx, const Plot *plot, ExportFormat format, int width, int height, Str *picture,
                       Err *err) {
  Plotter *p = ctx;
  if (p->pid <= 0) TRY(start(p, err));
  Str frame = {0};
  put_u32(&frame, (uint32_t)format);
  put_u32(&frame, (uint32_t)width);
  put_u32(&frame, (uint32_t)height);
  plot_print(plot, &frame);
  bool answered = send_frame(p->fd, &frame) && receive_frame(p->fd, &frame) && frame.n >= 4;
  ErrCode code = answered ? (ErrCode)get_u32(frame.s) : ERR_IO;
  if (!answered) {
    plotter_close(p);
    err_set(err, ERR_IO, "the plotter ended unexpectedly: try again");
  } else if (code != OK) {
    err_set(err, code, "%.*s", (int)(frame.n - 4), frame.s + 4);
  } else {
    str_addn(picture, frame.s + 4, frame.n - 4);
  }
  str_fini(&frame);
  return code;
}
