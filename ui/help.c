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
HelpFrame help_frame(const App *a, int lines) {
  int w = a->w - 4 < WIDTH_MOST ? a->w - 4 : WIDTH_MOST;
  if (a->w < 60) w = a->w;
  int free = prompt_is_open(a->prompt) || a->question.n ? 2 : 1, y = a->h > 8 ? 1 : 0;
  int h = lines + 2 < a->h - free - y ? lines + 2 : a->h - free - y;
  Rect r = {(a->w - w) / 2, y, w, h};
  return (HelpFrame){r, r.x + 2, r.y + 1, w - 4, h - 2};
}

void help_begin(App *a, const Paint *p, const HelpFrame *f, int lines, const char *name, const char *what) {
  char state[64] = "";
  int64_t last = lines > f->rows ? lines - f->rows : 0;
  if (a->help_top > last) a->help_top = last;
  if (a->help_top < 0) a->help_top = 0;
  if (last)
    snprintf(state, sizeof state, "lines %lld to %lld of %d", (long long)a->help_top + 1,
             (long long)a->help_top + f->rows, lines);
  paint_overlay(p, f->r, name, what, state);
}

int help_row(const App *a, const HelpFrame *f, int line) {
  int64_t row = line - a->help_top;
  return row >= 0 && row < f->rows ? f->y + (int)row : -1;
}

typedef struct Legend {
  const char *name;
  const char *part[11]; // signs and what they say in turn
} Legend;

static void paint_legend(const Paint *p, const HelpFrame *f, int y, const Legend *l) {
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
  if (pane_keys(a->focus) == PANE_evaluate) return *out = EVALUATE, 1;
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
  HelpFrame most = help_frame(a, ENTRIES_MOST);
  int columns = most.w / COLUMN_LEAST < 1 ? 1 : most.w / COLUMN_LEAST;
  if (columns > COLUMNS_MOST) columns = COLUMNS_MOST;
  key_page_make(&page, keymap_rows(&a->keymap), (int)pane_keys(a->focus), columns, most.rows, a->help_rest);
  int legends = page.parts == 2 && a->help_rest ? 0 : legends_of(a, &legend), lines = page.lines + legends;
  while (lines > most.rows && legends > 0 && page.lines <= most.rows) legends--, lines--; // rather than scroll
  int spare = most.rows - lines;
  int top = spare >= 3, gap = spare >= 1; // blank lines where there is room
  lines += 2 * top + gap;
  HelpFrame f = help_frame(a, lines);
  const char *name = pane_name(a->focus);
  if (page.parts < 2) snprintf(what, sizeof what, "%s: %d keys, %d global", name, page.here, page.everywhere);
  else if (a->help_rest) snprintf(what, sizeof what, "%d keys everywhere; ? those of %s", page.everywhere, name);
  else snprintf(what, sizeof what, "%s: %d keys; ? %d more everywhere", name, page.here, page.everywhere);
  help_begin(a, p, &f, lines, "? help", what);
  for (int i = 0; i < page.n; i++) {
    const KeyEntry *e = &page.entry[i];
    int y = help_row(a, &f, top + e->line), x = f.x + e->column * (f.w / columns);
    if (y >= 0) draw_entry(p, x, y, x + f.w / columns, e);
  }
  for (int k = 0; k < legends; k++) {
    int y = help_row(a, &f, top + page.lines + gap + k);
    if (y >= 0) paint_legend(p, &f, y, &legend[k]);
  }
}

void help_draw(App *a, const Paint *p) {
  if (a->help_text.n) help_draw_text(a, p);
  else draw_keys(a, p);
}

// ---- acts ---------------------------------------------------------------------------------------------------------
void act_help(App *a, int arg) {
  (void)arg;
  a->help = !a->help, a->help_top = 0, a->help_example = 0, a->help_rest = false;
  str_clear(&a->help_text);
}

void help_show(App *a, const char *text) {
  str_clear(&a->help_text);
  str_add(&a->help_text, text);
  a->help = true, a->help_top = 0, a->help_example = 0;
}

// The keys of this pane and those that count everywhere, in turn.
void act_help_rest(App *a, int arg) {
  (void)arg;
  if (a->help_text.n) act_help(a, 0);
  else a->help_rest = !a->help_rest, a->help_top = 0;
}

void act_help_step(App *a, int arg) { a->help_top += arg; }
