// How wide texts are. gnuplot sets them with fonts that are known only where it runs, so widths are estimated: those of
// Helvetica's letters (Adobe font metrics, thousandths of the size), and a tenth more, since a system without it takes
// a wider font. Other scripts count one or two halves of the size, by their columns on a terminal.
#include "base/utf8.h"
#include "draw/gnuplot_int.h"

static const short HELVETICA[95] = {278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
                                    556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
                                    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
                                    667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
                                    333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
                                    556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584};

static double width_at(Sv s, size_t i, int *len) {
  uint32_t cp = utf8_decode(s.s + i, s.n - i, len);
  return cp >= 32 && cp < 127 ? 1.1e-3 * HELVETICA[cp - 32] : 0.58 * utf8_cp_width(cp);
}

// Bytes of the longest beginning that is at most `room` wide.
static size_t fit(Sv s, double size, double room) {
  double used = 0;
  int len;
  for (size_t i = 0; i < s.n; i += (size_t)len) {
    used += size * width_at(s, i, &len);
    if (used > room) return i;
  }
  return s.n;
}

double words_width(const char *text, double size) {
  Sv s = sv(text);
  double used = 0;
  int len;
  for (size_t i = 0; i < s.n; i += (size_t)len) used += size * width_at(s, i, &len);
  return used;
}

const char *words_fit(Ink *k, const char *text, double size, double room) {
  Sv s = sv(text);
  if (fit(s, size, room) == s.n) return text;
  return arena_printf(&k->arena, "%.*s…", (int)fit(s, size, room - size), text);
}

int words_lines(Ink *k, const char *text, double size, double room, int most, const char **line) {
  Sv rest = sv_trim(sv(text));
  int n = 0;
  while (rest.n && n < most) {
    size_t all = fit(rest, size, room), cut = all;
    while (cut < rest.n && cut > 0 && rest.s[cut] != ' ') cut--;
    if (cut == 0) cut = all ? all : rest.n;
    if (n == most - 1 && cut < rest.n) line[n++] = words_fit(k, arena_strndup(&k->arena, rest.s, rest.n), size, room);
    else line[n++] = arena_strndup(&k->arena, rest.s, cut);
    rest = sv_trim((Sv){rest.s + cut, rest.n - cut});
  }
  return n;
}
