// The help over the screen: the keys of a pane, or a page of text (F1).
#pragma once
#include "ui/app_int.h"

// The rows of actions.h without their acts, for who only tells of them.
typedef struct KeyRow {
  int where; // PaneId or Where
  const char *keys, *word, *group, *help;
  const char *act; // its name
} KeyRow;
extern const KeyRow KEY_ROWS[]; // ended by NULL keys
// Of a word with two forms ("describe|desc") the long or the short one.
const char *key_word(const char *word, bool small, char buf[32]);

enum { KEYS_WIDTH = 8, ENTRIES_MOST = 128 };
typedef struct KeyEntry {
  char keys[24], word[48]; // keys: KEYS_WIDTH columns, or one longer key
  bool head;               // a group's name stands in `word`
  bool everywhere;
  int line, column;
} KeyEntry;
typedef struct KeyPage {
  const KeyRow *table;
  KeyEntry entry[ENTRIES_MOST];
  int n, lines;
  int parts;            // 2: the others have a page of their own
  int here, everywhere; // keys of the place, and those that count everywhere
} KeyPage;
// The keys of a place and those that count everywhere, in at most `columns` columns. Where they are too many for `rows`
// lines, the page is in two parts: those of the place or (rest) the others.
void key_page_make(KeyPage *page, const KeyRow *table, int where, int columns, int rows, bool rest);

// Where the overlay stands: room for `lines` lines; the key bar stays free, and the line that is being typed.
typedef struct HelpFrame {
  Rect r;            // with its border
  int x, y, w, rows; // inside
} HelpFrame;
HelpFrame help_frame(const App *a, int lines);
// Keeps a->help_top in bounds. `name`: on the title line.
void help_begin(App *a, const Paint *p, const HelpFrame *f, int lines, const char *name, const char *what);
int help_row(const App *a, const HelpFrame *f, int line); // of the canvas; -1 = that line does not show
void help_draw_text(App *a, const Paint *p);              // help_text.c

// Paints a->help_text or, when that is empty, the keys of the focused pane, over what is on the canvas. Puts
// a->help_top within bounds.
void help_draw(App *a, const Paint *p);
