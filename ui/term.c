// Cells onto a terminal by ncurses, which finds the fewest bytes that change the screen; bytes from it raw, since
// readline and the panes share one stream of keys. Colours are decided in one place, the theme: its SGR parameters are
// parsed into ncurses' attributes and pairs here, once for each style.
//
// Where a terminal has 8 colours, a bright one is the plain one in bold.
#include "ui/term_int.h"
#include "base/utf8.h"
#include "ui/term_entry_int.h"
#include "ui/term_guard_int.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#define NCURSES_NOMACROS
#include <ncurses.h>

enum { EXTRAS = EXTRA_COUNT, SIZE_MOST = 2000, READ_MOST = 1 << 20, ANSWER_MS = 50, TITLE_MOST = 200 };

#define PASTE_ON "\x1b[?2004h"
#define PASTE_OFF "\x1b[?2004l"
#define MOUSE_ON "\x1b[?1000h\x1b[?1002h\x1b[?1006h" // buttons, drawing with them, places beyond column 223
#define MOUSE_OFF "\x1b[?1006l\x1b[?1002l\x1b[?1000l"
#define TITLE_KEEP "\x1b[22;2t" // the terminal puts its title aside, and takes it up again
#define TITLE_BACK "\x1b[23;2t"
#define ASK_GROUND "\x1b]11;?\x1b\\"
#define FRAME_BEGIN "\x1b[?2026h" // until its end the terminal shows what it showed before
#define FRAME_END "\x1b[?2026l"
#define PLAIN_AGAIN FRAME_END MOUSE_OFF PASTE_OFF "\x1b[0m\x1b[?25h"

typedef struct Ink {
  bool known;
  attr_t attrs;
  short pair;
} Ink;

struct Term {
  SCREEN *screen;
  int in; // 0, or /dev/tty opened
  Guard *guard;
  ThemeDepth depth; // the most that the terminal can
  bool utf8, mouse, away;
  bool frames; // an emulator, which shows a frame at once or passes over the marks
  bool asked;  // for the background, and no answer came yet
  DrawStyle style;
  Ink ink[STYLE_COUNT][EXTRAS]; // of `style`
  Str title; // as it was set last
  cchar_t row[SIZE_MOST];
};

static void write_all(const char *bytes) {
  for (size_t n = strlen(bytes); n;) {
    ssize_t k = write(STDOUT_FILENO, bytes, n);
    if (k < 0 && errno != EINTR) return; // term_read says that the terminal is gone
    if (k > 0) bytes += k, n -= (size_t)k;
  }
}

// ---- opening ------------------------------------------------------------------------------------------------------
static bool set_locale(void) {
  const char *const tried[] = {"", "C.UTF-8", "C.utf8"};
  for (int k = 0; k < 3; k++)
    if (setlocale(LC_CTYPE, tried[k]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
  return setlocale(LC_CTYPE, "C") && false;
}

static ErrCode open_input(int *in, Err *err) {
  *in = STDIN_FILENO;
  if (isatty(STDIN_FILENO)) return 0;
  *in = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
  return *in < 0 ? err_set(err, ERR_IO, "no keyboard: standard input is no terminal and /dev/tty cannot be opened") : 0;
}

static ErrCode check_terminal(const TermCaps *caps, TermEntry *e, Err *err) {
  const char *term = getenv("TERM");
  static const char what[] =
      "set TERM to what the terminal is (xterm-256color fits most), or use tycho run or tycho -e";
  if (!isatty(STDOUT_FILENO))
    return err_set(err, ERR_IO, "no terminal: standard output is a file or a pipe; use tycho run or tycho -e");
  if (!term || !*term) return err_set(err, ERR_IO, "TERM is not set: %s", what);
  if (caps->dumb) return err_set(err, ERR_IO, "TERM=%s cannot place a cursor: %s", term, what);
  if (!term_entry_find(term, caps->style.depth, e))
    return err_set(err, ERR_IO, "TERM=%s is not known on this machine: %s", term, what);
  if (!e->cursor) return err_set(err, ERR_IO, "TERM=%s cannot place a cursor: %s", term, what);
  return 0;
}

// newterm takes signals for itself that are the program's business.
static SCREEN *open_screen(const char *name) {
  static const int taken[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
  struct sigaction before[4];
  for (int k = 0; k < 4; k++) sigaction(taken[k], NULL, &before[k]);
  SCREEN *screen = newterm(name, stdout, stdin);
  for (int k = 0; k < 4; k++) sigaction(taken[k], &before[k], NULL);
  return screen;
}

static void set_modes(void) {
  raw();
  noecho();
  nonl();
  typeahead(-1); // input is not ncurses' to look at
  curs_set(0);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
}

static void enter(Term *t) {
  clearok(stdscr, TRUE);
  refresh();
  write_all(PASTE_ON);
  if (t->frames) write_all(TITLE_KEEP);
  if (t->mouse) write_all(MOUSE_ON);
  str_clear(&t->title);
}

ErrCode term_open(const TermCaps *caps, Term **out, Err *err) {
  TermEntry e = {0};
  int in, w, h;
  TRY(check_terminal(caps, &e, err));
  TRY(open_input(&in, err));
  bool utf8 = set_locale();
  struct termios shell;
  char reset[256];
  tcgetattr(STDOUT_FILENO, &shell);
  SCREEN *screen = open_screen(e.name);
  if (!screen) {
    if (in != STDIN_FILENO) close(in);
    return err_set(err, ERR_IO, "TERM=%s cannot be used: try TERM=xterm-256color, tycho run or tycho -e", e.name);
  }
  Term *t = *out = calloc(1, sizeof *t);
  if (!t) abort();
  *t = (Term){.screen = screen, .in = in, .utf8 = utf8, .mouse = caps->mouse, .frames = caps->mouse, .depth = e.depth};
  const char *title = t->frames ? TITLE_BACK : "", *leave = *e.leave ? e.leave : "\x1b[999;1H\r\n";
  int n = snprintf(reset, sizeof reset, PLAIN_AGAIN "%s%s", title, leave);
  t->guard = guard_open(STDOUT_FILENO, &shell, (Sv){reset, (size_t)n});
  set_modes();
  term_size(t, &w, &h);
  enter(t);
  t->asked = caps->style.depth == THEME_256 && t->depth == THEME_256;
  if (t->asked) write_all(ASK_GROUND);
  return 0;
}

// ---- giving it away -----------------------------------------------------------------------------------------------
void term_suspend(Term *t) {
  if (t->away) return;
  t->away = true;
  write_all(PLAIN_AGAIN);
  if (t->frames) write_all(TITLE_BACK);
  curs_set(1);
  endwin();
  guard_arm(t->guard, false);
}

void term_resume(Term *t) {
  if (!t->away) return;
  t->away = false;
  guard_arm(t->guard, true);
  enter(t);
}

// An answer that comes when nobody reads would be typed into the shell.
static void await_answer(Term *t) {
  char junk[256];
  struct pollfd p = {t->in, POLLIN, 0};
  while (t->asked && !t->away && poll(&p, 1, ANSWER_MS) > 0 && read(t->in, junk, sizeof junk) > 0) continue;
}

void term_close(Term *t) {
  if (!t) return;
  await_answer(t);
  term_suspend(t);
  delscreen(t->screen);
  guard_close(t->guard);
  if (t->in != STDIN_FILENO) close(t->in);
  str_fini(&t->title);
  free(t);
}

// ---- bytes in -----------------------------------------------------------------------------------------------------
int term_fd(const Term *t) { return t->in; }

bool term_read(Term *t, Str *bytes) {
  char buf[4096];
  struct pollfd p = {t->in, POLLIN, 0};
  size_t begin = bytes->n;
  while (bytes->n - begin < READ_MOST && poll(&p, 1, 0) > 0) {
    ssize_t n = read(t->in, buf, sizeof buf);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    str_addn(bytes, buf, (size_t)n);
  }
  if (t->asked && bytes->n > begin && strstr(bytes->s + begin, "]11;")) t->asked = false;
  return true;
}

// ---- size ---------------------------------------------------------------------------------------------------------
static int within(int v, int otherwise) { return v <= 0 ? otherwise : v > SIZE_MOST ? SIZE_MOST : v; }

void term_size(Term *t, int *w, int *h) {
  struct winsize size = {0};
  (void)t;
  ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
  *w = within(size.ws_col, 80), *h = within(size.ws_row, 24);
  if (*w == COLS && *h == LINES) return;
  resize_term(*h, *w);
  clearok(stdscr, TRUE); // terminals differ in what they keep
}

void term_repaint(Term *t) {
  (void)t;
  clearok(stdscr, TRUE);
}

// ---- cells out ----------------------------------------------------------------------------------------------------
// A colour that the terminal has in place of one that it has not; bold makes it bright. Grey is no bold black, which
// cannot be seen where bold is a matter of weight alone.
static short nearest(int color, attr_t *attrs) {
  if (color < COLORS || color < 8) return (short)color;
  if (color == 8) return *attrs |= A_DIM, -1;
  *attrs |= A_BOLD;
  return (short)(color - 8);
}

static attr_t attribute(int parameter) {
  switch (parameter) {
  case 1: return A_BOLD;
  case 2: return A_DIM;
  case 3: return A_ITALIC;
  case 4: return A_UNDERLINE;
  case 7: return A_REVERSE;
  default: return 0;
  }
}

// "1;38;5;80;48;5;236"
static Ink parse_sgr(const char *sgr) {
  Ink ink = {.known = true};
  int v[16], n = 0, fg = -1, bg = -1;
  for (char *end; *sgr && n < 16; sgr = *end ? end + 1 : end) v[n++] = (int)strtol(sgr, &end, 10);
  for (int i = 0; i < n; i++) {
    int base = v[i] % 10;
    if ((v[i] == 38 || v[i] == 48) && i + 2 < n) *(v[i] == 38 ? &fg : &bg) = v[i + 2], i += 2;
    else if (v[i] >= 30 && v[i] < 38) fg = base;
    else if (v[i] >= 40 && v[i] < 48) bg = base;
    else if (v[i] >= 90 && v[i] < 98) fg = 8 + base;
    else if (v[i] >= 100 && v[i] < 108) bg = 8 + base;
    else ink.attrs |= attribute(v[i]);
  }
  if (!has_colors() || (fg < 0 && bg < 0)) return ink;
  attr_t none = 0; // a bright ground is the plain one
  fg = nearest(fg, &ink.attrs), bg = nearest(bg, &none);
  int pair = alloc_pair(fg, bg);
  ink.pair = (short)(pair > 0 ? pair : 0);
  return ink;
}

static Ink ink_of(Term *t, const CanvasCell *cell) {
  Ink *ink = &t->ink[cell->style < STYLE_COUNT ? cell->style : STYLE_FG][cell->extra < EXTRAS ? cell->extra : 0];
  if (!ink->known) *ink = parse_sgr(cell_sgr(cell, &t->style));
  return *ink;
}

// What stands for a character that this locale cannot print, or that it counts in other columns than we do.
static uint32_t printable(const Term *t, uint32_t cp, int columns) {
  if (!t->utf8) return cp >= ' ' && cp < 0x7F ? cp : '?';
  return wcwidth((wchar_t)cp) == columns ? cp : 0xFFFD;
}

static int fill_row(Term *t, const CanvasCell *cell, int w) {
  int n = 0;
  for (int x = 0; x < w; x++) {
    if (cell[x].cp == 0) continue;
    int columns = x + 1 < w && cell[x + 1].cp == 0 ? 2 : 1;
    uint32_t cp = printable(t, cell[x].cp, columns), mark = cell[x].mark;
    if (mark && (cp != cell[x].cp || !t->utf8 || wcwidth((wchar_t)mark) != 0)) mark = 0;
    wchar_t text[3] = {(wchar_t)cp, (wchar_t)mark};
    Ink ink = ink_of(t, &cell[x]);
    setcchar(&t->row[n++], text, ink.attrs, ink.pair, NULL);
    if (columns == 2 && cp != cell[x].cp) setcchar(&t->row[n++], L" ", ink.attrs, ink.pair, NULL);
  }
  return n;
}

static void set_style(Term *t, const DrawStyle *style) {
  DrawStyle now = *style;
  if (now.depth > t->depth) now.depth = t->depth;
  if (now.depth == t->style.depth && now.light == t->style.light && now.contrast == t->style.contrast) return;
  t->style = now;
  memset(t->ink, 0, sizeof t->ink);
}

void term_paint(Term *t, const Canvas *c, const DrawStyle *style, int x, int y) {
  if (t->away) return;
  set_style(t, style);
  if (t->frames) write_all(FRAME_BEGIN);
  werase(stdscr);
  int w = c->w < COLS ? c->w : COLS, h = c->h < LINES ? c->h : LINES;
  for (int j = 0; j < h; j++) {
    int n = fill_row(t, c->cell + (size_t)j * (size_t)c->w, w < SIZE_MOST ? w : SIZE_MOST);
    mvwadd_wchnstr(stdscr, j, 0, t->row, n);
  }
  bool shown = x >= 0 && x < w && y >= 0 && y < h;
  if (shown) wmove(stdscr, y, x);
  curs_set(shown);
  wrefresh(stdscr);
  if (t->frames) write_all(FRAME_END);
}

void term_mouse(Term *t, bool on) {
  t->mouse = on;
  if (!t->away) write_all(on ? MOUSE_ON : MOUSE_OFF);
}

void term_title(Term *t, const char *text) {
  Str clean = {0};
  if (!t->frames || t->away) return;
  for (const char *p = text; *p && clean.n < TITLE_MOST; p++)
    if ((unsigned char)*p >= ' ' && *p != 0x7F) str_addc(&clean, *p);
  if (!t->title.n || strcmp(str_c(&clean), str_c(&t->title)) != 0) {
    write_all("\x1b]2;"), write_all(str_c(&clean)), write_all("\a");
    str_clear(&t->title);
    str_addn(&t->title, clean.s, clean.n);
  }
  str_fini(&clean);
}

void term_beep(Term *t) {
  if (!t->away) beep();
}
