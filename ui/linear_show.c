// What the kernel reports, as lines. Structure is ASCII; data keep their letters. A picture is drawn with ASCII glyphs
// and then said in a sentence; a table has as many columns as fit.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/linear_int.h"
#include "ui/output_int.h"
#include "ui/words_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH = 80, WIDTH_LEAST = 20, PLOT_WIDTH = 76, PLOT_ROWS = 3, ROWS_MOST = 20 };
static const double FIRST_WORD = 2, LONGEST_SILENCE = 60; // seconds

int linear_width(void) {
  struct winsize size = {0};
  int64_t w = 0;
  const char *columns = getenv("COLUMNS");
  bool given = columns && parse_i64(columns, strlen(columns), &w) && w > 0;
  if (!given && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) w = size.ws_col;
  if (w <= 0 || w > 10000) w = WIDTH;
  return w < WIDTH_LEAST ? WIDTH_LEAST : (int)w;
}

// ---- lines --------------------------------------------------------------------------------------------------------
void linear_put(const char *text) {
  Str out = {0};
  escape_add(&out, sv(text), true);
  paint_to_ascii(&out);
  if (out.n && out.s[out.n - 1] != '\n') str_addc(&out, '\n');
  fputs(str_c(&out), stdout);
  fflush(stdout);
  str_fini(&out);
}

// Sentences, broken at blanks so that no line is wider than the screen; words stay whole.
static void put_sentence(const char *text) {
  Str out = {0}, whole = {0};
  escape_add(&whole, sv(text), true);
  paint_to_ascii(&whole);
  for (Sv rest = {str_c(&whole), whole.n}; rest.n;) {
    size_t n = strcspn(rest.s, "\n"), fit = utf8_fit((Sv){rest.s, n}, linear_width() - 1), blank = fit;
    while (fit < n && blank > 0 && rest.s[blank] != ' ') blank--;
    if (fit < n) n = blank > 0 ? blank : fit;
    str_addn(&out, rest.s, n);
    str_addc(&out, '\n');
    while (n < rest.n && (rest.s[n] == ' ' || rest.s[n] == '\n')) n++;
    rest = (Sv){rest.s + n, rest.n - n};
  }
  fputs(str_c(&out), stdout);
  fflush(stdout);
  str_fini(&whole), str_fini(&out);
}

void linear_say(const char *fmt, ...) {
  char text[2000];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  put_sentence(text);
}

// ---- values -------------------------------------------------------------------------------------------------------
static void put_drawing(const Plot *plot) {
  static const DrawStyle STYLE = {.glyphs = GLYPHS_ASCII, .depth = THEME_PLAIN};
  Plot bare = *plot; // its words have lines of their own
  Canvas c;
  Str out = {0};
  int w = linear_width() - 1;
  bare.title = bare.reading = bare.note = NULL;
  canvas_init(&c, w < PLOT_WIDTH ? w : PLOT_WIDTH, output_plot_lines(plot) + PLOT_ROWS);
  draw_cells(&bare, &STYLE, &c);
  canvas_print(&c, &STYLE, &out);
  while (out.n > 1 && out.s[out.n - 1] == '\n' && out.s[out.n - 2] == '\n') out.s[--out.n] = 0;
  linear_put(str_c(&out));
  str_fini(&out);
  canvas_fini(&c);
}

static void put_plot(const Linear *l, const Plot *plot) {
  Str said = {0};
  if (plot->title && *plot->title) put_sentence(plot->title);
  if (!l->words) put_drawing(plot);
  if (plot->note && *plot->note) put_sentence(plot->note);
  if (plot->reading && *plot->reading) str_addf(&said, "reading: %s", plot->reading);
  char n[NUMFMT_MAX];
  fmt_i64(n, sizeof n, plot->n, true);
  if (plot->n > 0) str_addf(&said, "%sn %s", said.n ? "; " : "", n);
  if (said.n) put_sentence(str_c(&said));
  str_fini(&said);
}

static void put_value(const Linear *l, const MsgOut *m) {
  ShowStyle style = {.format = FORMAT_TEXT, .width = linear_width() - 1};
  Str out = {0};
  if (m->early) return; // the exact answer follows
  const char *own = m->has_plot ? m->plot.title : m->shown.kind == SHOWN_PAGE ? m->shown.page.title : NULL;
  if (m->title && *m->title && !(own && strcmp(own, m->title) == 0)) put_sentence(m->title);
  if (m->has_plot) {
    put_plot(l, &m->plot);
    return;
  }
  Shown shown = m->shown; // fewer of its rows
  if (shown.kind == SHOWN_PAGE && shown.page.shown > ROWS_MOST) shown.page.shown = ROWS_MOST;
  show_print(&shown, &style, &out);
  fputs(str_c(&out), stdout);
  fflush(stdout);
  str_fini(&out);
}

// ---- an error -----------------------------------------------------------------------------------------------------
static Sv line_of(const char *text, int64_t number) {
  for (; number > 1 && strchr(text, '\n'); number--) text = strchr(text, '\n') + 1;
  return (Sv){text, strcspn(text, "\n")};
}

// The line that is meant, and carets under the word.
static void put_place(const char *text, const MsgDone *m) {
  Sv line = line_of(text, m->line);
  Str out = {0};
  size_t before = m->column > 0 ? (size_t)m->column - 1 : 0;
  if (before > line.n) before = line.n;
  int carets = utf8_width(sv(m->token ? m->token : ""));
  str_addf(&out, "  " SV_FMT "\n", SV_ARG(line));
  if (m->column > 0) {
    str_add(&out, "  ");
    str_pad(&out, ' ', utf8_width((Sv){line.s, before}));
    str_pad(&out, '^', carets > 0 ? carets : 1);
  }
  linear_put(str_c(&out));
  str_fini(&out);
}

static void put_error(const Linear *l, const MsgDone *m) {
  int64_t i = doc_find(&l->a->doc, m->cell);
  const char *message = m->message && *m->message ? m->message : "failed";
  bool placed = strchr(message, '\n'); // an expression's error brings its own carets
  if (i >= 0 && m->line > 0 && !placed) put_place(doc_text(&l->a->doc, i), m);
  bool several = i >= 0 && strchr(doc_text(&l->a->doc, i), '\n');
  Str said = {0};
  str_add(&said, "! ");
  if (several && m->line > 0) str_addf(&said, "line %lld: ", (long long)m->line);
  str_add(&said, message);
  if (placed) linear_put(str_c(&said));
  else put_sentence(str_c(&said));
  str_fini(&said);
}

// ---- how far it is ------------------------------------------------------------------------------------------------
static void put_progress(Linear *l, const MsgProgress *m) {
  char time[32], left[32];
  if (m->seconds < FIRST_WORD) l->next = FIRST_WORD;
  if (m->seconds < l->next || m->seconds < FIRST_WORD) return;
  l->next = m->seconds + (m->seconds < LONGEST_SILENCE ? m->seconds : LONGEST_SILENCE);
  double share = m->total > 0 ? (double)m->done / (double)m->total : 0;
  words_time(m->seconds, time);
  if (share > 0)
    linear_say("... %.0f %%, %s, about %s left", 100 * share, time, words_time(m->seconds * (1 - share) / share, left));
  else linear_say("... runs for %s: ^C stops it", time);
}

void linear_show(Linear *l, const Msg *m) {
  App *a = l->a;
  switch (m->kind) {
  case MSG_OUT: put_value(l, &m->Out); break;
  case MSG_PROGRESS: put_progress(l, &m->Progress); break;
  case MSG_TEXT: linear_put(m->TextAnswer.text); break;
  case MSG_DONE:
    l->next = 0;
    if (m->Done.cell && m->Done.failed && !m->Done.cancelled && !(m->Done.asks && *m->Done.asks))
      put_error(l, &m->Done);
    break;
  case MSG_REFUSED:
    if (m->request != a->restore_asked) linear_say("! %s", m->Refused.message);
    break;
  default: break;
  }
}

// ---- the session --------------------------------------------------------------------------------------------------
static const char *state_word(CellState state) {
  static const char *const WORD[] = {"never run", "waits", "runs", "current", "stale", "failed"};
  return WORD[state];
}

void linear_list(const Linear *l) {
  const Doc *d = &l->a->doc;
  for (int64_t i = 0; i < d->n; i++) {
    bool code = doc_kind(d, i) == NOTE_CODE;
    linear_say("cell %lld, %s", (long long)i + 1, code ? state_word(d->cell[i].state) : "text");
    Str text = {0};
    for (const char *line = doc_text(d, i);; line++) {
      size_t n = strcspn(line, "\n");
      str_addf(&text, "  %.*s\n", (int)n, line);
      if (!*(line += n)) break;
    }
    linear_put(str_c(&text));
    str_fini(&text);
  }
  if (!d->n) linear_put("no cell yet: type Lua, or :open a table");
}

void linear_names(const Linear *l) {
  const MsgObjects *m = &l->a->objects.Objects;
  bool any = l->a->objects.kind == MSG_OBJECTS && m->n > 0;
  for (int64_t k = 0; any && k < m->n; k++)
    linear_say("%-12s %-10s %s", m->item[k].name, m->item[k].kind, m->item[k].summary);
  if (!any) linear_put("no names yet: d = data \"titanic\" makes one");
}
