// A page of text in the help: its lines broken at blanks, its examples as Lua that Enter takes into the notebook, and a
// search. Pages are made by the kernel from its tables; "example" alone on a line says that Lua follows.
#include "ui/help_int.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

// ---- lines ----------------------------------------------------------------------------------------------------------
typedef struct Reader {
  Sv rest;
  int indent;  // of what is left of a broken line
  bool lua;    // examples are being read
  int example; // of the line that was read; -1 = it is none
  int examples;
} Reader;

static Reader reader_of(const App *a) {
  return (Reader){.rest = sv_trim((Sv){str_c(&a->help_text), a->help_text.n}), .example = -1};
}

// What is left of a broken line stands under its last column of words, if that begins early enough.
static int hang_of(Sv line, int w) {
  int hang = 0;
  for (size_t i = 0; i < line.n && (int)i < w / 2; i++)
    if (line.s[i] != ' ' && (i == 0 || line.s[i - 1] == ' ') && (i < 2 || line.s[i - 2] == ' ')) hang = (int)i;
  return hang;
}

// Whether the whole line `line` is an example, and its number.
static void look_for_example(Reader *r, Sv line) {
  bool blank = sv_trim(line).n == 0;
  r->example = -1;
  if (sv_is(line, "example")) r->lua = true;
  else if (blank || line.s[0] != ' ') r->lua = false;
  else if (r->lua) r->example = r->examples++;
}

// The next line of the screen, at most w columns with its indent; broken at a blank.
static Sv reader_next(Reader *r, int w, int *indent) {
  const char *end = memchr(r->rest.s, '\n', r->rest.n);
  Sv line = {r->rest.s, end ? (size_t)(end - r->rest.s) : r->rest.n};
  if (!r->indent) look_for_example(r, line);
  size_t fit = utf8_fit(line, w - r->indent), next = line.n + (end != NULL);
  bool broken = fit < line.n;
  if (broken) {
    size_t cut = fit;
    while (cut > 0 && line.s[cut] != ' ') cut--;
    bool blank = cut > 0 && sv_trim((Sv){line.s, cut}).n > 0;
    next = blank ? cut + 1 : fit ? fit : 1;
  }
  *indent = r->indent;
  r->indent = !broken ? 0 : r->indent ? r->indent : hang_of(line, w);
  if (broken) line.n = next;
  while (broken && line.n > 1 && line.s[line.n - 1] == ' ') line.n--;
  r->rest = (Sv){r->rest.s + next, r->rest.n - next};
  return line;
}

static int count_examples(const App *a) {
  Reader r = reader_of(a);
  int indent;
  while (r.rest.n) reader_next(&r, 1 << 20, &indent);
  return r.examples;
}

// ---- painting -------------------------------------------------------------------------------------------------------
// What was searched for, in letters of either case.
static void mark_hits(const App *a, const Paint *p, int x, int y, Sv line) {
  size_t n = a->help_find ? strlen(a->help_find) : 0;
  for (size_t i = 0; n && i + n <= line.n; i++) {
    if (strncasecmp(line.s + i, a->help_find, n) != 0) continue;
    char *text = strndup(line.s + i, n);
    paint_text(p, x + utf8_width((Sv){line.s, i}), y, utf8_width(sv(text)), text, STYLE_HIT);
    free(text);
    i += n - 1;
  }
}

static void draw_line(App *a, const Paint *p, const HelpFrame *f, const Reader *r, int y, int indent, Sv line) {
  bool lua = r->example >= 0 && !indent, chosen = lua && r->example == a->help_example;
  size_t blanks = 0;
  while (lua && blanks < line.n && line.s[blanks] == ' ') blanks++;
  int x = f->x + indent + (int)blanks;
  Sv part = {line.s + blanks, line.n - blanks};
  char *text = strndup(part.s, part.n);
  bool head = y == f->y && a->help_top == 0;
  if (lua) paint_lua(p, x, y, f->x + f->w - x, part, 0, 0, STYLE_FG);
  else paint_text(p, x, y, f->x + f->w - x, text, head ? STYLE_STRONG : STYLE_FG);
  mark_hits(a, p, x, y, part);
  if (chosen) {
    paint_text(p, f->x, y, 1, glyph(p, G_CURSOR_ROW), STYLE_FOCUS);
    canvas_shade(p->c, f->r.x + 1, y, f->r.w - 2, EXTRA_ROW);
  }
  free(text);
}

// What the page is about stands on its title line: its first line, or the name that this begins with.
static char *title_of(const App *a, int w) {
  enum { STATE = 26 }; // columns of "lines 1 to 20 of 40" and a stroke
  Sv text = sv_trim((Sv){str_c(&a->help_text), a->help_text.n});
  Sv line = {text.s, 0};
  while (line.n < text.n && line.s[line.n] != '\n' && strncmp(line.s + line.n, ": ", 2) != 0) line.n++;
  bool fits = line.n && utf8_width(line) <= w - STATE;
  return fits ? strndup(line.s, line.n) : strdup("? help");
}

void help_draw_text(App *a, const Paint *p) {
  int lines = 0, indent, w = help_frame(a, ENTRIES_MOST).w, examples = count_examples(a);
  if (w < 2) return;
  for (Reader r = reader_of(a); r.rest.n; lines++) reader_next(&r, w, &indent);
  HelpFrame f = help_frame(a, lines);
  char *title = title_of(a, w);
  help_begin(a, p, &f, lines, title, examples ? "Enter inserts the example as a cell" : "");
  free(title);
  Reader r = reader_of(a);
  for (int line = 0; r.rest.n; line++) {
    Sv part = reader_next(&r, w, &indent);
    int y = help_row(a, &f, line);
    if (y >= 0) draw_line(a, p, &f, &r, y, indent, part);
  }
}

// ---- searching ------------------------------------------------------------------------------------------------------
static bool holds(Sv line, const char *what) {
  size_t n = strlen(what);
  for (size_t i = 0; i + n <= line.n; i++)
    if (strncasecmp(line.s + i, what, n) == 0) return true;
  return false;
}

// The first line behind (or before) `from` that holds what is searched for; round the end. -1 = none does.
static int find_line(const App *a, int from, int by) {
  int indent, w = help_frame(a, ENTRIES_MOST).w, line = 0, first = -1, last = -1, before = -1, behind = -1;
  for (Reader r = reader_of(a); r.rest.n; line++) {
    if (!holds(reader_next(&r, w, &indent), a->help_find)) continue;
    if (first < 0) first = line;
    last = line;
    if (line < from) before = line;
    if (line > from && behind < 0) behind = line;
  }
  if (by > 0) return behind >= 0 ? behind : first;
  return before >= 0 ? before : last;
}

static void go_to_hit(App *a, int from, int by) {
  int line = find_line(a, from, by);
  if (line < 0) app_say(a, STYLE_WARN, "! %s is not on this page", a->help_find);
  else a->help_top = line, a->help_hit = line;
}

void help_find(App *a, const char *text) {
  if (!*text) return;
  free(a->help_find);
  a->help_find = strdup(text);
  a->help_hit = (int)a->help_top - 1;
  if (!a->help_text.n) {
    Str page = {0};
    ui_print_keys(&page); // every key there is
    help_show(a, str_c(&page));
    str_fini(&page);
    a->help_hit = -1;
  }
  go_to_hit(a, (int)a->help_hit, 1);
}

void act_help_search(App *a, int arg) {
  (void)arg;
  prompt_open(a->prompt, PROMPT_HELP, "/", "");
}

void act_help_next(App *a, int by) {
  if (!a->help_find || !a->help_text.n) app_say(a, STYLE_DIM, "nothing was searched for yet: /");
  else go_to_hit(a, (int)a->help_hit, by);
}

// ---- examples -------------------------------------------------------------------------------------------------------
void act_help_example(App *a, int by) {
  int n = a->help_text.n ? count_examples(a) : 0, indent, line = 0, w = help_frame(a, ENTRIES_MOST).w;
  if (!n) {
    app_say(a, STYLE_DIM, "no example on this page");
    return;
  }
  a->help_example = (a->help_example + by + n) % n;
  for (Reader r = reader_of(a); r.rest.n; line++) {
    reader_next(&r, w, &indent);
    if (r.example != a->help_example || indent) continue;
    int rows = help_frame(a, ENTRIES_MOST).rows;
    if (line < a->help_top || line >= a->help_top + rows) a->help_top = line - rows / 2;
  }
}

// The text of the chosen example, without the return of its last line; the caller frees it.
static char *chosen_example(const App *a) {
  Reader r = reader_of(a);
  int indent;
  while (r.rest.n) {
    Sv line = sv_trim(reader_next(&r, 1 << 20, &indent));
    if (r.example != a->help_example) continue;
    bool returns = line.n > 7 && memcmp(line.s, "return ", 7) == 0;
    return strndup(line.s + 7 * returns, line.n - 7 * (size_t)returns);
  }
  return NULL;
}

void act_help_insert(App *a, int arg) {
  (void)arg;
  char *lua = a->help_text.n ? chosen_example(a) : NULL;
  if (!lua) {
    app_say(a, STYLE_DIM, "no example on this page");
    return;
  }
  int64_t at = a->doc.n && a->view == VIEW_NOTEBOOK ? a->cell + 1 : a->doc.n;
  doc_insert(&a->doc, at, NOTE_CODE, lua);
  a->doc.cell[at].typed = true;
  a->help = false;
  if (a->editor) act_edit_leave(a, 0);
  act_show_notebook(a, 0);
  a->cell = at;
  app_commit(a, "insert example");
  app_say(a, STYLE_FG, "inserted as cell %lld: F5 runs it", (long long)at + 1);
  free(lua);
}
