// What the environment says about the terminal. Names of terminals: terminfo(5), "Naming terminals"; NO_COLOR:
// no-color.org; COLORTERM and COLORFGBG: set by the terminal itself.
#include "ui/term_int.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { ESC_MS = 25, ESC_MS_SSH = 100 };

static const char *get(const char *name) {
  const char *value = getenv(name);
  return value ? value : "";
}

static bool starts(const char *s, const char *with) { return strncmp(s, with, strlen(with)) == 0; }

static bool ends(const char *s, const char *with) {
  size_t n = strlen(s), m = strlen(with);
  return n >= m && strcmp(s + n - m, with) == 0;
}

// By the locale, or by its name alone where the system has not got it.
static bool is_utf8(void) {
  const char *name = *get("LC_ALL") ? get("LC_ALL") : *get("LC_CTYPE") ? get("LC_CTYPE") : get("LANG");
  if (strcasestr(name, "utf-8") || strcasestr(name, "utf8")) return true;
  locale_t user = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
  if (!user) return false;
  bool utf8 = strcmp(nl_langinfo_l(CODESET, user), "UTF-8") == 0;
  freelocale(user);
  return utf8;
}

static bool is_dec(const char *term) { return starts(term, "vt") && term[2] >= '0' && term[2] <= '9'; }
static bool is_console(const char *term) { return strcmp(term, "linux") == 0 || starts(term, "linux-"); }

// Terminals of today whose name does not say how many colours they have.
static bool is_modern(const char *term) {
  static const char *const names[] = {"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (starts(term, names[i])) return true;
  return false;
}

static ThemeDepth depth_of(const char *term) {
  if (*get("NO_COLOR") || is_dec(term) || ends(term, "-m") || ends(term, "-mono")) return THEME_MONO;
  if (is_console(term)) return THEME_16;
  bool many = strstr(term, "256color") || ends(term, "-direct") || *get("COLORTERM") || is_modern(term);
  return many ? THEME_256 : THEME_16;
}

// COLORFGBG is "foreground;background" or "foreground;default;background", by numbers of the 16 colours.
static bool is_light(void) {
  const char *last = strrchr(get("COLORFGBG"), ';');
  return last && (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0);
}

void term_caps(TermCaps *caps) {
  const char *term = get("TERM");
  bool ssh = *get("SSH_CONNECTION") || *get("SSH_CLIENT") || *get("SSH_TTY");
  *caps = (TermCaps){
      .style = {.glyphs = !is_utf8() || is_console(term) ? GLYPHS_ASCII : GLYPHS_BRAILLE,
                .depth = depth_of(term),
                .light = is_light()},
      .mouse = !is_console(term) && !is_dec(term),
      .dumb = !*term || strcmp(term, "dumb") == 0,
      .esc_ms = ssh ? ESC_MS_SSH : ESC_MS,
  };
}
