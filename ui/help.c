// The overlay of the help: a page of keys with the signs of the screen, or a page of text.
#include "ui/help_int.h"

#include "base/utf8.h"

#include <stdio.h>

enum { WIDTH_MOST = 76, COLUMN_LEAST = 24, COLUMNS_MOST = 3 };

static const char *pane_name(PaneId pane) {
#define PANE_WORD(name) [PANE_##name] = #name,
  static const char *const NAME[PANE_COUNT] = {PANES(PANE_WORD)};
#undef PANE_WORD
  return pane < PANE_COUNT ? NAME[pane] : "";
}

// ---- painting -----------------------------------------------------------------------------------------------------
typedef struct Frame {
  Rect r;            // with its border
  int x, y, w, rows; // inside
} Frame;

// Room for `lines` lines; the key bar stays free, and where a line is being typed that one too.
static Frame frame_of(const App *a, int lines) {
  int w = a->w - 4 < WIDTH_MOST ? a->w - 4 : WIDTH_MOST;
  if (a->w < 60) w = a->w;
  int free = prompt_is_open(a->prompt) || a->question.n ? 2 : 1, y = a->h > 8 ? 1 : 0;
  int h = lines + 2 < a->h - free - y ? lines + 2 : a->h - free - y;
  Rect r = {(a->w - w) / 2, y, w, h};
  return (Frame){r, r.x + 2, r.y + 1, w - 4, h - 2};
}

static void begin(App *a, const Paint *p, const Frame *f, int lines, const char *what) {
  char state[64] = "";
  int64_t last = lines > f->rows ? lines - f->rows : 0;
  if (a->help_top > last) a->help_top = last;
  if (a->help_top < 0) a->help_top = 0;
  if (last)
    snprintf(state, sizeof state, "lines %lld to %lld of %d", (long long)a->help_top + 1,
             (long long)a->help_top + f->rows, lines);
  paint_overlay(p, f->r, "? help", what, state);
}

// The row of the canvas for a line of the page, -1 = it does not show.
static int row_of(const App *a, const Frame *f, int line) {
  int64_t row = line - a->help_top;
  return row >= 0 && row < f->rows ? f->y + (int)row : -1;
}

typedef struct Legend {
  const char *name;
  const char *part[11]; // signs and what they say in turn
} Legend;

static void paint_legend(const Paint *p, const Frame *f, int y, const Legend *l) {
  static const char RUNNING[] = ">", CURRENT[] = "=";
  bool marks = strcmp(l->name, "marks") == 0;
  int x = f->x + 12, end = f->x + f->w;
  paint_text(p, f->x, y, f->w, l->name, STYLE_DIM);
  for (int k = 0; k < 11 && l->part[k] && x < end; k++) {
    const char *part = l->part[k];
    Style sign = !marks                       ? STYLE_STRONG
                 : strcmp(part, RUNNING) == 0 ? STYLE_FOCUS
                 : strcmp(part, CURRENT) == 0 ? STYLE_ACCENT
                                              : STYLE_WARN;
    x += paint_text(p, x, y, end - x, part, k % 2 ? STYLE_DIM : sign) + 1 + k % 2;
  }
}

static int legends_of(const App *a, const Legend **out) {
  static const Legend TABLE[] = {
      {"type signs", {"~", "text", "#", "integer", "%", "real", "@", "date", "?", "yes or no"}},
      {"marks", {"!", "warning or error", "~", "stale", ">", "running", "=", "current"}},
      {"prefixes", {"g", "does it to all columns", "z", "adds to the sort"}}};
  static const Legend EVALUATE[] = {{"prefixes", {"z", "a tenth of the step"}}};
  if (a->focus == PANE_evaluate) return *out = EVALUATE, 1;
  *out = TABLE;
  return a->focus == PANE_table ? 3 : 2;
}

static void draw_entry(const Paint *p, int x, int y, int right, const KeyEntry *e) {
  if (e->head) {
    paint_text(p, x, y, right - x, e->word, STYLE_STRONG);
    return;
  }
  int used = paint_text(p, x, y, right - x, e->keys, STYLE_FOCUS);
  x += used > KEYS_WIDTH ? used : KEYS_WIDTH;
  paint_text(p, x + (used >= KEYS_WIDTH), y, right - x - (used >= KEYS_WIDTH), e->word, STYLE_FG);
}

static void draw_keys(App *a, const Paint *p) {
  KeyPage page;
  const Legend *legend;
  char what[64];
  Frame most = frame_of(a, ENTRIES_MOST);
  int columns = most.w / COLUMN_LEAST < 1 ? 1 : most.w / COLUMN_LEAST;
  if (columns > COLUMNS_MOST) columns = COLUMNS_MOST;
  key_page_make(&page, (int)a->focus, columns);
  int legends = legends_of(a, &legend), lines = page.lines + legends;
  if (lines == most.rows + 1 && legends > 2) legends--, lines--; // rather than scroll by one line
  int spare = most.rows - lines;
  int top = spare >= 3, gap = spare >= 1; // blank lines where there is room
  lines += 2 * top + gap;
  Frame f = frame_of(a, lines);
  snprintf(what, sizeof what, "%s: %d keys, %d global", pane_name(a->focus), page.here, page.everywhere);
  begin(a, p, &f, lines, what);
  for (int i = 0; i < page.n; i++) {
    const KeyEntry *e = &page.entry[i];
    int y = row_of(a, &f, top + e->line), x = f.x + e->column * (f.w / columns);
    if (y >= 0) draw_entry(p, x, y, x + f.w / columns, e);
  }
  for (int k = 0; k < legends; k++) {
    int y = row_of(a, &f, top + page.lines + gap + k);
    if (y >= 0) paint_legend(p, &f, y, &legend[k]);
  }
}

// ---- a page of text -----------------------------------------------------------------------------------------------
typedef struct Reader {
  Sv rest;
  int indent; // of what is left of a broken line
} Reader;

// What is left of a broken line stands under its last column of words, if that begins early enough.
static int hang_of(Sv line, int w) {
  int hang = 0;
  for (size_t i = 0; i < line.n && (int)i < w / 2; i++)
    if (line.s[i] != ' ' && (i == 0 || line.s[i - 1] == ' ') && (i < 2 || line.s[i - 2] == ' ')) hang = (int)i;
  return hang;
}

// The next line of the screen, at most w columns with its indent; broken at a blank.
static Sv reader_next(Reader *r, int w, int *indent) {
  const char *end = memchr(r->rest.s, '\n', r->rest.n);
  Sv line = {r->rest.s, end ? (size_t)(end - r->rest.s) : r->rest.n};
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

static void draw_text(App *a, const Paint *p) {
  Sv whole = sv_trim((Sv){str_c(&a->help_text), a->help_text.n});
  int lines = 0, indent, w = frame_of(a, ENTRIES_MOST).w;
  if (w < 2) return;
  for (Reader r = {whole, 0}; r.rest.n; lines++) reader_next(&r, w, &indent);
  Frame f = frame_of(a, lines);
  begin(a, p, &f, lines, "");
  Str text = {0};
  Reader r = {whole, 0};
  for (int line = 0; r.rest.n; line++) {
    Sv part = reader_next(&r, w, &indent);
    int y = row_of(a, &f, line);
    if (y < 0) continue;
    str_clear(&text);
    str_addn(&text, part.s, part.n);
    paint_text(p, f.x + indent, y, f.w - indent, str_c(&text), line == 0 ? STYLE_STRONG : STYLE_FG);
  }
  str_fini(&text);
}

void help_draw(App *a, const Paint *p) {
  if (a->help_text.n) draw_text(a, p);
  else draw_keys(a, p);
}

// ---- acts ---------------------------------------------------------------------------------------------------------
void act_help(App *a, int arg) {
  (void)arg;
  a->help = !a->help, a->help_top = 0;
  str_clear(&a->help_text);
}

void act_help_step(App *a, int arg) { a->help_top += arg; }
