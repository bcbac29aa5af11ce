// A program in a terminal: a pseudo-terminal with libvterm behind it. Keys go in by name or as text, cells come out.
// A test waits for what the screen shows and never for time; the runner's hang guard ends what waits for ever, and then
// the test says what the screen showed.
#pragma once
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <vterm.h>

enum { TTY_MOST = 400, TTY_TEXT = 4 * TTY_MOST + 1, TTY_TEXTS = 8 };

typedef struct Tty {
  VTerm *vt;
  VTermScreen *screen;
  int master, slave;
  pid_t pid;
  int w, h;
  struct termios before;
  bool alternate, cursor_shown, hung_up; // hung_up: nobody has the terminal open any more
  bool painting;                         // between the marks of a frame (mode 2026): what shows is half a screen
  bool ended;
  int status;         // of waitpid, once ended
  const char *ground; // answer to OSC 11: "ffff/ffff/ffff"; NULL = none
  char *log;          // every byte that came
  size_t nlog;
  char text[TTY_TEXTS][TTY_TEXT]; // rows handed out, the last few
  int ntext;
} Tty;

typedef struct TtyCell {
  uint32_t cp, mark; // cp 0: nothing was written there, or the tail of a wide character
  int fg, bg;        // of 256, -1 the terminal's own
  int width;
  bool bold, italic, underline, reverse;
} TtyCell;

// ---- what the screen shows ------------------------------------------------------------------------------------------
static inline int tty_color(const VTermColor *c, bool own) {
  return own || !VTERM_COLOR_IS_INDEXED(c) ? -1 : c->indexed.idx;
}

static inline TtyCell tty_cell(const Tty *t, int x, int y) {
  VTermScreenCell c;
  if (x < 0 || y < 0 || x >= t->w || y >= t->h) fail_msg("no cell at %d,%d", x, y);
  vterm_screen_get_cell(t->screen, (VTermPos){.row = y, .col = x}, &c);
  bool tail = c.chars[0] == (uint32_t)-1;
  return (TtyCell){.cp = tail ? 0 : c.chars[0],
                   .mark = tail || !c.chars[0] ? 0 : c.chars[1],
                   .fg = tty_color(&c.fg, VTERM_COLOR_IS_DEFAULT_FG(&c.fg)),
                   .bg = tty_color(&c.bg, VTERM_COLOR_IS_DEFAULT_BG(&c.bg)),
                   .width = c.width,
                   .bold = c.attrs.bold,
                   .italic = c.attrs.italic,
                   .underline = c.attrs.underline != 0,
                   .reverse = c.attrs.reverse};
}

static inline size_t tty_utf8(uint32_t cp, char *out) {
  if (cp < 0x80) return out[0] = (char)cp, 1;
  size_t more = cp < 0x800 ? 1 : cp < 0x10000 ? 2 : 3;
  out[0] = (char)("\0\xC0\xE0\xF0"[more] | (int)(cp >> (6 * more)));
  for (size_t i = 1; i <= more; i++) out[i] = (char)(0x80 | (cp >> (6 * (more - i)) & 0x3F));
  return more + 1;
}

// A row from column `from` on as UTF-8, without its trailing blanks; kept for the next few calls.
static inline const char *tty_row_from(Tty *t, int y, int from) {
  char *row = t->text[t->ntext++ % TTY_TEXTS];
  size_t n = 0, last = 0;
  for (int x = from; x < t->w && n + 8 < TTY_TEXT; x++) {
    TtyCell c = tty_cell(t, x, y);
    bool tail = x > 0 && !c.cp && tty_cell(t, x - 1, y).width == 2;
    if (tail) continue;
    n += tty_utf8(c.cp ? c.cp : ' ', row + n);
    if (c.mark) n += tty_utf8(c.mark, row + n);
    if (c.cp && c.cp != ' ') last = n;
  }
  row[last] = 0;
  return row;
}
static inline const char *tty_row(Tty *t, int y) { return tty_row_from(t, y, 0); }

// Column where `text` begins in row y, or -1.
static inline int tty_column(Tty *t, int y, const char *text) {
  for (int x = 0; x < t->w; x++)
    if (tty_cell(t, x, y).cp && strncmp(tty_row_from(t, y, x), text, strlen(text)) == 0) return x;
  return -1;
}

// The first row that holds `text`, or -1.
static inline int tty_find(Tty *t, const char *text) {
  for (int y = 0; y < t->h; y++)
    if (strstr(tty_row(t, y), text)) return y;
  return -1;
}

static inline void tty_cursor(const Tty *t, int *x, int *y) {
  VTermPos p;
  vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &p);
  *x = p.col, *y = p.row;
}

// Whether these bytes were ever written to the terminal.
static inline bool tty_got(const Tty *t, const char *bytes) {
  return t->nlog && memmem(t->log, t->nlog, bytes, strlen(bytes));
}

static inline void tty_show(Tty *t) { // for a failure
  fprintf(stderr, "# the screen, %d x %d%s:\n", t->w, t->h, t->alternate ? ", alternate" : "");
  for (int y = 0; y < t->h; y++) fprintf(stderr, "# %2d|%s\n", y, tty_row(t, y));
}
#define tty_fail(t, ...)                                                                                               \
  do {                                                                                                                 \
    tty_show(t);                                                                                                       \
    fail_msg(__VA_ARGS__);                                                                                             \
  } while (0)

// ---- the pump -------------------------------------------------------------------------------------------------------
static inline volatile sig_atomic_t *tty_hangs(void) {
  static volatile sig_atomic_t hangs; // the runner's guard has struck
  return &hangs;
}
static inline void tty_on_term(int sig) { (void)sig, *tty_hangs() = 1; }

static inline void tty_write(Tty *t, const char *bytes, size_t n);

static inline int tty_prop(VTermProp prop, VTermValue *v, void *user) {
  Tty *t = user;
  if (prop == VTERM_PROP_ALTSCREEN) t->alternate = v->boolean;
  if (prop == VTERM_PROP_CURSORVISIBLE) t->cursor_shown = v->boolean;
  return 1;
}

// Notes whether the last mark of a frame, from byte `from` of the log on, began one.
static inline void tty_note_frame(Tty *t, size_t from) {
  static const char mark[] = "\x1b[?2026";
  size_t n = sizeof mark - 1;
  for (size_t i = t->nlog; i-- > from;)
    if (i + n < t->nlog && memcmp(t->log + i, mark, n) == 0) {
      t->painting = t->log[i + n] == 'h';
      return;
    }
}

static inline void tty_take(Tty *t, const char *bytes, size_t n) {
  char answer[256];
  size_t had = t->nlog > 16 ? t->nlog - 16 : 0; // a question may be cut by two reads
  t->log = realloc(t->log, t->nlog + n + 1);
  memcpy(t->log + t->nlog, bytes, n);
  size_t old = t->nlog;
  t->nlog += n;
  vterm_input_write(t->vt, bytes, n);
  tty_note_frame(t, had);
  while ((n = vterm_output_read(t->vt, answer, sizeof answer)) > 0) tty_write(t, answer, n);
  const char *asked = memmem(t->log + had, t->nlog - had, "\x1b]11;?", 6);
  if (t->ground && asked && asked + 6 > t->log + old) {
    int len = snprintf(answer, sizeof answer, "\x1b]11;rgb:%s\x1b\\", t->ground);
    tty_write(t, answer, (size_t)len);
  }
}

// Takes what comes within `ms`; false when nothing did.
static inline bool tty_pump(Tty *t, int ms) {
  char buf[8192];
  struct pollfd p = {t->master, POLLIN, 0};
  if (*tty_hangs() || poll(&p, 1, ms) <= 0) return false;
  ssize_t n = read(t->master, buf, sizeof buf);
  if (n < 0) t->hung_up = errno == EIO;
  if (n > 0) tty_take(t, buf, (size_t)n);
  return n > 0;
}

static inline void tty_write(Tty *t, const char *bytes, size_t n) {
  while (n) { // the program may be writing too: its output is taken in between
    struct pollfd p = {t->master, POLLOUT | POLLIN, 0};
    poll(&p, 1, -1);
    if (*tty_hangs()) tty_fail(t, "it hangs");
    ssize_t k = p.revents & POLLOUT ? write(t->master, bytes, n) : 0;
    if (k > 0) bytes += k, n -= (size_t)k;
    else if (p.revents & POLLIN) tty_pump(t, 0);
  }
}

// ---- beginning and end ----------------------------------------------------------------------------------------------
// Forks with the child in a new terminal; returns 0 in the child, as fork does. `env`: "NAME=value" ... NULL, added to
// this process's environment; "NAME" alone takes it away.
static inline pid_t tty_fork(Tty *t, int w, int h, const char *const *env) {
  static const VTermScreenCallbacks callbacks = {.settermprop = tty_prop};
  struct winsize size = {.ws_row = (unsigned short)h, .ws_col = (unsigned short)w};
  *t = (Tty){.w = w, .h = h, .cursor_shown = true};
  signal(SIGTERM, tty_on_term);
  if (openpty(&t->master, &t->slave, NULL, NULL, &size) != 0) fail_msg("no pseudo-terminal");
  fcntl(t->master, F_SETFD, FD_CLOEXEC);
  fcntl(t->master, F_SETFL, O_NONBLOCK);
  tcgetattr(t->slave, &t->before);
  fflush(NULL);
  t->pid = fork();
  if (t->pid < 0) fail_msg("no process");
  if (t->pid == 0) {
    const int caught[] = {SIGTERM, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGSYS}; // by cmocka
    for (size_t k = 0; k < sizeof caught / sizeof *caught; k++) signal(caught[k], SIG_DFL);
    close(t->master);
    login_tty(t->slave);
    for (; *env; env++) strchr(*env, '=') ? putenv((char *)(uintptr_t)*env) : unsetenv(*env);
    return 0;
  }
  t->vt = vterm_new(h, w);
  vterm_set_utf8(t->vt, 1);
  t->screen = vterm_obtain_screen(t->vt);
  vterm_screen_set_callbacks(t->screen, &callbacks, t);
  vterm_screen_enable_altscreen(t->screen, 1);
  vterm_screen_reset(t->screen, 1);
  return t->pid;
}

// Starts the program that TYCHO names.
static inline void tty_open(Tty *t, int w, int h, const char *const *env, const char *const *args) {
  const char *program = getenv("TYCHO");
  if (!program) fail_msg("TYCHO must name the program (tests/run sets it)");
  if (tty_fork(t, w, h, env) != 0) return;
  char *argv[64] = {(char *)(uintptr_t)program};
  for (int k = 0; args && args[k] && k < 62; k++) argv[k + 1] = (char *)(uintptr_t)args[k];
  execv(program, argv);
  _exit(127);
}

static inline bool tty_has_ended(Tty *t) {
  if (!t->ended && waitpid(t->pid, &t->status, WNOHANG) == t->pid) t->ended = true;
  return t->ended;
}

// Waits for the program's end; its status as of waitpid. Everything that it wrote has been taken.
static inline int tty_wait_end(Tty *t) {
  while (!tty_has_ended(t)) {
    tty_pump(t, 10);
    if (*tty_hangs()) tty_fail(t, "it never ended");
  }
  while (tty_pump(t, 0)) continue;
  return t->status;
}

// Whether the terminal's modes are what they were before the program began.
static inline bool tty_is_sane(const Tty *t) {
  struct termios now;
  tcgetattr(t->slave, &now);
  return now.c_iflag == t->before.c_iflag && now.c_oflag == t->before.c_oflag && now.c_lflag == t->before.c_lflag &&
         memcmp(now.c_cc, t->before.c_cc, sizeof now.c_cc) == 0;
}

// Waits until nobody has the terminal open: no process stays behind. The modes cannot be asked after it.
static inline void tty_wait_hang_up(Tty *t) {
  close(t->slave);
  t->slave = -1;
  while (!t->hung_up) {
    tty_pump(t, 10);
    if (*tty_hangs()) tty_fail(t, "somebody holds the terminal");
  }
}

static inline void tty_kill(Tty *t, int sig) { kill(t->pid, sig); }

static inline void tty_close(Tty *t) {
  if (!tty_has_ended(t)) {
    kill(t->pid, SIGKILL);
    waitpid(t->pid, &t->status, 0);
  }
  close(t->master);
  if (t->slave >= 0) close(t->slave);
  vterm_free(t->vt);
  free(t->log);
  *t = (Tty){0};
}

// ---- waiting --------------------------------------------------------------------------------------------------------
// Pumps until `cond` holds of a whole frame; fails when the program ends before.
#define TTY_HOLDS(t, cond) (!(t)->painting && (cond))
#define TTY_UNTIL(t, cond, ...)                                                                                        \
  do {                                                                                                                 \
    while (!TTY_HOLDS(t, cond)) {                                                                                      \
      bool over_ = tty_has_ended(t);                                                                                   \
      if (*tty_hangs() || (!tty_pump(t, 10) && over_ && !TTY_HOLDS(t, cond))) tty_fail(t, __VA_ARGS__);                \
    }                                                                                                                  \
  } while (0)
// The same for what happens after the program's end.
#define TTY_UNTIL_AFTER(t, cond, ...)                                                                                  \
  do {                                                                                                                 \
    while (!TTY_HOLDS(t, cond)) {                                                                                      \
      tty_pump(t, 10);                                                                                                 \
      if (*tty_hangs()) tty_fail(t, __VA_ARGS__);                                                                      \
    }                                                                                                                  \
  } while (0)

static inline void tty_wait(Tty *t, const char *text) { TTY_UNTIL(t, tty_find(t, text) >= 0, "never \"%s\"", text); }
static inline void tty_wait_row(Tty *t, int y, const char *text) {
  TTY_UNTIL(t, strstr(tty_row(t, y), text), "never \"%s\" in row %d", text, y);
}
static inline void tty_wait_gone(Tty *t, const char *text) {
  TTY_UNTIL(t, tty_find(t, text) < 0, "still \"%s\"", text);
}

// ---- keys -----------------------------------------------------------------------------------------------------------
static inline void tty_type(Tty *t, const char *text) { tty_write(t, text, strlen(text)); }

static inline const char *tty_key_bytes(const char *name, char buf[16]) {
  static const char *const table[][2] = {
      {"Up", "\x1b[A"},        {"Down", "\x1b[B"},        {"Right", "\x1b[C"},       {"Left", "\x1b[D"},
      {"Home", "\x1b[H"},      {"End", "\x1b[F"},         {"PgUp", "\x1b[5~"},       {"PgDn", "\x1b[6~"},
      {"Insert", "\x1b[2~"},   {"Delete", "\x1b[3~"},     {"Enter", "\r"},           {"Tab", "\t"},
      {"S-Tab", "\x1b[Z"},     {"Backspace", "\x7f"},     {"Esc", "\x1b"},           {"Space", " "},
      {"F1", "\x1bOP"},        {"F2", "\x1bOQ"},          {"F3", "\x1bOR"},          {"F4", "\x1bOS"},
      {"F5", "\x1b[15~"},      {"F6", "\x1b[17~"},        {"F7", "\x1b[18~"},        {"F8", "\x1b[19~"},
      {"F9", "\x1b[20~"},      {"F10", "\x1b[21~"},       {"F11", "\x1b[23~"},       {"F12", "\x1b[24~"},
      {"Alt-Enter", "\x1b\r"}, {"S-Enter", "\x1b[13;2u"}, {"C-Enter", "\x1b[13;5u"}, {"C-Right", "\x1b[1;5C"},
      {"C-Left", "\x1b[1;5D"}};
  for (size_t k = 0; k < sizeof table / sizeof *table; k++)
    if (strcmp(name, table[k][0]) == 0) return table[k][1];
  if (strncmp(name, "Alt-", 4) == 0) snprintf(buf, 16, "\x1b%s", name + 4);
  else if (name[0] == '^' && name[1]) snprintf(buf, 16, "%c", name[1] & 0x1F);
  else snprintf(buf, 16, "%s", name);
  return buf;
}

// Keys by their names in the key table, parted by blanks: "Down ^F z[ Enter"; what is no name is typed. After Esc wait
// for what it does: bytes that follow it at once are taken for its sequence.
static inline void tty_keys(Tty *t, const char *names) {
  char copy[1024], buf[16], *rest = NULL;
  snprintf(copy, sizeof copy, "%s", names);
  for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
    tty_type(t, tty_key_bytes(name, buf));
}

static inline void tty_paste(Tty *t, const char *text) {
  tty_type(t, "\x1b[200~");
  tty_type(t, text);
  tty_type(t, "\x1b[201~");
}

// Presses and releases (wheel: presses only) a button, numbered as SGR has it: 0 left, 2 right, 64 up, 65 down.
static inline void tty_mouse(Tty *t, int button, int x, int y) {
  char buf[64];
  snprintf(buf, sizeof buf, "\x1b[<%d;%d;%dM", button, x + 1, y + 1);
  tty_type(t, buf);
  snprintf(buf, sizeof buf, "\x1b[<%d;%d;%dm", button, x + 1, y + 1);
  if (button < 64) tty_type(t, buf);
}

static inline void tty_resize(Tty *t, int w, int h) {
  struct winsize size = {.ws_row = (unsigned short)h, .ws_col = (unsigned short)w};
  vterm_set_size(t->vt, h, w);
  t->w = w, t->h = h;
  ioctl(t->master, TIOCSWINSZ, &size);
}
