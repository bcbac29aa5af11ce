// The terminal: cells out, bytes in. The only place that sees ncurses, which is used for output alone; term.c reads the
// tty raw. Whatever ends the program, the terminal is given back as it was: a guard process does it when the screen
// cannot.
#pragma once
#include "base/err.h"
#include "draw/draw.h"

typedef struct Term Term;

typedef struct TermCaps { // what the environment says
  DrawStyle style;        // glyphs by locale and TERM; depth by TERM, NO_COLOR, COLORTERM
  bool mouse, dumb;       // dumb: TERM cannot place a cursor; term_open refuses
  int esc_ms;             // how long a lone ESC waits: 25, over ssh 100
} TermCaps;
void term_caps(TermCaps *caps);

// Takes over the terminal of fd 1, with keys from fd 0 or, when that is no terminal, from /dev/tty; with the mouse when
// caps->mouse, and asks for the background once in 256 colours (K_GROUND). Signals are the caller's but for SIGSEGV,
// SIGBUS, SIGFPE and SIGABRT, which give the terminal back and go on to who had them. Sets the process's LC_CTYPE to
// the user's or, where that is not UTF-8, to C.UTF-8 when it exists. ERR_IO: no terminal, TERM unknown or dumb (what to
// do: another TERM, `tycho run`, `tycho -e`).
NODISCARD ErrCode term_open(const TermCaps *caps, Term **out, Err *err);
void term_close(Term *t); // NULL allowed
// Hands the terminal to another program (an editor, the shell after Ctrl-Z) and takes it back; everything is painted
// anew.
void term_suspend(Term *t);
void term_resume(Term *t);
int term_fd(const Term *t); // to poll for input
// Appends the bytes that wait. False: the terminal is gone.
bool term_read(Term *t, Str *bytes);
void term_size(Term *t, int *w, int *h); // asks the system, and sizes ncurses by it
// Shows the canvas, which has the terminal's size (what lies outside is cut), and puts the cursor; x < 0 hides it. In
// fewer colours than `style` says where the terminal has fewer.
void term_paint(Term *t, const Canvas *c, const DrawStyle *style, int x, int y);
void term_mouse(Term *t, bool on);
void term_beep(Term *t);
// The title of the terminal's window, where it has one; the one before comes back with term_suspend and term_close.
void term_title(Term *t, const char *text);
void term_repaint(Term *t); // the next paint writes every cell: the terminal may have lost some
