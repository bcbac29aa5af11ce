// Which terminfo entry to use: that of TERM when it has the colours that the theme needs; else its 256-colour sister,
// whose sequences for the first 16 are those of every terminal of the family (plain "xterm" says 8). Apart from term.c,
// since term.h makes macros of everyday words.
#include "ui/term_entry_int.h"

#include <stdio.h>
#include <unistd.h>

#include <ncurses.h>
#include <term.h>

// A capability without its padding ("$<5>").
static void copy_capability(const char *name, char *out, size_t size) {
  const char *s = tigetstr(name);
  size_t n = 0;
  if (!s || s == (const char *)-1) s = "";
  while (*s && n + 1 < size) {
    const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
    if (end) s = end + 1;
    else out[n++] = *s++;
  }
  out[n] = 0;
}

// Returns the number of colours, -1 when there is no such entry.
static int entry_read(const char *name, TermEntry *e) {
  int status;
  char place[128];
  *e = (TermEntry){0};
  snprintf(e->name, sizeof e->name, "%s", name);
  if (setupterm(name, STDOUT_FILENO, &status) != 0) return -1;
  int count = tigetnum("colors");
  e->depth = count >= 256 ? THEME_256 : count >= 8 ? THEME_16 : THEME_MONO;
  copy_capability("cup", place, sizeof place);
  copy_capability("rmcup", e->leave, sizeof e->leave);
  e->cursor = *place;
  del_curterm(cur_term);
  return count > 0 ? count : 0;
}

bool term_entry_find(const char *term, ThemeDepth want, TermEntry *out) {
  static const int needed[] = {[THEME_PLAIN] = 0, [THEME_MONO] = 0, [THEME_16] = 16, [THEME_256] = 256};
  static const char *const families[] = {"xterm", "screen", "tmux"};
  int found = entry_read(term, out);
  if (found >= needed[want] || (found >= 0 && strcmp(term, "linux") == 0)) return true;
  const char *family = term;
  for (int k = 0; k < 3; k++)
    if (strncmp(term, families[k], strlen(families[k])) == 0) family = families[k];
  char sister[80];
  TermEntry richer;
  snprintf(sister, sizeof sister, "%s-256color", family);
  if (entry_read(sister, &richer) < 0) return found >= 0;
  *out = richer;
  return true;
}
